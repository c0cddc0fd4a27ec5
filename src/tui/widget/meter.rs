//! A number from 0 to 100 as a short bar: filled eighths, so that it says the same without colour.

/// The bar in `columns` cells.
pub fn bar(value: f64, columns: usize) -> String {
    const PARTS: [&str; 9] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];
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
            assert_eq!(bar(value, 4), expected, "{value}");
        }
    }
}
