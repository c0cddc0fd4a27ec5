//! What can be chosen of a card, and what each choice changes in the book.

use super::{Card, Change, Decided, Decision};
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::matter::{MatterKind, Snooze};
use crate::domain::promise::{Plan, Promise, PromiseState};
use chrono::{NaiveDate, NaiveTime};

/// What a rep chooses of a card: a decision with all that it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It is done.
    Done,
    /// Call now.
    Call,
    /// A touch on this day, at this time.
    Plan(NaiveDate, Option<NaiveTime>),
    /// Set aside until this day.
    Snooze(NaiveDate),
    /// This many days between touches.
    Cadence(u16),
    /// This is promised by this day.
    Promise(String, NaiveDate),
    /// Let go.
    LetGo,
    /// Only the note.
    Note,
    /// Passed over.
    Skip,
}

impl Choice {
    /// The decision it is.
    pub fn decision(&self) -> Decision {
        match self {
            Choice::Done => Decision::Done,
            Choice::Call => Decision::Call,
            Choice::Plan(..) => Decision::Plan,
            Choice::Snooze(_) => Decision::Snooze,
            Choice::Cadence(_) => Decision::Cadence,
            Choice::Promise(..) => Decision::Promise,
            Choice::LetGo => Decision::LetGo,
            Choice::Note => Decision::Note,
            Choice::Skip => Decision::Skip,
        }
    }

    /// The day that comes with it.
    fn until(&self) -> Option<NaiveDate> {
        match self {
            Choice::Plan(on, _) | Choice::Snooze(on) | Choice::Promise(_, on) => Some(*on),
            _ => None,
        }
    }
}

impl Card {
    /// Whether a decision can be made of it.
    pub fn allows(&self, decision: Decision) -> bool {
        let person = self.contact.is_some();
        match decision {
            Decision::Snooze | Decision::Note | Decision::Skip => true,
            Decision::Call | Decision::Plan | Decision::Promise => {
                person && self.kind != MatterKind::Duplicate
            }
            Decision::Cadence => self.kind == MatterKind::Stale,
            Decision::Done => matches!(
                self.kind,
                MatterKind::Promise
                    | MatterKind::TheirPromise
                    | MatterKind::Tell
                    | MatterKind::Mentor
            ),
            Decision::LetGo => matches!(
                self.kind,
                MatterKind::Promise
                    | MatterKind::TheirPromise
                    | MatterKind::Stale
                    | MatterKind::Ghost
                    | MatterKind::Duplicate
            ),
            Decision::Gone => false,
        }
    }

    /// What a choice changes in the book besides the review; none where that is nothing, or where the card does not allow it.
    pub fn command(&self, choice: &Choice, note: &str, today: NaiveDate) -> Option<Command> {
        if !self.allows(choice.decision()) {
            return None;
        }
        match choice {
            Choice::Plan(on, at) => self.plan(*on, *at, note),
            Choice::Snooze(until) => Some(Command::Snooze(Box::new(Snooze {
                kind: self.kind,
                target: self.target,
                until: Some(*until),
                why: note.to_owned(),
            }))),
            Choice::Cadence(days) => Some(Command::SetCadence {
                id: self.contact?,
                days: Some(*days),
            }),
            Choice::Promise(what, due) => Some(Command::AddPromise(Box::new(Promise {
                contact: self.contact?,
                mine: true,
                what: what.clone(),
                made_on: today,
                due: *due,
                evidence: None,
            }))),
            Choice::Done => self.done(today),
            Choice::LetGo => self.let_go(note, today),
            _ => None,
        }
    }

    /// A touch is planned; a promise waits until then, since its day was thought of.
    fn plan(&self, on: NaiveDate, at: Option<NaiveTime>, note: &str) -> Option<Command> {
        let plan = Command::PlanTouch(Box::new(Plan {
            contact: self.contact?,
            on,
            at,
            why: if note.is_empty() {
                self.reason()
            } else {
                note.to_owned()
            },
        }));
        if !matches!(self.kind, MatterKind::Promise | MatterKind::TheirPromise) {
            return Some(plan);
        }
        let wait = Command::SnoozePromise {
            id: self.target,
            until: Some(on),
        };
        Some(Command::All {
            label: format!("Planned a touch with {}", self.who),
            commands: vec![plan, wait],
        })
    }

    /// Why a touch is planned: what the card says without how long it has been so, which is another number on the day of the plan.
    fn reason(&self) -> String {
        match self.kind {
            MatterKind::Promise | MatterKind::TheirPromise | MatterKind::Chit => {
                let said = self.why.rsplit_once(", ");
                said.map_or(self.why.as_str(), |(what, _)| what).to_owned()
            }
            MatterKind::Stale => String::new(),
            MatterKind::Ask => "ask for a referral".to_owned(),
            _ => self.why.clone(),
        }
    }

    /// What it changes that the matter is done.
    fn done(&self, today: NaiveDate) -> Option<Command> {
        match self.kind {
            MatterKind::Promise | MatterKind::TheirPromise => {
                Some(self.close(PromiseState::Kept, today))
            }
            MatterKind::Tell => Some(Command::TellReferrer {
                id: self.target,
                on: today,
            }),
            // Advice is told back; a mentor without any was thought of.
            MatterKind::Mentor if self.contact != Some(self.target) => Some(Command::FollowUp {
                fact: self.target,
                on: today,
            }),
            _ => None,
        }
    }

    /// What it changes that the matter is let go.
    fn let_go(&self, why: &str, today: NaiveDate) -> Option<Command> {
        Some(match self.kind {
            MatterKind::Promise | MatterKind::TheirPromise => {
                self.close(PromiseState::Dropped, today)
            }
            MatterKind::Duplicate => Command::KeepApart {
                one: self.target,
                other: self.contact?,
            },
            _ => Command::LetGo {
                id: self.contact?,
                on: today,
                why: why.to_owned(),
            },
        })
    }

    fn close(&self, state: PromiseState, on: NaiveDate) -> Command {
        Command::ClosePromise {
            id: self.target,
            state,
            on,
        }
    }
}

/// The change that decides a card: the decision, and what it changes in the book, in one step.
pub fn decide(id: Id, card: &Card, choice: &Choice, note: &str, today: NaiveDate) -> Command {
    let said = match choice {
        Choice::Cadence(days) if note.is_empty() => format!("every {days} days"),
        Choice::Promise(what, _) if note.is_empty() => what.clone(),
        _ => note.to_owned(),
    };
    let decided = Decided {
        decision: choice.decision(),
        on: today,
        until: choice.until(),
        record: None,
        note: said,
    };
    Command::Review(Box::new(Change::Decide {
        card: id,
        decided,
        also: card.command(choice, note, today).map(Box::new),
    }))
}
