//! Going about the home screen: from pane to pane, along the rows, to a person; and another look at the list.

use super::App;
use crate::domain::id::Id;
use crate::domain::people::Sort;
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::roster::View;
use crate::tui::screen::Screen;
use crate::tui::screen::board;
use crate::tui::screen::people::Pane;
use crate::tui::widget::editor::Editor;

impl App {
    pub(super) fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
        if matches!(pane, Pane::Chits | Pane::History) {
            self.lower = pane;
        }
    }

    /// The cursor on the timeline goes to the touch before or after.
    pub(super) fn along(&mut self, action: Action) {
        let by = if action == Action::Left { -1 } else { 1 };
        let today = self.day();
        let person = self
            .person
            .as_deref()
            .filter(|person| Some(person.summary.id) == self.selected);
        if let Some(person) = person {
            self.timeline.step(person, today, by);
            self.follow_cursor();
        }
    }

    pub(super) fn sideways(&mut self, right: bool) {
        let pane = match (self.focus, right) {
            (Pane::List, true) => Pane::Timeline,
            (Pane::Chits, true) => Pane::History,
            (Pane::History, false) => Pane::Chits,
            (Pane::Chits | Pane::Timeline, false) => Pane::List,
            (pane, _) => pane,
        };
        self.focus_on(pane);
    }

    /// One step back: from a pane to the list, then from what is filtered to everybody.
    pub(super) fn back(&mut self) {
        if self.focus != Pane::List {
            self.focus_on(Pane::List);
        } else if !self.roster.view().filter.is_empty() {
            self.look(|view| view.filter.clear());
        }
    }

    pub(super) fn rearrange(&mut self, action: Action) {
        self.look(|view| match action {
            Action::Sort => {
                let at = Sort::ALL
                    .iter()
                    .position(|sort| *sort == view.sort)
                    .unwrap_or(0);
                view.sort = Sort::ALL[(at + 1) % Sort::ALL.len()];
            }
            Action::Reverse => view.reverse = !view.reverse,
            Action::Ghosts => view.ghosts = !view.ghosts,
            _ => view.archived = !view.archived,
        });
    }

    /// Shows the list in another way, and keeps whoever is selected where they are still in it.
    pub(super) fn look(&mut self, change: impl FnOnce(&mut View)) {
        let mut view = self.roster.view().clone();
        change(&mut view);
        self.roster.look(view, self.day());
        self.hold();
    }

    /// Somebody in the list is selected, unless nobody is in it.
    pub(super) fn hold(&mut self) {
        if self.screen != Screen::People {
            // There the board says who is selected.
            return;
        }
        let there = self.selected.and_then(|id| self.roster.position(id));
        if there.is_none() {
            let first = self.roster.row(0).map(|row| row.id);
            self.select(first);
        }
    }

    /// Selects a person, and asks for everything about them.
    pub(super) fn select(&mut self, id: Option<Id>) {
        if id == self.selected && (id.is_none() || self.shown().is_some()) {
            return;
        }
        self.selected = id;
        self.forget_rows();
        self.effects.extend(id.map(Effect::LoadPerson));
    }

    /// Another person: the first chit, the first touch, the latest day.
    pub(super) fn forget_rows(&mut self) {
        (self.chit, self.entry) = (None, None);
        self.timeline.reset();
    }

    /// Selects a person wherever they are, and takes away whatever hides them.
    pub(super) fn go_to(&mut self, id: Id) {
        if self.roster.position(id).is_none() {
            let hidden = self.roster.get(id).map(|row| (row.ghost, row.archived));
            self.look(|view| {
                view.filter.clear();
                if let Some((ghost, archived)) = hidden {
                    view.ghosts |= ghost;
                    view.archived |= archived;
                }
            });
        }
        self.focus_on(Pane::List);
        self.select(Some(id));
    }

    pub(super) fn move_in(&mut self, action: Action, page: usize) {
        match self.focus {
            Pane::List | Pane::Timeline => {
                let at = self.selected.and_then(|id| self.roster.position(id));
                let to = moved(action, at.unwrap_or(0), self.roster.len(), page);
                let id = to.and_then(|at| self.roster.row(at)).map(|row| row.id);
                if id.is_some() {
                    self.select(id);
                }
            }
            Pane::Chits => {
                let ids: Vec<Id> = self
                    .shown()
                    .map_or(Vec::new(), |p| p.chits.iter().map(|row| row.id).collect());
                let at = self
                    .chit()
                    .and_then(|row| ids.iter().position(|id| *id == row.id));
                self.chit = moved(action, at.unwrap_or(0), ids.len(), page).map(|at| ids[at]);
            }
            Pane::History => {
                let ids: Vec<Id> = self
                    .shown()
                    .map_or(Vec::new(), |p| p.history.iter().map(|row| row.id).collect());
                let at = self
                    .entry()
                    .and_then(|row| ids.iter().position(|id| *id == row.id));
                self.entry = moved(action, at.unwrap_or(0), ids.len(), page).map(|at| ids[at]);
                self.more_history(ids.len());
            }
        }
    }

    /// Asks for older touches when the last one that was read is reached.
    fn more_history(&mut self, read: usize) {
        let Some(person) = self.shown() else { return };
        let last = person.history.last().map(|entry| entry.id);
        if last.is_some() && last == self.entry && person.touches > read {
            let id = person.summary.id;
            self.effects.push(Effect::LoadHistory(id, read + 200));
        }
    }

    pub(super) fn act_filter(&mut self, action: Action) {
        match action {
            Action::Choose => self.filtering = None,
            Action::Close => {
                self.filtering = None;
                self.look(|view| view.filter.clear());
            }
            Action::Up | Action::Down => self.move_in(action, 1),
            _ => {
                let done = self
                    .filtering
                    .as_mut()
                    .is_some_and(|editor| editor.act(action));
                if done {
                    self.narrow();
                }
            }
        }
    }

    /// Shows what fits the filter as it is typed now.
    pub(super) fn narrow(&mut self) {
        let text = self.filtering.as_ref().map_or(String::new(), Editor::text);
        if text != self.roster.view().filter {
            self.look(|view| view.filter = text);
        }
    }
}

/// Where a move leads in a list of `count` rows, of which `page` are seen; none where there are no rows.
fn moved(action: Action, at: usize, count: usize, page: usize) -> Option<usize> {
    let page = page.saturating_sub(1).max(1);
    (count > 0).then(|| board::moved(at, count, action, page))
}
