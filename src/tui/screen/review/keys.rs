//! The keys of the weekly review: one for each decision.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};

/// The keys of the weekly review.
pub const KEYS: Keys = Keys {
    place: "The weekly review",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Open,
            "Begin, go to the person, or end the review",
            "go on",
            1,
        ),
        bind(
            &[Key::char('c')],
            Action::CallNow,
            "Decide to call, and begin the call",
            "call now",
            2,
        ),
        bind(
            &[Key::char('d')],
            Action::MatterDone,
            "It is done: kept, told",
            "done",
            3,
        ),
        bind(
            &[Key::char('p')],
            Action::PlanMatter,
            "Plan a touch for a week from now",
            "plan",
            4,
        ),
        bind(
            &[Key::char('s')],
            Action::SetAside,
            "Set it aside for a week",
            "set aside",
            5,
        ),
        bind(
            &[Key::char('!')],
            Action::PromiseNow,
            "Promise something",
            "promise",
            7,
        ),
        bind(
            &[Key::char('l')],
            Action::LetGo,
            "Let go, with a reason",
            "let go",
            8,
        ),
        bind(
            &[Key::char('a')],
            Action::Cadence,
            "Another cadence",
            "cadence",
            9,
        ),
        bind(
            &[Key::char('n')],
            Action::NoteCard,
            "Only a note",
            "note",
            10,
        ),
        bind(
            &[Key::char(' ')],
            Action::SkipCard,
            "Pass it over",
            "skip",
            6,
        ),
        bind(
            &[Key::plain(Code::Backspace), Key::char('B')],
            Action::BackCard,
            "Back: the card before is decided again",
            "back",
            11,
        ),
        bind(
            &[Key::char('R')],
            Action::Report,
            "Read the weekly report",
            "report",
            12,
        ),
        bind(
            &[Key::char('o')],
            Action::PlanOn,
            "Plan a touch for another day, with a reason",
            "plan on",
            0,
        ),
        bind(
            &[Key::char('S')],
            Action::SetAsideUntil,
            "Set it aside until another day, with a reason",
            "aside until",
            0,
        ),
    ],
};
