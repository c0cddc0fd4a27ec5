//! The timeline as it was looked at and found good: six people of the demo book, each a life of its own, in three sizes of window,
//! in 16 colours, without colour, and with plain characters.
//!
//! `CHITBOOK_REMAKE=1 cargo test --test it pictures` writes the files under `tests/it/pictures` anew; look at them then. Under
//! each picture stands what every cell looks like: `.` the terminal's own colour, `c` cyan, `d` dark grey, `g` green, `m` magenta,
//! `r` red, a capital letter where it is bold, `B` bold alone, `D` faint, `#` reversed.

use crate::docs::demo;
use crate::world::{World, now};
use chitbook::dashboard::{Window, still};
use chitbook::domain::moment::Zone;
use chitbook::domain::text::fold;
use chitbook::domain::when::DateOrder;
use chitbook::store::Store;
use chitbook::tui::app::Setup;
use chitbook::tui::key::{Code, Key};
use chitbook::tui::picture::Buffer;
use chitbook::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::fs;
use std::path::{Path, PathBuf};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// What is characteristic of somebody, their name, and the keys that bring the picture about.
const PEOPLE: [(&str, &str, &str); 6] = [
    ("a weekly friend", "Dana Kirchner", "]"),
    ("fading, after a promise broken", "Tomasz Wójcik", ""),
    ("gone dormant", "Øyvind Sæther", "]]"),
    ("new", "Josie Delacroix", "["),
    ("promises and chits", "Frank Delacroix", ""),
    ("a letter once a year", "Edie Pruitt", "]]"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/pictures")
}

/// The timeline of somebody, in focus, cut out of the window.
fn timeline(book: &Path, who: (&str, &str), size: (u16, u16), theme: Theme, plain: bool) -> Buffer {
    let book = Store::open(book).unwrap();
    let setup = Setup {
        now: now(),
        zone: Zone::utc(),
        order: DateOrder::Mdy,
        params: book.params.clone(),
        theme,
        plain,
        currency: "USD".to_owned(),
        rep: chitbook::tui::inquiry::Rep::default(),
        mark: "",
    };
    let desk = Window {
        setup,
        clock: now,
        report: Box::new(|_| None),
        weekly: std::sync::Arc::new(|_, _| String::new()),
        backups: false,
        pinned: true,
    };
    let mut keys = vec![Key::char('/')];
    keys.extend(who.0.chars().map(Key::char));
    keys.extend([Key::plain(Code::Enter), Key::plain(Code::Tab)]);
    let enter = |c| match c {
        '\n' => Key::plain(Code::Enter),
        c => Key::char(c),
    };
    keys.extend(who.1.chars().map(enter));
    cut_out(&still(book, desk, size, &keys))
}

/// From the rule with the timeline's title to the next rule.
fn cut_out(screen: &Buffer) -> Buffer {
    let is = |x: u16, y: u16, signs: &str| signs.contains(screen[(x, y)].symbol());
    let line = |y: u16| -> String {
        let cells = (0..screen.area.width).map(|x| screen[(x, y)].symbol());
        cells.collect()
    };
    let top = (0..screen.area.height)
        .find(|y| {
            [" Strength ─ ", " Strength - "]
                .iter()
                .any(|title| line(*y).contains(title))
        })
        .unwrap();
    let left = (0..screen.area.width)
        .find(|x| is(*x, top, "├+") && is(*x + 2, top, "S"))
        .unwrap();
    let below = top + 1..screen.area.height;
    let bottom = below.clone().find(|y| is(left, *y, "├╰+")).unwrap();
    let part = Rect::new(left + 1, top, screen.area.width - left - 2, bottom - top);
    let mut cut = Buffer::empty(Rect::new(0, 0, part.width, part.height));
    for (x, y) in (0..part.width).flat_map(|x| (0..part.height).map(move |y| (x, y))) {
        cut[(x, y)] = screen[(part.x + x, part.y + y)].clone();
    }
    cut
}

fn rows(picture: &Buffer, cell: impl Fn(u16, u16) -> String, blank: char) -> String {
    let row = |y: u16| -> String {
        let row: String = (0..picture.area.width).map(|x| cell(x, y)).collect();
        row.trim_end_matches(blank).to_owned() + "\n"
    };
    (0..picture.area.height).map(row).collect()
}

fn text(picture: &Buffer) -> String {
    rows(picture, |x, y| picture[(x, y)].symbol().to_owned(), ' ')
}

fn looks(picture: &Buffer) -> String {
    let look = |x: u16, y: u16| {
        let cell = &picture[(x, y)];
        let letter = match cell.fg {
            Color::Reset => '.',
            Color::Cyan => 'c',
            Color::DarkGray => 'd',
            Color::Green => 'g',
            Color::Magenta => 'm',
            Color::Red => 'r',
            other => panic!("{other} does not show on every background"),
        };
        assert_eq!(cell.bg, Color::Reset, "a background of its own");
        let has = |modifier| cell.modifier.contains(modifier);
        let letter = match (
            has(Modifier::REVERSED),
            has(Modifier::BOLD),
            has(Modifier::DIM),
        ) {
            (true, ..) => '#',
            (_, true, _) if letter == '.' => 'B',
            (_, true, _) => letter.to_ascii_uppercase(),
            (_, _, true) => 'D',
            _ => letter,
        };
        letter.to_string()
    };
    rows(picture, look, '.')
}

/// The whole file of one person in one size.
fn file(book: &Path, (life, name, keys): (&str, &str, &str), size: (u16, u16)) -> String {
    let who = (name, keys);
    let colour = timeline(book, who, size, Theme::colour(), false);
    let without = timeline(book, who, size, Theme::plain(), false);
    assert_eq!(text(&colour), text(&without), "no colour, no other picture");
    let colours = without.content.iter().map(|cell| (cell.fg, cell.bg));
    assert!(
        colours
            .clone()
            .all(|pair| pair == (Color::Reset, Color::Reset)),
        "no colour at all"
    );
    let plain = timeline(book, who, size, Theme::plain(), true);
    format!(
        "{name}: {life}, {} by {}\n\n{}\n16 colours, on a dark background or a light one\n\n{}\nno colour\n\n{}\nplain characters\n\n{}",
        size.0,
        size.1,
        text(&colour),
        looks(&colour),
        looks(&without),
        text(&plain)
    )
}

#[test]
fn six_people_look_as_they_did_when_they_were_looked_at() {
    let world = World::new();
    let book = demo(&world);
    let path = book.path().to_owned();
    drop(book);
    let mut stale = Vec::new();
    for person in PEOPLE {
        for size in SIZES {
            let who = fold(person.1).replace(' ', "-");
            let name = format!("{who}-{}x{}.txt", size.0, size.1);
            let at = folder().join(&name);
            let wanted = file(&path, person, size);
            if std::env::var_os("CHITBOOK_REMAKE").is_some() {
                fs::write(&at, &wanted).unwrap();
            }
            if fs::read_to_string(&at).unwrap_or_default() != wanted {
                stale.push(format!("{name}\n{wanted}"));
            }
        }
    }
    assert!(
        stale.is_empty(),
        "look at these, then CHITBOOK_REMAKE=1 cargo test --test it pictures\n{}",
        stale.join("\n")
    );
}

#[test]
fn the_median_of_a_tag_is_asked_of_the_book_and_drawn() {
    let world = World::new();
    let book = demo(&world);
    let path = book.path().to_owned();
    drop(book);
    for keys in ["v#a\n", "v#a\n]]"] {
        let who = ("Grace Okonkwo-Riley", keys);
        let picture = text(&timeline(&path, who, (140, 40), Theme::colour(), false));
        assert!(picture.contains("∘∘ #A, median of 10"), "{picture}");
        assert!(picture.matches('∘').count() > 20, "{picture}");
    }
}
