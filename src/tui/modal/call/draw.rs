//! How a call looks.

use super::Call;
use crate::domain::capture::{Mark, Who, say};
use crate::domain::draft::CallNote;
use crate::domain::moment::Moment;
use crate::domain::text::{fit, pad, width};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::{Cx, uncut};
use crate::tui::screen::people::inside;
use crate::tui::widget::{row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType, Clear};

/// The lists of the screen, for the mouse.
pub(super) const BRIEF: usize = 0;
pub(super) const NOTE: usize = 1;

/// The marks in a word or two each, in their order.
const WORDS: [&str; 11] = [
    "you promise",
    "they promise",
    "favour to you",
    "favour by you",
    "leads to @",
    "need",
    "result",
    "sale",
    "fact, day",
    "rival",
    "seat",
];

/// Columns from which on brief and note stand beside each other.
const BESIDE: u16 = 70;
/// After so many seconds the clock shows minutes only.
const LONG: i64 = 2 * 3600;

/// Whether the clock shows seconds: not for a call that was left open for hours.
pub(super) fn shows_seconds(note: &CallNote, now: Moment) -> bool {
    (0..LONG).contains(&(now - note.begun).num_seconds())
}

/// How long the call takes by now: `3:25`, `1:02:09`, `5 h 12 min`; a call of another day says how long it was.
fn clock(note: &CallNote, now: Moment) -> String {
    let seconds = (now - note.begun).num_seconds();
    if shows_seconds(note, now) {
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        return if hours > 0 {
            format!("{hours}:{minutes:02}:{seconds:02}")
        } else {
            format!("{minutes}:{seconds:02}")
        };
    }
    format!("{} min", note.minutes(now))
}

impl Call {
    pub(super) fn draw_in(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        uncut(frame.buffer_mut(), area);
        frame.render_widget(Clear, area);
        memory.note(area, Spot::Modal);
        let (brief, note) = parts(area, self.side.focused);
        if let Some(area) = brief {
            self.draw_brief(frame, area, cx, memory);
        }
        if let Some(area) = note {
            self.draw_note(frame, area, cx, memory);
        }
    }

    fn draw_brief(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let inner = padded(framed(frame, area, &self.note.name, self.side.focused, cx));
        memory.note(area, Spot::List(BRIEF, 0));
        let new = if self.note.with.is_none() {
            "Not in the book yet. The sheet (Ctrl-S) asks for name and account, and files them with the call."
        } else {
            ""
        };
        self.side.draw(frame, inner, new, cx);
    }

    fn draw_note(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let focused = !self.side.focused;
        let inner = padded(framed(
            frame,
            area,
            &self.heading(area.width, cx),
            focused,
            cx,
        ));
        memory.note(area, Spot::List(NOTE, 0));
        let columns = usize::from(inner.width);
        let marks = marks(columns, inner.height);
        let says = self.says(columns, cx);
        let below = (marks.len() + says.len()) as u16;
        let text = Rect {
            height: inner.height.saturating_sub(below).max(1.min(inner.height)),
            ..inner
        };
        memory.note(text, Spot::Text(0));
        let caret = self.editor.draw(frame, text, focused);
        let foot = Rect {
            y: text.bottom(),
            height: inner.bottom().saturating_sub(text.bottom()),
            ..inner
        };
        for (at, (line, style)) in says.iter().enumerate() {
            row::pieces(frame.buffer_mut(), row::row(foot, at), &[(line, *style)]);
        }
        for (at, line) in marks.iter().enumerate() {
            let area = row::row(foot, says.len() + at);
            row::pieces(frame.buffer_mut(), area, &[(line, cx.theme.dim)]);
        }
        if focused && let Some((x, y)) = caret {
            self.draw_offers(frame, text, (x, y), cx, memory);
        }
    }

    /// What stands over the note: since when, how long, and whether it was agreed for another time.
    fn heading(&self, columns: u16, cx: &Cx<'_>) -> String {
        let begun = self.note.begun;
        let day = if begun.date_naive() == cx.today() {
            String::new()
        } else {
            format!(
                "{} ",
                crate::domain::when::bare(begun.date_naive(), cx.today())
            )
        };
        let who = if columns < BESIDE && !self.note.name.is_empty() {
            format!("{} ─ ", fit(&self.note.name, 24))
        } else {
            "Call ".to_owned()
        };
        let agreed = self.agreed().map_or(String::new(), |at| {
            let late = (begun.time() - at).num_minutes();
            match late {
                3.. => format!(" ─ agreed {}, {late} min late", at.format("%H:%M")),
                _ => format!(" ─ agreed {}", at.format("%H:%M")),
            }
        });
        let clock = clock(&self.note, cx.now);
        format!(
            "{who}since {day}{} ─ {clock}{agreed}",
            begun.format("%H:%M")
        )
    }

    /// The line below the note: what the line under the caret will become, or why the book refused.
    fn says(&self, columns: usize, cx: &Cx<'_>) -> Vec<(String, ratatui::style::Style)> {
        if let Some(why) = &self.refused {
            let rows = wrap::rows(why, columns);
            return rows.into_iter().map(|row| (row, cx.theme.bad)).collect();
        }
        if let Some(mark) = Mark::alone(self.editor.line_at_caret().0) {
            let hint = format!("{} {}", mark.sign(), mark.next());
            return vec![(fit(&hint, columns), cx.theme.dim)];
        }
        let Some(line) = self.line(cx) else {
            return vec![(String::new(), cx.theme.dim)];
        };
        let style = if line.found.is_ok() && line.doubt().is_none() {
            cx.theme.good
        } else {
            cx.theme.warn
        };
        let name = |who: &Who| match who {
            Who::Caller => self.note.name.clone(),
            who => cx.who(who),
        };
        let said = say(&line, &name, cx.today());
        let text = format!("{} {said}", line.mark.sign());
        if line.doubt().is_some() {
            // Until when it is due instead is to be seen in a narrow pane too.
            let rows = wrap::rows(&text, columns).into_iter().take(2);
            return rows.map(|row| (row, style)).collect();
        }
        vec![(fit(&text, columns), style)]
    }

    fn draw_offers(
        &self,
        frame: &mut Frame<'_>,
        text: Rect,
        caret: (u16, u16),
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let offers = self.offers(cx);
        if offers.is_empty() {
            return;
        }
        let texts: Vec<String> = offers
            .iter()
            .map(|(id, name)| {
                let account = cx.roster.get(*id).map_or("", |row| row.account.as_str());
                format!(" {name}  {account} ")
            })
            .collect();
        let wide = texts.iter().map(|text| width(text)).max().unwrap_or(0) as u16;
        let wide = wide.min(text.width);
        let rows = texts.len() as u16;
        let screen = frame.area();
        // Below the line that is typed, or over it where there is no room below.
        let y = if caret.1 + 1 + rows <= screen.bottom().saturating_sub(1) {
            caret.1 + 1
        } else {
            caret.1.saturating_sub(rows)
        };
        let area = Rect::new(
            caret.0.min(text.right().saturating_sub(wide)),
            y,
            wide,
            rows,
        )
        .intersection(screen);
        uncut(frame.buffer_mut(), area);
        frame.render_widget(Clear, area);
        memory.note(area, Spot::Choices(0));
        for (at, text) in texts.iter().enumerate() {
            let style = if at == self.pick {
                cx.theme.selected
            } else {
                cx.theme.accent
            };
            let text = pad(text, usize::from(wide));
            row::pieces(frame.buffer_mut(), row::row(area, at), &[(&text, style)]);
        }
    }
}

/// Where brief and note stand: beside each other, or the one that has the focus.
fn parts(area: Rect, brief: bool) -> (Option<Rect>, Option<Rect>) {
    if area.width < BESIDE {
        return if brief {
            (Some(area), None)
        } else {
            (None, Some(area))
        };
    }
    let columns = (area.width * 42 / 100).min(72);
    let left = Rect {
        width: columns,
        ..area
    };
    let right = Rect {
        x: area.x + columns,
        width: area.width - columns,
        ..area
    };
    (Some(left), Some(right))
}

fn framed(frame: &mut Frame<'_>, area: Rect, title: &str, focused: bool, cx: &Cx<'_>) -> Rect {
    let title = fit(title, usize::from(area.width.saturating_sub(6)));
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(if focused {
            cx.theme.accent
        } else {
            cx.theme.dim
        })
        .title_style(cx.theme.title)
        .title(format!(" {title} "));
    frame.render_widget(block, area);
    inside(area)
}

/// A blank column on either side.
fn padded(area: Rect) -> Rect {
    Rect {
        x: area.x + 1.min(area.width),
        width: area.width.saturating_sub(2),
        ..area
    }
}

/// The marks and what they do in as many rows as there is room for: with a word each, or their signs alone, or none.
fn marks(columns: usize, height: u16) -> Vec<String> {
    let most = usize::from(height / 5);
    let mut rows: Vec<String> = Vec::new();
    for (mark, word) in Mark::ALL.iter().zip(WORDS) {
        let piece = format!("{} {word}", mark.sign());
        match rows.last_mut() {
            Some(row) if width(row) + 2 + width(&piece) <= columns => {
                row.push_str("  ");
                row.push_str(&piece);
            }
            _ => rows.push(piece),
        }
    }
    if rows.len() > most {
        let signs: Vec<String> = Mark::ALL
            .iter()
            .map(|mark| mark.sign().to_string())
            .collect();
        rows = vec![format!("marks: {}", signs.join(" "))];
    }
    rows.truncate(most);
    rows
}
