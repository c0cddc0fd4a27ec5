//! Calendars written: promises, plans and days to remember, each with an alarm, for the calendar of a telephone.

use crate::exchange::vcard::line::{escape, fold};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::io::{self, Write};

/// When an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A whole day.
    Day(NaiveDate),
    /// A whole day that comes back every year.
    Yearly(NaiveDate),
    /// A time, for so many minutes.
    At(DateTime<Utc>, u32),
}

/// One entry of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its identity, the same every time it is written.
    pub uid: String,
    /// When it was last changed.
    pub changed: DateTime<Utc>,
    /// When it is.
    pub when: When,
    /// What it is called.
    pub title: String,
    /// What else there is to know.
    pub note: String,
}

/// Writes a calendar. The same entries give the same bytes.
pub struct Calendar<W: Write> {
    out: W,
}

impl<W: Write> Calendar<W> {
    /// Begins a calendar.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Chitbook//Chitbook//EN\r\nCALSCALE:GREGORIAN\r\nX-WR-CALNAME:Chitbook\r\n")?;
        Ok(Calendar { out })
    }

    /// One more entry.
    pub fn item(&mut self, item: &Item) -> io::Result<()> {
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", escape(&item.uid)),
            format!("DTSTAMP:{}", stamp(item.changed)),
        ];
        // What lasts a day is told of in the morning, a day to remember the morning before, a time a quarter of an hour ahead.
        let alarm = match item.when {
            When::Day(day) => {
                lines.extend(whole(day));
                "PT9H"
            }
            When::Yearly(day) => {
                lines.extend(whole(day));
                let leap = (day.month(), day.day()) == (2, 29);
                let rule = if leap {
                    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
                } else {
                    "FREQ=YEARLY"
                };
                lines.push(format!("RRULE:{rule}"));
                "-PT15H"
            }
            When::At(at, minutes) => {
                lines.push(format!("DTSTART:{}", stamp(at)));
                lines.push(format!("DURATION:PT{}M", minutes.max(1)));
                "-PT15M"
            }
        };
        lines.push(format!("SUMMARY:{}", escape(&item.title)));
        if !item.note.is_empty() {
            lines.push(format!("DESCRIPTION:{}", escape(&item.note)));
        }
        let busy = matches!(item.when, When::At(..));
        lines.push(format!(
            "TRANSP:{}",
            if busy { "OPAQUE" } else { "TRANSPARENT" }
        ));
        lines.push("BEGIN:VALARM".to_owned());
        lines.push("ACTION:DISPLAY".to_owned());
        lines.push(format!("DESCRIPTION:{}", escape(&item.title)));
        lines.push(format!("TRIGGER:{alarm}"));
        lines.push("END:VALARM".to_owned());
        lines.push("END:VEVENT".to_owned());
        let mut text = String::new();
        for line in &lines {
            fold(line, &mut text);
        }
        self.out.write_all(text.as_bytes())
    }

    /// Ends the calendar.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.write_all(b"END:VCALENDAR\r\n")?;
        self.out.flush()
    }
}

fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// The lines of a whole day.
fn whole(day: NaiveDate) -> [String; 2] {
    let next = day.succ_opt().unwrap_or(day);
    [
        format!("DTSTART;VALUE=DATE:{}", day.format("%Y%m%d")),
        format!("DTEND;VALUE=DATE:{}", next.format("%Y%m%d")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::ical::{self, Entry};
    use calcard::icalendar::{ICalendarComponentType as Kind, ICalendarProperty as Property};
    use proptest::prelude::*;

    fn written(items: &[Item]) -> String {
        let mut bytes = Vec::new();
        let mut calendar = Calendar::new(&mut bytes).unwrap();
        for item in items {
            calendar.item(item).unwrap();
        }
        calendar.finish().unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn item() -> impl Strategy<Value = Item> {
        let day = (1970i32..2100, 1u32..=366).prop_filter_map("no such day", |(year, day)| {
            NaiveDate::from_yo_opt(year, day)
        });
        let at = (0i64..4_000_000_000, 0u32..2_000)
            .prop_map(|(at, minutes)| When::At(DateTime::from_timestamp(at, 0).unwrap(), minutes));
        let when = prop_oneof![
            day.clone().prop_map(When::Day),
            day.prop_map(When::Yearly),
            at
        ];
        let text = "[a-zA-Z0-9 ,;:\\\\\"é漢\n]{0,120}";
        ("[a-z0-9-]{1,20}", when, text, text).prop_map(|(uid, when, title, note)| Item {
            uid: format!("{uid}@chitbook"),
            changed: DateTime::from_timestamp(1_700_000_000, 0).unwrap(),
            when,
            title: crate::domain::text::clean_line(&title),
            note,
        })
    }

    proptest! {
        #[test]
        fn a_second_parser_reads_every_entry_with_its_alarm(items in prop::collection::vec(item(), 0..6)) {
            let text = written(&items);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
            let mut parser = calcard::Parser::new(&text);
            let calcard::Entry::ICalendar(calendar) = parser.entry() else {
                return Err(TestCaseError::fail(text));
            };
            let of = |kind: &Kind| calendar.components.iter().filter(|component| component.component_type == *kind).count();
            prop_assert_eq!((of(&Kind::VEvent), of(&Kind::VAlarm)), (items.len(), items.len()));
            let events = calendar.components.iter().filter(|component| component.component_type == Kind::VEvent);
            for (event, item) in events.zip(&items) {
                let summary = event.property(&Property::Summary).and_then(|entry| entry.values.first());
                let title = summary.and_then(|value| value.as_text()).unwrap_or_default();
                prop_assert_eq!(title.trim(), item.title.trim());
            }
            let expanded = calendar.expand_dates(calcard::common::timezone::Tz::UTC, 2_000);
            prop_assert!(expanded.errors.is_empty(), "{:?}", expanded.errors);
        }

        #[test]
        fn our_own_reader_finds_as_many_events(items in prop::collection::vec(item(), 0..6)) {
            let text = written(&items);
            let read: Vec<Entry> = ical::read(text.as_bytes(), crate::domain::moment::Zone::utc()).map(|entry| entry.unwrap()).collect();
            prop_assert_eq!(read.len(), items.len());
            for (entry, item) in read.iter().zip(&items) {
                let Entry::Event(event) = entry else {
                    return Err(TestCaseError::fail(text));
                };
                prop_assert_eq!(&event.title, &item.title);
            }
        }
    }
}
