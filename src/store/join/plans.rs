//! What holds of the whole book and may not hold of two put together: one open plan a person, and no chit that came back for more
//! than it was worth.

use super::{Clash, Merge, Result};
use crate::domain::text::{fit, one_line};
use rusqlite::types::Value;

/// The most a chit can be worth, in halves.
const MOST_HALVES: i64 = 400;

/// An open plan.
struct Open {
    id: i64,
    changed: i64,
    /// What it says.
    text: String,
    /// Whether it is open in the other book too.
    theirs: bool,
}

impl Merge<'_, '_> {
    /// Of several open plans with one person the newer stays open, or that of the side that is preferred; the others are dropped,
    /// and told.
    pub(super) fn one_plan_each(&mut self) -> Result<()> {
        let people: Vec<i64> = {
            let sql = "select contact_id from plan where state = 'open' group by contact_id having count(*) > 1 order by 1";
            let mut statement = self.mine().prepare(sql)?;
            let ids = statement.query_map([], |row| row.get(0))?;
            ids.collect::<rusqlite::Result<_>>()?
        };
        for person in people {
            self.one_plan_of(person)?;
        }
        Ok(())
    }

    fn open_plans(&self, person: i64) -> Result<Vec<Open>> {
        let sql = "select id, changed_at, on_day || coalesce(' ' || at_time, '') || case why when '' then '' else ' ' || why end from plan
                   where contact_id = ?1 and state = 'open' order by id";
        let mut statement = self.mine().prepare_cached(sql)?;
        let rows = statement.query_map([person], |row| {
            Ok(Open {
                id: row.get(0)?,
                changed: row.get(1)?,
                text: row.get(2)?,
                theirs: false,
            })
        })?;
        let mut plans = rows.collect::<rusqlite::Result<Vec<Open>>>()?;
        let sql = "select 1 from plan where id = ?1 and state = 'open'";
        for plan in &mut plans {
            plan.theirs = self.theirs.prepare_cached(sql)?.exists([plan.id])?;
        }
        Ok(plans)
    }

    fn one_plan_of(&mut self, person: i64) -> Result<()> {
        let mut plans = self.open_plans(person)?;
        plans.sort_by_key(|plan| std::cmp::Reverse(plan.changed));
        let newest_is_theirs = plans.first().is_some_and(|plan| plan.theirs);
        let wants_theirs = self.prefers(newest_is_theirs);
        let at = plans.iter().position(|plan| plan.theirs == wants_theirs);
        let stays = plans.remove(at.unwrap_or(0));
        let about = self.shown("contact_id", &Value::Integer(person))?;
        let stamp = self.bulk.stamp();
        for goes in plans {
            let sql = "update plan set state = 'dropped', changed_at = ?2 where id = ?1";
            self.write(sql, &[Value::Integer(goes.id), Value::Integer(stamp)])?;
            if goes.text == stays.text {
                // Both books made it of one meeting: what becomes of the meeting becomes of the plan that stays.
                let sql = "update suggested set plan_id = ?2 where plan_id = ?1";
                self.write(sql, &[Value::Integer(goes.id), Value::Integer(stays.id)])?;
                continue;
            }
            let (mine, theirs) = if stays.theirs {
                (goes.text, stays.text.clone())
            } else {
                (stays.text.clone(), goes.text)
            };
            self.joined.count("plan").clashing += 1;
            self.joined.clashes.push(Clash {
                table: "plan",
                about: about.clone(),
                column: "open".to_owned(),
                mine,
                theirs,
                taken: stays.theirs,
            });
        }
        Ok(())
    }

    /// A chit that was redeemed on both sides may have come back for more than it was worth: it was worth that, and it is told.
    pub(super) fn worth_what_came_back(&mut self) -> Result<()> {
        let over: Vec<(i64, i64, i64, String)> = {
            let sql =
                "select h.id, h.halves, sum(p.halves), g.name || ': ' || h.what from chit_part p
                       join chit h on h.id = p.chit_id join contact g on g.id = h.giver_id
                       group by h.id having sum(p.halves) > h.halves order by h.id";
            let mut statement = self.mine().prepare(sql)?;
            let rows = statement.query_map([], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        let stamp = self.bulk.stamp();
        for (id, worth, back, about) in over {
            let sql = "update chit set halves = ?2, changed_at = ?3 where id = ?1";
            let values = [id, back.min(MOST_HALVES), stamp].map(Value::Integer);
            self.write(sql, &values)?;
            self.joined.count("chit").clashing += 1;
            self.joined.clashes.push(Clash {
                table: "chit",
                about: fit(&one_line(&about), 60),
                column: "halves".to_owned(),
                mine: worth.to_string(),
                theirs: back.to_string(),
                taken: true,
            });
        }
        Ok(())
    }
}
