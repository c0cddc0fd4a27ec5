//! Books of earlier versions: they open with everything in them, a copy lies beside them, and what they exported comes in as it was.

use crate::world::{World, add, dump, now};
use chitbook::domain::chit::ChitCall;
use chitbook::domain::command::Command;
use chitbook::domain::id::Id;
use chitbook::domain::record::{Record, RecordKind};
use chitbook::store::{Error, Store};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const VERSION_1: &str = include_str!("../../assets/schema/001_book.sql");
const VERSION_2: &str = include_str!("../../assets/schema/002_call.sql");
const VERSION_3: &str = include_str!("../../assets/schema/003_ledger.sql");
const VERSION_4: &str = include_str!("../../assets/schema/004_accounts.sql");
const CHIT: i32 = 0x4368_6974;

/// Tables that the first version did not have.
const LATER: [&str; 13] = [
    "mention",
    "chit_call",
    "tier",
    "story",
    "story_ask",
    "apart",
    "review",
    "review_card",
    "suggestion",
    "suggested",
    "mail",
    "account_identity",
    "vdir_card",
];

/// Tables that only the last version has.
const LAST: [&str; 5] = [
    "suggestion",
    "suggested",
    "mail",
    "account_identity",
    "vdir_card",
];

/// Rows of every table that the second version changes, and of their parents; a step to undo, and a draft.
const ROWS: &str = "
    insert into account (id, name, changed_at) values (10, 'Slate & Co', 1);
    insert into contact (id, name, account_id, changed_at) values (20, 'Barney Rubble', 10, 1), (21, 'Wilma Slate', 10, 1);
    insert into touch (id, at, offset_minutes, kind, direction, agreed_at, changed_at, body)
        values (30, 1795000000000, 60, 'call', 'out', 1794999600000, 1, '~ Rockland is pitching'), (31, 1795100000000, 60, 'note', 'out', null, 1, 'héllo');
    insert into party (id, contact_id, touch_id, wall, kind, direction)
        values (40, 20, 30, 1795003600000, 'call', 'out'), (41, 20, 31, 1795103600000, 'note', 'out');
    insert into promise (id, contact_id, mine, what, made_on, due_on, touch_id, words, changed_at)
        values (50, 20, 1, 'quote', '2026-11-20', '2026-11-27', 30, 'quote fri', 1);
    insert into referral (id, referrer_id, prospect_id, what, touch_id, words, changed_at) values (60, 20, 21, 'finance', 30, '@Wilma finance', 1);
    insert into referral_event (id, referral_id, stage, on_day, touch_id, changed_at) values (61, 60, 'promised', '2026-11-20', 30, 1);
    insert into seat (id, account_id, contact_id, role, touch_id, changed_at) values (70, 10, 21, 'finance', 30, 1), (71, 10, null, 'coach', null, 1);
    insert into need (id, contact_id, account_id, what, heard_on, state, delivered_on, result, result_kind, amount, currency, touch_id, words, changed_at)
        values (80, 20, 10, 'truck rolls', '2026-10-01', 'delivered', '2026-11-01', 'half of them', 'cost_cut', 4000000, 'USD', 30, 'truck rolls', 1);
    insert into rival (id, account_id, name, words, seen_on, touch_id, changed_at)
        values (90, 10, 'Rockland', 'is pitching ideas', '2026-11-20', 30, 1), (91, 10, 'Seewart', '', '2025-01-01', null, 1);
    insert into draft (id, contact_id, body, started_at, saved_at) values (99, 20, 'not filed', 1, 2);
    insert into step (id, at, label) values (7, 1, 'Added Barney Rubble');
    insert into change (step_id, op, tab, row_id) values (7, 'insert', 'contact', 20);";

/// A book as the first version left it.
fn version_1(path: &Path) -> Connection {
    let db = Connection::open(path).unwrap();
    db.execute_batch(VERSION_1).unwrap();
    db.execute_batch(ROWS).unwrap();
    db.execute_batch(&format!(
        "pragma application_id = {CHIT}; pragma user_version = 1;"
    ))
    .unwrap();
    db
}

/// Every row of these tables, each column with its name, as text.
fn rows(db: &Connection, tables: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    for table in tables {
        let mut statement = db
            .prepare(&format!("select * from {table} order by 1"))
            .unwrap();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            for (at, name) in names.iter().enumerate() {
                lines.push(format!("{table}.{name} {:?}", row.get_ref(at).unwrap()));
            }
        }
    }
    lines
}

/// What the second version knows besides.
const NEW: [&str; 8] = [
    "contact.tier",
    "touch.caught",
    "seat.words",
    "referral_event.words",
    "need.result_touch_id",
    "need.result_words",
    "rival.contact_id",
    "rival.what",
];

#[test]
fn a_book_of_version_1_keeps_every_row_and_a_copy_of_itself_and_undo_starts_afresh() {
    let world = World::new();
    let path = world.path("book.chitbook");
    let db = version_1(&path);
    let tables: Vec<&str> = Store::tables()
        .filter(|table| !LATER.contains(table))
        .collect();
    let before = rows(&db, &tables);
    drop(db);
    let mut book = world.book();
    let db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let after = rows(&db, &tables);
    let said = "rival.words Text([105, 115, 32";
    for line in &before {
        let kept = after.contains(line) || line.starts_with(said);
        assert!(kept, "{line} is gone");
    }
    // What is there now besides: the new columns, empty, and what was said of a rival.
    let new = after.iter().filter(|line| !before.contains(line));
    let new: BTreeSet<&str> = new.map(|line| line.split_once(' ').unwrap().0).collect();
    assert_eq!(new, BTreeSet::from(NEW));
    let row = book
        .record(RecordKind::Rival, Id::from_raw(90))
        .unwrap()
        .unwrap();
    let Record::Rival(rival) = row.record else {
        panic!("{:?}", row.record)
    };
    assert_eq!(
        (rival.name.as_str(), rival.what.as_str()),
        ("Rockland", "is pitching ideas")
    );
    assert_eq!(
        (row.words.as_str(), row.evidence),
        ("", Some(Id::from_raw(30)))
    );
    assert_eq!(book.drafts().unwrap()[0].body, "not filed");
    assert!(matches!(book.undo(&now()), Err(Error::NothingTo("undo"))));
    book.turn_to(20_779).unwrap();
    assert!(book.check(&now()).unwrap().is_clean());
    let person = book.person(Id::from_raw(20)).unwrap().unwrap();
    assert_eq!((person.touches, person.promises.len()), (2, 1));
    // And it goes on from there.
    let settled = dump(&book);
    add(&mut book, "Betty Marsh");
    book.undo(&now()).unwrap();
    assert_eq!(dump(&book), settled);
    let copy = world.path("backups/book-before-version-2.chitbook");
    let copy = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    assert_eq!(rows(&copy, &tables), before);
    assert_eq!(version(&copy), 1);
    assert_eq!(version(&db), 6);
}

fn version(db: &Connection) -> i64 {
    db.query_row("pragma user_version", [], |row| row.get(0))
        .unwrap()
}

#[test]
fn two_programs_that_open_an_old_book_at_once_bring_it_up_to_date_once() {
    let world = World::new();
    let path = world.path("book.chitbook");
    drop(version_1(&path));
    std::thread::scope(|scope| {
        let open = || Store::open(&path).unwrap().name(Id::from_raw(20)).unwrap();
        let programs: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
        for program in programs {
            assert_eq!(program.join().unwrap(), "Barney Rubble");
        }
    });
    let copy = Connection::open(world.path("backups/book-before-version-2.chitbook")).unwrap();
    assert_eq!(version(&copy), 1);
}

#[test]
fn a_new_book_has_the_schema_of_one_that_was_brought_up_to_date() {
    let world = World::new();
    let schema = |path: &Path| {
        let db = Connection::open(path).unwrap();
        let mut statement = db
            .prepare("select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_master order by 1")
            .unwrap();
        let found = statement
            .query_map([], |row| row.get::<_, String>(0))
            .unwrap();
        found.map(Result::unwrap).collect::<Vec<_>>()
    };
    let old = world.path("old.chitbook");
    drop(version_1(&old));
    drop(Store::open(&old).unwrap());
    assert_eq!(schema(&old), schema(world.book().path()));
}

/// What the first version exported of a book: every row of every table with the columns it had.
fn exported(db: &Connection, tables: &[&'static str]) -> Vec<(&'static str, Map<String, Value>)> {
    let mut found = Vec::new();
    for table in tables {
        let mut statement = db
            .prepare(&format!("select * from {table} order by id"))
            .unwrap();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let value = |at: usize, name: &str| match row.get_ref(at).unwrap() {
                ValueRef::Integer(id) if name == "id" || name.ends_with("_id") => {
                    json!(Id::from_raw(id).text())
                }
                ValueRef::Integer(number) => json!(number),
                ValueRef::Text(text) => json!(str::from_utf8(text).unwrap()),
                _ => Value::Null,
            };
            let columns = names.iter().enumerate();
            let row = columns.map(|(at, name)| (name.clone(), value(at, name)));
            found.push((*table, row.collect()));
        }
    }
    found
}

#[test]
fn what_version_1_exported_comes_in_as_the_book_that_version_1_left() {
    let world = World::new();
    let tables: Vec<&str> = Store::tables()
        .filter(|table| !LATER.contains(table))
        .collect();
    let old = version_1(&world.path("old.chitbook"));
    let rows = exported(&old, &tables);
    drop(old);
    let mut migrated = Store::open(&world.path("old.chitbook")).unwrap();
    migrated.turn_to(20_779).unwrap();
    let mut book = world.book();
    book.turn_to(20_779).unwrap();
    let moment = now();
    for landed in [rows.len() - 1, 0] {
        let mut bulk = book.bulk("Imported", &moment).unwrap();
        bulk.any_order().unwrap();
        let all = rows
            .iter()
            .map(|(table, row)| bulk.bring(table, row).unwrap());
        let new = all.filter(|landed| *landed == chitbook::store::Landed::New);
        assert_eq!(
            new.count(),
            landed,
            "the rep is there, and the second time everybody is"
        );
        bulk.finish().unwrap();
        assert_eq!(dump(&book), dump(&migrated));
    }
}

#[test]
fn a_backup_of_version_1_is_restored_and_stays_as_it_is() {
    let world = World::new();
    let old = world.path("old.chitbook");
    drop(version_1(&old));
    let bytes = fs::read(&old).unwrap();
    let mut book = world.book();
    add(&mut book, "Somebody else");
    book.restore(&old, &now()).unwrap();
    assert_eq!(book.name(Id::from_raw(20)).unwrap(), "Barney Rubble");
    add(&mut book, "Betty Marsh");
    drop(book);
    assert_eq!(fs::read(&old).unwrap(), bytes);
    let path = world.path("book.chitbook");
    fs::write(&path, "no book any more").unwrap();
    Store::replace(&path, &old, &now()).unwrap();
    let book = world.book();
    assert_eq!(book.name(Id::from_raw(20)).unwrap(), "Barney Rubble");
    assert_eq!(fs::read(&old).unwrap(), bytes);
    let left = fs::read_dir(world.path("backups")).unwrap();
    let names = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut litter = names.filter(|name| name.starts_with('.'));
    assert_eq!(litter.next(), None, "nothing half done is left");
}

#[test]
fn a_book_of_version_2_keeps_its_chits_and_can_call_them_in() {
    let world = World::new();
    let path = world.path("book.chitbook");
    let db = version_1(&path);
    db.execute_batch(VERSION_2).unwrap();
    db.execute_batch(
        "insert into chit (id, giver_id, receiver_id, what, given_on, halves, pending, changed_at)
             values (100, 20, 1, 'got me past Slate', '2026-05-12', 4, 0, 1), (101, 20, 21, 'an intro', '2026-06-01', 2, 1, 1);
         insert into chit_part (id, chit_id, on_day, halves, how, by_what, changed_at) values (110, 100, '2026-07-01', 1, 'redeemed', 'a bottle', 1);
         insert into ask (id, contact_id, on_day, answer, changed_at) values (120, 20, '2026-08-01', 'thinking', 1);
         pragma user_version = 2;",
    )
    .unwrap();
    let tables: Vec<&str> = Store::tables()
        .filter(|table| *table == "mention" || !LATER.contains(table))
        .collect();
    let before = rows(&db, &tables);
    drop(db);
    let mut book = world.book();
    let db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let after = rows(&db, &tables);
    let new: BTreeSet<&str> = after
        .iter()
        .filter(|line| !before.contains(line))
        .map(|line| line.split_once(' ').unwrap().0)
        .collect();
    assert!(before.iter().all(|line| after.contains(line)));
    assert_eq!(
        new,
        BTreeSet::from(["chit.cleared_on", "chit_part.counter_id", "contact.tier"])
    );
    let id = Id::from_raw(100);
    let row = book.chit(id).unwrap().unwrap();
    assert_eq!(
        (row.open().0, row.parts.len(), row.cleared_on),
        (3, 1, None)
    );
    let call = ChitCall {
        on: now().date_naive(),
        outcome: None,
        answered: None,
        note: "a way to the board".to_owned(),
    };
    let command = Command::CallChit {
        id,
        call: Box::new(call.clone()),
    };
    book.apply(&command, &now()).unwrap();
    assert_eq!(book.chit(id).unwrap().unwrap().calls, [call]);
    assert!(
        world
            .path("backups/book-before-version-3.chitbook")
            .exists()
    );
}

#[test]
fn a_book_of_the_version_before_imports_keeps_every_row_and_takes_them() {
    let world = World::new();
    let path = world.path("book.chitbook");
    let db = version_1(&path);
    db.execute_batch(VERSION_2).unwrap();
    db.execute_batch(VERSION_3).unwrap();
    db.execute_batch(VERSION_4).unwrap();
    db.execute_batch("pragma user_version = 4;").unwrap();
    let tables: Vec<&str> = Store::tables()
        .filter(|table| !LAST.contains(table))
        .collect();
    let before = rows(&db, &tables);
    drop(db);
    let mut book = world.book();
    let db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    assert_eq!(rows(&db, &tables), before);
    let mut bulk = book.bulk("Imported", &now()).unwrap();
    bulk.firm("Slate & Co", "crm:account:7", "").unwrap();
    bulk.finish().unwrap();
    let kept = rows(&db, &["account_identity"]);
    let uid = kept.iter().filter(|line| line.contains(".uid"));
    assert_eq!(uid.count(), 1);
    assert_eq!(
        rows(&db, &["account"]),
        rows(&copy_of(&world, 5), &["account"])
    );
}

/// The copy of the book that was made before it had this version.
fn copy_of(world: &World, version: u32) -> Connection {
    let path = world.path(&format!("backups/book-before-version-{version}.chitbook"));
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

#[test]
fn a_row_of_an_import_is_checked_without_a_list_of_words() {
    let world = World::new();
    drop(world.book());
    let db = Connection::open(world.path("book.chitbook")).unwrap();
    for table in [
        "change",
        "touch",
        "suggestion",
        "contact",
        "account",
        "link",
    ] {
        let sql = "select sql from sqlite_schema where type = 'table' and name = ?1";
        let sql: String = db.query_row(sql, [table], |row| row.get(0)).unwrap();
        let lists = sql.match_indices(" in (").filter(|(at, _)| {
            let list = sql
                .get(*at..)
                .unwrap_or_default()
                .split(')')
                .next()
                .unwrap_or_default();
            list.matches(',').count() > 1
        });
        assert_eq!(lists.count(), 0, "{sql}");
    }
    let refused = db.execute("insert into touch (id, at, offset_minutes, kind, direction, changed_at, body) values (5, 0, 0, 'call', 'up', 0, '')", []);
    assert!(refused.unwrap_err().to_string().contains("CHECK"));
}
