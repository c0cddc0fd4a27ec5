//! How the ledger looks: the views, the filter, the list, and the story of the favour under the cursor.

use super::entries::{Entry, Line};
use super::{Chits, ROWS, Typing, VIEWS, View};
use crate::domain::chit::{ChitRow, Halves};
use crate::domain::id::Id;
use crate::domain::ledger::{AGES, Event, Scope, Side, story};
use crate::domain::text::{fit, width};
use crate::tui::memory::Memory;
use crate::tui::modal::Cx;
use crate::tui::pane::header::short;
use crate::tui::screen::board::{self, Views};
use crate::tui::screen::people::divider;
use crate::tui::widget::table::{self, Cells, Column, Table};
use crate::tui::widget::{meter, plain, row};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this many rows inside the frame on, the story of the favour is told below the list.
const TOLD: u16 = 14;
/// Rows of the story.
const STORY: u16 = 4;

const REGISTER: [Column; 6] = [
    Column::new("date", 7, 0),
    Column::new("favour", 26, 0),
    Column::new("what", 0, 0),
    Column::number("worth", 5, 1),
    Column::new("state", 11, 2),
    Column::number("age", 5, 3),
];
const RUNNING: [Column; 7] = [
    Column::new("date", 7, 0),
    Column::new("favour", 26, 3),
    Column::new("what", 0, 0),
    Column::number("worth", 5, 2),
    Column::new("state", 11, 4),
    Column::number("owes", 5, 0),
    Column::number("owed", 5, 0),
];
const BALANCES: [Column; 6] = [
    Column::new("who", 0, 0),
    Column::number("I owe", 6, 0),
    Column::number("they owe", 8, 0),
    Column::number("oldest", 7, 1),
    Column::new("", 12, 3),
    Column::new("last favour", 0, 2),
];
const AGEING: [Column; 6] = [
    Column::new("who owes whom", 0, 0),
    Column::number(AGES[0], 6, 0),
    Column::number(AGES[1], 6, 0),
    Column::number(AGES[2], 6, 0),
    Column::number(AGES[3], 6, 0),
    Column::number("total", 6, 0),
];
const ROUTES: [Column; 1] = [Column::new("", 0, 0)];

impl Chits {
    pub(super) fn picture(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let inner = board::framed(frame, area, &self.title(cx), cx);
        let head = row::row(inner, 0);
        match &self.typing {
            Some(Typing::Words(editor)) => board::typing(frame, head, "words: ", editor, None, cx),
            Some(Typing::Day(editor, wrong)) => {
                board::typing(frame, head, "as of: ", editor, wrong.as_deref(), cx);
            }
            None => {
                let words = View::ALL.map(View::word);
                let right = self.filters(cx);
                let views = Views {
                    words: &words,
                    at: self.view as usize,
                    number: VIEWS,
                    right: &right,
                };
                board::views(frame, head, &views, cx, memory);
            }
        }
        let told = inner.height >= TOLD && self.view == View::Register && self.chit().is_some();
        let foot = if told { STORY + 1 } else { 0 } + u16::from(self.view == View::Ageing);
        let list = Rect {
            y: inner.y + 1.min(inner.height),
            height: inner.height.saturating_sub(1 + foot),
            ..inner
        };
        self.draw_list(frame, list, cx, memory);
        let below = Rect {
            y: list.bottom(),
            height: inner.bottom().saturating_sub(list.bottom()),
            ..inner
        };
        if told {
            self.draw_story(frame, area, below, cx);
        } else if self.view == View::Ageing {
            self.draw_totals(frame, below, cx);
        }
    }

    fn title(&self, cx: &Cx<'_>) -> String {
        if self.read.is_none() {
            return "Chits ─ reading …".to_owned();
        }
        let halves = |sum: Halves| plain::halves(sum.to_string(), cx.plain);
        let [mine, theirs, others] = self.listed.sums.map(halves);
        format!("Chits ─ you owe {mine} · owed {theirs} · between others {others}")
    }

    /// What is let through, in words.
    fn filters(&self, cx: &Cx<'_>) -> String {
        let filter = &self.filter;
        let mut told = Vec::new();
        match filter.scope {
            Scope::Everybody => {}
            Scope::Person(one) => told.push(format!("only {}", cx.name(one))),
            Scope::Pair(one, other) => {
                told.push(format!("{} and {}", cx.name(one), cx.name(other)));
            }
        }
        told.extend(filter.side.map(|side| side.words().to_owned()));
        if filter.open {
            told.push("open".to_owned());
        }
        if filter.pending {
            told.push("pending".to_owned());
        }
        if !filter.text.is_empty() {
            told.push(format!("“{}”", filter.text));
        }
        if let Some(day) = self.as_of {
            told.push(format!("as of {}", day.format("%-d %b %Y")));
        }
        told.join(" · ")
    }

    fn draw_list(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let columns: &[Column] = match self.view {
            View::Register if self.listed.runs => &RUNNING,
            View::Register => &REGISTER,
            View::Balances => &BALANCES,
            View::Ageing => &AGEING,
            View::Routes => &ROUTES,
        };
        let table = Table {
            name: self.view.word(),
            number: ROWS,
            columns,
            count: self.listed.list.len(),
            at: self.at,
            focused: true,
            empty: self.nothing(),
        };
        table::draw(
            frame,
            area,
            &table,
            cx,
            memory,
            &|at| match self.listed.list.get(at) {
                Some(Entry::Heading(text)) => table::Line::Heading(text.clone()),
                Some(entry) => table::Line::Cells(self.cells(entry, cx)),
                None => table::Line::Cells(Cells::new()),
            },
        );
    }

    /// What is said where nothing is listed.
    fn nothing(&self) -> &'static str {
        let all = self.filter == super::Filter::default();
        match (&self.read, self.view) {
            (None, _) => "",
            (Some(rows), _) if rows.is_empty() => {
                "No favours yet. f notes one; a line of a call's note that begins with + or - makes one too."
            }
            (_, View::Register) if !all => "No favour is let through; Esc shows all.",
            (_, View::Routes) => {
                "Nobody who owes you one is owed one by a third person, and there are no circles."
            }
            _ => "Nothing is open.",
        }
    }

    fn cells(&self, entry: &Entry, cx: &Cx<'_>) -> Cells {
        let theme = cx.theme;
        let halves = |sum: Halves| match sum.0 {
            0 => String::new(),
            _ => plain::halves(sum.to_string(), cx.plain),
        };
        match entry {
            Entry::Heading(_) => Cells::new(),
            Entry::Line(line) => self.line_cells(line, cx),
            Entry::Balance(balance) => {
                let day = self.as_of.unwrap_or_else(|| cx.today());
                let oldest = balance.oldest.map_or(String::new(), |since| {
                    format!("{} d", (day - since).num_days())
                });
                let arrow = if balance.last.mine { "you: " } else { "they: " };
                let gauge = self.gauge(balance.they_owe, balance.i_owe, cx);
                vec![
                    (balance.name.clone(), theme.text),
                    (halves(balance.i_owe), theme.warn),
                    (halves(balance.they_owe), theme.good),
                    (oldest, theme.dim),
                    (gauge, theme.accent),
                    (format!("{arrow}{}", balance.last.what), theme.dim),
                ]
            }
            Entry::Owed(owed) if self.view == View::Ageing => {
                let mut cells = vec![(owed.words(), side_style(owed.side(), cx))];
                cells.extend(owed.ages.map(|sum| (halves(sum), theme.text)));
                cells.push((halves(owed.total), theme.title));
                cells
            }
            Entry::Owed(owed) => {
                let day = self.as_of.unwrap_or_else(|| cx.today());
                let oldest = format!("{} d", (day - owed.oldest).num_days());
                let (debtor, creditor) = (&owed.debtor, &owed.creditor);
                let names = format!("{} {} {}", debtor.said(), debtor.owe(), creditor.said());
                vec![
                    (names, theme.text),
                    (String::new(), theme.text),
                    (halves(owed.total), theme.text),
                    (oldest, theme.dim),
                    (String::new(), theme.dim),
                    (String::new(), theme.dim),
                ]
            }
            Entry::Route(route) => vec![(route.words(), theme.text)],
            Entry::Cycle(cycle) => vec![(cycle.words(), theme.text)],
        }
    }

    /// Both sides of a balance as bars that meet in the middle.
    fn gauge(&self, theirs: Halves, mine: Halves, cx: &Cx<'_>) -> String {
        let most = self.listed.list.iter().map(|entry| match entry {
            Entry::Balance(other) => other.they_owe.0.max(other.i_owe.0),
            _ => 0,
        });
        let most = f64::from(most.max().unwrap_or(1).max(1));
        // Whole cells only: a part of one would look to the wrong side on the left.
        let bar = |sum: Halves| {
            let cells = (f64::from(sum.0) / most * 5.0).ceil();
            meter::bar(cells * 20.0, 5, cx.plain)
        };
        let left: String = bar(mine).chars().rev().collect();
        let middle = if cx.plain { '|' } else { '│' };
        format!("{}{middle}{}", left, bar(theirs))
    }

    fn line_cells(&self, line: &Line, cx: &Cx<'_>) -> Cells {
        let theme = cx.theme;
        let Some(row) = self.listed.rows.get(line.row) else {
            return Cells::new();
        };
        let day = self.as_of.unwrap_or_else(|| cx.today());
        let given = line.event == Event::Given;
        let open = row.open() > Halves(0);
        let style = match (given && open, Side::of(&row.chit)) {
            (true, side) => side_style(side, cx),
            (false, _) => theme.dim,
        };
        let state = match line.event {
            Event::Given => state_words(row),
            Event::Redeemed => "came back".to_owned(),
            Event::Forgiven => "let go".to_owned(),
        };
        let favour = if given {
            format!(
                "{} → {}",
                said(row.chit.giver, &row.giver_name),
                said(row.chit.receiver, &row.receiver_name)
            )
        } else {
            let by = said(row.chit.receiver, &row.receiver_name);
            let to = said(row.chit.giver, &row.giver_name);
            format!("  {by} ⇢ {to}")
        };
        let worth = plain::halves(line.halves.to_string(), cx.plain);
        let worth = if given { worth } else { format!("−{worth}") };
        let age = if given && open {
            row.age(day).to_string()
        } else {
            String::new()
        };
        let what = if line.what.is_empty() {
            row.chit.what.clone()
        } else {
            line.what.clone()
        };
        let mut cells = vec![
            (short(line.on, cx.today()), theme.dim),
            (favour, style),
            (what, if given { theme.text } else { theme.dim }),
            (worth, style),
            (state, style),
        ];
        match line.running {
            Some(running) => {
                let halves = |sum: Halves| plain::halves(sum.to_string(), cx.plain);
                cells.push((halves(running.owes), theme.text));
                cells.push((halves(running.owed), theme.text));
            }
            None => cells.push((age, theme.dim)),
        }
        cells
    }

    /// The story of the favour under the cursor: given, cleared, called in, settled.
    fn draw_story(&self, frame: &mut Frame<'_>, outer: Rect, area: Rect, cx: &Cx<'_>) {
        let Some(row) = self.chit() else { return };
        let part = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        };
        let waits = if row.called().is_some() {
            " ─ called in, I files what came of it"
        } else {
            ""
        };
        let from = if row.chit.evidence.is_some() {
            " ─ Enter goes to the touch it came from"
        } else {
            ""
        };
        let title = format!("{}{waits}{from}", row.chit.what);
        let title = fit(&title, usize::from(outer.width.saturating_sub(6)));
        divider(
            frame.buffer_mut(),
            outer,
            part,
            &title,
            cx.theme.accent,
            cx.theme.dim,
        );
        let told = story(row);
        let skip = told.len().saturating_sub(usize::from(part.height));
        for (at, episode) in told.iter().skip(skip).enumerate() {
            let day = format!(" {:>7}  ", short(episode.on, cx.today()));
            let pieces = [(day.as_str(), cx.theme.dim), (&episode.what, cx.theme.text)];
            row::pieces(frame.buffer_mut(), row::row(part, at), &pieces);
        }
    }

    /// The sums under the ages.
    fn draw_totals(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let Some(ageing) = &self.listed.ageing else {
            return;
        };
        let mut cells = String::new();
        for sum in ageing.totals.into_iter().chain([ageing.total]) {
            let sum = plain::halves(sum.to_string(), cx.plain);
            cells.push_str(&" ".repeat(6_usize.saturating_sub(width(&sum))));
            cells.push_str(&sum);
            cells.push(' ');
        }
        let place = row::row(area, 0);
        row::pieces(frame.buffer_mut(), place, &[(" in all", cx.theme.title)]);
        row::right(frame.buffer_mut(), place, &cells, cx.theme.title);
    }
}

/// A side has its colour; its words say the same.
fn side_style(side: Side, cx: &Cx<'_>) -> Style {
    match side {
        Side::IOwe => cx.theme.warn,
        Side::TheyOwe => cx.theme.good,
        Side::Others => cx.theme.text,
    }
}

/// The sign and the word of where a chit stands: `* open`, `! part`, `* redeemed`.
fn state_words(row: &ChitRow) -> String {
    let called = row.called().is_some() && row.open() > Halves(0);
    let word = if called {
        "called in"
    } else {
        row.state().word()
    };
    format!("{} {word}", row.sign())
}

fn said(id: Id, name: &str) -> &str {
    if id == Id::ME { "you" } else { name }
}
