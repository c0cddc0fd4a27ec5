//! What the letters under the curve stand for, and the words for the day under the cursor.

use crate::domain::moment::{DayNumber, day_number};
use crate::domain::people::{Entry, Person};
use crate::domain::strength::Params;
use crate::domain::touch::{Direction, TouchKind};

/// How an event is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A touch.
    Plain,
    /// Counts nothing.
    Quiet,
    /// A promise kept.
    Good,
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
}

/// Everything in a person's trail, in the order of the days.
pub fn of(person: &Person, params: &Params) -> Vec<Stop> {
    let trail = &person.trail;
    let touches = trail.traces.iter().map(|trace| {
        let weight = params.weights.of(trace.kind);
        Stop {
            day: trace.day,
            letter: trace.kind.letter(),
            rank: (weight * 100.0).clamp(0.0, 60_000.0) as u16,
            tone: if weight > 0.0 {
                Tone::Plain
            } else {
                Tone::Quiet
            },
        }
    });
    let verdicts = trail.verdicts.iter().map(|verdict| Stop {
        day: verdict.day,
        letter: if verdict.kept { '+' } else { '!' },
        rank: if verdict.kept { 50 } else { 60_001 },
        tone: if verdict.kept { Tone::Good } else { Tone::Bad },
    });
    let corrections = trail.corrections.iter().map(|correction| Stop {
        day: correction.day,
        letter: '~',
        rank: 40,
        tone: Tone::Quiet,
    });
    let mut stops: Vec<Stop> = touches.chain(verdicts).chain(corrections).collect();
    stops.sort_by_key(|stop| stop.day);
    stops
}

/// The days on which anything happened, in order, none twice.
pub fn days(person: &Person) -> Vec<DayNumber> {
    let trail = &person.trail;
    let touches = trail.traces.iter().map(|trace| trace.day);
    let verdicts = trail.verdicts.iter().map(|verdict| verdict.day);
    let corrections = trail.corrections.iter().map(|correction| correction.day);
    let mut days: Vec<DayNumber> = touches.chain(verdicts).chain(corrections).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The entries of a person's history on a day, those whose text is there.
fn entries(person: &Person, day: DayNumber) -> impl Iterator<Item = &Entry> {
    let on = move |entry: &&Entry| day_number(entry.at.date_naive()) == day;
    person.history.iter().filter(on)
}

/// What happened on a day: `call, 14 min · email out`.
pub fn happened(person: &Person, day: DayNumber) -> String {
    let mut names: Vec<(String, u32)> = Vec::new();
    let mut add = |name: String| match names.iter_mut().find(|row| row.0 == name) {
        Some(row) => row.1 += 1,
        None => names.push((name, 1)),
    };
    let mut told: Vec<TouchKind> = Vec::new();
    for entry in entries(person, day) {
        told.push(entry.kind);
        let minutes = entry.minutes.filter(|minutes| *minutes > 0);
        let minutes = minutes.map_or(String::new(), |minutes| format!(", {minutes} min"));
        add(format!("{}{minutes}", touch(entry.kind, entry.direction)));
    }
    for trace in person.trail.traces.iter().filter(|trace| trace.day == day) {
        match told.iter().position(|kind| *kind == trace.kind) {
            Some(at) => drop(told.swap_remove(at)),
            None => add(touch(trace.kind, trace.direction)),
        }
    }
    for verdict in person.trail.verdicts.iter().filter(|v| v.day == day) {
        add(format!(
            "promise {}",
            if verdict.kept { "kept" } else { "broken" }
        ));
    }
    for correction in person.trail.corrections.iter().filter(|c| c.day == day) {
        add(format!(
            "strength corrected: {}",
            one_line(&correction.reason)
        ));
    }
    let several = |(name, count): (String, u32)| match count {
        1 => name,
        _ => format!("{count} × {name}"),
    };
    names
        .into_iter()
        .map(several)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The beginning of the first note of a day, after a gap; empty where there is none.
pub fn note(person: &Person, day: DayNumber) -> String {
    let body = entries(person, day)
        .map(|entry| one_line(&entry.body))
        .find(|body| !body.is_empty());
    body.map_or(String::new(), |body| format!("  {body}"))
}

fn touch(kind: TouchKind, direction: Direction) -> String {
    let written = matches!(
        kind,
        TouchKind::Email | TouchKind::Message | TouchKind::Letter
    );
    match (written, direction) {
        (true, Direction::Out) => format!("{} sent", kind.word()),
        (true, Direction::In) => format!("{} received", kind.word()),
        _ => kind.word().to_owned(),
    }
}

/// The beginning of a text on one line, without control characters.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).take(40).collect();
    words.join(" ")
}
