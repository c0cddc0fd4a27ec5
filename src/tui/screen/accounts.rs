//! The accounts: who buys, how safe each is, and its page with the committee, the alarms and what is kept.
//!
//! ```text
//! ╭ Accounts ─ 12 ─ alarms first ──────────╮╭ Slate & Co ──────────────────────────────────────╮
//! │    account           strength    seats ││ ● vendor ▸ ○ preferred · adviser · trusted       │
//! │ !2 Slate & Co        ◐ ██▏    43   1/3 ││ ◐ 43 ██▏ · 1 of 3 seats warm · last touch today  │
//! │    Granite Works     ● ███▍   68   2/2 ││ ▸ Committee   Alarms   Kept             2 alarms │
//! │                                        ││ seat           person          stance    silent  │
//! │                                        ││ decision maker Wilma Slate     ? unknown   never │
//! │                                        ││ finance        Who signs for the money?          │
//! ╰────────────────────────────────────────╯╰──────────────────────────────────────────────────╯
//! ```
//!
//! Where there is no room for both, the page takes the place of the list. The keys for a person act on whom the row of the page is
//! about, and in the list on whoever is closest there. `entries` works out what a page lists, `told` its lines, `looks` the signs,
//! `deeds` what the keys change, `draw` the picture.

mod deeds;
mod draw;
mod entries;
mod keys;
mod looks;
mod told;

pub use keys::{KEYS, TYPED_KEYS};

use crate::domain::account::{Account, AccountRow};
use crate::domain::id::Id;
use crate::domain::text::{fold, order_key};
use crate::tui::inquiry::{Answer, Question};
use crate::tui::keymap::{Action, Keys};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::{Cx, Flow, Input, Modal};
use crate::tui::screen::board;
use crate::tui::widget::editor::Editor;
use entries::{Entry, Page, View};
use ratatui::Frame;
use ratatui::layout::Rect;
use std::cmp::Reverse;

/// Rows a page key goes over.
const STRIDE: usize = 15;

/// The numbers the mouse finds the rows of the list and of the page by; the names of the views come after them.
const ROWS: usize = 0;
const PAGE: usize = 1;
const VIEWS: usize = 2;

/// What the list is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Order {
    /// The worst alarm first.
    #[default]
    Alarms,
    /// The strongest first.
    Strength,
    /// The longest silence first.
    Silence,
    /// The most sold in a year first.
    Sales,
    /// By name.
    Name,
}

impl Order {
    const ALL: [Order; 5] = [
        Order::Alarms,
        Order::Strength,
        Order::Silence,
        Order::Sales,
        Order::Name,
    ];

    fn word(self) -> &'static str {
        match self {
            Order::Alarms => "alarms first",
            Order::Strength => "strongest first",
            Order::Silence => "longest silence first",
            Order::Sales => "most sold first",
            Order::Name => "by name",
        }
    }

    fn next(self) -> Order {
        Order::ALL[(self as usize + 1) % Order::ALL.len()]
    }

    /// Puts places of rows, which come in the order of the alarms, into this one.
    fn arrange(self, shown: &mut [usize], rows: &[AccountRow], currency: &str) {
        // What was sold in other currencies is compared only where nothing was in the usual one.
        let sold = |row: &AccountRow| {
            let in_it = |usual: bool| {
                let sums = row.sold.all();
                let sums = sums.filter(|sum| (sum.currency == currency) == usual);
                sums.map(|sum| sum.minor).max().unwrap_or(0)
            };
            Reverse((in_it(true), in_it(false)))
        };
        match self {
            Order::Alarms => {}
            Order::Strength => {
                shown.sort_by(|a, b| rows[*b].strength.total_cmp(&rows[*a].strength));
            }
            Order::Silence => shown.sort_by_key(|at| rows[*at].last),
            Order::Sales => shown.sort_by_key(|at| sold(&rows[*at])),
            Order::Name => shown.sort_by_cached_key(|at| order_key(&rows[*at].profile.name)),
        }
    }
}

/// The board.
#[derive(Debug, Default)]
pub struct Accounts {
    /// Every account in the book, once read, in the order of the alarms.
    read: Option<Vec<AccountRow>>,
    /// The places of those that are let through, in order.
    shown: Vec<usize>,
    order: Order,
    words: String,
    typing: Option<Editor>,
    at: usize,
    /// The account under the cursor.
    chosen: Option<Id>,
    /// The keys go to its page.
    on_page: bool,
    page: Page,
}

impl Accounts {
    /// Before anything is read.
    pub fn new() -> Self {
        Accounts::default()
    }

    /// Works out anew which accounts are listed, the cursor kept on the same one where it is still there.
    fn list(&mut self, cx: &Cx<'_>) {
        let Some(read) = &self.read else { return };
        let words = fold(&self.words);
        let words: Vec<&str> = words.split_whitespace().collect();
        let fits = |at: &usize| words.is_empty() || fits(&read[*at], &words);
        let mut shown: Vec<usize> = (0..read.len()).filter(fits).collect();
        self.order.arrange(&mut shown, read, cx.currency);
        let there = self
            .chosen
            .and_then(|id| shown.iter().position(|at| read[*at].id == id));
        let last = shown.len().saturating_sub(1);
        self.shown = shown;
        self.go_to(there.unwrap_or(self.at.min(last)));
        self.on_page &= self.chosen.is_some();
    }

    fn go_to(&mut self, at: usize) {
        self.at = at;
        self.chosen = self.shown_row(at).map(|row| row.id);
    }

    fn shown_row(&self, at: usize) -> Option<&AccountRow> {
        let place = self.shown.get(at)?;
        self.read.as_ref()?.get(*place)
    }

    /// The row of the account under the cursor.
    fn row(&self) -> Option<&AccountRow> {
        self.shown_row(self.at)
    }

    /// The page of the account under the cursor, once read.
    fn account(&self) -> Option<&Account> {
        let account = self.page.account.as_deref();
        account.filter(|account| Some(account.row.id) == self.chosen)
    }

    /// Whom the keys for a person act on: whom the page's row is about, in the list whoever is closest there.
    fn about(&self) -> Option<Id> {
        self.account()?;
        if self.on_page {
            self.page.about()
        } else {
            self.page.closest()
        }
    }

    /// What has to be read for what the cursor is on.
    fn wants(&self, cx: &Cx<'_>) -> Option<Question> {
        let id = self.chosen.filter(|_| self.account().is_none())?;
        Some(Question::Account { id, day: cx.day() })
    }

    fn ask(&self, cx: &Cx<'_>) -> Flow {
        self.wants(cx).map_or(Flow::Stay, Flow::Ask)
    }

    fn go(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        let (at, count) = if self.on_page {
            (self.page.at, self.page.entries.len())
        } else {
            (self.at, self.shown.len())
        };
        let to = board::moved(at, count, action, STRIDE);
        if self.on_page {
            self.page.at = self.page.held(to, board::goes_up(action));
            return Flow::Stay;
        }
        self.go_to(to);
        self.ask(cx)
    }

    /// From the list to the page, from there to the person of the row.
    fn open(&mut self) -> Flow {
        if !self.on_page {
            self.on_page = self.chosen.is_some();
            return Flow::Stay;
        }
        self.about().map_or(Flow::Stay, Flow::Select)
    }

    /// Tab goes into the page, and there through its views.
    fn turn(&mut self, by: usize) {
        if self.on_page {
            self.page.turn_to(self.page.view.step(by));
        }
        self.on_page = self.chosen.is_some();
    }

    fn back(&mut self, cx: &Cx<'_>) -> Flow {
        if self.on_page {
            self.on_page = false;
            return Flow::Stay;
        }
        if self.words.is_empty() {
            return Flow::Close;
        }
        self.narrow(String::new(), cx)
    }

    fn narrow(&mut self, words: String, cx: &Cx<'_>) -> Flow {
        self.words = words;
        self.list(cx);
        self.ask(cx)
    }

    fn act_typing(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        match action {
            Action::Close => {
                self.typing = None;
                return self.narrow(String::new(), cx);
            }
            Action::Choose => self.typing = None,
            Action::Up | Action::Down => return self.go(action, cx),
            _ => {
                if let Some(editor) = &mut self.typing {
                    editor.act(action);
                    let words = editor.text();
                    return self.narrow(words, cx);
                }
            }
        }
        Flow::Stay
    }
}

/// Whether an account's name, its alarms or its standing contain every one of these folded words.
fn fits(row: &AccountRow, words: &[&str]) -> bool {
    let mut found = fold(&row.profile.name);
    for alarm in &row.alarms {
        found.push('\n');
        found.push_str(alarm.kind.words());
    }
    for regard in [row.profile.regard, row.profile.wanted]
        .into_iter()
        .flatten()
    {
        found.push('\n');
        found.push_str(regard.word());
    }
    words.iter().all(|word| found.contains(word))
}

impl Modal for Accounts {
    fn keys(&self) -> &'static Keys {
        if self.typing.is_some() {
            &TYPED_KEYS
        } else {
            &KEYS
        }
    }

    fn answers(&self, action: Action) -> bool {
        use Action as A;
        let here = self.page.here().filter(|_| self.on_page);
        match action {
            A::Introduce => {
                let way = self.row().and_then(|row| self.way(row));
                way.is_some_and(|way| way.through.is_some())
            }
            A::StepRow => matches!(
                here,
                Some(Entry::Coaching(_) | Entry::Story(_) | Entry::Promise(_) | Entry::Need(_))
            ),
            A::Open if self.on_page => self.about().is_some(),
            A::Open | A::NextPane | A::EditRow | A::EditAccount => self.chosen.is_some(),
            A::AddSeat | A::AddCoaching | A::AddStory => self.account().is_some(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        use Action as A;
        if self.typing.is_some() {
            return self.act_typing(action, cx);
        }
        match action {
            A::Up | A::Down | A::PageUp | A::PageDown | A::Top | A::Bottom => {
                return self.go(action, cx);
            }
            A::Right => self.on_page = self.chosen.is_some(),
            A::Left => self.on_page = false,
            A::NextPane => self.turn(1),
            A::PrevPane => self.turn(View::ALL.len() - 1),
            A::Open => return self.open(),
            A::Back => return self.back(cx),
            A::Sort => {
                self.order = self.order.next();
                self.on_page = false;
                (self.chosen, self.at) = (None, 0);
                self.list(cx);
                return self.ask(cx);
            }
            A::Filter => {
                self.on_page = false;
                self.typing = Some(Editor::line(&self.words));
            }
            A::Introduce
            | A::StepRow
            | A::EditRow
            | A::EditAccount
            | A::DeleteRow
            | A::AddSeat
            | A::AddCoaching
            | A::AddStory => return self.change(action, cx),
            _ => {}
        }
        Flow::Stay
    }

    fn type_in(&mut self, input: &Input, cx: &Cx<'_>) -> Flow {
        let Some(editor) = &mut self.typing else {
            return Flow::Stay;
        };
        match input {
            Input::Char(c) => editor.insert(*c),
            Input::Paste(text) => editor.paste(text),
        }
        let words = editor.text();
        self.narrow(words, cx)
    }

    fn selected(&self) -> Option<String> {
        self.typing.as_ref()?.selected()
    }

    fn point(&mut self, spot: Spot, row: usize, double: bool, cx: &Cx<'_>) -> Flow {
        match spot {
            Spot::List(ROWS, first) => {
                self.on_page = false;
                if first + row < self.shown.len() {
                    self.go_to(first + row);
                    self.on_page = double;
                    return self.ask(cx);
                }
            }
            Spot::List(PAGE, entry) => {
                self.on_page = true;
                self.page.at = self.page.held(entry, false);
                if double {
                    return self.open();
                }
            }
            Spot::List(view, _) if view >= VIEWS => {
                let view = View::ALL.get(view - VIEWS).copied().unwrap_or_default();
                self.page.turn_to(view);
                self.on_page = self.chosen.is_some();
            }
            _ => {}
        }
        Flow::Stay
    }

    fn asks(&self, cx: &Cx<'_>) -> Option<Question> {
        Some(Question::Accounts { day: cx.day() })
    }

    fn answered(&mut self, answer: Answer, cx: &Cx<'_>) -> Option<Question> {
        match answer {
            Answer::Accounts(rows) => {
                self.read = Some(rows);
                self.list(cx);
                // The page is read again too: it may have changed with them.
                let id = self.chosen?;
                Some(Question::Account { id, day: cx.day() })
            }
            Answer::Account(id, account) if Some(id) == self.chosen => {
                self.page.show(account);
                None
            }
            _ => None,
        }
    }

    fn points_at(&self) -> Option<Id> {
        self.about()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.picture(frame, area, cx, memory);
    }
}
