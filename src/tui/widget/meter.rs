//! A number from 0 to 100 as a short bar: filled eighths, so that it says the same without colour.

/// A cell filled by so many eighths.
const PARTS: [&str; 9] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

/// The bar in `columns` cells; of whole cells where only plain characters are.
pub fn bar(value: f64, columns: usize, plain: bool) -> String {
    if plain {
        let full = (value.clamp(0.0, 100.0) / 100.0 * columns as f64).round() as usize;
        return format!("{:<columns$}", "#".repeat(full));
    }
    let eighths = (value.clamp(0.0, 100.0) / 100.0 * (columns * 8) as f64).round() as usize;
    (0..columns)
        .map(|cell| PARTS[eighths.saturating_sub(cell * 8).min(8)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_as_full_as_the_number() {
        let cases = [
            (0.0, "    "),
            (50.0, "██  "),
            (100.0, "████"),
            (3.2, "▏   "),
            (900.0, "████"),
        ];
        for (value, expected) in cases {
            assert_eq!(bar(value, 4, false), expected, "{value}");
            let cells = bar(value, 4, true);
            assert_eq!(cells.len(), 4, "{value}");
            assert!(cells.trim_end().len() >= expected.matches('█').count());
        }
    }
}
