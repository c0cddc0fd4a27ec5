//! Mailboxes: the size of the reads does not matter, and there are no more messages than lines that could begin one.
#![no_main]

use chitbook::exchange::ical::Mine;
use chitbook::exchange::mail::{Entry, Sorted, read, sort};
use chitbook_fuzz::Drops;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let all: Vec<Entry> = read(bytes).map(|entry| entry.unwrap()).collect();
    let slowly: Vec<Entry> = read(Drops::new(bytes))
        .map(|entry| entry.unwrap())
        .collect();
    assert_eq!(all, slowly);
    let lines = bytes.split(|byte| *byte == b'\n');
    let could = lines.filter(|line| line.starts_with(b"From ")).count();
    assert!(all.len() <= could + 1);
    let mine = Mine::new(["rep@own.example"]);
    for entry in &all {
        if let Entry::Message(message) = entry {
            assert!(!message.subject.contains(char::is_control));
            if let Sorted::Between(_, people) = sort(message, &mine) {
                assert!(!people.is_empty());
            }
        }
    }
});
