//! One content line of a vCard: its head, its parameters and its value, with the transport of all three versions undone.

use crate::domain::text::clean_line;
use crate::exchange::decode::single_bytes;
use encoding_rs::Encoding;
use std::borrow::Cow;

/// A content line, unfolded.
#[derive(Debug)]
pub(in crate::exchange) struct Line<'a> {
    /// What stands before the first colon, as written.
    pub head: &'a str,
    /// The group before the dot, or nothing.
    pub group: &'a str,
    /// The property's name in upper case.
    pub name: String,
    /// Parameters as written; a bare one has no name.
    params: Vec<(&'a str, &'a str)>,
    /// The value as written.
    pub raw: &'a str,
    /// Whether the card is of version 2.1, which knows no `\n` and no quotes.
    pub old: bool,
}

/// The place of the colon that ends the head.
fn head_end(text: &str) -> Option<usize> {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b':' if !quoted => return Some(at),
            _ => {}
        }
    }
    // A quote that is never closed is a letter like any other.
    memchr::memchr(b':', text.as_bytes())
}

fn outside_quotes(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '"';
        c == separator && !quoted
    })
}

impl<'a> Line<'a> {
    /// The line told apart, or none when it is no property.
    pub fn parse(text: &'a str, old: bool) -> Option<Self> {
        let (head, raw) = text.split_at_checked(head_end(text)?)?;
        let raw = raw.strip_prefix(':')?;
        let mut pieces = outside_quotes(head, ';');
        let first = pieces.next()?.trim();
        let (group, name) = first.rsplit_once('.').unwrap_or(("", first));
        let token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '/';
        if name.is_empty() || !name.chars().all(token) {
            return None;
        }
        let params = pieces
            .map(|piece| piece.split_once('=').unwrap_or(("", piece)))
            .map(|(key, value)| (key.trim(), value.trim()))
            .filter(|(key, value)| !key.is_empty() || !value.is_empty())
            .collect();
        Some(Line {
            head,
            group,
            name: name.to_ascii_uppercase(),
            params,
            raw,
            old,
        })
    }

    /// The first parameter of this name, without its quotes and escapes.
    pub fn param(&self, name: &str) -> Option<String> {
        let (_, value) = self
            .params
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(param_text(value))
    }

    /// The types in lower case, bare parameters of version 2.1 among them.
    pub fn types(&self) -> Vec<String> {
        self.params
            .iter()
            .filter(|(key, value)| {
                key.eq_ignore_ascii_case("TYPE") || (key.is_empty() && transport(value).is_none())
            })
            .flat_map(|(_, value)| value.split(','))
            .map(|word| clean_line(word).trim_matches('"').trim().to_lowercase())
            .filter(|word| !word.is_empty())
            .collect()
    }

    /// The parameters that are no types and no transport, named in upper case.
    pub fn named_params(&self) -> Vec<(String, String)> {
        let named = self.params.iter().filter(|(key, _)| {
            let known = ["", "TYPE", "ENCODING"];
            !known.iter().any(|known| key.eq_ignore_ascii_case(known))
        });
        named
            .map(|(key, value)| (key.to_ascii_uppercase(), param_text(value)))
            .collect()
    }

    fn encoding(&self) -> Option<Transport> {
        self.params
            .iter()
            .filter(|(key, _)| key.is_empty() || key.eq_ignore_ascii_case("ENCODING"))
            .find_map(|(_, value)| transport(value))
    }

    /// Whether the value is binary data in letters.
    pub fn is_base64(&self) -> bool {
        self.encoding() == Some(Transport::Base64)
    }

    /// The value with its transport undone, escapes as written.
    pub fn wire(&self) -> Cow<'a, str> {
        if self.encoding() != Some(Transport::QuotedPrintable) {
            return Cow::Borrowed(self.raw);
        }
        let bytes = quoted_printable(self.raw);
        let named = self
            .param("CHARSET")
            .and_then(|label| Encoding::for_label(label.as_bytes()));
        Cow::Owned(match named {
            Some(encoding) => encoding.decode_without_bom_handling(&bytes).0.into_owned(),
            None => String::from_utf8(bytes).unwrap_or_else(|e| single_bytes(e.as_bytes())),
        })
    }

    /// The value as one text.
    pub fn text(&self) -> String {
        unescape(&self.wire(), self.old)
    }

    /// The components of a structured value; a list within one is joined by commas.
    pub fn components(&self) -> Vec<String> {
        split(&self.wire(), ';')
            .into_iter()
            .map(|component| {
                let list = split(component, ',');
                let texts = list.iter().map(|item| unescape(item, self.old));
                texts
                    .map(|text| text.trim().to_owned())
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ")
            })
            .collect()
    }

    /// The components of a structured value, each a list; empty ones at the end are not told.
    pub fn structure(&self) -> Vec<Vec<String>> {
        let wire = self.wire();
        let list = |component| -> Vec<String> {
            let texts = split(component, ',').into_iter();
            texts
                .map(|item| unescape(item, self.old).trim().to_owned())
                .filter(|text| !text.is_empty())
                .collect()
        };
        let mut parts: Vec<_> = split(&wire, ';').into_iter().map(list).collect();
        while parts.last().is_some_and(Vec::is_empty) {
            parts.pop();
        }
        parts
    }

    /// The texts of a list.
    pub fn list(&self) -> Vec<String> {
        split(&self.wire(), ',')
            .into_iter()
            .map(|item| unescape(item, self.old).trim().to_owned())
            .filter(|item| !item.is_empty())
            .collect()
    }

    /// The head and value under which the line is kept when it has no place: as written, but free of version 2.1's transport.
    pub fn kept(&self) -> (String, String) {
        let quoted = self.encoding() == Some(Transport::QuotedPrintable);
        let bare = self.old && self.params.iter().any(|(key, _)| key.is_empty());
        if !quoted && !bare && self.param("CHARSET").is_none() {
            return (self.head.to_owned(), self.raw.to_owned());
        }
        let first = outside_quotes(self.head, ';').next().unwrap_or_default();
        let mut head = first.trim().to_owned();
        for (key, value) in &self.params {
            let coding = key.is_empty() || key.eq_ignore_ascii_case("ENCODING");
            let dropped = key.eq_ignore_ascii_case("CHARSET")
                || (coding && transport(value).is_some_and(|t| t != Transport::Base64));
            if dropped {
                continue;
            }
            let key = match (*key, transport(value)) {
                ("", Some(_)) => "ENCODING",
                ("", None) => "TYPE",
                (key, _) => key,
            };
            head.extend([";", key, "=", value]);
        }
        let wire = self
            .wire()
            .replace("\r\n", "\n")
            .replace(['\n', '\r'], "\\n");
        (head, wire)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Transport {
    QuotedPrintable,
    Base64,
    Plain,
}

fn transport(word: &str) -> Option<Transport> {
    const WORDS: [(&str, Transport); 6] = [
        ("QUOTED-PRINTABLE", Transport::QuotedPrintable),
        ("Q", Transport::QuotedPrintable),
        ("BASE64", Transport::Base64),
        ("B", Transport::Base64),
        ("8BIT", Transport::Plain),
        ("7BIT", Transport::Plain),
    ];
    let word = word.trim_matches('"');
    WORDS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word))
        .map(|(_, transport)| *transport)
}

/// Whether a line's head says that its value is quoted-printable, and whether it says base64. Cheap, for the one who unfolds.
pub(in crate::exchange) fn transport_of(text: &str) -> (bool, bool) {
    let Some((head, _)) = head_end(text).and_then(|end| text.split_at_checked(end)) else {
        return (false, false);
    };
    if !head.contains(';') {
        return (false, false);
    }
    let line = Line::parse(text, true);
    let encoding = line.and_then(|line| line.encoding());
    (
        encoding == Some(Transport::QuotedPrintable),
        encoding == Some(Transport::Base64),
    )
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let hex = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = bytes.get(at + 1).copied().and_then(hex);
        let pair = pair.zip(bytes.get(at + 2).copied().and_then(hex));
        match (byte, pair) {
            (b'=', Some((high, low))) => {
                out.push(high << 4 | low);
                at += 3;
            }
            (b'=', None) if at + 1 == bytes.len() => at += 1,
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// Splits at separators that no backslash guards.
fn split(text: &str, separator: char) -> Vec<&str> {
    let mut guarded = false;
    text.split(|c| {
        let here = c == separator && !guarded;
        guarded = c == '\\' && !guarded;
        here
    })
    .collect()
}

/// Undoes backslash escapes. One that escapes nothing known is text.
pub(in crate::exchange) fn unescape(text: &str, old: bool) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'N') if !old => out.push('\n'),
            Some(escaped @ (';' | ',' | ':' | '\\')) => out.push(escaped),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}

/// Escapes a text so that it is one value, whatever it holds.
pub(in crate::exchange) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            _ => out.push(c),
        }
    }
    out
}

/// Escapes an address of the web, in which `,` and `;` are letters like any other.
pub(in crate::exchange) fn escape_uri(text: &str) -> String {
    text.replace('\r', "")
        .replace('\\', "\\\\")
        .replace('\n', "\\n")
}

/// A text as a quoted parameter value.
pub(in crate::exchange) fn quote_param(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '^' => out.push_str("^^"),
            '"' => out.push_str("^'"),
            '\n' => out.push_str("^n"),
            c if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

fn param_text(value: &str) -> String {
    let value = value
        .strip_prefix('"')
        .and_then(|inner| inner.strip_suffix('"'))
        .unwrap_or(value);
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        let meant = match (c, chars.peek()) {
            ('^', Some('^')) => '^',
            ('^', Some('\'')) => '"',
            ('^', Some('n')) => '\n',
            _ => {
                out.push(c);
                continue;
            }
        };
        chars.next();
        out.push(meant);
    }
    out
}

/// Puts a line out in pieces of at most 75 bytes, never cutting a character.
pub(in crate::exchange) fn fold(line: &str, out: &mut String) {
    let mut room = 75;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn heads_are_told_apart() {
        let line = Line::parse(
            "item1.tel;TYPE=cell,\"VOICE\";PREF=1;X=\"a:b;c\":+1;2",
            false,
        )
        .unwrap();
        assert_eq!(
            (line.group, line.name.as_str(), line.raw),
            ("item1", "TEL", "+1;2")
        );
        assert_eq!(line.types(), ["cell", "voice"]);
        assert_eq!(line.param("x").as_deref(), Some("a:b;c"));
        assert!(Line::parse("no property", false).is_none());
        assert!(Line::parse("also not: one", false).is_none());
        assert!(Line::parse(":x", false).is_none());
        assert_eq!(
            Line::parse("NOTE;X=\"open:text", false).unwrap().raw,
            "text"
        );
    }

    #[test]
    fn quoted_printable_is_read_in_its_charset() {
        let cases = [
            (
                "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen",
                "J\u{fc}rgen",
            ),
            (
                "FN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:J=FCrgen",
                "J\u{fc}rgen",
            ),
            ("FN;ENCODING=QUOTED-PRINTABLE:J=FCrgen", "J\u{fc}rgen"),
            ("FN;CHARSET=KOI8-R;ENCODING=QUOTED-PRINTABLE:=E9", "\u{418}"),
            ("FN;ENCODING=QUOTED-PRINTABLE:50=% of=ZZ=", "50=% of=ZZ"),
        ];
        for (text, expected) in cases {
            assert_eq!(Line::parse(text, true).unwrap().text(), expected, "{text}");
        }
    }

    #[test]
    fn a_kept_line_loses_the_transport_of_version_2_1_only() {
        let line = Line::parse(
            "X-FOO;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=A9=0Ab;c",
            true,
        )
        .unwrap();
        assert_eq!(
            line.kept(),
            ("X-FOO;TYPE=HOME".to_owned(), "\u{e9}\\nb;c".to_owned())
        );
        let line = Line::parse("x-Foo;A=b:a\\,b", false).unwrap();
        assert_eq!(line.kept(), ("x-Foo;A=b".to_owned(), "a\\,b".to_owned()));
    }

    proptest! {
        #[test]
        fn escaping_is_undone(text in any::<String>()) {
            let text = text.replace('\r', "");
            prop_assert_eq!(unescape(&escape(&text), false), text.clone());
            prop_assert_eq!(unescape(&escape_uri(&text), false), text.clone());
            let clean: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
            prop_assert_eq!(param_text(&quote_param(&clean)), clean);
            let component = escape(&text);
            prop_assert_eq!(split(&component, ';').len(), 1);
        }

        #[test]
        fn folded_lines_are_short_and_whole(text in "[^\r\n]{0,400}") {
            let mut out = String::new();
            fold(&text, &mut out);
            prop_assert!(out.split("\r\n").all(|line| line.len() <= 75));
            prop_assert_eq!(out.replace("\r\n ", ""), format!("{text}\r\n"));
        }
    }
}
