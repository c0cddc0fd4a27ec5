//! Writing chits: giving, settling in whole or in part, clearing.

use super::super::read::register::chit_of;
use super::super::{Error, Result};
use super::Writer;
use crate::domain::chit::{Chit, ChitPart, Halves, Settlement};
use crate::domain::id::Id;
use crate::domain::text::clean_line;
use rusqlite::params;

impl Writer<'_> {
    /// A new chit; `words` is the line of the note it was read from.
    pub fn give_chit(&mut self, chit: &Chit, words: &str) -> Result<Id> {
        self.check_chit(chit)?;
        let id = self.mint();
        let sql = "insert into chit (id, giver_id, receiver_id, what, given_on, halves, pending, touch_id, changed_at, words) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let row = params![
            id.raw(),
            chit.giver.raw(),
            chit.receiver.raw(),
            clean_line(&chit.what),
            chit.on.to_string(),
            chit.worth.0,
            chit.pending,
            chit.evidence.map(Id::raw),
            self.stamp(),
            clean_line(words)
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(id)
    }

    /// Corrects a chit; where it was read from a note again, with its new `words`.
    pub fn edit_chit(
        &mut self,
        id: Id,
        before: &Chit,
        after: &Chit,
        words: Option<&str>,
    ) -> Result<Option<Id>> {
        self.check_chit(after)?;
        let present = chit_of(self.db, id)?.ok_or_else(|| Error::Gone {
            what: "that chit".to_owned(),
        })?;
        if present.chit != *before {
            return Err(Error::Outdated {
                what: "this chit".to_owned(),
            });
        }
        let settled = present.chit.worth.0 - present.open().0;
        if after.worth.0 < settled {
            return Err(Error::refused(format!(
                "{} of this chit came back already, so it cannot be worth {}",
                Halves(settled),
                after.worth
            )));
        }
        let sql = "update chit set giver_id = ?2, receiver_id = ?3, what = ?4, given_on = ?5, halves = ?6, pending = ?7, touch_id = ?8, changed_at = ?9, words = coalesce(?10, words) where id = ?1";
        let row = params![
            id.raw(),
            after.giver.raw(),
            after.receiver.raw(),
            clean_line(&after.what),
            after.on.to_string(),
            after.worth.0,
            after.pending,
            after.evidence.map(Id::raw),
            self.stamp(),
            words.map(clean_line)
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(None)
    }

    fn check_chit(&self, chit: &Chit) -> Result<()> {
        if chit.giver == chit.receiver {
            return Err(Error::refused(
                "a chit is between two people: giver and receiver are the same",
            ));
        }
        if clean_line(&chit.what).is_empty() {
            return Err(Error::refused("say in a few words what the favour was"));
        }
        if !(1..=400).contains(&chit.worth.0) {
            return Err(Error::refused("a chit is worth between ½ and 200"));
        }
        self.known(chit.giver)?;
        self.known(chit.receiver)
    }

    pub fn settle_chit(&mut self, id: Id, part: &ChitPart) -> Result<Option<Id>> {
        let chit = chit_of(self.db, id)?.ok_or_else(|| Error::Gone {
            what: "that chit".to_owned(),
        })?;
        let open = chit.open();
        if open == Halves(0) {
            return Err(Error::refused(format!(
                "the chit \"{}\" is {} already",
                chit.chit.what,
                chit.state().word()
            )));
        }
        if part.halves.0 == 0 || part.halves > open {
            let sizes = if open == Halves(1) {
                "only ½".to_owned()
            } else {
                format!("between ½ and {open}")
            };
            return Err(Error::refused(format!(
                "{sizes} of this chit is still open, not {}",
                part.halves
            )));
        }
        if part.on < chit.chit.on {
            return Err(Error::refused(format!(
                "the favour was done on {}; it cannot come back before that",
                chit.chit.on
            )));
        }
        let how = match part.how {
            Settlement::Redeemed => "redeemed",
            Settlement::Forgiven => "forgiven",
        };
        let part_id = self.mint();
        let sql = "insert into chit_part (id, chit_id, on_day, halves, how, by_what, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let row = params![
            part_id.raw(),
            id.raw(),
            part.on.to_string(),
            part.halves.0,
            how,
            clean_line(&part.by),
            self.stamp()
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(Some(part_id))
    }

    pub fn clear_chit(&mut self, id: Id, pending: bool) -> Result<Option<Id>> {
        let sql = "update chit set pending = ?2, changed_at = ?3 where id = ?1";
        if self
            .db
            .prepare_cached(sql)?
            .execute(params![id.raw(), pending, self.stamp()])?
            == 0
        {
            return Err(Error::Gone {
                what: "that chit".to_owned(),
            });
        }
        Ok(None)
    }
}
