//! Which format a file is in, by its first bytes and, where those do not say, by its name.

use super::abook;
use super::csv::dialect_of;
use super::decode::preview;
use super::mail;

/// A format of contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// vCards, one or many, of any version.
    Vcard,
    /// A table of contacts.
    Csv,
    /// A calendar.
    Ics,
    /// Mail, many messages or one.
    Mbox,
    /// abook's addresses.
    Abook,
}

/// The format of a file that begins with `first` (some kilobytes are enough). What a file holds outranks what it is called.
pub fn sniff(first: &[u8], name: Option<&str>) -> Option<Format> {
    if mail::looks_like(first) {
        return Some(Format::Mbox);
    }
    let text = preview(first);
    let marks = |word: &str| {
        text.lines()
            .flat_map(|line| line.split('\r'))
            .any(|line| line.trim().eq_ignore_ascii_case(word))
    };
    if marks("BEGIN:VCARD") || marks("BEGIN:VADDRESSBOOK") {
        return Some(Format::Vcard);
    }
    if abook::looks_like(&text) {
        return Some(Format::Abook);
    }
    if marks("BEGIN:VCALENDAR") {
        return Some(Format::Ics);
    }
    if dialect_of(&text).is_some() {
        return Some(Format::Csv);
    }
    let (_, ending) = name?.rsplit_once('.')?;
    match ending.to_lowercase().as_str() {
        "vcf" | "vcard" => Some(Format::Vcard),
        "csv" | "tsv" => Some(Format::Csv),
        "ics" | "ical" | "vcs" => Some(Format::Ics),
        "mbox" | "mbx" | "eml" => Some(Format::Mbox),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_what_they_hold_before_what_they_are_called() {
        let utf16: &[u8] = include_bytes!("../../tests/fixtures/exchange/utf16.vcf");
        let linkedin: &[u8] = include_bytes!("../../tests/fixtures/exchange/linkedin.csv");
        let cases: [(&[u8], Option<&str>, Option<Format>); 11] = [
            (utf16, None, Some(Format::Vcard)),
            (utf16, Some("people.csv"), Some(Format::Vcard)),
            (linkedin, Some("people.vcf"), Some(Format::Csv)),
            (b"begin:vcard\rFN:A\rend:vcard\r", None, Some(Format::Vcard)),
            (b"a,b\n1,2\n", Some("A.CSV"), Some(Format::Csv)),
            (b"", Some("empty.vcf"), Some(Format::Vcard)),
            (b"BEGIN:VCALENDAR\r\n", Some("a.txt"), Some(Format::Ics)),
            (b"", Some("empty.ics"), Some(Format::Ics)),
            (
                b"From - Mon\nFrom: a@b\n\n",
                Some("Inbox"),
                Some(Format::Mbox),
            ),
            (b"", Some("old.mbox"), Some(Format::Mbox)),
            (b"once upon a time", Some("a.txt"), None),
        ];
        for (first, name, expected) in cases {
            assert_eq!(sniff(first, name), expected, "{name:?}");
        }
    }
}
