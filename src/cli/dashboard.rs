//! `chitbook` alone, and `demo`: where the dashboard is opened.

use super::desk::{Desk, Failure};
use crate::exchange::demo as made_up;
use crate::store::{Error, Store};
use serde_json::Value;

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
fn dashboard(_desk: &mut Desk<'_>, book: Store) -> Result<(), Failure> {
    drop(book);
    Err(Failure::could(
        "this build has no dashboard; `chitbook help` lists what it can do",
    ))
}
