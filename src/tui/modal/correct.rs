//! The form of a hand correction: what the strength should be, why, and since when. It says back at once what that does.

use super::Cx;
use super::field::{Field, Kind};
use super::filing::{Fault, past_day, required};
use super::form::Form;
use crate::domain::command::{Amend, Command};
use crate::domain::id::Id;
use crate::domain::moment::{DayNumber, day_number};
use crate::domain::people::{Correction, Person};
use crate::domain::strength::Wish;
use crate::domain::strength::wish::{Limit, strength_with};
use crate::domain::strength::words::sentence;
use crate::domain::text::clean_line;
use crate::domain::when::Look;

/// How far a correction can go on a day, or why there is nothing to correct.
pub fn possible(person: &Person, cx: &Cx<'_>, day: DayNumber) -> Result<Limit, String> {
    Limit::of(cx.params, &person.trail, person.summary.cadence, day)
}

/// The fields of a correction; the first says what silence leaves possible.
pub fn fields(with: Id, cx: &Cx<'_>) -> Vec<Field> {
    let most =
        person(with, cx).and_then(|person| possible(person, cx, cx.day()).ok()?.by_silence());
    let most = most.map_or(String::new(), |most| format!("; {most} at most"));
    vec![
        Field::new("wish", "strength", Kind::Line, "").hint(format!("60, or +10, or -10{most}")),
        Field::new("why", "because", Kind::Line, "").hint("what the touches do not show"),
        Field::new("on", "since", Kind::Day(Look::Back), "").hint("today"),
    ]
}

/// Whoever is corrected, where they are shown.
fn person<'a>(id: Id, cx: &Cx<'a>) -> Option<&'a Person> {
    cx.person.filter(|person| person.summary.id == id)
}

/// What the strength becomes as the form stands, or what is possible.
pub fn echo(form: &Form, id: Id, cx: &Cx<'_>) -> String {
    let Some(person) = person(id, cx) else {
        return String::new();
    };
    let (trail, cadence) = (&person.trail, person.summary.cadence);
    let now = person.summary.read(cx.params, cx.day()).strength;
    let text = form.text("wish");
    if text.is_empty() {
        // Of somebody never spoken with there is no strength to tell.
        return possible(person, cx, cx.day()).map_or(String::new(), |_| format!("now {now:.1}"));
    }
    let day = past_day(form, "on", cx).map(day_number);
    let (Ok(wish), Ok(day)) = (Wish::parse(&text), day) else {
        return String::new();
    };
    let Ok(amends) = wish.amends(cx.params, trail, cadence, day) else {
        return "not possible".to_owned();
    };
    let correction = Correction {
        day,
        mass: amends.mass,
        reason: String::new(),
    };
    let after = strength_with(cx.params, trail, cadence, correction, cx.day());
    format!("{now:.1} today becomes {after:.1}")
}

/// The change the fields make.
pub fn command(form: &Form, id: Id, cx: &Cx<'_>) -> Result<Command, Fault> {
    let text = required(form, "wish", "Say what it should be: 60, or +10, or -10")?;
    let wish = Wish::parse(&text).map_err(|why| ("wish", sentence(&why)))?;
    let on = past_day(form, "on", cx)?;
    if let Some(person) = person(id, cx) {
        let cadence = person.summary.cadence;
        wish.amends(cx.params, &person.trail, cadence, day_number(on))
            .map_err(|why| ("wish", sentence(&why)))?;
    }
    let why = required(
        form,
        "why",
        "Say why: it is shown wherever the strength is explained",
    )?;
    Ok(Command::CorrectStrength(Box::new(Amend {
        contact: id,
        on,
        wish,
        reason: clean_line(&why),
    })))
}
