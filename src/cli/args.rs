//! What can be typed: every verb with its options, in one table that makes the parser, the help, the manual and the completions.

mod book;
mod files;
mod leads;
mod ledger;
mod lists;
mod supposing;
mod weekly;

pub use book::{Backtest, Climate};
pub use files::{
    Answer, Export, ExportAs, ExportWhat, Import, ImportAs, MergeBook, Prefer, Suggestions, Sync,
};
pub use leads::{Ask, Asks, Link, Paths, Refer, Referrals, Told, Tree, WhichChits, Yield};
pub use ledger::{CallIn, Chits, Give, Settle};
pub use lists::{LISTS, Listed};
pub use supposing::WhatIf;
pub use weekly::{Accounts, Merge, Review, Tier, Today};

use crate::domain::moment::Moment;
use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;
use std::sync::LazyLock;

/// The program's version and that of the store's engine.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} (SQLite {})",
        env!("CARGO_PKG_VERSION"),
        crate::store::engine()
    )
});

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "chitbook", version = VERSION.as_str(), color = clap::ColorChoice::Never, max_term_width = 100)]
#[command(about = "The book of people a sales rep keeps open all day")]
#[command(
    long_about = "The book of people a sales rep keeps open all day: who they are, how strong each relationship is now, and who owes whom a favour. Without a command the dashboard opens."
)]
#[command(after_help = WORDS)]
pub struct Args {
    /// The book; without this, the one under your data directory, made on first use
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "CHITBOOK_BOOK",
        hide_env_values = true
    )]
    pub book: Option<PathBuf>,
    /// Pretend that it is this moment: for scripts and tests that need the same answer twice
    #[arg(long, hide = true, value_name = "MOMENT", env = "CHITBOOK_NOW", value_parser = moment)]
    pub now: Option<Moment>,
    /// What to do; without it the dashboard opens
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

const WORDS: &str = "WHO is a name or a part of one, an e-mail address, a telephone number in any format, or an id; `me` is you. \
Where several people fit, they are listed and nothing is done.\n\
Dates are typed as you say them: fri, yesterday, in 2 weeks, 14 dec, 3/14, 2027-03-14.\n\
CHITBOOK_NOW, a moment such as 2026-11-22T14:07:00+00:00, replaces the clock of the commands (not of the dashboard): for scripts and tests.\n\
Exit code: 0 done, 1 could not, 2 wrong usage.";

/// How many at most: none at all is no answer to anything.
fn some(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("it is 1 or more".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err("it is a number, 1 or more".to_owned()),
    }
}

fn moment(text: &str) -> Result<Moment, String> {
    chrono::DateTime::parse_from_rfc3339(text)
        .map_err(|_| "a moment looks like 2026-11-22T14:07:00+00:00".to_owned())
}

/// Every command.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Opens the dashboard on a made-up but lifelike book (a temporary file, or --book FILE to keep it)
    Demo,
    /// Brings in people from vCards and contact tables, meetings from calendars, or a whole book from JSON
    Import(Import),
    /// Shows the meetings that calendars tell of, and confirms or refuses them
    #[command(
        override_usage = "chitbook suggestions [confirm <ID|all>… | refuse <ID|all>…] [--limit <N>] [--json]"
    )]
    Suggestions(Suggestions),
    /// Writes people and every list of the book in the forms of other programs, or the whole book as JSON or as tables
    Export(Export),
    /// Keeps a folder of vCards (vdir) in step with the book, both ways
    Sync(Sync),
    /// Merges another copy of the book into this one: everything of both, and what changed in both is shown
    MergeBook(MergeBook),
    /// Lists people
    List(List),
    /// Shows one person: everything to know before a call
    Show {
        /// Whom
        who: String,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Adds a person
    Add(Add),
    /// Files a touch: a call, a meeting, a message …; marks in its text become promises, favours and the rest
    Log(Log),
    /// What was typed and not filed: lists it, and shows, files or throws away one
    #[command(override_usage = "chitbook drafts [show|file|drop <ID>] [--json]")]
    Drafts {
        /// What to do with one; without it, all are listed
        #[command(subcommand)]
        verb: Option<DraftsVerb>,
        /// The list as one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Notes a favour: RECEIVER owes GIVER one
    Chit(Give),
    /// Settles a chit: a favour came back, or it is forgiven
    #[command(
        override_usage = "chitbook settle <CHIT> (--by <TEXT> [--touch <ID>] | --with <CHIT> | --forgive) [--part <N>] [--on <DATE>]"
    )]
    Settle(Settle),
    /// Marks a chit certain (*): the thanks are known
    Clear {
        /// The chit's id, as `chits` shows it
        chit: String,
        /// It is pending again (!)
        #[arg(long)]
        pending: bool,
    },
    /// Calls a chit in, or says what came of it: honoured, a part of it, declined, forgiven
    #[command(
        override_usage = "chitbook call-in <CHIT> [--honoured | --part <N> | --declined | --forgiven] [--on <DATE>] [NOTE]…"
    )]
    CallIn(CallIn),
    /// Shows the register of chits, balances as of any day, what is owed by age, and whom one could ask
    #[command(
        override_usage = "chitbook chits [WHO [OTHER]] [--i-owe | --they-owe | --others] [--open] [--pending] [--text <WORDS>] [--as-of <DATE>] [--register | --balances | --ageing | --routes | --story <CHIT>] [--json]"
    )]
    Chits(Chits),
    /// Brings a referral to a stage: REFERRER led you to PROSPECT, or will
    #[command(
        override_usage = "chitbook refer <REFERRER> <PROSPECT> [--stage <STAGE>] [--on <DATE>] [OPTIONS]"
    )]
    Refer(Refer),
    /// Lists referrals with their stages, and whether the referrer was told
    Referrals(Referrals),
    /// Notes that a referrer was told how a referral goes
    Told(Told),
    /// Notes that somebody was asked for a referral, and what they said
    Ask(Ask),
    /// Shows who could be asked for a referral and why now; of one person, what to say
    Asks(Asks),
    /// Shows who could lead you to somebody, through whom, and what asking costs in chits
    Paths(Paths),
    /// Notes how two people know each other: OTHER is the KIND of WHO
    Link(Link),
    /// Shows who led to whom, with what was sold under each
    Tree(Tree),
    /// Shows how many new customers each customer sent a year, or how far people came by their origin
    Yield(Yield),
    /// Puts tags on a person, or takes them off
    Tag {
        /// Whom
        who: String,
        /// The tags
        #[arg(required = true, value_name = "TAG")]
        tags: Vec<String>,
        /// Take the tags off
        #[arg(long)]
        off: bool,
    },
    /// Takes a person out of the lists, or brings them back
    Archive {
        /// Whom
        who: String,
        /// Bring them back
        #[arg(long)]
        back: bool,
    },
    /// Decides on the next touch with a person
    Plan {
        /// With whom
        who: String,
        /// On which day; a time may follow: fri 14:30
        date: String,
        /// Why
        why: Vec<String>,
    },
    /// Shows accounts with their strength, their committees and what is dangerous about them; or one of them
    Accounts(Accounts),
    /// Shows what to do now, most pressing first, and in which weeks relationships go cold
    Today(Today),
    /// Writes the weekly report: how the week went, how the base stands, and the plan
    Review(Review),
    /// Shows how the whole book stands, who goes stale in the coming weeks, and who warmed and cooled
    Climate(Climate),
    /// Judges the strength model by the book's own past: what it expected, and what happened
    Backtest(Backtest),
    /// Sets the days between touches that you want with a person, or that a tag's people start from; alone it lists the tags'
    #[command(override_usage = "chitbook cadence [<WHO|#TAG> <DAYS>] [--json]")]
    Cadence {
        /// With whom, or a tag as '#key': the rhythm of its people is learned from there on
        #[arg(requires = "days", value_name = "WHO|#TAG")]
        who: Option<String>,
        /// A number of days, or `learned` for the rhythm the touches show
        #[arg(allow_negative_numbers = true)]
        days: Option<String>,
        /// The list as one JSON document
        #[arg(long, conflicts_with = "who")]
        json: bool,
    },
    /// Puts people into a tier, each with its cadence; sets a tier's cadence; alone it lists the tiers
    #[command(override_usage = "chitbook tier [<A|B|C|D|none> (<WHO>… | --days <N>)] [--json]")]
    Tier(Tier),
    /// Merges two people who are one: WHO goes, INTO has everything of both; alone it lists those who look like one
    #[command(override_usage = "chitbook merge [<WHO> <INTO> [--apart]] [--json]")]
    Merge(Merge),
    /// Corrects the strength of a relationship by hand, with a reason
    #[command(
        override_usage = "chitbook correct <WHO> (<60|+10|-10> <REASON>… [--on <DATE>] | --off)"
    )]
    Correct(super::correct::Correct),
    /// Says what a touch you suppose would change: a call next tuesday, lunch 14 dec, nothing for a month
    WhatIf(WhatIf),
    /// Notes a promise, yours or theirs
    Promise(Promise),
    /// Closes a promise: it was kept
    Done(Done),
    /// Takes back the last change
    Undo,
    /// Makes the change again that was taken back last
    Redo,
    /// Shows the latest changes
    History {
        /// How many
        #[arg(long, value_name = "N", default_value_t = 20, value_parser = some)]
        limit: usize,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Copies the book, also while others use it
    Backup {
        /// The copy; without it, one among the book's backups
        file: Option<PathBuf>,
    },
    /// Puts a copy in the place of the book, which is kept beside it
    Restore {
        /// The copy
        file: PathBuf,
    },
    /// Checks that the book is whole, and everything derived equal to a rebuild
    Check,
    /// Judges the strength model on a log of touches that is in no book
    Score(Score),
    /// Lists every setting with its value and where it comes from
    Settings {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Prints the completions for a shell
    Completions {
        /// Which
        shell: Shell,
    },
    /// Prints the manual page
    Man,
}

/// What `drafts` does with one of them.
#[derive(Debug, Subcommand)]
pub enum DraftsVerb {
    /// Prints what was typed
    Show {
        /// Its id
        #[arg(value_name = "ID")]
        draft: String,
    },
    /// Files a call or a touch with everything caught in its note
    File {
        /// Its id
        #[arg(value_name = "ID")]
        draft: String,
    },
    /// Throws it away
    Drop {
        /// Its id
        #[arg(value_name = "ID")]
        draft: String,
    },
}

/// How a list is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListSort {
    /// The strongest first
    Strength,
    /// The most overdue first
    Stale,
    /// By name
    Name,
    /// The latest touch first
    Last,
    /// The points a call today would win back, most first
    Cold,
}

/// `list`
#[derive(Debug, Group)]
pub struct List {
    /// Words that name, account, title or tags must contain
    pub filter: Vec<String>,
    /// The order
    #[arg(long, value_enum, default_value = "cold")]
    pub sort: ListSort,
    /// How many at most
    #[arg(long, value_name = "N", value_parser = some)]
    pub limit: Option<usize>,
    /// Who is shown that usually is not
    #[command(flatten)]
    pub hidden: Hidden,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// People a list leaves out unless asked for.
#[derive(Clone, Copy, Debug, Group)]
pub struct Hidden {
    /// Ghosts too: people known from an import only
    #[arg(long)]
    pub ghosts: bool,
    /// Archived people too
    #[arg(long)]
    pub archived: bool,
    /// Ghosts and archived people too
    #[arg(long)]
    pub all: bool,
}

/// `add`
#[derive(Debug, Group)]
pub struct Add {
    /// The name
    pub name: String,
    /// The company or household
    #[arg(long)]
    pub account: Option<String>,
    /// The job title
    #[arg(long)]
    pub title: Option<String>,
    /// A telephone number
    #[arg(long, value_name = "NUMBER")]
    pub phone: Vec<String>,
    /// An e-mail address
    #[arg(long, value_name = "ADDRESS")]
    pub email: Vec<String>,
    /// A tag
    #[arg(long)]
    pub tag: Vec<String>,
    /// A standing note
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

/// `log`
#[derive(Debug, Group)]
pub struct Log {
    /// Who took part, then the text. What follows the first WHO is another WHO as long as it names somebody in the book; the rest
    /// is the text. - reads the text from standard input
    #[arg(required = true, value_name = "WHO… [TEXT|-]")]
    pub who: Vec<String>,
    /// The text after --: then everything before it is WHO
    #[arg(last = true, value_name = "WORDS")]
    pub words: Vec<String>,
    /// The text: then everything else is WHO
    #[arg(long, conflicts_with = "words", allow_hyphen_values = true)]
    pub text: Option<String>,
    /// What happened: call, meeting, video, email, message, letter, gift, intro, note, attempt
    #[arg(long, default_value = "call")]
    pub kind: String,
    /// They started it
    #[arg(long = "in")]
    pub inward: bool,
    /// You started it
    #[arg(long = "out", conflicts_with = "inward")]
    pub outward: bool,
    /// When: yesterday 14:30, fri 9am, 2 hours ago; without it, now
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// How long it took
    #[arg(long, value_name = "N")]
    pub minutes: Option<u32>,
}

/// `promise`
#[derive(Debug, Group)]
pub struct Promise {
    /// The other person
    pub who: String,
    /// What was promised; a date at its end is the due date: "send quote fri"
    pub what: String,
    /// When it falls due; without any date, in seven days
    #[arg(long, value_name = "DATE")]
    pub by: Option<String>,
    /// They promised it
    #[arg(long)]
    pub theirs: bool,
}

/// `done`
#[derive(Debug, Group)]
pub struct Done {
    /// The promise's id, as `show` gives it
    pub id: String,
    /// It was not kept, and the other noticed
    #[arg(long)]
    pub broken: bool,
    /// It is no longer wanted: counts neither way
    #[arg(long, conflicts_with = "broken")]
    pub dropped: bool,
    /// When; without it, today
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// `score`
#[derive(Debug, Group)]
pub struct Score {
    /// A table with the columns ego,alter,timestamp,kind and, where known, direction (in, out or empty), in any order; others are
    /// ignored. Timestamps are Unix seconds, days are of UTC; - is standard input
    pub log: PathBuf,
    /// The moment of judging in Unix seconds: what is in the log from then on counts nothing
    #[arg(allow_negative_numbers = true)]
    pub cutoff: String,
    /// Where the scores go, as a table ego,alter,score,prob30,stale: the strength, the chance of a touch within 30 days, minus the
    /// strength; - is standard output, what was done is then said on standard error
    pub out: PathBuf,
}
