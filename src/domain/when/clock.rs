//! Times of day in a phrase: `14:30`, `9am`, `at 9`, `noon`, `morning`, and distances from now: `2 hours ago`.

use super::date::{Hit, Reader};
use super::{Look, word};
use chrono::{Duration, NaiveDateTime, NaiveTime};

/// A time of day that is known to be one.
pub fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
}

impl Reader<'_> {
    /// A time of day after a date, or none: then the place is kept. A bare hour counts only where `bare` says so, and
    /// `2` alone is two in the afternoon, since nobody calls at night.
    pub(super) fn time(&mut self, bare: bool) -> Option<NaiveTime> {
        let start = self.at;
        if !self.eat(&[","]) && self.glued(0, &["t"]) {
            self.at += 1;
        }
        let pointed = self.eat(&["at", "@", "around", "about"]);
        self.eat(&["in"]);
        self.eat(&["the"]);
        let time = self.part().or_else(|| self.figures(bare || pointed));
        if time.is_none() {
            self.at = start;
        }
        time
    }

    fn part(&mut self) -> Option<NaiveTime> {
        let text = self.peek()?.text.as_str();
        let time = match word::part(text) {
            Some(hour) => at(hour, 0),
            None if text == "midnight" => at(0, 0),
            None => return None,
        };
        self.at += 1;
        Some(time)
    }

    fn figures(&mut self, bare: bool) -> Option<NaiveTime> {
        let first = self.peek()?;
        let (hour, digits) = (first.number?, first.len());
        self.at += 1;
        let minute = if self.glued(0, &[":", "h"]) || self.glued(0, &["."]) && bare {
            let minute = self
                .peek_at(1)
                .filter(|t| t.glued && t.len() == 2)?
                .number?;
            self.at += 2;
            Some(minute)
        } else {
            None
        };
        let half = self.half_of_day();
        if minute.is_none() && half.is_none() && digits == 4 && bare {
            return NaiveTime::from_hms_opt(hour / 100, hour % 100, 0);
        }
        if minute.is_none() && half.is_none() && !bare || digits > 2 {
            return None;
        }
        let hour = match (half, hour) {
            (Some(_), 0 | 13..) => return None,
            (Some(late), 12) => 12 * u32::from(late),
            (Some(late), hour) => hour + 12 * u32::from(late),
            (None, 1..=6) if minute.is_none() && digits == 1 => hour + 12,
            (None, hour) => hour,
        };
        NaiveTime::from_hms_opt(hour, minute.unwrap_or(0), 0)
    }

    /// `am` or `pm` (true), also `a.m.` and a glued `p`.
    fn half_of_day(&mut self) -> Option<bool> {
        let token = self.peek()?;
        let late = match token.text.as_str() {
            "am" => false,
            "pm" => true,
            "a" if token.glued || self.is(1, &["."]) => false,
            "p" if token.glued || self.is(1, &["."]) => true,
            _ => return None,
        };
        self.at += 1;
        if self.is(0, &["."]) && self.is(1, &["m"]) {
            self.at += 2;
            self.eat(&["."]);
        }
        Some(late)
    }

    /// The whole phrase as a time of day.
    pub(super) fn time_alone(&mut self) -> Option<NaiveTime> {
        self.at = 0;
        self.time(false).filter(|_| self.done())
    }

    /// The whole phrase as a distance in hours or minutes from now.
    pub(super) fn distance_in_time(&mut self, now: NaiveDateTime) -> Hit<NaiveDateTime> {
        self.at = 0;
        let ahead = self.eat(&["in", "+"]);
        let back = !ahead && self.eat(&["-"]);
        let Some(amount) = self.amount() else {
            return Ok(None);
        };
        let Some(each) = self.peek().and_then(|token| word::minutes(&token.text)) else {
            return Ok(None);
        };
        self.at += 1;
        let ago = self.eat(&["ago"]);
        let from = self.eat(&["from"]) && self.eat(&["now"]);
        if !self.done() || ago && ahead {
            return Ok(None);
        }
        let back = ago || back || !ahead && !from && self.look == Look::Back;
        let minutes = i64::from(amount) * each * if back { -1 } else { 1 };
        match now.checked_add_signed(Duration::minutes(minutes)) {
            Some(moment) if minutes.abs() < 60 * 24 * 3660 => Ok(Some(moment)),
            _ => Err(super::date::too_far()),
        }
    }
}
