//! A date or a time as calendars write it: `20260312`, `20260312T090000`, `20260312T090000Z`; and lengths of time.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

/// A point in time as written, its zone not applied yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The day.
    pub date: NaiveDate,
    /// The time, unless it is the whole day.
    pub time: Option<NaiveTime>,
    /// Whether it is in UTC.
    pub utc: bool,
}

impl Stamp {
    /// Reads a stamp; dashes and colons in it are put up with.
    pub fn parse(text: &str) -> Option<Stamp> {
        let text = text.trim();
        let (text, utc) = match text.strip_suffix(['Z', 'z']) {
            Some(text) => (text, true),
            None => (text, false),
        };
        let (date, time) = match text.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let date = digits(date, '-', 8)?;
        let date =
            NaiveDate::from_ymd_opt((date / 10_000).cast_signed(), date / 100 % 100, date % 100)?;
        let time = match time {
            None => None,
            Some(time) => {
                let time = match digits(time, ':', 6) {
                    Some(time) => time,
                    None => digits(time, ':', 4)? * 100,
                };
                // A leap second is the one before it.
                let second = (time % 100).min(59);
                Some(NaiveTime::from_hms_opt(
                    time / 10_000,
                    time / 100 % 100,
                    second,
                )?)
            }
        };
        Some(Stamp { date, time, utc })
    }

    /// The wall-clock time; a whole day begins at midnight.
    pub fn wall(self) -> NaiveDateTime {
        self.date.and_time(self.time.unwrap_or_default())
    }
}

/// A number of so many digits with or without separators between them.
fn digits(text: &str, separator: char, count: usize) -> Option<u32> {
    let text: String = text.chars().filter(|c| *c != separator).collect();
    let digits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// A length of time: `PT45M`, `P1DT2H`, `P2W`. One that runs backwards is none.
pub(super) fn length(text: &str) -> Option<Duration> {
    let text = text.trim().trim_start_matches('+');
    let mut rest = text.strip_prefix(['P', 'p'])?;
    let mut seconds: i64 = 0;
    let mut timed = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(['T', 't']) {
            (rest, timed) = (after, true);
            continue;
        }
        let unit = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, after) = rest.split_at_checked(unit)?;
        let mut letters = after.chars();
        let worth = match (letters.next()?.to_ascii_uppercase(), timed) {
            ('W', false) => 7 * 86_400,
            ('D', false) => 86_400,
            ('H', true) => 3_600,
            ('M', true) => 60,
            ('S', true) => 1,
            _ => return None,
        };
        let number: i64 = number.parse().ok()?;
        seconds = seconds.checked_add(number.checked_mul(worth)?)?;
        rest = letters.as_str();
    }
    Duration::try_seconds(seconds)
}

/// How far east of UTC: `+0100`, `-080000`; in seconds.
pub(super) fn offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let number = match digits(rest, ':', 6) {
        Some(number) => number,
        None => digits(rest, ':', 4)? * 100,
    };
    let seconds = number / 10_000 * 3_600 + number / 100 % 100 * 60 + number % 100;
    (seconds < 86_400).then_some(sign * seconds.cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stamps_are_read_as_programs_write_them() {
        let cases = [
            ("20260312", Some(("2026-03-12T00:00:00", false, false))),
            (
                "20260312T090530",
                Some(("2026-03-12T09:05:30", true, false)),
            ),
            (
                "20260312T090000Z",
                Some(("2026-03-12T09:00:00", true, true)),
            ),
            (
                "2026-03-12T09:00:00Z",
                Some(("2026-03-12T09:00:00", true, true)),
            ),
            ("20260312T0900", Some(("2026-03-12T09:00:00", true, false))),
            (
                "20260312T235960Z",
                Some(("2026-03-12T23:59:59", true, true)),
            ),
            ("20260231", None),
            ("20260312T250000", None),
            ("2026", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let read = Stamp::parse(text);
            let told = read.map(|s| {
                (
                    s.wall().format("%FT%T").to_string(),
                    s.time.is_some(),
                    s.utc,
                )
            });
            let told = told
                .as_ref()
                .map(|(wall, timed, utc)| (wall.as_str(), *timed, *utc));
            assert_eq!(told, expected, "{text}");
        }
    }

    #[test]
    fn lengths_and_offsets_are_read() {
        let cases = [
            ("PT45M", Some(2_700)),
            ("P1DT2H30M", Some(95_400)),
            ("P2W", Some(1_209_600)),
            ("+PT15S", Some(15)),
            ("-PT15M", None),
            ("PT", Some(0)),
            ("45M", None),
            ("P99999999999999999999D", None),
        ];
        for (text, expected) in cases {
            assert_eq!(length(text).map(|l| l.num_seconds()), expected, "{text}");
        }
        let cases = [
            ("+0100", Some(3_600)),
            ("-08:00", Some(-28_800)),
            ("053000", Some(19_800)),
            ("+2500", None),
            ("east", None),
        ];
        for (text, expected) in cases {
            assert_eq!(offset(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "[-+0-9TZPWDHMS: é]{0,24}") {
            let _ = (Stamp::parse(&text), length(&text), offset(&text));
        }
    }
}
