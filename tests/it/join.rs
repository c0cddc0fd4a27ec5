//! Two copies of a book that lived apart are merged: nothing of either is lost, and doing it twice is doing it once.

use crate::world::{World, add, dump, now};
use chitbook::domain::command::Command;
use chitbook::domain::contact::{Card, Email};
use chitbook::domain::id::Id;
use chitbook::domain::moment::Moment;
use chitbook::domain::promise::Plan;
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use chitbook::store::{Joined, Preferred, Store};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

/// A copy of a book in a file beside it.
pub fn copy(book: &Store, to: &Path) -> Store {
    book.backup(Some(to), &now()).unwrap();
    Store::open(to).unwrap()
}

pub fn later(minutes: i64) -> Moment {
    now() + chrono::Duration::minutes(minutes)
}

pub fn join(book: &mut Store, other: &Path) -> Joined {
    let other = book.another(other).unwrap();
    let mut bulk = book.bulk("Merged", &later(500)).unwrap();
    let joined = bulk.join(&other, Preferred::Newer).unwrap();
    bulk.finish().unwrap();
    joined
}

pub fn edit(book: &mut Store, id: Id, at: i64, change: impl FnOnce(&mut Card)) {
    let before = book.card(id).unwrap().unwrap();
    let mut after = before.clone();
    change(&mut after);
    let command = Command::EditContact {
        id,
        before: Box::new(before),
        after: Box::new(after),
    };
    book.apply(&command, &later(at)).unwrap();
}

pub fn log(book: &mut Store, id: Id, at: i64, text: &str) {
    let touch = Touch {
        at: later(at - 1_000),
        kind: TouchKind::Call,
        direction: Direction::Out,
        minutes: None,
        body: text.to_owned(),
        people: vec![id],
    };
    book.apply(&Command::LogTouch(Box::new(touch)), &later(at))
        .unwrap();
}

/// What two books have in common, whatever happened in which order: every row but when it was last written, and nothing derived.
/// Accounts and tags that both made have an id of their own in each: they go by their names.
pub fn rows(book: &Store) -> Vec<String> {
    let mut names: HashMap<String, Value> = HashMap::new();
    for table in ["account", "tag"] {
        book.each_row(table, |row| {
            names.insert(row["id"].to_string(), row["name"].clone());
            Ok::<(), chitbook::store::Error>(())
        })
        .unwrap();
    }
    let mut lines: Vec<String> = Vec::new();
    for table in Store::tables() {
        book.each_row(table, |mut row| {
            row.remove("changed_at");
            for value in row.values_mut() {
                if let Some(name) = names.get(&value.to_string()) {
                    *value = name.clone();
                }
            }
            lines.push(format!("{table} {}", Value::Object(row)));
            Ok::<(), chitbook::store::Error>(())
        })
        .unwrap();
    }
    lines.sort();
    lines
}

/// Rows that only one of two books has.
fn only_one_has(a: &Store, b: &Store) -> Vec<String> {
    let (a, b) = (rows(a), rows(b));
    let of = |side: &str, these: &[String], those: &[String]| -> Vec<String> {
        let lacking = these.iter().filter(|row| !those.contains(row));
        lacking.map(|row| format!("{side} {row}")).collect()
    };
    [of("a", &a, &b), of("b", &b, &a)].concat()
}

#[test]
fn everything_of_both_is_there_and_what_changed_on_one_side_moves() {
    let world = World::new();
    let mut mine = world.book();
    let barney = add(&mut mine, "Barney Rubble");
    let betty = add(&mut mine, "Betty Marsh");
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    log(&mut mine, barney, 1, "mine");
    edit(&mut mine, betty, 2, |card| card.title = "Buyer".into());
    let dino = add(&mut theirs, "Dino Vance");
    log(&mut theirs, barney, 3, "theirs");
    log(&mut theirs, dino, 4, "new one");
    edit(&mut theirs, barney, 5, |card| card.title = "Foreman".into());
    edit(&mut theirs, barney, 6, |card| {
        card.emails.push(Email {
            label: String::new(),
            address: "barney@slate.example".into(),
        });
    });
    let joined = join(&mut mine, theirs.path());
    assert!(joined.clashes.is_empty(), "{:?}", joined.clashes);
    assert!(!joined.unknown_past);
    let card = mine.card(barney).unwrap().unwrap();
    assert_eq!((card.title.as_str(), card.emails.len()), ("Foreman", 1));
    assert_eq!(mine.card(betty).unwrap().unwrap().title, "Buyer");
    assert_eq!(mine.person(barney).unwrap().unwrap().touches, 2);
    assert_eq!(mine.person(dino).unwrap().unwrap().touches, 1);
    assert!(mine.check(&now()).unwrap().is_clean());
    // Again: nothing is new. And the other way round both are alike.
    let before = dump(&mine);
    assert!(!join(&mut mine, theirs.path()).changed());
    assert_eq!(dump(&mine), before);
    join(&mut theirs, mine.path());
    assert_eq!(rows(&theirs), rows(&mine));
    mine.undo(&later(600)).unwrap();
    assert_eq!(mine.count().unwrap(), 2);
    assert!(mine.check(&now()).unwrap().is_clean());
    // A merge that was undone is no reason to take a change of theirs for settled.
    let again = join(&mut mine, theirs.path());
    assert_eq!(mine.count().unwrap(), 3, "{again:?}");
    let card = mine.card(barney).unwrap().unwrap();
    assert_eq!(card.title, "Foreman", "{again:?}");
}

/// Journals do not name what came in together with a person, a touch or a meeting; it comes here all the same.
#[test]
fn what_one_of_them_imported_comes_with_all_that_belongs_to_it() {
    let world = World::new();
    let mut mine = world.book();
    add(&mut mine, "Betty Marsh");
    let other = world.path("other.chitbook");
    let mut theirs = copy(&mine, &other);
    // Both go on, so that each has a journal of its own.
    add(&mut mine, "Walt Pruitt");
    add(&mut theirs, "Dino Vance");
    let files = [
        (
            "cards.vcf",
            "BEGIN:VCARD\nVERSION:3.0\nFN:Barney Rubble\nTEL:+49 30 5550100\nEMAIL:barney@slate.example\nURL:https://slate.example\n\
             ADR:;;1 Pier Road;Port Town;;;\nX-SHOE:44\nCATEGORIES:Buyers\nBDAY:1970-01-05\nEND:VCARD\n",
        ),
        (
            "meetings.ics",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:one\nDTSTART:20260105T100000Z\nORGANIZER:mailto:rep@own.example\n\
             ATTENDEE;PARTSTAT=ACCEPTED:mailto:barney@slate.example\nSUMMARY:Review\nEND:VEVENT\nEND:VCALENDAR\n",
        ),
        (
            "all.mbox",
            "From barney@slate.example Mon Jan 05 10:00:00 2026\nDate: Mon, 5 Jan 2026 10:00:00 +0100\nFrom: barney@slate.example\n\
             To: rep@own.example\nMessage-ID: <1@slate.example>\nSubject: Stones\n\nHello\n",
        ),
    ];
    for (name, text) in files {
        std::fs::write(world.path(name), text).unwrap();
        let to = other.to_str().unwrap();
        world.ok(&["--book", to, "import", name, "--mine", "rep@own.example"]);
    }
    let joined = join(&mut mine, theirs.path());
    assert!(!joined.unknown_past && joined.clashes.is_empty());
    join(&mut theirs, mine.path());
    assert_eq!(only_one_has(&mine, &theirs), Vec::<String>::new());
    for table in [
        "phone",
        "email",
        "web",
        "address",
        "extra",
        "tagging",
        "key_date",
        "party",
        "suggested",
    ] {
        let count = rows(&mine)
            .iter()
            .filter(|row| row.starts_with(&format!("{table} ")))
            .count();
        assert_eq!(count, 1, "{table}");
    }
    assert!(mine.check(&now()).unwrap().is_clean());
}

#[test]
fn what_was_decided_once_is_not_asked_again() {
    let world = World::new();
    let mut mine = world.book();
    let barney = add(&mut mine, "Barney Rubble");
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    edit(&mut mine, barney, 1, |card| card.title = "Foreman".into());
    edit(&mut theirs, barney, 9, |card| card.title = "Manager".into());
    add(&mut theirs, "Betty Marsh");
    let other = mine.another(theirs.path()).unwrap();
    let mut bulk = mine.bulk("Merged", &later(500)).unwrap();
    let first = bulk.join(&other, Preferred::Mine).unwrap();
    bulk.finish().unwrap();
    assert_eq!((first.clashes.len(), first.clashes[0].taken), (1, false));
    let again = join(&mut mine, theirs.path());
    assert!(again.clashes.is_empty() && !again.changed(), "{again:?}");
    assert_eq!(mine.card(barney).unwrap().unwrap().title, "Foreman");
    edit(&mut theirs, barney, 600, |card| card.title = "Owner".into());
    join(&mut mine, theirs.path());
    assert_eq!(mine.card(barney).unwrap().unwrap().title, "Owner");
}

#[test]
fn what_changed_on_both_sides_is_told_with_both_values_and_the_newer_is_taken() {
    let world = World::new();
    let mut mine = world.book();
    let barney = add(&mut mine, "Barney Rubble");
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    edit(&mut mine, barney, 1, |card| card.title = "Foreman".into());
    edit(&mut theirs, barney, 9, |card| card.title = "Manager".into());
    let joined = join(&mut mine, theirs.path());
    assert_eq!(joined.clashes.len(), 1);
    let clash = &joined.clashes[0];
    assert_eq!(
        (
            clash.about.as_str(),
            clash.column.as_str(),
            clash.mine.as_str(),
            clash.theirs.as_str(),
            clash.taken
        ),
        ("Barney Rubble", "title", "Foreman", "Manager", true)
    );
    assert_eq!(mine.card(barney).unwrap().unwrap().title, "Manager");
    // The other way round ours is the newer one by now, and nothing is to be done.
    join(&mut theirs, mine.path());
    assert_eq!(theirs.card(barney).unwrap().unwrap().title, "Manager");
}

#[test]
fn lists_of_a_card_that_were_edited_on_both_sides_are_united() {
    let world = World::new();
    let mut mine = world.book();
    let barney = add(&mut mine, "Barney Rubble");
    edit(&mut mine, barney, 0, |card| {
        card.tags = vec!["old".into(), "both".into()];
    });
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    edit(&mut mine, barney, 1, |card| card.tags.push("mine".into()));
    edit(&mut theirs, barney, 2, |card| {
        card.tags = vec!["both".into(), "theirs".into()];
    });
    join(&mut mine, theirs.path());
    let mut tags = mine.card(barney).unwrap().unwrap().tags;
    tags.sort();
    assert_eq!(tags, ["both", "mine", "old", "theirs"]);
    assert!(mine.check(&now()).unwrap().is_clean());
}

#[test]
fn an_account_of_one_name_that_both_made_is_one_account() {
    let world = World::new();
    let mut mine = world.book();
    let barney = add(&mut mine, "Barney Rubble");
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    edit(&mut mine, barney, 1, |card| {
        card.account = "Slate & Co".into();
    });
    let betty = add(&mut theirs, "Betty Marsh");
    edit(&mut theirs, betty, 2, |card| {
        card.account = "slate & co".into();
    });
    join(&mut mine, theirs.path());
    assert_eq!(mine.card(betty).unwrap().unwrap().account, "Slate & Co");
    assert!(mine.check(&now()).unwrap().is_clean());
}

#[test]
fn the_other_book_stays_as_it_is_and_a_dry_run_changes_nothing() {
    let world = World::new();
    let mut mine = world.book();
    add(&mut mine, "Barney Rubble");
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    add(&mut theirs, "Betty Marsh");
    drop(theirs);
    let bytes = std::fs::read(world.path("other.chitbook")).unwrap();
    let before = dump(&mine);
    drop(mine);
    let dry = world.json(&["merge-book", "other.chitbook", "--dry-run", "--json"]);
    assert_eq!(dry["changed"], true);
    assert_eq!(dump(&world.book()), before);
    world.ok(&["merge-book", "other.chitbook"]);
    assert_eq!(world.book().count().unwrap(), 2);
    let again = world.ok(&["merge-book", "other.chitbook"]);
    assert!(again.contains("Nothing was new"), "{again}");
    assert_eq!(std::fs::read(world.path("other.chitbook")).unwrap(), bytes);
    let own = world
        .program(&["merge-book", "book.chitbook"])
        .output()
        .unwrap();
    assert_eq!(own.status.code(), Some(1));
}

/// One thing somebody does on one of the two machines.
#[derive(Clone, Debug)]
enum Act {
    Add,
    Title(usize, u8),
    Tag(usize, u8),
    Log(usize),
    Delete(usize),
    /// Another moment, and somebody else besides, for the last touch with somebody.
    Correct(usize, usize),
    Account(usize, u8),
    Plan(usize, u8),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Add),
        3 => (0usize..6, any::<u8>()).prop_map(|(who, n)| Act::Title(who, n)),
        3 => (0usize..6, 0u8..4).prop_map(|(who, n)| Act::Tag(who, n)),
        3 => (0usize..6).prop_map(Act::Log),
        1 => (0usize..6).prop_map(Act::Delete),
        3 => (0usize..6, 0usize..6).prop_map(|(who, other)| Act::Correct(who, other)),
        2 => (0usize..6, 0u8..2).prop_map(|(who, n)| Act::Account(who, n)),
        2 => (0usize..6, any::<u8>()).prop_map(|(who, n)| Act::Plan(who, n)),
    ]
}

/// People of a book, in an order that both machines have.
fn people(book: &Store) -> Vec<Id> {
    let mut people = book.contact_ids().unwrap();
    people.sort_unstable();
    people
}

/// Another moment for the last touch with somebody, and who took part besides.
fn correct(book: &mut Store, id: Id, other: Id, minute: i64) {
    let Some(entry) = book.history(id, 1).unwrap().into_iter().next() else {
        return;
    };
    let before = book.touch(entry.id).unwrap().unwrap();
    let mut after = before.clone();
    after.at = later(minute - 2_000);
    after.people = vec![id];
    if other != id {
        after.people.push(other);
    }
    let command = Command::EditTouch {
        id: entry.id,
        before: Box::new(before),
        after: Box::new(after),
    };
    book.apply(&command, &later(minute)).unwrap();
}

/// Does these on a book, but to nobody of `others`, whom only the other machine touches. Where both touch everybody, nobody is deleted.
fn live(book: &mut Store, acts: &[Act], side: usize, others: &[Id], clock: i64) {
    for (at, act) in acts.iter().enumerate() {
        let own: Vec<Id> = people(book)
            .into_iter()
            .filter(|id| !others.contains(id))
            .collect();
        let minute = clock + at as i64 * 2;
        let whom = |who: &usize| own.get(who % own.len().max(1)).copied();
        match act {
            Act::Add => {
                let name = format!("New {side} {at}");
                book.apply(
                    &Command::AddContact(Box::new(Card::named(&name))),
                    &later(minute),
                )
                .unwrap();
            }
            Act::Title(who, n) => {
                if let Some(id) = whom(who) {
                    edit(book, id, minute, |card| {
                        card.title = format!("title {n} {side}");
                    });
                }
            }
            Act::Tag(who, n) => {
                if let Some(id) = whom(who) {
                    let tag = vec![format!("tag{n}")];
                    let (add, remove) = match n % 2 {
                        0 => (tag, Vec::new()),
                        _ => (Vec::new(), tag),
                    };
                    book.apply(
                        &Command::Tag {
                            people: vec![id],
                            add,
                            remove,
                        },
                        &later(minute),
                    )
                    .unwrap();
                }
            }
            Act::Log(who) => {
                if let Some(id) = whom(who) {
                    log(book, id, minute, &format!("said {side} {at}"));
                }
            }
            Act::Delete(who) => {
                if let Some(id) = whom(who).filter(|_| !others.is_empty()) {
                    book.apply(&Command::DeleteContact(id), &later(minute))
                        .unwrap();
                }
            }
            Act::Correct(who, other) => {
                if let (Some(id), Some(other)) = (whom(who), whom(other)) {
                    correct(book, id, other, minute);
                }
            }
            Act::Account(who, n) => {
                if let Some(id) = whom(who) {
                    edit(book, id, minute, |card| {
                        card.account = format!("Account {n}");
                    });
                }
            }
            Act::Plan(who, n) => {
                if let Some(contact) = whom(who) {
                    let plan = Plan {
                        contact,
                        on: later(0).date_naive() + chrono::Days::new(u64::from(*n)),
                        at: None,
                        why: format!("why {side} {at}"),
                    };
                    book.apply(&Command::PlanTouch(Box::new(plan)), &later(minute))
                        .unwrap();
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_does_not_matter_where_nothing_clashes_and_twice_is_once(mine in prop::collection::vec(act(), 0..8), theirs in prop::collection::vec(act(), 0..8)) {
        let world = World::new();
        let mut a = world.book();
        for n in 0..4 {
            let id = add(&mut a, &format!("Person {n}"));
            log(&mut a, id, 0, "before");
            let tags = (0..2).map(|tag| format!("tag{tag}")).collect();
            a.apply(&Command::Tag { people: vec![id], add: tags, remove: Vec::new() }, &now()).unwrap();
        }
        let mut b = copy(&a, &world.path("b.chitbook"));
        let (even, odd): (Vec<_>, Vec<_>) = people(&a).into_iter().enumerate().partition(|(at, _)| at % 2 == 0);
        let ids = |of: Vec<(usize, Id)>| of.into_iter().map(|(_, id)| id).collect::<Vec<Id>>();
        live(&mut a, &mine, 0, &ids(odd), 0);
        live(&mut b, &theirs, 1, &ids(even), 1);
        let a_alone = copy(&a, &world.path("a-alone.chitbook"));
        let (of_a, of_b) = (people(&a), people(&b));
        let joined = join(&mut a, b.path());
        prop_assert!(joined.clashes.is_empty(), "{:?}", joined.clashes);
        join(&mut b, a_alone.path());
        prop_assert_eq!(only_one_has(&a, &b), Vec::<String>::new());
        for id in of_a.iter().chain(&of_b) {
            prop_assert!(people(&a).contains(id), "nobody of either side is lost");
        }
        let before = dump(&a);
        prop_assert!(!join(&mut a, b.path()).changed());
        prop_assert_eq!(dump(&a), before);
        prop_assert!(a.check(&now()).unwrap().is_clean());
    }

    #[test]
    fn whatever_happens_on_both_sides_merging_ends_whole_and_settles(mine in prop::collection::vec(act(), 0..8), theirs in prop::collection::vec(act(), 0..8)) {
        let world = World::new();
        let mut a = world.book();
        a.turn_to(20_779).unwrap();
        for n in 0..3 {
            let id = add(&mut a, &format!("Person {n}"));
            log(&mut a, id, 0, "before");
        }
        let mut b = copy(&a, &world.path("b.chitbook"));
        live(&mut a, &mine, 0, &[], 0);
        live(&mut b, &theirs, 1, &[], 1);
        let touches = |book: &Store| { let mut count = 0; book.each_row("touch", |_| { count += 1; Ok::<(), chitbook::store::Error>(()) }).unwrap(); count };
        let (ours, others, before) = (touches(&a), touches(&b), dump(&a));
        let joined = join(&mut a, b.path());
        prop_assert_eq!(touches(&a), ours + others - 3, "no call of either side is lost");
        prop_assert!(a.check(&now()).unwrap().is_clean());
        prop_assert!(!join(&mut a, b.path()).changed());
        if joined.changed() {
            a.undo(&later(550)).unwrap();
        }
        prop_assert_eq!(dump(&a), before);
    }
}
