//! Dates at the front of a text and in its middle, where anything may follow.
//!
//! More is taken for something else here than at the end: `second thought`, `3/4 inch`, `sat in the meeting`, `friday's deck`.

use super::date::Reader;
use super::token::{self, Token};
use super::{DateOrder, Found, Look, word};
use chrono::NaiveDate;
use std::ops::Range;

/// Bytes looked at behind the place where a date may begin.
const REACH: usize = 160;
/// Words that point at a date, looked at in one text.
const MOST_POINTERS: usize = 16;

/// The date phrase a text begins with, if it does: `tomorrow send the quote`, `fri: send the quote`.
///
/// ```
/// use chitbook::domain::when::{DateOrder, Look, front};
/// let today = "2026-03-11".parse().unwrap(); // a Wednesday
/// let read = |text| front(text, today, Look::Ahead, DateOrder::Mdy).map(|found| found.date.to_string());
/// assert_eq!(read("in 2 weeks call Ana"), Some("2026-03-25".to_owned()));
/// assert_eq!(read("3/4 inch pipe"), None);
/// ```
pub fn front(text: &str, today: NaiveDate, look: Look, order: DateOrder) -> Option<Found> {
    begins(text, None, today, look, order)
}

/// The first date phrase that stands behind one of these words, without the word: `send by fri the drawings`.
pub fn pointed(
    text: &str,
    pointers: &[&str],
    today: NaiveDate,
    look: Look,
    order: DateOrder,
) -> Option<Found> {
    let mut from = 0;
    let mut looked = 0;
    for word in text.split_whitespace() {
        let start = from + text.get(from..)?.find(word)?;
        from = start + word.len();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let points = pointers.iter().any(|p| p.eq_ignore_ascii_case(bare));
        if !points || looked >= MOST_POINTERS {
            continue;
        }
        looked += 1;
        if let Some(mut found) = begins(text.get(from..)?, Some(bare), today, look, order) {
            found.span = moved(&found.span, from);
            found.hour = found.hour.map(|hour| moved(&hour, from));
            return Some(found);
        }
    }
    None
}

/// A place as it is counted from further on.
fn moved(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

fn begins(
    text: &str,
    by: Option<&str>,
    today: NaiveDate,
    look: Look,
    order: DateOrder,
) -> Option<Found> {
    let tokens = head(text);
    let pointed = by.is_some();
    (1..=tokens.len()).rev().find_map(|length| {
        let (phrase, rest) = tokens.split_at_checked(length)?;
        if !ends_here(phrase, rest.first()) || !(pointed || surely(phrase, rest.first())) {
            return None;
        }
        let mut reader = Reader::new(phrase, today, look, order).wary("");
        if pointed || rest.first().is_some_and(|t| t.is_any(&[":", ","])) {
            reader = reader.pointed_at(by);
        }
        let (date, time) = reader.whole().ok().flatten()?;
        if time.is_some() && is_bare_hour(phrase) {
            return None;
        }
        Some(Found {
            span: phrase.first()?.span.start..phrase.last()?.span.end,
            date,
            time,
            hour: reader.hour(),
        })
    })
}

/// The first pieces of a text, from no further than a date may reach.
fn head(text: &str) -> Vec<Token> {
    let reach = text.char_indices().map(|(at, _)| at).find(|at| *at > REACH);
    let head = text.get(..reach.unwrap_or(text.len()));
    token::cut_head(head.unwrap_or_default())
}

/// The first day a text tries to name that is none, and why it is none: at its end, at its front with a colon behind it, or behind
/// one of these words. Figures that nothing points at are no day at all (`50/50`).
///
/// ```
/// use chitbook::domain::when::{DateOrder, Look, no_day};
/// let today = "2026-03-11".parse().unwrap();
/// let why = |text| no_day(text, &["by"], today, Look::Ahead, DateOrder::Mdy).map(|(_, why)| why);
/// assert_eq!(why("send quote 31 feb"), Some("February has no day 31".to_owned()));
/// assert_eq!(why("send quote by 31 mar"), None);
/// ```
pub fn no_day(
    text: &str,
    pointers: &[&str],
    today: NaiveDate,
    look: Look,
    order: DateOrder,
) -> Option<(Range<usize>, String)> {
    let tail = token::cut_tail(text);
    let at_end = (0..tail.len()).find_map(|start| {
        let phrase = tail.get(start..)?;
        let mut reader = Reader::new(phrase, today, look, order).wary(text);
        let (why, end) = reader.fault()?;
        let (first, last) = (phrase.first()?, phrase.last()?);
        let whole = end == phrase.len() && is_calendar(phrase);
        whole.then_some((first.span.start..last.span.end, why))
    });
    let fault_at = |from: usize, by: Option<&str>| {
        let tokens = head(text.get(from..)?);
        let mut reader = Reader::new(&tokens, today, look, order)
            .wary("")
            .pointed_at(by);
        let (why, end) = reader.fault()?;
        let closed = tokens.get(end).is_some_and(|next| next.is_any(&[":"]));
        let last = tokens.get(end.checked_sub(1)?)?;
        let span = tokens.first()?.span.start + from..last.span.end + from;
        (by.is_some() || closed).then_some((span, why))
    };
    let mut from = 0;
    let mut pointed = text.split_whitespace().filter_map(|word| {
        let start = from + text.get(from..)?.find(word)?;
        from = start + word.len();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let points = pointers.iter().any(|p| p.eq_ignore_ascii_case(bare));
        points.then_some((from, bare))
    });
    at_end.or_else(|| fault_at(0, None)).or_else(|| {
        pointed
            .by_ref()
            .take(MOST_POINTERS)
            .find_map(|(from, bare)| fault_at(from, Some(bare)))
    })
}

/// Whether a phrase can only be meant as a date: it names a month or a weekday, says a whole date in figures, or is pointed at.
fn is_calendar(phrase: &[Token]) -> bool {
    let figures = phrase.iter().filter(|token| token.number.is_some()).count();
    let named =
        |token: &Token| word::month(&token.text).is_some() || word::weekday(&token.text).is_some();
    let led = phrase
        .first()
        .is_some_and(|token| token.is_any(&word::POINTERS) || token.is_any(&["in"]));
    phrase.iter().any(named) || figures >= 3 || led
}

/// Whether a phrase can end before what follows: not within a word, and not at an ordinal that counts something else.
fn ends_here(phrase: &[Token], next: Option<&Token>) -> bool {
    let stops = |t: &Token| !t.glued || t.is_any(&[",", ";", ":", ".", "!", ")", "]"]);
    let counts = phrase.last().is_some_and(|last| {
        let month = phrase.len() == 1 && word::month(&last.text).is_some();
        month || word::ordinal(&last.text).is_some()
    });
    let closed = next.is_none_or(|t| t.is_any(&[",", ":"]));
    next.is_none_or(stops) && (!counts || closed)
}

/// Whether a phrase that nothing points at can only be a date.
fn surely(phrase: &[Token], next: Option<&Token>) -> bool {
    if next.is_none_or(|t| t.is_any(&[":", ","])) {
        return true;
    }
    let figures = phrase.len() < 5 && phrase.iter().all(|t| t.number.is_some() || t.len() == 1);
    let common = phrase.len() == 1
        && phrase
            .iter()
            .any(|t| t.is_any(&["sat", "sun", "wed", "now"]));
    let counted = phrase
        .last()
        .is_some_and(|t| t.is_any(&["st", "nd", "rd", "th"]));
    !(figures || common || counted && phrase.len() <= 3)
}

/// Whether a phrase ends with a number that is an hour only by chance: `fri 9 bottles`.
fn is_bare_hour(phrase: &[Token]) -> bool {
    let [.., before, last] = phrase else {
        return false;
    };
    last.number.is_some() && !before.is_any(&[":", "h", ".", "at", "@", "around", "about"])
}
