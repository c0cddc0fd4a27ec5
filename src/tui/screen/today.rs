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
//! What is ranked how is the book's business ([`crate::domain::today`]); here it is shown, done, set aside and planned.

mod draw;
mod keys;

pub use keys::KEYS;

use crate::domain::id::Id;
use crate::domain::matter::MatterKind;
use crate::domain::today::{Line, Today};
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
}

impl Board {
    fn lines(&self) -> &[Line] {
        self.read.as_ref().map_or(&[], |today| &today.lines)
    }

    fn here(&self) -> Option<&Line> {
        self.lines().get(self.at)
    }

    fn go(&mut self, action: Action) {
        self.at = board::moved(self.at, self.lines().len(), action, PAGE);
    }

    fn open(&self) -> Flow {
        match self.here() {
            Some(line) if line.kind == MatterKind::Draft => Flow::Draft(line.id),
            Some(line) => line.contact.map_or(Flow::Stay, Flow::Select),
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
            Some(line) => form(
                Subject::SetAside {
                    kind: line.kind,
                    id: line.id,
                    with: line.contact,
                    who: line.who.clone(),
                },
                cx,
            ),
            None => Flow::Stay,
        }
    }

    fn why(&self) -> Flow {
        self.here()
            .map_or(Flow::Stay, |line| Flow::Say(line.points.words(line.kind)))
    }
}

/// The form in which a chit of mine comes back, where the person it is with is read.
fn settle(id: Id, cx: &Cx<'_>) -> Flow {
    let row = cx
        .person
        .and_then(|person| person.chits.iter().find(|row| row.id == id));
    row.map_or(Flow::Run(Action::GoChits), |row| {
        form(
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

fn form(subject: Subject, cx: &Cx<'_>) -> Flow {
    Flow::Push(Box::new(Form::new(subject, cx)))
}

impl Modal for Board {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn answers(&self, action: Action) -> bool {
        match action {
            Action::Open | Action::MatterDone | Action::WhyRanked => self.here().is_some(),
            Action::SetAside => self
                .here()
                .is_some_and(|line| line.kind != MatterKind::Draft),
            Action::PlanMatter | Action::PromiseNow | Action::CallNow => {
                self.here().is_some_and(|line| line.contact.is_some())
            }
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        use Action as A;
        match action {
            A::Up | A::Down | A::PageUp | A::PageDown | A::Top | A::Bottom => self.go(action),
            A::Open => return self.open(),
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
            && first + row < self.lines().len()
        {
            self.at = first + row;
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
            let before = self.here().map(|line| (line.kind, line.id));
            self.read = Some(today);
            let key = |line: &Line| Some((line.kind, line.id)) == before;
            let there = self.lines().iter().position(key);
            let last = self.lines().len().saturating_sub(1);
            self.at = there.unwrap_or(self.at).min(last);
        }
        None
    }

    fn points_at(&self) -> Option<Id> {
        self.here().and_then(|line| line.contact)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.picture(frame, area, cx, memory);
    }
}
