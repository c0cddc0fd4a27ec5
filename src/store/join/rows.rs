//! A table row by row: what only the other book has comes, what differs is judged by who changed it, and nothing is twice here that
//! there is to be once.

use super::same::{alike, same_things, turned, value};
use super::{Merge, Preferred, Result};
use rusqlite::OptionalExtension;
use rusqlite::types::Value;

/// Tables of which one thing that both made is put together from what each says of it.
const PUT_TOGETHER: [&str; 5] = ["account", "tag", "seat", "link", "touch"];

/// A table with the columns that both books have.
#[derive(Clone, Copy)]
pub(super) struct Shape<'s> {
    pub table: &'static str,
    pub names: &'s [String],
}

impl Shape<'_> {
    /// What a row says, but when it was written.
    fn told(&self, row: &[Value]) -> Vec<Value> {
        let own = self.names.iter().zip(row);
        own.filter(|(name, _)| *name != "changed_at")
            .map(|(_, value)| value.clone())
            .collect()
    }

    fn when(&self, row: &[Value]) -> i64 {
        match value(self.names, row, "changed_at") {
            Some(Value::Integer(at)) => *at,
            _ => 0,
        }
    }
}

/// How far a row got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Got {
    Done,
    /// Its name is another's here, which may have a new one by the end of the table.
    Waits,
    /// It is not here; whether another is the same thing is known at the end of the table.
    New,
}

/// Whether nothing was said.
fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty() || text == "unknown",
        _ => false,
    }
}

/// Fills in what one row leaves open from the other, both ways.
fn fill(mine: &mut [Value], theirs: &mut [Value]) {
    for (mine, theirs) in mine.iter_mut().zip(theirs) {
        if empty(mine) {
            *mine = theirs.clone();
        } else if empty(theirs) {
            *theirs = mine.clone();
        }
    }
}

impl Merge<'_, '_> {
    /// A table of rows: first those that are here too, then those that are not.
    pub(super) fn rows(&mut self, table: &'static str) -> Result<()> {
        let names = self.columns(table)?;
        let shape = Shape {
            table,
            names: &names,
        };
        let (mut waiting, mut new) = (Vec::new(), Vec::new());
        let theirs = self.theirs;
        let all = format!("select {} from {table} order by id", names.join(", "));
        let mut statement = theirs.prepare(&all)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let values = (0..names.len())
                .map(|at| row.get(at))
                .collect::<rusqlite::Result<Vec<Value>>>()?;
            let id: i64 = row.get(0)?;
            match self.row(shape, id, values, false)? {
                Got::Done => {}
                Got::Waits => waiting.push(id),
                Got::New => new.push(id),
            }
        }
        for id in waiting.into_iter().chain(new) {
            if let Some(values) = Self::row_of(theirs, table, &names, id)? {
                self.row(shape, id, values, true)?;
            }
        }
        Ok(())
    }

    /// One row; `last` says that nothing more comes that could make room for it.
    fn row(&mut self, shape: Shape<'_>, id: i64, values: Vec<Value>, last: bool) -> Result<Got> {
        let Shape { table, names } = shape;
        let mut values = turned(&self.ids, names, values);
        if let Some(present) = self.here(table, names, id)? {
            return self.compare(shape, (id, id), &present, values, last);
        }
        if alike(table).next().is_some() && !last {
            return Ok(Got::New);
        }
        let Some((same, keys)) = self.same_as(shape, id, &values)? else {
            self.arrive(shape, id, &values)?;
            return Ok(Got::Done);
        };
        let Some(present) = self.here(table, names, same)? else {
            return Ok(Got::Done);
        };
        self.is_here_as(table, id, same);
        for (at, name) in names.iter().enumerate() {
            if (name == "id" || keys.contains(&name.as_str()))
                && let (Some(value), Some(present)) = (values.get_mut(at), present.get(at))
            {
                *value = present.clone();
            }
        }
        self.compare(shape, (same, id), &present, values, true)
    }

    /// The row of this book that is the same thing as one of theirs, and the columns that say so.
    fn same_as(
        &self,
        shape: Shape<'_>,
        id: i64,
        values: &[Value],
    ) -> Result<Option<(i64, &'static [&'static str])>> {
        let Shape { table, names } = shape;
        if let Some(known) = self.known_as(table, id)? {
            // A name that differs in its capitals only is no other name.
            for alike in alike(table) {
                if same_things(self.mine(), alike, names, values)?.contains(&known) {
                    return Ok(Some((known, alike.by)));
                }
            }
            return Ok(Some((known, &[])));
        }
        for alike in alike(table) {
            for same in same_things(self.mine(), alike, names, values)? {
                let taken = || self.is_taken(table, same);
                if alike.unique || !(self.theirs_has(table, same)? || taken()) {
                    return Ok(Some((same, alike.by)));
                }
            }
        }
        Ok(None)
    }

    /// Whether the other book has a row of this id.
    pub(super) fn theirs_has(&self, table: &str, id: i64) -> Result<bool> {
        let sql = format!("select 1 from {table} where id = ?1");
        Ok(self.theirs.prepare_cached(&sql)?.exists([id])?)
    }

    /// A row of theirs that is not here comes.
    fn arrive(&mut self, shape: Shape<'_>, id: i64, values: &[Value]) -> Result<()> {
        let Shape { table, names } = shape;
        self.insert(table, names, values)?;
        self.joined.count(table).new += 1;
        match table {
            "contact" => {
                self.arrived.insert(id);
            }
            "touch" => {
                self.followed.insert(id, id);
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a row that differs changed on both sides, and whether theirs is taken; `newer` says that it is.
    fn verdict(&self, table: &str, (mine, theirs): (i64, i64), newer: bool) -> (bool, bool) {
        let mine = self.mine_changed.rows.contains(&(table.to_owned(), mine));
        let theirs = self
            .their_changed
            .rows
            .contains(&(table.to_owned(), theirs));
        // What differs since an earlier merge, and nobody touched after it, was settled by it.
        let settled = !mine && !theirs && !self.joined.unknown_past;
        if mine != theirs || settled {
            return (false, theirs);
        }
        (true, self.prefers(newer))
    }

    /// Whether theirs is taken of what changed on both sides.
    pub(super) fn prefers(&self, newer: bool) -> bool {
        match self.preferred {
            Preferred::Newer => newer,
            Preferred::Mine => false,
            Preferred::Theirs => true,
        }
    }

    /// A row that is on both sides: here under the first id, there under the second.
    fn compare(
        &mut self,
        shape: Shape<'_>,
        ids: (i64, i64),
        present: &[Value],
        theirs: Vec<Value>,
        last: bool,
    ) -> Result<Got> {
        let Shape { table, names } = shape;
        if table == "touch" && self.follows(ids) {
            self.followed.insert(ids.1, ids.0);
        }
        if shape.told(present) == shape.told(&theirs) {
            self.joined.count(table).same += 1;
            return Ok(Got::Done);
        }
        let newer = shape.when(&theirs) > shape.when(present);
        let (both, take) = self.verdict(table, ids, newer);
        let (mut mine, mut theirs) = (present.to_vec(), theirs);
        if both && ids.0 != ids.1 && PUT_TOGETHER.contains(&table) {
            fill(&mut mine, &mut theirs);
        }
        let mut result = if take { theirs.clone() } else { mine.clone() };
        let clashes = both && shape.told(&mine) != shape.told(&theirs);
        let held = match self.held(shape, ids.0, &result)? {
            Some((other, _)) if !last && self.theirs_has(table, other)? => return Ok(Got::Waits),
            held => held.map(|(_, keys)| keys),
        };
        if let Some(keys) = held {
            // Another here has that name: this one keeps its own.
            let mut named = present.to_vec();
            for at in (0..names.len()).filter(|at| keys.contains(&names[*at].as_str())) {
                named[at] = std::mem::replace(&mut result[at], present[at].clone());
                theirs[at] = mine[at].clone();
            }
            self.clash(table, names, (present, &named), false)?;
        }
        if clashes {
            self.clash(table, names, (&mine, &theirs), take)?;
        }
        let changed = shape.told(&result) != shape.told(present);
        let counts = self.joined.count(table);
        match (clashes || held.is_some(), changed) {
            (true, _) => counts.clashing += 1,
            (false, true) => counts.taken += 1,
            (false, false) => counts.kept += 1,
        }
        if changed {
            self.update(shape, ids.0, result)?;
        }
        Ok(Got::Done)
    }

    /// The other row here that has already what a row is to be told by, and the columns that are.
    fn held(
        &self,
        shape: Shape<'_>,
        id: i64,
        values: &[Value],
    ) -> Result<Option<(i64, &'static [&'static str])>> {
        for alike in alike(shape.table).filter(|alike| alike.unique) {
            let same = same_things(self.mine(), alike, shape.names, values)?;
            if let Some(other) = same.into_iter().find(|other| *other != id) {
                return Ok(Some((other, alike.by)));
            }
        }
        Ok(None)
    }

    fn update(&mut self, shape: Shape<'_>, id: i64, mut values: Vec<Value>) -> Result<()> {
        let Shape { table, names } = shape;
        let marks = vec!["?"; names.len()].join(", ");
        let sql = format!(
            "update {table} set ({}) = ({marks}) where id = ?",
            names.join(", ")
        );
        values.push(Value::Integer(id));
        self.write(&sql, &values)
    }

    /// A new row of this book.
    pub(super) fn insert(&mut self, table: &str, names: &[String], values: &[Value]) -> Result<()> {
        let marks = vec!["?"; names.len()].join(", ");
        let sql = format!(
            "insert into {table} ({}) values ({marks})",
            names.join(", ")
        );
        self.write(&sql, values)
    }

    /// Changes this book.
    pub(super) fn write(&mut self, sql: &str, values: &[Value]) -> Result<()> {
        self.bulk.row(sql, values)?;
        self.joined.wrote = true;
        Ok(())
    }

    /// A row of a book.
    pub(super) fn row_of(
        db: &rusqlite::Connection,
        table: &str,
        names: &[String],
        id: i64,
    ) -> Result<Option<Vec<Value>>> {
        let sql = format!("select {} from {table} where id = ?1", names.join(", "));
        let mut statement = db.prepare_cached(&sql)?;
        let count = names.len();
        let read = |row: &rusqlite::Row<'_>| (0..count).map(|at| row.get(at)).collect();
        Ok(statement.query_row([id], read).optional()?)
    }

    /// A row of this book.
    pub(super) fn here(
        &self,
        table: &str,
        names: &[String],
        id: i64,
    ) -> Result<Option<Vec<Value>>> {
        Self::row_of(self.mine(), table, names, id)
    }
}
