//! The keys of the sheet.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};

/// The keys of the sheet.
pub const KEYS: Keys = Keys {
    place: "Filing a note",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Enter), Key::ctrl('s')],
            Action::Save,
            "File everything, as one change; first takes a name that is offered",
            "file",
            1,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Back to the note",
            "note",
            2,
        ),
        bind(
            &[Key::ctrl('t')],
            Action::ToggleItem,
            "Leave the item out, or take it again",
            "leave out",
            3,
        ),
        bind(
            &[Key::plain(Code::Tab)],
            Action::NextField,
            "Next field, or take the completion",
            "next",
            4,
        ),
        bind(
            &[Key::shift(Code::Tab)],
            Action::PrevField,
            "Field before",
            "before",
            0,
        ),
        bind(
            &[Key::plain(Code::Down)],
            Action::Down,
            "Next item",
            "items",
            5,
        ),
        bind(
            &[Key::plain(Code::Up)],
            Action::Up,
            "Item before",
            "item before",
            0,
        ),
        bind(
            &[Key::plain(Code::F(1))],
            Action::Help,
            "Show the keys",
            "keys",
            250,
        ),
    ],
};
