//! Lines of text, whatever ends them, each no longer than a limit: what cards, calendars and mail are made of.

use std::io::{self, BufRead};

/// The lines of a stream.
pub(super) struct Lines<B> {
    source: B,
    limit: usize,
    /// The line last given, counted from 1.
    number: u64,
    skip_feed: bool,
}

impl<B: BufRead> Lines<B> {
    /// The lines of `source`; of one that is longer than `limit` bytes the rest is read and forgotten.
    pub fn new(source: B, limit: usize) -> Self {
        Lines {
            source,
            limit,
            number: 0,
            skip_feed: false,
        }
    }

    /// The number of the line last given, counted from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Reads the next line into `into`. Says whether there was one. A mark of UTF-8 at its beginning is no part of it: files are glued
    /// together from parts that each had one.
    pub fn next(&mut self, into: &mut Vec<u8>) -> io::Result<bool> {
        let any = self.whole(into)?;
        while into.starts_with(b"\xef\xbb\xbf") {
            into.drain(..3);
        }
        Ok(any)
    }

    fn whole(&mut self, into: &mut Vec<u8>) -> io::Result<bool> {
        into.clear();
        let mut any = false;
        loop {
            let ready = self.source.fill_buf()?;
            if self.skip_feed && ready.first() == Some(&b'\n') {
                self.skip_feed = false;
                self.source.consume(1);
                continue;
            }
            self.skip_feed &= ready.is_empty();
            if ready.is_empty() {
                self.number += u64::from(any);
                return Ok(any);
            }
            any = true;
            let end = memchr::memchr2(b'\n', b'\r', ready);
            let taken = &ready[..end.unwrap_or(ready.len())];
            let room = self.limit.saturating_sub(into.len());
            into.extend_from_slice(&taken[..taken.len().min(room)]);
            let used = taken.len() + usize::from(end.is_some());
            if let Some(end) = end {
                self.skip_feed = ready[end] == b'\r';
                self.source.consume(used);
                self.number += 1;
                return Ok(true);
            }
            self.source.consume(used);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_whatever_ends_them_and_cut_at_the_limit() {
        let mut lines = Lines::new("one\r\n\rthree and more\n\u{feff}4\n\u{feff}".as_bytes(), 5);
        let (mut line, mut found) = (Vec::new(), Vec::new());
        while lines.next(&mut line).unwrap() {
            found.push(format!(
                "{} {}",
                lines.number(),
                String::from_utf8_lossy(&line)
            ));
        }
        assert_eq!(found, ["1 one", "2 ", "3 three", "4 4", "5 "]);
    }
}
