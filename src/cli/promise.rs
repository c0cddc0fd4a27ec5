//! `promise`, `done` and `plan`: what is owed in words, and the next touch.

use super::args::{Done, Promise as Args};
use super::desk::{Desk, Failure, spelled};
use super::people::short;
use super::who;
use crate::domain::command::Command;
use crate::domain::moment::shift;
use crate::domain::promise::{Plan, Promise, PromiseState};
use crate::domain::when::{self, DateOrder, Look};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

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
pub fn plan(desk: &mut Desk<'_>, who: &str, date: &str, why: &[String]) -> Result<(), Failure> {
    let now = desk.now.naive_local();
    let (on, at, why) = next(date, why, now, desk.settings.date_order).map_err(Failure::Usage)?;
    let mut book = desk.book_to_change()?;
    let contact = who::one(&book, who)?.id;
    let command = Command::PlanTouch(Box::new(Plan {
        contact,
        on,
        at,
        why,
    }));
    let when = spelled(on, at, desk.date());
    desk.apply(&mut book, &command, |_, _| Ok(when))
}

/// The day, the time where one was given (in the same argument or as the next word), and what is left as the reason.
fn next(
    date: &str,
    why: &[String],
    now: NaiveDateTime,
    order: DateOrder,
) -> Result<(NaiveDate, Option<NaiveTime>, String), String> {
    let reads = |phrase: &str| when::moment(phrase, now, Look::Ahead, order);
    if when::day(date, now.date(), Look::Ahead, order).is_ok() {
        let on = when::meant(date, now.date(), Look::Ahead, order)?;
        // A phrase that takes a time more has none yet.
        if reads(&format!("{date} 10:00")).is_err() {
            return Ok((on, reads(date).ok().map(|read| read.time()), why.join(" ")));
        }
        if let Some((first, rest)) = why.split_first()
            && is_time(first)
            && let Ok(read) = reads(&format!("{date} {first}"))
        {
            return Ok((on, Some(read.time()), rest.join(" ")));
        }
        return Ok((on, None, why.join(" ")));
    }
    let read = reads(date)?;
    Ok((read.date(), Some(read.time()), why.join(" ")))
}

/// Whether a word can be nothing but a time: 14:30, 9am.
fn is_time(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let digit = word.starts_with(|c: char| c.is_ascii_digit());
    digit && (word.contains(':') || word.ends_with("am") || word.ends_with("pm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The date, the words after it; the day, the time and the reason they are read as.
    type Case = (
        &'static str,
        &'static [&'static str],
        &'static str,
        Option<&'static str>,
        &'static str,
    );

    #[test]
    fn a_plan_keeps_its_time_wherever_it_is_typed() {
        let now = NaiveDate::from_ymd_opt(2026, 11, 22)
            .and_then(|day| day.and_hms_opt(14, 7, 0))
            .unwrap();
        let cases: [Case; 8] = [
            ("fri 14:30", &["demo"], "2026-11-27", Some("14:30"), "demo"),
            ("14:30 fri", &["demo"], "2026-11-27", Some("14:30"), "demo"),
            ("fri 9am", &[], "2026-11-27", Some("09:00"), ""),
            (
                "fri",
                &["14:30", "the", "demo"],
                "2026-11-27",
                Some("14:30"),
                "the demo",
            ),
            ("fri", &["3", "things"], "2026-11-27", None, "3 things"),
            ("fri", &["25:99", "x"], "2026-11-27", None, "25:99 x"),
            ("today", &["call"], "2026-11-22", None, "call"),
            ("in 2 weeks", &[], "2026-12-06", None, ""),
        ];
        for (date, why, on, at, left) in cases {
            let why: Vec<String> = why.iter().map(|word| (*word).to_owned()).collect();
            let read = next(date, &why, now, DateOrder::default()).unwrap();
            let time = read.1.map(|time| time.format("%H:%M").to_string());
            assert_eq!(
                (read.0.to_string().as_str(), time.as_deref()),
                (on, at),
                "{date}"
            );
            assert_eq!(read.2, left, "{date}");
        }
        assert!(next("whenever", &[], now, DateOrder::default()).is_err());
    }
}
