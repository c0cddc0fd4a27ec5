//! The keys inside every text field.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};

/// The keys inside every text field.
pub const KEYS: Keys = Keys {
    place: "While typing",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Left), Key::ctrl('b')],
            Action::CaretLeft,
            "One letter left",
            "left",
            0,
        ),
        bind(
            &[Key::plain(Code::Right), Key::ctrl('f')],
            Action::CaretRight,
            "One letter right",
            "right",
            0,
        ),
        bind(
            &[
                Key::with_ctrl(Code::Left),
                Key::alt(Code::Left),
                Key::alt(Code::Char('b')),
            ],
            Action::WordLeft,
            "One word left",
            "word left",
            0,
        ),
        bind(
            &[
                Key::with_ctrl(Code::Right),
                Key::alt(Code::Right),
                Key::alt(Code::Char('f')),
            ],
            Action::WordRight,
            "One word right",
            "word right",
            0,
        ),
        bind(
            &[Key::plain(Code::Home), Key::ctrl('a')],
            Action::LineStart,
            "To the start of the line",
            "start",
            0,
        ),
        bind(
            &[Key::plain(Code::End), Key::ctrl('e')],
            Action::LineEnd,
            "To the end of the line",
            "end",
            0,
        ),
        bind(
            &[Key::plain(Code::Backspace), Key::ctrl('h')],
            Action::EraseLeft,
            "Erase the letter before",
            "erase",
            0,
        ),
        bind(
            &[Key::plain(Code::Delete), Key::ctrl('d')],
            Action::EraseRight,
            "Erase the letter after",
            "erase",
            0,
        ),
        bind(
            &[Key::ctrl('w'), Key::alt(Code::Backspace)],
            Action::EraseWord,
            "Erase the word before",
            "erase word",
            0,
        ),
        bind(
            &[Key::ctrl('u')],
            Action::EraseToStart,
            "Erase to the start of the line",
            "erase",
            0,
        ),
        bind(
            &[Key::ctrl('k')],
            Action::EraseToEnd,
            "Erase to the end of the line",
            "erase",
            0,
        ),
        bind(
            &[Key::ctrl('_'), Key::alt(Code::Char('z'))],
            Action::UndoTyping,
            "Take back what was typed last",
            "untype",
            0,
        ),
        bind(
            &[Key::alt(Code::Char('r'))],
            Action::RedoTyping,
            "Type it again",
            "retype",
            0,
        ),
    ],
};
