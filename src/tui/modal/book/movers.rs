//! Who warmed and who cooled most in the period, and why.

use super::super::Cx;
use super::parts::{Focus, List, beside, heading, over};
use super::{COOLED, Place, WARMED};
use crate::domain::climate::{Climate, Mover};
use crate::domain::text::{pad, width};
use crate::tui::memory::Memory;
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this width on the two lists stand beside each other.
const WIDE: u16 = 90;
/// Under this height only the list that is gone through is there.
const BOTH: u16 = 6;

/// One of the two lists.
#[derive(Clone, Copy)]
struct Side<'a> {
    word: &'static str,
    movers: &'a [Mover],
    number: usize,
    name: &'static str,
    /// The row chosen.
    at: Option<usize>,
    /// Whether the keys are in it.
    focus: Focus,
}

/// Draws both lists, and beneath them why the chosen one moved.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    climate: &Climate,
    (place, focus): (Place, Focus),
    cx: &Cx<'_>,
    memory: &mut Memory,
) {
    let [warmed, cooled] = sides(climate, place, focus);
    let (lists, foot) = over(area, area.height - u16::from(area.height > BOTH));
    for side in [warmed, cooled] {
        let chosen = side.at.and_then(|at| side.movers.get(at));
        if let Some(mover) = chosen.filter(|_| foot.height > 0) {
            let name = format!("{}: ", mover.name);
            let why = mover.why();
            let pieces = [(name.as_str(), cx.theme.accent), (&why, cx.theme.text)];
            row::pieces(frame.buffer_mut(), foot, &pieces);
        }
    }
    let period = climate.period;
    if lists.width < WIDE && lists.height < BOTH {
        let side = if cooled.at.is_some() { cooled } else { warmed };
        draw_side(frame, lists, side, period, cx, memory);
        return;
    }
    let (first, second) = if lists.width >= WIDE {
        beside(lists, lists.width / 2 - 1)
    } else {
        let (first, second) = over(lists, lists.height.div_ceil(2));
        // A blank row between them.
        (
            over(first, first.height - u16::from(first.height > 4)).0,
            second,
        )
    };
    draw_side(frame, first, warmed, period, cx, memory);
    draw_side(frame, second, cooled, period, cx, memory);
}

/// Both lists; the keys are in one of them at most.
fn sides(climate: &Climate, place: Place, focus: Focus) -> [Side<'_>; 2] {
    let here = |group: usize| focus.here() && place.group.min(1) == group;
    let at = |group: usize, movers: &[Mover]| {
        let last = movers.len().saturating_sub(1);
        here(group).then_some(place.at.min(last))
    };
    let focus = |group: usize| if here(group) { focus } else { Focus::Away };
    let warmed = Side {
        word: "Warmed",
        movers: &climate.warmed,
        number: WARMED,
        name: "book warmed",
        at: at(0, &climate.warmed),
        focus: focus(0),
    };
    let cooled = Side {
        word: "Cooled",
        movers: &climate.cooled,
        number: COOLED,
        name: "book cooled",
        at: at(1, &climate.cooled),
        focus: focus(1),
    };
    [warmed, cooled]
}

fn draw_side(
    frame: &mut Frame<'_>,
    area: Rect,
    side: Side<'_>,
    period: u16,
    cx: &Cx<'_>,
    memory: &mut Memory,
) {
    let title = format!("{} most in {period} days", side.word);
    let rest = heading(frame, area, &title, side.focus, cx);
    if side.movers.is_empty() {
        let nobody = [("nobody", cx.theme.dim)];
        row::pieces(frame.buffer_mut(), row::row(rest, 0), &nobody);
        return;
    }
    let list = List {
        number: side.number,
        name: side.name,
        at: side.at,
        count: side.movers.len(),
    };
    list.draw(frame, rest, cx, memory, |frame, line, at, chosen| {
        if let Some(mover) = side.movers.get(at) {
            draw_row(frame, line, mover, chosen, cx);
        }
    });
}

fn draw_row(frame: &mut Frame<'_>, line: Rect, mover: &Mover, chosen: Option<Style>, cx: &Cx<'_>) {
    let up = mover.now >= mover.before;
    let (arrow, sign) = match (cx.plain, up) {
        (false, true) => ("→", "▲"),
        (false, false) => ("→", "▼"),
        (true, true) => ("->", "+"),
        (true, false) => ("->", "-"),
    };
    let tone = if up { cx.theme.good } else { cx.theme.bad };
    let (style, tone, dim) = (
        chosen.unwrap_or(cx.theme.text),
        chosen.unwrap_or(tone),
        chosen.unwrap_or(cx.theme.dim),
    );
    let numbers = format!(" {:>3.0} {arrow} {:>3.0} ", mover.before, mover.now);
    // As far apart as the two numbers that are shown.
    let points = (mover.now.round() - mover.before.round()).abs();
    let points = format!("{sign}{points:<3.0} ");
    let left = usize::from(line.width).saturating_sub(width(&numbers) + width(&points) + 1);
    let name = pad(&mover.name, (left * 2 / 5).clamp(8, 28).min(left));
    let why = pad(&mover.why(), left - width(&name));
    let pieces = [
        (" ", style),
        (name.as_str(), style),
        (&numbers, style),
        (&points, tone),
        (&why, dim),
    ];
    row::pieces(frame.buffer_mut(), line, &pieces);
}
