//! What the targets share: a clock that stands still, a reader that gives a few bytes at a time, and the text of a file.
//!
//! `fuzz/run` runs the targets with the project's samples as seeds and the words of all formats as a dictionary, and without a
//! sanitizer: nothing here is unsafe, and the limit of memory is to mean what it says.
//!
//! Whatever is found becomes a test beside the reader.

use chitbook::domain::moment::{Moment, Zone};
use chitbook::domain::when::DateOrder;
use chitbook::exchange::decode::Decoded;
use chitbook::exchange::touches::Clock;
use std::io::{self, Read};

/// The moment at which everything is read.
pub fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-11-22T14:07:00+00:00").expect("it is written as it should be")
}

/// What times are read by.
pub fn clock() -> Clock {
    Clock {
        now: now(),
        zone: Zone::utc(),
        order: DateOrder::Mdy,
    }
}

/// A source that gives a few bytes at a time; how many depends on the bytes, so that a finding can be repeated.
pub struct Drops<'a> {
    rest: &'a [u8],
    step: usize,
}

impl<'a> Drops<'a> {
    /// All of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Drops {
            rest: bytes,
            step: 1 + bytes.len() % 61,
        }
    }
}

impl Read for Drops<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.step.min(self.rest.len()).min(into.len());
        let (now, later) = self.rest.split_at(count);
        into[..count].copy_from_slice(now);
        self.rest = later;
        Ok(count)
    }
}

/// The bytes as the readers see them: text of any encoding.
pub fn text_of(bytes: &[u8]) -> String {
    let mut text = String::new();
    Decoded::new(bytes)
        .read_to_string(&mut text)
        .expect("text comes out, whatever goes in");
    text
}

/// The lines of a text, whatever ends them.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.split('\r'))
}
