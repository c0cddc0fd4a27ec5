//! `chitbook` alone, and `demo`: where the dashboard is opened.

use super::desk::{Desk, Failure};
use crate::dashboard::{self as window, Window};
use crate::domain::moment::{Moment, Zone};
use crate::exchange::demo as made_up;
use crate::settings::{Glyphs, Theme};
use crate::store::{Error, Store};
use crate::tui::app::Setup;
use crate::tui::run::Exit;
use crate::tui::theme::Theme as Looks;
use serde_json::Value;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Opens the dashboard on the book.
pub fn open(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let book = desk.book()?;
    dashboard(desk, book)
}

/// Opens the dashboard on a made-up book: in a file that goes away, or in the one that was named.
pub fn demo(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let folder = tempfile::Builder::new()
        .prefix("chitbook-demo-")
        .tempdir()
        .map_err(|error| Failure::could(format!("no temporary folder could be made: {error}")))?;
    if !desk.named {
        desk.path = folder.path().join("demo.chitbook");
        desk.backups = false;
    }
    let mut book = desk.book()?;
    if book.contact_ids()?.is_empty() {
        fill(&mut book, desk)?;
    }
    dashboard(desk, book)
}

/// Brings the made-up book's rows in.
fn fill(book: &mut Store, desk: &Desk<'_>) -> Result<(), Failure> {
    let document = made_up::book(desk.now).map_err(Failure::Could)?;
    let mut bulk = book.bulk("Made the demo book", &desk.now)?;
    bulk.any_order()?;
    let tables = document.get("tables").and_then(Value::as_object);
    for (table, rows) in tables.into_iter().flatten() {
        let rows = rows.as_array().into_iter().flatten();
        for row in rows.filter_map(Value::as_object) {
            bulk.bring(table, row)?;
        }
    }
    bulk.finish()?;
    book.turn_to(desk.today()).map_err(|e: Error| e.into())
}

/// Hands the terminal to the dashboard.
fn dashboard(desk: &mut Desk<'_>, book: Store) -> Result<(), Failure> {
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        let why = "this terminal (TERM=dumb) cannot show the dashboard; `chitbook help` lists the commands that work here";
        return Err(Failure::Usage(why.to_owned()));
    }
    let plain = desk.settings.theme == Theme::Plain
        || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let linux_console = std::env::var_os("TERM").is_some_and(|term| term == "linux");
    let setup = Setup {
        now: desk.now,
        zone: Zone::Local,
        order: desk.settings.date_order,
        params: book.params.clone(),
        theme: if plain && desk.settings.theme != Theme::Colour {
            Looks::plain()
        } else {
            Looks::colour()
        },
        plain: desk.settings.glyphs == Glyphs::Ascii || linux_console,
    };
    let beside = desk.path.clone();
    let clock = desk.clock;
    let window = Window {
        setup,
        clock,
        report: Box::new(move |text| report(&beside, &clock(), text)),
        // A book in a temporary folder goes away, and its backups with it.
        backups: desk.backups,
    };
    match window::open(book, window) {
        Ok(Exit::Quit) => Ok(()),
        Ok(exit) => Err(Failure::Ended(exit.code())),
        Err(error) => Err(Failure::Usage(error.to_string())),
    }
}

/// Writes the report of a panic beside the book, for the owner alone.
fn report(book: &Path, now: &Moment, text: &str) -> Option<PathBuf> {
    let path = book.with_file_name(format!(
        "chitbook-fault-{}.txt",
        now.format("%Y-%m-%d-%H%M%S")
    ));
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path).ok()?;
    file.write_all(text.as_bytes()).ok()?;
    Some(path)
}
