//! The view's picture: the names of the pages, the pages, and what is there while they are being read.

use super::super::{Cx, frame_for};
use super::asked::Subject;
use super::parts::{Focus, bar, beside, over};
use super::{AsOf, Book, PAGES, Part, ahead, climate, judgement, movers, parts};
use crate::domain::climate::Climate;
use crate::domain::text::{fit, grouped, width};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

/// From this room on (inside the frame, beneath the names of the pages) the first three pages are shown at once.
const ROOMY: (u16, u16) = (96, 24);

/// Whether there is room for the first three pages at once.
fn roomy(body: Rect) -> bool {
    body.width >= ROOMY.0 && body.height >= ROOMY.1
}

impl Book {
    /// Draws the view.
    pub(super) fn picture(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let inner = frame_for(frame, area, &self.title(cx), cx, memory);
        let (head, body) = over(inner, u16::from(inner.height >= 4 || self.typing.is_some()));
        match &self.typing {
            Some(typing) => self.draw_typing(frame, head, typing, cx),
            None => self.draw_pages(frame, head, body, cx, memory),
        }
        match self.part {
            Part::Judgement => {
                self.draw_judgement(frame, body, cx);
                self.draw_more(frame, area, cx);
            }
            _ => self.draw_climate(frame, body, cx, memory),
        }
    }

    fn title(&self, cx: &Cx<'_>) -> String {
        let shown = match self.part {
            Part::Judgement => self.asked.judgement().map(|(day, _)| day),
            _ => self.asked.climate().map(|climate| climate.day),
        };
        let shown = shown.unwrap_or(self.asked.day());
        let day = parts::day(shown, cx);
        if self.part == Part::Judgement {
            return format!("The model's judgement as of {day}");
        }
        let period = self.asked.climate().map(|climate| climate.period);
        let period = period.unwrap_or(self.asked.period());
        let on = match cx.day() - shown {
            0 | 1 => "",
            _ => "on ",
        };
        format!("The book {on}{day}, against {period} days before")
    }

    /// The names of the pages, and how far the reading is.
    fn draw_pages(
        &self,
        frame: &mut Frame<'_>,
        line: Rect,
        body: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let mut rest = line;
        let all = self.part != Part::Judgement && roomy(body);
        let dot = if cx.plain { " - " } else { " · " };
        for (at, part) in Part::ALL.into_iter().enumerate() {
            let style = if part == self.part {
                cx.theme.title
            } else {
                cx.theme.text
            };
            let number = (at + 1).to_string();
            let short = line.width < 48 && part != self.part;
            let word = if short { "" } else { part.word() };
            let gap = match part {
                Part::Climate | Part::Ahead if all => dot,
                Part::Movers if all => " (all here)  ",
                _ => "  ",
            };
            let pieces = [
                (number.as_str(), cx.theme.dim),
                (" ", style),
                (word, style),
                (gap, if all { cx.theme.dim } else { style }),
            ];
            let used = row::pieces(frame.buffer_mut(), rest, &pieces);
            let tab = Rect {
                width: used,
                ..rest
            };
            memory.note(tab, Spot::List(PAGES + at, 0));
            rest = Rect {
                x: rest.x + used,
                width: rest.width - used,
                ..rest
            };
        }
        let (mark, style) = match (self.asked.reading(), self.asked.failed()) {
            (Some(_), _) => (self.reading_mark(rest.width, cx), cx.theme.warn),
            (None, Some(_)) => ("not read; r tries again".to_owned(), cx.theme.bad),
            (None, None) => return,
        };
        row::right(frame.buffer_mut(), rest, &mark, style);
    }

    /// What is being read and how far that is, in as many columns.
    fn reading_mark(&self, columns: u16, cx: &Cx<'_>) -> String {
        let share = self.asked.share();
        let percent = format!("{:.0}%", share * 100.0);
        let shown = self.part == Part::Judgement;
        let what = match self.asked.reading() {
            // The page is there already; another one is being made ready.
            Some(Subject::Judgement) if !shown => "the judgement".to_owned(),
            Some(Subject::Climate) if shown && !self.asked.judgement_is_old() => {
                "the climate".to_owned()
            }
            _ => parts::day(self.asked.day(), cx),
        };
        let forms = [
            format!("reading {what} … {} {percent}", bar(share, 10, cx)),
            format!("reading {what} … {percent}"),
            format!("reading … {percent}"),
        ];
        let columns = usize::from(columns);
        let fits = forms.iter().find(|form| width(form) <= columns);
        fits.map_or(fit(&percent, columns), String::clone)
    }

    fn draw_typing(&self, frame: &mut Frame<'_>, line: Rect, typing: &AsOf, cx: &Cx<'_>) {
        let label = [("as of › ", cx.theme.accent)];
        let used = row::pieces(frame.buffer_mut(), line, &label);
        let rest = Rect {
            x: line.x + used,
            width: line.width - used,
            ..line
        };
        let (echo, style) = match (&typing.wrong, self.typed_day(cx)) {
            (Some(why), _) => (why.clone(), cx.theme.bad),
            (None, Some(Ok(day))) => (parts::day(day, cx), cx.theme.good),
            (None, Some(Err(_))) => (String::new(), cx.theme.dim),
            (None, None) => ("a day: 14 may, 3 weeks ago".to_owned(), cx.theme.dim),
        };
        let [field, beside] =
            Layout::horizontal([Constraint::Percentage(40), Constraint::Percentage(60)])
                .areas(rest);
        typing.typed.draw(frame, field, true);
        row::pieces(frame.buffer_mut(), beside, &[(" ", style), (&echo, style)]);
    }

    /// What is shown while there is nothing to show yet.
    fn draw_waiting(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let top = usize::from(area.height / 3);
        if let Some(why) = self.asked.failed() {
            let line = row::row(area, top);
            row::pieces(frame.buffer_mut(), line, &[(why, cx.theme.bad)]);
            return;
        }
        let says = "Going through everybody's history …";
        let columns = usize::from(area.width).min(40);
        let bar = bar(self.asked.share(), columns, cx);
        let far = match self.asked.progress() {
            Some((done, of)) => format!("{} of {} people", grouped(done), grouped(of)),
            None => String::new(),
        };
        let rows = [
            (says, cx.theme.text),
            (bar.as_str(), cx.theme.accent),
            (far.as_str(), cx.theme.dim),
        ];
        for (at, (text, style)) in rows.into_iter().enumerate() {
            let line = row::row(area, top + at);
            let left = area.width.saturating_sub(columns as u16) / 2;
            let line = Rect {
                x: line.x + left,
                width: line.width - left,
                ..line
            };
            row::pieces(frame.buffer_mut(), line, &[(text, style)]);
        }
    }

    fn draw_judgement(&self, frame: &mut Frame<'_>, body: Rect, cx: &Cx<'_>) {
        let Some((_, found)) = self.asked.judgement() else {
            self.draw_waiting(frame, body, cx);
            return;
        };
        let most = judgement::draw(frame, body, found, self.first, cx);
        self.most.set(most);
        if self.asked.judgement_is_old() {
            frame.buffer_mut().set_style(body, cx.theme.dim);
        }
    }

    /// On the frame's lower edge, that the page goes on.
    fn draw_more(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        if self.first < self.most.get() {
            let edge = row::row(area, usize::from(area.height.saturating_sub(1)));
            let edge = Rect {
                width: edge.width.saturating_sub(2),
                ..edge
            };
            row::right(frame.buffer_mut(), edge, " j shows more ", cx.theme.dim);
        }
    }

    fn draw_climate(&self, frame: &mut Frame<'_>, body: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let Some(found) = self.asked.climate() else {
            self.draw_waiting(frame, body, cx);
            return;
        };
        if roomy(body) {
            self.draw_all(frame, body, found, cx, memory);
        } else {
            let part = (self.part, Focus::Here);
            self.draw_part(frame, body, part, found, cx, memory);
        }
        if self.asked.climate_is_old() {
            frame.buffer_mut().set_style(body, cx.theme.dim);
        }
    }

    fn draw_all(
        &self,
        frame: &mut Frame<'_>,
        body: Rect,
        found: &Climate,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let (top, bottom) = over(body, body.height - body.height * 2 / 5);
        let (left, right) = beside(top, top.width * 11 / 20);
        let left = Rect {
            height: left.height.saturating_sub(1),
            ..left
        };
        let right = Rect {
            height: right.height.saturating_sub(1),
            ..right
        };
        for (area, part) in [
            (left, Part::Climate),
            (right, Part::Ahead),
            (bottom, Part::Movers),
        ] {
            let focus = if part == self.part {
                Focus::Among
            } else {
                Focus::Away
            };
            self.draw_part(frame, area, (part, focus), found, cx, memory);
        }
    }

    fn draw_part(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        (part, focus): (Part, Focus),
        found: &Climate,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        match part {
            Part::Climate => climate::draw(frame, area, found, focus, cx),
            Part::Ahead => {
                ahead::draw(frame, area, found, (self.ahead, focus), cx, memory);
            }
            Part::Movers => {
                movers::draw(frame, area, found, (self.movers, focus), cx, memory);
            }
            Part::Judgement => {}
        }
    }
}
