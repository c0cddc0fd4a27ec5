//! A line chart over an axis, two by four dots a cell: lines, a level, shades, marks beneath, a cursor. Numbers in, cells out.
//!
//! ```text
//!  100┤        ⢀⡠⠤⢄ ░░       ┊                  the lines; ┊ is now, and what comes after it is dashed; ░ is a shade
//!     │  ⣀⡠⠔⠒⠉⠁   ⠉⠢⣀   ⣀⡠⠤⠒⠒⢄⢀ ⠠
//!   20┤┄┄┄┄┄┄┄┄┄┄┄┄┄░░┄┄┄┄┄┄┄┊┄┄┄⠐┄× cold 14 Dec   the level, and a label where a line crosses it
//!    0┤ c   m  e    c3 M2 c  c                   the marks; where they crowd, the one of highest rank and how many
//!     │ <      !        p +                      more marks
//!      2026    Apr     Jul      now            the ticks
//! ```

mod labels;
mod marks;

use super::raster::{Raster, Stroke};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// Columns of the values and their axis, and the narrowest chart that has them.
const GUTTER: u16 = 4;
const GUTTER_FROM: u16 = 20;

/// The least height that has a second row of marks.
const SECOND_ROW_FROM: u16 = 7;

/// One line of a chart.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Points in the order of x.
    pub points: &'a [(f64, f64)],
    /// How the dots are set.
    pub stroke: Stroke,
    /// What it looks like.
    pub style: Style,
    /// What it looks like under the level.
    pub low: Style,
}

/// A letter beneath the lines.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Where.
    pub x: f64,
    /// The letter, one column wide.
    pub letter: char,
    /// Of several in one column the highest is shown.
    pub rank: u16,
    /// It belongs to the second row, where there is room for one.
    pub second: bool,
    /// What it looks like.
    pub style: Style,
}

/// A few words at a point: a sign on it, the words near it where there is room.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where.
    pub x: f64,
    /// Where.
    pub y: f64,
    /// One column wide, set on the point.
    pub sign: &'static str,
    /// Set near it.
    pub text: String,
    /// What both look like.
    pub style: Style,
}

/// A chart, to be drawn into an area of any size; what there is no room for is left out, the lines last.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chart<'a> {
    /// The first and the last x.
    pub span: (f64, f64),
    /// The value at the top; the bottom is nothing.
    pub top: f64,
    /// Later lines lie over earlier ones.
    pub lines: &'a [Line<'a>],
    /// A value with a rule across the chart.
    pub level: Option<f64>,
    /// Stretches of x, in their order, that are shaded from top to bottom; a column is where half of it lies in one.
    pub shades: &'a [(f64, f64)],
    /// Letters beneath.
    pub marks: &'a [Mark],
    /// Words along the axis.
    pub ticks: &'a [(f64, String, Style)],
    /// Words at points.
    pub labels: &'a [Label],
    /// A dotted upright at this x, and the word for it along the axis.
    pub now: Option<(f64, &'a str)>,
    /// An upright at this x, and its mark made to stand out.
    pub cursor: Option<f64>,
    /// Axis, rule and ticks.
    pub dim: Style,
    /// What a shade looks like.
    pub shade: Style,
    /// The cursor's upright.
    pub accent: Style,
    /// The mark under the cursor.
    pub selected: Style,
    /// Only characters that every terminal has.
    pub plain: bool,
}

/// Where the parts of a chart are.
#[derive(Clone, Copy)]
struct Parts {
    plot: Rect,
    gutter: bool,
    marks: Option<u16>,
    second: Option<u16>,
    ticks: Option<u16>,
}

impl Chart<'_> {
    /// Draws it. Says of each label whether its words are there: a label that is out of sight, or has no room near it, has none.
    pub fn draw(&self, area: Rect, buf: &mut Buffer) -> Vec<bool> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return vec![false; self.labels.len()];
        }
        let parts = self.parts(area);
        self.draw_axis(&parts, buf);
        self.draw_shades(parts.plot, buf);
        self.draw_rules(&parts, buf);
        self.draw_lines(parts.plot, buf);
        let told = self.draw_labels(parts.plot, buf);
        self.draw_marks(&parts, buf);
        self.draw_ticks(&parts, buf);
        told
    }

    /// The sign that shades are made of.
    pub fn shading(plain: bool) -> &'static str {
        if plain { ":" } else { "░" }
    }

    /// How many columns the lines have in an area so wide: two points a column is all they can show.
    pub fn columns(width: u16) -> u16 {
        if width >= GUTTER_FROM {
            width - GUTTER
        } else {
            width
        }
    }

    fn parts(&self, area: Rect) -> Parts {
        let gutter = area.width >= GUTTER_FROM;
        let two = area.height >= SECOND_ROW_FROM && self.marks.iter().any(|mark| mark.second);
        let below = match area.height {
            0..=1 => 0,
            2..=4 => 1,
            _ => 2 + u16::from(two),
        };
        let left = if gutter { GUTTER } else { 0 };
        let plot = Rect {
            x: area.x + left,
            width: area.width - left,
            height: area.height - below,
            ..area
        };
        let row = |nth: u16| (below >= nth).then(|| plot.bottom() + nth - 1);
        Parts {
            plot,
            gutter,
            marks: row(1),
            second: row(2).filter(|_| two),
            ticks: if two { row(3) } else { row(2) },
        }
    }

    /// The column of an x, where it is in the chart.
    fn column(&self, plot: Rect, x: f64) -> Option<u16> {
        let (from, to) = self.span;
        let along = (x - from) / (to - from).max(f64::MIN_POSITIVE);
        let last = f64::from(plot.width) - 1.0;
        ((0.0..=1.0).contains(&along) && last >= 0.0)
            .then(|| plot.x + (along * (2.0 * last + 1.0)).round() as u16 / 2)
    }

    /// The row of a value.
    fn row(&self, plot: Rect, y: f64) -> u16 {
        let dots = f64::from(plot.height) * 4.0 - 1.0;
        let up = (y / self.top).clamp(0.0, 1.0);
        plot.y + (((1.0 - up) * dots).round() as u16 / 4).min(plot.height.saturating_sub(1))
    }

    fn draw_axis(&self, parts: &Parts, buf: &mut Buffer) {
        if !parts.gutter {
            return;
        }
        let plot = parts.plot;
        let x = plot.x - 1;
        for y in plot.y..plot.bottom() {
            put(buf, x, y, if self.plain { "|" } else { "│" }, self.dim);
        }
        let mut rows: Vec<(u16, f64)> = vec![(plot.y, self.top)];
        if let Some(level) = self.level {
            rows.push((self.row(plot, level), level));
        }
        if plot.height >= 7 {
            rows.push((self.row(plot, self.top / 2.0), self.top / 2.0));
        }
        if let Some(y) = parts.marks {
            rows.push((y, 0.0));
        }
        let mut taken: Vec<u16> = Vec::new();
        for (y, value) in rows {
            if taken.contains(&y) {
                continue;
            }
            taken.push(y);
            let text = format!("{value:>3.0}");
            buf.set_stringn(plot.x - GUTTER, y, text, 3, self.dim);
            put(buf, x, y, if self.plain { "+" } else { "┤" }, self.dim);
        }
    }

    fn draw_shades(&self, plot: Rect, buf: &mut Buffer) {
        let sign = Self::shading(self.plain);
        let shaded = shaded(self.shades, self.span, plot.width);
        for (x, _) in (plot.x..).zip(shaded).filter(|column| column.1) {
            for y in plot.y..plot.bottom() {
                put(buf, x, y, sign, self.shade);
            }
        }
    }

    /// The level across, now and the cursor upright.
    fn draw_rules(&self, parts: &Parts, buf: &mut Buffer) {
        let plot = parts.plot;
        if let Some(level) = self.level.filter(|_| plot.height > 1) {
            let y = self.row(plot, level);
            for x in plot.x..plot.right() {
                let sign = match (self.plain, x % 2) {
                    (false, _) => "┄",
                    (true, 0) => "-",
                    _ => " ",
                };
                put(buf, x, y, sign, self.dim);
            }
        }
        let uprights = [
            (self.now.map(|now| now.0), "┊", "|", self.dim),
            (self.cursor, "│", "|", self.accent),
        ];
        for (x, sign, plain, style) in uprights {
            let Some(x) = x.and_then(|x| self.column(plot, x)) else {
                continue;
            };
            for y in plot.y..plot.bottom() {
                put(buf, x, y, if self.plain { plain } else { sign }, style);
            }
        }
    }

    /// The dots of all lines.
    fn raster(&self, plot: Rect, stroke: impl Fn(&Line<'_>) -> Stroke) -> Raster {
        let mut raster = Raster::new(plot.width, plot.height);
        for (index, line) in self.lines.iter().enumerate() {
            raster.line(line.points, self.span, self.top, stroke(line), index);
        }
        raster
    }

    fn draw_lines(&self, plot: Rect, buf: &mut Buffer) {
        let raster = self.raster(plot, |line| line.stroke);
        let level = self.level.map(|level| self.row(plot, level));
        for (x, y, cell) in raster.cells() {
            let Some(line) = self.lines.get(cell.line) else {
                continue;
            };
            let (x, y) = (plot.x + x, plot.y + y);
            let low = level.is_some_and(|level| y > level);
            let style = if low { line.low } else { line.style };
            let sign = if self.plain {
                cell.letter(line.stroke)
            } else {
                cell.sign(line.stroke)
            };
            if let Some(at) = buf.cell_mut((x, y)) {
                at.reset();
                at.set_char(sign).set_style(style);
            }
        }
    }

    /// Words along the axis, each beginning at its place; those that would touch another are left out, now goes first.
    fn draw_ticks(&self, parts: &Parts, buf: &mut Buffer) {
        let Some(y) = parts.ticks else {
            return;
        };
        let plot = parts.plot;
        let mut free = plot.x;
        let mut held = plot.right()..plot.right();
        if let Some((x, word)) = self.now
            && let Some(x) = self.column(plot, x)
            && word.width() as u16 <= plot.width
        {
            let width = word.width() as u16;
            let start = x
                .saturating_sub(width / 2)
                .clamp(plot.x, plot.right() - width);
            buf.set_stringn(start, y, word, width.into(), self.accent);
            held = start.saturating_sub(1)..start + width + 1;
        }
        for (x, text, style) in self.ticks {
            let width = text.width() as u16;
            let Some(x) = self.column(plot, *x) else {
                continue;
            };
            let apart = x + width <= held.start || x >= held.end;
            if x >= free && apart && x + width <= plot.right() {
                buf.set_stringn(x, y, text, width.into(), *style);
                free = x + width + 1;
            }
        }
    }
}

/// Of so many columns across a span, which are shaded: those of which half or more lies in one of the stretches.
pub fn shaded(shades: &[(f64, f64)], span: (f64, f64), columns: u16) -> Vec<bool> {
    let a_dot = (span.1 - span.0) / f64::from(columns * 2).max(2.0);
    let mut ahead = shades;
    let mut found = Vec::with_capacity(usize::from(columns));
    for column in 0..columns {
        let left = span.0 + a_dot * f64::from(column) * 2.0;
        let right = left + a_dot * 2.0;
        while let [first, rest @ ..] = ahead
            && first.1 <= left
        {
            ahead = rest;
        }
        let near = ahead.iter().take_while(|shade| shade.0 < right);
        let within = near.map(|shade| shade.1.min(right) - shade.0.max(left));
        found.push(within.sum::<f64>() >= a_dot && !ahead.is_empty());
    }
    found
}

/// Sets one cell, where there is one.
fn put(buf: &mut Buffer, x: u16, y: u16, sign: &str, style: Style) {
    if let Some(cell) = buf.cell_mut((x, y)) {
        cell.reset();
        cell.set_symbol(sign).set_style(style);
    }
}

/// Sets words, of which nothing of what lay there before shines through.
fn write(buf: &mut Buffer, x: u16, y: u16, words: &str, style: Style) {
    let width = words.width() as u16;
    let under = Rect::new(x, y, width, 1).intersection(buf.area);
    for column in under.left()..under.right() {
        put(buf, column, y, " ", style);
    }
    buf.set_stringn(x, y, words, usize::from(width), style);
}
