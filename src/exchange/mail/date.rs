//! When a message was written, as well and as badly as mail programs say it.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Zones that have a name in old mail, in hours east.
const ZONES: [(&str, i32); 14] = [
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
    ("cet", 1),
    ("cest", 2),
];

/// The first and last year of e-mail.
const YEARS: std::ops::RangeInclusive<i32> = 1971..=2200;

/// Parts of a date while it is read.
#[derive(Default)]
struct Parts {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    time: Option<NaiveTime>,
    offset: Option<i32>,
}

/// Reads a date: milliseconds since 1970 UTC, and minutes east of it where it was written.
pub(super) fn read(text: &str) -> Option<(i64, i32)> {
    let mut parts = Parts::default();
    // What stands in brackets repeats the zone by name.
    let text = text.split('(').next().unwrap_or_default();
    for word in text.split([' ', '\t', ',']).filter(|word| !word.is_empty()) {
        parts.take(word);
    }
    parts.instant()
}

/// The date at the end of the line that separates messages: `From a@b Mon Nov  6 12:00:00 2023`.
pub(super) fn of_separator(line: &str) -> Option<(i64, i32)> {
    let words: Vec<&str> = line.split_whitespace().skip(2).collect();
    read(&words.join(" "))
}

impl Parts {
    fn take(&mut self, word: &str) {
        let lower = word.to_ascii_lowercase();
        let three: String = lower.chars().take(3).collect();
        if word.contains(':') {
            if self.time.is_none() {
                self.time = time(word);
            }
        } else if let Some(offset) = offset(&lower) {
            self.offset = self.offset.or(Some(offset));
        } else if let Some(month) = MONTHS.iter().position(|month| *month == three) {
            self.month = self.month.or(u32::try_from(month + 1).ok());
        } else if word.contains('-') {
            // 6-Nov-2023, 2023-11-06
            for word in word.split('-') {
                self.take(word);
            }
        } else if let Ok(number) = word.parse::<u32>() {
            match (self.day, self.year, word.len()) {
                (_, None, 4) => self.year = i32::try_from(number).ok(),
                (None, _, 1 | 2) => self.day = Some(number),
                (_, None, 2) => {
                    let century = if number < 70 { 2000 } else { 1900 };
                    self.year = Some(century + number.cast_signed());
                }
                _ => {}
            }
        }
    }

    fn instant(self) -> Option<(i64, i32)> {
        let year = self.year.filter(|year| YEARS.contains(year))?;
        let day = NaiveDate::from_ymd_opt(year, self.month?, self.day?)?;
        let wall = NaiveDateTime::new(day, self.time?);
        let minutes = self.offset.unwrap_or(0);
        let zone = FixedOffset::east_opt(minutes * 60)?;
        let at = wall.and_local_timezone(zone).single()?;
        Some((at.timestamp_millis(), minutes))
    }
}

/// `9:05`, `09:05:30`, also with what some programs put behind the seconds.
fn time(word: &str) -> Option<NaiveTime> {
    let mut numbers = word
        .split([':', '.'])
        .map(|number| number.parse::<u32>().ok());
    let (hour, minute) = (numbers.next()??, numbers.next()??);
    let second = numbers.next().flatten().unwrap_or(0).min(59);
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// `+0100`, `-08:00` has a colon and is none; `gmt`, `gmt+1`, `est`. In minutes.
fn offset(word: &str) -> Option<i32> {
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == word) {
        return Some(hours * 60);
    }
    let (sign, digits) = match word.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let minutes = number / 100 * 60 + number % 100;
    // -0000 and impossible zones say that the zone is not known.
    Some(if minutes < 15 * 60 { sign * minutes } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::stored;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_as_mail_programs_write_them() {
        let cases = [
            (
                "Mon, 6 Nov 2023 12:00:00 +0100",
                Some("2023-11-06T12:00:00+01:00"),
            ),
            (
                "6 Nov 2023 12:00:00 -0800 (PST)",
                Some("2023-11-06T12:00:00-08:00"),
            ),
            ("Mon,  6 Nov 23 9:05 GMT", Some("2023-11-06T09:05:00+00:00")),
            (
                "Fri, 31 Dec 99 23:59:60 EST",
                Some("1999-12-31T23:59:59-05:00"),
            ),
            (
                "Mon Nov  6 12:00:00 2023",
                Some("2023-11-06T12:00:00+00:00"),
            ),
            (
                "6-Nov-2023 12:00:00 +0000",
                Some("2023-11-06T12:00:00+00:00"),
            ),
            (
                "Monday, November 6, 2023 12:00:00",
                Some("2023-11-06T12:00:00+00:00"),
            ),
            ("Mon, 6 Nov 2023 12.00.00 +0100", None),
            ("Mon, 31 Nov 2023 12:00:00 +0100", None),
            ("Thu, 1 Jan 1970 00:00:00 +0000", None),
            ("Mon, 6 Nov 123 12:00:00", None),
            ("yesterday", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let found = read(text).map(|(at, offset)| stored(at, offset).to_rfc3339());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        let line = "From 1789@xxx Mon Nov 06 12:00:00 +0000 2023";
        assert_eq!(of_separator(line), read("6 Nov 2023 12:00:00 +0000"));
        assert_eq!(
            of_separator("From - Mon Nov 06 12:00:00 2023"),
            read("6 Nov 2023 12:00:00 +0000")
        );
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in "([A-Za-z]{3}|[-+0-9:., ()]{1,6}){0,9}") {
            let _ = (read(&text), of_separator(&text));
        }

        #[test]
        fn what_programs_write_is_what_is_read(seconds in 40_000_000i64..4_000_000_000, minutes in -840i32..=840) {
            let at = stored(seconds * 1000, minutes);
            prop_assert_eq!(read(&at.to_rfc2822()), Some((seconds * 1000, minutes)));
        }
    }
}
