//! The form of a touch: opened on its text, so that a call is logged by `t`, some words and one key.

use super::Cx;
use super::field::{Field, Kind, written};
use super::filing::Fault;
use super::form::Form;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::text::clean_note;
use crate::domain::touch::{Direction, Touch, TouchKind};
use crate::domain::when::{self, Look};

const KINDS: &[&str] = &[
    "call", "meeting", "video", "email", "message", "letter", "gift", "intro", "favour",
    "referral", "note", "attempt",
];
const DIRECTIONS: &[&str] = &["out", "in", "mutual"];
/// A day has no more.
const MOST_MINUTES: u32 = 24 * 60;

/// The fields.
pub fn fields(with: Option<Id>, editing: Option<&(Id, Box<Touch>)>, cx: &Cx<'_>) -> Vec<Field> {
    let before = editing.map(|(_, touch)| touch.as_ref());
    let people = before.map_or_else(|| with.into_iter().collect(), |touch| touch.people.clone());
    let named = |id: Id| (id, cx.name(id));
    let kind = before.map_or(0, |touch| {
        TouchKind::ALL
            .iter()
            .position(|k| *k == touch.kind)
            .unwrap_or(0)
    });
    let direction = before.map_or(0, |touch| {
        Direction::ALL
            .iter()
            .position(|d| *d == touch.direction)
            .unwrap_or(0)
    });
    let minutes = before.and_then(|touch| touch.minutes);
    vec![
        Field::people("who", "who", true, people.into_iter().map(named).collect()),
        Field::choice("kind", "kind", KINDS, kind),
        Field::new(
            "when",
            "when",
            Kind::Moment,
            &before.map_or("now".to_owned(), |touch| written(&touch.at)),
        )
        .hint("now, yesterday, fri 14:30"),
        Field::choice("direction", "direction", DIRECTIONS, direction),
        Field::new(
            "minutes",
            "minutes",
            Kind::Line,
            &minutes.map_or(String::new(), |n| n.to_string()),
        )
        .hint("how long it took"),
        Field::new(
            "text",
            "note",
            Kind::Note,
            before.map_or("", |touch| touch.body.as_str()),
        )
        .hint("what was said"),
    ]
}

fn minutes(form: &Form) -> Result<Option<u32>, Fault> {
    let text = form.text("minutes");
    let text = text.trim_end_matches(['m', '\'']).trim();
    if text.is_empty() {
        return Ok(None);
    }
    let minutes = text.parse().ok().filter(|n| (1..=MOST_MINUTES).contains(n));
    let wrong = || ("minutes", "Minutes are a number from 1 to 1440".to_owned());
    minutes.map(Some).ok_or_else(wrong)
}

/// When it happened. An edit that does not touch the time keeps the second and the offset it had.
fn moment(form: &Form, before: Option<&Touch>, cx: &Cx<'_>) -> Result<Moment, Fault> {
    let text = form.text("when");
    if let Some(touch) = before.filter(|touch| written(&touch.at) == text) {
        return Ok(touch.at);
    }
    if text.is_empty() || text == "now" {
        return Ok(cx.now);
    }
    let wall = when::moment(&text, cx.now.naive_local(), Look::Back, cx.order);
    let at = cx.zone.at(wall.map_err(|why| ("when", why))?);
    if at > cx.now {
        return Err((
            "when",
            "That has not happened yet; n plans a touch".to_owned(),
        ));
    }
    Ok(at)
}

/// The touch the fields describe.
pub fn read(form: &Form, before: Option<&Touch>, cx: &Cx<'_>) -> Result<Touch, Fault> {
    let people = form
        .field("who")
        .map_or(Ok(Vec::new()), |field| field.named(cx));
    let mut people = people.map_err(|why| ("who", why))?;
    people.retain(|id| *id != Id::ME);
    if people.is_empty() {
        return Err(("who", "Say with whom".to_owned()));
    }
    let body = form
        .field("text")
        .map_or(String::new(), |field| field.editor.text());
    Ok(Touch {
        at: moment(form, before, cx)?,
        kind: TouchKind::ALL[form.choice("kind").min(TouchKind::ALL.len() - 1)],
        direction: Direction::ALL[form.choice("direction").min(2)],
        minutes: minutes(form)?,
        body: clean_note(&body),
        people,
    })
}

/// The change the fields make.
pub fn command(
    form: &Form,
    editing: Option<&(Id, Box<Touch>)>,
    cx: &Cx<'_>,
) -> Result<Command, Fault> {
    let before = editing.map(|(_, touch)| touch.as_ref());
    let touch = Box::new(read(form, before, cx)?);
    Ok(match editing {
        Some((id, before)) => Command::EditTouch {
            id: *id,
            before: before.clone(),
            after: touch,
        },
        None => Command::LogTouch(touch),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_offers_every_kind_and_direction_in_their_order() {
        let kinds: Vec<&str> = TouchKind::ALL.iter().map(|kind| kind.word()).collect();
        assert_eq!(KINDS, kinds);
        let directions: Vec<&str> = Direction::ALL.iter().map(|d| d.word()).collect();
        assert_eq!(DIRECTIONS, directions);
    }
}
