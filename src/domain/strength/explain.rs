//! Where the points come from: one share for each contact day, promise and correction, and the cost of the silence.
//! The shares add up to the strength exactly, which is what makes the score a thing one can argue with.

use super::super::moment::DayNumber;
use super::super::people::Trail;
use super::super::touch::{Direction, TouchKind};
use super::fold::Event;
use super::{Fold, Params, knock, silence};

/// What a share of the strength comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// A contact day, named by its best touch.
    Contact {
        /// The kind that counted.
        kind: TouchKind,
        /// Who started it.
        direction: Direction,
        /// The how-manieth knock in a row it was; nothing for an answered one.
        knock: u32,
        /// Touches that day that count at all.
        touches: u32,
    },
    /// A promise kept or broken.
    Promise {
        /// Kept, or broken.
        kept: bool,
    },
    /// A hand correction: its place among the trail's corrections, where its reason is.
    Correction {
        /// Index into [`Trail::corrections`].
        index: usize,
        /// The strength on its day before it.
        before: f64,
        /// The strength on its day with it: what the rep asked for.
        after: f64,
    },
    /// What silence has cost since the last contact day.
    Silence {
        /// Days without contact; none when nobody ever spoke.
        days: Option<DayNumber>,
        /// The usual gap.
        rhythm: f64,
    },
}

/// One share of today's strength.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The day it happened; for the silence, today.
    pub day: DayNumber,
    /// What it was.
    pub cause: Cause,
    /// Points it adds to today's strength, or takes.
    pub points: f64,
}

/// One gap between contact days, and what it taught: how the rhythm was learned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// The contact day before it.
    pub from: DayNumber,
    /// The contact day after it.
    pub to: DayNumber,
    /// The days it counted as: a break counts as no more than eight usual gaps.
    pub counted: f64,
    /// The usual gap from then on.
    pub rhythm: f64,
}

/// The gaps up to `today` in the order of the days. The last five or so set the rhythm; a cadence replaces it.
pub fn gaps(params: &Params, trail: &Trail, today: DayNumber) -> Vec<Gap> {
    let mut fold = Fold::new(params, trail);
    let mut gaps = Vec::new();
    while let Some(day) = fold.next_day().filter(|day| *day <= today) {
        let before = fold.standing;
        fold.advance(day);
        let now = &fold.standing;
        if let Some(from) = before.last.filter(|_| now.days > before.days) {
            gaps.push(Gap {
                from,
                to: day,
                counted: now.gap_sum - params.memory * before.gap_sum,
                rhythm: now.rhythm(None),
            });
        }
    }
    gaps
}

/// A piece of the mass on the way to becoming a share.
struct Piece {
    day: DayNumber,
    cause: Cause,
    mass: f64,
    best: f64,
}

/// The shares of the strength on `today`, in the order of the days, the silence last. A piece `w` of age `a` is
/// `100 · bond · w·2^(−a/365) / N` points, and the silence costs `100 · bond · (1 − fade)`: they add up to the strength.
pub fn explain(
    params: &Params,
    trail: &Trail,
    cadence: Option<u16>,
    today: DayNumber,
) -> Vec<Share> {
    let mut fold = Fold::new(params, trail);
    let mut pieces: Vec<Piece> = Vec::new();
    while fold.next_day().is_some_and(|day| day <= today) {
        if let Some((day, event)) = fold.next() {
            fold.standing.roll(params, day);
            let before = fold.standing;
            fold.apply(day, event);
            let added = fold.standing.mass - before.mass;
            if let Event::Correction(index) = event {
                let cause = Cause::Correction {
                    index,
                    before: before.strength(params, cadence, day),
                    after: fold.standing.strength(params, cadence, day),
                };
                pieces.push(Piece::of(day, cause, added));
            } else {
                add(&mut pieces, params, &fold, day, event, added);
            }
        }
    }
    let reading = fold.standing.read(params, cadence, today);
    let whole = fold.standing.mass_on(params, today) + params.half_bond;
    let mut shares: Vec<Share> = pieces
        .iter()
        .map(|piece| {
            let age = f64::from(silence(piece.day, today));
            let left = piece.mass * (-age / params.half_life).exp2();
            Share {
                day: piece.day,
                cause: piece.cause,
                points: 100.0 * left / whole,
            }
        })
        .collect();
    if !shares.is_empty() {
        shares.push(Share {
            day: today,
            cause: Cause::Silence {
                days: reading.silence,
                rhythm: reading.rhythm,
            },
            points: -100.0 * reading.bond * (1.0 - reading.fade.unwrap_or(0.0)),
        });
    }
    shares
}

impl Piece {
    fn of(day: DayNumber, cause: Cause, mass: f64) -> Self {
        Piece {
            day,
            cause,
            mass,
            best: 0.0,
        }
    }
}

/// Notes what a touch or a promise added; touches of one day are one piece.
fn add(
    pieces: &mut Vec<Piece>,
    params: &Params,
    fold: &Fold<'_>,
    day: DayNumber,
    event: Event,
    mass: f64,
) {
    let plain = |cause| Piece::of(day, cause, mass);
    let (kind, direction) = match event {
        Event::Verdict(kept) => return pieces.push(plain(Cause::Promise { kept })),
        Event::Correction(_) => return,
        Event::Touch(kind, _) if params.weights.of(kind) <= 0.0 => return,
        Event::Touch(kind, direction) => (kind, direction),
    };
    let in_a_row = if knock(kind, direction) {
        if fold.standing.answered > 0.0 {
            1
        } else {
            fold.standing.knocks.saturating_add(1)
        }
    } else {
        0
    };
    let worth = params.weights.of(kind);
    let cause = |touches| Cause::Contact {
        kind,
        direction,
        knock: in_a_row,
        touches,
    };
    match pieces.last_mut() {
        Some(Piece {
            day: same,
            cause: Cause::Contact { touches, .. },
            ..
        }) if *same == day => {
            let touches = *touches + 1;
            if let Some(piece) = pieces.last_mut() {
                piece.mass += mass;
                if mass > 0.0 && worth >= piece.best || worth > piece.best {
                    piece.best = worth;
                    piece.cause = cause(touches);
                } else if let Cause::Contact { touches: count, .. } = &mut piece.cause {
                    *count = touches;
                }
            }
        }
        _ => pieces.push(Piece {
            best: worth,
            ..plain(cause(1))
        }),
    }
}
