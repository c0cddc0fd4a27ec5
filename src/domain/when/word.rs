//! The words of dates, as tables.

use chrono::Weekday;

/// A length of time that dates are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// So many days.
    Days(i64),
    /// So many months.
    Months(i64),
}

const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Mon, &["monday", "mon"]),
    (Weekday::Tue, &["tuesday", "tue", "tues"]),
    (Weekday::Wed, &["wednesday", "wed", "weds"]),
    (Weekday::Thu, &["thursday", "thu", "thur", "thurs"]),
    (Weekday::Fri, &["friday", "fri"]),
    (Weekday::Sat, &["saturday", "sat"]),
    (Weekday::Sun, &["sunday", "sun"]),
];

/// Weekday names that are common words too.
pub const DOUBTFUL: [&str; 3] = ["sat", "sun", "wed"];

const MONTHS: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sep", "sept"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

const UNITS: [(Unit, &[&str]); 6] = [
    (Unit::Days(1), &["d", "day", "days"]),
    (Unit::Days(7), &["w", "wk", "wks", "week", "weeks"]),
    (Unit::Days(14), &["fortnight", "fortnights"]),
    (
        Unit::Months(1),
        &["m", "mo", "mos", "mth", "mths", "month", "months"],
    ),
    (Unit::Months(3), &["q", "quarter", "quarters"]),
    (Unit::Months(12), &["y", "yr", "yrs", "year", "years"]),
];

const MINUTES: [(i64, &[&str]); 2] = [
    (1, &["m", "min", "mins", "minute", "minutes"]),
    (60, &["h", "hr", "hrs", "hour", "hours"]),
];

const NAMED: [(i64, &[&str]); 3] = [
    (0, &["today", "now"]),
    (1, &["tomorrow", "tmrw", "tmr", "tomorow", "tommorow"]),
    (-1, &["yesterday", "yday"]),
];

const COUNTS: [&[&str]; 13] = [
    &[],
    &["a", "an", "one"],
    &["two"],
    &["three"],
    &["four"],
    &["five"],
    &["six"],
    &["seven"],
    &["eight"],
    &["nine"],
    &["ten"],
    &["eleven"],
    &["twelve"],
];

const ORDINALS: [&[&str]; 6] = [
    &[],
    &["first"],
    &["second"],
    &["third"],
    &["fourth"],
    &["fifth"],
];

const PARTS: [(u32, &[&str]); 6] = [
    (9, &["morning"]),
    (12, &["noon", "midday", "lunchtime"]),
    (15, &["afternoon"]),
    (18, &["evening"]),
    (17, &["eod", "cob"]),
    (20, &["night", "tonight"]),
];

/// What may stand before a date without changing it.
pub const POINTERS: [&str; 6] = ["on", "by", "due", "until", "till", "for"];

/// Those that say of a date that it is the latest.
pub const LATEST: [&str; 5] = ["by", "due", "until", "till", "before"];

fn look<T: Copy>(table: &[(T, &[&str])], word: &str) -> Option<T> {
    let row = table.iter().find(|row| row.1.contains(&word));
    row.map(|row| row.0)
}

fn index(table: &[&[&str]], word: &str) -> Option<u32> {
    let at = table.iter().position(|row| row.contains(&word))?;
    u32::try_from(at).ok()
}

/// The weekday a word names.
pub fn weekday(word: &str) -> Option<Weekday> {
    look(&WEEKDAYS, word)
}

/// The month a word names, from 1.
pub fn month(word: &str) -> Option<u32> {
    index(&MONTHS, word).map(|at| at + 1)
}

/// The unit of days or months a word names.
pub fn unit(word: &str) -> Option<Unit> {
    look(&UNITS, word)
}

/// The minutes in the unit of hours or minutes a word names.
pub fn minutes(word: &str) -> Option<i64> {
    look(&MINUTES, word)
}

/// How many days from today a word like `tomorrow` is.
pub fn named(word: &str) -> Option<i64> {
    look(&NAMED, word)
}

/// The number a word says.
pub fn count(word: &str) -> Option<u32> {
    index(&COUNTS, word)
}

/// The place a word says: `third`.
pub fn ordinal(word: &str) -> Option<u32> {
    index(&ORDINALS, word)
}

/// The hour a part of the day begins at, as people at work mean it.
pub fn part(word: &str) -> Option<u32> {
    look(&PARTS, word)
}
