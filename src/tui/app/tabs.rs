//! The tab line: the screens with what matters on each, the calls and drafts that wait, and the clock.

use super::App;
use crate::domain::text::width;
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::Cx;
use crate::tui::screen::Screen;
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// How much of the line is written out, from all of it to the least.
const LEVELS: [Level; 5] = [
    Level::new(true, true, true),
    Level::new(false, true, true),
    Level::new(false, true, false),
    Level::new(false, false, true),
    Level::new(false, false, false),
];

/// What is written out.
#[derive(Clone, Copy)]
struct Level {
    /// The program's name.
    brand: bool,
    /// The names of screens that are not shown.
    names: bool,
    /// The day beside the time.
    day: bool,
}

impl Level {
    const fn new(brand: bool, names: bool, day: bool) -> Self {
        Level { brand, names, day }
    }
}

/// A piece of the line, and the screen it goes to.
struct Piece {
    text: String,
    style: Style,
    to: Option<Screen>,
}

impl App {
    pub(super) fn draw_tabs(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let [waiting, short] = self.waiting();
        let fits = |level: &&Level| {
            let tabs: usize = self
                .tabs(**level, cx)
                .iter()
                .map(|piece| width(&piece.text))
                .sum();
            let clock = self.clock(**level);
            tabs + 2 + width(&waiting) + width(&clock) <= usize::from(area.width)
        };
        let least = LEVELS[LEVELS.len() - 1];
        let level = *LEVELS.iter().find(fits).unwrap_or(&least);
        let mut x = area.x;
        for piece in self.tabs(level, cx) {
            let left = Rect {
                x,
                width: area.right().saturating_sub(x),
                ..area
            };
            let used = row::pieces(frame.buffer_mut(), left, &[(&piece.text, piece.style)]);
            if let Some(to) = piece.to {
                memory.note(
                    Rect {
                        width: used,
                        ..left
                    },
                    Spot::Tab(to),
                );
            }
            x += used;
        }
        let rest = Rect {
            x,
            width: area.right().saturating_sub(x),
            ..area
        };
        let clock = self.clock(level);
        if usize::from(rest.width) <= width(&clock) {
            return;
        }
        let used = row::right(frame.buffer_mut(), rest, &clock, cx.theme.dim);
        let rest = Rect {
            width: rest.width - used,
            ..rest
        };
        let room = |text: &&String| usize::from(rest.width) > width(text);
        if let Some(text) = [&waiting, &short].into_iter().find(room) {
            row::right(frame.buffer_mut(), rest, text, cx.theme.warn);
        }
    }

    fn clock(&self, level: Level) -> String {
        let how = if level.day {
            "%a %-d %b %H:%M "
        } else {
            "%H:%M "
        };
        self.setup.now.format(how).to_string()
    }

    fn tabs(&self, level: Level, cx: &Cx<'_>) -> Vec<Piece> {
        let piece = |text: String, style, to| Piece { text, style, to };
        let brand = if level.brand { " chitbook" } else { "" };
        let mut tabs = vec![piece(brand.to_owned(), cx.theme.dim, None)];
        for screen in Screen::ALL {
            let shown = screen == self.screen;
            let gap = if tabs.len() == 1 && !level.brand {
                ""
            } else {
                " "
            };
            let word = if shown || level.names {
                screen.word()
            } else {
                ""
            };
            // Where the name is left out, the count must not pass for a number of another screen.
            let (blank, colon) = if word.is_empty() {
                ("", ":")
            } else {
                (" ", " ")
            };
            let number = format!("{gap} {}{blank}", screen.number());
            tabs.push(piece(number, cx.theme.dim, Some(screen)));
            let style = if shown { cx.theme.title } else { cx.theme.text };
            tabs.push(piece(word.to_owned(), style, Some(screen)));
            let count = match self.counts.of(screen) {
                0 => String::new(),
                n => format!("{colon}{n}"),
            };
            tabs.push(piece(count, cx.theme.warn, Some(screen)));
        }
        tabs
    }

    /// What the rep should keep in mind, the calls that are open and the drafts; and in short, for a narrow terminal, the calls.
    fn waiting(&self) -> [String; 2] {
        let mark = self.setup.mark;
        let mark = format!("{mark}{}", if mark.is_empty() { "" } else { "   " });
        let on_call = self.modals.iter().any(|open| open.modal.parked().is_some());
        let other = if on_call { " other" } else { "" };
        let (calls, short) = match self.calls.len() {
            0 => (String::new(), String::new()),
            n => {
                let plural = if n == 1 { "" } else { "s" };
                (
                    format!("{n}{other} call{plural} open (Ctrl-G)   "),
                    format!("{n}{other} (Ctrl-G)   "),
                )
            }
        };
        let all = match self.drafts.len() {
            0 => format!("{mark}{calls}"),
            1 => format!("{mark}{calls}1 draft (W)   "),
            n => format!("{mark}{calls}{n} drafts (W)   "),
        };
        [all, short]
    }
}
