//! The keys of Today.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Binding, Keys, bind};

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
        CALL,
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
        VIEW,
        OTHER_VIEW,
        bind(
            &[Key::char('x')],
            Action::WhyRanked,
            "Why it stands where it stands",
            "why",
            7,
        ),
    ],
};

/// The keys of what is set aside.
pub const ASIDE_KEYS: Keys = Keys {
    place: "Today, what is set aside",
    typed: false,
    rows: &[
        bind(
            &[Key::char('r'), Key::plain(Code::Backspace)],
            Action::BringBack,
            "Bring it back to the list",
            "bring back",
            1,
        ),
        bind(
            &[Key::char('s')],
            Action::SetAside,
            "Set it aside until another day, with the reason",
            "another day",
            3,
        ),
        bind(
            &[Key::plain(Code::Enter)],
            Action::Open,
            "Go to the person; a draft is taken up",
            "go there",
            4,
        ),
        CALL,
        VIEW,
        OTHER_VIEW,
    ],
};

const CALL: Binding = bind(
    &[Key::char('c')],
    Action::CallNow,
    "Begin a call: the brief, the clock and the note",
    "call",
    2,
);

/// Between the two lists.
const VIEW: Binding = bind(
    &[Key::plain(Code::Tab)],
    Action::NextPane,
    "What is to be done, or what is set aside",
    "view",
    6,
);
const OTHER_VIEW: Binding = bind(
    &[Key::shift(Code::Tab)],
    Action::PrevPane,
    "The view before",
    "view",
    0,
);
