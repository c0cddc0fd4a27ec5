//! JSON of everything: every row of the book, written and read one at a time.
//!
//! The document is `{"chitbook": 1, "tables": {table: [row, …], …}}`. It says nothing of when it was written, so that the same
//! book gives the same bytes. What a row holds is the store's business; this file knows the framing only.

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;
use std::io::{self, Read, Write};

/// The form's version.
const FORM: u64 = 1;

/// A row as an object of its columns.
pub type Row = Map<String, Value>;

/// Writes the document.
#[derive(Debug)]
pub struct Writer<W: Write> {
    out: W,
    tables: usize,
    rows: usize,
}

impl<W: Write> Writer<W> {
    /// Begins a document.
    pub fn new(mut out: W) -> io::Result<Self> {
        write!(out, "{{\"chitbook\":{FORM},\n\"tables\":{{")?;
        Ok(Writer {
            out,
            tables: 0,
            rows: 0,
        })
    }

    /// Begins a table.
    pub fn table(&mut self, name: &str) -> io::Result<()> {
        if self.tables > 0 {
            self.out.write_all(b"],")?;
        }
        self.tables += 1;
        self.rows = 0;
        write!(self.out, "\n{}:[", Value::from(name))
    }

    /// One row of the table begun last.
    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        let before: &[u8] = if self.rows > 0 { b",\n" } else { b"\n" };
        self.out.write_all(before)?;
        self.rows += 1;
        serde_json::to_writer(&mut self.out, row)?;
        Ok(())
    }

    /// Ends the document.
    pub fn finish(mut self) -> io::Result<()> {
        let end: &[u8] = if self.tables > 0 { b"]\n}}\n" } else { b"}}\n" };
        self.out.write_all(end)?;
        self.out.flush()
    }
}

/// Hands every row of a document to `each`, which may end the reading with a sentence of its own. Only one row is in memory.
pub fn read<R: Read>(
    source: R,
    each: &mut dyn FnMut(&str, Row) -> Result<(), String>,
) -> Result<(), String> {
    let mut deserializer = serde_json::Deserializer::from_reader(source);
    let outcome = Document(each)
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end());
    outcome.map_err(|error| error.to_string())
}

type Each<'a> = &'a mut dyn FnMut(&str, Row) -> Result<(), String>;

/// The whole document.
struct Document<'a>(Each<'a>);

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a book as Chitbook exports it")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut known = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "chitbook" => {
                    let form: u64 = map.next_value()?;
                    if form != FORM {
                        return Err(A::Error::custom(format!(
                            "this was exported in form {form}, and this program reads form {FORM}; update the program"
                        )));
                    }
                    known = true;
                }
                "tables" if known => map.next_value_seed(Tables(&mut *self.0))?,
                "tables" => break,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if known {
            Ok(())
        } else {
            Err(A::Error::custom(
                "this is JSON, but not a book as Chitbook exports it: it does not begin with \"chitbook\"",
            ))
        }
    }
}

/// The object of tables.
struct Tables<'a>(Each<'a>);

impl<'de> DeserializeSeed<'de> for Tables<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Tables<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tables with their rows")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(table) = map.next_key::<String>()? {
            map.next_value_seed(Rows(&table, &mut *self.0))?;
        }
        Ok(())
    }
}

/// The rows of one table.
struct Rows<'a>(&'a str, Each<'a>);

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of rows of {}", self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while let Some(row) = rows.next_element::<Row>()? {
            (self.1)(self.0, row).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(value: &Value) -> Row {
        value.as_object().unwrap().clone()
    }

    fn rows_of(text: &str) -> Result<Vec<(String, Row)>, String> {
        let mut rows = Vec::new();
        read(text.as_bytes(), &mut |table, row| {
            rows.push((table.to_owned(), row));
            Ok(())
        })?;
        Ok(rows)
    }

    #[test]
    fn what_was_written_is_read_row_by_row() {
        let mut text = Vec::new();
        let mut writer = Writer::new(&mut text).unwrap();
        writer.table("account").unwrap();
        writer.table("contact").unwrap();
        let people = [
            row(&json!({"id": "1", "name": "\"Bar\nney\""})),
            row(&json!({"id": "2", "name": null})),
        ];
        for person in &people {
            writer.row(person).unwrap();
        }
        writer.table("touch").unwrap();
        writer.finish().unwrap();
        let text = String::from_utf8(text).unwrap();
        let read = rows_of(&text).unwrap();
        assert_eq!(read, people.map(|p| ("contact".to_owned(), p)));
        assert!(serde_json::from_str::<Value>(&text).is_ok());
        let mut empty = Vec::new();
        Writer::new(&mut empty).unwrap().finish().unwrap();
        assert_eq!(rows_of(&String::from_utf8(empty).unwrap()).unwrap(), []);
    }

    #[test]
    fn what_is_no_book_is_said_in_a_sentence() {
        let cases = [
            ("other JSON", r#"{"people": []}"#, "not a book"),
            ("tables without a form", r#"{"tables": {}}"#, "not a book"),
            ("a later form", r#"{"chitbook": 2, "tables": {}}"#, "form 2"),
            (
                "cut short",
                r#"{"chitbook": 1, "tables": {"contact": [{"id": "1"}"#,
                "EOF",
            ),
            ("something behind it", r#"{"chitbook": 1} {}"#, "trailing"),
            ("a list", "[]", "a book as Chitbook exports it"),
        ];
        for (label, text, part) in cases {
            let said = rows_of(text).unwrap_err();
            assert!(said.contains(part), "{label}: {said}");
        }
    }

    #[test]
    fn a_row_that_is_refused_ends_the_reading() {
        let text = r#"{"chitbook": 1, "tables": {"contact": [{"id": "1"}, {"id": "2"}]}}"#;
        let mut seen = 0;
        let said = read(text.as_bytes(), &mut |_, _| {
            seen += 1;
            Err("no more".to_owned())
        });
        assert!(said.unwrap_err().contains("no more"));
        assert_eq!(seen, 1);
    }
}
