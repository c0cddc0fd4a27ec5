//! The brief: what the book knows of somebody besides their page. It is read when a call begins, not for every row of a list.

use super::super::write::names_of;
use super::super::{Result, Store};
use super::record::records;
use super::referral::reached;
use super::{day, rows};
use crate::domain::brief::{Agreed, Brief, Led, Member, Mention};
use crate::domain::id::Id;
use crate::domain::moment::{Moment, stored};
use crate::domain::record::{RecordKind, RecordRow, Role, Stance};
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

/// Places where others spoke of somebody that are told.
const MENTIONS: usize = 5;

/// Touches told that had been agreed for a time.
const AGREEMENTS: usize = 50;

/// Their account; of somebody without one, the account on whose committee they sit.
const ACCOUNT: &str = "select coalesce(c.account_id, (select s.account_id from seat s where s.contact_id = c.id order by s.id desc limit 1))
    from contact c where c.id = ?1";
const FACTS: &str = "where r.contact_id = ?1 order by r.learned_on desc, r.id desc";
const DATES: &str = "where r.contact_id = ?1 order by r.id desc";
const NEEDS: &str = "where r.id in (select id from need where contact_id = ?1 union select id from need where account_id = ?2
    union select n.id from contact c join need n on n.contact_id = c.id where c.account_id = ?2) order by r.heard_on desc, r.id desc";
const SALES: &str = "where r.contact_id = ?1 order by r.on_day desc, r.id desc";
const RIVALS: &str = "where r.id in (select id from rival where contact_id = ?1 union select id from rival where account_id = ?2
    union select n.id from contact c join rival n on n.contact_id = c.id where c.account_id = ?2) order by r.seen_on desc, r.id desc";
const COMMITTEE: &str =
    "select id, contact_id, role, stance from seat where account_id = ?1 order by id";
const REFERRED: &str = "select r.id, coalesce(a.name, x.name, ''), r.what,
    coalesce((select min(e.on_day) from referral_event e where e.referral_id = r.id), date(r.changed_at / 1000, 'unixepoch')) as began
    from referral r left join contact a on a.id = r.referrer_id left join account x on x.id = r.referrer_account_id
    where r.prospect_id = ?1 and r.given = 0 order by began, r.id limit 1";
const INTRODUCED: &str = "select coalesce(c.name, k.to_name), k.note, coalesce(k.on_day, date(k.changed_at / 1000, 'unixepoch')), k.state = 'confirmed'
    from link k left join contact c on c.id = k.to_id
    where k.from_id = ?1 and k.kind = 'introduced_by' and k.state <> 'refused' order by k.state = 'confirmed' desc, k.id limit 1";
const MENTIONED: &str =
    "select t.id, t.at, t.offset_minutes, m.words from mention m join touch t on t.id = m.touch_id
    where m.contact_id = ?1 and t.at <= ?2 order by t.at desc, t.id desc limit ?3";
/// Only the few touches with an agreed time are looked at, whatever else happened with somebody.
const AGREED: &str = "select t.agreed_at, t.at, t.offset_minutes from party p cross join touch t indexed by touch_agreed on t.id = p.touch_id
    where p.contact_id = ?1 and t.agreed_at is not null and t.at <= ?2 order by p.wall desc, p.touch_id desc limit ?3";
const ASKED: &str =
    "select on_day, answer from ask where contact_id = ?1 order by on_day desc, id desc limit 1";

impl Store {
    /// The open needs heard from somebody: ids and words, newest first.
    pub fn open_needs(&self, id: Id) -> Result<Vec<(Id, String)>> {
        let sql = "select id, what from need where contact_id = ?1 and state in ('heard', 'proposed') order by heard_on desc, id desc";
        rows(&self.db, sql, [id.raw()], |row| {
            Ok((Id::from_raw(row.get(0)?), row.get(1)?))
        })
    }

    /// What the book knows of somebody besides their page, as of now; none when they are not in the book.
    pub fn brief(&self, id: Id, now: &Moment) -> Result<Option<Brief>> {
        let _moment = self.moment()?;
        let account: Option<Option<i64>> = self
            .db
            .prepare_cached(ACCOUNT)?
            .query_row([id.raw()], |row| row.get(0))
            .optional()?;
        let Some(account) = account else {
            return Ok(None);
        };
        Ok(Some(Brief {
            records: self.records_of(id, account)?,
            committee: self.committee(account)?,
            led: self.led(id)?,
            mentions: self.mentions(id, now)?,
            agreed: rows(
                &self.db,
                AGREED,
                params![id.raw(), now.timestamp_millis(), AGREEMENTS as i64],
                |row| {
                    let offset = row.get(2)?;
                    Ok(Agreed {
                        agreed: stored(row.get(0)?, offset),
                        began: stored(row.get(1)?, offset),
                    })
                },
            )?,
            asked: self
                .db
                .prepare_cached(ASKED)?
                .query_row([id.raw()], |row| {
                    Ok((day(row.get_ref(0)?.as_str()?)?, row.get(1)?))
                })
                .optional()?,
        }))
    }

    fn records_of(&self, id: Id, account: Option<i64>) -> Result<Vec<RecordRow>> {
        let theirs = |kind, condition| records(&self.db, kind, condition, [id.raw()], id);
        let ours = |kind, condition| {
            let given = params![id.raw(), account];
            records(&self.db, kind, condition, given, id)
        };
        let mut found = theirs(RecordKind::Fact, FACTS)?;
        found.extend(theirs(RecordKind::Date, DATES)?);
        found.extend(ours(RecordKind::Need, NEEDS)?);
        found.extend(theirs(RecordKind::Sale, SALES)?);
        found.extend(ours(RecordKind::Rival, RIVALS)?);
        Ok(found)
    }

    fn committee(&self, account: Option<i64>) -> Result<Vec<Member>> {
        let seats = rows(&self.db, COMMITTEE, [account], |row| {
            let holder: Option<i64> = row.get(1)?;
            let role = Role::parse(row.get_ref(2)?.as_str()?).unwrap_or_default();
            let stance = Stance::parse(row.get_ref(3)?.as_str()?).unwrap_or_default();
            Ok((Id::from_raw(row.get(0)?), holder, role, stance))
        })?;
        let mut committee = Vec::with_capacity(seats.len());
        for (seat, holder, role, stance) in seats {
            committee.push(Member {
                seat,
                holder: match holder {
                    Some(holder) => self.summary(Id::from_raw(holder))?,
                    None => None,
                },
                role,
                stance,
            });
        }
        committee.sort_by_key(|member| (member.role, member.seat));
        Ok(committee)
    }

    /// Who led me to somebody: the earliest referral, or whoever introduced them.
    fn led(&self, id: Id) -> Result<Option<Led>> {
        let referred: Option<(i64, Led)> = self
            .db
            .prepare_cached(REFERRED)?
            .query_row([id.raw()], |row| {
                let led = Led {
                    by: row.get(1)?,
                    on: day(row.get_ref(3)?.as_str()?)?,
                    what: row.get(2)?,
                    stage: "",
                };
                Ok((row.get(0)?, led))
            })
            .optional()?;
        if let Some((referral, mut led)) = referred {
            led.stage = reached(&self.db, Id::from_raw(referral))?.map_or("", |stage| stage.word());
            return Ok(Some(led));
        }
        let introduced = self
            .db
            .prepare_cached(INTRODUCED)?
            .query_row([id.raw()], |row| {
                let on: NaiveDate = day(row.get_ref(2)?.as_str()?)?;
                let confirmed: bool = row.get(3)?;
                Ok(Led {
                    by: row.get(0)?,
                    on,
                    what: row.get(1)?,
                    stage: if confirmed { "introduced" } else { "suggested" },
                })
            });
        Ok(introduced.optional()?)
    }

    fn mentions(&self, id: Id, now: &Moment) -> Result<Vec<Mention>> {
        let given = params![id.raw(), now.timestamp_millis(), MENTIONS as i64];
        let mut mentions = rows(&self.db, MENTIONED, given, |row| {
            Ok(Mention {
                touch: Id::from_raw(row.get(0)?),
                on: stored(row.get(1)?, row.get(2)?).date_naive(),
                by: String::new(),
                words: row.get(3)?,
            })
        })?;
        for mention in &mut mentions {
            let sql = "select contact_id from party where touch_id = ?1 order by id";
            let parties = rows(&self.db, sql, [mention.touch.raw()], |row| {
                row.get(0).map(Id::from_raw)
            })?;
            mention.by = names_of(&self.db, &parties)?;
        }
        Ok(mentions)
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::columns;
    use super::*;

    #[test]
    fn no_question_of_the_brief_reads_a_whole_table() {
        let folder = tempfile::tempdir().unwrap();
        let book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        let mut questions: Vec<String> = [
            ACCOUNT, COMMITTEE, REFERRED, INTRODUCED, MENTIONED, AGREED, ASKED,
        ]
        .map(str::to_owned)
        .to_vec();
        for (kind, condition) in [
            (RecordKind::Fact, FACTS),
            (RecordKind::Date, DATES),
            (RecordKind::Need, NEEDS),
            (RecordKind::Sale, SALES),
            (RecordKind::Rival, RIVALS),
        ] {
            questions.push(format!("{} {condition}", columns(kind)));
        }
        for kind in RecordKind::ALL {
            let condition = "where r.touch_id = ?1 and r.words <> ''";
            questions.push(format!("{} {condition}", columns(kind)));
        }
        let closed =
            "where r.result_touch_id = ?1 and r.result_words <> '' and r.state = 'delivered'";
        questions.push(format!("{} {closed}", columns(RecordKind::Need)));
        for question in questions {
            let explained = format!("explain query plan {question}");
            let mut statement = book.db.prepare(&explained).unwrap();
            let given = vec![1_i64; statement.parameter_count()];
            let plan = statement.query_map(rusqlite::params_from_iter(given), |row| {
                row.get::<_, String>(3)
            });
            let plan: Vec<String> = plan.unwrap().map(rusqlite::Result::unwrap).collect();
            let whole = plan
                .iter()
                .filter(|step| step.starts_with("SCAN") && !step.contains("CONSTANT"));
            assert_eq!(whole.count(), 0, "{question}\n{plan:#?}");
        }
    }
}
