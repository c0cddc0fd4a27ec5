//! The sheet on which a note is filed: everything read out of it and out of the clock, each thing to be changed or left out, and one key
//! for all of it. The same sheet shows what an edited note would change about the items that were filed with it.

mod again;
mod decisions;
mod draw;
pub mod rows;

pub use decisions::Decisions;

use super::field::{Field, Kind, written};
use super::filing::Subject;
use super::form::Form;
use super::menu::Menu;
use super::{Cx, Flow, Input, Modal, promise, touch};
use crate::domain::brief::Brief;
use crate::domain::capture::{Reading, Who};
use crate::domain::command::Command;
use crate::domain::contact::{Card, Phone};
use crate::domain::draft::CallNote;
use crate::domain::filing::{Filed, Filing, next_touch};
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::people::Person;
use crate::domain::record::Record;
use crate::domain::text::clean_line;
use crate::domain::touch::{Touch, TouchKind};
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, TABLE, bind};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::call::is_number;
use crate::tui::widget::editor::{self, Editor};
use ratatui::Frame;
use ratatui::layout::Rect;
use rows::{Note, Row, What};

/// The keys of the sheet.
pub const KEYS: Keys = Keys {
    place: "Filing a note",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Enter), Key::ctrl('s')],
            Action::Save,
            "File everything, as one change; first takes a name that is offered",
            "file it all",
            1,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Back to the note",
            "back to the note",
            2,
        ),
        bind(
            &[Key::ctrl('t')],
            Action::ToggleItem,
            "Leave the item out, or take it again",
            "leave out",
            3,
        ),
        bind(
            &[Key::plain(Code::Tab)],
            Action::NextField,
            "Next field, or take the completion",
            "next field",
            4,
        ),
        bind(
            &[Key::shift(Code::Tab)],
            Action::PrevField,
            "Field before",
            "before",
            0,
        ),
        bind(
            &[Key::plain(Code::Down)],
            Action::Down,
            "Next item",
            "items",
            5,
        ),
        bind(
            &[Key::plain(Code::Up)],
            Action::Up,
            "Item before",
            "item before",
            0,
        ),
        bind(
            &[Key::plain(Code::F(1))],
            Action::Help,
            "Show the keys",
            "keys",
            250,
        ),
    ],
};

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
    /// How everything was when the sheet opened.
    opened: Decisions,
    /// What the results were read against.
    needs: Vec<(Id, String)>,
    /// The account of the one the note is about, once read.
    account: Option<String>,
}

impl Sheet {
    /// The sheet of a call.
    pub fn of_call(call: &CallNote, draft: Option<Id>, decided: &Decisions, cx: &Cx<'_>) -> Self {
        let with = call.with.unwrap_or_else(|| Id::stand_in_for(&call.name));
        let note = Note {
            with,
            on: call.begun.date_naive(),
        };
        let mut sheet = Sheet::empty(
            format!("File the call with {}", call.name),
            note,
            call.text.clone(),
            Head::Fields(Box::new(head(call, with, cx)), call.begun),
        );
        if call.with.is_none() {
            sheet.newcomer = newcomer(&call.name);
        }
        sheet.draft = draft;
        sheet.read(cx);
        sheet.plan(cx);
        sheet.open(decided, cx);
        sheet
    }

    /// The sheet of a touch whose form was filled in, where its note has something to catch.
    pub fn of_touch(touch: &Touch, draft: Option<Id>, cx: &Cx<'_>) -> Option<Self> {
        let note = Note {
            with: *touch.people.first()?,
            on: touch.at.date_naive(),
        };
        let title = format!("File the {} with {}", touch.kind.noun(), cx.name(note.with));
        let head = Head::Fixed(Box::new(Filed::New(touch.clone())));
        let mut sheet = Sheet::empty(title, note, touch.body.clone(), head);
        sheet.draft = draft;
        sheet.read(cx);
        let caught = sheet.rows.iter().any(|row| row.taken);
        sheet.open(&Decisions::default(), cx);
        caught.then_some(sheet)
    }

    fn empty(title: String, note: Note, body: String, head: Head) -> Self {
        Sheet {
            title,
            note,
            body,
            head,
            newcomer: Vec::new(),
            rows: Vec::new(),
            same: 0,
            next: None,
            at: 0,
            draft: None,
            refused: None,
            opened: Decisions::default(),
            needs: Vec::new(),
            account: None,
        }
    }

    /// Everything is there: notes how it is, puts in what was decided before, and goes to the first thing that is not clear.
    fn open(&mut self, decided: &Decisions, cx: &Cx<'_>) {
        self.opened = Decisions::of(self);
        decided.put_into(self);
        let slots = self.slots();
        let unclear = slots.iter().position(|slot| match slot {
            Slot::Row(row, _) => {
                self.rows[*row].taken && self.rows[*row].caught(self.note, cx).is_err()
            }
            _ => false,
        });
        self.at = unclear.unwrap_or(0);
    }

    /// Reads the note anew.
    fn read(&mut self, cx: &Cx<'_>) {
        let people = |word: &str| cx.named(word);
        let reading = cx.reader(self.note.on, &people).read(&self.body);
        self.rows = self.rows_of(&reading, cx);
        let took_part = self.people();
        let mut named = self.named_rows(&reading, &took_part, cx);
        // Whom an item is about anyway is not named once more.
        let about = self
            .rows
            .iter()
            .filter_map(|row| row.caught(self.note, cx).ok().flatten());
        let about: Vec<Id> = about.flat_map(|caught| caught.item.people()).collect();
        named.retain(|row| row.named(cx).map_or(true, |(id, _)| !about.contains(&id)));
        self.rows.append(&mut named);
    }

    fn rows_of(&self, reading: &Reading, cx: &Cx<'_>) -> Vec<Row> {
        let lines = reading.lines.iter().flat_map(rows::split_seats);
        lines
            .map(|line| rows::of_line(&line, self.note, &self.needs, cx))
            .collect()
    }

    /// Rows of those the note names, each once, who are not among those who took part.
    fn named_rows(&self, reading: &Reading, took_part: &[Id], cx: &Cx<'_>) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let mut seen: Vec<&Who> = Vec::new();
        for named in &reading.named {
            let there = match &named.who {
                Who::Caller | Who::Me => true,
                Who::Known(id) => took_part.contains(id),
                Who::New(name) => took_part.contains(&Id::stand_in_for(name)),
                Who::Several { .. } => false,
            };
            if there || seen.contains(&&named.who) {
                continue;
            }
            seen.push(&named.who);
            let words = named.line.trim();
            let before = self.body.get(..named.span.start).unwrap_or("");
            let with = before.trim_end().ends_with(" with") || before.trim_end() == "with";
            rows.push(rows::of_named(&named.who, words, with, self.note, cx));
        }
        rows
    }

    /// Those who took part, as far as is known.
    fn people(&self) -> Vec<Id> {
        match &self.head {
            Head::Fields(form, _) => form.field("who").map_or(Vec::new(), |field| {
                field.people.iter().map(|(id, _)| *id).collect()
            }),
            Head::Fixed(filed) => filed.touch().people.clone(),
        }
    }

    /// The fields of the next touch, filled where a line of the note says it: `next call 3 dec 10:00`.
    fn plan(&mut self, cx: &Cx<'_>) {
        let subject = Subject::Plan {
            with: self.note.with,
            before: None,
            planned: None,
        };
        let mut form = Form::new(subject, cx);
        if let Some(next) =
            next_touch(&self.body, self.note.on, cx.order).filter(|next| next.on >= cx.today())
        {
            let at = next
                .at
                .map_or(String::new(), |at| at.format("%H:%M").to_string());
            form.fill("on", &next.on.to_string());
            form.fill("at", &at);
            form.fill("why", &next.why);
        }
        self.next = Some(Box::new(form));
    }

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
        let fields = self.slots();
        let mut people = fields
            .iter()
            .filter_map(|slot| self.field(*slot))
            .flat_map(|field| &field.people);
        let found = people.find(|(other, _)| *other == id);
        found.map_or_else(|| "somebody new".to_owned(), |(_, name)| name.clone())
    }

    /// Nothing was caught.
    pub fn is_plain(&self) -> bool {
        !self.rows.iter().any(|row| row.taken)
    }

    /// The change that files everything, or which field is wrong.
    pub fn command(&self, cx: &Cx<'_>) -> Result<Command, String> {
        self.filing(cx).map_err(|(_, why)| why)
    }

    fn filing(&self, cx: &Cx<'_>) -> Result<Command, (Slot, String)> {
        let mut people = self.people_named(cx)?;
        let mut changes = Vec::new();
        let mut mentioned: Vec<(Id, String)> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let wrong = |(name, why): super::filing::Fault| {
                let field = row.fields.iter().position(|field| field.name == name);
                (Slot::Row(at, field.unwrap_or(0)), why)
            };
            if matches!(row.what, What::Named) && row.taken {
                match row.named(cx).map_err(wrong)? {
                    (Id::ME, _) => {}
                    (id, true) if !people.contains(&id) => people.push(id),
                    (id, false) if !mentioned.iter().any(|(other, _)| *other == id) => {
                        mentioned.push((id, row.words.clone()));
                    }
                    _ => {}
                }
                continue;
            }
            changes.extend(again::changes(row, self.note, cx).map_err(wrong)?);
        }
        mentioned.retain(|(id, _)| !people.contains(id));
        let touch = self.touch(people, cx)?;
        let plan = self.planned(cx)?;
        let mut filing = Filing {
            newcomers: Vec::new(),
            touch,
            mentioned,
            changes,
            plan,
            draft: self.draft,
        };
        filing.newcomers = self.newcomers(&filing)?;
        Ok(Command::File(Box::new(filing)))
    }

    fn people_named(&self, cx: &Cx<'_>) -> Result<Vec<Id>, (Slot, String)> {
        let Head::Fields(form, _) = &self.head else {
            return Ok(self.people());
        };
        let named = form
            .field("who")
            .map_or(Ok(Vec::new()), |field| field.named(cx));
        let at = form
            .fields
            .iter()
            .position(|field| field.name == "who")
            .unwrap_or(0);
        named.map_err(|why| (Slot::Head(at), why))
    }

    fn touch(&self, people: Vec<Id>, cx: &Cx<'_>) -> Result<Filed, (Slot, String)> {
        let (form, begun) = match &self.head {
            Head::Fields(form, begun) => (form, *begun),
            Head::Fixed(filed) => {
                let mut filed = filed.as_ref().clone();
                match &mut filed {
                    Filed::New(touch) => touch.people = people,
                    Filed::Again { after, .. } => after.people = people,
                }
                return Ok(filed);
            }
        };
        let wrong = |(name, why): super::filing::Fault| {
            let at = form.fields.iter().position(|field| field.name == name);
            (Slot::Head(at.unwrap_or(0)), why)
        };
        let mut touch = touch::read(form, None, cx).map_err(wrong)?;
        if form.text("when") == written(&begun) {
            touch.at = begun;
        }
        touch.body.clone_from(&self.body);
        touch.people = people;
        touch.people.retain(|id| *id != Id::ME);
        Ok(Filed::New(touch))
    }

    fn planned(&self, cx: &Cx<'_>) -> Result<Option<crate::domain::promise::Plan>, (Slot, String)> {
        let Some(form) = &self.next else {
            return Ok(None);
        };
        if form.fields.iter().all(|field| field.editor.is_blank()) {
            return Ok(None);
        }
        let wrong = |(name, why): super::filing::Fault| {
            let at = form.fields.iter().position(|field| field.name == name);
            (Slot::Next(at.unwrap_or(0)), why)
        };
        match promise::plan(form, self.note.with, None, cx).map_err(wrong)? {
            Command::PlanTouch(plan) => Ok(Some(*plan)),
            _ => Ok(None),
        }
    }

    /// The cards of those the filing names who are not in the book, in the order they are named.
    fn newcomers(&self, filing: &Filing) -> Result<Vec<(Id, Card)>, (Slot, String)> {
        let mut cards: Vec<(Id, Card)> = Vec::new();
        let account = self
            .newcomer
            .get(1)
            .map_or(String::new(), |field| clean_line(&field.text()));
        for id in filing.people().into_iter().filter(|id| id.is_stand_in()) {
            if cards.iter().any(|(other, _)| *other == id) {
                continue;
            }
            if id == self.note.with && !self.newcomer.is_empty() {
                let name = self
                    .newcomer
                    .first()
                    .map_or(String::new(), |field| clean_line(&field.text()));
                if name.is_empty() {
                    return Err((Slot::New(0), "Say who it was; a number will do".to_owned()));
                }
                cards.push((id, caller(&name, &account, &self.title)));
                continue;
            }
            let fields = self.slots();
            let mut people = fields
                .iter()
                .filter_map(|slot| self.field(*slot))
                .flat_map(|field| &field.people);
            let found = people.find(|(other, _)| *other == id);
            let name = found.map_or(String::new(), |(_, name)| name.clone());
            cards.push((
                id,
                Card {
                    account: self.account_of(id, filing, &account),
                    ..Card::named(&name)
                },
            ));
        }
        Ok(cards)
    }

    /// Somebody new on a committee belongs to its account.
    fn account_of(&self, id: Id, filing: &Filing, new: &str) -> String {
        if filing.sits(id) {
            self.account.clone().unwrap_or_else(|| new.to_owned())
        } else {
            String::new()
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
        for slot in self.slots() {
            if let Some(field) = self.field_mut(slot) {
                field.error = None;
            }
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
                Flow::Stay
            }
        }
    }

    fn step(&mut self, forward: bool) {
        let count = self.slots().len().max(1);
        let step = if forward { 1 } else { count - 1 };
        self.at = (self.at + step) % count;
    }

    /// To the next row or field, whole rows at a time; among completions where some are offered.
    fn vertical(&mut self, action: Action, cx: &Cx<'_>) {
        let forward = action == Action::Down;
        let slots = self.slots();
        if let Some(field) = self.slot().and_then(|slot| self.field_mut(slot)) {
            let offers = field.offers(cx).len();
            if offers > 0 {
                let at = field
                    .marked(offers)
                    .unwrap_or(if forward { offers - 1 } else { 0 });
                let step = if forward { 1 } else { offers - 1 };
                field.pick = Some((at + step) % offers);
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

/// The fields of the touch, filled from the clock.
fn head(call: &CallNote, with: Id, cx: &Cx<'_>) -> Form {
    let subject = Subject::Touch {
        with: call.with,
        editing: None,
    };
    let mut form = Form::new(subject, cx);
    let mutual = 2;
    for field in &mut form.fields {
        match field.name {
            "when" => field.editor = Editor::line(&written(&call.begun)),
            "minutes" => field.editor = Editor::line(&call.minutes(cx.now).to_string()),
            "direction" => field.choice = mutual,
            "who" => {
                field.fresh = true;
                field.people = vec![(with, call.name.clone())];
            }
            _ => {}
        }
    }
    form
}

fn newcomer(name: &str) -> Vec<Field> {
    vec![
        Field::new("name", "new person", Kind::Line, name).hint("who was it?"),
        Field::new("account", "account", Kind::Account, "").hint("company or household"),
    ]
}

/// The card of a caller who was not in the book; what they called from is their number.
fn caller(name: &str, account: &str, title: &str) -> Card {
    let from = title.rsplit(" with ").next().unwrap_or("");
    let number = [name, from].into_iter().find(|text| is_number(text));
    let phones = number.map(|number| Phone {
        label: String::new(),
        number: number.to_owned(),
    });
    Card {
        account: account.to_owned(),
        phones: phones.into_iter().collect(),
        ..Card::named(name)
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
        Flow::Stay
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
        for row in &mut self.rows {
            row.meet(&self.needs);
        }
    }

    fn hands_down(&self) -> Option<Decisions> {
        Some(Decisions::of(self).since(&self.opened))
    }

    fn refused(&mut self, why: &str) {
        self.refused = Some(why.to_owned());
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.draw_in(frame, area, cx, memory);
    }
}

/// The kind of touch an unanswered call is.
pub(super) const ATTEMPT: TouchKind = TouchKind::Attempt;
