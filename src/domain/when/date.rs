//! The grammar of dates: a list of rules, each of which reads one way of saying a day from the front of a phrase.

mod figures;
mod named;
mod words;

use super::super::moment::shift;
use super::token::Token;
use super::word::{self, Unit};
use super::{DateOrder, Look};
use chrono::{Datelike, Months, NaiveDate, NaiveTime, Weekday};
use std::ops::Range;

/// Read, not this kind of phrase, or a day that cannot be, in a sentence.
pub type Hit<T> = Result<Option<T>, String>;

/// A phrase being read.
pub struct Reader<'a> {
    tokens: &'a [Token],
    pub(super) at: usize,
    today: NaiveDate,
    pub(super) look: Look,
    order: DateOrder,
    /// The time of day that came as part of the date: `tonight`.
    time: Option<NaiveTime>,
    /// The text read, where it may be anything and only what is surely a date is to be taken for one.
    wary: Option<&'a str>,
    /// Something before the date said that one follows.
    pointed: bool,
    /// A feast may be the day: in a text that may be anything, only where something points at it.
    pub(super) feasts: bool,
    /// What points at it says that it is the latest: then a month alone is the day it begins.
    pub(super) latest: bool,
    /// The tokens of the time of day, where it has some of its own.
    pub(super) clock: Option<Range<usize>>,
}

/// One way of saying a day.
type Rule<'a> = fn(&mut Reader<'a>) -> Hit<NaiveDate>;

/// What is said of a date no calendar holds.
pub fn too_far() -> String {
    "that is too far away".to_owned()
}

impl<'a> Reader<'a> {
    /// Ways of saying a day in words alone; none of them can name a day that is not.
    const WORDS: [fn(&mut Reader<'a>) -> Option<NaiveDate>; 7] = [
        Reader::around_tomorrow,
        Reader::named,
        Reader::feast,
        Reader::period_edge,
        Reader::middle,
        Reader::relative_period,
        Reader::month_alone,
    ];

    /// The others, in the order they are tried; the longer ways of saying a thing before the shorter.
    const RULES: [Rule<'a>; 6] = [
        Reader::nth_weekday,
        Reader::numeric,
        Reader::day_and_month,
        Reader::weekday,
        Reader::ordinal_day,
        Reader::distance,
    ];

    /// At the front of a phrase.
    pub fn new(tokens: &'a [Token], today: NaiveDate, look: Look, order: DateOrder) -> Self {
        Reader {
            tokens,
            at: 0,
            today,
            look,
            order,
            time: None,
            wary: None,
            pointed: false,
            feasts: true,
            latest: false,
            clock: None,
        }
    }

    /// Reading the end of a text that may be anything.
    pub fn wary(mut self, text: &'a str) -> Self {
        self.wary = Some(text);
        self.feasts = false;
        self
    }

    /// Reading what something before has pointed at: a word, or a colon behind it.
    pub fn pointed_at(mut self, by: Option<&str>) -> Self {
        self.pointed = true;
        // `for Christmas` says which thing is meant.
        let is = |word: &&str| by.is_some_and(|by| by.eq_ignore_ascii_case(word));
        self.feasts = by.is_some() && !is(&"for");
        self.latest = word::LATEST.iter().any(is);
        self
    }

    /// The whole phrase as a date with or without a time, in either order.
    pub fn whole(&mut self) -> Hit<(NaiveDate, Option<NaiveTime>)> {
        self.at = 0;
        let early = self.time(false).filter(|_| !self.done());
        if early.is_none() {
            self.at = 0;
        }
        self.clock = early.map(|_| 0..self.at);
        while self.is(0, &word::POINTERS) {
            self.pointed = true;
            self.feasts |= !self.is(0, &["for"]);
            self.latest |= self.is(0, &word::LATEST);
            self.at += 1;
        }
        let Some(date) = self.date()? else {
            return Ok(None);
        };
        let time = self.time.take().or(early);
        let time = time.or_else(|| self.late_time());
        Ok(self.done().then_some((date, time)))
    }

    /// The time of day behind a date.
    fn late_time(&mut self) -> Option<NaiveTime> {
        let start = self.at;
        let time = self.time(true);
        self.clock = time.map(|_| start..self.at);
        time
    }

    /// Where in the text the time of day stands, once the phrase is read; none where it only says that the day ends then.
    pub fn hour(&self) -> Option<Range<usize>> {
        let tokens = self.tokens.get(self.clock.clone()?)?;
        let first = tokens.iter().find(|token| !token.is_any(&[",", "t"]))?;
        let last = tokens.last()?;
        let ends = last.is_any(&["eod", "cob"]);
        (!ends).then_some(first.span.start..last.span.end)
    }

    /// What is wrong with the day at the front of the phrase, and where the words that name it end.
    pub fn fault(&mut self) -> Option<(String, usize)> {
        let why = self.whole().err()?;
        self.time(true);
        Some((why, self.at))
    }

    /// A date from here on, by the first rule that reads one.
    fn date(&mut self) -> Hit<NaiveDate> {
        let start = self.at;
        for rule in Self::WORDS {
            self.at = start;
            if let Some(date) = rule(self) {
                return Ok(Some(date));
            }
        }
        for rule in Self::RULES {
            self.at = start;
            if let Some(date) = rule(self)? {
                return Ok(Some(date));
            }
        }
        self.at = start;
        Ok(None)
    }

    pub(super) fn peek(&self) -> Option<&'a Token> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<&'a Token> {
        self.tokens.get(self.at + ahead)
    }

    pub(super) fn is(&self, ahead: usize, words: &[&str]) -> bool {
        self.peek_at(ahead).is_some_and(|t| t.is_any(words))
    }

    pub(super) fn glued(&self, ahead: usize, words: &[&str]) -> bool {
        self.is(ahead, words) && self.peek_at(ahead).is_some_and(|t| t.glued)
    }

    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let found = self.is(0, words);
        self.at += usize::from(found);
        found
    }

    pub(super) fn done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn take<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = read(&self.peek()?.text)?;
        self.at += 1;
        Some(value)
    }

    /// A number in figures or in a word.
    pub(super) fn amount(&mut self) -> Option<u32> {
        let token = self.peek()?;
        let amount = token.number.or_else(|| word::count(&token.text))?;
        self.at += 1;
        Some(amount)
    }

    /// `first monday of april`, `last friday of next month`.
    fn nth_weekday(&mut self) -> Hit<NaiveDate> {
        self.eat(&["the"]);
        let last = self.eat(&["last"]);
        let nth = if last { Some(5) } else { self.ordinal() };
        let (Some(nth), Some(weekday)) = (nth, self.take(word::weekday)) else {
            return Ok(None);
        };
        if !self.eat(&["of", "in"]) {
            return Ok(None);
        }
        let months = match (self.take(word::month), self.month_word()) {
            (Some(month), _) => {
                let this_year = (self.today.year(), month);
                match self.year() {
                    Some(year) => [(year, month); 2],
                    None if self.look == Look::Ahead => [this_year, (self.today.year() + 1, month)],
                    None => [this_year, (self.today.year() - 1, month)],
                }
            }
            (None, Some(first)) => [(first.year(), first.month()); 2],
            (None, None) => return Ok(None),
        };
        let mut found = months
            .into_iter()
            .map(|(year, month)| in_month(year, month, weekday, nth, last));
        let near = found.next().flatten().filter(|&day| self.wanted(day));
        match near.or_else(|| found.next().flatten()) {
            Some(date) => Ok(Some(date)),
            None => Err(format!("that month has no {nth}th {weekday}")),
        }
    }

    /// `month`, `this month`, `next month` after `of`: its first day.
    fn month_word(&mut self) -> Option<NaiveDate> {
        let by = self.which().unwrap_or_else(|| {
            self.eat(&["the"]);
            0
        });
        let found = self.eat(&["month"]);
        let moved = months(self.today.with_day(1)?, by)?;
        found.then_some(moved)
    }

    /// `this`, `next`, `last` as a number of steps.
    pub(super) fn which(&mut self) -> Option<i64> {
        self.take(|text| match text {
            "this" => Some(0),
            "next" | "coming" => Some(1),
            "last" | "past" | "previous" => Some(-1),
            _ => None,
        })
    }

    /// `fri`, `next fri`, `last tue`, and a weekday before the date it belongs to: `fri 13 mar`.
    fn weekday(&mut self) -> Hit<NaiveDate> {
        let token = self.peek();
        let which = self.which();
        let Some(weekday) = self.take(word::weekday) else {
            return Ok(None);
        };
        let full_stop = self.glued(0, &["."]);
        if which.is_none() {
            let start = self.at;
            self.at += usize::from(full_stop);
            self.eat(&[","]);
            for rule in [Reader::numeric, Reader::day_and_month, Reader::ordinal_day] {
                let here = self.at;
                if let Some(date) = rule(self)? {
                    return belongs(date, weekday).map(Some);
                }
                self.at = here;
            }
            self.at = start;
            if let Some(days) = self.week_behind(weekday) {
                return Ok(Some(shift(self.today, days)));
            }
            if token.is_some_and(|t| self.doubtful(t)) && self.done() {
                return Ok(None);
            }
        }
        let away = i64::from(weekday.num_days_from_monday())
            - i64::from(self.today.weekday().num_days_from_monday());
        let days = match (which, self.look) {
            (Some(1), _) => away + 7,
            (Some(0), Look::Ahead) => away.rem_euclid(7),
            (Some(0), Look::Back) => -(-away).rem_euclid(7),
            (None, Look::Ahead) => (away - 1).rem_euclid(7) + 1,
            _ => -((-away - 1).rem_euclid(7) + 1),
        };
        Ok(Some(shift(self.today, days)))
    }

    /// The days to a weekday whose week follows: `friday next week`, and `monday week`, which is a week after the next one.
    fn week_behind(&mut self, weekday: Weekday) -> Option<i64> {
        let away = i64::from(weekday.num_days_from_monday())
            - i64::from(self.today.weekday().num_days_from_monday());
        let start = self.at;
        if self.look == Look::Ahead && self.eat(&["week"]) {
            return Some((away - 1).rem_euclid(7) + 8);
        }
        let which = self.which();
        if which.is_some() && self.eat(&["week", "wk"]) {
            return which.map(|by| away + 7 * by);
        }
        self.at = start;
        None
    }

    /// A common word in a text that may be anything, with nothing to say that it is a day.
    fn doubtful(&self, token: &Token) -> bool {
        let capital = |text: &str| {
            let first = text.get(token.span.clone()).and_then(|t| t.chars().next());
            first.is_some_and(char::is_uppercase)
        };
        !self.pointed && token.is_any(&word::DOUBTFUL) && self.wary.is_some_and(|t| !capital(t))
    }

    /// `in 2 weeks`, `+3d`, `2w`, `3 days ago`, `a week from friday`.
    fn distance(&mut self) -> Hit<NaiveDate> {
        let ahead = self.eat(&["in", "+", "within"]);
        let back = !ahead && self.eat(&["-"]);
        let Some(amount) = self.amount() else {
            return Ok(None);
        };
        let Some((unit, tight)) = self
            .peek()
            .and_then(|t| Some((word::unit(&t.text)?, t.glued)))
        else {
            return Ok(None);
        };
        self.at += 1;
        let amount = i64::from(amount);
        let mut from = self.today;
        let sign = if self.eat(&["ago", "back"]) {
            -1
        } else if self.is(0, &["from", "after", "before"]) {
            let before = self.is(0, &["before"]);
            self.at += 1;
            self.feasts = true;
            let Some(start) = self.date()? else {
                return Ok(None);
            };
            from = start;
            if before { -1 } else { 1 }
        } else if ahead || self.eat(&["later", "hence", "out"]) {
            1
        } else if self.wary.is_some() && !back && !(tight && matches!(unit, Unit::Days(_))) {
            return Ok(None);
        } else if back || self.look == Look::Back {
            -1
        } else {
            1
        };
        let moved = match unit {
            Unit::Days(each) => from.checked_add_signed(chrono::Duration::days(
                (amount * each * sign).clamp(-4_000_000, 4_000_000),
            )),
            Unit::Months(each) => months(from, amount * each * sign),
        };
        match moved.filter(|date| (0..=9999).contains(&date.year())) {
            Some(date) => Ok(Some(date)),
            None => Err(too_far()),
        }
    }

    /// Whether a day lies in the direction looked.
    pub(super) fn wanted(&self, day: NaiveDate) -> bool {
        match self.look {
            Look::Ahead => day >= self.today,
            Look::Back => day <= self.today,
        }
    }
}

/// A date, where its weekday is the one said.
fn belongs(date: NaiveDate, weekday: Weekday) -> Result<NaiveDate, String> {
    if date.weekday() == weekday {
        return Ok(date);
    }
    Err(format!(
        "{} is a {}, not a {}",
        date.format("%-d %B %Y"),
        date.format("%A"),
        long_name(weekday)
    ))
}

fn long_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// So many months later, on the same day or the last the month has.
pub fn months(from: NaiveDate, by: i64) -> Option<NaiveDate> {
    let count = Months::new(u32::try_from(by.unsigned_abs()).ok()?);
    if by < 0 {
        from.checked_sub_months(count)
    } else {
        from.checked_add_months(count)
    }
}

fn last_of(first: NaiveDate) -> Option<NaiveDate> {
    months(first, 1)?.pred_opt()
}

/// The n-th or the last such weekday of a month.
fn in_month(year: i32, month: u32, weekday: Weekday, nth: u32, last: bool) -> Option<NaiveDate> {
    if last {
        let fifth = NaiveDate::from_weekday_of_month_opt(year, month, weekday, 5);
        return fifth.or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, weekday, 4));
    }
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, u8::try_from(nth).ok()?)
}
