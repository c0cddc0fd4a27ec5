//! Names in scripts without blanks between words: 山田太郎さん.
//!
//! There is no blank to end a name at, so a known name that the text begins with wins, the longest first. What nobody is known by
//! ends where a form of address follows, or where another script begins.

use super::{Reader, Who};
use crate::domain::id::Id;
use crate::domain::text::fold;
use std::collections::HashSet;

/// The longest run looked at, in characters.
const LONGEST: usize = 32;

/// Forms of address that follow a name.
const ADDRESSES: &str =
    "さん 様 さま 氏 くん ちゃん 先生 殿 社長 部長 課長 専務 씨 님 小姐 女士 經理 经理";

/// Whether a letter is of a script without blanks.
pub fn is(c: char) -> bool {
    let script = matches!(c as u32,
        0x0E00..=0x0FFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF | 0x2E80..=0x2FFF | 0x3005..=0x3007 | 0x3021..=0x9FFF
        | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x2_0000..=0x3_FFFF);
    script && (c.is_alphanumeric() || c == '々')
}

/// How somebody fits the letters typed.
struct Fit {
    id: Id,
    /// Letters of what was typed, folded, in bytes.
    length: usize,
    exact: bool,
    /// One word of the name fits, and more letters follow: 山田 of 山田花子.
    doubt: bool,
}

impl Reader<'_> {
    /// Whom the name is that a text in such a script begins with, and how long it is.
    pub(super) fn unspaced_name(&self, text: &str) -> (Who, usize) {
        let run = Run::of(text);
        let own = own_name(text);
        let typed = fold(text.get(..own).unwrap_or_default());
        let first: String = text.chars().take(1).collect();
        let mut seen = HashSet::new();
        let people = (self.people)(&fold(&first)).into_iter();
        let once = people.filter(|(id, _)| seen.insert(*id));
        let fits = once.filter_map(|(id, name)| fit(id, &name, &run.folded, &typed));
        let fits: Vec<Fit> = fits.collect();
        let longest = fits.iter().map(|fit| fit.length).max();
        let Some(end) = longest.and_then(|length| run.end_of(length)) else {
            let end = new_name(text, own);
            let typed = text.get(..end).unwrap_or_default().to_owned();
            return (Who::New(typed), end);
        };
        let fits = fits.iter().filter(|fit| Some(fit.length) == longest);
        let fits: Vec<&Fit> = fits.collect();
        let exact: Vec<&&Fit> = fits.iter().filter(|fit| fit.exact).collect();
        let known = match (fits.as_slice(), exact.as_slice()) {
            ([fit], _) if !fit.doubt => Some(fit.id),
            (_, [fit]) => Some(fit.id),
            _ => None,
        };
        match known {
            Some(Id::ME) => (Who::Me, end),
            Some(id) => (Who::Known(id), end),
            None => {
                let doubt = fits.iter().all(|fit| fit.doubt);
                let end = if doubt { own } else { end };
                let typed = text.get(..end).unwrap_or_default().to_owned();
                let fitting = fits.iter().map(|fit| fit.id).collect();
                (Who::Several { typed, fitting }, end)
            }
        }
    }
}

/// The letters a text begins with, single blanks left out.
struct Run {
    folded: String,
    /// For each letter, how far `folded` and the text go with it.
    ends: Vec<(usize, usize)>,
}

impl Run {
    fn of(text: &str) -> Run {
        let mut run = Run {
            folded: String::new(),
            ends: Vec::new(),
        };
        let mut blank = false;
        for (at, c) in text.char_indices().take(LONGEST) {
            if c.is_whitespace() && !blank {
                blank = true;
                continue;
            }
            if !is(c) && !joins(c) {
                break;
            }
            blank = false;
            run.folded.push_str(&fold(c.encode_utf8(&mut [0; 4])));
            run.ends.push((run.folded.len(), at + c.len_utf8()));
        }
        run
    }

    /// Where the text ends that folds to so many bytes.
    fn end_of(&self, length: usize) -> Option<usize> {
        let end = self.ends.iter().find(|end| end.0 >= length)?;
        Some(end.1)
    }
}

/// The dot between the words of a foreign name: ジョン・スミス.
fn joins(c: char) -> bool {
    matches!(c, '・' | '·' | '･')
}

/// How well a name fits: the text begins with all of it or with one word of it, or what was typed is the beginning of it.
fn fit(id: Id, name: &str, run: &str, typed: &str) -> Option<Fit> {
    let folded = fold(name);
    let whole: String = folded.split_whitespace().collect();
    if whole.is_empty() {
        return None;
    }
    let begun = whole.starts_with(typed);
    let length = if run.starts_with(&whole) {
        whole.len()
    } else if begun {
        typed.len()
    } else {
        let words = folded.split_whitespace();
        words
            .filter(|word| run.starts_with(word))
            .map(str::len)
            .max()?
    };
    let exact = length == whole.len();
    Some(Fit {
        id,
        length,
        exact,
        doubt: !exact && !begun && length < typed.len(),
    })
}

/// What follows a name that ends at a place, without the form of address it is called by.
pub fn without_address(text: &str, end: usize) -> &str {
    let (name, rest) = text.split_at_checked(end).unwrap_or_default();
    let called = name.ends_with(is);
    let mut addresses = ADDRESSES.split(' ').filter(|_| called);
    addresses
        .find_map(|address| rest.strip_prefix(address))
        .unwrap_or(rest)
}

/// Where the name at the front of a text ends when nobody is known by it: before a form of address, or where the script changes.
fn own_name(text: &str) -> usize {
    let run_end = text
        .find(|c: char| !is(c) && !joins(c))
        .unwrap_or(text.len());
    let run = text.get(..run_end).unwrap_or_default();
    let mut chars = run.char_indices();
    let Some((_, first)) = chars.next() else {
        return run_end;
    };
    let addressed = chars.clone().map(|(at, _)| at).find(|at| {
        let rest = run.get(*at..).unwrap_or_default();
        ADDRESSES
            .split(' ')
            .any(|address| rest.starts_with(address))
    });
    let changed = chars
        .find(|(_, c)| is_hiragana(*c) && !is_hiragana(first))
        .map(|(at, _)| at);
    addressed.or(changed).unwrap_or(run_end)
}

/// A given name apart from the family name: 山田 太郎.
fn new_name(text: &str, own: usize) -> usize {
    let rest = text.get(own..).unwrap_or_default();
    let given = rest.strip_prefix([' ', '\u{3000}']).unwrap_or_default();
    let short = |name: &str| (1..=3).contains(&name.chars().count()) && name.chars().all(is_han);
    let end = own_name(given);
    let both =
        short(text.get(..own).unwrap_or_default()) && short(given.get(..end).unwrap_or_default());
    if both {
        text.len() - given.len() + end
    } else {
        own
    }
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}')
}

fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3005..=0x3007 | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}
