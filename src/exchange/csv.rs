//! Contact tables: Google's, Outlook's, `LinkedIn`'s and our own, told apart by their columns, whatever they are separated by.

mod columns;
mod crm;
mod google;
mod guard;
mod guess;
mod linkedin;
mod map;
mod outlook;
mod sketch;
pub(super) mod table;
mod take;
mod write;

pub use crm::Maker;
pub use guess::Guess;
pub use map::Map;
pub use sketch::{Meant, Sketch};
pub use write::{Layout, row_of};

use super::decode::Decoded;
use super::draft::{ENTRY_LIMIT, Record};
use crate::domain::text::{clean_line, fit};
use columns::{Meaning, numbered, unlike};
use crm::Rows as Of;
use std::collections::HashMap;
use std::io::{self, BufRead, Read};
use take::{Cell, Take};

/// How far the columns are looked for. `LinkedIn` puts a notice before them.
const HEADER_WITHIN: usize = 10;

/// Delimiters, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Whose columns a table has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Google Contacts, current or older columns.
    Google,
    /// Our own export.
    Own,
    /// Outlook in any of its forms.
    Outlook,
    /// `LinkedIn`'s connections.
    LinkedIn,
    /// A table of one of the programs that keep customers, and what its rows are.
    Crm(Maker, crm::Rows),
    /// Whosever: somebody said what its columns are.
    Mapped(Map),
}

impl Dialect {
    /// The dialect's name in a sentence.
    pub fn word(&self) -> &'static str {
        match self {
            Dialect::Google => "Google Contacts",
            Dialect::Own => "Chitbook",
            Dialect::Outlook => "Outlook",
            Dialect::LinkedIn => "LinkedIn connections",
            Dialect::Crm(maker, _) => maker.word(),
            Dialect::Mapped(_) => "your own columns",
        }
    }

    fn of(columns: &[String]) -> Option<Self> {
        if linkedin::knows(columns) {
            return Some(Dialect::LinkedIn);
        }
        if google::knows(columns) {
            let own = columns.iter().any(|column| column == "chitbook name");
            return Some(if own { Dialect::Own } else { Dialect::Google });
        }
        if let Some((maker, rows)) = crm::knows(columns) {
            return Some(Dialect::Crm(maker, rows));
        }
        outlook::knows(columns).then_some(Dialect::Outlook)
    }

    /// What extras of this dialect are marked with.
    fn source(&self) -> &'static str {
        match self {
            Dialect::Google | Dialect::Own => "google",
            Dialect::Outlook => "outlook",
            Dialect::LinkedIn => "linkedin",
            Dialect::Crm(maker, _) => maker.source(),
            Dialect::Mapped(_) => "csv",
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
        "the columns of this table are not known: {columns}; understood are the tables of Google, Outlook, LinkedIn (Connections.csv), HubSpot, Salesforce, Pipedrive and Chitbook; of any other say what its columns are, as in {map}"
    )]
    Unknown {
        /// The columns found, for the sentence.
        columns: String,
        /// What they are likely to be, one by one.
        guesses: Vec<Guess>,
        /// The same as it is said to `import`, or an example of that.
        map: String,
    },
    /// A column that was named is not there.
    #[error("there is no column \"{column}\" in this table; its columns are {columns}")]
    Missing {
        /// The column that was named.
        column: String,
        /// The columns found, for the sentence.
        columns: String,
    },
    /// The source could not be read.
    #[error("the file could not be read: {0}")]
    Io(#[from] io::Error),
}

/// What is known of a table's columns: enough to read a row.
struct Shape {
    dialect: Dialect,
    /// The row that names the columns, as the file has it.
    header: Vec<String>,
    /// The columns' names as they are shown.
    names: Vec<String>,
    keys: Vec<String>,
    /// What was said of the columns, by their keys; empty where nobody had to say it.
    meanings: HashMap<String, Meaning>,
    /// The currency of amounts that name none.
    home: String,
}

/// The records of a table, one by one.
pub struct Table<R: Read> {
    rows: table::Rows<Decoded<R>>,
    shape: Shape,
    print: u64,
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

/// The row that names the columns, told apart by whatever gives the most cells: the first that has anything on it. A title by itself
/// above a table is not it.
fn widest(text: &[u8]) -> (u8, Vec<String>) {
    let mut widest = (b',', Vec::new());
    let filled = |cells: &[String]| {
        let filled = cells.iter().filter(|cell| !clean_line(cell).is_empty());
        filled.count()
    };
    for delimiter in DELIMITERS {
        let rows = table::Rows::new(text, delimiter).take(HEADER_WITHIN);
        let rows = rows.filter_map(Result::ok).filter_map(|row| match row {
            table::Row::Cells { cells, .. } => Some(cells),
            table::Row::Bad { .. } => None,
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let most = rows.iter().map(|cells| filled(cells)).max().unwrap_or(0);
        let first = rows
            .into_iter()
            .find(|cells| filled(cells) > usize::from(most > 2));
        if let Some(cells) = first.filter(|cells| cells.len() > widest.1.len()) {
            widest = (delimiter, cells);
        }
    }
    widest
}

/// Columns as a sentence names them.
fn named(columns: &[String]) -> String {
    let mut named: Vec<String> = columns
        .iter()
        .take(8)
        .map(|cell| format!("\"{}\"", fit(&clean_line(cell), 30)))
        .collect();
    if columns.len() > named.len() {
        named.push(format!("and {} more", columns.len() - named.len()));
    }
    named.join(", ")
}

/// What is known of a table besides the names of its columns.
pub struct Maps<'a> {
    /// What was said of this table.
    pub said: Option<Map>,
    /// What was said of a table whose columns have this fingerprint.
    pub remembered: &'a dyn Fn(u64) -> Option<Map>,
    /// The currency of amounts that name none.
    pub home: &'a str,
}

impl Maps<'_> {
    /// Nothing is known besides; amounts that name no currency are dollars.
    pub fn none() -> Self {
        Maps {
            said: None,
            remembered: &|_| None,
            home: "USD",
        }
    }
}

/// Where a table's columns are, and whose they are.
fn header(window: &[u8], maps: &Maps<'_>) -> Result<(u8, Dialect, Vec<String>), Problem> {
    let (delimiter, first) = widest(window);
    if first.is_empty() {
        return Err(Problem::Empty);
    }
    if let Some(map) = &maps.said {
        // The row whose columns they are need not be the first.
        for delimiter in DELIMITERS {
            let rows = table::Rows::new(window, delimiter).take(HEADER_WITHIN);
            for row in rows.filter_map(Result::ok) {
                if let table::Row::Cells { cells, .. } = row
                    && map.missing(&cells).is_none()
                {
                    return Ok((delimiter, Dialect::Mapped(map.clone()), cells));
                }
            }
        }
        let column = map.missing(&first).unwrap_or_default().to_owned();
        return Err(Problem::Missing {
            column,
            columns: named(&first),
        });
    }
    // What somebody said of columns like these stands above what they look like.
    if let Some(map) = (maps.remembered)(map::header_print(&first)) {
        return Ok((delimiter, Dialect::Mapped(map), first));
    }
    for delimiter in DELIMITERS {
        let rows = table::Rows::new(window, delimiter).take(HEADER_WITHIN);
        for row in rows.filter_map(Result::ok) {
            if let table::Row::Cells { cells, .. } = row
                && let Some(dialect) = Dialect::of(&keys(&cells))
            {
                return Ok((delimiter, dialect, cells));
            }
        }
    }
    let guesses = guess::guess(window, delimiter, &first);
    let example = || "--map \"Full Name=name,Tel=phone\"".to_owned();
    Err(Problem::Unknown {
        columns: named(&first),
        map: guess::said(&guesses).unwrap_or_else(example),
        guesses,
    })
}

/// The records of a table. The columns are found first, so a table that is not understood is told before anything is read.
pub fn read<R: Read>(source: R, maps: &Maps<'_>) -> Result<Table<R>, Problem> {
    let mut text = Decoded::new(source);
    let window = text.fill_buf()?;
    let (delimiter, dialect, wanted) = header(window, maps)?;
    let mut rows = table::Rows::new(text, delimiter);
    for _ in 0..HEADER_WITHIN {
        let Some(row) = rows.next().transpose()? else {
            break;
        };
        let table::Row::Cells { cells, .. } = row else {
            continue;
        };
        if cells == wanted {
            return Ok(Table {
                rows,
                shape: Shape::new(dialect, &cells, maps.home),
                print: map::header_print(&cells),
            });
        }
    }
    Err(Problem::Empty)
}

impl Shape {
    fn new(dialect: Dialect, cells: &[String], home: &str) -> Self {
        let home = home.to_owned();
        let Dialect::Mapped(map) = &dialect else {
            return Shape {
                dialect,
                header: cells.to_vec(),
                names: cells.iter().map(|cell| clean_line(cell)).collect(),
                keys: keys(cells),
                meanings: HashMap::new(),
                home,
            };
        };
        let columns = unlike(cells);
        let meanings = columns
            .iter()
            .filter_map(|(key, like)| Some((key.clone(), map.meaning(key, like)?)));
        Shape {
            meanings: meanings.collect(),
            header: cells.to_vec(),
            names: numbered(cells),
            keys: columns.into_iter().map(|(key, _)| key).collect(),
            dialect,
            home,
        }
    }

    /// Whether a row names the columns, as where tables were glued together.
    fn is_header(&self, cells: &[String]) -> bool {
        let bare = |cell: &String| cell.trim_matches(['\u{feff}', ' ']).to_owned();
        let same = |(one, other): (&String, &String)| one == other || bare(one) == bare(other);
        cells.len() == self.header.len() && cells.iter().zip(&self.header).all(same)
    }

    fn record(&self, line: u64, cells: &[String]) -> Record {
        let skipped = |reason: &str| Record::Skipped {
            line,
            reason: reason.to_owned(),
        };
        if cells.iter().all(|cell| clean_line(cell).is_empty()) {
            return skipped("the row is empty");
        }
        if cells.len() > ENTRY_LIMIT {
            return Record::too_many(line);
        }
        if self.is_header(cells) {
            return skipped("these are the names of the columns once more");
        }
        let mut to = Take::default();
        let columns = self.names.iter().zip(&self.keys).zip(cells);
        let filled: Vec<Cell<'_>> = columns
            .map(|((name, key), value)| Cell { name, key, value })
            .filter(|cell| {
                !cell.value.is_empty()
                    && (matches!(self.dialect, Dialect::Own) || !clean_line(cell.value).is_empty())
            })
            .collect();
        let source = self.dialect.source();
        match &self.dialect {
            Dialect::Google => google::take(&filled, false, &mut to),
            Dialect::Own => google::take(&filled, true, &mut to),
            Dialect::Outlook => outlook::take(&filled, &mut to),
            Dialect::LinkedIn => linkedin::take(&filled, &mut to),
            Dialect::Mapped(_) => {
                let meaning = |key: &str| self.meanings.get(key).cloned();
                columns::take(&filled, source, meaning, &mut to);
            }
            Dialect::Crm(maker, Of::Firms) => {
                return Record::of_firm(crm::firm(*maker, line, &filled));
            }
            Dialect::Crm(maker, Of::Deals) => {
                return Record::Deal(Box::new(crm::deal(
                    *maker, line, &filled, &self.home, &mut to,
                )));
            }
            Dialect::Crm(maker, Of::People) => {
                columns::take(&filled, source, |key| crm::meaning(*maker, key), &mut to);
                let short = cells.len() == 1 && self.names.len() > 1;
                if crm::is_footer(*maker, short, &filled, &to) {
                    return skipped("it is a line of the report's footer");
                }
            }
        }
        if to.deleted {
            return skipped("it is thrown away where it comes from");
        }
        for (at, value) in cells.iter().enumerate().skip(self.keys.len()) {
            to.keep(source, &format!("Column {}", at + 1), value);
        }
        Record::of(to.finish(line))
    }
}

impl<R: Read> Table<R> {
    /// Whose table this is.
    pub fn dialect(&self) -> &Dialect {
        &self.shape.dialect
    }

    /// A fingerprint of its columns.
    pub fn print(&self) -> u64 {
        self.print
    }
}

impl<R: Read> Iterator for Table<R> {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        Some(row.map(|row| match row {
            table::Row::Cells { line, cells } => self.shape.record(line, &cells),
            table::Row::Bad { line, reason } => Record::Skipped {
                line,
                reason: reason.to_owned(),
            },
        }))
    }
}

#[cfg(test)]
mod tests;
