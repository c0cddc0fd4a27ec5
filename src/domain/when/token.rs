//! Cuts a date phrase into numbers, words and single marks, each with its place in the text.

use std::ops::Range;

/// A phrase of more pieces than this is no date.
const MOST: usize = 16;

/// One piece of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is, in lower case.
    pub text: String,
    /// Its value, for a run of digits.
    pub number: Option<u32>,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// Nothing stands between it and the piece before.
    pub glued: bool,
}

impl Token {
    /// Whether it is one of these words.
    pub fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&self.text.as_str())
    }

    /// How many digits or letters it has.
    pub fn len(&self) -> usize {
        self.text.chars().count()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Digit,
    Letter,
    Mark,
}

fn class(c: char) -> Class {
    if c.is_whitespace() {
        Class::Space
    } else if c.is_ascii_digit() {
        Class::Digit
    } else if c.is_alphabetic() {
        Class::Letter
    } else {
        Class::Mark
    }
}

/// The pieces of a phrase; none when there are too many for a date.
pub fn cut(text: &str) -> Vec<Token> {
    let tokens = pieces(text);
    if tokens.len() > MOST {
        Vec::new()
    } else {
        tokens
    }
}

/// The last pieces of a text, as many as a date may have.
pub fn cut_tail(text: &str) -> Vec<Token> {
    let mut tokens = pieces(text);
    tokens.split_off(tokens.len().saturating_sub(MOST))
}

/// The first pieces of a text, as many as a date may have.
pub fn cut_head(text: &str) -> Vec<Token> {
    let mut tokens = pieces(text);
    tokens.truncate(MOST);
    tokens
}

fn pieces(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut before = Class::Space;
    for (at, c) in text.char_indices() {
        let now = class(c);
        let end = at + c.len_utf8();
        match tokens.last_mut() {
            Some(last) if now == before && matches!(now, Class::Digit | Class::Letter) => {
                last.text.extend(c.to_lowercase());
                last.span.end = end;
            }
            _ if now == Class::Space => {}
            _ => tokens.push(Token {
                text: c.to_lowercase().collect(),
                number: None,
                span: at..end,
                glued: before != Class::Space,
            }),
        }
        before = now;
    }
    for token in &mut tokens {
        if token.text.len() <= 8 {
            token.number = token.text.parse().ok();
        }
    }
    tokens
}
