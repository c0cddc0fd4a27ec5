//! What an editor does, by tables of keys, by a model that is plain and slow, and by what is drawn.

use super::*;
use crate::domain::text::width;
use crate::tui::keymap::Action;
use crate::tui::widget::wrap::{self, letters};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;
use ratatui::style::Modifier;
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

/// An editor as plain as can be: a text, a caret in it, where a selection began, and what was cut.
#[derive(Debug, Default)]
struct Model {
    text: String,
    caret: usize,
    anchor: Option<usize>,
    held: String,
    /// The last key erased by line.
    holding: bool,
}

impl Model {
    fn part(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap()
    }

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
        self.part(0, self.caret).rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        let rest = self.part(self.caret, self.text.len()).find('\n');
        rest.map_or(self.text.len(), |at| self.caret + at)
    }

    /// The pieces of a part of the text that words are told apart by: where they begin and end, and whether they are words.
    fn pieces(&self, from: usize, to: usize) -> Vec<(usize, usize, bool)> {
        let pieces = self.part(from, to).split_word_bound_indices();
        let pieces = pieces.map(|(at, piece)| {
            let word = piece.chars().any(char::is_alphanumeric);
            (from + at, from + at + piece.len(), word)
        });
        pieces.collect()
    }

    fn word_back(&self) -> usize {
        let start = self.line_start();
        if self.caret == start {
            return self.back();
        }
        let pieces = self.pieces(start, self.caret);
        let mut words = pieces.iter().filter(|(.., word)| *word);
        words.next_back().map_or(start, |(from, ..)| *from)
    }

    /// The start of the word after, or the end of the word here.
    fn word_on(&self, to_end: bool) -> usize {
        let end = self.line_end();
        if self.caret == end {
            return self.on();
        }
        let pieces = self.pieces(self.caret, end);
        let mut words = pieces
            .iter()
            .skip(usize::from(!to_end))
            .filter(|(.., word)| *word);
        let word = words.next();
        word.map_or(end, |(from, to, _)| if to_end { *to } else { *from })
    }

    fn selection(&self) -> Option<(usize, usize)> {
        let anchor = self.anchor.filter(|anchor| *anchor != self.caret)?;
        Some((anchor.min(self.caret), anchor.max(self.caret)))
    }

    fn selected(&self) -> Option<String> {
        self.selection()
            .map(|(from, to)| self.part(from, to).to_owned())
    }

    fn put(&mut self, from: usize, to: usize, text: &str) {
        if (from, text) != (to, "") {
            self.text.replace_range(from..to, text);
            self.caret = from + text.len();
            self.anchor = None;
            self.holding = false;
        }
    }

    fn put_in(&mut self, text: &str) {
        if !text.is_empty() {
            let (from, to) = self.selection().unwrap_or((self.caret, self.caret));
            self.put(from, to, text);
        }
    }

    /// Where a key goes to; nothing where it does not move.
    fn goes(&self, action: Action) -> Option<usize> {
        use Action as A;
        Some(match action {
            A::CaretLeft | A::SelectLeft => self.back(),
            A::CaretRight | A::SelectRight => self.on(),
            A::WordLeft | A::SelectWordLeft => self.word_back(),
            A::WordRight | A::SelectWordRight => self.word_on(false),
            A::LineStart | A::SelectLineStart => self.line_start(),
            A::LineEnd | A::SelectLineEnd => self.line_end(),
            A::TextStart | A::SelectTextStart => 0,
            A::TextEnd | A::SelectTextEnd => self.text.len(),
            _ => return None,
        })
    }

    fn act(&mut self, action: Action) {
        use Action as A;
        let selecting = format!("{action:?}").starts_with("Select");
        if let Some(place) = self.goes(action) {
            let collapsed = match (action, self.selection()) {
                (A::CaretLeft, Some((from, _))) => Some(from),
                (A::CaretRight, Some((_, to))) => Some(to),
                _ => None,
            };
            self.anchor = selecting.then_some(self.anchor.unwrap_or(self.caret));
            self.caret = collapsed.unwrap_or(place);
            self.holding = false;
            return;
        }
        let (selected, at) = (self.selected(), self.caret);
        match action {
            A::SelectAll => {
                (self.anchor, self.caret, self.holding) = (Some(0), self.text.len(), false);
            }
            A::CopyText => self.held = selected.unwrap_or(self.held.clone()),
            A::CutText => {
                if let Some(text) = selected {
                    self.erase(action);
                    self.held = text;
                }
            }
            A::PasteText => self.put_in(&self.held.clone()),
            _ if selected.is_some() => self.erase(action),
            A::EraseToStart | A::EraseToEnd => {
                let (holding, before) = (self.holding, self.text.clone());
                self.erase(action);
                let gone = before.len() - self.text.len();
                let text = before.get(self.caret..self.caret + gone).unwrap();
                self.held = match (gone, holding) {
                    (0, _) => self.held.clone(),
                    (_, false) => text.to_owned(),
                    _ if self.caret < at => format!("{text}{}", self.held),
                    _ => format!("{}{text}", self.held),
                };
                self.holding = gone > 0 || holding;
            }
            _ => self.erase(action),
        }
    }

    fn erase(&mut self, action: Action) {
        use Action as A;
        let (at, start, end) = (self.caret, self.line_start(), self.line_end());
        let (from, to) = match (action, self.selection()) {
            (_, Some(selection)) => selection,
            (A::EraseWord, _) => (self.word_back(), at),
            (A::EraseWordRight, _) => (at, self.word_on(true)),
            (A::EraseToStart, _) if at > start => (start, at),
            (A::EraseLeft | A::EraseToStart, _) => (self.back(), at),
            (A::EraseToEnd, _) if at < end => (at, end),
            (A::EraseRight | A::EraseToEnd, _) => (at, self.on()),
            other => panic!("the model does not know {other:?}"),
        };
        self.put(from, to, "");
    }
}

/// The keys that the model knows.
const KNOWN: [Action; 27] = [
    Action::CaretLeft,
    Action::CaretRight,
    Action::WordLeft,
    Action::WordRight,
    Action::LineStart,
    Action::LineEnd,
    Action::TextStart,
    Action::TextEnd,
    Action::SelectLeft,
    Action::SelectRight,
    Action::SelectWordLeft,
    Action::SelectWordRight,
    Action::SelectLineStart,
    Action::SelectLineEnd,
    Action::SelectTextStart,
    Action::SelectTextEnd,
    Action::SelectAll,
    Action::CopyText,
    Action::CutText,
    Action::PasteText,
    Action::EraseLeft,
    Action::EraseRight,
    Action::EraseWord,
    Action::EraseWordRight,
    Action::EraseToStart,
    Action::EraseToEnd,
    Action::EraseLeft,
];

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
    let pressed = prop::sample::select(KNOWN.to_vec());
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

/// What depends on what was drawn last, by numbers.
fn looks(editor: &mut Editor, (kind, number): (u8, i32)) {
    use Action as A;
    let keys = [
        A::Up,
        A::Down,
        A::PageUp,
        A::PageDown,
        A::SelectUp,
        A::SelectDown,
        A::UndoTyping,
        A::RedoTyping,
    ];
    match (keys.get(usize::from(kind)), kind) {
        (Some(key), _) => {
            editor.act(*key);
        }
        (_, 8) => editor.point(number.unsigned_abs() as u16, 1),
        (_, 9) => editor.drag(number, number / 3),
        (_, 10) => editor.scroll(number - 12),
        _ => editor.select_word(),
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
                Deed::Type(c) => model.put_in(&clean_note(&c.to_string())),
                Deed::Paste(text) => model.put_in(&clean_note(text)),
                Deed::Press(action) => model.act(*action),
            }
            prop_assert_eq!(editor.selected(), model.selected(), "{:?}", deed);
            prop_assert_eq!(editor.text(), model.text.as_str(), "{:?}", deed);
            prop_assert_eq!(bytes_before(&editor), model.caret, "{:?}", deed);
            prop_assert!(editor.revision() > revision || before == model.text);
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
    fn the_caret_is_drawn_inside_whatever_the_size(
        deeds in deeds(), seen in prop::collection::vec((0u8..12, -3i32..30), 60), columns in 1u16..30, rows in 1u16..6
    ) {
        let (mut note, mut line) = (Editor::note(""), Editor::line(""));
        for (deed, look) in deeds.iter().zip(seen) {
            for editor in [&mut note, &mut line] {
                does(editor, deed);
                looks(editor, look);
                drawn(editor, columns, rows);
            }
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

/// An editor of a text in which `|` is the caret and `^`, where there is one, the place where the selection began.
fn at(marked: &str) -> Editor {
    let place = |mark: char, other: char| {
        let before = marked.split_once(mark)?.0.replace(other, "");
        let byte = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
        let row = before.matches('\n').count();
        Some(Place { row, byte })
    };
    let mut editor = Editor::note(&marked.replace(['|', '^'], ""));
    editor.caret = place('|', '^').unwrap();
    editor.anchor = place('^', '|');
    drawn(&editor, 12, 3);
    editor
}

/// The same the other way round.
fn marked(editor: &Editor) -> String {
    let mut lines = editor.lines().to_vec();
    let mut marks = vec![(editor.caret, '|')];
    let anchor = editor.anchor.filter(|_| editor.has_selection());
    marks.extend(anchor.map(|anchor| (anchor, '^')));
    marks.sort_unstable();
    for (place, mark) in marks.into_iter().rev() {
        lines[place.row].insert(place.byte, mark);
    }
    lines.join("\n")
}

#[test]
fn every_key_does_what_it_says() {
    use Action as A;
    let table = [
        (A::CaretLeft, "ab|c", "a|bc"),
        (A::CaretLeft, "a\n|b", "a|\nb"),
        (A::CaretLeft, "a^bc|d", "a|bcd"),
        (A::CaretRight, "e|e\u{301}x", "ee\u{301}|x"),
        (A::CaretRight, "a|bc^d", "abc|d"),
        (A::WordLeft, "Zoë’s plan, now| or", "Zoë’s plan, |now or"),
        (A::WordLeft, "Zoë’s plan, |now", "Zoë’s |plan, now"),
        (A::WordLeft, "a\n|b", "a|\nb"),
        (A::WordRight, "|Zoë’s plan, now", "Zoë’s |plan, now"),
        (A::WordRight, "pl|an, now", "plan, |now"),
        (A::WordRight, "plan, n|ow", "plan, now|"),
        (A::WordRight, "plan|\n now", "plan\n| now"),
        (A::WordRight, "|日本 a", "日|本 a"),
        (A::LineStart, "a\nbc|d", "a\n|bcd"),
        (A::LineEnd, "a\nb|cd\ne", "a\nbcd|\ne"),
        (A::TextStart, "a\nbc|d", "|a\nbcd"),
        (A::TextEnd, "a|\nbcd", "a\nbcd|"),
        (A::Up, "one\nt|wo", "o|ne\ntwo"),
        (A::Down, "one t|wo three four", "one two three| four"),
        (A::PageUp, "1\n2\n3\n4\n|5", "1\n2\n|3\n4\n5"),
        (A::PageDown, "|1\n2\n3\n4\n5", "1\n2\n|3\n4\n5"),
        (A::PageDown, "1\n2\n3\n|4\n5", "1\n2\n3\n4\n|5"),
        (A::SelectLeft, "ab|c", "a|b^c"),
        (A::SelectLeft, "a^b|c", "a|bc"),
        (A::SelectRight, "a^b|cd", "a^bc|d"),
        (A::SelectUp, "one\nt|wo", "o|ne\nt^wo"),
        (A::SelectUp, "on|e\ntwo", "|on^e\ntwo"),
        (A::SelectDown, "o|ne\ntwo", "o^ne\nt|wo"),
        (A::SelectDown, "one\nt|wo", "one\nt^wo|"),
        (A::SelectWordLeft, "one two|", "one |two^"),
        (A::SelectWordRight, "|one two", "^one |two"),
        (A::SelectLineStart, "one t|wo", "|one t^wo"),
        (A::SelectLineEnd, "o|ne two\n", "o^ne two|\n"),
        (A::SelectTextStart, "one\nt|wo", "|one\nt^wo"),
        (A::SelectTextEnd, "o|ne\ntwo", "o^ne\ntwo|"),
        (A::SelectAll, "o|ne\ntwo", "^one\ntwo|"),
        (A::CopyText, "o^n|e", "o^n|e"),
        (A::CutText, "o^ne\nt|wo", "o|wo"),
        (A::EraseLeft, "a👩\u{200d}👧|b", "a|b"),
        (A::EraseLeft, "a\n|b", "a|b"),
        (A::EraseLeft, "a^bc|d", "a|d"),
        (A::EraseRight, "a|\nb", "a|b"),
        (A::EraseWord, "one, two|", "one, |"),
        (A::EraseWord, "one, |two", "|two"),
        (A::EraseWord, "one\n|two", "one|two"),
        (A::EraseWordRight, "one| two three", "one| three"),
        (A::EraseWordRight, "o|ne two", "o| two"),
        (A::EraseWordRight, "one|\ntwo", "one|two"),
        (A::EraseToStart, "a\none t|wo", "a\n|wo"),
        (A::EraseToStart, "a\n|two", "a|two"),
        (A::EraseToEnd, "on|e two\nb", "on|\nb"),
        (A::EraseToEnd, "one|\nb", "one|b"),
    ];
    for (action, before, after) in table {
        let mut editor = at(before);
        assert_eq!(marked(&editor), before.to_owned());
        editor.act(action);
        assert_eq!(marked(&editor), after, "{action:?} at {before:?}");
    }
}

#[test]
fn a_key_with_nothing_to_do_says_so_and_changes_nothing() {
    use Action as A;
    let table = [
        (A::CaretLeft, "|a"),
        (A::CaretRight, "a|"),
        (A::WordLeft, "|a"),
        (A::WordRight, "a|"),
        (A::LineStart, "b\n|a"),
        (A::LineEnd, "a|\nb"),
        (A::TextStart, "|a"),
        (A::TextEnd, "a|"),
        (A::Up, "a|b"),
        (A::Down, "a|b"),
        (A::PageUp, "a|b"),
        (A::PageDown, "a|b"),
        (A::SelectLeft, "|a"),
        (A::SelectAll, "|"),
        (A::CopyText, "a|"),
        (A::CutText, "a|"),
        (A::PasteText, "a|"),
        (A::EraseLeft, "|a"),
        (A::EraseRight, "a|"),
        (A::EraseWord, "|a"),
        (A::EraseWordRight, "a|"),
        (A::EraseToStart, "|a"),
        (A::EraseToEnd, "a|"),
        (A::UndoTyping, "a|"),
        (A::RedoTyping, "a|"),
        (A::Save, "a|"),
    ];
    for (action, before) in table {
        let mut editor = at(before);
        let revision = editor.revision();
        assert!(!editor.act(action), "{action:?}");
        assert_eq!(
            (marked(&editor).as_str(), editor.revision()),
            (before, revision),
            "{action:?}"
        );
    }
}

#[test]
fn what_was_cut_copied_or_erased_by_line_is_put_in_again() {
    use Action as A;
    let table: [(&str, &[A], &str); 7] = [
        (
            "^one| two",
            &[A::CutText, A::LineEnd, A::PasteText],
            " twoone|",
        ),
        (
            "^one| two",
            &[A::CopyText, A::LineEnd, A::PasteText],
            "one twoone|",
        ),
        (
            "^one| two",
            &[A::CopyText, A::PasteText, A::PasteText],
            "oneone| two",
        ),
        (
            "one| two",
            &[A::EraseToEnd, A::LineStart, A::PasteText],
            " two|one",
        ),
        (
            "|a\nb",
            &[A::EraseToEnd, A::EraseToEnd, A::TextEnd, A::PasteText],
            "ba\n|",
        ),
        (
            "a b|",
            &[A::EraseToStart, A::PasteText, A::PasteText],
            "a ba b|",
        ),
        // Correcting a word does not lose what was cut before.
        (
            "one ^two|",
            &[A::CutText, A::EraseWord, A::PasteText],
            "two|",
        ),
    ];
    for (before, keys, after) in table {
        let mut editor = at(before);
        for key in keys {
            editor.act(*key);
        }
        assert_eq!(marked(&editor), after, "{keys:?}");
    }
    let mut editor = at("a^bc|d");
    assert_eq!(editor.cut().as_deref(), Some("bc"));
    assert_eq!(editor.cut(), None);
}

#[test]
fn what_is_typed_takes_the_place_of_what_is_selected_and_is_taken_back_with_it() {
    let mut editor = at("one ^two| three");
    "six".chars().for_each(|c| editor.insert(c));
    assert_eq!(marked(&editor), "one six| three");
    editor.act(Action::UndoTyping);
    assert_eq!(marked(&editor), "one two| three");
    editor.act(Action::RedoTyping);
    assert_eq!(marked(&editor), "one six| three");
    let mut editor = at("^one\ntwo| three");
    editor.insert('\n');
    assert_eq!(marked(&editor), "\n| three");
    editor.paste("x\ty");
    assert_eq!(marked(&editor), "\nx\ty| three");
}

#[test]
fn what_is_selected_is_marked_and_so_is_a_line_end_in_it() {
    let editor = at("o^ne\n\n漢|字");
    let mut terminal = Terminal::new(TestBackend::new(8, 3)).unwrap();
    let area = Rect::new(0, 0, 8, 3);
    let frame = terminal
        .draw(|frame| {
            editor.draw(frame, area, true);
        })
        .unwrap();
    let marked = |y| {
        let cells = (0..8).map(|x| frame.buffer[(x, y)].modifier.contains(Modifier::REVERSED));
        cells
            .map(|marked| if marked { '#' } else { '.' })
            .collect::<String>()
    };
    assert_eq!(
        [marked(0), marked(1), marked(2)],
        [".###....", "#.......", "##......"]
    );
}

#[test]
fn the_mouse_puts_the_caret_selects_and_scrolls() {
    let mut editor = Editor::note("one two three\n漢字\n3\n4\n5\n6\n7");
    drawn(&editor, 12, 4);
    editor.act(Action::TextStart);
    drawn(&editor, 12, 4);
    let text = |editor: &Editor| marked(editor).replace('\n', "/");
    let points = [
        ("a letter", (1, 0), "o|ne two three/漢字/3/4/5/6/7"),
        ("the second row", (2, 1), "one two th|ree/漢字/3/4/5/6/7"),
        (
            "beyond the end of a row",
            (9, 0),
            "one two| three/漢字/3/4/5/6/7",
        ),
        (
            "the second half of a wide letter",
            (3, 2),
            "one two three/漢|字/3/4/5/6/7",
        ),
        (
            "beyond the end of a line",
            (9, 3),
            "one two three/漢字/3|/4/5/6/7",
        ),
    ];
    for (label, (column, row), expected) in points {
        editor.point(column, row);
        assert_eq!(text(&editor), expected, "{label}");
    }
    editor.point(4, 0);
    editor.drag(2, 2);
    assert_eq!(text(&editor), "one ^two three/漢|字/3/4/5/6/7");
    // Below the area the text goes on.
    editor.drag(0, 99);
    assert_eq!(text(&editor), "one ^two three/漢字/3/|4/5/6/7");
    drawn(&editor, 12, 4);
    editor.drag(0, -9);
    assert_eq!(text(&editor), "|one ^two three/漢字/3/4/5/6/7");
    editor.point(6, 0);
    editor.select_word();
    assert_eq!(editor.selected().as_deref(), Some("two"));
    editor.scroll(3);
    let (rows, caret) = drawn(&editor, 12, 4);
    assert_eq!((rows[0].as_str(), caret.y), ("3", 0), "{}", text(&editor));
    editor.scroll(99);
    assert_eq!(drawn(&editor, 12, 4).0, ["4", "5", "6", "7"]);
    editor.scroll(-99);
    assert_eq!(drawn(&editor, 12, 4).0[0], "one two");
    let mut line = Editor::line("one two three four");
    drawn(&line, 8, 1);
    line.point(2, 0);
    assert_eq!(marked(&line), "one two three| four");
    line.scroll(3);
}

#[test]
fn an_editor_that_was_never_drawn_answers_every_key() {
    for action in KNOWN
        .into_iter()
        .chain([Action::Up, Action::PageDown, Action::SelectUp])
    {
        let mut editor = Editor::note("one\ntwo");
        editor.act(action);
        editor.point(1, 1);
        editor.drag(5, 5);
        editor.scroll(-2);
        editor.select_word();
    }
}
