//! How the screen of a table's columns looks.

use super::{Becomes, Column, Field, Mapping};
use crate::domain::contact::Card;
use crate::domain::text::{first_line, fit, pad, width};
use crate::tui::keymap::ranked;
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::uncut;
use crate::tui::widget::{key_line, plain, row};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, BorderType, Clear};

/// The least room in which something can be shown.
const LEAST: (u16, u16) = (40, 10);
/// Cells for what a column is, with the signs around it.
const FIELD: usize = 16;
/// The least cells for the name of a part of the card, and the most.
const LABEL: (usize, usize) = (11, 24);
/// Cells that a column's first rows need in the list, and one on either side.
const LEAST_BESIDE: usize = 11;
/// Lines for what is kept of a card as it is: the next card is to be seen as well.
const KEPT: usize = 3;
/// Cells left beside the fields from which the first rows are shown in the list, too.
const BESIDE: usize = 22;

/// The list of columns, what stands in one, what the rows become.
fn places(body: Rect) -> (Rect, Rect, Rect) {
    let right = match body.width {
        0..=69 => body.width * 9 / 20,
        70..=99 => 36,
        wide => wide * 2 / 5,
    };
    let left = Rect {
        width: body.width - right,
        ..body
    };
    let upper = Rect {
        x: left.right(),
        width: right,
        height: if body.height < 16 { 6 } else { 9 }.min(body.height / 2),
        ..body
    };
    let lower = Rect {
        y: upper.bottom(),
        height: body.height - upper.height,
        ..upper
    };
    (left, upper, lower)
}

impl Mapping {
    /// Draws it as it is, and where the terminal has only plain characters, with nothing else.
    pub fn draw(&self, frame: &mut Frame<'_>, memory: &mut Memory) {
        self.draw_whole(frame, memory);
        if self.plain {
            plain::picture(frame.buffer_mut());
        }
    }

    fn draw_whole(&self, frame: &mut Frame<'_>, memory: &mut Memory) {
        memory.begin();
        let area = frame.area();
        memory.screen = area;
        if area.width < LEAST.0 || area.height < LEAST.1 {
            let says = fit("needs more room (60x15)", usize::from(area.width));
            let line = row::row(area, usize::from(area.height / 2));
            row::pieces(frame.buffer_mut(), line, &[(&says, self.theme.warn)]);
            return;
        }
        self.draw_head(frame, row::row(area, 0));
        let body = Rect {
            y: area.y + 1,
            height: area.height - 3,
            ..area
        };
        let (left, upper, lower) = places(body);
        self.draw_columns(frame, left, memory);
        if self.finding.is_some() {
            let right = Rect {
                height: body.height,
                ..upper
            };
            self.draw_finding(frame, right, memory);
        } else {
            self.draw_cells(frame, upper);
            self.draw_records(frame, lower);
        }
        self.draw_state(frame, row::row(area, usize::from(area.height) - 2));
        self.draw_keys(frame, row::row(area, usize::from(area.height) - 1), memory);
    }

    fn draw_head(&self, frame: &mut Frame<'_>, area: Rect) {
        let place = format!("column {} of {} ", self.at + 1, self.columns.len());
        let taken = row::right(frame.buffer_mut(), area, &place, self.theme.dim);
        let rest = Rect {
            width: area.width - taken,
            ..area
        };
        let pieces = [
            (" Which column is what? ", self.theme.title),
            (self.file.as_str(), self.theme.text),
        ];
        row::pieces(frame.buffer_mut(), rest, &pieces);
    }

    fn framed(&self, frame: &mut Frame<'_>, area: Rect, title: &str, line: Style) -> Rect {
        let block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(line)
            .title_style(self.theme.title)
            .title(format!(
                " {} ",
                fit(title, usize::from(area.width.saturating_sub(6)))
            ));
        let inner = block.inner(area);
        uncut(frame.buffer_mut(), area);
        frame.render_widget(Clear, area);
        frame.render_widget(block, area);
        inner
    }

    fn draw_columns(&self, frame: &mut Frame<'_>, area: Rect, memory: &mut Memory) {
        let inner = self.framed(frame, area, "The columns of the file", self.theme.accent);
        let room = usize::from(inner.width).saturating_sub(FIELD + 2);
        let longest = self.columns.iter().map(|column| width(&column.name)).max();
        let name = if room < BESIDE {
            room
        } else {
            longest.unwrap_or(0).clamp(8, room - LEAST_BESIDE)
        };
        let beside = room.saturating_sub(name + 2);
        let rest = if beside > 0 { "first rows" } else { "" };
        let heading = format!(" {} {}{rest}", pad("column", name), pad(" is", FIELD));
        let dim = self.theme.dim;
        row::pieces(frame.buffer_mut(), row::row(inner, 0), &[(&heading, dim)]);
        let list = Rect {
            y: inner.y + 1,
            height: inner.height.saturating_sub(1),
            ..inner
        };
        let height = usize::from(list.height);
        memory.page = height;
        let first = memory.scroll("columns", self.at, self.columns.len(), height);
        memory.note(list, Spot::List(0, first));
        let shown = self.columns.iter().enumerate().skip(first).take(height);
        for (at, column) in shown {
            let line = row::row(list, at - first);
            self.draw_column(frame, line, (at, column), (name, beside));
        }
    }

    fn draw_column(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        (at, column): (usize, &Column),
        (name, beside): (usize, usize),
    ) {
        let chosen = at == self.at;
        let over = |style: Style| if chosen { self.theme.selected } else { style };
        let field = self.fields.get(column.field);
        let called = field.map_or("", Field::called);
        let doubled = self.doubled(at);
        let says = match (chosen, doubled) {
            (true, true) => format!("‹{called}› !"),
            (true, false) => format!("‹{called}›"),
            (false, true) => format!(" {called} !"),
            (false, false) => format!(" {called}"),
        };
        let style = match field {
            _ if doubled => self.theme.bad,
            Some(field) if field.has_a_place() => self.theme.accent,
            _ => self.theme.dim,
        };
        let filled = column.cells.iter().filter(|cell| !cell.is_empty());
        let samples: Vec<&str> = filled.take(6).map(String::as_str).collect();
        let samples = pad(&samples.join(" | "), beside);
        let pieces = [
            (format!(" {} ", pad(&column.name, name)), self.theme.text),
            (pad(&says, FIELD), style),
            (samples, self.theme.dim),
        ];
        let pieces: Vec<(&str, Style)> = pieces
            .iter()
            .map(|(text, style)| (text.as_str(), over(*style)))
            .collect();
        row::pieces(frame.buffer_mut(), area, &pieces);
    }

    /// What the column under the cursor is, and what stands in it.
    fn draw_cells(&self, frame: &mut Frame<'_>, area: Rect) {
        let Some(column) = self.columns.get(self.at) else {
            return;
        };
        let inner = self.framed(frame, area, &column.name, self.theme.dim);
        if let Some(field) = self.fields.get(column.field) {
            let pieces = [(" ", self.theme.dim), (&field.says, self.theme.accent)];
            row::pieces(frame.buffer_mut(), row::row(inner, 0), &pieces);
        }
        for (at, cell) in column.cells.iter().enumerate() {
            let number = format!(" {} ", at + 1);
            let (says, style) = if cell.is_empty() {
                ("nothing", self.theme.dim)
            } else {
                (cell.as_str(), self.theme.text)
            };
            let pieces = [(number.as_str(), self.theme.dim), (says, style)];
            row::pieces(frame.buffer_mut(), row::row(inner, at + 1), &pieces);
        }
    }

    /// What the first rows become.
    fn draw_records(&self, frame: &mut Frame<'_>, area: Rect) {
        let inner = self.framed(frame, area, "The first rows become", self.theme.dim);
        let wide = (usize::from(inner.width) / 3).clamp(LABEL.0, LABEL.1);
        let mut line = 0;
        for (at, becomes) in self.becomes.iter().enumerate() {
            let number = format!(" {} ", at + 1);
            let mut put = |pieces: &[(&str, Style)]| {
                row::pieces(frame.buffer_mut(), row::row(inner, line), pieces);
                line += 1;
            };
            match becomes {
                Becomes::Nothing(why) => {
                    put(&[
                        (&number, self.theme.dim),
                        ("nobody: ", self.theme.warn),
                        (why, self.theme.warn),
                    ]);
                }
                Becomes::Person(card, doubts) => {
                    put(&[(&number, self.theme.dim), (&card.name, self.theme.title)]);
                    for (label, text) in told(card) {
                        let label = format!("   {} ", pad(&label, wide));
                        put(&[(&label, self.theme.dim), (&text, self.theme.text)]);
                    }
                    for doubt in doubts {
                        put(&[("   ? ", self.theme.warn), (doubt, self.theme.warn)]);
                    }
                }
            }
        }
    }

    fn draw_finding(&self, frame: &mut Frame<'_>, area: Rect, memory: &mut Memory) {
        let (Some(finding), Some(column)) = (&self.finding, self.columns.get(self.at)) else {
            return;
        };
        let title = format!("What is \"{}\"?", column.name);
        let inner = self.framed(frame, area, &title, self.theme.accent);
        let line = row::row(inner, 0);
        let used = row::pieces(frame.buffer_mut(), line, &[(" › ", self.theme.accent)]);
        let typing = Rect {
            x: line.x + used,
            width: line.width - used,
            ..line
        };
        finding.typed.draw(frame, typing, true);
        let list = Rect {
            y: inner.y + 1,
            height: inner.height.saturating_sub(1),
            ..inner
        };
        let (count, height) = (finding.fits.len(), usize::from(list.height));
        let first = memory.scroll("fields", finding.at, count, height);
        memory.note(list, Spot::Choices(first));
        for (at, field) in finding.fits.iter().enumerate().skip(first).take(height) {
            let Some(field) = self.fields.get(*field) else {
                continue;
            };
            let over = |style| {
                if at == finding.at {
                    self.theme.selected
                } else {
                    style
                }
            };
            let called = format!(" {} ", pad(field.called(), FIELD - 3));
            let rest = usize::from(list.width).saturating_sub(width(&called));
            let says = pad(&field.says, rest);
            let pieces = [
                (called.as_str(), over(self.theme.text)),
                (&says, over(self.theme.dim)),
            ];
            row::pieces(frame.buffer_mut(), row::row(list, at - first), &pieces);
        }
        if count == 0 {
            let pieces = [(" nothing fits", self.theme.dim)];
            row::pieces(frame.buffer_mut(), row::row(list, 0), &pieces);
        }
    }

    /// What is wrong, or how many columns become what.
    fn draw_state(&self, frame: &mut Frame<'_>, area: Rect) {
        if let Some(problem) = self.problem() {
            let before = if self.refused { " ! Not yet: " } else { " ! " };
            let pieces = [(before, self.theme.bad), (&problem, self.theme.bad)];
            row::pieces(frame.buffer_mut(), area, &pieces);
            return;
        }
        let words = self.words();
        let count = |wanted: &str| words.iter().filter(|word| **word == wanted).count();
        let (kept, out) = (count(super::KEEP), count(super::SKIP));
        let mut said = vec![format!("{} taken over", words.len() - kept - out)];
        if kept > 0 {
            let as_is = if kept == 1 { "it is" } else { "they are" };
            said.push(format!("{kept} kept as {as_is}"));
        }
        if out > 0 {
            said.push(format!("{out} left out"));
        }
        let says = format!(" Of {} columns: {}", words.len(), said.join(", "));
        row::pieces(frame.buffer_mut(), area, &[(&says, self.theme.good)]);
    }

    fn draw_keys(&self, frame: &mut Frame<'_>, area: Rect, memory: &mut Memory) {
        let rows = ranked(&self.live());
        let mut x = area.x + 1;
        for at in key_line::fitting(&rows, usize::from(area.width)) {
            let key = rows[at].keys.first();
            let key = key.map_or(String::new(), ToString::to_string);
            let rest = Rect {
                x,
                width: area.right().saturating_sub(x),
                ..area
            };
            let pieces = [
                (key.as_str(), self.theme.accent),
                (" ", self.theme.dim),
                (rows[at].short, self.theme.dim),
            ];
            let used = row::pieces(frame.buffer_mut(), rest, &pieces);
            let spot = Rect {
                width: used,
                ..rest
            };
            memory.note(spot, Spot::Hint(at));
            x += used + 2;
        }
    }
}

/// What a card says besides the name: the part's name and the text.
fn told(card: &Card) -> Vec<(String, String)> {
    let labelled = |what: &str, label: &str| {
        if label.is_empty() {
            what.to_owned()
        } else {
            label.to_owned()
        }
    };
    let mut told: Vec<(String, String)> = Vec::new();
    let one = [
        ("nickname", &card.nick),
        ("account", &card.account),
        ("title", &card.title),
        ("department", &card.department),
    ];
    told.extend(one.map(|(what, text)| (what.to_owned(), text.clone())));
    told.extend(card.emails.iter().map(|email| {
        let label = labelled("email", &email.label);
        (label, email.address.clone())
    }));
    told.extend(card.phones.iter().map(|phone| {
        let label = labelled("phone", &phone.label);
        (label, phone.number.clone())
    }));
    told.extend(card.webs.iter().map(|web| {
        let label = labelled("web", &web.label);
        (label, web.url.clone())
    }));
    let addresses = card.addresses.iter();
    told.extend(addresses.map(|place| ("address".to_owned(), place.one_line())));
    told.push(("tags".to_owned(), card.tags.join(", ")));
    let dates = card.dates.iter();
    told.extend(dates.map(|date| (date.label.clone(), date.on.to_string())));
    let relations = card.relations.iter();
    told.extend(relations.map(|kin| (kin.kind.word().to_owned(), kin.name.clone())));
    told.push(("note".to_owned(), first_line(&card.note).to_owned()));
    let rest = [
        ("met on", card.met_on.map(|day| day.to_string())),
        ("origin", Some(card.origin.clone())),
        (
            "cadence",
            card.cadence.map(|days| format!("every {days} days")),
        ),
        ("id", card.uid.clone()),
    ];
    told.extend(rest.map(|(what, text)| (what.to_owned(), text.unwrap_or_default())));
    let (shown, more) = match card.extra.split_at_checked(KEPT - 1) {
        Some((shown, more)) if more.len() > 1 => (shown, more),
        _ => (card.extra.as_slice(), Default::default()),
    };
    let kept = shown.iter();
    told.extend(kept.map(|extra| (format!("+ {}", extra.name), extra.value.clone())));
    if !more.is_empty() {
        let names: Vec<&str> = more.iter().map(|extra| extra.name.as_str()).collect();
        told.push((format!("+ {} more", names.len()), names.join(", ")));
    }
    told.retain(|(_, text)| !text.is_empty());
    told
}
