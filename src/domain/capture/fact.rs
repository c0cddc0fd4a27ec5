//! Facts and key dates.

use super::date::{Day, Search};
use super::mark::{self, Mark};
use super::name::{Spot, leading};
use super::word::plain;
use super::{Found, Reader};
use crate::domain::contact::{KeyDate, PartialDate};
use crate::domain::text::fold;
use crate::domain::when::{self, Look};
use chrono::{Datelike, Months, NaiveDate};

/// What comes back every year.
const YEARLY: [&str; 20] = [
    "birthday",
    "birthdays",
    "bday",
    "b-day",
    "birth",
    "born",
    "anniversary",
    "anniversaries",
    "wedding",
    "renewal",
    "renewals",
    "renews",
    "renew",
    "jubilee",
    "nameday",
    "name-day",
    "yearly",
    "annual",
    "annually",
    "christening",
];

/// What a label does not end with.
const LOOSE_ENDS: [&str; 9] = [
    "is", "on", "the", "falls", "every", "each", "comes", "was", "in",
];

impl Reader<'_> {
    /// A detail, or a day to remember where the line has one.
    pub(super) fn fact(&self, rest: &str, names: &[Spot]) -> Result<Found, String> {
        let (with, rest) = leading(rest, names);
        let words = fold(rest);
        let in_it =
            |word: &str| YEARLY.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
        let yearly = words.split_whitespace().any(in_it) || words.contains("name day");
        if let Some(date) = self.key_date(rest, yearly) {
            if !mark::says(&date.label) {
                return Err("say what day that is".to_owned());
            }
            return Ok(Found::Date { with, date });
        }
        if yearly && let Some(why) = self.no_day(rest) {
            return Err(why);
        }
        match plain(rest) {
            what if !mark::says(&what) => Err(Mark::Fact.missing().to_owned()),
            what => Ok(Found::Fact { with, what }),
        }
    }

    /// The day to remember a line speaks of. A day gone by that does not come back is none.
    fn key_date(&self, text: &str, yearly: bool) -> Option<KeyDate> {
        let day = self.day_of_year(text, yearly)?;
        let every = matches!(day.word_before().as_str(), "every" | "each");
        let figures = day.phrase.contains(|c: char| c.is_ascii_digit());
        if every && !figures || day.phrase.eq_ignore_ascii_case("now") {
            return None;
        }
        let yearly = yearly || every;
        let year = (!yearly || self.says_year(&day)).then(|| day.on.year());
        Some(KeyDate {
            label: without_loose_ends(&plain(&day.without())),
            on: PartialDate::new(year, day.on.month(), day.on.day())?,
            yearly,
        })
    }

    /// The day a line speaks of; 29 February too, though next year may have none.
    fn day_of_year<'t>(&self, text: &'t str, yearly: bool) -> Option<Day<'t>> {
        let search = |today: NaiveDate| {
            let accept = |date: NaiveDate| yearly || date >= today;
            self.search(
                text,
                &Search {
                    look: Look::Ahead,
                    pointers: &YEARLY,
                    accept: &accept,
                    today,
                },
            )
        };
        let found = search(self.today);
        if found.is_some() || !text.contains("29") {
            return found;
        }
        let leap = (self.today.year()..).take(9).find_map(|year| {
            NaiveDate::from_ymd_opt(year, 2, 29).filter(|day| *day >= self.today)
        })?;
        search(leap).filter(|day| day.on == leap)
    }

    /// Whether a date has a year in its words: it is the same some years from now.
    fn says_year(&self, day: &Day<'_>) -> bool {
        let later = self.today.checked_add_months(Months::new(61));
        let same = later.map(|later| when::day(day.phrase, later, Look::Ahead, self.order));
        same == Some(Ok(day.on))
    }
}

/// A label without the words that led to the date.
fn without_loose_ends(label: &str) -> String {
    let mut label = label.trim_end_matches([',', ':', ';', '-', '–', '—', ' ', '：', '，']);
    while let Some((before, last)) = label.rsplit_once(' ') {
        if !LOOSE_ENDS
            .iter()
            .any(|word| word.eq_ignore_ascii_case(last))
        {
            break;
        }
        label = before.trim_end_matches([',', ':', ';', '-', ' ']);
    }
    label.to_owned()
}

#[cfg(test)]
mod tests;
