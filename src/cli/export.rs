//! `export`: people as vCards, as a table or as JSON, the chits as an hledger journal, and the whole book as JSON.
//!
//! A file is written beside its place and gets its name when it is complete, so that an interrupted export leaves nothing half
//! done. It is readable by its owner alone, like the book.

use super::args::{Export, ExportAs, ExportWhat};
use super::desk::{Desk, Failure};
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::exchange::csv::Layout;
use crate::exchange::hledger;
use crate::exchange::json::Writer;
use crate::exchange::vcard::{self, Version};
use crate::store::{ChitFilter, Error, Store};
use serde_json::json;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Exports.
pub fn export(desk: &mut Desk<'_>, args: &Export) -> Result<(), Failure> {
    if args.what == Some(ExportWhat::All) && args.format != ExportAs::Json {
        return Err(Failure::Usage(
            "the whole book is exported as JSON: say `chitbook export all --as json`".to_owned(),
        ));
    }
    let chits = args.what == Some(ExportWhat::Chits);
    let hledger = args.format == ExportAs::Hledger;
    if chits != hledger && (chits || args.what.is_some()) {
        return Err(Failure::Usage(
            "the chits are exported as an hledger journal, and nothing else is: say `chitbook export chits --as hledger`; `chitbook chits --json` gives them as JSON"
                .to_owned(),
        ));
    }
    let book = desk.book_there()?;
    // A table is read twice and a book table by table: both must see one state of the book.
    book.at_one_moment(|book| match &args.output {
        None => write(book, args, &mut desk.out.raw()),
        Some(path) => to_file(path, "exported", |out| write(book, args, out)),
    })
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

fn write(book: &Store, args: &Export, out: &mut dyn Write) -> Result<(), Failure> {
    // JSON of people alone cannot come back, so it has to be asked for.
    let usual = match args.format {
        ExportAs::Json => ExportWhat::All,
        ExportAs::Hledger => ExportWhat::Chits,
        ExportAs::Vcard | ExportAs::Csv => ExportWhat::Contacts,
    };
    match (args.what.unwrap_or(usual), args.format) {
        (ExportWhat::All, _) => everything(book, out)?,
        (ExportWhat::Chits, _) | (_, ExportAs::Hledger) => {
            hledger::write(out, &book.chits(&ChitFilter::default())?)?;
        }
        (_, ExportAs::Vcard) => {
            let version = if args.vcard == 3 {
                Version::V3
            } else {
                Version::V4
            };
            each_card(book, |id, card| {
                Ok(out.write_all(vcard::write(card, &uid(id), version).as_bytes())?)
            })?;
        }
        (_, ExportAs::Csv) => {
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
        (_, ExportAs::Json) => people(book, out)?,
    }
    Ok(out.flush()?)
}

/// The identity a person has for other address books when none of them gave one.
fn uid(id: Id) -> String {
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
    for table in Store::tables() {
        writer.table(table)?;
        let outcome = book.each_row(table, |row| writer.row(&row).map_err(Broken::File));
        outcome.map_err(|broken| match broken {
            Broken::Book(error) => Failure::from(error),
            Broken::File(error) => Failure::from(error),
        })?;
    }
    Ok(writer.finish()?)
}
