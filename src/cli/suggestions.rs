//! `suggestions`: meetings that calendars tell of, to be confirmed or refused.

use super::args::{Answer, Suggestions};
use super::desk::{Desk, Failure, spelled};
use super::output::Table;
use super::who;
use crate::domain::command::Command;
use crate::domain::id::{Id, shortest};
use crate::domain::suggestion::Suggestion;
use crate::store::Store;
use serde_json::{Value, json};

/// Lists what waits, or answers it.
pub fn suggestions(desk: &mut Desk<'_>, args: &Suggestions) -> Result<(), Failure> {
    match args.answer {
        None => list(desk, args),
        Some(answer) => answered(desk, args, answer == Answer::Confirm),
    }
}

fn answered(desk: &mut Desk<'_>, args: &Suggestions, yes: bool) -> Result<(), Failure> {
    let mut book = desk.book_to_change()?;
    let all = args.which.iter().any(|which| which == "all");
    let waiting = book.suggestion_ids(&desk.now)?;
    let (ids, left) = if all {
        every(&book, desk, yes)?
    } else {
        let mut ids: Vec<Id> = Vec::new();
        for typed in &args.which {
            let id = who::by_id(
                waiting.clone(),
                typed,
                "suggestion",
                "`chitbook suggestions`",
            )?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        (ids, 0)
    };
    if ids.is_empty() {
        let sentence = if left > 0 {
            already(left)
        } else {
            "Nothing waits to be answered.".to_owned()
        };
        return Ok(desk.out.line(&sentence)?);
    }
    let command = Command::AnswerSuggestions { ids, yes };
    desk.apply(&mut book, &command, |_, _| Ok(String::new()))?;
    if left > 0 {
        desk.out.line(&already(left))?;
    }
    Ok(())
}

/// Everything that waits. Of what is to be confirmed those stay behind on whose day a touch with one of them is logged already: they
/// are likely the same, and how many they are is told.
fn every(book: &Store, desk: &Desk<'_>, yes: bool) -> Result<(Vec<Id>, usize), Failure> {
    let waiting = book.suggestions(&desk.now, usize::MAX)?;
    let count = waiting.len();
    let taken = waiting.into_iter().filter(|one| !(yes && one.logged));
    let ids: Vec<Id> = taken.map(|one| one.id).collect();
    let left = count - ids.len();
    Ok((ids, left))
}

fn already(left: usize) -> String {
    let (noun, are) = if left == 1 {
        ("suggestion", "waits")
    } else {
        ("suggestions", "wait")
    };
    format!(
        "{left} {noun} still {are}: you logged a touch with the same person that day; confirm or refuse by id"
    )
}

fn list(desk: &mut Desk<'_>, args: &Suggestions) -> Result<(), Failure> {
    let book = desk.book_there()?;
    let waiting = book.suggestions(&desk.now, args.limit.unwrap_or(usize::MAX))?;
    let digits = shortest(book.suggestion_ids(&desk.now)?.into_iter());
    if args.json {
        let rows: Vec<Value> = waiting.iter().map(|one| in_json(one, digits)).collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if waiting.is_empty() {
        return Ok(desk.out.line(
            "Nothing waits to be answered: `chitbook import CALENDAR.ics` brings meetings in.",
        )?);
    }
    let mut table = Table::new(&["id", "when", "kind", ">minutes", "~with", "~what", "note"])
        .spare(&["minutes", "kind", "note"]);
    for one in &waiting {
        let at = (!one.whole_day).then(|| one.at.time());
        let names: Vec<&str> = one.people.iter().map(|(_, name)| name.as_str()).collect();
        let logged = if one.logged {
            "a touch that day is logged"
        } else {
            ""
        };
        table.row([
            one.id.short(digits),
            spelled(one.at.date_naive(), at, desk.date()),
            one.kind.word().to_owned(),
            one.minutes
                .map_or(String::new(), |minutes| minutes.to_string()),
            names.join(", "),
            one.title.clone(),
            logged.to_owned(),
        ]);
    }
    desk.out.table(&table)?;
    Ok(desk.out.line("`chitbook suggestions confirm ID…` files them as touches, `refuse ID…` sets them aside; `all` for ID means every one.")?)
}

fn in_json(one: &Suggestion, digits: usize) -> Value {
    let people: Vec<Value> = one
        .people
        .iter()
        .map(|(id, name)| json!({"id": id, "name": name}))
        .collect();
    json!({
        "id": one.id.short(digits),
        "at": one.at.to_rfc3339(),
        "whole_day": one.whole_day,
        "kind": one.kind.word(),
        "minutes": one.minutes,
        "title": one.title,
        "people": people,
        "logged": one.logged,
    })
}
