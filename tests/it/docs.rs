//! README says what the program does: its keys, its commands, its queries and its picture are checked here.
//!
//! `CHITBOOK_REMAKE=1 cargo test --test it docs` writes the generated parts and the picture anew.

use crate::world::{World, now};
use chitbook::dashboard::{Window, still};
use chitbook::domain::moment::{Zone, day_number};
use chitbook::domain::when::DateOrder;
use chitbook::store::Store;
use chitbook::tui::app::Setup;
use chitbook::tui::key::{Code, Key};
use chitbook::tui::theme::Theme;
use chitbook::tui::{keymap, picture};
use std::fs;
use std::path::{Path, PathBuf};

fn project(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn remaking() -> bool {
    std::env::var_os("CHITBOOK_REMAKE").is_some()
}

/// The part of README between two marks is `wanted`, or becomes it.
fn holds(name: &str, wanted: &str) {
    let readme = fs::read_to_string(project("README.md")).unwrap();
    let (begin, end) = (
        format!("<!-- {name}: begin -->\n"),
        format!("<!-- {name}: end -->"),
    );
    let from = readme.find(&begin).unwrap() + begin.len();
    let to = readme.find(&end).unwrap();
    let wanted = format!("{}\n", wanted.trim_end());
    if remaking() {
        let remade = [
            readme.get(..from).unwrap(),
            &wanted,
            readme.get(to..).unwrap(),
        ]
        .concat();
        fs::write(project("README.md"), remade).unwrap();
    } else {
        assert_eq!(
            readme.get(from..to).unwrap(),
            wanted,
            "README's {name} are out of date; CHITBOOK_REMAKE=1 cargo test --test it docs"
        );
    }
}

/// The demo book as it is on the tests' day.
pub fn demo(world: &World) -> Store {
    let mut book = world.book();
    let document = chitbook::exchange::demo::book(now()).unwrap();
    let moment = now();
    let mut bulk = book.bulk("Made up a book", &moment).unwrap();
    bulk.any_order().unwrap();
    for (table, rows) in document["tables"].as_object().unwrap() {
        for row in rows.as_array().unwrap() {
            bulk.bring(table, row.as_object().unwrap()).unwrap();
        }
    }
    bulk.finish().unwrap();
    book.turn_to(day_number(now().date_naive())).unwrap();
    book
}

/// What the dashboard shows of the demo book after these keys.
fn shown(size: (u16, u16), keys: &[Key], theme: Theme) -> ratatui::buffer::Buffer {
    let world = World::new();
    let book = demo(&world);
    let setup = Setup {
        now: now(),
        zone: Zone::Fixed(*now().offset()),
        order: DateOrder::Mdy,
        params: book.params.clone(),
        theme,
        plain: false,
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
    still(book, desk, size, keys)
}

/// README and its picture are remade and read by one test, so that they are not written twice at once.
#[test]
fn readme_is_up_to_date() {
    holds("keys", &keymap::markdown());
    holds("commands", &chitbook::cli::markdown());
    let mut keys = vec![Key::char('/')];
    keys.extend("frank d".chars().map(Key::char));
    keys.extend([Key::plain(Code::Enter), Key::plain(Code::Esc)]);
    let wanted = picture::svg(
        &shown((120, 36), &keys, Theme::colour()),
        "Chitbook's home screen on the demo book",
    );
    if remaking() {
        fs::write(project("assets/home.svg"), &wanted).unwrap();
    }
    let found = fs::read_to_string(project("assets/home.svg")).unwrap();
    assert!(
        found == wanted,
        "assets/home.svg is out of date; CHITBOOK_REMAKE=1 cargo test --test it docs"
    );
}

#[test]
fn the_queries_in_readme_give_rows_on_the_demo_book() {
    let readme = fs::read_to_string(project("README.md")).unwrap();
    let from = readme.find("<!-- queries: begin -->").unwrap();
    let to = readme.find("<!-- queries: end -->").unwrap();
    let part = readme.get(from..to).unwrap();
    let world = World::new();
    let book = demo(&world);
    let db = rusqlite::Connection::open(book.path()).unwrap();
    let queries: Vec<&str> = part
        .split("```sql")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert_eq!(queries.len(), 3);
    for query in queries {
        let mut statement = db.prepare(query.trim().trim_end_matches(';')).unwrap();
        statement.query([]).unwrap().next().unwrap();
    }
}

#[test]
fn the_demo_book_is_whole() {
    let world = World::new();
    let book = demo(&world);
    let report = book.check(&now()).unwrap();
    assert!(report.is_clean(), "{report:?}");
    assert!((40..=60).contains(&book.count().unwrap()));
}

#[test]
fn every_size_of_window_is_drawn_with_the_demo_book() {
    let world = World::new();
    let book = demo(&world);
    let path = book.path().to_owned();
    drop(book);
    for (columns, rows) in [
        (1, 1),
        (2, 60),
        (59, 14),
        (60, 15),
        (80, 24),
        (100, 30),
        (120, 40),
        (200, 60),
    ] {
        let book = Store::open(&path).unwrap();
        let setup = Setup {
            now: now(),
            zone: Zone::utc(),
            order: DateOrder::Mdy,
            params: book.params.clone(),
            theme: Theme::plain(),
            plain: true,
            currency: "USD".to_owned(),
            rep: chitbook::tui::inquiry::Rep::default(),
            mark: "read-only",
        };
        let desk = Window {
            setup,
            clock: now,
            report: Box::new(|_| None),
            weekly: std::sync::Arc::new(|_, _| String::new()),
            backups: false,
            pinned: true,
        };
        let screen = still(
            book,
            desk,
            (columns, rows),
            &[Key::char('j'), Key::plain(Code::Tab), Key::char('?')],
        );
        assert_eq!((screen.area.width, screen.area.height), (columns, rows));
    }
}
