//! Finding whom somebody means: by id, e-mail, telephone number or a part of the name.

use super::super::{Result, Store};
use super::record::table;
use crate::domain::contact::email_key;
use crate::domain::id::{Id, shortest};
use crate::domain::phone;
use crate::domain::record::RecordKind;
use crate::domain::text::fold;

/// One person who fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Their identity.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// Their account's name, or empty.
    pub account: String,
}

/// The least digits that are taken for a part of a telephone number.
const DIGITS: usize = 5;

impl Store {
    /// Everybody `who` can mean, best way of reading it first: `me`, an e-mail address, an id as lists show it, a telephone number, a
    /// name in full, a part of a name, a shorter id. The first reading that fits anybody decides.
    pub fn who(&self, who: &str) -> Result<Vec<Match>> {
        let who = who.trim();
        if who.eq_ignore_ascii_case("me") {
            return Ok(vec![Match {
                id: Id::ME,
                name: "me".to_owned(),
                account: String::new(),
            }]);
        }
        if who.is_empty() {
            return Ok(Vec::new());
        }
        if who.contains('@') {
            return self.matching(
                "c.id in (select contact_id from email where key = ?1)",
                email_key(who),
            );
        }
        if let Some(id) = self.by_shown_id(who)? {
            return self.matching("c.id = ?1", id.raw());
        }
        let by_phone = self.by_phone(who)?;
        if !by_phone.is_empty() {
            return Ok(by_phone);
        }
        self.by_name(who)
    }

    /// Whom a name, a part of one or the beginning of an id can mean.
    fn by_name(&self, who: &str) -> Result<Vec<Match>> {
        let everybody = self.everybody()?;
        let wanted = fold(who);
        let full: Vec<Match> = everybody
            .iter()
            .filter(|m| fold(&m.name) == wanted)
            .cloned()
            .collect();
        if !full.is_empty() {
            return Ok(full);
        }
        let by_id: Vec<Match> = everybody
            .iter()
            .filter(|m| Id::looks_like(who) && who.len() >= 4 && m.id.matches(who))
            .cloned()
            .collect();
        let words: Vec<&str> = wanted.split_whitespace().collect();
        // A whole word of a name was meant rather than the beginning or the middle of another's.
        let whole = |m: &&Match| {
            let name = fold(&m.name);
            words
                .iter()
                .all(|word| name.split_whitespace().any(|part| part == *word))
        };
        let by_word: Vec<Match> = everybody.iter().filter(whole).cloned().collect();
        if !by_word.is_empty() {
            return Ok(by_word);
        }
        let by_part = everybody.into_iter().filter(|m| {
            let name = fold(&m.name);
            words
                .iter()
                .all(|word| name.split_whitespace().any(|part| part.starts_with(word)))
                || name.contains(&wanted)
        });
        let by_part: Vec<Match> = by_part.collect();
        Ok(if by_part.is_empty() { by_id } else { by_part })
    }

    /// Whose id this is, as lists show it. One that is all digits may also end somebody's telephone number, and what was copied
    /// from a list must not mean somebody else; one without a digit is rather a name.
    fn by_shown_id(&self, who: &str) -> Result<Option<Id>> {
        if !Id::looks_like(who) || !who.bytes().any(|b| b.is_ascii_digit()) {
            return Ok(None);
        }
        let ids = self.contact_ids()?;
        let mut fitting = ids.iter().filter(|id| id.matches(who));
        let only = fitting.next().filter(|_| fitting.next().is_none());
        Ok(only
            .filter(|_| who.len() >= shortest(ids.iter().copied()))
            .copied())
    }

    fn by_phone(&self, who: &str) -> Result<Vec<Match>> {
        let plain = who
            .chars()
            .all(|c| c.is_ascii_digit() || "+-./() ".contains(c))
            || who.starts_with("tel:");
        let digits = phone::digits(who);
        if !plain || digits.len() < DIGITS {
            return Ok(Vec::new());
        }
        if let Some(key) = phone::key(who, self.country.as_deref()) {
            let found =
                self.matching("c.id in (select contact_id from phone where key = ?1)", key)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let national = digits.trim_start_matches('0').to_owned();
        let bare = "replace(replace(replace(replace(replace(replace(replace(number, ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '/', ''), '+', '')";
        self.matching(
            &format!("c.id in (select contact_id from phone where {bare} like '%' || ?1)"),
            national,
        )
    }

    fn everybody(&self) -> Result<Vec<Match>> {
        self.matching("?1 is not null", "")
    }

    fn matching(&self, condition: &str, value: impl rusqlite::ToSql) -> Result<Vec<Match>> {
        let sql = format!(
            "select c.id, c.name, coalesce(a.name, '') from contact c left join account a on a.id = c.account_id where c.id <> 1 and {condition} order by c.name collate nocase, c.id"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let found = statement.query_map([value], |row| {
            Ok(Match {
                id: Id::from_raw(row.get(0)?),
                name: row.get(1)?,
                account: row.get(2)?,
            })
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// The ids of every row of a table, for shortening one to what is unambiguous.
    fn ids(&self, table: &str) -> Result<Vec<Id>> {
        let mut statement = self.db.prepare_cached(&format!("select id from {table}"))?;
        let ids = statement.query_map([], |row| row.get(0).map(Id::from_raw))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// Everybody but me, by name.
    pub fn names(&self) -> Result<Vec<(Id, String)>> {
        let everybody = self.everybody()?;
        Ok(everybody.into_iter().map(|m| (m.id, m.name)).collect())
    }

    /// The ids of all chits.
    pub fn chit_ids(&self) -> Result<Vec<Id>> {
        self.ids("chit")
    }

    /// The ids of all referrals.
    pub fn referral_ids(&self) -> Result<Vec<Id>> {
        self.ids("referral")
    }

    /// Every account, by name.
    pub fn every_account(&self) -> Result<Vec<(Id, String)>> {
        let mut statement = self
            .db
            .prepare_cached("select id, name from account order by name collate nocase, id")?;
        let found = statement.query_map([], |row| Ok((Id::from_raw(row.get(0)?), row.get(1)?)))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// The accounts `name` can mean, by name: one that is called so, else those that have it in their name.
    pub fn accounts_named(&self, name: &str) -> Result<Vec<(Id, String)>> {
        let mut found = self.every_account()?;
        let wanted = fold(name.trim());
        found.retain(|(_, name)| !wanted.is_empty() && fold(name).contains(&wanted));
        if let Some(exact) = found.iter().find(|(_, name)| fold(name) == wanted) {
            return Ok(vec![exact.clone()]);
        }
        Ok(found)
    }

    /// The ids of all promises.
    pub fn promise_ids(&self) -> Result<Vec<Id>> {
        self.ids("promise")
    }

    /// The ids of all records of one kind.
    pub fn record_ids(&self, kind: RecordKind) -> Result<Vec<Id>> {
        self.ids(table(kind))
    }

    /// The ids of all people but me.
    pub fn contact_ids(&self) -> Result<Vec<Id>> {
        Ok(self
            .ids("contact")?
            .into_iter()
            .filter(|id| *id != Id::ME)
            .collect())
    }
}
