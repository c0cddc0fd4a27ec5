//! One event of a calendar: from its lines to what they say.

use super::attend::{Answer, Attendee};
use super::rule::Rule;
use super::stamp::{Stamp, length};
use super::zone::{Place, Zones};
use crate::domain::text::{clean_line, fingerprint, fit};
use crate::domain::touch::TouchKind;
use crate::exchange::vcard::line::Line;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::collections::HashSet;

/// The longest identity that is kept as it is; a longer one is kept by its fingerprint.
const LONGEST_UID: usize = 200;
/// Bytes of a description looked at for a link to a meeting on screen.
const DESCRIBED: usize = 8_000;
/// Dates left out of a series or added to it that are read.
const DATES: usize = 5_000;

/// Places where people meet on screen.
const SCREENS: [&str; 9] = [
    "zoom.us",
    "teams.microsoft.com",
    "teams.live.com",
    "meet.google.com",
    "webex.com",
    "gotomeeting.com",
    "whereby.com",
    "meet.jit.si",
    "facetime.apple.com",
];

/// What holds for all events of a calendar.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    /// Whose it is, where that is an address.
    pub owner: String,
    /// What is done with it: publish, request, reply, cancel.
    pub method: String,
}

/// What is sent back to whoever invites.
const ANSWERS: [&str; 4] = ["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"];

impl Calendar {
    /// Whether this is done with it.
    fn is(&self, method: &str) -> bool {
        self.method.eq_ignore_ascii_case(method)
    }
}

/// Which times of a series there are.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    pub rule: Option<Rule>,
    /// Added to it.
    pub also: Vec<DateTime<Utc>>,
    /// Left out of it.
    pub without: HashSet<DateTime<Utc>>,
    /// Whole days left out of it.
    pub without_days: HashSet<NaiveDate>,
}

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The line where it begins, counted from 1.
    pub line: u64,
    /// What it is called.
    pub title: String,
    /// What could be read in two ways, and how it was.
    pub doubts: Vec<String>,
    pub(super) uid: String,
    pub(super) revision: u32,
    pub(super) start: Stamp,
    pub(super) place: Place,
    pub(super) minutes: Option<u32>,
    pub(super) series: Option<Series>,
    /// Of a series this is the time that was to begin then.
    pub(super) instead_of: Option<(DateTime<Utc>, bool)>,
    pub(super) kind: TouchKind,
    pub(super) people: Vec<Attendee>,
    pub(super) organizer: Option<Attendee>,
    pub(super) cancelled: bool,
    pub(super) reply: bool,
    pub(super) owner: String,
}

/// Reads an event; what is wrong with one that cannot be read.
pub(super) fn event(
    line: u64,
    texts: &[String],
    zones: &mut Zones,
    calendar: &Calendar,
) -> Result<Event, &'static str> {
    let lines: Vec<Line<'_>> = texts
        .iter()
        .filter_map(|text| Line::parse(text, false))
        .collect();
    let find = |name: &str| lines.iter().find(|line| line.name == name);
    let text = |name: &str| {
        find(name)
            .map(|line| clean_line(&line.text()))
            .unwrap_or_default()
    };
    let mut doubts = Vec::new();
    let begins = find("DTSTART").ok_or("it does not say when it begins")?;
    let start = Stamp::parse(begins.raw).ok_or("when it begins cannot be read")?;
    let place = beginning(begins, start, zones, &mut doubts);
    let title = text("SUMMARY");
    let uid = uid(&text("UID"), &[begins.raw, &title, &text("ORGANIZER")]);
    let instead_of = find("RECURRENCE-ID").and_then(|line| {
        let stamp = Stamp::parse(line.raw)?;
        Some((instant(line, stamp, &place, zones), stamp.time.is_none()))
    });
    let mut event = Event {
        line,
        uid,
        revision: text("SEQUENCE").parse().unwrap_or(0),
        start,
        minutes: minutes(&lines, start, &place, zones),
        series: None,
        instead_of,
        kind: kind(&lines, &title),
        people: lines
            .iter()
            .filter(|line| line.name == "ATTENDEE")
            .filter_map(Attendee::of)
            .collect(),
        organizer: find("ORGANIZER")
            .and_then(Attendee::of)
            .map(|who| Attendee {
                answer: Answer::Yes,
                ..who
            }),
        cancelled: calendar.is("CANCEL") || text("STATUS").eq_ignore_ascii_case("CANCELLED"),
        reply: ANSWERS.iter().any(|answer| calendar.is(answer)),
        owner: calendar.owner.clone(),
        title,
        doubts,
        place,
    };
    if event.instead_of.is_none() {
        event.series = series(&lines, &event.place, zones, &mut event.doubts);
    }
    Ok(event)
}

/// The zone an event begins in. One that is not known is told.
fn beginning(line: &Line<'_>, at: Stamp, zones: &mut Zones, doubts: &mut Vec<String>) -> Place {
    let Some(name) = line.param("TZID").filter(|_| !at.utc) else {
        return if at.utc {
            Place::Known(chrono_tz::Tz::UTC)
        } else {
            zones.floating()
        };
    };
    let (place, known) = zones.named(&name);
    if !known {
        let name = fit(&clean_line(&name), 40);
        doubts.push(format!(
            "the zone \"{name}\" is not known: taken as your own"
        ));
    }
    place
}

/// The instant of a stamp on a line that may name a zone; else it is in the event's.
fn instant(line: &Line<'_>, stamp: Stamp, own: &Place, zones: &mut Zones) -> DateTime<Utc> {
    let place = match line.param("TZID") {
        _ if stamp.utc => return stamp.wall().and_utc(),
        Some(name) => zones.named(&name).0,
        None => own.clone(),
    };
    place.instant(stamp.wall())
}

/// The identity the calendar gave it; one that has none is known by what it says.
fn uid(given: &str, else_by: &[&str]) -> String {
    match given.len() {
        0 => format!("unnamed-{:016x}", fingerprint(else_by)),
        1..=LONGEST_UID => given.to_owned(),
        _ => format!("long-{:016x}", fingerprint(&[given])),
    }
}

fn minutes(lines: &[Line<'_>], start: Stamp, place: &Place, zones: &mut Zones) -> Option<u32> {
    start.time?;
    let find = |name: &str| lines.iter().find(|line| line.name == name);
    let took = match find("DTEND") {
        Some(line) => {
            let end = Stamp::parse(line.raw)?;
            instant(line, end, place, zones) - place.instant(start.wall())
        }
        None => length(&find("DURATION")?.text())?,
    };
    let minutes = u32::try_from(took.num_minutes()).ok()?;
    Some(minutes).filter(|minutes| (1..=100_000).contains(minutes))
}

fn series(
    lines: &[Line<'_>],
    place: &Place,
    zones: &mut Zones,
    doubts: &mut Vec<String>,
) -> Option<Series> {
    let mut series = Series::default();
    let mut any = false;
    for line in lines {
        match line.name.as_str() {
            "RRULE" if series.rule.is_none() => match Rule::parse(line.raw.trim()) {
                Ok(mut rule) => {
                    rule.settle(place);
                    series.rule = Some(rule);
                    any = true;
                }
                Err(why) => doubts.push(format!(
                    "its repetition \"{}\" {why}; only its beginning was taken",
                    fit(&clean_line(line.raw), 60)
                )),
            },
            "RDATE" => {
                // A period begins where the time before its stroke says.
                let begin = |text: &str| Stamp::parse(text.split('/').next().unwrap_or_default());
                let stamps = line.raw.split(',').filter_map(begin);
                for stamp in stamps.take(DATES.saturating_sub(series.also.len())) {
                    series.also.push(instant(line, stamp, place, zones));
                    any = true;
                }
            }
            "EXDATE" => {
                let stamps = line.raw.split(',').filter_map(Stamp::parse);
                for stamp in stamps.take(DATES.saturating_sub(series.without.len())) {
                    if stamp.time.is_none() {
                        series.without_days.insert(stamp.date);
                    }
                    series.without.insert(instant(line, stamp, place, zones));
                }
            }
            _ => {}
        }
    }
    any.then_some(series)
}

/// Whether people met in person, on screen or by telephone, as far as the event says.
fn kind(lines: &[Line<'_>], title: &str) -> TouchKind {
    let text = |name: &str| {
        let line = lines.iter().find(|line| line.name == name);
        line.map(|line| line.text().to_lowercase())
            .unwrap_or_default()
    };
    let on_screen = |text: &str| {
        let head: String = text.chars().take(DESCRIBED).collect();
        SCREENS.iter().any(|screen| head.contains(screen))
    };
    let place = text("LOCATION");
    let title = title.to_lowercase();
    let says = |words: &[&str]| {
        let mut all = title
            .split(|c: char| !c.is_alphanumeric())
            .chain(place.split(|c: char| !c.is_alphanumeric()));
        all.any(|word| words.contains(&word))
    };
    let linked = lines.iter().any(|line| {
        let link = matches!(
            line.name.as_str(),
            "CONFERENCE"
                | "X-GOOGLE-CONFERENCE"
                | "X-GOOGLE-HANGOUT"
                | "X-MICROSOFT-SKYPETEAMSMEETINGURL"
                | "X-MICROSOFT-ONLINEMEETINGCONFLINK"
        );
        link && !line.raw.trim().is_empty()
    });
    if on_screen(&place)
        || says(&[
            "zoom",
            "teams",
            "webex",
            "skype",
            "facetime",
            "videocall",
            "video",
        ])
    {
        return TouchKind::Video;
    }
    if says(&[
        "call",
        "phone",
        "telephone",
        "telefon",
        "anruf",
        "telefonat",
        "tel",
    ]) && !linked
    {
        return TouchKind::Call;
    }
    let somewhere = !place.trim().is_empty() && !place.contains("http");
    if !somewhere && (linked || on_screen(&text("DESCRIPTION"))) {
        return TouchKind::Video;
    }
    TouchKind::Meeting
}

/// The moment a whole day stands for: its noon.
pub(super) const NOON: Duration = Duration::hours(12);
