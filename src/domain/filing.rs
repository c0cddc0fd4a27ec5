//! Filing a note: the touch, everything caught in it, and the next plan, as one change.
//!
//! People who are not in the book yet are named by a stand-in id ([`Id::stand_in`]); the book gives them their own when it files.

mod next;
mod reading;

pub use next::{Next, next_touch};
pub use reading::{About, Unread, filing_of};

use super::chit::{Chit, Halves};
use super::contact::Card;
use super::id::Id;
use super::promise::{Plan, Promise};
use super::record::{Delivered, Record, Stance};
use super::referral::Referred;
use super::text::fold;
use super::touch::Touch;
use super::when;
use chrono::NaiveDate;
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

impl Item {
    /// Whether one can take the place of the other in the same row of the book.
    pub fn is_like(&self, other: &Item) -> bool {
        match (self, other) {
            (Item::Promise(_), Item::Promise(_))
            | (Item::Chit(_), Item::Chit(_))
            | (Item::Referral(_), Item::Referral(_))
            | (Item::Result(_), Item::Result(_)) => true,
            (Item::Record(one), Item::Record(other)) => one.kind() == other.kind(),
            _ => false,
        }
    }

    /// Everybody it names.
    pub fn people(&self) -> Vec<Id> {
        match self {
            Item::Promise(promise) => vec![promise.contact],
            Item::Chit(chit) => vec![chit.giver, chit.receiver],
            Item::Referral(referred) => vec![referred.referrer, referred.prospect],
            Item::Record(Record::Seat(seat)) => vec![seat.contact, seat.at],
            Item::Record(record) => vec![record.contact()],
            Item::Result(delivered) => vec![delivered.contact],
        }
    }

    /// What it is, in a line: `you promised Barney: quote · due Fri 27 Nov`.
    pub fn told(&self, name: &dyn Fn(Id) -> String, today: NaiveDate) -> String {
        match self {
            Item::Promise(promise) => {
                let who = name(promise.contact);
                let due = when::say(promise.due, today);
                if promise.mine {
                    format!("you promised {who}: {} · due {due}", promise.what)
                } else {
                    format!("{who} promised: {} · due {due}", promise.what)
                }
            }
            Item::Chit(chit) => told_favour(chit, name),
            Item::Referral(referred) => {
                let (by, to) = (name(referred.referrer), name(referred.prospect));
                let what = beside(&referred.what);
                format!("{by} leads you to {to}{what}")
            }
            Item::Record(record) => told_record(record, name, today),
            Item::Result(delivered) => {
                let outcome = &delivered.outcome;
                let amount = outcome
                    .amount
                    .as_ref()
                    .map_or(String::new(), |money| format!(", {money}"));
                let closes = if delivered.need.is_some() {
                    " · closes a need"
                } else {
                    ""
                };
                format!(
                    "{} for {}: {}{amount}{closes}",
                    outcome.kind.phrase(),
                    name(delivered.contact),
                    outcome.what
                )
            }
        }
    }
}

fn beside(what: &str) -> String {
    if what.is_empty() {
        String::new()
    } else {
        format!(": {what}")
    }
}

fn told_favour(chit: &Chit, name: &dyn Fn(Id) -> String) -> String {
    let worth = if chit.worth == Halves::PLAIN {
        String::new()
    } else {
        format!(" ({})", chit.worth)
    };
    match (chit.giver, chit.receiver) {
        (Id::ME, other) => format!("you did {} a favour{worth}: {}", name(other), chit.what),
        (other, Id::ME) => format!("{} did you a favour{worth}: {}", name(other), chit.what),
        (giver, receiver) => format!(
            "{} did {} a favour{worth}: {}",
            name(giver),
            name(receiver),
            chit.what
        ),
    }
}

fn told_record(record: &Record, name: &dyn Fn(Id) -> String, today: NaiveDate) -> String {
    let who = name(record.contact());
    match record {
        Record::Fact(fact) => format!("about {who}: {}", fact.what),
        Record::Date(day) => {
            let next = day.date.on.next_from(today);
            let on = if day.date.yearly {
                format!("every {}", next.format("%-d %b"))
            } else {
                day.date.on.to_string()
            };
            format!("{who}: {} · {on}", day.date.label)
        }
        Record::Need(need) => format!("{who} needs: {}", need.what),
        Record::Sale(sale) => format!("sale to {who}: {}{}", sale.amount, beside(&sale.what)),
        Record::Rival(rival) => format!("rival {}{}", rival.name, beside(&rival.what)),
        Record::Seat(seat) => {
            let stance = if seat.stance == Stance::Unknown {
                String::new()
            } else {
                format!(", {}", seat.stance.word())
            };
            format!("{who}: {}{stance}", seat.role.phrase())
        }
    }
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

    /// Everybody the filing names, as often as it names them.
    pub fn people(&self) -> Vec<Id> {
        let mut people = self.touch.touch().people.clone();
        people.extend(self.mentioned.iter().map(|(id, _)| *id));
        people.extend(self.plan.iter().map(|plan| plan.contact));
        for change in &self.changes {
            match change {
                Change::Add(caught) => people.extend(caught.item.people()),
                Change::Replace { before, after, .. } => {
                    people.extend(before.people());
                    people.extend(after.item.people());
                }
                Change::Drop { item, .. } => people.extend(item.people()),
            }
        }
        people
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

/// Which of some open needs, by their ids and words, a result meets: the one that shares the most of its longer words with it; where
/// none shares any, the only one there is.
///
/// ```
/// use chitbook::domain::filing::need_met;
/// use chitbook::domain::id::Id;
/// let needs = [(Id::from_raw(7), "fewer firmware truck rolls".to_owned()), (Id::from_raw(8), "faster quotes".to_owned())];
/// assert_eq!(need_met("cut truck rolls by half", &needs).unwrap().0, Id::from_raw(7));
/// assert_eq!(need_met("everything runs", &needs), None);
/// ```
pub fn need_met(result: &str, needs: &[(Id, String)]) -> Option<(Id, String)> {
    let words = stems(result);
    let shared = |need: &str| {
        stems(need)
            .iter()
            .filter(|stem| words.contains(stem))
            .count()
    };
    // The first of those that share as much.
    let best = needs.iter().rev().max_by_key(|(_, need)| shared(need))?;
    (shared(&best.1) > 0 || needs.len() == 1).then(|| best.clone())
}

/// The beginnings of a text's longer words, which its inflections share.
fn stems(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| word.chars().count() >= 4)
        .map(|word| word.chars().take(5).collect())
        .collect()
}
