//! Filing a note: the touch, everything caught in it, and the next plan, as one change.
//!
//! People who are not in the book yet are named by a stand-in id ([`Id::stand_in`]); the book gives them their own when it files.

use super::chit::Chit;
use super::contact::Card;
use super::id::Id;
use super::promise::{Plan, Promise};
use super::record::{Delivered, Record};
use super::referral::Referred;
use super::touch::Touch;
use serde::{Deserialize, Serialize};

/// Something a line of a note becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// Something promised.
    Promise(Promise),
    /// A favour.
    Chit(Chit),
    /// Somebody leads me to somebody.
    Referral(Referred),
    /// A fact, a key date, a need, a sale, a rival or a seat.
    Record(Record),
    /// A result: closes a need.
    Result(Delivered),
}

/// An item together with the words it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caught {
    /// What it is. Its evidence is the touch that is filed with it, whatever it says itself.
    pub item: Item,
    /// The line of the note, as typed.
    pub words: String,
}

/// An item as the book holds it, for a touch it was caught in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaughtRow {
    /// The record's identity: of the promise, the chit, the referral or the record; for a result, of the need it closed.
    pub id: Id,
    /// What it says.
    pub item: Item,
    /// The words it was read from.
    pub words: String,
    /// Where it stands, in a word where it has one: open, kept, redeemed, delivered …
    pub state: &'static str,
}

/// What becomes of an item when a note is filed, or filed again after it was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Add(Caught),
    /// It says something else now. `before` as in [`Command::EditContact`](super::command::Command::EditContact).
    Replace {
        /// Which.
        id: Id,
        /// As it was when the note was read again.
        before: Item,
        /// As it should be. The same variant as `before`, and the same kind of record.
        after: Caught,
    },
    /// Its words are gone, and so is it.
    Drop {
        /// Which.
        id: Id,
        /// What it was.
        item: Item,
    },
}

/// The touch of a filed note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filed {
    /// It is new.
    New(Touch),
    /// It was filed before; `before` as in [`Command::EditContact`](super::command::Command::EditContact).
    Again {
        /// Which.
        id: Id,
        /// As it was.
        before: Box<Touch>,
        /// As it should be.
        after: Box<Touch>,
    },
}

impl Filed {
    /// The touch as it should be.
    pub fn touch(&self) -> &Touch {
        match self {
            Filed::New(touch) => touch,
            Filed::Again { after, .. } => after,
        }
    }
}

impl Filing {
    /// The new touch, where the relationships know of nothing else that is filed with it: promises, facts and other records count for
    /// nothing by themselves, a chit or a referral does.
    pub fn only_touch(&self) -> Option<&Touch> {
        let Filed::New(touch) = &self.touch else {
            return None;
        };
        let counts_not = |change: &Change| match change {
            Change::Add(caught) => !matches!(caught.item, Item::Chit(_) | Item::Referral(_)),
            Change::Replace { .. } | Change::Drop { .. } => false,
        };
        self.changes.iter().all(counts_not).then_some(touch)
    }
}

/// A note as it is filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// People to be added to the book first, each with the stand-in that the rest names them by.
    pub newcomers: Vec<(Id, Card)>,
    /// The touch.
    pub touch: Filed,
    /// People the note speaks of who did not take part, each with the line that does.
    pub mentioned: Vec<(Id, String)>,
    /// What becomes of each item.
    pub changes: Vec<Change>,
    /// The next touch.
    pub plan: Option<Plan>,
    /// The draft the note was; it is gone once the note is filed, in the same moment.
    pub draft: Option<Id>,
}
