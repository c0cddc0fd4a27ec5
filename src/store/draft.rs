//! Drafts: text being typed, kept in the book a moment after each key, outside undo.

use super::standing::{set, setting};
use super::{Error, Result, Store, news};
use crate::domain::draft::Draft;
use crate::domain::id::Id;
use crate::domain::moment::{Moment, stored};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};

/// What this program knows of the drafts in the book, so that it notices when another one had a hand in them: a note that two have
/// open must not be filed twice without anybody saying so.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// When each was saved last.
    saved: HashMap<Id, i64>,
    /// Those that another program changed or ended since.
    meddled: HashSet<Id>,
}

impl Known {
    /// The drafts as the book has them.
    pub fn of(db: &Connection) -> rusqlite::Result<Self> {
        let mut statement = db.prepare("select id, saved_at from draft")?;
        let rows = statement.query_map([], |row| Ok((Id::from_raw(row.get(0)?), row.get(1)?)))?;
        Ok(Known {
            saved: rows.collect::<rusqlite::Result<_>>()?,
            meddled: HashSet::new(),
        })
    }

    /// Whether the book has a draft otherwise than this program knows it. One it knows nothing of was never saved.
    fn differs(&self, id: Id, found: Option<i64>) -> bool {
        let known = self.saved.get(&id);
        self.meddled.contains(&id) || known.is_some_and(|known| Some(*known) != found)
    }

    /// Refuses to file a draft in which another program had a hand. Only once: whoever asks again means it.
    pub fn claim(&mut self, db: &Connection, id: Id) -> Result<()> {
        let found = saved_at(db, id)?;
        if !self.differs(id, found) {
            return Ok(());
        }
        self.saved.remove(&id);
        self.meddled.remove(&id);
        Err(Error::refused(if found.is_some() {
            "This note was filed or changed by another program meanwhile, so it was not filed; file it once more to file it as it is here"
        } else {
            "This note was filed or thrown away by another program meanwhile, so it was not filed again; file it once more to file it \
             a second time"
        }))
    }
}

/// How many drafts that a merge led to somebody are remembered.
const LED_KEPT: usize = 100;

/// A draft that a step led from one person to another: the step, the draft, from whom, to whom.
type Led = (i64, i64, i64, i64);

fn led(db: &Connection) -> Result<Vec<Led>> {
    let kept = setting(db, "led")?.unwrap_or_default();
    Ok(serde_json::from_str(&kept).unwrap_or_default())
}

/// Two people become one in the step that is open: the drafts about the one who goes are about the one who stays. Drafts are outside
/// of the journal; so that its undoing leads them back, what was led is kept.
pub(super) fn lead(db: &Connection, from: Id, into: Id) -> Result<()> {
    let step: i64 = db.query_row("select coalesce(max(id), 0) from step", [], |row| {
        row.get(0)
    })?;
    let drafts: Vec<i64> = {
        let mut statement = db.prepare_cached("select id from draft where contact_id = ?1")?;
        let ids = statement.query_map([from.raw()], |row| row.get(0))?;
        ids.collect::<rusqlite::Result<_>>()?
    };
    if drafts.is_empty() {
        return Ok(());
    }
    db.prepare_cached("update draft set contact_id = ?2 where contact_id = ?1")?
        .execute([from.raw(), into.raw()])?;
    let mut kept = led(db)?;
    kept.extend(
        drafts
            .into_iter()
            .map(|draft| (step, draft, from.raw(), into.raw())),
    );
    keep_led(db, &kept)
}

fn keep_led(db: &Connection, led: &[Led]) -> Result<()> {
    let first = led.len().saturating_sub(LED_KEPT);
    let kept = serde_json::to_string(led.get(first..).unwrap_or_default()).unwrap_or_default();
    set(db, "led", &kept)
}

/// The undoing of a step became a step of its own, whose undoing makes the first one again: the drafts go with it the other way.
pub(super) fn led_too(db: &Connection, step: i64, undoing: i64) -> Result<()> {
    let mut kept = led(db)?;
    let of_step = kept.iter().filter(|led| led.0 == step);
    let back: Vec<Led> = of_step
        .map(|(_, draft, from, into)| (undoing, *draft, *into, *from))
        .collect();
    if back.is_empty() {
        return Ok(());
    }
    kept.extend(back);
    keep_led(db, &kept)
}

/// A step was undone, or made again: the drafts it led go with it.
pub(super) fn lead_back(db: &Connection, step: i64, undone: bool) -> Result<()> {
    for (_, draft, from, into) in led(db)?.into_iter().filter(|led| led.0 == step) {
        let (whose, now) = if undone { (into, from) } else { (from, into) };
        let sql = "update draft set contact_id = ?3 where id = ?1 and (contact_id = ?2 or contact_id is null)
                   and exists (select 1 from contact where id = ?3)";
        db.prepare_cached(sql)?.execute([draft, whose, now])?;
    }
    Ok(())
}

/// When the book's draft was saved last; none where it has none of this id.
fn saved_at(db: &Connection, id: Id) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("select saved_at from draft where id = ?1")?
        .query_row([id.raw()], |row| row.get(0))
        .optional()
}

impl Store {
    /// Keeps a draft; gives back its id.
    pub fn save_draft(&mut self, draft: &Draft, now: &Moment) -> Result<Id> {
        self.ready_to_write()?;
        let at = now.timestamp_millis();
        let id = draft.id.unwrap_or_else(|| self.minter.mint(at));
        let outcome = (|| {
            let transaction = self
                .db
                .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let found = saved_at(&transaction, id)?;
            let sql = "insert into draft (id, contact_id, kind, title, body, started_at, saved_at)
                       values (?1, (select id from contact where id = ?2), ?3, ?4, ?5, coalesce(?6, ?7), ?7)
                       on conflict (id) do update set contact_id = case when ?2 is null then null else coalesce(excluded.contact_id, contact_id) end, kind = excluded.kind, title = excluded.title,
                       body = excluded.body, started_at = coalesce(?6, started_at), saved_at = excluded.saved_at";
            let row = params![
                id.raw(),
                draft.contact.map(Id::raw),
                draft.kind,
                draft.title,
                draft.body,
                draft.started.map(|started| started.timestamp_millis()),
                at
            ];
            transaction.prepare_cached(sql)?.execute(row)?;
            news::tell(&transaction, &super::journal::Touched::default())?;
            transaction.commit()?;
            if self.drafts.differs(id, found) {
                self.drafts.meddled.insert(id);
            }
            self.drafts.saved.insert(id, at);
            Ok(id)
        })();
        self.after_writing(outcome)
    }

    /// Lets a draft go: it was filed, or its owner threw it away.
    pub fn drop_draft(&mut self, id: Id) -> Result<()> {
        self.ready_to_write()?;
        let outcome = (|| {
            self.db
                .prepare_cached("delete from draft where id = ?1")?
                .execute([id.raw()])?;
            self.drafts.saved.remove(&id);
            self.drafts.meddled.remove(&id);
            news::tell(&self.db, &super::journal::Touched::default())
        })();
        self.after_writing(outcome)
    }

    /// Every draft, latest first. Its two moments are told in universal time: the book does not know where the rep was.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        let mut statement = self.db.prepare_cached(
            "select id, contact_id, kind, title, body, started_at, saved_at from draft order by saved_at desc, id desc",
        )?;
        let drafts = statement.query_map([], |row| {
            Ok(Draft {
                id: Some(Id::from_raw(row.get(0)?)),
                contact: row.get::<_, Option<i64>>(1)?.map(Id::from_raw),
                kind: row.get(2)?,
                title: row.get(3)?,
                body: row.get(4)?,
                started: Some(stored(row.get(5)?, 0)),
                saved: Some(stored(row.get(6)?, 0)),
            })
        })?;
        Ok(drafts.collect::<rusqlite::Result<_>>()?)
    }
}
