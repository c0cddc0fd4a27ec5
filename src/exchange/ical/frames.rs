//! Takes a stream apart into the events and zones of its calendars, each as its unfolded lines. Knows where they begin and end and
//! keeps of an event only the properties that anything is made of, so that attachments and descriptions cost nothing.

use crate::exchange::lines::Lines;
use std::collections::VecDeque;
use std::io::{self, BufRead};

/// The most bytes of one unfolded line that are kept.
const LINE: usize = 32 << 10;
/// The most bytes of one event that are kept.
const EVENT: usize = 1 << 20;
/// The most lines of the description of a zone that are kept.
const ZONE: usize = 1_000;

/// Properties of an event that are read.
const READ: [&str; 20] = [
    "ATTENDEE",
    "CONFERENCE",
    "DESCRIPTION",
    "DTEND",
    "DTSTART",
    "DURATION",
    "EXDATE",
    "LOCATION",
    "ORGANIZER",
    "RDATE",
    "RECURRENCE-ID",
    "RRULE",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "UID",
    "X-GOOGLE-CONFERENCE",
    "X-GOOGLE-HANGOUT",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
];

/// A part of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A calendar begins.
    Calendar,
    /// A property of the calendar.
    Property(String),
    /// A zone as the calendar describes it.
    Zone(Vec<String>),
    /// An event.
    Event {
        /// The line where it begins.
        line: u64,
        /// Its lines, unfolded.
        lines: Vec<String>,
        /// Whether it is too large, so that there are fewer lines than it has.
        cut: bool,
    },
    /// A record that is no event, or a stretch that is no record.
    Other {
        /// The line where it begins.
        line: u64,
        /// What it is, as the reason why nothing is done with it.
        reason: &'static str,
    },
}

/// What is being read.
enum Open {
    Nothing,
    Calendar,
    Zone(Vec<String>),
    Event {
        line: u64,
        lines: Vec<String>,
        size: usize,
        within: u32,
    },
    Other {
        line: u64,
        name: String,
        reason: &'static str,
    },
}

/// The pieces of a stream.
pub(super) struct Frames<B> {
    lines: Lines<B>,
    buffer: Vec<u8>,
    /// The line read last that may be continued, and where it begins.
    pending: Option<(u64, String)>,
    open: Open,
    /// Whether a stretch of text outside of any calendar was told already.
    strange: bool,
    ready: VecDeque<Piece>,
    done: bool,
}

impl<B: BufRead> Frames<B> {
    pub fn new(source: B) -> Self {
        Frames {
            lines: Lines::new(source, LINE),
            buffer: Vec::new(),
            pending: None,
            open: Open::Nothing,
            strange: false,
            ready: VecDeque::new(),
            done: false,
        }
    }

    /// The next unfolded line, and where it begins.
    fn unfolded(&mut self) -> io::Result<Option<(u64, String)>> {
        loop {
            if !self.lines.next(&mut self.buffer)? {
                return Ok(self.pending.take());
            }
            let text = String::from_utf8_lossy(&self.buffer);
            if let Some((_, pending)) = &mut self.pending {
                // Quoted-printable of old calendars breaks a line with an equals sign.
                let soft = pending.ends_with('=') && pending.contains("QUOTED-PRINTABLE");
                let rest = text.strip_prefix([' ', '\t']);
                if soft {
                    pending.pop();
                }
                if let Some(rest) = rest.or_else(|| soft.then_some(&*text)) {
                    let room = LINE.saturating_sub(pending.len());
                    let end = rest.floor_char_boundary(room);
                    pending.push_str(rest.get(..end).unwrap_or_default());
                    continue;
                }
            }
            let next = (self.lines.number(), text.into_owned());
            if let Some(whole) = self.pending.replace(next) {
                return Ok(Some(whole));
            }
        }
    }

    /// Ends what is open.
    fn close(&mut self) {
        let piece = match std::mem::replace(&mut self.open, Open::Calendar) {
            Open::Nothing | Open::Calendar => return,
            Open::Zone(lines) => Piece::Zone(lines),
            Open::Event {
                line, lines, size, ..
            } => Piece::Event {
                line,
                lines,
                cut: size > EVENT,
            },
            Open::Other { line, reason, .. } => Piece::Other { line, reason },
        };
        self.ready.push_back(piece);
    }

    /// Takes in a line.
    fn take(&mut self, number: u64, text: String) {
        let says = |what: &str| {
            let (name, value) = text.split_once(':')?;
            name.trim()
                .eq_ignore_ascii_case(what)
                .then(|| value.trim().to_ascii_uppercase())
        };
        if let Some(what) = says("BEGIN") {
            return self.begin(number, &what, text);
        }
        if let Some(what) = says("END") {
            return self.end(number, &what, text);
        }
        match &mut self.open {
            Open::Nothing => self.stray(number, &text),
            Open::Calendar => self.ready.push_back(Piece::Property(text)),
            Open::Zone(lines) => {
                if lines.len() < ZONE {
                    lines.push(text);
                }
            }
            Open::Event {
                lines,
                size,
                within: 0,
                ..
            } if is_read(&text) => {
                *size += text.len() + 64;
                if *size <= EVENT {
                    lines.push(text);
                }
            }
            Open::Event { .. } | Open::Other { .. } => {}
        }
    }

    /// Text outside of any calendar, told once for a stretch of it.
    fn stray(&mut self, line: u64, text: &str) {
        if !text.trim().is_empty() && !std::mem::replace(&mut self.strange, true) {
            let reason = "this is text outside of any calendar";
            self.ready.push_back(Piece::Other { line, reason });
        }
    }

    fn begin(&mut self, number: u64, what: &str, text: String) {
        let other = |name: &str| match name {
            "VTODO" => Some("it is a task, not a meeting"),
            "VJOURNAL" => Some("it is a journal entry, not a meeting"),
            "VFREEBUSY" => Some("it says when somebody is busy, and not with whom"),
            _ => None,
        };
        if what == "VEVENT" {
            self.close();
            self.open = Open::Event {
                line: number,
                lines: Vec::new(),
                size: 0,
                within: 0,
            };
            return;
        }
        if let Some(reason) = other(what) {
            self.close();
            self.open = Open::Other {
                line: number,
                name: what.to_owned(),
                reason,
            };
            return;
        }
        match (&mut self.open, what) {
            (_, "VCALENDAR") => {
                self.close();
                self.strange = false;
                self.ready.push_back(Piece::Calendar);
            }
            (Open::Event { within, .. }, _) => *within += 1,
            (Open::Calendar, "VTIMEZONE") => self.open = Open::Zone(Vec::new()),
            (Open::Zone(lines), _) if lines.len() < ZONE => lines.push(text),
            (Open::Nothing, _) => self.stray(number, &text),
            _ => {}
        }
    }

    fn end(&mut self, number: u64, what: &str, text: String) {
        match (&mut self.open, what) {
            (_, "VCALENDAR") => {
                self.close();
                self.open = Open::Nothing;
                self.strange = false;
            }
            (Open::Event { .. }, "VEVENT") | (Open::Zone(_), "VTIMEZONE") => self.close(),
            (Open::Event { within, .. }, _) => *within = within.saturating_sub(1),
            (Open::Zone(lines), _) if lines.len() < ZONE => lines.push(text),
            (Open::Other { name, .. }, what) if name == what => self.close(),
            (Open::Nothing, _) => self.stray(number, &text),
            _ => {}
        }
    }
}

/// Whether a line is a property that anything is made of.
fn is_read(text: &str) -> bool {
    let end = text.find([':', ';']).unwrap_or(0);
    let name = text.get(..end).unwrap_or_default().trim();
    READ.iter().any(|read| read.eq_ignore_ascii_case(name))
}

impl<B: BufRead> Iterator for Frames<B> {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            if let Some(piece) = self.ready.pop_front() {
                return Some(Ok(piece));
            }
            match self.unfolded() {
                Ok(Some((number, text))) => self.take(number, text),
                Ok(None) => {
                    self.done = true;
                    self.close();
                }
                Err(problem) => {
                    self.done = true;
                    return Some(Err(problem));
                }
            }
        }
        self.ready.pop_front().map(Ok)
    }
}
