//! Chits and promises as registers: with one person, or over the whole book.

use super::super::{Result, Store};
use super::{day, maybe_day, rows};
use crate::domain::chit::{CallOutcome, Chit, ChitCall, ChitPart, ChitRow, Halves, Settlement};
use crate::domain::id::Id;
use crate::domain::ledger::{Balance, as_of, balances};
use crate::domain::promise::{Promise, PromiseRow, PromiseState};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Params as SqlParams, Row, params};
use std::collections::HashMap;

const CHIT: &str = "select h.id, h.giver_id, h.receiver_id, h.what, h.given_on, h.halves, h.pending, h.touch_id, g.name, r.name, h.cleared_on, h.words
    from chit h join contact g on g.id = h.giver_id join contact r on r.id = h.receiver_id";
const PART: &str =
    "select p.chit_id, p.on_day, p.halves, p.how, p.by_what, p.counter_id, p.touch_id
    from chit h join chit_part p on p.chit_id = h.id";
const CALL: &str = "select k.chit_id, k.on_day, k.outcome, k.halves, k.answered_on, k.note
    from chit h join chit_call k on k.chit_id = h.id";
pub(super) const PROMISE: &str = "select id, contact_id, mine, what, made_on, due_on, touch_id, state, closed_on, snoozed_until, words from promise";

/// The conditions of one person's chits, and of two people's: the second may be me, of whose chits only theirs are looked at.
const WITH: &str = "where h.giver_id = ?1 or h.receiver_id = ?1";
const BETWEEN: &str =
    "where h.giver_id = ?1 and +h.receiver_id = ?2 or h.receiver_id = ?1 and +h.giver_id = ?2";

/// Which chits a register shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// With this person on either side.
    pub with: Option<Id>,
    /// And with this one on the other.
    pub and: Option<Id>,
    /// Only what is still owed, wholly or in part.
    pub open: bool,
    /// As the register stood at the end of this day.
    pub as_of: Option<NaiveDate>,
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
        cleared_on: maybe_day(row.get_ref(10)?.as_str_or_null()?)?,
        calls: Vec::new(),
        words: row.get(11)?,
    })
}

/// The chits of a condition on `h`, each with its settlements and calls: three statements, however many there are.
pub(super) fn chits<P: SqlParams + Copy>(
    db: &Connection,
    condition: &str,
    given: P,
) -> Result<Vec<ChitRow>> {
    let order = "order by h.given_on, h.id";
    let mut chits = rows(db, &format!("{CHIT} {condition} {order}"), given, chit_from)?;
    let places: HashMap<Id, usize> = chits
        .iter()
        .enumerate()
        .map(|(at, row)| (row.id, at))
        .collect();
    let parts = rows(
        db,
        &format!("{PART} {condition} order by p.on_day, p.id"),
        given,
        part_from,
    )?;
    for (id, part) in parts {
        if let Some(at) = places.get(&id) {
            chits[*at].parts.push(part);
        }
    }
    let calls = rows(
        db,
        &format!("{CALL} {condition} order by k.on_day, k.id"),
        given,
        call_from,
    )?;
    for (id, call) in calls {
        if let Some(at) = places.get(&id) {
            chits[*at].calls.push(call);
        }
    }
    Ok(chits)
}

fn part_from(row: &Row<'_>) -> rusqlite::Result<(Id, ChitPart)> {
    let how = if row.get_ref(3)?.as_str()? == "forgiven" {
        Settlement::Forgiven
    } else {
        Settlement::Redeemed
    };
    let part = ChitPart {
        on: day(row.get_ref(1)?.as_str()?)?,
        halves: Halves(row.get(2)?),
        how,
        by: row.get(4)?,
        counter: row.get::<_, Option<i64>>(5)?.map(Id::from_raw),
        touch: row.get::<_, Option<i64>>(6)?.map(Id::from_raw),
    };
    Ok((Id::from_raw(row.get(0)?), part))
}

fn call_from(row: &Row<'_>) -> rusqlite::Result<(Id, ChitCall)> {
    let outcome = match row.get_ref(2)?.as_str()? {
        "honoured" => Some(CallOutcome::Honoured),
        "in_part" => Some(CallOutcome::InPart(Halves(row.get(3)?))),
        "declined" => Some(CallOutcome::Declined),
        "forgiven" => Some(CallOutcome::Forgiven),
        _ => None,
    };
    let call = ChitCall {
        on: day(row.get_ref(1)?.as_str()?)?,
        outcome,
        answered: maybe_day(row.get_ref(4)?.as_str_or_null()?)?,
        note: row.get(5)?,
    };
    Ok((Id::from_raw(row.get(0)?), call))
}

/// One chit; none when it is not in the book.
pub(in crate::store) fn chit_of(db: &Connection, id: Id) -> Result<Option<ChitRow>> {
    Ok(chits(db, "where h.id = ?1", [id.raw()])?.pop())
}

/// The chits of a referral's story.
pub(super) fn chits_of_referral(db: &Connection, id: Id) -> Result<Vec<Chit>> {
    let found = chits(db, "where h.referral_id = ?1", [id.raw()])?;
    Ok(found.into_iter().map(|row| row.chit).collect())
}

pub(super) fn promise_from(row: &Row<'_>) -> rusqlite::Result<PromiseRow> {
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
        let mut found = chits(&self.db, WITH, [id.raw()])?;
        found.reverse();
        found.sort_by_key(|row| row.open() == Halves(0));
        Ok(found)
    }

    /// The register, oldest first.
    pub fn chits(&self, filter: &Filter) -> Result<Vec<ChitRow>> {
        let mut found = match (filter.with, filter.and) {
            (Some(Id::ME), Some(other)) => chits(&self.db, BETWEEN, [other.raw(), Id::ME.raw()])?,
            (Some(one), Some(other)) => chits(&self.db, BETWEEN, [one.raw(), other.raw()])?,
            (Some(one), None) | (None, Some(one)) => chits(&self.db, WITH, [one.raw()])?,
            (None, None) => chits(&self.db, "", [])?,
        };
        if let Some(day) = filter.as_of {
            found = as_of(found, day);
        }
        found.retain(|row| !filter.open || row.open() > Halves(0));
        Ok(found)
    }

    /// How many chits I owe of which something is open.
    pub fn chits_i_owe(&self) -> Result<usize> {
        let sql = "select count(*) from chit where receiver_id = ?1 and halves > coalesce((select sum(halves) from chit_part where chit_id = chit.id), 0)";
        let mut statement = self.db.prepare_cached(sql)?;
        let count: u32 = statement.query_row([Id::ME.raw()], |row| row.get(0))?;
        Ok(count as usize)
    }

    /// One line for each person with something open between them and me, largest sum first.
    pub fn balances(&self, as_of: Option<NaiveDate>) -> Result<Vec<Balance>> {
        let mine = self.chits(&Filter {
            with: Some(Id::ME),
            as_of,
            ..Filter::default()
        })?;
        let mut lines = balances(&mine);
        lines.retain(Balance::is_open);
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
