//! Rows become what the screens and the command line show. Nothing in here writes.

pub(super) mod find;
pub(super) mod people;
pub(super) mod person;
pub(super) mod referral;
pub(super) mod register;

use chrono::NaiveDate;
use rusqlite::types::Type;

/// A day stored as text.
pub(super) fn day(text: &str) -> rusqlite::Result<NaiveDate> {
    text.parse().map_err(|e: chrono::ParseError| {
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(e))
    })
}

/// A day stored as text, or none.
pub(super) fn maybe_day(text: Option<String>) -> rusqlite::Result<Option<NaiveDate>> {
    text.as_deref().map(day).transpose()
}
