//! Days in figures: `2027-03-14`, `3/14`, `14 dec 2027`, `the 14th`.

use super::super::{DateOrder, Look, word};
use super::{Hit, Reader, months};
use chrono::{Datelike, NaiveDate};

impl Reader<'_> {
    /// `2027-03-14`, `3/14`, `3/14/27`, `14.12.`, `14.12.2027`.
    pub(super) fn numeric(&mut self) -> Hit<NaiveDate> {
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
        if self.wary.is_some() && (first, second, mark) == (24, 7, "/") {
            return Ok(None);
        }
        if !closed && year.is_none() && self.peek().is_some_and(|t| t.glued) {
            return Ok(None);
        }
        self.calendar(year, month, day).map(Some)
    }

    /// Month and day of two numbers; with a dot the day is first; where only one reading can be, it is that one.
    pub(super) fn slashed(&self, first: u32, second: u32, mark: &str) -> (u32, u32) {
        let month_first = mark == "/" && self.order == DateOrder::Mdy;
        match (month_first, first > 12, second > 12) {
            (true, false, _) | (false, false, true) if mark != "." => (first, second),
            _ => (second, first),
        }
    }

    /// `14 dec`, `14th of december 2027`, `dec 14`, `march 14th, 2027`, `dec 2027`.
    pub(super) fn day_and_month(&mut self) -> Hit<NaiveDate> {
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
    pub(super) fn figure(&mut self) -> Option<(u32, usize)> {
        let token = self.peek()?;
        let number = token.number?;
        self.at += 1 + usize::from(self.suffixed(1));
        Some((number, token.len()))
    }

    /// A year after a day and a month: four figures, or two that cannot be an hour.
    pub(super) fn year(&mut self) -> Option<i32> {
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

    /// A day of the calendar; without a year, the nearest in the direction looked.
    pub(super) fn calendar(
        &self,
        year: Option<i32>,
        month: u32,
        day: u32,
    ) -> Result<NaiveDate, String> {
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

    /// `14th`, `the 14th`.
    pub(super) fn ordinal_day(&mut self) -> Hit<NaiveDate> {
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

    /// `third`, `3rd`.
    pub(super) fn ordinal(&mut self) -> Option<u32> {
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

    pub(super) fn suffixed(&self, ahead: usize) -> bool {
        self.glued(ahead, &["st", "nd", "rd", "th"])
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
