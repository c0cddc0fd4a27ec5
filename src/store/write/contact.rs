//! Writing people: the card and everything on it, tags, accounts by name, links.

use super::super::read::person::card_of;
use super::super::{Error, Result};
use super::{Writer, name_of};
use crate::domain::contact::{Card, KeyDate, email_key};
use crate::domain::id::Id;
use crate::domain::phone;
use crate::domain::text::clean_line;
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

/// Longest text of one line a card may hold, in bytes; a name of this size is no name.
const LONGEST_LINE: usize = 10_000;
/// Longest note on a card, in bytes.
const LONGEST_NOTE: usize = 1_000_000;

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

    /// The lists on a card; one that did not change is not written.
    fn write_lists(&mut self, id: Id, before: &Card, after: &Card) -> Result<()> {
        if before.phones != after.phones {
            self.clear("phone", id)?;
            for (position, entry) in after.phones.iter().enumerate() {
                let key = phone::key(&entry.number, self.country);
                let sql = "insert into phone (id, contact_id, position, label, number, key) values (?1, ?2, ?3, ?4, ?5, ?6)";
                let row = params![
                    self.mint().raw(),
                    id.raw(),
                    position as i64,
                    entry.label,
                    entry.number,
                    key
                ];
                self.db.prepare_cached(sql)?.execute(row)?;
            }
        }
        if before.emails != after.emails {
            self.clear("email", id)?;
            for (position, entry) in after.emails.iter().enumerate() {
                let sql = "insert into email (id, contact_id, position, label, address, key) values (?1, ?2, ?3, ?4, ?5, ?6)";
                let row = params![
                    self.mint().raw(),
                    id.raw(),
                    position as i64,
                    entry.label,
                    entry.address,
                    email_key(&entry.address)
                ];
                self.db.prepare_cached(sql)?.execute(row)?;
            }
        }
        if before.webs != after.webs {
            self.clear("web", id)?;
            for (position, entry) in after.webs.iter().enumerate() {
                let sql = "insert into web (id, contact_id, position, label, url) values (?1, ?2, ?3, ?4, ?5)";
                self.db.prepare_cached(sql)?.execute(params![
                    self.mint().raw(),
                    id.raw(),
                    position as i64,
                    entry.label,
                    entry.url
                ])?;
            }
        }
        self.write_places(id, before, after)?;
        self.write_tags(id, &before.tags, &after.tags)?;
        self.write_dates(id, &before.dates, &after.dates)?;
        self.write_relations(id, before, after)
    }

    fn write_places(&mut self, id: Id, before: &Card, after: &Card) -> Result<()> {
        if before.addresses != after.addresses {
            self.clear("address", id)?;
            for (position, a) in after.addresses.iter().enumerate() {
                let sql = "insert into address (id, contact_id, position, label, po_box, extended, street, city, region, postcode, country)
                           values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
                let row = params![
                    self.mint().raw(),
                    id.raw(),
                    position as i64,
                    a.label,
                    a.po_box,
                    a.extended,
                    a.street,
                    a.city,
                    a.region,
                    a.postcode,
                    a.country
                ];
                self.db.prepare_cached(sql)?.execute(row)?;
            }
        }
        if before.extra != after.extra {
            self.clear("extra", id)?;
            for (position, e) in after.extra.iter().enumerate() {
                let sql = "insert into extra (id, contact_id, position, source, name, value) values (?1, ?2, ?3, ?4, ?5, ?6)";
                self.db.prepare_cached(sql)?.execute(params![
                    self.mint().raw(),
                    id.raw(),
                    position as i64,
                    e.source,
                    e.name,
                    e.value
                ])?;
            }
        }
        Ok(())
    }

    /// Dates that stay keep their rows, since a note may have led to them.
    fn write_dates(&mut self, id: Id, before: &[KeyDate], after: &[KeyDate]) -> Result<()> {
        if before == after {
            return Ok(());
        }
        self.clear("key_date", id)?;
        for date in after {
            let sql = "insert into key_date (id, contact_id, label, on_day, yearly, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6)";
            let row = params![
                self.mint().raw(),
                id.raw(),
                date.label,
                date.on.to_string(),
                date.yearly,
                self.stamp()
            ];
            self.db.prepare_cached(sql)?.execute(row)?;
        }
        Ok(())
    }

    /// People named on a card become suggested links: to the person of that name if there is just one.
    fn write_relations(&mut self, id: Id, before: &Card, after: &Card) -> Result<()> {
        for old in before
            .relations
            .iter()
            .filter(|r| !after.relations.contains(r))
        {
            let sql = "delete from link where from_id = ?1 and kind = ?2 and (to_name = ?3 or to_id in (select id from contact where name = ?3))";
            self.db
                .prepare_cached(sql)?
                .execute(params![id.raw(), old.kind.word(), old.name])?;
        }
        for new in after
            .relations
            .iter()
            .filter(|r| !before.relations.contains(r))
        {
            // One that was refused before is not suggested again.
            let sql = "insert into link (id, from_id, to_name, kind, state, changed_at) select ?1, ?2, ?3, ?4, 'suggested', ?5
                       where not exists (select 1 from link where from_id = ?2 and kind = ?4 and to_name = ?3)";
            self.db.prepare_cached(sql)?.execute(params![
                self.mint().raw(),
                id.raw(),
                new.name,
                new.kind.word(),
                self.stamp()
            ])?;
        }
        Ok(())
    }

    /// Links that so far hold only this name now point to the person who has it.
    pub fn resolve_links(&mut self, name: &str) -> Result<()> {
        let sql = "update link set to_id = (select min(id) from contact where name = ?1 collate nocase)
                   where to_id is null and to_name = ?1 collate nocase and (select count(*) from contact where name = ?1 collate nocase) = 1";
        self.db.prepare_cached(sql)?.execute([name])?;
        Ok(())
    }

    /// The same for every name that is still open, after an import.
    pub fn resolve_all_links(&mut self) -> Result<()> {
        let sql = "update link set to_id = (select min(id) from contact where name = link.to_name collate nocase)
                   where to_id is null and (select count(*) from contact where name = link.to_name collate nocase) = 1
                   and (select min(id) from contact where name = link.to_name collate nocase) <> from_id";
        self.db.execute(sql, [])?;
        Ok(())
    }

    fn clear(&mut self, table: &str, id: Id) -> Result<()> {
        self.db
            .prepare_cached(&format!("delete from {table} where contact_id = ?1"))?
            .execute([id.raw()])?;
        Ok(())
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
        let sql = "update contact set archived_on = ?2, changed_at = ?3 where id = ?1";
        self.db.prepare_cached(sql)?.execute(params![
            id.raw(),
            on.map(|d| d.to_string()),
            self.stamp()
        ])?;
        Ok(None)
    }

    pub fn delete_contact(&mut self, id: Id) -> Result<Option<Id>> {
        self.not_me(id, "deleted")?;
        // A touch shared with others stays theirs; one with this person alone goes with them.
        let sql = "delete from touch where id in (select touch_id from party where contact_id = ?1)
                   and not exists (select 1 from party where touch_id = touch.id and contact_id <> ?1)";
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

    fn write_tags(&mut self, id: Id, before: &[String], after: &[String]) -> Result<()> {
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
        self.db.prepare_cached(sql)?.execute([name])?;
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
