//! A draft: text being typed and not yet filed. It survives anything.

use super::id::Id;
use super::moment::Moment;
use serde::{Deserialize, Serialize};

/// What was being typed, as the book keeps it until it is filed or thrown away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its identity; none until it was saved once.
    pub id: Option<Id>,
    /// About whom.
    pub contact: Option<Id>,
    /// The form or note it belongs to: `call`, `touch`, `person`, `chit`, …
    pub kind: String,
    /// What to call it when it is offered again: "Touch with Barney Rubble".
    pub title: String,
    /// The text, or the form's fields.
    pub body: String,
    /// When it was begun: of a call, when its clock was. None: when it is saved for the first time.
    #[serde(default)]
    pub started: Option<Moment>,
    /// When it was saved last, as the book knows it. Who reads these two out of the book sets their zone.
    #[serde(default)]
    pub saved: Option<Moment>,
}

/// The kind of a draft that is a [`CallNote`].
pub const CALL: &str = "call";

/// Minutes without a key after which a call is taken to have ended with the last one.
const LISTENING: i64 = 60;

/// The note of a call that is not filed yet, with its clock: the body of a draft of the kind `call`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallNote {
    /// With whom; none: with somebody who is not in the book yet.
    pub with: Option<Id>,
    /// Their name, or the number they call from.
    pub name: String,
    /// When it began.
    pub begun: Moment,
    /// When something was typed last.
    pub heard: Moment,
    /// The note as typed.
    pub text: String,
}

impl CallNote {
    /// The note a draft holds; none where it holds something else. It is with whom the draft is about: that may be somebody else by
    /// now than when it was typed, where two people became one.
    pub fn of(draft: &Draft) -> Option<Self> {
        if draft.kind != CALL {
            return None;
        }
        let note: Self = serde_json::from_str(&draft.body).ok()?;
        Some(CallNote {
            with: draft.contact.or(note.with),
            ..note
        })
    }

    /// The draft that keeps it.
    pub fn draft(&self, id: Option<Id>) -> Draft {
        Draft {
            id,
            contact: self.with,
            kind: CALL.to_owned(),
            title: format!("Call with {}", self.name),
            body: serde_json::to_string(self).unwrap_or_default(),
            started: Some(self.begun),
            saved: None,
        }
    }

    /// How long the call took, in whole minutes and at least one: up to `now`, or up to the last key where that is longer ago than
    /// anybody listens.
    pub fn minutes(&self, now: Moment) -> u32 {
        let idle = (now - self.heard).num_minutes();
        let end = if (0..=LISTENING).contains(&idle) {
            now
        } else {
            self.heard
        };
        let seconds = (end - self.begun).num_seconds();
        u32::try_from((seconds + 30) / 60).unwrap_or(0).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        format!("2026-11-22T{text}+00:00").parse().unwrap()
    }

    #[test]
    fn a_call_lasts_until_it_is_filed_unless_nobody_typed_for_an_hour() {
        let note = CallNote {
            with: None,
            name: "Ann".to_owned(),
            begun: at("14:00:00"),
            heard: at("14:10:00"),
            text: String::new(),
        };
        let cases = [
            ("at once", "14:10:01", 10),
            ("after listening", "14:25:40", 26),
            ("the next day's start", "16:10:01", 10),
            ("a clock set back", "13:00:00", 10),
        ];
        for (label, now, minutes) in cases {
            assert_eq!(note.minutes(at(now)), minutes, "{label}");
        }
    }

    #[test]
    fn a_note_comes_back_from_its_draft_as_it_was() {
        let note = CallNote {
            with: Some(Id::from_raw(1 << 60)),
            name: "漢字 \"太郎\"".to_owned(),
            begun: at("14:00:00"),
            heard: at("14:10:00.250"),
            text: "! one\n\n\ttwo \u{301}".to_owned(),
        };
        let draft = note.draft(Some(Id::from_raw(5)));
        assert_eq!(CallNote::of(&draft), Some(note));
        assert_eq!(draft.id, Some(Id::from_raw(5)));
        let whom = |contact| {
            let draft = Draft {
                contact,
                ..draft.clone()
            };
            CallNote::of(&draft).and_then(|note| note.with)
        };
        assert_eq!(whom(Some(Id::from_raw(7))), Some(Id::from_raw(7)));
        assert_eq!(whom(None), Some(Id::from_raw(1 << 60)));
    }
}
