//! What one record says in two places is said alike in both, whichever of them is changed.

use crate::notes::{apply, at_slate, call, note, today};
use crate::world::{World, add, dump, now};
use chitbook::domain::command::Command;
use chitbook::domain::id::Id;
use chitbook::domain::matter::{MatterKind, Snooze};
use chitbook::domain::promise::{Plan, Promise};
use chitbook::domain::touch::{Touch, TouchKind};
use chitbook::store::Store;
use chrono::{Days, NaiveTime};
use serde_json::Value;
use std::fs;

fn overdue(book: &mut Store, who: Id) -> Id {
    let promise = Promise {
        contact: who,
        mine: true,
        what: "the quote".to_owned(),
        made_on: today() - Days::new(9),
        due: today() - Days::new(2),
        evidence: None,
    };
    apply(book, &Command::AddPromise(Box::new(promise))).unwrap()
}

#[test]
fn a_promise_set_aside_in_today_is_taken_up_from_its_form() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let id = overdue(&mut book, barney);
    let promised = |book: &Store| {
        let lines = book.today(&now()).unwrap().lines;
        lines
            .iter()
            .filter(|line| line.kind == MatterKind::Promise)
            .count()
    };
    let snooze = Snooze {
        kind: MatterKind::Promise,
        target: id,
        until: Some(today() + Days::new(9)),
        why: "he is away".to_owned(),
    };
    assert_eq!(promised(&book), 1);
    apply(&mut book, &Command::Snooze(Box::new(snooze)));
    assert_eq!(promised(&book), 0);
    apply(&mut book, &Command::SnoozePromise { id, until: None });
    assert_eq!(promised(&book), 1, "taken up");
    book.undo(&now()).unwrap();
    assert_eq!(promised(&book), 0, "set aside again");
}

#[test]
fn a_call_moved_to_another_day_was_not_agreed_for_that_day() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let plan = Plan {
        contact: barney,
        on: today(),
        at: NaiveTime::from_hms_opt(10, 0, 0),
        why: String::new(),
    };
    apply(&mut book, &Command::PlanTouch(Box::new(plan)));
    let before = Touch {
        kind: TouchKind::Call,
        ..call(&[barney], "the gateway")
    };
    let id = apply(&mut book, &Command::LogTouch(Box::new(before.clone()))).unwrap();
    let agreed = |book: &Store| book.brief(barney, &now()).unwrap().unwrap().agreed.len();
    assert_eq!(agreed(&book), 1);
    let after = Touch {
        at: before.at - Days::new(1),
        ..before.clone()
    };
    let edit = Command::EditTouch {
        id,
        before: Box::new(before),
        after: Box::new(after),
    };
    apply(&mut book, &edit);
    assert_eq!(agreed(&book), 0);
}

#[test]
fn a_touch_at_the_same_instant_elsewhere_stands_at_its_own_time_of_day() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let before = call(&[barney], "from the train");
    let id = apply(&mut book, &Command::LogTouch(Box::new(before.clone()))).unwrap();
    let east = chrono::FixedOffset::east_opt(9 * 3600).unwrap();
    let after = Touch {
        at: before.at.with_timezone(&east),
        ..before.clone()
    };
    let edit = Command::EditTouch {
        id,
        before: Box::new(before),
        after: Box::new(after),
    };
    apply(&mut book, &edit);
    let report = book.check(&now()).unwrap();
    assert!(report.is_clean(), "{report:?}");
}

#[test]
fn an_import_whose_tables_stand_in_another_order_is_taken_back_whole() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    crate::notes::file(
        &mut book,
        crate::notes::note(call(&[barney], "the gateway")),
    );
    overdue(&mut book, barney);
    drop(book);
    let text = world.ok(&["export", "--as", "json"]);
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let tables = document["tables"].as_object().unwrap().clone();
    let turned = tables.into_iter().rev().collect();
    document["tables"] = Value::Object(turned);
    let other = World::new();
    drop(other.book());
    let before = dump(&other.book());
    fs::write(other.path("turned.json"), document.to_string()).unwrap();
    other.ok(&["import", "turned.json"]);
    assert_ne!(dump(&other.book()), before);
    other.ok(&["undo"]);
    assert_eq!(dump(&other.book()), before);
}

#[test]
fn the_week_of_a_report_is_the_week_where_the_rep_was() {
    let world = World::new();
    let mut book = world.book();
    let barney = add(&mut book, "Barney Rubble");
    let at = |text: &str| text.parse::<chitbook::domain::moment::Moment>().unwrap();
    // Late in the evening in the west it is the next day in Greenwich; early in the east it is still the day before.
    for moment in ["2026-11-22T20:00:00-08:00", "2026-11-16T08:00:00+14:00"] {
        let touch = Touch {
            at: at(moment),
            ..call(&[barney], moment)
        };
        apply(&mut book, &Command::LogTouch(Box::new(touch)));
    }
    let report = |now: &str| {
        let now = at(now);
        let told = book.report(now.date_naive(), "", &now, &mut |_, _| {
            std::ops::ControlFlow::Continue(())
        });
        told.unwrap().unwrap().touches
    };
    assert_eq!(report("2026-11-22T21:00:00-08:00"), 2);
    assert_eq!(
        report("2026-11-23T08:00:00+14:00"),
        1,
        "a week later the first is out of it"
    );
}

#[test]
fn a_seat_named_again_without_a_stance_keeps_the_one_that_is_known() {
    let world = World::new();
    world.ok(&["add", "Wilma Slate", "--account", "Slate & Co"]);
    world.ok(&["log", "wilma", "% finance against"]);
    world.ok(&["log", "wilma", "% finance"]);
    let said = world.ok(&["accounts", "Slate & Co"]);
    assert!(said.contains("against"), "{said}");
    world.ok(&["log", "wilma", "% finance for"]);
    let said = world.ok(&["accounts", "Slate & Co"]);
    assert!(!said.contains("against"), "{said}");
}

#[test]
fn a_tier_is_said_with_whoever_is_in_it() {
    let world = World::new();
    world.ok(&["add", "Barney Rubble", "--title", "Plant manager"]);
    world.ok(&["tier", "A", "barney"]);
    let said = world.ok(&["show", "barney"]);
    assert!(said.contains("Plant manager · tier A"), "{said}");
    assert_eq!(world.json(&["show", "barney", "--json"])["tier"], "A");
}

#[test]
fn a_day_that_went_by_a_moment_ago_is_no_day_for_a_plan() {
    let world = World::new();
    world.ok(&["add", "Barney Rubble"]);
    let said = world.transcript(&[&["plan", "barney", "20 nov"]]);
    assert!(
        said.contains("20 nov is past; say its year if it is not"),
        "{said}"
    );
    world.ok(&["plan", "barney", "20 nov 2027"]);
}

/// The id of another row: it ends otherwise.
fn another_id(id: &Value) -> Value {
    let mut id = id.as_str().unwrap().to_owned();
    let last = id.pop();
    id.push(if last == Some('2') { '3' } else { '2' });
    Value::from(id)
}

#[test]
fn a_stage_that_comes_in_for_a_referral_that_is_known_counts_for_whoever_led_there() {
    use crate::notes::{caught, referral};
    use chitbook::domain::filing::Change;
    use chitbook::domain::referral::Stage;
    let world = World::new();
    let mut book = world.book();
    let (barney, fred) = (
        add(&mut book, "Barney Rubble"),
        add(&mut book, "Fred Flint"),
    );
    let mut filing = note(call(&[barney], "@Fred"));
    filing.changes.push(Change::Add(caught(
        referral(barney, fred, Stage::Promised),
        "@Fred promised",
    )));
    crate::notes::file(&mut book, filing);
    drop(book);
    let text = world.ok(&["export", "--as", "json"]);
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let stages = document["tables"]["referral_event"].as_array_mut().unwrap();
    let mut earlier = stages[0].clone();
    earlier["id"] = another_id(&stages[0]["id"]);
    earlier["on_day"] = Value::from("2026-06-01");
    stages.push(earlier);
    fs::write(world.path("more.json"), document.to_string()).unwrap();
    world.ok(&["import", "more.json"]);
    let report = world.book().check(&now()).unwrap();
    assert!(report.is_clean(), "{report:?}");
}

/// The book keeps its own touch; whoever else takes part in it comes all the same, and says of it what the book says.
#[test]
fn somebody_who_takes_part_in_a_touch_that_differs_there_comes_into_the_touch_that_is_here() {
    let world = World::new();
    let mut book = world.book();
    let (barney, fred) = (
        add(&mut book, "Barney Rubble"),
        add(&mut book, "Fred Flint"),
    );
    crate::notes::file(&mut book, note(call(&[barney], "tariffs")));
    drop(book);
    let text = world.ok(&["export", "--as", "json"]);
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let tables = &mut document["tables"];
    let other = |value: &Value| if value == "in" { "out" } else { "in" };
    let direction = Value::from(other(&tables["touch"][0]["direction"]));
    tables["touch"][0]["direction"] = direction.clone();
    let mut joins = tables["party"][0].clone();
    joins["direction"] = direction;
    joins["contact_id"] = serde_json::to_value(fred).unwrap();
    joins["id"] = another_id(&joins["id"]);
    tables["party"].as_array_mut().unwrap().push(joins);
    fs::write(world.path("other.json"), document.to_string()).unwrap();
    let said = world.json(&["import", "other.json", "--json"]);
    assert_eq!(said["files"][0]["new"], 1, "{said}");
    let book = world.book();
    assert_eq!(book.person(fred).unwrap().unwrap().touches, 1);
    let report = book.check(&now()).unwrap();
    assert!(report.is_clean(), "{report:?}");
}
