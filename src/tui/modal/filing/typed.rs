//! What was typed into a form's fields, read: what must not be empty, days, the one person named.

use super::{Fault, Form};
use crate::domain::id::Id;
use crate::tui::modal::Cx;
use chrono::NaiveDate;

/// What must not be left empty.
pub fn required(form: &Form, name: &'static str, why: &str) -> Result<String, Fault> {
    let text = form.text(name);
    if text.is_empty() {
        return Err((name, why.to_owned()));
    }
    Ok(text)
}

/// A day that may be left empty, which is then this one.
pub fn day_or(
    form: &Form,
    name: &'static str,
    otherwise: NaiveDate,
    cx: &Cx<'_>,
) -> Result<NaiveDate, Fault> {
    let day = form.field(name).map_or(Ok(None), |field| field.day(cx));
    Ok(day.map_err(|why| (name, why))?.unwrap_or(otherwise))
}

/// A day that has already come.
pub fn past_day(form: &Form, name: &'static str, cx: &Cx<'_>) -> Result<NaiveDate, Fault> {
    let day = day_or(form, name, cx.today(), cx)?;
    if day > cx.today() {
        return Err((name, "That day has not come yet".to_owned()));
    }
    Ok(day)
}

/// The one person a field names.
pub fn one(form: &Form, name: &'static str, cx: &Cx<'_>) -> Result<Id, Fault> {
    let named = form
        .field(name)
        .map_or(Ok(Vec::new()), |field| field.named(cx));
    let named = named.map_err(|why| (name, why))?;
    named
        .first()
        .copied()
        .ok_or_else(|| (name, "Say who".to_owned()))
}
