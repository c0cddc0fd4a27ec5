//! `backup`, `restore` and `check`: keeping the book safe.

use super::desk::{Desk, Failure};
use crate::store::{Error, Store};
use std::path::Path;

/// Copies the book.
pub fn backup(desk: &mut Desk<'_>, file: Option<&Path>) -> Result<(), Failure> {
    let copy = desk.book_there()?.backup(file, &desk.now)?;
    Ok(desk.out.line(&format!("Copied to {}", copy.display()))?)
}

/// Puts a copy in the book's place. A book that is too damaged to be opened is put aside first.
pub fn restore(desk: &mut Desk<'_>, file: &Path) -> Result<(), Failure> {
    let kept = match desk.book() {
        Ok(mut book) => book.restore(file, &desk.now)?,
        Err(_) if desk.path.is_file() => match Store::open(&desk.path) {
            Err(Error::Damaged { .. }) => Store::replace(&desk.path, file, &desk.now)?,
            Err(error) => return Err(error.into()),
            Ok(mut book) => book.restore(file, &desk.now)?,
        },
        Err(failure) => return Err(failure),
    };
    Ok(desk.out.line(&format!(
        "Restored from {}; the book as it was is {}",
        file.display(),
        kept.display()
    ))?)
}

/// Checks the book; what is wrong is printed, and the exit code is 1.
pub fn check(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let mut book = desk.book_there()?;
    let report = book.check(&desk.now)?;
    if report.is_clean() {
        let people = match book.contact_ids()?.len() {
            1 => "1 person".to_owned(),
            many => format!("{many} people"),
        };
        return Ok(desk.out.line(&format!(
            "The book is whole: {people}, every reference and every derived value is as it should be."
        ))?);
    }
    let found = report.integrity.iter().chain(&report.references);
    for line in found.chain(&report.standings).chain(&report.others) {
        desk.out.line(line)?;
    }
    desk.out.flush()?;
    if report.integrity.is_empty() && report.references.is_empty() && report.others.is_empty() {
        return Err(Failure::could(if book.writable() {
            book.derive_anew(desk.today())?;
            "what people entered is whole, but derived values differed; they are derived anew now, check again to see"
        } else {
            "what people entered is whole, but derived values differ; check it where it can be written, and they are derived anew"
        }));
    }
    Err(Failure::could(
        "the book is not whole; `chitbook restore FILE` brings back a backup from the folder beside it",
    ))
}
