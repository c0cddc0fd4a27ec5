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
use crate::tui::effect::Effect;
use crate::tui::inquiry::{Answer, Question};
use crate::tui::keymap::{Action, Keys};
use crate::tui::memory::Memory;
use crate::tui::modal::call::Party;
use crate::tui::modal::filing::{How, Subject};
use crate::tui::modal::form::Form;
use crate::tui::modal::merge::Two;
use crate::tui::modal::{Cx, Flow, Modal};
use crate::tui::screen::board::moved;
use chrono::{Datelike, NaiveDate, Weekday};
use ratatui::Frame;
use ratatui::layout::Rect;
use std::cell::Cell;

/// Days until a card that is planned or set aside with one key.
const A_WEEK: i64 = 7;
/// Lines of old minutes a page key goes over.
const PAGE: usize = 10;

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
    /// Which of the old minutes is read, its first line shown, and the last that can be.
    page: usize,
    first: usize,
    most: Cell<usize>,
    /// What took the place of the card that was shown, without a key of the rep's; the next key only says that it was seen.
    swapped: Option<String>,
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
        if let Some(says) = self.swapped.take() {
            return Flow::Say(says);
        }
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

    /// Notes where the card that was shown was settled meanwhile, so that no key meant for it decides the one in its place.
    fn notice(&mut self, shown: Option<(Id, Card)>) {
        let Some((id, card)) = shown else { return };
        let rows = self.deck.iter().flat_map(|deck| &deck.cards);
        let mut same = rows.filter(|row| row.id == Some(id));
        if same.any(|row| row.settled && row.decided.is_none()) {
            let what = card.kind.words();
            let who = &card.who;
            self.swapped = Some(format!(
                "The card about {who} ({what}) was settled elsewhere; this is the next one"
            ));
        }
    }

    /// Opens the form of a decision that wants words or a day.
    fn ask(&mut self, how: How, cx: &Cx<'_>) -> Flow {
        if let Some(says) = self.swapped.take() {
            return Flow::Say(says);
        }
        let Some((id, card)) = self.open_card() else {
            return Flow::Stay;
        };
        if !card.allows(how.decision()) {
            return Flow::Say(refusal(&card, how.decision()));
        }
        let card = Box::new(card);
        Form::over(Subject::Decide { id, card, how }, cx)
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

    /// Plans with one key; a plan that is there already is shown first.
    fn plan(&mut self, cx: &Cx<'_>) -> Flow {
        let about = self.points_at();
        let planned = cx.person.filter(|person| Some(person.summary.id) == about);
        if planned.is_some_and(|person| person.plan.is_some()) {
            return self.ask(How::Plan, cx);
        }
        let day = self.usual_day(cx.today());
        self.decide(&Choice::Plan(day, None), "", cx)
    }

    /// The day a plan or a snooze of one key is for: in a week, but never past a day to remember.
    fn usual_day(&self, today: NaiveDate) -> NaiveDate {
        let week = next_week(today);
        let card = self.here().map(|row| &row.card);
        let day = card.filter(|card| card.kind == MatterKind::Date);
        let day = day.and_then(|card| card.due);
        day.filter(|day| *day > today && *day < week)
            .unwrap_or(week)
    }

    /// The last decided card is to be decided again, and what its decision changed is taken back.
    fn back(&mut self) -> Flow {
        let row = match self.stage() {
            Stage::Card(deck, _) | Stage::End(deck) => {
                deck.back().and_then(|at| deck.cards.get(at))
            }
            _ => None,
        };
        let told = row.and_then(|row| Some((row.id?, row.decided.as_ref()?.decision)));
        let Some((id, decision)) = told else {
            return Flow::Say("This is the first card".to_owned());
        };
        self.decided.retain(|(other, _)| *other != id);
        // These changed nothing but the card.
        let alone = matches!(decision, Decision::Skip | Decision::Note | Decision::Call);
        if alone {
            Flow::Apply(Command::Review(Box::new(Change::Reopen(id))))
        } else {
            Flow::Emit(Effect::TakeBack(id))
        }
    }

    /// Begins a review, shows more of the card, or ends the review.
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
                    Some((MatterKind::Draft, _)) => {
                        row.map_or(Flow::Stay, |row| Flow::Draft(row.card.target))
                    }
                    Some((MatterKind::Duplicate, Some(stays))) => {
                        let goes = row.map_or(stays, |row| row.card.target);
                        Flow::Push(Box::new(Two::new(goes, stays)))
                    }
                    Some((_, Some(_))) => Flow::Run(Action::Records),
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
            Action::Left => {
                let last = self.before.len().saturating_sub(1);
                (self.page, self.first) = ((self.page + 1).min(last), 0);
            }
            Action::Right => (self.page, self.first) = (self.page.saturating_sub(1), 0),
            _ => {
                let lines = self.most.get() + 1;
                self.first = moved(self.first.min(self.most.get()), lines, action, PAGE);
            }
        }
    }
}

/// Why a card does not allow a decision.
fn refusal(card: &Card, decision: Decision) -> String {
    let what = card.kind.words();
    match decision {
        _ if card.kind == MatterKind::Duplicate => {
            "Enter shows the two side by side; l keeps them apart, Space passes over".to_owned()
        }
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
        match action {
            A::Open => return self.enter(cx),
            A::CallNow => return self.call(cx),
            A::MatterDone => return self.decide(&Choice::Done, "", cx),
            A::PlanMatter => return self.plan(cx),
            A::SetAside => {
                let day = self.usual_day(cx.today());
                return self.decide(&Choice::Snooze(day), "", cx);
            }
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

    fn asks(&self, cx: &Cx<'_>) -> Option<Question> {
        Some(Question::Review(cx.now))
    }

    fn answered(&mut self, answer: Answer, _cx: &Cx<'_>) -> Option<Question> {
        if let Answer::Review(deck, minutes, before) = answer {
            let shown = self.open_card();
            (self.deck, self.minutes, self.before) = (Some(deck), minutes, before);
            self.overlay();
            self.notice(shown);
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
