//! Several programs with one book, and one that is killed: nothing acknowledged is lost, and everybody sees it.

use crate::pty::{CHITBOOK, PATIENCE, Seen, World as Terminal};
use crate::world::{World, add, now};
use chitbook::domain::id::Id;
use chitbook::store::Store;
use rustix::fs::FlockOperation;
use rustix::process::{Pid, Signal, kill_process};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

const CTRL_S: &[u8] = b"\x13";

/// Waits for something that no screen shows.
fn until(what: &str, done: impl Fn() -> bool) {
    let given_up = Instant::now() + PATIENCE;
    while !done() {
        assert!(Instant::now() < given_up, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

fn dashboard(book: &Path) -> Terminal {
    let terminal = Terminal::on(book);
    terminal.wait("the dashboard", |seen| {
        seen.open() && seen.text().contains("Barney Rubble")
    });
    terminal
}

/// Logs a call with whoever is selected, and waits until the screen says that it is on the disk.
fn log(terminal: &mut Terminal, note: &str) {
    terminal.keys(b"t");
    terminal.wait("the form", |seen| {
        seen.text().contains("Touch with Barney Rubble")
    });
    terminal.keys(note.as_bytes());
    terminal.keys(CTRL_S);
    terminal.wait("the save", |seen| {
        seen.text().contains("Logged a call") && seen.text().contains(note)
    });
}

fn touches(book: &Path, who: Id) -> usize {
    Store::open(book)
        .unwrap()
        .person(who)
        .unwrap()
        .unwrap()
        .touches
}

fn book_with_barney(world: &World) -> (std::path::PathBuf, Id) {
    let mut book = world.book();
    let who = add(&mut book, "Barney Rubble");
    (book.path().to_owned(), who)
}

#[test]
fn two_dashboards_and_a_loop_of_commands_lose_nothing_and_see_everything() {
    let world = World::new();
    let (book, who) = book_with_barney(&world);
    let (mut one, mut other) = (dashboard(&book), dashboard(&book));
    let path = book.clone();
    let commands = thread::spawn(move || {
        for n in 0..40 {
            let done = Command::new(CHITBOOK)
                .arg("--book")
                .arg(&path)
                .args(["log", "Barney Rubble", &format!("from the shell {n}")])
                .env("TZ", "UTC")
                .output()
                .unwrap();
            assert!(
                done.status.success(),
                "{}",
                String::from_utf8_lossy(&done.stderr)
            );
        }
    });
    for n in 0..6 {
        log(&mut one, &format!("one {n}"));
        log(&mut other, &format!("other {n}"));
    }
    commands.join().unwrap();
    assert_eq!(touches(&book, who), 52);
    for terminal in [&one, &other] {
        terminal.wait("all of them", |seen| seen.text().contains("History ─ 52"));
        assert!(!terminal.seen().text().contains("locked"));
    }
    assert!(
        Store::open(&book)
            .unwrap()
            .check(&now())
            .unwrap()
            .standings
            .is_empty()
    );
}

#[test]
fn what_is_typed_in_a_form_outlives_a_kill() {
    let world = World::new();
    let (book, who) = book_with_barney(&world);
    let mut terminal = dashboard(&book);
    terminal.keys(b"t");
    terminal.wait("the form", |seen| {
        seen.text().contains("Touch with Barney Rubble")
    });
    let text = "the quote goes out on Friday; q ? : all stay text";
    terminal.keys(text.as_bytes());
    terminal.wait("the text", |seen| seen.text().contains("stay text"));
    let path = book.clone();
    until("the draft in the book", || {
        let drafts = Store::open(&path).unwrap().drafts().unwrap();
        drafts
            .iter()
            .any(|draft| draft.body.contains("all stay text"))
    });
    let pid = Pid::from_raw(i32::try_from(terminal.pid()).unwrap()).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
    terminal.code();
    let mut again = Terminal::on(&book);
    again.wait("the offer", |seen| {
        seen.text().contains("Touch with Barney Rubble")
    });
    again.keys(b"\r");
    again.wait("the text", |seen| {
        seen.text().contains("the quote goes out on Friday")
    });
    again.keys(CTRL_S);
    again.wait("the save", |seen| seen.text().contains("Logged a call"));
    assert_eq!(touches(&book, who), 1);
    until("the draft let go", || {
        Store::open(&path).unwrap().drafts().unwrap().is_empty()
    });
}

#[test]
fn letters_that_are_keys_elsewhere_stay_text_in_every_field() {
    let world = World::new();
    let (book, who) = book_with_barney(&world);
    let mut terminal = dashboard(&book);
    log(&mut terminal, "q?:/jkuDq");
    let person = Store::open(&book).unwrap().person(who).unwrap().unwrap();
    assert_eq!(person.history[0].body, "q?:/jkuDq");
    terminal.keys(b"/zq?:");
    terminal.wait("the filter", |seen: &Seen| seen.text().contains("/ zq?:"));
    terminal.keys(b"\x1b");
    terminal.wait("everybody again", |seen| {
        !seen.text().contains("zq?:") && seen.text().contains("Barney Rubble")
    });
    terminal.keys(b"q");
    terminal.ends_with(0);
}

/// Set for the program that is no Chitbook: the book it looks at.
const BOOK: &str = "CHITBOOK_TEST_BOOK";

/// Many a SQLite (the shell, Python's) takes the log away when it leaves a book that nobody else has locked, and what is written to it
/// afterwards is lost. This test is both programs: it starts itself once more as the other.
#[test]
fn another_program_sees_that_an_open_book_is_in_use() {
    if let Some(path) = std::env::var_os(BOOK) {
        let book = std::fs::File::options()
            .read(true)
            .write(true)
            .open(path)
            .unwrap();
        let alone = rustix::fs::fcntl_lock(&book, FlockOperation::NonBlockingLockExclusive);
        assert!(alone.is_err(), "nobody has the book open");
        return;
    }
    let world = World::new();
    // As in the dashboard: one connection writes, others read, and each looked at the file before it opened it.
    let mut book = world.book();
    let readers = [world.book(), world.book()];
    add(&mut book, "Barney Rubble");
    let look = || {
        let this = "together::another_program_sees_that_an_open_book_is_in_use";
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", this])
            .env(BOOK, world.path("book.chitbook"))
            .output()
            .unwrap()
    };
    let looked = look();
    assert!(looked.status.success(), "{looked:?}");
    drop((book, readers));
    let looked = look();
    assert!(!looked.status.success(), "it can tell: {looked:?}");
}

#[test]
fn the_file_alone_has_everything_after_the_dashboard_was_closed() {
    let world = World::new();
    let (book, _) = book_with_barney(&world);
    let mut terminal = dashboard(&book);
    // A reader in another program: the last one who leaves would bring all into the file anyway.
    let reader = Store::open(&book).unwrap();
    terminal.keys(b"t");
    terminal.wait("the form", |seen| {
        seen.text().contains("Touch with Barney Rubble")
    });
    terminal.keys(b"rang about the quote");
    terminal.keys(CTRL_S);
    terminal.wait("the save", |seen| seen.text().contains("Logged a call"));
    terminal.keys(b"q");
    terminal.ends_with(0);
    let copy = world.path("copy.chitbook");
    std::fs::copy(&book, &copy).unwrap();
    drop(reader);
    let copy = Store::open(&copy).unwrap();
    assert_eq!(
        copy.steps(1).unwrap()[0].label,
        "Logged a call with Barney Rubble"
    );
}
