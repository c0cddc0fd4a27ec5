//! The keys of the ledger.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};

/// The keys of the ledger.
pub const KEYS: Keys = Keys {
    place: "The ledger of favours",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Open,
            "Go to the touch the favour came from, or to the person",
            "go there",
            1,
        ),
        bind(
            &[Key::char('r')],
            Action::Redeem,
            "Redeem a chit, or part of it",
            "redeem",
            2,
        ),
        bind(
            &[Key::char('I')],
            Action::CallIn,
            "Call a chit in; once more files what came of it",
            "call in",
            3,
        ),
        bind(
            &[Key::char('F')],
            Action::Forgive,
            "Forgive a chit, or part of it",
            "forgive",
            4,
        ),
        bind(
            &[Key::char('s')],
            Action::Side,
            "Which side: I owe, they owe me, between others, all",
            "side",
            5,
        ),
        bind(
            &[Key::char('o')],
            Action::OnlyOpen,
            "Only what is open, or all",
            "open",
            6,
        ),
        bind(
            &[Key::char('z')],
            Action::OnlyPending,
            "Only what is pending, or all",
            "pending",
            0,
        ),
        bind(
            &[Key::char('.')],
            Action::Scope,
            "Only this person, then only these two, then everybody",
            "only them",
            7,
        ),
        bind(
            &[Key::char('/')],
            Action::Filter,
            "Filter by words as you type",
            "filter",
            51,
        ),
        bind(
            &[Key::char('A')],
            Action::AsOf,
            "The ledger as of another day",
            "as of",
            52,
        ),
        bind(
            &[Key::char('e')],
            Action::EditChit,
            "Edit the chit",
            "edit",
            30,
        ),
        bind(
            &[Key::char('!')],
            Action::ClearChit,
            "Mark a chit pending (!) or certain (*)",
            "certain",
            31,
        ),
        bind(
            &[Key::char('d')],
            Action::DeleteChit,
            "Delete the chit",
            "delete",
            32,
        ),
        bind(
            &[Key::plain(Code::Tab)],
            Action::NextPane,
            "Register, balances, ageing, routes",
            "view",
            8,
        ),
        bind(
            &[Key::shift(Code::Tab)],
            Action::PrevPane,
            "The view before",
            "view before",
            0,
        ),
    ],
};

/// The keys while words or a day are typed.
pub const TYPED_KEYS: Keys = Keys {
    place: "In the ledger, while something is typed",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "Take it",
            "take it",
            1,
        ),
        bind(
            &[Key::plain(Code::Down)],
            Action::Down,
            "Down the list",
            "down",
            0,
        ),
        bind(&[Key::plain(Code::Up)], Action::Up, "Up the list", "up", 0),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Leave it as it was",
            "leave",
            2,
        ),
    ],
};
