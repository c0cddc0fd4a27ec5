//! The strength of people in a real book: late entries, days to come, favours and promises all count as the model says.

use crate::world::{World, add, now};
use chitbook::domain::chit::{Chit, Halves};
use chitbook::domain::command::Command;
use chitbook::domain::contact::Card;
use chitbook::domain::id::Id;
use chitbook::domain::moment::{DayNumber, Moment, day_number};
use chitbook::domain::promise::{Promise, PromiseState};
use chitbook::domain::strength::Standing;
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use chitbook::store::{News, Store};
use chitbook::tui::roster::Roster;
use proptest::prelude::*;

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
            balances[0].i_owe.0,
            balances[0].they_owe.0
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
fn namesakes_with_equal_points_stand_in_one_order_on_the_first_page_in_the_list_and_on_the_command_line()
 {
    let world = World::new();
    let mut book = world.book();
    let mut people: Vec<Id> = Vec::new();
    for (name, account) in [
        ("Ann Lee", "Zinc"),
        ("Ánn Lee", "Acme"),
        ("ann lee", "Slate"),
        ("Ann-Lee", "Acme"),
    ] {
        let card = Card {
            account: account.to_owned(),
            ..Card::named(name)
        };
        let command = Command::AddContact(Box::new(card));
        people.extend(book.apply(&command, &now()).unwrap().created);
    }
    for who in &people {
        touch(&mut book, *who, TouchKind::Call, 40);
    }
    book.turn_to(today()).unwrap();
    let first: Vec<Id> = book.opening(10).unwrap().iter().map(|s| s.id).collect();
    assert_eq!(first, people);
    let mut roster = Roster::new(book.params.clone());
    roster.fill(book.roster().unwrap(), true, today());
    let list: Vec<Id> = (0..4)
        .filter_map(|at| roster.row(at))
        .map(|row| row.id)
        .collect();
    assert_eq!(list, people);
    let listed = world.json(&["list", "--sort", "cold", "--json"]);
    let names: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["name"].as_str())
        .collect();
    assert_eq!(names, ["Ann Lee", "Ánn Lee", "ann lee", "Ann-Lee"]);
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

fn tag(people: &[Id], add: &[&str], remove: &[&str]) -> Command {
    let owned = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect();
    Command::Tag {
        people: people.to_vec(),
        add: owned(add),
        remove: owned(remove),
    }
}

fn cadence_of(tag: &str, days: Option<u16>) -> Command {
    Command::SetTagCadence {
        tag: tag.to_owned(),
        days,
    }
}

fn rhythm(book: &Store, who: Id) -> f64 {
    let person = book.summary(who).unwrap().unwrap();
    person.read(&book.params, today()).rhythm
}

#[test]
fn a_tags_cadence_is_where_learning_begins_and_the_shortest_of_several_counts() {
    let world = World::new();
    let mut book = world.book();
    let (new, spoken, other) = (
        add(&mut book, "New"),
        add(&mut book, "Spoken"),
        add(&mut book, "Other"),
    );
    touch(&mut book, spoken, TouchKind::Call, 5);
    touch(&mut book, other, TouchKind::Call, 5);
    book.apply(&tag(&[new, spoken], &["key", "local"], &[]), &now())
        .unwrap();
    let rhythms = |book: &Store| [new, spoken, other].map(|who| rhythm(book, who) as u32);
    assert_eq!(rhythms(&book), [30, 30, 30]);
    book.apply(&cadence_of("#Local", Some(90)), &now()).unwrap();
    assert_eq!(rhythms(&book), [90, 90, 30]);
    let changed = book.apply(&cadence_of("key", Some(14)), &now()).unwrap();
    assert_eq!(changed.label, "Set the cadence of #key to 14 days");
    assert_eq!(changed.contacts, Some(vec![new, spoken]));
    assert_eq!(rhythms(&book), [14, 14, 30]);
    book.apply(&tag(&[new], &[], &["key"]), &now()).unwrap();
    assert_eq!(rhythms(&book), [90, 14, 30]);
    book.undo(&now()).unwrap();
    assert_eq!(rhythms(&book), [14, 14, 30]);
    book.undo(&now()).unwrap();
    assert_eq!(rhythms(&book), [90, 90, 30]);
    book.redo(&now()).unwrap();
    assert_eq!(rhythms(&book), [14, 14, 30]);
    // Soft: one gap of 26 days beside two pretended ones.
    touch(&mut book, spoken, TouchKind::Call, 31);
    assert!((rhythm(&book, spoken) - (0.8 * 28.0 + 26.0) / 2.6).abs() < 1e-9);
    book.apply(&cadence_of("key", None), &now()).unwrap();
    assert!((rhythm(&book, spoken) - (0.8 * 180.0 + 26.0) / 2.6).abs() < 1e-9);
    assert_eq!(rhythms(&book), [90, 65, 30]);
    let refused = book
        .apply(&cadence_of("nobody's", Some(5)), &now())
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "there is no tag \"nobody's\"; put it on somebody first"
    );
    assert!(book.apply(&cadence_of("key", Some(0)), &now()).is_err());
    assert!(book.check(&now()).unwrap().is_clean());
}

#[test]
fn the_first_touch_of_somebody_tagged_begins_at_the_tags_cadence() {
    let world = World::new();
    let mut book = world.book();
    book.turn_to(today()).unwrap();
    let who = add(&mut book, "Barney Rubble");
    book.apply(&tag(&[who], &["key"], &[]), &now()).unwrap();
    book.apply(&cadence_of("key", Some(9)), &now()).unwrap();
    touch(&mut book, who, TouchKind::Call, 12);
    touch(&mut book, who, TouchKind::Call, 5);
    assert!((rhythm(&book, who) - (0.8 * 18.0 + 7.0) / 2.6).abs() < 1e-9);
    assert!(book.check(&now()).unwrap().is_clean());
}

#[test]
fn a_tag_that_nobody_has_keeps_its_cadence_until_that_is_taken_off() {
    let world = World::new();
    let mut book = world.book();
    let who = add(&mut book, "Barney Rubble");
    book.apply(&tag(&[who], &["key"], &[]), &now()).unwrap();
    book.apply(&cadence_of("key", Some(9)), &now()).unwrap();
    book.apply(&tag(&[who], &[], &["#key"]), &now()).unwrap();
    let kept = book.tag_cadences().unwrap();
    assert_eq!(
        (kept[0].tag.as_str(), kept[0].days, kept[0].people),
        ("key", 9, 0)
    );
    book.apply(&tag(&[who], &["KEY"], &[]), &now()).unwrap();
    assert_eq!(rhythm(&book, who) as u32, 9);
    book.apply(&tag(&[who], &[], &["key"]), &now()).unwrap();
    book.apply(&cadence_of("key", None), &now()).unwrap();
    assert!(book.tag_cadences().unwrap().is_empty());
    assert!(
        book.apply(&cadence_of("key", Some(3)), &now()).is_err(),
        "the tag is gone"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Touches, tags and the tags' cadences in any order, some of them taken back: everybody stands as a replay from the shortest
    /// cadence of their tags says, whether they were ever touched or not.
    #[test]
    fn incremental_equals_replay_with_tag_cadences_and_retagging(steps in prop::collection::vec(any::<[u8; 4]>(), 1..40)) {
        let world = World::new();
        let mut book = world.book();
        book.turn_to(today()).unwrap();
        let people = [add(&mut book, "One"), add(&mut book, "Two"), add(&mut book, "Three")];
        let tags = ["key", "local", "quiet"];
        for [what, a, b, c] in steps {
            let (who, name) = (people[usize::from(a % 3)], tags[usize::from(b % 3)]);
            match what % 8 {
                0..=2 => { touch(&mut book, who, TouchKind::ALL[usize::from(b % 12)], i64::from(c % 60) - 3); }
                3 => { book.apply(&tag(&[who], &[name], &[]), &now()).unwrap(); }
                4 => { book.apply(&tag(&[who], &[], &[name]), &now()).unwrap(); }
                5 => { let _ = book.apply(&cadence_of(name, (c % 4 > 0).then_some(1 + u16::from(c))), &now()); }
                // The people themselves are not taken back.
                6 if book.steps(60).unwrap().iter().find(|step| !step.undone).is_some_and(|step| !step.label.starts_with("Added")) => {
                    book.undo(&now()).unwrap();
                }
                6 => {}
                _ => { let _ = book.redo(&now()); }
            }
            let cadences = book.tag_cadences().unwrap();
            for who in people {
                let person = book.person(who).unwrap().unwrap();
                let of = cadences.iter().filter(|cadence| person.summary.tags.contains(&cadence.tag));
                let mut trail = person.trail.clone();
                trail.start = of.map(|cadence| cadence.days).min();
                prop_assert_eq!(&person.trail, &trail);
                prop_assert_eq!(person.summary.standing, Standing::replay(&book.params, &trail, today()));
            }
        }
        prop_assert!(book.check(&now()).unwrap().is_clean());
    }
}

/// A moment so many days from now.
fn days_on(days: i64) -> Moment {
    now() + chrono::Duration::days(days)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_clock_that_jumps_leaves_no_standing_behind(steps in prop::collection::vec((0..3_usize, -40..40_i64, prop::bool::ANY), 1..14), last in -40..40_i64) {
        let world = World::new();
        let mut book = world.book();
        let people = ["Barney Rubble", "Betty Marsh", "Dino Vance"].map(|name| add(&mut book, name));
        for (who, days, turn) in steps {
            let at = days_on(days);
            if turn {
                book.turn_to(day_number(at.date_naive())).unwrap();
            }
            let logged = Touch {
                at,
                kind: TouchKind::Call,
                direction: Direction::Mutual,
                minutes: None,
                body: String::new(),
                people: vec![people[who]],
            };
            book.apply(&Command::LogTouch(Box::new(logged)), &at).unwrap();
            let report = book.check(&at).unwrap();
            prop_assert!(report.is_clean(), "{:?}", report);
        }
        let today = day_number(days_on(last).date_naive());
        for as_seen in [true, false] {
            if !as_seen {
                book.turn_to(today).unwrap();
            }
            for row in book.roster_as_of(today).unwrap() {
                let trail = book.person(row.id).unwrap().unwrap().trail;
                prop_assert_eq!(row.standing, Standing::replay(&book.params, &trail, today));
            }
        }
    }
}

#[test]
fn check_derives_anew_what_differs() {
    let world = World::new();
    let mut book = world.book();
    let who = add(&mut book, "Barney Rubble");
    touch(&mut book, who, TouchKind::Call, 10);
    book.turn_to(today()).unwrap();
    let spoilt = rusqlite::Connection::open(book.path()).unwrap();
    spoilt.execute("update standing set mass = 40", []).unwrap();
    assert!(!book.check(&now()).unwrap().is_clean());
    book.derive_anew(today()).unwrap();
    assert!(book.check(&now()).unwrap().is_clean());
}

#[test]
fn news_that_is_gone_before_it_was_read_makes_everything_be_read_again() {
    let world = World::new();
    let mut other = world.book();
    let barney = add(&mut other, "Barney Rubble");
    let mut one = world.book();
    let tagged = |book: &mut chitbook::store::Store, who| {
        for at in 0..260 {
            let (add, remove): (&[&str], &[&str]) = (&["a"], &[]);
            let (add, remove) = if at % 2 == 0 {
                (add, remove)
            } else {
                (remove, add)
            };
            book.apply(&tag(&[who], add, remove), &now()).unwrap();
            book.apply(&tag(&[who], &[&format!("t{at}")], &[]), &now())
                .unwrap();
        }
    };
    other.apply(&tag(&[barney], &["vip"], &[]), &now()).unwrap();
    let betty = add(&mut other, "Betty Marsh");
    tagged(&mut other, betty);
    assert_eq!(one.news().unwrap(), News::Everything);
}
