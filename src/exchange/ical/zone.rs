//! Time zones of calendars: by the names of the common database and of Windows, and else as the calendar itself describes them.
//!
//! A name that is known outranks the description beside it, since programs describe only the rules of this year. A name that is
//! neither known nor described is the rep's own zone, and that is told.

use super::rule::Rule;
use super::stamp::{Stamp, offset};
use super::windows;
use crate::domain::moment::Zone;
use crate::exchange::vcard::line::Line;
use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

/// Descriptions kept of one calendar, and changes of the clock kept of one description.
const KEPT: usize = 1_000;
const CHANGES: usize = 2_000;

/// A zone to read a wall clock in.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// One of the common database.
    Known(Tz),
    /// One as the calendar describes it.
    Described(Arc<Described>),
    /// One offset all year.
    Fixed(FixedOffset),
    /// The rep's own.
    Own(Zone),
}

/// When the clocks of a described zone change.
#[derive(Debug, Default)]
pub(super) struct Described {
    /// From this instant (UTC) on, this offset; and the offset before. Rising.
    changes: Vec<(NaiveDateTime, Duration, Duration)>,
}

impl Described {
    /// The offset at a wall-clock time; one that never happens is read as before the change.
    fn at_wall(&self, wall: NaiveDateTime) -> Duration {
        let begun = |(at, after, before): &(NaiveDateTime, Duration, Duration)| {
            at.checked_add_signed(*(before).max(after))
                .is_some_and(|shown| shown <= wall)
        };
        self.offset(self.changes.partition_point(begun))
    }

    /// The offset at an instant.
    fn at(&self, utc: NaiveDateTime) -> Duration {
        self.offset(self.changes.partition_point(|(at, _, _)| *at <= utc))
    }

    fn offset(&self, passed: usize) -> Duration {
        match passed
            .checked_sub(1)
            .and_then(|last| self.changes.get(last))
        {
            Some((_, after, _)) => *after,
            None => self
                .changes
                .first()
                .map_or(Duration::zero(), |(_, _, before)| *before),
        }
    }
}

impl Place {
    /// The instant of a wall-clock time: the first one where it happens twice, an hour later where it never happens.
    pub fn instant(&self, wall: NaiveDateTime) -> DateTime<Utc> {
        match self {
            Place::Known(tz) => {
                let later = || wall.checked_add_signed(Duration::hours(1));
                let found = tz.from_local_datetime(&wall).earliest();
                let found = found.or_else(|| tz.from_local_datetime(&later()?).earliest());
                found.map_or_else(|| wall.and_utc(), |found| found.with_timezone(&Utc))
            }
            Place::Described(zone) => {
                let utc = wall.checked_sub_signed(zone.at_wall(wall));
                utc.unwrap_or(wall).and_utc()
            }
            Place::Fixed(east) => {
                let ahead = Duration::seconds(i64::from(east.local_minus_utc()));
                wall.checked_sub_signed(ahead).unwrap_or(wall).and_utc()
            }
            Place::Own(zone) => zone.at(wall).with_timezone(&Utc),
        }
    }

    /// The wall-clock time of an instant.
    pub fn wall(&self, utc: NaiveDateTime) -> NaiveDateTime {
        let east = match self {
            Place::Known(tz) => {
                let east = tz.offset_from_utc_datetime(&utc).fix();
                Duration::seconds(i64::from(east.local_minus_utc()))
            }
            Place::Described(zone) => zone.at(utc),
            Place::Fixed(east) => Duration::seconds(i64::from(east.local_minus_utc())),
            Place::Own(zone) => {
                let moment = zone.moment(utc.and_utc().timestamp_millis());
                return moment.naive_local();
            }
        };
        utc.checked_add_signed(east).unwrap_or(utc)
    }
}

/// The zones a calendar names.
#[derive(Debug)]
pub(super) struct Zones {
    own: Zone,
    /// What times without a zone are in.
    floating: Place,
    described: HashMap<String, Place>,
    found: HashMap<String, Option<Place>>,
}

impl Zones {
    /// None described yet; `own` is the rep's.
    pub fn new(own: Zone) -> Self {
        Zones {
            own,
            floating: Place::Own(own),
            described: HashMap::new(),
            found: HashMap::new(),
        }
    }

    /// A new calendar begins in the same file: the zones described so far are of the one before.
    pub fn begin(&mut self) {
        *self = Zones::new(self.own);
    }

    /// The calendar names the zone it is kept in.
    pub fn keep_in(&mut self, name: &str) {
        if let Some(place) = known(name.trim()) {
            self.floating = place;
        }
    }

    /// Where times are that name no zone.
    pub fn floating(&self) -> Place {
        self.floating.clone()
    }

    /// The zone of a name, and whether it is known.
    pub fn named(&mut self, name: &str) -> (Place, bool) {
        if !self.found.contains_key(name) {
            if self.found.len() >= KEPT {
                self.found.clear();
            }
            let place = known(name).or_else(|| self.described.get(name).cloned());
            self.found.insert(name.to_owned(), place);
        }
        match self.found.get(name) {
            Some(Some(place)) => (place.clone(), true),
            _ => (self.floating(), false),
        }
    }

    /// Takes in a description: the lines of a `VTIMEZONE`.
    pub fn describe(&mut self, lines: &[String]) {
        let mut name = None;
        let mut alias = None;
        let mut changes = Vec::new();
        let mut part: Option<Part> = None;
        for text in lines {
            let Some(line) = Line::parse(text, false) else {
                continue;
            };
            match (line.name.as_str(), &mut part) {
                ("BEGIN", _) => part = Some(Part::default()),
                ("END", done) => {
                    if let Some(part) = done.take() {
                        part.changes(&mut changes);
                    }
                }
                (_, Some(part)) => part.take(&line),
                ("TZID", None) => name = Some(line.text()),
                ("X-LIC-LOCATION", None) => alias = known(line.raw.trim()),
                _ => {}
            }
        }
        changes.sort_unstable_by_key(|(at, _, _)| *at);
        changes.truncate(CHANGES);
        let Some(name) = name.filter(|_| self.described.len() < KEPT) else {
            return;
        };
        let described =
            (!changes.is_empty()).then(|| Place::Described(Arc::new(Described { changes })));
        if let Some(place) = alias.or(described) {
            self.found.remove(&name);
            self.described.insert(name, place);
        }
    }
}

/// One part of a description: since when which offset holds, and how that comes back.
#[derive(Default)]
struct Part {
    start: Option<NaiveDateTime>,
    before: Option<i32>,
    after: Option<i32>,
    rule: Option<Rule>,
    also: Vec<NaiveDateTime>,
}

impl Part {
    fn take(&mut self, line: &Line<'_>) {
        match line.name.as_str() {
            "DTSTART" => self.start = Stamp::parse(line.raw).map(Stamp::wall),
            "TZOFFSETFROM" => self.before = offset(line.raw),
            "TZOFFSETTO" => self.after = offset(line.raw),
            "RRULE" => self.rule = Rule::parse(line.raw).ok(),
            "RDATE" if self.also.len() < CHANGES => {
                let stamps = line.raw.split(',').filter_map(Stamp::parse);
                self.also.extend(stamps.map(Stamp::wall));
            }
            _ => {}
        }
    }

    fn changes(self, into: &mut Vec<(NaiveDateTime, Duration, Duration)>) {
        let (Some(start), Some(before), Some(after)) = (self.start, self.before, self.after) else {
            return;
        };
        let seconds = |east: i32| Duration::seconds(i64::from(east));
        let (before, after) = (seconds(before), seconds(after));
        let mut walls = self.also;
        match self.rule {
            None => walls.push(start),
            Some(mut rule) => {
                rule.settle(&Place::Fixed(
                    FixedOffset::east_opt(before.num_seconds() as i32).unwrap_or(Utc.fix()),
                ));
                let (from, to) = (year(1970), year(2100));
                walls.extend(rule.walls(start, from, to).times);
            }
        }
        for wall in walls.into_iter().take(CHANGES.saturating_sub(into.len())) {
            into.extend(
                wall.checked_sub_signed(before)
                    .map(|at| (at, after, before)),
            );
        }
    }
}

fn year(year: i32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .unwrap_or_default()
        .and_time(chrono::NaiveTime::MIN)
}

/// A zone by what programs call it.
fn known(name: &str) -> Option<Place> {
    let name = name.trim().trim_matches('"');
    if let Some(tz) = Tz::from_str(name).ok().or_else(|| windows::zone(name)) {
        return Some(Place::Known(tz));
    }
    // "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "/mozilla.org/20050126_1/America/Argentina/Cordoba"
    let mut rest = name.strip_prefix('/').unwrap_or_default();
    while let Some((_, after)) = rest.split_once('/') {
        if let Ok(tz) = Tz::from_str(after) {
            return Some(Place::Known(tz));
        }
        rest = after;
    }
    // "tzone://Microsoft/Utc", "(UTC) Coordinated Universal Time", "Z"
    let utc = [
        "z",
        "gmt",
        "tzone://microsoft/utc",
        "coordinated universal time",
    ];
    utc.contains(&name.to_lowercase().as_str())
        .then_some(Place::Known(Tz::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wall(text: &str) -> NaiveDateTime {
        Stamp::parse(text).unwrap().wall()
    }

    fn zones() -> Zones {
        Zones::new(Zone::utc())
    }

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    /// California as a program may describe it.
    const HOUSE: &str = "TZID:House Time\nBEGIN:STANDARD\nDTSTART:16011104T020000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\n\
        TZOFFSETFROM:-0700\nTZOFFSETTO:-0800\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010311T020000\n\
        RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\nTZOFFSETFROM:-0800\nTZOFFSETTO:-0700\nEND:DAYLIGHT";

    #[test]
    fn names_of_every_program_are_known() {
        let cases = [
            ("Europe/Berlin", "20260701T100000Z"),
            ("W. Europe Standard Time", "20260701T100000Z"),
            (
                "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin",
                "20260701T100000Z",
            ),
            (
                "/mozilla.org/20050126_1/America/Argentina/Cordoba",
                "20260701T150000Z",
            ),
            ("tzone://Microsoft/Utc", "20260701T120000Z"),
        ];
        for (name, utc) in cases {
            let (place, known) = zones().named(name);
            assert!(known, "{name}");
            assert_eq!(
                place.instant(wall("20260701T120000")).naive_utc(),
                wall(utc),
                "{name}"
            );
        }
        assert!(!zones().named("Middle of Nowhere").1);
    }

    #[test]
    fn a_zone_the_calendar_describes_is_the_zone_it_describes() {
        let mut zones = zones();
        zones.describe(&lines(HOUSE));
        let (house, known) = zones.named("House Time");
        assert!(known);
        let (california, _) = zones.named("America/Los_Angeles");
        for day in 1..=28 {
            for month in ["03", "06", "11", "12"] {
                for hour in ["00", "01", "02", "03", "12"] {
                    let at = wall(&format!("2026{month}{day:02}T{hour}3000"));
                    assert_eq!(house.instant(at), california.instant(at), "{at}");
                    assert_eq!(house.wall(at), california.wall(at), "{at}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn an_instant_comes_back_from_its_wall_clock(seconds in 0i64..4_000_000_000, name in prop::sample::select(vec!["Europe/London", "Pacific Standard Time", "House Time"])) {
            let mut zones = zones();
            zones.describe(&lines(HOUSE));
            let (place, _) = zones.named(name);
            let utc = DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
            let back = place.instant(place.wall(utc)).naive_utc();
            // The hour that happens twice comes back as its first.
            prop_assert!(back == utc || back == utc - Duration::hours(1), "{utc} {back}");
        }
    }
}
