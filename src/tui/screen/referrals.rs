//! Who leads me to whom: the board by stage, whom to ask next, who led to whom, what the customers send, and warm paths.
//!
//! ```text
//! ╭ Referrals ─ 12 under way · 2 to tell ────────────────────────────────────────╮
//! │ ▸ Board   Ask   Tree   Yield   Origins   Paths                               │
//! │ Asked 2      Promised 3    Introduced 1   Met 4        Won 9       Lost 2    │
//! │ Fred Flint   Dino Vance    Ada            Zoë          …           …         │
//! │ Barney       Betty         Barney         Fred                               │
//! │ 9 days ago   the plant     3 Nov          2 days late                        │
//! ├ keys act on Fred Flint ─ r: Barney Rubble ───────────────────────────────────┤
//! │ asked 12 May · promised 3 Jun                                                │
//! ╰──────────────────────────────────────────────────────────────────────────────╯
//! ```
//!
//! `columns` holds the board's cursor, `lines` the tree's, `reach` the paths; `wishes` makes the changes that keys ask for, `draw`,
//! `cards` and `tables` the picture. Everything is found out behind the picture and kept until the next answer.

mod cards;
mod columns;
mod draw;
mod keys;
mod lines;
mod reach;
mod tables;
mod wishes;

pub use keys::{ASK_KEYS, BOARD_KEYS, PATH_KEYS, TREE_KEYS, WANTED_KEYS};

use crate::domain::ask::AskLine;
use crate::domain::id::Id;
use crate::domain::tree::{Grid, OriginRow};
use crate::tui::inquiry::{Answer, House, Question};
use crate::tui::keymap::{Action, Keys};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::{Cx, Flow, Input, Modal};
use crate::tui::screen::board;
use columns::Columns;
use lines::Tree;
use ratatui::Frame;
use ratatui::layout::Rect;
use reach::Reach;
use std::sync::Arc;

/// Rows a page key goes over.
const PAGE: usize = 12;

/// The numbers the mouse finds things by: the rows of a list, the names of the views, the stages side by side.
const ROWS: usize = 0;
const VIEWS: usize = 1;
const STAGES: usize = 20;

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    /// Referrals by their stage.
    #[default]
    Board,
    /// Who could be asked.
    Ask,
    /// Who led to whom.
    Tree,
    /// Customers by years.
    Yield,
    /// How people came, and how far.
    Origins,
    /// Ways to somebody.
    Paths,
}

impl View {
    const ALL: [View; 6] = [
        View::Board,
        View::Ask,
        View::Tree,
        View::Yield,
        View::Origins,
        View::Paths,
    ];

    fn word(self) -> &'static str {
        match self {
            View::Board => "Board",
            View::Ask => "Ask",
            View::Tree => "Tree",
            View::Yield => "Yield",
            View::Origins => "Origins",
            View::Paths => "Paths",
        }
    }

    fn step(self, by: usize) -> View {
        View::ALL[(self as usize + by) % View::ALL.len()]
    }
}

/// The board of the screen.
#[derive(Debug, Default)]
pub struct Referrals {
    view: View,
    columns: Columns,
    /// The keys for a person act on the referrer.
    turned: bool,
    /// Who could be asked, once read.
    queue: Option<Vec<AskLine>>,
    asked_at: usize,
    tree: Tree,
    grid: Grid,
    grid_at: usize,
    /// How many of the customers send one a year or more.
    senders: usize,
    origins: Option<Vec<OriginRow>>,
    reach: Reach,
}

impl Referrals {
    /// What the view that is shown wants to know.
    fn question(&self, cx: &Cx<'_>) -> Option<Question> {
        let day = cx.today();
        match self.view {
            View::Board => Some(Question::Referrals),
            View::Ask => Some(Question::Asking(day)),
            View::Tree | View::Yield => Some(Question::Lineage(day)),
            View::Origins => Some(Question::Origins),
            View::Paths => {
                let wanted = self.reach.wanted.as_ref()?.who;
                Some(Question::Paths { wanted, day })
            }
        }
    }

    fn turn_to(&mut self, view: View, cx: &Cx<'_>) -> Flow {
        self.view = view;
        self.ask(cx)
    }

    fn ask(&self, cx: &Cx<'_>) -> Flow {
        self.question(cx).map_or(Flow::Stay, Flow::Ask)
    }

    /// Every account, as far as they were read.
    fn houses(&self) -> Arc<[House]> {
        let read = self.columns.read.as_ref();
        read.map(|read| Arc::clone(&read.houses))
            .unwrap_or_default()
    }

    fn go(&mut self, action: Action) {
        match self.view {
            View::Board => self.columns.go(action, PAGE / 3),
            View::Ask => {
                let count = self.queue.as_ref().map_or(0, Vec::len);
                self.asked_at = board::moved(self.asked_at, count, action, PAGE);
            }
            View::Tree => self.tree.go(action, PAGE),
            View::Yield => {
                self.grid_at = board::moved(self.grid_at, self.grid.rows.len(), action, PAGE);
            }
            View::Origins => {}
            View::Paths => self.reach.go(action, PAGE),
        }
    }

    fn side(&mut self, right: bool, cx: &Cx<'_>) -> Flow {
        match self.view {
            View::Board => self.columns.side(right),
            View::Tree => self.tree.side(right),
            _ => {
                let by = if right { 1 } else { View::ALL.len() - 1 };
                return self.turn_to(self.view.step(by), cx);
            }
        }
        Flow::Stay
    }

    fn open(&self, cx: &Cx<'_>) -> Flow {
        if self.view == View::Paths {
            return self.write(cx);
        }
        let about = self.points_at().filter(|id| *id != Id::ME);
        about.map_or(Flow::Stay, Flow::Select)
    }

    fn act_typing(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        match action {
            Action::Close => self.reach.typed = None,
            Action::Choose => {
                if self.reach.choose() {
                    return self.ask(cx);
                }
            }
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => self.go(action),
            _ => {
                let changed = self
                    .reach
                    .typed
                    .as_mut()
                    .is_some_and(|line| line.act(action));
                if changed {
                    self.reach.search(&self.houses(), cx);
                }
            }
        }
        Flow::Stay
    }

    /// The row of the ask queue a cursor's place stands in: those held back stand below a heading.
    fn queue_row(&self, at: usize) -> usize {
        at + usize::from(self.held_from().is_some_and(|from| at >= from))
    }

    /// The place of the first who is held back.
    fn held_from(&self) -> Option<usize> {
        let queue = self.queue.as_ref()?;
        let from = queue.partition_point(|line| line.held.is_none());
        (from < queue.len()).then_some(from)
    }

    /// The place in the queue that a row shows; none: it is the heading.
    fn queue_place(&self, row: usize) -> Option<usize> {
        match self.held_from() {
            Some(from) if row == from => None,
            Some(from) if row > from => Some(row - 1),
            _ => Some(row),
        }
    }

    /// A row of the list that is shown was pointed at.
    fn press(&mut self, row: usize) -> bool {
        match self.view {
            View::Board => match self.columns.at_row(row) {
                Some((stage, card)) => self.columns.point(stage, card),
                None => return false,
            },
            View::Ask => {
                let count = self.queue.as_ref().map_or(0, Vec::len);
                match self.queue_place(row).filter(|at| *at < count) {
                    Some(at) => self.asked_at = at,
                    None => return false,
                }
            }
            View::Tree if row < self.tree.shown.len() => self.tree.at = row,
            View::Yield if row < self.grid.rows.len() => self.grid_at = row,
            View::Paths if self.reach.typed.is_some() => {
                if row >= self.reach.offered.len() {
                    return false;
                }
                self.reach.pick = row;
            }
            View::Paths => {
                if self
                    .reach
                    .paths
                    .as_ref()
                    .is_none_or(|paths| row >= paths.len())
                {
                    return false;
                }
                self.reach.at = row;
            }
            _ => return false,
        }
        true
    }
}

impl Modal for Referrals {
    fn keys(&self) -> &'static Keys {
        match self.view {
            View::Board => &BOARD_KEYS,
            View::Ask => &ASK_KEYS,
            View::Tree | View::Yield | View::Origins => &TREE_KEYS,
            View::Paths if self.reach.typed.is_some() => &WANTED_KEYS,
            View::Paths => &PATH_KEYS,
        }
    }

    fn answers(&self, action: Action) -> bool {
        self.would(action)
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        use Action as A;
        // Another key says that whatever was to be added was left.
        self.columns.adding = action == A::AddReferral;
        if self.reach.typed.is_some() && self.view == View::Paths {
            return self.act_typing(action, cx);
        }
        match action {
            A::Up | A::Down | A::PageUp | A::PageDown | A::Top | A::Bottom => self.go(action),
            A::Left | A::Right => return self.side(action == A::Right, cx),
            A::NextPane => return self.turn_to(self.view.step(1), cx),
            A::PrevPane => return self.turn_to(self.view.step(View::ALL.len() - 1), cx),
            A::Open => return self.open(cx),
            A::FoldIt if self.view == View::Board => self.columns.fold(),
            A::FoldIt => self.tree.fold(),
            A::OtherSide => self.turned = !self.turned,
            A::Filter => {
                let houses = self.houses();
                self.reach.begin(&houses, cx);
                // Accounts come with the referrals; they may not have been read yet.
                if houses.is_empty() {
                    return Flow::Ask(Question::Referrals);
                }
            }
            A::Back => return Flow::Close,
            _ => return self.wish(action, cx),
        }
        Flow::Stay
    }

    fn type_in(&mut self, input: &Input, cx: &Cx<'_>) -> Flow {
        if let Some(line) = &mut self.reach.typed {
            match input {
                Input::Char(c) => line.insert(*c),
                Input::Paste(text) => line.paste(text),
            }
            self.reach.search(&self.houses(), cx);
        }
        Flow::Stay
    }

    fn selected(&self) -> Option<String> {
        self.reach.typed.as_ref()?.selected()
    }

    fn point(&mut self, spot: Spot, row: usize, double: bool, cx: &Cx<'_>) -> Flow {
        self.columns.adding = false;
        match spot {
            Spot::List(ROWS, first) => {
                let found = self.press(first + row);
                if found && double {
                    let typing = self.view == View::Paths && self.reach.typed.is_some();
                    let action = match self.view {
                        _ if typing => Action::Choose,
                        View::Ask => Action::AskCard,
                        _ => Action::Open,
                    };
                    return self.act(action, cx);
                }
            }
            Spot::List(stage, first) if stage >= STAGES => {
                let card = first + row / usize::from(self.columns.high.get().max(1));
                self.columns.point(stage - STAGES, Some(card));
                if double {
                    return self.open(cx);
                }
            }
            Spot::List(view, _) => {
                let view = View::ALL.get(view - VIEWS).copied().unwrap_or_default();
                return self.turn_to(view, cx);
            }
            _ => {}
        }
        Flow::Stay
    }

    fn asks(&self, cx: &Cx<'_>) -> Option<Question> {
        self.question(cx)
    }

    fn answered(&mut self, answer: Answer, cx: &Cx<'_>) -> Option<Question> {
        match answer {
            Answer::Referrals(read) => {
                self.columns.take(*read, cx.today());
                if self.reach.typed.is_some() {
                    self.reach.search(&self.houses(), cx);
                }
            }
            Answer::Asking(lines) => {
                self.asked_at = self.asked_at.min(lines.len().saturating_sub(1));
                let before = self.asks_here().map(|line| line.who.who);
                let there = lines.iter().position(|line| Some(line.who.who) == before);
                self.asked_at = there.unwrap_or(self.asked_at);
                self.queue = Some(lines);
            }
            Answer::Lineage(read) => {
                self.tree.take(read.tree);
                self.grid_at = self.grid_at.min(read.grid.rows.len().saturating_sub(1));
                let enough = read.grid.rows.iter().filter(|row| row.per_year >= 1.0);
                self.senders = enough.count();
                self.grid = read.grid;
            }
            Answer::Origins(rows) => self.origins = Some(rows),
            Answer::Paths(who, paths) => self.reach.take(who, paths),
            _ => {}
        }
        None
    }

    fn points_at(&self) -> Option<Id> {
        match self.view {
            View::Board => {
                let (first, other) = self.sides()?;
                first.person().or(other.person())
            }
            View::Ask => self.asks_here().map(|line| line.who.who),
            View::Tree => self.tree.here()?.who.person(),
            View::Yield => self.grid.rows.get(self.grid_at)?.who.person(),
            View::Origins => None,
            View::Paths => Some(self.reach.here()?.hops.first()?.who),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.picture(frame, area, cx, memory);
    }
}
