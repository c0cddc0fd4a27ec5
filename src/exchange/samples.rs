//! Cards for the laws of the readers and writers: every field, odd letters, any order.

use crate::domain::contact::{
    Address, Card, Email, Extra, KeyDate, NameParts, PartialDate, Phone, Relation, Web,
};
use crate::domain::link::LinkKind;
use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::prelude::*;

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zA-Z0-9 ]{0,12}",
        2 => "[-+=@'\",;:\\\\\\^.$%é漢🙂 a-c]{0,12}",
        1 => any::<String>().prop_map(|text| text.replace(":::", "")),
    ]
}

fn label() -> impl Strategy<Value = String> {
    let known = [
        "",
        "work",
        "home",
        "mobile",
        "work fax",
        "home fax",
        "pager",
        "other",
        "linkedin",
        "boat",
        "friend: kin",
    ];
    prop_oneof![3 => prop::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => line()]
}

fn note() -> impl Strategy<Value = String> {
    prop_oneof![
        line(),
        (line(), line()).prop_map(|(a, b)| format!(" {a}\n\r\n{b}\t")),
        "[a-z é]{60,200}"
    ]
}

fn day() -> impl Strategy<Value = PartialDate> {
    let with_year = prop::option::of(1i32..=9999);
    (with_year, 1u32..=12, 1u32..=29).prop_filter_map("no such day", |(year, month, day)| {
        PartialDate::new(year, month, day)
    })
}

fn key_date() -> impl Strategy<Value = KeyDate> {
    let names = ["birthday", "anniversary", "renewal", ""];
    let label =
        prop_oneof![3 => prop::sample::select(names.to_vec()).prop_map(str::to_owned), 1 => line()];
    (label, day(), any::<bool>()).prop_map(|(label, on, yearly)| KeyDate { label, on, yearly })
}

fn extra() -> impl Strategy<Value = Extra> {
    let names = [
        "X-FOO",
        "item1.X-BAR;TYPE=a",
        "TITLE",
        "item1.X-ABLabel",
        "REV",
        "BEGIN",
        "KIND",
        "PHOTO",
        "CATEGORIES",
        "TEL;CELL",
        "X;A=\"b",
        "BDAY",
        "NOTE;ENCODING=QUOTED-PRINTABLE",
        "X-CHITBOOK-GHOST",
        "Column 4",
        "FN",
        "item1.TEL",
    ];
    let name =
        prop_oneof![3 => prop::sample::select(names.to_vec()).prop_map(str::to_owned), 1 => line()];
    let value =
        prop_oneof![3 => note(), 1 => Just("group".to_owned()), 1 => Just("VCARD".to_owned())];
    let sources = ["vcard", "vcard", "google", "outlook", "linkedin"];
    (prop::sample::select(sources.to_vec()), name, value).prop_map(|(source, name, value)| Extra {
        source: source.to_owned(),
        name,
        value,
    })
}

fn address() -> impl Strategy<Value = Address> {
    (label(), vec(note(), 7)).prop_map(|(label, mut parts)| {
        let mut next = || parts.pop().unwrap_or_default();
        Address {
            label,
            po_box: next(),
            extended: next(),
            street: next(),
            city: next(),
            region: next(),
            postcode: next(),
            country: next(),
        }
    })
}

fn relation() -> impl Strategy<Value = Relation> {
    let words = [
        "",
        "",
        "child",
        "kin",
        "co-worker",
        "Manager",
        "landlord",
        "friend: kin",
    ];
    let label =
        prop_oneof![3 => prop::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => line()];
    (prop::sample::select(LinkKind::ALL.to_vec()), label, line())
        .prop_map(|(kind, label, name)| Relation { kind, label, name })
}

/// A card with everything about the person, but not how to reach them.
fn person() -> impl Strategy<Value = Card> {
    let own = (
        prop::option::of("[a-z0-9:-]{1,20}"),
        prop::option::of(1u16..400),
        any::<bool>(),
        prop::option::of((1i32..=9999, 1u32..=366)),
    );
    let texts = prop_oneof![Just(Vec::new()), vec(line(), 10)];
    (line(), texts, note(), any::<bool>(), own).prop_map(|(name, mut texts, note, parted, own)| {
        let mut next = || texts.pop().unwrap_or_default();
        let parts = NameParts {
            family: next(),
            given: next(),
            additional: next(),
            prefix: next(),
            suffix: next(),
        };
        Card {
            parts: if parted { parts } else { NameParts::default() },
            nick: next(),
            account: next(),
            department: next(),
            origin: next(),
            title: next(),
            name,
            note,
            uid: own.0,
            cadence: own.1,
            ghost: own.2,
            met_on: own
                .3
                .and_then(|(year, day)| NaiveDate::from_yo_opt(year, day)),
            ..Card::default()
        }
    })
}

/// Any card that is not nobody's, cleaned as everything is that enters the book.
pub(super) fn card() -> impl Strategy<Value = Card> {
    let phone = (label(), line()).prop_map(|(label, number)| Phone { label, number });
    let email = (label(), line()).prop_map(|(label, address)| Email { label, address });
    let web = (label(), line()).prop_map(|(label, url)| Web { label, url });
    let reach = (
        vec(phone, 0..4),
        vec(email, 0..3),
        vec(web, 0..3),
        vec(address(), 0..3),
    );
    let rest = (
        vec(line(), 0..4),
        vec(key_date(), 0..4),
        vec(relation(), 0..4),
        vec(extra(), 0..5),
    );
    (person(), reach, rest).prop_map(|(mut card, reach, rest)| {
        (card.phones, card.emails, card.webs, card.addresses) = reach;
        (card.tags, card.dates, card.relations, card.extra) = rest;
        let mut card = card.cleaned();
        if card.name.is_empty() {
            card.name = "Nobody Known".to_owned();
        }
        card
    })
}

/// A sample as a bad disk, a bad program or a bad person would leave it: cut, with stretches doubled, swapped, left out or put in from
/// another sample, and odd bytes here and there.
pub(crate) fn mutated(samples: &'static [&'static [u8]]) -> impl Strategy<Value = Vec<u8>> {
    let change = (
        0u8..7,
        any::<prop::sample::Index>(),
        0usize..200,
        any::<u8>(),
    );
    let sample = prop::sample::select(samples.to_vec());
    let other = prop::sample::select(samples.to_vec());
    (sample, other, vec(change, 0..7)).prop_map(|(sample, other, changes)| {
        let mut bytes = sample.to_vec();
        for (how, at, length, byte) in changes {
            let at = at.index(bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            match how {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                3 => {
                    let from = at.min(other.len());
                    let put = &other[from..(from + length).min(other.len())];
                    bytes.splice(at..end, put.iter().copied());
                }
                4 => bytes.insert(at, byte),
                5 => bytes[at..end].fill(byte),
                _ => {
                    let odd: [&[u8]; 6] = [
                        b"\r\n",
                        b"\"",
                        b"\0",
                        b";;=:",
                        b"99999999999999999999",
                        b"\xff\xfe",
                    ];
                    let odd = odd[usize::from(byte) % odd.len()];
                    bytes.splice(at..at, odd.iter().copied());
                }
            }
        }
        bytes
    })
}
