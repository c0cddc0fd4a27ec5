//! The judge: walks each life once along the check-points, and counts at each what was expected with what was known then, and what came.

use super::super::moment::DayNumber;
use super::super::people::Life;
use super::super::strength::{Fold, Params};
use super::{BANDS, Band, CHECKS, Check, HISTORY, Judgement, Known, PEOPLE, Ranking};

/// How firmly the calibration holds to 1: as firmly as so many people; so that a short list does not swing it.
const FIRMNESS: f64 = 20.0;
/// The calibration stays within one thousandth and a thousand, as in the settings; this is the logarithm.
const WIDEST: f64 = 6.9;

/// Judges lives at check-points, each the horizon before the next, the last of them the horizon before today.
#[derive(Debug)]
pub struct Judge<'a> {
    params: &'a Params,
    within: u16,
    today: DayNumber,
    /// Oldest first.
    points: Vec<Point>,
    /// The book's first contact day.
    first: Option<DayNumber>,
}

/// A check-point while it is being counted.
#[derive(Debug)]
struct Point {
    day: DayNumber,
    expected: f64,
    observed: u32,
    bands: [Band; BANDS],
    seen: Vec<Seen>,
}

/// One person at a check-point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub strength: f64,
    /// The chance as an exponent: `chance = 1 − e^(−q · power)`.
    pub power: f64,
    pub last: DayNumber,
    pub days: u32,
    pub met: bool,
}

impl<'a> Judge<'a> {
    /// A judge who looks `within` days ahead from each check-point, and knows the book up to and with today.
    pub fn new(params: &'a Params, today: DayNumber, within: u16) -> Self {
        let within = within.max(1);
        let points = (1..=CHECKS).rev().map(|back| Point {
            day: today.saturating_sub(DayNumber::from(within) * back as DayNumber),
            expected: 0.0,
            observed: 0,
            bands: [Band::default(); BANDS],
            seen: Vec::new(),
        });
        Judge {
            params,
            within,
            today,
            points: points.collect(),
            first: None,
        }
    }

    /// One life more. At each check-point only what happened up to and with its day is known.
    pub fn add(&mut self, life: &Life) {
        let mut fold = Fold::new(self.params, &life.trail);
        let traces = life.trail.traces.iter();
        let touched = traces.filter(|trace| self.params.weights.of(trace.kind) > 0.0);
        self.first = touched.map(|trace| trace.day).chain(self.first).min();
        let mut waiting: Option<(usize, Seen)> = None;
        for at in 0..self.points.len() {
            let day = self.points[at].day;
            fold.advance(day);
            self.settle(waiting.take(), &fold);
            let standing = fold.standing();
            let Some(last) = standing.last.filter(|_| life.listed_on(day)) else {
                continue;
            };
            let strength = standing.strength(self.params, life.cadence, day);
            let half_fade = self.params.half_fade(standing.rhythm(life.cadence));
            let ahead = f64::from(self.within) / half_fade;
            let seen = Seen {
                strength,
                power: strength / self.params.points_per_half * ahead.ln_1p(),
                last,
                days: standing.days,
                met: false,
            };
            waiting = Some((at, seen));
        }
        fold.advance(self.today);
        self.settle(waiting, &fold);
    }

    /// Counts somebody at a check-point, now that the fold has come to the end of the days it looked ahead: whoever was in touch
    /// in them has a later last contact day than was known.
    fn settle(&mut self, waiting: Option<(usize, Seen)>, fold: &Fold<'_>) {
        let Some((at, mut seen)) = waiting else {
            return;
        };
        seen.met = fold.standing().last.is_some_and(|last| last > seen.last);
        if let Some(point) = self.points.get_mut(at) {
            point.count(seen);
        }
    }

    /// What came of it.
    pub fn finish(self) -> Judgement {
        let days_before = |day: DayNumber| {
            let days = self.first.map_or(0, |first| day.saturating_sub(first));
            u32::try_from(days).unwrap_or(0)
        };
        let known = self.points.last().map(|point| Known {
            day: point.day,
            people: point.seen.len() as u32,
            days: days_before(point.day),
        });
        let enough =
            |point: &&Point| point.seen.len() as u32 >= PEOPLE && days_before(point.day) >= HISTORY;
        let points: Vec<&Point> = self.points.iter().rev().filter(enough).collect();
        let calibration = points
            .first()
            .map_or(1.0, |point| fit(&point.seen, f64::from(point.observed)));
        Judgement {
            within: self.within,
            checks: points.into_iter().map(Point::check).collect(),
            calibration,
            known: known.unwrap_or_default(),
        }
    }
}

impl Point {
    fn count(&mut self, seen: Seen) {
        let chance = chance(&seen, 1.0);
        self.expected += chance;
        self.observed += u32::from(seen.met);
        let at = ((chance * BANDS as f64) as usize).min(BANDS - 1);
        if let Some(band) = self.bands.get_mut(at) {
            band.people += 1;
            band.expected += chance;
            band.observed += u32::from(seen.met);
        }
        self.seen.push(seen);
    }

    fn check(&self) -> Check {
        let by = |score: fn(&Seen) -> f64| {
            let scores = self.seen.iter().map(|seen| (score(seen), seen.met));
            auc(scores.collect())
        };
        let ranking = || {
            Some(Ranking {
                strength: by(|seen| seen.strength)?,
                recency: by(|seen| f64::from(seen.last))?,
                frequency: by(|seen| f64::from(seen.days))?,
            })
        };
        Check {
            day: self.day,
            people: self.seen.len() as u32,
            expected: self.expected,
            observed: self.observed,
            ranking: ranking(),
            bands: self.bands,
        }
    }
}

/// The chance of being in touch again: [`Reading::chance`](super::super::strength::Reading::chance) with this calibration.
fn chance(seen: &Seen, calibration: f64) -> f64 {
    -(-calibration * seen.power).exp_m1()
}

/// The calibration `q` for which `expected(q) + 20 · ln q` is what was observed. Both terms rise with `q`, so there is one.
pub(super) fn fit(seen: &[Seen], observed: f64) -> f64 {
    let over = |log: f64| {
        let expected: f64 = seen.iter().map(|seen| chance(seen, log.exp())).sum();
        expected + FIRMNESS * log > observed
    };
    let (mut low, mut high) = (-WIDEST, WIDEST);
    for _ in 0..48 {
        let middle = f64::midpoint(low, high);
        if over(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    f64::midpoint(low, high).exp()
}

/// The chance that somebody who was in touch has the higher score than somebody who was not, an equal one counted half; none where
/// everybody or nobody was.
pub(super) fn auc(mut scores: Vec<(f64, bool)>) -> Option<f64> {
    scores.sort_unstable_by(|(a, _), (b, _)| a.total_cmp(b));
    let (mut met, mut missed, mut won) = (0.0, 0.0, 0.0);
    for same in scores.chunk_by(|(a, _), (b, _)| a.total_cmp(b).is_eq()) {
        let hits = same.iter().filter(|(_, met)| *met).count() as f64;
        let others = same.len() as f64 - hits;
        won += hits * (missed + others / 2.0);
        met += hits;
        missed += others;
    }
    (met > 0.0 && missed > 0.0).then(|| won / (met * missed))
}
