//! What an editor does, by tables of keys, by a model that is plain and slow, and by what is drawn.

use super::*;
use crate::domain::text::width;
use crate::tui::widget::wrap::{self, letters};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;
use unicode_segmentation::UnicodeSegmentation;

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

/// An editor as plain as can be: a text, a caret in it, and all the texts there ever were.
#[derive(Debug, Default)]
struct Model {
    text: String,
    caret: usize,
}

impl Model {
    /// Where letters begin, and the end.
    fn stops(&self) -> Vec<usize> {
        let stops = self.text.grapheme_indices(true).map(|(at, _)| at);
        stops.chain([self.text.len()]).collect()
    }

    fn back(&self) -> usize {
        let stops = self.stops();
        let before = stops.into_iter().rev().find(|stop| *stop < self.caret);
        before.unwrap_or(0)
    }

    fn on(&self) -> usize {
        let stops = self.stops();
        let after = stops.into_iter().find(|stop| *stop > self.caret);
        after.unwrap_or(self.text.len())
    }

    fn line_start(&self) -> usize {
        self.text
            .get(..self.caret)
            .unwrap()
            .rfind('\n')
            .map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        let rest = self.text.get(self.caret..).unwrap().find('\n');
        rest.map_or(self.text.len(), |at| self.caret + at)
    }

    fn put(&mut self, from: usize, to: usize, text: &str) {
        self.text.replace_range(from..to, text);
        self.caret = from + text.len();
    }

    fn act(&mut self, action: Action) {
        let (at, start, end) = (self.caret, self.line_start(), self.line_end());
        match action {
            Action::CaretLeft => self.caret = self.back(),
            Action::CaretRight => self.caret = self.on(),
            Action::LineStart => self.caret = start,
            Action::LineEnd => self.caret = end,
            Action::EraseToStart if at > start => self.put(start, at, ""),
            Action::EraseLeft | Action::EraseToStart => self.put(self.back(), at, ""),
            Action::EraseToEnd if at < end => self.put(at, end, ""),
            Action::EraseRight | Action::EraseToEnd => self.put(at, self.on(), ""),
            other => panic!("the model does not know {other:?}"),
        }
    }
}

/// The caret of an editor, in bytes of the whole text.
fn bytes_before(editor: &Editor) -> usize {
    let lines = editor.lines().iter().take(editor.caret.row);
    lines.map(|line| line.len() + 1).sum::<usize>() + editor.caret.byte
}

#[derive(Clone, Debug)]
enum Deed {
    Type(char),
    Paste(String),
    Press(Action),
}

/// Letters of every kind that is hard: wide, joined, combining, of no width, blank.
const LETTERS: &str = "abc0 .\t\né漢字ｶﾞ\u{301}\u{200d}👩🇩🇪ไำก\u{ad}";

fn letter() -> impl Strategy<Value = char> {
    prop::sample::select(LETTERS.chars().collect::<Vec<_>>())
}

fn texts(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(letter(), 0..most).prop_map(|letters| letters.into_iter().collect())
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let pressed = prop::sample::select(vec![
        Action::CaretLeft,
        Action::CaretRight,
        Action::LineStart,
        Action::LineEnd,
        Action::EraseLeft,
        Action::EraseRight,
        Action::EraseToStart,
        Action::EraseToEnd,
    ]);
    let deed = prop_oneof![
        4 => letter().prop_map(Deed::Type),
        1 => texts(12).prop_map(Deed::Paste),
        4 => pressed.prop_map(Deed::Press),
    ];
    prop::collection::vec(deed, 0..60)
}

fn does(editor: &mut Editor, deed: &Deed) {
    match deed {
        Deed::Type(c) => editor.insert(*c),
        Deed::Paste(text) => editor.paste(text),
        Deed::Press(action) => {
            editor.act(*action);
        }
    }
}

/// What is drawn in an area of this size, and where the caret stands.
fn drawn(editor: &Editor, columns: u16, rows: u16) -> (Vec<String>, Position) {
    let mut terminal = Terminal::new(TestBackend::new(columns + 4, rows + 2)).unwrap();
    let area = Rect::new(3, 1, columns, rows);
    let frame = terminal
        .draw(|frame| {
            editor.draw(frame, area, true);
        })
        .unwrap();
    let cells = frame.buffer.clone();
    for y in 0..rows + 2 {
        for x in 0..columns + 4 {
            let inside = area.contains(Position::new(x, y));
            assert!(
                inside || cells[(x, y)].symbol() == " ",
                "drew beside its area"
            );
        }
    }
    let row = |y| {
        let mut row = String::new();
        let mut x = 0;
        while x < columns {
            let symbol = cells[(area.x + x, y)].symbol();
            row.push_str(symbol);
            x += (width(symbol) as u16).max(1);
        }
        assert!(x <= columns, "a wide letter is cut in two");
        row.trim_end().to_owned()
    };
    let rows = (1..=rows).map(row).collect();
    let caret = terminal.get_cursor_position().unwrap();
    assert!(area.contains(caret), "the caret is outside");
    (rows, Position::new(caret.x - area.x, caret.y - area.y))
}

proptest! {
    #[test]
    fn random_edits_give_what_a_plain_model_gives(deeds in deeds()) {
        let mut editor = Editor::note("");
        let mut model = Model::default();
        for deed in &deeds {
            let revision = editor.revision();
            let before = model.text.clone();
            does(&mut editor, deed);
            match deed {
                Deed::Type('\t') => {}
                Deed::Type(c) => {
                    let text = clean_note(&c.to_string());
                    model.put(model.caret, model.caret, &text);
                }
                Deed::Paste(text) => model.put(model.caret, model.caret, &clean_note(text)),
                Deed::Press(action) => model.act(*action),
            }
            prop_assert_eq!(editor.text(), model.text.as_str(), "{:?}", deed);
            prop_assert_eq!(bytes_before(&editor), model.caret, "{:?}", deed);
            prop_assert_eq!(editor.revision() > revision, before != model.text);
            prop_assert!(editor.is(&model.text) && !editor.is(&(model.text.clone() + "x")));
        }
    }

    #[test]
    fn everything_taken_back_is_the_beginning_and_typed_again_the_end(begin in texts(9), deeds in deeds()) {
        let mut editor = Editor::note(&begin);
        let begin = editor.text();
        for deed in &deeds {
            does(&mut editor, deed);
        }
        let end = editor.text();
        while editor.act(Action::UndoTyping) {}
        prop_assert_eq!(editor.text(), begin);
        while editor.act(Action::RedoTyping) {}
        prop_assert_eq!(editor.text(), end);
    }

    #[test]
    fn the_caret_is_drawn_inside_whatever_the_size(deeds in deeds(), columns in 1u16..30, rows in 1u16..6) {
        let (mut note, mut line) = (Editor::note(""), Editor::line(""));
        for deed in &deeds {
            does(&mut note, deed);
            does(&mut line, deed);
            drawn(&note, columns, rows);
            drawn(&line, columns, rows);
        }
    }

    #[test]
    fn what_is_drawn_is_the_text_in_rows(text in texts(80), columns in 3u16..20) {
        let editor = Editor::note(&text);
        let fits = |line: &String| letters(line, 0).all(|letter| letter.columns(0) < usize::from(columns));
        prop_assume!(editor.lines().iter().all(fits));
        let rows = wrap::rows(&editor.text(), usize::from(columns - 1));
        let (seen, _) = drawn(&editor, columns, rows.len() as u16);
        let shown = |rows: &[String]| rows.iter().map(|row| visible(row)).collect::<Vec<_>>();
        prop_assert_eq!(shown(&seen), shown(&rows));
        prop_assert_eq!(editor.rows(columns, usize::MAX), rows.len());
    }

    #[test]
    fn a_picture_of_a_part_is_a_part_of_the_whole(text in texts(200), moves in prop::collection::vec(0u8..4, 0..40)) {
        let mut editor = Editor::note(&text);
        let whole = editor.rows(12, usize::MAX) as u16;
        for step in moves {
            editor.act([Action::Up, Action::Down, Action::CaretLeft, Action::CaretRight][usize::from(step)]);
            let other = editor.clone();
            other.view.take();
            let (all, at) = drawn(&other, 12, whole);
            let (part, seen) = drawn(&editor, 12, 3);
            let top = usize::from(at.y - seen.y);
            let expected: Vec<&String> = all.iter().skip(top).take(3).collect();
            prop_assert_eq!(part.iter().take(expected.len()).collect::<Vec<_>>(), expected);
            prop_assert_eq!(at.x, seen.x);
            prop_assert!(whole < 3 || top + 3 <= usize::from(whole), "room is left below");
        }
    }
}

proptest! {
    #[test]
    fn what_is_known_of_a_long_line_is_what_a_fresh_look_finds(
        begin in texts(40), deeds in deeds(), asks in prop::collection::vec(0usize..4000, 9), columns in 2u16..20
    ) {
        let mut editor = Editor::note(&begin);
        // Long enough to be remembered, with a caret somewhere in it.
        editor.paste(&"ab漢字 c".repeat(150));
        let line = editor.text.line(editor.caret.row);
        editor.caret.byte = letters(line, 0).find(|letter| letter.byte > 700).unwrap().byte;
        for deed in &deeds {
            does(&mut editor, deed);
            let fresh = Editor::note(&editor.text());
            for ask in &asks {
                let row = ask % editor.lines().len();
                let line = editor.text.line(row);
                let byte = (*ask).min(line.len());
                let place = Place { row, byte };
                let (known, fresh) = (Rows::new(&editor.text, columns), Rows::new(&fresh.text, columns));
                prop_assert_eq!(known.at(place), fresh.at(place));
                prop_assert_eq!(known.above(place, ask % 50), fresh.above(place, ask % 50));
            }
        }
    }
}

/// What is seen of a row: characters of no width are not.
fn visible(row: &str) -> String {
    let seen = row.chars().filter(|c| width(&c.to_string()) > 0);
    seen.collect::<String>().trim_end().to_owned()
}

#[test]
fn the_caret_has_a_cell_also_where_the_text_fills_the_row() {
    let table = [
        ("nothing", "", (0, 0)),
        ("one short of the row", "abcdefg", (7, 0)),
        ("the first letter of the next row", "abcdefgh", (1, 1)),
        ("a blank at the edge", "abcdefg ", (7, 0)),
        ("a word after it", "abcdefg h", (1, 1)),
        ("wide letters", "漢字漢", (6, 0)),
        ("one more of them", "漢字漢字", (2, 1)),
        ("a tab", "a\tb", (5, 0)),
        ("an empty line", "abc\n", (0, 1)),
    ];
    for (label, text, caret) in table {
        let editor = Editor::note(text);
        let (rows, seen) = drawn(&editor, 8, 3);
        assert_eq!((seen.x, seen.y), caret, "{label}: {rows:?}");
    }
}

#[test]
fn up_and_down_go_by_rows_and_keep_their_column() {
    let mut editor = Editor::note("one two three four\nx\nfive six seven");
    drawn(&editor, 12, 9);
    let table = [
        (Action::Up, "fiv|e six seven"),
        (Action::Up, "x|"),
        (Action::Up, "thr|ee four"),
        (Action::Up, "one| two three"),
        (Action::Down, "thr|ee four"),
        (Action::CaretRight, "thre|e four"),
        (Action::Up, "one |two three"),
    ];
    editor.act(Action::CaretLeft);
    editor.act(Action::CaretLeft);
    let mut wrong = Vec::new();
    for (action, expected) in table {
        editor.act(action);
        let (line, before) = editor.line_at_caret();
        let mut marked: Vec<char> = line.chars().collect();
        marked.insert(before, '|');
        let marked: String = marked.into_iter().collect();
        if !marked.contains(expected) {
            wrong.push((action, marked, expected));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_megabyte_keeps_every_byte_whatever_its_shape() {
    let table = [
        ("one line", "word ".repeat(200_000)),
        ("one word", "x".repeat(1_000_000)),
        ("short lines", "123456789\n".repeat(100_000)),
        ("empty lines", "\n".repeat(200_000)),
        ("wide letters", "漢字、".repeat(110_000)),
        ("joined letters", "👩\u{200d}👧 ".repeat(80_000)),
    ];
    for (label, text) in table {
        let mut editor = typed("before");
        editor.paste(&text);
        drawn(&editor, 60, 8);
        editor.insert('!');
        drawn(&editor, 60, 8);
        assert!(editor.is(&format!("before{text}!")), "{label}");
        editor.act(Action::UndoTyping);
        editor.act(Action::UndoTyping);
        assert_eq!(editor.text(), "before", "{label}");
        editor.act(Action::RedoTyping);
        assert!(editor.is(&format!("before{text}")), "{label}");
    }
}

#[test]
fn lines_beyond_65535_are_reached_like_any_other() {
    let mut editor = Editor::note(&"line\n".repeat(70_000));
    drawn(&editor, 20, 5);
    editor.act(Action::Up);
    editor.act(Action::LineEnd);
    editor.act(Action::CaretLeft);
    "XY".chars().for_each(|c| editor.insert(c));
    assert_eq!(
        editor.caret(),
        Place {
            row: 69_999,
            byte: 5
        }
    );
    assert_eq!(editor.line_at_caret(), ("linXYe", 5));
}

#[test]
fn what_steers_a_terminal_is_not_typed() {
    let mut editor = typed("a\u{1b}\u{9b}\u{202e}\u{2066}\u{200f}\u{7f}\tb");
    assert_eq!(editor.text(), "ab");
    editor.paste("\u{1b}\u{9b}31m\u{202e}\tc\u{85}");
    assert_eq!(editor.text(), "ab31m\tc\n");
}

#[test]
fn one_line_is_moved_sideways_so_that_the_caret_is_seen() {
    let mut editor = Editor::line("漢字漢字 and so on");
    let table = [
        (None, "so on", 5),
        (Some(Action::LineStart), "漢字漢", 0),
        (Some(Action::LineEnd), "so on", 5),
        (Some(Action::WordLeft), "so on", 3),
    ];
    for (action, row, column) in table {
        if let Some(action) = action {
            editor.act(action);
        }
        let (rows, caret) = drawn(&editor, 6, 1);
        assert_eq!((rows[0].as_str(), caret.x), (row, column), "{action:?}");
    }
}
