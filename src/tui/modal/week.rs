//! The forms of Today and the review: a matter set aside with a reason, and the decisions that want words or a day.

use super::Cx;
use super::field::{Field, Kind};
use super::filing::{Fault, required};
use super::form::Form;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::matter::{MatterKind, Snooze};
use crate::domain::moment::shift;
use crate::domain::promise::Plan;
use crate::domain::review::{Card, Choice, Decision, decide};
use crate::domain::text::clean_line;
use crate::domain::when::Look;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Days a matter is set aside for at most where only a number is said.
const LONGEST: i64 = 3_650;

/// The decisions of a review that want words or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// A touch on a day.
    Plan,
    /// Set aside until a day.
    SetAside,
    /// Something promised.
    Promise,
    /// Another cadence.
    Cadence,
    /// Let go.
    LetGo,
    /// Only a note.
    Note,
}

impl How {
    /// The decision it makes.
    pub fn decision(self) -> Decision {
        match self {
            How::Plan => Decision::Plan,
            How::SetAside => Decision::Snooze,
            How::Promise => Decision::Promise,
            How::Cadence => Decision::Cadence,
            How::LetGo => Decision::LetGo,
            How::Note => Decision::Note,
        }
    }
}

/// The fields of a matter set aside, and the one typing begins in.
pub fn aside_fields() -> (Vec<Field>, &'static str) {
    let until = Field::new("until", "until", Kind::Line, "");
    let why = Field::new("note", "why", Kind::Line, "");
    let fields = vec![
        until.hint("a number of days, fri, in 2 weeks, 14 dec"),
        why.hint("what it waits for"),
    ];
    (fields, "until")
}

/// A day to come, said as a number of days or as people say days.
fn day(form: &Form, name: &'static str, cx: &Cx<'_>) -> Result<NaiveDate, Fault> {
    let text = form.text(name);
    let today = cx.today();
    let days = text.trim().parse::<i64>().ok();
    let read = match days {
        Some(days) if (1..=LONGEST).contains(&days) => Ok(shift(today, days)),
        Some(_) => Err("Say 1 to 3650 days, or a day".to_owned()),
        None if text.trim().is_empty() => Err("Say until when".to_owned()),
        None => crate::domain::when::day(&text, today, Look::Ahead, cx.order),
    };
    match read {
        Ok(day) if day <= today => Err((name, "That day is over or today".to_owned())),
        Ok(day) => Ok(day),
        Err(why) => Err((name, why)),
    }
}

/// The change that sets a matter aside.
pub fn set_aside(form: &Form, kind: MatterKind, id: Id, cx: &Cx<'_>) -> Result<Command, Fault> {
    Ok(Command::Snooze(Box::new(Snooze {
        kind,
        target: id,
        until: Some(day(form, "until", cx)?),
        why: clean_line(&form.text("note")),
    })))
}

/// The plan there is with whom the card is about.
fn planned<'a>(card: &Card, cx: &Cx<'a>) -> Option<&'a Plan> {
    let person = cx
        .person
        .filter(|person| Some(person.summary.id) == card.contact);
    person?.plan.as_ref().map(|row| &row.plan)
}

/// What the form of a decision is called.
pub fn title(card: &Card, how: How) -> String {
    let verb = match how {
        How::Plan => "Plan a touch with",
        How::SetAside => "Set aside:",
        How::Promise => "Promise",
        How::Cadence => "Days between touches with",
        How::LetGo => "Let go:",
        How::Note => "A note on",
    };
    format!("{verb} {}", card.who)
}

/// The fields of a decision, and the one typing begins in.
pub fn fields(card: &Card, how: How, cx: &Cx<'_>) -> (Vec<Field>, &'static str) {
    let line = |name, label, text: &str| Field::new(name, label, Kind::Line, text);
    match how {
        How::Plan => {
            let plan = planned(card, cx);
            let day = plan.map_or(String::new(), |plan| plan.on.to_string());
            let on = line("until", "on", &day).hint("a number of days, fri, in 2 weeks, 14 dec");
            let why = line("note", "why", plan.map_or("", |plan| &plan.why));
            (vec![on, why.hint(card.why.clone())], "until")
        }
        How::SetAside => aside_fields(),
        How::Promise => {
            let what = line("what", "what", "").hint("what you promise");
            let due = line("until", "by", "7").hint("a number of days, fri, 14 dec");
            (vec![what, due], "what")
        }
        How::Cadence => {
            let usual = cx.person.and_then(|person| person.summary.cadence);
            let usual = usual.map_or(String::new(), |days| days.to_string());
            let days = line("days", "days", &usual).hint("every 3 weeks: 21");
            (vec![days], "days")
        }
        How::LetGo => (
            vec![line("note", "why", "").hint(match card.kind {
                MatterKind::Promise | MatterKind::TheirPromise => {
                    "the promise is dropped; u brings it back"
                }
                MatterKind::Duplicate => "they stay two people, and are not proposed again",
                _ => "out of the lists; u brings them back",
            })],
            "note",
        ),
        How::Note => (vec![line("note", "note", "")], "note"),
    }
}

/// The change a decision makes.
pub fn command(form: &Form, id: Id, card: &Card, how: How, cx: &Cx<'_>) -> Result<Command, Fault> {
    let choice = match how {
        How::Plan => {
            let on = day(form, "until", cx)?;
            // The hour that was agreed on stays with its day.
            let at = planned(card, cx).filter(|plan| plan.on == on);
            Choice::Plan(on, at.and_then(|plan| plan.at))
        }
        How::SetAside => Choice::Snooze(day(form, "until", cx)?),
        How::Promise => {
            let what = required(form, "what", "Say what you promise")?;
            Choice::Promise(clean_line(&what), day(form, "until", cx)?)
        }
        How::Cadence => {
            let days = form.text("days").trim().parse::<u16>().ok();
            let days = days.filter(|days| (1..=3_650).contains(days));
            Choice::Cadence(days.ok_or(("days", "Say 1 to 3650 days".to_owned()))?)
        }
        How::LetGo => Choice::LetGo,
        How::Note => {
            required(form, "note", "Say something, or pass the card over")?;
            Choice::Note
        }
    };
    let note = clean_line(&form.text("note"));
    Ok(decide(id, card, &choice, &note, cx.today()))
}
