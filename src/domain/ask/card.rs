//! The ask card: three short lines to say on the telephone, from a text that the rep may write anew.

use super::Askable;
use crate::domain::link::LinkKind;
use crate::domain::text::{fold, one_line};
use std::cmp::Reverse;
use std::collections::HashSet;

/// The text the card is made of. What stands in braces is filled in; of two lines that begin alike in square brackets the first one
/// is taken for which everything is known.
pub const TEMPLATE: &str = include_str!("../../../assets/ask_card.txt");

/// Letters a word needs to tell one trouble from another.
const TELLING: usize = 4;

/// Somebody the asked person knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acquaintance {
    /// Their name.
    pub name: String,
    /// How the two know each other; none: they work at the same account.
    pub kind: Option<LinkKind>,
    /// The trouble they have, as far as the book heard of it.
    pub trouble: Option<String>,
}

/// The card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskCard {
    /// What I solved for them.
    pub solved: String,
    /// Whom they know who has that trouble.
    pub knows: String,
    /// What they get out of it.
    pub gets: String,
}

impl AskCard {
    /// The three lines.
    pub fn lines(&self) -> [&str; 3] {
        [&self.solved, &self.knows, &self.gets]
    }
}

/// The card for somebody, from a template ([`TEMPLATE`], unless the rep wrote one). A line that a template lacks is taken from ours.
pub fn card(who: &Askable, acquaintances: &[Acquaintance], template: &str) -> AskCard {
    let known = Known::of(who, acquaintances);
    let line = |head: &str| {
        let own = known.fill(template, head);
        own.or_else(|| known.fill(TEMPLATE, head))
            .unwrap_or_default()
    };
    AskCard {
        solved: line("solved"),
        knows: line("knows"),
        gets: line("gets"),
    }
}

/// What can be filled in.
struct Known {
    values: Vec<(&'static str, String)>,
}

impl Known {
    fn of(who: &Askable, acquaintances: &[Acquaintance]) -> Self {
        let mut values = vec![("name", who.name.clone())];
        if !who.account.is_empty() {
            values.push(("account", who.account.clone()));
        }
        let trouble = who
            .result
            .as_ref()
            .map_or("", |result| result.need.as_str());
        if let Some(result) = &who.result {
            values.push(("result", one_line(&result.what)));
            values.push(("kind", result.kind.phrase().to_owned()));
            if !trouble.is_empty() {
                values.push(("trouble", one_line(trouble)));
            }
        }
        if let Some(best) = best(acquaintances, trouble) {
            values.push(("friend", best.name.clone()));
            values.extend(best.trouble.as_deref().map(|text| ("same", one_line(text))));
        }
        Known { values }
    }

    /// The first line under this head for which everything is known.
    fn fill(&self, template: &str, head: &str) -> Option<String> {
        let begin = format!("[{head}]");
        let lines = template
            .lines()
            .filter_map(|line| line.strip_prefix(begin.as_str()));
        let mut lines = lines.map(str::trim).filter(|line| !line.is_empty());
        lines.find_map(|line| self.filled(line))
    }

    /// A line with everything filled in; none where something is not known.
    fn filled(&self, line: &str) -> Option<String> {
        let (mut filled, mut rest) = (String::new(), line);
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            let (_, value) = self.values.iter().find(|(known, _)| *known == name)?;
            filled.push_str(before);
            filled.push_str(value);
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }
}

/// Whom to name: who has most words of the same trouble, then who has any trouble, then whoever comes first.
fn best<'a>(acquaintances: &'a [Acquaintance], trouble: &str) -> Option<&'a Acquaintance> {
    let wanted = telling(trouble);
    let alike = |one: &Acquaintance| {
        let text = one.trouble.as_deref().unwrap_or_default();
        telling(text).intersection(&wanted).count()
    };
    let ranked = acquaintances.iter().enumerate();
    let best = ranked.min_by_key(|(at, one)| (Reverse(alike(one)), one.trouble.is_none(), *at));
    best.map(|(_, one)| one)
}

fn telling(text: &str) -> HashSet<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| word.chars().count() >= TELLING)
        .map(str::to_owned)
        .collect()
}
