//! Two people who may be one, side by side: of every field on which they differ one is chosen, lists are joined, and nothing is lost.
//!
//! ```text
//! ╭ Two people, or one? ───────────────────────────────────────────╮
//! │             goes: B. Rubble          stays: Barney Rubble       │
//! │ name        B. Rubble                ▸ Barney Rubble            │
//! │ title       ▸ Plant manager            Manager                  │
//! │ both ways to reach them, tags, notes, touches, chits … are kept │
//! ╰─────────────────────────────────────────────────────────────────╯
//! ```

use super::{Cx, Flow, Modal, frame_for, middle};
use crate::domain::command::Command;
use crate::domain::contact::Card;
use crate::domain::duplicate::{Field, Merge, Side, combined, fields};
use crate::domain::id::Id;
use crate::domain::text::pad;
use crate::tui::inquiry::{Answer, Question};
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The keys of two cards side by side.
pub const KEYS: Keys = Keys {
    place: "Two people side by side",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter), Key::ctrl('s')],
            Action::Save,
            "They are one: merge them as chosen",
            "merge",
            1,
        ),
        bind(
            &[Key::plain(Code::Left), Key::char('h')],
            Action::Left,
            "Take what the left one says",
            "left",
            2,
        ),
        bind(
            &[Key::plain(Code::Right), Key::char('l')],
            Action::Right,
            "Take what the right one says",
            "right",
            3,
        ),
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "The next field",
            "down",
            0,
        ),
        bind(
            &[Key::plain(Code::Up), Key::char('k')],
            Action::Up,
            "The field before",
            "up",
            0,
        ),
        bind(
            &[Key::char('x')],
            Action::Swap,
            "The other one stays",
            "swap",
            4,
        ),
        bind(
            &[Key::char('2')],
            Action::KeepApart,
            "They are two people, and not proposed again",
            "two people",
            5,
        ),
        bind(
            &[Key::plain(Code::Esc), Key::char('q')],
            Action::Close,
            "Leave both as they are",
            "leave",
            6,
        ),
    ],
};

/// Both cards.
#[derive(Debug)]
pub struct Two {
    goes: Id,
    stays: Id,
    /// Their cards, who goes first, once read.
    cards: Option<Box<(Card, Card)>>,
    fields: Vec<Field>,
    at: usize,
    wrong: Option<String>,
}

impl Two {
    /// Somebody who may be somebody else, and the one they may be.
    pub fn new(goes: Id, stays: Id) -> Self {
        Two {
            goes,
            stays,
            cards: None,
            fields: Vec::new(),
            at: 0,
            wrong: None,
        }
    }

    fn compare(&mut self) {
        if let Some(cards) = &self.cards {
            self.fields = fields(&cards.0, &cards.1);
            self.at = self.at.min(self.fields.len().saturating_sub(1));
        }
    }

    fn merge(&self) -> Flow {
        let Some(cards) = &self.cards else {
            return Flow::Stay;
        };
        let (goes, stays) = cards.as_ref();
        Flow::Submit(Command::MergeContacts(Box::new(Merge {
            from: self.goes,
            into: self.stays,
            before: (goes.clone(), stays.clone()),
            after: combined(goes, stays, &self.fields),
        })))
    }

    fn swap(&mut self) {
        std::mem::swap(&mut self.goes, &mut self.stays);
        if let Some(cards) = &mut self.cards {
            let (goes, stays) = cards.as_mut();
            std::mem::swap(goes, stays);
        }
        self.compare();
    }
}

impl Modal for Two {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn act(&mut self, action: Action, _cx: &Cx<'_>) -> Flow {
        let last = self.fields.len().saturating_sub(1);
        match action {
            Action::Save => return self.merge(),
            Action::KeepApart if self.cards.is_some() => {
                return Flow::Submit(Command::KeepApart {
                    one: self.goes,
                    other: self.stays,
                });
            }
            Action::Close => return Flow::Close,
            Action::Swap => self.swap(),
            Action::Down => self.at = (self.at + 1).min(last),
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::Left | Action::Right => {
                if let Some(field) = self.fields.get_mut(self.at) {
                    field.chosen = if action == Action::Left {
                        Side::Goes
                    } else {
                        Side::Stays
                    };
                }
            }
            _ => {}
        }
        Flow::Stay
    }

    fn point(&mut self, spot: Spot, row: usize, _double: bool, _cx: &Cx<'_>) -> Flow {
        if let Spot::List(side, first) = spot
            && let Some(field) = self.fields.get_mut(first + row)
        {
            self.at = first + row;
            field.chosen = if side == 0 { Side::Goes } else { Side::Stays };
        }
        Flow::Stay
    }

    fn refused(&mut self, why: &str) {
        self.wrong = Some(why.to_owned());
    }

    fn asks(&self, _cx: &Cx<'_>) -> Option<Question> {
        Some(Question::Two(self.goes, self.stays))
    }

    fn answered(&mut self, answer: Answer, _cx: &Cx<'_>) -> Option<Question> {
        // One for another two was asked for by a picture that is gone.
        if let Answer::Two(goes, stays, cards) = answer
            && [(goes, stays), (stays, goes)].contains(&(self.goes, self.stays))
        {
            self.wrong = cards
                .is_none()
                .then(|| "One of the two is not in the book any more; Esc leaves".to_owned());
            self.cards = cards;
            // Whoever goes stood in the other place when it was asked.
            if let Some(cards) = self.cards.as_mut().filter(|_| goes != self.goes) {
                let (one, other) = cards.as_mut();
                std::mem::swap(one, other);
            }
            self.compare();
        }
        None
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let rows = self.fields.len() as u16 + 5;
        let outer = middle(area, 96, rows.max(7));
        let inner = frame_for(frame, outer, "Two people, or one?", cx, memory);
        let Some(cards) = &self.cards else {
            let says = self.wrong.as_deref().unwrap_or("Reading …");
            row::pieces(
                frame.buffer_mut(),
                row::row(inner, 0),
                &[(says, cx.theme.dim)],
            );
            return;
        };
        let label = 12.min(usize::from(inner.width) / 4);
        let wide = (usize::from(inner.width).saturating_sub(label + 4)) / 2;
        let heads = [
            (" ".repeat(label), cx.theme.dim),
            (
                pad(&format!("  goes: {}", cards.0.name), wide + 2),
                cx.theme.warn,
            ),
            (
                pad(&format!("  stays: {}", cards.1.name), wide + 2),
                cx.theme.good,
            ),
        ];
        let heads = heads
            .each_ref()
            .map(|(text, style)| (text.as_str(), *style));
        row::pieces(frame.buffer_mut(), row::row(inner, 0), &heads);
        let room = usize::from(inner.height.saturating_sub(2));
        let first = memory.scroll("two", self.at, self.fields.len(), room);
        for (place, field) in self.fields.iter().enumerate().skip(first).take(room) {
            let line = row::row(inner, place - first + 1);
            draw_field(frame, line, field, (label, wide), place == self.at, cx);
        }
        for side in 0..2_u16 {
            let half = Rect {
                x: inner.x + label as u16 + side * (wide as u16 + 2),
                y: inner.y + 1,
                width: wide as u16 + 2,
                height: room as u16,
            };
            memory.note(half, Spot::List(usize::from(side), first));
        }
        let foot = row::row(inner, usize::from(inner.height).saturating_sub(1));
        let says = "Numbers, addresses, tags, notes, touches, chits and all else of both are kept.";
        let (says, style) = match &self.wrong {
            Some(wrong) => (wrong.as_str(), cx.theme.bad),
            None => (says, cx.theme.dim),
        };
        row::pieces(frame.buffer_mut(), foot, &[(says, style)]);
    }
}

fn draw_field(
    frame: &mut Frame<'_>,
    line: Rect,
    field: &Field,
    (label, wide): (usize, usize),
    here: bool,
    cx: &Cx<'_>,
) {
    let mark = |side: Side| match (field.chosen == side, cx.plain) {
        (false, _) => "  ",
        (true, false) => "▸ ",
        (true, true) => "> ",
    };
    let style = |side: Side| match (here, field.chosen == side) {
        (true, true) => cx.theme.selected,
        (false, true) => cx.theme.text,
        _ => cx.theme.dim,
    };
    let pieces = [
        (pad(field.name, label), cx.theme.dim),
        (
            pad(&format!("{}{}", mark(Side::Goes), field.goes), wide + 2),
            style(Side::Goes),
        ),
        (
            pad(&format!("{}{}", mark(Side::Stays), field.stays), wide + 2),
            style(Side::Stays),
        ),
    ];
    let pieces = pieces
        .each_ref()
        .map(|(text, style)| (text.as_str(), *style));
    row::pieces(frame.buffer_mut(), line, &pieces);
}
