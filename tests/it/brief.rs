//! The brief: everything a caller's screen wants to know, and nothing of anybody else.

use crate::notes::{apply, at_slate, call, fact, file, need, note, referred, rival, sale, seat};
use crate::world::{World, add, now};
use chitbook::domain::brief::Brief;
use chitbook::domain::command::Command;
use chitbook::domain::contact::{Card, Relation};
use chitbook::domain::filing::{Filed, Filing};
use chitbook::domain::id::Id;
use chitbook::domain::link::LinkKind;
use chitbook::domain::record::{Fact, Record, RecordKind, Role, Seat, Stance};
use chitbook::domain::referral::{Referred, Stage};
use chitbook::domain::touch::Touch;
use chitbook::store::Store;
use chrono::Days;

fn brief(book: &Store, who: Id) -> Brief {
    book.brief(who, &now()).unwrap().unwrap()
}

fn record(book: &mut Store, record: Record) -> Id {
    apply(book, &Command::AddRecord(Box::new(record))).unwrap()
}

#[test]
fn nobody_has_no_brief_and_a_stranger_an_empty_one() {
    let world = World::new();
    let mut book = world.book();
    assert_eq!(book.brief(Id::from_raw(77), &now()).unwrap(), None);
    let fred = add(&mut book, "Fred Flint");
    assert_eq!(brief(&book, fred), Brief::default());
}

#[test]
fn records_come_by_kind_and_the_newest_first() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let wilma = at_slate(&mut book, "Wilma Slate");
    let long_ago = |what: &str| match fact(barney, what) {
        Record::Fact(fact) => Record::Fact(Fact {
            learned: fact.learned - Days::new(900),
            ..fact
        }),
        other => other,
    };
    let sold = record(&mut book, sale(barney));
    let new = record(&mut book, fact(barney, "new"));
    let old = record(&mut book, long_ago("old"));
    let newer = record(&mut book, fact(barney, "newer"));
    let heard = record(&mut book, need(wilma, "rolls"));
    let seen = record(&mut book, rival(wilma));
    record(&mut book, sale(wilma));
    record(&mut book, fact(wilma, "hers alone"));
    let ids: Vec<(RecordKind, Id)> = brief(&book, barney)
        .records
        .iter()
        .map(|row| (row.record.kind(), row.id))
        .collect();
    assert_eq!(
        ids,
        [
            (RecordKind::Fact, newer),
            (RecordKind::Fact, new),
            (RecordKind::Fact, old),
            (RecordKind::Need, heard),
            (RecordKind::Sale, sold),
            (RecordKind::Rival, seen),
        ]
    );
}

#[test]
fn the_committee_is_the_accounts_by_role_with_each_holders_standing() {
    let world = World::new();
    let mut book = world.book();
    let (barney, wilma) = (
        at_slate(&mut book, "Barney Rubble"),
        at_slate(&mut book, "Wilma Slate"),
    );
    let fred = add(&mut book, "Fred Flint");
    apply(&mut book, &Command::LogTouch(Box::new(call(&[wilma], ""))));
    record(&mut book, seat(wilma, wilma, Stance::For));
    let decides = Seat {
        contact: fred,
        at: barney,
        role: Role::Decision,
        stance: Stance::Unknown,
    };
    record(&mut book, Record::Seat(decides));
    let db = rusqlite::Connection::open(book.path()).unwrap();
    db.execute("insert into seat (id, account_id, role, changed_at) select 5, id, 'technical', 1 from account", []).unwrap();
    let wanted = [
        (Some("Fred Flint".to_owned()), Role::Decision),
        (Some("Wilma Slate".to_owned()), Role::Finance),
        (None, Role::Technical),
    ];
    // Also of Fred, who works nowhere and sits there.
    for who in [barney, wilma, fred] {
        let committee = brief(&book, who).committee;
        let seats: Vec<(Option<String>, Role)> = committee
            .iter()
            .map(|member| {
                (
                    member.holder.as_ref().map(|holder| holder.name.clone()),
                    member.role,
                )
            })
            .collect();
        assert_eq!(seats, wanted);
        assert_eq!(committee[1].holder, book.summary(wilma).unwrap());
    }
}

#[test]
fn who_led_here_is_the_first_referral_else_the_introduction_on_the_card() {
    let world = World::new();
    let mut book = world.book();
    let (barney, wilma) = (
        add(&mut book, "Barney Rubble"),
        add(&mut book, "Wilma Slate"),
    );
    let introduced = |name: &str| Relation {
        kind: LinkKind::IntroducedBy,
        label: "at the fair".to_owned(),
        name: name.to_owned(),
    };
    let card = Card {
        relations: vec![introduced("Pearl"), introduced("Barney Rubble")],
        ..Card::named("Dino Vance")
    };
    let dino = apply(&mut book, &Command::AddContact(Box::new(card))).unwrap();
    let led = |book: &Store| {
        brief(book, dino)
            .led
            .map(|led| (led.by, led.what, led.stage))
    };
    let said = |by: &str, what: &str, stage| Some((by.to_owned(), what.to_owned(), stage));
    assert_eq!(led(&book), said("Pearl", "at the fair", "suggested"));
    let links = book.person(dino).unwrap().unwrap().links;
    let of = |name: &str| links.iter().find(|link| link.name == name).unwrap().id;
    apply(
        &mut book,
        &Command::ConfirmLink {
            id: of("Barney Rubble"),
            yes: true,
        },
    );
    assert_eq!(
        led(&book),
        said("Barney Rubble", "at the fair", "introduced")
    );
    apply(
        &mut book,
        &Command::ConfirmLink {
            id: of("Barney Rubble"),
            yes: false,
        },
    );
    apply(
        &mut book,
        &Command::ConfirmLink {
            id: of("Pearl"),
            yes: false,
        },
    );
    assert_eq!(led(&book), None);
    let refer = |who: Id, ago: u64, stage: Stage| {
        let referred = referred(who, dino, stage);
        let on = referred.on - Days::new(ago);
        Command::Refer(Box::new(Referred { on, ..referred }))
    };
    apply(&mut book, &refer(barney, 3, Stage::Asked));
    apply(&mut book, &refer(wilma, 30, Stage::Promised));
    apply(&mut book, &refer(wilma, 1, Stage::Met));
    assert_eq!(
        led(&book),
        said("Wilma Slate", "runs Granite's plant", "met")
    );
    assert_eq!(
        brief(&book, dino).led.unwrap().on,
        now().date_naive() - Days::new(30)
    );
}

#[test]
fn mentions_are_the_latest_few_with_who_was_there() {
    let world = World::new();
    let mut book = world.book();
    let (barney, wilma, fred) = (
        at_slate(&mut book, "Barney Rubble"),
        at_slate(&mut book, "Wilma Slate"),
        add(&mut book, "Fred Flint"),
    );
    for ago in [0, 9, 3, 1, -2, 40, 5] {
        let touch = Touch {
            at: now() - chrono::Duration::days(ago),
            ..call(&[barney, wilma], "")
        };
        let filing = Filing {
            mentioned: vec![(fred, format!("@Fred {ago}"))],
            touch: Filed::New(touch),
            ..note(call(&[], ""))
        };
        file(&mut book, filing);
    }
    let mentions = brief(&book, fred).mentions;
    let words: Vec<&str> = mentions
        .iter()
        .map(|mention| mention.words.as_str())
        .collect();
    assert_eq!(
        words,
        ["@Fred 0", "@Fred 1", "@Fred 3", "@Fred 5", "@Fred 9"],
        "what lies ahead was not said yet"
    );
    assert_eq!(mentions[0].by, "Barney Rubble and Wilma Slate");
    assert_eq!(mentions[0].on, now().date_naive());
}

#[test]
fn the_last_time_they_were_asked_is_told_with_their_answer() {
    let world = World::new();
    let mut book = world.book();
    let barney = add(&mut book, "Barney Rubble");
    let db = rusqlite::Connection::open(book.path()).unwrap();
    for (id, on, answer) in [
        (5, "2026-01-02", "declined"),
        (6, "2026-03-04", ""),
        (7, "2025-05-06", "named"),
    ] {
        let sql = "insert into ask (id, contact_id, on_day, answer, changed_at) values (?1, ?2, ?3, ?4, 1)";
        db.execute(sql, rusqlite::params![id, barney.raw(), on, answer])
            .unwrap();
    }
    assert_eq!(
        brief(&book, barney).asked,
        Some(("2026-03-04".parse().unwrap(), String::new()))
    );
}

#[test]
fn everybody_in_the_demo_has_a_brief_and_their_notes_say_what_was_caught() {
    let world = World::new();
    let book = crate::docs::demo(&world);
    let mut known = Brief::default();
    let mut caught = 0;
    for id in book.contact_ids().unwrap() {
        let one = brief(&book, id);
        known.records.extend(one.records);
        known.committee.extend(one.committee);
        known.mentions.extend(one.mentions);
        known.led = one.led.or(known.led);
        known.asked = one.asked.or(known.asked);
        for entry in book.history(id, 10_000).unwrap() {
            let rows = book.caught(entry.id).unwrap();
            caught += rows.len();
            for sign in rows.iter().filter_map(|row| row.words.chars().next()) {
                assert!(entry.caught.contains(sign), "{sign} of {}", entry.body);
            }
        }
    }
    assert!(known.records.len() > 60 && known.committee.len() > 20 && known.mentions.len() == 5);
    assert!(
        known.led.is_some() && known.asked.is_some() && caught > 60,
        "{caught}"
    );
}
