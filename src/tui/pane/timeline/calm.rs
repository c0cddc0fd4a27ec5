//! A curve with more teeth than a chart has columns, made calm: where calls crowd, a column shows the mean of its days.

use crate::domain::strength::curve::Point;

/// A rise of so many points is a tooth.
const TOOTH: f64 = 0.5;
/// So many teeth in a cell and the two on either side of it are a crowd: one by one they would be a solid block.
const CROWD: usize = 6;

/// A cell's share of a curve.
#[derive(Clone, Copy, Default)]
struct Share {
    teeth: usize,
    /// Points times days, and days.
    area: f64,
    days: f64,
}

/// The curve for a chart whose span has so many cells. Outside of crowds every point stays; the last point always does.
pub fn calmed(points: Vec<Point>, span: (f64, f64), cells: u16) -> Vec<Point> {
    let (from, to) = span;
    let wide = (to - from) / f64::from(cells.max(1));
    let cell = |x: f64| (((x - from) / wide).max(0.0) as usize).min(usize::from(cells));
    if points.len() < CROWD || wide <= 0.0 {
        return points;
    }
    let mut shares = vec![Share::default(); usize::from(cells) + 1];
    for pair in points.windows(2) {
        let [before, here] = *pair else { continue };
        let share = &mut shares[cell(here.0)];
        share.teeth += usize::from(here.1 - before.1 > TOOTH);
        // A stretch across several cells is without teeth: it may count for the last of them.
        let days = (here.0 - before.0).min(wide);
        share.area += f64::midpoint(before.1, here.1) * days;
        share.days += days;
    }
    let teeth: Vec<usize> = shares.iter().map(|share| share.teeth).collect();
    let around = |at: usize| -> usize {
        let near = teeth.get(at.saturating_sub(2)..(at + 3).min(teeth.len()));
        near.unwrap_or(&[]).iter().sum()
    };
    let crowds: Vec<bool> = (0..shares.len()).map(|at| around(at) >= CROWD).collect();
    if !crowds.contains(&true) {
        return points;
    }
    let last = points.last().copied();
    let mut line: Vec<Point> = Vec::with_capacity(points.len().min(shares.len() * 4));
    let mut told = None;
    for point in points {
        let at = cell(point.0);
        if !crowds[at] {
            line.push(point);
        } else if told != Some(at) && shares[at].days > 0.0 {
            let middle = from + (at as f64 + 0.5) * wide;
            let x = last.map_or(middle, |last| middle.min(last.0));
            line.push((x, shares[at].area / shares[at].days));
            told = Some(at);
        }
    }
    if let Some(last) = last.filter(|last| line.last().is_none_or(|end| end.0 < last.0)) {
        line.push(last);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tooth every so many days: up to 90, down to 70.
    fn teeth(days: u16, every: u16) -> Vec<Point> {
        let mut points = Vec::new();
        for day in 0..=days {
            let since = day % every;
            if since == 0 && day > 0 {
                points.push((f64::from(day) - 0.01, 70.0));
            }
            let down = f64::from(since) / f64::from(every) * 20.0;
            points.push((f64::from(day), 90.0 - down));
        }
        points
    }

    #[test]
    fn teeth_that_have_room_stay_as_they_are() {
        let points = teeth(300, 10);
        assert_eq!(calmed(points.clone(), (0.0, 300.0), 60), points);
    }

    #[test]
    fn a_crowd_of_teeth_is_its_mean_and_ends_where_it_ended() {
        let points = teeth(1000, 7);
        let line = calmed(points.clone(), (0.0, 1000.0), 50);
        assert!(line.len() <= 53, "{}", line.len());
        assert_eq!(line.last(), points.last());
        let (_, inside) = line.split_last().unwrap();
        for (x, y) in inside {
            assert!((76.0..=84.0).contains(y), "{x} {y}");
        }
        assert!(line.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn a_crowd_beside_silence_leaves_the_silence_alone() {
        let mut points = teeth(500, 5);
        points.extend((501..=1000).map(|day| (f64::from(day), 60.0)));
        let line = calmed(points, (0.0, 1000.0), 50);
        assert_eq!(line.iter().filter(|point| point.0 > 560.0).count(), 440);
    }
}
