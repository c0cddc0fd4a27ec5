//! `list`, `add`, `tag` and `archive`: people as rows, and the small changes to them.

use super::args::{Add, List, ListSort};
use super::desk::{Desk, Failure};
use super::ledger::chits_in_json;
use super::output::{Cell, Ink, Table};
use super::who;
use crate::domain::chit::Halves;
use crate::domain::command::Command;
use crate::domain::contact::{Card, Email, Phone};
use crate::domain::id::{Id, shortest};
use crate::domain::moment::{DayNumber, date};
use crate::domain::people::Summary;
use crate::domain::strength::{Reading, State};
use crate::domain::text::{fold, order_key};
use crate::store::Store;
use serde_json::{Value, json};
use std::cmp::Reverse;

/// A person in the list, with what the model says today.
struct Line {
    person: Summary,
    reading: Reading,
    /// Halves I owe, halves they owe.
    owed: (u32, u32),
}

/// A strength as people read it: whole points.
pub fn points(strength: f64) -> String {
    format!("{strength:.0}")
}

/// What a state's colour is.
pub fn ink(state: State) -> Ink {
    match state {
        State::New => Ink::Plain,
        State::OnRhythm => Ink::Warm,
        State::Due => Ink::Cooling,
        State::Stale | State::Dormant => Ink::Cold,
    }
}

/// Rounded so that a script reads a plain number; a zero has no sign.
pub fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0 + 0.0
}

/// The fields of a person that every JSON document about people has.
pub fn fields(person: &Summary, reading: &Reading, owed: (u32, u32), id: &str) -> Value {
    let day = |day: Option<i32>| day.map(|day| date(day).to_string());
    json!({
        "id": id,
        "name": person.name,
        "account": person.account,
        "title": person.title,
        "strength": rounded(reading.strength),
        "state": if person.archived { "archived" } else { reading.state.word() },
        "staleness": reading.overdue.map(rounded),
        "last_touch": day(person.standing.last),
        "cold_on": day(reading.cold),
        "chits_owed_by_me": chits_in_json(Halves(owed.0)),
        "chits_owed_to_me": chits_in_json(Halves(owed.1)),
        "tags": person.tags,
        "ghost": person.ghost,
        "archived": person.archived,
    })
}

/// Lists people.
pub fn list(desk: &mut Desk<'_>, args: &List) -> Result<(), Failure> {
    let book = desk.book_there()?;
    let today = desk.today();
    let everybody = book.roster_as_of(today)?;
    let digits = shortest(everybody.iter().map(|p| p.id));
    let in_all = everybody.len();
    let owed = book.owed()?;
    let words: Vec<String> = args
        .filter
        .iter()
        .flat_map(|word| {
            fold(word)
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let kept = everybody
        .into_iter()
        .filter(|p| {
            (args.hidden.all || args.hidden.ghosts || !p.ghost)
                && (args.hidden.all || args.hidden.archived || !p.archived)
        })
        .filter(|p| fits(p, &words));
    let mut lines = Vec::new();
    for person in kept {
        lines.push(Line {
            reading: reading(&book, &person, today)?,
            owed: owed.get(&person.id).copied().unwrap_or_default(),
            person,
        });
    }
    sort(&mut lines, args.sort);
    let fitting = lines.len();
    lines.truncate(args.limit.unwrap_or(usize::MAX));
    if args.json {
        let rows: Vec<Value> = lines
            .iter()
            .map(|line| {
                let id = line.person.id.short(digits);
                fields(&line.person, &line.reading, line.owed, &id)
            })
            .collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if lines.is_empty() {
        return Ok(desk.out.line(match (in_all, words.is_empty()) {
            _ if fitting > 0 => "--limit 0 lists nobody.",
            (0, _) => "Nobody is in the book yet: `chitbook import FILE` brings people in, `chitbook add NAME` adds one.",
            (_, false) => "Nobody fits.",
            _ => "Everybody in the book is a ghost or archived: --all shows them.",
        })?);
    }
    Ok(desk.out.table(&table(&lines, digits))?)
}

/// What the model says of somebody listed; of somebody archived, how strong they stood then.
fn reading(book: &Store, person: &Summary, today: DayNumber) -> Result<Reading, Failure> {
    if person.archived
        && let Some(whole) = book.person(person.id)?
    {
        return Ok(whole.read(&book.params, today));
    }
    Ok(person.read(&book.params, today))
}

fn table(lines: &[Line], digits: usize) -> Table {
    let mut table = Table::new(&[
        "id",
        "~name",
        "~account",
        ">strength",
        "state",
        "last touch",
        "cold on",
        ">i owe",
        ">they owe",
    ])
    .spare(&[
        "cold on",
        "account",
        "last touch",
        "they owe",
        "i owe",
        "state",
    ]);
    let day = |day: Option<i32>| day.map_or(String::new(), |day| date(day).to_string());
    let owed = |halves: u32| match halves {
        0 => String::new(),
        some => Halves(some).to_string(),
    };
    for Line {
        person,
        reading,
        owed: (mine, theirs),
    } in lines
    {
        let plain = |text: String| (text, Ink::Plain);
        let (strength, state) = warmth(person, reading);
        table.cells(vec![
            plain(person.id.short(digits)),
            plain(person.name.clone()),
            plain(person.account.clone()),
            strength,
            state,
            plain(day(person.standing.last)),
            plain(day(reading.cold)),
            plain(owed(*mine)),
            plain(owed(*theirs)),
        ]);
    }
    table
}

/// The strength and the state as cells; somebody archived has no state, and a ghost is told to be one.
fn warmth(person: &Summary, reading: &Reading) -> (Cell, Cell) {
    let (mark, ink) = match (person.archived, person.ghost) {
        (true, _) => ("archived", Ink::Plain),
        (_, true) => ("ghost", ink(reading.state)),
        _ => (reading.state.word(), ink(reading.state)),
    };
    let strength = match reading.state {
        State::New => String::new(),
        _ => points(reading.strength),
    };
    ((strength, ink), (mark.to_owned(), ink))
}

/// Whether every word is somewhere in name, account, title or tags.
fn fits(person: &Summary, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = format!(
        "{}\n{}\n{}\n{}",
        person.name,
        person.account,
        person.title,
        person.tags.join("\n")
    );
    let text = fold(&text);
    words.iter().all(|word| text.contains(word.as_str()))
}

/// Puts the lines in order; people about whom an order says nothing come last, those who tie stand as the dashboard's list has them.
fn sort(lines: &mut [Line], by: ListSort) {
    let descending = |number: Option<f64>| Reverse(number.map_or(i64::MIN, |n| (n * 1e6) as i64));
    lines.sort_by_cached_key(|line| (fold(&line.person.name), line.person.id));
    match by {
        ListSort::Name => lines.sort_by_cached_key(|line| order_key(&line.person.name)),
        ListSort::Strength => lines.sort_by_key(|line| {
            let spoken = line.person.standing.last.map(|_| line.reading.strength);
            descending(spoken)
        }),
        ListSort::Stale => lines.sort_by_key(|line| descending(line.reading.overdue)),
        ListSort::Last => lines.sort_by_key(|line| Reverse(line.person.standing.last)),
        ListSort::Cold => lines.sort_by_key(|line| descending(line.reading.lost)),
    }
}

/// Adds a person.
pub fn add(desk: &mut Desk<'_>, args: Add) -> Result<(), Failure> {
    let card = Card {
        name: args.name,
        account: args.account.unwrap_or_default(),
        title: args.title.unwrap_or_default(),
        phones: args
            .phone
            .into_iter()
            .map(|number| Phone {
                label: String::new(),
                number,
            })
            .collect(),
        emails: args
            .email
            .into_iter()
            .map(|address| Email {
                label: String::new(),
                address,
            })
            .collect(),
        tags: args.tag,
        note: args.note.unwrap_or_default(),
        ..Card::default()
    };
    let mut book = desk.book_to_change()?;
    let command = Command::AddContact(Box::new(card));
    desk.apply(&mut book, &command, |book, changed| {
        let Some(id) = changed.created else {
            return Ok(String::new());
        };
        Ok(short(id, book.contact_ids()?))
    })
}

/// An id as short as tells it from the others.
pub fn short(id: Id, all: Vec<Id>) -> String {
    id.short(shortest(all.into_iter()))
}

/// Puts tags on a person, or takes them off.
pub fn tag(desk: &mut Desk<'_>, who: &str, tags: Vec<String>, off: bool) -> Result<(), Failure> {
    let mut book = desk.book_to_change()?;
    let people = vec![who::one(&book, who)?.id];
    let (add, remove) = if off {
        (Vec::new(), tags)
    } else {
        (tags, Vec::new())
    };
    let command = Command::Tag {
        people,
        add,
        remove,
    };
    desk.apply(&mut book, &command, |_, _| Ok(String::new()))
}

/// Takes a person out of the lists, or brings them back.
pub fn archive(desk: &mut Desk<'_>, who: &str, back: bool) -> Result<(), Failure> {
    let mut book = desk.book_to_change()?;
    let id = who::one(&book, who)?.id;
    let on = (!back).then(|| desk.date());
    desk.apply(&mut book, &Command::Archive { id, on }, |_, _| {
        Ok(String::new())
    })
}
