//! What other programs know besides people: accounts by an identity of theirs, deals, touches, and who is whose manager.

use super::bulk::{Bulk, Found};
use super::read::rows;
use super::standing::{set, setting};
use super::write::{Became, LONGEST_LINE, LONGEST_NOTE};
use super::{Error, Result, Store};
use crate::domain::contact::email_key;
use crate::domain::id::Id;
use crate::domain::link::LinkKind;
use crate::domain::moment::wall_millis;
use crate::domain::money::Money;
use crate::domain::phone;
use crate::domain::text::{clean_line, clean_note, fit, fold};
use crate::domain::touch::Touch;
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};
use std::collections::HashSet;

impl Store {
    /// What was said of a table whose columns have this fingerprint.
    pub fn remembered_map(&self, print: u64) -> Result<Option<String>> {
        setting(&self.db, &map_name(print))
    }

    /// Keeps what was said of a table's columns for the next one that has the same.
    pub fn remember_map(&mut self, print: u64, map: &str) -> Result<()> {
        self.ready_to_write()?;
        let outcome = set(&self.db, &map_name(print), map);
        self.after_writing(outcome)
    }
}

fn map_name(print: u64) -> String {
    format!("columns {print:016x}")
}

/// A deal that was sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sold {
    /// To whom, as far as it is known.
    pub contact: Option<Id>,
    /// To which account, by its row.
    pub account: Option<i64>,
    /// When.
    pub on: NaiveDate,
    /// For how much.
    pub amount: Money,
    /// What.
    pub what: String,
}

impl Bulk<'_> {
    /// What was said of a table whose columns have this fingerprint.
    pub fn remembered_map(&self, print: u64) -> Result<Option<String>> {
        setting(self.db(), &map_name(print))
    }

    /// Whoever has this identity.
    pub fn by_uid(&self, uid: &str) -> Result<Option<Id>> {
        let found = rows(
            self.db(),
            "select id from contact where uid = ?1 and id <> 1 limit 2",
            [uid],
            |row| row.get(0),
        )?;
        Ok(match found.as_slice() {
            [one] => Some(Id::from_raw(*one)),
            _ => None,
        })
    }

    /// Whom a text of a log names: an identity, an e-mail address, a telephone number or a name in full.
    pub fn somebody(&self, who: &str) -> Result<Found> {
        let who = clean_line(who);
        if who.is_empty() {
            return Ok(Found::Nobody);
        }
        if let Some(id) = self.by_uid(&who)? {
            return Ok(Found::One(id, "UID"));
        }
        if who.contains('@') {
            return self.by_email(&email_key(&who.to_lowercase()), "");
        }
        let digits = who.chars().filter(char::is_ascii_digit).count();
        if digits >= 5 && !who.chars().any(char::is_alphabetic) {
            // A number that is none of any country is the same where it is written the same.
            let (column, number) = match phone::key(&who, self.country()) {
                Some(key) => ("key", key),
                None => ("key is null and number", who),
            };
            let sql = format!(
                "select distinct contact_id from phone where {column} = ?1 and contact_id <> 1 order by 1"
            );
            let ids = rows(self.db(), &sql, [number], |row| row.get(0))?;
            return Ok(found(ids, "telephone"));
        }
        let sql = "select id from contact where name = ?1 collate nocase and id <> 1 order by 1";
        Ok(found(
            rows(self.db(), sql, [who], |row| row.get(0))?,
            "name",
        ))
    }

    /// Everybody's name as it is found by, for texts that name somebody by a part of it.
    pub fn everybody(&self) -> Result<Vec<(Id, String)>> {
        rows(
            self.db(),
            "select id, name from contact where id <> 1",
            [],
            |row| {
                let name: String = row.get(1)?;
                Ok((Id::from_raw(row.get(0)?), fold(&name)))
            },
        )
    }

    /// The account of an identity: its row and its name.
    pub fn account_by_uid(&self, uid: &str) -> Result<Option<(i64, String)>> {
        let sql = "select a.id, a.name from account_identity i join account a on a.id = i.account_id where i.uid = ?1";
        let mut statement = self.db().prepare_cached(sql)?;
        Ok(statement
            .query_row([uid], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// The account of a name.
    pub fn account_by_name(&self, name: &str) -> Result<Option<i64>> {
        let sql = "select id from account where name = ?1 collate nocase";
        let mut statement = self.db().prepare_cached(sql)?;
        Ok(statement
            .query_row([clean_line(name)], |row| row.get(0))
            .optional()?)
    }

    /// The account a person belongs to.
    pub fn account_of(&self, person: Id) -> Result<Option<i64>> {
        let sql = "select account_id from contact where id = ?1";
        let mut statement = self.db().prepare_cached(sql)?;
        Ok(statement
            .query_row([person.raw()], |row| row.get(0))
            .optional()?
            .flatten())
    }

    /// Notes that the account of this name is known by this identity elsewhere.
    pub fn identify_account(&mut self, name: &str, uid: &str) -> Result<()> {
        if uid.is_empty() || self.account_by_uid(uid)?.is_some() {
            return Ok(());
        }
        if let Some(account) = self.writer()?.account(name)? {
            self.insert_identity(account, uid)?;
        }
        Ok(())
    }

    fn insert_identity(&mut self, account: i64, uid: &str) -> Result<()> {
        let id = self.writer()?.mint().raw();
        let sql = "insert into account_identity (id, account_id, uid) values (?1, ?2, ?3)";
        self.db()
            .prepare_cached(sql)?
            .execute(params![id, account, uid])?;
        self.changed();
        Ok(())
    }

    /// An account with everything a file says of it as its note, where it has none yet.
    pub fn firm(&mut self, name: &str, uid: &str, note: &str) -> Result<Became> {
        if name.len() > LONGEST_LINE || note.len() > LONGEST_NOTE {
            return Err(too_long("account", name));
        }
        let by_uid = if uid.is_empty() {
            None
        } else {
            self.account_by_uid(uid)?.map(|(id, _)| id)
        };
        let known = match by_uid {
            Some(id) => Some(id),
            None => self.account_by_name(name)?,
        };
        let account = match known {
            Some(id) => id,
            None => match self.writer()?.account(name)? {
                Some(id) => id,
                None => return Ok(Became::Same),
            },
        };
        let mut changed = false;
        if by_uid.is_none() && !uid.is_empty() {
            self.insert_identity(account, uid)?;
            changed = true;
        }
        let note = clean_note(note);
        if !note.is_empty() {
            let now = self.stamp();
            let sql = "update account set note = ?2, changed_at = ?3 where id = ?1 and note = ''";
            changed |= self
                .db()
                .prepare_cached(sql)?
                .execute(params![account, note, now])?
                > 0;
        }
        if known.is_none() || changed {
            self.changed();
        }
        Ok(match (known, changed) {
            (None, _) => Became::New,
            (Some(_), true) => Became::Changed,
            (Some(_), false) => Became::Same,
        })
    }

    /// A deal that was sold, unless the book has it.
    pub fn sold(&mut self, sold: &Sold) -> Result<Became> {
        let what = clean_line(&sold.what);
        if what.len() > LONGEST_LINE {
            return Err(too_long("deal", &what));
        }
        let contact = sold.contact.map(Id::raw);
        let sql = "select 1 from sale where (contact_id = ?1 or contact_id is null and account_id = ?2) and on_day = ?3 and amount = ?4 and currency = ?5 and what = ?6";
        let row = params![
            contact,
            sold.account,
            sold.on.to_string(),
            sold.amount.minor,
            sold.amount.currency,
            what
        ];
        if self.db().prepare_cached(sql)?.exists(row)? {
            return Ok(Became::Same);
        }
        let (id, now) = (self.writer()?.mint().raw(), self.stamp());
        let sql = "insert into sale (id, contact_id, account_id, on_day, amount, currency, what, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let row = params![
            id,
            contact,
            sold.account,
            sold.on.to_string(),
            sold.amount.minor,
            sold.amount.currency,
            what,
            now
        ];
        self.db().prepare_cached(sql)?.execute(row)?;
        self.changed();
        Ok(Became::New)
    }

    /// A touch that another program or a log knows of. One that the book has, by its identity there or because it says the same of the
    /// same moment, is not made again; people it lacks take part.
    pub fn happened(
        &mut self,
        touch: &Touch,
        source: &str,
        key: &str,
        asleep: &HashSet<Id>,
    ) -> Result<Became> {
        let sql = "select id from touch where source = ?1 and source_key = ?2";
        let by_key: Option<i64> = self
            .db()
            .prepare_cached(sql)?
            .query_row([source, key], |row| row.get(0))
            .optional()?;
        let known = match by_key {
            Some(id) => Some(Id::from_raw(id)),
            None => self.same_touch(touch)?,
        };
        let Some(known) = known else {
            self.writer()?.bring_touch(touch, source, key, asleep)?;
            self.changed();
            return Ok(Became::New);
        };
        let joined = self.writer()?.take_part_too(known, &touch.people, asleep)?;
        if joined {
            self.changed();
        }
        Ok(if joined {
            Became::Changed
        } else {
            Became::Same
        })
    }

    /// A touch of the same kind at the same moment with one of the same people that says the same.
    fn same_touch(&self, touch: &Touch) -> Result<Option<Id>> {
        let sql = "select t.id, t.body from party p join touch t on t.id = p.touch_id where p.contact_id = ?1 and p.wall = ?2 and p.kind = ?3";
        let body = clean_note(&touch.body);
        for person in &touch.people {
            let row = params![person.raw(), wall_millis(&touch.at), touch.kind.word()];
            let found = rows(self.db(), sql, row, |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
            })?;
            if let Some((id, _)) = found
                .into_iter()
                .find(|(_, text)| text.trim() == body.trim())
            {
                return Ok(Some(Id::from_raw(id)));
            }
        }
        Ok(None)
    }

    /// Suggests that `to` is the `kind` of `from`, unless the book has it in any state.
    pub fn suggest_link(&mut self, from: Id, to: Id, kind: LinkKind, label: &str) -> Result<bool> {
        let sql = "insert into link (id, from_id, to_id, kind, state, note, changed_at) select ?1, ?2, ?3, ?4, 'suggested', ?5, ?6
                   where ?2 <> ?3 and not exists (select 1 from link where from_id = ?2 and to_id = ?3 and kind = ?4)";
        let (id, now) = (self.writer()?.mint().raw(), self.stamp());
        let row = params![
            id,
            from.raw(),
            to.raw(),
            kind.word(),
            clean_line(label),
            now
        ];
        let made = self.db().prepare_cached(sql)?.execute(row)? > 0;
        if made {
            self.changed();
        }
        Ok(made)
    }
}

fn too_long(what: &str, name: &str) -> Error {
    Error::refused(format!(
        "the {what} {} is too long: its name may have {LONGEST_LINE} bytes, the rest {LONGEST_NOTE}",
        fit(name, 40)
    ))
}

fn found(ids: Vec<i64>, by: &'static str) -> Found {
    match ids.as_slice() {
        [] => Found::Nobody,
        [one] => Found::One(Id::from_raw(*one), by),
        _ => Found::Several(ids.into_iter().map(Id::from_raw).collect(), by),
    }
}
