//! `import`: files of other programs into the book, as one step that one undo takes back.
//!
//! Every record of every file ends as new, same, merged, conflicting or skipped, and the counts add up to the records. What the
//! book says is never overwritten. All files are one transaction: an import that is interrupted or fails leaves nothing behind.

mod ahead;
mod calendar;
mod columns;
mod crm;
mod folder;
mod guests;
#[cfg(test)]
mod laws;
mod log;
mod mail;
#[cfg(test)]
mod odd;
mod people;
mod source;
mod tally;

use super::args::{Import, ImportAs};
use super::desk::{Desk, Failure};
use super::output::{Output, Progress};
use crate::domain::id::Id;
use crate::domain::moment::{Moment, Zone};
use crate::domain::text::fit;
use crate::domain::when::{DateOrder, Look};
use crate::exchange::csv::{self, Dialect, Guess, Map, Maps};
use crate::exchange::ical::Mine;
use crate::exchange::{abook, json, vcard};
use crate::store::{Bulk, Landed, Store};
use chrono::NaiveDate;
use columns::Said;
use source::Source;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use tally::{Detail, Ended, Nouns, Tally};

pub(super) use people::own_id;

/// Records between two looks at the progress line.
const STRIDE: u64 = 256;

/// What an import was told.
struct Told {
    now: Moment,
    zone: Zone,
    ghosts: bool,
    /// How `3/4` is read.
    order: DateOrder,
    /// What was said of a table's columns.
    map: Map,
    /// The currency of amounts that name none.
    currency: String,
    /// What is before this day is not looked at.
    since: Option<NaiveDate>,
    /// The rep's own addresses.
    mine: Mine,
    /// Where they could be set.
    config: PathBuf,
}

/// An import under way.
struct Run<'a> {
    bulk: Bulk<'a>,
    told: Told,
    files: Vec<Tally>,
    progress: Progress,
    /// Whom the book has for an address, as far as it was asked.
    known: HashMap<String, Option<Id>>,
    /// Those whom this import brought in as ghosts; what else it brings does not wake them.
    born: HashSet<Id>,
    /// Events of calendars that were read, by identity, with their revisions.
    events: HashMap<u64, u32>,
    /// How people know each other, until both are in the book.
    links: Vec<crm::Link>,
    /// Who took part in activities that are still to come, by identities.
    activities: HashMap<String, Vec<String>>,
    /// Everybody's name, once a part of one was looked for.
    names: Option<Vec<(Id, String)>>,
    /// What the columns of a table that nobody knows may be.
    guesses: Vec<Guess>,
    /// What was said of the columns of tables, and their fingerprints, to be remembered.
    maps: Vec<(u64, String)>,
}

/// Imports.
pub fn import(desk: &mut Desk<'_>, args: &Import) -> Result<(), Failure> {
    if args.dry_run {
        desk.there()?;
    }
    let mut told = Told {
        now: desk.now,
        zone: Zone::Local,
        ghosts: args.ghosts,
        order: desk.settings.date_order,
        map: columns::map(args)?,
        currency: desk.settings.currency.clone(),
        since: match &args.since {
            Some(phrase) => Some(desk.day(Some(phrase), Look::Back)?),
            None => None,
        },
        mine: Mine::new(
            args.mine
                .iter()
                .chain(&desk.settings.addresses)
                .map(String::as_str),
        ),
        config: desk.config.clone(),
    };
    let mut book = desk.book_to_change()?;
    if !args.dry_run
        && book.count()? > 0
        && let Err(error) = book.daily_backup(&desk.now)
    {
        desk.out
            .complain(&format!("today's backup was not made: {error}"));
    }
    told.mine
        .add(book.own_addresses()?.iter().map(String::as_str));
    let said = columns::ask(desk, &book, args)?;
    let asked = !said.is_empty();
    let (files, maps) = all(&mut book, told, &said, args, desk.out)?;
    if !args.dry_run {
        for (print, map) in maps {
            book.remember_map(print, &map)?;
        }
    }
    if !args.dry_run && book.derived_otherwise()? {
        book.turn_to(desk.today())?;
    }
    if args.json {
        let report = tally::document(&files, args.dry_run);
        return Ok(desk.out.json(&report)?);
    }
    tally::print(desk.out, &files, args.dry_run)?;
    if asked && !args.dry_run {
        desk.out.line(columns::REMEMBERED)?;
    }
    Ok(())
}

/// What became of every file, and what was said of the columns of tables.
type Read = (Vec<Tally>, Vec<(u64, String)>);

/// Every file, in one transaction.
fn all(
    book: &mut Store,
    told: Told,
    said: &Said,
    args: &Import,
    out: &mut Output,
) -> Result<Read, Failure> {
    let general = told.map.clone();
    let mut run = Run {
        bulk: book.import("Imported", &told.now)?,
        told,
        files: Vec::new(),
        progress: Progress::new(),
        known: HashMap::new(),
        born: HashSet::new(),
        events: HashMap::new(),
        links: Vec::new(),
        activities: HashMap::new(),
        names: None,
        guesses: Vec::new(),
        maps: Vec::new(),
    };
    for path in &args.files {
        run.told.map = said.get(path).unwrap_or(&general).clone();
        let outcome = run.path(path, args.format).and_then(|()| run.settle());
        if let Err(failure) = outcome {
            run.progress.end();
            run.bulk.abandon();
            if !args.json {
                columns::guessed(out, &run.guesses)?;
            }
            return Err(failure);
        }
    }
    run.progress.end();
    if args.dry_run || !run.files.iter().any(Tally::changed) {
        // A step that changed nothing would be one to undo.
        run.bulk.abandon();
    } else {
        run.bulk.rename(&label(&run.files))?;
        run.bulk.finish()?;
    }
    Ok((run.files, run.maps))
}

/// What undo calls the step.
fn label(files: &[Tally]) -> String {
    let sum = |ended| files.iter().map(|file| file.count(ended)).sum::<u64>();
    let updated = files.iter().map(|file| file.updated).sum::<u64>();
    let (verb, count) = match sum(Ended::New) {
        0 => ("Updated", updated),
        new => ("Imported", new),
    };
    let nouns = files.first().map_or(tally::RECORDS, |file| file.nouns);
    let alike = files.iter().all(|file| file.nouns == nouns);
    let nouns = if alike { nouns } else { tally::RECORDS };
    let what = if count == 1 { nouns.one } else { nouns.many };
    let from = match files {
        [one] => fit(&one.name, 60),
        many => format!("{} files", many.len()),
    };
    format!("{verb} {count} {what} from {from}")
}

/// The sentence for what cannot be while nobody else writes.
fn changed_meanwhile() -> Failure {
    Failure::could("the book changed while it was imported into")
}

/// What a format is called in a report, and its records.
fn words(format: ImportAs) -> (&'static str, Nouns) {
    match format {
        ImportAs::Vcard => ("vcard", tally::PEOPLE),
        ImportAs::Csv => ("csv", tally::PEOPLE),
        ImportAs::Abook => ("abook", tally::PEOPLE),
        ImportAs::Touches => ("touches", tally::TOUCHES),
        ImportAs::Notes => ("notes", tally::NOTES),
        ImportAs::Monica => ("monica", tally::MONICA),
        ImportAs::Ics => ("ics", tally::EVENTS),
        ImportAs::Mbox => ("mbox", tally::MAILS),
        ImportAs::Json => ("json", tally::ROWS),
    }
}

impl Run<'_> {
    /// The sentence that asks for the rep's own addresses.
    fn whose(&self, why: &str) -> Failure {
        Failure::could(format!(
            "{why}: say `addresses = [\"you@example.org\"]` in {}, or --mine you@example.org",
            self.told.config.display()
        ))
    }

    /// A file, a folder or standard input.
    fn path(&mut self, path: &Path, format: Option<ImportAs>) -> Result<(), Failure> {
        if path.is_dir() {
            return self.folder(path, format);
        }
        let source = Source::open(path)?;
        let format = source.format(format)?;
        let (word, nouns) = words(format);
        self.files.push(Tally::new(&source.name, word, nouns));
        self.file(source, format)
    }

    /// One file, counted in the tally begun last.
    fn file(&mut self, source: Source, format: ImportAs) -> Result<(), Failure> {
        let name = source.name.clone();
        let (far, large) = (source.far(), source.is_large());
        let how = (large, self.told.ghosts);
        match format {
            ImportAs::Vcard => {
                self.records(vcard::read(source.reader), how, &name, &far)?;
            }
            ImportAs::Csv => {
                let table = match self.table(source.reader) {
                    Ok(table) => table,
                    Err(problem) if self.in_folder() => {
                        self.skip(0, &problem.to_string());
                        return Ok(());
                    }
                    Err(problem) => {
                        let sentence = format!("{name}: {problem}; nothing was imported");
                        if let csv::Problem::Unknown { guesses, .. } = problem {
                            self.guesses = guesses;
                        }
                        return Err(Failure::could(sentence));
                    }
                };
                let ghosts = self.told.ghosts || *table.dialect() == Dialect::LinkedIn;
                self.records(table, (large, ghosts), &name, &far)?;
            }
            ImportAs::Abook => {
                self.records(abook::read(source.reader), how, &name, &far)?;
            }
            ImportAs::Touches => self.touch_log(source)?,
            ImportAs::Notes => self.note_block(source)?,
            ImportAs::Monica => self.monica(source)?,
            ImportAs::Ics => self.calendar(source)?,
            ImportAs::Mbox => self.mailbox(source)?,
            ImportAs::Json => {
                self.bulk.any_order()?;
                json::read(source.reader, &mut |table, row| {
                    self.row(table, &row)?;
                    self.show(&far);
                    Ok(())
                })
                .map_err(|error| {
                    Failure::could(format!("{name}: {error}; nothing was imported"))
                })?;
            }
        }
        Ok(())
    }

    /// A table, read by what was said of its columns, what is known of them, or what was said of the same ones before.
    fn table(
        &mut self,
        reader: Box<dyn io::Read + Send>,
    ) -> Result<csv::Table<Box<dyn io::Read + Send>>, csv::Problem> {
        let maps = Maps {
            said: Some(self.told.map.clone()).filter(|map| !map.is_empty()),
            remembered: &|print| {
                let kept = self.bulk.remembered_map(print).ok().flatten();
                kept.as_deref().and_then(Map::read)
            },
            home: &self.told.currency,
        };
        let table = csv::read(reader, &maps)?;
        if let Dialect::Mapped(map) = table.dialect() {
            self.maps.push((table.print(), map.kept()));
        }
        Ok(table)
    }

    /// What is done once a file, or all files of a folder, are read.
    fn settle(&mut self) -> Result<(), Failure> {
        self.suggest_links()?;
        self.plan_meetings()
    }

    /// Whether the file is one of a folder, where one that cannot be read costs only itself.
    fn in_folder(&self) -> bool {
        self.files.last().is_some_and(Tally::is_folder)
    }

    fn show(&mut self, far: &source::Far) {
        let Some(file) = self.files.last() else {
            return;
        };
        if file.records().is_multiple_of(STRIDE) {
            let text = format!("{}: {} records, {far}", file.name, file.records());
            self.progress.say(&text);
        }
    }

    fn note(&mut self, ended: Ended, details: Vec<Detail>) {
        if let Some(file) = self.files.last_mut() {
            file.end(ended, details);
        }
    }

    /// Counts a record that was skipped for a reason that many have.
    fn skip(&mut self, line: u64, reason: &str) {
        if let Some(file) = self.files.last_mut() {
            file.skip(line, reason);
        }
    }

    fn updated(&mut self) {
        if let Some(file) = self.files.last_mut() {
            file.updated += 1;
        }
    }

    /// One row of a whole book.
    fn row(&mut self, table: &str, row: &json::Row) -> Result<(), String> {
        let landed = self
            .bulk
            .bring(table, row)
            .map_err(|error| error.to_string())?;
        if landed == Landed::New && matches!(table, "contact" | "email") {
            self.known.clear();
            self.names = None;
        }
        let (ended, details) = match landed {
            Landed::New => (Ended::New, Vec::new()),
            Landed::Same => (Ended::Same, Vec::new()),
            Landed::Conflicting => {
                let id = row.get("id").and_then(|id| id.as_str()).unwrap_or_default();
                let line = self.files.last().map_or(0, Tally::records) + 1;
                let text = "the book has this row with other values; the book's was kept";
                let name = format!("{table} {id}");
                (Ended::Conflicting, vec![Detail::new(line, &name, text)])
            }
        };
        self.note(ended, details);
        Ok(())
    }
}

/// The sentence for a file that cannot be read on.
fn unread(name: &str) -> impl Fn(io::Error) -> Failure {
    let name = name.to_owned();
    move |error| {
        Failure::could(format!(
            "{name} could not be read: {error}; nothing was imported"
        ))
    }
}

#[cfg(test)]
impl<'a> Run<'a> {
    /// An import into `book` for the tests of its parts.
    fn for_tests(book: &'a mut Store, now: Moment) -> Self {
        Run {
            bulk: book
                .bulk("Imported", &now)
                .expect("the book can be written"),
            told: Told {
                now,
                zone: Zone::utc(),
                ghosts: false,
                order: DateOrder::Mdy,
                map: Map::default(),
                currency: "USD".to_owned(),
                since: None,
                mine: Mine::new(["rep@own.example"]),
                config: PathBuf::new(),
            },
            files: Vec::new(),
            progress: Progress::new(),
            known: HashMap::new(),
            born: HashSet::new(),
            events: HashMap::new(),
            links: Vec::new(),
            activities: HashMap::new(),
            names: None,
            guesses: Vec::new(),
            maps: Vec::new(),
        }
    }
}
