//! Worked cases of the strength model, and its laws.

use super::super::people::{Correction, Trace, Trail, Verdict};
use super::curve::{curve_with_forecast, series};
use super::explain::explain;
use super::*;
use proptest::prelude::*;

/// Folds the events of a worked case up to a day.
fn folded(params: &Params, events: &[serde_json::Value], now: DayNumber) -> Standing {
    let mut standing = Standing::new(params);
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
        let mut params = Params::default();
        if let Some(prior) = case["prior"].as_f64() {
            params = params.starting_at(prior as u16);
        }
        let cadence = case["pin"].as_f64().map(|days| days as u16);
        let standing = folded(&params, case["events"].as_array().unwrap(), now);
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
