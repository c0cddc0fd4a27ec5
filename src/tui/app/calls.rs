//! Calls: begun, left open, taken up again, filed; and the briefs that what is open wants.

use super::{App, Open};
use crate::domain::brief::{Brief, nth, tries};
use crate::domain::command::Command;
use crate::domain::draft::Draft;
use crate::domain::filing::CaughtRow;
use crate::domain::id::Id;
use crate::domain::people::Person;
use crate::domain::touch::{Direction, Touch, TouchKind};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::modal::call::{Call, Party};
use crate::tui::modal::find::Find;

impl App {
    /// Begins a call, or goes back to one.
    pub(super) fn begin(&mut self, action: Action) {
        match (action, self.selected) {
            (Action::NextCall, _) => self.next_call(),
            (Action::Call, Some(id)) => self.call(&Party::Known(id)),
            _ => {
                let find = Find::to_call(&self.cx());
                self.open(Box::new(find));
            }
        }
    }

    /// A call with somebody: the one that is open, or a new one. A call below stays open.
    pub(super) fn call(&mut self, party: &Party) {
        if let Some(below) = self.modals.pop() {
            if below.modal.parked().is_some() || below.modal.about().is_some() {
                self.park(below);
            } else {
                self.modals.push(below);
            }
        }
        if let Party::Known(id) = party {
            if let Some(at) = self
                .calls
                .iter()
                .position(|open| open.modal.about() == Some(*id))
            {
                let open = self.calls.remove(at);
                self.take(open);
                return;
            }
            self.go_to(*id);
        }
        let call = Call::new(party, &self.cx());
        self.open(Box::new(call));
        // Who somebody new is was typed, and is kept as any other words.
        if matches!(party, Party::New(_)) {
            self.touch_draft();
        }
    }

    /// Something was closed. A call stays open in the background.
    pub(super) fn close(&mut self, open: Open) {
        if let Some(call) = open.modal.parked() {
            self.park(open);
            self.say(format!(
                "{} stays open · Ctrl-G goes back to it · W can throw it away",
                call.title
            ));
            return;
        }
        if let Some(decisions) = open.modal.hands_down()
            && let Some(below) = self.modals.last_mut()
        {
            below.modal.takes_back(decisions);
            return;
        }
        self.keep_draft(open);
    }

    /// Leaves a call open, its note kept at once. What is no call is let go.
    pub(super) fn park(&mut self, mut open: Open) {
        if open.modal.parked().is_none() {
            return;
        }
        self.effects
            .extend(open.modal.emptied().map(Effect::DropDraft));
        open.revision = 0;
        if let Some(draft) = open.modal.draft(&self.cx()) {
            self.revisions += 1;
            open.revision = self.revisions;
            self.effects
                .push(Effect::SaveDraft(self.revisions, Box::new(draft)));
        }
        self.calls.push(open);
    }

    /// Takes up the call that was left open longest ago.
    pub(super) fn next_call(&mut self) {
        if self.calls.is_empty() {
            self.say("No other call is open");
            return;
        }
        let open = self.calls.remove(0);
        self.take(open);
    }

    fn take(&mut self, open: Open) {
        let about = open.modal.about();
        if let Some(id) = about {
            self.go_to(id);
        }
        self.effects.extend(about.map(Effect::LoadBrief));
        self.modals.push(open);
    }

    /// Takes up the open call that a draft is of; false where it is of none.
    pub(super) fn unpark(&mut self, draft: &Draft) -> bool {
        let Some(at) = self.calls.iter().position(|open| is_of(open, draft)) else {
            return false;
        };
        let open = self.calls.remove(at);
        self.take(open);
        true
    }

    /// Takes the open call that a draft is of away.
    pub(super) fn hang_up(&mut self, draft: &Draft) -> Option<Open> {
        let at = self.calls.iter().position(|open| is_of(open, draft))?;
        Some(self.calls.remove(at))
    }

    /// Every unfinished text: the open calls, then the drafts.
    pub(super) fn all_drafts(&self) -> Vec<Draft> {
        let calls = self
            .calls
            .iter()
            .rev()
            .filter_map(|open| open.modal.parked());
        calls.chain(self.drafts.iter().cloned()).collect()
    }

    /// Nobody answered: an attempt is logged, in one key.
    pub(super) fn no_answer(&mut self) {
        let Some(id) = self.selected else { return };
        let touch = Touch {
            at: self.setup.now,
            kind: TouchKind::Attempt,
            direction: Direction::Out,
            minutes: None,
            body: String::new(),
            people: vec![id],
        };
        self.apply(Command::LogTouch(Box::new(touch)));
    }

    /// What was done, and where it was an attempt, how many there were by now and which one usually works.
    pub(super) fn persistence(&self, label: &str) -> String {
        let Some(person) = self
            .shown()
            .filter(|_| label.starts_with("Logged an attempt"))
        else {
            return label.to_owned();
        };
        // The person shown is as they were before it.
        let tries = tries(&person.trail.traces);
        let this = format!("{label}, the {} in a row", nth(tries.now + 1));
        match tries.usual {
            Some(usual) => format!("{this}; the {} usually works", nth(usual)),
            None => this,
        }
    }

    /// A form or sheet was filed: it goes, the one it lay over goes with it, and so do their drafts.
    pub(super) fn filed(&mut self, at: usize) {
        let open = self.modals.remove(at);
        let mut gone = vec![open];
        if gone.iter().any(|open| open.modal.lies_over()) && at > 0 {
            gone.push(self.modals.remove(at - 1));
        }
        for open in gone {
            let draft = open.modal.draft(&self.cx()).and_then(|draft| draft.id);
            self.effects.extend(draft.map(Effect::DropDraft));
        }
    }

    /// A brief came: whoever wants it has it.
    pub(super) fn briefed(&mut self, id: Id, told: Option<&(Person, Brief)>) {
        let Some((person, brief)) = told else { return };
        for open in self.modals.iter_mut().chain(&mut self.calls) {
            if open.modal.about() == Some(id) {
                open.modal.briefed(person, brief);
            }
        }
    }

    /// What was caught in a touch came.
    pub(super) fn caught(&mut self, id: Id, rows: &[CaughtRow]) {
        for open in &mut self.modals {
            if open.modal.asks_caught() == Some(id) {
                open.modal.caught(rows);
            }
        }
    }

    /// People changed (none: many): what is open is briefed anew. Calls in the background are when they are taken up.
    pub(super) fn brief_again(&mut self, people: Option<&[Id]>) {
        let touched = |id: &Id| people.is_none_or(|people| people.contains(id));
        let about = self.modals.iter().filter_map(|open| open.modal.about());
        let mut about: Vec<Id> = about.filter(touched).collect();
        about.dedup();
        self.effects
            .extend(about.into_iter().map(Effect::LoadBrief));
        let caught = self
            .modals
            .iter()
            .filter_map(|open| open.modal.asks_caught());
        let caught: Vec<Id> = caught.collect();
        self.effects
            .extend(caught.into_iter().map(Effect::LoadCaught));
    }
}

/// Whether a draft is of this open call. Before it was saved once, its beginning and its name tell it from others.
fn is_of(open: &Open, draft: &Draft) -> bool {
    open.modal.parked().is_some_and(|own| {
        if own.id.is_some() && draft.id.is_some() {
            return own.id == draft.id;
        }
        own.kind == draft.kind
            && own.started == draft.started
            && own.contact == draft.contact
            && (own.contact.is_some() || own.title == draft.title)
    })
}
