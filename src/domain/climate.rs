//! The book's climate: how everybody stands on a day, how that came about, what is coming, and who moved.
//!
//! A [`Survey`] takes one life after the other and keeps counts only, so that a large book needs no more room than a small one.

mod survey;
mod why;

pub use survey::Survey;

use super::id::Id;
use super::moment::DayNumber;
use super::strength::State;
use super::touch::TouchKind;

/// Bands of strength, twenty points each; nobody who was never touched is in one.
pub const BANDS: usize = 5;
/// Weeks looked back, the day's own among them: two years.
pub const PAST: usize = 104;
/// Weeks looked ahead.
pub const WEEKS: usize = 8;
/// People named in each list; the counts are of everybody.
pub const NAMED: usize = 40;
/// What is said where the book is wanted as of a day that has not been.
pub const TO_COME: &str = "that day is still to come";

/// How many people are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// By state, in the order of [`Census::STATES`].
    pub counts: [u32; 5],
}

impl Census {
    /// The order in which states are counted and shown: the warmest first, the unknown last.
    pub const STATES: [State; 5] = [
        State::OnRhythm,
        State::Due,
        State::Stale,
        State::Dormant,
        State::New,
    ];

    /// How many are in a state.
    pub fn of(&self, state: State) -> u32 {
        let at = Census::STATES.iter().position(|other| *other == state);
        at.and_then(|at| self.counts.get(at)).copied().unwrap_or(0)
    }

    /// One more in a state.
    fn count(&mut self, state: State) {
        let at = Census::STATES.iter().position(|other| *other == state);
        if let Some(count) = at.and_then(|at| self.counts.get_mut(at)) {
            *count += 1;
        }
    }

    /// Everybody.
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }
}

/// Everybody on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The day.
    pub day: DayNumber,
    /// By state.
    pub census: Census,
    /// By strength: under 20, under 40 … up to 100.
    pub bands: [u32; BANDS],
}

/// Somebody who goes stale.
#[derive(Clone, Debug, PartialEq)]
pub struct Cooling {
    /// Who.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// The first stale day if nobody calls.
    pub on: DayNumber,
    /// Their strength on the day the survey is of.
    pub strength: f64,
}

/// A week to come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Week {
    /// Its first day; the first week begins the day after the survey's.
    pub from: DayNumber,
    /// How many go stale in it if nobody calls.
    pub count: u32,
    /// The strongest of them first, [`NAMED`] at most.
    pub people: Vec<Cooling>,
}

/// Somebody whose strength changed in the period, and what happened meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub struct Mover {
    /// Who.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// The strength before the period.
    pub before: f64,
    /// The strength on the survey's day.
    pub now: f64,
    /// Touches in the period that count, by kind, the most frequent first.
    pub touches: Vec<(TouchKind, u32)>,
    /// Promises kept in it.
    pub kept: u32,
    /// Promises broken in it.
    pub broken: u32,
    /// Corrections by hand in it.
    pub corrected: u32,
    /// Days since the last contact on the survey's day.
    pub silence: Option<DayNumber>,
    /// The usual gap.
    pub rhythm: f64,
}

/// What a survey found.
#[derive(Clone, Debug, PartialEq)]
pub struct Climate {
    /// The day it is of.
    pub day: DayNumber,
    /// Days in the period that the movers moved in.
    pub period: u16,
    /// Everybody on that day.
    pub now: Sample,
    /// Everybody where the period began.
    pub before: Sample,
    /// Everybody, week by week up to the day, oldest first; as far back as the book goes, two years at most.
    pub history: Vec<Sample>,
    /// The weeks to come.
    pub ahead: [Week; WEEKS],
    /// Who gained most, [`NAMED`] at most.
    pub warmed: Vec<Mover>,
    /// Who lost most, [`NAMED`] at most.
    pub cooled: Vec<Mover>,
}

#[cfg(test)]
mod tests;
