//! `undo`, `redo` and `history`: the journal, shared with the dashboard.

use super::desk::{Desk, Failure};
use super::output::{Progress, Table};
use crate::domain::command::Changed;
use crate::domain::moment::Zone;
use crate::domain::text::grouped;
use crate::store::{Error, Store};
use serde_json::json;

/// Takes back the last change.
pub fn undo(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let now = desk.now;
    let changed = step(desk, "Taken back", |book, watch| {
        book.undo_watched(&now, watch)
    })?;
    let (undone, label) = changed.undone();
    Ok(desk.out.line(&format!("{undone}: {label}"))?)
}

/// Makes the change again that was taken back last.
pub fn redo(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let now = desk.now;
    let changed = step(desk, "Made again", |book, watch| {
        book.redo_watched(&now, watch)
    })?;
    Ok(desk.out.line(&format!("Redone: {}", changed.label))?)
}

/// Makes a step of the journal, and says on standard error how far one of many changes is.
fn step(
    desk: &mut Desk<'_>,
    what: &str,
    make: impl FnOnce(&mut Store, &mut dyn FnMut(usize, usize)) -> Result<Changed, Error>,
) -> Result<Changed, Failure> {
    desk.there()?;
    let mut progress = Progress::new();
    let changed = make(&mut desk.book_to_change()?, &mut |done, of| {
        progress.say(&format!(
            "{what}: {} of {} changes",
            grouped(done),
            grouped(of)
        ));
    });
    progress.end();
    Ok(changed?)
}

/// The latest changes, newest first.
pub fn history(desk: &mut Desk<'_>, limit: usize, json: bool) -> Result<(), Failure> {
    let steps = desk.book_there()?.steps(limit)?;
    if json {
        let rows: Vec<_> = steps
            .iter()
            .map(|step| {
                json!({
                    "id": step.id.to_string(),
                    "at": Zone::Local.moment(step.at).to_rfc3339(),
                    "label": step.label,
                    "undone": step.undone,
                })
            })
            .collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if steps.is_empty() {
        return Ok(desk.out.line("Nothing was changed in this book yet.")?);
    }
    let mut table = Table::new(&["when", "~what", ""]);
    for step in steps {
        let at = Zone::Local.moment(step.at).format("%Y-%m-%d %H:%M");
        let undone = if step.undone { "undone" } else { "" };
        table.row([at.to_string(), step.label, undone.to_owned()]);
    }
    Ok(desk.out.table(&table)?)
}
