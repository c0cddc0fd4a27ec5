//! Accounts: the list with strength, coverage and alarms, and one account's page.
//!
//! Both are made of the same facts, read for all accounts at once or for one: a fixed number of statements either way.

use super::super::{Result, Store};
use super::people::{CADENCE, STANDING, standing_from};
use super::record::records;
use super::register::{PROMISE, promise_from};
use super::{day, maybe_day, rows};
use crate::domain::account::view::{Sighting, grid, others, row, sort};
use crate::domain::account::{
    Account, AccountRow, Coaching, CoachingRow, Facts, Insider, Profile, RECENT, Regard, SeatFact,
    Story, StoryAsk, StoryRow,
};
use crate::domain::id::Id;
use crate::domain::link::LinkKind;
use crate::domain::moment::{day_number, shift};
use crate::domain::money::Money;
use crate::domain::paths::{How, Tie};
use crate::domain::record::{RecordKind, RecordRow, Role, Stance};
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use std::collections::HashMap;

/// What of an account's own row is read.
const PROFILE: &str =
    "select a.id, a.name, a.kind = 'household', a.standing, a.wanted, a.note from account a";
/// The needs and sales of an account: its own, and those of its people that name none.
const NEEDS: &str = "where r.id in (select id from need where account_id = ?1
    union select n.id from contact c join need n on n.contact_id = c.id where c.account_id = ?1 and n.account_id is null) order by r.heard_on desc, r.id desc";
const SALES: &str = "where r.account_id = ?1 order by r.on_day desc, r.id desc";
const COACHING: &str =
    "select k.id, k.contact_id, k.said, k.said_on, k.did, k.did_on, k.told_on, k.touch_id, c.name
    from coaching k join contact c on c.id = k.contact_id";
const STORY: &str = "select s.id, s.contact_id, s.need_id, s.about, s.rest_until, c.name from story s join contact c on c.id = s.contact_id";

fn id_of(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Id>> {
    Ok(row.get::<_, Option<i64>>(at)?.map(Id::from_raw))
}

fn profile_from(row: &Row<'_>) -> rusqlite::Result<(Id, Profile)> {
    let profile = Profile {
        name: row.get(1)?,
        household: row.get(2)?,
        regard: Regard::parse(row.get_ref(3)?.as_str()?),
        wanted: Regard::parse(row.get_ref(4)?.as_str()?),
        note: row.get(5)?,
    };
    Ok((Id::from_raw(row.get(0)?), profile))
}

/// An account's own page; none when it is not in the book.
pub(in crate::store) fn profile_of(db: &Connection, id: Id) -> Result<Option<Profile>> {
    let sql = format!("{PROFILE} where a.id = ?1");
    let found = rows(db, &sql, [id.raw()], profile_from)?.pop();
    Ok(found.map(|(_, profile)| profile))
}

fn coaching_from(row: &Row<'_>) -> rusqlite::Result<CoachingRow> {
    Ok(CoachingRow {
        id: Id::from_raw(row.get(0)?),
        coaching: Coaching {
            contact: Id::from_raw(row.get(1)?),
            said: row.get(2)?,
            said_on: day(row.get_ref(3)?.as_str()?)?,
            did: row.get(4)?,
            did_on: maybe_day(row.get_ref(5)?.as_str_or_null()?)?,
            told_on: maybe_day(row.get_ref(6)?.as_str_or_null()?)?,
            evidence: id_of(row, 7)?,
        },
        who: row.get(8)?,
    })
}

/// One coaching; none when it is not in the book.
pub(in crate::store) fn coaching_of(db: &Connection, id: Id) -> Result<Option<CoachingRow>> {
    let sql = format!("{COACHING} where k.id = ?1");
    Ok(rows(db, &sql, [id.raw()], coaching_from)?.pop())
}

fn story_from(row: &Row<'_>) -> rusqlite::Result<StoryRow> {
    Ok(StoryRow {
        id: Id::from_raw(row.get(0)?),
        story: Story {
            contact: Id::from_raw(row.get(1)?),
            need: id_of(row, 2)?,
            about: row.get(3)?,
            rest_until: maybe_day(row.get_ref(4)?.as_str_or_null()?)?,
        },
        who: row.get(5)?,
        asks: Vec::new(),
    })
}

/// The stories of a condition, with when they were asked for.
fn stories(db: &Connection, condition: &str, given: &[i64]) -> Result<Vec<StoryRow>> {
    let sql = format!("{STORY} {condition} order by s.id");
    let mut found = rows(db, &sql, params_from_iter(given), story_from)?;
    for story in &mut found {
        let sql = "select on_day, for_whom from story_ask where story_id = ?1 order by on_day desc, id desc";
        story.asks = rows(db, sql, [story.id.raw()], |row| {
            Ok(StoryAsk {
                on: day(row.get_ref(0)?.as_str()?)?,
                for_whom: row.get(1)?,
            })
        })?;
    }
    Ok(found)
}

/// One story; none when it is not in the book.
pub(in crate::store) fn story_of(db: &Connection, id: Id) -> Result<Option<StoryRow>> {
    Ok(stories(db, "where s.id = ?1", &[id.raw()])?.pop())
}

/// The facts of all accounts, or of one, as they are read.
struct Reader<'a> {
    db: &'a Connection,
    only: Option<Id>,
    today: NaiveDate,
    facts: Vec<Facts>,
    places: HashMap<i64, usize>,
}

impl Reader<'_> {
    /// The condition that a column is the one account, where one is wanted; its number follows `params`.
    fn at(&self, column: &str, params: usize) -> String {
        match self.only {
            Some(_) => format!("and {column} = ?{}", params + 1),
            None => String::new(),
        }
    }

    /// These parameters, and the one account's after them.
    fn given(&self, params: impl IntoIterator<Item = Value>) -> Vec<Value> {
        let only = self.only.map(|id| Value::from(id.raw()));
        params.into_iter().chain(only).collect()
    }

    fn of(&mut self, account: i64) -> Option<&mut Facts> {
        self.places
            .get(&account)
            .and_then(|at| self.facts.get_mut(*at))
    }

    fn profiles(&mut self) -> Result<()> {
        let sql = format!("{PROFILE} where true {} order by a.id", self.at("a.id", 0));
        let given = params_from_iter(self.given([]));
        for (id, profile) in rows(self.db, &sql, given, profile_from)? {
            self.places.insert(id.raw(), self.facts.len());
            let mut facts = Facts::named(id, "");
            facts.profile = profile;
            self.facts.push(facts);
        }
        Ok(())
    }

    fn people(&mut self, params: &crate::domain::strength::Params) -> Result<()> {
        let belong = self.at("account_id", 2);
        let sql = format!(
            "select {STANDING}, c.id, c.name, c.title, {CADENCE}, k.account_id,
             (select count(*) from party p where p.contact_id = c.id and p.wall >= ?1 and p.wall < ?2 and p.kind not in ('note', 'attempt'))
             from (select account_id, id as contact_id from contact where account_id is not null {belong}
                   union select account_id, contact_id from seat where contact_id is not null {belong}) k
             cross join contact c on c.id = k.contact_id left join standing s on s.contact_id = c.id
             where c.archived_on is null and c.id <> 1 order by k.account_id, c.id"
        );
        let wall = |day: NaiveDate| i64::from(day_number(day)) * 86_400_000;
        let bounds = [wall(shift(self.today, -RECENT)), wall(shift(self.today, 1))];
        let given = params_from_iter(self.given(bounds.map(Value::from)));
        let found = rows(self.db, &sql, given, |row| {
            let who = Insider {
                standing: standing_from(row, 0, params)?,
                id: Id::from_raw(row.get(9)?),
                name: row.get(10)?,
                title: row.get(11)?,
                cadence: row.get(12)?,
                recent: row.get(14)?,
            };
            Ok((row.get(13)?, who))
        })?;
        for (account, who) in found {
            if let Some(facts) = self.of(account) {
                facts.people.push(who);
            }
        }
        Ok(())
    }

    fn seats(&mut self) -> Result<()> {
        let sql = format!(
            "select account_id, id, role, contact_id, stance, listens_to from seat where true {} order by id",
            self.at("account_id", 0)
        );
        let given = params_from_iter(self.given([]));
        let found = rows(self.db, &sql, given, |row| {
            let seat = SeatFact {
                id: Id::from_raw(row.get(1)?),
                role: Role::parse(row.get_ref(2)?.as_str()?).unwrap_or_default(),
                holder: id_of(row, 3)?,
                stance: Stance::parse(row.get_ref(4)?.as_str()?).unwrap_or_default(),
                listens_to: id_of(row, 5)?,
            };
            Ok((row.get(0)?, seat))
        })?;
        for (account, seat) in found {
            if let Some(facts) = self.of(account) {
                facts.seats.push(seat);
            }
        }
        Ok(())
    }

    fn rivals(&mut self) -> Result<()> {
        let own = self.at("r.account_id", 0);
        let theirs = self.at("c.account_id", 0);
        let columns = "r.id, r.name, r.what, r.seen_on, coalesce(c.name, ''), r.contact_id";
        let sql = format!(
            "select r.account_id, {columns} from rival r left join contact c on c.id = r.contact_id where r.account_id is not null {own}
             union all select c.account_id, {columns} from contact c join rival r on r.contact_id = c.id
             where r.account_id is null and c.account_id is not null {theirs} order by 5 desc, 2 desc"
        );
        let given = params_from_iter(self.given([]));
        let found = rows(self.db, &sql, given, |row| {
            let seen = Sighting {
                id: Id::from_raw(row.get(1)?),
                name: row.get(2)?,
                what: row.get(3)?,
                on: day(row.get_ref(4)?.as_str()?)?,
                by: row.get(5)?,
                contact: id_of(row, 6)?,
            };
            Ok((row.get(0)?, seen))
        })?;
        for (account, seen) in found {
            if let Some(facts) = self.of(account) {
                facts.rivals.push(seen);
            }
        }
        Ok(())
    }

    /// Open promises, given to every account their person belongs to.
    fn promises(&mut self) -> Result<()> {
        let mut accounts: HashMap<Id, Vec<usize>> = HashMap::new();
        for (at, facts) in self.facts.iter().enumerate() {
            for who in &facts.people {
                accounts.entry(who.id).or_default().push(at);
            }
        }
        let mut found = Vec::new();
        if self.only.is_some() {
            for who in accounts.keys() {
                let sql = format!("{PROMISE} where contact_id = ?1 and state = 'open'");
                found.extend(rows(self.db, &sql, [who.raw()], promise_from)?);
            }
        } else {
            let sql = format!("{PROMISE} where state = 'open'");
            found = rows(self.db, &sql, [], promise_from)?;
        }
        found.sort_by_key(|row| (row.promise.due, row.id));
        for promise in found {
            for at in accounts.get(&promise.promise.contact).into_iter().flatten() {
                if let Some(facts) = self.facts.get_mut(*at) {
                    facts.promises.push(promise.clone());
                }
            }
        }
        Ok(())
    }

    fn ties(&mut self) -> Result<()> {
        let sql = format!(
            "select a.account_id, k.from_id, k.to_id, k.kind, k.state = 'suggested' from contact a cross join link k on k.from_id = a.id
             cross join contact b on b.id = k.to_id where k.state <> 'refused' and a.account_id is not null and b.account_id = a.account_id {}",
            self.at("a.account_id", 0)
        );
        let given = params_from_iter(self.given([]));
        let found = rows(self.db, &sql, given, |row| {
            let (from, to): (i64, i64) = (row.get(1)?, row.get(2)?);
            let kind = LinkKind::parse(row.get_ref(3)?.as_str()?);
            let suggested = row.get(4)?;
            let tie = kind.map(|kind| Tie {
                from: Id::from_raw(from),
                to: Id::from_raw(to),
                how: How::Link(kind),
                suggested,
            });
            Ok((row.get(0)?, tie))
        })?;
        for (account, tie) in found {
            if let (Some(facts), Some(tie)) = (self.of(account), tie) {
                facts.ties.push(tie);
            }
        }
        Ok(())
    }

    fn trade(&mut self) -> Result<()> {
        let at = self.at("account_id", 0);
        let sql = format!(
            "select distinct account_id from sale where account_id is not null {at}
             union select distinct account_id from need where account_id is not null {at}"
        );
        let given = params_from_iter(self.given([]));
        for account in rows(self.db, &sql, given, |row| row.get(0))? {
            if let Some(facts) = self.of(account) {
                facts.traded = true;
            }
        }
        let sql = format!(
            "select account_id, amount, currency from sale where on_day > ?1 and on_day <= ?2 and account_id is not null {}",
            self.at("+account_id", 2)
        );
        let days = [shift(self.today, -365), self.today];
        let days = days.map(|day| Value::from(day.to_string()));
        let given = params_from_iter(self.given(days));
        let found = rows(self.db, &sql, given, |row| {
            let money = Money {
                minor: row.get(1)?,
                currency: row.get(2)?,
            };
            Ok((row.get(0)?, money))
        })?;
        for (account, money) in found {
            if let Some(facts) = self.of(account) {
                facts.sold.add(&money);
            }
        }
        Ok(())
    }
}

impl Store {
    /// What the book holds of every account, or of one.
    fn account_facts(&self, only: Option<Id>, today: NaiveDate) -> Result<Vec<Facts>> {
        let mut reader = Reader {
            db: &self.db,
            only,
            today,
            facts: Vec::new(),
            places: HashMap::new(),
        };
        reader.profiles()?;
        reader.people(&self.params)?;
        reader.seats()?;
        reader.rivals()?;
        reader.promises()?;
        reader.ties()?;
        reader.trade()?;
        Ok(reader.facts)
    }

    /// Every account with its strength, coverage and alarms, in the order of [`sort`].
    pub fn accounts(&self, today: NaiveDate) -> Result<Vec<AccountRow>> {
        let _moment = self.moment()?;
        let facts = self.account_facts(None, today)?;
        let mut list: Vec<AccountRow> = facts
            .iter()
            .map(|facts| row(facts, &self.params, today))
            .collect();
        sort(&mut list);
        Ok(list)
    }

    /// One account's page; none when it is not in the book.
    pub fn account(&self, id: Id, today: NaiveDate) -> Result<Option<Account>> {
        let _moment = self.moment()?;
        let Some(facts) = self.account_facts(Some(id), today)?.pop() else {
            return Ok(None);
        };
        let whole = |kind, condition| -> Result<Vec<RecordRow>> {
            records(&self.db, kind, condition, [id.raw()], Id::ME)
        };
        let sql = format!(
            "{COACHING} where k.id in (select id from coaching where account_id = ?1
             union select n.id from contact c join coaching n on n.contact_id = c.id where c.account_id = ?1) order by k.said_on desc, k.id desc"
        );
        let coaching = rows(&self.db, &sql, [id.raw()], coaching_from)?;
        let of_account = "where s.id in (select id from story where account_id = ?1
             union select n.id from contact c join story n on n.contact_id = c.id where c.account_id = ?1)";
        Ok(Some(Account {
            row: row(&facts, &self.params, today),
            grid: grid(&facts, &self.params, today),
            others: others(&facts, &self.params, today),
            needs: whole(RecordKind::Need, NEEDS)?,
            sales: whole(RecordKind::Sale, SALES)?,
            coaching,
            stories: stories(&self.db, of_account, &[id.raw()])?,
            promises: facts.promises,
            rivals: facts.rivals,
        }))
    }

    /// An account's own page, as its form shows it; none when it is not in the book.
    pub fn account_profile(&self, id: Id) -> Result<Option<Profile>> {
        profile_of(&self.db, id)
    }

    /// One coaching; none when it is not in the book.
    pub fn coaching(&self, id: Id) -> Result<Option<CoachingRow>> {
        coaching_of(&self.db, id)
    }

    /// Everybody who will speak for us.
    pub fn stories(&self) -> Result<Vec<StoryRow>> {
        stories(&self.db, "", &[])
    }

    /// One story; none when it is not in the book.
    pub fn story(&self, id: Id) -> Result<Option<StoryRow>> {
        story_of(&self.db, id)
    }

    /// Whether an account is in the book.
    pub fn has_account(&self, id: Id) -> Result<bool> {
        let sql = "select 1 from account where id = ?1";
        let found: Option<i64> = self
            .db
            .prepare_cached(sql)?
            .query_row([id.raw()], |row| row.get(0))
            .optional()?;
        Ok(found.is_some())
    }
}
