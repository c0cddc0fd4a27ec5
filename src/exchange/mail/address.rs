//! Addresses in a header: `Name <a@b>`, lists of them, groups, comments, and what mail programs make of these.

use super::words::decoded;
use crate::domain::contact::email_key;
use crate::domain::text::clean_line;
use crate::exchange::words::spoken;

/// Addresses read of one field: more are a crowd in any case.
const MOST: usize = 100;

/// An address with the name it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The name, or nothing.
    pub name: String,
    /// The address in lower case.
    pub email: String,
}

/// A list while it is being read.
#[derive(Default)]
struct Reading {
    /// Words outside of brackets.
    words: String,
    /// What stands in angle brackets.
    inside: Option<String>,
    /// What stands in round ones.
    comment: String,
    found: Vec<Address>,
}

impl Reading {
    /// An address is complete.
    fn end(&mut self) {
        let words = std::mem::take(&mut self.words);
        let comment = std::mem::take(&mut self.comment);
        let (name, email) = match self.inside.take() {
            Some(email) => (words, email),
            None => (comment, words),
        };
        // A route before the address, as in `<@relay:a@b>`, leads nowhere today.
        let email = email
            .rsplit_once(':')
            .map_or(email.as_str(), |(_, email)| email);
        let email = email_key(&clean_line(email).replace(char::is_whitespace, ""));
        let odd = email.contains(['<', '>', '(', ')', '"', ',', ';']);
        let halves = email.split_once('@').filter(|_| !odd);
        let whole = halves.is_some_and(|(local, host)| {
            !local.is_empty() && !host.is_empty() && !host.contains('@')
        });
        if whole && self.found.len() < MOST {
            let name = spoken(&clean_line(&decoded(name.trim())));
            self.found.push(Address { name, email });
        }
    }
}

/// Every address of a field.
pub(super) fn addresses(text: &str) -> Vec<Address> {
    let mut reading = Reading::default();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted(&mut chars, &mut reading.words),
            '(' => comment(&mut chars, &mut reading.comment),
            '<' => {
                let inside = reading.inside.get_or_insert_default();
                for c in chars.by_ref() {
                    if c == '>' {
                        break;
                    }
                    inside.push(c);
                }
            }
            // A group has a name before a colon and ends with a semicolon; its members are addresses like others.
            ':' if reading.inside.is_none() => reading.words.clear(),
            ',' | ';' => reading.end(),
            c => reading.words.push(c),
        }
    }
    reading.end();
    reading.found
}

/// Reads up to the closing quote.
fn quoted(chars: &mut std::str::Chars<'_>, into: &mut String) {
    while let Some(c) = chars.next() {
        match c {
            '"' => return,
            '\\' => into.extend(chars.next()),
            c => into.push(c),
        }
    }
}

/// Reads up to the closing bracket, brackets within it included.
fn comment(chars: &mut std::str::Chars<'_>, into: &mut String) {
    let mut depth = 1;
    while let Some(c) = chars.next() {
        match c {
            '\\' => into.extend(chars.next()),
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return;
                }
            }
            c => into.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(text: &str) -> String {
        let found = addresses(text);
        let lines: Vec<String> = found
            .iter()
            .map(|a| format!("{}|{}", a.name, a.email))
            .collect();
        lines.join(" ")
    }

    #[test]
    fn addresses_are_read_as_mail_programs_write_them() {
        let cases = [
            ("nils@lund.example", "|nils@lund.example"),
            (
                "Nils Lund <Nils@Lund.example>",
                "Nils Lund|nils@lund.example",
            ),
            (
                "\"Lund, Nils\" <nils@lund.example>, iris@marsh.example",
                "Nils Lund|nils@lund.example |iris@marsh.example",
            ),
            (
                "nils@lund.example (Nils \\(the\\) Lund)",
                "Nils (the) Lund|nils@lund.example",
            ),
            (
                "=?utf-8?Q?J=C3=BCrgen?= <j@x.example>",
                "Jürgen|j@x.example",
            ),
            (
                "Friends: a@x.example, B <b@x.example>;, c@x.example",
                "|a@x.example B|b@x.example |c@x.example",
            ),
            ("undisclosed-recipients:;", ""),
            ("<@relay.example:nils@lund.example>", "|nils@lund.example"),
            (
                "'nils@lund.example' <nils@lund.example>",
                "|nils@lund.example",
            ),
            ("a@x.example; b@x.example", "|a@x.example |b@x.example"),
            ("nobody", ""),
            ("\"open <a@x.example>", ""),
            ("A <a@x.example", "A|a@x.example"),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_ends_in_addresses(text in "[<>@(),:;\"\\\\a-c. é]{0,60}") {
            for address in addresses(&text) {
                prop_assert!(address.email.contains('@') && !address.email.contains(char::is_whitespace));
            }
        }
    }
}
