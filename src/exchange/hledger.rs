//! The chit ledger as an hledger journal: every favour and every settlement a transaction, amounts in a commodity `chit`.
//!
//! Each two people and each way have accounts of their own. `owed:CREDITOR:DEBTOR` is what the one is owed by the other,
//! `owes:DEBTOR:CREDITOR` the same from the other side, so every transaction balances, nothing is ever netted, and `hledger bal ^owed:`
//! is the balances. Every posting to `owed:` asserts the balance after it, so that `hledger check` proves the sums.
//!
//! Names are people's own and may hold anything. What hledger would take for something else is written otherwise ([`component`]); text
//! that a person typed stands in descriptions only, since a comment may be read as a tag or a date.

use crate::domain::chit::{ChitRow, Halves};
use crate::domain::id::{Id, shortest};
use crate::domain::ledger::{Event, Line, Scope, register};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Write};

const HEAD: &str = "; Favours owed. owed:CREDITOR:DEBTOR is what the first is owed by the second, owes:DEBTOR:CREDITOR the same from the other side.
; hledger bal ^owed:     who is owed what by whom
; hledger bal ^owed:me   what is owed to me
; hledger bal ^owes:me   what I owe

commodity 1.0 chit
";

/// Writes the journal of these chits.
pub fn write(out: &mut dyn Write, rows: &[ChitRow]) -> io::Result<()> {
    let names = names(rows);
    let digits = shortest(rows.iter().map(|row| row.id));
    out.write_all(HEAD.as_bytes())?;
    let pairs: BTreeSet<[&str; 2]> = rows.iter().map(|row| pair(row, &names)).collect();
    for [creditor, debtor] in pairs {
        write!(
            out,
            "\naccount owed:{creditor}:{debtor}\naccount owes:{debtor}:{creditor}"
        )?;
    }
    out.write_all(b"\n")?;
    let mut balances: HashMap<(Id, Id), i64> = HashMap::new();
    for line in register(rows, Scope::Everybody) {
        let key = (line.row.chit.giver, line.row.chit.receiver);
        let change = match line.event {
            Event::Given => i64::from(line.halves.0),
            Event::Redeemed | Event::Forgiven => -i64::from(line.halves.0),
        };
        let balance = balances.entry(key).or_default();
        *balance += change;
        transaction(
            out,
            &line,
            pair(line.row, &names),
            digits,
            [change, *balance],
        )?;
    }
    Ok(())
}

/// The accounts' names of a chit's creditor and debtor.
fn pair<'a>(row: &ChitRow, names: &'a BTreeMap<Id, String>) -> [&'a str; 2] {
    let name = |id: Id| names.get(&id).map_or("?", String::as_str);
    [name(row.chit.giver), name(row.chit.receiver)]
}

fn transaction(
    out: &mut dyn Write,
    line: &Line<'_>,
    [creditor, debtor]: [&str; 2],
    digits: usize,
    [change, balance]: [i64; 2],
) -> io::Result<()> {
    let row = line.row;
    let did = match line.event {
        Event::Given => "",
        Event::Redeemed => "redeemed: ",
        Event::Forgiven => "forgiven: ",
    };
    let what = plain(line.what());
    // A code before the description keeps one that begins with a bracket or a mark from being read as something else.
    write!(
        out,
        "\n{} {} ({}) {did}{what}",
        line.on,
        row.sign(),
        row.id.short(digits)
    )?;
    if let (Event::Given, Some(touch)) = (line.event, row.chit.evidence) {
        write!(out, "  ; evidence:{touch}")?;
    }
    write!(
        out,
        "\n    owed:{creditor}:{debtor}  {} = {}\n    owes:{debtor}:{creditor}  {}\n",
        chits(change),
        chits(balance),
        chits(-change)
    )
}

/// An amount, exact: halves have one decimal.
fn chits(halves: i64) -> String {
    let sign = if halves < 0 { "-" } else { "" };
    let halves = halves.unsigned_abs();
    let part = if halves.is_multiple_of(2) { 0 } else { 5 };
    format!("{sign}{}.{part} chit", halves / 2)
}

/// A number of chits as hledger writes it: `1.5`.
pub fn decimal(halves: Halves) -> String {
    let text = chits(i64::from(halves.0));
    text.trim_end_matches(" chit").to_owned()
}

/// The account's name of everybody: their own, with the id behind it where two would be called the same.
pub fn names(rows: &[ChitRow]) -> BTreeMap<Id, String> {
    let mut names: BTreeMap<Id, String> = BTreeMap::new();
    for row in rows {
        for (id, name) in [
            (row.chit.giver, &row.giver_name),
            (row.chit.receiver, &row.receiver_name),
        ] {
            names.entry(id).or_insert_with(|| component(name));
        }
    }
    let mut bearers: HashMap<String, Vec<Id>> = HashMap::new();
    for (id, name) in &names {
        bearers.entry(name.to_lowercase()).or_default().push(*id);
    }
    for ids in bearers.values().filter(|ids| ids.len() > 1) {
        for id in ids.iter().filter(|id| **id != Id::ME) {
            if let Some(name) = names.get_mut(id) {
                *name = format!("{name} {id}");
            }
        }
    }
    names
}

/// A name as one part of an account's name. A colon would begin another part, a semicolon a comment, and two blanks end the name.
///
/// ```
/// use chitbook::exchange::hledger::component;
/// assert_eq!(component("Flint;  Fred: (the elder)"), "Flint, Fred- (the elder)");
/// assert_eq!(component(" \t"), "?");
/// ```
pub fn component(name: &str) -> String {
    let name = plain(name).replace(':', "-");
    if name.is_empty() {
        "?".to_owned()
    } else {
        name
    }
}

/// Text of a person's for a description: one line, one blank between words, nothing that begins a comment or ends the payee.
fn plain(text: &str) -> String {
    let text = text.replace(';', ",").replace('|', "/");
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::chit::{Chit, ChitPart, Settlement};
    use chrono::NaiveDate;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, n).unwrap()
    }

    fn chit(raw: i64, giver: (i64, &str), receiver: (i64, &str), on: u32, halves: u32) -> ChitRow {
        ChitRow {
            id: Id::from_raw(raw),
            chit: Chit {
                giver: Id::from_raw(giver.0),
                receiver: Id::from_raw(receiver.0),
                what: format!("(favour) ; {raw} | date:x"),
                on: day(on),
                worth: Halves(halves),
                pending: raw % 2 == 0,
                evidence: (raw == 40).then_some(Id::from_raw(33)),
            },
            giver_name: giver.1.to_owned(),
            receiver_name: receiver.1.to_owned(),
            parts: Vec::new(),
            cleared_on: None,
            calls: Vec::new(),
            words: String::new(),
        }
    }

    fn journal(rows: &[ChitRow]) -> String {
        let mut out = Vec::new();
        write(&mut out, rows).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_favour_and_settlement_is_a_transaction_with_the_balance_after_it() {
        let (me, barney) = ((1, "me"), (2, "Barney Rubble"));
        let mut big = chit(40, barney, me, 1, 4);
        let part = |on, halves, how, by: &str| ChitPart {
            on: day(on),
            halves: Halves(halves),
            how,
            by: by.to_owned(),
            counter: None,
            touch: None,
        };
        big.parts = vec![
            part(3, 1, Settlement::Redeemed, "a bottle"),
            part(9, 3, Settlement::Forgiven, ""),
        ];
        let text = journal(&[big, chit(41, me, barney, 3, 1)]);
        let transactions = text.split_once("\n\n2026").unwrap().1;
        assert_eq!(
            format!("2026{transactions}"),
            "2026-05-01 ! (8100) (favour) , 40 / date:x  ; evidence:1100000000000
    owed:Barney Rubble:me  2.0 chit = 2.0 chit
    owes:me:Barney Rubble  -2.0 chit

2026-05-03 * (9100) (favour) , 41 / date:x
    owed:me:Barney Rubble  0.5 chit = 0.5 chit
    owes:Barney Rubble:me  -0.5 chit

2026-05-03 ! (8100) redeemed: a bottle
    owed:Barney Rubble:me  -0.5 chit = 1.5 chit
    owes:me:Barney Rubble  0.5 chit

2026-05-09 ! (8100) forgiven: 
    owed:Barney Rubble:me  -1.5 chit = 0.0 chit
    owes:me:Barney Rubble  1.5 chit
"
        );
        assert_eq!(text.matches("\naccount ").count(), 4);
    }

    #[test]
    fn names_hold_nothing_that_hledger_reads_otherwise_and_no_two_people_share_one() {
        let cases = [
            ("plain", "Barney Rubble", "Barney Rubble"),
            ("colons", "a:b:c", "a-b-c"),
            ("semicolons", "a;b", "a,b"),
            ("blanks and tabs", "  a \t  b\u{a0}\u{2003}c ", "a b c"),
            ("brackets", "(Bob) [x] {y}", "(Bob) [x] {y}"),
            ("marks", "* ! = @ %", "* ! = @ %"),
            ("nothing", "\n", "?"),
        ];
        for (label, name, expected) in cases {
            assert_eq!(component(name), expected, "{label}");
        }
        let rows = [
            chit(40, (2, "Bob:x"), (3, "bob-x"), 1, 2),
            chit(41, (4, "Me"), (1, "me"), 1, 2),
        ];
        let names: Vec<String> = names(&rows).into_values().collect();
        assert_eq!(
            names,
            [
                "me",
                "Bob-x 2000000000000",
                "bob-x 3000000000000",
                "Me 4000000000000"
            ]
        );
    }

    #[test]
    fn halves_are_exact_decimals() {
        let written = [0, 1, 2, 3, 400].map(|halves| decimal(Halves(halves)));
        assert_eq!(written, ["0.0", "0.5", "1.0", "1.5", "200.0"]);
    }
}
