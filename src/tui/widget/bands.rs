//! A stacked area over time: how many of everybody are in each layer, one column after the other. Numbers in, cells out.
//!
//! ```text
//! 180┤          ····          each layer has a character of its own, so that colour is not needed to tell them apart
//!    │    ····░░░░░░
//!    │····░░░░▒▒▒▒▒▒
//!   0┤░░▒▒▒▒▓▓▓▓████
//!     2026    Apr             the ticks
//! ```

use crate::domain::text::{grouped, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The narrowest picture that has numbers at its side.
const GUTTER_FROM: u16 = 20;

/// One layer's looks.
#[derive(Clone, Copy, Debug)]
pub struct Layer {
    /// What fills it, one column wide.
    pub sign: char,
    /// What it looks like.
    pub style: Style,
}

/// The picture, to be drawn into an area of any size.
#[derive(Clone, Copy, Debug)]
pub struct Bands<'a> {
    /// In the order of x: how many in each layer, the lowest first. Each holds until the next.
    pub samples: &'a [(f64, Vec<u32>)],
    /// The layers, the lowest first.
    pub layers: &'a [Layer],
    /// Words along the axis.
    pub ticks: &'a [(f64, String, Style)],
    /// Axis and numbers.
    pub dim: Style,
    /// Only characters that every terminal has.
    pub plain: bool,
}

impl Bands<'_> {
    /// How many columns the layers have in an area so wide.
    pub fn columns(&self, width: u16) -> u16 {
        width - self.gutter(width)
    }

    /// Draws it.
    pub fn draw(&self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() || self.samples.is_empty() {
            return;
        }
        let gutter = self.gutter(area.width);
        let below = u16::from(area.height >= 3);
        let plot = Rect {
            x: area.x + gutter,
            width: area.width - gutter,
            height: area.height - below,
            ..area
        };
        if gutter > 0 {
            self.draw_axis(plot, gutter, buf);
        }
        for column in 0..plot.width {
            self.draw_column(plot, column, buf);
        }
        if below > 0 {
            self.draw_ticks(plot, buf);
        }
    }

    /// Most of everybody in any sample: the picture's top.
    fn top(&self) -> u64 {
        let totals = self.samples.iter().map(|(_, counts)| total(counts));
        totals.max().unwrap_or(0).max(1)
    }

    fn gutter(&self, width: u16) -> u16 {
        if width < GUTTER_FROM {
            return 0;
        }
        grouped(self.top() as usize).len().max(2) as u16 + 1
    }

    fn draw_axis(&self, plot: Rect, gutter: u16, buf: &mut Buffer) {
        let last = plot.height - 1;
        for row in 0..plot.height {
            let (line, tick) = if self.plain {
                ("|", "+")
            } else {
                ("│", "┤")
            };
            let number = match row {
                0 => Some(grouped(self.top() as usize)),
                _ if row == last => Some(grouped(0)),
                _ => None,
            };
            let x = plot.x - 1;
            buf.set_stringn(
                x,
                plot.y + row,
                number.as_ref().map_or(line, |_| tick),
                1,
                self.dim,
            );
            if let Some(number) = number {
                let wide = usize::from(gutter) - 1;
                buf.set_stringn(
                    plot.x - gutter,
                    plot.y + row,
                    format!("{number:>wide$}"),
                    wide,
                    self.dim,
                );
            }
        }
    }

    /// The first and the last x.
    fn span(&self) -> (f64, f64) {
        let ends = self.samples.first().zip(self.samples.last());
        ends.map_or((0.0, 1.0), |(first, last)| (first.0, last.0))
    }

    fn draw_column(&self, plot: Rect, column: u16, buf: &mut Buffer) {
        let (from, to) = self.span();
        let along = f64::from(column) / f64::from(plot.width.saturating_sub(1).max(1));
        // The last column is the last sample, whatever rounding makes of it.
        let x = if column + 1 == plot.width {
            to
        } else {
            from + (to - from) * along
        };
        let sample = self.samples.iter().rev().find(|(at, _)| *at <= x);
        let Some((_, counts)) = sample else { return };
        let (top, rows) = (self.top() as f64, f64::from(plot.height));
        let mut below = 0_u64;
        let mut filled = 0_u16;
        for (count, layer) in counts.iter().zip(self.layers) {
            below += u64::from(*count);
            let up = (below as f64 / top * rows).round() as u16;
            // Somebody is never shown as nobody.
            let up = up.max(u16::from(below > 0)).min(plot.height);
            for row in filled..up {
                if let Some(cell) = buf.cell_mut((plot.x + column, plot.bottom() - 1 - row)) {
                    cell.set_char(layer.sign).set_style(layer.style);
                }
            }
            filled = filled.max(up);
        }
    }

    /// Words along the axis, each beginning at its place; those that would touch another are left out.
    fn draw_ticks(&self, plot: Rect, buf: &mut Buffer) {
        let (from, to) = self.span();
        let mut free = plot.x;
        for (x, text, style) in self.ticks {
            let along = (x - from) / (to - from).max(f64::MIN_POSITIVE);
            if !(0.0..=1.0).contains(&along) {
                continue;
            }
            let wide = width(text) as u16;
            let at = plot.x + (along * f64::from(plot.width - 1)).round() as u16;
            if at >= free && at + wide <= plot.right() {
                buf.set_stringn(at, plot.bottom(), text, wide.into(), *style);
                free = at + wide + 1;
            }
        }
    }
}

fn total(counts: &[u32]) -> u64 {
    counts.iter().map(|count| u64::from(*count)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(samples: &[(f64, Vec<u32>)], columns: u16, rows: u16, plain: bool) -> Vec<String> {
        let layers = ['#', '+', '.'].map(|sign| Layer {
            sign,
            style: Style::new(),
        });
        let ticks = [(0.0, "Jan".to_owned(), Style::new())];
        let bands = Bands {
            samples,
            layers: &layers,
            ticks: &ticks,
            dim: Style::new(),
            plain,
        };
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        bands.draw(area, &mut buffer);
        let row = |y| (0..columns).map(|x| buffer[(x, y)].symbol()).collect();
        (0..rows).map(row).collect()
    }

    #[test]
    fn each_column_is_stacked_from_the_lowest_layer_up() {
        let samples = [
            (0.0, vec![1, 1, 0]),
            (1.0, vec![1, 2, 1]),
            (3.0, vec![4, 0, 0]),
        ];
        assert_eq!(
            drawn(&samples, 4, 5, true),
            [" ..#", " ++#", "+++#", "####", "Jan "]
        );
    }

    #[test]
    fn with_room_the_numbers_stand_at_the_side() {
        let samples = [(0.0, vec![30, 0, 0]), (9.0, vec![120, 0, 0])];
        let rows = drawn(&samples, 24, 4, false);
        assert!(rows[0].starts_with("120┤"), "{rows:?}");
        assert!(rows[2].starts_with("  0┤#"), "{rows:?}");
        assert!(rows[0].ends_with(" #"), "{rows:?}");
        let samples = [(0.0, vec![0, 94_000, 984])];
        let rows = drawn(&samples, 24, 4, false);
        assert!(rows[0].starts_with("94,984┤"), "{rows:?}");
    }

    proptest! {
        #[test]
        fn nothing_is_drawn_where_nobody_is_and_whoever_is_there_is_seen(
            counts in proptest::collection::vec(proptest::collection::vec(0u32..2000, 3), 1..40),
            columns in 1u16..60,
            rows in 1u16..20,
        ) {
            let samples: Vec<(f64, Vec<u32>)> =
                (0..).map(f64::from).zip(counts.clone()).collect();
            let drawn = drawn(&samples, columns, rows, true);
            let nobody = counts.last().is_some_and(|last| total(last) == 0);
            let plot = usize::from(rows - u16::from(rows >= 3));
            let last = drawn[..plot].iter().filter_map(|row| row.chars().last());
            prop_assert_eq!(last.filter(|c| "#+.".contains(*c)).count() == 0, nobody);
        }
    }
}
