//! The words of a line as names are made of them: where one ends, what it is compared by, and which `@` begins one.

use super::unspaced;
use crate::domain::text::{fold, one_line};

/// The most words looked at for a name.
pub const MOST_WORDS: usize = 6;
/// Words with a capital that end a name rather than belong to it: the rep, days, and what people do.
const NO_NAMES: &str = "i i'll i'm i've i'd today monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur \
    thurs fri sat sun january february march july september october november december feb nov dec ceo cfo cto coo cio cmo vp svp evp \
    hr it pm";
/// Small words within a name.
const PARTICLES: &str =
    "van von der den de da di del della la le el al bin ibn ben ter ten zu zur dos das du y e";
/// Words that are written with a full stop and yet do not end a name.
const ABBREVIATED: &str = "dr mr mrs ms st jr sr prof mt";
/// Characters that end a name.
const STOPS: &str = ">:,;@()[]{}<|/\"“”„«»–—→=…＞：，；＠（）［］｛｝、。「」『』【】《》";

/// A word that may belong to a name.
pub struct Word<'a> {
    /// The word as typed.
    pub raw: &'a str,
    /// What it is compared by.
    pub key: String,
    /// Where it ends in the text.
    pub end: usize,
    /// The name cannot go on behind it.
    pub last: bool,
}

/// The words a name at the front of a text may have.
pub fn phrase(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut at = 0;
    while words.len() < MOST_WORDS {
        let rest = text.get(at..).unwrap_or_default();
        let start = at + rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let length = rest
            .find(|c: char| c.is_whitespace() || stops(c))
            .unwrap_or(rest.len());
        let whole = rest.get(..length).unwrap_or_default();
        if !whole.starts_with(char::is_alphanumeric) {
            break;
        }
        let stopped = rest
            .get(length..)
            .is_some_and(|rest| rest.starts_with(stops));
        let (raw, closed) = bare(whole);
        let last = stopped || closed;
        words.push(Word {
            raw,
            key: key(raw),
            end: start + raw.len(),
            last,
        });
        at = start + length;
        if last {
            break;
        }
    }
    words
}

/// A word without `'s` and closing punctuation, and whether those end the name.
pub fn bare(word: &str) -> (&str, bool) {
    let body = word.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_mark(c));
    let owner = ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|s| body.strip_suffix(s));
    if let Some(owner) = owner.filter(|owner| !owner.is_empty()) {
        return (owner, true);
    }
    let tail = word.get(body.len()..).unwrap_or_default();
    let short = body.chars().count() == 1 || among(ABBREVIATED, &body.to_lowercase());
    (body, !(tail.is_empty() || tail == "." && short))
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// What a word of a name is compared by.
pub fn key(word: &str) -> String {
    fold(bare_key(word)).replace('’', "'")
}

/// A word without the punctuation around it.
pub fn bare_key(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && !is_mark(c))
}

/// Whether a character ends a name.
pub fn stops(c: char) -> bool {
    !c.is_ascii_alphanumeric() && STOPS.contains(c)
}

/// Whether a word is one of a list.
pub fn among(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// Whether a word is one of those small ones that stand within a name.
pub fn is_particle(word: &str) -> bool {
    among(PARTICLES, word)
}

/// Whether a word is written as a name is: with a capital, or in a script without capitals.
pub fn is_name_word(word: &str) -> bool {
    let first = word.chars().next();
    let written = first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    written && !among(NO_NAMES, &key(word))
}

/// Whether a word has a capital and may be a name.
pub fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && is_name_word(word)
}

/// `fred.flint`, `example.com` or `fred_flint`: an address, not a name.
pub fn is_handle(word: &str) -> bool {
    let inner = word.split_once('.');
    word.contains('_')
        || inner
            .is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_lowercase() || c.is_numeric()))
}

/// Where the next `@` stands that a name follows, from a place on.
pub fn next_sign(text: &str, mut from: usize) -> Option<usize> {
    loop {
        let at = from + text.get(from..)?.find(['@', '＠'])?;
        if names_somebody(text, at) {
            return Some(at);
        }
        from = at + sign_length(text, at);
    }
}

pub fn sign_length(text: &str, at: usize) -> usize {
    let sign = text.get(at..).and_then(|rest| rest.chars().next());
    sign.map_or(1, char::len_utf8)
}

/// Whether the `@` at a place begins a name: at the start of a word and before a letter, not within an address.
pub fn names_somebody(text: &str, at: usize) -> bool {
    let behind = text.get(at + sign_length(text, at)..).unwrap_or_default();
    at_word_start(text, at) && behind.starts_with(char::is_alphabetic) && !is_handle_ahead(behind)
}

/// Whether the `@` at a place stands at the start of a word.
pub fn at_word_start(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    !before.is_some_and(|c| {
        c.is_alphanumeric() && !unspaced::is(c)
            || is_mark(c)
            || matches!(
                c,
                '/' | '.' | '_' | '-' | '+' | '%' | '@' | '＠' | '\'' | '’'
            )
    })
}

fn is_handle_ahead(behind: &str) -> bool {
    let end = behind.find(|c: char| c.is_whitespace() || stops(c));
    let word = behind
        .get(..end.unwrap_or(behind.len()))
        .unwrap_or_default();
    is_handle(bare(word).0)
}

/// A text as typed, on one line, without the `@` of its names.
pub fn plain(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(at) = next_sign(text, from) {
        kept.push_str(text.get(from..at).unwrap_or_default());
        from = at + sign_length(text, at);
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    one_line(&kept)
}

/// The words of a text, each with the place where it begins.
pub fn places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split_whitespace().map(move |word| {
        let rest = text.get(from..).unwrap_or_default();
        let start = from + rest.find(word).unwrap_or(0);
        from = start + word.len();
        (start, word)
    })
}
