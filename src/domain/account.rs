//! An account: a company or household that buys, with its committee, its dangers and what is on record about it.
//!
//! Buying is done by committee, so an account is more than its friendliest face. [`view`] makes of what the book holds what a reader
//! sees: the committee as a grid, how strong the account is, and its [`alarm`]s, each with its reason and what to do. [`way`] says
//! through whom somebody there is reached who was never spoken to. [`story`] keeps who will speak for us, and whether they are tired
//! of being asked.

pub mod alarm;
pub mod story;
pub mod view;
pub mod way;

pub use alarm::{Alarm, AlarmKind};
pub use story::{Condition, Story, StoryAsk, StoryRow};
pub use view::{Account, AccountRow, Coverage, Facts, GridRow, GridSeat, Insider, SeatFact};
pub use way::Way;

use super::id::Id;
use super::record::Role;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Days over which touches are counted to see on whom an account rests.
pub const RECENT: i64 = 90;

/// What an account takes us for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regard {
    /// One of those who sell it.
    Vendor,
    /// The one they ask first.
    Preferred,
    /// Whose advice they take.
    Adviser,
    /// Whom they tell what they tell nobody else.
    Trusted,
}

impl Regard {
    /// Every regard, the least first.
    pub const ALL: [Regard; 4] = [
        Regard::Vendor,
        Regard::Preferred,
        Regard::Adviser,
        Regard::Trusted,
    ];

    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            Regard::Vendor => "vendor",
            Regard::Preferred => "preferred",
            Regard::Adviser => "adviser",
            Regard::Trusted => "trusted",
        }
    }

    /// The regard a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        Regard::ALL.into_iter().find(|regard| regard.word() == word)
    }
}

/// What is on an account's own page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Its name; never empty in the book.
    pub name: String,
    /// A household, not a company: nobody sits on a committee there.
    pub household: bool,
    /// What they take us for.
    pub regard: Option<Regard>,
    /// What they should take us for.
    pub wanted: Option<Regard>,
    /// The standing note.
    pub note: String,
}

/// What a coach warned of, what I did about it, and when I told them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coaching {
    /// Who warned me.
    pub contact: Id,
    /// Of what.
    pub said: String,
    /// On which day.
    pub said_on: NaiveDate,
    /// What I did about it; empty: nothing yet.
    pub did: String,
    /// On which day.
    pub did_on: Option<NaiveDate>,
    /// The day I told them what came of it.
    pub told_on: Option<NaiveDate>,
    /// The touch they said it in.
    pub evidence: Option<Id>,
}

impl Coaching {
    /// What is still to be done, in a few words; empty where nothing is.
    pub fn left(&self) -> &'static str {
        match (self.did.is_empty(), self.told_on) {
            (true, None) => "do something about it",
            (false, None) => "tell them what came of it",
            (_, Some(_)) => "",
        }
    }
}

/// A coaching as the book holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoachingRow {
    /// Its identity.
    pub id: Id,
    /// What it says.
    pub coaching: Coaching,
    /// The coach's name.
    pub who: String,
}

/// A change to an account or to what is kept with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Its page was edited; `before` is what the form was opened on.
    Edit {
        /// Which.
        id: Id,
        /// The page as the form was filled.
        before: Profile,
        /// The page as it should be.
        after: Profile,
    },
    /// There is such a seat, and it is not known who sits there.
    KnowSeat {
        /// At which account.
        account: Id,
        /// Which seat.
        role: Role,
    },
    /// Whom the holder of a seat listens to; none is not known.
    Listens {
        /// Which seat.
        seat: Id,
        /// To whom.
        to: Option<Id>,
    },
    /// A coach warned of something.
    AddCoaching(Coaching),
    /// A coaching was corrected, acted on or told; `before` as above.
    EditCoaching {
        /// Which.
        id: Id,
        /// What it said.
        before: Coaching,
        /// What it should say.
        after: Coaching,
    },
    /// A coaching was a mistake.
    DeleteCoaching(Id),
    /// Somebody will speak for us.
    AddStory(Story),
    /// A story was corrected; `before` as above.
    EditStory {
        /// Which.
        id: Id,
        /// What it said.
        before: Story,
        /// What it should say.
        after: Story,
    },
    /// They will no longer speak for us.
    DeleteStory(Id),
    /// They were asked to speak for us.
    AskStory {
        /// Which story.
        id: Id,
        /// When, and for whom.
        ask: StoryAsk,
    },
}

#[cfg(test)]
mod tests;
