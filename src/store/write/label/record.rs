//! What undo will call a step that is about a record.

use super::super::super::read::record::record_of;
use super::super::super::{Error, Result};
use super::super::name_of;
use super::WORDS;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::record::{Record, RecordKind};
use crate::domain::text::fit;
use rusqlite::Connection;

pub(super) fn of_record(db: &Connection, command: &Command) -> Result<String> {
    Ok(match command {
        Command::AddRecord(record) => added(db, record)?,
        Command::EditRecord { id, before, after } => {
            let said = said(db, before.kind(), *id)?;
            match (before.as_ref(), after.as_ref()) {
                (Record::Need(before), Record::Need(after)) => {
                    match (&before.outcome, &after.outcome) {
                        (None, Some(outcome)) => {
                            format!("Result of {said}: {}", fit(&outcome.what, WORDS))
                        }
                        _ => format!("Edited {said}"),
                    }
                }
                (Record::Fact(before), Record::Fact(after))
                    if before.asked.is_none() && after.asked.is_some() =>
                {
                    format!("Followed up {said}")
                }
                _ => format!("Edited {said}"),
            }
        }
        Command::DeleteRecord { kind, id } => format!("Deleted {}", said(db, *kind, *id)?),
        _ => String::new(),
    })
}

fn added(db: &Connection, record: &Record) -> Result<String> {
    let name = name_of(db, record.contact())?;
    let said = fit(&words(record), WORDS);
    Ok(match record {
        Record::Fact(_) => format!("Fact about {name}: {said}"),
        Record::Date(_) => format!("Key date of {name}: {said}"),
        Record::Need(_) => format!("Need of {name}: {said}"),
        Record::Sale(_) if said.is_empty() => format!("Sale to {name}"),
        Record::Sale(_) => format!("Sale to {name}: {said}"),
        Record::Rival(_) => format!("Rival, told by {name}: {said}"),
        Record::Seat(_) => format!("Seat of {name}: {said}"),
    })
}

/// A record that is in the book, in a few words.
fn said(db: &Connection, kind: RecordKind, id: Id) -> Result<String> {
    let noun = kind.noun();
    let found = record_of(db, kind, id, Id::ME)?;
    let row = found.ok_or_else(|| Error::Gone {
        what: format!("that {noun}"),
    })?;
    let words = fit(&words(&row.record), WORDS);
    Ok(match row.record {
        Record::Seat(seat) if seat.contact != Id::ME => {
            format!("the seat of {}: {words}", name_of(db, seat.contact)?)
        }
        _ if words.is_empty() => format!("a {noun}"),
        _ => format!("the {noun} \"{words}\""),
    })
}

fn words(record: &Record) -> String {
    match record {
        Record::Fact(fact) => fact.what.clone(),
        Record::Date(day) => day.date.label.clone(),
        Record::Need(need) => need.what.clone(),
        Record::Sale(sale) => sale.what.clone(),
        Record::Rival(rival) => rival.name.clone(),
        Record::Seat(seat) => seat.role.phrase().to_owned(),
    }
}
