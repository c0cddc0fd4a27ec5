//! Everybody's life read in one pass is what reading them one by one says, and what the book keeps of its own judgement.

use crate::world::{World, add, now};
use chitbook::domain::command::Command;
use chitbook::domain::contact::Card;
use chitbook::domain::id::Id;
use chitbook::domain::moment::{DayNumber, date, day_number};
use chitbook::domain::people::Life;
use chitbook::domain::strength::Params;
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use chitbook::store::Store;
use proptest::prelude::*;
use rusqlite::{Connection, params};
use std::ops::ControlFlow;

fn today() -> DayNumber {
    day_number(now().date_naive())
}

fn onward(_: usize, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn lives(book: &Store) -> Vec<Life> {
    let mut lives = Vec::new();
    assert!(
        book.each_life(&mut onward, &mut |life| lives.push(life.clone()))
            .unwrap()
    );
    lives
}

/// Whether everybody's life is what their own page says.
fn same(book: &Store) {
    let lives = lives(book);
    let ids: Vec<Id> = lives.iter().map(|life| life.id).collect();
    let mut all = book.contact_ids().unwrap();
    all.retain(|id| *id != Id::ME);
    all.sort();
    assert_eq!(ids, all);
    for life in lives {
        let person = book.person(life.id).unwrap().unwrap();
        assert_eq!(life.trail, person.trail, "{}", life.name);
        let row = person.summary;
        assert_eq!(
            (life.name, life.cadence, life.ghost),
            (row.name, row.cadence, row.ghost)
        );
        assert_eq!(life.archived, person.archived_on.map(day_number));
    }
}

fn demo(world: &World) -> Store {
    let mut book = world.book();
    let document = chitbook::exchange::demo::book(now()).unwrap();
    let mut bulk = book.bulk("demo", &now()).unwrap();
    bulk.any_order().unwrap();
    for (table, rows) in document["tables"].as_object().unwrap() {
        for row in rows.as_array().unwrap() {
            bulk.bring(table, row.as_object().unwrap()).unwrap();
        }
    }
    bulk.finish().unwrap();
    book.turn_to(today()).unwrap();
    book
}

#[test]
fn the_demo_book_read_at_once_is_the_demo_book_read_one_by_one() {
    let world = World::new();
    let book = demo(&world);
    let lives = lives(&book);
    let some = |what: fn(&Life) -> bool| lives.iter().any(what);
    assert!(some(|l| !l.trail.traces.is_empty()) && some(|l| !l.trail.verdicts.is_empty()));
    assert!(some(|l| !l.trail.corrections.is_empty()) && some(|l| l.archived.is_some()));
    let kind = |life: &Life, kind| life.trail.traces.iter().any(|t| t.kind == kind);
    assert!(lives.iter().any(|l| kind(l, TouchKind::Favour)));
    assert!(lives.iter().any(|l| kind(l, TouchKind::Referral)));
    assert!(lives.iter().any(|l| l.trail.start.is_some()));
    same(&book);
}

/// One row of any table that a trail is read from.
#[derive(Clone, Debug)]
struct Dice {
    table: usize,
    who: i64,
    other: i64,
    day: DayNumber,
    hour: i64,
    kind: usize,
    flag: bool,
}

prop_compose! {
    fn dice()(table in 0..6usize, who in 1..8i64, other in 1..8i64, day in 20_000..20_020, hour in 0..24i64, kind in 0..12usize, flag: bool) -> Dice {
        Dice { table, who, other, day, hour, kind, flag }
    }
}

const WORDS: [&str; 6] = [
    "asked",
    "promised",
    "introduced",
    "kept",
    "broken",
    "dropped",
];

/// Writes a row as the schema has it.
fn enter(db: &Connection, id: i64, dice: &Dice) {
    let Dice {
        who,
        other,
        kind,
        flag,
        ..
    } = *dice;
    let on = date(dice.day).to_string();
    let wall = i64::from(dice.day) * 86_400_000 + dice.hour * 3_600_000;
    let (word, way) = (TouchKind::ALL[kind].word(), Direction::ALL[kind % 3].word());
    let run = |sql: &str, given: &[&dyn rusqlite::ToSql]| db.execute(sql, given).unwrap();
    match dice.table {
        0 | 1 => {
            run(
                "insert into touch (id, at, offset_minutes, kind, direction, changed_at) values (?1, ?2, 0, ?3, ?4, 0)",
                params![id, wall, word, way],
            );
            let party = "insert into party (contact_id, touch_id, wall, kind, direction) values (?1, ?2, ?3, ?4, ?5)";
            run(party, params![who, id, wall, word, way]);
            if flag && other != who {
                run(party, params![other, id, wall, word, way]);
            }
        }
        2 if who != other => {
            let (giver, receiver) = if flag { (who, 1) } else { (other, who) };
            if giver != receiver {
                run(
                    "insert into chit (id, giver_id, receiver_id, what, given_on, halves, changed_at) values (?1, ?2, ?3, 'x', ?4, 2, 0)",
                    params![id, giver, receiver, on],
                );
            }
        }
        3 => {
            run(
                "insert into referral (id, referrer_id, prospect_id, given, changed_at) values (?1, ?2, ?3, ?4, 0)",
                params![id, who, other, kind == 0],
            );
            for (at, days) in [(0, -2), (kind % 3, 0), (1, i32::from(flag) * 3)] {
                let on = date(dice.day + days).to_string();
                run(
                    "insert into referral_event (referral_id, stage, on_day, changed_at) values (?1, ?2, ?3, 0)",
                    params![id, WORDS[at], on],
                );
            }
        }
        4 => {
            run(
                "insert into promise (id, contact_id, mine, what, made_on, due_on, state, closed_on, changed_at) values (?1, ?2, ?3, 'x', ?4, ?4, ?5, ?4, 0)",
                params![id, who, flag || kind > 3, on, WORDS[3 + kind % 3]],
            );
        }
        _ => {
            run(
                "insert into correction (id, contact_id, on_day, mass, why, changed_at) values (?1, ?2, ?3, ?4, 'x', 0)",
                params![id, who, on, kind as f64 - 5.0],
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_book_read_at_once_is_the_book_read_one_by_one(rows in prop::collection::vec(dice(), 0..60)) {
        let world = World::new();
        let book = world.book();
        let db = Connection::open(book.path()).unwrap();
        for id in 2..8 {
            let out = Some("2026-11-20").filter(|_| id == 3);
            let sql = "insert into contact (id, name, cadence_days, ghost, archived_on, changed_at) values (?1, ?2, ?3, ?4, ?5, 0)";
            db.execute(sql, params![id, format!("p{id}"), (id == 4).then_some(9), id == 5, out]).unwrap();
        }
        for (at, dice) in rows.iter().enumerate() {
            enter(&db, 100 + at as i64, dice);
        }
        same(&book);
    }
}

#[test]
fn learning_begins_at_the_shortest_cadence_of_their_tags() {
    let world = World::new();
    let mut book = world.book();
    let card = |name: &str, tags: &[&str]| {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        let card = Card {
            tags,
            ..Card::named(name)
        };
        Command::AddContact(Box::new(card))
    };
    for (name, tags) in [("Ann", &["a", "b", "c"][..]), ("Bea", &["c"]), ("Cy", &[])] {
        book.apply(&card(name, tags), &now()).unwrap();
    }
    let db = Connection::open(book.path()).unwrap();
    db.execute_batch("update tag set cadence_days = 60 where name = 'a'; update tag set cadence_days = 21 where name = 'b'").unwrap();
    let starts: Vec<Option<u16>> = lives(&book).iter().map(|l| l.trail.start).collect();
    assert_eq!(starts, [Some(21), None, None]);
}

#[test]
fn a_person_is_in_the_book_since_the_day_they_were_added() {
    let world = World::new();
    let mut book = world.book();
    add(&mut book, "Barney Rubble");
    assert_eq!(lives(&book)[0].added, today());
    let on = |day: DayNumber| book.climate(day, 30, &mut onward).unwrap().unwrap();
    assert_eq!(on(today() - 1).now.census.total(), 0);
    assert_eq!(on(today()).now.census.total(), 1);
}

#[test]
fn whoever_waits_hears_how_far_it_is_and_may_give_up() {
    let world = World::new();
    let mut book = demo(&world);
    let people = lives(&book).len();
    let mut heard = Vec::new();
    let mut third = |done: usize, of: usize| {
        heard.push((done, of));
        if done == 3 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    assert_eq!(book.climate(today(), 30, &mut third).unwrap(), None);
    assert_eq!(heard, [(1, people), (2, people), (3, people)]);
    let mut at_once = |_, _| ControlFlow::Break(());
    assert_eq!(book.judgement(today(), &mut at_once).unwrap(), None);
    assert_eq!(book.calibration().unwrap(), None, "nothing is kept of it");
}

#[test]
fn the_calibration_is_kept_for_a_week() {
    let world = World::new();
    let mut book = demo(&world);
    assert!(book.calibration_is_old(today()).unwrap());
    let judged = book.judgement(today(), &mut onward).unwrap().unwrap();
    assert!(!judged.checks.is_empty());
    let other = world.book();
    assert_eq!(other.calibration().unwrap(), Some(judged.calibration));
    for (days, old) in [(-1, true), (0, false), (6, false), (7, true)] {
        let then = today() + days;
        assert_eq!(other.calibration_is_old(then).unwrap(), old, "{days}");
    }
    let week = book.judgement_within(today(), 7, &mut onward);
    let other = week.unwrap().unwrap().calibration;
    assert!((other - judged.calibration).abs() > 1e-6);
    assert_eq!(book.calibration().unwrap(), Some(judged.calibration));
}

#[test]
fn a_calibration_derives_nothing_anew_but_other_numbers_of_the_model_end_it() {
    let world = World::new();
    let mut book = demo(&world);
    let judged = book.judgement(today(), &mut onward).unwrap().unwrap();
    book.params.calibration = judged.calibration + 0.5;
    assert!(!book.needs_turning(today()).unwrap());
    let again = book.judgement(today(), &mut onward).unwrap().unwrap();
    assert_eq!(again, judged, "it is fitted to the model alone");
    book.params.grace = 14.0;
    assert!(book.needs_turning(today()).unwrap());
    book.turn_to(today()).unwrap();
    assert_eq!(book.calibration().unwrap(), None);
    assert!(book.calibration_is_old(today()).unwrap());
}

#[test]
fn a_judgement_changes_nobody_for_whoever_else_has_the_book_open() {
    let world = World::new();
    let (mut book, mut other) = (demo(&world), world.book());
    book.judgement(today(), &mut onward).unwrap();
    assert_eq!(
        other.news().unwrap(),
        chitbook::store::News::People(Vec::new())
    );
}

#[test]
fn the_climate_of_a_past_day_does_not_know_what_came_after() {
    let world = World::new();
    let mut book = demo(&world);
    let day = today() - 40;
    let before = book.climate(day, 30, &mut onward).unwrap().unwrap();
    let who = lives(&book)[5].id;
    let touch = Touch {
        at: now() - chrono::Duration::days(10),
        kind: TouchKind::Meeting,
        direction: Direction::Mutual,
        minutes: None,
        body: String::new(),
        people: vec![who],
    };
    let today_before = book.climate(today(), 30, &mut onward).unwrap();
    book.apply(&Command::LogTouch(Box::new(touch)), &now())
        .unwrap();
    assert_eq!(book.climate(day, 30, &mut onward).unwrap(), Some(before));
    assert_ne!(
        book.climate(today(), 30, &mut onward).unwrap(),
        today_before
    );
    assert_eq!(book.params, Params::default());
}
