//! Takes a stream apart into cards, each as its unfolded lines. Knows where cards begin and end and nothing of what they say.

use super::line::transport_of;
use crate::exchange::lines::Lines;
use std::io::{self, BufRead};

/// The most bytes one card may have. A card of this size is a picture book or an attack.
pub(super) const CARD_LIMIT: usize = 8 * 1024 * 1024;

/// What a line costs beside its bytes, so that a card of a million empty properties is bounded too.
const LINE_COST: usize = 64;

/// One card of the file, or a stretch of it that is none.
pub(super) enum Piece {
    /// The lines between BEGIN and END.
    Card {
        /// The line of BEGIN.
        line: u64,
        /// The card's lines, unfolded.
        lines: Vec<String>,
        /// Whether END was there.
        ended: bool,
    },
    /// No card.
    Bad {
        /// Where it starts.
        line: u64,
        /// Why it is none.
        reason: String,
    },
}

/// The cards of a stream.
pub(super) struct Cards<B> {
    lines: Lines<B>,
    buffer: Vec<u8>,
    /// The line of a BEGIN that is read already.
    begun: Option<u64>,
    done: bool,
}

/// A card while it is being read.
#[derive(Default)]
struct Growing {
    lines: Vec<String>,
    size: usize,
    old: bool,
    quoted: bool,
    base64: bool,
    /// Depth of cards within this one.
    nested: usize,
}

impl Growing {
    fn append(&mut self, text: &str) {
        self.size += text.len();
        if let Some(last) = self.lines.last_mut() {
            last.push_str(text);
        }
    }

    fn add(&mut self, text: &str) {
        let folded = text.strip_prefix([' ', '\t']);
        let soft = self.quoted && self.lines.last().is_some_and(|last| last.ends_with('='));
        if self.nested > 0 {
            self.append("\n");
            self.append(text);
        } else if soft {
            if let Some(last) = self.lines.last_mut() {
                last.pop();
            }
            self.append(text);
        } else if let (Some(rest), false) = (folded, self.lines.is_empty()) {
            // Version 2.1 folds at a blank and keeps it.
            let keeps_blank = self.old && !self.base64 && !rest.trim().is_empty();
            self.append(if keeps_blank { text } else { rest });
        } else if self.base64 && is_base64(text) {
            self.append(text);
        } else if !text.trim().is_empty() {
            (self.quoted, self.base64) = transport_of(text);
            let head = text.get(..8).unwrap_or_default();
            if head.eq_ignore_ascii_case("VERSION:") {
                self.old = text.get(8..).is_some_and(|v| v.trim() == "2.1");
            }
            self.size += text.len() + LINE_COST;
            self.lines.push(text.to_owned());
        } else {
            self.base64 = false;
        }
    }

    /// Whether a card that begins now is the value of a property.
    fn awaits_card(&self) -> bool {
        self.nested > 0
            || self.lines.last().is_some_and(|last| {
                let head = last.trim_end();
                head.ends_with(':')
                    && head
                        .get(..5)
                        .is_some_and(|name| name.eq_ignore_ascii_case("AGENT"))
            })
    }
}

/// Lines of data without the blank they should begin with.
fn is_base64(text: &str) -> bool {
    let text = text.trim_end();
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}

fn says(line: &str, what: &str) -> bool {
    line.trim_end().eq_ignore_ascii_case(what)
}

impl<B: BufRead> Cards<B> {
    pub fn new(source: B) -> Self {
        Cards {
            lines: Lines::new(source, CARD_LIMIT + 1),
            buffer: Vec::new(),
            begun: None,
            done: false,
        }
    }

    fn line(&mut self) -> io::Result<Option<String>> {
        if !self.lines.next(&mut self.buffer)? {
            return Ok(None);
        }
        Ok(Some(String::from_utf8_lossy(&self.buffer).into_owned()))
    }

    /// Goes to the next BEGIN. A stretch of something else on the way is given back as such.
    fn seek(&mut self) -> io::Result<Option<Piece>> {
        let mut strange = None;
        while self.begun.is_none() {
            let Some(text) = self.line()? else {
                self.done = true;
                break;
            };
            let text = text.trim();
            let frame = says(text, "BEGIN:VADDRESSBOOK") || says(text, "END:VADDRESSBOOK");
            if says(text, "BEGIN:VCARD") {
                self.begun = Some(self.lines.number());
            } else if !text.is_empty() && !frame {
                strange.get_or_insert(self.lines.number());
            }
        }
        Ok(strange.map(|line| Piece::Bad {
            line,
            reason: "this is text outside of any card".to_owned(),
        }))
    }

    fn card(&mut self, line: u64) -> io::Result<Piece> {
        let mut growing = Growing::default();
        let mut ended = false;
        while let Some(text) = self.line()? {
            if says(&text, "BEGIN:VCARD") {
                if !growing.awaits_card() {
                    self.begun = Some(self.lines.number());
                    break;
                }
                growing.nested += 1;
            } else if says(&text, "END:VADDRESSBOOK") {
                break;
            } else if says(&text, "END:VCARD") {
                if growing.nested == 0 {
                    ended = true;
                    break;
                }
                growing.nested -= 1;
            } else if growing.size <= CARD_LIMIT {
                growing.add(&text);
            }
        }
        if growing.size > CARD_LIMIT {
            return Ok(Piece::Bad {
                line,
                reason: "the card is larger than 8 MB".to_owned(),
            });
        }
        Ok(Piece::Card {
            line,
            lines: growing.lines,
            ended,
        })
    }
}

impl<B: BufRead> Iterator for Cards<B> {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        if self.begun.is_none() {
            match self.seek() {
                Ok(None) => {}
                Ok(Some(strange)) => return Some(Ok(strange)),
                Err(problem) => {
                    self.done = true;
                    return Some(Err(problem));
                }
            }
        }
        let begun = self.begun.take()?;
        let card = self.card(begun);
        self.done |= card.is_err();
        Some(card)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        Cards::new(text.as_bytes())
            .map(|piece| match piece.unwrap() {
                Piece::Card { line, lines, ended } => format!("{line} {} {ended}", lines.join("|")),
                Piece::Bad { line, reason } => format!("{line} bad: {reason}"),
            })
            .collect()
    }

    #[test]
    fn cards_are_found_whatever_ends_their_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = "BEGIN:VCARD\nFN:A\nEND:VCARD\n\nbegin:vcard\nFN:B\n B\nend:vcard"
                .replace('\n', end);
            assert_eq!(pieces(&text), ["1 FN:A true", "5 FN:BB true"], "{end:?}");
        }
    }

    #[test]
    fn broken_frames_are_told() {
        let cases: [(&str, &str, &[&str]); 5] = [
            (
                "missing END",
                "BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
                &["1 FN:A false", "3 FN:B true"],
            ),
            ("cut off", "BEGIN:VCARD\nFN:A", &["1 FN:A false"]),
            (
                "outer book",
                "BEGIN:VADDRESSBOOK\nBEGIN:VCARD\nFN:A\nEND:VCARD\nEND:VADDRESSBOOK\n",
                &["2 FN:A true"],
            ),
            (
                "something else",
                "hello\nworld\nBEGIN:VCARD\nFN:A\nEND:VCARD\nbye",
                &[
                    "1 bad: this is text outside of any card",
                    "3 FN:A true",
                    "6 bad: this is text outside of any card",
                ],
            ),
            (
                "a card in a card",
                "BEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nFN:B\nEND:VCARD\nFN:A\nEND:VCARD",
                &["1 AGENT:\nFN:B|FN:A true"],
            ),
        ];
        for (label, text, expected) in cases {
            assert_eq!(pieces(text), expected, "{label}");
        }
    }

    #[test]
    fn old_folding_keeps_its_blank_and_soft_breaks_join() {
        let text = "BEGIN:VCARD\nVERSION:2.1\nNOTE:one\n two\nFN;QUOTED-PRINTABLE:J=\n=C3=BC\nPHOTO;BASE64:AAAA\n BBBB\nCCCC\n\nTEL:1\nEND:VCARD";
        assert_eq!(
            pieces(text),
            [
                "1 VERSION:2.1|NOTE:one two|FN;QUOTED-PRINTABLE:J=C3=BC|PHOTO;BASE64:AAAABBBBCCCC|TEL:1 true"
            ]
        );
    }

    #[test]
    fn a_card_without_end_takes_bounded_memory() {
        let text = format!(
            "BEGIN:VCARD\nFN:A\n{}END:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
            "a\n".repeat(CARD_LIMIT / LINE_COST)
        );
        let found = pieces(&text);
        assert_eq!(found[0], "1 bad: the card is larger than 8 MB");
        assert_eq!(found.len(), 2);
    }
}
