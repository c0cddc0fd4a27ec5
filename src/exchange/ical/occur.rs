//! Which times an event took place and will, within the stretch of time that is looked at.

use super::attend::{Attended, Guest, Mine, attended};
use super::event::{Event, NOON, Series};
use crate::domain::moment::{Moment, Zone};
use crate::domain::suggestion::Meeting;
use crate::domain::text::fingerprint;
use chrono::{DateTime, NaiveDateTime, Utc};
use std::collections::BTreeSet;

/// Times of one series that are taken, the latest ones: one a day for more than ten years.
const MOST: usize = 4_000;

/// What a calendar is read for.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The rep's own addresses.
    pub mine: Mine,
    /// The rep's zone.
    pub zone: Zone,
    /// What is before is not looked at.
    pub from: DateTime<Utc>,
    /// What is after is not looked at.
    pub to: DateTime<Utc>,
}

/// What an event comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Meetings with these people.
    Meetings {
        /// Each time of it.
        meetings: Vec<Meeting>,
        /// Who took part besides the rep.
        guests: Vec<Guest>,
        /// The beginning of every time's key, where it is a series.
        series: Option<String>,
    },
    /// It was to be one and is off; what the book has of it is taken back.
    Off {
        /// The event as a single time.
        meeting: Box<Meeting>,
        /// The beginning of every time's key, where it may be a series.
        series: Option<String>,
        /// Why.
        reason: &'static str,
    },
    /// Nothing for the book, for this reason.
    Nothing(&'static str),
}

impl Event {
    /// What the event comes to.
    pub fn verdict(&self, reading: &Reading) -> Verdict {
        if self.reply {
            return Verdict::Nothing("it is an answer to an invitation");
        }
        let off = |reason| Verdict::Off {
            meeting: Box::new(self.meeting(self.single_key(), true, self.begins(reading), reading)),
            series: self.instead_of.is_none().then(|| format!("{}/", self.uid)),
            reason,
        };
        if self.cancelled {
            return off("it was cancelled");
        }
        let guests = match attended(self, &reading.mine) {
            Attended::With(guests) => guests,
            Attended::Off(reason) => return off(reason),
            Attended::No(reason) => return Verdict::Nothing(reason),
        };
        let (meetings, series) = match &self.series {
            None => {
                let at = self.begins(reading);
                if at < reading.from {
                    return Verdict::Nothing("it lies further back than the calendar is read");
                }
                if at > reading.to {
                    return Verdict::Nothing("it lies further ahead than the calendar is read");
                }
                (
                    vec![self.meeting(self.single_key(), true, at, reading)],
                    None,
                )
            }
            Some(series) => (self.times(series, reading), Some(format!("{}/", self.uid))),
        };
        if meetings.is_empty() {
            return Verdict::Nothing("no time of it lies where the calendar is read");
        }
        Verdict::Meetings {
            meetings,
            guests,
            series,
        }
    }

    /// A fingerprint of the event's identity, and its rank among those of it. One that is off as a whole has a second identity: a series and a single
    /// event of one name are two, and it takes back both.
    pub fn identity(&self, verdict: &Verdict) -> (u64, Option<u64>, u32) {
        let key = self.single_key();
        let of = |what| fingerprint(&[&key, what]);
        let whole = matches!(
            verdict,
            Verdict::Off {
                series: Some(_),
                ..
            }
        );
        let (own, other) = match self.series {
            Some(_) => ("series", ""),
            None => ("", "series"),
        };
        (of(own), whole.then(|| of(other)), self.rank())
    }

    /// What decides between two that tell of the same: the revision, and where none was counted a cancellation before what it cancels.
    fn rank(&self) -> u32 {
        let twice = self.revision.saturating_mul(2);
        twice.saturating_add(u32::from(self.cancelled))
    }

    /// When the event itself begins.
    fn begins(&self, reading: &Reading) -> DateTime<Utc> {
        self.instant(self.start.wall(), reading)
    }

    /// The instant of a wall-clock time of the event. A whole day is one of the rep's own days.
    fn instant(&self, wall: NaiveDateTime, reading: &Reading) -> DateTime<Utc> {
        match self.start.time {
            Some(_) => self.place.instant(wall),
            None => reading
                .zone
                .at(wall.date().and_time(chrono::NaiveTime::MIN) + NOON)
                .with_timezone(&Utc),
        }
    }

    /// The key of an event that is a single time.
    fn single_key(&self) -> String {
        match self.instead_of {
            Some((instant, whole_day)) => self.time_key(instant, whole_day),
            None => self.uid.clone(),
        }
    }

    /// The key of one time of a series: when it was first to begin.
    fn time_key(&self, instant: DateTime<Utc>, whole_day: bool) -> String {
        if whole_day {
            format!(
                "{}/{}",
                self.uid,
                self.place.wall(instant.naive_utc()).format("%Y%m%d")
            )
        } else {
            format!("{}/{}", self.uid, instant.format("%Y%m%dT%H%M%SZ"))
        }
    }

    fn meeting(&self, key: String, own: bool, at: DateTime<Utc>, reading: &Reading) -> Meeting {
        let at: Moment = reading.zone.moment(at.timestamp_millis());
        Meeting {
            key,
            revision: self.rank(),
            own,
            at,
            whole_day: self.start.time.is_none(),
            kind: self.kind,
            minutes: self.minutes,
            title: self.title.clone(),
        }
    }

    /// Every time of a series that is looked at, rising.
    fn times(&self, series: &Series, reading: &Reading) -> Vec<Meeting> {
        let whole_day = self.start.time.is_none();
        let (from, to) = (
            self.place.wall(reading.from.naive_utc()),
            self.place.wall(reading.to.naive_utc()),
        );
        let start = self.start.wall();
        let mut walls: BTreeSet<NaiveDateTime> = match &series.rule {
            Some(rule) => rule.walls(start, from, to).times.into_iter().collect(),
            None => std::iter::once(start).collect(),
        };
        walls.extend(
            series
                .also
                .iter()
                .map(|utc| self.place.wall(utc.naive_utc())),
        );
        let taken = walls.into_iter().rev().filter(|wall| {
            let left_out = series.without.contains(&self.place.instant(*wall));
            *wall >= from && *wall <= to && !left_out && !series.without_days.contains(&wall.date())
        });
        let mut meetings: Vec<Meeting> = taken
            .take(MOST)
            .map(|wall| {
                let key = self.time_key(self.place.instant(wall), whole_day);
                self.meeting(key, false, self.instant(wall, reading), reading)
            })
            .collect();
        meetings.reverse();
        meetings
    }
}
