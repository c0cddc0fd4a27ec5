//! The laws of the judge: nothing is known too early, the sums are sums, and a ranking is worth what it is worth.

use super::super::id::Id;
use super::super::people::{Correction, Life, Trace, Trail, Verdict};
use super::super::strength::{Params, Standing};
use super::super::touch::{Direction, TouchKind};
use super::judge::{Seen, auc, fit};
use super::*;
use proptest::prelude::*;

const TODAY: DayNumber = 20_000;

fn judged(lives: &[Life], today: DayNumber, within: u16) -> Judgement {
    let params = Params::default();
    let mut judge = Judge::new(&params, today, within);
    for life in lives {
        judge.add(life);
    }
    judge.finish()
}

/// Somebody called on these days.
fn called(days: &[DayNumber]) -> Life {
    let trace = |day: &DayNumber| Trace {
        day: *day,
        kind: TouchKind::Call,
        direction: Direction::Mutual,
    };
    Life {
        id: Id::from_raw(2),
        name: String::new(),
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

prop_compose! {
    fn anybody()(
        traces in prop::collection::vec((TODAY - 900..TODAY + 30, 0..12usize, 0..3usize), 1..25),
        verdicts in prop::collection::vec((TODAY - 400..TODAY, any::<bool>()), 0..3),
        corrections in prop::collection::vec((TODAY - 400..TODAY, -3.0..3.0), 0..2),
        cadence in prop::option::of(1..90u16),
        ghost in prop::bool::weighted(0.05),
        archived in prop::option::weighted(0.1, TODAY - 300..TODAY),
    ) -> Life {
        let mut life = Life { cadence, ghost, archived, ..called(&[]) };
        life.trail = Trail {
            traces: traces.into_iter().map(|(day, kind, way)| Trace {
                day,
                kind: TouchKind::ALL[kind],
                direction: Direction::ALL[way],
            }).collect(),
            verdicts: verdicts.into_iter().map(|(day, kept)| Verdict { day, kept }).collect(),
            corrections: corrections.into_iter().map(|(day, mass)| Correction { day, mass, reason: String::new() }).collect(),
            start: None,
        };
        sort(&mut life.trail);
        life
    }
}

fn sort(trail: &mut Trail) {
    trail.traces.sort_by_key(|t| t.day);
    trail.verdicts.sort_by_key(|t| t.day);
    trail.corrections.sort_by_key(|t| t.day);
}

/// Enough people that most check-points count.
fn book() -> impl Strategy<Value = Vec<Life>> {
    prop::collection::vec(anybody(), 12..24)
}

/// What happened after a day, and who left after it, taken away.
fn cut(life: &Life, day: DayNumber) -> Life {
    let mut life = life.clone();
    life.trail.traces.retain(|t| t.day <= day);
    life.trail.verdicts.retain(|t| t.day <= day);
    life.trail.corrections.retain(|t| t.day <= day);
    life.archived = life.archived.filter(|out| *out <= day);
    life
}

fn shifted(life: &Life, by: DayNumber) -> Life {
    let mut life = life.clone();
    life.trail.traces.iter_mut().for_each(|t| t.day += by);
    life.trail.verdicts.iter_mut().for_each(|t| t.day += by);
    life.trail.corrections.iter_mut().for_each(|t| t.day += by);
    life.archived = life.archived.map(|out| out + by);
    life
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_expected_is_the_sum_of_everybodys_chance(lives in book(), within in 1..60u16) {
        let params = Params::default();
        for check in judged(&lives, TODAY, within).checks {
            let (mut expected, mut observed, mut people) = (0.0, 0, 0);
            for life in lives.iter().filter(|life| life.listed_on(check.day)) {
                let then = Standing::replay(&params, &life.trail, check.day);
                let reading = then.read(&params, life.cadence, check.day);
                let Some(chance) = reading.chance(&params, u32::from(within)) else { continue };
                let span = check.day + 1..=check.day + DayNumber::from(within);
                let met = |t: &Trace| span.contains(&t.day) && params.weights.of(t.kind) > 0.0;
                people += 1;
                expected += chance;
                observed += u32::from(life.trail.traces.iter().any(met));
            }
            prop_assert!((check.expected - expected).abs() < 1e-9);
            prop_assert_eq!((check.people, check.observed), (people, observed));
            prop_assert_eq!(check.bands.iter().map(|b| b.people).sum::<u32>(), people);
            prop_assert_eq!(check.bands.iter().map(|b| b.observed).sum::<u32>(), observed);
            let banded: f64 = check.bands.iter().map(|b| b.expected).sum();
            prop_assert!((banded - expected).abs() < 1e-9);
            for (at, band) in check.bands.iter().enumerate().filter(|(_, band)| band.people > 0) {
                let mean = band.expected / f64::from(band.people);
                prop_assert!(mean >= at as f64 / 5.0 - 1e-9 && mean <= (at + 1) as f64 / 5.0 + 1e-9);
            }
        }
    }

    #[test]
    fn nothing_after_a_check_point_changes_what_was_expected_at_it(lives in book()) {
        for check in judged(&lives, TODAY, 30).checks {
            let known: Vec<Life> = lives.iter().map(|life| cut(life, check.day)).collect();
            let blind = judged(&known, TODAY, 30).checks;
            let same = blind.iter().find(|blind| blind.day == check.day);
            let told = same.map(|same| (same.expected.to_bits(), same.people, same.observed));
            prop_assert_eq!(told, Some((check.expected.to_bits(), check.people, 0)));
        }
    }

    #[test]
    fn another_calendar_changes_nothing_but_the_days(lives in book(), by in -5_000..5_000) {
        let there: Vec<Life> = lives.iter().map(|life| shifted(life, by)).collect();
        let mut moved = judged(&there, TODAY + by, 30);
        moved.known.day -= by;
        moved.checks.iter_mut().for_each(|check| check.day -= by);
        prop_assert_eq!(moved, judged(&lives, TODAY, 30));
    }

    #[test]
    fn the_calibration_answers_its_equation(powers in prop::collection::vec(0.0..6.0_f64, 1..200), share in 0.0..1.0_f64) {
        let seen: Vec<Seen> = powers.iter().map(|power| known(*power)).collect();
        let observed = f64::from(powers.len() as u32) * share;
        let q = fit(&seen, observed);
        let expected: f64 = powers.iter().map(|power| 1.0 - (-q * power).exp()).sum();
        prop_assert!((expected + 20.0 * q.ln() - observed).abs() < 1e-6, "q {q}");
        let agreed: f64 = powers.iter().map(|power| 1.0 - (-power).exp()).sum();
        prop_assert!((fit(&seen, agreed) - 1.0).abs() < 1e-9);
    }
}

fn known(power: f64) -> Seen {
    Seen {
        strength: 0.0,
        power,
        last: 0,
        days: 1,
        met: false,
    }
}

#[test]
fn a_ranking_is_worth_what_it_is_worth() {
    let cases = [
        (
            "perfect",
            vec![(1.0, false), (2.0, false), (3.0, true)],
            Some(1.0),
        ),
        (
            "reversed",
            vec![(3.0, false), (2.0, true), (1.0, true)],
            Some(0.0),
        ),
        (
            "all alike",
            vec![(1.0, true), (1.0, false), (1.0, false)],
            Some(0.5),
        ),
        (
            "one pair right, one alike",
            vec![(2.0, true), (2.0, false), (1.0, false)],
            Some(0.75),
        ),
        (
            "everybody was in touch",
            vec![(1.0, true), (2.0, true)],
            None,
        ),
        ("nobody was", vec![(1.0, false)], None),
    ];
    for (label, scores, worth) in cases {
        assert_eq!(auc(scores), worth, "{label}");
    }
}

/// Ten people, called every month from the first day to the last.
fn regulars(first: DayNumber, last: DayNumber) -> Vec<Life> {
    let days: Vec<DayNumber> = (first..=last).step_by(30).collect();
    vec![called(&days); 10]
}

#[test]
fn a_check_point_needs_people_and_days_before_it() {
    let first = TODAY - 30 - 90;
    let just = judged(&regulars(first, TODAY), TODAY, 30);
    assert_eq!(just.checks.len(), 1);
    assert_eq!(
        just.known,
        Known {
            day: TODAY - 30,
            people: 10,
            days: 90
        }
    );
    assert!(
        judged(&regulars(first + 1, TODAY), TODAY, 30)
            .checks
            .is_empty()
    );
    let nine = &regulars(first, TODAY)[1..];
    assert!(judged(nine, TODAY, 30).checks.is_empty());
    assert!((judged(nine, TODAY, 30).calibration - 1.0).abs() < 1e-12);
    let old = judged(&regulars(TODAY - 3_000, TODAY), TODAY, 30);
    let days: Vec<DayNumber> = old.checks.iter().map(|check| check.day).collect();
    let wanted: Vec<DayNumber> = (1..=12).map(|back| TODAY - 30 * back).collect();
    assert_eq!(days, wanted, "the latest first");
}

#[test]
fn people_who_answer_more_than_expected_raise_the_calibration() {
    let busy = judged(&regulars(TODAY - 300, TODAY), TODAY, 30);
    assert_eq!((busy.checks[0].people, busy.checks[0].observed), (10, 10));
    assert!(busy.calibration > 1.05, "{}", busy.calibration);
    let quiet = judged(&regulars(TODAY - 300, TODAY - 60), TODAY, 30);
    assert_eq!(quiet.checks[0].observed, 0);
    assert!(quiet.calibration < 0.95, "{}", quiet.calibration);
}

#[test]
fn the_sentence_says_what_was_expected_or_what_is_missing() {
    let check = |days_ago: DayNumber, observed: u32| Check {
        day: TODAY - days_ago,
        people: 180,
        expected: 41.3,
        observed,
        ranking: None,
        bands: [Band::default(); BANDS],
    };
    let judgement = |within: u16, checks: Vec<Check>, people: u32, days: u32| Judgement {
        within,
        checks,
        calibration: 1.0,
        known: Known {
            day: TODAY - DayNumber::from(within),
            people,
            days,
        },
    };
    let cases = [
        (
            judgement(30, vec![check(30, 38)], 180, 900),
            "A month ago I expected 41 of your 180 people to be in touch; 38 were.",
        ),
        (
            judgement(7, vec![check(7, 1)], 180, 900),
            "A week ago I expected 41 of your 180 people to be in touch; 1 was.",
        ),
        (
            judgement(30, vec![check(60, 0)], 9, 900),
            "60 days ago I expected 41 of your 180 people to be in touch within 30 days; nobody was.",
        ),
        (
            judgement(30, Vec::new(), 4, 900),
            "Too little history to judge by: on 4 September 2024 4 people had been in touch (10 are needed).",
        ),
        (
            judgement(30, Vec::new(), 0, 0),
            "Too little history to judge by: on 4 September 2024 nobody had been in touch (10 are needed).",
        ),
        (
            judgement(30, Vec::new(), 12, 1),
            "Too little history to judge by: on 4 September 2024 the first contact was 1 day before (90 are needed).",
        ),
    ];
    for (judgement, said) in cases {
        assert_eq!(judgement.sentence(TODAY), said);
    }
    let many = Check {
        people: 94_984,
        expected: 12_345.6,
        observed: 1_234,
        ..check(30, 0)
    };
    let later = judgement(30, vec![many], 94_984, 900);
    let cases = [
        (
            TODAY + 60,
            "On 4 Sep I expected 12,346 of your 94,984 people to be in touch; 1,234 were.",
        ),
        (
            TODAY + 1,
            "On 4 Sep I expected 12,346 of your 94,984 people to be in touch; 1,234 were.",
        ),
        (
            TODAY + 900,
            "On 4 Sep 2024 I expected 12,346 of your 94,984 people to be in touch; 1,234 were.",
        ),
    ];
    for (today, said) in cases {
        assert_eq!(later.sentence(today), said);
    }
}
