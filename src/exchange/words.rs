//! The words address books use for the same thing: what somebody is to somebody, and dates as programs write them.

use crate::domain::contact::{PartialDate, Relation};
use crate::domain::link::LinkKind;

/// How each kind is named in files that know no better word, then other words for it.
const KINDS: [(LinkKind, &str, &[&str]); 7] = [
    (
        LinkKind::IntroducedBy,
        "Referred By",
        &["introducedby", "referrer", "referredfrom", "introducer"],
    ),
    (
        LinkKind::Manager,
        "Manager",
        &["boss", "supervisor", "reportsto", "managersname"],
    ),
    (
        LinkKind::Assistant,
        "Assistant",
        &["agent", "secretary", "assistantsname"],
    ),
    (
        LinkKind::Spouse,
        "Spouse",
        &[
            "partner",
            "domesticpartner",
            "wife",
            "husband",
            "sweetheart",
        ],
    ),
    (
        LinkKind::WorkedTogether,
        "Colleague",
        &["coworker", "workedtogether"],
    ),
    (LinkKind::Friend, "Friend", &["acquaintance"]),
    (
        LinkKind::Family,
        "Family",
        &[
            "child",
            "children",
            "son",
            "daughter",
            "parent",
            "mother",
            "father",
            "sibling",
            "brother",
            "sister",
            "kin",
            "relative",
            "cousin",
            "aunt",
            "uncle",
            "nephew",
            "niece",
            "grandfather",
            "grandmother",
            "grandparent",
            "grandchild",
        ],
    ),
];

fn letters(word: &str) -> String {
    word.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The word for a kind in files.
pub fn kind_word(kind: LinkKind) -> &'static str {
    KINDS
        .iter()
        .find(|(k, _, _)| *k == kind)
        .map_or("Friend", |(_, word, _)| word)
}

fn kind_of(label: &str) -> Option<LinkKind> {
    let word = letters(label);
    KINDS
        .iter()
        .find(|(_, name, others)| letters(name) == word || others.contains(&word.as_str()))
        .map(|(kind, _, _)| *kind)
}

/// Who `name` is by a label from a file, if the label says so. A word that says more than the kind is kept.
pub fn relation(label: &str, name: &str) -> Option<Relation> {
    let label = label.trim();
    let told = label
        .split_once(": ")
        .and_then(|(word, label)| Some((LinkKind::parse(word)?, label)))
        .or_else(|| Some((LinkKind::parse(label.strip_suffix(':')?)?, "")));
    let (kind, label) = if let Some(told) = told {
        told
    } else {
        let kind = kind_of(label)?;
        let plain = letters(label) == letters(kind_word(kind));
        (kind, if plain { "" } else { label })
    };
    Some(Relation {
        kind,
        label: label.to_owned(),
        name: name.to_owned(),
    })
}

/// A name as people say it: without the quotes some programs put around it, the given name first, and empty where it is an address.
pub fn spoken(name: &str) -> String {
    let name = name.trim_matches(['"', '\'']).trim();
    match name.split_once(", ") {
        _ if name.contains('@') => String::new(),
        Some((family, given))
            if !given.contains(',') && !family.is_empty() && !given.is_empty() =>
        {
            format!("{given} {family}")
        }
        _ => name.to_owned(),
    }
}

/// The label under which [`relation`] finds the same kind and word again.
pub fn relation_label(kin: &Relation) -> String {
    let word = if kin.label.is_empty() {
        kind_word(kin.kind)
    } else {
        &kin.label
    };
    match relation(word, &kin.name) {
        Some(read) if read == *kin => word.to_owned(),
        _ => format!("{}: {}", kin.kind.word(), kin.label),
    }
}

/// A date as a program would write it for programs: `1984-11-20`, `19841120`, `--11-20`, `--1120`, with or without a time.
pub fn iso_date(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let day = text.split_once(['T', ' ']).map_or(text, |(day, _)| day);
    if let Some(found) = PartialDate::parse(day) {
        return Some(found);
    }
    let (yearless, digits) = match day.strip_prefix("--") {
        Some(rest) => (true, rest),
        None => (false, day),
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) || digits.len() != if yearless { 4 } else { 8 } {
        return None;
    }
    let number: u32 = digits.parse().ok()?;
    let year = (!yearless).then_some((number / 10_000).cast_signed());
    PartialDate::new(year, number / 100 % 100, number % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_programs_are_read() {
        let cases = [
            ("1984-11-20", Some("1984-11-20")),
            ("19841120", Some("1984-11-20")),
            ("1984-11-20T00:00:00Z", Some("1984-11-20")),
            ("--11-20", Some("--11-20")),
            ("--1120", Some("--11-20")),
            ("0000-04-12", Some("0000-04-12")),
            ("191969-04-12", None),
            ("+12345-04-12", None),
            ("-0044-03-15", None),
            ("---20", None),
            ("1984", None),
            ("1984-11", None),
            ("20230229", None),
            ("circa 1800", None),
        ];
        for (text, expected) in cases {
            assert_eq!(
                iso_date(text).map(|d| d.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn words_for_people_lead_to_kinds_and_back() {
        let cases = [
            ("referredBy", LinkKind::IntroducedBy, ""),
            ("Manager", LinkKind::Manager, ""),
            ("co-worker", LinkKind::WorkedTogether, "co-worker"),
            ("child", LinkKind::Family, "child"),
            ("domestic-partner", LinkKind::Spouse, "domestic-partner"),
            ("manager: landlord", LinkKind::Manager, "landlord"),
        ];
        for (label, kind, kept) in cases {
            let read = relation(label, "Zo").unwrap();
            assert_eq!((read.kind, read.label.as_str()), (kind, kept), "{label}");
            assert_eq!(
                relation(&relation_label(&read), "Zo"),
                Some(read),
                "{label}"
            );
        }
        assert_eq!(relation("landlord", "Zo"), None);
    }
}
