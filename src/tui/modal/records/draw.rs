//! How the list of what is kept looks.

use super::told::{Told, told};
use super::{Kept, Records};
use crate::domain::brief::{kept, punctuality};
use crate::domain::id::Id;
use crate::domain::text::{pad, width};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::{Cx, frame_for, middle};
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

impl Records {
    pub(super) fn draw_in(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let kept_rows = self.rows();
        let lines = lines(&kept_rows, self.with, cx);
        let figures = self.figures();
        let head = u16::from(!figures.is_empty());
        let rows = (lines.len() as u16).max(1) + 2 + head;
        let outer = middle(area, 88.min(area.width), rows.min(area.height));
        let who = self
            .told
            .as_ref()
            .map_or("", |(person, _)| person.summary.name.as_str());
        let title = if self.promises {
            format!("Promises ─ {who}")
        } else {
            format!("Kept about {who}")
        };
        let inner = frame_for(frame, outer, &title, cx, memory);
        row::pieces(
            frame.buffer_mut(),
            row::row(inner, 0),
            &[(&figures, cx.theme.dim)],
        );
        let list = Rect {
            y: inner.y + head.min(inner.height),
            height: inner.height.saturating_sub(head),
            ..inner
        };
        if kept_rows.is_empty() {
            let says = "Nothing yet. The marks add: ! ? promises, * fact, a key date, # need, = result, $ sale, ~ rival, % seat.";
            row::pieces(
                frame.buffer_mut(),
                row::row(list, 0),
                &[(says, cx.theme.dim)],
            );
            return;
        }
        self.draw_rows(frame, list, (&kept_rows, &lines), cx, memory);
    }

    /// Promises kept on either side, and how punctual calls were that had a time.
    fn figures(&self) -> String {
        self.told.as_ref().map_or(String::new(), |(person, brief)| {
            let on_time = punctuality(&brief.agreed).map(|found| found.to_string());
            let figures: Vec<String> = kept(person.kept).into_iter().chain(on_time).collect();
            figures.join(" · ")
        })
    }

    fn draw_rows(
        &self,
        frame: &mut Frame<'_>,
        list: Rect,
        (rows, lines): (&[Kept<'_>], &[(&str, Option<usize>)]),
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let height = usize::from(list.height);
        let here = self.at.min(rows.len().saturating_sub(1));
        let at = lines.iter().position(|line| line.1 == Some(here));
        // The first row is scrolled to together with the heading over it.
        let wanted = if here == 0 { 0 } else { at.unwrap_or(0) };
        let first = memory.scroll("records", wanted, lines.len(), height);
        memory.note(list, Spot::Choices(first));
        for (place, (heading, at)) in lines.iter().skip(first).take(height).enumerate() {
            let area = row::row(list, place);
            match at.and_then(|at| rows.get(at)) {
                None => {
                    row::pieces(frame.buffer_mut(), area, &[(heading, cx.theme.title)]);
                }
                Some(kept) => {
                    draw_row(frame, area, &self.told(*kept, cx), *at == Some(here), cx);
                }
            }
        }
    }

    fn told(&self, kept: Kept<'_>, cx: &Cx<'_>) -> Told {
        let mut told = told(kept, self.with, cx);
        if let Kept::Promise(row) = kept
            && self.just_closed(row)
        {
            let state = row.state.word();
            let key = state.chars().next().unwrap_or(' ');
            told.beside = format!("just {state} · {key} takes it back");
        }
        told
    }
}

/// What is drawn: headings, and rows with their places.
pub(super) fn lines(
    rows: &[Kept<'_>],
    with: Option<Id>,
    cx: &Cx<'_>,
) -> Vec<(&'static str, Option<usize>)> {
    let mut lines = Vec::new();
    let mut group = "";
    for (at, kept) in rows.iter().enumerate() {
        let own = told(*kept, with, cx).group;
        if own != group {
            group = own;
            lines.push((group, None));
        }
        lines.push(("", Some(at)));
    }
    lines
}

fn draw_row(frame: &mut Frame<'_>, area: Rect, told: &Told, here: bool, cx: &Cx<'_>) {
    let beside = format!("{} ", told.beside);
    let left = usize::from(area.width).saturating_sub(width(&beside) + 3);
    let text = pad(&told.text, left);
    let over = |style: Style| if here { cx.theme.selected } else { style };
    let sign = format!(" {} ", told.sign);
    let pieces = [
        (sign.as_str(), over(cx.theme.accent)),
        (text.as_str(), over(told.style)),
        (beside.as_str(), over(cx.theme.dim)),
    ];
    row::pieces(frame.buffer_mut(), area, &pieces);
}
