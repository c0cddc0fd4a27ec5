//! The home screen: the list at the left; at the right one person, with the head, the strength over time, chits and history.

mod arrange;

pub use arrange::{Arrangement, divider, inside, splitter};

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{ALWAYS, Action, EVERYWHERE, Keys, bind};
use crate::tui::pane::{chits, history, list};
use crate::tui::screen;

/// What can have the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The list of people.
    #[default]
    List,
    /// The strength over time.
    Timeline,
    /// The chits.
    Chits,
    /// The history.
    History,
}

impl Pane {
    /// Every pane, in the order Tab walks them.
    pub const ALL: [Pane; 4] = [Pane::List, Pane::Timeline, Pane::Chits, Pane::History];

    /// The pane after this one, or before it.
    #[must_use]
    pub fn next(self, forward: bool) -> Pane {
        let at = Pane::ALL.iter().position(|pane| *pane == self).unwrap_or(0);
        let step = if forward { 1 } else { Pane::ALL.len() - 1 };
        Pane::ALL[(at + step) % Pane::ALL.len()]
    }
}

/// Moving about in whatever has the focus.
pub const MOVES: Keys = Keys {
    place: "Moving about",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "Down",
            "down",
            0,
        ),
        bind(
            &[Key::plain(Code::Up), Key::char('k')],
            Action::Up,
            "Up",
            "up",
            0,
        ),
        bind(
            &[Key::plain(Code::Left), Key::char('h')],
            Action::Left,
            "The pane at the left; on the timeline, the event before",
            "left",
            0,
        ),
        bind(
            &[Key::plain(Code::Right), Key::char('l')],
            Action::Right,
            "The pane at the right; on the timeline, the event after",
            "right",
            0,
        ),
        bind(
            &[Key::plain(Code::PageDown), Key::ctrl('d')],
            Action::PageDown,
            "A page down",
            "page",
            0,
        ),
        bind(
            &[Key::plain(Code::PageUp), Key::ctrl('u')],
            Action::PageUp,
            "A page up",
            "page",
            0,
        ),
        bind(
            &[Key::plain(Code::Home), Key::char('g')],
            Action::Top,
            "To the top (gg does too)",
            "top",
            0,
        ),
        bind(
            &[Key::plain(Code::End), Key::char('G')],
            Action::Bottom,
            "To the bottom",
            "bottom",
            0,
        ),
    ],
};

/// What can be done to the person, where the keys are not taken by a chit or a touch.
pub const PERSON: Keys = Keys {
    place: "The person",
    typed: false,
    rows: &[
        bind(
            &[Key::char('e')],
            Action::Edit,
            "Edit the person",
            "edit",
            30,
        ),
        bind(
            &[Key::char('d')],
            Action::Archive,
            "Archive the person, or bring them back",
            "archive",
            0,
        ),
        bind(
            &[Key::char('M')],
            Action::MergeWith,
            "The same person as somebody else: merge the two",
            "merge",
            0,
        ),
        bind(
            &[Key::char('D')],
            Action::Delete,
            "Delete the person and all that is theirs (u brings it back)",
            "delete",
            0,
        ),
    ],
};

/// The keys while the timeline has the focus, besides moving along it.
pub const TIMELINE: Keys = Keys {
    place: "The timeline",
    typed: false,
    rows: &[bind(
        &[Key::plain(Code::Enter)],
        Action::Open,
        "Go to the touch under the cursor",
        "read",
        1,
    )],
};

/// What can be done with a person on every screen: whoever the row under the cursor is about.
pub const WITH: Keys = Keys {
    place: "With a person, on every screen",
    typed: false,
    rows: &[
        bind(
            &[Key::char('N')],
            Action::NoAnswer,
            "Nobody answered: log the attempt",
            "no answer",
            0,
        ),
        bind(
            &[Key::char('i')],
            Action::Records,
            "Promises, facts, key dates, needs, results, sales, rivals, seats",
            "records",
            21,
        ),
        bind(
            &[Key::char('t')],
            Action::Touch,
            "Log a touch: a call, a meeting, a message",
            "touch",
            10,
        ),
        bind(
            &[Key::char('f')],
            Action::Favour,
            "Note a favour between any two people",
            "favour",
            11,
        ),
        bind(
            &[Key::char('w')],
            Action::WhatIf,
            "What if: see what a supposed touch, or a silence, would change",
            "what if",
            33,
        ),
        bind(
            &[Key::char('P')],
            Action::Promises,
            "The promises both ways: kept, broken, dropped, set aside",
            "promises",
            0,
        ),
        bind(
            &[Key::char('T'), Key::char('#')],
            Action::Tags,
            "Change the tags",
            "tags",
            0,
        ),
        bind(
            &[Key::char('y')],
            Action::Copy,
            "Copy a phone number or an e-mail address",
            "copy",
            32,
        ),
    ],
};

/// The same, but for Today and the review, which have keys of their own for these.
pub const PLANNING: Keys = Keys {
    place: "With a person, but for Today and the review",
    typed: false,
    rows: &[
        bind(
            &[Key::char('c')],
            Action::Call,
            "Begin a call: the brief, the clock and the note",
            "call",
            8,
        ),
        bind(
            &[Key::char('p')],
            Action::Promise,
            "Note a promise",
            "promise",
            12,
        ),
        bind(
            &[Key::char('n')],
            Action::Plan,
            "Plan the next touch",
            "next",
            13,
        ),
        bind(
            &[Key::char('x')],
            Action::Explain,
            "Explain the strength, and correct it by hand",
            "why",
            20,
        ),
    ],
};

/// What works in every pane of the screen.
pub const KEYS: Keys = Keys {
    place: "People",
    typed: false,
    rows: &[
        bind(
            &[Key::char('o')],
            Action::Editor,
            "Open the touch's note in $EDITOR, the latest one's from the list",
            "editor",
            0,
        ),
        bind(
            &[Key::char('/')],
            Action::Filter,
            "Filter the list as you type",
            "filter",
            50,
        ),
        bind(&[Key::char('a')], Action::Add, "Add a person", "add", 31),
        bind(
            &[Key::char('[')],
            Action::ZoomIn,
            "Show less time on the timeline",
            "zoom in",
            0,
        ),
        bind(
            &[Key::char(']')],
            Action::ZoomOut,
            "Show more time on the timeline",
            "zoom out",
            0,
        ),
        bind(
            &[Key::char('v')],
            Action::Compare,
            "Lay another person or a tag's median over the timeline, or take it off",
            "compare",
            0,
        ),
        bind(
            &[Key::plain(Code::Tab)],
            Action::NextPane,
            "Next pane",
            "panes",
            61,
        ),
        bind(
            &[Key::shift(Code::Tab)],
            Action::PrevPane,
            "Pane before",
            "pane before",
            0,
        ),
    ],
};

/// The lists of keys that are live while a pane has the focus.
pub fn live(pane: Pane) -> Vec<&'static Keys> {
    match pane {
        Pane::List => vec![
            &WITH,
            &PLANNING,
            &KEYS,
            &PERSON,
            &list::KEYS,
            &MOVES,
            &screen::KEYS,
            &EVERYWHERE,
            &ALWAYS,
        ],
        Pane::Timeline => vec![
            &TIMELINE,
            &WITH,
            &PLANNING,
            &KEYS,
            &PERSON,
            &MOVES,
            &screen::KEYS,
            &EVERYWHERE,
            &ALWAYS,
        ],
        Pane::Chits => vec![
            &chits::KEYS,
            &WITH,
            &PLANNING,
            &KEYS,
            &MOVES,
            &screen::KEYS,
            &EVERYWHERE,
            &ALWAYS,
        ],
        Pane::History => vec![
            &history::KEYS,
            &WITH,
            &PLANNING,
            &KEYS,
            &MOVES,
            &screen::KEYS,
            &EVERYWHERE,
            &ALWAYS,
        ],
    }
}
