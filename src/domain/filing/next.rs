//! The next touch as a note says it: `next call 3 dec 10:00 about the audit`, `call back tue`.

use crate::domain::capture::Mark;
use crate::domain::text::{clean_line, fold};
use crate::domain::when::{self, DateOrder, Look};
use chrono::{NaiveDate, NaiveTime};

/// How such a line begins. The longer ways of saying it stand before the shorter.
const BEGINNINGS: [&str; 16] = [
    "next call",
    "next meeting",
    "next visit",
    "next touch",
    "next time",
    "next step",
    "next",
    "call back",
    "call again",
    "ring back",
    "ring again",
    "talk again",
    "speak again",
    "meet again",
    "follow up",
    "again",
];

/// What the note says of the next touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The day.
    pub on: NaiveDate,
    /// The time, where one was said.
    pub at: Option<NaiveTime>,
    /// What it will be about; may be empty.
    pub why: String,
}

/// The next touch that the last line of its kind in a note speaks of; none where none names a day.
///
/// ```
/// use chitbook::domain::filing::next_touch;
/// use chitbook::domain::when::DateOrder;
/// let today = "2026-11-22".parse().unwrap(); // a Sunday
/// let next = next_touch("good talk\nnext call 3 dec 10:00 about the audit", today, DateOrder::Mdy).unwrap();
/// assert_eq!((next.on.to_string().as_str(), next.why.as_str()), ("2026-12-03", "the audit"));
/// assert_eq!(next_touch("next year everything changes", today, DateOrder::Mdy), None);
/// ```
pub fn next_touch(note: &str, today: NaiveDate, order: DateOrder) -> Option<Next> {
    plain_lines(note).find_map(|line| of_line(line, today, order)?.ok())
}

/// The line that speaks of a next touch on a day gone by, and what to say of it; for a note that tells of no other one.
pub fn next_gone(note: &str, today: NaiveDate, order: DateOrder) -> Option<(String, String)> {
    if next_touch(note, today, order).is_some() {
        return None;
    }
    plain_lines(note).find_map(|line| {
        let why = of_line(line, today, order)?.err()?;
        Some((line.to_owned(), why))
    })
}

/// The lines without a mark, from the last.
fn plain_lines(note: &str) -> impl Iterator<Item = &str> {
    let plain = |line: &&str| Mark::of(line.chars().next().unwrap_or(' ')).is_none();
    note.lines().rev().map(str::trim).filter(plain)
}

/// The next touch that a line speaks of, or that its day is past.
fn of_line(line: &str, today: NaiveDate, order: DateOrder) -> Option<Result<Next, String>> {
    // A line that long is prose.
    if line.len() > 200 {
        return None;
    }
    let folded = fold(line);
    let begins = |beginning: &&&str| {
        let rest = folded.strip_prefix(**beginning);
        rest.is_some_and(|rest| rest.starts_with([' ', ':', ',']))
    };
    let beginning = BEGINNINGS.iter().find(begins)?;
    let rest = line
        .get(beginning.len()..)?
        .trim_start_matches([' ', ':', ',']);
    let found = when::front(rest, today, Look::Ahead, order)
        .or_else(|| when::span(rest, today, Look::Ahead, order))?;
    let phrase = rest.get(found.span.clone())?;
    if found.date < today || when::just_gone(phrase, found.date, today, order) {
        return Some(Err(format!("{phrase} is past")));
    }
    let (before, after) = (rest.get(..found.span.start)?, rest.get(found.span.end..)?);
    let why = [before, after]
        .into_iter()
        .map(about)
        .find(|text| !text.is_empty());
    Some(Ok(Next {
        on: found.date,
        at: found.time,
        why: why.unwrap_or_default(),
    }))
}

/// What is said besides the day, without the words that only lead to it.
fn about(text: &str) -> String {
    let text = text.trim_matches([' ', ':', ',', '.', ';']);
    let text = text
        .strip_prefix("about ")
        .or_else(|| text.strip_prefix("for "))
        .unwrap_or(text);
    clean_line(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_touch_is_read_in_the_ways_it_is_written() {
        let today = "2026-11-22".parse().unwrap();
        let cases = [
            ("next call 3 dec", Some(("2026-12-03", None, ""))),
            (
                "Next: fri 14:30 the quote",
                Some(("2026-11-27", Some("14:30:00"), "the quote")),
            ),
            ("call back tue", Some(("2026-11-24", None, ""))),
            (
                "talk again in 2 weeks, about the audit",
                Some(("2026-12-06", None, "the audit")),
            ),
            (
                "follow up on the tender by 14 dec",
                Some(("2026-12-14", None, "on the tender")),
            ),
            ("we meet again", None),
            ("nextdoor neighbour tue", None),
            ("! next call fri", None),
            ("", None),
        ];
        for (note, expected) in cases {
            let found = next_touch(note, today, DateOrder::Mdy);
            let found = found.map(|next| {
                (
                    next.on.to_string(),
                    next.at.map(|at| at.to_string()),
                    next.why,
                )
            });
            let expected = expected.map(|(on, at, why): (&str, Option<&str>, &str)| {
                (on.to_owned(), at.map(str::to_owned), why.to_owned())
            });
            assert_eq!(found, expected, "{note}");
        }
    }
}
