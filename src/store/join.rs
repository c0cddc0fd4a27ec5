//! Two copies of a book that lived apart become one: everything of both, by the identities of the rows.
//!
//! Which rows changed on which side is what the two journals say since their last common step. A row that changed on one side is taken
//! from there; of one that changed on both, one side is taken and both values are told. What only one side has stays: merging takes
//! nothing away. Rows that both sides made of the same thing (an account of one name, a touch of one e-mail) are one row. What a card
//! lists (telephones, addresses, tags …) is written anew with each edit, so there the list of a person is what changed, not its rows.

mod clash;
mod lists;
mod past;

use super::backup::{Source, source};
use super::bulk::Bulk;
use super::journal::{columns, tables};
use super::standing::{set, setting};
use super::{Result, Store};
use crate::domain::id::Id;
use past::{Changes, StepMark, parted, steps};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
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

/// What makes two rows of a table the same thing, whatever their ids.
const SAME: [(&str, &[&str]); 11] = [
    ("account", &["name"]),
    ("tag", &["name"]),
    ("touch", &["source", "source_key"]),
    ("party", &["contact_id", "touch_id"]),
    ("mention", &["contact_id", "touch_id"]),
    ("apart", &["contact_id", "other_id"]),
    ("suggestion", &["source", "source_key"]),
    ("suggested", &["contact_id", "suggestion_id"]),
    ("account_identity", &["uid"]),
    ("vdir_card", &["folder", "file"]),
    ("mail", &["id"]),
];

/// Columns that refer to rows which may have another id here.
const REFERS: [(&str, &str); 7] = [
    ("account_id", "account"),
    ("referrer_account_id", "account"),
    ("prospect_account_id", "account"),
    ("tag_id", "tag"),
    ("touch_id", "touch"),
    ("result_touch_id", "touch"),
    ("suggestion_id", "suggestion"),
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
}

impl Joined {
    fn count(&mut self, table: &'static str) -> &mut Counts {
        self.tables.entry(table).or_default()
    }

    /// Whether anything of the other book was taken over.
    pub fn changed(&self) -> bool {
        let mut tables = self.tables.values();
        tables.any(|counts| counts.new + counts.taken > 0)
            || self.clashes.iter().any(|clash| clash.taken)
    }
}

/// An earlier merge: their last step then, and ours.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Before {
    theirs: StepMark,
    mine: i64,
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
    /// Ids of theirs that are others here, by table.
    ids: HashMap<&'static str, HashMap<i64, i64>>,
    /// People who came with this merge, or came back: all of their lists is theirs.
    arrived: HashSet<i64>,
    joined: Joined,
}

impl Bulk<'_> {
    /// Everything of another book.
    pub fn join(&mut self, other: &Other, preferred: Preferred) -> Result<Joined> {
        self.any_order()?;
        let theirs = &other.source.db;
        let step = self.own_step()?;
        let past = parted(self.db(), step, theirs)?;
        let (mine_changed, their_changed) = match past {
            Some((mine, their)) => (
                Changes::since(self.db(), mine)?,
                Changes::since(theirs, their)?,
            ),
            None => (Changes::default(), Changes::default()),
        };
        let mut merge = Merge {
            mine_changed,
            their_changed,
            bulk: self,
            theirs,
            preferred,
            ids: HashMap::new(),
            arrived: HashSet::new(),
            joined: Joined {
                unknown_past: past.is_none(),
                ..Joined::default()
            },
        };
        for table in tables() {
            match LISTS.iter().find(|(list, _)| *list == table) {
                Some((_, told_by)) => merge.lists(table, told_by)?,
                None => merge.rows(table)?,
            }
        }
        let joined = merge.joined;
        if joined.changed()
            && let Some(last) = steps(theirs)?.pop()
        {
            let kept = setting(self.db(), "merged")?.unwrap_or_default();
            let mut before: Vec<Before> = serde_json::from_str(&kept).unwrap_or_default();
            before.retain(|before| before.theirs != last);
            before.push(Before {
                theirs: last,
                mine: step,
            });
            let from = before.len().saturating_sub(REMEMBERED);
            let kept =
                serde_json::to_string(before.get(from..).unwrap_or_default()).unwrap_or_default();
            set(self.db(), "merged", &kept)?;
        }
        Ok(joined)
    }

    /// The number of the step that is open.
    fn own_step(&self) -> Result<i64> {
        Ok(self
            .db()
            .query_row("select coalesce(max(id), 0) from step", [], |row| {
                row.get(0)
            })?)
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

    /// A row of theirs with its references turned to the rows here.
    fn turned(&self, names: &[String], mut values: Vec<Value>) -> Vec<Value> {
        for (name, value) in names.iter().zip(&mut values) {
            let Some((_, table)) = REFERS.iter().find(|(column, _)| column == name) else {
                continue;
            };
            if let Value::Integer(id) = value
                && let Some(here) = self.ids.get(table).and_then(|ids| ids.get(id))
            {
                *id = *here;
            }
        }
        values
    }

    /// A row of this book.
    fn here(&self, table: &str, names: &[String], id: i64) -> Result<Option<Vec<Value>>> {
        let sql = format!("select {} from {table} where id = ?1", names.join(", "));
        let mut statement = self.mine().prepare_cached(&sql)?;
        let count = names.len();
        let read = |row: &rusqlite::Row<'_>| (0..count).map(|at| row.get(at)).collect();
        Ok(statement.query_row([id], read).optional()?)
    }

    /// The id of the row of this book that is the same thing as a row of theirs.
    fn same_thing(&self, table: &str, names: &[String], values: &[Value]) -> Result<Option<i64>> {
        let Some((_, told_by)) = SAME.iter().find(|(known, _)| *known == table) else {
            return Ok(None);
        };
        let given: Vec<&Value> = told_by
            .iter()
            .filter_map(|column| names.iter().position(|name| name == column))
            .filter_map(|at| values.get(at))
            .collect();
        if given.iter().any(|value| **value == Value::Null) {
            return Ok(None);
        }
        let conditions: Vec<String> = told_by
            .iter()
            .zip(1..)
            .map(|(column, at)| {
                let collate = if *column == "name" {
                    " collate nocase"
                } else {
                    ""
                };
                format!("{column} = ?{at}{collate}")
            })
            .collect();
        let sql = format!(
            "select id from {table} where {} limit 1",
            conditions.join(" and ")
        );
        let mut statement = self.mine().prepare_cached(&sql)?;
        Ok(statement
            .query_row(params_from_iter(given), |row| row.get(0))
            .optional()?)
    }

    /// A table of rows.
    fn rows(&mut self, table: &'static str) -> Result<()> {
        let names = self.columns(table)?;
        let theirs = self.theirs;
        let mut statement = theirs.prepare(&format!(
            "select {} from {table} order by id",
            names.join(", ")
        ))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let values = (0..names.len())
                .map(|at| row.get(at))
                .collect::<rusqlite::Result<Vec<Value>>>()?;
            let id: i64 = row.get(0)?;
            let values = self.turned(&names, values);
            self.row(table, &names, id, values)?;
        }
        Ok(())
    }

    /// A row that is not here: it comes, unless another one here is the same thing.
    fn arrive(
        &mut self,
        table: &'static str,
        names: &[String],
        id: i64,
        values: &[Value],
    ) -> Result<()> {
        if let Some(same) = self.same_thing(table, names, values)? {
            self.ids.entry(table).or_default().insert(id, same);
            self.joined.count(table).same += 1;
            return Ok(());
        }
        let marks = vec!["?"; names.len()].join(", ");
        let sql = format!(
            "insert into {table} ({}) values ({marks})",
            names.join(", ")
        );
        self.bulk.row(&sql, values)?;
        self.joined.count(table).new += 1;
        if table == "contact" {
            self.arrived.insert(id);
        }
        Ok(())
    }

    /// Whether a row that differs changed on both sides, and whether theirs is taken; `newer` says that it is.
    fn verdict(&self, table: &str, id: i64, newer: bool) -> (bool, bool) {
        let key = (table.to_owned(), id);
        let mine = self.mine_changed.rows.contains(&key);
        let theirs = self.their_changed.rows.contains(&key);
        // What differs since an earlier merge, and nobody touched after it, was settled by it.
        let settled = !mine && !theirs && !self.joined.unknown_past;
        if mine != theirs || settled {
            return (false, theirs);
        }
        let take = match self.preferred {
            Preferred::Newer => newer,
            Preferred::Mine => false,
            Preferred::Theirs => true,
        };
        (true, take)
    }

    fn row(
        &mut self,
        table: &'static str,
        names: &[String],
        id: i64,
        values: Vec<Value>,
    ) -> Result<()> {
        let Some(present) = self.here(table, names, id)? else {
            return self.arrive(table, names, id, &values);
        };
        let at_change = names.iter().position(|name| name == "changed_at");
        let told = |row: &[Value]| -> Vec<Value> {
            let own = row
                .iter()
                .enumerate()
                .filter(|(at, _)| Some(*at) != at_change);
            own.map(|(_, value)| value.clone()).collect()
        };
        if told(&present) == told(&values) {
            self.joined.count(table).same += 1;
            return Ok(());
        }
        let when = |row: &[Value]| match at_change.and_then(|at| row.get(at)) {
            Some(Value::Integer(at)) => *at,
            _ => 0,
        };
        let newer = when(&values) > when(&present);
        let (both, take) = self.verdict(table, id, newer);
        if both {
            self.clash(table, names, (&present, &values), take)?;
        }
        let counts = self.joined.count(table);
        match (both, take) {
            (true, _) => counts.clashing += 1,
            (false, true) => counts.taken += 1,
            (false, false) => counts.kept += 1,
        }
        if take {
            let marks = vec!["?"; names.len()].join(", ");
            let sql = format!(
                "update {table} set ({}) = ({marks}) where id = ?",
                names.join(", ")
            );
            let mut values = values;
            values.push(Value::Integer(id));
            self.bulk.row(&sql, &values)?;
        }
        Ok(())
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
