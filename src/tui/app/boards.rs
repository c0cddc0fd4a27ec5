//! Screens other than People: a board each, made when its screen is first gone to and kept while the dashboard runs.
//!
//! A board takes its own keys and the moves. Whoever the row under its cursor is about is selected, so that the keys for a person act
//! on them; People has its own selection again when it is gone back to.

use super::App;
use crate::domain::id::Id;
use crate::tui::effect::Effect;
use crate::tui::inquiry::{Answer, Question};
use crate::tui::keymap::{ALWAYS, Action, EVERYWHERE, Keys};
use crate::tui::modal::{Cx, Flow, Modal};
use crate::tui::screen::people::{self, MOVES, PLANNING, Pane, WITH};
use crate::tui::screen::{self, Screen};
use crate::tui::widget::editor;

impl App {
    /// Goes to a screen; to the one that is shown, its board decides what its key means a second time.
    pub(super) fn turn_to(&mut self, screen: Screen) {
        if screen == self.screen {
            return;
        }
        if self.screen == Screen::People {
            self.home = self.selected;
        }
        self.screen = screen;
        if screen == Screen::People {
            let home = self
                .home
                .take()
                .filter(|id| self.roster.position(*id).is_some());
            if home.is_some() {
                self.select(home);
            }
            self.hold();
            return;
        }
        if self.board().is_none() {
            let board = screen::open(screen);
            self.boards.extend(board.map(|board| (screen, board)));
        }
        self.ask_board();
        self.follow_board();
    }

    /// The board of the screen that is shown.
    pub(super) fn board(&self) -> Option<&dyn Modal> {
        let shown = self.boards.iter().find(|(of, _)| *of == self.screen);
        shown.map(|(_, board)| board.as_ref())
    }

    /// What the board that is shown wants to know of the book, and again whenever the book changed.
    pub(super) fn ask_board(&mut self) {
        let question = self.board().and_then(|board| board.asks(&self.cx()));
        self.effects.extend(question.map(Effect::Ask));
    }

    /// The keys that are live on a board.
    pub(super) fn live_on_board(&self) -> Option<Vec<&'static Keys>> {
        let keys = self.board()?.keys();
        Some(if keys.typed {
            vec![keys, &editor::KEYS, &ALWAYS]
        } else {
            let mut live = vec![
                keys,
                &WITH,
                &PLANNING,
                &MOVES,
                &screen::KEYS,
                &EVERYWHERE,
                &ALWAYS,
            ];
            if self.screen.plans() {
                live.retain(|keys| keys.place != PLANNING.place);
            }
            live
        })
    }

    /// Whether an action is the board's own: one of its keys, a move, or something typed.
    pub(super) fn boards_own(&self, action: Action) -> bool {
        let Some(board) = self.board() else {
            return false;
        };
        let keys = board.keys();
        let in_list = |keys: &Keys| keys.rows.iter().any(|row| row.action == action);
        in_list(keys) || in_list(&MOVES) || keys.typed || action == Action::Back
    }

    /// Hands something to the board and does what comes of it.
    pub(super) fn with_board(&mut self, does: impl FnOnce(&mut dyn Modal, &Cx<'_>) -> Flow) {
        let Some(at) = self.boards.iter().position(|(of, _)| *of == self.screen) else {
            return;
        };
        // Taken out for the moment, so that it may look at everything else.
        let (screen, mut board) = self.boards.swap_remove(at);
        let flow = does(board.as_mut(), &self.cx());
        self.boards.push((screen, board));
        self.follow_board();
        match flow {
            // Esc leaves no screen: the next key would be one of another screen's.
            Flow::Close => self.say("1 goes to People"),
            other => self.carry_out(other),
        }
    }

    /// Whoever the board's row is about is selected.
    pub(super) fn follow_board(&mut self) {
        let about = self.board().and_then(Modal::points_at);
        if let Some(id) = about.filter(|id| *id != Id::ME) {
            self.select(Some(id));
        }
    }

    /// Whether the keys for a person have somebody to act on: on a board, its row must be about somebody.
    pub(super) fn someone(&self) -> bool {
        let about = match self.board() {
            Some(board) => board.points_at().filter(|id| *id != Id::ME),
            None => self.selected,
        };
        about.is_some() && self.shown().is_some()
    }

    /// Asks what the tab line counts.
    pub(super) fn count(&mut self) {
        self.effects
            .push(Effect::Ask(Question::Counts(self.setup.now)));
    }

    /// A change that no form waits for was not made: the board that is shown reads again how things stand.
    pub(super) fn refuse_board(&mut self, why: &str) {
        let shown = self.screen;
        if let Some((_, board)) = self.boards.iter_mut().find(|(of, _)| *of == shown) {
            board.refused(why);
            self.ask_board();
        }
    }

    /// Hands an answer to the board it is for.
    pub(super) fn tell_board(&mut self, screen: Screen, answer: Answer) {
        let Some(at) = self.boards.iter().position(|(of, _)| *of == screen) else {
            return;
        };
        let (_, mut board) = self.boards.swap_remove(at);
        let next = board.answered(answer, &self.cx());
        self.boards.push((screen, board));
        self.effects.extend(next.map(Effect::Ask));
        if self.screen == screen {
            self.follow_board();
        }
    }

    /// Hands an answer to whatever is open on top.
    pub(super) fn tell_top(&mut self, answer: Answer) {
        let Some(mut open) = self.modals.pop() else {
            return;
        };
        let next = open.modal.answered(answer, &self.cx());
        self.modals.push(open);
        self.effects.extend(next.map(Effect::Ask));
    }

    /// To a person on the home screen, and there to one touch of theirs where one is named.
    pub(super) fn visit(&mut self, id: Id, touch: Option<Id>) {
        self.screen = Screen::People;
        self.home = None;
        self.go_to(id);
        if touch.is_some() {
            self.entry = touch;
            self.focus_on(Pane::History);
        }
    }

    /// The lists of keys that the palette looks through: those that are live first.
    pub(super) fn every_list(&self) -> Vec<&'static Keys> {
        let mut lists = self.live();
        if self.screen == Screen::People {
            lists.extend(Pane::ALL.into_iter().flat_map(people::live));
        }
        lists
    }
}
