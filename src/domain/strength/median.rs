//! The middle of several people's strengths, day by day: what one of them is held against.

use super::super::moment::DayNumber;
use super::super::people::Life;
use super::curve::Point;
use super::{Fold, Params};

/// The median strength of people on each of the days, which are in their order.
///
/// Who was not in the lists on a day does not count on it, and neither does who was never in touch up to it; a day on which that
/// is everybody has no point. Of an even number it is the mean of the two in the middle.
pub fn median(params: &Params, people: &[Life], days: &[DayNumber]) -> Vec<Point> {
    let mut folds: Vec<(Fold<'_>, &Life)> = people
        .iter()
        .map(|life| (Fold::new(params, &life.trail), life))
        .collect();
    let mut line = Vec::with_capacity(days.len());
    let mut strengths = Vec::with_capacity(people.len());
    for day in days {
        strengths.clear();
        for (fold, life) in folds.iter_mut().filter(|(_, life)| life.listed_on(*day)) {
            fold.advance(*day);
            let standing = fold.standing();
            if standing.last.is_some() {
                strengths.push(standing.strength(params, life.cadence, *day));
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
    use super::super::super::id::Id;
    use super::super::super::people::{Trace, Trail};
    use super::super::super::touch::{Direction, TouchKind};
    use super::super::Standing;
    use super::*;
    use proptest::prelude::*;

    fn calls(days: &[DayNumber]) -> Life {
        let mut days = days.to_vec();
        days.sort_unstable();
        let traces = days.into_iter().map(|day| Trace {
            day,
            kind: TouchKind::Call,
            direction: Direction::Mutual,
        });
        Life {
            id: Id::from_raw(2),
            name: String::new(),
            cadence: None,
            ghost: false,
            archived: None,
            added: 0,
            trail: Trail {
                traces: traces.collect(),
                ..Trail::default()
            },
        }
    }

    #[test]
    fn whoever_was_not_in_touch_yet_does_not_count() {
        let params = Params::default();
        let (early, late) = (calls(&[10, 40]), calls(&[100]));
        let of = |life: &Life, day| {
            Standing::replay(&params, &life.trail, day).strength(&params, None, day)
        };
        let people = [early.clone(), late.clone(), calls(&[])];
        let line = median(&params, &people, &[0, 50, 100]);
        let wanted = [
            (50.0, of(&early, 50)),
            (100.0, f64::midpoint(of(&early, 100), of(&late, 100))),
        ];
        assert_eq!(line, wanted);
        assert!(median(&params, &[], &[0, 50]).is_empty());
    }

    #[test]
    fn whoever_was_taken_out_of_the_lists_counts_until_then_and_a_ghost_never() {
        let params = Params::default();
        let (stays, goes, ghost) = (calls(&[10]), calls(&[10, 20, 30]), calls(&[10, 12]));
        let people = [
            stays.clone(),
            Life {
                archived: Some(50),
                ..goes.clone()
            },
            Life {
                ghost: true,
                ..ghost
            },
        ];
        let days = [49, 50];
        let both = median(&params, &[stays.clone(), goes], &days);
        let one = median(&params, &[stays], &days);
        assert_eq!(median(&params, &people, &days), [both[0], one[1]]);
        assert_ne!(both[1], one[1]);
    }

    proptest! {
        #[test]
        fn it_is_the_middle_of_what_each_one_is_worth_on_that_day(
            trails in prop::collection::vec(prop::collection::vec(0..400_i32, 1..12_usize), 1..9_usize),
            mut days in prop::collection::vec(400..900_i32, 1..9_usize),
        ) {
            let params = Params::default();
            days.sort_unstable();
            let people: Vec<Life> = trails.iter().map(|days| calls(days)).collect();
            let line = median(&params, &people, &days);
            prop_assert_eq!(line.len(), days.len());
            for ((_, found), day) in line.into_iter().zip(days) {
                let each: Vec<f64> = people
                    .iter()
                    .map(|life| Standing::replay(&params, &life.trail, day).strength(&params, None, day))
                    .collect();
                let under = each.iter().filter(|one| **one < found).count();
                let over = each.iter().filter(|one| **one > found).count();
                prop_assert!(under <= each.len() / 2 && over <= each.len() / 2);
            }
        }
    }
}
