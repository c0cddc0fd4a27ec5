//! `refer`, `referrals` and `told`: who leads whom to whom, how far it came, and whether the referrer knows.

use super::args::{Refer, Referrals, Told as Args, WhichChits};
use super::desk::{Desk, Failure};
use super::output::{Ink, Table};
use super::people::short;
use super::who;
use crate::domain::chit::Chit;
use crate::domain::command::Command;
use crate::domain::id::{Id, shortest};
use crate::domain::referral::{
    Credit, Proposed, Referral, ReferralRow, Stage, Step, Told, Who, Win, board, chits_of, proposes,
};
use crate::store::{Error, Store};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Brings a referral to a stage.
pub fn refer(desk: &mut Desk<'_>, args: &Refer) -> Result<(), Failure> {
    let on = desk.day_been(args.on.as_deref())?;
    let mut book = desk.book_to_change()?;
    let referrer = who::one_or_account(&book, &args.referrer)?;
    let prospect = who::one_or_account(&book, &args.prospect)?;
    let under_way = under_way(&book, args, referrer.0, prospect.0)?;
    let shared = match &args.shared_with {
        Some(who) => Some(Credit {
            contact: who::one(&book, who)?.id,
            percent: args.percent,
        }),
        None => None,
    };
    // Whatever cannot be is refused before anything is noted.
    let others = under_way.as_ref().map_or(&[][..], |row| &row.credits);
    if let Some(why) = shared.and_then(|credit| credit.unfit(referrer.0, prospect.0, others)) {
        return Err(Failure::could(why));
    }
    // To split the credit, a referral need not move.
    let only_split = shared.is_some() && args.stage.is_none() && under_way.is_some();
    let id = match under_way {
        Some(row) if only_split => row.id,
        Some(row) => {
            advance(desk, &mut book, args, &row, on)?;
            row.id
        }
        None => begin(desk, &mut book, args, [&referrer, &prospect], on)?,
    };
    if let Some(credit) = shared {
        let command = Command::SplitCredit { id, credit };
        desk.apply(&mut book, &command, |_, _| Ok(String::new()))?;
    }
    Ok(())
}

/// The referral of the two that is meant: the one that moved last of those that are not over; where only the credit is split, of all.
/// What ended is not ended once more by mistake.
fn under_way(
    book: &Store,
    args: &Refer,
    referrer: Who,
    prospect: Who,
) -> Result<Option<ReferralRow>, Failure> {
    if args.new {
        return Ok(None);
    }
    let of_two = |row: &ReferralRow| {
        let one = &row.referral;
        one.referrer == referrer && one.prospect == prospect && one.given == args.given
    };
    let mut rows: Vec<ReferralRow> = book.referrals()?.into_iter().filter(of_two).collect();
    let over = |row: &ReferralRow| row.stage().is_some_and(|last| last.stage.is_over());
    let again = args.shared_with.is_some() && args.stage.is_none();
    rows.sort_by_key(|row| (!over(row), row.stage().map(|last| last.on), row.id));
    let Some(row) = rows.pop() else {
        return Ok(None);
    };
    if again || !over(&row) {
        return Ok(Some(row));
    }
    match row.stage().filter(|last| args.stage == Some(last.stage)) {
        Some(last) => Err(Failure::could(format!(
            "the last referral of the two is {} already, since {}; --new records another one",
            last.stage.word(),
            last.on
        ))),
        None => Ok(None),
    }
}

fn begin(
    desk: &mut Desk<'_>,
    book: &mut Store,
    args: &Refer,
    [referrer, prospect]: [&(Who, String); 2],
    on: NaiveDate,
) -> Result<Id, Failure> {
    let account = match prospect.0 {
        Who::Person(id) => book.account_of(id)?,
        Who::Account(_) => None,
    };
    let referral = Referral {
        referrer: referrer.0,
        prospect: prospect.0,
        account,
        given: args.given,
        what: args.what.clone().unwrap_or_default(),
        evidence: None,
    };
    let row = ReferralRow {
        id: Id::stand_in(0),
        referral: referral.clone(),
        referrer_name: referrer.1.clone(),
        prospect_name: prospect.1.clone(),
        account_name: String::new(),
        stages: Vec::new(),
        credits: Vec::new(),
        words: String::new(),
    };
    let (step, left) = step(book, args, &row, args.stage.unwrap_or_default(), on)?;
    let kept = step.chits.clone();
    let command = Command::AddReferral {
        referral: Box::new(referral),
        step: Box::new(step),
    };
    let mut made = Id::ME;
    let today = desk.date();
    desk.apply(book, &command, |book, changed| {
        made = changed.created.unwrap_or(made);
        stands(book, made, today)
    })?;
    propose(desk, book, &kept, &left)?;
    Ok(made)
}

/// The stage that follows.
fn next(row: &ReferralRow) -> Stage {
    match row.stage().map(|last| last.stage) {
        None => Stage::Asked,
        Some(Stage::Asked) => Stage::Promised,
        Some(Stage::Promised) => Stage::Introduced,
        Some(Stage::Introduced) => Stage::Met,
        Some(Stage::Met | Stage::Won | Stage::Lost) => Stage::Won,
    }
}

fn advance(
    desk: &mut Desk<'_>,
    book: &mut Store,
    args: &Refer,
    row: &ReferralRow,
    on: NaiveDate,
) -> Result<(), Failure> {
    let stage = args.stage.unwrap_or_else(|| next(row));
    let (step, left) = step(book, args, row, stage, on)?;
    let (id, kept, today) = (row.id, step.chits.clone(), desk.date());
    let command = Command::MoveReferral {
        id,
        step: Box::new(step),
    };
    desk.apply(book, &command, |book, _| stands(book, id, today))?;
    propose(desk, book, &kept, &left)
}

/// A referral's id, and what there is to tell of it.
fn stands(book: &Store, id: Id, today: NaiveDate) -> Result<String, Error> {
    let told = book.referral(id)?.map(|row| row.told(today).words(today));
    let shown = short(id, book.referral_ids()?);
    Ok(match told.unwrap_or_default() {
        told if told.is_empty() => shown,
        told => format!("{shown}: {told}"),
    })
}

/// The step to a stage with the chits that are wanted, and the chits that are only proposed.
fn step(
    book: &Store,
    args: &Refer,
    row: &ReferralRow,
    stage: Stage,
    on: NaiveDate,
) -> Result<(Step, Vec<Chit>), Failure> {
    let proposed = if proposes(row.referral.given, stage) {
        proposals(book, args, row, on)?
    } else {
        Vec::new()
    };
    let wanted = |chit: &Chit| {
        let mine = chit.giver == Id::ME || chit.receiver == Id::ME;
        match args.chits {
            None => false,
            Some(WhichChits::All) => true,
            Some(WhichChits::Mine) => mine,
            Some(WhichChits::Theirs) => !mine,
        }
    };
    let chits = proposed.into_iter().map(|proposed| proposed.chit);
    let (chits, left) = chits.partition(wanted);
    let step = Step {
        stage,
        on,
        note: args.note.clone().unwrap_or_default(),
        evidence: None,
        chits,
    };
    Ok((step, left))
}

/// Says which chits were noted, and which are only proposed.
fn propose(desk: &mut Desk<'_>, book: &Store, kept: &[Chit], left: &[Chit]) -> Result<(), Failure> {
    let signed = kept.iter().map(|chit| ('+', chit));
    for (sign, chit) in signed.chain(left.iter().map(|chit| ('?', chit))) {
        desk.out.text(&format!("  {sign} {}", said(book, chit)?))?;
    }
    if !left.is_empty() {
        desk.out.text("  ? is only proposed: `--chits all|mine|theirs` with the stage, or `chitbook chit`, notes it")?;
    }
    Ok(())
}

/// The chits a stage proposes.
fn proposals(
    book: &Store,
    args: &Refer,
    row: &ReferralRow,
    on: NaiveDate,
) -> Result<Vec<Proposed>, Failure> {
    let delivered = match row.referral.prospect {
        Who::Person(id) => book.askable_one(id, on)?.and_then(|who| who.result),
        Who::Account(_) => None,
    };
    // A result from before the referral is none of its story.
    let delivered = delivered.filter(|result| row.began().is_none_or(|began| result.on >= began));
    let win = Win {
        on,
        result: args.result.clone().or(delivered.map(|result| result.what)),
        thanked: args.thanked,
        evidence: None,
    };
    Ok(chits_of(row, &win, &book.chits_of_referral(row.id)?))
}

/// A chit in a line: "Fred owes Barney 1, pending: put us in touch: …".
fn said(book: &Store, chit: &Chit) -> Result<String, Failure> {
    let name = |id: Id| {
        if id == Id::ME {
            Ok("you".to_owned())
        } else {
            book.name(id)
        }
    };
    let (giver, receiver) = (name(chit.giver)?, name(chit.receiver)?);
    let owes = if chit.receiver == Id::ME {
        "owe"
    } else {
        "owes"
    };
    let pending = if chit.pending { ", pending" } else { "" };
    Ok(format!(
        "{receiver} {owes} {giver} {}{pending}: {}",
        chit.worth, chit.what
    ))
}

/// The referrals that are asked for, by stage, those to be told of first.
fn chosen(book: &Store, args: &Referrals, today: NaiveDate) -> Result<Vec<ReferralRow>, Failure> {
    let mut rows = match &args.who {
        Some(who) => match who::one_or_account(book, who)?.0 {
            Who::Person(id) => book.referrals_with(id)?,
            Who::Account(id) => {
                let mut rows = book.referrals()?;
                rows.retain(|row| {
                    let one = &row.referral;
                    let account = Who::Account(id);
                    one.referrer == account || one.prospect == account || one.account == Some(id)
                });
                rows
            }
        },
        None => book.referrals()?,
    };
    rows.retain(|row| {
        args.stage.is_none_or(|wanted| row.stands_at() == wanted)
            && !(args.open && row.stands_at().is_over())
            && (!args.untold || matches!(row.told(today), Told::Due(_) | Told::Late(_)))
    });
    let order: Vec<usize> = board(&rows, today).into_iter().flatten().collect();
    Ok(order.into_iter().map(|at| rows[at].clone()).collect())
}

/// What is said where none is listed: of a book with referrals, that none is of the kind that was asked for.
fn nothing(book: &Store, args: &Referrals) -> Result<&'static str, Failure> {
    let narrowed = args.who.is_some() || args.stage.is_some() || args.open || args.untold;
    Ok(if !narrowed || book.referral_ids()?.is_empty() {
        "No referrals: `chitbook refer REFERRER PROSPECT` notes one."
    } else if args.untold && args.who.is_none() && args.stage.is_none() && !args.open {
        "Every referrer knows how it went."
    } else {
        "No such referrals."
    })
}

/// Lists referrals.
pub fn referrals(desk: &mut Desk<'_>, args: &Referrals) -> Result<(), Failure> {
    let today = desk.date();
    let book = desk.book_there()?;
    let rows = chosen(&book, args, today)?;
    let digits = shortest(book.referral_ids()?.into_iter());
    if args.json {
        let rows: Vec<Value> = rows.iter().map(|row| in_json(row, digits, today)).collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if rows.is_empty() {
        return Ok(desk.out.line(nothing(&book, args)?)?);
    }
    let heads = [
        "id",
        "stage",
        "on",
        "~referrer",
        "~prospect",
        "told",
        "~what",
    ];
    let mut table = Table::new(&heads).spare(&["what", "on"]);
    for row in &rows {
        let told = row.told(today);
        let ink = match told {
            Told::Late(_) => Ink::Cold,
            Told::Due(_) => Ink::Cooling,
            _ => Ink::Plain,
        };
        let on = row.stage().map(|last| last.on.to_string());
        let plain = |text: String| (text, Ink::Plain);
        table.cells(vec![
            plain(row.id.short(digits)),
            plain(row.stands_at().word().to_owned()),
            plain(on.unwrap_or_default()),
            plain(referrers(row)),
            plain(row.prospect_name.clone()),
            (told.words(today), ink),
            plain(what(row, today)),
        ]);
    }
    Ok(desk.out.table(&table)?)
}

/// Who made it: "Barney", "Marguerite + Fred 30 %", "Marco (put in touch)".
fn referrers(row: &ReferralRow) -> String {
    let mut by = row.referrer_name.clone();
    for credit in &row.credits {
        let _ = write!(by, " + {} {} %", credit.name, credit.credit.percent);
    }
    if row.referral.given {
        by.push_str(" (put in touch)");
    }
    by
}

fn what(row: &ReferralRow, today: NaiveDate) -> String {
    match row.waiting(today) {
        Some(waiting) => waiting.words(),
        None => row.referral.what.clone(),
    }
}

fn in_json(row: &ReferralRow, digits: usize, today: NaiveDate) -> Value {
    let told = row.told(today);
    let clock = match told {
        Told::Due(due) | Told::Late(due) => Some(due),
        _ => None,
    };
    json!({
        "id": row.id.short(digits),
        "referrer": row.referrer_name,
        "prospect": row.prospect_name,
        "account": row.account_name,
        "given": row.referral.given,
        "what": row.referral.what,
        "stage": row.stage().map(|last| last.stage.word()),
        "on": row.stage().map(|last| last.on.to_string()),
        "stages": row.stages.iter().map(|stage| json!({
            "stage": stage.stage.word(),
            "on": stage.on.to_string(),
            "told_on": stage.told.map(|on| on.to_string()),
            "note": stage.note,
        })).collect::<Vec<_>>(),
        "told_on": match told {
            Told::Told(on) => Some(on.to_string()),
            _ => None,
        },
        "tell_by": clock.map(|due| due.due.to_string()),
        "days_late": clock.map(|due| due.days_late(today)),
        "waits_days": row.waiting(today).map(|waiting| waiting.days),
        "credits": row.credits.iter().map(|credit| json!({
            "who": credit.name,
            "percent": credit.credit.percent,
        })).collect::<Vec<_>>(),
    })
}

/// Notes that a referrer was told.
pub fn told(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let on = desk.day_been(args.on.as_deref())?;
    let mut book = desk.book_to_change()?;
    let id = who::by_id(
        book.referral_ids()?,
        &args.referral,
        "referral",
        "`chitbook referrals`",
    )?;
    let command = Command::TellReferrer { id, on };
    desk.apply(&mut book, &command, |_, _| Ok(String::new()))
}
