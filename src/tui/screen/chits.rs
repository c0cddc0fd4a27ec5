//! The ledger of favours: who did whom a favour, what came back, who owes whom since when, and who could be asked for whom.
//!
//! ```text
//! ╭ Chits ─ you owe 3 · owed 5½ · between others 2 ───────────────────────────╮
//! │ Register  Balances  Ageing  Routes        open · they owe me · as of 1 Jan │
//! │ date      favour                       what              worth  state  age │
//! │ 12 May    Barney → you                 Fred's intro          1  * open 194 │
//! │ 3 Nov       you gave back              got him past …        ½             │
//! ├ you owe Barney 1 ─────────────────────────────────────────────────────────┤
//! │ 12 May  you owe Barney 1: Fred's intro                                     │
//! ╰────────────────────────────────────────────────────────────────────────────╯
//! ```
//!
//! Nothing is ever set off here: a favour stays between the two people it was done between. `entries` works out what is listed,
//! `keys` holds the keys, `draw` the picture.

mod draw;
mod entries;
mod keys;

pub use keys::{KEYS, TYPED_KEYS};

use crate::domain::chit::{ChitRow, Halves, Settlement};
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::ledger::{Filter, Scope, Side, as_of};
use crate::domain::when::{self, Look};
use crate::tui::inquiry::{Answer, Question};
use crate::tui::keymap::{Action, Keys};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::call::Party;
use crate::tui::modal::filing::Subject;
use crate::tui::modal::form::Form;
use crate::tui::modal::{Cx, Flow, Input, Modal};
use crate::tui::screen::board;
use crate::tui::widget::editor::Editor;
use chrono::NaiveDate;
use entries::{Entries, Entry};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Rows a page key goes over.
const PAGE: usize = 15;

/// The number the mouse finds the rows by; the names of the views come after it.
const ROWS: usize = 0;
const VIEWS: usize = 1;

/// What is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    /// Every favour and what came back, by day.
    #[default]
    Register,
    /// A line for each person.
    Balances,
    /// Who owes whom, by how long.
    Ageing,
    /// Who could be asked for whom, and circles of favours.
    Routes,
}

impl View {
    const ALL: [View; 4] = [View::Register, View::Balances, View::Ageing, View::Routes];

    fn word(self) -> &'static str {
        match self {
            View::Register => "Register",
            View::Balances => "Balances",
            View::Ageing => "Ageing",
            View::Routes => "Routes",
        }
    }

    fn step(self, by: usize) -> View {
        View::ALL[(self as usize + by) % View::ALL.len()]
    }
}

/// What is being typed.
#[derive(Debug)]
enum Typing {
    /// Words that favours are filtered by.
    Words(Editor),
    /// The day the ledger is shown as of, and what is wrong with it.
    Day(Editor, Option<String>),
}

/// The board.
#[derive(Debug, Default)]
pub struct Chits {
    /// Every chit in the book, once read.
    read: Option<Vec<ChitRow>>,
    view: View,
    filter: Filter,
    as_of: Option<NaiveDate>,
    typing: Option<Typing>,
    listed: Entries,
    at: usize,
    /// The last row is gone to as soon as there are rows.
    fresh: bool,
}

impl Chits {
    /// Before anything is read.
    pub fn new() -> Self {
        Chits {
            fresh: true,
            ..Chits::default()
        }
    }

    /// Works out anew what is listed, the cursor kept on the same favour or person where it is still there.
    fn list(&mut self, today: NaiveDate) {
        let Some(read) = &self.read else { return };
        let before = self.listed.key(self.at);
        let day = self.as_of.unwrap_or(today);
        let rows = as_of(read.clone(), day);
        self.listed = Entries::of(self.view, rows, &self.filter, day);
        let there = before.and_then(|key| self.listed.place(key));
        self.at = match there {
            Some(at) => at,
            None if self.fresh => usize::MAX,
            None => self.at,
        };
        self.fresh = false;
        self.at = self.listed.held(self.at, false);
    }

    fn here(&self) -> Option<&Entry> {
        self.listed.list.get(self.at)
    }

    /// The chit under the cursor, as it is today whatever day is shown.
    fn chit(&self) -> Option<&ChitRow> {
        let Some(Entry::Line(line)) = self.here() else {
            return None;
        };
        self.read.as_ref()?.iter().find(|row| row.id == line.chit)
    }

    fn turn_to(&mut self, view: View, cx: &Cx<'_>) {
        if self.view != view {
            (self.view, self.at) = (view, 0);
            self.fresh = view == View::Register;
            self.listed = Entries::default();
            self.list(cx.today());
        }
    }

    /// Changes what is let through, and lists anew.
    fn narrow(&mut self, cx: &Cx<'_>, change: impl FnOnce(&mut Filter)) -> Flow {
        change(&mut self.filter);
        self.list(cx.today());
        Flow::Stay
    }

    /// Only the person under the cursor, then only the two of the favour, then everybody.
    fn scope(&mut self, cx: &Cx<'_>) -> Flow {
        let pair = self.chit().map(|row| (row.chit.giver, row.chit.receiver));
        let about = self.points_at();
        let next = match (self.filter.scope, pair, about) {
            (Scope::Everybody, _, Some(who)) => Scope::Person(who),
            (Scope::Person(_), Some((giver, receiver)), _) => Scope::Pair(giver, receiver),
            _ => Scope::Everybody,
        };
        if self.view != View::Register {
            self.turn_to(View::Register, cx);
            self.fresh = true;
        }
        self.narrow(cx, |filter| filter.scope = next)
    }

    fn go(&mut self, action: Action) {
        let to = board::moved(self.at, self.listed.list.len(), action, PAGE);
        self.at = self.listed.held(to, board::goes_up(action));
    }

    /// To where the favour is told of: the touch it came from, else the person.
    fn open(&self) -> Flow {
        let Some(who) = self.points_at().filter(|id| *id != Id::ME) else {
            return Flow::Stay;
        };
        let evidence = match self.here() {
            Some(Entry::Line(line)) => line.evidence,
            _ => None,
        };
        match evidence {
            Some(touch) => Flow::Visit(who, touch),
            None => Flow::Select(who),
        }
    }

    fn settle(&self, how: Settlement, cx: &Cx<'_>) -> Flow {
        match self.chit() {
            Some(row) if row.open() > Halves(0) => Form::over(
                Subject::Settle {
                    id: row.id,
                    how,
                    open: row.open(),
                    what: row.chit.what.clone(),
                },
                cx,
            ),
            Some(_) => Flow::Say("Nothing is open on this chit".to_owned()),
            None => Flow::Say("Go to a favour in the register first".to_owned()),
        }
    }

    /// Calls the chit in. One of mine begins the call in which it is asked for; where one waits, what came of it is filed.
    fn call_in(&self, cx: &Cx<'_>) -> Flow {
        let Some(row) = self.chit() else {
            return Flow::Say("Go to a favour in the register first".to_owned());
        };
        if row.open() == Halves(0) {
            return Flow::Say("Nothing is open on this chit".to_owned());
        }
        let waiting = row.called().is_some();
        if row.chit.giver == Id::ME && !waiting {
            let call = Command::CallChit {
                id: row.id,
                call: Box::new(crate::domain::chit::ChitCall {
                    on: cx.today(),
                    outcome: None,
                    answered: None,
                    note: String::new(),
                }),
            };
            let party = Party::Known(row.chit.receiver);
            return Flow::Apply(call).then(Flow::Call(party));
        }
        let what = row.chit.what.clone();
        let (id, open) = (row.id, row.open());
        Form::over(
            Subject::CallIn {
                id,
                open,
                what,
                waiting,
            },
            cx,
        )
    }

    fn change(&self, action: Action, cx: &Cx<'_>) -> Flow {
        let Some(row) = self.chit() else {
            return Flow::Say("Go to a favour in the register first".to_owned());
        };
        match action {
            Action::EditChit => Form::over(
                Subject::Chit {
                    with: None,
                    editing: Some((row.id, Box::new(row.chit.clone()))),
                },
                cx,
            ),
            Action::ClearChit => Flow::Apply(Command::ClearChit {
                id: row.id,
                pending: !row.chit.pending,
            }),
            _ => Flow::Apply(Command::DeleteChit(row.id)),
        }
    }

    fn back(&mut self, cx: &Cx<'_>) -> Flow {
        let plain = Filter::default();
        if self.filter != plain || self.as_of.is_some() {
            self.as_of = None;
            return self.narrow(cx, |filter| *filter = plain);
        }
        Flow::Close
    }

    fn act_typing(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        match (action, &mut self.typing) {
            (Action::Close, Some(Typing::Words(_))) => {
                self.typing = None;
                return self.narrow(cx, |filter| filter.text.clear());
            }
            (Action::Choose, Some(Typing::Day(editor, wrong))) => {
                let text = editor.text();
                let read = match text.trim() {
                    "" | "today" => Ok(None),
                    text => when::day(text, cx.today(), Look::Back, cx.order).map(Some),
                };
                match read {
                    Ok(Some(day)) if day > cx.today() => {
                        *wrong = Some("That day has not come yet".to_owned());
                    }
                    Ok(day) => {
                        (self.as_of, self.typing) = (day, None);
                        self.list(cx.today());
                    }
                    Err(why) => *wrong = Some(why),
                }
            }
            (Action::Choose | Action::Close, _) => self.typing = None,
            (Action::Up | Action::Down, Some(Typing::Words(_))) => self.go(action),
            (_, Some(Typing::Words(editor) | Typing::Day(editor, _))) => {
                editor.act(action);
                self.typed(cx);
            }
            _ => {}
        }
        Flow::Stay
    }

    /// What was typed changes what is listed at once.
    fn typed(&mut self, cx: &Cx<'_>) {
        let words = match &mut self.typing {
            Some(Typing::Words(editor)) => editor.text(),
            Some(Typing::Day(_, wrong)) => {
                *wrong = None;
                return;
            }
            None => return,
        };
        self.narrow(cx, |filter| filter.text = words);
    }
}

impl Modal for Chits {
    fn keys(&self) -> &'static Keys {
        if self.typing.is_some() {
            &TYPED_KEYS
        } else {
            &KEYS
        }
    }

    fn answers(&self, action: Action) -> bool {
        use Action as A;
        match action {
            A::Redeem | A::Forgive | A::CallIn => {
                self.chit().is_some_and(|row| row.open() > Halves(0))
            }
            A::EditChit | A::ClearChit | A::DeleteChit => self.chit().is_some(),
            A::Open => self.points_at().is_some_and(|id| id != Id::ME),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        use Action as A;
        if self.typing.is_some() {
            return self.act_typing(action, cx);
        }
        match action {
            A::Up | A::Down | A::PageUp | A::PageDown | A::Top | A::Bottom => self.go(action),
            A::NextPane | A::Right => self.turn_to(self.view.step(1), cx),
            A::PrevPane | A::Left => self.turn_to(self.view.step(View::ALL.len() - 1), cx),
            A::Side => {
                let next = match self.filter.side {
                    None => Some(Side::IOwe),
                    Some(Side::IOwe) => Some(Side::TheyOwe),
                    Some(Side::TheyOwe) => Some(Side::Others),
                    Some(Side::Others) => None,
                };
                return self.narrow(cx, |filter| filter.side = next);
            }
            A::OnlyOpen => return self.narrow(cx, |filter| filter.open = !filter.open),
            A::OnlyPending => return self.narrow(cx, |filter| filter.pending = !filter.pending),
            A::Scope => return self.scope(cx),
            A::Filter => self.typing = Some(Typing::Words(Editor::line(&self.filter.text))),
            A::AsOf => self.typing = Some(Typing::Day(Editor::line(""), None)),
            A::Open => return self.open(),
            A::Redeem => return self.settle(Settlement::Redeemed, cx),
            A::Forgive => return self.settle(Settlement::Forgiven, cx),
            A::CallIn => return self.call_in(cx),
            A::EditChit | A::ClearChit | A::DeleteChit => return self.change(action, cx),
            A::Back => return self.back(cx),
            _ => {}
        }
        Flow::Stay
    }

    fn type_in(&mut self, input: &Input, cx: &Cx<'_>) -> Flow {
        if let Some(Typing::Words(editor) | Typing::Day(editor, _)) = &mut self.typing {
            match input {
                Input::Char(c) => editor.insert(*c),
                Input::Paste(text) => editor.paste(text),
            }
            self.typed(cx);
        }
        Flow::Stay
    }

    fn selected(&self) -> Option<String> {
        match self.typing.as_ref()? {
            Typing::Words(editor) | Typing::Day(editor, _) => editor.selected(),
        }
    }

    fn point(&mut self, spot: Spot, row: usize, double: bool, cx: &Cx<'_>) -> Flow {
        match spot {
            Spot::List(ROWS, first) if first + row < self.listed.list.len() => {
                self.at = self.listed.held(first + row, false);
                if double {
                    return self.open();
                }
            }
            Spot::List(view, _) if view >= VIEWS => {
                let view = View::ALL.get(view - VIEWS).copied().unwrap_or_default();
                self.turn_to(view, cx);
            }
            _ => {}
        }
        Flow::Stay
    }

    fn asks(&self, _cx: &Cx<'_>) -> Option<Question> {
        Some(Question::Chits)
    }

    fn answered(&mut self, answer: Answer, cx: &Cx<'_>) -> Option<Question> {
        if let Answer::Chits(rows) = answer {
            self.read = Some(rows);
            self.list(cx.today());
        }
        None
    }

    fn points_at(&self) -> Option<Id> {
        self.here().and_then(Entry::about)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.picture(frame, area, cx, memory);
    }
}
