//! When the journal was emptied, and after which step: what two copies of a book can still be compared by.

use super::super::Result;
use super::super::standing::{set, setting};
use rusqlite::{Connection, OptionalExtension};

/// A step: its number, its moment, its label, and whether it was undone.
pub(in crate::store) type StepMark = (i64, i64, String, bool);

/// How many emptyings are remembered.
const EMPTIED_KEPT: usize = 20;

/// The last step there was each time the journal was emptied: what two copies of a book can still be compared by.
pub(in crate::store) fn emptied(db: &Connection) -> Result<Vec<StepMark>> {
    let kept = setting(db, "emptied")?.unwrap_or_default();
    Ok(serde_json::from_str(&kept).unwrap_or_default())
}

/// Lets go of every step; their changed rows go with them.
pub(in crate::store) fn forget_all(db: &Connection) -> Result<()> {
    let sql = "select id, at, label, undone from step order by id desc limit 1";
    let mark = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let last: Option<StepMark> = db.query_row(sql, [], mark).optional()?;
    if let Some(last) = last {
        let mut kept = emptied(db)?;
        kept.push(last);
        let from = kept.len().saturating_sub(EMPTIED_KEPT);
        let kept = serde_json::to_string(kept.get(from..).unwrap_or_default()).unwrap_or_default();
        set(db, "emptied", &kept)?;
    }
    db.prepare_cached("delete from step")?.execute([])?;
    Ok(())
}
