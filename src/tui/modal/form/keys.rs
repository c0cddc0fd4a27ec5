//! The keys of every form.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};

/// The keys of every form.
pub const KEYS: Keys = Keys {
    place: "In a form",
    typed: true,
    rows: &[
        bind(&[Key::ctrl('s')], Action::Save, "Save", "save", 1),
        bind(
            &[Key::plain(Code::Tab)],
            Action::NextField,
            "Next field, or take the completion",
            "next",
            2,
        ),
        bind(
            &[Key::shift(Code::Tab)],
            Action::PrevField,
            "Field before",
            "before",
            3,
        ),
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "Next field; a new line in a note; saves on the last field",
            "next",
            0,
        ),
        bind(&[Key::plain(Code::Up)], Action::Up, "Up", "up", 0),
        bind(&[Key::plain(Code::Down)], Action::Down, "Down", "down", 0),
        bind(
            &[Key::ctrl('o')],
            Action::Editor,
            "Open the note in $EDITOR",
            "editor",
            5,
        ),
        bind(
            &[Key::plain(Code::PageUp)],
            Action::PageUp,
            "A page up in a note",
            "page",
            0,
        ),
        bind(
            &[Key::plain(Code::PageDown)],
            Action::PageDown,
            "A page down in a note",
            "page",
            0,
        ),
        bind(
            &[Key::plain(Code::F(1))],
            Action::Help,
            "Show the keys",
            "keys",
            250,
        ),
        bind(
            &[Key::ctrl('t')],
            Action::Swap,
            "Turn a favour round: giver and receiver change places",
            "turn round",
            0,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Close; what was typed is kept as a draft",
            "close, kept as a draft",
            4,
        ),
    ],
};
