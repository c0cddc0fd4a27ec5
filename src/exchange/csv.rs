//! Contact tables: Google's, Outlook's, `LinkedIn`'s and our own, told apart by their columns, whatever they are separated by.

mod google;
mod guard;
mod linkedin;
mod outlook;
pub(super) mod table;
mod take;
mod write;

pub use write::Layout;

use super::decode::Decoded;
use super::draft::{ENTRY_LIMIT, Record};
use crate::domain::text::{clean_line, fit};
use std::io::{self, BufRead, Read};
use take::{Cell, Take};

/// How far the columns are looked for. `LinkedIn` puts a notice before them.
const HEADER_WITHIN: usize = 10;

/// Delimiters, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Whose columns a table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Google Contacts, current or older columns.
    Google,
    /// Our own export.
    Own,
    /// Outlook in any of its forms.
    Outlook,
    /// `LinkedIn`'s connections.
    LinkedIn,
}

impl Dialect {
    /// The dialect's name in a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Dialect::Google => "Google Contacts",
            Dialect::Own => "Chitbook",
            Dialect::Outlook => "Outlook",
            Dialect::LinkedIn => "LinkedIn connections",
        }
    }

    fn of(columns: &[String]) -> Option<Self> {
        if linkedin::knows(columns) {
            Some(Dialect::LinkedIn)
        } else if google::knows(columns) {
            let own = columns.iter().any(|column| column == "chitbook name");
            Some(if own { Dialect::Own } else { Dialect::Google })
        } else {
            outlook::knows(columns).then_some(Dialect::Outlook)
        }
    }

    /// What extras of this dialect are marked with.
    fn source(self) -> &'static str {
        match self {
            Dialect::Google | Dialect::Own => "google",
            Dialect::Outlook => "outlook",
            Dialect::LinkedIn => "linkedin",
        }
    }
}

/// Why a table cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// There is no row in it.
    #[error("there is nothing in this table")]
    Empty,
    /// None of the first rows names columns that are known.
    #[error(
        "the columns of this table are not known: {columns}; understood are the contact tables of Google, Outlook, LinkedIn (Connections.csv) and Chitbook"
    )]
    Unknown {
        /// The columns found, for the sentence.
        columns: String,
    },
    /// The source could not be read.
    #[error("the file could not be read: {0}")]
    Io(#[from] io::Error),
}

/// The records of a table, one by one.
pub struct Table<R: Read> {
    rows: table::Rows<Decoded<R>>,
    dialect: Dialect,
    names: Vec<String>,
    keys: Vec<String>,
}

fn keys(cells: &[String]) -> Vec<String> {
    cells
        .iter()
        .map(|cell| clean_line(cell).to_lowercase())
        .collect()
}

fn recognise(text: &[u8], delimiter: u8) -> Option<Dialect> {
    let rows = table::Rows::new(text, delimiter).take(HEADER_WITHIN);
    rows.filter_map(Result::ok).find_map(|row| match row {
        table::Row::Cells { cells, .. } => Dialect::of(&keys(&cells)),
        table::Row::Bad { .. } => None,
    })
}

/// Whose table the beginning of a file is, if it is one that is understood.
pub fn dialect_of(text: &str) -> Option<Dialect> {
    DELIMITERS
        .iter()
        .find_map(|delimiter| recognise(text.as_bytes(), *delimiter))
}

/// The columns of the first row that has any, told apart by whatever gives the most, for the sentence that says they are not known.
fn columns(text: &[u8]) -> Problem {
    let mut widest: Vec<String> = Vec::new();
    for delimiter in DELIMITERS {
        let rows = table::Rows::new(text, delimiter).take(HEADER_WITHIN);
        let first = rows.filter_map(Result::ok).find_map(|row| match row {
            table::Row::Cells { cells, .. } => {
                let filled = cells.iter().any(|cell| !clean_line(cell).is_empty());
                filled.then_some(cells)
            }
            table::Row::Bad { .. } => None,
        });
        if let Some(cells) = first.filter(|cells| cells.len() > widest.len()) {
            widest = cells;
        }
    }
    let mut named: Vec<String> = widest
        .iter()
        .take(8)
        .map(|cell| format!("\"{}\"", fit(&clean_line(cell), 30)))
        .collect();
    if widest.len() > named.len() {
        named.push(format!("and {} more", widest.len() - named.len()));
    }
    if widest.is_empty() {
        return Problem::Empty;
    }
    Problem::Unknown {
        columns: named.join(", "),
    }
}

/// The records of a table. The columns are found first, so a table that is not understood is told before anything is read.
pub fn read<R: Read>(source: R) -> Result<Table<R>, Problem> {
    let mut text = Decoded::new(source);
    let window = text.fill_buf()?;
    let found = DELIMITERS
        .iter()
        .find(|delimiter| recognise(window, **delimiter).is_some());
    let Some(&delimiter) = found else {
        return Err(columns(window));
    };
    let mut rows = table::Rows::new(text, delimiter);
    for _ in 0..HEADER_WITHIN {
        let Some(row) = rows.next().transpose()? else {
            break;
        };
        let table::Row::Cells { cells, .. } = row else {
            continue;
        };
        let keys = keys(&cells);
        if let Some(dialect) = Dialect::of(&keys) {
            let names = cells.iter().map(|cell| clean_line(cell)).collect();
            return Ok(Table {
                rows,
                dialect,
                names,
                keys,
            });
        }
    }
    Err(Problem::Empty)
}

impl<R: Read> Table<R> {
    /// Whose table this is.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    fn record(&self, line: u64, cells: &[String]) -> Record {
        if cells.iter().all(|cell| clean_line(cell).is_empty()) {
            return Record::Skipped {
                line,
                reason: "the row is empty".to_owned(),
            };
        }
        if cells.len() > ENTRY_LIMIT {
            return Record::too_many(line);
        }
        let mut to = Take::default();
        let columns = self.names.iter().zip(&self.keys).zip(cells);
        let filled: Vec<Cell<'_>> = columns
            .map(|((name, key), value)| Cell { name, key, value })
            .filter(|cell| {
                !cell.value.is_empty()
                    && (self.dialect == Dialect::Own || !clean_line(cell.value).is_empty())
            })
            .collect();
        match self.dialect {
            Dialect::Google => google::take(&filled, false, &mut to),
            Dialect::Own => google::take(&filled, true, &mut to),
            Dialect::Outlook => outlook::take(&filled, &mut to),
            Dialect::LinkedIn => linkedin::take(&filled, &mut to),
        }
        for (at, value) in cells.iter().enumerate().skip(self.keys.len()) {
            to.keep(self.dialect.source(), &format!("Column {}", at + 1), value);
        }
        Record::of(to.finish(line))
    }
}

impl<R: Read> Iterator for Table<R> {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        Some(row.map(|row| match row {
            table::Row::Cells { line, cells } => self.record(line, &cells),
            table::Row::Bad { line, reason } => Record::Skipped {
                line,
                reason: reason.to_owned(),
            },
        }))
    }
}

#[cfg(test)]
mod tests;
