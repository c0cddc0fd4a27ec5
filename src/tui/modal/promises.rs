//! A person's open promises, to be closed: kept, broken, or dropped.

use super::filing::Subject;
use super::form::Form;
use super::{Cx, Flow, Modal, frame_for, middle};
use crate::domain::command::Command;
use crate::domain::promise::PromiseState;
use crate::domain::text::{pad, width};
use crate::domain::when;
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The keys of the list.
pub const KEYS: Keys = Keys {
    place: "Open promises",
    typed: false,
    rows: &[
        bind(&[Key::char('k')], Action::Kept, "It was kept", "kept", 1),
        bind(
            &[Key::char('b')],
            Action::Broken,
            "It was broken",
            "broken",
            2,
        ),
        bind(
            &[Key::plain(Code::Enter), Key::char('e')],
            Action::Edit,
            "Edit the promise",
            "edit",
            4,
        ),
        bind(
            &[Key::char('d')],
            Action::Dropped,
            "It was dropped, and counts neither way",
            "dropped",
            3,
        ),
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "Down",
            "down",
            0,
        ),
        bind(&[Key::plain(Code::Up)], Action::Up, "Up", "up", 0),
        bind(
            &[Key::plain(Code::Esc), Key::char('q')],
            Action::Close,
            "Close",
            "close",
            5,
        ),
    ],
};

/// The list. It holds only a place: what is in it is read from whoever is shown.
#[derive(Debug, Default)]
pub struct Promises {
    at: usize,
}

impl Promises {
    fn edit(&self, cx: &Cx<'_>) -> Flow {
        let rows = cx.person.map_or(&[][..], |person| &person.promises);
        let Some(row) = rows.get(self.at.min(rows.len().saturating_sub(1))) else {
            return Flow::Close;
        };
        let subject = Subject::Promise {
            with: row.promise.contact,
            editing: Some((row.id, Box::new(row.promise.clone()))),
        };
        Flow::Push(Box::new(Form::new(subject, cx)))
    }
}

impl Modal for Promises {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        let rows = cx.person.map_or(&[][..], |person| &person.promises);
        let last = rows.len().saturating_sub(1);
        let state = match action {
            Action::Kept => PromiseState::Kept,
            Action::Broken => PromiseState::Broken,
            Action::Dropped => PromiseState::Dropped,
            Action::Up => {
                self.at = self.at.min(last).saturating_sub(1);
                return Flow::Stay;
            }
            Action::Down => {
                self.at = (self.at + 1).min(last);
                return Flow::Stay;
            }
            Action::Edit => return self.edit(cx),
            Action::Close => return Flow::Close,
            _ => return Flow::Stay,
        };
        match rows.get(self.at.min(last)) {
            Some(row) => Flow::Submit(Command::ClosePromise {
                id: row.id,
                state,
                on: cx.today(),
            }),
            None => Flow::Close,
        }
    }

    fn point(&mut self, spot: Spot, row: usize, _double: bool, _cx: &Cx<'_>) -> Flow {
        if let Spot::Choices(first) = spot {
            self.at = first + row;
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let rows = cx.person.map_or(&[][..], |person| &person.promises);
        let outer = middle(area, 70.min(area.width), (rows.len() as u16).max(1) + 2);
        let inner = frame_for(frame, outer, "Open promises", cx, memory);
        let at = self.at.min(rows.len().saturating_sub(1));
        let first = memory.scroll("promises", at, rows.len(), usize::from(inner.height));
        memory.note(inner, Spot::Choices(first));
        for (place, open) in rows
            .iter()
            .enumerate()
            .skip(first)
            .take(usize::from(inner.height))
        {
            let due = format!("due {} ", when::say(open.promise.due, cx.today()));
            let who = if open.promise.mine { "you" } else { "they" };
            let left = usize::from(inner.width).saturating_sub(width(&due));
            let text = pad(&format!(" {who} promised: {}", open.promise.what), left);
            let style = if place == at {
                cx.theme.selected
            } else {
                cx.theme.text
            };
            let late = if place == at {
                style
            } else if open.promise.due < cx.today() {
                cx.theme.bad
            } else {
                cx.theme.dim
            };
            row::pieces(
                frame.buffer_mut(),
                row::row(inner, place - first),
                &[(&text, style), (&due, late)],
            );
        }
    }
}
