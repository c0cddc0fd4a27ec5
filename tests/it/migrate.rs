//! Books of every earlier version open, keep what is in them, and are copied first.

use crate::world::{World, add};
use chitbook::domain::id::Id;
use chitbook::store::Store;
use std::fs;

/// Each version's schema, in order.
fn schemas() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schema");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect()
}

/// A book as a program of that version made it, with one person in it.
fn book_of(world: &World, version: usize) {
    let path = world.path("book.chitbook");
    fs::write(&path, "").unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    for sql in schemas().iter().take(version) {
        db.execute_batch(sql).unwrap();
    }
    db.execute_batch(&format!(
        "pragma application_id = 1130916212; pragma user_version = {version};
         insert into contact (id, name, changed_at) values (4194304, 'Barney Rubble', 7);
         insert into touch (id, at, offset_minutes, kind, direction, changed_at, body) values (8388608, 0, 0, 'call', 'in', 7, 'hello');
         insert into party (id, contact_id, touch_id, wall, kind, direction) values (8388609, 4194304, 8388608, 0, 'call', 'in');"
    ))
    .unwrap();
}

#[test]
fn a_book_of_any_earlier_version_opens_with_everything_in_it() {
    let newest = schemas().len();
    for version in 1..newest {
        let world = World::new();
        book_of(&world, version);
        let mut book = world.book();
        assert_eq!(book.who("barney").unwrap().len(), 1, "version {version}");
        let copies: Vec<_> = fs::read_dir(world.path("backups")).unwrap().collect();
        assert_eq!(copies.len(), 1, "a copy was made before");
        book.turn_to(20_000).unwrap();
        add(&mut book, "Betty Marsh");
        book.undo(&crate::world::now()).unwrap();
        assert!(
            book.check(&crate::world::now()).unwrap().is_clean(),
            "version {version}"
        );
        let touch = book.touch(Id::from_raw(8_388_608)).unwrap().unwrap();
        assert_eq!(touch.body, "hello");
    }
}

#[test]
fn a_new_book_has_the_schema_of_the_newest_version() {
    let shape = |world: &World| -> Vec<String> {
        let db = rusqlite::Connection::open(world.path("book.chitbook")).unwrap();
        let mut statement = db.prepare("select name || ' ' || coalesce(sql, '') from sqlite_schema where name not like 'sqlite_%' order by name").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let (old, new) = (World::new(), World::new());
    book_of(&old, 1);
    drop((old.book(), new.book()));
    assert_eq!(shape(&old), shape(&new));
    assert!(Store::tables().count() > 30);
}
