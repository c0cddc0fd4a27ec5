//! Every row of the book, out as plain objects and back in: what "JSON of everything" and the demo are made of.
//!
//! Ids leave as their text form, since a JSON number cannot hold them; everything else leaves as the schema has it.

use super::bulk::Bulk;
use super::join::follow::say_as_the_touch;
use super::join::same::{alike, same_things, turned};
use super::journal::{columns, tables};
use super::{Error, Result, Store};
use crate::domain::id::Id;
use crate::domain::text::{clean_line, clean_note};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{OptionalExtension, params_from_iter};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;

/// A row as an object of its columns.
pub type Row = Map<String, Json>;

/// What became of a row that was brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landed {
    /// It was not in the book.
    New,
    /// It was there, equal.
    Same,
    /// It was there and says something else; the book's own was kept.
    Conflicting,
}

/// Columns that hold more than one line; in all others a text is one.
const LONG: [&str; 5] = ["body", "note", "street", "value", "extended"];

/// Whether a column holds an id.
fn is_id(column: &str) -> bool {
    column == "id" || column == "listens_to" || (column.ends_with("_id") && column != "row_id")
}

impl Store {
    /// The tables that hold what a person entered, in an order in which every row's parents come before it (where that is possible).
    pub fn tables() -> impl Iterator<Item = &'static str> {
        tables()
    }

    /// The names of a table's columns, in the order of the schema.
    pub fn columns_of(&self, table: &str) -> Result<Vec<String>> {
        columns(&self.db, table)
    }

    /// The tables of the JSON of everything: those, and the notes that were begun and not filed.
    pub fn tables_of_everything() -> impl Iterator<Item = &'static str> {
        tables().chain(["draft"])
    }

    /// Hands every row of a table to `each`, by rising id.
    pub fn each_row<E: From<Error>>(
        &self,
        table: &str,
        mut each: impl FnMut(Row) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let known = Self::tables_of_everything()
            .find(|known| *known == table)
            .ok_or_else(|| Error::refused(format!("there is no table \"{table}\"")))?;
        let names = columns(&self.db, known)?;
        let mut statement = self
            .db
            .prepare(&format!("select * from {known} order by id"))
            .map_err(Error::from)?;
        let mut rows = statement.query([]).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            let mut object = Row::new();
            for (at, name) in names.iter().enumerate() {
                object.insert(
                    name.clone(),
                    json_of(name, row.get_ref(at).map_err(Error::from)?),
                );
            }
            each(object)?;
        }
        Ok(())
    }
}

fn json_of(column: &str, value: ValueRef<'_>) -> Json {
    match value {
        ValueRef::Null => Json::Null,
        ValueRef::Integer(id) if is_id(column) => Json::from(Id::from_raw(id).text()),
        ValueRef::Integer(number) => Json::from(number),
        ValueRef::Real(number) => Json::from(number),
        ValueRef::Text(text) | ValueRef::Blob(text) => Json::from(String::from_utf8_lossy(text)),
    }
}

fn value_of(column: &str, json: &Json) -> Result<Value> {
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Integer(i64::from(*yes)),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Integer(whole),
            None => Value::Real(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) if is_id(column) => {
            let id: Id = serde_json::from_value(json.clone())
                .map_err(|_| Error::refused(format!("\"{text}\" in {column} is not an id")))?;
            Value::Integer(id.raw())
        }
        Json::String(text) if LONG.contains(&column) => Value::Text(clean_note(text)),
        Json::String(text) => Value::Text(clean_line(text)),
        Json::Array(_) | Json::Object(_) => {
            return Err(Error::refused(format!(
                "{column} holds a list or an object where a plain value belongs"
            )));
        }
    })
}

/// A row as the book has it now. Version 1 kept what was said of a rival where the line of the note stands today.
fn as_now<'a>(table: &str, row: &'a Row) -> Cow<'a, Row> {
    if table != "rival" || row.contains_key("what") {
        return Cow::Borrowed(row);
    }
    let mut row = row.clone();
    if let Some(said) = row.insert("words".to_owned(), Json::from("")) {
        row.insert("what".to_owned(), said);
    }
    Cow::Owned(row)
}

/// The columns as SQL names them.
fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    quoted.join(", ")
}

/// Whether somebody ever changed a row of another book: what a book begins with says nothing against what another begins with.
fn is_filled_in(row: &Row) -> bool {
    row.get("changed_at").and_then(Json::as_i64) > Some(0)
}

impl Bulk<'_> {
    /// Brings one row in, as [`Store::each_row`] gave it out. A row the book already has (by id) is never overwritten; the one
    /// exceptions are the rep's own row and the tiers where they were filled in there and never here. What the book has under another id
    /// (an account of that name) stays, and whatever comes later refers to that.
    pub fn bring(&mut self, table: &str, row: &Row) -> Result<Landed> {
        let known = Store::tables_of_everything()
            .find(|known| *known == table)
            .ok_or_else(|| {
                Error::refused(format!(
                    "there is no table \"{table}\" in this version of the book"
                ))
            })?;
        self.brought(known);
        let row = &as_now(known, row);
        let names = columns(self.db(), known)?;
        if let Some(odd) = row.keys().find(|key| !names.contains(key)) {
            return Err(Error::refused(format!(
                "{table} has no column \"{odd}\" in this version of the book"
            )));
        }
        let given: Vec<String> = names
            .into_iter()
            .filter(|name| row.contains_key(name))
            .collect();
        let values = given
            .iter()
            .map(|name| value_of(name, &row[name]))
            .collect::<Result<Vec<_>>>()?;
        let mut values = turned(&self.alike, &given, values);
        if known == "party" {
            say_as_the_touch(self.db(), &given, &mut values)?;
        }
        let at = given.iter().position(|name| *name == "id");
        let Some(Value::Integer(id)) = at.map(|at| values[at].clone()) else {
            return Err(Error::refused(format!("a row of {table} has no id")));
        };
        match self.present(known, &given, id)? {
            None => match self.under_another_id(known, &given, &values)? {
                Some(same) => self.bring_as(known, (id, same), &given, &values),
                None => self.put(known, &given, values, None),
            },
            Some(present) if present == values => Ok(Landed::Same),
            Some(_) if is_filled_in(row) && self.never_filled_in(known, id)? => {
                self.put(known, &given, values, Some(id))
            }
            Some(_) => Ok(Landed::Conflicting),
        }
    }

    /// The row the book has of an id.
    fn present(&self, table: &str, given: &[String], id: i64) -> Result<Option<Vec<Value>>> {
        let sql = format!("select {} from {table} where id = ?1", quoted(given));
        let mut statement = self.db().prepare_cached(&sql)?;
        let count = given.len();
        let found = statement.query_row([id], |row| (0..count).map(|at| row.get(at)).collect());
        Ok(found.optional()?)
    }

    /// The row the schema does not let this one stand beside.
    fn under_another_id(
        &self,
        table: &str,
        given: &[String],
        values: &[Value],
    ) -> Result<Option<i64>> {
        for alike in alike(table).filter(|alike| alike.unique) {
            let same = same_things(self.db(), alike, given, values)?;
            if let Some(same) = same.first() {
                return Ok(Some(*same));
            }
        }
        Ok(None)
    }

    /// A row that the book has under another id: the first is its own, the second the book's.
    fn bring_as(
        &mut self,
        table: &'static str,
        (id, same): (i64, i64),
        given: &[String],
        values: &[Value],
    ) -> Result<Landed> {
        self.alike.entry(table).or_default().insert(id, same);
        let present = self.present(table, given, same)?.unwrap_or_default();
        let by: Vec<&str> = alike(table).flat_map(|alike| alike.by).copied().collect();
        let told = |name: &str| !["id", "changed_at"].contains(&name) && !by.contains(&name);
        let mut pairs = given.iter().zip(present.iter().zip(values));
        let equal = pairs.all(|(name, (mine, theirs))| !told(name) || mine == theirs);
        Ok(if equal {
            Landed::Same
        } else {
            Landed::Conflicting
        })
    }

    /// Puts a row in, or in the place of the one of this id.
    fn put(
        &mut self,
        table: &str,
        given: &[String],
        mut values: Vec<Value>,
        instead: Option<i64>,
    ) -> Result<Landed> {
        let (quoted, marks) = (quoted(given), vec!["?"; given.len()].join(", "));
        let sql = match instead {
            None => format!("insert into {table} ({quoted}) values ({marks})"),
            Some(id) => {
                values.push(Value::Integer(id));
                format!("update {table} set ({quoted}) = ({marks}) where id = ?")
            }
        };
        self.row(&sql, &values)?;
        Ok(Landed::New)
    }

    /// Whether a row that every book begins with is as it was then: the rep's own, or a tier's.
    fn never_filled_in(&self, table: &str, id: i64) -> Result<bool> {
        if table != "tier" && !(table == "contact" && id == Id::ME.raw()) {
            return Ok(false);
        }
        let sql = format!("select changed_at = 0 from {table} where id = ?1");
        Ok(self
            .db()
            .query_row(&sql, params_from_iter([id]), |row| row.get(0))?)
    }

    /// Rows may refer to rows that come later: references are checked when the import is finished. Only a row that the book has under
    /// another id must come before those that refer to it, as an export has them.
    pub fn any_order(&self) -> Result<()> {
        Ok(self.db().execute_batch("pragma defer_foreign_keys = on")?)
    }
}
