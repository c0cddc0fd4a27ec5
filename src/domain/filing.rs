//! Filing a note: the touch, everything caught in it, and the next plan, as one change.
//!
//! People who are not in the book yet are named by a stand-in id ([`Id::stand_in`]); the book gives them their own when it files.

mod next;
mod reading;

pub use next::{Next, next_gone, next_touch};
pub use reading::{About, Unread, filing_of};

use super::chit::{Chit, Halves};
use super::contact::Card;
use super::id::Id;
use super::promise::{Plan, Promise};
use super::record::{Delivered, Record, Stance};
use super::referral::Referred;
use super::text::{clean_line, fit, fold};
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
    /// A result: closes a need, in the book or by its stand-in ([`need_told`]) of the same note.
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

impl Change {
    /// Everybody it names.
    pub fn people(&self) -> Vec<Id> {
        match self {
            Change::Add(caught) => caught.item.people(),
            Change::Replace { before, after, .. } => {
                [before.people(), after.item.people()].concat()
            }
            Change::Drop { item, .. } => item.people(),
        }
    }
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
        people.extend(self.changes.iter().flat_map(Change::people));
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

/// The needs that the results of one note may meet, each met once: open ones in the book, and those the note itself tells of.
///
/// A result meets the need that shares the most of its longer words; where none shares any, the only one that was open. A need that
/// was heard a moment ago and shares none is rather another one.
///
/// ```
/// use chitbook::domain::filing::{Needs, need_told};
/// use chitbook::domain::id::Id;
/// let open = [(Id::from_raw(7), "fewer firmware truck rolls".to_owned()), (Id::from_raw(8), "faster quotes".to_owned())];
/// let told = need_told("# one invoice a quarter");
/// let mut needs = Needs::new(&open, &[(told, "one invoice a quarter".to_owned())]);
/// assert_eq!(needs.meet("cut truck rolls by half"), Some(Id::from_raw(7)));
/// assert_eq!(needs.meet("no truck rolls at all"), None);
/// assert_eq!(needs.meet("invoices come by the quarter"), Some(told));
/// assert_eq!(needs.meet("everything runs"), None);
/// ```
#[derive(Clone, Debug)]
pub struct Needs {
    open: Vec<Wanted>,
    told: Vec<Wanted>,
    /// One alone was open.
    only: bool,
}

/// A need, and the beginnings of its longer words.
#[derive(Clone, Debug)]
struct Wanted {
    need: Id,
    stems: Vec<String>,
}

impl Needs {
    /// Open needs of the one the note is about, and those it tells of by their stand-ins ([`need_told`]).
    pub fn new(open: &[(Id, String)], told: &[(Id, String)]) -> Self {
        let wanted = |(need, words): &(Id, String)| Wanted {
            need: *need,
            stems: stems(words),
        };
        Needs {
            open: open.iter().map(wanted).collect(),
            told: told.iter().map(wanted).collect(),
            only: open.len() == 1,
        }
    }

    /// The need that a result meets; it is met by no other.
    pub fn meet(&mut self, result: &str) -> Option<Id> {
        let words = stems(result);
        let (near, open) = nearest(&words, &self.open);
        let (nearer, told) = nearest(&words, &self.told);
        if nearer > near {
            return told.map(|at| self.told.remove(at).need);
        }
        let meets = near > 0 || self.only;
        let open = open.filter(|_| meets);
        open.map(|at| self.open.remove(at).need)
    }

    /// A need is met by a result already.
    pub fn met(&mut self, need: Id) {
        self.open.retain(|wanted| wanted.need != need);
        self.told.retain(|wanted| wanted.need != need);
    }
}

/// A line of a note as an error quotes it.
pub fn quoted(words: &str) -> String {
    format!("“{}”", fit(&clean_line(words), 60))
}

/// The stand-in of a need that is told by a line of the note that is being filed; the book gives the need its own id.
pub fn need_told(words: &str) -> Id {
    Id::stand_in_for(&format!("need {words}"))
}

/// The first of those needs that share the most of a result's longer words, and how many of them it shares.
fn nearest(result: &[String], needs: &[Wanted]) -> (usize, Option<usize>) {
    let shared = |need: &Wanted| {
        let stems = need.stems.iter();
        stems.filter(|stem| result.contains(stem)).count()
    };
    let counts = needs.iter().map(shared).enumerate();
    let best = counts.rev().max_by_key(|(_, count)| *count);
    best.map_or((0, None), |(at, count)| (count, Some(at)))
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
