//! Replaying a step backwards: the inverse of each row it changed, the last one first.

use super::super::{Error, Result};
use super::{Step, columns};
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// Rows replayed at a time, so that undoing a large import needs little memory.
const BATCH: usize = 5_000;
/// Rows between two words about how far it is.
const STRIDE: usize = 500;

/// Replays the inverse of a step, or of its undoing; what the triggers write down meanwhile is the way back. `watch` is told how many
/// rows of how many are done.
pub(in crate::store) fn invert(
    db: &Connection,
    step: &Step,
    watch: &mut dyn FnMut(usize, usize),
) -> Result<()> {
    let redo = step.undone;
    if redo {
        // The triggers write the step's inverse anew.
        db.execute(
            "delete from change where step_id = ?1 and redo = 0",
            [step.id],
        )?;
    }
    db.execute_batch("pragma defer_foreign_keys = on")?;
    let (last, count) = db.query_row(
        "select coalesce(max(id), 0), count(*) from change where step_id = ?1 and redo = ?2",
        params![step.id, redo],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)? as usize)),
    )?;
    let mut tables: HashMap<String, Inverse> = HashMap::new();
    let (mut below, mut walked) = (last + 1, 0);
    loop {
        let batch = batch_below(db, step, below)?;
        let Some(end) = batch.last() else { break };
        below = end.id;
        for change in &batch {
            walked += 1;
            if walked % STRIDE == 0 {
                watch(walked, count);
            }
            if !tables.contains_key(&change.table) {
                tables.insert(change.table.clone(), Inverse::of(db, &change.table)?);
            }
            if let Some(inverse) = tables.get(&change.table) {
                take_back(db, step, inverse, change)?;
            }
        }
    }
    if redo {
        db.execute(
            "delete from change where step_id = ?1 and redo = 1",
            [step.id],
        )?;
    }
    db.execute(
        "update step set undone = 1 - undone where id = ?1",
        [step.id],
    )?;
    Ok(())
}

/// Takes one change back; where it is not there as it was left, somebody else was at it.
fn take_back(db: &Connection, step: &Step, inverse: &Inverse, change: &Change) -> Result<()> {
    let elsewhere = || Error::ChangedElsewhere {
        label: step.label.clone(),
    };
    match inverse.perform(db, change) {
        Ok(1) => Ok(()),
        Ok(_) => Err(elsewhere()),
        Err(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) =>
        {
            Err(elsewhere())
        }
        Err(error) => Err(error.into()),
    }
}

struct Change {
    id: i64,
    op: String,
    table: String,
    row: i64,
    was: Option<String>,
}

fn batch_below(db: &Connection, step: &Step, below: i64) -> Result<Vec<Change>> {
    let mut statement = db.prepare_cached("select id, op, tab, row_id, was from change where step_id = ?1 and redo = ?2 and id < ?3 order by id desc limit ?4")?;
    let rows = statement.query_map(params![step.id, step.undone, below, BATCH as i64], |row| {
        Ok(Change {
            id: row.get(0)?,
            op: row.get(1)?,
            table: row.get(2)?,
            row: row.get(3)?,
            was: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The statements that take back a change to one table.
struct Inverse {
    delete: String,
    insert: String,
    update: String,
}

impl Inverse {
    fn of(db: &Connection, table: &str) -> Result<Self> {
        let columns: Vec<String> = columns(db, table)?
            .iter()
            .map(|c| format!("\"{c}\""))
            .collect();
        let columns = columns.join(",");
        Ok(Inverse {
            delete: format!("delete from {table} where id = ?1"),
            insert: format!("insert into {table} ({columns}) values "),
            update: format!("update {table} set ({columns}) = "),
        })
    }

    /// Takes one change back and tells how many rows that changed.
    fn perform(&self, db: &Connection, change: &Change) -> rusqlite::Result<usize> {
        match (change.op.as_str(), &change.was) {
            ("delete", Some(was)) => db.execute(&format!("{}({was})", self.insert), []),
            ("update", Some(was)) => db.execute(
                &format!("{}({was}) where id = ?1", self.update),
                [change.row],
            ),
            _ => db.prepare_cached(&self.delete)?.execute([change.row]),
        }
    }
}
