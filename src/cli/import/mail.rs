//! Mail: who wrote to whom and when becomes touches, one a thread and day.

use super::super::desk::Failure;
use super::ahead::ahead;
use super::source::Source;
use super::tally::Tally;
use super::{Run, unread};
use crate::domain::mail::Mailed;
use crate::domain::moment::{Moment, stored};
use crate::domain::touch::Direction;
use crate::exchange::ical::Guest;
use crate::exchange::mail::{self, Entry, Message, Sorted, Way};
use crate::store::Became;
use chrono::Duration;

/// How far a clock may be ahead.
const AHEAD: Duration = Duration::days(1);

impl Run<'_> {
    /// Every message of a mailbox.
    pub(super) fn mailbox(&mut self, source: Source) -> Result<(), Failure> {
        if self.told.mine.is_empty() {
            return Err(self.whose("mail is told to be from you or to you by your own addresses"));
        }
        let unread = unread(&source.name);
        let far = source.far();
        // Maildir says in the name of a file what was done with the message.
        let flags = source.name.rsplit_once("2,").map_or("", |(_, flags)| flags);
        let (draft, deleted) = (flags.contains('D'), flags.contains('T'));
        let large = source.is_large();
        let mut entries = ahead(mail::read(source.reader), large, |_| 1).map_err(&unread)?;
        let mut at = 0;
        while let Some(entry) = entries.next() {
            at += 1;
            let line = if self.in_folder() { 0 } else { at };
            let entry = entry.map_err(&unread)?;
            match &entry {
                Entry::Skipped(reason) => self.skip(line, reason),
                Entry::Message(_) if draft => self.skip(line, "it is a draft"),
                Entry::Message(_) if deleted => self.skip(line, "it was deleted"),
                Entry::Message(message) => self.message(line, message)?,
            }
            entries.done(Ok(entry));
            self.show(&far);
        }
        Ok(())
    }

    /// When a message was sent, or why it does not count.
    fn sent(&self, message: &Message, way: Way) -> Result<Moment, &'static str> {
        let (at, offset) = message.at.ok_or("its date cannot be read")?;
        // The rep's own mail says where the rep was; what came in says where somebody else was.
        let at: Moment = match way {
            Way::Out => stored(at, offset),
            Way::In => self.told.zone.moment(at),
        };
        if at > self.told.now + AHEAD {
            return Err("its date is still to come");
        }
        if self.told.since.is_some_and(|since| at.date_naive() < since) {
            return Err("it is older than was asked for");
        }
        Ok(at)
    }

    fn message(&mut self, line: u64, message: &Message) -> Result<(), Failure> {
        let (way, addresses) = match mail::sort(message, &self.told.mine) {
            Sorted::Nothing(reason) => {
                self.skip(line, reason);
                return Ok(());
            }
            Sorted::Between(way, addresses) => (way, addresses),
        };
        let at = match self.sent(message, way) {
            Ok(at) => at,
            Err(reason) => {
                self.skip(line, reason);
                return Ok(());
            }
        };
        let guests: Vec<Guest> = addresses
            .into_iter()
            .map(|address| Guest {
                email: address.email,
                name: address.name,
            })
            .collect();
        let nobody = "nobody of it is in the book (--ghosts brings them in)";
        let Some(people) = self.guests(line, &message.subject, &guests, nobody)? else {
            return Ok(());
        };
        let mailed = Mailed {
            id: message.id,
            answers: message.answers.clone(),
            at,
            direction: if way == Way::Out {
                Direction::Out
            } else {
                Direction::In
            },
            subject: message.subject.clone(),
            people,
        };
        let (became, made) = self.bulk.mail(&mailed, &self.born)?;
        self.ended(became);
        if let Some(file) = self.files.last_mut() {
            came(file, made, message.dated_otherwise && became == Became::New);
        }
        Ok(())
    }
}

/// What came of a message besides its record.
fn came(file: &mut Tally, made: bool, dated_otherwise: bool) {
    file.come(
        "touches made: what is of one thread and one day is one touch",
        u64::from(made),
    );
    file.come(
        "dated by their envelope, their own date being broken",
        u64::from(dated_otherwise),
    );
}
