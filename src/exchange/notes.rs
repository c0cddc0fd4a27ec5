//! A block of notes with dates, as people keep them in a text file: `12 May call Barney: …`, or a date on a line by itself and the
//! notes of that day below it.

use super::decode::Decoded;
use super::lines::Lines;
use super::touches::Clock;
use crate::domain::moment::Moment;
use crate::domain::text::{clean_note, fit};
use crate::domain::touch::{Direction, TouchKind};
use crate::domain::when::{self, Look};
use chrono::NaiveDate;
use std::io::{self, Read};

/// The most bytes of a line, and of a note, that are kept.
const LINE: usize = 64 << 10;
const NOTE: usize = 1 << 20;
/// Words that a date may have.
const DATE: usize = 5;
/// Words that names before a colon may have.
const NAMES: usize = 8;

/// A note about a touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The line where it begins, counted from 1.
    pub line: u64,
    /// When.
    pub at: Moment,
    /// Whether a time was said.
    pub timed: bool,
    /// What happened.
    pub kind: TouchKind,
    /// Who started it.
    pub direction: Direction,
    /// The names before the colon; none where there is no colon, and the text begins with a name.
    pub names: Vec<String>,
    /// What was written.
    pub text: String,
}

/// One record of a block of notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A note.
    Note(Box<Note>),
    /// Lines that are none.
    Skipped {
        /// Where they begin.
        line: u64,
        /// Why.
        reason: String,
    },
}

/// Words that say what happened, and by whom, beside the kinds' own.
const VERBS: [(&str, TouchKind, Direction); 24] = [
    ("called", TouchKind::Call, Direction::Out),
    ("phoned", TouchKind::Call, Direction::Out),
    ("rang", TouchKind::Call, Direction::Out),
    ("call", TouchKind::Call, Direction::Mutual),
    ("phone", TouchKind::Call, Direction::Mutual),
    ("talked", TouchKind::Call, Direction::Mutual),
    ("spoke", TouchKind::Call, Direction::Mutual),
    ("met", TouchKind::Meeting, Direction::Mutual),
    ("meeting", TouchKind::Meeting, Direction::Mutual),
    ("visited", TouchKind::Meeting, Direction::Mutual),
    ("lunch", TouchKind::Meeting, Direction::Mutual),
    ("dinner", TouchKind::Meeting, Direction::Mutual),
    ("breakfast", TouchKind::Meeting, Direction::Mutual),
    ("coffee", TouchKind::Meeting, Direction::Mutual),
    ("zoom", TouchKind::Video, Direction::Mutual),
    ("teams", TouchKind::Video, Direction::Mutual),
    ("video", TouchKind::Video, Direction::Mutual),
    ("emailed", TouchKind::Email, Direction::Out),
    ("mailed", TouchKind::Email, Direction::Out),
    ("wrote", TouchKind::Email, Direction::Out),
    ("texted", TouchKind::Message, Direction::Out),
    ("messaged", TouchKind::Message, Direction::Out),
    ("tried", TouchKind::Attempt, Direction::Out),
    ("voicemail", TouchKind::Attempt, Direction::Out),
];

/// Words between what happened and with whom.
const BETWEEN: [&str; 8] = ["with", "w/", "to", "call", "by", "and", "the", "email"];

/// The notes of a text, one by one.
pub struct Notes<R: Read> {
    lines: Lines<Decoded<R>>,
    buffer: Vec<u8>,
    clock: Clock,
    /// The day of the line that was a date by itself.
    day: Option<NaiveDate>,
    /// What is being read.
    open: Option<Entry>,
    done: bool,
}

/// The notes of a text.
pub fn read<R: Read>(source: R, clock: Clock) -> Notes<R> {
    Notes {
        lines: Lines::new(Decoded::new(source), LINE),
        buffer: Vec::new(),
        clock,
        day: None,
        open: None,
        done: false,
    }
}

/// A line without what lists and headings begin with.
fn bare(line: &str) -> &str {
    let line = line.trim();
    line.trim_start_matches(['-', '*', '#', '>', '•', '–', ' ', '\t', '['])
}

/// A date at the beginning of a line: the day, the time where one was said, and the rest.
fn dated<'a>(
    line: &'a str,
    clock: &Clock,
) -> Option<(NaiveDate, Option<chrono::NaiveTime>, &'a str)> {
    let today = clock.now.date_naive();
    let mut ends: Vec<usize> = line
        .char_indices()
        .filter(|(_, c)| c.is_whitespace() || matches!(c, ':' | ']' | ',' | ';' | '–' | '—'))
        .map(|(at, _)| at)
        .take(3 * DATE)
        .collect();
    ends.push(line.len());
    // The longest beginning that is a date: "12 May 2026 9:30" before "12 May".
    for end in ends.into_iter().rev() {
        let Some((head, rest)) = line.split_at_checked(end) else {
            continue;
        };
        let head = head.trim_end_matches([',', ':', ';', ']', '.', '-']);
        if head.is_empty() || head.split_whitespace().count() > DATE + 1 || !says_a_date(head) {
            continue;
        }
        if let Ok(day) = when::day(head, today, Look::Back, clock.order) {
            // A phrase that takes a time more has none yet.
            let wall = clock.now.naive_local();
            let timed =
                when::day(&format!("{head} 10:00"), today, Look::Back, clock.order).is_err();
            let time = when::moment(head, wall, Look::Back, clock.order)
                .ok()
                .filter(|_| timed)
                .map(|read| read.time());
            let rest = rest.trim_start_matches([',', ':', ';', ']', '.', '-', '–', '—', ' ', '\t']);
            return Some((day, time, rest));
        }
    }
    None
}

/// Whether a text can be meant as a date: with a figure in it, or a word that is nothing else.
fn says_a_date(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = [
        "today",
        "yesterday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let figure = lower.starts_with(|c: char| c.is_ascii_digit())
        || lower.split_whitespace().count() > 1 && lower.contains(|c: char| c.is_ascii_digit());
    figure || words.contains(&lower.as_str())
}

impl<R: Read> Notes<R> {
    /// Takes in a line; the note before it, where that is complete by it.
    fn take(&mut self, number: u64, line: &str) -> Option<Entry> {
        let text = bare(line);
        if let Some((day, time, rest)) = dated(text, &self.clock) {
            let before = self.open.take();
            if rest.trim().is_empty() {
                self.day = Some(day);
            } else {
                self.day = None;
                self.open = Some(self.note(number, day, time, rest));
            }
            return before;
        }
        if text.is_empty() {
            self.add("\n");
            return None;
        }
        // Below a date by itself every line that says who begins another note.
        if let Some(day) = self.day
            && (self.open.is_none()
                || begins(text)
                || line.trim_start().starts_with(['-', '*', '•']))
        {
            let before = self.open.take();
            self.open = Some(self.note(number, day, None, text));
            return before;
        }
        if self.open.is_none() {
            self.open = Some(Entry::Skipped {
                line: number,
                reason: "no date stands before it".to_owned(),
            });
        } else {
            self.add(line.trim_end());
        }
        None
    }

    /// A further line of the note that is open.
    fn add(&mut self, line: &str) {
        if let Some(Entry::Note(note)) = &mut self.open
            && note.text.len() + line.len() < NOTE
        {
            note.text.push('\n');
            note.text.push_str(line);
        }
    }

    fn note(
        &self,
        line: u64,
        day: NaiveDate,
        time: Option<chrono::NaiveTime>,
        rest: &str,
    ) -> Entry {
        let (kind, direction, rest) = verb(rest);
        let (names, text) = split(rest);
        let noon = chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let at = self.clock.zone.at(day.and_time(time.unwrap_or(noon)));
        if day > self.clock.now.date_naive() {
            return Entry::Skipped {
                line,
                reason: "it has not happened yet".to_owned(),
            };
        }
        Entry::Note(Box::new(Note {
            line,
            at: at.min(self.clock.now),
            timed: time.is_some(),
            kind,
            direction,
            names,
            text: text.to_owned(),
        }))
    }
}

/// Whether a line says what happened or with whom.
fn begins(text: &str) -> bool {
    let first = text
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_end_matches([':', ','])
        .to_lowercase();
    VERBS.iter().any(|(word, _, _)| *word == first) || !split(text).0.is_empty()
}

/// What happened, and the rest.
fn verb(text: &str) -> (TouchKind, Direction, &str) {
    let text = text.trim();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let word = first.trim_end_matches([':', ',']).to_lowercase();
    let known = VERBS.iter().find(|(known, _, _)| *known == word);
    let known = known.map(|(_, kind, direction)| (*kind, *direction));
    let known = known.or_else(|| TouchKind::parse(&word).map(|kind| (kind, Direction::Mutual)));
    let Some((kind, direction)) = known.filter(|_| !rest.trim().is_empty()) else {
        return (TouchKind::Note, Direction::Mutual, text);
    };
    let mut rest = rest.trim_start();
    let mut direction = direction;
    while let Some((first, after)) = rest.split_once(char::is_whitespace) {
        let word = first.to_lowercase();
        match word.as_str() {
            "from" => direction = Direction::In,
            "to" if direction == Direction::Mutual => direction = Direction::Out,
            word if BETWEEN.contains(&word) => {}
            _ => break,
        }
        rest = after.trim_start();
    }
    (kind, direction, rest)
}

/// The names before a colon, and the text behind it. No names where there is no colon, or too much before it.
fn split(text: &str) -> (Vec<String>, &str) {
    let mark = [": ", " – ", " — ", " - "]
        .iter()
        .filter_map(|mark| text.find(mark).map(|at| (at, mark.len())))
        .min();
    let ends = text.strip_suffix(':').map(|head| (head.len(), 1));
    let Some((at, length)) = mark.or(ends) else {
        return (Vec::new(), text);
    };
    let head = text.get(..at).unwrap_or_default();
    let names = head
        .replace(" and ", ",")
        .replace(" & ", ",")
        .replace(" + ", ",");
    let names: Vec<String> = names
        .split(',')
        .map(|name| name.trim().trim_start_matches('@').to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let plausible =
        head.split_whitespace().count() <= NAMES && !names.is_empty() && !head.contains("://");
    if !plausible {
        return (Vec::new(), text);
    }
    (
        names,
        text.get(at + length..).unwrap_or_default().trim_start(),
    )
}

impl<R: Read> Iterator for Notes<R> {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.lines.next(&mut self.buffer) {
                Ok(true) => {
                    let line = String::from_utf8_lossy(&self.buffer).into_owned();
                    if let Some(entry) = self.take(self.lines.number(), &line) {
                        return Some(Ok(finished(entry)));
                    }
                }
                Ok(false) => self.done = true,
                Err(problem) => {
                    self.done = true;
                    return Some(Err(problem));
                }
            }
        }
        self.open.take().map(|entry| Ok(finished(entry)))
    }
}

/// An entry with its text cleaned.
fn finished(mut entry: Entry) -> Entry {
    if let Entry::Note(note) = &mut entry {
        clean_note(&note.text).trim().clone_into(&mut note.text);
        for name in &mut note.names {
            *name = fit(&crate::domain::text::clean_line(name), 200);
        }
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Zone;
    use crate::domain::when::DateOrder;
    use crate::exchange::samples;
    use proptest::prelude::*;

    const NOTES: &[u8] = include_bytes!("../../tests/fixtures/exchange/notes.txt");
    const DAYS: &[u8] = include_bytes!("../../tests/fixtures/exchange/notes.md");

    fn clock() -> Clock {
        Clock {
            now: "2026-11-22T14:07:00+00:00".parse().unwrap(),
            zone: Zone::utc(),
            order: DateOrder::Mdy,
        }
    }

    fn told(bytes: &[u8]) -> Vec<String> {
        let line = |entry: Entry| match entry {
            Entry::Skipped { line, reason } => format!("{line} skipped: {reason}"),
            Entry::Note(n) => {
                let at = n.at.format(if n.timed { "%F %H:%M" } else { "%F" });
                let text = n.text.replace('\n', " / ");
                format!(
                    "{} {at} {} {} [{}] {text}",
                    n.line,
                    n.kind.word(),
                    n.direction.word(),
                    n.names.join("+")
                )
            }
        };
        read(bytes, clock())
            .map(|entry| line(entry.unwrap()))
            .collect()
    }

    #[test]
    fn notes_that_begin_with_a_date_are_told_apart() {
        insta::assert_snapshot!(told(NOTES).join("\n"), @r##"
        1 skipped: no date stands before it
        2 2026-05-12 call mutual [Barney] firmware worry, wants a / second look before June
        5 2026-05-14 09:30 meeting mutual [Wilma Slate+Fred] tour of the plant /   - she owns the budget
        7 2026-05-20 note mutual [Barney Rubble] sent the tariff table
        8 2026-11-21 meeting mutual [Iris Marsh] nephew is applying
        9 2026-11-03 email out [] Nils the new quote
        10 2025-11-05 call in [Nils] asks for a discount
        "##);
    }

    #[test]
    fn notes_below_a_date_by_itself_are_of_that_day() {
        insta::assert_snapshot!(told(DAYS).join("\n"), @r##"
        1 skipped: no date stands before it
        4 2026-11-02 call mutual [Nils] firmware
        5 2026-11-02 meeting mutual [Iris Marsh] plant round /   second line of it / Something else said
        10 2026-11-03 note mutual [Nils] voicemail, nothing new
        13 skipped: it has not happened yet
        "##);
    }

    proptest! {
        #[test]
        fn no_line_of_damaged_notes_is_lost(bytes in samples::mutated(&[NOTES, DAYS])) {
            for entry in read(bytes.as_slice(), clock()) {
                if let Entry::Note(note) = entry.unwrap() {
                    prop_assert!(note.at <= clock().now);
                    prop_assert!(!note.text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
                }
            }
        }
    }
}
