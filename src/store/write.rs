//! A command becomes rows. Every function here runs inside a step, so that what it does can be undone.

mod chit;
mod contact;
mod promise;
mod touch;

pub(super) use contact::same_person;

use super::{Error, Result};
use crate::domain::command::Command;
use crate::domain::id::{Id, Minter};
use crate::domain::moment::Moment;
use crate::domain::promise::PromiseState;
use crate::domain::text::fit;
use rusqlite::{Connection, OptionalExtension};

/// Where a command is carried out.
pub(super) struct Writer<'a> {
    pub db: &'a Connection,
    pub minter: &'a mut Minter,
    pub country: Option<&'a str>,
    pub now: Moment,
}

impl Writer<'_> {
    /// Carries out a command; gives back the record it made.
    pub fn perform(&mut self, command: &Command) -> Result<Option<Id>> {
        match command {
            Command::AddContact(card) => {
                let card = card.as_ref().clone().cleaned();
                let id = self.add_contact(&card)?;
                self.resolve_links(&card.name)?;
                Ok(Some(id))
            }
            Command::EditContact { id, before, after } => self.edit_contact(*id, before, after),
            Command::Archive { id, on } => self.archive(*id, *on),
            Command::DeleteContact(id) => self.delete_contact(*id),
            Command::Tag {
                people,
                add,
                remove,
            } => self.tag(people, add, remove),
            Command::SetCadence { id, days } => self.set_cadence(*id, *days),
            Command::LogTouch(touch) => self.log_touch(touch).map(Some),
            Command::EditTouch { id, before, after } => self.edit_touch(*id, before, after),
            Command::DeleteTouch(id) => self.delete("touch", *id, "that touch"),
            Command::GiveChit(chit) => self.give_chit(chit).map(Some),
            Command::EditChit { id, before, after } => self.edit_chit(*id, before, after),
            Command::SettleChit { id, part } => self.settle_chit(*id, part),
            Command::ClearChit { id, pending } => self.clear_chit(*id, *pending),
            Command::DeleteChit(id) => self.delete("chit", *id, "that chit"),
            Command::AddPromise(promise) => self.add_promise(promise).map(Some),
            Command::EditPromise { id, before, after } => self.edit_promise(*id, before, after),
            Command::ClosePromise { id, state, on } => self.close_promise(*id, *state, *on),
            Command::PlanTouch(plan) => self.plan_touch(plan).map(Some),
            Command::DropPlan(id) => self.drop_plan(*id),
            Command::ConfirmLink { id, yes } => self.confirm_link(*id, *yes),
            Command::All { commands, .. } => {
                let mut created = None;
                for command in commands {
                    created = self.perform(command)?.or(created);
                }
                Ok(created)
            }
        }
    }

    /// A new id.
    fn mint(&mut self) -> Id {
        self.minter.mint(self.now.timestamp_millis())
    }

    /// The instant rows are marked with.
    fn stamp(&self) -> i64 {
        self.now.timestamp_millis()
    }

    fn delete(&mut self, table: &str, id: Id, what: &str) -> Result<Option<Id>> {
        let gone = self
            .db
            .prepare_cached(&format!("delete from {table} where id = ?1"))?
            .execute([id.raw()])?;
        if gone == 0 {
            return Err(Error::Gone {
                what: what.to_owned(),
            });
        }
        Ok(None)
    }

    /// Refuses an id that is no person's.
    fn known(&self, id: Id) -> Result<()> {
        name_of(self.db, id).map(|_| ())
    }
}

/// A person's name.
pub(super) fn name_of(db: &Connection, id: Id) -> Result<String> {
    let name = db
        .prepare_cached("select name from contact where id = ?1")?
        .query_row([id.raw()], |row| row.get(0))
        .optional()?;
    name.ok_or(Error::Gone {
        what: "that person".to_owned(),
    })
}

fn names_of(db: &Connection, people: &[Id]) -> Result<String> {
    let first = people
        .first()
        .map_or(Ok(String::from("nobody")), |id| name_of(db, *id))?;
    Ok(match people.len() {
        0 | 1 => first,
        2 => format!("{first} and {}", name_of(db, people[1])?),
        more => format!("{first} and {} others", more - 1),
    })
}

/// What undo will call the step: said from what the book knows before the change.
pub(super) fn label(db: &Connection, command: &Command) -> Result<String> {
    let text_of = |sql: &str, id: Id, what: &str| -> Result<String> {
        let found: Option<String> = db
            .prepare_cached(sql)?
            .query_row([id.raw()], |row| row.get(0))
            .optional()?;
        found.map(|text| fit(&text, 40)).ok_or(Error::Gone {
            what: what.to_owned(),
        })
    };
    let chit = |id: Id| text_of("select what from chit where id = ?1", id, "that chit");
    let promise = |id: Id| text_of("select what from promise where id = ?1", id, "that promise");
    let party = |id: Id| {
        text_of(
            "select name from contact c join party p on p.contact_id = c.id where p.touch_id = ?1 order by p.id limit 1",
            id,
            "that touch",
        )
    };
    Ok(match command {
        Command::AddContact(card) => {
            format!("Added {}", fit(&card.as_ref().clone().cleaned().name, 40))
        }
        Command::EditContact { id, .. } => format!("Edited {}", name_of(db, *id)?),
        Command::Archive { id, on: Some(_) } => format!("Archived {}", name_of(db, *id)?),
        Command::Archive { id, on: None } => format!("Brought back {}", name_of(db, *id)?),
        Command::DeleteContact(id) => format!("Deleted {}", name_of(db, *id)?),
        Command::Tag {
            people,
            add,
            remove,
        } => {
            let tags: Vec<String> = add
                .iter()
                .map(|t| format!("+{t}"))
                .chain(remove.iter().map(|t| format!("-{t}")))
                .collect();
            format!("Tagged {} {}", names_of(db, people)?, tags.join(" "))
        }
        Command::SetCadence {
            id,
            days: Some(days),
        } => format!("Set the cadence of {} to {days} days", name_of(db, *id)?),
        Command::SetCadence { id, days: None } => {
            format!("Let the rhythm of {} be learned", name_of(db, *id)?)
        }
        Command::LogTouch(touch) => format!(
            "Logged {} with {}",
            with_article(touch.kind.word()),
            names_of(db, &touch.people)?
        ),
        Command::EditTouch { id, after, .. } => format!(
            "Edited {} with {}",
            with_article(after.kind.word()),
            party(*id)?
        ),
        Command::DeleteTouch(id) => format!("Deleted a touch with {}", party(*id)?),
        Command::GiveChit(chit) => format!(
            "Chit: {} did {} a favour",
            name_of(db, chit.giver)?,
            name_of(db, chit.receiver)?
        ),
        Command::EditChit { id, .. } => format!("Edited the chit \"{}\"", chit(*id)?),
        Command::SettleChit { id, part } => format!(
            "{} the chit \"{}\"",
            if part.how == crate::domain::chit::Settlement::Forgiven {
                "Forgave"
            } else {
                "Redeemed"
            },
            chit(*id)?
        ),
        Command::ClearChit { id, pending } => format!(
            "Marked the chit \"{}\" {}",
            chit(*id)?,
            if *pending { "pending" } else { "cleared" }
        ),
        Command::DeleteChit(id) => format!("Deleted the chit \"{}\"", chit(*id)?),
        Command::AddPromise(p) if p.mine => {
            format!("Promised {}: {}", name_of(db, p.contact)?, fit(&p.what, 40))
        }
        Command::AddPromise(p) => {
            format!("{} promised: {}", name_of(db, p.contact)?, fit(&p.what, 40))
        }
        Command::EditPromise { id, .. } => format!("Edited the promise \"{}\"", promise(*id)?),
        Command::ClosePromise {
            id,
            state: PromiseState::Open,
            ..
        } => format!("Opened the promise \"{}\" again", promise(*id)?),
        Command::ClosePromise { id, state, .. } => {
            format!("Promise {}: \"{}\"", state.word(), promise(*id)?)
        }
        Command::PlanTouch(plan) => format!(
            "Planned {} for {}",
            name_of(db, plan.contact)?,
            plan.on.format("%-d %b")
        ),
        Command::DropPlan(id) => format!(
            "Dropped the plan with {}",
            text_of(
                "select name from contact c join plan p on p.contact_id = c.id where p.id = ?1",
                *id,
                "that plan"
            )?
        ),
        Command::ConfirmLink { yes: true, .. } => "Confirmed a link".to_owned(),
        Command::ConfirmLink { yes: false, .. } => "Refused a link".to_owned(),
        Command::All { label, .. } => label.clone(),
    })
}

fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {word}")
}
