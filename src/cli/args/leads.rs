//! What the verbs of referrals, asks, paths and the tree can be told.

use crate::domain::ask::Answer;
use crate::domain::link::LinkKind;
use crate::domain::referral::Stage;
use clap::{Args as Group, ValueEnum};

fn stage(text: &str) -> Result<Stage, String> {
    let words = Stage::ALL.map(Stage::word).join(", ");
    Stage::parse(&text.to_lowercase()).ok_or(format!("a stage is one of {words}"))
}

fn answer(text: &str) -> Result<Answer, String> {
    let words = Answer::ALL.map(Answer::word).join(", ");
    let word = text.to_lowercase().replace(['-', ' '], "_");
    Answer::parse(&word).ok_or(format!("an answer is one of {words}"))
}

fn kind(text: &str) -> Result<LinkKind, String> {
    let words = LinkKind::ALL.map(LinkKind::word).join(", ");
    let word = text.to_lowercase().replace(['-', ' '], "_");
    LinkKind::parse(&word).ok_or(format!("a link is one of {words}"))
}

/// Which chits of a story are noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WhichChits {
    /// All that are proposed
    All,
    /// Only what you owe, or are owed
    Mine,
    /// Only what others owe each other
    Theirs,
}

/// `refer`
#[derive(Debug, Group)]
pub struct Refer {
    /// Who leads you: a person, or an account (at:NAME is an account in any case)
    pub referrer: String,
    /// To whom: a person, or an account
    pub prospect: String,
    /// asked, promised, introduced, met, won or lost; without it, asked, and then the next one
    #[arg(long, value_parser = stage)]
    pub stage: Option<Stage>,
    /// When; without it, today
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// What was said about the prospect, where the referral is a new one
    #[arg(long, value_name = "TEXT")]
    pub what: Option<String>,
    /// What there is to say about the stage
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// You put the two in touch with each other
    #[arg(long)]
    pub given: bool,
    /// A referral of its own, though another one of the two is under way
    #[arg(long)]
    pub new: bool,
    /// A further referrer, who has a part of the credit
    #[arg(long, value_name = "WHO")]
    pub shared_with: Option<String>,
    /// How much of the credit is theirs, in hundredths; 0 takes it back
    #[arg(long, value_name = "N", default_value_t = 50, requires = "shared_with", value_parser = clap::value_parser!(u8).range(0..=99))]
    pub percent: u8,
    /// The result for the prospect, in their words; without it, the last one that was delivered
    #[arg(long, value_name = "TEXT")]
    pub result: Option<String>,
    /// The prospect thanked the referrer
    #[arg(long)]
    pub thanked: bool,
    /// Note the chits that a win proposes; without it they are only shown
    #[arg(long, value_enum, value_name = "WHICH")]
    pub chits: Option<WhichChits>,
}

/// `referrals`
#[derive(Debug, Group)]
pub struct Referrals {
    /// Only those this person made or came by
    pub who: Option<String>,
    /// Only those at this stage
    #[arg(long, value_parser = stage)]
    pub stage: Option<Stage>,
    /// Only those that are neither won nor lost
    #[arg(long)]
    pub open: bool,
    /// Only those whose referrer is to be told
    #[arg(long)]
    pub untold: bool,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// `told`
#[derive(Debug, Group)]
pub struct Told {
    /// The referral's id, as `referrals` shows it
    pub referral: String,
    /// When; without it, today
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// `ask`
#[derive(Debug, Group)]
pub struct Ask {
    /// Who was asked
    pub who: String,
    /// Whom they named, or what else there is to remember
    pub note: Vec<String>,
    /// named, thinking, declined or not-now; without it, nothing yet
    #[arg(long, value_parser = answer)]
    pub answer: Option<Answer>,
    /// When; without it, today
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// When to ask again; without it, what is usual after such an answer
    #[arg(long, value_name = "DATE")]
    pub next: Option<String>,
}

/// `asks`
#[derive(Debug, Group)]
pub struct Asks {
    /// What to say to this person, and what they were asked before
    pub who: Option<String>,
    /// How many at most
    #[arg(long, value_name = "N", value_parser = super::some)]
    pub limit: Option<usize>,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// `paths`
#[derive(Debug, Group)]
pub struct Paths {
    /// Who is wanted: a person, or an account (at:NAME is an account in any case)
    pub who: String,
    /// How many at most, and as many of those whose first person was asked lately
    #[arg(long, value_name = "N", default_value_t = 9, value_parser = super::some)]
    pub limit: usize,
    /// Write the ask for this path, with a paragraph to forward
    #[arg(long, value_name = "N", conflicts_with = "json")]
    pub draft: Option<usize>,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// `link`
#[derive(Debug, Group)]
pub struct Link {
    /// Whose link it is
    pub who: String,
    /// introduced-by, manager, assistant, spouse, worked-together, friend or family
    #[arg(value_parser = kind)]
    pub kind: LinkKind,
    /// Who that is
    pub other: String,
    /// What else there is to know of it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Since when
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// It is not so: take the link away
    #[arg(long, conflicts_with_all = ["note", "on"])]
    pub drop: bool,
}

/// `tree`
#[derive(Debug, Group)]
pub struct Tree {
    /// Only what stands below this person or account
    pub who: Option<String>,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// `yield`
#[derive(Debug, Group)]
pub struct Yield {
    /// First conversations, customers and months to the first order, by how people came
    #[arg(long)]
    pub origin: bool,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}
