//! Takes an mbox apart into the headers of its messages, as fast as it can be read.
//!
//! A message begins at a line `From …` after an empty line, if a header follows; where the line is dated the empty one before it may be
//! missing. Lines of a body that look so are quoted with `>` in
//! most files; where a `Content-Length` says that a message goes on beyond such a line, and another message or the end is there, it does.

use super::{date, header};
use memchr::memmem::Finder;
use std::io::{self, Read};

/// Bytes read at a time.
const STEP: usize = 1 << 20;
/// The most bytes of a header that are kept.
const HEAD: usize = 256 << 10;
/// How far ahead it is looked whether a length is right.
const AHEAD: usize = 8 << 20;
/// Bytes that hold the line of a separator and the beginning of the next. No more is looked at, however much is in memory: what a
/// message is must not depend on how much a source gives at a time.
const LINES: usize = 2 << 10;
/// Bytes in which a message by itself is recognised, and a mark before them.
const ALONE: usize = super::LOOKED_AT + 3;

/// A part of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The header of a message and the line before it.
    Head {
        /// The line that separates it from the one before, or nothing.
        separator: Vec<u8>,
        /// Its lines.
        head: Vec<u8>,
    },
    /// Something before the first message.
    Stray,
}

/// The messages of a stream.
pub(super) struct Mbox<R> {
    source: R,
    buffer: Vec<u8>,
    /// Where in the buffer what is not used up begins and ends.
    at: usize,
    end: usize,
    /// How much of the stream lies before the buffer.
    before: u64,
    ended: bool,
    begun: bool,
    done: bool,
    next: Finder<'static>,
}

/// Whether bytes that begin with `From ` begin a message.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let bytes = bytes.get(..LINES).unwrap_or(bytes);
    let Some(line) = memchr::memchr(b'\n', bytes) else {
        return false;
    };
    // It names an address or a moment; a sentence of a body does neither.
    let said = bytes.get(5..line).unwrap_or_default();
    let who = said.split(|byte| *byte == b' ').next().unwrap_or_default();
    let timed = said
        .windows(2)
        .any(|two| two[0].is_ascii_digit() && two[1] == b':');
    if !(who == b"-" || who.contains(&b'@') || timed) {
        return false;
    }
    let rest = bytes.get(line + 1..).unwrap_or_default();
    let colon = rest.iter().take(100).position(|byte| *byte == b':');
    colon.is_some_and(|colon| header::is_name(rest.get(..colon).unwrap_or_default()))
}

/// Whether the first of these lines tells when its message came, as the whole line of a separator does.
fn is_dated(bytes: &[u8]) -> bool {
    let line = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    date::of_separator(&String::from_utf8_lossy(line)).is_some()
}

impl<R: Read> Mbox<R> {
    pub fn new(source: R) -> Self {
        Mbox {
            source,
            buffer: vec![0; STEP],
            at: 0,
            end: 0,
            before: 0,
            ended: false,
            begun: false,
            done: false,
            next: Finder::new(b"\nFrom "),
        }
    }

    /// What is in memory.
    fn ready(&self) -> &[u8] {
        self.buffer.get(self.at..self.end).unwrap_or_default()
    }

    /// Makes so many bytes ready, fewer where the stream ends before.
    fn want(&mut self, count: usize) -> io::Result<()> {
        if self.end - self.at >= count || self.ended {
            return Ok(());
        }
        self.buffer.copy_within(self.at..self.end, 0);
        self.before += self.at as u64;
        self.end -= self.at;
        self.at = 0;
        let room = count.max(STEP);
        if self.buffer.len() < room || self.buffer.len() > room.max(2 * STEP) {
            self.buffer.resize(room, 0);
            self.buffer.shrink_to(room);
        }
        while self.end < count {
            match self
                .source
                .read(self.buffer.get_mut(self.end..).unwrap_or_default())
            {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(got) => self.end += got,
                Err(problem) if problem.kind() == io::ErrorKind::Interrupted => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(())
    }

    fn use_up(&mut self, count: usize) {
        self.at = (self.at + count).min(self.end);
    }

    /// The line at which we are, without its end; its end is used up as well.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        self.want(LINES)?;
        let ready = self.ready();
        let ready = ready.get(..LINES).unwrap_or(ready);
        let length = memchr::memchr(b'\n', ready);
        let line = ready
            .get(..length.unwrap_or(ready.len()))
            .unwrap_or_default()
            .to_vec();
        self.use_up(line.len() + 1);
        Ok(line)
    }

    /// The header at which we are, up to the empty line behind it; how long the body says it is.
    fn head(&mut self) -> io::Result<Vec<u8>> {
        let mut wanted = 64 << 10;
        loop {
            self.want(wanted)?;
            let ready = self.ready();
            let empty = header::end(ready);
            let whole = empty.is_some() || self.ended || ready.len() >= HEAD;
            if whole {
                let (head, used) = empty.unwrap_or((ready.len(), ready.len()));
                let head = ready.get(..head.min(HEAD)).unwrap_or_default().to_vec();
                self.use_up(used);
                return Ok(head);
            }
            wanted = (wanted * 2).min(HEAD);
        }
    }

    /// Goes to the beginning of the next message. `length` is how long the body is said to be.
    fn seek(&mut self, length: Option<u64>) -> io::Result<bool> {
        let body = self.before + self.at as u64;
        // An empty body: the separator stands right here, behind the empty line that ends the header.
        self.want(LINES)?;
        if self.ready().starts_with(b"From ") && begins(self.ready()) {
            return Ok(true);
        }
        loop {
            self.want(STEP)?;
            let found = self.next.find(self.ready());
            let Some(found) = found else {
                // What could be the beginning of a separator stays, and the empty line before it.
                let kept = self.ready().len().min(16);
                let passed = self.ready().len() - kept;
                self.use_up(passed);
                if self.ended {
                    self.use_up(kept);
                    return Ok(false);
                }
                self.want(kept + 1)?;
                continue;
            };
            let before = self.ready().get(..found).unwrap_or_default();
            let before = before.strip_suffix(b"\r").unwrap_or(before);
            // The header ends in an empty line, so the body begins after one.
            let at_body = self.before + self.at as u64 == body;
            let after_empty = before.ends_with(b"\n") || before.is_empty() && at_body;
            // Everything up to the line's end before it has been looked at; the line itself is looked at whole.
            let keep = found.saturating_sub(2);
            self.use_up(keep);
            self.want(LINES)?;
            let start = found - keep + 1;
            let separator = self.ready().get(start..).unwrap_or_default();
            if !begins(separator) || !after_empty && !is_dated(separator) {
                self.use_up(start);
                // The search goes on behind this line's first letter, with its end before it gone: no empty line is made up.
                continue;
            }
            self.use_up(start);
            if self.goes_on(body, length)? {
                continue;
            }
            return Ok(true);
        }
    }

    /// Whether the body goes on beyond the separator at which we are, because its length says so and is right. If so, we are then
    /// where it ends.
    fn goes_on(&mut self, body: u64, length: Option<u64>) -> io::Result<bool> {
        let here = self.before + self.at as u64;
        let Some(target) = length.and_then(|length| body.checked_add(length)) else {
            return Ok(false);
        };
        let Some(ahead) = target
            .checked_sub(here)
            .and_then(|ahead| usize::try_from(ahead).ok())
        else {
            return Ok(false);
        };
        if ahead == 0 || ahead > AHEAD {
            return Ok(false);
        }
        self.want(ahead + 4 + LINES)?;
        let Some(rest) = self.ready().get(ahead..) else {
            return Ok(false);
        };
        let blank = rest
            .iter()
            .take(4)
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let rest = rest.get(blank..).unwrap_or_default();
        let right = rest.is_empty() && self.ended || rest.starts_with(b"From ") && begins(rest);
        if right {
            // So that the search finds that separator with the empty line before it.
            self.use_up((ahead + blank).saturating_sub(2));
        }
        Ok(right)
    }

    fn piece(&mut self) -> io::Result<Option<Piece>> {
        if !self.begun {
            self.begun = true;
            self.want(ALONE)?;
            if self.ready().starts_with(b"\xef\xbb\xbf") {
                self.use_up(3);
            }
            if self.ready().is_empty() {
                return Ok(None);
            }
            if !self.ready().starts_with(b"From ") {
                if super::looks_like(self.ready()) {
                    // A message by itself, whatever else is in it.
                    let head = self.head()?;
                    self.done = true;
                    return Ok(Some(Piece::Head {
                        separator: Vec::new(),
                        head,
                    }));
                }
                self.done = !self.seek(None)?;
                return Ok(Some(Piece::Stray));
            }
        }
        let separator = self.line()?;
        let head = self.head()?;
        let length = header::length(&head);
        self.done = !self.seek(length)?;
        Ok(Some(Piece::Head { separator, head }))
    }
}

impl<R: Read> Iterator for Mbox<R> {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let piece = self.piece();
        self.done |= !matches!(piece, Ok(Some(_)));
        piece.transpose()
    }
}
