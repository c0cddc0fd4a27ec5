//! Days that go by a name: feasts, the middle of something, a month as the day it begins.

use super::super::super::moment::shift;
use super::super::{Look, word};
use super::{Reader, months};
use chrono::{Datelike, NaiveDate, Weekday};

/// A feast's day in a year.
type Feast = fn(i32) -> Option<NaiveDate>;

impl Reader<'_> {
    /// `christmas`, `new year's eve`, `easter monday`, `thanksgiving 2027`.
    pub(super) fn feast(&mut self) -> Option<NaiveDate> {
        if !self.feasts {
            return None;
        }
        self.eat(&["the"]);
        let day = self.feast_name()?;
        let (look, today) = (self.look, self.today);
        if let Some(year) = self.year() {
            return day(year);
        }
        let next = today.year() + if look == Look::Ahead { 1 } else { -1 };
        let near = day(today.year()).filter(|near| self.wanted(*near));
        near.or_else(|| day(next))
    }

    fn feast_name(&mut self) -> Option<Feast> {
        if self.eat(&["christmas", "xmas"]) {
            let eve = self.eat(&["eve"]);
            self.eat(&["day"]);
            return Some(if eve {
                |year| NaiveDate::from_ymd_opt(year, 12, 24)
            } else {
                |year| NaiveDate::from_ymd_opt(year, 12, 25)
            });
        }
        if self.is(0, &["new"]) && self.is(1, &["year", "years"]) {
            self.at += 2;
            self.owned();
            let eve = self.eat(&["eve"]);
            self.eat(&["day"]);
            return Some(if eve {
                |year| NaiveDate::from_ymd_opt(year, 12, 31)
            } else {
                |year| NaiveDate::from_ymd_opt(year, 1, 1)
            });
        }
        if self.eat(&["easter"]) {
            let monday = self.eat(&["monday"]);
            self.eat(&["sunday"]);
            return Some(if monday {
                |year| easter(year).map(|sunday| shift(sunday, 1))
            } else {
                easter
            });
        }
        self.other_feast()
    }

    fn other_feast(&mut self) -> Option<Feast> {
        if self.is(0, &["boxing"]) && self.is(1, &["day"]) {
            self.at += 2;
            return Some(|year| NaiveDate::from_ymd_opt(year, 12, 26));
        }
        if self.is(0, &["good"]) && self.is(1, &["friday"]) {
            self.at += 2;
            return Some(|year| easter(year).map(|sunday| shift(sunday, -2)));
        }
        if self.eat(&["thanksgiving"]) {
            return Some(|year| NaiveDate::from_weekday_of_month_opt(year, 11, Weekday::Thu, 4));
        }
        if self.eat(&["halloween"]) {
            return Some(|year| NaiveDate::from_ymd_opt(year, 10, 31));
        }
        if self.eat(&["valentine", "valentines"]) {
            self.owned();
            self.eat(&["day"]);
            return Some(|year| NaiveDate::from_ymd_opt(year, 2, 14));
        }
        None
    }

    /// `'s`, where it follows.
    fn owned(&mut self) {
        if self.is(0, &["'", "’"]) && self.glued(1, &["s"]) {
            self.at += 2;
        }
    }

    /// `mid december`, `middle of next month`, `mid week`: the fifteenth, the Wednesday, the first of July.
    pub(super) fn middle(&mut self) -> Option<NaiveDate> {
        self.eat(&["the"]);
        if self.eat(&["mid"]) {
            self.eat(&["-"]);
        } else if !(self.eat(&["middle"]) && self.eat(&["of"])) {
            return None;
        }
        self.eat(&["the"]);
        let which = self.which();
        if let Some(month) = self.take(word::month).filter(|_| which.is_none()) {
            let year = self.year();
            return self.calendar(year, month, 15).ok();
        }
        let period = self.peek()?.text.clone();
        self.at += 1;
        let near = self.middle_of(&period, which.unwrap_or(0))?;
        let gone = which.is_none() && !self.wanted(near);
        let step = if self.look == Look::Ahead { 1 } else { -1 };
        if gone {
            self.middle_of(&period, step)
        } else {
            Some(near)
        }
    }

    fn middle_of(&self, period: &str, by: i64) -> Option<NaiveDate> {
        let first = self.edge(period, by, false)?;
        match period {
            "week" | "wk" => Some(shift(first, 2)),
            "month" => first.with_day(15),
            "quarter" => months(first, 1)?.with_day(15),
            "year" => months(first, 6),
            _ => None,
        }
    }

    /// `by december`: the day it begins.
    pub(super) fn month_alone(&mut self) -> Option<NaiveDate> {
        let month = self.take(word::month).filter(|_| self.latest)?;
        self.calendar(None, month, 1).ok()
    }
}

/// Easter Sunday by the western reckoning: from the age of the moon on 1 March, by whole numbers alone.
fn easter(year: i32) -> Option<NaiveDate> {
    let century = year / 100;
    let golden = year % 19;
    let corrected = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let moon = corrected
        - (corrected / 28) * (1 - (corrected / 28) * (29 / (corrected + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let day = moon - weekday;
    let month = 3 + (day + 40) / 44;
    let day = day + 28 - 31 * (month / 4);
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_on_the_days_the_almanac_has() {
        for (year, wanted) in [
            (1818, "1818-03-22"),
            (1943, "1943-04-25"),
            (2000, "2000-04-23"),
            (2024, "2024-03-31"),
            (2026, "2026-04-05"),
            (2027, "2027-03-28"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year).unwrap().to_string(), wanted, "{year}");
        }
    }
}
