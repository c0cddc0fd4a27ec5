//! Writing referrals: recording and correcting them, moving them from stage to stage, telling the referrer, splitting the credit.

use super::super::read::referral::referral_of;
use super::super::read::rows;
use super::super::{Error, Result};
use super::Writer;
use crate::domain::id::Id;
use crate::domain::referral::{Credit, Referral, ReferralRow, Step, Who};
use crate::domain::text::{clean_line, clean_note};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

/// Person and account of one side, as the columns have them.
fn columns(who: Who) -> (Option<i64>, Option<i64>) {
    (who.person().map(Id::raw), who.account().map(Id::raw))
}

/// What was noted in the same step as a stage, and is as it was then.
pub(super) struct Noted {
    /// The chits of the story: none of them settled, called in or edited.
    pub chits: Vec<Id>,
    /// The sale to the prospect.
    pub sales: Vec<Id>,
}

/// What a stage was noted with. Records of one step bear the same instant: in their ids, and as the moment they were last changed.
pub(super) fn noted_with(db: &Connection, stage: Id) -> Result<Noted> {
    let ids = |sql: &str| -> Result<Vec<Id>> {
        rows(db, sql, [stage.raw()], |row| Ok(Id::from_raw(row.get(0)?)))
    };
    let chits =
        "select h.id from referral_event e cross join chit h on h.referral_id = e.referral_id
                 where e.id = ?1 and h.id >> 22 = e.id >> 22 and h.changed_at = h.id >> 22
                 and not exists (select 1 from chit_part q where q.chit_id = h.id)
                 and not exists (select 1 from chit_call k where k.chit_id = h.id)";
    let sales = "select s.id from referral_event e cross join referral r on r.id = e.referral_id cross join sale s on s.contact_id = r.prospect_id
                 where e.id = ?1 and e.stage = 'won' and s.id >> 22 = e.id >> 22 and s.changed_at = s.id >> 22 and s.on_day = e.on_day and s.touch_id is null";
    Ok(Noted {
        chits: ids(chits)?,
        sales: ids(sales)?,
    })
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

    /// Takes back a stage, and the sale and the chits that were noted with it and have not been touched since.
    pub fn drop_stage(&mut self, id: Id) -> Result<Option<Id>> {
        let noted = noted_with(self.db, id)?;
        for chit in noted.chits {
            self.delete("chit", chit, "that chit")?;
        }
        for sale in noted.sales {
            self.delete("sale", sale, "that sale")?;
        }
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
        let (referrer, prospect) = (present.referral.referrer, present.referral.prospect);
        if let Some(why) = credit.unfit(referrer, prospect, &present.credits) {
            return Err(Error::refused(why));
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
