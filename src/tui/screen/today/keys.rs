//! The keys of Today.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};

/// The keys of Today.
pub const KEYS: Keys = Keys {
    place: "Today",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Open,
            "Go to the person; a draft is taken up",
            "go there",
            1,
        ),
        bind(
            &[Key::char('c')],
            Action::CallNow,
            "Begin a call: the brief, the clock and the note",
            "call",
            2,
        ),
        bind(
            &[Key::char('d')],
            Action::MatterDone,
            "It is done: kept, told, logged, given back",
            "done",
            3,
        ),
        bind(
            &[Key::char('s')],
            Action::SetAside,
            "Set it aside for some days or until a day, with the reason",
            "set aside",
            4,
        ),
        bind(
            &[Key::char('p'), Key::char('n')],
            Action::PlanMatter,
            "Plan the next touch",
            "plan",
            5,
        ),
        bind(
            &[Key::char('!')],
            Action::PromiseNow,
            "Note a promise",
            "promise",
            0,
        ),
        bind(
            &[Key::char('x')],
            Action::WhyRanked,
            "Why it stands where it stands",
            "why",
            6,
        ),
    ],
};
