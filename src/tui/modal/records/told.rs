//! What is kept, in words: a row of the list.

use super::Kept;
use crate::domain::id::Id;
use crate::domain::promise::{PromiseRow, PromiseState};
use crate::domain::record::{Fact, Need, Record, Stance};
use crate::domain::when;
use crate::tui::modal::Cx;
use ratatui::style::Style;

/// The group a row stands in, its sign, its text, what stands beside it, and how it is meant.
pub(super) struct Told {
    pub group: &'static str,
    pub sign: &'static str,
    pub text: String,
    pub beside: String,
    pub style: Style,
}

pub(super) fn told(kept: Kept<'_>, with: Option<Id>, cx: &Cx<'_>) -> Told {
    match kept {
        Kept::Promise(row) => told_promise(row, cx),
        Kept::Record(row) => {
            let mut told = told_record(&row.record, cx);
            if Some(row.record.contact()) != with {
                told.text = format!("{} ({})", told.text, cx.name(row.record.contact()));
            }
            told
        }
    }
}

fn told_promise(row: &PromiseRow, cx: &Cx<'_>) -> Told {
    let today = cx.today();
    let promise = &row.promise;
    let due = when::say(promise.due, today);
    let aside = row.snoozed.filter(|until| *until > today);
    let (beside, style) = match (row.state, aside) {
        (PromiseState::Open, Some(until)) => (
            format!("set aside until {}", when::say(until, today)),
            cx.theme.dim,
        ),
        (PromiseState::Open, None) if promise.due < today => {
            (format!("was due {due}"), cx.theme.bad)
        }
        (PromiseState::Open, None) => (format!("due {due}"), cx.theme.text),
        (state, _) => {
            let on = row
                .closed_on
                .map_or(String::new(), |on| format!(" {}", when::bare(on, today)));
            (format!("{}{on}", state.word()), cx.theme.dim)
        }
    };
    Told {
        group: "Promises",
        sign: if promise.mine { "!" } else { "?" },
        text: format!(
            "{} promised: {}",
            if promise.mine { "you" } else { "they" },
            promise.what
        ),
        beside,
        style,
    }
}

fn told_record(record: &Record, cx: &Cx<'_>) -> Told {
    let today = cx.today();
    let plain = cx.theme.text;
    let say = |on| when::bare(on, today);
    let (group, sign, text, beside, style) = match record {
        Record::Fact(fact) => return told_fact(fact, cx),
        Record::Date(day) => {
            let next = day.date.on.next_from(today);
            let beside = if day.date.yearly {
                format!("every {}", next.format("%-d %b"))
            } else {
                day.date.on.to_string()
            };
            ("Key dates", "*", day.date.label.clone(), beside, plain)
        }
        Record::Need(need) => return told_need(need, cx),
        Record::Sale(sale) => (
            "Sales",
            "$",
            format!("{} {}", sale.amount, sale.what),
            say(sale.on),
            plain,
        ),
        Record::Rival(rival) => (
            "Rivals",
            "~",
            format!("{}: {}", rival.name, rival.what),
            say(rival.on),
            cx.theme.warn,
        ),
        Record::Seat(seat) => {
            let stance = if seat.stance == Stance::Unknown {
                String::new()
            } else {
                seat.stance.word().to_owned()
            };
            (
                "Committee",
                "%",
                seat.role.phrase().to_owned(),
                stance,
                plain,
            )
        }
    };
    Told {
        group,
        sign,
        text,
        beside,
        style,
    }
}

fn told_fact(fact: &Fact, cx: &Cx<'_>) -> Told {
    let say = |on| when::bare(on, cx.today());
    Told {
        group: "Facts",
        sign: "*",
        text: fact.what.clone(),
        beside: match (fact.asked, fact.due) {
            (Some(asked), _) => format!("asked {}", say(asked)),
            (None, Some(due)) => format!("its moment {}", say(due)),
            (None, None) => say(fact.learned),
        },
        style: if fact.asked.is_some() {
            cx.theme.dim
        } else {
            cx.theme.text
        },
    }
}

fn told_need(need: &Need, cx: &Cx<'_>) -> Told {
    let say = |on| when::bare(on, cx.today());
    let group = "Needs and results";
    if let Some(outcome) = &need.outcome {
        let amount = outcome.amount.as_ref();
        let amount = amount.map_or(String::new(), |money| format!(", {money}"));
        return Told {
            group,
            sign: "=",
            // A result that no need was known for stands as its own.
            text: if need.what == outcome.what {
                format!("{}{amount}", outcome.what)
            } else {
                format!("{}: {}{amount}", need.what, outcome.what)
            },
            beside: format!("{} {}", outcome.kind.phrase(), say(outcome.on)),
            style: cx.theme.good,
        };
    }
    Told {
        group,
        sign: "#",
        text: need.what.clone(),
        beside: format!("{} {}", need.state.word(), say(need.heard)),
        style: if need.state.is_open() {
            cx.theme.text
        } else {
            cx.theme.dim
        },
    }
}
