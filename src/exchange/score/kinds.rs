//! The kinds of a log's touches, in whatever spelling, as what they weigh.

use crate::domain::strength::{Params, knock};
use crate::domain::touch::{Direction, TouchKind};
use std::collections::HashMap;

/// The code of a kind that is not known.
const STRANGE: u8 = 0xff;
/// What such a touch weighs: a day with a call; nobody can say whether it was a knock, so it is none.
const STRANGE_WEIGHT: f64 = 1.0;
/// Spellings remembered; a log with more of them is looked up word by word.
const REMEMBERED: usize = 256;

/// The kinds met so far.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    known: HashMap<String, Option<TouchKind>>,
    strange: u64,
    first_strange: String,
}

impl Kinds {
    /// The code of a touch, which says what it weighs and whether it is a knock; none where it weighs nothing.
    pub fn code(&mut self, word: &str, direction: Direction, params: &Params) -> Option<u8> {
        let Some(kind) = self.kind(word) else {
            if self.strange == 0 {
                word.trim().clone_into(&mut self.first_strange);
            }
            self.strange += 1;
            return Some(STRANGE);
        };
        if params.weights.of(kind) <= 0.0 {
            return None;
        }
        let at = TouchKind::ALL.iter().position(|other| *other == kind)?;
        Some(at as u8 * 2 + u8::from(knock(kind, direction)))
    }

    fn kind(&mut self, word: &str) -> Option<TouchKind> {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let kind = parse(word);
        if self.known.len() < REMEMBERED {
            self.known.insert(word.to_owned(), kind);
        }
        kind
    }

    /// How many touches were of kinds not known, and the first such kind.
    pub fn strange(self) -> (u64, String) {
        (self.strange, self.first_strange)
    }
}

/// The kind a word names, however its parts are joined: `in_person`, `in-person`, `In person`, `inperson`.
fn parse(word: &str) -> Option<TouchKind> {
    let word = word.trim().to_lowercase();
    let spaced = word.replace(['_', '-'], " ");
    let joined = spaced.replace(' ', "");
    let spellings = [word.as_str(), &spaced, &joined];
    let parsed = spellings.into_iter().find_map(TouchKind::parse);
    parsed.or(match joined.as_str() {
        "inperson" | "facetoface" | "f2f" => Some(TouchKind::Meeting),
        "voicecall" | "telephone" | "voice" => Some(TouchKind::Call),
        "videocall" | "videoconference" => Some(TouchKind::Video),
        "textmessage" | "im" | "dm" | "mms" => Some(TouchKind::Message),
        "missedcall" => Some(TouchKind::Attempt),
        _ => None,
    })
}

/// What a touch with this code weighs, and whether it is a knock.
pub(super) fn weighed(code: u8, params: &Params) -> (f64, bool) {
    match TouchKind::ALL.get(usize::from(code / 2)) {
        Some(kind) => (params.weights.of(*kind), code % 2 == 1),
        None => (STRANGE_WEIGHT, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_spellings_are_kinds_and_anything_else_is_none() {
        let cases = [
            ("in_person", Some(TouchKind::Meeting)),
            ("in-person", Some(TouchKind::Meeting)),
            ("In Person", Some(TouchKind::Meeting)),
            ("inperson", Some(TouchKind::Meeting)),
            ("meeting", Some(TouchKind::Meeting)),
            ("e-mail", Some(TouchKind::Email)),
            (" EMAIL ", Some(TouchKind::Email)),
            ("mail", Some(TouchKind::Email)),
            ("sms", Some(TouchKind::Message)),
            ("text", Some(TouchKind::Message)),
            ("text_message", Some(TouchKind::Message)),
            ("phone", Some(TouchKind::Call)),
            ("phone_call", Some(TouchKind::Call)),
            ("video-call", Some(TouchKind::Video)),
            ("no_answer", Some(TouchKind::Attempt)),
            ("note", Some(TouchKind::Note)),
            ("favor", Some(TouchKind::Favour)),
            ("fax", None),
            ("", None),
        ];
        for (word, kind) in cases {
            assert_eq!(parse(word), kind, "{word}");
        }
    }

    #[test]
    fn a_code_says_what_the_model_makes_of_the_touch() {
        let params = Params::default();
        let cases = [
            ("email", Direction::Out, Some((0.8, true))),
            ("email", Direction::In, Some((0.8, false))),
            ("email", Direction::Mutual, Some((0.8, false))),
            ("meeting", Direction::Out, Some((2.0, false))),
            ("video", Direction::Out, Some((1.5, false))),
            ("fax", Direction::Out, Some((1.0, false))),
            ("note", Direction::Mutual, None),
            ("attempt", Direction::Out, None),
        ];
        let mut kinds = Kinds::default();
        for (word, direction, weight) in cases {
            let code = kinds.code(word, direction, &params);
            assert_eq!(
                code.map(|code| weighed(code, &params)),
                weight,
                "{word} {direction:?}"
            );
        }
        assert_eq!(kinds.strange(), (1, "fax".to_owned()));
    }
}
