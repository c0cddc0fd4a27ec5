//! Seats on a committee: roles and a stance, in any order.

use super::mark::Mark;
use super::name::{Spot, leading};
use super::word::places;
use super::{Found, Reader, Who};
use crate::domain::record::{Role, Stance};
use crate::domain::text::fold;

const ROLES: [(Role, &[&str]); 6] = [
    (
        Role::Decision,
        &[
            "decision",
            "decisions",
            "decides",
            "decide",
            "decider",
            "decision-maker",
            "signs",
            "signer",
            "boss",
            "ceo",
            "approves",
            "approver",
        ],
    ),
    (
        Role::Finance,
        &[
            "finance",
            "finances",
            "financial",
            "cfo",
            "pays",
            "payer",
            "budget",
            "controller",
            "accounting",
        ],
    ),
    (
        Role::Technical,
        &[
            "technical",
            "technician",
            "tech",
            "engineer",
            "engineering",
            "engineers",
            "it",
            "cto",
            "cio",
        ],
    ),
    (Role::User, &["user", "users", "uses", "end-user"]),
    (
        Role::Gatekeeper,
        &[
            "gatekeeper",
            "gate-keeper",
            "assistant",
            "blocks",
            "blocker",
            "receptionist",
            "secretary",
        ],
    ),
    (Role::Coach, &["coach", "coaches", "champion", "mentor"]),
];

const STANCES: [(Stance, &[&str]); 4] = [
    (
        Stance::For,
        &["for", "pro", "supports", "supporter", "supportive"],
    ),
    (Stance::Neutral, &["neutral", "undecided"]),
    (
        Stance::Against,
        &["against", "con", "contra", "opposes", "opposed"],
    ),
    (Stance::Unknown, &["unknown"]),
];

/// What the questions about empty seats ask, in their own words.
const PHRASES: [(Role, &str); 6] = [
    (Role::Finance, "signs for the money"),
    (Role::Finance, "signs for money"),
    (Role::Technical, "judges whether it works"),
    (Role::User, "will work with it"),
    (Role::User, "works with it"),
    (Role::Gatekeeper, "keeps the door"),
];

/// Words that mean a role or a stance only beside others that do: `pays for it` says nothing of either.
const SHY: [&str; 4] = ["for", "it", "con", "pro"];
/// Words that turn what follows into its opposite.
const NOT: [&str; 8] = [
    "not", "no", "never", "isn't", "doesn't", "nobody", "without", "non",
];
/// Words that say nothing here.
const FILLERS: [&str; 6] = ["and", "&", "maker", "us", "me", "buyer"];

/// A word of the line, and what it may mean.
struct Word {
    key: String,
    role: Option<Role>,
    stance: Option<Stance>,
    /// `IT` is a department, `it` is a word.
    loud: bool,
}

impl Word {
    fn of(word: &str) -> Word {
        let key = fold(word.trim_matches(|c: char| !c.is_alphanumeric())).replace('’', "'");
        let role = ROLES
            .iter()
            .find(|row| row.1.contains(&key.as_str()))
            .map(|row| row.0);
        let stance = STANCES
            .iter()
            .find(|row| row.1.contains(&key.as_str()))
            .map(|row| row.0);
        Word {
            role,
            stance,
            loud: word.contains("IT"),
            key,
        }
    }

    fn is_known(&self) -> bool {
        self.role.is_some() || self.stance.is_some() || FILLERS.contains(&self.key.as_str())
    }

    fn is_shy(&self) -> bool {
        SHY.contains(&self.key.as_str()) && !self.loud
    }
}

/// Takes the words of a phrase out of a line's; whether they were there, one after the other.
fn take(words: &mut Vec<Word>, phrase: &str) -> bool {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
    let at = keys.windows(wanted.len()).position(|keys| keys == wanted);
    if let Some(at) = at {
        words.drain(at..at + wanted.len());
    }
    at.is_some()
}

impl Reader<'_> {
    pub(super) fn seat(&self, rest: &str, names: &[Spot]) -> Result<Found, String> {
        let (who, rest) = match leading(rest, names) {
            (Who::Caller, rest) => self.within(rest, names),
            (who, rest) => (who, rest.to_owned()),
        };
        let (mut roles, mut stances) = (Vec::new(), Vec::new());
        for piece in rest.split([
            ',', ';', '/', '+', '，', '；', '、', '(', ')', ':', '：', '|',
        ]) {
            let mut words: Vec<Word> = piece
                .split_whitespace()
                .map(Word::of)
                .filter(|w| !w.key.is_empty())
                .collect();
            if words.iter().any(|word| word.key == "listens") {
                return Err("who listens to whom is set on the account's page".to_owned());
            }
            for (role, phrase) in PHRASES {
                if take(&mut words, phrase) && !roles.contains(&role) {
                    roles.push(role);
                }
            }
            if words.iter().any(|word| NOT.contains(&word.key.as_str())) {
                return Err("say what they are, not what they are not".to_owned());
            }
            let plain = words.iter().all(Word::is_known);
            for (at, word) in words.iter().enumerate() {
                let last = words
                    .get(at + 1..)
                    .is_some_and(|rest| rest.iter().all(|w| matches!(w.key.as_str(), "us" | "me")));
                if word.is_shy() && !plain && !(last && word.stance.is_some()) {
                    continue;
                }
                roles.extend(word.role.filter(|role| !roles.contains(role)));
                stances.extend(word.stance.filter(|stance| !stances.contains(stance)));
            }
        }
        if roles.is_empty() {
            return Err(Mark::Seat.missing().to_owned());
        }
        match stances.as_slice() {
            [] => Ok(Stance::Unknown),
            [stance] => Ok(*stance),
            _ => Err("say one of: for, neutral, against".to_owned()),
        }
        .map(|stance| Found::Seat { who, roles, stance })
    }

    /// Whoever is named among the words of a seat, and those words: `finance @Wilma for`, `finance Wilma Slate`.
    fn within(&self, rest: &str, names: &[Spot]) -> (Who, String) {
        let (who, left) = self.seated(rest);
        if who != Who::Caller {
            return (who, left.to_owned());
        }
        if let Some(name) = names.first() {
            let before = rest.get(..name.span.start).unwrap_or_default();
            let after = rest.get(name.span.end..).unwrap_or_default();
            let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';' | '(');
            let mut words = before.split(apart).filter(|word| !word.is_empty());
            if words.all(|word| Word::of(word).is_known()) {
                return (name.who.clone(), format!("{before} {after}"));
            }
        } else if let Some((at, _)) = places(rest).find(|(_, word)| !Word::of(word).is_known()) {
            let (before, name) = rest.split_at_checked(at).unwrap_or((rest, ""));
            let capital = name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
            if let Some(who) = capital.then(|| self.whole_name(name)).flatten() {
                return (who, before.to_owned());
            }
        }
        (Who::Caller, rest.to_owned())
    }

    /// Somebody known whose name stands there without an `@`, up to the first word that is a seat's.
    fn seated<'t>(&self, rest: &'t str) -> (Who, &'t str) {
        let seat = places(rest).find(|(_, word)| Word::of(word).is_known());
        let name = rest.get(..seat.map_or(0, |(at, _)| at)).unwrap_or_default();
        let name = name.trim_end_matches([',', ':', ' ']);
        let capital = name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        match capital.then(|| self.whole_name(name)).flatten() {
            Some(who) => (who, rest.get(name.len()..).unwrap_or_default()),
            None => (Who::Caller, rest),
        }
    }
}

#[cfg(test)]
mod tests;
