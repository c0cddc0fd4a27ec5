//! `score`: the strength model judged on a log of touches, by whoever has one. No book is opened; the model's numbers are those of
//! the settings, which are the usual ones unless somebody wrote others into `config.toml`.

use super::args::Score;
use super::desk::Failure;
use super::export::to_file;
use super::output::Output;
use crate::domain::moment::date;
use crate::domain::strength::Params;
use crate::domain::text::{clean_line, fit};
use crate::exchange::score::{Problem, Tally, day_of, score as judge, seconds};
use crate::places::Places;
use crate::settings::{Row, Settings};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// What standard input and standard output are called.
const STANDARD: &str = "-";

/// Judges a log.
pub fn score(args: &Score, out: &mut Output) -> Result<(), Failure> {
    let cutoff = seconds(&args.cutoff).map_err(|what| Failure::Usage(format!("CUTOFF: {what}")))?;
    let (params, own) = params()?;
    let standard = |path: &Path| path.as_os_str() == STANDARD;
    let name = if standard(&args.log) {
        "standard input".to_owned()
    } else {
        args.log.display().to_string()
    };
    let log: Box<dyn Read> = if standard(&args.log) {
        Box::new(io::stdin().lock())
    } else {
        let unread = |error| Failure::could(format!("{name} could not be read: {error}"));
        Box::new(File::open(&args.log).map_err(unread)?)
    };
    if standard(&args.out) {
        let scratch = tempfile::tempfile;
        let tally = judge(log, cutoff, &params, scratch, &mut out.raw())
            .map_err(|problem| failed(&name, problem))?;
        // Whoever reads the scores reads nothing else there.
        out.flush()?;
        out.complain(&said(&tally, cutoff, &own));
        return Ok(());
    }
    if one_file(&args.log, &args.out) {
        return Err(Failure::could(format!(
            "{} is the log itself; the scores need a file of their own",
            args.out.display()
        )));
    }
    // Beside the scores there is room on a disk; the system's folder for such files often lies in memory.
    let folder = args.out.parent().filter(|f| !f.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let scratch = || tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile());
    let mut tally = Tally::default();
    to_file(&args.out, "scored", |file: &mut dyn Write| {
        tally =
            judge(log, cutoff, &params, scratch, file).map_err(|problem| failed(&name, problem))?;
        Ok(())
    })?;
    Ok(out.line(&said(&tally, cutoff, &own))?)
}

/// The numbers of the model: the settings', where there is a place for settings; and those that are not the usual ones, each with
/// its name.
fn params() -> Result<(Params, Vec<String>), Failure> {
    let Ok(places) = Places::find() else {
        return Ok((Params::default(), Vec::new()));
    };
    let (settings, rows) = Settings::load(&places.config).map_err(Failure::Could)?;
    let (_, usual) = Settings::parse("").map_err(|(_, what)| Failure::Could(what))?;
    // A score is the same whatever the cold line.
    let name = |row: &Row| match row.name.as_str() {
        "house_rhythm" => Some("house_rhythm".to_owned()),
        name => name.strip_prefix("strength.").map(str::to_owned),
    };
    let own = rows.iter().zip(&usual).filter_map(|(row, usual)| {
        let name = name(row).filter(|_| row.value != usual.value)?;
        Some(format!("{name} {}", row.value))
    });
    Ok((settings.params, own.collect()))
}

/// Whether writing one would overwrite the other.
fn one_file(log: &Path, out: &Path) -> bool {
    match (log.canonicalize(), out.canonicalize()) {
        (Ok(log), Ok(out)) => log == out && out.is_file(),
        _ => false,
    }
}

fn failed(name: &str, problem: Problem) -> Failure {
    match problem {
        Problem::Out(error) => Failure::from(error),
        problem @ Problem::Line { .. } => Failure::could(format!("{name}, {problem}")),
        problem => Failure::could(format!("{name}: {problem}")),
    }
}

/// What was done, in a line.
fn said(tally: &Tally, cutoff: i64, own: &[String]) -> String {
    let counted = |count: u64, one: &str, many: &str| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    let mut said = format!(
        "Scored {} from {}, as of {} UTC",
        counted(tally.pairs as u64, "pair", "pairs"),
        counted(tally.touches, "touch", "touches"),
        date(day_of(cutoff)),
    );
    if tally.ignored > 0 {
        let later = counted(tally.ignored, "touch", "touches");
        let _ = write!(said, "; {later} from then on left out");
    }
    if tally.strange > 0 {
        let strange = counted(tally.strange, "touch", "touches");
        let kind = fit(&clean_line(&tally.strange_kind), 30);
        let _ = write!(
            said,
            "; {strange} of a kind not known (\"{kind}\") counted as calls"
        );
    }
    if !own.is_empty() {
        let own = own.join(", ");
        let _ = write!(
            said,
            "; by config.toml's own numbers, not the usual ones: {own}"
        );
    }
    said
}
