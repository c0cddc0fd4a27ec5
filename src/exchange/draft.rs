//! What a file claims about people: one record at a time, before anything is compared with the book.

use crate::domain::contact::{Card, Extra};
use crate::domain::text::clean_line;

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
}

/// One record of a file. The number of these is the number of records the file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A card.
    Draft(Box<Draft>),
    /// Something that is no card, or none that can be read.
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
