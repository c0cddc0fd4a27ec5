//! A link: how two people know each other.

use super::id::Id;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What one person is to another. Read "`to` is the … of `from`": `from` was introduced by `to`, has `to` as manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Introduced or referred by.
    IntroducedBy,
    /// The other is the manager.
    Manager,
    /// The other is the assistant.
    Assistant,
    /// Married or partners.
    Spouse,
    /// Worked together.
    WorkedTogether,
    /// Friends.
    Friend,
    /// Family: child, parent, sibling, other relatives.
    Family,
}

impl LinkKind {
    /// Every kind.
    pub const ALL: [LinkKind; 7] = [
        LinkKind::IntroducedBy,
        LinkKind::Manager,
        LinkKind::Assistant,
        LinkKind::Spouse,
        LinkKind::WorkedTogether,
        LinkKind::Friend,
        LinkKind::Family,
    ];

    /// The word in the book and in files.
    pub fn word(self) -> &'static str {
        match self {
            LinkKind::IntroducedBy => "introduced_by",
            LinkKind::Manager => "manager",
            LinkKind::Assistant => "assistant",
            LinkKind::Spouse => "spouse",
            LinkKind::WorkedTogether => "worked_together",
            LinkKind::Friend => "friend",
            LinkKind::Family => "family",
        }
    }

    /// The phrase on screen, before the other person's name.
    pub fn phrase(self) -> &'static str {
        match self {
            LinkKind::IntroducedBy => "introduced by",
            LinkKind::Manager => "manager:",
            LinkKind::Assistant => "assistant:",
            LinkKind::Spouse => "spouse:",
            LinkKind::WorkedTogether => "worked with",
            LinkKind::Friend => "friend of",
            LinkKind::Family => "family:",
        }
    }

    /// The kind a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        LinkKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// How two people know each other, as the rep knows it: `to` is the `kind` of `from`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Whose link it is.
    pub from: Id,
    /// What the other is to them.
    pub kind: LinkKind,
    /// The other.
    pub to: Id,
    /// What else there is to know of it.
    pub note: String,
    /// Since when, where that is known.
    pub on: Option<NaiveDate>,
}
