//! Setting matters aside until a day, and taking them up again.

use super::super::{Error, Result};
use super::{Columns, Writer};
use crate::domain::id::Id;
use crate::domain::matter::{MatterKind, Snooze};
use crate::domain::text::clean_line;
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

/// The table the record of a matter is in.
fn table(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Draft => "draft",
        MatterKind::Promise | MatterKind::TheirPromise => "promise",
        MatterKind::Plan => "plan",
        MatterKind::Tell | MatterKind::Referral => "referral",
        MatterKind::Account => "account",
        MatterKind::Chit => "chit",
        MatterKind::Date => "key_date",
        MatterKind::Mentor
        | MatterKind::Stale
        | MatterKind::Ask
        | MatterKind::Ghost
        | MatterKind::Duplicate => "contact",
    }
}

impl Writer<'_> {
    /// Sets a matter aside; a promise on its own row too, so that the brief and Today agree.
    pub fn snooze(&mut self, snooze: &Snooze) -> Result<Option<Id>> {
        let table = table(snooze.kind);
        // The mentor's question is about advice, or about the mentor.
        let sql = match snooze.kind {
            MatterKind::Mentor => {
                "select 1 from contact where id = ?1 union all select 1 from fact where id = ?1"
                    .to_owned()
            }
            _ => format!("select 1 from {table} where id = ?1"),
        };
        let there: Option<i64> = self
            .db
            .prepare_cached(&sql)?
            .query_row([snooze.target.raw()], |row| row.get(0))
            .optional()?;
        if there.is_none() {
            return Err(Error::Gone {
                what: "what was to be set aside".to_owned(),
            });
        }
        if matches!(snooze.kind, MatterKind::Promise | MatterKind::TheirPromise) {
            self.snooze_promise(snooze.target, snooze.until)?;
        }
        let present = self.snooze_of(snooze)?;
        let Some(until) = snooze.until else {
            if let Some(id) = present {
                self.delete("snooze", id, "that")?;
            }
            return Ok(None);
        };
        let columns: Columns = vec![
            ("kind", Value::from(snooze.kind.word().to_owned())),
            ("target_id", Value::from(snooze.target.raw())),
            ("until_day", Value::from(until.to_string())),
            ("why", Value::from(clean_line(&snooze.why))),
        ];
        let new = present.is_none();
        let id = present.unwrap_or_else(|| self.mint());
        self.put("snooze", id, new, columns)?;
        Ok(Some(id))
    }

    /// Sets a promise aside from a list of promises. What Today or a review had noted of it says the same day, or goes.
    pub fn snooze_from_list(&mut self, id: Id, until: Option<NaiveDate>) -> Result<Option<Id>> {
        for kind in [MatterKind::Promise, MatterKind::TheirPromise] {
            let noted = self.snooze_of(&Snooze {
                kind,
                target: id,
                until,
                why: String::new(),
            })?;
            match (noted, until) {
                (Some(noted), Some(until)) => {
                    let day = ("until_day", Value::from(until.to_string()));
                    self.put("snooze", noted, false, vec![day])?;
                }
                (Some(noted), None) => {
                    self.delete("snooze", noted, "that")?;
                }
                (None, _) => {}
            }
        }
        self.snooze_promise(id, until)
    }

    fn snooze_of(&self, snooze: &Snooze) -> Result<Option<Id>> {
        let sql = "select id from snooze where target_id = ?1 and kind = ?2 order by id limit 1";
        let given = params![snooze.target.raw(), snooze.kind.word()];
        let found = self
            .db
            .prepare_cached(sql)?
            .query_row(given, |row| row.get(0));
        Ok(found.optional()?.map(Id::from_raw))
    }
}
