//! Writing what calendars suggest: a meeting comes in, changes, is called off; the rep answers it; the next one to come is a plan.

use super::super::{Error, Result};
use super::Writer;
use crate::domain::id::Id;
use crate::domain::moment::{offset_minutes, stored};
use crate::domain::suggestion::{Meeting, SuggestionState, TimesLeft};
use crate::domain::text::clean_line;
use crate::domain::touch::{Direction, Touch, TouchKind};
use rusqlite::{OptionalExtension, Row, params};
use std::collections::HashSet;

/// What became of something another program told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// The book did not know of it.
    New,
    /// It knew all of it, or better.
    Same,
    /// It knew of it, and something was different.
    Changed,
}

/// A suggestion as its row says it.
struct Known {
    id: i64,
    revision: u32,
    own: bool,
    at: i64,
    offset: i32,
    whole_day: bool,
    kind: String,
    minutes: Option<u32>,
    title: String,
    state: SuggestionState,
}

const KNOWN: &str = "select id, revision, own, at, offset_minutes, whole_day, kind, minutes, title, state from suggestion";

fn known_from(row: &Row<'_>) -> rusqlite::Result<Known> {
    Ok(Known {
        id: row.get(0)?,
        revision: row.get(1)?,
        own: row.get(2)?,
        at: row.get(3)?,
        offset: row.get(4)?,
        whole_day: row.get(5)?,
        kind: row.get(6)?,
        minutes: row.get(7)?,
        title: row.get(8)?,
        state: SuggestionState::parse(row.get_ref(9)?.as_str()?).unwrap_or_default(),
    })
}

impl Known {
    fn says(&self, meeting: &Meeting) -> bool {
        self.at == meeting.at.timestamp_millis()
            && self.whole_day == meeting.whole_day
            && self.kind == meeting.kind.word()
            && self.minutes == meeting.minutes
            && self.title == meeting.title
    }
}

impl Writer<'_> {
    fn suggestion(&self, source: &str, key: &str) -> Result<Option<Known>> {
        let sql = format!("{KNOWN} where source = ?1 and source_key = ?2");
        let mut statement = self.db.prepare_cached(&sql)?;
        Ok(statement.query_row([source, key], known_from).optional()?)
    }

    /// A calendar tells of a meeting with these people. What the rep has answered stays answered.
    /// `has_touches` says whether any touch came of this source.
    pub fn suggest(
        &mut self,
        source: &str,
        meeting: &Meeting,
        people: &[Id],
        has_touches: bool,
    ) -> Result<Became> {
        let sql = "select 1 from touch where source = ?1 and source_key = ?2";
        let key = [source, &meeting.key];
        if has_touches && self.db.prepare_cached(sql)?.exists(key)? {
            return Ok(Became::Same);
        }
        // Most are new, so it is put in first and looked for only where it is there.
        if let Some(id) = self.insert_suggestion(source, meeting, SuggestionState::Open)? {
            self.insert_suggested(id, people)?;
            return Ok(Became::New);
        }
        let Some(known) = self.suggestion(source, &meeting.key)? else {
            return Ok(Became::Same);
        };
        let answered = matches!(
            known.state,
            SuggestionState::Confirmed | SuggestionState::Refused
        );
        if answered || meeting.revision < known.revision || (known.own && !meeting.own) {
            return Ok(Became::Same);
        }
        let mut changed = self.take_part(known.id, people)?;
        if !known.says(meeting)
            || known.own != meeting.own
            || known.revision != meeting.revision
            || known.state != SuggestionState::Open
        {
            changed |= !known.says(meeting) || known.state != SuggestionState::Open;
            self.update_suggestion(known.id, meeting, SuggestionState::Open)?;
        }
        Ok(if changed {
            Became::Changed
        } else {
            Became::Same
        })
    }

    /// Puts a suggestion in, unless the book has it.
    fn insert_suggestion(
        &mut self,
        source: &str,
        meeting: &Meeting,
        state: SuggestionState,
    ) -> Result<Option<i64>> {
        let id = self.mint().raw();
        let sql = "insert into suggestion (id, source, source_key, revision, own, at, offset_minutes, whole_day, kind, minutes, title, state, changed_at)
                   values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                   on conflict (source, source_key) do nothing";
        let put = self.db.prepare_cached(sql)?.execute(params![
            id,
            source,
            meeting.key,
            meeting.revision,
            meeting.own,
            meeting.at.timestamp_millis(),
            offset_minutes(&meeting.at),
            meeting.whole_day,
            meeting.kind.word(),
            meeting.minutes,
            clean_line(&meeting.title),
            state.word(),
            self.stamp()
        ])?;
        Ok((put > 0).then_some(id))
    }

    fn update_suggestion(
        &mut self,
        id: i64,
        meeting: &Meeting,
        state: SuggestionState,
    ) -> Result<()> {
        let sql = "update suggestion set revision = ?2, own = ?3, at = ?4, offset_minutes = ?5, whole_day = ?6, kind = ?7, minutes = ?8, title = ?9,
                   state = ?10, changed_at = ?11 where id = ?1";
        self.db.prepare_cached(sql)?.execute(params![
            id,
            meeting.revision,
            meeting.own,
            meeting.at.timestamp_millis(),
            offset_minutes(&meeting.at),
            meeting.whole_day,
            meeting.kind.word(),
            meeting.minutes,
            clean_line(&meeting.title),
            state.word(),
            self.stamp()
        ])?;
        Ok(())
    }

    fn insert_suggested(&mut self, suggestion: i64, people: &[Id]) -> Result<()> {
        let sql = "insert into suggested (id, suggestion_id, contact_id) values (?1, ?2, ?3)";
        let mut statement = self.db.prepare_cached(sql)?;
        for person in people {
            let id = self.minter.mint(self.now.timestamp_millis()).raw();
            statement.execute([id, suggestion, person.raw()])?;
        }
        Ok(())
    }

    /// Those who take part in a suggestion become `people`. Says whether that was anything new.
    fn take_part(&mut self, suggestion: i64, people: &[Id]) -> Result<bool> {
        let mut there: Vec<i64> = {
            let mut statement = self
                .db
                .prepare_cached("select contact_id from suggested where suggestion_id = ?1")?;
            let ids = statement.query_map([suggestion], |row| row.get(0))?;
            ids.collect::<rusqlite::Result<_>>()?
        };
        let mut changed = false;
        for person in people {
            if let Some(at) = there.iter().position(|id| *id == person.raw()) {
                there.swap_remove(at);
            } else {
                self.insert_suggested(suggestion, &[*person])?;
                changed = true;
            }
        }
        for gone in there {
            self.drop_plan_of(suggestion, Some(gone))?;
            self.db
                .prepare_cached(
                    "delete from suggested where suggestion_id = ?1 and contact_id = ?2",
                )?
                .execute([suggestion, gone])?;
            changed = true;
        }
        Ok(changed)
    }

    /// Drops the open plans that a suggestion led to, of one person or of all.
    fn drop_plan_of(&mut self, suggestion: i64, person: Option<i64>) -> Result<()> {
        let sql = "update plan set state = 'dropped', changed_at = ?3 where state = 'open' and id in
                   (select plan_id from suggested where suggestion_id = ?1 and contact_id = coalesce(?2, contact_id) and plan_id is not null)";
        self.db
            .prepare_cached(sql)?
            .execute(params![suggestion, person, self.stamp()])?;
        Ok(())
    }

    /// A meeting is off. `alone` says that it is one time of a series, which must not bring it back.
    pub fn call_off(&mut self, source: &str, meeting: &Meeting, alone: bool) -> Result<Became> {
        let Some(known) = self.suggestion(source, &meeting.key)? else {
            if alone {
                self.insert_suggestion(source, meeting, SuggestionState::Withdrawn)?;
            }
            return Ok(Became::Same);
        };
        if known.state != SuggestionState::Open || meeting.revision < known.revision {
            return Ok(Became::Same);
        }
        self.drop_plan_of(known.id, None)?;
        self.update_suggestion(known.id, meeting, SuggestionState::Withdrawn)?;
        Ok(Became::Changed)
    }

    /// Of a series only these times are left: what was suggested of the others and not answered is taken back, unless a later revision
    /// told of it. Times that were told of by themselves are no business of the series. Gives back how many were.
    pub fn only_these(&mut self, source: &str, left: &TimesLeft<'_>) -> Result<usize> {
        let open: Vec<(i64, String)> = {
            // Every key of the series begins with its name, so they lie together.
            let sql = "select id, source_key from suggestion where source = ?1 and source_key >= ?2 and source_key < ?3
                       and state = 'open' and own = 0 and at >= ?4 and revision <= ?5";
            let mut statement = self.db.prepare_cached(sql)?;
            let end = format!("{}\u{10ffff}", left.series);
            let from = left.from.timestamp_millis();
            let given = params![source, left.series, end, from, left.revision];
            let rows = statement.query_map(given, |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        let mut gone = 0;
        for (id, key) in open {
            if !left.keys.contains(key.as_str()) {
                self.drop_plan_of(id, None)?;
                self.close_suggestion(id, SuggestionState::Withdrawn, None)?;
                // An older revision, read again, does not bring it back.
                self.db
                    .prepare_cached("update suggestion set revision = ?2 where id = ?1")?
                    .execute(params![id, left.revision])?;
                gone += 1;
            }
        }
        Ok(gone)
    }

    fn close_suggestion(
        &mut self,
        id: i64,
        state: SuggestionState,
        touch: Option<Id>,
    ) -> Result<()> {
        let sql = "update suggestion set state = ?2, touch_id = ?3, changed_at = ?4 where id = ?1";
        let row = params![id, state.word(), touch.map(Id::raw), self.stamp()];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    /// The rep says that these happened, or that they are nothing.
    pub fn answer_suggestions(&mut self, ids: &[Id], yes: bool) -> Result<Option<Id>> {
        let mut people: Vec<i64> = Vec::new();
        let mut touch = None;
        for id in ids {
            touch = self.answer_suggestion(*id, yes, &mut people)?;
        }
        people.sort_unstable();
        people.dedup();
        for person in people {
            self.plan_next_meeting(person)?;
        }
        Ok(touch.filter(|_| ids.len() == 1))
    }

    fn answer_suggestion(&mut self, id: Id, yes: bool, with: &mut Vec<i64>) -> Result<Option<Id>> {
        let sql = format!("{KNOWN} where id = ?1");
        let known = self
            .db
            .prepare_cached(&sql)?
            .query_row([id.raw()], known_from)
            .optional()?;
        let known = known.ok_or_else(|| Error::Gone {
            what: "that suggestion".to_owned(),
        })?;
        if known.state != SuggestionState::Open {
            return Err(Error::refused(format!(
                "this suggestion is {} already",
                known.state.word()
            )));
        }
        let people: Vec<i64> = {
            let mut statement = self.db.prepare_cached(
                "select contact_id from suggested where suggestion_id = ?1 order by id",
            )?;
            let ids = statement.query_map([known.id], |row| row.get(0))?;
            ids.collect::<rusqlite::Result<_>>()?
        };
        with.extend(&people);
        if !yes {
            self.drop_plan_of(known.id, None)?;
            self.close_suggestion(known.id, SuggestionState::Refused, None)?;
            return Ok(None);
        }
        if known.at > self.stamp() {
            return Err(Error::refused(format!(
                "\"{}\" has not happened yet",
                known.title
            )));
        }
        let touch = Touch {
            at: stored(known.at, known.offset),
            kind: TouchKind::parse(&known.kind).unwrap_or(TouchKind::Meeting),
            direction: Direction::Mutual,
            minutes: known.minutes,
            body: known.title,
            people: people.into_iter().map(Id::from_raw).collect(),
        };
        let origin: (String, String) = self
            .db
            .prepare_cached("select source, source_key from suggestion where id = ?1")?
            .query_row([known.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let touch = self.bring_touch(&touch, &origin.0, &origin.1, &HashSet::new())?;
        self.close_suggestion(known.id, SuggestionState::Confirmed, Some(touch))?;
        Ok(Some(touch))
    }
}
