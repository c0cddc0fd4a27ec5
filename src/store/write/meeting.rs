//! The next meeting to come with a person is a plan, unless the rep has planned something else.

use super::super::Result;
use super::Writer;
use crate::domain::moment::stored;
use rusqlite::{OptionalExtension, params};

/// What became of the next meeting with a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Planned {
    /// There is none, or it is planned already.
    #[default]
    Nothing,
    /// It is a plan now, or one was moved to it.
    Made,
    /// The rep has another plan, which was kept.
    Kept,
}

/// A meeting to come: whose part in it, and what a plan says of it.
struct Coming {
    suggested: i64,
    on: String,
    at: Option<String>,
    why: String,
}

/// A plan there is.
struct Open {
    id: i64,
    on: String,
    at: Option<String>,
    /// The part in a suggestion that it came from; none where the rep made it.
    suggested: Option<i64>,
}

impl Writer<'_> {
    /// Brings the plan with a person into line with the next meeting a calendar has.
    pub fn plan_next_meeting(&mut self, person: i64) -> Result<Planned> {
        // A plan whose meeting was called off or refused went with it.
        let Some(coming) = self.next_meeting(person)? else {
            return Ok(Planned::Nothing);
        };
        let open = self.open_plan(person)?;
        let Some(open) = open else {
            let id = self.mint().raw();
            let sql = "insert into plan (id, contact_id, on_day, at_time, why, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6)";
            let row = params![id, person, coming.on, coming.at, coming.why, self.stamp()];
            self.db.prepare_cached(sql)?.execute(row)?;
            self.lead_to(coming.suggested, id)?;
            return Ok(Planned::Made);
        };
        let same = open.on == coming.on && open.at == coming.at;
        match open.suggested {
            Some(suggested) if suggested == coming.suggested && same => Ok(Planned::Nothing),
            Some(_) => {
                let sql = "update plan set on_day = ?2, at_time = ?3, why = ?4, changed_at = ?5 where id = ?1";
                let row = params![open.id, coming.on, coming.at, coming.why, self.stamp()];
                self.db.prepare_cached(sql)?.execute(row)?;
                self.lead_to(coming.suggested, open.id)?;
                Ok(Planned::Made)
            }
            // The rep planned that day: the calendar knows at what time.
            None if open.on == coming.on && (open.at.is_none() || same) => {
                if !same {
                    let sql = "update plan set at_time = ?2, changed_at = ?3 where id = ?1";
                    let row = params![open.id, coming.at, self.stamp()];
                    self.db.prepare_cached(sql)?.execute(row)?;
                }
                self.lead_to(coming.suggested, open.id)?;
                Ok(Planned::Made)
            }
            None => Ok(Planned::Kept),
        }
    }

    /// From here on the plan is the one this part in a suggestion led to, and no other did.
    fn lead_to(&mut self, suggested: i64, plan: i64) -> Result<()> {
        self.db
            .prepare_cached("update suggested set plan_id = null where plan_id = ?1 and id <> ?2")?
            .execute([plan, suggested])?;
        self.db
            .prepare_cached(
                "update suggested set plan_id = ?1 where id = ?2 and plan_id is not ?1",
            )?
            .execute([plan, suggested])?;
        Ok(())
    }

    fn next_meeting(&self, person: i64) -> Result<Option<Coming>> {
        let sql = "select d.id, g.at, g.offset_minutes, g.whole_day, g.title from suggested d join suggestion g on g.id = d.suggestion_id
                   where d.contact_id = ?1 and g.state = 'open' and g.at > ?2 order by g.at, d.id limit 1";
        let mut statement = self.db.prepare_cached(sql)?;
        let coming = statement.query_row(params![person, self.stamp()], |row| {
            let at = stored(row.get(1)?, row.get(2)?);
            let whole_day: bool = row.get(3)?;
            Ok(Coming {
                suggested: row.get(0)?,
                on: at.date_naive().to_string(),
                at: (!whole_day).then(|| at.format("%H:%M").to_string()),
                why: row.get(4)?,
            })
        });
        Ok(coming.optional()?)
    }

    fn open_plan(&self, person: i64) -> Result<Option<Open>> {
        let sql = "select p.id, p.on_day, p.at_time, d.id from plan p left join suggested d on d.plan_id = p.id
                   where p.contact_id = ?1 and p.state = 'open' order by p.on_day, p.id limit 1";
        let mut statement = self.db.prepare_cached(sql)?;
        let open = statement.query_row([person], |row| {
            Ok(Open {
                id: row.get(0)?,
                on: row.get(1)?,
                at: row.get(2)?,
                suggested: row.get(3)?,
            })
        });
        Ok(open.optional()?)
    }
}
