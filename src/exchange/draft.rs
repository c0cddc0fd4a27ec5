//! What a file claims about people: one record at a time, before anything is compared with the book.

use crate::domain::contact::{Card, Extra};
use crate::domain::money::Money;
use crate::domain::text::clean_line;
use chrono::NaiveDate;

/// The most properties, cells or entries one record may have. Nobody's card has as many, and work that grows with their square
/// stays short.
pub(super) const ENTRY_LIMIT: usize = 2000;

/// A card found in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What the file says about the person, cleaned.
    pub card: Card,
    /// The line where the record starts, counted from 1.
    pub line: u64,
    /// What was read but is not taken over, in words for the report: "photo (12 kB)".
    pub left_out: Vec<String>,
    /// What could be read in two ways, and how it was read: "Birthday 3/4/1984 taken as month/day/year".
    pub doubts: Vec<String>,
    /// The account's identity in the other program, where the account is told by that; else nothing.
    pub account: String,
    /// The manager's identity in the other program, or nothing.
    pub manager: String,
}

/// An account found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firm {
    /// The line where the record starts, counted from 1.
    pub line: u64,
    /// Its name.
    pub name: String,
    /// Its identity in the other program, or nothing.
    pub uid: String,
    /// Everything else the file says of it, a line each.
    pub note: String,
    /// What was read but is not taken over.
    pub left_out: Vec<String>,
}

/// How a deal ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// It did not yet.
    #[default]
    Open,
    /// It was sold.
    Won,
    /// It was not.
    Lost,
}

/// A deal found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deal {
    /// The line where the record starts, counted from 1.
    pub line: u64,
    /// What it is called.
    pub what: String,
    /// How much it was.
    pub amount: Option<Money>,
    /// The day it was closed.
    pub on: Option<NaiveDate>,
    /// How it ended.
    pub outcome: Outcome,
    /// The people's identities in the other program.
    pub people: Vec<String>,
    /// The people's names.
    pub names: Vec<String>,
    /// The accounts' identities in the other program.
    pub firms: Vec<String>,
    /// The accounts' names.
    pub firm_names: Vec<String>,
    /// What could be read in two ways, and how it was read.
    pub doubts: Vec<String>,
}

/// One record of a file. The number of these is the number of records the file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A card.
    Draft(Box<Draft>),
    /// An account.
    Firm(Box<Firm>),
    /// A deal.
    Deal(Box<Deal>),
    /// Something that is none of these, or none that can be read.
    Skipped {
        /// The line where the record starts, counted from 1.
        line: u64,
        /// Why, as the end of the sentence "line 12 was skipped: …".
        reason: String,
    },
}

impl Record {
    /// The line where the record starts.
    pub fn line(&self) -> u64 {
        match self {
            Record::Draft(draft) => draft.line,
            Record::Firm(firm) => firm.line,
            Record::Deal(deal) => deal.line,
            Record::Skipped { line, .. } => *line,
        }
    }

    /// The record that has more in it than anybody's card.
    pub(super) fn too_many(line: u64) -> Self {
        Record::Skipped {
            line,
            reason: format!("it has more than {ENTRY_LIMIT} entries"),
        }
    }

    /// The record for an account: skipped when it has no name.
    pub(super) fn of_firm(firm: Firm) -> Self {
        if firm.name.is_empty() {
            return Record::Skipped {
                line: firm.line,
                reason: "there is no name of an account".to_owned(),
            };
        }
        Record::Firm(Box::new(firm))
    }

    /// The record for a card: skipped when the card names nobody or is out of all bounds.
    pub(super) fn of(draft: Draft) -> Self {
        if entries(&draft.card) > ENTRY_LIMIT {
            return Record::too_many(draft.line);
        }
        if draft.card.name.is_empty() {
            return Record::Skipped {
                line: draft.line,
                reason: "there is no name, e-mail address or telephone number".to_owned(),
            };
        }
        Record::Draft(Box::new(draft))
    }
}

impl Draft {
    /// The draft of `card`, which is cleaned on the way in.
    pub(super) fn new(card: Card, line: u64) -> Self {
        let mut card = card.cleaned();
        for extra in &mut card.extra {
            extra.source = clean_line(&extra.source);
        }
        Draft {
            card,
            line,
            left_out: Vec::new(),
            doubts: Vec::new(),
            account: String::new(),
            manager: String::new(),
        }
    }
}

fn entries(card: &Card) -> usize {
    let reach = card.phones.len() + card.emails.len() + card.webs.len() + card.addresses.len();
    reach + card.tags.len() + card.dates.len() + card.relations.len() + card.extra.len()
}

/// A property or column without a place of its own.
pub(super) fn extra(source: &str, name: impl Into<String>, value: impl Into<String>) -> Extra {
    Extra {
        source: source.to_owned(),
        name: name.into(),
        value: value.into(),
    }
}
