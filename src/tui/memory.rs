//! What the last frame looked like: where things were drawn, never what they mean. The mouse and the page keys read it.

use super::screen::Screen;
use super::screen::people::Pane;
use ratatui::layout::Rect;

/// Something on the screen that the mouse can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A pane, with the index of the first row it shows.
    Pane(Pane, usize),
    /// The rows of a modal's list, with the index of the first one.
    Choices(usize),
    /// One of several lists of a modal, by a number of its own, with the index of the first row it shows.
    List(usize, usize),
    /// A form's field by its index.
    Field(usize),
    /// The text that is typed into a field, by the field's index.
    Text(usize),
    /// A screen's name in the tab line.
    Tab(Screen),
    /// A modal's frame and what is in it.
    Modal,
    /// A key in the footer: the index among the live bindings by rank.
    Hint(usize),
}

/// Areas and offsets of the last frame.
#[derive(Debug, Default)]
pub struct Memory {
    /// What was drawn where, the lowest first.
    pub areas: Vec<(Rect, Spot)>,
    /// The first row each list showed, by a name of the list's own.
    offsets: Vec<(&'static str, usize)>,
    /// Rows the pane in focus (or the top modal) had for its list.
    pub page: usize,
    /// How big it was; nothing before the first one.
    pub screen: Rect,
}

impl Memory {
    /// A new frame begins: what was drawn is forgotten, how far lists were scrolled is not.
    pub fn begin(&mut self) {
        self.areas.clear();
    }

    /// Notes that something was drawn here.
    pub fn note(&mut self, area: Rect, spot: Spot) {
        self.areas.push((area, spot));
    }

    /// What lies on top at this cell, and where in it the cell is.
    pub fn at(&self, column: u16, row: u16) -> Option<(Spot, u16, u16)> {
        let inside = |area: &Rect| {
            (area.x..area.right()).contains(&column) && (area.y..area.bottom()).contains(&row)
        };
        let found = self.areas.iter().rev().find(|(area, _)| inside(area));
        found.map(|(area, spot)| (*spot, column - area.x, row - area.y))
    }

    /// Where a cell is seen from the corner of a spot of the last frame, also if it lies outside.
    pub fn seen_from(&self, spot: Spot, column: u16, row: u16) -> Option<(i32, i32)> {
        let (area, _) = self.areas.iter().rev().find(|(_, other)| *other == spot)?;
        let from = |corner: u16, cell: u16| i32::from(cell) - i32::from(corner);
        Some((from(area.x, column), from(area.y, row)))
    }

    /// The first row to draw so that `at` is among `rows` of `count`, moved as little as possible from the last frame's.
    pub fn scroll(&mut self, list: &'static str, at: usize, count: usize, rows: usize) -> usize {
        let known = self.offsets.iter().position(|(name, _)| *name == list);
        let known = known.unwrap_or_else(|| {
            self.offsets.push((list, 0));
            self.offsets.len() - 1
        });
        let offset = &mut self.offsets[known].1;
        *offset = scrolled(*offset, at, count, rows);
        *offset
    }

    /// What [`Memory::scroll`] will say in the next frame.
    pub fn will_scroll(&self, list: &'static str, at: usize, count: usize, rows: usize) -> usize {
        let known = self.offsets.iter().find(|(name, _)| *name == list);
        scrolled(known.map_or(0, |(_, offset)| *offset), at, count, rows)
    }
}

fn scrolled(offset: usize, at: usize, count: usize, rows: usize) -> usize {
    let lowest = (at + 1).saturating_sub(rows);
    let highest = at.min(count.saturating_sub(rows));
    offset.max(lowest).min(highest.max(lowest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_scrolls_no_further_than_the_selection_needs() {
        let mut memory = Memory::default();
        assert_eq!(memory.scroll("people", 0, 100, 10), 0);
        assert_eq!(memory.scroll("people", 10, 100, 10), 1);
        assert_eq!(memory.scroll("people", 5, 100, 10), 1);
        assert_eq!(memory.scroll("people", 0, 100, 10), 0);
        assert_eq!(memory.scroll("people", 99, 100, 10), 90);
        assert_eq!(memory.scroll("people", 3, 4, 10), 0);
        assert_eq!(memory.scroll("people", 3, 4, 0), 4);
    }
}
