//! A whole book as JSON: the rows are the same once they are written and read again, and whatever is brought into a book and given up
//! leaves it as it was.
#![no_main]

use chitbook::exchange::json::{Row, Writer, read};
use chitbook::store::Store;
use chitbook_fuzz::{Drops, now};
use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;
use std::io::Read;

fn all(source: impl Read) -> (Vec<(String, Row)>, bool) {
    let mut rows = Vec::new();
    let read = read(source, &mut |table, row| {
        rows.push((table.to_owned(), row));
        Ok(())
    });
    (rows, read.is_ok())
}

/// The rows as a document.
fn written(rows: &[(String, Row)]) -> Vec<u8> {
    let mut text = Vec::new();
    let mut writer = Writer::new(&mut text).unwrap();
    for (table, row) in rows {
        writer.table(table).unwrap();
        writer.row(row).unwrap();
    }
    writer.finish().unwrap();
    text
}

fn empty_book() -> (tempfile::TempDir, RefCell<Store>) {
    let folder = tempfile::tempdir().unwrap();
    let book = Store::open(&folder.path().join("book.sqlite")).unwrap();
    (folder, RefCell::new(book))
}

thread_local! {
    static BOOK: (tempfile::TempDir, RefCell<Store>) = empty_book();
}

fuzz_target!(|bytes: &[u8]| {
    let (rows, whole) = all(bytes);
    assert_eq!((rows.clone(), whole), all(Drops::new(bytes)));
    assert_eq!(all(&written(&rows)[..]), (rows.clone(), true));
    BOOK.with(|(_, book)| {
        let mut book = book.borrow_mut();
        let mut bulk = book.bulk("Imported", &now()).unwrap();
        bulk.any_order().unwrap();
        for (table, row) in &rows {
            // A refusal is a sentence.
            if let Err(error) = bulk.bring(table, row) {
                assert!(!error.to_string().is_empty());
            }
        }
        bulk.abandon();
        assert_eq!(book.count().unwrap(), 0);
    });
});
