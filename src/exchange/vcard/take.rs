//! From a card's lines to a draft: which property goes where, what is kept as it came and what is left out.

use super::label::{from_types, preference, unwrapped};
use super::line::{Line, unescape};
use crate::domain::contact::{Address, Card, Email, Extra, KeyDate, Phone, Web};
use crate::domain::text::clean_line;
use crate::exchange::draft::{Draft, ENTRY_LIMIT, Record, extra};
use crate::exchange::words;

/// Groups that address books make for themselves; nobody chose them as tags.
const SYSTEM_GROUPS: [&str; 3] = ["mycontacts", "starred", "my contacts"];

/// A label that Apple gives to a group of lines.
struct GroupLabel {
    at: usize,
    group: String,
    label: String,
    /// The line as it is kept when nothing in its group can use it.
    written: (String, String),
    used: bool,
}

/// A draft while its card is being read.
#[derive(Default)]
pub(super) struct Taker {
    /// The card so far.
    pub card: Card,
    /// What the report will name.
    pub left_out: Vec<String>,
    labels: Vec<GroupLabel>,
    /// What has no place, with where it stood.
    pub kept: Vec<(usize, Extra)>,
    phones: Vec<(u8, Phone)>,
    emails: Vec<(u8, Email)>,
    named: bool,
}

/// Reads one card.
pub(super) fn card(line: u64, lines: &[String], ended: bool) -> Record {
    if lines.len() > ENTRY_LIMIT {
        return Record::too_many(line);
    }
    let old = lines.iter().any(|text| {
        let version = text
            .get(..8)
            .is_some_and(|head| head.eq_ignore_ascii_case("VERSION:"));
        version && text.trim_end().ends_with(":2.1")
    });
    let mut taker = Taker::default();
    let mut parsed = Vec::with_capacity(lines.len());
    for (at, text) in lines.iter().enumerate() {
        match Line::parse(text, old) {
            Some(line) => parsed.push((at, line)),
            None => taker.leave_out("a line that is no property", text),
        }
    }
    if parsed.iter().any(|(_, line)| is_group(line)) {
        return Record::Skipped {
            line,
            reason: "this card is a group, not a person".to_owned(),
        };
    }
    taker.find_labels(&parsed);
    for (at, line) in &parsed {
        if taker.take(*at, line) {
            taker.name_losses(line);
        } else {
            taker.keep(*at, line);
        }
    }
    if !ended {
        taker
            .left_out
            .push("whatever followed: the end of the card is missing".to_owned());
    }
    taker.finish(line)
}

fn is_group(line: &Line<'_>) -> bool {
    matches!(line.name.as_str(), "KIND" | "X-ADDRESSBOOKSERVER-KIND")
        && line.raw.trim().eq_ignore_ascii_case("group")
}

/// Fills a field that holds nothing yet. Says whether the value is taken care of.
pub(super) fn fill(field: &mut String, value: String) -> bool {
    if clean_line(&value).is_empty() {
        return true;
    }
    let free = field.is_empty();
    if free {
        *field = value;
    }
    free
}

/// The number of a `tel:` address, with its extension as people write it.
fn with_extension(number: &str) -> String {
    match number.split_once(";ext=") {
        Some((number, extension)) if !extension.contains(';') => {
            format!("{number} ext. {extension}")
        }
        _ => number.to_owned(),
    }
}

impl Taker {
    /// Names something for the report: its sort, and how it begins.
    pub(super) fn leave_out(&mut self, what: &str, text: &str) {
        let start: String = clean_line(text).chars().take(40).collect();
        self.left_out.push(format!("{what}: \"{start}\""));
    }

    fn find_labels(&mut self, parsed: &[(usize, Line<'_>)]) {
        for (at, line) in parsed {
            if line.name == "X-ABLABEL" && !line.group.is_empty() {
                self.labels.push(GroupLabel {
                    at: *at,
                    group: line.group.to_lowercase(),
                    label: unwrapped(&line.text()),
                    written: line.kept(),
                    used: false,
                });
            }
        }
    }

    /// The label that Apple gave to the line's group.
    pub(super) fn group_label(&mut self, line: &Line<'_>) -> Option<String> {
        if line.group.is_empty() || self.labels.is_empty() {
            return None;
        }
        let group = line.group.to_lowercase();
        let found = self.labels.iter_mut().find(|label| label.group == group)?;
        found.used = true;
        Some(found.label.clone())
    }

    /// The same label, while it is not decided whether the line can use it.
    pub(super) fn look_at_label(&self, line: &Line<'_>) -> Option<&str> {
        let group = line.group.to_lowercase();
        let mut labels = self.labels.iter();
        let found = labels.find(|label| !group.is_empty() && label.group == group)?;
        Some(&found.label)
    }

    /// The label of a line: its group's, or what its types make.
    pub(super) fn label(&mut self, line: &Line<'_>) -> String {
        self.group_label(line)
            .filter(|label| !label.is_empty())
            .unwrap_or_else(|| from_types(line))
    }

    fn keep(&mut self, at: usize, line: &Line<'_>) {
        let (name, value) = line.kept();
        self.kept.push((at, extra("vcard", name, value)));
    }

    /// Takes a line in. Says no when it has no place.
    fn take(&mut self, at: usize, line: &Line<'_>) -> bool {
        match line.name.as_str() {
            "VERSION" => true,
            "FN" | "N" | "NICKNAME" | "ORG" | "TITLE" | "NOTE" | "UID" => self.take_person(line),
            "TEL" | "EMAIL" | "ADR" | "URL" | "IMPP" | "X-SOCIALPROFILE" | "SOCIALPROFILE" => {
                self.take_reach(line)
            }
            "CATEGORIES" => {
                self.take_tags(at, line);
                true
            }
            "BDAY" => self.take_date(line, "birthday"),
            "ANNIVERSARY" | "X-ANNIVERSARY" | "X-EVOLUTION-ANNIVERSARY" => {
                self.take_date(line, "anniversary")
            }
            "X-ABDATE" => self.take_date(line, ""),
            "RELATED" | "X-ABRELATEDNAMES" => self.take_relation(line),
            "AGENT" => self.take_agent(line),
            "PHOTO" | "LOGO" | "SOUND" | "KEY" | "X-MS-CARDPICTURE" => self.take_data(line),
            "X-ABADR" if !line.group.is_empty() => {
                // It says how the address of its group is laid out, and says nothing without it.
                self.leave_out("X-ABADR of an address", &line.text());
                true
            }
            // Those that nothing takes are kept at the end.
            "X-ABLABEL" => !line.group.is_empty(),
            name if name.starts_with("X-CHITBOOK-") => self.take_own(at, line),
            name => self.take_other(name, line),
        }
    }

    fn take_person(&mut self, line: &Line<'_>) -> bool {
        let card = &mut self.card;
        match line.name.as_str() {
            "FN" => fill(&mut card.name, line.text()),
            "N" => line.param("X-CHITBOOK-FROM").is_some() || self.take_parts(line),
            "NICKNAME" => fill(&mut card.nick, line.list().join(", ")),
            "TITLE" => fill(&mut card.title, line.text()),
            "UID" => {
                let mut uid = card.uid.take().unwrap_or_default();
                let done = fill(&mut uid, line.text());
                card.uid = Some(uid).filter(|uid| !uid.is_empty());
                done
            }
            "ORG" => {
                let mut units = line.components().into_iter();
                let account = units.next().unwrap_or_default();
                let department = units
                    .filter(|unit| !unit.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ");
                if !card.account.is_empty() || !card.department.is_empty() {
                    return account.is_empty() && department.is_empty();
                }
                (card.account, card.department) = (account, department);
                true
            }
            _ => {
                let text = line.text();
                if !card.note.is_empty() && !text.trim().is_empty() {
                    card.note.push_str("\n\n");
                }
                card.note.push_str(&text);
                true
            }
        }
    }

    fn take_parts(&mut self, line: &Line<'_>) -> bool {
        let mut components = line.components();
        if components.iter().all(String::is_empty) {
            return true;
        }
        if self.named {
            return false;
        }
        self.named = true;
        // Newer cards repeat the second family name and the generation here; the five parts have them already.
        let further: Vec<String> = components.drain(components.len().min(5)..).collect();
        components.resize(5, String::new());
        let whole = components.join(" ");
        for text in further.iter().filter(|text| !whole.contains(text.as_str())) {
            self.leave_out("a further part of the name", text);
        }
        let parts = &mut self.card.parts;
        let fields = [
            &mut parts.family,
            &mut parts.given,
            &mut parts.additional,
            &mut parts.prefix,
            &mut parts.suffix,
        ];
        for (field, text) in fields.into_iter().zip(components) {
            *field = text;
        }
        true
    }

    fn take_reach(&mut self, line: &Line<'_>) -> bool {
        if line.raw.trim().is_empty() && line.param("X-USER").is_none() && line.name != "ADR" {
            return true;
        }
        match line.name.as_str() {
            "TEL" => {
                let label = self.label(line);
                let text = line.text();
                let uri = line
                    .param("VALUE")
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("uri"));
                let number = match text.strip_prefix("tel:").filter(|_| uri) {
                    Some(number) => with_extension(number),
                    None => text,
                };
                self.phones
                    .push((preference(line), Phone { label, number }));
            }
            "EMAIL" => {
                let label = self.label(line);
                let address = line.text();
                self.emails
                    .push((preference(line), Email { label, address }));
            }
            "ADR" => self.take_address(line),
            "URL" => {
                let label = self.label(line);
                self.card.webs.push(Web {
                    label,
                    url: line.text(),
                });
            }
            _ => self.take_chat(line),
        }
        true
    }

    fn take_address(&mut self, line: &Line<'_>) {
        let mut parts = line.components().into_iter();
        let mut next = || parts.next().unwrap_or_default();
        let mut place = Address {
            po_box: next(),
            extended: next(),
            street: next(),
            city: next(),
            region: next(),
            postcode: next(),
            country: next(),
            ..Address::default()
        };
        if place.is_empty() {
            let Some(whole) = line.param("LABEL") else {
                return;
            };
            place.street = unescape(&whole, false);
        }
        place.label = self.label(line);
        self.card.addresses.push(place);
    }

    fn take_tags(&mut self, at: usize, line: &Line<'_>) {
        let system = |tag: &String| SYSTEM_GROUPS.contains(&tag.to_lowercase().as_str());
        // As they will stand in the book, or a group with an invisible letter in its name is a tag today and none after the next reading.
        let clean = line.list().into_iter().map(|tag| clean_line(&tag));
        let (theirs, tags): (Vec<_>, Vec<_>) =
            clean.filter(|tag| !tag.is_empty()).partition(system);
        self.card.tags.extend(tags);
        if !theirs.is_empty() {
            self.kept
                .push((at, extra("vcard", "CATEGORIES", theirs.join(","))));
        }
    }

    fn take_date(&mut self, line: &Line<'_>, name: &str) -> bool {
        let text = line.text();
        if text.trim().is_empty() {
            return true;
        }
        let Some(mut on) = words::iso_date(&text) else {
            return false;
        };
        let omitted = line
            .param("X-APPLE-OMIT-YEAR")
            .and_then(|year| year.parse().ok());
        if omitted.is_some() && omitted == on.year {
            on.year = None;
        }
        let label = if name.is_empty() {
            self.label(line)
        } else {
            name.to_owned()
        };
        self.card.dates.push(KeyDate {
            label,
            on,
            yearly: line.param("X-CHITBOOK-ONCE").is_none(),
        });
        true
    }

    fn finish(mut self, line: u64) -> Record {
        let labels = std::mem::take(&mut self.labels);
        for label in labels.into_iter().filter(|label| !label.used) {
            let (name, value) = label.written;
            self.kept.push((label.at, extra("vcard", name, value)));
        }
        self.kept.sort_by_key(|(at, _)| *at);
        self.card.extra = std::mem::take(&mut self.kept)
            .into_iter()
            .map(|(_, extra)| extra)
            .collect();
        self.phones.sort_by_key(|(rank, _)| *rank);
        let ranks: Vec<u8> = self.phones.iter().map(|(rank, _)| *rank).collect();
        self.name_preferences("TEL", &ranks);
        self.card.phones = std::mem::take(&mut self.phones)
            .into_iter()
            .map(|(_, phone)| phone)
            .collect();
        self.emails.sort_by_key(|(rank, _)| *rank);
        let ranks: Vec<u8> = self.emails.iter().map(|(rank, _)| *rank).collect();
        self.name_preferences("EMAIL", &ranks);
        self.card.emails = std::mem::take(&mut self.emails)
            .into_iter()
            .map(|(_, email)| email)
            .collect();
        let mut draft = Draft::new(self.card, line);
        draft.left_out = self.left_out;
        Record::of(draft)
    }
}
