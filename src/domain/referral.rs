//! A referral: somebody leads me to somebody else, in dated stages.

use super::id::Id;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How far a referral has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// I asked for it.
    #[default]
    Asked,
    /// The referrer said they would.
    Promised,
    /// They told the prospect of me.
    Introduced,
    /// The prospect and I spoke.
    Met,
    /// It became business.
    Won,
    /// It did not.
    Lost,
}

impl Stage {
    /// Every stage, in the order they follow each other.
    pub const ALL: [Stage; 6] = [
        Stage::Asked,
        Stage::Promised,
        Stage::Introduced,
        Stage::Met,
        Stage::Won,
        Stage::Lost,
    ];

    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Asked => "asked",
            Stage::Promised => "promised",
            Stage::Introduced => "introduced",
            Stage::Met => "met",
            Stage::Won => "won",
            Stage::Lost => "lost",
        }
    }

    /// The stage a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        Stage::ALL.into_iter().find(|stage| stage.word() == word)
    }
}

/// A referral as a note or a command brings it: the pair's referral comes to this stage on this day. Where there is none of the pair
/// yet that is not won or lost, one begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referred {
    /// Who leads me.
    pub referrer: Id,
    /// To whom.
    pub prospect: Id,
    /// What was said about them.
    pub what: String,
    /// How far it has come.
    pub stage: Stage,
    /// On which day.
    pub on: NaiveDate,
}
