//! The ledger's laws over made-up books, and its sentences.

use super::*;
use crate::domain::chit::{CallOutcome, ChitCall};
use crate::domain::moment::shift;
use proptest::prelude::*;

fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()
}

fn day(offset: i64) -> NaiveDate {
    shift(start(), offset)
}

fn name(raw: i64) -> String {
    match raw {
        1 => "me".to_owned(),
        2 => "Barney".to_owned(),
        3 => "Wilma".to_owned(),
        4 => "Fred".to_owned(),
        other => format!("Person {other}"),
    }
}

fn chit(id: i64, giver: i64, receiver: i64, on: i64, halves: u32) -> ChitRow {
    ChitRow {
        id: Id::from_raw(id),
        chit: Chit {
            giver: Id::from_raw(giver),
            receiver: Id::from_raw(receiver),
            what: format!("favour {id}"),
            on: day(on),
            worth: Halves(halves),
            pending: false,
            evidence: None,
        },
        giver_name: name(giver),
        receiver_name: name(receiver),
        parts: Vec::new(),
        cleared_on: None,
        calls: Vec::new(),
        words: String::new(),
    }
}

fn part(on: i64, halves: u32, how: Settlement, by: &str) -> ChitPart {
    ChitPart {
        on: day(on),
        halves: Halves(halves),
        how,
        by: by.to_owned(),
        counter: None,
        touch: None,
    }
}

/// Chits between five people, some settled oddly: before they were given, or beyond their worth.
fn book() -> impl Strategy<Value = Vec<ChitRow>> {
    let parts = prop::collection::vec((0i64..60, 1u32..4, any::<bool>()), 0..4);
    let one = (1i64..6, 1i64..6, 0i64..50, 1u32..6, any::<bool>(), parts);
    prop::collection::vec(one, 0..25).prop_map(|made| {
        let made = made
            .into_iter()
            .filter(|(giver, receiver, ..)| giver != receiver);
        let rows = made.zip(100..);
        rows.map(|((giver, receiver, on, halves, pending, mut parts), id)| {
            let mut row = chit(id, giver, receiver, on, halves);
            row.chit.pending = pending;
            parts.sort_unstable();
            row.parts = parts
                .into_iter()
                .map(|(on, halves, redeemed)| {
                    let how = if redeemed {
                        Settlement::Redeemed
                    } else {
                        Settlement::Forgiven
                    };
                    part(on, halves, how, "something")
                })
                .collect();
            row
        })
        .collect()
    })
}

/// What `owes` owes `to` by the chits themselves, on a day.
fn sum(rows: &[ChitRow], owes: Option<Id>, to: Option<Id>) -> Halves {
    let fits = rows.iter().filter(|row| {
        owes.is_none_or(|id| row.chit.receiver == id) && to.is_none_or(|id| row.chit.giver == id)
    });
    Halves(fits.map(|row| row.open().0).sum())
}

/// The last balance a register tells up to a day.
fn told(rows: &[ChitRow], scope: Scope, until: NaiveDate) -> Running {
    let lines = register(rows, scope);
    let last = lines.iter().rfind(|line| line.on <= until);
    last.and_then(|line| line.running).unwrap_or_default()
}

proptest! {
    /// However the chits were given and settled: on every day the sum of the register's lines is what the chits of that day leave
    /// open, for every person and every two of them, and so are the balances and the ageing.
    #[test]
    fn sums_over_the_register_are_the_balances_on_every_day(rows in book()) {
        for offset in 0..62 {
            let cut = as_of(rows.clone(), day(offset));
            for one in (1..6).map(Id::from_raw) {
                let expected = Running { owes: sum(&cut, Some(one), None), owed: sum(&cut, None, Some(one)) };
                prop_assert_eq!(told(&rows, Scope::Person(one), day(offset)), expected);
                for other in (1..6).map(Id::from_raw).filter(|other| *other != one) {
                    let expected = Running { owes: sum(&cut, Some(one), Some(other)), owed: sum(&cut, Some(other), Some(one)) };
                    prop_assert_eq!(told(&rows, Scope::Pair(one, other), day(offset)), expected);
                }
            }
            for line in balances(&cut) {
                prop_assert_eq!(line.i_owe, sum(&cut, Some(Id::ME), Some(line.who)));
                prop_assert_eq!(line.they_owe, sum(&cut, Some(line.who), Some(Id::ME)));
                prop_assert_eq!(line.oldest.is_some(), line.is_open());
            }
            let all = ageing(&cut, None, day(offset));
            prop_assert_eq!(all.total, sum(&cut, None, None));
            let sides: u32 = Side::ALL.iter().map(|side| ageing(&cut, Some(*side), day(offset)).total.0).sum();
            prop_assert_eq!(sides, all.total.0);
            for line in &all.lines {
                prop_assert_eq!(line.total, sum(&cut, Some(line.debtor.id), Some(line.creditor.id)));
                prop_assert_eq!(line.ages.iter().map(|halves| halves.0).sum::<u32>(), line.total.0);
            }
        }
    }

    /// No balance in a register falls under nothing, and no two debts are ever taken off against each other.
    #[test]
    fn nothing_is_netted(rows in book()) {
        let owed = owed(&rows, day(60));
        for line in register(&rows, Scope::Person(Id::ME)) {
            prop_assert!(line.halves > Halves(0));
        }
        let both_ways = owed.iter().filter(|line| {
            owed.iter().any(|back| (back.debtor.id, back.creditor.id) == (line.creditor.id, line.debtor.id))
        });
        for line in both_ways {
            prop_assert_eq!(line.total, sum(&rows, Some(line.debtor.id), Some(line.creditor.id)));
        }
    }

    /// Every circle that is shown is one, each shown once; and every one there is is shown.
    #[test]
    fn circles_are_exactly_those_that_a_search_of_everything_finds(rows in book()) {
        let owed = owed(&rows, day(60));
        let owes = |debtor: i64, creditor: i64| owed.iter().any(|line| (line.debtor.id.raw(), line.creditor.id.raw()) == (debtor, creditor));
        let mut expected = Vec::new();
        let others: Vec<i64> = (2..6).collect();
        let mut open: Vec<Vec<i64>> = vec![vec![1]];
        while let Some(path) = open.pop() {
            let last = *path.last().unwrap();
            if path.len() > 2 && owes(last, 1) {
                expected.push(path.clone());
            }
            for next in others.iter().filter(|next| !path.contains(next) && owes(last, **next)) {
                open.push(path.iter().copied().chain([*next]).collect());
            }
        }
        let mut found: Vec<Vec<i64>> = cycles(&owed, Id::ME)
            .iter()
            .map(|cycle| cycle.people.iter().map(|(party, _)| party.id.raw()).collect())
            .collect();
        prop_assert!(found.is_sorted_by_key(Vec::len));
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn a_register_tells_the_day_the_favour_and_what_came_back_with_its_balance() {
    let mut big = chit(1, 2, 1, 0, 4);
    big.parts = vec![
        part(5, 1, Settlement::Redeemed, "a reference"),
        part(9, 3, Settlement::Forgiven, ""),
    ];
    let rows = [chit(2, 1, 2, 5, 2), big];
    let lines: Vec<String> = register(&rows, Scope::Pair(Id::ME, Id::from_raw(2)))
        .iter()
        .map(|line| {
            let running = line.running.unwrap();
            format!(
                "{} {:?} {} {}: owes {} owed {}",
                line.on.format("%d"),
                line.event,
                line.halves,
                line.what(),
                running.owes,
                running.owed
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            "01 Given 2 favour 1: owes 2 owed 0",
            "06 Given 1 favour 2: owes 2 owed 1",
            "06 Redeemed ½ a reference: owes 1½ owed 1",
            "10 Forgiven 1½ : owes 0 owed 1",
        ]
    );
    let everybody = register(&rows, Scope::Everybody);
    assert!(everybody.iter().all(|line| line.running.is_none()));
}

#[test]
fn each_filter_keeps_its_chits_and_no_others() {
    let mut pending = chit(3, 3, 4, 2, 2);
    pending.chit.pending = true;
    let mut back = chit(4, 2, 1, 3, 2);
    back.parts = vec![part(4, 2, Settlement::Redeemed, "found a Müller for him")];
    let rows = [chit(1, 2, 1, 0, 2), chit(2, 1, 3, 1, 2), pending, back];
    let id = Id::from_raw;
    let all = Filter::default;
    let cases: [(&str, Filter, &[i64]); 10] = [
        ("everything", all(), &[1, 2, 3, 4]),
        (
            "i owe",
            Filter {
                side: Some(Side::IOwe),
                ..all()
            },
            &[1, 4],
        ),
        (
            "they owe me",
            Filter {
                side: Some(Side::TheyOwe),
                ..all()
            },
            &[2],
        ),
        (
            "between others",
            Filter {
                side: Some(Side::Others),
                ..all()
            },
            &[3],
        ),
        (
            "open",
            Filter {
                open: true,
                ..all()
            },
            &[1, 2, 3],
        ),
        (
            "pending",
            Filter {
                pending: true,
                ..all()
            },
            &[3],
        ),
        (
            "one person",
            Filter {
                scope: Scope::Person(id(3)),
                ..all()
            },
            &[2, 3],
        ),
        (
            "two people",
            Filter {
                scope: Scope::Pair(id(3), id(4)),
                ..all()
            },
            &[3],
        ),
        (
            "what came back",
            Filter {
                text: "muller".to_owned(),
                ..all()
            },
            &[4],
        ),
        (
            "a name and a word",
            Filter {
                text: "wilma favour".to_owned(),
                ..all()
            },
            &[2, 3],
        ),
    ];
    for (label, filter, expected) in cases {
        let kept: Vec<i64> = rows
            .iter()
            .filter(|row| filter.keeps(row))
            .map(|row| row.id.raw())
            .collect();
        assert_eq!(kept, expected, "{label}");
    }
}

#[test]
fn a_balance_knows_the_oldest_open_chit_and_the_last_favour_either_way() {
    let mut back = chit(1, 2, 1, 0, 2);
    back.parts = vec![part(20, 2, Settlement::Redeemed, "a reference")];
    let rows = [
        back,
        chit(2, 2, 1, 8, 2),
        chit(3, 1, 2, 12, 1),
        chit(4, 3, 4, 30, 2),
    ];
    let lines = balances(&rows);
    assert_eq!(lines.len(), 1);
    let barney = &lines[0];
    assert_eq!(
        (barney.i_owe, barney.they_owe, barney.oldest),
        (Halves(2), Halves(1), Some(day(8)))
    );
    assert_eq!(
        (barney.last.on, barney.last.mine, barney.last.what.as_str()),
        (day(20), true, "a reference")
    );
}

#[test]
fn whoever_owes_me_could_ask_whoever_owes_them_those_who_owe_me_anyway_last() {
    // Wilma owes me, Barney and I owe Wilma, Fred owes Barney; Person 5 owes me and Wilma.
    let rows = [
        chit(1, 1, 3, 0, 4),
        chit(2, 3, 2, 0, 2),
        chit(3, 3, 1, 0, 2),
        chit(4, 2, 4, 0, 2),
        chit(5, 1, 5, 0, 1),
        chit(6, 3, 5, 0, 1),
    ];
    let owed = owed(&rows, day(9));
    let said: Vec<String> = routes(&owed, Id::ME).iter().map(Route::words).collect();
    assert_eq!(
        said,
        [
            "Wilma could ask Barney for you: Barney owes Wilma 1, Wilma owes you 2",
            "Wilma could ask Person 5 for you: Person 5 owes Wilma ½, Wilma owes you 2; Person 5 owes you ½ too"
        ]
    );
    let for_wilma: Vec<String> = routes(&owed, Id::from_raw(3))
        .iter()
        .map(Route::words)
        .collect();
    assert_eq!(
        for_wilma,
        [
            "Barney could ask Fred for Wilma: Fred owes Barney 1, Barney owes Wilma 1",
            "you could ask Person 5 for Wilma: Person 5 owes you ½, you owe Wilma 1; Person 5 owes Wilma ½ too"
        ]
    );
}

#[test]
fn a_circle_is_shown_as_one_and_every_favour_in_it_is_still_owed() {
    let rows = [
        chit(1, 2, 1, 0, 2),
        chit(2, 3, 2, 0, 2),
        chit(3, 1, 3, 0, 1),
    ];
    let owed = owed(&rows, day(9));
    let said: Vec<String> = cycles(&owed, Id::ME).iter().map(Cycle::words).collect();
    assert_eq!(
        said,
        ["you owe Barney 1, Barney owes Wilma 1, Wilma owes you ½"]
    );
    assert_eq!(ageing(&rows, None, day(9)).total, Halves(5));
}

#[test]
fn circles_in_a_book_where_everybody_owes_everybody_come_to_an_end() {
    let everybody = (1..40).flat_map(|a| (1..40).filter(move |b| a != *b).map(move |b| (a, b)));
    let rows: Vec<ChitRow> = everybody
        .zip(100..)
        .map(|((giver, receiver), id)| chit(id, giver, receiver, 0, 2))
        .collect();
    let found = cycles(&owed(&rows, day(1)), Id::ME);
    assert_eq!(found.len(), 50);
    assert!(found.iter().all(|cycle| cycle.people.len() == 3));
}

#[test]
fn the_past_knows_neither_what_was_settled_nor_answered_nor_cleared_later() {
    let mut row = chit(1, 1, 2, 0, 2);
    row.parts = vec![part(10, 1, Settlement::Redeemed, "half of it")];
    row.cleared_on = Some(day(3));
    row.calls = vec![ChitCall {
        on: day(6),
        outcome: Some(CallOutcome::InPart(Halves(1))),
        answered: Some(day(10)),
        note: String::new(),
    }];
    assert_eq!(row.clone().as_of(day(-1)), None);
    let at = |offset| row.clone().as_of(day(offset)).unwrap();
    let state = |row: &ChitRow| {
        (
            row.sign(),
            row.called().is_some(),
            row.state(),
            row.open().0,
        )
    };
    assert_eq!(state(&at(2)), ('!', false, ChitState::Open, 2));
    assert_eq!(state(&at(3)), ('*', false, ChitState::Open, 2));
    assert_eq!(state(&at(6)), ('*', true, ChitState::Open, 2));
    assert_eq!(state(&at(10)), ('*', false, ChitState::Part, 1));
    let told: Vec<String> = story(&row)
        .iter()
        .map(|episode| episode.what.clone())
        .collect();
    assert_eq!(
        told,
        [
            "Barney owes you 1: favour 1",
            "cleared",
            "called in",
            "called in, in part",
            "½ redeemed: half of it",
        ]
    );
}
