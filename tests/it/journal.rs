//! Undo and redo: exact over any history, across restarts, for every program with the book.

use crate::notes::{Dice, any_filing, any_record, corrected, referred};
use crate::world::{World, add, dump, now};
use chitbook::domain::account::{self, Coaching, Profile, Regard, Story, StoryAsk};
use chitbook::domain::chit::{Chit, ChitPart, Halves, Settlement};
use chitbook::domain::command::{Amend, Command};
use chitbook::domain::contact::{Card, Email, KeyDate, PartialDate, Phone, Relation};
use chitbook::domain::duplicate::{Merge, combined, fields};
use chitbook::domain::id::Id;
use chitbook::domain::link::LinkKind;
use chitbook::domain::matter::{MatterKind, Snooze};
use chitbook::domain::promise::{Plan, Promise, PromiseState};
use chitbook::domain::record::{RecordKind, Role};
use chitbook::domain::referral::Stage;
use chitbook::domain::strength::Wish;
use chitbook::domain::tier::Tier;
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use chitbook::store::{ChitFilter, Error, Store};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

#[test]
fn what_another_program_did_is_known_when_it_is_taken_back() {
    let world = World::new();
    let mut here = world.book();
    add(&mut here, "Before");
    let mut there = Store::open(here.path()).unwrap();
    let mut here = {
        let path = here.path().to_owned();
        drop(here);
        Store::open(&path).unwrap()
    };
    here.prepare_to_write().unwrap();
    add(&mut there, "Elsewhere");
    add(&mut here, "Here");
    let undone = |book: &mut Store| {
        let changed = book.undo(&now()).unwrap();
        (changed.label, changed.elsewhere)
    };
    assert_eq!(undone(&mut here), ("Added Here".to_owned(), false));
    assert_eq!(undone(&mut here), ("Added Elsewhere".to_owned(), true));
    assert!(here.redo(&now()).unwrap().elsewhere);
    assert!(!here.redo(&now()).unwrap().elsewhere);
    // What was there before is nobody else's doing.
    for _ in 0..2 {
        undone(&mut here);
    }
    assert_eq!(undone(&mut here), ("Added Before".to_owned(), false));
}

fn day(offset: i64) -> NaiveDate {
    let today = now().date_naive();
    if offset < 0 {
        today - Days::new(offset.unsigned_abs())
    } else {
        today + Days::new(offset.unsigned_abs())
    }
}

/// A command made of random numbers, about people, touches, chits and promises that are in the book at that moment.
pub fn command(book: &Store, dice: &[u16; 6]) -> Option<Command> {
    let [what, a, b, c, d, e] = dice.map(usize::from);
    let people = book.contact_ids().unwrap();
    let pick = |n: usize| people.get(n % people.len().max(1)).copied();
    let text = [
        "",
        "it's \"quoted\"\nsecond line",
        "漢字 und Ünï",
        "plain words",
        "'; drop table chit; --",
    ][e % 5];
    let touch = |who: Vec<Id>| Touch {
        at: now() - chrono::Duration::hours((c * 7 % 9000) as i64 - 200),
        kind: TouchKind::ALL[d % 12],
        direction: Direction::ALL[e % 3],
        minutes: (e % 2 == 0).then_some(e as u32 % 90),
        body: text.to_owned(),
        people: who,
    };
    Some(match what % 41 {
        0 | 1 => Command::AddContact(Box::new(card(a, b, text))),
        2 => {
            let id = pick(a)?;
            Command::EditContact {
                id,
                before: Box::new(book.card(id).unwrap()?),
                after: Box::new(card(b, c, text)),
            }
        }
        3 => Command::DeleteContact(pick(a)?),
        4 => Command::Archive {
            id: pick(a)?,
            on: (b % 2 == 0).then(|| day(-(c as i64 % 50))),
        },
        5 => Command::Tag {
            people: vec![pick(a)?, pick(b)?],
            add: vec![format!("tag {}", c % 4)],
            remove: vec![format!("tag {}", d % 4)],
        },
        6 => Command::SetCadence {
            id: pick(a)?,
            days: (b % 3 > 0).then_some(1 + c as u16 % 90),
        },
        7..=9 => Command::LogTouch(Box::new(touch(if b % 3 == 0 {
            vec![pick(a)?, pick(b)?]
        } else {
            vec![pick(a)?]
        }))),
        10 => {
            let person = book.person(pick(a)?).unwrap()?;
            let entry = person.history.get(b % person.history.len().max(1))?;
            if c % 2 == 0 {
                Command::DeleteTouch(entry.id)
            } else {
                Command::EditTouch {
                    id: entry.id,
                    before: Box::new(book.touch(entry.id).unwrap()?),
                    after: Box::new(touch(vec![pick(d)?])),
                }
            }
        }
        11 => {
            let (giver, receiver) = (if c % 2 == 0 { Id::ME } else { pick(a)? }, pick(b)?);
            Command::GiveChit(Box::new(Chit {
                giver,
                receiver,
                what: format!("favour {d}"),
                on: day(-(d as i64 % 300)),
                worth: Halves(1 + e as u32 % 5),
                pending: e % 2 == 0,
                evidence: None,
            }))
        }
        12 => {
            let chits = book.chits(&ChitFilter::default()).unwrap();
            let row = chits.get(a % chits.len().max(1))?;
            match b % 3 {
                0 => Command::DeleteChit(row.id),
                1 => Command::ClearChit {
                    id: row.id,
                    pending: c % 2 == 0,
                },
                _ => Command::SettleChit {
                    id: row.id,
                    part: ChitPart {
                        on: day(0),
                        halves: Halves(1 + c as u32 % 3),
                        how: if d % 2 == 0 {
                            Settlement::Redeemed
                        } else {
                            Settlement::Forgiven
                        },
                        by: text.to_owned(),
                        counter: None,
                        touch: None,
                    },
                },
            }
        }
        13 => Command::AddPromise(Box::new(Promise {
            contact: pick(a)?,
            mine: b % 2 == 0,
            what: format!("promise {c}"),
            made_on: day(-9),
            due: day(d as i64 % 20),
            evidence: None,
        })),
        14 => {
            let promises = book.promise_ids().unwrap();
            Command::ClosePromise {
                id: *promises.get(a % promises.len().max(1))?,
                state: PromiseState::ALL[b % 4],
                on: day(-(c as i64 % 400)),
            }
        }
        15 => Command::PlanTouch(Box::new(Plan {
            contact: pick(a)?,
            on: day(b as i64 % 30),
            at: None,
            why: text.to_owned(),
        })),
        16 => {
            let chits = book.chits(&ChitFilter::default()).unwrap();
            let row = chits.get(a % chits.len().max(1))?;
            let after = Chit {
                what: format!("another favour {b}"),
                worth: Halves(1 + c as u32 % 6),
                on: day(-(d as i64 % 200)),
                ..row.chit.clone()
            };
            Command::EditChit {
                id: row.id,
                before: Box::new(row.chit.clone()),
                after: Box::new(after),
            }
        }
        17 => {
            let promises = book.promise_ids().unwrap();
            let id = *promises.get(a % promises.len().max(1))?;
            let before = book.promise(id).unwrap()?.promise;
            let after = Promise {
                contact: pick(b)?,
                what: format!("another promise {c}"),
                ..before.clone()
            };
            Command::EditPromise {
                id,
                before: Box::new(before),
                after: Box::new(after),
            }
        }
        18 => {
            let person = book.person(pick(a)?).unwrap()?;
            match (person.plan, person.links.first()) {
                (Some(plan), _) if b % 2 == 0 => Command::DropPlan(plan.id),
                (_, Some(link)) => Command::ConfirmLink {
                    id: link.id,
                    yes: c % 2 == 0,
                },
                _ => return None,
            }
        }
        19 => Command::SetTagCadence {
            tag: format!("tag {}", a % 4),
            days: (b % 3 > 0).then_some(1 + c as u16 % 120),
        },
        20 | 21 => {
            let contact = pick(a)?;
            let corrections = book.corrections_of(contact).unwrap();
            let points = (b % 900) as f64 / 10.0;
            match corrections.get(c % corrections.len().max(1)) {
                Some(id) if d % 3 == 0 => Command::DropCorrection(*id),
                _ => Command::CorrectStrength(Box::new(Amend {
                    contact,
                    on: day(-(d as i64 % 90)),
                    wish: match e % 3 {
                        0 => Wish::To(points),
                        1 => Wish::By(points / 8.0),
                        _ => Wish::By(-points / 8.0),
                    },
                    reason: format!("because {e}"),
                })),
            }
        }
        23..=30 => Command::File(Box::new(any_filing(book, dice)?)),
        31 => {
            let kind = RecordKind::ALL[b % 6];
            let record = any_record(kind, pick(a)?, pick(c)?, &mut Dice::of(dice));
            Command::AddRecord(Box::new(record))
        }
        32 | 33 => {
            let kind = RecordKind::ALL[b % 6];
            let ids = book.record_ids(kind).unwrap();
            let id = *ids.get(a % ids.len().max(1))?;
            if what % 41 == 33 {
                Command::DeleteRecord { kind, id }
            } else {
                let before = book.record(kind, id).unwrap()?.record;
                let after = corrected(&before, &people, &mut Dice::of(dice))?;
                Command::EditRecord {
                    id,
                    before: Box::new(before),
                    after: Box::new(after),
                }
            }
        }
        34 => Command::Refer(Box::new(referred(pick(a)?, pick(b)?, Stage::ALL[c % 6]))),
        35 => {
            let promises = book.promise_ids().unwrap();
            Command::SnoozePromise {
                id: *promises.get(a % promises.len().max(1))?,
                until: (b % 3 > 0).then(|| day(c as i64 % 30)),
            }
        }
        36 => Command::Snooze(Box::new(Snooze {
            kind: [MatterKind::Stale, MatterKind::Ask, MatterKind::Ghost][b % 3],
            target: pick(a)?,
            until: (c % 3 > 0).then(|| day(d as i64 % 40)),
            why: text.to_owned(),
        })),
        37 if a % 3 == 0 => Command::SetTierCadence {
            tier: Tier::ALL[b % 4],
            days: 1 + c as u16 % 400,
        },
        37 => Command::SetTier {
            people: vec![pick(b)?, pick(c)?],
            tier: (d % 3 > 0).then(|| Tier::ALL[d % 4]),
        },
        38 => of_account(book, pick(a)?, [b, c, d], text)?,
        39 => {
            let (from, into) = (pick(a)?, pick(b)?);
            let (goes, stays) = (book.card(from).unwrap()?, book.card(into).unwrap()?);
            let after = combined(&goes, &stays, &fields(&goes, &stays));
            Command::MergeContacts(Box::new(Merge {
                from,
                into,
                before: (goes, stays),
                after,
            }))
        }
        40 if a % 2 == 0 => Command::KeepApart {
            one: pick(b)?,
            other: pick(c)?,
        },
        40 => Command::LetGo {
            id: pick(b)?,
            on: day(-(c as i64 % 50)),
            why: text.to_owned(),
        },
        _ => Command::All {
            label: format!("Two at once {a}"),
            commands: vec![
                Command::LogTouch(Box::new(touch(vec![pick(b)?]))),
                Command::AddContact(Box::new(card(c, d, text))),
            ],
        },
    })
}

/// A change to the account of somebody, or to what is kept with it.
fn of_account(book: &Store, who: Id, [b, c, d]: [usize; 3], text: &str) -> Option<Command> {
    let account = book.account_of(who).unwrap();
    let coaching = Coaching {
        contact: who,
        said: format!("beware of {b}"),
        said_on: day(-(c as i64 % 90)),
        did: text.to_owned(),
        did_on: (c % 2 == 0).then(|| day(0)),
        told_on: (d % 2 == 0).then(|| day(0)),
        evidence: None,
    };
    let story = Story {
        contact: who,
        need: None,
        about: format!("story {b}"),
        rest_until: (d % 3 == 0).then(|| day(9)),
    };
    let change = match b % 6 {
        0 => {
            let before = book.account_profile(account?).unwrap()?;
            let after = Profile {
                note: text.to_owned(),
                wanted: Some(Regard::ALL[c % 4]),
                ..before.clone()
            };
            account::Change::Edit {
                id: account?,
                before,
                after,
            }
        }
        1 => account::Change::KnowSeat {
            account: account?,
            role: Role::ALL[c % 6],
        },
        2 => {
            let seats = book.record_ids(RecordKind::Seat).unwrap();
            account::Change::Listens {
                seat: *seats.get(c % seats.len().max(1))?,
                to: (d % 3 > 0).then_some(who),
            }
        }
        3 => account::Change::AddCoaching(coaching),
        4 => account::Change::AddStory(story),
        _ => {
            let stories = book.stories().unwrap();
            let id = stories.get(c % stories.len().max(1))?.id;
            if d % 3 == 0 {
                account::Change::DeleteStory(id)
            } else {
                let ask = StoryAsk {
                    on: day(-(d as i64 % 300)),
                    for_whom: text.to_owned(),
                };
                account::Change::AskStory { id, ask }
            }
        }
    };
    Some(Command::Account(Box::new(change)))
}

/// Another book with every row of this one, as JSON of everything takes them over.
fn copied(book: &Store) -> (World, Store) {
    let world = World::new();
    let mut copy = world.book();
    copy.turn_to(20_779).unwrap();
    let moment = now();
    let mut bulk = copy.bulk("Everything", &moment).unwrap();
    bulk.any_order().unwrap();
    for table in Store::tables() {
        book.each_row::<Error>(table, |row| bulk.bring(table, &row).map(|_| ()))
            .unwrap();
    }
    bulk.finish().unwrap();
    (world, copy)
}

/// A dump without the links: what comes in is linked to everybody who is there by then.
fn without_links(dump: &str) -> Vec<&str> {
    let lines = dump.lines();
    lines.filter(|line| !line.starts_with("link: ")).collect()
}

pub fn card(a: usize, b: usize, note: &str) -> Card {
    Card {
        name: format!("Person {}", a % 30),
        account: ["", "Slate & Co", "Acme"][b % 3].to_owned(),
        note: note.to_owned(),
        phones: (0..b % 3)
            .map(|n| Phone {
                label: "work".to_owned(),
                number: format!("+1 415 555 01{a:02}{n}"),
            })
            .collect(),
        emails: (0..a % 3)
            .map(|n| Email {
                label: String::new(),
                address: format!("p{a}.{n}@x.example"),
            })
            .collect(),
        tags: (0..b % 2).map(|n| format!("tag {n}")).collect(),
        dates: (0..a % 2)
            .map(|_| KeyDate {
                label: "birthday".to_owned(),
                on: PartialDate::parse("--11-20").unwrap(),
                yearly: true,
            })
            .collect(),
        relations: (0..b % 2)
            .map(|_| Relation {
                label: String::new(),
                kind: LinkKind::Manager,
                name: format!("Person {}", b % 30),
            })
            .collect(),
        ..Card::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Any history of commands, undone to the start, gives back the book as it was; redone, the same end; at every step the
    /// derived standings equal a rebuild.
    #[test]
    fn undo_all_gives_back_the_start_and_redo_all_the_end(history in prop::collection::vec(any::<[u16; 6]>(), 1..40)) {
        let world = World::new();
        let mut book = world.book();
        book.turn_to(20_779).unwrap();
        let mut states = vec![dump(&book)];
        for dice in &history {
            let Some(command) = command(&book, dice) else { continue };
            if book.apply(&command, &now()).is_ok() {
                states.push(dump(&book));
            } else {
                prop_assert_eq!(&dump(&book), states.last().unwrap(), "a refused command changes nothing: {:?}", command);
            }
        }
        prop_assert!(book.check(&now()).unwrap().is_clean(), "{:?}", book.check(&now()).unwrap());
        let (_folder, copy) = copied(&book);
        let copy = dump(&copy);
        prop_assert_eq!(without_links(&copy), without_links(states.last().unwrap()), "every row, out and in");
        for state in states.iter().rev().skip(1) {
            book.undo(&now()).unwrap();
            prop_assert_eq!(&dump(&book), state);
        }
        prop_assert!(matches!(book.undo(&now()), Err(Error::NothingTo("undo"))));
        drop(book);
        let mut book = world.book();
        for state in states.iter().skip(1) {
            book.redo(&now()).unwrap();
            prop_assert_eq!(&dump(&book), state);
        }
        prop_assert!(matches!(book.redo(&now()), Err(Error::NothingTo("redo"))));
        prop_assert!(book.check(&now()).unwrap().is_clean());
    }
}

#[test]
fn an_import_is_one_step_that_is_undone_and_made_again_whole() {
    let world = World::new();
    let mut book = world.book();
    add(&mut book, "Person 1");
    book.turn_to(20_779).unwrap();
    let before = dump(&book);
    let moment = now();
    let mut bulk = book.bulk("Imported some people", &moment).unwrap();
    for n in 0..60 {
        bulk.add(&card(n, n / 2, "from a file").cleaned()).unwrap();
    }
    bulk.finish().unwrap();
    let after = dump(&book);
    book.undo(&now()).unwrap();
    assert_eq!(dump(&book), before);
    book.redo(&now()).unwrap();
    assert_eq!(dump(&book), after);
    assert!(book.check(&now()).unwrap().is_clean());
}

#[test]
fn a_book_made_up_as_a_whole_begins_with_nothing_to_undo() {
    let world = World::new();
    let mut book = world.book();
    let moment = now();
    let mut bulk = book.bulk("Made the demo book", &moment).unwrap();
    bulk.add(&card(1, 1, "from a file").cleaned()).unwrap();
    bulk.afresh().finish().unwrap();
    let begun = dump(&book);
    assert!(matches!(book.undo(&now()), Err(Error::NothingTo("undo"))));
    add(&mut book, "Person 2");
    book.undo(&now()).unwrap();
    assert_eq!(dump(&book), begun);
    assert!(matches!(book.undo(&now()), Err(Error::NothingTo("undo"))));
    assert!(book.check(&now()).unwrap().is_clean());
}

#[test]
fn a_change_after_an_undo_loses_nothing() {
    let world = World::new();
    let mut book = world.book();
    let empty = dump(&book);
    add(&mut book, "Barney Rubble");
    add(&mut book, "Wilma Slate");
    let both = dump(&book);
    book.undo(&now()).unwrap();
    let one = dump(&book);
    book.undo(&now()).unwrap();
    add(&mut book, "Betty Marsh");
    assert!(matches!(book.redo(&now()), Err(Error::NothingTo("redo"))));
    // Undoing on leads back through what was undone, and then to the start.
    let mut seen = Vec::new();
    while book.undo(&now()).is_ok() {
        seen.push(dump(&book));
    }
    assert_eq!(seen, [empty.clone(), one.clone(), both, one, empty]);
    assert!(book.check(&now()).unwrap().is_clean());
    let labels: Vec<String> = book
        .steps(10)
        .unwrap()
        .into_iter()
        .map(|step| step.label)
        .collect();
    assert_eq!(labels[0], "Added Betty Marsh");
    assert_eq!(labels[1], "Took back: Added Barney Rubble");
    while book.redo(&now()).is_ok() {}
    assert_eq!(
        book.opening(10).unwrap().len(),
        1,
        "the end again: Betty alone"
    );
}

#[test]
fn a_step_whose_rows_were_changed_by_another_program_is_not_undone_in_part() {
    let world = World::new();
    let mut book = world.book();
    let id = add(&mut book, "Barney Rubble");
    book.apply(&Command::SetCadence { id, days: Some(14) }, &now())
        .unwrap();
    let outside = rusqlite::Connection::open(book.path()).unwrap();
    outside
        .execute("delete from contact where id = ?1", [id.raw()])
        .unwrap();
    let before = dump(&book);
    assert!(matches!(
        book.undo(&now()),
        Err(Error::ChangedElsewhere { .. })
    ));
    assert_eq!(dump(&book), before);
}

#[test]
fn two_programs_share_one_journal() {
    let world = World::new();
    let (mut one, mut other) = (world.book(), world.book());
    add(&mut one, "Barney Rubble");
    let changed = other.undo(&now()).unwrap();
    assert_eq!(changed.label, "Added Barney Rubble");
    assert_eq!(one.count().unwrap(), 0);
    one.redo(&now()).unwrap();
    assert_eq!(other.count().unwrap(), 1);
}

#[test]
fn an_edit_from_an_outdated_form_is_refused_and_names_the_person() {
    let world = World::new();
    let mut book = world.book();
    let id = add(&mut book, "Barney Rubble");
    let before = book.card(id).unwrap().unwrap();
    let edit = |title: &str| {
        let after = Card {
            title: title.to_owned(),
            ..before.clone()
        };
        Command::EditContact {
            id,
            before: Box::new(before.clone()),
            after: Box::new(after),
        }
    };
    book.apply(&edit("Plant manager"), &now()).unwrap();
    let refused = book.apply(&edit("Janitor"), &now()).unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("Barney Rubble was changed elsewhere"),
        "{refused}"
    );
    assert_eq!(book.card(id).unwrap().unwrap().title, "Plant manager");
}

#[test]
fn a_change_about_me_and_somebody_names_only_the_other() {
    let world = World::new();
    let mut book = world.book();
    let id = add(&mut book, "Barney Rubble");
    let (what, on) = ("an introduction".to_owned(), now().date_naive());
    let chit = Chit {
        giver: id,
        receiver: Id::ME,
        what,
        on,
        worth: Halves::PLAIN,
        pending: false,
        evidence: None,
    };
    let changed = book
        .apply(&Command::GiveChit(Box::new(chit)), &now())
        .unwrap();
    assert_eq!(changed.contacts, Some(vec![id]));
}
