//! Exports of Monica: the size of the reads does not matter, neither to what is found nor to where the reading ends.
#![no_main]

use chitbook::exchange::monica::{Entry, looks_like, read};
use chitbook_fuzz::{Drops, clock, text_of};
use libfuzzer_sys::fuzz_target;
use std::io::Read;

fn all(source: impl Read) -> (Vec<Entry>, bool) {
    let mut found = Vec::new();
    let read = read(source, &clock(), &mut |entry| {
        found.push(entry);
        Ok(())
    });
    (found, read.is_ok())
}

fuzz_target!(|bytes: &[u8]| {
    looks_like(&text_of(bytes));
    assert_eq!(all(bytes), all(Drops::new(bytes)));
});
