//! `drafts`: what was typed and not filed, listed, shown, filed, thrown away.

use super::args::DraftsVerb;
use super::desk::{Desk, Failure, spelled};
use super::log;
use super::output::Table;
use super::people::short;
use crate::domain::draft::{CallNote, Draft};
use crate::domain::id::Id;
use crate::domain::moment::{Moment, Zone};
use crate::domain::text::first_line;
use crate::domain::touch::{Direction, Touch, TouchKind};
use crate::domain::when::{self, Look};
use crate::store::Store;
use serde::Deserialize;
use serde_json::json;

/// The form of a touch as its draft keeps it.
#[derive(Deserialize)]
struct Form {
    fields: Vec<Kept>,
}

/// One field of it.
#[derive(Deserialize)]
struct Kept {
    name: String,
    text: String,
    #[serde(default)]
    people: Vec<(Id, String)>,
    #[serde(default)]
    choice: usize,
}

/// Lists, shows, files or throws away drafts.
pub fn drafts(desk: &mut Desk<'_>, verb: Option<&DraftsVerb>, json: bool) -> Result<(), Failure> {
    let mut book = desk.book_there()?;
    match verb {
        None => list(desk, &book, json),
        Some(DraftsVerb::Show { draft }) => {
            let draft = one(&book, draft)?;
            Ok(desk.out.text(&words(&draft))?)
        }
        Some(DraftsVerb::File { draft }) => {
            let draft = one(&book, draft)?;
            let touch = touch(desk, &draft)?;
            let when = spelled(touch.at.date_naive(), Some(touch.at.time()), desk.date());
            log::file(desk, &mut book, touch, draft.id, |_| when)
        }
        Some(DraftsVerb::Drop { draft }) => {
            let draft = one(&book, draft)?;
            if let Some(id) = draft.id {
                book.drop_draft(id)?;
            }
            Ok(desk.out.line(&format!("Threw away: {}", draft.title))?)
        }
    }
}

fn list(desk: &mut Desk<'_>, book: &Store, as_json: bool) -> Result<(), Failure> {
    let drafts = book.drafts()?;
    let ids: Vec<Id> = drafts.iter().filter_map(|draft| draft.id).collect();
    let told = drafts.iter().map(|draft| {
        let id = draft.id.map_or(String::new(), |id| short(id, ids.clone()));
        let begun = draft
            .started
            .map(|at| Zone::Local.moment(at.timestamp_millis()));
        (id, begun, draft)
    });
    if as_json {
        let rows: Vec<_> = told
            .map(|(id, begun, draft)| {
                json!({
                    "id": id, "kind": draft.kind, "title": draft.title, "started": begun.map(|at| at.to_rfc3339()),
                    "text": words(draft),
                })
            })
            .collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if drafts.is_empty() {
        return Ok(desk.out.line("Nothing is unfinished.")?);
    }
    let mut table = Table::new(&["id", "begun", "~draft", "~text"]).spare(&["begun"]);
    for (id, begun, draft) in told {
        let begun = begun.map_or(String::new(), |at: Moment| {
            spelled(at.date_naive(), Some(at.time()), desk.now.date_naive())
        });
        let text = first_line(&words(draft)).to_owned();
        table.row([id, begun, draft.title.clone(), text]);
    }
    Ok(desk.out.table(&table)?)
}

/// The one draft that an id, or the beginning of one, means.
fn one(book: &Store, typed: &str) -> Result<Draft, Failure> {
    let drafts = book.drafts()?;
    let mut fitting = drafts
        .into_iter()
        .filter(|draft| draft.id.is_some_and(|id| id.matches(typed)));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(Failure::could(format!(
            "several drafts have an id like \"{typed}\"; type more of it"
        ))),
        _ => Err(Failure::could(format!(
            "no draft has the id \"{typed}\"; `chitbook drafts` lists them"
        ))),
    }
}

/// What was typed: the note of a call, or the fields of a form that hold something.
fn words(draft: &Draft) -> String {
    if let Some(call) = CallNote::of(draft) {
        return call.text;
    }
    let Ok(form) = serde_json::from_str::<Form>(&draft.body) else {
        return draft.body.clone();
    };
    if let ("touch", Some(note)) = (draft.kind.as_str(), field(&form, "text")) {
        return note.text.clone();
    }
    let typed = form.fields.iter().filter(|field| !field.text.is_empty());
    let lines: Vec<String> = typed
        .map(|field| format!("{}: {}", field.name, field.text))
        .collect();
    lines.join("\n")
}

fn field<'a>(form: &'a Form, name: &str) -> Option<&'a Kept> {
    form.fields.iter().find(|field| field.name == name)
}

/// The touch that a draft of a call, or of a touch's form, describes.
fn touch(desk: &Desk<'_>, draft: &Draft) -> Result<Touch, Failure> {
    let other = || {
        Failure::could(format!(
            "\"{}\" can be finished in the dashboard only (W); calls and touches can be filed here",
            draft.title
        ))
    };
    if let Some(call) = CallNote::of(draft) {
        let Some(with) = call.with else {
            return Err(Failure::could(format!(
                "{} is not in the book yet; file the call in the dashboard (W), or add them first",
                call.name
            )));
        };
        return Ok(Touch {
            at: call.begun,
            kind: TouchKind::Call,
            direction: Direction::Mutual,
            minutes: Some(call.minutes(call.heard)),
            body: call.text,
            people: vec![with],
        });
    }
    let form: Form = serde_json::from_str(&draft.body).map_err(|_| other())?;
    if draft.kind != "touch" || draft.body.contains("\"editing\":[") {
        return Err(other());
    }
    let text = |name| field(&form, name).map_or("", |field| field.text.as_str());
    let choice = |name| field(&form, name).map_or(0, |field| field.choice);
    let people = field(&form, "who").map_or(&[][..], |field| &field.people);
    if people.is_empty() {
        return Err(Failure::could(
            "the draft does not say with whom; finish it in the dashboard (W)",
        ));
    }
    let wall = when::moment(
        text("when"),
        desk.now.naive_local(),
        Look::Back,
        desk.settings.date_order,
    );
    Ok(Touch {
        at: Zone::Local.at(wall.map_err(Failure::Could)?),
        kind: TouchKind::ALL
            .get(choice("kind"))
            .copied()
            .unwrap_or_default(),
        direction: Direction::ALL
            .get(choice("direction"))
            .copied()
            .unwrap_or_default(),
        minutes: text("minutes").trim().parse().ok(),
        body: text("text").to_owned(),
        people: people.iter().map(|(id, _)| *id).collect(),
    })
}
