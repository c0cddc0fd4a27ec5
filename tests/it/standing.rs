//! The strength of people in a real book: late entries, days to come, favours and promises all count as the model says.

use crate::world::{World, add, now};
use chitbook::domain::chit::{Chit, Halves};
use chitbook::domain::command::Command;
use chitbook::domain::id::Id;
use chitbook::domain::moment::{DayNumber, day_number};
use chitbook::domain::promise::{Promise, PromiseState};
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use chitbook::store::{News, Store};

fn today() -> DayNumber {
    day_number(now().date_naive())
}

fn touch(book: &mut Store, who: Id, kind: TouchKind, days_ago: i64) -> Id {
    let touch = Touch {
        at: now() - chrono::Duration::days(days_ago),
        kind,
        direction: Direction::Mutual,
        minutes: None,
        body: String::new(),
        people: vec![who],
    };
    let logged = book.apply(&Command::LogTouch(Box::new(touch)), &now());
    logged.unwrap().created.unwrap()
}

fn strength(book: &Store, who: Id, day: DayNumber) -> f64 {
    book.summary(who)
        .unwrap()
        .unwrap()
        .read(&book.params, day)
        .strength
}

#[test]
fn the_order_in_which_touches_are_entered_does_not_matter() {
    let world = World::new();
    let mut book = world.book();
    let (one, other) = (
        add(&mut book, "Barney Rubble"),
        add(&mut book, "Betty Marsh"),
    );
    for days in [90, 60, 31, 4, 4] {
        touch(&mut book, one, TouchKind::Call, days);
    }
    for days in [4, 90, 31, 4, 60] {
        touch(&mut book, other, TouchKind::Call, days);
    }
    let people = book.roster().unwrap();
    assert_eq!(people[0].standing, people[1].standing);
    assert!(strength(&book, one, today()) > 20.0);
}

#[test]
fn a_touch_to_come_counts_from_its_day_on() {
    let world = World::new();
    let mut book = world.book();
    let who = add(&mut book, "Barney Rubble");
    touch(&mut book, who, TouchKind::Call, 10);
    let before = strength(&book, who, today());
    touch(&mut book, who, TouchKind::Meeting, -2);
    assert!(
        (strength(&book, who, today()) - before).abs() < 1e-12,
        "not yet"
    );
    book.turn_to(today()).unwrap();
    book.turn_to(today() + 1).unwrap();
    let silent = strength(&book, who, today() + 1);
    book.turn_to(today() + 2).unwrap();
    assert!(
        strength(&book, who, today() + 2) > silent,
        "its day has come"
    );
    let later = now() + chrono::Duration::days(2);
    assert!(book.check(&later).unwrap().is_clean());
}

#[test]
fn a_favour_between_others_does_not_warm_but_one_with_me_does() {
    let world = World::new();
    let mut book = world.book();
    let (barney, fred) = (
        add(&mut book, "Barney Rubble"),
        add(&mut book, "Fred Flint"),
    );
    let chit = |giver, receiver| {
        let what = "an introduction".to_owned();
        let on = now().date_naive();
        let chit = Chit {
            giver,
            receiver,
            what,
            on,
            worth: Halves::PLAIN,
            pending: false,
            evidence: None,
        };
        Command::GiveChit(Box::new(chit))
    };
    book.apply(&chit(barney, fred), &now()).unwrap();
    assert!(strength(&book, fred, today()).abs() < 1e-12);
    book.apply(&chit(barney, Id::ME), &now()).unwrap();
    assert!(strength(&book, barney, today()) > 20.0);
    let balances = book.balances(None).unwrap();
    assert_eq!(balances.len(), 1);
    assert_eq!(
        (
            balances[0].name.as_str(),
            balances[0].i_owe,
            balances[0].they_owe
        ),
        ("Barney Rubble", 2, 0)
    );
}

#[test]
fn a_broken_promise_takes_a_fifth_of_the_bond_and_undo_gives_it_back() {
    let world = World::new();
    let mut book = world.book();
    let who = add(&mut book, "Barney Rubble");
    touch(&mut book, who, TouchKind::Meeting, 5);
    let before = book.summary(who).unwrap().unwrap().standing;
    let day = now().date_naive();
    let promise = Promise {
        contact: who,
        mine: true,
        what: "the quote".to_owned(),
        made_on: day,
        due: day,
        evidence: None,
    };
    let id = book
        .apply(&Command::AddPromise(Box::new(promise)), &now())
        .unwrap()
        .created
        .unwrap();
    book.apply(
        &Command::ClosePromise {
            id,
            state: PromiseState::Broken,
            on: day,
        },
        &now(),
    )
    .unwrap();
    let after = book.summary(who).unwrap().unwrap().standing;
    let rolled = before.mass * 0.5_f64.powf(5.0 / 365.0);
    assert!((after.mass - 0.8 * rolled).abs() < 1e-9, "{after:?}");
    book.undo(&now()).unwrap();
    assert_eq!(book.summary(who).unwrap().unwrap().standing, before);
}

#[test]
fn the_first_page_is_in_the_order_of_what_a_call_would_win_back() {
    let world = World::new();
    let mut book = world.book();
    let warm = add(&mut book, "Warm");
    let cooling = add(&mut book, "Cooling");
    let never = add(&mut book, "Never");
    for days in (0..20).map(|week| week * 7) {
        touch(&mut book, warm, TouchKind::Call, days);
        touch(&mut book, cooling, TouchKind::Call, 60 + days);
    }
    book.turn_to(today()).unwrap();
    let order: Vec<Id> = book.opening(10).unwrap().iter().map(|s| s.id).collect();
    assert_eq!(order, [cooling, warm, never]);
}

#[test]
fn another_programs_change_is_news_and_ones_own_is_not() {
    let world = World::new();
    let (mut one, mut other) = (world.book(), world.book());
    let who = add(&mut other, "Barney Rubble");
    assert_eq!(other.news().unwrap(), News::Nothing);
    assert_eq!(one.news().unwrap(), News::People(vec![who]));
    assert_eq!(one.news().unwrap(), News::Nothing);
    let outside = rusqlite::Connection::open(one.path()).unwrap();
    outside
        .execute(
            "update contact set title = 'Manager' where id = ?1",
            [who.raw()],
        )
        .unwrap();
    assert_eq!(
        one.news().unwrap(),
        News::Everything,
        "a program that leaves no news"
    );
}
