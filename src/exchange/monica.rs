//! Monica's export: people with their calls, notes and activities, as one JSON document read record by record.
//!
//! The document nests lists of typed values: `{"account": {"data": [{"type": "contact", "values": […]}, …]}}`. People come before the
//! activities they took part in and how they are related, so these are told by identities and put together by whoever knows both.

mod person;

use super::draft::Record;
use super::touches::Clock;
use super::words;
use crate::domain::link::LinkKind;
use crate::domain::moment::Moment;
use crate::domain::text::{clean_line, clean_note, fit};
use crate::domain::touch::{Direction, TouchKind};
use person::person;
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
        loop {
            let seed = Seed {
                place: Place::List,
                clock: self.clock,
                each: &mut *self.each,
            };
            if lists.next_element_seed(seed)?.is_none() {
                return Ok(());
            }
        }
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
            // Photos, documents, the account's own users: there is no place for any of them.
            what => {
                let what = fit(&clean_line(what).replace('_', " "), 40);
                while values.next_element::<IgnoredAny>()?.is_some() {
                    let skipped = Entry::Skipped(format!("\"{what}\" has no place in the book"));
                    (self.each)(skipped).map_err(A::Error::custom)?;
                }
            }
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
        insta::assert_snapshot!(told.join("\n"), @r##"
        Skipped("\"user\" has no place in the book")
        Nils Lund <1> 1 Lund AB ["plant", "nordic"] [KeyDate { label: "birthday", on: PartialDate { year: None, month: 11, day: 20 }, yearly: true }] in ["a1"] by Some("c2"), left out ["a gift"]
        monica:c1 2026-10-05 09:00:00 +00:00 call in firmware
        monica:c1 2026-10-06 08:00:00 +00:00 call out no day of its own
        monica:c1 2026-09-01 10:00:00 +00:00 note mutual likes boats
        Iris Marsh <0> 0  [] [] in ["a1"] by None, left out []
        Person { record: Skipped { line: 0, reason: "there is no name, e-mail address or telephone number" }, activities: [], introduced_by: None }
        Related { from: "c1", to: "c2", kind: Spouse, label: "spouse" }
        Related { from: "c2", to: "c1", kind: Manager, label: "boss" }
        Skipped("\"photo\" has no place in the book")
        Activity { uid: "a1", at: 2026-10-10T12:00:00+00:00, text: "Plant round\n\nall of it" }
        Skipped("an activity without a readable day")
        "##);
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
