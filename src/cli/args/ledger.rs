//! What the verbs of the chit ledger can be told.

use clap::Args as Group;

/// `chit`
#[derive(Debug, Group)]
pub struct Give {
    /// Who did the favour; `me` is you
    pub giver: String,
    /// Who owes one now; `me` is you
    pub receiver: String,
    /// The favour in a few words
    pub what: String,
    /// When; without it, today
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Not certain yet
    #[arg(long)]
    pub pending: bool,
    /// small (½), plain (1), big (2), or a number
    #[arg(long, default_value = "plain")]
    pub worth: String,
}

/// `settle`
#[derive(Debug, Group)]
#[command(group(clap::ArgGroup::new("how").required(true).multiple(true).args(["by", "with", "forgive"])))]
pub struct Settle {
    /// The chit's id, as `chits` shows it
    pub chit: String,
    /// The favour that came back
    #[arg(long, value_name = "TEXT")]
    pub by: Option<String>,
    /// The touch it came back in, as `show --json` has its id
    #[arg(long, value_name = "ID", requires = "by")]
    pub touch: Option<String>,
    /// The favour that came back has a chit of its own, the other way between the same two: as much of both is settled
    #[arg(long, value_name = "CHIT")]
    pub with: Option<String>,
    /// Let it go
    #[arg(long, conflicts_with_all = ["by", "with"])]
    pub forgive: bool,
    /// How much of it: small, plain, big, or a number; without it, all that is open
    #[arg(long, value_name = "N")]
    pub part: Option<String>,
    /// When; without it, today
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// `call-in`
#[derive(Debug, Group)]
pub struct CallIn {
    /// The chit's id, as `chits` shows it
    pub chit: String,
    /// What was asked for, or done
    pub note: Vec<String>,
    /// What came of it; without it, nothing yet
    #[command(flatten)]
    pub outcome: Outcome,
    /// When; without it, today
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// What came of calling a chit in.
#[derive(Debug, Group)]
#[group(multiple = false)]
pub struct Outcome {
    /// All of it came back
    #[arg(long)]
    pub honoured: bool,
    /// So much of it came back: small, plain, big, or a number
    #[arg(long, value_name = "N")]
    pub part: Option<String>,
    /// Nothing came back; it is still owed
    #[arg(long)]
    pub declined: bool,
    /// It is let go
    #[arg(long)]
    pub forgiven: bool,
}

/// `chits`
#[derive(Debug, Group)]
pub struct Chits {
    /// Only chits of this person
    pub who: Option<String>,
    /// And of these only those with this one
    pub other: Option<String>,
    /// Which way they go
    #[command(flatten)]
    pub side: SideFlags,
    /// In what state they are
    #[command(flatten)]
    pub state: StateFlags,
    /// Only what has these words in it: the favour, what came back, the names
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// As it stood at the end of this day
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// A line for each favour and each settlement, with the running balance of WHO, or between WHO and OTHER
    #[arg(long, requires = "who", conflicts_with_all = ["balances", "ageing", "routes"])]
    pub register: bool,
    /// What is shown of them
    #[command(flatten)]
    pub view: ViewFlags,
    /// The story of one chit
    #[arg(long, value_name = "CHIT", conflicts_with_all = ["register", "balances", "ageing", "routes"])]
    pub story: Option<String>,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// Which way chits go.
#[derive(Clone, Copy, Debug, Group)]
#[group(multiple = false)]
pub struct SideFlags {
    /// Only what you owe
    #[arg(long)]
    pub i_owe: bool,
    /// Only what is owed to you
    #[arg(long)]
    pub they_owe: bool,
    /// Only what is between others
    #[arg(long)]
    pub others: bool,
}

/// In what state chits are.
#[derive(Clone, Copy, Debug, Group)]
pub struct StateFlags {
    /// Only what is still owed
    #[arg(long)]
    pub open: bool,
    /// Only what is not certain yet
    #[arg(long)]
    pub pending: bool,
}

/// What is shown of the ledger, where it is not the list.
#[derive(Clone, Copy, Debug, Group)]
#[group(multiple = false)]
pub struct ViewFlags {
    /// What stands open between you and each person, and between others
    #[arg(long)]
    pub balances: bool,
    /// What is owed by age, with totals
    #[arg(long)]
    pub ageing: bool,
    /// Who could ask whom for you, and circles of favours; nothing is ever netted
    #[arg(long)]
    pub routes: bool,
}
