//! What was caught in the note of a touch: every record that remembers words of it.

use super::super::{Result, Store};
use super::record::records;
use super::referral::{caught_in, reached};
use super::register::{caught_chits, caught_promises};
use crate::domain::filing::{CaughtRow, Item};
use crate::domain::id::Id;
use crate::domain::record::{Delivered, Record, RecordKind};
use crate::domain::text::clean_line;
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;

/// Words of a note in the order they stand in it; words that are not found there come last.
pub(in crate::store) struct Places(HashMap<String, usize>);

impl Places {
    /// The places in a note.
    pub fn of(body: &str) -> Self {
        let mut places = HashMap::new();
        for (at, line) in body.lines().enumerate() {
            let line = clean_line(line);
            if !line.is_empty() {
                places.entry(line).or_insert(at);
            }
        }
        Places(places)
    }

    /// The line that says these words; the last of all where none does.
    pub fn find(&self, words: &str) -> usize {
        self.0.get(words).copied().unwrap_or(usize::MAX)
    }
}

/// Everything that was caught in a note, in the order of its words there, else of ids. What a form linked to the touch has no words
/// and is not among it.
pub(in crate::store) fn caught_of(db: &Connection, touch: Id) -> Result<Vec<CaughtRow>> {
    let sql = "select body, (select contact_id from party where touch_id = t.id order by id limit 1) from touch t where t.id = ?1";
    let found: Option<(String, Option<i64>)> = db
        .prepare_cached(sql)?
        .query_row([touch.raw()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((body, first)) = found else {
        return Ok(Vec::new());
    };
    let whom = first.map_or(Id::ME, Id::from_raw);
    let mut caught = Vec::new();
    for row in caught_promises(db, touch)? {
        caught.push(CaughtRow {
            id: row.id,
            item: Item::Promise(row.promise),
            words: row.words,
            state: row.state.word(),
        });
    }
    for row in caught_chits(db, touch)? {
        let state = row.state().word();
        caught.push(CaughtRow {
            id: row.id,
            item: Item::Chit(row.chit),
            words: row.words,
            state,
        });
    }
    for (id, referred, words) in caught_in(db, touch)? {
        caught.push(CaughtRow {
            id,
            item: Item::Referral(referred),
            words,
            state: reached(db, id)?.map_or("", |stage| stage.word()),
        });
    }
    caught_records(db, touch, whom, &mut caught)?;
    caught_results(db, touch, whom, &mut caught)?;
    let places = Places::of(&body);
    caught.sort_by_key(|row| (places.find(&row.words), row.id));
    Ok(caught)
}

fn caught_records(db: &Connection, touch: Id, whom: Id, caught: &mut Vec<CaughtRow>) -> Result<()> {
    for kind in RecordKind::ALL {
        let condition = "where r.touch_id = ?1 and r.words <> ''";
        for row in records(db, kind, condition, [touch.raw()], whom)? {
            let state = match &row.record {
                Record::Need(need) => need.state.word(),
                _ => "",
            };
            caught.push(CaughtRow {
                id: row.id,
                item: Item::Record(row.record),
                words: row.words,
                state,
            });
        }
    }
    Ok(())
}

fn caught_results(db: &Connection, touch: Id, whom: Id, caught: &mut Vec<CaughtRow>) -> Result<()> {
    let condition =
        "where r.result_touch_id = ?1 and r.result_words <> '' and r.state = 'delivered'";
    for row in records(db, RecordKind::Need, condition, [touch.raw()], whom)? {
        let Record::Need(need) = row.record else {
            continue;
        };
        let Some(outcome) = need.outcome else {
            continue;
        };
        let sql = "select result_words from need where id = ?1";
        let words = db
            .prepare_cached(sql)?
            .query_row([row.id.raw()], |r| r.get(0))?;
        // A need without words of its own, out of the same note, was made by its result.
        let made = row.evidence == Some(touch) && row.words.is_empty();
        caught.push(CaughtRow {
            id: row.id,
            item: Item::Result(Delivered {
                contact: need.contact,
                need: (!made).then_some(row.id),
                outcome,
            }),
            words,
            state: need.state.word(),
        });
    }
    Ok(())
}

impl Store {
    /// What was caught in the note of a touch, in the order of its words there.
    pub fn caught(&self, touch: Id) -> Result<Vec<CaughtRow>> {
        caught_of(&self.db, touch)
    }
}
