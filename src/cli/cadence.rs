//! `cadence`: the days between touches that are wanted with a person, or that a tag's people begin with.

use super::desk::{Desk, Failure};
use super::output::Table;
use super::who;
use crate::domain::command::Command;
use serde_json::{Value, json};

/// Sets or lifts the cadence of a person or of a tag; without either, lists the tags'.
pub fn cadence(
    desk: &mut Desk<'_>,
    given: Option<(String, String)>,
    in_json: bool,
) -> Result<(), Failure> {
    let Some((who, days)) = given else {
        return list(desk, in_json);
    };
    let days = match days.as_str() {
        "learned" => None,
        number => Some(whole_days(number)?),
    };
    let mut book = desk.book_to_change()?;
    let command = if who.trim_start().starts_with('#') {
        Command::SetTagCadence { tag: who, days }
    } else {
        let id = who::one(&book, &who)?.id;
        Command::SetCadence { id, days }
    };
    desk.apply(&mut book, &command, |_, _| Ok(String::new()))
}

/// A number of days; one that no book can hold is refused as the book would.
fn whole_days(text: &str) -> Result<u16, Failure> {
    let number: i64 = text.parse().map_err(|_| {
        Failure::Usage(format!(
            "\"{text}\" is not a number of days; say 14, or learned"
        ))
    })?;
    u16::try_from(number).map_err(|_| Failure::could("a cadence is between 1 and 3650 days"))
}

/// The tags that carry a cadence.
fn list(desk: &mut Desk<'_>, in_json: bool) -> Result<(), Failure> {
    let book = desk.book_there()?;
    let tags = book.tag_cadences()?;
    if in_json {
        let rows: Vec<Value> = tags
            .iter()
            .map(|tag| json!({"tag": tag.tag, "days": tag.days, "people": tag.people}))
            .collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if tags.is_empty() {
        return Ok(desk
            .out
            .line("No tag has a cadence; `chitbook cadence '#key' 14` sets one.")?);
    }
    let mut table = Table::new(&["~tag", ">days", ">people"]);
    for tag in tags {
        let name = format!("#{}", tag.tag);
        table.row([name, tag.days.to_string(), tag.people.to_string()]);
    }
    Ok(desk.out.table(&table)?)
}
