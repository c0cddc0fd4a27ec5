//! Labels of numbers and addresses: `TYPE` words and Apple's labels on one side, the words the book shows on the other.

use super::line::Line;
use crate::domain::text::clean_line;

/// Words that say nothing a person would want to see.
const SILENT: [&str; 9] = [
    "voice", "pref", "internet", "msg", "intl", "dom", "postal", "parcel", "x-pref",
];

/// Silent words that no label shows: they are not written again.
pub(super) const WEAK: [&str; 6] = ["voice", "msg", "intl", "dom", "postal", "parcel"];

/// Words that every program understands as a type, and how they are written.
const TYPES: [(&str, &str); 8] = [
    ("work", "WORK"),
    ("home", "HOME"),
    ("mobile", "CELL"),
    ("fax", "FAX"),
    ("pager", "PAGER"),
    ("main", "MAIN"),
    ("car", "CAR"),
    ("other", "OTHER"),
];

/// The label that the types of a line make: "work fax", "mobile".
pub(super) fn from_types(line: &Line<'_>) -> String {
    let mut words: Vec<String> = line
        .types()
        .into_iter()
        .filter(|word| !SILENT.contains(&word.as_str()))
        .map(|word| match word.as_str() {
            "cell" | "iphone" => "mobile".to_owned(),
            _ => word,
        })
        .collect();
    words.sort_by_key(|word| !matches!(word.as_str(), "work" | "home"));
    words.dedup();
    unwrapped(&words.join(" "))
}

/// The types that make this label, or none when no set of types does.
pub(super) fn to_types(label: &str) -> Option<Vec<&'static str>> {
    if label.is_empty() {
        return Some(Vec::new());
    }
    let types: Option<Vec<&'static str>> = label
        .split(' ')
        .map(|word| {
            TYPES
                .iter()
                .find(|(ours, _)| *ours == word)
                .map(|(_, theirs)| *theirs)
        })
        .collect();
    let types = types?;
    let head = format!("TEL;TYPE={}:", types.join(","));
    let same = Line::parse(&head, false).is_some_and(|line| from_types(&line) == label);
    same.then_some(types)
}

/// Apple wraps the labels it translates: `_$!<HomePage>!$_`. A label never looks wrapped, or it would be another one when it comes back.
pub(super) fn unwrapped(label: &str) -> String {
    let mut label = clean_line(label);
    while let Some(inner) = label
        .strip_prefix("_$!<")
        .and_then(|inner| inner.strip_suffix(">!$_"))
    {
        label = clean_line(&inner.to_lowercase());
    }
    label
}

/// How much a line is preferred; less is more.
pub(super) fn preference(line: &Line<'_>) -> u8 {
    if let Some(rank) = line.param("PREF").and_then(|rank| rank.parse::<u8>().ok()) {
        return rank;
    }
    let preferred = line
        .types()
        .iter()
        .any(|word| word == "pref" || word == "x-pref");
    if preferred { 1 } else { u8::MAX }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrapped_is_unwrapped_whatever_is_between() {
        let cases = [
            ("_$!<HomePage>!$_", "homepage"),
            ("_$\u{10}!<HomePage>!$_", "homepage"),
            ("_$!<_$!<Home>!$_>!$_", "home"),
            (" boat ", "boat"),
            ("_$!<open", "_$!<open"),
        ];
        for (label, expected) in cases {
            assert_eq!(unwrapped(label), expected, "{label}");
        }
    }

    #[test]
    fn types_make_labels_people_use_and_labels_make_the_types_again() {
        let cases = [
            ("TEL;TYPE=CELL,VOICE:", "mobile"),
            ("TEL;TYPE=fax;TYPE=work:", "work fax"),
            ("TEL;HOME;VOICE:", "home"),
            ("TEL:", ""),
            ("EMAIL;TYPE=INTERNET;TYPE=pref:", ""),
        ];
        for (head, label) in cases {
            let line = Line::parse(head, true).unwrap();
            assert_eq!(from_types(&line), label, "{head}");
            assert!(to_types(label).is_some(), "{label}");
        }
        for label in ["fax work", "Mobile", "boat", "work  fax", "pref"] {
            assert_eq!(to_types(label), None, "{label}");
        }
    }
}
