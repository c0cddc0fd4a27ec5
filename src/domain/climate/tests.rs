//! The survey against a count by hand: everybody asked on every day on their own.

use super::super::moment::DayNumber;
use super::super::people::{Correction, Life, Trace, Trail, Verdict};
use super::super::strength::{Params, Standing};
use super::super::touch::Direction;
use super::*;
use proptest::prelude::*;

const DAY: DayNumber = 20_000;

/// Somebody who was in the book for ever, called on these days.
fn called(name: &str, days: &[DayNumber]) -> Life {
    let trace = |day: &DayNumber| Trace {
        day: *day,
        kind: TouchKind::Call,
        direction: Direction::Mutual,
    };
    Life {
        id: Id::from_raw(2),
        name: name.to_owned(),
        cadence: None,
        ghost: false,
        archived: None,
        added: 0,
        trail: Trail {
            traces: days.iter().map(trace).collect(),
            ..Trail::default()
        },
    }
}

fn surveyed(lives: &[Life], period: u16) -> Climate {
    let params = Params::default();
    let mut survey = Survey::new(&params, DAY, period);
    for life in lives {
        survey.add(life);
    }
    survey.finish()
}

prop_compose! {
    /// Anybody with any history, some of it after the day.
    fn anybody()(
        traces in prop::collection::vec((DAY - 900..DAY + 60, 0..12usize, 0..3usize), 0..25),
        verdicts in prop::collection::vec((DAY - 400..DAY + 60, any::<bool>()), 0..3),
        corrections in prop::collection::vec((DAY - 400..DAY + 60, -3.0..3.0), 0..2),
        cadence in prop::option::of(1..90u16),
        start in prop::option::of(1..90u16),
        ghost in prop::bool::weighted(0.1),
        archived in prop::option::weighted(0.2, DAY - 300..DAY + 30),
        added in DAY - 600..DAY + 30,
        name in "[a-z]{3}",
    ) -> Life {
        let mut trail = Trail {
            traces: traces.into_iter().map(|(day, kind, way)| Trace {
                day,
                kind: TouchKind::ALL[kind],
                direction: Direction::ALL[way],
            }).collect(),
            verdicts: verdicts.into_iter().map(|(day, kept)| Verdict { day, kept }).collect(),
            corrections: corrections.into_iter().map(|(day, mass)| Correction { day, mass, reason: String::new() }).collect(),
            start,
        };
        trail.traces.sort_by_key(|t| t.day);
        trail.verdicts.sort_by_key(|t| t.day);
        trail.corrections.sort_by_key(|t| t.day);
        Life { id: Id::from_raw(2), name, cadence, ghost, archived, added, trail }
    }
}

/// Whether somebody was in the lists on a day.
fn there(life: &Life, day: DayNumber) -> bool {
    let happened = life.trail.traces.iter().any(|t| t.day <= day)
        || life.trail.verdicts.iter().any(|t| t.day <= day)
        || life.trail.corrections.iter().any(|t| t.day <= day);
    !life.ghost && life.archived.is_none_or(|out| out > day) && (life.added <= day || happened)
}

/// A day counted by asking everybody on their own.
fn by_hand(lives: &[Life], day: DayNumber) -> Sample {
    let params = Params::default();
    let mut sample = Sample {
        day,
        census: Census::default(),
        bands: [0; BANDS],
    };
    for life in lives.iter().filter(|life| there(life, day)) {
        let standing = Standing::replay(&params, &life.trail, day);
        let reading = standing.read(&params, life.cadence, day);
        let state = Census::STATES.iter().position(|s| *s == reading.state);
        sample.census.counts[state.unwrap()] += 1;
        if reading.state != State::New {
            sample.bands[((reading.strength / 20.0) as usize).min(4)] += 1;
        }
    }
    sample
}

proptest! {
    #[test]
    fn every_sample_is_what_a_replay_of_everybody_says(
        lives in prop::collection::vec(anybody(), 0..8),
        period in 1..1000u16,
    ) {
        let found = surveyed(&lives, period);
        prop_assert_eq!(found.now, by_hand(&lives, DAY));
        prop_assert_eq!(found.before, by_hand(&lives, DAY - DayNumber::from(period)));
        let mut day = DAY;
        for sample in found.history.iter().rev() {
            prop_assert_eq!(*sample, by_hand(&lives, day));
            day -= 7;
        }
        prop_assert!((1..=PAST).contains(&found.history.len()));
        // What was left out had nobody but the new.
        for day in (DAY - 7 * 103..=day).rev().step_by(7) {
            let left_out = by_hand(&lives, day).census;
            prop_assert_eq!(left_out.total(), left_out.of(State::New));
        }
    }

    #[test]
    fn who_goes_stale_and_who_moved_is_what_a_replay_of_everybody_says(
        lives in prop::collection::vec(anybody(), 0..8),
        period in 1..400u16,
    ) {
        let params = Params::default();
        let start = DAY - DayNumber::from(period);
        let mut stale = [0; WEEKS];
        let mut moved = Vec::new();
        for life in lives.iter().filter(|life| there(life, DAY)) {
            let now = Standing::replay(&params, &life.trail, DAY).read(&params, life.cadence, DAY);
            if let Some(week) = now.stale.filter(|on| *on > DAY).map(|on| (on - DAY - 1) as usize / 7)
                && week < WEEKS
            {
                stale[week] += 1;
            }
            let before = Standing::replay(&params, &life.trail, start).strength(&params, life.cadence, start);
            if (now.strength - before).abs() >= 0.5 {
                moved.push((life.name.clone(), now.strength - before));
            }
        }
        let found = surveyed(&lives, period);
        prop_assert_eq!(found.ahead.each_ref().map(|week| week.count), stale);
        prop_assert_eq!(found.warmed.len() + found.cooled.len(), moved.len());
        for mover in found.warmed.iter().chain(&found.cooled) {
            let by = mover.now - mover.before;
            prop_assert!(moved.iter().any(|(name, moved)| *name == mover.name && (moved - by).abs() < 1e-9));
            prop_assert!(!mover.why().is_empty());
        }
        let order = |movers: &[Mover]| movers.is_sorted_by_key(|m| -(m.now - m.before).abs());
        prop_assert!(order(&found.warmed) && order(&found.cooled));
    }

    #[test]
    fn nothing_that_happened_after_the_day_is_known_on_it(lives in prop::collection::vec(anybody(), 0..6)) {
        let mut cut = lives.clone();
        for life in &mut cut {
            life.trail.traces.retain(|t| t.day <= DAY);
            life.trail.verdicts.retain(|t| t.day <= DAY);
            life.trail.corrections.retain(|t| t.day <= DAY);
        }
        prop_assert_eq!(surveyed(&lives, 30), surveyed(&cut, 30));
    }
}

#[test]
fn a_past_day_has_everybody_who_was_in_the_book_then() {
    let out = |archived: DayNumber| Life {
        archived: Some(archived),
        ..called("", &[DAY - 5])
    };
    let since = |added: DayNumber, days: &[DayNumber]| Life {
        added,
        ..called("", days)
    };
    let ghost = Life {
        ghost: true,
        ..called("", &[DAY - 5])
    };
    let cases = [
        ("touched", called("", &[DAY - 5]), 1),
        ("a ghost", ghost, 0),
        ("archived on the day", out(DAY), 0),
        ("archived later", out(DAY + 1), 1),
        ("not there yet", since(DAY + 1, &[]), 0),
        ("added on the day", since(DAY, &[]), 1),
        (
            "added later, with a touch before",
            since(DAY + 9, &[DAY - 1]),
            1,
        ),
        (
            "added later, with a touch after",
            since(DAY + 9, &[DAY + 1]),
            0,
        ),
    ];
    for (label, life, people) in cases {
        assert_eq!(surveyed(&[life], 30).now.census.total(), people, "{label}");
    }
}

#[test]
fn the_history_begins_with_the_first_week_in_which_somebody_had_been_touched() {
    let lives = [called("a", &[]), called("b", &[DAY - 15, DAY - 3])];
    let days: Vec<DayNumber> = surveyed(&lives, 30).history.iter().map(|s| s.day).collect();
    assert_eq!(days, [DAY - 14, DAY - 7, DAY]);
    let nobody = surveyed(&[called("a", &[])], 30).history;
    assert_eq!(nobody.len(), 1, "the day itself is always there");
    let old = surveyed(&[called("a", &[DAY - 3_000])], 3_650);
    assert_eq!(old.history.len(), PAST);
    assert_eq!(old.before.day, DAY - 3_650);
}

#[test]
fn a_week_counts_everybody_and_names_the_strongest() {
    // With the house rhythm of 30 days the 68th silent day is the first stale one.
    let mut lives: Vec<Life> = (0..50)
        .map(|n| called(&format!("p{n:02}"), &[DAY - 63]))
        .collect();
    lives.push(called("strong", &[DAY - 93, DAY - 63]));
    lives.push(called("last day", &[DAY - 12]));
    lives.push(called("too late", &[DAY - 11]));
    lives.push(called("stale today", &[DAY - 68]));
    let found = surveyed(&lives, 30);
    let counts = found.ahead.each_ref().map(|week| week.count);
    assert_eq!(counts, [51, 0, 0, 0, 0, 0, 0, 1]);
    let first = &found.ahead[0];
    assert_eq!(
        (
            first.from,
            first.people.len(),
            first.people[0].name.as_str()
        ),
        (DAY + 1, NAMED, "strong")
    );
    assert_eq!(first.people[1].name, "p00", "equals by name");
    assert_eq!(first.people[1].on, DAY + 5);
    assert_eq!(found.ahead[7].from, DAY + 50);
    assert_eq!(found.ahead[7].people[0].on, DAY + 56);
}

#[test]
fn somebody_new_warms_from_nothing_and_equals_stand_by_name() {
    let lives = [
        called("zoe", &[DAY - 2]),
        called("ann", &[DAY - 2]),
        called("steady", &[DAY - 2_000]),
        called("gone quiet", &[DAY - 40, DAY - 33]),
    ];
    let found = surveyed(&lives, 30);
    let names = |movers: &[Mover]| movers.iter().map(|m| m.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&found.warmed), ["ann", "zoe"]);
    assert!(found.warmed[0].before.abs() < 1e-12);
    assert_eq!(names(&found.cooled), ["gone quiet"]);
    assert_eq!(found.cooled[0].silence, Some(33));
}

#[test]
fn a_mover_is_told_with_what_happened_in_the_period_only() {
    let mut life = called("", &[DAY - 30, DAY - 29, DAY - 3, DAY, DAY + 1]);
    let also = [
        (DAY - 5, TouchKind::Meeting),
        (DAY - 4, TouchKind::Note),
        (DAY - 2, TouchKind::Attempt),
    ];
    life.trail.traces.extend(also.map(|(day, kind)| Trace {
        day,
        kind,
        direction: Direction::Mutual,
    }));
    life.trail.traces.sort_by_key(|t| t.day);
    life.trail.verdicts = [(DAY - 30, false), (DAY - 1, true), (DAY + 1, false)]
        .map(|(day, kept)| Verdict { day, kept })
        .to_vec();
    let found = surveyed(&[life], 30);
    let mover = &found.warmed[0];
    assert_eq!(
        mover.touches,
        [(TouchKind::Call, 3), (TouchKind::Meeting, 1)]
    );
    assert_eq!((mover.kept, mover.broken, mover.corrected), (1, 0, 0));
    assert_eq!(mover.why(), "3 calls, a meeting, a promise kept");
}

#[test]
fn the_reason_is_a_plain_sentence() {
    let mover = |before: f64, touches: &[(TouchKind, u32)], judged: [u32; 3], silence| Mover {
        id: Id::from_raw(2),
        name: String::new(),
        before,
        now: 50.0,
        touches: touches.to_vec(),
        kept: judged[0],
        broken: judged[1],
        corrected: judged[2],
        silence: Some(silence),
        rhythm: 13.6,
    };
    let emails = [(TouchKind::Email, 2), (TouchKind::Intro, 1)];
    let cases = [
        (
            mover(70.0, &[], [0, 0, 0], 52),
            "52 days silent, usual gap 14 days",
        ),
        (
            mover(70.0, &[], [0, 1, 0], 40),
            "a promise broken, 40 days silent",
        ),
        (
            mover(70.0, &emails, [0, 0, 0], 1),
            "2 e-mails, an introduction, then 1 day silent, usual gap 14 days",
        ),
        (
            mover(70.0, &emails, [0, 2, 0], 0),
            "2 e-mails, an introduction, 2 promises broken",
        ),
        (
            mover(20.0, &emails, [2, 0, 0], 5),
            "2 e-mails, an introduction, 2 promises kept",
        ),
        (mover(20.0, &[], [0, 0, 1], 90), "a correction by hand"),
    ];
    for (mover, why) in cases {
        assert_eq!(mover.why(), why);
    }
}
