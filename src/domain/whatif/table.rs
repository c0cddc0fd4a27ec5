//! The two sides of a what-if in words, line by line: the same for the dashboard and the command line.

use super::{Outcome, Supposed};
use crate::domain::moment::{DayNumber, date};
use crate::domain::strength::words::{NOT_WARM, days, plain, sign, signed, tenths};
use crate::domain::when::{bare, on, say};
use chrono::NaiveDate;

/// How the second day that is looked at is called.
const FOUR_WEEKS: &str = "four weeks later";

/// One line: what, as it is, if so, and the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What.
    pub label: String,
    /// As it is.
    pub present: String,
    /// If so.
    pub supposed: String,
    /// How much more or later; empty where there is none.
    pub change: String,
    /// Whether that is better (more), worse (less) or neither.
    pub better: std::cmp::Ordering,
}

/// Points of strength as they are shown.
pub fn points(strength: f64) -> String {
    format!("{strength:.1}")
}

/// What comes of it in a sentence: `wins 19.7 points on Fri 27 Nov, 10.8 four weeks later`.
pub fn sentence(outcome: &Outcome, supposed: &Supposed, today: NaiveDate) -> String {
    let on = on(date(outcome.on), today);
    let (now, then) = (outcome.present.today, outcome.present.reading.strength);
    if supposed.is_nothing() {
        return format!("{} today, {} {on}", points(now), points(then));
    }
    let gap = |is: f64, so: f64| tenths(so) - tenths(is);
    let (is, so) = (&outcome.present, &outcome.supposed);
    let gained = gap(is.reading.strength, so.reading.strength);
    let later = gap(is.later, so.later);
    let verb = |by: i64| if by < 0 { "costs" } else { "wins" };
    let much = |by: i64| plain(by.abs());
    let weeks = FOUR_WEEKS;
    match (gained, later) {
        (0, 0) => format!("changes nothing {on}, nor {weeks}"),
        (0, _) => format!(
            "changes nothing {on}, {} {} {weeks}",
            verb(later),
            much(later)
        ),
        (_, 0) => format!(
            "{} {} points {on}, nothing {weeks}",
            verb(gained),
            much(gained)
        ),
        _ if (gained < 0) == (later < 0) => {
            format!(
                "{} {} points {on}, {} {weeks}",
                verb(gained),
                much(gained),
                much(later)
            )
        }
        _ => format!(
            "{} {} points {on}, {} {} {weeks}",
            verb(gained),
            much(gained),
            verb(later),
            much(later)
        ),
    }
}

/// The lines, in their order.
pub fn table(outcome: &Outcome, today: NaiveDate) -> Vec<Row> {
    let (is, so) = (&outcome.present, &outcome.supposed);
    let on = say(date(outcome.on), today);
    let mut rows = Vec::new();
    if on != "today" {
        rows.push(strength("strength today".to_owned(), is.today, so.today));
    }
    let label = match on.as_str() {
        "today" | "tomorrow" => format!("strength {on}"),
        _ => format!("on {on}"),
    };
    rows.push(strength(label, is.reading.strength, so.reading.strength));
    rows.push(strength(FOUR_WEEKS.to_owned(), is.later, so.later));
    let (a, b) = (&is.reading, &so.reading);
    rows.push(dates("is due", (a.due, b.due), today));
    rows.push(dates("goes stale", (a.stale, b.stale), today));
    let mut cold = dates("goes cold", (a.cold, b.cold), today);
    let sides = [(&mut cold.present, is), (&mut cold.supposed, so)];
    for (words, side) in sides {
        if side.reading.cold.is_some() && side.cold(outcome.on).is_none() {
            NOT_WARM.clone_into(words);
            cold.change.clear();
        }
    }
    if cold.change.is_empty() {
        cold.better = std::cmp::Ordering::Equal;
    }
    rows.push(cold);
    rows
}

fn strength(label: String, present: f64, supposed: f64) -> Row {
    let by = tenths(supposed) - tenths(present);
    let change = if by == 0 { String::new() } else { signed(by) };
    Row {
        label,
        present: points(present),
        supposed: points(supposed),
        change,
        better: by.cmp(&0),
    }
}

type Days = (Option<DayNumber>, Option<DayNumber>);

/// A day on which something is to come, or since when it is so.
fn said(day: DayNumber, today: NaiveDate) -> String {
    let day = date(day);
    if day < today {
        // A day gone by needs no weekday.
        format!("since {}", bare(day, today))
    } else {
        say(day, today)
    }
}

fn dates(label: &str, (present, supposed): Days, today: NaiveDate) -> Row {
    let words = |day: Option<DayNumber>| day.map_or("-".to_owned(), |day| said(day, today));
    let by = present
        .zip(supposed)
        .map_or(0, |(is, so)| so.saturating_sub(is));
    Row {
        label: label.to_owned(),
        present: words(present),
        supposed: words(supposed),
        change: if by == 0 {
            String::new()
        } else {
            format!("{}{}", sign(by.into()), days(f64::from(by).abs()))
        },
        better: by.cmp(&0),
    }
}
