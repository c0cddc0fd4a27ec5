//! What Today lists: each source is a statement that an index answers, so that a large book costs little more than a small one.
//!
//! Who cools, and in which week everybody goes cold, stands in the book (`rank`), brought up to date with every change and every
//! morning; the rest are the few matters that are open.

use super::super::{Result, Store};
use super::people::{CADENCE, STANDING, standing_from};
use super::{day, rows};
use crate::domain::ask::queue;
use crate::domain::chit::Halves;
use crate::domain::contact::{KeyDate, PartialDate};
use crate::domain::id::Id;
use crate::domain::moment::{DayNumber, Moment, date, day_number, shift};
use crate::domain::today::{
    AGEING, AHEAD, Aside, Cooling, Day, Line, Open, Owed, Planned, SOON, Today, WEEKS, WORTH, list,
    sources, weeks,
};
use chrono::{Datelike, NaiveDate, NaiveTime};
use rusqlite::params;
use std::collections::HashSet;

/// Cooling people looked at, some of whom have a plan or are set aside.
const LOOKED_AT: i64 = 100;

const OPEN: &str = "select p.id, p.contact_id, c.name, p.mine, p.what, p.due_on from promise p indexed by promise_open
    cross join contact c on c.id = p.contact_id
    where p.state = 'open' and p.due_on <= ?1 and (p.snoozed_until is null or p.snoozed_until <= ?2) and c.archived_on is null";
const PLANNED: &str = "select p.id, p.contact_id, c.name, p.on_day, p.at_time, p.why from plan p indexed by plan_open
    cross join contact c on c.id = p.contact_id where p.state = 'open' and p.on_day <= ?1 and c.archived_on is null";
const COOLING: &str = "from rank r cross join contact c on c.id = r.contact_id left join standing s on s.contact_id = c.id
    where r.lost >= ?1 and not exists (select 1 from plan p where p.contact_id = c.id and p.state = 'open') order by r.lost desc, r.name limit ?2";
const COLD: &str = "select r.cold, c.id, c.name from rank r indexed by rank_by_cold cross join contact c on c.id = r.contact_id
    where r.cold > ?1 and r.cold <= ?2 order by r.cold, r.name";
const OWED: &str = "select h.id, h.giver_id, c.name, h.what, h.given_on, max(0, h.halves - coalesce((select sum(q.halves) from chit_part q where q.chit_id = h.id), 0))
    from chit h cross join contact c on c.id = h.giver_id where h.receiver_id = 1 and h.given_on < ?1 order by h.given_on, h.id";
const DATES: &str = "select k.id, k.contact_id, c.name, k.label, k.on_day, k.yearly from json_each(?1) j
    cross join key_date k on substr(k.on_day, -5) = j.value cross join contact c on c.id = k.contact_id
    where c.archived_on is null and c.ghost = 0 order by k.id";
const ASIDE: &str = "select kind, target_id from snooze where until_day > ?1";

impl Store {
    /// What to do now. Where the stored order is not today's, who cools is told as of the day it is of: turn the book first.
    pub fn today(&self, now: &Moment) -> Result<Today> {
        let _moment = self.moment()?;
        let today = now.date_naive();
        let mut lines: Vec<Line> = self.drafts()?.iter().filter_map(sources::draft).collect();
        let open = self.open_promises(today)?;
        lines.extend(open.iter().filter_map(|open| sources::promise(open, today)));
        let planned = self.planned(today)?;
        // A plan for the sake of a promise that stands here itself says nothing more.
        let others = planned
            .iter()
            .filter(|plan| !open.iter().any(|open| plan.is_for(open)));
        lines.extend(others.filter_map(|plan| sources::plan(plan, today)));
        let referrals = self.open_referrals()?;
        lines.extend(
            referrals
                .iter()
                .filter_map(|row| sources::referral(row, today)),
        );
        let owed = self.chits_owed_since(shift(today, -AGEING))?;
        lines.extend(owed.iter().filter_map(|row| sources::chit(row, today)));
        let cooling = self.cooling(LOOKED_AT)?;
        let number = day_number(today);
        lines.extend(
            cooling
                .iter()
                .filter_map(|who| sources::cooling(who, &self.params, number)),
        );
        let dates = self.days_ahead(today)?;
        lines.extend(dates.iter().filter_map(|day| sources::date(day, today)));
        let asks = queue(self.ready(today)?, today);
        lines.extend(asks.iter().filter_map(|line| sources::ask(line, today)));
        let weeks = weeks(self.going_cold(number)?, today);
        Ok(Today {
            aside: self.set_aside(today)?,
            ..list(lines, &self.aside(today)?, weeks, today)
        })
    }

    /// Open promises of people in the lists that are due or will be soon, and are not set aside.
    pub(super) fn open_promises(&self, today: NaiveDate) -> Result<Vec<Open>> {
        let given = params![shift(today, SOON).to_string(), today.to_string()];
        rows(&self.db, OPEN, given, |row| {
            Ok(Open {
                id: Id::from_raw(row.get(0)?),
                contact: Id::from_raw(row.get(1)?),
                who: row.get(2)?,
                mine: row.get(3)?,
                what: row.get(4)?,
                due: day(row.get_ref(5)?.as_str()?)?,
            })
        })
    }

    fn planned(&self, today: NaiveDate) -> Result<Vec<Planned>> {
        rows(&self.db, PLANNED, [today.to_string()], |row| {
            let at: Option<String> = row.get(4)?;
            Ok(Planned {
                id: Id::from_raw(row.get(0)?),
                contact: Id::from_raw(row.get(1)?),
                who: row.get(2)?,
                on: day(row.get_ref(3)?.as_str()?)?,
                at: at.and_then(|at| NaiveTime::parse_from_str(&at, "%H:%M").ok()),
                why: row.get(5)?,
            })
        })
    }

    /// Chits I owe since before a day.
    fn chits_owed_since(&self, before: NaiveDate) -> Result<Vec<Owed>> {
        rows(&self.db, OWED, [before.to_string()], |row| {
            Ok(Owed {
                id: Id::from_raw(row.get(0)?),
                giver: Id::from_raw(row.get(1)?),
                who: row.get(2)?,
                what: row.get(3)?,
                on: day(row.get_ref(4)?.as_str()?)?,
                open: Halves(row.get(5)?),
            })
        })
    }

    /// Those a call would win most points back with and who have no plan, the most first.
    pub(super) fn cooling(&self, most: i64) -> Result<Vec<Cooling>> {
        let sql = format!("select {STANDING}, c.id, c.name, {CADENCE} {COOLING}");
        rows(&self.db, &sql, params![WORTH, most], |row| {
            Ok(Cooling {
                standing: standing_from(row, 0, &self.params)?,
                id: Id::from_raw(row.get(9)?),
                who: row.get(10)?,
                cadence: row.get(11)?,
            })
        })
    }

    /// Who goes cold on which day of the eight weeks after today.
    fn going_cold(&self, today: DayNumber) -> Result<Vec<(NaiveDate, Id, String)>> {
        let last = today.saturating_add(7 * WEEKS as DayNumber);
        rows(&self.db, COLD, params![today, last], |row| {
            Ok((date(row.get(0)?), Id::from_raw(row.get(1)?), row.get(2)?))
        })
    }

    /// Days to remember that may come within two weeks.
    pub(super) fn days_ahead(&self, today: NaiveDate) -> Result<Vec<Day>> {
        let days = (0..=AHEAD).map(|ahead| shift(today, ahead));
        let mut seasons: Vec<String> = days.map(|day| day.format("%m-%d").to_string()).collect();
        // In a common year what falls on 29 February is kept on the 28th.
        let common = NaiveDate::from_ymd_opt(today.year(), 2, 29).is_none();
        if common && seasons.iter().any(|season| season == "02-28") {
            seasons.push("02-29".to_owned());
        }
        let list = serde_json::to_string(&seasons).unwrap_or_default();
        let found = rows(&self.db, DATES, [list], |row| {
            let on = PartialDate::parse(row.get_ref(4)?.as_str()?);
            let (label, yearly) = (row.get(3)?, row.get(5)?);
            let (id, contact): (i64, i64) = (row.get(0)?, row.get(1)?);
            let who = row.get(2)?;
            Ok(on.map(|on| Day {
                id: Id::from_raw(id),
                contact: Id::from_raw(contact),
                who,
                date: KeyDate { label, on, yearly },
            }))
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// What is set aside until a later day.
    pub(super) fn aside(&self, today: NaiveDate) -> Result<Aside> {
        let found = rows(&self.db, ASIDE, [today.to_string()], |row| {
            Ok((row.get(0)?, Id::from_raw(row.get(1)?)))
        })?;
        Ok(found.into_iter().collect::<HashSet<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_question_of_today_reads_a_whole_table() {
        let folder = tempfile::tempdir().unwrap();
        let book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        let cooling = format!("select {STANDING}, c.id, c.name, {CADENCE} {COOLING}");
        for question in [
            OPEN,
            PLANNED,
            &cooling,
            COLD,
            OWED,
            DATES,
            super::super::asking::READY,
        ] {
            let explained = format!("explain query plan {question}");
            let mut statement = book.db.prepare(&explained).unwrap();
            let given = vec!["1"; statement.parameter_count()];
            let plan = statement.query_map(rusqlite::params_from_iter(given), |row| {
                row.get::<_, String>(3)
            });
            let plan: Vec<String> = plan.unwrap().map(rusqlite::Result::unwrap).collect();
            let whole = plan.iter().filter(|step| {
                step.starts_with("SCAN") && !step.contains("CONSTANT") && !step.contains("VIRTUAL")
            });
            assert_eq!(whole.count(), 0, "{question}\n{plan:#?}");
            assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER") && question.contains("rank")), "{plan:#?}");
        }
    }
}
