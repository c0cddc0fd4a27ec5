//! The queue's order, its reasons, and what the card says.

use super::*;
use crate::domain::link::LinkKind;
use crate::domain::moment::shift;
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn ago(days: i64) -> NaiveDate {
    shift(today(), -days)
}

fn person(name: &str) -> Askable {
    Askable {
        who: Id::from_raw(2),
        name: name.to_owned(),
        account: String::new(),
        strength: 50.0,
        result: None,
        last: None,
        i_owe: Halves(0),
        they_owe: Halves(0),
        overdue: None,
    }
}

fn result(days: i64) -> LastResult {
    LastResult {
        what: "ten months without a lost bearing".to_owned(),
        kind: ResultKind::ProblemRemoved,
        on: ago(days),
        need: "bearings lost without warning".to_owned(),
    }
}

fn asked(days: i64, next: Option<i64>) -> AskRow {
    AskRow {
        id: Id::from_raw(7),
        ask: Ask {
            contact: Id::from_raw(2),
            on: ago(days),
            answer: Some(Answer::Thinking),
            next: next.map(|days| shift(today(), days)),
            note: String::new(),
        },
    }
}

fn promise(days: i64) -> Overdue {
    Overdue {
        what: "the quote".to_owned(),
        due: ago(days),
    }
}

/// What makes somebody another.
type Change = fn(&mut Askable);

/// The names in the order of the queue.
fn order(people: Vec<Askable>) -> Vec<String> {
    let lines = queue(people, today());
    lines.into_iter().map(|line| line.who.name).collect()
}

#[test]
fn each_thing_that_should_move_somebody_up_does_when_all_else_is_equal() {
    let with = |name: &str, change: fn(&mut Askable)| {
        let mut who = person(name);
        change(&mut who);
        who
    };
    let cases: [(&str, Change, Change); 6] = [
        (
            "a result before none",
            |who| who.result = Some(result(200)),
            |_| {},
        ),
        (
            "the fresher result",
            |who| who.result = Some(result(3)),
            |who| who.result = Some(result(40)),
        ),
        (
            "never asked before asked",
            |_| {},
            |who| who.last = Some(asked(900, None)),
        ),
        (
            "asked longer ago",
            |who| who.last = Some(asked(300, None)),
            |who| who.last = Some(asked(120, None)),
        ),
        ("the stronger", |who| who.strength = 51.0, |_| {}),
        (
            "who owes me before whom I owe",
            |who| who.they_owe = Halves(2),
            |who| who.i_owe = Halves(2),
        ),
    ];
    for (label, first, second) in cases {
        let (first, second) = (with("first", first), with("second", second));
        for people in [vec![first.clone(), second.clone()], vec![second, first]] {
            assert_eq!(order(people), ["first", "second"], "{label}");
        }
    }
}

#[test]
fn a_stranger_is_not_asked() {
    let held = |change: Change| {
        let mut who = person("Ines");
        who.strength = 0.0;
        change(&mut who);
        line(who, today()).held
    };
    let stranger = held(|_| {});
    assert_eq!(
        stranger.map(|held| held.words()).as_deref(),
        Some("never spoken to")
    );
    let cases: [(&str, Change); 3] = [
        ("spoken to", |who| who.strength = 0.1),
        ("had a result of mine", |who| who.result = Some(result(400))),
        ("asked before", |who| who.last = Some(asked(200, None))),
    ];
    for (label, change) in cases {
        assert_eq!(held(change), None, "{label}");
    }
}

#[test]
fn the_held_back_stand_last_whatever_their_points() {
    let mut best = person("best");
    (best.result, best.strength, best.overdue) = (Some(result(0)), 99.0, Some(promise(1)));
    let mut poor = person("poor");
    (poor.strength, poor.last) = (1.0, Some(asked(90, None)));
    assert_eq!(order(vec![best, poor]), ["poor", "best"]);
}

#[test]
fn who_is_held_back_is_so_for_a_reason_that_is_said() {
    type Case = (
        &'static str,
        Option<AskRow>,
        Option<Overdue>,
        Option<&'static str>,
    );
    let cases: [Case; 11] = [
        ("never asked", None, None, None),
        (
            "asked 89 days ago",
            Some(asked(89, None)),
            None,
            Some("asked 89 days ago"),
        ),
        (
            "asked yesterday",
            Some(asked(1, None)),
            None,
            Some("asked 1 day ago"),
        ),
        ("asked 90 days ago", Some(asked(90, None)), None, None),
        (
            "agreed on a day to come",
            Some(asked(200, Some(5))),
            None,
            Some("ask again on 27 Nov 2026"),
        ),
        ("agreed on today", Some(asked(30, Some(0))), None, None),
        (
            "the day agreed has gone by",
            Some(asked(30, Some(-3))),
            None,
            None,
        ),
        ("a promise due today", None, Some(promise(0)), None),
        (
            "a promise overdue",
            None,
            Some(promise(1)),
            Some("your promise is 1 day overdue: the quote"),
        ),
        (
            "the promise comes first",
            Some(asked(3, None)),
            Some(promise(9)),
            Some("your promise is 9 days overdue: the quote"),
        ),
        (
            "it outranks a day agreed",
            Some(asked(30, Some(0))),
            Some(promise(2)),
            Some("your promise is 2 days overdue: the quote"),
        ),
    ];
    for (label, last, overdue, expected) in cases {
        let who = Askable {
            last,
            overdue,
            ..person("Barney")
        };
        let held = line(who, today()).held;
        assert_eq!(
            held.map(|held| held.words()).as_deref(),
            expected,
            "{label}"
        );
    }
}

#[test]
fn why_now_is_one_phrase() {
    let cases: [(Change, &str); 7] = [
        (
            |who| who.result = Some(result(0)),
            "problem removed today, never asked",
        ),
        (
            |who| who.result = Some(result(12)),
            "problem removed 12 days ago, never asked",
        ),
        (
            |who| (who.result, who.last) = (Some(result(100)), Some(asked(400, None))),
            "problem removed 3 months ago, asked 13 months ago",
        ),
        (|who| who.they_owe = Halves(3), "owes you 1½, never asked"),
        (|_| {}, "strength 50, never asked"),
        (
            |who| who.last = Some(asked(30, Some(0))),
            "they said to ask again today",
        ),
        (
            |who| who.last = Some(asked(1000, Some(-1))),
            "they said to ask again 1 day ago",
        ),
    ];
    for (change, expected) in cases {
        let mut who = person("Barney");
        change(&mut who);
        assert_eq!(line(who, today()).why, expected);
    }
}

proptest! {
    /// The points are what their parts add up to, a queue is in their order, and nothing in it depends on the order people came in.
    #[test]
    fn the_queue_is_in_the_order_of_its_explained_points(people in prop::collection::vec((0u8..100, prop::option::of(0i64..800), prop::option::of(0i64..800), 0u32..9, 0u32..9), 0..12)) {
        let people: Vec<Askable> = people
            .into_iter()
            .zip(10..)
            .map(|((strength, delivered, last, i_owe, they_owe), id)| Askable {
                who: Id::from_raw(id),
                strength: f64::from(strength),
                result: delivered.map(result),
                last: last.map(|days| asked(days, None)),
                i_owe: Halves(i_owe),
                they_owe: Halves(they_owe),
                ..person("X")
            })
            .collect();
        let lines = queue(people.clone(), today());
        let mut turned = people;
        turned.reverse();
        prop_assert_eq!(&queue(turned, today()), &lines);
        for line in &lines {
            let parts: f64 = line.points.parts().iter().map(|(_, points)| points).sum();
            prop_assert!((parts - line.points.total()).abs() < 1e-9);
            prop_assert!((-10.0..=120.0).contains(&parts));
        }
        prop_assert!(lines.is_sorted_by(|a, b| (a.held.is_some(), -a.points.total()) <= (b.held.is_some(), -b.points.total())));
    }
}

#[test]
fn freshness_is_told_in_a_word() {
    let words = [0, 30, 31, 90, 91, 365, 366].map(|days| Freshness::of(days).word());
    assert_eq!(
        words,
        [
            "fresh", "fresh", "recent", "recent", "older", "older", "old"
        ]
    );
}

fn friend(name: &str, trouble: Option<&str>) -> Acquaintance {
    Acquaintance {
        name: name.to_owned(),
        kind: Some(LinkKind::Friend),
        trouble: trouble.map(str::to_owned),
    }
}

#[test]
fn the_card_says_what_was_solved_who_has_it_too_and_what_they_get() {
    let mut barney = person("Barney");
    barney.result = Some(result(3));
    let known = [
        friend("Wilma", None),
        friend("Betty", Some("the price of salt")),
        friend("Fred", Some("loses two bearings a year")),
    ];
    let said = card(&barney, &known, TEMPLATE);
    assert_eq!(
        said.lines(),
        [
            "Since we began: ten months without a lost bearing. That was the trouble with bearings lost without warning.",
            "You know Fred, who has this: loses two bearings a year. Would you put us in touch?",
            "Fred would have you to thank for it and owe you one, and so would I.",
        ]
    );
    assert!(
        card(&barney, &known[..1], TEMPLATE)
            .knows
            .starts_with("You know Wilma.")
    );
    assert!(
        card(&barney, &[], TEMPLATE)
            .knows
            .starts_with("Whom do you know who still has this")
    );
    assert!(
        card(&person("Barney"), &[], TEMPLATE)
            .lines()
            .iter()
            .all(|line| !line.contains('{'))
    );
}

#[test]
fn a_rep_writes_the_card_anew_line_by_line() {
    let mut barney = person("Barney");
    barney.result = Some(result(3));
    let own = "[solved] {name}: {result}!\n[knows] {nobody} knows\n[gets]\nanything else";
    let said = card(&barney, &[], own);
    assert_eq!(said.solved, "Barney: ten months without a lost bearing!");
    let usual = card(&barney, &[], TEMPLATE);
    assert_eq!((said.knows, said.gets), (usual.knows, usual.gets));
}
