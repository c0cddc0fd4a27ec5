//! Writing the weekly review: its cards, what was decided of each, and its minutes.

use super::super::read::review::{open_review, review_card_of};
use super::super::{Error, Result};
use super::{Columns, Writer};
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::review::{Card, Change, Decided, Minutes};
use crate::domain::text::clean_line;
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

fn maybe(on: Option<NaiveDate>) -> Value {
    Value::from(on.map(|on| on.to_string()))
}

impl Writer<'_> {
    /// Carries out a change to a review.
    pub fn change_review(&mut self, change: &Change) -> Result<Option<Id>> {
        match change {
            Change::Begin { on, cards } => self.begin_review(*on, cards).map(Some),
            Change::Decide {
                card,
                decided,
                also,
            } => self.decide_card(*card, decided, also.as_deref()),
            Change::Reopen(card) => self.reopen_card(*card),
            Change::Finish { review, minutes } => self.finish_review(*review, minutes),
        }
    }

    fn begin_review(&mut self, on: NaiveDate, cards: &[Card]) -> Result<Id> {
        if open_review(self.db)?.is_some() {
            return Err(Error::refused(
                "a review is under way already; go on with it, or end it first",
            ));
        }
        let id = self.mint();
        self.put(
            "review",
            id,
            true,
            vec![("started_on", Value::from(on.to_string()))],
        )?;
        for (position, card) in cards.iter().enumerate() {
            self.lay_card(id, position, card)?;
        }
        Ok(id)
    }

    fn lay_card(&mut self, review: Id, position: usize, card: &Card) -> Result<()> {
        // Whom or what a card is about may be gone since the deck was looked at.
        let sql =
            "select (select id from contact where id = ?1), (select id from account where id = ?2)";
        let given = params![card.contact.map(Id::raw), card.account.map(Id::raw)];
        let (contact, account): (Option<i64>, Option<i64>) = self
            .db
            .prepare_cached(sql)?
            .query_row(given, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let columns: Columns = vec![
            ("review_id", Value::from(review.raw())),
            (
                "position",
                Value::from(i64::try_from(position).unwrap_or(i64::MAX)),
            ),
            ("kind", Value::from(card.kind.word().to_owned())),
            ("target_id", Value::from(card.target.raw())),
            ("contact_id", Value::from(contact)),
            ("account_id", Value::from(account)),
            ("who", Value::from(clean_line(&card.who))),
            ("why", Value::from(clean_line(&card.why))),
            ("due_on", maybe(card.due)),
        ];
        let id = self.mint();
        self.put("review_card", id, true, columns)
    }

    /// Refuses a card whose review is over; gives back whether it is decided.
    fn card_under_way(&self, card: Id) -> Result<bool> {
        let row = review_card_of(self.db, card)?.ok_or_else(|| Error::Gone {
            what: "that card".to_owned(),
        })?;
        let sql = "select r.finished_on is not null from review_card k join review r on r.id = k.review_id where k.id = ?1";
        let over: bool = self
            .db
            .prepare_cached(sql)?
            .query_row([card.raw()], |row| row.get(0))?;
        if over {
            return Err(Error::refused(
                "that review is over; its minutes are not changed any more",
            ));
        }
        Ok(row.decided.is_some())
    }

    fn decide_card(
        &mut self,
        card: Id,
        decided: &Decided,
        also: Option<&Command>,
    ) -> Result<Option<Id>> {
        if self.card_under_way(card)? {
            return Err(Error::Outdated {
                what: "this card".to_owned(),
            });
        }
        let made = match also {
            Some(also) => self.perform(also)?,
            None => None,
        };
        let columns: Columns = vec![
            ("decision", Value::from(decided.decision.word().to_owned())),
            ("decided_on", Value::from(decided.on.to_string())),
            ("until_day", maybe(decided.until)),
            (
                "record_id",
                Value::from(made.or(decided.record).map(Id::raw)),
            ),
            ("note", Value::from(clean_line(&decided.note))),
        ];
        self.put("review_card", card, false, columns)?;
        Ok(made)
    }

    /// A card is to be decided again. What its decision changed in the book stays; undo takes that back.
    fn reopen_card(&mut self, card: Id) -> Result<Option<Id>> {
        self.card_under_way(card)?;
        let columns: Columns = vec![
            ("decision", Value::from(String::new())),
            ("decided_on", Value::Null),
            ("until_day", Value::Null),
            ("record_id", Value::Null),
            ("note", Value::from(String::new())),
        ];
        self.put("review_card", card, false, columns)?;
        Ok(None)
    }

    fn finish_review(&mut self, review: Id, minutes: &Minutes) -> Result<Option<Id>> {
        let sql = "select finished_on is not null from review where id = ?1";
        let over: Option<bool> = self
            .db
            .prepare_cached(sql)?
            .query_row([review.raw()], |row| row.get(0))
            .optional()?;
        match over {
            None => {
                return Err(Error::Gone {
                    what: "that review".to_owned(),
                });
            }
            Some(true) => {
                return Err(Error::refused("that review is over already"));
            }
            Some(false) => {}
        }
        let sql = "select id, decision from review_card where review_id = ?1 order by position";
        let cards: Vec<(i64, String)> =
            super::super::read::rows(self.db, sql, [review.raw()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let as_told = cards
            .iter()
            .zip(&minutes.items)
            .all(|((_, decided), minute)| decided.is_empty() || decided == minute.decision.word());
        if cards.len() != minutes.items.len() || !as_told {
            return Err(Error::Outdated {
                what: "this review".to_owned(),
            });
        }
        let finished = minutes.finished.to_string();
        for ((card, _), minute) in cards.into_iter().zip(&minutes.items) {
            let sql = "update review_card set decision = ?2, decided_on = ?3, changed_at = ?4 where id = ?1 and decision = ''";
            let given = params![card, minute.decision.word(), finished, self.stamp()];
            self.db.prepare_cached(sql)?.execute(given)?;
        }
        let text = serde_json::to_string(minutes)
            .map_err(|error| Error::refused(format!("the minutes cannot be kept: {error}")))?;
        let columns: Columns = vec![
            ("finished_on", Value::from(finished)),
            ("minutes", Value::from(text)),
        ];
        self.put("review", review, false, columns)?;
        Ok(None)
    }
}
