//! People who look like one: by an e-mail address or a telephone number in common, or by near names at one account.

use super::super::{Result, Store};
use super::rows;
use crate::domain::duplicate::{Alike, Proposal, near};
use crate::domain::id::Id;
use rusqlite::Connection;
use std::collections::{BTreeMap, HashSet};

/// Whoever shares an address with more people than this shares a switchboard or an office, not a person.
const SHARED: i64 = 3;
/// People of one account that are compared with each other.
const COMPARED: usize = 200;

/// Pairs with an address in common; the index finds the keys that occur more than once.
fn by_key(db: &Connection, table: &str, shown: &str) -> Result<Vec<(i64, i64, String)>> {
    let sql = format!(
        "select a.contact_id, b.contact_id, b.{shown}
         from (select key from {table} where key is not null group by key having count(*) between 2 and {SHARED}) k
         cross join {table} a on a.key = k.key cross join {table} b on b.key = k.key and b.contact_id > a.contact_id
         cross join contact c on c.id = a.contact_id and c.archived_on is null and c.id <> 1
         cross join contact d on d.id = b.contact_id and d.archived_on is null order by k.key"
    );
    rows(db, &sql, [], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

impl Store {
    /// Pairs that look like one person and were not told apart, the surest first, `limit` at most.
    pub fn duplicates(&self, limit: usize) -> Result<Vec<Proposal>> {
        let _moment = self.moment()?;
        let apart: HashSet<(i64, i64)> = rows(
            &self.db,
            "select contact_id, other_id from apart",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?
        .into_iter()
        .collect();
        let mut pairs: BTreeMap<(i64, i64), Alike> = BTreeMap::new();
        let mut found_first = Vec::new();
        let mut take = |pair: (i64, i64), alike: Alike| {
            if !apart.contains(&pair) && !pairs.contains_key(&pair) {
                pairs.insert(pair, alike);
                found_first.push(pair);
            }
        };
        for (one, other, address) in by_key(&self.db, "email", "address")? {
            take((one, other), Alike::Email(address));
        }
        for (one, other, number) in by_key(&self.db, "phone", "number")? {
            take((one, other), Alike::Phone(number));
        }
        for (one, other) in self.near_at_one_account()? {
            take((one, other), Alike::Name);
        }
        let mut found = Vec::new();
        for pair in found_first.into_iter().take(limit) {
            let (older, newer) = (Id::from_raw(pair.0), Id::from_raw(pair.1));
            if let Some(alike) = pairs.remove(&pair) {
                found.push(Proposal {
                    older,
                    older_name: self.name(older)?,
                    newer,
                    newer_name: self.name(newer)?,
                    alike,
                });
            }
        }
        Ok(found)
    }

    fn near_at_one_account(&self) -> Result<Vec<(i64, i64)>> {
        let sql = "select account_id, id, name from contact where account_id is not null and archived_on is null and id <> 1 order by account_id, id";
        let people = rows(&self.db, sql, [], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, String>(2)?,
            ))
        })?;
        let mut pairs = Vec::new();
        for colleagues in people.chunk_by(|a, b| a.0 == b.0) {
            let colleagues = colleagues.get(..COMPARED).unwrap_or(colleagues);
            for (at, (_, one, name)) in colleagues.iter().enumerate() {
                for (_, other, other_name) in colleagues.iter().skip(at + 1) {
                    if near(name, other_name) {
                        pairs.push((*one, *other));
                    }
                }
            }
        }
        Ok(pairs)
    }
}
