//! Everybody's whole life, one after the other: what questions about the whole book are answered from.
//!
//! One ordered statement a table, merged by person as they go by: nobody is asked for on their own, and no more than one life is held.

use super::super::{Result, Store};
use super::people::CADENCE;
use super::{day, maybe_day};
use crate::domain::id::Id;
use crate::domain::moment::{day_number, day_of_wall};
use crate::domain::people::{Correction, Life, Trace, Verdict};
use crate::domain::touch::{Direction, TouchKind};
use rusqlite::{Connection, Row, Statement};
use std::iter::Peekable;
use std::ops::ControlFlow;

const PEOPLE: &str = "from contact c where c.id <> 1 order by c.id";
/// What each table has of a trail, as [`trail_of`](super::person::trail_of) reads it of one person.
const TOUCHES: &str =
    "select contact_id, wall, kind, direction from party order by contact_id, wall";
const FAVOURS: &str = "select receiver_id, given_on from chit where giver_id = 1
    union all select giver_id, given_on from chit where receiver_id = 1 order by 1";
const REFERRALS: &str = "select r.referrer_id, min(e.on_day) from referral r join referral_event e on e.referral_id = r.id
    where r.referrer_id is not null and r.given = 0 and e.stage in ('promised', 'introduced') group by r.id order by r.referrer_id";
const VERDICTS: &str = "select contact_id, closed_on, state = 'kept' from promise
    where mine = 1 and state in ('kept', 'broken') and closed_on is not null order by contact_id, closed_on, id";
const CORRECTIONS: &str =
    "select contact_id, on_day, mass, why from correction order by contact_id, on_day, id";
const STARTS: &str =
    "select g.contact_id, min(t.cadence_days) from tagging g join tag t on t.id = g.tag_id
    where t.cadence_days is not null group by g.contact_id order by g.contact_id";

/// The statements, to be read side by side.
struct Tables<'db> {
    touches: Statement<'db>,
    favours: Statement<'db>,
    referrals: Statement<'db>,
    verdicts: Statement<'db>,
    corrections: Statement<'db>,
    starts: Statement<'db>,
}

impl<'db> Tables<'db> {
    fn prepare(db: &'db Connection) -> Result<Self> {
        Ok(Tables {
            touches: db.prepare(TOUCHES)?,
            favours: db.prepare(FAVOURS)?,
            referrals: db.prepare(REFERRALS)?,
            verdicts: db.prepare(VERDICTS)?,
            corrections: db.prepare(CORRECTIONS)?,
            starts: db.prepare(STARTS)?,
        })
    }
}

/// One table's rows, by person.
struct Lane<I: Iterator>(Peekable<I>);

impl<T, I: Iterator<Item = rusqlite::Result<(i64, T)>>> Lane<I> {
    /// Takes the rows of this person, and passes over those of anybody before them.
    fn of(&mut self, who: i64, mut take: impl FnMut(T)) -> Result<()> {
        let reached = |row: &I::Item| row.as_ref().map_or(true, |(of, _)| *of <= who);
        while let Some(row) = self.0.next_if(reached) {
            let (of, value) = row?;
            if of == who {
                take(value);
            }
        }
        Ok(())
    }
}

/// Runs a statement whose first column is a person.
fn lane<'s, T>(
    statement: &'s mut Statement<'_>,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T> + 's,
) -> Result<Lane<impl Iterator<Item = rusqlite::Result<(i64, T)>> + 's>>
where
    T: 's,
{
    let rows = statement.query_map([], move |row| Ok((row.get(0)?, read(row)?)))?;
    Ok(Lane(rows.peekable()))
}

fn touch(row: &Row<'_>) -> rusqlite::Result<Trace> {
    Ok(Trace {
        day: day_of_wall(row.get(1)?),
        kind: TouchKind::parse(row.get_ref(2)?.as_str()?).unwrap_or(TouchKind::Note),
        direction: Direction::parse(row.get_ref(3)?.as_str()?).unwrap_or_default(),
    })
}

/// An event that is a day and nothing more.
fn event(kind: TouchKind) -> impl Fn(&Row<'_>) -> rusqlite::Result<Trace> {
    move |row| {
        Ok(Trace {
            day: day_number(day(row.get_ref(1)?.as_str()?)?),
            kind,
            direction: Direction::Mutual,
        })
    }
}

fn verdict(row: &Row<'_>) -> rusqlite::Result<Verdict> {
    Ok(Verdict {
        day: day_number(day(row.get_ref(1)?.as_str()?)?),
        kept: row.get(2)?,
    })
}

fn correction(row: &Row<'_>) -> rusqlite::Result<Correction> {
    Ok(Correction {
        day: day_number(day(row.get_ref(1)?.as_str()?)?),
        mass: row.get(2)?,
        reason: row.get(3)?,
    })
}

/// Somebody without their trail, made in the room of the one before.
pub(super) fn person(row: &Row<'_>, life: &mut Life) -> rusqlite::Result<()> {
    life.id = Id::from_raw(row.get(0)?);
    life.name.clear();
    life.name.push_str(row.get_ref(1)?.as_str()?);
    life.cadence = row.get(2)?;
    life.ghost = row.get(3)?;
    life.archived = maybe_day(row.get_ref(4)?.as_str_or_null()?)?.map(day_number);
    life.added = life.id.day();
    life.trail.traces.clear();
    life.trail.verdicts.clear();
    life.trail.corrections.clear();
    life.trail.start = None;
    Ok(())
}

impl Store {
    /// Hands the life of everybody but me to `visit`, by rising id and as the book is at one moment. `progress` hears how many of
    /// how many were handed over, and may give up: then this gives back false.
    pub fn each_life(
        &self,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
        visit: &mut dyn FnMut(&Life),
    ) -> Result<bool> {
        let _moment = self.moment()?;
        let of: usize =
            self.db
                .query_row("select count(*) from contact where id <> 1", [], |row| {
                    row.get::<_, i64>(0).map(|count| count as usize)
                })?;
        let mut tables = Tables::prepare(&self.db)?;
        let mut touches = lane(&mut tables.touches, touch)?;
        let mut favours = lane(&mut tables.favours, event(TouchKind::Favour))?;
        let mut referrals = lane(&mut tables.referrals, event(TouchKind::Referral))?;
        let mut verdicts = lane(&mut tables.verdicts, verdict)?;
        let mut corrections = lane(&mut tables.corrections, correction)?;
        let mut starts = lane(&mut tables.starts, |row| row.get(1))?;
        let mut people = self.db.prepare(&format!(
            "select c.id, c.name, {CADENCE}, c.ghost, c.archived_on {PEOPLE}"
        ))?;
        let mut rows = people.query([])?;
        let mut life = Life::nobody();
        let mut done = 0;
        while let Some(row) = rows.next()? {
            person(row, &mut life)?;
            let (who, trail) = (life.id.raw(), &mut life.trail);
            touches.of(who, |trace| trail.traces.push(trace))?;
            let before = trail.traces.len();
            favours.of(who, |trace| trail.traces.push(trace))?;
            referrals.of(who, |trace| trail.traces.push(trace))?;
            if trail.traces.len() > before {
                trail.traces.sort_by_key(|trace| trace.day);
            }
            verdicts.of(who, |verdict| trail.verdicts.push(verdict))?;
            corrections.of(who, |correction| trail.corrections.push(correction))?;
            starts.of(who, |days| trail.start = Some(days))?;
            visit(&life);
            done += 1;
            if progress(done, of).is_break() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
