//! The keys of the columns of a table.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};

/// The keys of the columns.
pub const KEYS: Keys = Keys {
    place: "In the columns of a table that is imported",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "Import with the columns as they are shown",
            "import",
            1,
        ),
        bind(
            &[Key::plain(Code::Right)],
            Action::Right,
            "It is the next field",
            "change",
            2,
        ),
        bind(
            &[Key::plain(Code::Left)],
            Action::Left,
            "It is the field before",
            "field before",
            6,
        ),
        bind(
            &[Key::char('/'), Key::char(' ')],
            Action::Filter,
            "Find what it is by typing; any letter but j and k begins that too",
            "find",
            3,
        ),
        bind(
            &[Key::char('-'), Key::plain(Code::Delete)],
            Action::Delete,
            "Leave the column out; once more: keep it as it is",
            "leave out",
            4,
        ),
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "The next column",
            "next column",
            5,
        ),
        bind(
            &[Key::plain(Code::Up), Key::char('k')],
            Action::Up,
            "The column before",
            "column before",
            7,
        ),
        bind(
            &[Key::plain(Code::PageDown)],
            Action::PageDown,
            "A page down",
            "page down",
            0,
        ),
        bind(
            &[Key::plain(Code::PageUp)],
            Action::PageUp,
            "A page up",
            "page up",
            0,
        ),
        bind(
            &[Key::plain(Code::Home)],
            Action::Top,
            "The first column",
            "first",
            0,
        ),
        bind(
            &[Key::plain(Code::End)],
            Action::Bottom,
            "The last column",
            "last",
            0,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Leave: nothing is imported",
            "cancel",
            8,
        ),
    ],
};

/// The keys while a field is looked for.
pub const FIND_KEYS: Keys = Keys {
    place: "While the field of a column is looked for",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "The column is this",
            "it is this",
            1,
        ),
        bind(
            &[Key::plain(Code::Down), Key::ctrl('n')],
            Action::Down,
            "Down",
            "down",
            2,
        ),
        bind(
            &[Key::plain(Code::Up), Key::ctrl('p')],
            Action::Up,
            "Up",
            "up",
            3,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Back to the columns; what it was stays",
            "back",
            4,
        ),
    ],
};
