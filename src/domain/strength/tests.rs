//! Worked cases of the strength model, and its laws.

use super::super::people::{Correction, Trace, Trail, Verdict};
use super::account::{Account, TENTHS, THOUSANDTHS};
use super::curve::{forecast, series, with_standing};
use super::explain::{Cause, explain, gaps};
use super::*;
use proptest::prelude::*;

/// Folds the events of a worked case up to a day.
fn folded(
    params: &Params,
    tagged: Option<u16>,
    events: &[serde_json::Value],
    now: DayNumber,
) -> Standing {
    let mut standing = Standing::starting(params, tagged);
    for event in events {
        let day = event[0].as_i64().unwrap() as DayNumber;
        if day > now {
            continue;
        }
        match event[1].as_str().unwrap() {
            "kept" => standing.verdict(params, day, true),
            "broken" => standing.verdict(params, day, false),
            way => standing.contact(params, day, event[2].as_f64().unwrap(), way == "out"),
        }
    }
    standing
}

fn same(name: &str, field: &str, is: Option<f64>, wanted: &serde_json::Value) {
    match (is, wanted.as_f64()) {
        (Some(is), Some(wanted)) => {
            assert!(
                (is - wanted).abs() <= 0.000_51,
                "{name}: {field} is {is}, not {wanted}"
            );
        }
        (is, wanted) => assert_eq!(is, wanted, "{name}: {field}"),
    }
}

#[test]
fn the_worked_cases_come_out_to_three_decimals() {
    let text = include_str!("../../../tests/fixtures/strength_vectors.json");
    let cases: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    assert_eq!(cases.len(), 21);
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let now = case["now"].as_i64().unwrap() as DayNumber;
        let params = Params::default();
        let prior = case["prior"].as_f64().map(|days| days as u16);
        let cadence = case["pin"].as_f64().map(|days| days as u16);
        let standing = folded(&params, prior, case["events"].as_array().unwrap(), now);
        let reading = standing.read(&params, cadence, now);
        let day = |day: Option<DayNumber>| day.map(f64::from);
        // The cases ask for the first cold day from now on, the model for the first at all.
        let cold = reading.cold.map(|day| day.max(now));
        for (field, is) in [
            ("bond", Some(100.0 * reading.bond)),
            ("rhythm", Some(reading.rhythm)),
            ("silence", day(reading.silence)),
            ("fade", reading.fade.map(|fade| 100.0 * fade)),
            ("strength", Some(reading.strength)),
            ("overdue", reading.overdue),
            ("lost", reading.lost),
            ("chance30", reading.chance(&params, 30)),
            ("due_day", day(reading.due)),
            ("stale_day", day(reading.stale)),
            ("below20_day", day(cold)),
        ] {
            same(name, field, is, &case[field]);
        }
        assert_eq!(reading.state.word(), case["status"], "{name}");
        assert_eq!(
            standing.strength(&params, cadence, now).to_bits(),
            reading.strength.to_bits()
        );
        assert!((standing.lost(&params, cadence, now) - reading.lost.unwrap_or(0.0)).abs() < 1e-12);
    }
}

#[derive(Clone, Copy, Debug)]
enum Happening {
    Touch(TouchKind, Direction),
    Verdict(bool),
    Correction(f64),
}

fn happening() -> impl Strategy<Value = Happening> {
    let kind = prop::sample::select(TouchKind::ALL.to_vec());
    let way = prop::sample::select(Direction::ALL.to_vec());
    prop_oneof![
        12 => (kind, way).prop_map(|(kind, way)| Happening::Touch(kind, way)),
        2 => any::<bool>().prop_map(Happening::Verdict),
        1 => (-3.0..3.0_f64).prop_map(Happening::Correction),
    ]
}

/// A history of up to forty events: gaps of mostly days, now and then months.
fn history() -> impl Strategy<Value = Vec<(DayNumber, Happening)>> {
    let gap = prop_oneof![4 => 0..3, 8 => 1..40, 1 => 100..900];
    (
        -800..400_i32,
        prop::collection::vec((gap, happening()), 0..40),
    )
        .prop_map(|(start, steps)| {
            let mut day = start;
            let dated = steps.into_iter().map(|(gap, what)| {
                day += gap;
                (day, what)
            });
            dated.collect()
        })
}

fn trail(history: &[(DayNumber, Happening)]) -> Trail {
    let mut trail = Trail::default();
    for &(day, what) in history {
        match what {
            Happening::Touch(kind, direction) => trail.traces.push(Trace {
                day,
                kind,
                direction,
            }),
            Happening::Verdict(kept) => trail.verdicts.push(Verdict { day, kept }),
            Happening::Correction(mass) => trail.corrections.push(Correction {
                day,
                mass,
                reason: String::new(),
            }),
        }
    }
    trail
}

/// Mass and rhythm written down from the definition: every piece on its own, aged to the day it is asked for.
fn by_definition(trail: &Trail, today: DayNumber) -> (f64, f64) {
    let begins = trail.start.map_or(30.0, f64::from);
    let weigh = |kind: TouchKind| match kind {
        TouchKind::Meeting | TouchKind::Referral => 2.0,
        TouchKind::Video | TouchKind::Favour | TouchKind::Intro => 1.5,
        TouchKind::Call | TouchKind::Gift | TouchKind::Letter => 1.0,
        TouchKind::Email => 0.8,
        TouchKind::Message => 0.6,
        TouchKind::Note | TouchKind::Attempt => 0.0,
    };
    let wired = [TouchKind::Call, TouchKind::Email, TouchKind::Message];
    let counted = |t: &&Trace| weigh(t.kind) > 0.0 && t.day <= today;
    let mut contact_days: Vec<DayNumber> =
        trail.traces.iter().filter(counted).map(|t| t.day).collect();
    contact_days.dedup();
    let mut pieces: Vec<(DayNumber, f64)> = Vec::new();
    let aged = |pieces: &[(DayNumber, f64)], day: DayNumber| -> f64 {
        let left = pieces
            .iter()
            .map(|&(on, w)| w * 0.5_f64.powf(f64::from(day - on) / 365.0));
        left.sum()
    };
    let mut in_a_row = 0;
    let first = trail.traces.iter().map(|t| t.day);
    let first = first.chain(trail.verdicts.iter().map(|v| v.day));
    let first = first.chain(trail.corrections.iter().map(|c| c.day)).min();
    for day in first.unwrap_or(today)..=today {
        let of_day = |knocked: bool| {
            let touches = trail.traces.iter().filter(|t| t.day == day);
            let chosen = touches
                .filter(|t| (t.direction == Direction::Out && wired.contains(&t.kind)) == knocked);
            chosen.map(|t| weigh(t.kind)).fold(0.0, f64::max)
        };
        if contact_days.contains(&day) {
            let (answered, knocked) = (of_day(false), of_day(true));
            let exponent = if answered > 0.0 { 1 } else { in_a_row + 1 };
            in_a_row = if answered > 0.0 { 0 } else { in_a_row + 1 };
            let worth = answered.max(knocked * 0.85_f64.powi(exponent).max(0.3));
            pieces.push((day, worth));
        }
        for verdict in trail.verdicts.iter().filter(|v| v.day == day) {
            let change = if verdict.kept {
                0.5
            } else {
                -0.2 * aged(&pieces, day)
            };
            pieces.push((day, change));
        }
        for correction in trail.corrections.iter().filter(|c| c.day == day) {
            pieces.push((day, correction.mass.max(-aged(&pieces, day))));
        }
    }
    let gaps: Vec<f64> = contact_days
        .windows(2)
        .map(|d| f64::from(d[1] - d[0]))
        .collect();
    let mut rhythm = begins;
    let mut capped: Vec<f64> = Vec::new();
    for gap in gaps {
        capped.push(gap.min(8.0 * rhythm));
        let share = |age: usize| 0.8_f64.powf(age as f64);
        let n = capped.len();
        let sum: f64 = (0..n).map(|j| capped[j] * share(n - 1 - j)).sum();
        let count: f64 = (0..n).map(share).sum();
        rhythm = ((2.0 * begins * share(n) + sum) / (2.0 * share(n) + count)).clamp(1.0, 730.0);
    }
    (aged(&pieces, today), rhythm)
}

fn apply(standing: &mut Standing, params: &Params, day: DayNumber, what: Happening) {
    match what {
        Happening::Touch(kind, direction) => standing.touch(params, day, kind, direction),
        Happening::Verdict(kept) => standing.verdict(params, day, kept),
        Happening::Correction(mass) => standing.correct(params, day, mass),
    }
}

proptest! {
    #[test]
    fn one_event_at_a_time_equals_the_definition(
        history in history(), later in 0..500_i32, start in prop::option::of(1..400_u16),
    ) {
        let params = Params::default();
        let trail = Trail { start, ..trail(&history) };
        let today = history.last().map_or(0, |last| last.0) + later;
        let standing = Standing::replay(&params, &trail, today);
        let (mass, rhythm) = by_definition(&trail, today);
        prop_assert!((standing.mass_on(&params, today) - mass).abs() < 1e-9);
        prop_assert!((standing.rhythm(None) - rhythm).abs() < 1e-9);
    }

    #[test]
    fn events_as_they_come_equal_a_replay_to_the_last_bit(history in history()) {
        let params = Params::default();
        let mut standing = Standing::new(&params);
        let mut seen = Vec::new();
        for &(day, what) in &history {
            seen.push((day, what));
            if standing.takes(day) {
                apply(&mut standing, &params, day, what);
            } else {
                standing = Standing::replay(&params, &trail(&seen), day);
            }
            let replayed = Standing::replay(&params, &trail(&seen), day);
            prop_assert_eq!(standing, replayed);
            prop_assert_eq!(standing.mass.to_bits(), replayed.mass.to_bits());
        }
    }

    #[test]
    fn silence_only_cools(history in history(), cadence in prop::option::of(1..400_u16)) {
        let params = Params::default();
        let today = history.last().map_or(0, |last| last.0);
        let standing = Standing::replay(&params, &trail(&history), today);
        let mut before = standing.read(&params, cadence, today);
        for day in today + 1..today + 400 {
            let now = standing.read(&params, cadence, day);
            prop_assert!(now.strength <= before.strength && (now.strength < before.strength || now.strength == 0.0));
            prop_assert!(now.state >= before.state);
            prop_assert_eq!((now.due, now.stale, now.cold), (before.due, before.stale, before.cold));
            before = now;
        }
    }

    #[test]
    fn a_touch_only_warms(history in history(), later in 0..900_i32, what in happening()) {
        let params = Params::default();
        let Happening::Touch(kind, direction) = what else { return Ok(()) };
        let today = history.last().map_or(0, |last| last.0) + later;
        let before = Standing::replay(&params, &trail(&history), today);
        let mut after = before;
        after.touch(&params, today, kind, direction);
        let strength = |s: &Standing| s.strength(&params, None, today);
        prop_assert!(strength(&after) >= strength(&before) - 1e-12);
        if kind == TouchKind::Note || kind == TouchKind::Attempt {
            prop_assert_eq!(after, before);
        }
    }

    #[test]
    fn order_within_a_day_is_irrelevant(
        (straight, mixed) in history().prop_flat_map(|h| (Just(h.clone()), Just(h).prop_shuffle()))
    ) {
        let params = Params::default();
        let mut mixed = trail(&mixed);
        mixed.traces.sort_by_key(|t| t.day);
        mixed.verdicts.sort_by_key(|v| v.day);
        mixed.corrections = trail(&straight).corrections;
        // Promises of one day keep their order: taking a fifth and adding a half do not commute.
        mixed.verdicts = trail(&straight).verdicts;
        let today = straight.last().map_or(0, |last| last.0);
        let one = Standing::replay(&params, &trail(&straight), today).read(&params, None, today);
        let other = Standing::replay(&params, &mixed, today).read(&params, None, today);
        prop_assert!((one.strength - other.strength).abs() < 1e-9);
        prop_assert_eq!((one.state, one.due, one.stale), (other.state, other.due, other.stale));
    }

    #[test]
    fn the_shares_add_up(
        history in history(), later in 0..500_i32, cadence in prop::option::of(1..400_u16), start in prop::option::of(1..400_u16),
    ) {
        let params = Params::default();
        let trail = Trail { start, ..trail(&history) };
        let today = history.last().map_or(0, |last| last.0) + later;
        let shares = explain(&params, &trail, cadence, today);
        let sum: f64 = shares.iter().map(|share| share.points).sum();
        let strength = Standing::replay(&params, &trail, today).strength(&params, cadence, today);
        prop_assert!((sum - strength).abs() < 1e-9, "{} is not {}", sum, strength);
    }

    #[test]
    fn what_is_shown_adds_up_as_it_is_shown(
        history in history(), later in 0..500_i32, cadence in prop::option::of(1..400_u16), start in prop::option::of(1..400_u16),
    ) {
        let params = Params::default();
        let trail = Trail { start, ..trail(&history) };
        let today = history.last().map_or(0, |last| last.0) + later;
        for units in [TENTHS, THOUSANDTHS] {
            let account = Account::new(&params, &trail, cadence, today, units);
            let lines: i64 = account.lines.iter().map(|line| line.units).sum();
            prop_assert_eq!(lines, account.bond);
            prop_assert_eq!(account.bond + account.silence, account.strength);
            prop_assert_eq!(account.strength, (account.reading.strength * units).round() as i64);
            prop_assert!(account.silence <= 0);
            for line in &account.lines {
                prop_assert!((line.units as f64 - line.share.points * units).abs() < 1.0 + 1e-6);
            }
            for room in [0, 1, 3, 100] {
                let shown = account.foremost(room);
                prop_assert_eq!(shown.len(), room.min(account.lines.len()));
                let seen: i64 = shown.iter().map(|at| account.lines[*at].units).sum();
                prop_assert_eq!(seen + account.others(&shown).1, account.bond);
            }
        }
    }

    #[test]
    fn strength_is_from_nothing_to_under_a_hundred(history in history(), later in -900..3000_i32) {
        let params = Params::default();
        let today = history.last().map_or(0, |last| last.0) + later;
        let standing = Standing::replay(&params, &trail(&history), today);
        let reading = standing.read(&params, None, today);
        prop_assert!((0.0..100.0).contains(&reading.strength));
        prop_assert!((0.0..1.0).contains(&reading.bond));
        prop_assert!(standing.mass >= 0.0);
    }

    #[test]
    fn shifting_all_days_shifts_the_series(history in history(), by in -5000..5000_i32) {
        let params = Params::default();
        let shifted: Vec<_> = history.iter().map(|&(day, what)| (day + by, what)).collect();
        let (from, to) = (history.first().map_or(0, |h| h.0), history.last().map_or(0, |h| h.0) + 90);
        let here = series(&params, &trail(&history), None, from, to, 120);
        let there = series(&params, &trail(&shifted), None, from + by, to + by, 120);
        let moved: Vec<_> = here.into_iter().map(|(day, s)| (day + f64::from(by), s)).collect();
        prop_assert_eq!(moved, there);
    }

    #[test]
    fn shifting_all_days_shifts_every_date_and_nothing_else(
        history in history(), later in 0..900_i32, by in -5000..5000_i32, cadence in prop::option::of(1..400_u16),
    ) {
        let params = Params::default();
        let shifted: Vec<_> = history.iter().map(|&(day, what)| (day + by, what)).collect();
        let today = history.last().map_or(0, |last| last.0) + later;
        let here = Standing::replay(&params, &trail(&history), today).read(&params, cadence, today);
        let there = Standing::replay(&params, &trail(&shifted), today + by).read(&params, cadence, today + by);
        let moved = |day: Option<DayNumber>| day.map(|day| day + by);
        let (due, stale, cold) = (moved(here.due), moved(here.stale), moved(here.cold));
        prop_assert_eq!(there, Reading { due, stale, cold, ..here });
    }

    #[test]
    fn twenty_points_halve_the_odds_of_silence_and_calibration_changes_no_order(
        one in history(), other in history(), later in 0..900_i32, within in 1..400_u32, factor in 0.05..20.0_f64,
    ) {
        let params = Params::default();
        let own = Params { calibration: factor, ..params.clone() };
        let read = |history: &[(DayNumber, Happening)]| {
            let today = history.last().map_or(0, |last| last.0) + later;
            Standing::replay(&params, &trail(history), today).read(&params, None, today)
        };
        let (one, other) = (read(&one), read(&other));
        let (Some(a), Some(b)) = (one.chance(&params, within), other.chance(&params, within)) else {
            return Ok(());
        };
        prop_assert!((0.0..=1.0).contains(&a));
        prop_assert!(one.chance(&params, within + 30) >= one.chance(&params, within));
        // Within one θ the odds of silence are a half for every twenty points.
        let whole = Reading { half_fade: f64::from(within), ..one };
        let silent = 1.0 - whole.chance(&params, within).unwrap_or_default();
        prop_assert!((silent - 0.5_f64.powf(one.strength / 20.0)).abs() < 1e-9);
        let (c, d) = (one.chance(&own, within), other.chance(&own, within));
        let apart = (a - b).abs() > 1e-6 && c != d;
        prop_assert!(!apart || (a < b) == (c < d));
    }

    #[test]
    fn the_series_is_the_pointwise_strength(
        history in history(), from in -1000..1500_i32, width in 0..1500_i32, points in 0..300_usize,
    ) {
        let params = Params::default();
        let trail = trail(&history);
        let line = series(&params, &trail, Some(20), from, from + width, points);
        for &(day, strength) in &line {
            let day = day as DayNumber;
            let there = Standing::replay(&params, &trail, day).read(&params, Some(20), day);
            prop_assert_eq!(strength.to_bits(), there.strength.to_bits());
        }
        prop_assert!(line.windows(2).all(|two| two[0].0 < two[1].0));
        let drawn: Vec<_> = line.iter().map(|point| point.0 as DayNumber).collect();
        let span = from..=from + width;
        for (day, _) in history.iter().filter(|h| span.contains(&h.0)) {
            prop_assert!(drawn.contains(day), "the step of day {} is missing", day);
            prop_assert!(*day == from || drawn.contains(&(day - 1)));
        }
        prop_assert_eq!((drawn.first(), drawn.last()), (Some(&from), Some(&(from + width))));
        prop_assert!(line.len() <= points.max(2) + 2 * history.len());
    }

    #[test]
    fn a_sparkline_is_the_pointwise_strength_on_evenly_spaced_days(
        history in history(), from in -1000..1500_i32, step in 1..40_i32, points in 2..60_usize,
        cadence in prop::option::of(1..400_u16),
    ) {
        let params = Params::default();
        let trail = trail(&history);
        let to = from + step * (points as DayNumber - 1);
        let line = curve::samples(&params, &trail, cadence, (from, to), points);
        let wanted: Vec<f64> = (from..=to)
            .step_by(step as usize)
            .map(|day| Standing::replay(&params, &trail, day).read(&params, cadence, day).strength)
            .collect();
        prop_assert_eq!(line, wanted);
    }

    #[test]
    fn the_cold_day_is_the_first_under_the_line(
        history in history(), line in 0.5..90.0_f64, cadence in prop::option::of(1..400_u16),
    ) {
        let params = Params { cold_line: line, ..Params::default() };
        let today = history.last().map_or(0, |last| last.0);
        let standing = Standing::replay(&params, &trail(&history), today);
        let Some(cold) = standing.cold(&params, cadence) else {
            prop_assert_eq!(standing.last, None);
            return Ok(());
        };
        prop_assert!(standing.strength(&params, cadence, cold) < line);
        let first = standing.mass_day;
        prop_assert!(cold == first || standing.strength(&params, cadence, cold - 1) >= line);
    }
}

#[test]
fn a_contact_nobody_touched_is_new_and_not_cold() {
    let params = Params::default();
    let mut standing = Standing::new(&params);
    let reading = standing.read(&params, None, 20_000);
    assert_eq!(
        (reading.strength, reading.state, reading.cold),
        (0.0, State::New, None)
    );
    assert_eq!(reading.chance(&params, 30), None);
    standing.touch(&params, -30_000, TouchKind::Call, Direction::In);
    assert_eq!(
        (standing.mass, standing.mass_day, standing.days),
        (1.0, -30_000, 1)
    );
}

#[test]
fn the_shares_of_danas_strength_are_those_of_the_book() {
    let params = Params::default();
    let touch = |day, kind, direction| Trace {
        day,
        kind,
        direction,
    };
    let trail = Trail {
        traces: vec![
            touch(0, TouchKind::Meeting, Direction::Mutual),
            touch(30, TouchKind::Call, Direction::Mutual),
            touch(37, TouchKind::Email, Direction::Out),
            touch(44, TouchKind::Email, Direction::Out),
            touch(60, TouchKind::Meeting, Direction::Mutual),
        ],
        verdicts: vec![Verdict {
            day: 65,
            kept: false,
        }],
        ..Trail::default()
    };
    let shares = explain(&params, &trail, None, 80);
    let points: Vec<f64> = shares
        .iter()
        .map(|s| (10.0 * s.points).round() / 10.0)
        .collect();
    assert_eq!(points, [17.9, 9.5, 6.5, 5.6, 20.1, -11.9, -15.4]);
    let knocks = shares.iter().map(|share| match share.cause {
        Cause::Contact { knock, .. } => knock,
        _ => 0,
    });
    assert_eq!(knocks.collect::<Vec<_>>(), [0, 0, 1, 2, 0, 0, 0]);
    let standing = Standing::replay(&params, &trail, 80);
    assert_eq!(standing.read(&params, None, 80).stale, Some(103));
}

#[test]
fn the_forecast_goes_on_from_today_and_nobody_calls() {
    let params = Params::default();
    let history =
        [0, 14, 28, 60].map(|day| (day, Happening::Touch(TouchKind::Meeting, Direction::Mutual)));
    let trail = trail(&history);
    let (past, standing) = with_standing(&params, &trail, None, (0, 40), 40, 46);
    let ahead = forecast(&params, &standing, None, 40, 90, 46);
    assert_eq!(past.last(), ahead.first());
    assert_eq!(past.last().map(|p| p.0), Some(40.0));
    assert!(ahead.windows(2).all(|two| two[1].1 < two[0].1));
    let step: Vec<_> = past
        .iter()
        .filter(|p| (26.0..=29.0).contains(&p.0))
        .collect();
    assert!(
        step.windows(2)
            .any(|two| two[1].1 > two[0].1 + 10.0 && two[1].0 < two[0].0 + 1.5)
    );
}

#[test]
fn a_future_touch_counts_from_its_day() {
    let params = Params::default();
    let history = [
        (0, Happening::Touch(TouchKind::Call, Direction::In)),
        (50, Happening::Touch(TouchKind::Meeting, Direction::Mutual)),
    ];
    let trail = trail(&history);
    assert_eq!(Standing::replay(&params, &trail, 49).days, 1);
    assert_eq!(Standing::replay(&params, &trail, 50).days, 2);
}

#[test]
fn a_correction_out_of_all_proportion_leaves_a_strength_that_is_one() {
    let params = Params::default();
    for mass in [f64::MAX, -f64::MAX, f64::INFINITY] {
        let mut standing = Standing::new(&params);
        standing.touch(&params, 0, TouchKind::Call, Direction::In);
        standing.correct(&params, 1, mass);
        standing.correct(&params, 1, mass);
        let strength = standing.strength(&params, None, 2);
        assert!((0.0..100.0).contains(&strength), "{mass}: {strength}");
    }
}

#[test]
fn settings_that_cannot_be_are_refused_in_a_sentence() {
    assert_eq!(Params::default().check(), Ok(()));
    let params = Params {
        half_life: 0.0,
        ..Params::default()
    };
    let said = params.check().unwrap_err();
    assert_eq!(said, "half_life is 0; it must be from 1 to 100000");
    let params = Params {
        knock: f64::NAN,
        ..Params::default()
    };
    assert!(params.check().is_err());
}

#[test]
fn every_state_has_a_sign_of_its_own() {
    let states = [
        State::New,
        State::OnRhythm,
        State::Due,
        State::Stale,
        State::Dormant,
    ];
    for (index, state) in states.iter().enumerate() {
        assert_eq!(state.sign().chars().count(), 1);
        assert!(
            states[index + 1..]
                .iter()
                .all(|other| other.sign() != state.sign() && other.word() != state.word())
        );
    }
}

#[test]
fn a_break_teaches_the_rhythm_no_more_than_eight_usual_gaps() {
    let params = Params::default();
    let days = [0, 30, 30, 60, 760];
    let history = days.map(|day| (day, Happening::Touch(TouchKind::Call, Direction::In)));
    let trail = trail(&history);
    let learned = gaps(&params, &trail, 800);
    let told: Vec<_> = learned
        .iter()
        .map(|gap| (gap.from, gap.to, gap.counted.round(), gap.rhythm.round()))
        .collect();
    assert_eq!(
        told,
        [
            (0, 30, 30.0, 30.0),
            (30, 60, 30.0, 30.0),
            (60, 760, 240.0, 91.0)
        ]
    );
    let standing = Standing::replay(&params, &trail, 800);
    assert_eq!(
        learned.last().map(|gap| gap.rhythm),
        Some(standing.rhythm(None))
    );
    assert_eq!(gaps(&params, &trail, 59).len(), 1);
}

/// What the touches of a day add to the mass, the days before having aged to it.
fn worth(standing: &mut Standing, day: DayNumber, touches: &[(TouchKind, Direction)]) -> f64 {
    let params = Params::default();
    let before = standing.mass_on(&params, day);
    for (kind, direction) in touches {
        standing.touch(&params, day, *kind, *direction);
    }
    standing.mass - before
}

#[test]
fn a_call_nobody_returns_is_worth_less_each_time_but_never_less_than_three_tenths() {
    let mut standing = Standing::new(&Params::default());
    // 0.85, 0.85², 0.85³, …: the eighth would be 0.272 and the ninth 0.232.
    let wanted = [
        0.85,
        0.7225,
        0.614_125,
        0.522_006_25,
        0.443_705_312_5,
        0.377_149_515_6,
        0.320_577_088_3,
        0.3,
        0.3,
        0.3,
    ];
    for (day, wanted) in (0..).step_by(3).zip(wanted) {
        let is = worth(&mut standing, day, &[(TouchKind::Call, Direction::Out)]);
        assert!((is - wanted).abs() < 1e-9, "day {day}: {is}, not {wanted}");
    }
    // The same floor, of the worth of an e-mail: 0.8 · 0.3.
    let mail = [(TouchKind::Email, Direction::Out)];
    let is = worth(&mut standing, 40, &mail);
    assert!((is - 0.24).abs() < 1e-9, "{is}");
}

#[test]
fn on_a_day_with_an_answer_a_knock_is_the_first_again() {
    let knock = (TouchKind::Call, Direction::Out);
    let answer = (TouchKind::Message, Direction::In);
    for day_with_both in [[answer, knock], [knock, answer]] {
        let mut standing = Standing::new(&Params::default());
        for (day, wanted) in [(0, 0.85), (10, 0.7225), (20, 0.614_125)] {
            let is = worth(&mut standing, day, &[knock]);
            assert!((is - wanted).abs() < 1e-9, "day {day}: {is}");
        }
        // The answer alone is worth 0.6, and so would the day be if the call were the fourth in a row: 0.85⁴ = 0.522.
        let is = worth(&mut standing, 30, &day_with_both);
        assert!((is - 0.85).abs() < 1e-9, "{day_with_both:?}: {is}");
        // From there it is counted anew.
        for (day, wanted) in [(40, 0.85), (50, 0.7225)] {
            let is = worth(&mut standing, day, &[knock]);
            assert!((is - wanted).abs() < 1e-9, "day {day}: {is}");
        }
    }
}

/// Answered calls on these days, where learning begins at a tag's cadence.
fn called(start: u16, days: &[DayNumber]) -> Standing {
    let call = |day: &DayNumber| (*day, Happening::Touch(TouchKind::Call, Direction::In));
    let history: Vec<_> = days.iter().map(call).collect();
    let trail = Trail {
        start: Some(start),
        ..trail(&history)
    };
    Standing::replay(&Params::default(), &trail, 100_000)
}

#[test]
fn rounding_moves_no_day_of_a_rhythm_that_is_whole() {
    let params = Params::default();
    let standing = called(14, &[0, 14, 28, 42]);
    // Fourteen days four times over, but for the last digit.
    let rhythm = standing.rhythm(None);
    assert!(rhythm < 14.0 && rhythm > 13.999_999, "{rhythm}");
    // θ is 2 · 14 + 7 = 35, and four times that 140.
    let states = [
        (42 + 14, State::OnRhythm),
        (42 + 15, State::Due),
        (42 + 35, State::Due),
        (42 + 36, State::Stale),
        (42 + 140, State::Stale),
        (42 + 141, State::Dormant),
    ];
    for (day, wanted) in states {
        let reading = standing.read(&params, None, day);
        assert_eq!(reading.state, wanted, "day {day}");
        assert_eq!((reading.due, reading.stale), (Some(57), Some(78)));
    }
}

#[test]
fn the_usual_gap_is_two_years_at_most() {
    let params = Params::default();
    // (0.8 · 2 · 700 + 3000) / (0.8 · 2 + 1) would be 1585 days.
    let standing = called(700, &[0, 3000]);
    let reading = standing.read(&params, None, 3000);
    assert!((reading.rhythm - 730.0).abs() < 1e-12, "{}", reading.rhythm);
    // Due after 730 days, stale after 2 · 730 + 7.
    let dates = (reading.due, reading.stale);
    assert_eq!(dates, (Some(3731), Some(3000 + 1467 + 1)));
    // What a tag asks for is held as well.
    assert!((called(3000, &[0]).rhythm(None) - 730.0).abs() < 1e-12);
}
