//! Screens: People is the home of the dashboard, with its panes and where they go at which size; every other screen is a board.

pub mod accounts;
pub mod board;
pub mod chits;
pub mod people;
pub mod referrals;
pub mod review;
pub mod today;

use super::key::Key;
use super::keymap::{Action, Keys, bind};
use super::modal::Modal;

/// What the whole frame shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// The list of people, and one of them.
    #[default]
    People,
    /// What to do now.
    Today,
    /// The ledger of favours.
    Chits,
    /// Who leads me to whom.
    Referrals,
    /// The accounts with their committees.
    Accounts,
    /// The weekly walk through what is loose.
    Review,
}

impl Screen {
    /// Every screen, in the order of the tab line.
    pub const ALL: [Screen; 6] = [
        Screen::People,
        Screen::Today,
        Screen::Chits,
        Screen::Referrals,
        Screen::Accounts,
        Screen::Review,
    ];

    /// What the tab line calls it.
    pub fn word(self) -> &'static str {
        match self {
            Screen::People => "People",
            Screen::Today => "Today",
            Screen::Chits => "Chits",
            Screen::Referrals => "Referrals",
            Screen::Review => "Review",
            Screen::Accounts => "Accounts",
        }
    }

    /// The number before its name, and the key that goes there.
    pub fn number(self) -> u8 {
        match self {
            Screen::People => 1,
            Screen::Today => 2,
            Screen::Chits => 3,
            Screen::Referrals => 4,
            Screen::Review => 6,
            Screen::Accounts => 5,
        }
    }

    /// Whether it has keys of its own for planning, promising and explaining.
    pub fn plans(self) -> bool {
        matches!(self, Screen::Today | Screen::Review)
    }

    /// The screen an action goes to.
    pub fn of(action: Action) -> Option<Screen> {
        match action {
            Action::GoPeople => Some(Screen::People),
            Action::GoToday => Some(Screen::Today),
            Action::GoChits => Some(Screen::Chits),
            Action::GoReferrals => Some(Screen::Referrals),
            Action::GoReview => Some(Screen::Review),
            Action::GoAccounts => Some(Screen::Accounts),
            _ => None,
        }
    }
}

/// The board of a screen, as it is gone to for the first time; People has none.
pub fn open(screen: Screen) -> Option<Box<dyn Modal>> {
    Some(match screen {
        Screen::People => return None,
        Screen::Today => Box::new(today::Board::default()),
        Screen::Accounts => Box::new(accounts::Accounts::new()),
        Screen::Chits => Box::new(chits::Chits::new()),
        Screen::Referrals => Box::new(referrals::Referrals::default()),
        Screen::Review => Box::new(review::Walk::default()),
    })
}

/// The keys that go from screen to screen.
pub const KEYS: Keys = Keys {
    place: "Screens",
    typed: false,
    rows: &[
        bind(&[Key::char('1')], Action::GoPeople, "People", "people", 0),
        bind(
            &[Key::char('2')],
            Action::GoToday,
            "Today: what to do now, and why",
            "today",
            24,
        ),
        bind(
            &[Key::char('3')],
            Action::GoChits,
            "Chits: the ledger of favours, balances, routes",
            "chits",
            0,
        ),
        bind(
            &[Key::char('4')],
            Action::GoReferrals,
            "Referrals: the board, whom to ask, who led to whom, warm paths",
            "referrals",
            0,
        ),
        bind(
            &[Key::char('5')],
            Action::GoAccounts,
            "Accounts: committees, alarms, what is kept with each",
            "accounts",
            0,
        ),
        bind(
            &[Key::char('6')],
            Action::GoReview,
            "Review: the weekly walk through what is loose",
            "review",
            0,
        ),
    ],
};
