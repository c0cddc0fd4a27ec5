//! The people around somebody who is wanted, three links far: what warm paths are looked for in.
//!
//! Only the neighbourhood is read, one circle after the other, each by a few statements that use indexes: a large book costs no more
//! than a small one with as many acquaintances.

use super::super::{Result, Store};
use super::lineage::json_of;
use super::people::{CADENCE, STANDING, standing_from};
use super::{maybe_day, rows};
use crate::domain::chit::Halves;
use crate::domain::id::Id;
use crate::domain::link::LinkKind;
use crate::domain::moment::day_number;
use crate::domain::paths::{How, Known, MOST_LINKS, Network, Tie};
use chrono::NaiveDate;
use rusqlite::params;
use std::collections::{BTreeSet, HashMap};

/// Those whom the people of a list know.
const AROUND: &str =
    "select k.to_id from json_each(?1) j cross join link k on k.from_id = j.value where k.to_id is not null and k.state <> 'refused'
    union select k.from_id from json_each(?1) j cross join link k on k.to_id = j.value where k.state <> 'refused'
    union select r.prospect_id from json_each(?1) j cross join referral r on r.referrer_id = j.value where r.prospect_id is not null
    union select r.referrer_id from json_each(?1) j cross join referral r on r.prospect_id = j.value where r.referrer_id is not null
    union select b.id from json_each(?1) j cross join contact a on a.id = j.value cross join contact b on b.account_id = a.account_id";

impl Store {
    /// The people of an account, as somebody who is wanted.
    pub fn people_at(&self, account: Id) -> Result<Vec<Id>> {
        let sql = "select id from contact where account_id = ?1 and id <> 1 order by id";
        rows(&self.db, sql, [account.raw()], |row| {
            row.get(0).map(Id::from_raw)
        })
    }

    /// The account a person belongs to.
    pub fn account_of(&self, who: Id) -> Result<Option<Id>> {
        let sql = "select account_id from contact where id = ?1 and account_id is not null";
        let found = rows(&self.db, sql, [who.raw()], |row| {
            row.get(0).map(Id::from_raw)
        })?;
        Ok(found.first().copied())
    }

    /// The link by which one person is something to another.
    pub fn link_between(&self, from: Id, kind: LinkKind, to: Id) -> Result<Option<Id>> {
        let sql = "select id from link where from_id = ?1 and to_id = ?2 and kind = ?3 order by id";
        let given = params![from.raw(), to.raw(), kind.word()];
        let found = rows(&self.db, sql, given, |row| row.get(0).map(Id::from_raw))?;
        Ok(found.first().copied())
    }

    /// The network around those who are wanted, as it stands on a day. Whoever was archived is in it only where they are wanted.
    pub fn network(&self, wanted: &[Id], today: NaiveDate) -> Result<Network> {
        let _moment = self.moment()?;
        let mut known: BTreeSet<Id> = wanted.iter().copied().collect();
        let mut circle = known.clone();
        for _ in 0..MOST_LINKS {
            let list = json_of(circle.iter().copied());
            let around = rows(&self.db, AROUND, [list], |row| row.get(0).map(Id::from_raw))?;
            circle = around.into_iter().collect();
            circle.remove(&Id::ME);
            circle = circle.difference(&known).copied().collect();
            known.extend(&circle);
        }
        let wanted: BTreeSet<Id> = wanted.iter().copied().collect();
        let list = json_of(known.iter().copied());
        let mut people = self.known(&list, today)?;
        people.retain(|(person, archived)| !archived || wanted.contains(&person.id));
        Ok(Network {
            people: people.into_iter().map(|(person, _)| person).collect(),
            ties: self.ties(&list)?,
            owed: self.owed_among(&list)?,
        })
    }

    /// Everybody of a list, and whether they are archived.
    fn known(&self, list: &str, today: NaiveDate) -> Result<Vec<(Known, bool)>> {
        let sql = format!(
            "select {STANDING}, c.id, c.name, c.account_id, coalesce(a.name, ''), {CADENCE}, c.archived_on is not null,
             (select max(k.on_day) from ask k where k.contact_id = c.id)
             from json_each(?1) j cross join contact c on c.id = j.value left join account a on a.id = c.account_id
             left join standing s on s.contact_id = c.id"
        );
        rows(&self.db, &sql, [list], |row| {
            let standing = standing_from(row, 0, &self.params)?;
            let account: Option<i64> = row.get(11)?;
            let name: String = row.get(12)?;
            let known = Known {
                id: Id::from_raw(row.get(9)?),
                name: row.get(10)?,
                account: account.map(|id| (Id::from_raw(id), name)),
                strength: standing.strength(&self.params, row.get(13)?, day_number(today)),
                asked: maybe_day(row.get_ref(15)?.as_str_or_null()?)?,
            };
            Ok((known, row.get(14)?))
        })
    }

    /// Who of a list knows whom.
    fn ties(&self, list: &str) -> Result<Vec<Tie>> {
        let sql = "select k.from_id, k.to_id, k.kind, k.state = 'suggested' from json_each(?1) j cross join link k on k.from_id = j.value
                   where k.to_id is not null and k.state <> 'refused'
                   union all select r.referrer_id, r.prospect_id, 'referral', 0 from json_each(?1) j cross join referral r on r.referrer_id = j.value
                   where r.prospect_id is not null";
        let found = rows(&self.db, sql, [list], |row| {
            let kind = row.get_ref(2)?.as_str()?;
            let how = match LinkKind::parse(kind) {
                Some(kind) => Some(How::Link(kind)),
                None => (kind == "referral").then_some(How::Referral),
            };
            let (from, to): (i64, i64) = (row.get(0)?, row.get(1)?);
            let suggested: bool = row.get(3)?;
            Ok(how.map(|how| Tie {
                from: Id::from_raw(from),
                to: Id::from_raw(to),
                how,
                suggested,
            }))
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// What those of a list, and I, owe each other.
    fn owed_among(&self, list: &str) -> Result<HashMap<(Id, Id), Halves>> {
        let open = "h.halves - coalesce((select sum(p.halves) from chit_part p where p.chit_id = h.id), 0)";
        let sql = format!(
            "select h.receiver_id, h.giver_id, {open} from json_each(?1) j cross join chit h on h.giver_id = j.value
             where h.receiver_id = 1 or h.receiver_id in (select value from json_each(?1))
             union all select h.receiver_id, h.giver_id, {open} from json_each(?1) j cross join chit h on h.receiver_id = j.value
             where +h.giver_id = 1"
        );
        let found = rows(&self.db, &sql, [list], |row| {
            let key = (Id::from_raw(row.get(0)?), Id::from_raw(row.get(1)?));
            Ok((key, row.get::<_, i64>(2)?))
        })?;
        let mut owed: HashMap<(Id, Id), Halves> = HashMap::new();
        for (key, halves) in found.into_iter().filter(|(_, halves)| *halves > 0) {
            owed.entry(key).or_default().0 += u32::try_from(halves).unwrap_or(0);
        }
        Ok(owed)
    }
}
