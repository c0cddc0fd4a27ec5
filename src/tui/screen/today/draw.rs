//! How Today looks.

use super::{Board, ROWS};
use crate::domain::matter::MatterKind;
use crate::domain::text::{fit, width};
use crate::domain::today::{Line, NOTHING, SetAside, Today};
use crate::domain::when;
use crate::tui::memory::Memory;
use crate::tui::modal::Cx;
use crate::tui::pane::header::short;
use crate::tui::screen::board;
use crate::tui::screen::people::divider;
use crate::tui::widget::table::{self, Cells, Column, Table};
use crate::tui::widget::{meter, row};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

const COLUMNS: [Column; 5] = [
    Column::new("what", 9, 2),
    Column::new("who", 20, 0),
    Column::new("why", 0, 0),
    Column::new("due", 7, 1),
    Column::number("pts", 4, 3),
];

const ASIDE_COLUMNS: [Column; 5] = [
    Column::new("what", 9, 2),
    Column::new("who", 20, 0),
    Column::new("matter", 0, 3),
    Column::new("why", 0, 1),
    Column::new("until", 7, 0),
];

/// From this many rows inside the frame on, the weeks to come are shown below the list.
const ROOMY: u16 = 12;
/// Rows of the weeks, with their divider and the whole reason of the line under the cursor.
const WEEKS: u16 = 4;
/// From this many rows on, at least the whole reason is told.
const TOLD: u16 = 8;

impl Board {
    pub(super) fn picture(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let inner = board::framed(frame, area, &self.title(cx), cx);
        let weeks = match inner.height {
            ROOMY.. => WEEKS,
            TOLD.. => 2,
            _ => 0,
        };
        let list = Rect {
            height: inner.height - weeks,
            ..inner
        };
        self.draw_list(frame, list, cx, memory);
        if weeks > 0 {
            let below = Rect {
                y: list.bottom() + 1,
                height: weeks - 1,
                ..inner
            };
            self.draw_foot(frame, area, below, cx);
        }
    }

    fn draw_list(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let empty = match (&self.read, self.aside) {
            (None, _) => "",
            (_, false) => NOTHING,
            (_, true) => "Nothing is set aside; Tab shows what is to be done.",
        };
        let table = Table {
            name: if self.aside { "aside" } else { "today" },
            number: ROWS,
            columns: if self.aside { &ASIDE_COLUMNS } else { &COLUMNS },
            count: self.count(),
            at: if self.aside { self.aside_at } else { self.at },
            focused: true,
            empty,
        };
        table::draw(frame, area, &table, cx, memory, &|at| {
            let shown = if self.aside {
                self.resting().get(at).map(|rests| resting(rests, cx))
            } else {
                self.lines().get(at).map(|line| cells(line, cx))
            };
            table::Line::Cells(shown.unwrap_or_default())
        });
    }

    /// Where the rank of the line under the cursor comes from, its whole reason, and, with room, the weeks to come.
    fn draw_foot(&self, frame: &mut Frame<'_>, outer: Rect, area: Rect, cx: &Cx<'_>) {
        let Some(today) = &self.read else { return };
        let title = match (self.here(), self.rests_here()) {
            (Some(line), _) => line.points.words(line.kind),
            (_, Some(rests)) => {
                let until = when::say(rests.until, today.day);
                format!("{}, set aside until {until}", rests.kind.words())
            }
            _ => "the coming eight weeks".to_owned(),
        };
        let title = fit(&title, usize::from(outer.width.saturating_sub(6)));
        let (line, word) = (cx.theme.accent, cx.theme.dim);
        divider(frame.buffer_mut(), outer, area, &title, line, word);
        let line = self.here().map(|line| (&line.who, line.why.clone()));
        let rests = self.rests_here().map(|rests| (&rests.who, reason(rests)));
        if let Some((who, why)) = line.or(rests) {
            let who = format!(" {who}: ");
            let pieces = [(who.as_str(), cx.theme.dim), (why.as_str(), cx.theme.text)];
            row::pieces(frame.buffer_mut(), row::row(area, 0), &pieces);
        }
        if area.height + 1 == WEEKS {
            let rest = Rect {
                y: area.y + 1,
                height: area.height - 1,
                ..area
            };
            draw_weeks(frame, rest, today, cx);
        }
    }

    fn title(&self, cx: &Cx<'_>) -> String {
        let Some(today) = &self.read else {
            return "Today ─ reading …".to_owned();
        };
        let day = today.day.format("%a %-d %b");
        if self.aside {
            return format!("Today ─ {day} ─ {} set aside", today.aside.len());
        }
        let aside = match today.aside.len() {
            0 => String::new(),
            n => format!(" · {n} set aside"),
        };
        let count = today.lines.len();
        let late = today.lines.iter().filter(|line| is_late(line, cx)).count();
        let late = match late {
            0 => String::new(),
            n => format!(" · {n} late"),
        };
        format!("Today ─ {day} ─ {count} to do{late}{aside}")
    }
}

fn is_late(line: &Line, cx: &Cx<'_>) -> bool {
    let owed = !matches!(
        line.kind,
        MatterKind::Date | MatterKind::Stale | MatterKind::Chit
    );
    owed && line.due.is_some_and(|due| due < cx.today())
}

/// What it is about has its colour; the words and the day say the same.
fn style(line: &Line, cx: &Cx<'_>) -> Style {
    match line.kind {
        _ if is_late(line, cx) => cx.theme.bad,
        MatterKind::Draft | MatterKind::Promise | MatterKind::Tell | MatterKind::Plan => {
            cx.theme.warn
        }
        MatterKind::Stale => cx.theme.accent,
        _ => cx.theme.text,
    }
}

/// The kind in one short word.
fn word(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::TheirPromise => "theirs",
        MatterKind::Tell => "tell them",
        MatterKind::Account => "account",
        other => other.words(),
    }
}

fn cells(line: &Line, cx: &Cx<'_>) -> Cells {
    let due = line
        .due
        .map_or(String::new(), |due| match (due - cx.today()).num_days() {
            0 => "today".to_owned(),
            _ => short(due, cx.today()),
        });
    let more = match line.more.len() {
        0 => String::new(),
        n => format!(" (and {n} more)"),
    };
    let style = style(line, cx);
    vec![
        (word(line.kind).to_owned(), style),
        (line.who.clone(), cx.theme.text),
        (format!("{}{more}", line.why), cx.theme.text),
        (due, style),
        (format!("{:.0}", line.points.total()), cx.theme.dim),
    ]
}

/// What it is, and why it was set aside.
fn reason(rests: &SetAside) -> String {
    let parts = [rests.what.as_str(), rests.why.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn resting(rests: &SetAside, cx: &Cx<'_>) -> Cells {
    vec![
        (word(rests.kind).to_owned(), cx.theme.text),
        (rests.who.clone(), cx.theme.text),
        (rests.what.clone(), cx.theme.text),
        (rests.why.clone(), cx.theme.dim),
        (short(rests.until, cx.today()), cx.theme.accent),
    ]
}

/// How many relationships go cold in each of the weeks to come: the days they begin with, and a bar with its number below.
fn draw_weeks(frame: &mut Frame<'_>, area: Rect, today: &Today, cx: &Cx<'_>) {
    let label = " go cold  ";
    let room = usize::from(area.width).saturating_sub(width(label));
    let shown = (room / 7).clamp(1, today.weeks.len().max(1));
    let wide = (room / shown).min(14);
    let most = today.weeks.iter().map(|week| week.count).max().unwrap_or(0);
    let (mut days, mut bars) = (label.to_owned(), " ".repeat(width(label)));
    for week in today.weeks.iter().take(shown) {
        let day = short(week.from, today.day);
        days.push_str(&crate::domain::text::pad(&day, wide));
        let number = week.count.to_string();
        let cells = wide.saturating_sub(number.len() + 2);
        let share = week.count as f64 / most.max(1) as f64;
        let bar = meter::bar(
            (share * cells as f64).ceil() / cells.max(1) as f64 * 100.0,
            cells,
            cx.plain,
        );
        let bar = bar.trim_end();
        let gap = if bar.is_empty() { "" } else { " " };
        bars.push_str(&crate::domain::text::pad(
            &format!("{bar}{gap}{number}"),
            wide,
        ));
    }
    row::pieces(
        frame.buffer_mut(),
        row::row(area, 0),
        &[(&days, cx.theme.dim)],
    );
    row::pieces(
        frame.buffer_mut(),
        row::row(area, 1),
        &[(&bars, cx.theme.accent)],
    );
}
