//! An ask and what came of it; whoever was named is recorded as a referral at once.

use super::{Side, account, side, step, with_cards};
use crate::domain::ask::{Answer, Ask, AskRow};
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::referral::{Referral, Stage, Who};
use crate::domain::text::clean_line;
use crate::domain::when::{self, Look};
use crate::tui::modal::Cx;
use crate::tui::modal::field::{Field, Kind};
use crate::tui::modal::filing::{Fault, day_or, past_day};
use crate::tui::modal::form::Form;
use chrono::NaiveDate;

const ANSWERS: &[&str] = &[
    "no answer yet",
    "named somebody",
    "will think",
    "declined",
    "not now",
];

/// The fields of an ask; of one that waits for its answer, as it was.
pub fn ask_fields(waiting: Option<&(Id, Box<Ask>)>) -> Vec<Field> {
    let before = waiting.map(|(_, ask)| ask.as_ref());
    let on = before.map_or("today".to_owned(), |ask| ask.on.to_string());
    let note = before.map_or("", |ask| ask.note.as_str());
    let next = before.and_then(|ask| ask.next).map(|next| next.to_string());
    vec![
        Field::choice("answer", "answer", ANSWERS, usize::from(before.is_some())),
        Field::people("named", "named", false, Vec::new())
            .hint("whom they named, in the book or not")
            .or_new(),
        Field::new("note", "note", Kind::Line, note).hint("what they said"),
        Field::new("on", "asked on", Kind::Day(Look::Back), &on).hint("today"),
        Field::new(
            "next",
            "ask again",
            Kind::Day(Look::Ahead),
            &next.unwrap_or_default(),
        ),
    ]
}

fn answer(form: &Form) -> Option<Answer> {
    let said = form.choice("answer").checked_sub(1);
    said.and_then(|at| Answer::ALL.get(at).copied())
}

/// What the field of an ask's next day says back while nothing is typed.
pub fn echo_ask(form: &Form, name: &str, cx: &Cx<'_>) -> Option<String> {
    if name != "next" || !form.text("next").is_empty() {
        return None;
    }
    let on = past_day(form, "on", cx).ok()?;
    let next = answer(form).and_then(|answer| answer.usual_next(on));
    Some(next.map_or("after ninety days".to_owned(), |next| {
        when::say(next, cx.today())
    }))
}

/// Whom they named, where they did.
fn named(form: &Form, who: Id, cx: &Cx<'_>) -> Result<Option<Side>, Fault> {
    let field = form.field("named");
    if field.is_none_or(|field| field.people.is_empty() && field.text().is_empty()) {
        return Ok(None);
    }
    let named = side(form, "named", cx)?;
    if named.who == Who::Person(who) {
        let why = "They named somebody else than themselves";
        return Err(("named", why.to_owned()));
    }
    Ok(Some(named))
}

/// The day to ask again: the one typed, else the usual one for the answer.
fn again(
    form: &Form,
    answer: Option<Answer>,
    on: NaiveDate,
    cx: &Cx<'_>,
) -> Result<Option<NaiveDate>, Fault> {
    if form.text("next").is_empty() {
        return Ok(answer.and_then(|answer| answer.usual_next(on)));
    }
    let next = day_or(form, "next", on, cx)?;
    if next <= on {
        let why = "The day to ask again must come after the ask";
        return Err(("next", why.to_owned()));
    }
    Ok(Some(next))
}

/// The change an ask's fields make; whoever was named is recorded as a referral that is promised.
pub fn ask(
    form: &Form,
    who: Id,
    waiting: Option<&(Id, Box<Ask>)>,
    cx: &Cx<'_>,
) -> Result<Command, Fault> {
    let on = past_day(form, "on", cx)?;
    let named = named(form, who, cx)?;
    let answer = answer(form).or(named.as_ref().map(|_| Answer::Named));
    let asked = Box::new(Ask {
        contact: who,
        on,
        answer,
        next: again(form, answer, on, cx)?,
        note: clean_line(&form.text("note")),
    });
    let asked = match waiting {
        Some((id, before)) => Command::EditAsk {
            id: *id,
            before: before.clone(),
            after: asked,
        },
        None => Command::AddAsk(asked),
    };
    let Some(side) = named else { return Ok(asked) };
    let referral = Referral {
        referrer: Who::Person(who),
        prospect: side.who,
        account: account(form, side.who, "named", cx),
        given: false,
        what: clean_line(&form.text("note")),
        evidence: None,
    };
    let step = step(Stage::Promised, on, "", Vec::new());
    let pair = [cx.name(who), side.name];
    let cards = [None, side.card];
    Ok(with_cards(cards, referral, &pair, step, vec![asked]))
}

/// The last ask of somebody, where it waits for its answer.
pub fn waiting(last: Option<&AskRow>) -> Option<(Id, Box<Ask>)> {
    let last = last.filter(|last| last.ask.answer.is_none())?;
    Some((last.id, Box::new(last.ask.clone())))
}
