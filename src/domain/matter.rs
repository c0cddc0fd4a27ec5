//! A matter: one thing that wants something of the rep. Today ranks matters, the weekly review makes cards of them, and each can be
//! set aside until a day.

use super::id::Id;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a matter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatterKind {
    /// Words that were typed and not filed.
    Draft,
    /// A promise of mine.
    Promise,
    /// A promise of theirs.
    TheirPromise,
    /// A touch that was decided on.
    Plan,
    /// A referrer who is to be told.
    Tell,
    /// A referral that does not move.
    Referral,
    /// A relationship that cools.
    Stale,
    /// An account that rests on one person.
    Account,
    /// A chit I owe.
    Chit,
    /// Somebody who is ready to be asked for a referral.
    Ask,
    /// A day to remember.
    Date,
    /// Somebody known from an import who is worth a first call.
    Ghost,
    /// Two people who look like one.
    Duplicate,
    /// The question a mentor would ask.
    Mentor,
}

impl MatterKind {
    /// Every kind.
    pub const ALL: [MatterKind; 14] = [
        MatterKind::Draft,
        MatterKind::Promise,
        MatterKind::TheirPromise,
        MatterKind::Plan,
        MatterKind::Tell,
        MatterKind::Referral,
        MatterKind::Stale,
        MatterKind::Account,
        MatterKind::Chit,
        MatterKind::Ask,
        MatterKind::Date,
        MatterKind::Ghost,
        MatterKind::Duplicate,
        MatterKind::Mentor,
    ];

    /// The word in the book and in files.
    pub fn word(self) -> &'static str {
        match self {
            MatterKind::Draft => "draft",
            MatterKind::Promise => "promise",
            MatterKind::TheirPromise => "their_promise",
            MatterKind::Plan => "plan",
            MatterKind::Tell => "tell",
            MatterKind::Referral => "referral",
            MatterKind::Stale => "stale",
            MatterKind::Account => "account",
            MatterKind::Chit => "chit",
            MatterKind::Ask => "ask",
            MatterKind::Date => "date",
            MatterKind::Ghost => "ghost",
            MatterKind::Duplicate => "duplicate",
            MatterKind::Mentor => "mentor",
        }
    }

    /// The words on screen.
    pub fn words(self) -> &'static str {
        match self {
            MatterKind::TheirPromise => "their promise",
            MatterKind::Stale => "cooling",
            MatterKind::Tell => "tell the referrer",
            MatterKind::Account => "single-threaded",
            other => other.word(),
        }
    }

    /// The kind a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        MatterKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether a matter of this kind is a person, so that its id is theirs and not a record's.
    pub fn is_person(self) -> bool {
        matches!(
            self,
            MatterKind::Stale | MatterKind::Ask | MatterKind::Ghost | MatterKind::Duplicate
        )
    }
}

/// A matter is set aside until a day, with the reason kept; or taken up again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snooze {
    /// What it is about.
    pub kind: MatterKind,
    /// Its record, or the person it is.
    pub target: Id,
    /// Until when; none takes it up again.
    pub until: Option<NaiveDate>,
    /// Why.
    pub why: String,
}
