//! Rows of a table in text: cells, quotes, and the line where each row starts. Knows nothing of columns.
//!
//! # Why not a ready-made reader?
//! One quote that is never closed makes the rest of a file one cell. Here a row is bounded, told by its line, and the reading goes on.

use std::io::{self, BufRead};

/// The most bytes one row may have.
pub(super) const ROW_LIMIT: usize = 4 * 1024 * 1024;

/// One row.
#[derive(Debug, PartialEq)]
pub(in crate::exchange) enum Row {
    /// Its cells.
    Cells {
        /// The line where it starts, counted from 1.
        line: u64,
        /// The cells as written, quotes undone.
        cells: Vec<String>,
    },
    /// A row that cannot be read.
    Bad {
        /// The line where it starts.
        line: u64,
        /// Why.
        reason: &'static str,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first letter of a cell.
    Fresh,
    /// Within a cell without quotes, or after its closing quote.
    Plain,
    /// Between quotes.
    Quoted,
    /// After a quote between quotes: the end, or half of a doubled one.
    Closing,
}

/// The rows of a stream of UTF-8. Rows without anything on them are passed over, as spreadsheets do.
pub(in crate::exchange) struct Rows<B> {
    source: B,
    delimiter: u8,
    line: u64,
    skip_feed: bool,
    done: bool,
}

struct Building {
    cells: Vec<String>,
    cell: Vec<u8>,
    size: usize,
    state: State,
    start: u64,
}

impl Building {
    fn end_cell(&mut self) {
        let cell = String::from_utf8(std::mem::take(&mut self.cell));
        self.size += 24;
        if self.size <= ROW_LIMIT {
            self.cells
                .push(cell.unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()));
        }
        self.state = State::Fresh;
    }

    fn push(&mut self, bytes: &[u8]) {
        self.size += bytes.len();
        if self.size <= ROW_LIMIT {
            self.cell.extend_from_slice(bytes);
        }
    }

    fn is_blank(&self) -> bool {
        self.cells.is_empty() && self.cell.is_empty() && self.state == State::Fresh
    }
}

impl<B: BufRead> Rows<B> {
    pub fn new(source: B, delimiter: u8) -> Self {
        Rows {
            source,
            delimiter,
            line: 1,
            skip_feed: false,
            done: false,
        }
    }

    /// Takes in one buffer. Says how much of it was used and whether the row is complete.
    fn feed(
        delimiter: u8,
        ready: &[u8],
        row: &mut Building,
        line: &mut u64,
        skip_feed: &mut bool,
    ) -> (usize, bool) {
        let mut at = 0;
        while let Some(&byte) = ready.get(at) {
            if std::mem::take(skip_feed) && byte == b'\n' {
                if row.state == State::Quoted {
                    row.push(b"\n");
                }
                at += 1;
                continue;
            }
            let ends = matches!(byte, b'\n' | b'\r');
            if ends {
                *line += 1;
                *skip_feed = byte == b'\r';
            }
            match row.state {
                State::Quoted if byte == b'"' => row.state = State::Closing,
                State::Quoted => {
                    let rest = ready.get(at..).unwrap_or_default();
                    let plain = memchr::memchr3(b'"', b'\n', b'\r', rest)
                        .unwrap_or(rest.len())
                        .max(1);
                    row.push(&rest[..plain]);
                    at += plain - 1;
                }
                State::Fresh if byte == b'"' => row.state = State::Quoted,
                State::Closing if byte == b'"' => {
                    row.push(b"\"");
                    row.state = State::Quoted;
                }
                _ if ends => {
                    at += 1;
                    if row.is_blank() {
                        row.start = *line;
                        continue;
                    }
                    return (at, true);
                }
                _ if byte == delimiter => row.end_cell(),
                _ => {
                    // The first byte is none that ends a cell, whatever it is.
                    let rest = ready.get(at..).unwrap_or_default();
                    let after = rest.get(1..).unwrap_or_default();
                    let plain = memchr::memchr3(delimiter, b'\n', b'\r', after)
                        .map_or(rest.len(), |more| more + 1);
                    row.push(&rest[..plain]);
                    row.state = State::Plain;
                    at += plain - 1;
                }
            }
            at += 1;
        }
        (at, false)
    }

    fn row(&mut self) -> io::Result<Option<Row>> {
        let mut row = Building {
            cells: Vec::new(),
            cell: Vec::new(),
            size: 0,
            state: State::Fresh,
            start: self.line,
        };
        let mut complete = false;
        while !complete {
            let ready = self.source.fill_buf()?;
            if ready.is_empty() {
                self.done = true;
                break;
            }
            let (used, ended) = Self::feed(
                self.delimiter,
                ready,
                &mut row,
                &mut self.line,
                &mut self.skip_feed,
            );
            self.source.consume(used);
            complete = ended;
        }
        if !complete && row.is_blank() {
            return Ok(None);
        }
        let (line, open) = (row.start, row.state == State::Quoted);
        row.end_cell();
        let reason = match (open, row.size > ROW_LIMIT) {
            (true, _) => {
                "a quote that opens here is never closed, so that everything after it is one cell"
            }
            (_, true) => "the row is larger than 4 MB",
            _ => {
                return Ok(Some(Row::Cells {
                    line,
                    cells: row.cells,
                }));
            }
        };
        Ok(Some(Row::Bad { line, reason }))
    }
}

impl<B: BufRead> Iterator for Rows<B> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let row = self.row();
        self.done |= row.is_err();
        row.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<String> {
        Rows::new(text.as_bytes(), b',')
            .map(|row| match row.unwrap() {
                Row::Cells { line, cells } => format!("{line} {}", cells.join("|")),
                Row::Bad { line, .. } => format!("{line} bad"),
            })
            .collect()
    }

    #[test]
    fn rows_are_told_with_the_line_where_they_start() {
        let cases: [(&str, &[&str]); 8] = [
            ("a,b\nc,d", &["1 a|b", "2 c|d"]),
            (
                "a,\"b\nb\"\r\n\r\nc,\"d\r\ne\"\r\nf",
                &["1 a|b\nb", "4 c|d\r\ne", "6 f"],
            ),
            ("a\rb\r", &["1 a", "2 b"]),
            ("\"say \"\"hi\"\"\",x\n", &["1 say \"hi\"|x"]),
            ("5\" pipe,\"x\"y\n", &["1 5\" pipe|xy"]),
            (",,\n", &["1 ||"]),
            ("\"\"\n", &["1 "]),
            ("a\n\"b,c\nd", &["1 a", "2 bad"]),
        ];
        for (text, expected) in cases {
            assert_eq!(rows(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_row_too_large_is_told_and_the_next_one_read() {
        let text = format!("a,{}\nb", "x".repeat(ROW_LIMIT + 1));
        assert_eq!(rows(&text), ["1 bad", "2 b"]);
    }

    proptest! {
        #[test]
        fn what_a_csv_writer_writes_is_read(cells in prop::collection::vec(prop::collection::vec("[a,\"\n é;]{1,6}", 1..4), 1..4)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &cells {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let read: Vec<Vec<String>> = Rows::new(text.as_bytes(), b',')
                .map(|row| match row.unwrap() {
                    Row::Cells { cells, .. } => cells,
                    Row::Bad { reason, .. } => panic!("{reason}"),
                })
                .collect();
            prop_assert_eq!(read, cells);
        }
    }
}
