//! Two copies of a book of which both made or changed the same thing: it is there once, whole, and nothing of either is lost unsaid.

use crate::join::{copy, edit, join, later, log};
use crate::journal::command;
use crate::world::{World, add, dump, now};
use chitbook::domain::account::{Change, Profile, Regard};
use chitbook::domain::command::Command;
use chitbook::domain::contact::Card;
use chitbook::domain::draft::{CallNote, Draft};
use chitbook::domain::id::Id;
use chitbook::domain::link::{Link, LinkKind};
use chitbook::domain::matter::{MatterKind, Snooze};
use chitbook::domain::promise::Plan;
use chitbook::domain::record::Role;
use chitbook::domain::review;
use chitbook::domain::touch::Touch;
use chitbook::store::{Error, Landed, Store};
use chrono::Days;
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// A book with Barney, Betty and Wilma, and a copy of it.
fn parted(world: &World) -> (Store, Store, [Id; 3]) {
    let mut mine = world.book();
    let people = ["Barney Rubble", "Betty Marsh", "Wilma Slate"].map(|name| add(&mut mine, name));
    let theirs = copy(&mine, &world.path("other.chitbook"));
    (mine, theirs, people)
}

fn apply(book: &mut Store, at: i64, command: &Command) -> Option<Id> {
    book.apply(command, &later(at)).unwrap().created
}

fn whole(book: &Store) {
    let report = book.check(&now()).unwrap();
    assert!(report.is_clean(), "{report:?}");
}

fn at_acme(book: &mut Store, id: Id, at: i64, name: &str) -> Id {
    edit(book, id, at, |card| name.clone_into(&mut card.account));
    book.account_of(id).unwrap().unwrap()
}

fn page(book: &mut Store, id: Id, at: i64, change: impl FnOnce(&mut Profile)) {
    let before = book.account_profile(id).unwrap().unwrap();
    let mut after = before.clone();
    change(&mut after);
    let change = Change::Edit { id, before, after };
    apply(book, at, &Command::Account(Box::new(change)));
}

/// The rows of a table.
fn rows(book: &Store, table: &str) -> Vec<serde_json::Map<String, Value>> {
    let mut found = Vec::new();
    book.each_row::<Error>(table, |row| {
        found.push(row);
        Ok(())
    })
    .unwrap();
    found
}

#[test]
fn what_both_typed_of_an_account_that_both_made_is_put_together_and_goes_on_being_one() {
    let world = World::new();
    let (mut mine, mut theirs, [barney, betty, _]) = parted(&world);
    let here = at_acme(&mut mine, barney, 1, "Acme");
    let there = at_acme(&mut theirs, betty, 2, "acme");
    page(&mut theirs, there, 4, |page| {
        page.note = "their note".into();
        page.regard = Some(Regard::Trusted);
    });
    let joined = join(&mut mine, theirs.path());
    assert!(joined.clashes.is_empty(), "{:?}", joined.clashes);
    let profile = mine.account_profile(here).unwrap().unwrap();
    assert_eq!(
        (profile.name.as_str(), profile.note.as_str(), profile.regard),
        ("Acme", "their note", Some(Regard::Trusted))
    );
    assert!(!join(&mut mine, theirs.path()).changed());
    // The other way round its capitals are no other name.
    let back = join(&mut theirs, mine.path());
    assert!(back.clashes.is_empty(), "{:?}", back.clashes);
    // A later edit of it, and another name, move too.
    page(&mut theirs, there, 600, |page| {
        page.note = "their second note".into();
        page.name = "Acme Holding".into();
    });
    join(&mut mine, theirs.path());
    let profile = mine.account_profile(here).unwrap().unwrap();
    assert_eq!(
        (profile.name.as_str(), profile.note.as_str()),
        ("Acme Holding", "their second note")
    );
    assert_eq!(rows(&mine, "account").len(), 1);
    // And the other way round.
    page(&mut mine, here, 700, |page| page.name = "Acme Group".into());
    join(&mut theirs, mine.path());
    let profile = theirs.account_profile(there).unwrap().unwrap();
    assert_eq!(profile.name, "Acme Group");
    assert_eq!(rows(&theirs, "account").len(), 1);
    whole(&mine);
    whole(&theirs);
}

#[test]
fn what_both_typed_otherwise_of_an_account_that_both_made_is_told() {
    let world = World::new();
    let (mut mine, mut theirs, [barney, betty, _]) = parted(&world);
    let here = at_acme(&mut mine, barney, 1, "Acme");
    let there = at_acme(&mut theirs, betty, 2, "Acme");
    page(&mut mine, here, 3, |page| page.note = "mine".into());
    page(&mut theirs, there, 4, |page| page.note = "theirs".into());
    let joined = join(&mut mine, theirs.path());
    let told: Vec<_> = joined
        .clashes
        .iter()
        .map(|clash| {
            (
                clash.column.as_str(),
                clash.mine.as_str(),
                clash.theirs.as_str(),
                clash.taken,
            )
        })
        .collect();
    assert_eq!(told, [("note", "mine", "theirs", true)]);
    assert_eq!(mine.account_profile(here).unwrap().unwrap().note, "theirs");
}

#[test]
fn the_cadence_of_a_tag_that_both_made_comes() {
    let world = World::new();
    let (mut mine, mut theirs, [barney, ..]) = parted(&world);
    for (book, at) in [(&mut mine, 1), (&mut theirs, 2)] {
        let tag = Command::Tag {
            people: vec![barney],
            add: vec!["vip".into()],
            remove: Vec::new(),
        };
        apply(book, at, &tag);
    }
    let cadence = Command::SetTagCadence {
        tag: "vip".into(),
        days: Some(14),
    };
    apply(&mut theirs, 4, &cadence);
    join(&mut mine, theirs.path());
    let cadences = mine.tag_cadences().unwrap();
    assert_eq!(cadences.len(), 1);
    assert_eq!(mine.card(barney).unwrap().unwrap().tags, ["vip"]);
    whole(&mine);
}

fn correct(book: &mut Store, id: Id, at: i64, change: impl FnOnce(&mut Touch)) {
    let before = book.touch(id).unwrap().unwrap();
    let mut after = before.clone();
    change(&mut after);
    let command = Command::EditTouch {
        id,
        before: Box::new(before),
        after: Box::new(after),
    };
    apply(book, at, &command);
}

#[test]
fn who_took_part_in_a_touch_and_when_moves_with_it() {
    let world = World::new();
    let mut mine = world.book();
    let [barney, betty, wilma] = ["Barney", "Betty", "Wilma"].map(|name| add(&mut mine, name));
    log(&mut mine, barney, 0, "a call");
    let touch = mine.history(barney, 9).unwrap()[0].id;
    correct(&mut mine, touch, 0, |touch| {
        touch.people = vec![barney, betty];
    });
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    let earlier = later(-10 * 24 * 60);
    correct(&mut theirs, touch, 2, |touch| {
        touch.at = earlier;
        touch.people = vec![barney, wilma];
    });
    join(&mut mine, theirs.path());
    let after = mine.touch(touch).unwrap().unwrap();
    assert_eq!(after.at, earlier);
    let took_part = [barney, betty, wilma].map(|id| mine.history(id, 9).unwrap().len());
    assert_eq!(took_part, [1, 0, 1]);
    whole(&mine);
    assert!(!join(&mut mine, theirs.path()).changed());
    // Corrected on both sides, whoever either says took part did.
    correct(&mut mine, touch, 601, |touch| {
        touch.at = later(-60);
        touch.people = vec![barney];
    });
    correct(&mut theirs, touch, 602, |touch| {
        touch.at = later(-90);
        touch.people = vec![barney, betty];
    });
    join(&mut mine, theirs.path());
    assert_eq!(mine.touch(touch).unwrap().unwrap().at, later(-90));
    let took_part = [barney, betty].map(|id| mine.history(id, 9).unwrap().len());
    assert_eq!(took_part, [1, 1]);
    whole(&mine);
}

#[test]
fn a_name_that_another_has_here_is_not_taken_and_is_told() {
    let world = World::new();
    let mut mine = world.book();
    let [barney, betty] = ["Barney", "Betty"].map(|name| add(&mut mine, name));
    let slate = at_acme(&mut mine, barney, 0, "Slate");
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    at_acme(&mut mine, betty, 1, "Slate & Co");
    page(&mut theirs, slate, 2, |page| {
        page.name = "Slate & Co".into();
        page.note = "renamed".into();
    });
    let joined = join(&mut mine, theirs.path());
    let clash = &joined.clashes[0];
    assert_eq!(
        (clash.mine.as_str(), clash.theirs.as_str(), clash.taken),
        ("Slate", "Slate & Co", false)
    );
    let profile = mine.account_profile(slate).unwrap().unwrap();
    assert_eq!(
        (profile.name.as_str(), profile.note.as_str()),
        ("Slate", "renamed")
    );
    assert!(!join(&mut mine, theirs.path()).changed());
    whole(&mine);
}

#[test]
fn names_that_were_handed_on_there_are_handed_on_here() {
    let world = World::new();
    let mut mine = world.book();
    let [barney, betty] = ["Barney", "Betty"].map(|name| add(&mut mine, name));
    let [one, other] =
        [(barney, "One"), (betty, "Two")].map(|(id, name)| at_acme(&mut mine, id, 0, name));
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    // Whichever is read first, the name it takes is the other's here.
    page(&mut theirs, one, 2, |page| page.name = "Three".into());
    page(&mut theirs, other, 4, |page| page.name = "One".into());
    page(&mut theirs, one, 6, |page| page.name = "Two".into());
    page(&mut theirs, other, 8, |page| page.name = "Four".into());
    page(&mut theirs, one, 10, |page| page.name = "One".into());
    page(&mut theirs, other, 12, |page| page.name = "Two".into());
    page(&mut theirs, other, 14, |page| page.name = "Old Two".into());
    page(&mut theirs, one, 16, |page| page.name = "Two".into());
    let joined = join(&mut mine, theirs.path());
    assert!(joined.clashes.is_empty(), "{:?}", joined.clashes);
    assert!(!joined.tables.contains_key("mention"), "there is none");
    let names = [one, other].map(|id| mine.account_profile(id).unwrap().unwrap().name);
    assert_eq!(names, ["Two", "Old Two"]);
}

#[test]
fn a_book_as_json_comes_into_one_that_has_its_accounts_and_tags_under_other_ids() {
    let world = World::new();
    let (mut mine, mut theirs, [barney, ..]) = parted(&world);
    let tag = |book: &mut Store, at| {
        at_acme(book, barney, at, "Acme");
        let tag = Command::Tag {
            people: vec![barney],
            add: vec!["vip".into()],
            remove: Vec::new(),
        };
        apply(book, at + 10, &tag);
        add(book, "Dino")
    };
    tag(&mut mine, 1);
    let dino = tag(&mut theirs, 2);
    let there = at_acme(&mut theirs, dino, 20, "Acme");
    page(&mut theirs, there, 22, |page| page.note = "theirs".into());
    let moment = later(500);
    let mut bulk = mine.bulk("Imported", &moment).unwrap();
    bulk.any_order().unwrap();
    let mut landed = BTreeMap::new();
    for table in Store::tables_of_everything() {
        for row in rows(&theirs, table) {
            let one = format!("{:?}", bulk.bring(table, &row).unwrap());
            landed
                .entry((table, one))
                .and_modify(|n| *n += 1)
                .or_insert(1);
        }
    }
    bulk.finish().unwrap();
    let of = |table, what: Landed| landed.get(&(table, format!("{what:?}")));
    assert_eq!(of("account", Landed::Conflicting), Some(&1), "{landed:?}");
    assert_eq!(of("tag", Landed::Same), Some(&1), "{landed:?}");
    assert_eq!(of("tagging", Landed::Same), Some(&1), "{landed:?}");
    assert_eq!(mine.card(dino).unwrap().unwrap().account, "Acme");
    assert_eq!(rows(&mine, "account").len(), 1);
    whole(&mine);
}

/// As a book was before its last migration.
fn grown_old(path: &std::path::Path) {
    let db = Connection::open(path).unwrap();
    db.execute_batch("drop index ask_again; pragma user_version = 5;")
        .unwrap();
}

#[test]
fn what_changed_before_a_migration_emptied_both_journals_is_not_taken_for_unchanged() {
    let world = World::new();
    let (mut mine, mut theirs, [barney, betty, _]) = parted(&world);
    edit(&mut mine, barney, 1, |card| card.title = "Foreman".into());
    edit(&mut theirs, betty, 2, |card| card.title = "Buyer".into());
    let (here, there) = (mine.path().to_owned(), theirs.path().to_owned());
    drop((mine, theirs));
    for path in [&here, &there] {
        grown_old(path);
    }
    let (mut mine, mut theirs) = (Store::open(&here).unwrap(), Store::open(&there).unwrap());
    add(&mut mine, "Fred");
    add(&mut theirs, "Dino");
    let joined = join(&mut mine, &there);
    assert!(joined.unknown_past);
    assert_eq!(mine.card(betty).unwrap().unwrap().title, "Buyer");
    assert_eq!(mine.card(barney).unwrap().unwrap().title, "Foreman");
}

#[test]
fn copies_of_a_book_whose_journal_was_emptied_know_where_they_parted() {
    let world = World::new();
    let mut first = world.book();
    let barney = add(&mut first, "Barney");
    let path = first.path().to_owned();
    drop(first);
    grown_old(&path);
    let mut mine = Store::open(&path).unwrap();
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    edit(&mut mine, barney, 1, |card| card.title = "Foreman".into());
    edit(&mut theirs, barney, 2, |card| card.title = "Buyer".into());
    add(&mut theirs, "Dino");
    let joined = join(&mut mine, theirs.path());
    assert!(!joined.unknown_past);
    assert_eq!(joined.clashes.len(), 1);
}

fn note(id: Option<Id>, text: &str) -> Draft {
    let call = CallNote {
        with: None,
        name: "Somebody".to_owned(),
        begun: now(),
        heard: now(),
        text: text.to_owned(),
    };
    call.draft(id)
}

fn texts(book: &Store) -> Vec<String> {
    let drafts = book.drafts().unwrap();
    let notes = drafts.iter().map(|draft| CallNote::of(draft).unwrap().text);
    let mut texts: Vec<String> = notes.collect();
    texts.sort();
    texts
}

#[test]
fn notes_that_were_not_filed_come_too_and_those_that_were_filed_here_do_not() {
    let world = World::new();
    let mut mine = world.book();
    let [both, done, shared] =
        ["both", "done", "shared"].map(|text| mine.save_draft(&note(None, text), &now()).unwrap());
    add(&mut mine, "Barney");
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    mine.drop_draft(done).unwrap();
    mine.save_draft(&note(Some(both), "both, mine"), &later(1))
        .unwrap();
    theirs
        .save_draft(&note(Some(both), "both, theirs"), &later(2))
        .unwrap();
    theirs
        .save_draft(&note(Some(shared), "shared, more"), &later(3))
        .unwrap();
    theirs.save_draft(&note(None, "new"), &later(4)).unwrap();
    let joined = join(&mut mine, theirs.path());
    assert_eq!(texts(&mine), ["both, theirs", "new", "shared, more"]);
    let counts = joined.tables["draft"];
    assert_eq!(
        (counts.new, counts.taken, counts.kept, counts.clashing),
        (1, 1, 1, 1)
    );
    let clash = &joined.clashes[0];
    assert_eq!(
        (clash.mine.as_str(), clash.theirs.as_str()),
        ("both, mine", "both, theirs")
    );
    assert!(!join(&mut mine, theirs.path()).changed());
}

#[test]
fn a_book_as_json_holds_the_notes_that_were_not_filed() {
    let world = World::new();
    let mut book = world.book();
    book.save_draft(&note(None, "half a\n\"thought\""), &now())
        .unwrap();
    drop(book);
    world.ok(&["export", "all", "--as", "json", "-o", "all.json"]);
    let other = World::new();
    let from = world.path("all.json");
    other.ok(&["import", from.to_str().unwrap()]);
    assert_eq!(texts(&other.book()), ["half a\n\"thought\""]);
    let again = other.ok(&["import", from.to_str().unwrap()]);
    assert_eq!(texts(&other.book()).len(), 1, "{again}");
}

fn plan(contact: Id, days: u64, why: &str) -> Command {
    Command::PlanTouch(Box::new(Plan {
        contact,
        on: now().date_naive() + Days::new(days),
        at: None,
        why: why.to_owned(),
    }))
}

#[test]
fn of_two_plans_with_one_person_the_newer_stays_open_and_both_are_told() {
    let world = World::new();
    let (mut mine, mut theirs, [barney, ..]) = parted(&world);
    apply(&mut mine, 1, &plan(barney, 3, "mine"));
    apply(&mut theirs, 2, &plan(barney, 9, "theirs"));
    let joined = join(&mut mine, theirs.path());
    let clash = &joined.clashes[0];
    assert_eq!(
        (
            clash.about.as_str(),
            clash.mine.as_str(),
            clash.theirs.as_str(),
            clash.taken
        ),
        (
            "Barney Rubble",
            "2026-11-25 mine",
            "2026-12-01 theirs",
            true
        )
    );
    let open = |book: &Store| -> Vec<String> {
        let plans = rows(book, "plan").into_iter();
        let open = plans.filter(|row| row["state"] == "open");
        open.map(|row| row["why"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(open(&mine), ["theirs"]);
    assert_eq!(rows(&mine, "plan").len(), 2);
    assert!(!join(&mut mine, theirs.path()).changed());
    // What became of it there becomes of it here.
    let person = theirs.person(barney).unwrap().unwrap();
    apply(
        &mut theirs,
        600,
        &Command::DropPlan(person.plan.unwrap().id),
    );
    join(&mut mine, theirs.path());
    assert_eq!(open(&mine), Vec::<String>::new());
}

#[test]
fn the_plan_of_a_meeting_that_both_calendars_have_goes_with_the_meeting() {
    let world = World::new();
    let file = |name: &str, text: &str| std::fs::write(world.path(name), text).unwrap();
    file(
        "card.vcf",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Barney Rubble\nEMAIL:barney@slate.example\nEND:VCARD\n",
    );
    world.ok(&["import", "card.vcf"]);
    let other = world.path("other.chitbook");
    drop(copy(&world.book(), &other));
    let event = |sequence: u8, status: &str| {
        format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:one\nDTSTART:20261201T100000Z\nSEQUENCE:{sequence}\nSTATUS:{status}\n\
             ATTENDEE;PARTSTAT=ACCEPTED:mailto:barney@slate.example\nSUMMARY:Review\nEND:VEVENT\nEND:VCALENDAR\n"
        )
    };
    file("meeting.ics", &event(0, "CONFIRMED"));
    file("off.ics", &event(1, "CANCELLED"));
    let path = other.to_str().unwrap();
    let import = |book: &str, name: &str| {
        world.ok(&["--book", book, "import", name, "--mine", "rep@own.example"]);
    };
    for book in ["book.chitbook", path] {
        import(book, "meeting.ics");
    }
    let open = |book: &Store| -> usize {
        let plans = rows(book, "plan").into_iter();
        plans.filter(|row| row["state"] == "open").count()
    };
    let mut mine = world.book();
    let joined = join(&mut mine, &other);
    assert!(joined.clashes.iter().all(|clash| clash.table != "plan"));
    assert_eq!(open(&mine), 1);
    drop(mine);
    import("book.chitbook", "off.ics");
    assert_eq!(
        open(&world.book()),
        0,
        "the meeting is off, and so is the plan"
    );
}

#[test]
fn what_is_made_once_is_there_once_though_both_made_it() {
    let world = World::new();
    let mut mine = world.book();
    let [barney, betty] = ["Barney", "Betty"].map(|name| add(&mut mine, name));
    let acme = at_acme(&mut mine, barney, 0, "Acme");
    let mut theirs = copy(&mine, &world.path("other.chitbook"));
    let day = now().date_naive();
    for (book, at) in [(&mut mine, 1), (&mut theirs, 2)] {
        let snooze = Snooze {
            kind: MatterKind::Stale,
            target: barney,
            until: Some(day + Days::new(3)),
            why: "on leave".to_owned(),
        };
        apply(book, at, &Command::Snooze(Box::new(snooze)));
        let link = Link {
            from: barney,
            kind: LinkKind::Spouse,
            to: betty,
            note: String::new(),
            on: None,
        };
        apply(book, at + 10, &Command::AddLink(Box::new(link)));
        let seat = Change::KnowSeat {
            account: acme,
            role: Role::Finance,
        };
        apply(book, at + 20, &Command::Account(Box::new(seat)));
        let card = review::Card {
            kind: MatterKind::Stale,
            target: barney,
            contact: Some(barney),
            account: None,
            who: "Barney".to_owned(),
            why: "silent".to_owned(),
            due: None,
        };
        let begin = review::Change::Begin {
            on: day,
            cards: vec![card],
        };
        apply(book, at + 30, &Command::Review(Box::new(begin)));
    }
    let joined = join(&mut mine, theirs.path());
    assert!(joined.clashes.is_empty(), "{:?}", joined.clashes);
    for table in ["snooze", "link", "seat", "review", "review_card"] {
        assert_eq!(rows(&mine, table).len(), 1, "{table}");
    }
    whole(&mine);
}

/// What a book said when it was asked: its rows by table and id, with accounts by name, and the rows that its journal says were
/// changed since a step.
struct Seen {
    rows: BTreeMap<(String, String), Value>,
    changed: HashSet<(String, String)>,
}

/// Lists and what is made once: what becomes of these is said elsewhere.
const ELSEWHERE: [&str; 15] = [
    "phone", "email", "web", "address", "extra", "tag", "tagging", "key_date", "party", "mention",
    "account", "seat", "link", "snooze", "apart",
];

fn seen(book: &Store, since: i64) -> Seen {
    let mut accounts = BTreeMap::new();
    for row in rows(book, "account") {
        accounts.insert(row["id"].to_string(), row["name"].clone());
    }
    let mut found = BTreeMap::new();
    for table in Store::tables().filter(|table| !ELSEWHERE.contains(table)) {
        for mut row in rows(book, table) {
            let id = row["id"].as_str().unwrap().to_owned();
            for (column, value) in &mut row {
                if column.ends_with("account_id")
                    && let Some(name) = accounts.get(&value.to_string())
                {
                    *value = name.clone();
                }
            }
            row.remove("changed_at");
            // One plan stays open, and a chit is worth what came back for it.
            for (of, column) in [("plan", "state"), ("chit", "halves")] {
                if of == table {
                    row.remove(column);
                }
            }
            found.insert((table.to_owned(), id), Value::Object(row));
        }
    }
    let db = Connection::open(book.path()).unwrap();
    let sql = "select distinct tab, row_id from change where step_id > ?1";
    let mut statement = db.prepare(sql).unwrap();
    let changed = statement
        .query_map([since], |row| {
            Ok((row.get(0)?, Id::from_raw(row.get(1)?).text()))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    Seen {
        rows: found,
        changed,
    }
}

/// Nothing of either side is lost, and what changed on one side is as it is there, whichever was joined to which.
fn as_it_should_be(after: &Store, one: &Seen, other: &Seen) -> Result<(), TestCaseError> {
    let after = seen(after, i64::MAX).rows;
    for key in one.rows.keys().chain(other.rows.keys()) {
        let Some(row) = after.get(key) else {
            return Err(TestCaseError::fail(format!("{key:?} is lost")));
        };
        let (here, there) = (one.rows.get(key), other.rows.get(key));
        let told = [
            (here, one.changed.contains(key), other.changed.contains(key)),
            (
                there,
                other.changed.contains(key),
                one.changed.contains(key),
            ),
        ];
        let only_one_has = here.is_none() || there.is_none();
        let fits = told.into_iter().any(|(said, changed, other_changed)| {
            said == Some(row) && (only_one_has || changed || !other_changed)
        });
        prop_assert!(fits, "{:?}: {:?} of {:?} and {:?}", key, row, here, there);
    }
    Ok(())
}

fn act(book: &mut Store, history: &[[u16; 6]], clock: i64) {
    for (dice, at) in history.iter().zip(0..) {
        if let Some(command) = command(book, dice) {
            let _ = book.apply(&command, &later(clock + at * 2));
        }
    }
}

fn history(most: usize) -> impl Strategy<Value = Vec<[u16; 6]>> {
    prop::collection::vec(any::<[u16; 6]>(), 0..most)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is done on both sides: the merged book is whole, nothing of either side is lost, what changed on one side is as it is
    /// there whichever was joined to which, twice is once, and one undo gives back the book byte for byte.
    #[test]
    fn whatever_is_done_on_both_sides_nothing_is_lost_twice_is_once_and_undo_is_exact(before in history(25), mine in history(15), theirs in history(15), drafts in 0u8..4) {
        let world = World::new();
        let mut a = world.book();
        a.turn_to(20_779).unwrap();
        a.apply(&Command::AddContact(Box::new(Card::named("Person 1"))), &later(-900)).unwrap();
        act(&mut a, &before, -800);
        let since = a.steps(1).unwrap()[0].id;
        let mut b = copy(&a, &world.path("b.chitbook"));
        act(&mut a, &mine, 0);
        act(&mut b, &theirs, 1);
        for n in 0..drafts {
            b.save_draft(&note(None, &format!("draft {n}")), &later(i64::from(n))).unwrap();
        }
        let a_alone = copy(&a, &world.path("a-alone.chitbook"));
        let (of_a, of_b) = (seen(&a, since), seen(&b, since));
        let start = dump(&a);
        let joined = join(&mut a, b.path());
        prop_assert!(!joined.unknown_past);
        let report = a.check(&now()).unwrap();
        prop_assert!(report.is_clean(), "{:?}", report);
        as_it_should_be(&a, &of_a, &of_b)?;
        prop_assert_eq!(a.drafts().unwrap().len(), usize::from(drafts));
        let end = dump(&a);
        prop_assert!(!join(&mut a, b.path()).changed());
        prop_assert_eq!(dump(&a), end);
        if joined.changed() {
            a.undo(&later(550)).unwrap();
        }
        prop_assert_eq!(dump(&a), start);
        join(&mut b, a_alone.path());
        let report = b.check(&now()).unwrap();
        prop_assert!(report.is_clean(), "{:?}", report);
        as_it_should_be(&b, &of_b, &of_a)?;
    }
}
