//! What the keys of the home screen do.

use super::App;
use crate::domain::command::Command;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, TABLE};
use crate::tui::modal::book::Book;
use crate::tui::modal::explain::Explain;
use crate::tui::modal::find::Find;
use crate::tui::modal::menu::Menu;
use crate::tui::modal::reader::Reader;
use crate::tui::modal::records::Records;
use crate::tui::pane::history;
use crate::tui::screen::Screen;
use crate::tui::screen::people::Pane;
use crate::tui::widget::editor::Editor;

/// Touches read with their text for an explanation.
const EXPLAINED: usize = 400;

impl App {
    pub(super) fn act_home(&mut self, action: Action, page: usize) {
        use Action as A;
        if let Some(screen) = Screen::of(action) {
            self.turn_to(screen);
            return;
        }
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
            A::Tier => self.choose_tier(),
            A::MergeWith => {
                let find = self.selected.map(|who| Find::to_merge(who, &self.cx()));
                if let Some(find) = find {
                    self.open(Box::new(find));
                }
            }
            A::Compare => self.compare(),
            A::Explain => self.explain(),
            A::WhatIf => self.open_what_if(),
            A::Promises => self.open(Box::new(Records::promises(self.selected))),
            A::Records => self.open(Box::new(Records::new(self.selected))),
            A::Call | A::CallAnybody | A::NextCall => self.begin(action),
            A::NoAnswer => self.no_answer(),
            A::Editor => self.edit_outside(),
            A::Copy => self.copy_menu(),
            A::Archive | A::Delete | A::ClearChit | A::DeleteChit | A::DeleteTouch => {
                self.change(action);
            }
            A::Undo if self.bring_back() => {}
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
        self.thrown.clear();
        self.effects
            .push(if redo { Effect::Redo } else { Effect::Undo });
    }

    fn open_row(&mut self) {
        match (self.focus, self.entry()) {
            (Pane::History, Some(entry)) => {
                let name = self
                    .shown()
                    .map_or("", |person| person.summary.name.as_str());
                let reader =
                    Reader::of_touch(history::heading(entry, name), entry.body.clone(), entry.id);
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

    /// Offers the tiers, and to be in none.
    fn choose_tier(&mut self) {
        use crate::domain::tier::Tier;
        use crate::tui::modal::menu::{Does, Row};
        let Some(id) = self.selected else { return };
        let row = |text: &str, beside: &str, tier| Row {
            group: "",
            text: text.to_owned(),
            beside: beside.to_owned(),
            also: "",
            does: Does::Change(Box::new(Command::SetTier {
                people: vec![id],
                tier,
            })),
        };
        let rows = vec![
            row("A", "three weeks, unless you said otherwise", Some(Tier::A)),
            row("B", "two months", Some(Tier::B)),
            row("C", "half a year", Some(Tier::C)),
            row("D", "a year", Some(Tier::D)),
            row("none", "the rhythm that the touches teach", None),
        ];
        let title = "How often they are to hear from you";
        self.open(Box::new(Menu::new(title, rows, false)));
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
            self.apply(command);
        }
    }
}
