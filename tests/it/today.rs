//! Today in real books: nothing twice, nothing done, nothing that is set aside; and on the command line.

use crate::accounts::met;
use crate::journal::command;
use crate::notes::{apply, at_slate, birthday, today};
use crate::world::{World, add, dump, now};
use chitbook::domain::chit::{Chit, Halves};
use chitbook::domain::command::Command;
use chitbook::domain::id::Id;
use chitbook::domain::matter::MatterKind;
use chitbook::domain::moment::day_number;
use chitbook::domain::promise::{Plan, Promise, PromiseState};
use chitbook::store::Store;
use chrono::Days;
use insta::assert_snapshot;
use proptest::prelude::*;
use std::collections::HashSet;
use std::fmt::Write as _;

fn promised(who: Id, mine: bool, what: &str, late: u64) -> Command {
    Command::AddPromise(Box::new(Promise {
        contact: who,
        mine,
        what: what.to_owned(),
        made_on: today() - Days::new(late + 9),
        due: today() - Days::new(late),
        evidence: None,
    }))
}

fn shown(book: &Store) -> String {
    let list = book.today(&now()).unwrap();
    let mut text = String::new();
    for line in &list.lines {
        let more = if line.more.is_empty() {
            String::new()
        } else {
            format!(" (+{})", line.more.len())
        };
        let points = line.points.total();
        writeln!(
            text,
            "{points:3.0} {}: {}{more}: {}",
            line.kind.words(),
            line.who,
            line.why
        )
        .unwrap();
    }
    text
}

#[test]
fn a_morning_is_one_list_in_the_order_of_what_is_lost_first() {
    let world = World::new();
    let mut book = world.book();
    book.turn_to(day_number(today())).unwrap();
    let barney = at_slate(&mut book, "Barney Rubble");
    let wilma = at_slate(&mut book, "Wilma Slate");
    let fred = add(&mut book, "Fred Flint");
    for weeks in (4..30).rev() {
        met(&mut book, wilma, weeks * 7);
        met(&mut book, fred, weeks * 7);
    }
    apply(&mut book, &promised(barney, true, "the quote", 6));
    apply(&mut book, &promised(barney, true, "a reference", 1));
    apply(&mut book, &promised(barney, false, "the head count", 2));
    let chit = Chit {
        giver: barney,
        receiver: Id::ME,
        what: "got me past the desk".to_owned(),
        on: today() - Days::new(130),
        worth: Halves::PLAIN,
        pending: false,
        evidence: None,
    };
    apply(&mut book, &Command::GiveChit(Box::new(chit)));
    apply(&mut book, &Command::AddRecord(Box::new(birthday(barney))));
    let plan = Plan {
        contact: fred,
        on: today(),
        at: None,
        why: "the pilot".to_owned(),
    };
    apply(&mut book, &Command::PlanTouch(Box::new(plan)));
    assert_snapshot!(shown(&book), @r"
     98 promise: Barney Rubble (+1): you promised: the quote, 6 days overdue
     90 plan: Fred Flint: planned for today: the pilot
     49 their promise: Barney Rubble: they promised: the head count, 2 days overdue
     46 cooling: Wilma Slate: stale, silent for 28 days, usual gap 7: a call wins 51 points back
     30 chit: Barney Rubble: you owe 1: got me past the desk, 4 months ago
     11 cooling: Barney Rubble: stale, silent for 130 days, usual gap 30: a call wins 13 points back
    ");
    // Done, set aside, and called: each goes, and comes back with undo.
    let before = dump(&book);
    let list = book.today(&now()).unwrap();
    let quote = list
        .lines
        .iter()
        .find(|line| line.kind == MatterKind::Promise)
        .unwrap();
    apply(&mut book, &quote.done(today()).unwrap());
    assert!(
        shown(&book).contains("a reference"),
        "the next one of the same person"
    );
    let cooling = list
        .lines
        .iter()
        .find(|line| line.kind == MatterKind::Stale)
        .unwrap();
    apply(
        &mut book,
        &cooling.snooze(today() + Days::new(3), "she is away"),
    );
    assert!(!shown(&book).contains("cooling: Wilma"));
    assert_eq!(book.today(&now()).unwrap().aside.len(), 1);
    for _ in 0..2 {
        book.undo(&now()).unwrap();
    }
    assert_eq!(dump(&book), before);
}

#[test]
fn what_is_set_aside_is_listed_with_its_day_and_reason_until_it_is_settled_or_brought_back() {
    let world = World::new();
    let mut book = world.book();
    book.turn_to(day_number(today())).unwrap();
    let barney = at_slate(&mut book, "Barney Rubble");
    let wilma = at_slate(&mut book, "Wilma Slate");
    for weeks in (4..30).rev() {
        met(&mut book, wilma, weeks * 7);
    }
    apply(&mut book, &promised(barney, true, "the quote", 6));
    let listed = apply(&mut book, &promised(barney, false, "the head count", 2)).unwrap();
    let lines = book.today(&now()).unwrap().lines;
    let later = |days: u64| today() + Days::new(days);
    let of = |kind: MatterKind| lines.iter().find(|line| line.kind == kind).unwrap();
    apply(
        &mut book,
        &of(MatterKind::Promise).snooze(later(9), "waits for legal"),
    );
    apply(
        &mut book,
        &of(MatterKind::Stale).snooze(later(3), "she is away"),
    );
    // From the list of promises, which keeps no reason.
    let snooze = |until| Command::SnoozePromise { id: listed, until };
    apply(&mut book, &snooze(Some(later(5))));
    let told = |book: &Store| {
        let aside = book.today(&now()).unwrap().aside.into_iter();
        let told = aside.map(|rests| {
            let days = (rests.until - today()).num_days();
            format!("{days} {}: {}: {}", rests.who, rests.what, rests.why)
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(
        told(&book),
        [
            "3 Wilma Slate: : she is away",
            "5 Barney Rubble: the head count: ",
            "9 Barney Rubble: the quote: waits for legal"
        ]
    );
    let list = world.ok(&["today", "--aside"]);
    assert!(
        list.contains("2026-12-01") && list.contains("waits for legal"),
        "{list}"
    );
    let rows = world.json(&["today", "--aside", "--json"]);
    assert_eq!(rows[0]["kind"], "stale");
    assert_eq!(rows[0]["until"], "2026-11-25");
    // Brought back it is on the list again; settled it is on neither.
    let back = book.today(&now()).unwrap().aside[2].back();
    apply(&mut book, &back);
    assert!(shown(&book).contains("the quote"), "{}", shown(&book));
    met(&mut book, wilma, 0);
    assert_eq!(told(&book), ["5 Barney Rubble: the head count: "]);
    apply(
        &mut book,
        &Command::ClosePromise {
            id: listed,
            state: PromiseState::Kept,
            on: today(),
        },
    );
    assert!(told(&book).is_empty(), "{:?}", told(&book));
    assert_eq!(world.ok(&["today", "--aside"]), "Nothing is set aside.\n");
}

#[test]
fn a_promise_set_aside_on_today_is_taken_up_from_the_list_of_promises_too() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let id = apply(&mut book, &promised(barney, true, "the quote", 6)).unwrap();
    let line = book.today(&now()).unwrap().lines.remove(0);
    apply(&mut book, &line.snooze(today() + Days::new(9), "later"));
    assert_eq!(shown(&book), "");
    apply(&mut book, &Command::SnoozePromise { id, until: None });
    assert!(shown(&book).contains("the quote"), "{}", shown(&book));
    book.undo(&now()).unwrap();
    assert_eq!(shown(&book), "");
}

#[test]
fn an_empty_book_owes_nothing_and_the_command_line_says_so() {
    let world = World::new();
    world.ok(&["add", "Barney Rubble"]);
    assert_eq!(world.ok(&["today"]), "Nothing is owed today.\n");
    world.ok(&["promise", "barney", "send the quote", "--by", "yesterday"]);
    let rows = world.json(&["today", "--json"]);
    let row = &rows[0];
    assert_eq!(
        (&row["kind"], &row["who"], &row["due"]),
        (
            &"promise".into(),
            &"Barney Rubble".into(),
            &"2026-11-21".into()
        )
    );
    assert_eq!(row["why"], "you promised: send the quote, 1 day overdue");
    world.ok(&["done", row["id"].as_str().unwrap()]);
    assert_eq!(world.json(&["today", "--json"]), serde_json::json!([]));
}

#[test]
fn the_weekly_report_is_one_thing_in_three_forms_and_is_compared_with_the_past() {
    let world = World::new();
    world.ok(&["add", "Barney <Rubble>", "--account", "Slate & Co"]);
    world.ok(&[
        "log",
        "barney",
        "--at",
        "2026-10-01 10:00",
        "--text",
        "! the quote by 5 oct\n$ 24000 renewal",
    ]);
    world.ok(&[
        "log",
        "barney",
        "--at",
        "2026-11-20 10:00",
        "--kind",
        "meeting",
        "--text",
        "lunch",
    ]);
    let json = world.json(&["review", "--json", "--against", "2026-11-01"]);
    assert_eq!(
        (&json["on"], &json["touches"], &json["promises"]["overdue"]),
        (&"2026-11-22".into(), &1.into(), &1.into())
    );
    assert_eq!(json["against"]["on"], "2026-11-01");
    world.ok(&[
        "review",
        "--html",
        "-o",
        "week.html",
        "--against",
        "2026-11-01",
    ]);
    let page = std::fs::read_to_string(world.path("week.html")).unwrap();
    assert!(page.contains("Barney &lt;Rubble&gt;") && !page.contains("<Rubble>"));
    let shown = |number: f64| chitbook::domain::report::number(number);
    let text = world.ok(&["review"]);
    for figure in json["figures"].as_array().unwrap() {
        let (name, value) = (
            figure["name"].as_str().unwrap(),
            shown(figure["value"].as_f64().unwrap()),
        );
        assert!(
            text.contains(&format!("| {name} | {value} |")),
            "{name} {value}"
        );
        assert!(page.contains(&format!("<span>{name}</span>")), "{name}");
    }
    assert!(text.contains("single-threaded"), "{text}");
    assert!(
        !world
            .program(&["review", "--on", "tomorrow"])
            .output()
            .unwrap()
            .status
            .success()
    );
}

#[test]
fn accounts_and_tiers_on_the_command_line() {
    let world = World::new();
    world.ok(&["add", "Barney Rubble", "--account", "Slate"]);
    world.ok(&["add", "Wilma Slate", "--account", "Slate"]);
    world.ok(&[
        "log",
        "barney",
        "--at",
        "2026-11-20 10:00",
        "--text",
        "% @Wilma Slate decision, for",
    ]);
    assert_snapshot!(world.transcript(&[
        &["accounts"],
        &["accounts", "slate"],
        &["tier", "A", "barney"],
        &["tier", "A", "--days", "14"],
        &["tier"],
        &["undo"],
        &["tier", "E", "barney"],
    ]), @r#"
    $ chitbook accounts
    account  strength  seats  last touch  promises  sold in a year  alarms
    Slate          10  0/1    2026-11-20         0                  decision maker never touched, no coach
    $ chitbook accounts slate
    Slate: strength 10, 0 of 1 seats warm
    ! decision maker never touched: Wilma Slate decides, and you never spoke. Ask Barney Rubble (a colleague) to introduce you to Wilma Slate, decision maker.
    ! no coach: nobody here warns you from inside. Ask Barney Rubble what is said when you are not in the room.
    role            who                                       stance  strength  silent  listens to
    decision maker  Wilma Slate                               for            0  never
    finance         (who signs for the money?)
    technical       (who judges whether it works?)
    user            (who will work with it?)
    gatekeeper      (who keeps the door?)
    coach           (who would tell you what is said about you?)
    $ chitbook tier A barney
    Put Barney Rubble into tier A
    $ chitbook tier A --days 14
    Set the cadence of tier A to 14 days
    $ chitbook tier
    tier  days  people
    A       14       1
    B       60       0
    C      180       0
    D      365       0
    $ chitbook undo
    Undone: Set the cadence of tier A to 14 days
    $ chitbook tier E barney
    ! "E" is no tier; say A, B, C, D, or none
    exit 2
    "#);
    assert_eq!(
        world.json(&["accounts", "slate", "--json"])["seats"][0]["who"],
        "Wilma Slate"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    /// In any book: no matter twice, nobody twice in a kind, nothing that is done, and nobody who is out of the lists.
    #[test]
    fn today_never_lists_a_thing_twice_or_a_thing_done(history in prop::collection::vec(any::<[u16; 6]>(), 1..60)) {
        let world = World::new();
        let mut book = world.book();
        book.turn_to(day_number(today())).unwrap();
        for dice in &history {
            if let Some(command) = command(&book, dice) {
                let _ = book.apply(&command, &now());
            }
        }
        let list = book.today(&now()).unwrap();
        let mut seen = HashSet::new();
        for line in &list.lines {
            for id in std::iter::once(line.id).chain(line.more.iter().copied()) {
                prop_assert!(seen.insert((line.kind, id)), "{:?} twice", line);
                match line.kind {
                    MatterKind::Promise | MatterKind::TheirPromise => {
                        let row = book.promise(id).unwrap().unwrap();
                        prop_assert_eq!(row.state, PromiseState::Open);
                        prop_assert_eq!(row.promise.mine, line.kind == MatterKind::Promise);
                        prop_assert!(row.snoozed.is_none_or(|until| until <= today()));
                    }
                    MatterKind::Chit => prop_assert!(book.chit(id).unwrap().unwrap().open() > Halves(0)),
                    MatterKind::Plan => {
                        let person = book.person(line.contact.unwrap()).unwrap().unwrap();
                        prop_assert!(person.plan.is_some());
                    }
                    MatterKind::Stale | MatterKind::Ask => {
                        prop_assert_eq!(line.contact, Some(id));
                        let summary = book.summary(id).unwrap().unwrap();
                        prop_assert!(!summary.archived && !summary.ghost);
                    }
                    _ => {}
                }
            }
        }
        prop_assert_eq!(list.weeks.len(), 8);
    }
}
