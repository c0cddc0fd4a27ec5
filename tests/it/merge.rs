//! Two people who are one: nothing that is known of either is lost, and one undo gives back both.

use crate::journal::command;
use crate::notes::{apply, at_slate, today};
use crate::world::{World, add, dump, now};
use chitbook::domain::chit::{Chit, Halves};
use chitbook::domain::command::Command;
use chitbook::domain::contact::{Card, Email};
use chitbook::domain::duplicate::{Alike, Merge, combined, fields};
use chitbook::domain::id::Id;
use chitbook::domain::moment::day_number;
use chitbook::domain::referral::{Credit, Referral, Stage, Step, Who};
use chitbook::store::{ChitFilter, Error, Store};
use proptest::prelude::*;

pub fn merge(book: &Store, from: Id, into: Id) -> Command {
    let (goes, stays) = (
        book.card(from).unwrap().unwrap(),
        book.card(into).unwrap().unwrap(),
    );
    let after = combined(&goes, &stays, &fields(&goes, &stays));
    Command::MergeContacts(Box::new(Merge {
        from,
        into,
        before: (goes, stays),
        after,
    }))
}

fn with_email(book: &mut Store, name: &str, address: &str) -> Id {
    let card = Card {
        emails: vec![Email {
            label: String::new(),
            address: address.to_owned(),
        }],
        ..Card::named(name)
    };
    apply(book, &Command::AddContact(Box::new(card))).unwrap()
}

#[test]
fn people_who_look_like_one_are_proposed_the_surest_first_until_they_are_told_apart() {
    let world = World::new();
    let mut book = world.book();
    let one = with_email(&mut book, "Barney Rubble", "b@x.example");
    let other = with_email(&mut book, "Bernard Rubble", "B@x.example");
    let near = [
        at_slate(&mut book, "Wilma Slate"),
        at_slate(&mut book, "Slate, Wilma"),
    ];
    let switchboard = (0..5).map(|n| with_email(&mut book, &format!("P{n}"), "info@x.example"));
    assert_eq!(switchboard.count(), 5);
    let found = book.duplicates(9).unwrap();
    let pairs: Vec<(Id, Id, &Alike)> = found.iter().map(|p| (p.older, p.newer, &p.alike)).collect();
    let address = Alike::Email("B@x.example".to_owned());
    assert_eq!(
        pairs,
        [(one, other, &address), (near[0], near[1], &Alike::Name)]
    );
    apply(
        &mut book,
        &Command::KeepApart {
            one: other,
            other: one,
        },
    );
    assert_eq!(book.duplicates(9).unwrap().len(), 1);
}

#[test]
fn a_chit_between_the_two_says_that_they_are_two() {
    let world = World::new();
    let mut book = world.book();
    let (one, other) = (add(&mut book, "Barney Rubble"), add(&mut book, "B. Rubble"));
    let chit = Chit {
        giver: one,
        receiver: other,
        what: "an intro".to_owned(),
        on: today(),
        worth: Halves::PLAIN,
        pending: false,
        evidence: None,
    };
    apply(&mut book, &Command::GiveChit(Box::new(chit)));
    let before = dump(&book);
    let refused = book.apply(&merge(&book, other, one), &now()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "B. Rubble and Barney Rubble cannot be one person: one did the other a favour; correct that chit first"
    );
    for (from, into) in [(one, one), (Id::ME, one), (one, Id::ME)] {
        assert!(book.apply(&merge(&book, from, into), &now()).is_err());
    }
    assert_eq!(dump(&book), before);
}

#[test]
fn whoever_shares_the_credit_for_somebody_is_not_made_one_with_them() {
    let world = World::new();
    let mut book = world.book();
    let [marguerite, esteban, fred] =
        ["Marguerite", "Esteban", "Fred"].map(|name| add(&mut book, name));
    let referral = Referral {
        referrer: Who::Person(marguerite),
        prospect: Who::Person(esteban),
        account: None,
        given: false,
        what: String::new(),
        evidence: None,
    };
    let step = Step {
        stage: Stage::Asked,
        on: today(),
        note: String::new(),
        evidence: None,
        chits: Vec::new(),
    };
    let command = Command::AddReferral {
        referral: Box::new(referral),
        step: Box::new(step),
    };
    let id = book.apply(&command, &now()).unwrap().created.unwrap();
    let shares = |contact, percent| Command::SplitCredit {
        id,
        credit: Credit { contact, percent },
    };
    let themselves = book.apply(&shares(esteban, 30), &now()).unwrap_err();
    assert_eq!(
        themselves.to_string(),
        "nobody leads you to themselves: credit is split with a further referrer"
    );
    apply(&mut book, &shares(fred, 30));
    let before = dump(&book);
    for (from, into) in [(fred, esteban), (esteban, fred)] {
        let refused = book.apply(&merge(&book, from, into), &now()).unwrap_err();
        assert!(
            refused
                .to_string()
                .ends_with("cannot be one person: one shares the credit for leading you to the other; take that share back first"),
            "{refused}"
        );
    }
    assert_eq!(dump(&book), before);
    apply(&mut book, &shares(fred, 0));
    let one = merge(&book, fred, esteban);
    apply(&mut book, &one);
}

#[test]
fn a_merge_of_cards_that_changed_meanwhile_is_refused() {
    let world = World::new();
    let mut book = world.book();
    let (one, other) = (add(&mut book, "Barney Rubble"), add(&mut book, "B. Rubble"));
    let command = merge(&book, other, one);
    let before = book.card(other).unwrap().unwrap();
    let after = Card {
        title: "Boss".to_owned(),
        ..before.clone()
    };
    apply(
        &mut book,
        &Command::EditContact {
            id: other,
            before: Box::new(before),
            after: Box::new(after),
        },
    );
    assert!(matches!(
        book.apply(&command, &now()),
        Err(Error::Outdated { .. })
    ));
}

#[test]
fn the_command_line_merges_two_and_takes_it_back() {
    let world = World::new();
    world.ok(&["add", "Barney Rubble", "--email", "b@x.example"]);
    world.ok(&[
        "add",
        "B. Rubble",
        "--phone",
        "+1 415 555 0100",
        "--title",
        "Plant manager",
    ]);
    world.ok(&["log", "B. Rubble", "--text", "firmware worry"]);
    let said = world.ok(&["merge", "B. Rubble", "Barney Rubble"]);
    assert_eq!(
        said,
        "Merged B. Rubble into Barney Rubble (1 touch; `chitbook undo` takes it back)\n"
    );
    let person = world.json(&["show", "barney", "--json"]);
    assert_eq!(
        (
            &person["title"],
            person["touches"].as_array().unwrap().len()
        ),
        (&"Plant manager".into(), 1)
    );
    assert_eq!(world.json(&["list", "--json"]).as_array().unwrap().len(), 1);
    world.ok(&["undo"]);
    assert_eq!(world.json(&["list", "--json"]).as_array().unwrap().len(), 2);
}

/// How many rows a book has of what must not be lost.
fn kept(book: &Store) -> Vec<(&'static str, usize)> {
    let tables = [
        "touch",
        "promise",
        "chit",
        "chit_part",
        "referral",
        "referral_event",
        "fact",
        "need",
        "sale",
        "rival",
        "plan",
        "correction",
        "ask",
    ];
    let count = |table| {
        let mut rows = 0;
        book.each_row::<Error>(table, |_| {
            rows += 1;
            Ok(())
        })
        .unwrap();
        rows
    };
    tables
        .into_iter()
        .map(|table| (table, count(table)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// In any book: a merge loses no touch, chit, promise or record, leaves nothing of the one who goes, keeps what is derived equal to
    /// a rebuild; and its undo gives back the book byte for byte.
    #[test]
    fn merge_then_undo_is_byte_equal_and_merging_keeps_everything(history in prop::collection::vec(any::<[u16; 6]>(), 4..60), which in any::<(u8, u8)>()) {
        let world = World::new();
        let mut book = world.book();
        book.turn_to(day_number(today())).unwrap();
        for dice in &history {
            if let Some(command) = command(&book, dice) {
                let _ = book.apply(&command, &now());
            }
        }
        let people = book.contact_ids().unwrap();
        prop_assume!(people.len() > 1);
        let from = people[usize::from(which.0) % people.len()];
        let into = people[usize::from(which.1) % people.len()];
        prop_assume!(from != into);
        let (before, rows) = (dump(&book), kept(&book));
        let touches = |book: &Store, id: Id| -> Vec<Id> {
            book.history(id, 10_000).unwrap().into_iter().map(|entry| entry.id).collect()
        };
        let mut both = touches(&book, from);
        both.extend(touches(&book, into));
        both.sort_unstable();
        both.dedup();
        let owed: u32 = book.chits(&ChitFilter::default()).unwrap().iter().map(|row| row.open().0).sum();
        let command = merge(&book, from, into);
        if let Err(error) = book.apply(&command, &now()) {
                prop_assert!(error.to_string().contains("cannot be one person"), "{}", error);
                prop_assert_eq!(dump(&book), before);
        } else {
                prop_assert_eq!(kept(&book), rows);
                let mut after = touches(&book, into);
                after.sort_unstable();
                prop_assert_eq!(after, both);
                let now_owed: u32 = book.chits(&ChitFilter::default()).unwrap().iter().map(|row| row.open().0).sum();
                prop_assert_eq!(now_owed, owed);
                prop_assert!(book.card(from).unwrap().is_none());
                prop_assert!(!dump(&book).contains(&format!("Integer({})", from.raw())), "something of the one who goes is left");
                let check = book.check(&now()).unwrap();
                prop_assert!(check.is_clean(), "{:?}", check);
                book.undo(&now()).unwrap();
                prop_assert_eq!(dump(&book), before);
                book.redo(&now()).unwrap();
                prop_assert!(book.check(&now()).unwrap().is_clean());
        }
    }
}
