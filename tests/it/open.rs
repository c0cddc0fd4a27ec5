//! Opening: a book is made private, and what is not a book is left alone with a sentence that says why.

use crate::world::{World, add, now};
use chitbook::store::{Error, Store};
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_new_book_and_its_folder_are_the_owners_alone() {
    let world = World::new();
    let path = world.path("deep/er/book.chitbook");
    let mut book = Store::open(&path).unwrap();
    add(&mut book, "Barney Rubble");
    let mode = |p: &std::path::Path| fs::metadata(p).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(&path.with_extension("chitbook-wal")), 0o600);
    let copy = book.backup(None, &now()).unwrap();
    assert_eq!(mode(&copy), 0o600);
    assert_eq!(mode(copy.parent().unwrap()), 0o700);
}

#[test]
fn what_is_not_a_book_is_refused_and_left_as_it_was() {
    let world = World::new();
    let foreign = world.path("other.sqlite");
    rusqlite::Connection::open(&foreign)
        .unwrap()
        .execute_batch("create table t (a); insert into t values (1);")
        .unwrap();
    let text = world.path("notes.txt");
    fs::write(
        &text,
        "Dear diary, nothing in here is a database, however long it is. ".repeat(9),
    )
    .unwrap();
    let short = world.path("short");
    fs::write(&short, "SQLite").unwrap();
    for path in [&foreign, &text, &short] {
        let before = fs::read(path).unwrap();
        let error = Store::open(path).unwrap_err();
        assert!(matches!(error, Error::Foreign { .. }), "{error}");
        assert_eq!(fs::read(path).unwrap(), before);
    }
    let folder = Store::open(world.folder.path()).unwrap_err();
    assert!(folder.to_string().contains("it is a folder"), "{folder}");
    let device = Store::open(std::path::Path::new("/dev/null")).unwrap_err();
    assert!(
        device.to_string().contains("not an ordinary file"),
        "{device}"
    );
}

#[test]
fn a_newer_book_is_refused_with_both_versions_and_left_as_it_was() {
    let world = World::new();
    let path = world.book().path().to_owned();
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch("pragma journal_mode = delete; pragma user_version = 9999;")
        .unwrap();
    let before = fs::read(&path).unwrap();
    let error = Store::open(&path).unwrap_err().to_string();
    assert!(error.contains("9999") && error.contains("newer"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn an_empty_file_that_was_named_becomes_a_book() {
    let world = World::new();
    let path = world.path("book.chitbook");
    fs::write(&path, "").unwrap();
    assert_eq!(Store::open(&path).unwrap().count().unwrap(), 0);
}

#[test]
fn a_book_that_was_replaced_while_open_is_not_written() {
    let world = World::new();
    let mut book = world.book();
    add(&mut book, "Barney Rubble");
    fs::rename(book.path(), world.path("moved")).unwrap();
    fs::write(book.path(), "something else").unwrap();
    let refused = book.apply(
        &chitbook::domain::command::Command::SetCadence {
            id: chitbook::domain::id::Id::ME,
            days: None,
        },
        &now(),
    );
    assert!(matches!(refused, Err(Error::Moved { .. })));
}

#[test]
fn sqlite_is_new_enough_to_be_free_of_the_checkpoint_fault_of_march_2026() {
    let parts: Vec<u32> = rusqlite::version()
        .split('.')
        .map(|p| p.parse().unwrap())
        .collect();
    assert!(parts >= vec![3, 51, 3], "{}", rusqlite::version());
}

#[test]
fn a_restore_keeps_the_present_book_beside_it() {
    let world = World::new();
    let mut book = world.book();
    add(&mut book, "Barney Rubble");
    let copy = book
        .backup(Some(&world.path("copy.chitbook")), &now())
        .unwrap();
    add(&mut book, "Betty Marsh");
    let kept = book.restore(&copy, &now()).unwrap();
    assert_eq!(book.count().unwrap(), 1);
    assert_eq!(Store::open(&kept).unwrap().count().unwrap(), 2);
    assert!(book.check(&now()).unwrap().is_clean());
}

#[test]
fn seven_daily_backups_are_kept() {
    let world = World::new();
    let book = world.book();
    for days in 0..10 {
        let day = now() + chrono::Duration::days(days);
        assert!(book.daily_backup(&day).unwrap().is_some());
        assert!(book.daily_backup(&day).unwrap().is_none(), "one a day");
    }
    let left = fs::read_dir(world.path("backups")).unwrap().count();
    assert_eq!(left, 7);
}
