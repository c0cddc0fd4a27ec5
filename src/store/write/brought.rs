//! Touches that other programs know of: mail, calendars, call lists, logs. Their identity there keeps them from coming in twice.

use super::super::Result;
use super::Writer;
use crate::domain::id::Id;
use crate::domain::moment::offset_minutes;
use crate::domain::text::clean_note;
use crate::domain::touch::Touch;
use rusqlite::params;
use std::collections::HashSet;

impl Writer<'_> {
    /// Files a touch under its identity elsewhere. Ghosts wake by it, but for those in `asleep`.
    pub fn bring_touch(
        &mut self,
        touch: &Touch,
        source: &str,
        key: &str,
        asleep: &HashSet<Id>,
    ) -> Result<Id> {
        self.check_touch(touch)?;
        let id = self.mint();
        let sql = "insert into touch (id, at, offset_minutes, kind, direction, minutes, source, source_key, changed_at, body)
                   values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let row = params![
            id.raw(),
            touch.at.timestamp_millis(),
            offset_minutes(&touch.at),
            touch.kind.word(),
            touch.direction.word(),
            touch.minutes,
            source,
            key,
            self.stamp(),
            clean_note(&touch.body)
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        self.write_parties(id, touch)?;
        if asleep.is_empty() {
            self.wake_ghosts(touch)?;
        } else {
            let mut awake = touch.clone();
            awake.people.retain(|person| !asleep.contains(person));
            self.wake_ghosts(&awake)?;
        }
        self.keep_plans(id, touch)?;
        Ok(id)
    }
}
