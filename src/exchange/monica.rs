//! Monica's export: people with their calls, notes and activities, as one JSON document read record by record.
//!
//! The document nests lists of typed values: `{"account": {"data": [{"type": "contact", "values": […]}, …]}}`. People come before the
//! activities they took part in and how they are related, so these are told by identities and put together by whoever knows both.

use super::draft::{Draft, Record};
use super::touches::Clock;
use super::words;
use crate::domain::contact::{Address, Card, Email, KeyDate, PartialDate, Phone, Web};
use crate::domain::link::LinkKind;
use crate::domain::moment::Moment;
use crate::domain::text::{clean_line, clean_note};
use crate::domain::touch::{Direction, TouchKind};
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::io::Read;

/// Something of the export.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A person; the activities they took part in and who introduced them, by identity.
    Person {
        /// The person.
        record: Record,
        /// Activities, by identity.
        activities: Vec<String>,
        /// Who introduced them, by identity.
        introduced_by: Option<String>,
    },
    /// Something that happened with the person of this identity.
    Touch {
        /// With whom, by identity.
        who: String,
        /// When.
        at: Moment,
        /// What.
        kind: TouchKind,
        /// Who started it.
        direction: Direction,
        /// What was written down.
        text: String,
    },
    /// An activity: everybody who names its identity took part.
    Activity {
        /// Its identity.
        uid: String,
        /// When.
        at: Moment,
        /// What was written down.
        text: String,
    },
    /// How two people are related: `to` is the `label` of `from`, by identity.
    Related {
        /// Of whom.
        from: String,
        /// Who.
        to: String,
        /// What.
        kind: LinkKind,
        /// In Monica's word.
        label: String,
    },
    /// A record that is none of these, or cannot be read.
    Skipped(String),
}

type Each<'a> = &'a mut dyn FnMut(Entry) -> Result<(), String>;

/// Hands everything of an export to `each`, which may end the reading with a sentence of its own. One value is in memory at a time.
pub fn read<R: Read>(source: R, clock: &Clock, each: Each<'_>) -> Result<(), String> {
    let mut deserializer = serde_json::Deserializer::from_reader(source);
    let outcome = Seed {
        place: Place::Top,
        clock,
        each,
    }
    .deserialize(&mut deserializer);
    outcome
        .and_then(|()| deserializer.end())
        .map_err(|error| error.to_string())
}

/// Whether JSON that begins so is Monica's.
pub fn looks_like(text: &str) -> bool {
    let head: String = text.chars().take(4_000).collect();
    head.trim_start().starts_with('{')
        && head.contains("\"account\"")
        && head.contains("\"uuid\"")
        && !head.contains("\"chitbook\"")
}

/// Where in the document we are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    Account,
    Lists,
    List,
}

struct Seed<'a, 'b> {
    place: Place,
    clock: &'a Clock,
    each: &'a mut (dyn FnMut(Entry) -> Result<(), String> + 'b),
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.place {
            Place::Lists => deserializer.deserialize_seq(self),
            _ => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an export of Monica")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut what = String::new();
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            let inner = match (self.place, key.as_str()) {
                (Place::Top, "account") => Some(Place::Account),
                (Place::Account, "data") => Some(Place::Lists),
                (Place::List, "type") => {
                    what = map.next_value()?;
                    continue;
                }
                (Place::List, "values") => {
                    let clock = self.clock;
                    map.next_value_seed(Values {
                        what: &what,
                        clock,
                        each: &mut *self.each,
                    })?;
                    continue;
                }
                _ => None,
            };
            match inner {
                Some(place) => {
                    found = true;
                    map.next_value_seed(Seed {
                        place,
                        clock: self.clock,
                        each: &mut *self.each,
                    })?;
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if self.place == Place::Top && !found {
            return Err(A::Error::custom(
                "this is JSON, but no export of Monica: it has no account",
            ));
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut lists: A) -> Result<(), A::Error> {
        let seed = |each| Seed {
            place: Place::List,
            clock: self.clock,
            each,
        };
        let each = self.each;
        while lists.next_element_seed(seed(&mut *each))?.is_some() {}
        Ok(())
    }
}

/// The values of one list.
struct Values<'a, 'b> {
    what: &'a str,
    clock: &'a Clock,
    each: &'a mut (dyn FnMut(Entry) -> Result<(), String> + 'b),
}

impl<'de> DeserializeSeed<'de> for Values<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Values<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {}", self.what)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        match self.what {
            "contact" | "activity" | "relationship" => {
                while let Some(value) = values.next_element::<Value>()? {
                    for entry in entries(self.what, &value, self.clock) {
                        (self.each)(entry).map_err(A::Error::custom)?;
                    }
                }
            }
            // Accounts, photos and the like: nothing of them is anything of a person's.
            _ => while values.next_element::<IgnoredAny>()?.is_some() {},
        }
        Ok(())
    }
}

/// A text of a value's properties.
fn text(value: &Value, name: &str) -> String {
    match value
        .get("properties")
        .and_then(|properties| properties.get(name))
    {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn is(value: &Value, name: &str) -> bool {
    let found = value
        .get("properties")
        .and_then(|properties| properties.get(name));
    found.is_some_and(|found| found == &Value::Bool(true) || found == &Value::from(1))
}

fn uid(value: &Value) -> String {
    value
        .get("uuid")
        .and_then(Value::as_str)
        .map(clean_line)
        .unwrap_or_default()
}

fn when(text: &str, clock: &Clock) -> Option<Moment> {
    super::touches::moment(text, clock)
}

fn entries(what: &str, value: &Value, clock: &Clock) -> Vec<Entry> {
    match what {
        "contact" => person(value, clock),
        "activity" => {
            let texts = [text(value, "summary"), text(value, "description")];
            let texts: Vec<&str> = texts
                .iter()
                .map(String::as_str)
                .filter(|text| !text.is_empty())
                .collect();
            vec![match when(&text(value, "happened_at"), clock) {
                Some(at) => Entry::Activity {
                    uid: uid(value),
                    at,
                    text: clean_note(&texts.join("\n\n")),
                },
                None => Entry::Skipped("an activity without a readable day".to_owned()),
            }]
        }
        _ => {
            let label = text(value, "type").replace('_', " ");
            let relation = words::relation(&related(&label), "x");
            let kind = relation.map_or(LinkKind::Family, |relation| relation.kind);
            vec![Entry::Related {
                from: text(value, "of_contact"),
                to: text(value, "contact_is"),
                kind,
                label: clean_line(&label),
            }]
        }
    }
}

/// Monica's word for a relation as address books say it.
fn related(label: &str) -> String {
    match label {
        "boss" => "manager".to_owned(),
        "lover" | "date" | "inlovewith" | "lovedby" | "ex husband" | "exboyfriend" => {
            "friend".to_owned()
        }
        "colleague" | "subordinate" | "protege" | "mentor" => "colleague".to_owned(),
        "bestfriend" => "friend".to_owned(),
        other => other.replace(' ', ""),
    }
}

/// A person with what is listed below them.
fn person(value: &Value, clock: &Clock) -> Vec<Entry> {
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
        card.note = [card.note.as_str(), &format!("Food: {food}")]
            .join("\n")
            .trim()
            .to_owned();
    }
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
    let introduced_by = Some(text(value, "first_met_through")).filter(|uid| !uid.is_empty());
    let first = Entry::Person {
        record: Record::of(draft),
        activities: below.activities,
        introduced_by,
    };
    std::iter::once(first).chain(below.entries).collect()
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
                    let named = value
                        .as_str()
                        .map(str::to_owned)
                        .unwrap_or_else(|| uid(value));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Zone;
    use crate::domain::when::DateOrder;
    use crate::exchange::samples;
    use proptest::prelude::*;

    const SAMPLE: &[u8] = include_bytes!("../../tests/fixtures/exchange/monica.json");

    fn clock() -> Clock {
        Clock {
            now: "2026-11-22T14:07:00+00:00".parse().unwrap(),
            zone: Zone::utc(),
            order: DateOrder::Mdy,
        }
    }

    fn all(bytes: &[u8]) -> Result<Vec<Entry>, String> {
        let mut found = Vec::new();
        read(bytes, &clock(), &mut |entry| {
            found.push(entry);
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn people_come_with_their_calls_notes_and_activities() {
        let told: Vec<String> = all(SAMPLE)
            .unwrap()
            .into_iter()
            .map(|entry| match entry {
                Entry::Person { record: Record::Draft(draft), activities, introduced_by } => {
                    let card = draft.card;
                    format!(
                        "{} <{}> {} {} {:?} {:?} in {activities:?} by {introduced_by:?}, left out {:?}",
                        card.name, card.emails.len(), card.phones.len(), card.account, card.tags, card.dates, draft.left_out
                    )
                }
                Entry::Touch { who, at, kind, direction, text } => format!("{who} {at} {} {} {text}", kind.word(), direction.word()),
                other => format!("{other:?}"),
            })
            .collect();
        insta::assert_snapshot!(told.join("\n"), @"");
        assert!(looks_like(&String::from_utf8_lossy(SAMPLE)));
        assert!(
            all(b"{\"people\": []}")
                .unwrap_err()
                .contains("no export of Monica")
        );
    }

    proptest! {
        #[test]
        fn damaged_exports_end(bytes in samples::mutated(&[SAMPLE])) {
            let _ = all(&bytes);
        }
    }
}
