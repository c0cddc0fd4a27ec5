//! What an import adds, written into the journal and the full text together: before anything of it changes, and at its end.
//!
//! Followed row by row it costs several times what the rows cost: a statement with a trigger can be taken back alone, for which SQLite
//! copies every page it changes and has the full text put all it holds into the book. So while an import lasts the triggers that follow
//! new rows are off, within its transaction (whatever ends it, they are back), and SQLite tells of each row itself, by its update hook.
//!
//! Rows that change or go are written down by their triggers as ever, but further up in the journal: read backwards, they come first,
//! and what was added is taken away last, in the order of the tables. What came in together with the row it belongs to, as the numbers of
//! a new person, goes with that row and is not written down itself.

use super::{Result, journal};
use rusqlite::hooks::Action;
use rusqlite::{Connection, params};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How far up the journal goes on meanwhile; no import adds as many rows.
const FAR: i64 = 1 << 40;
/// Rows that wait at most.
const MOST: usize = 500_000;
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

/// What SQLite told of.
#[derive(Debug, Default)]
pub(super) struct News {
    /// New rows: the table by its place among the journalled ones, and the id.
    rows: Vec<(usize, i64)>,
    /// Whether a row went.
    gone: bool,
}

/// The same, where SQLite and an import both see it.
pub(super) type Told = Arc<Mutex<News>>;

fn open(told: &Told) -> MutexGuard<'_, News> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has SQLite tell of new rows for as long as somebody keeps the list.
pub(super) fn listen(db: &mut Connection) -> Result<Told> {
    let told = Told::default();
    let list = Arc::downgrade(&told);
    let tables: Vec<&str> = journal::tables().collect();
    // Rows of one table often come one after the other.
    let mut place = 0;
    db.update_hook(Some(move |action, _: &str, table: &str, id| {
        if tables.get(place) != Some(&table) {
            let found = tables.iter().position(|known| *known == table);
            place = found.unwrap_or(usize::MAX);
        }
        if place < tables.len()
            && let Some(list) = list.upgrade()
        {
            match action {
                Action::SQLITE_INSERT => open(&list).rows.push((place, id)),
                Action::SQLITE_DELETE => open(&list).gone = true,
                _ => {}
            }
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
        mark(db, above, step)?;
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
        let mut rows = std::mem::take(&mut open(&self.told).rows);
        rows.sort_unstable();
        let names: Vec<&str> = journal::tables().collect();
        for same in rows.chunk_by(|one, other| one.0 == other.0) {
            let Some(table) = same.first().and_then(|(table, _)| names.get(*table)) else {
                continue;
            };
            let with = journal::GOES_WITH.iter().find(|(of, ..)| of == table);
            for batch in same.chunks(BATCH) {
                let ids: Vec<i64> = batch.iter().map(|(_, id)| *id).collect();
                let Some((_, parent, key)) = with else {
                    self.batch(db, table, &ids)?;
                    continue;
                };
                let parent = names.iter().position(|name| name == parent).unwrap_or(0);
                let came = |id: i64| rows.binary_search(&(parent, id)).is_ok();
                let alone = came_alone(db, (table, key), &ids, &came)?;
                self.note(db, table, alone.len(), &list(&alone))?;
            }
        }
        Ok(())
    }

    fn batch(&mut self, db: &Connection, table: &str, ids: &[i64]) -> Result<()> {
        let list = list(ids);
        self.note(db, table, ids.len(), &list)?;
        journal::touch_new(db, table, &list)?;
        if let Some((_, _, text)) = WORDS.iter().find(|(_, of, _)| *of == table) {
            let sql = format!(
                "insert into words (rowid, body) select n.id, {text} from json_each(?1) j cross join {table} n on n.id = j.value"
            );
            db.prepare_cached(&sql)?.execute([&list])?;
        }
        Ok(())
    }

    /// Writes these new rows into the journal.
    fn note(&mut self, db: &Connection, table: &str, count: usize, list: &str) -> Result<()> {
        let sql = "insert into change (id, step_id, op, tab, row_id) select ?1 + key, ?2, 'insert', ?3, value from json_each(?4)";
        db.prepare_cached(sql)?
            .execute(params![self.next, self.step, table, list])?;
        self.next += count as i64;
        Ok(())
    }

    /// Before anything more is done. A row that went may come again, or one that cannot stand beside it: then what was done so far is
    /// written in the order it was done, and what comes is written above it. And more than so many rows do not wait.
    pub fn before_more(&mut self, db: &Connection) -> Result<()> {
        let (gone, waiting) = {
            let mut told = open(&self.told);
            (std::mem::take(&mut told.gone), told.rows.len())
        };
        if gone {
            let last = self.close_gap(db)?;
            (self.next, self.above) = (last + 1, last + FAR);
            mark(db, self.above, self.step)?;
        } else if waiting >= MOST {
            self.write(db)?;
        }
        Ok(())
    }

    /// Writes what waits below what was written meanwhile, and takes the gap between out; the last place in the journal.
    fn close_gap(&mut self, db: &Connection) -> Result<i64> {
        // Where nothing stands above, the rows go to the end of the table, which is the fastest.
        db.prepare_cached("delete from change where id = ?1")?
            .execute([self.above])?;
        self.write(db)?;
        let moved = db
            .prepare_cached("update change set id = id - ?1 where id > ?2")?
            .execute([self.above + 1 - self.next, self.above])?;
        Ok(self.next - 1 + moved as i64)
    }

    /// Writes what waits; from here on every row is followed again, and the journal has no gap.
    pub fn end(mut self, db: &Connection) -> Result<()> {
        self.close_gap(db)?;
        db.execute_batch(&self.triggers.join(";"))?;
        journal::follow_new_rows(db)
    }
}

/// A line of no change, so that what is written meanwhile stands above it.
fn mark(db: &Connection, at: i64, step: i64) -> Result<()> {
    let sql = "insert into change (id, step_id, op, tab, row_id) values (?1, ?2, 'insert', '', 0)";
    db.prepare_cached(sql)?.execute([at, step])?;
    Ok(())
}

/// Of these rows those whose parent, named by `key`, did not come in with them, and those that are gone again. The people of all are
/// touched.
fn came_alone(
    db: &Connection,
    (table, key): (&str, &str),
    ids: &[i64],
    came: &dyn Fn(i64) -> bool,
) -> Result<Vec<i64>> {
    let naming = journal::naming(table);
    let sql = format!(
        "select n.id, n.{key}, {naming}(n.contact_id) from json_each(?1) j cross join {table} n on n.id = j.value"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut found = statement.query([list(ids)])?;
    let mut with: HashSet<i64> = HashSet::new();
    while let Some(row) = found.next()? {
        if came(row.get(1)?) {
            with.insert(row.get(0)?);
        }
    }
    let alone = ids.iter().copied();
    Ok(alone.filter(|id| !with.contains(id)).collect())
}

/// Ids as a list that SQLite reads.
fn list(ids: &[i64]) -> String {
    let mut list = String::with_capacity(ids.len() * 20 + 2);
    for (at, id) in ids.iter().enumerate() {
        let comma = if at > 0 { "," } else { "[" };
        let _ = write!(list, "{comma}{id}");
    }
    if ids.is_empty() {
        list.push('[');
    }
    list.push(']');
    list
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use crate::domain::contact::{Card, Email};
    use crate::domain::id::Id;
    use crate::domain::moment::Moment;
    use crate::domain::suggestion::Meeting;
    use crate::domain::touch::TouchKind;

    fn email(address: &str) -> Email {
        Email {
            label: String::new(),
            address: address.to_owned(),
        }
    }

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

    fn count(book: &Store, sql: &str) -> i64 {
        book.db.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn what_came_with_somebody_has_no_line_in_the_journal_and_goes_and_comes_with_them() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        let now: Moment = "2026-11-26T18:00:00+01:00".parse().unwrap();
        let mut card = Card::named("Betty Marsh");
        card.emails.push(email("betty@example.org"));
        let mut bulk = book.import("Imported", &now).unwrap();
        let known = bulk.add(&card).unwrap();
        bulk.finish().unwrap();
        let lines = "select count(*) from change where tab = 'email'";
        assert_eq!(count(&book, lines), 0);
        // To somebody whom the book has it comes alone.
        let mut more = card.clone();
        more.emails.push(email("marsh@example.org"));
        let mut bulk = book.import("Imported", &now).unwrap();
        bulk.change(known, &card, &more).unwrap();
        bulk.finish().unwrap();
        assert!(count(&book, lines) > 0);
        let all = "select count(*) from email";
        let mut counts = vec![count(&book, all)];
        for _ in 0..2 {
            book.undo(&now).unwrap();
            counts.push(count(&book, all));
        }
        for _ in 0..2 {
            book.redo(&now).unwrap();
            counts.push(count(&book, all));
        }
        assert_eq!(counts, [2, 1, 0, 1, 2]);
        assert!(book.check(&now).unwrap().is_clean());
    }

    /// Whether the first of two people is there, and the second.
    type Both = [bool; 2];

    /// One import tells of a meeting several times, with these people each time; its undoing gives back who took part before it.
    #[test]
    fn whoever_joins_and_leaves_a_meeting_in_one_import_is_where_they_were_once_it_is_undone() {
        // Who takes part before (nobody: the book does not know of the meeting), and as it is told: the first person, the second.
        let (both, one, other) = ([true, true], [true, false], [false, true]);
        let cases: [(Option<Both>, &[Both]); 6] = [
            (Some(one), &[both, one]),
            (Some(both), &[one, both]),
            (Some(both), &[one, both, one, other, both]),
            (Some(one), &[other, one]),
            (None, &[both, one, both]),
            (None, &[one, other, one, both, other]),
        ];
        for (before, told) in cases {
            let folder = tempfile::tempdir().unwrap();
            let mut book = Store::open(&folder.path().join("book.chitbook")).unwrap();
            let now: Moment = "2026-11-26T18:00:00+01:00".parse().unwrap();
            let meeting = |revision| Meeting {
                key: "review".to_owned(),
                revision,
                own: true,
                at: "2026-11-20T10:00:00+01:00".parse().unwrap(),
                whole_day: false,
                kind: TouchKind::Meeting,
                minutes: None,
                title: "Review".to_owned(),
            };
            let mut bulk = book.import("Imported", &now).unwrap();
            let people =
                ["Betty Marsh", "Dino Vance"].map(|name| bulk.add(&Card::named(name)).unwrap());
            let those = |which: Both| {
                let all = people.into_iter().zip(which);
                all.filter_map(|(id, there)| there.then_some(id))
                    .collect::<Vec<_>>()
            };
            if let Some(before) = before {
                bulk.suggest("ics", &meeting(0), &those(before)).unwrap();
            }
            bulk.finish().unwrap();
            let takes_part = |book: &Store| {
                let sql = "select contact_id from suggested order by contact_id";
                let mut statement = book.db.prepare(sql).unwrap();
                let ids = statement
                    .query_map([], |row| row.get(0).map(Id::from_raw))
                    .unwrap();
                ids.collect::<Result<Vec<_>, _>>().unwrap()
            };
            let expected = (
                before.map_or(Vec::new(), those),
                those(*told.last().unwrap()),
            );
            let mut bulk = book.import("Imported", &now).unwrap();
            for (revision, which) in (1..).zip(told) {
                bulk.suggest("ics", &meeting(revision), &those(*which))
                    .unwrap();
            }
            bulk.finish().unwrap();
            for _ in 0..2 {
                assert_eq!(takes_part(&book), expected.1, "{before:?} {told:?}");
                book.undo(&now).unwrap();
                assert_eq!(takes_part(&book), expected.0, "{before:?} {told:?}");
                book.redo(&now).unwrap();
            }
            assert!(book.check(&now).unwrap().is_clean());
        }
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
