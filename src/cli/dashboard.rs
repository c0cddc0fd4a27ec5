//! `chitbook` alone, and `demo`: where the dashboard is opened.

use super::ask::own_card;
use super::desk::{Desk, Failure};
use crate::dashboard::{self, Weekly, Window};
use crate::domain::moment::{Moment, Zone};
use crate::exchange::demo as made_up;
use crate::exchange::report::markdown;
use crate::settings::{Glyphs, Theme as Choice};
use crate::store::Store;
use crate::tui::app::Setup;
use crate::tui::inquiry::Rep;
use crate::tui::terminal::Report;
use crate::tui::theme::Theme;
use serde_json::Value;
use std::fs::File;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// Opens the dashboard on the book.
pub fn open(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let book = desk.book()?;
    dashboard(desk, book, true)
}

/// Opens the dashboard on a made-up book: in a file that goes away, or in the one that was named.
pub fn demo(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let folder = tempfile::Builder::new()
        .prefix("chitbook-demo-")
        .tempdir()
        .map_err(|error| Failure::could(format!("no temporary folder could be made: {error}")))?;
    if !desk.named {
        desk.path = folder.path().join("demo.chitbook");
    }
    let mut book = desk.book()?;
    if book.contact_ids()?.is_empty() {
        fill(&mut book, desk)?;
    }
    dashboard(desk, book, desk.named)
}

/// Brings the made-up book's rows in. Whoever undoes takes back what they did themselves, not the book.
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
    bulk.afresh().finish()?;
    Ok(book.turn_to(desk.today())?)
}

/// Hands the terminal to the dashboard until it ends.
fn dashboard(desk: &mut Desk<'_>, book: Store, backups: bool) -> Result<(), Failure> {
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    if dumb || !desk.out.is_terminal() {
        return Err(Failure::Usage(
            "the dashboard needs a terminal; `chitbook help` lists the commands that do without one"
                .to_owned(),
        ));
    }
    let (theme, plain) = looks(desk);
    let now = (desk.clock)();
    let setup = Setup {
        now,
        zone: Zone::Local,
        order: desk.settings.date_order,
        currency: desk.settings.currency.clone(),
        rep: Rep {
            name: desk.settings.name.clone(),
            ask_card: own_card(desk),
        },
        params: book.params.clone(),
        theme,
        mark: match (book.writable(), book.warning()) {
            (false, _) => "read-only",
            (true, Some(_)) => "network drive: one program at a time",
            (true, None) => "",
        },
        plain,
    };
    let report = report_beside(book.path(), now);
    let clock = desk.clock;
    let window = Window {
        setup,
        clock,
        report,
        weekly: weekly(desk.settings.name.clone()),
        backups,
        pinned: desk.calibrated_by_hand(),
    };
    let exit = dashboard::open(book, window)
        .map_err(|error| Failure::could(format!("the terminal could not be used: {error}")))?;
    match exit.code() {
        0 => Ok(()),
        code => Err(Failure::Exit(code)),
    }
}

/// How a screen looks here, and whether it has only characters that every terminal has.
pub(super) fn looks(desk: &Desk<'_>) -> (Theme, bool) {
    let colour = match desk.settings.theme {
        Choice::Plain => false,
        Choice::Colour => true,
        Choice::Auto => desk.out.is_coloured(),
    };
    // The Linux console has no braille.
    let plain = desk.settings.glyphs == Glyphs::Ascii
        || std::env::var_os("TERM").is_some_and(|term| term == "linux");
    let theme = if colour {
        Theme::colour()
    } else {
        Theme::plain()
    };
    (theme, plain)
}

/// Writes the weekly report as the command line does.
fn weekly(name: String) -> Weekly {
    Arc::new(move |book, now| {
        let report = book.report(now.date_naive(), &name, now, &mut |_, _| {
            ControlFlow::Continue(())
        });
        match report {
            Ok(Some(report)) => markdown::write(&report, None),
            Ok(None) => String::new(),
            Err(error) => format!("The report was not made: {error}"),
        }
    })
}

/// Writes the report of a panic beside the book, readable by its owner alone.
pub(super) fn report_beside(book: &Path, now: Moment) -> Report {
    let name = format!("report-{}.txt", now.format("%Y-%m-%d-%H%M%S"));
    let path = book.with_file_name(name);
    Box::new(move |text| {
        let mut options = File::options();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).ok()?;
        file.write_all(text.as_bytes()).ok()?;
        Some(path.clone())
    })
}
