//! One person in full: the card, the trail for the strength model, the history and everything owed.

use super::super::write::name_of;
use super::super::{Result, Store};
use super::card::{card_of, kind_of};
use super::tag::start_of;
use super::{day, maybe_day, rows};
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::moment::{day_number, day_of_wall, stored};
use crate::domain::people::{Correction, Entry, LinkRow, Person, Trace, Trail, Verdict};
use crate::domain::promise::{Plan, PlanRow};
use crate::domain::touch::{Direction, Touch, TouchKind};
use rusqlite::{Connection, OptionalExtension, params};

/// Touches read with a person, about as many as a tall window shows; more on demand. Each lies in another place of the file.
const HISTORY: usize = 30;

/// Everything the strength model counts for one person, in the order of the days.
pub(in crate::store) fn trail_of(db: &Connection, id: Id) -> Result<Trail> {
    let sql = "select wall, kind, direction from party where contact_id = ?1 order by wall";
    let mut traces = rows(db, sql, [id.raw()], |row| {
        let kind = TouchKind::parse(row.get_ref(1)?.as_str()?).unwrap_or(TouchKind::Note);
        let direction = Direction::parse(row.get_ref(2)?.as_str()?).unwrap_or_default();
        Ok(Trace {
            day: day_of_wall(row.get(0)?),
            kind,
            direction,
        })
    })?;
    // The plus keeps SQLite from walking all my chits instead of this person's.
    let sql = "select given_on from chit where giver_id = ?1 and +receiver_id = 1 union all select given_on from chit where receiver_id = ?1 and +giver_id = 1";
    let favours = rows(db, sql, [id.raw()], |row| day(row.get_ref(0)?.as_str()?))?;
    let sql = "select min(e.on_day) from referral r join referral_event e on e.referral_id = r.id
               where r.referrer_id = ?1 and r.given = 0 and e.stage in ('promised', 'introduced') group by r.id";
    let referrals = rows(db, sql, [id.raw()], |row| day(row.get_ref(0)?.as_str()?))?;
    let extra = favours
        .into_iter()
        .map(|d| (d, TouchKind::Favour))
        .chain(referrals.into_iter().map(|d| (d, TouchKind::Referral)));
    let before = traces.len();
    traces.extend(extra.map(|(on, kind)| Trace {
        day: day_number(on),
        kind,
        direction: Direction::Mutual,
    }));
    if traces.len() > before {
        traces.sort_by_key(|t| t.day);
    }
    let sql = "select closed_on, state = 'kept' from promise where contact_id = ?1 and mine = 1 and state in ('kept', 'broken') and closed_on is not null order by closed_on, id";
    let verdicts = rows(db, sql, [id.raw()], |row| {
        Ok(Verdict {
            day: day_number(day(row.get_ref(0)?.as_str()?)?),
            kept: row.get(1)?,
        })
    })?;
    let sql = "select on_day, mass, why from correction where contact_id = ?1 order by on_day, id";
    let corrections = rows(db, sql, [id.raw()], |row| {
        Ok(Correction {
            day: day_number(day(row.get_ref(0)?.as_str()?)?),
            mass: row.get(1)?,
            reason: row.get(2)?,
        })
    })?;
    Ok(Trail {
        traces,
        verdicts,
        corrections,
        start: start_of(db, id)?,
    })
}

/// A touch as its form shows it; none when it is not in the book.
pub(in crate::store) fn touch_of(db: &Connection, id: Id) -> Result<Option<Touch>> {
    let sql = "select at, offset_minutes, kind, direction, minutes, body from touch where id = ?1";
    let found = db.prepare_cached(sql)?.query_row([id.raw()], |row| {
        Ok(Touch {
            at: stored(row.get(0)?, row.get(1)?),
            kind: TouchKind::parse(&row.get::<_, String>(2)?).unwrap_or(TouchKind::Note),
            direction: Direction::parse(&row.get::<_, String>(3)?).unwrap_or_default(),
            minutes: row.get(4)?,
            body: row.get(5)?,
            people: Vec::new(),
        })
    });
    let Some(mut touch) = found.optional()? else {
        return Ok(None);
    };
    touch.people = rows(
        db,
        "select contact_id from party where touch_id = ?1 order by id",
        [id.raw()],
        |r| r.get(0).map(Id::from_raw),
    )?;
    Ok(Some(touch))
}

impl Store {
    /// A person's card; none when they are not in the book.
    pub fn card(&self, id: Id) -> Result<Option<Card>> {
        card_of(&self.db, id)
    }

    /// A touch as it was logged; none when it is not in the book.
    pub fn touch(&self, id: Id) -> Result<Option<Touch>> {
        touch_of(&self.db, id)
    }

    /// A person's name.
    pub fn name(&self, id: Id) -> Result<String> {
        name_of(&self.db, id)
    }

    /// One person in full; none when they are not in the book.
    pub fn person(&self, id: Id) -> Result<Option<Person>> {
        // Two dozen questions about one moment: and the file is locked once, not two dozen times.
        let _moment = self.moment()?;
        let Some(mut summary) = self.summary(id)? else {
            return Ok(None);
        };
        let Some(card) = card_of(&self.db, id)? else {
            return Ok(None);
        };
        summary.tags.clone_from(&card.tags);
        let archived_on: Option<String> = self
            .db
            .prepare_cached("select archived_on from contact where id = ?1")?
            .query_row([id.raw()], |r| r.get(0))?;
        let sql = "select count(*) from party where contact_id = ?1";
        let touches = self
            .db
            .prepare_cached(sql)?
            .query_row([id.raw()], |row| row.get::<_, i64>(0))? as usize;
        let me = [id.raw()];
        let sql = "select a.name, s.role from seat s join account a on a.id = s.account_id where s.contact_id = ?1 order by s.id";
        Ok(Some(Person {
            dates: card.dates.clone(),
            card,
            archived_on: maybe_day(archived_on.as_deref())?,
            trail: trail_of(&self.db, id)?,
            corrections: self.corrections_of(id)?,
            history: self.history(id, HISTORY)?,
            touches,
            chits: self.chits_with(id)?,
            promises: self.open_promises_with(id)?,
            closed: self.closed_promises_with(id)?,
            kept: self.kept_with(id)?,
            plan: self.open_plan_with(id)?,
            facts: rows(
                &self.db,
                "select what from fact where contact_id = ?1 order by learned_on desc, id desc",
                me,
                |r| r.get(0),
            )?,
            needs: rows(
                &self.db,
                "select what from need where contact_id = ?1 and state in ('heard', 'proposed') order by heard_on desc",
                me,
                |r| r.get(0),
            )?,
            tier: self.tier_of(id)?,
            seats: rows(&self.db, sql, me, |r| Ok((r.get(0)?, r.get(1)?)))?,
            links: self.links_of(id)?,
            summary,
        }))
    }

    /// A person's hand corrections, in the order they count.
    pub fn corrections_of(&self, id: Id) -> Result<Vec<Id>> {
        let sql = "select id from correction where contact_id = ?1 order by on_day, id";
        rows(&self.db, sql, [id.raw()], |row| {
            row.get(0).map(Id::from_raw)
        })
    }

    /// The latest `limit` touches with a person, newest first.
    pub fn history(&self, id: Id, limit: usize) -> Result<Vec<Entry>> {
        let sql = "select t.id, t.at, t.offset_minutes, t.kind, t.direction, t.minutes, t.body,
                   (select count(*) from party q where q.touch_id = t.id), t.caught from party p join touch t on t.id = p.touch_id
                   where p.contact_id = ?1 order by p.wall desc, p.touch_id desc limit ?2";
        let found = rows(&self.db, sql, params![id.raw(), limit as i64], |row| {
            let entry = Entry {
                id: Id::from_raw(row.get(0)?),
                at: stored(row.get(1)?, row.get(2)?),
                kind: TouchKind::parse(row.get_ref(3)?.as_str()?).unwrap_or(TouchKind::Note),
                direction: Direction::parse(row.get_ref(4)?.as_str()?).unwrap_or_default(),
                minutes: row.get(5)?,
                body: row.get(6)?,
                others: Vec::new(),
                people: Vec::new(),
                caught: row.get(8)?,
            };
            Ok((entry, row.get::<_, i64>(7)?))
        })?;
        let mut history = Vec::with_capacity(found.len());
        for (mut entry, people) in found {
            entry.people.push(id);
            if people > 1 {
                let sql = "select c.id, c.name from party p join contact c on c.id = p.contact_id where p.touch_id = ?1 and p.contact_id <> ?2 order by p.id";
                let given = params![entry.id.raw(), id.raw()];
                let others = rows(&self.db, sql, given, |r| {
                    Ok((r.get(0).map(Id::from_raw)?, r.get(1)?))
                })?;
                for (other, name) in others {
                    entry.people.push(other);
                    entry.others.push(name);
                }
            }
            history.push(entry);
        }
        Ok(history)
    }

    fn open_plan_with(&self, id: Id) -> Result<Option<PlanRow>> {
        let sql = "select id, on_day, at_time, why from plan where contact_id = ?1 and state = 'open' order by on_day limit 1";
        let found = self.db.prepare_cached(sql)?.query_row([id.raw()], |row| {
            let at: Option<String> = row.get(2)?;
            let at = at.and_then(|t| chrono::NaiveTime::parse_from_str(&t, "%H:%M").ok());
            let plan = Plan {
                contact: id,
                on: day(&row.get::<_, String>(1)?)?,
                at,
                why: row.get(3)?,
            };
            Ok(PlanRow {
                id: Id::from_raw(row.get(0)?),
                plan,
            })
        });
        Ok(found.optional()?)
    }

    fn links_of(&self, id: Id) -> Result<Vec<LinkRow>> {
        let sql = "select k.id, k.kind, 0, k.to_id, coalesce(c.name, k.to_name), k.state = 'confirmed' from link k left join contact c on c.id = k.to_id
                   where k.from_id = ?1 and k.state <> 'refused'
                   union all select k.id, k.kind, 1, k.from_id, c.name, k.state = 'confirmed' from link k join contact c on c.id = k.from_id
                   where k.to_id = ?1 and k.state <> 'refused'";
        rows(&self.db, sql, [id.raw()], |row| {
            Ok(LinkRow {
                id: Id::from_raw(row.get(0)?),
                kind: kind_of(&row.get::<_, String>(1)?),
                inverse: row.get(2)?,
                other: row.get::<_, Option<i64>>(3)?.map(Id::from_raw),
                name: row.get(4)?,
                confirmed: row.get(5)?,
            })
        })
    }
}
