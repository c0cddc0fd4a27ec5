//! One person of an export, with the calls and notes that are listed below them.

use super::{Entry, is, text, uid, when};
use crate::domain::contact::{Address, Card, Email, KeyDate, PartialDate, Phone, Web};
use crate::domain::text::{clean_line, clean_note};
use crate::domain::touch::{Direction, TouchKind};
use crate::exchange::draft::{Draft, Record};
use crate::exchange::touches::Clock;
use crate::exchange::words;
use serde_json::Value;

/// A person with what is listed below them.
pub(super) fn person(value: &Value, clock: &Clock) -> Vec<Entry> {
    let who = uid(value);
    let mut card = Card {
        uid: Some(format!("monica:{who}")).filter(|_| !who.is_empty()),
        nick: text(value, "nickname"),
        title: text(value, "job"),
        account: text(value, "company"),
        note: text(value, "description"),
        ghost: is(value, "is_partial"),
        ..Card::default()
    };
    card.parts.given = text(value, "first_name");
    card.parts.additional = text(value, "middle_name");
    card.parts.family = text(value, "last_name");
    card.cadence = text(value, "stay_in_touch_frequency")
        .parse()
        .ok()
        .filter(|days| (1..=3650).contains(days));
    let food = text(value, "food_preferences");
    if !food.is_empty() {
        if !card.note.is_empty() {
            card.note.push('\n');
        }
        card.note.push_str("Food: ");
        card.note.push_str(&food);
    }
    let introduced_by = Some(text(value, "first_met_through")).filter(|uid| !uid.is_empty());
    take_properties(value, &mut card);
    let mut below = Below::default();
    for list in value
        .get("data")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        below.take(list, &who, clock, &mut card);
    }
    let mut draft = Draft::new(card, 0);
    draft.left_out = below.left_out;
    let first = Entry::Person {
        record: Record::of(draft),
        activities: below.activities,
        introduced_by,
    };
    std::iter::once(first).chain(below.entries).collect()
}

/// Tags, the birthday and the day of the first meeting.
fn take_properties(value: &Value, card: &mut Card) {
    let properties = value.get("properties");
    let tags = properties
        .and_then(|properties| properties.get("tags"))
        .and_then(Value::as_array);
    card.tags.extend(
        tags.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned),
    );
    if let Some(on) = properties
        .and_then(|properties| properties.get("birthdate"))
        .and_then(special_day)
    {
        card.dates.push(KeyDate {
            label: "birthday".to_owned(),
            on,
            yearly: true,
        });
    }
    let met = properties
        .and_then(|properties| properties.get("first_met_date"))
        .and_then(special_day);
    card.met_on =
        met.and_then(|day| chrono::NaiveDate::from_ymd_opt(day.year?, day.month, day.day));
}

/// What is listed below a person.
#[derive(Default)]
struct Below {
    entries: Vec<Entry>,
    activities: Vec<String>,
    left_out: Vec<String>,
}

impl Below {
    fn take(&mut self, list: &Value, who: &str, clock: &Clock, card: &mut Card) {
        let what = list.get("type").and_then(Value::as_str).unwrap_or_default();
        let values = list
            .get("values")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for value in values {
            match what {
                "contact_field" => reach(&text(value, "data"), card),
                "address" => card.addresses.push(Address {
                    label: text(value, "name").to_lowercase(),
                    street: text(value, "street"),
                    city: text(value, "city"),
                    region: text(value, "province"),
                    postcode: text(value, "postal_code"),
                    country: text(value, "country"),
                    ..Address::default()
                }),
                "note" => self.touch(who, value, clock, "body", None, TouchKind::Note),
                "call" => self.touch(
                    who,
                    value,
                    clock,
                    "content",
                    Some("called_at"),
                    TouchKind::Call,
                ),
                "activity" => {
                    let named = value.as_str().map_or_else(|| uid(value), str::to_owned);
                    self.activities.push(named);
                }
                other => self
                    .left_out
                    .push(format!("a {}", clean_line(&other.replace('_', " ")))),
            }
        }
    }

    fn touch(
        &mut self,
        who: &str,
        value: &Value,
        clock: &Clock,
        body: &str,
        at: Option<&str>,
        kind: TouchKind,
    ) {
        let said = at.map_or_else(String::new, |name| text(value, name));
        let made = value
            .get("created_at")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let Some(at) = when(&said, clock).or_else(|| when(made, clock)) else {
            self.entries.push(Entry::Skipped(format!(
                "a {} without a readable day",
                kind.word()
            )));
            return;
        };
        let direction = match (kind, is(value, "contact_called")) {
            (TouchKind::Call, true) => Direction::In,
            (TouchKind::Call, false) => Direction::Out,
            _ => Direction::Mutual,
        };
        self.entries.push(Entry::Touch {
            who: format!("monica:{who}"),
            at,
            kind,
            direction,
            text: clean_note(&text(value, body)),
        });
    }
}

/// A way to reach somebody, told by what it looks like: what Monica calls it stands at the other end of the file.
fn reach(data: &str, card: &mut Card) {
    let data = clean_line(data);
    let digits = data.chars().filter(char::is_ascii_digit).count();
    let dialled = data
        .chars()
        .all(|c| c.is_ascii_digit() || " +-./()".contains(c));
    if data.contains('@') && !data.starts_with('@') && !data.contains('/') {
        card.emails.push(Email {
            label: String::new(),
            address: data,
        });
    } else if digits >= 5 && dialled {
        card.phones.push(Phone {
            label: String::new(),
            number: data,
        });
    } else {
        card.webs.push(Web {
            label: String::new(),
            url: data,
        });
    }
}

/// A day as Monica keeps it, whose year may be unknown.
fn special_day(value: &Value) -> Option<PartialDate> {
    let date = words::iso_date(
        value
            .get("date")
            .or_else(|| value.get("properties")?.get("date"))?
            .as_str()?,
    )?;
    let unknown = |name: &str| {
        let found = value
            .get(name)
            .or_else(|| value.get("properties")?.get(name));
        found.is_some_and(|found| found == &Value::Bool(true) || found == &Value::from(1))
    };
    if unknown("is_age_based") {
        return None;
    }
    let year = date.year.filter(|_| !unknown("is_year_unknown"));
    PartialDate::new(year, date.month, date.day)
}
