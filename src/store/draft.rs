//! Drafts: text being typed, kept in the book a moment after each key, outside undo.

use super::{Result, Store, news};
use crate::domain::draft::Draft;
use crate::domain::id::Id;
use crate::domain::moment::{Moment, stored};
use rusqlite::params;

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
            let sql = "insert into draft (id, contact_id, kind, title, body, started_at, saved_at)
                       values (?1, (select id from contact where id = ?2), ?3, ?4, ?5, coalesce(?6, ?7), ?7)
                       on conflict (id) do update set contact_id = excluded.contact_id, kind = excluded.kind, title = excluded.title,
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
