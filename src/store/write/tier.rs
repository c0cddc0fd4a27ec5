//! Writing tiers: who is in which, and how often each is to hear from me.

use super::super::{Error, Result};
use super::Writer;
use crate::domain::id::Id;
use crate::domain::tier::Tier;
use rusqlite::params;

impl Writer<'_> {
    /// Puts people into a tier, or takes them out of theirs.
    pub fn set_tier(&mut self, people: &[Id], tier: Option<Tier>) -> Result<Option<Id>> {
        for person in people {
            if *person == Id::ME {
                return Err(Error::refused("this is you: you are in no tier"));
            }
            self.known(*person)?;
            let sql = "update contact set tier = ?2, changed_at = ?3 where id = ?1 and tier <> ?2";
            let word = tier.map_or("", Tier::word);
            self.db
                .prepare_cached(sql)?
                .execute(params![person.raw(), word, self.stamp()])?;
        }
        Ok(None)
    }

    /// How many days between touches a tier wants.
    pub fn set_tier_cadence(&mut self, tier: Tier, days: u16) -> Result<Option<Id>> {
        if !(1..=3650).contains(&days) {
            return Err(Error::refused("a cadence is between 1 and 3650 days"));
        }
        let sql = "update tier set days = ?2, changed_at = ?3 where name = ?1";
        self.db
            .prepare_cached(sql)?
            .execute(params![tier.word(), days, self.stamp()])?;
        Ok(None)
    }
}
