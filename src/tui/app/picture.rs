//! The whole frame: the tab line, the screen, what is open over it, and the line of keys.

use super::App;
use crate::domain::people::Person;
use crate::domain::text::{fit, width};
use crate::tui::keymap::{Action, ranked};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::Cx;
use crate::tui::pane::list::List;
use crate::tui::pane::timeline::{Show, legend};
use crate::tui::pane::{chits, header, history, list};
use crate::tui::screen::people::{Arrangement, Pane, divider, inside, splitter};
use crate::tui::widget::{key_line, plain, row};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType};

/// The least room in which something can be shown.
const LEAST: (u16, u16) = (24, 6);

/// What is between the tab line and the line of keys.
pub(super) fn body(area: Rect) -> Rect {
    Rect {
        y: area.y + area.height.min(1),
        height: area.height.saturating_sub(2),
        ..area
    }
}

impl App {
    /// Draws everything as it is, and where the terminal has only plain characters, with nothing else.
    pub fn draw(&self, frame: &mut Frame<'_>, memory: &mut Memory) {
        self.draw_whole(frame, memory);
        if self.setup.plain {
            plain::picture(frame.buffer_mut());
        }
    }

    fn draw_whole(&self, frame: &mut Frame<'_>, memory: &mut Memory) {
        memory.begin();
        let area = frame.area();
        memory.screen = area;
        let cx = self.cx();
        if area.width < LEAST.0 || area.height < LEAST.1 {
            let says = fit("needs more room (60x15)", usize::from(area.width));
            row::pieces(
                frame.buffer_mut(),
                row::row(area, usize::from(area.height / 2)),
                &[(&says, cx.theme.warn)],
            );
            return;
        }
        self.draw_tabs(frame, row::row(area, 0), &cx, memory);
        let body = body(area);
        match self.board() {
            Some(board) => board.draw(frame, body, &cx, memory),
            None => self.draw_people(frame, body, &cx, memory),
        }
        for open in &self.modals {
            open.modal.draw(frame, body, &cx, memory);
        }
        let foot = row::row(area, usize::from(area.height) - 1);
        match &self.status {
            _ if self.waits() => {
                row::pieces(frame.buffer_mut(), foot, &[(" Saving …", cx.theme.dim)]);
            }
            Some(status) => {
                let style = if status.bad {
                    cx.theme.bad
                } else {
                    cx.theme.good
                };
                row::pieces(
                    frame.buffer_mut(),
                    foot,
                    &[(" ", style), (&status.text, style)],
                );
            }
            None => self.draw_keys(frame, foot, &cx, memory),
        }
    }

    /// Whether the footer names an action: it can be done, or a modal answers to it.
    pub(super) fn hinted(&self, action: Action) -> bool {
        match self.modals.last() {
            Some(_) if action == Action::NextCall && self.calls.is_empty() => false,
            Some(open) => open.modal.answers(action),
            None => match self.board() {
                Some(board) if self.boards_own(action) => board.answers(action),
                _ => self.filtering.is_some() || self.can(action),
            },
        }
    }

    fn draw_keys(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let rows = ranked(&self.live());
        let rows: Vec<_> = rows
            .into_iter()
            .filter(|row| self.hinted(row.action))
            .collect();
        let mut x = area.x + 1;
        for at in key_line::fitting(&rows, usize::from(area.width)) {
            let key = rows[at]
                .keys
                .first()
                .map_or(String::new(), ToString::to_string);
            let rest = Rect {
                x,
                width: area.right().saturating_sub(x),
                ..area
            };
            let pieces = [
                (key.as_str(), cx.theme.accent),
                (" ", cx.theme.dim),
                (rows[at].short, cx.theme.dim),
            ];
            let used = row::pieces(frame.buffer_mut(), rest, &pieces);
            memory.note(
                Rect {
                    width: used,
                    ..rest
                },
                Spot::Hint(at),
            );
            x += used + 2;
        }
    }

    fn draw_people(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        if self.roster.complete() && self.roster.known() == 0 {
            self.draw_empty(frame, area, cx);
            return;
        }
        let whole = Arrangement::of(area, self.focus, self.lower);
        if let Some(area) = whole.list {
            let list = List {
                selected: self.selected,
                focused: self.focus == Pane::List,
                filtering: self.filtering.as_ref(),
                count: self.count,
                sparks: &self.sparks,
                plain: self.setup.plain,
            };
            let title = list::title(&list, area.width, cx);
            self.framed(frame, area, &title, list.focused);
            list::draw_heading(frame, area, &title, cx);
            list::draw(frame, inside(area), &list, cx, memory);
        }
        let Some(area) = whole.person else { return };
        let Some(person) = self.shown() else {
            self.framed(frame, area, "", false);
            return;
        };
        self.framed(frame, area, &person.summary.name, self.focus != Pane::List);
        header::draw(frame, whole.header, person, cx);
        self.draw_parts(frame, &whole, area, person, memory);
    }

    fn draw_parts(
        &self,
        frame: &mut Frame<'_>,
        whole: &Arrangement,
        area: Rect,
        person: &Person,
        memory: &mut Memory,
    ) {
        let cx = self.cx();
        let line = self.line(self.focus != Pane::List);
        let has = |pane| self.focus == pane;
        let title = |pane| {
            if has(pane) {
                cx.theme.title
            } else {
                cx.theme.dim
            }
        };
        let over = |frame: &mut Frame<'_>, part, text: &str, pane| {
            divider(frame.buffer_mut(), area, part, text, line, title(pane));
        };
        if let Some(part) = whole.timeline {
            let title = self.timeline.title(Some(person), self.day());
            over(frame, part, &title, Pane::Timeline);
            self.draw_timeline(frame, part, person, &title);
            memory.note(part, Spot::Pane(Pane::Timeline, 0));
        }
        if let Some(part) = whole.chits {
            over(frame, part, &chits::title(person), Pane::Chits);
            let focused = has(Pane::Chits);
            chits::draw(frame, part, person, self.chit, focused, &cx, memory);
        }
        if let Some(part) = whole.history {
            over(frame, part, &history::title(person), Pane::History);
            if whole.chits.is_some() {
                splitter(frame.buffer_mut(), area, part, line);
            }
            let focused = has(Pane::History);
            history::draw(frame, part, person, self.entry, focused, &cx, memory);
        }
    }

    /// Draws the timeline under its title, which is set already, and the legend beside that.
    fn draw_timeline(&self, frame: &mut Frame<'_>, part: Rect, person: &Person, title: &str) {
        let show = Show {
            person,
            over: self.over(),
            quiet: &self.quiet,
            params: &self.setup.params,
            today: self.day(),
            theme: &self.setup.theme,
            focused: self.focus == Pane::Timeline,
            plain: self.setup.plain,
        };
        let parts = self.timeline.draw_body(part, frame.buffer_mut(), &show);
        // The title has a blank on either side, and so has the legend.
        let taken = width(title) as u16 + 3;
        if part.y == 0 || part.width <= taken + 2 {
            return;
        }
        let beside = Rect {
            x: part.x + taken,
            y: part.y - 1,
            width: part.width - taken - 2,
            height: 1,
        };
        legend::draw_padded(beside, frame.buffer_mut(), &parts);
    }

    fn line(&self, focused: bool) -> ratatui::style::Style {
        let theme = &self.setup.theme;
        if focused && self.modals.is_empty() {
            theme.accent
        } else {
            theme.dim
        }
    }

    fn framed(&self, frame: &mut Frame<'_>, area: Rect, title: &str, focused: bool) {
        let title = fit(title, usize::from(area.width.saturating_sub(6)));
        let mut block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(self.line(focused));
        if !title.is_empty() {
            block = block
                .title_style(self.setup.theme.title)
                .title(format!(" {title} "));
        }
        frame.render_widget(block, area);
    }

    /// A book with nobody in it says what to do next.
    fn draw_empty(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        self.framed(frame, area, "People", true);
        let inner = inside(area);
        let lines = [
            ("Your book is empty.", ""),
            ("", ""),
            ("a", "adds a person"),
            (
                "chitbook import contacts.vcf",
                "brings your address book in",
            ),
            ("chitbook demo", "shows a book full of made-up people"),
        ];
        let wide = lines.iter().map(|(text, _)| width(text)).max().unwrap_or(0) + 3;
        let left = inner.width.saturating_sub(68.min(inner.width)) / 2;
        let top = inner.height.saturating_sub(lines.len() as u16) / 3;
        for (at, (what, does)) in lines.iter().enumerate() {
            let line = row::row(inner, usize::from(top) + at);
            let line = Rect {
                x: line.x + left + 1.min(line.width),
                width: line.width.saturating_sub(left + 1),
                ..line
            };
            let style = if at == 0 {
                cx.theme.title
            } else {
                cx.theme.accent
            };
            let what = if does.is_empty() || usize::from(line.width) < wide + 10 {
                format!("{what}  ")
            } else {
                crate::domain::text::pad(what, wide)
            };
            row::pieces(
                frame.buffer_mut(),
                line,
                &[(&what, style), (does, cx.theme.text)],
            );
        }
    }
}
