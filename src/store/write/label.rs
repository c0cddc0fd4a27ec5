//! What undo will call a step: said from what the book knows before the change.

mod account;
mod lead;
mod record;
mod snooze;
mod week;

use super::super::{Error, Result};
use super::name_of;
use super::tag::tag_name;
use crate::domain::chit::Settlement;
use crate::domain::command::Command;
use crate::domain::filing::{Change, Filed, Filing, Item};
use crate::domain::id::Id;
use crate::domain::promise::PromiseState;
use crate::domain::text::fit;
use crate::domain::when;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

/// Columns of a record's own words in a label.
const WORDS: usize = 40;

/// The label of a command's step.
pub(in crate::store) fn label(
    db: &Connection,
    command: &Command,
    today: NaiveDate,
) -> Result<String> {
    match command {
        Command::All { label, .. } => Ok(label.clone()),
        Command::ConfirmLink { yes: true, .. } => Ok("Confirmed a link".to_owned()),
        Command::ConfirmLink { yes: false, .. } => Ok("Refused a link".to_owned()),
        Command::AnswerSuggestions { ids, yes } => Ok(of_suggestions(ids.len(), *yes)),
        Command::LogTouch(_) | Command::EditTouch { .. } | Command::DeleteTouch(_) => {
            of_touch(db, command)
        }
        Command::GiveChit(_)
        | Command::EditChit { .. }
        | Command::SettleChit { .. }
        | Command::ClearChit { .. }
        | Command::CallChit { .. }
        | Command::DeleteChit(_) => of_chit(db, command),
        Command::AddReferral { .. }
        | Command::EditReferral { .. }
        | Command::MoveReferral { .. }
        | Command::DropStage(_)
        | Command::TellReferrer { .. }
        | Command::SplitCredit { .. }
        | Command::DeleteReferral(_) => lead::of_referral(db, command),
        Command::AddLink(_) | Command::DeleteLink(_) => lead::of_link(db, command),
        Command::AddAsk(_) | Command::EditAsk { .. } | Command::DeleteAsk(_) => {
            lead::of_ask(db, command)
        }
        Command::AddPromise(_) | Command::EditPromise { .. } | Command::ClosePromise { .. } => {
            of_promise(db, command)
        }
        Command::SnoozePromise { .. } | Command::PlanTouch(_) | Command::DropPlan(_) => {
            of_days_ahead(db, command, today)
        }
        Command::CorrectStrength(_) | Command::DropCorrection(_) => of_strength(db, command),
        Command::File(filing) => of_filing(db, filing),
        Command::AddRecord(_) | Command::EditRecord { .. } | Command::DeleteRecord { .. } => {
            record::of_record(db, command)
        }
        Command::Snooze(snooze) => snooze::of_snooze(db, snooze, today),
        Command::Review(change) => week::of_review(db, change),
        Command::MergeContacts(_)
        | Command::KeepApart { .. }
        | Command::SetTier { .. }
        | Command::SetTierCadence { .. }
        | Command::FollowUp { .. } => week::of_people(db, command),
        Command::Account(change) => account::of_account(db, change),
        Command::Refer(referred) => Ok(format!(
            "Referral of {} by {}: {}",
            name_of(db, referred.prospect)?,
            name_of(db, referred.referrer)?,
            referred.stage.word()
        )),
        _ => of_person(db, command),
    }
}

fn of_suggestions(count: usize, yes: bool) -> String {
    let verb = if yes { "Confirmed" } else { "Refused" };
    match count {
        1 => format!("{verb} a suggestion"),
        many => format!("{verb} {many} suggestions"),
    }
}

/// One text of one record, cut to a label's size.
fn text_of(db: &Connection, sql: &str, id: Id, what: &str) -> Result<String> {
    let found: Option<String> = db
        .prepare_cached(sql)?
        .query_row([id.raw()], |row| row.get(0))
        .optional()?;
    found.map(|text| fit(&text, WORDS)).ok_or(Error::Gone {
        what: what.to_owned(),
    })
}

fn of_person(db: &Connection, command: &Command) -> Result<String> {
    Ok(match command {
        Command::AddContact(card) => {
            format!(
                "Added {}",
                fit(&card.as_ref().clone().cleaned().name, WORDS)
            )
        }
        Command::EditContact { id, .. } => format!("Edited {}", name_of(db, *id)?),
        Command::Archive { id, on: Some(_) } => format!("Archived {}", name_of(db, *id)?),
        Command::Archive { id, on: None } => format!("Brought back {}", name_of(db, *id)?),
        Command::LetGo { id, .. } => format!("Let {} go", name_of(db, *id)?),
        Command::DeleteContact(id) => format!("Deleted {}", name_of(db, *id)?),
        Command::Tag {
            people,
            add,
            remove,
        } => {
            let on = add.iter().map(|tag| format!("+{tag}"));
            let off = remove.iter().map(|tag| format!("-{tag}"));
            let tags: Vec<String> = on.chain(off).collect();
            format!("Tagged {} {}", names_of(db, people)?, tags.join(" "))
        }
        Command::SetCadence {
            id,
            days: Some(days),
        } => {
            format!("Set the cadence of {} to {days} days", name_of(db, *id)?)
        }
        Command::SetCadence { id, days: None } => {
            format!("Let the rhythm of {} be learned", name_of(db, *id)?)
        }
        Command::SetTagCadence {
            tag,
            days: Some(days),
        } => {
            format!("Set the cadence of #{} to {days} days", tag_name(db, tag)?)
        }
        Command::SetTagCadence { tag, days: None } => {
            format!("Took the cadence off #{}", tag_name(db, tag)?)
        }
        _ => String::new(),
    })
}

fn of_touch(db: &Connection, command: &Command) -> Result<String> {
    Ok(match command {
        Command::LogTouch(touch) => {
            let what = with_article(touch.kind.word());
            format!("Logged {what} with {}", names_of(db, &touch.people)?)
        }
        Command::EditTouch { id, after, .. } => {
            format!(
                "Edited {} with {}",
                with_article(after.kind.word()),
                party_of(db, *id)?
            )
        }
        Command::DeleteTouch(id) => format!("Deleted a touch with {}", party_of(db, *id)?),
        _ => String::new(),
    })
}

fn of_chit(db: &Connection, command: &Command) -> Result<String> {
    let chit = |id: Id| text_of(db, "select what from chit where id = ?1", id, "that chit");
    Ok(match command {
        Command::GiveChit(chit) => {
            let (giver, receiver) = (name_of(db, chit.giver)?, name_of(db, chit.receiver)?);
            match (chit.giver, chit.receiver) {
                (Id::ME, _) => format!("Chit: you did {receiver} a favour"),
                (_, Id::ME) => format!("Chit: {giver} did you a favour"),
                _ => format!("Chit: {giver} did {receiver} a favour"),
            }
        }
        Command::EditChit { id, .. } => format!("Edited the chit \"{}\"", chit(*id)?),
        Command::SettleChit { id, part } => {
            let done = if part.how == Settlement::Forgiven {
                "Forgave"
            } else {
                "Redeemed"
            };
            format!("{done} {} of the chit \"{}\"", part.halves, chit(*id)?)
        }
        Command::ClearChit { id, pending } => {
            let mark = if *pending { "pending" } else { "cleared" };
            format!("Marked the chit \"{}\" {mark}", chit(*id)?)
        }
        Command::CallChit { id, call } => {
            let answer = call
                .outcome
                .map_or(String::new(), |outcome| format!(": {}", outcome.word()));
            format!("Called in the chit \"{}\"{answer}", chit(*id)?)
        }
        Command::DeleteChit(id) => format!("Deleted the chit \"{}\"", chit(*id)?),
        _ => String::new(),
    })
}

fn of_promise(db: &Connection, command: &Command) -> Result<String> {
    let promise = |id: Id| {
        text_of(
            db,
            "select what from promise where id = ?1",
            id,
            "that promise",
        )
    };
    Ok(match command {
        Command::AddPromise(p) if p.mine => {
            format!(
                "Promised {}: {}",
                name_of(db, p.contact)?,
                fit(&p.what, WORDS)
            )
        }
        Command::AddPromise(p) => {
            format!(
                "{} promised: {}",
                name_of(db, p.contact)?,
                fit(&p.what, WORDS)
            )
        }
        Command::EditPromise { id, .. } => format!("Edited the promise \"{}\"", promise(*id)?),
        Command::ClosePromise {
            id,
            state: PromiseState::Open,
            ..
        } => {
            format!("Opened the promise \"{}\" again", promise(*id)?)
        }
        Command::ClosePromise { id, state, .. } => {
            format!("Promise {}: \"{}\"", state.word(), promise(*id)?)
        }
        _ => String::new(),
    })
}

/// What is set aside or planned.
fn of_days_ahead(db: &Connection, command: &Command, today: NaiveDate) -> Result<String> {
    let promise = |id: Id| {
        let sql = "select what from promise where id = ?1";
        text_of(db, sql, id, "that promise")
    };
    Ok(match command {
        Command::SnoozePromise {
            id,
            until: Some(until),
        } => {
            let until = when::dated(*until, today);
            format!("Set the promise \"{}\" aside until {until}", promise(*id)?)
        }
        Command::SnoozePromise { id, until: None } => {
            format!("Took up the promise \"{}\" again", promise(*id)?)
        }
        Command::PlanTouch(plan) => {
            format!(
                "Planned {} for {}",
                name_of(db, plan.contact)?,
                when::dated(plan.on, today)
            )
        }
        Command::DropPlan(id) => {
            let sql =
                "select name from contact c join plan p on p.contact_id = c.id where p.id = ?1";
            format!(
                "Dropped the plan with {}",
                text_of(db, sql, *id, "that plan")?
            )
        }
        _ => String::new(),
    })
}

fn of_strength(db: &Connection, command: &Command) -> Result<String> {
    Ok(match command {
        Command::CorrectStrength(amend) => {
            let name = name_of(db, amend.contact)?;
            format!("Corrected {name}'s strength {}", amend.wish)
        }
        Command::DropCorrection(id) => {
            let sql = "select name from contact c join correction k on k.contact_id = c.id where k.id = ?1";
            let name = text_of(db, sql, *id, "that correction")?;
            format!("Took back a correction of {name}'s strength")
        }
        _ => String::new(),
    })
}

/// A note that is filed: the touch with those who took part, newcomers among them, and how much was caught.
fn of_filing(db: &Connection, filing: &Filing) -> Result<String> {
    let touch = filing.touch.touch();
    let what = with_article(touch.kind.word());
    if let Filed::Again { id, .. } = &filing.touch {
        return Ok(format!("Edited {what} with {}", party_of(db, *id)?));
    }
    let names = listed(&touch.people, |id| {
        let newcomer = filing.newcomers.iter().find(|(known, _)| *known == id);
        newcomer.map_or_else(
            || name_of(db, id),
            |(_, card)| Ok(fit(&card.clone().cleaned().name, WORDS)),
        )
    })?;
    let items: Vec<&Item> = filing
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Add(caught) => Some(&caught.item),
            _ => None,
        })
        .collect();
    let caught = match items.as_slice() {
        [] => String::new(),
        [one] => format!(" and {}", with_article(noun(one))),
        several => format!(" and {} items", several.len()),
    };
    Ok(format!("Logged {what} with {names}{caught}"))
}

/// What an item of a note is called.
pub(super) fn noun(item: &Item) -> &'static str {
    match item {
        Item::Promise(_) => "promise",
        Item::Chit(_) => "chit",
        Item::Referral(_) => "referral",
        Item::Record(record) => record.kind().noun(),
        Item::Result(_) => "result",
    }
}

/// Who took part, the first of them.
fn party_of(db: &Connection, touch: Id) -> Result<String> {
    let sql = "select name from contact c join party p on p.contact_id = c.id where p.touch_id = ?1 order by p.id limit 1";
    text_of(db, sql, touch, "that touch")
}

/// People by name; of more than two the first.
pub(in crate::store) fn names_of(db: &Connection, people: &[Id]) -> Result<String> {
    listed(people, |id| name_of(db, id))
}

fn listed(people: &[Id], name: impl Fn(Id) -> Result<String>) -> Result<String> {
    Ok(match people {
        [] => "nobody".to_owned(),
        [one] => name(*one)?,
        [one, other] => format!("{} and {}", name(*one)?, name(*other)?),
        [one, others @ ..] => format!("{} and {} others", name(*one)?, others.len()),
    })
}

fn with_article(word: &str) -> String {
    let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {word}", if vowel { "an" } else { "a" })
}
