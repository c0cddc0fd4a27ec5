//! Symbols for a terminal that has only plain characters: one table for every picture and every printed line.
//!
//! Pictures are drawn as ever and rewritten once at their end, cell by cell, so that nothing that is drawn has to think of it.
//! Letters are nobody's to change: a name stays as it is written.

use ratatui::buffer::Buffer;

/// Each plain character with the symbols it stands for, all of them one column wide.
const TABLE: [(&str, &str); 28] = [
    // The states, fuller and emptier; what is new, and what stands between two things said.
    ("*", "●"),
    ("+", "◐"),
    ("o", "○∘"),
    ("x", "◌×"),
    ("-", "·•−–—"),
    // More and less, to and fro.
    ("+", "▲½"),
    ("-", "▼"),
    (">", "→▸›▌≥"),
    ("<", "←‹≤"),
    ("=", "↔"),
    ("^", "↑"),
    ("v", "↓✓"),
    // Punctuation.
    (".", "…"),
    ("'", "‘’"),
    ("\"", "“”„"),
    (" ", "\u{a0}"),
    // Shades and bars, from light to full.
    (":", "░▂"),
    ("+", "▒▅"),
    ("%", "▓▇"),
    ("#", "█▉▊▋▪"),
    ("|", "▍▎▏"),
    (".", "▁"),
    ("-", "▃"),
    ("=", "▄"),
    ("*", "▆"),
    // Rules; every other piece of a frame is a corner or a crossing.
    ("-", "─━┄┅┈┉╌╍═"),
    ("|", "│┃┆┇┊┋╎╏║"),
    (" ", "\u{2800}"),
];

/// The plain character for a symbol that is one column wide; none where it is plain already, or a letter.
pub fn letter(symbol: char) -> Option<&'static str> {
    let known = TABLE.iter().find(|(_, symbols)| symbols.contains(symbol));
    match (known, symbol) {
        (Some((letter, _)), _) => Some(letter),
        (None, '\u{2500}'..='\u{257f}') => Some("+"),
        // Dots of a curve that knew of no better way.
        (None, '\u{2801}'..='\u{28ff}') => Some("*"),
        _ => None,
    }
}

/// The symbol as it is drawn where only plain characters are.
pub fn sign(symbol: &'static str, plain: bool) -> &'static str {
    let only = symbol.chars().next().filter(|_| plain);
    only.and_then(letter).unwrap_or(symbol)
}

/// A text with every symbol plain, as wide as it was but for halves: `1½` is `1.5` here.
pub fn text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match letter(c) {
            Some(_) if c == '½' => {
                let whole = plain.ends_with(|before: char| before.is_ascii_digit());
                plain.push_str(if whole { ".5" } else { "0.5" });
            }
            Some(letter) => plain.push_str(letter),
            None => plain.push(c),
        }
    }
    plain
}

/// A text for a picture: with halves as figures where only plain characters are, while there is still room to be made for them.
pub fn halves(text: String, plain: bool) -> String {
    if plain && text.contains('½') {
        self::text(&text)
    } else {
        text
    }
}

/// Rewrites a whole picture.
pub fn picture(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let mut symbols = cell.symbol().chars();
        if let (Some(symbol), None) = (symbols.next(), symbols.next())
            && !symbol.is_ascii()
            && let Some(letter) = letter(symbol)
        {
            cell.set_symbol(letter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::strength::State;
    use crate::domain::text::width;

    #[test]
    fn every_state_is_told_apart() {
        let states = [
            State::New,
            State::OnRhythm,
            State::Due,
            State::Stale,
            State::Dormant,
        ];
        let mut signs = states.map(|state| sign(state.sign(), true));
        assert!(signs.iter().all(|sign| sign.is_ascii()));
        signs.sort_unstable();
        assert!(signs.windows(2).all(|two| two[0] != two[1]), "{signs:?}");
        assert_eq!(sign("●", false), "●");
    }

    #[test]
    fn a_text_keeps_its_letters_and_its_width() {
        let said = "Zoë 佐藤 “▌● 44 −3…” Dec’25 – ½, 1½";
        assert_eq!(text(said), "Zoë 佐藤 \">* 44 -3.\" Dec'25 - 0.5, 1.5",);
        let without = said.replace('½', "");
        assert_eq!(width(&text(&without)), width(&without));
    }

    #[test]
    fn whatever_is_put_in_is_one_plain_column() {
        for code in 0x80..0x3000 {
            let Some(symbol) = char::from_u32(code) else {
                continue;
            };
            if let Some(letter) = letter(symbol) {
                assert!(letter.is_ascii() && width(letter) == 1, "{symbol}");
                assert_eq!(width(&symbol.to_string()), 1, "{symbol}");
                assert!(!symbol.is_alphabetic(), "{symbol}");
            }
        }
    }
}
