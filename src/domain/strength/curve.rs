//! Strength over time, for drawing: the fold of the trail sampled along the days, past and future.

use super::super::moment::DayNumber;
use super::super::people::Trail;
use super::{Fold, Params, Standing};

/// One point of a curve: the day, and the strength on it.
pub type Point = (f64, f64);

/// A curve up to a day, and what is to come if nobody calls after it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Up to and with the day.
    pub past: Vec<Point>,
    /// From the day on; its first point is the last of the past.
    pub forecast: Vec<Point>,
}

/// The strength along the days `from..=to`, at about `points` evenly spaced days and, so that no step is lost however wide
/// the span, on each day something happened and the day before it.
///
/// Every value is exactly what [`Standing::replay`] and [`Standing::read`] say of that day. The trail is folded once.
pub fn series(
    params: &Params,
    trail: &Trail,
    cadence: Option<u16>,
    from: DayNumber,
    to: DayNumber,
    points: usize,
) -> Vec<Point> {
    let mut fold = Fold::new(params, trail);
    sampled(&mut fold, cadence, (from, to), points)
}

/// The curve along `from..=to`, and the standing on `today`, which is not before `to`: the trail is folded once for both.
pub fn with_standing(
    params: &Params,
    trail: &Trail,
    cadence: Option<u16>,
    span: (DayNumber, DayNumber),
    today: DayNumber,
    points: usize,
) -> (Vec<Point>, Standing) {
    let mut fold = Fold::new(params, trail);
    let line = sampled(&mut fold, cadence, span, points);
    fold.advance(today);
    (line, fold.standing)
}

fn sampled(
    fold: &mut Fold<'_>,
    cadence: Option<u16>,
    (from, to): (DayNumber, DayNumber),
    points: usize,
) -> Vec<Point> {
    let params = fold.params;
    if from > to {
        return Vec::new();
    }
    fold.advance(from.saturating_sub(1));
    let mut line: Vec<Point> = Vec::with_capacity(points);
    let mut put = |fold: &mut Fold<'_>, day: DayNumber| {
        if day < from || line.last().is_some_and(|&(at, _)| at >= f64::from(day)) {
            return;
        }
        fold.advance(day);
        let strength = fold.standing.strength(params, cadence, day);
        line.push((f64::from(day), strength));
    };
    for sample in spread(from, to, points) {
        while let Some(event) = fold.next_day().filter(|&event| event <= sample) {
            put(fold, event.saturating_sub(1));
            fold.advance(event);
            put(fold, event);
        }
        put(fold, sample);
    }
    line
}

/// The strength on so many evenly spaced days of `from..=to`, both ends among them and nothing between them: what a sparkline
/// is made of. A span of fewer days has as many numbers as it has days.
///
/// Every value is exactly what [`Standing::replay`] and [`Standing::read`] say of that day: nothing at all before the first
/// touch. The trail is folded once.
pub fn samples(
    params: &Params,
    trail: &Trail,
    cadence: Option<u16>,
    (from, to): (DayNumber, DayNumber),
    points: usize,
) -> Vec<f64> {
    let mut fold = Fold::new(params, trail);
    let days = spread(from, to, points);
    days.map(|day| {
        fold.advance(day);
        fold.standing.strength(params, cadence, day)
    })
    .collect()
}

/// The strength from a standing on if nothing more happens: the forecast, and with a touch added to the standing, the
/// answer to *what if I called*.
pub fn forecast(
    params: &Params,
    standing: &Standing,
    cadence: Option<u16>,
    from: DayNumber,
    to: DayNumber,
    points: usize,
) -> Vec<Point> {
    spread(from, to, points)
        .map(|day| (f64::from(day), standing.strength(params, cadence, day)))
        .collect()
}

/// So many whole days spread evenly over a span, both ends among them, none twice.
pub fn spread(from: DayNumber, to: DayNumber, points: usize) -> impl Iterator<Item = DayNumber> {
    let width = i64::from(to) - i64::from(from);
    let steps = if width < 0 {
        -1
    } else {
        i64::try_from(points)
            .unwrap_or(i64::MAX)
            .saturating_sub(1)
            .clamp(1.min(width), width)
    };
    (0..=steps).map(move |step| {
        let along = if steps == 0 {
            0
        } else {
            (i128::from(step) * i128::from(width) / i128::from(steps)) as i64
        };
        (i64::from(from) + along) as DayNumber
    })
}
