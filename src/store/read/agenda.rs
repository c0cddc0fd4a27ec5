//! What lies ahead over the whole book, and every touch, referral and promise one by one: for calendars and tables of other programs.

use super::super::{Result, Store};
use super::{day, maybe_day, rows};
use crate::domain::contact::PartialDate;
use crate::domain::id::Id;
use crate::domain::moment::{Moment, stored};
use crate::domain::promise::PromiseState;
use crate::domain::touch::{Direction, TouchKind};
use chrono::{NaiveDate, NaiveTime};

/// A promise, with whom it is between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    /// Its identity.
    pub id: Id,
    /// The other's name.
    pub who: String,
    /// Made by me.
    pub mine: bool,
    /// What was promised.
    pub what: String,
    /// When it was made, falls due, and was closed.
    pub made_on: NaiveDate,
    /// When it falls due.
    pub due: NaiveDate,
    /// When it was closed, if it was.
    pub closed_on: Option<NaiveDate>,
    /// Where it stands.
    pub state: PromiseState,
    /// When it was last changed, milliseconds UTC.
    pub changed: i64,
}

/// An open plan, with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its identity.
    pub id: Id,
    /// The other's name.
    pub who: String,
    /// On which day.
    pub on: NaiveDate,
    /// At what time.
    pub at: Option<NaiveTime>,
    /// Why.
    pub why: String,
    /// When it was last changed, milliseconds UTC.
    pub changed: i64,
}

/// A day to remember, with whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Its identity.
    pub id: Id,
    /// Whose.
    pub who: String,
    /// What it is called.
    pub label: String,
    /// The day.
    pub on: PartialDate,
    /// Whether it comes back every year.
    pub yearly: bool,
    /// When it was last changed, milliseconds UTC.
    pub changed: i64,
}

/// A touch with how its people are named elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its identity.
    pub id: Id,
    /// When.
    pub at: Moment,
    /// What.
    pub kind: TouchKind,
    /// Who started it.
    pub direction: Direction,
    /// How long it took.
    pub minutes: Option<u32>,
    /// The note.
    pub body: String,
    /// Everybody who took part: identity, name, and the way to find them again.
    pub people: Vec<(Id, String, String)>,
}

/// One stage of a referral, with names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// The referral's identity.
    pub id: Id,
    /// Who refers: a person or an account.
    pub referrer: String,
    /// To whom: a person or an account.
    pub prospect: String,
    /// What was said.
    pub what: String,
    /// Whether I introduced them to each other.
    pub given: bool,
    /// The stage.
    pub stage: String,
    /// When it came to it.
    pub on: Option<NaiveDate>,
    /// When the referrer was told.
    pub told_on: Option<NaiveDate>,
}

impl Store {
    /// Promises in the order they fall due: the open ones, or all.
    pub fn all_promises(&self, open: bool) -> Result<Vec<Promised>> {
        let sql = "select p.id, c.name, p.mine, p.what, p.made_on, p.due_on, p.closed_on, p.state, p.changed_at
                   from promise p join contact c on c.id = p.contact_id where p.state = 'open' or not ?1 order by p.due_on, p.id";
        rows(&self.db, sql, [open], |row| {
            Ok(Promised {
                id: Id::from_raw(row.get(0)?),
                who: row.get(1)?,
                mine: row.get(2)?,
                what: row.get(3)?,
                made_on: day(row.get_ref(4)?.as_str()?)?,
                due: day(row.get_ref(5)?.as_str()?)?,
                closed_on: maybe_day(row.get::<_, Option<String>>(6)?.as_deref())?,
                state: PromiseState::parse(row.get_ref(7)?.as_str()?).unwrap_or_default(),
                changed: row.get(8)?,
            })
        })
    }

    /// Open plans, in the order of their days.
    pub fn open_plans(&self) -> Result<Vec<Planned>> {
        let sql = "select p.id, c.name, p.on_day, p.at_time, p.why, p.changed_at from plan p join contact c on c.id = p.contact_id
                   where p.state = 'open' order by p.on_day, p.at_time, p.id";
        rows(&self.db, sql, [], |row| {
            let at: Option<String> = row.get(3)?;
            Ok(Planned {
                id: Id::from_raw(row.get(0)?),
                who: row.get(1)?,
                on: day(row.get_ref(2)?.as_str()?)?,
                at: at.and_then(|at| NaiveTime::parse_from_str(&at, "%H:%M").ok()),
                why: row.get(4)?,
                changed: row.get(5)?,
            })
        })
    }

    /// Days to remember of everybody who is not archived.
    pub fn key_dates(&self) -> Result<Vec<Remembered>> {
        let sql = "select k.id, c.name, k.label, k.on_day, k.yearly, k.changed_at from key_date k join contact c on c.id = k.contact_id
                   where c.archived_on is null and c.ghost = 0 order by k.id";
        let found = rows(&self.db, sql, [], |row| {
            let on = PartialDate::parse(row.get_ref(3)?.as_str()?);
            let remembered = |on| -> rusqlite::Result<Remembered> {
                Ok(Remembered {
                    id: Id::from_raw(row.get(0)?),
                    who: row.get(1)?,
                    label: row.get(2)?,
                    on,
                    yearly: row.get(4)?,
                    changed: row.get(5)?,
                })
            };
            on.map(remembered).transpose()
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Hands every touch to `each`, oldest first.
    pub fn each_touch<E: From<super::super::Error>>(
        &self,
        mut each: impl FnMut(Told) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let wrong = |error: rusqlite::Error| E::from(super::super::Error::from(error));
        let sql = "select id, at, offset_minutes, kind, direction, minutes, body from touch order by at, id";
        let mut statement = self.db.prepare(sql).map_err(wrong)?;
        let mut found = statement.query([]).map_err(wrong)?;
        while let Some(row) = found.next().map_err(wrong)? {
            let read = || -> rusqlite::Result<Told> {
                Ok(Told {
                    id: Id::from_raw(row.get(0)?),
                    at: stored(row.get(1)?, row.get(2)?),
                    kind: TouchKind::parse(row.get_ref(3)?.as_str()?).unwrap_or(TouchKind::Note),
                    direction: Direction::parse(row.get_ref(4)?.as_str()?).unwrap_or_default(),
                    minutes: row.get(5)?,
                    body: row.get(6)?,
                    people: Vec::new(),
                })
            };
            let mut told = read().map_err(wrong)?;
            told.people = self.named_again(told.id)?;
            each(told)?;
        }
        Ok(())
    }

    /// Who took part in a touch, and how each is found again: by an address that is theirs alone, the name if it is, else the identity.
    fn named_again(&self, touch: Id) -> Result<Vec<(Id, String, String)>> {
        let sql = "select c.id, c.name,
                   (select e.address from email e where e.contact_id = c.id
                    and not exists (select 1 from email o where o.key = e.key and o.contact_id <> c.id) order by e.position limit 1),
                   (select count(*) from contact o where o.name = c.name collate nocase) = 1
                   from party p join contact c on c.id = p.contact_id where p.touch_id = ?1 order by p.id";
        rows(&self.db, sql, [touch.raw()], |row| {
            let id = Id::from_raw(row.get(0)?);
            let name: String = row.get(1)?;
            let email: Option<String> = row.get(2)?;
            let alone: bool = row.get(3)?;
            let plain = !name.contains(';') && !name.contains('@');
            let again = match email {
                Some(email) if !email.contains(';') && email.contains('@') => email,
                _ if alone && plain => name.clone(),
                _ => format!("chitbook-{id}"),
            };
            Ok((id, name, again))
        })
    }

    /// Every stage of every referral, oldest first.
    pub fn referral_stages(&self) -> Result<Vec<Referral>> {
        let sql = "select r.id, coalesce(rc.name, ra.name, ''), coalesce(pc.name, pa.name, ''), r.what, r.given,
                   coalesce(e.stage, ''), e.on_day, e.told_on
                   from referral r left join referral_event e on e.referral_id = r.id
                   left join contact rc on rc.id = r.referrer_id left join account ra on ra.id = r.referrer_account_id
                   left join contact pc on pc.id = r.prospect_id left join account pa on pa.id = r.prospect_account_id
                   order by r.id, e.on_day, e.id";
        rows(&self.db, sql, [], |row| {
            Ok(Referral {
                id: Id::from_raw(row.get(0)?),
                referrer: row.get(1)?,
                prospect: row.get(2)?,
                what: row.get(3)?,
                given: row.get(4)?,
                stage: row.get(5)?,
                on: maybe_day(row.get::<_, Option<String>>(6)?.as_deref())?,
                told_on: maybe_day(row.get::<_, Option<String>>(7)?.as_deref())?,
            })
        })
    }
}
