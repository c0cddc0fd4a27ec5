//! `import`: files of other programs into the book, as one step that one undo takes back.
//!
//! Every record of every file ends as new, same, merged, conflicting or skipped, and the counts add up to the records. What the
//! book says is never overwritten. All files are one transaction: an import that is interrupted or fails leaves nothing behind.

mod source;
mod tally;

use super::args::{Import, ImportAs};
use super::desk::{Desk, Failure};
use super::output::Progress;
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::text::fit;
use crate::exchange::csv::{self, Dialect};
use crate::exchange::draft::{Draft, Record};
use crate::exchange::merge::{Outcome, merge};
use crate::exchange::{json, vcard};
use crate::store::{Bulk, Error, Found, Landed, Store};
use source::Source;
use std::io;
use std::path::Path;
use tally::{Detail, Ended, Tally};

/// Records between two looks at the progress line.
const STRIDE: u64 = 256;
/// The beginning of a UID that an export made of an id.
const OWN_UID: &str = "chitbook-";

/// An import under way.
struct Run<'a> {
    bulk: Bulk<'a>,
    ghosts: bool,
    files: Vec<Tally>,
    progress: Progress,
}

/// Imports.
pub fn import(desk: &mut Desk<'_>, args: &Import) -> Result<(), Failure> {
    if args.dry_run {
        desk.there()?;
    }
    let mut book = desk.book_to_change()?;
    if !args.dry_run
        && book.count()? > 0
        && let Err(error) = book.daily_backup(&desk.now)
    {
        desk.out
            .complain(&format!("today's backup was not made: {error}"));
    }
    let files = all(&mut book, desk, args)?;
    if !args.dry_run && book.derived_otherwise()? {
        book.turn_to(desk.today())?;
    }
    if args.json {
        let report = tally::document(&files, args.dry_run);
        return Ok(desk.out.json(&report)?);
    }
    tally::print(desk.out, &files, args.dry_run)
}

/// Every file, in one transaction.
fn all(book: &mut Store, desk: &Desk<'_>, args: &Import) -> Result<Vec<Tally>, Failure> {
    let mut run = Run {
        bulk: book.bulk("Imported", &desk.now)?,
        ghosts: args.ghosts,
        files: Vec::new(),
        progress: Progress::new(),
    };
    for path in &args.files {
        if let Err(failure) = run.file(path, args.format) {
            run.progress.end();
            run.bulk.abandon();
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
    Ok(run.files)
}

/// What undo calls the step.
fn label(files: &[Tally]) -> String {
    let sum = |ended| files.iter().map(|file| file.count(ended)).sum::<u64>();
    let updated = files.iter().map(|file| file.updated).sum::<u64>();
    let (verb, count) = match sum(Ended::New) {
        0 => ("Updated", updated),
        new => ("Imported", new),
    };
    let what = match (files.iter().any(|file| file.rows), count) {
        (true, 1) => "row",
        (true, _) => "rows",
        (false, 1) => "person",
        (false, _) => "people",
    };
    let from = match files {
        [one] => fit(&one.name, 60),
        many => format!("{} files", many.len()),
    };
    format!("{verb} {count} {what} from {from}")
}

/// What became of a record; one that the book refuses, whatever it holds, costs only itself.
fn refused(
    outcome: Result<(Ended, Vec<Detail>), Error>,
    line: u64,
    name: &str,
) -> Result<(Ended, Vec<Detail>), Failure> {
    match outcome {
        Err(Error::Refused(reason)) => {
            let detail = Detail::new(line, &fit(name, 60), &reason);
            Ok((Ended::Skipped, vec![detail]))
        }
        other => Ok(other?),
    }
}

impl Run<'_> {
    fn file(&mut self, path: &Path, format: Option<ImportAs>) -> Result<(), Failure> {
        let source = Source::open(path)?;
        let format = source.format(format)?;
        let name = source.name.clone();
        let unread = |error: io::Error| {
            Failure::could(format!(
                "{name} could not be read: {error}; nothing was imported"
            ))
        };
        self.files.push(Tally::new(&name, format));
        let far = source.far();
        match format {
            ImportAs::Vcard => {
                for record in vcard::read(source.reader) {
                    self.record(record.map_err(unread)?, self.ghosts)?;
                    self.show(&far);
                }
            }
            ImportAs::Csv => {
                let table = csv::read(source.reader).map_err(|problem| {
                    Failure::could(format!("{name}: {problem}; nothing was imported"))
                })?;
                let ghosts = self.ghosts || table.dialect() == Dialect::LinkedIn;
                for record in table {
                    self.record(record.map_err(unread)?, ghosts)?;
                    self.show(&far);
                }
            }
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

    /// One record of a file of people.
    fn record(&mut self, record: Record, ghosts: bool) -> Result<(), Failure> {
        match record {
            Record::Skipped { line, reason } => {
                self.note(Ended::Skipped, vec![Detail::new(line, "", &reason)]);
                Ok(())
            }
            Record::Draft(draft) => {
                let Draft {
                    mut card,
                    line,
                    left_out,
                    doubts,
                } = *draft;
                if let Some(file) = self.files.last_mut() {
                    file.leave_out(&left_out);
                    for doubt in &doubts {
                        file.doubts.push(Detail::new(line, &card.name, doubt));
                    }
                }
                let (ended, details) = match self.find(&mut card)? {
                    Found::Nobody => {
                        card.ghost |= ghosts;
                        let added = self.bulk.add(&card).map(|_| (Ended::New, Vec::new()));
                        refused(added, line, &card.name)?
                    }
                    Found::One(id, _) => self.lay_over(id, card, line)?,
                    Found::Several(ids, by) => {
                        let text = format!(
                            "fits {} people in the book by {by}; nothing was changed",
                            ids.len()
                        );
                        (
                            Ended::Conflicting,
                            vec![Detail::new(line, &card.name, &text)],
                        )
                    }
                };
                self.note(ended, details);
                Ok(())
            }
        }
    }

    /// Whom the book has for a card. A UID that an export of this book made of an id names that person.
    fn find(&mut self, card: &mut Card) -> Result<Found, Failure> {
        let own = card
            .uid
            .as_deref()
            .and_then(|uid| uid.strip_prefix(OWN_UID));
        let id = own.and_then(|text| serde_json::from_value::<Id>(text.into()).ok());
        if let Some(id) = id.filter(|id| *id != Id::ME)
            && self.bulk.card(id)?.is_some()
        {
            card.uid = None;
            return Ok(Found::One(id, "id"));
        }
        Ok(self.bulk.find(card)?)
    }

    /// Adds what the book does not know of a person yet.
    fn lay_over(
        &mut self,
        id: Id,
        mut offered: Card,
        line: u64,
    ) -> Result<(Ended, Vec<Detail>), Failure> {
        let Some(known) = self.bulk.card(id)? else {
            return Err(Failure::could(
                "the book changed while it was imported into",
            ));
        };
        // Being a ghost or not is the book's own knowledge; a file cannot change it.
        offered.ghost = known.ghost;
        let merged = merge(&known, &offered);
        if merged.after != known {
            let changed = self.bulk.change(id, &known, &merged.after);
            match refused(
                changed.map(|()| (Ended::Merged, Vec::new())),
                line,
                &known.name,
            )? {
                (Ended::Skipped, details) => return Ok((Ended::Skipped, details)),
                _ => self.updated(),
            }
        }
        let ended = match merged.outcome() {
            Outcome::Same => Ended::Same,
            Outcome::Merged => Ended::Merged,
            Outcome::Conflicting => Ended::Conflicting,
        };
        let details = merged
            .conflicts
            .into_iter()
            .map(|conflict| Detail {
                line,
                name: known.name.clone(),
                text: format!(
                    "{}: the book says \"{}\", the file \"{}\"; the book's was kept",
                    conflict.field, conflict.kept, conflict.offered
                ),
                values: Some((conflict.field, conflict.kept, conflict.offered)),
            })
            .collect();
        Ok((ended, details))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::Email;
    use crate::domain::moment::Moment;

    fn now() -> Moment {
        Moment::parse_from_rfc3339("2026-11-22T14:07:00+00:00").unwrap()
    }

    fn draft(line: u64, name: &str, title: usize) -> Record {
        let email = Email {
            label: String::new(),
            address: format!("{name}@example.com"),
        };
        let card = Card {
            name: name.to_owned(),
            title: "x".repeat(title),
            emails: vec![email],
            ..Card::default()
        };
        Record::Draft(Box::new(Draft {
            card,
            line,
            left_out: Vec::new(),
            doubts: Vec::new(),
        }))
    }

    /// Brings these in and gives back the counts.
    fn brought(book: &mut Store, records: Vec<Record>) -> Tally {
        let mut run = Run {
            bulk: book.bulk("Imported", &now()).unwrap(),
            ghosts: false,
            files: vec![Tally::new("a.vcf", ImportAs::Vcard)],
            progress: Progress::new(),
        };
        for record in records {
            run.record(record, false).unwrap();
        }
        run.bulk.finish().unwrap();
        run.files.remove(0)
    }

    #[test]
    fn what_the_book_refuses_is_skipped_and_the_others_come_in() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Store::open(&folder.path().join("book")).unwrap();
        let file = brought(
            &mut book,
            vec![
                draft(1, "ada", 3),
                draft(9, "bob", 10_001),
                draft(17, "cy", 0),
            ],
        );
        assert_eq!((file.count(Ended::New), file.count(Ended::Skipped)), (2, 1));
        assert_eq!(book.count().unwrap(), 2);
        let detail = tally::document(&[file], false)["files"][0]["details"][0].clone();
        assert_eq!(
            (&detail["line"], &detail["outcome"]),
            (&9.into(), &"skipped".into())
        );
        assert!(
            detail["text"].as_str().unwrap().contains("too long"),
            "{detail}"
        );
        // A merge that would make a card too long is refused as well, and is no change.
        let file = brought(&mut book, vec![draft(5, "cy", 10_001)]);
        assert_eq!((file.count(Ended::Skipped), file.changed()), (1, false));
        let file = brought(&mut book, vec![draft(5, "cy", 20)]);
        assert_eq!((file.count(Ended::Merged), file.updated), (1, 1));
    }
}
