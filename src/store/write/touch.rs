//! Writing touches: the touch, and one party row for everybody who took part.

use super::super::read::person::touch_of;
use super::super::{Error, Result};
use super::Writer;
use crate::domain::id::Id;
use crate::domain::moment::{offset_minutes, wall_millis};
use crate::domain::text::clean_note;
use crate::domain::touch::{Touch, TouchKind};
use chrono::NaiveTime;
use rusqlite::params;

/// Longest note of one touch, in bytes.
const LONGEST_BODY: usize = 16_000_000;

impl Writer<'_> {
    pub fn log_touch(&mut self, touch: &Touch) -> Result<Id> {
        self.log_caught(touch, "")
    }

    /// A new touch; `caught` are the signs of what its note was filed with.
    pub fn log_caught(&mut self, touch: &Touch, caught: &str) -> Result<Id> {
        self.check_touch(touch)?;
        let id = self.mint();
        let sql = "insert into touch (id, at, offset_minutes, kind, direction, minutes, changed_at, body, agreed_at, caught)
                   values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let row = params![
            id.raw(),
            touch.at.timestamp_millis(),
            offset_minutes(&touch.at),
            touch.kind.word(),
            touch.direction.word(),
            touch.minutes,
            self.stamp(),
            clean_note(&touch.body),
            self.agreed(touch)?,
            caught
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        self.write_parties(id, touch)?;
        self.wake_ghosts(touch)?;
        self.keep_plans(id, touch)?;
        Ok(id)
    }

    pub fn edit_touch(&mut self, id: Id, before: &Touch, after: &Touch) -> Result<Option<Id>> {
        self.edit_caught(id, before, after, None).map(|()| None)
    }

    /// Corrects a touch; where its note was filed again, with the signs of what it now comes with.
    pub fn edit_caught(
        &mut self,
        id: Id,
        before: &Touch,
        after: &Touch,
        caught: Option<&str>,
    ) -> Result<()> {
        self.check_touch(after)?;
        let present = touch_of(self.db, id)?.ok_or_else(|| Error::Gone {
            what: "that touch".to_owned(),
        })?;
        if !same(&present, before) {
            return Err(Error::Outdated {
                what: "this touch".to_owned(),
            });
        }
        let sql = "update touch set at = ?2, offset_minutes = ?3, kind = ?4, direction = ?5, minutes = ?6, changed_at = ?7, body = ?8, caught = coalesce(?9, caught),
                   agreed_at = case when ?10 then agreed_at end where id = ?1";
        let row = params![
            id.raw(),
            after.at.timestamp_millis(),
            offset_minutes(&after.at),
            after.kind.word(),
            after.direction.word(),
            after.minutes,
            self.stamp(),
            clean_note(&after.body),
            caught,
            // What was agreed was agreed for the day it was filed under.
            present.at.date_naive() == after.at.date_naive()
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        let parties = |t: &Touch| (wall_millis(&t.at), t.kind, t.direction, t.people.clone());
        if parties(&present) != parties(after) {
            self.db
                .prepare_cached("delete from party where touch_id = ?1")?
                .execute([id.raw()])?;
            self.write_parties(id, after)?;
            // Who takes part now is no longer only spoken of.
            let sql = "delete from mention where touch_id = ?1 and contact_id in (select contact_id from party where touch_id = ?1)";
            self.db.prepare_cached(sql)?.execute([id.raw()])?;
            self.wake_ghosts(after)?;
        }
        Ok(())
    }

    pub(super) fn check_touch(&self, touch: &Touch) -> Result<()> {
        if touch.people.is_empty() {
            return Err(Error::refused("a touch needs somebody who took part"));
        }
        if touch.people.contains(&Id::ME) {
            return Err(Error::refused(
                "you take part in every touch; name the others",
            ));
        }
        if touch.minutes.is_some_and(|minutes| minutes > 100_000) {
            return Err(Error::refused("a touch lasts at most 100000 minutes"));
        }
        if touch.body.len() > LONGEST_BODY {
            return Err(Error::refused(format!(
                "the note is {} bytes long; {LONGEST_BODY} fit",
                touch.body.len()
            )));
        }
        touch.people.iter().try_for_each(|id| self.known(*id))
    }

    pub(super) fn write_parties(&mut self, id: Id, touch: &Touch) -> Result<()> {
        let mut seen = Vec::with_capacity(touch.people.len());
        for person in &touch.people {
            if seen.contains(person) {
                continue;
            }
            seen.push(*person);
            let sql = "insert into party (id, contact_id, touch_id, wall, kind, direction) values (?1, ?2, ?3, ?4, ?5, ?6)";
            let row = params![
                self.mint().raw(),
                person.raw(),
                id.raw(),
                wall_millis(&touch.at),
                touch.kind.word(),
                touch.direction.word()
            ];
            self.db.prepare_cached(sql)?.execute(row)?;
        }
        Ok(())
    }

    /// The first real touch makes a ghost a contact.
    pub(super) fn wake_ghosts(&mut self, touch: &Touch) -> Result<()> {
        if matches!(touch.kind, TouchKind::Note) {
            return Ok(());
        }
        for person in &touch.people {
            // Most are awake, and a look costs less than a change of nobody.
            let asleep = "select 1 from contact where id = ?1 and ghost = 1";
            if !self.db.prepare_cached(asleep)?.exists([person.raw()])? {
                continue;
            }
            self.db
                .prepare_cached(
                    "update contact set ghost = 0, changed_at = ?2 where id = ?1 and ghost = 1",
                )?
                .execute(params![person.raw(), self.stamp()])?;
        }
        Ok(())
    }

    /// The time that was agreed for a touch: its day, and the earliest time of the open plans it keeps, where the rep is.
    fn agreed(&self, touch: &Touch) -> Result<Option<i64>> {
        if !keeps_plans(touch.kind) {
            return Ok(None);
        }
        let day = touch.at.date_naive();
        let mut earliest: Option<NaiveTime> = None;
        for person in &touch.people {
            let sql = "select min(at_time) from plan where contact_id = ?1 and state = 'open' and +on_day = ?2";
            let time: Option<String> = self
                .db
                .prepare_cached(sql)?
                .query_row(params![person.raw(), day.to_string()], |row| row.get(0))?;
            let time = time.and_then(|time| NaiveTime::parse_from_str(&time, "%H:%M").ok());
            earliest = earliest.into_iter().chain(time).min();
        }
        let agreed = earliest.and_then(|time| {
            let wall = day.and_time(time);
            wall.and_local_timezone(*touch.at.offset()).single()
        });
        Ok(agreed.map(|agreed| agreed.timestamp_millis()))
    }

    /// A touch keeps the open plans with these people that were due by its day.
    pub(super) fn keep_plans(&mut self, id: Id, touch: &Touch) -> Result<()> {
        if !keeps_plans(touch.kind) {
            return Ok(());
        }
        let day = touch.at.date_naive().to_string();
        for person in &touch.people {
            let open =
                "select 1 from plan where contact_id = ?1 and state = 'open' and on_day <= ?2";
            let mut open = self.db.prepare_cached(open)?;
            if !open.exists(params![person.raw(), day])? {
                continue;
            }
            let sql = "update plan set state = 'done', touch_id = ?2, changed_at = ?4 where contact_id = ?1 and state = 'open' and on_day <= ?3";
            self.db.prepare_cached(sql)?.execute(params![
                person.raw(),
                id.raw(),
                day,
                self.stamp()
            ])?;
        }
        Ok(())
    }
}

/// Whether a touch of this kind is what a plan was about.
fn keeps_plans(kind: TouchKind) -> bool {
    !matches!(kind, TouchKind::Note | TouchKind::Attempt)
}

/// Equal in everything a form shows; instants count by the millisecond the book keeps.
fn same(one: &Touch, other: &Touch) -> bool {
    let people = |t: &Touch| {
        let mut people = t.people.clone();
        people.sort_unstable();
        people
    };
    one.at.timestamp_millis() == other.at.timestamp_millis()
        && (one.kind, one.direction, one.minutes, &one.body)
            == (other.kind, other.direction, other.minutes, &other.body)
        && people(one) == people(other)
}
