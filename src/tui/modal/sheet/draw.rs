//! How the sheet looks: the touch, a line for each item with its fields opened where the keys are, the next touch.

use super::rows::{Row, What};
use super::{Head, Sheet, Slot};
use crate::domain::text::{fit, width};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::field::Field;
use crate::tui::modal::form::draw::{draw_field, draw_offers, height};
use crate::tui::modal::{Cx, frame_for, middle};
use crate::tui::widget::{row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns of the labels.
const LABELS: u16 = 13;
/// Columns by which an item's fields stand in.
const INDENT: u16 = 2;

/// Something on the sheet that takes rows of its own.
enum Piece {
    /// A heading, or something said.
    Says(String, Style),
    /// The line of a row.
    Row(usize),
    /// A field.
    Field(Slot),
}

impl Sheet {
    pub(super) fn draw_in(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let columns = area.width.saturating_sub(2).clamp(20, 92);
        let inside = columns.saturating_sub(4);
        let pieces = self.pieces(usize::from(inside), cx);
        let heights: Vec<usize> = pieces
            .iter()
            .map(|piece| self.rows_for(piece, inside))
            .collect();
        let rows = heights.iter().sum::<usize>();
        let outer = middle(area, columns, (rows as u16).saturating_add(2));
        let inner = frame_for(frame, outer, &self.title, cx, memory);
        let here = self.slot();
        let at = pieces
            .iter()
            .position(|piece| matches!(piece, Piece::Field(slot) if Some(*slot) == here));
        let at = at.unwrap_or(0);
        // Whole pieces are scrolled away above, as few as let the one in focus be seen with the line after it.
        let mut first = 0;
        let mut seen: usize = heights.iter().take(at + 2).sum();
        while first < at && seen > usize::from(inner.height) {
            seen -= heights.get(first).copied().unwrap_or(0);
            first += 1;
        }
        self.draw_pieces(frame, inner, (&pieces, &heights, first), cx, memory);
    }

    fn draw_pieces(
        &self,
        frame: &mut Frame<'_>,
        inner: Rect,
        (pieces, heights, first): (&[Piece], &[usize], usize),
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let (mut y, mut value) = (inner.y, None);
        for (piece, rows) in pieces.iter().zip(heights).skip(first) {
            let rows = (*rows as u16).min(inner.bottom().saturating_sub(y));
            if rows == 0 {
                break;
            }
            let area = Rect {
                y,
                height: rows,
                ..inner
            };
            match piece {
                Piece::Says(text, style) => {
                    row::pieces(frame.buffer_mut(), area, &[(text, *style)]);
                }
                Piece::Row(at) => self.draw_row(frame, area, *at, cx, memory),
                Piece::Field(slot) => {
                    if let Some(found) = self.draw_slot(frame, area, *slot, cx, memory) {
                        value = Some(found);
                    }
                }
            }
            y += rows;
        }
        if let (Some(value), Some(field)) = (value, self.slot().and_then(|slot| self.field(slot))) {
            draw_offers(frame, value, field, cx, memory);
        }
    }

    /// Draws a field; where it has the keys, gives back where its value stands.
    fn draw_slot(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        slot: Slot,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) -> Option<Rect> {
        let field = self.field(slot)?;
        let at = self.slots().iter().position(|other| *other == slot)?;
        let focused = at == self.at;
        let indent = if matches!(slot, Slot::Row(..)) {
            INDENT
        } else {
            0
        };
        let area = Rect {
            x: area.x + indent.min(area.width),
            width: area.width.saturating_sub(indent),
            ..area
        };
        memory.note(area, Spot::Field(at));
        let echo = field.echo(cx);
        let (value, text) = draw_field(frame, area, LABELS, (field, &echo), focused, cx);
        memory.note(text, Spot::Text(at));
        focused.then_some(value)
    }

    /// The line of a row: what it becomes, or what was wrong, or that it stays text.
    fn draw_row(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        at: usize,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let row = &self.rows[at];
        let open = matches!(self.slot(), Some(Slot::Row(here, _)) if here == at);
        if let Some(first) = self
            .slots()
            .iter()
            .position(|slot| *slot == Slot::Row(at, 0))
        {
            memory.note(area, Spot::Field(first));
        }
        let sign = format!("{} ", row.sign);
        let (text, style) = self.said(at, open, cx);
        let lead = if open {
            cx.theme.title
        } else {
            cx.theme.accent
        };
        let text = fit(&text, usize::from(area.width).saturating_sub(width(&sign)));
        row::pieces(frame.buffer_mut(), area, &[(&sign, lead), (&text, style)]);
    }

    fn said(&self, at: usize, open: bool, cx: &Cx<'_>) -> (String, Style) {
        let row = &self.rows[at];
        let words = row.words.trim_start_matches(row.sign).trim();
        let name = |id| self.name(id, cx);
        if let What::Text(why) = &row.what {
            return (format!("stays text: {words} ({why})"), cx.theme.warn);
        }
        if !row.taken {
            let takes = if matches!(row.what, What::Named) {
                " (Ctrl-T adds them)"
            } else {
                ""
            };
            return (format!("left out: {words}{takes}"), cx.theme.dim);
        }
        if open && !matches!(row.what, What::Gone) {
            let was = row
                .filed
                .as_ref()
                .map(|filed| format!("was: {}", filed.item.told(&name, cx.today())));
            return (was.unwrap_or_else(|| words.to_owned()), cx.theme.dim);
        }
        match &row.what {
            What::Named => match row.named(cx) {
                Ok((id, true)) => (format!("{} took part", name(id)), cx.theme.text),
                Ok((id, false)) => (format!("{} is mentioned", name(id)), cx.theme.text),
                Err((_, why)) => (why, cx.theme.bad),
            },
            What::Gone => {
                let told = row
                    .filed
                    .as_ref()
                    .map_or(String::new(), |filed| filed.item.told(&name, cx.today()));
                let becomes = row.fields.first().map_or(0, |field| field.choice);
                let becomes = if becomes == 1 { "goes" } else { "stays" };
                (
                    format!("{becomes}, its words are gone: {told}"),
                    cx.theme.warn,
                )
            }
            _ => match row.caught(self.note, cx) {
                Ok(caught) => {
                    let told =
                        caught.map_or(String::new(), |caught| caught.item.told(&name, cx.today()));
                    let changed = if row.filed.is_some() {
                        "changes to: "
                    } else {
                        ""
                    };
                    match row.doubt() {
                        Some(why) => (format!("{why} · {changed}{told}"), cx.theme.warn),
                        None => (format!("{changed}{told}"), cx.theme.text),
                    }
                }
                Err((_, why)) => (format!("{words}: {why}"), cx.theme.bad),
            },
        }
    }

    fn pieces(&self, columns: usize, cx: &Cx<'_>) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        if let Some(why) = &self.refused {
            let rows = wrap::rows(why, columns);
            pieces.extend(rows.into_iter().map(|row| Piece::Says(row, cx.theme.bad)));
        }
        let head = self
            .slots()
            .into_iter()
            .filter(|slot| matches!(slot, Slot::New(_) | Slot::Head(_)));
        pieces.extend(head.map(Piece::Field));
        if let Head::Fixed(_) = &self.head
            && self.same > 0
        {
            let as_they_are = if self.same == 1 {
                "1 item stays as it is".to_owned()
            } else {
                format!("{} items stay as they are", self.same)
            };
            pieces.push(Piece::Says(as_they_are, cx.theme.dim));
        }
        if !self.rows.is_empty() {
            let caught = |row: &&Row| row.taken && !matches!(row.what, What::Named);
            let taken = self.rows.iter().filter(caught).count();
            pieces.push(Piece::Says(format!("─ caught: {taken}"), cx.theme.title));
        }
        let here = self.slot();
        for (at, row) in self.rows.iter().enumerate() {
            pieces.push(Piece::Row(at));
            if matches!(here, Some(Slot::Row(here, _)) if here == at) {
                pieces
                    .extend((0..row.fields.len()).map(|field| Piece::Field(Slot::Row(at, field))));
            }
        }
        if let Some(form) = &self.next {
            pieces.push(Piece::Says("─ next touch".to_owned(), cx.theme.title));
            pieces.extend((0..form.fields.len()).map(|at| Piece::Field(Slot::Next(at))));
        }
        pieces
    }

    fn rows_for(&self, piece: &Piece, columns: u16) -> usize {
        let of = |field: Option<&Field>| field.map_or(1, |field| height(field, columns, LABELS));
        match piece {
            Piece::Field(slot) => of(self.field(*slot)),
            _ => 1,
        }
    }
}
