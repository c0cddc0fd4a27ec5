//! Writing referrals: recording and correcting them, moving them from stage to stage, telling the referrer, splitting the credit.

use super::super::read::referral::referral_of;
use super::super::{Error, Result};
use super::Writer;
use crate::domain::id::Id;
use crate::domain::referral::{Credit, Referral, ReferralRow, Step, Who};
use crate::domain::text::{clean_line, clean_note};
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

/// Person and account of one side, as the columns have them.
fn columns(who: Who) -> (Option<i64>, Option<i64>) {
    (who.person().map(Id::raw), who.account().map(Id::raw))
}

impl Writer<'_> {
    pub fn add_referral(&mut self, referral: &Referral, step: &Step) -> Result<Id> {
        self.check_referral(referral)?;
        let id = self.mint();
        let (referrer, house) = columns(referral.referrer);
        let (prospect, at) = columns(referral.prospect);
        let sql = "insert into referral (id, referrer_id, referrer_account_id, prospect_id, prospect_account_id, given, what, touch_id, changed_at)
                   values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        self.db.prepare_cached(sql)?.execute(params![
            id.raw(),
            referrer,
            house,
            prospect,
            referral.account.map(Id::raw).or(at),
            referral.given,
            clean_line(&referral.what),
            referral.evidence.map(Id::raw),
            self.stamp()
        ])?;
        self.take_step(id, step)?;
        Ok(id)
    }

    pub fn edit_referral(
        &mut self,
        id: Id,
        before: &Referral,
        after: &Referral,
    ) -> Result<Option<Id>> {
        self.check_referral(after)?;
        let present = self.referral_there(id)?;
        if present.referral != *before {
            return Err(Error::Outdated {
                what: "this referral".to_owned(),
            });
        }
        let (referrer, house) = columns(after.referrer);
        let (prospect, at) = columns(after.prospect);
        let sql = "update referral set referrer_id = ?2, referrer_account_id = ?3, prospect_id = ?4, prospect_account_id = ?5, given = ?6,
                   what = ?7, touch_id = ?8, changed_at = ?9 where id = ?1";
        self.db.prepare_cached(sql)?.execute(params![
            id.raw(),
            referrer,
            house,
            prospect,
            after.account.map(Id::raw).or(at),
            after.given,
            clean_line(&after.what),
            after.evidence.map(Id::raw),
            self.stamp()
        ])?;
        Ok(None)
    }

    fn check_referral(&self, referral: &Referral) -> Result<()> {
        if referral.referrer == referral.prospect {
            return Err(Error::refused(
                "a referral leads to somebody else: referrer and prospect are the same",
            ));
        }
        for who in [referral.referrer, referral.prospect] {
            match who {
                Who::Person(Id::ME) => {
                    return Err(Error::refused(
                        "a referral is between two others; one that you gave names the two you put in touch",
                    ));
                }
                Who::Person(id) => self.known(id)?,
                Who::Account(id) => self.known_account(id)?,
            }
        }
        referral.account.map_or(Ok(()), |id| self.known_account(id))
    }

    /// Refuses an id that is no account's.
    fn known_account(&self, id: Id) -> Result<()> {
        let found: Option<i64> = self
            .db
            .prepare_cached("select 1 from account where id = ?1")?
            .query_row([id.raw()], |row| row.get(0))
            .optional()?;
        found.map(|_| ()).ok_or(Error::Gone {
            what: "that account".to_owned(),
        })
    }

    fn referral_there(&self, id: Id) -> Result<ReferralRow> {
        referral_of(self.db, id)?.ok_or_else(|| Error::Gone {
            what: "that referral".to_owned(),
        })
    }

    /// The stage, and the chits of the story.
    fn take_step(&mut self, referral: Id, step: &Step) -> Result<Id> {
        let id = self.mint();
        let sql = "insert into referral_event (id, referral_id, stage, on_day, note, touch_id, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.db.prepare_cached(sql)?.execute(params![
            id.raw(),
            referral.raw(),
            step.stage.word(),
            step.on.to_string(),
            clean_note(&step.note).trim(),
            step.evidence.map(Id::raw),
            self.stamp()
        ])?;
        for chit in &step.chits {
            self.give_chit_of(chit, "", Some(referral))?;
        }
        Ok(id)
    }

    pub fn move_referral(&mut self, id: Id, step: &Step) -> Result<Option<Id>> {
        let present = self.referral_there(id)?;
        if let Some(last) = present.stage().filter(|last| last.stage >= step.stage) {
            return Err(Error::refused(format!(
                "the referral of {} by {} is {} already, since {}; it goes on from there",
                present.prospect_name,
                present.referrer_name,
                last.stage.word(),
                last.on
            )));
        }
        self.take_step(id, step).map(Some)
    }

    pub fn drop_stage(&mut self, id: Id) -> Result<Option<Id>> {
        self.delete("referral_event", id, "that stage")
    }

    pub fn tell_referrer(&mut self, id: Id, on: NaiveDate) -> Result<Option<Id>> {
        let present = self.referral_there(id)?;
        let untold = present.untold(on);
        if untold.is_empty() {
            let name = &present.referrer_name;
            return Err(Error::refused(format!(
                "there is nothing to tell {name} of that they do not know"
            )));
        }
        let sql = "update referral_event set told_on = ?2, changed_at = ?3 where id = ?1";
        for event in untold {
            let row = params![event.raw(), on.to_string(), self.stamp()];
            self.db.prepare_cached(sql)?.execute(row)?;
        }
        Ok(None)
    }

    pub fn split_credit(&mut self, id: Id, credit: &Credit) -> Result<Option<Id>> {
        let present = self.referral_there(id)?;
        self.known(credit.contact)?;
        if present.referral.referrer == Who::Person(credit.contact) || credit.contact == Id::ME {
            return Err(Error::refused(
                "credit is split with a further referrer: name somebody else",
            ));
        }
        let others = present.credits.iter().map(|row| row.credit);
        let others = others.filter(|other| other.contact != credit.contact);
        let taken: u32 = others.map(|other| u32::from(other.percent)).sum();
        let left = 99_u32.saturating_sub(taken);
        if u32::from(credit.percent) > left {
            return Err(Error::refused(format!(
                "no more than {left} % of the credit can be split off, not {} %",
                credit.percent
            )));
        }
        self.db
            .prepare_cached(
                "delete from referral_credit where referral_id = ?1 and contact_id = ?2",
            )?
            .execute([id.raw(), credit.contact.raw()])?;
        if credit.percent == 0 {
            return Ok(None);
        }
        let row = self.mint();
        let sql = "insert into referral_credit (id, referral_id, contact_id, percent) values (?1, ?2, ?3, ?4)";
        self.db.prepare_cached(sql)?.execute(params![
            row.raw(),
            id.raw(),
            credit.contact.raw(),
            credit.percent
        ])?;
        Ok(Some(row))
    }
}
