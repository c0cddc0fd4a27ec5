//! One row of the sheet: a line of the note, and the fields of what it becomes.

use crate::domain::capture::{Found, Line, Who, newcomer};
use crate::domain::filing::CaughtRow;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::{ResultKind, Role, Stance};
use crate::domain::when::{self, Look};
use crate::tui::keymap::Action;
use crate::tui::modal::Cx;
use crate::tui::modal::field::{Field, Kind};
use crate::tui::modal::record::{RESULTS, ROLES, STANCES, YEARLY, place};
use chrono::NaiveDate;

const SIDES: &[&str] = &["you", "they"];
const NAMED: &[&str] = &["mentioned", "took part"];

/// What a row is.
#[derive(Clone, Debug)]
pub enum What {
    /// A promise.
    Promise,
    /// A favour.
    Favour,
    /// Somebody leads me to somebody.
    Referral,
    /// A need.
    Need,
    /// A result, and the need it would close.
    Result(Option<Id>),
    /// A sale.
    Sale,
    /// A fact.
    Fact,
    /// A key date.
    Date,
    /// A rival.
    Rival,
    /// A seat at the account of this contact where the holder has none.
    Seat(Id),
    /// Somebody named in the note.
    Named,
    /// A line that stays text, and why.
    Text(String),
    /// An item whose words are gone from the note.
    Gone,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// The sign of its mark.
    pub sign: char,
    /// The line as typed.
    pub words: String,
    /// What it is.
    pub what: What,
    /// What can be changed about it.
    pub fields: Vec<Field>,
    /// It is filed; otherwise its line stays text.
    pub taken: bool,
    /// What the book has of it, where the note was filed before.
    pub filed: Option<CaughtRow>,
}

/// Whose note it is, on which day.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    /// The caller.
    pub with: Id,
    /// The day of the touch.
    pub on: NaiveDate,
}

/// Somebody a line names, for a field: their id, or what was typed where it is not clear who is meant.
fn person(who: &Who, note: Note, cx: &Cx<'_>) -> (Vec<(Id, String)>, String) {
    match who {
        Who::Caller => (vec![(note.with, cx.name(note.with))], String::new()),
        Who::Me => (vec![(Id::ME, "me".to_owned())], String::new()),
        Who::Known(id) => (vec![(*id, cx.name(*id))], String::new()),
        Who::New(typed) => {
            let name = newcomer(typed);
            (vec![(Id::stand_in_for(&name), name)], String::new())
        }
        Who::Several { typed, .. } => (Vec::new(), typed.clone()),
    }
}

fn who_field(name: &'static str, label: &'static str, who: &Who, note: Note, cx: &Cx<'_>) -> Field {
    let (people, typed) = person(who, note, cx);
    let mut field = Field::people(name, label, false, people).or_new();
    if !typed.is_empty() {
        field.paste(&typed);
    }
    field
}

fn text(name: &'static str, label: &'static str, text: &str) -> Field {
    Field::new(name, label, Kind::Line, text)
}

fn day(name: &'static str, label: &'static str, look: Look, on: NaiveDate) -> Field {
    Field::new(name, label, Kind::Day(look), &on.to_string())
}

/// When a promise falls due. Where its day could not be read, why is said below, and what is typed takes the place of the usual day.
fn due_field(due: NaiveDate, said: bool, unread: Option<&String>, cx: &Cx<'_>) -> Field {
    let mut field = day("due", "due", Look::Ahead, due);
    if let Some(why) = unread {
        let due = when::say(due, cx.today());
        field.error = Some(if said {
            why.clone()
        } else {
            format!("{why}: due {due} unless you say when")
        });
        field.act(Action::SelectAll);
    }
    field
}

/// The row of a marked line.
pub fn of_line(line: &Line, note: Note, cx: &Cx<'_>) -> Row {
    let (what, fields) = match &line.found {
        Ok(found) => of_found(found, note, cx),
        Err(why) => (What::Text(why.clone()), Vec::new()),
    };
    Row {
        sign: line.mark.sign(),
        words: line.words.clone(),
        taken: !matches!(what, What::Text(_)),
        what,
        fields,
        filed: None,
    }
}

/// The row of somebody named in the note who is not among those who took part.
pub fn of_named(who: &Who, words: &str, took_part: bool, note: Note, cx: &Cx<'_>) -> Row {
    Row {
        sign: '@',
        words: words.to_owned(),
        what: What::Named,
        fields: vec![
            who_field("who", "who", who, note, cx),
            Field::choice("part", "was", NAMED, usize::from(took_part)),
        ],
        // Somebody new is added to the book only where that is said, or an item is about them.
        taken: !matches!(who, Who::New(_)),
        filed: None,
    }
}

fn of_found(found: &Found, note: Note, cx: &Cx<'_>) -> (What, Vec<Field>) {
    let who = |name, label, who: &Who| who_field(name, label, who, note, cx);
    let with = |who: &Who| who_field("who", "with", who, note, cx);
    match found {
        Found::Promise {
            mine,
            with: whom,
            what,
            due,
            said,
            unread,
        } => (
            What::Promise,
            vec![
                text("what", "promise", what),
                due_field(*due, *said, unread.as_ref(), cx),
                Field::choice("by", "promised by", SIDES, usize::from(!mine)),
                with(whom),
            ],
        ),
        Found::Favour {
            giver,
            receiver,
            what,
            worth,
        } => (
            What::Favour,
            vec![
                text("what", "favour", what),
                who("giver", "done by", giver),
                who("receiver", "for", receiver),
                text("worth", "worth", &worth.to_string()).hint("½ small, 1, 2 big"),
            ],
        ),
        Found::Referral { prospect, what } => (
            What::Referral,
            vec![
                who("prospect", "leads to", prospect),
                text("what", "about them", what),
                who("who", "promised by", &Who::Caller),
            ],
        ),
        Found::Result {
            with: whom,
            what,
            kind,
            amount,
            on,
        } => of_result(whom, what, (*kind, amount.as_ref(), *on), note, cx),
        Found::Seat { .. } => of_seat(found, note, cx),
        _ => of_record(found, &with),
    }
}

fn of_seat(found: &Found, note: Note, cx: &Cx<'_>) -> (What, Vec<Field>) {
    let Found::Seat { who, roles, stance } = found else {
        return (What::Text("no seat is named".to_owned()), Vec::new());
    };
    let role = roles.first().copied().unwrap_or_default();
    let fields = vec![
        who_field("who", "who sits", who, note, cx),
        Field::choice("role", "as", ROLES, place(&Role::ALL, &role)),
        Field::choice("stance", "is", STANCES, place(&Stance::ALL, stance)),
    ];
    (What::Seat(note.with), fields)
}

/// The rest: what is kept about one person.
fn of_record(found: &Found, with: &dyn Fn(&Who) -> Field) -> (What, Vec<Field>) {
    match found {
        Found::Need { with: who, what } => {
            (What::Need, vec![text("what", "need", what), with(who)])
        }
        Found::Fact { with: who, what } => {
            (What::Fact, vec![text("what", "fact", what), with(who)])
        }
        Found::Rival {
            with: who,
            name,
            what,
        } => {
            let fields = vec![
                text("name", "rival", name),
                text("what", "seen", what),
                with(who),
            ];
            (What::Rival, fields)
        }
        Found::Sale {
            with: who,
            amount,
            what,
            on,
        } => (
            What::Sale,
            vec![
                text("amount", "amount", &amount.to_string()),
                text("what", "for", what),
                day("on", "on", Look::Back, *on),
                with(who),
            ],
        ),
        Found::Date { with: who, date } => (
            What::Date,
            vec![
                text("label", "key date", &date.label),
                text("on", "on", &date.on.to_string()).hint("20 nov, 1984-11-20"),
                Field::choice("yearly", "comes", YEARLY, usize::from(!date.yearly)),
                with(who),
            ],
        ),
        _ => (What::Text("this mark is not kept".to_owned()), Vec::new()),
    }
}

fn of_result(
    who: &Who,
    what: &str,
    (kind, amount, on): (ResultKind, Option<&Money>, NaiveDate),
    note: Note,
    cx: &Cx<'_>,
) -> (What, Vec<Field>) {
    let fields = vec![
        text("what", "result", what),
        Field::choice("kind", "is a", RESULTS, place(&ResultKind::ALL, &kind)),
        text(
            "amount",
            "amount",
            &amount.map_or(String::new(), ToString::to_string),
        ),
        day("on", "on", Look::Back, on),
        who_field("who", "with", who, note, cx),
    ];
    (What::Result(None), fields)
}

/// A seat line that names several roles is as many rows.
pub fn split_seats(line: &Line) -> Vec<Line> {
    match &line.found {
        Ok(Found::Seat { who, roles, stance }) if roles.len() > 1 => roles
            .iter()
            .map(|role| Line {
                found: Ok(Found::Seat {
                    who: who.clone(),
                    roles: vec![*role],
                    stance: *stance,
                }),
                ..line.clone()
            })
            .collect(),
        _ => vec![line.clone()],
    }
}
