//! A promise: something owed in words, by me or by them, with a due date; and a plan: the next touch the rep decided on.

use super::id::Id;
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// Where a promise stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum PromiseState {
    /// Still owed.
    #[default]
    Open,
    /// Done.
    Kept,
    /// Not done, and the other noticed.
    Broken,
    /// Released: counts neither way.
    Dropped,
}

impl PromiseState {
    /// Every state.
    pub const ALL: [PromiseState; 4] = [
        PromiseState::Open,
        PromiseState::Kept,
        PromiseState::Broken,
        PromiseState::Dropped,
    ];

    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            PromiseState::Open => "open",
            PromiseState::Kept => "kept",
            PromiseState::Broken => "broken",
            PromiseState::Dropped => "dropped",
        }
    }

    /// The state a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        PromiseState::ALL
            .into_iter()
            .find(|state| state.word() == word)
    }
}

/// A promise as it is made or edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// The person it is between, besides me.
    pub contact: Id,
    /// Made by me; otherwise by them.
    pub mine: bool,
    /// What was promised.
    pub what: String,
    /// When it was made.
    pub made_on: NaiveDate,
    /// When it falls due.
    pub due: NaiveDate,
    /// The touch it was made in.
    pub evidence: Option<Id>,
}

/// A promise as the book holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseRow {
    /// Its identity.
    pub id: Id,
    /// What it says.
    pub promise: Promise,
    /// Where it stands.
    pub state: PromiseState,
    /// When it was kept, broken or dropped.
    pub closed_on: Option<NaiveDate>,
    /// Until when it is set aside.
    pub snoozed: Option<NaiveDate>,
    /// The line of the note it was read from; empty where it was typed into a form.
    pub words: String,
}

/// The next touch decided on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// With whom.
    pub contact: Id,
    /// On which day.
    pub on: NaiveDate,
    /// At what time, where one was agreed.
    pub at: Option<NaiveTime>,
    /// Why.
    pub why: String,
}

/// A plan as the book holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    /// Its identity.
    pub id: Id,
    /// What it says.
    pub plan: Plan,
}
