//! The strength as an account: a line for each share, the bond they make, what silence takes, and the strength that is left.
//!
//! What is shown adds up as it is shown. Each figure is rounded down or up by less than one unit, and the units that rounding
//! down left over go to the figures that lost most by it.

use super::super::moment::DayNumber;
use super::super::people::{Person, Trail};
use super::super::touch::{Direction, TouchKind};
use super::explain::{Cause, Gap, Share, explain, gaps};
use super::{Params, Reading, Standing};

/// Units of a point that people are shown.
pub const TENTHS: f64 = 10.0;
/// Units of a point that scripts are given.
pub const THOUSANDTHS: f64 = 1000.0;

/// One share, and what is shown of its points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Where it comes from.
    pub share: Share,
    /// Its points, in units.
    pub units: i64,
}

/// Somebody's strength on a day, explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The day.
    pub today: DayNumber,
    /// What the model says of it.
    pub reading: Reading,
    /// Contact days, promises and corrections, latest first.
    pub lines: Vec<Line>,
    /// Their sum, in units.
    pub bond: i64,
    /// What silence takes, in units: nothing or less.
    pub silence: i64,
    /// Bond and silence together, in units.
    pub strength: i64,
    /// What a call today would add to it, in units: what the silence takes, and the call's own worth.
    pub call: i64,
    /// How the rhythm was learned, latest first.
    pub gaps: Vec<Gap>,
    /// The usual gap learning began with.
    pub begins: f64,
    /// Whether that was a tag's.
    pub tagged: bool,
    /// The gap the rep set, which replaces what was learned.
    pub set: Option<u16>,
    /// What was learned.
    pub learned: f64,
    /// Whether it is of somebody archived: then the day is that one, and no state, dates or outlook are told.
    pub archived: bool,
}

impl Account {
    /// The account of a strength on `today`, in so many units a point.
    pub fn new(
        params: &Params,
        trail: &Trail,
        cadence: Option<u16>,
        today: DayNumber,
        units: f64,
    ) -> Self {
        let standing = Standing::replay(params, trail, today);
        let reading = standing.read(params, cadence, today);
        let mut shares = explain(params, trail, cadence, today);
        let silence = shares
            .pop_if(|share| matches!(share.cause, Cause::Silence { .. }))
            .map_or(0.0, |share| share.points);
        shares.reverse();
        let bond: f64 = shares.iter().map(|share| share.points).sum();
        let strength = whole(reading.strength * units);
        let two = apportion(&[bond * units, silence * units], strength);
        let exact: Vec<f64> = shares.iter().map(|share| share.points * units).collect();
        let shown = apportion(&exact, two[0]);
        let lines = shares.into_iter().zip(shown);
        let mut called = standing;
        called.touch(params, today, TouchKind::Call, Direction::Mutual);
        let called = called.strength(params, cadence, today);
        let mut gaps = gaps(params, trail, today);
        gaps.reverse();
        Account {
            today,
            reading,
            lines: lines.map(|(share, units)| Line { share, units }).collect(),
            bond: two[0],
            silence: two[1],
            strength,
            call: whole(called * units) - strength,
            gaps,
            begins: Standing::starting(params, trail.start).rhythm(None),
            tagged: trail.start.is_some(),
            set: cadence,
            learned: standing.rhythm(None),
            archived: false,
        }
    }

    /// The account of somebody as it is shown `today`: of somebody archived, that of the day they were.
    pub fn of(params: &Params, person: &Person, today: DayNumber, units: f64) -> Self {
        let (cadence, day) = (person.summary.cadence, person.followed_to(today));
        let account = Account::new(params, &person.trail, cadence, day, units);
        if person.archived_on.is_none() {
            return account;
        }
        Account {
            reading: account.reading.frozen(),
            call: 0,
            archived: true,
            ..account
        }
    }

    /// Which lines are shown where only so many fit: corrections, then the largest, of equal ones the latest. In their order.
    pub fn foremost(&self, room: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by_key(|at| {
            let line = &self.lines[*at];
            let corrected = matches!(line.share.cause, Cause::Correction { .. });
            (!corrected, -line.units.abs(), *at)
        });
        order.truncate(room);
        order.sort_unstable();
        order
    }

    /// How many days the other lines are of, and their points together, in units.
    pub fn others(&self, shown: &[usize]) -> (usize, i64) {
        let rest = (0..self.lines.len()).filter(|at| shown.binary_search(at).is_err());
        let mut days: Vec<DayNumber> = Vec::new();
        let mut sum = 0;
        for line in rest.map(|at| &self.lines[at]) {
            days.push(line.share.day);
            sum += line.units;
        }
        days.dedup();
        (days.len(), sum)
    }
}

/// A number rounded to whole units.
fn whole(units: f64) -> i64 {
    units.round() as i64
}

/// Whole units that sum to `total` and differ from the exact numbers by less than one each, as long as these sum to about the
/// total. Where two lost the same, the first gets the unit.
pub fn apportion(exact: &[f64], total: i64) -> Vec<i64> {
    let mut shown: Vec<i64> = exact.iter().map(|units| units.floor() as i64).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    let lost = |at: usize| exact[at] - exact[at].floor();
    order.sort_by(|a, b| lost(*b).total_cmp(&lost(*a)).then(a.cmp(b)));
    let missing = total - shown.iter().sum::<i64>();
    let count = usize::try_from(missing.unsigned_abs()).unwrap_or(usize::MAX);
    if missing >= 0 {
        for at in order.iter().cycle().take(count) {
            shown[*at] += 1;
        }
    } else {
        for at in order.iter().rev().cycle().take(count) {
            shown[*at] -= 1;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_rounding_left_over_goes_to_who_lost_most() {
        let cases: [(&[f64], i64, &[i64]); 6] = [
            (&[1.4, 1.4, 1.2], 4, &[2, 1, 1]),
            (&[-0.6, 2.6], 2, &[-1, 3]),
            (&[0.0, 0.0], 0, &[0, 0]),
            (&[], 0, &[]),
            (&[478.4, -153.9], 324, &[478, -154]),
            // Exact but for the last bit: a figure is off rather than the sum.
            (&[1.0 + 1e-12, -1e-12], 1, &[1, 0]),
        ];
        for (exact, total, wanted) in cases {
            assert_eq!(apportion(exact, total), wanted, "{exact:?}");
        }
    }

    proptest! {
        #[test]
        fn units_sum_to_the_total_and_none_is_off_by_one(
            exact in prop::collection::vec(-300.0..300.0_f64, 1..60)
        ) {
            let total = whole(exact.iter().sum());
            let shown = apportion(&exact, total);
            prop_assert_eq!(shown.iter().sum::<i64>(), total);
            for (exact, shown) in exact.iter().zip(&shown) {
                prop_assert!((exact - *shown as f64).abs() < 1.0 + 1e-9);
            }
        }
    }
}
