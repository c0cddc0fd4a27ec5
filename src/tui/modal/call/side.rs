//! The brief beside the note: its rows as they are drawn, and how far it is scrolled.

use crate::domain::brief::{Brief, Line, Section, Tone, sections, suggested};
use crate::domain::people::Person;
use crate::domain::text::{pad, width};
use crate::tui::keymap::Action;
use crate::tui::modal::Cx;
use crate::tui::widget::{row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cell::Cell;

/// Rows of one conversation.
const TALK_ROWS: usize = 6;
/// Rows of any other line.
const LINE_ROWS: usize = 3;
/// Columns of the signs and days before the lines, at most.
const LEAD: usize = 7;

/// What is known, and where the reader is.
#[derive(Debug, Default)]
pub(super) struct Side {
    told: Option<(Box<Person>, Box<Brief>)>,
    /// The keys go to it.
    pub focused: bool,
    first: usize,
    /// The first row of the last page, as it was drawn.
    most: Cell<usize>,
}

/// A row as it is drawn: the lead, the text, and how the text is meant; a title has no lead.
type Row = (String, String, Style);

impl Side {
    /// This is what the book knows.
    pub fn tell(&mut self, person: &Person, brief: &Brief) {
        self.told = Some((Box::new(person.clone()), Box::new(brief.clone())));
    }

    /// Whom it is about, once read.
    pub fn person(&self) -> Option<&Person> {
        self.told.as_ref().map(|(person, _)| person.as_ref())
    }

    /// A key for reading; false where it is none.
    pub fn act(&mut self, action: Action) -> bool {
        let most = self.most.get();
        let to = match action {
            Action::Back => {
                self.focused = false;
                self.first
            }
            Action::Up => self.first.saturating_sub(1),
            Action::Down => self.first + 1,
            Action::PageUp => self.first.saturating_sub(10),
            Action::PageDown => self.first + 10,
            Action::Top => 0,
            Action::Bottom => most,
            _ => return false,
        };
        self.first = to.min(most);
        true
    }

    /// What to ask, with its reason; nothing in a pane too low for it.
    fn asked(&self, area: Rect, cx: &Cx<'_>) -> Vec<Row> {
        let Some((person, brief)) = self.told.as_ref().filter(|_| area.height >= 12) else {
            return Vec::new();
        };
        let Some(ask) = suggested(person, brief, cx.today()) else {
            return Vec::new();
        };
        let line = Line {
            lead: "▸".to_owned(),
            text: format!("{} ({})", ask.what, ask.why),
            tone: Tone::Good,
        };
        line_rows(&line, 2, usize::from(area.width), cx)
    }

    /// Draws as much as fits from where the reader is.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, new: &str, cx: &Cx<'_>) {
        let rows = match &self.told {
            Some((person, brief)) => {
                let sections = sections(person, brief, cx.params, cx.today());
                rows(&sections, area, cx)
            }
            None if new.is_empty() => Vec::new(),
            None => wrap::rows(new, usize::from(area.width))
                .into_iter()
                .map(|text| (String::new(), text, cx.theme.dim))
                .collect(),
        };
        // What to ask stands at the foot, however long the rest is.
        let asked = self.asked(area, cx);
        let area = Rect {
            height: area.height - asked.len() as u16,
            ..area
        };
        let foot = Rect {
            y: area.bottom(),
            height: asked.len() as u16,
            ..area
        };
        draw_rows(frame, foot, &asked, cx);
        let height = usize::from(area.height);
        self.most.set(rows.len().saturating_sub(height));
        let first = self.first.min(self.most.get());
        draw_rows(frame, area, rows.get(first..).unwrap_or_default(), cx);
        if rows.len() > first + height {
            let last = row::row(area, height.saturating_sub(1));
            row::right(frame.buffer_mut(), last, " ↓ more", cx.theme.dim);
        }
    }
}

/// The rows of all sections: with a blank one between them, where everything fits so.
fn rows(sections: &[Section], area: Rect, cx: &Cx<'_>) -> Vec<Row> {
    let height = usize::from(area.height);
    let airy = packed(sections, true, area, cx);
    if airy.len() + 2 <= height {
        return airy;
    }
    packed(sections, false, area, cx)
}

fn draw_rows(frame: &mut Frame<'_>, area: Rect, rows: &[Row], cx: &Cx<'_>) {
    for (at, (lead, text, style)) in rows.iter().take(usize::from(area.height)).enumerate() {
        let pieces = [(lead.as_str(), cx.theme.accent), (text.as_str(), *style)];
        row::pieces(frame.buffer_mut(), row::row(area, at), &pieces);
    }
}

fn packed(sections: &[Section], airy: bool, area: Rect, cx: &Cx<'_>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for section in sections {
        if airy && !rows.is_empty() {
            rows.push((String::new(), String::new(), cx.theme.dim));
        }
        if !section.title.is_empty() {
            rows.push((String::new(), section.title.clone(), cx.theme.title));
        }
        let leads = section.lines.iter().map(|line| width(&line.lead)).max();
        let leads = leads
            .filter(|wide| *wide > 0)
            .map_or(0, |wide| wide.min(LEAD) + 1);
        for line in &section.lines {
            rows.extend(line_rows(line, leads, usize::from(area.width), cx));
        }
    }
    rows
}

/// A line in rows: of a conversation the first ones, of anything else no more than three.
fn line_rows(line: &Line, leads: usize, columns: usize, cx: &Cx<'_>) -> Vec<Row> {
    let style = match line.tone {
        Tone::Plain => cx.theme.text,
        Tone::Good => cx.theme.good,
        Tone::Warn => cx.theme.warn,
        Tone::Bad => cx.theme.bad,
        Tone::Dim => cx.theme.dim,
    };
    let most = if line.text.contains('\n') {
        TALK_ROWS
    } else {
        LINE_ROWS
    };
    // A note may be long: no more of it is broken than is shown.
    let seen: String = line.text.chars().take(columns * (most + 1)).collect();
    let wrapped = wrap::rows(&seen, columns.saturating_sub(leads));
    let cut = wrapped.len() > most || seen.len() < line.text.len();
    let last = wrapped.len().min(most).saturating_sub(1);
    wrapped
        .into_iter()
        .take(most)
        .enumerate()
        .map(|(at, text)| {
            let lead = if at == 0 {
                pad(&line.lead, leads)
            } else {
                " ".repeat(leads)
            };
            let text = if cut && at == last {
                format!("{text} …")
            } else {
                text
            };
            (lead, text, style)
        })
        .collect()
}
