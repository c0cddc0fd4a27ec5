//! Cards: the size of the reads does not matter, and a card that was read is the same once it is written and read again.
#![no_main]

use chitbook::exchange::draft::Record;
use chitbook::exchange::vcard::{Version, read, write};
use chitbook_fuzz::Drops;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let records: Vec<Record> = read(bytes).map(|record| record.unwrap()).collect();
    let slowly: Vec<Record> = read(Drops::new(bytes))
        .map(|record| record.unwrap())
        .collect();
    assert_eq!(records, slowly);
    for record in records {
        let Record::Draft(draft) = record else {
            continue;
        };
        let mut card = draft.card;
        card.uid.get_or_insert_with(|| "minted".to_owned());
        for version in [Version::V3, Version::V4] {
            let text = write(&card, "", version);
            let again: Vec<Record> = read(text.as_bytes())
                .map(|record| record.unwrap())
                .collect();
            let [Record::Draft(again)] = again.as_slice() else {
                panic!("{again:?}\n{text}");
            };
            assert_eq!(again.card, card, "{text}");
        }
    }
});
