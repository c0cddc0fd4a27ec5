//! Every row of the book, out as plain objects and back in: what "JSON of everything" and the demo are made of.
//!
//! Ids leave as their text form, since a JSON number cannot hold them; everything else leaves as the schema has it.

use super::bulk::Bulk;
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

    /// Hands every row of a table to `each`, by rising id.
    pub fn each_row<E: From<Error>>(
        &self,
        table: &str,
        mut each: impl FnMut(Row) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let known = tables()
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

impl Bulk<'_> {
    /// Brings one row in, as [`Store::each_row`] gave it out. A row the book already has (by id) is never overwritten; the one
    /// exceptions are the rep's own row and the tiers in a book where they were never filled in.
    pub fn bring(&mut self, table: &str, row: &Row) -> Result<Landed> {
        let known = tables().find(|known| *known == table).ok_or_else(|| {
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
        let given: Vec<&String> = names
            .iter()
            .filter(|name| row.contains_key(*name))
            .collect();
        let values = given
            .iter()
            .map(|name| value_of(name, &row[*name]))
            .collect::<Result<Vec<_>>>()?;
        let at = given.iter().position(|name| *name == "id");
        let Some(Value::Integer(id)) = at.map(|at| values[at].clone()) else {
            return Err(Error::refused(format!("a row of {table} has no id")));
        };
        let quoted: Vec<String> = given.iter().map(|name| format!("\"{name}\"")).collect();
        let quoted = quoted.join(", ");
        let present: Option<Vec<Value>> = {
            let mut statement = self
                .db()
                .prepare_cached(&format!("select {quoted} from {known} where id = ?1"))?;
            let count = given.len();
            statement
                .query_row([id], |row| (0..count).map(|at| row.get(at)).collect())
                .optional()?
        };
        let marks = vec!["?"; given.len()].join(", ");
        match present {
            None => {
                self.row(
                    &format!("insert into {known} ({quoted}) values ({marks})"),
                    &values,
                )?;
                Ok(Landed::New)
            }
            Some(present) if present == values => Ok(Landed::Same),
            Some(_) if self.never_filled_in(known, id)? => {
                let mut values = values;
                values.push(Value::Integer(id));
                self.row(
                    &format!("update {known} set ({quoted}) = ({marks}) where id = ?"),
                    &values,
                )?;
                Ok(Landed::New)
            }
            Some(_) => Ok(Landed::Conflicting),
        }
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

    /// Rows may refer to rows that come later: references are checked when the import is finished.
    pub fn any_order(&self) -> Result<()> {
        Ok(self.db().execute_batch("pragma defer_foreign_keys = on")?)
    }
}
