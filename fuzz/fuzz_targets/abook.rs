//! abook's addresses: the size of the reads does not matter, and every section is told of.
#![no_main]

use chitbook::exchange::abook::read;
use chitbook::exchange::draft::Record;
use chitbook_fuzz::{Drops, lines, text_of};
use libfuzzer_sys::fuzz_target;

/// Whether a line begins a section that is not about the file itself.
fn begins(line: &str) -> bool {
    let Some(inner) = line.trim_start_matches('\u{feff}').trim().strip_prefix('[') else {
        return false;
    };
    let whole = inner.strip_suffix(']');
    (whole.is_some() || !inner.contains('=')) && whole.unwrap_or(inner).trim() != "format"
}

fuzz_target!(|bytes: &[u8]| {
    let all: Vec<Record> = read(bytes).map(|record| record.unwrap()).collect();
    let slowly: Vec<Record> = read(Drops::new(bytes))
        .map(|record| record.unwrap())
        .collect();
    assert_eq!(all, slowly);
    let outside = all
        .iter()
        .filter(
            |record| matches!(record, Record::Skipped { reason, .. } if reason.contains("outside")),
        )
        .count();
    let text = text_of(bytes);
    assert_eq!(
        all.len() - outside,
        lines(&text).filter(|line| begins(line)).count()
    );
});
