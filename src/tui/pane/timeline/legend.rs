//! The words beside the timeline's title: whose line is which, what the dashes and the shade mean, and the dates that had no room
//! in the picture. What there is no room for is left out, the least needed first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// One part of a legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The ways to say it, the longest first.
    pub words: Vec<String>,
    /// What it looks like.
    pub style: Style,
    /// The lowest goes in first.
    pub rank: u8,
}

/// Columns between two parts.
const GAP: usize = 2;

/// The parts that fit so many columns, in their order, each in the longest way that fits once all have their shortest.
pub fn fitting(parts: &[Part], room: usize) -> Vec<(&str, Style)> {
    let mut ranked: Vec<usize> = (0..parts.len()).collect();
    ranked.sort_by_key(|at| parts[*at].rank);
    let mut chosen: Vec<Option<usize>> = vec![None; parts.len()];
    let word = |at: usize, way: usize| parts[at].words.get(way).map(String::as_str);
    let used = |chosen: &[Option<usize>]| {
        let there = chosen.iter().enumerate();
        let words = there.filter_map(|(at, way)| word(at, (*way)?));
        words.map(|word| word.width() + GAP).sum::<usize>()
    };
    for longest in [false, true] {
        for at in &ranked {
            let ways = parts[*at].words.len();
            if longest && chosen[*at].is_none() {
                continue;
            }
            let first = if longest { 0 } else { ways.saturating_sub(1) };
            let before = chosen[*at];
            let fits = (first..ways).find(|way| {
                chosen[*at] = Some(*way);
                used(&chosen) <= room + GAP
            });
            chosen[*at] = fits.or(before);
        }
    }
    let there = chosen.iter().enumerate();
    there
        .filter_map(|(at, way)| Some((word(at, (*way)?)?, parts[at].style)))
        .collect()
}

/// Sets a legend at the right end of a rule, with a blank on either side.
pub fn draw_padded(rule: Rect, buf: &mut Buffer, parts: &[Part]) {
    let inner = Rect {
        x: rule.x + 1,
        width: rule.width.saturating_sub(2),
        ..rule
    };
    let said = fitting(parts, usize::from(inner.width));
    if said.is_empty() {
        return;
    }
    let start = set(inner, buf, &said);
    for x in [start - 1, inner.right()] {
        buf.set_stringn(x, rule.y, " ", 1, Style::new());
    }
}

/// Sets a legend at the right end of a line.
pub fn draw(line: Rect, buf: &mut Buffer, parts: &[Part]) {
    set(line, buf, &fitting(parts, usize::from(line.width)));
}

/// Sets it; gives back the column it begins in.
fn set(line: Rect, buf: &mut Buffer, said: &[(&str, Style)]) -> u16 {
    let gaps = GAP * said.len().saturating_sub(1);
    let width = said.iter().map(|part| part.0.width()).sum::<usize>() + gaps;
    let start = line.right().saturating_sub(width as u16);
    let mut x = start;
    // Nothing of the rule it lies on shines through.
    let under = Rect {
        x: start,
        width: line.right() - start,
        ..line
    };
    buf.set_style(under, Style::reset());
    for (at, (text, style)) in said.iter().enumerate() {
        if at > 0 {
            x = buf.set_stringn(x, line.y, "  ", GAP, *style).0;
        }
        x = buf.set_stringn(x, line.y, text, text.width(), *style).0;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_needed_goes_first() {
        let part = |words: &[&str], rank| Part {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            style: Style::new(),
            rank,
        };
        let parts = [
            part(&["oo Ben"], 0),
            part(&[".. if nobody calls, cold 3 Mar", ".. cold 3 Mar"], 1),
            part(&[". little was logged"], 2),
        ];
        let rows = [
            (
                80,
                "oo Ben|.. if nobody calls, cold 3 Mar|. little was logged",
            ),
            (56, "oo Ben|.. cold 3 Mar|. little was logged"),
            (39, "oo Ben|.. if nobody calls, cold 3 Mar"),
            (30, "oo Ben|.. cold 3 Mar"),
            (20, "oo Ben"),
            (3, ""),
        ];
        for (room, wanted) in rows {
            let said: Vec<&str> = fitting(&parts, room).iter().map(|part| part.0).collect();
            assert_eq!(said.join("|"), wanted, "{room}");
        }
    }
}
