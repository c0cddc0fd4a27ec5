//! The budgets: what the dashboard costs beside the least program that could do the same, measured in the same minute.
//!
//! `cargo bench` prints one table for each size of book. The machine may be busy and the disk slow: that is why every figure stands
//! beside its floor, goals are ratios, and nothing here ever fails a build. `-- --large` adds a book of 100,000 people and
//! 2,000,000 touches (so does `CHITBOOK_BENCH_LARGE=1`); `-- 200`, `-- 10000`, `-- import`, `-- within`, `-- screen`,
//! `-- model`, `-- paths`, `-- week` measure a part. `-- kills 2000` measures nothing: it kills the program two thousand times while somebody types.
//!
//! ```text
//! figures  percentiles, ratios, the table      floor   the program measured against
//! dice     made-up names and words             pty     a program in a terminal
//! book     made-up books                       screen  start, keys, save, idle, memory, quit
//! clock    today                               within  the store alone       import  vCards
//! model    the strength model alone, and logs                     kills   what is left of a killed program
//! paths    the warmest chains to somebody                         typing  a long note
//! week     Today, accounts, the review and the report
//! ```

mod book;
mod clock;
mod dice;
mod figures;
mod floor;
mod import;
mod kills;
mod model;
mod paths;
mod pty;
mod screen;
mod typing;
mod week;
mod within;

use anyhow::{Context, Result, bail};
use book::Size;
use figures::Table;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["floor", file] => floor::run(Path::new(file)),
        ["lines", file] => floor::lines(Path::new(file)).map(|_| ()),
        ["kills"] => kills::run(None),
        ["kills", count] => kills::run(Some(count)),
        ["mails", file] => floor::mails(Path::new(file)).map(|_| ()),
        ["make", people, file] => book::make(size_of(people)?, Path::new(file)),
        _ => measure(&words),
    }
}

/// Something to say while measuring, beside the table.
pub fn say(what: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{what}");
}

fn size_of(people: &str) -> Result<Size> {
    let sizes = [Size::SMALL, Size::MIDDLE, Size::LARGE];
    let found = sizes
        .into_iter()
        .find(|size| size.people.to_string() == people);
    found.with_context(|| format!("no book of {people} people is made here"))
}

/// What can be measured alone.
const PARTS: [&str; 6] = ["screen", "within", "week", "import", "model", "paths"];

/// What was asked for on the command line.
struct Wanted {
    sizes: Vec<Size>,
    parts: Vec<String>,
}

impl Wanted {
    fn of(words: &[&str]) -> Result<Self> {
        let large =
            words.contains(&"--large") || std::env::var_os("CHITBOOK_BENCH_LARGE").is_some();
        let (sizes, parts): (Vec<&str>, Vec<&str>) = words
            .iter()
            .filter(|word| !word.starts_with("--"))
            .partition(|word| word.parse::<usize>().is_ok());
        if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(*part)) {
            bail!(
                "there is no part \"{unknown}\"; the parts are {}",
                PARTS.join(", ")
            );
        }
        let mut sizes = sizes.into_iter().map(size_of).collect::<Result<Vec<_>>>()?;
        if sizes.is_empty() {
            sizes = vec![Size::SMALL, Size::MIDDLE];
            sizes.extend(large.then_some(Size::LARGE));
        }
        Ok(Wanted {
            sizes,
            parts: parts.into_iter().map(str::to_owned).collect(),
        })
    }

    /// Whether a part is to be measured: everything, unless parts were named.
    fn part(&self, name: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|part| part == name)
    }
}

/// A copy of the made-up book in a folder of its own: what is measured also writes.
fn copy_of(size: Size, home: &Path) -> Result<PathBuf> {
    let original = book::place(size);
    // In a process of its own, so that this one stays small: a large one takes long to start others.
    let made = Command::new(std::env::current_exe()?)
        .arg("make")
        .arg(size.people.to_string())
        .arg(&original)
        .status()?;
    if !made.success() {
        bail!("the book of {} people could not be made", size.people);
    }
    let copy = home.join("book.sqlite");
    fs::copy(&original, &copy)?;
    Ok(copy)
}

fn measure(words: &[&str]) -> Result<()> {
    let wanted = Wanted::of(words)?;
    let mut table = Table::default();
    let books = ["screen", "within", "week"];
    let books = books.iter().any(|part| wanted.part(part));
    for size in wanted.sizes.iter().filter(|_| books) {
        let folder = tempfile::tempdir_in(book::folder())?;
        let copy = copy_of(*size, folder.path())?;
        table.heading(&format!("{} people, {} touches", size.people, size.touches));
        if wanted.part("screen") {
            let measured = screen::Stage::new(*size, &copy, folder.path())
                .and_then(|stage| stage.measure(&mut table));
            if let Err(error) = measured {
                table.missing("the rest", "could not be measured");
                say(&format!("{error:#}"));
            }
        }
        if wanted.part("within") {
            table.heading(&format!("{} people, in process", size.people));
            within::measure(&mut table, *size, &copy)?;
        }
        if wanted.part("week") {
            table.heading(&format!("{} people, the week", size.people));
            week::measure(&mut table, &copy)?;
        }
    }
    if wanted.part("import") {
        table.heading("import");
        let folder = tempfile::tempdir_in(book::folder())?;
        for count in
            std::iter::once(10_000).chain(wanted.sizes.contains(&Size::LARGE).then_some(100_000))
        {
            if let Err(error) = import::measure(&mut table, folder.path(), count) {
                table.missing("import", "could not be measured");
                say(&format!("import: {error:#}"));
            }
        }
        let megabytes = if wanted.sizes.contains(&Size::LARGE) {
            1_000
        } else {
            100
        };
        if let Err(error) = import::happened(&mut table, folder.path(), megabytes) {
            table.missing("calendar and mail", "could not be measured");
            say(&format!("calendar and mail: {error:#}"));
        }
    }
    if wanted.part("model") {
        table.heading("the strength model");
        let folder = tempfile::tempdir_in(book::folder())?;
        if let Err(error) = model::measure(&mut table, folder.path()) {
            table.missing("the model", "could not be measured");
            say(&format!("model: {error:#}"));
        }
    }
    if wanted.part("paths") {
        table.heading("warm paths");
        paths::measure(&mut table);
    }
    write!(std::io::stdout().lock(), "{}", table.text())?;
    Ok(())
}
