//! Two people who are one: nothing that is known of either is lost, and one undo gives back both.

use crate::journal::command;
use crate::notes::{apply, at_slate, today};
use crate::world::{World, add, dump, now};
use chitbook::domain::chit::{Chit, Halves};
use chitbook::domain::command::Command;
use chitbook::domain::contact::{Card, Email};
use chitbook::domain::draft::CallNote;
use chitbook::domain::duplicate::{Alike, Merge, combined, fields};
use chitbook::domain::id::Id;
use chitbook::domain::link::{Link, LinkKind};
use chitbook::domain::mail::Mailed;
use chitbook::domain::moment::day_number;
use chitbook::domain::referral::{Credit, Referral, Stage, Step, Who};
use chitbook::domain::suggestion::Meeting;
use chitbook::domain::touch::{Direction, TouchKind};
use chitbook::store::{ChitFilter, Error, InStep, Store};
use chrono::Duration;
use proptest::prelude::*;
use std::collections::HashSet;

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

/// Another program knows of these people: a calendar of one meeting past and one to come, a mailbox of a message, a folder of cards.
fn told_of(book: &mut Store, people: &[Id]) {
    let moment = now();
    let mut bulk = book.bulk("Imported", &moment).unwrap();
    for (key, hours) in [("past", -50), ("ahead", 50)] {
        let meeting = Meeting {
            key: key.to_owned(),
            revision: 0,
            own: true,
            at: now() + Duration::hours(hours),
            whole_day: false,
            kind: TouchKind::Meeting,
            minutes: Some(60),
            title: "Tariffs".to_owned(),
        };
        bulk.suggest("ics", &meeting, people).unwrap();
    }
    bulk.plan_meetings().unwrap();
    let mail = Mailed {
        id: 77,
        answers: Vec::new(),
        at: now() - Duration::hours(30),
        direction: Direction::In,
        subject: "Tariffs".to_owned(),
        people: people.to_vec(),
    };
    bulk.mail(&mail, &HashSet::new()).unwrap();
    for (n, person) in people.iter().enumerate() {
        let card = bulk.card(*person).unwrap().unwrap();
        let pair = InStep {
            folder: ["one", "other"][n % 3 / 2],
            file: &format!("{n}.vcf"),
            contact: *person,
            print: "print",
            book: &card,
            there: &card,
        };
        bulk.keep_pair(None, &pair).unwrap();
    }
    bulk.finish().unwrap();
}

/// The rows of a table, each as a line.
fn lines(book: &Store, table: &str) -> Vec<String> {
    let mut lines = Vec::new();
    book.each_row::<Error>(table, |row| {
        lines.push(serde_json::Value::Object(row).to_string());
        Ok(())
    })
    .unwrap();
    lines
}

#[test]
fn two_whom_a_calendar_invited_to_one_meeting_become_one_with_one_plan() {
    let world = World::new();
    let mut book = world.book();
    let (one, other) = (add(&mut book, "Barney Rubble"), add(&mut book, "B. Rubble"));
    told_of(&mut book, &[one, other]);
    let plan = book.person(one).unwrap().unwrap().plan.unwrap().id;
    apply(&mut book, &Command::DropPlan(plan));
    let before = dump(&book);
    let command = merge(&book, other, one);
    apply(&mut book, &command);
    assert_eq!(lines(&book, "suggested").len(), 2);
    let plan = book.person(one).unwrap().unwrap().plan.unwrap().id;
    let led = lines(&book, "suggested").join("\n");
    assert!(led.contains(&one.text()), "{led}");
    let of_calendar = lines(&book, "plan")
        .iter()
        .any(|row| row.contains(&plan.text()) && row.contains("Tariffs"));
    assert!(of_calendar);
    book.undo(&now()).unwrap();
    assert_eq!(dump(&book), before);
}

#[test]
fn the_plan_a_meeting_led_to_is_still_that_meetings_when_its_person_goes() {
    let world = World::new();
    let mut book = world.book();
    let (one, other) = (add(&mut book, "Barney Rubble"), add(&mut book, "B. Rubble"));
    told_of(&mut book, &[one, other]);
    let db = rusqlite::Connection::open(book.path()).unwrap();
    // The one who stays was never planned with: their part led to nothing.
    db.execute("delete from plan where contact_id = ?1", [one.raw()])
        .unwrap();
    let command = merge(&book, other, one);
    apply(&mut book, &command);
    let sql = "select count(*) from suggested d join plan p on p.id = d.plan_id where d.contact_id = ?1 and p.contact_id = ?1 and p.state = 'open'";
    let led: i64 = db.query_row(sql, [one.raw()], |row| row.get(0)).unwrap();
    assert_eq!(led, 1);
}

/// An unfinished call with somebody.
fn call(book: &mut Store, with: Id, id: Option<Id>, text: &str) -> Id {
    let call = CallNote {
        with: Some(with),
        name: "B. Rubble".to_owned(),
        begun: now() - Duration::minutes(40),
        heard: now() - Duration::minutes(28),
        text: text.to_owned(),
    };
    book.save_draft(&call.draft(id), &now()).unwrap()
}

#[test]
fn a_call_begun_with_the_one_who_goes_is_filed_with_the_one_who_stays() {
    let world = World::new();
    let mut book = world.book();
    let (one, other) = (add(&mut book, "Barney Rubble"), add(&mut book, "B. Rubble"));
    let draft = call(&mut book, other, None, "half a thought");
    let command = merge(&book, other, one);
    apply(&mut book, &command);
    let whose = |book: &Store| {
        let drafts = book.drafts().unwrap();
        CallNote::of(&drafts[0]).unwrap().with
    };
    assert_eq!(whose(&book), Some(one));
    // Whoever has it still open goes on typing: it stays with the one who is there.
    call(&mut book, other, Some(draft), "a whole thought");
    assert_eq!(whose(&book), Some(one));
    book.undo(&now()).unwrap();
    assert_eq!(whose(&book), Some(other));
    book.redo(&now()).unwrap();
    assert_eq!(whose(&book), Some(one));
    // Once another change follows, the undoing is a step of its own.
    book.undo(&now()).unwrap();
    add(&mut book, "Fred Flint");
    assert_eq!(whose(&book), Some(other));
    book.undo(&now()).unwrap();
    book.undo(&now()).unwrap();
    assert_eq!(whose(&book), Some(one), "made one again");
    drop(book);
    world.ok(&["drafts", "file", &draft.text()]);
    let shown = world.json(&["show", "barney", "--json"]);
    assert_eq!(shown["touches"][0]["text"], "a whole thought");
}

#[test]
fn a_link_that_either_knows_for_sure_is_sure() {
    let world = World::new();
    let mut book = world.book();
    let [one, other, fred] =
        ["Barney Rubble", "B. Rubble", "Fred"].map(|name| add(&mut book, name));
    let link = |from, to, note: &str| {
        Command::AddLink(Box::new(Link {
            from,
            kind: LinkKind::Friend,
            to,
            note: note.to_owned(),
            on: None,
        }))
    };
    let [stays, _, back, _] = [
        link(one, fred, ""),
        link(other, fred, "from school"),
        link(fred, one, ""),
        link(fred, other, ""),
    ]
    .map(|command| apply(&mut book, &command).unwrap());
    for id in [stays, back] {
        apply(&mut book, &Command::ConfirmLink { id, yes: false });
    }
    let command = merge(&book, other, one);
    apply(&mut book, &command);
    let links = lines(&book, "link");
    assert_eq!(links.len(), 2);
    for link in &links {
        assert!(link.contains("\"confirmed\""), "{link}");
    }
    assert!(links.iter().any(|link| link.contains("from school")));
}

#[test]
fn a_folder_with_a_card_of_each_keeps_the_card_of_the_one_who_stays() {
    let world = World::new();
    world.ok(&["add", "Barney Rubble", "--email", "b@x.example"]);
    world.ok(&["add", "B. Rubble", "--phone", "+1 415 555 0100"]);
    std::fs::create_dir(world.path("cards")).unwrap();
    world.ok(&["sync", "cards"]);
    let cards = || {
        let files = std::fs::read_dir(world.path("cards")).unwrap();
        let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        texts.collect::<Vec<String>>()
    };
    assert_eq!(cards().len(), 2);
    world.ok(&["merge", "B. Rubble", "Barney Rubble"]);
    for _ in 0..2 {
        world.ok(&["sync", "cards"]);
        let cards = cards();
        assert_eq!(cards.len(), 1, "{cards:?}");
        assert!(cards[0].contains("b@x.example") && cards[0].contains("415"));
    }
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
        told_of(&mut book, &people);
        for person in &people {
            call(&mut book, *person, None, "half a thought");
        }
        let drafts = lines(&book, "draft");
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
                for draft in book.drafts().unwrap() {
                    prop_assert!(people.contains(&draft.contact.unwrap()) && draft.contact != Some(from));
                }
                let pairs = lines(&book, "vdir_card");
                let of = |folder: &str| pairs.iter().filter(|pair| pair.contains(&format!("\"folder\":\"{folder}\"")) && pair.contains(&into.text())).count();
                prop_assert!(of("one") < 2 && of("other") < 2, "{:?}", pairs);
                prop_assert!(!dump(&book).contains(&format!("Integer({})", from.raw())), "something of the one who goes is left");
                let check = book.check(&now()).unwrap();
                prop_assert!(check.is_clean(), "{:?}", check);
                book.undo(&now()).unwrap();
                prop_assert_eq!(dump(&book), before);
                prop_assert_eq!(lines(&book, "draft"), drafts);
                book.redo(&now()).unwrap();
                prop_assert!(book.check(&now()).unwrap().is_clean());
        }
    }
}

#[test]
fn a_file_that_still_has_both_of_two_who_were_united_brings_neither_back() {
    let people = [
        ("Bob Smith", "bob@x.example", "201"),
        ("Robert Smith", "robert@home.example", "202"),
    ];
    let card = |(name, email, uid): (&str, &str, &str), own: bool| {
        let uid = if own {
            format!("UID:{uid}\n")
        } else {
            String::new()
        };
        format!("BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{email}\n{uid}END:VCARD\n")
    };
    for own in [true, false] {
        let world = World::new();
        let text: String = people.map(|person| card(person, own)).concat();
        std::fs::write(world.path("both.vcf"), text).unwrap();
        world.ok(&["import", "both.vcf"]);
        world.ok(&["merge", "Robert Smith", "Bob Smith"]);
        let said = world.json(&["import", "both.vcf", "--json"]);
        let file = &said["files"][0];
        assert_eq!(
            (&file["same"], &file["new"]),
            (&2.into(), &0.into()),
            "{said}"
        );
        assert_eq!(world.book().count().unwrap(), 1);
    }
}
