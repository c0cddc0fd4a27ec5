//! A sparkline: numbers from 0 to 100 as one row of cells, on a scale that is the same for everybody, so that people compare.

/// Eighths of the height, lowest first.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The same in characters that every terminal has: the darker, the higher.
const LETTERS: [char; 8] = ['.', ':', '-', '=', '+', '*', '%', '#'];

/// The cells of a line in stretches, each with whether it is under `cold`. The last cell is the last number and the others lie
/// evenly before it. Where there is nothing (nobody spoke yet) the cells are blank.
pub fn stretches(values: &[f64], columns: usize, cold: f64, plain: bool) -> Vec<(String, bool)> {
    let signs = if plain { LETTERS } else { BLOCKS };
    let mut stretches: Vec<(String, bool)> = Vec::new();
    for cell in 1..=columns {
        let steps = values.len().saturating_sub(1);
        let value = values.get((cell * steps + columns / 2) / columns);
        let value = value.copied().filter(|value| *value > 0.0);
        let sign = value.map_or(' ', |value| signs[((value / 12.5) as usize).min(7)]);
        let is_cold = value.is_some_and(|value| value < cold);
        match stretches.last_mut() {
            Some((text, same)) if *same == is_cold => text.push(sign),
            _ => stretches.push((sign.to_string(), is_cold)),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What it is of, the numbers, the columns, whether in letters, and the stretches.
    type Case<'a> = (&'a str, &'a [f64], usize, bool, &'a [(&'a str, bool)]);

    #[test]
    fn the_cells_are_as_high_as_the_numbers_and_those_under_the_line_are_told_apart() {
        let rise: Vec<f64> = (0..=8).map(|n| 12.0 * f64::from(n)).collect();
        let year: Vec<f64> = (0..53).map(|n| if n < 26 { 0.0 } else { 70.0 }).collect();
        let cases: [Case<'_>; 8] = [
            (
                "a rise",
                &rise,
                8,
                false,
                &[("▁", true), ("▂▃▄▅▆▇█", false)],
            ),
            (
                "in letters",
                &rise,
                8,
                true,
                &[(".", true), (":-=+*%#", false)],
            ),
            ("half as wide", &rise, 4, false, &[("▂▄▆█", false)]),
            ("twice as wide", &[30.0, 90.0], 4, false, &[("▃███", false)]),
            ("half a year", &year, 4, false, &[(" ▆▆▆", false)]),
            ("nothing known", &[], 3, false, &[("   ", false)]),
            (
                "no numbers",
                &[f64::NAN, f64::NAN, -4.0, 900.0],
                3,
                false,
                &[("  █", false)],
            ),
            ("no room", &rise, 0, false, &[]),
        ];
        for (name, values, columns, plain, wanted) in cases {
            let drawn = stretches(values, columns, 20.0, plain);
            let drawn: Vec<(&str, bool)> = drawn.iter().map(|(t, c)| (t.as_str(), *c)).collect();
            assert_eq!(drawn, wanted, "{name}");
        }
    }
}
