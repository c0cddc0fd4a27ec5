//! Filing a note: newcomers, the touch, what becomes of each item, who is mentioned, the plan, and the end of the draft.

mod people;

use super::super::read::caught::{Places, caught_of};
use super::super::read::record::record_of;
use super::super::{Error, Result};
use super::label::noun;
use super::record::alike;
use super::{Origin, Writer};
use crate::domain::filing::{Caught, CaughtRow, Change, Filed, Filing, Item};
use crate::domain::id::Id;
use crate::domain::promise::Plan;
use crate::domain::record::Record;
use crate::domain::text::clean_line;
use people::Names;
use rusqlite::params;
use std::collections::HashSet;

impl Writer<'_> {
    /// Files a note; gives back its touch.
    pub fn file(&mut self, filing: &Filing) -> Result<Id> {
        check_words(&filing.changes)?;
        let mut names = self.welcome(&filing.newcomers)?;
        let present = match &filing.touch {
            Filed::New(_) => Vec::new(),
            Filed::Again { id, .. } => caught_of(self.db, *id)?,
        };
        let old = filing
            .changes
            .iter()
            .map(|change| named(&present, change))
            .collect::<Result<Vec<Option<&CaughtRow>>>>()?;
        let touch = names.touch(filing.touch.touch());
        let signs = signs(&touch.body, &present, &old, &filing.changes);
        let id = match &filing.touch {
            Filed::New(_) => self.log_caught(&touch, &signs)?,
            Filed::Again { id, before, .. } => {
                self.edit_caught(*id, before, &touch, Some(&signs))?;
                *id
            }
        };
        self.change_items(id, filing, &old, &mut names)?;
        self.write_mentions(id, &names.mentioned(&filing.mentioned), &touch.people)?;
        if let Some(plan) = &filing.plan {
            self.plan_unless_planned(&names.plan(plan))?;
        }
        if let Some(draft) = filing.draft {
            self.db
                .prepare_cached("delete from draft where id = ?1")?
                .execute([draft.raw()])?;
        }
        Ok(id)
    }

    /// First what is gone, then what is otherwise, then what is new: a need whose result went can take another one. New needs come before
    /// both: a result of the same note may close one.
    fn change_items(
        &mut self,
        touch: Id,
        filing: &Filing,
        old: &[Option<&CaughtRow>],
        names: &mut Names,
    ) -> Result<()> {
        let changes = || filing.changes.iter().zip(old);
        let gone = changes().filter(|(change, _)| matches!(change, Change::Drop { .. }));
        let mut gone: Vec<&CaughtRow> = gone.filter_map(|(_, old)| *old).collect();
        // A need goes only after its result.
        gone.sort_by_key(|old| !matches!(old.item, Item::Result(_)));
        for old in gone {
            self.drop_item(touch, old)?;
        }
        let added = changes().filter_map(|(change, _)| match change {
            Change::Add(caught) => Some(caught),
            _ => None,
        });
        let is_need = |caught: &&Caught| matches!(caught.item, Item::Record(Record::Need(_)));
        let (needs, others): (Vec<&Caught>, Vec<&Caught>) = added.partition(is_need);
        for caught in needs {
            let item = names.item(&caught.item, touch);
            let id = self.add_item(touch, &item, caught)?;
            names.tell_need(&caught.words, id);
        }
        for (change, old) in changes() {
            if let (Change::Replace { after, .. }, Some(old)) = (change, old) {
                let item = names.item(&after.item, touch);
                self.replace_item(touch, old, item, &after.words)
                    .map_err(|error| error.of_line(&after.words))?;
            }
        }
        for caught in others {
            let item = names.item(&caught.item, touch);
            self.add_item(touch, &item, caught)?;
        }
        Ok(())
    }

    fn add_item(&mut self, touch: Id, item: &Item, caught: &Caught) -> Result<Id> {
        let origin = Origin {
            touch: Some(touch),
            words: &caught.words,
        };
        match item {
            Item::Promise(promise) => self.add_promise(promise, origin.words),
            Item::Chit(chit) => self.give_chit(chit, origin.words),
            Item::Referral(referred) => self.bring(referred, origin),
            Item::Record(record) => self.add_record(record, origin),
            Item::Result(delivered) => self.deliver(delivered, origin),
        }
        .map_err(|error| error.of_line(&caught.words))
    }

    fn replace_item(&mut self, touch: Id, old: &CaughtRow, after: Item, words: &str) -> Result<()> {
        let (id, new) = (old.id, Some(words));
        let was = Origin {
            touch: Some(touch),
            words: &old.words,
        };
        match (&old.item, after) {
            (Item::Promise(before), Item::Promise(after)) => {
                self.edit_promise(id, before, &after, new).map(|_| ())
            }
            (Item::Chit(before), Item::Chit(after)) => {
                self.edit_chit(id, before, &after, new).map(|_| ())
            }
            (Item::Referral(before), Item::Referral(after)) => {
                self.bring_again(id, before, &after, was, words)
            }
            (Item::Record(shown), Item::Record(after)) => {
                // Its result may have gone a moment ago.
                let present = record_of(self.db, shown.kind(), id, shown.contact())?;
                let before = present.map_or_else(|| shown.clone(), |row| row.record);
                let after = with_what_came_since(&before, after);
                self.edit_record(id, &before, &after, new).map(|_| ())
            }
            (Item::Result(before), Item::Result(after)) => {
                self.deliver_again(id, before, &after, Origin { words, ..was })
            }
            (before, after) => Err(Error::refused(format!(
                "a {} cannot become a {}; drop the one and add the other",
                noun(before),
                noun(&after)
            ))),
        }
    }

    fn drop_item(&mut self, touch: Id, old: &CaughtRow) -> Result<()> {
        let origin = Origin {
            touch: Some(touch),
            words: &old.words,
        };
        match &old.item {
            Item::Promise(_) => self.delete("promise", old.id, "that promise").map(|_| ()),
            Item::Chit(_) => self.delete("chit", old.id, "that chit").map(|_| ()),
            Item::Referral(referred) => self.unbring(old.id, referred, origin),
            Item::Record(Record::Need(_)) => self.drop_need(old.id),
            Item::Record(record) => self.delete_record(record.kind(), old.id).map(|_| ()),
            Item::Result(delivered) => self.undeliver(old.id, delivered),
        }
    }

    /// The people a note speaks of who did not take part, as they are now; each once.
    fn write_mentions(&mut self, touch: Id, now: &[(Id, String)], parties: &[Id]) -> Result<()> {
        let mut seen: HashSet<Id> = parties.iter().copied().collect();
        seen.insert(Id::ME);
        let now: Vec<&(Id, String)> = now.iter().filter(|(who, _)| seen.insert(*who)).collect();
        let before: Vec<(i64, String)> = {
            let sql = "select contact_id, words from mention where touch_id = ?1";
            let mut statement = self.db.prepare_cached(sql)?;
            let rows = statement.query_map([touch.raw()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        for (gone, _) in &before {
            if !now.iter().any(|(who, _)| who.raw() == *gone) {
                let sql = "delete from mention where touch_id = ?1 and contact_id = ?2";
                self.db
                    .prepare_cached(sql)?
                    .execute(params![touch.raw(), gone])?;
            }
        }
        for (who, words) in now {
            self.known(*who)?;
            let words = clean_line(words);
            let there = before.iter().find(|(before, _)| *before == who.raw());
            if there.is_none() {
                let id = self.mint().raw();
                let sql =
                    "insert into mention (id, contact_id, touch_id, words) values (?1, ?2, ?3, ?4)";
                let row = params![id, who.raw(), touch.raw(), words];
                self.db.prepare_cached(sql)?.execute(row)?;
            } else if there.is_some_and(|(_, before)| *before != words) {
                let sql = "update mention set words = ?3 where contact_id = ?1 and touch_id = ?2";
                let row = params![who.raw(), touch.raw(), words];
                self.db.prepare_cached(sql)?.execute(row)?;
            }
        }
        Ok(())
    }

    /// The plan takes the place of the open one, unless that says the same.
    fn plan_unless_planned(&mut self, plan: &Plan) -> Result<()> {
        let sql = "select count(*), coalesce(sum(on_day = ?2 and at_time is ?3 and why = ?4), 0) from plan where contact_id = ?1 and state = 'open'";
        let given = params![
            plan.contact.raw(),
            plan.on.to_string(),
            plan.at.map(|at| at.format("%H:%M").to_string()),
            clean_line(&plan.why)
        ];
        let counts: (i64, i64) = self
            .db
            .prepare_cached(sql)?
            .query_row(given, |row| Ok((row.get(0)?, row.get(1)?)))?;
        if counts == (1, 1) {
            return Ok(());
        }
        self.plan_touch(plan).map(|_| ())
    }
}

/// Refuses an item that is of no line: nothing would tell it from what a form linked to the touch.
fn check_words(changes: &[Change]) -> Result<()> {
    for change in changes {
        if let Change::Add(caught) | Change::Replace { after: caught, .. } = change
            && clean_line(&caught.words).is_empty()
        {
            return Err(Error::refused(format!(
                "a {} needs the line of the note that it was read from",
                noun(&caught.item)
            )));
        }
    }
    Ok(())
}

/// The item of the note that a change is about, as the book has it; none where the change is something new. Refused where the book
/// says something else than whoever read the note again was shown.
fn named<'a>(present: &'a [CaughtRow], change: &Change) -> Result<Option<&'a CaughtRow>> {
    let (id, before) = match change {
        Change::Add(_) => return Ok(None),
        Change::Replace { id, before, .. } => (*id, before),
        Change::Drop { id, item } => (*id, item),
    };
    let one_kind = |row: &&CaughtRow| row.id == id && noun(&row.item) == noun(before);
    let mut found = present.iter().filter(one_kind).peekable();
    if found.peek().is_none() {
        return Err(Error::Gone {
            what: format!("that {} of this note", noun(before)),
        });
    }
    found
        .find(|row| unchanged(&row.item, before))
        .map(Some)
        .ok_or_else(|| Error::Outdated {
            what: format!("a {} of this note", noun(before)),
        })
}

/// Whether an item is as it was shown. Its evidence is the touch, whatever it says itself.
fn unchanged(present: &Item, shown: &Item) -> bool {
    match (present, shown) {
        (Item::Promise(present), Item::Promise(shown)) => {
            let mut shown = shown.clone();
            shown.evidence = present.evidence;
            *present == shown
        }
        (Item::Chit(present), Item::Chit(shown)) => {
            let mut shown = shown.clone();
            shown.evidence = present.evidence;
            *present == shown
        }
        (Item::Record(present), Item::Record(shown)) => alike(present, shown),
        (present, shown) => present == shown,
    }
}

/// A record as a note tells it again, together with what came of it since: a line of a note knows of no result, and of nothing that
/// was followed up.
fn with_what_came_since(before: &Record, mut after: Record) -> Record {
    match (before, &mut after) {
        (Record::Need(before), Record::Need(after)) if after.outcome.is_none() => {
            after.state = before.state;
            after.outcome.clone_from(&before.outcome);
        }
        (Record::Fact(before), Record::Fact(after)) => after.asked = after.asked.or(before.asked),
        _ => {}
    }
    after
}

/// The signs of everything a note comes with once it is filed, in the order of the words in it: the first letter of each item's words.
fn signs(
    body: &str,
    present: &[CaughtRow],
    old: &[Option<&CaughtRow>],
    changes: &[Change],
) -> String {
    let moot = |row: &CaughtRow| old.iter().flatten().any(|old| std::ptr::eq(*old, row));
    let kept = present
        .iter()
        .filter(|row| !moot(row))
        .map(|row| row.words.as_str());
    let new = changes.iter().filter_map(|change| match change {
        Change::Add(caught) | Change::Replace { after: caught, .. } => Some(caught.words.as_str()),
        Change::Drop { .. } => None,
    });
    let places = Places::of(body);
    let mut words: Vec<String> = kept.chain(new).map(clean_line).collect();
    words.sort_by_key(|words| places.find(words));
    let first = |words: &String| words.chars().next();
    let signs = words.iter().filter_map(first);
    signs.filter(char::is_ascii_punctuation).collect()
}
