//! One row of cells: pieces of text at the left, pieces at the right, everything fitted to the columns there are.

use crate::domain::text::{fit, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws pieces one after the other from the left until `area`'s first row is full; gives back the columns used.
pub fn pieces(buffer: &mut Buffer, area: Rect, pieces: &[(&str, Style)]) -> u16 {
    let mut used = 0;
    if area.is_empty() {
        return 0;
    }
    for (text, style) in pieces {
        let left = usize::from(area.width - used);
        if left == 0 {
            break;
        }
        let text = fit(text, left);
        let (end, _) = buffer.set_stringn(area.x + used, area.y, &text, left, *style);
        used = end - area.x;
    }
    used
}

/// Draws one text at the right end of `area`'s first row; gives back the columns used.
pub fn right(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    if area.is_empty() {
        return 0;
    }
    let text = fit(text, usize::from(area.width));
    let wide = width(&text) as u16;
    buffer.set_string(area.right() - wide, area.y, &text, style);
    wide
}

/// The row `at` of an area, empty where it lies below.
pub fn row(area: Rect, at: usize) -> Rect {
    let at = u16::try_from(at).unwrap_or(u16::MAX);
    Rect {
        y: area.y.saturating_add(at.min(area.height)),
        height: u16::from(at < area.height),
        ..area
    }
}
