//! Who warmed and who cooled most in the period, and why.

use super::super::Cx;
use super::parts::{List, beside, heading, over};
use super::{COOLED, Place, WARMED};
use crate::domain::climate::{Climate, Mover};
use crate::domain::text::{pad, width};
use crate::tui::memory::Memory;
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this width on the two lists stand beside each other.
const WIDE: u16 = 100;

/// Draws both lists, and beneath them why the chosen one moved.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    climate: &Climate,
    place: Option<Place>,
    cx: &Cx<'_>,
    memory: &mut Memory,
) {
    let chosen = place.and_then(|place| {
        let side = if place.group == 0 {
            &climate.warmed
        } else {
            &climate.cooled
        };
        side.get(place.at.min(side.len().saturating_sub(1)))
    });
    let (lists, foot) = over(area, area.height - u16::from(area.height > 6));
    if let Some(mover) = chosen {
        let name = format!("{}: ", mover.name);
        let why = mover.why();
        let pieces = [(name.as_str(), cx.theme.accent), (&why, cx.theme.text)];
        row::pieces(frame.buffer_mut(), foot, &pieces);
    }
    let (warmed, cooled) = if lists.width >= WIDE {
        beside(lists, lists.width / 2 - 1)
    } else {
        over(lists, lists.height.div_ceil(2))
    };
    let at = |side: usize| {
        place
            .filter(|place| place.group.min(1) == side)
            .map(|place| place.at)
    };
    let sides = [
        (
            warmed,
            "Warmed most",
            &climate.warmed,
            WARMED,
            "book warmed",
        ),
        (
            cooled,
            "Cooled most",
            &climate.cooled,
            COOLED,
            "book cooled",
        ),
    ];
    for (side, (area, word, movers, number, name)) in sides.into_iter().enumerate() {
        let title = format!("{word} in {} days", climate.period);
        let rest = heading(frame, area, &title, at(side).is_some(), cx);
        if movers.is_empty() {
            let says = "nobody";
            row::pieces(
                frame.buffer_mut(),
                row::row(rest, 0),
                &[(says, cx.theme.dim)],
            );
            continue;
        }
        let list = List {
            number,
            name,
            at: at(side).map(|at| at.min(movers.len() - 1)),
            count: movers.len(),
        };
        let rest = Rect {
            height: rest.height - u16::from(rest.height > 3 && lists.width < WIDE),
            ..rest
        };
        list.draw(frame, rest, cx, memory, |frame, line, at, chosen| {
            if let Some(mover) = movers.get(at) {
                draw_row(frame, line, mover, chosen, cx);
            }
        });
    }
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
