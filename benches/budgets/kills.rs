//! Kills: the real program killed at any moment while somebody types, many times over, and what its books hold afterwards.
//!
//! `-- kills 2000` kills two thousand; a kill takes half a minute on average, and forty programs run at once. Nothing here is a
//! budget: the figures are either what the program promises or they are not.

#[path = "../../tests/it/pty.rs"]
#[expect(dead_code, reason = "the tests ask more of a terminal")]
#[expect(clippy::unwrap_used, reason = "a run that cannot go on is counted")]
mod pty;
#[path = "../../tests/it/typist.rs"]
#[expect(clippy::unwrap_used, reason = "a run that cannot go on is counted")]
mod typist;

use anyhow::{Context, Result};
use std::io::Write;
use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use typist::{Found, PROMISED, Probe, Script};

/// Kills unless told otherwise.
const KILLS: usize = 100;
/// Programs at once.
const AT_ONCE: usize = 40;
/// Between the first starts.
const APART: Duration = Duration::from_millis(300);

/// Kills as many as the command line says and prints what was found.
pub fn run(count: Option<&str>) -> Result<()> {
    let count = match count {
        None => KILLS,
        Some(count) => count.parse().context("how many kills?")?,
    };
    let (tell, runs) = mpsc::channel();
    let next = Mutex::new(1..=count as u64);
    let probe = Probe::start();
    let (found, broken) = thread::scope(|scope| {
        for at in 0..AT_ONCE.min(count) {
            let (tell, next) = (tell.clone(), &next);
            scope.spawn(move || {
                // Nobody ever sends here: the first programs are not all started in one moment.
                let (_never, clock) = mpsc::channel::<()>();
                let _ = clock.recv_timeout(APART * at as u32);
                while let Some(seed) = next.lock().ok().and_then(|mut seeds| seeds.next()) {
                    let script = Script {
                        seed,
                        killed: 0..60_000,
                        words: 1..20,
                    };
                    let ended = thread::spawn(move || typist::run(&script)).join();
                    let _ = tell.send((seed, ended.ok()));
                }
            });
        }
        drop(tell);
        gather(&runs)
    });
    let longest = probe.longest();
    let text = text(&found, &broken, longest);
    write!(std::io::stdout().lock(), "{text}")?;
    Ok(())
}

/// Takes each run as it ends, and says what is wrong with it.
fn gather(runs: &mpsc::Receiver<(u64, Option<Found>)>) -> (Vec<Found>, Vec<u64>) {
    let (mut found, mut broken) = (Vec::new(), Vec::new());
    for (seed, run) in runs {
        let Some(run) = run else {
            broken.push(seed);
            continue;
        };
        for fault in run.faults() {
            super::say(&format!("run {seed}: {fault}"));
        }
        if run.lost.1 > PROMISED {
            super::say(&format!("run {seed}: {:.2?} of typing lost", run.lost.1));
        }
        found.push(run);
        if found.len().is_multiple_of(50) {
            super::say(&format!("{} kills", found.len()));
        }
    }
    (found, broken)
}

/// What was found in all of them.
fn text(found: &[Found], broken: &[u64], longest: Duration) -> String {
    let sum = |of: fn(&Found) -> usize| found.iter().map(of).sum::<usize>();
    let mut seconds: Vec<f64> = found.iter().map(|run| run.lost.1.as_secs_f64()).collect();
    seconds.sort_by(f64::total_cmp);
    let late = found.iter().filter(|run| run.lost.1 > PROMISED).count();
    let at = |part: usize| seconds.get(part).copied().unwrap_or_default();
    let most = found.iter().map(|run| run.lost.0).max().unwrap_or_default();
    let whole = found.iter().filter(|run| run.damaged.is_empty()).count();
    let acknowledged = sum(|run| run.acknowledged);
    [
        format!("kills                     {}", found.len()),
        format!("books whole               {whole}"),
        format!("typing lost, median       {:.2} s", at(seconds.len() / 2)),
        format!(
            "typing lost, 99 %         {:.2} s",
            at(seconds.len() * 99 / 100)
        ),
        format!(
            "typing lost, most         {:.2} s, {most} characters",
            at(seconds.len().saturating_sub(1))
        ),
        format!("lost more than promised   {late}"),
        format!("filings acknowledged      {acknowledged}"),
        format!(
            "filings found             {}",
            acknowledged - sum(|run| run.missing.len())
        ),
        format!("filed or kept twice       {}", sum(|run| run.doubled.len())),
        format!("wrong texts               {}", sum(|run| run.wrong.len())),
        format!("runs that broke off       {} {broken:?}", broken.len()),
        format!(
            "one confirmed write took  {:.2} s at worst meanwhile",
            longest.as_secs_f64()
        ),
        String::new(),
    ]
    .join("\n")
}
