//! From a card's lines to a draft: which property goes where, what is kept as it came and what is left out.

use super::label::{from_types, preference, unwrapped};
use super::line::{Line, unescape};
use crate::domain::contact::{Address, Card, Email, Extra, KeyDate, Phone, Relation, Web};
use crate::domain::text::clean_line;
use crate::exchange::draft::{Draft, Record, extra};
use crate::exchange::words;
use chrono::NaiveDate;

/// Groups that address books make for themselves; nobody chose them as tags.
const SYSTEM_GROUPS: [&str; 3] = ["mycontacts", "starred", "my contacts"];

/// Chat names in a property of their own, with the scheme that says so in an address.
const CHATS: [(&str, &str); 11] = [
    ("X-SKYPE", "skype"),
    ("X-SKYPE-USERNAME", "skype"),
    ("X-JABBER", "xmpp"),
    ("X-GOOGLE-TALK", "xmpp"),
    ("X-GTALK", "xmpp"),
    ("X-AIM", "aim"),
    ("X-ICQ", "icq"),
    ("X-MSN", "msnim"),
    ("X-YAHOO", "ymsgr"),
    ("X-QQ", "qq"),
    ("X-SIP", "sip"),
];

/// Relations in a property of their own.
const NAMED_RELATIONS: [(&str, &str); 10] = [
    ("X-ASSISTANT", "assistant"),
    ("X-MANAGER", "manager"),
    ("X-SPOUSE", "spouse"),
    ("X-EVOLUTION-ASSISTANT", "assistant"),
    ("X-EVOLUTION-MANAGER", "manager"),
    ("X-EVOLUTION-SPOUSE", "spouse"),
    ("X-MS-ASSISTANT", "assistant"),
    ("X-MS-MANAGER", "manager"),
    ("X-MS-SPOUSE", "spouse"),
    ("X-KADDRESSBOOK-X-MANAGERSNAME", "manager"),
];

/// Whether this reader gives a property of this name a meaning. The writer checks what it writes under such a name.
pub(super) fn has_meaning(name: &str) -> bool {
    const NAMES: [&str; 35] = [
        "BEGIN",
        "END",
        "VERSION",
        "FN",
        "N",
        "NICKNAME",
        "ORG",
        "TITLE",
        "TEL",
        "EMAIL",
        "URL",
        "IMPP",
        "ADR",
        "CATEGORIES",
        "NOTE",
        "BDAY",
        "ANNIVERSARY",
        "X-ANNIVERSARY",
        "X-EVOLUTION-ANNIVERSARY",
        "X-ABDATE",
        "UID",
        "RELATED",
        "X-ABRELATEDNAMES",
        "AGENT",
        "KIND",
        "X-ADDRESSBOOKSERVER-KIND",
        "X-ABLABEL",
        "X-SOCIALPROFILE",
        "SOCIALPROFILE",
        "PHOTO",
        "LOGO",
        "SOUND",
        "KEY",
        "X-ABADR",
        "X-MS-CARDPICTURE",
    ];
    NAMES.contains(&name)
        || name.starts_with("X-CHITBOOK-")
        || CHATS.iter().any(|(chat, _)| *chat == name)
        || NAMED_RELATIONS
            .iter()
            .any(|(relation, _)| *relation == name)
}

/// A label that Apple gives to a group of lines.
struct GroupLabel {
    at: usize,
    group: String,
    label: String,
    used: bool,
}

#[derive(Default)]
struct Taker {
    card: Card,
    left_out: Vec<String>,
    labels: Vec<GroupLabel>,
    /// What has no place, with where it stood.
    kept: Vec<(usize, Extra)>,
    phones: Vec<(u8, Phone)>,
    emails: Vec<(u8, Email)>,
    named: bool,
}

/// Reads one card.
pub(super) fn card(line: u64, lines: &[String], ended: bool) -> Record {
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
        if !taker.take(*at, line) {
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
fn fill(field: &mut String, value: String) -> bool {
    if clean_line(&value).is_empty() {
        return true;
    }
    let free = field.is_empty();
    if free {
        *field = value;
    }
    free
}

impl Taker {
    fn leave_out(&mut self, what: &str, text: &str) {
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
                    used: false,
                });
            }
        }
    }

    /// The label that Apple gave to the line's group.
    fn group_label(&mut self, line: &Line<'_>) -> Option<String> {
        if line.group.is_empty() || self.labels.is_empty() {
            return None;
        }
        let group = line.group.to_lowercase();
        let found = self.labels.iter_mut().find(|label| label.group == group)?;
        found.used = true;
        Some(found.label.clone())
    }

    fn label(&mut self, line: &Line<'_>) -> String {
        self.group_label(line).unwrap_or_else(|| from_types(line))
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
                let number = text
                    .strip_prefix("tel:")
                    .filter(|_| uri)
                    .unwrap_or(&text)
                    .to_owned();
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

    fn take_chat(&mut self, line: &Line<'_>) {
        let service = line
            .param("X-SERVICE-TYPE")
            .or_else(|| line.param("SERVICE-TYPE"));
        let label = self.group_label(line).unwrap_or_else(|| {
            let words = [service.unwrap_or_default(), from_types(line)];
            words
                .into_iter()
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        });
        let text = line.text();
        let user = line.param("X-USER").or_else(|| line.param("USERNAME"));
        let bare = text.trim().is_empty() || text.starts_with("x-apple:");
        let url = user.filter(|_| bare).unwrap_or(text);
        self.card.webs.push(Web { label, url });
    }

    fn take_tags(&mut self, at: usize, line: &Line<'_>) {
        let system = |tag: &String| SYSTEM_GROUPS.contains(&tag.to_lowercase().as_str());
        let (theirs, tags): (Vec<_>, Vec<_>) = line.list().into_iter().partition(system);
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

    fn take_relation(&mut self, line: &Line<'_>) -> bool {
        let name = line.text();
        let told = line
            .param("VALUE")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("text"));
        let schemes = ["urn:", "http:", "https:", "mailto:", "uid:", "data:"];
        let is_uri = line.name == "RELATED"
            && !told
            && schemes.iter().any(|scheme| name.starts_with(scheme));
        if is_uri {
            return false;
        }
        let group = line.group.to_lowercase();
        let given = self
            .labels
            .iter()
            .find(|label| !group.is_empty() && label.group == group);
        let label = given.map_or_else(|| from_types(line), |label| label.label.clone());
        let found = words::relation(&label, &name);
        let known = found.is_some();
        if known {
            self.group_label(line);
        }
        self.card.relations.extend(found);
        known
    }

    fn take_agent(&mut self, line: &Line<'_>) -> bool {
        let whole = unescape(line.raw, false);
        let nested = || whole.lines().filter_map(|text| Line::parse(text, line.old));
        let Some(name) = nested()
            .find(|inner| inner.name == "FN")
            .map(|inner| inner.text())
        else {
            return line.raw.trim().is_empty();
        };
        let others = nested().filter(|inner| {
            !matches!(
                inner.name.as_str(),
                "FN" | "N" | "BEGIN" | "END" | "VERSION"
            )
        });
        let others = others.count();
        if others > 0 {
            self.left_out
                .push(format!("{others} lines of the agent's own card"));
        }
        self.card
            .relations
            .extend(words::relation("assistant", &name));
        true
    }

    /// Pictures and keys are named and left out; where they are only pointed at, the address is kept.
    fn take_data(&mut self, line: &Line<'_>) -> bool {
        let inline = line
            .raw
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case("data:"));
        let unnamed = line.raw.len() > 1000 && !line.raw.contains("://");
        if !(line.is_base64() || inline || unnamed) {
            return line.raw.trim().is_empty();
        }
        let data = line.raw.rsplit(',').next().unwrap_or_default();
        let size = data.len() * 3 / 4;
        let size = if size < 1000 {
            format!("{size} bytes")
        } else {
            format!("{} kB", size / 1000)
        };
        let what = if line.name.starts_with("X-") {
            "picture".to_owned()
        } else {
            line.name.to_lowercase()
        };
        self.left_out.push(format!("{what} ({size})"));
        true
    }

    fn take_other(&mut self, name: &str, line: &Line<'_>) -> bool {
        if let Some((_, scheme)) = CHATS.iter().find(|(chat, _)| *chat == name) {
            let user = line.text();
            if !user.trim().is_empty() {
                let label = self.label(line);
                let url = format!("{scheme}:{}", user.trim());
                self.card.webs.push(Web { label, url });
            }
            return true;
        }
        let Some((_, label)) = NAMED_RELATIONS
            .iter()
            .find(|(relation, _)| *relation == name)
        else {
            return false;
        };
        let named: Option<Relation> = words::relation(label, &line.text());
        self.card.relations.extend(named);
        true
    }

    /// What our own writer says about a person that vCard has no word for.
    fn take_own(&mut self, at: usize, line: &Line<'_>) -> bool {
        let text = line.text();
        let card = &mut self.card;
        match line.name.as_str() {
            "X-CHITBOOK-CADENCE" => {
                let days = text.parse().ok().filter(|_| card.cadence.is_none());
                card.cadence = card.cadence.or(days);
                days.is_some()
            }
            "X-CHITBOOK-GHOST" if text == "yes" => {
                card.ghost = true;
                true
            }
            "X-CHITBOOK-ORIGIN" => fill(&mut card.origin, text),
            "X-CHITBOOK-MET-ON" => {
                let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
                let day = day.filter(|_| card.met_on.is_none());
                card.met_on = card.met_on.or(day);
                day.is_some()
            }
            "X-CHITBOOK-EXTRA" => {
                let source = line.param("X-SOURCE").unwrap_or_default();
                let name = line.param("X-NAME").unwrap_or_default();
                self.kept.push((at, extra(&source, name, text)));
                true
            }
            _ => false,
        }
    }

    fn finish(mut self, line: u64) -> Record {
        for label in self.labels.iter().filter(|label| !label.used) {
            let name = format!("{}.X-ABLabel", label.group);
            self.kept.push((
                label.at,
                extra("vcard", name, super::line::escape(&label.label)),
            ));
        }
        self.kept.sort_by_key(|(at, _)| *at);
        self.card.extra = self.kept.into_iter().map(|(_, extra)| extra).collect();
        self.phones.sort_by_key(|(rank, _)| *rank);
        self.card.phones = self.phones.into_iter().map(|(_, phone)| phone).collect();
        self.emails.sort_by_key(|(rank, _)| *rank);
        self.card.emails = self.emails.into_iter().map(|(_, email)| email).collect();
        let mut draft = Draft::new(self.card, line);
        draft.left_out = self.left_out;
        Record::of(draft)
    }
}
