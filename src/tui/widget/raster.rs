//! Dots for lines, two by four to a cell, as braille characters draw them.

/// How a line's dots are set, so that lines can be told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Every dot.
    Solid,
    /// One bead for two columns of cells, at the mean of what it stands for: a line of another shape beside one of dots, which
    /// it neither touches nor follows into every tooth.
    Beads,
    /// A cell with dots, a cell without: a dashed line.
    Dotted,
}

impl Stroke {
    /// Whether a column has dots.
    fn sets(self, column: i32) -> bool {
        match self {
            Stroke::Solid => true,
            Stroke::Beads | Stroke::Dotted => column.rem_euclid(4) < 2,
        }
    }
}

/// The dots of one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    dots: u8,
    bead: bool,
    /// The last line that set one.
    pub line: usize,
}

/// Places at which a line is read for one bead.
const SAMPLES: i32 = 8;

/// The bits of a braille character's dots, by row and column.
const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

impl Cell {
    /// The cell as a character: braille, or a bead.
    pub fn sign(self, stroke: Stroke) -> char {
        if stroke == Stroke::Beads {
            return '∘';
        }
        char::from_u32(0x2800 + u32::from(self.dots)).unwrap_or(' ')
    }

    /// The dots as near as a plain letter comes to them: its height in the cell where the line is flat, its slope where it is not.
    pub fn letter(self, stroke: Stroke) -> char {
        match stroke {
            Stroke::Beads => return 'o',
            Stroke::Dotted => return '.',
            Stroke::Solid => {}
        }
        let side = |side: usize| {
            let rows = (0..4).filter(|row| self.dots & BITS[*row][side] != 0);
            let (sum, count) = rows.fold((0, 0), |(sum, count), row| (sum + row, count + 1));
            (count > 0).then(|| (sum as f64 / f64::from(count), count))
        };
        let (left, right) = (side(0), side(1));
        let upright = left.into_iter().chain(right).any(|(_, count)| count == 4);
        let slope = match (left, right) {
            (Some(left), Some(right)) => right.0 - left.0,
            _ => 0.0,
        };
        let mean = match (left, right) {
            (Some(left), Some(right)) => f64::midpoint(left.0, right.0),
            (one, other) => one.or(other).map_or(0.0, |side| side.0),
        };
        if slope >= 1.2 {
            '\\'
        } else if slope <= -1.2 {
            '/'
        } else if upright {
            '|'
        } else if mean < 1.0 {
            '\''
        } else if mean > 2.2 {
            '_'
        } else {
            '-'
        }
    }
}

/// Dots being set.
#[derive(Clone, Debug)]
pub struct Raster {
    width: u16,
    height: u16,
    cells: Vec<Cell>,
}

impl Raster {
    /// No dots, in so many cells.
    pub fn new(width: u16, height: u16) -> Self {
        Raster {
            width,
            height,
            cells: vec![Cell::default(); usize::from(width) * usize::from(height)],
        }
    }

    /// Sets the dots of a line through points in the order of x. Points that are not numbers break it; what lies outside
    /// of the span is cut off, and values are held between nothing and `top`.
    pub fn line(
        &mut self,
        points: &[(f64, f64)],
        span: (f64, f64),
        top: f64,
        stroke: Stroke,
        line: usize,
    ) {
        let wide = f64::from(self.width) * 2.0 - 1.0;
        let high = f64::from(self.height) * 4.0 - 1.0;
        let length = (span.1 - span.0).max(f64::MIN_POSITIVE);
        let place = |&(x, y): &(f64, f64)| {
            let across = (x - span.0) / length * wide;
            let down = (1.0 - (y / top).clamp(0.0, 1.0)) * high;
            (across.is_finite() && down.is_finite()).then_some((across, down))
        };
        if wide < 0.0 || high < 0.0 {
            return;
        }
        if stroke == Stroke::Beads {
            let dots: Vec<(f64, f64)> = points.iter().filter_map(place).collect();
            return self.beads(&dots, line);
        }
        if let [only] = points {
            let dot = place(only).filter(|dot| (0.0..=wide).contains(&dot.0));
            return dot
                .into_iter()
                .for_each(|dot| self.stretch(dot, dot, stroke, line));
        }
        let mut before = points.first().and_then(place);
        for point in points.iter().skip(1) {
            let here = place(point);
            if let (Some(from), Some(to)) = (before, here) {
                self.clip(from, to, wide, stroke, line);
            }
            before = here;
        }
    }

    /// Sets one bead for every second column of cells between the first point and the last.
    fn beads(&mut self, dots: &[(f64, f64)], line: usize) {
        if let [only] = dots {
            let (column, row) = (only.0.round() as i32, only.1.round() as i32);
            return self.dot(column, row, line, true);
        }
        let mut rest = dots.windows(2).peekable();
        for cell in (0..i32::from(self.width)).step_by(2) {
            let start = f64::from(cell) * 2.0 - 0.5;
            let (mut sum, mut count) = (0.0, 0);
            for step in 0..SAMPLES {
                let across = start + 4.0 * (f64::from(step) + 0.5) / f64::from(SAMPLES);
                while rest.next_if(|pair| pair[1].0 < across).is_some() {}
                let Some([from, to]) = rest.peek().copied() else {
                    break;
                };
                if from.0 <= across {
                    let part = (across - from.0) / (to.0 - from.0).max(f64::MIN_POSITIVE);
                    sum += from.1 + (to.1 - from.1) * part;
                    count += 1;
                }
            }
            if count * 2 >= SAMPLES {
                let down = (sum / f64::from(count)).round() as i32;
                self.dot(cell * 2, down, line, true);
            }
        }
    }

    /// Cuts a stretch off at the sides.
    fn clip(&mut self, from: (f64, f64), to: (f64, f64), wide: f64, stroke: Stroke, line: usize) {
        if to.0 < 0.0 || from.0 > wide || to.0 < from.0 {
            return;
        }
        let slope = (to.1 - from.1) / (to.0 - from.0).max(f64::MIN_POSITIVE);
        let at = |x: f64| (x, from.1 + slope * (x - from.0));
        let left = if from.0 < 0.0 { at(0.0) } else { from };
        let right = if to.0 > wide { at(wide) } else { to };
        self.stretch(left, right, stroke, line);
    }

    /// Sets the dots from one place to another: in each column all that the line passes, so that a step is an upright.
    fn stretch(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke, line: usize) {
        let (first, last) = (from.0.round() as i32, to.0.round() as i32);
        let columns = f64::from(last - first);
        let height = |part: f64| (from.1 + (to.1 - from.1) * part).round() as i32;
        for column in first..=last {
            let along = f64::from(column - first);
            let (start, end) = if last == first {
                (height(0.0), height(1.0))
            } else {
                let part = |at: f64| height((at / columns).clamp(0.0, 1.0));
                (part(along - 0.5), part(along + 0.5))
            };
            for row in start.min(end)..=start.max(end) {
                // A dotted upright is dotted along its height.
                let apart = (end - start).abs() > 2;
                if stroke.sets(if apart { row } else { column }) {
                    self.dot(column, row, line, false);
                }
            }
        }
    }

    /// Sets a dot; dots of lines share a cell, a bead shares with nothing.
    fn dot(&mut self, column: i32, row: i32, line: usize, bead: bool) {
        let (Ok(column), Ok(row)) = (usize::try_from(column), usize::try_from(row)) else {
            return;
        };
        let (x, y) = (column / 2, row / 4);
        if x >= usize::from(self.width) {
            return;
        }
        if let Some(cell) = self.cells.get_mut(y * usize::from(self.width) + x) {
            if bead || cell.bead {
                *cell = Cell::default();
            }
            cell.bead = bead;
            cell.dots |= BITS[row % 4][column % 2];
            cell.line = line;
        }
    }

    /// The cells that have dots, with their column and row.
    pub fn cells(&self) -> impl Iterator<Item = (u16, u16, Cell)> + '_ {
        let width = usize::from(self.width).max(1);
        let all = self.cells.iter().enumerate();
        all.filter(|(_, cell)| cell.dots != 0)
            .map(move |(at, cell)| ((at % width) as u16, (at / width) as u16, *cell))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dots as a picture.
    fn picture(width: u16, height: u16, points: &[(f64, f64)], stroke: Stroke) -> String {
        let mut raster = Raster::new(width, height);
        raster.line(points, (0.0, 10.0), 100.0, stroke, 0);
        let mut rows = vec![vec![' '; width.into()]; height.into()];
        for (x, y, cell) in raster.cells() {
            rows[usize::from(y)][usize::from(x)] = cell.sign(stroke);
        }
        let rows = rows.into_iter().map(String::from_iter);
        rows.collect::<Vec<String>>().join("|")
    }

    #[test]
    fn lines_fill_the_cells_they_pass() {
        use Stroke::{Beads, Dotted, Solid};
        let slope = [(0.0, 0.0), (10.0, 100.0)];
        let step = [(0.0, 0.0), (5.0, 0.0), (5.0, 100.0), (10.0, 100.0)];
        let rows = [
            ("a slope", &slope[..], Solid, "  ⢀⡴⠋|⣠⠞⠉  "),
            ("a step is an upright", &step[..], Solid, "  ⢸⠉⠉|⣀⣀⣸  "),
            ("dashes", &slope[..], Dotted, "  ⢀ ⠋|⣠ ⠉  "),
            ("beads", &slope[..], Beads, "  ∘  |∘    "),
            ("nothing", &[], Solid, "     |     "),
            ("one point", &[(5.0, 50.0)], Solid, "     |  ⠈  "),
            (
                "outside",
                &[(11.0, 50.0), (20.0, 50.0)],
                Solid,
                "     |     ",
            ),
            (
                "through",
                &[(-100.0, 100.0), (100.0, 100.0)],
                Solid,
                "⠉⠉⠉⠉⠉|     ",
            ),
            (
                "no number",
                &[(0.0, f64::NAN), (5.0, f64::INFINITY)],
                Solid,
                "     |     ",
            ),
        ];
        for (name, points, stroke, wanted) in rows {
            assert_eq!(picture(5, 2, points, stroke), wanted, "{name}");
        }
    }

    #[test]
    fn no_size_and_no_number_panics() {
        let wild = [
            (f64::MIN, 0.0),
            (-1e300, 1e300),
            (0.0, -5.0),
            (0.0, 500.0),
            (f64::INFINITY, 3.0),
        ];
        for width in 0..5 {
            for height in 0..5 {
                for stroke in [Stroke::Solid, Stroke::Beads, Stroke::Dotted] {
                    let mut raster = Raster::new(width, height);
                    raster.line(&wild, (0.0, 0.0), 0.0, stroke, 0);
                    raster.line(&wild, (0.0, 10.0), 100.0, stroke, 1);
                    assert!(raster.cells().count() <= usize::from(width * height));
                }
            }
        }
    }
}
