//! What a file is, told by its first bytes; the name of a file only ever helps where those say nothing.
#![no_main]

use chitbook::exchange::format::sniff;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(known) = sniff(bytes, None) {
        for name in ["a.vcf", "b.csv", "c.ics", "d.mbox", "e"] {
            assert_eq!(sniff(bytes, Some(name)), Some(known));
        }
    }
});
