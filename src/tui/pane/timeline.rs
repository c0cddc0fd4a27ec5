//! The timeline: a person's strength over time, every touch beneath it, and what becomes of it if nobody calls.
//!
//! ```text
//! Strength ─ 1 year ─ Barney            ┈┈ if nobody calls  ░ little was logged
//! 100┤        ⢀⡠⠤⢄ ░        ┊
//!    │  ⣀⡠⠔⠒⠉⠁   ⠉⠢⣀   ⣀⡠⠤⠒⠒⢄⢀ ⠠
//!  20┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄░┄┄┄┄┄┄┄┄┊┄┄┄⠐┄◌ cold 14 Dec
//!   0┤ c   m  e   c     M      c
//!      2026    Apr     Jul      Oct
//! ▸ 12 May  call, 14 min, +9.5  firmware worry, wants …   with focus: the day under the cursor
//! ```

pub mod axis;
mod calm;
mod drawn;
pub mod legend;
mod sight;
mod stops;
mod told;
mod zoom;

pub use zoom::Zoom;

use crate::domain::moment::{DayNumber, date};
use crate::domain::people::Person;
use crate::domain::strength::Params;
use crate::domain::strength::curve::Point;
use crate::domain::text::fit;
use crate::domain::when::say;
use crate::tui::theme::Theme;
use crate::tui::widget::chart::Chart;
use crate::tui::widget::plain;
use drawn::Drawn;
use legend::Part;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use sight::Sight;
use unicode_width::UnicodeWidthStr;

/// What is kept of the timeline between frames: the zoom, and the day the cursor was put on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    zoom: Zoom,
    cursor: Option<DayNumber>,
}

/// What is laid over a timeline.
#[derive(Clone, Copy, Debug, Default)]
pub enum Over<'a> {
    /// Nothing.
    #[default]
    Nothing,
    /// Another person's curve.
    Person(&'a Person),
    /// The median of everybody with a tag.
    Median {
        /// The tag.
        tag: &'a str,
        /// How many people that is.
        people: usize,
        /// The median on days in their order; between them it is drawn straight.
        points: &'a [Point],
    },
}

/// What a timeline shows, and how.
#[derive(Clone, Copy, Debug)]
pub struct Show<'a> {
    /// Whose.
    pub person: &'a Person,
    /// What is laid over it.
    pub over: Over<'a>,
    /// The Mondays of the weeks in which hardly anything was logged for anybody, in their order.
    pub quiet: &'a [DayNumber],
    /// The strength model.
    pub params: &'a Params,
    /// Today.
    pub today: DayNumber,
    /// The looks.
    pub theme: &'a Theme,
    /// Whether the keys go here: then the cursor is shown.
    pub focused: bool,
    /// Only characters that every terminal has.
    pub plain: bool,
}

impl Timeline {
    /// How much of the past is shown.
    pub fn zoom(&self) -> Zoom {
        self.zoom
    }

    /// Shows more of the past.
    pub fn widen(&mut self) {
        self.zoom = self.zoom.step(1);
    }

    /// Shows less of the past.
    pub fn narrow(&mut self) {
        self.zoom = self.zoom.step(-1);
    }

    /// Moves the cursor to the day of an earlier (−1) or later (1) event; at the end it stays. What is in sight follows it. The
    /// first move goes to the latest event where that is out of sight.
    pub fn step(&mut self, person: &Person, today: DayNumber, by: isize) {
        let days = stops::days(person, today);
        let Some(latest) = days.last() else { return };
        let here = self.cursor_among(&days, today);
        let at = here.and_then(|day| days.binary_search(&day).ok());
        self.cursor = match at {
            Some(at) => days
                .get(at.saturating_add_signed(by).min(days.len() - 1))
                .copied(),
            None => Some(*latest),
        };
    }

    /// Moves the cursor to the latest event again: for another person.
    pub fn reset(&mut self) {
        self.cursor = None;
    }

    /// The day under the cursor, for acts on it.
    pub fn cursor(&self, person: &Person, today: DayNumber) -> Option<DayNumber> {
        self.cursor_among(&stops::days(person, today), today)
    }

    /// The first and the last day of the past in sight.
    pub fn past(&self, person: &Person, today: DayNumber) -> (DayNumber, DayNumber) {
        let sight = self.sight(person, today);
        (sight.from, sight.past)
    }

    /// The words in the pane's title.
    pub fn title(&self, person: Option<&Person>, today: DayNumber) -> String {
        let title = format!("Strength ─ {}", self.zoom.words());
        match person.map(|person| self.sight(person, today)) {
            Some(sight) if !sight.present => {
                format!("{title} to {}", named_day(sight.past, today))
            }
            _ => title,
        }
    }

    /// Draws the title line and the timeline beneath it.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, show: &Show<'_>) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let style = if show.focused {
            show.theme.title
        } else {
            show.theme.text
        };
        let title = self.title(Some(show.person), show.today);
        buf.set_stringn(area.x, area.y, &title, area.width.into(), style);
        let rest = Rect {
            y: area.y + 1,
            height: area.height - 1,
            ..area
        };
        let parts = self.draw_body(rest, buf, show);
        let taken = (title.width() as u16 + 2).min(area.width);
        let beside = Rect {
            x: area.x + taken,
            width: area.width - taken,
            height: 1,
            ..area
        };
        legend::draw(beside, buf, &parts);
    }

    /// Draws the timeline without its title, for a frame that says it already; gives back what belongs beside the title.
    pub fn draw_body(&self, area: Rect, buf: &mut Buffer, show: &Show<'_>) -> Vec<Part> {
        let mut area = area.intersection(buf.area);
        let days = stops::days(show.person, show.today);
        let ahead = show.person.trail.traces.is_empty() && days.is_empty();
        if area.is_empty() {
            return Vec::new();
        }
        if ahead {
            let text = "never spoken yet";
            let left = area.width.saturating_sub(text.width() as u16) / 2;
            let middle = area.y + (area.height - 1) / 2;
            let width = usize::from(area.width);
            buf.set_stringn(area.x + left, middle, text, width, show.theme.dim);
            return Vec::new();
        }
        let cursor = self
            .cursor_among(&days, show.today)
            .filter(|_| show.focused);
        if let Some(day) = cursor.filter(|_| area.height >= 3) {
            area.height -= 1;
            let line = Rect {
                y: area.bottom(),
                height: 1,
                ..area
            };
            draw_event(line, buf, show, day);
        }
        let sight = self.sight_among(days.first().copied(), show.today);
        let drawn = Drawn::new(show, sight, Chart::columns(area.width));
        let told = drawn.draw(area, buf, show, cursor);
        drawn.legend(show, &told)
    }

    fn sight(&self, person: &Person, today: DayNumber) -> Sight {
        self.sight_among(stops::first(person), today)
    }

    fn sight_among(&self, first: Option<DayNumber>, today: DayNumber) -> Sight {
        Sight::of(self.zoom, first, self.cursor, today)
    }

    /// Where the cursor is: on the event nearest to where it was put; if it never was, on the latest one, if that is in sight.
    fn cursor_among(&self, days: &[DayNumber], today: DayNumber) -> Option<DayNumber> {
        if let Some(wanted) = self.cursor {
            return days.iter().copied().min_by_key(|day| day.abs_diff(wanted));
        }
        let sight = self.sight_among(days.first().copied(), today);
        days.last().copied().filter(|day| *day >= sight.from)
    }
}

/// A day without its weekday: `14 Dec`, with the year where it is far off.
fn named_day(day: DayNumber, today: DayNumber) -> String {
    let said = say(date(day), date(today));
    match said.split_once(' ') {
        Some((_, rest)) => rest.to_owned(),
        None => said,
    }
}

/// The line that names what happened on the day under the cursor.
fn draw_event(line: Rect, buf: &mut Buffer, show: &Show<'_>, day: DayNumber) {
    let sign = if show.plain { ">" } else { "▸" };
    let happened = told::happened(show.person, show.params, day, show.today, show.plain);
    let parts = [
        (
            format!("{sign} {}  ", named_day(day, show.today)),
            show.theme.accent,
        ),
        (plain::halves(happened, show.plain), show.theme.text),
        (told::note(show.person, day), show.theme.dim),
    ];
    let mut x = line.x;
    for (text, style) in parts {
        let room = usize::from(line.right().saturating_sub(x));
        if room > 0 {
            x = buf.set_stringn(x, line.y, fit(&text, room), room, style).0;
        }
    }
}

#[cfg(test)]
mod tests;
