//! Calendars (iCalendar): the meetings in them, as Google, Outlook and Apple write them.
//!
//! # Why a reader of our own?
//! An export of many years is read event by event, every event is accounted for with its line, and a calendar made to break readers
//! costs no more than its size. A reader that wants the whole text first and forgets what a line looked like can do neither, so the
//! one this is tested against only stands beside it. Zones are those of the common database.

mod attend;
mod event;
mod frames;
mod occur;
mod rule;
mod stamp;
mod windows;
pub mod write;
mod zone;

pub use attend::{Guest, Mine};
pub use event::Event;
pub use occur::{Reading, Verdict};

use super::decode::Decoded;
use super::vcard::line::Line;
use crate::domain::contact::email_key;
use crate::domain::moment::Zone;
use crate::domain::text::clean_line;
use event::Calendar;
use frames::{Frames, Piece};
use std::io::{self, Read};
use zone::Zones;

/// One record of a calendar.
#[derive(Clone, Debug)]
pub enum Entry {
    /// An event.
    Event(Box<Event>),
    /// Something that is none, or none that can be read.
    Skipped {
        /// The line where it begins, counted from 1.
        line: u64,
        /// Why, as the end of the sentence "line 12 was skipped: …".
        reason: &'static str,
    },
}

/// The records of a calendar, one by one.
pub struct Entries<R: Read> {
    frames: Frames<Decoded<R>>,
    zones: Zones,
    calendar: Calendar,
}

/// The records of a file, one by one; `own` is the zone of times that name none. Whatever the file holds, this ends; only the source's own
/// errors are errors.
pub fn read<R: Read>(source: R, own: Zone) -> Entries<R> {
    Entries {
        frames: Frames::new(Decoded::new(source)),
        zones: Zones::new(own),
        calendar: Calendar::default(),
    }
}

impl<R: Read> Entries<R> {
    /// What a piece is, where it is a record.
    fn entry(&mut self, piece: Piece) -> Option<Entry> {
        match piece {
            Piece::Calendar => {
                self.zones.begin();
                self.calendar = Calendar::default();
                None
            }
            Piece::Property(text) => {
                if let Some(line) = Line::parse(&text, false) {
                    self.property(&line);
                }
                None
            }
            Piece::Zone(lines) => {
                self.zones.describe(&lines);
                None
            }
            Piece::Other { line, reason } => Some(Entry::Skipped { line, reason }),
            Piece::Event {
                line, cut: true, ..
            } => Some(Entry::Skipped {
                line,
                reason: "it is larger than 1 MB",
            }),
            Piece::Event { line, lines, .. } => {
                let event = event::event(line, &lines, &mut self.zones, &self.calendar);
                Some(match event {
                    Ok(event) => Entry::Event(Box::new(event)),
                    Err(reason) => Entry::Skipped { line, reason },
                })
            }
        }
    }

    fn property(&mut self, line: &Line<'_>) {
        match line.name.as_str() {
            "METHOD" => line.raw.trim().clone_into(&mut self.calendar.method),
            "X-WR-TIMEZONE" => self.zones.keep_in(&line.text()),
            // Google calls the calendar of an account by its address.
            "X-WR-CALNAME" => {
                let name = email_key(&clean_line(&line.text()));
                if name.contains('@') && !name.contains(' ') {
                    self.calendar.owner = name;
                }
            }
            _ => {}
        }
    }
}

impl<R: Read> Iterator for Entries<R> {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.frames.next()? {
                Ok(piece) => {
                    if let Some(entry) = self.entry(piece) {
                        return Some(Ok(entry));
                    }
                }
                Err(problem) => return Some(Err(problem)),
            }
        }
    }
}

#[cfg(test)]
mod tests;
