//! The rep's own test of the belief that referrals beat cold calls: how far people came, by the way they came into the book.

use super::Sold;
use crate::domain::id::Id;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Fewer than this are too few to say anything of.
pub const FEW: usize = 5;
/// Days in a month, on average.
const MONTH: f64 = 365.25 / 12.0;

/// How somebody came into the book.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody led me to them.
    Referral,
    /// I called without being expected.
    Cold,
    /// We met somewhere.
    Event,
    /// They came to me.
    Inbound,
    /// They were my predecessor's.
    Inherited,
    /// Nobody wrote it down.
    #[default]
    Unknown,
}

impl Origin {
    /// Every origin, in the order of the table.
    pub const ALL: [Origin; 6] = [
        Origin::Referral,
        Origin::Cold,
        Origin::Event,
        Origin::Inbound,
        Origin::Inherited,
        Origin::Unknown,
    ];

    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            Origin::Referral => "referral",
            Origin::Cold => "cold",
            Origin::Event => "event",
            Origin::Inbound => "inbound",
            Origin::Inherited => "inherited",
            Origin::Unknown => "unknown",
        }
    }

    /// The origin a word in the book names; a word of another program's is not known here.
    pub fn parse(word: &str) -> Self {
        let word = word.trim().to_lowercase();
        let found = Origin::ALL.into_iter().find(|origin| origin.word() == word);
        found.unwrap_or_default()
    }
}

/// How far one person came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// How they came.
    pub origin: Origin,
    /// The day of the first conversation: a call, a video call or a meeting.
    pub first: Option<NaiveDate>,
    /// Whether there was a second one.
    pub second: bool,
    /// The day of the first order.
    pub order: Option<NaiveDate>,
}

/// Somebody, and when there was a conversation with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Who.
    pub who: Id,
    /// Their account.
    pub account: Option<Id>,
    /// How they came.
    pub origin: Origin,
    /// The day of the first conversation.
    pub first: Option<NaiveDate>,
    /// Whether there was a second one.
    pub second: bool,
}

/// How far everybody came. A sale is its person's; one that names an account only is of the one there who was spoken to first.
pub fn starts(spoken: &[Spoken], sales: &[Sold]) -> Vec<Start> {
    let mut first_there: HashMap<Id, (NaiveDate, Id)> = HashMap::new();
    for one in spoken {
        if let (Some(account), Some(first)) = (one.account, one.first) {
            let known = first_there.entry(account).or_insert((first, one.who));
            *known = (*known).min((first, one.who));
        }
    }
    let mut orders: HashMap<Id, NaiveDate> = HashMap::new();
    for sale in sales {
        let of_account = || {
            let (_, who) = first_there.get(&sale.account?)?;
            Some(*who)
        };
        if let Some(who) = sale.contact.or_else(of_account) {
            let order = orders.entry(who).or_insert(sale.on);
            *order = (*order).min(sale.on);
        }
    }
    let start = |one: &Spoken| Start {
        origin: one.origin,
        first: one.first,
        second: one.second,
        order: orders.get(&one.who).copied(),
    };
    spoken.iter().map(start).collect()
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OriginRow {
    /// The origin.
    pub origin: Origin,
    /// People there was a first conversation with.
    pub first: usize,
    /// Of them, those there was a second one with.
    pub second: usize,
    /// Of them, those who became customers.
    pub customers: usize,
    /// Months from the first conversation to the first order, for half of the customers; none where they are too few to say.
    pub months: Option<f64>,
}

impl OriginRow {
    /// Of those there was a first conversation with, the share who became customers; none where they are too few to say.
    pub fn share(&self) -> Option<f64> {
        (self.first >= FEW).then(|| self.customers as f64 / self.first as f64)
    }
}

/// The table: every origin with its counts, those without anybody too, so that it is seen what is not known.
pub fn origins(starts: &[Start]) -> Vec<OriginRow> {
    let row = |origin| {
        let spoken: Vec<(&Start, NaiveDate)> = starts
            .iter()
            .filter(|start| start.origin == origin)
            .filter_map(|start| Some((start, start.first?)))
            .collect();
        let mut months: Vec<f64> = spoken
            .iter()
            .filter_map(|(start, first)| Some((start.order?, *first)))
            .map(|(order, first)| (order - first).num_days().max(0) as f64 / MONTH)
            .collect();
        months.sort_unstable_by(f64::total_cmp);
        OriginRow {
            origin,
            first: spoken.len(),
            second: spoken.iter().filter(|(start, _)| start.second).count(),
            customers: months.len(),
            months: (months.len() >= FEW).then(|| middle(&months)),
        }
    };
    Origin::ALL.into_iter().map(row).collect()
}

/// The middle of sorted numbers.
fn middle(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    let at = |index: usize| sorted.get(index).copied().unwrap_or_default();
    if sorted.len().is_multiple_of(2) {
        f64::midpoint(at(half.saturating_sub(1)), at(half))
    } else {
        at(half)
    }
}
