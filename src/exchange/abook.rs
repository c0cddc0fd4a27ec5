//! abook's file of addresses: sections of `name=value`, one a person.

use super::decode::Decoded;
use super::draft::{Draft, ENTRY_LIMIT, Record, extra};
use super::lines::Lines;
use crate::domain::contact::{Address, Card, Email, KeyDate, Phone, Web};
use crate::exchange::words;
use std::io::{self, Read};

/// The most bytes of a line that are kept.
const LINE: usize = 64 << 10;

/// Telephone numbers and their labels.
const PHONES: [(&str, &str); 5] = [
    ("phone", "home"),
    ("workphone", "work"),
    ("mobile", "mobile"),
    ("fax", "fax"),
    ("pager", "pager"),
];

/// Whether a file is abook's, by its beginning.
pub fn looks_like(text: &str) -> bool {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = lines.next().unwrap_or_default();
    let second = lines.next().unwrap_or_default();
    first == "[format]" && second.starts_with("program=")
        || first.ends_with(']') && begun(first) == Some(Kind::Person) && second.contains('=')
}

/// What a section is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    /// About the file itself.
    #[default]
    Format,
    /// A person.
    Person,
    /// Something else.
    Other,
}

/// What a line begins: a person with a number in brackets, of which the closing one may be lost.
fn begun(line: &str) -> Option<Kind> {
    let inner = line.strip_prefix('[')?;
    let inner = match inner.strip_suffix(']') {
        Some(inner) => inner,
        None if inner.contains('=') => return None,
        None => inner,
    };
    Some(match inner.trim() {
        "format" => Kind::Format,
        number if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Kind::Person
        }
        _ => Kind::Other,
    })
}

/// A section while it is read.
#[derive(Default)]
struct Section {
    line: u64,
    kind: Kind,
    card: Card,
    place: Address,
    lines: usize,
}

/// The people of a file, one by one.
pub struct People<R: Read> {
    lines: Lines<Decoded<R>>,
    buffer: Vec<u8>,
    section: Option<Section>,
    stray: bool,
    done: bool,
}

/// The people of a file, one by one. Whatever the file holds, this ends; only the source's own errors are errors.
pub fn read<R: Read>(source: R) -> People<R> {
    People {
        lines: Lines::new(Decoded::new(source), LINE),
        buffer: Vec::new(),
        section: None,
        stray: false,
        done: false,
    }
}

impl<R: Read> People<R> {
    fn take(&mut self, text: &str) -> Option<Record> {
        let line = self.lines.number();
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            return None;
        }
        if let Some(kind) = begun(text) {
            let before = self.section.take();
            self.section = Some(Section {
                line,
                kind,
                ..Section::default()
            });
            return before.and_then(Section::record);
        }
        let pair = text.split_once('=');
        match (&mut self.section, pair) {
            (Some(section), Some((name, value))) => section.take(name.trim(), value.trim()),
            (Some(section), None) => section.take("", text),
            (None, _) if self.stray => {}
            (None, _) => {
                self.stray = true;
                return Some(Record::Skipped {
                    line,
                    reason: "this is text outside of any person".to_owned(),
                });
            }
        }
        None
    }
}

impl Section {
    fn take(&mut self, name: &str, value: &str) {
        self.lines += 1;
        if value.is_empty() || self.kind != Kind::Person || self.lines > ENTRY_LIMIT {
            return;
        }
        let card = &mut self.card;
        let list = |value: &str| -> Vec<String> {
            let items = value.split(',').map(|item| item.trim().to_owned());
            items.filter(|item| !item.is_empty()).collect()
        };
        let text = match name {
            "name" => &mut card.name,
            "nick" => &mut card.nick,
            "notes" => &mut card.note,
            "address" => &mut self.place.street,
            "address2" => &mut self.place.extended,
            "city" => &mut self.place.city,
            "state" => &mut self.place.region,
            "zip" => &mut self.place.postcode,
            "country" => &mut self.place.country,
            "email" => {
                card.emails
                    .extend(list(value).into_iter().map(|address| Email {
                        label: String::new(),
                        address,
                    }));
                return;
            }
            "groups" => return card.tags.extend(list(value)),
            "url" => {
                return card.webs.push(Web {
                    label: String::new(),
                    url: value.to_owned(),
                });
            }
            "anniversary" => {
                if let Some(on) = words::iso_date(value) {
                    return card.dates.push(KeyDate {
                        label: name.to_owned(),
                        on,
                        yearly: true,
                    });
                }
                return card.extra.push(extra("abook", name, value));
            }
            other => {
                if let Some((_, label)) = PHONES.iter().find(|(known, _)| *known == other) {
                    card.phones.push(Phone {
                        label: (*label).to_owned(),
                        number: value.to_owned(),
                    });
                } else {
                    card.extra.push(extra("abook", other, value));
                }
                return;
            }
        };
        value.clone_into(text);
    }

    /// The record of a section; what is about the file itself is none.
    fn record(mut self) -> Option<Record> {
        match self.kind {
            Kind::Format => return None,
            Kind::Person => {}
            Kind::Other => {
                return Some(Record::Skipped {
                    line: self.line,
                    reason: "this section is no person".to_owned(),
                });
            }
        }
        if self.lines > ENTRY_LIMIT {
            return Some(Record::too_many(self.line));
        }
        if !self.place.is_empty() {
            self.card.addresses.push(self.place);
        }
        Some(Record::of(Draft::new(self.card, self.line)))
    }
}

impl<R: Read> Iterator for People<R> {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.lines.next(&mut self.buffer) {
                Ok(true) => {
                    let text = String::from_utf8_lossy(&self.buffer).into_owned();
                    if let Some(record) = self.take(&text) {
                        return Some(Ok(record));
                    }
                }
                Ok(false) => self.done = true,
                Err(problem) => {
                    self.done = true;
                    return Some(Err(problem));
                }
            }
        }
        self.section.take().and_then(Section::record).map(Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::samples;
    use proptest::prelude::*;

    const SAMPLE: &[u8] = include_bytes!("../../tests/fixtures/exchange/addressbook.abook");

    #[test]
    fn people_are_read_with_what_has_no_place_kept() {
        let records: Vec<Record> = read(SAMPLE).map(|record| record.unwrap()).collect();
        let Record::Draft(nils) = &records[0] else {
            panic!("{records:?}");
        };
        assert_eq!((nils.line, nils.card.name.as_str()), (6, "Nils Lund"));
        assert_eq!(nils.card.emails.len(), 2);
        assert_eq!(nils.card.phones.len(), 2);
        assert_eq!(nils.card.addresses[0].city, "Lund");
        assert_eq!(nils.card.tags, ["buyers", "plant"]);
        assert_eq!(nils.card.extra.len(), 1);
        assert!(
            matches!(&records[1], Record::Skipped { line: 18, .. }),
            "{:?}",
            records[1]
        );
        assert_eq!(records.len(), 3);
        assert!(looks_like(&String::from_utf8_lossy(SAMPLE)));
        assert!(looks_like("[0]\nname=A\n"));
        assert!(!looks_like("[package]\nname = \"chitbook\"\n"));
    }

    #[test]
    fn a_section_that_is_no_person_changes_nobody_and_is_told() {
        let text =
            "[0]\nname=Al Bo\n[x]\nname=No Person\n[ 3 ]\nname=Spaced\n[4\nname=Bracket\n[=odd\n";
        let told: Vec<String> = read(text.as_bytes())
            .map(|record| match record.unwrap() {
                Record::Draft(draft) => format!("{} {}", draft.line, draft.card.name),
                Record::Skipped { line, reason } => format!("{line} skipped: {reason}"),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            told,
            [
                "1 Al Bo",
                "3 skipped: this section is no person",
                "5 Spaced",
                "7 Bracket"
            ]
        );
    }

    proptest! {
        #[test]
        fn every_section_of_a_damaged_file_is_told_of(bytes in samples::mutated(&[SAMPLE])) {
            let text = crate::exchange::decode::preview(&bytes);
            let begun = text.lines().flat_map(|line| line.split('\r')).filter(|line| begun(line.trim_start_matches('\u{feff}').trim()).is_some_and(|kind| kind != Kind::Format)).count();
            let read: Vec<Record> = read(bytes.as_slice()).map(|record| record.unwrap()).collect();
            let stray = read.iter().filter(|record| matches!(record, Record::Skipped { reason, .. } if reason.contains("outside"))).count();
            prop_assert_eq!(read.len() - stray, begun);
        }
    }
}
