//! Durations become percentiles, percentiles become ratios, ratios a table.

use std::fmt::Write;
use std::time::Duration;

/// What was measured several times.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
        self.0.sort_unstable();
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The nearest-rank percentile, in milliseconds.
    pub fn p(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0
            .get(rank - 1)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }
}

impl FromIterator<Duration> for Times {
    fn from_iter<I: IntoIterator<Item = Duration>>(times: I) -> Self {
        let mut times: Vec<Duration> = times.into_iter().collect();
        times.sort_unstable();
        Times(times)
    }
}

/// Milliseconds with the figures that matter.
pub fn ms(value: f64) -> String {
    match value {
        v if v.is_nan() => "-".to_owned(),
        v if v < 0.1 => format!("{:.1} µs", v * 1e3),
        v if v < 10.0 => format!("{v:.2} ms"),
        v if v < 1000.0 => format!("{v:.0} ms"),
        v => format!("{:.2} s", v / 1e3),
    }
}

/// One line of the table.
#[derive(Clone, Debug, Default)]
struct Line {
    what: String,
    floor: String,
    ours: String,
    ratio: String,
    goal: String,
    met: String,
}

/// Everything that was measured.
#[derive(Clone, Debug, Default)]
pub struct Table(Vec<Line>);

/// A goal: this percentile, at most this many milliseconds, which is said in these words.
pub type Goal<'a> = (usize, f64, &'a str);

impl Table {
    /// A heading between lines.
    pub fn heading(&mut self, what: &str) {
        self.0.push(Line {
            what: format!("-- {what}"),
            ..Line::default()
        });
    }

    /// Times beside the floor's, judged by goals.
    pub fn times(&mut self, what: &str, floor: &Times, ours: &Times, goals: &[Goal<'_>]) {
        let three = |times: &Times| [50, 95, 99].map(|p| ms(times.p(p))).join(" / ");
        let met = goals
            .iter()
            .all(|(percent, limit, _)| ours.p(*percent) <= *limit);
        let words: Vec<String> = goals
            .iter()
            .map(|(percent, _, words)| format!("p{percent} <= {words}"))
            .collect();
        let ratio = ours.p(50) / floor.p(50);
        self.0.push(Line {
            what: what.to_owned(),
            floor: if floor.is_empty() {
                "-".to_owned()
            } else {
                three(floor)
            },
            ours: if ours.is_empty() {
                "nothing drawn".to_owned()
            } else {
                three(ours)
            },
            ratio: if ratio.is_finite() {
                format!("{ratio:.2}")
            } else {
                "-".to_owned()
            },
            goal: words.join(", "),
            met: verdict((!goals.is_empty()).then_some(met && !ours.is_empty())),
        });
    }

    /// Plain figures beside the floor's.
    pub fn figures(
        &mut self,
        what: &str,
        floor: &str,
        ours: &str,
        ratio: Option<f64>,
        goal: &str,
        met: Option<bool>,
    ) {
        self.0.push(Line {
            what: what.to_owned(),
            floor: floor.to_owned(),
            ours: ours.to_owned(),
            ratio: ratio.map_or("-".to_owned(), |ratio| format!("{ratio:.2}")),
            goal: goal.to_owned(),
            met: verdict(met),
        });
    }

    /// Something that could not be measured, and why.
    pub fn missing(&mut self, what: &str, why: &str) {
        self.figures(what, "-", why, None, "", None);
    }

    /// The table as text, its columns below one another.
    pub fn text(&self) -> String {
        let head = [
            "what",
            "floor p50/p95/p99",
            "ours p50/p95/p99",
            "ratio",
            "goal",
            "met",
        ]
        .map(str::to_owned);
        let rows: Vec<[String; 6]> = std::iter::once(head)
            .chain(
                self.0
                    .iter()
                    .cloned()
                    .map(|l| [l.what, l.floor, l.ours, l.ratio, l.goal, l.met]),
            )
            .collect();
        let cells = rows.iter().filter(|row| !row[0].starts_with("--"));
        let mut widths = [0; 6];
        for row in cells {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        let mut text = String::new();
        for row in &rows {
            let padded: Vec<String> = row
                .iter()
                .zip(widths)
                .map(|(cell, width)| format!("{cell:<width$}"))
                .collect();
            let _ = writeln!(text, "{}", padded.join("  ").trim_end());
        }
        text
    }
}

fn verdict(met: Option<bool>) -> String {
    match met {
        None => "",
        Some(true) => "yes",
        Some(false) => "NO",
    }
    .to_owned()
}
