//! Copies of the book: before a migration, daily (seven are kept), on request; bringing one back; and checking a book.

use super::open::{self, backups_of, create_private};
use super::{Error, Result, Store, today};
use crate::domain::moment::Moment;
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Daily backups kept.
const KEPT: usize = 7;
/// Pages copied at a time.
const PAGES: i32 = 2_000;

/// What `check` found; every list is empty when the book is whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What SQLite's own check says.
    pub integrity: Vec<String>,
    /// Rows that refer to rows which are not there.
    pub references: Vec<String>,
    /// People whose standing differs from a rebuild.
    pub standings: Vec<String>,
    /// Other derived or bounded values that are not what they should be.
    pub others: Vec<String>,
}

impl Report {
    /// Whether the book is whole.
    pub fn is_clean(&self) -> bool {
        self.integrity.is_empty()
            && self.references.is_empty()
            && self.standings.is_empty()
            && self.others.is_empty()
    }
}

/// Copies a whole book, as it is at one moment, into a file of the owner's alone; the copy is checked before it gets its name.
fn copy(db: &Connection, target: &Path) -> Result<()> {
    copy_if(db, target, |_| Ok(true))
}

/// Copies a whole book, and keeps the copy where it `fits`.
fn copy_if(
    db: &Connection,
    target: &Path,
    fits: impl Fn(&Connection) -> Result<bool>,
) -> Result<()> {
    let failed = |what: &str, source| Error::File {
        what: format!("{what} {}", target.display()),
        source,
    };
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    open::create_folder(folder)?;
    // A name of its own, so that two programs that make the same backup do not write into one file. It goes if we fail.
    let part = tempfile::Builder::new()
        .prefix(".chitbook-copy-")
        .tempfile_in(folder)
        .map_err(|source| failed("there is no room for the copy", source))?
        .into_temp_path();
    let outcome = (|| {
        let mut copy = open::connect(&part)?;
        Backup::new(db, &mut copy)?.run_to_completion(PAGES, Duration::ZERO, None)?;
        copy.execute_batch("pragma journal_mode = delete")?;
        let verdict: String = copy.query_row("pragma quick_check(1)", [], |row| row.get(0))?;
        if verdict != "ok" {
            return Err(Error::Damaged {
                path: part.to_path_buf(),
                what: verdict,
                backups: backups_of(target),
            });
        }
        fits(&copy)
    })();
    if !outcome.map_err(|e: Error| e.at(target))? {
        return Ok(());
    }
    part.persist(target)
        .map_err(|e| failed("the copy could not be put in its place:", e.error))
}

/// The copy every migration begins with. Where another program was faster, its copy stays.
pub(super) fn before_migration(db: &Connection, path: &Path, from: usize) -> Result<()> {
    let name = format!("{}-before-version-{}.chitbook", stem(path), from + 1);
    copy_if(db, &backups_of(path).join(name), |copy| {
        Ok(open::version_of(copy)? as usize == from)
    })
}

/// Another book that is read from: by a restore, or by a merge.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) db: Connection,
    /// An older book is brought up to date in a copy that goes away; its own file stays as it is.
    _copy: Option<tempfile::TempPath>,
}

/// The book to read from, for the book at `path`; it must be there.
pub(super) fn source(from: &Path, path: &Path) -> Result<Source> {
    if !from.is_file() {
        return Err(Error::refused(format!(
            "there is no file {}; `chitbook backup` makes one, others are in the folder backups beside the book",
            from.display()
        )));
    }
    let (db, current) = open::connect_to_another(from)?;
    if current {
        return Ok(Source { db, _copy: None });
    }
    let folder = backups_of(path);
    open::create_folder(&folder)?;
    let part = tempfile::Builder::new()
        .prefix(".chitbook-older-")
        .tempfile_in(&folder)
        .map_err(|source| Error::File {
            what: format!("there is no room for a copy of {}", from.display()),
            source,
        })?
        .into_temp_path();
    let newer = || {
        let mut newer = open::connect(&part)?;
        Backup::new(&db, &mut newer)?.run_to_completion(PAGES, Duration::ZERO, None)?;
        newer.execute_batch("pragma journal_mode = delete")?;
        open::bring_up_to_date(&mut newer)?;
        Ok(newer)
    };
    let newer = newer().map_err(|e: Error| e.at(from))?;
    Ok(Source {
        db: newer,
        _copy: Some(part),
    })
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(
        || "book".to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}

impl Store {
    /// Copies the book to `target`, or among its backups under today's date; gives back where the copy is. Others may go on writing.
    pub fn backup(&self, target: Option<&Path>, now: &Moment) -> Result<PathBuf> {
        let named = || {
            backups_of(&self.path).join(format!(
                "{}-{}.chitbook",
                stem(&self.path),
                now.format("%Y-%m-%d-%H%M%S")
            ))
        };
        let target = target.map_or_else(named, Path::to_owned);
        if target.exists() {
            return Err(Error::refused(format!(
                "{} exists already; name another file",
                target.display()
            )));
        }
        copy(&self.db, &target)?;
        Ok(target)
    }

    /// One backup a day, the latest seven kept. Gives back its path when one was made.
    pub fn daily_backup(&self, now: &Moment) -> Result<Option<PathBuf>> {
        let folder = backups_of(&self.path);
        let prefix = format!("{}-day-", stem(&self.path));
        let target = folder.join(format!("{prefix}{}.chitbook", now.format("%Y-%m-%d")));
        if target.exists() {
            return Ok(None);
        }
        copy(&self.db, &target)?;
        let mut dailies: Vec<PathBuf> = fs::read_dir(&folder)
            .map(|entries| entries.flatten().map(|e| e.path()).collect())
            .unwrap_or_default();
        dailies.retain(|p| {
            p.file_name()
                .is_some_and(|n| n.to_string_lossy().starts_with(&prefix))
                && p.extension().is_some_and(|x| x == "chitbook")
        });
        dailies.sort();
        for old in dailies.iter().rev().skip(KEPT) {
            let _ = fs::remove_file(old);
        }
        Ok(Some(target))
    }

    /// Puts a copy in the place of the present book, which is kept beside it first; gives back where. Programs that have the book
    /// open see the restored one.
    pub fn restore(&mut self, from: &Path, now: &Moment) -> Result<PathBuf> {
        let path = self.path.clone();
        let kept = backups_of(&path).join(format!(
            "{}-before-restore-{}.chitbook",
            stem(&path),
            now.format("%Y-%m-%d-%H%M%S")
        ));
        let source = source(from, &path)?;
        copy(&self.db, &kept)?;
        self.ready_to_write()?;
        Backup::new(&source.db, &mut self.db)
            .and_then(|backup| backup.run_to_completion(PAGES, Duration::from_millis(1), None))
            .map_err(|e| Error::from(e).at(&path))?;
        self.db.query_row("pragma journal_mode = wal", [], |row| {
            row.get::<_, String>(0)
        })?;
        self.recorder = super::Recorder::default();
        self.db = open::connect(&path)?;
        // News of the restored book are old: everybody reads everything again.
        self.db
            .execute("insert into news (contacts) values (null)", [])?;
        Ok(kept)
    }

    /// Puts a copy in the place of a book that cannot be opened any more. The damaged file is not changed, only put among the
    /// backups; gives back where.
    pub fn replace(path: &Path, from: &Path, now: &Moment) -> Result<PathBuf> {
        let source = source(from, path)?;
        let kept = backups_of(path).join(format!(
            "{}-damaged-{}.chitbook",
            stem(path),
            now.format("%Y-%m-%d-%H%M%S")
        ));
        create_private(&kept)?;
        let beside = |path: &Path, end: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        // The copy is whole before anything is put aside: a full disk leaves all as it was.
        let part = beside(path, ".part");
        let _ = fs::remove_file(&part);
        copy(&source.db, &part)?;
        for end in ["", "-wal", "-shm"] {
            let (old, new) = (beside(path, end), beside(&kept, end));
            if old.exists() {
                fs::rename(&old, &new).map_err(|source| Error::File {
                    what: format!("{} could not be put aside", old.display()),
                    source,
                })?;
            }
        }
        fs::rename(&part, path).map_err(|source| Error::File {
            what: format!("{} could not be put in its place", part.display()),
            source,
        })?;
        Ok(kept)
    }

    /// Checks the file, its references, and everything derived against a rebuild.
    pub fn check(&self, now: &Moment) -> Result<Report> {
        let lines = |sql: &str| -> Result<Vec<String>> {
            let mut statement = self.db.prepare(sql)?;
            let found = statement.query_map([], |row| row.get::<_, String>(0))?;
            Ok(found.collect::<rusqlite::Result<_>>()?)
        };
        let mut report = Report {
            integrity: lines("pragma integrity_check(20)")?,
            ..Report::default()
        };
        report.integrity.retain(|line| line != "ok");
        report.references = lines(
            "select \"table\" || ' row ' || rowid || ' refers to a missing ' || parent from pragma_foreign_key_check limit 20",
        )?;
        for id in self.standings_that_differ(today(now))? {
            report.standings.push(format!(
                "the standing of {} differs from a rebuild",
                self.name(id)?
            ));
        }
        let bounded = [
            "select 'the chit \"' || what || '\" came back for more than it was worth' from chit h
             where (select coalesce(sum(halves), 0) from chit_part where chit_id = h.id) > h.halves",
            "select 'a party of the touch ' || t.id || ' does not say what the touch says' from party p join touch t on t.id = p.touch_id
             where p.kind <> t.kind or p.direction <> t.direction or p.wall <> t.at + t.offset_minutes * 60000",
            "select 'a touch has nobody who took part: ' || id from touch where not exists (select 1 from party where touch_id = touch.id)",
            "select c.name || ' is missing from the order of the list' from contact c
             where c.id <> 1 and c.ghost = 0 and c.archived_on is null and not exists (select 1 from rank where contact_id = c.id)",
        ];
        for sql in bounded {
            report.others.extend(lines(sql)?);
        }
        if self.writable
            && self
                .db
                .execute_batch("insert into words (words, rank) values ('integrity-check', 0)")
                .is_err()
        {
            report
                .others
                .push("the full-text index is damaged".to_owned());
        }
        Ok(report)
    }
}
