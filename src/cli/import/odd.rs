//! Files that programs really write and that are odd all the same: what becomes of every record of theirs.

use super::super::args::ImportAs;
use super::laws::{book, now};
use super::source::Source;
use super::tally::{Ended, Tally, document};
use super::{Run, words};
use crate::store::Store;

/// Imports these files one after the other into one book, in one import.
fn imported(book: &mut Store, ghosts: bool, files: &[(ImportAs, &str)]) -> Vec<Tally> {
    imported_at_home(book, "USD", ghosts, files)
}

/// The same where amounts that name no currency are in `home`.
fn imported_at_home(
    book: &mut Store,
    home: &str,
    ghosts: bool,
    files: &[(ImportAs, &str)],
) -> Vec<Tally> {
    let mut run = Run::for_tests(book, now());
    home.clone_into(&mut run.told.currency);
    run.told.ghosts = ghosts;
    for (format, text) in files {
        let (word, nouns) = words(*format);
        run.files.push(Tally::new("sample", word, nouns));
        run.file(Source::of("sample", text.as_bytes()), *format)
            .and_then(|()| run.settle())
            .unwrap();
    }
    let files = std::mem::take(&mut run.files);
    run.bulk.finish().unwrap();
    files
}

/// New, same, merged, conflicting and skipped records.
fn counts(file: &Tally) -> [u64; 5] {
    [
        Ended::New,
        Ended::Same,
        Ended::Merged,
        Ended::Conflicting,
        Ended::Skipped,
    ]
    .map(|ended| file.count(ended))
}

/// A card, a mail and a meeting of somebody.
fn card(email: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Late\r\nEMAIL:{email}\r\nEND:VCARD\r\n")
}

fn mail(from: &str, id: u32) -> String {
    format!(
        "From a@x Mon Nov 02 09:15:00 2026\nDate: 2 Nov 2026 10:00:00 +0000\nFrom: {from}\nTo: rep@own.example\nMessage-ID: <{id}@x>\nSubject: s\n\nx\n\n"
    )
}

fn meeting(name: &str, email: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{email}\r\nDTSTART:20261102T100000Z\r\nATTENDEE;CN=\"{name}\":mailto:{email}\r\nEND:VEVENT\r\n"
    )
}

#[test]
fn whom_a_later_file_brings_in_is_known_to_the_files_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(folder.path());
    let (first, second) = (mail("ada@late.example", 1), mail("ada@late.example", 2));
    let cards = card("ada@late.example");
    let event = meeting("Ada", "ada@late.example");
    let note = "2026-11-03 call Late: tariffs\n";
    let files = imported(
        &mut book,
        false,
        &[
            (ImportAs::Mbox, &first),
            (ImportAs::Notes, note),
            (ImportAs::Vcard, &cards),
            (ImportAs::Mbox, &second),
            (ImportAs::Ics, &event),
            (ImportAs::Notes, note),
        ],
    );
    let all: Vec<[u64; 5]> = files.iter().map(counts).collect();
    let (new, skipped) = ([1, 0, 0, 0, 0], [0, 0, 0, 0, 1]);
    assert_eq!(all, [skipped, skipped, new, new, new, new]);
}

/// A series and the word that all of it is off, in one file: whichever order and revisions they have, it says the same a second time.
#[test]
fn a_series_that_its_own_file_calls_off_comes_to_the_same_each_time() {
    let event = |revision: u32, rest: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:g2\r\nDTSTART:20261102T100000Z\r\nSEQUENCE:{revision}\r\nATTENDEE:mailto:ada@late.example\r\n{rest}\r\nEND:VEVENT\r\n"
        )
    };
    // Both revisions, which one comes first, and the times that are open afterwards, of the three that the series has.
    let cases = [
        (0, 0, true, 0),
        (0, 0, false, 0),
        (0, 1, true, 0),
        (0, 1, false, 0),
        (1, 0, true, 3),
        (1, 0, false, 3),
    ];
    for (series, word, first, expected) in cases {
        let folder = tempfile::tempdir().unwrap();
        let mut book = book(folder.path());
        let (series, word) = (
            event(series, "RRULE:FREQ=WEEKLY;COUNT=3"),
            event(word, "STATUS:CANCELLED"),
        );
        let text = if first {
            series + &word
        } else {
            word + &series
        };
        let cards = card("ada@late.example");
        imported(
            &mut book,
            false,
            &[(ImportAs::Vcard, &cards), (ImportAs::Ics, &text)],
        );
        let open = |book: &Store| {
            let end = now() + chrono::Duration::days(60);
            book.suggestion_count(&end).unwrap()
        };
        assert_eq!(open(&book), expected, "{text}");
        let again = &imported(&mut book, false, &[(ImportAs::Ics, &text)])[0];
        assert_eq!(
            (counts(again)[0], again.updated, open(&book)),
            (0, 0, expected),
            "{text}"
        );
    }
}

#[test]
fn a_tier_comes_from_another_book_where_somebody_set_it_there_and_nobody_here() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(folder.path());
    let tiers = |rows: &str| format!("{{\"chitbook\":1,\"tables\":{{\"tier\":[{rows}]}}}}");
    let row = |days: u16, changed: u8| {
        format!(
            "{{\"id\":\"3000000000000\",\"name\":\"C\",\"days\":{days},\"changed_at\":{changed}}}"
        )
    };
    let unset = tiers(&[row(1, 0), row(180, 0)].join(","));
    let set = tiers(&row(90, 5));
    let (new, same, both) = ([1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 1, 0, 1, 0]);
    for (text, expected) in [(&unset, both), (&unset, both), (&set, new), (&set, same)] {
        let files = imported(&mut book, false, &[(ImportAs::Json, text)]);
        assert_eq!(counts(&files[0]), expected, "{text}");
    }
}

#[test]
fn whom_a_mailbox_brings_in_as_a_ghost_is_known_to_the_notes_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(folder.path());
    let mails = mail("Ada Late <ada@late.example>", 1);
    let note = "2026-11-03 call Ada Late: tariffs\n";
    let files = imported(
        &mut book,
        true,
        &[
            (ImportAs::Notes, "2026-11-03 call Nils Lund: tariffs\n"),
            (ImportAs::Mbox, &mails),
            (ImportAs::Notes, note),
        ],
    );
    assert_eq!(counts(&files[1])[0], 1);
    let everybody = book.roster_as_of(0).unwrap();
    let found = everybody.iter().filter(|person| person.name == "Ada Late");
    assert_eq!(found.count(), 1, "no second one out of the note");
}

#[test]
fn a_name_out_of_all_bounds_costs_its_own_record_only() {
    let long = "x".repeat(10_001);
    let table = |cells: &str| {
        format!("who,at,kind\n{cells},2026-11-02 10:15,call\nAda Short,2026-11-02 10:15,call\n")
    };
    let firms = format!("Record ID,Company name,Website URL\n1,{long},a\n2,Slate,b\n");
    let deals = format!(
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Contact\n1,{long},closedwon,1,2026-11-02,Nils Lund\n2,Plant,closedwon,1,2026-11-02,Nils Lund\n"
    );
    let cases = [
        (
            "a mail",
            ImportAs::Mbox,
            [
                mail(&format!("{long} <a@x.example>"), 1),
                mail("b@x.example", 2),
            ]
            .concat(),
        ),
        (
            "a meeting",
            ImportAs::Ics,
            [meeting(&long, "a@x.example"), meeting("B", "b@x.example")].concat(),
        ),
        ("a log", ImportAs::Touches, table(&long)),
        ("accounts", ImportAs::Csv, firms),
        ("deals", ImportAs::Csv, deals),
    ];
    for (label, format, text) in cases {
        let folder = tempfile::tempdir().unwrap();
        let mut book = book(folder.path());
        let files = imported(&mut book, true, &[(format, &text)]);
        assert_eq!(counts(&files[0]), [1, 0, 0, 0, 1], "{label}");
        assert_eq!(files[0].reasons(), 1, "{label}");
        let said = document(&files, false).to_string();
        assert!(said.contains("too long"), "{label}: {said}");
    }
}

/// Files as programs and their people leave them, with what becomes of their records. The records were counted by hand.
#[test]
fn every_record_of_an_odd_file_is_counted() {
    let cards = "\u{feff}BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen Sch=C3=\r\n=A4fer\r\nTEL;CELL;PREF:+49 171 1\r\nEND:VCARD\r\n\
        \u{feff}begin:vcard \r\nversion:3.0\r\nfn:lower\\, case\r\nend:vcard\r\nsome text between\r\nand more\r\n\
        BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Friends\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:3.0\r\nFN:No End\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nFN:\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Boss\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Secretary\r\nEND:VCARD\r\nEND:VCARD\r\n\
        BEGIN:VCARD\nVERSION:3.0\nFN:Nils Lund\nEMAIL:nils@lund.example\nTITLE:Buyer\nEND:VCARD\rBEGIN:VCARD\rFN:Mac\r END:VCARD\rEND:VCARD\rBEGIN:VCARD\r\nFN:Cut o";
    let linkedin = "Notes:\r\n\"When exporting your data, you may \"\"notice\"\" gaps.\"\r\n\r\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n\
        Kim,\"Ota, MBA\",https://x.example/kim,,Acme,\"VP \"\"Sales\"\", EMEA\",12 Mar 2024\r\n,,,,,,\r\nKim,\"Ota, MBA\",https://x.example/kim,,Acme,\"VP \"\"Sales\"\", EMEA\",12 Mar 2024\r\n,,,,,,30 Feb 2022\r\n";
    let glued = "Record ID,First Name,Last Name,Email\n1,Ann,Bee,ann@b.example\n2,\"Multi\nLine\",X,\n\u{feff}Record ID,First Name,Last Name,Email\n1,Ann,Bee,ann@b.example\n3,,,\n4,Zed\n5,Too,Many,z@z.example,1,2,3\n";
    let report = "\"First Name\",\"Last Name\",\"Mailing Street\",\"Email\",\"Account Name\"\r\n\"Eva\",\"Stone\",\"1 Road\r\nSuite 2\",\"eva@stone.example\",\"Stone Ltd\"\r\n\r\n\r\n\"Contacts with Accounts\"\r\n\"Copyright (c) 2000-2026 salesforce.com, inc.\"\r\n\"Generated By:  Rep\"\r\n";
    let open = "First Name,Last Name,E-mail Address,Job Title\nA,B,a@b.example,x\nC,\"D,c@d.example,y\nE,F,e@f.example,z\n";
    let log = "sep=;\r\nWho;Date;Time;Type;Duration;Notes\r\nNils Lund;02.11.2026;10:15;Call;3:20;\"two\r\nlines; and \"\"quotes\"\"\"\r\nIris Marsh;2/11/26;9:30 PM;Meeting;;x\r\n;;;;;\r\nNils Lund;;;;;\r\nUnknown;2026-11-04;;Call;;y\r\nNils Lund;2030-11-04;;Email;;y\r\nWho;Date;Time;Type;Duration;Notes\r\n";
    let abook = "# abook addressbook file\r\n\r\n[format]\r\nprogram=abook\r\n\r\n[0]\r\nname=Al Bo\r\nemail=al@bo.example\r\n[1]\r\nname=\r\n[2]\r\nemail=noname@bo.example\r\n[2]\r\nname=Al Bo\r\nemail=al@bo.example\r\n[x]\r\nname=Not A Person\r\n[3\r\nname=Bracket\r\n";
    let mails = [
        mail("Nils Lund <nils@lund.example>", 1).as_str(),
        "From - Mon Nov 02 09:15:00 2026\r\nX-Mozilla-Status: 0009\r\nFrom: iris@marsh.example\r\nTo: rep@own.example\r\n\r\ndeleted\r\n\r\n",
        "From a@x.example Mon Nov 02 09:15:00 2026\nFrom: nils@lund.example\nTo: rep@own.example\nSubject: cut off\n",
        "From a@x.example Mon Nov 02 09:15:00 2026\nFrom: nils@lund.example\nTo: rep@own.example\nSubject: no empty line\n\n>From here\nFrom there: on\n",
        mail("Nils Lund <nils@lund.example>", 1).as_str(),
        "From MAILER-DAEMON Mon Nov 02 09:15:00 2026\nFrom: \nTo: rep@own.example\n\nx\n",
    ]
    .concat();
    let cases = [
        ("cards", ImportAs::Vcard, cards, [6, 0, 1, 0, 3]),
        ("connections", ImportAs::Csv, linkedin, [1, 1, 0, 0, 2]),
        ("two tables in one", ImportAs::Csv, glued, [4, 1, 0, 0, 2]),
        ("a report", ImportAs::Csv, report, [1, 0, 0, 0, 3]),
        (
            "a quote that is left open",
            ImportAs::Csv,
            open,
            [1, 0, 0, 0, 1],
        ),
        (
            "a log with a spreadsheet's hint",
            ImportAs::Touches,
            log,
            [2, 0, 0, 0, 5],
        ),
        ("addresses", ImportAs::Abook, abook, [3, 1, 0, 0, 2]),
        ("mails", ImportAs::Mbox, mails.as_str(), [3, 1, 0, 0, 2]),
    ];
    for (label, format, text, expected) in cases {
        let folder = tempfile::tempdir().unwrap();
        let mut book = book(folder.path());
        let files = imported(&mut book, false, &[(format, text)]);
        assert_eq!(
            counts(&files[0]),
            expected,
            "{label}: {}",
            document(&files, false)
        );
        assert_eq!(
            files[0].count(Ended::Skipped),
            files[0].reasons(),
            "{label}"
        );
    }
}

#[test]
fn what_was_sold_is_kept_in_its_currency() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(folder.path());
    let deals = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Associated Contact\n\
        1,A,closedwon,\"1,234.50\",EUR,2026-02-03,Nils Lund\n2,B,closedwon,-0.50,,2026-02-03,Nils Lund\n\
        3,C,closedwon,5000,JPY,2026-02-03,Nils Lund\n4,D,closedwon,12.345,BHD,2026-02-03,Nils Lund (nils@lund.example)\n\
        5,E,closedlost,5,,2026-02-03,Nils Lund\n6,F,closedwon,,,2026-02-03,Nils Lund\n1,A,closedwon,\"1,234.50\",EUR,2026-02-03,Nils Lund\n";
    let files = imported_at_home(&mut book, "SEK", false, &[(ImportAs::Csv, deals)]);
    assert_eq!(counts(&files[0]), [4, 1, 0, 0, 2]);
    let mut sales = Vec::new();
    book.each_row("sale", |row| {
        sales.push(format!(
            "{} {} {}",
            row["what"], row["amount"], row["currency"]
        ));
        Ok::<(), crate::store::Error>(())
    })
    .unwrap();
    sales.sort();
    assert_eq!(
        sales,
        [
            "\"A\" 123450 \"EUR\"",
            "\"B\" -50 \"SEK\"",
            "\"C\" 5000 \"JPY\"",
            "\"D\" 12345 \"BHD\"",
        ]
    );
}
