//! A suggestion: a meeting that another program's calendar tells of, kept apart until the rep says that it happened.

use super::id::Id;
use super::moment::Moment;
use super::touch::TouchKind;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// One meeting as a calendar tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its identity in the calendar: the event, and where it comes back, which time of it.
    pub key: String,
    /// How often the calendar says that it was changed: more is later.
    pub revision: u32,
    /// Whether this time was told of by itself, and not only as one of a series: then the series says nothing of it any more.
    pub own: bool,
    /// When it begins.
    pub at: Moment,
    /// Whether it has no time of day.
    pub whole_day: bool,
    /// What it is.
    pub kind: TouchKind,
    /// How long it takes, where that is told.
    pub minutes: Option<u32>,
    /// What it is called.
    pub title: String,
}

/// What a revision of a calendar leaves of a series.
#[derive(Clone, Debug)]
pub struct TimesLeft<'a> {
    /// How the keys of all its times begin.
    pub series: &'a str,
    /// The keys of those that are left …
    pub keys: HashSet<&'a str>,
    /// … from here on.
    pub from: Moment,
    /// The revision that says so.
    pub revision: u32,
}

/// Where a suggestion stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SuggestionState {
    /// Nobody has said anything yet.
    #[default]
    Open,
    /// It happened: it is a touch now.
    Confirmed,
    /// It did not happen, or is none of the book's business.
    Refused,
    /// The calendar says that it is off.
    Withdrawn,
}

impl SuggestionState {
    /// Every state.
    pub const ALL: [SuggestionState; 4] = [
        SuggestionState::Open,
        SuggestionState::Confirmed,
        SuggestionState::Refused,
        SuggestionState::Withdrawn,
    ];

    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            SuggestionState::Open => "open",
            SuggestionState::Confirmed => "confirmed",
            SuggestionState::Refused => "refused",
            SuggestionState::Withdrawn => "withdrawn",
        }
    }

    /// The state a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        SuggestionState::ALL
            .into_iter()
            .find(|state| state.word() == word)
    }
}

/// A suggestion to be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its identity.
    pub id: Id,
    /// When the meeting began.
    pub at: Moment,
    /// Whether it had no time of day.
    pub whole_day: bool,
    /// What it was.
    pub kind: TouchKind,
    /// How long it took.
    pub minutes: Option<u32>,
    /// What it is called.
    pub title: String,
    /// Who took part, with their names.
    pub people: Vec<(Id, String)>,
    /// Whether a touch with one of them is in the book on that day already.
    pub logged: bool,
}
