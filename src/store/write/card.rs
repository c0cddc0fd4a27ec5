//! Writing what a card lists: telephones, addresses, dates, relations, and what has no place of its own.

use super::super::Result;
use super::super::read::card::dates_of;
use super::Writer;
use crate::domain::contact::{Card, KeyDate, email_key};
use crate::domain::id::Id;
use crate::domain::phone;
use rusqlite::params;

impl Writer<'_> {
    /// The lists on a card; one that did not change is not written.
    pub(super) fn write_lists(&mut self, id: Id, before: &Card, after: &Card) -> Result<()> {
        if before.phones != after.phones {
            self.clear("phone", id, before.phones.is_empty())?;
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
            self.clear("email", id, before.emails.is_empty())?;
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
            self.clear("web", id, before.webs.is_empty())?;
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
            self.clear("address", id, before.addresses.is_empty())?;
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
            self.clear("extra", id, before.extra.is_empty())?;
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

    /// Dates that stay in their order keep their rows, since a note may have led to them.
    fn write_dates(&mut self, id: Id, before: &[KeyDate], after: &[KeyDate]) -> Result<()> {
        if before == after {
            return Ok(());
        }
        let mut new = after.iter().peekable();
        for (row, date) in dates_of(self.db, id)? {
            if new.next_if(|new| **new == date).is_none() {
                self.db
                    .prepare_cached("delete from key_date where id = ?1")?
                    .execute([row])?;
            }
        }
        for date in new {
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
            let sql = "insert into link (id, from_id, to_name, kind, state, note, changed_at) select ?1, ?2, ?3, ?4, 'suggested', ?6, ?5
                       where not exists (select 1 from link where from_id = ?2 and kind = ?4 and to_name = ?3)";
            self.db.prepare_cached(sql)?.execute(params![
                self.mint().raw(),
                id.raw(),
                new.name,
                new.kind.word(),
                self.stamp(),
                new.label
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

    fn clear(&mut self, table: &str, id: Id, empty: bool) -> Result<()> {
        if empty {
            return Ok(());
        }
        self.db
            .prepare_cached(&format!("delete from {table} where contact_id = ?1"))?
            .execute([id.raw()])?;
        Ok(())
    }
}
