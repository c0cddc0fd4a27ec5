//! The forms of what is kept about a person: facts, key dates, needs with their results, sales, rivals, seats; and a promise set aside.

use super::Cx;
use super::field::{Field, Kind};
use super::filing::{Fault, day_or, past_day, required};
use super::form::Form;
use crate::domain::command::Command;
use crate::domain::contact::{KeyDate, PartialDate};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::{
    Anniversary, Fact, FactKind, Need, NeedState, Outcome, Record, RecordKind, ResultKind, Rival,
    Role, Sale, Seat, Stance,
};
use crate::domain::text::clean_line;
use crate::domain::when::{self, Look};
use chrono::{Datelike, NaiveDate};

/// The words of a fact's kinds, in their order.
const FACTS: &[&str] = &["personal", "business", "advice"];
/// Whether a key date comes back.
pub const YEARLY: &[&str] = &["every year", "once"];
/// The words of a need's states, in their order.
const NEEDS: &[&str] = &["heard", "proposed", "delivered", "dropped"];
/// The words of a result's kinds, in their order.
pub const RESULTS: &[&str] = &["problem removed", "cost cut", "revenue raised"];
/// The words of the seats, in their order.
pub const ROLES: &[&str] = &[
    "decision maker",
    "finance",
    "technical",
    "user",
    "gatekeeper",
    "coach",
];
/// The words of the stances, in their order.
pub const STANCES: &[&str] = &["for", "neutral", "against", "unknown"];

/// Where a value stands in its list.
pub fn place<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|other| other == one).unwrap_or(0)
}

fn line(name: &'static str, label: &'static str, text: &str) -> Field {
    Field::new(name, label, Kind::Line, text)
}

fn day(name: &'static str, label: &'static str, look: Look, on: Option<NaiveDate>) -> Field {
    let text = on.map_or(String::new(), |on| on.to_string());
    Field::new(name, label, Kind::Day(look), &text)
}

/// The fields of a record of a kind, and the one typing begins in.
pub fn fields(
    kind: RecordKind,
    before: Option<&Record>,
    cx: &Cx<'_>,
) -> (Vec<Field>, &'static str) {
    match (kind, before) {
        (RecordKind::Fact, Some(Record::Fact(fact))) => (of_fact(Some(fact), cx), "what"),
        (RecordKind::Fact, _) => (of_fact(None, cx), "what"),
        (RecordKind::Date, Some(Record::Date(day))) => (of_date(Some(&day.date)), "label"),
        (RecordKind::Date, _) => (of_date(None), "label"),
        (RecordKind::Need, Some(Record::Need(need))) => (of_need(Some(need), cx), "what"),
        (RecordKind::Need, _) => (of_need(None, cx), "what"),
        (RecordKind::Sale, Some(Record::Sale(sale))) => (of_sale(Some(sale), cx), "amount"),
        (RecordKind::Sale, _) => (of_sale(None, cx), "amount"),
        (RecordKind::Rival, Some(Record::Rival(rival))) => (of_rival(Some(rival), cx), "name"),
        (RecordKind::Rival, _) => (of_rival(None, cx), "name"),
        (RecordKind::Seat, Some(Record::Seat(seat))) => (of_seat(Some(seat)), "role"),
        (RecordKind::Seat, _) => (of_seat(None), "role"),
    }
}

fn of_fact(fact: Option<&Fact>, cx: &Cx<'_>) -> Vec<Field> {
    let kind = fact.map_or(0, |fact| place(&FactKind::ALL, &fact.kind));
    vec![
        line("what", "fact", fact.map_or("", |fact| &fact.what)).hint("daughter starts university"),
        Field::choice("kind", "about", FACTS, kind),
        day(
            "due",
            "its moment",
            Look::Ahead,
            fact.and_then(|fact| fact.due),
        )
        .hint("14 dec, where it has one"),
        day(
            "learned",
            "learned",
            Look::Back,
            Some(fact.map_or(cx.today(), |fact| fact.learned)),
        ),
        day(
            "asked",
            "followed up",
            Look::Back,
            fact.and_then(|fact| fact.asked),
        )
        .hint("the day you asked"),
    ]
}

fn of_date(date: Option<&KeyDate>) -> Vec<Field> {
    vec![
        line("label", "key date", date.map_or("", |date| &date.label)).hint("birthday, renewal"),
        line(
            "on",
            "on",
            &date.map_or(String::new(), |date| date.on.to_string()),
        )
        .hint("20 nov, 1984-11-20"),
        Field::choice(
            "yearly",
            "comes",
            YEARLY,
            usize::from(date.is_some_and(|date| !date.yearly)),
        ),
    ]
}

fn of_need(need: Option<&Need>, cx: &Cx<'_>) -> Vec<Field> {
    let outcome = need.and_then(|need| need.outcome.as_ref());
    let amount = outcome.and_then(|outcome| outcome.amount.as_ref());
    vec![
        line("what", "need", need.map_or("", |need| &need.what)).hint("fewer firmware truck rolls"),
        Field::choice(
            "state",
            "stands",
            NEEDS,
            need.map_or(0, |need| place(&NeedState::ALL, &need.state)),
        ),
        day(
            "heard",
            "heard",
            Look::Back,
            Some(need.map_or(cx.today(), |need| need.heard)),
        ),
        line(
            "result",
            "result",
            outcome.map_or("", |outcome| &outcome.what),
        )
        .hint("in their own words; then it is delivered"),
        Field::choice(
            "kind",
            "is a",
            RESULTS,
            outcome.map_or(0, |outcome| place(&ResultKind::ALL, &outcome.kind)),
        ),
        line(
            "amount",
            "amount",
            &amount.map_or(String::new(), ToString::to_string),
        )
        .hint("40k, where it is known"),
        day(
            "on",
            "delivered",
            Look::Back,
            outcome.map(|outcome| outcome.on),
        ),
    ]
}

fn of_sale(sale: Option<&Sale>, cx: &Cx<'_>) -> Vec<Field> {
    vec![
        line(
            "amount",
            "amount",
            &sale.map_or(String::new(), |sale| sale.amount.to_string()),
        )
        .hint("24000, 24k EUR"),
        line("what", "for", sale.map_or("", |sale| &sale.what)).hint("renewal"),
        day(
            "on",
            "on",
            Look::Back,
            Some(sale.map_or(cx.today(), |sale| sale.on)),
        ),
    ]
}

fn of_rival(rival: Option<&Rival>, cx: &Cx<'_>) -> Vec<Field> {
    vec![
        line("name", "rival", rival.map_or("", |rival| &rival.name)).hint("who"),
        line("what", "seen", rival.map_or("", |rival| &rival.what)).hint("what was said"),
        day(
            "on",
            "on",
            Look::Back,
            Some(rival.map_or(cx.today(), |rival| rival.on)),
        ),
    ]
}

fn of_seat(seat: Option<&Seat>) -> Vec<Field> {
    vec![
        Field::choice(
            "role",
            "sits as",
            ROLES,
            seat.map_or(0, |seat| place(&Role::ALL, &seat.role)),
        ),
        Field::choice(
            "stance",
            "is",
            STANCES,
            seat.map_or(3, |seat| place(&Stance::ALL, &seat.stance)),
        ),
    ]
}

/// The change a record's fields make.
pub fn command(
    form: &Form,
    with: Id,
    kind: RecordKind,
    editing: Option<&(Id, Box<Record>)>,
    cx: &Cx<'_>,
) -> Result<Command, Fault> {
    // A record of somebody else at the account stays theirs.
    let contact = editing.map_or(with, |(_, before)| before.contact());
    let record = Box::new(match kind {
        RecordKind::Fact => Record::Fact(fact(form, contact, cx)?),
        RecordKind::Date => Record::Date(Anniversary {
            contact,
            date: key_date(
                &form.text("label"),
                &form.text("on"),
                form.choice("yearly") == 0,
                cx,
            )?,
        }),
        RecordKind::Need => Record::Need(need(form, contact, cx)?),
        RecordKind::Sale => Record::Sale(Sale {
            contact,
            amount: money(&form.text("amount"), cx)?
                .ok_or_else(|| ("amount", "Say how much".to_owned()))?,
            what: clean_line(&form.text("what")),
            on: past_day(form, "on", cx)?,
        }),
        RecordKind::Rival => Record::Rival(Rival {
            contact,
            name: clean_line(&required(form, "name", "Say who the rival is")?),
            what: clean_line(&form.text("what")),
            on: past_day(form, "on", cx)?,
        }),
        RecordKind::Seat => Record::Seat(Seat {
            contact,
            at: contact,
            role: Role::ALL[form.choice("role").min(5)],
            stance: Stance::ALL[form.choice("stance").min(3)],
        }),
    });
    Ok(match editing {
        Some((id, before)) => Command::EditRecord {
            id: *id,
            before: before.clone(),
            after: record,
        },
        None => Command::AddRecord(record),
    })
}

fn fact(form: &Form, contact: Id, cx: &Cx<'_>) -> Result<Fact, Fault> {
    let maybe = |name: &'static str| {
        let day = form.field(name).map_or(Ok(None), |field| field.day(cx));
        day.map_err(|why| (name, why))
    };
    Ok(Fact {
        contact,
        what: clean_line(&required(form, "what", "Say what is worth remembering")?),
        kind: FactKind::ALL[form.choice("kind").min(2)],
        learned: past_day(form, "learned", cx)?,
        due: maybe("due")?,
        asked: maybe("asked")?,
    })
}

fn need(form: &Form, contact: Id, cx: &Cx<'_>) -> Result<Need, Fault> {
    let what = clean_line(&required(form, "what", "Say what they need")?);
    let result = clean_line(&form.text("result"));
    let chosen = NeedState::ALL[form.choice("state").min(3)];
    if result.is_empty() && chosen == NeedState::Delivered {
        return Err((
            "result",
            "Say what the result is, in their own words".to_owned(),
        ));
    }
    let outcome = if result.is_empty() {
        None
    } else {
        Some(Outcome {
            what: result,
            kind: ResultKind::ALL[form.choice("kind").min(2)],
            amount: money(&form.text("amount"), cx)?,
            on: day_or(form, "on", cx.today(), cx)?,
        })
    };
    Ok(Need {
        contact,
        what,
        state: if outcome.is_some() {
            NeedState::Delivered
        } else {
            chosen
        },
        heard: past_day(form, "heard", cx)?,
        outcome,
    })
}

/// An amount as it is typed into a field called `amount`; none where nothing is.
pub fn money(typed: &str, cx: &Cx<'_>) -> Result<Option<Money>, Fault> {
    if typed.is_empty() {
        return Ok(None);
    }
    let read = Money::parse(typed, cx.currency);
    let wrong = || {
        (
            "amount",
            "An amount is written 24000, 24k or 24,000.50 EUR".to_owned(),
        )
    };
    read.map(Some).ok_or_else(wrong)
}

/// A key date from what was typed into fields called `label` and `on`.
pub fn key_date(label: &str, on: &str, yearly: bool, cx: &Cx<'_>) -> Result<KeyDate, Fault> {
    if clean_line(label).is_empty() {
        return Err(("label", "Say what day it is: birthday, renewal".to_owned()));
    }
    if on.is_empty() {
        return Err(("on", "Say which day: 20 nov, 1984-11-20".to_owned()));
    }
    let on = if let Some(on) = PartialDate::parse(on) {
        on
    } else {
        let day = when::day(on, cx.today(), Look::Ahead, cx.order).map_err(|why| ("on", why))?;
        let year = (!yearly).then(|| day.year());
        PartialDate::new(year, day.month(), day.day())
            .ok_or_else(|| ("on", "No calendar has that day".to_owned()))?
    };
    if on.year.is_none() && !yearly {
        return Err(("on", "A day that comes once needs its year".to_owned()));
    }
    Ok(KeyDate {
        label: clean_line(label),
        on,
        yearly,
    })
}

/// The field of a promise that is set aside.
pub fn snooze_fields() -> Vec<Field> {
    vec![
        day("until", "until", Look::Ahead, None)
            .hint("fri, in 2 weeks; left empty, it is up again"),
    ]
}

/// A promise is set aside until a day.
pub fn snooze(form: &Form, id: Id, cx: &Cx<'_>) -> Result<Command, Fault> {
    let until = form.field("until").map_or(Ok(None), |field| field.day(cx));
    let until = until.map_err(|why| ("until", why))?;
    if until.is_some_and(|day| day <= cx.today()) {
        return Err(("until", "That day is over or today".to_owned()));
    }
    Ok(Command::SnoozePromise { id, until })
}
