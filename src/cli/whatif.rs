//! `what-if`: what a touch that is only supposed would change, as a table or as one JSON document.

use super::args::WhatIf as Args;
use super::desk::{Desk, Failure};
use super::output::{Ink, Table};
use super::people::rounded;
use super::who;
use crate::domain::id::shortest;
use crate::domain::moment::{DayNumber, date};
use crate::domain::people::Summary;
use crate::domain::strength::explain::Cause;
use crate::domain::strength::{Reading, words};
use crate::domain::whatif::{Outcome, Supposed, What, outcome, read, sentence, table};
use serde_json::{Value, json};
use std::cmp::Ordering;

/// Says what would change.
pub fn what_if(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let book = desk.book_there()?;
    let id = who::one(&book, &args.who)?.id;
    let gone = || Failure::could("that person is not in the book any more");
    let person = book.person(id)?.ok_or_else(gone)?;
    let (name, today) = (&person.summary.name, desk.date());
    let order = desk.settings.date_order;
    let supposed = read(&args.words.join(" "), name, today, order).map_err(Failure::Could)?;
    let cadence = person.summary.cadence;
    let told = outcome(
        &book.params,
        &person.trail,
        cadence,
        desk.today(),
        &supposed,
    );
    if args.json {
        let short = id.short(shortest(book.contact_ids()?.into_iter()));
        let document = document(&person.summary, &short, &supposed, &told);
        return Ok(desk.out.json(&document)?);
    }
    desk.out
        .line(&format!("{name}: {}", supposed.words(today)))?;
    desk.out.line(&sentence(&told, &supposed, today))?;
    desk.out.line("")?;
    let mut lines = Table::new(&["", ">as it is", ">if so", ">difference"]);
    for row in table(&told, today) {
        let ink = match row.better {
            Ordering::Greater => Ink::Warm,
            Ordering::Less => Ink::Cold,
            Ordering::Equal => Ink::Plain,
        };
        lines.cells(vec![
            (row.label, Ink::Plain),
            (row.present, Ink::Plain),
            (row.supposed, Ink::Plain),
            (row.change, ink),
        ]);
    }
    Ok(desk.out.table(&lines)?)
}

fn document(person: &Summary, id: &str, supposed: &Supposed, told: &Outcome) -> Value {
    let on = |day: DayNumber| date(day).to_string();
    let events = supposed.events.iter().map(|event| {
        let (kind, direction) = match event.what {
            What::Touch(kind, direction) => (kind.word(), Some(direction.word())),
            What::Promise(kept) => (words::cause(Cause::Promise { kept }), None),
        };
        json!({"on": on(event.day), "kind": kind, "direction": direction})
    });
    let (is, so) = (&told.present, &told.supposed);
    let day = |reading: &Reading, which: fn(&Reading) -> Option<DayNumber>| which(reading).map(on);
    json!({
        "id": id,
        "name": person.name,
        "events": events.collect::<Vec<_>>(),
        "cadence": supposed.cadence,
        "strength_today": rounded(is.today),
        "on": on(told.on),
        "strength": rounded(is.reading.strength),
        "supposed": rounded(so.reading.strength),
        "gained": rounded(told.gained()),
        "later_on": on(told.later_on()),
        "later_strength": rounded(is.later),
        "later_supposed": rounded(so.later),
        "later_gained": rounded(told.gained_later()),
        "state": is.reading.state.word(),
        "supposed_state": so.reading.state.word(),
        "due_on": day(&is.reading, |r| r.due),
        "supposed_due_on": day(&so.reading, |r| r.due),
        "stale_on": day(&is.reading, |r| r.stale),
        "supposed_stale_on": day(&so.reading, |r| r.stale),
        "cold_on": day(&is.reading, |r| r.cold),
        "supposed_cold_on": day(&so.reading, |r| r.cold),
    })
}
