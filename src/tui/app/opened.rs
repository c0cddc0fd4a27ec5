//! What is open over the screen, and what becomes of it: one place where a modal's wishes are carried out.

use super::App;
use crate::domain::command::Command;
use crate::domain::draft::Draft;
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::modal::{Cx, Flow, Modal};

/// A modal, and the save it waits for.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) modal: Box<dyn Modal>,
    pub(super) ticket: Option<u64>,
    /// The text it gave to the person's own editor, by its ticket.
    pub(super) outside: Option<u64>,
    /// When its draft changed last; see [`App::draft`].
    pub(super) revision: u64,
}

/// A draft that was thrown away, and the open call it was of.
#[derive(Debug)]
pub(super) struct Thrown {
    draft: Draft,
    call: Option<Open>,
}

impl Open {
    pub(super) fn new(modal: Box<dyn Modal>) -> Self {
        Open {
            modal,
            ticket: None,
            outside: None,
            revision: 0,
        }
    }
}

impl App {
    pub(super) fn open(&mut self, modal: Box<dyn Modal>) {
        self.effects.extend(modal.about().map(Effect::LoadBrief));
        self.effects
            .extend(modal.asks_caught().map(Effect::LoadCaught));
        let question = modal.asks(&self.cx());
        self.effects.extend(question.map(Effect::Ask));
        self.modals.push(Open::new(modal));
    }

    /// Hands something to the top modal and does what comes of it.
    pub(super) fn with_top(&mut self, does: impl FnOnce(&mut dyn Modal, &Cx<'_>) -> Flow) {
        let Some(mut open) = self.modals.pop() else {
            return;
        };
        // A form that waits for its save takes nothing until the answer is there.
        if open.ticket.is_some() {
            self.modals.push(open);
            return;
        }
        let flow = self.noting(&mut open, does);
        self.supposed = open
            .modal
            .remembers()
            .unwrap_or(std::mem::take(&mut self.supposed));
        self.flow(open, flow);
    }

    /// A text came back from the person's own editor.
    pub(super) fn edited(&mut self, ticket: u64, text: Result<String, String>) {
        let asked = |open: &Open| open.outside == Some(ticket);
        let asked = self.modals.iter().position(asked);
        let mut open = asked.map(|at| (at, self.modals.remove(at)));
        match (&mut open, text) {
            (Some((_, open)), Ok(text)) => self.noting(open, |modal, _| modal.edited(&text)),
            (None, Ok(text)) => {
                // Nobody is there to take it, and yet it is not lost.
                self.offer(&text);
                self.say("Its form is gone, so the text is in a new touch");
            }
            (open, Err(why)) => {
                if let Some((_, open)) = open {
                    open.modal.refused(&why);
                }
                self.complain(why);
            }
        }
        if let Some((at, mut open)) = open {
            open.outside = None;
            self.modals.insert(at, open);
        }
    }

    /// Does something to a modal, and notes whether its draft is another one then.
    fn noting<T>(&mut self, open: &mut Open, does: impl FnOnce(&mut dyn Modal, &Cx<'_>) -> T) -> T {
        let before = open.modal.stamp(&self.cx());
        let done = does(open.modal.as_mut(), &self.cx());
        let after = open.modal.stamp(&self.cx());
        if after.is_some() && before != after {
            self.revisions += 1;
            open.revision = self.revisions;
        }
        done
    }

    /// The top form's text changed without a key of its own.
    pub(super) fn touch_draft(&mut self) {
        self.revisions += 1;
        if let Some(open) = self.modals.last_mut() {
            open.revision = self.revisions;
        }
    }

    pub(super) fn flow(&mut self, mut open: Open, flow: Flow) {
        use Flow as F;
        if matches!(
            flow,
            F::Close | F::Run(_) | F::Select(_) | F::Visit(..) | F::Emit(_)
        ) {
            self.effects.extend(open.modal.parting());
        }
        match flow {
            Flow::Close => self.close(open),
            Flow::NextCall => {
                self.park(open);
                self.next_call();
            }
            Flow::Submit(command) => {
                open.ticket = Some(self.apply(command));
                self.modals.push(open);
            }
            Flow::ThrowAway(draft) => self.throw_away(*draft, open),
            Flow::Edit(text) => {
                open.outside = Some(self.tickets + 1);
                self.modals.push(open);
                self.carry_out(Flow::Edit(text));
            }
            F::Stay | F::Say(_) | F::Ask(_) | F::Push(_) | F::Apply(_) => {
                self.modals.push(open);
                self.carry_out(flow);
            }
            gone => self.carry_out(gone),
        }
    }

    /// Carries out a wish, whoever had it: a modal that was put back or is gone, or a board.
    pub(super) fn carry_out(&mut self, flow: Flow) {
        match flow {
            Flow::Stay | Flow::Close => {}
            Flow::Say(text) => self.say(text),
            Flow::Edit(text) => {
                self.tickets += 1;
                let ticket = self.tickets;
                self.effects.push(Effect::Edit { ticket, text });
            }
            Flow::Ask(question) => self.effects.push(Effect::Ask(question)),
            Flow::Call(party) => self.call(&party),
            Flow::NextCall => self.next_call(),
            Flow::Push(modal) | Flow::Instead(modal) => self.open(modal),
            Flow::Apply(command) | Flow::Submit(command) => {
                self.apply(command);
            }
            Flow::Then(first, second) => {
                self.carry_out(*first);
                self.carry_out(*second);
            }
            Flow::Run(action) => self.act(action, 10),
            Flow::Select(id) => self.visit(id, None),
            Flow::Visit(id, touch) => self.visit(id, Some(touch)),
            Flow::Compare(id) => self.lay_over(id),
            Flow::CompareTag(tag) => self.lay_median_over(tag),
            Flow::Emit(effect) => self.effects.push(effect),
            Flow::TakeUp(draft) => self.take_up(&draft),
            Flow::Draft(id) => {
                let drafts = self.all_drafts();
                match drafts.iter().find(|draft| draft.id == Some(id)) {
                    Some(draft) => self.take_up(draft),
                    None => self.act(Action::Drafts, 10),
                }
            }
            Flow::ThrowAway(draft) => self.let_go(*draft),
            Flow::BringBack => {
                self.bring_back();
                self.open_form(Action::Drafts);
            }
        }
    }

    /// Asks for a change; gives back the ticket its answer comes with.
    pub(super) fn apply(&mut self, command: Command) -> u64 {
        // From now on `u` means this change.
        self.thrown.clear();
        self.tickets += 1;
        let ticket = self.tickets;
        self.effects.push(Effect::Apply { ticket, command });
        ticket
    }

    /// Throws a draft away; the list it stood in goes when none is left.
    fn throw_away(&mut self, draft: Draft, list: Open) {
        let said = format!("Threw away: {} · u brings it back", draft.title);
        self.let_go(draft);
        if !self.all_drafts().is_empty() {
            self.modals.push(list);
        }
        self.say(said);
    }

    /// A draft goes, with the open call it is of; both can be brought back until another change is made.
    fn let_go(&mut self, draft: Draft) {
        self.drafts.retain(|other| *other != draft);
        let call = self.hang_up(&draft);
        self.effects.extend(draft.id.map(Effect::DropDraft));
        self.thrown.push(Thrown { draft, call });
    }

    /// Brings back what was thrown away last; false where nothing was since the last change.
    pub(super) fn bring_back(&mut self) -> bool {
        let Some(Thrown { draft, call }) = self.thrown.pop() else {
            return false;
        };
        self.say(format!(
            "Brought back: {} · W takes it up again",
            draft.title
        ));
        if let Some(call) = call {
            self.park(call);
        } else {
            self.revisions += 1;
            self.effects
                .push(Effect::SaveDraft(self.revisions, Box::new(draft.clone())));
            self.remember(self.revisions, draft);
        }
        true
    }
}
