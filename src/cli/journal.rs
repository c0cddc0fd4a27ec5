//! `undo`, `redo` and `history`: the journal, shared with the dashboard.

use super::desk::{Desk, Failure};
use super::output::{Progress, Table};
use crate::domain::moment::Zone;
use crate::domain::text::grouped;
use serde_json::json;

/// Takes back the last change.
pub fn undo(desk: &mut Desk<'_>) -> Result<(), Failure> {
    desk.there()?;
    let now = desk.now;
    let mut progress = Progress::new();
    let changed = desk.book_to_change()?.undo_watched(&now, &mut |done, of| {
        progress.say(&far("Taken back", done, of));
    });
    progress.end();
    let changed = changed?;
    let (undone, label) = changed.undone();
    Ok(desk.out.line(&format!("{undone}: {label}"))?)
}

/// Makes the change again that was taken back last.
pub fn redo(desk: &mut Desk<'_>) -> Result<(), Failure> {
    desk.there()?;
    let now = desk.now;
    let mut progress = Progress::new();
    let changed = desk.book_to_change()?.redo_watched(&now, &mut |done, of| {
        progress.say(&far("Made again", done, of));
    });
    progress.end();
    let changed = changed?;
    Ok(desk.out.line(&format!("Redone: {}", changed.label))?)
}

/// How far a step of many changes is.
fn far(what: &str, done: usize, of: usize) -> String {
    format!("{what}: {} of {} changes", grouped(done), grouped(of))
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
