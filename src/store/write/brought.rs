//! Touches that other programs know of: mail, calendars, call lists, logs. Their identity there keeps them from coming in twice.

use super::super::Result;
use super::super::read::person::touch_of;
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

    /// These take part in a touch too. Says whether that was new of any of them.
    pub fn take_part_too(
        &mut self,
        touch: Id,
        people: &[Id],
        asleep: &HashSet<Id>,
    ) -> Result<bool> {
        let there: Vec<i64> = {
            let sql = "select contact_id from party where touch_id = ?1";
            let mut statement = self.db.prepare_cached(sql)?;
            let ids = statement.query_map([touch.raw()], |row| row.get(0))?;
            ids.collect::<rusqlite::Result<_>>()?
        };
        if people.iter().all(|person| there.contains(&person.raw())) {
            return Ok(false);
        }
        let Some(mut added) = touch_of(self.db, touch)? else {
            return Ok(false);
        };
        added.people = people.to_vec();
        added.people.retain(|person| !there.contains(&person.raw()));
        self.write_parties(touch, &added)?;
        added.people.retain(|person| !asleep.contains(person));
        self.wake_ghosts(&added)?;
        Ok(true)
    }
}
