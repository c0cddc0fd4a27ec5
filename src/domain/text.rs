//! Text from outside: what is kept out of the book, how names are folded for finding, how wide a text is on screen.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Combining marks kept on one letter; more only serve to draw over the neighbours.
const MARKS_PER_LETTER: usize = 8;
/// The most bytes of a row of digits that is taken for one figure.
const LONGEST_FIGURE: usize = 24;

/// Characters that steer a terminal or reorder what stands beside them. They never enter the book.
fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}'      // zero width space and direction marks
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'     // embeddings, overrides, isolates, invisible operators
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'                  // byte order mark, interlinear marks
            | '\u{E0000}'..='\u{E0FFF}') // tags
}

/// One line of text as it may enter the book: no control characters, no line breaks, no blanks at either end.
///
/// ```
/// use chitbook::domain::text::clean_line;
/// assert_eq!(clean_line(" Bar\u{1b}[31mney\nRubble "), "Bar[31mney Rubble");
/// ```
pub fn clean_line(text: &str) -> String {
    // Most texts are of plain letters, and an import has many.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.trim().to_owned();
    }
    let spaced: String = text
        .chars()
        .map(|c| {
            if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}') {
                ' '
            } else {
                c
            }
        })
        .collect();
    limit_marks(spaced.chars().filter(|c| !is_hostile(*c)))
        .trim()
        .to_owned()
}

/// A note as it may enter the book: line breaks are `\n`, tabs stay, every other control character is left out.
pub fn clean_note(text: &str) -> String {
    if text
        .bytes()
        .all(|byte| matches!(byte, b'\n' | b'\t' | b' '..=b'~'))
    {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n");
    let chars = text.chars().map(|c| {
        if matches!(c, '\r' | '\u{2028}' | '\u{2029}' | '\u{85}') {
            '\n'
        } else {
            c
        }
    });
    limit_marks(chars.filter(|c| matches!(c, '\n' | '\t') || !is_hostile(*c)))
}

fn limit_marks(chars: impl Iterator<Item = char>) -> String {
    let mut marks = 0;
    chars
        .filter(|c| {
            marks = if !c.is_ascii() && is_combining_mark(*c) {
                marks + 1
            } else {
                0
            };
            marks <= MARKS_PER_LETTER
        })
        .collect()
}

/// The key under which a text is found: lower case, no accents, letters that do not decompose written plainly.
///
/// ```
/// use chitbook::domain::text::fold;
/// assert_eq!(fold("Łukasz MÜLLER-Weiß"), "lukasz muller-weiss");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        match c {
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            other if is_combining_mark(other) => {}
            other => folded.push(other),
        }
    }
    folded
}

/// The key by which names are put in order: folded, with runs of digits padded so that "Unit 9" comes before "Unit 10".
pub fn order_key(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len() + 8);
    let mut digits = String::new();
    for c in folded.chars().chain(std::iter::once('\0')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            let number = digits.trim_start_matches('0');
            key.extend(std::iter::repeat_n(
                '0',
                12usize.saturating_sub(number.len()),
            ));
            key.push_str(number);
            digits.clear();
        }
        if c != '\0' && (c.is_alphanumeric() || c == ' ' || !c.is_ascii()) {
            key.push(c);
        }
    }
    key
}

/// A text on one line: its words with one blank between them, without control characters.
pub fn one_line(text: &str) -> String {
    first_words(text, usize::MAX)
}

/// So many words of a text at most, on one line.
pub fn first_words(text: &str, most: usize) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).take(most).collect();
    words.join(" ")
}

/// A number that stands for texts: the same for the same texts in the same order, on every machine and in every version. Two lists
/// of texts have the same one only by rare chance.
///
/// ```
/// use chitbook::domain::text::fingerprint;
/// assert_eq!(fingerprint(&["a", "b"]), fingerprint(&["a", "b"]));
/// assert_ne!(fingerprint(&["a", "b"]), fingerprint(&["ab"]));
/// ```
pub fn fingerprint(texts: &[&str]) -> u64 {
    // FNV-1a with a byte that no text holds between the texts, and a last stirring so that similar texts end far apart.
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0xff]));
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    sum ^= sum >> 33;
    sum = sum.wrapping_mul(0xff51_afd7_ed55_8ccd);
    sum ^ sum >> 33
}

/// A number with its thousands apart.
///
/// ```
/// use chitbook::domain::text::grouped;
/// assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
/// ```
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The first line that says something, for lists.
pub fn first_line(text: &str) -> &str {
    text.lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or("")
}

/// Whether every character takes one column and stands for itself: most of what is drawn, and no table has to be asked about it.
fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| (b' '..=b'~').contains(byte))
}

/// Columns the text takes on screen.
pub fn width(text: &str) -> usize {
    if is_plain(text.as_bytes()) {
        return text.len();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// Columns one grapheme takes, as whoever draws them counts: one more for each sound mark of narrow kana.
pub fn grapheme_width(grapheme: &str) -> usize {
    let marks = grapheme.chars().filter(|c| matches!(c, 'ﾞ' | 'ﾟ'));
    UnicodeWidthStr::width(grapheme) + marks.count()
}

/// The text cut to `columns`, with `…` in the last one where something was left out. A figure is left out as a whole: with fewer digits
/// it would be another one.
///
/// ```
/// use chitbook::domain::text::fit;
/// assert_eq!(fit("Barney Rubble", 8), "Barney …");
/// assert_eq!(fit("漢字漢字", 5), "漢字…");
/// assert_eq!(fit("sold 24,000 USD", 9), "sold …");
/// ```
pub fn fit(text: &str, columns: usize) -> String {
    let bytes = text.as_bytes();
    let seen = bytes.get(..=columns).unwrap_or(bytes);
    if is_plain(seen) {
        return if seen.len() <= columns {
            text.to_owned()
        } else {
            cut(text, columns.saturating_sub(1), columns)
        };
    }
    // No further than to the column that decides: a note may be long.
    let (mut used, mut end) = (0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme_width(grapheme);
        if used > columns {
            return cut(text, end, columns);
        }
        if used < columns {
            end = at + grapheme.len();
        }
    }
    text.to_owned()
}

/// The first `end` bytes, and the sign that more follows where there is room for it.
fn cut(text: &str, end: usize, columns: usize) -> String {
    let mut cut = before_figure(text, end).to_owned();
    if columns > 0 {
        cut.push('…');
    }
    cut
}

/// The first `end` bytes, without the figure that would be cut in two there.
fn before_figure(text: &str, end: usize) -> &str {
    let Some((kept, rest)) = text.split_at_checked(end) else {
        return "";
    };
    let digit = |c: char| c.is_ascii_digit() || c == '½';
    let point = |c: char| matches!(c, '.' | ',' | ':');
    let (next, after) = (rest.chars().next(), rest.chars().nth(1));
    let goes_on = next.is_some_and(digit) || next.is_some_and(point) && after.is_some_and(digit);
    if !goes_on || !kept.trim_end_matches(point).ends_with(digit) {
        return kept;
    }
    let before = kept.trim_end_matches(|c| digit(c) || point(c));
    // A row of digits as long as that is no figure.
    if kept.len() - before.len() > LONGEST_FIGURE {
        kept
    } else {
        before
    }
}

/// The text fitted to `columns` and filled up with blanks on the right.
pub fn pad(text: &str, columns: usize) -> String {
    let mut padded = fit(text, columns);
    padded.extend(std::iter::repeat_n(
        ' ',
        columns.saturating_sub(width(&padded)),
    ));
    padded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn control_and_direction_characters_stay_out_but_joined_emoji_stay_whole() {
        let cases = [
            ("\u{1b}]52;c;aGk=\u{7}Eve", "]52;c;aGk=Eve"),
            ("abc\u{202E}fed", "abcfed"),
            ("\u{9b}31mred", "31mred"),
            ("👩\u{200d}💻 Ada", "👩\u{200d}💻 Ada"),
            ("a\u{85}b", "a b"),
        ];
        for (dirty, clean) in cases {
            assert_eq!(clean_line(dirty), clean, "{dirty:?}");
        }
        assert_eq!(
            clean_note("one\r\ntwo\rthree\u{8}\tfour"),
            "one\ntwo\nthree\tfour"
        );
    }

    #[test]
    fn a_tower_of_marks_is_cut_to_a_readable_height() {
        let tower = format!("a{}", "\u{301}".repeat(2000));
        assert_eq!(clean_line(&tower).chars().count(), 1 + MARKS_PER_LETTER);
    }

    #[test]
    fn a_figure_that_does_not_fit_is_left_out_as_a_whole() {
        let long = "9".repeat(60);
        let cases = [
            ("cut in its digits", "sold 24,000.00 USD", 10, "sold …"),
            ("cut before its point", "sold 24,000.00 USD", 8, "sold …"),
            (
                "cut behind it",
                "sold 24,000.00 USD",
                16,
                "sold 24,000.00 …",
            ),
            ("cut before it", "sold 24,000.00 USD", 6, "sold …"),
            ("a half", "owes 1½ chits", 7, "owes …"),
            ("an hour", "at 14:07 today", 6, "at …"),
            ("the end of a sentence", "in 2026. Then", 9, "in 2026.…"),
            ("nothing else", "72,000", 4, "…"),
            ("it fits", "72,000", 6, "72,000"),
            (
                "no figure any more",
                &long,
                30,
                &format!("{}…", "9".repeat(29)),
            ),
        ];
        for (label, text, columns, wanted) in cases {
            assert_eq!(fit(text, columns), wanted, "{label}");
        }
    }

    #[test]
    fn names_with_numbers_sort_as_people_read_them() {
        let mut names = ["Unit 10", "unit 9", "Émile", "Eve", "Öde"];
        names.sort_by_key(|name| order_key(name));
        assert_eq!(names, ["Émile", "Eve", "Öde", "unit 9", "Unit 10"]);
    }

    proptest! {
        #[test]
        fn a_short_way_through_plain_text_leads_where_the_long_way_does(text in "[ a-zé漢\u{301}]{0,30}", columns in 1usize..20) {
            let graphemes: Vec<&str> = text.graphemes(true).collect();
            let wide = |upto: usize| graphemes[..upto].iter().map(|g| grapheme_width(g)).sum::<usize>();
            let all = graphemes.len();
            let long_way = if wide(all) <= columns {
                text.clone()
            } else {
                let kept = (0..=all).rev().find(|upto| wide(*upto) < columns).unwrap_or(0);
                graphemes[..kept].concat() + "…"
            };
            prop_assert_eq!(fit(&text, columns), long_way);
            prop_assert_eq!(width(&text), wide(all));
        }

        #[test]
        fn fitting_never_passes_the_columns(text in any::<String>(), columns in 0usize..40) {
            prop_assert!(width(&fit(&text, columns)) <= columns);
            prop_assert_eq!(width(&pad(&clean_line(&text), columns)), columns);
        }

        #[test]
        fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
            let once = clean_note(&text);
            prop_assert_eq!(clean_note(&once), once.clone());
            prop_assert!(!once.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
        }
    }
}
