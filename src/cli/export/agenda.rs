//! What lies ahead as a calendar: open promises, plans and days to remember, each with an alarm.

use super::super::desk::Failure;
use crate::domain::contact::PartialDate;
use crate::domain::id::Id;
use crate::domain::moment::Zone;
use crate::exchange::ical::write::{Calendar, Item, When};
use crate::store::Store;
use chrono::{DateTime, NaiveDate, Utc};
use std::io::Write;

/// Minutes a plan with a time is taken to last.
const LASTS: u32 = 30;

/// Writes the calendar.
pub fn write(
    book: &Store,
    today: NaiveDate,
    zone: Zone,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut calendar = Calendar::new(out)?;
    for item in promises(book)?
        .into_iter()
        .chain(plans(book, zone)?)
        .chain(key_dates(book, today)?)
    {
        calendar.item(&item)?;
    }
    Ok(calendar.finish()?)
}

fn promises(book: &Store) -> Result<Vec<Item>, Failure> {
    let mut items = Vec::new();
    for promise in book.all_promises(true)? {
        let title = if promise.mine {
            format!("Promised {}: {}", promise.who, promise.what)
        } else {
            format!("{} promised: {}", promise.who, promise.what)
        };
        items.push(Item {
            uid: uid("promise", promise.id),
            changed: instant(promise.changed),
            when: When::Day(promise.due),
            title,
            note: format!("promised on {}", promise.made_on),
        });
    }
    Ok(items)
}

fn plans(book: &Store, zone: Zone) -> Result<Vec<Item>, Failure> {
    let mut items = Vec::new();
    for plan in book.open_plans()? {
        let when = match plan.at {
            Some(at) => When::At(zone.at(plan.on.and_time(at)).with_timezone(&Utc), LASTS),
            None => When::Day(plan.on),
        };
        let title = if plan.why.is_empty() {
            plan.who
        } else {
            format!("{}: {}", plan.who, plan.why)
        };
        items.push(Item {
            uid: uid("plan", plan.id),
            changed: instant(plan.changed),
            when,
            title,
            note: String::new(),
        });
    }
    Ok(items)
}

fn key_dates(book: &Store, today: NaiveDate) -> Result<Vec<Item>, Failure> {
    let mut items = Vec::new();
    for date in book.key_dates()? {
        let Some(day) = first(date.on, date.yearly, today) else {
            continue;
        };
        let label = if date.label.is_empty() {
            "a day to remember"
        } else {
            &date.label
        };
        let age = date
            .on
            .year
            .map_or(String::new(), |year| format!("since {year}"));
        items.push(Item {
            uid: uid("date", date.id),
            changed: instant(date.changed),
            when: if date.yearly {
                When::Yearly(day)
            } else {
                When::Day(day)
            },
            title: format!("{}: {label}", date.who),
            note: age,
        });
    }
    Ok(items)
}

/// The day an entry of the calendar begins on: the day itself, where its year is known; else the next time it comes round.
fn first(on: PartialDate, yearly: bool, today: NaiveDate) -> Option<NaiveDate> {
    match on.year {
        Some(year) => NaiveDate::from_ymd_opt(year, on.month, on.day),
        None if yearly => Some(on.next_from(today)),
        None => None,
    }
}

fn uid(what: &str, id: Id) -> String {
    format!("{what}-{id}@chitbook")
}

fn instant(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}
