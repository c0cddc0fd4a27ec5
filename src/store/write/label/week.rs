//! What undo will call the steps of a review, a merge, and the rest that is decided in a week.

use super::super::super::Result;
use super::super::name_of;
use super::{WORDS, names_of, text_of};
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::review::Change;
use crate::domain::text::fit;
use rusqlite::Connection;

/// The label of a change to a review.
pub(super) fn of_review(db: &Connection, change: &Change) -> Result<String> {
    let card = |id: Id| {
        let sql = "select who from review_card where id = ?1";
        text_of(db, sql, id, "that card")
    };
    Ok(match change {
        Change::Begin { cards, .. } => match cards.len() {
            1 => "Began a review of 1 card".to_owned(),
            count => format!("Began a review of {count} cards"),
        },
        Change::Decide {
            card: id, decided, ..
        } => format!("Review: {}: {}", card(*id)?, decided.decision.phrase()),
        Change::Reopen(id) => format!("Review: {} once more", card(*id)?),
        Change::Finish { minutes, .. } => {
            format!("Ended the review of {}", minutes.started.format("%-d %b"))
        }
    })
}

/// The label of a merge, of a tier, or of a fact that was followed up.
pub(super) fn of_people(db: &Connection, command: &Command) -> Result<String> {
    Ok(match command {
        Command::MergeContacts(merge) => {
            let (from, into) = (name_of(db, merge.from)?, name_of(db, merge.into)?);
            format!("Merged {} into {}", fit(&from, WORDS), fit(&into, WORDS))
        }
        Command::KeepApart { one, other } => {
            format!("{} are two people", names_of(db, &[*one, *other])?)
        }
        Command::SetTier {
            people,
            tier: Some(tier),
        } => format!("Put {} into tier {}", names_of(db, people)?, tier.word()),
        Command::SetTier { people, tier: None } => {
            format!("Took {} out of their tier", names_of(db, people)?)
        }
        Command::SetTierCadence { tier, days } => {
            format!("Set the cadence of tier {} to {days} days", tier.word())
        }
        Command::FollowUp { fact, .. } => {
            let sql = "select what from fact where id = ?1";
            format!("Followed up \"{}\"", text_of(db, sql, *fact, "that fact")?)
        }
        _ => String::new(),
    })
}
