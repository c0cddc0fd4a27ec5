//! The tiers, how often each is to hear from me, and who is in them.

use super::super::{Result, Store};
use super::rows;
use crate::domain::id::Id;
use crate::domain::tier::Tier;
use rusqlite::OptionalExtension;

/// A tier as the book holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierRow {
    /// Which.
    pub tier: Tier,
    /// Days between touches it wants.
    pub days: u16,
    /// How many people in the lists are in it.
    pub people: usize,
}

impl Store {
    /// The tiers, the closest first.
    pub fn tiers(&self) -> Result<Vec<TierRow>> {
        let sql = "select t.name, t.days, (select count(*) from contact c where c.tier = t.name and c.tier <> '' and c.archived_on is null)
                   from tier t order by t.name";
        let found = rows(&self.db, sql, [], |row| {
            let tier = Tier::parse(row.get_ref(0)?.as_str()?);
            let (days, people): (u16, i64) = (row.get(1)?, row.get(2)?);
            Ok(tier.map(|tier| TierRow {
                tier,
                days,
                people: people as usize,
            }))
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The tier somebody is in.
    pub(super) fn tier_of(&self, who: Id) -> Result<Option<Tier>> {
        let sql = "select tier from contact where id = ?1";
        let found: Option<String> = self
            .db
            .prepare_cached(sql)?
            .query_row([who.raw()], |row| row.get(0))
            .optional()?;
        Ok(found.and_then(|word| Tier::parse(&word)))
    }
}
