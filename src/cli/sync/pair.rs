//! Two cards of one person, the book's and a file's: what moves where, and how both are then kept.

use super::super::desk::Failure;
use super::super::export::{to_file, uid};
use super::super::import::own_id;
use super::{Run, There, print_of};
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::exchange::draft::Record;
use crate::exchange::step::{Side, Step, step};
use crate::exchange::vcard::{self, Version};
use crate::store::{InStep, Paired};

impl Run<'_> {
    /// Brings the two cards of a person into step. Of each side there is the card as it was when both last were so, and as it is.
    pub(super) fn in_step(
        &mut self,
        id: Id,
        file: &str,
        pair: Option<&Paired>,
        book: (&Card, &Card),
        there: (&Card, &There),
    ) -> Result<(), Failure> {
        let (was, known) = book;
        let (there_was, there) = there;
        let offered = likened(&there.draft.card, id, known);
        let was_there = likened(there_was, id, known);
        let ours = Side { was, is: known };
        let theirs = Side {
            was: &was_there,
            is: &offered,
        };
        let stepped = step(ours, theirs);
        self.tell_conflicts(file, &stepped);
        let book_changes = stepped.book != *known;
        let mut kept_book = known.clone();
        if book_changes {
            self.bulk.change(id, known, &stepped.book)?;
            kept_book = self.bulk.card(id)?.unwrap_or(kept_book);
            self.done.people_changed += 1;
        }
        let (mut print, mut kept_there) = (print_of(&there.bytes), there.draft.card.clone());
        let file_changes = stepped.file != offered;
        if file_changes && self.would_lose(file, there) {
            // What the book changed is still to be written, and is told again next time.
            kept_book = was.clone();
        } else if file_changes {
            (print, kept_there) = self.write(id, file, &stepped.file, Some(there))?;
            self.done.files_changed += 1;
        }
        if !book_changes && !file_changes && stepped.conflicts.is_empty() {
            self.done.same += 1;
        }
        // A field that both changed stays as it last was in step, so that it is told again until it is settled.
        for conflict in &stepped.conflicts {
            restore(&conflict.field, was, &mut kept_book);
            restore(&conflict.field, there_was, &mut kept_there);
        }
        let kept = InStep {
            folder: &self.key,
            file,
            contact: id,
            print: &print,
            book: &kept_book,
            there: &kept_there,
        };
        self.bulk.keep_pair(pair, &kept)?;
        Ok(())
    }

    fn tell_conflicts(&mut self, file: &str, stepped: &Step) {
        for conflict in &stepped.conflicts {
            self.done.conflicts += 1;
            self.say(
                file,
                format!(
                    "{}: the book says \"{}\", the card \"{}\"; both were kept",
                    conflict.field, conflict.kept, conflict.offered
                ),
            );
        }
    }

    /// Whether a file holds what would be lost if it was written anew; that is told.
    fn would_lose(&mut self, file: &str, there: &There) -> bool {
        let mut left_out = there.draft.left_out.iter();
        let Some(odd) = left_out.find(|what| !vcard::stays(what)) else {
            return false;
        };
        self.skip(
            file,
            format!("not written: it holds {odd}, which would be lost"),
        );
        true
    }

    /// Writes a card into its file; the file's fingerprint and the card as it reads back.
    pub(super) fn write(
        &mut self,
        id: Id,
        file: &str,
        card: &Card,
        there: Option<&There>,
    ) -> Result<(String, Card), Failure> {
        let version = match there {
            Some(there) if vcard::is_v4(&there.bytes) => Version::V4,
            Some(_) => Version::V3,
            None => self.version,
        };
        let mut text = vcard::write(card, &uid(id), version);
        if let Some(there) = there {
            text = vcard::with_data(&text, &there.bytes);
        }
        if !self.dry {
            to_file(&self.folder.join(file), "synced", |out| {
                Ok(out.write_all(text.as_bytes())?)
            })?;
        }
        let read = vcard::read(text.as_bytes()).next();
        let card = match read {
            Some(Ok(Record::Draft(draft))) => draft.card,
            _ => card.clone(),
        };
        Ok((print_of(text.as_bytes()), card))
    }
}

/// A card of a file as far as it can differ from the book's: whether somebody is a ghost is the book's own knowledge, and an identity
/// made of the person's id says nothing.
fn likened(card: &Card, id: Id, known: &Card) -> Card {
    let mut card = card.clone();
    card.ghost = known.ghost;
    if card.uid.as_deref().and_then(own_id) == Some(id) {
        card.uid = None;
    }
    card
}

/// Gives a field of a card the value it had.
fn restore(field: &str, was: &Card, card: &mut Card) {
    match field {
        "name" => card.name.clone_from(&was.name),
        "name parts" => card.parts.clone_from(&was.parts),
        "nickname" => card.nick.clone_from(&was.nick),
        "account" => card.account.clone_from(&was.account),
        "department" => card.department.clone_from(&was.department),
        "title" => card.title.clone_from(&was.title),
        "note" => card.note.clone_from(&was.note),
        "origin" => card.origin.clone_from(&was.origin),
        "cadence" => card.cadence = was.cadence,
        "met on" => card.met_on = was.met_on,
        _ => {}
    }
}
