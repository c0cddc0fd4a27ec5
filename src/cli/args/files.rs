//! What `import` and `export` can be told.

use super::lists::{LISTS, Listed};
use clap::builder::PossibleValue;
use clap::{Args as Group, ValueEnum};
use std::path::PathBuf;
use std::sync::LazyLock;

/// What an import can be told a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportAs {
    /// vCards of any version
    Vcard,
    /// A table of contacts
    Csv,
    /// A calendar
    Ics,
    /// Mail: an mbox or single messages, in folders too (Maildir)
    Mbox,
    /// A log of touches or a call list: who, when and what
    Touches,
    /// A block of notes with dates: 12 May call Barney: …
    Notes,
    /// An export of Monica
    Monica,
    /// An address file of abook
    Abook,
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
    /// What the columns of a table are: "Full Name=name,Tel=phone mobile"; kept for the next table with the same columns. On a terminal
    /// a screen asks for what is not known; `ask` opens it also where the columns are known
    #[arg(long, value_name = "COLUMN=FIELD|ask")]
    pub map: Vec<String>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportWhat {
    /// The people
    Contacts,
    /// Every touch, as `import --as touches` reads it
    Touches,
    /// The ledger of favours
    Chits,
    /// Referrals, stage by stage
    Referrals,
    /// Promises, yours and theirs
    Promises,
    /// What lies ahead: open promises, plans and days to remember
    Agenda,
    /// Every row of the book
    All,
    /// One list of the book, every row of it
    List(&'static Listed),
}

/// Everything that can be exported, with its word and what is said of it.
static EXPORTS: LazyLock<Vec<(ExportWhat, &str, &str)>> = LazyLock::new(|| {
    let mut all = vec![
        (
            ExportWhat::Contacts,
            "contacts",
            "The people, in the columns of address books",
        ),
        (
            ExportWhat::Touches,
            "touches",
            "Every touch, as `import --as touches` reads it",
        ),
        (ExportWhat::Chits, "chits", "The ledger of favours"),
        (
            ExportWhat::Referrals,
            "referrals",
            "Referrals, stage by stage",
        ),
        (
            ExportWhat::Promises,
            "promises",
            "Promises, yours and theirs",
        ),
        (
            ExportWhat::Agenda,
            "agenda",
            "What lies ahead: open promises, plans and days to remember",
        ),
        (
            ExportWhat::All,
            "all",
            "Every row of the book; as a table: every list, into a folder",
        ),
    ];
    for list in &LISTS {
        if !all.iter().any(|(_, word, _)| *word == list.word) {
            all.push((ExportWhat::List(list), list.word, list.says));
        }
    }
    all
});
/// The same without words.
static WHATS: LazyLock<Vec<ExportWhat>> =
    LazyLock::new(|| EXPORTS.iter().map(|(what, _, _)| *what).collect());

impl ValueEnum for ExportWhat {
    fn value_variants<'a>() -> &'a [Self] {
        &WHATS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (_, word, says) = EXPORTS.iter().find(|(what, _, _)| what == self)?;
        Some(PossibleValue::new(*word).help(*says))
    }
}

impl ExportWhat {
    /// Whether it can be written as a table or as JSON.
    pub fn is_list(self) -> bool {
        self != ExportWhat::Agenda
    }
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
    /// A calendar, with alarms
    Ics,
    /// A folder of pages, one a person, with their history
    Markdown,
    /// An hledger journal, of the chits
    Hledger,
}

/// `export`
#[derive(Debug, Group)]
pub struct Export {
    /// What; without it, all for JSON, what lies ahead for a calendar, the chits for hledger, the people otherwise
    #[arg(value_enum)]
    pub what: Option<ExportWhat>,
    /// In which form
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    pub format: ExportAs,
    /// Where to; without this, standard output (Markdown, and all as CSV: a folder)
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

/// `sync`
#[derive(Debug, Group)]
pub struct Sync {
    /// The folder, one card a file
    pub folder: PathBuf,
    /// Only say what would happen
    #[arg(long)]
    pub dry_run: bool,
    /// The version of cards that are new in the folder
    #[arg(long = "version", value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(3..=4))]
    pub version: u8,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// Which side of a row is taken that changed in both books.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Prefer {
    /// The one that was changed later
    #[default]
    Newer,
    /// This book's
    Mine,
    /// The other book's
    Theirs,
}

/// `merge-book`
#[derive(Debug, Group)]
pub struct MergeBook {
    /// The other book; it stays as it is
    pub other: PathBuf,
    /// Only say what would happen
    #[arg(long)]
    pub dry_run: bool,
    /// Which side is taken of what changed in both books
    #[arg(long, value_enum, default_value = "newer")]
    pub prefer: Prefer,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}
