//! Tags and the cadences they carry.

use super::super::{Result, Store};
use super::rows;
use crate::domain::id::Id;
use rusqlite::Connection;

/// A tag that carries a cadence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagCadence {
    /// The tag.
    pub tag: String,
    /// Days between touches at which learning the rhythm begins.
    pub days: u16,
    /// How many people have the tag.
    pub people: usize,
}

/// The shortest cadence among a person's tags.
pub(in crate::store) fn start_of(db: &Connection, id: Id) -> Result<Option<u16>> {
    let sql = "select min(t.cadence_days) from tagging g join tag t on t.id = g.tag_id where g.contact_id = ?1";
    Ok(db
        .prepare_cached(sql)?
        .query_row([id.raw()], |row| row.get(0))?)
}

impl Store {
    /// The tags that carry a cadence, by name.
    pub fn tag_cadences(&self) -> Result<Vec<TagCadence>> {
        let sql = "select t.name, t.cadence_days, (select count(*) from tagging g where g.tag_id = t.id) from tag t
                   where t.cadence_days is not null order by t.name collate nocase";
        rows(&self.db, sql, [], |row| {
            Ok(TagCadence {
                tag: row.get(0)?,
                days: row.get(1)?,
                people: row.get::<_, i64>(2)? as usize,
            })
        })
    }
}
