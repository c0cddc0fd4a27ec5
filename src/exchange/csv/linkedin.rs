//! `LinkedIn`'s `Connections.csv`: names, mostly without addresses, and the day the connection was made.

use super::take::{Cell, Take, full_year};
use crate::domain::contact::{Email, Web};
use chrono::{Datelike, NaiveDate};

/// Whether these columns, in lower case, are `LinkedIn`'s.
pub(super) fn knows(columns: &[String]) -> bool {
    ["first name", "last name", "connected on"]
        .iter()
        .all(|name| columns.iter().any(|column| column == name))
}

/// Reads one row. Whoever is only connected is a ghost until the first touch.
pub(super) fn take(cells: &[Cell<'_>], to: &mut Take) {
    to.card.ghost = true;
    for cell in cells {
        let value = cell.value.to_owned();
        let card = &mut to.card;
        match cell.key {
            "first name" if card.parts.given.is_empty() => card.parts.given = value,
            "last name" if card.parts.family.is_empty() => card.parts.family = value,
            "company" if card.account.is_empty() => card.account = value,
            "position" if card.title.is_empty() => card.title = value,
            "email address" => card.emails.push(Email {
                label: String::new(),
                address: value,
            }),
            "url" => card.webs.push(Web {
                label: "linkedin".to_owned(),
                url: value,
            }),
            "connected on" if card.met_on.is_none() => match connected(&value) {
                Some(day) => card.met_on = Some(day),
                None => match to
                    .local_date(cell.name, &value)
                    .and_then(|day| NaiveDate::from_ymd_opt(day.year?, day.month, day.day))
                {
                    Some(day) => to.card.met_on = Some(day),
                    None => to.keep("linkedin", cell.name, &value),
                },
            },
            _ => to.keep("linkedin", cell.name, &value),
        }
    }
}

/// `12 Mar 2024` or `7-Feb-22`.
fn connected(text: &str) -> Option<NaiveDate> {
    let text = text.trim().replace(['-', ','], " ");
    let day = NaiveDate::parse_from_str(&text, "%d %b %Y").ok()?;
    NaiveDate::from_ymd_opt(
        full_year(u32::try_from(day.year()).ok()?),
        day.month(),
        day.day(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_dates_are_read() {
        let cases = [
            ("12 Mar 2024", Some("2024-03-12")),
            ("7-Feb-22", Some("2022-02-07")),
            ("07 Feb 1999", Some("1999-02-07")),
            ("soon", None),
        ];
        for (text, expected) in cases {
            assert_eq!(
                connected(text).map(|d| d.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
    }
}
