//! The parts of a report.

use crate::domain::account::AccountRow;
use crate::domain::climate::{BANDS, Climate, Mover, Sample};
use crate::domain::ledger::ageing::Ageing;
use crate::domain::moment::{DayNumber, date};
use crate::domain::money::Money;
use crate::domain::referral::{ReferralRow, Stage, Told};
use crate::domain::today;
use crate::domain::tree::Sums;
use chrono::NaiveDate;
use serde::Serialize;

/// People named among those who warmed, and among those who cooled.
const NAMED: usize = 8;

/// Everybody who was ever touched, by strength.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bands {
    /// The day.
    pub on: NaiveDate,
    /// Under 20, under 40, under 60, under 80, and up to 100.
    pub counts: [u32; BANDS],
}

impl Bands {
    /// The names of the bands.
    pub const NAMES: [&'static str; BANDS] = ["0–19", "20–39", "40–59", "60–79", "80–100"];

    /// Of one day of a survey.
    pub fn of(sample: &Sample) -> Self {
        Bands {
            on: date(sample.day),
            counts: sample.bands,
        }
    }

    /// Everybody ever touched.
    pub fn touched(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// Those at 20 points and above.
    pub fn warm(&self) -> u32 {
        self.counts.iter().skip(1).sum()
    }
}

/// The bands so many days before a survey's day: the nearest week that was looked at, four days off at most.
pub fn before(climate: &Climate, days: DayNumber) -> Option<Bands> {
    let wanted = climate.day.saturating_sub(days);
    let off = |sample: &&Sample| sample.day.saturating_sub(wanted).abs();
    let nearest = climate.history.iter().min_by_key(off)?;
    (off(&nearest) <= 4).then(|| Bands::of(nearest))
}

/// Week by week for a year: the day, those at 20 points and above, and everybody ever touched.
pub fn history(climate: &Climate) -> Vec<(NaiveDate, u32, u32)> {
    let skip = climate.history.len().saturating_sub(53);
    let weeks = climate.history.iter().skip(skip).map(Bands::of);
    weeks
        .map(|week| (week.on, week.warm(), week.touched()))
        .collect()
}

/// Somebody who moved in the week.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moved {
    /// Their name.
    pub who: String,
    /// Their strength before the week, to a tenth.
    pub before: f64,
    /// Their strength on the day, to a tenth.
    pub now: f64,
    /// Why.
    pub why: String,
}

/// The first of those who moved.
pub fn moved(movers: &[Mover]) -> Vec<Moved> {
    let tenth = |points: f64| (points * 10.0).round() / 10.0;
    let first = movers.iter().take(NAMED);
    first
        .map(|mover| Moved {
            who: mover.name.clone(),
            before: tenth(mover.before),
            now: tenth(mover.now),
            why: mover.why(),
        })
        .collect()
}

/// A week to come, and how many go cold in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Its first day.
    pub from: NaiveDate,
    /// How many.
    pub count: usize,
}

/// The weeks of Today's strip.
pub fn going_cold(weeks: &[today::Week]) -> Vec<Week> {
    let each = weeks.iter().map(|week| Week {
        from: week.from,
        count: week.count,
    });
    each.collect()
}

/// Promises, in the week and on the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Promises {
    /// Mine, kept in the week.
    pub kept: u32,
    /// Mine, broken in it.
    pub broken: u32,
    /// Theirs, kept in it.
    pub their_kept: u32,
    /// Theirs, broken in it.
    pub their_broken: u32,
    /// Mine, open on the day.
    pub open: u32,
    /// Mine, overdue on it.
    pub overdue: u32,
    /// Theirs, overdue on it.
    pub their_overdue: u32,
    /// Of mine that ever came to an end: those kept, and all.
    pub ever: (u32, u32),
}

/// A promise as the report counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promised {
    /// Made by me.
    pub mine: bool,
    /// When it falls due.
    pub due: NaiveDate,
    /// When it came to an end, and whether it was kept (broken otherwise); none of one that was dropped.
    pub closed: Option<(NaiveDate, Option<bool>)>,
}

impl Promises {
    /// The promises made up to a day, counted as of it, in the week from `from`.
    pub fn count(promises: &[Promised], from: NaiveDate, on: NaiveDate) -> Self {
        let mut counts = Promises::default();
        for promise in promises {
            let closed = promise.closed.filter(|(day, _)| *day <= on);
            let late = closed.is_none() && promise.due < on;
            counts.open += u32::from(promise.mine && closed.is_none());
            counts.overdue += u32::from(promise.mine && late);
            counts.their_overdue += u32::from(!promise.mine && late);
            let Some((day, Some(kept))) = closed else {
                continue;
            };
            if promise.mine {
                counts.ever.0 += u32::from(kept);
                counts.ever.1 += 1;
            }
            if day >= from {
                let count = match (promise.mine, kept) {
                    (true, true) => &mut counts.kept,
                    (true, false) => &mut counts.broken,
                    (false, true) => &mut counts.their_kept,
                    (false, false) => &mut counts.their_broken,
                };
                *count += 1;
            }
        }
        counts
    }
}

/// Chits by age, in plain chits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Ages {
    /// Up to 30 days old, up to 90, up to 365, and older.
    pub ages: [f64; 4],
    /// All of them.
    pub total: f64,
}

impl Ages {
    /// One side of the ledger.
    pub fn of(ageing: &Ageing) -> Self {
        Ages {
            ages: ageing.totals.map(|halves| f64::from(halves.0) / 2.0),
            total: f64::from(ageing.total.0) / 2.0,
        }
    }
}

/// Referrals by stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Stages {
    /// Asked, promised, introduced, met, won, lost: where each stands.
    pub counts: [u32; 6],
    /// Won in the 365 days up to the day.
    pub won_in_a_year: u32,
    /// New customers each customer sent in that year.
    pub yield_per_customer: f64,
}

impl Stages {
    /// Those neither won nor lost.
    pub fn open(&self) -> u32 {
        self.counts.iter().take(4).sum()
    }

    /// The referrals that I was given, as they stood on a day; of so many customers.
    pub fn count(rows: &[ReferralRow], customers: usize, on: NaiveDate) -> Self {
        let mut stages = Stages::default();
        let year = crate::domain::moment::shift(on, -365);
        for row in rows.iter().filter(|row| !row.referral.given) {
            if let Some(stage) = row.stage() {
                if let Some(count) = stages.counts.get_mut(stage.stage as usize) {
                    *count += 1;
                }
                let won = stage.stage == Stage::Won && stage.on > year && stage.on <= on;
                stages.won_in_a_year += u32::from(won);
            }
        }
        if customers > 0 {
            let each = f64::from(stages.won_in_a_year) / customers as f64;
            stages.yield_per_customer = (each * 100.0).round() / 100.0;
        }
        stages
    }
}

/// Referrals as they stood on a day: later stages, and what was told later, are not known yet.
pub fn as_of(rows: Vec<ReferralRow>, on: NaiveDate) -> Vec<ReferralRow> {
    let known = rows.into_iter().map(|mut row| {
        row.stages.retain(|stage| stage.on <= on);
        for stage in &mut row.stages {
            stage.told = stage.told.filter(|told| *told <= on);
        }
        row
    });
    known.filter(|row| !row.stages.is_empty()).collect()
}

/// Whether those who led me to somebody were told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Loops {
    /// To be told, in time.
    pub due: u32,
    /// That should have been told.
    pub late: u32,
    /// That know.
    pub told: u32,
}

impl Loops {
    /// As of a day.
    pub fn count(rows: &[ReferralRow], on: NaiveDate) -> Self {
        let mut loops = Loops::default();
        for row in rows {
            match row.told(on) {
                Told::Due(_) => loops.due += 1,
                Told::Late(_) => loops.late += 1,
                Told::Told(_) => loops.told += 1,
                Told::Nothing => {}
            }
        }
        loops
    }
}

/// An account with an alarm.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alarmed {
    /// The account.
    pub account: String,
    /// How strong it is, to a tenth.
    pub strength: f64,
    /// Seats that are warm, and seats that are known.
    pub coverage: (usize, usize),
    /// What is dangerous: in a word, why, and what to do.
    pub alarms: Vec<(String, String, String)>,
}

/// The accounts that have alarms, in the order of the list.
pub fn alarmed(rows: &[AccountRow]) -> Vec<Alarmed> {
    let with = rows.iter().filter(|row| !row.alarms.is_empty());
    with.map(|row| Alarmed {
        account: row.profile.name.clone(),
        strength: (row.strength * 10.0).round() / 10.0,
        coverage: (row.coverage.warm, row.coverage.known),
        alarms: row
            .alarms
            .iter()
            .map(|alarm| {
                let kind = alarm.kind.words().to_owned();
                (kind, alarm.why.clone(), alarm.what.clone())
            })
            .collect(),
    })
    .collect()
}

/// Sales, one amount a currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sales {
    /// In the week.
    pub week: Vec<Money>,
    /// In the 365 days up to the day.
    pub year: Vec<Money>,
    /// In the 365 days before those.
    pub year_before: Vec<Money>,
}

impl Sales {
    /// Of all sales, as of a day.
    pub fn count<'a>(
        sales: impl Iterator<Item = (NaiveDate, &'a Money)>,
        from: NaiveDate,
        on: NaiveDate,
    ) -> Self {
        let (mut week, mut year, mut before) = (Sums::default(), Sums::default(), Sums::default());
        for (day, money) in sales.filter(|(day, _)| *day <= on) {
            let ago = (on - day).num_days();
            if day >= from {
                week.add(money);
            }
            match ago {
                0..365 => year.add(money),
                365..730 => before.add(money),
                _ => {}
            }
        }
        Sales {
            week: week.all().collect(),
            year: year.all().collect(),
            year_before: before.all().collect(),
        }
    }
}
