//! The whole book looked at: its climate, and the model judged by what came after.
//!
//! Of a judgement the book keeps one number, the calibration, and the day it is of: the chances that are shown are raised by it.

use super::journal::Touched;
use super::standing::{set, setting};
use super::{Result, Store, news};
use crate::domain::climate::{Climate, Survey};
use crate::domain::judgement::{Judge, Judgement, WITHIN};
use crate::domain::moment::DayNumber;
use rusqlite::{Connection, TransactionBehavior};
use std::ops::ControlFlow;

/// The row of `setting` that holds the calibration: its day, a blank, the number.
const KEPT: &str = "calibration";
/// Days for which a calibration is good.
const GOOD_FOR: DayNumber = 7;

/// Hears how many of how many people were looked at, and may give up.
type Progress<'a> = dyn FnMut(usize, usize) -> ControlFlow<()> + 'a;

/// What was fitted to a model with other numbers says nothing about this one.
pub(super) fn forget_calibration(db: &Connection) -> Result<()> {
    db.execute("delete from setting where name = ?1", [KEPT])?;
    Ok(())
}

impl Store {
    /// The book's climate on a day, with those who moved in the `period` days up to it. None when `progress` gave up.
    pub fn climate(
        &self,
        day: DayNumber,
        period: u16,
        progress: &mut Progress<'_>,
    ) -> Result<Option<Climate>> {
        let mut survey = Survey::new(&self.params, day, period);
        let whole = self.each_life(progress, &mut |life| survey.add(life))?;
        Ok(whole.then(|| survey.finish()))
    }

    /// The model judged, as of `today`; the book keeps the calibration where it can be written. None when `progress` gave up.
    pub fn judgement(
        &mut self,
        today: DayNumber,
        progress: &mut Progress<'_>,
    ) -> Result<Option<Judgement>> {
        let judged = self.judgement_within(today, WITHIN, progress)?;
        if let Some(judgement) = judged.as_ref().filter(|_| self.writable) {
            self.keep_calibration(today, judgement.calibration)?;
        }
        Ok(judged)
    }

    /// The model judged with another horizon, as of `today`: nothing is kept. None when `progress` gave up.
    pub fn judgement_within(
        &self,
        today: DayNumber,
        within: u16,
        progress: &mut Progress<'_>,
    ) -> Result<Option<Judgement>> {
        let mut judge = Judge::new(&self.params, today, within);
        let whole = self.each_life(progress, &mut |life| judge.add(life))?;
        Ok(whole.then(|| judge.finish()))
    }

    /// The calibration that the book keeps; none before the first judgement.
    pub fn calibration(&self) -> Result<Option<f64>> {
        Ok(self.kept_calibration()?.map(|(_, number)| number))
    }

    /// Whether it is time to judge again: nothing is kept, or it is a week old, or of a day to come.
    pub fn calibration_is_old(&self, today: DayNumber) -> Result<bool> {
        let kept = self.kept_calibration()?;
        Ok(kept.is_none_or(|(day, _)| !(0..GOOD_FOR).contains(&today.saturating_sub(day))))
    }

    fn kept_calibration(&self) -> Result<Option<(DayNumber, f64)>> {
        let kept = setting(&self.db, KEPT)?;
        Ok(kept.and_then(|kept| {
            let (day, number) = kept.split_once(' ')?;
            let number: f64 = number.parse().ok()?;
            Some((day.parse().ok()?, number)).filter(|_| number.is_finite() && number > 0.0)
        }))
    }

    fn keep_calibration(&mut self, today: DayNumber, number: f64) -> Result<()> {
        let transaction = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        set(&transaction, KEPT, &format!("{today} {number}"))?;
        // Nobody's own rows changed: for others with the book open this is no news.
        news::tell(&transaction, &Touched::default())?;
        transaction.commit()?;
        Ok(())
    }
}
