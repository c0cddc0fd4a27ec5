//! The weekly review: what came of the last one, then one card after the other, then the minutes.
//!
//! ```text
//! ╭ Review ─ begun Mon 23 Nov ─ card 12 of 60 ─────────────────────────────────╮
//! │ ███████░░░░░░░░░░░░░░░░░░░░░░░░░░░░  18 %                                   │
//! │ promise · Barney Rubble                                                    │
//! │ quote, 2 days overdue                                                      │
//! ├ Barney Rubble ─────────────────────────────────────────────────────────────┤
//! │ strength, last conversations …                                             │
//! ╰────────────────────────────────────────────────────────────────────────────╯
//! ```
//!
//! A decision is one key. It is in the book at once, so whoever stops goes on at the same card; what other programs settled meanwhile is
//! passed over. What can be decided of a card, and what it changes, is the book's business ([`crate::domain::review`]).

mod draw;
mod keys;

pub use keys::KEYS;

use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::matter::MatterKind;
use crate::domain::moment::shift;
use crate::domain::review::{
    Card, CardRow, Change, Choice, Decided, Decision, Deck, Minutes, decide,
};
use crate::tui::inquiry::{Answer, Question};
use crate::tui::keymap::{Action, Keys};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::call::Party;
use crate::tui::modal::filing::{How, Subject};
use crate::tui::modal::form::Form;
use crate::tui::modal::merge::Two;
use crate::tui::modal::{Cx, Flow, Modal};
use chrono::{Datelike, NaiveDate, Weekday};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Days until a card that is planned or set aside with one key.
const A_WEEK: i64 = 7;

/// The board.
#[derive(Debug, Default)]
pub struct Walk {
    deck: Option<Box<Deck>>,
    /// What the end would freeze.
    minutes: Option<Box<Minutes>>,
    /// The minutes of the reviews before, the latest first.
    before: Vec<Minutes>,
    /// Decided here, and not told of by the book yet.
    decided: Vec<(Id, Decided)>,
    /// Which of the old minutes is read, and its first line shown.
    page: usize,
    first: usize,
}

/// What is shown.
enum Stage<'a> {
    /// Nothing is read yet.
    Reading,
    /// A review may begin.
    Start(&'a Deck),
    /// This card is to be decided.
    Card(&'a Deck, usize),
    /// Everything is decided.
    End(&'a Deck),
}

/// The day a plan or a snooze of one key is for: in a week, on a working day.
pub(super) fn next_week(today: NaiveDate) -> NaiveDate {
    let day = shift(today, A_WEEK);
    match day.weekday() {
        Weekday::Sat => shift(day, 2),
        Weekday::Sun => shift(day, 1),
        _ => day,
    }
}

impl Walk {
    fn stage(&self) -> Stage<'_> {
        match self.deck.as_deref() {
            None => Stage::Reading,
            Some(deck) if deck.review.is_none() => Stage::Start(deck),
            Some(deck) => deck
                .at()
                .map_or(Stage::End(deck), |at| Stage::Card(deck, at)),
        }
    }

    fn here(&self) -> Option<&CardRow> {
        match self.stage() {
            Stage::Card(deck, at) => deck.cards.get(at),
            _ => None,
        }
    }

    /// Decides the card: in the book, and here at once, so that the next key is for the next card.
    fn decide(&mut self, choice: &Choice, note: &str, cx: &Cx<'_>) -> Flow {
        let Some((id, card)) = self.open_card() else {
            return Flow::Stay;
        };
        if !card.allows(choice.decision()) {
            return Flow::Say(refusal(&card, choice.decision()));
        }
        let command = decide(id, &card, choice, note, cx.today());
        if let Command::Review(change) = &command
            && let Change::Decide { decided, .. } = change.as_ref()
        {
            self.decided.push((id, decided.clone()));
            let rows = self.deck.iter_mut().flat_map(|deck| &mut deck.cards);
            for row in rows.filter(|row| row.id == Some(id)) {
                row.decided = Some(decided.clone());
            }
        }
        Flow::Apply(command)
    }

    fn open_card(&self) -> Option<(Id, Card)> {
        self.here()
            .and_then(|row| Some((row.id?, row.card.clone())))
    }

    /// What was decided here holds in a deck that was read before the book knew of it.
    fn overlay(&mut self) {
        let Some(deck) = &mut self.deck else { return };
        self.decided.retain(|(id, decided)| {
            let row = deck.cards.iter_mut().find(|row| row.id == Some(*id));
            match row {
                Some(row) if row.decided.is_none() => {
                    row.decided = Some(decided.clone());
                    true
                }
                _ => false,
            }
        });
    }

    /// Opens the form of a decision that wants words or a day.
    fn ask(&self, how: How, cx: &Cx<'_>) -> Flow {
        let Some((id, card)) = self.open_card() else {
            return Flow::Stay;
        };
        if !card.allows(how.decision()) {
            return Flow::Say(refusal(&card, how.decision()));
        }
        let card = Box::new(card);
        Flow::Push(Box::new(Form::new(Subject::Decide { id, card, how }, cx)))
    }

    /// Decides to call, and begins the call.
    fn call(&mut self, cx: &Cx<'_>) -> Flow {
        let contact = self.here().and_then(|row| row.card.contact);
        match (self.decide(&Choice::Call, "", cx), contact) {
            (Flow::Apply(command), Some(who)) => {
                Flow::Apply(command).then(Flow::Call(Party::Known(who)))
            }
            (other, _) => other,
        }
    }

    /// The last decided card is to be decided again.
    fn back(&mut self) -> Flow {
        let row = match self.stage() {
            Stage::Card(deck, _) | Stage::End(deck) => deck
                .back()
                .and_then(|at| deck.cards.get(at))
                .and_then(|row| row.id),
            _ => None,
        };
        let Some(id) = row else {
            return Flow::Say("This is the first card".to_owned());
        };
        self.decided.retain(|(other, _)| *other != id);
        Flow::Apply(Command::Review(Box::new(Change::Reopen(id))))
    }

    /// Begins a review, goes to the card's person, or ends the review.
    fn enter(&self, cx: &Cx<'_>) -> Flow {
        match self.stage() {
            Stage::Reading => Flow::Stay,
            Stage::Start(deck) if deck.cards.is_empty() => {
                Flow::Say("Nothing is loose: there is nothing to review".to_owned())
            }
            Stage::Start(deck) => Flow::Apply(Command::Review(Box::new(Change::Begin {
                on: cx.today(),
                cards: deck.cards.iter().map(|row| row.card.clone()).collect(),
            }))),
            Stage::Card(deck, at) => {
                let row = deck.cards.get(at);
                match row.map(|row| (row.card.kind, row.card.contact)) {
                    Some((MatterKind::Draft, _)) => Flow::Run(Action::Drafts),
                    Some((MatterKind::Duplicate, Some(stays))) => {
                        let goes = row.map_or(stays, |row| row.card.target);
                        Flow::Push(Box::new(Two::new(goes, stays)))
                    }
                    Some((_, Some(who))) => Flow::Select(who),
                    _ => Flow::Stay,
                }
            }
            Stage::End(deck) => match (deck.review, &self.minutes) {
                (Some(review), Some(minutes)) => {
                    Flow::Apply(Command::Review(Box::new(Change::Finish {
                        review,
                        minutes: minutes.clone(),
                    })))
                }
                _ => Flow::Stay,
            },
        }
    }

    /// Through the minutes of earlier reviews.
    fn go(&mut self, action: Action) {
        match action {
            Action::Up => self.first = self.first.saturating_sub(1),
            Action::Down => self.first += 1,
            Action::PageUp => self.first = self.first.saturating_sub(10),
            Action::PageDown => self.first += 10,
            Action::Top => self.first = 0,
            Action::Left => {
                let last = self.before.len().saturating_sub(1);
                (self.page, self.first) = ((self.page + 1).min(last), 0);
            }
            Action::Right => (self.page, self.first) = (self.page.saturating_sub(1), 0),
            _ => {}
        }
    }
}

/// Why a card does not allow a decision.
fn refusal(card: &Card, decision: Decision) -> String {
    let what = card.kind.words();
    match decision {
        Decision::Done => format!(
            "Of a card about “{what}” nothing can be ticked off: call, plan, or set it aside"
        ),
        Decision::Cadence => "Another cadence is for a relationship that cools".to_owned(),
        Decision::LetGo => {
            format!("A card about “{what}” is not let go: set it aside, or pass it over")
        }
        _ => "There is nobody to call on this card".to_owned(),
    }
}

impl Modal for Walk {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn answers(&self, action: Action) -> bool {
        use Action as A;
        let allows = |decision| self.here().is_some_and(|row| row.card.allows(decision));
        match action {
            A::CallNow => allows(Decision::Call),
            A::MatterDone => allows(Decision::Done),
            A::PlanMatter | A::PlanOn => allows(Decision::Plan),
            A::SetAside | A::SetAsideUntil | A::NoteCard | A::SkipCard => self.here().is_some(),
            A::Cadence => allows(Decision::Cadence),
            A::PromiseNow => allows(Decision::Promise),
            A::LetGo => allows(Decision::LetGo),
            A::BackCard => matches!(self.stage(), Stage::Card(..) | Stage::End(_)),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        use Action as A;
        let week = next_week(cx.today());
        match action {
            A::Open => return self.enter(cx),
            A::CallNow => return self.call(cx),
            A::MatterDone => return self.decide(&Choice::Done, "", cx),
            A::PlanMatter => return self.decide(&Choice::Plan(week, None), "", cx),
            A::SetAside => return self.decide(&Choice::Snooze(week), "", cx),
            A::SkipCard => return self.decide(&Choice::Skip, "", cx),
            A::PlanOn => return self.ask(How::Plan, cx),
            A::SetAsideUntil => return self.ask(How::SetAside, cx),
            A::Cadence => return self.ask(How::Cadence, cx),
            A::PromiseNow => return self.ask(How::Promise, cx),
            A::LetGo => return self.ask(How::LetGo, cx),
            A::NoteCard => return self.ask(How::Note, cx),
            A::BackCard => return self.back(),
            A::Report => return Flow::Ask(Question::Report(cx.now)),
            A::Back => return Flow::Close,
            _ => self.go(action),
        }
        Flow::Stay
    }

    fn refused(&mut self, _why: &str) {
        self.decided.clear();
    }

    fn mouse(
        &mut self,
        _spot: Spot,
        _at: (i32, i32),
        what: crate::tui::effect::MouseWhat,
        _cx: &Cx<'_>,
    ) -> Flow {
        use crate::tui::effect::MouseWhat as M;
        match what {
            M::WheelUp => self.go(Action::Up),
            M::WheelDown => self.go(Action::Down),
            _ => {}
        }
        Flow::Stay
    }

    fn asks(&self, cx: &Cx<'_>) -> Option<Question> {
        Some(Question::Review(cx.now))
    }

    fn answered(&mut self, answer: Answer, _cx: &Cx<'_>) -> Option<Question> {
        if let Answer::Review(deck, minutes, before) = answer {
            (self.deck, self.minutes, self.before) = (Some(deck), minutes, before);
            self.overlay();
        }
        None
    }

    fn points_at(&self) -> Option<Id> {
        self.here().and_then(|row| row.card.contact)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.picture(frame, area, cx, memory);
    }
}
