//! What the mouse does in a text: where it points, what it draws over, how it scrolls.

use super::view::{Row, Rows, View, left};
use super::{Editor, Place, moves};
use crate::tui::effect::MouseWhat;

/// Rows that one turn of the wheel moves.
const WHEEL: i32 = 3;

impl Editor {
    /// The mouse did something at a cell, counted from the corner of the area drawn last.
    pub fn mouse(&mut self, (column, row): (i32, i32), what: MouseWhat) {
        match what {
            MouseWhat::Press | MouseWhat::Double => {
                self.point(column as u16, row as u16);
                if what == MouseWhat::Double {
                    self.select_word();
                }
            }
            MouseWhat::Drag => self.drag(column, row),
            MouseWhat::WheelUp => self.scroll(-WHEEL),
            MouseWhat::WheelDown => self.scroll(WHEEL),
        }
    }

    /// The mouse was pressed on a cell of the area drawn last: the caret goes there.
    pub fn point(&mut self, column: u16, row: u16) {
        if let Some(place) = self.shown_at(i32::from(column), i32::from(row)) {
            self.text.pause();
            self.settle(place);
            self.anchor = Some(place);
        }
    }

    /// The mouse was moved there with its button down, perhaps out of the area: what lies between is selected.
    pub fn drag(&mut self, column: i32, row: i32) {
        let anchor = self.anchor.unwrap_or(self.caret);
        if let Some(place) = self.shown_at(column, row) {
            self.settle(place);
            self.anchor = Some(anchor);
        }
    }

    /// Selects the word the caret is in.
    pub fn select_word(&mut self) {
        let (from, to) = moves::word_at(&self.text, self.caret);
        self.settle(to);
        self.anchor = Some(from);
    }

    /// Moves what is shown so many rows down, or up; the caret goes along where it would no longer be seen.
    pub fn scroll(&mut self, by: i32) {
        let view = self.view.get();
        if !self.many || view.columns == 0 {
            return;
        }
        let rows = self.rows_seen();
        let top = moved(rows, rows.top(view, self.caret), by);
        let top = rows.filled(top, view.rows.into());
        let seen: Vec<Row> = rows.down(rows.starting(top), view.rows.into()).collect();
        let row = rows.at(self.caret);
        let column = self.column.unwrap_or_else(|| rows.column(row, self.caret));
        let nearest = match (seen.first(), seen.last()) {
            (Some(first), _) if row.start < first.start => Some(*first),
            (_, Some(last)) if row.start > last.start => Some(*last),
            _ => None,
        };
        if let Some(place) = nearest.map(|row| rows.place(row, column)) {
            let anchor = self.anchor;
            self.settle(place);
            self.anchor = anchor;
        }
        self.column = Some(column);
        self.view.set(View { top, ..view });
    }

    /// The place that a cell of the area drawn last shows; one above or below it, what would be there.
    fn shown_at(&self, column: i32, row: i32) -> Option<Place> {
        let view = self.view.get();
        if view.columns == 0 {
            return None;
        }
        let rows = self.rows_seen();
        let column = usize::try_from(column).unwrap_or(0);
        if !self.many {
            let left = left(&self.text, view.top, self.caret, view.columns);
            return Some(rows.place(rows.starting(left), column));
        }
        let top = rows.top(view, self.caret);
        let row = rows.starting(moved(rows, top, row.clamp(-1, i32::from(view.rows))));
        Some(rows.place(row, column))
    }
}

/// The beginning of the row so many below the one that begins here, or above it.
pub(super) fn moved(rows: Rows<'_>, start: Place, by: i32) -> Place {
    let count = by.unsigned_abs() as usize;
    if by < 0 {
        return rows.above(start, count);
    }
    let last = rows.down(rows.starting(start), count + 1).last();
    last.map_or(start, |row| row.start)
}
