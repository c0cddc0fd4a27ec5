//! The weekly review in real books: it resumes where it was, respects what others change, and keeps its minutes.

use crate::accounts::met;
use crate::journal::command;
use crate::notes::{apply, at_slate, referred, today};
use crate::world::{World, add, dump, now};
use chitbook::domain::command::Command;
use chitbook::domain::id::Id;
use chitbook::domain::matter::MatterKind;
use chitbook::domain::moment::{Moment, day_number};
use chitbook::domain::promise::{Promise, PromiseState};
use chitbook::domain::referral::{Referred, Stage};
use chitbook::domain::review::{Change, Choice, Decision, Deck, Outcome, decide};
use chitbook::store::{Error, Store};
use chrono::Days;
use proptest::prelude::*;

fn promised(who: Id, what: &str) -> Command {
    Command::AddPromise(Box::new(Promise {
        contact: who,
        mine: true,
        what: what.to_owned(),
        made_on: today() - Days::new(20),
        due: today() - Days::new(6),
        evidence: None,
    }))
}

/// Begins a review of everything that is loose.
pub fn begin(book: &mut Store, now: &Moment) -> Deck {
    let deck = book.review_deck(now).unwrap();
    assert_eq!(deck.review, None);
    let cards = deck.cards.into_iter().map(|row| row.card).collect();
    let change = Change::Begin {
        on: now.date_naive(),
        cards,
    };
    book.apply(&Command::Review(Box::new(change)), now).unwrap();
    book.review_deck(now).unwrap()
}

/// Decides the card it is at.
fn choose(book: &mut Store, choice: &Choice, note: &str) -> Deck {
    let deck = book.review_deck(&now()).unwrap();
    let row = &deck.cards[deck.at().unwrap()];
    let command = decide(row.id.unwrap(), &row.card, choice, note, today());
    book.apply(&command, &now()).unwrap();
    book.review_deck(&now()).unwrap()
}

fn finish(book: &mut Store, now: &Moment) {
    let deck = book.review_deck(now).unwrap();
    let minutes = book.review_minutes(now).unwrap().unwrap();
    let change = Change::Finish {
        review: deck.review.unwrap(),
        minutes: Box::new(minutes),
    };
    book.apply(&Command::Review(Box::new(change)), now).unwrap();
}

/// Three promises, a silent friend, a ghost, two who look like one.
fn loose(book: &mut Store) -> [Id; 3] {
    book.turn_to(day_number(today())).unwrap();
    let barney = at_slate(book, "Barney Rubble");
    let wilma = at_slate(book, "Wilma Slate");
    at_slate(book, "B. Rubble");
    for weeks in (5..30).rev() {
        met(book, wilma, weeks * 7);
    }
    for what in ["the quote", "a reference", "the tariff"] {
        apply(book, &promised(barney, what));
    }
    [barney, wilma, add(book, "Nobody's Own")]
}

#[test]
fn a_review_is_left_anywhere_and_goes_on_at_the_same_card_after_a_restart() {
    let world = World::new();
    let mut book = world.book();
    loose(&mut book);
    let deck = begin(&mut book, &now());
    let kinds: Vec<MatterKind> = deck.cards.iter().map(|row| row.card.kind).collect();
    assert_eq!(
        kinds,
        [
            MatterKind::Promise,
            MatterKind::Promise,
            MatterKind::Promise,
            MatterKind::Stale,
            MatterKind::Duplicate
        ]
    );
    choose(&mut book, &Choice::Done, "");
    let before = choose(&mut book, &Choice::Skip, "");
    assert_eq!((before.at(), before.behind()), (Some(2), 2));
    drop(book);
    let book = world.book();
    assert_eq!(book.review_deck(&now()).unwrap(), before);
}

#[test]
fn a_referrer_who_was_not_told_and_an_introduction_nobody_followed_up_are_cards_until_they_are() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let wilma = at_slate(&mut book, "Wilma Slate");
    let fred = add(&mut book, "Fred Flint");
    let refer = |book: &mut Store, prospect, stage, ago| {
        let referred = Referred {
            on: today() - Days::new(ago),
            ..referred(barney, prospect, stage)
        };
        apply(book, &Command::Refer(Box::new(referred)));
    };
    refer(&mut book, wilma, Stage::Introduced, 40);
    refer(&mut book, fred, Stage::Met, 6);
    let deck = begin(&mut book, &now());
    let told = deck
        .cards
        .iter()
        .map(|row| (row.card.kind, row.card.contact));
    let told: Vec<_> = told.take(2).collect();
    assert_eq!(
        told,
        [
            (MatterKind::Tell, Some(barney)),
            (MatterKind::Referral, Some(wilma))
        ]
    );
    assert!(
        deck.cards[1].card.why.contains("Barney Rubble"),
        "{}",
        deck.cards[1].card.why
    );
    refer(&mut book, wilma, Stage::Met, 0);
    let deck = book.review_deck(&now()).unwrap();
    assert_eq!(
        (deck.cards[0].settled, deck.cards[1].settled),
        (false, true)
    );
}

#[test]
fn one_decision_is_one_step_that_undo_takes_back_whole() {
    let world = World::new();
    let mut book = world.book();
    let [barney, wilma, _] = loose(&mut book);
    begin(&mut book, &now());
    let start = dump(&book);
    let soon = today() + Days::new(4);
    choose(&mut book, &Choice::Snooze(soon), "she is away");
    choose(
        &mut book,
        &Choice::Promise("send it twice".to_owned(), soon),
        "",
    );
    choose(&mut book, &Choice::LetGo, "no longer wanted");
    choose(&mut book, &Choice::Plan(soon, None), "lunch");
    let deck = choose(&mut book, &Choice::LetGo, "");
    assert_eq!(deck.at(), None);
    let person = book.person(wilma).unwrap().unwrap();
    assert_eq!(person.plan.unwrap().plan.why, "lunch");
    assert_eq!(book.person(barney).unwrap().unwrap().promises.len(), 3);
    assert_eq!(book.duplicates(9).unwrap(), []);
    let label = &book.steps(1).unwrap()[0].label;
    assert_eq!(label, "Review: B. Rubble: let go");
    for _ in 0..5 {
        book.undo(&now()).unwrap();
    }
    assert_eq!(dump(&book), start);
}

#[test]
fn a_card_that_another_program_settled_is_passed_over_and_one_it_decided_is_refused() {
    let world = World::new();
    let (mut one, mut other) = (world.book(), world.book());
    let [barney, wilma, _] = loose(&mut one);
    let deck = begin(&mut one, &now());
    let id = one.person(barney).unwrap().unwrap().promises[0].id;
    let kept = Command::ClosePromise {
        id,
        state: PromiseState::Kept,
        on: today(),
    };
    apply(&mut other, &kept);
    met(&mut other, wilma, 0);
    let now_on = one.review_deck(&now()).unwrap();
    let settled: Vec<bool> = now_on.cards.iter().map(|row| row.settled).collect();
    assert_eq!(
        settled.iter().filter(|settled| **settled).count(),
        2,
        "the promise and the silence"
    );
    assert_eq!(
        now_on.cards.len(),
        deck.cards.len(),
        "the size that was said stays"
    );
    let row = &now_on.cards[now_on.at().unwrap()];
    let command = decide(row.id.unwrap(), &row.card, &Choice::Skip, "", today());
    apply(&mut other, &command);
    assert!(matches!(
        one.apply(&command, &now()),
        Err(Error::Outdated { .. })
    ));
    // There is one review at a time.
    let again = Change::Begin {
        on: today(),
        cards: Vec::new(),
    };
    let refused = other
        .apply(&Command::Review(Box::new(again)), &now())
        .unwrap_err();
    assert!(refused.to_string().contains("under way"), "{refused}");
}

#[test]
fn the_minutes_are_frozen_and_the_next_week_says_what_came_of_them() {
    let world = World::new();
    let mut book = world.book();
    let [barney, wilma, _] = loose(&mut book);
    begin(&mut book, &now());
    let soon = today() + Days::new(2);
    choose(&mut book, &Choice::Done, "");
    choose(&mut book, &Choice::Call, "");
    choose(
        &mut book,
        &Choice::Promise("the tariff, again".to_owned(), soon),
        "",
    );
    choose(&mut book, &Choice::Plan(soon, None), "lunch");
    finish(&mut book, &now());
    let minutes = book.minutes(1).unwrap().remove(0);
    assert_eq!(
        minutes.summary(),
        "5 cards: 1 done, 1 call now, 1 planned, 1 promised, 1 passed over"
    );
    assert_eq!(minutes.plan.len(), 2, "the lunch and the tariff");
    drop(book);
    let mut book = world.book();
    assert_eq!(
        book.minutes(1).unwrap()[0],
        minutes,
        "equal after a restart"
    );
    // A week later: lunch was had, nobody was called, the tariff went by.
    let later = now() + Days::new(7);
    let touch = chitbook::domain::touch::Touch {
        at: now() + Days::new(2),
        kind: chitbook::domain::touch::TouchKind::Meeting,
        direction: chitbook::domain::touch::Direction::Mutual,
        minutes: None,
        body: String::new(),
        people: vec![wilma],
    };
    book.apply(&Command::LogTouch(Box::new(touch)), &later)
        .unwrap();
    book.turn_to(day_number(later.date_naive())).unwrap();
    let next = book.review_deck(&later).unwrap();
    let came: Vec<(Decision, Outcome)> = next
        .came
        .iter()
        .map(|came| (came.decision, came.outcome))
        .collect();
    assert_eq!(
        came,
        [
            (Decision::Call, Outcome::Missed),
            (Decision::Promise, Outcome::Missed),
            (Decision::Plan, Outcome::Done)
        ]
    );
    assert_eq!(next.came[0].who, "Barney Rubble");
    let changed = Command::LetGo {
        id: barney,
        on: today(),
        why: "gone".to_owned(),
    };
    apply(&mut book, &changed);
    assert_eq!(
        book.minutes(1).unwrap()[0],
        minutes,
        "whatever happens to the book"
    );
}

#[test]
fn a_touch_of_the_same_day_is_what_came_of_a_decision_only_where_it_was_logged_after_it() {
    let minutes = |ago: i64| now() - chrono::Duration::minutes(ago);
    let rows = [
        ("an e-mail of this morning", Some(-60), Outcome::Ahead),
        ("a call after the review", Some(60), Outcome::Done),
        ("silence", None, Outcome::Ahead),
    ];
    for (label, logged, wanted) in rows {
        let world = World::new();
        let mut book = world.book();
        let [barney, _, _] = loose(&mut book);
        let log = |book: &mut Store, after: i64| {
            let touch = chitbook::domain::touch::Touch {
                at: minutes(-after),
                kind: chitbook::domain::touch::TouchKind::Email,
                direction: chitbook::domain::touch::Direction::In,
                minutes: None,
                body: String::new(),
                people: vec![barney],
            };
            let command = Command::LogTouch(Box::new(touch));
            book.apply(&command, &minutes(-after)).unwrap();
        };
        if let Some(before) = logged.filter(|after| *after < 0) {
            log(&mut book, before);
        }
        let deck = begin(&mut book, &now());
        let of_barney = deck
            .cards
            .iter()
            .find(|row| row.card.contact == Some(barney));
        let row = of_barney.unwrap();
        let soon = Choice::Plan(today() + Days::new(11), None);
        let command = decide(row.id.unwrap(), &row.card, &soon, "", today());
        apply(&mut book, &command);
        finish(&mut book, &now());
        if let Some(after) = logged.filter(|after| *after > 0) {
            log(&mut book, after);
        }
        let came = book.review_deck(&minutes(-120)).unwrap().came;
        assert_eq!(came.len(), 1, "{label}");
        assert_eq!(came[0].outcome, wanted, "{label}");
    }
}

#[test]
fn a_review_of_the_demo_book_takes_one_decision_a_card() {
    let world = World::new();
    let mut book = crate::docs::demo(&world);
    let deck = begin(&mut book, &now());
    let size = deck.cards.len();
    assert!((40..=90).contains(&size), "{size} cards");
    let kinds: std::collections::BTreeSet<MatterKind> =
        deck.cards.iter().map(|row| row.card.kind).collect();
    assert!(kinds.len() >= 8, "{kinds:?}");
    let mut decisions = 0;
    while book.review_deck(&now()).unwrap().at().is_some() {
        let deck = book.review_deck(&now()).unwrap();
        let row = &deck.cards[deck.at().unwrap()];
        let soon = today() + Days::new(7);
        let choice = if row.card.allows(Decision::Plan) {
            Choice::Plan(soon, None)
        } else {
            Choice::Snooze(soon)
        };
        choose(&mut book, &choice, "");
        decisions += 1;
        if decisions == size / 2 {
            drop(book);
            book = world.book();
        }
    }
    let end = book.review_deck(&now()).unwrap();
    let settled = end.cards.iter().filter(|row| row.settled).count();
    assert_eq!(
        decisions + settled,
        size,
        "a plan with somebody settles that they cool"
    );
    finish(&mut book, &now());
    assert_eq!(book.minutes(1).unwrap()[0].items.len(), size);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// In any book a review has as many cards as it said, one decision each leads to its end, and undo leads back.
    #[test]
    fn a_review_of_any_book_ends(history in prop::collection::vec(any::<[u16; 6]>(), 1..60), choices in prop::collection::vec(0..5_u8, 150)) {
        let world = World::new();
        let mut book = world.book();
        book.turn_to(day_number(today())).unwrap();
        for dice in &history {
            if let Some(command) = command(&book, dice) {
                let _ = book.apply(&command, &now());
            }
        }
        let start = dump(&book);
        let deck = begin(&mut book, &now());
        let size = deck.cards.len();
        prop_assert!(deck.cards.iter().all(|row| !row.settled), "{:?}", deck.cards);
        let mut choices = choices.into_iter();
        let mut steps = 1;
        loop {
            let deck = book.review_deck(&now()).unwrap();
            prop_assert_eq!(deck.cards.len(), size);
            let Some(at) = deck.at() else { break };
            let row = &deck.cards[at];
            let day = today() + Days::new(5);
            let wanted = match choices.next() {
                Some(0) => Choice::Done,
                Some(1) => Choice::Plan(day, None),
                Some(2) => Choice::Snooze(day),
                Some(3) => Choice::LetGo,
                _ => Choice::Skip,
            };
            let choice = if row.card.allows(wanted.decision()) { wanted } else { Choice::Skip };
            let command = decide(row.id.unwrap(), &row.card, &choice, "", today());
            book.apply(&command, &now()).unwrap();
            steps += 1;
            prop_assert!(steps <= size + 1);
        }
        finish(&mut book, &now());
        prop_assert!(book.check(&now()).unwrap().is_clean());
        prop_assert_eq!(book.minutes(1).unwrap()[0].items.len(), size);
        for _ in 0..=steps {
            book.undo(&now()).unwrap();
        }
        prop_assert_eq!(dump(&book), start);
    }
}

#[test]
fn a_decision_is_taken_back_with_what_it_changed_only_where_nothing_was_done_since() {
    let world = World::new();
    let mut book = world.book();
    let [barney, ..] = loose(&mut book);
    let first = begin(&mut book, &now()).cards[0].id.unwrap();
    let start = dump(&book);
    choose(&mut book, &Choice::Done, "");
    book.take_back(first, &now()).unwrap();
    assert_eq!(dump(&book), start);
    assert_eq!(book.review_deck(&now()).unwrap().at(), Some(0));
    choose(&mut book, &Choice::Done, "");
    apply(&mut book, &promised(barney, "the invoice"));
    let refused = book.take_back(first, &now());
    assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
}
