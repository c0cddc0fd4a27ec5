//! Favours: who did whom one, and what it is worth.

use super::mark::{self, Mark};
use super::name::{self, Spot};
use super::word::{key, plain};
use super::{Found, Reader, Who};
use crate::domain::chit::Halves;
use crate::domain::text::fold;

/// What stands between the giver and the receiver.
const ARROWS: [&str; 6] = ["->", "=>", "→", "⇒", ">", "＞"];

/// A favour between two people, and the words that say what it was.
struct Between<'a> {
    giver: Who,
    receiver: Who,
    words: &'a str,
}

impl Reader<'_> {
    pub(super) fn favour(&self, mark: Mark, rest: &str, names: &[Spot]) -> Result<Found, String> {
        let (early, body) = leading_worth(rest);
        let shift = rest.len() - body.len();
        let between = self.arrow(body, shift, names)?;
        let between = between.unwrap_or_else(|| without_arrow(mark, body, shift, names));
        let (inner, words) = leading_worth(between.words);
        let (late, words) = trailing_worth(words);
        let what = plain(words);
        if same(&between.giver, &between.receiver) {
            return Err("nobody does themselves a favour: name another @Name".to_owned());
        }
        if !mark::says(&what) {
            return Err(mark.missing().to_owned());
        }
        Ok(Found::Favour {
            giver: between.giver,
            receiver: between.receiver,
            what,
            worth: early.or(inner).or(late).unwrap_or(Halves::PLAIN),
        })
    }

    /// `giver > receiver: words`, where the text begins so. A side that is empty is the caller's.
    fn arrow<'t>(
        &self,
        text: &'t str,
        shift: usize,
        names: &[Spot],
    ) -> Result<Option<Between<'t>>, String> {
        let arrow = ARROWS
            .iter()
            .filter_map(|arrow| Some((text.find(arrow)?, arrow.len())));
        let Some((at, length)) = arrow.min_by_key(|(at, length)| (*at, usize::MAX - length)) else {
            return Ok(None);
        };
        let (Some(left), Some(right)) = (text.get(..at), text.get(at + length..)) else {
            return Ok(None);
        };
        let name_at = |at: usize| names.iter().find(|name| name.span.start == shift + at);
        let giver = match name_at(0) {
            _ if left.trim().is_empty() => Some(Who::Caller),
            Some(name) => {
                let rest = left.get(name.span.end - shift..).unwrap_or_default();
                rest.trim().is_empty().then(|| name.who.clone())
            }
            None => self.whole_name(left),
        };
        let Some(giver) = giver else {
            return Ok(None);
        };
        let right_at = text.len() - right.trim_start().len();
        let right = right.trim_start();
        if let Some(name) = name_at(right_at) {
            let words = name::behind(right, name.span.end - shift - right_at);
            return Ok(Some(Between {
                giver,
                receiver: name.who.clone(),
                words,
            }));
        }
        match self.receiver(right) {
            Some((receiver, words)) => Ok(Some(Between {
                giver,
                receiver,
                words,
            })),
            None => Err("say who had the favour: @Name behind the >".to_owned()),
        }
    }

    /// The receiver where no `@` stands before the name: nobody, me, or somebody known up to the colon.
    fn receiver<'t>(&self, right: &'t str) -> Option<(Who, &'t str)> {
        let closes = |c: char| matches!(c, ':' | ',' | '：' | '，');
        let (side, words) = right
            .split_once(closes)
            .map_or((right, ""), |(side, words)| (side, words.trim_start()));
        if side.trim().is_empty() {
            return Some((Who::Caller, words));
        }
        if let Some(who) = self.whole_name(side) {
            return Some((who, words));
        }
        let first = right.split_whitespace().next()?;
        let me = matches!(fold(first).as_str(), "me" | "myself");
        me.then(|| {
            (
                Who::Me,
                right.strip_prefix(first).unwrap_or_default().trim_start(),
            )
        })
    }
}

/// A favour between me and the caller, or whomever the text begins with.
fn without_arrow<'t>(mark: Mark, text: &'t str, shift: usize, names: &[Spot]) -> Between<'t> {
    let name = names.iter().find(|name| name.span.start == shift);
    let (them, words) = match name {
        Some(name) => (name.who.clone(), name::behind(text, name.span.end - shift)),
        None => (Who::Caller, text),
    };
    let (giver, receiver) = match mark {
        Mark::FavourByMe => (Who::Me, them),
        _ => (them, Who::Me),
    };
    Between {
        giver,
        receiver,
        words,
    }
}

/// Whether two are surely one person.
fn same(giver: &Who, receiver: &Who) -> bool {
    match (giver, receiver) {
        (Who::New(one), Who::New(other)) => key(one) == key(other),
        (Who::Several { .. }, _) => false,
        (one, other) => one == other,
    }
}

/// `big:` or `½:` at the front, and the rest.
fn leading_worth(text: &str) -> (Option<Halves>, &str) {
    let found = text.split_once([':', '：']).and_then(|(word, rest)| {
        let number = !word.contains(char::is_alphabetic);
        let apart = !number || rest.starts_with(char::is_whitespace);
        let worth = Halves::parse(word).filter(|_| apart && !word.trim().is_empty());
        Some((worth?, rest.trim_start()))
    });
    found.map_or((None, text), |(worth, rest)| (Some(worth), rest))
}

/// `(big)` or `(½)` at the end, and what stands before it.
fn trailing_worth(text: &str) -> (Option<Halves>, &str) {
    let found = text.trim_end().strip_suffix([')', '）']).and_then(|open| {
        let at = open.rfind(['(', '（'])?;
        let word = open.get(at..)?.trim_start_matches(['(', '（']).trim();
        let counted = word.chars().all(|c| c.is_ascii_digit());
        let worth = Halves::parse(word).filter(|_| !counted)?;
        Some((worth, open.get(..at)?.trim_end()))
    });
    found.map_or((None, text), |(worth, rest)| (Some(worth), rest))
}

#[cfg(test)]
mod tests;
