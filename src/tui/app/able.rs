//! What can be done now, and to what: the one answer for keys, footer, help and palette, and why not where it cannot.

use super::App;
use crate::domain::chit::ChitRow;
use crate::domain::people::Entry;
use crate::tui::keymap::Action;
use crate::tui::screen::people::Pane;

impl App {
    /// Whether an action can be done now: the one answer for keys, footer, help and palette.
    pub fn can(&self, action: Action) -> bool {
        use Action as A;
        match action {
            A::WhatIf
            | A::Touch
            | A::Call
            | A::NoAnswer
            | A::Records
            | A::Promises
            | A::Promise
            | A::Plan
            | A::Explain
            | A::Favour
            | A::Tags => self.someone(),
            A::Edit
            | A::MergeWith
            | A::Archive
            | A::Delete
            | A::ZoomIn
            | A::ZoomOut
            | A::Compare => self.shown().is_some(),
            A::Copy => self
                .shown()
                .filter(|_| self.someone())
                .is_some_and(|person| {
                    !person.card.phones.is_empty() || !person.card.emails.is_empty()
                }),
            A::Redeem | A::Forgive => self.chit().is_some_and(|row| row.open().0 > 0),
            A::EditChit | A::ClearChit | A::DeleteChit => self.chit().is_some(),
            A::EditTouch | A::DeleteTouch | A::Editor => self.entry().is_some(),
            A::Open => match self.focus {
                Pane::History => self.entry().is_some(),
                _ => self.shown().is_some(),
            },
            A::Drafts => !self.drafts.is_empty() || !self.calls.is_empty(),
            A::NextCall => !self.calls.is_empty(),
            A::Sort | A::Reverse | A::Ghosts | A::Archived => !self.is_empty(),
            _ => true,
        }
    }

    /// Whether nobody is in the book at all.
    fn is_empty(&self) -> bool {
        self.roster.complete() && self.roster.known() == 0
    }

    /// Why an action cannot be done now.
    pub(super) fn cannot(&self, action: Action) -> String {
        use Action as A;
        if action == A::Drafts {
            return "No unfinished drafts".to_owned();
        }
        if action == A::NextCall {
            return "No call is open; c begins one".to_owned();
        }
        if self.is_empty() {
            return "Nobody is here yet; a adds a person".to_owned();
        }
        let Some(person) = self.shown() else {
            return if self.roster.complete() {
                "Nobody is selected".to_owned()
            } else {
                "Still reading the book …".to_owned()
            };
        };
        let name = &person.summary.name;
        match action {
            A::Copy => format!("No telephone number or e-mail of {name}; e edits"),
            A::Redeem | A::Forgive if self.chit().is_some() => {
                "Nothing is open on this chit".to_owned()
            }
            A::Redeem | A::Forgive | A::EditChit | A::ClearChit | A::DeleteChit => {
                format!("No chits with {name}; f notes a favour")
            }
            A::EditTouch | A::DeleteTouch | A::Editor | A::Open => {
                format!("No touches with {name}; t logs one")
            }
            _ => "Nothing to do here".to_owned(),
        }
    }

    /// The chit the keys act on.
    pub(super) fn chit(&self) -> Option<&ChitRow> {
        let rows = &self.shown()?.chits;
        let chosen = rows.iter().find(|row| Some(row.id) == self.chit);
        chosen.or(rows.first())
    }

    /// The touch the keys act on.
    pub(super) fn entry(&self) -> Option<&Entry> {
        let rows = &self.shown()?.history;
        let chosen = rows.iter().find(|row| Some(row.id) == self.entry);
        chosen.or(rows.first())
    }
}
