//! Calendars, their repetitions expanded as an import does it: the size of the reads does not matter, and no event comes to more times
//! than a book can bear.
#![no_main]

use chitbook::domain::moment::Zone;
use chitbook::exchange::ical::{Entry, Mine, Reading, Verdict, read};
use chitbook_fuzz::{Drops, now};
use chrono::{Days, Months, Utc};
use libfuzzer_sys::fuzz_target;
use std::io::Read;

/// The most times one series may come to.
const MOST: usize = 4_000;

fn told(source: impl Read) -> Vec<(u64, Result<Verdict, &'static str>)> {
    let now = now().with_timezone(&Utc);
    let reading = Reading {
        mine: Mine::new(["rep@own.example"]),
        zone: Zone::utc(),
        from: now.checked_sub_months(Months::new(120)).unwrap(),
        to: now.checked_add_days(Days::new(366)).unwrap(),
    };
    read(source, Zone::utc())
        .map(|entry| match entry.unwrap() {
            Entry::Event(event) => (event.line, Ok(event.verdict(&reading))),
            Entry::Skipped { line, reason } => (line, Err(reason)),
        })
        .collect()
}

fuzz_target!(|bytes: &[u8]| {
    let all = told(bytes);
    assert_eq!(all, told(Drops::new(bytes)));
    for (_, verdict) in &all {
        if let Ok(Verdict::Meetings {
            meetings, guests, ..
        }) = verdict
        {
            assert!(!guests.is_empty());
            assert!((1..=MOST).contains(&meetings.len()));
        }
    }
});
