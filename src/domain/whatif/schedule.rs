//! The days of a supposed touch: one, or a habit's: `next tuesday`, `every 2 weeks for 3 months`, `weekly from 1 dec, 6 times`.

use super::words::{Word, joined, often, shown};
use crate::domain::when::{self, DateOrder, Look, Unit, after};
use chrono::{Days, NaiveDate, NaiveTime};

/// How far ahead anything can be supposed, in days: five years.
const FARTHEST: u64 = 1827;
/// How long a habit without an end goes on.
const HABIT: Unit = Unit::Months(6);
/// More touches than this are no supposition.
pub const MOST: usize = 400;

/// What days are read against.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// Today.
    pub today: NaiveDate,
    /// The day that days are counted from.
    pub from: NaiveDate,
    /// The day of what came before.
    pub before: NaiveDate,
    /// How `3/4` is read.
    pub order: DateOrder,
}

/// When something happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// On which days.
    pub days: Vec<NaiveDate>,
    /// At what time, where one was said.
    pub at: Option<NaiveTime>,
}

impl Calendar {
    /// The days some words name. Without a word it is the day of what came before.
    pub fn schedule(&self, words: &[Word]) -> Result<Schedule, String> {
        let Some((at, wide, often, first)) = often(words) else {
            return self.once(words);
        };
        let mut rest: Vec<Word> = words.iter().take(at).cloned().collect();
        rest.extend(words.iter().skip(at + wide).cloned());
        let times = times(&mut rest);
        let ends = |word: &Word| word.is(&["for", "until", "till", "through"]);
        let end = match rest.iter().position(ends) {
            Some(at) => self.day(&joined(&rest.split_off(at).split_off(1)))?,
            None if times.is_some() => NaiveDate::MAX,
            None => after(self.from, HABIT, 1).unwrap_or(self.today),
        };
        rest.retain(|word| !word.is(&["from", "starting", "beginning"]));
        let start = match (rest.is_empty(), &first) {
            (false, _) => self.day(&joined(&rest))?,
            (true, Some(weekday)) => self.day(weekday)?,
            (true, None) => self.from,
        };
        // Without a day it begins after the first gap, a day at least.
        let skip = match (rest.is_empty(), &first) {
            (true, None) => (1..=often.times).find(|n| often.nth(start, *n) > Some(start)),
            _ => None,
        };
        let skip = skip.unwrap_or(0);
        let days = (skip..).map_while(|n| often.nth(start, n).filter(|day| *day <= end));
        let days: Vec<NaiveDate> = days.take(times.unwrap_or(MOST + 1)).collect();
        match days.last() {
            None => Err(format!(
                "none of them falls before {}",
                when::say(end, self.today)
            )),
            Some(last) => {
                self.within(*last)?;
                Ok(Schedule { days, at: None })
            }
        }
    }

    fn once(&self, words: &[Word]) -> Result<Schedule, String> {
        let text = joined(words);
        if text.is_empty() {
            return Ok(Schedule {
                days: vec![self.before],
                at: None,
            });
        }
        let day = self.day(&text)?;
        let pointed = when::span(&format!("on {text}"), self.today, Look::Ahead, self.order);
        Ok(Schedule {
            days: vec![day],
            at: pointed
                .filter(|found| found.span.start == 0)
                .and_then(|found| found.time),
        })
    }

    /// The day a phrase names, from today to the farthest.
    pub fn day(&self, text: &str) -> Result<NaiveDate, String> {
        // `a week later` is counted from what came before.
        let that = [" after that", " afterwards", " after"];
        let that = that.iter().find_map(|end| text.strip_suffix(end));
        let (phrase, from) = match that {
            Some(length) => (format!("{length} later"), self.before),
            None if text.ends_with(" later") => (text.to_owned(), self.before),
            None => (text.to_owned(), self.from),
        };
        let read = |phrase: &str| when::day(phrase, from, Look::Ahead, self.order);
        // `until june` is until its first day.
        let month = || {
            let name = phrase.strip_prefix("in ").unwrap_or(&phrase);
            let word = name.chars().all(char::is_alphabetic) && when::length(name).is_none();
            word.then(|| read(&format!("1 {name}")).ok()).flatten()
        };
        let day = read(&phrase).or_else(|why| month().ok_or(why))?;
        if day < self.today {
            return Err(format!(
                "“{}” is over; suppose a day from today on",
                shown(text)
            ));
        }
        self.within(day)
    }

    /// The day, unless nobody can know anything of it.
    pub fn within(&self, day: NaiveDate) -> Result<NaiveDate, String> {
        if day > self.farthest() {
            return Err("that is too far away; suppose a day within five years".to_owned());
        }
        Ok(day)
    }

    fn farthest(&self) -> NaiveDate {
        let far = self.today.checked_add_days(Days::new(FARTHEST));
        far.unwrap_or(NaiveDate::MAX)
    }
}

/// `6 times`, taken out of the words.
fn times(words: &mut Vec<Word>) -> Option<usize> {
    let at = words.iter().position(|word| word.text == "times")?;
    let times = words.get(at.checked_sub(1)?)?.text.parse().ok()?;
    words.drain(at - 1..=at);
    // `for 6 times`
    if words
        .get(at.wrapping_sub(2))
        .is_some_and(|word| word.text == "for")
    {
        words.remove(at - 2);
    }
    (1..=MOST).contains(&times).then_some(times)
}
