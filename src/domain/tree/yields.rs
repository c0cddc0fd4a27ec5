//! Customers down, years across: how many new customers each one sent, against the goal of one to two a year.

use super::{Lineage, Who};
use chrono::{Datelike, NaiveDate};
use std::collections::{HashMap, HashSet};

/// Years shown at most.
const YEARS: i32 = 10;
/// Days as a customer after which somebody who sends nobody is dry.
const DRY: i64 = 730;

/// How many new customers a year somebody sends, against the goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    /// Fewer than one.
    Under,
    /// One to two.
    Within,
    /// More than two.
    Over,
}

impl Goal {
    /// How so many a year stand against the goal.
    pub fn of(per_year: f64) -> Self {
        if per_year < 1.0 {
            Goal::Under
        } else if per_year <= 2.0 {
            Goal::Within
        } else {
            Goal::Over
        }
    }

    /// The word on screen.
    pub fn word(self) -> &'static str {
        match self {
            Goal::Under => "under",
            Goal::Within => "within",
            Goal::Over => "over",
        }
    }
}

/// One customer, or somebody who sent one.
#[derive(Clone, Debug, PartialEq)]
pub struct YieldRow {
    /// Who.
    pub who: Who,
    /// The name.
    pub name: String,
    /// Since when they buy, or sent the first one.
    pub since: NaiveDate,
    /// Whether they buy themselves.
    pub customer: bool,
    /// New customers in each year of the grid, in hundredths: credit may be split.
    pub sent: Vec<u32>,
    /// New customers in all years, in hundredths.
    pub total: u32,
    /// New customers a year, since then; a year that has just begun counts whole.
    pub per_year: f64,
    /// Against one to two a year.
    pub goal: Goal,
    /// A customer for two years and longer who has sent nobody in the last two.
    pub dry: bool,
}

/// The grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The years across, the present one last.
    pub years: Vec<i32>,
    /// Who sent most stands first.
    pub rows: Vec<YieldRow>,
    /// New customers in each year that somebody sent, in hundredths.
    pub totals: Vec<u32>,
}

/// Hundredths of a customer as a number: "1", "0.7".
///
/// ```
/// use chitbook::domain::tree::yields::customers;
/// assert_eq!([0, 70, 100, 205].map(customers), ["0", "0.7", "1", "2.05"]);
/// ```
pub fn customers(hundredths: u32) -> String {
    let whole = hundredths / 100;
    match hundredths % 100 {
        0 => whole.to_string(),
        part if part % 10 == 0 => format!("{whole}.{}", part / 10),
        part => format!("{whole}.{part:02}"),
    }
}

/// The grid as of a day.
pub fn grid(lineage: &Lineage, today: NaiveDate) -> Grid {
    let sent = sent(lineage, today);
    let since = since(lineage, today);
    let mut everybody: Vec<Who> = sent.keys().chain(since.keys()).copied().collect();
    everybody.sort_unstable();
    everybody.dedup();
    let first = sent
        .values()
        .flatten()
        .map(|(on, _)| on)
        .chain(since.values());
    let first = first.map(Datelike::year).min().unwrap_or(today.year());
    let years: Vec<i32> = (first.max(today.year() - YEARS + 1)..=today.year()).collect();
    let mut grid = Grid {
        totals: vec![0; years.len()],
        rows: Vec::new(),
        years,
    };
    for who in everybody {
        let of_theirs = sent.get(&who).map_or(&[][..], Vec::as_slice);
        let row = row(
            lineage,
            who,
            of_theirs,
            since.get(&who).copied(),
            &grid.years,
            today,
        );
        for (total, year) in grid.totals.iter_mut().zip(&row.sent) {
            *total += year;
        }
        grid.rows.push(row);
    }
    grid.rows.sort_by(|a, b| {
        let rank = |row: &YieldRow| (std::cmp::Reverse(row.total), row.since);
        rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name))
    });
    grid
}

/// Whom each sent, with the day and the share. Who was won twice was a new customer once.
fn sent(lineage: &Lineage, today: NaiveDate) -> HashMap<Who, Vec<(NaiveDate, u32)>> {
    let mut won: Vec<_> = lineage
        .leads
        .iter()
        .filter_map(|lead| Some((lead.won_on.filter(|on| *on <= today)?, lead)))
        .collect();
    won.sort_by_key(|(on, lead)| (*on, lead.to));
    let mut known: HashSet<Who> = HashSet::new();
    let mut sent: HashMap<Who, Vec<(NaiveDate, u32)>> = HashMap::new();
    for (on, lead) in won {
        if !known.insert(lead.to) {
            continue;
        }
        for (who, share) in &lead.by {
            sent.entry(*who).or_default().push((on, *share));
        }
    }
    sent
}

/// Since when each customer is one: the first sale, or the day they were won.
fn since(lineage: &Lineage, today: NaiveDate) -> HashMap<Who, NaiveDate> {
    let sales = lineage.sales.iter().filter_map(|sale| {
        let person = sale.contact.map(Who::Person);
        Some((person.or(sale.account.map(Who::Account))?, sale.on))
    });
    let won = lineage
        .leads
        .iter()
        .filter_map(|lead| Some((lead.to, lead.won_on?)));
    let mut since: HashMap<Who, NaiveDate> = HashMap::new();
    for (who, on) in sales.chain(won).filter(|(_, on)| *on <= today) {
        let first = since.entry(who).or_insert(on);
        *first = (*first).min(on);
    }
    since
}

fn row(
    lineage: &Lineage,
    who: Who,
    sent: &[(NaiveDate, u32)],
    buys: Option<NaiveDate>,
    years: &[i32],
    today: NaiveDate,
) -> YieldRow {
    let first_sent = sent.iter().map(|(on, _)| *on).min();
    let since = [buys, first_sent]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(today);
    let in_year = |year: &i32| {
        let of_year = sent.iter().filter(|(on, _)| on.year() == *year);
        of_year.map(|(_, share)| share).sum()
    };
    let total: u32 = sent.iter().map(|(_, share)| share).sum();
    let days = (today - since).num_days();
    let per_year = f64::from(total) / 100.0 / (days as f64 / 365.25).max(1.0);
    let lately = sent.iter().any(|(on, _)| (today - *on).num_days() <= DRY);
    YieldRow {
        who,
        name: lineage.name(who).to_owned(),
        since,
        customer: buys.is_some(),
        sent: years.iter().map(in_year).collect(),
        total,
        per_year,
        goal: Goal::of(per_year),
        dry: buys.is_some_and(|on| (today - on).num_days() >= DRY) && !lately,
    }
}
