//! Writing records: facts, key dates, sales, rivals and seats; of needs, what they have in common with these.

use super::super::read::record::{record_of, table};
use super::super::{Error, Result};
use super::need::check_need;
use super::{Columns, Origin, Writer};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::{Fact, Record, RecordKind, Rival, Sale, Seat, Stance};
use crate::domain::text::clean_line;
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

impl Writer<'_> {
    /// A new record; a seat that is there already takes its stance instead.
    pub fn add_record(&mut self, record: &Record, origin: Origin<'_>) -> Result<Id> {
        check_record(record)?;
        self.check_subject(record)?;
        let account = self.account_for(record)?;
        if let (Record::Seat(seat), Some(account)) = (record, account)
            && let Some(id) = self.seat_there(seat, account)?
        {
            return self.hold_seat(id, seat, origin);
        }
        let id = self.mint();
        let mut columns = self.columns(record, None)?;
        columns.extend(belongs(record, account));
        columns.push(("touch_id", Value::from(origin.touch.map(Id::raw))));
        columns.push(("words", Value::from(clean_line(origin.words))));
        self.put(table(record.kind()), id, true, columns)?;
        Ok(id)
    }

    /// A record becomes `after`, if the book still says `before`; where it was read from a note again, with its new `words`.
    pub fn edit_record(
        &mut self,
        id: Id,
        before: &Record,
        after: &Record,
        words: Option<&str>,
    ) -> Result<Option<Id>> {
        let kind = before.kind();
        if after.kind() != kind {
            return Err(Error::refused(format!(
                "a {} cannot become a {}; delete the one and add the other",
                kind.noun(),
                after.kind().noun()
            )));
        }
        let present = record_of(self.db, kind, id, before.contact())?.ok_or_else(|| gone(kind))?;
        if !alike(&present.record, before) {
            return Err(Error::Outdated {
                what: format!("this {}", kind.noun()),
            });
        }
        check_record(after)?;
        let mut columns = self.columns(after, Some(id))?;
        if subject(after) != subject(before) {
            self.check_subject(after)?;
            columns.extend(belongs(after, self.account_for(after)?));
        }
        if let Record::Seat(seat) = after {
            self.check_seat(id, seat, &columns)?;
        }
        if let Some(words) = words {
            columns.push(("words", Value::from(clean_line(words))));
        }
        self.put(table(kind), id, false, columns)?;
        Ok(None)
    }

    /// A fact was followed up on a day.
    pub fn follow_up(&mut self, fact: Id, on: NaiveDate) -> Result<Option<Id>> {
        if record_of(self.db, RecordKind::Fact, fact, Id::ME)?.is_none() {
            return Err(gone(RecordKind::Fact));
        }
        self.put("fact", fact, false, vec![("asked_on", day(on))])?;
        Ok(None)
    }

    pub fn delete_record(&mut self, kind: RecordKind, id: Id) -> Result<Option<Id>> {
        self.delete(table(kind), id, &format!("that {}", kind.noun()))
    }

    /// What a record of each kind says, apart from whom it is about.
    fn columns(&mut self, record: &Record, present: Option<Id>) -> Result<Columns> {
        let line = |text: &str| Value::from(clean_line(text));
        Ok(match record {
            Record::Fact(fact) => vec![
                ("what", line(&fact.what)),
                ("kind", Value::from(fact.kind.word().to_owned())),
                ("learned_on", day(fact.learned)),
                ("due_on", maybe(fact.due)),
                ("asked_on", maybe(fact.asked)),
            ],
            Record::Date(day) => vec![
                ("label", line(&day.date.label)),
                ("on_day", Value::from(day.date.on.to_string())),
                ("yearly", Value::from(day.date.yearly)),
            ],
            Record::Need(need) => self.need_columns(need, present)?,
            Record::Sale(sale) => vec![
                ("on_day", day(sale.on)),
                ("amount", Value::from(sale.amount.minor)),
                ("currency", Value::from(sale.amount.currency.clone())),
                ("what", line(&sale.what)),
            ],
            Record::Rival(rival) => vec![
                ("name", line(&rival.name)),
                ("what", line(&rival.what)),
                ("seen_on", day(rival.on)),
            ],
            Record::Seat(seat) => vec![
                ("role", Value::from(seat.role.word().to_owned())),
                ("stance", Value::from(seat.stance.word().to_owned())),
            ],
        })
    }

    /// Refuses a record about nobody in the book, or about the rep.
    pub(super) fn check_subject(&self, record: &Record) -> Result<()> {
        if record.contact() == Id::ME {
            return Err(Error::refused(format!(
                "a {} is somebody else's; name them",
                record.kind().noun()
            )));
        }
        self.known(record.contact())
    }

    /// The account a record concerns too; a seat must have one.
    pub(super) fn account_for(&self, record: &Record) -> Result<Option<i64>> {
        let own = self.account_of(record.contact())?;
        let Record::Seat(seat) = record else {
            return Ok(own);
        };
        if own.is_some() {
            return Ok(own);
        }
        let there = self.account_of(seat.at)?;
        if there.is_none() {
            return Err(Error::refused(format!(
                "{} belongs to no account, so there is no committee to sit on; give them an account first",
                super::name_of(self.db, seat.contact)?
            )));
        }
        Ok(there)
    }

    fn account_of(&self, contact: Id) -> Result<Option<i64>> {
        let found: Option<Option<i64>> = self
            .db
            .prepare_cached("select account_id from contact where id = ?1")?
            .query_row([contact.raw()], |row| row.get(0))
            .optional()?;
        Ok(found.flatten())
    }

    /// The seat of this holder and role on an account's committee.
    fn seat_there(&self, seat: &Seat, account: i64) -> Result<Option<Id>> {
        let sql = "select id from seat where contact_id = ?1 and account_id = ?2 and role = ?3 order by id limit 1";
        let given = params![seat.contact.raw(), account, seat.role.word()];
        let found = self
            .db
            .prepare_cached(sql)?
            .query_row(given, |row| row.get(0));
        Ok(found.optional()?.map(Id::from_raw))
    }

    /// A seat that is known already takes the stance, where one was said, and a note's words with it; what an older note says does not
    /// overrule a newer one.
    fn hold_seat(&mut self, id: Id, seat: &Seat, origin: Origin<'_>) -> Result<Id> {
        let sql = "select exists (select 1 from seat s join touch t on t.id = s.touch_id join touch n on n.id = ?2 where s.id = ?1 and t.at > n.at)";
        let newer: bool = self
            .db
            .prepare_cached(sql)?
            .query_row(params![id.raw(), origin.touch.map(Id::raw)], |row| {
                row.get(0)
            })?;
        if newer {
            return Ok(id);
        }
        let mut columns = Columns::new();
        if seat.stance != Stance::Unknown {
            columns.push(("stance", Value::from(seat.stance.word().to_owned())));
        }
        if let Some(touch) = origin.touch {
            columns.push(("touch_id", Value::from(touch.raw())));
            columns.push(("words", Value::from(clean_line(origin.words))));
        }
        self.put("seat", id, false, columns)?;
        Ok(id)
    }

    /// Refuses a seat that would be the same as another one.
    fn check_seat(&self, id: Id, seat: &Seat, columns: &Columns) -> Result<()> {
        let moved = columns.iter().find(|(name, _)| *name == "account_id");
        let account = match moved {
            Some((_, Value::Integer(account))) => *account,
            _ => self
                .db
                .prepare_cached("select account_id from seat where id = ?1")?
                .query_row([id.raw()], |row| row.get(0))?,
        };
        match self.seat_there(seat, account)? {
            Some(other) if other != id => Err(Error::refused(format!(
                "{} has that seat already; change the other one",
                super::name_of(self.db, seat.contact)?
            ))),
            _ => Ok(()),
        }
    }
}

/// Whom a record belongs to; what concerns their account belongs to that as well.
pub(super) fn belongs(record: &Record, account: Option<i64>) -> Columns {
    let mut columns: Columns = vec![("contact_id", Value::from(record.contact().raw()))];
    if !matches!(record.kind(), RecordKind::Fact | RecordKind::Date) {
        columns.push(("account_id", Value::from(account)));
    }
    columns
}

/// Whom a record is about; of a seat, also where the committee is looked for.
fn subject(record: &Record) -> (Id, Option<Id>) {
    let at = match record {
        Record::Seat(seat) => Some(seat.at),
        _ => None,
    };
    (record.contact(), at)
}

/// Whether two records say the same. Where a seat was looked for is not kept.
pub(super) fn alike(one: &Record, other: &Record) -> bool {
    match (one, other) {
        (Record::Seat(one), Record::Seat(other)) => {
            (one.contact, one.role, one.stance) == (other.contact, other.role, other.stance)
        }
        _ => one == other,
    }
}

fn check_record(record: &Record) -> Result<()> {
    let said = |text: &str, what: &str| {
        if clean_line(text).is_empty() {
            return Err(Error::refused(format!("say in a few words {what}")));
        }
        Ok(())
    };
    match record {
        Record::Fact(Fact { what, .. }) => said(what, "what is worth remembering"),
        Record::Date(day) => said(&day.date.label, "what day it is"),
        Record::Need(need) => check_need(need),
        Record::Sale(Sale { amount, .. }) => check_money(amount),
        Record::Rival(Rival { name, .. }) => said(name, "which competitor it was"),
        Record::Seat(_) => Ok(()),
    }
}

pub(super) fn check_money(amount: &Money) -> Result<()> {
    let letters = amount.currency.bytes().all(|b| b.is_ascii_uppercase());
    if amount.currency.len() != 3 || !letters {
        return Err(Error::refused(
            "an amount needs its currency in three letters, like USD or EUR",
        ));
    }
    Ok(())
}

fn gone(kind: RecordKind) -> Error {
    Error::Gone {
        what: format!("that {}", kind.noun()),
    }
}

pub(super) fn day(on: NaiveDate) -> Value {
    Value::from(on.to_string())
}

fn maybe(on: Option<NaiveDate>) -> Value {
    Value::from(on.map(|on| on.to_string()))
}
