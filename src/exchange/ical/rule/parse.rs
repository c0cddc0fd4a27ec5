//! Reading a rule.

use super::super::stamp::Stamp;
use super::{Rule, Step, Until};
use chrono::Weekday;

/// Times a rule may name for one day; no meeting comes back more often.
const TIMES: usize = 24;
/// Values a rule may list for one of its parts: the days of a year, counted from either end.
const LISTED: usize = 732;

impl Rule {
    /// Reads a rule. What is wrong with it is the end of the sentence "its repetition …".
    pub fn parse(text: &str) -> Result<Rule, &'static str> {
        let mut rule = Rule {
            step: Step::Day,
            interval: 1,
            count: None,
            until: None,
            last: None,
            months: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            weekdays: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            seconds: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Mon,
        };
        let mut stepped = false;
        for part in text.split(';').filter(|part| !part.trim().is_empty()) {
            let (name, value) = part.split_once('=').ok_or("cannot be read")?;
            let value = value.trim();
            stepped |= name.trim().eq_ignore_ascii_case("FREQ");
            rule.part(&name.trim().to_ascii_uppercase(), value)?;
        }
        let times = [&rule.hours, &rule.minutes, &rule.seconds];
        if times
            .iter()
            .map(|list| list.len().max(1))
            .product::<usize>()
            > TIMES
        {
            return Err("comes round too often for a meeting");
        }
        stepped.then_some(rule).ok_or("cannot be read")
    }

    fn part(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        const UNREAD: &str = "cannot be read";
        match name {
            "FREQ" => {
                self.step = match value.to_ascii_uppercase().as_str() {
                    "YEARLY" => Step::Year,
                    "MONTHLY" => Step::Month,
                    "WEEKLY" => Step::Week,
                    "DAILY" => Step::Day,
                    "HOURLY" | "MINUTELY" | "SECONDLY" => {
                        return Err("comes round too often for a meeting");
                    }
                    _ => return Err(UNREAD),
                }
            }
            "INTERVAL" => self.interval = value.parse::<u32>().map_err(|_| UNREAD)?.max(1),
            "COUNT" => self.count = Some(value.parse().map_err(|_| UNREAD)?),
            "UNTIL" => self.until = Some(until(value).ok_or(UNREAD)?),
            "WKST" => self.week_start = weekday(value).ok_or(UNREAD)?,
            "BYDAY" => {
                let days = value.split(',').take(LISTED).map(nth_weekday);
                self.weekdays = days.collect::<Option<_>>().ok_or(UNREAD)?;
            }
            "BYMONTH" => self.months = numbers(value, 1..=12).ok_or(UNREAD)?,
            "BYMONTHDAY" => self.month_days = numbers(value, -31..=31).ok_or(UNREAD)?,
            "BYYEARDAY" => self.year_days = numbers(value, -366..=366).ok_or(UNREAD)?,
            "BYWEEKNO" => self.weeks = numbers(value, -53..=53).ok_or(UNREAD)?,
            "BYSETPOS" => self.positions = numbers(value, -366..=366).ok_or(UNREAD)?,
            "BYHOUR" => self.hours = numbers(value, 0..=23).ok_or(UNREAD)?,
            "BYMINUTE" => self.minutes = numbers(value, 0..=59).ok_or(UNREAD)?,
            "BYSECOND" => self.seconds = numbers(value, 0..=60).ok_or(UNREAD)?,
            // Other calendars than the common one, and what programs add for themselves.
            "RSCALE" if !value.eq_ignore_ascii_case("GREGORIAN") => return Err(UNREAD),
            _ => {}
        }
        Ok(())
    }
}

fn numbers<T>(text: &str, within: std::ops::RangeInclusive<T>) -> Option<Vec<T>>
where
    T: std::str::FromStr + PartialOrd,
{
    let read = |number: &str| {
        let number = number.trim();
        let number = number.strip_prefix('+').unwrap_or(number);
        number
            .parse::<T>()
            .ok()
            .filter(|number| within.contains(number))
    };
    text.split(',').take(LISTED).map(read).collect()
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text.trim().to_ascii_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}

/// `MO`, `3WE`, `-1FR`; nought stands for every one.
fn nth_weekday(text: &str) -> Option<(i32, Weekday)> {
    let text = text.trim();
    let (number, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let number = number.strip_prefix('+').unwrap_or(number);
    let number = match number {
        "" => 0,
        number => number
            .parse()
            .ok()
            .filter(|n: &i32| (-53..=53).contains(n))?,
    };
    Some((number, weekday(day)?))
}

fn until(text: &str) -> Option<Until> {
    let stamp = Stamp::parse(text)?;
    Some(match (stamp.time, stamp.utc) {
        (None, _) => Until::Day(stamp.date),
        (Some(time), false) => Until::Wall(stamp.date.and_time(time)),
        (Some(time), true) => Until::Instant(stamp.date.and_time(time)),
    })
}
