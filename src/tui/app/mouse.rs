//! The mouse: press to choose, wheel to move, press twice to open. Nothing needs it.

use super::App;
use crate::tui::effect::{Mouse, MouseWhat};
use crate::tui::keymap::{Action, ranked};
use crate::tui::memory::{Memory, Spot};
use crate::tui::screen::people::Pane;

impl App {
    pub(super) fn mouse(&mut self, mouse: Mouse, memory: &Memory) {
        let there = memory.at(mouse.column, mouse.row);
        let there = there.map(|(spot, x, y)| (spot, (i32::from(x), i32::from(y))));
        if matches!(mouse.what, MouseWhat::Press | MouseWhat::Double) {
            self.status = None;
            self.pressed = there.map(|(spot, _)| spot);
        }
        // What is drawn over belongs to where the button went down.
        let spot = match (mouse.what, self.pressed) {
            (MouseWhat::Drag, Some(pressed)) => {
                let at = memory.seen_from(pressed, mouse.column, mouse.row);
                at.map(|at| (pressed, at))
            }
            (MouseWhat::Drag, None) => None,
            _ => there,
        };
        let Some((spot, at)) = spot else { return };
        if !self.modals.is_empty() && !matches!(spot, Spot::Hint(_)) {
            self.with_top(|modal, cx| modal.mouse(spot, at, mouse.what, cx));
            return;
        }
        if let (Spot::Tab(screen), MouseWhat::Press) = (spot, mouse.what) {
            self.turn_to(screen);
            return;
        }
        if self.board().is_some() && !matches!(spot, Spot::Hint(_)) {
            self.with_board(|board, cx| board.mouse(spot, at, mouse.what, cx));
            return;
        }
        match mouse.what {
            MouseWhat::Press | MouseWhat::Double => {
                let row = usize::try_from(at.1).unwrap_or(0);
                self.press(spot, row, mouse.what == MouseWhat::Double, memory.page);
            }
            MouseWhat::WheelUp => self.wheel(spot, Action::Up),
            MouseWhat::WheelDown => self.wheel(spot, Action::Down),
            MouseWhat::Drag => {}
        }
    }

    fn press(&mut self, spot: Spot, row: usize, double: bool, page: usize) {
        if let Spot::Hint(at) = spot {
            let rows = ranked(&self.live());
            let rows: Vec<_> = rows
                .into_iter()
                .filter(|row| self.hinted(row.action))
                .collect();
            if let Some(binding) = rows.get(at) {
                self.act(binding.action, page);
            }
            return;
        }
        let Spot::Pane(target, first) = spot else {
            return;
        };
        self.filtering = None;
        self.focus_on(target);
        let at = first + row;
        match target {
            Pane::List => {
                let id = self.roster.row(at).map(|row| row.id);
                if id.is_some() {
                    self.select(id);
                }
            }
            Pane::Chits => {
                let id = self
                    .shown()
                    .and_then(|person| person.chits.get(at))
                    .map(|row| row.id);
                self.chit = id.or(self.chit);
            }
            Pane::History => {
                let id = self
                    .shown()
                    .and_then(|person| person.history.get(at))
                    .map(|row| row.id);
                self.entry = id.or(self.entry);
            }
            Pane::Timeline => {}
        }
        if double && self.can(Action::Open) && target != Pane::Timeline {
            let action = if target == Pane::Chits {
                Action::EditChit
            } else {
                Action::Open
            };
            if self.can(action) {
                self.act_home(action, page);
            }
        }
    }

    fn wheel(&mut self, spot: Spot, action: Action) {
        if !self.modals.is_empty() {
            self.act(action, 1);
        } else if let Spot::Pane(pane, _) = spot
            && self.filtering.is_none()
        {
            let focus = self.focus;
            self.focus = pane;
            self.act_home(action, 1);
            self.focus = focus;
        }
    }
}
