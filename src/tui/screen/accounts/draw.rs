//! How the accounts look: the list, and the page of the one under the cursor beside it, or in its place where there is no room.

use super::entries::View;
use super::looks::{Pieces, figures, gauge, money, sign};
use super::told::{Line, below, headings, lines};
use super::{Accounts, PAGE, ROWS, VIEWS};
use crate::domain::account::AccountRow;
use crate::domain::strength::words::sentence;
use crate::domain::text::{first_line, fit, grouped, width};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::Cx;
use crate::tui::pane::header::short;
use crate::tui::screen::board::{self, Views};
use crate::tui::screen::people::{divider, inside};
use crate::tui::widget::table::{self, Cells, Column, Table};
use crate::tui::widget::{meter, row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, BorderType};

/// From this many columns on, list and page stand side by side.
const BESIDE: u16 = 100;
/// From this many rows inside the frame on, the list alone tells of the account under the cursor.
const TOLD: u16 = 12;
/// Rows of that.
const STORY: u16 = 4;

const LIST: [Column; 7] = [
    Column::new("", 3, 0),
    Column::new("account", 0, 0),
    Column::new("strength", 11, 0),
    Column::number("seats", 5, 1),
    Column::number("last", 6, 2),
    Column::number("you·they", 8, 3),
    Column::number("sold in a year", 14, 4),
];

/// The frame of one half; its line has the accent where the keys go.
fn framed(frame: &mut Frame<'_>, area: Rect, title: &str, focused: bool, cx: &Cx<'_>) -> Rect {
    let title = fit(title, usize::from(area.width.saturating_sub(6)));
    let line = if focused {
        cx.theme.accent
    } else {
        cx.theme.dim
    };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(line)
        .title_style(if focused {
            cx.theme.title
        } else {
            cx.theme.text
        })
        .title(format!(" {title} "));
    frame.render_widget(block, area);
    inside(area)
}

/// Takes so many rows from the top of what is left.
fn take(left: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(left.height);
    let taken = Rect {
        height: rows,
        ..*left
    };
    left.y += rows;
    left.height -= rows;
    taken
}

/// Draws pieces behind a blank.
fn written(frame: &mut Frame<'_>, place: Rect, pieces: &Pieces, cx: &Cx<'_>) {
    let mut all = vec![(" ", cx.theme.dim)];
    all.extend(pieces.iter().map(|(text, style)| (text.as_str(), *style)));
    row::pieces(frame.buffer_mut(), place, &all);
}

/// Draws a text in as many rows as there are.
fn spoken(frame: &mut Frame<'_>, area: Rect, text: &str, style: Style) {
    let rows = wrap::rows(text, usize::from(area.width.saturating_sub(2)));
    for (at, text) in rows.iter().enumerate() {
        let pieces = [(" ", style), (text.as_str(), style)];
        row::pieces(frame.buffer_mut(), row::row(area, at), &pieces);
    }
}

impl Accounts {
    pub(super) fn picture(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        if area.width < BESIDE {
            if self.on_page {
                self.draw_page(frame, area, cx, memory);
            } else {
                self.draw_list(frame, area, false, cx, memory);
            }
            return;
        }
        let wide = (area.width * 2 / 5).clamp(42, 90);
        let left = Rect {
            width: wide,
            ..area
        };
        let right = Rect {
            x: area.x + wide,
            width: area.width - wide,
            ..area
        };
        self.draw_list(frame, left, true, cx, memory);
        self.draw_page(frame, right, cx, memory);
    }

    fn title(&self) -> String {
        let Some(read) = &self.read else {
            return "Accounts ─ reading …".to_owned();
        };
        let order = self.order.word();
        let count = grouped(self.shown.len());
        let count = if self.shown.len() == read.len() {
            count
        } else {
            format!("{count} of {}", grouped(read.len()))
        };
        if self.words.is_empty() {
            format!("Accounts ─ {count} ─ {order}")
        } else {
            format!("Accounts ─ {count} ─ {order} ─ “{}”", self.words)
        }
    }

    fn draw_list(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        beside: bool,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let mut left = framed(frame, area, &self.title(), !self.on_page, cx);
        if let Some(editor) = &self.typing {
            let line = take(&mut left, 1);
            board::typing(frame, line, "filter: ", editor, None, cx);
        }
        let told = !beside && left.height >= TOLD;
        let row = self.row().filter(|_| told);
        let rows = left.height - row.map_or(0, |_| STORY + 1);
        let list = take(&mut left, rows);
        let table = Table {
            name: "accounts",
            number: ROWS,
            columns: &LIST,
            count: self.shown.len(),
            at: self.at,
            focused: !self.on_page,
            empty: self.nothing(),
        };
        table::draw(frame, list, &table, cx, memory, &|at| {
            let row = self.shown_row(at);
            table::Line::Cells(row.map_or(Cells::new(), |row| cells(row, cx)))
        });
        if let Some(row) = row {
            self.draw_story(frame, area, left, row, cx);
        }
    }

    /// What is said where no account is listed.
    fn nothing(&self) -> &'static str {
        match &self.read {
            None => "",
            Some(rows) if rows.is_empty() => {
                "No accounts yet. A person's card names one: a on People adds somebody, e edits."
            }
            Some(_) => "No account is let through; Esc shows all.",
        }
    }

    /// Below the list alone: the alarms of the account under the cursor, and who is closest there.
    fn draw_story(
        &self,
        frame: &mut Frame<'_>,
        outer: Rect,
        area: Rect,
        row: &AccountRow,
        cx: &Cx<'_>,
    ) {
        let mut part = area;
        take(&mut part, 1);
        let (line, style) = (cx.theme.accent, cx.theme.dim);
        let name = &row.profile.name;
        divider(frame.buffer_mut(), outer, part, name, line, style);
        let alarms = row.alarms.iter().take(usize::from(STORY) - 1);
        let told = alarms.map(|alarm| {
            let said = format!("! {}: {}", sentence(alarm.kind.words()), alarm.why);
            vec![(said, cx.theme.bad)]
        });
        let mut told: Vec<Pieces> = told.collect();
        if told.is_empty() {
            told.push(gauge(&row.profile, cx));
        }
        if let Some(closest) = self.about() {
            let says = format!("Closest to you: {}", cx.name(closest));
            told.push(vec![(says, cx.theme.dim)]);
        }
        for (at, pieces) in told.iter().enumerate() {
            written(frame, row::row(part, at), pieces, cx);
        }
    }

    fn draw_page(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let Some(row) = self.row() else {
            framed(frame, area, "No account", self.on_page, cx);
            return;
        };
        let mut left = framed(frame, area, &row.profile.name, self.on_page, cx);
        let height = left.height;
        let room = usize::from(left.width.saturating_sub(2));
        let [first, second] = figures(row, room, cx);
        let note = first_line(&row.profile.note);
        let note = vec![(note.to_owned(), cx.theme.text)];
        let head = [
            (6, gauge(&row.profile, cx)),
            (8, first),
            (10, second),
            (16, note),
        ];
        for (least, pieces) in head {
            let blank = pieces.iter().all(|(text, _)| text.is_empty());
            if height >= least && !blank {
                let place = take(&mut left, 1);
                written(frame, place, &pieces, cx);
            }
        }
        let words = View::ALL.map(View::word);
        let count = match row.alarms.len() {
            0 => String::new(),
            1 => "1 alarm".to_owned(),
            n => format!("{n} alarms"),
        };
        let views = Views {
            words: &words,
            at: self.page.view as usize,
            number: VIEWS,
            right: &count,
        };
        let line = take(&mut left, 1);
        board::views(frame, line, &views, cx, memory);
        if self.account().is_some() {
            self.draw_view(frame, area, left, cx, memory);
        }
    }

    /// The view below its head.
    fn draw_view(
        &self,
        frame: &mut Frame<'_>,
        outer: Rect,
        mut left: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        if self.page.entries.is_empty() {
            spoken(frame, left, self.bare(), cx.theme.dim);
            return;
        }
        let columns = left.width.saturating_sub(1);
        if self.page.view == View::Committee {
            let place = take(&mut left, 1);
            written(frame, place, &headings(columns, cx), cx);
        }
        let below = if self.page.view == View::Committee && left.height >= TOLD {
            below(&self.page, cx)
        } else {
            Vec::new()
        };
        let foot = if below.is_empty() { 0 } else { 3 };
        let rows = left.height - foot;
        let list = take(&mut left, rows);
        let all = lines(&self.page, columns, cx);
        self.draw_lines(frame, list, &all, cx, memory);
        if foot > 0 {
            take(&mut left, 1);
            let line = if self.on_page {
                cx.theme.accent
            } else {
                cx.theme.dim
            };
            divider(frame.buffer_mut(), outer, left, "", line, cx.theme.dim);
            for (at, text) in below.into_iter().enumerate() {
                written(frame, row::row(left, at), &vec![(text, cx.theme.text)], cx);
            }
        }
    }

    /// What is said where a view lists nothing.
    fn bare(&self) -> &'static str {
        match self.page.view {
            View::Committee => "Nobody in the lists belongs here. % adds a seat.",
            View::Alarms => {
                "No alarms. A rival seen, a promise overdue, all resting on one person, a decision maker never touched, a silent coach or none would stand here."
            }
            View::Kept => {
                "Nothing is kept here yet. Lines of a note keep needs (#), results (=), sales ($) and rivals (~); a notes what a coach warned you of, S who will speak for you."
            }
        }
    }

    /// The lines of a view, scrolled so that all of the row under the cursor is seen, with the heading over it where it is the first.
    fn draw_lines(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        lines: &[Line],
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let page = &self.page;
        let is_row = |line: &Line| page.entries.get(line.entry).is_some_and(|e| e.is_row());
        let here = |line: &Line| line.entry == page.at && is_row(line);
        let mut from = lines.iter().position(here).unwrap_or(0);
        let to = lines.iter().rposition(here).unwrap_or(0);
        while from > 0 && !is_row(&lines[from - 1]) {
            from -= 1;
        }
        let height = usize::from(area.height);
        let first = memory.scroll(page.view.word(), to, lines.len(), height);
        let first = first.min(from);
        if self.on_page {
            memory.page = height;
        }
        for (at, line) in lines.iter().skip(first).take(height).enumerate() {
            let place = row::row(area, at);
            let mark = match (here(line), self.on_page) {
                (true, true) => Some(cx.theme.selected),
                (true, false) => Some(cx.theme.marked),
                _ => None,
            };
            let over = |style: Style| mark.unwrap_or(style);
            let mut pieces = vec![(" ", over(cx.theme.text))];
            let told = line.pieces.iter();
            pieces.extend(told.map(|(text, style)| (text.as_str(), over(*style))));
            let used: usize = pieces.iter().map(|(text, _)| width(text)).sum();
            let rest = " ".repeat(usize::from(area.width).saturating_sub(used));
            if mark.is_some() {
                pieces.push((&rest, over(cx.theme.text)));
            }
            row::pieces(frame.buffer_mut(), place, &pieces);
            if is_row(line) {
                memory.note(place, Spot::List(PAGE, line.entry));
            }
        }
    }
}

/// An account in the list.
fn cells(row: &AccountRow, cx: &Cx<'_>) -> Cells {
    let theme = cx.theme;
    let (mark, style) = sign(row, cx);
    let alarms = match row.alarms.len() {
        0 => String::new(),
        n => format!("!{n}"),
    };
    let bar = meter::bar(row.strength, 5, cx.plain);
    let coverage = row.coverage;
    let seats = match coverage.known {
        0 => "-".to_owned(),
        known => format!("{}/{known}", coverage.warm),
    };
    let thin = coverage.warm * 2 < coverage.known;
    let last = row
        .last
        .map_or("never".to_owned(), |last| short(last, cx.today()));
    let promises = match row.promises {
        (0, 0) => String::new(),
        (mine, theirs) => format!("{mine}·{theirs}"),
    };
    let sold: Vec<String> = row.sold.all().map(|sum| money(&sum)).collect();
    let seats_style = if thin { theme.warn } else { theme.text };
    vec![
        (alarms, theme.bad),
        (row.profile.name.clone(), theme.text),
        (format!("{mark} {bar} {:>3.0}", row.strength), style),
        (seats, seats_style),
        (last, theme.dim),
        (promises, theme.dim),
        (sold.join(" + "), theme.dim),
    ]
}
