//! Which days are in sight: the past that the zoom asks for and what is to come, or, with the cursor on an older day, an earlier
//! stretch of the past.

use super::Zoom;
use crate::domain::moment::DayNumber;
use crate::domain::strength::Reading;

/// The days in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The first.
    pub from: DayNumber,
    /// The last of the past.
    pub past: DayNumber,
    /// Whether today is in sight, and with it what is to come.
    pub present: bool,
}

impl Sight {
    /// The days in sight around a cursor, given the day of the first event. The stretch moves by half of itself at a time, so
    /// that it stands still while the cursor walks through it, whichever way it walks.
    pub fn of(
        zoom: Zoom,
        first: Option<DayNumber>,
        cursor: Option<DayNumber>,
        today: DayNumber,
    ) -> Self {
        let wide = width(zoom, first, today);
        let from = today.saturating_sub(wide);
        let short = cursor.map_or(0, |cursor| from.saturating_sub(cursor).max(0));
        if short == 0 {
            return Sight {
                from,
                past: today,
                present: true,
            };
        }
        let half = (wide / 2).max(1);
        let steps = short.saturating_add(wide / 20) / half;
        let back = steps.saturating_add(1).saturating_mul(half);
        let from = from.saturating_sub(back);
        Sight {
            from,
            past: from.saturating_add(wide),
            present: false,
        }
    }

    /// The last day in sight: with today, a little beyond the day the relationship goes cold, within reason.
    pub fn until(self, today: DayNumber, reading: &Reading) -> DayNumber {
        if !self.present {
            return self.past;
        }
        let past = today.saturating_sub(self.from);
        let next = [reading.cold, reading.stale]
            .into_iter()
            .flatten()
            .filter(|day| *day > today)
            .max();
        let ahead = next.map_or(0, |day| day.saturating_sub(today));
        let ahead = ahead.saturating_add(ahead / 2);
        today.saturating_add(ahead.clamp(past / 8, past / 2).max(7))
    }
}

/// How many days of the past a zoom shows.
fn width(zoom: Zoom, first: Option<DayNumber>, today: DayNumber) -> DayNumber {
    match zoom {
        Zoom::Quarter => 90,
        Zoom::Year => 365,
        Zoom::ThreeYears => 1096,
        Zoom::All => {
            let since = today.saturating_sub(first.unwrap_or(today)).max(30);
            since.saturating_add(since / 40)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cursor_is_always_in_sight(
            zoom in 0..4_usize,
            today in 0..40_000_i32,
            since in 0..20_000_i32,
            ago in 0..20_000_i32,
        ) {
            let first = today - since;
            let cursor = (today - ago).max(first);
            let sight = Sight::of(Zoom::ALL[zoom], Some(first), Some(cursor), today);
            prop_assert!((sight.from..=sight.past).contains(&cursor));
            prop_assert!(sight.past <= today);
            prop_assert_eq!(sight.present, sight.past == today);
        }
    }
}
