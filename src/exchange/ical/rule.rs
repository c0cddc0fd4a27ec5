//! Rules of repetition (`RRULE`): which days and times a meeting comes back on.
//!
//! # Why an expansion of our own?
//! A calendar from outside may hold a hundred thousand rules, some of them made to never end. Here a rule is asked for one stretch of
//! time, goes to it at once where it does not count, and looks at a bounded number of days; its end is compared in the zone it is
//! written in. Everything in here is wall-clock time: zones are somebody else's business.

mod parse;

use super::zone::Place;
use chrono::{
    Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday,
};

/// Days looked at for one rule: a daily meeting of more than two centuries.
const TRIED: usize = 100_000;
/// So many days that a rule names make looking at a day twice as dear.
const DEAR: usize = 16;

/// What one step of a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Year,
    Month,
    Week,
    Day,
}

/// When a rule ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// With this day.
    Day(NaiveDate),
    /// At this time of the meeting's own clock.
    Wall(NaiveDateTime),
    /// At this time in UTC.
    Instant(NaiveDateTime),
}

/// A rule as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    step: Step,
    interval: u32,
    count: Option<u32>,
    /// When it ends, as written.
    until: Option<Until>,
    /// The last wall-clock time it can come back at.
    last: Option<NaiveDateTime>,
    months: Vec<u32>,
    month_days: Vec<i32>,
    year_days: Vec<i32>,
    weeks: Vec<i32>,
    weekdays: Vec<(i32, Weekday)>,
    hours: Vec<u32>,
    minutes: Vec<u32>,
    seconds: Vec<u32>,
    positions: Vec<i32>,
    week_start: Weekday,
}

/// What a rule gives for a stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Walls {
    /// The times, rising.
    pub times: Vec<NaiveDateTime>,
    /// Whether the rule was given up before the end of the stretch.
    pub cut: bool,
}

impl Rule {
    /// Works out the last wall-clock time, in the zone of whatever comes back.
    pub fn settle(&mut self, place: &Place) {
        self.last = self.until.map(|until| match until {
            Until::Day(day) => day.and_time(NaiveTime::MIN) + Duration::seconds(86_399),
            Until::Wall(wall) => wall,
            Until::Instant(utc) => place.wall(utc),
        });
    }

    /// The times from `from` to `to` at which something comes back that began at `start`. The beginning is one of them, whether the
    /// rule says so or not: that is how calendars show it.
    pub fn walls(&self, start: NaiveDateTime, from: NaiveDateTime, to: NaiveDateTime) -> Walls {
        let last = self.last.map_or(to, |last| last.min(to));
        let mut walls = Walls::default();
        let mut left = self.count.unwrap_or(u32::MAX);
        if left == 0 || start > last {
            return walls;
        }
        left -= 1;
        if start >= from {
            walls.times.push(start);
        }
        let times = self.times(start);
        let looked_at = self.looked_at();
        let mut tried = 0;
        let mut period = self.first_period(start, from);
        while left > 0 {
            let Some((begins, days)) = self.days(start, period) else {
                break;
            };
            if begins > last.date() {
                break;
            }
            tried += looked_at.max(days.len() * times.len());
            if tried > TRIED {
                walls.cut = true;
                break;
            }
            for wall in self.chosen(&days, &times) {
                if wall <= start || left == 0 {
                    continue;
                }
                if wall > last {
                    return walls;
                }
                left -= 1;
                if wall >= from {
                    walls.times.push(wall);
                }
            }
            period += 1;
        }
        walls
    }

    /// How many days are looked at in one step, whether they are named or not.
    fn looked_at(&self) -> usize {
        let lists = [&self.month_days, &self.year_days, &self.weeks];
        let named = lists.iter().map(|list| list.len()).sum::<usize>() + self.weekdays.len();
        let days = match self.step {
            Step::Year if named == 0 => 1 + self.months.len(),
            Step::Year => 366,
            Step::Month if named == 0 => 1,
            Step::Month => 31,
            Step::Week => 7,
            Step::Day => 1,
        };
        days * (1 + named / DEAR)
    }

    /// The times of day, rising.
    fn times(&self, start: NaiveDateTime) -> Vec<NaiveTime> {
        let or = |list: &[u32], own: u32| match list {
            [] => vec![own],
            list => list.to_vec(),
        };
        let mut times = Vec::new();
        for hour in or(&self.hours, start.hour()) {
            for minute in or(&self.minutes, start.minute()) {
                for second in or(&self.seconds, start.second()) {
                    times.extend(NaiveTime::from_hms_opt(hour, minute, second.min(59)));
                }
            }
        }
        times.sort_unstable();
        times.dedup();
        times
    }

    /// The step to begin with: the first one, or where nothing is counted the one before `from`.
    fn first_period(&self, start: NaiveDateTime, from: NaiveDateTime) -> u32 {
        if self.count.is_some() || from <= start {
            return 0;
        }
        let days = (from - start).num_days();
        let steps = match self.step {
            Step::Year => i64::from(from.year() - start.year()),
            Step::Month => days / 31,
            Step::Week => days / 7,
            Step::Day => days,
        };
        let steps = (steps / i64::from(self.interval) - 1).max(0);
        u32::try_from(steps).unwrap_or(0)
    }

    /// The first day of a step and the days the rule names in it, rising. None beyond the calendar.
    fn days(&self, start: NaiveDateTime, period: u32) -> Option<(NaiveDate, Vec<NaiveDate>)> {
        let ahead = period.checked_mul(self.interval)?;
        let date = start.date();
        let (begins, mut days) = match self.step {
            Step::Year => {
                let year = date.year().checked_add(i32::try_from(ahead).ok()?)?;
                let begins = NaiveDate::from_ymd_opt(year, 1, 1).filter(|_| year <= 9999)?;
                (begins, self.in_year(begins, date))
            }
            Step::Month => {
                let begins = date.with_day(1)?.checked_add_months(Months::new(ahead))?;
                (begins, self.in_month(begins, date))
            }
            Step::Week => {
                let back = date.weekday().days_since(self.week_start);
                let ahead = Days::new(u64::from(ahead) * 7);
                let first = date.checked_sub_days(Days::new(u64::from(back)))?;
                let begins = first.checked_add_days(ahead)?;
                let week = (0..7).filter_map(|day| begins.checked_add_days(Days::new(day)));
                let wanted = |day: &NaiveDate| match self.weekdays.as_slice() {
                    [] => day.weekday() == date.weekday(),
                    list => list.iter().any(|(_, weekday)| *weekday == day.weekday()),
                };
                (begins, week.filter(wanted).collect())
            }
            Step::Day => {
                let day = date.checked_add_days(Days::new(u64::from(ahead)))?;
                let days = Some(day).filter(|day| self.on_weekday(*day) && self.on_month_day(*day));
                (day, days.into_iter().collect())
            }
        };
        if begins.year() > 9999 {
            return None;
        }
        days.retain(|day| self.months.is_empty() || self.months.contains(&day.month()));
        days.sort_unstable();
        days.dedup();
        Some((begins, days))
    }

    /// The days of one month that are named.
    fn in_month(&self, begins: NaiveDate, date: NaiveDate) -> Vec<NaiveDate> {
        let all = month_of(begins);
        match (self.month_days.is_empty(), self.weekdays.is_empty()) {
            (true, true) => begins.with_day(date.day()).into_iter().collect(),
            (true, false) => self.nth(&all),
            (false, _) => {
                let named = all.into_iter().filter(|day| self.on_month_day(*day));
                named.filter(|day| self.on_weekday(*day)).collect()
            }
        }
    }

    /// The days of one year that are named.
    fn in_year(&self, begins: NaiveDate, date: NaiveDate) -> Vec<NaiveDate> {
        let named = [&self.month_days, &self.year_days, &self.weeks];
        if named.iter().all(|list| list.is_empty()) {
            let months: Vec<u32> = match (self.months.is_empty(), self.weekdays.is_empty()) {
                (true, true) => return date.with_year(begins.year()).into_iter().collect(),
                // The third Monday of the year.
                (true, false) => return self.nth(&year_of(begins)),
                (false, _) => self.months.clone(),
            };
            let months = months
                .into_iter()
                .filter_map(|month| begins.with_month(month));
            return months
                .flat_map(|month| self.in_month(month, date))
                .collect();
        }
        let weekday = |day: NaiveDate| {
            if self.weekdays.is_empty() && !self.weeks.is_empty() {
                day.weekday() == date.weekday()
            } else {
                self.on_weekday(day)
            }
        };
        let days = if self.weeks.is_empty() {
            year_of(begins)
        } else {
            self.in_weeks(begins.year())
        };
        let days = days.into_iter().filter(|day| self.on_month_day(*day));
        let days = days.filter(|day| self.on_year_day(*day) && weekday(*day));
        days.collect()
    }

    /// The days of the weeks that are named.
    fn in_weeks(&self, year: i32) -> Vec<NaiveDate> {
        let first = |year: i32| {
            // The first week is the one with four days of the year in it.
            let fourth = NaiveDate::from_ymd_opt(year, 1, 4)?;
            let back = fourth.weekday().days_since(self.week_start);
            fourth.checked_sub_days(Days::new(u64::from(back)))
        };
        let Some((begins, after)) = first(year).zip(first(year + 1)) else {
            return Vec::new();
        };
        let count = ((after - begins).num_days() / 7) as i32;
        let mut days = Vec::new();
        for week in &self.weeks {
            let week = if *week < 0 { count + week } else { week - 1 };
            if (0..count).contains(&week) {
                let week = (0..7).map(|day| Days::new(u64::from(week.cast_unsigned()) * 7 + day));
                days.extend(week.filter_map(|ahead| begins.checked_add_days(ahead)));
            }
        }
        days
    }

    /// Of the days of a month or a year those that are the named weekdays: every one, or the so-manieth from either end.
    fn nth(&self, all: &[NaiveDate]) -> Vec<NaiveDate> {
        let mut days = Vec::new();
        for (nth, weekday) in &self.weekdays {
            let mut same = all.iter().filter(|day| day.weekday() == *weekday).copied();
            match nth {
                0 => days.extend(same),
                1.. => days.extend(same.nth(nth.unsigned_abs() as usize - 1)),
                _ => days.extend(same.rev().nth(nth.unsigned_abs() as usize - 1)),
            }
        }
        days
    }

    fn on_weekday(&self, day: NaiveDate) -> bool {
        let weekday = day.weekday();
        self.weekdays.is_empty() || self.weekdays.iter().any(|(_, named)| *named == weekday)
    }

    fn on_month_day(&self, day: NaiveDate) -> bool {
        let number = day.day().cast_signed();
        let from_end = number - 1 - i32::from(day.num_days_in_month());
        let list = &self.month_days;
        list.is_empty() || list.contains(&number) || list.contains(&from_end)
    }

    fn on_year_day(&self, day: NaiveDate) -> bool {
        let number = day.ordinal().cast_signed();
        let length = if day.leap_year() { 366 } else { 365 };
        let list = &self.year_days;
        list.is_empty() || list.contains(&number) || list.contains(&(number - 1 - length))
    }

    /// Days and times together, or of them the ones at the named positions.
    fn chosen(&self, days: &[NaiveDate], times: &[NaiveTime]) -> Vec<NaiveDateTime> {
        let all = days
            .iter()
            .flat_map(|day| times.iter().map(|time| day.and_time(*time)));
        let all: Vec<NaiveDateTime> = all.collect();
        if self.positions.is_empty() {
            return all;
        }
        let place = |position: &i32| {
            let at = position.unsigned_abs() as usize;
            match position {
                0 => None,
                1.. => all.get(at - 1),
                _ => all.len().checked_sub(at).and_then(|at| all.get(at)),
            }
        };
        let mut chosen: Vec<NaiveDateTime> =
            self.positions.iter().filter_map(place).copied().collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }
}

fn month_of(begins: NaiveDate) -> Vec<NaiveDate> {
    let days = 1..=u32::from(begins.num_days_in_month());
    days.filter_map(|day| begins.with_day(day)).collect()
}

fn year_of(begins: NaiveDate) -> Vec<NaiveDate> {
    let days = if begins.leap_year() { 366 } else { 365 };
    (1..=days)
        .filter_map(|day| begins.with_ordinal(day))
        .collect()
}
