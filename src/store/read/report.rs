//! The weekly report of a day, read at one moment.

use super::super::{ChitFilter, Result, Store};
use super::{day, maybe_day, rows};
use crate::domain::ledger::Side;
use crate::domain::ledger::ageing::ageing;
use crate::domain::moment::{Moment, day_number, shift};
use crate::domain::report::parts::{Promised, alarmed, as_of, before, going_cold, history, moved};
use crate::domain::report::{Ages, Bands, Loops, Promises, Report, Sales, Stages};
use chrono::NaiveDate;
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Days in the week the report is of.
const WEEK: u16 = 7;

impl Store {
    /// The report of a day, by `name`; none when `progress` gave up. Of a day gone by it leaves out what the book does not keep of the
    /// past. `progress` hears how many of how many people were looked at.
    pub fn report(
        &self,
        on: NaiveDate,
        name: &str,
        now: &Moment,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<Option<Report>> {
        let _moment = self.moment()?;
        let Some(climate) = self.climate(day_number(on), WEEK, progress)? else {
            return Ok(None);
        };
        let today = now.date_naive();
        let from = shift(on, 1 - i64::from(WEEK));
        let chits = self.chits(&ChitFilter {
            as_of: Some(on),
            ..ChitFilter::default()
        })?;
        let referrals = as_of(self.referrals()?, on);
        let sales = self.sales()?;
        let sold = sales.iter().filter(|sale| sale.on <= on);
        let customers: HashSet<_> = sold
            .filter_map(|sale| sale.contact.or(sale.account))
            .collect();
        let mut report = Report {
            on,
            from,
            name: name.to_owned(),
            touches: self.logged_between(from, on)?,
            quiet: None,
            now: Bands::of(&climate.now),
            month_ago: before(&climate, 30),
            year_ago: before(&climate, 365),
            history: history(&climate),
            warmed: moved(&climate.warmed),
            cooled: moved(&climate.cooled),
            going_cold: Vec::new(),
            promises: Promises::count(&self.promised(on)?, from, on),
            payable: Ages::of(&ageing(&chits, Some(Side::IOwe), on)),
            receivable: Ages::of(&ageing(&chits, Some(Side::TheyOwe), on)),
            referrals: Stages::count(&referrals, customers.len(), on),
            loops: Loops::count(&referrals, on),
            accounts: Vec::new(),
            sales: Sales::count(sales.iter().map(|sale| (sale.on, &sale.amount)), from, on),
            came: Vec::new(),
            plan: Vec::new(),
        };
        if on == today {
            let deck = self.review_deck(now)?;
            (report.came, report.quiet) = (deck.came, deck.quiet);
            report.going_cold = going_cold(&self.today(now)?.weeks);
            report.accounts = alarmed(&self.accounts(today)?);
            report.plan = self.ahead(today)?;
        }
        Ok(Some(report))
    }

    fn logged_between(&self, from: NaiveDate, on: NaiveDate) -> Result<u32> {
        let millis = |day: NaiveDate| i64::from(day_number(day)) * 86_400_000;
        // The day of a touch is the one it had where the rep was, at most a day from that of its instant.
        let sql = "select count(*) from touch where at >= ?1 - 86400000 and at < ?2 + 86400000
            and at + offset_minutes * 60000 >= ?1 and at + offset_minutes * 60000 < ?2";
        let given = [millis(from), millis(shift(on, 1))];
        Ok(self
            .db
            .prepare_cached(sql)?
            .query_row(given, |row| row.get(0))?)
    }

    /// Promises made up to a day.
    fn promised(&self, on: NaiveDate) -> Result<Vec<Promised>> {
        let sql = "select mine, due_on, closed_on, state from promise where made_on <= ?1";
        rows(&self.db, sql, [on.to_string()], |row| {
            let kept = match row.get_ref(3)?.as_str()? {
                "kept" => Some(true),
                "broken" => Some(false),
                _ => None,
            };
            let closed = maybe_day(row.get_ref(2)?.as_str_or_null()?)?;
            Ok(Promised {
                mine: row.get(0)?,
                due: day(row.get_ref(1)?.as_str()?)?,
                closed: closed.map(|closed| (closed, kept)),
            })
        })
    }
}
