//! `export`: people as vCards, as a table, as pages of Markdown or as JSON; every list of the book as a table or JSON; the chits as an
//! hledger journal, too; what lies ahead as a calendar; and the whole book as JSON, or as a folder of tables.
//!
//! A file is written beside its place and gets its name when it is complete, so that an interrupted export leaves nothing half
//! done. It is readable by its owner alone, like the book.

mod agenda;
mod lists;
mod pages;
mod tables;

use super::args::{Export, ExportAs, ExportWhat};
use super::desk::{Desk, Failure};
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::moment::Zone;
use crate::exchange::csv::Layout;
use crate::exchange::hledger;
use crate::exchange::json::Writer;
use crate::exchange::vcard::{self, Version};
use crate::store::{ChitFilter, Error, Store};
use chrono::NaiveDate;
use serde_json::json;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Exports.
pub fn export(desk: &mut Desk<'_>, args: &Export) -> Result<(), Failure> {
    let what = what(args)?;
    let book = desk.book_there()?;
    if args.format == ExportAs::Markdown {
        let Some(folder) = &args.output else {
            let sentence = "pages of Markdown go into a folder: say which with -o FOLDER";
            return Err(Failure::Usage(sentence.to_owned()));
        };
        let count = book.at_one_moment(|book| pages::write(book, folder))?;
        let sentence = format!("{} pages written into {}", count, folder.display());
        return Ok(desk.out.line(&sentence)?);
    }
    if let (ExportWhat::All, ExportAs::Csv, Some(folder)) = (what, args.format, &args.output) {
        let count = book.at_one_moment(|book| tables::folder(book, folder, args.raw))?;
        let sentence = format!("{count} tables written into {}", folder.display());
        return Ok(desk.out.line(&sentence)?);
    }
    let zone = Zone::Local;
    let today = desk.date();
    // A table is read twice and a book table by table: both must see one state of the book.
    book.at_one_moment(|book| match &args.output {
        None => write(book, args, what, today, zone, &mut desk.out.raw()),
        Some(path) => to_file(path, "exported", |out| {
            write(book, args, what, today, zone, out)
        }),
    })
}

/// What is exported, where nothing was said the usual of the form; a form that does not fit is wrong usage.
fn what(args: &Export) -> Result<ExportWhat, Failure> {
    let usual = match args.format {
        // JSON of people alone cannot come back, so it has to be asked for.
        ExportAs::Json => ExportWhat::All,
        ExportAs::Csv | ExportAs::Vcard | ExportAs::Markdown => ExportWhat::Contacts,
        ExportAs::Ics => ExportWhat::Agenda,
        ExportAs::Hledger => ExportWhat::Chits,
    };
    let what = args.what.unwrap_or(usual);
    let fits = match args.format {
        ExportAs::Json | ExportAs::Csv => what.is_list(),
        _ => what == usual,
    };
    let aimless =
        fits && (what, args.format) == (ExportWhat::All, ExportAs::Csv) && args.output.is_none();
    if fits && !aimless {
        return Ok(what);
    }
    Err(Failure::Usage(match (what, args.format) {
        (_, ExportAs::Csv) if aimless => "every list as a table goes into a folder, one file each: say which with -o FOLDER".to_owned(),
        (ExportWhat::All, _) => "the whole book is exported as JSON: say `chitbook export all --as json`".to_owned(),
        (_, ExportAs::Hledger) => "an hledger journal has the chits: say `chitbook export chits --as hledger`".to_owned(),
        (_, ExportAs::Ics) => "a calendar has promises, plans and days to remember: say `chitbook export agenda --as ics`".to_owned(),
        (ExportWhat::Agenda, _) => "what lies ahead is exported as a calendar: say `chitbook export agenda --as ics`".to_owned(),
        _ => "vCards and pages of Markdown are of people: say `chitbook export contacts`".to_owned(),
    }))
}

/// Writes a file as a whole: a device or a pipe directly, anything else under another name first. Where that cannot be, `done` is
/// what was not.
pub(super) fn to_file(
    path: &Path,
    done: &str,
    work: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let cannot = |error: io::Error| {
        Failure::could(format!(
            "{} could not be written: {error}; nothing was {done}",
            path.display()
        ))
    };
    let special = std::fs::metadata(path).is_ok_and(|found| !found.is_file());
    if special {
        let file = std::fs::File::options().write(true).open(path);
        let mut out = BufWriter::new(file.map_err(cannot)?);
        work(&mut out)?;
        return out.flush().map_err(cannot);
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let part = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(cannot)?;
    let mut out = BufWriter::new(part);
    work(&mut out)?;
    let part = out
        .into_inner()
        .map_err(|error| cannot(error.into_error()))?;
    part.as_file().sync_all().map_err(cannot)?;
    part.persist(path).map_err(|error| cannot(error.error))?;
    Ok(())
}

fn write(
    book: &Store,
    args: &Export,
    what: ExportWhat,
    today: NaiveDate,
    zone: Zone,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let json = args.format == ExportAs::Json;
    match (what, args.format) {
        (ExportWhat::All, _) => everything(book, out)?,
        (ExportWhat::List(list), _) => {
            tables::write(book, list, &tables::Names::of(book)?, (json, args.raw), out)?;
        }
        (ExportWhat::Agenda, _) => agenda::write(book, today, zone, out)?,
        (ExportWhat::Touches, _) => lists::touches(book, json, args.raw, out)?,
        (ExportWhat::Chits, ExportAs::Hledger) => {
            hledger::write(out, &book.chits(&ChitFilter::default())?)?;
        }
        (ExportWhat::Chits, _) => lists::chits(book, today, json, args.raw, out)?,
        (ExportWhat::Referrals, _) => lists::referrals(book, json, args.raw, out)?,
        (ExportWhat::Promises, _) => lists::promises(book, json, args.raw, out)?,
        (ExportWhat::Contacts, ExportAs::Vcard) => {
            let version = if args.vcard == 3 {
                Version::V3
            } else {
                Version::V4
            };
            each_card(book, |id, card| {
                Ok(out.write_all(vcard::write(card, &uid(id), version).as_bytes())?)
            })?;
        }
        (ExportWhat::Contacts, ExportAs::Json) => people(book, out)?,
        (ExportWhat::Contacts, _) => {
            let mut layout = Layout::new().raw(args.raw);
            each_card(book, |_, card| {
                layout.widen(card);
                Ok(())
            })?;
            out.write_all(layout.header().as_bytes())?;
            each_card(book, |_, card| {
                Ok(out.write_all(layout.row(card).as_bytes())?)
            })?;
        }
    }
    Ok(out.flush()?)
}

/// The identity a person has for other address books when none of them gave one.
pub(super) fn uid(id: Id) -> String {
    format!("chitbook-{id}")
}

/// Everybody but me, in the order they came into the book.
fn each_card(
    book: &Store,
    mut each: impl FnMut(Id, &Card) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut ids = book.contact_ids()?;
    ids.sort_unstable();
    for id in ids {
        if let Some(card) = book.card(id)? {
            each(id, &card)?;
        }
    }
    Ok(())
}

/// The cards as one JSON list.
fn people(book: &Store, out: &mut dyn Write) -> Result<(), Failure> {
    let mut first = true;
    each_card(book, |id, card| {
        out.write_all(if first { b"[\n" } else { b",\n" })?;
        first = false;
        let mut object = json!({"id": id});
        let card = serde_json::to_value(card).map_err(io::Error::from)?;
        if let (Some(object), serde_json::Value::Object(card)) = (object.as_object_mut(), card) {
            object.extend(card);
        }
        serde_json::to_writer(&mut *out, &object).map_err(io::Error::from)?;
        Ok(())
    })?;
    let end: &[u8] = if first { b"[]\n" } else { b"\n]\n" };
    Ok(out.write_all(end)?)
}

/// What can go wrong between the rows of the book and the file.
enum Broken {
    Book(Error),
    File(io::Error),
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        Broken::Book(error)
    }
}

/// Every row of the book.
fn everything(book: &Store, out: &mut dyn Write) -> Result<(), Failure> {
    let mut writer = Writer::new(out)?;
    for table in Store::tables_of_everything() {
        writer.table(table)?;
        let outcome = book.each_row(table, |row| writer.row(&row).map_err(Broken::File));
        outcome.map_err(|broken| match broken {
            Broken::Book(error) => Failure::from(error),
            Broken::File(error) => Failure::from(error),
        })?;
    }
    Ok(writer.finish()?)
}
