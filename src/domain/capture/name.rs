//! Whom a note names: finds every `@name`, cuts it where the name ends, and tells who it is.
//!
//! The longest phrase that fits somebody wins. Where the first word alone fits and another name follows that is not theirs (`@Ann
//! Zeller`, with only Ann Marsh in the book), nobody is taken for somebody else: it is left open who is meant.

use super::{Reader, Who, unspaced};
use crate::domain::id::Id;
use crate::domain::text::{clean_line, fold};
use std::ops::Range;

/// The most words looked at for a name.
const MOST_WORDS: usize = 6;
/// The most names looked for in one line.
const MOST_NAMES: usize = 64;
/// The most words a new name has, small ones like `van` not counted.
const MOST_NEW: usize = 4;

/// Words with a capital that end a name rather than belong to it: the rep, days, and what people do.
const NO_NAMES: [&str; 46] = [
    "i",
    "i'll",
    "i'm",
    "i've",
    "i'd",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "january",
    "february",
    "march",
    "july",
    "september",
    "october",
    "november",
    "december",
    "feb",
    "nov",
    "dec",
    "ceo",
    "cfo",
    "cto",
    "coo",
    "cio",
    "cmo",
    "vp",
    "svp",
    "evp",
    "hr",
    "it",
    "pm",
    "today",
];

/// Small words within a name.
const PARTICLES: [&str; 25] = [
    "van", "von", "der", "den", "de", "da", "di", "del", "della", "la", "le", "el", "al", "bin",
    "ibn", "ben", "ter", "ten", "zu", "zur", "dos", "das", "du", "y", "e",
];

/// Words that are written with a full stop and yet do not end a name.
const ABBREVIATED: [&str; 9] = ["dr", "mr", "mrs", "ms", "st", "jr", "sr", "prof", "mt"];

/// An `@name` in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Whom it names.
    pub who: Who,
    /// Where it stands, with the `@`, without a possessive `'s`.
    pub span: Range<usize>,
}

/// A word that may belong to a name.
struct Word<'a> {
    raw: &'a str,
    key: String,
    /// Where it ends in the text.
    end: usize,
    /// The name cannot go on behind it.
    last: bool,
}

/// How much of what was typed somebody's name has in it.
struct Fit {
    id: Id,
    /// Words, from the first on.
    words: usize,
    /// They are the whole name and nothing else.
    exact: bool,
    /// Every word of the name was typed.
    whole: bool,
}

/// The name somebody new is given: as typed, with capitals where there were none.
///
/// ```
/// use chitbook::domain::capture::newcomer;
/// assert_eq!(newcomer("dino vance"), "Dino Vance");
/// assert_eq!(newcomer("Ludwig van Beethoven"), "Ludwig van Beethoven");
/// ```
pub fn newcomer(typed: &str) -> String {
    let typed = clean_line(typed);
    if typed.chars().any(char::is_uppercase) {
        return typed;
    }
    let mut start = true;
    let raise = |c: char| {
        let first = std::mem::replace(&mut start, c.is_whitespace() || c == '-');
        let raised: Vec<char> = if first {
            c.to_uppercase().collect()
        } else {
            vec![c]
        };
        raised
    };
    typed.chars().flat_map(raise).collect()
}

impl Reader<'_> {
    /// Every `@name` in a line, in order. A line of more names than anybody types is no note.
    pub(super) fn names(&self, text: &str) -> Vec<Spot> {
        let mut spots = Vec::new();
        let mut from = 0;
        while let Some(at) = next_sign(text, from).filter(|_| spots.len() < MOST_NAMES) {
            from = at + sign_length(text, at);
            let name = text.get(from..).unwrap_or_default();
            if let Some((who, length)) = self.name(name) {
                spots.push(Spot {
                    who,
                    span: at..from + length,
                });
                from += length;
            }
        }
        spots
    }

    /// Whom the name is that a text begins with, and how long it is. None where it begins with no letter.
    pub(super) fn name(&self, text: &str) -> Option<(Who, usize)> {
        let first = text.chars().next().filter(|c| c.is_alphabetic())?;
        if unspaced::is(first) {
            return Some(self.unspaced_name(text));
        }
        let words = phrase(text);
        let first = words.first()?;
        if matches!(first.key.as_str(), "me" | "myself") {
            return Some((Who::Me, first.end));
        }
        if is_handle(first.raw) {
            return None;
        }
        let fits = self.fits(&words);
        let best = fits.iter().map(|fit| fit.words).max().unwrap_or(0);
        let Some(last) = best.checked_sub(1).and_then(|at| words.get(at)) else {
            return new_name(text, &words);
        };
        let fits: Vec<&Fit> = fits.iter().filter(|fit| fit.words == best).collect();
        let exact: Vec<&&Fit> = fits.iter().filter(|fit| fit.exact).collect();
        let known = match (fits.as_slice(), exact.as_slice()) {
            ([fit], _) => Some(*fit),
            (_, [fit]) => Some(**fit),
            _ => None,
        };
        let doubt = best == 1
            && words
                .get(1)
                .is_some_and(|word| !first.last && is_capital(word.raw));
        if let Some(fit) = known.filter(|fit| fit.whole || !doubt) {
            let who = if fit.id == Id::ME {
                Who::Me
            } else {
                Who::Known(fit.id)
            };
            return Some((who, last.end));
        }
        let end = if doubt {
            new_name(text, &words)?.1
        } else {
            last.end
        };
        let typed = text.get(..end)?.to_owned();
        let fitting = fits.iter().map(|fit| fit.id).collect();
        Some((Who::Several { typed, fitting }, end))
    }

    /// Somebody known whose name the whole text is, or several.
    pub(super) fn whole_name(&self, text: &str) -> Option<Who> {
        let text = text.trim();
        let (who, length) = self.name(text)?;
        (length == text.len() && !matches!(who, Who::New(_))).then_some(who)
    }

    /// Everybody whom the first words fit, each once.
    fn fits(&self, words: &[Word<'_>]) -> Vec<Fit> {
        let Some(first) = words.first() else {
            return Vec::new();
        };
        let ask = first.key.split('-').next().unwrap_or(&first.key);
        let mut fits: Vec<Fit> = Vec::new();
        for (id, name) in (self.people)(ask) {
            if !fits.iter().any(|fit| fit.id == id) {
                fits.extend(fit(id, &name, words));
            }
        }
        fits
    }
}

/// How well a name fits what was typed; none where not even the first word does.
fn fit(id: Id, name: &str, typed: &[Word<'_>]) -> Option<Fit> {
    let mut parts: Vec<(String, bool)> = Vec::new();
    for word in name
        .split_whitespace()
        .map(key)
        .filter(|word| !word.is_empty())
    {
        let pieces: Vec<&str> = word
            .split(['-', '\'', '.'])
            .filter(|p| !p.is_empty())
            .collect();
        if pieces.len() > 1 {
            parts.extend(pieces.iter().map(|piece| ((*piece).to_owned(), false)));
        }
        parts.push((word, true));
    }
    let top = parts.iter().filter(|part| part.1).count();
    let name_words: Vec<String> = parts.iter().filter(|p| p.1).map(|p| p.0.clone()).collect();
    let (mut words, mut used_top) = (0, 0);
    for (at, word) in typed.iter().enumerate() {
        let equal = parts.iter().position(|part| part.0 == word.key);
        let may_be_part = at == 0 || is_name_word(word.raw);
        let found = equal.or_else(|| {
            let begins = |part: &(String, bool)| may_be_part && part.0.starts_with(&word.key);
            parts.iter().position(begins)
        });
        let Some(found) = found else { break };
        used_top += usize::from(parts.remove(found).1);
        words += 1;
    }
    let keys = typed.iter().take(words).map(|word| &word.key);
    (words > 0).then(|| Fit {
        id,
        words,
        exact: name_words.iter().eq(keys),
        whole: used_top == top,
    })
}

/// The new name that some words begin with, and where it ends: the words with a capital, and the first whatever it is.
fn new_name(text: &str, words: &[Word<'_>]) -> Option<(Who, usize)> {
    let mut end = words.first()?.end;
    let mut counted = 1;
    let mut open = !words.first()?.last;
    for word in words.get(1..)? {
        if !open || counted >= MOST_NEW {
            break;
        }
        open = !word.last;
        if is_name_word(word.raw) {
            counted += 1;
            end = word.end;
        } else if !PARTICLES.contains(&word.raw) {
            break;
        }
    }
    Some((Who::New(text.get(..end)?.to_owned()), end))
}

/// The words a name at the front of a text may have.
fn phrase(text: &str) -> Vec<Word<'_>> {
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
fn bare(word: &str) -> (&str, bool) {
    let body = word.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_mark(c));
    let owner = ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|s| body.strip_suffix(s));
    if let Some(owner) = owner.filter(|owner| !owner.is_empty()) {
        return (owner, true);
    }
    let tail = word.get(body.len()..).unwrap_or_default();
    let short = body.chars().count() == 1 || ABBREVIATED.contains(&body.to_lowercase().as_str());
    (body, !(tail.is_empty() || tail == "." && short))
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// What a word of a name is compared by.
pub fn key(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !is_mark(c));
    fold(word).replace('’', "'")
}

/// Characters that end a name.
pub fn stops(c: char) -> bool {
    matches!(
        c,
        '>' | ':'
            | ','
            | ';'
            | '@'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '|'
            | '/'
            | '"'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '–'
            | '—'
            | '→'
            | '='
            | '…'
            | '＞'
            | '：'
            | '，'
            | '；'
            | '＠'
            | '（'
            | '）'
            | '［'
            | '］'
            | '｛'
            | '｝'
            | '、'
            | '。'
            | '「'
            | '」'
            | '『'
            | '』'
            | '【'
            | '】'
            | '《'
            | '》'
    )
}

/// Whether a word is written as a name is: with a capital, or in a script without capitals.
fn is_name_word(word: &str) -> bool {
    let first = word.chars().next();
    let written = first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    written && !NO_NAMES.contains(&key(word).as_str())
}

/// Whether a word has a capital and may be a name.
fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && is_name_word(word)
}

/// `fred.flint`, `example.com` or `fred_flint`: an address, not a name.
fn is_handle(word: &str) -> bool {
    let inner = word.split_once('.');
    word.contains('_')
        || inner
            .is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_lowercase() || c.is_numeric()))
}

/// Where the next `@` stands that a name follows, from a place on.
fn next_sign(text: &str, mut from: usize) -> Option<usize> {
    loop {
        let at = from + text.get(from..)?.find(['@', '＠'])?;
        if names_somebody(text, at) {
            return Some(at);
        }
        from = at + sign_length(text, at);
    }
}

fn sign_length(text: &str, at: usize) -> usize {
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
            || matches!(c, '.' | '_' | '-' | '+' | '%' | '@' | '＠' | '\'' | '’')
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
    crate::domain::text::one_line(&kept)
}

/// The name a marked text begins with, and what follows it; the caller, and all of it, where it begins with none.
pub fn leading<'a>(rest: &'a str, names: &[Spot]) -> (Who, &'a str) {
    match names.first().filter(|name| name.span.start == 0) {
        Some(name) => (name.who.clone(), behind(rest, name.span.end)),
        None => (Who::Caller, rest),
    }
}

/// What follows a name that ends at a place, without what sets it apart. A name that owns something stays with what it owns.
pub fn behind(text: &str, end: usize) -> &str {
    let rest = text.get(end..).unwrap_or_default();
    if rest.starts_with(['\'', '’']) {
        return text;
    }
    let rest = unspaced::without_address(text, end).trim_start();
    let apart = rest.strip_prefix([':', ',', ';', '：', '，', '；', '、']);
    let dash = ["- ", "– ", "— "]
        .iter()
        .find_map(|dash| rest.strip_prefix(dash));
    apart.or(dash).unwrap_or(rest).trim_start()
}

/// Where a company's name at the front of a text ends: the words with a capital, and the first whatever it is.
pub fn company(text: &str) -> usize {
    let mut end = 0;
    let mut joined = false;
    for (start, word) in places(text).take(MOST_WORDS) {
        let cut = word.find(stops);
        let (raw, closed) = bare(word.get(..cut.unwrap_or(word.len())).unwrap_or_default());
        let belongs =
            end == 0 || is_capital(raw) || joined && raw.starts_with(char::is_alphanumeric);
        joined = end > 0 && matches!(word, "&" | "+");
        if joined {
            continue;
        }
        if !belongs {
            break;
        }
        end = start + raw.len();
        if closed || cut.is_some() {
            break;
        }
    }
    end
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

#[cfg(test)]
mod tests;
