//! The words along the time axis: days, months or years, whichever the width has room for.

use crate::domain::moment::{DayNumber, date, day_number};
use crate::tui::theme::Theme;
use chrono::{Datelike, Months, NaiveDate};
use ratatui::style::Style;

/// The least columns from one word to the next.
const APART: f64 = 7.0;

/// How many months may lie between two words.
const STEPS: [u32; 8] = [1, 2, 3, 6, 12, 24, 60, 120];

/// The words from one day to another over so many columns.
pub fn ticks(
    from: DayNumber,
    to: DayNumber,
    columns: u16,
    theme: &Theme,
) -> Vec<(f64, String, Style)> {
    let days = f64::from(to.saturating_sub(from).max(1));
    let a_month = f64::from(columns) / days * 30.44;
    let step = STEPS
        .into_iter()
        .find(|step| a_month * f64::from(*step) >= APART)
        .unwrap_or(120);
    let start = date(from);
    let first = start.with_day(1).unwrap_or(start);
    let aligned = first.month0() / step.min(12) * step.min(12);
    let mut at = NaiveDate::from_ymd_opt(first.year(), aligned + 1, 1).unwrap_or(first);
    let mut words = Vec::new();
    while day_number(at) <= to && words.len() < usize::from(columns) {
        for day in in_month(a_month) {
            if let Some(here) = at
                .with_day(*day)
                .map(day_number)
                .filter(|here| *here >= from)
            {
                let new_year = at.month() == 1 && *day == 1;
                let style = if new_year { theme.text } else { theme.dim };
                words.push((f64::from(here), word(at, *day, a_month), style));
            }
        }
        match at.checked_add_months(Months::new(step)) {
            Some(next) => at = next,
            None => break,
        }
    }
    words
}

/// The days of a month that have words.
fn in_month(a_month: f64) -> &'static [u32] {
    if a_month >= 60.0 {
        &[1, 8, 15, 22]
    } else if a_month >= 18.0 {
        &[1, 15]
    } else {
        &[1]
    }
}

fn word(month: NaiveDate, day: u32, a_month: f64) -> String {
    if month.month() == 1 && day == 1 {
        month.year().to_string()
    } else if a_month >= 18.0 {
        format!("{day} {}", month.format("%b"))
    } else {
        month.format("%b").to_string()
    }
}
