//! Who owes whom how much, and for how long.

use super::{Party, Side, parties};
use crate::domain::chit::{ChitRow, Halves};
use crate::domain::id::Id;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The heads of the ageing columns, in days.
pub const AGES: [&str; 4] = ["0-30", "31-90", "91-365", "older"];

/// The column a chit so many days old stands in.
///
/// ```
/// use chitbook::domain::ledger::{AGES, age};
/// assert_eq!([0, 30, 31, 365, 366].map(|days| AGES[age(days)]), ["0-30", "0-30", "31-90", "91-365", "older"]);
/// ```
pub fn age(days: i64) -> usize {
    [30, 90, 365]
        .iter()
        .position(|last| days <= *last)
        .unwrap_or(3)
}

/// What one person owes another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Who owes.
    pub debtor: Party,
    /// Whom.
    pub creditor: Party,
    /// How much, by the age of the chits.
    pub ages: [Halves; 4],
    /// How much in all.
    pub total: Halves,
    /// Open chits.
    pub chits: usize,
    /// The day of the oldest of them.
    pub oldest: NaiveDate,
}

impl Owed {
    /// Which way it goes, seen from me.
    pub fn side(&self) -> Side {
        match (self.creditor.id, self.debtor.id) {
            (_, Id::ME) => Side::IOwe,
            (Id::ME, _) => Side::TheyOwe,
            _ => Side::Others,
        }
    }

    /// "Barney owes Wilma 1".
    pub fn words(&self) -> String {
        let (debtor, creditor) = (&self.debtor, &self.creditor);
        format!(
            "{} {} {} {}",
            debtor.said(),
            debtor.owe(),
            creditor.said(),
            self.total
        )
    }
}

/// What everybody owes everybody, one line for each two people and each way: most first, then the longest owed.
pub fn owed(rows: &[ChitRow], today: NaiveDate) -> Vec<Owed> {
    let mut lines: BTreeMap<(Id, Id), Owed> = BTreeMap::new();
    for row in rows {
        let open = row.open();
        if open == Halves(0) {
            continue;
        }
        let key = (row.chit.receiver, row.chit.giver);
        let line = lines.entry(key).or_insert_with(|| {
            let (creditor, debtor) = parties(row);
            Owed {
                debtor,
                creditor,
                ages: [Halves(0); 4],
                total: Halves(0),
                chits: 0,
                oldest: row.chit.on,
            }
        });
        line.ages[age(row.age(today))].0 += open.0;
        line.total.0 += open.0;
        line.chits += 1;
        line.oldest = line.oldest.min(row.chit.on);
    }
    let mut lines: Vec<Owed> = lines.into_values().collect();
    lines.sort_by_key(|line| (Reverse(line.total), line.oldest));
    lines
}

/// The ageing of one side of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ageing {
    /// One line for each two people and each way.
    pub lines: Vec<Owed>,
    /// The sum of each column.
    pub totals: [Halves; 4],
    /// The sum of all.
    pub total: Halves,
}

/// What is owed by age; of one side, or of all.
pub fn ageing(rows: &[ChitRow], side: Option<Side>, today: NaiveDate) -> Ageing {
    let mut lines = owed(rows, today);
    lines.retain(|line| side.is_none_or(|side| line.side() == side));
    let mut ageing = Ageing::default();
    for line in &lines {
        for (sum, halves) in ageing.totals.iter_mut().zip(line.ages) {
            sum.0 += halves.0;
        }
        ageing.total.0 += line.total.0;
    }
    Ageing { lines, ..ageing }
}
