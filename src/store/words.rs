//! The full text of what an import adds, written together before anything of it changes and at its end.
//!
//! Written row by row it costs more than the rows: whenever a statement begins that could be taken back alone, SQLite has the full text
//! put everything it holds into the book. So the two triggers that follow new people and touches are off while an import lasts, within
//! its transaction: whatever ends it, they are back.

use super::Result;
use rusqlite::{Connection, params};

/// The triggers that are off, and what each of them would have written of the rows that a step added.
const LATE: [(&str, &str); 2] = [
    (
        "contact_words_added",
        "select n.id, n.name || ' ' || n.nick || ' ' || n.title || ' ' || n.note from change c cross join contact n on n.id = c.row_id
         where c.step_id = ?1 and c.id > ?2 and c.tab = 'contact' and c.op = 'insert'",
    ),
    (
        "touch_words_added",
        "select n.id, n.body from change c cross join touch n on n.id = c.row_id
         where c.step_id = ?1 and c.id > ?2 and c.tab = 'touch' and c.op = 'insert'",
    ),
];

/// Full text that is still to be written.
#[derive(Debug)]
pub(super) struct Late {
    step: i64,
    /// The last row of the journal whose text is written.
    written: i64,
    /// What makes the triggers that are off.
    triggers: Vec<String>,
}

impl Late {
    /// From here on the text of what this step adds waits.
    pub fn begin(db: &Connection, step: i64) -> Result<Self> {
        let mut triggers = Vec::new();
        for (trigger, _) in LATE {
            let sql = "select sql from sqlite_schema where type = 'trigger' and name = ?1";
            triggers.push(db.query_row(sql, [trigger], |row| row.get(0))?);
            db.execute_batch(&format!("drop trigger {trigger}"))?;
        }
        Ok(Self {
            step,
            written: last(db)?,
            triggers,
        })
    }

    /// Writes what waits: before a row that waits changes, because the text that goes must be the text that came.
    pub fn write(&mut self, db: &Connection) -> Result<()> {
        let last = last(db)?;
        if last > self.written {
            for (_, added) in LATE {
                db.prepare_cached(&format!("insert into words (rowid, body) {added}"))?
                    .execute(params![self.step, self.written])?;
            }
            self.written = last;
        }
        Ok(())
    }

    /// Writes what waits; from here on every row is followed again.
    pub fn end(mut self, db: &Connection) -> Result<()> {
        self.write(db)?;
        Ok(db.execute_batch(&self.triggers.join(";"))?)
    }
}

fn last(db: &Connection) -> Result<i64> {
    let sql = "select coalesce(max(id), 0) from change";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use crate::domain::contact::Card;
    use crate::domain::moment::Moment;

    fn found(book: &Store, word: &str) -> i64 {
        let sql = "select count(*) from words where words match ?1";
        book.db.query_row(sql, [word], |row| row.get(0)).unwrap()
    }

    #[test]
    fn who_comes_in_and_is_changed_by_one_import_is_found_by_what_they_are_now() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        let now: Moment = "2026-11-26T18:00:00+01:00".parse().unwrap();
        let mut bulk = book.bulk("Imported", &now).unwrap().many().unwrap();
        let before = Card::named("Tomasz Hale");
        let id = bulk.add(&before).unwrap();
        bulk.add(&Card::named("Betty Marsh")).unwrap();
        let after = Card::named("Tomasz Fenn");
        bulk.change(id, &before, &after).unwrap();
        bulk.add(&Card::named("Dino Vance")).unwrap();
        bulk.finish().unwrap();
        let counts = ["hale", "fenn", "betty", "dino"].map(|word| found(&book, word));
        assert_eq!(counts, [0, 1, 1, 1]);
        assert!(book.check(&now).unwrap().is_clean());
        book.undo(&now).unwrap();
        let counts = ["hale", "fenn", "betty", "dino"].map(|word| found(&book, word));
        assert_eq!(counts, [0; 4]);
    }

    #[test]
    fn after_an_import_that_ends_in_any_way_every_new_row_is_followed_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        let now: Moment = "2026-11-26T18:00:00+01:00".parse().unwrap();
        let mut bulk = book.bulk("Imported", &now).unwrap().many().unwrap();
        bulk.add(&Card::named("Betty Marsh")).unwrap();
        drop(bulk);
        for name in ["Tomasz Hale", "Dino Vance"] {
            let mut bulk = book.bulk("Added", &now).unwrap();
            bulk.add(&Card::named(name)).unwrap();
            bulk.finish().unwrap();
            let mut bulk = book.bulk("Imported", &now).unwrap().many().unwrap();
            bulk.add(&Card::named("Walt Pruitt")).unwrap();
            bulk.finish().unwrap();
        }
        let counts = ["betty", "hale", "dino", "walt"].map(|word| found(&book, word));
        assert_eq!(counts, [0, 1, 1, 2]);
    }
}
