//! The demo's calendar: "so many days ago" laid onto the days on which a sales rep works.
//!
//! The files count days back from today and do not know which weekday that is. What belongs into the working week is moved:
//! Saturday to the Friday before, Sunday to the Monday after, or to the Friday before where that Monday has not come yet. The
//! move never turns the order of two days round. Days ahead that fall on a weekend wait for Monday; today is always today.

use crate::domain::moment::{Moment, shift};
use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

/// Days as seen from one moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar {
    now: Moment,
    today: NaiveDate,
    /// Whether everything of today's has happened by now; if not, it is told of the working day before.
    today_counts: bool,
}

impl Calendar {
    /// The calendar at `now`; `last_today` is the time of the last thing the data has for today.
    pub(super) fn new(now: Moment, last_today: Option<NaiveTime>) -> Self {
        let wall = now.naive_local();
        Calendar {
            now,
            today: wall.date(),
            today_counts: last_today.is_none_or(|last| last < wall.time()),
        }
    }

    /// The day this calendar is read on.
    pub(super) fn today(&self) -> NaiveDate {
        self.today
    }

    /// The instant this calendar is read at, in milliseconds.
    pub(super) fn now_millis(&self) -> i64 {
        self.now.timestamp_millis()
    }

    /// The date `ago` days back, on a working day.
    pub(super) fn working_day(&self, ago: u32) -> NaiveDate {
        let ago = self.counted(ago);
        let day = shift(self.today, -ago);
        match day.weekday() {
            Weekday::Sat => shift(day, -1),
            Weekday::Sun if ago >= 2 => shift(day, 1),
            Weekday::Sun => shift(day, -2),
            _ => day,
        }
    }

    /// The date `ago` days back, weekends included.
    pub(super) fn any_day(&self, ago: u32) -> NaiveDate {
        shift(self.today, -self.counted(ago))
    }

    /// The date `days` ahead; Saturday and Sunday wait for Monday, unless it is today.
    pub(super) fn ahead(&self, days: u32) -> NaiveDate {
        let day = shift(self.today, i64::from(days));
        match day.weekday() {
            Weekday::Sat if days > 0 => shift(day, 2),
            Weekday::Sun if days > 0 => shift(day, 1),
            _ => day,
        }
    }

    /// The moment of a wall clock; nothing in the book happens after now.
    pub(super) fn moment(&self, wall: NaiveDateTime) -> Moment {
        let latest = self.now - Duration::minutes(1);
        wall.and_local_timezone(*self.now.offset())
            .single()
            .map_or(latest, |moment| moment.min(latest))
    }

    /// Noon of a day in milliseconds, for records that know their day only.
    pub(super) fn noon(&self, day: NaiveDate) -> i64 {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        self.moment(day.and_time(noon)).timestamp_millis()
    }

    fn counted(&self, ago: u32) -> i64 {
        if ago == 0 && !self.today_counts {
            1
        } else {
            i64::from(ago)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Moment {
        Moment::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn days_land_in_the_working_week() {
        // label, now, days ago, expected
        let cases = [
            (
                "a weekday stays",
                "2026-11-25T18:00:00+01:00",
                1,
                "2026-11-24",
            ),
            (
                "Saturday is Friday",
                "2026-11-25T18:00:00+01:00",
                4,
                "2026-11-20",
            ),
            (
                "Sunday is Monday",
                "2026-11-25T18:00:00+01:00",
                3,
                "2026-11-23",
            ),
            (
                "yesterday's Sunday is Friday",
                "2026-11-23T18:00:00+01:00",
                1,
                "2026-11-20",
            ),
            (
                "a Sunday's today is Friday",
                "2026-11-22T18:00:00+01:00",
                0,
                "2026-11-20",
            ),
            (
                "today before its end is yesterday",
                "2026-11-25T08:00:00+01:00",
                0,
                "2026-11-24",
            ),
            (
                "today after its end is today",
                "2026-11-25T09:00:00+01:00",
                0,
                "2026-11-25",
            ),
            ("a leap day", "2028-03-01T18:00:00+00:00", 1, "2028-02-29"),
        ];
        for (label, now, ago, expected) in cases {
            let calendar = Calendar::new(at(now), NaiveTime::from_hms_opt(8, 30, 0));
            assert_eq!(calendar.working_day(ago).to_string(), expected, "{label}");
        }
    }

    #[test]
    fn days_ahead_wait_for_monday_but_today_is_today() {
        let sunday = Calendar::new(at("2026-11-22T14:00:00+01:00"), None);
        assert_eq!(sunday.ahead(0).to_string(), "2026-11-22");
        assert_eq!(sunday.ahead(6).to_string(), "2026-11-30");
        assert_eq!(sunday.ahead(3).to_string(), "2026-11-25");
    }

    proptest! {
        #[test]
        fn the_move_keeps_the_order_of_days_and_never_passes_today(start in 0i64..4000, hour in 0i64..24, ago in 0u32..3000) {
            let now = at("2024-01-01T00:30:00+00:00") + Duration::days(start) + Duration::hours(hour);
            let calendar = Calendar::new(now, NaiveTime::from_hms_opt(8, 30, 0));
            let (older, newer) = (calendar.working_day(ago + 1), calendar.working_day(ago));
            prop_assert!(older <= newer, "{older} {newer}");
            prop_assert!(newer <= calendar.today());
            prop_assert!(newer.weekday().num_days_from_monday() < 5);
        }
    }
}
