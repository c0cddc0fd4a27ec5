//! What the keys of the home screen do, and which of them can be done.

use super::App;
use crate::domain::chit::ChitRow;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::people::{Entry, Sort};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, TABLE};
use crate::tui::modal::book::Book;
use crate::tui::modal::explain::Explain;
use crate::tui::modal::find::Find;
use crate::tui::modal::menu::Menu;
use crate::tui::modal::promises::Promises;
use crate::tui::modal::reader::Reader;
use crate::tui::pane::history;
use crate::tui::roster::View;
use crate::tui::screen::people::Pane;
use crate::tui::widget::editor::Editor;

/// Touches read with their text for an explanation.
const EXPLAINED: usize = 400;

impl App {
    /// Whether an action can be done now: the one answer for keys, footer, help and palette.
    pub fn can(&self, action: Action) -> bool {
        use Action as A;
        match action {
            A::ZoomIn
            | A::ZoomOut
            | A::Compare
            | A::WhatIf
            | A::Touch
            | A::Promise
            | A::Plan
            | A::Explain
            | A::Favour
            | A::Edit
            | A::Tags
            | A::Archive
            | A::Delete => self.shown().is_some(),
            A::Copy => self.shown().is_some_and(|person| {
                !person.card.phones.is_empty() || !person.card.emails.is_empty()
            }),
            A::Promises => self
                .shown()
                .is_some_and(|person| !person.promises.is_empty()),
            A::Redeem | A::Forgive => self.chit().is_some_and(|row| row.open().0 > 0),
            A::EditChit | A::ClearChit | A::DeleteChit => self.chit().is_some(),
            A::EditTouch | A::DeleteTouch => self.entry().is_some(),
            A::Open => match self.focus {
                Pane::History => self.entry().is_some(),
                _ => self.shown().is_some(),
            },
            A::Drafts => !self.drafts.is_empty(),
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
            A::Promises => format!("No open promises with {name}; p makes one"),
            A::Redeem | A::Forgive if self.chit().is_some() => {
                "Nothing is open on this chit".to_owned()
            }
            A::Redeem | A::Forgive | A::EditChit | A::ClearChit | A::DeleteChit => {
                format!("No chits with {name}; f notes a favour")
            }
            A::EditTouch | A::DeleteTouch | A::Open => {
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

    pub(super) fn act_home(&mut self, action: Action, page: usize) {
        use Action as A;
        match action {
            A::Up | A::Down | A::Top | A::Bottom | A::PageUp | A::PageDown => {
                self.move_in(action, page);
            }
            A::NextPane => self.focus_on(self.focus.next(true)),
            A::PrevPane => self.focus_on(self.focus.next(false)),
            A::ZoomIn => self.timeline.narrow(),
            A::ZoomOut => self.timeline.widen(),
            A::Left | A::Right if self.focus == Pane::Timeline => self.along(action),
            A::Left | A::Right => self.sideways(action == A::Right),
            A::Back => self.back(),
            A::Open => self.open_row(),
            A::Filter => {
                self.focus_on(Pane::List);
                self.filtering = Some(Editor::line(&self.roster.view().filter));
            }
            A::Sort | A::Reverse | A::Ghosts | A::Archived => self.rearrange(action),
            A::Find => {
                let find = Find::new(&self.cx());
                self.open(Box::new(find));
            }
            A::Palette => self.open(Box::new(Menu::palette(&self.commands()))),
            A::Help => {
                let help = Menu::help(&self.live(), TABLE, &|action| self.can(action));
                self.open(Box::new(help));
            }
            A::Book => self.open_book(),
            A::Compare => self.compare(),
            A::Explain => self.explain(),
            A::WhatIf => self.open_what_if(),
            A::Promises => self.open(Box::new(Promises::default())),
            A::Copy => self.copy_menu(),
            A::Archive | A::Delete | A::ClearChit | A::DeleteChit | A::DeleteTouch => {
                self.change(action);
            }
            A::Undo | A::Redo => self.step(action == A::Redo),
            A::Steps => self.effects.push(Effect::LoadSteps),
            A::Quit => self.effects.push(Effect::Quit),
            _ => self.open_form(action),
        }
    }

    fn open_book(&mut self) {
        let (book, question) = Book::new(&self.cx());
        self.open(Box::new(book));
        self.effects.push(Effect::Ask(question));
    }

    /// Opens the explanation; how long touches took is told of those whose text is read, so a good part of them is.
    fn explain(&mut self) {
        let read = self.shown().map(|person| {
            let (id, read) = (person.summary.id, person.history.len());
            (id, read, person.touches)
        });
        if let Some((id, _, _)) = read.filter(|(_, read, all)| *read < EXPLAINED && read < all) {
            self.effects.push(Effect::LoadHistory(id, EXPLAINED));
        }
        self.open(Box::new(Explain::default()));
    }

    fn step(&mut self, redo: bool) {
        self.redoing = redo;
        self.effects
            .push(if redo { Effect::Redo } else { Effect::Undo });
    }

    pub(super) fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
        if matches!(pane, Pane::Chits | Pane::History) {
            self.lower = pane;
        }
    }

    /// The cursor on the timeline goes to the touch before or after.
    fn along(&mut self, action: Action) {
        let by = if action == Action::Left { -1 } else { 1 };
        let today = self.day();
        let person = self
            .person
            .as_deref()
            .filter(|person| Some(person.summary.id) == self.selected);
        if let Some(person) = person {
            self.timeline.step(person, today, by);
            self.follow_cursor();
        }
    }

    fn sideways(&mut self, right: bool) {
        let pane = match (self.focus, right) {
            (Pane::List, true) => Pane::Timeline,
            (Pane::Chits, true) => Pane::History,
            (Pane::History, false) => Pane::Chits,
            (Pane::Chits | Pane::Timeline, false) => Pane::List,
            (pane, _) => pane,
        };
        self.focus_on(pane);
    }

    /// One step back: from a pane to the list, then from what is filtered to everybody.
    fn back(&mut self) {
        if self.focus != Pane::List {
            self.focus_on(Pane::List);
        } else if !self.roster.view().filter.is_empty() {
            self.look(|view| view.filter.clear());
        }
    }

    fn open_row(&mut self) {
        match (self.focus, self.entry()) {
            (Pane::History, Some(entry)) => {
                let name = self
                    .shown()
                    .map_or("", |person| person.summary.name.as_str());
                let reader = Reader::new(history::heading(entry, name), entry.body.clone());
                self.open(Box::new(reader));
            }
            (Pane::Timeline, _) => self.open_day(),
            _ => self.focus_on(Pane::History),
        }
    }

    /// From the day under the timeline's cursor to its touch in the history.
    fn open_day(&mut self) {
        self.follow_cursor();
        self.focus_on(Pane::History);
    }

    fn rearrange(&mut self, action: Action) {
        self.look(|view| match action {
            Action::Sort => {
                let at = Sort::ALL
                    .iter()
                    .position(|sort| *sort == view.sort)
                    .unwrap_or(0);
                view.sort = Sort::ALL[(at + 1) % Sort::ALL.len()];
            }
            Action::Reverse => view.reverse = !view.reverse,
            Action::Ghosts => view.ghosts = !view.ghosts,
            _ => view.archived = !view.archived,
        });
    }

    /// Shows the list in another way, and keeps whoever is selected where they are still in it.
    pub(super) fn look(&mut self, change: impl FnOnce(&mut View)) {
        let mut view = self.roster.view().clone();
        change(&mut view);
        self.roster.look(view, self.day());
        self.hold();
    }

    /// Somebody in the list is selected, unless nobody is in it.
    pub(super) fn hold(&mut self) {
        let there = self.selected.and_then(|id| self.roster.position(id));
        if there.is_none() {
            let first = self.roster.row(0).map(|row| row.id);
            self.select(first);
        }
    }

    /// Selects a person, and asks for everything about them.
    pub(super) fn select(&mut self, id: Option<Id>) {
        if id == self.selected && (id.is_none() || self.shown().is_some()) {
            return;
        }
        self.selected = id;
        self.forget_rows();
        self.effects.extend(id.map(Effect::LoadPerson));
    }

    /// Another person: the first chit, the first touch, the latest day.
    pub(super) fn forget_rows(&mut self) {
        (self.chit, self.entry) = (None, None);
        self.timeline.reset();
    }

    /// Selects a person wherever they are, and takes away whatever hides them.
    pub(super) fn go_to(&mut self, id: Id) {
        if self.roster.position(id).is_none() {
            let hidden = self.roster.get(id).map(|row| (row.ghost, row.archived));
            self.look(|view| {
                view.filter.clear();
                if let Some((ghost, archived)) = hidden {
                    view.ghosts |= ghost;
                    view.archived |= archived;
                }
            });
        }
        self.focus_on(Pane::List);
        self.select(Some(id));
    }

    fn move_in(&mut self, action: Action, page: usize) {
        match self.focus {
            Pane::List | Pane::Timeline => {
                let at = self.selected.and_then(|id| self.roster.position(id));
                let to = moved(action, at.unwrap_or(0), self.roster.len(), page);
                let id = to.and_then(|at| self.roster.row(at)).map(|row| row.id);
                if id.is_some() {
                    self.select(id);
                }
            }
            Pane::Chits => {
                let ids: Vec<Id> = self
                    .shown()
                    .map_or(Vec::new(), |p| p.chits.iter().map(|row| row.id).collect());
                let at = self
                    .chit()
                    .and_then(|row| ids.iter().position(|id| *id == row.id));
                self.chit = moved(action, at.unwrap_or(0), ids.len(), page).map(|at| ids[at]);
            }
            Pane::History => {
                let ids: Vec<Id> = self
                    .shown()
                    .map_or(Vec::new(), |p| p.history.iter().map(|row| row.id).collect());
                let at = self
                    .entry()
                    .and_then(|row| ids.iter().position(|id| *id == row.id));
                self.entry = moved(action, at.unwrap_or(0), ids.len(), page).map(|at| ids[at]);
                self.more_history(ids.len());
            }
        }
    }

    /// Asks for older touches when the last one that was read is reached.
    fn more_history(&mut self, read: usize) {
        let Some(person) = self.shown() else { return };
        let last = person.history.last().map(|entry| entry.id);
        if last.is_some() && last == self.entry && person.touches > read {
            let id = person.summary.id;
            self.effects.push(Effect::LoadHistory(id, read + 200));
        }
    }

    fn copy_menu(&mut self) {
        use crate::tui::modal::menu::{Does, Row};
        let Some(person) = self.shown() else { return };
        let phones = person
            .card
            .phones
            .iter()
            .map(|phone| (&phone.number, &phone.label));
        let emails = person
            .card
            .emails
            .iter()
            .map(|email| (&email.address, &email.label));
        let rows = phones.chain(emails).map(|(text, label)| Row {
            group: "",
            text: text.clone(),
            beside: label.clone(),
            also: "",
            does: Does::Copy(text.clone()),
        });
        let menu = Menu::new("Copy", rows.collect(), false);
        self.open(Box::new(menu));
    }

    /// Changes that need no form. All of them can be undone, so none of them asks.
    fn change(&mut self, action: Action) {
        let today = self.cx().today();
        let command = match action {
            Action::Archive => self.shown().map(|person| Command::Archive {
                id: person.summary.id,
                on: person.archived_on.is_none().then_some(today),
            }),
            Action::Delete => self
                .shown()
                .map(|person| Command::DeleteContact(person.summary.id)),
            Action::ClearChit => self.chit().map(|row| Command::ClearChit {
                id: row.id,
                pending: !row.chit.pending,
            }),
            Action::DeleteChit => self.chit().map(|row| Command::DeleteChit(row.id)),
            Action::DeleteTouch => self.entry().map(|entry| Command::DeleteTouch(entry.id)),
            _ => None,
        };
        if let Some(command) = command {
            self.tickets += 1;
            self.effects.push(Effect::Apply {
                ticket: self.tickets,
                command,
            });
        }
    }

    pub(super) fn act_filter(&mut self, action: Action) {
        match action {
            Action::Choose => self.filtering = None,
            Action::Close => {
                self.filtering = None;
                self.look(|view| view.filter.clear());
            }
            Action::Up | Action::Down => self.move_in(action, 1),
            _ => {
                let done = self
                    .filtering
                    .as_mut()
                    .is_some_and(|editor| editor.act(action));
                if done {
                    self.narrow();
                }
            }
        }
    }

    /// Shows what fits the filter as it is typed now.
    pub(super) fn narrow(&mut self) {
        let text = self.filtering.as_ref().map_or(String::new(), Editor::text);
        if text != self.roster.view().filter {
            self.look(|view| view.filter = text);
        }
    }
}

/// Where a move leads in a list of `count` rows.
fn moved(action: Action, at: usize, count: usize, page: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let page = page.saturating_sub(1).max(1);
    let to = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => at + 1,
        Action::PageUp => at.saturating_sub(page),
        Action::PageDown => at + page,
        Action::Top => 0,
        Action::Bottom => last,
        _ => at,
    };
    Some(to.min(last))
}
