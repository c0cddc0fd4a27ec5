//! A world of its own for each test: a folder that goes away, a fixed moment, a few people.

use chitbook::domain::command::Command;
use chitbook::domain::contact::Card;
use chitbook::domain::id::Id;
use chitbook::domain::moment::Moment;
use chitbook::store::Store;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder for one test.
pub struct World {
    pub folder: TempDir,
}

impl World {
    pub fn new() -> Self {
        World {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn book(&self) -> Store {
        Store::open(&self.path("book.chitbook")).unwrap()
    }
}

/// Sunday 22 November 2026, two in the afternoon, one hour east.
pub fn now() -> Moment {
    "2026-11-22T14:07:00+01:00".parse().unwrap()
}

/// A new person of this name.
pub fn add(book: &mut Store, name: &str) -> Id {
    let command = Command::AddContact(Box::new(Card::named(name)));
    book.apply(&command, &now()).unwrap().created.unwrap()
}

/// Every row a person entered, and what is derived of it, as text: two books with equal dumps are equal.
pub fn dump(book: &Store) -> String {
    let db = rusqlite::Connection::open(book.path()).unwrap();
    let mut text = String::new();
    for table in Store::tables().chain(["standing", "rank"]) {
        let mut statement = db
            .prepare(&format!("select * from {table} order by 1"))
            .unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<String> = (0..columns)
                .map(|at| format!("{:?}", row.get_ref(at).unwrap()))
                .collect();
            text.push_str(&[table, ": ", &values.join(" | "), "\n"].concat());
        }
    }
    text
}
