//! `merge`: two people who are one; alone it lists those who look like one.

use super::args::Merge as Args;
use super::desk::{Desk, Failure};
use super::output::Table;
use super::who;
use crate::domain::command::Command;
use crate::domain::duplicate::{Merge, combined, fields};
use crate::domain::id::shortest;
use serde_json::{Value, json};

/// Pairs listed at most.
const LISTED: usize = 50;

/// Merges two people, or lists those who look like one.
pub fn merge(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let (Some(who), Some(into)) = (&args.who, &args.into) else {
        return list(desk, args.json);
    };
    let mut book = desk.book_to_change()?;
    let (from, into) = (who::one(&book, who)?.id, who::one(&book, into)?.id);
    if args.apart {
        let command = Command::KeepApart {
            one: from,
            other: into,
        };
        return desk.apply(&mut book, &command, |_, _| Ok(String::new()));
    }
    let (Some(goes), Some(stays)) = (book.card(from)?, book.card(into)?) else {
        return Err(Failure::could("one of the two is not in the book any more"));
    };
    let touches = book.person(from)?.map_or(0, |person| person.touches);
    let after = combined(&goes, &stays, &fields(&goes, &stays));
    let merge = Merge {
        from,
        into,
        before: (goes, stays),
        after,
    };
    let command = Command::MergeContacts(Box::new(merge));
    desk.apply(&mut book, &command, |_, _| {
        let touches = match touches {
            1 => "1 touch".to_owned(),
            touches => format!("{touches} touches"),
        };
        Ok(format!("{touches}; `chitbook undo` takes it back"))
    })
}

fn list(desk: &mut Desk<'_>, in_json: bool) -> Result<(), Failure> {
    let book = desk.book_there()?;
    let found = book.duplicates(LISTED)?;
    let digits = shortest(book.contact_ids()?.into_iter());
    if in_json {
        let rows: Vec<Value> = found
            .iter()
            .map(|pair| {
                json!({
                    "who": pair.newer_name,
                    "id": pair.newer.short(digits),
                    "into": pair.older_name,
                    "into_id": pair.older.short(digits),
                    "why": pair.alike.words(),
                })
            })
            .collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if found.is_empty() {
        return Ok(desk.out.line("Nobody looks like somebody else.")?);
    }
    let mut table = Table::new(&["~who", "id", "~into", "into id", "~why"]);
    for pair in found {
        let why = pair.alike.words();
        table.row([
            pair.newer_name,
            pair.newer.short(digits),
            pair.older_name,
            pair.older.short(digits),
            why,
        ]);
    }
    Ok(desk.out.table(&table)?)
}
