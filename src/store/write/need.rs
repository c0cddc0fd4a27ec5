//! Writing needs and the results that close them.

use super::super::{Error, Result};
use super::record::{belongs, check_money, day};
use super::{Columns, Origin, Writer};
use crate::domain::id::Id;
use crate::domain::record::{Delivered, Need, NeedState, Outcome, Record};
use crate::domain::text::clean_line;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

impl Writer<'_> {
    /// What a need says. The day it was proposed on is kept, and forgotten when it is only heard again.
    pub(super) fn need_columns(&self, need: &Need, present: Option<Id>) -> Result<Columns> {
        let proposed = match need.state {
            NeedState::Heard => None,
            NeedState::Proposed => {
                let today = self.now.date_naive().to_string();
                Some(self.proposed_on(present)?.unwrap_or(today))
            }
            NeedState::Delivered | NeedState::Dropped => self.proposed_on(present)?,
        };
        let mut columns: Columns = vec![
            ("what", Value::from(clean_line(&need.what))),
            ("state", Value::from(need.state.word().to_owned())),
            ("heard_on", day(need.heard)),
            ("proposed_on", Value::from(proposed)),
        ];
        columns.extend(need.outcome.as_ref().map_or_else(nothing, outcome_columns));
        if need.outcome.is_none() {
            columns.extend(unread());
        }
        Ok(columns)
    }

    fn proposed_on(&self, need: Option<Id>) -> Result<Option<String>> {
        let found: Option<Option<String>> = self
            .db
            .prepare_cached("select proposed_on from need where id = ?1")?
            .query_row([need.map(Id::raw)], |row| row.get(0))
            .optional()?;
        Ok(found.flatten())
    }

    /// A result: it closes its need, or stands as a need that was heard and met at once. Gives back the need.
    pub(super) fn deliver(&mut self, delivered: &Delivered, origin: Origin<'_>) -> Result<Id> {
        check_outcome(&delivered.outcome)?;
        let mut columns = outcome_columns(&delivered.outcome);
        columns.extend([
            ("state", Value::from(NeedState::Delivered.word().to_owned())),
            ("result_touch_id", Value::from(origin.touch.map(Id::raw))),
            ("result_words", Value::from(clean_line(origin.words))),
        ]);
        if let Some(id) = delivered.need {
            self.open_need(id)?;
            self.put("need", id, false, columns)?;
            return Ok(id);
        }
        let outcome = &delivered.outcome;
        let need = Record::Need(Need {
            contact: delivered.contact,
            what: outcome.what.clone(),
            state: NeedState::Delivered,
            heard: outcome.on,
            outcome: Some(outcome.clone()),
        });
        self.check_subject(&need)?;
        columns.extend(belongs(&need, self.account_for(&need)?));
        columns.extend([
            ("what", Value::from(clean_line(&outcome.what))),
            ("heard_on", day(outcome.on)),
            ("touch_id", Value::from(origin.touch.map(Id::raw))),
        ]);
        let id = self.mint();
        self.put("need", id, true, columns)?;
        Ok(id)
    }

    /// Refuses a need that is not there or not open.
    fn open_need(&self, id: Id) -> Result<()> {
        let found: Option<(String, String)> = self
            .db
            .prepare_cached("select state, what from need where id = ?1")?
            .query_row([id.raw()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (state, what) = found.ok_or_else(|| Error::Gone {
            what: "that need".to_owned(),
        })?;
        if NeedState::parse(&state).is_some_and(NeedState::is_open) {
            return Ok(());
        }
        Err(Error::refused(format!(
            "the need \"{what}\" is {state} already; say which other one this result is of"
        )))
    }

    /// A result that was read from a note says something else now, or is of another need.
    pub(super) fn deliver_again(
        &mut self,
        id: Id,
        before: &Delivered,
        after: &Delivered,
        origin: Origin<'_>,
    ) -> Result<()> {
        if before.need != after.need || before.contact != after.contact && after.need.is_none() {
            self.undeliver(id, before)?;
            return self.deliver(after, origin).map(|_| ());
        }
        check_outcome(&after.outcome)?;
        let mut columns = outcome_columns(&after.outcome);
        columns.push(("result_words", Value::from(clean_line(origin.words))));
        if after.need.is_none() {
            columns.push(("what", Value::from(clean_line(&after.outcome.what))));
            columns.push(("heard_on", day(after.outcome.on)));
        }
        self.put("need", id, false, columns)
    }

    /// The line that told of a need is gone, and so is the need; one whose result another line tells stays for that.
    pub(super) fn drop_need(&mut self, id: Id) -> Result<()> {
        let sql = "update need set touch_id = result_touch_id, words = '', changed_at = ?2 where id = ?1 and state = 'delivered' and result_words <> ''";
        let kept = self
            .db
            .prepare_cached(sql)?
            .execute(params![id.raw(), self.stamp()])?;
        if kept > 0 {
            return Ok(());
        }
        self.delete("need", id, "that need").map(|_| ())
    }

    /// A result is taken back: its need is open again; one that was only made for it goes.
    pub(super) fn undeliver(&mut self, id: Id, delivered: &Delivered) -> Result<()> {
        if delivered.need.is_none() {
            return self.delete("need", id, "that need").map(|_| ());
        }
        let open = if self.proposed_on(Some(id))?.is_some() {
            NeedState::Proposed
        } else {
            NeedState::Heard
        };
        let mut columns = nothing();
        columns.extend(unread());
        columns.push(("state", Value::from(open.word().to_owned())));
        self.put("need", id, false, columns)
    }
}

pub(super) fn check_need(need: &Need) -> Result<()> {
    if clean_line(&need.what).is_empty() {
        return Err(Error::refused("say in a few words what they need"));
    }
    match &need.outcome {
        Some(outcome) if need.state == NeedState::Delivered => check_outcome(outcome),
        None if need.state != NeedState::Delivered => Ok(()),
        _ => Err(Error::refused(
            "a need is delivered when, and only when, there is a result",
        )),
    }
}

fn check_outcome(outcome: &Outcome) -> Result<()> {
    if clean_line(&outcome.what).is_empty() {
        return Err(Error::refused("say in a few words what the result was"));
    }
    outcome.amount.as_ref().map_or(Ok(()), check_money)
}

fn outcome_columns(outcome: &Outcome) -> Columns {
    let amount = outcome.amount.as_ref();
    let currency = amount.map_or_else(String::new, |amount| amount.currency.clone());
    vec![
        ("delivered_on", day(outcome.on)),
        ("result", Value::from(clean_line(&outcome.what))),
        ("result_kind", Value::from(outcome.kind.word().to_owned())),
        ("amount", Value::from(amount.map(|amount| amount.minor))),
        ("currency", Value::from(currency)),
    ]
}

/// No result.
fn nothing() -> Columns {
    vec![
        ("delivered_on", Value::Null),
        ("result", Value::from(String::new())),
        ("result_kind", Value::from(String::new())),
        ("amount", Value::Null),
        ("currency", Value::from(String::new())),
    ]
}

/// No note that a result was read from.
fn unread() -> Columns {
    vec![
        ("result_touch_id", Value::Null),
        ("result_words", Value::from(String::new())),
    ]
}
