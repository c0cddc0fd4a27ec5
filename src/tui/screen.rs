//! Screens: People is the home of the dashboard, with its panes and where they go at which size; every other screen is a board.

pub mod board;
pub mod chits;
pub mod people;

use super::key::Key;
use super::keymap::{Action, Keys, bind};
use super::modal::{Cx, Modal};

/// What the whole frame shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// The list of people, and one of them.
    #[default]
    People,
    /// The ledger of favours.
    Chits,
}

impl Screen {
    /// Every screen, in the order of the tab line.
    pub const ALL: [Screen; 2] = [Screen::People, Screen::Chits];

    /// What the tab line calls it.
    pub fn word(self) -> &'static str {
        match self {
            Screen::People => "People",
            Screen::Chits => "Chits",
        }
    }

    /// The number before its name, and the key that goes there.
    pub fn number(self) -> u8 {
        match self {
            Screen::People => 1,
            Screen::Chits => 3,
        }
    }

    /// The screen an action goes to.
    pub fn of(action: Action) -> Option<Screen> {
        match action {
            Action::GoPeople => Some(Screen::People),
            Action::GoChits => Some(Screen::Chits),
            _ => None,
        }
    }
}

/// The board of a screen, as it is gone to for the first time. (People has none; asked for it, the ledger's is made.)
pub fn open(screen: Screen, _cx: &Cx<'_>) -> Box<dyn Modal> {
    match screen {
        Screen::People | Screen::Chits => Box::new(chits::Chits::new()),
    }
}

/// The keys that go from screen to screen.
pub const KEYS: Keys = Keys {
    place: "Screens",
    typed: false,
    rows: &[
        bind(&[Key::char('1')], Action::GoPeople, "People", "people", 0),
        bind(
            &[Key::char('3')],
            Action::GoChits,
            "Chits: the ledger of favours, balances, routes",
            "chits",
            0,
        ),
    ],
};
