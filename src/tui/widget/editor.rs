//! Where text is typed: one line or many, moved through by what a reader sees as letters, with its own keys and its own undo.
//!
//! A key costs what the lines around the caret cost, however long the text is.
//!
//! ```text
//! keys     what is pressed                                   acts   what it does
//! buffer   the lines, and the steps that take changes back   moves  letters and words
//! view     rows of the width there is, the caret among them  folds  where the rows of long lines begin
//! pointer  the mouse
//! ```

mod acts;
mod buffer;
mod folds;
mod keys;
mod moves;
mod pointer;
mod view;

pub use buffer::Place;
pub use keys::KEYS;

use crate::domain::text::{clean_line, clean_note};
use buffer::{Buffer, cut, ordered};
use ratatui::Frame;
use ratatui::layout::Rect;
use std::cell::Cell;
use view::{Drawing, Rows, View};

/// A text being typed.
#[derive(Clone, Debug)]
pub struct Editor {
    text: Buffer,
    many: bool,
    caret: Place,
    /// Where the selection began; its other end is the caret.
    anchor: Option<Place>,
    /// The column that moves up and down keep to.
    column: Option<usize>,
    /// What was cut, copied or erased by line last.
    held: String,
    /// It was just erased by line: what is erased so next belongs to it.
    holding: bool,
    /// How wide the last picture was and what it began with: rows are only known from there.
    view: Cell<View>,
}

impl Editor {
    /// One line with this text, the caret at its end.
    pub fn line(text: &str) -> Self {
        Editor::with(&clean_line(text), false)
    }

    /// Many lines with this text, the caret at the end.
    pub fn note(text: &str) -> Self {
        Editor::with(&clean_note(text), true)
    }

    fn with(text: &str, many: bool) -> Self {
        let text = Buffer::new(text);
        Editor {
            caret: text.end(),
            text,
            many,
            anchor: None,
            column: None,
            held: String::new(),
            holding: false,
            view: Cell::default(),
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.text.text()
    }

    /// Its lines, at least one.
    pub fn lines(&self) -> &[String] {
        self.text.lines()
    }

    /// Whether this is the text.
    pub fn is(&self, text: &str) -> bool {
        self.text.is(text)
    }

    /// A number that grows with each change of the text.
    pub fn revision(&self) -> u64 {
        self.text.revision()
    }

    /// Where the next letter goes.
    pub fn caret(&self) -> Place {
        self.caret
    }

    /// The line the caret is in, and how many characters of it stand before the caret.
    pub fn line_at_caret(&self) -> (&str, usize) {
        let line = self.text.line(self.caret.row);
        (line, cut(line, 0, self.caret.byte).chars().count())
    }

    /// Puts a text in the place of so many characters before the caret, as one step.
    pub fn replace_before(&mut self, chars: usize, text: &str) {
        let line = self.text.line(self.caret.row);
        let before = cut(line, 0, self.caret.byte);
        let start = before.char_indices().rev().take(chars).last();
        let byte = start.map_or(self.caret.byte, |(at, _)| at);
        let from = Place { byte, ..self.caret };
        let clean = clean_line(text);
        self.put(from, self.caret, &clean);
    }

    /// Whether nothing but blanks was typed.
    pub fn is_blank(&self) -> bool {
        self.lines().iter().all(|line| line.trim().is_empty())
    }

    /// Whether the caret is before everything.
    pub fn at_start(&self) -> bool {
        self.caret == Place::default()
    }

    /// How many rows the text has in so many columns, counted no further than to `most`.
    pub fn rows(&self, columns: u16, most: usize) -> usize {
        let rows = Rows::new(&self.text, columns);
        rows.down(rows.at(Place::default()), most).count()
    }

    /// Another text in the place of this one, as one step; the caret goes to its end.
    pub fn set(&mut self, text: &str) {
        let clean = self.cleaned(text);
        self.anchor = None;
        self.put(Place::default(), self.text.end(), &clean);
    }

    fn cleaned(&self, text: &str) -> String {
        if self.many {
            clean_note(text)
        } else {
            clean_line(text)
        }
    }

    /// One character more.
    pub fn insert(&mut self, c: char) {
        let mut utf8 = [0; 4];
        let letter = &*c.encode_utf8(&mut utf8);
        let kept = match c {
            '\n' => self.many,
            _ => c.is_alphanumeric() || !c.is_control() && !clean_note(letter).is_empty(),
        };
        if !kept {
            return;
        }
        let (from, to) = self.selection().unwrap_or((self.caret, self.caret));
        let end = if c.is_alphanumeric() {
            self.text.letter(from, to, letter, self.caret)
        } else {
            self.text.replace(from, to, letter, self.caret)
        };
        self.settle(end);
    }

    /// Pasted text, cleaned of what steers a terminal; on one line where there is only one.
    pub fn paste(&mut self, text: &str) {
        let clean = self.cleaned(text);
        if !clean.is_empty() {
            self.put_in(&clean);
        }
    }

    fn put_in(&mut self, text: &str) {
        let (from, to) = self.selection().unwrap_or((self.caret, self.caret));
        self.put(from, to, text);
    }

    fn put(&mut self, from: Place, to: Place, text: &str) {
        let end = self.text.replace(from, to, text, self.caret);
        self.settle(end);
    }

    /// The text changed; the caret is here now, and nothing is selected.
    fn settle(&mut self, caret: Place) {
        self.caret = caret;
        self.anchor = None;
        self.column = None;
        self.holding = false;
    }

    /// Whether something is selected.
    pub fn has_selection(&self) -> bool {
        self.selection().is_some()
    }

    /// From where to where something is selected.
    fn selection(&self) -> Option<(Place, Place)> {
        self.anchor.and_then(|anchor| ordered(anchor, self.caret))
    }

    fn rows_seen(&self) -> Rows<'_> {
        let columns = if self.many {
            self.view.get().columns
        } else {
            0
        };
        Rows::new(&self.text, columns)
    }

    /// Draws the text; where it has the focus, the terminal's own cursor stands at the caret, for input methods and screen readers.
    /// Gives back where that is.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, focused: bool) -> Option<(u16, u16)> {
        let area = area.intersection(frame.area());
        if area.is_empty() {
            return None;
        }
        let caret = if self.many {
            self.draw_rows(frame, area)
        } else {
            Some(self.draw_line(frame, area))
        };
        let (column, row) = caret.filter(|_| focused)?;
        let column = column.min(usize::from(area.width - 1)) as u16;
        let place = (area.x + column, area.y + row);
        frame.set_cursor_position(place);
        Some(place)
    }

    fn drawing(&self, area: Rect) -> Drawing<'_> {
        Drawing {
            text: &self.text,
            area,
            selected: self.selection(),
        }
    }

    /// Gives back where the caret stands.
    fn draw_rows(&self, frame: &mut Frame<'_>, area: Rect) -> Option<(usize, u16)> {
        let view = View {
            columns: area.width,
            rows: area.height,
            ..self.view.get()
        };
        let rows = Rows::new(&self.text, area.width);
        let top = rows.top(view, self.caret);
        self.view.set(View { top, ..view });
        let (drawing, here) = (self.drawing(area), rows.at(self.caret));
        let mut caret = None;
        for (row, y) in rows.down(rows.starting(top), area.height.into()).zip(0..) {
            drawing.row(frame.buffer_mut(), row, y);
            if row.start == here.start {
                caret = Some((rows.column(row, self.caret), y));
            }
        }
        caret
    }

    /// The one line, moved sideways so that the caret is seen.
    fn draw_line(&self, frame: &mut Frame<'_>, area: Rect) -> (usize, u16) {
        let before = self.view.get();
        let top = view::left(&self.text, before.top, self.caret, area.width);
        self.view.set(View {
            columns: area.width,
            rows: 1,
            top,
        });
        let rows = Rows::new(&self.text, 0);
        let row = rows.starting(top);
        self.drawing(area).row(frame.buffer_mut(), row, 0);
        (rows.column(row, self.caret), 0)
    }
}

#[cfg(test)]
mod tests;
