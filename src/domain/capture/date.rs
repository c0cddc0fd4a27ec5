//! The day a marked line speaks of: at its end, at its front, or in its middle where a word points at it.

use super::word::places;
use super::{Reader, mark};
use crate::domain::moment::shift;
use crate::domain::text::fold;
use crate::domain::when::{self, Look};
use chrono::{NaiveDate, NaiveTime};
use std::ops::Range;

/// Words that point at the day something is due.
pub(super) const STRONG: [&str; 5] = ["by", "due", "until", "till", "before"];
/// Words that point at a day, and often at something else.
const WEAK: [&str; 2] = ["on", "for"];
/// What goes with a date when it is taken out of a line.
const WITH_IT: [&str; 9] = [
    "no later than",
    "not later than",
    "before",
    "until",
    "till",
    "due",
    "by",
    "on",
    "for",
];
/// What may follow a date at the end of a line.
const BEHIND_IT: [&str; 2] = ["at the latest", "latest"];
/// Behind these a date says which thing is meant, not when something is due.
pub(super) const OF_IT: [&str; 6] = ["of", "from", "since", "about", "re", "regarding"];
/// Behind these a date means less or more than one day, and stays in the words.
const ABOUT_IT: [&str; 4] = ["after", "every", "each", "between"];
/// What a phrase that names the end of something has.
const ENDS: [&str; 5] = ["end", "eow", "eom", "eoq", "eoy"];
/// The most words a time of day is said with.
const LONGEST_HOUR: usize = 4;
/// Words that point at a time of day.
const HOUR_POINTERS: [&str; 6] = ["at", "in", "by", "before", "around", "within"];
/// With these a time of day follows other words as it is; others need a comma before them: `call her, morning`.
const HOUR_OPENERS: [&str; 7] = ["at", "around", "about", "in", "this", "last", "tonight"];
/// What may be left standing where a date was taken out.
const JOINTS: [char; 14] = [
    ',', ';', ':', '-', '–', '—', '(', '[', '（', '，', '；', '：', '、', ' ',
];

/// A day and the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day<'a> {
    /// The day.
    pub on: NaiveDate,
    /// The words that say it.
    pub phrase: &'a str,
    /// What stands before it, without what points at it.
    before: &'a str,
    /// What follows it.
    after: &'a str,
    text: &'a str,
    /// The date stays in the words.
    stays: bool,
    /// The words of a time of day that was said with it.
    hour: &'a str,
}

impl Day<'_> {
    /// The words without the date.
    pub fn left(&self) -> String {
        if self.stays {
            return self.text.trim().to_owned();
        }
        self.without()
    }

    /// The words without the date, even where it should stay. A time of day that was said with it stays: only the day is kept apart.
    pub fn without(&self) -> String {
        let left = join(self.before, self.after);
        if self.hour.is_empty() || left.is_empty() {
            return left;
        }
        let plain = self.hour.starts_with(|c: char| c.is_ascii_digit())
            || HOUR_OPENERS.contains(&first_word(self.hour).to_lowercase().as_str());
        let joint = if plain { " " } else { ", " };
        format!("{left}{joint}{}", self.hour)
    }

    /// The word right before the date, in small letters.
    pub fn word_before(&self) -> String {
        last_word(self.before).to_lowercase()
    }
}

/// The words before and behind what was taken out of a text.
pub fn join(before: &str, after: &str) -> String {
    let before = before.trim().trim_end_matches(JOINTS);
    let after = after.trim_start_matches([')', ']', '）', '.', '!']).trim();
    let late = BEHIND_IT.iter().any(|end| end.eq_ignore_ascii_case(after));
    let after = if late { "" } else { after };
    let after = if mark::says(after) { after } else { "" };
    if before.is_empty() {
        return after.trim_start_matches(JOINTS).trim().to_owned();
    }
    let close = after.is_empty() || after.starts_with([',', ';', ':', '，', '；', '：', '、']);
    let gap = if close { "" } else { " " };
    format!("{before}{gap}{after}")
}

/// How a day is looked for.
pub struct Search<'a> {
    /// Which way a date without a year is meant.
    pub look: Look,
    /// More words that point at one.
    pub pointers: &'a [&'a str],
    /// Which days are meant at all.
    pub accept: &'a dyn Fn(NaiveDate) -> bool,
    /// The day that is today.
    pub today: NaiveDate,
}

impl Reader<'_> {
    /// The day something falls due, or the day something was.
    fn day<'t>(&self, text: &'t str, look: Look) -> Option<Day<'t>> {
        let today = self.today;
        self.search(
            text,
            &Search {
                look,
                pointers: &[],
                accept: &|date| match look {
                    Look::Ahead => date >= today,
                    Look::Back => date <= today,
                },
                today,
            },
        )
        .filter(|day| look == Look::Back || !self.just_gone(day))
    }

    /// Whether the day found is most likely the one of this year, which went by a moment ago.
    fn just_gone(&self, day: &Day<'_>) -> bool {
        when::just_gone(day.phrase, day.on, self.today, self.order)
    }

    /// The words of a day that went by a moment ago and is not meant a year later: `25 nov` on the 26th.
    pub(super) fn lately<'t>(&self, text: &'t str) -> Option<&'t str> {
        let today = self.today;
        let search = Search {
            look: Look::Ahead,
            pointers: &[],
            accept: &|date| date >= today,
            today,
        };
        let day = self.search(text, &search)?;
        self.just_gone(&day).then_some(day.phrase)
    }

    /// A text without the day it speaks of, and the day.
    pub(super) fn dated(&self, text: &str, look: Look) -> (String, Option<NaiveDate>) {
        match self.day(text, look) {
            Some(day) => (day.left(), Some(day.on)),
            None if look == Look::Ahead && self.misnamed(text).is_none() => {
                (text.to_owned(), self.hour(text))
            }
            _ => (text.to_owned(), None),
        }
    }

    /// The day of a time of day alone at the end of a text: `call back at 3pm`, `call back in 2 hours`. A promise has a day and no
    /// hour, so the hour stays in the words.
    fn hour(&self, text: &str) -> Option<NaiveDate> {
        let midnight = self.today.and_time(NaiveTime::MIN);
        let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
        let words: Vec<(usize, &str)> = places(text).collect();
        let longest = words.len().saturating_sub(LONGEST_HOUR);
        let moment = words.iter().skip(longest).find_map(|(at, first)| {
            let tail = text.get(*at..)?;
            let first = first.to_lowercase();
            let pointed = HOUR_POINTERS.contains(&first.as_str());
            let clock = tail.contains(':') || tail.ends_with("am") || tail.ends_with("pm");
            let figures = tail.contains(|c: char| c.is_ascii_digit()) || tail.ends_with("hour");
            let long = tail
                .split(|c: char| !c.is_ascii_digit())
                .any(|run| run.len() > 2);
            if !figures || long || !(pointed || clock) {
                return None;
            }
            let tail = if ["by", "before", "within"].contains(&first.as_str()) {
                tail.get(first.len()..)?
            } else {
                tail
            };
            when::moment(tail, midnight, Look::Ahead, self.order).ok()
        });
        Some(moment?.date())
    }

    /// The day a text speaks of. Where it has several dates, the one that is pointed at most clearly.
    pub(super) fn search<'t>(&self, text: &'t str, search: &Search<'_>) -> Option<Day<'t>> {
        let front = when::front(text, search.today, search.look, self.order);
        let end = self.end(text, search);
        let strong: Vec<&str> = STRONG.iter().chain(search.pointers).copied().collect();
        let middle = |pointers: &[&str]| {
            when::pointed(text, pointers, search.today, search.look, self.order)
        };
        // `two weeks before Christmas` is one day, not Christmas.
        let part = |inner: &when::Found| {
            end.as_ref().is_some_and(|whole| {
                whole.span.start < inner.span.start && inner.span.end <= whole.span.end
            })
        };
        let places = [
            front.clone().filter(|found| is_closed(text, &found.span)),
            end.clone().filter(|found| is_pointed_at(text, &found.span)),
            middle(&strong).filter(|inner| !part(inner)),
            end.clone().filter(|found| !is_for(text, &found.span)),
            front,
            end,
            middle(&WEAK),
        ];
        places.into_iter().flatten().find_map(|found| {
            let day = cut(text, &found, search.look)?;
            let of_it = OF_IT.contains(&day.word_before().as_str()) && search.look == Look::Ahead;
            ((search.accept)(day.on) && !of_it).then_some(day)
        })
    }

    pub(super) fn end(&self, text: &str, search: &Search<'_>) -> Option<when::Found> {
        let text = without_end(text);
        let open = text.trim_end_matches([')', ']', '）', '。', '！']);
        let found = when::span(open, search.today, search.look, self.order)?;
        let closed = open.len() < text.len() && !text.ends_with(['。', '！']);
        let before = text.get(..found.span.start)?.trim_end();
        (!closed || before.ends_with(['(', '[', '（'])).then_some(found)
    }
}

/// Whether a colon sets the date at the front apart.
pub(super) fn is_closed(text: &str, span: &Range<usize>) -> bool {
    let rest = text.get(span.end..).unwrap_or_default().trim_start();
    rest.starts_with([':', '：'])
}

/// Whether something says that the date at the end is when it is due.
pub(super) fn is_pointed_at(text: &str, span: &Range<usize>) -> bool {
    let first = first_word(text.get(span.clone()).unwrap_or_default());
    let own = STRONG
        .iter()
        .chain(&["on"])
        .any(|word| word.eq_ignore_ascii_case(first));
    own || text.get(..span.start).and_then(pointer_behind).is_some()
}

/// `agenda for monday` may say which agenda.
pub(super) fn is_for(text: &str, span: &Range<usize>) -> bool {
    first_word(text.get(span.clone()).unwrap_or_default()).eq_ignore_ascii_case("for")
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// A date taken out of a text, with what points at it.
fn cut<'t>(text: &'t str, found: &when::Found, look: Look) -> Option<Day<'t>> {
    let span = &found.span;
    let phrase = text.get(span.clone())?;
    // When something was is told by its day; what is to come has an hour that is to be kept.
    let hour = found.hour.clone().filter(|_| look == Look::Ahead);
    let mut before = text.get(..span.start)?;
    let mut earlier = false;
    while let Some(shorter) = pointer_behind(before) {
        let pointer = before.get(shorter.len()..).unwrap_or_default();
        earlier |= pointer.trim().eq_ignore_ascii_case("before");
        before = shorter;
    }
    // `before the end of the week` is that day still, and so is `before fri noon`.
    let ends = phrase
        .split_whitespace()
        .any(|word| ENDS.contains(&fold(word).as_str()));
    let earlier = earlier && look == Look::Ahead && found.time.is_none() && !ends;
    let word = last_word(before).to_lowercase();
    let stays = ABOUT_IT.contains(&word.as_str()) || OF_IT.contains(&word.as_str());
    Some(Day {
        on: shift(found.date, -i64::from(earlier)),
        phrase,
        before,
        after: text.get(span.end..)?,
        text,
        stays,
        hour: hour.and_then(|hour| text.get(hour)).unwrap_or_default(),
    })
}

/// The text without the word that points at a date, where it ends with one.
pub(super) fn pointer_behind(text: &str) -> Option<&str> {
    let text = text.trim_end();
    WITH_IT.iter().find_map(|pointer| {
        let start = text.len().checked_sub(pointer.len())?;
        let (before, end) = text.split_at_checked(start)?;
        let whole = !before.ends_with(char::is_alphanumeric);
        (whole && end.eq_ignore_ascii_case(pointer)).then_some(before)
    })
}

/// The text without what may follow a date at its end.
pub(super) fn without_end(text: &str) -> &str {
    let text = text.trim_end();
    let ends = |end: &&str| {
        let start = text.len().checked_sub(end.len())?;
        let (before, last) = text.split_at_checked(start)?;
        (before.ends_with(' ') && last.eq_ignore_ascii_case(end)).then(|| before.trim_end())
    };
    BEHIND_IT.iter().find_map(ends).unwrap_or(text)
}

pub(super) fn last_word(text: &str) -> &str {
    text.split_whitespace().next_back().unwrap_or_default()
}
