//! Text broken into rows by graphemes, so that no wide character is ever cut and no row is wider than it may be.
//!
//! Where a row ends depends on nothing but where it begins: whoever draws a part of a long text reads that part alone.

use crate::domain::text::grapheme_width;
use unicode_segmentation::UnicodeSegmentation;

/// Columns from one tab stop to the next.
const TAB: usize = 4;

/// One letter as a reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter<'t> {
    /// Where it begins, in bytes.
    pub byte: usize,
    /// It.
    pub text: &'t str,
    /// Columns it takes; those of a tab depend on where it stands.
    wide: usize,
}

impl Letter<'_> {
    /// Where it ends, in bytes.
    pub fn end(&self) -> usize {
        self.byte + self.text.len()
    }

    /// Columns it takes in this column.
    pub fn columns(&self, column: usize) -> usize {
        if self.text == "\t" {
            TAB - column % TAB
        } else {
            self.wide
        }
    }

    /// Whether nothing is seen of it, and a row may end after it.
    pub fn is_blank(&self) -> bool {
        matches!(self.text, " " | "\t")
    }
}

/// The letters of a line from a byte on, which has to be the beginning of one.
pub fn letters(line: &str, from: usize) -> impl Iterator<Item = Letter<'_>> {
    let mut byte = from;
    std::iter::from_fn(move || {
        let rest = line.get(byte..)?;
        let mut chars = rest.chars();
        let first = chars.next()?;
        let alone = alone(first).filter(|_| chars.next().is_none_or(|next| alone(next).is_some()));
        let (text, wide) = if let Some(wide) = alone {
            (rest.get(..first.len_utf8())?, wide)
        } else {
            let text = rest.graphemes(true).next()?;
            (text, grapheme_width(text))
        };
        let letter = Letter { byte, text, wide };
        byte = letter.end();
        Some(letter)
    })
}

/// The columns of a character that never joins with another such: most of what is written, and no table has to be asked about it.
fn alone(c: char) -> Option<usize> {
    match c {
        ' '..='~'
        | '\u{c0}'..='\u{24f}'
        | 'Α'..='ω'
        | '\u{400}'..='\u{482}'
        | '\u{48a}'..='\u{52f}' => Some(1),
        '\u{3001}'..='\u{3002}'
        | 'ぁ'..='ゖ'
        | 'ァ'..='ヺ'
        | '\u{4e00}'..='\u{9fff}'
        | '가'..='힣'
        | '！'..='～' => Some(2),
        _ => None,
    }
}

/// Where the row that begins at `from` ends: between words, beside a wide character, or within a word where it has to be. Blanks
/// after the last word belong to the row however many they are; they hang over its edge.
pub fn row_end(line: &str, from: usize, columns: usize) -> usize {
    let rest = line.len().saturating_sub(from);
    let bytes = line.as_bytes().get(from..).unwrap_or_default();
    // Nothing is wider than it has bytes, but a tab.
    if rest <= columns && !bytes.contains(&b'\t') {
        return line.len();
    }
    let seen = bytes.get(..=columns).unwrap_or(bytes);
    if seen.len() > columns && seen.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        return plain_end(line, from, columns, seen);
    }
    let (mut column, mut place) = (0, None);
    for letter in letters(line, from) {
        if letter.is_blank() {
            column = (column + letter.columns(column)).min(columns);
            place = Some(letter.end());
            continue;
        }
        if letter.wide > 1 && letter.byte > from {
            place = Some(letter.byte);
        }
        column += letter.wide;
        if column > columns && letter.byte > from {
            return place.unwrap_or(letter.byte);
        }
        if letter.wide > 1 {
            place = Some(letter.end());
        }
    }
    line.len()
}

/// The same for a row of which the first letters, and one more than it holds, are plain.
fn plain_end(line: &str, from: usize, columns: usize, seen: &[u8]) -> usize {
    let blank = seen.iter().rposition(|byte| *byte == b' ');
    match blank {
        // The blanks that hang over the edge go on to the next word.
        Some(at) if at == columns => {
            let hanging = letters(line, from + at).take_while(Letter::is_blank);
            hanging.last().map_or(from + at, |letter| letter.end())
        }
        Some(at) => from + at + 1,
        None => from + columns.max(1),
    }
}

/// Where the rows of a line begin and end.
pub fn spans(line: &str, columns: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let from = next?;
        let end = row_end(line, from, columns);
        next = (end < line.len()).then_some(end);
        Some((from, end))
    })
}

/// The rows of `text` in `columns`, without the blanks at their ends.
pub fn rows(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut rows = Vec::new();
    for line in text.split('\n') {
        for (from, end) in spans(line, columns) {
            rows.push(written(line, from, end).trim_end().to_owned());
        }
    }
    rows
}

/// A row with its tabs as blanks.
fn written(line: &str, from: usize, end: usize) -> String {
    let mut row = String::new();
    let mut column = 0;
    for letter in letters(line, from).take_while(|letter| letter.byte < end) {
        let wide = letter.columns(column);
        if letter.text == "\t" {
            row.extend(std::iter::repeat_n(' ', wide));
        } else {
            row.push_str(letter.text);
        }
        column += wide;
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::width;
    use proptest::prelude::*;

    #[test]
    fn text_breaks_between_words_and_within_one_that_is_too_long() {
        let cases: [(&str, usize, &[&str]); 12] = [
            ("one two three", 8, &["one two", "three"]),
            ("one\n\ntwo", 8, &["one", "", "two"]),
            ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
            ("漢字漢字", 5, &["漢字", "漢字"]),
            ("", 5, &[""]),
            ("word    next", 6, &["word", "next"]),
            ("exactly six", 7, &["exactly", "six"]),
            ("a 漢字漢字", 5, &["a 漢", "字漢", "字"]),
            ("a\tb\tc", 6, &["a   b", "c"]),
            ("    indented", 9, &["", "indented"]),
            ("cafe\u{301} noir", 5, &["cafe\u{301}", "noir"]),
            ("12345 \u{301}6", 5, &["12345", " \u{301}6"]),
        ];
        for (text, columns, expected) in cases {
            assert_eq!(rows(text, columns), expected, "{text:?}");
        }
    }

    #[test]
    fn a_character_that_joins_with_none_is_a_letter_of_its_own() {
        let plain = ('\u{20}'..='\u{ffff}').filter(|c| alone(*c).is_some());
        for c in plain {
            let text = format!("a{c}漢{c}{c}é");
            let slow = text.grapheme_indices(true);
            let slow = slow.map(|(byte, text)| (byte, text, grapheme_width(text)));
            let fast = letters(&text, 0);
            let fast = fast.map(|letter| (letter.byte, letter.text, letter.columns(0)));
            assert!(fast.eq(slow), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn a_row_ends_where_the_next_word_would_not_fit(line in "[a-c漢é\u{301} ]{0,60}", columns in 3usize..20) {
            let all: Vec<(usize, usize)> = spans(&line, columns).collect();
            prop_assert_eq!(all.iter().map(|(from, end)| line.get(*from..*end).unwrap()).collect::<String>(), line.as_str());
            for pair in all.windows(2) {
                let (row, next) = (line.get(pair[0].0..pair[0].1).unwrap(), line.get(pair[1].0..pair[1].1).unwrap());
                let first = letters(next, 0).next().map_or(0, |letter| letter.columns(0));
                let word = letters(next, 0).take_while(|letter| letter.columns(0) < 2 && !letter.is_blank());
                let word = word.map(|letter| letter.columns(0)).sum::<usize>().max(first);
                let whole = row.ends_with(' ') || first > 1;
                prop_assert!(!whole || width(row) + word > columns, "{row:?} {next:?}");
            }
        }

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
