//! Calendars: meetings that were become suggestions, the next one to come with somebody a plan.

use super::super::desk::Failure;
use super::ahead::ahead;
use super::source::Source;
use super::tally::Ended;
use super::{Run, unread};
use crate::domain::id::Id;
use crate::domain::suggestion::{Meeting, TimesLeft};
use crate::exchange::ical::{self, Entry, Reading, Verdict};
use crate::store::Became;
use chrono::{DateTime, Days, Months, Utc};
use std::collections::HashSet;
use std::io;

/// What suggestions of calendars are marked with.
const ICS: &str = "ics";
/// Months that are looked back where nobody says since when, and days that are looked ahead.
const BACK: Months = Months::new(120);
const AHEAD: Days = Days::new(366);
/// Events remembered, so that none that is told twice changes to and fro.
const REMEMBERED: usize = 1_000_000;

/// A record of a calendar.
enum Told {
    Event(Box<Judged>),
    Skipped { line: u64, reason: &'static str },
}

/// What an event comes to. The rest of it stays where it was read.
struct Judged {
    line: u64,
    title: String,
    doubts: Vec<String>,
    /// Fingerprints and a revision.
    identity: (u64, Option<u64>, u32),
    verdict: Verdict,
}

/// A series is as large as it has times.
fn weight(told: &io::Result<Told>) -> usize {
    match told {
        Ok(Told::Event(event)) => match &event.verdict {
            Verdict::Meetings { meetings, .. } => meetings.len(),
            _ => 1,
        },
        _ => 1,
    }
}

fn judge(entry: Entry, reading: &Reading) -> Told {
    match entry {
        Entry::Skipped { line, reason } => Told::Skipped { line, reason },
        Entry::Event(event) => {
            let verdict = event.verdict(reading);
            Told::Event(Box::new(Judged {
                line: event.line,
                identity: event.identity(&verdict),
                verdict,
                title: event.title,
                doubts: event.doubts,
            }))
        }
    }
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
        let (large, of) = (source.is_large(), reading.clone());
        let entries = ical::read(source.reader, self.told.zone);
        let judged = entries.map(move |entry| entry.map(|entry| judge(entry, &of)));
        let mut judged = ahead(judged, large, weight).map_err(&unread)?;
        while let Some(told) = judged.next() {
            let told = told.map_err(&unread)?;
            match &told {
                Told::Skipped { line, reason } => self.skip(*line, reason),
                Told::Event(event) => self.event(event, &reading)?,
            }
            judged.done(Ok(told));
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

    fn event(&mut self, event: &Judged, reading: &Reading) -> Result<(), Failure> {
        if let Some(file) = self.files.last_mut() {
            for doubt in &event.doubts {
                file.doubt(event.line, &event.title, doubt);
            }
        }
        if !matches!(event.verdict, Verdict::Nothing(_)) && self.stood_before(event.identity) {
            self.skip(event.line, "the same event was read before it");
            return Ok(());
        }
        match &event.verdict {
            Verdict::Nothing(reason) => self.skip(event.line, reason),
            Verdict::Off {
                meeting,
                series,
                reason,
            } => {
                self.off(event.line, meeting, series.as_deref(), reason, reading)?;
            }
            Verdict::Meetings {
                meetings,
                guests,
                series,
            } => {
                let nobody = "nobody who takes part is in the book (--ghosts brings them in)";
                let people = self.guests(event.line, &event.title, guests, nobody)?;
                let Some(people) = people else {
                    return Ok(());
                };
                self.meetings(meetings, &people, series.as_deref(), reading)?;
            }
        }
        Ok(())
    }

    /// Whether an event of the same identity was read before, and not by an older revision: the first one counts, so that reading both
    /// again finds nothing to change.
    fn stood_before(&mut self, (key, other, revision): (u64, Option<u64>, u32)) -> bool {
        let keys = || std::iter::once(key).chain(other);
        let before = keys().filter_map(|key| self.events.get(&key));
        if before.max().is_some_and(|before| *before >= revision) {
            return true;
        }
        if self.events.len() < REMEMBERED {
            self.events.extend(keys().map(|key| (key, revision)));
        }
        false
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
        let mut changed = self.bulk.call_off(ICS, meeting, series.is_none())? == Became::Changed;
        if let Some(series) = series {
            let left = TimesLeft {
                series,
                keys: HashSet::new(),
                from: reading.from.fixed_offset(),
                revision: meeting.revision,
            };
            changed |= self.bulk.only_these(ICS, &left)? > 0;
        }
        if changed {
            self.note(Ended::Merged, Vec::new());
            self.updated();
        } else {
            self.skip(line, reason);
        }
        Ok(())
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
                Became::New => {
                    new += 1;
                    past += u64::from(meeting.at <= self.told.now);
                }
                Became::Changed => changed = true,
                Became::Same => {}
            }
        }
        if let Some(series) = series {
            let keys = meetings.iter().map(|meeting| meeting.key.as_str());
            let left = TimesLeft {
                series,
                keys: keys.collect(),
                from: reading.from.fixed_offset(),
                revision: meetings.first().map_or(0, |meeting| meeting.revision),
            };
            changed |= self.bulk.only_these(ICS, &left)? > 0;
        }
        self.ended(match (new, changed) {
            (0, false) => Became::Same,
            (0, true) => Became::Changed,
            _ => Became::New,
        });
        if let Some(file) = self.files.last_mut() {
            file.come("meetings that were", past);
            file.come("meetings to come", new - past);
        }
        Ok(())
    }

    /// Makes plans of the next meetings to come.
    pub(super) fn plan_meetings(&mut self) -> Result<(), Failure> {
        let (made, kept) = self.bulk.plan_meetings()?;
        if self.files.last().is_none_or(|file| file.came.is_empty()) {
            return Ok(());
        }
        let waiting = self.bulk.suggestion_count(&self.told.now)?;
        if let Some(file) = self.files.last_mut() {
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
