//! What the book's pages are drawn with: headings, bars, days, lists of people.

use super::super::Cx;
use crate::domain::moment::{DayNumber, date};
use crate::domain::text::{fit, width};
use crate::domain::when::say;
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::{meter, row};
use chrono::Datelike;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A bar that is so full, from 0 to 1.
pub(super) fn bar(share: f64, columns: usize, cx: &Cx<'_>) -> String {
    let share = if share.is_finite() { share } else { 0.0 };
    meter::bar(share * 100.0, columns, cx.plain)
}

/// A day as it is said today.
pub(super) fn day(day: DayNumber, cx: &Cx<'_>) -> String {
    say(date(day), cx.today())
}

/// A week from its first day: `23–29 Nov`, `30 Nov–6 Dec`.
pub(super) fn week(from: DayNumber, cx: &Cx<'_>) -> String {
    let (first, last) = (date(from), date(from.saturating_add(6)));
    let dash = if cx.plain { "-" } else { "–" };
    let start = if first.month() == last.month() {
        first.format("%-d")
    } else {
        first.format("%-d %b")
    };
    format!("{start}{dash}{}", last.format("%-d %b"))
}

/// Whether the keys are in a part of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    /// They are elsewhere, or the part has no use for them.
    Away,
    /// They are in this part, the only one there.
    Here,
    /// They are in this part of several that are in sight.
    Among,
}

impl Focus {
    /// Whether they are here.
    pub fn here(self) -> bool {
        self != Focus::Away
    }
}

/// The first row of an area as a heading with a rule to its end; gives back what is beneath.
pub(super) fn heading(
    frame: &mut Frame<'_>,
    area: Rect,
    title: &str,
    focus: Focus,
    cx: &Cx<'_>,
) -> Rect {
    let line = row::row(area, 0);
    let sign = match (focus, cx.plain) {
        (Focus::Among, false) => "▸ ",
        (Focus::Among, true) => "> ",
        (Focus::Away | Focus::Here, _) => "",
    };
    let title = format!("{sign}{title}");
    let title = fit(&title, usize::from(line.width));
    let left = usize::from(line.width).saturating_sub(width(&title) + 1);
    let rule = if cx.plain { "-" } else { "─" }.repeat(left);
    let style = if focus.here() {
        cx.theme.title
    } else {
        cx.theme.marked
    };
    let pieces = [(title.as_str(), style), (" ", style), (&rule, cx.theme.dim)];
    row::pieces(frame.buffer_mut(), line, &pieces);
    below(area, 1)
}

/// What is left of an area beneath so many rows.
pub(super) fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}

/// An area cut in two, one above the other.
pub(super) fn over(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    (
        Rect {
            height: rows,
            ..area
        },
        below(area, rows),
    )
}

/// An area cut in two beside each other, with two columns between.
pub(super) fn beside(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.min(area.width);
    let start = (columns + 2).min(area.width);
    (
        Rect {
            width: columns,
            ..area
        },
        Rect {
            x: area.x + start,
            width: area.width - start,
            ..area
        },
    )
}

/// A list with one row chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    /// What the mouse finds it by.
    pub number: usize,
    /// What it is scrolled by.
    pub name: &'static str,
    /// The row chosen; none where another list has it.
    pub at: Option<usize>,
    /// How many rows there are.
    pub count: usize,
}

impl List {
    /// Draws the rows in sight; `draw` gets the place, which row, and its style where it is chosen.
    pub fn draw(
        self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
        mut draw: impl FnMut(&mut Frame<'_>, Rect, usize, Option<Style>),
    ) {
        let rows = usize::from(area.height);
        let first = memory.scroll(self.name, self.at.unwrap_or(0), self.count, rows);
        memory.note(area, Spot::List(self.number, first));
        for at in (first..self.count).take(rows) {
            let chosen = (self.at == Some(at)).then_some(cx.theme.selected);
            draw(frame, row::row(area, at - first), at, chosen);
        }
    }
}
