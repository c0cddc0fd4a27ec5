//! Quiet weeks: those in which hardly anything was logged for anybody, because the rep was away, ill or busy with something else.
//! A curve that falls through such a week falls for the want of a record as much as for the want of a call.
//!
//! A week is quiet when at most a tenth of the usual week's touches were logged in it. The usual week is the median of the
//! thirteen logged weeks before it and the thirteen after it, so that a rep who grows busier over the years is measured against
//! the same season. Where fewer than five touches make a usual week, no week is called quiet: a thin book has none to miss.
//! The first and the last logged week are never quiet, and neither is the present one, which is not over.

use super::moment::DayNumber;

/// Logged weeks on either side that make the usual week.
const AROUND: usize = 13;
/// The least touches of a usual week for a quiet one to mean anything.
const LEAST: u32 = 5;
/// A quiet week has at most one touch for so many of the usual week's.
const SHARE: u32 = 10;

/// The Monday of a day's week.
///
/// ```
/// use chitbook::domain::quiet::monday;
/// // 1 January 1970 was a Thursday.
/// assert_eq!(monday(0), -3);
/// assert_eq!((monday(4), monday(10), monday(11)), (4, 4, 11));
/// ```
pub fn monday(day: DayNumber) -> DayNumber {
    day.saturating_sub(day.saturating_add(3).rem_euclid(7))
}

/// The Mondays of the quiet weeks, oldest first, from the weeks in which anything was logged and how much, oldest first.
pub fn weeks(logged: &[(DayNumber, u32)], today: DayNumber) -> Vec<DayNumber> {
    let present = monday(today);
    let past = logged.partition_point(|week| week.0 <= present);
    let logged = logged.get(..past).unwrap_or(logged);
    let mut quiet = Vec::new();
    for (at, pair) in logged.windows(2).enumerate() {
        let [(from, count), (next, _)] = *pair else {
            continue;
        };
        if at > 0 && hardly(count, usual(logged, at, at + 1)) {
            quiet.push(from);
        }
        if hardly(0, usual(logged, at + 1, at + 1)) {
            let mut week = from.saturating_add(7);
            while week < next.min(present) {
                quiet.push(week);
                week = week.saturating_add(7);
            }
        }
    }
    quiet
}

/// Whether so many touches are hardly anything for somebody who usually logs so many.
fn hardly(count: u32, usual: u32) -> bool {
    usual >= LEAST && count <= usual / SHARE
}

/// The median of the logged weeks before the place `until` and from the place `since` on.
fn usual(logged: &[(DayNumber, u32)], until: usize, since: usize) -> u32 {
    let before = logged.get(until.saturating_sub(AROUND)..until);
    let after = logged.get(since..(since + AROUND).min(logged.len()));
    let around = before.into_iter().chain(after).flatten();
    let mut counts: Vec<u32> = around.map(|week| week.1).collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The weeks from week 0 on with so many touches; those without any are not among them.
    fn book(counts: &[u32]) -> Vec<(DayNumber, u32)> {
        let weeks = (0..).zip(counts).map(|(nth, count)| (4 + 7 * nth, *count));
        weeks.filter(|week| week.1 > 0).collect()
    }

    /// The places of the quiet weeks.
    fn quiet(counts: &[u32], today: DayNumber) -> Vec<DayNumber> {
        let found = weeks(&book(counts), today);
        found.into_iter().map(|monday| (monday - 4) / 7).collect()
    }

    #[test]
    fn a_week_is_quiet_against_the_weeks_around_it() {
        let long_ago = 100_000;
        let growing: Vec<u32> = (0..80).map(|nth| 5 + nth).collect();
        let rows: [(&str, &[u32], DayNumber, &[DayNumber]); 10] = [
            ("an empty book", &[], long_ago, &[]),
            ("one week", &[9], long_ago, &[]),
            ("a fortnight off", &[9, 8, 0, 0, 10, 9], long_ago, &[2, 3]),
            ("a tenth is quiet", &[20, 20, 2, 20, 20], long_ago, &[2]),
            ("more is not", &[20, 20, 3, 20, 20], long_ago, &[]),
            ("a thin book", &[4, 4, 0, 4, 3, 0, 0, 4], long_ago, &[]),
            ("the first and the last", &[1, 20, 20, 20, 1], long_ago, &[]),
            ("a rep who grows busier", &growing, long_ago, &[]),
            ("the present one", &[20, 20, 0, 20, 1], 4 + 4 * 7 + 2, &[2]),
            (
                "an empty present one, and a touch planned ahead",
                &[20, 20, 20, 0, 20],
                4 + 3 * 7 + 6,
                &[],
            ),
        ];
        for (label, counts, today, wanted) in rows {
            assert_eq!(quiet(counts, today), wanted, "{label}");
        }
    }

    #[test]
    fn a_year_away_is_quiet_from_end_to_end() {
        let mut counts = vec![12; 30];
        counts.extend([0; 52]);
        counts.extend([15; 30]);
        let wanted: Vec<DayNumber> = (30..82).collect();
        assert_eq!(quiet(&counts, 100_000), wanted);
    }

    proptest! {
        #[test]
        fn a_quiet_week_is_a_past_monday_between_logged_ones_with_next_to_nothing_in_it(
            counts in prop::collection::vec(prop_oneof![Just(0_u32), 0..40_u32], 0..150),
            today in 0..1_200_i32,
        ) {
            let logged = book(&counts);
            let found = weeks(&logged, today);
            prop_assert!(found.is_sorted());
            for week in found {
                prop_assert_eq!(monday(week), week);
                prop_assert!(week < monday(today));
                prop_assert!(logged.first().is_some_and(|first| first.0 < week));
                prop_assert!(logged.last().is_some_and(|last| week < last.0));
                let there = logged.iter().find(|row| row.0 == week).map_or(0, |row| row.1);
                prop_assert!(there <= 4, "{}", there);
            }
        }
    }
}
