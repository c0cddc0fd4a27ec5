//! The book judged by what came after: at check-points in its own past, what the model expected and what happened.
//!
//! Nothing that happened after a check-point is known at it: the trail is folded up to that day only.

mod judge;

pub use judge::Judge;

use super::moment::{DayNumber, date};
use super::strength::words;
use super::text::grouped;
use super::when::say;

/// Check-points looked at, each the horizon before the next.
pub const CHECKS: usize = 12;
/// Days ahead that a check-point looks.
pub const WITHIN: u16 = 30;
/// Bands of expected chance in which people are counted together, each a fifth wide.
pub const BANDS: usize = 5;

/// People who must have been in touch by a check-point: with fewer, one call more or less is a tenth of all there is to judge.
pub const PEOPLE: u32 = 10;
/// Days that must lie between the book's first contact day and a check-point: three months, about three usual gaps, so that
/// rhythms have been learned and are not only assumed.
pub const HISTORY: u32 = 90;

/// How well three ways to rank people tell those who were in touch next from those who were not: the chance that somebody who was
/// stands before somebody who was not. 0.5 is a coin, 1 is never wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranking {
    /// By strength.
    pub strength: f64,
    /// By how lately they were in touch.
    pub recency: f64,
    /// By how many contact days there were.
    pub frequency: f64,
}

/// People whom the model gave about the same chance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Band {
    /// How many.
    pub people: u32,
    /// How many of them it expected to be in touch.
    pub expected: f64,
    /// How many were.
    pub observed: u32,
}

/// One check-point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Check {
    /// The day: what is known is known up to and with it.
    pub day: DayNumber,
    /// People who had been in touch by then and were in the lists.
    pub people: u32,
    /// How many of them the model expected to be in touch in the days after it.
    pub expected: f64,
    /// How many were.
    pub observed: u32,
    /// How well people were ranked; none where everybody or nobody was in touch.
    pub ranking: Option<Ranking>,
    /// By expected chance: under a fifth, under two fifths …
    pub bands: [Band; BANDS],
}

/// What was there to judge by at the latest day looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The day.
    pub day: DayNumber,
    /// People who had been in touch by then and were in the lists.
    pub people: u32,
    /// Days since the book's first contact day.
    pub days: u32,
}

/// The model's judgement judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Days that a check-point looks ahead.
    pub within: u16,
    /// The check-points with enough history, the latest first; none: too little history to say anything.
    pub checks: Vec<Check>,
    /// The number the model's chances should be raised by so that expected and observed agree, from the latest check-point; 1 is
    /// none. With no check-point, 1.
    pub calibration: f64,
    /// What was there to judge by the horizon ago, be it enough or not.
    pub known: Known,
}

impl Judgement {
    /// The latest check-point in a sentence said today, or what is missing for one. A judgement as of another day than today names
    /// the day of the check-point: nothing is "a month ago" there.
    pub fn sentence(&self, today: DayNumber) -> String {
        let Some(check) = self.checks.first() else {
            return self.missing();
        };
        let as_of = self.known.day.saturating_add(DayNumber::from(self.within));
        let were = match check.observed {
            0 => "nobody was".to_owned(),
            1 => "1 was".to_owned(),
            observed => format!("{} were", grouped(observed as usize)),
        };
        let span = as_of.saturating_sub(check.day);
        let until = match span.saturating_sub(DayNumber::from(self.within)) {
            0 => String::new(),
            _ => format!(" within {} days", self.within),
        };
        let when = if as_of == today {
            ago(span)
        } else {
            let day = say(date(check.day), date(today));
            let day = day.split_once(' ').map_or(day.as_str(), |(_, day)| day);
            format!("On {day}")
        };
        format!(
            "{when} I expected {} of your {} people to be in touch{until}; {were}.",
            grouped(check.expected.round() as usize),
            grouped(check.people as usize)
        )
    }

    /// What is missing for a judgement.
    fn missing(&self) -> String {
        let Known { day, people, days } = self.known;
        let on = date(day).format("%-d %B %Y");
        let mut found = Vec::new();
        if people < PEOPLE {
            let had = match people {
                0 => "nobody had been in touch".to_owned(),
                1 => "1 person had been in touch".to_owned(),
                people => format!("{} people had been in touch", grouped(people as usize)),
            };
            found.push(format!("{had} ({PEOPLE} are needed)"));
        }
        if days < HISTORY && people > 0 {
            let days = words::days(f64::from(days));
            found.push(format!(
                "the first contact was {days} before ({HISTORY} are needed)"
            ));
        }
        format!(
            "Too little history to judge by: on {on} {}.",
            found.join(", and ")
        )
    }
}

/// So many days ago, at the beginning of a sentence.
fn ago(days: DayNumber) -> String {
    match days {
        1 => "Yesterday".to_owned(),
        7 => "A week ago".to_owned(),
        28..=31 => "A month ago".to_owned(),
        365 | 366 => "A year ago".to_owned(),
        days => format!("{days} days ago"),
    }
}

#[cfg(test)]
mod tests;
