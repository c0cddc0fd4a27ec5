//! Today: one ranked list of what to do now, a line a matter, and the weeks in which relationships will go cold.
//!
//! # How is it ranked?
//!
//! By points: what is lost first if nothing is done stands first. What I owe stands before what others owe, and both before what would
//! only be good to do.
//!
//! ```text
//! draft          100                                    words that are not filed are lost easily
//! plan            90 + 2 a day past its day             20 more at most
//! promise         80 + 3 a day overdue                  45 more at most; before its day 70 − 10 a day
//! tell            60 + 4 a day late                     30 more at most; before its day 50
//! date            55 on its day                         before it 45 − 2 a day
//! their promise   45 + 2 a day overdue                  20 more at most
//! referral        40 + 1 a day beyond patience          20 more at most
//! stale           0.9 · the points a call would win back
//! chit            20 + 1 for ten days over thirty       20 more at most
//! ask             15 + a fifth of its points in the queue
//! ```
//!
//! Those who tie stand by kind, then by day, then by how many days or points the rank counts, then by name.
//!
//! # What is listed, and what is not?
//!
//! My promises from three days before their day; theirs and plans from their day; whoever led me to somebody and is to be told; referrals
//! that wait; chits I owe for longer than 30 days, with five people; relationships past their rhythm that a call would win ten points back, twenty of them;
//! days to remember within two weeks; five people who are ready to be asked. Where there are more of these, the last of them says so.
//!
//! Nothing stands twice. A person has one line of a kind, with their most pressing matter, and the others of that kind are counted in
//! it. Whoever has an open plan is not listed as cooling: that was decided. What is set aside until a later day
//! is not among the lines but in a list of its own, until its matter is settled.

pub mod sources;

pub use sources::{Cooling, Day, Open, Owed, Planned};

use super::command::Command;
use super::id::Id;
use super::matter::{MatterKind, Snooze};
use super::moment::shift;
use super::promise::{Plan, PromiseState};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// What is said where there is nothing to do.
pub const NOTHING: &str = "Nothing is owed today.";
/// Weeks that are looked ahead.
pub const WEEKS: usize = 8;
/// Days before its day from which a promise of mine is listed.
pub const SOON: i64 = 3;
/// Days before its day from which a day to remember is listed.
pub const AHEAD: i64 = 14;
/// Days from which a chit I owe is listed.
pub const AGEING: i64 = 30;
/// Points a call must win back for a relationship to be listed.
pub const WORTH: f64 = 10.0;
/// Cooling relationships listed at most; the last says that there are others.
pub const COOLING: usize = 20;
/// People listed at most to whom I owe old chits; the last says how many more there are.
pub const CHITS: usize = 5;
/// People listed at most who are ready to be asked; the last says how many more there are.
pub const ASKS: usize = 5;

/// Where a line's rank comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Points {
    /// What its kind counts.
    pub base: f64,
    /// What its lateness, or its worth, adds or takes.
    pub more: f64,
    /// What that is: "6 days overdue".
    pub because: &'static str,
    /// Its number, of days or points.
    pub count: f64,
}

impl Points {
    /// All of them.
    pub fn total(&self) -> f64 {
        self.base + self.more
    }

    /// The rank in a sentence: "98 = 80 for a promise of mine + 18 for 6 days overdue".
    pub fn words(&self, kind: MatterKind) -> String {
        let base = format!(
            "{:.0} = {:.0} for {}",
            self.total(),
            self.base,
            kind.words()
        );
        if self.because.is_empty() {
            return base;
        }
        let sign = if self.more < 0.0 { '−' } else { '+' };
        let more = self.more.abs();
        format!(
            "{base} {sign} {more:.0} for {:.0} {}",
            self.count, self.because
        )
    }
}

/// One matter, before it is ranked among the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is about.
    pub kind: MatterKind,
    /// Its record; of a person who cools or is ready to be asked, theirs.
    pub id: Id,
    /// With whom; none of a draft with somebody who is not in the book.
    pub contact: Option<Id>,
    /// Their name, or the draft's title.
    pub who: String,
    /// Why it is there.
    pub why: String,
    /// Its day.
    pub due: Option<NaiveDate>,
    /// Where its rank comes from.
    pub points: Points,
    /// Further matters of this kind with the same person, most pressing first.
    pub more: Vec<Id>,
}

impl Line {
    /// What `d` does; none where a form has to ask for more, as for a touch that is logged.
    pub fn done(&self, today: NaiveDate) -> Option<Command> {
        match self.kind {
            MatterKind::Promise | MatterKind::TheirPromise => Some(Command::ClosePromise {
                id: self.id,
                state: PromiseState::Kept,
                on: today,
            }),
            MatterKind::Tell => Some(Command::TellReferrer {
                id: self.id,
                on: today,
            }),
            // A day to remember has been thought of: it is back in a year.
            MatterKind::Date => {
                let day = self.due.unwrap_or(today).max(today);
                Some(self.snooze(shift(day, 1), "done"))
            }
            _ => None,
        }
    }

    /// What `s` does.
    pub fn snooze(&self, until: NaiveDate, why: &str) -> Command {
        Command::Snooze(Box::new(Snooze {
            kind: self.kind,
            target: self.id,
            until: Some(until),
            why: why.to_owned(),
        }))
    }

    /// What `p` does; none where there is nobody to plan a touch with.
    pub fn plan(&self, on: NaiveDate, why: &str) -> Option<Command> {
        let contact = self.contact?;
        Some(Command::PlanTouch(Box::new(Plan {
            contact,
            on,
            at: None,
            why: why.to_owned(),
        })))
    }
}

/// A week to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its first day; the first week begins tomorrow.
    pub from: NaiveDate,
    /// How many relationships go cold in it if nobody calls.
    pub count: usize,
    /// Who, the earliest first.
    pub people: Vec<(Id, String)>,
}

/// A matter that is set aside until a later day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// What it is about.
    pub kind: MatterKind,
    /// Its record, or the person it is.
    pub id: Id,
    /// With whom.
    pub contact: Option<Id>,
    /// Their name, or what it is called.
    pub who: String,
    /// What it is; empty where its kind says it all.
    pub what: String,
    /// The day it is back.
    pub until: NaiveDate,
    /// Why it was set aside.
    pub why: String,
}

impl SetAside {
    /// Takes it up again.
    pub fn back(&self) -> Command {
        Command::Snooze(Box::new(Snooze {
            kind: self.kind,
            target: self.id,
            until: None,
            why: String::new(),
        }))
    }
}

/// The list.
#[derive(Clone, Debug, PartialEq)]
pub struct Today {
    /// The day it is of.
    pub day: NaiveDate,
    /// The lines, the most pressing first.
    pub lines: Vec<Line>,
    /// What is set aside until a later day, what is back first at the top.
    pub aside: Vec<SetAside>,
    /// The weeks to come.
    pub weeks: Vec<Week>,
}

/// What is set aside: the kind's word and the record or person. The word `contact` sets a whole person aside.
pub type Aside = HashSet<(String, Id)>;

/// Whether a matter is set aside.
pub(super) fn is_aside(aside: &Aside, line: &Line) -> bool {
    aside.contains(&(line.kind.word().to_owned(), line.id))
}

/// The list of these matters: ranked, nothing twice, nothing that is set aside. Whoever has the book names what is.
pub fn list(matters: Vec<Line>, aside: &Aside, weeks: Vec<Week>, day: NaiveDate) -> Today {
    let mut lines = matters;
    rank(&mut lines);
    let mut seen = HashSet::new();
    lines.retain(|line| seen.insert((line.kind, line.id)));
    lines.retain(|line| !is_aside(aside, line));
    let mut first: HashMap<(MatterKind, Id), usize> = HashMap::new();
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let whose = line.contact.filter(|_| line.kind != MatterKind::Draft);
        let place = whose.and_then(|who| first.get(&(line.kind, who)).copied());
        match (place.and_then(|at| kept.get_mut(at)), whose) {
            (Some(other), _) => other.more.push(line.id),
            (None, whose) => {
                if let Some(who) = whose {
                    first.insert((line.kind, who), kept.len());
                }
                kept.push(line);
            }
        }
    }
    for (kind, most) in [
        (MatterKind::Stale, COOLING),
        (MatterKind::Chit, CHITS),
        (MatterKind::Ask, ASKS),
    ] {
        cut(&mut kept, kind, most);
    }
    Today {
        day,
        lines: kept,
        aside: Vec::new(),
        weeks,
    }
}

/// Keeps so many lines of a kind; the last of them says that there are more.
fn cut(lines: &mut Vec<Line>, kind: MatterKind, most: usize) {
    let of_kind = lines.iter().filter(|line| line.kind == kind).count();
    if of_kind <= most {
        return;
    }
    let mut count = 0;
    lines.retain_mut(|line| {
        if line.kind != kind {
            return true;
        }
        count += 1;
        if count == most {
            let _ = match (kind, of_kind - most) {
                // Of those who cool only the first are looked at, so that nobody knows how many there are.
                (MatterKind::Stale, _) => write!(line.why, "; and others"),
                (_, 1) => write!(line.why, "; and 1 more person"),
                (_, more) => write!(line.why, "; and {more} more people"),
            };
        }
        count <= most
    });
}

fn rank(lines: &mut [Line]) {
    lines.sort_by(|a, b| {
        b.points
            .total()
            .total_cmp(&a.points.total())
            .then(a.kind.cmp(&b.kind))
            .then(a.due.cmp(&b.due))
            .then(b.points.count.total_cmp(&a.points.count))
            .then_with(|| a.who.cmp(&b.who))
            .then(a.id.cmp(&b.id))
    });
}

/// The weeks to come, from who goes cold on which day.
pub fn weeks(cold: Vec<(NaiveDate, Id, String)>, today: NaiveDate) -> Vec<Week> {
    let mut weeks: Vec<Week> = (0..WEEKS)
        .map(|nth| Week {
            from: shift(today, 1 + 7 * nth as i64),
            count: 0,
            people: Vec::new(),
        })
        .collect();
    for (on, id, name) in cold {
        let days = (on - today).num_days() - 1;
        let at = usize::try_from(days / 7).ok().filter(|_| days >= 0);
        if let Some(week) = at.and_then(|at| weeks.get_mut(at)) {
            week.count += 1;
            week.people.push((id, name));
        }
    }
    weeks
}

#[cfg(test)]
mod tests;
