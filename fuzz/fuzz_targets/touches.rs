//! Logs of touches and call lists: the size of the reads does not matter, and every touch has somebody and a time that was.
#![no_main]

use chitbook::exchange::touches::{Entry, read};
use chitbook_fuzz::{Drops, clock};
use libfuzzer_sys::fuzz_target;
use std::io::Read;

fn all(source: impl Read) -> Option<Vec<Entry>> {
    let touches = read(source, clock()).ok()?;
    Some(touches.map(|entry| entry.unwrap()).collect())
}

fuzz_target!(|bytes: &[u8]| {
    let found = all(bytes);
    assert_eq!(found, all(Drops::new(bytes)));
    for entry in found.unwrap_or_default() {
        if let Entry::Touch(touch) = entry {
            assert!(!touch.who.is_empty() && touch.at <= clock().now);
        }
    }
});
