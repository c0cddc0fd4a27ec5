//! Who could be asked for a referral, and what is known of it.

use super::super::{Result, Store};
use super::people::{CADENCE, STANDING, standing_from};
use super::{day, maybe_day, rows};
use crate::domain::ask::{Acquaintance, Answer, Ask, AskRow, Askable, LastResult, Overdue};
use crate::domain::chit::Halves;
use crate::domain::id::Id;
use crate::domain::link::LinkKind;
use crate::domain::moment::day_number;
use crate::domain::record::ResultKind;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashMap;

const ASK: &str = "select id, contact_id, on_day, answer, next_on, note from ask";

/// Everybody who had a result, bought, led to somebody, was asked or owes me.
const CANDIDATES: &str = "select contact_id from need where state = 'delivered' and +contact_id is not null
    union select c.id from need n cross join contact c on c.account_id = n.account_id where n.state = 'delivered' and +n.contact_id is null
    union select contact_id from sale where contact_id is not null
    union select contact_id from ask
    union select referrer_id from referral where referrer_id is not null and given = 0
    union select receiver_id from chit where giver_id = 1";

fn ask_from(row: &Row<'_>) -> rusqlite::Result<AskRow> {
    Ok(AskRow {
        id: Id::from_raw(row.get(0)?),
        ask: Ask {
            contact: Id::from_raw(row.get(1)?),
            on: day(row.get_ref(2)?.as_str()?)?,
            answer: Answer::parse(row.get_ref(3)?.as_str()?),
            next: maybe_day(row.get_ref(4)?.as_str_or_null()?)?,
            note: row.get(5)?,
        },
    })
}

/// One ask; none when it is not in the book.
pub(in crate::store) fn ask_of(db: &Connection, id: Id) -> Result<Option<AskRow>> {
    Ok(db
        .prepare_cached(&format!("{ASK} where id = ?1"))?
        .query_row([id.raw()], ask_from)
        .optional()?)
}

/// What is known of everybody, by person.
#[derive(Default)]
struct Facts {
    last: HashMap<i64, AskRow>,
    results: HashMap<i64, LastResult>,
    /// Results that concern an account as a whole.
    of_accounts: HashMap<i64, LastResult>,
    overdue: HashMap<i64, Overdue>,
    owed: HashMap<Id, (u32, u32)>,
}

fn result_from(row: &Row<'_>) -> rusqlite::Result<LastResult> {
    Ok(LastResult {
        what: row.get(2)?,
        kind: ResultKind::parse(row.get_ref(3)?.as_str()?).unwrap_or_default(),
        on: day(row.get_ref(4)?.as_str()?)?,
        need: row.get(5)?,
    })
}

impl Store {
    /// One ask; none when it is not in the book.
    pub fn ask(&self, id: Id) -> Result<Option<AskRow>> {
        ask_of(&self.db, id)
    }

    /// Everything somebody was asked, the latest first.
    pub fn asks_of(&self, who: Id) -> Result<Vec<AskRow>> {
        let sql = format!("{ASK} where contact_id = ?1 order by on_day desc, id desc");
        rows(&self.db, &sql, [who.raw()], ask_from)
    }

    /// Everybody who could be asked for a referral, with what is known as of a day; in no particular order.
    pub fn askable(&self, today: NaiveDate) -> Result<Vec<Askable>> {
        let _moment = self.moment()?;
        let facts = self.facts(today)?;
        let sql = format!(
            "select {STANDING}, c.id, c.name, coalesce(a.name, ''), c.account_id, {CADENCE} from ({CANDIDATES}) k
             cross join contact c on c.id = k.contact_id left join account a on a.id = c.account_id left join standing s on s.contact_id = c.id
             where c.id <> 1 and c.ghost = 0 and c.archived_on is null"
        );
        rows(&self.db, &sql, [], |row| {
            self.askable_from(row, &facts, today)
        })
    }

    /// One person as one who could be asked, whether the queue has them or not; none when they are not in the book.
    pub fn askable_one(&self, who: Id, today: NaiveDate) -> Result<Option<Askable>> {
        let _moment = self.moment()?;
        let facts = self.facts(today)?;
        let sql = format!(
            "select {STANDING}, c.id, c.name, coalesce(a.name, ''), c.account_id, {CADENCE} from contact c
             left join account a on a.id = c.account_id left join standing s on s.contact_id = c.id where c.id = ?1"
        );
        let found = rows(&self.db, &sql, [who.raw()], |row| {
            self.askable_from(row, &facts, today)
        })?;
        Ok(found.into_iter().next())
    }

    fn askable_from(
        &self,
        row: &Row<'_>,
        facts: &Facts,
        today: NaiveDate,
    ) -> rusqlite::Result<Askable> {
        let id: i64 = row.get(9)?;
        let account: Option<i64> = row.get(12)?;
        let standing = standing_from(row, 0, &self.params)?;
        let own = facts.results.get(&id);
        let shared = account.and_then(|account| facts.of_accounts.get(&account));
        let (i_owe, they_owe) = facts
            .owed
            .get(&Id::from_raw(id))
            .copied()
            .unwrap_or_default();
        Ok(Askable {
            who: Id::from_raw(id),
            name: row.get(10)?,
            account: row.get(11)?,
            strength: standing.strength(&self.params, row.get(13)?, day_number(today)),
            result: own
                .into_iter()
                .chain(shared)
                .max_by_key(|result| result.on)
                .cloned(),
            last: facts.last.get(&id).cloned(),
            i_owe: Halves(i_owe),
            they_owe: Halves(they_owe),
            overdue: facts.overdue.get(&id).cloned(),
        })
    }

    fn facts(&self, today: NaiveDate) -> Result<Facts> {
        let mut facts = Facts {
            owed: self.owed()?,
            ..Facts::default()
        };
        // The latest of each comes last and stays.
        let asks = rows(
            &self.db,
            &format!("{ASK} order by on_day, id"),
            [],
            ask_from,
        )?;
        for ask in asks {
            facts.last.insert(ask.ask.contact.raw(), ask);
        }
        let sql = "select contact_id, account_id, result, result_kind, delivered_on, what from need
                   where state = 'delivered' and delivered_on <= ?1 order by delivered_on, id";
        let results = rows(&self.db, sql, [today.to_string()], |row| {
            let (who, account): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
            Ok((who, account, result_from(row)?))
        })?;
        for (who, account, result) in results {
            match (who, account) {
                (Some(who), _) => facts.results.insert(who, result),
                (None, Some(account)) => facts.of_accounts.insert(account, result),
                (None, None) => None,
            };
        }
        let sql = "select contact_id, what, due_on from promise where state = 'open' and due_on < ?1 and mine = 1 order by due_on desc, id desc";
        let overdue = rows(&self.db, sql, params![today.to_string()], |row| {
            let promise = Overdue {
                what: row.get(1)?,
                due: day(row.get_ref(2)?.as_str()?)?,
            };
            Ok((row.get(0)?, promise))
        })?;
        facts.overdue = overdue.into_iter().collect();
        Ok(facts)
    }

    /// Whom somebody knows, with the trouble the book has heard from them: those they have a link with, then their colleagues.
    pub fn acquaintances(&self, who: Id) -> Result<Vec<Acquaintance>> {
        let trouble = "(select n.what from need n where n.contact_id = c.id and n.state in ('heard', 'proposed') order by n.heard_on desc, n.id desc limit 1)";
        let sql = format!(
            "select c.name, k.kind, {trouble} from link k join contact c on c.id = k.to_id where k.from_id = ?1 and k.state <> 'refused' and c.id <> 1
             union all select c.name, k.kind, {trouble} from link k join contact c on c.id = k.from_id where k.to_id = ?1 and k.state <> 'refused' and c.id <> 1
             union all select c.name, '', {trouble} from contact m join contact c on c.account_id = m.account_id
             where m.id = ?1 and c.id <> ?1 and c.id <> 1 and c.archived_on is null"
        );
        rows(&self.db, &sql, [who.raw()], |row| {
            Ok(Acquaintance {
                name: row.get(0)?,
                kind: LinkKind::parse(row.get_ref(1)?.as_str()?),
                trouble: row.get(2)?,
            })
        })
    }
}
