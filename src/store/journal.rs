//! The journal: each step a person makes, with the inverse of every row it changed.
//!
//! While a step is open, temporary triggers write down each row of the listed tables as it was ([`super::late`]: an import writes its new
//! rows down together, and of those that came with the row they belong to only that one). Undoing a step walks these rows
//! backwards; the triggers are at work meanwhile, so what they write down is the redo. Laws that keep this exact: no statement
//! replaces a row (`insert or replace` hides a deletion), foreign keys wait until the end of the replay, and each inverse must
//! change exactly one row, or the whole replay is given up.

mod emptied;
mod replay;
mod tables;

pub(super) use emptied::{StepMark, emptied, forget_all};
pub(super) use replay::invert;
pub(super) use tables::{GOES_WITH, tables};

use super::draft::led_too;
use super::{Error, Result};
use crate::domain::command::TAKEN_BACK;
use crate::domain::id::Id;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeSet, HashSet};
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Steps kept; older ones can no longer be undone.
const STEPS_KEPT: i64 = 1000;
/// Changed rows kept over all steps but the latest.
const ROWS_KEPT: i64 = 2_000_000;
/// More people than this are "many": whoever shows the book reads everything again.
const FEW: usize = 400;

/// One step of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Rising with time.
    pub id: i64,
    /// When it was made, milliseconds UTC.
    pub at: i64,
    /// What it did.
    pub label: String,
    /// Whether it is undone at present.
    pub undone: bool,
}

/// Which way the journal is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Undo,
    Redo,
}

/// The people a step touched.
#[derive(Clone, Debug, Default)]
pub(super) struct Touched {
    /// Those whose standing may be another now.
    pub people: BTreeSet<i64>,
    /// Those of whom something changed on which no standing rests.
    told: BTreeSet<i64>,
}

impl Touched {
    /// The people, or none when there are too many to name. The rep's own row is in no list, so it is not among them.
    pub fn few(&self) -> Option<Vec<Id>> {
        if self.people.len().max(self.told.len()) > FEW {
            return None;
        }
        let all: BTreeSet<i64> = self.people.union(&self.told).copied().collect();
        let others = all.iter().map(|id| Id::from_raw(*id));
        (all.len() <= FEW).then(|| others.filter(|id| *id != Id::ME).collect())
    }
}

/// Writes down what a step changes.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    step: Arc<AtomicI64>,
    touched: Arc<Mutex<Touched>>,
    installed: bool,
    /// The last step there was when the book was got ready.
    since: i64,
    /// The steps made here since.
    own: HashSet<i64>,
}

impl Recorder {
    /// Puts the temporary triggers in place; only a connection that writes needs them.
    pub fn install(&mut self, db: &Connection) -> Result<()> {
        if self.installed {
            return Ok(());
        }
        let step = Arc::clone(&self.step);
        db.create_scalar_function("journal_step", 0, FunctionFlags::SQLITE_UTF8, move |_| {
            Ok(step.load(Ordering::Relaxed))
        })?;
        for name in ["journal_touched", "journal_told"] {
            let touched = Arc::clone(&self.touched);
            let note = move |context: &Context<'_>| {
                if let Some(id) = context.get::<Option<i64>>(0)? {
                    let mut touched = touched.lock().unwrap_or_else(PoisonError::into_inner);
                    if name == "journal_touched" {
                        touched.people.insert(id);
                    } else {
                        touched.told.insert(id);
                    }
                }
                Ok(None::<i64>)
            };
            db.create_scalar_function(name, 1, FunctionFlags::SQLITE_UTF8, note)?;
        }
        let mut sql = String::new();
        for table in tables() {
            sql.push_str(&triggers(table, &columns(db, table)?));
        }
        db.execute_batch(&sql)?;
        self.since = db.query_row("select coalesce(max(id), 0) from step", [], |row| {
            row.get(0)
        })?;
        self.installed = true;
        Ok(())
    }

    /// These steps were made here.
    pub fn made(&mut self, steps: RangeInclusive<i64>) {
        self.own.extend(steps);
    }

    /// Whether another program made a step since the book was got ready here.
    pub fn is_elsewhere(&self, step: i64) -> bool {
        step > self.since && !self.own.contains(&step)
    }

    /// From here on every changed row is written down under `step`; where it is negative, as the way back from its undoing.
    pub fn start(&self, step: i64) {
        *self.touched.lock().unwrap_or_else(PoisonError::into_inner) = Touched::default();
        self.step.store(step, Ordering::Relaxed);
    }

    /// Stops writing down, and tells whom the step touched.
    pub fn stop(&self) -> Touched {
        self.step.store(0, Ordering::Relaxed);
        std::mem::take(&mut *self.touched.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The columns of a table, in order.
pub(super) fn columns(db: &Connection, table: &str) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached("select name from pragma_table_info(?1) order by cid")?;
    let names = statement.query_map([table], |row| row.get(0))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// The three triggers of one table.
fn triggers(table: &str, columns: &[String]) -> String {
    let was: Vec<String> = columns
        .iter()
        .map(|c| format!("quote(old.\"{c}\")"))
        .collect();
    let was = was.join(" || ',' || ");
    trigger(table, columns, "insert", "null", &["new"])
        + &trigger(table, columns, "update", &was, &["new", "old"])
        + &trigger(table, columns, "delete", &was, &["old"])
}

/// The trigger of one event; the first of `rows` is the one that is written down.
fn trigger(table: &str, columns: &[String], event: &str, was: &str, rows: &[&str]) -> String {
    let touched: String = rows.iter().flat_map(|r| whom(table, columns, r)).collect();
    let row = rows.first().copied().unwrap_or("new");
    format!(
        "create temp trigger journal_{table}_{event} after {event} on main.{table} when journal_step() <> 0 begin
         insert into change (step_id, redo, op, tab, row_id, was) values (abs(journal_step()), journal_step() < 0, '{event}', '{table}', {row}.id, {was});
         {touched} end;\n"
    )
}

/// New rows are not written down until [`follow_new_rows`].
pub(super) fn leave_new_rows(db: &Connection) -> Result<()> {
    let drop = tables().map(|table| format!("drop trigger temp.journal_{table}_insert;"));
    Ok(db.execute_batch(&drop.collect::<String>())?)
}

/// New rows are written down again.
pub(super) fn follow_new_rows(db: &Connection) -> Result<()> {
    let mut sql = String::new();
    for table in tables() {
        sql.push_str(&trigger(
            table,
            &columns(db, table)?,
            "insert",
            "null",
            &["new"],
        ));
    }
    Ok(db.execute_batch(&sql)?)
}

/// Names the people that new rows of a table are about, by a JSON list of their ids. Touches and meetings came with those who took part.
pub(super) fn touch_new(db: &Connection, table: &str, list: &str) -> Result<()> {
    let columns = columns(db, table)?;
    let own = (table == "contact").then_some("id");
    let named = DIRECT
        .into_iter()
        .filter(|c| columns.iter().any(|of| of == c));
    for column in named.chain(own) {
        let naming = naming(table);
        let sql = format!(
            "select count({naming}(n.{column})) from json_each(?1) j cross join {table} n on n.id = j.value"
        );
        db.prepare_cached(&sql)?.query_row([list], |_| Ok(()))?;
    }
    for (_, parent, key, sides) in VIA.iter().filter(|(of, ..)| *of == table) {
        for side in *sides {
            let sql = format!(
                "select count(journal_touched(o.{side})) from json_each(?1) j cross join {table} n on n.id = j.value
                 cross join {parent} o on o.id = n.{key}"
            );
            db.prepare_cached(&sql)?.query_row([list], |_| Ok(()))?;
        }
    }
    Ok(())
}

/// Tables whose rows name people only by the row they belong to: that one's table, the column that names it, and its people.
const VIA: [(&str, &str, &str, &[&str]); 4] = [
    ("chit_part", "chit", "chit_id", &["giver_id", "receiver_id"]),
    ("chit_call", "chit", "chit_id", &["giver_id", "receiver_id"]),
    ("story_ask", "story", "story_id", &["contact_id"]),
    (
        "referral_event",
        "referral",
        "referral_id",
        &["referrer_id", "prospect_id"],
    ),
];

/// The function that names somebody whom a row of this table is about: what a calendar suggests moves nobody's standing.
pub(super) fn naming(table: &str) -> &'static str {
    match table {
        "suggestion" | "suggested" => "journal_told",
        _ => "journal_touched",
    }
}

/// Columns that name a person.
const DIRECT: [&str; 7] = [
    "contact_id",
    "giver_id",
    "receiver_id",
    "from_id",
    "to_id",
    "referrer_id",
    "prospect_id",
];

/// Statements that name the people a row is about.
fn whom(table: &str, columns: &[String], row: &str) -> Vec<String> {
    let naming = naming(table);
    let mut statements: Vec<String> = DIRECT
        .iter()
        .filter(|c| columns.iter().any(|own| own == *c))
        .map(|c| format!("select {naming}({row}.{c});\n"))
        .collect();
    match table {
        "contact" => statements.push(format!("select journal_touched({row}.id);\n")),
        "touch" => statements.push(format!(
            "select journal_touched(contact_id) from party where touch_id = {row}.id;\n"
        )),
        "suggestion" => statements.push(format!(
            "select {naming}(contact_id) from suggested where suggestion_id = {row}.id;\n"
        )),
        "account" => statements.push(format!(
            "select journal_touched(id) from contact where account_id = {row}.id;\n"
        )),
        "tag" => statements.push(format!(
            "select journal_touched(contact_id) from tagging where tag_id = {row}.id;\n"
        )),
        "tier" => statements.push(format!(
            "select journal_touched(id) from contact where tier = {row}.name and tier <> '';\n"
        )),
        _ => {}
    }
    for (_, parent, key, sides) in VIA.iter().filter(|(of, ..)| *of == table) {
        for side in *sides {
            statements.push(format!(
                "select journal_touched({side}) from {parent} where id = {row}.{key};\n"
            ));
        }
    }
    statements
}

/// Begins a step. What was undone before stays undone, but as steps of their own, so that undoing on leads back through
/// everything that ever was: nothing a person made is lost by one change after an undo. Gives back these and, as the last, the step.
pub(super) fn begin(db: &Connection, label: &str, at: i64) -> Result<RangeInclusive<i64>> {
    let undone: Vec<(i64, String)> = {
        let mut statement =
            db.prepare_cached("select id, label from step where undone = 1 order by id desc")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    let mut first = None;
    for (id, undone) in undone {
        let undoing = insert_step(db, &taken_back(&undone), at)?;
        first = first.or(Some(undoing));
        led_too(db, id, undoing)?;
        let sql = "update change set step_id = ?1, redo = 0 where step_id = ?2 and redo = 1";
        db.prepare_cached(sql)?.execute([undoing, id])?;
        db.prepare_cached("update step set undone = 0 where id = ?1")?
            .execute([id])?;
    }
    let step = insert_step(db, label, at)?;
    Ok(first.unwrap_or(step)..=step)
}

/// What the step is called that a step's undoing becomes once another change follows.
pub(super) fn taken_back(label: &str) -> String {
    format!("{TAKEN_BACK}{label}")
}

fn insert_step(db: &Connection, label: &str, at: i64) -> Result<i64> {
    db.prepare_cached("insert into step (at, label) values (?1, ?2)")?
        .execute(params![at, label])?;
    Ok(db.last_insert_rowid())
}

/// The step that comes next in a direction.
pub(super) fn next(db: &Connection, direction: Direction) -> Result<Step> {
    let (sql, nothing) = match direction {
        Direction::Undo => (
            "select id, at, label, undone from step where undone = 0 order by id desc limit 1",
            "undo",
        ),
        Direction::Redo => (
            "select id, at, label, undone from step where undone = 1 order by id limit 1",
            "redo",
        ),
    };
    let found = db.query_row(sql, [], step_from).optional()?;
    found.ok_or(Error::NothingTo(nothing))
}

fn step_from(row: &rusqlite::Row<'_>) -> rusqlite::Result<Step> {
    Ok(Step {
        id: row.get(0)?,
        at: row.get(1)?,
        label: row.get(2)?,
        undone: row.get(3)?,
    })
}

/// Whether a step changed a row that there was.
pub(super) fn changed(db: &Connection, step: &Step, table: &str, row: Id) -> Result<bool> {
    let sql = "select 1 from change where step_id = ?1 and tab = ?2 and row_id = ?3 and op = 'update' and redo = 0";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.exists(params![step.id, table, row.raw()])?)
}

/// Puts what a step brought in the order of the tables, each after those it may refer to, so that taking it back ends with what the
/// others stand on.
pub(super) fn put_in_order(db: &Connection, step: i64) -> Result<()> {
    let last: i64 = db.query_row("select coalesce(max(id), 0) from change", [], |row| {
        row.get(0)
    })?;
    for table in tables() {
        let sql = "insert into change (step_id, redo, op, tab, row_id, was)
            select step_id, redo, op, tab, row_id, was from change where step_id = ?1 and id <= ?2 and tab = ?3 order by id";
        db.prepare_cached(sql)?
            .execute(params![step, last, table])?;
    }
    db.execute(
        "delete from change where step_id = ?1 and id <= ?2",
        [step, last],
    )?;
    Ok(())
}

/// Lets go of what is too old to be undone.
pub(super) fn forget_old(db: &Connection) -> Result<()> {
    db.prepare_cached("delete from step where id <= (select max(id) from step) - ?1")?
        .execute([STEPS_KEPT])?;
    let rows: i64 = db
        .prepare_cached("select coalesce(max(id), 0) - coalesce(min(id), 0) from change")?
        .query_row([], |row| row.get(0))?;
    if rows > ROWS_KEPT {
        let sql = "delete from step where id < (select max(id) from step)
                   and id <= (select step_id from change where id <= (select max(id) from change) - ?1 order by id desc limit 1)";
        db.prepare_cached(sql)?.execute([ROWS_KEPT])?;
    }
    Ok(())
}

/// The latest steps, newest first.
pub(super) fn latest(db: &Connection, limit: usize) -> Result<Vec<Step>> {
    let mut statement =
        db.prepare_cached("select id, at, label, undone from step order by id desc limit ?1")?;
    let steps = statement.query_map([limit as i64], step_from)?;
    Ok(steps.collect::<rusqlite::Result<_>>()?)
}
