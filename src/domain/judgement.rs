//! The book judged by what came after: at check-points in its own past, what the model expected and what happened.
//!
//! Nothing that happened after a check-point is known at it: the trail is folded up to that day only.

use super::moment::DayNumber;

/// Check-points looked at, each the horizon before the next.
pub const CHECKS: usize = 12;
/// Days ahead that a check-point looks.
pub const WITHIN: u16 = 30;
/// Bands of expected chance in which people are counted together, each a fifth wide.
pub const BANDS: usize = 5;

/// How well three ways to rank people tell those who were in touch next from those who were not: the chance that somebody who was
/// stands before somebody who was not. 0.5 is a coin, 1 is never wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranking {
    /// By strength.
    pub strength: f64,
    /// By how lately they were in touch.
    pub recency: f64,
    /// By how many contact days there were.
    pub frequency: f64,
}

/// People whom the model gave about the same chance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Band {
    /// How many.
    pub people: u32,
    /// How many of them it expected to be in touch.
    pub expected: f64,
    /// How many were.
    pub observed: u32,
}

/// One check-point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Check {
    /// The day: what is known is known up to and with it.
    pub day: DayNumber,
    /// People who had been in touch by then and were in the lists.
    pub people: u32,
    /// How many of them the model expected to be in touch in the days after it.
    pub expected: f64,
    /// How many were.
    pub observed: u32,
    /// How well people were ranked; none where everybody or nobody was in touch.
    pub ranking: Option<Ranking>,
    /// By expected chance: under a fifth, under two fifths …
    pub bands: [Band; BANDS],
}

/// The model's judgement judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Days that a check-point looks ahead.
    pub within: u16,
    /// The check-points with enough history, the latest first; none: too little history to say anything.
    pub checks: Vec<Check>,
    /// The number the model's chances should be raised by so that expected and observed agree, from the latest check-point; 1 is
    /// none. With no check-point, 1.
    pub calibration: f64,
}
