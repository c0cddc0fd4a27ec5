//! What the strength model needs of each contact, kept beside the touches, and today's order of the people list.
//!
//! A standing is a pure function of the touches, chits, referrals, promises and corrections up to today. After each step the
//! people it touched are settled: where only something new was added at the end, the old standing is carried on; otherwise that
//! one person is replayed. Both give the same bits, so `check` can prove the table equal to a rebuild.

use super::journal::Touched;
use super::read::people::{CADENCE, STANDING, standing_from};
use super::read::person::trail_of;
use super::{Error, Result, news, survey};
use crate::domain::id::Id;
use crate::domain::moment::DayNumber;
use crate::domain::people::Trace;
use crate::domain::strength::{Params, Reading, Standing};
use crate::domain::text::fold;
use rusqlite::{Connection, OptionalExtension, params};

/// The version of the model; a book derived with another one is derived anew.
pub(super) const MODEL: &str = "3";
/// What the `setting` row says of the model the standings were made with: its version, and its numbers where they are not the
/// usual ones, so that other settings derive the book anew. The calibration is only ever read with, never derived with.
fn model(params: &Params) -> String {
    let usual = Params::default();
    let own = Params {
        calibration: usual.calibration,
        ..params.clone()
    };
    if own == usual {
        return MODEL.to_owned();
    }
    format!(
        "{MODEL} {}",
        serde_json::to_string(&own).unwrap_or_default()
    )
}

/// Whether the list shows somebody unasked.
const LISTED: &str = "c.ghost = 0 and c.archived_on is null and c.id <> 1";
/// Rank of somebody never touched: after everybody else.
const NEVER: f64 = -1.0;
/// People ranked in one transaction, so that nobody who wants to save waits for long.
const BATCH: usize = 4_000;

/// All that a step did to the trails of these people: this was logged with them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Added<'a> {
    pub trace: Trace,
    pub people: &'a [Id],
}

/// Brings standing and rank of the touched people up to date. Whoever was not only `added` to is replayed.
pub(super) fn settle(
    db: &Connection,
    params: &Params,
    today: DayNumber,
    touched: &Touched,
    added: Option<&Added<'_>>,
) -> Result<()> {
    let added = added.filter(|added| added.trace.day <= today);
    let ranked = ranked_on(db)?;
    // What was dated ahead may count by now, in a book that was not turned to today yet.
    let added = added.filter(|_| ranked == Some(today));
    // Where a clock is behind, whoever is settled still stands as everybody else does in the stored order.
    let today = ranked.map_or(today, |ranked| ranked.max(today));
    // The rep has no standing, but a hand in half of all chits.
    for id in touched.people.iter().filter(|id| **id != Id::ME.raw()) {
        let here = added.filter(|added| added.people.contains(&Id::from_raw(*id)));
        let why = here.map_or(Settled::Changed, |added| Settled::Added(added.trace));
        settle_one(db, params, today, *id, why)?;
    }
    Ok(())
}

/// Why somebody is settled.
#[derive(Clone, Copy)]
enum Settled {
    /// All that happened is that this was logged.
    Added(Trace),
    /// Something was changed.
    Changed,
    /// The book turns to another day.
    Turned,
}

fn settle_one(
    db: &Connection,
    params: &Params,
    today: DayNumber,
    id: i64,
    why: Settled,
) -> Result<()> {
    let sql = format!("select {LISTED}, {CADENCE}, c.name from contact c where c.id = ?1");
    let row: Option<(bool, Option<u16>, String)> = db
        .prepare_cached(&sql)?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((listed, cadence, name)) = row else {
        return Ok(());
    };
    let replay = |until| {
        Ok::<_, Error>(Standing::replay(
            params,
            &trail_of(db, Id::from_raw(id))?,
            until,
        ))
    };
    let standing = match (why, kept(db, params, id)?) {
        (Settled::Turned, _) => replay(today)?,
        (Settled::Added(trace), mut kept) if kept.takes(trace.day) => {
            kept.touch(params, trace.day, trace.kind, trace.direction);
            kept
        }
        // Where a clock went back, what counted already goes on counting until the book is turned.
        (_, kept) => replay(today.max(kept.mass_day))?,
    };
    write(db, params, id, &standing)?;
    let listed = listed.then(|| standing.read(params, cadence, today));
    rank(db, id, listed, &name)
}

/// The standing as it is kept.
fn kept(db: &Connection, params: &Params, id: i64) -> Result<Standing> {
    let sql = format!("select {STANDING} from standing s where s.contact_id = ?1");
    let found = db
        .prepare_cached(&sql)?
        .query_row([id], |row| standing_from(row, 0, params))
        .optional()?;
    Ok(found.unwrap_or(Standing::new(params)))
}

fn write(db: &Connection, params: &Params, id: i64, standing: &Standing) -> Result<()> {
    if *standing == Standing::new(params) {
        db.prepare_cached("delete from standing where contact_id = ?1")?
            .execute([id])?;
        return Ok(());
    }
    let sql = "insert into standing (contact_id, mass, mass_day, last_day, answered, knocked, knocks, gap_sum, gap_count, days)
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
               on conflict (contact_id) do update set mass = excluded.mass, mass_day = excluded.mass_day, last_day = excluded.last_day,
               answered = excluded.answered, knocked = excluded.knocked, knocks = excluded.knocks, gap_sum = excluded.gap_sum,
               gap_count = excluded.gap_count, days = excluded.days";
    let s = standing;
    db.prepare_cached(sql)?.execute(params![
        id,
        s.mass,
        s.mass_day,
        s.last,
        s.answered,
        s.knocked,
        s.knocks,
        s.gap_sum,
        s.gap_count,
        s.days
    ])?;
    Ok(())
}

/// Puts somebody in today's order, or (no reading: not listed) takes them out of it.
fn rank(db: &Connection, id: i64, listed: Option<Reading>, name: &str) -> Result<()> {
    let Some(reading) = listed else {
        db.prepare_cached("delete from rank where contact_id = ?1")?
            .execute([id])?;
        return Ok(());
    };
    let sql = "insert into rank (contact_id, lost, name, cold) values (?1, ?2, ?3, ?4) on conflict (contact_id) do update
               set lost = excluded.lost, name = excluded.name, cold = excluded.cold
               where lost <> excluded.lost or name <> excluded.name or cold is not excluded.cold";
    let lost = reading.lost.unwrap_or(NEVER);
    db.prepare_cached(sql)?
        .execute(params![id, lost, fold(name), reading.cold])?;
    Ok(())
}

/// The day the standings and ranks are of.
pub(super) fn ranked_on(db: &Connection) -> Result<Option<DayNumber>> {
    let day: Option<String> = setting(db, "ranked_on")?;
    Ok(day.and_then(|day| day.parse().ok()))
}

pub(super) fn setting(db: &Connection, name: &str) -> Result<Option<String>> {
    Ok(db
        .prepare_cached("select value from setting where name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

pub(super) fn set(db: &Connection, name: &str, value: &str) -> Result<()> {
    let sql = "insert into setting (name, value) values (?1, ?2) on conflict (name) do update set value = excluded.value";
    db.prepare_cached(sql)?.execute([name, value])?;
    Ok(())
}

impl super::Store {
    /// Whether the stored order is not today's, or was made by another version of the model.
    pub fn needs_turning(&self, today: DayNumber) -> Result<bool> {
        Ok(ranked_on(&self.db)? != Some(today) || self.model_differs()?)
    }

    fn model_differs(&self) -> Result<bool> {
        Ok(setting(&self.db, "model")?.as_deref() != Some(model(&self.params).as_str()))
    }

    /// Whether the derived values were never made, or were made by another version of the model or with other numbers.
    pub fn derived_otherwise(&self) -> Result<bool> {
        Ok(ranked_on(&self.db)?.is_none() || self.model_differs()?)
    }

    /// Everybody but me as of `today`, without turning the book: where the stored standings are not of today, they are made
    /// anew for the answer only.
    pub fn roster_as_of(&self, today: DayNumber) -> Result<Vec<crate::domain::people::Summary>> {
        let mut people = self.roster()?;
        let due: Option<std::collections::HashSet<i64>> = if self.model_differs()? {
            None
        } else {
            Some(
                newly_counting(&self.db, ranked_on(&self.db)?, today)?
                    .into_iter()
                    .collect(),
            )
        };
        for person in &mut people {
            if due
                .as_ref()
                .is_none_or(|due| due.contains(&person.id.raw()))
            {
                let trail = trail_of(&self.db, person.id)?;
                person.standing = Standing::replay(&self.params, &trail, today);
            }
        }
        Ok(people)
    }

    /// Turns the book to a new day: touches dated up to today begin to count, and everybody is ranked as of today. Others who want
    /// to write meanwhile wait for a few milliseconds at most.
    pub fn turn_to(&mut self, today: DayNumber) -> Result<()> {
        if !self.writable || !self.needs_turning(today)? {
            return Ok(());
        }
        let rebuild = self.model_differs()?;
        let due = if rebuild {
            everybody(&self.db)?
        } else {
            newly_counting(&self.db, ranked_on(&self.db)?, today)?
        };
        for batch in due.chunks(BATCH) {
            let transaction = self
                .db
                .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            for id in batch {
                settle_one(&transaction, &self.params, today, *id, Settled::Turned)?;
            }
            // Nobody's own rows changed: for others with the book open this is no news.
            news::tell(&transaction, &Touched::default())?;
            transaction.commit()?;
        }
        let mut after = 0;
        loop {
            let transaction = self
                .db
                .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let batch = standings_after(&transaction, &self.params, after)?;
            let Some(last) = batch.last() else { break };
            after = last.id;
            for row in &batch {
                let listed = row
                    .listed
                    .then(|| row.standing.read(&self.params, row.cadence, today));
                rank(&transaction, row.id, listed, &row.name)?;
            }
            news::tell(&transaction, &Touched::default())?;
            transaction.commit()?;
        }
        let transaction = self
            .db
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        if rebuild {
            survey::forget_calibration(&transaction)?;
        }
        set(&transaction, "model", &model(&self.params))?;
        set(&transaction, "ranked_on", &today.to_string())?;
        news::tell(&transaction, &Touched::default())?;
        transaction.commit()?;
        Ok(())
    }

    /// Makes every standing and the stored order anew, whatever is kept of them.
    pub fn derive_anew(&mut self, today: DayNumber) -> Result<()> {
        self.db
            .execute("delete from setting where name = 'ranked_on'", [])?;
        self.turn_to(today)
    }

    /// Compares every standing with a replay; gives back the people whose standing differs. Standings that another version of the
    /// model left, or other numbers, are made anew before anything is made of them, so they are nobody's fault.
    pub fn standings_that_differ(&self, today: DayNumber) -> Result<Vec<Id>> {
        if setting(&self.db, "model")?.is_some() && self.model_differs()? {
            return Ok(Vec::new());
        }
        let as_of = ranked_on(&self.db)?.unwrap_or(today);
        let mut differ = Vec::new();
        for id in everybody(&self.db)? {
            let kept = kept(&self.db, &self.params, id)?;
            let id = Id::from_raw(id);
            let trail = trail_of(&self.db, id)?;
            // A step made later than the stored order has counted what was there up to its own day.
            let until = as_of.max(kept.mass_day);
            if kept != Standing::replay(&self.params, &trail, until)
                && kept != Standing::replay(&self.params, &trail, today)
            {
                differ.push(id);
            }
        }
        Ok(differ)
    }
}

fn everybody(db: &Connection) -> Result<Vec<i64>> {
    let mut statement = db.prepare_cached("select id from contact where id <> 1")?;
    let ids = statement.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// People with something dated after the day the book was last turned to and not after today; and, where a clock went back, whoever
/// stands as of a day that is still to come.
fn newly_counting(db: &Connection, since: Option<DayNumber>, today: DayNumber) -> Result<Vec<i64>> {
    let Some(since) = since else {
        return everybody(db);
    };
    let sql = "select distinct p.contact_id from touch t join party p on p.touch_id = t.id where t.at >= ?1 and t.at < ?2
               union select giver_id from chit where given_on > ?3 and given_on <= ?4 union select receiver_id from chit where given_on > ?3 and given_on <= ?4
               union select contact_id from promise where closed_on > ?3 and closed_on <= ?4
               union select r.referrer_id from referral_event e join referral r on r.id = e.referral_id where e.on_day > ?3 and e.on_day <= ?4 and r.referrer_id is not null
               union select contact_id from correction where on_day > ?3 and on_day <= ?4
               union select contact_id from standing where mass_day > ?5";
    let day = |day: DayNumber| crate::domain::moment::date(day).to_string();
    let millis = |day: DayNumber| i64::from(day) * 86_400_000;
    let mut statement = db.prepare(sql)?;
    let range = params![
        millis(since) - 86_400_000,
        millis(today) + 2 * 86_400_000,
        day(since),
        day(today),
        today
    ];
    let ids = statement.query_map(range, |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// What the order of the list needs of somebody.
struct Ranked {
    id: i64,
    standing: Standing,
    cadence: Option<u16>,
    listed: bool,
    name: String,
}

fn standings_after(db: &Connection, given: &Params, after: i64) -> Result<Vec<Ranked>> {
    let sql = format!(
        "select {STANDING}, c.id, {CADENCE}, {LISTED}, c.name from contact c
         left join standing s on s.contact_id = c.id where c.id > ?1 order by c.id limit ?2"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![after, BATCH as i64], |row| {
        Ok(Ranked {
            id: row.get(9)?,
            standing: standing_from(row, 0, given)?,
            cadence: row.get(10)?,
            listed: row.get(11)?,
            name: row.get(12)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
