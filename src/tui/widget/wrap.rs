//! Text broken into rows by graphemes, so that no wide character is ever cut and no row is wider than it may be.

use crate::domain::text::{grapheme_width, width};
use unicode_segmentation::UnicodeSegmentation;

/// The rows of `text` in `columns`: broken at line ends, then between words, then within a word where it has to be.
pub fn rows(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut rows = Vec::new();
    for line in text.split('\n') {
        let line = line.replace('\t', "    ");
        let mut row = String::new();
        let mut used = 0;
        for word in line.split_inclusive(' ') {
            let whole = width(word.trim_end());
            if used + whole > columns && used > 0 {
                rows.push(std::mem::take(&mut row).trim_end().to_owned());
                used = 0;
            }
            for grapheme in word.graphemes(true) {
                let wide = grapheme_width(grapheme);
                if used + wide > columns {
                    if grapheme == " " {
                        continue;
                    }
                    rows.push(std::mem::take(&mut row));
                    used = 0;
                }
                row.push_str(grapheme);
                used += wide;
            }
        }
        rows.push(row.trim_end().to_owned());
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_breaks_between_words_and_within_one_that_is_too_long() {
        let cases: [(&str, usize, &[&str]); 5] = [
            ("one two three", 8, &["one two", "three"]),
            ("one\n\ntwo", 8, &["one", "", "two"]),
            ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
            ("漢字漢字", 5, &["漢字", "漢字"]),
            ("", 5, &[""]),
        ];
        for (text, columns, expected) in cases {
            assert_eq!(rows(text, columns), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_row_is_too_wide_and_no_letter_is_lost(text in "[a-z漢é👩 \n]{0,60}", columns in 2usize..20) {
            let rows = rows(&text, columns);
            for row in &rows {
                prop_assert!(width(row) <= columns);
            }
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&rows.concat()), bare(&text));
        }
    }
}
