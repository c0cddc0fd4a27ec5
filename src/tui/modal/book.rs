//! The book as a whole: its climate on a day, what is ahead, who moved, and how good the model's judgement was.
//!
//! ```text
//! ╭ The book on Sun 22 Nov, against 30 days before ───────────────────╮
//! │ 1 Climate  2 Ahead  3 Movers  4 Judgement      reading … ███░░ 40%│
//! │ Climate ─ 180 people ─────────────  Ahead ─ 14 go stale ───────── │   with room: the first three pages at once
//! │ ● on rhythm 60 ██████   +3          ▸ 23–29 Nov   4 ████          │
//! │ ░░▒▒▓▓██ …                          Barney Rubble  62  Tue 24 Nov │
//! │ Warmed most ──────────────────────  Cooled most ───────────────── │
//! ╰───────────────────────────────────────────────────────────────────╯
//! ```
//!
//! `asked` knows what is wanted and what is there, `place` who is chosen; `picture` draws, with `climate`, `ahead`, `movers` and
//! `judgement` for a page each.

mod ahead;
mod asked;
mod climate;
mod judgement;
mod movers;
mod parts;
mod picture;
mod place;
mod table;

pub use table::{AS_OF_KEYS, KEYS};

use super::{Cx, Flow, Input, Modal};
use crate::domain::climate::TO_COME;
use crate::domain::id::Id;
use crate::domain::moment::{DayNumber, day_number};
use crate::domain::when::{self, Look};
use crate::tui::effect::Effect;
use crate::tui::inquiry::{Answer, Question};
use crate::tui::keymap::{Action, Keys};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::editor::Editor;
use asked::Asked;
use place::Place;
use ratatui::Frame;
use ratatui::layout::Rect;
use std::cell::Cell;

/// What the mouse finds the lists by; the pages' names come after them.
const WEEK_ROWS: usize = 0;
const WEEK_NAMES: usize = 1;
const WARMED: usize = 2;
const COOLED: usize = 3;
const PAGES: usize = 4;

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Climate,
    Ahead,
    Movers,
    Judgement,
}

impl Part {
    const ALL: [Part; 4] = [Part::Climate, Part::Ahead, Part::Movers, Part::Judgement];

    fn word(self) -> &'static str {
        match self {
            Part::Climate => "Climate",
            Part::Ahead => "Ahead",
            Part::Movers => "Movers",
            Part::Judgement => "Judgement",
        }
    }

    fn step(self, by: usize) -> Part {
        Part::ALL[(self as usize + by) % Part::ALL.len()]
    }
}

/// A day being typed.
#[derive(Debug)]
struct AsOf {
    typed: Editor,
    /// What is wrong with it, once it was to be taken.
    wrong: Option<String>,
}

/// The view.
#[derive(Debug)]
pub struct Book {
    asked: Asked,
    part: Part,
    ahead: Place,
    movers: Place,
    /// The first row shown of the judgement, and of its last screenful.
    first: usize,
    most: Cell<usize>,
    typing: Option<AsOf>,
}

impl Book {
    /// Opened on today, and what it wants to know first.
    pub fn new(cx: &Cx<'_>) -> (Self, Question) {
        let (asked, question) = Asked::new(cx.day());
        let book = Book {
            asked,
            part: Part::Climate,
            ahead: Place::default(),
            movers: Place::default(),
            first: 0,
            most: Cell::new(0),
            typing: None,
        };
        (book, question)
    }

    /// How long the lists of the page are.
    fn lengths(&self) -> Vec<usize> {
        let Some(climate) = self.asked.climate() else {
            return Vec::new();
        };
        match self.part {
            Part::Ahead => climate.ahead.iter().map(|week| week.people.len()).collect(),
            Part::Movers => vec![climate.warmed.len(), climate.cooled.len()],
            Part::Climate | Part::Judgement => Vec::new(),
        }
    }

    fn place(&mut self) -> Option<&mut Place> {
        match self.part {
            Part::Ahead => Some(&mut self.ahead),
            Part::Movers => Some(&mut self.movers),
            Part::Climate | Part::Judgement => None,
        }
    }

    /// Who is chosen on the page.
    fn chosen(&self) -> Option<Id> {
        let climate = self.asked.climate()?;
        let lengths = self.lengths();
        match self.part {
            Part::Ahead => {
                let place = self.ahead.held(&lengths);
                let week = climate.ahead.get(place.group)?;
                week.people.get(place.at).map(|person| person.id)
            }
            Part::Movers => {
                let place = self.movers.held(&lengths);
                let side = [&climate.warmed, &climate.cooled];
                let mover = side.get(place.group)?.get(place.at)?;
                Some(mover.id)
            }
            Part::Climate | Part::Judgement => None,
        }
    }

    fn go(&mut self, action: Action) {
        let lengths = self.lengths();
        let most = self.most.get();
        let Some(place) = self.place() else {
            self.first = match action {
                Action::Up => self.first.min(most).saturating_sub(1),
                Action::Down => (self.first + 1).min(most),
                Action::PrevGroup => self.first.min(most).saturating_sub(10),
                Action::NextGroup => (self.first + 10).min(most),
                Action::Top => 0,
                _ => most,
            };
            return;
        };
        *place = match action {
            Action::Up | Action::Down => place.step(&lengths, action == Action::Down),
            Action::PrevGroup | Action::NextGroup => {
                place.turn(&lengths, action == Action::NextGroup)
            }
            Action::Top => Place::default(),
            _ => Place {
                at: usize::MAX,
                group: usize::MAX,
            }
            .held(&lengths),
        };
    }

    fn choose(&self) -> Flow {
        self.chosen().map_or(Flow::Stay, Flow::Select)
    }

    /// The day typed, or what is wrong with it.
    fn typed_day(&self, cx: &Cx<'_>) -> Option<Result<DayNumber, String>> {
        let text = self.typing.as_ref()?.typed.text();
        if text.trim().is_empty() {
            return None;
        }
        let read = when::day(&text, cx.today(), Look::Back, cx.order);
        Some(read.map(day_number).and_then(|day| {
            if day > cx.day() {
                Err(TO_COME.to_owned())
            } else {
                Ok(day)
            }
        }))
    }

    fn act_typing(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        match action {
            Action::Close => self.typing = None,
            Action::Choose => match self.typed_day(cx) {
                Some(Err(why)) => {
                    if let Some(typing) = &mut self.typing {
                        typing.wrong = Some(why);
                    }
                }
                found => {
                    self.typing = None;
                    if let Some(Ok(day)) = found {
                        return self.ask(|asked| asked.go_to(day));
                    }
                }
            },
            _ => {
                if let Some(typing) = &mut self.typing {
                    typing.typed.act(action);
                    typing.wrong = None;
                }
            }
        }
        Flow::Stay
    }

    /// Changes what is wanted, and asks where something new is.
    fn ask(&mut self, change: impl FnOnce(&mut Asked) -> bool) -> Flow {
        if !change(&mut self.asked) {
            return Flow::Stay;
        }
        self.asked
            .next(self.part == Part::Judgement)
            .map_or(Flow::Stay, Flow::Ask)
    }

    fn turn_to(&mut self, part: Part) {
        self.part = part;
    }
}

impl Modal for Book {
    fn keys(&self) -> &'static Keys {
        if self.typing.is_some() {
            &AS_OF_KEYS
        } else {
            &KEYS
        }
    }

    fn answers(&self, action: Action) -> bool {
        self.typing.is_some() || action != Action::Choose || self.chosen().is_some()
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        use Action as A;
        if self.typing.is_some() {
            return self.act_typing(action, cx);
        }
        let today = cx.day();
        match action {
            A::Close => return Flow::Close,
            A::Choose => return self.choose(),
            A::NextPane | A::Right => self.turn_to(self.part.step(1)),
            A::PrevPane | A::Left => self.turn_to(self.part.step(Part::ALL.len() - 1)),
            A::PartOne => self.turn_to(Part::Climate),
            A::PartTwo => self.turn_to(Part::Ahead),
            A::PartThree => self.turn_to(Part::Movers),
            A::PartFour => self.turn_to(Part::Judgement),
            A::Up | A::Down | A::NextGroup | A::PrevGroup | A::Top | A::Bottom => self.go(action),
            A::WeekBack => return self.ask(|asked| asked.shift(-7, today)),
            A::WeekOn => return self.ask(|asked| asked.shift(7, today)),
            A::MonthBack => return self.ask(|asked| asked.shift(-30, today)),
            A::MonthOn => return self.ask(|asked| asked.shift(30, today)),
            A::Present => return self.ask(|asked| asked.go_to(today)),
            A::Period => return self.ask(Asked::next_period),
            A::ReadAgain => return self.ask(Asked::again),
            A::AsOf => {
                self.typing = Some(AsOf {
                    typed: Editor::line(""),
                    wrong: None,
                });
            }
            _ => {}
        }
        Flow::Stay
    }

    fn selected(&self) -> Option<String> {
        self.typing.as_ref()?.typed.selected()
    }

    fn type_in(&mut self, input: &Input, _cx: &Cx<'_>) -> Flow {
        if let Some(typing) = &mut self.typing {
            match input {
                Input::Char(c) => typing.typed.insert(*c),
                Input::Paste(text) => typing.typed.paste(text),
            }
            typing.wrong = None;
        }
        Flow::Stay
    }

    fn point(&mut self, spot: Spot, row: usize, double: bool, _cx: &Cx<'_>) -> Flow {
        let Spot::List(number, first) = spot else {
            return Flow::Stay;
        };
        let at = first + row;
        let (part, place) = match number {
            WEEK_ROWS => (Part::Ahead, Place { group: at, at: 0 }),
            WEEK_NAMES => (Part::Ahead, Place { at, ..self.ahead }),
            WARMED => (Part::Movers, Place { group: 0, at }),
            COOLED => (Part::Movers, Place { group: 1, at }),
            page => {
                let part = page.checked_sub(PAGES).and_then(|at| Part::ALL.get(at));
                self.turn_to(part.copied().unwrap_or(self.part));
                return Flow::Stay;
            }
        };
        self.turn_to(part);
        let lengths = self.lengths();
        let rows = lengths.get(place.group).copied().unwrap_or(0);
        if number != WEEK_ROWS && place.at >= rows {
            return Flow::Stay;
        }
        if let Some(here) = self.place() {
            *here = place.held(&lengths);
        }
        if double && number != WEEK_ROWS {
            return self.choose();
        }
        Flow::Stay
    }

    fn answered(&mut self, answer: Answer, _cx: &Cx<'_>) -> Option<Question> {
        let first = self.asked.climate().is_none();
        self.asked.take(answer);
        if let (true, Some(climate)) = (first, self.asked.climate()) {
            // A week in which somebody goes stale is opened, not an empty one.
            let busy = climate.ahead.iter().position(|week| week.count > 0);
            self.ahead.group = busy.unwrap_or(0);
        }
        self.asked.next(self.part == Part::Judgement)
    }

    fn parting(&self) -> Option<Effect> {
        let waits = self.asked.reading().is_some();
        waits.then_some(Effect::Ask(Question::Nothing))
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.picture(frame, area, cx, memory);
    }
}
