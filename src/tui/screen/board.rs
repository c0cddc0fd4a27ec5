//! What boards have in common: how a cursor moves, the frame, the line with the names of their views, and the line something is typed into.

use crate::domain::text::{fit, width};
use crate::tui::keymap::Action;
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::Cx;
use crate::tui::screen::people::inside;
use crate::tui::widget::editor::Editor;
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType};

/// Where a move leads in a list of so many, a page being so many of them.
pub fn moved(at: usize, count: usize, action: Action, page: usize) -> usize {
    let last = count.saturating_sub(1);
    let to = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => at + 1,
        Action::PageUp => at.saturating_sub(page),
        Action::PageDown => at + page,
        Action::Top => 0,
        Action::Bottom => last,
        _ => at,
    };
    to.min(last)
}

/// Whether a move goes upwards, so that a heading it meets is passed that way.
pub fn goes_up(action: Action) -> bool {
    matches!(action, Action::Up | Action::PageUp | Action::Bottom)
}

/// The nearest place of so many from one on that the cursor can stand on; `back` looks upwards first.
pub fn held(at: usize, count: usize, back: bool, stands: impl Fn(&usize) -> bool) -> usize {
    let last = count.saturating_sub(1);
    let at = at.min(last);
    let above = (0..=at).rev().find(&stands);
    let below = (at..=last).find(&stands);
    let found = if back {
        above.or(below)
    } else {
        below.or(above)
    };
    found.unwrap_or(0)
}

/// Draws the frame with its title; gives back what is inside.
pub fn framed(frame: &mut Frame<'_>, area: Rect, title: &str, cx: &Cx<'_>) -> Rect {
    let title = fit(title, usize::from(area.width.saturating_sub(6)));
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(cx.theme.accent)
        .title_style(cx.theme.title)
        .title(format!(" {title} "));
    frame.render_widget(block, area);
    inside(area)
}

/// The names of the views, the one shown marked, found by the mouse from `number` on; what is let through stands at the right.
#[derive(Clone, Copy, Debug)]
pub struct Views<'a> {
    /// Their names.
    pub words: &'a [&'a str],
    /// Which is shown.
    pub at: usize,
    /// The number of the first for the mouse.
    pub number: usize,
    /// What is let through.
    pub right: &'a str,
}

/// Draws the line of views.
pub fn views(
    frame: &mut Frame<'_>,
    line: Rect,
    views: &Views<'_>,
    cx: &Cx<'_>,
    memory: &mut Memory,
) {
    let mut x = line.x + 1.min(line.width);
    for (at, word) in views.words.iter().enumerate() {
        let shown = at == views.at;
        let style = if shown { cx.theme.title } else { cx.theme.dim };
        let rest = Rect {
            x,
            width: line.right().saturating_sub(x),
            ..line
        };
        let mark = match (shown, cx.plain) {
            (false, _) => "  ",
            (true, false) => "▸ ",
            (true, true) => "> ",
        };
        let used = row::pieces(frame.buffer_mut(), rest, &[(mark, style), (word, style)]);
        memory.note(
            Rect {
                width: used,
                ..rest
            },
            Spot::List(views.number + at, 0),
        );
        x += used + 1;
    }
    let rest = Rect {
        x,
        width: line.right().saturating_sub(x),
        ..line
    };
    if !views.right.is_empty() && rest.width > 4 {
        let text = fit(views.right, usize::from(rest.width - 2));
        row::right(frame.buffer_mut(), rest, &format!("{text} "), cx.theme.warn);
    }
}

/// Draws a line that is typed into, and what is wrong with it at the right.
pub fn typing(
    frame: &mut Frame<'_>,
    line: Rect,
    label: &str,
    editor: &Editor,
    wrong: Option<&str>,
    cx: &Cx<'_>,
) {
    let used = row::pieces(
        frame.buffer_mut(),
        line,
        &[(" ", cx.theme.dim), (label, cx.theme.title)],
    );
    let wrong = wrong.unwrap_or("");
    let taken = used + width(wrong) as u16 + 2;
    let field = Rect {
        x: line.x + used,
        width: line.width.saturating_sub(taken),
        ..line
    };
    if let Some(caret) = editor.draw(frame, field, true) {
        frame.set_cursor_position(caret);
    }
    row::right(frame.buffer_mut(), line, wrong, cx.theme.bad);
}
