//! A chit: a favour marker between any two people. "Receiver owes giver one."

use super::id::Id;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a favour is worth, in halves of a plain chit: a small one 1, a plain one 2, a big one 4.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Halves(pub u32);

impl Halves {
    /// A small favour: ½.
    pub const SMALL: Halves = Halves(1);
    /// A plain chit: 1.
    pub const PLAIN: Halves = Halves(2);
    /// A big one: 2.
    pub const BIG: Halves = Halves(4);

    /// What `text` says: `small`, `plain`, `big`, or a number of chits in halves (`½`, `1.5`, `1½`, `3`).
    ///
    /// ```
    /// use chitbook::domain::chit::Halves;
    /// assert_eq!(Halves::parse("1½"), Some(Halves(3)));
    /// assert_eq!(Halves::parse("big"), Some(Halves::BIG));
    /// assert_eq!(Halves::parse("200"), Some(Halves(400)));
    /// assert_eq!(Halves::parse("201"), None);
    /// assert_eq!(Halves::parse("0.3"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "small" | "½" => Some(Halves::SMALL),
            "plain" | "one" | "" => Some(Halves::PLAIN),
            "big" => Some(Halves::BIG),
            number => {
                let number = number
                    .strip_suffix('½')
                    .map_or_else(|| number.to_owned(), |whole| format!("{whole}.5"));
                let halves = number.parse::<f64>().ok()? * 2.0;
                (halves.fract() == 0.0 && (1.0..=400.0).contains(&halves))
                    .then_some(Halves(halves as u32))
            }
        }
    }
}

impl std::fmt::Display for Halves {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.0 / 2, self.0 % 2) {
            (0, 1) => f.write_str("½"),
            (whole, 0) => write!(f, "{whole}"),
            (whole, _) => write!(f, "{whole}½"),
        }
    }
}

/// Where a chit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChitState {
    /// Nothing was returned yet.
    Open,
    /// Some of it was returned.
    Part,
    /// Returned in full.
    Redeemed,
    /// Let go, in full or for the rest.
    Forgiven,
}

impl ChitState {
    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            ChitState::Open => "open",
            ChitState::Part => "part",
            ChitState::Redeemed => "redeemed",
            ChitState::Forgiven => "forgiven",
        }
    }
}

/// A chit as it is given or edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chit {
    /// Who did the favour.
    pub giver: Id,
    /// Who had it done, and owes one.
    pub receiver: Id,
    /// The favour in a few words.
    pub what: String,
    /// When it was done.
    pub on: NaiveDate,
    /// What it is worth.
    pub worth: Halves,
    /// `!`: not yet thanked for or not yet certain. Cleared chits show `*`.
    pub pending: bool,
    /// The touch it came from.
    pub evidence: Option<Id>,
}

/// How a chit, or part of it, ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Settlement {
    /// A favour came back.
    Redeemed,
    /// Let go.
    Forgiven,
}

/// One settlement of a chit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChitPart {
    /// When.
    pub on: NaiveDate,
    /// How much of it.
    pub halves: Halves,
    /// How.
    pub how: Settlement,
    /// What was done for it.
    pub by: String,
    /// The chit of the favour that came back, the other way between the same two: as much of that one is settled by this.
    pub counter: Option<Id>,
    /// The touch in which it came back.
    pub touch: Option<Id>,
}

/// What came of calling a chit in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// All that was open came back.
    Honoured,
    /// So much of it came back.
    InPart(Halves),
    /// Nothing came back; it is still owed.
    Declined,
    /// What was open was let go.
    Forgiven,
}

impl CallOutcome {
    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            CallOutcome::Honoured => "honoured",
            CallOutcome::InPart(_) => "in part",
            CallOutcome::Declined => "declined",
            CallOutcome::Forgiven => "forgiven",
        }
    }

    /// What the book settles for it, of a chit that has `open` left; none where nothing changes hands.
    pub fn settles(self, open: Halves) -> Option<(Halves, Settlement)> {
        match self {
            CallOutcome::Honoured => Some((open, Settlement::Redeemed)),
            CallOutcome::InPart(halves) => Some((halves, Settlement::Redeemed)),
            CallOutcome::Declined => None,
            CallOutcome::Forgiven => Some((open, Settlement::Forgiven)),
        }
    }
}

/// The giver called a chit in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChitCall {
    /// On which day.
    pub on: NaiveDate,
    /// What came of it; none: no answer yet.
    pub outcome: Option<CallOutcome>,
    /// On which day that was known.
    pub answered: Option<NaiveDate>,
    /// What was asked for, or done.
    pub note: String,
}

/// A chit as the book holds it, with the names a reader needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChitRow {
    /// Its identity.
    pub id: Id,
    /// What it says.
    pub chit: Chit,
    /// The giver's name; `me` for contact 1.
    pub giver_name: String,
    /// The receiver's name; `me` for contact 1.
    pub receiver_name: String,
    /// What was settled so far, oldest first.
    pub parts: Vec<ChitPart>,
    /// The day it stopped to be pending; none where it still is, or never was.
    pub cleared_on: Option<NaiveDate>,
    /// When it was called in, oldest first.
    pub calls: Vec<ChitCall>,
    /// The line of the note it was read from; empty where it was typed into a form.
    pub words: String,
}

impl ChitRow {
    /// The chit as it stood at the end of a day; none where it was not given yet.
    pub fn as_of(mut self, day: NaiveDate) -> Option<Self> {
        if self.chit.on > day {
            return None;
        }
        self.parts.retain(|part| part.on <= day);
        self.calls.retain(|call| call.on <= day);
        for call in &mut self.calls {
            if call.answered.is_some_and(|answered| answered > day) {
                call.outcome = None;
                call.answered = None;
            }
        }
        if self.cleared_on.is_some_and(|cleared| cleared > day) {
            self.chit.pending = true;
            self.cleared_on = None;
        }
        Some(self)
    }

    /// The call that has no answer yet.
    pub fn called(&self) -> Option<&ChitCall> {
        self.calls.iter().find(|call| call.outcome.is_none())
    }

    /// `!` while it is pending, `*` once it is certain.
    pub fn sign(&self) -> char {
        if self.chit.pending { '!' } else { '*' }
    }

    /// What is still owed.
    pub fn open(&self) -> Halves {
        let settled: u32 = self.parts.iter().map(|part| part.halves.0).sum();
        Halves(self.chit.worth.0.saturating_sub(settled))
    }

    /// Where it stands.
    pub fn state(&self) -> ChitState {
        match (self.open(), self.parts.last()) {
            (Halves(0), Some(last)) if last.how == Settlement::Forgiven => ChitState::Forgiven,
            (Halves(0), _) => ChitState::Redeemed,
            (_, Some(_)) => ChitState::Part,
            (_, None) => ChitState::Open,
        }
    }

    /// Whole days since it was given.
    pub fn age(&self, today: NaiveDate) -> i64 {
        (today - self.chit.on).num_days()
    }
}
