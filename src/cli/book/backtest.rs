//! `backtest`: check-point by check-point, what the model expected and what happened.

use super::super::args::Backtest as Args;
use super::super::desk::{Desk, Failure};
use super::super::output::Table;
use super::super::people::rounded;
use super::{Bars, survey};
use crate::domain::judgement::{BANDS, Band, Check, Judgement, Ranking, WITHIN};
use crate::domain::moment::{DayNumber, date};
use crate::domain::strength::words;
use serde_json::{Value, json};

/// Judges the model. With the usual horizon the book keeps the calibration.
pub fn backtest(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let mut book = desk.book_there()?;
    let today = desk.today();
    let judged = survey(desk.clock, |progress| {
        if args.within == WITHIN {
            book.judgement(today, progress)
        } else {
            book.judgement_within(today, args.within, progress)
        }
    })?;
    if args.json {
        return Ok(desk.out.json(&document(&judged, today))?);
    }
    desk.out.line(&judged.sentence(today))?;
    if judged.checks.is_empty() {
        return Ok(());
    }
    checks(desk, &judged)?;
    bands(desk, &judged)?;
    calibration(desk, judged.calibration)
}

/// A share in whole percent.
fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn checks(desk: &mut Desk<'_>, judged: &Judgement) -> Result<(), Failure> {
    let days = words::days(f64::from(judged.within));
    desk.out.text(&format!(
        "\nWhat was expected on each day of the {days} after it, and what came"
    ))?;
    let mut table = Table::new(&[
        "day",
        ">people",
        ">expected",
        ">in touch",
        ">strength",
        ">recency",
        ">frequency",
    ])
    .spare(&["frequency", "recency", "strength"]);
    for check in &judged.checks {
        let by = |score: fn(&Ranking) -> f64| {
            let ranking = check.ranking.as_ref();
            ranking.map_or("-".to_owned(), |ranking| percent(score(ranking)))
        };
        table.row([
            date(check.day).to_string(),
            check.people.to_string(),
            format!("{:.1}", check.expected),
            check.observed.to_string(),
            by(|ranking| ranking.strength),
            by(|ranking| ranking.recency),
            by(|ranking| ranking.frequency),
        ]);
    }
    desk.out.table(&table)?;
    Ok(desk.out.text(
        "Strength, recency, frequency: how often somebody who was in touch stands above\nsomebody who was not, when people are ordered by it. 50% is a coin.",
    )?)
}

/// The bands of all check-points together.
fn together(checks: &[Check]) -> [Band; BANDS] {
    let mut sums = [Band::default(); BANDS];
    for check in checks {
        for (sum, band) in sums.iter_mut().zip(check.bands) {
            sum.people += band.people;
            sum.expected += band.expected;
            sum.observed += band.observed;
        }
    }
    sums
}

fn bands(desk: &mut Desk<'_>, judged: &Judgement) -> Result<(), Failure> {
    let sums = together(&judged.checks);
    let share = |part: f64, band: &Band| part / f64::from(band.people.max(1));
    let bars = Bars::new(desk, 1.0);
    let mut table =
        Table::new(&["chance", ">people", ">expected", ">in touch", ""]).spare(&["", "people"]);
    for (at, band) in sums.iter().enumerate().rev() {
        let width = 100 / BANDS;
        let was = share(f64::from(band.observed), band);
        table.row([
            format!("{} to {}%", at * width, (at + 1) * width),
            band.people.to_string(),
            percent(share(band.expected, band)),
            percent(was),
            bars.of(was),
        ]);
    }
    desk.out.text(
        "\nBy chance, all of these days together: the share expected, and the share in touch",
    )?;
    Ok(desk.out.table(&table)?)
}

fn calibration(desk: &mut Desk<'_>, number: f64) -> Result<(), Failure> {
    let told = match number {
        low if low < 0.95 => "your people are in touch less often than the model alone says",
        high if high > 1.05 => "your people are in touch more often than the model alone says",
        _ => "the model alone is about right for your people",
    };
    Ok(desk
        .out
        .text(&format!("\nCalibration {number:.2}: {told}."))?)
}

fn document(judged: &Judgement, today: DayNumber) -> Value {
    json!({
        "within_days": judged.within,
        "sentence": judged.sentence(today),
        "calibration": rounded(judged.calibration),
        "known": {
            "on": date(judged.known.day).to_string(),
            "people": judged.known.people,
            "history_days": judged.known.days,
        },
        "checks": judged.checks.iter().map(check).collect::<Vec<_>>(),
        "bands": in_bands(&together(&judged.checks)),
    })
}

fn check(check: &Check) -> Value {
    json!({
        "on": date(check.day).to_string(),
        "people": check.people,
        "expected": rounded(check.expected),
        "observed": check.observed,
        "ranking": check.ranking.map(|ranking| json!({
            "strength": rounded(ranking.strength),
            "recency": rounded(ranking.recency),
            "frequency": rounded(ranking.frequency),
        })),
        "bands": in_bands(&check.bands),
    })
}

/// Bands with the chances they are of.
fn in_bands(bands: &[Band; BANDS]) -> Vec<Value> {
    let edge = |at: usize| rounded(at as f64 / BANDS as f64);
    let bands = bands.iter().enumerate();
    let band = bands.map(|(at, band)| {
        json!({
            "from": edge(at),
            "to": edge(at + 1),
            "people": band.people,
            "expected": rounded(band.expected),
            "observed": band.observed,
        })
    });
    band.collect()
}
