//! How a sheet comes to be: the note read, the clock read, everything filled in.

use super::rows::{self, Note, Row};
use super::{Decisions, Head, Sheet, Slot};
use crate::domain::capture::{Reading, Who};
use crate::domain::draft::CallNote;
use crate::domain::filing::{Filed, next_gone, next_touch};
use crate::domain::id::Id;
use crate::domain::touch::Touch;
use crate::tui::modal::Cx;
use crate::tui::modal::field::{Field, Kind, written};
use crate::tui::modal::filing::Subject;
use crate::tui::modal::form::Form;
use crate::tui::widget::editor::Editor;
use std::collections::HashSet;

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

    pub(super) fn empty(title: String, note: Note, body: String, head: Head) -> Self {
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
            fault: None,
            opened: Decisions::default(),
            needs: Vec::new(),
            account: None,
        }
    }

    /// Everything is there: notes how it is, puts in what was decided before, and goes to the first thing that is not clear.
    pub(super) fn open(&mut self, decided: &Decisions, cx: &Cx<'_>) {
        self.opened = Decisions::of(self);
        decided.put_into(self);
        self.call_newcomer();
        let slots = self.slots();
        let unclear = slots.iter().position(|slot| match slot {
            Slot::Row(row, at) => {
                let row = &self.rows[*row];
                let wrong = || *at == 0 && row.caught(self.note, cx).is_err();
                row.taken && (row.fields[*at].error.is_some() || wrong())
            }
            _ => false,
        });
        self.at = unclear.unwrap_or(0);
    }

    /// Reads the note anew.
    pub(super) fn read(&mut self, cx: &Cx<'_>) {
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
        let about: HashSet<Id> = about.flat_map(|caught| caught.item.people()).collect();
        named.retain(|row| row.named(cx).map_or(true, |(id, _)| !about.contains(&id)));
        self.rows.append(&mut named);
        self.meet_needs();
    }

    pub(super) fn rows_of(&self, reading: &Reading, cx: &Cx<'_>) -> Vec<Row> {
        let lines = reading.lines.iter().flat_map(rows::split_seats);
        lines
            .map(|line| rows::of_line(&line, self.note, cx))
            .collect()
    }

    /// Rows of those the note names, each once, who are not among those who took part.
    pub(super) fn named_rows(&self, reading: &Reading, took_part: &[Id], cx: &Cx<'_>) -> Vec<Row> {
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
    pub(super) fn people(&self) -> Vec<Id> {
        match &self.head {
            Head::Fields(form, _) => form.field("who").map_or(Vec::new(), |field| {
                field.people.iter().map(|(id, _)| *id).collect()
            }),
            Head::Fixed(filed) => filed.touch().people.clone(),
        }
    }

    /// The fields of the next touch, filled where a line of the note says it: `next call 3 dec 10:00`.
    pub(super) fn plan(&mut self, cx: &Cx<'_>) {
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
        } else if let Some((_, why)) = next_gone(&self.body, self.note.on, cx.order)
            && let Some(field) = form.fields.iter_mut().find(|field| field.name == "on")
        {
            field.error = Some(format!("{why}: nothing is planned unless you say when"));
        }
        self.next = Some(Box::new(form));
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
