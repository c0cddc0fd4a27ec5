//! The grammar of dates: a list of rules, each of which reads one way of saying a day from the front of a phrase.

use super::super::moment::shift;
use super::token::Token;
use super::word::{self, Unit};
use super::{DateOrder, Look};
use chrono::{Datelike, Months, NaiveDate, NaiveTime, Weekday};

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
}

/// One way of saying a day.
type Rule<'a> = fn(&mut Reader<'a>) -> Hit<NaiveDate>;

/// What is said of a date no calendar holds.
pub fn too_far() -> String {
    "that is too far away".to_owned()
}

impl<'a> Reader<'a> {
    /// The rules in the order they are tried; the longer ways of saying a thing before the shorter.
    const RULES: [Rule<'a>; 10] = [
        Reader::around_tomorrow,
        Reader::named,
        Reader::nth_weekday,
        Reader::period_edge,
        Reader::numeric,
        Reader::day_and_month,
        Reader::weekday,
        Reader::relative_period,
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
        }
    }

    /// Reading the end of a text that may be anything.
    pub fn wary(mut self, text: &'a str) -> Self {
        self.wary = Some(text);
        self
    }

    /// The whole phrase as a date with or without a time, in either order.
    pub fn whole(&mut self) -> Hit<(NaiveDate, Option<NaiveTime>)> {
        self.at = 0;
        let early = self.time(false).filter(|_| !self.done());
        if early.is_none() {
            self.at = 0;
        }
        while self.eat(&word::POINTERS) {
            self.pointed = true;
        }
        let Some(date) = self.date()? else {
            return Ok(None);
        };
        let time = self.time.take().or(early);
        let time = time.or_else(|| self.time(true));
        Ok(self.done().then_some((date, time)))
    }

    /// A date from here on, by the first rule that reads one.
    fn date(&mut self) -> Hit<NaiveDate> {
        let start = self.at;
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

    fn take<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Option<T> {
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

    /// `day after tomorrow`, `day before yesterday`.
    fn around_tomorrow(&mut self) -> Hit<NaiveDate> {
        self.eat(&["the"]);
        let days = match (self.eat(&["day"]), self.is(0, &["after"])) {
            (true, true) if self.is(1, &["tomorrow", "tmrw"]) => 2,
            (true, false) if self.is(0, &["before"]) && self.is(1, &["yesterday"]) => -2,
            _ => return Ok(None),
        };
        self.at += 2;
        Ok(Some(shift(self.today, days)))
    }

    /// `today`, `tomorrow`, `tonight`, `this morning`, `last night`.
    fn named(&mut self) -> Hit<NaiveDate> {
        if let Some(days) = self.take(word::named) {
            return Ok(Some(shift(self.today, days)));
        }
        let last = self.is(0, &["last"]) && self.is(1, &["night"]);
        if last || self.eat(&["this"]) || self.is(0, &["tonight"]) {
            self.at += usize::from(last);
            if let Some(hour) = self.take(word::part) {
                self.time = NaiveTime::from_hms_opt(hour, 0, 0);
                return Ok(Some(shift(self.today, -i64::from(last))));
            }
        }
        Ok(None)
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

    /// `third`, `3rd`.
    fn ordinal(&mut self) -> Option<u32> {
        if let Some(nth) = self.take(word::ordinal) {
            return Some(nth);
        }
        let number = self.peek()?.number?;
        if !self.suffixed(1) {
            return None;
        }
        self.at += 2;
        Some(number)
    }

    fn suffixed(&self, ahead: usize) -> bool {
        self.glued(ahead, &["st", "nd", "rd", "th"])
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
    fn which(&mut self) -> Option<i64> {
        self.take(|text| match text {
            "this" => Some(0),
            "next" | "coming" => Some(1),
            "last" | "past" | "previous" => Some(-1),
            _ => None,
        })
    }

    /// `eom`, `end of month`, `start of next quarter`.
    fn period_edge(&mut self) -> Hit<NaiveDate> {
        let short = self.take(|text| match text {
            "eow" => Some("week"),
            "eom" => Some("month"),
            "eoq" => Some("quarter"),
            "eoy" => Some("year"),
            _ => None,
        });
        if let Some(period) = short {
            return Ok(self.edge(period, 0, true));
        }
        self.eat(&["the"]);
        let end = self.eat(&["end"]);
        if !(end || self.eat(&["start", "beginning"])) {
            return Ok(None);
        }
        self.eat(&["of"]);
        self.eat(&["the"]);
        let by = self.which().unwrap_or(0);
        let date = self.peek().and_then(|token| {
            let month = word::month(&token.text)?;
            let (year, here) = (self.today.year(), self.today.month());
            let year = match self.look {
                Look::Ahead if month < here => year + 1,
                Look::Back if month > here => year - 1,
                _ => year,
            };
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            if end { last_of(first) } else { Some(first) }
        });
        let date = date.or_else(|| self.edge(&self.peek()?.text, by, end));
        self.at += 1;
        Ok(date)
    }

    /// The first or last day of a period; a week is a working week.
    fn edge(&self, period: &str, by: i64, end: bool) -> Option<NaiveDate> {
        let first = self.today.with_day(1)?;
        let from_month = |length: u32| {
            let into = i64::from(self.today.month0() % length);
            let start = months(first, by * i64::from(length) - into)?;
            let last = months(start, i64::from(length) - 1)?;
            if end { last_of(last) } else { Some(start) }
        };
        match period {
            "week" | "wk" => {
                let away = if end { 4 } else { 0 } + 7 * by;
                let monday = -i64::from(self.today.weekday().num_days_from_monday());
                let day = shift(self.today, monday + away);
                let over = by == 0 && end && day < self.today && self.look == Look::Ahead;
                Some(shift(day, 7 * i64::from(over)))
            }
            "month" => from_month(1),
            "quarter" => from_month(3),
            "year" => from_month(12),
            _ => None,
        }
    }

    /// `2027-03-14`, `3/14`, `3/14/27`, `14.12.`, `14.12.2027`.
    fn numeric(&mut self) -> Hit<NaiveDate> {
        let number = |at: usize| {
            self.peek_at(at)
                .and_then(|t| t.number.map(|n| (n, t.len())))
        };
        let mark = self.peek_at(1).map_or("", |t| t.text.as_str());
        let (Some((first, wide)), Some((second, _))) = (number(0), number(2)) else {
            return Ok(None);
        };
        if !["-", "/", "."].contains(&mark) || !self.peek_at(1).is_some_and(|t| t.glued) {
            return Ok(None);
        }
        let third = number(4).filter(|_| self.is(3, &[mark]) && self.glued(3, &[mark]));
        let third = third.filter(|_| mark != "." || !self.is(5, &[":"]));
        let (year, month, day) = match (wide, third, mark) {
            (4, Some((third, 1..=2)), "-" | "/") => (Some(whole_year(first, 4)), second, third),
            (1..=2, Some((third, 2 | 4)), "-" | "/" | ".") => {
                let (month, day) = self.slashed(first, second, mark);
                (
                    Some(whole_year(third, number(4).map_or(4, |n| n.1))),
                    month,
                    day,
                )
            }
            (1..=2, None, "/" | ".") => {
                let (month, day) = self.slashed(first, second, mark);
                (None, month, day)
            }
            _ => return Ok(None),
        };
        self.at += if year.is_some() { 5 } else { 3 };
        let closed = year.is_none() && mark == "." && self.eat(&["."]);
        if self.wary.is_some() && mark == "." && year.is_none() && !(closed && self.pointed) {
            return Ok(None);
        }
        if !closed && year.is_none() && self.peek().is_some_and(|t| t.glued) {
            return Ok(None);
        }
        self.calendar(year, month, day).map(Some)
    }

    /// Month and day of two numbers; with a dot the day is first; where only one reading can be, it is that one.
    fn slashed(&self, first: u32, second: u32, mark: &str) -> (u32, u32) {
        let month_first = mark == "/" && self.order == DateOrder::Mdy;
        match (month_first, first > 12, second > 12) {
            (true, false, _) | (false, false, true) if mark != "." => (first, second),
            _ => (second, first),
        }
    }

    /// `14 dec`, `14th of december 2027`, `dec 14`, `march 14th, 2027`, `dec 2027`.
    fn day_and_month(&mut self) -> Hit<NaiveDate> {
        self.eat(&["the"]);
        let (month, day) = if let Some(month) = self.take(word::month) {
            self.eat(&["."]);
            self.eat(&["the"]);
            let Some((number, digits)) = self.figure() else {
                return Ok(None);
            };
            if digits == 4 {
                return self
                    .calendar(Some(whole_year(number, 4)), month, 1)
                    .map(Some);
            }
            if self.is(0, &[":"]) {
                return Ok(None);
            }
            (month, number)
        } else {
            let Some((day, 1..=2)) = self.figure() else {
                return Ok(None);
            };
            self.eat(&["."]);
            self.eat(&["of"]);
            self.eat(&["-"]);
            let Some(month) = self.take(word::month) else {
                return Ok(None);
            };
            self.eat(&["."]);
            (month, day)
        };
        let year = self.year();
        self.calendar(year, month, day).map(Some)
    }

    /// A number of figures, with or without `st`, `nd`, `rd`, `th`.
    fn figure(&mut self) -> Option<(u32, usize)> {
        let token = self.peek()?;
        let number = token.number?;
        self.at += 1 + usize::from(self.suffixed(1));
        Some((number, token.len()))
    }

    /// A year after a day and a month: four figures, or two that cannot be an hour.
    fn year(&mut self) -> Option<i32> {
        let start = self.at;
        self.eat(&[",", "-"]);
        let marked = self.eat(&["'", "’"]);
        let token = self.peek();
        let year = token.and_then(|t| match (t.number?, t.len()) {
            (year, 4) if year >= 1000 => Some(whole_year(year, 4)),
            (year, 2) if marked || year > 23 => Some(whole_year(year, 2)),
            _ => None,
        });
        let year = year.filter(|_| !self.is(1, &[":", "am", "pm"]));
        self.at = if year.is_some() { self.at + 1 } else { start };
        year
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
            for rule in [Reader::numeric, Reader::day_and_month] {
                let here = self.at;
                if let Some(date) = rule(self)? {
                    return belongs(date, weekday).map(Some);
                }
                self.at = here;
            }
            self.at = start;
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

    /// A common word in a text that may be anything, with nothing to say that it is a day.
    fn doubtful(&self, token: &Token) -> bool {
        let capital = |text: &str| {
            let first = text.get(token.span.clone()).and_then(|t| t.chars().next());
            first.is_some_and(char::is_uppercase)
        };
        !self.pointed && token.is_any(&word::DOUBTFUL) && self.wary.is_some_and(|t| !capital(t))
    }

    /// `next week`, `last month`, `next quarter`, `this weekend`.
    fn relative_period(&mut self) -> Hit<NaiveDate> {
        let which = self.which();
        if self.eat(&["weekend"]) {
            let monday = -i64::from(self.today.weekday().num_days_from_monday());
            let by = 7 * which.unwrap_or(0);
            return Ok(Some(shift(self.today, monday + by + 5)));
        }
        let (Some(by), Some(token)) = (which, self.peek()) else {
            return Ok(None);
        };
        self.at += 1;
        match token.text.as_str() {
            "week" | "wk" => Ok(Some(shift(self.today, 7 * by))),
            "month" => Ok(months(self.today, by)),
            "quarter" => Ok(self.edge("quarter", by, false)),
            "year" => Ok(months(self.today, 12 * by)),
            _ => Ok(None),
        }
    }

    /// `14th`, `the 14th`.
    fn ordinal_day(&mut self) -> Hit<NaiveDate> {
        let pointed = self.eat(&["the"]) || self.pointed;
        let Some(day) = self.ordinal().filter(|_| pointed || self.wary.is_none()) else {
            return Ok(None);
        };
        if !(1..=31).contains(&day) {
            return Err(format!("no month has a day {day}"));
        }
        let step = if self.look == Look::Ahead { 1 } else { -1 };
        let near = (0..4).find_map(|by| {
            let month = months(self.today.with_day(1)?, by * step)?;
            month.with_day(day).filter(|&date| self.wanted(date))
        });
        Ok(near)
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
    fn wanted(&self, day: NaiveDate) -> bool {
        match self.look {
            Look::Ahead => day >= self.today,
            Look::Back => day <= self.today,
        }
    }

    /// A day of the calendar; without a year, the nearest in the direction looked.
    fn calendar(&self, year: Option<i32>, month: u32, day: u32) -> Result<NaiveDate, String> {
        let here = (self.today.month(), self.today.day());
        let year = year.unwrap_or(match self.look {
            Look::Ahead if (month, day) < here => self.today.year() + 1,
            Look::Back if (month, day) > here => self.today.year() - 1,
            _ => self.today.year(),
        });
        if let Some(date) = NaiveDate::from_ymd_opt(year, month, day) {
            return Ok(date);
        }
        let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) else {
            return Err(format!("there is no month {month}"));
        };
        let name = first.format("%B");
        Err(match day {
            29 if month == 2 => format!("{year} is no leap year: February has 28 days"),
            _ => format!("{name} has no day {day}"),
        })
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

/// A year of two figures is of this century up to 69, of the last from 70.
fn whole_year(year: u32, digits: usize) -> i32 {
    let year = i32::try_from(year).unwrap_or(9999).min(9999);
    match (digits, year) {
        (2, 0..=69) => 2000 + year,
        (2, _) => 1900 + year,
        _ => year,
    }
}

/// So many months later, on the same day or the last the month has.
fn months(from: NaiveDate, by: i64) -> Option<NaiveDate> {
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
