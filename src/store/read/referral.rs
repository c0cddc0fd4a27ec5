//! Referrals as far as one person's page shows them: who led to whom, and how far it came.

use super::super::{Result, Store};
use super::maybe_day;
use crate::domain::id::Id;
use chrono::NaiveDate;

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

impl Store {
    /// The referrals a person made or came by, the latest first.
    pub fn referrals_with(&self, id: Id) -> Result<Vec<Referral>> {
        let latest = "(select e.id from referral_event e where e.referral_id = r.id order by e.on_day desc, e.id desc limit 1)";
        let sql = format!(
            "select r.id, coalesce(a.name, x.name, ''), coalesce(b.name, y.name, ''), coalesce(e.stage, ''), e.on_day from referral r
             left join contact a on a.id = r.referrer_id left join account x on x.id = r.referrer_account_id
             left join contact b on b.id = r.prospect_id left join account y on y.id = r.prospect_account_id
             left join referral_event e on e.id = {latest}
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
