//! The days of a supposed touch: one, or a habit's: `next tuesday`, `every 2 weeks for 3 months`, `weekly from 1 dec, 6 times`.

use super::often::{Often, often};
use super::words::{Word, joined, shown, stranger, typed};
use crate::domain::when::{self, DateOrder, Look, Unit, after};
use chrono::{Datelike, Days, Month, NaiveDate, NaiveTime, Weekday};

/// How far ahead anything can be supposed, in days: five years.
const FARTHEST: u64 = 1827;
/// How long a habit without an end goes on.
const HABIT: Unit = Unit::Months(6);
/// More touches than this are no supposition.
pub const MOST: usize = 400;

/// Words that may stand between what happens and its day: `lunch with Barney Rubble fri`.
const FREE: [&str; 9] = [
    "for",
    "with",
    "about",
    "over",
    "at",
    "regarding",
    "re",
    "from",
    "to",
];

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
        let split = at > 0 && at + wide < words.len();
        rest.extend(words.iter().skip(at + wide).cloned());
        let times = times(&mut rest);
        let ends = |word: &Word| word.is(&["for", "until", "till", "through"]);
        let end = match rest.iter().position(ends) {
            Some(at) => self.named(&rest.split_off(at).split_off(1))?,
            None if times.is_some() => NaiveDate::MAX,
            None => after(self.from, HABIT, 1).unwrap_or(self.today),
        };
        rest.retain(|word| !word.is(&["from", "starting", "beginning"]));
        let start = match (rest.is_empty(), &first) {
            // What was cut out of the middle is quoted too.
            (false, _) if split => self.named(&rest).map_err(|_| stranger(words))?,
            (false, _) => self.named(&rest)?,
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
        if words.is_empty() {
            return Ok(Schedule {
                days: vec![self.before],
                at: None,
            });
        }
        let day = match self.named(words) {
            Ok(day) => day,
            Err(why) => return self.weekdays(words).ok_or(why),
        };
        let text = format!("on {}", joined(words));
        let pointed = when::span(&text, self.today, Look::Ahead, self.order);
        Ok(Schedule {
            days: vec![day],
            at: pointed
                .filter(|found| found.span.start == 0)
                .and_then(|found| found.time),
        })
    }

    /// `mon wed fri`: each its own day.
    fn weekdays(&self, words: &[Word]) -> Option<Schedule> {
        let each = words.iter().map(|word| {
            let weekday: Result<Weekday, _> = word.text.parse();
            weekday.ok().and_then(|_| self.day(&word.text).ok())
        });
        let mut days: Vec<NaiveDate> = each.collect::<Option<_>>()?;
        days.sort_unstable();
        days.dedup();
        Some(Schedule { days, at: None })
    }

    /// The days of so many touches: spread over `next week` or `the next 2 weeks`, as many in `every month`, all on one day; and
    /// without a word one a week from today on.
    pub fn several(&self, words: &[Word], times: u32) -> Result<Schedule, String> {
        let number = [times.to_string(), "times".to_owned()].map(|text| Word {
            raw: text.clone(),
            text,
        });
        let habit: Vec<Word> = number.iter().chain(words).cloned().collect();
        if often(&habit).is_some_and(|found| found.0 == 0) {
            return self.schedule(&habit);
        }
        let spread = |start, each, first: u32| {
            let often = Often { times, each };
            let days = (first..times + first).filter_map(|n| often.nth(start, n));
            days.collect::<Vec<NaiveDate>>()
        };
        let days = if let Some((start, length)) = self.span(&joined(words)) {
            spread(start, Unit::Days(length), 0)
        } else if let Some(length) = length_ahead(&joined(words)) {
            spread(self.from, length, 1)
        } else if words.is_empty() {
            let week = |n: u32| after(self.from, Unit::Days(7), n);
            (0..times).filter_map(week).collect()
        } else {
            match self.schedule(words)?.days.as_slice() {
                [day] => vec![*day; times as usize],
                days if days.len() == times as usize => days.to_vec(),
                _ => return Err(stranger(words)),
            }
        };
        for day in &days {
            self.within(*day)?;
        }
        Ok(Schedule { days, at: None })
    }

    /// `this week`, `next month`, `december`: its first day from today on, and how many days of it there are; a week is one of work, unless
    /// only the end of it is left.
    fn span(&self, text: &str) -> Option<(NaiveDate, i64)> {
        let today = self.today;
        let monday =
            today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
        let first = today.with_day(1)?;
        let text = text.strip_prefix("in ").unwrap_or(text);
        let (start, end) = match text.strip_prefix("the ").unwrap_or(text) {
            "this week" => {
                let friday = monday.checked_add_days(Days::new(5))?;
                let sunday = monday.checked_add_days(Days::new(7))?;
                (today, if today < friday { friday } else { sunday })
            }
            "next week" => {
                let next = monday.checked_add_days(Days::new(7))?;
                (next, next.checked_add_days(Days::new(5))?)
            }
            "this month" => (today, after(first, Unit::Months(1), 1)?),
            "next month" => {
                let next = after(first, Unit::Months(1), 1)?;
                (next, after(first, Unit::Months(1), 2)?)
            }
            // `in december`
            name => {
                let _: Month = name.parse().ok()?;
                let start = self.day(name).ok()?;
                (start, after(start, Unit::Months(1), 1)?)
            }
        };
        Some((start, (end - start).num_days()))
    }

    /// The day some words name; what cannot be read is quoted as it was typed.
    fn named(&self, words: &[Word]) -> Result<NaiveDate, String> {
        let typed = typed(words);
        let said = |why| self.day(&typed).err().unwrap_or(why);
        self.day(&joined(words)).map_err(said)
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
        let phrase = feast(&phrase).map_or(phrase, str::to_owned);
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

/// The days of a touch, read after words that are only for people: where they begin, and which they are.
pub fn after_free(
    words: &[Word],
    start: usize,
    early: &[Word],
    read: impl Fn(&[Word]) -> Result<Schedule, String>,
) -> Result<(usize, Schedule), String> {
    let at = |start: usize| {
        let rest = early.iter().chain(words.iter().skip(start));
        read(&rest.cloned().collect::<Vec<_>>())
    };
    let first = at(start);
    let free = words.get(start).is_some_and(|word| word.is(&FREE));
    if free && first.is_err() {
        let mut later = (start + 2..=words.len()).map(|start| (start, at(start)));
        if let Some((start, Ok(schedule))) = later.find(|found| found.1.is_ok()) {
            return Ok((start, schedule));
        }
    }
    first.map(|schedule| (start, schedule))
}

/// `in the next 2 weeks`: a length of time from today on.
fn length_ahead(text: &str) -> Option<Unit> {
    let mut words = text.split(' ').peekable();
    let begins = [
        "in", "within", "over", "during", "for", "the", "next", "coming",
    ];
    while words.next_if(|word| begins.contains(word)).is_some() {}
    let rest: Vec<&str> = words.collect();
    when::length(&rest.join(" "))
}

/// The date of a feast that everybody knows by its name.
fn feast(text: &str) -> Option<&'static str> {
    let mut bare = text;
    for word in ["on ", "at ", "in ", "by ", "for ", "the "] {
        bare = bare.strip_prefix(word).unwrap_or(bare);
    }
    Some(match bare.replace("year's", "years").as_str() {
        "christmas" | "xmas" | "christmas day" => "25 dec",
        "christmas eve" => "24 dec",
        "new year" | "new years" | "new years day" | "new year day" => "1 jan",
        "new years eve" | "new year eve" => "31 dec",
        _ => return None,
    })
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
