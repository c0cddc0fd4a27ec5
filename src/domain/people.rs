//! What the screens and the command line show of people: the row in a list, and the person in full.

use super::chit::ChitRow;
use super::contact::{Card, KeyDate};
use super::id::Id;
use super::link::LinkKind;
use super::moment::{DayNumber, Moment, day_number};
use super::promise::{PlanRow, PromiseRow};
use super::strength::{Params, Reading, Standing};
use super::tier::Tier;
use super::touch::{Direction, TouchKind};
use chrono::NaiveDate;

/// One person in a list: enough to draw, sort and filter the row without asking the book again.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Their identity.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// Their account's name, or empty.
    pub account: String,
    /// Their title, or empty.
    pub title: String,
    /// Their tags.
    pub tags: Vec<String>,
    /// What they are reached by, to be searched: telephone digits and e-mail addresses in lower case, blanks between them.
    pub reach: String,
    /// The state of the strength model.
    pub standing: Standing,
    /// The cadence the rep set.
    pub cadence: Option<u16>,
    /// Known from an import only.
    pub ghost: bool,
    /// Taken out of the lists.
    pub archived: bool,
}

impl Summary {
    /// Strength and everything that follows from it, as of `today`; of somebody archived nothing but the strength. On what day that
    /// was is known of the [`Person`] only.
    pub fn read(&self, params: &Params, today: DayNumber) -> Reading {
        let reading = self.standing.read(params, self.cadence, today);
        if self.archived {
            reading.frozen()
        } else {
            reading
        }
    }
}

/// How a list of people is ordered. Those who tie stand by name, folded, and namesakes by id: everywhere, so that the first page of
/// the dashboard does not move when the rest of the list arrives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By the points a call today would win back, most first: the coldest that matter.
    #[default]
    Coldest,
    /// By strength, strongest first.
    Strength,
    /// By how overdue the next touch is, most overdue first.
    Stale,
    /// By name.
    Name,
    /// By the last touch, latest first.
    Last,
}

impl Sort {
    /// Every order, in the order a key steps through them.
    pub const ALL: [Sort; 5] = [
        Sort::Coldest,
        Sort::Strength,
        Sort::Name,
        Sort::Last,
        Sort::Stale,
    ];

    /// The words in a pane's title.
    pub fn words(self) -> &'static str {
        match self {
            Sort::Coldest => "coldest first",
            Sort::Strength => "strongest first",
            Sort::Stale => "most overdue first",
            Sort::Name => "by name",
            Sort::Last => "last touch first",
        }
    }
}

/// One event in a person's history as the timeline needs it: a touch, a chit with me, or a referral of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The local day.
    pub day: DayNumber,
    /// What it was.
    pub kind: TouchKind,
    /// Who started it.
    pub direction: Direction,
}

/// A day on which a promise was kept or broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The local day it was closed.
    pub day: DayNumber,
    /// Kept, or broken.
    pub kept: bool,
}

/// A hand correction of the strength, with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// The local day it was made.
    pub day: DayNumber,
    /// Contact days added to the mass, or taken from it.
    pub mass: f64,
    /// Why.
    pub reason: String,
}

/// Everything the strength model knows of one person, in the order of the days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trail {
    /// Touches, chits with me and referrals.
    pub traces: Vec<Trace>,
    /// Promises I kept or broke.
    pub verdicts: Vec<Verdict>,
    /// Hand corrections.
    pub corrections: Vec<Correction>,
    /// The cadence that their tags ask for, the shortest of several: where learning the rhythm begins.
    pub start: Option<u16>,
}

/// Somebody as the book's climate and its judgement see them: all that happened with them, and whether they were in the lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Life {
    /// Their identity.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// The cadence the rep set.
    pub cadence: Option<u16>,
    /// Known from an import only.
    pub ghost: bool,
    /// The day they were taken out of the lists.
    pub archived: Option<DayNumber>,
    /// The local day they came into the book, as their id tells; what happened may be older than that.
    pub added: DayNumber,
    /// All that happened.
    pub trail: Trail,
}

impl Life {
    /// Room for a life: nobody's yet.
    pub fn nobody() -> Self {
        Life {
            id: Id::ME,
            name: String::new(),
            cadence: None,
            ghost: false,
            archived: None,
            added: 0,
            trail: Trail::default(),
        }
    }

    /// Whether they were in the lists at the end of a day, as far as is known: nobody keeps the day a ghost came to life.
    pub fn listed_on(&self, day: DayNumber) -> bool {
        !self.ghost && self.archived.is_none_or(|out| out > day)
    }
}

/// One line of a person's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The touch.
    pub id: Id,
    /// When it happened.
    pub at: Moment,
    /// What happened.
    pub kind: TouchKind,
    /// Who started it.
    pub direction: Direction,
    /// How long it took.
    pub minutes: Option<u32>,
    /// The whole note.
    pub body: String,
    /// The others who took part.
    pub others: Vec<String>,
    /// Everybody who took part, this person included: what an edit starts from.
    pub people: Vec<Id>,
    /// The signs of what was caught when the note was filed, in its order: `!?+*`.
    pub caught: String,
}

/// How a person is linked to another, or to a name not in the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// The link.
    pub id: Id,
    /// What the other is to this person; where `inverse`, what this person is to the other.
    pub kind: LinkKind,
    /// The link was recorded on the other's side.
    pub inverse: bool,
    /// The other, when in the book.
    pub other: Option<Id>,
    /// The other's name.
    pub name: String,
    /// Confirmed by the rep; otherwise suggested by an import.
    pub confirmed: bool,
}

/// One person in full: what the header, the timeline, the chits and the history show.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Their row.
    pub summary: Summary,
    /// Their card.
    pub card: Card,
    /// The day they were archived.
    pub archived_on: Option<NaiveDate>,
    /// What the strength model knows.
    pub trail: Trail,
    /// The hand corrections, in the trail's order.
    pub corrections: Vec<Id>,
    /// The latest touches, newest first.
    pub history: Vec<Entry>,
    /// How many touches there are in all.
    pub touches: usize,
    /// Chits with this person as giver or receiver, open first, then newest first.
    pub chits: Vec<ChitRow>,
    /// Open promises both ways, earliest due first.
    pub promises: Vec<PromiseRow>,
    /// Closed promises both ways, in the order they were closed.
    pub closed: Vec<PromiseRow>,
    /// Of my closed promises: kept, broken. Of theirs: kept, broken.
    pub kept: [u32; 4],
    /// The open plan.
    pub plan: Option<PlanRow>,
    /// Days to remember.
    pub dates: Vec<KeyDate>,
    /// Facts, newest first.
    pub facts: Vec<String>,
    /// Open needs, newest first.
    pub needs: Vec<String>,
    /// The tier they are in.
    pub tier: Option<Tier>,
    /// Seats on a committee: account and role.
    pub seats: Vec<(String, String)>,
    /// People they are linked to.
    pub links: Vec<LinkRow>,
}

impl Person {
    /// The day up to which the model follows them: the day they were archived, `today` for everybody else.
    pub fn followed_to(&self, today: DayNumber) -> DayNumber {
        let out = self.archived_on.map(day_number);
        out.map_or(today, |out| out.min(today))
    }

    /// What the model says of them today; of somebody archived, how strong they stood on that day.
    pub fn read(&self, params: &Params, today: DayNumber) -> Reading {
        if self.archived_on.is_none() {
            return self.summary.read(params, today);
        }
        let day = self.followed_to(today);
        let standing = Standing::replay(params, &self.trail, day);
        standing.read(params, self.summary.cadence, day).frozen()
    }

    /// Halves of chits I owe them, and they owe me.
    pub fn balance(&self) -> (u32, u32) {
        let sum = |giver_is_me: bool| {
            let between = self.chits.iter().filter(|row| {
                if giver_is_me {
                    row.chit.giver == Id::ME
                } else {
                    row.chit.receiver == Id::ME
                }
            });
            between.map(|row| row.open().0).sum()
        };
        (sum(false), sum(true))
    }
}
