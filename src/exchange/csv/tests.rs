//! The tables of others, our own there and back, and tables nobody should have written.

use super::take::Take;
use super::{Dialect, Layout, Map, Maps, Problem, Table};
use crate::domain::contact::{Card, Email, Phone};
use crate::domain::link::LinkKind;
use crate::exchange::decode::Decoded;
use crate::exchange::draft::{Draft, Record};
use crate::exchange::samples;
use proptest::prelude::*;
use std::io::Read;

const GOOGLE: &[u8] = include_bytes!("../../../tests/fixtures/exchange/google.csv");
const GOOGLE_OLD: &[u8] = include_bytes!("../../../tests/fixtures/exchange/google_old.csv");
const OUTLOOK: &[u8] = include_bytes!("../../../tests/fixtures/exchange/outlook.csv");
const SEMICOLON: &[u8] = include_bytes!("../../../tests/fixtures/exchange/outlook_semicolon.csv");
const TAB: &[u8] = include_bytes!("../../../tests/fixtures/exchange/outlook_tab.csv");
const LINKEDIN: &[u8] = include_bytes!("../../../tests/fixtures/exchange/linkedin.csv");
const LINKEDIN_OLD: &[u8] = include_bytes!("../../../tests/fixtures/exchange/linkedin_old.csv");
const UNKNOWN: &[u8] = include_bytes!("../../../tests/fixtures/exchange/unknown.csv");
const HOSTILE: &[u8] = include_bytes!("../../../tests/fixtures/exchange/hostile.csv");
const ALL: [&[u8]; 8] = [
    GOOGLE,
    GOOGLE_OLD,
    OUTLOOK,
    SEMICOLON,
    TAB,
    LINKEDIN,
    LINKEDIN_OLD,
    HOSTILE,
];

fn read<R: Read>(source: R) -> Result<Table<R>, Problem> {
    super::read(source, &Maps::none())
}

fn records(bytes: &[u8]) -> Vec<Record> {
    read(bytes).unwrap().map(Result::unwrap).collect()
}

fn drafts(bytes: &[u8]) -> Vec<Draft> {
    let draft = |record| match record {
        Record::Draft(draft) => Some(*draft),
        _ => None,
    };
    records(bytes).into_iter().filter_map(draft).collect()
}

fn numbers(card: &Card) -> Vec<String> {
    card.phones
        .iter()
        .map(|p: &Phone| format!("{}={}", p.label, p.number))
        .collect()
}

fn mails(card: &Card) -> Vec<String> {
    card.emails
        .iter()
        .map(|e: &Email| format!("{}={}", e.label, e.address))
        .collect()
}

fn kin(card: &Card) -> Vec<(LinkKind, &str, &str)> {
    card.relations
        .iter()
        .map(|r| (r.kind, r.label.as_str(), r.name.as_str()))
        .collect()
}

fn dates(card: &Card) -> Vec<String> {
    card.dates
        .iter()
        .map(|d| format!("{} {}", d.label, d.on))
        .collect()
}

fn extras(card: &Card) -> Vec<String> {
    card.extra
        .iter()
        .map(|e| format!("{} {}={}", e.source, e.name, e.value))
        .collect()
}

#[test]
fn each_table_is_known_and_gives_its_rows_with_their_lines() {
    let cases: [(&[u8], Dialect, &[&str]); 8] = [
        (
            GOOGLE,
            Dialect::Google,
            &["2 Dr. Marta Jo Quill PhD", "6 Barnabas Oak"],
        ),
        (GOOGLE_OLD, Dialect::Google, &["2 Ewa Los"]),
        (
            OUTLOOK,
            Dialect::Outlook,
            &["2 Dr. J\u{fc}rgen Sch\u{e4}fer Jr.", "4 Second Person"],
        ),
        (
            SEMICOLON,
            Dialect::Outlook,
            &[
                "2 Ms. Pia Help;er",
                "3 Short Row",
                "4 Long Row",
                "5 skipped: the row is empty",
            ],
        ),
        (TAB, Dialect::Outlook, &["2 Tab Bed"]),
        (
            LINKEDIN,
            Dialect::LinkedIn,
            &[
                "5 Iris Lund, PhD",
                "6 Nils Lund",
                "7 skipped: the row is empty",
                "8 skipped: there is no name, e-mail address or telephone number",
            ],
        ),
        (LINKEDIN_OLD, Dialect::LinkedIn, &["2 Old Form"]),
        (
            HOSTILE,
            Dialect::Outlook,
            &[
                "2 =cmd|calc [31mEve",
                "3 Ren\u{e9} Latin",
                "5 skipped: a quote that opens here is never closed, so that everything after it is one cell",
            ],
        ),
    ];
    for (bytes, dialect, expected) in cases {
        assert_eq!(*read(bytes).unwrap().dialect(), dialect);
        let found: Vec<String> = records(bytes)
            .iter()
            .map(|record| match record {
                Record::Draft(draft) => format!("{} {}", draft.line, draft.card.name),
                Record::Skipped { line, reason } => format!("{line} skipped: {reason}"),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn google_columns_go_to_their_places() {
    let card = &drafts(GOOGLE)[0].card;
    assert_eq!(
        (
            card.account.as_str(),
            card.title.as_str(),
            card.department.as_str()
        ),
        ("Harbour Tools", "Head of Purchasing", "Sales")
    );
    assert_eq!(
        mails(card),
        [
            "work=marta@harbour.example",
            "work=m.quill@harbour.example",
            "home=marta@home.example"
        ]
    );
    assert_eq!(
        numbers(card),
        ["mobile=+1 415 555 0101", "mobile=+1 415 555 0109"]
    );
    assert_eq!(card.addresses[0].street, "1 Pier Road\nShed 4");
    assert_eq!(dates(card), ["anniversary 2011-06-04", "birthday --11-20"]);
    assert_eq!(kin(card), [(LinkKind::IntroducedBy, "", "Olga Pine")]);
    assert_eq!(card.tags, ["Buyers"]);
    assert_eq!(card.note, "Two\nlines");
    assert_eq!(
        extras(card),
        [
            "google Phonetic Last Name=Kwil",
            "google Photo=https://photo.example/1",
            "google Labels=* myContacts ::: * starred",
            "google Relation: landlord=Lord Grim",
            "google Boat=Ketch",
        ]
    );
    let old = &drafts(GOOGLE_OLD)[0].card;
    assert_eq!(numbers(old), ["work fax=+48 22 555 0100"]);
    assert_eq!(kin(old), [(LinkKind::Manager, "", "Sam Reed")]);
    assert_eq!(
        extras(old),
        [
            "google Birthday=1980-02-30",
            "google Group Membership=* My Contacts",
            "google Boat=none"
        ]
    );
}

#[test]
fn outlook_columns_go_to_their_places() {
    let found = drafts(OUTLOOK);
    let card = &found[0].card;
    assert_eq!(
        (card.parts.prefix.as_str(), card.title.as_str()),
        ("Dr.", "Planner")
    );
    assert_eq!(card.addresses[0].street, "Mill Lane 1\nYard\nGate 2");
    assert_eq!(
        (
            card.addresses[0].label.as_str(),
            card.addresses[0].po_box.as_str()
        ),
        ("work", "PO 7")
    );
    assert_eq!(
        numbers(card),
        [
            "work=555 0192",
            "mobile=0171 555 0100",
            "assistant=555 0190",
            "work fax=555 0191"
        ]
    );
    assert_eq!(
        kin(card),
        [
            (LinkKind::Assistant, "", "Ole Fink"),
            (LinkKind::Family, "child", "Mini"),
            (LinkKind::Manager, "", "Greta Stone"),
            (LinkKind::IntroducedBy, "", "Olga Pine"),
            (LinkKind::Spouse, "", "Frida"),
        ]
    );
    assert_eq!(card.tags, ["Buyers", "Mill"]);
    assert_eq!(card.note, "Line one\nline \"two\"");
    assert_eq!(
        extras(card),
        [
            "outlook E-mail Display Name=J\u{fc}rgen (js@mill.example)",
            "outlook User 1=custom"
        ]
    );
    assert_eq!(dates(card), ["birthday 1969-04-12"]);
    assert_eq!(
        found[0].doubts,
        ["Birthday 4/12/1969 taken as month/day/year"]
    );
    assert_eq!(
        dates(&found[1].card),
        ["anniversary 2001-03-04", "birthday 1980-12-25"]
    );
    assert_eq!(
        found[1].doubts,
        ["Anniversary 3/4/2001 taken as month/day/year"]
    );
}

#[test]
fn doubled_columns_short_rows_and_long_rows_keep_everything() {
    let found = drafts(SEMICOLON);
    assert_eq!(
        mails(&found[0].card),
        ["=pia@oak.example", "=pia@home.example"]
    );
    assert_eq!(dates(&found[0].card), ["birthday 1969-04-12"]);
    assert!(found[0].doubts.is_empty());
    assert_eq!(extras(&found[2].card), ["outlook Column 11=surplus"]);
    let eve = &drafts(HOSTILE)[0].card;
    assert_eq!(eve.account, "NulCorp");
    assert_eq!(extras(eve), ["outlook First Name=Again"]);
}

#[test]
fn connections_are_ghosts_with_the_day_they_began() {
    let found = drafts(LINKEDIN);
    let card = &found[0].card;
    assert!(card.ghost);
    assert_eq!(
        (card.parts.family.as_str(), card.title.as_str()),
        ("Lund, PhD", "Buyer, \"Nordics\"")
    );
    assert_eq!(card.met_on.unwrap().to_string(), "2024-03-12");
    assert_eq!(card.webs[0].label, "linkedin");
    assert_eq!(found[1].card.met_on.unwrap().to_string(), "2022-02-07");
    let old = &drafts(LINKEDIN_OLD)[0];
    assert_eq!(old.card.met_on.unwrap().to_string(), "2017-03-12");
    assert_eq!(old.doubts.len(), 1);
}

#[test]
fn a_row_out_of_all_bounds_is_skipped_in_a_moment() {
    let many = |what: &str| vec![what; 200_000].join(" ::: ");
    let header = "First Name,Labels,Address 1 - Street,Phone 1 - Value";
    let text = format!(
        "{header}\nA,,{},\nB,,,{}\nC,,,{}\nD,,,1\n",
        many("s"),
        many("1"),
        ",".repeat(3000)
    );
    let found: Vec<String> = records(text.as_bytes())
        .iter()
        .map(|record| match record {
            Record::Draft(draft) => draft.card.name.clone(),
            Record::Skipped { line, reason } => format!("{line} {reason}"),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [2, 3, 4].map(|line| format!("{line} it has more than 2000 entries"));
    assert_eq!(found[..3], expected);
    assert_eq!(found[3], "D");
}

fn squash(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Every cell of every table that says something is in our own table afterwards.
#[test]
fn nothing_in_a_table_vanishes() {
    // What Outlook writes by itself, and a date that is none.
    let silent = ["SMTP", "Normal", "False", "0/0/00"];
    for bytes in ALL {
        let found: Vec<Card> = drafts(bytes).into_iter().map(|draft| draft.card).collect();
        let export = squash(&table(&found, true));
        let mut whole = Decoded::new(bytes);
        let mut text = String::new();
        whole.read_to_string(&mut text).unwrap();
        let delimiter = super::DELIMITERS
            .into_iter()
            .find(|delimiter| super::recognise(text.as_bytes(), *delimiter).is_some());
        let rows = super::table::Rows::new(text.as_bytes(), delimiter.unwrap());
        let lines: Vec<u64> = drafts(bytes).iter().map(|draft| draft.line).collect();
        for row in rows {
            let super::table::Row::Cells { line, cells } = row.unwrap() else {
                continue;
            };
            if !lines.contains(&line) {
                continue;
            }
            for cell in cells.iter().filter(|cell| !silent.contains(&cell.as_str())) {
                for part in cell.split(" ::: ").flat_map(|part| part.split([';', '\n'])) {
                    let date = Take::default()
                        .local_date("", part)
                        .map(|date| date.to_string());
                    let month =
                        ["Mar", "Feb"].iter().any(|month| part.contains(month)) && found[0].ghost;
                    let wanted = squash(&date.unwrap_or_else(|| part.to_owned()));
                    let clean = squash(&crate::domain::text::clean_line(part));
                    assert!(
                        month || export.contains(&wanted) || export.contains(&clean),
                        "{part:?} in {cell:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn unknown_columns_are_named_in_one_clean_sentence() {
    let Err(problem) = read(UNKNOWN) else {
        panic!("understood")
    };
    let sentence = problem.to_string();
    assert!(
        sentence.contains("\"Apples\", \"Pears\", \"Plums\""),
        "{sentence}"
    );
    assert!(!sentence.contains('\u{1b}'));
    assert!(matches!(read(&b"\n\n"[..]), Err(Problem::Empty)));
}

fn table(cards: &[Card], raw: bool) -> String {
    let mut layout = Layout::new().raw(raw);
    for card in cards {
        layout.widen(card);
    }
    let rows: String = cards.iter().map(|card| layout.row(card)).collect();
    layout.header() + &rows
}

#[test]
fn cells_a_spreadsheet_would_run_are_guarded_unless_raw() {
    let mut card = Card::named("=HYPERLINK(\"http://evil.example\")");
    card.note = "\t=1".to_owned();
    card.phones = vec![Phone {
        label: String::new(),
        number: "+1 415 555 0100".to_owned(),
    }];
    let safe = table(std::slice::from_ref(&card), false);
    for row in super::table::Rows::new(safe.as_bytes(), b',') {
        let super::table::Row::Cells { cells, .. } = row.unwrap() else {
            panic!("bad row")
        };
        assert!(
            !cells
                .iter()
                .any(|cell| cell.starts_with(['=', '+', '-', '@', '\t'])),
            "{cells:?}"
        );
    }
    assert!(table(std::slice::from_ref(&card), true).contains(",+1 415 555 0100,"));
}

#[test]
fn the_table_has_the_columns_other_programs_know() {
    let header = table(&[Card::named("A")], false);
    assert!(
        header.starts_with("First Name,Middle Name,Last Name,Phonetic First Name,"),
        "{header}"
    );
    let mut layout = Layout::new();
    layout.widen(&drafts(GOOGLE)[0].card);
    let columns = layout.header();
    let google = String::from_utf8_lossy(GOOGLE);
    for column in google.lines().next().unwrap().split(',') {
        let column = column.replace("Relation 2", "Relation 1");
        assert!(columns.contains(&column), "{column}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_reads_back_equal(cards in prop::collection::vec(samples::card(), 1..4), raw in any::<bool>()) {
        let text = table(&cards, raw);
        let found: Vec<Card> = drafts(text.as_bytes()).into_iter().map(|draft| draft.card).collect();
        if !raw {
            prop_assert_eq!(found, cards, "{}", text);
        }
    }

    #[test]
    fn any_bytes_are_read_to_their_end(bytes in prop::collection::vec(any::<u8>(), 0..600), which in 0..ALL.len()) {
        if let Ok(table) = read(bytes.as_slice()) {
            table.for_each(drop);
        }
        let header = ALL[which].split(|b| *b == b'\n').next().unwrap_or_default();
        let framed = [header, b"\n".as_slice(), bytes.as_slice()].concat();
        if let Ok(table) = read(framed.as_slice()) {
            table.for_each(drop);
        }
    }

    #[test]
    fn damaged_tables_are_read_to_their_end(which in 0..ALL.len(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = ALL[which].to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(table) = read(bytes.as_slice()) {
            for record in table {
                prop_assert!(record.unwrap().line() >= 1);
            }
        }
    }
}

#[test]
fn an_unknown_table_is_told_by_its_first_row_not_by_its_widest() {
    let text = "\nwho,where\nAnn,Pier,a,b,c\n";
    let Err(problem) = read(text.as_bytes()) else {
        panic!("understood");
    };
    let said = problem.to_string();
    assert!(said.contains("\"who\", \"where\";"), "{said}");
}

#[test]
fn what_was_said_of_columns_stands_above_what_they_look_like() {
    let table = "Given Name,Family Name,Phone 1 - Value\nAda,Lovelace,0171 5550100\n";
    let map = Map::parse(&["Given Name=nickname,Family Name=name".to_owned()]).unwrap();
    let remembered = move |_: u64| Some(map.clone());
    let maps = Maps {
        remembered: &remembered,
        ..Maps::none()
    };
    let records: Vec<Record> = super::read(table.as_bytes(), &maps)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let Record::Draft(draft) = &records[0] else {
        panic!("{records:?}")
    };
    assert_eq!(
        (draft.card.name.as_str(), draft.card.nick.as_str()),
        ("Lovelace", "Ada")
    );
}

#[test]
fn the_names_of_columns_once_more_are_nobody_also_where_two_are_alike() {
    let table =
        "Name,Telefon,Telefon,\nAda,0171 5550100,,x\nName,Telefon,Telefon,\nBob,0171 5550101,,y\n";
    let map = Map::parse(&["Name=name,Telefon=phone".to_owned()]).unwrap();
    let maps = Maps {
        said: Some(map),
        ..Maps::none()
    };
    let records = super::read(table.as_bytes(), &maps).unwrap();
    let people = records
        .map(Result::unwrap)
        .filter_map(|record| match record {
            Record::Draft(draft) => Some(draft.card.name),
            _ => None,
        });
    assert_eq!(people.collect::<Vec<_>>(), ["Ada", "Bob"]);
}
