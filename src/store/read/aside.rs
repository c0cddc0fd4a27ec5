//! What is set aside until a later day: each matter by name, as long as it is not settled.

use super::super::{Result, Store};
use super::{day, rows};
use crate::domain::chit::Halves;
use crate::domain::id::Id;
use crate::domain::matter::MatterKind;
use crate::domain::moment::shift;
use crate::domain::today::{SOON, SetAside, sources};
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

/// Whom a matter is with, how they are called, and what it is.
type Named = (Option<Id>, String, String);

const ASIDE: &str = "select kind, target_id, until_day, why from snooze where until_day > ?1";
/// Promises are set aside on their own row too, and from a person's list of promises only there.
const PROMISES: &str = "select p.id, p.mine, p.snoozed_until from promise p indexed by promise_open
    where p.state = 'open' and p.due_on <= ?1 and p.snoozed_until > ?2
    and not exists (select 1 from snooze s where s.target_id = p.id and s.kind in ('promise', 'their_promise') and s.until_day > ?2)";
const PROMISE: &str =
    "select c.id, c.name, p.what from promise p join contact c on c.id = p.contact_id
    where p.id = ?1 and p.state = 'open' and c.archived_on is null";
const PLAN: &str = "select c.id, c.name, p.why from plan p join contact c on c.id = p.contact_id
    where p.id = ?1 and p.state = 'open' and c.archived_on is null";
const DATE: &str =
    "select c.id, c.name, k.label from key_date k join contact c on c.id = k.contact_id
    where k.id = ?1 and c.archived_on is null";
const ADVICE: &str = "select c.id, c.name, f.what from fact f join contact c on c.id = f.contact_id
    where f.id = ?1 and f.asked_on is null and c.archived_on is null";
const DRAFT: &str = "select contact_id, title, '' from draft where id = ?1";
const ACCOUNT: &str = "select null, name, '' from account where id = ?1";
const CONTACT: &str = "select id, name, '' from contact where id = ?1 and archived_on is null";

impl Store {
    /// What is set aside until a later day and not settled, what is back first at the top.
    pub(super) fn set_aside(&self, today: NaiveDate) -> Result<Vec<SetAside>> {
        let noted = rows(&self.db, ASIDE, [today.to_string()], |row| {
            let kind = MatterKind::parse(row.get_ref(0)?.as_str()?);
            let id = Id::from_raw(row.get(1)?);
            let until = day(row.get_ref(2)?.as_str()?)?;
            let why: String = row.get(3)?;
            Ok(kind.map(|kind| (kind, id, until, why)))
        })?;
        let given = params![shift(today, SOON).to_string(), today.to_string()];
        let promises = rows(&self.db, PROMISES, given, |row| {
            let kind = if row.get(1)? {
                MatterKind::Promise
            } else {
                MatterKind::TheirPromise
            };
            let until = day(row.get_ref(2)?.as_str()?)?;
            let id = Id::from_raw(row.get(0)?);
            Ok(Some((kind, id, until, String::new())))
        })?;
        let mut found = Vec::new();
        for (kind, id, until, why) in noted.into_iter().chain(promises).flatten() {
            if let Some((contact, who, what)) = self.named(kind, id, today)? {
                found.push(SetAside {
                    kind,
                    id,
                    contact,
                    who,
                    what,
                    until,
                    why,
                });
            }
        }
        found.sort_by(|a, b| {
            let when = a.until.cmp(&b.until);
            when.then_with(|| a.who.cmp(&b.who))
                .then((a.kind, a.id).cmp(&(b.kind, b.id)))
        });
        Ok(found)
    }

    /// Who and what a matter is; none where it is settled, or its record is gone.
    fn named(&self, kind: MatterKind, id: Id, today: NaiveDate) -> Result<Option<Named>> {
        use MatterKind as K;
        match kind {
            K::Draft => self.row_named(DRAFT, id),
            K::Promise | K::TheirPromise => self.row_named(PROMISE, id),
            K::Plan => self.row_named(PLAN, id),
            K::Date => self.row_named(DATE, id),
            K::Account => self.row_named(ACCOUNT, id),
            K::Mentor => match self.row_named(ADVICE, id)? {
                Some(advice) => Ok(Some(advice)),
                None => self.row_named(CONTACT, id),
            },
            K::Tell | K::Referral => {
                let row = self.referral(id)?;
                let line = row.and_then(|row| sources::referral(&row, today));
                let line = line.filter(|line| line.kind == kind);
                Ok(line.map(|line| (line.contact, line.who, line.why)))
            }
            K::Chit => {
                let row = self.chit(id)?.filter(|row| row.open() > Halves(0));
                Ok(row.map(|row| {
                    let (contact, who) = if row.chit.receiver == Id::ME {
                        (row.chit.giver, row.giver_name)
                    } else {
                        (row.chit.receiver, row.receiver_name)
                    };
                    (Some(contact), who, row.chit.what)
                }))
            }
            K::Stale if !self.still_cools(id, today)? => Ok(None),
            K::Stale | K::Ask | K::Ghost | K::Duplicate => self.row_named(CONTACT, id),
        }
    }

    fn row_named(&self, sql: &str, id: Id) -> Result<Option<Named>> {
        let mut statement = self.db.prepare_cached(sql)?;
        let named = statement.query_row([id.raw()], |row| {
            let contact: Option<i64> = row.get(0)?;
            Ok((contact.map(Id::from_raw), row.get(1)?, row.get(2)?))
        });
        Ok(named.optional()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_matter_is_named_through_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        for question in [
            PROMISES, PROMISE, PLAN, DATE, ADVICE, DRAFT, ACCOUNT, CONTACT,
        ] {
            let explained = format!("explain query plan {question}");
            let mut statement = book.db.prepare(&explained).unwrap();
            let given = vec!["1"; statement.parameter_count()];
            let plan = statement.query_map(rusqlite::params_from_iter(given), |row| {
                row.get::<_, String>(3)
            });
            let plan: Vec<String> = plan.unwrap().map(rusqlite::Result::unwrap).collect();
            let whole = plan.iter().filter(|step| step.starts_with("SCAN"));
            assert_eq!(whole.count(), 0, "{question}\n{plan:#?}");
        }
    }
}
