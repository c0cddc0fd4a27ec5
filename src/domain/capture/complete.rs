//! Typing a name: what stands behind the `@` under the caret, and whom it may become.

use super::unspaced;
use super::word::{MOST_WORDS, at_word_start, key, stops};
use crate::domain::id::Id;
use crate::domain::text::fold;

/// A name being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    /// Where it begins, right behind the `@`, in characters of the line.
    pub start: usize,
    /// What is typed of it up to the caret; may be empty.
    pub typed: String,
}

/// The name being typed at a place of a line, counted in characters.
///
/// ```
/// use chitbook::domain::capture::at_caret;
/// let partial = at_caret("+ @Barn got me in", 7).unwrap();
/// assert_eq!((partial.start, partial.typed.as_str()), (3, "Barn"));
/// assert!(at_caret("write to fred@example.com", 20).is_none());
/// ```
pub fn at_caret(line: &str, chars: usize) -> Option<Partial> {
    let end = line
        .char_indices()
        .nth(chars)
        .map_or(line.len(), |(at, _)| at);
    let before = line.get(..end)?;
    let sign = before.rfind(['@', '＠'])?;
    let mut behind = before.get(sign..)?.chars();
    behind.next();
    let typed = behind.as_str();
    let word = typed.split_whitespace().count() <= MOST_WORDS && !typed.contains(stops);
    let begun = typed.chars().next().is_none_or(char::is_alphabetic);
    (word && begun && at_word_start(before, sign)).then(|| Partial {
        start: before.chars().count() - typed.chars().count(),
        typed: typed.to_owned(),
    })
}

/// The best few people for what is typed behind an `@`: those with a word for each word typed that begins with it, in the order
/// `people` gives them (see [`Reader::people`](super::Reader::people)). Nobody where the name is complete.
pub fn complete(
    typed: &str,
    people: &dyn Fn(&str) -> Vec<(Id, String)>,
    most: usize,
) -> Vec<(Id, String)> {
    let first = typed.chars().next();
    let words: Vec<String> = typed
        .split_whitespace()
        .map(key)
        .filter(|word| !word.is_empty())
        .collect();
    let ask = match (first, words.first()) {
        (Some(first), _) if unspaced::is(first) => fold(first.encode_utf8(&mut [0; 4])),
        (_, Some(word)) => word.split('-').next().unwrap_or_default().to_owned(),
        (Some(_), None) => return Vec::new(),
        (None, _) => String::new(),
    };
    let mut fitting: Vec<(Id, String)> = Vec::new();
    for (id, name) in people(&ask) {
        if fitting.len() < most && fits(&name, &words) && !fitting.iter().any(|other| other.0 == id)
        {
            fitting.push((id, name));
        }
    }
    match fitting.as_slice() {
        [(_, name)] if name.split_whitespace().map(key).eq(words) => Vec::new(),
        _ => fitting,
    }
}

/// Whether a name has a word of its own for each word typed.
fn fits(name: &str, typed: &[String]) -> bool {
    let folded = key(name);
    let whole: String = folded.split_whitespace().collect();
    let run = typed.concat();
    if run.chars().next().is_some_and(unspaced::is) && whole.starts_with(&run) {
        return true;
    }
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    let pieces: Vec<&str> = folded.split(['-', '\'']).skip(1).collect();
    words.extend(pieces);
    typed.iter().all(|typed| {
        let equal = words.iter().position(|word| word == typed);
        let found = equal.or_else(|| {
            words
                .iter()
                .position(|word| word.starts_with(typed.as_str()))
        });
        found.map(|at| words.remove(at)).is_some()
    })
}
