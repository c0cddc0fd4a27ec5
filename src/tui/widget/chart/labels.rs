//! The words at points of a chart: each near its sign, where it covers no line and no other words.

use super::super::raster::Stroke;
use super::{Chart, put, write};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::HashSet;
use unicode_width::UnicodeWidthStr;

/// Cells in which something stands that must be read.
type Taken = HashSet<(u16, u16)>;

impl Chart<'_> {
    /// Sets the signs and the words; says of each label whether its words are there.
    pub(super) fn draw_labels(&self, plot: Rect, buf: &mut Buffer) -> Vec<bool> {
        if self.labels.is_empty() {
            return Vec::new();
        }
        // A dashed line holds its gaps too.
        let raster = self.raster(plot, |line| match line.stroke {
            Stroke::Dotted => Stroke::Solid,
            other => other,
        });
        let cells = raster.cells().map(|(x, y, _)| (plot.x + x, plot.y + y));
        let mut taken: Taken = cells.collect();
        let places: Vec<Option<(u16, u16)>> = self
            .labels
            .iter()
            .map(|label| Some((self.column(plot, label.x)?, self.row(plot, label.y))))
            .collect();
        taken.extend(places.iter().flatten());
        let mut told = Vec::with_capacity(self.labels.len());
        for (label, place) in self.labels.iter().zip(places) {
            let Some((x, y)) = place else {
                told.push(false);
                continue;
            };
            put(buf, x, y, label.sign, label.style);
            let width = label.text.width() as u16;
            let spot = near((x, y), width)
                .into_iter()
                .flatten()
                .find(|spot| free(plot, &taken, (x, y), *spot, width));
            told.push(spot.is_some());
            let Some((left, row)) = spot else { continue };
            // The rule of the level does not run into the words.
            for margin in [left.wrapping_sub(1), left + width] {
                let ruled = self.level.is_some_and(|level| self.row(plot, level) == row);
                let inside = (plot.x..plot.right()).contains(&margin);
                if ruled && inside && !taken.contains(&(margin, row)) {
                    put(buf, margin, row, " ", self.dim);
                }
            }
            write(buf, left, row, &label.text, label.style);
            taken.extend((left..left + width).map(|x| (x, row)));
        }
        told
    }
}

/// Where words of a width may begin around a sign, the best place first.
fn near((x, y): (u16, u16), width: u16) -> [Option<(u16, u16)>; 11] {
    let row = |by: i32| u16::try_from(i32::from(y) + by).ok();
    let at = |left: Option<u16>, by: i32| Some((left?, row(by)?));
    let right = Some(x + 2);
    let over = Some(x);
    let left = x.checked_sub(width + 1);
    let under = x.checked_sub(width);
    [
        at(right, 0),
        at(over, -1),
        at(right, -1),
        at(right, -2),
        at(over, -2),
        at(over, -3),
        at(over, 1),
        at(under, 1),
        at(left, 0),
        at(under, 2),
        at(over, 2),
    ]
}

/// Whether words there are inside and stand clear of everything else, but for their own sign.
fn free(plot: Rect, taken: &Taken, sign: (u16, u16), (left, row): (u16, u16), width: u16) -> bool {
    let inside =
        left >= plot.x && left + width <= plot.right() && (plot.y..plot.bottom()).contains(&row);
    let clear = |x| (x, row) == sign || !taken.contains(&(x, row));
    inside && (left.saturating_sub(1)..=left + width).all(clear)
}
