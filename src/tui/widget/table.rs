//! A table of a board: a line of headings, rows below it, the one under the cursor marked; columns that do not fit are left out, the
//! least important first.

use crate::domain::text::{fit, pad, width};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::Cx;
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its heading.
    pub title: &'static str,
    /// Cells it takes; 0 takes what the others leave, shared among all that do.
    pub width: u16,
    /// Its text stands at its right end: numbers.
    pub right: bool,
    /// What goes first where room is short: the highest rank. 0 always stays.
    pub rank: u8,
}

impl Column {
    /// A column of so many cells, its text at the left.
    pub const fn new(title: &'static str, width: u16, rank: u8) -> Self {
        Column {
            title,
            width,
            right: false,
            rank,
        }
    }

    /// The same for numbers.
    pub const fn number(title: &'static str, width: u16, rank: u8) -> Self {
        Column {
            title,
            width,
            right: true,
            rank,
        }
    }
}

/// The least that a column without a width of its own is useful with.
const LEAST: u16 = 12;

/// One row: the text of every column, also of those left out.
pub type Cells = Vec<(String, Style)>;

/// A row of the table.
#[derive(Clone, Debug)]
pub enum Line {
    /// A heading over the rows that follow.
    Heading(String),
    /// A row with the text of every column, also of those that may be left out.
    Cells(Cells),
}

/// What is drawn.
pub struct Table<'a> {
    /// Under which name the scrolling is remembered.
    pub name: &'static str,
    /// The number its rows are found by with the mouse.
    pub number: usize,
    /// The columns.
    pub columns: &'a [Column],
    /// How many rows there are.
    pub count: usize,
    /// Where the cursor is.
    pub at: usize,
    /// It has the focus.
    pub focused: bool,
    /// What is said where there are no rows.
    pub empty: &'a str,
}

/// The columns that fit, by their index, and how many cells each has.
pub fn fitting(columns: &[Column], room: u16) -> Vec<(usize, u16)> {
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let needs = |kept: &[usize]| -> u16 {
        let wide = kept.iter().map(|at| match columns[*at].width {
            0 => LEAST + 1,
            width => width + 1,
        });
        wide.sum()
    };
    while needs(&kept) > room {
        let least = kept.iter().copied().max_by_key(|at| columns[*at].rank);
        match least.filter(|at| columns[*at].rank > 0) {
            Some(least) => kept.retain(|at| *at != least),
            None => break,
        }
    }
    let open = kept.iter().filter(|at| columns[**at].width == 0).count() as u16;
    let taken: u16 = kept.iter().map(|at| columns[*at].width + 1).sum();
    let left = room.saturating_sub(taken);
    let mut more = if open == 0 { 0 } else { left % open };
    let kept = kept.into_iter().map(|at| {
        let width = match columns[at].width {
            0 => {
                let extra = u16::from(more > 0);
                more -= extra;
                left / open.max(1) + extra
            }
            width => width,
        };
        (at, width)
    });
    kept.collect()
}

/// Draws a table into an area; `line` tells the row at a place, and is asked only for those that are seen.
pub fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    table: &Table<'_>,
    cx: &Cx<'_>,
    memory: &mut Memory,
    line: &dyn Fn(usize) -> Line,
) {
    let fits = fitting(table.columns, area.width.saturating_sub(1));
    let heading = fits.iter().map(|(at, wide)| {
        let column = &table.columns[*at];
        cell(column.title, *wide, column.right)
    });
    let heading: String = heading.collect();
    let first_row = row::row(area, 0);
    row::pieces(
        frame.buffer_mut(),
        first_row,
        &[(" ", cx.theme.dim), (&heading, cx.theme.dim)],
    );
    let list = Rect {
        y: area.y + area.height.min(1),
        height: area.height.saturating_sub(1),
        ..area
    };
    if table.count == 0 {
        for (at, says) in super::wrap::rows(table.empty, usize::from(list.width.saturating_sub(2)))
            .iter()
            .enumerate()
        {
            let pieces = [(" ", cx.theme.dim), (says.as_str(), cx.theme.dim)];
            row::pieces(frame.buffer_mut(), row::row(list, at), &pieces);
        }
    }
    let height = usize::from(list.height);
    let first = memory.scroll(table.name, table.at, table.count, height);
    memory.note(list, Spot::List(table.number, first));
    if table.focused {
        memory.page = height;
    }
    for at in first..table.count.min(first + height) {
        let place = row::row(list, at - first);
        match line(at) {
            Line::Heading(text) => {
                let marked = at == table.at && table.focused;
                let style = [cx.theme.title, cx.theme.selected][usize::from(marked)];
                row::pieces(frame.buffer_mut(), place, &[(&text, style)]);
            }
            Line::Cells(cells) => {
                let mark = match (at == table.at, table.focused) {
                    (true, true) => Some(cx.theme.selected),
                    (true, false) => Some(cx.theme.marked),
                    _ => None,
                };
                draw_cells(frame, place, (table.columns, &fits), &cells, mark, cx);
            }
        }
    }
}

/// Draws one row's cells; `mark` is the style of all of it where it is marked.
fn draw_cells(
    frame: &mut Frame<'_>,
    place: Rect,
    (columns, fits): (&[Column], &[(usize, u16)]),
    cells: &Cells,
    mark: Option<Style>,
    cx: &Cx<'_>,
) {
    let over = |style: Style| mark.unwrap_or(style);
    let mut pieces = vec![(" ".to_owned(), over(cx.theme.text))];
    for (column, wide) in fits {
        let right = columns[*column].right;
        let (text, style) = cells.get(*column).cloned().unwrap_or_default();
        pieces.push((cell(&text, *wide, right), over(style)));
    }
    let pieces: Vec<(&str, Style)> = pieces
        .iter()
        .map(|(text, style)| (text.as_str(), *style))
        .collect();
    row::pieces(frame.buffer_mut(), place, &pieces);
}

/// A text in so many cells, and a blank after it.
fn cell(text: &str, wide: u16, right: bool) -> String {
    let wide = usize::from(wide);
    if right {
        let text = fit(text, wide);
        return format!("{}{text} ", " ".repeat(wide - width(&text)));
    }
    format!("{} ", pad(text, wide))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_important_columns_go_first_and_the_open_one_takes_what_is_left() {
        let columns = [
            Column::new("date", 9, 0),
            Column::new("what", 0, 0),
            Column::new("state", 9, 2),
            Column::number("age", 5, 1),
        ];
        let cases = [
            (60, vec![(0, 9), (1, 33), (2, 9), (3, 5)]),
            (39, vec![(0, 9), (1, 12), (2, 9), (3, 5)]),
            (38, vec![(0, 9), (1, 21), (3, 5)]),
            (28, vec![(0, 9), (1, 17)]),
            (10, vec![(0, 9), (1, 0)]),
        ];
        for (room, expected) in cases {
            assert_eq!(fitting(&columns, room), expected, "{room}");
        }
    }
}
