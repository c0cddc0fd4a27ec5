//! What the dialects share: a row's cells with their columns, and the draft they fill.

use crate::domain::contact::{Card, PartialDate};
use crate::domain::text::clean_line;
use crate::exchange::draft::{Draft, extra};
use crate::exchange::words;

/// A cell that holds something.
pub(super) struct Cell<'a> {
    /// The column's name as the file writes it.
    pub name: &'a str,
    /// The column's name in lower case.
    pub key: &'a str,
    /// What is in it.
    pub value: &'a str,
}

/// A draft while a row is being read.
#[derive(Default)]
pub(super) struct Take {
    pub card: Card,
    pub doubts: Vec<String>,
    pub left_out: Vec<String>,
    /// The account's and the manager's identity in the other program, or nothing.
    pub account: String,
    pub manager: String,
    /// Whether the record is thrown away there.
    pub deleted: bool,
}

impl Take {
    /// Keeps what has no place. A cell with nothing but blanks says nothing.
    pub fn keep(&mut self, source: &str, name: &str, value: &str) {
        if !clean_line(value).is_empty() {
            self.card.extra.push(extra(source, name, value));
        }
    }

    pub fn finish(self, line: u64) -> Draft {
        let mut draft = Draft::new(self.card, line);
        draft.doubts = self.doubts;
        draft.left_out = self.left_out;
        draft.account = self.account;
        draft.manager = self.manager;
        draft
    }

    /// A date of the person's own country, read month first unless that cannot be; a date that could be either is told.
    pub fn local_date(&mut self, column: &str, text: &str) -> Option<PartialDate> {
        let day = text.trim().split([' ', ',']).next().unwrap_or_default();
        if let Some(date) = words::iso_date(day) {
            return Some(date);
        }
        let mut numbers = Vec::with_capacity(3);
        for piece in day.split(['/', '.', '-']) {
            numbers.push(piece.parse::<u32>().ok()?);
        }
        let &[first, second, third] = numbers.as_slice() else {
            return None;
        };
        if first > 31 {
            return PartialDate::new(Some(first.cast_signed()), second, third);
        }
        let day_first = first > 12 || day.contains('.');
        let (month, day_of_month) = if day_first {
            (second, first)
        } else {
            (first, second)
        };
        let year = full_year(third);
        if !day_first && second <= 12 && first != second {
            self.doubts.push(format!(
                "{column} {} taken as month/day/year",
                clean_line(day)
            ));
        }
        PartialDate::new(Some(year), month, day_of_month)
    }
}

/// A year of two digits lies in the century that makes it 1970 to 2069.
pub(super) fn full_year(year: u32) -> i32 {
    match year {
        0..=69 => 2000 + year.cast_signed(),
        70..=99 => 1900 + year.cast_signed(),
        _ => i32::try_from(year).unwrap_or(i32::MAX),
    }
}

/// Whether a cell says that there is no date.
pub(super) fn is_no_date(text: &str) -> bool {
    text.chars()
        .all(|c| matches!(c, '0' | '/' | '-' | '.' | ' '))
}
