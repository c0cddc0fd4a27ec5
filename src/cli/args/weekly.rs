//! What the verbs of the day and the week can be told.

use clap::Args as Group;
use std::path::PathBuf;

/// `today`
#[derive(Debug, Group)]
pub struct Today {
    /// How many lines at most
    #[arg(long, value_name = "N", value_parser = super::some)]
    pub limit: Option<usize>,
    /// What is set aside instead: until when, and why
    #[arg(long)]
    pub aside: bool,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// `merge`
#[derive(Debug, Group)]
pub struct Merge {
    /// Who goes; without it, those who look like one are listed
    #[arg(requires = "into")]
    pub who: Option<String>,
    /// Who stays, with everything of both
    pub into: Option<String>,
    /// They are two people: do not propose them again
    #[arg(long, requires = "into")]
    pub apart: bool,
    /// The list as one JSON document
    #[arg(long, conflicts_with = "who")]
    pub json: bool,
}

/// `tier`
#[derive(Debug, Group)]
pub struct Tier {
    /// A, B, C or D; none takes people out of theirs; without it, the tiers are listed
    pub tier: Option<String>,
    /// Whom to put into it
    #[arg(conflicts_with = "days")]
    pub who: Vec<String>,
    /// How many days between touches the tier wants
    #[arg(long, value_name = "N", requires = "tier")]
    pub days: Option<u16>,
    /// The list as one JSON document
    #[arg(long, conflicts_with = "tier")]
    pub json: bool,
}

/// `review`
#[derive(Debug, Group)]
pub struct Review {
    /// As Markdown, which it is without any of these
    #[arg(long, group = "form")]
    pub markdown: bool,
    /// As one HTML page with charts
    #[arg(long, group = "form")]
    pub html: bool,
    /// As one JSON document
    #[arg(long, group = "form")]
    pub json: bool,
    /// Into this file
    #[arg(short = 'o', long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Compared with the report of this day
    #[arg(long, value_name = "DATE")]
    pub against: Option<String>,
    /// Of this day; without it, of today
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// `accounts`
#[derive(Debug, Group)]
pub struct Accounts {
    /// Only this one, whole
    pub name: Option<String>,
    /// Only those with alarms
    #[arg(long, conflicts_with = "name")]
    pub alarms: bool,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}
