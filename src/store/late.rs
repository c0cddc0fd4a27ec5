//! What an import adds, written into the journal and the full text together: before anything of it changes, and at its end.
//!
//! Followed row by row it costs several times what the rows cost: a statement with a trigger can be taken back alone, for which SQLite
//! copies every page it changes and has the full text put all it holds into the book. So while an import lasts the triggers that follow
//! new rows are off, within its transaction (whatever ends it, they are back), and SQLite tells of each row itself, by its update hook.
//!
//! Rows that change or go are written down by their triggers as ever, but further up in the journal: read backwards, they come first,
//! and what was added is taken away last, in the order of the tables.

use super::{Result, journal};
use rusqlite::hooks::Action;
use rusqlite::{Connection, params};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

/// How far up the journal goes on meanwhile; no import adds as many rows.
const FAR: i64 = 1 << 40;
/// Rows written by one statement.
const BATCH: usize = 20_000;
/// The triggers that put new rows into the full text, their tables, and what they write of a row `n`.
const WORDS: [(&str, &str, &str); 2] = [
    (
        "contact_words_added",
        "contact",
        "n.name || ' ' || n.nick || ' ' || n.title || ' ' || n.note",
    ),
    ("touch_words_added", "touch", "n.body"),
];

/// The rows SQLite told of: the table by its place among the journalled ones, and the id.
pub(super) type Told = Arc<Mutex<Vec<(usize, i64)>>>;

/// Has SQLite tell of new rows for as long as somebody keeps the list.
pub(super) fn listen(db: &mut Connection) -> Result<Told> {
    let told = Told::default();
    let list = Arc::downgrade(&told);
    let tables: Vec<&str> = journal::tables().collect();
    db.update_hook(Some(move |action, _: &str, table: &str, id| {
        if action == Action::SQLITE_INSERT
            && let Some(list) = list.upgrade()
            && let Some(table) = tables.iter().position(|known| *known == table)
        {
            list.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((table, id));
        }
    }))?;
    Ok(told)
}

/// What is still to be written.
#[derive(Debug)]
pub(super) struct Late {
    told: Told,
    step: i64,
    /// The next place in the journal for a new row, and the place above which everything else is written meanwhile.
    next: i64,
    above: i64,
    /// What makes the triggers of the full text that are off.
    triggers: Vec<String>,
}

impl Late {
    /// From here on what this step adds waits.
    pub fn begin(db: &Connection, told: Told, step: i64) -> Result<Self> {
        let mut triggers = Vec::new();
        for (trigger, ..) in WORDS {
            let sql = "select sql from sqlite_schema where type = 'trigger' and name = ?1";
            triggers.push(db.query_row(sql, [trigger], |row| row.get(0))?);
            db.execute_batch(&format!("drop trigger {trigger}"))?;
        }
        journal::leave_new_rows(db)?;
        let last: i64 = db.query_row("select coalesce(max(id), 0) from change", [], |row| {
            row.get(0)
        })?;
        let above = last + FAR;
        let sql =
            "insert into change (id, step_id, op, tab, row_id) values (?1, ?2, 'insert', '', 0)";
        db.execute(sql, [above, step])?;
        Ok(Self {
            told,
            step,
            next: last + 1,
            above,
            triggers,
        })
    }

    /// Writes what waits: before a row that waits changes, because the text that goes must be the text that came.
    pub fn write(&mut self, db: &Connection) -> Result<()> {
        let mut rows = {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *told)
        };
        rows.sort_by_key(|(table, _)| *table);
        let names: Vec<&str> = journal::tables().collect();
        for same in rows.chunk_by(|one, other| one.0 == other.0) {
            let Some(table) = same.first().and_then(|(table, _)| names.get(*table)) else {
                continue;
            };
            for batch in same.chunks(BATCH) {
                self.batch(db, table, batch)?;
            }
        }
        Ok(())
    }

    fn batch(&mut self, db: &Connection, table: &str, rows: &[(usize, i64)]) -> Result<()> {
        let mut list = String::with_capacity(rows.len() * 20);
        for (at, (_, id)) in rows.iter().enumerate() {
            let comma = if at > 0 { "," } else { "[" };
            let _ = write!(list, "{comma}{id}");
        }
        list.push(']');
        let sql = "insert into change (id, step_id, op, tab, row_id) select ?1 + key, ?2, 'insert', ?3, value from json_each(?4)";
        db.prepare_cached(sql)?
            .execute(params![self.next, self.step, table, list])?;
        self.next += rows.len() as i64;
        journal::touch_new(db, table, &list)?;
        if let Some((_, _, text)) = WORDS.iter().find(|(_, of, _)| *of == table) {
            let sql = format!(
                "insert into words (rowid, body) select n.id, {text} from json_each(?1) j cross join {table} n on n.id = j.value"
            );
            db.prepare_cached(&sql)?.execute([&list])?;
        }
        Ok(())
    }

    /// Writes what waits; from here on every row is followed again, and the journal has no gap.
    pub fn end(mut self, db: &Connection) -> Result<()> {
        // Where nothing stands above, the rows go to the end of the table, which is the fastest.
        db.execute("delete from change where id = ?1", [self.above])?;
        self.write(db)?;
        db.execute_batch(&self.triggers.join(";"))?;
        journal::follow_new_rows(db)?;
        db.execute(
            "update change set id = id - ?1 where id > ?2",
            [self.above + 1 - self.next, self.above],
        )?;
        Ok(())
    }
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
        let mut bulk = book.import("Imported", &now).unwrap();
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
        let mut bulk = book.import("Imported", &now).unwrap();
        bulk.add(&Card::named("Betty Marsh")).unwrap();
        drop(bulk);
        for name in ["Tomasz Hale", "Dino Vance"] {
            let mut bulk = book.bulk("Added", &now).unwrap();
            bulk.add(&Card::named(name)).unwrap();
            bulk.finish().unwrap();
            let mut bulk = book.import("Imported", &now).unwrap();
            bulk.add(&Card::named("Walt Pruitt")).unwrap();
            bulk.finish().unwrap();
        }
        let counts = ["betty", "hale", "dino", "walt"].map(|word| found(&book, word));
        assert_eq!(counts, [0, 1, 1, 2]);
        assert!(book.check(&now).unwrap().is_clean());
        for _ in 0..4 {
            book.undo(&now).unwrap();
        }
        let counts = ["betty", "hale", "dino", "walt"].map(|word| found(&book, word));
        assert_eq!(
            counts, [0; 4],
            "each row is in the journal, whoever wrote it down"
        );
    }
}
