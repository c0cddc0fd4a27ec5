//! The middle of several people's strengths, day by day: what one of them is held against.

use super::super::moment::DayNumber;
use super::super::people::Trail;
use super::curve::Point;
use super::{Fold, Params};

/// The median strength of people, each a trail and the cadence the rep set, on each of the days, which are in their order.
///
/// Who was never in touch up to a day has no strength to count on it, and a day on which that is everybody has no point. Of an
/// even number it is the mean of the two in the middle.
pub fn median(params: &Params, people: &[(Trail, Option<u16>)], days: &[DayNumber]) -> Vec<Point> {
    let mut folds: Vec<(Fold<'_>, Option<u16>)> = people
        .iter()
        .map(|(trail, cadence)| (Fold::new(params, trail), *cadence))
        .collect();
    let mut line = Vec::with_capacity(days.len());
    let mut strengths = Vec::with_capacity(people.len());
    for day in days {
        strengths.clear();
        for (fold, cadence) in &mut folds {
            fold.advance(*day);
            let standing = fold.standing();
            if standing.last.is_some() {
                strengths.push(standing.strength(params, *cadence, *day));
            }
        }
        if let Some(middle) = middle(&mut strengths) {
            line.push((f64::from(*day), middle));
        }
    }
    line
}

/// The median of numbers, none of nothing.
fn middle(numbers: &mut [f64]) -> Option<f64> {
    numbers.sort_unstable_by(f64::total_cmp);
    let upper = numbers.get(numbers.len() / 2)?;
    let lower = numbers.get((numbers.len() - 1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

#[cfg(test)]
mod tests {
    use super::super::super::people::Trace;
    use super::super::super::touch::{Direction, TouchKind};
    use super::super::Standing;
    use super::*;
    use proptest::prelude::*;

    fn calls(days: &[DayNumber]) -> Trail {
        let mut days = days.to_vec();
        days.sort_unstable();
        let traces = days.into_iter().map(|day| Trace {
            day,
            kind: TouchKind::Call,
            direction: Direction::Mutual,
        });
        Trail {
            traces: traces.collect(),
            ..Trail::default()
        }
    }

    #[test]
    fn whoever_was_not_in_touch_yet_does_not_count() {
        let params = Params::default();
        let (early, late) = (calls(&[10, 40]), calls(&[100]));
        let of =
            |trail: &Trail, day| Standing::replay(&params, trail, day).strength(&params, None, day);
        let people = [
            (early.clone(), None),
            (late.clone(), None),
            (Trail::default(), None),
        ];
        let line = median(&params, &people, &[0, 50, 100]);
        let wanted = [
            (50.0, of(&early, 50)),
            (100.0, f64::midpoint(of(&early, 100), of(&late, 100))),
        ];
        assert_eq!(line, wanted);
        assert!(median(&params, &[], &[0, 50]).is_empty());
    }

    proptest! {
        #[test]
        fn it_is_the_middle_of_what_each_one_is_worth_on_that_day(
            trails in prop::collection::vec(prop::collection::vec(0..400_i32, 1..12_usize), 1..9_usize),
            mut days in prop::collection::vec(400..900_i32, 1..9_usize),
        ) {
            let params = Params::default();
            days.sort_unstable();
            let people: Vec<(Trail, Option<u16>)> =
                trails.iter().map(|days| (calls(days), None)).collect();
            let line = median(&params, &people, &days);
            prop_assert_eq!(line.len(), days.len());
            for ((_, found), day) in line.into_iter().zip(days) {
                let each: Vec<f64> = people
                    .iter()
                    .map(|(trail, _)| Standing::replay(&params, trail, day).strength(&params, None, day))
                    .collect();
                let under = each.iter().filter(|one| **one < found).count();
                let over = each.iter().filter(|one| **one > found).count();
                prop_assert!(under <= each.len() / 2 && over <= each.len() / 2);
            }
        }
    }
}
