//! Instants and days: a moment keeps the offset it was lived in, a day is a date on the rep's own calendar.
//!
//! Nothing in here reads the clock. The one place that does is `main.rs`; everybody else is told.

use chrono::{
    DateTime, Datelike, Days, FixedOffset, Local, NaiveDate, NaiveDateTime, Offset, TimeZone,
};

/// An instant together with the offset from UTC that held where the rep was.
pub type Moment = DateTime<FixedOffset>;

/// Days since 1 January 1970 on the local calendar: the time axis of the strength model.
pub type DayNumber = i32;

/// The zone that typed times are read in and stored instants are shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// The machine's zone, asked each time, so that a rep who travels sees the new one.
    Local,
    /// One offset all year; what tests use.
    Fixed(FixedOffset),
}

impl Zone {
    /// Universal time.
    pub fn utc() -> Self {
        Zone::Fixed(chrono::Utc.fix())
    }

    /// The moment of a wall-clock time. A time that happens twice is its first; one that never happens is an hour later.
    pub fn at(self, wall: NaiveDateTime) -> Moment {
        match self {
            Zone::Fixed(offset) => offset
                .from_local_datetime(&wall)
                .single()
                .unwrap_or_else(|| offset.from_utc_datetime(&wall)),
            Zone::Local => {
                let later = wall + chrono::Duration::hours(1);
                let found = Local
                    .from_local_datetime(&wall)
                    .earliest()
                    .or_else(|| Local.from_local_datetime(&later).earliest());
                found.map_or_else(
                    || chrono::Utc.from_utc_datetime(&wall).fixed_offset(),
                    |t| t.fixed_offset(),
                )
            }
        }
    }

    /// The moment of an instant given in milliseconds since 1970, as this zone's clocks showed it.
    pub fn moment(self, millis: i64) -> Moment {
        let utc = chrono::Utc
            .timestamp_millis_opt(millis)
            .single()
            .unwrap_or_default();
        match self {
            Zone::Fixed(offset) => utc.with_timezone(&offset),
            Zone::Local => utc.with_timezone(&Local).fixed_offset(),
        }
    }
}

/// The instant of a stored touch: milliseconds UTC and minutes east.
pub fn stored(millis: i64, offset_minutes: i32) -> Moment {
    let offset =
        FixedOffset::east_opt(offset_minutes.clamp(-1439, 1439) * 60).unwrap_or(chrono::Utc.fix());
    chrono::Utc
        .timestamp_millis_opt(millis)
        .single()
        .unwrap_or_default()
        .with_timezone(&offset)
}

/// Minutes east of UTC of a moment.
pub fn offset_minutes(moment: &Moment) -> i32 {
    moment.offset().local_minus_utc() / 60
}

/// The wall clock of a moment as milliseconds since 1970-01-01 00:00 on that wall.
pub fn wall_millis(moment: &Moment) -> i64 {
    moment.naive_local().and_utc().timestamp_millis()
}

/// The day number of a date.
pub fn day_number(date: NaiveDate) -> DayNumber {
    date.num_days_from_ce() - 719_163
}

/// The day number of a wall clock in milliseconds (see [`wall_millis`]).
pub fn day_of_wall(millis: i64) -> DayNumber {
    millis.div_euclid(86_400_000) as DayNumber
}

/// The date of a day number; days outside of chrono's calendar are held at its ends.
///
/// ```
/// use chitbook::domain::moment::{date, day_number};
/// assert_eq!(date(0).to_string(), "1970-01-01");
/// assert_eq!(day_number(date(20_000)), 20_000);
/// ```
pub fn date(day: DayNumber) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day.saturating_add(719_163)).unwrap_or(if day < 0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    })
}

/// The date `days` later (earlier where negative), held at the ends of the calendar.
pub fn shift(from: NaiveDate, days: i64) -> NaiveDate {
    let moved = if days < 0 {
        from.checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        from.checked_add_days(Days::new(days.unsigned_abs()))
    };
    moved.unwrap_or(if days < 0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    })
}
