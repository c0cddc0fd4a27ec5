//! Referrals as far as one person's page shows them: who led to whom, and how far it came.

use super::super::{Result, Store};
use super::{day, maybe_day, rows};
use crate::domain::id::Id;
use crate::domain::referral::{Referred, Stage};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

/// Orders the events of a referral (`e`) by how far it had come with them, the furthest first: a referral never goes back.
pub(super) const FURTHEST: &str =
    "instr('asked promised introduced met won lost', e.stage) desc, e.on_day desc, e.id desc";

/// A referral at its latest stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// Its identity.
    pub id: Id,
    /// Who refers: a person or an account.
    pub referrer: String,
    /// Who was referred: a person or an account.
    pub prospect: String,
    /// The latest stage; empty where none was noted.
    pub stage: String,
    /// The day of it.
    pub on: Option<NaiveDate>,
}

/// How far a referral has come; none where nothing was noted.
pub(in crate::store) fn reached(db: &Connection, referral: Id) -> Result<Option<Stage>> {
    let sql = format!(
        "select e.stage from referral_event e where e.referral_id = ?1 order by {FURTHEST} limit 1"
    );
    let word: Option<String> = db
        .prepare_cached(&sql)?
        .query_row([referral.raw()], |row| row.get(0))
        .optional()?;
    Ok(word.and_then(|word| Stage::parse(&word)))
}

/// The referrals between two people that the note of a touch brought to a stage, each with its words.
pub(in crate::store) fn caught_in(
    db: &Connection,
    touch: Id,
) -> Result<Vec<(Id, Referred, String)>> {
    let sql = "select r.id, r.referrer_id, r.prospect_id, coalesce(nullif(e.note, ''), r.what), e.stage, e.on_day,
               case when e.words = '' and r.touch_id = e.touch_id then r.words else e.words end as line
               from referral_event e join referral r on r.id = e.referral_id
               where e.touch_id = ?1 and r.given = 0 and r.referrer_id is not null and r.prospect_id is not null and line <> '' order by e.id";
    rows(db, sql, [touch.raw()], |row| {
        let referred = Referred {
            referrer: Id::from_raw(row.get(1)?),
            prospect: Id::from_raw(row.get(2)?),
            what: row.get(3)?,
            stage: Stage::parse(row.get_ref(4)?.as_str()?).unwrap_or_default(),
            on: day(row.get_ref(5)?.as_str()?)?,
        };
        Ok((Id::from_raw(row.get(0)?), referred, row.get(6)?))
    })
}

impl Store {
    /// The referrals a person made or came by, the latest first.
    pub fn referrals_with(&self, id: Id) -> Result<Vec<Referral>> {
        let sql = format!(
            "select r.id, coalesce(a.name, x.name, ''), coalesce(b.name, y.name, ''), coalesce(e.stage, ''), e.on_day from referral r
             left join contact a on a.id = r.referrer_id left join account x on x.id = r.referrer_account_id
             left join contact b on b.id = r.prospect_id left join account y on y.id = r.prospect_account_id
             left join referral_event e on e.id = (select e.id from referral_event e where e.referral_id = r.id order by {FURTHEST} limit 1)
             where r.referrer_id = ?1 or r.prospect_id = ?1 order by e.on_day desc, r.id desc"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let found = statement.query_map([id.raw()], |row| {
            Ok(Referral {
                id: Id::from_raw(row.get(0)?),
                referrer: row.get(1)?,
                prospect: row.get(2)?,
                stage: row.get(3)?,
                on: maybe_day(row.get::<_, Option<String>>(4)?.as_deref())?,
            })
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}
