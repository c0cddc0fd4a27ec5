//! Cards that are kept in step with files of a folder of vCards: which file is whose, and how both were when they last were in step.

use super::bulk::Bulk;
use super::read::rows;
use super::{Error, Result};
use crate::domain::contact::Card;
use crate::domain::id::Id;
use rusqlite::params;

/// A card and its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Paired {
    /// The row.
    id: i64,
    /// The file's name within the folder.
    pub file: String,
    /// Whose it is; none: they were deleted.
    pub contact: Option<Id>,
    /// A fingerprint of the file when both were last in step; empty: it was deleted there.
    pub print: String,
    /// The card as the book had it then.
    pub book: Card,
    /// The card as the file had it then.
    pub there: Card,
}

/// What is kept of a pair that is in step.
#[derive(Clone, Copy, Debug)]
pub struct InStep<'a> {
    /// The folder.
    pub folder: &'a str,
    /// The file's name within it.
    pub file: &'a str,
    /// Whose it is.
    pub contact: Id,
    /// A fingerprint of the file; empty: it was deleted there.
    pub print: &'a str,
    /// The card as the book has it.
    pub book: &'a Card,
    /// The card as the file has it.
    pub there: &'a Card,
}

impl Bulk<'_> {
    /// Every pair of a folder.
    pub fn pairs(&self, folder: &str) -> Result<Vec<Paired>> {
        let sql = "select id, file, contact_id, print, book_card, file_card from vdir_card where folder = ?1 order by file";
        let found = rows(self.db(), sql, [folder], |row| {
            let text = (row.get::<_, String>(4)?, row.get::<_, String>(5)?);
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get::<_, Option<i64>>(2)?,
                row.get(3)?,
                text,
            ))
        })?;
        let read = |text: &str| {
            serde_json::from_str(text).map_err(|error| {
                Error::refused(format!("a card that was kept cannot be read: {error}"))
            })
        };
        found
            .into_iter()
            .map(|(id, file, contact, print, (book, there))| {
                Ok(Paired {
                    id,
                    file,
                    contact: contact.map(Id::from_raw),
                    print,
                    book: read(&book)?,
                    there: read(&there)?,
                })
            })
            .collect()
    }

    /// Keeps how a pair is now; `known` is the row there is.
    pub fn keep_pair(&mut self, known: Option<&Paired>, now: &InStep<'_>) -> Result<()> {
        let text = |card: &Card| serde_json::to_string(card).unwrap_or_default();
        let same = known.is_some_and(|known| {
            known.contact == Some(now.contact)
                && known.print == now.print
                && known.book == *now.book
                && known.there == *now.there
        });
        if same {
            return Ok(());
        }
        let (book, there) = (text(now.book), text(now.there));
        if let Some(known) = known {
            let sql = "update vdir_card set contact_id = ?2, print = ?3, book_card = ?4, file_card = ?5 where id = ?1";
            let row = params![known.id, now.contact.raw(), now.print, book, there];
            self.db().prepare_cached(sql)?.execute(row)?;
        } else {
            let id = self.writer()?.mint().raw();
            let sql = "insert into vdir_card (id, folder, file, contact_id, print, book_card, file_card) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let row = params![
                id,
                now.folder,
                now.file,
                now.contact.raw(),
                now.print,
                book,
                there
            ];
            self.db().prepare_cached(sql)?.execute(row)?;
        }
        self.changed();
        Ok(())
    }

    /// Forgets a pair.
    pub fn drop_pair(&mut self, pair: &Paired) -> Result<()> {
        self.db()
            .prepare_cached("delete from vdir_card where id = ?1")?
            .execute([pair.id])?;
        self.changed();
        Ok(())
    }

    /// Everybody whose card belongs into a folder: who is neither a ghost nor archived.
    pub fn kept_warm(&self) -> Result<Vec<Id>> {
        let sql = "select id from contact where ghost = 0 and archived_on is null and id <> 1 order by id";
        rows(self.db(), sql, [], |row| row.get(0).map(Id::from_raw))
    }
}
