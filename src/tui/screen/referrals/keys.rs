//! The keys of the views of referrals.

use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Binding, Keys, bind};

const NEXT: Binding = bind(
    &[Key::plain(Code::Tab)],
    Action::NextPane,
    "Board, whom to ask, tree, yield, origins, paths",
    "view",
    7,
);
const BEFORE: Binding = bind(
    &[Key::shift(Code::Tab)],
    Action::PrevPane,
    "The view before",
    "view before",
    0,
);

/// The keys of the board by stage.
pub const BOARD_KEYS: Keys = Keys {
    place: "The board of referrals",
    typed: false,
    rows: &[
        bind(
            &[Key::char('>')],
            Action::StageOn,
            "To the next stage",
            "on",
            1,
        ),
        bind(
            &[Key::char('<')],
            Action::StageBack,
            "Back to the stage before: the last one was a mistake",
            "back",
            2,
        ),
        bind(
            &[Key::char('m')],
            Action::Tell,
            "The referrer was told how it goes",
            "told",
            3,
        ),
        bind(
            &[Key::char('+')],
            Action::AddReferral,
            "Add a referral, made to you or by you",
            "add",
            4,
        ),
        bind(
            &[Key::char('X')],
            Action::Lose,
            "Nothing came of it: lost",
            "lost",
            5,
        ),
        bind(
            &[Key::char('r')],
            Action::OtherSide,
            "The keys for a person act on the referrer, or on the prospect again",
            "referrer",
            6,
        ),
        bind(
            &[Key::plain(Code::Enter)],
            Action::Open,
            "Go to whom the keys act on",
            "go there",
            9,
        ),
        bind(
            &[Key::char(' ')],
            Action::FoldIt,
            "Fold the stage, or unfold it",
            "fold",
            40,
        ),
        bind(
            &[Key::char('e')],
            Action::EditReferral,
            "Edit the referral",
            "edit",
            30,
        ),
        bind(
            &[Key::char('S')],
            Action::SplitCredit,
            "Split the credit with a further referrer",
            "split",
            31,
        ),
        bind(
            &[Key::char('d')],
            Action::DeleteReferral,
            "Delete the referral; the chits of its story stay",
            "delete",
            34,
        ),
        NEXT,
        BEFORE,
    ],
};

/// The keys of the ask queue.
pub const ASK_KEYS: Keys = Keys {
    place: "Whom to ask for a referral",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter), Key::char('s')],
            Action::AskCard,
            "Show what to say: the ask card",
            "what to say",
            1,
        ),
        bind(
            &[Key::char('a')],
            Action::Ask,
            "They were asked: log it with the answer and the next day",
            "asked",
            2,
        ),
        bind(
            &[Key::char('+')],
            Action::AddReferral,
            "Add a referral of theirs",
            "add referral",
            9,
        ),
        NEXT,
        BEFORE,
    ],
};

/// The keys of the tree and of the tables.
pub const TREE_KEYS: Keys = Keys {
    place: "Who led to whom",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Open,
            "Go to the person",
            "go there",
            1,
        ),
        bind(
            &[Key::char(' ')],
            Action::FoldIt,
            "Fold what is below, or unfold it",
            "fold",
            2,
        ),
        bind(
            &[Key::char('+')],
            Action::AddReferral,
            "Add a referral of theirs",
            "add referral",
            9,
        ),
        NEXT,
        BEFORE,
    ],
};

/// The keys of the warm paths.
pub const PATH_KEYS: Keys = Keys {
    place: "Warm paths",
    typed: false,
    rows: &[
        bind(
            &[Key::char('/')],
            Action::Filter,
            "Name whom you want to reach: a person or an account",
            "whom",
            1,
        ),
        bind(
            &[Key::plain(Code::Enter)],
            Action::Open,
            "Write the ask for the path, to be forwarded",
            "write the ask",
            2,
        ),
        NEXT,
        BEFORE,
    ],
};

/// The keys while whoever is wanted is named.
pub const WANTED_KEYS: Keys = Keys {
    place: "Warm paths, while somebody is named",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "Take the marked one",
            "choose",
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
