//! Warm paths: who could lead me to somebody, through whom, and what asking would cost in chits.
//!
//! A path begins with a person I know and goes on over links that the book knows of, three at most, to the one who is wanted. Its
//! warmth is how strong I stand with the first person, less at every link, by how well such two usually know each other:
//!
//! ```text
//! warmth = strength of the first · spouse 0.9 · friend, family, assistant 0.8 · referral 0.7
//!                                · introduced by, manager, worked together 0.6 · same account 0.4
//! ```
//!
//! A link that an import suggested and nobody confirmed counts half. A path is *burnt* where its first person was asked for something
//! less than 90 days ago: it stands after those that are not.
//!
//! [`search`] finds the best ones without looking at them all.

pub mod search;

pub use search::find;

use super::ask::REST;
use super::chit::Halves;
use super::id::Id;
use super::link::LinkKind;
use super::text::one_line;
use chrono::NaiveDate;
use std::collections::HashMap;
use std::fmt::Write as _;

/// Links in a path at most.
pub const MOST_LINKS: usize = 3;
/// Whom I stand with no better than this I do not know.
pub const KNOWN: f64 = 1.0;
/// Stands for a rep whose name is not known.
const UNNAMED: &str = "[your name]";
/// How much less a link counts that is only suggested.
const SUGGESTED: f64 = 0.5;

/// Why two people know each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// A link of the book.
    Link(LinkKind),
    /// One led me to the other, or I the one to the other.
    Referral,
    /// They work at the same account.
    SameAccount,
}

impl How {
    /// What is left of the warmth after such a link.
    pub fn factor(self) -> f64 {
        match self {
            How::Link(LinkKind::Spouse) => 0.9,
            How::Link(LinkKind::Friend | LinkKind::Family | LinkKind::Assistant) => 0.8,
            How::Referral => 0.7,
            How::Link(LinkKind::IntroducedBy | LinkKind::Manager | LinkKind::WorkedTogether) => 0.6,
            How::SameAccount => 0.4,
        }
    }

    /// The words between the two names, the one who asks first. `forward` where that one is the link's own.
    pub fn words(self, forward: bool) -> &'static str {
        match (self, forward) {
            (How::Link(LinkKind::IntroducedBy), true) => "introduced by",
            (How::Link(LinkKind::IntroducedBy), false) => "introduced",
            (How::Link(LinkKind::Manager), true) => "reports to",
            (How::Link(LinkKind::Manager), false) => "manager of",
            (How::Link(LinkKind::Assistant), true) => "assisted by",
            (How::Link(LinkKind::Assistant), false) => "assistant of",
            (How::Link(LinkKind::Spouse), _) => "married to",
            (How::Link(LinkKind::WorkedTogether), _) => "worked with",
            (How::Link(LinkKind::Friend), _) => "friend of",
            (How::Link(LinkKind::Family), _) => "family of",
            (How::Referral, true) => "referred",
            (How::Referral, false) => "referred by",
            (How::SameAccount, _) => "colleague of",
        }
    }
}

/// Two people know each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The one the book has the link from; of a referral, the referrer.
    pub from: Id,
    /// The other.
    pub to: Id,
    /// Why.
    pub how: How,
    /// Suggested by an import and not confirmed.
    pub suggested: bool,
}

impl Tie {
    /// What is left of the warmth after it.
    pub fn factor(&self) -> f64 {
        self.how.factor() * if self.suggested { SUGGESTED } else { 1.0 }
    }
}

/// Somebody in the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Who.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// Their account, and its name.
    pub account: Option<(Id, String)>,
    /// How strong I stand with them today; nothing where we never spoke.
    pub strength: f64,
    /// The last day they were asked for a referral.
    pub asked: Option<NaiveDate>,
}

/// The people around somebody who is wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// Who is there, me not among them.
    pub people: Vec<Known>,
    /// Who knows whom. Those who have an account in common need no tie.
    pub ties: Vec<Tie>,
    /// What the first of two owes the second, me among them.
    pub owed: HashMap<(Id, Id), Halves>,
}

impl Network {
    fn owed(&self, debtor: Id, creditor: Id) -> Halves {
        self.owed
            .get(&(debtor, creditor))
            .copied()
            .unwrap_or_default()
    }
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Hop {
    /// Who stands here.
    pub who: Id,
    /// Their name.
    pub name: String,
    /// Their account's name, or empty.
    pub account: String,
    /// How strong I stand with them myself.
    pub strength: f64,
    /// How the one before knows them; of the first, none: I know them.
    pub how: Option<&'static str>,
    /// That they know each other is only suggested.
    pub suggested: bool,
    /// What they owe the one before, or me.
    pub owes: Halves,
    /// What the one before, or I, owe them.
    pub owed: Halves,
}

/// A way to somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The people on it; the first is asked, the last is wanted.
    pub hops: Vec<Hop>,
    /// How warm it is, under 100.
    pub warmth: f64,
    /// The day the first person was asked for something else, where that is too near.
    pub burnt: Option<NaiveDate>,
}

impl Path {
    /// The links on it.
    pub fn links(&self) -> usize {
        self.hops.len() - 1
    }

    /// What asking costs in chits, as one phrase. What either owes stands as it is and is not taken off against the other.
    pub fn price(&self) -> String {
        let Some(first) = self.hops.first() else {
            return String::new();
        };
        match (first.owes, first.owed) {
            (Halves(0), Halves(0)) => "nothing is owed: you would owe 1".to_owned(),
            (Halves(0), mine) => format!("you owe {mine}: you would owe {}", Halves(mine.0 + 2)),
            (theirs, Halves(0)) => format!("owes you {theirs}: this calls one in"),
            (theirs, mine) => format!("owes you {theirs}, you owe {mine}: this calls one in"),
        }
    }

    /// The path in one line: "Barney (72), friend of Wilma, colleague of Fred".
    pub fn words(&self) -> String {
        let mut words = String::new();
        for hop in &self.hops {
            let _ = match hop.how {
                None => write!(words, "{} ({:.0})", hop.name, hop.strength),
                Some(how) if hop.suggested => write!(words, ", perhaps {how} {}", hop.name),
                Some(how) => write!(words, ", {how} {}", hop.name),
            };
        }
        words
    }
}

/// Whether an ask on a day is too near to ask the same person again.
pub fn too_near(asked: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    asked.filter(|on| (today - *on).num_days() < REST)
}

/// The ask for the first person of a path, with a paragraph that can be forwarded as it is. `me` is the rep's name, or empty; `result` is what
/// was done for the first person, in their words. Empty where there is nobody to ask: the first is the one who is wanted.
pub fn draft(path: &Path, me: &str, result: Option<&str>) -> String {
    let [first, between @ .., wanted] = path.hops.as_slice() else {
        return String::new();
    };
    let at = if wanted.account.is_empty() {
        String::new()
    } else {
        format!(" ({})", wanted.account)
    };
    let mut text = format!(
        "{},\n\nwould you put me in touch with {}{at}?",
        first.name, wanted.name
    );
    if let Some(next) = between.first() {
        let _ = write!(
            text,
            " The way would be through {}, whom I believe you know well enough to ask.",
            next.name
        );
    }
    text.push_str(" What follows can be forwarded as it stands.\n\nThank you");
    let who = if me.is_empty() { UNNAMED } else { me };
    let _ = write!(text, ",\n{who}");
    let _ = write!(
        text,
        "\n\n---\n\n{},\n\nI would like you to meet {who}.",
        wanted.name
    );
    let _ = match result.map(one_line).filter(|result| !result.is_empty()) {
        Some(result) => write!(
            text,
            " They have worked for us, and this came of it: {result}."
        ),
        None => write!(text, " They have my trust."),
    };
    text.push_str(
        " A short talk will show whether it is worth more of your time. May I put you in touch?\n",
    );
    text
}

#[cfg(test)]
mod tests;
