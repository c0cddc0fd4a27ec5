//! Dates at the front of a text and in its middle, where anything may follow.
//!
//! More is taken for something else here than at the end: `second thought`, `3/4 inch`, `sat in the meeting`, `friday's deck`.

use super::date::Reader;
use super::token::{self, Token};
use super::{DateOrder, Found, Look, word};
use chrono::NaiveDate;

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
    begins(text, false, today, look, order)
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
        if let Some(mut found) = begins(text.get(from..)?, true, today, look, order) {
            found.span = found.span.start + from..found.span.end + from;
            return Some(found);
        }
    }
    None
}

fn begins(
    text: &str,
    pointed: bool,
    today: NaiveDate,
    look: Look,
    order: DateOrder,
) -> Option<Found> {
    let reach = text.char_indices().map(|(at, _)| at).find(|at| *at > REACH);
    let head = text.get(..reach.unwrap_or(text.len()))?;
    let tokens = token::cut_head(head);
    (1..=tokens.len()).rev().find_map(|length| {
        let (phrase, rest) = tokens.split_at_checked(length)?;
        if !ends_here(phrase, rest.first()) || !(pointed || surely(phrase, rest.first())) {
            return None;
        }
        let mut reader = Reader::new(phrase, today, look, order).wary("");
        if pointed || rest.first().is_some_and(|t| t.is_any(&[":", ","])) {
            reader = reader.pointed_at();
        }
        let (date, time) = reader.whole().ok().flatten()?;
        if time.is_some() && is_bare_hour(phrase) {
            return None;
        }
        Some(Found {
            span: phrase.first()?.span.start..phrase.last()?.span.end,
            date,
            time,
        })
    })
}

/// Whether a phrase can end before what follows: not within a word, and not at an ordinal that counts something else.
fn ends_here(phrase: &[Token], next: Option<&Token>) -> bool {
    let stops = |t: &Token| !t.glued || t.is_any(&[",", ";", ":", ".", "!", ")", "]"]);
    let counts = phrase
        .last()
        .is_some_and(|last| word::ordinal(&last.text).is_some());
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
