//! What a field is kept as in a draft, and how it comes back.

use super::{Field, Kind};
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::when::{self, Look};
use crate::tui::modal::{Cx, hash_of};
use crate::tui::widget::editor::Editor;
use serde::{Deserialize, Serialize};

/// How a moment is written where it is to be read again.
const WRITTEN: &str = "%Y-%m-%d %H:%M";

/// A moment as a field holds it.
pub fn written(at: &Moment) -> String {
    at.format(WRITTEN).to_string()
}

/// A field as a draft keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    name: String,
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    people: Vec<(Id, String)>,
    #[serde(default)]
    choice: usize,
}

impl Saved {
    /// A field of choices that is on this one.
    pub fn choice(name: &str, choice: usize) -> Self {
        Saved {
            choice,
            ..Saved::line(name, "")
        }
    }

    /// A field with this text.
    pub fn line(name: &str, text: &str) -> Self {
        Saved {
            name: name.to_owned(),
            text: text.to_owned(),
            people: Vec::new(),
            choice: 0,
        }
    }

    /// The field it is of.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Field {
    /// The text as it means the same on any later day: `yesterday` is a date, and `now` the moment the form was begun.
    fn lasting(&self, begun: Moment, cx: &Cx<'_>) -> String {
        let text = self.text();
        let moves = text.contains(|c: char| c.is_alphabetic() || c == ':');
        let lasting = match self.kind {
            Kind::Moment if text.is_empty() || text == "now" => Some(written(&begun)),
            Kind::Moment if moves => {
                let at = when::moment(&text, cx.now.naive_local(), Look::Back, cx.order);
                at.ok().map(|at| at.format(WRITTEN).to_string())
            }
            Kind::Day(look) if moves => {
                let day = when::meant(&text, cx.today(), look, cx.order);
                let at = self.time(cx).map(|at| at.format(" %H:%M").to_string());
                day.ok()
                    .map(|day| day.to_string() + &at.unwrap_or_default())
            }
            _ => None,
        };
        lasting.unwrap_or_else(|| self.editor.text())
    }

    /// As a draft keeps it that may be taken up on another day.
    pub fn kept(&self, begun: Moment, cx: &Cx<'_>) -> Saved {
        Saved {
            text: self.lasting(begun, cx),
            ..self.saved()
        }
    }

    /// As a draft keeps it.
    pub fn saved(&self) -> Saved {
        Saved {
            name: self.name.to_owned(),
            text: self.editor.text(),
            people: self.people.clone(),
            choice: self.choice,
        }
    }

    /// Whether it holds what was kept; a long text is not copied to find out.
    pub fn is(&self, saved: &Saved) -> bool {
        let rest = (self.name, &self.people, self.choice);
        rest == (saved.name.as_str(), &saved.people, saved.choice) && self.editor.is(&saved.text)
    }

    /// A number that changes with what it holds.
    pub fn stamp(&self) -> u64 {
        // A note may be long, and it is never exchanged for another.
        let text = if self.is_note() {
            hash_of(&self.editor.revision())
        } else {
            hash_of(&self.editor.text())
        };
        hash_of(&(self.name, text, &self.people, self.choice))
    }

    /// Fills in what a draft kept, if it is this field's.
    pub fn restore(&mut self, saved: &Saved) {
        self.editor = if self.is_note() {
            Editor::note(&saved.text)
        } else {
            Editor::line(&saved.text)
        };
        self.people.clone_from(&saved.people);
        let choices = if let Kind::Choice(words) = self.kind {
            words.len()
        } else {
            1
        };
        self.choice = saved.choice.min(choices - 1);
    }
}
