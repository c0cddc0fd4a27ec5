//! The only place that prints: lines, tables and JSON to standard output, sentences to standard error.
//!
//! Whatever is printed passes through here, so this is where control characters end: text lines are cleaned, JSON escapes them,
//! and a file written to a terminal is filtered. Colour is for a terminal only, and never the only sign of anything.

mod progress;

pub use progress::Progress;

use crate::domain::text::{clean_line, clean_note, fit, width};
use crate::tui::widget::plain;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

/// Columns between two columns of a table.
const GAP: usize = 2;
/// A text is not cut to less than this while there is a column to leave out instead.
const READABLE: usize = 14;
/// A text is never cut to less than this.
const NARROWEST: usize = 8;
/// Where nothing says how wide a line may be, columns are aligned up to this width: one long name does not pad every row.
const ALIGNED: usize = 40;
/// Columns when a terminal does not say how many it has.
const USUAL: usize = 80;

/// What a cell's colour means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    /// Nothing.
    #[default]
    Plain,
    /// A column's name.
    Head,
    /// On rhythm.
    Warm,
    /// Due.
    Cooling,
    /// Stale and worse.
    Cold,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Head => "\u{1b}[1m",
            Ink::Warm => "\u{1b}[32m",
            Ink::Cooling => "\u{1b}[33m",
            Ink::Cold => "\u{1b}[31m",
        }
    }
}

/// One cell: a text and what its colour means.
pub type Cell = (String, Ink);

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// Words, ids and dates: never cut.
    Words,
    /// Texts of any length: cut where room is short.
    Texts,
    /// Numbers: never cut, at the right.
    Numbers,
}

/// A table: names of the columns, what they hold, and the rows.
#[derive(Debug, Default)]
pub struct Table {
    heads: Vec<(&'static str, Holds)>,
    /// The columns that are left out where room is short, the first one first.
    spare: &'static [&'static str],
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table with these columns; a name that begins with `>` is of a column of numbers, which stand at the right, one that
    /// begins with `~` of texts that may be cut.
    pub fn new(heads: &[&'static str]) -> Self {
        let heads = heads.iter().map(|head| {
            if let Some(head) = head.strip_prefix('>') {
                (head, Holds::Numbers)
            } else if let Some(head) = head.strip_prefix('~') {
                (head, Holds::Texts)
            } else {
                (*head, Holds::Words)
            }
        });
        Table {
            heads: heads.collect(),
            spare: &[],
            rows: Vec::new(),
        }
    }

    /// The columns that are left out where room is short, the first one first.
    #[must_use]
    pub fn spare(mut self, heads: &'static [&'static str]) -> Self {
        self.spare = heads;
        self
    }

    /// One more row of plain cells.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.cells(cells.into_iter().map(|text| (text, Ink::Plain)).collect());
    }

    /// One more row.
    pub fn cells(&mut self, cells: Vec<Cell>) {
        let clean = |(text, ink): Cell| (clean_line(&text), ink);
        self.rows.push(cells.into_iter().map(clean).collect());
    }

    /// The table with nothing but letters and what every terminal has, made before its columns are measured.
    fn lettered(&self) -> Table {
        let cells = |row: &Vec<Cell>| {
            let cells = row.iter().map(|(text, ink)| (plain::text(text), *ink));
            cells.collect()
        };
        Table {
            heads: self.heads.clone(),
            spare: self.spare,
            rows: self.rows.iter().map(cells).collect(),
        }
    }

    /// The lines of the table, no wider than `columns` where given.
    fn lines(&self, columns: Option<usize>, colour: bool) -> Vec<String> {
        let widths = self.widths(columns);
        let heads: Vec<Cell> = self
            .heads
            .iter()
            .map(|(head, _)| ((*head).to_owned(), Ink::Head))
            .collect();
        std::iter::once(&heads)
            .chain(&self.rows)
            .map(|row| self.line(row, &widths, colour, columns.is_some()))
            .collect()
    }

    /// The width of every column; none for one that is left out.
    fn widths(&self, columns: Option<usize>) -> Vec<Option<usize>> {
        let natural: Vec<usize> = (0..self.heads.len())
            .map(|at| {
                let cells = self.rows.iter().filter_map(|row| row.get(at));
                let widest = cells.map(|(text, _)| width(text)).max().unwrap_or(0);
                widest.max(width(self.heads[at].0))
            })
            .collect();
        let Some(columns) = columns else {
            return natural.iter().map(|w| Some(*w.min(&ALIGNED))).collect();
        };
        let mut kept: Vec<Option<usize>> = natural.into_iter().map(Some).collect();
        let mut spare = self.spare.iter();
        loop {
            let cut = self.cut(kept.clone(), columns, READABLE);
            if taken(&cut) <= columns {
                return cut;
            }
            let Some(out) = spare.next() else {
                return self.cut(kept, columns, NARROWEST);
            };
            for ((head, _), width) in self.heads.iter().zip(&mut kept) {
                if head == out {
                    *width = None;
                }
            }
        }
    }

    /// Makes the widest column of texts narrower, over and over, until the row fits or none is wider than `least`.
    fn cut(
        &self,
        mut kept: Vec<Option<usize>>,
        columns: usize,
        least: usize,
    ) -> Vec<Option<usize>> {
        while taken(&kept) > columns {
            let texts = self.heads.iter().zip(&mut kept);
            let texts = texts.filter(|((_, holds), _)| *holds == Holds::Texts);
            match texts.filter_map(|(_, width)| width.as_mut()).max() {
                Some(width) if *width > least => *width -= 1,
                _ => break,
            }
        }
        kept
    }

    fn line(&self, row: &[Cell], widths: &[Option<usize>], colour: bool, cut: bool) -> String {
        let mut line = String::new();
        let last = widths.iter().rposition(Option::is_some);
        for (at, (text, ink)) in row.iter().enumerate() {
            let Some(columns) = widths.get(at).copied().flatten() else {
                continue;
            };
            let number = matches!(self.heads.get(at), Some((_, Holds::Numbers)));
            let text = if cut {
                fit(text, columns)
            } else {
                text.clone()
            };
            let blanks = " ".repeat(columns.saturating_sub(width(&text)));
            let cell = match (number, Some(at) == last) {
                (true, _) => format!("{blanks}{text}"),
                (false, true) => text,
                (false, false) => format!("{text}{blanks}"),
            };
            let gap = if Some(at) == last { "" } else { "  " };
            if colour && *ink != Ink::Plain {
                let _ = write!(line, "{}{cell}\u{1b}[0m{gap}", ink.code());
            } else {
                let _ = write!(line, "{cell}{gap}");
            }
        }
        line.trim_end().to_owned()
    }
}

/// The columns a row takes.
fn taken(widths: &[Option<usize>]) -> usize {
    let kept = widths.iter().flatten();
    kept.clone().sum::<usize>() + GAP * kept.count().saturating_sub(1)
}

/// Standard output and standard error.
#[derive(Debug)]
pub struct Output {
    out: io::BufWriter<io::Stdout>,
    colour: bool,
    columns: Option<usize>,
    terminal: bool,
    plain: bool,
}

impl Output {
    /// The output of this process. Colour until the settings say otherwise: only on a terminal that has it, and not with `NO_COLOR`.
    pub fn new() -> Self {
        let terminal = io::stdout().is_terminal();
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let given = std::env::var("COLUMNS").ok().and_then(|n| n.parse().ok());
        Output {
            out: io::BufWriter::new(io::stdout()),
            colour: terminal && !set("NO_COLOR") && !dumb,
            columns: if terminal {
                Some(window().or(given).unwrap_or(USUAL))
            } else {
                given
            },
            terminal,
            plain: false,
        }
    }

    /// Whether standard output is a terminal.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Whether colour is used.
    pub fn is_coloured(&self) -> bool {
        self.colour
    }

    /// Columns that a line may have, as far as anybody says.
    pub fn columns(&self) -> usize {
        self.columns.unwrap_or(USUAL)
    }

    /// No colour from here on.
    pub fn plain(&mut self) {
        self.colour = false;
    }

    /// Only characters that every terminal has from here on, letters aside. Documents for scripts stay as they are.
    pub fn letters(&mut self) {
        self.plain = true;
    }

    /// A text with no symbol that this terminal may lack.
    fn lettered(&self, text: String) -> String {
        if self.plain { plain::text(&text) } else { text }
    }

    /// One line.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        let line = self.lettered(clean_line(text));
        writeln!(self.out, "{line}")
    }

    /// Several lines: a note, a help text. Line breaks and tabs stay, blanks too.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        let text = self.lettered(clean_note(text));
        writeln!(self.out, "{}", text.trim_end())
    }

    /// A table in the width there is.
    pub fn table(&mut self, table: &Table) -> io::Result<()> {
        let lettered;
        let table = if self.plain {
            lettered = table.lettered();
            &lettered
        } else {
            table
        };
        for line in table.lines(self.columns, self.colour) {
            // What was cut ends in a sign of its own.
            let line = self.lettered(line);
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    /// One JSON document.
    pub fn json(&mut self, document: &Value) -> io::Result<()> {
        let text = serde_json::to_string_pretty(document)?;
        writeln!(self.out, "{}", escaped(&text))
    }

    /// Where a file that goes to standard output is written: as it is to a pipe, without control characters to a terminal.
    pub fn raw(&mut self) -> Box<dyn Write + '_> {
        if self.terminal {
            Box::new(Filter {
                out: &mut self.out,
                lead: false,
            })
        } else {
            Box::new(&mut self.out)
        }
    }

    /// Everything printed so far is with whoever reads it.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// A sentence to standard error, after what was printed so far.
    pub fn complain(&mut self, sentence: &str) {
        let _ = self.out.flush();
        let sentence = self.lettered(clean_note(sentence));
        let _ = writeln!(io::stderr(), "{}", sentence.trim_end());
    }
}

impl Default for Output {
    fn default() -> Self {
        Output::new()
    }
}

/// The terminal's columns, where it says.
#[cfg(unix)]
fn window() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

#[cfg(not(unix))]
fn window() -> Option<usize> {
    None
}

/// JSON in which no character can steer a terminal: those left over by the serializer are escaped, which changes no value.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        let steers = c != '\n' && c.is_control()
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        if steers {
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
}

/// Lets through what cannot steer a terminal.
struct Filter<W> {
    out: W,
    /// The last byte was the first of a two-byte control character (U+0080 to U+009F).
    lead: bool,
}

impl<W: Write> Write for Filter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut kept = Vec::with_capacity(bytes.len() + 1);
        for byte in bytes {
            let after_lead = std::mem::take(&mut self.lead);
            if after_lead && !(0x80..0xa0).contains(byte) {
                kept.push(0xc2);
            }
            match byte {
                0xc2 => self.lead = true,
                0x80..0xa0 if after_lead => {}
                b'\n' | b'\t' | b' '..=b'~' | 0x80.. => kept.push(*byte),
                _ => {}
            }
        }
        self.out.write_all(&kept)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["~name", ">strength", "~what"]);
        table.row(["Barney Rubble", "72", "a longer text that has to give way"].map(str::to_owned));
        table.cells(vec![
            ("漢字\u{1b}[31m".to_owned(), Ink::Cold),
            ("5".to_owned(), Ink::Plain),
            ("x".to_owned(), Ink::Plain),
        ]);
        table
    }

    #[test]
    fn a_table_keeps_to_the_width_it_is_given_and_numbers_stand_at_the_right() {
        for columns in [30, 40, 60] {
            for line in table().lines(Some(columns), false) {
                assert!(width(&line) <= columns, "{columns}: {line}");
            }
        }
        let lines = table().lines(None, false);
        assert_eq!(
            lines[1],
            "Barney Rubble        72  a longer text that has to give way"
        );
        assert_eq!(lines[2], "漢字[31m              5  x");
    }

    #[test]
    fn where_room_is_short_whole_columns_go_and_no_date_is_cut() {
        let heads = ["id", "~name", "~account", "on", "state"];
        let mut table = Table::new(&heads).spare(&["account", "state"]);
        table.row(
            [
                "wyd7",
                "Clementine Featherstonehaugh",
                "Featherstonehaugh & Daughters",
                "2026-11-22",
                "on rhythm",
            ]
            .map(str::to_owned),
        );
        for (columns, gone) in [(100, 0), (60, 0), (50, 1), (36, 2), (26, 2)] {
            let lines = table.lines(Some(columns), false);
            assert!(
                lines.iter().all(|l| width(l) <= columns),
                "{columns}: {lines:?}"
            );
            assert!(lines[1].contains("2026-11-22") && lines[1].contains("wyd7"));
            assert_eq!(!lines[0].contains("account"), gone > 0, "{columns}");
            assert_eq!(!lines[0].contains("state"), gone > 1, "{columns}");
            assert_eq!(lines[1].contains("on rhythm"), gone < 2, "{columns}");
        }
    }

    #[test]
    fn a_pipe_gets_every_text_whole_and_one_long_one_does_not_pad_the_rest() {
        let mut table = Table::new(&["~name", "state"]);
        let long = "x".repeat(500);
        table.row([long.clone(), "due".to_owned()]);
        table.row(["Ada".to_owned(), "due".to_owned()]);
        table.row(["Bob".to_owned(), String::new()]);
        let lines = table.lines(None, false);
        assert_eq!(lines[1], format!("{long}  due"));
        assert_eq!(width(&lines[2]), ALIGNED + GAP + 3);
        assert_eq!(lines[3], "Bob");
    }

    #[test]
    fn colour_is_around_a_cell_and_only_where_asked_for() {
        let coloured = table().lines(None, true).join("\n");
        assert_eq!(coloured.matches("\u{1b}[31m").count(), 1);
        assert!(!table().lines(None, false).join("\n").contains('\u{1b}'));
    }

    #[test]
    fn json_keeps_its_values_while_nothing_in_it_steers_a_terminal() {
        let value = serde_json::json!({"name": "a\u{1b}[2J\u{9b}31m\u{7f}\u{202E}é\n"});
        let text = escaped(&value.to_string());
        assert!(
            !text.chars().any(|c| c.is_control() || c == '\u{202E}'),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn a_file_on_a_terminal_loses_its_escapes_whichever_way_it_is_cut() {
        let text = "FN:é\u{9b}31m\u{1b}]0;x\u{7}£ß\t1\r\n".as_bytes();
        for cut in 0..text.len() {
            let mut out = Vec::new();
            let mut filter = Filter {
                out: &mut out,
                lead: false,
            };
            filter.write_all(&text[..cut]).unwrap();
            filter.write_all(&text[cut..]).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), "FN:é31m]0;x£ß\t1\n");
        }
    }
}
