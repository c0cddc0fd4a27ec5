//! The text of an editor: lines, changed in one way only, and the steps that take the changes back.
//!
//! Why not the text area of a library: the ones there are rebuild a map of the whole text after each change, so that a letter typed
//! into a long note costs as much as reading it all. Here a change costs what the lines it touches cost.

use super::folds::Folds;
use std::cmp::Ordering;
use std::collections::VecDeque;

/// Steps that can be taken back.
const STEPS: usize = 20_000;
/// Bytes kept for them, whatever was pasted and erased.
const KEPT: usize = 64 << 20;

/// A place in a text: a line, and how many of its bytes stand before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub row: usize,
    /// Bytes of it before the place.
    pub byte: usize,
}

/// One change: what stood there, and what stands there since.
#[derive(Clone, Debug)]
struct Step {
    at: Place,
    removed: String,
    inserted: String,
    /// The place after it.
    end: Place,
    /// Where the caret was.
    caret: Place,
}

impl Step {
    fn bytes(&self) -> usize {
        self.removed.len() + self.inserted.len()
    }
}

/// The text, and how it came to be.
#[derive(Clone, Debug)]
pub struct Buffer {
    /// Never empty.
    lines: Vec<String>,
    /// Bytes of the whole text, line ends included.
    bytes: usize,
    revision: u64,
    folds: Folds,
    done: VecDeque<Step>,
    undone: Vec<Step>,
    /// Bytes in `done`.
    kept: usize,
    /// The last step is a word that is still being typed.
    word: bool,
}

impl Buffer {
    /// A text without a past.
    pub fn new(text: &str) -> Self {
        Buffer {
            lines: text.split('\n').map(str::to_owned).collect(),
            bytes: text.len(),
            revision: 0,
            folds: Folds::default(),
            done: VecDeque::new(),
            undone: Vec::new(),
            kept: 0,
            word: false,
        }
    }

    /// Its lines, at least one.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// A line; nothing where there is none.
    pub fn line(&self, row: usize) -> &str {
        self.lines.get(row).map_or("", String::as_str)
    }

    /// The whole text.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.bytes);
        for (row, line) in self.lines.iter().enumerate() {
            if row > 0 {
                text.push('\n');
            }
            text.push_str(line);
        }
        text
    }

    /// Whether this is the text, found out without making it.
    pub fn is(&self, text: &str) -> bool {
        self.bytes == text.len() && self.lines.iter().map(String::as_str).eq(text.split('\n'))
    }

    /// Grows with each change of the text.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Where the rows of its lines begin.
    pub fn folds(&self) -> &Folds {
        &self.folds
    }

    /// The place after everything.
    pub fn end(&self) -> Place {
        let row = self.lines.len() - 1;
        Place {
            row,
            byte: self.line(row).len(),
        }
    }

    /// The text between two places.
    pub fn between(&self, from: Place, to: Place) -> String {
        if from.row == to.row {
            return cut(self.line(from.row), from.byte, to.byte).to_owned();
        }
        let first = self.line(from.row);
        let mut text = cut(first, from.byte, first.len()).to_owned();
        for line in self.lines.get(from.row + 1..to.row).unwrap_or_default() {
            text.push('\n');
            text.push_str(line);
        }
        text.push('\n');
        text.push_str(cut(self.line(to.row), 0, to.byte));
        text
    }

    /// Puts a text in the place of what stands between two others, as one step; gives back the place after it.
    pub fn replace(&mut self, from: Place, to: Place, text: &str, caret: Place) -> Place {
        self.word = false;
        self.change(from, to, text, caret)
    }

    /// As [`Buffer::replace`], for a letter of a word: it is one step with the letters before.
    pub fn letter(&mut self, from: Place, to: Place, letter: &str, caret: Place) -> Place {
        let last = self.done.back().filter(|_| self.word && from == to);
        if last.is_some_and(|step| step.end == from) {
            let (_, end) = self.splice(from, to, letter);
            if let Some(step) = self.done.back_mut() {
                step.inserted.push_str(letter);
                step.end = end;
                self.kept += letter.len();
            }
            self.undone.clear();
            return end;
        }
        let end = self.change(from, to, letter, caret);
        self.word = true;
        end
    }

    /// What is typed from here on is not the same word.
    pub fn pause(&mut self) {
        self.word = false;
    }

    fn change(&mut self, from: Place, to: Place, text: &str, caret: Place) -> Place {
        if from == to && text.is_empty() {
            return from;
        }
        let (removed, end) = self.splice(from, to, text);
        let step = Step {
            at: from,
            removed,
            inserted: text.to_owned(),
            end,
            caret,
        };
        self.undone.clear();
        self.kept += step.bytes();
        self.done.push_back(step);
        while self.done.len() > STEPS || (self.kept > KEPT && self.done.len() > 1) {
            let oldest = self.done.pop_front();
            self.kept -= oldest.map_or(0, |step| step.bytes());
        }
        end
    }

    /// Takes the last step back; gives where the caret was before it.
    pub fn undo(&mut self) -> Option<Place> {
        self.word = false;
        let step = self.done.pop_back()?;
        self.kept -= step.bytes();
        self.splice(step.at, step.end, &step.removed);
        let caret = step.caret;
        self.undone.push(step);
        Some(caret)
    }

    /// Makes the last step that was taken back again; gives the place after what came in.
    pub fn redo(&mut self) -> Option<Place> {
        self.word = false;
        let step = self.undone.pop()?;
        self.kept += step.bytes();
        let (_, end) = self.splice(step.at, after(step.at, &step.removed), &step.inserted);
        self.done.push_back(step);
        Some(end)
    }

    /// The one way the lines change. Gives what stood there, and the place after what came.
    fn splice(&mut self, from: Place, to: Place, text: &str) -> (String, Place) {
        let removed = self.between(from, to);
        self.bytes = self.bytes + text.len() - removed.len();
        self.revision += 1;
        let end = after(from, text);
        self.folds.changed(from, to, end);
        let Some(line) = self.lines.get_mut(from.row) else {
            return (removed, end);
        };
        if from.row == to.row && end.row == from.row {
            line.replace_range(from.byte..to.byte, text);
            return (removed, end);
        }
        let tail = cut(self.line(to.row), to.byte, usize::MAX).to_owned();
        let mut pieces = text.split('\n');
        if let Some(line) = self.lines.get_mut(from.row) {
            line.truncate(from.byte);
            line.push_str(pieces.next().unwrap_or_default());
        }
        let new: Vec<String> = pieces.map(str::to_owned).collect();
        self.lines.splice(from.row + 1..=to.row, new);
        if let Some(line) = self.lines.get_mut(end.row) {
            line.push_str(&tail);
        }
        (removed, end)
    }
}

/// A part of a line; to its end where it is shorter.
pub fn cut(line: &str, from: usize, to: usize) -> &str {
    line.get(from..to.min(line.len())).unwrap_or_default()
}

/// The place after a text that begins at another.
fn after(at: Place, text: &str) -> Place {
    let last = text.rfind('\n').map(|end| text.len() - end - 1);
    match last {
        None => Place {
            byte: at.byte + text.len(),
            ..at
        },
        Some(byte) => Place {
            row: at.row + text.bytes().filter(|byte| *byte == b'\n').count(),
            byte,
        },
    }
}

/// Two places, the earlier one first; none where they are the same.
pub fn ordered(a: Place, b: Place) -> Option<(Place, Place)> {
    match a.cmp(&b) {
        Ordering::Less => Some((a, b)),
        Ordering::Equal => None,
        Ordering::Greater => Some((b, a)),
    }
}
