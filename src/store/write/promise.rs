//! Writing promises and plans.

use super::super::read::register::promise_of;
use super::super::{Error, Result};
use super::Writer;
use crate::domain::id::Id;
use crate::domain::promise::{Plan, Promise, PromiseState};
use crate::domain::text::clean_line;
use chrono::NaiveDate;
use rusqlite::params;

impl Writer<'_> {
    /// A new promise; `words` is the line of the note it was read from.
    pub fn add_promise(&mut self, promise: &Promise, words: &str) -> Result<Id> {
        self.check_promise(promise)?;
        let id = self.mint();
        let sql = "insert into promise (id, contact_id, mine, what, made_on, due_on, touch_id, changed_at, words) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let row = params![
            id.raw(),
            promise.contact.raw(),
            promise.mine,
            clean_line(&promise.what),
            promise.made_on.to_string(),
            promise.due.to_string(),
            promise.evidence.map(Id::raw),
            self.stamp(),
            clean_line(words)
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(id)
    }

    /// Corrects a promise; where it was read from a note again, with its new `words`.
    pub fn edit_promise(
        &mut self,
        id: Id,
        before: &Promise,
        after: &Promise,
        words: Option<&str>,
    ) -> Result<Option<Id>> {
        self.check_promise(after)?;
        let present = promise_of(self.db, id)?.ok_or_else(|| Error::Gone {
            what: "that promise".to_owned(),
        })?;
        if present.promise != *before {
            return Err(Error::Outdated {
                what: "this promise".to_owned(),
            });
        }
        let sql = "update promise set contact_id = ?2, mine = ?3, what = ?4, made_on = ?5, due_on = ?6, touch_id = ?7, changed_at = ?8, words = coalesce(?9, words) where id = ?1";
        let row = params![
            id.raw(),
            after.contact.raw(),
            after.mine,
            clean_line(&after.what),
            after.made_on.to_string(),
            after.due.to_string(),
            after.evidence.map(Id::raw),
            self.stamp(),
            words.map(clean_line)
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(None)
    }

    fn check_promise(&self, promise: &Promise) -> Result<()> {
        if clean_line(&promise.what).is_empty() {
            return Err(Error::refused("say in a few words what was promised"));
        }
        if promise.contact == Id::ME {
            return Err(Error::refused(
                "a promise is between you and somebody else; name the other",
            ));
        }
        self.known(promise.contact)
    }

    pub fn close_promise(
        &mut self,
        id: Id,
        state: PromiseState,
        on: NaiveDate,
    ) -> Result<Option<Id>> {
        let present = promise_of(self.db, id)?.ok_or_else(|| Error::Gone {
            what: "that promise".to_owned(),
        })?;
        if state != PromiseState::Open && present.state != PromiseState::Open {
            return Err(Error::refused(format!(
                "this promise is {} already; `chitbook undo` takes that back",
                present.state.word()
            )));
        }
        let closed = (state != PromiseState::Open).then(|| on.to_string());
        let sql = "update promise set state = ?2, closed_on = ?3, changed_at = ?4 where id = ?1";
        let row = params![id.raw(), state.word(), closed, self.stamp()];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(None)
    }

    pub(super) fn snooze_promise(
        &mut self,
        id: Id,
        until: Option<NaiveDate>,
    ) -> Result<Option<Id>> {
        let present = promise_of(self.db, id)?.ok_or_else(|| Error::Gone {
            what: "that promise".to_owned(),
        })?;
        if present.state != PromiseState::Open {
            return Err(Error::refused(format!(
                "this promise is {} already; only an open one can be set aside",
                present.state.word()
            )));
        }
        let sql = "update promise set snoozed_until = ?2, changed_at = ?3 where id = ?1";
        let until = until.map(|day| day.to_string());
        self.db
            .prepare_cached(sql)?
            .execute(params![id.raw(), until, self.stamp()])?;
        Ok(None)
    }

    pub fn plan_touch(&mut self, plan: &Plan) -> Result<Id> {
        if plan.contact == Id::ME {
            return Err(Error::refused(
                "a plan is to touch somebody else; name them",
            ));
        }
        self.known(plan.contact)?;
        let sql = "update plan set state = 'dropped', changed_at = ?2 where contact_id = ?1 and state = 'open'";
        self.db
            .prepare_cached(sql)?
            .execute(params![plan.contact.raw(), self.stamp()])?;
        let id = self.mint();
        let sql = "insert into plan (id, contact_id, on_day, at_time, why, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6)";
        let at = plan.at.map(|t| t.format("%H:%M").to_string());
        self.db.prepare_cached(sql)?.execute(params![
            id.raw(),
            plan.contact.raw(),
            plan.on.to_string(),
            at,
            clean_line(&plan.why),
            self.stamp()
        ])?;
        Ok(id)
    }

    pub fn drop_plan(&mut self, id: Id) -> Result<Option<Id>> {
        let sql =
            "update plan set state = 'dropped', changed_at = ?2 where id = ?1 and state = 'open'";
        if self
            .db
            .prepare_cached(sql)?
            .execute(params![id.raw(), self.stamp()])?
            == 0
        {
            return Err(Error::Gone {
                what: "that plan".to_owned(),
            });
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::contact::Card;
    use crate::domain::moment::Moment;
    use crate::store::Store;

    #[test]
    fn a_closed_promise_is_not_closed_again_but_can_be_opened() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Store::open(&folder.path().join("book")).unwrap();
        let now = Moment::parse_from_rfc3339("2026-11-22T14:07:00+00:00").unwrap();
        let on = now.date_naive();
        let ada = Command::AddContact(Box::new(Card {
            name: "Ada".to_owned(),
            ..Card::default()
        }));
        let contact = book.apply(&ada, &now).unwrap().created.unwrap();
        let promise = Command::AddPromise(Box::new(Promise {
            contact,
            mine: true,
            what: "the quote".to_owned(),
            made_on: on,
            due: on,
            evidence: None,
        }));
        let id = book.apply(&promise, &now).unwrap().created.unwrap();
        let mut close = |state| book.apply(&Command::ClosePromise { id, state, on }, &now);
        close(PromiseState::Kept).unwrap();
        for state in [PromiseState::Kept, PromiseState::Dropped] {
            let said = close(state).unwrap_err().to_string();
            assert!(said.contains("kept already"), "{said}");
        }
        close(PromiseState::Open).unwrap();
        close(PromiseState::Broken).unwrap();
    }
}
