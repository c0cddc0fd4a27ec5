//! The forms of a favour: between any two people, and how it is returned or let go.

use super::Cx;
use super::field::{Field, Kind};
use super::filing::{Fault, one, past_day, required};
use super::form::Form;
use crate::domain::chit::{CallOutcome, Chit, ChitCall, ChitPart, Halves, Settlement};
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::text::clean_line;
use crate::domain::when::Look;
use crate::tui::widget::plain;

const CERTAINTY: &[&str] = &["certain", "pending"];
const OUTCOMES: &[&str] = &[
    "no answer yet",
    "honoured",
    "in part",
    "declined",
    "forgiven",
];

/// The fields of a favour: they helped me, until turned round.
pub fn fields(with: Option<Id>, editing: Option<&(Id, Box<Chit>)>, cx: &Cx<'_>) -> Vec<Field> {
    let before = editing.map(|(_, chit)| chit.as_ref());
    let named = |id: Id| vec![(id, cx.name(id))];
    let giver = before.map(|chit| chit.giver).or(with);
    let receiver = before.map_or(Id::ME, |chit| chit.receiver);
    let on = before.map_or("today".to_owned(), |chit| chit.on.to_string());
    let worth = before.map_or(Halves::PLAIN, |chit| chit.worth);
    let worth = plain::halves(worth.to_string(), cx.plain);
    vec![
        Field::people(
            "giver",
            "did it",
            false,
            giver.map(named).unwrap_or_default(),
        )
        .hint("a name, or me"),
        Field::people("receiver", "had it done", false, named(receiver)).hint("a name, or me"),
        Field::new(
            "what",
            "favour",
            Kind::Line,
            before.map_or("", |chit| chit.what.as_str()),
        )
        .hint("what was done; Ctrl-T turns it round"),
        Field::new("worth", "worth", Kind::Line, &worth).hint("small, plain, big, or a number"),
        Field::new("on", "when", Kind::Day(Look::Back), &on).hint("today"),
        Field::choice(
            "pending",
            "standing",
            CERTAINTY,
            usize::from(before.is_some_and(|chit| chit.pending)),
        ),
    ]
}

fn worth(form: &Form, name: &'static str) -> Result<Halves, Fault> {
    let wrong = || {
        (
            name,
            "Say small, plain, big, or a number of chits such as 1.5".to_owned(),
        )
    };
    Halves::parse(&form.text(name)).ok_or_else(wrong)
}

/// The change a favour's fields make.
pub fn command(
    form: &Form,
    editing: Option<&(Id, Box<Chit>)>,
    cx: &Cx<'_>,
) -> Result<Command, Fault> {
    let (giver, receiver) = (one(form, "giver", cx)?, one(form, "receiver", cx)?);
    if giver == receiver {
        return Err(("receiver", "A favour is between two people".to_owned()));
    }
    let chit = Box::new(Chit {
        giver,
        receiver,
        what: clean_line(&required(form, "what", "Say what was done")?),
        on: past_day(form, "on", cx)?,
        worth: worth(form, "worth")?,
        pending: form.choice("pending") == 1,
        evidence: editing.and_then(|(_, before)| before.evidence),
    });
    Ok(match editing {
        Some((id, before)) => Command::EditChit {
            id: *id,
            before: before.clone(),
            after: chit,
        },
        None => Command::GiveChit(chit),
    })
}

/// The fields of a settlement.
pub fn settle_fields(open: Halves, cx: &Cx<'_>) -> Vec<Field> {
    let open = plain::halves(open.to_string(), cx.plain);
    vec![
        Field::new("part", "how much", Kind::Line, &open).hint("all of it"),
        Field::new("on", "when", Kind::Day(Look::Back), "today").hint("today"),
        Field::new("by", "by what", Kind::Line, "").hint("what was done for it"),
    ]
}

/// The change a settlement's fields make.
pub fn settle(
    form: &Form,
    id: Id,
    how: Settlement,
    open: Halves,
    cx: &Cx<'_>,
) -> Result<Command, Fault> {
    let halves = if form.text("part").is_empty() {
        open
    } else {
        worth(form, "part")?
    };
    if halves > open {
        return Err(("part", format!("Only {open} of it is still open")));
    }
    let on = past_day(form, "on", cx)?;
    // To let go needs no words.
    let by = match how {
        Settlement::Redeemed => required(form, "by", "Say what was done for it")?,
        Settlement::Forgiven => form.text("by"),
    };
    Ok(Command::SettleChit {
        id,
        part: ChitPart {
            on,
            halves,
            how,
            by: clean_line(&by),
            counter: None,
            touch: None,
        },
    })
}

/// The fields of a chit called in; one that waits for an answer begins with the best.
pub fn call_fields(open: Halves, waiting: bool, cx: &Cx<'_>) -> Vec<Field> {
    let open = plain::halves(open.to_string(), cx.plain);
    vec![
        Field::choice("outcome", "what came", OUTCOMES, usize::from(waiting)),
        Field::new("part", "how much", Kind::Line, "").hint(format!("of {open}, where in part")),
        Field::new("on", "when", Kind::Day(Look::Back), "today").hint("today"),
        Field::new("note", "note", Kind::Line, "").hint("what was asked for, or done"),
    ]
}

/// The change they make.
pub fn call_in(form: &Form, id: Id, open: Halves, cx: &Cx<'_>) -> Result<Command, Fault> {
    let on = past_day(form, "on", cx)?;
    let outcome = match form.choice("outcome") {
        1 => Some(CallOutcome::Honoured),
        2 => {
            let part = worth(form, "part")?;
            if form.text("part").is_empty() || part >= open {
                return Err(("part", format!("Say how much of the {open} came back")));
            }
            Some(CallOutcome::InPart(part))
        }
        3 => Some(CallOutcome::Declined),
        4 => Some(CallOutcome::Forgiven),
        _ => None,
    };
    Ok(Command::CallChit {
        id,
        call: Box::new(ChitCall {
            on,
            outcome,
            answered: outcome.map(|_| on),
            note: clean_line(&form.text("note")),
        }),
    })
}
