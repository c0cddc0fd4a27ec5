//! Chits and promises as registers: with one person, or over the whole book.

use super::super::{Result, Store};
use super::{day, maybe_day};
use crate::domain::chit::{Chit, ChitPart, ChitRow, Halves, Settlement};
use crate::domain::id::Id;
use crate::domain::promise::{Promise, PromiseRow, PromiseState};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Params as SqlParams, Row, params};
use std::collections::BTreeMap;

const CHIT: &str = "select h.id, h.giver_id, h.receiver_id, h.what, h.given_on, h.halves, h.pending, h.touch_id, g.name, r.name, h.words
    from chit h join contact g on g.id = h.giver_id join contact r on r.id = h.receiver_id";
const PROMISE: &str = "select id, contact_id, mine, what, made_on, due_on, touch_id, state, closed_on, snoozed_until, words from promise";

/// Which chits a register shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// With this person on either side.
    pub with: Option<Id>,
    /// Only what is still owed, wholly or in part.
    pub open: bool,
    /// As the register stood at the end of this day.
    pub as_of: Option<NaiveDate>,
}

/// What stands open between me and one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The person.
    pub who: Id,
    /// Their name.
    pub name: String,
    /// Halves I owe them.
    pub i_owe: u32,
    /// Halves they owe me.
    pub they_owe: u32,
    /// The day of the oldest open chit.
    pub oldest: NaiveDate,
}

fn chit_from(row: &Row<'_>) -> rusqlite::Result<ChitRow> {
    let name = |id: i64, name: String| {
        if id == Id::ME.raw() {
            "me".to_owned()
        } else {
            name
        }
    };
    let (giver, receiver): (i64, i64) = (row.get(1)?, row.get(2)?);
    Ok(ChitRow {
        id: Id::from_raw(row.get(0)?),
        chit: Chit {
            giver: Id::from_raw(giver),
            receiver: Id::from_raw(receiver),
            what: row.get(3)?,
            on: day(&row.get::<_, String>(4)?)?,
            worth: Halves(row.get(5)?),
            pending: row.get(6)?,
            evidence: row.get::<_, Option<i64>>(7)?.map(Id::from_raw),
        },
        giver_name: name(giver, row.get(8)?),
        receiver_name: name(receiver, row.get(9)?),
        parts: Vec::new(),
        words: row.get(10)?,
    })
}

fn chits<P: SqlParams>(db: &Connection, condition: &str, given: P) -> Result<Vec<ChitRow>> {
    let mut statement = db.prepare_cached(&format!("{CHIT} {condition}"))?;
    let found = statement.query_map(given, chit_from)?;
    let mut chits: Vec<ChitRow> = found.collect::<rusqlite::Result<_>>()?;
    for chit in &mut chits {
        chit.parts = parts_of(db, chit.id)?;
    }
    Ok(chits)
}

fn parts_of(db: &Connection, chit: Id) -> Result<Vec<ChitPart>> {
    let mut statement = db.prepare_cached(
        "select on_day, halves, how, by_what from chit_part where chit_id = ?1 order by on_day, id",
    )?;
    let parts = statement.query_map([chit.raw()], |row| {
        let how = if row.get::<_, String>(2)? == "forgiven" {
            Settlement::Forgiven
        } else {
            Settlement::Redeemed
        };
        Ok(ChitPart {
            on: day(&row.get::<_, String>(0)?)?,
            halves: Halves(row.get(1)?),
            how,
            by: row.get(3)?,
        })
    })?;
    Ok(parts.collect::<rusqlite::Result<_>>()?)
}

/// One chit; none when it is not in the book.
pub(in crate::store) fn chit_of(db: &Connection, id: Id) -> Result<Option<ChitRow>> {
    Ok(chits(db, "where h.id = ?1", [id.raw()])?.pop())
}

fn promise_from(row: &Row<'_>) -> rusqlite::Result<PromiseRow> {
    Ok(PromiseRow {
        id: Id::from_raw(row.get(0)?),
        promise: Promise {
            contact: Id::from_raw(row.get(1)?),
            mine: row.get(2)?,
            what: row.get(3)?,
            made_on: day(&row.get::<_, String>(4)?)?,
            due: day(&row.get::<_, String>(5)?)?,
            evidence: row.get::<_, Option<i64>>(6)?.map(Id::from_raw),
        },
        state: PromiseState::parse(&row.get::<_, String>(7)?).unwrap_or_default(),
        closed_on: maybe_day(row.get::<_, Option<String>>(8)?.as_deref())?,
        snoozed: maybe_day(row.get::<_, Option<String>>(9)?.as_deref())?,
        words: row.get(10)?,
    })
}

/// The chits that were read from the note of a touch.
pub(super) fn caught_chits(db: &Connection, touch: Id) -> Result<Vec<ChitRow>> {
    let condition = "where h.touch_id = ?1 and h.words <> ''";
    chits(db, condition, [touch.raw()])
}

/// The promises that were read from the note of a touch.
pub(super) fn caught_promises(db: &Connection, touch: Id) -> Result<Vec<PromiseRow>> {
    let sql = format!("{PROMISE} where touch_id = ?1 and words <> ''");
    super::rows(db, &sql, [touch.raw()], promise_from)
}

/// One promise; none when it is not in the book.
pub(in crate::store) fn promise_of(db: &Connection, id: Id) -> Result<Option<PromiseRow>> {
    Ok(db
        .prepare_cached(&format!("{PROMISE} where id = ?1"))?
        .query_row([id.raw()], promise_from)
        .optional()?)
}

impl Store {
    /// One chit; none when it is not in the book.
    pub fn chit(&self, id: Id) -> Result<Option<ChitRow>> {
        chit_of(&self.db, id)
    }

    /// One promise; none when it is not in the book.
    pub fn promise(&self, id: Id) -> Result<Option<PromiseRow>> {
        promise_of(&self.db, id)
    }

    /// Chits with a person on either side: open ones first, then newest first.
    pub(super) fn chits_with(&self, id: Id) -> Result<Vec<ChitRow>> {
        let mut found = chits(
            &self.db,
            "where h.giver_id = ?1 or h.receiver_id = ?1 order by h.given_on desc, h.id desc",
            [id.raw()],
        )?;
        found.sort_by_key(|row| row.open() == Halves(0));
        Ok(found)
    }

    /// The register, oldest first.
    pub fn chits(&self, filter: &Filter) -> Result<Vec<ChitRow>> {
        let mut found = match filter.with {
            Some(id) => chits(
                &self.db,
                "where h.giver_id = ?1 or h.receiver_id = ?1 order by h.given_on, h.id",
                [id.raw()],
            )?,
            None => chits(&self.db, "order by h.given_on, h.id", [])?,
        };
        if let Some(as_of) = filter.as_of {
            found.retain(|row| row.chit.on <= as_of);
            for row in &mut found {
                row.parts.retain(|part| part.on <= as_of);
            }
        }
        found.retain(|row| !filter.open || row.open() > Halves(0));
        Ok(found)
    }

    /// One line for each person with something open between them and me, largest sum first.
    pub fn balances(&self, as_of: Option<NaiveDate>) -> Result<Vec<Balance>> {
        let mut balances: BTreeMap<Id, Balance> = BTreeMap::new();
        for row in self.chits(&Filter {
            open: true,
            as_of,
            with: Some(Id::ME),
        })? {
            let mine = row.chit.giver == Id::ME;
            let (who, name) = if mine {
                (row.chit.receiver, &row.receiver_name)
            } else {
                (row.chit.giver, &row.giver_name)
            };
            let line = balances.entry(who).or_insert_with(|| Balance {
                who,
                name: name.clone(),
                i_owe: 0,
                they_owe: 0,
                oldest: row.chit.on,
            });
            *(if mine {
                &mut line.they_owe
            } else {
                &mut line.i_owe
            }) += row.open().0;
            line.oldest = line.oldest.min(row.chit.on);
        }
        let mut lines: Vec<Balance> = balances.into_values().collect();
        lines.sort_by_key(|line| (std::cmp::Reverse(line.i_owe + line.they_owe), line.oldest));
        Ok(lines)
    }

    /// Open promises between me and a person, earliest due first, mine before theirs.
    pub(super) fn open_promises_with(&self, id: Id) -> Result<Vec<PromiseRow>> {
        let mut statement = self.db.prepare_cached(&format!(
            "{PROMISE} where contact_id = ?1 and state = 'open' order by due_on, mine desc, id"
        ))?;
        let found = statement.query_map([id.raw()], promise_from)?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Promises between me and a person that were kept, broken or dropped, in the order they were.
    pub(super) fn closed_promises_with(&self, id: Id) -> Result<Vec<PromiseRow>> {
        let mut statement = self.db.prepare_cached(&format!(
            "{PROMISE} where contact_id = ?1 and state <> 'open' order by closed_on, id"
        ))?;
        let found = statement.query_map([id.raw()], promise_from)?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Of my closed promises to a person how many were kept and broken, then of theirs.
    pub(super) fn kept_with(&self, id: Id) -> Result<[u32; 4]> {
        let sql = "select coalesce(sum(mine = 1 and state = 'kept'), 0), coalesce(sum(mine = 1 and state = 'broken'), 0),
                   coalesce(sum(mine = 0 and state = 'kept'), 0), coalesce(sum(mine = 0 and state = 'broken'), 0) from promise where contact_id = ?1";
        let row = self
            .db
            .prepare_cached(sql)?
            .query_row(params![id.raw()], |r| {
                Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?])
            })?;
        Ok(row)
    }
}
