//! A folder: every file in it that can be imported, one after the other, counted together.

use super::super::args::ImportAs;
use super::super::desk::Failure;
use super::Run;
use super::source::Source;
use super::tally::{RECORDS, Tally};
use std::fs;
use std::path::{Path, PathBuf};

/// Folders within folders that are gone into.
const DEEPEST: usize = 16;

impl Run<'_> {
    /// Everything in a folder. A file that is nothing to import is a record that was skipped.
    pub(super) fn folder(&mut self, path: &Path, format: Option<ImportAs>) -> Result<(), Failure> {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        let mut found = Found::default();
        found.walk(path, 0).map_err(|error| {
            Failure::could(format!(
                "{} could not be read: {error}; nothing was imported",
                path.display()
            ))
        })?;
        let nouns = format.map_or(RECORDS, |format| super::words(format).1);
        let mut tally = Tally::new(&format!("{name}/"), "folder", nouns);
        for _ in 0..found.hidden {
            tally.leave_out(&["a hidden file".to_owned()]);
        }
        self.files.push(tally);
        for file in &found.files {
            let within = file
                .strip_prefix(path)
                .unwrap_or(file)
                .to_string_lossy()
                .into_owned();
            if let Some(tally) = self.files.last_mut() {
                tally.enter(&within);
            }
            match Source::open(file).and_then(|source| Ok((source.format(format)?, source))) {
                Ok((ImportAs::Json, _)) => self.skip(0, "a book as JSON is imported by itself"),
                Ok((format, source)) => self.file(source, format)?,
                Err(_) => self.skip(0, "it looks like nothing that can be imported"),
            }
        }
        Ok(())
    }
}

/// The files of a folder.
#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    hidden: usize,
}

impl Found {
    /// Files in the order of their names, those of folders within where the folder's name comes. Links to folders are not followed.
    fn walk(&mut self, folder: &Path, depth: usize) -> std::io::Result<()> {
        let mut entries = fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                self.hidden += 1;
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if depth < DEEPEST {
                    self.walk(&entry.path(), depth + 1)?;
                }
            } else if entry.path().is_file() {
                self.files.push(entry.path());
            }
        }
        Ok(())
    }
}
