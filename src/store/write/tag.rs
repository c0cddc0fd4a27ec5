//! Writing what a tag says by itself: the cadence of everybody who has it.

use super::super::{Error, Result};
use super::Writer;
use crate::domain::id::Id;
use rusqlite::{Connection, OptionalExtension, params};

/// A tag's name without the sign it is typed with.
fn bare(name: &str) -> &str {
    name.trim().trim_start_matches('#').trim()
}

/// A tag by its name in whatever case: its row and the name as it is written.
fn find(db: &Connection, name: &str) -> Result<(i64, String)> {
    let name = bare(name);
    let found = db
        .prepare_cached("select id, name from tag where name = ?1 collate nocase")?
        .query_row([name], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found.ok_or_else(|| {
        Error::refused(format!(
            "there is no tag \"{name}\"; put it on somebody first"
        ))
    })
}

/// A tag's name as the book writes it.
pub(super) fn tag_name(db: &Connection, name: &str) -> Result<String> {
    find(db, name).map(|(_, name)| name)
}

impl Writer<'_> {
    /// Sets where the rhythm of everybody with a tag begins to be learned, or lifts it.
    pub fn set_tag_cadence(&mut self, tag: &str, days: Option<u16>) -> Result<Option<Id>> {
        let (tag, _) = find(self.db, tag)?;
        if days.is_some_and(|days| !(1..=3650).contains(&days)) {
            return Err(Error::refused("a cadence is between 1 and 3650 days"));
        }
        self.db
            .prepare_cached("update tag set cadence_days = ?2, changed_at = ?3 where id = ?1")?
            .execute(params![tag, days, self.stamp()])?;
        // A tag on nobody was kept for its cadence alone.
        let sql = "delete from tag where id = ?1 and cadence_days is null and not exists (select 1 from tagging where tag_id = ?1)";
        self.db.prepare_cached(sql)?.execute([tag])?;
        Ok(None)
    }
}
