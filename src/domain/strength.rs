//! The strength model: bond × fade. (Contract; being filled in.)

use super::moment::DayNumber;
use super::people::Trail;
use super::touch::{Direction, TouchKind};

/// The parameters of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// Where a relationship counts as cold, in points.
    pub cold_line: f64,
    /// The usual gap assumed until more is known, in days.
    pub house_rhythm: f64,
}

impl Default for Params {
    fn default() -> Self {
        Params {
            cold_line: 20.0,
            house_rhythm: 30.0,
        }
    }
}

/// What the model keeps of one contact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Bond mass on `mass_day`, in contact days.
    pub mass: f64,
    /// The day `mass` refers to.
    pub mass_day: DayNumber,
    /// The last contact day.
    pub last: Option<DayNumber>,
    /// The best answered weight of that day.
    pub answered: f64,
    /// The best knocked weight of that day.
    pub knocked: f64,
    /// Knock-only contact days in a row before that day.
    pub knocks: u32,
    /// Discounted sum of gaps.
    pub gap_sum: f64,
    /// Discounted count of gaps.
    pub gap_count: f64,
    /// Contact days so far.
    pub days: u32,
}

impl Standing {
    /// Nobody spoke yet.
    pub fn new(params: &Params) -> Self {
        Standing {
            mass: 0.0,
            mass_day: 0,
            last: None,
            answered: 0.0,
            knocked: 0.0,
            knocks: 0,
            gap_sum: 2.0 * params.house_rhythm,
            gap_count: 2.0,
            days: 0,
        }
    }

    /// One touch more. Days must not fall; a kind that counts nothing changes nothing.
    pub fn touch(
        &mut self,
        _params: &Params,
        _day: DayNumber,
        _kind: TouchKind,
        _direction: Direction,
    ) {
    }

    /// A promise of mine was kept or broken.
    pub fn verdict(&mut self, _params: &Params, _day: DayNumber, _kept: bool) {}

    /// A hand correction of the mass; it never falls under nothing.
    pub fn correct(&mut self, _params: &Params, _day: DayNumber, _mass: f64) {}

    /// The fold of a whole trail up to and with `until`. Within a day: touches, then promises, then corrections.
    pub fn replay(params: &Params, _trail: &Trail, _until: DayNumber) -> Self {
        Standing::new(params)
    }

    /// Everything that can be said on `day` (not before the last event).
    pub fn read(&self, _params: &Params, _cadence: Option<u16>, _day: DayNumber) -> Reading {
        Reading {
            strength: 0.0,
            bond: 0.0,
            rhythm: 30.0,
            fade: None,
            silence: None,
            overdue: None,
            lost: None,
            state: State::New,
            due: None,
            stale: None,
            cold: None,
        }
    }
}

/// How a relationship stands against its rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Never spoken: unknown is not cold.
    New,
    /// Silence within the rhythm.
    OnRhythm,
    /// Past the rhythm, fade at least ½.
    Due,
    /// Fade at least ⅕.
    Stale,
    /// Less.
    Dormant,
}

/// What the model says of one contact on one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// 0..100.
    pub strength: f64,
    /// 0..1.
    pub bond: f64,
    /// Days.
    pub rhythm: f64,
    /// 0..1; none before the first touch.
    pub fade: Option<f64>,
    /// Whole days since the last contact day.
    pub silence: Option<DayNumber>,
    /// Silence over rhythm.
    pub overdue: Option<f64>,
    /// Points a call today would win back.
    pub lost: Option<f64>,
    /// In a word.
    pub state: State,
    /// The first day past the rhythm.
    pub due: Option<DayNumber>,
    /// The first stale day.
    pub stale: Option<DayNumber>,
    /// The first day under the cold line; in the past when it already is.
    pub cold: Option<DayNumber>,
}
