//! Writing referrals: the pair's referral comes to a stage. It goes on, never back; one that is won or lost is over.

use super::super::read::referral::reached;
use super::super::{Error, Result};
use super::{Origin, Writer, name_of};
use crate::domain::id::Id;
use crate::domain::referral::Referred;
use crate::domain::text::clean_line;
use rusqlite::{OptionalExtension, params};

impl Writer<'_> {
    /// A referral comes to a stage; one that came as far already is refused.
    pub fn refer(&mut self, referred: &Referred) -> Result<Id> {
        self.check_referred(referred)?;
        if let Some(open) = self.open_referral(referred.referrer, referred.prospect)?
            && let Some(stage) = reached(self.db, open)?
            && stage >= referred.stage
        {
            return Err(Error::refused(format!(
                "the referral of {} by {} is {} already; it goes on from there",
                name_of(self.db, referred.prospect)?,
                name_of(self.db, referred.referrer)?,
                stage.word()
            )));
        }
        self.bring(referred, Origin::default())
    }

    /// A referral as a note tells it: the open one of the pair has one more event, and where there is none, one begins. A note that
    /// speaks of an earlier stage is remembered without taking the referral back.
    pub(super) fn bring(&mut self, referred: &Referred, origin: Origin<'_>) -> Result<Id> {
        self.check_referred(referred)?;
        let what = clean_line(&referred.what);
        let open = self.open_referral(referred.referrer, referred.prospect)?;
        let (id, note) = if let Some(open) = open {
            (open, self.more_said(open, &what)?)
        } else {
            (self.begin_referral(referred, origin)?, String::new())
        };
        let sql = "insert into referral_event (id, referral_id, stage, on_day, note, touch_id, words, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.db.prepare_cached(sql)?.execute(params![
            self.mint().raw(),
            id.raw(),
            referred.stage.word(),
            referred.on.to_string(),
            note,
            origin.touch.map(Id::raw),
            clean_line(origin.words),
            self.stamp()
        ])?;
        Ok(id)
    }

    fn begin_referral(&mut self, referred: &Referred, origin: Origin<'_>) -> Result<Id> {
        let id = self.mint();
        let sql = "insert into referral (id, referrer_id, prospect_id, what, touch_id, words, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.db.prepare_cached(sql)?.execute(params![
            id.raw(),
            referred.referrer.raw(),
            referred.prospect.raw(),
            clean_line(&referred.what),
            origin.touch.map(Id::raw),
            clean_line(origin.words),
            self.stamp()
        ])?;
        Ok(id)
    }

    /// What an event says that its referral does not say yet. A referral of which nothing was said takes it for its own.
    fn more_said(&self, referral: Id, what: &str) -> Result<String> {
        let said: String = self
            .db
            .prepare_cached("select what from referral where id = ?1")?
            .query_row([referral.raw()], |row| row.get(0))?;
        if said.is_empty() && !what.is_empty() {
            let sql = "update referral set what = ?2, changed_at = ?3 where id = ?1";
            self.db
                .prepare_cached(sql)?
                .execute(params![referral.raw(), what, self.stamp()])?;
            return Ok(String::new());
        }
        Ok(if said == what {
            String::new()
        } else {
            what.to_owned()
        })
    }

    fn check_referred(&self, referred: &Referred) -> Result<()> {
        let Referred {
            referrer, prospect, ..
        } = *referred;
        if referrer == prospect {
            return Err(Error::refused(
                "a referral leads from one person to another: these are the same",
            ));
        }
        if [referrer, prospect].contains(&Id::ME) {
            return Err(Error::refused(
                "a referral leads you from one person to another; name both",
            ));
        }
        self.known(referrer)?;
        self.known(prospect)
    }

    /// The pair's referral that is neither won nor lost.
    fn open_referral(&self, referrer: Id, prospect: Id) -> Result<Option<Id>> {
        let sql = "select r.id from referral r where r.referrer_id = ?1 and +r.prospect_id = ?2 and r.given = 0
                   and not exists (select 1 from referral_event e where e.referral_id = r.id and e.stage in ('won', 'lost'))
                   order by r.id desc limit 1";
        let given = params![referrer.raw(), prospect.raw()];
        let found = self
            .db
            .prepare_cached(sql)?
            .query_row(given, |row| row.get(0));
        Ok(found.optional()?.map(Id::from_raw))
    }

    /// What a note told of a referral is told otherwise now: of other people, or of another stage. `origin` has the words as they were.
    pub(super) fn bring_again(
        &mut self,
        id: Id,
        before: &Referred,
        after: &Referred,
        origin: Origin<'_>,
        words: &str,
    ) -> Result<()> {
        self.check_referred(after)?;
        let event = self.event(id, before, origin)?;
        let pair = |referred: &Referred| (referred.referrer, referred.prospect);
        if pair(before) != pair(after) {
            if self.events_of(id)? > 1
                || self
                    .open_referral(after.referrer, after.prospect)?
                    .is_some()
            {
                self.unbring(id, before, origin)?;
                let origin = Origin { words, ..origin };
                return self.bring(after, origin).map(|_| ());
            }
            let sql = "update referral set referrer_id = ?2, prospect_id = ?3, changed_at = ?4 where id = ?1";
            self.db.prepare_cached(sql)?.execute(params![
                id.raw(),
                after.referrer.raw(),
                after.prospect.raw(),
                self.stamp()
            ])?;
        }
        let what = clean_line(&after.what);
        let note = if self.events_of(id)? == 1 {
            let sql = "update referral set what = ?2, words = ?3, changed_at = ?4 where id = ?1";
            let given = params![id.raw(), what, clean_line(words), self.stamp()];
            self.db.prepare_cached(sql)?.execute(given)?;
            String::new()
        } else {
            self.more_said(id, &what)?
        };
        let sql = "update referral_event set stage = ?2, on_day = ?3, note = ?4, words = ?5, changed_at = ?6 where id = ?1";
        self.db.prepare_cached(sql)?.execute(params![
            event,
            after.stage.word(),
            after.on.to_string(),
            note,
            clean_line(words),
            self.stamp()
        ])?;
        Ok(())
    }

    /// What a note told of a referral is taken back; a referral of which nothing else is known goes.
    pub(super) fn unbring(
        &mut self,
        id: Id,
        referred: &Referred,
        origin: Origin<'_>,
    ) -> Result<()> {
        let event = self.event(id, referred, origin)?;
        self.db
            .prepare_cached("delete from referral_event where id = ?1")?
            .execute([event])?;
        if self.events_of(id)? == 0 {
            return self.delete("referral", id, "that referral").map(|_| ());
        }
        // It is known from what is left now.
        let sql = "update referral set (touch_id, words) = (select touch_id, words from referral_event where referral_id = ?1 order by on_day, id limit 1),
                   changed_at = ?2 where id = ?1";
        self.db
            .prepare_cached(sql)?
            .execute(params![id.raw(), self.stamp()])?;
        Ok(())
    }

    fn events_of(&self, referral: Id) -> Result<i64> {
        let sql = "select count(*) from referral_event where referral_id = ?1";
        let count = self
            .db
            .prepare_cached(sql)?
            .query_row([referral.raw()], |row| row.get(0))?;
        Ok(count)
    }

    /// The event that a note told, recognised by its words, or of a note of an older book by what it says.
    fn event(&self, referral: Id, told: &Referred, origin: Origin<'_>) -> Result<i64> {
        let sql = "select id from referral_event where referral_id = ?1 and touch_id = ?2 and stage = ?3 and on_day = ?4 and words in (?5, '')
                   order by words = ?5 desc, id limit 1";
        let given = params![
            referral.raw(),
            origin.touch.map(Id::raw),
            told.stage.word(),
            told.on.to_string(),
            clean_line(origin.words)
        ];
        let found = self
            .db
            .prepare_cached(sql)?
            .query_row(given, |row| row.get(0));
        found.optional()?.ok_or_else(|| Error::Gone {
            what: "that referral".to_owned(),
        })
    }
}
