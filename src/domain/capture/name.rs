//! Whom a note names: finds every `@name`, cuts it where the name ends, and tells who it is.
//!
//! The longest phrase that fits somebody wins. Where the first word alone fits and another name follows that is not theirs (`@Ann
//! Zeller`, with only Ann Marsh in the book), nobody is taken for somebody else: it is left open who is meant.

use super::word::{
    MOST_WORDS, Word, bare, bare_key, is_capital, is_handle, is_name_word, is_particle, next_sign,
    phrase, places, sign_length, stops,
};
use super::{Reader, Who, unspaced};
use crate::domain::id::Id;
use crate::domain::text::{clean_line, fold};
use std::collections::HashSet;
use std::ops::Range;

/// The most names looked for in one line.
const MOST_NAMES: usize = 64;
/// The most words a new name has, small ones like `van` not counted.
const MOST_NEW: usize = 4;

/// An `@name` in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Whom it names.
    pub who: Who,
    /// Where it stands, with the `@`, without a possessive `'s`.
    pub span: Range<usize>,
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
        let mut seen = HashSet::new();
        let people = (self.people)(ask).into_iter();
        let once = people.filter(|(id, _)| seen.insert(*id));
        once.filter_map(|(id, name)| fit(id, &name, words))
            .collect()
    }
}

/// How well a name fits what was typed; none where not even the first word does.
fn fit(id: Id, name: &str, typed: &[Word<'_>]) -> Option<Fit> {
    let mut folded = fold(name);
    if folded.contains('’') {
        folded = folded.replace('’', "'");
    }
    let whole = folded.split_whitespace().map(bare_key);
    let whole: Vec<&str> = whole.filter(|word| !word.is_empty()).collect();
    // The words of the name, and those parts of them that people are called by: Weiss of Müller-Weiß.
    let mut parts: Vec<(&str, bool)> = whole.iter().map(|word| (*word, true)).collect();
    for word in &whole {
        let pieces = word
            .split(['-', '\'', '.'])
            .filter(|piece| !piece.is_empty() && piece != word);
        parts.extend(pieces.map(|piece| (piece, false)));
    }
    let (mut words, mut used_top) = (0, 0);
    for (at, word) in typed.iter().enumerate() {
        let equal = parts.iter().position(|part| part.0 == word.key);
        let may_be_part = at == 0 || is_name_word(word.raw);
        let found = equal.or_else(|| {
            let begins = |part: &(&str, bool)| may_be_part && part.0.starts_with(&word.key);
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
        exact: whole.iter().eq(keys),
        whole: used_top == whole.len(),
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
        } else if !is_particle(word.raw) {
            break;
        }
    }
    Some((Who::New(text.get(..end)?.to_owned()), end))
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

#[cfg(test)]
mod tests;
