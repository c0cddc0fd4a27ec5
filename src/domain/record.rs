//! What the book keeps about a person besides touches, promises and chits: facts, key dates, needs with their results, sales, rivals,
//! and seats on a committee.
//!
//! A record belongs to a contact; where it concerns their account too (needs, sales, rivals, seats), the book finds the account when it
//! writes the record. `words` of a caught record, the line of the note it was read from, is kept by the book beside it.

use super::contact::KeyDate;
use super::id::Id;
use super::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a fact is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Their life.
    #[default]
    Personal,
    /// Their work.
    Business,
    /// What a mentor advised.
    Advice,
}

impl FactKind {
    /// Every kind, in the order forms offer them.
    pub const ALL: [FactKind; 3] = [FactKind::Personal, FactKind::Business, FactKind::Advice];

    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            FactKind::Personal => "personal",
            FactKind::Business => "business",
            FactKind::Advice => "advice",
        }
    }

    /// The kind a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        FactKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One detail worth remembering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// About whom.
    pub contact: Id,
    /// The detail.
    pub what: String,
    /// What it is about.
    pub kind: FactKind,
    /// The day it was learned.
    pub learned: NaiveDate,
    /// The day its moment comes, where it has one: the interview, the first day of school.
    pub due: Option<NaiveDate>,
    /// The day the rep followed it up.
    pub asked: Option<NaiveDate>,
}

/// A day to remember about somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anniversary {
    /// Whose.
    pub contact: Id,
    /// The day and what it is called.
    pub date: KeyDate,
}

/// Where a need stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedState {
    /// Heard, nothing done yet.
    #[default]
    Heard,
    /// Something was proposed for it.
    Proposed,
    /// It was met: there is a result.
    Delivered,
    /// It went away by itself, or nobody wants it any more.
    Dropped,
}

impl NeedState {
    /// Every state, in the order a need goes through them.
    pub const ALL: [NeedState; 4] = [
        NeedState::Heard,
        NeedState::Proposed,
        NeedState::Delivered,
        NeedState::Dropped,
    ];

    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            NeedState::Heard => "heard",
            NeedState::Proposed => "proposed",
            NeedState::Delivered => "delivered",
            NeedState::Dropped => "dropped",
        }
    }

    /// The state a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        NeedState::ALL
            .into_iter()
            .find(|state| state.word() == word)
    }

    /// Whether something is still to be done about it.
    pub fn is_open(self) -> bool {
        matches!(self, NeedState::Heard | NeedState::Proposed)
    }
}

/// What a result did for the customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    /// A problem is gone.
    #[default]
    ProblemRemoved,
    /// Something costs less.
    CostCut,
    /// Something earns more.
    RevenueRaised,
}

impl ResultKind {
    /// Every kind, in the order forms offer them.
    pub const ALL: [ResultKind; 3] = [
        ResultKind::ProblemRemoved,
        ResultKind::CostCut,
        ResultKind::RevenueRaised,
    ];

    /// The word in the book and in files.
    pub fn word(self) -> &'static str {
        match self {
            ResultKind::ProblemRemoved => "problem_removed",
            ResultKind::CostCut => "cost_cut",
            ResultKind::RevenueRaised => "revenue_raised",
        }
    }

    /// The words on screen.
    pub fn phrase(self) -> &'static str {
        match self {
            ResultKind::ProblemRemoved => "problem removed",
            ResultKind::CostCut => "cost cut",
            ResultKind::RevenueRaised => "revenue raised",
        }
    }

    /// The kind a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        ResultKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What was done about a need, and what it did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The result in the customer's own words.
    pub what: String,
    /// What it did for them.
    pub kind: ResultKind,
    /// How much, where an amount is known.
    pub amount: Option<Money>,
    /// The day it was delivered.
    pub on: NaiveDate,
}

/// A problem heard from a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// From whom.
    pub contact: Id,
    /// The problem.
    pub what: String,
    /// Where it stands. Delivered where, and only where, there is an outcome.
    pub state: NeedState,
    /// The day it was heard.
    pub heard: NaiveDate,
    /// What came of it.
    pub outcome: Option<Outcome>,
}

/// A result as a note tells it: it closes the need it belongs to, or stands as a need that was heard and met at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// For whom.
    pub contact: Id,
    /// The open need it closes; none: there was none.
    pub need: Option<Id>,
    /// The result.
    pub outcome: Outcome,
}

/// Money that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    /// From whom.
    pub contact: Id,
    /// How much.
    pub amount: Money,
    /// For what.
    pub what: String,
    /// The day.
    pub on: NaiveDate,
}

/// A competitor seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rival {
    /// Who told of it, or with whom it was seen.
    pub contact: Id,
    /// The competitor.
    pub name: String,
    /// What was said about it.
    pub what: String,
    /// The day.
    pub on: NaiveDate,
}

/// A role on a buying committee.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Decides.
    #[default]
    Decision,
    /// Pays, or signs for the money.
    Finance,
    /// Judges whether it works.
    Technical,
    /// Works with it.
    User,
    /// Lets people in, or does not.
    Gatekeeper,
    /// Helps from inside.
    Coach,
}

impl Role {
    /// Every role, in the order a committee is shown.
    pub const ALL: [Role; 6] = [
        Role::Decision,
        Role::Finance,
        Role::Technical,
        Role::User,
        Role::Gatekeeper,
        Role::Coach,
    ];

    /// The word in the book and in files.
    pub fn word(self) -> &'static str {
        match self {
            Role::Decision => "decision",
            Role::Finance => "finance",
            Role::Technical => "technical",
            Role::User => "user",
            Role::Gatekeeper => "gatekeeper",
            Role::Coach => "coach",
        }
    }

    /// The words on screen.
    pub fn phrase(self) -> &'static str {
        match self {
            Role::Decision => "decision maker",
            other => other.word(),
        }
    }

    /// The role a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Whether somebody on a committee wants us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Wants us.
    For,
    /// Either way.
    Neutral,
    /// Does not want us.
    Against,
    /// Not known.
    #[default]
    Unknown,
}

impl Stance {
    /// Every stance, in the order forms offer them.
    pub const ALL: [Stance; 4] = [
        Stance::For,
        Stance::Neutral,
        Stance::Against,
        Stance::Unknown,
    ];

    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            Stance::For => "for",
            Stance::Neutral => "neutral",
            Stance::Against => "against",
            Stance::Unknown => "unknown",
        }
    }

    /// The stance a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        Stance::ALL.into_iter().find(|stance| stance.word() == word)
    }
}

/// Somebody's place on a committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who sits there.
    pub contact: Id,
    /// The seat is at the holder's own account; where they have none, at this contact's.
    pub at: Id,
    /// The seat.
    pub role: Role,
    /// What they think of us.
    pub stance: Stance,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// A detail.
    Fact(Fact),
    /// A day to remember.
    Date(Anniversary),
    /// A problem, with its result where there is one.
    Need(Need),
    /// Money.
    Sale(Sale),
    /// A competitor.
    Rival(Rival),
    /// A place on a committee.
    Seat(Seat),
}

/// Which table of the book a record is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// A detail.
    Fact,
    /// A day to remember.
    Date,
    /// A problem.
    Need,
    /// Money.
    Sale,
    /// A competitor.
    Rival,
    /// A place on a committee.
    Seat,
}

impl RecordKind {
    /// Every kind, in the order a person's records are shown.
    pub const ALL: [RecordKind; 6] = [
        RecordKind::Fact,
        RecordKind::Date,
        RecordKind::Need,
        RecordKind::Sale,
        RecordKind::Rival,
        RecordKind::Seat,
    ];

    /// What one is called on screen.
    pub fn noun(self) -> &'static str {
        match self {
            RecordKind::Fact => "fact",
            RecordKind::Date => "key date",
            RecordKind::Need => "need",
            RecordKind::Sale => "sale",
            RecordKind::Rival => "rival",
            RecordKind::Seat => "seat",
        }
    }
}

impl Record {
    /// Which kind it is.
    pub fn kind(&self) -> RecordKind {
        match self {
            Record::Fact(_) => RecordKind::Fact,
            Record::Date(_) => RecordKind::Date,
            Record::Need(_) => RecordKind::Need,
            Record::Sale(_) => RecordKind::Sale,
            Record::Rival(_) => RecordKind::Rival,
            Record::Seat(_) => RecordKind::Seat,
        }
    }

    /// Whose it is.
    pub fn contact(&self) -> Id {
        match self {
            Record::Fact(fact) => fact.contact,
            Record::Date(day) => day.contact,
            Record::Need(need) => need.contact,
            Record::Sale(sale) => sale.contact,
            Record::Rival(rival) => rival.contact,
            Record::Seat(seat) => seat.contact,
        }
    }
}

/// A record as the book holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// Its identity.
    pub id: Id,
    /// What it says.
    pub record: Record,
    /// The touch it was caught in.
    pub evidence: Option<Id>,
    /// The words of the note it was read from; empty where it was typed into a form.
    pub words: String,
}
