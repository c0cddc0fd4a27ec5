//! Two copies of a book that lived apart become one: everything of both, by the identities of the rows.
//!
//! Which rows changed on which side is what the two journals say since their last common step. A row that changed on one side is taken
//! from there; of one that changed on both, one side is taken and both values are told. What only one side has stays: merging takes
//! nothing away. Rows that both sides made of the same thing (an account of one name, a touch of one e-mail) are one row. What a card
//! lists (telephones, addresses, tags …) is written anew with each edit, so there the list of a person is what changed, not its rows.

mod clash;
mod drafts;
pub(super) mod follow;
mod known;
mod lists;
mod past;
mod plans;
mod rows;
pub(super) mod same;

use super::backup::{Source, source};
use super::bulk::Bulk;
use super::journal::{columns, tables};
use super::standing::{set, setting};
use super::{Result, Store};
use crate::domain::id::Id;
use follow::FOLLOWERS;
use past::{Before, Changes, parted, steps};
use rusqlite::types::Value;
use rusqlite::{Connection, params};
use same::Ids;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

/// Tables whose rows are a person's list, and the columns that tell one entry from another.
const LISTS: [(&str, &[&str]); 7] = [
    ("phone", &["label", "number"]),
    ("email", &["label", "key"]),
    ("web", &["label", "url"]),
    (
        "address",
        &[
            "label", "po_box", "extended", "street", "city", "region", "postcode", "country",
        ],
    ),
    ("extra", &["source", "name", "value"]),
    ("tagging", &["tag_id"]),
    ("key_date", &["label", "on_day"]),
];

/// How many earlier merges are remembered.
const REMEMBERED: usize = 10;

/// Which side of a row is taken that changed on both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preferred {
    /// The one that was changed later.
    #[default]
    Newer,
    /// This book's.
    Mine,
    /// The other's.
    Theirs,
}

/// Counts of one table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that only the other book had.
    pub new: u64,
    /// Rows that both have alike.
    pub same: u64,
    /// Rows that changed there and were taken over.
    pub taken: u64,
    /// Rows that changed here and stay.
    pub kept: u64,
    /// Rows that changed on both sides.
    pub clashing: u64,
}

/// A value that changed on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The table.
    pub table: &'static str,
    /// What the row is about, as far as it can be said.
    pub about: String,
    /// The column.
    pub column: String,
    /// What this book says.
    pub mine: String,
    /// What the other says.
    pub theirs: String,
    /// Whether the other's was taken.
    pub taken: bool,
}

/// What a merge came to.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// Counts by table, in the order of the tables; those without rows are left out.
    pub tables: BTreeMap<&'static str, Counts>,
    /// What changed on both sides.
    pub clashes: Vec<Clash>,
    /// Whether the journals do not reach back to when the books were one: then whatever differs counts as changed on both sides.
    pub unknown_past: bool,
    /// Whether anything was written.
    wrote: bool,
}

impl Joined {
    fn count(&mut self, table: &'static str) -> &mut Counts {
        self.tables.entry(table).or_default()
    }

    /// Whether anything of the other book was taken over.
    pub fn changed(&self) -> bool {
        self.wrote
    }
}

/// The other book, open for reading.
#[derive(Debug)]
pub struct Other {
    source: Source,
}

impl Store {
    /// Opens another book for merging; it stays as it is. One of an earlier version is read as a copy.
    pub fn another(&self, path: &Path) -> Result<Other> {
        let source = source(path, &self.path)?;
        Ok(Other { source })
    }
}

/// A merge under way.
struct Merge<'a, 'b> {
    bulk: &'a mut Bulk<'b>,
    theirs: &'a Connection,
    preferred: Preferred,
    mine_changed: Changes,
    their_changed: Changes,
    /// Drafts saved up to this moment were in both books.
    seen: Option<i64>,
    /// Ids of theirs that are others here, by table.
    ids: Ids,
    /// Those that earlier merges found.
    known: Ids,
    /// Rows here that are one of theirs under another id.
    taken: HashSet<(&'static str, i64)>,
    /// People who came with this merge, or came back: all of their lists is theirs.
    arrived: BTreeSet<i64>,
    /// Touches whose lists have to be looked at: their id there, and here.
    followed: BTreeMap<i64, i64>,
    joined: Joined,
}

impl Bulk<'_> {
    /// Everything of another book, as it is at this moment.
    pub fn join(&mut self, other: &Other, preferred: Preferred) -> Result<Joined> {
        self.any_order()?;
        let theirs = &other.source.db;
        let moment = theirs.unchecked_transaction()?;
        let step = self.step;
        let past = parted(self.db(), step, theirs)?;
        let (mine_changed, their_changed) = match &past {
            Some(past) => (
                Changes::since(self.db(), past.mine)?,
                Changes::since(theirs, past.theirs)?,
            ),
            None => (Changes::default(), Changes::default()),
        };
        let mut merge = Merge {
            mine_changed,
            their_changed,
            seen: past.as_ref().map(|past| past.seen),
            ids: Ids::new(),
            known: known::known(self.db(), theirs)?,
            taken: HashSet::new(),
            bulk: self,
            theirs,
            preferred,
            arrived: BTreeSet::new(),
            followed: BTreeMap::new(),
            joined: Joined {
                unknown_past: past.is_none(),
                ..Joined::default()
            },
        };
        merge.everything()?;
        if merge.joined.changed() {
            merge.remember(step)?;
        }
        let joined = merge.joined;
        drop(moment);
        Ok(joined)
    }
}

/// A value as a person reads it.
fn said(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(_) => "…".to_owned(),
    }
}

impl Merge<'_, '_> {
    fn mine(&self) -> &Connection {
        self.bulk.db()
    }

    /// The columns both books have of a table.
    fn columns(&self, table: &str) -> Result<Vec<String>> {
        columns(self.theirs, table)
    }

    fn everything(&mut self) -> Result<()> {
        for table in tables().filter(|table| !FOLLOWERS.contains(table)) {
            match LISTS.iter().find(|(list, _)| *list == table) {
                Some((_, told_by)) => self.lists(table, told_by)?,
                None => self.rows(table)?,
            }
            if table == "touch" {
                self.follow()?;
            }
        }
        self.one_plan_each()?;
        self.worth_what_came_back()?;
        self.drafts()?;
        let nothing = Counts::default();
        self.joined.tables.retain(|_, counts| *counts != nothing);
        Ok(())
    }

    /// Remembers how far the other book had come, and what of it is under another id here.
    fn remember(&self, step: i64) -> Result<()> {
        let Some(last) = steps(self.theirs)?.pop() else {
            return Ok(());
        };
        let kept = setting(self.mine(), "merged")?.unwrap_or_default();
        let mut before: Vec<Before> = serde_json::from_str(&kept).unwrap_or_default();
        before.retain(|before| before.theirs != last);
        let sql = "select coalesce(max(saved_at), 0) from draft";
        before.push(Before {
            theirs: last,
            mine: step,
            drafts: self.theirs.query_row(sql, [], |row| row.get(0))?,
        });
        let from = before.len().saturating_sub(REMEMBERED);
        let kept =
            serde_json::to_string(before.get(from..).unwrap_or_default()).unwrap_or_default();
        set(self.mine(), "merged", &kept)?;
        self.remember_pairs(step)
    }
}

impl Other {
    /// How many people are in it.
    pub fn count(&self) -> Result<usize> {
        let sql = "select count(*) from contact where id <> ?1";
        let count: i64 = self
            .source
            .db
            .query_row(sql, params![Id::ME.raw()], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }
}
