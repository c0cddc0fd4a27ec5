//! The weekly report: how the week went and how the base stands, as one value. Markdown, HTML and JSON are three ways to write it.
//!
//! A report can be of a day gone by; what the book does not keep of the past (alarms, who will go cold, plans) is left out of it then.
//! Two reports are compared figure by figure: [`compare`].

pub mod parts;

pub use parts::{Ages, Alarmed, Bands, Loops, Moved, Promises, Sales, Stages, Week};

use super::review::{Came, minutes::Ahead};
use chrono::NaiveDate;
use serde::Serialize;

/// The report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The day it is of.
    pub on: NaiveDate,
    /// The first of its seven days.
    pub from: NaiveDate,
    /// The rep's name, or empty.
    pub name: String,
    /// Touches logged in the week.
    pub touches: u32,
    /// That hardly anything was logged, in a sentence.
    pub quiet: Option<String>,
    /// Everybody by strength, on the day.
    pub now: Bands,
    /// A month before; none where the book does not go back so far.
    pub month_ago: Option<Bands>,
    /// A year before.
    pub year_ago: Option<Bands>,
    /// Week by week for a year at most, oldest first: the day, people above the cold line, and everybody ever touched.
    pub history: Vec<(NaiveDate, u32, u32)>,
    /// Who gained most in the week.
    pub warmed: Vec<Moved>,
    /// Who lost most in it.
    pub cooled: Vec<Moved>,
    /// How many go cold in each of the coming weeks if nobody calls.
    pub going_cold: Vec<Week>,
    /// Promises.
    pub promises: Promises,
    /// Chits I owe, by age.
    pub payable: Ages,
    /// Chits owed to me, by age.
    pub receivable: Ages,
    /// Referrals by stage, and what they yield.
    pub referrals: Stages,
    /// Whether referrers were told.
    pub loops: Loops,
    /// Accounts with alarms, the worst first.
    pub accounts: Vec<Alarmed>,
    /// Sales.
    pub sales: Sales,
    /// What came of the last review's resolves.
    pub came: Vec<Came>,
    /// What is planned for the seven days after it.
    pub plan: Vec<Ahead>,
}

/// One number of a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// The number.
    pub value: f64,
    /// Whether more of it is better; none where it is neither.
    pub more_is_better: Option<bool>,
}

/// A figure of two reports.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// What it is.
    pub name: String,
    /// In the earlier report.
    pub before: f64,
    /// In the later one.
    pub now: f64,
    /// Whether the difference is good; none where there is none, or it is neither.
    pub better: Option<bool>,
}

impl Report {
    /// The figures that two reports are compared by, and that stand first on the page.
    pub fn figures(&self) -> Vec<Figure> {
        let figure = |name: &str, value: f64, more_is_better| Figure {
            name: name.to_owned(),
            value,
            more_is_better,
        };
        let chits = |ages: &Ages| ages.total;
        let mut figures = vec![
            figure("touches in the week", f64::from(self.touches), Some(true)),
            figure(
                "people above the cold line",
                f64::from(self.now.warm()),
                Some(true),
            ),
            figure("people ever touched", f64::from(self.now.touched()), None),
            figure(
                "my promises kept in the week",
                f64::from(self.promises.kept),
                Some(true),
            ),
            figure(
                "my promises broken in the week",
                f64::from(self.promises.broken),
                Some(false),
            ),
            figure(
                "my promises overdue",
                f64::from(self.promises.overdue),
                Some(false),
            ),
            figure("chits I owe", chits(&self.payable), Some(false)),
            figure("chits owed to me", chits(&self.receivable), None),
            figure(
                "referrals under way",
                f64::from(self.referrals.open()),
                Some(true),
            ),
            figure(
                "referrals won in a year",
                f64::from(self.referrals.won_in_a_year),
                Some(true),
            ),
            figure(
                "referrers to be told",
                f64::from(self.loops.due + self.loops.late),
                Some(false),
            ),
        ];
        for money in &self.sales.year {
            let digits = super::money::minor_digits(&money.currency);
            let whole = money.minor as f64 / 10_f64.powi(digits.cast_signed());
            figures.push(figure(
                &format!("sales in a year, {}", money.currency),
                whole,
                Some(true),
            ));
        }
        figures
    }

    /// How the week went, in one sentence.
    pub fn headline(&self) -> String {
        let (warm, touched) = (self.now.warm(), self.now.touched());
        let trend = match &self.month_ago {
            Some(before) if before.warm() < warm => {
                format!(", {} more than a month ago", warm - before.warm())
            }
            Some(before) if before.warm() > warm => {
                format!(", {} fewer than a month ago", before.warm() - warm)
            }
            Some(_) => ", as many as a month ago".to_owned(),
            None => String::new(),
        };
        format!("{warm} of {touched} relationships are above the cold line{trend}.")
    }
}

/// Two reports figure by figure, in the order of the later one. A currency that only one of them has counts nothing in the other.
pub fn compare(earlier: &Report, later: &Report) -> Vec<Difference> {
    let (before, now) = (earlier.figures(), later.figures());
    let of = |figures: &[Figure], name: &str| {
        let found = figures.iter().find(|figure| figure.name == name);
        found.map_or(0.0, |figure| figure.value)
    };
    let only_before = before
        .iter()
        .filter(|figure| !now.iter().any(|other| other.name == figure.name));
    let names = now.iter().chain(only_before);
    names
        .map(|figure| {
            let (before, now) = (of(&before, &figure.name), of(&now, &figure.name));
            let moved = (before - now).abs() > f64::EPSILON;
            Difference {
                name: figure.name.clone(),
                before,
                now,
                better: figure
                    .more_is_better
                    .filter(|_| moved)
                    .map(|more| more == (now > before)),
            }
        })
        .collect()
}

/// A number as a report writes it: whole where it is, else with one decimal, thousands apart.
pub fn number(value: f64) -> String {
    let sign = if value < 0.0 { "−" } else { "" };
    let tenths = (value.abs() * 10.0).round();
    let whole = super::text::grouped((tenths / 10.0).floor() as usize);
    match tenths as u64 % 10 {
        0 => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{part}"),
    }
}

#[cfg(test)]
mod tests;
