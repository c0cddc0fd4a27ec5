//! A person's history: each touch with the first line of its note, latest first.

use crate::domain::id::Id;
use crate::domain::people::{Entry, Person};
use crate::domain::text::{first_line, fit, pad, width};
use crate::domain::touch::Direction;
use crate::domain::when;
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::Cx;
use crate::tui::screen::people::Pane;
use crate::tui::widget::row;
use chrono::{Datelike, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The keys while the history has the focus.
pub const KEYS: Keys = Keys {
    place: "A person's history",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Open,
            "Read the whole note",
            "read",
            1,
        ),
        bind(
            &[Key::char('e')],
            Action::EditTouch,
            "Edit the touch",
            "edit",
            2,
        ),
        bind(
            &[Key::char('d')],
            Action::DeleteTouch,
            "Delete the touch",
            "delete",
            3,
        ),
    ],
};

/// Columns below which there is no room for more than the day, the kind and the note.
const NARROW: u16 = 44;
/// Columns of the signs of what was caught, at most.
const SIGNS: usize = 8;
/// Columns of a day of this year.
const SHORT: usize = 6;

/// What stands in the frame.
pub fn title(person: &Person) -> String {
    if person.touches == 0 {
        return "History".to_owned();
    }
    format!("History ─ {}", person.touches)
}

/// What a note is called when it is read: `call with Barney Rubble, Fri 13 Nov 2026 14:05, 12 min`.
pub fn heading(entry: &Entry, name: &str) -> String {
    let minutes = entry
        .minutes
        .map_or(String::new(), |n| format!(", {n} min"));
    let others = if entry.others.is_empty() {
        String::new()
    } else {
        format!(" and {}", entry.others.join(", "))
    };
    format!(
        "{} with {name}{others}, {}{minutes}",
        entry.kind.word(),
        entry.at.format("%a %-d %b %Y %H:%M")
    )
}

/// The sign of who started it.
fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Out => "→",
        Direction::In => "←",
        Direction::Mutual => "↔",
    }
}

/// A touch's day: with its year where that is another than today's, and then without the day of the month where there is no room.
fn said(day: NaiveDate, today: NaiveDate, narrow: bool) -> String {
    let form = match (day.year() == today.year(), narrow) {
        (true, _) if day == today => return when::say(day, today),
        (true, _) => "%-d %b",
        (false, true) => "%b’%y",
        (false, false) => "%-d %b’%y",
    };
    day.format(form).to_string()
}

/// Draws the history into its part of the frame.
pub fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    person: &Person,
    selected: Option<Id>,
    focused: bool,
    cx: &Cx<'_>,
    memory: &mut Memory,
) {
    let at = person
        .history
        .iter()
        .position(|entry| Some(entry.id) == selected)
        .unwrap_or(0);
    let height = usize::from(area.height);
    let first = memory.scroll("history", at, person.history.len(), height);
    memory.note(area, Spot::Pane(Pane::History, first));
    if focused {
        memory.page = height;
    }
    let narrow = area.width < NARROW;
    let shown = person.history.iter().enumerate().skip(first).take(height);
    let days = shown.clone();
    let days = days.map(|(_, entry)| width(&said(entry.at.date_naive(), cx.today(), narrow)));
    let days = days.max().unwrap_or(0).max(SHORT);
    for (place, entry) in shown {
        let chosen = Some(entry.id) == selected;
        let look = match (focused, place == at) {
            (true, true) => Some(cx.theme.selected),
            (false, _) if chosen => Some(cx.theme.marked),
            _ => None,
        };
        draw_row(frame, row::row(area, place - first), entry, days, look, cx);
    }
    if person.history.is_empty() {
        let says = "Nothing yet; t logs a touch.";
        row::pieces(
            frame.buffer_mut(),
            row::row(area, 0),
            &[(" ", cx.theme.dim), (says, cx.theme.dim)],
        );
    }
}

/// One touch, its day in so many columns; `look` is that of the row the keys act on, or would act on if the history had the focus.
fn draw_row(
    frame: &mut Frame<'_>,
    area: Rect,
    entry: &Entry,
    days: usize,
    look: Option<Style>,
    cx: &Cx<'_>,
) {
    let narrow = area.width < NARROW;
    let day = said(entry.at.date_naive(), cx.today(), narrow);
    let minutes = entry.minutes.map_or(String::new(), |n| format!("{n}m"));
    let before = if narrow {
        format!("{day:>days$} ")
    } else {
        format!("{day:>days$} {} ", arrow(entry.direction))
    };
    let kind = format!("{:<8}", entry.kind.word());
    let minutes = if narrow {
        String::new()
    } else {
        format!("{minutes:>4} ")
    };
    let note = first_line(&entry.body);
    let note = if note.is_empty() && !entry.others.is_empty() {
        format!("with {}", entry.others.join(", "))
    } else {
        note.to_owned()
    };
    let over = |style: Style| look.unwrap_or(style);
    let used = row::pieces(
        frame.buffer_mut(),
        area,
        &[
            (if look.is_some() { "▌" } else { " " }, over(cx.theme.text)),
            (&before, over(cx.theme.dim)),
            (&kind, over(cx.theme.accent)),
            (&minutes, over(cx.theme.dim)),
        ],
    );
    let rest = Rect {
        x: area.x + used,
        width: area.width - used,
        ..area
    };
    // What was caught in the note, by its signs, where there is room for them.
    let caught = if narrow || entry.caught.is_empty() {
        String::new()
    } else {
        format!(" {} ", fit(&entry.caught, SIGNS))
    };
    let note = pad(
        &note,
        usize::from(rest.width).saturating_sub(width(&caught)),
    );
    let pieces = [
        (note.as_str(), over(cx.theme.text)),
        (caught.as_str(), over(cx.theme.accent)),
    ];
    row::pieces(frame.buffer_mut(), rest, &pieces);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_another_year_says_so_before_and_after() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-01-10");
        let cases = [
            ("2026-01-10", false, "today"),
            ("2026-01-04", false, "4 Jan"),
            ("2026-12-31", true, "31 Dec"),
            ("2025-12-28", false, "28 Dec’25"),
            ("2025-12-28", true, "Dec’25"),
            ("2027-01-02", false, "2 Jan’27"),
            ("2027-01-02", true, "Jan’27"),
        ];
        for (on, narrow, expected) in cases {
            assert_eq!(said(day(on), today, narrow), expected, "{on} {narrow}");
        }
    }
}
