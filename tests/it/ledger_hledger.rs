//! hledger agrees: the exported journal passes its checks, and its balances are ours.
//!
//! Where hledger is not installed, this says so in a word and is done.

use crate::ledger::{ago, favour};
use crate::world::{World, add, now};
use chitbook::domain::chit::{Chit, ChitPart, Halves, Settlement};
use chitbook::domain::command::Command;
use chitbook::domain::id::Id;
use chitbook::domain::ledger::owed;
use chitbook::exchange::hledger::{decimal, names};
use chitbook::store::{ChitFilter, Store};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::Command as Process;

/// What hledger says to these arguments, or none where it is not there.
fn hledger(journal: &Path, args: &[&str]) -> Option<(bool, String)> {
    let mut process = Process::new("hledger");
    process
        .env("LC_ALL", "C.UTF-8")
        .arg("-f")
        .arg(journal)
        .args(args);
    let Ok(ran) = process.output() else {
        let word = "hledger is not installed: skipped\n";
        std::io::stderr().write_all(word.as_bytes()).unwrap();
        return None;
    };
    let said = [ran.stdout, ran.stderr].concat();
    Some((
        ran.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    ))
}

/// The balances as hledger has them, by account.
fn theirs(journal: &Path, query: &str) -> Option<BTreeMap<String, String>> {
    let args = ["bal", "--flat", "--no-total", "-O", "tsv", query];
    let args = args.map(|arg| if arg == "tsv" { "csv" } else { arg });
    let (good, said) = hledger(journal, &args)?;
    assert!(good, "{said}");
    let mut reader = csv::Reader::from_reader(said.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        (
            row[0].to_owned(),
            row[1].trim_end_matches(" chit").to_owned(),
        )
    });
    Some(rows.collect())
}

/// The balances as the book has them, by the accounts of the journal.
fn ours(book: &Store) -> BTreeMap<String, String> {
    let rows = book.chits(&ChitFilter::default()).unwrap();
    let names = names(&rows);
    let lines = owed(&rows, now().date_naive());
    let lines = lines.iter().map(|line| {
        let account = format!(
            "owed:{}:{}",
            names[&line.creditor.id], names[&line.debtor.id]
        );
        (account, decimal(line.total))
    });
    lines.collect()
}

fn agrees(world: &World, book: &Store) {
    world.ok(&["export", "chits", "--as", "hledger", "-o", "chits.journal"]);
    let journal = world.path("chits.journal");
    for check in [
        &["check"][..],
        &["check", "--strict"],
        &["check", "ordereddates"],
    ] {
        let Some((good, said)) = hledger(&journal, check) else {
            return;
        };
        assert!(good, "{check:?}: {said}");
    }
    let ours = ours(book);
    assert!(!ours.is_empty());
    assert_eq!(theirs(&journal, "^owed:").unwrap(), ours);
    // The same from the other side, and nothing besides.
    let mirrored = theirs(&journal, "not:^owed:").unwrap();
    let turned = mirrored.iter().map(|(account, amount)| {
        let names: Vec<&str> = account.split(':').collect();
        let account = format!("owed:{}:{}", names[2], names[1]);
        (account, amount.trim_start_matches('-').to_owned())
    });
    assert_eq!(turned.collect::<BTreeMap<_, _>>(), ours);
    assert!(mirrored.values().all(|amount| amount.starts_with('-')));
    // Me against each of the others, as the balances have it.
    for line in book.balances(None).unwrap() {
        let rows = book.chits(&ChitFilter::default()).unwrap();
        let name = names(&rows)[&line.who].clone();
        let of = |account: String| ours.get(&account).cloned().unwrap_or("0.0".to_owned());
        assert_eq!(of(format!("owed:{name}:me")), decimal(line.i_owe));
        assert_eq!(of(format!("owed:me:{name}")), decimal(line.they_owe));
    }
}

#[test]
fn hledger_checks_the_demo_books_journal_and_has_its_balances() {
    let world = World::new();
    let book = crate::docs::demo(&world);
    agrees(&world, &book);
}

/// A book of people with the oddest names, and favours between all of them, some of them settled.
#[test]
fn hledger_checks_a_generated_journal_with_odd_names_and_has_its_balances() {
    let world = World::new();
    let mut book = world.book();
    let odd = [
        "Barney  Rubble",
        "A:B:C",
        "a-b-c",
        "Semi; colon",
        "(Bracketed) [Bob]",
        "* starred",
        "! marked",
        "= equal @ 5 chit",
        "2026-01-01 dated",
        "漢字 und Ünï",
        "Quoted \"Q\" 'q'",
        "{braces} | bars",
        "  ; only",
        "~ tilde % percent",
        "-1.0 chit",
        "me",
        "Namesake",
        "Namesake",
    ];
    let mut people = vec![Id::ME];
    people.extend(odd.map(|name| add(&mut book, name)));
    let mut number = 7_u64;
    let mut dice = |below: usize| {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (number >> 33) as usize % below
    };
    for round in 0..160 {
        let (giver, receiver) = (people[dice(people.len())], people[dice(people.len())]);
        if giver == receiver {
            continue;
        }
        let days = 1 + dice(900) as i64;
        let worth = 1 + dice(5) as u32;
        let id = if round % 5 == 0 {
            let chit = Chit {
                giver,
                receiver,
                what: odd[dice(odd.len())].to_owned(),
                on: ago(days),
                worth: Halves(worth),
                pending: true,
                evidence: None,
            };
            let done = book.apply(&Command::GiveChit(Box::new(chit)), &now());
            done.unwrap().created.unwrap()
        } else {
            favour(&mut book, giver, receiver, days, worth)
        };
        if dice(3) > 0 {
            let part = ChitPart {
                on: ago(dice(days as usize) as i64),
                halves: Halves(1 + dice(worth as usize) as u32),
                how: if dice(2) == 0 {
                    Settlement::Redeemed
                } else {
                    Settlement::Forgiven
                },
                by: odd[dice(odd.len())].to_owned(),
                counter: None,
                touch: None,
            };
            book.apply(&Command::SettleChit { id, part }, &now())
                .unwrap();
        }
    }
    agrees(&world, &book);
}
