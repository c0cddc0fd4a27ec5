//! Records as values: facts, key dates, needs, sales, rivals and seats, each read from its own table.

use super::super::{Result, Store};
use super::{day, maybe_day};
use crate::domain::contact::{KeyDate, PartialDate};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::{
    Anniversary, Fact, FactKind, Need, NeedState, Outcome, Record, RecordKind, RecordRow,
    ResultKind, Rival, Role, Sale, Seat, Stance,
};
use rusqlite::{Connection, Params as SqlParams, Row};

/// The table a kind of record is in.
pub(in crate::store) fn table(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Fact => "fact",
        RecordKind::Date => "key_date",
        RecordKind::Need => "need",
        RecordKind::Sale => "sale",
        RecordKind::Rival => "rival",
        RecordKind::Seat => "seat",
    }
}

/// What is read of each kind; the first four columns are every kind's. `r` is the record.
pub(super) fn columns(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Fact => {
            "select r.id, r.contact_id, r.touch_id, r.words, r.what, r.kind, r.learned_on, r.due_on, r.asked_on from fact r"
        }
        RecordKind::Date => {
            "select r.id, r.contact_id, r.touch_id, r.words, r.label, r.on_day, r.yearly from key_date r"
        }
        RecordKind::Need => {
            "select r.id, r.contact_id, r.touch_id, r.words, r.what, r.state, r.heard_on, r.delivered_on, r.result, r.result_kind, r.amount, r.currency from need r"
        }
        RecordKind::Sale => {
            "select r.id, r.contact_id, r.touch_id, r.words, r.amount, r.currency, r.what, r.on_day from sale r"
        }
        RecordKind::Rival => {
            "select r.id, r.contact_id, r.touch_id, r.words, r.name, r.what, r.seen_on from rival r"
        }
        RecordKind::Seat => {
            "select r.id, r.contact_id, r.touch_id, r.words, r.role, r.stance, coalesce(h.account_id = r.account_id, 0) from seat r
             left join contact h on h.id = r.contact_id"
        }
    }
}

/// The records of one kind that meet a condition on `r`, in its order. One that is kept for an account and names nobody is told of
/// `whom`.
pub(in crate::store) fn records<P: SqlParams>(
    db: &Connection,
    kind: RecordKind,
    condition: &str,
    given: P,
    whom: Id,
) -> Result<Vec<RecordRow>> {
    let sql = format!("{} {condition}", columns(kind));
    let found = super::rows(db, &sql, given, |row| row_from(kind, row, whom))?;
    Ok(found.into_iter().flatten().collect())
}

/// One record; none when it is not in the book.
pub(in crate::store) fn record_of(
    db: &Connection,
    kind: RecordKind,
    id: Id,
    whom: Id,
) -> Result<Option<RecordRow>> {
    Ok(records(db, kind, "where r.id = ?1", [id.raw()], whom)?.pop())
}

/// A row as a record; none where a key date holds no day that any calendar has.
fn row_from(kind: RecordKind, row: &Row<'_>, whom: Id) -> rusqlite::Result<Option<RecordRow>> {
    let named: Option<i64> = row.get(1)?;
    let contact = named.map_or(whom, Id::from_raw);
    let record = match kind {
        RecordKind::Fact => Record::Fact(Fact {
            contact,
            what: row.get(4)?,
            kind: FactKind::parse(row.get_ref(5)?.as_str()?).unwrap_or_default(),
            learned: day(row.get_ref(6)?.as_str()?)?,
            due: maybe_day(row.get_ref(7)?.as_str_or_null()?)?,
            asked: maybe_day(row.get_ref(8)?.as_str_or_null()?)?,
        }),
        RecordKind::Date => {
            let Some(on) = PartialDate::parse(row.get_ref(5)?.as_str()?) else {
                return Ok(None);
            };
            let (label, yearly) = (row.get(4)?, row.get(6)?);
            Record::Date(Anniversary {
                contact,
                date: KeyDate { label, on, yearly },
            })
        }
        RecordKind::Need => Record::Need(need_from(row, contact)?),
        RecordKind::Sale => Record::Sale(Sale {
            contact,
            amount: Money {
                minor: row.get(4)?,
                currency: row.get(5)?,
            },
            what: row.get(6)?,
            on: day(row.get_ref(7)?.as_str()?)?,
        }),
        RecordKind::Rival => Record::Rival(Rival {
            contact,
            name: row.get(4)?,
            what: row.get(5)?,
            on: day(row.get_ref(6)?.as_str()?)?,
        }),
        RecordKind::Seat => {
            let at_their_own: bool = row.get(6)?;
            Record::Seat(Seat {
                contact,
                at: if at_their_own { contact } else { whom },
                role: Role::parse(row.get_ref(4)?.as_str()?).unwrap_or_default(),
                stance: Stance::parse(row.get_ref(5)?.as_str()?).unwrap_or_default(),
            })
        }
    };
    Ok(Some(RecordRow {
        id: Id::from_raw(row.get(0)?),
        record,
        evidence: row.get::<_, Option<i64>>(2)?.map(Id::from_raw),
        words: row.get(3)?,
    }))
}

fn need_from(row: &Row<'_>, contact: Id) -> rusqlite::Result<Need> {
    let state = NeedState::parse(row.get_ref(5)?.as_str()?).unwrap_or_default();
    let heard = day(row.get_ref(6)?.as_str()?)?;
    let outcome = if state == NeedState::Delivered {
        let (minor, currency): (Option<i64>, String) = (row.get(10)?, row.get(11)?);
        Some(Outcome {
            what: row.get(8)?,
            kind: ResultKind::parse(row.get_ref(9)?.as_str()?).unwrap_or_default(),
            amount: minor.map(|minor| Money { minor, currency }),
            on: maybe_day(row.get_ref(7)?.as_str_or_null()?)?.unwrap_or(heard),
        })
    } else {
        None
    };
    Ok(Need {
        contact,
        what: row.get(4)?,
        state,
        heard,
        outcome,
    })
}

impl Store {
    /// One record; none when it is not in the book. One that is kept for an account and names nobody is told of [`Id::ME`].
    pub fn record(&self, kind: RecordKind, id: Id) -> Result<Option<RecordRow>> {
        record_of(&self.db, kind, id, Id::ME)
    }
}
