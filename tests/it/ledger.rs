//! The chit ledger in the book: sums on every day, settlements, favours for favours, chits called in, and undo of all of it.

use crate::world::{World, add, dump, now};
use chitbook::domain::ask::{Answer, Ask};
use chitbook::domain::chit::{
    CallOutcome, Chit, ChitCall, ChitPart, ChitRow, ChitState, Halves, Settlement,
};
use chitbook::domain::command::Command;
use chitbook::domain::contact::Card;
use chitbook::domain::id::Id;
use chitbook::domain::ledger::{Running, Scope, register};
use chitbook::domain::moment::shift;
use chitbook::domain::referral::{Credit, Referral, Stage, Step, Who};
use chitbook::store::{ChitFilter, Error, Store};
use chrono::NaiveDate;
use proptest::prelude::*;

pub fn today() -> NaiveDate {
    now().date_naive()
}

pub fn ago(days: i64) -> NaiveDate {
    shift(today(), -days)
}

/// A favour so many days ago; gives back the chit.
pub fn favour(book: &mut Store, giver: Id, receiver: Id, days: i64, halves: u32) -> Id {
    let chit = Chit {
        giver,
        receiver,
        what: format!("favour {days}"),
        on: ago(days),
        worth: Halves(halves),
        pending: false,
        evidence: None,
    };
    let command = Command::GiveChit(Box::new(chit));
    book.apply(&command, &now()).unwrap().created.unwrap()
}

fn part(days: i64, halves: u32, how: Settlement) -> ChitPart {
    ChitPart {
        on: ago(days),
        halves: Halves(halves),
        how,
        by: "a bottle".to_owned(),
        counter: None,
        touch: None,
    }
}

fn settle(book: &mut Store, id: Id, part: ChitPart) -> Result<(), Error> {
    book.apply(&Command::SettleChit { id, part }, &now())
        .map(|_| ())
}

fn chit(book: &Store, id: Id) -> ChitRow {
    book.chit(id).unwrap().unwrap()
}

/// A book of five people in two accounts.
fn book(world: &World) -> (Store, Vec<Id>) {
    let mut book = world.book();
    book.turn_to(20_779).unwrap();
    let people = ["Barney", "Wilma", "Fred", "Betty", "Dino"].map(|name| {
        let card = Card {
            account: if name.len() > 4 { "Slate" } else { "Granite" }.to_owned(),
            ..Card::named(name)
        };
        let added = book.apply(&Command::AddContact(Box::new(card)), &now());
        added.unwrap().created.unwrap()
    });
    (book, people.to_vec())
}

/// A change to the ledger, to referrals or asks, made of random numbers; it may be one that the book refuses.
fn change(book: &Store, people: &[Id], dice: [u16; 6]) -> Option<Command> {
    let [what, a, b, c, d, e] = dice.map(usize::from);
    let mut everybody = vec![Id::ME];
    everybody.extend(people);
    let anybody = |n: usize| everybody[n % everybody.len()];
    let other = |n: usize| people[n % people.len()];
    let chits = book.chits(&ChitFilter::default()).unwrap();
    let chit = |n: usize| chits.get(n % chits.len().max(1));
    let referrals = book.referrals().unwrap();
    let referral = |n: usize| referrals.get(n % referrals.len().max(1));
    let day = ago(d as i64 % 300);
    let step = |n: usize| Step {
        stage: Stage::ALL[n % 6],
        on: day,
        note: String::new(),
        evidence: None,
        chits: Vec::new(),
    };
    Some(match what % 16 {
        0..=2 => Command::GiveChit(Box::new(Chit {
            giver: anybody(a),
            receiver: anybody(b),
            what: format!("favour {c}"),
            on: day,
            worth: Halves(1 + e as u32 % 5),
            pending: c % 2 == 0,
            evidence: None,
        })),
        3 | 4 => Command::SettleChit {
            id: chit(a)?.id,
            part: ChitPart {
                counter: (b % 3 == 0).then(|| chit(c)).flatten().map(|row| row.id),
                ..part(
                    d as i64 % 300,
                    1 + e as u32 % 4,
                    if c % 2 == 0 {
                        Settlement::Redeemed
                    } else {
                        Settlement::Forgiven
                    },
                )
            },
        },
        5 => {
            let row = chit(a)?;
            let swapped = |other: &&ChitRow| {
                (other.chit.giver, other.chit.receiver) == (row.chit.receiver, row.chit.giver)
            };
            Command::SettleChit {
                id: row.id,
                part: ChitPart {
                    counter: Some(chits.iter().find(swapped)?.id),
                    ..part(0, 1 + e as u32 % 3, Settlement::Redeemed)
                },
            }
        }
        6 => Command::ClearChit {
            id: chit(a)?.id,
            pending: b % 2 == 0,
        },
        7 => {
            let row = chit(a)?;
            let after = Chit {
                on: day,
                giver: if b % 3 == 0 {
                    anybody(b)
                } else {
                    row.chit.giver
                },
                worth: Halves(1 + e as u32 % 6),
                pending: c % 2 == 0,
                ..row.chit.clone()
            };
            Command::EditChit {
                id: row.id,
                before: Box::new(row.chit.clone()),
                after: Box::new(after),
            }
        }
        8 => Command::CallChit {
            id: chit(a)?.id,
            call: Box::new(ChitCall {
                on: day,
                outcome: [
                    None,
                    Some(CallOutcome::Honoured),
                    Some(CallOutcome::InPart(Halves(1 + e as u32 % 3))),
                    Some(CallOutcome::Declined),
                    Some(CallOutcome::Forgiven),
                ][b % 5],
                answered: None,
                note: format!("note {c}"),
            }),
        },
        9 if a % 4 == 0 => Command::DeleteChit(chit(b)?.id),
        10 | 11 => Command::AddReferral {
            referral: Box::new(Referral {
                referrer: if a % 7 == 0 {
                    Who::Account(book.account_of(other(a)).unwrap()?)
                } else {
                    Who::Person(anybody(a))
                },
                prospect: Who::Person(other(b)),
                account: book.account_of(other(b)).unwrap(),
                given: c % 4 == 0,
                what: format!("trouble {d}"),
                evidence: None,
            }),
            step: Box::new(step(e)),
        },
        12 | 13 => {
            let row = referral(a)?;
            match b % 6 {
                0 => Command::TellReferrer {
                    id: row.id,
                    on: day,
                },
                1 => Command::SplitCredit {
                    id: row.id,
                    credit: Credit {
                        contact: other(c),
                        percent: (d % 80) as u8,
                    },
                },
                2 => Command::DropStage(row.stages.first()?.id),
                3 if c % 3 == 0 => Command::DeleteReferral(row.id),
                4 => Command::EditReferral {
                    id: row.id,
                    before: Box::new(row.referral.clone()),
                    after: Box::new(Referral {
                        what: format!("other trouble {c}"),
                        ..row.referral.clone()
                    }),
                },
                _ => Command::MoveReferral {
                    id: row.id,
                    step: Box::new(step(c)),
                },
            }
        }
        14 => {
            let ask = |who: Id| Ask {
                contact: who,
                on: day,
                answer: Some(Answer::ALL[b % 4]),
                next: (c % 2 == 0).then(|| shift(day, c as i64 % 40)),
                note: String::new(),
            };
            match book.asks_of(other(a)).unwrap().into_iter().next() {
                Some(row) if e % 3 == 0 => Command::DeleteAsk(row.id),
                Some(row) if e % 3 == 1 => Command::EditAsk {
                    id: row.id,
                    before: Box::new(row.ask),
                    after: Box::new(ask(other(d))),
                },
                _ => Command::AddAsk(Box::new(ask(other(a)))),
            }
        }
        15 if a % 6 == 0 => Command::DeleteContact(other(b)),
        _ => return None,
    })
}

/// What somebody owes and is owed by the register up to a day.
fn told(rows: &[ChitRow], scope: Scope, until: NaiveDate) -> Running {
    let lines = register(rows, scope);
    let last = lines.iter().rfind(|line| line.on <= until);
    last.and_then(|line| line.running).unwrap_or_default()
}

/// On every day the balances are the sums over the register, and no chit was settled beyond its worth.
fn sums_hold(book: &Store) -> Result<(), TestCaseError> {
    let rows = book.chits(&ChitFilter::default()).unwrap();
    for row in &rows {
        let settled: u32 = row.parts.iter().map(|part| part.halves.0).sum();
        prop_assert!(settled <= row.chit.worth.0, "{row:?}");
        prop_assert!(
            row.parts.iter().all(|part| part.on >= row.chit.on),
            "{row:?}"
        );
    }
    for days in (0..310).step_by(7) {
        let balances = book.balances(Some(ago(days))).unwrap();
        for id in book.contact_ids().unwrap() {
            let sums = told(&rows, Scope::Pair(Id::ME, id), ago(days));
            let line = balances.iter().find(|line| line.who == id);
            let line = line.map_or(Running::default(), |line| Running {
                owes: line.i_owe,
                owed: line.they_owe,
            });
            prop_assert_eq!(sums, line, "{} days ago", days);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    /// Whatever is done to chits, referrals and asks: the sums hold on every day, a refused change changes nothing, the derived values
    /// equal a rebuild, and undo leads back to the beginning and redo to the end, step by step.
    #[test]
    fn whatever_happens_the_sums_hold_and_undo_gives_back_every_state(history in prop::collection::vec(any::<[u16; 6]>(), 1..50)) {
        let world = World::new();
        let (mut book, people) = book(&world);
        let mut states = vec![dump(&book)];
        for dice in history {
            let Some(command) = change(&book, &people, dice) else { continue };
            match book.apply(&command, &now()) {
                Ok(_) => states.push(dump(&book)),
                Err(error) => {
                    prop_assert_eq!(&dump(&book), states.last().unwrap(), "{:?}", command);
                    let said = error.to_string();
                    let raw = ["SQLite", "constraint", "FOREIGN"].iter().any(|word| said.contains(word));
                    prop_assert!(!raw, "a sentence for people: {} of {:?}", said, command);
                }
            }
        }
        sums_hold(&book)?;
        prop_assert!(book.check(&now()).unwrap().is_clean());
        for state in states.iter().rev().skip(1) {
            book.undo(&now()).unwrap();
            prop_assert_eq!(&dump(&book), state);
        }
        for state in states.iter().skip(1) {
            book.redo(&now()).unwrap();
            prop_assert_eq!(&dump(&book), state);
        }
    }
}

#[test]
fn a_favour_for_a_favour_settles_as_much_of_both_and_each_says_by_which() {
    let world = World::new();
    let (mut book, people) = book(&world);
    let barney = people[0];
    let theirs = favour(&mut book, barney, Id::ME, 90, 2);
    let mine = favour(&mut book, Id::ME, barney, 10, 4);
    let before = dump(&book);
    let by = ChitPart {
        counter: Some(mine),
        by: String::new(),
        ..part(5, 2, Settlement::Redeemed)
    };
    settle(&mut book, theirs, by.clone()).unwrap();
    let (one, other) = (chit(&book, theirs), chit(&book, mine));
    assert_eq!(
        (one.state(), other.state()),
        (ChitState::Redeemed, ChitState::Part)
    );
    assert_eq!(
        (one.parts[0].by.as_str(), one.parts[0].counter),
        ("favour 10", Some(mine))
    );
    assert_eq!(
        (other.parts[0].by.as_str(), other.parts[0].counter),
        ("favour 90", Some(theirs))
    );
    let said = settle(&mut book, theirs, by).unwrap_err().to_string();
    assert!(said.contains("redeemed already"), "{said}");
    book.undo(&now()).unwrap();
    assert_eq!(dump(&book), before);
    book.redo(&now()).unwrap();
    book.apply(&Command::DeleteChit(mine), &now()).unwrap();
    let left = chit(&book, theirs);
    assert_eq!(
        (left.state(), left.parts[0].counter),
        (ChitState::Redeemed, None)
    );
    assert_eq!(left.parts[0].by, "favour 10", "it still says by what");
}

#[test]
fn a_settlement_that_cannot_be_is_refused_with_the_reason_and_changes_nothing() {
    let world = World::new();
    let (mut book, people) = book(&world);
    let (barney, wilma) = (people[0], people[1]);
    let theirs = favour(&mut book, barney, Id::ME, 90, 3);
    let small = favour(&mut book, Id::ME, barney, 20, 1);
    let same_way = favour(&mut book, barney, Id::ME, 30, 2);
    let with_wilma = favour(&mut book, Id::ME, wilma, 30, 2);
    let before = dump(&book);
    let by = |counter, days, halves| ChitPart {
        counter,
        ..part(days, halves, Settlement::Redeemed)
    };
    let cases = [
        ("nothing", by(None, 5, 0), "between ½ and 1½"),
        ("more than it is worth", by(None, 5, 4), "between ½ and 1½"),
        (
            "before the favour",
            by(None, 91, 1),
            "cannot come back before that",
        ),
        (
            "more than the counter-chit leaves",
            by(Some(small), 5, 2),
            "only ½",
        ),
        (
            "before the counter-favour",
            by(Some(small), 21, 1),
            "cannot come back before that",
        ),
        (
            "a favour the same way",
            by(Some(same_way), 5, 1),
            "the other way between the same two",
        ),
        (
            "a favour with somebody else",
            by(Some(with_wilma), 5, 1),
            "the other way between the same two",
        ),
        (
            "itself",
            by(Some(theirs), 5, 1),
            "the other way between the same two",
        ),
        (
            "a chit that is gone",
            by(Some(Id::from_raw(77)), 5, 1),
            "that chit",
        ),
        (
            "a touch that is gone",
            ChitPart {
                touch: Some(Id::from_raw(77)),
                ..by(None, 5, 1)
            },
            "that touch",
        ),
    ];
    for (label, part, reason) in cases {
        let said = settle(&mut book, theirs, part).unwrap_err().to_string();
        assert!(said.contains(reason), "{label}: {said}");
        assert_eq!(dump(&book), before, "{label}");
    }
}

#[test]
fn a_chit_is_called_in_and_the_answer_settles_what_it_says() {
    let call = |outcome, days: i64| ChitCall {
        on: ago(days),
        outcome,
        answered: None,
        note: "a way to the board".to_owned(),
    };
    let cases = [
        (None, ChitState::Open, 3, true),
        (Some(CallOutcome::Honoured), ChitState::Redeemed, 0, false),
        (
            Some(CallOutcome::InPart(Halves(1))),
            ChitState::Part,
            2,
            false,
        ),
        (Some(CallOutcome::Declined), ChitState::Open, 3, false),
        (Some(CallOutcome::Forgiven), ChitState::Forgiven, 0, false),
    ];
    for (outcome, state, open, waits) in cases {
        for first in [true, false] {
            let world = World::new();
            let (mut book, people) = book(&world);
            let id = favour(&mut book, people[0], Id::ME, 90, 3);
            let before = dump(&book);
            let mut apply = |call| {
                let call = Box::new(call);
                book.apply(&Command::CallChit { id, call }, &now())
            };
            // At once, or first called in and answered later.
            let twice = first && outcome.is_some();
            if twice {
                apply(call(None, 10)).unwrap();
                assert!(apply(call(None, 9)).is_err(), "it waits for an answer");
            }
            let mut answer = call(outcome, if twice { 10 } else { 5 });
            answer.answered = outcome.map(|_| ago(5));
            apply(answer).unwrap();
            let row = chit(&book, id);
            assert_eq!(
                (row.state(), row.open(), row.called().is_some()),
                (state, Halves(open), waits),
                "{outcome:?}"
            );
            assert_eq!((row.calls.len(), row.calls[0].outcome), (1, outcome));
            assert_eq!(row.calls[0].answered, outcome.map(|_| ago(5)));
            let part = row.parts.first();
            assert!(part.is_none_or(|part| part.on == ago(5) && part.by == "a way to the board"));
            for _ in 0..if twice { 2 } else { 1 } {
                book.undo(&now()).unwrap();
            }
            assert_eq!(dump(&book), before);
        }
    }
}

#[test]
fn what_is_settled_or_too_much_is_not_called_in() {
    let world = World::new();
    let (mut book, people) = book(&world);
    let id = favour(&mut book, people[0], Id::ME, 90, 2);
    let mut apply = |outcome, on: i64, answered: i64| {
        let call = ChitCall {
            on: ago(on),
            outcome,
            answered: Some(ago(answered)),
            note: String::new(),
        };
        let call = Box::new(call);
        let done = book.apply(&Command::CallChit { id, call }, &now());
        done.map_err(|error| error.to_string())
    };
    let more = Some(CallOutcome::InPart(Halves(3)));
    assert!(apply(more, 9, 9).unwrap_err().contains("between ½ and 1"));
    let honoured = Some(CallOutcome::Honoured);
    assert!(
        apply(honoured, 91, 9)
            .unwrap_err()
            .contains("called in after that")
    );
    assert!(
        apply(honoured, 9, 10)
            .unwrap_err()
            .contains("answered after")
    );
    apply(honoured, 9, 9).unwrap();
    assert!(
        apply(honoured, 8, 8)
            .unwrap_err()
            .contains("redeemed already")
    );
}

#[test]
fn a_chit_stays_with_the_day_and_the_people_of_what_settled_it() {
    let world = World::new();
    let (mut book, people) = book(&world);
    let id = favour(&mut book, people[0], Id::ME, 90, 4);
    let mine = favour(&mut book, Id::ME, people[0], 90, 2);
    let by = ChitPart {
        counter: Some(mine),
        ..part(50, 1, Settlement::Redeemed)
    };
    settle(&mut book, id, by).unwrap();
    let before = chit(&book, id).chit;
    let cases = [
        (
            "given after it came back",
            Chit {
                on: ago(49),
                ..before.clone()
            },
            Some("not done after that"),
        ),
        (
            "given the day it came back",
            Chit {
                on: ago(50),
                ..before.clone()
            },
            None,
        ),
        (
            "given by somebody else",
            Chit {
                giver: people[1],
                ..before.clone()
            },
            Some("stays between them"),
        ),
        (
            "worth less than came back",
            Chit {
                worth: Halves(0),
                ..before.clone()
            },
            Some("worth"),
        ),
    ];
    for (label, after, reason) in cases {
        let present = chit(&book, id).chit;
        let command = Command::EditChit {
            id,
            before: Box::new(present),
            after: Box::new(after),
        };
        let said = book
            .apply(&command, &now())
            .map_err(|error| error.to_string());
        match (said, reason) {
            (Ok(_), None) => {}
            (Err(said), Some(reason)) => assert!(said.contains(reason), "{label}: {said}"),
            (said, _) => panic!("{label}: {said:?}"),
        }
    }
}

#[test]
fn a_pending_chit_is_cleared_on_a_day_and_was_pending_until_then() {
    let world = World::new();
    let (mut book, people) = book(&world);
    let id = favour(&mut book, people[0], people[1], 90, 2);
    let mark = |book: &mut Store, pending| {
        book.apply(&Command::ClearChit { id, pending }, &now())
            .unwrap();
    };
    mark(&mut book, true);
    assert_eq!(
        (chit(&book, id).sign(), chit(&book, id).cleared_on),
        ('!', None)
    );
    mark(&mut book, false);
    assert_eq!(
        (chit(&book, id).sign(), chit(&book, id).cleared_on),
        ('*', Some(today()))
    );
    let yesterday = ChitFilter {
        as_of: Some(ago(1)),
        ..ChitFilter::default()
    };
    assert_eq!(book.chits(&yesterday).unwrap()[0].sign(), '!');
    // To clear it again does not move the day.
    let later = now() + chrono::Duration::days(3);
    book.apply(&Command::ClearChit { id, pending: false }, &later)
        .unwrap();
    assert_eq!(chit(&book, id).cleared_on, Some(today()));
}

#[test]
fn the_register_of_two_people_is_read_without_anybody_elses() {
    let world = World::new();
    let (mut book, people) = book(&world);
    let (barney, wilma) = (people[0], people[1]);
    let here = [
        favour(&mut book, barney, wilma, 9, 2),
        favour(&mut book, wilma, barney, 8, 2),
    ];
    favour(&mut book, barney, Id::ME, 7, 2);
    favour(&mut book, people[2], wilma, 6, 2);
    let of = |with, and| {
        let filter = ChitFilter {
            with,
            and,
            ..ChitFilter::default()
        };
        let rows = book.chits(&filter).unwrap();
        rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(of(Some(barney), Some(wilma)), here);
    assert_eq!(of(Some(wilma), Some(barney)), here);
    assert_eq!(of(Some(barney), None).len(), 3);
    assert_eq!(of(None, None).len(), 4);
    let dino = add(&mut book, "Somebody new");
    let filter = ChitFilter {
        with: Some(dino),
        ..ChitFilter::default()
    };
    assert!(book.chits(&filter).unwrap().is_empty());
}
