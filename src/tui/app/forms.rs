//! Forms opened, kept as drafts, taken up again.

use super::{App, Open};
use crate::domain::chit::Settlement;
use crate::domain::draft::Draft;
use crate::domain::touch::Touch;
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::modal::call::Call;
use crate::tui::modal::drafts::Drafts;
use crate::tui::modal::filing::Subject;
use crate::tui::modal::form::Form;
use crate::tui::modal::whatif::WhatIf;

impl App {
    /// Opens the form an action asks for.
    pub(super) fn open_form(&mut self, action: Action) {
        if action == Action::Drafts {
            let drafts = self.all_drafts();
            let thrown = !self.thrown.is_empty();
            self.open(Box::new(Drafts::new(drafts, thrown, self.setup.now)));
        } else if let Some(subject) = self.subject(action) {
            let form = Form::new(subject, &self.cx());
            self.open(Box::new(form));
        }
    }

    /// The touch the keys act on is opened in its form, and its note at once in the person's own editor.
    pub(super) fn edit_outside(&mut self) {
        self.open_form(Action::EditTouch);
        self.with_top(|form, cx| form.act(Action::Editor, cx));
    }

    /// Opens a new touch with this text as its note.
    pub(super) fn offer(&mut self, text: &str) {
        let subject = Subject::Touch {
            with: self.selected,
            editing: None,
        };
        let mut form = Form::new(subject, &self.cx());
        form.fill("text", text);
        self.open(Box::new(form));
        self.touch_draft();
    }

    /// Opens what-if with what was supposed last.
    pub(super) fn open_what_if(&mut self) {
        let modal = WhatIf::new(&self.supposed, self.setup.plain, &self.cx());
        self.open(Box::new(modal));
    }

    fn subject(&self, action: Action) -> Option<Subject> {
        let with = self.selected;
        Some(match action {
            Action::Touch => Subject::Touch {
                with,
                editing: None,
            },
            Action::Favour => Subject::Chit {
                with,
                editing: None,
            },
            Action::Promise => Subject::Promise {
                with: with?,
                theirs: false,
                editing: None,
            },
            Action::Plan => Subject::Plan {
                with: with?,
                planned: self.shown()?.plan.as_ref().map(|row| row.id),
                before: self
                    .shown()?
                    .plan
                    .as_ref()
                    .map(|row| (row.plan.on, row.plan.at, row.plan.why.clone())),
            },
            Action::Add => Subject::Person { editing: None },
            Action::Edit => {
                let person = self.shown()?;
                let card = Box::new(person.card.clone());
                Subject::Person {
                    editing: Some((person.summary.id, card)),
                }
            }
            Action::Tags => {
                let person = self.shown()?;
                Subject::Tags {
                    id: person.summary.id,
                    before: person.card.tags.clone(),
                }
            }
            Action::EditChit | Action::Redeem | Action::Forgive => self.chit_subject(action)?,
            Action::EditTouch => self.touch_subject()?,
            _ => return None,
        })
    }

    /// What is done to the chit the keys act on.
    fn chit_subject(&self, action: Action) -> Option<Subject> {
        let row = self.chit()?;
        let how = match action {
            Action::Redeem => Settlement::Redeemed,
            Action::Forgive => Settlement::Forgiven,
            _ => {
                return Some(Subject::Chit {
                    with: self.selected,
                    editing: Some((row.id, Box::new(row.chit.clone()))),
                });
            }
        };
        Some(Subject::Settle {
            id: row.id,
            how,
            open: row.open(),
            what: row.chit.what.clone(),
        })
    }

    /// The touch the keys act on, to be corrected.
    fn touch_subject(&self) -> Option<Subject> {
        let entry = self.entry()?;
        let touch = Touch {
            at: entry.at,
            kind: entry.kind,
            direction: entry.direction,
            minutes: entry.minutes,
            body: entry.body.clone(),
            people: entry.people.clone(),
        };
        Some(Subject::Touch {
            with: self.selected,
            editing: Some((entry.id, Box::new(touch))),
        })
    }

    /// A form was closed without being filed: what was typed stays as a draft, in the book at once.
    pub(super) fn keep_draft(&mut self, mut open: Open) {
        if let Some(id) = open.modal.emptied() {
            self.drafts.retain(|draft| draft.id != Some(id));
            self.effects.push(Effect::DropDraft(id));
            self.say("Nothing was left in it, so nothing is kept");
            return;
        }
        let Some(draft) = open.modal.draft(&self.cx()) else {
            return;
        };
        self.revisions += 1;
        self.effects
            .push(Effect::SaveDraft(self.revisions, Box::new(draft.clone())));
        self.say(format!("Kept as a draft: {} · W takes it up", draft.title));
        self.remember(self.revisions, draft);
    }

    /// Notes a draft that is in no open form.
    pub(super) fn remember(&mut self, revision: u64, draft: Draft) {
        self.drafts
            .retain(|other| draft.id.is_none() || other.id != draft.id);
        self.unnamed = draft.id.is_none().then_some((revision, self.drafts.len()));
        self.drafts.push(draft);
    }

    /// The book keeps a draft under this id.
    pub(super) fn drafted(&mut self, revision: u64, id: crate::domain::id::Id) {
        let everywhere = self.modals.iter_mut().chain(&mut self.calls);
        let mut from_it = everywhere.skip_while(|open| open.revision != revision);
        if let Some(open) = from_it.next() {
            open.modal.drafted(id);
            // A sheet over it may be older than the draft; it files the note and ends the draft in one moment.
            if let Some(over) = from_it.next().filter(|over| over.modal.lies_over()) {
                over.modal.drafted(id);
            }
        } else if let Some((_, at)) = self.unnamed.filter(|(kept, _)| *kept == revision)
            && let Some(draft) = self.drafts.get_mut(at)
        {
            draft.id = Some(id);
        }
        // What was left unfinished is a matter of today.
        if self.modals.is_empty() {
            self.ask_board();
            self.count();
        }
    }

    /// Opens the form a draft was made of.
    pub(super) fn take_up(&mut self, draft: &Draft) {
        if self.unpark(draft) {
            return;
        }
        if let Some(call) = Call::from_draft(draft) {
            self.drafts.retain(|other| other != draft);
            self.open(Box::new(call));
            self.touch_draft();
            return;
        }
        let form = Form::from_draft(draft, &self.cx());
        match form {
            Some(form) => {
                self.drafts.retain(|other| other != draft);
                self.open(Box::new(form));
                self.touch_draft();
            }
            None => self.complain(
                "That draft was made by another version and cannot be read here; it is kept",
            ),
        }
    }
}
