//! What an account's page lists: the rows of its views, whom each is about, and which comes back where it was.

use crate::domain::account::{Account, Way};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::promise::PromiseRow;
use crate::domain::record::{Record, RecordRow};
use crate::tui::screen::board::held;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// Years shown of the sales.
const YEARS: usize = 6;

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum View {
    /// Who sits on the committee.
    #[default]
    Committee,
    /// What is dangerous, and the ways out.
    Alarms,
    /// What was promised, warned of, needed, sold, and who speaks for us.
    Kept,
}

impl View {
    pub(super) const ALL: [View; 3] = [View::Committee, View::Alarms, View::Kept];

    pub(super) fn word(self) -> &'static str {
        match self {
            View::Committee => "Committee",
            View::Alarms => "Alarms",
            View::Kept => "Kept",
        }
    }

    pub(super) fn step(self, by: usize) -> View {
        View::ALL[(self as usize + by) % View::ALL.len()]
    }
}

/// One row, by its place in the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Heading(&'static str),
    /// A role, and one of its seats; without one nobody is known to sit there.
    Seat(usize, Option<usize>),
    Other(usize),
    Alarm(usize),
    /// A way of an alarm.
    Way(usize, usize),
    Promise(usize),
    Coaching(usize),
    Need(usize),
    Rival(usize),
    Story(usize),
    /// A year's sales.
    Bar(usize),
    Sale(usize),
}

impl Entry {
    /// Whether the cursor stands on it.
    pub(super) fn is_row(self) -> bool {
        !matches!(self, Entry::Heading(_) | Entry::Bar(_))
    }
}

/// What came in within a year, in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub year: i32,
    pub sum: Money,
    /// Of the best year of the currency, in hundredths.
    pub share: u32,
}

/// The page of an account.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub view: View,
    pub account: Option<Box<Account>>,
    pub entries: Vec<Entry>,
    pub bars: Vec<Bar>,
    pub at: usize,
}

impl Page {
    /// Another account, or the same one as it is now: the cursor stays on the same row where that is still there.
    pub(super) fn show(&mut self, account: Option<Box<Account>>) {
        let same = match (&self.account, &account) {
            (Some(old), Some(new)) => old.row.id == new.row.id,
            _ => false,
        };
        let before = self.here().and_then(|entry| self.record(entry));
        self.account = account;
        self.list();
        let there = before.and_then(|record| {
            let mut rows = self.entries.iter();
            rows.position(|entry| self.record(*entry) == Some(record))
        });
        let at = if same { there.unwrap_or(self.at) } else { 0 };
        self.at = self.held(at, false);
    }

    /// Another view of it.
    pub(super) fn turn_to(&mut self, view: View) {
        if self.view != view {
            self.view = view;
            self.list();
            self.at = self.held(0, false);
        }
    }

    fn list(&mut self) {
        self.bars.clear();
        let Some(account) = &self.account else {
            self.entries.clear();
            return;
        };
        self.entries = match self.view {
            View::Committee => committee(account),
            View::Alarms => alarms(account),
            View::Kept => {
                self.bars = bars(&account.sales);
                kept(account, self.bars.len())
            }
        };
    }

    pub(super) fn here(&self) -> Option<Entry> {
        let here = self.entries.get(self.at).copied();
        here.filter(|entry| entry.is_row())
    }

    /// The nearest row from a place on that the cursor can stand on; `back` looks upwards first.
    pub(super) fn held(&self, at: usize, back: bool) -> usize {
        let stands = |at: &usize| self.entries.get(*at).is_some_and(|entry| entry.is_row());
        held(at, self.entries.len(), back, stands)
    }

    /// What a row is found again by.
    fn record(&self, entry: Entry) -> Option<Id> {
        let account = self.account.as_ref()?;
        match entry {
            Entry::Seat(row, seat) => Some(account.grid.get(row)?.seats.get(seat?)?.seat),
            Entry::Other(at) => Some(account.others.get(at)?.0.id),
            Entry::Promise(at) => Some(account.promises.get(at)?.id),
            Entry::Coaching(at) => Some(account.coaching.get(at)?.id),
            Entry::Need(at) => Some(account.needs.get(at)?.id),
            Entry::Rival(at) => Some(account.rivals.get(at)?.id),
            Entry::Story(at) => Some(account.stories.get(at)?.id),
            Entry::Sale(at) => Some(account.sales.get(at)?.id),
            _ => None,
        }
    }

    /// Whom a row is about: where it is about nobody, the one who could tell.
    pub(super) fn about(&self) -> Option<Id> {
        let account = self.account.as_ref()?;
        let about = match self.here() {
            Some(Entry::Seat(row, seat)) => {
                let seats = &account.grid.get(row)?.seats;
                let seat = seat.and_then(|at| seats.get(at));
                seat.and_then(|seat| seat.holder.as_ref())
                    .map(|(who, _)| who.id)
            }
            Some(Entry::Other(at)) => account.others.get(at).map(|(who, _)| who.id),
            Some(Entry::Alarm(at)) => account.row.alarms.get(at).and_then(|alarm| alarm.about),
            Some(Entry::Way(alarm, way)) => {
                let way = account.row.alarms.get(alarm)?.ways.get(way)?;
                way.through.as_ref().or(way.to.as_ref()).map(|(id, _)| *id)
            }
            Some(Entry::Promise(at)) => account.promises.get(at).map(|row| row.promise.contact),
            Some(Entry::Coaching(at)) => account.coaching.get(at).map(|row| row.coaching.contact),
            Some(Entry::Need(at)) => account.needs.get(at).map(|row| row.record.contact()),
            Some(Entry::Rival(at)) => account.rivals.get(at).and_then(|seen| seen.contact),
            Some(Entry::Story(at)) => account.stories.get(at).map(|row| row.story.contact),
            Some(Entry::Sale(at)) => account.sales.get(at).map(|row| row.record.contact()),
            Some(Entry::Heading(_) | Entry::Bar(_)) | None => None,
        };
        about.filter(|id| *id != Id::ME).or(self.closest())
    }

    /// Who is warmest there; where nobody was spoken to, the first there is.
    pub(super) fn closest(&self) -> Option<Id> {
        let account = self.account.as_ref()?;
        let holders = account.grid.iter().flat_map(|row| &row.seats);
        let holders = holders.filter_map(|seat| seat.holder.as_ref());
        let mut best: Option<(Id, f64)> = None;
        for (who, reading) in holders.chain(&account.others) {
            if best.is_none_or(|(_, strength)| reading.strength > strength) {
                best = Some((who.id, reading.strength));
            }
        }
        best.map(|(id, _)| id)
    }
}

/// The promise of mine that a way was asked for with already.
pub(super) fn promised<'a>(
    promises: &'a [PromiseRow],
    way: &Way,
    today: NaiveDate,
) -> Option<&'a PromiseRow> {
    let wanted = way.promise(today)?;
    promises.iter().find(|row| {
        let promise = &row.promise;
        promise.mine && promise.contact == wanted.contact && promise.what == wanted.what
    })
}

fn committee(account: &Account) -> Vec<Entry> {
    let mut list = Vec::new();
    for (at, row) in account.grid.iter().enumerate() {
        list.extend((0..row.seats.len()).map(|seat| Entry::Seat(at, Some(seat))));
        if row.seats.is_empty() && !account.row.profile.household {
            list.push(Entry::Seat(at, None));
        }
    }
    if !account.others.is_empty() {
        let seated = !list.is_empty();
        if seated {
            list.push(Entry::Heading("On no seat"));
        }
        list.extend((0..account.others.len()).map(Entry::Other));
    }
    list
}

fn alarms(account: &Account) -> Vec<Entry> {
    let mut list = Vec::new();
    for (at, alarm) in account.row.alarms.iter().enumerate() {
        list.push(Entry::Alarm(at));
        list.extend((0..alarm.ways.len()).map(|way| Entry::Way(at, way)));
    }
    list
}

fn kept(account: &Account, bars: usize) -> Vec<Entry> {
    let mut list = Vec::new();
    let mut part = |title, count: usize, entry: &dyn Fn(usize) -> Entry| {
        if count > 0 {
            list.push(Entry::Heading(title));
            list.extend((0..count).map(entry));
        }
    };
    part("Open promises", account.promises.len(), &Entry::Promise);
    part("Coaching", account.coaching.len(), &Entry::Coaching);
    part("Needs and results", account.needs.len(), &Entry::Need);
    part("Rivals seen", account.rivals.len(), &Entry::Rival);
    part("Who speaks for you", account.stories.len(), &Entry::Story);
    part("Sales", bars, &Entry::Bar);
    list.extend((0..account.sales.len()).map(Entry::Sale));
    list
}

/// What came in year by year, the latest first.
fn bars(sales: &[RecordRow]) -> Vec<Bar> {
    let mut years: BTreeMap<(i32, &str), i64> = BTreeMap::new();
    for row in sales {
        if let Record::Sale(sale) = &row.record {
            let sum = years
                .entry((sale.on.year(), sale.amount.currency.as_str()))
                .or_default();
            *sum = sum.saturating_add(sale.amount.minor);
        }
    }
    let best = |currency: &str| {
        let same = years.iter().filter(|((_, other), _)| *other == currency);
        same.map(|(_, sum)| *sum).max().unwrap_or(0).max(1)
    };
    let bar = |((year, currency), sum): (&(i32, &str), &i64)| Bar {
        year: *year,
        share: (*sum.max(&0) as f64 / best(currency) as f64 * 100.0).round() as u32,
        sum: Money {
            minor: *sum,
            currency: (*currency).to_owned(),
        },
    };
    years.iter().rev().take(YEARS).map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Sale;

    #[test]
    fn sales_are_summed_by_year_and_measured_against_the_best_of_their_currency() {
        let sale = |id, year, minor, currency: &str| RecordRow {
            id: Id::from_raw(id),
            record: Record::Sale(Sale {
                contact: Id::from_raw(10),
                amount: Money {
                    minor,
                    currency: currency.to_owned(),
                },
                what: String::new(),
                on: NaiveDate::from_ymd_opt(year, 3, 1).unwrap(),
            }),
            evidence: None,
            words: String::new(),
        };
        let sales = [
            sale(1, 2026, 100_000, "USD"),
            sale(2, 2026, 100_000, "USD"),
            sale(3, 2025, 50_000, "USD"),
            sale(4, 2026, 7, "JPY"),
            sale(5, 2024, i64::MAX, "EUR"),
            sale(6, 2024, i64::MAX, "EUR"),
        ];
        let bars = bars(&sales);
        let told: Vec<(i32, &str, i64, u32)> = bars
            .iter()
            .map(|bar| {
                (
                    bar.year,
                    bar.sum.currency.as_str(),
                    bar.sum.minor,
                    bar.share,
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (2026, "USD", 200_000, 100),
                (2026, "JPY", 7, 100),
                (2025, "USD", 50_000, 25),
                (2024, "EUR", i64::MAX, 100),
            ]
        );
    }
}
