//! Records of people: who they are in the book, and what is added to them.

use super::super::desk::Failure;
use super::ahead::ahead;
use super::source::Far;
use super::tally::{Detail, Ended};
use super::{Run, unread};
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::link::LinkKind;
use crate::domain::text::fit;
use crate::exchange::draft::{Draft, Record};
use crate::exchange::merge::{Outcome, merge};
use crate::store::{Error, Found};
use std::io;

/// The beginning of a UID that an export made of an id.
const OWN_UID: &str = "chitbook-";
/// Bytes of what is long in a record that is not large.
const USUAL: usize = 8 << 10;

/// How much larger than others a record of somebody is: most of what is long is in notes and in what the book has no place for.
fn weight(record: &io::Result<Record>) -> usize {
    match record {
        Ok(Record::Draft(draft)) => {
            let extra = draft.card.extra.iter().map(|extra| extra.value.len());
            (draft.card.note.len() + extra.sum::<usize>()) / USUAL
        }
        _ => 1,
    }
}

/// What became of a record; one that the book refuses, whatever it holds, costs only itself.
pub(super) fn refused(
    outcome: Result<(Ended, Vec<Detail>), Error>,
    line: u64,
    name: &str,
) -> Result<(Ended, Vec<Detail>), Failure> {
    match outcome {
        Err(Error::Refused(reason)) => {
            let detail = Detail::new(line, &fit(name, 60), &reason);
            Ok((Ended::Skipped, vec![detail]))
        }
        other => Ok(other?),
    }
}

/// The person an identity names that an export of this book made.
pub(in crate::cli) fn own_id(uid: &str) -> Option<Id> {
    let text = uid.strip_prefix(OWN_UID)?;
    let id = serde_json::from_value::<Id>(text.into()).ok()?;
    (id != Id::ME).then_some(id)
}

impl Run<'_> {
    /// Every record of a file of people, which is `large` or not and whose people are `ghosts` or not.
    pub(super) fn records<I>(
        &mut self,
        read: I,
        (large, ghosts): (bool, bool),
        name: &str,
        far: &Far,
    ) -> Result<(), Failure>
    where
        I: Iterator<Item = io::Result<Record>> + Send + 'static,
    {
        let unread = unread(name);
        for record in ahead(read, large, weight).map_err(&unread)? {
            self.record(record.map_err(&unread)?, ghosts)?;
            self.show(far);
        }
        Ok(())
    }

    /// One record of a file of people.
    pub(super) fn record(&mut self, record: Record, ghosts: bool) -> Result<(), Failure> {
        match record {
            Record::Skipped { line, reason } => {
                self.note(Ended::Skipped, vec![Detail::new(line, "", &reason)]);
                Ok(())
            }
            Record::Draft(draft) => self.person(*draft, ghosts),
            Record::Firm(firm) => self.firm(&firm),
            Record::Deal(deal) => self.deal(&deal),
        }
    }

    /// Somebody.
    fn person(&mut self, draft: Draft, ghosts: bool) -> Result<(), Failure> {
        let Draft {
            mut card,
            line,
            left_out,
            doubts,
            account,
            manager,
        } = draft;
        if let Some(file) = self.files.last_mut() {
            file.leave_out(&left_out);
            for doubt in &doubts {
                file.doubt(line, &card.name, doubt);
            }
        }
        if card.account.is_empty()
            && !account.is_empty()
            && let Some((_, name)) = self.bulk.account_by_uid(&account)?
        {
            card.account = name;
        }
        let firm = card.account.clone();
        let (uid, emails) = (card.uid.clone(), card.emails.clone());
        let (ended, details) = match self.find(&mut card)? {
            Found::Nobody => {
                card.ghost |= ghosts;
                let added = self.bulk.add(&card).map(|_| (Ended::New, Vec::new()));
                refused(added, line, &card.name)?
            }
            Found::One(id, _) => self.lay_over(id, card, line)?,
            Found::Several(ids, by) => {
                let text = format!(
                    "fits {} people in the book by {by}; nothing was changed",
                    ids.len()
                );
                (
                    Ended::Conflicting,
                    vec![Detail::new(line, &card.name, &text)],
                )
            }
        };
        if matches!(ended, Ended::New | Ended::Merged) {
            self.bulk.identify_account(&firm, &account)?;
        }
        if ended != Ended::Same {
            self.forget_whom(&emails);
        }
        if let Some(uid) = uid.filter(|_| !manager.is_empty()) {
            self.remember_link(uid, manager, LinkKind::Manager, String::new(), None);
        }
        self.note(ended, details);
        Ok(())
    }

    /// Whom the book has for a card. A UID that an export of this book made of an id names that person.
    fn find(&mut self, card: &mut Card) -> Result<Found, Failure> {
        let id = card.uid.as_deref().and_then(own_id);
        if let Some(id) = id
            && self.bulk.card(id)?.is_some()
        {
            card.uid = None;
            return Ok(Found::One(id, "id"));
        }
        Ok(self.bulk.find(card)?)
    }

    /// Adds what the book does not know of a person yet.
    fn lay_over(
        &mut self,
        id: Id,
        mut offered: Card,
        line: u64,
    ) -> Result<(Ended, Vec<Detail>), Failure> {
        let Some(known) = self.bulk.card(id)? else {
            return Err(super::changed_meanwhile());
        };
        // Being a ghost or not is the book's own knowledge; a file cannot change it.
        offered.ghost = known.ghost;
        let merged = merge(&known, &offered);
        if merged.after != known {
            let changed = self.bulk.change(id, &known, &merged.after);
            match refused(
                changed.map(|()| (Ended::Merged, Vec::new())),
                line,
                &known.name,
            )? {
                (Ended::Skipped, details) => return Ok((Ended::Skipped, details)),
                _ => self.updated(),
            }
        }
        let ended = match merged.outcome() {
            Outcome::Same => Ended::Same,
            Outcome::Merged => Ended::Merged,
            Outcome::Conflicting => Ended::Conflicting,
        };
        let details = merged
            .conflicts
            .into_iter()
            .map(|conflict| {
                let text = format!(
                    "{}: the book says \"{}\", the file \"{}\"; the book's was kept",
                    conflict.field, conflict.kept, conflict.offered
                );
                let mut detail = Detail::new(line, &known.name, &text);
                detail.values = Some((conflict.field, conflict.kept, conflict.offered));
                detail
            })
            .collect();
        Ok((ended, details))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tally::{self, PEOPLE, Tally};
    use super::*;
    use crate::domain::contact::Email;
    use crate::domain::moment::Moment;
    use crate::store::Store;

    fn now() -> Moment {
        Moment::parse_from_rfc3339("2026-11-22T14:07:00+00:00").unwrap()
    }

    fn draft(line: u64, name: &str, title: usize) -> Record {
        let email = Email {
            label: String::new(),
            address: format!("{name}@example.com"),
        };
        let card = Card {
            name: name.to_owned(),
            title: "x".repeat(title),
            emails: vec![email],
            ..Card::default()
        };
        Record::Draft(Box::new(Draft {
            card,
            line,
            left_out: Vec::new(),
            doubts: Vec::new(),
            account: String::new(),
            manager: String::new(),
        }))
    }

    /// Brings these in and gives back the counts.
    fn brought(book: &mut Store, records: Vec<Record>) -> Tally {
        let mut run = Run::for_tests(book, now());
        run.files = vec![Tally::new("a.vcf", "vcard", PEOPLE)];
        for record in records {
            run.record(record, false).unwrap();
        }
        run.bulk.finish().unwrap();
        run.files.remove(0)
    }

    #[test]
    fn what_the_book_refuses_is_skipped_and_the_others_come_in() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Store::open(&folder.path().join("book")).unwrap();
        let file = brought(
            &mut book,
            vec![
                draft(1, "ada", 3),
                draft(9, "bob", 10_001),
                draft(17, "cy", 0),
            ],
        );
        assert_eq!((file.count(Ended::New), file.count(Ended::Skipped)), (2, 1));
        assert_eq!(book.count().unwrap(), 2);
        let detail = tally::document(&[file], false)["files"][0]["details"][0].clone();
        assert_eq!(
            (&detail["line"], &detail["outcome"]),
            (&9.into(), &"skipped".into())
        );
        assert!(
            detail["text"].as_str().unwrap().contains("too long"),
            "{detail}"
        );
        // A merge that would make a card too long is refused as well, and is no change.
        let file = brought(&mut book, vec![draft(5, "cy", 10_001)]);
        assert_eq!((file.count(Ended::Skipped), file.changed()), (1, false));
        let file = brought(&mut book, vec![draft(5, "cy", 20)]);
        assert_eq!((file.count(Ended::Merged), file.updated), (1, 1));
    }
}
