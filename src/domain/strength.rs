//! The strength model, *bond × fade*: how much relationship there is today, and where a call pays.
//!
//! ```text
//! strength    = 100 · bond · fade                 0 ≤ strength < 100
//! points lost = 100 · bond · (1 − fade)           what a call today would win back
//! ```
//!
//! Two numbers, because a rep asks two questions. *How well do I stand with them?* is the strength. *Whom do I call?* is the points
//! lost: somebody close who has heard nothing for long stands before a stranger who was always silent.
//!
//! Time is counted in whole local days, so a score changes at midnight or when something is logged, never in between.
//!
//! **Bond**: what has been built together. All touches of one day are one *contact day*, worth its best touch, because ten messages
//! in an afternoon are one conversation. The sum of the contact days is the *mass* `N`, in days with a call; each counts half after
//! a year. Five good days make half a bond, and no number of them makes a whole one.
//!
//! ```text
//! N(D) = Σ w_i · 2^(−(D − d_i)/365)               bond = N / (N + 5)
//! w    = max(A, Q · max(0.85^u, 0.3))             one contact day
//!        A  its best touch that was answered, mutual, or done in person
//!        Q  its best knock: a call, an e-mail or a message sent out
//!        u  knocks in a row, this one among them; 1 on a day with an answer
//! ```
//!
//! A promise kept is half a contact day more; one broken takes a fifth of the mass there is. A hand correction adds contact days, or
//! takes them, with its reason. None of these is contact: they change neither rhythm nor silence.
//!
//! **Rhythm** `m`: the usual gap between contact days, in days. It begins at the house rhythm, or at what a tag asks for, believed as
//! firmly as two gaps seen; about the last five gaps set it from there. A break counts as eight usual gaps at most, so that a
//! sabbatical does not teach that twice a decade is usual. A cadence the rep set replaces it outright.
//!
//! ```text
//! L ← 0.8·L + min(gap, 8·m)     C ← 0.8·C + 1     m = L / C, held within 1..730     at first L = 2·30, C = 2
//! ```
//!
//! **Fade**: what silence leaves of the bond, measured against the rhythm. Silent for twice the usual gap and a week, half of the
//! warmth is gone: three weeks for a weekly caller, half a year for a quarterly one.
//!
//! ```text
//! θ = 2·m + 7                   fade = θ / (θ + silence)
//! ```
//!
//! **State**: the silence in a word. *On rhythm* up to `m`, *due* up to `θ` (fade ½), *stale* up to `4·θ` (fade ⅕), then *dormant*;
//! *new* before the first touch, which is not the same as cold. Under the *cold line*, 20 points, a relationship is cold whatever
//! its state.
//!
//! **Chance** of being in touch again within `h` days: `1 − (1 + h/θ)^(−q · strength/20)`. Within one θ, every 20 points halve the
//! odds of silence; `q` is the book's own calibration.
//!
//! What is learned is small and exact: a touch only warms, silence only cools, the shares that [`explain`] gives add up to the number,
//! and folding events in one at a time gives the same bits as a replay of them all.
//!
//! [`Standing`] holds what the model keeps of one contact and takes events one at a time; [`params`] holds every number
//! that could be otherwise; [`curve`] draws strength over time; [`explain`] says where each point comes from, [`account`] makes
//! figures of it that add up as they are shown, [`words`] says it; [`wish`] turns points into a hand correction.

pub mod account;
pub mod curve;
pub mod explain;
mod fold;
pub mod median;
pub mod params;
pub mod reading;
pub mod wish;
pub mod words;

pub use fold::Fold;
pub use params::{Params, Weights};
pub use reading::{Reading, State};
pub use wish::Wish;

use super::moment::DayNumber;
use super::people::Trail;
use super::touch::{Direction, TouchKind};
use reading::first_day_past;

/// The most contact days a hand correction can lead to; only a file written by somebody else could ask for more.
const MOST_MASS: f64 = 1e6;

/// What the model keeps of one contact: enough to tell their strength on any later day, and to take the next touch, without
/// looking at the ones before.
///
/// A first call, then silence, then another call a month later:
///
/// ```
/// use chitbook::domain::strength::{Params, Standing, State};
/// use chitbook::domain::touch::{Direction, TouchKind};
///
/// let params = Params::default();
/// let mut dana = Standing::new(&params);
/// assert_eq!(dana.read(&params, None, 100).state, State::New);
///
/// dana.touch(&params, 100, TouchKind::Call, Direction::In);
/// let reading = dana.read(&params, None, 100);
/// assert_eq!(format!("{:.1}", reading.strength), "16.7"); // one day of the five that make half a bond
///
/// // The usual gap is not known yet: 30 days are assumed, so after 2·30 + 7 days of silence half of the warmth is gone.
/// let reading = dana.read(&params, None, 167);
/// assert_eq!((reading.silence, reading.fade), (Some(67), Some(0.5)));
/// assert_eq!((reading.state, reading.stale), (State::Due, Some(168)));
/// assert_eq!(format!("{:.1} {:.1}", reading.strength, reading.lost.unwrap_or(0.0)), "7.5 7.5");
///
/// // A lunch wins those points back and adds its own two.
/// dana.touch(&params, 167, TouchKind::Meeting, Direction::Mutual);
/// let reading = dana.read(&params, None, 167);
/// assert_eq!(format!("{:.1}", reading.strength), "36.6");
/// assert_eq!(format!("{:.1}", reading.rhythm), "44.2"); // 67 days beside the 30 that were assumed
///
/// // Whoever wants to be heard of every fortnight says so.
/// assert_eq!(dana.read(&params, Some(14), 182).state, State::Due);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Bond mass on `mass_day`, in days with a call: what has been built and has not worn off. Never under nothing.
    pub mass: f64,
    /// The day `mass` refers to.
    pub mass_day: DayNumber,
    /// The last contact day.
    pub last: Option<DayNumber>,
    /// The best answered weight of that day; nothing where nobody answered.
    pub answered: f64,
    /// The best knocked weight of that day, before patience wears it down.
    pub knocked: f64,
    /// Knock-only contact days in a row before that day.
    pub knocks: u32,
    /// `L`: the gaps seen so far, in days, each counting 0.8 of the one after it. The rhythm is this over `gap_count`.
    pub gap_sum: f64,
    /// `C`: how many gaps that is, counted the same way; it never passes five.
    pub gap_count: f64,
    /// Contact days so far.
    pub days: u32,
}

impl Standing {
    /// Nobody spoke yet. The rhythm begins as the house rhythm, believed as firmly as a few gaps seen.
    pub fn new(params: &Params) -> Self {
        Standing {
            mass: 0.0,
            mass_day: 0,
            last: None,
            answered: 0.0,
            knocked: 0.0,
            knocks: 0,
            gap_sum: params.start_gaps * params.house_rhythm,
            gap_count: params.start_gaps,
            days: 0,
        }
    }

    /// The same where a tag of theirs asks for a touch every so many days: learning begins there, and touches move it on.
    pub fn starting(params: &Params, tagged: Option<u16>) -> Self {
        let new = Standing::new(params);
        match tagged {
            None => new,
            Some(days) => Standing {
                gap_sum: params.start_gaps * f64::from(days).max(1.0),
                ..new
            },
        }
    }

    /// Whether an event on `day` can simply be added and give the same as a replay: nothing is known of that day or a
    /// later one. Otherwise replay the contact; a second event on one day may have to go before the first.
    pub fn takes(&self, day: DayNumber) -> bool {
        day > self.mass_day
    }

    /// One touch more. Days must not fall; a kind that counts nothing changes nothing.
    ///
    /// Many messages on one day are one contact day, worth its best touch. An outgoing call, e-mail or message is a
    /// *knock*: worth a little less with each in a row that nobody answered, because chasing does not make a friend.
    pub fn touch(
        &mut self,
        params: &Params,
        day: DayNumber,
        kind: TouchKind,
        direction: Direction,
    ) {
        self.contact(params, day, params.weights.of(kind), knock(kind, direction));
    }

    /// One touch of a given weight, knocked or answered: what [`Standing::touch`] does with a kind's weight.
    pub fn contact(&mut self, params: &Params, day: DayNumber, weight: f64, knock: bool) {
        if weight <= 0.0 {
            return;
        }
        self.roll(params, day);
        if self.last.is_none_or(|last| day > last) {
            self.open_day(params, day);
        }
        let before = self.day_weight(params);
        let best = if knock {
            &mut self.knocked
        } else {
            &mut self.answered
        };
        *best = best.max(weight);
        self.mass += self.day_weight(params) - before;
    }

    /// A promise of mine was kept, which adds half a contact day, or broken, which takes a fifth of the bond mass.
    /// Promises are not contact days: they touch neither rhythm nor silence.
    pub fn verdict(&mut self, params: &Params, day: DayNumber, kept: bool) {
        self.roll(params, day);
        if kept {
            self.mass += params.kept;
        } else {
            self.mass -= params.broken * self.mass;
        }
    }

    /// A hand correction of the mass, in contact days; it never falls under nothing, nor rises to where no bond is more, and
    /// fades like the rest.
    pub fn correct(&mut self, params: &Params, day: DayNumber, mass: f64) {
        self.roll(params, day);
        self.mass = (self.mass + mass).clamp(0.0, MOST_MASS.max(self.mass));
    }

    /// The fold of a whole trail up to and with `until`. Within a day: touches, then promises, then corrections.
    pub fn replay(params: &Params, trail: &Trail, until: DayNumber) -> Self {
        let mut fold = Fold::new(params, trail);
        fold.advance(until);
        fold.standing
    }

    /// Everything that can be said on `day` (not before the last event). A `cadence` the rep set replaces the rhythm.
    pub fn read(&self, params: &Params, cadence: Option<u16>, day: DayNumber) -> Reading {
        let rhythm = self.rhythm(cadence);
        let half_fade = params.half_fade(rhythm);
        let bond = self.bond(params, day);
        let mut reading = Reading {
            strength: 0.0,
            bond,
            rhythm,
            half_fade,
            fade: None,
            silence: None,
            overdue: None,
            lost: None,
            state: State::New,
            due: None,
            stale: None,
            cold: None,
        };
        let Some(last) = self.last else {
            return reading;
        };
        let silence = silence(last, day);
        let gap = f64::from(silence);
        let fade = half_fade / (half_fade + gap);
        reading.strength = 100.0 * bond * fade;
        reading.fade = Some(fade);
        reading.silence = Some(silence);
        reading.overdue = Some(gap / rhythm);
        reading.lost = Some(100.0 * bond * (1.0 - fade));
        reading.state = State::of(gap, rhythm, half_fade);
        reading.due = Some(first_day_past(last, rhythm));
        reading.stale = Some(first_day_past(last, half_fade));
        reading.cold = self.cold(params, cadence);
        reading
    }

    /// The strength on `day` alone: what a list is sorted by without reading out everything else.
    pub fn strength(&self, params: &Params, cadence: Option<u16>, day: DayNumber) -> f64 {
        self.fade(params, cadence, day)
            .map_or(0.0, |fade| 100.0 * self.bond(params, day) * fade)
    }

    /// The points a call on `day` would win back, nothing where nobody spoke yet: what the weekly review is ranked by.
    pub fn lost(&self, params: &Params, cadence: Option<u16>, day: DayNumber) -> f64 {
        self.fade(params, cadence, day)
            .map_or(0.0, |fade| 100.0 * self.bond(params, day) * (1.0 - fade))
    }

    /// The first day the strength is under the cold line if nobody calls; not before the last event, because what came
    /// before it is no longer known. None before the first touch, or with a cold line of nothing.
    ///
    /// `1/strength` grows ever faster with the days, so Newton's steps from beyond the crossing fall onto it without passing
    /// it; they begin where the bond alone, or the fade alone, would be under. The last day is settled by the strength itself.
    pub fn cold(&self, params: &Params, cadence: Option<u16>) -> Option<DayNumber> {
        let last = self.last?;
        if params.cold_line <= 0.0 {
            return None;
        }
        let start = self.mass_day.max(last);
        let under = |day: DayNumber| self.strength(params, cadence, day) < params.cold_line;
        if under(start) {
            return Some(start);
        }
        let theta = params.half_fade(self.rhythm(cadence));
        let silent = f64::from(silence(last, start));
        let thin = params.half_bond / self.mass;
        let rate = std::f64::consts::LN_2 / params.half_life;
        let target = 100.0 / params.cold_line;
        let by_bond = ((target - 1.0) / thin).ln() / rate;
        let by_fade = (target - 1.0) * theta - silent;
        let mut days = by_bond.min(by_fade).max(0.0);
        for _ in 0..16 {
            let grown = thin * (rate * days).exp();
            let quiet = 1.0 + (silent + days) / theta;
            let slope = rate * grown * quiet + (1.0 + grown) / theta;
            let step = ((1.0 + grown) * quiet - target) / slope;
            days = (days - step).max(0.0);
            if step.abs() < 0.25 {
                break;
            }
        }
        let mut day = start.saturating_add(days.ceil() as DayNumber);
        for _ in 0..8 {
            if under(day) && day > start && under(day - 1) {
                day -= 1;
            } else if !under(day) {
                day = day.saturating_add(1);
            } else {
                break;
            }
        }
        Some(day)
    }

    /// The usual gap in days: the cadence where one is set, else what the last gaps taught, between a day and two years.
    pub fn rhythm(&self, cadence: Option<u16>) -> f64 {
        match cadence {
            Some(days) => f64::from(days).max(1.0),
            None => params::held(self.gap_sum / self.gap_count),
        }
    }

    /// What has been built, 0..1: `N / (N + 5)`.
    fn bond(&self, params: &Params, day: DayNumber) -> f64 {
        let mass = self.mass_on(params, day);
        mass / (mass + params.half_bond)
    }

    /// What silence leaves of it, 0..1: `θ / (θ + silence)`.
    fn fade(&self, params: &Params, cadence: Option<u16>, day: DayNumber) -> Option<f64> {
        let theta = params.half_fade(self.rhythm(cadence));
        let last = self.last?;
        Some(theta / (theta + f64::from(silence(last, day))))
    }

    /// The mass as it will be on a later day: `N · 2^(−days / 365)`.
    fn mass_on(&self, params: &Params, day: DayNumber) -> f64 {
        if day <= self.mass_day {
            return self.mass;
        }
        let days = f64::from(day) - f64::from(self.mass_day);
        self.mass * (-days / params.half_life).exp2()
    }

    /// Brings the mass to a day.
    fn roll(&mut self, params: &Params, day: DayNumber) {
        if self.untouched() {
            self.mass_day = day;
        } else if day > self.mass_day {
            self.mass = self.mass_on(params, day);
            self.mass_day = day;
        }
    }

    /// Whether nothing has happened yet, so that the day of the mass says nothing.
    fn untouched(&self) -> bool {
        self.days == 0 && self.mass == 0.0
    }

    /// Begins a contact day: its gap is learned, with a long break counted as eight usual gaps at most.
    fn open_day(&mut self, params: &Params, day: DayNumber) {
        if let Some(last) = self.last {
            let usual = params::held(self.gap_sum / self.gap_count);
            let gap = f64::from(silence(last, day)).min(params.gap_cap * usual);
            self.gap_sum = params.memory * self.gap_sum + gap;
            self.gap_count = params.memory * self.gap_count + 1.0;
            self.knocks = if self.answered > 0.0 {
                0
            } else {
                self.knocks.saturating_add(1)
            };
        }
        self.answered = 0.0;
        self.knocked = 0.0;
        self.last = Some(day);
        self.days = self.days.saturating_add(1);
    }

    /// What the last contact day counts: its best answered touch, or its best knock discounted by `0.85^u`, where `u` is
    /// the number of knocks in a row, or 1 when somebody answered that day.
    fn day_weight(&self, params: &Params) -> f64 {
        let in_a_row = if self.answered > 0.0 {
            1
        } else {
            self.knocks.saturating_add(1)
        };
        let patience = params
            .knock
            .powi(i32::try_from(in_a_row).unwrap_or(i32::MAX))
            .max(params.knock_floor);
        self.answered.max(self.knocked * patience)
    }
}

/// Whether a touch is a knock: something sent out that an answer could come to.
pub fn knock(kind: TouchKind, direction: Direction) -> bool {
    direction == Direction::Out
        && matches!(
            kind,
            TouchKind::Call | TouchKind::Email | TouchKind::Message
        )
}

/// Whole days from one day to a later one; a day before it counts as the day itself.
fn silence(last: DayNumber, day: DayNumber) -> DayNumber {
    day.saturating_sub(last).max(0)
}

#[cfg(test)]
mod tests;
