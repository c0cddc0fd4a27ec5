//! The reader and the writer together: the samples, the laws, and what another parser makes of what is written.

use super::cards::{Cards, Piece};
use super::line::Line;
use super::{Version, read, write};
use crate::domain::contact::{Card, Extra};
use crate::domain::link::LinkKind;
use crate::exchange::decode::Decoded;
use crate::exchange::draft::{Draft, Record};
use crate::exchange::{samples, words};
use proptest::prelude::*;

const APPLE: &[u8] = include_bytes!("../../../tests/fixtures/exchange/apple.vcf");
const GOOGLE: &[u8] = include_bytes!("../../../tests/fixtures/exchange/google.vcf");
const OUTLOOK: &[u8] = include_bytes!("../../../tests/fixtures/exchange/outlook21.vcf");
const UTF16: &[u8] = include_bytes!("../../../tests/fixtures/exchange/utf16.vcf");
const V4: &[u8] = include_bytes!("../../../tests/fixtures/exchange/v4.vcf");
const BROKEN: &[u8] = include_bytes!("../../../tests/fixtures/exchange/broken.vcf");
const HOSTILE: &[u8] = include_bytes!("../../../tests/fixtures/exchange/hostile.vcf");
const CR: &[u8] = include_bytes!("../../../tests/fixtures/exchange/cr.vcf");
const BOM: &[u8] = include_bytes!("../../../tests/fixtures/exchange/bom.vcf");
const ALL: [(&str, &[u8]); 9] = [
    ("apple", APPLE),
    ("google", GOOGLE),
    ("outlook21", OUTLOOK),
    ("utf16", UTF16),
    ("v4", V4),
    ("broken", BROKEN),
    ("hostile", HOSTILE),
    ("cr", CR),
    ("bom", BOM),
];

fn records(bytes: &[u8]) -> Vec<Record> {
    read(bytes).map(Result::unwrap).collect()
}

fn drafts(bytes: &[u8]) -> Vec<Draft> {
    let draft = |record| match record {
        Record::Draft(draft) => Some(*draft),
        _ => None,
    };
    records(bytes).into_iter().filter_map(draft).collect()
}

fn first(bytes: &[u8]) -> Draft {
    drafts(bytes).into_iter().next().unwrap()
}

fn pairs<'a>(list: impl IntoIterator<Item = (&'a String, &'a String)>) -> Vec<String> {
    list.into_iter().map(|(a, b)| format!("{a}={b}")).collect()
}

#[test]
fn each_file_gives_its_records_with_their_lines() {
    let cases: [(&str, &[u8], &[&str]); 9] = [
        (
            "apple",
            APPLE,
            &["1 Dr. Marta Quill with a very long name that is folded in the middle of a word"],
        ),
        (
            "google",
            GOOGLE,
            &[
                "1 Barnabas Oak",
                "15 nobody@named.example",
                "21 skipped: there is no name, e-mail address or telephone number",
            ],
        ),
        ("outlook 2.1", OUTLOOK, &["1 J\u{fc}rgen Sch\u{e4}fer"]),
        ("utf-16", UTF16, &["1 Ewa \u{141}o\u{15b}"]),
        (
            "4.0",
            V4,
            &[
                "1 Iris Lund",
                "28 skipped: this card is a group, not a person",
            ],
        ),
        (
            "broken",
            BROKEN,
            &[
                "1 skipped: this is text outside of any card",
                "2 Lower Case",
                "7 Missing End",
                "11 With Junk",
                "18 Cut Off",
            ],
        ),
        (
            "hostile",
            HOSTILE,
            &["1 ]52;c;aGVsbG8=Eve[31m", "10 Ren\u{e9} Latin"],
        ),
        ("carriage returns", CR, &["1 Carriage Only"]),
        ("mark and outer book", BOM, &["2 Marked Bytes"]),
    ];
    for (label, bytes, expected) in cases {
        let found: Vec<String> = records(bytes)
            .iter()
            .map(|record| match record {
                Record::Draft(draft) => format!("{} {}", draft.line, draft.card.name),
                Record::Skipped { line, reason } => format!("{line} skipped: {reason}"),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(found, expected, "{label}");
    }
}

#[test]
fn an_apple_card_is_read_into_its_places() {
    let draft = first(APPLE);
    let card = &draft.card;
    let parts = [
        &card.parts.prefix,
        &card.parts.given,
        &card.parts.additional,
        &card.parts.family,
        &card.parts.suffix,
    ];
    assert_eq!(parts, ["Dr.", "Marta", "Jo, Ann", "Quill", "PhD"]);
    assert_eq!(
        (card.account.as_str(), card.department.as_str()),
        ("Harbour Tools, Ltd.", "Sales, North")
    );
    let emails = pairs(card.emails.iter().map(|e| (&e.label, &e.address)));
    assert_eq!(
        emails,
        [
            "work=marta@harbour.example",
            "home=marta@home.example",
            "boat=marta@boat.example"
        ]
    );
    let phones = pairs(card.phones.iter().map(|p| (&p.label, &p.number)));
    assert_eq!(
        phones,
        ["mobile=+1 415 555 0101", "work fax=+1 415 555 0102"]
    );
    let webs = pairs(card.webs.iter().map(|w| (&w.label, &w.url)));
    assert_eq!(
        webs,
        [
            "homepage=http://harbour.example/a,b",
            "Skype home=skype:marta.q",
            "twitter=http://twitter.example/martaq"
        ]
    );
    assert_eq!(card.addresses[0].street, "1 Pier Road\nShed 4");
}

#[test]
fn an_apple_card_gives_its_days_its_people_and_what_has_no_place() {
    let draft = first(APPLE);
    let card = &draft.card;
    let dates: Vec<String> = card
        .dates
        .iter()
        .map(|d| format!("{} {} {}", d.label, d.on, d.yearly))
        .collect();
    assert_eq!(
        dates,
        [
            "anniversary 2011-06-04 true",
            "renewal --02-29 true",
            "birthday --11-20 true"
        ]
    );
    let kin: Vec<_> = card
        .relations
        .iter()
        .map(|r| (r.kind, r.label.as_str(), r.name.as_str()))
        .collect();
    assert_eq!(
        kin,
        [
            (LinkKind::Assistant, "", "Olga Pine"),
            (LinkKind::Manager, "", "Sam Reed"),
            (LinkKind::Family, "child", "Zo Quill")
        ]
    );
    assert_eq!(card.tags, ["Buyers", "Sailing"]);
    assert_eq!(
        card.note,
        "First line\nSecond, with comma; and \\ backslash"
    );
    assert_eq!(card.uid.as_deref(), Some("apple-1"));
    let extra = pairs(card.extra.iter().map(|e| (&e.name, &e.value)));
    assert!(
        extra.contains(&"X-CUSTOM;A=\"b:c\"=raw\\, value; with parts".to_owned()),
        "{extra:?}"
    );
    assert!(
        extra.contains(&"CATEGORIES=myContacts".to_owned()),
        "{extra:?}"
    );
    assert!(draft.left_out.contains(&"photo (43 bytes)".to_owned()));
}

#[test]
fn an_old_outlook_card_is_read_in_its_charset() {
    let draft = first(OUTLOOK);
    let card = &draft.card;
    assert_eq!(
        (card.parts.family.as_str(), card.parts.given.as_str()),
        ("Sch\u{e4}fer", "J\u{fc}rgen")
    );
    assert_eq!(card.note, "Line one\nLine two \u{e9} end");
    assert_eq!(card.addresses[0].street, "Mill Lane 1\nYard");
    let phones = pairs(card.phones.iter().map(|p| (&p.label, &p.number)));
    assert_eq!(
        phones,
        [
            "work=(030) 555 0123",
            "mobile=0171 555 0100",
            "work fax=030 555 0124"
        ]
    );
    let names: Vec<&str> = card.relations.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["Greta Stone", "Ole Fink", "Pia Helper"]);
    for said in ["photo (31 bytes)", "1 lines of the agent's own card"] {
        assert!(draft.left_out.contains(&said.to_owned()), "{said}");
    }
    assert!(
        card.extra
            .iter()
            .any(|e| e.name == "X-FOO;TYPE=HOME" && e.value == "a=b")
    );
}

#[test]
fn a_4_0_card_keeps_what_is_no_name() {
    let draft = first(V4);
    let card = &draft.card;
    assert_eq!(card.phones[0].number, "+46-8-555-0100");
    let names: Vec<&str> = card.relations.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["Nils Lund", "Mini Lund"]);
    assert_eq!(card.addresses[0].street, "Road 1\nTown");
    let extra: Vec<&str> = card.extra.iter().map(|e| e.name.as_str()).collect();
    let expected = [
        "KIND",
        "FN;LANGUAGE=sv",
        "RELATED;TYPE=contact",
        "RELATED;TYPE=friend",
        "BDAY;VALUE=text",
        "ROLE",
        "TITLE",
        "GEO",
        "PHOTO",
        "CLIENTPIDMAP",
    ];
    assert_eq!(extra, expected);
    let expected = [
        "a further part of the name: \"Berg\"",
        "parameter TYPE=VOICE of TEL: \"VOICE\"",
        "logo (9 bytes)",
        "parameter PREF of TEL: \"2\"",
    ];
    assert_eq!(draft.left_out, expected);
}

#[test]
fn a_large_photo_is_left_out_by_its_size_and_the_card_stays() {
    let photo = "QUJD\r\n ".repeat(75_000);
    let text = format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Big Picture\r\nPHOTO;ENCODING=b:{photo}QUJD\r\nTEL:1\r\nEND:VCARD\r\n"
    );
    let draft = first(text.as_bytes());
    assert_eq!(draft.left_out, ["photo (225 kB)"]);
    assert_eq!(draft.card.phones.len(), 1);
    assert!(draft.card.extra.is_empty());
}

#[test]
fn a_card_out_of_all_bounds_is_skipped_in_a_moment() {
    let one = "item1.TEL:1\nitem1.X-ABLabel:a\n".repeat(3000);
    let tags = format!(
        "FN:A\nCATEGORIES:{}\n",
        (0..9000)
            .map(|n| format!("t{n}"))
            .collect::<Vec<_>>()
            .join(",")
    );
    for inner in [one, tags] {
        let text = format!("BEGIN:VCARD\n{inner}END:VCARD\n");
        let expected = "it has more than 2000 entries".to_owned();
        assert_eq!(
            records(text.as_bytes()),
            [Record::Skipped {
                line: 1,
                reason: expected
            }]
        );
    }
}

fn squash(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Each parameter of a line is on the export's line of the same value or in a label there, or it is named. So are its parts.
fn parameters_are_accounted_for(
    label: &str,
    text: &str,
    line: &Line<'_>,
    export: &str,
    said: &str,
) {
    let name = line.name.to_lowercase();
    let lines = || export.lines().filter_map(|text| Line::parse(text, false));
    let value = line.components().into_iter().find(|part| !part.is_empty());
    let value = squash(value.unwrap_or_default().trim_start_matches("tel:"));
    let same: Vec<_> = lines()
        .filter(|found| {
            squash(found.raw).contains(&value) || squash(&found.text()).contains(&value)
        })
        .map(|found| squash(&format!("{} {}", found.head, found.raw)))
        .collect();
    for param in line.head.split(';').skip(1) {
        let (key, words) = param.split_once('=').unwrap_or(("TYPE", param));
        let key = key.to_lowercase();
        if ["charset", "encoding", "value"].contains(&key.as_str()) {
            continue;
        }
        for word in words.trim_matches('"').split(',') {
            let wanted = match key.as_str() {
                "pref" => key.clone(),
                _ => squash(word),
            };
            let of = match key.as_str() {
                "type" => format!("parameter type={wanted} of {name}"),
                _ => format!("parameter {key} of {name}"),
            };
            let pref = wanted == "pref" && said.contains(&format!("parameter pref of {name}"));
            let in_label =
                lines().any(|l| l.name == "X-ABLABEL" && squash(l.raw).contains(&wanted));
            let back = in_label || same.iter().any(|found| found.contains(&wanted));
            assert!(
                back || pref || said.contains(&of),
                "{label}: {text} ({of})\n{export}\n{said}"
            );
        }
    }
    if matches!(line.name.as_str(), "N" | "ORG" | "ADR" | "NICKNAME") {
        let parts = line.structure();
        let shape = |parts: &[Vec<String>]| -> Vec<Vec<String>> {
            let squashed = |list: &Vec<String>| list.iter().map(|item| squash(item)).collect();
            parts.iter().map(squashed).collect()
        };
        let back = lines()
            .any(|found| found.name == line.name && shape(&found.structure()) == shape(&parts));
        let told = ["division of", "a further part of", "parameter label"];
        // An address that is only a label is a street on the export, and has no parts here.
        let told = parts.is_empty() || told.iter().any(|told| said.contains(told));
        assert!(back || told, "{label}: {text}\n{export}\n{said}");
    }
}

/// Every property of every sample is in the export or in the report.
#[test]
fn nothing_on_a_card_vanishes() {
    for (label, bytes) in ALL {
        for piece in Cards::new(Decoded::new(bytes)) {
            let Piece::Card { line, lines, ended } = piece.unwrap() else {
                continue;
            };
            let Record::Draft(draft) = super::take::card(line, &lines, ended) else {
                continue;
            };
            let export = write(&draft.card, "", Version::V3).replace("\r\n ", "");
            let said = draft.left_out.join("\n").to_lowercase();
            let old = lines.iter().any(|text| text == "VERSION:2.1");
            let found: Vec<String> = export
                .lines()
                .filter_map(|text| Line::parse(text, false))
                .map(|line| {
                    squash(&format!(
                        "{} {} {}",
                        line.raw.replace("\\n", " "),
                        line.text(),
                        line.head
                    ))
                })
                .collect();
            for text in &lines {
                let Some(line) = Line::parse(text, old) else {
                    assert!(said.contains("no property"), "{label}: {text}");
                    continue;
                };
                if line.name == "VERSION"
                    || said.contains(&format!("{} (", line.name.to_lowercase()))
                {
                    continue;
                }
                parameters_are_accounted_for(label, text, &line, &export, &said);
                let components = line.components();
                for part in components
                    .iter()
                    .flat_map(|part| part.split(", "))
                    .map(super::label::unwrapped)
                {
                    let date = words::iso_date(&part).map(|date| squash(&date.to_string()));
                    let part = part.strip_prefix("tel:").unwrap_or(&part);
                    let wanted = date.unwrap_or_else(|| squash(part));
                    let agent = line.name == "AGENT" && said.contains("agent");
                    let told = said.lines().any(|said| squash(said).contains(&wanted));
                    let kept = found.iter().any(|line| line.contains(&wanted));
                    assert!(
                        kept || told || agent,
                        "{label}: {text} ({wanted})\n{export}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_a_line_says_besides_its_value_comes_back_or_is_named() {
    let named = [
        ("N;SORT-AS=\"B,A\":B;A;;;", "parameter SORT-AS of N"),
        ("ORG;SORT-AS=G:Granite", "parameter SORT-AS of ORG"),
        ("ORG:Granite;Sales\\, West", "division of ORG into parts"),
        ("ADR;LABEL=\"x\":;;Road 1;Town;;;", "parameter LABEL of ADR"),
        (
            "ADR;GEO=\"geo:1,2\":;;Road 1;Town;;;",
            "parameter GEO of ADR",
        ),
        (
            "ADR:;;Road 1;Town;;;;Room 7",
            "a further part of an address",
        ),
        ("NOTE;LANGUAGE=en:Hello", "parameter LANGUAGE of NOTE"),
        ("NOTE;ALTID=1:Hello", "parameter ALTID of NOTE"),
        ("TEL;TYPE=VOICE:1", "parameter TYPE=VOICE of TEL"),
        ("TEL;TYPE=iPhone:1", "parameter TYPE=IPHONE of TEL"),
        (
            "TEL;X-EVOLUTION-UI-SLOT=1:1",
            "parameter X-EVOLUTION-UI-SLOT of TEL",
        ),
        (
            "EMAIL;X-COUCHDB-UUID=7:a@b.example",
            "parameter X-COUCHDB-UUID of EMAIL",
        ),
        ("EMAIL;TYPE=pref:a@b.example", "parameter PREF of EMAIL"),
        ("EMAIL;PREF=1:a@b.example", "parameter PREF of EMAIL"),
        (
            "item6.ADR:;;Road 1;Town;;;\nitem6.X-ABADR:de",
            "X-ABADR of an address",
        ),
        (
            "X-SOCIALPROFILE;TYPE=x:http://x.example/a",
            "property name X-SOCIALPROFILE, now a web address",
        ),
        ("BDAY:1984-11-20T10:30:00", "time of BDAY"),
        (
            "item1.TEL;TYPE=WORK:1\nitem1.X-ABLabel:boat",
            "parameter TYPE=WORK of TEL",
        ),
    ];
    for (line, expected) in named {
        let draft = first(format!("BEGIN:VCARD\nFN:Ann\n{line}\nEND:VCARD\n").as_bytes());
        let said: Vec<&str> = draft
            .left_out
            .iter()
            .filter_map(|s| s.split(':').next())
            .collect();
        assert_eq!(said, [expected], "{line}");
    }
    let kept = [
        ("ORG:Granite;Sales;West", "ORG:Granite;Sales;West"),
        ("NICKNAME:One,Two", "NICKNAME:One,Two"),
        (
            "N:Quill;Marta;Jo,Ann;Dr.;PhD,MD",
            "N:Quill;Marta;Jo,Ann;Dr.;PhD,MD",
        ),
        (
            "TEL;VALUE=uri:tel:+1-555-0100;ext=12",
            "TEL:+1-555-0100 ext. 12",
        ),
        (
            "UID:a\nUID:b",
            "X-CHITBOOK-EXTRA;X-SOURCE=\"vcard\";X-NAME=\"UID\":b",
        ),
        ("TEL;TYPE=WORK,FAX:1", "TEL;TYPE=WORK;TYPE=FAX:1"),
        ("BDAY;VALUE=date:1984-11-20", "BDAY:1984-11-20"),
    ];
    for (line, expected) in kept {
        let draft = first(format!("BEGIN:VCARD\nFN:Ann\n{line}\nEND:VCARD\n").as_bytes());
        assert!(draft.left_out.is_empty(), "{line}: {:?}", draft.left_out);
        let text = write(&draft.card, "u", Version::V3);
        assert!(
            text.contains(&format!("\r\n{expected}\r\n")),
            "{line}\n{text}"
        );
        assert_eq!(text.matches("\r\nUID:").count(), 1, "{text}");
        assert_eq!(
            first(text.as_bytes()).card.extra,
            draft.card.extra,
            "{line}"
        );
    }
}

#[test]
fn no_value_can_add_a_property_or_end_the_card() {
    let evil = "Eve\r\nTEL:666\nEND:VCARD\r\nBEGIN:VCARD;,\\";
    let mut card = Card::named(evil);
    card.note = evil.to_owned();
    card.title = evil.to_owned();
    card.tags = vec![evil.to_owned()];
    card.uid = Some(evil.to_owned());
    card.extra = vec![
        Extra {
            source: "vcard".into(),
            name: "X-A\r\nTEL".into(),
            value: "666".into(),
        },
        Extra {
            source: "vcard".into(),
            name: "X-A".into(),
            value: evil.into(),
        },
        Extra {
            source: "evil\"\r\nTEL:1".into(),
            name: "END".into(),
            value: "VCARD".into(),
        },
        Extra {
            source: "vcard".into(),
            name: "END".into(),
            value: "VCARD".into(),
        },
    ];
    for version in [Version::V3, Version::V4] {
        let text = write(&card, "id", version);
        let begins = text
            .split("\r\n")
            .filter(|line| line.starts_with("BEGIN:") || line.starts_with("TEL"));
        assert_eq!(begins.count(), 1, "{text}");
        assert_eq!(drafts(text.as_bytes()).len(), 1);
    }
}

#[test]
fn kept_properties_come_back_out_as_they_were() {
    for version in [Version::V3, Version::V4] {
        let text = write(&first(APPLE).card, "", version);
        assert!(
            text.contains("\r\nX-CUSTOM;A=\"b:c\":raw\\, value; with parts\r\n"),
            "{text}"
        );
        let text = write(&first(V4).card, "", version);
        assert!(
            text.contains("\r\nFN;LANGUAGE=sv:Iris Lund Svensk\r\n"),
            "{text}"
        );
        assert!(
            text.contains("\r\nTITLE:Buyer\r\n") && text.contains("\r\nTITLE:Board member\r\n"),
            "{text}"
        );
        assert!(!text.contains("CHARSET"), "{text}");
    }
}

/// Another parser, by other people, finds the same values in what is written.
#[test]
fn a_foreign_parser_reads_the_same_values() {
    use calcard::vcard::{VCardProperty, VCardValue};
    let mut card = first(APPLE).card;
    card.name =
        "Eve; the, \\ odd\u{e9} one with a name so long that the line must be folded somewhere"
            .to_owned();
    for version in [Version::V3, Version::V4] {
        let text = write(&card, "", version);
        let calcard::Entry::VCard(foreign) = calcard::Parser::new(&text).entry() else {
            panic!("no card in {text}");
        };
        let texts = |name: &VCardProperty| -> Vec<String> {
            let entries = foreign.entries.iter().filter(|entry| entry.name == *name);
            let values = entries.flat_map(|entry| entry.values.iter());
            values
                .filter_map(|value| match value {
                    VCardValue::Text(text) => Some(text.clone()),
                    VCardValue::Component(parts) => Some(parts.join(",")),
                    _ => None,
                })
                .collect()
        };
        assert_eq!(texts(&VCardProperty::Fn), std::slice::from_ref(&card.name));
        assert_eq!(
            texts(&VCardProperty::Note),
            std::slice::from_ref(&card.note)
        );
        let numbers: Vec<String> = card.phones.iter().map(|p| p.number.clone()).collect();
        assert_eq!(texts(&VCardProperty::Tel), numbers);
        assert_eq!(
            texts(&VCardProperty::Org),
            [card.account.as_str(), "Sales", "North"]
        );
        assert_eq!(
            texts(&VCardProperty::Categories),
            ["Buyers", "Sailing", "myContacts"]
        );
    }
}

/// A name with a comma is one name, also where the parts that a version demands are made of it.
#[test]
fn a_whole_name_with_a_comma_is_not_taken_for_two() {
    let card = Card {
        name: "\u{e9}, \\".to_owned(),
        ..Card::default()
    };
    let found = drafts(write(&card, "u", Version::V3).as_bytes());
    assert_eq!(found[0].card.name, card.name);
    assert_eq!(found[0].left_out, Vec::<String>::new());
}

/// What address books group by themselves is no tag, whatever invisible letters stand in its name.
#[test]
fn a_group_of_the_address_book_is_no_tag_however_it_is_written() {
    for name in [
        "myContacts",
        "my\0\u{e}Contacts",
        " My\tContacts",
        "\u{200b}starred",
    ] {
        let text = format!("BEGIN:VCARD\nFN:A\nCATEGORIES:Buyers,{name},\u{200b}\nEND:VCARD\n");
        let card = first(text.as_bytes()).card;
        assert_eq!(card.tags, ["Buyers"], "{name:?}");
        let again = first(write(&card, "u", Version::V4).as_bytes()).card;
        assert_eq!(
            (again.tags, again.extra),
            (card.tags, card.extra),
            "{name:?}"
        );
    }
}

#[test]
fn a_label_that_odd_types_make_comes_back_as_it_was() {
    for types in [
        "boat\tshed",
        "a\u{200b}b",
        "_$!<Home>!$_",
        "_$!<,x>!$_",
        "\u{e}",
    ] {
        let text = format!("BEGIN:VCARD\nFN:A\nADR;TYPE={types}:;;1 Pier Road;;;;\nEND:VCARD\n");
        let card = first(text.as_bytes()).card;
        for version in [Version::V3, Version::V4] {
            let again = first(write(&card, "u", version).as_bytes()).card;
            assert_eq!(again.addresses, card.addresses, "{types:?}");
        }
    }
}

fn any_version() -> impl Strategy<Value = Version> {
    prop_oneof![Just(Version::V3), Just(Version::V4)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_reads_back_equal(card in samples::card(), version in any_version()) {
        let text = write(&card, "minted", version);
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])));
        let mut expected = card;
        expected.uid.get_or_insert_with(|| "minted".to_owned());
        let found = records(text.as_bytes());
        prop_assert_eq!(found.len(), 1, "{}", text);
        let Some(Record::Draft(draft)) = found.into_iter().next() else { panic!("skipped: {text}") };
        prop_assert_eq!(draft.card, expected, "{}", text);
        prop_assert!(draft.left_out.is_empty(), "{:?}\n{}", draft.left_out, text);
    }

    #[test]
    fn any_bytes_are_read_to_their_end(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let framed = [b"BEGIN:VCARD\n", bytes.as_slice(), b"\nEND:VCARD\n"].concat();
        records(&bytes);
        records(&framed);
    }

    #[test]
    fn damaged_samples_are_read_to_their_end(which in 0..ALL.len(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>()) {
        let mut bytes = ALL[which].1.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        for draft in drafts(&bytes) {
            let again = drafts(write(&draft.card, "u", Version::V4).as_bytes());
            prop_assert_eq!(again.len(), 1);
        }
    }
}
