//! The one place of the benchmarks that asks what time it is on the wall; durations are taken with `Instant`.

use chitbook::domain::moment::{DayNumber, Moment, day_number};
use chrono::Timelike;
use std::thread::sleep;
use std::time::Duration;

/// Now, as the product's own `main` would say it.
#[expect(
    clippy::disallowed_methods,
    reason = "the benchmarks run beside the product and need its today"
)]
pub fn now() -> Moment {
    chrono::Local::now().fixed_offset()
}

pub fn today() -> DayNumber {
    day_number(now().date_naive())
}

/// Waits until `stretch` fits into the present minute, so that the clock on the screen stays as it is meanwhile.
pub fn within_a_minute(stretch: Duration) {
    let now = now();
    let left =
        60_000 - u64::from(now.second()) * 1000 - u64::from(now.nanosecond() / 1_000_000) % 1000;
    if Duration::from_millis(left) < stretch + Duration::from_secs(2) {
        sleep(Duration::from_millis(left + 500));
    }
}
