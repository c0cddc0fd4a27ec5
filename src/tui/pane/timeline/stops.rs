//! What the letters under the curve stand for: touches in one row; chits, promises and corrections in a second where there is
//! room for it.
//!
//! | letter | stands for |
//! | --- | --- |
//! | `c` `M` `e` … | a touch, by its kind |
//! | `<` `>` | a favour: they owe me one, I owe them one |
//! | `*` | a favour between them and somebody else |
//! | `=` | a chit settled, wholly or in part, or forgiven |
//! | `p` `?` | a promise made; one that is open, on the day it is due |
//! | `+` `!` `-` | a promise kept, broken, dropped |
//! | `~` | the strength corrected by hand |

use crate::domain::chit::Settlement;
use crate::domain::id::Id;
use crate::domain::moment::{DayNumber, day_number};
use crate::domain::people::Person;
use crate::domain::promise::{PromiseRow, PromiseState};
use crate::domain::strength::Params;
use crate::domain::touch::TouchKind;

/// How an event is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A touch.
    Plain,
    /// Counts nothing.
    Quiet,
    /// A promise kept, a favour to come back.
    Good,
    /// I owe something.
    Owed,
    /// A promise broken.
    Bad,
}

/// One event under the curve.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// When.
    pub day: DayNumber,
    /// Its letter.
    pub letter: char,
    /// Of several in one column the highest is shown: what counts most, and a broken promise above all.
    pub rank: u16,
    /// How it is shown.
    pub tone: Tone,
    /// It is no touch.
    pub second: bool,
}

/// Everything that happened with a person in a span of days, and the promises due in it.
pub fn of(person: &Person, params: &Params, span: (DayNumber, DayNumber)) -> Vec<Stop> {
    let mut stops = dealings(person, params);
    stops.retain(|stop| (span.0..=span.1).contains(&stop.day));
    let mut told: Vec<DayNumber> = favours(person).collect();
    told.sort_unstable();
    let traces = &person.trail.traces;
    let first = traces.partition_point(|trace| trace.day < span.0);
    let last = traces.partition_point(|trace| trace.day <= span.1);
    let within = traces.get(first..last).unwrap_or(&[]).iter();
    // A favour's touch is its chit: it has a letter already.
    let own = within
        .filter(|trace| trace.kind != TouchKind::Favour || told.binary_search(&trace.day).is_err());
    stops.extend(own.map(|trace| {
        let weight = params.weights.of(trace.kind);
        Stop {
            day: trace.day,
            letter: trace.kind.letter(),
            rank: ranked(weight),
            tone: if weight > 0.0 {
                Tone::Plain
            } else {
                Tone::Quiet
            },
            second: false,
        }
    }));
    stops
}

fn ranked(weight: f64) -> u16 {
    (weight * 100.0).clamp(0.0, 60_000.0) as u16
}

/// The days of favours between me and a person.
fn favours(person: &Person) -> impl Iterator<Item = DayNumber> {
    let mine =
        |row: &&crate::domain::chit::ChitRow| [row.chit.giver, row.chit.receiver].contains(&Id::ME);
    let days = person.chits.iter().filter(mine);
    days.map(|row| day_number(row.chit.on))
}

/// Chits, promises and corrections.
fn dealings(person: &Person, params: &Params) -> Vec<Stop> {
    let stop = |day, letter, rank, tone| Stop {
        day,
        letter,
        rank,
        tone,
        second: true,
    };
    let favour = ranked(params.weights.of(TouchKind::Favour));
    let mut stops = Vec::new();
    for row in &person.chits {
        let (letter, rank, tone) = match (row.chit.giver, row.chit.receiver) {
            (Id::ME, _) => ('<', favour, Tone::Good),
            (_, Id::ME) => ('>', favour, Tone::Owed),
            _ => ('*', 45, Tone::Plain),
        };
        stops.push(stop(day_number(row.chit.on), letter, rank, tone));
        stops.extend(row.parts.iter().map(|part| {
            let tone = match part.how {
                Settlement::Redeemed => Tone::Good,
                Settlement::Forgiven => Tone::Quiet,
            };
            stop(day_number(part.on), '=', 46, tone)
        }));
    }
    for row in person.promises.iter().chain(&person.closed) {
        let made = day_number(row.promise.made_on);
        stops.push(stop(made, 'p', 30, Tone::Quiet));
        if let Some((day, letter, rank, tone)) = ended(row) {
            stops.push(stop(day, letter, rank, tone));
        }
    }
    stops.extend(unnamed(person).map(|(day, kept)| {
        let (letter, rank, tone) = verdict(kept);
        stop(day, letter, rank, tone)
    }));
    let corrections = person.trail.corrections.iter();
    stops.extend(corrections.map(|one| stop(one.day, '~', 40, Tone::Quiet)));
    stops
}

fn verdict(kept: bool) -> (char, u16, Tone) {
    if kept {
        ('+', 50, Tone::Good)
    } else {
        ('!', 60_001, Tone::Bad)
    }
}

/// How a promise ended, or when it is due.
fn ended(row: &PromiseRow) -> Option<(DayNumber, char, u16, Tone)> {
    let closed = row.closed_on.map(day_number);
    Some(match row.state {
        PromiseState::Open => (day_number(row.promise.due), '?', 35, Tone::Owed),
        PromiseState::Dropped => (closed?, '-', 20, Tone::Quiet),
        PromiseState::Kept | PromiseState::Broken => {
            let (letter, rank, tone) = verdict(row.state == PromiseState::Kept);
            (closed?, letter, rank, tone)
        }
    })
}

/// Promises that the model counts and that are not among those closed by name.
pub(super) fn unnamed(person: &Person) -> impl Iterator<Item = (DayNumber, bool)> {
    let named = |day: DayNumber, kept: bool| {
        person.closed.iter().any(|row| {
            row.promise.mine
                && row.closed_on.map(day_number) == Some(day)
                && (row.state == PromiseState::Kept) == kept
        })
    };
    let verdicts = person.trail.verdicts.iter();
    let bare = verdicts.filter(move |verdict| !named(verdict.day, verdict.kept));
    bare.map(|verdict| (verdict.day, verdict.kept))
}

/// The day of the first thing that happened with somebody.
pub fn first(person: &Person) -> Option<DayNumber> {
    let trace = person.trail.traces.first().map(|trace| trace.day);
    let others = others(person).min();
    trace.into_iter().chain(others).min()
}

/// The days up to today on which anything happened, in order, none twice.
pub fn days(person: &Person, today: DayNumber) -> Vec<DayNumber> {
    let touches = person.trail.traces.iter().map(|trace| trace.day);
    let mut days: Vec<DayNumber> = touches.chain(others(person)).collect();
    days.retain(|day| *day <= today);
    days.sort_unstable();
    days.dedup();
    days
}

/// The days of everything but touches.
fn others(person: &Person) -> impl Iterator<Item = DayNumber> {
    let trail = &person.trail;
    let verdicts = trail.verdicts.iter().map(|verdict| verdict.day);
    let corrections = trail.corrections.iter().map(|correction| correction.day);
    let chits = person.chits.iter().flat_map(|row| {
        let parts = row.parts.iter().map(|part| part.on);
        std::iter::once(row.chit.on).chain(parts).map(day_number)
    });
    let promises = person.promises.iter().chain(&person.closed);
    let promises = promises.flat_map(|row| {
        let days = [Some(row.promise.made_on), row.closed_on];
        days.into_iter().flatten().map(day_number)
    });
    verdicts.chain(corrections).chain(chits).chain(promises)
}
