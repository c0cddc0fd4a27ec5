//! Who could be asked for a referral, and what is known of it.

use super::super::{Result, Store};
use super::lineage::json_of;
use super::people::{CADENCE, STANDING, standing_from};
use super::{day, maybe_day, rows};
use crate::domain::ask::{Acquaintance, Answer, Ask, AskRow, Askable, LastResult, Overdue, RECENT};
use crate::domain::chit::Halves;
use crate::domain::id::Id;
use crate::domain::link::LinkKind;
use crate::domain::moment::{day_number, shift};
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

/// Of those, whom today's list could name: a result within a stretch of days, or a day to ask again that has come.
pub(super) const READY: &str = "select c.id from contact c where c.id in (
        select contact_id from need where state = 'delivered' and delivered_on between ?1 and ?2 and +contact_id is not null
        union all select o.id from need n cross join contact o on o.account_id = n.account_id
            where n.state = 'delivered' and n.delivered_on between ?1 and ?2 and +n.contact_id is null
        union all select contact_id from ask where next_on <= ?2)
    and c.id <> 1 and c.ghost = 0 and c.archived_on is null";

/// What is known of each person.
struct Facts {
    last: HashMap<i64, AskRow>,
    results: HashMap<i64, LastResult>,
    /// Results that concern an account as a whole.
    of_accounts: HashMap<i64, LastResult>,
    overdue: HashMap<i64, Overdue>,
    owed: HashMap<Id, (u32, u32)>,
}

/// What is looked up of the people of a JSON list bound as `?2`, or of everybody, as of a day bound as `?1`: their asks, results of their
/// own, results of their accounts, and my promises that are overdue. Of each the one that counts comes last.
fn lookups(list: Option<&str>) -> [String; 4] {
    let (theirs, accounts) = match list {
        Some(_) => (
            "contact_id in (select value from json_each(?2))",
            "account_id in (select account_id from contact where id in (select value from json_each(?2)))",
        ),
        None => ("?2 is null", "?2 is null"),
    };
    let result = "result, result_kind, delivered_on, what from need where state = 'delivered' and delivered_on <= ?1";
    let order = "order by delivered_on, id";
    [
        format!("{ASK} where ?1 is not null and {theirs} order by on_day, id"),
        format!("select contact_id, {result} and contact_id is not null and {theirs} {order}"),
        format!("select account_id, {result} and contact_id is null and account_id is not null and {accounts} {order}"),
        format!(
            "select contact_id, what, due_on from promise
             where state = 'open' and due_on < ?1 and mine = 1 and {theirs} order by due_on desc, id desc"
        ),
    ]
}

fn result_from(row: &Row<'_>) -> rusqlite::Result<LastResult> {
    Ok(LastResult {
        what: row.get(1)?,
        kind: ResultKind::parse(row.get_ref(2)?.as_str()?).unwrap_or_default(),
        on: day(row.get_ref(3)?.as_str()?)?,
        need: row.get(4)?,
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
        let from = format!(
            "({CANDIDATES}) k cross join contact c on c.id = k.contact_id and c.id <> 1 and c.ghost = 0 and c.archived_on is null"
        );
        self.askables(&from, None, today)
    }

    /// Of those, whoever may be ready: a result of the last days, or a day to ask again that has come.
    pub(super) fn ready(&self, today: NaiveDate) -> Result<Vec<Askable>> {
        let given = params![shift(today, -RECENT).to_string(), today.to_string()];
        let ids = rows(&self.db, READY, given, |row| row.get(0).map(Id::from_raw))?;
        self.askable_among(&ids, today)
    }

    /// One person as one who could be asked, whether the queue has them or not; none when they are not in the book.
    pub fn askable_one(&self, who: Id, today: NaiveDate) -> Result<Option<Askable>> {
        let _moment = self.moment()?;
        Ok(self.askable_among(&[who], today)?.into_iter().next())
    }

    fn askable_among(&self, ids: &[Id], today: NaiveDate) -> Result<Vec<Askable>> {
        let list = json_of(ids.iter().copied());
        let from = "json_each(?1) k cross join contact c on c.id = k.value";
        self.askables(from, Some(&list), today)
    }

    fn askables(&self, from: &str, list: Option<&str>, today: NaiveDate) -> Result<Vec<Askable>> {
        let facts = self.facts(list, today)?;
        let sql = format!(
            "select {STANDING}, c.id, c.name, coalesce(a.name, ''), c.account_id, {CADENCE} from {from}
             left join account a on a.id = c.account_id left join standing s on s.contact_id = c.id where ?1 is null or ?1 is not null"
        );
        rows(&self.db, &sql, [list], |row| {
            self.askable_from(row, &facts, today)
        })
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

    /// What is known of the people of a JSON list, or of everybody.
    fn facts(&self, list: Option<&str>, today: NaiveDate) -> Result<Facts> {
        let today = today.to_string();
        let given = params![today, list];
        let [asks, own, shared, overdue] = lookups(list);
        let result = |row: &Row<'_>| Ok((row.get(0)?, result_from(row)?));
        let asks = rows(&self.db, &asks, given, ask_from)?;
        let asks = asks.into_iter().map(|ask| (ask.ask.contact.raw(), ask));
        let overdue = rows(&self.db, &overdue, given, |row| {
            let promise = Overdue {
                what: row.get(1)?,
                due: day(row.get_ref(2)?.as_str()?)?,
            };
            Ok((row.get(0)?, promise))
        })?;
        Ok(Facts {
            last: asks.collect(),
            results: rows(&self.db, &own, given, result)?.into_iter().collect(),
            of_accounts: rows(&self.db, &shared, given, result)?
                .into_iter()
                .collect(),
            overdue: overdue.into_iter().collect(),
            owed: self.owed_with(list)?,
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ask::queue;
    use crate::domain::today::sources;

    /// A book with asks, results, promises and chits of forty people at four accounts, by chance.
    const MATTERS: &str = "
        with recursive n (i) as (select 2 union all select i + 1 from n where i < 41)
            insert into contact (id, name, account_id, ghost, archived_on, changed_at)
            select i, 'Person ' || i, 1 + abs(random()) % 5, i % 13 = 0, case i % 11 when 0 then '2026-01-01' end, 1 from n;
        insert into need (contact_id, account_id, what, state, heard_on, delivered_on, result, result_kind, changed_at)
            select case abs(random()) % 3 when 0 then null else c.id end, c.account_id, 'outages', 'delivered', '2024-01-01',
            date('2026-11-26', '-' || (abs(random()) % 200) || ' days'), 'fewer', 'cost_cut', 1 from contact c where c.id > 1 and abs(random()) % 3 = 0;
        insert into ask (contact_id, on_day, answer, next_on, note, changed_at) select id, date('2026-11-26', '-' || (abs(random()) % 400) || ' days'), 'thinking',
            case abs(random()) % 3 when 0 then null else date('2026-11-26', (abs(random()) % 60 - 30) || ' days') end, '', 1
            from contact where id > 1 and abs(random()) % 2 = 0;
        insert into promise (contact_id, mine, what, made_on, due_on, changed_at)
            select id, abs(random()) % 2, 'quote', '2026-01-01', date('2026-11-26', (abs(random()) % 60 - 30) || ' days'), 1 from contact where id > 1 and abs(random()) % 4 = 0;
        insert into chit (giver_id, receiver_id, what, given_on, halves, changed_at)
            select case id % 2 when 0 then 1 else id end, case id % 2 when 0 then id else 1 end, 'a name', '2026-05-01', 2, 1 from contact where id > 1;";

    fn book(folder: &std::path::Path) -> Store {
        let book = Store::open(&folder.join("book.chitbook")).unwrap();
        let accounts =
            "with recursive n (i) as (select 1 union all select i + 1 from n where i < 5)
            insert into account (id, name, changed_at) select i, 'Account ' || i, 1 from n;";
        book.db.execute_batch(accounts).unwrap();
        book.db.execute_batch(MATTERS).unwrap();
        book
    }

    #[test]
    fn whoever_is_ready_in_the_whole_queue_is_ready_for_today_and_in_the_same_order() {
        let folder = tempfile::tempdir().unwrap();
        let book = book(folder.path());
        let mut found = 0;
        for ahead in -120..120 {
            let today = shift("2026-11-26".parse().unwrap(), ahead);
            let lines = |people| {
                let queue = queue(people, today);
                let lines = queue.iter().filter_map(|line| sources::ask(line, today));
                lines.collect::<Vec<_>>()
            };
            let all = lines(book.askable(today).unwrap());
            assert_eq!(lines(book.ready(today).unwrap()), all, "{today}");
            found += all.len();
        }
        assert!(found > 0);
    }

    #[test]
    fn one_person_is_known_as_in_the_whole_queue() {
        let folder = tempfile::tempdir().unwrap();
        let book = book(folder.path());
        let today = "2026-11-26".parse().unwrap();
        for who in book.askable(today).unwrap() {
            assert_eq!(book.askable_one(who.who, today).unwrap(), Some(who));
        }
    }

    #[test]
    fn what_is_known_of_a_few_people_is_looked_up_by_them() {
        let folder = tempfile::tempdir().unwrap();
        let book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        for question in lookups(Some("[]")) {
            let explained = format!("explain query plan {question}");
            let mut statement = book.db.prepare(&explained).unwrap();
            let given = vec!["1"; statement.parameter_count()];
            let plan = statement.query_map(rusqlite::params_from_iter(given), |row| row.get(3));
            let plan: Vec<String> = plan.unwrap().map(rusqlite::Result::unwrap).collect();
            let theirs =
                |step: &&String| step.contains("contact_id=?") || step.contains("account_id=?");
            assert!(
                plan.iter().any(|step| theirs(&step)),
                "{question}\n{plan:#?}"
            );
        }
    }
}
