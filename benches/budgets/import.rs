//! Imports of made-up vCards, a calendar and a mailbox by the program itself, beside a program that only reads the file's lines.

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

/// What a calendar of a hundred thousand events may take, in milliseconds.
const CALENDAR: f64 = 3_000.0;
/// People in the book that calendar and mail are about.
const PEOPLE: usize = 10_000;

/// Writes a calendar of `count` events with people of [`cards`].
fn calendar(path: &Path, count: usize) -> Result<()> {
    let mut dice = Dice::new(77);
    let mut file = BufWriter::new(File::create(path)?);
    write!(
        file,
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:rep@own.example\r\n"
    )?;
    for at in 0..count {
        let (month, day, hour) = (at % 12 + 1, at % 28 + 1, at % 10 + 8);
        let year = 2018 + at % 8;
        write!(
            file,
            "BEGIN:VEVENT\r\nUID:{at}@calendar.example\r\nDTSTAMP:20260101T000000Z\r\n\
             DTSTART;TZID=Europe/Berlin:{year}{month:02}{day:02}T{hour:02}0000\r\nDURATION:PT45M\r\n\
             ORGANIZER;CN=Rita:mailto:rep@own.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:rep@own.example\r\n"
        )?;
        for _ in 0..=at % 2 {
            let whom = dice.below(PEOPLE);
            write!(
                file,
                "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;CN=Guest:mailto:card.{whom}@example.org\r\n"
            )?;
        }
        write!(
            file,
            "SUMMARY:{}\r\nSTATUS:CONFIRMED\r\nSEQUENCE:0\r\nEND:VEVENT\r\n",
            dice.pick(TITLES)
        )?;
    }
    write!(file, "END:VCALENDAR\r\n")?;
    file.flush()?;
    Ok(())
}

/// Writes a mailbox of so many megabytes: short mails, and every third with something large attached.
fn mailbox(path: &Path, megabytes: usize) -> Result<()> {
    let mut dice = Dice::new(78);
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let attached = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg==\r\n"
        .repeat(2_000);
    let (mut written, mut at) = (0, 0);
    while written < megabytes << 20 {
        let whom = dice.below(PEOPLE);
        let (month, day) = (at % 12 + 1, at % 28 + 1);
        let other = format!("card.{whom}@example.org");
        let (from, to) = if at % 2 == 0 {
            ("rep@own.example", other.as_str())
        } else {
            (other.as_str(), "rep@own.example")
        };
        let body = if at % 3 == 0 {
            attached.as_str()
        } else {
            "Thank you for your mail.\r\n"
        };
        let mail = format!(
            "From {from} Mon Nov 06 12:00:00 2023\r\nDate: {day} {} 202{} 12:00:00 +0100\r\nFrom: {from}\r\nTo: Somebody <{to}>\r\n\
             Message-ID: <{at}@mail.example>\r\nSubject: {}\r\nMIME-Version: 1.0\r\n\r\n{body}\r\n",
            [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
            ][month - 1],
            at % 6,
            dice.pick(TITLES)
        );
        file.write_all(mail.as_bytes())?;
        written += mail.len();
        at += 1;
    }
    file.flush()?;
    Ok(())
}

/// Imports a calendar of 100,000 events and a mailbox into a book of ten thousand people.
pub fn happened(table: &mut Table, home: &Path, megabytes: usize) -> Result<()> {
    let (people, events, mails) = (
        home.join("people.vcf"),
        home.join("events.ics"),
        home.join("all.mbox"),
    );
    cards(&people, PEOPLE)?;
    calendar(&events, 100_000)?;
    mailbox(&mails, megabytes)?;
    let book = home.join("happened").join("book.sqlite");
    let import = |file: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chitbook"));
        command.arg("--book").arg(&book).arg("import").arg(file);
        command
            .args(["--mine", "rep@own.example"])
            .current_dir(home);
        run(&mut command)
    };
    import(&people)?;
    // Each time the book knows the people and nothing else.
    let before = home.join("before.sqlite");
    std::fs::copy(&book, &before)?;
    let floor =
        |what: &str, file: &Path| run(Command::new(std::env::current_exe()?).arg(what).arg(file));
    let mib = |bytes: u64| format!("{:.1} MiB", bytes as f64 / 1_048_576.0);
    for (what, named, file) in [
        ("lines", "a calendar of 100000 events".to_owned(), &events),
        ("mails", format!("a mailbox of {megabytes} MB"), &mails),
    ] {
        let (mut floors, mut ours, mut again) =
            (Times::default(), Times::default(), Times::default());
        let (mut least, mut first) = (floor(what, file)?, import(file)?);
        floors.push(least.0);
        ours.push(first.0);
        again.push(import(file)?.0);
        for _ in 1..ROUNDS {
            std::fs::copy(&before, &book)?;
            let (floor, once) = (floor(what, file)?, import(file)?);
            floors.push(floor.0);
            ours.push(once.0);
            again.push(import(file)?.0);
            least.1 = least.1.max(floor.1);
            first.1 = first.1.max(once.1);
        }
        std::fs::copy(&before, &book)?;
        let twice = 2.0 * floors.p(50);
        let limit = if what == "mails" {
            (twice, "2 x the floor")
        } else {
            (CALENDAR, "3 s")
        };
        table.times(&named, &floors, &ours, &[(50, limit.0, limit.1)]);
        table.times("the same again", &floors, &again, &[(50, limit.0, limit.1)]);
        table.figures(
            "its peak memory",
            &mib(least.1),
            &mib(first.1),
            None,
            "<= 100 MiB",
            Some(first.1 <= MEMORY),
        );
    }
    Ok(())
}
