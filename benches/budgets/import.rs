//! An import of made-up vCards by the program itself, beside a program that only reads the file's lines.

use super::dice::{Dice, FIRMS, TITLES};
use super::figures::{Table, Times};
use super::pty;
use anyhow::{Result, bail};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const ROUNDS: usize = 3;
/// What the import may take, in milliseconds for ten thousand cards.
const LIMIT: f64 = 1_000.0;
const MEMORY: u64 = 100 << 20;

/// Writes `count` cards with what address books put into them.
fn cards(path: &Path, count: usize) -> Result<()> {
    let mut dice = Dice::new(4_000 + count as u64);
    let mut file = BufWriter::new(File::create(path)?);
    for at in 0..count {
        let name = dice.name();
        let version = if at % 3 == 0 { "4.0" } else { "3.0" };
        write!(
            file,
            "BEGIN:VCARD\r\nVERSION:{version}\r\nUID:urn:card:{at}\r\n"
        )?;
        write!(
            file,
            "N:{};{};;;\r\nFN:{}\r\n",
            name.family, name.given, name.whole
        )?;
        write!(
            file,
            "ORG:{} {}\r\nTITLE:{}\r\n",
            dice.pick(FIRMS),
            dice.below(count / 8 + 1),
            dice.pick(TITLES)
        )?;
        write!(
            file,
            "TEL;TYPE=work:+1 415 {:03} {:04}\r\n",
            at / 10_000,
            at % 10_000
        )?;
        write!(
            file,
            "item1.EMAIL;TYPE=INTERNET:card.{at}@example.org\r\nitem1.X-ABLabel:_$!<Work>!$_\r\n"
        )?;
        write!(
            file,
            "ADR;TYPE=home:;;{} Long Lane;Old Town;;{:05};\r\n",
            at % 300,
            at % 99_999
        )?;
        write!(
            file,
            "BDAY:19{:02}-0{}-1{}\r\nNOTE:{}\r\nX-KEPT:{at}\r\n",
            at % 100,
            at % 9 + 1,
            at % 10,
            dice.note()
        )?;
        write!(file, "END:VCARD\r\n")?;
    }
    file.flush()?;
    Ok(())
}

/// Runs a program to its end; how long it took and the most memory it had.
pub fn run(command: &mut Command) -> Result<(Duration, u64, String)> {
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut most = 0;
    let status = loop {
        most = pty::peak(child.id()).unwrap_or(0).max(most);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        sleep(Duration::from_micros(500));
    };
    let took = begun.elapsed();
    let said = std::io::read_to_string(child.stderr.take().expect("stderr was piped"))?;
    if !status.success() {
        bail!("{status}: {}", said.trim());
    }
    Ok((took, most, said))
}

/// Imports `count` cards a few times, each into a new book, and once more into the same.
pub fn measure(table: &mut Table, home: &Path, count: usize) -> Result<()> {
    let file = home.join("cards.vcf");
    cards(&file, count)?;
    let (mut floor, mut ours, mut again) = (Times::default(), Times::default(), Times::default());
    let (mut least, mut most) = (0, 0);
    for round in 0..ROUNDS {
        let (took, peak, _) = run(Command::new(std::env::current_exe()?)
            .arg("lines")
            .arg(&file))?;
        floor.push(took);
        least = least.max(peak);
        let book = home.join(format!("import-{round}")).join("book.sqlite");
        let import = |book: &PathBuf| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_chitbook"));
            command
                .arg("--book")
                .arg(book)
                .arg("import")
                .arg(&file)
                .current_dir(home);
            run(&mut command)
        };
        let (took, peak, _) = import(&book)?;
        if !book.exists() {
            bail!("the import made no book");
        }
        ours.push(took);
        most = most.max(peak);
        again.push(import(&book)?.0);
        if let Some(folder) = book.parent() {
            fs::remove_dir_all(folder)?;
        }
    }
    let limit = LIMIT * count as f64 / 10_000.0;
    let words = format!("{:.0} s", limit / 1e3);
    table.times(
        &format!("import of {count} vCards"),
        &floor,
        &ours,
        &[(50, limit, &words)],
    );
    table.times(
        "the same file again",
        &floor,
        &again,
        &[(50, limit, &words)],
    );
    let mib = |bytes: u64| format!("{:.1} MiB", bytes as f64 / 1_048_576.0);
    table.figures(
        "its peak memory",
        &mib(least),
        &mib(most),
        None,
        "<= 100 MiB",
        Some(most <= MEMORY),
    );
    Ok(())
}
