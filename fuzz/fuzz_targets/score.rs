//! Logs for the strength model: the size of the reads does not matter, and every pair has its line in the result.
#![no_main]

use chitbook::domain::strength::Params;
use chitbook::exchange::score::{Tally, score};
use chitbook_fuzz::{Drops, lines, now};
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Read};

fn judged(log: impl Read) -> Result<(Tally, Vec<u8>), String> {
    let mut out = Vec::new();
    let scratch = || Ok(Cursor::new(Vec::new()));
    let tally = score(
        log,
        now().timestamp(),
        &Params::default(),
        scratch,
        &mut out,
    );
    tally
        .map(|tally| (tally, out))
        .map_err(|problem| problem.to_string())
}

fuzz_target!(|bytes: &[u8]| {
    let found = judged(bytes);
    assert_eq!(found, judged(Drops::new(bytes)));
    if let Ok((tally, out)) = found {
        let text = String::from_utf8(out).unwrap();
        assert!(lines(text.trim_end()).count() > tally.pairs);
    }
});
