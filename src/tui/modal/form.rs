//! Forms: fields one under the other, errors at the field, nothing lost when the book refuses.
//!
//! What a form files is its [`Subject`]; this file only moves through the fields and draws them.

use super::field::{Field, Kind, Offer, Saved};
use super::filing::Subject;
use super::menu::Menu;
use super::{Cx, Flow, Input, Modal, frame_for, middle};
use crate::domain::draft::Draft;
use crate::domain::id::Id;
use crate::domain::text::{fit, pad, width};
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, TABLE, bind};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::{editor, row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use serde::{Deserialize, Serialize};

/// The keys of every form.
pub const KEYS: Keys = Keys {
    place: "In a form",
    typed: true,
    rows: &[
        bind(&[Key::ctrl('s')], Action::Save, "Save", "save", 1),
        bind(
            &[Key::plain(Code::Tab)],
            Action::NextField,
            "Next field, or take the completion",
            "next",
            2,
        ),
        bind(
            &[Key::shift(Code::Tab)],
            Action::PrevField,
            "Field before",
            "before",
            3,
        ),
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "Next field; a new line in a note; saves on the last field",
            "next",
            0,
        ),
        bind(&[Key::plain(Code::Up)], Action::Up, "Up", "up", 0),
        bind(&[Key::plain(Code::Down)], Action::Down, "Down", "down", 0),
        bind(
            &[Key::plain(Code::F(1))],
            Action::Help,
            "Show the keys",
            "keys",
            250,
        ),
        bind(
            &[Key::ctrl('t')],
            Action::Swap,
            "Turn a favour round: giver and receiver change places",
            "turn round",
            0,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Close; what was typed is kept as a draft",
            "close, kept as a draft",
            4,
        ),
    ],
};

/// Rows a note has at most.
const NOTE_ROWS: usize = 8;

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
    draft: Option<Id>,
    /// What the book said when it refused.
    refused: Option<String>,
}

/// A form as a draft keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct Body {
    subject: Subject,
    fields: Vec<Saved>,
}

impl Form {
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
            subject,
            fields,
            at,
            draft: None,
            refused: None,
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

    /// Takes the marked completion; false where there is none.
    fn complete(&mut self, cx: &Cx<'_>) -> bool {
        let offers = self.offers(cx);
        let field = &mut self.fields[self.at];
        match offers.get(field.pick.min(offers.len().saturating_sub(1))) {
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
            Ok(command) => Flow::Submit(command),
            Err((name, why)) => {
                let at = self.fields.iter().position(|field| field.name == name);
                self.at = at.unwrap_or(self.at);
                self.fields[self.at].error = Some(why);
                Flow::Stay
            }
        }
    }

    fn vertical(&mut self, action: Action, cx: &Cx<'_>) {
        let offers = self.offers(cx).len();
        let field = &mut self.fields[self.at];
        if offers > 0 {
            let step = if action == Action::Down {
                1
            } else {
                offers - 1
            };
            field.pick = (field.pick.min(offers - 1) + step) % offers;
        } else if !(field.is_note() && field.editor.act(action)) {
            self.step(action == Action::Down);
        }
    }

    fn changed(&mut self) {
        self.fields[self.at].error = None;
        self.subject.regrow(&mut self.fields);
    }

    fn is_changed(&self) -> bool {
        let now = self.fields.iter().map(Field::saved);
        !now.eq(self.opened.iter().cloned())
    }
}

impl Modal for Form {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        match action {
            Action::Save => return self.save(cx),
            Action::Close => return Flow::Close,
            Action::Help => {
                let help = Menu::help(&[&KEYS, &editor::KEYS], TABLE, &|_| false);
                return Flow::Push(Box::new(help));
            }
            Action::NextField => {
                if !self.complete(cx) {
                    self.step(true);
                }
            }
            Action::PrevField => self.step(false),
            Action::Swap => self.subject.swap(&mut self.fields),
            Action::Up | Action::Down => self.vertical(action, cx),
            Action::Choose if self.complete(cx) => {}
            Action::Choose if self.fields[self.at].is_note() => {
                self.fields[self.at].insert('\n');
                self.changed();
            }
            Action::Choose if self.at + 1 == self.fields.len() => return self.save(cx),
            Action::Choose => self.step(true),
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

    fn point(&mut self, spot: Spot, row: usize, _double: bool, cx: &Cx<'_>) -> Flow {
        match spot {
            Spot::Field(at) if at < self.fields.len() => self.at = at,
            Spot::Choices(_) => {
                self.fields[self.at].pick = row;
                self.complete(cx);
            }
            _ => {}
        }
        Flow::Stay
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
            fields: self.fields.iter().map(Field::saved).collect(),
        };
        Some(Draft {
            id: self.draft,
            contact: self.subject.contact(cx),
            kind: self.subject.kind().to_owned(),
            title: self.title.clone(),
            body: serde_json::to_string(&body).ok()?,
        })
    }

    fn drafted(&mut self, id: Id) {
        self.draft = Some(id);
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let labels = self.fields.iter().map(|field| width(field.label)).max();
        let labels = labels.unwrap_or(0) as u16 + 2;
        let columns = area.width.saturating_sub(2).clamp(20, 76);
        let inside = columns.saturating_sub(4);
        let refusal = self.refusal(usize::from(inside));
        let heights: Vec<usize> = self
            .fields
            .iter()
            .map(|field| height(field, inside, labels))
            .collect();
        let rows = heights.iter().sum::<usize>() + refusal.len();
        let outer = middle(area, columns, rows as u16 + 2);
        let mut inner = frame_for(frame, outer, &self.title, cx, memory);
        for (at, line) in refusal.iter().enumerate() {
            row::pieces(
                frame.buffer_mut(),
                row::row(inner, at),
                &[(line, cx.theme.bad)],
            );
        }
        let taken = (refusal.len() as u16).min(inner.height);
        inner.y += taken;
        inner.height -= taken;
        self.draw_fields(frame, inner, &heights, labels, cx, memory);
    }
}

impl Form {
    fn refusal(&self, columns: usize) -> Vec<String> {
        self.refused
            .as_ref()
            .map_or(Vec::new(), |why| wrap::rows(why, columns))
    }

    fn draw_fields(
        &self,
        frame: &mut Frame<'_>,
        inner: Rect,
        heights: &[usize],
        labels: u16,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        // Whole fields are scrolled away above, as few as let the one in focus be seen.
        let mut first = 0;
        while first < self.at
            && heights[first..=self.at].iter().sum::<usize>() > usize::from(inner.height)
        {
            first += 1;
        }
        let mut y = inner.y;
        let mut here = None;
        for (at, field) in self.fields.iter().enumerate().skip(first) {
            let rows = (heights[at] as u16).min(inner.bottom().saturating_sub(y));
            if rows == 0 {
                break;
            }
            let area = Rect {
                y,
                height: rows,
                ..inner
            };
            memory.note(area, Spot::Field(at));
            let value = draw_field(frame, area, labels, field, at == self.at, cx);
            if at == self.at {
                here = Some(value);
            }
            y += rows;
        }
        if let Some(value) = here {
            self.draw_offers(frame, value, cx, memory);
        }
    }

    fn draw_offers(&self, frame: &mut Frame<'_>, value: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let offers = self.offers(cx);
        let screen = frame.area();
        let below = screen.bottom().saturating_sub(value.y + 1);
        let rows = (offers.len() as u16).min(below);
        if rows == 0 {
            return;
        }
        let area = Rect {
            y: value.y + 1,
            height: rows,
            ..value
        };
        frame.render_widget(ratatui::widgets::Clear, area);
        memory.note(area, Spot::Choices(0));
        let pick = self.fields[self.at].pick.min(offers.len() - 1);
        for (at, offer) in offers.iter().enumerate().take(usize::from(rows)) {
            let style = if at == pick {
                cx.theme.selected
            } else {
                cx.theme.text
            };
            let text = format!(" {}  {}", offer.text, offer.beside);
            let text = pad(&text, usize::from(area.width));
            row::pieces(frame.buffer_mut(), row::row(area, at), &[(&text, style)]);
        }
    }
}

/// Rows a field takes, its error included.
fn height(field: &Field, columns: u16, labels: u16) -> usize {
    let own = if field.is_note() {
        let columns = usize::from(columns.saturating_sub(labels));
        (wrap::rows(&field.editor.text(), columns).len() + 1).clamp(3, NOTE_ROWS)
    } else {
        1
    };
    own + usize::from(field.error.is_some())
}

/// Draws a field; gives back where its value stands.
fn draw_field(
    frame: &mut Frame<'_>,
    area: Rect,
    labels: u16,
    field: &Field,
    focused: bool,
    cx: &Cx<'_>,
) -> Rect {
    let label = if focused {
        cx.theme.title
    } else {
        cx.theme.dim
    };
    let labels = labels.min(area.width);
    let text = fit(field.label, usize::from(labels));
    row::pieces(
        frame.buffer_mut(),
        Rect {
            width: labels,
            ..area
        },
        &[(&text, label)],
    );
    let mut value = Rect {
        x: area.x + labels,
        width: area.width - labels,
        ..area
    };
    if let Some(error) = &field.error {
        let below = row::row(value, usize::from(value.height) - 1);
        row::pieces(frame.buffer_mut(), below, &[(error, cx.theme.bad)]);
        value.height -= 1;
    }
    let used = before_value(frame, value, field, focused, cx);
    let rest = Rect {
        x: value.x + used,
        width: value.width - used,
        ..value
    };
    if matches!(field.kind, Kind::Choice(_)) {
        if focused && !value.is_empty() {
            frame.set_cursor_position((value.x, value.y));
        }
        return value;
    }
    field.editor.draw(frame, rest, focused);
    let echo = field.echo(cx);
    if field.editor.is_blank() && field.people.is_empty() {
        row::pieces(frame.buffer_mut(), rest, &[(field.hint, cx.theme.dim)]);
    } else if width(&field.text()) + width(&echo) + 3 < usize::from(rest.width) {
        row::right(frame.buffer_mut(), rest, &echo, cx.theme.good);
    }
    value
}

/// What stands before the text: the choices, or the people chosen so far. Gives back the columns used.
fn before_value(
    frame: &mut Frame<'_>,
    value: Rect,
    field: &Field,
    focused: bool,
    cx: &Cx<'_>,
) -> u16 {
    match field.kind {
        Kind::Choice(words) => {
            let style = if focused {
                cx.theme.accent
            } else {
                cx.theme.text
            };
            let word = words.get(field.choice).copied().unwrap_or("");
            let all = format!("{word}  ");
            let mut pieces = vec![(all.as_str(), style)];
            let others: Vec<&str> = words
                .iter()
                .copied()
                .filter(|other| *other != word)
                .collect();
            let others = format!("← → {}", others.join(" "));
            if focused {
                pieces.push((&others, cx.theme.dim));
            }
            row::pieces(frame.buffer_mut(), value, &pieces)
        }
        Kind::People { .. } => {
            let mut used = 0;
            let last = field.people.len().saturating_sub(1);
            for (at, (_, name)) in field.people.iter().enumerate() {
                let left = Rect {
                    x: value.x + used,
                    width: value.width - used,
                    ..value
                };
                let typed = focused && field.open_for_people();
                let between = if at < last || typed { ", " } else { " " };
                let pieces = [(name.as_str(), cx.theme.accent), (between, cx.theme.dim)];
                used += row::pieces(frame.buffer_mut(), left, &pieces);
            }
            used.min(value.width.saturating_sub(1))
        }
        _ => 0,
    }
}
