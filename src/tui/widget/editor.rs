//! Where text is typed: one line or many, moved through by what a reader sees as letters, with its own keys and its own undo.
//!
//! The buffer is the text area's; its default keys are not used, because several of them surprise (Ctrl-U takes back, Ctrl-J
//! erases) and because it moves by code points, which takes a family emoji apart.

use crate::domain::text::{clean_line, clean_note};
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_textarea::{CursorMove, TextArea, WrapMode};
use unicode_segmentation::UnicodeSegmentation;

/// The keys inside every text field.
pub const KEYS: Keys = Keys {
    place: "While typing",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Left), Key::ctrl('b')],
            Action::CaretLeft,
            "One letter left",
            "left",
            0,
        ),
        bind(
            &[Key::plain(Code::Right), Key::ctrl('f')],
            Action::CaretRight,
            "One letter right",
            "right",
            0,
        ),
        bind(
            &[
                Key::with_ctrl(Code::Left),
                Key::alt(Code::Left),
                Key::alt(Code::Char('b')),
            ],
            Action::WordLeft,
            "One word left",
            "word left",
            0,
        ),
        bind(
            &[
                Key::with_ctrl(Code::Right),
                Key::alt(Code::Right),
                Key::alt(Code::Char('f')),
            ],
            Action::WordRight,
            "One word right",
            "word right",
            0,
        ),
        bind(
            &[Key::plain(Code::Home), Key::ctrl('a')],
            Action::LineStart,
            "To the start of the line",
            "start",
            0,
        ),
        bind(
            &[Key::plain(Code::End), Key::ctrl('e')],
            Action::LineEnd,
            "To the end of the line",
            "end",
            0,
        ),
        bind(
            &[Key::plain(Code::Backspace), Key::ctrl('h')],
            Action::EraseLeft,
            "Erase the letter before",
            "erase",
            0,
        ),
        bind(
            &[Key::plain(Code::Delete), Key::ctrl('d')],
            Action::EraseRight,
            "Erase the letter after",
            "erase",
            0,
        ),
        bind(
            &[Key::ctrl('w'), Key::alt(Code::Backspace)],
            Action::EraseWord,
            "Erase the word before",
            "erase word",
            0,
        ),
        bind(
            &[Key::ctrl('u')],
            Action::EraseToStart,
            "Erase to the start of the line",
            "erase",
            0,
        ),
        bind(
            &[Key::ctrl('k')],
            Action::EraseToEnd,
            "Erase to the end of the line",
            "erase",
            0,
        ),
        bind(
            &[Key::ctrl('_'), Key::alt(Code::Char('z'))],
            Action::UndoTyping,
            "Take back what was typed last",
            "untype",
            0,
        ),
        bind(
            &[Key::alt(Code::Char('r'))],
            Action::RedoTyping,
            "Type it again",
            "retype",
            0,
        ),
    ],
};

/// What the last edit was, so that a word is taken back as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Word,
    Other,
}

/// A text being typed.
#[derive(Clone, Debug)]
pub struct Editor {
    area: TextArea<'static>,
    many: bool,
    /// How many of the area's steps each step of ours has.
    steps: Vec<usize>,
    undone: Vec<usize>,
    last: Last,
    revision: u64,
}

impl Editor {
    /// One line with this text, the caret at its end.
    pub fn line(text: &str) -> Self {
        Editor::with(clean_line(text).lines(), false)
    }

    /// Many lines with this text, the caret at the end.
    pub fn note(text: &str) -> Self {
        Editor::with(clean_note(text).split('\n'), true)
    }

    fn with<'t>(lines: impl Iterator<Item = &'t str>, many: bool) -> Self {
        let mut area = TextArea::new(lines.map(str::to_owned).collect());
        area.set_max_histories(10_000);
        area.set_cursor_line_style(Style::default());
        area.set_cursor_style(Style::default());
        if many {
            area.set_wrap_mode(WrapMode::WordOrGlyph);
        }
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Editor {
            area,
            many,
            steps: Vec::new(),
            undone: Vec::new(),
            last: Last::Other,
            revision: 0,
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The line of the caret, and how many characters of it stand before the caret.
    pub fn line_at_caret(&self) -> (&str, usize) {
        let (_, column, line) = self.here();
        (line, column)
    }

    /// A number that grows with each change of the text.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Puts a text in the place of so many characters before the caret.
    pub fn replace_before(&mut self, chars: usize, text: &str) {
        for _ in 0..chars {
            self.area.delete_char();
        }
        self.area.insert_str(text);
        self.stepped(true);
    }

    /// Where the caret is drawn in an area.
    pub fn caret_in(&self, area: Rect) -> Option<(u16, u16)> {
        let caret = self.area.screen_cursor();
        let (top, left) = self.area.scroll_offset();
        Some((
            area.x + (caret.col as u16).saturating_sub(left),
            area.y + (caret.row as u16).saturating_sub(top),
        ))
    }

    /// Whether nothing but blanks was typed.
    pub fn is_blank(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// Whether the caret is before everything.
    pub fn at_start(&self) -> bool {
        let at = self.area.cursor();
        (at.0, at.1) == (0, 0)
    }

    /// One character more.
    pub fn insert(&mut self, c: char) {
        if c.is_control() && c != '\n' {
            return;
        }
        let word = c.is_alphanumeric();
        match c {
            '\n' if self.many => self.area.insert_newline(),
            '\n' => return,
            _ => self.area.insert_char(c),
        }
        match self.steps.last_mut() {
            Some(step) if word && self.last == Last::Word => *step += 1,
            _ => self.steps.push(1),
        }
        self.undone.clear();
        self.revision += 1;
        self.last = if word { Last::Word } else { Last::Other };
    }

    /// Pasted text, cleaned of what steers a terminal; on one line where there is only one.
    pub fn paste(&mut self, text: &str) {
        let clean = if self.many {
            clean_note(text)
        } else {
            clean_line(text)
        };
        if !clean.is_empty() {
            let done = self.area.insert_str(clean);
            self.stepped(done);
        }
    }

    fn stepped(&mut self, done: bool) {
        if done {
            self.steps.push(1);
            self.undone.clear();
            self.revision += 1;
        }
        self.last = Last::Other;
    }

    /// Performs a key of [`KEYS`], or a move up or down; false where there was nothing to do.
    pub fn act(&mut self, action: Action) -> bool {
        let before = self.area.cursor();
        match action {
            Action::CaretLeft => self.step_left(),
            Action::CaretRight => self.step_right(),
            Action::WordLeft => self.area.move_cursor(CursorMove::WordBack),
            Action::WordRight => self.area.move_cursor(CursorMove::WordForward),
            Action::LineStart => self.area.move_cursor(CursorMove::Head),
            Action::LineEnd => self.area.move_cursor(CursorMove::End),
            Action::Up => self.area.move_cursor(CursorMove::Up),
            Action::Down => self.area.move_cursor(CursorMove::Down),
            _ => return self.edit(action),
        }
        self.last = Last::Other;
        before != self.area.cursor()
    }

    fn edit(&mut self, action: Action) -> bool {
        let done = match action {
            Action::EraseLeft if self.at_start() => false,
            Action::EraseLeft => {
                self.step_left();
                self.erase_one()
            }
            Action::EraseRight => self.erase_one(),
            Action::EraseWord => self.area.delete_word(),
            Action::EraseToStart => self.area.delete_line_by_head(),
            Action::EraseToEnd => self.area.delete_line_by_end(),
            Action::UndoTyping => return self.untype(),
            Action::RedoTyping => return self.retype(),
            _ => return false,
        };
        self.stepped(done);
        done
    }

    fn untype(&mut self) -> bool {
        let Some(step) = self.steps.pop() else {
            return false;
        };
        for _ in 0..step {
            self.area.undo();
        }
        self.revision += 1;
        self.undone.push(step);
        self.last = Last::Other;
        true
    }

    fn retype(&mut self) -> bool {
        let Some(step) = self.undone.pop() else {
            return false;
        };
        for _ in 0..step {
            self.area.redo();
        }
        self.revision += 1;
        self.steps.push(step);
        true
    }

    /// The line of the caret, told apart into letters, and how many characters of it stand before the caret.
    fn here(&self) -> (usize, usize, &str) {
        let at = self.area.cursor();
        let line = self.area.lines().get(at.0).map_or("", String::as_str);
        (at.0, at.1, line)
    }

    fn jump(&mut self, row: usize, column: usize) {
        let place = u16::try_from(row).ok().zip(u16::try_from(column).ok());
        if let Some((row, column)) = place {
            self.area.move_cursor(CursorMove::Jump(row, column));
        }
    }

    fn step_left(&mut self) {
        let (row, column, line) = self.here();
        if column == 0 {
            self.area.move_cursor(CursorMove::Back);
            return;
        }
        let mut start = 0;
        let mut end = 0;
        for grapheme in line.graphemes(true) {
            (start, end) = (end, end + grapheme.chars().count());
            if end >= column {
                break;
            }
        }
        self.jump(row, start);
    }

    /// Characters in the letter after the caret; none at the end of the line.
    fn next_letter(&self) -> Option<usize> {
        let (_, column, line) = self.here();
        let mut end = 0;
        for grapheme in line.graphemes(true) {
            end += grapheme.chars().count();
            if end > column {
                return Some(end - column);
            }
        }
        None
    }

    fn step_right(&mut self) {
        let (row, column, _) = self.here();
        match self.next_letter() {
            Some(chars) => self.jump(row, column + chars),
            None => self.area.move_cursor(CursorMove::Forward),
        }
    }

    fn erase_one(&mut self) -> bool {
        // One more than nothing: at the end of a line the line end itself goes.
        let chars = self.next_letter().unwrap_or(1);
        let last_line = self.area.cursor().0 + 1 >= self.area.lines().len();
        if self.next_letter().is_none() && last_line {
            return false;
        }
        self.area.delete_str(chars)
    }

    /// Draws the text; where it has the focus, the terminal's own cursor stands at the caret, for input methods and screen readers.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, focused: bool) {
        let area = area.intersection(frame.area());
        if area.is_empty() {
            return;
        }
        frame.render_widget(&self.area, area);
        if focused {
            let caret = self.area.screen_cursor();
            let (top, left) = self.area.scroll_offset();
            let column = (caret.col as u16).saturating_sub(left).min(area.width - 1);
            let row = (caret.row as u16).saturating_sub(top).min(area.height - 1);
            frame.set_cursor_position(Position::new(area.x + column, area.y + row));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Editor {
        let mut editor = Editor::note("");
        text.chars().for_each(|c| editor.insert(c));
        editor
    }

    #[test]
    fn the_caret_moves_and_erases_by_whole_letters() {
        let mut editor = typed("e\u{301}👨\u{200d}👩\u{200d}👧x");
        for _ in 0..3 {
            assert!(editor.act(Action::CaretLeft));
        }
        assert!(editor.at_start());
        editor.act(Action::CaretRight);
        assert!(editor.act(Action::EraseRight));
        assert_eq!(editor.text(), "e\u{301}x");
        assert!(editor.act(Action::EraseLeft));
        assert_eq!(editor.text(), "x");
        assert!(!editor.act(Action::EraseLeft));
    }

    #[test]
    fn a_word_is_taken_back_as_one_step_and_typed_again_as_one() {
        let mut editor = typed("hello world");
        editor.act(Action::UndoTyping);
        assert_eq!(editor.text(), "hello ");
        editor.act(Action::UndoTyping);
        editor.act(Action::UndoTyping);
        assert_eq!(editor.text(), "");
        for _ in 0..3 {
            editor.act(Action::RedoTyping);
        }
        assert_eq!(editor.text(), "hello world");
    }

    #[test]
    fn a_paste_brings_no_control_characters_and_is_one_step() {
        let mut editor = typed("a ");
        editor.paste("\u{1b}[31mred\r\nsecond");
        assert_eq!(editor.text(), "a [31mred\nsecond");
        editor.act(Action::UndoTyping);
        assert_eq!(editor.text(), "a ");
        let mut line = Editor::line("");
        line.paste("one\ntwo");
        line.insert('\n');
        assert_eq!(line.text(), "one two");
    }

    #[test]
    fn a_line_feed_keeps_the_line_it_ends() {
        let mut editor = typed("the first");
        editor.insert('\n');
        "the second".chars().for_each(|c| editor.insert(c));
        assert_eq!(editor.text(), "the first\nthe second");
    }

    #[test]
    fn typing_is_taken_back_to_its_very_beginning() {
        // Every stop is a step of its own, and more of them than the text area keeps by itself.
        let mut editor = typed(&".".repeat(400));
        for _ in 0..400 {
            assert!(editor.act(Action::UndoTyping));
        }
        assert_eq!(editor.text(), "");
        assert!(!editor.act(Action::UndoTyping));
    }

    #[test]
    fn erasing_at_the_end_of_a_line_joins_the_next() {
        let mut editor = typed("ab\ncd");
        editor.act(Action::Up);
        editor.act(Action::LineEnd);
        assert!(editor.act(Action::EraseRight));
        assert_eq!(editor.text(), "abcd");
        editor.act(Action::LineEnd);
        assert!(!editor.act(Action::EraseRight));
    }
}
