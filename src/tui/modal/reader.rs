//! A whole note, to be read, with what was caught in it: broken into rows by what a reader sees as letters, scrolled, never edited.

use super::{Cx, Flow, Modal, frame_for, middle};
use crate::domain::filing::CaughtRow;
use crate::domain::id::Id;
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use crate::tui::memory::Memory;
use crate::tui::widget::{row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cell::Cell;

/// The keys of the reader.
pub const KEYS: Keys = Keys {
    place: "Reading a note",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "Down",
            "down",
            1,
        ),
        bind(
            &[Key::plain(Code::Up), Key::char('k')],
            Action::Up,
            "Up",
            "up",
            2,
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
            "To the beginning",
            "beginning",
            0,
        ),
        bind(
            &[Key::plain(Code::End), Key::char('G')],
            Action::Bottom,
            "To the end",
            "end",
            0,
        ),
        bind(
            &[Key::char('o')],
            Action::Editor,
            "Open the note in $EDITOR",
            "editor",
            4,
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

/// The reader.
#[derive(Debug)]
pub struct Reader {
    title: String,
    text: String,
    first: usize,
    /// The first row of the last page, as the text was broken when it was drawn.
    most: Cell<usize>,
    /// The touch whose note it is.
    touch: Option<Id>,
    /// What was caught in it.
    caught: Vec<CaughtRow>,
}

impl Reader {
    /// Opened on the beginning of a text.
    pub fn new(title: String, text: String) -> Self {
        Reader {
            title,
            text,
            first: 0,
            most: Cell::new(0),
            touch: None,
            caught: Vec::new(),
        }
    }

    /// Opened on the note of a touch; what was caught in it is asked for.
    pub fn of_touch(title: String, text: String, touch: Id) -> Self {
        Reader {
            touch: Some(touch),
            ..Reader::new(title, text)
        }
    }

    /// The note in rows, and what was caught in it below.
    fn rows(&self, columns: usize, cx: &Cx<'_>) -> Vec<(String, Style)> {
        let text = wrap::rows(&self.text, columns);
        let mut rows: Vec<(String, Style)> =
            text.into_iter().map(|row| (row, cx.theme.text)).collect();
        if self.caught.is_empty() {
            return rows;
        }
        rows.push((String::new(), cx.theme.text));
        rows.push((format!("─ caught: {}", self.caught.len()), cx.theme.title));
        for caught in &self.caught {
            let told = caught.item.told(&|id| cx.name(id), cx.today());
            let sign = caught.words.chars().next().unwrap_or(' ');
            let state = if caught.state.is_empty() {
                String::new()
            } else {
                format!(" · {}", caught.state)
            };
            let line = format!("{sign} {told}{state}");
            let style = cx.theme.dim;
            rows.extend(
                wrap::rows(&line, columns)
                    .into_iter()
                    .map(|row| (row, style)),
            );
        }
        rows
    }

    fn area(&self, area: Rect, cx: &Cx<'_>) -> (Rect, Vec<(String, Style)>) {
        let columns = area.width.saturating_sub(4).clamp(10, 84);
        let rows = self.rows(usize::from(columns.saturating_sub(4)), cx);
        let outer = middle(
            area,
            columns,
            (rows.len() as u16)
                .saturating_add(2)
                .min(area.height.saturating_sub(2).max(3)),
        );
        (outer, rows)
    }
}

impl Modal for Reader {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn act(&mut self, action: Action, _cx: &Cx<'_>) -> Flow {
        let most = self.most.get();
        let to = match action {
            Action::Close => return Flow::Close,
            Action::Editor if self.touch.is_some() => return Flow::Run(Action::Editor),
            // A text of no touch, the weekly report: what becomes of it there is the person's own.
            Action::Editor => return Flow::Edit(self.text.clone()),
            Action::Up => self.first.saturating_sub(1),
            Action::Down => self.first + 1,
            Action::PageUp => self.first.saturating_sub(10),
            Action::PageDown => self.first + 10,
            Action::Top => 0,
            Action::Bottom => most,
            _ => self.first,
        };
        self.first = to.min(most);
        Flow::Stay
    }

    fn asks_caught(&self) -> Option<Id> {
        self.touch
    }

    fn caught(&mut self, rows: &[CaughtRow]) {
        self.caught = rows.to_vec();
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let (outer, rows) = self.area(area, cx);
        let inner = frame_for(frame, outer, &self.title, cx, memory);
        let height = usize::from(inner.height);
        self.most.set(rows.len().saturating_sub(height));
        let first = self.first.min(self.most.get());
        for (at, (text, style)) in rows.iter().skip(first).take(height).enumerate() {
            row::pieces(frame.buffer_mut(), row::row(inner, at), &[(text, *style)]);
        }
        if rows.len() > height {
            let below = Rect {
                y: outer.bottom().saturating_sub(1),
                height: 1,
                x: outer.x,
                width: outer.width.saturating_sub(2),
            };
            let place = format!(
                " {}–{} of {} ",
                first + 1,
                (first + height).min(rows.len()),
                rows.len()
            );
            row::right(frame.buffer_mut(), below, &place, cx.theme.dim);
        }
    }
}
