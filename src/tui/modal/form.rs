//! Forms: fields one under the other, errors at the field, nothing lost when the book refuses.
//!
//! What a form files is its [`Subject`]; this file only moves through the fields.

pub mod draw;
mod keys;

pub use keys::KEYS;

use super::field::{Field, Kind, Offer, Saved};
use super::filing::Subject;
use super::lead;
use super::menu::Menu;
use super::person;
use super::sheet::Sheet;
use super::{Cx, Flow, Input, Modal, hash_of, pointed};
use crate::domain::command::Command;
use crate::domain::draft::Draft;
use crate::domain::filing::CaughtRow;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::tui::effect::MouseWhat;
use crate::tui::inquiry::House;
use crate::tui::keymap::{Action, Keys, TABLE};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::editor;
use ratatui::Frame;
use ratatui::layout::Rect;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A form.
#[derive(Debug)]
pub struct Form {
    /// What it files.
    pub subject: Subject,
    /// Its fields.
    pub fields: Vec<Field>,
    at: usize,
    title: String,
    /// The fields as they were when it opened.
    opened: Vec<Saved>,
    begun: Moment,
    draft: Option<Id>,
    /// What the book said when it refused.
    refused: Option<String>,
    /// What was caught in the touch that is edited.
    caught: Vec<CaughtRow>,
}

/// A form as a draft keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct Body {
    subject: Subject,
    fields: Vec<Saved>,
}

impl Form {
    /// Opens the form for this over whatever is shown.
    pub fn over(subject: Subject, cx: &Cx<'_>) -> Flow {
        Flow::Push(Box::new(Form::new(subject, cx)))
    }

    /// A fresh form for a subject, on the field where typing begins.
    pub fn new(subject: Subject, cx: &Cx<'_>) -> Self {
        let (fields, first) = subject.fields(cx);
        let at = fields
            .iter()
            .position(|field| field.name == first)
            .unwrap_or(0);
        Form {
            title: subject.title(cx),
            opened: fields.iter().map(Field::saved).collect(),
            begun: cx.now,
            subject,
            fields,
            at,
            draft: None,
            refused: None,
            caught: Vec::new(),
        }
    }

    /// The form a draft was made of.
    pub fn from_draft(draft: &Draft, cx: &Cx<'_>) -> Option<Self> {
        let body: Body = serde_json::from_str(&draft.body).ok()?;
        let mut form = Form::new(body.subject, cx);
        form.title.clone_from(&draft.title);
        form.draft = draft.id;
        form.subject.grow_to(&mut form.fields, &body.fields);
        let mut saved = body.fields.into_iter();
        for field in &mut form.fields {
            if let Some(saved) = saved.next().filter(|saved| saved.name() == field.name) {
                field.restore(&saved);
            }
        }
        Some(form)
    }

    /// What tells a draft from others of its title: the beginning of what was typed.
    pub fn gist(draft: &Draft) -> Option<String> {
        let body: Body = serde_json::from_str(&draft.body).ok()?;
        let text = |name: &&str| {
            let mut fields = body.fields.iter().filter(|field| field.name() == *name);
            fields.find_map(|field| field.text().lines().find(|line| !line.trim().is_empty()))
        };
        let text = ["text", "what", "why", "by", "name", "note", "on", "tags"]
            .iter()
            .find_map(text);
        text.map(|text| text.trim().to_owned())
    }

    /// What a field says back; an empty due day says what the promise's words name.
    fn echo(&self, field: &Field, cx: &Cx<'_>) -> String {
        if let (Subject::Correct { with }, "wish") = (&self.subject, field.name) {
            return super::correct::echo(self, *with, cx);
        }
        let own = match &self.subject {
            Subject::Stage(about) => lead::echo_move(about, self, field.name, cx),
            Subject::Referral { .. } => lead::echo_added(self, field.name, cx),
            Subject::Ask { .. } => lead::echo_ask(self, field.name, cx),
            _ => None,
        };
        if let Some(own) = own {
            return own;
        }
        let unsaid = field.name == "due" && field.editor.is_blank();
        if unsaid && matches!(self.subject, Subject::Promise { .. }) {
            super::promise::echo_due(self, cx)
        } else {
            field.echo(cx)
        }
    }

    /// The field of a name; the first one where there are several.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What was typed into the field of a name.
    pub fn text(&self, name: &str) -> String {
        self.field(name).map_or(String::new(), Field::text)
    }

    /// The choice made in the field of a name.
    pub fn choice(&self, name: &str) -> usize {
        self.field(name).map_or(0, |field| field.choice)
    }

    /// Accounts may be named wherever a person may.
    #[must_use]
    pub fn with_houses(mut self, houses: &Arc<[House]>) -> Self {
        for field in &mut self.fields {
            if matches!(field.kind, super::field::Kind::People { .. }) {
                field.houses = Arc::clone(houses);
            }
        }
        self
    }

    /// Types a text into the field of a name.
    pub fn fill(&mut self, name: &str, text: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.paste(text);
        }
    }

    fn offers(&self, cx: &Cx<'_>) -> Vec<Offer> {
        self.fields
            .get(self.at)
            .map_or(Vec::new(), |field| field.offers(cx))
    }

    fn step(&mut self, forward: bool) {
        let count = self.fields.len();
        let step = if forward { 1 } else { count - 1 };
        self.at = (self.at + step) % count;
    }

    /// To the next field that is not only there in case there is one more of the kind before it.
    fn stride(&mut self, forward: bool) {
        self.step(forward);
        let spare = |at: usize| {
            let before = at.checked_sub(1).and_then(|at| self.fields.get(at));
            let field = &self.fields[at];
            field.editor.is_blank()
                && field.people.is_empty()
                && before.is_some_and(|before| before.name == field.name)
        };
        if spare(self.at) {
            self.step(forward);
        }
    }

    /// Takes the marked completion; false where there is none.
    fn complete(&mut self, cx: &Cx<'_>) -> bool {
        let offers = self.offers(cx);
        let field = &mut self.fields[self.at];
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
        for field in &mut self.fields {
            field.error = None;
        }
        match self.subject.command(self, cx) {
            Ok(command) => match self.sheet(&command, cx) {
                Some(sheet) => Flow::Push(Box::new(sheet)),
                None => Flow::Submit(command),
            },
            Err((name, why)) => {
                let wrong = |field: &Field| {
                    field.name == name && (name != "email" || !person::is_email(&field.text()))
                };
                let at = self.fields.iter().position(wrong);
                self.at = at.unwrap_or(self.at);
                self.fields[self.at].error = Some(why);
                Flow::Stay
            }
        }
    }

    /// The sheet of a touch whose note has something to catch, or whose items its edit concerns.
    fn sheet(&self, command: &Command, cx: &Cx<'_>) -> Option<Sheet> {
        match command {
            Command::LogTouch(touch) => Sheet::of_touch(touch, self.draft, cx),
            Command::EditTouch { id, before, after } if before.body != after.body => {
                Sheet::of_edit((*id, before, after), &self.caught, self.draft, cx)
            }
            _ => None,
        }
    }

    fn vertical(&mut self, action: Action, cx: &Cx<'_>) {
        let offers = self.offers(cx).len();
        let field = &mut self.fields[self.at];
        if offers > 0 {
            let at = field.marked(offers);
            field.pick = Some(match (at, action) {
                (None, Action::Down) => 0,
                (None, _) => offers - 1,
                (Some(at), Action::Down) => (at + 1) % offers,
                (Some(at), _) => (at + offers - 1) % offers,
            });
        } else if !(field.is_note() && field.editor.act(action)) {
            self.step(action == Action::Down);
        }
    }

    /// The mouse did something in a field's text.
    fn mouse_in(&mut self, at: usize, (x, y): (i32, i32), what: MouseWhat, cx: &Cx<'_>) -> Flow {
        let note = self.fields[at].is_note();
        match what {
            MouseWhat::Drag if at != self.at => return Flow::Stay,
            MouseWhat::WheelUp | MouseWhat::WheelDown if !note => {
                return pointed(self, Spot::Field(at), (x, y), what, cx);
            }
            MouseWhat::Press | MouseWhat::Double => self.at = at,
            _ => {}
        }
        self.fields[at].editor.mouse((x, y), what);
        Flow::Stay
    }

    /// The note that is typed into, or the first one there is.
    fn note(&self) -> Option<usize> {
        let here = Some(self.at).filter(|at| self.fields[*at].is_note());
        here.or_else(|| self.fields.iter().position(Field::is_note))
    }

    fn changed(&mut self) {
        self.fields[self.at].error = None;
        self.subject.regrow(&mut self.fields);
    }

    fn is_changed(&self) -> bool {
        let same = |(field, saved): (&Field, &Saved)| field.is(saved);
        self.fields.len() != self.opened.len() || !self.fields.iter().zip(&self.opened).all(same)
    }
}

impl Modal for Form {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn answers(&self, action: Action) -> bool {
        action != Action::Editor || self.note().is_some()
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        match action {
            Action::Editor => {
                let Some(at) = self.note() else {
                    return Flow::Say("There is no note in this form".to_owned());
                };
                self.at = at;
                return Flow::Edit(self.fields[at].editor.text());
            }
            Action::Save => return self.save(cx),
            Action::Close => return Flow::Close,
            Action::Help => {
                let help = Menu::help(&[&KEYS, &editor::KEYS], TABLE, &|_| false);
                return Flow::Push(Box::new(help));
            }
            Action::NextField => {
                if !self.complete(cx) {
                    self.stride(true);
                }
            }
            Action::PrevField => self.stride(false),
            Action::Swap => self.subject.swap(&mut self.fields),
            Action::Up | Action::Down => self.vertical(action, cx),
            Action::PageUp | Action::PageDown if !self.fields[self.at].is_note() => {}
            Action::Choose if self.complete(cx) => {}
            Action::Choose if self.fields[self.at].is_note() => {
                self.fields[self.at].insert('\n');
                self.changed();
            }
            Action::Choose if self.at + 1 == self.fields.len() => return self.save(cx),
            Action::Choose => self.stride(true),
            _ => {
                if self.fields[self.at].act(action) {
                    self.changed();
                }
            }
        }
        Flow::Stay
    }

    fn type_in(&mut self, input: &Input, _cx: &Cx<'_>) -> Flow {
        let field = &mut self.fields[self.at];
        match input {
            Input::Char(c) => field.insert(*c),
            Input::Paste(text) => field.paste(text),
        }
        self.changed();
        Flow::Stay
    }

    fn mouse(&mut self, spot: Spot, at: (i32, i32), what: MouseWhat, cx: &Cx<'_>) -> Flow {
        match spot {
            Spot::Text(field) if field < self.fields.len() => self.mouse_in(field, at, what, cx),
            _ => pointed(self, spot, at, what, cx),
        }
    }

    fn selected(&self) -> Option<String> {
        self.fields[self.at].editor.selected()
    }

    fn point(&mut self, spot: Spot, row: usize, _double: bool, cx: &Cx<'_>) -> Flow {
        match spot {
            Spot::Field(at) if at < self.fields.len() => self.at = at,
            Spot::Choices(_) => {
                self.fields[self.at].pick = Some(row);
                self.complete(cx);
            }
            _ => {}
        }
        Flow::Stay
    }

    fn asks_caught(&self) -> Option<Id> {
        match &self.subject {
            Subject::Touch { editing, .. } => editing.as_ref().map(|(id, _)| *id),
            _ => None,
        }
    }

    fn caught(&mut self, rows: &[CaughtRow]) {
        self.caught = rows.to_vec();
    }

    fn edited(&mut self, text: &str) {
        self.refused = None;
        if let Some(at) = self.note().filter(|at| !self.fields[*at].editor.is(text)) {
            self.fields[at].editor.set(text);
            self.changed();
        }
    }

    fn refused(&mut self, why: &str) {
        self.refused = Some(why.to_owned());
    }

    fn draft(&self, cx: &Cx<'_>) -> Option<Draft> {
        if !self.is_changed() && self.draft.is_none() {
            return None;
        }
        let body = Body {
            subject: self.subject.clone(),
            fields: self
                .fields
                .iter()
                .map(|field| field.kept(self.begun, cx))
                .collect(),
        };
        Some(Draft {
            id: self.draft,
            contact: self.subject.contact(cx),
            kind: self.subject.kind().to_owned(),
            title: self.title.clone(),
            body: serde_json::to_string(&body).ok()?,
            started: None,
            saved: None,
        })
    }

    fn stamp(&self, _cx: &Cx<'_>) -> Option<u64> {
        let kept = self.draft.is_some() || self.is_changed();
        kept.then(|| hash_of(&self.fields.iter().map(Field::stamp).collect::<Vec<_>>()))
    }

    fn emptied(&mut self) -> Option<Id> {
        // A note that the form began with, as one that was pasted, is not lost for having been left as it was.
        let note = |field: &Field| matches!(field.kind, Kind::Note) && !field.editor.is_blank();
        let empty = !self.is_changed() && !self.fields.iter().any(note);
        self.draft.take_if(|_| empty)
    }

    fn drafted(&mut self, id: Id) {
        self.draft = Some(id);
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.draw_in(frame, area, cx, memory);
    }
}
