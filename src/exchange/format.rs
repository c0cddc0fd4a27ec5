//! Which format a file is in, by its first bytes and, where those do not say, by its name.

use super::csv::dialect_of;
use super::decode::preview;

/// A format of contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// vCards, one or many, of any version.
    Vcard,
    /// A table of contacts.
    Csv,
    /// A calendar.
    Ics,
}

/// The format of a file that begins with `first` (some kilobytes are enough). What a file holds outranks what it is called.
pub fn sniff(first: &[u8], name: Option<&str>) -> Option<Format> {
    let text = preview(first);
    let marks = |word: &str| {
        text.lines()
            .flat_map(|line| line.split('\r'))
            .any(|line| line.trim().eq_ignore_ascii_case(word))
    };
    if marks("BEGIN:VCARD") || marks("BEGIN:VADDRESSBOOK") {
        return Some(Format::Vcard);
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
        let cases: [(&[u8], Option<&str>, Option<Format>); 9] = [
            (utf16, None, Some(Format::Vcard)),
            (utf16, Some("people.csv"), Some(Format::Vcard)),
            (linkedin, Some("people.vcf"), Some(Format::Csv)),
            (b"begin:vcard\rFN:A\rend:vcard\r", None, Some(Format::Vcard)),
            (b"a,b\n1,2\n", Some("A.CSV"), Some(Format::Csv)),
            (b"", Some("empty.vcf"), Some(Format::Vcard)),
            (b"BEGIN:VCALENDAR\r\n", Some("a.txt"), Some(Format::Ics)),
            (b"", Some("empty.ics"), Some(Format::Ics)),
            (b"once upon a time", Some("a.txt"), None),
        ];
        for (first, name, expected) in cases {
            assert_eq!(sniff(first, name), expected, "{name:?}");
        }
    }
}
