//! A card as vCard text, in the plain form that Apple, Google and the Unix address books all read.
//!
//! Every value is escaped and every line folded here, so nothing a card holds can add a property or end the card.

use super::label::to_types;
use super::line::{Line, escape, escape_uri, fold, quote_param};
use super::rare::has_meaning;
use crate::domain::contact::{Address, Card, Extra, KeyDate, Relation, Web};
use crate::domain::link::LinkKind;
use crate::domain::text::clean_line;
use crate::exchange::draft::Record;
use crate::exchange::words;

/// The version of the format that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 3.0, which telephones and Apple read best.
    V3,
    /// 4.0, the current one.
    V4,
}

/// Schemes of chat names, which are written as `IMPP`.
const CHAT_SCHEMES: [&str; 8] = [
    "skype:", "xmpp:", "aim:", "icq:", "msnim:", "ymsgr:", "qq:", "sip:",
];

/// The card as text. `id_uid` is its UID when it brought none.
pub fn write(card: &Card, id_uid: &str, version: Version) -> String {
    let mut card = card.clone().cleaned();
    card.uid = card
        .uid
        .or_else(|| Some(clean_line(id_uid)).filter(|uid| !uid.is_empty()));
    let text = Writer::new(&card, version, false).finish();
    // A kept property under a name that means something to us (a second title) must not be read as more than it was.
    let risky = |extra: &Extra| plain(extra).is_some_and(|line| has_meaning(&line));
    if card.extra.iter().any(risky) && !reads_back(&text, &card) {
        return Writer::new(&card, version, true).finish();
    }
    text
}

fn reads_back(text: &str, card: &Card) -> bool {
    let mut records = super::read(text.as_bytes());
    match (records.next(), records.next()) {
        (Some(Ok(Record::Draft(draft))), None) => draft.card == *card && draft.left_out.is_empty(),
        _ => false,
    }
}

/// The name of the property that an extra can go out as, if it can go out as it came.
fn plain(extra: &Extra) -> Option<String> {
    let text = format!("{}:{}", extra.name, extra.value);
    if extra.source != "vcard" || text.contains(|c: char| c.is_control() && c != '\t') {
        return None;
    }
    let line = Line::parse(&text, false)?;
    let same = line.head == extra.name && line.raw == extra.value && line.kept().0 == extra.name;
    // A card has one UID, which is written before.
    let framing = matches!(line.name.as_str(), "BEGIN" | "END" | "VERSION" | "UID");
    (same && !framing).then_some(line.name)
}

/// The items of a list that was joined by commas, or the whole where it cannot have been one.
pub(super) fn items(text: &str) -> Vec<&str> {
    let items: Vec<&str> = text.split(", ").collect();
    if items.iter().all(|i| !i.is_empty() && i.trim() == *i) {
        items
    } else {
        vec![text]
    }
}

/// The text as a list with this separator.
fn listed(text: &str, separator: &str) -> String {
    let items: Vec<String> = items(text).into_iter().map(escape).collect();
    items.join(separator)
}

struct Writer<'a> {
    card: &'a Card,
    version: Version,
    /// Whether kept properties with a meaning are wrapped in one of ours.
    wrapped: bool,
    out: String,
    /// The last number given to a group.
    groups: usize,
    /// Groups that kept properties use.
    taken: Vec<String>,
}

impl<'a> Writer<'a> {
    fn new(card: &'a Card, version: Version, wrapped: bool) -> Self {
        let groups = card
            .extra
            .iter()
            .filter_map(|extra| extra.name.split_once('.'));
        let taken = groups.map(|(group, _)| group.to_lowercase()).collect();
        Writer {
            card,
            version,
            wrapped,
            out: String::new(),
            groups: 0,
            taken,
        }
    }

    fn line(&mut self, text: &str) {
        fold(text, &mut self.out);
    }

    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.line(&format!("{name}:{}", escape(value)));
        }
    }

    /// A property whose label goes into types where it can and into a label of its own where it cannot.
    fn labelled(&mut self, property: &str, label: &str, value: &str) {
        match to_types(label) {
            Some(types) => {
                let types: String = types.iter().flat_map(|word| [";TYPE=", word]).collect();
                self.line(&format!("{property}{types}:{value}"));
            }
            None => self.grouped(property, label, value),
        }
    }

    fn grouped(&mut self, property: &str, label: &str, value: &str) {
        let group = loop {
            self.groups += 1;
            let group = format!("item{}", self.groups);
            if !self.taken.contains(&group) {
                break group;
            }
        };
        self.line(&format!("{group}.{property}:{value}"));
        self.line(&format!("{group}.X-ABLabel:{}", escape(label)));
    }

    fn finish(mut self) -> String {
        let v4 = self.version == Version::V4;
        self.line("BEGIN:VCARD");
        self.line(if v4 { "VERSION:4.0" } else { "VERSION:3.0" });
        self.person();
        self.reach();
        let card = self.card;
        for date in &card.dates {
            self.date(date);
        }
        for relation in &card.relations {
            self.relation(relation);
        }
        if !card.tags.is_empty() {
            let tags: Vec<String> = card.tags.iter().map(|tag| escape(tag)).collect();
            self.line(&format!("CATEGORIES:{}", tags.join(",")));
        }
        self.text("NOTE", &card.note);
        self.own();
        for extra in &card.extra {
            self.extra(extra);
        }
        self.line("END:VCARD");
        self.out
    }

    fn person(&mut self) {
        let card = self.card;
        self.line(&format!("FN:{}", escape(&card.name)));
        let parts = &card.parts;
        if !parts.is_empty() {
            let parts = [
                &parts.family,
                &parts.given,
                &parts.additional,
                &parts.prefix,
                &parts.suffix,
            ];
            self.line(&format!(
                "N:{}",
                parts.map(|part| listed(part, ",")).join(";")
            ));
        } else if self.version == Version::V3 {
            // 3.0 wants an N, and telephones show it; the mark keeps it from coming back as parts that were never told apart.
            self.line(&format!("N;X-CHITBOOK-FROM=FN:;{};;;", escape(&card.name)));
        }
        if !card.nick.is_empty() {
            self.line(&format!("NICKNAME:{}", listed(&card.nick, ",")));
        }
        if !card.account.is_empty() || !card.department.is_empty() {
            let department = match card.department.as_str() {
                "" => String::new(),
                department => format!(";{}", listed(department, ";")),
            };
            self.line(&format!("ORG:{}{department}", escape(&card.account)));
        }
        self.text("TITLE", &card.title);
        if let Some(uid) = &card.uid {
            self.line(&format!("UID:{}", escape_uri(uid)));
        }
    }

    fn reach(&mut self) {
        let card = self.card;
        let preferred = if self.version == Version::V4 {
            ";PREF=1"
        } else {
            ";TYPE=pref"
        };
        let mark = |first: bool, count: usize| if first && count > 1 { preferred } else { "" };
        for (at, phone) in card.phones.iter().enumerate() {
            let property = format!("TEL{}", mark(at == 0, card.phones.len()));
            self.labelled(&property, &phone.label, &escape(&phone.number));
        }
        let internet = if self.version == Version::V4 {
            ""
        } else {
            ";TYPE=INTERNET"
        };
        for (at, email) in card.emails.iter().enumerate() {
            let property = format!("EMAIL{internet}{}", mark(at == 0, card.emails.len()));
            self.labelled(&property, &email.label, &escape(&email.address));
        }
        for web in &card.webs {
            self.web(web);
        }
        for place in &card.addresses {
            self.address(place);
        }
    }

    fn web(&mut self, web: &Web) {
        let url = web.url.to_lowercase();
        let chat = CHAT_SCHEMES.iter().any(|scheme| url.starts_with(scheme));
        let property = if chat { "IMPP" } else { "URL" };
        self.labelled(property, &web.label, &escape_uri(&web.url));
    }

    fn address(&mut self, place: &Address) {
        let parts = [
            &place.po_box,
            &place.extended,
            &place.street,
            &place.city,
            &place.region,
            &place.postcode,
            &place.country,
        ];
        let value = parts.map(|part| escape(part)).join(";");
        self.labelled("ADR", &place.label, &value);
    }

    fn date(&mut self, date: &KeyDate) {
        let first = |label: &str| {
            let same = |other: &&KeyDate| other.yearly && other.label == label;
            date.label == label
                && self
                    .card
                    .dates
                    .iter()
                    .find(same)
                    .is_some_and(|found| std::ptr::eq(found, date))
        };
        let v4 = self.version == Version::V4;
        let (value, omitted) = match (date.on.year, v4) {
            (None, false) => (
                format!("1604-{:02}-{:02}", date.on.month, date.on.day),
                ";X-APPLE-OMIT-YEAR=1604",
            ),
            (None, true) => (format!("--{:02}{:02}", date.on.month, date.on.day), ""),
            (Some(year), true) => (
                format!("{year:04}{:02}{:02}", date.on.month, date.on.day),
                "",
            ),
            (Some(_), false) => (date.on.to_string(), ""),
        };
        if first("birthday") {
            self.line(&format!("BDAY{omitted}:{value}"));
        } else if v4 && first("anniversary") {
            self.line(&format!("ANNIVERSARY:{value}"));
        } else {
            let once = if date.yearly {
                ""
            } else {
                ";X-CHITBOOK-ONCE=1"
            };
            let property = format!("X-ABDATE{omitted}{once}");
            match date.label.as_str() {
                "" => self.line(&format!("{property}:{value}")),
                "anniversary" => self.grouped(&property, "_$!<Anniversary>!$_", &value),
                label => self.grouped(&property, label, &value),
            }
        }
    }

    fn relation(&mut self, relation: &Relation) {
        let label = words::relation_label(relation);
        let name = escape(&relation.name);
        let standard = match relation.kind {
            LinkKind::Spouse => Some("spouse"),
            LinkKind::Friend => Some("friend"),
            LinkKind::WorkedTogether => Some("colleague"),
            LinkKind::Assistant => Some("agent"),
            _ => None,
        };
        let known = ["child", "parent", "sibling", "kin", "co-worker"];
        if self.version == Version::V3 {
            let apple = matches!(
                label.as_str(),
                "Manager" | "Assistant" | "Spouse" | "Friend"
            );
            let label = if apple {
                format!("_$!<{label}>!$_")
            } else {
                label
            };
            self.grouped("X-ABRELATEDNAMES", &label, &name);
        } else if let (Some(word), true) = (
            standard.filter(|w| *w != "agent"),
            relation.label.is_empty(),
        ) {
            self.line(&format!("RELATED;VALUE=text;TYPE={word}:{name}"));
        } else if known.contains(&label.as_str()) {
            self.line(&format!("RELATED;VALUE=text;TYPE={label}:{name}"));
        } else {
            let kind = standard
                .map(|word| format!(";TYPE={word}"))
                .unwrap_or_default();
            self.grouped(&format!("RELATED;VALUE=text{kind}"), &label, &name);
        }
    }

    fn own(&mut self) {
        let card = self.card;
        if let Some(days) = card.cadence {
            self.line(&format!("X-CHITBOOK-CADENCE:{days}"));
        }
        if card.ghost {
            self.line("X-CHITBOOK-GHOST:yes");
        }
        self.text("X-CHITBOOK-ORIGIN", &card.origin);
        if let Some(day) = card.met_on {
            self.line(&format!("X-CHITBOOK-MET-ON:{}", day.format("%Y-%m-%d")));
        }
    }

    fn extra(&mut self, extra: &Extra) {
        match plain(extra) {
            Some(name) if !(self.wrapped && has_meaning(&name)) => {
                self.line(&format!("{}:{}", extra.name, extra.value));
            }
            _ => {
                let (source, name) = (quote_param(&extra.source), quote_param(&extra.name));
                let value = escape(&extra.value);
                self.line(&format!(
                    "X-CHITBOOK-EXTRA;X-SOURCE={source};X-NAME={name}:{value}"
                ));
            }
        }
    }
}
