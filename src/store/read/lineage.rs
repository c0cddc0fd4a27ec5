//! Who led to whom over the whole book, what was sold, and how people came.

use super::super::{Result, Store};
use super::{day, maybe_day, rows};
use crate::domain::id::Id;
use crate::domain::moment::{date, day_of_wall};
use crate::domain::money::Money;
use crate::domain::referral::Who;
use crate::domain::tree::origin::{Origin, Spoken};
use crate::domain::tree::{Lead, Lineage, Sold};

impl Store {
    /// Everything the tree and the grid of new customers are made of: referrals that led to somebody, introductions that were
    /// confirmed, and sales.
    pub fn lineage(&self) -> Result<Lineage> {
        let _moment = self.moment()?;
        let mut leads: Vec<Lead> = self.referrals()?.iter().filter_map(Lead::of).collect();
        leads.extend(self.introductions()?);
        let mut lineage = Lineage {
            leads,
            sales: self.sold()?,
            ..Lineage::default()
        };
        self.name_everybody(&mut lineage)?;
        Ok(lineage)
    }

    /// Who was introduced by whom, as confirmed links have it.
    fn introductions(&self) -> Result<Vec<Lead>> {
        let sql = "select from_id, to_id, on_day from link where kind = 'introduced_by' and state = 'confirmed' and to_id is not null order by from_id, to_id";
        rows(&self.db, sql, [], |row| {
            Ok(Lead {
                by: vec![(Who::Person(Id::from_raw(row.get(1)?)), 100)],
                to: Who::Person(Id::from_raw(row.get(0)?)),
                account: None,
                on: maybe_day(row.get_ref(2)?.as_str_or_null()?)?,
                stage: None,
                won_on: None,
            })
        })
    }

    fn sold(&self) -> Result<Vec<Sold>> {
        let sql =
            "select contact_id, account_id, on_day, amount, currency from sale order by on_day, id";
        rows(&self.db, sql, [], |row| {
            Ok(Sold {
                contact: row.get::<_, Option<i64>>(0)?.map(Id::from_raw),
                account: row.get::<_, Option<i64>>(1)?.map(Id::from_raw),
                on: day(row.get_ref(2)?.as_str()?)?,
                amount: Money {
                    minor: row.get(3)?,
                    currency: row.get(4)?,
                },
            })
        })
    }

    fn name_everybody(&self, lineage: &mut Lineage) -> Result<()> {
        let led = lineage.leads.iter().flat_map(|lead| {
            let by = lead.by.iter().map(|(who, _)| *who);
            by.chain([lead.to]).chain(lead.account.map(Who::Account))
        });
        let bought = lineage.sales.iter().flat_map(|sale| {
            let person = sale.contact.map(Who::Person);
            person.into_iter().chain(sale.account.map(Who::Account))
        });
        let mut everybody: Vec<Who> = led.chain(bought).collect();
        everybody.sort_unstable();
        everybody.dedup();
        let json = |pick: fn(Who) -> Option<Id>| {
            let ids = everybody.iter().filter_map(|who| pick(*who));
            json_of(ids)
        };
        let sql = "select c.id, c.name, c.account_id from json_each(?1) j cross join contact c on c.id = j.value";
        let people = rows(&self.db, sql, [json(Who::person)], |row| {
            Ok((
                Id::from_raw(row.get(0)?),
                row.get::<_, String>(1)?,
                row.get::<_, Option<i64>>(2)?,
            ))
        })?;
        for (id, name, account) in people {
            lineage.names.insert(Who::Person(id), name);
            if let Some(account) = account {
                lineage.account_of.insert(id, Id::from_raw(account));
            }
        }
        let sql = "select a.id, a.name from json_each(?1) j cross join account a on a.id = j.value";
        let accounts = rows(&self.db, sql, [json(Who::account)], |row| {
            Ok((Who::Account(Id::from_raw(row.get(0)?)), row.get(1)?))
        })?;
        lineage.names.extend(accounts);
        Ok(())
    }

    /// How everybody came, and when there was a first and a second conversation with them; ghosts, who never said a word, left out.
    pub fn spoken(&self) -> Result<Vec<Spoken>> {
        let nth = |n: usize| {
            format!(
                "(select p.wall from party p where p.contact_id = c.id and p.kind in ('call', 'meeting', 'video') order by p.wall limit 1 offset {n})"
            )
        };
        let led = "exists (select 1 from referral r where r.prospect_id = c.id and r.given = 0)
                   or exists (select 1 from link k where k.from_id = c.id and k.kind = 'introduced_by' and k.state = 'confirmed')";
        let sql = format!(
            "select c.id, c.account_id, c.origin, {led}, {}, {} from contact c where c.id <> 1 and c.ghost = 0",
            nth(0),
            nth(1)
        );
        rows(&self.db, &sql, [], |row| {
            let wall = |at: usize| {
                let wall: Option<i64> = row.get(at)?;
                Ok::<_, rusqlite::Error>(wall.map(|wall| date(day_of_wall(wall))))
            };
            let written = Origin::parse(row.get_ref(2)?.as_str()?);
            let led: bool = row.get(3)?;
            Ok(Spoken {
                who: Id::from_raw(row.get(0)?),
                account: row.get::<_, Option<i64>>(1)?.map(Id::from_raw),
                origin: match written {
                    Origin::Unknown if led => Origin::Referral,
                    written => written,
                },
                first: wall(4)?,
                second: wall(5)?.is_some(),
            })
        })
    }

    /// What was sold, by day: what the table of origins counts customers by.
    pub fn sales(&self) -> Result<Vec<Sold>> {
        self.sold()
    }
}

/// Ids as a JSON list, for a statement that looks each of them up.
pub(super) fn json_of(ids: impl Iterator<Item = Id>) -> String {
    let ids: Vec<String> = ids.map(|id| id.raw().to_string()).collect();
    format!("[{}]", ids.join(","))
}
