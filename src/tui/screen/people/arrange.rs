//! Where the parts of the home screen go at each size, and the lines between them.
//!
//! ```text
//! wide              middle            narrow (one at a time)
//! ╭ list ╮╭ name ─╮ ╭ list ╮╭ name ─╮ ╭ list ──╮ ╭ name ──╮
//! │      ││ head  │ │      ││ head  │ │        │ │ head   │
//! │      │├ time ─┤ │      │├ time ─┤ │        │ ├ pane ──┤
//! │      │├ c ┬ h ┤ │      │├ c or h┤ │        │ │        │
//! ╰──────╯╰───┴───╯ ╰──────╯╰───────╯ ╰────────╯ ╰────────╯
//! ```

use super::Pane;
use crate::domain::text::{fit, width};
use crate::tui::pane::header;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Where everything goes. A part that has no room is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// The list, its frame included.
    pub list: Option<Rect>,
    /// The person's frame.
    pub person: Option<Rect>,
    /// The head.
    pub header: Rect,
    /// The row of the line over the timeline, and the inside below it.
    pub timeline: Option<Rect>,
    /// The inside of the chits.
    pub chits: Option<Rect>,
    /// The inside of the history.
    pub history: Option<Rect>,
}

impl Arrangement {
    /// The arrangement for an area. `last` is which of chits and history had the focus last, for where only one fits.
    pub fn of(area: Rect, focus: Pane, last: Pane) -> Self {
        if area.width < 70 || area.height < 15 {
            return Arrangement::narrow(area, focus);
        }
        let most = 60 + (area.width.saturating_sub(200) / 4).min(12);
        let columns = (area.width * 32 / 100).clamp(30, most);
        let left = Rect {
            width: columns,
            ..area
        };
        let person = Rect {
            x: area.x + columns,
            width: area.width - columns,
            ..area
        };
        let mut whole = Arrangement {
            list: Some(left),
            ..Arrangement::default()
        };
        whole.page(person, last);
        whole
    }

    /// A person's page, in full where it fits.
    fn page(&mut self, person: Rect, last: Pane) {
        let inner = inside(person);
        self.person = Some(person);
        let rows = header::rows(inner.height);
        self.header = Rect {
            height: rows.min(inner.height),
            ..inner
        };
        let left = inner.height - self.header.height;
        let below = (left.saturating_sub(2) * 2 / 5).clamp(3, 18);
        let chart = left.saturating_sub(below + 2);
        let y = inner.y + self.header.height + 1;
        self.timeline = Some(Rect {
            y,
            height: chart,
            ..inner
        });
        let y = y + chart + 1;
        let below = Rect {
            y,
            height: inner.bottom().saturating_sub(y),
            ..inner
        };
        if inner.width >= 62 {
            let columns = (inner.width * 46 / 100).min(64);
            self.chits = Some(Rect {
                width: columns,
                ..below
            });
            self.history = Some(Rect {
                x: below.x + columns + 1,
                width: below.width - columns - 1,
                ..below
            });
        } else if last == Pane::Chits {
            self.chits = Some(below);
        } else {
            self.history = Some(below);
        }
    }

    /// One thing at a time.
    fn narrow(area: Rect, focus: Pane) -> Self {
        let mut whole = Arrangement::default();
        if focus == Pane::List {
            whole.list = Some(area);
            return whole;
        }
        let inner = inside(area);
        whole.person = Some(area);
        let rows = header::rows(inner.height).min(inner.height.saturating_sub(4));
        whole.header = Rect {
            height: rows,
            ..inner
        };
        let y = inner.y + rows + u16::from(rows > 0);
        let rest = Rect {
            y,
            height: inner.bottom().saturating_sub(y),
            ..inner
        };
        match focus {
            Pane::Timeline => whole.timeline = Some(rest),
            Pane::Chits => whole.chits = Some(rest),
            _ => whole.history = Some(rest),
        }
        whole
    }
}

/// What is inside of a frame.
pub fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x + 1.min(area.width),
        y: area.y + 1.min(area.height),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    }
}

/// A line across a frame, over the inside of a part: `├ Strength ─ 1 year ───┤`.
pub fn divider(
    buffer: &mut Buffer,
    person: Rect,
    part: Rect,
    title: &str,
    line: Style,
    title_style: Style,
) {
    let Some(y) = part.y.checked_sub(1).filter(|y| *y > person.y) else {
        return;
    };
    let from = part.x.saturating_sub(1);
    let to = part.right();
    for x in from..=to {
        let symbol = match x {
            _ if x == person.x => "├",
            _ if x + 1 == person.right() => "┤",
            _ if x == from => "┬",
            _ => "─",
        };
        let over = buffer.cell((x, y)).is_some_and(|cell| cell.symbol() == "┬");
        if !over {
            buffer.set_string(x, y, symbol, line);
        }
    }
    let title = fit(title, usize::from(part.width.saturating_sub(4)));
    if width(&title) > 0 {
        buffer.set_string(part.x, y, format!(" {title} "), title_style);
    }
}

/// The line between chits and history, down to the frame.
pub fn splitter(buffer: &mut Buffer, person: Rect, history: Rect, line: Style) {
    let Some(x) = history.x.checked_sub(1).filter(|x| *x > person.x) else {
        return;
    };
    for y in history.y..history.bottom() {
        buffer.set_string(x, y, "│", line);
    }
    if person.height > 0 {
        buffer.set_string(x, person.bottom() - 1, "┴", line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_panes_are_there_together_from_100_by_28_of_body_and_on() {
        for (columns, rows) in [(100, 28), (120, 38), (200, 58)] {
            let whole = Arrangement::of(Rect::new(0, 1, columns, rows), Pane::List, Pane::History);
            assert!(whole.list.is_some());
            for part in [whole.timeline, whole.chits, whole.history] {
                assert!(
                    part.is_some_and(|part| part.height >= 3),
                    "{columns}x{rows}"
                );
            }
        }
    }

    #[test]
    fn no_part_leaves_the_area_at_any_size() {
        for columns in 0..200 {
            for rows in 0..60 {
                for focus in Pane::ALL {
                    let area = Rect::new(0, 1, columns, rows);
                    let whole = Arrangement::of(area, focus, Pane::Chits);
                    let parts = [
                        whole.list,
                        whole.person,
                        Some(whole.header),
                        whole.timeline,
                        whole.chits,
                        whole.history,
                    ];
                    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
                        assert_eq!(part.intersection(area), part, "{columns}x{rows} {focus:?}");
                    }
                }
            }
        }
    }
}
