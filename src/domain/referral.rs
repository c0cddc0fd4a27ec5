//! A referral: somebody leads me to somebody else, in dated stages; or, *given*, I lead two people to each other.
//!
//! A referral goes through stages ([`Stage`]), each with its day. Whoever made it is told how it goes: a stage that is news to them
//! starts a clock ([`Loop`]), a loss no less than a win. One that is won with a result proposes the chits of its story ([`chits`]).

pub mod chits;
pub mod told;

pub use chits::{Proposed, Win, chits_of, proposes};
pub use told::{Loop, Told, working_days_after};

use super::chit::Chit;
use super::id::Id;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How far a referral has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// I asked for it.
    #[default]
    Asked,
    /// The referrer said they would.
    Promised,
    /// They told the prospect of me.
    Introduced,
    /// The prospect and I spoke.
    Met,
    /// It became business.
    Won,
    /// It did not.
    Lost,
}

impl Stage {
    /// Every stage, in the order they follow each other.
    pub const ALL: [Stage; 6] = [
        Stage::Asked,
        Stage::Promised,
        Stage::Introduced,
        Stage::Met,
        Stage::Won,
        Stage::Lost,
    ];

    /// Whether nothing more is expected of it.
    pub fn is_over(self) -> bool {
        matches!(self, Stage::Won | Stage::Lost)
    }

    /// The stage that follows; none where it is over.
    pub fn next(self) -> Option<Stage> {
        match self {
            Stage::Asked => Some(Stage::Promised),
            Stage::Promised => Some(Stage::Introduced),
            Stage::Introduced => Some(Stage::Met),
            Stage::Met => Some(Stage::Won),
            Stage::Won | Stage::Lost => None,
        }
    }

    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Asked => "asked",
            Stage::Promised => "promised",
            Stage::Introduced => "introduced",
            Stage::Met => "met",
            Stage::Won => "won",
            Stage::Lost => "lost",
        }
    }

    /// The stage a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        Stage::ALL.into_iter().find(|stage| stage.word() == word)
    }
}

/// A referral as a note or a command brings it: the pair's referral comes to this stage on this day. Where there is none of the pair
/// yet that is not won or lost, one begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referred {
    /// Who leads me.
    pub referrer: Id,
    /// To whom.
    pub prospect: Id,
    /// What was said about them.
    pub what: String,
    /// How far it has come.
    pub stage: Stage,
    /// On which day.
    pub on: NaiveDate,
}

/// A person or an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// A person.
    Person(Id),
    /// An account.
    Account(Id),
}

impl Who {
    /// The person, where it is one.
    pub fn person(self) -> Option<Id> {
        match self {
            Who::Person(id) => Some(id),
            Who::Account(_) => None,
        }
    }

    /// The account, where it is one.
    pub fn account(self) -> Option<Id> {
        match self {
            Who::Account(id) => Some(id),
            Who::Person(_) => None,
        }
    }
}

/// A referral as it is recorded or edited, its stages aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Who leads me; of a given one, the first of the two I introduced.
    pub referrer: Who,
    /// To whom; of a given one, the other.
    pub prospect: Who,
    /// The account the prospect buys for, where the prospect is a person and it is known.
    pub account: Option<Id>,
    /// I introduced them to each other.
    pub given: bool,
    /// What was said about the prospect.
    pub what: String,
    /// The touch it came from.
    pub evidence: Option<Id>,
}

impl Referral {
    /// The same between people who have just been added: each stand-in is whoever it stood for.
    #[must_use]
    pub fn among(&self, added: &HashMap<Id, Id>) -> Self {
        let known = |who: Who| match who {
            Who::Person(id) => Who::Person(added.get(&id).copied().unwrap_or(id)),
            account @ Who::Account(_) => account,
        };
        Referral {
            referrer: known(self.referrer),
            prospect: known(self.prospect),
            ..self.clone()
        }
    }
}

/// A further referrer, and how much of the credit is theirs. What is left is the first referrer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Who.
    pub contact: Id,
    /// In hundredths, 1..=99; none: no share any more.
    pub percent: u8,
}

impl Credit {
    /// Why the credit of a referral between these two cannot be split so; none where it can. `others` are who shares it already.
    pub fn unfit(self, referrer: Who, prospect: Who, others: &[CreditRow]) -> Option<String> {
        let them = Who::Person(self.contact);
        if them == referrer || self.contact == Id::ME {
            return Some("credit is split with a further referrer: name somebody else".to_owned());
        }
        if them == prospect && self.percent > 0 {
            return Some(
                "nobody leads you to themselves: credit is split with a further referrer"
                    .to_owned(),
            );
        }
        let others = others.iter().map(|row| row.credit);
        let others = others.filter(|other| other.contact != self.contact);
        let taken: u32 = others.map(|other| u32::from(other.percent)).sum();
        let left = 99_u32.saturating_sub(taken);
        (u32::from(self.percent) > left).then(|| {
            format!(
                "no more than {left} % of the credit can be split off, not {} %",
                self.percent
            )
        })
    }
}

/// A credit with the name a reader needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditRow {
    /// Whose, and how much.
    pub credit: Credit,
    /// Their name.
    pub name: String,
}

/// A stage as a referral comes to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub stage: Stage,
    /// On which day.
    pub on: NaiveDate,
    /// What there is to say about it.
    pub note: String,
    /// The touch it came from.
    pub evidence: Option<Id>,
    /// The chits of the story that were not struck out.
    pub chits: Vec<Chit>,
}

/// A stage that a referral came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRow {
    /// Its identity.
    pub id: Id,
    /// Which.
    pub stage: Stage,
    /// On which day.
    pub on: NaiveDate,
    /// The day the referrer was told.
    pub told: Option<NaiveDate>,
    /// What there is to say about it.
    pub note: String,
    /// The touch it came from.
    pub evidence: Option<Id>,
}

/// A referral as the book holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferralRow {
    /// Its identity.
    pub id: Id,
    /// What it says.
    pub referral: Referral,
    /// The referrer's name.
    pub referrer_name: String,
    /// The prospect's name.
    pub prospect_name: String,
    /// The name of the account the prospect buys for, or empty.
    pub account_name: String,
    /// The stages it came to, by day.
    pub stages: Vec<StageRow>,
    /// Further referrers.
    pub credits: Vec<CreditRow>,
    /// The words of the note it was read from, or empty.
    pub words: String,
}

/// A prospect or an introduction that waits, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The stage it stands at.
    pub stage: Stage,
    /// For how many days.
    pub days: i64,
}

impl Waiting {
    /// What is to be done: "promised 38 days ago: ask how it goes".
    pub fn words(self) -> String {
        let next = match self.stage {
            Stage::Introduced => "get in touch with the prospect",
            _ => "ask how it goes",
        };
        format!("{} {} days ago: {next}", self.stage.word(), self.days)
    }
}

/// Days after which a referral at a stage waits for me.
fn patience(stage: Stage) -> Option<i64> {
    match stage {
        Stage::Asked | Stage::Promised => Some(14),
        Stage::Introduced => Some(7),
        Stage::Met | Stage::Won | Stage::Lost => None,
    }
}

impl ReferralRow {
    /// The stage it stands at: the furthest, since a referral never goes back. None where none was noted.
    pub fn stage(&self) -> Option<&StageRow> {
        self.stages.iter().max_by_key(|row| (row.stage, row.on))
    }

    /// The first day of a stage.
    pub fn reached(&self, stage: Stage) -> Option<NaiveDate> {
        let found = self.stages.iter().find(|row| row.stage == stage);
        found.map(|row| row.on)
    }

    /// The day it began; none where no stage was noted.
    pub fn began(&self) -> Option<NaiveDate> {
        self.stages.first().map(|row| row.on)
    }

    /// Whether it became business: won, and not lost again.
    pub fn won_on(&self) -> Option<NaiveDate> {
        self.stage()
            .filter(|row| row.stage == Stage::Won)
            .map(|row| row.on)
    }

    /// Who made it, each with their share in hundredths; together a hundred.
    pub fn shares(&self) -> Vec<(Who, u32)> {
        let mut left = 100;
        let mut shares = Vec::new();
        for row in &self.credits {
            let share = u32::from(row.credit.percent).min(left);
            left -= share;
            shares.push((Who::Person(row.credit.contact), share));
        }
        shares.insert(0, (self.referral.referrer, left));
        shares.retain(|(_, share)| *share > 0);
        shares
    }

    /// The stage it stands at; where none was noted, it was asked for.
    pub fn stands_at(&self) -> Stage {
        self.stage().map_or(Stage::Asked, |last| last.stage)
    }

    /// Whether it waits for me, and for how long; a given one never does.
    pub fn waiting(&self, today: NaiveDate) -> Option<Waiting> {
        let last = self.stage().filter(|_| !self.referral.given)?;
        let days = (today - last.on).num_days();
        let waits = patience(last.stage).is_some_and(|most| days > most);
        waits.then_some(Waiting {
            stage: last.stage,
            days,
        })
    }
}

/// The board: for each stage of [`Stage::ALL`] the places in `rows` of the referrals that stand at it. In a column those whose
/// referrer is to be told come first, the latest of them before, then what moved last.
pub fn board(rows: &[ReferralRow], today: NaiveDate) -> [Vec<usize>; 6] {
    let mut columns: [Vec<usize>; 6] = Default::default();
    for (at, row) in rows.iter().enumerate() {
        columns[row.stands_at() as usize].push(at);
    }
    for column in &mut columns {
        column.sort_by_key(|at| {
            let row = &rows[*at];
            let due = match row.told(today) {
                Told::Due(due) | Told::Late(due) => Some(due.due),
                _ => None,
            };
            let moved = row.stage().map(|last| last.on);
            (due.is_none(), due, std::cmp::Reverse(moved))
        });
    }
    columns
}

#[cfg(test)]
mod tests;
