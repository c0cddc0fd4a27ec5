//! The keys of the list of what is kept.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};

/// The keys of the list.
pub const KEYS: Keys = Keys {
    place: "What is kept about a person",
    typed: false,
    rows: &[
        bind(
            &[Key::char('k')],
            Action::Kept,
            "The promise was kept",
            "kept",
            1,
        ),
        bind(
            &[Key::char('b')],
            Action::Broken,
            "The promise was broken",
            "broken",
            2,
        ),
        bind(
            &[Key::char('d')],
            Action::Dropped,
            "Drop a promise or a need, which counts neither way; delete anything else",
            "drop",
            3,
        ),
        bind(
            &[Key::char('s')],
            Action::Snooze,
            "Set a promise aside until a day",
            "set aside",
            4,
        ),
        bind(
            &[Key::char('f')],
            Action::Asked,
            "A fact was followed up today; a need was answered with a proposal",
            "followed up",
            5,
        ),
        bind(
            &[Key::plain(Code::Enter), Key::char('e')],
            Action::Edit,
            "Edit it",
            "edit",
            6,
        ),
        bind(
            &[Key::char('!')],
            Action::AddMine,
            "You promise something",
            "you promise",
            7,
        ),
        bind(
            &[Key::char('?')],
            Action::AddTheirs,
            "They promise something",
            "they promise",
            0,
        ),
        bind(&[Key::char('*')], Action::AddFact, "Add a fact", "fact", 8),
        bind(
            &[Key::char('a')],
            Action::AddDate,
            "Add a key date",
            "key date",
            9,
        ),
        bind(&[Key::char('#')], Action::AddNeed, "Add a need", "need", 10),
        bind(
            &[Key::char('=')],
            Action::AddResult,
            "A result was delivered, for the need under the cursor",
            "result",
            11,
        ),
        bind(&[Key::char('$')], Action::AddSale, "Add a sale", "sale", 12),
        bind(
            &[Key::char('~')],
            Action::AddRival,
            "Add a rival",
            "rival",
            13,
        ),
        bind(
            &[Key::char('%')],
            Action::AddSeat,
            "Add a seat on the committee",
            "seat",
            14,
        ),
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "Down",
            "down",
            0,
        ),
        bind(&[Key::plain(Code::Up)], Action::Up, "Up", "up", 0),
        bind(
            &[Key::plain(Code::F(1))],
            Action::Help,
            "Show the keys",
            "keys",
            250,
        ),
        bind(
            &[Key::plain(Code::Esc), Key::char('q'), Key::char('i')],
            Action::Close,
            "Close",
            "close",
            15,
        ),
    ],
};
