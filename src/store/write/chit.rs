//! Writing chits: giving, settling in whole or in part, clearing.

use super::super::read::register::chit_of;
use super::super::{Error, Result};
use super::Writer;
use crate::domain::chit::{CallOutcome, Chit, ChitCall, ChitPart, ChitRow, Halves, Settlement};
use crate::domain::id::Id;
use crate::domain::text::clean_line;
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

impl Writer<'_> {
    /// A new chit; `words` is the line of the note it was read from.
    pub fn give_chit(&mut self, chit: &Chit, words: &str) -> Result<Id> {
        self.give_chit_of(chit, words, None)
    }

    /// A new chit that belongs to the story of a referral.
    pub fn give_chit_of(&mut self, chit: &Chit, words: &str, referral: Option<Id>) -> Result<Id> {
        self.check_chit(chit)?;
        let id = self.mint();
        let sql = "insert into chit (id, giver_id, receiver_id, what, given_on, halves, pending, touch_id, changed_at, words, referral_id) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
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
            clean_line(words),
            referral.map(Id::raw)
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
        let present = self.chit_there(id)?;
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
        unmoved(&present, after)?;
        let sql = "update chit set giver_id = ?2, receiver_id = ?3, what = ?4, given_on = ?5, halves = ?6, pending = ?7, touch_id = ?8, changed_at = ?9, words = coalesce(?10, words), cleared_on = ?11 where id = ?1";
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
            words.map(clean_line),
            self.cleared(&present, after.pending)
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

    /// The day a chit stopped to be pending, once it is or is not.
    fn cleared(&self, present: &ChitRow, pending: bool) -> Option<String> {
        let today = self.now.date_naive();
        let on = match (present.chit.pending, pending) {
            (_, true) => None,
            (true, false) => Some(today),
            (false, false) => present.cleared_on,
        };
        on.map(|on| on.to_string())
    }

    fn chit_there(&self, id: Id) -> Result<ChitRow> {
        chit_of(self.db, id)?.ok_or_else(|| Error::Gone {
            what: "that chit".to_owned(),
        })
    }

    pub fn settle_chit(&mut self, id: Id, part: &ChitPart) -> Result<Option<Id>> {
        let chit = self.chit_there(id)?;
        fits(&chit, part)?;
        if let Some(touch) = part.touch {
            super::super::read::person::touch_of(self.db, touch)?.ok_or_else(|| Error::Gone {
                what: "that touch".to_owned(),
            })?;
        }
        let Some(counter) = part.counter else {
            return self.add_part(id, part).map(Some);
        };
        // One favour for another: as much of each is settled, and both say by which.
        let other = self.chit_there(counter)?;
        let swapped = (other.chit.giver, other.chit.receiver);
        if swapped != (chit.chit.receiver, chit.chit.giver) {
            return Err(Error::refused(
                "a favour comes back the other way between the same two people; the chit that was named does not",
            ));
        }
        let back = |by: &str, what: &str, counter: Id| ChitPart {
            by: if by.is_empty() { what } else { by }.to_owned(),
            counter: Some(counter),
            ..part.clone()
        };
        let mirrored = back("", &chit.chit.what, id);
        fits(&other, &mirrored)?;
        let made = self.add_part(id, &back(&part.by, &other.chit.what, counter))?;
        self.add_part(counter, &mirrored)?;
        Ok(Some(made))
    }

    fn add_part(&mut self, id: Id, part: &ChitPart) -> Result<Id> {
        let how = match part.how {
            Settlement::Redeemed => "redeemed",
            Settlement::Forgiven => "forgiven",
        };
        let part_id = self.mint();
        let sql = "insert into chit_part (id, chit_id, on_day, halves, how, by_what, counter_id, touch_id, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let row = params![
            part_id.raw(),
            id.raw(),
            part.on.to_string(),
            part.halves.0,
            how,
            clean_line(&part.by),
            part.counter.map(Id::raw),
            part.touch.map(Id::raw),
            self.stamp()
        ];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(part_id)
    }

    pub fn call_chit(&mut self, id: Id, call: &ChitCall) -> Result<Option<Id>> {
        let chit = self.chit_there(id)?;
        let waiting = self.waiting_call(id)?;
        if chit.open() == Halves(0) {
            return Err(closed(&chit));
        }
        if waiting.is_some() && call.outcome.is_none() {
            return Err(Error::refused(
                "this chit was called in already and waits for an answer",
            ));
        }
        let called = chit.called().map_or(call.on, |waiting| waiting.on);
        let answered = call.outcome.map(|_| call.answered.unwrap_or(call.on));
        if called < chit.chit.on || answered.is_some_and(|answered| answered < called) {
            return Err(Error::refused(format!(
                "the favour was done on {}; it is called in after that, and answered after it was called in",
                chit.chit.on
            )));
        }
        let made = self.write_call(id, waiting, call, answered)?;
        let settles = call
            .outcome
            .and_then(|outcome| outcome.settles(chit.open()));
        if let Some((halves, how)) = settles {
            // Where the answer says nothing of its own, what came back is what was asked for.
            let asked = chit.called().map_or("", |waiting| &waiting.note);
            let note = Some(call.note.as_str()).filter(|note| !note.is_empty());
            let part = ChitPart {
                on: answered.unwrap_or(call.on),
                halves,
                how,
                by: note.unwrap_or(asked).to_owned(),
                counter: None,
                touch: None,
            };
            fits(&chit, &part)?;
            self.add_part(id, &part)?;
        }
        Ok(Some(made))
    }

    /// Answers the call that waits, or adds one.
    fn write_call(
        &mut self,
        chit: Id,
        waiting: Option<i64>,
        call: &ChitCall,
        answered: Option<NaiveDate>,
    ) -> Result<Id> {
        let (outcome, halves) = match call.outcome {
            None => ("", None),
            Some(CallOutcome::Honoured) => ("honoured", None),
            Some(CallOutcome::InPart(halves)) => ("in_part", Some(halves.0)),
            Some(CallOutcome::Declined) => ("declined", None),
            Some(CallOutcome::Forgiven) => ("forgiven", None),
        };
        if halves == Some(0) {
            return Err(Error::refused("a part of a chit is at least ½"));
        }
        let (note, stamp) = (clean_line(&call.note), self.stamp());
        let answered = answered.map(|on| on.to_string());
        if let Some(waiting) = waiting {
            let sql = "update chit_call set outcome = ?2, halves = ?3, answered_on = ?4, note = case ?5 when '' then note else ?5 end, changed_at = ?6 where id = ?1";
            let row = params![waiting, outcome, halves, answered, note, stamp];
            self.db.prepare_cached(sql)?.execute(row)?;
            return Ok(Id::from_raw(waiting));
        }
        let id = self.mint();
        let sql = "insert into chit_call (id, chit_id, on_day, outcome, halves, answered_on, note, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let (on, chit) = (call.on.to_string(), chit.raw());
        let row = params![id.raw(), chit, on, outcome, halves, answered, note, stamp];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(id)
    }

    /// The call of a chit that has no answer yet.
    fn waiting_call(&self, chit: Id) -> Result<Option<i64>> {
        let sql =
            "select id from chit_call where chit_id = ?1 and outcome = '' order by id limit 1";
        let found = self
            .db
            .prepare_cached(sql)?
            .query_row([chit.raw()], |row| row.get(0));
        Ok(found.optional()?)
    }

    pub fn clear_chit(&mut self, id: Id, pending: bool) -> Result<Option<Id>> {
        let present = self.chit_there(id)?;
        let sql = "update chit set pending = ?2, cleared_on = ?3, changed_at = ?4 where id = ?1";
        let cleared = self.cleared(&present, pending);
        let row = params![id.raw(), pending, cleared, self.stamp()];
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(None)
    }
}

fn closed(chit: &ChitRow) -> Error {
    Error::refused(format!(
        "the chit \"{}\" is {} already",
        chit.chit.what,
        chit.state().word()
    ))
}

/// Refuses a settlement of more than is open, or from before the favour.
fn fits(chit: &ChitRow, part: &ChitPart) -> Result<()> {
    let open = chit.open();
    if open == Halves(0) {
        return Err(closed(chit));
    }
    if part.halves.0 == 0 || part.halves > open {
        let sizes = if open == Halves(1) {
            "only ½".to_owned()
        } else {
            format!("between ½ and {open}")
        };
        return Err(Error::refused(format!(
            "{sizes} of the chit \"{}\" is still open, not {}",
            chit.chit.what, part.halves
        )));
    }
    if part.on < chit.chit.on {
        return Err(Error::refused(format!(
            "the favour was done on {}; it cannot come back before that",
            chit.chit.on
        )));
    }
    Ok(())
}

/// Refuses to move a chit away from what is known of it: after the day it came back or was called in, or to other people than those
/// of the favour it was settled by.
fn unmoved(present: &ChitRow, after: &Chit) -> Result<()> {
    let back = present.parts.iter().map(|part| part.on);
    let first = back.chain(present.calls.iter().map(|call| call.on)).min();
    if let Some(first) = first.filter(|first| *first < after.on) {
        return Err(Error::refused(format!(
            "this chit came back or was called in on {first}, so the favour was not done after that"
        )));
    }
    let people = |chit: &Chit| (chit.giver, chit.receiver);
    let bound = present.parts.iter().any(|part| part.counter.is_some());
    if bound && people(&present.chit) != people(after) {
        return Err(Error::refused(
            "this chit is settled by a favour of the same two people, so it stays between them",
        ));
    }
    Ok(())
}
