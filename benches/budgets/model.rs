//! The strength model alone: everybody scored and sorted, a very long history drawn, a large log judged.

use super::clock;
use super::dice::Dice;
use super::figures::{Table, Times};
use super::import;
use anyhow::{Context, Result, bail};
use chitbook::domain::command::Command;
use chitbook::domain::contact::Card;
use chitbook::domain::moment::DayNumber;
use chitbook::domain::people::{Person, Trace};
use chitbook::domain::strength::{Params, Standing};
use chitbook::domain::touch::{Direction, TouchKind};
use chitbook::store::Store;
use chitbook::tui::pane::timeline::{Over, Show, Timeline};
use chitbook::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command as Process;
use std::time::Instant;

const ROUNDS: usize = 40;
const PEOPLE: usize = 100_000;
/// Touches of the busiest person, over so many years.
const LONG: usize = 20_000;
const YEARS: i32 = 20;
/// Touches in the log, among so many pairs.
const LOGGED: usize = 1_000_000;
const PAIRS: usize = 20_000;
/// What judging the log may take, in milliseconds, and how much memory.
const LIMIT: f64 = 3_000.0;
const MEMORY: u64 = 64 << 20;

/// Everything, into the table.
pub fn measure(table: &mut Table, home: &Path) -> Result<()> {
    everybody(table);
    timeline(table, home)?;
    log(table, home)
}

/// Times `work`, once more than counted: the first fills the caches.
fn time<T>(rounds: usize, mut work: impl FnMut() -> T) -> Times {
    black_box(work());
    let times = (0..rounds).map(|_| {
        let begun = Instant::now();
        black_box(work());
        begun.elapsed()
    });
    times.collect()
}

fn everybody(table: &mut Table) {
    let params = Params::default();
    let today = clock::today();
    let mut dice = Dice::new(100_000);
    let people: Vec<(Standing, Option<u16>)> = (0..PEOPLE)
        .map(|_| {
            let mut standing = Standing::new(&params);
            let mut day = today - 2000;
            for _ in 0..dice.below(20) {
                day += dice.below(100) as DayNumber;
                standing.touch(&params, day, TouchKind::Call, Direction::Mutual);
            }
            (standing, dice.one_in(6).then_some(21))
        })
        .collect();
    let scored: Vec<f64> = people
        .iter()
        .map(|(standing, cadence)| standing.strength(&params, *cadence, today))
        .collect();
    let least = time(ROUNDS, || {
        let mut sorted = scored.clone();
        sorted.sort_unstable_by(|a, b| b.total_cmp(a));
        sorted
    });
    let ours = time(ROUNDS, || {
        let scored = people
            .iter()
            .map(|(standing, cadence)| standing.strength(&params, *cadence, today));
        let mut order: Vec<(f64, u32)> = scored.zip(0..).collect();
        order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        order
    });
    let goals = [(50, 20.0, "20 ms")];
    table.times("100,000 people scored and sorted", &least, &ours, &goals);
}

/// Somebody with a very long history, as a book gives people out.
fn busiest(home: &Path, today: DayNumber) -> Result<Person> {
    let mut book = Store::open(&home.join("one.sqlite"))?;
    let card = Box::new(Card::named(super::book::BUSIEST_NAME));
    let added = book.apply(&Command::AddContact(card), &clock::now())?;
    let id = added.created.context("somebody was added")?;
    let mut person = book.person(id)?.context("the person is there")?;
    let mut dice = Dice::new(20_000);
    let days = YEARS * 365;
    let kinds = [
        TouchKind::Call,
        TouchKind::Email,
        TouchKind::Message,
        TouchKind::Meeting,
    ];
    let trace = |at: usize| Trace {
        day: today - days + (at as i64 * i64::from(days) / LONG as i64) as DayNumber,
        kind: kinds[dice.below(kinds.len())],
        direction: Direction::ALL[dice.below(3)],
    };
    person.trail.traces = (0..LONG).map(trace).collect();
    person.touches = LONG;
    person.summary.standing = Standing::replay(&book.params, &person.trail, today);
    Ok(person)
}

fn timeline(table: &mut Table, home: &Path) -> Result<()> {
    let today = clock::today();
    let params = Params::default();
    let theme = Theme::colour();
    let person = busiest(home, today)?;
    let least = time(ROUNDS, || Standing::replay(&params, &person.trail, today));
    let year = Timeline::default();
    let mut all = Timeline::default();
    for _ in 0..8 {
        all.widen();
    }
    for (columns, rows) in [(120, 40), (200, 60)] {
        for (timeline, span) in [(&year, "a year"), (&all, "all")] {
            let area = Rect::new(0, 0, columns, rows);
            let mut screen = Buffer::empty(area);
            let show = Show {
                person: &person,
                over: Over::Nothing,
                quiet: &[],
                params: &params,
                today,
                theme: &theme,
                focused: true,
                plain: false,
            };
            let ours = time(ROUNDS, || {
                screen.reset();
                timeline.draw_body(area, &mut screen, &show);
            });
            let what = format!("20,000 touches, {span}, at {columns}x{rows}");
            table.times(&what, &least, &ours, &[(50, 5.0, "5 ms")]);
        }
    }
    Ok(())
}

/// Writes a log; in the order of time, or in none.
fn write(path: &Path, shuffled: bool) -> Result<()> {
    let mut dice = Dice::new(1_000_000);
    let mut lines: Vec<(u32, u32)> = (0..LOGGED as u32)
        .map(|at| (at, dice.skewed(PAIRS) as u32))
        .collect();
    if shuffled {
        for at in (1..lines.len()).rev() {
            lines.swap(at, dice.below(at + 1));
        }
    }
    let kinds = ["call", "e-mail", "in_person", "sms", "video"];
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "ego,alter,timestamp,kind,direction")?;
    for (at, pair) in lines {
        let kind = kinds[(at as usize * 7 + pair as usize) % kinds.len()];
        let way = ["in", "out", ""][at as usize % 3];
        let moment = 1_600_000_000 + u64::from(at) * 190;
        writeln!(
            file,
            "ego {},person {pair} of the log,{moment},{kind},{way}",
            pair % 50
        )?;
    }
    file.flush()?;
    Ok(())
}

fn log(table: &mut Table, home: &Path) -> Result<()> {
    let (file, out) = (home.join("log.csv"), home.join("scores.csv"));
    let mut most = 0;
    let mut least = 0;
    let mut first: Option<usize> = None;
    for (shuffled, order) in [(false, "in order"), (true, "shuffled")] {
        write(&file, shuffled)?;
        let (mut floor, mut ours) = (Times::default(), Times::default());
        for _ in 0..3 {
            let (took, peak, _) = import::run(
                Process::new(std::env::current_exe()?)
                    .arg("lines")
                    .arg(&file),
            )?;
            floor.push(took);
            least = least.max(peak);
            let (took, peak, _) = import::run(
                Process::new(env!("CARGO_BIN_EXE_chitbook"))
                    .arg("score")
                    .arg(&file)
                    .arg("1800000000")
                    .arg(&out)
                    .current_dir(home),
            )?;
            ours.push(took);
            most = most.max(peak);
        }
        let scored = fs::read_to_string(&out)?.lines().count();
        if *first.get_or_insert(scored) != scored {
            bail!("the order of the log's lines changed who is scored");
        }
        let what = format!("score of 1,000,000 touches, {order}");
        table.times(&what, &floor, &ours, &[(50, LIMIT, "3 s")]);
    }
    let mib = |bytes: u64| format!("{:.1} MiB", bytes as f64 / 1_048_576.0);
    table.figures(
        "its peak memory, 20,000 pairs",
        &mib(least),
        &mib(most),
        None,
        "<= 64 MiB",
        Some(most <= MEMORY),
    );
    Ok(())
}
