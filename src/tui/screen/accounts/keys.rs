//! The keys of the accounts.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};

/// The keys of the accounts.
pub const KEYS: Keys = Keys {
    place: "Accounts",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Open,
            "From the list to the account's page, from there to the person",
            "open",
            1,
        ),
        bind(
            &[Key::plain(Code::Tab)],
            Action::NextPane,
            "The account's page: committee, alarms, what is kept",
            "view",
            2,
        ),
        bind(
            &[Key::shift(Code::Tab)],
            Action::PrevPane,
            "The view before",
            "view before",
            0,
        ),
        bind(
            &[Key::char('!')],
            Action::Introduce,
            "Promise to ask for the introduction, within seven days",
            "ask for it",
            3,
        ),
        bind(
            &[Key::char('d')],
            Action::StepRow,
            "What comes next: a warning acted on, then told; a story asked; a promise kept",
            "next step",
            4,
        ),
        bind(
            &[Key::char('e')],
            Action::EditRow,
            "Edit what is under the cursor; in the list, the account",
            "edit",
            5,
        ),
        bind(
            &[Key::char('%')],
            Action::AddSeat,
            "Add a seat to the committee",
            "seat",
            6,
        ),
        bind(
            &[Key::char('a')],
            Action::AddCoaching,
            "Note what a coach warned you of",
            "warning",
            7,
        ),
        bind(
            &[Key::char('S')],
            Action::AddStory,
            "Note who will speak for you, and about what",
            "story",
            9,
        ),
        bind(
            &[Key::char('E')],
            Action::EditAccount,
            "Edit the account: standing now and wanted, household, note",
            "account",
            14,
        ),
        bind(
            &[Key::char('D')],
            Action::DeleteRow,
            "Delete what is under the cursor (u brings it back)",
            "delete",
            0,
        ),
        bind(
            &[Key::char('/')],
            Action::Filter,
            "Filter the accounts as you type: names, alarms, standings",
            "filter",
            50,
        ),
        bind(
            &[Key::char('s')],
            Action::Sort,
            "The next order: alarms, strength, silence, sales, names",
            "sort",
            51,
        ),
    ],
};

/// The keys while the list is being narrowed.
pub const TYPED_KEYS: Keys = Keys {
    place: "Filtering the accounts",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "Keep the filter",
            "keep",
            1,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Clear the filter",
            "clear",
            2,
        ),
        bind(
            &[Key::plain(Code::Down)],
            Action::Down,
            "Down the accounts",
            "down",
            0,
        ),
        bind(
            &[Key::plain(Code::Up)],
            Action::Up,
            "Up the accounts",
            "up",
            0,
        ),
    ],
};
