//! How an explanation is laid out: the account at the left with the rhythm beside it, or below it where the window is narrow.

use crate::domain::moment::date;
use crate::domain::people::Person;
use crate::domain::strength::account::{Account, TENTHS};
use crate::domain::strength::explain::Cause;
use crate::domain::strength::words;
use crate::domain::text::{pad, width};
use crate::tui::memory::Memory;
use crate::tui::modal::{Cx, frame_for, middle};
use crate::tui::pane::header::short;
use crate::tui::pane::list::ARCHIVED;
use crate::tui::widget::{meter, plainly, row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns of a page at most, and of its frame.
const WIDEST: u16 = 124;
const FRAME: u16 = 4;
/// Columns from which the rhythm stands beside the account, and from which it has room for every sentence.
const BESIDE: u16 = 92;
const ROOMY: u16 = 106;
/// Columns from which the bars are long.
const NARROW: u16 = 60;
/// Lines of the account that are shown before anything below it is.
const LEAST: usize = 5;
/// Gaps told, and what they are called.
const GAPS: usize = 5;
const TAUGHT: &str = "last gaps, and the usual gap after";

/// One row of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Line(usize),
    /// A further row of a long reason.
    Reason(usize, usize),
    Others,
    Rule,
    Bond,
    Silence,
    Strength,
    Blank,
    Text(usize),
}

/// A row with points in it.
struct Figure {
    day: String,
    text: String,
    points: String,
    /// The units its bar is of; nothing for a sum.
    bar: i64,
    style: Style,
}

/// An explanation laid out for a window.
pub(super) struct Page<'a> {
    person: &'a Person,
    account: Account,
    outer: Rect,
    /// Columns and rows inside the frame.
    columns: u16,
    rows: usize,
    /// What is told in words, broken into rows: beside the account, or below it.
    texts: Vec<(String, Style)>,
    beside: bool,
}

impl<'a> Page<'a> {
    /// Lays out what there is to say about a person.
    pub fn new(person: &'a Person, area: Rect, cx: &Cx<'_>) -> Self {
        let account = Account::of(cx.params, person, cx.day(), TENTHS);
        let columns = area.width.min(WIDEST).saturating_sub(FRAME);
        let most = usize::from(area.height.saturating_sub(2));
        let aside = aside(&account, cx, usize::from(rhythm(columns)));
        let beside = columns >= BESIDE && aside.len() <= most;
        let texts = if beside {
            aside
        } else {
            below(&account, cx, usize::from(columns))
        };
        let mut page = Page {
            outer: area,
            columns,
            rows: most,
            person,
            account,
            texts,
            beside,
        };
        let wanted = page.full().len();
        let wanted = if beside {
            wanted.max(page.texts.len())
        } else {
            wanted
        };
        page.rows = wanted.min(most);
        page.outer = middle(area, columns + FRAME, page.rows as u16 + 2);
        page
    }

    /// Columns of the account.
    fn wide(&self) -> u16 {
        if self.beside {
            self.columns.saturating_sub(rhythm(self.columns) + 3)
        } else {
            self.columns
        }
    }

    /// Columns of a bar, and of the words before the points.
    fn cells(&self) -> (usize, usize) {
        let bars = if self.wide() < NARROW { 4 } else { 10 };
        (bars, usize::from(self.wide()).saturating_sub(16 + bars))
    }

    /// What a line says, in rows: only a reason for a correction may take several.
    fn told(&self, at: usize) -> Vec<String> {
        let (share, person) = (&self.account.lines[at].share, self.person);
        let text = words::share(share, &person.trail, &person.history);
        if matches!(share.cause, Cause::Correction { .. }) {
            wrap::rows(&text, self.cells().1)
        } else {
            vec![text]
        }
    }

    /// The rows of some lines.
    fn lines(&self, shown: impl Iterator<Item = usize>) -> Vec<Row> {
        let mut rows = Vec::new();
        for at in shown {
            rows.push(Row::Line(at));
            if matches!(self.account.lines[at].share.cause, Cause::Correction { .. }) {
                rows.extend((1..self.told(at).len()).map(|more| Row::Reason(at, more)));
            }
        }
        rows
    }

    /// Rows of words below the account.
    fn below(&self) -> usize {
        if self.beside { 0 } else { self.texts.len() }
    }

    /// Every row.
    fn full(&self) -> Vec<Row> {
        self.finished(self.lines(0..self.account.lines.len()))
    }

    /// As many lines as leave room for the sums and the words below, but not too few; and which lines these are.
    fn folded(&self) -> (Vec<Row>, Vec<usize>) {
        let rest = self.finished(Vec::new()).len() + 1;
        let room = self.rows.saturating_sub(rest).max(LEAST);
        let mut count = room.min(self.account.lines.len());
        let mut shown = self.account.foremost(count);
        let mut lines = self.lines(shown.iter().copied());
        while lines.len() > room && count > 1 {
            count -= 1;
            shown = self.account.foremost(count);
            lines = self.lines(shown.iter().copied());
        }
        if shown.len() < self.account.lines.len() {
            lines.push(Row::Others);
        }
        (self.finished(lines), shown)
    }

    /// The lines with their sums, and the words below.
    fn finished(&self, mut rows: Vec<Row>) -> Vec<Row> {
        if !self.account.lines.is_empty() {
            rows.extend([Row::Rule, Row::Bond, Row::Silence, Row::Strength]);
            if self.below() > 0 {
                rows.push(Row::Blank);
            }
        }
        rows.extend((0..self.below()).map(Row::Text));
        rows
    }

    /// Draws it scrolled down to a row; gives back how far it can be scrolled, and how many rows it shows.
    pub fn draw(
        &self,
        frame: &mut Frame<'_>,
        first: usize,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) -> (usize, usize) {
        let name = &self.person.summary.name;
        let title = if self.account.lines.is_empty() {
            format!("Why no strength ─ {name}")
        } else {
            format!("Why {} ─ {name}", words::plain(self.account.strength))
        };
        let inner = frame_for(frame, self.outer, &title, cx, memory);
        let all = self.full();
        let most = all.len().saturating_sub(self.rows);
        let shown = if most > 0 && first == 0 {
            self.folded()
        } else {
            (all, Vec::new())
        };
        let mut left = inner;
        if self.beside {
            left.width = self
                .columns
                .min(inner.width)
                .saturating_sub(rhythm(self.columns) + 3);
            self.draw_aside(frame, inner, cx);
        }
        let first = first.min(most);
        let rows = shown.0.iter().skip(first).take(self.rows).enumerate();
        for (at, what) in rows {
            self.draw_row(frame, row::row(left, at), *what, &shown.1, cx);
        }
        if most > 0 {
            let more = if first == most { "" } else { "more below " };
            let foot = Rect {
                y: self.outer.bottom().saturating_sub(1),
                height: 1,
                width: self.outer.width.saturating_sub(2),
                ..self.outer
            };
            row::right(frame.buffer_mut(), foot, more, cx.theme.dim);
        }
        (most, self.rows)
    }

    /// The rhythm at the right, with a line between.
    fn draw_aside(&self, frame: &mut Frame<'_>, inner: Rect, cx: &Cx<'_>) {
        let wide = rhythm(self.columns).min(inner.width);
        let right = Rect {
            x: inner.right() - wide,
            width: wide,
            ..inner
        };
        for at in 0..usize::from(inner.height) {
            let between = Rect {
                x: right.x.saturating_sub(2),
                width: 1,
                ..row::row(inner, at)
            };
            row::pieces(frame.buffer_mut(), between, &[("│", cx.theme.dim)]);
        }
        for (at, (text, style)) in self.texts.iter().enumerate() {
            row::pieces(frame.buffer_mut(), row::row(right, at), &[(text, *style)]);
        }
    }

    fn draw_row(&self, frame: &mut Frame<'_>, area: Rect, what: Row, shown: &[usize], cx: &Cx<'_>) {
        let buffer = frame.buffer_mut();
        match what {
            Row::Blank => {}
            Row::Rule => {
                let rule = "─".repeat(usize::from(area.width));
                row::pieces(buffer, area, &[(&rule, cx.theme.dim)]);
            }
            Row::Text(at) => {
                if let Some((text, style)) = self.texts.get(at) {
                    row::pieces(buffer, area, &[(text, *style)]);
                }
            }
            figure => self.draw_figure(frame, area, &self.figure(figure, shown, cx), cx),
        }
    }

    /// What a row with a figure says.
    fn figure(&self, what: Row, shown: &[usize], cx: &Cx<'_>) -> Figure {
        let (theme, account) = (cx.theme, &self.account);
        let signed = |units: i64| plainly(words::signed(units), cx.plain);
        let sum = |text: &str, units: i64, style: Style| Figure {
            day: String::new(),
            text: text.to_owned(),
            points: words::plain(units),
            bar: 0,
            style,
        };
        match what {
            Row::Line(at) => {
                let line = &account.lines[at];
                Figure {
                    day: short(date(line.share.day), cx.today()),
                    text: self.told(at).swap_remove(0),
                    points: signed(line.units),
                    bar: line.units,
                    style: theme.text,
                }
            }
            Row::Reason(at, row) => Figure {
                points: String::new(),
                ..sum(&self.told(at)[row], 0, theme.text)
            },
            Row::Others => {
                let (_, units) = account.others(shown);
                Figure {
                    points: signed(units),
                    ..sum(&words::others(account, shown), units, theme.dim)
                }
            }
            Row::Silence => Figure {
                points: signed(account.silence),
                bar: account.silence,
                ..sum(&words::silence(account), account.silence, theme.text)
            },
            Row::Bond => sum(words::BOND, account.bond, theme.text),
            _ => sum(words::strength(account), account.strength, theme.title),
        }
    }

    fn draw_figure(&self, frame: &mut Frame<'_>, area: Rect, figure: &Figure, cx: &Cx<'_>) {
        let units = self.account.lines.iter().map(|line| line.units.abs());
        let largest = units.chain([self.account.silence.abs(), 1]).max();
        let share = 100.0 * figure.bar.abs() as f64 / largest.unwrap_or(1) as f64;
        let (bars, room) = self.cells();
        let bar = meter::bar(share, bars, cx.plain);
        let colour = if figure.bar < 0 {
            cx.theme.bad
        } else {
            cx.theme.good
        };
        let (day, text) = (format!("{:>6}  ", figure.day), pad(&figure.text, room));
        let points = format!("{:>7} ", figure.points);
        let pieces = [
            (day.as_str(), cx.theme.dim),
            (text.as_str(), figure.style),
            (points.as_str(), figure.style),
            (bar.as_str(), colour),
        ];
        row::pieces(frame.buffer_mut(), area, &pieces);
    }
}

/// The state in words, in its colour and with its sign.
fn state(account: &Account, cx: &Cx<'_>) -> (String, Style) {
    if account.archived {
        let text = format!("{ARCHIVED} {}", words::state(account, cx.params));
        return (text, cx.theme.dim);
    }
    let state = account.reading.state;
    let text = format!("{} {}", state.sign(), words::state(account, cx.params));
    (text, cx.theme.state(state))
}

/// What is told below the account: each matter in as few rows as it takes.
fn below(account: &Account, cx: &Cx<'_>, columns: usize) -> Vec<(String, Style)> {
    let text = cx.theme.text;
    let mut rows = broken(vec![state(account, cx)], columns);
    for matters in [
        words::dates(account, cx.today()),
        words::outlook(account, cx.params),
        words::rhythm(account),
    ] {
        let packed = packed(&matters, " · ", columns).into_iter();
        rows.extend(packed.map(|row| (row, text)));
    }
    let gaps = account.gaps.iter().take(GAPS).map(words::gap_taught);
    let gaps: Vec<String> = gaps.collect();
    if !gaps.is_empty() {
        let last = format!("{TAUGHT}: {}", gaps.join(", "));
        rows.extend(broken(vec![(last, cx.theme.dim)], columns));
    }
    rows
}

/// Pieces one after the other, as many in a row as fit.
fn packed(pieces: &[String], between: &str, columns: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if width(row) + width(between) + width(piece) <= columns => {
                row.push_str(between);
                row.push_str(piece);
            }
            _ => rows.extend(wrap::rows(piece, columns)),
        }
    }
    rows
}

/// Columns the rhythm takes beside the account.
fn rhythm(columns: u16) -> u16 {
    if columns < ROOMY { 40 } else { 48 }
}

/// What is told beside the account: one matter a row.
fn aside(account: &Account, cx: &Cx<'_>, columns: usize) -> Vec<(String, Style)> {
    let text = cx.theme.text;
    let plain = |lines: Vec<String>| lines.into_iter().map(move |line| (line, text));
    let blank = || (String::new(), text);
    let mut rows = vec![state(account, cx)];
    rows.extend(plain(words::dates(account, cx.today())));
    let outlook = words::outlook(account, cx.params);
    if !outlook.is_empty() {
        rows.push(blank());
        rows.extend(plain(outlook));
    }
    rows.push(blank());
    rows.extend(plain(words::rhythm(account)));
    if !account.gaps.is_empty() {
        rows.push(blank());
        rows.push((
            "last gaps, and the usual gap after".to_owned(),
            cx.theme.dim,
        ));
    }
    for gap in account.gaps.iter().take(GAPS) {
        let to = short(date(gap.to), cx.today());
        let (what, then) = (words::gap(gap), words::number(gap.rhythm));
        rows.push((format!("{to:>6}  {what} → {then}"), text));
    }
    broken(rows, columns)
}

fn broken(paragraphs: Vec<(String, Style)>, columns: usize) -> Vec<(String, Style)> {
    let told = paragraphs.into_iter().flat_map(|(text, style)| {
        let rows = wrap::rows(&text, columns).into_iter();
        rows.map(move |row| (row, style))
    });
    told.collect()
}
