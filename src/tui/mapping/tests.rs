//! Stories of the columns of a table: keys in, a picture out. What the rows become is made up by the tests' own small rules.

use super::*;
use crate::domain::contact::{Email, Extra, NameParts, Phone};
use crate::tui::bench::{read, text_of};
use crate::tui::picture::Sheet;
use insta::assert_snapshot;
use proptest::prelude::*;
use ratatui::style::Color;

/// A field by its word: what is told of it, and whether several columns may be it.
fn field(word: &str, says: &str, many: bool) -> Field {
    let names = ["name", "first name", "last name", "email", "phone mobile"];
    Field {
        word: word.to_owned(),
        says: says.to_owned(),
        many,
        names: names.contains(&word),
    }
}

fn fields() -> Vec<Field> {
    vec![
        field("skip", "left out: nothing of it comes in", true),
        field("keep", "kept on the card under its name", true),
        field("name", "the whole name", false),
        field("first name", "given name", false),
        field("last name", "family name, surname", false),
        field("account", "company, organisation, firm", false),
        field("title", "job title, position, role", false),
        field("email", "e-mail address", true),
        field("phone mobile", "mobile, cell phone", true),
        field("note", "remarks, comments", false),
    ]
}

/// The columns of a table of customers with what they were guessed to be.
fn columns() -> Vec<Column> {
    let table = [
        ("Vorname", "first name", ["Ada", "Jürgen", "Mei"]),
        ("Nachname", "last name", ["Lovelace", "Groß", "佐藤"]),
        (
            "Firma",
            "account",
            ["Analytical Engines Ltd", "", "Sakura 合同会社"],
        ),
        (
            "Handy",
            "phone mobile",
            ["+49 171 5550100", "0172 5550101", ""],
        ),
        (
            "Mail",
            "email",
            ["ada@engines.example", "", "mei@sakura.example"],
        ),
        ("Kundennr.", "keep", ["K-1", "K-2", "K-3"]),
        ("Letzter Besuch am Standort", "keep", ["2026-10-01", "", ""]),
    ];
    let fields = fields();
    let column = |(name, word, cells): (&str, &str, [&str; 3])| Column {
        name: name.to_owned(),
        cells: cells.map(str::to_owned).to_vec(),
        field: fields.iter().position(|field| field.word == word).unwrap(),
    };
    table.map(column).to_vec()
}

/// What a row becomes: much as an import would make it.
fn becomes(columns: &[Column], words: &[&str], row: usize) -> Becomes {
    let mut card = Card::default();
    let mut parts = NameParts::default();
    for (column, word) in columns.iter().zip(words) {
        let value = column.cells[row].clone();
        match *word {
            _ if value.is_empty() => {}
            "name" => card.name = value,
            "first name" => parts.given = value,
            "last name" => parts.family = value,
            "account" => card.account = value,
            "title" => card.title = value,
            "note" => card.note = value,
            "email" => card.emails.push(Email {
                label: String::new(),
                address: value,
            }),
            "phone mobile" => card.phones.push(Phone {
                label: "mobile".to_owned(),
                number: value,
            }),
            "keep" => card.extra.push(Extra {
                source: "csv".to_owned(),
                name: column.name.clone(),
                value,
            }),
            _ => {}
        }
    }
    if card.name.is_empty() {
        card.name = parts.joined();
    }
    if card.name.is_empty() {
        return Becomes::Nothing("there is no name, e-mail address or telephone number".to_owned());
    }
    Becomes::Person(Box::new(card), Vec::new())
}

/// The screen on a window of its own.
struct Story {
    mapping: Mapping,
    columns: Vec<Column>,
    memory: Memory,
    sheet: Sheet,
    effects: Vec<Effect>,
}

impl Story {
    fn new(columns: u16, rows: u16) -> Self {
        Story::of(self::columns(), columns, rows)
    }

    fn of(table: Vec<Column>, columns: u16, rows: u16) -> Self {
        Story::looking(Theme::colour(), false, table, columns, rows)
    }

    fn looking(theme: Theme, plain: bool, table: Vec<Column>, columns: u16, rows: u16) -> Self {
        let mapping = Mapping::new("kunden.csv".to_owned(), table.clone(), fields());
        let mut story = Story {
            mapping: mapping.looking(theme, plain),
            columns: table,
            memory: Memory::default(),
            sheet: Sheet::new(columns, rows),
            effects: Vec::new(),
        };
        story.draw();
        story
    }

    fn draw(&mut self) {
        let words = self.mapping.words();
        let rows = self.columns.first().map_or(0, |column| column.cells.len());
        let becomes = (0..rows).map(|row| becomes(&self.columns, &words, row));
        let becomes = becomes.collect();
        self.mapping.shows(becomes);
        let (mapping, memory) = (&self.mapping, &mut self.memory);
        self.sheet.draw(|frame| mapping.draw(frame, memory));
    }

    fn send(&mut self, msg: Msg) {
        self.effects.extend(self.mapping.update(msg, &self.memory));
        self.draw();
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        for key in read(keys) {
            self.send(Msg::Keys(vec![key]));
        }
        self
    }

    fn screen(&self) -> String {
        text_of(&self.sheet.screen())
    }

    fn word(&self, column: &str) -> String {
        let at = self.columns.iter().position(|c| c.name == column).unwrap();
        self.mapping.words()[at].to_owned()
    }

    /// Presses or turns the mouse where a text stands.
    fn point(&mut self, text: &str, what: MouseWhat) {
        let screen = self.screen();
        let found = screen.lines().zip(0u16..).find_map(|(line, row)| {
            let (before, _) = line.split_once(text)?;
            Some((crate::domain::text::width(before) as u16, row))
        });
        let (column, row) = found.unwrap_or_else(|| panic!("no {text} in\n{screen}"));
        self.send(Msg::Mouse(Mouse { column, row, what }));
    }
}

#[test]
fn the_columns_stand_beside_their_cells_and_what_the_rows_become() {
    assert_snapshot!(Story::new(80, 24).screen(), @r#"
     Which column is what? kunden.csv                                 column 1 of 7
    ╭ The columns of the file ─────────────────╮╭ Vorname ─────────────────────────╮
    │ column         is             first rows ││ given name                       │
    │ Vorname       ‹first name›    Ada | Jü…  ││ 1 Ada                            │
    │ Nachname       last name      Lovelace…  ││ 2 Jürgen                         │
    │ Firma          account        Analytic…  ││ 3 Mei                            │
    │ Handy          phone mobile   +49 171 …  ││                                  │
    │ Mail           email          ada@engi…  ││                                  │
    │ Kundennr.      kept as it is  K-1 | K-…  ││                                  │
    │ Letzter Besu…  kept as it is  2026-10-…  │╰──────────────────────────────────╯
    │                                          │╭ The first rows become ───────────╮
    │                                          ││ 1 Ada Lovelace                   │
    │                                          ││   account     Analytical Engines…│
    │                                          ││   email       ada@engines.example│
    │                                          ││   mobile      +49 171 5550100    │
    │                                          ││   + Kundennr. K-1                │
    │                                          ││   + Letzter … 2026-10-01         │
    │                                          ││ 2 Jürgen Groß                    │
    │                                          ││   mobile      0172 5550101       │
    │                                          ││   + Kundennr. K-2                │
    │                                          ││ 3 Mei 佐藤                       │
    ╰──────────────────────────────────────────╯╰──────────────────────────────────╯
     Of 7 columns: 5 taken over, 2 kept as they are
     Enter import  → change  / find  - leave out  ↓ next column  Esc cancel
    "#);
}

#[test]
fn a_small_window_shows_the_same_with_less_of_it() {
    let mut story = Story::new(60, 15);
    story.press("jjj");
    assert_snapshot!(story.screen(), @r#"
     Which column is what? kunden.csv             column 4 of 7
    ╭ The columns of the file ──────╮╭ Handy ──────────────────╮
    │ column         is             ││ mobile, cell phone      │
    │ Vorname        first name     ││ 1 +49 171 5550100       │
    │ Nachname       last name      ││ 2 0172 5550101          │
    │ Firma          account        ││ 3 nothing               │
    │ Handy         ‹phone mobile›  │╰─────────────────────────╯
    │ Mail           email          │╭ The first rows become ──╮
    │ Kundennr.      kept as it is  ││ 1 Ada Lovelace          │
    │ Letzter Besu…  kept as it is  ││   account     Analytica…│
    │                               ││   email       ada@engin…│
    │                               ││   mobile      +49 171 … │
    ╰───────────────────────────────╯╰─────────────────────────╯
     Of 7 columns: 5 taken over, 2 kept as they are
     Enter import  → change  / find  - leave out  Esc cancel
    "#);
}

#[test]
fn a_large_window_has_room_for_what_stands_in_every_column() {
    assert_snapshot!(Story::new(120, 40).press("<End>").screen(), @r#"
     Which column is what? kunden.csv                                                                         column 7 of 7
    ╭ The columns of the file ─────────────────────────────────────────────╮╭ Letzter Besuch am Standort ──────────────────╮
    │ column                      is             first rows                ││ kept on the card under its name              │
    │ Vorname                     first name     Ada | Jürgen | Mei        ││ 1 2026-10-01                                 │
    │ Nachname                    last name      Lovelace | Groß | 佐藤    ││ 2 nothing                                    │
    │ Firma                       account        Analytical Engines Ltd …  ││ 3 nothing                                    │
    │ Handy                       phone mobile   +49 171 5550100 | 0172 …  ││                                              │
    │ Mail                        email          ada@engines.example | m…  ││                                              │
    │ Kundennr.                   kept as it is  K-1 | K-2 | K-3           ││                                              │
    │ Letzter Besuch am Standort ‹kept as it is› 2026-10-01                │╰──────────────────────────────────────────────╯
    │                                                                      │╭ The first rows become ───────────────────────╮
    │                                                                      ││ 1 Ada Lovelace                               │
    │                                                                      ││   account         Analytical Engines Ltd     │
    │                                                                      ││   email           ada@engines.example        │
    │                                                                      ││   mobile          +49 171 5550100            │
    │                                                                      ││   + Kundennr.     K-1                        │
    │                                                                      ││   + Letzter Besu… 2026-10-01                 │
    │                                                                      ││ 2 Jürgen Groß                                │
    │                                                                      ││   mobile          0172 5550101               │
    │                                                                      ││   + Kundennr.     K-2                        │
    │                                                                      ││ 3 Mei 佐藤                                   │
    │                                                                      ││   account         Sakura 合同会社            │
    │                                                                      ││   email           mei@sakura.example         │
    │                                                                      ││   + Kundennr.     K-3                        │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    │                                                                      ││                                              │
    ╰──────────────────────────────────────────────────────────────────────╯╰──────────────────────────────────────────────╯
     Of 7 columns: 5 taken over, 2 kept as they are
     Enter import  → change  / find  - leave out  ↓ next column  ← field before  ↑ column before  Esc cancel
    "#);
}

#[test]
fn what_a_column_is_is_found_by_typing() {
    let mut story = Story::new(80, 24);
    story.press("<End>rem");
    assert_snapshot!(story.screen(), @r#"
     Which column is what? kunden.csv                                 column 7 of 7
    ╭ The columns of the file ─────────────────╮╭ What is "Letzter Besuch am St… ──╮
    │ column         is             first rows ││ › rem                            │
    │ Vorname        first name     Ada | Jü…  ││ note          remarks, comments  │
    │ Nachname       last name      Lovelace…  ││ kept as it is kept on the card u…│
    │ Firma          account        Analytic…  ││ first name    given name         │
    │ Handy          phone mobile   +49 171 …  ││                                  │
    │ Mail           email          ada@engi…  ││                                  │
    │ Kundennr.      kept as it is  K-1 | K-…  ││                                  │
    │ Letzter Besu… ‹kept as it is› 2026-10-…  ││                                  │
    │                                          ││                                  │
    │                                          ││                                  │
    │                                          ││                                  │
    │                                          ││                                  │
    │                                          ││                                  │
    │                                          ││                                  │
    │                                          ││                                  │
    │                                          ││                                  │
    │                                          ││                                  │
    │                                          ││                                  │
    │                                          ││                                  │
    ╰──────────────────────────────────────────╯╰──────────────────────────────────╯
     Of 7 columns: 5 taken over, 2 kept as they are
     Enter it is this  ↓ down  ↑ up  Esc back
    "#);
    story.press("<Enter>");
    assert_eq!(story.word("Letzter Besuch am Standort"), "note");
    // What is called so comes before what only says so.
    for (typed, word) in [
        ("title", "title"),
        ("cell", "phone mobile"),
        ("name", "name"),
    ] {
        story.press("/").press(typed).press("<Enter>");
        assert_eq!(story.word("Letzter Besuch am Standort"), word, "{typed}");
    }
    story.press("xyzzy");
    assert!(story.screen().contains("nothing fits"));
    story.press("<Enter>");
    assert!(
        story.screen().contains("nothing fits"),
        "there is nothing to take"
    );
    story.press("<Esc>");
    assert_eq!(story.word("Letzter Besuch am Standort"), "name");
    assert_eq!(story.mapping.ended(), None);
}

#[test]
fn what_a_column_is_is_changed_round_and_round_and_what_becomes_of_it_is_seen_at_once() {
    let mut story = Story::new(80, 24);
    assert!(story.screen().contains("Ada Lovelace"));
    story.press("j<Left>");
    assert_eq!(story.word("Nachname"), "first name");
    story.press("<Right>");
    assert_eq!(story.word("Nachname"), "last name");
    story.press("<Delete>");
    assert_eq!(story.word("Nachname"), "skip");
    let screen = story.screen();
    assert!(!screen.contains("Ada Lovelace"), "{screen}");
    assert!(screen.contains("1 left out"), "{screen}");
    story.press("-");
    assert_eq!(story.word("Nachname"), "keep");
    assert!(story.screen().contains("+ Nachname"), "{}", story.screen());
    story.press("<Left><Left>");
    assert_eq!(
        story.word("Nachname"),
        "note",
        "the last field is before the first"
    );
    let mut once = Story::new(80, 24);
    for _ in 0..fields().len() {
        once.press("<Right>");
    }
    assert_eq!(once.word("Vorname"), "first name");
}

#[test]
fn what_contradicts_itself_is_said_and_enter_refuses() {
    let mut story = Story::new(80, 24);
    story.press("<End>last<Enter>");
    assert_snapshot!(story.screen(), @r#"
     Which column is what? kunden.csv                                 column 7 of 7
    ╭ The columns of the file ─────────────────╮╭ Letzter Besuch am Standort ──────╮
    │ column         is             first rows ││ family name, surname             │
    │ Vorname        first name     Ada | Jü…  ││ 1 2026-10-01                     │
    │ Nachname       last name !    Lovelace…  ││ 2 nothing                        │
    │ Firma          account        Analytic…  ││ 3 nothing                        │
    │ Handy          phone mobile   +49 171 …  ││                                  │
    │ Mail           email          ada@engi…  ││                                  │
    │ Kundennr.      kept as it is  K-1 | K-…  ││                                  │
    │ Letzter Besu… ‹last name› !   2026-10-…  │╰──────────────────────────────────╯
    │                                          │╭ The first rows become ───────────╮
    │                                          ││ 1 Ada 2026-10-01                 │
    │                                          ││   account     Analytical Engines…│
    │                                          ││   email       ada@engines.example│
    │                                          ││   mobile      +49 171 5550100    │
    │                                          ││   + Kundennr. K-1                │
    │                                          ││ 2 Jürgen Groß                    │
    │                                          ││   mobile      0172 5550101       │
    │                                          ││   + Kundennr. K-2                │
    │                                          ││ 3 Mei 佐藤                       │
    │                                          ││   account     Sakura 合同会社    │
    ╰──────────────────────────────────────────╯╰──────────────────────────────────╯
     ! two columns are the last name: "Nachname" and "Letzter Besuch am Standort"
     Enter import  → change  / find  - leave out  ↓ next column  Esc cancel
    "#);
    assert_eq!(story.press("<Enter>").mapping.ended(), None);
    assert!(
        story
            .screen()
            .contains("! Not yet: two columns are the last name")
    );
    story.press("k");
    assert!(!story.screen().contains("Not yet"));
    let cases = [
        (
            "nobody is named",
            "<Delete>j<Delete>jj<Delete>j<Delete>",
            "no column says who it is",
        ),
        (
            "an address names somebody",
            "<Delete>j<Delete>jj<Delete>",
            "",
        ),
        (
            "three columns of one kind",
            "name<Enter>jname<Enter>jname<Enter>",
            "\"Nachname\" (and 1 more)",
        ),
        (
            "several numbers are none",
            "jjmobile<Enter>jjmobile<Enter>",
            "",
        ),
    ];
    for (label, keys, says) in cases {
        let mut story = Story::new(80, 24);
        story.press(keys);
        let problem = story.mapping.problem().unwrap_or_default();
        assert_eq!(problem.is_empty(), says.is_empty(), "{label}: {problem}");
        assert!(problem.contains(says), "{label}: {problem}");
        story.press("<Enter>");
        let taken = says.is_empty().then_some(true);
        assert_eq!(story.mapping.ended(), taken, "{label}");
    }
}

#[test]
fn it_ends_with_the_columns_taken_or_with_nothing() {
    let cases = [
        ("<Enter>", true),
        ("<Esc>", false),
        ("<Ctrl-c>", false),
        ("xy<Ctrl-c>", false),
    ];
    for (keys, taken) in cases {
        let mut story = Story::new(80, 24);
        story.press(keys);
        assert_eq!(story.mapping.ended(), Some(taken), "{keys}");
        assert_eq!(story.effects, [Effect::Quit], "{keys}");
        // Keys that came behind it change nothing any more.
        let before: Vec<String> = story
            .mapping
            .words()
            .iter()
            .map(ToString::to_string)
            .collect();
        story.press("<Right><Delete>");
        assert_eq!(story.mapping.words(), before, "{keys}");
        assert_eq!(story.effects, [Effect::Quit], "{keys}");
    }
    let mut story = Story::new(80, 24);
    story.press("<Ctrl-l><Ctrl-z>");
    assert_eq!(story.effects, [Effect::Redraw, Effect::Suspend]);
}

#[test]
fn the_mouse_chooses_turns_and_looks_for() {
    let mut story = Story::new(80, 24);
    story.point("Handy", MouseWhat::Press);
    assert!(story.screen().contains("column 4 of 7"));
    story.point("Handy", MouseWhat::WheelDown);
    assert!(story.screen().contains("column 5 of 7"));
    story.point("Kundennr.", MouseWhat::Double);
    assert!(story.screen().contains("What is \"Kundennr.\"?"));
    story.point("remarks", MouseWhat::Double);
    assert_eq!(story.word("Kundennr."), "note");
    story.point("leave out", MouseWhat::Press);
    assert_eq!(story.word("Kundennr."), "skip");
    story.point("cancel", MouseWhat::Press);
    assert_eq!(story.mapping.ended(), Some(false));
}

#[test]
fn forty_columns_scroll_and_the_cursor_stays_in_sight() {
    let many: Vec<Column> = (1..=40)
        .map(|number| Column {
            name: format!("Column number {number}"),
            cells: vec![format!("cell {number}"), String::new()],
            field: if number == 1 { 2 } else { 1 },
        })
        .collect();
    let mut story = Story::of(many, 60, 15);
    story.press("<PageDown><PageDown>");
    assert!(
        story.screen().contains("column 19 of 40"),
        "{}",
        story.screen()
    );
    story.press("<End>");
    assert_snapshot!(story.screen(), @r#"
     Which column is what? kunden.csv           column 40 of 40
    ╭ The columns of the file ──────╮╭ Column number 40 ───────╮
    │ column         is             ││ kept on the card under …│
    │ Column numbe…  kept as it is  ││ 1 cell 40               │
    │ Column numbe…  kept as it is  ││ 2 nothing               │
    │ Column numbe…  kept as it is  ││                         │
    │ Column numbe…  kept as it is  │╰─────────────────────────╯
    │ Column numbe…  kept as it is  │╭ The first rows become ──╮
    │ Column numbe…  kept as it is  ││ 1 cell 1                │
    │ Column numbe…  kept as it is  ││   + Column n… cell 2    │
    │ Column numbe…  kept as it is  ││   + Column n… cell 3    │
    │ Column numbe… ‹kept as it is› ││   + 37 more   Column nu…│
    ╰───────────────────────────────╯╰─────────────────────────╯
     Of 40 columns: 1 taken over, 39 kept as they are
     Enter import  → change  / find  - leave out  Esc cancel
    "#);
    story.press("<Home>");
    assert!(story.screen().contains("column 1 of 40"));
}

#[test]
fn without_colour_and_with_plain_characters_everything_is_still_said() {
    let mut story = Story::looking(Theme::plain(), true, columns(), 80, 24);
    story.press("<Delete>j<Delete>jj<Delete>j<Delete>");
    let screen = story.sheet.screen();
    let cells = screen.content.iter();
    let coloured =
        |cell: &&ratatui::buffer::Cell| (cell.fg, cell.bg) != (Color::Reset, Color::Reset);
    assert_eq!(cells.filter(coloured).count(), 0);
    let text = text_of(&screen);
    let letters = text.chars().filter(|c| !c.is_alphanumeric());
    assert!(letters.clone().all(|c| c.is_ascii()), "{text}");
    assert!(text.contains("! no column says who it is"), "{text}");
    assert!(text.contains("<left out>"), "{text}");
}

proptest! {
    #[test]
    fn no_window_and_no_keys_break_it(
        size in (1u16..140, 1u16..50),
        keys in proptest::collection::vec(0usize..16, 0..30),
    ) {
        let names = [
            "<Up>", "<Down>", "<Left>", "<Right>", "<Delete>", "/", "n", "é", "<Backspace>", "<Home>", "<End>",
            "<PageDown>", "<PageUp>", "<Ctrl-u>", "<Enter>", "<Esc>",
        ];
        let mut story = Story::new(size.0, size.1);
        for key in keys {
            story.press(names[key]);
            let words = story.mapping.words();
            prop_assert_eq!(words.len(), 7);
            prop_assert!(story.mapping.ended() != Some(true) || story.mapping.problem().is_none());
        }
    }
}
