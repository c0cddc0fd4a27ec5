//! What calendars of every program come to, and the laws of rules and zones beside a second implementation.

use super::rule::Rule;
use super::stamp::Stamp;
use super::*;
use crate::domain::touch::TouchKind;
use crate::exchange::samples;
use calcard::Entry as Theirs;
use chrono::{NaiveDateTime, TimeZone, Utc};
use proptest::prelude::*;

const GOOGLE: &[u8] = include_bytes!("../../../tests/fixtures/exchange/google.ics");
const OUTLOOK: &[u8] = include_bytes!("../../../tests/fixtures/exchange/outlook.ics");
const APPLE: &[u8] = include_bytes!("../../../tests/fixtures/exchange/apple.ics");
const BROKEN: &[u8] = include_bytes!("../../../tests/fixtures/exchange/broken.ics");
const SAMPLES: &[&[u8]] = &[GOOGLE, OUTLOOK, APPLE, BROKEN];

fn reading() -> Reading {
    let at = |year, month, day| Utc.with_ymd_and_hms(year, month, day, 0, 0, 0).unwrap();
    Reading {
        mine: Mine::new(["Rep@own.example"]),
        zone: Zone::utc(),
        from: at(2026, 1, 1),
        to: at(2027, 1, 1),
    }
}

fn entries(bytes: &[u8]) -> Vec<Entry> {
    read(bytes, Zone::utc())
        .map(|entry| entry.unwrap())
        .collect()
}

/// One line for everything a file comes to.
fn told(bytes: &[u8]) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in entries(bytes) {
        let event = match entry {
            Entry::Skipped { line, reason } => {
                lines.push(format!("{line} skipped: {reason}"));
                continue;
            }
            Entry::Event(event) => event,
        };
        match event.verdict(&reading()) {
            Verdict::Nothing(reason) => lines.push(format!("{} nothing: {reason}", event.line)),
            Verdict::Off {
                meeting, reason, ..
            } => lines.push(format!("{} off: {} {reason}", event.line, meeting.key)),
            Verdict::Meetings {
                meetings, guests, ..
            } => {
                let who: Vec<String> = guests
                    .iter()
                    .map(|g| format!("{} <{}>", g.name, g.email))
                    .collect();
                for meeting in meetings {
                    let minutes = meeting.minutes.map_or(String::new(), |m| format!(" {m}m"));
                    let day = if meeting.whole_day { " all day" } else { "" };
                    lines.push(format!(
                        "{} {} {}{day}{minutes} {} \"{}\" {}",
                        event.line,
                        meeting.key,
                        meeting.at.format("%FT%H:%M"),
                        meeting.kind.word(),
                        meeting.title,
                        who.join(", ")
                    ));
                }
            }
        }
        lines.extend(
            event
                .doubts
                .iter()
                .map(|doubt| format!("{} note: {doubt}", event.line)),
        );
    }
    lines
}

#[test]
fn google_series_lose_what_was_left_out_moved_and_cancelled() {
    insta::assert_snapshot!(told(GOOGLE).join("\n"), @r#"
    26 g1@google.com 2026-11-03T09:00 45m video "Tariff table, second look" Nils Lund <nils@lund.example>
    49 g2@google.com/20260907T080000Z 2026-09-07T08:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    49 g2@google.com/20260914T080000Z 2026-09-14T08:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    49 g2@google.com/20260928T080000Z 2026-09-28T08:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    49 g2@google.com/20261005T080000Z 2026-10-05T08:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    49 g2@google.com/20261012T080000Z 2026-10-12T08:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    49 g2@google.com/20261019T080000Z 2026-10-19T08:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    49 g2@google.com/20261026T090000Z 2026-10-26T09:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    49 g2@google.com/20261102T090000Z 2026-11-02T09:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    49 g2@google.com/20261109T090000Z 2026-11-09T09:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    49 g2@google.com/20261116T090000Z 2026-11-16T09:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    49 g2@google.com/20261123T090000Z 2026-11-23T09:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    49 g2@google.com/20261130T090000Z 2026-11-30T09:00 30m meeting "Plant round" Iris Marsh <iris@marsh.example>
    63 g2@google.com/20261026T090000Z 2026-10-27T13:00 60m meeting "Plant round, moved" Iris Marsh <iris@marsh.example>
    75 off: g2@google.com/20261102T090000Z it was cancelled
    83 g3@google.com 2026-10-14T12:00 all day meeting "Fair in Lund" Nils Lund <nils@lund.example>
    91 nothing: nobody else takes part
    96 off: g5@google.com you declined it
    103 off: g6@google.com you have not accepted it
    111 g7@google.com 2026-12-01T13:00 60m call "Call Nils about the quote" Nils Lund <nils@lund.example>
    "#);
}

#[test]
fn outlook_zones_are_those_it_describes_and_those_of_windows() {
    insta::assert_snapshot!(told(OUTLOOK).join("\n"), @r#"
    23 040000008200E00074C5B7101A82E00800000000B0 2026-10-28T16:00 60m video "Firmware worry" Nils Lund <nils@lund.example>
    40 040000008200E00074C5B7101A82E00800000000B1/20261104T170000Z 2026-11-04T17:00 60m meeting "Round with Iris" Iris Marsh <iris@marsh.example>
    40 040000008200E00074C5B7101A82E00800000000B1/20261202T170000Z 2026-12-02T17:00 60m meeting "Round with Iris" Iris Marsh <iris@marsh.example>
    49 nothing: more than 8 take part
    64 skipped: it is a task, not a meeting
    "#);
}

#[test]
fn apple_names_people_by_a_parameter_and_adds_days_to_a_series() {
    insta::assert_snapshot!(told(APPLE).join("\n"), @r#"
    7 A1B2C3D4-0000/20261020T163000Z 2026-10-20T16:30 30m meeting "Lunch" Nils Lund <nils@lund.example>
    7 A1B2C3D4-0000/20261028T163000Z 2026-10-28T16:30 30m meeting "Lunch" Nils Lund <nils@lund.example>
    7 A1B2C3D4-0000/20261030T163000Z 2026-10-30T16:30 30m meeting "Lunch" Nils Lund <nils@lund.example>
    21 A1B2C3D4-0001 2026-10-21T08:00 90m meeting "Floating breakfast"  <nils@lund.example>
    "#);
}

#[test]
fn a_broken_calendar_tells_of_every_record_with_its_line() {
    insta::assert_snapshot!(told(BROKEN).join("\n"), @r#"
    1 skipped: this is text outside of any calendar
    5 skipped: it does not say when it begins
    10 skipped: when it begins cannot be read
    15 b3 2026-11-10T10:00 meeting "The end of this one is missing"  <nils@lund.example>
    22 b4 2026-11-10T10:00 meeting "Too often" Nils [31mLund <nils@lund.example>
    22 note: the zone "Middle of Nowhere" is not known: taken as your own
    22 note: its repetition "FREQ=SECONDLY" comes round too often for a meeting; only its beginning was taken
    29 unnamed-35aa0558e950a962 2026-11-11T10:00 meeting ""  <nils@lund.example>
    36 nothing: it is an answer to an invitation
    41 skipped: it says when somebody is busy, and not with whom
    43 skipped: when it begins cannot be read
    "#);
}

#[test]
fn where_and_how_people_met_is_guessed_from_what_the_event_says() {
    let cases = [
        ("SUMMARY:Lunch\nLOCATION:Main Street 4", TouchKind::Meeting),
        (
            "SUMMARY:Review\nLOCATION:https://zoom.us/j/123",
            TouchKind::Video,
        ),
        (
            "SUMMARY:Review\nLOCATION:Microsoft Teams Meeting",
            TouchKind::Video,
        ),
        (
            "SUMMARY:Review\nDESCRIPTION:join at https://meet.google.com/x",
            TouchKind::Video,
        ),
        (
            "SUMMARY:Review\nLOCATION:Main Street 4\nX-GOOGLE-CONFERENCE:https://meet.google.com/x",
            TouchKind::Meeting,
        ),
        ("SUMMARY:Call with Nils", TouchKind::Call),
        ("SUMMARY:Caller ID", TouchKind::Meeting),
    ];
    for (lines, kind) in cases {
        let text = format!("BEGIN:VEVENT\nDTSTART:20260101T100000Z\n{lines}\nEND:VEVENT\n");
        let Some(Entry::Event(event)) = entries(text.as_bytes()).pop() else {
            panic!("{lines}");
        };
        assert_eq!(event.kind, kind, "{lines}");
    }
}

#[test]
fn own_addresses_are_known_in_every_spelling() {
    let mine = Mine::new([" MAILTO:Rep@Own.example", "nonsense"]);
    for (address, is_mine) in [
        ("rep@own.example", true),
        ("rep+news@own.example", true),
        ("rep@own.example.org", false),
        ("rap@own.example", false),
    ] {
        assert_eq!(mine.has(address), is_mine, "{address}");
    }
}

fn wall(text: &str) -> NaiveDateTime {
    Stamp::parse(text).unwrap().wall()
}

/// The times of a rule in a year, as text.
fn times(start: &str, rule: &str, from: &str, to: &str) -> String {
    let mut rule = Rule::parse(rule).unwrap();
    rule.settle(&super::zone::Place::Known(chrono_tz::Tz::UTC));
    let found = rule.walls(wall(start), wall(from), wall(to));
    let times = found
        .times
        .iter()
        .map(|time| time.format("%m-%d").to_string());
    times.collect::<Vec<_>>().join(" ")
}

#[test]
fn rules_come_round_as_the_standard_says() {
    // Start, rule, and the days of 2026 it gives.
    let cases = [
        (
            "20260105T090000",
            "FREQ=WEEKLY;COUNT=4",
            "01-05 01-12 01-19 01-26",
        ),
        (
            "20260105T090000",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=MO,FR",
            "01-05 01-09 01-19 01-23",
        ),
        (
            "20260106T090000",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            "01-06 01-11 01-20 01-25",
        ),
        (
            "20260106T090000",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            "01-06 01-18 01-20 02-01",
        ),
        (
            "20260131T090000",
            "FREQ=MONTHLY;COUNT=3",
            "01-31 03-31 05-31",
        ),
        (
            "20260130T090000",
            "FREQ=MONTHLY;COUNT=3;BYDAY=-1FR",
            "01-30 02-27 03-27",
        ),
        (
            "20260102T090000",
            "FREQ=MONTHLY;COUNT=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2",
            "01-02 02-03 03-03",
        ),
        (
            "20260128T090000",
            "FREQ=MONTHLY;COUNT=2;BYMONTHDAY=-4",
            "01-28 02-25",
        ),
        (
            "20260213T090000",
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            "02-13 03-13 11-13",
        ),
        ("20260401T090000", "FREQ=YEARLY;BYMONTH=4,10", "04-01 10-01"),
        ("20260105T090000", "FREQ=YEARLY;BYDAY=1MO", "01-05"),
        (
            "20260101T090000",
            "FREQ=YEARLY;BYYEARDAY=1,100,-1",
            "01-01 04-10 12-31",
        ),
        (
            "20260511T090000",
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            "05-11",
        ),
        ("20240229T090000", "FREQ=YEARLY", ""),
        (
            "20260101T090000",
            "FREQ=DAILY;UNTIL=20260103",
            "01-01 01-02 01-03",
        ),
        (
            "20260101T090000",
            "FREQ=DAILY;UNTIL=20260103T085959Z",
            "01-01 01-02",
        ),
        (
            "20260101T090000",
            "FREQ=DAILY;BYMONTH=1;BYDAY=SU;COUNT=3",
            "01-01 01-04 01-11",
        ),
        ("19970902T090000", "FREQ=YEARLY;INTERVAL=29", "09-02"),
        ("20260101T090000", "FREQ=DAILY;COUNT=0", ""),
    ];
    for (start, rule, expected) in cases {
        assert_eq!(
            times(start, rule, "20260101", "20261231T235959"),
            expected,
            "{rule}"
        );
    }
    for (rule, why) in [
        ("FREQ=HOURLY", "too often"),
        (
            "FREQ=DAILY;BYHOUR=0,1,2,3,4;BYMINUTE=0,10,20,30,40,50",
            "too often",
        ),
        ("INTERVAL=2", "cannot be read"),
        ("W1 MO TU #0", "cannot be read"),
        ("FREQ=WEEKLY;BYDAY=XX", "cannot be read"),
    ] {
        assert!(Rule::parse(rule).unwrap_err().contains(why), "{rule}");
    }
}

#[test]
fn a_rule_that_never_comes_round_ends() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=4000000000",
        "FREQ=YEARLY;INTERVAL=4294967295",
        "FREQ=DAILY;COUNT=4000000000",
    ] {
        let rule = Rule::parse(rule).unwrap();
        let found = rule.walls(wall("00010101T000000"), wall("20250101"), wall("20261231"));
        assert!(found.times.len() <= 800);
    }
}

/// A rule with its start among the days it names, so that nobody can disagree about whether it counts.
fn agreed() -> impl Strategy<Value = (String, String)> {
    let day = (2022i32..2026, 1u32..=12, 1u32..=28);
    let weekdays = prop::sample::select(vec!["", "MO", "TU,TH", "MO,WE,FR", "SA,SU"]);
    let nth = prop::sample::select(vec!["1MO", "-1FR", "2TU,4TU", "3WE"]);
    let rest = (
        1u32..5,
        prop::option::of(1u32..60),
        prop::sample::select(vec!["", ";WKST=SU", ";WKST=MO"]),
    );
    (day, 0u8..6, weekdays, nth, rest, -15i32..=28).prop_map(
        |((y, m, d), which, weekdays, nth, (interval, count, wkst), month_day)| {
            let by = |name: &str, value: &str| {
                if value.is_empty() {
                    String::new()
                } else {
                    format!(";{name}={value}")
                }
            };
            let month_day = if month_day == 0 { 1 } else { month_day };
            let rule = match which {
                0 => format!("FREQ=DAILY{}", by("BYDAY", weekdays)),
                1 => format!("FREQ=WEEKLY{}", by("BYDAY", weekdays)),
                2 => "FREQ=MONTHLY".to_owned(),
                3 => format!("FREQ=MONTHLY;BYDAY={nth}"),
                4 => format!("FREQ=MONTHLY;BYMONTHDAY={month_day}"),
                _ => format!("FREQ=YEARLY;BYMONTH={m};BYDAY={nth}"),
            };
            let count = count.map_or(";UNTIL=20260630T235959".to_owned(), |count| {
                format!(";COUNT={count}")
            });
            (
                format!("{y:04}{m:02}{d:02}T093000"),
                format!("{rule};INTERVAL={interval}{count}{wkst}"),
            )
        },
    )
}

#[test]
fn rules_made_to_be_slow_are_given_up_and_those_of_people_are_not() {
    let all = (1..=366).map(|day| day.to_string()).collect::<Vec<_>>();
    let all = all.join(",");
    let cases = [
        (
            "never comes",
            "FREQ=YEARLY;COUNT=4294967295;BYMONTH=2;BYMONTHDAY=30",
            "00010101",
            true,
        ),
        (
            "every day is named",
            &format!("FREQ=YEARLY;BYYEARDAY={all};COUNT=9999999"),
            "19000101",
            true,
        ),
        (
            "all day long",
            "FREQ=DAILY;COUNT=4294967295;BYHOUR=1,2,3,4,5,6;BYMINUTE=0,15,30,45",
            "19000101",
            true,
        ),
        ("counted days", "FREQ=DAILY;COUNT=40000", "19500101", false),
        (
            "counted years",
            "FREQ=YEARLY;COUNT=400;BYMONTH=2;BYMONTHDAY=-1",
            "18000101",
            false,
        ),
        (
            "since ever",
            "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "16010101",
            false,
        ),
        (
            "a birthday without a year",
            "FREQ=YEARLY;COUNT=9000",
            "16040229",
            false,
        ),
    ];
    for (label, text, start, cut) in cases {
        let rule = Rule::parse(text).unwrap();
        let found = rule.walls(wall(start), wall("20160101"), wall("20270101"));
        assert_eq!(found.cut, cut, "{label}");
    }
}

/// What the second implementation makes of a rule.
fn theirs(start: &str, rule: &str) -> Vec<NaiveDateTime> {
    let text = format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:{start}\r\nDURATION:PT1H\r\nRRULE:{rule}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    let Theirs::ICalendar(calendar) = calcard::Parser::new(&text).entry() else {
        panic!("{text}");
    };
    let expanded = calendar.expand_dates(calcard::common::timezone::Tz::Floating, 5_000);
    let mut times: Vec<NaiveDateTime> = expanded
        .events
        .iter()
        .map(|event| event.start.naive_local())
        .collect();
    times.sort_unstable();
    times
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn rules_agree_with_a_second_implementation((start, text) in agreed()) {
        let first = theirs(&start, &text).first().copied();
        // Ours begins with the start in any case: begin where the rule does.
        let Some(first) = first else { return Ok(()) };
        let began = first.format("%Y%m%dT%H%M%S").to_string();
        let expected = theirs(&began, &text);
        let mut rule = Rule::parse(&text).unwrap();
        rule.settle(&super::zone::Place::Known(chrono_tz::Tz::UTC));
        let (from, to) = (wall("20240101"), wall("20270101"));
        let found = rule.walls(first, from, to);
        let expected: Vec<_> = expected.into_iter().filter(|t| (from..=to).contains(t)).collect();
        prop_assert!(!found.cut);
        let first_to_differ = found.times.iter().zip(&expected).find(|(a, b)| a != b);
        prop_assert!(found.times == expected, "{began} {text}: {} and {}, {first_to_differ:?}", found.times.len(), expected.len());
    }

    #[test]
    fn any_rule_ends_and_rises(text in "FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)(;(INTERVAL=[0-9]{1,10}|COUNT=[0-9]{1,9}|BYDAY=-?[0-9]?(MO|SU)|BYMONTHDAY=-?[0-9]{1,2}|BYSETPOS=-?[0-9]{1,3}|BYWEEKNO=-?[0-9]{1,2}|BYYEARDAY=-?[0-9]{1,3}|BYMONTH=[0-9]{1,2}|WKST=SU)){0,5}", year in 1u32..=2026) {
        if let Ok(rule) = Rule::parse(&text) {
            let found = rule.walls(wall(&format!("{year:04}0115T100000")), wall("20160101"), wall("20280101"));
            prop_assert!(found.times.is_sorted_by(|a, b| a < b), "{:?}", found.times);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_event_of_a_damaged_calendar_is_told_of(bytes in samples::mutated(SAMPLES)) {
        let text = crate::exchange::decode::preview(&bytes);
        // Continued lines joined as the standard says, so that a BEGIN within one is none.
        let joined = text.replace("\r\n", "\n").replace('\r', "\n");
        let plain = !joined.contains("\n ") && !joined.contains("\n\t") && !joined.contains("=\n");
        let begun = joined.lines().filter(|line| {
            let halves = line.split_once(':');
            halves.is_some_and(|(name, what)| name.trim().eq_ignore_ascii_case("BEGIN") && what.trim().eq_ignore_ascii_case("VEVENT"))
        });
        let begun = begun.count();
        let read = entries(&bytes);
        let outside = |entry: &&Entry| matches!(entry, Entry::Skipped { reason, .. } if reason.contains("outside") || reason.contains("task") || reason.contains("busy") || reason.contains("journal"));
        let events = read.len() - read.iter().filter(outside).count();
        if plain {
            prop_assert_eq!(events, begun);
        }
        let reading = reading();
        for entry in &read {
            if let Entry::Event(event) = entry
                && let Verdict::Meetings { meetings, guests, .. } = event.verdict(&reading)
            {
                prop_assert!(!guests.is_empty() && guests.len() <= 8 && meetings.len() <= 4_000);
                for meeting in meetings {
                    prop_assert!(!meeting.title.chars().any(char::is_control));
                    prop_assert!(meeting.at >= reading.from && meeting.at <= reading.to || meeting.whole_day);
                }
            }
        }
    }
}
