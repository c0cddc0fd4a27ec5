//! Calendars: meetings that were become suggestions, the next one to come with somebody a plan.

use super::super::desk::Failure;
use super::source::Source;
use super::tally::{Detail, Ended};
use super::{REMEMBERED, Run, unread};
use crate::domain::contact::{Card, Email};
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::suggestion::Meeting;
use crate::exchange::ical::{self, Entry, Event, Guest, Reading, Verdict};
use crate::store::{Found, Suggested};
use chrono::{DateTime, Days, Months, Utc};
use std::collections::HashSet;

/// What suggestions of calendars are marked with.
const ICS: &str = "ics";
/// Months that are looked back where nobody says since when, and days that are looked ahead.
const BACK: Months = Months::new(120);
const AHEAD: Days = Days::new(366);

/// Whom the book has for a guest.
enum Who {
    One(Id),
    Nobody,
    Several,
}

impl Run<'_> {
    /// Every record of a calendar.
    pub(super) fn calendar(&mut self, source: Source) -> Result<(), Failure> {
        if self.told.ghosts && self.told.mine.is_empty() {
            let why = "--ghosts would make one of you as long as your own addresses are not known";
            return Err(self.whose(why));
        }
        let unread = unread(&source.name);
        let far = source.far();
        let reading = self.reading();
        for entry in ical::read(source.reader, self.told.zone) {
            match entry.map_err(&unread)? {
                Entry::Skipped { line, reason } => self.skip(line, reason),
                Entry::Event(event) => self.event(&event, &reading)?,
            }
            self.show(&far);
        }
        Ok(())
    }

    /// The stretch of time that is looked at.
    fn reading(&self) -> Reading {
        let now = self.told.now.with_timezone(&Utc);
        let since = self.told.since.map(|day| {
            let midnight = day.and_time(chrono::NaiveTime::MIN);
            self.told.zone.at(midnight).with_timezone(&Utc)
        });
        let earliest = DateTime::<Utc>::MIN_UTC;
        Reading {
            mine: self.told.mine.clone(),
            zone: self.told.zone,
            from: since
                .or_else(|| now.checked_sub_months(BACK))
                .unwrap_or(earliest),
            to: now.checked_add_days(AHEAD).unwrap_or(now),
        }
    }

    fn event(&mut self, event: &Event, reading: &Reading) -> Result<(), Failure> {
        if let Some(file) = self.files.last_mut() {
            for doubt in &event.doubts {
                file.doubt(event.line, &event.title, doubt);
            }
        }
        match event.verdict(reading) {
            Verdict::Nothing(reason) => self.skip(event.line, reason),
            Verdict::Off {
                meeting,
                series,
                reason,
            } => {
                self.off(event.line, &meeting, series.as_deref(), reason, reading)?;
            }
            Verdict::Meetings {
                meetings,
                guests,
                series,
            } => {
                let Some(people) = self.guests(event, &guests)? else {
                    return Ok(());
                };
                self.meetings(&meetings, &people, series.as_deref(), reading)?;
            }
        }
        Ok(())
    }

    /// A meeting that is off: what the book has of it is taken back.
    fn off(
        &mut self,
        line: u64,
        meeting: &Meeting,
        series: Option<&str>,
        reason: &str,
        reading: &Reading,
    ) -> Result<(), Failure> {
        let mut changed = self.bulk.call_off(ICS, meeting, series.is_none())? == Suggested::Changed;
        if let Some(series) = series {
            let from: Moment = reading.from.fixed_offset();
            changed |= self.bulk.only_these(ICS, series, &HashSet::new(), &from)? > 0;
        }
        if changed {
            self.note(Ended::Merged, Vec::new());
            self.updated();
        } else {
            self.skip(line, reason);
        }
        Ok(())
    }

    /// Those of the guests who are in the book; none, and the record is counted, where nobody is.
    fn guests(&mut self, event: &Event, guests: &[Guest]) -> Result<Option<Vec<Id>>, Failure> {
        let (mut people, mut several) = (Vec::new(), None);
        for guest in guests {
            match self.guest(guest)? {
                Who::One(id) if !people.contains(&id) => people.push(id),
                Who::One(_) | Who::Nobody => {}
                Who::Several => several = Some(&guest.email),
            }
        }
        match (people.is_empty(), several) {
            (false, _) => return Ok(Some(people)),
            (true, Some(email)) => {
                let text = format!(
                    "{email} is the address of several people in the book; nothing was changed"
                );
                self.note(
                    Ended::Conflicting,
                    vec![Detail::new(event.line, &event.title, &text)],
                );
            }
            (true, None) => self.skip(
                event.line,
                "nobody who takes part is in the book (--ghosts brings them in)",
            ),
        }
        Ok(None)
    }

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
            Found::Nobody if self.told.ghosts => self.ghost(guest)?,
            Found::Nobody => None,
        };
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(guest.email.clone(), found);
        Ok(found.map_or(Who::Nobody, Who::One))
    }

    /// Somebody of whom only a calendar knows; the one of that name, where the book has just one whom nothing else is known of.
    fn ghost(&mut self, guest: &Guest) -> Result<Option<Id>, Failure> {
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
            Found::Nobody => {
                let id = self.bulk.add(&card)?;
                if let Some(file) = self.files.last_mut() {
                    file.come("people brought in as ghosts", 1);
                }
                Some(id)
            }
        })
    }

    /// Every time of an event is suggested.
    fn meetings(
        &mut self,
        meetings: &[Meeting],
        people: &[Id],
        series: Option<&str>,
        reading: &Reading,
    ) -> Result<(), Failure> {
        let (mut new, mut past, mut changed) = (0, 0, false);
        for meeting in meetings {
            match self.bulk.suggest(ICS, meeting, people)? {
                Suggested::New => {
                    new += 1;
                    past += u64::from(meeting.at <= self.told.now);
                }
                Suggested::Changed => changed = true,
                Suggested::Same => {}
            }
        }
        if let Some(series) = series {
            let left = meetings
                .iter()
                .map(|meeting| meeting.key.as_str())
                .collect();
            let from: Moment = reading.from.fixed_offset();
            changed |= self.bulk.only_these(ICS, series, &left, &from)? > 0;
        }
        let ended = match (new, changed) {
            (0, false) => Ended::Same,
            (0, true) => Ended::Merged,
            _ => Ended::New,
        };
        if ended == Ended::Merged {
            self.updated();
        }
        self.note(ended, Vec::new());
        if let Some(file) = self.files.last_mut() {
            file.come("meetings that were", past);
            file.come("meetings to come", new - past);
        }
        Ok(())
    }

    /// Makes plans of the next meetings to come.
    pub(super) fn plan_meetings(&mut self) -> Result<(), Failure> {
        let (made, kept) = self.bulk.plan_meetings()?;
        let waiting = self.bulk.suggestion_count(&self.told.now)?;
        if let Some(file) = self.files.last_mut().filter(|file| !file.came.is_empty()) {
            file.come(
                "wait to be answered in all: `chitbook suggestions` shows them",
                waiting,
            );
            file.come("planned, the next one with each person", made as u64);
            file.come("people with whom your own plan was kept", kept.len() as u64);
        }
        Ok(())
    }
}
