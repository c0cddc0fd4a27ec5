//! Where the rows of long lines begin: found out as far as somebody asks, and kept as far as a change leaves it true.

use super::buffer::Place;
use crate::tui::widget::wrap::{row_end, spans};
use std::cell::RefCell;

/// A line of fewer bytes is soon read from its start.
const LONG: usize = 1_000;
/// Lines of which it is known: the caret's, the one at the top, and one more.
const LINES: usize = 3;
/// Rows before a change whose ends may depend on it: a word may go up into the row before, and letters may join with the last one.
const NEAR: usize = 3;

/// Where the rows of one line begin in so many columns.
#[derive(Clone, Debug)]
struct Fold {
    row: usize,
    columns: usize,
    /// The first ones, never none.
    starts: Vec<usize>,
    /// There are no more.
    whole: bool,
}

impl Fold {
    fn reach(&mut self, line: &str, byte: usize) {
        while let Some(last) = self
            .starts
            .last()
            .copied()
            .filter(|last| !self.whole && *last <= byte)
        {
            let end = row_end(line, last, self.columns);
            self.whole = end >= line.len();
            self.starts.extend((!self.whole).then_some(end));
        }
    }
}

/// What is known of long lines.
#[derive(Clone, Debug, Default)]
pub struct Folds(RefCell<Vec<Fold>>);

impl Folds {
    /// From where to where the row of a line goes that a byte is in: at a break, the later one.
    pub fn around(&self, row: usize, line: &str, columns: usize, byte: usize) -> (usize, usize) {
        if line.len() < LONG {
            let mut all = spans(line, columns);
            let found = all.find(|(_, end)| byte < *end || *end >= line.len());
            return found.unwrap_or_default();
        }
        self.known(row, line, columns, byte, |starts| {
            let after = starts.partition_point(|start| *start <= byte);
            let at = |index| starts.get(index).copied();
            let start = after.checked_sub(1).and_then(at);
            (start.unwrap_or(0), at(after).unwrap_or(line.len()))
        })
    }

    /// Where the row begins that is so many rows above a byte; where there are not so many, how many there are.
    pub fn above(
        &self,
        row: usize,
        line: &str,
        columns: usize,
        byte: usize,
        count: usize,
    ) -> Result<usize, usize> {
        let find = |starts: &[usize]| {
            let before = starts.partition_point(|start| *start < byte);
            let found = before.checked_sub(count).and_then(|at| starts.get(at));
            found.copied().ok_or(before)
        };
        if line.len() < LONG {
            let starts = spans(line, columns).map(|(start, _)| start);
            return find(&starts.take_while(|start| *start < byte).collect::<Vec<_>>());
        }
        self.known(row, line, columns, byte, find)
    }

    fn known<T>(
        &self,
        row: usize,
        line: &str,
        columns: usize,
        byte: usize,
        find: impl FnOnce(&[usize]) -> T,
    ) -> T {
        let mut folds = self.0.borrow_mut();
        let fresh = Fold {
            row,
            columns,
            starts: vec![0],
            whole: false,
        };
        let known = folds
            .iter()
            .position(|fold| (fold.row, fold.columns) == (row, columns));
        let mut fold = known.map_or(fresh, |at| folds.remove(at));
        fold.reach(line, byte);
        let found = find(&fold.starts);
        // The one asked for last is forgotten last.
        folds.insert(0, fold);
        folds.truncate(LINES);
        found
    }

    /// The text from one place to another became one that ends at a third.
    pub fn changed(&mut self, from: Place, to: Place, end: Place) {
        let folds = self.0.get_mut();
        folds.retain(|fold| fold.row <= from.row || fold.row > to.row);
        for fold in folds {
            if fold.row > to.row {
                fold.row = fold.row - to.row + end.row;
            } else if fold.row == from.row {
                let before = fold.starts.partition_point(|start| *start <= from.byte);
                fold.starts.truncate(before.saturating_sub(NEAR).max(1));
                fold.whole = false;
            }
        }
    }
}
