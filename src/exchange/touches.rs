//! Logs of touches: tables of who, when and what; call lists of telephones (number, time, length).
//!
//! The columns are found by their names, in any order and with the names other programs use. A list without a line of names is told by
//! its cells: one that is a number to call, one that is a time.

mod read;

use super::csv::table::{Row, Rows};
use super::decode::Decoded;
use crate::domain::moment::{Moment, Zone};
use crate::domain::text::{clean_line, clean_note, fit};
use crate::domain::touch::{Direction, TouchKind};
use crate::domain::when::DateOrder;
pub(super) use read::moment;
use read::{seconds, way};
use std::io::{self, BufRead, Read};

/// How far the columns are looked for.
const HEADER_WITHIN: usize = 10;
/// Cells of one row that are read.
const CELLS: usize = 200;
/// People of one touch that are read.
const PEOPLE: usize = 50;

/// What times are read by.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The moment of reading.
    pub now: Moment,
    /// The rep's zone.
    pub zone: Zone,
    /// How `3/4` is read.
    pub order: DateOrder,
}

/// A touch as a log tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Where it stands, counted from 1.
    pub line: u64,
    /// Who took part, each as written: an identity, an e-mail address, a number or a name.
    pub who: Vec<String>,
    /// When.
    pub at: Moment,
    /// What happened.
    pub kind: TouchKind,
    /// Who started it.
    pub direction: Direction,
    /// How long it took.
    pub minutes: Option<u32>,
    /// What was written down.
    pub text: String,
    /// Whether the people are told by telephone numbers alone, as a telephone's own list does it.
    pub by_number: bool,
    /// What could be read in two ways, and how it was.
    pub doubt: Option<String>,
}

/// One record of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A touch.
    Touch(Box<Happened>),
    /// Something that is none, or none that can be read.
    Skipped {
        /// Where it stands, counted from 1.
        line: u64,
        /// Why, as the end of the sentence "line 12 was skipped: …".
        reason: String,
    },
}

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Who,
    Number,
    At,
    Day,
    Time,
    Kind,
    Direction,
    Minutes,
    Seconds,
    Text,
    Other,
}

const COLUMNS: [(&str, Column); 46] = [
    ("who", Column::Who),
    ("name", Column::Who),
    ("contact", Column::Who),
    ("contact name", Column::Who),
    ("person", Column::Who),
    ("people", Column::Who),
    ("with", Column::Who),
    ("email", Column::Who),
    ("e-mail", Column::Who),
    ("uid", Column::Who),
    ("number", Column::Number),
    ("phone", Column::Number),
    ("phone number", Column::Number),
    ("telephone", Column::Number),
    ("caller", Column::Number),
    ("caller id", Column::Number),
    ("number dialed", Column::Number),
    ("at", Column::At),
    ("when", Column::At),
    ("timestamp", Column::At),
    ("datetime", Column::At),
    ("date/time", Column::At),
    ("date & time", Column::At),
    ("call time", Column::At),
    ("date", Column::Day),
    ("day", Column::Day),
    ("time", Column::Time),
    ("kind", Column::Kind),
    ("type", Column::Kind),
    ("activity", Column::Kind),
    ("call type", Column::Direction),
    ("direction", Column::Direction),
    ("minutes", Column::Minutes),
    ("mins", Column::Minutes),
    ("length", Column::Seconds),
    ("duration", Column::Seconds),
    ("duration (seconds)", Column::Seconds),
    ("seconds", Column::Seconds),
    ("text", Column::Text),
    ("note", Column::Text),
    ("notes", Column::Text),
    ("body", Column::Text),
    ("subject", Column::Text),
    ("summary", Column::Text),
    ("what", Column::Text),
    ("description", Column::Text),
];

/// Why a log cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// There is nothing in it.
    #[error("there is nothing in this log")]
    Empty,
    /// Its columns say neither who nor when.
    #[error(
        "the columns of this log are not known: {0}; it needs one that says who (who, name, email, number) and one that says when (at, date)"
    )]
    Unknown(String),
    /// The source could not be read.
    #[error("the file could not be read: {0}")]
    Io(#[from] io::Error),
}

/// The touches of a log, one by one.
pub struct Touches<R: Read> {
    rows: Rows<Decoded<R>>,
    columns: Vec<Column>,
    clock: Clock,
    /// A row that was read already because it tells the columns by what is in it.
    first: Option<Row>,
}

fn column(cell: &str) -> Column {
    let name = clean_line(cell).to_lowercase();
    COLUMNS
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(Column::Other, |(_, column)| *column)
}

/// Whether columns say who and when.
fn enough(columns: &[Column]) -> bool {
    let has = |wanted: &[Column]| columns.iter().any(|column| wanted.contains(column));
    has(&[Column::Who, Column::Number]) && has(&[Column::At, Column::Day])
}

/// What the cells of a row are, where it has no names above it.
fn guessed(cells: &[String], clock: &Clock) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for cell in cells.iter().take(CELLS) {
        let text = clean_line(cell);
        let new = |column: Column| !columns.contains(&column);
        let column = if new(Column::Number) && is_number(&text) {
            Column::Number
        } else if new(Column::At) && text.len() >= 8 && moment(&text, clock).is_some() {
            Column::At
        } else if new(Column::Seconds) && seconds(&text, false).is_some() {
            Column::Seconds
        } else if new(Column::Direction) && way(&text).is_some() {
            Column::Direction
        } else {
            Column::Other
        };
        columns.push(column);
    }
    columns
}

/// Whether a text can be nothing but a number to call.
fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || " +-./()".contains(c));
    let dated = text.contains('/')
        || text.matches('.').count() == 2
        || text.matches('-').count() == 2 && !text.starts_with('+') && digits == 8;
    plain && (5..=16).contains(&digits) && !dated
}

/// The touches of a log. The columns are found first, so a log that is not understood is told before anything is read.
pub fn read<R: Read>(source: R, clock: Clock) -> Result<Touches<R>, Problem> {
    let mut text = Decoded::new(source);
    let window = text.fill_buf()?.to_vec();
    let mut seen: Vec<String> = Vec::new();
    for delimiter in [b',', b';', b'\t'] {
        let rows = Rows::new(window.as_slice(), delimiter).take(HEADER_WITHIN);
        for (at, row) in rows.filter_map(Result::ok).enumerate() {
            let Row::Cells { cells, .. } = row else {
                continue;
            };
            if cells.len() > seen.len() {
                seen.clone_from(&cells);
            }
            let columns: Vec<Column> = cells.iter().take(CELLS).map(|cell| column(cell)).collect();
            let named = enough(&columns);
            let guessed = if named {
                columns
            } else {
                guessed(&cells, &clock)
            };
            if !enough(&guessed) {
                continue;
            }
            let mut rows = Rows::new(text, delimiter);
            for _ in 0..at {
                rows.next().transpose()?;
            }
            let first = rows.next().transpose()?;
            return Ok(Touches {
                rows,
                columns: guessed,
                clock,
                first: first.filter(|_| !named),
            });
        }
    }
    if seen.is_empty() {
        return Err(Problem::Empty);
    }
    let named: Vec<String> = seen
        .iter()
        .take(8)
        .map(|cell| format!("\"{}\"", fit(&clean_line(cell), 30)))
        .collect();
    Err(Problem::Unknown(named.join(", ")))
}

/// What a row says, before it is made a touch.
#[derive(Default)]
struct Said {
    who: Vec<String>,
    number: String,
    at: String,
    time: String,
    kind: String,
    direction: String,
    minutes: Option<u32>,
    text: String,
}

impl<R: Read> Touches<R> {
    fn entry(&self, row: Row) -> Entry {
        let (line, cells) = match row {
            Row::Cells { line, cells } => (line, cells),
            Row::Bad { line, reason } => {
                return Entry::Skipped {
                    line,
                    reason: reason.to_owned(),
                };
            }
        };
        if cells.iter().all(|cell| clean_line(cell).is_empty()) {
            return Entry::Skipped {
                line,
                reason: "the row is empty".to_owned(),
            };
        }
        let mut said = Said::default();
        let mut extra = Vec::new();
        for (at, cell) in cells.iter().enumerate().take(CELLS) {
            let column = self.columns.get(at).copied().unwrap_or(Column::Other);
            if let Some(more) = said.take(column, cell) {
                extra.push(more);
            }
        }
        if said.text.is_empty() {
            said.text = extra.join("\n");
        }
        match said.touch(line, &self.clock) {
            Ok(touch) => Entry::Touch(Box::new(touch)),
            Err(reason) => Entry::Skipped { line, reason },
        }
    }
}

/// Whether a telephone says by this that it does not know who called.
fn is_withheld(text: &str) -> bool {
    let words = [
        "unknown",
        "unknown caller",
        "unknown name",
        "unknown number",
        "private",
        "private number",
        "anonymous",
        "withheld",
        "restricted",
        "blocked",
        "unavailable",
        "no caller id",
        "unbekannt",
        "anonym",
    ];
    let text = text.trim_matches(['(', ')', '<', '>', ' ']).to_lowercase();
    words.contains(&text.as_str())
}

impl Said {
    /// Takes a cell in; what has no place of its own comes back.
    fn take(&mut self, column: Column, cell: &str) -> Option<String> {
        // A spreadsheet's guard before a number is no part of it.
        let text = clean_line(cell);
        let text = text
            .strip_prefix('\'')
            .filter(|rest| rest.starts_with(['+', '=', '-', '@']))
            .unwrap_or(&text)
            .to_owned();
        match column {
            Column::Who => {
                let people = text.split(';').map(str::trim).filter(|who| !who.is_empty());
                self.who.extend(people.take(PEOPLE).map(str::to_owned));
            }
            Column::Number => self.number = text,
            Column::At => self.at = text,
            Column::Day if self.at.is_empty() => self.at = text,
            Column::Day => self.at = format!("{text} {}", self.at),
            Column::Time => self.time = text,
            Column::Kind => self.kind = text,
            Column::Direction => self.direction = text,
            Column::Minutes => {
                self.minutes = seconds(&text, true).map(|seconds| seconds.div_ceil(60));
            }
            Column::Seconds => {
                self.minutes = seconds(&text, false).map(|seconds| seconds.div_ceil(60));
            }
            Column::Text => {
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
                self.text.push_str(clean_note(cell).trim());
            }
            Column::Other => return Some(text).filter(|text| !text.is_empty()),
        }
        None
    }

    fn touch(mut self, line: u64, clock: &Clock) -> Result<Happened, String> {
        let named = self.who.len();
        self.who.retain(|who| !is_withheld(who));
        let withheld = self.who.len() < named || is_withheld(&self.number);
        let by_number = self.who.is_empty();
        if by_number {
            self.who
                .extend(Some(self.number).filter(|number| !number.is_empty()));
        }
        if self.who.is_empty() && !withheld {
            return Err("it does not say who took part".to_owned());
        }
        if by_number
            && !self
                .who
                .iter()
                .any(|who| who.contains(|c: char| c.is_ascii_digit()))
        {
            return Err("the number was withheld".to_owned());
        }
        let at = format!("{} {}", self.at, self.time);
        let at = at.trim();
        if at.is_empty() {
            return Err("it does not say when".to_owned());
        }
        let at = moment(at, clock)
            .ok_or_else(|| format!("\"{}\" cannot be read as a time", fit(at, 40)))?;
        if at > clock.now {
            return Err("it has not happened yet".to_owned());
        }
        let said = way(&self.direction).or_else(|| way(&self.kind));
        let (direction, missed) = said.unwrap_or_default();
        let (kind, doubt) = match TouchKind::parse(&self.kind) {
            // A telephone lists a call that nobody took with no length.
            _ if missed || by_number && self.minutes == Some(0) => (TouchKind::Attempt, None),
            Some(kind) => (kind, None),
            None if self.kind.is_empty() || way(&self.kind).is_some() => (TouchKind::Call, None),
            None => {
                let doubt = format!(
                    "\"{}\" is no kind of touch: taken as a note",
                    fit(&self.kind, 30)
                );
                (TouchKind::Note, Some(doubt))
            }
        };
        Ok(Happened {
            line,
            who: self.who,
            at,
            kind,
            direction,
            minutes: self.minutes.filter(|minutes| *minutes <= 100_000),
            text: self.text,
            by_number,
            doubt,
        })
    }
}

impl<R: Read> Iterator for Touches<R> {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(first) = self.first.take() {
            return Some(Ok(self.entry(first)));
        }
        let row = self.rows.next()?;
        Some(row.map(|row| self.entry(row)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::samples;
    use proptest::prelude::*;

    const LOG: &[u8] = include_bytes!("../../tests/fixtures/exchange/touches.csv");
    const CALLS: &[u8] = include_bytes!("../../tests/fixtures/exchange/calls.csv");
    const BARE: &[u8] = include_bytes!("../../tests/fixtures/exchange/calls_bare.csv");
    const SAMPLES: &[&[u8]] = &[LOG, CALLS, BARE];

    fn clock() -> Clock {
        Clock {
            now: "2026-11-22T14:07:00+00:00".parse().unwrap(),
            zone: Zone::utc(),
            order: DateOrder::Mdy,
        }
    }

    fn told(bytes: &[u8]) -> Vec<String> {
        let line = |entry: Entry| match entry {
            Entry::Skipped { line, reason } => format!("{line} skipped: {reason}"),
            Entry::Touch(t) => {
                let minutes = t
                    .minutes
                    .map_or(String::new(), |minutes| format!(" {minutes}m"));
                let at = t.at.format("%F %H:%M%:z");
                let text = t.text.replace('\n', " / ");
                format!(
                    "{} {at} {} {}{minutes} {}: {text}",
                    t.line,
                    t.kind.word(),
                    t.direction.word(),
                    t.who.join("+")
                )
            }
        };
        read(bytes, clock())
            .unwrap()
            .map(|entry| line(entry.unwrap()))
            .collect()
    }

    #[test]
    fn a_log_of_touches_is_read_in_whatever_order_its_columns_come() {
        insta::assert_snapshot!(told(LOG).join("\n"), @r##"
        2 2026-11-02 10:15+01:00 call out 14m nils@lund.example: firmware worry, wants / a second look
        4 2026-11-03 09:00+00:00 meeting mutual 60m Iris Marsh+nils@lund.example: plant round
        5 2026-11-03 10:00+00:00 message in +49 171 5550100: thanks
        6 2026-11-21 14:30+00:00 meeting mutual Iris Marsh: 
        7 2026-10-01 12:00+00:00 note mutual Nobody Known: odd kind
        8 skipped: it does not say who took part
        9 skipped: it does not say when
        10 skipped: "in May or so" cannot be read as a time
        11 skipped: it has not happened yet
        "##);
    }

    #[test]
    fn a_call_list_tells_who_called_whom_and_for_how_long() {
        insta::assert_snapshot!(told(CALLS).join("\n"), @r##"
        3 2026-11-02 10:15+00:00 call in 4m +49 171 5550100: 1
        4 2026-11-02 11:00+00:00 attempt out 0m +1 (415) 555-0100: 1
        5 2026-11-03 12:00+00:00 attempt in 0171 5550100: 1
        6 skipped: the number was withheld
        "##);
    }

    #[test]
    fn a_list_without_names_above_it_is_told_by_its_cells() {
        insta::assert_snapshot!(told(BARE).join("\n"), @r##"
        1 2026-11-02 10:15+00:00 call mutual 4m +49 171 5550100: 
        2 2026-11-02 11:00+00:00 call mutual 1m 4155550100: 
        3 2026-11-03 08:00+00:00 call mutual 1m +49 171 5550100:
        "##);
    }

    #[test]
    fn a_caller_the_telephone_does_not_know_is_nobody() {
        let log = b"Name,Number,Date,Call Type,Duration\nUnknown,,2026-11-02 10:16,MISSED,0\n(Private),+49 171 5550100,2026-11-02 10:17,INCOMING,60\nNils Lund,unknown,2026-11-02 10:18,INCOMING,60\n,,2026-11-02 10:19,INCOMING,60\n";
        insta::assert_snapshot!(told(log).join("\n"), @r##"
        2 skipped: the number was withheld
        3 2026-11-02 10:17+00:00 call in 1m +49 171 5550100: 
        4 2026-11-02 10:18+00:00 call in 1m Nils Lund: 
        5 skipped: it does not say who took part
        "##);
    }

    #[test]
    fn lengths_are_read_as_telephones_write_them() {
        let cases = [
            ("3:20", false, Some(200)),
            ("0:03:20", false, Some(200)),
            ("200", false, Some(200)),
            ("14", true, Some(840)),
            ("3 min", false, Some(180)),
            ("3m 20s", false, Some(200)),
            ("1 hour, 5 minutes", false, Some(3_900)),
            ("", false, None),
            ("long", false, None),
            ("99999999999", false, None),
        ];
        for (text, minutes, expected) in cases {
            assert_eq!(seconds(text, minutes), expected, "{text}");
        }
    }

    #[test]
    fn a_table_that_says_neither_who_nor_when_is_refused_with_its_columns() {
        let said = read(&b"apples,pears\n1,2\n"[..], clock())
            .err()
            .unwrap()
            .to_string();
        assert!(said.contains("\"apples\", \"pears\""), "{said}");
        assert!(matches!(read(&b""[..], clock()), Err(Problem::Empty)));
    }

    proptest! {
        #[test]
        fn every_row_of_a_damaged_log_is_told_of(bytes in samples::mutated(SAMPLES)) {
            if let Ok(touches) = read(bytes.as_slice(), clock()) {
                for entry in touches {
                    if let Entry::Touch(touch) = entry.unwrap() {
                        prop_assert!(!touch.who.is_empty() && touch.at <= clock().now);
                    }
                }
            }
        }
    }
}
