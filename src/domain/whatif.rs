//! What if: a few touches, or a silence, supposed; and what the strength model says of them beside what it says as it is.
//!
//! [`read()`] makes a [`Supposed`] of what a rep types; [`outcome`] reads the model on the day looked at, with and without it;
//! [`curves`] draws both; [`table()`] puts the two side by side in words.
//!
//! Nothing here is an estimate of its own: what is supposed is put among what happened and folded by the one model there is, so
//! that supposing a call gives to the last digit what logging it on that day would. What the book already holds for days to come
//! happens on both sides.

mod often;
mod read;
mod schedule;
mod table;
mod words;

pub use read::read;
pub use table::{Row, points, sentence, table};

use super::moment::{DayNumber, date};
use super::people::{Trace, Trail, Verdict};
use super::strength::curve::{Point, series};
use super::strength::{Fold, Params, Reading, knock};
use super::touch::{Direction, TouchKind};
use super::when;
use chrono::{NaiveDate, NaiveTime};

/// "In four weeks" is what a supposition is asked for besides its own day.
pub const LATER: DayNumber = 28;

/// Ready-made suppositions, for whoever does not know what can be typed.
pub const EXAMPLES: [&str; 9] = [
    "a call today",
    "a call next tuesday",
    "lunch in 2 weeks",
    "nothing for a month",
    "a call every 2 weeks",
    "call tomorrow, lunch in 3 weeks",
    "email sent today",
    "they call tomorrow",
    "break a promise",
];

/// Something supposed to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A touch. A call means a talk, both ways; an e-mail or a message is sent and not answered, unless the words say otherwise.
    Touch(TouchKind, Direction),
    /// A promise of mine is kept, or broken.
    Promise(bool),
}

impl What {
    /// So many of them in words: `call`, `e-mail from them`, `3 messages without an answer`, `promise kept`.
    pub fn words(self, count: usize) -> String {
        let (noun, more) = match self {
            What::Touch(TouchKind::Attempt, _) => ("call", " nobody answered"),
            What::Touch(kind, direction) if knock(kind, direction) => {
                (kind.noun(), " without an answer")
            }
            What::Touch(kind, Direction::In) => (kind.noun(), " from them"),
            What::Touch(kind, _) => (kind.noun(), ""),
            What::Promise(true) => ("promise", " kept"),
            What::Promise(false) => ("promise", " broken"),
        };
        if count == 1 {
            format!("{noun}{more}")
        } else {
            format!("{count} {noun}s{more}")
        }
    }
}

/// Something supposed, and its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The local day.
    pub day: DayNumber,
    /// What.
    pub what: What,
}

/// The first touch supposed that is mine to make, as a plan could hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// On which day.
    pub on: NaiveDate,
    /// At what time, where one was said.
    pub at: Option<NaiveTime>,
    /// The words it was said in, without the day.
    pub why: String,
}

/// What is supposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supposed {
    /// In the order of the days.
    pub events: Vec<Event>,
    /// A cadence to be set today.
    pub cadence: Option<u16>,
    /// The day to look at: that of the last event, or the end of a silence.
    pub on: DayNumber,
    /// What could be planned of it.
    pub intent: Option<Intent>,
}

impl Supposed {
    /// Nothing, looked at on a day.
    pub fn nothing(on: DayNumber) -> Self {
        Supposed {
            events: Vec::new(),
            cadence: None,
            on,
            intent: None,
        }
    }

    /// Whether nothing at all happens.
    pub fn is_nothing(&self) -> bool {
        self.events.is_empty() && self.cadence.is_none()
    }

    /// What happened, with what is supposed put among it.
    pub fn among(&self, trail: &Trail) -> Trail {
        let mut trail = trail.clone();
        for event in &self.events {
            let day = event.day;
            match event.what {
                What::Touch(kind, direction) => trail.traces.push(Trace {
                    day,
                    kind,
                    direction,
                }),
                What::Promise(kept) => trail.verdicts.push(Verdict { day, kept }),
            }
        }
        trail.traces.sort_by_key(|trace| trace.day);
        trail.verdicts.sort_by_key(|verdict| verdict.day);
        trail
    }

    /// How it was understood: `Tue 24 Nov call · Mon 14 Dec meeting`.
    pub fn words(&self, today: NaiveDate) -> String {
        let say = |day: DayNumber| when::say(date(day), today);
        let mut parts: Vec<String> = Vec::new();
        if let Some(days) = self.cadence {
            parts.push(format!("a cadence of {days} days"));
        }
        if self.events.len() <= 3 {
            let events = self.events.iter();
            parts.extend(events.map(|event| format!("{} {}", say(event.day), event.what.words(1))));
        } else {
            parts.extend(
                self.grouped()
                    .into_iter()
                    .map(|(what, first, last, count)| {
                        let (words, first) = (what.words(count), say(first));
                        match count {
                            1 => format!("{first} {words}"),
                            _ => format!("{words}, {first} to {}", say(last)),
                        }
                    }),
            );
        }
        if parts.is_empty() {
            return format!("nothing until {}", say(self.on));
        }
        parts.join(" · ")
    }

    /// Each thing that happens once: the first day, the last, and how often.
    fn grouped(&self) -> Vec<(What, DayNumber, DayNumber, usize)> {
        let mut groups: Vec<(What, DayNumber, DayNumber, usize)> = Vec::new();
        for event in &self.events {
            match groups.iter_mut().find(|group| group.0 == event.what) {
                Some(group) => (group.2, group.3) = (event.day, group.3 + 1),
                None => groups.push((event.what, event.day, event.day, 1)),
            }
        }
        groups
    }
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// The strength today.
    pub today: f64,
    /// Everything on the day looked at; its dates are those if nothing more happens after that day.
    pub reading: Reading,
    /// The strength four weeks after that day.
    pub later: f64,
}

impl Side {
    /// The day it goes cold, or did; none where even the last touch before the day looked at left it under the cold line.
    pub fn cold(&self, on: DayNumber) -> Option<DayNumber> {
        let last = self.reading.silence.map(|days| on.saturating_sub(days));
        self.reading
            .cold
            .filter(|cold| last.is_none_or(|last| *cold > last))
    }
}

/// What comes of it: as it is, and if so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The day looked at.
    pub on: DayNumber,
    /// As it is.
    pub present: Side,
    /// If so.
    pub supposed: Side,
}

impl Outcome {
    /// Points won on the day looked at; lost where negative.
    pub fn gained(&self) -> f64 {
        self.supposed.reading.strength - self.present.reading.strength
    }

    /// The same four weeks later.
    pub fn gained_later(&self) -> f64 {
        self.supposed.later - self.present.later
    }

    /// The day four weeks after the one looked at.
    pub fn later_on(&self) -> DayNumber {
        self.on.saturating_add(LATER)
    }
}

/// What comes of a supposition.
///
/// * Nothing supposed: both sides are the forecast.
/// * The supposed side is what the book would say on that day, had it all been logged.
/// * A supposed touch never lowers the strength of its own day. Afterwards it may: calls closer together than usual teach a
///   shorter rhythm, and silence after them weighs more. With a cadence set by hand it lowers no later day either.
pub fn outcome(
    params: &Params,
    trail: &Trail,
    cadence: Option<u16>,
    today: DayNumber,
    supposed: &Supposed,
) -> Outcome {
    let on = supposed.on.max(today);
    let side = |trail: &Trail, cadence: Option<u16>| {
        // One walk along the days gives all three.
        let mut fold = Fold::new(params, trail);
        let mut there = |day: DayNumber| {
            fold.advance(day);
            *fold.standing()
        };
        let later = on.saturating_add(LATER);
        Side {
            today: there(today).strength(params, cadence, today),
            reading: there(on).read(params, cadence, on),
            later: there(later).strength(params, cadence, later),
        }
    };
    Outcome {
        on,
        present: side(trail, cadence),
        supposed: side(&supposed.among(trail), supposed.cadence.or(cadence)),
    }
}

/// Strength over time, as it is and if so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves {
    /// Up to and with today.
    pub past: Vec<Point>,
    /// From today on, as it is.
    pub present: Vec<Point>,
    /// From today on, if so.
    pub supposed: Vec<Point>,
}

/// The days a picture of an outcome shows: about one part of the past to two of what is to come, far enough for the day either
/// side goes stale or cold where that is within two years.
pub fn span(outcome: &Outcome, today: DayNumber) -> (DayNumber, DayNumber) {
    let sides = [outcome.present, outcome.supposed];
    let dates = sides.iter().flat_map(|s| [s.reading.cold, s.reading.stale]);
    let last = dates.flatten().max().unwrap_or(today);
    let needed = outcome.later_on().saturating_sub(today).saturating_add(7);
    let ahead = last.saturating_sub(today).max(0);
    let ahead = ahead.saturating_add(ahead / 4).clamp(60, 730).max(needed);
    let back = (ahead / 2).clamp(45, 365);
    (today.saturating_sub(back), today.saturating_add(ahead))
}

/// Both curves over a span, at about so many points.
pub fn curves(
    params: &Params,
    trail: &Trail,
    cadence: Option<u16>,
    today: DayNumber,
    supposed: &Supposed,
    (from, to): (DayNumber, DayNumber),
    points: usize,
) -> Curves {
    // Before the first touch there is nothing to draw: unknown is not cold.
    let known = |trail: &Trail, from: DayNumber| {
        let first = trail.traces.first().map_or(to, |trace| trace.day);
        from.max(first.saturating_sub(1))
    };
    let line = |trail: &Trail, cadence, from, to| {
        series(params, trail, cadence, known(trail, from), to, points)
    };
    Curves {
        past: line(trail, cadence, from, today),
        present: line(trail, cadence, today, to),
        supposed: line(
            &supposed.among(trail),
            supposed.cadence.or(cadence),
            today,
            to,
        ),
    }
}

#[cfg(test)]
mod tests;
