//! Writing how two people know each other.

use super::super::{Error, Result};
use super::Writer;
use crate::domain::id::Id;
use crate::domain::link::Link;
use crate::domain::text::clean_line;
use rusqlite::{OptionalExtension, params};

impl Writer<'_> {
    /// A link the rep knows of. Where the book has it already, suggested or refused, it is confirmed.
    pub fn add_link(&mut self, link: &Link) -> Result<Id> {
        if link.from == link.to {
            return Err(Error::refused(
                "a link is between two people: these are the same",
            ));
        }
        if [link.from, link.to].contains(&Id::ME) {
            return Err(Error::refused(
                "a link is between two others; how you know somebody is what you log with them",
            ));
        }
        self.known(link.from)?;
        self.known(link.to)?;
        let on = link.on.map(|on| on.to_string());
        let note = clean_line(&link.note);
        let sql = "select id from link where from_id = ?1 and to_id = ?2 and kind = ?3 order by id limit 1";
        let given = params![link.from.raw(), link.to.raw(), link.kind.word()];
        let known: Option<i64> = self
            .db
            .prepare_cached(sql)?
            .query_row(given, |row| row.get(0))
            .optional()?;
        if let Some(known) = known {
            let sql = "update link set state = 'confirmed', note = case ?2 when '' then note else ?2 end, on_day = coalesce(?3, on_day), changed_at = ?4 where id = ?1";
            let given = params![known, note, on, self.stamp()];
            self.db.prepare_cached(sql)?.execute(given)?;
            return Ok(Id::from_raw(known));
        }
        let id = self.mint();
        let sql = "insert into link (id, from_id, to_id, kind, state, note, on_day, changed_at) values (?1, ?2, ?3, ?4, 'confirmed', ?5, ?6, ?7)";
        self.db.prepare_cached(sql)?.execute(params![
            id.raw(),
            link.from.raw(),
            link.to.raw(),
            link.kind.word(),
            note,
            on,
            self.stamp()
        ])?;
        Ok(id)
    }
}
