//! The brief: what to know before and during a call, ranked by what matters in the next minute.

use super::id::Id;
use super::moment::Moment;
use super::people::Summary;
use super::record::{RecordRow, Role, Stance};
use chrono::NaiveDate;

/// Somebody on the committee of a person's account.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The seat.
    pub seat: Id,
    /// Who sits there, with the state of the relationship; none where the seat is known and its holder is not.
    pub holder: Option<Summary>,
    /// The seat's role.
    pub role: Role,
    /// What they think of us.
    pub stance: Stance,
}

/// How somebody came into the book: who led me to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Led {
    /// The referrer.
    pub by: String,
    /// On which day it began.
    pub on: NaiveDate,
    /// What was said about them.
    pub what: String,
    /// How far it has come, in a word.
    pub stage: &'static str,
}

/// Somebody else spoke of this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// In which touch.
    pub touch: Id,
    /// On which day.
    pub on: NaiveDate,
    /// Who was there.
    pub by: String,
    /// The line of the note.
    pub words: String,
}

/// A touch that had been agreed for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// The time agreed.
    pub agreed: Moment,
    /// When it began.
    pub began: Moment,
}

/// What the book knows besides a [`Person`](super::people::Person): read when a call begins or a person's records are looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brief {
    /// Their facts and key dates, sales, and the needs and rivals of their account too; newest first within a kind.
    pub records: Vec<RecordRow>,
    /// The committee of their account, by role.
    pub committee: Vec<Member>,
    /// Who led me to them.
    pub led: Option<Led>,
    /// Where others spoke of them, latest first, a few.
    pub mentions: Vec<Mention>,
    /// Touches with them that had been agreed for a time, the latest fifty at most, latest first.
    pub agreed: Vec<Agreed>,
    /// The last time they were asked for a referral, and their answer in a word (empty: none yet).
    pub asked: Option<(NaiveDate, String)>,
}

/// How a line of the brief is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// To be read.
    #[default]
    Plain,
    /// Good to know.
    Good,
    /// Wants attention.
    Warn,
    /// Late, or in danger.
    Bad,
    /// Beside the point.
    Dim,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What stands before the text, in a column of its own: a sign, a day.
    pub lead: String,
    /// The text; it may be long, and have lines of its own.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// Lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What they are about.
    pub title: String,
    /// The lines; never none.
    pub lines: Vec<Line>,
}

mod ask;
mod figures;
mod sections;

pub use ask::{Ask, suggested};
pub use figures::{Punctuality, Tries, kept, nth, punctuality, tries};
pub use sections::sections;
