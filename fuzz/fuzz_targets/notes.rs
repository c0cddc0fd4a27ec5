//! Blocks of notes: the size of the reads does not matter, notes come in the order of their lines, and none is of a time to come.
#![no_main]

use chitbook::exchange::notes::{Entry, read};
use chitbook_fuzz::{Drops, clock};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let all: Vec<Entry> = read(bytes, clock()).map(|entry| entry.unwrap()).collect();
    let slowly: Vec<Entry> = read(Drops::new(bytes), clock())
        .map(|entry| entry.unwrap())
        .collect();
    assert_eq!(all, slowly);
    assert!(all.is_sorted_by_key(|entry| match entry {
        Entry::Note(note) => note.line,
        Entry::Skipped { line, .. } => *line,
    }));
    for entry in &all {
        if let Entry::Note(note) = entry {
            assert!(note.at <= clock().now);
            assert!(
                !note
                    .text
                    .contains(|c: char| c.is_control() && c != '\n' && c != '\t')
            );
        }
    }
});
