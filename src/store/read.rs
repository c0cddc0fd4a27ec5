//! Rows become what the screens and the command line show. Nothing in here writes.

pub(super) mod account;
pub(super) mod agenda;
mod aside;
pub(super) mod asking;
mod brief;
pub(super) mod card;
pub(super) mod caught;
mod duplicate;
pub(super) mod find;
mod lineage;
mod lives;
mod network;
pub(super) mod people;
pub(super) mod person;
pub(super) mod record;
pub(super) mod referral;
pub(super) mod register;
mod report;
pub(super) mod review;
pub(super) mod sparks;
pub(super) mod tag;
pub(super) mod tier;
mod today;
pub(super) mod weeks;

use super::Result;
use chrono::NaiveDate;
use rusqlite::types::Type;
use rusqlite::{Connection, Params, Row};

/// A day stored as text.
pub(super) fn day(text: &str) -> rusqlite::Result<NaiveDate> {
    text.parse().map_err(|e: chrono::ParseError| {
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(e))
    })
}

/// A day stored as text, or none.
pub(super) fn maybe_day(text: Option<&str>) -> rusqlite::Result<Option<NaiveDate>> {
    text.map(day).transpose()
}

/// Rows of a cached statement, each turned into a value.
pub(super) fn rows<T, P: Params>(
    db: &Connection,
    sql: &str,
    given: P,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map(given, read)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
