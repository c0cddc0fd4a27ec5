//! The weekly review: a finite walk through what is loose in the book, one decision a card.
//!
//! # What is in it?
//!
//! A [`deck`] of cards in a fixed order of kinds: drafts, my overdue promises, theirs, referral loops to close, referrals that
//! wait, as an introduction that nobody followed up, relationships gone or going cold (the coldest that matter first), accounts that rest on one person, chits older than a quarter, the five who are most
//! ready to be asked, days to remember within two weeks, ghosts worth waking, people who look like one, and one question a mentor would
//! ask. Of each kind at most [`most`]; what is left over is there next week. What is set aside is not in it.
//!
//! # What does it remember?
//!
//! The deck is written down when the review begins, so that its size is known and stays: whoever stops, or is stopped, goes on at the
//! same card. A card whose matter was settled meanwhile, here or by another program, is passed over and said to be settled. The end
//! freezes the [`minutes`]; the next review begins with what came of them ([`came`]).

pub mod came;
mod choice;
pub mod minutes;
pub mod sources;

pub use came::{Came, Follow, Outcome};
pub use choice::{Choice, decide};
pub use minutes::{Minute, Minutes};

use super::command::Command;
use super::id::Id;
use super::matter::MatterKind;
use super::today::{Aside, Line};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The kinds of a review, in its order.
pub const ORDER: [MatterKind; 13] = [
    MatterKind::Draft,
    MatterKind::Promise,
    MatterKind::TheirPromise,
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

/// Days from which a chit is in the review: a quarter.
pub const QUARTER: i64 = 91;

/// Cards of a kind at most.
pub fn most(kind: MatterKind) -> usize {
    match kind {
        MatterKind::Stale => 25,
        MatterKind::Ask | MatterKind::Ghost => 5,
        MatterKind::Mentor => 1,
        MatterKind::Account | MatterKind::Duplicate => 10,
        _ => 15,
    }
}

/// What was decided of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is done: kept, told.
    Done,
    /// A call, now.
    Call,
    /// A touch on a day.
    Plan,
    /// Set aside until a day.
    Snooze,
    /// Another cadence.
    Cadence,
    /// A promise.
    Promise,
    /// Let go, with a reason.
    LetGo,
    /// Only a note.
    Note,
    /// Passed over.
    Skip,
    /// Nothing: its matter was settled before its turn came.
    Gone,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Decision; 10] = [
        Decision::Done,
        Decision::Call,
        Decision::Plan,
        Decision::Snooze,
        Decision::Cadence,
        Decision::Promise,
        Decision::LetGo,
        Decision::Note,
        Decision::Skip,
        Decision::Gone,
    ];

    /// The word in the book and in files.
    pub fn word(self) -> &'static str {
        match self {
            Decision::Done => "done",
            Decision::Call => "call",
            Decision::Plan => "plan",
            Decision::Snooze => "snooze",
            Decision::Cadence => "cadence",
            Decision::Promise => "promise",
            Decision::LetGo => "let_go",
            Decision::Note => "note",
            Decision::Skip => "skip",
            Decision::Gone => "gone",
        }
    }

    /// What was decided, in a few words.
    pub fn phrase(self) -> &'static str {
        match self {
            Decision::Done => "done",
            Decision::Call => "call now",
            Decision::Plan => "planned",
            Decision::Snooze => "set aside",
            Decision::Cadence => "another cadence",
            Decision::Promise => "promised",
            Decision::LetGo => "let go",
            Decision::Note => "noted",
            Decision::Skip => "passed over",
            Decision::Gone => "settled meanwhile",
        }
    }

    /// The decision a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        Decision::ALL
            .into_iter()
            .find(|decision| decision.word() == word)
    }

    /// Whether something is to come of it by next week.
    pub fn is_resolve(self) -> bool {
        matches!(self, Decision::Call | Decision::Plan | Decision::Promise)
    }
}

/// One thing to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// What it is about.
    pub kind: MatterKind,
    /// Its record; of a person, theirs; of an account that rests on one person, the account.
    pub target: Id,
    /// With whom; of an account, whom to ask.
    pub contact: Option<Id>,
    /// Where it is about an account, which.
    pub account: Option<Id>,
    /// Who or what, by name.
    pub who: String,
    /// Why it is there.
    pub why: String,
    /// Its day.
    pub due: Option<NaiveDate>,
}

/// What was decided, when, and what came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What.
    pub decision: Decision,
    /// On which day.
    pub on: NaiveDate,
    /// The day of a plan, a promise or a snooze.
    pub until: Option<NaiveDate>,
    /// The plan or promise that came of it. The book fills it in.
    pub record: Option<Id>,
    /// Why, or what else there is to say.
    pub note: String,
}

/// A card as the book holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRow {
    /// Its identity; none before the review begins.
    pub id: Option<Id>,
    /// What there is to decide.
    pub card: Card,
    /// What was decided.
    pub decided: Option<Decided>,
    /// It is not decided, and its matter was settled meanwhile.
    pub settled: bool,
}

/// A review, as the screen shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Deck {
    /// Its identity; none where it has not begun: then this is what would be in it.
    pub review: Option<Id>,
    /// The day it began, or would.
    pub started: NaiveDate,
    /// The cards, in their order.
    pub cards: Vec<CardRow>,
    /// What came of the last review's resolves.
    pub came: Vec<Came>,
    /// That hardly anything was logged lately, in a sentence.
    pub quiet: Option<String>,
}

impl Deck {
    /// The place of the card to decide now; none: the end is reached.
    pub fn at(&self) -> Option<usize> {
        let open = |row: &CardRow| row.decided.is_none() && !row.settled;
        self.cards.iter().position(open)
    }

    /// How many cards are behind: decided or settled.
    pub fn behind(&self) -> usize {
        let open = |row: &&CardRow| row.decided.is_none() && !row.settled;
        self.cards.len() - self.cards.iter().filter(open).count()
    }

    /// Where the last decided card is that `back` leads to.
    pub fn back(&self) -> Option<usize> {
        let end = self.at().unwrap_or(self.cards.len());
        let decided = |row: &CardRow| {
            row.decided
                .as_ref()
                .is_some_and(|d| d.decision != Decision::Gone)
        };
        self.cards.iter().take(end).rposition(decided)
    }
}

/// A change to a review.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// One begins with these cards. There is one at a time.
    Begin {
        /// On which day.
        on: NaiveDate,
        /// What there is to decide.
        cards: Vec<Card>,
    },
    /// A card was decided. One that was decided already is refused.
    Decide {
        /// Which card.
        card: Id,
        /// What was decided.
        decided: Decided,
        /// What it changes in the book; made with it, and undone with it.
        also: Option<Box<Command>>,
    },
    /// A card is to be decided again.
    Reopen(Id),
    /// It is over; cards that are not decided were settled meanwhile or passed over.
    Finish {
        /// Which review.
        review: Id,
        /// What was decided, as it will always be read.
        minutes: Box<Minutes>,
    },
}

/// The cards of these matters: in the order of the kinds, within a kind the most pressing first, each matter once, and of each kind no
/// more than there is room for.
pub fn deck(matters: Vec<(Line, Option<Id>)>, aside: &Aside) -> Vec<Card> {
    let mut matters = matters;
    matters.sort_by(|(a, _), (b, _)| {
        let points = b.points.total().total_cmp(&a.points.total());
        points
            .then(a.due.cmp(&b.due))
            .then_with(|| a.who.cmp(&b.who))
            .then(a.id.cmp(&b.id))
    });
    let mut seen = HashSet::new();
    let mut cards = Vec::new();
    for kind in ORDER {
        let of_kind = matters.iter().filter(|(line, _)| {
            line.kind == kind
                && !super::today::is_aside(aside, line)
                && seen.insert((line.kind, line.id))
        });
        cards.extend(of_kind.take(most(kind)).map(|(line, account)| Card {
            kind,
            target: line.id,
            contact: line.contact,
            account: *account,
            who: line.who.clone(),
            why: line.why.clone(),
            due: line.due,
        }));
    }
    cards
}

/// That hardly anything was logged in the last seven days, from the touches of each seven days up to today, the latest first. At most a
/// tenth of the usual week, where the usual week has five touches at least: missing records are not inactivity.
pub fn hardly(weeks: &[u32]) -> Option<String> {
    let (last, before) = weeks.split_first()?;
    let mut before = before.to_vec();
    before.sort_unstable();
    let usual = *before.get(before.len() / 2)?;
    (usual >= 5 && *last <= usual / 10).then(|| {
        let touches = match last {
            0 => "Nothing was".to_owned(),
            1 => "One touch was".to_owned(),
            touches => format!("{touches} touches were"),
        };
        format!(
            "{touches} logged in the last 7 days, where {usual} are usual: what is missing here may only not be written down."
        )
    })
}

#[cfg(test)]
mod tests;
