//! `merge-book`: another copy of the book, which lived on another machine, becomes part of this one.

use super::args::{MergeBook, Prefer};
use super::desk::{Desk, Failure};
use super::output::Table;
use crate::domain::text::fit;
use crate::store::{Counts, Joined, Preferred};
use serde_json::{Value, json};
use std::fs;

/// Columns of a value in the report.
const SHOWN: usize = 60;

/// Merges.
pub fn merge_book(desk: &mut Desk<'_>, args: &MergeBook) -> Result<(), Failure> {
    desk.there()?;
    let same = fs::canonicalize(&args.other)
        .ok()
        .zip(fs::canonicalize(&desk.path).ok());
    if same.is_some_and(|(other, own)| other == own) {
        return Err(Failure::could(
            "that is this book itself; name the other copy",
        ));
    }
    let mut book = desk.book_to_change()?;
    if !args.dry_run
        && let Err(error) = book.daily_backup(&desk.now)
    {
        desk.out
            .complain(&format!("today's backup was not made: {error}"));
    }
    let other = book.another(&args.other)?;
    let preferred = match args.prefer {
        Prefer::Newer => Preferred::Newer,
        Prefer::Mine => Preferred::Mine,
        Prefer::Theirs => Preferred::Theirs,
    };
    let name = args
        .other
        .file_name()
        .unwrap_or(args.other.as_os_str())
        .to_string_lossy()
        .into_owned();
    let mut bulk = book.bulk(&format!("Merged {}", fit(&name, 60)), &desk.now)?;
    let joined = match bulk.join(&other, preferred) {
        Ok(joined) => joined,
        Err(error) => {
            bulk.abandon();
            return Err(error.into());
        }
    };
    if args.dry_run || !joined.changed() {
        bulk.abandon();
    } else {
        bulk.finish()?;
    }
    if args.json {
        return Ok(desk.out.json(&document(&joined, args.dry_run))?);
    }
    report(desk, &joined, args.dry_run)
}

fn row(name: &str, counts: Counts) -> Vec<String> {
    let numbers = [
        counts.new,
        counts.same,
        counts.taken,
        counts.kept,
        counts.clashing,
    ];
    let mut row = vec![name.to_owned()];
    row.extend(numbers.iter().map(u64::to_string));
    row
}

fn report(desk: &mut Desk<'_>, joined: &Joined, dry_run: bool) -> Result<(), Failure> {
    let heads = [
        "rows of",
        ">new",
        ">same",
        ">changed there",
        ">changed here",
        ">changed in both",
    ];
    let mut table = Table::new(&heads);
    for (name, counts) in &joined.tables {
        table.row(row(name, *counts));
    }
    desk.out.table(&table)?;
    if joined.unknown_past && !joined.clashes.is_empty() {
        desk.out.line("The journals do not reach back to when the two were one book: whatever differs is taken to have changed in both.")?;
    }
    for clash in &joined.clashes {
        let taken = if clash.taken {
            "the other's is taken"
        } else {
            "this book's is kept"
        };
        desk.out.line(&format!(
            "{} {}: {}: this book says \"{}\", the other \"{}\"; {taken}",
            clash.table,
            clash.about,
            clash.column,
            fit(&clash.mine, SHOWN),
            fit(&clash.theirs, SHOWN)
        ))?;
    }
    if dry_run {
        desk.out
            .line("This was a dry run: the book is as it was.")?;
    } else if !joined.changed() {
        desk.out.line("Nothing was new: the book is as it was.")?;
    }
    Ok(())
}

fn document(joined: &Joined, dry_run: bool) -> Value {
    let tables: Vec<Value> = joined
        .tables
        .iter()
        .map(|(name, counts)| {
            json!({
                "table": name, "new": counts.new, "same": counts.same, "changed_there": counts.taken,
                "changed_here": counts.kept, "changed_in_both": counts.clashing,
            })
        })
        .collect();
    let clashes: Vec<Value> = joined
        .clashes
        .iter()
        .map(|clash| {
            json!({
                "table": clash.table, "about": clash.about, "column": clash.column, "mine": clash.mine,
                "theirs": clash.theirs, "taken": clash.taken,
            })
        })
        .collect();
    json!({
        "dry_run": dry_run,
        "changed": joined.changed(),
        "unknown_past": joined.unknown_past,
        "tables": tables,
        "clashes": clashes,
    })
}
