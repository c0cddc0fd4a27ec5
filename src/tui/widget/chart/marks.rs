//! The letters under a chart. Where they would crowd into a band that nobody can read, several columns share one letter, that of
//! the highest rank, and the number of marks: `c3  M5  c2`.

use super::{Chart, Mark, Parts, put};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// So many columns in a row with marks on both sides are a crowd, and so is this part of all columns between the first mark and
/// the last where there are at least so many.
const IN_A_ROW: usize = 8;
const PART: f64 = 0.55;
const AT_LEAST: usize = 12;
/// The narrowest and the widest stretch of columns that shares a letter: the letter, the number, a gap.
const STRETCH: std::ops::RangeInclusive<usize> = 3..=5;

/// What is shown in one column, or in several that share a letter.
#[derive(Clone, Copy, Default)]
struct Slot<'a> {
    mark: Option<&'a Mark>,
    count: usize,
}

impl<'a> Slot<'a> {
    /// Of several the highest is shown, of equals the last.
    fn add(&mut self, mark: &'a Mark, counts: bool) {
        self.count += usize::from(counts);
        if self.mark.is_none_or(|other| other.rank <= mark.rank) {
            self.mark = Some(mark);
        }
    }
}

impl Chart<'_> {
    pub(super) fn draw_marks(&self, parts: &Parts, buf: &mut Buffer) {
        let Some(first) = parts.marks else {
            return;
        };
        let two = parts.second.is_some();
        self.draw_row(parts.plot, first, buf, |mark| !two || !mark.second);
        if let Some(second) = parts.second {
            self.draw_row(parts.plot, second, buf, |mark| mark.second);
        }
    }

    fn draw_row(&self, plot: Rect, y: u16, buf: &mut Buffer, takes: impl Fn(&Mark) -> bool) {
        let placed: Vec<(usize, &Mark)> = self
            .marks
            .iter()
            .filter(|mark| takes(mark))
            .filter_map(|mark| Some((usize::from(self.column(plot, mark.x)? - plot.x), mark)))
            .collect();
        let columns = usize::from(plot.width);
        let mut slots = gathered(&placed, columns, 1);
        let mut stretch = 1;
        if crowded(&slots) {
            for wide in STRETCH {
                stretch = wide;
                slots = gathered(&placed, columns, wide);
                let longest = slots.iter().map(|slot| number(slot.count).len()).max();
                if longest.unwrap_or(0) + 2 <= wide {
                    break;
                }
            }
        }
        let number_of_its_own = placed.iter().all(|(_, mark)| mark.second);
        let mut sign = [0; 4];
        for (at, slot) in slots.iter().enumerate() {
            let Some(mark) = slot.mark else { continue };
            let x = plot.x + (at * stretch) as u16;
            put(buf, x, y, mark.letter.encode_utf8(&mut sign), mark.style);
            let room = usize::from(plot.right().saturating_sub(x + 1)).min(stretch - 1);
            if !mark.second || number_of_its_own {
                buf.set_stringn(x + 1, y, number(slot.count), room, self.dim);
            }
        }
        let Some(cursor) = self.cursor.and_then(|x| self.column(plot, x)) else {
            return;
        };
        let at = usize::from(cursor - plot.x) / stretch;
        let wide = match slots.get(at) {
            Some(slot) if slot.mark.is_some() => 1 + number(slot.count).len().min(stretch - 1),
            _ => return,
        };
        let left = plot.x + (at * stretch) as u16;
        let under = Rect::new(left, y, wide as u16, 1)
            .intersection(plot.union(Rect::new(plot.x, y, plot.width, 1)));
        buf.set_style(under, self.selected);
    }
}

/// The marks, so many columns to a slot.
fn gathered<'a>(placed: &[(usize, &'a Mark)], columns: usize, stretch: usize) -> Vec<Slot<'a>> {
    // Where both rows are one, a number is one of the first row's marks.
    let firsts = placed.iter().any(|(_, mark)| !mark.second);
    let mut slots = vec![Slot::default(); columns.div_ceil(stretch)];
    for (column, mark) in placed {
        if let Some(slot) = slots.get_mut(column / stretch) {
            slot.add(mark, !mark.second || !firsts);
        }
    }
    if stretch == 1 {
        for slot in &mut slots {
            slot.count = slot.count.min(1);
        }
    }
    slots
}

/// How many there are, in at most three characters; nothing for a single one.
fn number(count: usize) -> String {
    match count {
        0..=1 => String::new(),
        2..=999 => count.to_string(),
        1_000..=99_499 => format!("{}k", (count + 500) / 1_000),
        _ => "+".to_owned(),
    }
}

fn crowded(slots: &[Slot<'_>]) -> bool {
    let set: Vec<bool> = slots.iter().map(|slot| slot.mark.is_some()).collect();
    let between = set.windows(3).filter(|three| three.iter().all(|set| *set));
    let all = set.iter().filter(|set| **set).count();
    let first = set.iter().position(|set| *set).unwrap_or(0);
    let last = set.iter().rposition(|set| *set).unwrap_or(0);
    let part = all as f64 / (last + 1 - first.min(last)) as f64;
    between.count() >= IN_A_ROW || all >= AT_LEAST && part > PART
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    /// The row of marks of a chart 30 columns wide, one day a column.
    fn row(days: &[(u16, char, u16)], cursor: Option<u16>) -> (String, String) {
        let marks: Vec<Mark> = days
            .iter()
            .map(|(x, letter, rank)| Mark {
                x: f64::from(*x),
                letter: *letter,
                rank: *rank,
                second: false,
                style: Style::new(),
            })
            .collect();
        let area = Rect::new(0, 0, 34, 4);
        let mut buf = Buffer::empty(area);
        let chart = Chart {
            span: (0.0, 29.0),
            top: 100.0,
            marks: &marks,
            cursor: cursor.map(f64::from),
            selected: Style::new().bold(),
            ..Chart::default()
        };
        chart.draw(area, &mut buf);
        let text: String = (4..34).map(|x| buf[(x, 3)].symbol()).collect();
        let bold = |x| {
            buf[(x, 3)]
                .modifier
                .contains(ratatui::style::Modifier::BOLD)
        };
        let chosen: String = (4..34)
            .filter(|x| bold(*x))
            .map(|x| buf[(x, 3)].symbol())
            .collect();
        (text.trim_end().to_owned(), chosen)
    }

    #[test]
    fn a_few_marks_have_a_column_each() {
        let days = [
            (0, 'c', 100),
            (3, 'e', 80),
            (3, 'M', 200),
            (3, 'm', 60),
            (9, 'c', 100),
        ];
        let (text, chosen) = row(&days, Some(3));
        assert_eq!(text, "c  M     c");
        assert_eq!(chosen, "M");
    }

    #[test]
    fn a_crowd_shares_letters_and_says_how_many_there_are() {
        let mut days: Vec<(u16, char, u16)> = (0..24).map(|day| (day, 'c', 100)).collect();
        days.push((7, 'M', 200));
        let (text, chosen) = row(&days, Some(8));
        assert_eq!(text, "c3 c3 M4 c3 c3 c3 c3 c3");
        assert_eq!(chosen, "M4");
        let many: Vec<(u16, char, u16)> = (0..2_900).map(|nth| (nth / 100, 'e', 80)).collect();
        let (text, _) = row(&many, None);
        assert_eq!(text, "e500 e500 e500 e500 e500 e400");
    }
}
