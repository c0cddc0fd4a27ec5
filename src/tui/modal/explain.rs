//! Why a strength is what it is: what each touch and promise is worth today, what silence takes, and how the rhythm was learned.
//!
//! It holds only how far it is scrolled; everything else is worked out from whoever is shown, so that a correction is seen at once.
//! Where the room is short the smaller lines are folded into one, until somebody scrolls.

mod page;

use super::correct::possible;
use super::filing::Subject;
use super::form::Form;
use super::{Cx, Flow, Modal};
use crate::domain::command::Command;
use crate::domain::strength::words::sentence;
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use crate::tui::memory::Memory;
use page::Page;
use ratatui::Frame;
use ratatui::layout::Rect;
use std::cell::Cell;

/// The keys of the explanation.
pub const KEYS: Keys = Keys {
    place: "Why this strength",
    typed: false,
    rows: &[
        bind(
            &[Key::char('c')],
            Action::Correct,
            "Correct the strength by hand, with a reason",
            "correct",
            1,
        ),
        bind(
            &[Key::char('d')],
            Action::DropCorrection,
            "Take the latest correction back",
            "take back",
            2,
        ),
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "Down; every line is there, none folded away",
            "down",
            3,
        ),
        bind(
            &[Key::plain(Code::Up), Key::char('k')],
            Action::Up,
            "Up",
            "up",
            4,
        ),
        bind(
            &[Key::plain(Code::PageDown), Key::char(' ')],
            Action::PageDown,
            "A page down",
            "page",
            0,
        ),
        bind(
            &[Key::plain(Code::PageUp)],
            Action::PageUp,
            "A page up",
            "page",
            0,
        ),
        bind(
            &[Key::plain(Code::Home), Key::char('g')],
            Action::Top,
            "To the latest",
            "latest",
            0,
        ),
        bind(
            &[Key::plain(Code::End), Key::char('G')],
            Action::Bottom,
            "To the end: the sum, and the rhythm",
            "end",
            5,
        ),
        bind(
            &[Key::char('w')],
            Action::WhatIf,
            "What a touch you suppose would change",
            "what if",
            7,
        ),
        bind(
            &[Key::char('b')],
            Action::Book,
            "How the whole book stands",
            "book",
            8,
        ),
        bind(
            &[
                Key::plain(Code::Esc),
                Key::char('x'),
                Key::char('q'),
                Key::plain(Code::Enter),
            ],
            Action::Close,
            "Close",
            "close",
            6,
        ),
    ],
};

/// The explanation.
#[derive(Debug, Default)]
pub struct Explain {
    first: usize,
    /// The first row of the last page, the rows of a page, whether there is a strength and a correction of it, as they were drawn.
    most: Cell<usize>,
    page: Cell<usize>,
    known: Cell<bool>,
    corrected: Cell<bool>,
}

impl Modal for Explain {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn answers(&self, action: Action) -> bool {
        match action {
            Action::Correct => self.known.get(),
            Action::DropCorrection => self.corrected.get(),
            Action::Up => self.first > 0,
            Action::Down | Action::Bottom => self.first < self.most.get(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        let Some(person) = cx.person else {
            return Flow::Close;
        };
        let (most, page) = (self.most.get(), self.page.get().saturating_sub(1).max(1));
        let to = match action {
            Action::Close => return Flow::Close,
            Action::Correct => {
                if let Err(why) = possible(person, cx, cx.day()) {
                    return Flow::Say(sentence(&why));
                }
                let with = person.summary.id;
                return Form::over(Subject::Correct { with }, cx);
            }
            Action::DropCorrection => {
                let latest = person.corrections.last();
                let nothing = || Flow::Say("Nothing was corrected by hand".to_owned());
                return latest
                    .map_or_else(nothing, |id| Flow::Submit(Command::DropCorrection(*id)));
            }
            Action::WhatIf | Action::Book => return Flow::Run(action),
            Action::Up => self.first.saturating_sub(1),
            Action::Down => self.first + 1,
            Action::PageUp => self.first.saturating_sub(page),
            Action::PageDown => self.first + page,
            Action::Top => 0,
            Action::Bottom => most,
            _ => self.first,
        };
        self.first = to.min(most);
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let Some(person) = cx.person else { return };
        self.known.set(possible(person, cx, cx.day()).is_ok());
        self.corrected.set(!person.corrections.is_empty());
        let page = Page::new(person, area, cx);
        let (most, rows) = page.draw(frame, self.first, cx, memory);
        self.most.set(most);
        self.page.set(rows);
    }
}
