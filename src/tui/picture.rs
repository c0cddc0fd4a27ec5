//! A screen as an SVG picture: what README shows is drawn by the program itself, cell by cell.

use ratatui::backend::TestBackend;
pub use ratatui::buffer::Buffer;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use ratatui::{Frame, Terminal};
use std::fmt::Write;

/// Width and height of one cell, in the picture's units.
const CELL: (f32, f32) = (8.4, 18.0);
/// Room around the screen.
const MARGIN: f32 = 14.0;
/// Background, text, and the sixteen colours of a quiet dark terminal.
const BACKGROUND: &str = "#14181d";
const TEXT: &str = "#d5dae0";
const COLOURS: [&str; 16] = [
    "#2a3038", "#e06c75", "#8fc28a", "#d8b26a", "#6fa8dc", "#c08ad6", "#62b9c4", "#c3c9d1",
    "#6b7480", "#ff8b94", "#a9dba4", "#f0cd87", "#8dc1f2", "#d7a8ea", "#84d5df", "#ffffff",
];

/// A window that is on no terminal.
pub struct Sheet(Terminal<TestBackend>);

impl Sheet {
    /// An empty one of so many columns and rows.
    pub fn new(columns: u16, rows: u16) -> Self {
        let Ok(terminal) = Terminal::new(TestBackend::new(columns, rows));
        Sheet(terminal)
    }

    /// Draws on it.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) {
        let Ok(_) = self.0.draw(draw);
    }

    /// What is on it.
    pub fn screen(&self) -> Buffer {
        self.0.backend().buffer().clone()
    }
}

/// The picture of a screen. `title` is read to those who cannot see it.
pub fn svg(screen: &Buffer, title: &str) -> String {
    let area = screen.area;
    let (width, height) = (
        f32::from(area.width) * CELL.0 + 2.0 * MARGIN,
        f32::from(area.height) * CELL.1 + 2.0 * MARGIN,
    );
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" role=\"img\" aria-label=\"{}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"{BACKGROUND}\"/>\n\
         <g font-family=\"'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,monospace\" font-size=\"14\" xml:space=\"preserve\">\n",
        escaped(title)
    );
    for row in 0..area.height {
        for run in runs(screen, row) {
            run.draw(row, &mut out);
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// Neighbouring cells of one look.
struct Run {
    column: u16,
    columns: u16,
    text: String,
    fill: &'static str,
    behind: Option<&'static str>,
    bold: bool,
    dim: bool,
}

impl Run {
    fn draw(&self, row: u16, out: &mut String) {
        let x = MARGIN + f32::from(self.column) * CELL.0;
        let y = MARGIN + f32::from(row) * CELL.1;
        let wide = f32::from(self.columns) * CELL.0;
        if let Some(behind) = self.behind {
            let _ = writeln!(
                out,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{:.1}\" fill=\"{behind}\"/>",
                CELL.1
            );
        }
        let text = self.text.trim_end();
        if text.is_empty() {
            return;
        }
        let weight = if self.bold {
            " font-weight=\"bold\""
        } else {
            ""
        };
        let faint = if self.dim { " opacity=\"0.62\"" } else { "" };
        // The length holds the columns in place whatever font the reader has.
        let columns = crate::domain::text::width(text) as f32;
        let _ = writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{weight}{faint}>{}</text>",
            y + 13.5,
            columns * CELL.0,
            self.fill,
            escaped(text)
        );
    }
}

fn runs(screen: &Buffer, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = screen.area.x;
    while column < screen.area.right() {
        let cell = &screen[(column, screen.area.y + row)];
        let wide = crate::domain::text::width(cell.symbol()).max(1) as u16;
        let (fill, behind) = colours(cell);
        let (bold, dim) = (
            cell.modifier.contains(Modifier::BOLD),
            cell.modifier.contains(Modifier::DIM),
        );
        let at = column - screen.area.x;
        match runs.last_mut() {
            Some(run)
                if (run.fill, run.behind, run.bold, run.dim) == (fill, behind, bold, dim)
                    && run.column + run.columns == at =>
            {
                run.text.push_str(cell.symbol());
                run.columns += wide;
            }
            _ => runs.push(Run {
                column: at,
                columns: wide,
                text: cell.symbol().to_owned(),
                fill,
                behind,
                bold,
                dim,
            }),
        }
        column += wide;
    }
    runs
}

fn colours(cell: &Cell) -> (&'static str, Option<&'static str>) {
    let (front, back) = (colour(cell.fg), colour(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        (back.unwrap_or(BACKGROUND), Some(front.unwrap_or(TEXT)))
    } else {
        (front.unwrap_or(TEXT), back)
    }
}

/// The colour a terminal of the sixteen would show; none is the terminal's own.
fn colour(colour: Color) -> Option<&'static str> {
    let index = match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(index) if index < 16 => usize::from(index),
        _ => return None,
    };
    Some(COLOURS[index])
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn every_look_becomes_a_run_of_its_own_and_text_stays_text() {
        let mut screen = Buffer::empty(Rect::new(0, 0, 12, 1));
        screen.set_string(0, 0, "a<b", Style::new().fg(Color::Red));
        screen.set_string(3, 0, "漢c", Style::new().add_modifier(Modifier::REVERSED));
        let picture = svg(&screen, "A & B");
        assert!(picture.contains("aria-label=\"A &amp; B\""));
        assert!(picture.contains("textLength=\"25.2\" lengthAdjust=\"spacingAndGlyphs\" fill=\"#e06c75\">a&lt;b</text>"), "{picture}");
        assert!(picture.contains("fill=\"#14181d\">漢c</text>"), "{picture}");
    }
}
