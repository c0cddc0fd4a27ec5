//! The views that are lists: whom to ask, the tree, customers by years, origins, and paths.

use super::draw::held_style;
use super::reach::Target;
use super::{ROWS, Referrals, View};
use crate::domain::ask::AskLine;
use crate::domain::chit::Halves;
use crate::domain::paths::Path;
use crate::domain::text::pad;
use crate::domain::tree::yields::customers;
use crate::domain::tree::{Branch, Goal, OriginRow, YieldRow};
use crate::tui::memory::Memory;
use crate::tui::modal::Cx;
use crate::tui::pane::header::short;
use crate::tui::widget::table::{self, Cells, Column, Line, Table};
use crate::tui::widget::{plain, row};
use ratatui::Frame;
use ratatui::layout::Rect;

const ASK: [Column; 8] = [
    Column::new("who", 18, 0),
    Column::new("why now", 36, 0),
    Column::new("their result", 0, 1),
    Column::number("str", 3, 2),
    Column::number("I owe", 5, 4),
    Column::number("owe me", 6, 3),
    Column::new("last asked", 21, 5),
    Column::new("fresh", 6, 6),
];
/// The same with more room.
const ASK_WIDE: [Column; 8] = [
    Column::new("who", 20, 0),
    Column::new("why now", 40, 0),
    Column::new("their result", 0, 1),
    Column::number("str", 3, 2),
    Column::number("I owe", 5, 4),
    Column::number("owe me", 6, 3),
    Column::new("last asked", 20, 5),
    Column::new("fresh", 6, 6),
];
/// Columns from which on there is.
const ROOMY: u16 = 110;
const TREE: [Column; 5] = [
    Column::new("who led to whom", 0, 0),
    Column::number("customers", 9, 1),
    Column::number("sold below", 14, 0),
    Column::new("stage", 10, 2),
    Column::new("since, and how else", 22, 3),
];
const ORIGINS: [Column; 6] = [
    Column::new("origin", 10, 0),
    Column::number("first talks", 11, 0),
    Column::number("second", 6, 1),
    Column::number("customers", 9, 0),
    Column::number("share", 14, 0),
    Column::number("months to order", 15, 2),
];
const PATHS: [Column; 4] = [
    Column::number("warm", 4, 0),
    Column::new("way", 0, 0),
    Column::new("", 19, 1),
    Column::new("price", 32, 2),
];
/// Columns from which on the price has room beside the way.
const PRICED: u16 = 100;
const TARGETS: [Column; 2] = [Column::new("whom", 0, 0), Column::new("", 0, 0)];
/// Columns of a year of the grid.
const YEAR: u16 = 5;
/// Columns that the grid needs besides its years.
const BESIDE: u16 = 51;

impl Referrals {
    pub(super) fn draw_list(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        match self.view {
            View::Board => self.draw_board(frame, area, cx, memory),
            View::Ask => self.draw_queue(frame, area, cx, memory),
            View::Tree => self.draw_tree(frame, area, cx, memory),
            View::Yield => self.draw_grid(frame, area, cx, memory),
            View::Origins => self.draw_origins(frame, area, cx, memory),
            View::Paths if self.reach.typed.is_some() => {
                self.draw_targets(frame, area, cx, memory);
            }
            View::Paths => self.draw_paths(frame, area, cx, memory),
        }
    }

    fn draw_queue(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let queue = self.queue.as_deref().unwrap_or_default();
        let table = Table {
            name: "whom to ask",
            number: ROWS,
            columns: if area.width < ROOMY { &ASK } else { &ASK_WIDE },
            count: queue.len() + usize::from(self.held_from().is_some()),
            at: self.queue_row(self.asked_at),
            focused: true,
            empty: if self.queue.is_none() {
                ""
            } else {
                "Nobody to ask yet: who had a result, bought, led to somebody or owes you a favour comes in here."
            },
        };
        table::draw(frame, area, &table, cx, memory, &|at| match self
            .queue_place(at)
            .and_then(|place| queue.get(place))
        {
            Some(line) => Line::Cells(queued(line, cx)),
            None => Line::Heading("Held back".to_owned()),
        });
    }

    fn draw_tree(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let table = Table {
            name: "who led to whom",
            number: ROWS,
            columns: &TREE,
            count: self.tree.shown.len(),
            at: self.tree.at,
            focused: true,
            empty: if self.tree.read {
                "Nobody led to anybody yet. + adds a referral; it grows into the tree once they are introduced."
            } else {
                ""
            },
        };
        table::draw(frame, area, &table, cx, memory, &|at| {
            let line = self.tree.line(at);
            Line::Cells(line.map_or(Cells::new(), |line| self.branch(at, line, cx)))
        });
    }

    fn branch(&self, row: usize, line: &Branch, cx: &Cx<'_>) -> Cells {
        let folded = self.tree.is_folded(line.who) && line.below > 0;
        let more = if folded {
            format!(" (+{})", line.below)
        } else {
            String::new()
        };
        let also: Vec<String> = line
            .also
            .iter()
            .map(|also| {
                let how = if also.circle {
                    "in a circle from"
                } else {
                    "also by"
                };
                format!("{how} {}", also.by)
            })
            .collect();
        let since = line.on.map(|on| short(on, cx.today())).into_iter();
        let since: Vec<String> = since.chain(also).collect();
        let customers = match line.customers {
            0 => String::new(),
            customers => customers.to_string(),
        };
        let name = if line.depth == 0 {
            cx.theme.title
        } else {
            cx.theme.text
        };
        vec![
            (format!("{}{}{more}", self.tree.lead(row), line.name), name),
            (customers, cx.theme.good),
            (line.sales.to_string(), cx.theme.text),
            (
                line.stage.map_or("", |stage| stage.word()).to_owned(),
                cx.theme.dim,
            ),
            (since.join(", "), cx.theme.dim),
        ]
    }

    fn draw_grid(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let fits = usize::from(area.width.saturating_sub(BESIDE) / YEAR).max(1);
        let years = &self.grid.years;
        let skip = years.len().saturating_sub(fits);
        let wide = (years.len() - skip) as u16 * YEAR;
        let columns = [
            Column::new("customer", 0, 0),
            Column::new("since", 7, 2),
            Column::new("", wide.max(1), 0),
            Column::number("all", 5, 0),
            Column::number("a year", 6, 1),
            Column::new("goal", 6, 0),
        ];
        let list = Rect {
            height: area.height.saturating_sub(1),
            ..area
        };
        let table = Table {
            name: "customers by years",
            number: ROWS,
            columns: &columns,
            count: self.grid.rows.len(),
            at: self.grid_at,
            focused: true,
            empty: if self.tree.read {
                "No customers yet: a sale, or a referral that was won, makes one."
            } else {
                ""
            },
        };
        table::draw(frame, list, &table, cx, memory, &|at| {
            let row = self.grid.rows.get(at);
            Line::Cells(row.map_or(Cells::new(), |row| sent(row, skip, cx)))
        });
        // The years stand over their own columns, and what was sent in each below them.
        let fitting = table::fitting(&columns, area.width.saturating_sub(1));
        let before = fitting.iter().take_while(|(column, _)| *column != 2);
        let x = area.x + 1 + before.map(|(_, wide)| wide + 1).sum::<u16>();
        let across = Rect {
            x,
            width: wide.min(area.right().saturating_sub(x)),
            ..area
        };
        self.draw_years(frame, (area, across), skip, cx);
    }

    /// The years over the grid, and below it what was sent in each.
    fn draw_years(
        &self,
        frame: &mut Frame<'_>,
        (area, years): (Rect, Rect),
        skip: usize,
        cx: &Cx<'_>,
    ) {
        let heads = across(self.grid.years.iter().skip(skip).map(ToString::to_string));
        let over = row::row(years, 0);
        row::pieces(frame.buffer_mut(), over, &[(&heads, cx.theme.dim)]);
        if self.grid.rows.is_empty() {
            return;
        }
        let last = usize::from(area.height).saturating_sub(1);
        let says = " sent in all; the goal is 1–2 a year";
        let foot = row::row(area, last);
        row::pieces(frame.buffer_mut(), foot, &[(says, cx.theme.dim)]);
        let totals = self.grid.totals.iter().skip(skip);
        let totals = across(totals.map(|sent| customers(*sent)));
        let under = row::row(years, last);
        row::pieces(frame.buffer_mut(), under, &[(&totals, cx.theme.title)]);
    }

    fn draw_origins(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let rows = self.origins.as_deref().unwrap_or_default();
        let table = Table {
            name: "origins",
            number: ROWS,
            columns: &ORIGINS,
            count: rows.len(),
            at: rows.len(),
            focused: true,
            empty: "",
        };
        table::draw(frame, area, &table, cx, memory, &|at| {
            Line::Cells(rows.get(at).map_or(Cells::new(), |row| came(row, cx)))
        });
    }

    fn draw_targets(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let offered = &self.reach.offered;
        let table = Table {
            name: "whom to reach",
            number: ROWS,
            columns: &TARGETS,
            count: offered.len(),
            at: self.reach.pick,
            focused: true,
            empty: "Nobody in the book is called so.",
        };
        let cells = |target: &Target| {
            vec![
                (target.name.clone(), cx.theme.text),
                (target.beside.clone(), cx.theme.dim),
            ]
        };
        table::draw(frame, area, &table, cx, memory, &|at| {
            Line::Cells(offered.get(at).map_or(Cells::new(), cells))
        });
    }

    fn draw_paths(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let paths = self.reach.paths.as_deref().unwrap_or_default();
        let table = Table {
            name: "paths",
            number: ROWS,
            columns: if area.width < PRICED {
                &PATHS[..3]
            } else {
                &PATHS
            },
            count: paths.len(),
            at: self.reach.at,
            focused: true,
            empty: match (&self.reach.wanted, &self.reach.paths) {
                (None, _) => "/ names whom you want to reach: a person, or an account.",
                (Some(_), None) => "Looking for ways …",
                _ => {
                    "Nobody you know leads there over three links or fewer. `chitbook link` notes who knows whom."
                }
            },
        };
        table::draw(frame, area, &table, cx, memory, &|at| {
            Line::Cells(paths.get(at).map_or(Cells::new(), |path| way(path, cx)))
        });
    }
}

fn halves(sum: Halves, cx: &Cx<'_>) -> String {
    match sum {
        Halves(0) => String::new(),
        sum => plain::halves(sum.to_string(), cx.plain),
    }
}

fn queued(line: &AskLine, cx: &Cx<'_>) -> Cells {
    let theme = cx.theme;
    let (why, style) = match &line.held {
        None => (line.why.clone(), theme.text),
        Some(held) => (held.words(), held_style(held, cx)),
    };
    let asked = match (line.days_since_ask, &line.who.last) {
        (Some(days), Some(last)) => {
            let answer = last
                .ask
                .answer
                .map_or("no answer", |answer| answer.phrase());
            format!("{days} d, {answer}")
        }
        _ => "never".to_owned(),
    };
    let result = line.who.result.as_ref();
    let name = if line.held.is_some() {
        theme.dim
    } else {
        theme.text
    };
    vec![
        (line.who.name.clone(), name),
        (why, style),
        (
            result.map_or(String::new(), |result| result.what.clone()),
            theme.dim,
        ),
        (format!("{:.0}", line.who.strength), theme.text),
        (halves(line.who.i_owe, cx), theme.warn),
        (halves(line.who.they_owe, cx), theme.good),
        (asked, theme.dim),
        (
            line.freshness.map_or("", |fresh| fresh.word()).to_owned(),
            theme.dim,
        ),
    ]
}

/// The years across are as many as fit: each five wide.
fn across(cells: impl Iterator<Item = String>) -> String {
    cells.map(|cell| pad(&cell, usize::from(YEAR))).collect()
}

fn sent(row: &YieldRow, skip: usize, cx: &Cx<'_>) -> Cells {
    let cell = |sent: &u32| match *sent {
        0 => "·".to_owned(),
        sent => customers(sent),
    };
    let (goal, style) = match (row.dry, row.goal) {
        (true, _) => ("dry", cx.theme.warn),
        (false, Goal::Under) => (Goal::Under.word(), cx.theme.dim),
        (false, goal) => (goal.word(), cx.theme.good),
    };
    vec![
        (row.name.clone(), cx.theme.text),
        (short(row.since, cx.today()), cx.theme.dim),
        (across(row.sent.iter().skip(skip).map(cell)), cx.theme.text),
        (customers(row.total), cx.theme.title),
        (format!("{:.1}", row.per_year), style),
        (goal.to_owned(), style),
    ]
}

fn came(row: &OriginRow, cx: &Cx<'_>) -> Cells {
    let few = || ("too few to say".to_owned(), cx.theme.dim);
    let count = |count: usize| (count.to_string(), cx.theme.text);
    vec![
        (row.origin.word().to_owned(), cx.theme.text),
        count(row.first),
        count(row.second),
        count(row.customers),
        row.share().map_or_else(few, |share| {
            (format!("{:.0} %", share * 100.0), cx.theme.good)
        }),
        row.months
            .map_or_else(few, |months| (format!("{months:.1}"), cx.theme.text)),
    ]
}

fn way(path: &Path, cx: &Cx<'_>) -> Cells {
    let burnt = path.burnt.is_some();
    let style = if burnt { cx.theme.dim } else { cx.theme.text };
    let price = match path.links() {
        0 => "you know them".to_owned(),
        _ => plain::halves(path.price(), cx.plain),
    };
    let note = path.burnt.map_or(String::new(), |on| {
        format!("burnt: asked {}", short(on, cx.today()))
    });
    vec![
        (format!("{:.0}", path.warmth), style),
        (path.words(), style),
        (note, if burnt { cx.theme.warn } else { style }),
        (price, style),
    ]
}
