//! Records from forms: facts, key dates, needs, sales, rivals and seats, and promises set aside.

use crate::notes::{
    apply, at_slate, birthday, dollars, fact, need, outcome, promise, rival, sale, seat, today,
};
use crate::world::{World, add, dump, now};
use chitbook::domain::command::Command;
use chitbook::domain::contact::{Card, KeyDate, PartialDate};
use chitbook::domain::draft::Draft;
use chitbook::domain::filing::Item;
use chitbook::domain::id::Id;
use chitbook::domain::money::Money;
use chitbook::domain::record::{
    Fact, FactKind, Need, NeedState, Record, Rival, Role, Sale, Seat, Stance,
};
use chitbook::store::{Error, Store};
use chrono::Days;

fn added(record: &Record) -> Command {
    Command::AddRecord(Box::new(record.clone()))
}

fn edited(id: Id, before: &Record, after: &Record) -> Command {
    let (before, after) = (Box::new(before.clone()), Box::new(after.clone()));
    Command::EditRecord { id, before, after }
}

fn label(book: &mut Store, command: &Command) -> String {
    book.apply(command, &now()).unwrap().label
}

fn refused(book: &mut Store, command: &Command) -> String {
    let before = dump(book);
    let said = book.apply(command, &now()).unwrap_err();
    assert_eq!(dump(book), before, "what is refused changes nothing");
    said.to_string()
}

fn need_of(contact: Id) -> Need {
    match need(contact, "fewer truck rolls") {
        Record::Need(need) => need,
        other => panic!("{other:?}"),
    }
}

fn fact_of(contact: Id) -> Fact {
    match fact(contact, "daughter interviewing") {
        Record::Fact(fact) => fact,
        other => panic!("{other:?}"),
    }
}

/// One of each kind, and what it may become.
fn pairs(contact: Id) -> [(Record, Record); 6] {
    let met = Need {
        state: NeedState::Delivered,
        outcome: Some(outcome("half")),
        ..need_of(contact)
    };
    let asked = Fact {
        kind: FactKind::Advice,
        due: Some(today()),
        asked: Some(today()),
        ..fact_of(contact)
    };
    let mut other_day = birthday(contact);
    if let Record::Date(day) = &mut other_day {
        day.date.on = PartialDate::parse("1984-02-29").unwrap();
        day.date.yearly = false;
    }
    let sold = Sale {
        contact,
        amount: Money {
            minor: 900,
            currency: "JPY".to_owned(),
        },
        what: String::new(),
        on: today() - Days::new(9),
    };
    let seen = Rival {
        contact,
        name: "Mastwise".to_owned(),
        what: String::new(),
        on: today() - Days::new(9),
    };
    let coach = Seat {
        contact,
        at: contact,
        role: Role::Coach,
        stance: Stance::Against,
    };
    [
        (Record::Fact(fact_of(contact)), Record::Fact(asked)),
        (birthday(contact), other_day),
        (Record::Need(need_of(contact)), Record::Need(met)),
        (sale(contact), Record::Sale(sold)),
        (rival(contact), Record::Rival(seen)),
        (seat(contact, contact, Stance::For), Record::Seat(coach)),
    ]
}

#[test]
fn a_record_of_every_kind_is_added_corrected_and_deleted_and_all_of_it_is_undone() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    for (one, other) in pairs(barney) {
        let kind = one.kind();
        let empty = dump(&book);
        let id = apply(&mut book, &added(&one)).unwrap();
        let row = book.record(kind, id).unwrap().unwrap();
        assert_eq!(
            (&row.record, row.evidence, row.words.as_str()),
            (&one, None, "")
        );
        assert_eq!(book.record_ids(kind).unwrap(), [id]);
        let there = dump(&book);
        apply(&mut book, &edited(id, &one, &other));
        assert_eq!(book.record(kind, id).unwrap().unwrap().record, other);
        assert_eq!(
            refused(&mut book, &edited(id, &one, &other)),
            format!(
                "this {} was changed elsewhere in the meantime; close this form to see the new state, or copy your text and edit again",
                kind.noun()
            )
        );
        apply(&mut book, &edited(id, &other, &one));
        apply(&mut book, &Command::DeleteRecord { kind, id });
        assert_eq!(book.record(kind, id).unwrap(), None);
        for gone in [edited(id, &one, &other), Command::DeleteRecord { kind, id }] {
            let said = refused(&mut book, &gone);
            assert_eq!(
                said,
                format!("that {} is not in the book any more", kind.noun())
            );
        }
        for _ in 0..3 {
            book.undo(&now()).unwrap();
        }
        assert_eq!(dump(&book), there);
        book.undo(&now()).unwrap();
        assert_eq!(dump(&book), empty);
    }
    assert!(book.check(&now()).unwrap().is_clean());
}

#[test]
fn a_record_can_become_somebody_elses_and_takes_their_account() {
    let world = World::new();
    let mut book = world.book();
    let (barney, fred) = (
        at_slate(&mut book, "Barney Rubble"),
        add(&mut book, "Fred Flint"),
    );
    let acme = Card {
        account: "Acme".to_owned(),
        ..Card::named("Betty Marsh")
    };
    let betty = apply(&mut book, &Command::AddContact(Box::new(acme))).unwrap();
    let known = |book: &Store, who: Id| book.brief(who, &now()).unwrap().unwrap().records.len();
    let wilma = at_slate(&mut book, "Wilma Slate");
    for one in [rival as fn(Id) -> Record, |who| need(who, "rolls")] {
        let id = apply(&mut book, &added(&one(barney))).unwrap();
        assert_eq!((known(&book, wilma), known(&book, betty)), (1, 0));
        apply(&mut book, &edited(id, &one(barney), &one(betty)));
        assert_eq!((known(&book, wilma), known(&book, betty)), (0, 1));
        apply(&mut book, &edited(id, &one(betty), &one(fred)));
        assert_eq!((known(&book, betty), known(&book, fred)), (0, 1));
        let kind = one(fred).kind();
        apply(&mut book, &Command::DeleteRecord { kind, id });
    }
}

#[test]
fn a_step_about_a_record_is_called_after_it() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let nameless = Record::Sale(Sale {
        contact: barney,
        amount: dollars(1),
        what: String::new(),
        on: today(),
    });
    // what is added, its label, what it becomes, that label, the label of deleting it
    let mut rest = pairs(barney).into_iter();
    let mut pair = || rest.next().unwrap();
    let cases = [
        (
            pair(),
            "Fact about Barney Rubble: daughter interviewing",
            "Followed up the fact \"daughter interviewing\"",
            "Deleted the fact \"daughter interviewing\"",
        ),
        (
            pair(),
            "Key date of Barney Rubble: anniversary",
            "Edited the key date \"anniversary\"",
            "Deleted the key date \"anniversary\"",
        ),
        (
            pair(),
            "Need of Barney Rubble: fewer truck rolls",
            "Result of the need \"fewer truck rolls\": half",
            "Deleted the need \"fewer truck rolls\"",
        ),
        (
            pair(),
            "Sale to Barney Rubble: renewal",
            "Edited the sale \"renewal\"",
            "Deleted a sale",
        ),
        (
            pair(),
            "Rival, told by Barney Rubble: Rockland",
            "Edited the rival \"Rockland\"",
            "Deleted the rival \"Mastwise\"",
        ),
        (
            pair(),
            "Seat of Barney Rubble: finance",
            "Edited the seat of Barney Rubble: finance",
            "Deleted the seat of Barney Rubble: coach",
        ),
        (
            (nameless.clone(), nameless),
            "Sale to Barney Rubble",
            "Edited a sale",
            "Deleted a sale",
        ),
    ];
    for ((one, other), adding, editing, deleting) in cases {
        let changed = book.apply(&added(&one), &now()).unwrap();
        assert_eq!(changed.label, adding);
        let id = changed.created.unwrap();
        assert_eq!(label(&mut book, &edited(id, &one, &other)), editing);
        let kind = one.kind();
        assert_eq!(
            label(&mut book, &Command::DeleteRecord { kind, id }),
            deleting
        );
    }
}

#[test]
fn what_makes_no_sense_is_refused_in_a_sentence() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let no_result = Record::Need(Need {
        state: NeedState::Delivered,
        ..need_of(barney)
    });
    let not_delivered = Record::Need(Need {
        outcome: Some(outcome("half")),
        ..need_of(barney)
    });
    let unsaid = Record::Need(Need {
        state: NeedState::Delivered,
        outcome: Some(outcome(" ")),
        ..need_of(barney)
    });
    let amount = |currency: &str| {
        Record::Sale(Sale {
            contact: barney,
            amount: Money {
                minor: 1,
                currency: currency.to_owned(),
            },
            what: String::new(),
            on: today(),
        })
    };
    let nameless = Record::Rival(Rival {
        contact: barney,
        name: "\u{1b}".to_owned(),
        what: "x".to_owned(),
        on: today(),
    });
    let cases = [
        (
            fact(barney, " "),
            "say in a few words what is worth remembering",
        ),
        (need(barney, ""), "say in a few words what they need"),
        (nameless, "say in a few words which competitor it was"),
        (
            no_result,
            "a need is delivered when, and only when, there is a result",
        ),
        (
            not_delivered,
            "a need is delivered when, and only when, there is a result",
        ),
        (unsaid, "say in a few words what the result was"),
        (
            amount(""),
            "an amount needs its currency in three letters, like USD or EUR",
        ),
        (
            amount("usd"),
            "an amount needs its currency in three letters, like USD or EUR",
        ),
        (sale(Id::ME), "a sale is somebody else's; name them"),
        (
            birthday(Id::from_raw(77)),
            "that person is not in the book any more",
        ),
    ];
    for (record, said) in cases {
        assert_eq!(refused(&mut book, &added(&record)), said, "{record:?}");
    }
    let id = apply(&mut book, &added(&need(barney, "rolls"))).unwrap();
    let other = fact(barney, "rolls");
    assert_eq!(
        refused(&mut book, &edited(id, &need(barney, "rolls"), &other)),
        "a need cannot become a fact; delete the one and add the other"
    );
}

#[test]
fn a_seat_is_there_once() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let id = apply(&mut book, &added(&seat(barney, barney, Stance::For)));
    assert_eq!(
        apply(&mut book, &added(&seat(barney, barney, Stance::Against))),
        id
    );
    let committee = book.brief(barney, &now()).unwrap().unwrap().committee;
    assert_eq!((committee.len(), committee[0].stance), (1, Stance::Against));
    let coach = Record::Seat(Seat {
        contact: barney,
        at: barney,
        role: Role::Coach,
        stance: Stance::For,
    });
    let other = apply(&mut book, &added(&coach)).unwrap();
    assert_eq!(
        refused(
            &mut book,
            &edited(other, &coach, &seat(barney, barney, Stance::For))
        ),
        "Barney Rubble has that seat already; change the other one"
    );
}

#[test]
fn a_need_remembers_when_it_was_proposed_until_it_is_only_heard_again() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let path = book.path().to_owned();
    let proposed_on = || {
        let db = rusqlite::Connection::open(&path).unwrap();
        db.query_row("select proposed_on from need", [], |row| {
            row.get::<_, Option<String>>(0)
        })
        .unwrap()
    };
    let as_of = |state: NeedState| {
        let outcome = (state == NeedState::Delivered).then(|| outcome("half"));
        Record::Need(Need {
            state,
            outcome,
            ..need_of(barney)
        })
    };
    let id = apply(&mut book, &added(&as_of(NeedState::Heard))).unwrap();
    let later = now() + chrono::Duration::days(3);
    let day = Some(later.date_naive().to_string());
    let mut before = NeedState::Heard;
    for (state, wanted) in [
        (NeedState::Proposed, day.clone()),
        (NeedState::Delivered, day.clone()),
        (NeedState::Proposed, day.clone()),
        (NeedState::Dropped, day),
        (NeedState::Heard, None),
    ] {
        book.apply(&edited(id, &as_of(before), &as_of(state)), &later)
            .unwrap();
        assert_eq!(proposed_on(), wanted, "{state:?}");
        before = state;
    }
}

#[test]
fn a_day_out_of_a_note_keeps_its_line_when_the_card_is_edited() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let touch = crate::notes::file(
        &mut book,
        chitbook::domain::filing::Filing {
            changes: vec![chitbook::domain::filing::Change::Add(crate::notes::caught(
                Item::Record(birthday(barney)),
                "* anniversary 20 nov",
            ))],
            ..crate::notes::note(crate::notes::call(&[barney], "* anniversary 20 nov"))
        },
    );
    let row = book.caught(touch).unwrap().remove(0);
    let date = |label: &str| KeyDate {
        label: label.to_owned(),
        on: PartialDate::parse("--02-03").unwrap(),
        yearly: true,
    };
    let edit = |book: &mut Store, change: &dyn Fn(&mut Vec<KeyDate>)| {
        let before = book.card(barney).unwrap().unwrap();
        let mut after = before.clone();
        change(&mut after.dates);
        let wanted = after.dates.clone();
        let command = Command::EditContact {
            id: barney,
            before: Box::new(before),
            after: Box::new(after),
        };
        apply(book, &command);
        assert_eq!(book.card(barney).unwrap().unwrap().dates, wanted);
    };
    edit(&mut book, &|dates| dates.push(date("birthday")));
    edit(&mut book, &|dates| dates.push(date("renewal")));
    edit(&mut book, &|dates| drop(dates.remove(1)));
    assert_eq!(book.caught(touch).unwrap(), std::slice::from_ref(&row));
    edit(&mut book, &|dates| dates.reverse());
    edit(&mut book, &|dates| {
        dates.retain(|date| date.label != "anniversary");
    });
    assert_eq!(book.caught(touch).unwrap(), []);
}

#[test]
fn a_promise_is_set_aside_until_a_day_while_it_is_open() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let Item::Promise(promise) = promise(barney, "the quote") else {
        panic!()
    };
    let id = apply(&mut book, &Command::AddPromise(Box::new(promise))).unwrap();
    let snooze = |until| Command::SnoozePromise { id, until };
    let day = today() + Days::new(9);
    let snoozed = |book: &Store| book.person(barney).unwrap().unwrap().promises[0].snoozed;
    assert_eq!(
        label(&mut book, &snooze(Some(day))),
        "Set the promise \"the quote\" aside until 1 Dec"
    );
    assert_eq!(snoozed(&book), Some(day));
    assert_eq!(
        label(&mut book, &snooze(None)),
        "Took up the promise \"the quote\" again"
    );
    assert_eq!(snoozed(&book), None);
    book.undo(&now()).unwrap();
    assert_eq!(snoozed(&book), Some(day));
    let kept = chitbook::domain::promise::PromiseState::Kept;
    apply(
        &mut book,
        &Command::ClosePromise {
            id,
            state: kept,
            on: today(),
        },
    );
    assert_eq!(
        refused(&mut book, &snooze(Some(day))),
        "this promise is kept already; only an open one can be set aside"
    );
    let gone = Command::SnoozePromise {
        id: barney,
        until: None,
    };
    assert!(matches!(book.apply(&gone, &now()), Err(Error::Gone { .. })));
}

#[test]
fn a_draft_knows_when_it_was_begun_and_saved() {
    let world = World::new();
    let mut book = world.book();
    let draft = |id: Option<Id>, started| Draft {
        id,
        contact: None,
        kind: "call".to_owned(),
        title: "Call".to_owned(),
        body: "x".to_owned(),
        started,
        saved: None,
    };
    let later = now() + chrono::Duration::minutes(5);
    let times = |book: &Store| {
        let draft = book.drafts().unwrap().remove(0);
        (draft.started.unwrap(), draft.saved.unwrap())
    };
    let id = Some(book.save_draft(&draft(None, None), &now()).unwrap());
    assert_eq!(times(&book), (now(), now()));
    book.save_draft(&draft(id, None), &later).unwrap();
    assert_eq!(
        times(&book),
        (now(), later),
        "begun when it was saved first"
    );
    let rung = now() - chrono::Duration::minutes(2);
    book.save_draft(&draft(id, Some(rung)), &later).unwrap();
    assert_eq!(times(&book), (rung, later), "begun when its clock was");
    let old = r#"{"id":null,"contact":null,"kind":"note","title":"","body":""}"#;
    let old: Draft = serde_json::from_str(old).unwrap();
    assert_eq!((old.started, old.saved), (None, None));
}
