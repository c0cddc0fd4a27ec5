//! The model judged from outside: a log of touches that is in no book, and what the model says of everybody in it on one day.
//!
//! ```text
//! ego,alter,timestamp,kind[,direction]   ->   ego,alter,score,prob30,stale
//! ```
//!
//! Lines may come in any order. Each touch that counts becomes one number of eight bytes, and the numbers are sorted, on a scratch
//! file where there are many: what is kept in memory grows with the people, not with the touches. Sorted numbers come by pair in
//! the order in which the pairs first appeared, by day within a pair, and by kind within a day, so that each pair is folded, judged
//! and written in one go, and any order of the same lines gives the same scores to the last bit.

mod kinds;
mod pairs;
mod sorter;
#[cfg(test)]
mod tests;

use super::csv::table::{Row, Rows};
use super::decode::Decoded;
use crate::domain::moment::DayNumber;
use crate::domain::strength::{Params, Standing};
use crate::domain::text::{clean_line, fit};
use crate::domain::touch::Direction;
use kinds::Kinds;
use pairs::Pairs;
use sorter::{Sorted, Sorter};
use std::io::{self, Read, Seek, Write};

/// Columns a log must have, in the order of [`Columns::needed`].
const NEEDED: [&str; 4] = ["ego", "alter", "timestamp", "kind"];
/// The horizon of the chance in the result, in days.
const WITHIN: u32 = 30;
const DAY: i64 = 86_400;
/// The seconds of the years 1 to 9999. Beyond them a number is no date but something else: milliseconds, most likely.
const SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;
/// Added to a day so that it is never negative, and fits 24 bits.
const ERA: DayNumber = 1 << 20;

/// Why a log could not be judged.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Something is wrong with the log itself.
    #[error("line {line}: {what}")]
    Line {
        /// The line, counted from 1; of a row over several lines its first.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// The log could not be read.
    #[error("the log could not be read: {0}")]
    Log(io::Error),
    /// The scratch file could not be made, written or read.
    #[error("there is no room to sort the log: {0}")]
    Scratch(io::Error),
    /// The result could not be written.
    #[error("the scores could not be written: {0}")]
    Out(io::Error),
}

impl Problem {
    fn at(line: u64, what: impl Into<String>) -> Self {
        let what = what.into();
        Problem::Line { line, what }
    }
}

/// What was in a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Touches before the cut-off.
    pub touches: u64,
    /// Touches at or after it, which count nothing.
    pub ignored: u64,
    /// Pairs of ego and alter that got a score.
    pub pairs: usize,
    /// Touches of a kind that is not known, each counted as a call somebody answered.
    pub strange: u64,
    /// The first such kind.
    pub strange_kind: String,
}

/// A moment in Unix seconds as logs write it; fractions are cut off downwards.
pub fn seconds(text: &str) -> Result<i64, String> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let shown = || fit(&clean_line(text), 40);
    if !plain(digits) || !plain(fraction) {
        return Err(format!(
            "\"{}\" is not a moment in Unix seconds, such as 1700000000",
            shown()
        ));
    }
    let below = whole.starts_with('-') && fraction.bytes().any(|b| b != b'0');
    let read = whole.parse::<i64>().ok();
    let read = read.and_then(|seconds| seconds.checked_sub(i64::from(below)));
    read.filter(|seconds| SECONDS.contains(seconds))
        .ok_or_else(|| {
            format!(
                "{} is no moment of the years 1 to 9999 in Unix seconds; are these milliseconds?",
                shown()
            )
        })
}

/// The day in UTC of a moment that [`seconds`] gave.
pub fn day_of(seconds: i64) -> DayNumber {
    seconds.div_euclid(DAY) as DayNumber
}

/// Where the columns are.
struct Columns {
    needed: [usize; NEEDED.len()],
    direction: Option<usize>,
    count: usize,
}

impl Columns {
    fn of(line: u64, cells: &[String]) -> Result<Self, Problem> {
        let names: Vec<String> = cells
            .iter()
            .map(|cell| clean_line(cell).to_lowercase())
            .collect();
        let find = |wanted: &str| {
            let mut places = names.iter().enumerate().filter(|(_, name)| *name == wanted);
            match (places.next(), places.next()) {
                (_, Some(_)) => Err(Problem::at(
                    line,
                    format!("the column {wanted} is there twice"),
                )),
                (place, None) => Ok(place.map(|(at, _)| at)),
            }
        };
        let mut needed = [0; NEEDED.len()];
        for (place, wanted) in needed.iter_mut().zip(NEEDED) {
            *place = find(wanted)?.ok_or_else(|| {
                let all = NEEDED.join(",");
                Problem::at(
                    line,
                    format!("there is no column \"{wanted}\"; a log begins with the columns {all}"),
                )
            })?;
        }
        Ok(Columns {
            needed,
            direction: find("direction")?,
            count: names.len(),
        })
    }
}

/// One touch of the log, as its line says it.
struct Line<'a> {
    ego: &'a str,
    alter: &'a str,
    at: i64,
    kind: &'a str,
    direction: Direction,
}

impl<'a> Line<'a> {
    fn of(columns: &Columns, line: u64, cells: &'a [String]) -> Result<Self, Problem> {
        if cells.len() > columns.count {
            let what = format!(
                "{} cells where the first line names {} columns; a name with a comma belongs in quotes",
                cells.len(),
                columns.count
            );
            return Err(Problem::at(line, what));
        }
        let [ego, alter, timestamp, kind] = columns.needed.map(|at| cells.get(at));
        let there = |cell: Option<&'a String>, name: &str| {
            let cell = cell.filter(|cell| !cell.trim().is_empty());
            cell.map(String::as_str)
                .ok_or_else(|| Problem::at(line, format!("the {name} is missing")))
        };
        let (ego, alter) = (there(ego, "ego")?, there(alter, "alter")?);
        let at = seconds(there(timestamp, "timestamp")?).map_err(|what| Problem::at(line, what))?;
        let kind = kind.ok_or_else(|| Problem::at(line, "the kind is missing"))?;
        let way = columns.direction.and_then(|at| cells.get(at));
        let way = way.map_or("", |way| way.trim());
        let direction = if way.is_empty() {
            Direction::Mutual
        } else {
            Direction::parse(way).ok_or_else(|| {
                let way = fit(&clean_line(way), 40);
                Problem::at(
                    line,
                    format!("the direction \"{way}\" is neither in nor out nor empty"),
                )
            })?
        };
        Ok(Line {
            ego,
            alter,
            at,
            kind,
            direction,
        })
    }
}

/// A touch as one number, so that sorting numbers sorts touches by pair, day and kind.
fn packed(pair: u32, day: DayNumber, code: u8) -> u64 {
    u64::from(pair) << 32 | u64::from((day + ERA) as u32) << 8 | u64::from(code)
}

fn unpacked(touch: u64) -> (u32, DayNumber, u8) {
    let day = (touch >> 8 & 0xff_ffff) as DayNumber - ERA;
    ((touch >> 32) as u32, day, touch as u8)
}

/// Judges the model on a log: what it says of everybody with a touch before `cutoff` (Unix seconds), on the cut-off's day in UTC.
/// `scratch` is asked for a file only when there are many touches. Nothing is written to `out` before the whole log was read.
pub fn score<R: Read, S: Read + Write + Seek>(
    log: R,
    cutoff: i64,
    params: &Params,
    scratch: impl FnOnce() -> io::Result<S>,
    out: &mut dyn Write,
) -> Result<Tally, Problem> {
    judge(
        log,
        cutoff,
        params,
        Sorter::new(sorter::CHUNK, scratch),
        out,
    )
}

/// The same with a sorter of any size.
fn judge<R: Read, S: Read + Write + Seek, F: FnOnce() -> io::Result<S>>(
    log: R,
    cutoff: i64,
    params: &Params,
    mut sorter: Sorter<S, F>,
    out: &mut dyn Write,
) -> Result<Tally, Problem> {
    let mut rows = Rows::new(Decoded::new(log), b',');
    let mut columns: Option<Columns> = None;
    let mut pairs = Pairs::default();
    let mut kinds = Kinds::default();
    let mut tally = Tally::default();
    for row in &mut rows {
        let (line, cells) = match row.map_err(Problem::Log)? {
            Row::Cells { line, cells } => (line, cells),
            Row::Bad { line, reason } => return Err(Problem::at(line, reason)),
        };
        let Some(columns) = &columns else {
            columns = Some(Columns::of(line, &cells)?);
            continue;
        };
        let touch = Line::of(columns, line, &cells)?;
        if touch.at >= cutoff {
            tally.ignored += 1;
            continue;
        }
        tally.touches += 1;
        let pair = pairs
            .number(touch.ego, touch.alter)
            .ok_or_else(|| Problem::at(line, "there are more people than can be counted"))?;
        if let Some(code) = kinds.code(touch.kind, touch.direction, params) {
            let touch = packed(pair, day_of(touch.at), code);
            sorter.push(touch).map_err(Problem::Scratch)?;
        }
    }
    if columns.is_none() {
        let all = NEEDED.join(",");
        return Err(Problem::at(
            1,
            format!("the log is empty; it begins with the columns {all}"),
        ));
    }
    tally.pairs = pairs.count();
    (tally.strange, tally.strange_kind) = kinds.strange();
    let touches = sorter.finish().map_err(Problem::Scratch)?;
    write(&pairs, touches, day_of(cutoff), params, out)?;
    Ok(tally)
}

/// Folds and writes pair after pair.
fn write<S: Read + Seek>(
    pairs: &Pairs,
    touches: Sorted<S>,
    today: DayNumber,
    params: &Params,
    out: &mut dyn Write,
) -> Result<(), Problem> {
    let mut touches = touches.peekable();
    let mut out = csv::Writer::from_writer(out);
    let cannot = |error: csv::Error| Problem::Out(io::Error::from(error));
    out.write_record(["ego", "alter", "score", "prob30", "stale"])
        .map_err(cannot)?;
    for (number, (ego, alter)) in (0u32..).zip(pairs.each()) {
        let mut standing = Standing::new(params);
        let mine =
            |touch: &io::Result<u64>| touch.as_ref().map_or(true, |t| unpacked(*t).0 == number);
        while let Some(touch) = touches.next_if(mine) {
            let (_, day, code) = unpacked(touch.map_err(Problem::Scratch)?);
            let (weight, knock) = kinds::weighed(code, params);
            standing.contact(params, day, weight, knock);
        }
        let reading = standing.read(params, None, today);
        let chance = reading.chance(params, WITHIN).unwrap_or(0.0);
        // All digits a number has: two pairs tie only where the model says the same of both.
        let figures = [reading.strength, chance, 0.0 - reading.strength].map(|f| f.to_string());
        let [strength, chance, stale] = &figures;
        out.write_record([ego, alter, strength, chance, stale])
            .map_err(cannot)?;
    }
    out.flush().map_err(Problem::Out)
}
