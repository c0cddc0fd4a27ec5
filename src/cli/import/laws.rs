//! What holds of every import, on samples that a bad disk or a bad person had in hand: it ends, every record is counted once with what
//! became of it, and the second time nothing is new.

use super::super::args::ImportAs;
use super::source::Source;
use super::tally::{Ended, Tally};
use super::{Run, words};
use crate::domain::contact::{Card, Email, Phone};
use crate::domain::moment::Moment;
use crate::exchange::samples::mutated;
use crate::store::Store;
use proptest::prelude::*;

const CALENDARS: &[&[u8]] = &[
    include_bytes!("../../../tests/fixtures/exchange/google.ics"),
    include_bytes!("../../../tests/fixtures/exchange/outlook.ics"),
    include_bytes!("../../../tests/fixtures/exchange/apple.ics"),
    include_bytes!("../../../tests/fixtures/exchange/broken.ics"),
];
const MAILS: &[&[u8]] = &[
    include_bytes!("../../../tests/fixtures/exchange/gmail.mbox"),
    include_bytes!("../../../tests/fixtures/exchange/thunderbird.mbox"),
    include_bytes!("../../../tests/fixtures/exchange/lengths.mbox"),
    include_bytes!("../../../tests/fixtures/exchange/single.eml"),
];
const LOGS: &[&[u8]] = &[
    include_bytes!("../../../tests/fixtures/exchange/touches.csv"),
    include_bytes!("../../../tests/fixtures/exchange/calls.csv"),
    include_bytes!("../../../tests/fixtures/exchange/calls_bare.csv"),
];
const NOTES: &[&[u8]] = &[
    include_bytes!("../../../tests/fixtures/exchange/notes.txt"),
    include_bytes!("../../../tests/fixtures/exchange/notes.md"),
];
const MONICA: &[&[u8]] = &[include_bytes!(
    "../../../tests/fixtures/exchange/monica.json"
)];
const ABOOK: &[&[u8]] = &[include_bytes!(
    "../../../tests/fixtures/exchange/addressbook.abook"
)];
const TABLES: &[&[u8]] = &[
    include_bytes!("../../../tests/fixtures/exchange/hubspot_contacts.csv"),
    include_bytes!("../../../tests/fixtures/exchange/hubspot_companies.csv"),
    include_bytes!("../../../tests/fixtures/exchange/hubspot_deals.csv"),
    include_bytes!("../../../tests/fixtures/exchange/salesforce_report.csv"),
    include_bytes!("../../../tests/fixtures/exchange/salesforce_loader.csv"),
    include_bytes!("../../../tests/fixtures/exchange/salesforce_accounts.csv"),
    include_bytes!("../../../tests/fixtures/exchange/pipedrive.csv"),
    include_bytes!("../../../tests/fixtures/exchange/google.csv"),
    include_bytes!("../../../tests/fixtures/exchange/outlook.csv"),
    include_bytes!("../../../tests/fixtures/exchange/linkedin.csv"),
];
const BOOKS: &[&[u8]] = &[include_bytes!("../../../tests/fixtures/exchange/book.json")];
const CARDS: &[&[u8]] = &[
    include_bytes!("../../../tests/fixtures/exchange/apple.vcf"),
    include_bytes!("../../../tests/fixtures/exchange/google.vcf"),
    include_bytes!("../../../tests/fixtures/exchange/v4.vcf"),
    include_bytes!("../../../tests/fixtures/exchange/broken.vcf"),
];

pub(super) fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-11-22T14:07:00+00:00").unwrap()
}

/// A book with the people of the samples in it.
pub(super) fn book(folder: &std::path::Path) -> Store {
    let mut book = Store::open(&folder.join("book")).unwrap();
    for (name, email, phone) in [
        ("Nils Lund", "nils@lund.example", "+491715550100"),
        ("Iris Marsh", "iris@marsh.example", "+14155550111"),
        ("Barney Rubble", "barney@slate.example", "+14155550122"),
    ] {
        let card = Card {
            emails: vec![Email {
                label: String::new(),
                address: email.to_owned(),
            }],
            phones: vec![Phone {
                label: String::new(),
                number: phone.to_owned(),
            }],
            ..Card::named(name)
        };
        let add = crate::domain::command::Command::AddContact(Box::new(card));
        book.apply(&add, &now()).unwrap();
    }
    book
}

/// Imports these bytes twice and gives back both counts; none where the file as a whole was refused in a sentence.
fn twice(book: &mut Store, bytes: &[u8], format: ImportAs) -> Option<(Tally, Tally)> {
    let mut run = Run::for_tests(book, now());
    for _ in 0..2 {
        let (word, nouns) = words(format);
        run.files.push(Tally::new("sample", word, nouns));
        let read = run.file(Source::of("sample", bytes), format);
        if read.and_then(|()| run.settle()).is_err() {
            run.bulk.abandon();
            return None;
        }
        // What one import remembers of its own files would hide what the book does not.
        run.events.clear();
        run.known.clear();
        run.born.clear();
        run.activities.clear();
        run.names = None;
    }
    let second = run.files.pop()?;
    let first = run.files.pop()?;
    run.bulk.abandon();
    Some((first, second))
}

/// The laws on one kind of samples.
fn hold(samples: &'static [&'static [u8]], format: ImportAs, cases: u32) {
    let folder = tempfile::tempdir().unwrap();
    let book = std::cell::RefCell::new(book(folder.path()));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(cases));
    let outcome = runner.run(&mutated(samples), |bytes| {
        let Some((first, second)) = twice(&mut book.borrow_mut(), &bytes, format) else {
            return Ok(());
        };
        prop_assert_eq!(first.records(), second.records());
        prop_assert_eq!(
            (second.count(Ended::New), second.updated),
            (0, 0),
            "the second time something was new"
        );
        prop_assert_eq!(
            first.count(Ended::Skipped),
            first.reasons(),
            "every skipped record has its reason"
        );
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn damaged_calendars_are_counted_and_come_in_once() {
    hold(CALENDARS, ImportAs::Ics, 64);
}

#[test]
fn damaged_mailboxes_are_counted_and_come_in_once() {
    hold(MAILS, ImportAs::Mbox, 64);
}

#[test]
fn damaged_logs_are_counted_and_come_in_once() {
    hold(LOGS, ImportAs::Touches, 48);
}

#[test]
fn damaged_notes_are_counted_and_come_in_once() {
    hold(NOTES, ImportAs::Notes, 48);
}

#[test]
fn damaged_exports_of_monica_are_counted_and_come_in_once() {
    hold(MONICA, ImportAs::Monica, 32);
}

#[test]
fn damaged_address_files_are_counted_and_come_in_once() {
    hold(ABOOK, ImportAs::Abook, 32);
}

#[test]
fn damaged_tables_are_counted_and_come_in_once() {
    hold(TABLES, ImportAs::Csv, 48);
}

#[test]
fn damaged_cards_are_counted_and_come_in_once() {
    hold(CARDS, ImportAs::Vcard, 32);
}

#[test]
fn damaged_books_are_counted_and_come_in_once() {
    hold(BOOKS, ImportAs::Json, 64);
}
