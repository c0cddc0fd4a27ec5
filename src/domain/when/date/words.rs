//! Days in words alone: `tomorrow`, `end of next month`, `next week`.

use super::super::super::moment::shift;
use super::super::{Look, word};
use super::{Reader, last_of, months};
use chrono::{Datelike, NaiveDate, NaiveTime};

impl Reader<'_> {
    /// `day after tomorrow`, `day before yesterday`.
    pub(super) fn around_tomorrow(&mut self) -> Option<NaiveDate> {
        self.eat(&["the"]);
        let days = match (self.eat(&["day"]), self.is(0, &["after"])) {
            (true, true) if self.is(1, &["tomorrow", "tmrw"]) => 2,
            (true, false) if self.is(0, &["before"]) && self.is(1, &["yesterday"]) => -2,
            _ => return None,
        };
        self.at += 2;
        Some(shift(self.today, days))
    }

    /// `today`, `tomorrow`, `tonight`, `this morning`, `last night`.
    pub(super) fn named(&mut self) -> Option<NaiveDate> {
        if let Some(days) = self.take(word::named) {
            return Some(shift(self.today, days));
        }
        let start = self.at;
        let last = self.is(0, &["last"]) && self.is(1, &["night"]);
        if last || self.eat(&["this"]) || self.is(0, &["tonight"]) {
            self.at += usize::from(last);
            if let Some(hour) = self.take(word::part) {
                self.time = NaiveTime::from_hms_opt(hour, 0, 0);
                self.clock = Some(start..self.at);
                return Some(shift(self.today, -i64::from(last)));
            }
        }
        None
    }

    /// `eod`, `eom`, `end of month`, `start of next quarter`.
    pub(super) fn period_edge(&mut self) -> Option<NaiveDate> {
        if self.eat(&["eod", "cob"]) {
            self.time = NaiveTime::from_hms_opt(17, 0, 0);
            return Some(self.today);
        }
        let short = self.take(|text| match text {
            "eow" => Some("week"),
            "eom" => Some("month"),
            "eoq" => Some("quarter"),
            "eoy" => Some("year"),
            _ => None,
        });
        if let Some(period) = short {
            return self.edge(period, 0, true);
        }
        self.eat(&["the"]);
        let end = self.eat(&["end"]);
        if !(end || self.eat(&["start", "beginning"])) {
            return None;
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
        date
    }

    /// The first or last day of a period; a week is a working week.
    pub(super) fn edge(&self, period: &str, by: i64, end: bool) -> Option<NaiveDate> {
        let first = self.today.with_day(1)?;
        let from_month = |length: u32| {
            let into = i64::from(self.today.month0() % length);
            let start = months(first, by * i64::from(length) - into)?;
            let last = months(start, i64::from(length) - 1)?;
            if end { last_of(last) } else { Some(start) }
        };
        match period {
            "day" | "business" if end && by == 0 => Some(self.today),
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

    /// `next week`, `last month`, `next quarter`, `this weekend`.
    pub(super) fn relative_period(&mut self) -> Option<NaiveDate> {
        let which = self.which();
        if self.eat(&["weekend"]) {
            let monday = -i64::from(self.today.weekday().num_days_from_monday());
            let by = 7 * which.unwrap_or(0);
            let saturday = shift(self.today, monday + by + 5);
            let over = self.look == Look::Ahead && by == 0 && saturday < self.today;
            return Some(shift(saturday, 7 * i64::from(over)));
        }
        let (Some(by), Some(token)) = (which, self.peek()) else {
            return None;
        };
        self.at += 1;
        match token.text.as_str() {
            "week" | "wk" => Some(shift(self.today, 7 * by)),
            "month" => months(self.today, by),
            "quarter" => self.edge("quarter", by, false),
            "year" => months(self.today, 12 * by),
            _ => None,
        }
    }
}
