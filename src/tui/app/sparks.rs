//! Whose sparklines the next frame shows, and asking for those that are not known.

use super::App;
use super::picture::body;
use crate::domain::id::Id;
use crate::tui::effect::Effect;
use crate::tui::inquiry::Question;
use crate::tui::memory::Memory;
use crate::tui::pane::list;
use crate::tui::screen::people::{Arrangement, inside};
use crate::tui::sparks::POINTS;
use ratatui::layout::Rect;
use std::ops::Range;

impl App {
    /// Asks for the sparklines of the rows that the next frame shows on a screen of this size, and of a page around them.
    /// Nothing is asked before the first picture is there, nor where the column is not shown.
    pub(super) fn ask_for_sparks(&mut self, screen: Rect, memory: &Memory) {
        if memory.screen.is_empty() || screen.is_empty() {
            return;
        }
        let whole = Arrangement::of(body(screen), self.focus, self.lower);
        let Some(area) = whole.list.map(inside) else {
            return;
        };
        if list::spark_columns(usize::from(area.width)) == 0 {
            return;
        }
        let filter = self.filtering.is_some() || !self.roster.view().filter.is_empty();
        let rows = usize::from(area.height).saturating_sub(usize::from(filter));
        let at = self.selected.and_then(|id| self.roster.position(id));
        let first = memory.will_scroll(list::NAME, at.unwrap_or(0), self.roster.len(), rows);
        let ids = |span: Range<usize>| -> Vec<Id> {
            let rows = span.map_while(|at| self.roster.row(at));
            rows.map(|row| row.id).collect()
        };
        let around = |more: usize| ids(first.saturating_sub(more)..first + rows + more);
        let (shown, near) = (ids(first..first + rows), around(rows / 2));
        if let Some(people) = self.sparks.next(&shown, &near, || around(rows)) {
            self.effects.push(Effect::Ask(Question::Sparks {
                people,
                day: self.day(),
                points: POINTS,
            }));
        }
    }
}
