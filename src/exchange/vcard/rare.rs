//! The rarer properties: who is whose assistant, chat names, pictures, and what only our own writer says.

use super::label::from_types;
use super::line::{Line, unescape};
use super::take::{Taker, fill};
use crate::domain::contact::{Relation, Web};
use crate::exchange::draft::extra;
use crate::exchange::words;
use chrono::NaiveDate;

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
        || is_chat(name)
        || NAMED_RELATIONS
            .iter()
            .any(|(relation, _)| *relation == name)
}

/// Whether a property of this name holds a chat name.
pub(super) fn is_chat(name: &str) -> bool {
    CHATS.iter().any(|(chat, _)| *chat == name)
}

impl Taker {
    pub(super) fn take_chat(&mut self, line: &Line<'_>) {
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

    pub(super) fn take_relation(&mut self, line: &Line<'_>) -> bool {
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
        let given = self.look_at_label(line);
        let label = given.map_or_else(|| from_types(line), str::to_owned);
        let found = words::relation(&label, &name);
        let known = found.is_some();
        if known {
            self.group_label(line);
        }
        self.card.relations.extend(found);
        known
    }

    pub(super) fn take_agent(&mut self, line: &Line<'_>) -> bool {
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
    pub(super) fn take_data(&mut self, line: &Line<'_>) -> bool {
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

    pub(super) fn take_other(&mut self, name: &str, line: &Line<'_>) -> bool {
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
    pub(super) fn take_own(&mut self, at: usize, line: &Line<'_>) -> bool {
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
}
