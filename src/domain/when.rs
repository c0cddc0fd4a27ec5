//! Dates as people say them, read and said: `fri`, `in 2 weeks`, `14 dec`, `3/14`, `yesterday 14:30`.
//!
//! The same words mean different days when a touch is logged and when a promise falls due, so reading takes a direction:
//! looking [`Look::Back`], `fri` is the Friday gone by and `3/1` the last first of March; looking [`Look::Ahead`] they are
//! the coming ones. What a word cannot mean (31 February) is an error in a sentence, never another day.
//!
//! `token` cuts the text, `word` holds the tables of words, `date` and `clock` are the grammar, `within` finds dates where more follows,
//! and days that are none.

mod clock;
mod date;
mod token;
mod within;
mod word;

use super::moment::shift;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use date::Reader;
use std::ops::Range;

pub use within::{front, no_day, pointed};
pub use word::Unit;

/// Days for which a day gone by is not taken for the one a year later.
const JUST_GONE: i64 = 31;
/// A day that far ahead may be a year after the one that was meant.
const NEXT_YEAR: i64 = 300;

/// Which way a date without a year, or a weekday alone, is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// What happened: the latest such day.
    Back,
    /// What is to come: the next such day.
    Ahead,
}

/// How `3/4` is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// The month first: 4 March.
    #[default]
    Mdy,
    /// The day first: 3 April.
    Dmy,
}

/// A date found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where in the text it stands, in bytes, with a leading `by` or `on`.
    pub span: Range<usize>,
    /// The day.
    pub date: NaiveDate,
    /// The time of day, where one was said.
    pub time: Option<NaiveTime>,
    /// Where the words of that time stand, where it has some: not for `eod`.
    pub hour: Option<Range<usize>>,
}

/// The day a phrase names. A time of day said with it is understood and left out.
///
/// ```
/// use chitbook::domain::when::{DateOrder, Look, day};
/// let today = "2026-03-11".parse().unwrap(); // a Wednesday
/// let read = |text| day(text, today, Look::Ahead, DateOrder::Mdy).unwrap().to_string();
/// assert_eq!(read("fri"), "2026-03-13");
/// assert_eq!(read("in 2 weeks"), "2026-03-25");
/// assert_eq!(read("3/1"), "2027-03-01");
/// ```
pub fn day(
    text: &str,
    today: NaiveDate,
    look: Look,
    order: DateOrder,
) -> Result<NaiveDate, String> {
    let tokens = token::cut(text);
    let mut reader = Reader::new(&tokens, today, look, order);
    match reader.whole()? {
        Some((date, _)) => Ok(date),
        None => Err(not_read(text, "fri, 14 dec, in 2 weeks or 2027-03-14")),
    }
}

/// The moment a phrase names: a date with or without a time, a time alone, or a distance in hours and minutes.
///
/// A day without a time is noon when it is past, nine when it is to come, and `now` when it is today. A time alone is the
/// last such time looking back, the next looking ahead.
pub fn moment(
    text: &str,
    now: NaiveDateTime,
    look: Look,
    order: DateOrder,
) -> Result<NaiveDateTime, String> {
    let tokens = token::cut(text);
    let mut reader = Reader::new(&tokens, now.date(), look, order);
    if let Some(exact) = reader.distance_in_time(now)? {
        return Ok(exact);
    }
    if let Some((date, time)) = reader.whole()? {
        return Ok(match time {
            Some(time) => date.and_time(time),
            None if date == now.date() => now,
            None => date.and_time(clock::at(if date < now.date() { 12 } else { 9 }, 0)),
        });
    }
    if let Some(time) = reader.time_alone() {
        let step = match look {
            Look::Back if time > now.time() => -1,
            Look::Ahead if time < now.time() => 1,
            _ => 0,
        };
        return Ok(shift(now.date(), step).and_time(time));
    }
    Err(not_read(
        text,
        "yesterday 14:30, fri 9am, 14 dec or 2 hours ago",
    ))
}

/// Whether a phrase without a year, read as a day to come (`on`), rather means one that went by just now: on 26 November `25 nov` is
/// hardly next year's.
///
/// ```
/// use chitbook::domain::when::{DateOrder, just_gone};
/// let (today, next_year) = ("2026-11-26".parse().unwrap(), "2027-11-25".parse().unwrap());
/// assert!(just_gone("25 nov", next_year, today, DateOrder::Mdy));
/// assert!(!just_gone("25 nov 2027", next_year, today, DateOrder::Mdy));
/// ```
pub fn just_gone(phrase: &str, on: NaiveDate, today: NaiveDate, order: DateOrder) -> bool {
    if (on - today).num_days() < NEXT_YEAR {
        return false;
    }
    let gone = day(phrase, today, Look::Back, order);
    gone.is_ok_and(|gone| (1..=JUST_GONE).contains(&(today - gone).num_days()))
}

/// The day a whole text names, for a field or an option that wants nothing else. Where it is to come, one that most likely went by a
/// moment ago is refused: nobody means a year later who does not say so.
///
/// ```
/// use chitbook::domain::when::{DateOrder, Look, meant};
/// let today = "2026-11-26".parse().unwrap();
/// let read = |text| meant(text, today, Look::Ahead, DateOrder::Mdy).map(|day| day.to_string());
/// assert_eq!(read("25 nov"), Err("25 nov is past; say its year if it is not".to_owned()));
/// assert_eq!(read("25 nov 2027"), Ok("2027-11-25".to_owned()));
/// assert_eq!(read("14 mar"), Ok("2027-03-14".to_owned()));
/// ```
pub fn meant(
    text: &str,
    today: NaiveDate,
    look: Look,
    order: DateOrder,
) -> Result<NaiveDate, String> {
    let on = day(text, today, look, order)?;
    if look == Look::Ahead && just_gone(text, on, today, order) {
        return Err(format!(
            "{} is past; say its year if it is not",
            text.trim()
        ));
    }
    Ok(on)
}

/// The date phrase a text ends with, if it does: `send revised quote fri` ends with `fri`. Words that are dates only by
/// chance (`where she sat`) are let be unless something points at them (`by sat`).
pub fn span(text: &str, today: NaiveDate, look: Look, order: DateOrder) -> Option<Found> {
    let mut tokens = token::cut_tail(text);
    while tokens.len() > 1 && tokens.last().is_some_and(|t| t.is_any(&["!", ",", ";"])) {
        tokens.pop();
    }
    let dotted = tokens.clone();
    if tokens.last().is_some_and(|t| t.is_any(&["."])) {
        tokens.pop();
    }
    let find = |tokens: &[token::Token]| {
        (0..tokens.len()).find_map(|start| {
            let (before, rest) = tokens.split_at_checked(start)?;
            if is_rest_of_day(before, rest) {
                return None;
            }
            let mut reader = Reader::new(rest, today, look, order).wary(text);
            let (date, time) = reader.whole().ok().flatten()?;
            let (first, last) = (rest.first()?, rest.last()?);
            Some(Found {
                span: first.span.start..last.span.end,
                date,
                time,
                hour: reader.hour(),
            })
        })
    };
    find(&dotted).or_else(|| find(&tokens))
}

/// Whether a month with its year stands behind the figure of a day: `feb 2027` in `29 feb 2027` is no day of its own.
fn is_rest_of_day(before: &[token::Token], rest: &[token::Token]) -> bool {
    let day = before.last().is_some_and(|last| {
        let figure = last.number.is_some() && last.len() <= 2;
        figure || last.glued && last.is_any(&["st", "nd", "rd", "th"])
    });
    let month = rest
        .first()
        .is_some_and(|first| word::month(&first.text).is_some());
    let year = rest
        .get(1)
        .is_some_and(|next| next.number.is_some() && next.len() == 4);
    day && month && year
}

/// A length of time in words, counted in days or in months: `2 weeks`, `a month`, `fortnight`, `10d`.
///
/// ```
/// use chitbook::domain::when::{Unit, length};
/// assert_eq!(length("2 weeks"), Some(Unit::Days(14)));
/// assert_eq!(length("a quarter"), Some(Unit::Months(3)));
/// assert_eq!(length("a while"), None);
/// ```
pub fn length(text: &str) -> Option<Unit> {
    let tokens = token::cut(text);
    let (count, unit) = match tokens.as_slice() {
        [unit] => (1, unit),
        [count, unit] => (count.number.or_else(|| word::count(&count.text))?, unit),
        _ => return None,
    };
    let count = i64::from(count);
    Some(match word::unit(&unit.text)? {
        Unit::Days(days) => Unit::Days(days * count),
        Unit::Months(months) => Unit::Months(months * count),
    })
}

/// The day so many lengths after another; months end on the last day they have. None beyond the calendar.
pub fn after(from: NaiveDate, length: Unit, times: u32) -> Option<NaiveDate> {
    let times = i64::from(times);
    match length {
        Unit::Days(days) => {
            from.checked_add_signed(chrono::Duration::try_days(days.checked_mul(times)?)?)
        }
        Unit::Months(months) => date::months(from, months.checked_mul(times)?),
    }
}

/// A date as the screens say it, near to `today`: `today`, `tomorrow`, `Fri 27 Nov`, and with the year where it is far off.
pub fn say(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        away if away.abs() > 300 => {
            let month = date.format("%a %-d %b");
            format!("{month} {}", date.year())
        }
        _ => date.format("%a %-d %b").to_string(),
    }
}

/// The same without the day of the week: `today`, `27 Nov`, `27 Nov 2024`.
pub fn bare(date: NaiveDate, today: NaiveDate) -> String {
    let said = say(date, today);
    match said.split_once(' ') {
        Some((_, bare)) => bare.to_owned(),
        None => said,
    }
}

/// The day alone, with its year where that is another than `today`'s: `27 Nov`, `3 Jan 2050`.
pub fn dated(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() {
        date.format("%-d %b").to_string()
    } else {
        format!("{} {}", date.format("%-d %b"), date.year())
    }
}

/// As [`say`] has it, in the middle of a sentence: `today`, `on Fri 27 Nov`.
pub fn on(date: NaiveDate, today: NaiveDate) -> String {
    match say(date, today) {
        day if day.contains(' ') => format!("on {day}"),
        day => day,
    }
}

/// So many days gone by, in words: `today`, `yesterday`, `9 days ago`, `5 weeks ago`; days to come are `in 9 days`.
pub fn ago(days: i32) -> String {
    let away = days.unsigned_abs();
    let (count, unit) = match away {
        0 => return "today".to_owned(),
        1 if days > 0 => return "yesterday".to_owned(),
        1 => return "tomorrow".to_owned(),
        2..14 => (away, "day"),
        14..63 => (away / 7, "week"),
        63..730 => (away * 12 / 365, "month"),
        _ => ((f64::from(away) / 365.25).round() as u32, "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if days > 0 {
        format!("{count} {unit}{plural} ago")
    } else {
        format!("in {count} {unit}{plural}")
    }
}

/// What to say of a text that names no day.
fn not_read(text: &str, tries: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return format!("a date is needed: {tries}");
    }
    let mut shown: String = text.chars().take(30).collect();
    if text.chars().nth(30).is_some() {
        shown.push('…');
    }
    format!("cannot read “{shown}” as a date; try {tries}")
}

#[cfg(test)]
mod tests;
