//! The ask queue: who could be asked for a referral, why now, and what to say.
//!
//! The right moment to ask is when a result has just been delivered. Each person gets points, and the queue stands in their order:
//!
//! ```text
//! result    50 · 2^(−days/60)        a result just delivered, halved every two months
//! rest      40                       never asked
//!           30 · min(1, days/365)    asked, so many days ago
//! strength  strength / 5             at most 20
//! chits     5 · (they owe − i owe)   in plain chits, within −10 .. 10
//! ```
//!
//! Whoever I owe a promise that is overdue is held back, and so is who was asked less than 90 days ago; a day they agreed to be asked
//! again stands above that rule. Whoever I never spoke to, and who never had a result of me, is held back as a stranger. Those who are held back follow the others, with the reason.

pub mod card;

pub use card::{Acquaintance, AskCard, TEMPLATE, card};

use super::chit::Halves;
use super::id::Id;
use super::moment::shift;
use super::record::ResultKind;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Days that somebody is left in peace after an ask.
pub const REST: i64 = 90;
/// Days that a result is recent, and whoever had it ready to be asked.
pub const RECENT: i64 = 90;
/// Points of a result delivered today.
const RESULT: f64 = 50.0;
/// Days after which a result moves half as much.
const HALVED: f64 = 60.0;
/// Points of somebody who was never asked.
const NEVER: f64 = 40.0;
/// Points of somebody who was asked a year ago or longer.
const LONG_AGO: f64 = 30.0;
/// Points of a plain chit, and the most that chits give or take.
const CHIT: f64 = 5.0;
const CHITS: f64 = 10.0;

/// What came of asking for a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// They named somebody.
    Named,
    /// They will think about it.
    Thinking,
    /// They would rather not.
    Declined,
    /// Not at this time.
    NotNow,
}

impl Answer {
    /// Every answer, in the order forms offer them.
    pub const ALL: [Answer; 4] = [
        Answer::Named,
        Answer::Thinking,
        Answer::Declined,
        Answer::NotNow,
    ];

    /// The word in the book and in files.
    pub fn word(self) -> &'static str {
        match self {
            Answer::Named => "named",
            Answer::Thinking => "thinking",
            Answer::Declined => "declined",
            Answer::NotNow => "not_now",
        }
    }

    /// The words on screen.
    pub fn phrase(self) -> &'static str {
        match self {
            Answer::Named => "named somebody",
            Answer::Thinking => "will think",
            Answer::Declined => "declined",
            Answer::NotNow => "not now",
        }
    }

    /// The day to ask again that forms offer for an answer; none where ninety days in peace are enough.
    pub fn usual_next(self, on: NaiveDate) -> Option<NaiveDate> {
        let days = match self {
            Answer::Named => return None,
            Answer::Thinking => 14,
            Answer::NotNow => 90,
            Answer::Declined => 365,
        };
        Some(shift(on, days))
    }

    /// The answer a word in the book names.
    pub fn parse(word: &str) -> Option<Self> {
        Answer::ALL.into_iter().find(|answer| answer.word() == word)
    }
}

/// An ask as it is logged or edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Who was asked.
    pub contact: Id,
    /// On which day.
    pub on: NaiveDate,
    /// What they said; none: nothing yet.
    pub answer: Option<Answer>,
    /// The day to ask again.
    pub next: Option<NaiveDate>,
    /// Whom they named, or what else there is to remember.
    pub note: String,
}

/// An ask as the book holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskRow {
    /// Its identity.
    pub id: Id,
    /// What it says.
    pub ask: Ask,
}

/// The last result somebody had from me.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastResult {
    /// In their own words.
    pub what: String,
    /// What it did for them.
    pub kind: ResultKind,
    /// The day it was delivered.
    pub on: NaiveDate,
    /// The trouble it took away.
    pub need: String,
}

/// How fresh a result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Freshness {
    /// Thirty days at most.
    Fresh,
    /// Ninety days at most.
    Recent,
    /// A year at most.
    Older,
    /// Longer ago.
    Old,
}

impl Freshness {
    /// How fresh a result is after so many days.
    pub fn of(days: i64) -> Self {
        match days {
            ..=30 => Freshness::Fresh,
            31..=RECENT => Freshness::Recent,
            days if days <= 365 => Freshness::Older,
            _ => Freshness::Old,
        }
    }

    /// The word on screen.
    pub fn word(self) -> &'static str {
        match self {
            Freshness::Fresh => "fresh",
            Freshness::Recent => "recent",
            Freshness::Older => "older",
            Freshness::Old => "old",
        }
    }
}

/// A promise of mine that is overdue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// What I promised.
    pub what: String,
    /// When it fell due.
    pub due: NaiveDate,
}

/// Somebody who could be asked, as the book knows them.
#[derive(Clone, Debug, PartialEq)]
pub struct Askable {
    /// Who.
    pub who: Id,
    /// Their name.
    pub name: String,
    /// Their account's name, or empty.
    pub account: String,
    /// How strong the relationship is today.
    pub strength: f64,
    /// The last result they had.
    pub result: Option<LastResult>,
    /// The last time they were asked.
    pub last: Option<AskRow>,
    /// What I owe them.
    pub i_owe: Halves,
    /// What they owe me.
    pub they_owe: Halves,
    /// My promise to them that is overdue longest.
    pub overdue: Option<Overdue>,
}

/// Why somebody is not asked today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// A promise of mine comes first.
    Promise {
        /// What I promised.
        what: String,
        /// For how many days it is overdue.
        days: i64,
    },
    /// Nobody asks a stranger: there was no touch with them, and no result.
    Stranger,
    /// They were asked so many days ago.
    Asked {
        /// How many.
        days: i64,
    },
    /// They agreed to be asked again on a day that is still to come.
    Agreed {
        /// Which.
        on: NaiveDate,
    },
}

impl Held {
    /// The reason in one phrase.
    pub fn words(&self) -> String {
        match self {
            Held::Promise { what, days } => {
                format!("your promise is {} overdue: {what}", counted(*days, "day"))
            }
            Held::Stranger => "never spoken to".to_owned(),
            Held::Asked { days } => format!("asked {} ago", counted(*days, "day")),
            Held::Agreed { on } => format!("ask again on {}", on.format("%-d %b %Y")),
        }
    }
}

/// Where somebody's points come from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Points {
    /// The last result.
    pub result: f64,
    /// How long they were left in peace.
    pub rest: f64,
    /// The strength.
    pub strength: f64,
    /// The chits between us.
    pub chits: f64,
}

impl Points {
    /// All of them.
    pub fn total(&self) -> f64 {
        self.result + self.rest + self.strength + self.chits
    }

    /// Each with its name, as they are explained.
    pub fn parts(&self) -> [(&'static str, f64); 4] {
        [
            ("result", self.result),
            ("rest", self.rest),
            ("strength", self.strength),
            ("chits", self.chits),
        ]
    }

    /// The rank in a sentence: "rank 94 = result 44 + rest 40 + strength 10 + chits 0".
    pub fn words(&self) -> String {
        let parts = self.parts();
        let parts = parts.map(|(name, points)| format!("{name} {points:.0}"));
        format!("rank {:.0} = {}", self.total(), parts.join(" + "))
    }
}

/// One row of the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct AskLine {
    /// Who, with what the book knows.
    pub who: Askable,
    /// How fresh the last result is.
    pub freshness: Option<Freshness>,
    /// Days since the last ask; none: never asked.
    pub days_since_ask: Option<i64>,
    /// Why now, in one phrase.
    pub why: String,
    /// Why not today.
    pub held: Option<Held>,
    /// Where the rank comes from.
    pub points: Points,
}

/// The queue: who is to be asked first stands first, those who are held back at the end.
pub fn queue(people: Vec<Askable>, today: NaiveDate) -> Vec<AskLine> {
    let mut lines: Vec<AskLine> = people.into_iter().map(|who| line(who, today)).collect();
    lines.sort_by(|a, b| {
        let held = a.held.is_some().cmp(&b.held.is_some());
        let points = b.points.total().total_cmp(&a.points.total());
        let name = a.who.name.cmp(&b.who.name);
        held.then(points).then(name).then(a.who.who.cmp(&b.who.who))
    });
    lines
}

/// Somebody's row.
pub fn line(who: Askable, today: NaiveDate) -> AskLine {
    let since = |day: NaiveDate| (today - day).num_days();
    let days_since_ask = who.last.as_ref().map(|last| since(last.ask.on));
    let result_days = who.result.as_ref().map(|result| since(result.on));
    AskLine {
        freshness: result_days.map(Freshness::of),
        days_since_ask,
        why: why(&who, result_days, days_since_ask, today),
        held: held(&who, today),
        points: points(&who, result_days, days_since_ask),
        who,
    }
}

fn held(who: &Askable, today: NaiveDate) -> Option<Held> {
    if let Some(promise) = who.overdue.as_ref().filter(|promise| promise.due < today) {
        return Some(Held::Promise {
            what: promise.what.clone(),
            days: (today - promise.due).num_days(),
        });
    }
    let Some(last) = who.last.as_ref().map(|last| &last.ask) else {
        let stranger = who.strength <= 0.0 && who.result.is_none();
        return stranger.then_some(Held::Stranger);
    };
    match last.next {
        Some(on) if on > today => Some(Held::Agreed { on }),
        Some(_) => None,
        None => {
            let days = (today - last.on).num_days();
            (days < REST).then_some(Held::Asked { days })
        }
    }
}

fn points(who: &Askable, result_days: Option<i64>, days_since_ask: Option<i64>) -> Points {
    let owed = (f64::from(who.they_owe.0) - f64::from(who.i_owe.0)) / 2.0;
    let age = |days: i64| days.max(0) as f64;
    Points {
        result: result_days.map_or(0.0, |days| RESULT * (-age(days) / HALVED).exp2()),
        rest: days_since_ask.map_or(NEVER, |days| LONG_AGO * (age(days) / 365.0).min(1.0)),
        strength: who.strength / 5.0,
        chits: (CHIT * owed).clamp(-CHITS, CHITS),
    }
}

fn why(
    who: &Askable,
    result_days: Option<i64>,
    days_since_ask: Option<i64>,
    today: NaiveDate,
) -> String {
    let last = who.last.as_ref().map(|last| &last.ask);
    if let Some(on) = last.and_then(|last| last.next).filter(|on| *on <= today) {
        return match (today - on).num_days() {
            0 => "they said to ask again today".to_owned(),
            days => format!("they said to ask again {} ago", counted(days, "day")),
        };
    }
    let asked = match days_since_ask {
        None => "never asked".to_owned(),
        Some(days) => format!("asked {} ago", span(days)),
    };
    match (result_days, &who.result) {
        (Some(0), Some(result)) => format!("{} today, {asked}", result.kind.phrase()),
        (Some(days), Some(result)) => {
            format!("{} {} ago, {asked}", result.kind.phrase(), span(days))
        }
        _ if who.they_owe > Halves(0) => format!("owes you {}, {asked}", who.they_owe),
        _ => format!("strength {:.0}, {asked}", who.strength),
    }
}

/// So many days in the words people use: days up to two months, then months, then years.
fn span(days: i64) -> String {
    match days {
        ..=60 => counted(days, "day"),
        61..=730 => counted((days + 15) / 30, "month"),
        _ => counted(days / 365, "year"),
    }
}

fn counted(count: i64, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
}

#[cfg(test)]
mod tests;
