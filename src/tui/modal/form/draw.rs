//! How a form looks: labels, values, errors under them, completions below the field in focus.

use super::Form;
use crate::domain::text::{fit, pad, width};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::field::{Field, Kind};
use crate::tui::modal::{Cx, frame_for, middle, uncut};
use crate::tui::widget::{plain, row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType, Clear};

/// Rows a note has at most.
const NOTE_ROWS: usize = 8;

impl Form {
    /// Draws the form in the middle of `area`.
    pub(super) fn draw_in(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let labels = self.fields.iter().map(|field| width(field.label)).max();
        let labels = labels.unwrap_or(0) as u16 + 2;
        let columns = area.width.saturating_sub(2).clamp(20, 76);
        let inside = columns.saturating_sub(4);
        let refusal = self.refusal(usize::from(inside), cx);
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

    fn refusal(&self, columns: usize, cx: &Cx<'_>) -> Vec<String> {
        self.refused.as_ref().map_or(Vec::new(), |why| {
            wrap::rows(&plain::halves(why.clone(), cx.plain), columns)
        })
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
            let echo = self.echo(field, cx);
            let (value, text) = draw_field(frame, area, labels, (field, &echo), at == self.at, cx);
            memory.note(text, Spot::Text(at));
            if at == self.at {
                here = Some(value);
            }
            y += rows;
        }
        if let Some(value) = here {
            draw_offers(frame, value, &self.fields[self.at], cx, memory);
        }
    }
}

/// Draws what the field in focus can be completed with, in a frame under its value; over it where there is more room, and without a
/// frame where there is little either way.
pub fn draw_offers(
    frame: &mut Frame<'_>,
    value: Rect,
    field: &Field,
    cx: &Cx<'_>,
    memory: &mut Memory,
) {
    let offers = field.offers(cx);
    let texts = offers.iter().map(|offer| {
        let text = format!("{}  {}", offer.text, offer.beside);
        format!(" {} ", text.trim_end())
    });
    let texts: Vec<String> = texts.collect();
    let widest = texts.iter().map(|text| width(text)).max().unwrap_or(0);
    let columns = (widest as u16).saturating_add(2).min(value.width);
    let place = place_for(value, columns, texts.len() as u16, frame.area());
    let Some((area, framed)) = place else {
        return;
    };
    uncut(frame.buffer_mut(), area);
    frame.render_widget(Clear, area);
    memory.note(area, Spot::Modal);
    let mut list = area;
    if framed {
        let block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(cx.theme.accent);
        list = block.inner(area);
        frame.render_widget(block, area);
    }
    memory.note(list, Spot::Choices(0));
    let marked = field.marked(offers.len());
    for (at, text) in texts.iter().enumerate().take(usize::from(list.height)) {
        let style = if Some(at) == marked {
            cx.theme.selected
        } else {
            cx.theme.text
        };
        let text = pad(text, usize::from(list.width));
        row::pieces(frame.buffer_mut(), row::row(list, at), &[(&text, style)]);
    }
}

/// Where so many rows go that belong to a value, and whether there is room for a frame around them.
fn place_for(value: Rect, columns: u16, rows: u16, screen: Rect) -> Option<(Rect, bool)> {
    let below = screen.bottom().saturating_sub(value.y + 1);
    let above = value.y.saturating_sub(screen.y);
    let framed = rows + 2;
    let (y, height) = if rows == 0 || columns < 4 {
        return None;
    } else if framed <= below {
        (value.y + 1, framed)
    } else if framed <= above {
        (value.y - framed, framed)
    } else if below > 0 {
        (value.y + 1, rows.min(below))
    } else {
        return None;
    };
    let width = if height == framed {
        columns
    } else {
        value.width
    };
    let area = Rect {
        y,
        height,
        width,
        ..value
    };
    Some((area, height == framed))
}

/// Rows a field takes, its error included.
pub fn height(field: &Field, columns: u16, labels: u16) -> usize {
    let own = if field.is_note() {
        let columns = columns.saturating_sub(labels);
        (field.editor.rows(columns, NOTE_ROWS) + 1).clamp(3, NOTE_ROWS)
    } else {
        1
    };
    own + errors(field, columns.saturating_sub(labels)).len()
}

/// What is wrong with a field, in so many columns.
fn errors(field: &Field, columns: u16) -> Vec<String> {
    let error = field.error.as_ref();
    error.map_or(Vec::new(), |why| wrap::rows(why, usize::from(columns)))
}

/// Draws a field; gives back where its value stands, and where what is typed of it does.
pub fn draw_field(
    frame: &mut Frame<'_>,
    area: Rect,
    labels: u16,
    (field, echo): (&Field, &str),
    focused: bool,
    cx: &Cx<'_>,
) -> (Rect, Rect) {
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
    let errors = errors(field, value.width);
    let own = value.height.saturating_sub(errors.len() as u16).max(1);
    for (at, error) in errors.iter().enumerate() {
        let below = row::row(value, usize::from(own) + at);
        row::pieces(frame.buffer_mut(), below, &[(error, cx.theme.bad)]);
    }
    value.height = own.min(value.height);
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
        row::pieces(
            frame.buffer_mut(),
            rest,
            &[("  ", cx.theme.dim), (echo, cx.theme.good)],
        );
        return (value, Rect::default());
    }
    field.editor.draw(frame, rest, focused);
    if field.editor.is_blank() && field.people.is_empty() {
        row::pieces(frame.buffer_mut(), rest, &[(&field.hint, cx.theme.dim)]);
    }
    draw_echo(frame, rest, field, echo, cx);
    (value, rest)
}

/// What the field says back, at the right end where there is room for it.
fn draw_echo(frame: &mut Frame<'_>, rest: Rect, field: &Field, echo: &str, cx: &Cx<'_>) {
    if echo.is_empty() {
        return;
    }
    let mut shown = field.text();
    if field.editor.is_blank() && field.people.is_empty() {
        shown.push_str(&field.hint);
    }
    if width(&shown) + width(echo) + 3 < usize::from(rest.width) {
        row::right(frame.buffer_mut(), rest, echo, cx.theme.good);
    }
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
