//! The words for the day under the cursor: what happened, and the points it is worth today.

use super::stops::unnamed;
use crate::domain::chit::{ChitRow, Settlement};
use crate::domain::id::Id;
use crate::domain::moment::{DayNumber, day_number};
use crate::domain::people::{Entry, Person};
use crate::domain::promise::PromiseState;
use crate::domain::strength::Params;
use crate::domain::strength::explain::{Cause, explain};
use crate::domain::strength::words::{self, touch};
use crate::domain::text::first_words;
use crate::domain::touch::TouchKind;
use crate::tui::widget::plainly;

/// What a day's events are worth today, in points.
#[derive(Clone, Debug, Default, PartialEq)]
struct Worth {
    contact: Option<f64>,
    /// My promises that were kept or broken, in the order they were.
    promises: Vec<f64>,
    /// In words, with the strength before and after each.
    corrections: Vec<String>,
}

impl Worth {
    fn of(person: &Person, params: &Params, day: DayNumber, today: DayNumber) -> Self {
        let mut worth = Worth::default();
        let today = person.followed_to(today);
        let shares = explain(params, &person.trail, person.summary.cadence, today);
        for share in shares.iter().filter(|share| share.day == day) {
            match share.cause {
                Cause::Contact { .. } => worth.contact = Some(share.points),
                Cause::Promise { .. } => worth.promises.push(share.points),
                Cause::Correction { .. } => {
                    let told = words::share(share, &person.trail, &[]);
                    worth.corrections.push(told);
                }
                Cause::Silence { .. } => {}
            }
        }
        worth
    }
}

/// What happened on a day: `call, 14 min · e-mail sent, +9.5 · promise broken, −11.9: the report`. Points come before texts,
/// which may be longer than the line.
pub fn happened(
    person: &Person,
    params: &Params,
    day: DayNumber,
    today: DayNumber,
    plain: bool,
) -> String {
    let worth = Worth::of(person, params, day, today);
    let points = |points: Option<f64>| points.map_or(String::new(), |n| signed(n, plain));
    let mut contacts: Vec<(String, String)> = touches(person, day)
        .into_iter()
        .map(|touch| (touch, String::new()))
        .collect();
    let given = person.chits.iter().filter(|row| given_on(row) == day);
    let (mine, others): (Vec<&ChitRow>, Vec<&ChitRow>) =
        given.partition(|row| [row.chit.giver, row.chit.receiver].contains(&Id::ME));
    let me = person.summary.id;
    contacts.extend(mine.into_iter().map(|row| favour(row, me)));
    if let Some((last, _)) = contacts.last_mut() {
        last.push_str(&points(worth.contact));
    }
    let favours = others.into_iter().map(|row| favour(row, me));
    let mut told: Vec<String> = contacts
        .into_iter()
        .chain(favours)
        .map(|(head, what)| with_text(&head, &what))
        .collect();
    told.extend(settled(person, day));
    told.extend(promises(person, day, &worth, plain));
    told.extend(worth.corrections);
    told.join(" · ")
}

/// `favour had, +5.7: the intro`; a text that is empty is not there.
fn with_text(head: &str, text: &str) -> String {
    if text.is_empty() {
        head.to_owned()
    } else {
        format!("{head}: {text}")
    }
}

/// `, +9.5`.
fn signed(points: f64, plain: bool) -> String {
    let points = words::signed(words::tenths(points));
    format!(", {}", plainly(points, plain))
}

fn given_on(row: &ChitRow) -> DayNumber {
    day_number(row.chit.on)
}

/// The entries of a person's history on a day, those whose text is there.
fn entries(person: &Person, day: DayNumber) -> impl Iterator<Item = &Entry> {
    let on = move |entry: &&Entry| day_number(entry.at.date_naive()) == day;
    person.history.iter().filter(on)
}

/// The touches of a day, several of one kind as one; a favour with a chit of its own is not among them.
fn touches(person: &Person, day: DayNumber) -> Vec<String> {
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
    let chits = person.chits.iter().filter(|row| given_on(row) == day);
    told.extend(chits.map(|_| TouchKind::Favour));
    let traces = &person.trail.traces;
    let first = traces.partition_point(|trace| trace.day < day);
    let that_day = traces.get(first..).unwrap_or(&[]).iter();
    for trace in that_day.take_while(|trace| trace.day == day) {
        match told.iter().position(|kind| *kind == trace.kind) {
            Some(at) => drop(told.swap_remove(at)),
            None => add(touch(trace.kind, trace.direction)),
        }
    }
    let several = |(name, count): (String, u32)| match count {
        1 => name,
        _ => format!("{count} × {name}"),
    };
    names.into_iter().map(several).collect()
}

/// A favour, from the person's side, and what it was.
fn favour(row: &ChitRow, person: Id) -> (String, String) {
    let what = one_line(&row.chit.what);
    let head = match (row.chit.giver, row.chit.receiver) {
        (Id::ME, _) => "favour done".to_owned(),
        (_, Id::ME) => "favour had".to_owned(),
        (giver, _) if giver == person => format!("favour for {}", row.receiver_name),
        _ => format!("favour from {}", row.giver_name),
    };
    (head, what)
}

/// The chits that were settled on a day, in part or wholly.
fn settled(person: &Person, day: DayNumber) -> Vec<String> {
    let parts = person.chits.iter().flat_map(|row| {
        let that_day = row
            .parts
            .iter()
            .filter(move |part| day_number(part.on) == day);
        that_day.map(move |part| (row, part))
    });
    parts
        .map(|(row, part)| {
            let how = match part.how {
                Settlement::Redeemed => "redeemed",
                Settlement::Forgiven => "forgiven",
            };
            let some = if part.halves < row.chit.worth {
                format!(" ({} of {})", part.halves, row.chit.worth)
            } else {
                String::new()
            };
            format!("chit {how}{some}: {}", one_line(&row.chit.what))
        })
        .collect()
}

/// The promises made and closed on a day.
fn promises(person: &Person, day: DayNumber, worth: &Worth, plain: bool) -> Vec<String> {
    let mut told = Vec::new();
    let mut shares = worth.promises.iter();
    let mut share = || shares.next().map_or(String::new(), |n| signed(*n, plain));
    for row in &person.closed {
        if row.closed_on.map(day_number) != Some(day) {
            continue;
        }
        let counts = row.promise.mine && row.state != PromiseState::Dropped;
        let points = if counts { share() } else { String::new() };
        let whose = if row.promise.mine { "" } else { "their " };
        let (word, what) = (row.state.word(), one_line(&row.promise.what));
        told.push(with_text(&format!("{whose}promise {word}{points}"), &what));
    }
    for (on, kept) in unnamed(person) {
        if on == day {
            let word = if kept { "kept" } else { "broken" };
            told.push(format!("promise {word}{}", share()));
        }
    }
    for row in person.promises.iter().chain(&person.closed) {
        if day_number(row.promise.made_on) == day {
            let who = if row.promise.mine { "you" } else { "they" };
            told.push(format!("{who} promised: {}", one_line(&row.promise.what)));
        }
    }
    told
}

/// The beginning of the first note of a day, after a gap; empty where there is none.
pub fn note(person: &Person, day: DayNumber) -> String {
    let body = entries(person, day)
        .map(|entry| one_line(&entry.body))
        .find(|body| !body.is_empty());
    body.map_or(String::new(), |body| format!("  {body}"))
}

/// The beginning of a text on one line, without control characters.
fn one_line(text: &str) -> String {
    first_words(text, 40)
}
