//! `sync`: a folder of vCards (vdirsyncer, khard) kept in step with the book, both ways.
//!
//! A card that changed on one side since the last time moves to the other; where both changed a field to different things, both keep
//! theirs and it is told. Files are written before the book is, so that being interrupted in between only means that the next time finds
//! less to do. What a vCard holds that the book does not take (a photo) stays in its file.

mod pair;

use super::args::Sync;
use super::desk::{Desk, Failure};
use super::export::uid;
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::text::fingerprint;
use crate::exchange::draft::{Draft, Record};
use crate::exchange::vcard::{self, Version};
use crate::store::{Bulk, Found, InStep, Paired};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The largest file that is taken for one card.
const LARGEST: u64 = 16 << 20;

/// What a sync came to.
#[derive(Default)]
struct Done {
    people_new: u64,
    people_changed: u64,
    files_new: u64,
    files_changed: u64,
    files_deleted: u64,
    same: u64,
    /// Something to say of a file.
    said: Vec<(String, String)>,
    conflicts: u64,
    skipped: u64,
}

/// A sync under way.
struct Run<'a> {
    bulk: Bulk<'a>,
    folder: PathBuf,
    key: String,
    version: Version,
    dry: bool,
    done: Done,
}

/// A card as its file has it.
struct There {
    bytes: Vec<u8>,
    draft: Draft,
}

/// Brings a folder and the book into step.
pub fn sync(desk: &mut Desk<'_>, args: &Sync) -> Result<(), Failure> {
    let folder = fs::canonicalize(&args.folder).map_err(|error| {
        Failure::could(format!(
            "{} cannot be opened: {error}; make the folder first",
            args.folder.display()
        ))
    })?;
    if !folder.is_dir() {
        return Err(Failure::could(format!("{} is no folder", folder.display())));
    }
    let mut book = desk.book_to_change()?;
    let label = format!("Synced {}", folder.display());
    let mut run = Run {
        bulk: book.bulk(&label, &desk.now)?,
        key: folder.to_string_lossy().into_owned(),
        folder,
        version: if args.version == 4 {
            Version::V4
        } else {
            Version::V3
        },
        dry: args.dry_run,
        done: Done::default(),
    };
    if let Err(failure) = run.all() {
        run.bulk.abandon();
        return Err(failure);
    }
    let done = std::mem::take(&mut run.done);
    if args.dry_run {
        run.bulk.abandon();
    } else {
        run.bulk.finish()?;
    }
    report(desk, args, &done)
}

fn report(desk: &mut Desk<'_>, args: &Sync, done: &Done) -> Result<(), Failure> {
    if args.json {
        let said: Vec<_> = done
            .said
            .iter()
            .map(|(file, text)| json!({"file": file, "text": text}))
            .collect();
        return Ok(desk.out.json(&json!({
            "dry_run": args.dry_run,
            "people_new": done.people_new,
            "people_changed": done.people_changed,
            "files_new": done.files_new,
            "files_changed": done.files_changed,
            "files_deleted": done.files_deleted,
            "same": done.same,
            "conflicts": done.conflicts,
            "skipped": done.skipped,
            "said": said,
        }))?);
    }
    let counts = [
        (done.people_new, "new in the book"),
        (done.people_changed, "changed in the book"),
        (done.files_new, "new in the folder"),
        (done.files_changed, "changed in the folder"),
        (done.files_deleted, "deleted in the folder"),
        (done.conflicts, "changed on both sides"),
        (done.skipped, "skipped"),
        (done.same, "the same"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let line = if counts.is_empty() {
        "there is nothing on either side".to_owned()
    } else {
        counts.join(", ")
    };
    desk.out.line(&format!("Cards: {line}."))?;
    for (file, text) in &done.said {
        desk.out.line(&format!("{file}: {text}"))?;
    }
    if args.dry_run {
        desk.out
            .line("This was a dry run: book and folder are as they were.")?;
    }
    Ok(())
}

impl Run<'_> {
    fn all(&mut self) -> Result<(), Failure> {
        let files = self.files()?;
        let pairs = self.bulk.pairs(&self.key)?;
        let mut paired: HashSet<Id> = pairs.iter().filter_map(|pair| pair.contact).collect();
        let known: BTreeMap<&str, &Paired> = pairs
            .iter()
            .map(|pair| (pair.file.as_str(), pair))
            .collect();
        for pair in &pairs {
            if files.contains(&pair.file) && !pair.print.is_empty() {
                self.pair(pair)?;
            } else if !files.contains(&pair.file) {
                self.gone(pair)?;
            }
        }
        for file in &files {
            let pair = known.get(file.as_str()).copied();
            if pair.is_none_or(|pair| pair.print.is_empty()) {
                self.new_file(file, pair, &mut paired)?;
            }
        }
        for id in self.bulk.kept_warm()? {
            if !paired.contains(&id) {
                self.new_person(id, &files)?;
            }
        }
        Ok(())
    }

    /// The names of the folder's cards, in order.
    fn files(&self) -> Result<Vec<String>, Failure> {
        let cannot = |error: std::io::Error| {
            Failure::could(format!(
                "{} cannot be read: {error}; nothing was done",
                self.folder.display()
            ))
        };
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let card = Path::new(&name)
                .extension()
                .is_some_and(|end| end.eq_ignore_ascii_case("vcf"));
            if card && !name.starts_with('.') && entry.path().is_file() {
                files.push(name);
            }
        }
        files.sort();
        Ok(files)
    }

    fn say(&mut self, file: &str, text: impl Into<String>) {
        self.done.said.push((file.to_owned(), text.into()));
    }

    fn skip(&mut self, file: &str, text: impl Into<String>) {
        self.done.skipped += 1;
        self.say(file, text);
    }

    /// The one card of a file; none, and it is told, where there is no such thing.
    fn read(&mut self, file: &str) -> Result<Option<There>, Failure> {
        let path = self.folder.join(file);
        let cannot = |error: std::io::Error| {
            Failure::could(format!(
                "{} cannot be read: {error}; nothing was done",
                path.display()
            ))
        };
        if fs::metadata(&path).map_err(cannot)?.len() > LARGEST {
            self.skip(file, "skipped: it is larger than 16 MB");
            return Ok(None);
        }
        let bytes = fs::read(&path).map_err(cannot)?;
        let mut records: Vec<Record> = Vec::new();
        for record in vcard::read(bytes.as_slice()).take(2) {
            records.push(record.map_err(cannot)?);
        }
        match (records.pop(), records.is_empty()) {
            (Some(Record::Draft(draft)), true) => Ok(Some(There {
                bytes,
                draft: *draft,
            })),
            (Some(Record::Skipped { reason, .. }), true) => {
                self.skip(file, format!("skipped: {reason}"));
                Ok(None)
            }
            (None, _) => {
                self.skip(file, "skipped: there is no card in it");
                Ok(None)
            }
            _ => {
                self.skip(file, "skipped: there is more than one card in it; `chitbook import` takes such files");
                Ok(None)
            }
        }
    }

    /// A card that was in step before.
    fn pair(&mut self, pair: &Paired) -> Result<(), Failure> {
        let Some(there) = self.read(&pair.file)? else {
            return Ok(());
        };
        let Some(id) = pair.contact else {
            return self.nobody_left(pair, &there);
        };
        let Some(known) = self.bulk.card(id)? else {
            return Ok(());
        };
        self.in_step(
            id,
            &pair.file,
            Some(pair),
            (&pair.book, &known),
            (&pair.there, &there),
        )
    }

    /// The person of a card was deleted in the book.
    fn nobody_left(&mut self, pair: &Paired, there: &There) -> Result<(), Failure> {
        if print_of(&there.bytes) != pair.print {
            self.done.conflicts += 1;
            self.say(
                &pair.file,
                "its person was deleted in the book, and it changed since; it was left alone",
            );
            return Ok(());
        }
        if !self.dry {
            let path = self.folder.join(&pair.file);
            fs::remove_file(&path).map_err(|error| {
                Failure::could(format!("{} cannot be deleted: {error}", path.display()))
            })?;
        }
        self.bulk.drop_pair(pair)?;
        self.done.files_deleted += 1;
        Ok(())
    }

    /// A file that was there is there no longer.
    fn gone(&mut self, pair: &Paired) -> Result<(), Failure> {
        let Some(id) = pair.contact else {
            self.bulk.drop_pair(pair)?;
            return Ok(());
        };
        if pair.print.is_empty() {
            return Ok(());
        }
        let name = self
            .bulk
            .card(id)?
            .map(|card| card.name)
            .unwrap_or_default();
        self.say(
            &pair.file,
            format!(
                "it was deleted; {name} stays in the book, and no card is written for them again"
            ),
        );
        let kept = InStep {
            folder: &self.key,
            file: &pair.file,
            contact: id,
            print: "",
            book: &pair.book,
            there: &pair.there,
        };
        self.bulk.keep_pair(Some(pair), &kept)?;
        Ok(())
    }

    /// A file that was not there before.
    fn new_file(
        &mut self,
        file: &str,
        pair: Option<&Paired>,
        paired: &mut HashSet<Id>,
    ) -> Result<(), Failure> {
        let Some(there) = self.read(file)? else {
            return Ok(());
        };
        let card = &there.draft.card;
        let own = card.uid.as_deref().and_then(super::import::own_id);
        let found = match (pair.and_then(|pair| pair.contact), own) {
            (Some(id), _) => Found::One(id, "file"),
            (None, Some(id)) if self.bulk.card(id)?.is_some() => Found::One(id, "id"),
            _ => self.bulk.find(card)?,
        };
        match found {
            Found::Several(ids, by) => {
                self.skip(
                    file,
                    format!("skipped: it fits {} people in the book by {by}", ids.len()),
                );
            }
            Found::One(id, _)
                if paired.contains(&id) && pair.and_then(|pair| pair.contact) != Some(id) =>
            {
                self.skip(
                    file,
                    "skipped: the same person has another card in this folder",
                );
            }
            Found::One(id, _) => {
                paired.insert(id);
                let Some(known) = self.bulk.card(id)? else {
                    return Ok(());
                };
                let nothing = Card::default();
                self.in_step(id, file, pair, (&nothing, &known), (&nothing, &there))?;
            }
            Found::Nobody => {
                paired.insert(self.add(file, pair, &there)?);
            }
        }
        Ok(())
    }

    /// Somebody whom only the folder knows.
    fn add(&mut self, file: &str, pair: Option<&Paired>, there: &There) -> Result<Id, Failure> {
        let card = &there.draft.card;
        let id = self.bulk.add(card)?;
        self.done.people_new += 1;
        let now = self.bulk.card(id)?.unwrap_or_else(|| card.clone());
        let kept = InStep {
            folder: &self.key,
            file,
            contact: id,
            print: &print_of(&there.bytes),
            book: &now,
            there: card,
        };
        self.bulk.keep_pair(pair, &kept)?;
        Ok(id)
    }

    /// A person who has no card in the folder yet.
    fn new_person(&mut self, id: Id, files: &[String]) -> Result<(), Failure> {
        let Some(card) = self.bulk.card(id)? else {
            return Ok(());
        };
        let file = format!("{}.vcf", uid(id));
        if files.contains(&file) {
            return Ok(());
        }
        let (print, there) = self.write(id, &file, &card, None)?;
        self.done.files_new += 1;
        let kept = InStep {
            folder: &self.key,
            file: &file,
            contact: id,
            print: &print,
            book: &card,
            there: &there,
        };
        self.bulk.keep_pair(None, &kept)?;
        Ok(())
    }
}

/// A fingerprint of a file.
fn print_of(bytes: &[u8]) -> String {
    format!("{:016x}", fingerprint(&[&String::from_utf8_lossy(bytes)]))
}
