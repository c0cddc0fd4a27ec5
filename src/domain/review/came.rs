//! What came of a review's resolves by the next one: done, dropped, missed, or still ahead.

use super::{Card, Decided, Decision};
use crate::domain::promise::PromiseState;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What became of a resolve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was taken back.
    Dropped,
    /// Its day went by.
    Missed,
    /// Its day is still to come.
    Ahead,
}

impl Outcome {
    /// The word on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Dropped => "dropped",
            Outcome::Missed => "missed",
            Outcome::Ahead => "ahead",
        }
    }
}

/// How a plan stands: `open`, `done`, `dropped`; and its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanNow {
    /// It waits for its day.
    Open(NaiveDate),
    /// It was done.
    Done,
    /// It was dropped.
    Dropped,
}

/// A card that was decided, and how things stand now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// The card.
    pub card: Card,
    /// What was decided.
    pub decided: Decided,
    /// The plan that came of it, where it is still in the book.
    pub plan: Option<PlanNow>,
    /// The promise that came of it, and its day, where it is still in the book.
    pub promise: Option<(PromiseState, NaiveDate)>,
    /// Whether there was a touch with them since it was decided.
    pub spoke: bool,
}

/// A resolve and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// With whom.
    pub who: String,
    /// What was decided.
    pub decision: Decision,
    /// The day it was for.
    pub until: Option<NaiveDate>,
    /// What was said about it.
    pub note: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a review's resolves, in the order of its cards. A call is done when there was any touch since; a plan when it was
/// kept, or there was one; a promise when it was kept. A touch of the same day that was known before the decision is none since. What is no longer in the book was dropped.
pub fn came(follows: &[Follow], today: NaiveDate) -> Vec<Came> {
    let resolves = follows
        .iter()
        .filter(|follow| follow.decided.decision.is_resolve());
    resolves
        .map(|follow| Came {
            who: follow.card.who.clone(),
            decision: follow.decided.decision,
            until: follow.decided.until,
            note: follow.decided.note.clone(),
            outcome: outcome(follow, today),
        })
        .collect()
}

fn outcome(follow: &Follow, today: NaiveDate) -> Outcome {
    let since = follow.decided.on;
    let spoke = follow.spoke;
    let by = |day: NaiveDate| {
        if day < today {
            Outcome::Missed
        } else {
            Outcome::Ahead
        }
    };
    match follow.decided.decision {
        Decision::Promise => match follow.promise {
            Some((PromiseState::Kept, _)) => Outcome::Done,
            Some((PromiseState::Broken, _)) => Outcome::Missed,
            Some((PromiseState::Dropped, _)) | None => Outcome::Dropped,
            Some((PromiseState::Open, due)) => by(due),
        },
        Decision::Plan => match follow.plan {
            Some(PlanNow::Done) => Outcome::Done,
            _ if spoke => Outcome::Done,
            Some(PlanNow::Open(on)) => by(on),
            Some(PlanNow::Dropped) | None => Outcome::Dropped,
        },
        _ if spoke => Outcome::Done,
        _ if since == today => Outcome::Ahead,
        _ => Outcome::Missed,
    }
}
