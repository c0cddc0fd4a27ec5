//! `chit`, `settle`, `clear`, `call-in` and `chits`: the ledger of favours.

mod views;

use super::args::{CallIn, Chits, Give, Settle};
use super::desk::{Desk, Failure};
use super::output::Table;
use super::people::short;
use super::who;
use crate::domain::chit::{CallOutcome, Chit, ChitCall, ChitPart, ChitRow, Halves, Settlement};
use crate::domain::command::Command;
use crate::domain::id::{Id, shortest};
use crate::domain::ledger::{Filter, Scope, Side};
use crate::domain::text::clean_line;
use crate::domain::when::Look;
use crate::store::{ChitFilter, Store};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// An amount of chits as a number: a plain chit is 1.
pub fn chits_in_json(halves: Halves) -> Value {
    if halves.0.is_multiple_of(2) {
        json!(halves.0 / 2)
    } else {
        json!(f64::from(halves.0) / 2.0)
    }
}

fn worth(text: &str) -> Result<Halves, Failure> {
    Halves::parse(text).ok_or_else(|| {
        Failure::Usage(format!(
            "\"{text}\" is not a worth; say small, plain, big, or a number in halves up to 200"
        ))
    })
}

/// Notes a favour.
pub fn chit(desk: &mut Desk<'_>, args: &Give) -> Result<(), Failure> {
    let on = desk.day_been(args.on.as_deref())?;
    let worth = worth(&args.worth)?;
    let mut book = desk.book_to_change()?;
    let giver = who::one(&book, &args.giver)?;
    let receiver = who::one(&book, &args.receiver)?;
    let owes = if receiver.name == "me" {
        format!("you owe {}", giver.name)
    } else if giver.name == "me" {
        format!("{} owes you", receiver.name)
    } else {
        format!("{} owes {}", receiver.name, giver.name)
    };
    let command = Command::GiveChit(Box::new(Chit {
        giver: giver.id,
        receiver: receiver.id,
        what: args.what.clone(),
        on,
        worth,
        pending: args.pending,
        evidence: None,
    }));
    desk.apply(&mut book, &command, |book, changed| {
        let ids = book.chit_ids()?;
        let id = changed.created.map_or(String::new(), |id| short(id, ids));
        Ok(format!("{id}: {owes} {worth}"))
    })
}

/// The chit an id means.
fn chit_by_id(book: &Store, id: &str) -> Result<Id, Failure> {
    who::by_id(book.chit_ids()?, id, "chit", "`chitbook chits`")
}

/// What is left open of a chit, as a change says it.
fn left(book: &Store, id: Id) -> Result<String, crate::store::Error> {
    let left = book.chit(id)?.map_or(Halves(0), |row| row.open());
    Ok(match left {
        Halves(0) => "nothing left open".to_owned(),
        left => format!("{left} left open"),
    })
}

/// Settles a chit or a part of it.
pub fn settle(desk: &mut Desk<'_>, args: &Settle) -> Result<(), Failure> {
    let on = desk.day_been(args.on.as_deref())?;
    let part = args.part.as_deref().map(worth).transpose()?;
    let by = args.by.as_deref().map(clean_line);
    if args.with.is_none() && by.as_deref() == Some("") {
        return Err(Failure::Usage(
            "say what was done for it: --by \"lunch at her place\"; --forgive lets it go"
                .to_owned(),
        ));
    }
    let mut book = desk.book_to_change()?;
    let id = chit_by_id(&book, &args.chit)?;
    let row = book.chit(id)?;
    let mut open = row.as_ref().map_or(Halves(0), ChitRow::open);
    let counter = args.with.as_deref().map(|with| chit_by_id(&book, with));
    let counter = counter.transpose()?;
    if let Some(counter) = counter {
        // As much as both leave, unless it is said how much.
        let other = book.chit(counter)?.map_or(Halves(0), |row| row.open());
        open = if other == Halves(0) {
            open
        } else {
            open.min(other)
        };
    }
    let touch = match (&args.touch, &row) {
        (Some(touch), Some(row)) => Some(touch_of(&book, row, touch)?),
        _ => None,
    };
    let how = if args.forgive {
        Settlement::Forgiven
    } else {
        Settlement::Redeemed
    };
    let part = ChitPart {
        on,
        halves: part.unwrap_or(open),
        how,
        by: by.unwrap_or_default(),
        counter,
        touch,
    };
    desk.apply(&mut book, &Command::SettleChit { id, part }, |book, _| {
        let said = left(book, id)?;
        match counter {
            Some(counter) => Ok(format!("{said}; of the other {}", left(book, counter)?)),
            None => Ok(said),
        }
    })
}

/// A touch with one of the two people of a chit.
fn touch_of(book: &Store, row: &ChitRow, typed: &str) -> Result<Id, Failure> {
    let mut ids = Vec::new();
    for who in [row.chit.giver, row.chit.receiver] {
        if who != Id::ME {
            let history = book.history(who, i64::MAX as usize)?;
            ids.extend(history.iter().map(|entry| entry.id));
        }
    }
    ids.sort_unstable();
    ids.dedup();
    who::by_id(ids, typed, "touch", "`chitbook show WHO --json`")
}

/// Marks a chit certain, or pending again.
pub fn clear(desk: &mut Desk<'_>, chit: &str, pending: bool) -> Result<(), Failure> {
    let mut book = desk.book_to_change()?;
    let id = chit_by_id(&book, chit)?;
    let command = Command::ClearChit { id, pending };
    desk.apply(&mut book, &command, |_, _| Ok(String::new()))
}

/// Calls a chit in, or says what came of it.
pub fn call_in(desk: &mut Desk<'_>, args: &CallIn) -> Result<(), Failure> {
    let on = desk.day_been(args.on.as_deref())?;
    let said = &args.outcome;
    let outcome = match (&said.part, said.honoured, said.declined, said.forgiven) {
        (Some(part), ..) => Some(CallOutcome::InPart(worth(part)?)),
        (_, true, ..) => Some(CallOutcome::Honoured),
        (_, _, true, _) => Some(CallOutcome::Declined),
        (_, _, _, true) => Some(CallOutcome::Forgiven),
        _ => None,
    };
    let mut book = desk.book_to_change()?;
    let id = chit_by_id(&book, &args.chit)?;
    // Where it was called in before, this is the answer.
    let called = book
        .chit(id)?
        .and_then(|row| row.called().map(|call| call.on));
    let call = ChitCall {
        on: called.filter(|_| outcome.is_some()).unwrap_or(on),
        outcome,
        answered: outcome.map(|_| on),
        note: args.note.join(" "),
    };
    let command = Command::CallChit {
        id,
        call: Box::new(call),
    };
    desk.apply(&mut book, &command, |book, _| left(book, id))
}

/// What `chits` is asked to show.
struct Asked {
    filter: Filter,
    rows: Vec<ChitRow>,
    digits: usize,
    today: NaiveDate,
}

/// The register, the balances and what else the ledger can be asked.
pub fn chits(desk: &mut Desk<'_>, args: &Chits) -> Result<(), Failure> {
    let as_of = match &args.as_of {
        Some(text) => Some(desk.day(Some(text), Look::Back)?),
        None => None,
    };
    let book = desk.book_there()?;
    let one = |who: &Option<String>| match who {
        Some(who) => who::one(&book, who).map(|one| Some(one.id)),
        None => Ok(None),
    };
    let (with, and) = (one(&args.who)?, one(&args.other)?);
    let filter = Filter {
        scope: match (with, and) {
            (Some(one), Some(other)) => Scope::Pair(one, other),
            (Some(one), None) => Scope::Person(one),
            _ => Scope::Everybody,
        },
        side: match (args.side.i_owe, args.side.they_owe, args.side.others) {
            (true, ..) => Some(Side::IOwe),
            (_, true, _) => Some(Side::TheyOwe),
            (.., true) => Some(Side::Others),
            _ => None,
        },
        open: args.state.open,
        pending: args.state.pending,
        text: args.text.clone().unwrap_or_default(),
    };
    // A route leads over people one has no chit with.
    let everybody = args.view.routes || args.story.is_some();
    let asked = Asked {
        rows: book.chits(&ChitFilter {
            with: with.filter(|_| !everybody),
            and: and.filter(|_| !everybody),
            open: false,
            as_of,
        })?,
        digits: shortest(book.chit_ids()?.into_iter()),
        today: as_of.unwrap_or(desk.date()),
        filter,
    };
    if let Some(story) = &args.story {
        let id = chit_by_id(&book, story)?;
        return views::story(desk, &asked, id, args.json);
    }
    if args.view.balances {
        return views::balances(desk, &asked, args.json);
    }
    if args.view.ageing {
        return views::aged(desk, &asked, args.json);
    }
    if args.view.routes {
        return views::routes(desk, &asked, with.unwrap_or(Id::ME), args.json);
    }
    if args.register {
        return views::register(desk, &asked, args.json);
    }
    list(desk, &asked, args.json)
}

fn list(desk: &mut Desk<'_>, asked: &Asked, json: bool) -> Result<(), Failure> {
    let (digits, today) = (asked.digits, asked.today);
    let rows: Vec<&ChitRow> = asked
        .rows
        .iter()
        .filter(|row| asked.filter.keeps(row))
        .collect();
    if json {
        let rows: Vec<Value> = rows.iter().map(|row| in_json(row, digits, today)).collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if rows.is_empty() && !asked.rows.is_empty() {
        return Ok(desk.out.line("No such chits.")?);
    }
    if rows.is_empty() {
        return Ok(desk
            .out
            .line("No chits: `chitbook chit GIVER RECEIVER WHAT` notes a favour.")?);
    }
    let heads = [
        "id",
        "on",
        "~giver",
        "~receiver",
        "~what",
        ">worth",
        ">open",
        "state",
        ">days",
    ];
    let mut table = Table::new(&heads).spare(&["days", "worth", "on", "state"]);
    for row in rows {
        let pending = if row.chit.pending { " !" } else { "" };
        let called = if row.called().is_some() {
            ", called in"
        } else {
            ""
        };
        table.row([
            row.id.short(digits),
            row.chit.on.to_string(),
            row.giver_name.clone(),
            row.receiver_name.clone(),
            row.chit.what.clone(),
            row.chit.worth.to_string(),
            row.open().to_string(),
            format!("{}{called}{pending}", row.state().word()),
            row.age(today).to_string(),
        ]);
    }
    Ok(desk.out.table(&table)?)
}

/// A chit as a JSON object.
pub fn in_json(row: &ChitRow, digits: usize, today: NaiveDate) -> Value {
    json!({
        "id": row.id.short(digits),
        "on": row.chit.on.to_string(),
        "giver": row.giver_name,
        "receiver": row.receiver_name,
        "what": row.chit.what,
        "worth": chits_in_json(row.chit.worth),
        "open": chits_in_json(row.open()),
        "state": row.state().word(),
        "pending": row.chit.pending,
        "age_days": row.age(today),
        "called_on": row.called().map(|call| call.on.to_string()),
        "evidence": row.chit.evidence.map(crate::domain::id::Id::text),
    })
}
