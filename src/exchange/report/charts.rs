//! The report's charts, as inline SVG that takes its colours from the page: no script, and every number beside its shape.

use super::html::escaped;
use crate::domain::report::Bands;
use chrono::NaiveDate;
use std::fmt::Write as _;

/// Width of every chart in its own units: about a telephone's, so that its words stay readable there; the page scales it.
const WIDTH: f64 = 360.0;

/// A bar with its name at the left and its number at the right.
pub struct Bar {
    /// Its name.
    pub name: String,
    /// Its length.
    pub value: f64,
    /// Its number as it is written.
    pub shown: String,
}

/// Bars below each other, the longest as wide as there is room.
pub fn bars(title: &str, bars: &[Bar]) -> String {
    const ROW: f64 = 24.0;
    const LEFT: f64 = 84.0;
    const RIGHT: f64 = 40.0;
    let most = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    let height = ROW * bars.len() as f64;
    let mut svg = open(title, height);
    for (nth, bar) in bars.iter().enumerate() {
        let top = ROW * nth as f64;
        let length = if most > 0.0 {
            (WIDTH - LEFT - RIGHT) * bar.value / most
        } else {
            0.0
        };
        let (middle, end) = (top + 16.0, LEFT + length + 6.0);
        let _ = write!(
            svg,
            "<text x=\"0\" y=\"{middle:.0}\">{}</text><rect class=\"fa\" x=\"{LEFT:.0}\" y=\"{:.0}\" width=\"{length:.1}\" height=\"16\" rx=\"2\"/><text x=\"{end:.1}\" y=\"{middle:.0}\">{}</text>",
            escaped(&bar.name),
            top + 4.0,
            escaped(&bar.shown)
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Bands of strength, a stacked bar a day.
pub fn bands(title: &str, days: &[(&str, Bands)]) -> String {
    const ROW: f64 = 34.0;
    const LEFT: f64 = 76.0;
    const LEGEND: f64 = 22.0;
    let most = days
        .iter()
        .map(|(_, bands)| bands.touched())
        .max()
        .unwrap_or(0);
    let mut svg = open(title, ROW * days.len() as f64 + LEGEND);
    for (nth, (name, bands)) in days.iter().enumerate() {
        let top = ROW * nth as f64;
        let _ = write!(
            svg,
            "<text x=\"0\" y=\"{:.0}\">{}</text>",
            top + 20.0,
            escaped(name)
        );
        let mut left = LEFT;
        for (band, count) in bands.counts.iter().enumerate() {
            if *count == 0 {
                continue;
            }
            let width = (WIDTH - LEFT) * f64::from(*count) / f64::from(most.max(1));
            let _ = write!(
                svg,
                "<rect class=\"f{band}\" x=\"{left:.1}\" y=\"{:.0}\" width=\"{width:.1}\" height=\"26\"><title>{}: {count}</title></rect>",
                top + 3.0,
                Bands::NAMES[band]
            );
            if width > 18.0 {
                let _ = write!(
                    svg,
                    "<text x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\" style=\"fill:{}\">{count}</text>",
                    left + width / 2.0,
                    top + 20.0,
                    if band >= 3 {
                        "var(--paper)"
                    } else {
                        "var(--ink)"
                    }
                );
            }
            left += width;
        }
    }
    let top = ROW * days.len() as f64 + 6.0;
    for (band, name) in Bands::NAMES.iter().enumerate() {
        let left = 2.0 + 72.0 * band as f64;
        let _ = write!(
            svg,
            "<rect class=\"f{band}\" x=\"{left:.0}\" y=\"{top:.0}\" width=\"12\" height=\"12\"/><text class=\"small\" x=\"{:.0}\" y=\"{:.0}\">{name}</text>",
            left + 17.0,
            top + 10.0
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A year of weeks: people above the cold line as a line, everybody ever touched dashed above it.
pub fn year(title: &str, weeks: &[(NaiveDate, u32, u32)]) -> String {
    const HEIGHT: f64 = 130.0;
    const LEFT: f64 = 34.0;
    const BOTTOM: f64 = 20.0;
    let most = weeks
        .iter()
        .map(|(_, _, all)| *all)
        .max()
        .unwrap_or(0)
        .max(1);
    let last = weeks.len().saturating_sub(1).max(1) as f64;
    let x = |nth: usize| LEFT + (WIDTH - LEFT - 8.0) * nth as f64 / last;
    let y = |count: u32| 8.0 + (HEIGHT - BOTTOM - 8.0) * (1.0 - f64::from(count) / f64::from(most));
    let line = |of: fn(&(NaiveDate, u32, u32)) -> u32| {
        let points = weeks.iter().enumerate();
        let points: Vec<String> = points
            .map(|(nth, week)| format!("{:.1},{:.1}", x(nth), y(of(week))))
            .collect();
        points.join(" ")
    };
    let mut svg = open(title, HEIGHT);
    for count in [0, most] {
        let at = y(count);
        let _ = write!(
            svg,
            "<line class=\"axis\" x1=\"{LEFT:.0}\" x2=\"{WIDTH:.0}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/><text class=\"small\" x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{count}</text>",
            LEFT - 6.0,
            at + 4.0
        );
    }
    let _ = write!(
        svg,
        "<polyline class=\"all\" points=\"{}\"/><polyline class=\"curve\" points=\"{}\"/>",
        line(|week| week.2),
        line(|week| week.1)
    );
    for (nth, anchor) in [(0, "start"), (weeks.len().saturating_sub(1), "end")] {
        if let Some((day, _, _)) = weeks.get(nth) {
            let _ = write!(
                svg,
                "<text class=\"small\" x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"{anchor}\">{}</text>",
                x(nth),
                HEIGHT - 4.0,
                day.format("%-d %b %Y")
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

fn open(title: &str, height: f64) -> String {
    let title = escaped(title);
    format!(
        "<svg viewBox=\"0 0 {WIDTH:.0} {height:.0}\" role=\"img\" aria-label=\"{title}\"><title>{title}</title>"
    )
}
