//! Who is in the book that the stories are told of.

use super::{now, today};
use crate::domain::chit::{Chit, ChitRow, Halves};
use crate::domain::contact::{Card, Email, Phone};
use crate::domain::id::Id;
use crate::domain::moment::{day_number, shift};
use crate::domain::people::{Entry, Person, Summary, Trace, Trail};
use crate::domain::promise::{Promise, PromiseRow, PromiseState};
use crate::domain::strength::{Params, Standing};
use crate::domain::touch::{Direction, TouchKind};

/// A person with touches so many days ago, newest first.
pub fn person(raw: i64, name: &str, account: &str, touches: &[(i64, TouchKind, &str)]) -> Person {
    let params = Params::default();
    let day = |ago: i64| shift(today(), -ago);
    let mut traces: Vec<Trace> = touches
        .iter()
        .map(|(ago, kind, _)| Trace {
            day: day_number(day(*ago)),
            kind: *kind,
            direction: Direction::Mutual,
        })
        .collect();
    traces.reverse();
    let trail = Trail {
        traces,
        ..Trail::default()
    };
    let history = (0..).zip(touches).map(|(at, (ago, kind, body))| Entry {
        id: Id::from_raw(raw * 1000 + at),
        at: now() - chrono::Duration::days(*ago) - chrono::Duration::minutes(3),
        kind: *kind,
        direction: Direction::Out,
        minutes: (*kind == TouchKind::Call).then_some(14),
        body: (*body).to_owned(),
        others: Vec::new(),
        people: vec![Id::from_raw(raw)],
        caught: String::new(),
    });
    let card = Card {
        account: account.to_owned(),
        ..Card::named(name)
    };
    let summary = Summary {
        id: Id::from_raw(raw),
        name: name.to_owned(),
        account: account.to_owned(),
        title: String::new(),
        tags: Vec::new(),
        reach: String::new(),
        standing: Standing::replay(&params, &trail, day_number(today())),
        cadence: None,
        ghost: false,
        archived: false,
    };
    Person {
        summary,
        card,
        archived_on: None,
        history: history.collect(),
        touches: touches.len(),
        corrections: Vec::new(),
        trail,
        chits: Vec::new(),
        promises: Vec::new(),
        closed: Vec::new(),
        kept: [0; 4],
        plan: None,
        dates: Vec::new(),
        facts: Vec::new(),
        needs: Vec::new(),
        tier: None,
        seats: Vec::new(),
        links: Vec::new(),
    }
}

fn chit(raw: i64, giver: (Id, &str), receiver: (Id, &str), what: &str, ago: i64) -> ChitRow {
    ChitRow {
        id: Id::from_raw(raw),
        chit: Chit {
            giver: giver.0,
            receiver: receiver.0,
            what: what.to_owned(),
            on: shift(today(), -ago),
            worth: Halves::PLAIN,
            pending: raw % 2 == 0,
            evidence: None,
        },
        giver_name: giver.1.to_owned(),
        receiver_name: receiver.1.to_owned(),
        parts: Vec::new(),
        cleared_on: None,
        calls: Vec::new(),
        words: String::new(),
    }
}

/// Somebody with something of everything.
fn barney() -> Person {
    use TouchKind::{Call, Email as Mail, Meeting, Message};
    let mut barney = person(
        10,
        "Barney Rubble",
        "Slate & Co",
        &[
            (
                9,
                Call,
                "firmware worry, wants the new gateway before the audit\nsecond line",
            ),
            (20, Mail, "sent tariff table"),
            (32, Call, "asked about the fishing trip"),
            (45, Meeting, "lunch at the quarry; met the new buyer"),
            (60, Message, "thanks for the intro"),
            (74, Call, ""),
        ],
    );
    barney.card.title = "Plant manager".to_owned();
    barney.card.tags = vec!["coach".to_owned(), "golf".to_owned()];
    barney.summary.tags.clone_from(&barney.card.tags);
    barney.card.phones = vec![Phone {
        label: "work".to_owned(),
        number: "+1 415 555 0100".to_owned(),
    }];
    barney.card.emails = vec![Email {
        label: String::new(),
        address: "barney@slate.com".to_owned(),
    }];
    let (me, him, fred) = (
        (Id::ME, "me"),
        (Id::from_raw(10), "Barney Rubble"),
        (Id::from_raw(12), "Fred Flint"),
    );
    barney.chits = vec![
        chit(501, me, him, "got the meter past customs", 194),
        chit(502, him, me, "opened the door at Slate", 19),
        chit(503, him, fred, "the introduction to me", 30),
    ];
    barney.promises = vec![PromiseRow {
        id: Id::from_raw(601),
        promise: Promise {
            contact: Id::from_raw(10),
            mine: true,
            what: "quote".to_owned(),
            made_on: shift(today(), -9),
            due: shift(today(), 5),
            evidence: None,
        },
        state: PromiseState::Open,
        closed_on: None,
        snoozed: None,
        words: String::new(),
    }];
    barney
}

/// A handful of people.
pub fn cast() -> Vec<Person> {
    use TouchKind::{Call, Email as Mail, Meeting, Message, Video};
    vec![
        barney(),
        person(
            11,
            "Betty Marsh",
            "Acme",
            &[
                (70, Video, "roadmap"),
                (100, Mail, "hello"),
                (130, Call, ""),
            ],
        ),
        person(
            12,
            "Fred Flint",
            "Granite Works",
            &[(4, Call, "wants a demo"), (30, Meeting, "first visit")],
        ),
        person(
            13,
            "Dino Vance",
            "Granite Works",
            &[(300, Mail, "no answer"), (340, Mail, "tried again")],
        ),
        person(14, "Wilma Ortega", "", &[]),
        person(
            15,
            "漢字 太郎",
            "株式会社",
            &[(12, Call, "お世話になっております")],
        ),
        person(
            16,
            "Zoë Åström-Nguyễn",
            "Fjord 9",
            &[(15, Message, "👩\u{200d}💻 ok")],
        ),
    ]
}
