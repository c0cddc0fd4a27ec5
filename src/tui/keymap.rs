//! Keys and what they do, as data: one table drives dispatch, the footer, help, the palette and the README.
//!
//! Every place that answers keys keeps its list beside the code that answers; [`TABLE`] lists the lists. Which of them are live
//! is the dashboard's business (the top modal's alone, else those of the pane in focus and of its screen).

use super::key::{Code, Key};
use super::mapping;
use super::modal;
use super::pane;
use super::screen::{self, people};
use super::widget::editor;

/// Everything a key or the palette can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the label beside the key says what each one does")]
#[rustfmt::skip]
pub enum Action {
    // moving about
    Up, Down, Left, Right, Top, Bottom, PageUp, PageDown, Open, NextPane, PrevPane, Back,
    // screens
    GoPeople, GoToday, GoChits, GoReferrals, GoAccounts, GoReview,
    // today and the review
    CallNow, MatterDone, SetAside, BringBack, PlanMatter, WhyRanked, LetGo, Cadence, NoteCard, SkipCard, BackCard, Report, MergeWith, KeepApart, Tier, PlanOn, SetAsideUntil, PromiseNow,
    // the ledger
    Side, OnlyOpen, OnlyPending, Scope, CallIn,
    // referrals
    StageOn, StageBack, Lose, Tell, AddReferral, EditReferral, DeleteReferral, SplitCredit, OtherSide, FoldIt, Ask, AskCard,
    // the accounts
    Introduce, StepRow, EditRow, EditAccount, DeleteRow, AddCoaching, AddStory,
    // people
    Filter, Sort, Reverse, Ghosts, Archived, Add, Edit, Tags, Archive, Delete, Copy,
    // what happened with them
    Touch, Favour, Promise, Plan, NoAnswer,
    // calls
    Call, CallAnybody, OtherCall, NextCall, BriefDown, BriefUp, ToggleItem,
    // what is kept about them
    Records, Asked, Snooze, AddFact, AddDate, AddNeed, AddResult, AddSale, AddRival, AddSeat, AddMine, AddTheirs,
    // their strength
    Explain, Correct, DropCorrection,
    // chits and history
    Redeem, Forgive, EditChit, ClearChit, DeleteChit, EditTouch, DeleteTouch, Promises,
    // timeline
    ZoomIn, ZoomOut, Compare, WhatIf,
    // forms, menus, questions
    Editor, Save, NextField, PrevField, Choose, Swap, Close, TakeUp, ThrowAway,
    // text
    CaretLeft, CaretRight, WordLeft, WordRight, LineStart, LineEnd, TextStart, TextEnd,
    SelectLeft, SelectRight, SelectUp, SelectDown, SelectWordLeft, SelectWordRight, SelectLineStart, SelectLineEnd, SelectTextStart,
    SelectTextEnd, SelectAll, CopyText, CutText, PasteText,
    EraseLeft, EraseRight, EraseWord, EraseWordRight, EraseToStart, EraseToEnd, UndoTyping, RedoTyping,
    // a promise's end
    Kept, Broken, Dropped,
    // the book as a whole
    Book, PartOne, PartTwo, PartThree, PartFour, NextGroup, PrevGroup, WeekBack, WeekOn, MonthBack, MonthOn, AsOf, Period, Present,
    ReadAgain,
    // meetings that calendars tell of
    Meetings, ConfirmAll,
    // everywhere
    Find, Palette, Help, Undo, Redo, Steps, Drafts, Cancel, Redraw, Suspend, Quit,
}

/// One row of a list of keys.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The keys, the one shown in the footer first.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// What help calls it.
    pub label: &'static str,
    /// The one or two words in the footer.
    pub short: &'static str,
    /// Place in the footer: 1 comes first, 0 is never shown there.
    pub rank: u8,
}

/// The keys of one place.
#[derive(Debug)]
pub struct Keys {
    /// What help calls the place.
    pub place: &'static str,
    /// The keys.
    pub rows: &'static [Binding],
    /// Characters that are not bound here are typed into something.
    pub typed: bool,
}

/// A row of a list, written shortly.
pub const fn bind(
    keys: &'static [Key],
    action: Action,
    label: &'static str,
    short: &'static str,
    rank: u8,
) -> Binding {
    Binding {
        keys,
        action,
        label,
        short,
        rank,
    }
}

/// Keys that work on every screen while nothing is open over it.
pub const EVERYWHERE: Keys = Keys {
    place: "Everywhere",
    typed: false,
    rows: &[
        bind(
            &[Key::ctrl('p')],
            Action::Find,
            "Find any person",
            "find",
            62,
        ),
        bind(
            &[Key::char('b')],
            Action::Book,
            "The book's climate and the model's judgement",
            "book",
            63,
        ),
        bind(
            &[Key::char('u')],
            Action::Undo,
            "Undo the last change",
            "undo",
            60,
        ),
        bind(
            &[Key::ctrl('r')],
            Action::Redo,
            "Redo what was undone",
            "redo",
            0,
        ),
        bind(
            &[Key::char('U')],
            Action::Steps,
            "Show the latest changes",
            "changes",
            0,
        ),
        bind(
            &[Key::char('W')],
            Action::Drafts,
            "Take up an unfinished draft",
            "draft",
            0,
        ),
        bind(
            &[Key::char('H')],
            Action::Meetings,
            "Say which meetings of your calendars happened",
            "meetings",
            0,
        ),
        bind(
            &[Key::char('C')],
            Action::CallAnybody,
            "Begin a call with anybody, by name or number, in the book or not",
            "call anybody",
            22,
        ),
        bind(
            &[Key::ctrl('g')],
            Action::NextCall,
            "Go back to the open call; with several, to the next",
            "open call",
            2,
        ),
        bind(
            &[Key::char(':'), Key::ctrl('k')],
            Action::Palette,
            "Run a command by name",
            "commands",
            80,
        ),
        bind(
            &[Key::char('?'), Key::plain(Code::F(1))],
            Action::Help,
            "Show the keys",
            "keys",
            254,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Back,
            "Go back one step",
            "back",
            0,
        ),
        bind(&[Key::char('q')], Action::Quit, "Quit", "quit", 255),
    ],
};

/// Keys that work whatever is open.
pub const ALWAYS: Keys = Keys {
    place: "Always",
    typed: false,
    rows: &[
        bind(
            &[Key::ctrl('c')],
            Action::Cancel,
            "Close what is open, keeping what was typed",
            "close",
            0,
        ),
        bind(
            &[Key::ctrl('l')],
            Action::Redraw,
            "Draw the screen anew",
            "redraw",
            0,
        ),
        bind(
            &[Key::ctrl('z')],
            Action::Suspend,
            "Suspend to the shell",
            "suspend",
            0,
        ),
    ],
};

/// Every list of keys there is.
pub const TABLE: &[&Keys] = &[
    &people::WITH,
    &people::PLANNING,
    &people::KEYS,
    &people::PERSON,
    &pane::list::KEYS,
    &people::MOVES,
    &people::TIMELINE,
    &pane::chits::KEYS,
    &pane::history::KEYS,
    &screen::KEYS,
    &EVERYWHERE,
    &ALWAYS,
    &screen::today::KEYS,
    &screen::today::ASIDE_KEYS,
    &screen::chits::KEYS,
    &screen::chits::TYPED_KEYS,
    &screen::referrals::BOARD_KEYS,
    &screen::referrals::ASK_KEYS,
    &screen::referrals::TREE_KEYS,
    &screen::referrals::PATH_KEYS,
    &screen::referrals::WANTED_KEYS,
    &screen::accounts::KEYS,
    &screen::accounts::TYPED_KEYS,
    &screen::review::KEYS,
    &modal::form::KEYS,
    &editor::KEYS,
    &modal::menu::KEYS,
    &modal::menu::TYPED_KEYS,
    &modal::reader::KEYS,
    &modal::letter::KEYS,
    &modal::drafts::KEYS,
    &modal::meetings::KEYS,
    &modal::records::KEYS,
    &modal::call::KEYS,
    &modal::call::BRIEF_KEYS,
    &modal::sheet::KEYS,
    &modal::book::KEYS,
    &modal::book::AS_OF_KEYS,
    &modal::explain::KEYS,
    &modal::merge::KEYS,
    &modal::whatif::KEYS,
    &pane::list::FILTER_KEYS,
    &mapping::KEYS,
    &mapping::FIND_KEYS,
];

/// The first live binding of a key.
pub fn lookup(live: &[&'static Keys], key: Key) -> Option<&'static Binding> {
    live.iter()
        .flat_map(|keys| keys.rows)
        .find(|row| row.keys.contains(&key))
}

/// The live bindings in the order the footer shows them.
pub fn ranked(live: &[&'static Keys]) -> Vec<&'static Binding> {
    let rows = live.iter().flat_map(|keys| keys.rows);
    let mut rows: Vec<&Binding> = rows.filter(|row| row.rank > 0).collect();
    rows.sort_by_key(|row| row.rank);
    rows
}

/// How the keys of a row are written.
pub fn spelled(row: &Binding) -> String {
    let keys: Vec<String> = row.keys.iter().map(ToString::to_string).collect();
    keys.join(" ")
}

/// Every list of keys as Markdown, for the README.
pub fn markdown() -> String {
    let mut lines = Vec::new();
    for keys in TABLE {
        lines.push(format!(
            "### {}\n\n| key | does |\n| --- | --- |",
            keys.place
        ));
        for row in keys.rows {
            let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
            lines.push(format!("| {} | {} |", keys.join(" "), row.label));
        }
        lines.push(String::new());
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn all_live() -> Vec<Vec<&'static Keys>> {
        let mut live: Vec<Vec<&'static Keys>> = people::Pane::ALL
            .iter()
            .map(|pane| people::live(*pane))
            .collect();
        live.push(vec![&modal::form::KEYS, &editor::KEYS]);
        live.push(vec![&modal::menu::TYPED_KEYS, &editor::KEYS]);
        live.push(vec![&modal::whatif::KEYS, &editor::KEYS]);
        live.push(vec![&modal::call::KEYS, &editor::KEYS]);
        live.push(vec![&modal::sheet::KEYS, &editor::KEYS]);
        live.push(vec![&pane::list::FILTER_KEYS, &editor::KEYS]);
        live.push(vec![&screen::accounts::TYPED_KEYS, &editor::KEYS]);
        live.push(vec![&mapping::FIND_KEYS, &editor::KEYS]);
        live.push(vec![
            &screen::accounts::KEYS,
            &people::WITH,
            &people::MOVES,
            &screen::KEYS,
            &EVERYWHERE,
        ]);
        live.push(vec![&modal::book::AS_OF_KEYS, &editor::KEYS]);
        for keys in [
            &modal::menu::KEYS,
            &modal::reader::KEYS,
            &modal::letter::KEYS,
            &modal::drafts::KEYS,
            &modal::meetings::KEYS,
            &modal::records::KEYS,
            &modal::call::BRIEF_KEYS,
            &modal::book::KEYS,
            &modal::explain::KEYS,
            &modal::merge::KEYS,
            &mapping::KEYS,
        ] {
            live.push(vec![keys]);
        }
        for keys in &mut live {
            if !keys.iter().any(|keys| keys.place == ALWAYS.place) {
                keys.push(&ALWAYS);
            }
        }
        live
    }

    #[test]
    fn no_key_is_bound_twice_among_the_live_ones() {
        for live in all_live() {
            let mut seen = HashSet::new();
            for row in live.iter().flat_map(|keys| keys.rows) {
                for key in row.keys {
                    assert!(
                        seen.insert(*key),
                        "{key} twice where {} is live",
                        live[0].place
                    );
                }
            }
        }
    }

    #[test]
    fn a_place_that_takes_text_binds_no_bare_character() {
        for keys in TABLE.iter().filter(|keys| keys.typed) {
            for key in keys.rows.iter().flat_map(|row| row.keys) {
                assert_eq!(key.types(), None, "{key} in {}", keys.place);
            }
        }
    }

    #[test]
    fn every_action_has_a_row() {
        let listed: HashSet<Action> = TABLE
            .iter()
            .flat_map(|keys| keys.rows)
            .map(|row| row.action)
            .collect();
        assert_eq!(listed.len(), Action::Quit as usize + 1);
    }

    #[test]
    fn every_list_of_keys_in_the_source_is_in_the_table() {
        fn count(folder: &std::path::Path) -> usize {
            let mut found = 0;
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    found += count(&path);
                } else {
                    let text = std::fs::read_to_string(&path).unwrap();
                    found += text
                        .lines()
                        .filter(|line| {
                            line.starts_with("pub const ") && line.contains(": Keys = Keys {")
                        })
                        .count();
                }
            }
            found
        }
        let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui");
        assert_eq!(count(&source), TABLE.len());
    }

    #[test]
    fn the_markdown_table_names_every_row() {
        let text = markdown();
        for row in TABLE.iter().flat_map(|keys| keys.rows) {
            assert!(text.contains(row.label), "{}", row.label);
        }
    }
}
