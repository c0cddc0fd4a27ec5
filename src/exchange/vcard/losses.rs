//! What a line says beyond the value that is taken in: parameters and divisions that the export cannot write again.
//!
//! Each is named in the report, so that a card that went through the book never lost anything silently.

use super::label::{WEAK, preference};
use super::line::Line;
use super::rare::is_chat;
use super::take::Taker;
use super::write::items;

/// Parameters of ours, of the transport, and the kind of value, which follows from the property that is written.
const HARMLESS: [&str; 6] = [
    "CHARSET",
    "VALUE",
    "X-CHITBOOK-ONCE",
    "X-CHITBOOK-FROM",
    "X-SOURCE",
    "X-NAME",
];

/// Relations that the export writes as a type beside the label.
const BESIDE_LABEL: [&str; 4] = ["spouse", "friend", "colleague", "agent"];

fn has_label(name: &str) -> bool {
    const NAMES: [&str; 10] = [
        "TEL",
        "EMAIL",
        "ADR",
        "URL",
        "IMPP",
        "X-SOCIALPROFILE",
        "SOCIALPROFILE",
        "X-ABDATE",
        "RELATED",
        "X-ABRELATEDNAMES",
    ];
    NAMES.contains(&name) || is_chat(name)
}

/// Whether the order of the card's entries says which is preferred.
fn is_ranked(name: &str) -> bool {
    matches!(name, "TEL" | "EMAIL")
}

impl Taker {
    /// Names what a line that was taken in says besides.
    pub(super) fn name_losses(&mut self, line: &Line<'_>) {
        let data = matches!(
            line.name.as_str(),
            "VERSION" | "X-ABLABEL" | "PHOTO" | "LOGO" | "SOUND" | "KEY" | "X-MS-CARDPICTURE"
        );
        let nothing = line.components().iter().all(String::is_empty);
        if data || (nothing && line.param("LABEL").is_none() && line.param("X-USER").is_none()) {
            return;
        }
        self.name_types(line);
        for (key, value) in line.named_params() {
            if !self.comes_back(line, &key, &value) {
                self.leave_out(&format!("parameter {key} of {}", line.name), &value);
            }
        }
        if line.is_base64() {
            self.leave_out(&format!("parameter ENCODING of {}", line.name), "base64");
        }
        if line.name.ends_with("SOCIALPROFILE") {
            let what = format!("property name {}, now a web address", line.name);
            self.leave_out(&what, &line.text());
        }
        self.name_divisions(line);
    }

    fn comes_back(&self, line: &Line<'_>, key: &str, value: &str) -> bool {
        let grouped = self.look_at_label(line).is_some_and(|l| !l.is_empty());
        let chat = matches!(
            line.name.as_str(),
            "IMPP" | "X-SOCIALPROFILE" | "SOCIALPROFILE"
        );
        match key {
            "PREF" => is_ranked(&line.name) && preference(line) != u8::MAX,
            "LABEL" => line.name == "ADR" && line.components().iter().all(String::is_empty),
            "SERVICE-TYPE" | "X-SERVICE-TYPE" => chat && !grouped,
            "USERNAME" | "X-USER" => {
                let last = self.card.webs.last();
                chat && last.is_some_and(|web| web.url.contains(value))
            }
            "X-APPLE-OMIT-YEAR" => line.text().trim().starts_with(value),
            _ => HARMLESS.contains(&key),
        }
    }

    fn name_types(&mut self, line: &Line<'_>) {
        let label = self.look_at_label(line).filter(|label| !label.is_empty());
        let label = label.map(str::to_lowercase);
        let related = line.name == "RELATED";
        for word in line.types() {
            let shown = match label.as_deref() {
                Some(label) => label == word || (related && BESIDE_LABEL.contains(&word.as_str())),
                None => word != "iphone" && !WEAK.contains(&word.as_str()),
            };
            let back = match word.as_str() {
                "pref" | "x-pref" => is_ranked(&line.name),
                "internet" => line.name == "EMAIL",
                _ => shown && has_label(&line.name),
            };
            if !back {
                let word = word.to_uppercase();
                self.leave_out(&format!("parameter TYPE={word} of {}", line.name), &word);
            }
        }
    }

    /// Lists within a value are joined for the book and told apart again for the export, where that gives the same list.
    fn name_divisions(&mut self, line: &Line<'_>) {
        let parts = line.structure();
        let as_list = |list: &Vec<String>| items(&list.join(", ")) == *list;
        let same = match line.name.as_str() {
            // Made of the whole name by an export, and not taken in.
            "N" if line.param("X-CHITBOOK-FROM").is_some() => true,
            "N" => parts
                .iter()
                .take(5)
                .all(|list| list.is_empty() || as_list(list)),
            "NICKNAME" => {
                let list = line.list();
                list.is_empty() || as_list(&list)
            }
            "ORG" => {
                let units: Vec<String> = parts.iter().skip(1).map(|l| l.join(", ")).collect();
                units.is_empty() || as_list(&units)
            }
            "ADR" => {
                for part in parts.iter().skip(7).filter(|part| !part.is_empty()) {
                    self.leave_out("a further part of an address", &part.join(", "));
                }
                parts.iter().all(|list| list.len() < 2)
            }
            name if name.ends_with("DAY") || name.ends_with("DATE") || name.ends_with("ARY") => {
                let text = line.text();
                let time = text.trim().split_once(['T', ' ']).map(|(_, time)| time);
                if let Some(time) = time.filter(|time| time.contains(|c| matches!(c, '1'..='9'))) {
                    self.leave_out(&format!("time of {}", line.name), time);
                }
                true
            }
            _ => true,
        };
        if !same {
            self.leave_out(&format!("division of {} into parts", line.name), line.raw);
        }
    }

    /// Names each preference that the order and the one mark of the export do not say. `ranks` are in order.
    pub(super) fn name_preferences(&mut self, name: &str, ranks: &[u8]) {
        for (at, rank) in ranks.iter().enumerate() {
            let marked = at == 0 && ranks.len() > 1 && *rank == 1;
            if *rank != u8::MAX && !marked {
                self.leave_out(&format!("parameter PREF of {name}"), &rank.to_string());
            }
        }
    }
}
