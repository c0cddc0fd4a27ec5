use super::alarm::{self, FEW, MOST, NEAR, alarms};
use super::view::{Facts, Insider, SeatFact, Sighting, grid, row};
use super::*;
use crate::domain::moment::{date, day_number, shift};
use crate::domain::promise::{Promise, PromiseRow, PromiseState};
use crate::domain::record::{Role, Stance};
use crate::domain::strength::{Params, Standing, State};
use crate::domain::touch::{Direction, TouchKind};
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// Somebody with a call on each of these days ago, the longest ago first.
fn insider(id: i64, name: &str, ago: &[i32]) -> Insider {
    let params = Params::default();
    let mut standing = Standing::new(&params);
    for days in ago {
        let day = day_number(today()) - days;
        standing.touch(&params, day, TouchKind::Meeting, Direction::Mutual);
    }
    let recent = ago
        .iter()
        .filter(|days| i64::from(**days) <= RECENT)
        .count();
    Insider {
        id: Id::from_raw(id),
        name: name.to_owned(),
        title: String::new(),
        standing,
        cadence: None,
        recent: u32::try_from(recent).unwrap(),
    }
}

fn seat(id: i64, role: Role, holder: Option<i64>) -> SeatFact {
    SeatFact {
        id: Id::from_raw(id),
        role,
        holder: holder.map(Id::from_raw),
        stance: Stance::Unknown,
        listens_to: None,
    }
}

/// Slate & Co with Frank, who has been met every three weeks for years, and others by their touches.
fn slate(others: Vec<Insider>) -> Facts {
    let often: Vec<i32> = (1..80).rev().map(|nth| nth * 21).collect();
    let mut facts = Facts::named(Id::from_raw(1000), "Slate & Co");
    facts.people = vec![insider(1, "Frank Flint", &often)];
    facts.people.extend(others);
    facts.traded = true;
    facts
}

fn found(facts: &Facts) -> Vec<AlarmKind> {
    let alarms = alarms(facts, &Params::default(), today());
    alarms.into_iter().map(|alarm| alarm.kind).collect()
}

#[test]
fn an_account_is_as_strong_as_its_second_person_lets_it_be() {
    let params = Params::default();
    let strength = |facts: &Facts| facts.strength(&params, today());
    let alone = slate(Vec::new());
    let frank = alone.people[0]
        .standing
        .strength(&params, None, day_number(today()));
    assert!((strength(&alone) - 0.6 * frank).abs() < 1e-9);
    assert!(strength(&alone) < 60.0);
    let weekly: Vec<i32> = (1..80).rev().map(|nth| nth * 21).collect();
    let two = slate(vec![insider(2, "Wilma Slate", &weekly)]);
    assert!(
        (strength(&two) - frank).abs() < 1e-9,
        "two alike make their own strength"
    );
    assert!(strength(&Facts::named(Id::from_raw(1), "Nobody's")).abs() < 1e-9);
}

#[test]
fn the_committee_is_a_grid_of_roles_and_an_empty_one_is_a_question() {
    let mut facts = slate(vec![insider(2, "Wilma Slate", &[])]);
    facts.seats = vec![
        seat(10, Role::User, Some(1)),
        seat(11, Role::Coach, Some(1)),
        seat(12, Role::Decision, Some(2)),
        seat(13, Role::Finance, None),
    ];
    facts.seats[2].listens_to = Some(Id::from_raw(1));
    let grid = grid(&facts, &Params::default(), today());
    let shown: Vec<(Role, usize, Option<&str>)> = grid
        .iter()
        .map(|row| (row.role, row.seats.len(), row.question))
        .collect();
    assert_eq!(
        shown,
        [
            (Role::Decision, 1, None),
            (Role::Finance, 1, Some("who signs for the money")),
            (Role::Technical, 0, Some("who judges whether it works")),
            (Role::User, 1, None),
            (Role::Gatekeeper, 0, Some("who keeps the door")),
            (Role::Coach, 1, None),
        ]
    );
    assert_eq!(
        grid[0].seats[0].listens_to.as_ref().unwrap().1,
        "Frank Flint"
    );
    let row = row(&facts, &Params::default(), today());
    assert_eq!(
        (row.coverage.warm, row.coverage.known),
        (2, 4),
        "Frank sits twice"
    );
    assert_eq!(row.last, Some(shift(today(), -21)));
}

/// What is changed of an account that is well covered, and the alarms that raises.
type Case = (&'static str, fn(&mut Facts), &'static [AlarmKind]);

#[test]
fn each_alarm_is_raised_by_its_own_cause_and_by_nothing_else() {
    let often = [80, 60, 40, 21, 1];
    let covered = || {
        let mut facts = slate(vec![
            insider(2, "Wilma Slate", &often),
            insider(3, "Betty Marsh", &[70, 30, 5]),
        ]);
        facts.people[0].recent = 5;
        facts.seats = vec![
            seat(10, Role::Decision, Some(2)),
            seat(11, Role::Coach, Some(3)),
        ];
        facts
    };
    assert_eq!(found(&covered()), []);
    let cases: [Case; 10] = [
        (
            "a rival",
            |f| f.rivals.push(rival(NEAR)),
            &[AlarmKind::Rival],
        ),
        ("a rival long ago", |f| f.rivals.push(rival(NEAR + 1)), &[]),
        (
            "one rival twice",
            |f| f.rivals.extend([rival(3), rival(9)]),
            &[AlarmKind::Rival],
        ),
        (
            "a promise",
            |f| f.promises.push(promise(true, 1)),
            &[AlarmKind::Promise],
        ),
        ("one due today", |f| f.promises.push(promise(true, 0)), &[]),
        ("one of theirs", |f| f.promises.push(promise(false, 9)), &[]),
        (
            "one set aside",
            |f| {
                f.promises.push(PromiseRow {
                    snoozed: Some(shift(today(), 2)),
                    ..promise(true, 9)
                });
            },
            &[],
        ),
        (
            "all touches with one",
            |f| {
                for who in &mut f.people {
                    who.recent = 0;
                }
                f.people[0].recent = FEW;
            },
            &[AlarmKind::SingleThreaded],
        ),
        (
            "four of five are not over 80 in a hundred",
            |f| {
                for who in &mut f.people {
                    who.recent = 0;
                }
                (f.people[0].recent, f.people[1].recent) = (4, 1);
            },
            &[],
        ),
        ("no coach", |f| f.seats.truncate(1), &[AlarmKind::NoCoach]),
    ];
    for (label, change, wanted) in cases {
        let mut facts = covered();
        change(&mut facts);
        assert_eq!(found(&facts), wanted, "{label}");
    }
}

fn rival(ago: i64) -> Sighting {
    Sighting {
        id: Id::from_raw(500 + ago),
        name: "Rockland".to_owned(),
        what: "is pitching ideas to her boss".to_owned(),
        on: shift(today(), -ago),
        by: "Betty Marsh".to_owned(),
        contact: Some(Id::from_raw(3)),
    }
}

fn promise(mine: bool, late: i64) -> PromiseRow {
    PromiseRow {
        id: Id::from_raw(600),
        promise: Promise {
            contact: Id::from_raw(1),
            mine,
            what: "send the quote".to_owned(),
            made_on: shift(today(), -20),
            due: shift(today(), -late),
            evidence: None,
        },
        state: PromiseState::Open,
        closed_on: None,
        snoozed: None,
        words: String::new(),
    }
}

#[test]
fn a_coach_who_was_quiet_too_long_and_a_boss_never_met_are_said_with_what_to_do() {
    let mut facts = slate(vec![
        insider(2, "Wilma Slate", &[]),
        insider(3, "Betty Marsh", &[130, 120, 110, 100]),
    ]);
    facts.people[0].recent = 4;
    facts.people[2].recent = 1;
    facts.seats = vec![
        seat(10, Role::Decision, Some(2)),
        seat(11, Role::Coach, Some(3)),
        seat(12, Role::User, Some(1)),
    ];
    let alarms = alarms(&facts, &Params::default(), today());
    let said: Vec<String> = alarms
        .iter()
        .map(|alarm| format!("{}: {}. {}.", alarm.kind.words(), alarm.why, alarm.what))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    single-threaded: only Frank Flint is warm (63); nobody else is above 20. Ask Frank Flint (a colleague) to introduce you to Wilma Slate, decision maker.
    decision maker never touched: Wilma Slate decides, and you never spoke. Ask Frank Flint (a colleague) to introduce you to Wilma Slate, decision maker.
    coach silent: Betty Marsh, your coach, has been silent for 100 days; usual gap 16. Call Betty Marsh.
    ");
}

#[test]
fn the_best_way_to_somebody_goes_through_whom_they_listen_to_then_links_then_the_coach() {
    let params = Params::default();
    let days = [60, 40, 20, 5];
    let mut facts = slate(vec![
        insider(2, "Wilma Slate", &[]),
        insider(3, "Betty Marsh", &days),
        insider(4, "Dino Vance", &days),
    ]);
    facts.people.remove(0);
    facts.seats = vec![seat(10, Role::Decision, Some(2))];
    let way = |facts: &Facts| {
        let to = facts.insider(Id::from_raw(2));
        way::way_to(facts, to, Role::Decision, &params, day_number(today())).words()
    };
    assert_eq!(
        way(&facts),
        "ask Betty Marsh (a colleague) to introduce you to Wilma Slate, decision maker"
    );
    facts.seats.push(seat(11, Role::Coach, Some(4)));
    assert_eq!(
        way(&facts),
        "ask Dino Vance (your coach) to introduce you to Wilma Slate, decision maker"
    );
    facts.seats[0].listens_to = Some(Id::from_raw(3));
    assert_eq!(
        way(&facts),
        "ask Betty Marsh (Wilma Slate listens to them) to introduce you to Wilma Slate, decision maker"
    );
}

#[test]
fn who_speaks_for_us_rests_after_an_ask_and_when_asked_too_often() {
    let story = |asks: &[i64], rest: Option<i64>| StoryRow {
        id: Id::from_raw(1),
        story: Story {
            contact: Id::from_raw(2),
            need: None,
            about: "half the truck rolls".to_owned(),
            rest_until: rest.map(|days| shift(today(), days)),
        },
        who: "Wilma Slate".to_owned(),
        asks: asks
            .iter()
            .map(|ago| StoryAsk {
                on: shift(today(), -ago),
                for_whom: String::new(),
            })
            .collect(),
    };
    let cases: [(&str, StoryRow, Option<i64>); 7] = [
        ("never asked", story(&[], None), None),
        ("asked a month ago", story(&[30], None), None),
        ("asked last week", story(&[7], None), Some(23)),
        ("asked twice this year", story(&[40, 200], None), None),
        ("asked three times", story(&[40, 200, 300], None), Some(65)),
        (
            "three times in two years",
            story(&[40, 200, 365], None),
            None,
        ),
        ("left in peace", story(&[], Some(9)), Some(9)),
    ];
    for (label, row, tired) in cases {
        let until = match row.condition(today()) {
            Condition::Rested => None,
            Condition::Tired { until, .. } => Some((until - today()).num_days()),
        };
        assert_eq!(until, tired, "{label}");
    }
}

/// The story the alarms are there for: one friend for fifteen years, a boss never met; the warning that rivals are at the boss's
/// door comes on the day `warned`.
#[test]
fn frank_alone_at_slate_is_an_alarm_years_before_the_warning_and_names_the_second_person_and_the_way()
 {
    let params = Params::default();
    let facts = {
        let mut facts = slate(vec![insider(2, "Wilma Slate", &[])]);
        facts.seats = vec![
            seat(10, Role::User, Some(1)),
            seat(11, Role::Decision, Some(2)),
        ];
        facts.seats[1].listens_to = Some(Id::from_raw(1));
        facts
    };
    assert!(facts.rivals.is_empty(), "nobody has warned yet");
    let alarms = alarms(&facts, &params, today());
    let single = alarms
        .iter()
        .find(|alarm| alarm.kind == AlarmKind::SingleThreaded)
        .unwrap();
    assert_eq!(single.about, Some(Id::from_raw(1)));
    assert_eq!(single.why, "all 4 touches of 90 days were with Frank Flint");
    assert_eq!(
        single.what,
        "Ask Frank Flint (Wilma Slate listens to them) to introduce you to Wilma Slate, decision maker"
    );
    let promise = single.ways[0].promise(today()).unwrap();
    assert_eq!(
        promise.what,
        "ask for an introduction to Wilma Slate (decision maker)"
    );
    assert_eq!(
        (promise.contact, promise.due),
        (Id::from_raw(1), shift(today(), 7))
    );
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let person = prop::collection::vec(0..400_i32, 0..8);
    let people = prop::collection::vec((person, 0..9_u32), 0..6);
    let seats = prop::collection::vec(
        (
            0..6_usize,
            prop::option::of(1..8_i64),
            prop::option::of(1..8_i64),
        ),
        0..7,
    );
    let rivals = prop::collection::vec(-5..400_i64, 0..4);
    let promises = prop::collection::vec(
        (any::<bool>(), -9..9_i64, prop::option::of(-3..3_i64)),
        0..4,
    );
    (
        people,
        seats,
        rivals,
        promises,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(people, seats, rivals, promises, traded, household)| {
            let mut facts = Facts::named(Id::from_raw(1000), "Slate & Co");
            for ((mut days, recent), id) in people.into_iter().zip(1..) {
                days.sort_unstable_by(|a, b| b.cmp(a));
                let mut who = insider(id, &format!("Person {id}"), &days);
                who.recent = recent;
                facts.people.push(who);
            }
            for ((role, holder, listens), id) in seats.into_iter().zip(10..) {
                let mut seat = seat(id, Role::ALL[role], holder);
                seat.listens_to = listens.map(Id::from_raw);
                facts.seats.push(seat);
            }
            facts.rivals = rivals.into_iter().map(rival).collect();
            facts.promises = promises
                .into_iter()
                .map(|(mine, late, snoozed)| PromiseRow {
                    snoozed: snoozed.map(|days| shift(today(), days)),
                    ..promise(mine, late)
                })
                .collect();
            (facts.traded, facts.profile.household) = (traded, household);
            facts
        })
}

proptest! {
    /// Each alarm is there exactly when its own definition holds, worked out here from the facts alone.
    #[test]
    fn alarms_are_true_by_their_own_definitions(facts in any_facts()) {
        let params = Params::default();
        let day = day_number(today());
        let raised = found(&facts);
        let has = |kind| raised.contains(&kind);
        prop_assert!(raised.is_sorted());
        let near = facts.rivals.iter().any(|r| r.on <= today() && (today() - r.on).num_days() <= NEAR);
        prop_assert_eq!(has(AlarmKind::Rival), near);
        let overdue = facts.promises.iter().filter(|p| {
            p.promise.mine && p.promise.due < today() && p.snoozed.is_none_or(|until| until <= today())
        });
        prop_assert_eq!(raised.iter().filter(|kind| **kind == AlarmKind::Promise).count(), overdue.count());
        let spoken = facts.people.iter().any(|who| who.standing.last.is_some());
        let committee = facts.is_business() && spoken;
        let touches: u32 = facts.people.iter().map(|who| who.recent).sum();
        let rests = touches >= FEW && facts.people.iter().any(|who| who.recent * 100 > touches * MOST);
        let warm = facts.people.iter().filter(|who| who.standing.strength(&params, who.cadence, day) >= params.cold_line);
        prop_assert_eq!(has(AlarmKind::SingleThreaded), committee && (rests || warm.count() == 1));
        let holders = |role| facts.holders_of(role);
        let deciding = holders(Role::Decision);
        let unmet = deciding.iter().any(|who| who.standing.last.is_none());
        prop_assert_eq!(has(AlarmKind::Decision), committee && unmet);
        let coaches = holders(Role::Coach);
        prop_assert_eq!(has(AlarmKind::NoCoach), committee && coaches.is_empty());
        let quiet = coaches.iter().all(|who| who.standing.state(&params, who.cadence, day) != State::OnRhythm);
        prop_assert_eq!(has(AlarmKind::CoachSilent), committee && !coaches.is_empty() && quiet);
    }

    /// A way never leads through the one who is wanted, nor through somebody never spoken to; and its promise is to whom is asked.
    #[test]
    fn a_way_leads_through_somebody_known_to_somebody_who_is_not(facts in any_facts()) {
        let params = Params::default();
        for way in way::ways(&facts, &params, day_number(today())) {
            if let Some((to, _)) = &way.to {
                prop_assert!(facts.insider(*to).unwrap().standing.last.is_none());
            }
            if let Some((through, _)) = &way.through {
                prop_assert!(facts.insider(*through).unwrap().standing.last.is_some());
                prop_assert!(way.to.as_ref().is_none_or(|(to, _)| to != through));
                prop_assert_eq!(way.promise(today()).unwrap().contact, *through);
            } else {
                prop_assert!(way.promise(today()).is_none());
            }
            prop_assert!((0.0..100.0).contains(&way.warmth));
        }
    }

    #[test]
    fn an_account_only_warms_when_somebody_there_does(facts in any_facts(), which in 0..6_usize) {
        let params = Params::default();
        let before = facts.strength(&params, today());
        prop_assert!((0.0..100.0).contains(&before));
        let mut after = facts.clone();
        if let Some(who) = after.people.get_mut(which) {
            let day = day_number(today());
            who.standing.touch(&params, day, TouchKind::Call, Direction::Mutual);
            prop_assert!(after.strength(&params, today()) >= before - 1e-9);
        }
        prop_assert_eq!(date(day_number(today())), today());
        prop_assert!(alarm::rests_on(&facts, &params, day_number(today())).is_none_or(|(who, _)| facts.insider(who).is_some()));
    }
}
