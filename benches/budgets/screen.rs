//! The dashboard in a terminal beside the floor program in another: start, keys, save, idle, memory, quit.

use super::book::{self, Size};
use super::clock;
use super::dice::Dice;
use super::figures::{Table, Times};
use super::floor::{self, Disk};
use super::pty::{SILENCE, Session};
use super::typing;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

const STARTS: usize = 15;
const STEPS: usize = 120;
const OTHERS: usize = 30;
const SAVES: usize = 15;
const IDLE: Duration = Duration::from_secs(5);
/// The start is over when nothing came for this long.
const SETTLED: Duration = Duration::from_millis(600);

/// The two programs and the book they are held against.
pub struct Stage<'a> {
    pub size: Size,
    pub book: &'a Path,
    pub home: &'a Path,
    /// What every save is held against: one commit of one row on the same disk.
    disk: Disk,
    product: PathBuf,
    floor: PathBuf,
    /// What the first rows of the list say.
    rows: Vec<String>,
}

impl<'a> Stage<'a> {
    pub fn new(size: Size, book: &'a Path, home: &'a Path) -> Result<Self> {
        Ok(Stage {
            size,
            book,
            home,
            disk: Disk::open(&home.join("disk.sqlite"))?,
            product: PathBuf::from(env!("CARGO_BIN_EXE_chitbook")),
            floor: std::env::current_exe()?,
            rows: first_rows(book)?,
        })
    }

    fn path(&self) -> Result<&str> {
        self.book.to_str().context("the book's path is text")
    }

    fn ours(&self) -> Result<Session> {
        Session::start(&self.product, &["--book", self.path()?], self.home)
    }

    fn floor(&self) -> Result<Session> {
        Session::start(&self.floor, &["floor", self.path()?], self.home)
    }

    /// Everything, into the table. A part the product cannot do yet is named and does not keep the others from being measured.
    pub fn measure(&self, table: &mut Table) -> Result<()> {
        if !self.starts(table)? {
            return Ok(());
        }
        let mut floor = self.floor()?;
        floor.until(&self.rows, Duration::from_secs(5))?;
        floor.quiet(SETTLED);
        let mut ours = self.ours()?;
        ours.until(&self.rows, Duration::from_secs(10))?;
        ours.quiet(SETTLED);
        let step = steps(table, &mut floor, &mut ours)?;
        let parts: [Part<'_>; 5] = [
            ("keys", &|table, _, ours| others(table, &step, ours)),
            ("filter", &|table, _, ours| filter(table, &step, ours)),
            ("save", &|table, _, ours| self.saves(table, &step, ours)),
            ("300 keys", &|table, floor, ours| {
                many(table, &step, floor, ours)
            }),
            ("idle, memory", &|table, floor, ours| {
                self.rest(table, floor, ours)
            }),
        ];
        for (what, part) in parts {
            if let Err(error) = part(table, &mut floor, &mut ours) {
                table.missing(what, "could not be measured");
                super::say(&format!("{what}: {error:#}"));
                ours.press("\u{1b}")?;
                ours.press("\u{1b}")?;
            }
        }
        drop((floor, ours));
        let rows = first_rows(self.book)?;
        self.quits(table, &rows)?;
        let mut ours = self.ours()?;
        ours.until(&rows, Duration::from_secs(10))?;
        ours.quiet(SETTLED);
        paste(table, &mut ours)?;
        let mut floor = self.floor()?;
        floor.until(&rows, Duration::from_secs(5))?;
        floor.quiet(SETTLED);
        typing::long_note(table, &mut floor, &mut ours)
    }

    /// From spawn to the first rows, and to everything there; whether the product has rows to show at all.
    fn starts(&self, table: &mut Table) -> Result<bool> {
        let (mut floor, mut ours, mut whole) =
            (Times::default(), Times::default(), Times::default());
        for round in 0..STARTS {
            let mut session = self.floor()?;
            let rows = session.until(&self.rows, Duration::from_secs(5))?;
            let first = session.since_start(rows);
            session.quiet(SILENCE);
            session.end("q")?;
            let mut session = self.ours()?;
            let rows = match session.until(&self.rows, Duration::from_secs(10)) {
                Ok(rows) => rows,
                Err(error) => {
                    table.missing("start", "the dashboard shows no rows");
                    super::say(&format!("start: {error:#}"));
                    return Ok(false);
                }
            };
            let ours_first = session.since_start(rows);
            let last = session.quiet(SETTLED).map_or(rows, |(end, _)| end);
            let ours_whole = session.since_start(last);
            session.end("q")?;
            // The first of each fills the caches.
            if round > 0 {
                floor.push(first);
                ours.push(ours_first);
                whole.push(ours_whole);
            }
        }
        let s = floor.p(50);
        table.times(
            "start to first rows (S)",
            &floor,
            &ours,
            &[(50, 1.5 * s, "1.5 S"), (95, 3.0 * s, "3 S")],
        );
        table.times(
            "start to everything there",
            &floor,
            &whole,
            &[(95, 4.0 * s, "4 S")],
        );
        Ok(true)
    }

    /// Logging a touch: from the key that saves to the word on the screen that it is saved.
    fn saves(&self, table: &mut Table, step: &Times, ours: &mut Session) -> Result<()> {
        let (mut disk, mut times, mut after) =
            (Times::default(), Times::default(), Times::default());
        for round in 0..SAVES {
            disk.push(self.disk.commit()?);
            floor::pause();
            // Whoever was saved went down the list, and the cursor with them.
            ours.press("g")?;
            ours.press("t")?;
            ours.press(&format!("budget talk {round}"))?;
            let begun = ours.write("\u{13}")?;
            let said = ours.until(&["Logged".to_owned()], Duration::from_secs(5))?;
            times.push(said - begun);
            if let Some(next) = ours.press("j")? {
                after.push(next.latency);
            }
            ours.press("k")?;
        }
        let (k, d) = (step.p(50), disk.p(50));
        table.times(
            "save (floor: one commit, D)",
            &disk,
            &times,
            &[(50, 2.0 * k + 2.0 * d, "2 K + 2 D")],
        );
        table.times(
            "the key after a save",
            step,
            &after,
            &[(50, 1.5 * k, "1.5 K")],
        );
        Ok(())
    }

    /// Memory, and what happens while nobody does anything.
    fn rest(&self, table: &mut Table, floor: &mut Session, ours: &mut Session) -> Result<()> {
        let mib = |bytes: u64| format!("{:.1} MiB", bytes as f64 / 1_048_576.0);
        let (least, most) = (floor.peak()?, ours.peak()?);
        let limit = if self.size.people > 10_000 { 10.0 } else { 3.0 };
        let ratio = most as f64 / least as f64;
        let goal = format!("<= {limit:.0} x the floor");
        table.figures(
            "peak memory",
            &mib(least),
            &mib(most),
            Some(ratio),
            &goal,
            Some(ratio <= limit),
        );
        sleep(Duration::from_secs(2));
        ours.quiet(SILENCE);
        clock::within_a_minute(IDLE);
        ours.quiet(SILENCE);
        let before = (floor.sleeps()?, ours.sleeps()?);
        sleep(IDLE);
        let drawn = ours
            .quiet(Duration::from_millis(1))
            .map_or(0, |(_, bytes)| bytes);
        let woken = (floor.sleeps()? - before.0, ours.sleeps()? - before.1);
        table.figures(
            "idle for 5 s within a minute",
            &format!("{} wake-ups", woken.0),
            &format!("{} wake-ups, {drawn} bytes", woken.1),
            None,
            "0 wake-ups, 0 bytes",
            Some(woken.1 == 0 && drawn == 0),
        );
        Ok(())
    }

    fn quits(&self, table: &mut Table, rows: &[String]) -> Result<()> {
        let (mut floor, mut ours) = (Times::default(), Times::default());
        for _ in 0..8 {
            let mut session = self.floor()?;
            session.until(rows, Duration::from_secs(5))?;
            session.quiet(SETTLED);
            floor.push(session.end("q")?);
            let mut session = self.ours()?;
            session.until(rows, Duration::from_secs(10))?;
            session.quiet(SETTLED);
            ours.push(session.end("q")?);
        }
        let limit = 5.0 * self.disk.commits(20)?.p(50) + 5.0;
        table.times(
            "quit to the shell",
            &floor,
            &ours,
            &[(95, limit, "5 D + 5 ms")],
        );
        Ok(())
    }
}

type Part<'a> = (
    &'a str,
    &'a dyn Fn(&mut Table, &mut Session, &mut Session) -> Result<()>,
);

/// What the first rows of the list say. A name too long for its column is cut; a few letters tell who it is.
fn first_rows(book: &Path) -> Result<Vec<String>> {
    let page = floor::page(&floor::connect(book)?)?;
    let names = page
        .iter()
        .take(3)
        .map(|row| row.1.chars().take(8).collect());
    Ok(names.collect())
}

/// One step down the list, floor and product in turn; gives back the floor's times, the measure of every other key.
fn steps(table: &mut Table, floor: &mut Session, ours: &mut Session) -> Result<Times> {
    let (mut least, mut times, mut bytes) = (Times::default(), Times::default(), Vec::new());
    for round in 0..STEPS / 10 {
        let key = if round % 4 == 3 { "k" } else { "j" };
        for _ in 0..10 {
            least.push(
                floor
                    .press(key)?
                    .context("the floor answers j and k")?
                    .latency,
            );
        }
        for _ in 0..10 {
            if let Some(answer) = ours.press(key)? {
                times.push(answer.latency);
                bytes.push(answer.bytes);
            }
        }
    }
    let (k, k99) = (least.p(50), least.p(99));
    table.times(
        "step key (K)",
        &least,
        &times,
        &[(50, 1.5 * k, "1.5 K"), (99, 3.0 * k99, "3 K99")],
    );
    bytes.sort_unstable();
    let (middle, most) = (bytes.get(bytes.len() / 2).copied(), bytes.last().copied());
    let ours = format!("{} B, at most {} B", middle.unwrap_or(0), most.unwrap_or(0));
    table.figures(
        "written by a step",
        "",
        &ours,
        None,
        "<= 1500 B",
        Some(middle.unwrap_or(0) <= 1500),
    );
    Ok(least)
}

/// The keys that draw more than one row anew.
fn others(table: &mut Table, step: &Times, ours: &mut Session) -> Result<()> {
    let k = step.p(50);
    let goals = [(50, 3.0 * k, "3 K"), (99, 10.0 * k, "10 K")];
    let keys: [(&str, &[&str]); 4] = [
        (
            "page down, page up",
            &["\u{1b}[6~", "\u{1b}[6~", "\u{1b}[5~"],
        ),
        ("Tab to the next pane and back", &["\t", "\u{1b}[Z"]),
        ("timeline zoom", &["[", "]"]),
        ("another order of the list", &["s"]),
    ];
    for (what, round) in keys {
        // Back to the list, wherever the keys before led.
        ours.press("\u{1b}")?;
        let mut times = Times::default();
        for at in 0..OTHERS {
            if let Some(answer) = ours.press(round[at % round.len()])? {
                times.push(answer.latency);
            }
        }
        table.times(what, step, &times, &goals);
    }
    Ok(())
}

/// Typing into the filter, each letter alone; what is found last is the busiest person, who is opened.
fn filter(table: &mut Table, step: &Times, ours: &mut Session) -> Result<()> {
    let k = step.p(50);
    let (mut letters, mut opening) = (Times::default(), Times::default());
    for _ in 0..6 {
        ours.press("\u{1b}")?;
        ours.press("/")?;
        let letters_of_name: Vec<char> = book::BUSIEST_NAME.to_lowercase().chars().collect();
        for (at, letter) in letters_of_name.iter().enumerate() {
            let answer = ours.press(&letter.to_string())?;
            // With the last letters only the busiest person is left, whose pane comes along.
            match answer {
                Some(answer) if at < 4 => letters.push(answer.latency),
                Some(answer) if ours.shows("Zyx") && at == letters_of_name.len() - 1 => {
                    opening.push(answer.latency);
                }
                _ => {}
            }
        }
        for _ in &letters_of_name {
            ours.press("\u{7f}")?;
        }
        ours.press("\u{1b}")?;
    }
    table.times(
        "filter, each letter",
        step,
        &letters,
        &[(50, 4.0 * k, "4 K"), (99, 10.0 * k, "10 K")],
    );
    table.times(
        "the busiest person, by the last letter",
        step,
        &opening,
        &[(50, 4.0 * k, "4 K"), (99, 10.0 * k, "10 K")],
    );
    Ok(())
}

/// Three hundred keys in one write, and at sixty a second.
fn many(table: &mut Table, step: &Times, floor: &mut Session, ours: &mut Session) -> Result<()> {
    let k = step.p(50);
    // Two rows further in the end: what changes nothing need not be drawn.
    let keys = "j".repeat(151) + &"k".repeat(149);
    let whole = |session: &mut Session| -> Result<Times> {
        let answers = (0..5).map(|_| {
            session.press("g")?;
            session.press_until(&keys, Duration::from_millis(60))
        });
        let answers: Vec<_> = answers.collect::<Result<_>>()?;
        Ok(answers
            .into_iter()
            .flatten()
            .map(|answer| answer.latency)
            .collect())
    };
    let (least, merged) = (whole(floor)?, whole(ours)?);
    table.times(
        "300 keys in one write",
        &least,
        &merged,
        &[(50, 70.0 * k, "70 K")],
    );
    let mut held = Times::default();
    for _ in 0..3 {
        ours.press("g")?;
        for at in 0..60 {
            let begun = ours.write("j")?;
            if at == 59 {
                if let Some((end, _)) = ours.quiet(SILENCE) {
                    held.push(end - begun);
                }
            } else {
                sleep(Duration::from_micros(16_667));
            }
        }
    }
    table.times(
        "60 a second: after the last key",
        step,
        &held,
        &[(50, 2.0 * k, "2 K")],
    );
    Ok(())
}

/// A megabyte into a note, as a paste and as if typed.
fn paste(table: &mut Table, ours: &mut Session) -> Result<()> {
    let text = Dice::new(1_000_000).text(1_000_000);
    for (what, begin, end, goal) in [
        (
            "1 MB pasted into a note",
            "\u{1b}[200~",
            "\u{1b}[201~",
            1_000.0,
        ),
        ("1 MB typed into a note", "", "", 3_000.0),
    ] {
        ours.press("t")?;
        let answer = ours.press_until(&[begin, &text, end].concat(), Duration::from_millis(300))?;
        let times: Times = answer.into_iter().map(|answer| answer.latency).collect();
        let words = format!("{:.0} s", goal / 1e3);
        table.times(what, &Times::default(), &times, &[(50, goal, &words)]);
        ours.press("\u{1b}")?;
        ours.press("\u{1b}")?;
    }
    Ok(())
}
