//! An import: any number of people in one transaction and one step. Dropping it halfway leaves the book as it was.

use super::journal;
use super::late::{Late, listen};
use super::read::card::card_of;
use super::write::{Became, Writer, same_person};
use super::{Result, Store, news, standing, today};
use crate::domain::command::Changed;
use crate::domain::contact::{Card, MERGED, ONCE_CALLED, email_key};
use crate::domain::id::{Id, Minter};
use crate::domain::mail::Mailed;
use crate::domain::moment::Moment;
use crate::domain::phone;
use crate::domain::strength::Params;
use crate::domain::text::fold;
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::{BTreeSet, HashSet};

/// An import under way.
#[derive(Debug)]
pub struct Bulk<'a> {
    transaction: Transaction<'a>,
    recorder: &'a journal::Recorder,
    minter: &'a mut Minter,
    params: &'a Params,
    country: Option<&'a str>,
    now: Moment,
    label: String,
    /// The step that all of it is.
    pub(super) step: i64,
    changes: u64,
    /// People whose meetings came in, moved or went: their plans follow.
    pub(super) to_plan: BTreeSet<i64>,
    /// Whether a touch came of the source that was asked for last.
    pub(super) touches_of: Option<(String, bool)>,
    /// Rows of another book that the book has under another id.
    pub(super) alike: super::join::same::Ids,
    /// No step is left, nor any step before.
    afresh: bool,
    /// Journal and full text that wait; none where every row is followed.
    late: Option<Late>,
    /// The place among the tables of the last row that was brought as it is, and whether one came after a row of a later table.
    last: usize,
    mixed: bool,
}

/// What SQLite may keep of the book in memory during an import, whose rows lie all over the indexes; and what it may at other times.
const ROOM: &str = "pragma cache_size = -48000";
const USUAL: &str = "pragma cache_size = -2000";

/// Whom the book already has for a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nobody.
    Nobody,
    /// This person, recognised by this.
    One(Id, &'static str),
    /// Several, recognised by this; a person has to say which.
    Several(Vec<Id>, &'static str),
}

impl Store {
    /// Begins an import. Nothing is in the book until [`Bulk::finish`]; nobody else can write meanwhile.
    pub fn bulk(&mut self, label: &str, now: &Moment) -> Result<Bulk<'_>> {
        self.ready_to_write()?;
        let path = self.path.clone();
        let transaction = self
            .db
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(|e| super::error::classify(e, &path))?;
        let steps = journal::begin(&transaction, label, now.timestamp_millis())?;
        let step = *steps.end();
        self.recorder.start(step);
        Ok(Bulk {
            step,
            transaction,
            recorder: &self.recorder,
            minter: &mut self.minter,
            params: &self.params,
            country: self.country.as_deref(),
            now: *now,
            label: label.to_owned(),
            changes: 0,
            to_plan: BTreeSet::new(),
            touches_of: None,
            alike: super::join::same::Ids::new(),
            afresh: false,
            late: None,
            last: 0,
            mixed: false,
        })
    }

    /// The same for what adds much, and changes people only by [`Bulk::change`]: what is added is written down together.
    pub fn import(&mut self, label: &str, now: &Moment) -> Result<Bulk<'_>> {
        let told = listen(&mut self.db)?;
        let mut bulk = self.bulk(label, now)?;
        bulk.late = Some(Late::begin(&bulk.transaction, told, bulk.step)?);
        bulk.transaction.execute_batch(ROOM)?;
        Ok(bulk)
    }
}

impl Bulk<'_> {
    pub(super) fn writer(&mut self) -> Result<Writer<'_>> {
        self.before_more()?;
        Ok(Writer {
            db: &self.transaction,
            minter: self.minter,
            country: self.country,
            now: self.now,
            params: self.params,
        })
    }

    fn before_more(&mut self) -> Result<()> {
        match &mut self.late {
            Some(late) => late.before_more(&self.transaction),
            None => Ok(()),
        }
    }

    /// Whom the book has for this card: by UID, then e-mail, then telephone, then web address, then name within the same account
    /// where nothing both sides know contradicts it.
    pub fn find(&mut self, card: &Card) -> Result<Found> {
        if let Some(uid) = &card.uid {
            let found = self.ids(
                "select id from contact where uid = ?1 and id <> 1",
                [uid.as_str()],
            )?;
            if !found.is_empty() {
                return Ok(recognised(found, "UID"));
            }
        }
        let mut by_email = Vec::new();
        for email in &card.emails {
            by_email.extend(self.ids(
                "select contact_id from email where key = ?1 and contact_id <> 1",
                [email_key(&email.address)],
            )?);
        }
        // Spouses share an address, colleagues a switchboard: it makes one person only of names that can be one person's.
        by_email.retain(|id| self.goes_by(*id, card));
        if !by_email.is_empty() {
            return Ok(recognised(by_email, "e-mail"));
        }
        let mut by_phone = Vec::new();
        for entry in &card.phones {
            if let Some(key) = phone::key(&entry.number, self.country) {
                by_phone.extend(self.ids(
                    "select contact_id from phone where key = ?1 and contact_id <> 1",
                    [key],
                )?);
            }
        }
        by_phone.retain(|id| self.goes_by(*id, card));
        if !by_phone.is_empty() {
            return Ok(recognised(by_phone, "telephone"));
        }
        let mut by_web = Vec::new();
        for web in card.webs.iter().filter(|w| w.label == "linkedin") {
            by_web.extend(self.ids(
                "select contact_id from web where url = ?1 and contact_id <> 1",
                [web.url.as_str()],
            )?);
        }
        if !by_web.is_empty() {
            return Ok(recognised(by_web, "web address"));
        }
        self.find_by_name(card)
    }

    /// Whom the book has for an e-mail address in lower case; where several share it, the one who goes by `name`.
    pub fn by_email(&self, key: &str, name: &str) -> Result<Found> {
        let mut ids = self.ids(
            "select distinct contact_id from email where key = ?1 and contact_id <> 1",
            [key],
        )?;
        if ids.len() > 1 && !name.is_empty() {
            let named: Vec<i64> = ids
                .iter()
                .copied()
                .filter(|id| self.is_called(*id, name))
                .collect();
            if !named.is_empty() {
                ids = named;
            }
        }
        Ok(if ids.is_empty() {
            Found::Nobody
        } else {
            recognised(ids, "e-mail")
        })
    }

    fn find_by_name(&mut self, card: &Card) -> Result<Found> {
        // Two identities given by one address book are two people, however many share the name.
        let sql = "select c.id from contact c left join account a on a.id = c.account_id
                   where c.name = ?1 collate nocase and coalesce(a.name, '') = ?2 collate nocase and c.id <> 1
                   and (c.uid is null or ?3 is null or c.uid = ?3)";
        let same_name = self.ids(sql, params![card.name, card.account, card.uid])?;
        let mut fitting = Vec::new();
        for id in same_name {
            if card_of(&self.transaction, Id::from_raw(id))?
                .is_some_and(|known| same_person(&known, card))
            {
                fitting.push(id);
            }
        }
        Ok(if fitting.is_empty() {
            Found::Nobody
        } else {
            recognised(fitting, "name and account")
        })
    }

    fn goes_by(&self, id: i64, card: &Card) -> bool {
        self.is_called(id, &card.name)
    }

    fn is_called(&self, id: i64, other: &str) -> bool {
        let sql = "select name from contact where id = ?1";
        let name: rusqlite::Result<Option<String>> = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut s| s.query_row([id], |row| row.get(0)).optional());
        name.ok()
            .flatten()
            .is_some_and(|name| one_name(&name, other))
            || self.was_called(id, other)
    }

    /// Whether somebody of this name was united with this person.
    fn was_called(&self, id: i64, other: &str) -> bool {
        let sql = "select value from extra where contact_id = ?1 and source = ?2 and name = ?3";
        let given = params![id, MERGED, ONCE_CALLED];
        let names = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut statement| {
                let names = statement.query_map(given, |row| row.get::<_, String>(0))?;
                names.collect::<rusqlite::Result<Vec<_>>>()
            });
        names.is_ok_and(|names| names.iter().any(|name| one_name(name, other)))
    }

    fn ids(&self, sql: &str, given: impl rusqlite::Params) -> Result<Vec<i64>> {
        let mut statement = self.transaction.prepare_cached(sql)?;
        let ids = statement.query_map(given, |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// A person's card as it is now.
    pub fn card(&self, id: Id) -> Result<Option<Card>> {
        card_of(&self.transaction, id)
    }

    /// A new person.
    pub fn add(&mut self, card: &Card) -> Result<Id> {
        self.changes += 1;
        self.writer()?.add_contact(card)
    }

    /// Changes a person's card.
    pub fn change(&mut self, id: Id, before: &Card, after: &Card) -> Result<()> {
        self.changes += 1;
        if let Some(late) = &mut self.late {
            late.write(&self.transaction)?;
        }
        self.writer()?.rewrite(id, before, after)
    }

    /// Takes an e-mail in; also whether a touch was made for it. Ghosts in `asleep` are not woken by it.
    pub fn mail(&mut self, mail: &Mailed, asleep: &HashSet<Id>) -> Result<(Became, bool)> {
        let (became, made) = self.writer()?.bring_mail(mail, asleep)?;
        self.changes += u64::from(became != Became::Same);
        Ok((became, made))
    }

    /// One row of another book, or of a demo: put into `table` as it is. See [`super::dump`].
    pub(super) fn row(&mut self, sql: &str, values: &[rusqlite::types::Value]) -> Result<usize> {
        self.before_more()?;
        self.changes += 1;
        Ok(self
            .transaction
            .prepare_cached(sql)?
            .execute(rusqlite::params_from_iter(values))?)
    }

    /// A row of this table comes as it is.
    pub(super) fn brought(&mut self, table: &str) {
        self.touches_of = None;
        // What is not journalled, as a draft, may come at any place.
        if let Some(place) = journal::tables().position(|known| known == table) {
            self.mixed |= place < self.last;
            self.last = place;
        }
    }

    /// The country of telephone numbers without a prefix.
    pub(super) fn country(&self) -> Option<&str> {
        self.country
    }

    /// The instant rows are marked with.
    pub(super) fn stamp(&self) -> i64 {
        self.now.timestamp_millis()
    }

    /// Something was changed.
    pub(super) fn changed(&mut self) {
        self.changes += 1;
    }

    /// The transaction, for reading what is in the book so far.
    pub(super) fn db(&self) -> &rusqlite::Connection {
        &self.transaction
    }

    /// The book begins with this: nothing up to here, this included, can be undone. For a book made up as a whole.
    #[must_use]
    pub fn afresh(mut self) -> Self {
        self.afresh = true;
        self
    }

    /// Puts everything into the book at once. An import that changed nothing leaves no step.
    pub fn finish(mut self) -> Result<Changed> {
        if self.changes == 0 {
            self.recorder.stop();
            return Ok(Changed {
                label: self.label.clone(),
                contacts: Some(Vec::new()),
                ..Changed::default()
            });
        }
        self.writer()?.resolve_all_links()?;
        if let Some(late) = self.late.take() {
            late.end(&self.transaction)?;
        }
        if self.mixed {
            journal::put_in_order(&self.transaction, self.step)?;
        }
        let touched = self.recorder.stop();
        standing::settle(
            &self.transaction,
            self.params,
            today(&self.now),
            &touched,
            None,
        )?;
        news::tell(&self.transaction, &touched)?;
        if self.afresh {
            journal::forget_all(&self.transaction)?;
        } else {
            journal::forget_old(&self.transaction)?;
        }
        self.transaction.execute_batch(USUAL)?;
        self.transaction.commit()?;
        Ok(Changed {
            label: self.label,
            contacts: touched.few(),
            ..Changed::default()
        })
    }

    /// Leaves the book as it was.
    pub fn abandon(self) {
        self.recorder.stop();
    }

    /// Counts of rows so far changed, for tests and reports.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// Marks the step with what the import became, once the counts are known.
    pub fn rename(&mut self, label: &str) -> Result<()> {
        let sql = "update step set label = ?1 where id = ?2";
        self.transaction.execute(sql, params![label, self.step])?;
        label.clone_into(&mut self.label);
        Ok(())
    }
}

fn recognised(mut ids: Vec<i64>, by: &'static str) -> Found {
    ids.sort_unstable();
    ids.dedup();
    match ids.as_slice() {
        [one] => Found::One(Id::from_raw(*one), by),
        _ => Found::Several(ids.into_iter().map(Id::from_raw).collect(), by),
    }
}

/// Whether two spellings can be one person's name: the given names begin alike ("J.", "Rob" and "Robert"), or all words of one are
/// among the other's ("Smith, Jane", "Dr. Jane M. Smith").
fn one_name(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let folded = fold(name);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let among = |few: &[String], many: &[String]| few.iter().all(|word| many.contains(word));
    let alike = match (one.first(), other.first()) {
        (Some(a), Some(b)) => a.starts_with(b.as_str()) || b.starts_with(a.as_str()),
        _ => true,
    };
    alike || among(&one, &other) || among(&other, &one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_told_from_two_names_in_one_house() {
        let one = [
            ("Jane Smith", "Smith, Jane"),
            ("J. Smith", "Jane Smith"),
            ("Rob Miller", "Robert Miller"),
            ("Dr. Jane Smith", "Jane Smith"),
            ("Łukasz Nowak", "Lukasz Nowak"),
        ];
        for (a, b) in one {
            assert!(one_name(a, b) && one_name(b, a), "{a} / {b}");
        }
        for (a, b) in [("Jane Smith", "Joe Smith"), ("Walt Pruitt", "Edie Pruitt")] {
            assert!(!one_name(a, b) && !one_name(b, a), "{a} / {b}");
        }
    }
}
