//! The coming weeks: how many go stale in each if nobody calls, and who.

use super::super::Cx;
use super::parts::{Focus, List, bar, below, beside, day, heading, over, week};
use super::{Place, WEEK_NAMES, WEEK_ROWS};
use crate::domain::climate::{Climate, WEEKS, Week};
use crate::domain::text::{grouped, pad, width};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Columns of a week's words.
const LABEL: usize = 15;
/// The widest bar that still reads at a glance.
const WIDEST: usize = 40;

/// Draws the weeks, and the names of the chosen one beneath or beside them.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    climate: &Climate,
    (place, focus): (Place, Focus),
    cx: &Cx<'_>,
    memory: &mut Memory,
) {
    let total: u32 = climate.ahead.iter().map(|week| week.count).sum();
    let title = format!(
        "Ahead ─ {} go stale if nobody calls",
        grouped(total as usize)
    );
    let rest = heading(frame, area, &title, focus, cx);
    let rows = WEEKS as u16;
    let (weeks, names) = if rest.height < rows + 5 && rest.width >= 50 {
        beside(rest, rest.width * 9 / 20)
    } else {
        let (weeks, names) = over(rest, rows);
        (weeks, below(names, u16::from(names.height > 4)))
    };
    let chosen = place.group.min(WEEKS - 1);
    draw_weeks(frame, weeks, climate, chosen, cx, memory);
    if let Some(week) = climate.ahead.get(chosen) {
        let at = focus.here().then_some(place.at);
        draw_names(frame, names, week, at, cx, memory);
    }
}

fn draw_weeks(
    frame: &mut Frame<'_>,
    area: Rect,
    climate: &Climate,
    chosen: usize,
    cx: &Cx<'_>,
    memory: &mut Memory,
) {
    let most = climate.ahead.iter().map(|week| week.count).max();
    let most = most.unwrap_or(0).max(1);
    let digits = grouped(most as usize).len();
    let room = usize::from(area.width).saturating_sub(LABEL + digits + 2);
    let height = usize::from(area.height);
    let first = (chosen + 1).saturating_sub(height);
    memory.note(area, Spot::List(WEEK_ROWS, first));
    for (at, coming) in climate.ahead.iter().enumerate().skip(first).take(height) {
        let here = at == chosen;
        let sign = match (here, cx.plain) {
            (false, _) => " ",
            (true, false) => "▸",
            (true, true) => ">",
        };
        let style = if here { cx.theme.marked } else { cx.theme.text };
        let label = pad(&format!("{sign} {}", week(coming.from, cx)), LABEL);
        let number = format!("{:>digits$} ", grouped(coming.count as usize));
        let bar = bar(
            f64::from(coming.count) / f64::from(most),
            room.min(WIDEST),
            cx,
        );
        row::pieces(
            frame.buffer_mut(),
            row::row(area, at - first),
            &[(&label, style), (&number, style), (&bar, cx.theme.warn)],
        );
    }
}

fn draw_names(
    frame: &mut Frame<'_>,
    area: Rect,
    coming: &Week,
    at: Option<usize>,
    cx: &Cx<'_>,
    memory: &mut Memory,
) {
    let named = coming.people.len();
    let which = week(coming.from, cx);
    let title = match coming.count as usize {
        0 => format!("{which}: nobody"),
        count if count > named => {
            format!("{which}: the strongest {named} of {}", grouped(count))
        }
        _ => format!("{which}: the strongest first"),
    };
    let line = row::row(area, 0);
    row::pieces(frame.buffer_mut(), line, &[(&title, cx.theme.dim)]);
    let list = List {
        number: WEEK_NAMES,
        name: "book ahead",
        at: at.map(|at| at.min(named.saturating_sub(1))),
        count: named,
    };
    list.draw(
        frame,
        below(area, 1),
        cx,
        memory,
        |frame, line, at, chosen| {
            let Some(person) = coming.people.get(at) else {
                return;
            };
            let (style, dim) = (
                chosen.unwrap_or(cx.theme.text),
                chosen.unwrap_or(cx.theme.dim),
            );
            let on = format!(" {} ", day(person.on, cx));
            let strength = format!(" {:>3.0} ", person.strength);
            let left = usize::from(line.width).saturating_sub(width(&on) + width(&strength) + 1);
            let name = pad(&person.name, left);
            let pieces = [
                (" ", style),
                (name.as_str(), style),
                (&strength, style),
                (&on, dim),
            ];
            row::pieces(frame.buffer_mut(), line, &pieces);
        },
    );
}
