//! The loop with the referrer: who led me to somebody is told what came of it, in good time.

use super::{ReferralRow, Stage};
use crate::domain::id::Id;
use chrono::{Datelike, NaiveDate, Weekday};

impl Stage {
    /// Within how many working days the referrer is told. Asked, promised and introduced are no news to them: no clock runs.
    pub fn tell_within(self) -> Option<u32> {
        match self {
            Stage::Asked | Stage::Promised | Stage::Introduced => None,
            Stage::Met => Some(2),
            Stage::Won | Stage::Lost => Some(1),
        }
    }
}

/// The day so many working days later; Saturdays and Sundays are none.
///
/// ```
/// use chitbook::domain::referral::working_days_after;
/// let friday = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap_or_default();
/// assert_eq!(working_days_after(friday, 1).to_string(), "2026-11-23");
/// ```
pub fn working_days_after(day: NaiveDate, days: u32) -> NaiveDate {
    let free = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let mut later = day.iter_days().skip(1).filter(|day| !free(day));
    later.nth(days.saturating_sub(1) as usize).unwrap_or(day)
}

/// One stage the referrer is to be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loop {
    /// The stage.
    pub stage: Stage,
    /// The day of it.
    pub since: NaiveDate,
    /// The day by which they are told.
    pub due: NaiveDate,
    /// The day they were.
    pub told: Option<NaiveDate>,
}

impl Loop {
    /// How many days past the due day it is, or they were told; negative before it.
    pub fn days_late(&self, today: NaiveDate) -> i64 {
        (self.told.unwrap_or(today) - self.due).num_days()
    }
}

/// How a referral stands with its referrer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// There was nothing to tell yet.
    Nothing,
    /// They know; since when.
    Told(NaiveDate),
    /// They are to be told, today or later.
    Due(Loop),
    /// They should have been told.
    Late(Loop),
}

impl Told {
    /// The column on screen: "told 3 Nov", "tell by Tue 24 Nov: met", "2 days late: lost"; empty where there is nothing to tell.
    pub fn words(&self, today: NaiveDate) -> String {
        match self {
            Told::Nothing => String::new(),
            Told::Told(on) if on.year() == today.year() => format!("told {}", on.format("%-d %b")),
            Told::Told(on) => format!("told {}", on.format("%-d %b %Y")),
            Told::Due(due) => {
                let when = match -due.days_late(today) {
                    0 => "today".to_owned(),
                    1 => "tomorrow".to_owned(),
                    days => format!("in {days} days"),
                };
                format!("tell {when}: {}", due.stage.word())
            }
            Told::Late(due) => {
                let days = due.days_late(today);
                let days = if days == 1 {
                    "1 day".to_owned()
                } else {
                    format!("{days} days")
                };
                format!("{days} late: {}", due.stage.word())
            }
        }
    }
}

impl ReferralRow {
    /// Every stage the referrer is to be told of, oldest first. Whoever was told of a later stage knows of those before it. Of a
    /// given referral nobody waits to be told.
    pub fn loops(&self) -> Vec<Loop> {
        if self.referral.given {
            return Vec::new();
        }
        let mut told: Option<NaiveDate> = None;
        let mut loops = Vec::new();
        for row in self.stages.iter().rev() {
            told = match (row.told, told) {
                (Some(own), Some(later)) => Some(own.min(later)),
                (own, later) => own.or(later),
            };
            if let Some(days) = row.stage.tell_within() {
                loops.push(Loop {
                    stage: row.stage,
                    since: row.on,
                    due: working_days_after(row.on, days),
                    told,
                });
            }
        }
        loops.reverse();
        loops
    }

    /// The stages the referrer hears of for the first time, when they are told on a day; where none of them has a clock, the last
    /// one, which is told when it is spoken of.
    pub fn untold(&self, on: NaiveDate) -> Vec<Id> {
        let last_told = self.stages.iter().rposition(|row| row.told.is_some());
        let news = self.stages.iter().skip(last_told.map_or(0, |at| at + 1));
        let mut news = news.filter(|row| row.on <= on && !self.referral.given);
        let clocked: Vec<Id> = news
            .clone()
            .filter(|row| row.stage.tell_within().is_some())
            .map(|row| row.id)
            .collect();
        if clocked.is_empty() {
            news.next_back().map(|row| row.id).into_iter().collect()
        } else {
            clocked
        }
    }

    /// How it stands with the referrer today: what is longest due, where anything is.
    pub fn told(&self, today: NaiveDate) -> Told {
        let loops = self.loops();
        let open = loops.iter().filter(|loop_| loop_.told.is_none());
        match open.min_by_key(|loop_| loop_.due) {
            Some(due) if due.due < today => Told::Late(*due),
            Some(due) => Told::Due(*due),
            None => {
                let last = loops.iter().filter_map(|loop_| loop_.told).max();
                last.map_or(Told::Nothing, Told::Told)
            }
        }
    }
}
