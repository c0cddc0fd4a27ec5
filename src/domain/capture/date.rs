//! The day a marked line speaks of: at its end, at its front, or in its middle where a word points at it.

use super::Reader;
use crate::domain::when::{self, Look};
use chrono::NaiveDate;
use std::ops::Range;

/// Words that point at the day something is due.
const STRONG: [&str; 5] = ["by", "due", "until", "till", "before"];
/// Words that point at a day, and often at something else.
const WEAK: [&str; 2] = ["on", "for"];
/// What goes with a date when it is taken out of a line.
const WITH_IT: [&str; 12] = [
    "no later than",
    "not later than",
    "at the latest",
    "latest",
    "deadline",
    "before",
    "until",
    "till",
    "due",
    "by",
    "on",
    "for",
];
/// Behind these a date says which thing is meant, not when something is due.
const OF_IT: [&str; 6] = ["of", "from", "since", "about", "re", "regarding"];
/// Behind these a date means less or more than one day, and stays in the words.
const ABOUT_IT: [&str; 4] = ["after", "every", "each", "between"];
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
}

impl Day<'_> {
    /// The words without the date.
    pub fn left(&self) -> String {
        if self.stays {
            return self.text.trim().to_owned();
        }
        self.without()
    }

    /// The words without the date, even where it should stay.
    pub fn without(&self) -> String {
        let after = self.after.trim_start_matches([')', ']', '）', '.', '!']);
        let after = after.trim_start_matches(JOINTS).trim();
        let after = if after.chars().any(char::is_alphanumeric) {
            after
        } else {
            ""
        };
        let before = self.before.trim().trim_end_matches(JOINTS);
        match (before.is_empty(), after.is_empty()) {
            (_, true) => before.to_owned(),
            (true, false) => after.to_owned(),
            (false, false) => format!("{before} {after}"),
        }
    }

    /// The word right before the date, in small letters.
    pub fn word_before(&self) -> String {
        last_word(self.before).to_lowercase()
    }
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
    }

    /// A text without the day it speaks of, and the day.
    pub(super) fn dated(&self, text: &str, look: Look) -> (String, Option<NaiveDate>) {
        match self.day(text, look) {
            Some(day) => (day.left(), Some(day.on)),
            None => (text.to_owned(), None),
        }
    }

    /// The day a text speaks of. Where it has several dates, the one that is pointed at most clearly.
    pub(super) fn search<'t>(&self, text: &'t str, search: &Search<'_>) -> Option<Day<'t>> {
        let places = [
            Self::front_closed,
            Self::end_pointed,
            Self::middle,
            Self::end,
            Self::front,
            Self::middle_weak,
        ];
        places.into_iter().find_map(|place| {
            let found = place(self, text, search)?;
            let day = cut(text, found.span, found.date)?;
            let of_it = OF_IT.contains(&day.word_before().as_str()) && search.look == Look::Ahead;
            ((search.accept)(day.on) && !of_it).then_some(day)
        })
    }

    fn front_closed(&self, text: &str, search: &Search<'_>) -> Option<when::Found> {
        let found = self.front(text, search)?;
        let rest = text.get(found.span.end..)?.trim_start();
        rest.starts_with([':', '：']).then_some(found)
    }

    fn front(&self, text: &str, search: &Search<'_>) -> Option<when::Found> {
        when::front(text, search.today, search.look, self.order)
    }

    fn end_pointed(&self, text: &str, search: &Search<'_>) -> Option<when::Found> {
        let found = self.end(text, search)?;
        let phrase = text.get(found.span.clone())?;
        let first = phrase.split_whitespace().next()?.to_lowercase();
        let before = text.get(..found.span.start)?;
        let pointed =
            STRONG.contains(&first.as_str()) || first == "on" || pointer_behind(before).is_some();
        pointed.then_some(found)
    }

    fn end(&self, text: &str, search: &Search<'_>) -> Option<when::Found> {
        let open = text
            .trim_end()
            .trim_end_matches([')', ']', '）', '。', '！']);
        let found = when::span(open, search.today, search.look, self.order)?;
        let closed = open.len() < text.trim_end().len() && !text.trim_end().ends_with(['。', '！']);
        let before = text.get(..found.span.start)?.trim_end();
        (!closed || before.ends_with(['(', '[', '（'])).then_some(found)
    }

    fn middle(&self, text: &str, search: &Search<'_>) -> Option<when::Found> {
        let pointers: Vec<&str> = STRONG.iter().chain(search.pointers).copied().collect();
        when::pointed(text, &pointers, search.today, search.look, self.order)
    }

    fn middle_weak(&self, text: &str, search: &Search<'_>) -> Option<when::Found> {
        when::pointed(text, &WEAK, search.today, search.look, self.order)
    }
}

/// A date taken out of a text, with what points at it.
fn cut(text: &str, span: Range<usize>, on: NaiveDate) -> Option<Day<'_>> {
    let mut before = text.get(..span.start)?;
    while let Some(shorter) = pointer_behind(before) {
        before = shorter;
    }
    let word = last_word(before).to_lowercase();
    let stays = ABOUT_IT.contains(&word.as_str()) || OF_IT.contains(&word.as_str());
    Some(Day {
        on,
        phrase: text.get(span.clone())?,
        before,
        after: text.get(span.end..)?,
        text,
        stays,
    })
}

/// The text without the word that points at a date, where it ends with one.
fn pointer_behind(text: &str) -> Option<&str> {
    let text = text.trim_end();
    WITH_IT.iter().find_map(|pointer| {
        let start = text.len().checked_sub(pointer.len())?;
        let (before, end) = text.split_at_checked(start)?;
        let whole = !before.ends_with(char::is_alphanumeric);
        (whole && end.eq_ignore_ascii_case(pointer)).then_some(before)
    })
}

fn last_word(text: &str) -> &str {
    text.split_whitespace().next_back().unwrap_or_default()
}
