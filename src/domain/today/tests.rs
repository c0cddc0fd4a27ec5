use super::sources;
use super::*;
use crate::domain::contact::{KeyDate, PartialDate};
use crate::domain::moment::day_number;
use crate::domain::strength::{Params, Standing};
use crate::domain::touch::{Direction, TouchKind};
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn open(mine: bool, late: i64) -> Open {
    Open {
        id: Id::from_raw(100 + late),
        contact: Id::from_raw(7),
        who: "Barney Rubble".to_owned(),
        mine,
        what: "the quote".to_owned(),
        due: shift(today(), -late),
    }
}

/// Whether it is mine, how late it is, and its line.
type Pressing = (bool, i64, Option<(&'static str, f64)>);

#[test]
fn a_promise_presses_more_the_later_it_is_and_mine_before_theirs() {
    let rows: [Pressing; 8] = [
        (true, -4, None),
        (
            true,
            -3,
            Some(("you promised: the quote, due Wed 25 Nov", 40.0)),
        ),
        (
            true,
            -1,
            Some(("you promised: the quote, due tomorrow", 60.0)),
        ),
        (true, 0, Some(("you promised: the quote, due today", 80.0))),
        (
            true,
            6,
            Some(("you promised: the quote, 6 days overdue", 98.0)),
        ),
        (
            true,
            400,
            Some(("you promised: the quote, 400 days overdue", 125.0)),
        ),
        (false, -1, None),
        (
            false,
            1,
            Some(("they promised: the quote, 1 day overdue", 47.0)),
        ),
    ];
    for (mine, late, wanted) in rows {
        let line = sources::promise(&open(mine, late), today());
        let found = line
            .as_ref()
            .map(|line| (line.why.as_str(), line.points.total()));
        assert_eq!(found, wanted, "{mine} {late}");
    }
}

#[test]
fn the_rank_is_explained_in_a_sentence() {
    let line = sources::promise(&open(true, 6), today()).unwrap();
    assert_eq!(
        line.points.words(line.kind),
        "98 = 80 for promise + 18 for 6 days overdue"
    );
    let line = sources::promise(&open(true, -2), today()).unwrap();
    assert_eq!(
        line.points.words(line.kind),
        "50 = 70 for promise − 20 for 2 days to go"
    );
    let line = sources::promise(&open(true, 0), today()).unwrap();
    assert_eq!(line.points.words(line.kind), "80 = 80 for promise");
}

#[test]
fn a_day_to_remember_is_listed_for_two_weeks_before_it() {
    let day = |on: &str, yearly| Day {
        id: Id::from_raw(1),
        contact: Id::from_raw(7),
        who: "Barney Rubble".to_owned(),
        date: KeyDate {
            label: "anniversary".to_owned(),
            on: PartialDate::parse(on).unwrap(),
            yearly,
        },
    };
    let rows = [
        ("--11-22", true, Some("anniversary today")),
        (
            "1998-11-25",
            true,
            Some("anniversary (28 years) on Wed 25 Nov"),
        ),
        ("2026-12-06", false, Some("anniversary on Sun 6 Dec")),
        ("--12-07", true, None),
        ("1998-11-25", false, None),
        ("--11-21", true, None),
    ];
    for (on, yearly, wanted) in rows {
        let line = sources::date(&day(on, yearly), today());
        assert_eq!(line.map(|line| line.why).as_deref(), wanted, "{on}");
    }
}

#[test]
fn a_relationship_is_listed_once_it_is_past_its_rhythm_and_worth_a_call() {
    let params = Params::default();
    let mut standing = Standing::new(&params);
    for week in 0..40 {
        standing.touch(
            &params,
            day_number(today()) - 300 + 7 * week,
            TouchKind::Meeting,
            Direction::Mutual,
        );
    }
    let who = Cooling {
        id: Id::from_raw(7),
        who: "Barney Rubble".to_owned(),
        standing,
        cadence: None,
    };
    let on = |days: i32| sources::cooling(&who, &params, day_number(today()) - 27 + days);
    assert_eq!(on(7), None, "on rhythm");
    let line = on(30).unwrap();
    assert_eq!(line.kind, MatterKind::Stale);
    assert!(
        line.why
            .starts_with("stale, silent for 30 days, usual gap 7: a call wins "),
        "{}",
        line.why
    );
    assert!(on(60).unwrap().points.total() > line.points.total());
}

#[test]
fn an_empty_list_is_empty_and_each_week_counts_who_goes_cold_in_it() {
    let cold = [1, 7, 8, 56, 57, 0]
        .map(|days| (shift(today(), days), Id::from_raw(days), format!("P{days}")));
    let list = list(
        Vec::new(),
        &Aside::new(),
        weeks(cold.to_vec(), today()),
        today(),
    );
    assert!(list.lines.is_empty());
    let counts: Vec<usize> = list.weeks.iter().map(|week| week.count).collect();
    assert_eq!(counts, [2, 1, 0, 0, 0, 0, 0, 1]);
    assert_eq!(list.weeks[0].from, shift(today(), 1));
}

#[test]
fn what_d_and_s_and_p_do_is_a_command_where_nothing_has_to_be_asked() {
    let line = sources::promise(&open(true, 6), today()).unwrap();
    assert!(matches!(
        line.done(today()),
        Some(Command::ClosePromise {
            state: PromiseState::Kept,
            ..
        })
    ));
    let plan = line.plan(shift(today(), 3), "the quote");
    assert!(matches!(plan, Some(Command::PlanTouch(plan)) if plan.contact == Id::from_raw(7)));
    let Command::Snooze(snooze) = line.snooze(shift(today(), 3), "she is away") else {
        panic!("not set aside");
    };
    assert_eq!((snooze.kind, snooze.target), (MatterKind::Promise, line.id));
}

#[test]
fn what_is_beyond_the_lines_of_a_kind_is_said_in_its_last_and_the_oldest_of_those_who_tie_stand_first()
 {
    let owed = |number: i64, age: f64| Line {
        kind: MatterKind::Chit,
        id: Id::from_raw(number),
        contact: Some(Id::from_raw(100 + number)),
        who: format!("P{number}"),
        why: "you owe 1".to_owned(),
        due: None,
        points: Points {
            base: 20.0,
            more: 20.0,
            because: "days over thirty",
            count: age,
        },
        more: Vec::new(),
    };
    let shown = |count: i64| -> Vec<(String, String)> {
        let matters = (1..=count).map(|number| owed(number, 300.0 + number as f64));
        let list = list(matters.collect(), &Aside::new(), Vec::new(), today());
        let lines = list.lines.into_iter();
        lines.map(|line| (line.who, line.why)).collect()
    };
    let last = |count| shown(count).pop().unwrap().1;
    assert_eq!(shown(5).len(), 5);
    assert_eq!(last(5), "you owe 1");
    assert_eq!(last(6), "you owe 1; and 1 more person");
    assert_eq!(last(7), "you owe 1; and 2 more people");
    let who: Vec<String> = shown(7).into_iter().map(|(who, _)| who).collect();
    assert_eq!(who, ["P7", "P6", "P5", "P4", "P3"]);
}

fn any_line() -> impl Strategy<Value = Line> {
    let kinds = prop::sample::select(MatterKind::ALL.to_vec());
    (
        kinds,
        0..9_i64,
        prop::option::of(0..4_i64),
        0..5_u8,
        -3..3_i64,
    )
        .prop_map(|(kind, id, contact, base, due)| {
            let id = Id::from_raw(id);
            Line {
                kind,
                id,
                contact: if kind.is_person() {
                    Some(id)
                } else {
                    contact.map(|who| Id::from_raw(100 + who))
                },
                who: format!("P{contact:?}"),
                why: String::new(),
                due: Some(shift(today(), due)),
                points: Points {
                    base: f64::from(base),
                    ..Points::default()
                },
                more: Vec::new(),
            }
        })
}

proptest! {
    /// Whatever is pressing: each matter stands once at most, in a line of its own or counted in one; nobody has two lines of a
    /// kind; what is set aside is not there; and the list falls by points.
    #[test]
    fn nothing_stands_twice_and_nothing_that_is_set_aside(
        matters in prop::collection::vec(any_line(), 0..80),
        aside in prop::collection::hash_set((prop::sample::select(MatterKind::ALL.to_vec()), 0..9_i64), 0..9),
    ) {
        let aside: Aside = aside.into_iter().map(|(kind, id)| (kind.word().to_owned(), Id::from_raw(id))).collect();
        let found = list(matters.clone(), &aside, Vec::new(), today());
        let mut seen = HashSet::new();
        let mut people = HashSet::new();
        for line in &found.lines {
            for id in std::iter::once(&line.id).chain(&line.more) {
                prop_assert!(seen.insert((line.kind, *id)), "{:?} twice", line);
                prop_assert!(!aside.contains(&(line.kind.word().to_owned(), *id)));
            }
            if let Some(who) = line.contact.filter(|_| line.kind != MatterKind::Draft) {
                prop_assert!(people.insert((line.kind, who)));
            }
        }
        let falls = found.lines.windows(2).all(|pair| pair[0].points.total() >= pair[1].points.total());
        prop_assert!(falls);
        let pressing: HashSet<(MatterKind, Id)> = matters.iter().map(|line| (line.kind, line.id)).collect();
        let kept = pressing.iter().filter(|(kind, id)| !aside.contains(&(kind.word().to_owned(), *id)));
        let limited = |kind: &MatterKind| matches!(kind, MatterKind::Stale | MatterKind::Chit | MatterKind::Ask);
        for (kind, id) in kept.filter(|(kind, _)| !limited(kind)) {
            prop_assert!(seen.contains(&(*kind, *id)), "{kind:?} {id:?} is lost");
        }
    }
}
