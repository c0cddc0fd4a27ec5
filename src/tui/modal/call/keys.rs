//! The keys of a call: while the note is typed, and while the brief is read.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};

/// The keys of a call while the note is typed.
pub const KEYS: Keys = Keys {
    place: "On a call",
    typed: true,
    rows: &[
        bind(
            &[Key::ctrl('s')],
            Action::Save,
            "File the call: everything caught in the note on one sheet",
            "file",
            1,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Leave the call open and go anywhere",
            "leave",
            2,
        ),
        bind(
            &[Key::ctrl('p')],
            Action::OtherCall,
            "Another call comes in: find who it is, or somebody new",
            "other",
            3,
        ),
        bind(
            &[Key::plain(Code::Tab)],
            Action::NextField,
            "Take the name that is offered; otherwise go to the brief",
            "brief",
            4,
        ),
        bind(
            &[Key::ctrl('g')],
            Action::NextCall,
            "Go to the next open call",
            "next call",
            5,
        ),
        bind(
            &[Key::ctrl('n')],
            Action::NoAnswer,
            "Nobody answered: log the attempt",
            "no answer",
            6,
        ),
        bind(
            &[Key::ctrl('o')],
            Action::Editor,
            "Open the note in $EDITOR",
            "editor",
            7,
        ),
        bind(
            &[Key::alt(Code::Down)],
            Action::BriefDown,
            "Scroll the brief down while you type",
            "brief down",
            0,
        ),
        bind(
            &[Key::alt(Code::Up)],
            Action::BriefUp,
            "Scroll the brief up while you type",
            "brief up",
            0,
        ),
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "A new line",
            "line",
            0,
        ),
        bind(
            &[Key::plain(Code::Up)],
            Action::Up,
            "Up, also among the names offered",
            "up",
            0,
        ),
        bind(
            &[Key::plain(Code::Down)],
            Action::Down,
            "Down, also among the names offered",
            "down",
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

/// The keys of a call while the brief has the focus.
pub const BRIEF_KEYS: Keys = Keys {
    place: "Reading the brief",
    typed: false,
    rows: &[
        bind(
            &[
                Key::plain(Code::Tab),
                Key::plain(Code::Esc),
                Key::plain(Code::Enter),
                Key::char('q'),
            ],
            Action::Back,
            "Back to the note",
            "note",
            1,
        ),
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "Down",
            "down",
            2,
        ),
        bind(
            &[Key::plain(Code::Up), Key::char('k')],
            Action::Up,
            "Up",
            "up",
            3,
        ),
        bind(
            &[Key::plain(Code::PageDown), Key::char(' ')],
            Action::PageDown,
            "A page down",
            "page",
            4,
        ),
        bind(
            &[Key::plain(Code::PageUp)],
            Action::PageUp,
            "A page up",
            "page",
            0,
        ),
        bind(
            &[Key::plain(Code::Home), Key::char('g')],
            Action::Top,
            "To the beginning",
            "beginning",
            0,
        ),
        bind(
            &[Key::plain(Code::End), Key::char('G')],
            Action::Bottom,
            "To the end",
            "end",
            0,
        ),
        bind(&[Key::ctrl('s')], Action::Save, "File the call", "file", 5),
        bind(
            &[Key::ctrl('g')],
            Action::NextCall,
            "Go to the next open call",
            "next call",
            0,
        ),
    ],
};
