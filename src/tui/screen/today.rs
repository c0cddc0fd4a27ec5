//! Today: one ranked list of what to do now, each line with its reason, and the weeks in which relationships go cold.
//!
//! ```text
//! ╭ Today ─ Sun 22 Nov ─ 9 to do · 2 set aside ───────────────────────────────╮
//! │ what           who                 why                      due     points │
//! │ promise        Barney Rubble       quote, 2 days overdue    20 Nov      86 │
//! ├ 86 = 80 for a promise of mine + 6 for 2 days overdue ──────────────────────┤
//! │ goes cold   23 Nov   30 Nov   7 Dec …                                      │
//! │             ▇▇▇ 3    ▇ 1                                                   │
//! ╰────────────────────────────────────────────────────────────────────────────╯
//! ```
//!
//! Tab shows what is set aside instead: until when, why, and one key that brings it back.
//!
//! What is ranked how is the book's business ([`crate::domain::today`]); here it is shown, done, set aside and planned.

mod draw;
mod keys;

pub use keys::{ASIDE_KEYS, KEYS};

use crate::domain::id::Id;
use crate::domain::matter::MatterKind;
use crate::domain::today::{Line, SetAside, Today};
use crate::tui::inquiry::{Answer, Question};
use crate::tui::keymap::{Action, Keys};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::call::Party;
use crate::tui::modal::filing::Subject;
use crate::tui::modal::form::Form;
use crate::tui::modal::{Cx, Flow, Modal};
use crate::tui::screen::board;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Rows a page key goes over.
const PAGE: usize = 15;
/// The number the mouse finds the rows by.
const ROWS: usize = 0;

/// The board.
#[derive(Debug, Default)]
pub struct Board {
    read: Option<Box<Today>>,
    at: usize,
    /// What is set aside is shown, and where its cursor is.
    aside: bool,
    aside_at: usize,
}

impl Board {
    fn lines(&self) -> &[Line] {
        self.read.as_ref().map_or(&[], |today| &today.lines)
    }

    fn resting(&self) -> &[SetAside] {
        self.read.as_ref().map_or(&[], |today| &today.aside)
    }

    /// The line under the cursor, where what is to be done is shown.
    fn here(&self) -> Option<&Line> {
        self.lines().get(self.at).filter(|_| !self.aside)
    }

    /// The matter under the cursor, where what is set aside is shown.
    fn rests_here(&self) -> Option<&SetAside> {
        self.resting().get(self.aside_at).filter(|_| self.aside)
    }

    /// The kind, the record and the person of whatever is under the cursor.
    fn matter(&self) -> Option<(MatterKind, Id, Option<Id>)> {
        let line = self.here().map(|line| (line.kind, line.id, line.contact));
        let rests = self.rests_here();
        line.or(rests.map(|rests| (rests.kind, rests.id, rests.contact)))
    }

    /// Rows of the list that is shown.
    fn count(&self) -> usize {
        if self.aside {
            self.resting().len()
        } else {
            self.lines().len()
        }
    }

    fn go(&mut self, action: Action) {
        if self.aside {
            self.aside_at = board::moved(self.aside_at, self.resting().len(), action, PAGE);
        } else {
            self.at = board::moved(self.at, self.lines().len(), action, PAGE);
        }
    }

    fn open(&self) -> Flow {
        match self.matter() {
            Some((MatterKind::Draft, id, _)) => Flow::Draft(id),
            Some((_, _, contact)) => contact.map_or(Flow::Stay, Flow::Select),
            None => Flow::Stay,
        }
    }

    /// The matter is done. Where that is more than a word, the form for it opens.
    fn done(&self, cx: &Cx<'_>) -> Flow {
        let Some(line) = self.here() else {
            return Flow::Stay;
        };
        if let Some(command) = line.done(cx.today()) {
            return Flow::Apply(command);
        }
        match line.kind {
            MatterKind::Draft => Flow::Draft(line.id),
            MatterKind::Plan | MatterKind::Stale => Flow::Run(Action::Touch),
            MatterKind::Chit => settle(line.id, cx),
            _ => Flow::Say("Enter goes to the person; s sets it aside".to_owned()),
        }
    }

    fn set_aside(&self, cx: &Cx<'_>) -> Flow {
        match self.here() {
            Some(line) if line.kind == MatterKind::Draft => {
                Flow::Say("A draft is filed or thrown away: Enter takes it up".to_owned())
            }
            Some(line) => until((line.kind, line.id, line.contact), &line.who, cx),
            None => match (self.matter(), self.rests_here()) {
                (Some(matter), Some(rests)) => until(matter, &rests.who, cx),
                _ => Flow::Stay,
            },
        }
    }

    fn bring_back(&self) -> Flow {
        let rests = self.rests_here();
        rests.map_or(Flow::Stay, |rests| Flow::Apply(rests.back()))
    }

    fn why(&self) -> Flow {
        self.here()
            .map_or(Flow::Stay, |line| Flow::Say(line.points.words(line.kind)))
    }
}

/// The form that asks until when a matter is set aside.
fn until((kind, id, with): (MatterKind, Id, Option<Id>), who: &str, cx: &Cx<'_>) -> Flow {
    let who = who.to_owned();
    Form::over(
        Subject::SetAside {
            kind,
            id,
            with,
            who,
        },
        cx,
    )
}

/// The form in which a chit of mine comes back, where the person it is with is read.
fn settle(id: Id, cx: &Cx<'_>) -> Flow {
    let row = cx
        .person
        .and_then(|person| person.chits.iter().find(|row| row.id == id));
    row.map_or(Flow::Run(Action::GoChits), |row| {
        Form::over(
            Subject::Settle {
                id,
                how: crate::domain::chit::Settlement::Redeemed,
                open: row.open(),
                what: row.chit.what.clone(),
            },
            cx,
        )
    })
}

impl Modal for Board {
    fn keys(&self) -> &'static Keys {
        if self.aside { &ASIDE_KEYS } else { &KEYS }
    }

    fn answers(&self, action: Action) -> bool {
        match action {
            Action::MatterDone | Action::WhyRanked => self.here().is_some(),
            Action::Open => self.matter().is_some(),
            Action::BringBack => self.rests_here().is_some(),
            Action::NextPane => self.aside || !self.resting().is_empty(),
            Action::SetAside => {
                let draft = |line: &Line| line.kind == MatterKind::Draft;
                self.matter().is_some() && !self.here().is_some_and(draft)
            }
            Action::PlanMatter | Action::PromiseNow | Action::CallNow => self.points_at().is_some(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        use Action as A;
        match action {
            A::Up | A::Down | A::PageUp | A::PageDown | A::Top | A::Bottom => self.go(action),
            A::NextPane | A::PrevPane => self.aside = !self.aside,
            A::Open => return self.open(),
            A::BringBack => return self.bring_back(),
            A::MatterDone => return self.done(cx),
            A::SetAside => return self.set_aside(cx),
            A::WhyRanked => return self.why(),
            A::CallNow => {
                let party = self.points_at().map(Party::Known);
                return party.map_or(Flow::Stay, Flow::Call);
            }
            A::PlanMatter if self.points_at().is_some() => return Flow::Run(A::Plan),
            A::PromiseNow if self.points_at().is_some() => return Flow::Run(A::Promise),
            A::Back => return Flow::Close,
            _ => {}
        }
        Flow::Stay
    }

    fn point(&mut self, spot: Spot, row: usize, double: bool, _cx: &Cx<'_>) -> Flow {
        if let Spot::List(ROWS, first) = spot
            && first + row < self.count()
        {
            if self.aside {
                self.aside_at = first + row;
            } else {
                self.at = first + row;
            }
            if double {
                return self.open();
            }
        }
        Flow::Stay
    }

    fn asks(&self, cx: &Cx<'_>) -> Option<Question> {
        Some(Question::Today(cx.now))
    }

    fn answered(&mut self, answer: Answer, _cx: &Cx<'_>) -> Option<Question> {
        if let Answer::Today(today) = answer {
            let before = self.lines().get(self.at).map(|line| (line.kind, line.id));
            let rested = self.resting().get(self.aside_at);
            let rested = rested.map(|rests| (rests.kind, rests.id));
            self.read = Some(today);
            let same = |rests: &SetAside| Some((rests.kind, rests.id)) == rested;
            let place = self.resting().iter().position(same);
            let last = self.resting().len().saturating_sub(1);
            self.aside_at = place.unwrap_or(self.aside_at).min(last);
            let key = |line: &Line| Some((line.kind, line.id)) == before;
            let there = self.lines().iter().position(key);
            let last = self.lines().len().saturating_sub(1);
            self.at = there.unwrap_or(self.at).min(last);
        }
        None
    }

    fn points_at(&self) -> Option<Id> {
        self.matter().and_then(|(_, _, contact)| contact)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.picture(frame, area, cx, memory);
    }
}
