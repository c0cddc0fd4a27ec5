//! The sheet on which a note is filed: everything read out of it and out of the clock, each thing to be changed or left out, and one key
//! for all of it. The same sheet shows what an edited note would change about the items that were filed with it.

mod again;
mod decisions;
mod draw;
mod file;
mod items;
mod keys;
mod make;
pub mod rows;

pub use decisions::Decisions;
pub use keys::KEYS;

use super::field::Field;
use super::form::Form;
use super::menu::Menu;
use super::{Cx, Flow, Input, Modal, pointed};
use crate::domain::brief::Brief;
use crate::domain::filing::{Filed, quoted};
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::people::Person;
use crate::domain::record::Record;
use crate::domain::text::clean_line;
use crate::domain::touch::TouchKind;
use crate::tui::effect::MouseWhat;
use crate::tui::keymap::{Action, Keys, TABLE};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::editor::{self};
use ratatui::Frame;
use ratatui::layout::Rect;
use rows::{Note, Row};

/// Where the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// A field of the caller's card, where they are new.
    New(usize),
    /// A field of the touch.
    Head(usize),
    /// A field of a row.
    Row(usize, usize),
    /// A field of the next plan.
    Next(usize),
}

/// The touch that is filed.
#[derive(Debug)]
enum Head {
    /// A new one; its fields can be changed here. The moment it began, to the second.
    Fields(Box<Form>, Moment),
    /// One that came out of its own form.
    Fixed(Box<Filed>),
}

/// The sheet.
#[derive(Debug)]
pub struct Sheet {
    title: String,
    note: Note,
    body: String,
    head: Head,
    /// Name and account of a caller who is not in the book.
    newcomer: Vec<Field>,
    rows: Vec<Row>,
    /// Items of a note filed before that stay as they are.
    same: usize,
    next: Option<Box<Form>>,
    at: usize,
    draft: Option<Id>,
    refused: Option<String>,
    /// The field that the last Enter found at fault.
    fault: Option<Slot>,
    /// How everything was when the sheet opened.
    opened: Decisions,
    /// What the results were read against.
    needs: Vec<(Id, String)>,
    /// The account of the one the note is about, once read.
    account: Option<String>,
}

impl Sheet {
    fn slots(&self) -> Vec<Slot> {
        let mut slots: Vec<Slot> = (0..self.newcomer.len()).map(Slot::New).collect();
        if let Head::Fields(form, _) = &self.head {
            let shown = form
                .fields
                .iter()
                .enumerate()
                .filter(|(_, field)| field.name != "text");
            slots.extend(shown.map(|(at, _)| Slot::Head(at)));
        }
        for (at, row) in self.rows.iter().enumerate() {
            slots.extend((0..row.fields.len()).map(|field| Slot::Row(at, field)));
        }
        if let Some(form) = &self.next {
            slots.extend((0..form.fields.len()).map(Slot::Next));
        }
        slots
    }

    fn slot(&self) -> Option<Slot> {
        self.slots().get(self.at).copied()
    }

    fn field(&self, slot: Slot) -> Option<&Field> {
        match slot {
            Slot::New(at) => self.newcomer.get(at),
            Slot::Head(at) => match &self.head {
                Head::Fields(form, _) => form.fields.get(at),
                Head::Fixed(_) => None,
            },
            Slot::Row(row, at) => self.rows.get(row)?.fields.get(at),
            Slot::Next(at) => self.next.as_ref()?.fields.get(at),
        }
    }

    fn field_mut(&mut self, slot: Slot) -> Option<&mut Field> {
        match slot {
            Slot::New(at) => self.newcomer.get_mut(at),
            Slot::Head(at) => match &mut self.head {
                Head::Fields(form, _) => form.fields.get_mut(at),
                Head::Fixed(_) => None,
            },
            Slot::Row(row, at) => self.rows.get_mut(row)?.fields.get_mut(at),
            Slot::Next(at) => self.next.as_mut()?.fields.get_mut(at),
        }
    }

    /// The name of somebody on the sheet, also of those who are not in the book yet.
    fn name(&self, id: Id, cx: &Cx<'_>) -> String {
        if !id.is_stand_in() {
            return cx.name(id);
        }
        if let Some(field) = self.newcomer.first().filter(|_| id == self.note.with) {
            return field.text();
        }
        let fields = self.slots();
        let mut people = fields
            .iter()
            .filter_map(|slot| self.field(*slot))
            .flat_map(|field| &field.people);
        let found = people.find(|(other, _)| *other == id);
        let found = found.map(|(_, name)| name.clone());
        found
            .or_else(|| self.typed_name(id))
            .unwrap_or_else(|| "somebody new".to_owned())
    }

    /// The name that is typed, and not chosen from a list, for somebody new.
    fn typed_name(&self, id: Id) -> Option<String> {
        let slots = self.slots();
        let fields = slots.iter().filter_map(|slot| self.field(*slot));
        let mut typed = fields
            .filter(|field| field.fresh)
            .map(|field| clean_line(&field.text()));
        typed.find(|name| !name.is_empty() && Id::stand_in_for(name) == id)
    }

    /// A caller who is new goes by the name that is typed for them wherever the sheet names them; by what they called from until then.
    fn call_newcomer(&mut self) {
        let typed = self.newcomer.first().map(Field::text);
        let Some(name) = typed.filter(|name| !name.is_empty()) else {
            return;
        };
        let with = self.note.with;
        let head = match &mut self.head {
            Head::Fields(form, _) => form.fields.as_mut_slice(),
            Head::Fixed(_) => &mut [],
        };
        let rows = self.rows.iter_mut().flat_map(|row| &mut row.fields);
        let fields = head.iter_mut().chain(rows);
        for (_, own) in fields
            .flat_map(|field| &mut field.people)
            .filter(|(id, _)| *id == with)
        {
            own.clone_from(&name);
        }
    }

    /// Something was typed.
    fn typed(&mut self) {
        if self.slot() == Some(Slot::New(0)) {
            self.call_newcomer();
        }
    }

    fn complete(&mut self, cx: &Cx<'_>) -> bool {
        let Some(field) = self.slot().and_then(|slot| self.field_mut(slot)) else {
            return false;
        };
        let offers = field.offers(cx);
        match field.marked(offers.len()).and_then(|at| offers.get(at)) {
            Some(offer) => {
                field.take(offer);
                true
            }
            None => false,
        }
    }

    fn save(&mut self, cx: &Cx<'_>) -> Flow {
        self.refused = None;
        // What was said of other fields, a day that is none, stays until they are answered.
        if let Some(field) = self.fault.take().and_then(|slot| self.field_mut(slot)) {
            field.error = None;
        }
        match self.filing(cx) {
            Ok(command) => Flow::Submit(command),
            Err((slot, why)) => {
                self.at = self
                    .slots()
                    .iter()
                    .position(|other| *other == slot)
                    .unwrap_or(self.at);
                if let Some(field) = self.field_mut(slot) {
                    field.error = Some(why);
                }
                self.fault = Some(slot);
                Flow::Stay
            }
        }
    }

    fn step(&mut self, forward: bool) {
        let count = self.slots().len().max(1);
        let step = if forward { 1 } else { count - 1 };
        self.at = (self.at + step) % count;
    }

    /// To the next row or field, whole rows at a time; among completions where some are offered, and on from the last of them.
    fn vertical(&mut self, action: Action, cx: &Cx<'_>) {
        let forward = action == Action::Down;
        let slots = self.slots();
        if let Some(field) = self.slot().and_then(|slot| self.field_mut(slot)) {
            let offers = field.offers(cx).len();
            let next = match (field.marked(offers), forward) {
                (None, true) => Some(0),
                (Some(at), true) => at.checked_add(1),
                (at, false) => at.and_then(|at| at.checked_sub(1)),
            };
            if let Some(next) = next.filter(|next| *next < offers) {
                field.pick = Some(next);
                return;
            }
        }
        let group = |slot: Option<&Slot>| match slot {
            Some(Slot::Row(row, _)) => Some(*row),
            _ => None,
        };
        let here = group(slots.get(self.at));
        self.step(forward);
        while here.is_some() && group(slots.get(self.at)) == here {
            self.step(forward);
        }
        // Coming from below, a row is entered at its first field.
        if let Some(Slot::Row(row, _)) = slots.get(self.at).copied() {
            let first = slots.iter().position(|slot| *slot == Slot::Row(row, 0));
            self.at = first.unwrap_or(self.at);
        }
    }
}

impl Modal for Sheet {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        match action {
            Action::Save if self.complete(cx) => {}
            Action::Save => return self.save(cx),
            Action::Close => return Flow::Close,
            Action::NextField => {
                if !self.complete(cx) {
                    self.step(true);
                }
            }
            Action::PrevField => self.step(false),
            Action::Up | Action::Down => self.vertical(action, cx),
            Action::ToggleItem => {
                if let Some(Slot::Row(row, _)) = self.slot() {
                    self.rows[row].taken = !self.rows[row].taken;
                }
            }
            Action::Help => {
                let help = Menu::help(&[&KEYS, &editor::KEYS], TABLE, &|_| false);
                return Flow::Push(Box::new(help));
            }
            _ => {
                if let Some(field) = self.slot().and_then(|slot| self.field_mut(slot)) {
                    field.act(action);
                    field.error = None;
                }
                self.typed();
            }
        }
        Flow::Stay
    }

    fn type_in(&mut self, input: &Input, _cx: &Cx<'_>) -> Flow {
        if let Some(field) = self.slot().and_then(|slot| self.field_mut(slot)) {
            match input {
                Input::Char(c) => field.insert(*c),
                Input::Paste(text) => field.paste(text),
            }
            field.error = None;
        }
        self.typed();
        Flow::Stay
    }

    fn mouse(&mut self, spot: Spot, at: (i32, i32), what: MouseWhat, cx: &Cx<'_>) -> Flow {
        let Spot::Text(place) = spot else {
            return pointed(self, spot, at, what, cx);
        };
        if what != MouseWhat::Drag {
            self.at = place.min(self.slots().len().saturating_sub(1));
        }
        if let Some(field) = self.slot().and_then(|slot| self.field_mut(slot)) {
            field.editor.mouse(at, what);
        }
        Flow::Stay
    }

    fn selected(&self) -> Option<String> {
        self.field(self.slot()?)?.editor.selected()
    }

    fn point(&mut self, spot: Spot, row: usize, _double: bool, cx: &Cx<'_>) -> Flow {
        match spot {
            Spot::Field(at) if at < self.slots().len() => self.at = at,
            Spot::Choices(_) => {
                if let Some(field) = self.slot().and_then(|slot| self.field_mut(slot)) {
                    field.pick = Some(row);
                }
                self.complete(cx);
            }
            _ => {}
        }
        Flow::Stay
    }

    fn lies_over(&self) -> bool {
        true
    }

    fn about(&self) -> Option<Id> {
        (!self.note.with.is_stand_in()).then_some(self.note.with)
    }

    fn briefed(&mut self, person: &Person, brief: &Brief) {
        self.account = Some(person.card.account.clone());
        let open = brief.records.iter().filter_map(|row| match &row.record {
            Record::Need(need) if need.state.is_open() => Some((row.id, need.what.clone())),
            _ => None,
        });
        self.needs = open.collect();
        self.meet_needs();
    }

    fn hands_down(&self) -> Option<Decisions> {
        Some(Decisions::of(self).since(&self.opened))
    }

    fn refused(&mut self, why: &str) {
        self.refused = Some(why.to_owned());
        let mut rows = self.rows.iter();
        let fault = rows.position(|row| row.taken && why.contains(&quoted(&row.words)));
        if let Some(row) = fault {
            let slots = self.slots();
            let first = slots.iter().position(|slot| *slot == Slot::Row(row, 0));
            self.at = first.unwrap_or(self.at);
        }
    }

    fn drafted(&mut self, id: Id) {
        self.draft = Some(id);
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.draw_in(frame, area, cx, memory);
    }
}

/// The kind of touch an unanswered call is.
pub(super) const ATTEMPT: TouchKind = TouchKind::Attempt;
