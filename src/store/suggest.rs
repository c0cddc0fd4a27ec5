//! Suggestions: a calendar's meetings come in by [`Bulk`], wait here, and are answered by a command.

use super::bulk::Bulk;
use super::read::rows;
use super::write::{Became, Planned};
use super::{Result, Store};
use crate::domain::id::Id;
use crate::domain::moment::{Moment, stored};
use crate::domain::suggestion::{Meeting, Suggestion, TimesLeft};
use crate::domain::touch::TouchKind;
use rusqlite::Connection;

/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

impl Store {
    /// What waits to be answered: meetings that have begun by `now`, oldest first, at most so many.
    pub fn suggestions(&self, now: &Moment, most: usize) -> Result<Vec<Suggestion>> {
        let sql = "select id, at, offset_minutes, whole_day, kind, minutes, title from suggestion
                   where state = 'open' and at <= ?1 and exists (select 1 from suggested where suggestion_id = suggestion.id) order by at, id limit ?2";
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let mut found = rows(&self.db, sql, [now.timestamp_millis(), limit], |row| {
            Ok(Suggestion {
                id: Id::from_raw(row.get(0)?),
                at: stored(row.get(1)?, row.get(2)?),
                whole_day: row.get(3)?,
                kind: TouchKind::parse(row.get_ref(4)?.as_str()?).unwrap_or(TouchKind::Meeting),
                minutes: row.get(5)?,
                title: row.get(6)?,
                people: Vec::new(),
                logged: false,
            })
        })?;
        for suggestion in &mut found {
            let sql = "select c.id, c.name from suggested d join contact c on c.id = d.contact_id where d.suggestion_id = ?1 order by d.id";
            suggestion.people = rows(&self.db, sql, [suggestion.id.raw()], |row| {
                Ok((Id::from_raw(row.get(0)?), row.get(1)?))
            })?;
            suggestion.logged = self.is_logged(suggestion)?;
        }
        Ok(found)
    }

    /// Whether a touch with one of them is in the book on that day already.
    fn is_logged(&self, suggestion: &Suggestion) -> Result<bool> {
        let wall = suggestion
            .at
            .naive_local()
            .date()
            .and_time(chrono::NaiveTime::MIN);
        let begins = wall.and_utc().timestamp_millis();
        let sql = "select 1 from party where contact_id = ?1 and wall >= ?2 and wall < ?3 and kind in ('call', 'meeting', 'video')";
        let mut statement = self.db.prepare_cached(sql)?;
        for (person, _) in &suggestion.people {
            if statement.exists([person.raw(), begins, begins + DAY])? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The rep's own e-mail addresses, as far as their card has them.
    pub fn own_addresses(&self) -> Result<Vec<String>> {
        let sql = "select address from email where contact_id = 1 order by position";
        rows(&self.db, sql, [], |row| row.get(0))
    }

    /// How many wait to be answered.
    pub fn suggestion_count(&self, now: &Moment) -> Result<u64> {
        waiting(&self.db, now)
    }

    /// The ids of those that wait to be answered.
    pub fn suggestion_ids(&self, now: &Moment) -> Result<Vec<Id>> {
        let sql = "select id from suggestion where state = 'open' and at <= ?1
                   and exists (select 1 from suggested where suggestion_id = suggestion.id) order by at, id";
        rows(&self.db, sql, [now.timestamp_millis()], |row| {
            row.get(0).map(Id::from_raw)
        })
    }
}

fn waiting(db: &Connection, now: &Moment) -> Result<u64> {
    let sql = "select count(*) from suggestion where state = 'open' and at <= ?1
               and exists (select 1 from suggested where suggestion_id = suggestion.id)";
    let mut statement = db.prepare_cached(sql)?;
    let count: i64 = statement.query_row([now.timestamp_millis()], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

impl Bulk<'_> {
    /// How many suggestions wait to be answered by now.
    pub fn suggestion_count(&self, now: &Moment) -> Result<u64> {
        waiting(self.db(), now)
    }

    /// A calendar tells of a meeting with these people.
    pub fn suggest(&mut self, source: &str, meeting: &Meeting, people: &[Id]) -> Result<Became> {
        let has_touches = self.has_touches(source)?;
        let became = self
            .writer()?
            .suggest(source, meeting, people, has_touches)?;
        if became == Became::New && meeting.at.timestamp_millis() <= self.stamp() {
            // What was over when the book first heard of it leads to no plan.
            self.changed();
        } else {
            self.met(became, people);
        }
        Ok(became)
    }

    /// A calendar says that a meeting is off; `alone` that it is one time of a series.
    pub fn call_off(&mut self, source: &str, meeting: &Meeting, alone: bool) -> Result<Became> {
        let people = self.suggested_to(source, &meeting.key)?;
        let became = self.writer()?.call_off(source, meeting, alone)?;
        self.met(became, &people);
        Ok(became)
    }

    /// Of a series only these times are left; how many others were taken back.
    pub fn only_these(&mut self, source: &str, left: &TimesLeft<'_>) -> Result<usize> {
        let people = self.suggested_to(source, &format!("{}\u{10ffff}", left.series))?;
        let gone = self.writer()?.only_these(source, left)?;
        if gone > 0 {
            self.met(Became::Changed, &people);
        }
        Ok(gone)
    }

    /// The people of a suggestion; where the key ends in the last of all letters, of every one whose key begins so.
    fn suggested_to(&self, source: &str, key: &str) -> Result<Vec<Id>> {
        let from = key.trim_end_matches('\u{10ffff}');
        let sql = "select distinct d.contact_id from suggestion g join suggested d on d.suggestion_id = g.id
                   where g.source = ?1 and g.source_key >= ?2 and g.source_key <= ?3";
        rows(self.db(), sql, [source, from, key], |row| {
            row.get(0).map(Id::from_raw)
        })
    }

    /// Whether a touch came of this source; none does during an import of suggestions.
    fn has_touches(&mut self, source: &str) -> Result<bool> {
        if let Some((asked, has)) = &self.touches_of
            && asked == source
        {
            return Ok(*has);
        }
        let sql =
            "select exists (select 1 from touch where source = ?1 and source_key is not null)";
        let has = self.db().query_row(sql, [source], |row| row.get(0))?;
        self.touches_of = Some((source.to_owned(), has));
        Ok(has)
    }

    fn met(&mut self, became: Became, people: &[Id]) {
        if became != Became::Same {
            self.changed();
            self.to_plan.extend(people.iter().map(|id| id.raw()));
        }
    }

    /// Makes plans of the next meetings with everybody of whom a calendar told; how many were made, and whose own plans were kept.
    pub fn plan_meetings(&mut self) -> Result<(usize, Vec<Id>)> {
        let (mut made, mut kept) = (0, Vec::new());
        for person in std::mem::take(&mut self.to_plan) {
            match self.writer()?.plan_next_meeting(person)? {
                Planned::Nothing => {}
                Planned::Made => {
                    made += 1;
                    self.changed();
                }
                Planned::Kept => kept.push(Id::from_raw(person)),
            }
        }
        Ok((made, kept))
    }
}
