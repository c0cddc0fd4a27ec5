//! Typing into a note of 200 kB: each letter with its frame, beside a step of the floor program in the same minute.

use super::figures::{Table, Times};
use super::pty::Session;
use anyhow::{Context, Result};
use std::time::Duration;

const LINES: usize = 4_000;
const ROUNDS: usize = 15;
/// What a letter may cost above the floor's step, in milliseconds.
const MORE: f64 = 10.0;

/// A day's worth of notes and more: short lines, wide ones, and some that are long.
fn note() -> String {
    let line = |at: usize| match at {
        _ if at % 500 == 250 => "asked about the firmware once more, ".repeat(60),
        _ if at.is_multiple_of(20) => "電話で見積もりについて話した。".to_owned(),
        _ => format!("{at}: spoke about tariffs and the pilot"),
    };
    let lines: Vec<String> = (0..LINES).map(line).collect();
    lines.join("\n")
}

/// Letters, a word's end, a line's end, and taking some of it back.
const KEYS: [&str; 10] = ["t", "h", "e", " ", "p", "\u{7f}", "a", ".", "\r", "x"];

/// Types at several places of the note; the form stays open.
pub fn long_note(table: &mut Table, floor: &mut Session, ours: &mut Session) -> Result<()> {
    ours.press("g")?;
    ours.press("t")?;
    let pasted = ["\u{1b}[200~", &note(), "\u{1b}[201~"].concat();
    ours.press_until(&pasted, Duration::from_millis(300))?;
    let middle = format!("\u{1b}[1;5H{}", "\u{1b}[6~".repeat(LINES / 14));
    let places = [
        ("a key at the end of a note of 200 kB", "\u{1b}[1;5F"),
        ("a key at its beginning", "\u{1b}[1;5H"),
        ("a key in its middle", &middle),
    ];
    for (what, way) in places {
        ours.press_until(way, Duration::from_millis(300))?;
        let (mut least, mut times) = (Times::default(), Times::default());
        for round in 0..ROUNDS {
            let step = if round % 4 == 3 { "k" } else { "j" };
            for key in KEYS {
                let answer = floor.press(step)?.context("the floor answers j and k")?;
                least.push(answer.latency);
                if let Some(answer) = ours.press(key)? {
                    times.push(answer.latency);
                }
            }
        }
        let limit = least.p(99) + MORE;
        table.times(what, &least, &times, &[(99, limit, "K99 + 10 ms")]);
    }
    Ok(())
}
