//! A text to be said or sent: the ask card, and the ask that can be forwarded. It is written behind the picture, then read, copied, or
//! changed in the person's own editor.

use super::{Cx, Flow, Modal, frame_for, middle};
use crate::tui::inquiry::{Answer, Letter as Wanted, Question};
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use crate::tui::memory::Memory;
use crate::tui::widget::{row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cell::Cell;

/// The keys of a text to be said or sent.
pub const KEYS: Keys = Keys {
    place: "A text to be said or sent",
    typed: false,
    rows: &[
        bind(
            &[Key::char('y')],
            Action::CopyText,
            "Copy the text",
            "copy",
            1,
        ),
        bind(
            &[Key::char('o')],
            Action::Editor,
            "Open the text in $EDITOR",
            "editor",
            2,
        ),
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "Down",
            "down",
            4,
        ),
        bind(
            &[Key::plain(Code::Up), Key::char('k')],
            Action::Up,
            "Up",
            "up",
            5,
        ),
        bind(
            &[
                Key::plain(Code::Esc),
                Key::plain(Code::Enter),
                Key::char('q'),
            ],
            Action::Close,
            "Close",
            "close",
            3,
        ),
    ],
};

/// The text on the screen.
#[derive(Debug)]
pub struct Letter {
    title: String,
    wanted: Wanted,
    /// The text, once written.
    text: Option<String>,
    beside: String,
    first: usize,
    /// The first row of the last page, as the text was broken when it was drawn.
    most: Cell<usize>,
}

impl Letter {
    /// Opened before it is written.
    pub fn new(title: String, wanted: Wanted) -> Self {
        Letter {
            title,
            wanted,
            text: None,
            beside: String::new(),
            first: 0,
            most: Cell::new(0),
        }
    }

    fn rows(&self, columns: usize, cx: &Cx<'_>) -> Vec<(String, Style)> {
        let Some(text) = &self.text else {
            return vec![("Writing …".to_owned(), cx.theme.dim)];
        };
        let broken = |text: &str, style: Style| {
            let rows = wrap::rows(text, columns);
            rows.into_iter().map(move |row| (row, style))
        };
        let mut rows: Vec<(String, Style)> = broken(text, cx.theme.text).collect();
        if !self.beside.is_empty() {
            rows.push((String::new(), cx.theme.text));
            rows.extend(broken(&self.beside, cx.theme.dim));
        }
        rows
    }
}

impl Modal for Letter {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn answers(&self, action: Action) -> bool {
        !matches!(action, Action::CopyText | Action::Editor) || self.text.is_some()
    }

    fn act(&mut self, action: Action, _cx: &Cx<'_>) -> Flow {
        let to = match action {
            Action::Close => return Flow::Close,
            Action::Editor => {
                return self
                    .text
                    .as_ref()
                    .map_or(Flow::Stay, |text| Flow::Edit(text.clone()));
            }
            Action::Up => self.first.saturating_sub(1),
            Action::Down => self.first + 1,
            _ => self.first,
        };
        self.first = to.min(self.most.get());
        Flow::Stay
    }

    fn selected(&self) -> Option<String> {
        self.text.clone()
    }

    fn asks(&self, _cx: &Cx<'_>) -> Option<Question> {
        Some(Question::Letter(self.wanted.clone()))
    }

    fn answered(&mut self, answer: Answer, _cx: &Cx<'_>) -> Option<Question> {
        if let Answer::Letter { of, text, beside } = answer
            && of == self.wanted
        {
            (self.text, self.beside) = (Some(text), beside);
        }
        None
    }

    fn edited(&mut self, text: &str) {
        self.text = Some(text.trim_end().to_owned());
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let columns = area.width.saturating_sub(4).clamp(10, 84);
        let rows = self.rows(usize::from(columns.saturating_sub(4)), cx);
        let high = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        let most = area.height.saturating_sub(2).max(3);
        let outer = middle(area, columns, high.saturating_add(2).min(most));
        let inner = frame_for(frame, outer, &self.title, cx, memory);
        let height = usize::from(inner.height);
        self.most.set(rows.len().saturating_sub(height));
        let first = self.first.min(self.most.get());
        for (at, (text, style)) in rows.iter().skip(first).take(height).enumerate() {
            row::pieces(frame.buffer_mut(), row::row(inner, at), &[(text, *style)]);
        }
    }
}
