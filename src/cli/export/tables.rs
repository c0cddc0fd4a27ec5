//! Every list of the book as a table, one file a list: every row, with the names of those it is about beside their ids, days and moments
//! as everybody writes them, favours in whole chits and amounts in whole units of their currency.

use super::super::args::{LISTS, Listed};
use super::super::desk::Failure;
use super::lists::Rows;
use crate::domain::money::minor_digits;
use crate::store::{Row, Store};
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Columns that only the program needs: how a number or an address is found, copies of what another table says.
const LEFT_OUT: [(&str, &str); 8] = [
    ("phone", "key"),
    ("email", "key"),
    ("party", "wall"),
    ("party", "kind"),
    ("party", "direction"),
    ("vdir_card", "print"),
    ("vdir_card", "book_card"),
    ("vdir_card", "file_card"),
];
/// Columns that say yes or no.
const YES: [&str; 7] = [
    "ghost",
    "mentor",
    "yearly",
    "pending",
    "given",
    "own",
    "whole_day",
];
/// Columns that hold an id of somebody whose name goes before it.
const PEOPLE: [(&str, &str); 9] = [
    ("contact_id", "who"),
    ("from_id", "from"),
    ("to_id", "to"),
    ("giver_id", "giver"),
    ("receiver_id", "receiver"),
    ("referrer_id", "referrer"),
    ("prospect_id", "prospect"),
    ("other_id", "other"),
    ("listens_to", "listens_to"),
];
/// The same of accounts and tags.
const OTHERS: [(&str, &str); 4] = [
    ("account_id", "account"),
    ("referrer_account_id", "referrer_account"),
    ("prospect_account_id", "prospect_account"),
    ("tag_id", "tag"),
];

/// How a cell is made of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Make {
    Plain,
    Yes,
    ByWhom,
    Name,
    Halves,
    Amount,
    Moment,
}

/// A column of a list.
struct Column {
    header: String,
    of: String,
    make: Make,
}

/// What the columns of a table become.
fn columns(table: &str, names: &[String]) -> Vec<Column> {
    let mut columns = Vec::new();
    let mut put = |header: &str, of: &str, make| {
        columns.push(Column {
            header: header.to_owned(),
            of: of.to_owned(),
            make,
        });
    };
    for name in names {
        let whose = PEOPLE.iter().chain(&OTHERS).find(|(of, _)| of == name);
        match name.as_str() {
            "offset_minutes" => {}
            of if LEFT_OUT.contains(&(table, of)) => {}
            of if whose.is_some() => {
                let (_, word) = whose.copied().unwrap_or_default();
                // A table may have a column of that name itself.
                let taken = names.iter().any(|other| other == word && other != of);
                let word = if taken { "contact" } else { word };
                put(word, of, Make::Name);
                put(&format!("{word}_id"), of, Make::Plain);
            }
            "words" => put("line", "words", Make::Plain),
            "result_words" => put("result_line", "result_words", Make::Plain),
            "mine" => put("by", "mine", Make::ByWhom),
            "halves" => put("worth", "halves", Make::Halves),
            "amount" => put("amount", "amount", Make::Amount),
            of if of == "at" || of.ends_with("_at") => put(of, of, Make::Moment),
            of if YES.contains(&of) => put(of, of, Make::Yes),
            of => put(of.strip_suffix("_day").unwrap_or(of), of, Make::Plain),
        }
    }
    columns
}

/// The names of everybody and everything that rows refer to, by their ids.
pub(super) struct Names(HashMap<String, String>);

impl Names {
    /// Reads them.
    pub(super) fn of(book: &Store) -> Result<Self, Failure> {
        let mut names = HashMap::new();
        for table in ["contact", "account", "tag"] {
            book.each_row(table, |row| {
                if let (Some(Value::String(id)), Some(Value::String(name))) =
                    (row.get("id"), row.get("name"))
                {
                    names.insert(format!("{table} {id}"), name.clone());
                }
                Ok::<(), Failure>(())
            })?;
        }
        Ok(Names(names))
    }

    fn name(&self, column: &str, id: &str) -> Value {
        let table = match column {
            "tag_id" => "tag",
            of if of.ends_with("account_id") => "account",
            _ => "contact",
        };
        let name = self.0.get(&format!("{table} {id}"));
        name.map_or(Value::Null, |name| Value::from(name.as_str()))
    }
}

impl Column {
    fn value(&self, row: &Row, names: &Names) -> Value {
        let value = row.get(&self.of).unwrap_or(&Value::Null);
        match (self.make, value) {
            (Make::Name, Value::String(id)) => names.name(&self.of, id),
            (Make::Yes, value) => Value::from(value.as_i64() == Some(1)),
            (Make::ByWhom, value) => {
                let mine = value.as_i64() == Some(1);
                Value::from(if mine { "me" } else { "them" })
            }
            (Make::Halves, value) => {
                let whole = |halves: i64| match halves % 2 {
                    0 => Value::from(halves / 2),
                    _ => Value::from(halves as f64 / 2.0),
                };
                value.as_i64().map_or(Value::Null, whole)
            }
            (Make::Amount, value) => value.as_i64().map_or(Value::Null, |minor| {
                let currency = row.get("currency").and_then(Value::as_str);
                Value::from(amount(minor, currency.unwrap_or_default()))
            }),
            (Make::Moment, value) => value.as_i64().map_or(Value::Null, |at| {
                moment(at, row.get("offset_minutes").and_then(Value::as_i64))
            }),
            (_, value) => value.clone(),
        }
    }
}

/// An amount in whole units, as a spreadsheet reads it.
fn amount(minor: i64, currency: &str) -> String {
    let digits = minor_digits(currency);
    let one = 10_u64.pow(digits);
    let sign = if minor < 0 { "-" } else { "" };
    let (whole, part) = (minor.unsigned_abs() / one, minor.unsigned_abs() % one);
    if digits == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{part:0width$}", width = digits as usize)
}

/// A moment with its own distance from UTC, where the row tells one. What the program itself brought along has none.
fn moment(millis: i64, offset: Option<i64>) -> Value {
    let Some(at) = DateTime::<Utc>::from_timestamp_millis(millis).filter(|_| millis != 0) else {
        return Value::Null;
    };
    let offset = offset.and_then(|minutes| i32::try_from(minutes * 60).ok());
    match offset.and_then(FixedOffset::east_opt) {
        Some(zone) => Value::from(at.with_timezone(&zone).to_rfc3339()),
        None => Value::from(at.to_rfc3339_opts(SecondsFormat::Secs, true)),
    }
}

/// Writes one list.
pub(super) fn write(
    book: &Store,
    list: &Listed,
    names: &Names,
    (json, raw): (bool, bool),
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let columns = columns(list.table, &book.columns_of(list.table)?);
    let headers: Vec<&str> = columns
        .iter()
        .map(|column| column.header.as_str())
        .collect();
    let mut rows = Rows::new(&headers, json, raw, out)?;
    book.each_row(list.table, |row| {
        let values = columns.iter().map(|column| column.value(&row, names));
        if json {
            let headers = headers.iter().map(|header| (*header).to_owned());
            let object: Map<String, Value> = headers.zip(values).collect();
            return rows.row(&[], &Value::Object(object));
        }
        let cells: Vec<String> = values.map(cell).collect();
        rows.row(&cells, &Value::Null)
    })?;
    rows.finish()
}

/// A value as a cell.
fn cell(value: Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Writes every list into a folder; how many there are.
pub(super) fn folder(book: &Store, folder: &Path, raw: bool) -> Result<usize, Failure> {
    fs::create_dir_all(folder).map_err(|error| {
        Failure::could(format!(
            "{} could not be made: {error}; nothing was exported",
            folder.display()
        ))
    })?;
    let names = Names::of(book)?;
    for list in &LISTS {
        let path = folder.join(format!("{}.csv", list.word));
        super::to_file(&path, "exported to it", |out| {
            write(book, list, &names, (false, raw), out)?;
            Ok(out.flush()?)
        })?;
    }
    Ok(LISTS.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_moments_are_written_as_everybody_does() {
        let cases = [
            (120_000, "USD", "1200.00"),
            (-5, "EUR", "-0.05"),
            (500, "JPY", "500"),
        ];
        for (minor, currency, expected) in cases {
            assert_eq!(amount(minor, currency), expected);
        }
        assert_eq!(moment(0, None), Value::Null);
        assert_eq!(moment(1_000, None), Value::from("1970-01-01T00:00:01Z"));
        let here = moment(1_000, Some(60));
        assert_eq!(here, Value::from("1970-01-01T01:00:01+01:00"));
    }
}
