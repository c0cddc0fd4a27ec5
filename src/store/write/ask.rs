//! Writing what people were asked, and what they said.

use super::super::read::asking::ask_of;
use super::super::{Error, Result};
use super::Writer;
use crate::domain::ask::Ask;
use crate::domain::id::Id;
use crate::domain::text::clean_line;
use chrono::NaiveDate;
use rusqlite::params;

impl Writer<'_> {
    pub fn add_ask(&mut self, ask: &Ask) -> Result<Id> {
        self.check_ask(ask)?;
        let id = self.mint();
        let sql = "insert into ask (id, contact_id, on_day, answer, next_on, note, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.write_ask(sql, id, ask)?;
        Ok(id)
    }

    pub fn edit_ask(&mut self, id: Id, before: &Ask, after: &Ask) -> Result<Option<Id>> {
        self.check_ask(after)?;
        let present = ask_of(self.db, id)?.ok_or_else(|| Error::Gone {
            what: "that ask".to_owned(),
        })?;
        if present.ask != *before {
            return Err(Error::Outdated {
                what: "this ask".to_owned(),
            });
        }
        let sql = "update ask set contact_id = ?2, on_day = ?3, answer = ?4, next_on = ?5, note = ?6, changed_at = ?7 where id = ?1";
        self.write_ask(sql, id, after)?;
        Ok(None)
    }

    fn write_ask(&self, sql: &str, id: Id, ask: &Ask) -> Result<()> {
        let row = params![
            id.raw(),
            ask.contact.raw(),
            ask.on.to_string(),
            ask.answer.map_or("", |answer| answer.word()),
            ask.next.map(|on: NaiveDate| on.to_string()),
            clean_line(&ask.note),
            self.stamp()
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    fn check_ask(&self, ask: &Ask) -> Result<()> {
        if ask.contact == Id::ME {
            return Err(Error::refused(
                "a referral is asked of somebody else; name them",
            ));
        }
        if ask.next.is_some_and(|next| next <= ask.on) {
            return Err(Error::refused(
                "the day to ask again must come after the day of the ask",
            ));
        }
        self.known(ask.contact)
    }
}
