//! The keys of the book's view.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};

/// The keys of the view.
pub const KEYS: Keys = Keys {
    place: "The book as a whole",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "Go to the person",
            "go there",
            1,
        ),
        bind(
            &[
                Key::plain(Code::Tab),
                Key::char('l'),
                Key::plain(Code::Right),
            ],
            Action::NextPane,
            "Next page",
            "pages",
            2,
        ),
        bind(
            &[
                Key::shift(Code::Tab),
                Key::char('h'),
                Key::plain(Code::Left),
            ],
            Action::PrevPane,
            "Page before",
            "page before",
            0,
        ),
        bind(
            &[Key::char('1')],
            Action::PartOne,
            "How everybody stands",
            "climate",
            0,
        ),
        bind(
            &[Key::char('2')],
            Action::PartTwo,
            "Who goes stale in the coming weeks",
            "ahead",
            0,
        ),
        bind(
            &[Key::char('3')],
            Action::PartThree,
            "Who warmed and who cooled",
            "movers",
            0,
        ),
        bind(
            &[Key::char('4')],
            Action::PartFour,
            "How good the model's judgement was",
            "judgement",
            0,
        ),
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
            &[Key::plain(Code::PageDown), Key::char('J')],
            Action::NextGroup,
            "The next week or list",
            "next week",
            0,
        ),
        bind(
            &[Key::plain(Code::PageUp), Key::char('K')],
            Action::PrevGroup,
            "The week or list before",
            "week before",
            0,
        ),
        bind(
            &[Key::plain(Code::Home), Key::char('g')],
            Action::Top,
            "To the top",
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
        bind(
            &[Key::char('[')],
            Action::WeekBack,
            "The book a week before",
            "a week back",
            4,
        ),
        bind(
            &[Key::char(']')],
            Action::WeekOn,
            "The book a week on",
            "a week on",
            5,
        ),
        bind(
            &[Key::char('{')],
            Action::MonthBack,
            "The book 30 days before",
            "a month back",
            0,
        ),
        bind(
            &[Key::char('}')],
            Action::MonthOn,
            "The book 30 days on",
            "a month on",
            0,
        ),
        bind(
            &[Key::char('d'), Key::char('/')],
            Action::AsOf,
            "The book as of a day that is typed",
            "as of a day",
            6,
        ),
        bind(
            &[Key::char('p')],
            Action::Period,
            "Compare with 7, 30, 90 or 365 days before",
            "period",
            7,
        ),
        bind(
            &[Key::char('0')],
            Action::Present,
            "The book today",
            "today",
            8,
        ),
        bind(
            &[Key::char('r')],
            Action::ReadAgain,
            "Read it again, with what was changed meanwhile",
            "read again",
            9,
        ),
        bind(
            &[Key::plain(Code::Esc), Key::char('q')],
            Action::Close,
            "Close",
            "close",
            3,
        ),
    ],
};

/// The keys while a day is typed.
pub const AS_OF_KEYS: Keys = Keys {
    place: "Typing a day for the book",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "Show the book as of that day",
            "show",
            1,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Back to the book",
            "back",
            2,
        ),
    ],
};
