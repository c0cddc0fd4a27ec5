//! `chit`, `settle` and `chits`: the ledger of favours.

use super::args::{Chits, Give, Settle};
use super::desk::{Desk, Failure};
use super::output::Table;
use super::people::short;
use super::who;
use crate::domain::chit::{Chit, ChitPart, ChitRow, Halves, Settlement};
use crate::domain::command::Command;
use crate::domain::id::shortest;
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
    let on = desk.day(args.on.as_deref(), Look::Back)?;
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

/// Settles a chit or a part of it.
pub fn settle(desk: &mut Desk<'_>, args: &Settle) -> Result<(), Failure> {
    let on = desk.day(args.on.as_deref(), Look::Back)?;
    let part = args.part.as_deref().map(worth).transpose()?;
    let mut book = desk.book_to_change()?;
    let id = who::by_id(book.chit_ids()?, &args.chit, "chit", "`chitbook chits`")?;
    let open = book.chit(id)?.map_or(Halves(0), |row| row.open());
    let how = if args.forgive {
        Settlement::Forgiven
    } else {
        Settlement::Redeemed
    };
    let part = ChitPart {
        on,
        halves: part.unwrap_or(open),
        how,
        by: args.by.clone().unwrap_or_default(),
        counter: None,
        touch: None,
    };
    desk.apply(&mut book, &Command::SettleChit { id, part }, |book, _| {
        let left = book.chit(id)?.map_or(Halves(0), |row| row.open());
        Ok(match left {
            Halves(0) => "nothing left open".to_owned(),
            left => format!("{left} left open"),
        })
    })
}

/// The register, or the balances.
pub fn chits(desk: &mut Desk<'_>, args: &Chits) -> Result<(), Failure> {
    let as_of = match &args.as_of {
        Some(text) => Some(desk.day(Some(text), Look::Back)?),
        None => None,
    };
    let today = as_of.unwrap_or(desk.date());
    let book = desk.book_there()?;
    let with = match &args.who {
        Some(who) => Some(who::one(&book, who)?.id),
        None => None,
    };
    if args.balances {
        return balances(desk, &book, args, as_of, today);
    }
    let rows = book.chits(&ChitFilter {
        with,
        open: args.open,
        as_of,
    })?;
    let digits = shortest(book.chit_ids()?.into_iter());
    if args.json {
        let rows: Vec<Value> = rows.iter().map(|row| in_json(row, digits, today)).collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if rows.is_empty() {
        return Ok(desk
            .out
            .line("No chits: `chitbook chit GIVER RECEIVER WHAT` notes a favour.")?);
    }
    let mut table = Table::new(&[
        "id",
        "on",
        "~giver",
        "~receiver",
        "~what",
        ">worth",
        ">open",
        "state",
        ">days",
    ])
    .spare(&["days", "worth", "on", "state"]);
    for row in &rows {
        let pending = if row.chit.pending { " !" } else { "" };
        table.row([
            row.id.short(digits),
            row.chit.on.to_string(),
            row.giver_name.clone(),
            row.receiver_name.clone(),
            row.chit.what.clone(),
            row.chit.worth.to_string(),
            row.open().to_string(),
            format!("{}{pending}", row.state().word()),
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
        "evidence": row.chit.evidence.map(crate::domain::id::Id::text),
    })
}

fn balances(
    desk: &mut Desk<'_>,
    book: &Store,
    args: &Chits,
    as_of: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(), Failure> {
    let mut rows = book.balances(as_of)?;
    if let Some(who) = &args.who {
        let id = who::one(book, who)?.id;
        rows.retain(|row| row.who == id);
    }
    let age = |oldest: NaiveDate| (today - oldest).num_days();
    if args.json {
        let rows: Vec<Value> = rows
            .iter()
            .map(|row| {
                json!({
                    "who": row.name,
                    "i_owe": chits_in_json(Halves(row.i_owe)),
                    "they_owe": chits_in_json(Halves(row.they_owe)),
                    "oldest_days": age(row.oldest),
                })
            })
            .collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if rows.is_empty() {
        return Ok(desk
            .out
            .line("Nothing stands open between you and anybody.")?);
    }
    let mut table = Table::new(&["~who", ">i owe", ">they owe", ">oldest days"]);
    for row in rows {
        table.row([
            row.name,
            Halves(row.i_owe).to_string(),
            Halves(row.they_owe).to_string(),
            age(row.oldest).to_string(),
        ]);
    }
    Ok(desk.out.table(&table)?)
}
