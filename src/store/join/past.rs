//! When two books parted, and what changed in each since: what their journals say.

use super::super::journal::{GOES_WITH, StepMark, emptied, taken_back};
use super::{FOLLOWERS, LISTS, Result, setting};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// An earlier merge: their last step then, ours, and when the last of their drafts was saved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Before {
    pub theirs: StepMark,
    pub mine: i64,
    #[serde(default)]
    pub drafts: i64,
}

/// The rows that changed since a step, and the lists: those of people, and those of touches.
#[derive(Default)]
pub(super) struct Changes {
    pub rows: HashSet<(String, i64)>,
    pub lists: HashSet<(String, i64)>,
}

/// Whose a row of a list is: the column, and which of its values that is.
fn owned_by(table: &str) -> Option<(&'static str, usize)> {
    if FOLLOWERS.contains(&table) {
        return Some(("touch_id", 2));
    }
    let list = LISTS.iter().any(|(list, _)| *list == table);
    list.then_some(("contact_id", 1))
}

impl Changes {
    /// What a journal says after a step.
    pub fn since(db: &Connection, step: i64) -> Result<Self> {
        let mut changes = Changes::default();
        let sql = "select tab, row_id, was, op = 'insert' from change where step_id > ?1";
        let mut statement = db.prepare(sql)?;
        let mut rows = statement.query([step])?;
        while let Some(row) = rows.next()? {
            let (table, id): (String, i64) = (row.get(0)?, row.get(1)?);
            let was: Option<String> = row.get(2)?;
            if row.get(3)? {
                changes.add_what_came_with(db, &table, id)?;
            }
            changes.add(db, table, id, was.as_deref())?;
        }
        Ok(changes)
    }

    /// A row, or whose list it is of.
    fn add(&mut self, db: &Connection, table: String, id: i64, was: Option<&str>) -> Result<()> {
        let Some((column, at)) = owned_by(&table) else {
            self.rows.insert((table, id));
            return Ok(());
        };
        let before = was.and_then(|was| owner(was, at));
        let sql = format!("select {column} from {table} where id = ?1");
        let mut statement = db.prepare_cached(&sql)?;
        let now: Option<i64> = statement.query_row([id], |row| row.get(0)).optional()?;
        let owners = [before, now].into_iter().flatten();
        self.lists
            .extend(owners.map(|owner| (table.clone(), owner)));
        Ok(())
    }

    /// What goes with a new row may have come with it, which the journal does not say.
    fn add_what_came_with(&mut self, db: &Connection, table: &str, id: i64) -> Result<()> {
        for (with, _, key) in GOES_WITH.iter().filter(|(_, parent, _)| *parent == table) {
            let sql = format!("select id from {with} where {key} = ?1");
            let ids: Vec<i64> = {
                let mut statement = db.prepare_cached(&sql)?;
                let ids = statement.query_map([id], |row| row.get(0))?;
                ids.collect::<rusqlite::Result<_>>()?
            };
            for id in ids {
                self.add(db, (*with).to_owned(), id, None)?;
            }
        }
        Ok(())
    }
}

/// Whose list a row was of, from the row as the journal has it: one of the ids it begins with.
fn owner(was: &str, at: usize) -> Option<i64> {
    was.split(',').nth(at)?.trim().parse().ok()
}

/// Every step a book's journal has.
pub(super) fn steps(db: &Connection) -> Result<Vec<StepMark>> {
    let mut statement = db.prepare("select id, at, label, undone from step order by id")?;
    let mark = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let rows = statement.query_map([], mark)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where two books parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Past {
    /// The last step of ours that is settled.
    pub mine: i64,
    /// The last step of theirs that is.
    pub theirs: i64,
    /// When that was: their drafts up to then were in both.
    pub seen: i64,
}

/// Whether a step was not undone since; one that the journal has let go of cannot be.
pub(super) fn stands(db: &Connection, step: i64) -> Result<bool> {
    Ok(step_stands(&steps(db)?, step))
}

fn step_stands(steps: &[StepMark], step: i64) -> bool {
    let Some((_, _, label, undone)) = steps.iter().find(|(id, ..)| *id == step) else {
        return steps.first().is_some_and(|(first, ..)| *first > step);
    };
    let taken_back = taken_back(label);
    let mut later = steps
        .iter()
        .filter(|(id, .., undone)| *id > step && !undone);
    !undone && later.all(|(_, _, label, _)| *label != taken_back)
}

/// The number of the first step a journal has, or of the one it would have next.
fn first(db: &Connection, steps: &[StepMark]) -> Result<i64> {
    if let Some((id, ..)) = steps.first() {
        return Ok(*id);
    }
    let sql = "select coalesce((select seq from sqlite_sequence where name = 'step'), 0) + 1";
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

/// Where both books were one for the last time. None where the journals do not tell. The step `open` is the merge itself.
pub(super) fn parted(mine: &Connection, open: i64, theirs: &Connection) -> Result<Option<Past>> {
    let (mut ours, others) = (steps(mine)?, steps(theirs)?);
    let firsts = (first(mine, &ours)?, first(theirs, &others)?);
    ours.retain(|(id, ..)| *id != open);
    let there: HashSet<&StepMark> = others.iter().collect();
    let kept = setting(mine, "merged")?.unwrap_or_default();
    let before: Vec<Before> = serde_json::from_str(&kept).unwrap_or_default();
    // A merge that was undone since is as if it had not been, and one from before the journal began says too little.
    let stood = |step| ours.iter().any(|(id, ..)| *id == step) && step_stands(&ours, step);
    if let Some(before) = before
        .iter()
        .rev()
        .find(|before| there.contains(&before.theirs) && stood(before.mine))
    {
        return Ok(Some(Past {
            mine: before.mine,
            theirs: before.theirs.0,
            seen: before.drafts,
        }));
    }
    let at = |(id, at, ..): &StepMark| Past {
        mine: *id,
        theirs: *id,
        seen: *at,
    };
    if let Some(step) = ours.iter().rev().find(|step| there.contains(step)) {
        return Ok(Some(at(step)));
    }
    // Both journals were emptied after one step, and go on from it: they parted after it.
    let emptied = (emptied(mine)?, emptied(theirs)?);
    if let Some(step) = emptied.0.iter().rev().find(|step| emptied.1.contains(step)) {
        let goes_on = firsts == (step.0 + 1, step.0 + 1);
        return Ok(goes_on.then(|| at(step)));
    }
    // Neither was ever emptied, and both have their first step: they parted before it.
    let never = emptied.0.is_empty() && emptied.1.is_empty() && firsts == (1, 1);
    Ok(never.then_some(Past {
        mine: 0,
        theirs: 0,
        seen: 0,
    }))
}
