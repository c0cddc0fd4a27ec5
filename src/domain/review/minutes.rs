//! The minutes of a review: what was decided, frozen at its end, as it will always be read.

use super::{Came, CardRow, Decision, Deck};
use crate::domain::matter::MatterKind;
use crate::domain::when;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// One card's decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minute {
    /// What it was about.
    pub kind: MatterKind,
    /// Who or what.
    pub who: String,
    /// Why it was there.
    pub why: String,
    /// What was decided.
    pub decision: Decision,
    /// The day of a plan, a promise or a snooze.
    pub until: Option<NaiveDate>,
    /// What was said about it.
    pub note: String,
}

/// A touch that was planned, or a promise that falls due, in the coming week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    /// On which day.
    pub on: NaiveDate,
    /// With whom.
    pub who: String,
    /// What.
    pub what: String,
}

/// The minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// The day the review began.
    pub started: NaiveDate,
    /// The day it ended.
    pub finished: NaiveDate,
    /// Every card's decision, in the order of the deck. A card nobody decided was settled meanwhile, or passed over.
    pub items: Vec<Minute>,
    /// What came of the last review.
    pub came: Vec<Came>,
    /// What is planned for the seven days after it, by day.
    pub plan: Vec<Ahead>,
    /// That hardly anything was logged, in a sentence.
    pub quiet: Option<String>,
}

impl Minutes {
    /// The minutes of a deck as it stands.
    pub fn of(deck: &Deck, plan: Vec<Ahead>, today: NaiveDate) -> Self {
        let minute = |row: &CardRow| {
            let open = if row.settled {
                Decision::Gone
            } else {
                Decision::Skip
            };
            let decided = row.decided.as_ref();
            Minute {
                kind: row.card.kind,
                who: row.card.who.clone(),
                why: row.card.why.clone(),
                decision: decided.map_or(open, |decided| decided.decision),
                until: decided.and_then(|decided| decided.until),
                note: decided.map_or(String::new(), |decided| decided.note.clone()),
            }
        };
        Minutes {
            started: deck.started,
            finished: today,
            items: deck.cards.iter().map(minute).collect(),
            came: deck.came.clone(),
            plan,
            quiet: deck.quiet.clone(),
        }
    }

    /// How many cards were decided so.
    pub fn count(&self, decision: Decision) -> usize {
        let of = |minute: &&Minute| minute.decision == decision;
        self.items.iter().filter(of).count()
    }

    /// "60 cards: 12 planned, 5 promised, 3 set aside"; what nobody decided stands last.
    pub fn summary(&self) -> String {
        let cards = match self.items.len() {
            1 => "1 card".to_owned(),
            cards => format!("{cards} cards"),
        };
        let parts: Vec<String> = Decision::ALL
            .into_iter()
            .map(|decision| (self.count(decision), decision))
            .filter(|(count, _)| *count > 0)
            .map(|(count, decision)| format!("{count} {}", decision.phrase()))
            .collect();
        if parts.is_empty() {
            return format!("{cards}: nothing was loose");
        }
        format!("{cards}: {}", parts.join(", "))
    }

    /// The minutes as plain lines, for a screen or a page.
    pub fn lines(&self) -> Vec<String> {
        let today = self.finished;
        let mut lines = vec![self.summary()];
        lines.extend(self.quiet.clone());
        for minute in &self.items {
            let mut line = format!(
                "{} · {}: {}",
                minute.kind.words(),
                minute.who,
                minute.decision.phrase()
            );
            if let Some(until) = minute.until {
                let _ = match minute.decision {
                    Decision::Snooze => write!(line, " until {}", when::say(until, today)),
                    Decision::Promise => write!(line, ", due {}", when::say(until, today)),
                    _ => write!(line, " {}", when::on(until, today)),
                };
            }
            if !minute.note.is_empty() {
                let _ = write!(line, ": {}", minute.note);
            }
            lines.push(line);
        }
        lines
    }
}
