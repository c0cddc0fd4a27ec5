//! Referrals: who led to whom, in which stages, and who has the credit.

use super::super::{Result, Store};
use super::{day, maybe_day, rows};
use crate::domain::id::Id;
use crate::domain::referral::{
    Credit, CreditRow, Referral, ReferralRow, Referred, Stage, StageRow, Who,
};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Params as SqlParams, Row, params};
use std::collections::HashMap;

/// Orders the events of a referral (`e`) by how far it had come with them, the furthest first: a referral never goes back.
pub(super) const FURTHEST: &str =
    "instr('asked promised introduced met won lost', e.stage) desc, e.on_day desc, e.id desc";

const REFERRAL: &str = "select r.id, r.referrer_id, r.referrer_account_id, r.prospect_id, r.prospect_account_id, r.given, r.what, r.touch_id, r.words,
    coalesce(a.name, x.name, ''), coalesce(b.name, y.name, ''), coalesce(y.name, '') from referral r
    left join contact a on a.id = r.referrer_id left join account x on x.id = r.referrer_account_id
    left join contact b on b.id = r.prospect_id left join account y on y.id = r.prospect_account_id";
const STAGE: &str = "select e.referral_id, e.id, e.stage, e.on_day, e.told_on, e.note, e.touch_id
    from referral r join referral_event e on e.referral_id = r.id";
const CREDIT: &str = "select k.referral_id, k.contact_id, k.percent, c.name
    from referral r join referral_credit k on k.referral_id = r.id join contact c on c.id = k.contact_id";
/// The condition of one person's referrals: made by them, wholly or in part, or of them.
const WITH: &str = "where r.referrer_id = ?1 or r.prospect_id = ?1 or r.id in (select referral_id from referral_credit where contact_id = ?1)";

/// The condition of referrals that may want something: one with a stage the referrer was not told of, or that is not over.
const OPEN: &str = "where r.given = 0 and (exists (select 1 from referral_event e where e.referral_id = r.id and e.told_on is null and e.stage in ('met', 'won', 'lost'))
    or not exists (select 1 from referral_event e where e.referral_id = r.id and e.stage in ('met', 'won', 'lost')))";

fn who(person: Option<i64>, account: Option<i64>) -> Who {
    match (person, account) {
        (Some(id), _) => Who::Person(Id::from_raw(id)),
        (None, account) => Who::Account(Id::from_raw(account.unwrap_or_default())),
    }
}

fn referral_from(row: &Row<'_>) -> rusqlite::Result<ReferralRow> {
    let (prospect, at): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
    Ok(ReferralRow {
        id: Id::from_raw(row.get(0)?),
        referral: Referral {
            referrer: who(row.get(1)?, row.get(2)?),
            prospect: who(prospect, at),
            account: prospect.and(at).map(Id::from_raw),
            given: row.get(5)?,
            what: row.get(6)?,
            evidence: row.get::<_, Option<i64>>(7)?.map(Id::from_raw),
        },
        words: row.get(8)?,
        referrer_name: row.get(9)?,
        prospect_name: row.get(10)?,
        account_name: match prospect {
            Some(_) => row.get(11)?,
            None => String::new(),
        },
        stages: Vec::new(),
        credits: Vec::new(),
    })
}

fn stage_from(row: &Row<'_>) -> rusqlite::Result<(Id, StageRow)> {
    let stage = StageRow {
        id: Id::from_raw(row.get(1)?),
        stage: Stage::parse(row.get_ref(2)?.as_str()?).unwrap_or_default(),
        on: day(row.get_ref(3)?.as_str()?)?,
        told: maybe_day(row.get_ref(4)?.as_str_or_null()?)?,
        note: row.get(5)?,
        evidence: row.get::<_, Option<i64>>(6)?.map(Id::from_raw),
    };
    Ok((Id::from_raw(row.get(0)?), stage))
}

fn credit_from(row: &Row<'_>) -> rusqlite::Result<(Id, CreditRow)> {
    let credit = CreditRow {
        credit: Credit {
            contact: Id::from_raw(row.get(1)?),
            percent: row.get(2)?,
        },
        name: row.get(3)?,
    };
    Ok((Id::from_raw(row.get(0)?), credit))
}

/// The referrals of a condition on `r`, in the order they were recorded: three statements, however many there are.
fn referrals<P: SqlParams + Copy>(
    db: &Connection,
    condition: &str,
    given: P,
) -> Result<Vec<ReferralRow>> {
    let sql = format!("{REFERRAL} {condition} order by r.id");
    let mut found = rows(db, &sql, given, referral_from)?;
    let places: HashMap<Id, usize> = found
        .iter()
        .enumerate()
        .map(|(at, row)| (row.id, at))
        .collect();
    let sql = format!(
        "{STAGE} {condition} order by e.on_day, instr('asked promised introduced met won lost', e.stage), e.id"
    );
    for (id, stage) in rows(db, &sql, given, stage_from)? {
        if let Some(at) = places.get(&id) {
            found[*at].stages.push(stage);
        }
    }
    let sql = format!("{CREDIT} {condition} order by k.id");
    for (id, credit) in rows(db, &sql, given, credit_from)? {
        if let Some(at) = places.get(&id) {
            found[*at].credits.push(credit);
        }
    }
    Ok(found)
}

/// One referral; none when it is not in the book.
pub(in crate::store) fn referral_of(db: &Connection, id: Id) -> Result<Option<ReferralRow>> {
    Ok(referrals(db, "where r.id = ?1", [id.raw()])?.pop())
}

/// How far a referral has come; none where nothing was noted.
pub(in crate::store) fn reached(db: &Connection, referral: Id) -> Result<Option<Stage>> {
    let sql = format!(
        "select e.stage from referral_event e where e.referral_id = ?1 order by {FURTHEST} limit 1"
    );
    let word: Option<String> = db
        .prepare_cached(&sql)?
        .query_row([referral.raw()], |row| row.get(0))
        .optional()?;
    Ok(word.and_then(|word| Stage::parse(&word)))
}

/// The referrals between two people that the note of a touch brought to a stage, each with its words.
pub(in crate::store) fn caught_in(
    db: &Connection,
    touch: Id,
) -> Result<Vec<(Id, Referred, String)>> {
    let sql = "select r.id, r.referrer_id, r.prospect_id, coalesce(nullif(e.note, ''), r.what), e.stage, e.on_day,
               case when e.words = '' and r.touch_id = e.touch_id then r.words else e.words end as line
               from referral_event e join referral r on r.id = e.referral_id
               where e.touch_id = ?1 and r.given = 0 and r.referrer_id is not null and r.prospect_id is not null and line <> '' order by e.id";
    rows(db, sql, [touch.raw()], |row| {
        let referred = Referred {
            referrer: Id::from_raw(row.get(1)?),
            prospect: Id::from_raw(row.get(2)?),
            what: row.get(3)?,
            stage: Stage::parse(row.get_ref(4)?.as_str()?).unwrap_or_default(),
            on: day(row.get_ref(5)?.as_str()?)?,
        };
        Ok((Id::from_raw(row.get(0)?), referred, row.get(6)?))
    })
}

impl Store {
    /// One referral; none when it is not in the book.
    pub fn referral(&self, id: Id) -> Result<Option<ReferralRow>> {
        referral_of(&self.db, id)
    }

    /// The referrals that may want something of me: not given by me, and neither over nor untold. Others are left out.
    pub(super) fn open_referrals(&self) -> Result<Vec<ReferralRow>> {
        referrals(&self.db, OPEN, [])
    }

    /// Every referral, in the order they were recorded.
    pub fn referrals(&self) -> Result<Vec<ReferralRow>> {
        referrals(&self.db, "", [])
    }

    /// The referrals a person made or came by, the one that moved last first.
    pub fn referrals_with(&self, id: Id) -> Result<Vec<ReferralRow>> {
        let mut found = referrals(&self.db, WITH, [id.raw()])?;
        found.reverse();
        found.sort_by_key(|row| std::cmp::Reverse(row.stage().map(|stage| stage.on)));
        Ok(found)
    }

    /// How many referrals there are whose referrer is still to be told what came of them, be it due or late.
    pub fn referrals_to_tell(&self) -> Result<usize> {
        let sql = "where r.id in (select referral_id from referral_event where told_on is null and stage in ('met', 'won', 'lost'))";
        let rows = referrals(&self.db, sql, [])?;
        let waits = |row: &&ReferralRow| row.loops().iter().any(|open| open.told.is_none());
        Ok(rows.iter().filter(waits).count())
    }

    /// The last result that a person had from me since a day, in their words.
    pub fn result_since(&self, who: Id, since: NaiveDate) -> Result<Option<String>> {
        let sql = "select result from need where contact_id = ?1 and state = 'delivered' and delivered_on >= ?2 order by delivered_on desc, id desc limit 1";
        let found: Option<String> = self
            .db
            .prepare_cached(sql)?
            .query_row(params![who.raw(), since.to_string()], |row| row.get(0))
            .optional()?;
        Ok(found.filter(|result| !result.is_empty()))
    }

    /// The chits of a referral's story that are in the book.
    pub fn chits_of_referral(&self, id: Id) -> Result<Vec<crate::domain::chit::Chit>> {
        super::register::chits_of_referral(&self.db, id)
    }
}
