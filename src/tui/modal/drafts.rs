//! What was begun and not filed, offered again. Nothing is thrown away unless its owner says so.

use super::form::Form;
use super::{Cx, Flow, Input, Modal, frame_for, middle};
use crate::domain::draft::{CallNote, Draft};
use crate::domain::moment::Moment;
use crate::domain::text::{first_line, fit, pad, width};
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Seconds for which a draft saved by some program may still be typed in there.
const FRESH: i64 = 10;

/// The keys of the offer.
pub const KEYS: Keys = Keys {
    place: "Unfinished drafts",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::TakeUp,
            "Take the draft up again",
            "take it up",
            1,
        ),
        bind(
            &[Key::char('d')],
            Action::ThrowAway,
            "Throw the draft away: twice, then it goes",
            "throw it away",
            2,
        ),
        bind(
            &[Key::char('u')],
            Action::Undo,
            "Bring back what was thrown away last",
            "bring it back",
            0,
        ),
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "Down",
            "down",
            0,
        ),
        bind(
            &[Key::plain(Code::Up), Key::char('k')],
            Action::Up,
            "Up",
            "up",
            0,
        ),
        bind(
            &[Key::plain(Code::Esc), Key::char('q')],
            Action::Close,
            "Later; the drafts stay",
            "later",
            3,
        ),
    ],
};

/// The offer.
#[derive(Debug)]
pub struct Drafts {
    /// Each with the beginning of its text.
    rows: Vec<(Draft, String)>,
    at: usize,
    /// The row at the cursor goes with one more key.
    doomed: bool,
    /// Something was thrown away and can be brought back.
    thrown: bool,
}

impl Drafts {
    /// These are there; `thrown`: another one was thrown away a moment ago.
    pub fn new(drafts: Vec<Draft>, thrown: bool, now: Moment) -> Self {
        let with_gist = |draft| {
            let gist = gist(&draft);
            let fresh = draft.saved.is_some_and(|saved| {
                let age = (now - saved).num_seconds();
                (0..FRESH).contains(&age)
            });
            let gist = if fresh {
                format!("perhaps open in another window; {gist}")
            } else {
                gist
            };
            (draft, gist)
        };
        Drafts {
            rows: drafts.into_iter().map(with_gist).collect(),
            at: 0,
            doomed: false,
            thrown,
        }
    }

    fn says(&self) -> &'static str {
        if self.doomed {
            "d once more throws it away; any other key keeps it."
        } else if self.thrown {
            "Begun and not filed. Enter takes it up, d throws it away, u brings back the last."
        } else {
            "Begun and not filed. Enter takes it up, d throws it away."
        }
    }
}

/// What tells a draft from others of its title: of a call its clock, and the beginning of what was typed.
fn gist(draft: &Draft) -> String {
    let Some(call) = CallNote::of(draft) else {
        return Form::gist(draft).unwrap_or_default();
    };
    let (begun, minutes) = (call.begun.format("%-d %b %H:%M"), call.minutes(call.heard));
    format!("{begun}, {minutes} min: {}", first_line(&call.text))
}

impl Modal for Drafts {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn act(&mut self, action: Action, _cx: &Cx<'_>) -> Flow {
        let last = self.rows.len().saturating_sub(1);
        let doomed = std::mem::take(&mut self.doomed);
        match action {
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::Down => self.at = (self.at + 1).min(last),
            Action::TakeUp => {
                let draft = self.rows.get(self.at).map(|(draft, _)| draft.clone());
                return draft.map_or(Flow::Close, |draft| Flow::TakeUp(Box::new(draft)));
            }
            Action::ThrowAway if self.at < self.rows.len() && !doomed => self.doomed = true,
            Action::ThrowAway if self.at < self.rows.len() => {
                let (draft, _) = self.rows.remove(self.at);
                self.at = self.at.min(last.saturating_sub(1));
                self.thrown = true;
                return Flow::ThrowAway(Box::new(draft));
            }
            Action::Undo if self.thrown => return Flow::BringBack,
            Action::Undo => return Flow::Say("Nothing was thrown away here".to_owned()),
            Action::Close => return Flow::Close,
            _ => {}
        }
        Flow::Stay
    }

    fn type_in(&mut self, _input: &Input, _cx: &Cx<'_>) -> Flow {
        self.doomed = false;
        Flow::Stay
    }

    fn point(&mut self, spot: Spot, row: usize, double: bool, cx: &Cx<'_>) -> Flow {
        if let Spot::Choices(first) = spot
            && first + row < self.rows.len()
        {
            self.at = first + row;
            self.doomed = false;
            if double {
                return self.act(Action::TakeUp, cx);
            }
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let outer = middle(area, 88.min(area.width), self.rows.len() as u16 + 4);
        let inner = frame_for(frame, outer, "Unfinished", cx, memory);
        let style = if self.doomed {
            cx.theme.warn
        } else {
            cx.theme.dim
        };
        row::pieces(
            frame.buffer_mut(),
            row::row(inner, 0),
            &[(self.says(), style)],
        );
        let list = Rect {
            y: inner.y + inner.height.min(2),
            height: inner.height.saturating_sub(2),
            ..inner
        };
        let first = memory.scroll("drafts", self.at, self.rows.len(), usize::from(list.height));
        memory.note(list, Spot::Choices(first));
        let rows = self
            .rows
            .iter()
            .enumerate()
            .skip(first)
            .take(usize::from(list.height));
        for (at, (draft, gist)) in rows {
            let style = if at == self.at {
                cx.theme.selected
            } else {
                cx.theme.text
            };
            let beside = if at == self.at { style } else { cx.theme.dim };
            let columns = usize::from(list.width);
            // The title leaves a good part of the row to the words that tell it from others.
            let title = fit(&format!(" {}", draft.title), columns * 3 / 5);
            let gist = pad(&format!("  {gist}"), columns.saturating_sub(width(&title)));
            row::pieces(
                frame.buffer_mut(),
                row::row(list, at - first),
                &[(&title, style), (&gist, beside)],
            );
        }
    }
}
