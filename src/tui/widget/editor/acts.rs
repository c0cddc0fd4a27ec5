//! What the keys do to a text: moving, selecting, erasing, taking back, cutting and putting in again.

use super::buffer::ordered;
use super::pointer::moved;
use super::view::View;
use super::{Editor, Place, moves};
use crate::tui::keymap::Action;

impl Editor {
    /// What is selected.
    pub fn selected(&self) -> Option<String> {
        let (from, to) = self.selection()?;
        Some(self.text.between(from, to))
    }

    /// Takes out what is selected; it can be put in again by its key.
    pub fn cut(&mut self) -> Option<String> {
        let (from, to) = self.selection()?;
        let text = self.text.between(from, to);
        self.put(from, to, "");
        self.held.clone_from(&text);
        Some(text)
    }

    /// Keeps what is selected, so that it can be put in elsewhere by its key; false where nothing is.
    fn copy(&mut self) -> bool {
        let selected = self.selected();
        let copied = selected.is_some();
        self.held = selected.unwrap_or(std::mem::take(&mut self.held));
        copied
    }

    /// Performs a key of [`KEYS`](super::KEYS), or a move up or down; false where there was nothing to do.
    pub fn act(&mut self, action: Action) -> bool {
        let Some(plain) = selecting(action) else {
            return self.act_plainly(action);
        };
        let (anchor, before) = (self.anchor.unwrap_or(self.caret), self.caret);
        self.anchor = None;
        if !self.act_plainly(plain) {
            // In the first and the last row there is still something before and after.
            match plain {
                Action::Up => self.caret = Place::default(),
                Action::Down => self.caret = self.text.end(),
                _ => {}
            }
        }
        self.anchor = Some(anchor);
        self.caret != before
    }

    fn act_plainly(&mut self, action: Action) -> bool {
        use Action as A;
        match action {
            A::Up | A::Down | A::PageUp | A::PageDown => self.vertical(action),
            A::UndoTyping | A::RedoTyping => self.step(action),
            A::SelectAll => {
                self.settle(self.text.end());
                self.anchor = Some(Place::default());
                !self.at_start()
            }
            A::CopyText => self.copy(),
            A::CutText => self.cut().is_some(),
            A::PasteText if self.held.is_empty() => false,
            A::PasteText => {
                let held = std::mem::take(&mut self.held);
                self.put_in(&held);
                self.held = held;
                true
            }
            _ => self.go(action) || self.erase(action),
        }
    }

    fn go(&mut self, action: Action) -> bool {
        let (text, at, selected) = (&self.text, self.caret, self.selection());
        let end = text.line(at.row).len();
        let place = match action {
            Action::CaretLeft => {
                selected.map_or_else(|| moves::back(text, at), |(from, _)| Some(from))
            }
            Action::CaretRight => selected.map_or_else(|| moves::on(text, at), |(_, to)| Some(to)),
            Action::WordLeft => moves::word_back(text, at),
            Action::WordRight => moves::word_on(text, at),
            Action::LineStart => Some(Place { byte: 0, ..at }),
            Action::LineEnd => Some(Place { byte: end, ..at }),
            Action::TextStart => Some(Place::default()),
            Action::TextEnd => Some(text.end()),
            _ => return false,
        };
        self.text.pause();
        self.settle(place.unwrap_or(at));
        self.caret != at || selected.is_some()
    }

    fn vertical(&mut self, action: Action) -> bool {
        self.text.pause();
        let view = self.view.get();
        let count = match action {
            Action::Up | Action::Down => 1,
            _ => i32::from(view.rows.max(2)) - 1,
        };
        let up = matches!(action, Action::Up | Action::PageUp);
        let by = if up { -count } else { count };
        let rows = self.rows_seen();
        let row = rows.at(self.caret);
        let column = self.column.unwrap_or_else(|| rows.column(row, self.caret));
        let start = moved(rows, row.start, by);
        if start == row.start {
            return false;
        }
        if count > 1 && view.columns > 0 {
            let top = moved(rows, rows.top(view, self.caret), by);
            self.view.set(View { top, ..view });
        }
        self.settle(rows.place(rows.starting(start), column));
        self.column = Some(column);
        true
    }

    fn erase(&mut self, action: Action) -> bool {
        let (text, at) = (&self.text, self.caret);
        let end = text.line(at.row).len();
        let other = match action {
            Action::EraseWord => moves::word_back(text, at),
            Action::EraseWordRight => moves::word_end(text, at),
            Action::EraseToStart if at.byte > 0 => Some(Place { byte: 0, ..at }),
            Action::EraseLeft | Action::EraseToStart => moves::back(text, at),
            Action::EraseToEnd if at.byte < end => Some(Place { byte: end, ..at }),
            Action::EraseRight | Action::EraseToEnd => moves::on(text, at),
            _ => return false,
        };
        let selected = self.selection();
        let range = selected.or_else(|| ordered(other?, at));
        let Some((from, to)) = range else {
            return false;
        };
        let by_line = matches!(action, Action::EraseToStart | Action::EraseToEnd);
        let held = by_line && selected.is_none();
        if held {
            self.hold(from, to);
        }
        self.put(from, to, "");
        self.holding = held;
        true
    }

    /// Keeps what is erased by line; what is erased so several times in a row is one text.
    fn hold(&mut self, from: Place, to: Place) {
        let text = self.text.between(from, to);
        if !self.holding {
            self.held = text;
        } else if to == self.caret {
            self.held.insert_str(0, &text);
        } else {
            self.held.push_str(&text);
        }
    }

    fn step(&mut self, action: Action) -> bool {
        let caret = match action {
            Action::UndoTyping => self.text.undo(),
            _ => self.text.redo(),
        };
        if let Some(caret) = caret {
            self.settle(caret);
        }
        caret.is_some()
    }
}

/// What a key that selects does besides.
fn selecting(action: Action) -> Option<Action> {
    Some(match action {
        Action::SelectLeft => Action::CaretLeft,
        Action::SelectRight => Action::CaretRight,
        Action::SelectUp => Action::Up,
        Action::SelectDown => Action::Down,
        Action::SelectWordLeft => Action::WordLeft,
        Action::SelectWordRight => Action::WordRight,
        Action::SelectLineStart => Action::LineStart,
        Action::SelectLineEnd => Action::LineEnd,
        Action::SelectTextStart => Action::TextStart,
        Action::SelectTextEnd => Action::TextEnd,
        _ => return None,
    })
}
