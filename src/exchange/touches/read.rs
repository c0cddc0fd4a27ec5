//! Reading what logs write: moments, lengths, and which way a call went.

use super::Clock;
use crate::domain::moment::Moment;
use crate::domain::touch::Direction;
use crate::domain::when::{self, Look};
use chrono::{DateTime, NaiveDateTime, NaiveTime};

/// Which way a word says it went, and whether nobody answered.
pub(super) fn way(text: &str) -> Option<(Direction, bool)> {
    let word = text.trim().to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|known| word.starts_with(known));
    if word.is_empty() {
        return None;
    }
    if let Some(known) = Direction::parse(&word) {
        return Some((known, false));
    }
    if starts(&[
        "missed",
        "no answer",
        "unanswered",
        "rejected",
        "declined",
        "busy",
        "voicemail",
    ]) {
        return Some((Direction::In, true));
    }
    if starts(&["incoming", "inbound", "received", "eingehend", "ankommend"]) {
        return Some((Direction::In, false));
    }
    if starts(&[
        "outgoing",
        "outbound",
        "dialed",
        "dialled",
        "placed",
        "ausgehend",
        "abgehend",
    ]) {
        return Some((Direction::Out, false));
    }
    None
}

/// A length in seconds: `3:20`, `0:03:20`, `200`, `200 s`, `3 min`, `3m 20s`, `1h`. A bare number is minutes where `minutes` says so.
pub(super) fn seconds(text: &str, minutes: bool) -> Option<u32> {
    let text = text.trim().to_lowercase();
    if text.contains(':') {
        let mut total = 0u32;
        for part in text.split(':') {
            let part: u32 = part.trim().parse().ok()?;
            total = total.checked_mul(60)?.checked_add(part)?;
        }
        return Some(total);
    }
    let mut total = 0u32;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at_checked(end)?;
        let number: u32 = number.parse().ok()?;
        let after = after.trim_start();
        let unit: String = after
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .collect();
        let worth = match unit.as_str() {
            "" if minutes => 60,
            "" | "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(worth)?)?;
        rest = after.get(unit.len()..)?.trim_start_matches([' ', ',', '.']);
        if unit.is_empty() && !rest.is_empty() {
            return None;
        }
    }
    (!text.is_empty()).then_some(total)
}

/// A moment as logs write it: RFC 3339, `2026-11-02 10:15`, Unix seconds or milliseconds, or as people say it.
pub(in crate::exchange) fn moment(text: &str, clock: &Clock) -> Option<Moment> {
    let text = text.trim();
    if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
        return Some(exact);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        return match text.len() {
            9..=10 => Some(clock.zone.moment(number * 1_000)),
            12..=13 => Some(clock.zone.moment(number)),
            _ => None,
        };
    }
    for form in [
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M",
        "%d.%m.%Y %H:%M:%S",
        "%d.%m.%Y %H:%M",
        "%d.%m.%y %H:%M",
    ] {
        if let Ok(wall) = NaiveDateTime::parse_from_str(text, form) {
            return Some(clock.zone.at(wall));
        }
    }
    if let Ok(day) = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(clock.zone.at(day.and_time(noon())));
    }
    let wall = clock.now.naive_local();
    let read = when::moment(text, wall, Look::Back, clock.order).ok()?;
    Some(if read == wall {
        clock.now
    } else {
        clock.zone.at(read)
    })
}

/// The time of day of what has none.
fn noon() -> NaiveTime {
    NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()
}
