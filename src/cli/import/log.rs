//! Logs of touches, call lists, blocks of notes and what Monica knows: who is meant, and the touches that come of it.

use super::super::desk::Failure;
use super::Run;
use super::ahead::ahead;
use super::source::Source;
use super::tally::{Detail, Ended};
use super::unread;
use crate::domain::contact::{Card, Email, Phone};
use crate::domain::id::Id;
use crate::domain::link::LinkKind;
use crate::domain::moment::Moment;
use crate::domain::text::{fingerprint, fit, fold};
use crate::domain::touch::{Direction, Touch, TouchKind};
use crate::exchange::draft::Record;
use crate::exchange::monica;
use crate::exchange::notes::{self, Note};
use crate::exchange::touches::{self, Clock, Happened};
use crate::store::{Error, Found};

/// Words a name at the beginning of a note may have.
const WORDS: usize = 3;
/// The least letters of a part of a name that names somebody.
const LETTERS: usize = 3;
/// Activities whose people are remembered until they come.
const REMEMBERED: usize = 500_000;

/// Who took part in a record of a log.
enum Party {
    /// These.
    People(Vec<Id>),
    /// The record is counted: nobody, or more than one who could be meant.
    Counted,
}

impl Run<'_> {
    /// What times are read by.
    pub(super) fn clock(&self) -> Clock {
        Clock {
            now: self.told.now,
            zone: self.told.zone,
            order: self.told.order,
        }
    }

    /// A log of touches or a call list.
    pub(super) fn touch_log(&mut self, source: Source) -> Result<(), Failure> {
        let (unread, far, name) = (unread(&source.name), source.far(), source.name.clone());
        let large = source.is_large();
        let touches = match touches::read(source.reader, self.clock()) {
            Ok(touches) => touches,
            Err(problem) if self.in_folder() => {
                self.skip(0, &problem.to_string());
                return Ok(());
            }
            Err(problem) => {
                return Err(Failure::could(format!(
                    "{name}: {problem}; nothing was imported"
                )));
            }
        };
        for entry in ahead(touches, large, |_| 1).map_err(&unread)? {
            match entry.map_err(&unread)? {
                touches::Entry::Skipped { line, reason } => self.skip(line, &reason),
                touches::Entry::Touch(touch) => self.log_line(&touch)?,
            }
            self.show(&far);
        }
        Ok(())
    }

    fn log_line(&mut self, happened: &Happened) -> Result<(), Failure> {
        // A telephone's list is full of numbers of nobody: they come in only when asked for.
        let ghosts = self.told.ghosts || !happened.by_number;
        let people = match self.party(happened.line, &happened.who, ghosts)? {
            Party::Counted => return Ok(()),
            Party::People(people) => people,
        };
        if let (Some(doubt), Some(file)) = (&happened.doubt, self.files.last_mut()) {
            file.doubt(happened.line, &happened.who.join(", "), doubt);
        }
        let touch = Touch {
            at: happened.at,
            kind: happened.kind,
            direction: happened.direction,
            minutes: happened.minutes,
            body: happened.text.clone(),
            people,
        };
        let source = if happened.by_number { "calls" } else { "log" };
        self.touch(happened.line, &touch, source, &happened.who.join(";"))
    }

    /// Files a touch; what is the same every time it is read makes its identity.
    fn touch(&mut self, line: u64, touch: &Touch, source: &str, who: &str) -> Result<(), Failure> {
        let at = touch.at.timestamp_millis().to_string();
        let key = fingerprint(&[&fold(who), &at, touch.kind.word(), touch.body.trim()]);
        let key = format!("{key:016x}");
        let became = self.bulk.happened(touch, source, &key, &self.born);
        self.ended_unless_refused(became, line)
    }

    /// Who is meant. Where nobody is in the book, or one text fits several, the record is counted.
    fn party(&mut self, line: u64, who: &[String], ghosts: bool) -> Result<Party, Failure> {
        let (mut people, mut unknown) = (Vec::new(), Vec::new());
        for text in who {
            let found = match super::people::own_id(text) {
                Some(id) if self.bulk.card(id)?.is_some() => Found::One(id, "id"),
                _ => self.bulk.somebody(text)?,
            };
            match found {
                Found::One(id, _) if !people.contains(&id) => people.push(id),
                Found::One(..) => {}
                Found::Several(ids, _) => {
                    self.fits_several(line, "", text, ids.len());
                    return Ok(Party::Counted);
                }
                Found::Nobody if ghosts => match self.born(line, text)? {
                    Some(id) => people.push(id),
                    None => return Ok(Party::Counted),
                },
                Found::Nobody => unknown.push(text.clone()),
            }
        }
        if people.is_empty() {
            self.skip(
                line,
                "nobody in the book is meant (--ghosts brings them in)",
            );
            return Ok(Party::Counted);
        }
        self.lacking(line, &unknown);
        Ok(Party::People(people))
    }

    /// Somebody of whom nothing is known but how a log names them. Where the book refuses that, the record is counted.
    fn born(&mut self, line: u64, text: &str) -> Result<Option<Id>, Failure> {
        let mut card = Card {
            ghost: true,
            ..Card::default()
        };
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if text.contains('@') {
            card.emails.push(Email {
                label: String::new(),
                address: text.to_owned(),
            });
        } else if digits >= 5 && !text.chars().any(char::is_alphabetic) {
            card.phones.push(Phone {
                label: String::new(),
                number: text.to_owned(),
            });
        } else {
            text.clone_into(&mut card.name);
        }
        let card = card.cleaned();
        match self.bring_ghost(&card) {
            Ok(id) => Ok(Some(id)),
            Err(Error::Refused(reason)) => {
                let detail = Detail::new(line, &fit(text, 60), &reason);
                self.note(Ended::Skipped, vec![detail]);
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Tells of those who took part and are not in the book.
    fn lacking(&mut self, line: u64, unknown: &[String]) {
        if let Some(file) = self.files.last_mut().filter(|_| !unknown.is_empty()) {
            let text = format!(
                "{} took part too and is not in the book",
                unknown.join(", ")
            );
            file.doubt(line, "", &text);
        }
    }

    /// A block of notes with dates.
    pub(super) fn note_block(&mut self, source: Source) -> Result<(), Failure> {
        let (unread, far) = (unread(&source.name), source.far());
        for entry in notes::read(source.reader, self.clock()) {
            match entry.map_err(&unread)? {
                notes::Entry::Skipped { line, reason } => self.skip(line, &reason),
                notes::Entry::Note(note) => self.noted(&note)?,
            }
            self.show(&far);
        }
        Ok(())
    }

    fn noted(&mut self, note: &Note) -> Result<(), Failure> {
        let (mut people, mut unknown) = (Vec::new(), Vec::new());
        if note.names.is_empty() {
            people.extend(self.begins_with(&note.text)?);
        }
        for name in &note.names {
            match self.called(name)? {
                Found::One(id, _) if !people.contains(&id) => people.push(id),
                Found::One(..) => {}
                Found::Several(ids, _) => {
                    self.fits_several(note.line, &fit(&note.text, 40), name, ids.len());
                    return Ok(());
                }
                // A single word is as likely anything else as a name.
                Found::Nobody if self.told.ghosts && name.contains(' ') => {
                    match self.born(note.line, name)? {
                        Some(id) => people.push(id),
                        None => return Ok(()),
                    }
                }
                Found::Nobody => unknown.push(name.clone()),
            }
        }
        if people.is_empty() {
            self.skip(note.line, "it names nobody in the book");
            return Ok(());
        }
        self.lacking(note.line, &unknown);
        let touch = Touch {
            at: note.at,
            kind: note.kind,
            direction: note.direction,
            minutes: None,
            body: note.text.clone(),
            people,
        };
        self.touch(note.line, &touch, "notes", &note.names.join(";"))
    }

    /// Whom a name in a note means: somebody of that name, or the only one of whose name it is a part.
    fn called(&mut self, name: &str) -> Result<Found, Failure> {
        let found = self.bulk.somebody(name)?;
        if found != Found::Nobody {
            return Ok(found);
        }
        let words: Vec<String> = fold(name).split_whitespace().map(str::to_owned).collect();
        if words.is_empty() || words.iter().all(|word| word.chars().count() < LETTERS) {
            return Ok(Found::Nobody);
        }
        if self.names.is_none() {
            self.names = Some(self.bulk.everybody()?);
        }
        let fits = |name: &str| {
            words
                .iter()
                .all(|word| name.split_whitespace().any(|part| part == word))
        };
        let everybody = self.names.iter().flatten();
        let fitting: Vec<Id> = everybody
            .filter(|(_, name)| fits(name))
            .map(|(id, _)| *id)
            .collect();
        Ok(match fitting.as_slice() {
            [] => Found::Nobody,
            [one] => Found::One(*one, "part of the name"),
            _ => Found::Several(fitting, "part of the name"),
        })
    }

    /// Whom a note names with its first words; only a name that begins like one.
    fn begins_with(&mut self, text: &str) -> Result<Option<Id>, Failure> {
        let words: Vec<&str> = text.split_whitespace().take(WORDS).collect();
        if !words
            .first()
            .is_some_and(|word| word.starts_with(char::is_uppercase))
        {
            return Ok(None);
        }
        for count in (1..=words.len()).rev() {
            let name = words.get(..count).unwrap_or_default().join(" ");
            let name = name.trim_end_matches([',', '.', ';', '!', '?']);
            if let Found::One(id, _) = self.called(name)? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// An export of Monica.
    pub(super) fn monica(&mut self, source: Source) -> Result<(), Failure> {
        let (far, name, clock) = (source.far(), source.name.clone(), self.clock());
        let (mut broken, mut line) = (None, 0);
        let outcome = monica::read(source.reader, &clock, &mut |entry| {
            line += 1;
            let done = self.monica_entry(line, entry);
            self.show(&far);
            done.map_err(|failure| {
                broken = Some(failure);
                String::new()
            })
        });
        if let Some(failure) = broken {
            return Err(failure);
        }
        outcome.map_err(|error| Failure::could(format!("{name}: {error}; nothing was imported")))
    }

    fn monica_entry(&mut self, line: u64, entry: monica::Entry) -> Result<(), Failure> {
        match entry {
            monica::Entry::Person {
                record,
                activities,
                introduced_by,
            } => self.monica_person(line, record, activities, introduced_by),
            monica::Entry::Touch {
                who,
                at,
                kind,
                direction,
                text,
            } => self.monica_touch(line, &[who], at, kind, direction, text),
            monica::Entry::Activity { uid, at, text } => {
                let who = self.activities.remove(&uid).unwrap_or_default();
                self.monica_touch(line, &who, at, TouchKind::Meeting, Direction::Mutual, text)
            }
            monica::Entry::Related {
                from,
                to,
                kind,
                label,
            } => {
                self.remember_link(
                    format!("monica:{from}"),
                    format!("monica:{to}"),
                    kind,
                    label,
                    Some(line),
                );
                Ok(())
            }
            monica::Entry::Skipped(reason) => {
                self.skip(line, &reason);
                Ok(())
            }
        }
    }

    fn monica_person(
        &mut self,
        line: u64,
        record: Record,
        activities: Vec<String>,
        introduced_by: Option<String>,
    ) -> Result<(), Failure> {
        let uid = match &record {
            Record::Draft(draft) => draft.card.uid.clone(),
            _ => None,
        };
        if let Some(uid) = uid {
            for activity in activities {
                if self.activities.len() < REMEMBERED {
                    let people = self.activities.entry(activity).or_default();
                    people.push(uid.clone());
                }
            }
            if let Some(by) = introduced_by {
                let by = format!("monica:{by}");
                self.remember_link(uid, by, LinkKind::IntroducedBy, String::new(), None);
            }
        }
        let record = match record {
            Record::Skipped { reason, .. } => Record::Skipped { line, reason },
            other => other,
        };
        self.record(record, self.told.ghosts)
    }

    fn monica_touch(
        &mut self,
        line: u64,
        who: &[String],
        at: Moment,
        kind: TouchKind,
        direction: Direction,
        body: String,
    ) -> Result<(), Failure> {
        let mut people = Vec::new();
        for uid in who {
            people.extend(self.bulk.by_uid(uid)?);
        }
        if people.is_empty() {
            self.skip(line, "nobody who took part is in the book");
            return Ok(());
        }
        if at > self.told.now {
            self.skip(line, "it has not happened yet");
            return Ok(());
        }
        let touch = Touch {
            at,
            kind,
            direction,
            minutes: None,
            body,
            people,
        };
        self.touch(line, &touch, "monica", &who.join(";"))
    }
}
