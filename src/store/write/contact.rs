//! Writing people: the card and everything on it, tags, accounts by name, links.

use super::super::read::card::card_of;
use super::super::{Error, Result};
use super::{Writer, name_of};
use crate::domain::contact::{Card, email_key};
use crate::domain::id::Id;
use crate::domain::phone;
use crate::domain::text::clean_line;
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

/// Longest text of one line a card may hold, in bytes; a name of this size is no name.
pub(in crate::store) const LONGEST_LINE: usize = 10_000;
/// Longest note on a card, in bytes.
pub(in crate::store) const LONGEST_NOTE: usize = 1_000_000;

impl Writer<'_> {
    /// A new person with everything on the (cleaned) card.
    pub fn add_contact(&mut self, card: &Card) -> Result<Id> {
        check(card)?;
        let id = self.mint();
        let account = self.account(&card.account)?;
        let sql = "insert into contact (id, name, family, given, additional, prefix, suffix, nick, account_id, department, title, note, uid,
                   cadence_days, ghost, origin, met_on, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
        let p = &card.parts;
        let row = params![
            id.raw(),
            card.name,
            p.family,
            p.given,
            p.additional,
            p.prefix,
            p.suffix,
            card.nick,
            account,
            card.department,
            card.title,
            card.note,
            card.uid,
            card.cadence,
            card.ghost,
            card.origin,
            card.met_on.map(|d| d.to_string()),
            self.stamp()
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        self.write_lists(id, &Card::default(), card)?;
        Ok(id)
    }

    /// The card becomes `after`, if the book still says `before`.
    pub fn edit_contact(&mut self, id: Id, before: &Card, after: &Card) -> Result<Option<Id>> {
        let present = card_of(self.db, id)?.ok_or_else(|| Error::Gone {
            what: before.name.clone(),
        })?;
        if present != *before {
            return Err(Error::Outdated { what: present.name });
        }
        let after = after.clone().cleaned();
        self.rewrite(id, before, &after)?;
        Ok(None)
    }

    /// Writes the differences between two cards of one person.
    pub fn rewrite(&mut self, id: Id, before: &Card, after: &Card) -> Result<()> {
        check(after)?;
        let account = self.account(&after.account)?;
        let sql = "update contact set name = ?2, family = ?3, given = ?4, additional = ?5, prefix = ?6, suffix = ?7, nick = ?8, account_id = ?9,
                   department = ?10, title = ?11, note = ?12, uid = ?13, cadence_days = ?14, ghost = ?15, origin = ?16, met_on = ?17, changed_at = ?18 where id = ?1";
        let p = &after.parts;
        let row = params![
            id.raw(),
            after.name,
            p.family,
            p.given,
            p.additional,
            p.prefix,
            p.suffix,
            after.nick,
            account,
            after.department,
            after.title,
            after.note,
            after.uid,
            after.cadence,
            after.ghost,
            after.origin,
            after.met_on.map(|d| d.to_string()),
            self.stamp()
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        self.write_lists(id, before, after)
    }

    /// The account of this name, made when there is none; no name, no account.
    pub fn account(&mut self, name: &str) -> Result<Option<i64>> {
        let name = clean_line(name);
        if name.is_empty() {
            return Ok(None);
        }
        let found = self
            .db
            .prepare_cached("select id from account where name = ?1 collate nocase")?
            .query_row([&name], |row| row.get(0))
            .optional()?;
        if let Some(id) = found {
            return Ok(Some(id));
        }
        let id = self.mint().raw();
        self.db
            .prepare_cached("insert into account (id, name, changed_at) values (?1, ?2, ?3)")?
            .execute(params![id, name, self.stamp()])?;
        Ok(Some(id))
    }

    pub fn archive(&mut self, id: Id, on: Option<NaiveDate>) -> Result<Option<Id>> {
        self.not_me(id, "archived")?;
        let sql =
            "update contact set archived_on = ?2, archived_why = '', changed_at = ?3 where id = ?1";
        self.db.prepare_cached(sql)?.execute(params![
            id.raw(),
            on.map(|d| d.to_string()),
            self.stamp()
        ])?;
        Ok(None)
    }

    /// Somebody is let go: archived, and why.
    pub fn let_go(&mut self, id: Id, on: NaiveDate, why: &str) -> Result<Option<Id>> {
        self.not_me(id, "let go")?;
        let sql =
            "update contact set archived_on = ?2, archived_why = ?3, changed_at = ?4 where id = ?1";
        let row = params![id.raw(), on.to_string(), clean_line(why), self.stamp()];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(None)
    }

    pub fn delete_contact(&mut self, id: Id) -> Result<Option<Id>> {
        self.not_me(id, "deleted")?;
        // A touch shared with others stays theirs; one with this person alone goes with them.
        let sql = "delete from touch where id in (select touch_id from party where contact_id = ?1)
                   and not exists (select 1 from party where touch_id = touch.id and contact_id <> ?1)";
        self.db.prepare_cached(sql)?.execute([id.raw()])?;
        let sql = "delete from suggestion where id in (select suggestion_id from suggested where contact_id = ?1)
                   and not exists (select 1 from suggested where suggestion_id = suggestion.id and contact_id <> ?1)";
        self.db.prepare_cached(sql)?.execute([id.raw()])?;
        self.delete("contact", id, "that person")
    }

    fn not_me(&self, id: Id, done: &str) -> Result<()> {
        if id == Id::ME {
            return Err(Error::refused(format!("this is you: you cannot be {done}")));
        }
        self.known(id)
    }

    pub fn set_cadence(&mut self, id: Id, days: Option<u16>) -> Result<Option<Id>> {
        self.known(id)?;
        if days.is_some_and(|days| !(1..=3650).contains(&days)) {
            return Err(Error::refused("a cadence is between 1 and 3650 days"));
        }
        self.db
            .prepare_cached("update contact set cadence_days = ?2, changed_at = ?3 where id = ?1")?
            .execute(params![id.raw(), days, self.stamp()])?;
        Ok(None)
    }

    pub fn tag(&mut self, people: &[Id], add: &[String], remove: &[String]) -> Result<Option<Id>> {
        for id in people {
            name_of(self.db, *id)?;
            for tag in add {
                self.put_tag(*id, tag)?;
            }
            for tag in remove {
                self.take_tag(*id, tag)?;
            }
        }
        Ok(None)
    }

    pub(super) fn write_tags(&mut self, id: Id, before: &[String], after: &[String]) -> Result<()> {
        for gone in before.iter().filter(|t| !after.contains(t)) {
            self.take_tag(id, gone)?;
        }
        for new in after.iter().filter(|t| !before.contains(t)) {
            self.put_tag(id, new)?;
        }
        Ok(())
    }

    fn put_tag(&mut self, id: Id, name: &str) -> Result<()> {
        let name = clean_line(name);
        let name = name.trim_start_matches('#').trim();
        if name.is_empty() {
            return Err(Error::refused("a tag needs a name"));
        }
        let found: Option<i64> = self
            .db
            .prepare_cached("select id from tag where name = ?1 collate nocase")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        let tag = if let Some(tag) = found {
            tag
        } else {
            let tag = self.mint().raw();
            self.db
                .prepare_cached("insert into tag (id, name, changed_at) values (?1, ?2, ?3)")?
                .execute(params![tag, name, self.stamp()])?;
            tag
        };
        let sql = "insert into tagging (id, contact_id, tag_id) values (?1, ?2, ?3) on conflict (contact_id, tag_id) do nothing";
        self.db
            .prepare_cached(sql)?
            .execute(params![self.mint().raw(), id.raw(), tag])?;
        Ok(())
    }

    fn take_tag(&mut self, id: Id, name: &str) -> Result<()> {
        let sql = "delete from tagging where contact_id = ?1 and tag_id = (select id from tag where name = ?2 collate nocase)";
        self.db
            .prepare_cached(sql)?
            .execute(params![id.raw(), name.trim_start_matches('#').trim()])?;
        // A tag on nobody is forgotten, unless it carries a cadence.
        let sql = "delete from tag where name = ?1 collate nocase and cadence_days is null and not exists (select 1 from tagging where tag_id = tag.id)";
        self.db
            .prepare_cached(sql)?
            .execute([name.trim_start_matches('#').trim()])?;
        Ok(())
    }

    pub fn confirm_link(&mut self, id: Id, yes: bool) -> Result<Option<Id>> {
        let sql = "update link set state = ?2, changed_at = ?3 where id = ?1";
        let state = if yes { "confirmed" } else { "refused" };
        let changed =
            self.db
                .prepare_cached(sql)?
                .execute(params![id.raw(), state, self.stamp()])?;
        if changed == 0 {
            return Err(Error::Gone {
                what: "that link".to_owned(),
            });
        }
        Ok(None)
    }
}

fn check(card: &Card) -> Result<()> {
    if card.name.is_empty() {
        return Err(Error::refused(
            "a person needs a name, an e-mail address or a telephone number",
        ));
    }
    let lines = [
        &card.name,
        &card.account,
        &card.title,
        &card.nick,
        &card.department,
    ];
    if lines.iter().any(|line| line.len() > LONGEST_LINE) || card.note.len() > LONGEST_NOTE {
        return Err(Error::refused(format!(
            "the card of {} is too long: a line may have {LONGEST_LINE} bytes, the note {LONGEST_NOTE}",
            crate::domain::text::fit(&card.name, 40)
        )));
    }
    Ok(())
}

/// Whether two cards with one name in one account can be the same person: nothing both have told contradicts it.
pub(in crate::store) fn same_person(one: &Card, other: &Card) -> bool {
    fn apart<T: PartialEq>(one: &[T], other: &[T]) -> bool {
        !one.is_empty() && !other.is_empty() && !one.iter().any(|x| other.contains(x))
    }
    let emails = |card: &Card| {
        card.emails
            .iter()
            .map(|e| email_key(&e.address))
            .collect::<Vec<_>>()
    };
    let phones = |card: &Card| {
        card.phones
            .iter()
            .map(|p| phone::digits(&p.number))
            .collect::<Vec<_>>()
    };
    let webs = |card: &Card| {
        card.webs
            .iter()
            .map(|w| w.url.to_lowercase())
            .collect::<Vec<_>>()
    };
    let uids_differ = matches!((&one.uid, &other.uid), (Some(a), Some(b)) if a != b);
    !(uids_differ
        || apart(&emails(one), &emails(other))
        || apart(&phones(one), &phones(other))
        || apart(&webs(one), &webs(other)))
}
