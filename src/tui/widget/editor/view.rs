//! What of a text is seen: rows broken to the width there is, only those that are drawn, and the caret always among them.

use super::buffer::{Buffer, Place};
use super::moves;
use crate::tui::widget::wrap::{letters, row_end};
use ratatui::buffer::Buffer as Cells;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// What the last picture showed.
#[derive(Clone, Copy, Debug, Default)]
pub struct View {
    /// Columns and rows it had; nothing before the first one.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
    /// The beginning of its first row; of the text's one row, what the first column shows.
    pub top: Place,
}

/// One row: a part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it begins.
    pub start: Place,
    /// Where it ends, in bytes of its line.
    pub end: usize,
    /// Whether the line ends with it.
    pub last: bool,
}

/// A text broken into rows of so many columns.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'t> {
    text: &'t Buffer,
    columns: usize,
}

impl<'t> Rows<'t> {
    /// For an area of so many columns; one of them is kept for the caret at a line's end. None at all: lines are not broken.
    pub fn new(text: &'t Buffer, columns: u16) -> Self {
        let columns = match columns {
            0 => usize::MAX,
            some => usize::from(some - 1).max(1),
        };
        Rows { text, columns }
    }

    /// The row that begins here.
    pub fn starting(&self, start: Place) -> Row {
        let line = self.text.line(start.row);
        let end = row_end(line, start.byte, self.columns);
        let last = end >= line.len();
        Row { start, end, last }
    }

    /// The row a place is in: at a break inside of a line, the later one.
    pub fn at(&self, place: Place) -> Row {
        let line = self.text.line(place.row);
        let (byte, end) = (self.text.folds()).around(place.row, line, self.columns, place.byte);
        Row {
            start: Place { byte, ..place },
            end,
            last: end >= line.len(),
        }
    }

    /// The row below.
    pub fn below(&self, row: Row) -> Option<Row> {
        let start = if row.last {
            Place {
                row: row.start.row + 1,
                byte: 0,
            }
        } else {
            Place {
                byte: row.end,
                ..row.start
            }
        };
        (start.row < self.text.lines().len()).then(|| self.starting(start))
    }

    /// The beginning of the row so many above the one that begins here; of the first one where there are not so many.
    pub fn above(&self, start: Place, count: usize) -> Place {
        let (mut start, mut count) = (start, count);
        while count > 0 {
            let line = self.text.line(start.row);
            let folds = self.text.folds();
            match folds.above(start.row, line, self.columns, start.byte, count) {
                Ok(byte) => return Place { byte, ..start },
                Err(rows) => count -= rows,
            }
            let Some(row) = start.row.checked_sub(1) else {
                return Place::default();
            };
            start = Place {
                row,
                byte: usize::MAX,
            };
        }
        start
    }

    /// So many rows from one on.
    pub fn down(&self, from: Row, count: usize) -> impl Iterator<Item = Row> {
        std::iter::successors(Some(from), |row| self.below(*row)).take(count)
    }

    /// The column a place is in.
    pub fn column(&self, row: Row, place: Place) -> usize {
        let line = self.text.line(row.start.row);
        let letters = letters(line, row.start.byte);
        let before = letters.take_while(|letter| letter.end() <= place.byte);
        before.fold(0, |column, letter| column + letter.columns(column))
    }

    /// The place that a column of a row shows; the last one that is in the row where the column is beyond.
    pub fn place(&self, row: Row, column: usize) -> Place {
        let line = self.text.line(row.start.row);
        let (mut used, mut byte) = (0, row.start.byte);
        for letter in letters(line, row.start.byte).take_while(|letter| letter.byte < row.end) {
            byte = letter.byte;
            used += letter.columns(used);
            if used > column {
                break;
            }
            if row.last {
                byte = letter.end();
            }
        }
        Place { byte, ..row.start }
    }

    /// The beginning of the first row to be drawn: the last picture's, moved as little as lets the caret be seen, and no further
    /// down than fills the picture.
    pub fn top(&self, view: View, caret: Place) -> Place {
        let rows = usize::from(view.rows.max(1));
        let caret = self.at(caret).start;
        let last = self.text.end();
        let top = self.at(view.top.min(last));
        let mut seen = self.down(top, rows).map(|row| row.start);
        let mut top = top.start;
        if caret < top {
            top = caret;
        } else if !seen.any(|start| start == caret) {
            top = self.above(caret, rows - 1);
        }
        self.filled(top, rows)
    }

    /// The beginning of the first row, no further down than lets so many be filled.
    pub fn filled(&self, top: Place, rows: usize) -> Place {
        let seen = self.down(self.starting(top), rows).count();
        self.above(top, rows - seen)
    }
}

/// What the first column of a text of one line shows: the last picture's, moved as little as lets the caret be seen, and no further
/// than fills the picture.
pub fn left(text: &Buffer, before: Place, caret: Place, columns: u16) -> Place {
    let room = usize::from(columns.saturating_sub(1));
    let seen = reaching_back(text, caret, room);
    let furthest = reaching_back(text, text.end(), room).last().copied();
    let nearest = seen.last().copied().unwrap_or(caret);
    let kept = seen.into_iter().find(|place| *place == before.min(caret));
    let left = kept.unwrap_or(nearest);
    left.min(furthest.unwrap_or(left))
}

/// The beginnings of the letters before a place, as far back as so many columns go; the place itself is the first.
fn reaching_back(text: &Buffer, from: Place, columns: usize) -> Vec<Place> {
    let line = text.line(from.row);
    let mut used = 0;
    let earlier = |at: &Place| moves::back(text, *at).filter(|at| at.row == from.row);
    let all = std::iter::successors(Some(from), earlier);
    let near = all.take_while(|at| {
        let letter = letters(line, at.byte).next().filter(|_| *at != from);
        used += letter.map_or(0, |letter| letter.columns(0));
        used <= columns
    });
    near.collect()
}

/// Draws rows of a text, and what is selected of it.
pub struct Drawing<'a> {
    /// What is drawn.
    pub text: &'a Buffer,
    /// Where.
    pub area: Rect,
    /// What is marked.
    pub selected: Option<(Place, Place)>,
}

impl Drawing<'_> {
    /// Draws one row, the first column showing what begins at its start.
    pub fn row(&self, cells: &mut Cells, row: Row, y: u16) {
        let line = self.text.line(row.start.row);
        let mut x = 0;
        for letter in letters(line, row.start.byte).take_while(|letter| letter.byte < row.end) {
            let wide = letter.columns(usize::from(x)) as u16;
            if x + wide > self.area.width {
                break;
            }
            let style = self.style(Place {
                byte: letter.byte,
                ..row.start
            });
            // A tab is blank, and so is what would steer the terminal.
            let steers = letter.text.starts_with(char::is_control);
            let symbol = if steers { " " } else { letter.text };
            self.letter(cells, (x, y), (symbol, wide), style, steers);
            x += wide;
        }
        let end = Place {
            byte: row.end,
            ..row.start
        };
        // The end of a line is selected too.
        if let Some(style) = self.style(end).filter(|_| row.last && x < self.area.width) {
            self.letter(cells, (x, y), (" ", 1), Some(style), true);
        }
    }

    fn style(&self, place: Place) -> Option<Style> {
        let (from, to) = self.selected?;
        let marked = (from..to).contains(&place);
        marked.then(|| Style::new().add_modifier(Modifier::REVERSED))
    }

    fn letter(
        &self,
        cells: &mut Cells,
        (x, y): (u16, u16),
        (symbol, wide): (&str, u16),
        style: Option<Style>,
        blank: bool,
    ) {
        for column in 0..wide {
            let at = Position::new(self.area.x + x + column, self.area.y + y);
            let Some(cell) = cells.cell_mut(at) else {
                return;
            };
            if column > 0 && !blank {
                cell.reset();
            } else {
                cell.set_symbol(symbol);
            }
            cell.set_style(style.unwrap_or_default());
        }
    }
}
