//! What the model says of one contact on one day: numbers, dates and a state with its word and its sign.

use super::super::moment::DayNumber;
use super::{Params, Standing};

/// Added to the rhythm and to θ before they are compared with days, so that rounding cannot move a date.
const HAIR: f64 = 1e-9;

/// The first day on which more than `days` have gone by.
pub(super) fn first_day_past(last: DayNumber, days: f64) -> DayNumber {
    last.saturating_add((days + HAIR).floor() as DayNumber)
        .saturating_add(1)
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

impl State {
    /// The state after a silence.
    pub(super) fn of(silence: f64, rhythm: f64, half_fade: f64) -> Self {
        if silence <= rhythm + HAIR {
            State::OnRhythm
        } else if silence <= half_fade + HAIR {
            State::Due
        } else if silence <= 4.0 * (half_fade + HAIR) {
            State::Stale
        } else {
            State::Dormant
        }
    }

    /// The state in a word.
    pub fn word(self) -> &'static str {
        match self {
            State::New => "new",
            State::OnRhythm => "on rhythm",
            State::Due => "due",
            State::Stale => "stale",
            State::Dormant => "dormant",
        }
    }

    /// The state as a shape one column wide, emptier the longer the silence, so that colour is never needed to tell.
    pub fn sign(self) -> &'static str {
        match self {
            State::New => "·",
            State::OnRhythm => "●",
            State::Due => "◐",
            State::Stale => "○",
            State::Dormant => "◌",
        }
    }
}

impl Standing {
    /// The state on `day` alone: what everybody is counted by without reading out everything else.
    pub fn state(&self, params: &Params, cadence: Option<u16>, day: DayNumber) -> State {
        let Some(last) = self.last else {
            return State::New;
        };
        let rhythm = self.rhythm(cadence);
        let silence = f64::from(super::silence(last, day));
        State::of(silence, rhythm, params.half_fade(rhythm))
    }

    /// The first stale day if nobody calls; none before the first touch.
    pub fn stale(&self, params: &Params, cadence: Option<u16>) -> Option<DayNumber> {
        let half_fade = params.half_fade(self.rhythm(cadence));
        self.last.map(|last| first_day_past(last, half_fade))
    }
}

/// What the model says of one contact on one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// How much relationship there is today: 0 up to, never at, 100.
    pub strength: f64,
    /// What has been built and has not worn off, 0..1: the strength, over 100, were there no silence.
    pub bond: f64,
    /// The usual gap in days, learned or set.
    pub rhythm: f64,
    /// θ: the silence, in days, that halves the warmth.
    pub half_fade: f64,
    /// What silence leaves of the bond, 0..1; none before the first touch.
    pub fade: Option<f64>,
    /// Whole days since the last contact day.
    pub silence: Option<DayNumber>,
    /// Silence over rhythm: "3.1 times your usual gap". A label, never an order.
    pub overdue: Option<f64>,
    /// Points a call today would win back: what the list is ranked by.
    pub lost: Option<f64>,
    /// The silence in a word.
    pub state: State,
    /// The first day past the rhythm if nobody calls: when a call is due.
    pub due: Option<DayNumber>,
    /// The first day past θ if nobody calls: less than half of the warmth is left.
    pub stale: Option<DayNumber>,
    /// The first day under the cold line; in the past when it already is.
    pub cold: Option<DayNumber>,
}

impl Reading {
    /// The same of somebody archived: what is expected of those one calls is not expected of them. Their state is not told either.
    #[must_use]
    pub fn frozen(self) -> Self {
        Reading {
            fade: None,
            overdue: None,
            lost: None,
            due: None,
            stale: None,
            cold: None,
            ..self
        }
    }

    /// The chance of being in touch again within so many days: `1 − (1 + h/θ)^(−q · strength / 20)`. Twenty points halve
    /// the odds of silence. None before the first touch.
    pub fn chance(&self, params: &Params, within: u32) -> Option<f64> {
        self.fade?;
        let power = params.calibration * self.strength / params.points_per_half;
        Some(1.0 - (1.0 + f64::from(within) / self.half_fade).powf(-power))
    }
}
