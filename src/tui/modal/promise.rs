//! The forms of what lies ahead: a promise with its due day, and the next touch with its reason.

use super::Cx;
use super::field::{Field, Kind};
use super::filing::{Fault, past_day, required};
use super::form::Form;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::moment::shift;
use crate::domain::promise::{Plan, Promise};
use crate::domain::text::clean_line;
use crate::domain::when::{self, Look};
use chrono::{NaiveDate, NaiveTime};

/// Days until a promise falls due for which no day is said.
const USUAL: i64 = 7;
const WHO: &[&str] = &["I promised", "they promised"];

/// The fields of a promise.
pub fn fields(before: Option<&Promise>, theirs: bool) -> Vec<Field> {
    let who = before.map_or(theirs, |promise| !promise.mine);
    let what = before.map_or("", |promise| promise.what.as_str());
    let due = before.map_or(String::new(), |promise| promise.due.to_string());
    let made = before.map_or("today".to_owned(), |promise| promise.made_on.to_string());
    vec![
        Field::choice("who", "who", WHO, usize::from(who)),
        Field::new("what", "promise", Kind::Line, what).hint("the quote, an answer, a visit"),
        Field::new("due", "due", Kind::Day(Look::Ahead), &due).hint("fri, in 2 weeks, 14 dec"),
        Field::new("made", "made on", Kind::Day(Look::Back), &made).hint("today"),
    ]
}

/// What was promised and for when, from a text that may end with a date.
fn what_and_due(text: &str, cx: &Cx<'_>) -> (String, Option<NaiveDate>) {
    let found = when::span(text, cx.today(), Look::Ahead, cx.order);
    let before = found
        .as_ref()
        .and_then(|found| text.get(..found.span.start));
    let what = before.map_or("", |text| text.trim_end().trim_end_matches(',').trim_end());
    match found {
        Some(found) if !what.is_empty() => (what.to_owned(), Some(found.date)),
        _ => (text.to_owned(), None),
    }
}

/// When a promise falls due whose day was not typed into a field of its own.
fn due_unsaid(form: &Form, cx: &Cx<'_>) -> NaiveDate {
    let (_, due) = what_and_due(&form.text("what"), cx);
    due.unwrap_or_else(|| shift(cx.today(), USUAL))
}

/// What an empty due field says back: the day the promise's own words name, or the usual one.
pub fn echo_due(form: &Form, cx: &Cx<'_>) -> String {
    if form.text("what").is_empty() {
        return String::new();
    }
    when::say(due_unsaid(form, cx), cx.today())
}

fn ahead(form: &Form, name: &'static str, cx: &Cx<'_>) -> Result<NaiveDate, Fault> {
    required(form, name, "Say when: fri, in 2 weeks, 14 dec")?;
    let day = form.field(name).map_or(Ok(None), |field| field.day(cx));
    Ok(day.map_err(|why| (name, why))?.unwrap_or(cx.today()))
}

/// The change a promise's fields make.
pub fn command(
    form: &Form,
    with: Id,
    editing: Option<&(Id, Box<Promise>)>,
    cx: &Cx<'_>,
) -> Result<Command, Fault> {
    let said = required(form, "what", "Say what was promised")?;
    // A day in its own field wins, and then the words stay as they are.
    let (what, due) = if form.text("due").is_empty() {
        (what_and_due(&said, cx).0, due_unsaid(form, cx))
    } else {
        (said, ahead(form, "due", cx)?)
    };
    let promise = Box::new(Promise {
        contact: with,
        mine: form.choice("who") == 0,
        what: clean_line(&what),
        due,
        made_on: past_day(form, "made", cx)?,
        evidence: editing.and_then(|(_, before)| before.evidence),
    });
    Ok(match editing {
        Some((id, before)) => Command::EditPromise {
            id: *id,
            before: before.clone(),
            after: promise,
        },
        None => Command::AddPromise(promise),
    })
}

/// The fields of a plan.
pub fn plan_fields(before: Option<&(NaiveDate, Option<NaiveTime>, String)>) -> Vec<Field> {
    let on = before.map_or(String::new(), |(on, _, _)| on.to_string());
    let hint = if before.is_some() {
        "left empty, the plan is dropped"
    } else {
        "fri, in 2 weeks, 14 dec"
    };
    let at = before.and_then(|(_, at, _)| *at);
    let at = at.map_or(String::new(), |at| at.format("%H:%M").to_string());
    vec![
        Field::new("on", "day", Kind::Day(Look::Ahead), &on).hint(hint),
        Field::new("at", "time", Kind::Line, &at).hint("14:30, if one was agreed"),
        Field::new(
            "why",
            "why",
            Kind::Line,
            before.map_or("", |(_, _, why)| why),
        )
        .hint("what it is about"),
    ]
}

/// The time of day that is said with a day: `fri 14:30`.
pub fn time_with_day(text: &str, cx: &Cx<'_>) -> Option<NaiveTime> {
    // Words that are days only by chance are taken for days where something points at them.
    let pointed = format!("on {text}");
    [text, &pointed].into_iter().find_map(|text| {
        let found = when::span(text, cx.today(), Look::Ahead, cx.order)?;
        found.time.filter(|_| found.span.start == 0)
    })
}

/// The time of a plan: from its own field, else from what was typed as the day.
fn time(form: &Form, cx: &Cx<'_>) -> Result<Option<NaiveTime>, Fault> {
    let with_day = time_with_day(&form.text("on"), cx);
    let at = form.text("at");
    if at.is_empty() {
        return Ok(with_day);
    }
    let read = ["%H:%M", "%H.%M", "%I:%M%p", "%I:%M %p"];
    let read = read
        .iter()
        .find_map(|how| NaiveTime::parse_from_str(&at, how).ok());
    let read = read.ok_or_else(|| ("at", "A time is written 14:30".to_owned()))?;
    if with_day.is_some_and(|other| other != read) {
        return Err(("at", "The day says another time".to_owned()));
    }
    Ok(Some(read))
}

/// The change a plan's fields make. Where there is a plan and its day is taken out, the plan is dropped.
pub fn plan(form: &Form, with: Id, planned: Option<Id>, cx: &Cx<'_>) -> Result<Command, Fault> {
    if let Some(plan) = planned
        && form.text("on").is_empty()
    {
        return Ok(Command::DropPlan(plan));
    }
    let on = ahead(form, "on", cx)?;
    if on < cx.today() {
        return Err(("on", "That day is over".to_owned()));
    }
    let at = time(form, cx)?;
    Ok(Command::PlanTouch(Box::new(Plan {
        contact: with,
        on,
        at,
        why: clean_line(&form.text("why")),
    })))
}
