//! The timeline: a person's strength over time, every touch beneath it, and what becomes of it if nobody calls.
//!
//! ```text
//! Strength ─ 1 year ─ Barney            ┈┈ if nobody calls
//! 100┤        ⢀⡠⠤⢄          ┊
//!    │  ⣀⡠⠔⠒⠉⠁   ⠉⠢⣀   ⣀⡠⠤⠒⠒⢄⢀ ⠠
//!  20┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┊┄┄┄⠐┄◌ cold 14 Dec
//!   0┤ c   m  e   c     M      c
//!      2026    Apr     Jul     Oct
//! ▸ 12 May  call, 14 min  firmware worry, wants …       with focus: the day under the cursor
//! ```

pub mod axis;
mod stops;
mod zoom;

pub use zoom::Zoom;

use crate::domain::moment::{DayNumber, date};
use crate::domain::people::Person;
use crate::domain::strength::curve::{Curve, curve_with_forecast};
use crate::domain::strength::{Params, Reading, Standing, State};
use crate::domain::when::say;
use crate::tui::theme::Theme;
use crate::tui::widget::chart::{Chart, Label, Line, Mark};
use crate::tui::widget::raster::Stroke;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use stops::Stop;
use unicode_width::UnicodeWidthStr;

/// What is kept of the timeline between frames: the zoom, and the day the cursor is on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    zoom: Zoom,
    cursor: Option<DayNumber>,
}

/// What a timeline shows, and how.
#[derive(Clone, Copy, Debug)]
pub struct Show<'a> {
    /// Whose.
    pub person: &'a Person,
    /// Another person laid over the first.
    pub other: Option<&'a Person>,
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

    /// Moves the cursor to the day of an earlier (−1) or later (1) event that is in sight; at the end it stays.
    pub fn step(&mut self, person: &Person, today: DayNumber, by: isize) {
        let days = self.days(person, today);
        let here = self.cursor_day(&days);
        let Some(at) = here.and_then(|day| days.iter().position(|d| *d == day)) else {
            return;
        };
        let there = at.saturating_add_signed(by).min(days.len() - 1);
        self.cursor = days.get(there).copied();
    }

    /// Moves the cursor to the latest event again: for another person.
    pub fn reset(&mut self) {
        self.cursor = None;
    }

    /// The day under the cursor, for acts on it.
    pub fn cursor(&self, person: &Person, today: DayNumber) -> Option<DayNumber> {
        self.cursor_day(&self.days(person, today))
    }

    /// The words in the pane's title.
    pub fn title(&self) -> String {
        format!("Strength ─ {}", self.zoom.words())
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
        let title = self.title();
        let width = usize::from(area.width);
        buf.set_stringn(area.x, area.y, &title, width, style);
        let left = title.width() as u16 + 2;
        draw_legend(area, left, buf, show, self.outlook(show));
        let rest = Rect {
            y: area.y + 1,
            height: area.height - 1,
            ..area
        };
        self.draw_body(rest, buf, show);
    }

    /// Draws the timeline without its title, for a frame that says it already.
    pub fn draw_body(&self, area: Rect, buf: &mut Buffer, show: &Show<'_>) {
        let mut area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let stops = stops::of(show.person, show.params);
        if stops.is_empty() {
            let text = "never spoken yet";
            let left = area.width.saturating_sub(text.width() as u16) / 2;
            let middle = area.y + (area.height - 1) / 2;
            let width = usize::from(area.width);
            buf.set_stringn(area.x + left, middle, text, width, show.theme.dim);
            return;
        }
        let cursor = self
            .cursor(show.person, show.today)
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
        self.draw_chart(area, buf, show, &stops, cursor);
    }

    /// What the dots to come mean, and the day it goes cold where that is too far off to be in the picture.
    pub fn outlook(&self, show: &Show<'_>) -> String {
        let reading = Drawn::new(show.person, show).reading;
        if reading.state == State::New {
            return "never spoken yet".to_owned();
        }
        let first = stops::days(show.person).first().copied();
        let last = until(self.from(first, show.today), show.today, &reading);
        let cold = reading.cold.filter(|day| *day > last);
        let cold = cold.map_or(String::new(), |day| {
            format!(", cold {}", named_day(day, show.today))
        });
        let dots = if show.plain { ".." } else { "┈┈" };
        format!("{dots} if nobody calls{cold}")
    }

    fn draw_chart(
        &self,
        area: Rect,
        buf: &mut Buffer,
        show: &Show<'_>,
        stops: &[Stop],
        cursor: Option<DayNumber>,
    ) {
        let theme = show.theme;
        let person = Drawn::new(show.person, show);
        let from = self.from(stops.first().map(|stop| stop.day), show.today);
        let to = until(from, show.today, &person.reading);
        let points = usize::from(Chart::columns(area.width)) * 2;
        let curve = |who: &Person| {
            let drawn = Drawn::new(who, show);
            if drawn.reading.state == State::New {
                return Curve::default();
            }
            let cadence = drawn.cadence;
            let first = who.trail.traces.first().map_or(to, |trace| trace.day);
            // Before the first touch there is nothing to draw: unknown is not cold.
            let span = (from.max(first.saturating_sub(1)), to);
            curve_with_forecast(show.params, &who.trail, cadence, span, show.today, points)
        };
        let first = curve(show.person);
        let second = show.other.map(curve).unwrap_or_default();
        let line = |points, stroke, style, low| Line {
            points,
            stroke,
            style,
            low,
        };
        let lines = [
            line(&second.forecast, Stroke::Beads, theme.dim, theme.dim),
            line(&second.past, Stroke::Beads, theme.text, theme.text),
            line(&first.forecast, Stroke::Dotted, theme.dim, theme.dim),
            line(&first.past, Stroke::Solid, theme.accent, theme.bad),
        ];
        let marks: Vec<Mark> = stops.iter().map(|stop| mark(stop, show)).collect();
        let ticks = axis::ticks(from, to, Chart::columns(area.width), theme);
        Chart {
            span: (f64::from(from), f64::from(to)),
            top: 100.0,
            lines: &lines,
            level: Some(show.params.cold_line),
            marks: &marks,
            ticks: &ticks,
            labels: &person.labels(show),
            now: Some((f64::from(show.today), "today")),
            cursor: cursor.map(f64::from),
            dim: theme.dim,
            accent: theme.accent,
            selected: theme.selected,
            plain: show.plain,
        }
        .draw(area, buf);
    }

    /// The days of the events in sight, without repeats.
    fn days(&self, person: &Person, today: DayNumber) -> Vec<DayNumber> {
        let mut days = stops::days(person);
        let from = self.from(days.first().copied(), today);
        days.retain(|day| (from..=today).contains(day));
        days
    }

    /// Where the cursor is: where it was put, else on the nearest event in sight, at first the latest.
    fn cursor_day(&self, days: &[DayNumber]) -> Option<DayNumber> {
        let latest = days.last().copied()?;
        let wanted = self.cursor.unwrap_or(latest);
        days.iter().copied().min_by_key(|day| day.abs_diff(wanted))
    }

    /// The first day in sight.
    fn from(&self, first: Option<DayNumber>, today: DayNumber) -> DayNumber {
        let back = match self.zoom {
            Zoom::Quarter => 90,
            Zoom::Year => 365,
            Zoom::ThreeYears => 1096,
            Zoom::All => {
                let since = today.saturating_sub(first.unwrap_or(today));
                since.max(30).saturating_add(since.max(30) / 40)
            }
        };
        today.saturating_sub(back)
    }
}

/// The last day in sight: a little beyond the day the relationship goes cold, within reason.
fn until(from: DayNumber, today: DayNumber, reading: &Reading) -> DayNumber {
    let past = today.saturating_sub(from);
    let next = [reading.cold, reading.stale]
        .into_iter()
        .flatten()
        .filter(|day| *day > today)
        .max();
    let ahead = next.map_or(0, |day| day.saturating_sub(today));
    let ahead = ahead.saturating_add(ahead / 2);
    today.saturating_add(ahead.clamp(past / 8, past / 2).max(7))
}

/// What the model says of a person today.
struct Drawn {
    standing: Standing,
    cadence: Option<u16>,
    reading: Reading,
}

impl Drawn {
    fn new(person: &Person, show: &Show<'_>) -> Self {
        let cadence = person.summary.cadence;
        let standing = Standing::replay(show.params, &person.trail, show.today);
        Drawn {
            standing,
            cadence,
            reading: standing.read(show.params, cadence, show.today),
        }
    }

    /// The day it goes stale and the day it goes cold, set on the forecast.
    fn labels(&self, show: &Show<'_>) -> Vec<Label> {
        let at = |day: Option<DayNumber>, state: State, word: &str, style: Style| {
            let day = day.filter(|day| *day > show.today)?;
            let text = if word.is_empty() {
                String::new()
            } else {
                format!("{word} {}", named_day(day, show.today))
            };
            let sign = match (show.plain, state) {
                (false, state) => state.sign(),
                (true, State::Stale) => "o",
                (true, _) => "x",
            };
            Some(Label {
                x: f64::from(day),
                y: self.standing.strength(show.params, self.cadence, day),
                sign,
                text,
                style,
            })
        };
        let (reading, theme) = (&self.reading, show.theme);
        let stale_word = if reading.cold.is_some_and(|day| day > show.today) {
            ""
        } else {
            "stale"
        };
        [
            at(reading.stale, State::Stale, stale_word, theme.warn),
            at(reading.cold, State::Dormant, "cold", theme.bad),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn mark(stop: &Stop, show: &Show<'_>) -> Mark {
    let theme = show.theme;
    let style = match stop.tone {
        stops::Tone::Bad => theme.bad,
        stops::Tone::Quiet => theme.dim,
        _ if stop.day > show.today => theme.dim,
        stops::Tone::Good => theme.good,
        stops::Tone::Plain => theme.text,
    };
    Mark {
        x: f64::from(stop.day),
        letter: stop.letter,
        rank: stop.rank,
        style,
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

/// To the right of the title: whose curve is which, or what the dots mean.
fn draw_legend(area: Rect, left: u16, buf: &mut Buffer, show: &Show<'_>, outlook: String) {
    let theme = show.theme;
    let (solid, beads) = if show.plain {
        ("--", "oo")
    } else {
        ("━━", "∘∘")
    };
    let parts: Vec<(String, Style)> = match show.other {
        Some(other) => vec![
            (
                format!("{solid} {}", show.person.summary.name),
                theme.accent,
            ),
            (format!("  {beads} {}", other.summary.name), theme.text),
        ],
        None => vec![(outlook, theme.dim)],
    };
    let width: u16 = parts.iter().map(|part| part.0.width() as u16).sum();
    if show.person.trail.traces.is_empty() || left.saturating_add(width) > area.width {
        return;
    }
    let mut x = area.right() - width;
    for (text, style) in parts {
        x = buf.set_stringn(x, area.y, text, width.into(), style).0;
    }
}

/// The line that names what happened on the day under the cursor.
fn draw_event(line: Rect, buf: &mut Buffer, show: &Show<'_>, day: DayNumber) {
    let sign = if show.plain { ">" } else { "▸" };
    let parts = [
        (
            format!("{sign} {}  ", named_day(day, show.today)),
            show.theme.accent,
        ),
        (stops::happened(show.person, day), show.theme.text),
        (stops::note(show.person, day), show.theme.dim),
    ];
    let mut x = line.x;
    for (text, style) in parts {
        let room = usize::from(line.right().saturating_sub(x));
        if room > 0 {
            x = buf.set_stringn(x, line.y, text, room, style).0;
        }
    }
}

#[cfg(test)]
mod tests;
