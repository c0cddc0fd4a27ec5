//! What `import` and `export` can be told.

use clap::{Args as Group, ValueEnum};
use std::path::PathBuf;

/// What an import can be told a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportAs {
    /// vCards of any version
    Vcard,
    /// A table of contacts
    Csv,
    /// A calendar
    Ics,
    /// A book as `export all --as json` writes it
    Json,
}

/// `import`
#[derive(Debug, Group)]
pub struct Import {
    /// The files, or folders of them; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What the files are; without this, what they look like
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    pub format: Option<ImportAs>,
    /// Only say what would happen
    #[arg(long)]
    pub dry_run: bool,
    /// New people come in as ghosts: known and searchable, not kept warm until the first touch (always so for LinkedIn)
    #[arg(long)]
    pub ghosts: bool,
    /// An e-mail address of yours, besides those in the settings and on your own card
    #[arg(long, value_name = "ADDRESS")]
    pub mine: Vec<String>,
    /// In calendars and mail, look at nothing before this day (calendars: ten years back without it)
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportWhat {
    /// The people
    Contacts,
    /// Every row of the book
    All,
}

/// What an export can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportAs {
    /// vCards
    Vcard,
    /// A table
    Csv,
    /// JSON
    Json,
}

/// `export`
#[derive(Debug, Group)]
pub struct Export {
    /// What; without it, all for JSON, the people otherwise
    #[arg(value_enum)]
    pub what: Option<ExportWhat>,
    /// In which form
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    pub format: ExportAs,
    /// Where to; without this, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The version of the vCards
    #[arg(long = "version", value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(3..=4))]
    pub vcard: u8,
    /// In a table, leave cells that a spreadsheet would run as a formula as they are
    #[arg(long)]
    pub raw: bool,
}

/// What can be said to a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Answer {
    /// It happened: it becomes a touch
    Confirm,
    /// It did not, or is nothing for the book
    Refuse,
}

/// `suggestions`
#[derive(Debug, Group)]
pub struct Suggestions {
    /// What to say to them; without it they are listed
    #[arg(value_enum, requires = "which")]
    pub answer: Option<Answer>,
    /// Which, by the ids the list shows; all for every one
    #[arg(value_name = "ID|all")]
    pub which: Vec<String>,
    /// How many to list at most
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// The list as one JSON document
    #[arg(long, conflicts_with = "answer")]
    pub json: bool,
}
