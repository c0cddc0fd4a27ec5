//! People as calendars and mail know them, by an address and perhaps a name: who they are in the book.

use super::super::desk::Failure;
use super::Run;
use super::tally::{Detail, Ended};
use crate::domain::contact::{Card, Email, email_key};
use crate::domain::id::Id;
use crate::domain::text::fit;
use crate::exchange::ical::Guest;
use crate::store::{Error, Found};

/// Addresses whose people are remembered while an import runs.
const REMEMBERED: usize = 50_000;

/// Whom the book has for an address.
enum Who {
    One(Id),
    Nobody,
    Several,
    /// Nobody, and it takes nobody in whose card is so.
    Refused(String),
}

impl Run<'_> {
    /// Those of the guests who are in the book. Where nobody is, the record is counted, for the reason `nobody`.
    pub(super) fn guests(
        &mut self,
        line: u64,
        title: &str,
        guests: &[Guest],
        nobody: &str,
    ) -> Result<Option<Vec<Id>>, Failure> {
        let (mut people, mut several, mut refused) = (Vec::new(), None, None);
        for guest in guests {
            match self.guest(guest)? {
                Who::One(id) if !people.contains(&id) => people.push(id),
                Who::One(_) | Who::Nobody => {}
                Who::Several => several = Some(&guest.email),
                Who::Refused(reason) => refused = Some(reason),
            }
        }
        if !people.is_empty() {
            if let (Some(reason), Some(file)) = (refused, self.files.last_mut()) {
                file.doubt(line, title, &format!("somebody took part too: {reason}"));
            }
            return Ok(Some(people));
        }
        let title = fit(title, 60);
        if let Some(email) = several {
            let text = format!(
                "{email} is the address of several people in the book; nothing was changed"
            );
            self.note(Ended::Conflicting, vec![Detail::new(line, &title, &text)]);
        } else if let Some(reason) = refused {
            self.note(Ended::Skipped, vec![Detail::new(line, &title, &reason)]);
        } else {
            self.skip(line, nobody);
        }
        Ok(None)
    }

    /// Whom the book has for a guest.
    fn guest(&mut self, guest: &Guest) -> Result<Who, Failure> {
        if let Some(Some(id)) = self.known.get(&guest.email) {
            return Ok(Who::One(*id));
        }
        if self.known.contains_key(&guest.email) && !self.told.ghosts {
            return Ok(Who::Nobody);
        }
        let found = match self.bulk.by_email(&guest.email, &guest.name)? {
            Found::One(id, _) => Some(id),
            Found::Several(..) => return Ok(Who::Several),
            Found::Nobody if self.told.ghosts => match self.ghost(guest) {
                Err(Error::Refused(reason)) => return Ok(Who::Refused(reason)),
                ghost => ghost?,
            },
            Found::Nobody => None,
        };
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(guest.email.clone(), found);
        Ok(found.map_or(Who::Nobody, Who::One))
    }

    /// Somebody is in the book, or is reached otherwise than before: what was looked up of their addresses and names is forgotten.
    pub(super) fn forget_whom(&mut self, emails: &[Email]) {
        self.names = None;
        for email in emails {
            self.known.remove(&email_key(&email.address));
        }
    }

    /// Somebody of whom only another program knows; the one of that name, where the book has just one whom nothing else is known of.
    fn ghost(&mut self, guest: &Guest) -> Result<Option<Id>, Error> {
        let email = Email {
            label: String::new(),
            address: guest.email.clone(),
        };
        let card = Card {
            name: guest.name.clone(),
            emails: vec![email],
            ghost: true,
            ..Card::default()
        }
        .cleaned();
        Ok(match self.bulk.find(&card)? {
            Found::One(id, _) => Some(id),
            Found::Several(..) => None,
            Found::Nobody => Some(self.bring_ghost(&card)?),
        })
    }

    /// Brings in somebody of whom only another program knows.
    pub(super) fn bring_ghost(&mut self, card: &Card) -> Result<Id, Error> {
        let id = self.bulk.add(card)?;
        self.born.insert(id);
        self.forget_whom(&card.emails);
        if let Some(file) = self.files.last_mut() {
            file.come("people brought in as ghosts", 1);
        }
        Ok(id)
    }
}
