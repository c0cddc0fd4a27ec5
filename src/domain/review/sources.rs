//! Where the review's own cards come from, beside those it shares with Today: accounts that rest on one person, old chits, ghosts worth
//! waking, people who look like one, and the mentor's question.

use super::QUARTER;
use crate::domain::account::{AccountRow, AlarmKind};
use crate::domain::chit::{ChitRow, Halves};
use crate::domain::duplicate::{Alike, Proposal};
use crate::domain::id::Id;
use crate::domain::matter::MatterKind;
use crate::domain::today::{Line, Points};
use crate::domain::when;
use chrono::NaiveDate;

fn line(kind: MatterKind, id: Id, contact: Option<Id>, who: &str, why: String, base: f64) -> Line {
    Line {
        kind,
        id,
        contact,
        who: who.to_owned(),
        why,
        due: None,
        points: Points {
            base,
            ..Points::default()
        },
        more: Vec::new(),
    }
}

/// An account that rests on one person; those that buy first, then the strongest. Whom to ask is the first of the ways.
pub fn account(row: &AccountRow) -> Option<Line> {
    let alarm = row
        .alarms
        .iter()
        .find(|alarm| alarm.kind == AlarmKind::SingleThreaded)?;
    let through = alarm.ways.iter().find_map(|way| way.through.as_ref());
    let contact = through.map(|(id, _)| *id).or(alarm.about);
    let buys = if row.sold.is_empty() { 0.0 } else { 100.0 };
    let why = format!("{}. {}", alarm.why, alarm.what);
    Some(line(
        MatterKind::Account,
        row.id,
        contact,
        &row.profile.name,
        why,
        buys + row.strength,
    ))
}

/// A chit between me and somebody that is older than a quarter and open: mine before theirs, the oldest first.
pub fn chit(row: &ChitRow, today: NaiveDate) -> Option<Line> {
    let days = (today - row.chit.on).num_days();
    let (mine, theirs) = (row.chit.receiver == Id::ME, row.chit.giver == Id::ME);
    if days <= QUARTER || row.open() == Halves(0) || !(mine || theirs) {
        return None;
    }
    let (contact, who, owes) = if mine {
        (row.chit.giver, &row.giver_name, "you owe")
    } else {
        (row.chit.receiver, &row.receiver_name, "owes you")
    };
    let old = when::ago(i32::try_from(days).unwrap_or(i32::MAX));
    let why = format!("{owes} {}: {}, {old}", row.open(), row.chit.what);
    let first = if mine { 1e6 } else { 0.0 };
    Some(line(
        MatterKind::Chit,
        row.id,
        Some(contact),
        who,
        why,
        first + days as f64,
    ))
}

/// Somebody known from an import, and what speaks for a first call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ghost {
    /// Who.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// Their account's name, or empty.
    pub account: String,
    /// In how many notes others spoke of them.
    pub mentions: u32,
    /// How many people in the book know them.
    pub links: u32,
    /// How many people at their account are in the lists.
    pub colleagues: u32,
    /// Whether something was sold to or heard from their account.
    pub traded: bool,
}

/// A ghost worth waking: others spoke of them, or know them, or they work where there is business.
pub fn ghost(ghost: &Ghost) -> Option<Line> {
    let mut why = Vec::new();
    match ghost.mentions {
        0 => {}
        1 => why.push("spoken of in a note".to_owned()),
        notes => why.push(format!("spoken of in {notes} notes")),
    }
    match ghost.links {
        0 => {}
        1 => why.push("known to somebody in the book".to_owned()),
        people => why.push(format!("known to {people} people in the book")),
    }
    if ghost.traded {
        why.push(format!("works at {}, where you do business", ghost.account));
    } else if ghost.colleagues > 0 {
        why.push(format!("works at {}", ghost.account));
    }
    let points = 3 * ghost.mentions.min(9) + 2 * ghost.links.min(9);
    let points = points + 3 * u32::from(ghost.traded) + u32::from(ghost.colleagues > 0);
    (!why.is_empty()).then(|| {
        line(
            MatterKind::Ghost,
            ghost.id,
            Some(ghost.id),
            &ghost.name,
            why.join(", "),
            f64::from(points),
        )
    })
}

/// Two people who look like one, the surest first. The one to go is the matter; the one to stay is with whom.
pub fn duplicate(proposal: &Proposal) -> Line {
    let sure = match proposal.alike {
        Alike::Email(_) => 3.0,
        Alike::Phone(_) => 2.0,
        Alike::Name => 1.0,
    };
    let why = format!(
        "perhaps the same as {}: {}",
        proposal.older_name,
        proposal.alike.words()
    );
    line(
        MatterKind::Duplicate,
        proposal.newer,
        Some(proposal.older),
        &proposal.newer_name,
        why,
        sure,
    )
}

/// A mentor, and the advice of theirs that was not told back yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advised {
    /// Whose it is.
    pub mentor: Id,
    /// Their name.
    pub name: String,
    /// The fact, what it says and the day it was given.
    pub advice: Option<(Id, String, NaiveDate)>,
}

/// The mentor's question. Its matter is the advice, or, where there is none, the mentor.
pub fn mentor(advised: &Advised, today: NaiveDate) -> Line {
    let (id, why) = match &advised.advice {
        Some((fact, what, on)) => {
            let when = when::bare(*on, today);
            let why = format!("advised ({when}): {what}. Did you try it, and were they told?");
            (*fact, why)
        }
        None => (
            advised.mentor,
            "whose advice did you try lately, and were they told?".to_owned(),
        ),
    };
    line(
        MatterKind::Mentor,
        id,
        Some(advised.mentor),
        &advised.name,
        why,
        1.0,
    )
}
