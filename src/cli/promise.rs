//! `promise`, `done` and `plan`: what is owed in words, and the next touch.

use super::args::{Done, Promise as Args};
use super::desk::{Desk, Failure};
use super::people::short;
use super::who;
use crate::domain::command::Command;
use crate::domain::moment::shift;
use crate::domain::promise::{Plan, Promise, PromiseState};
use crate::domain::when::{self, Look};
use chrono::NaiveDate;

/// Days until a promise without a date falls due.
const USUAL: i64 = 7;

/// Notes a promise.
pub fn promise(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let (what, due) = match &args.by {
        Some(by) => (args.what.clone(), desk.day(Some(by), Look::Ahead)?),
        None => read(&args.what, desk),
    };
    let today = desk.date();
    let mut book = desk.book_to_change()?;
    let contact = who::one(&book, &args.who)?.id;
    let command = Command::AddPromise(Box::new(Promise {
        contact,
        mine: !args.theirs,
        what,
        made_on: today,
        due,
        evidence: None,
    }));
    desk.apply(&mut book, &command, |book, changed| {
        let ids = book.promise_ids()?;
        let id = changed.created.map_or(String::new(), |id| short(id, ids));
        Ok(format!("{id}: due {}", when::say(due, today)))
    })
}

/// The promise and its due date, from a text that may end with a date.
fn read(text: &str, desk: &Desk<'_>) -> (String, NaiveDate) {
    let today = desk.date();
    let usual = (text.to_owned(), shift(today, USUAL));
    let Some(found) = when::span(text, today, Look::Ahead, desk.settings.date_order) else {
        return usual;
    };
    let before = text.get(..found.span.start).unwrap_or_default();
    let what = before.trim_end().trim_end_matches(',').trim_end();
    if what.is_empty() {
        return usual;
    }
    (what.to_owned(), found.date)
}

/// Closes a promise.
pub fn done(desk: &mut Desk<'_>, args: &Done) -> Result<(), Failure> {
    let on = desk.day(args.on.as_deref(), Look::Back)?;
    let state = match (args.broken, args.dropped) {
        (true, _) => PromiseState::Broken,
        (_, true) => PromiseState::Dropped,
        _ => PromiseState::Kept,
    };
    let mut book = desk.book_to_change()?;
    let id = who::by_id(
        book.promise_ids()?,
        &args.id,
        "promise",
        "`chitbook show WHO`",
    )?;
    let command = Command::ClosePromise { id, state, on };
    desk.apply(&mut book, &command, |_, _| Ok(String::new()))
}

/// Decides on the next touch.
pub fn plan(desk: &mut Desk<'_>, who: &str, date: &str, why: &str) -> Result<(), Failure> {
    let on = desk.day(Some(date), Look::Ahead)?;
    let mut book = desk.book_to_change()?;
    let contact = who::one(&book, who)?.id;
    let command = Command::PlanTouch(Box::new(Plan {
        contact,
        on,
        at: None,
        why: why.to_owned(),
    }));
    desk.apply(&mut book, &command, |_, _| Ok(String::new()))
}
