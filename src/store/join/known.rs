//! Which rows of the two books were found to be the same thing, remembered: one that is renamed later is still that one.

use super::past::stands;
use super::same::Ids;
use super::{Merge, Result, set, setting};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The tables whose rows can change what they are told by.
const RENAMED: [&str; 6] = ["account", "tag", "seat", "link", "review", "review_card"];

/// A pair: the table, the id there, the id here, and the step of the merge that found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Pair(String, i64, i64, i64);

/// The pairs that merges into a book found and that were not undone since.
fn pairs(db: &Connection) -> Result<Vec<Pair>> {
    let kept = setting(db, "same")?.unwrap_or_default();
    let mut pairs: Vec<Pair> = serde_json::from_str(&kept).unwrap_or_default();
    let mut found: HashMap<i64, bool> = HashMap::new();
    for Pair(.., step) in &pairs {
        if !found.contains_key(step) {
            found.insert(*step, stands(db, *step)?);
        }
    }
    pairs.retain(|Pair(.., step)| found.get(step) == Some(&true));
    Ok(pairs)
}

/// What earlier merges, of either book, found to be the same: ids there, and here.
pub(super) fn known(mine: &Connection, theirs: &Connection) -> Result<Ids> {
    let own = pairs(mine)?
        .into_iter()
        .map(|Pair(table, there, here, _)| (table, there, here));
    let others = pairs(theirs)?
        .into_iter()
        .map(|Pair(table, here, there, _)| (table, there, here));
    let mut ids = Ids::new();
    for (table, there, here) in own.chain(others) {
        if let Some(table) = RENAMED.iter().find(|known| **known == table) {
            ids.entry(table).or_default().insert(there, here);
        }
    }
    Ok(ids)
}

impl Merge<'_, '_> {
    /// The row here that an earlier merge found to be the one of theirs; none where it is gone.
    pub(super) fn known_as(&self, table: &'static str, id: i64) -> Result<Option<i64>> {
        let Some(here) = self.known.get(table).and_then(|ids| ids.get(&id)) else {
            return Ok(None);
        };
        let there = self.here(table, &["id".to_owned()], *here)?.is_some();
        Ok((there && !self.is_taken(table, *here)).then_some(*here))
    }

    /// Whether a row here is one of theirs already.
    pub(super) fn is_taken(&self, table: &'static str, here: i64) -> bool {
        self.taken.contains(&(table, here))
    }

    /// A row of theirs has another id here.
    pub(super) fn is_here_as(&mut self, table: &'static str, there: i64, here: i64) {
        self.ids.entry(table).or_default().insert(there, here);
        self.taken.insert((table, here));
    }

    /// Remembers what was found, with the step of this merge.
    pub(super) fn remember_pairs(&self, step: i64) -> Result<()> {
        let mut kept = pairs(self.mine())?;
        for table in RENAMED {
            for (there, here) in self.ids.get(table).into_iter().flatten() {
                let told = |pair: &Pair| pair.0 == table && (pair.1, pair.2) == (*there, *here);
                if !kept.iter().any(told) {
                    kept.push(Pair(table.to_owned(), *there, *here, step));
                }
            }
        }
        let kept = serde_json::to_string(&kept).unwrap_or_default();
        set(self.mine(), "same", &kept)
    }
}
