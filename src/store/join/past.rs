//! When two books parted, and what changed in each since: what their journals say.

use super::super::journal::taken_back;
use super::{Before, LISTS, Result, setting};
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashSet;

/// The rows that changed since a step, and the people whose lists did.
#[derive(Default)]
pub(super) struct Changes {
    pub rows: HashSet<(String, i64)>,
    pub lists: HashSet<(String, i64)>,
}

impl Changes {
    /// What a journal says after a step.
    pub fn since(db: &Connection, step: i64) -> Result<Self> {
        let mut changes = Changes::default();
        let mut statement = db.prepare("select tab, row_id, was from change where step_id > ?1")?;
        let mut rows = statement.query([step])?;
        while let Some(row) = rows.next()? {
            let (table, id): (String, i64) = (row.get(0)?, row.get(1)?);
            if LISTS.iter().any(|(list, _)| *list == table) {
                let was: Option<String> = row.get(2)?;
                let mut whose = was.as_deref().and_then(owner);
                if whose.is_none() {
                    let sql = format!("select contact_id from {table} where id = ?1");
                    let mut statement = db.prepare_cached(&sql)?;
                    whose = statement.query_row([id], |row| row.get(0)).optional()?;
                }
                changes.lists.extend(whose.map(|owner| (table, owner)));
            } else {
                changes.rows.insert((table, id));
            }
        }
        Ok(changes)
    }
}

/// Whose list a row was of, from the row as the journal has it: the second of its values.
fn owner(was: &str) -> Option<i64> {
    was.split(',').nth(1)?.trim().parse().ok()
}

/// A step: its number, its moment, its label, and whether it was undone.
pub(super) type StepMark = (i64, i64, String, bool);

/// Every step a book's journal has.
pub(super) fn steps(db: &Connection) -> Result<Vec<StepMark>> {
    let mut statement = db.prepare("select id, at, label, undone from step order by id")?;
    let mark = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let rows = statement.query_map([], mark)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The last step both books have in common: ours and theirs. None where the journals do not tell. The step `open` is the merge itself.
pub(super) fn parted(
    mine: &Connection,
    open: i64,
    theirs: &Connection,
) -> Result<Option<(i64, i64)>> {
    let (mut ours, others) = (steps(mine)?, steps(theirs)?);
    ours.retain(|(id, ..)| *id != open);
    let there: HashSet<&StepMark> = others.iter().collect();
    let kept = setting(mine, "merged")?.unwrap_or_default();
    let before: Vec<Before> = serde_json::from_str(&kept).unwrap_or_default();
    // A merge that was undone since is as if it had not been.
    let stands = |step: i64| {
        let made = ours.iter().find(|(id, .., undone)| *id == step && !undone);
        made.is_some_and(|(_, _, label, _)| {
            let taken_back = taken_back(label);
            let mut later = ours.iter().filter(|(id, .., undone)| *id > step && !undone);
            later.all(|(_, _, label, _)| *label != taken_back)
        })
    };
    if let Some(before) = before
        .iter()
        .rev()
        .find(|before| there.contains(&before.theirs) && stands(before.mine))
    {
        return Ok(Some((before.mine, before.theirs.0)));
    }
    if let Some((id, ..)) = ours.iter().rev().find(|step| there.contains(step)) {
        return Ok(Some((*id, *id)));
    }
    // Both begin with a step of the same number: they parted before it.
    Ok(match (ours.first(), others.first()) {
        (Some((mine, ..)), Some((theirs, ..))) if mine == theirs => Some((mine - 1, mine - 1)),
        _ => None,
    })
}
