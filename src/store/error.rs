//! What can go wrong with a book, each as one sentence that says what to do.

use crate::domain::filing::quoted;
use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// Why the book could not be opened, read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is something else.
    #[error("{} is not a Chitbook book, so it was left alone; name another file with --book", path.display())]
    Foreign {
        /// Which file.
        path: PathBuf,
    },
    /// The book was written by a later version.
    #[error("{} was written by a newer Chitbook (book version {theirs}, this program knows {ours}); update the program to open it", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
        /// The book's version.
        theirs: i64,
        /// This program's version.
        ours: i64,
    },
    /// The file is damaged.
    #[error("{} is damaged ({what}); it was not changed; `chitbook restore` brings back a backup from {}", path.display(), backups.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What SQLite said.
        what: String,
        /// Where the backups lie.
        backups: PathBuf,
    },
    /// Somebody else is writing and did not finish in time.
    #[error("another program has kept {} locked for more than 5 seconds; nothing was saved, try again", path.display())]
    Locked {
        /// Which file.
        path: PathBuf,
    },
    /// No space is left.
    #[error("the disk with {} is full, so nothing was saved; make room and save again", path.display())]
    Full {
        /// Which file.
        path: PathBuf,
    },
    /// The file cannot be written.
    #[error("{} is read-only, so nothing was saved; make it writable and try again", path.display())]
    ReadOnly {
        /// Which file.
        path: PathBuf,
    },
    /// The disk reported an error.
    #[error("the disk with {} is full or failed ({what}); nothing was saved, make room and try again", path.display())]
    Disk {
        /// Which file.
        path: PathBuf,
        /// What SQLite said.
        what: String,
    },
    /// The file could not be opened.
    #[error("{} cannot be opened: {what}", path.display())]
    Cannot {
        /// Which file.
        path: PathBuf,
        /// Why, and what to do.
        what: String,
    },
    /// The file was moved away or replaced while it was open.
    #[error("{} was moved or replaced while it was open; nothing was saved there, close the program and open the book again", path.display())]
    Moved {
        /// Which file.
        path: PathBuf,
    },
    /// What a form was opened on is no longer what the book says.
    #[error(
        "{what} was changed elsewhere in the meantime; close this form to see the new state, or copy your text and edit again"
    )]
    Outdated {
        /// Which record.
        what: String,
    },
    /// A record is not there any more.
    #[error("{what} is not in the book any more")]
    Gone {
        /// Which record.
        what: String,
    },
    /// There is nothing to undo or redo.
    #[error("there is nothing to {0}")]
    NothingTo(&'static str),
    /// A step cannot be undone or redone, because rows it changed were changed by something that keeps no journal.
    #[error(
        "\"{label}\" cannot be undone: the book was changed since by a program that keeps no journal"
    )]
    ChangedElsewhere {
        /// The step.
        label: String,
    },
    /// The change makes no sense.
    #[error("{0}")]
    Refused(String),
    /// Anything else SQLite says.
    #[error("the book could not be used: {0}")]
    Sql(rusqlite::Error),
    /// A file beside the book could not be used.
    #[error("{what}: {source}")]
    File {
        /// What was tried.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Error {
    /// The same error with the book's path filled in.
    #[must_use]
    pub(super) fn at(self, path: &Path) -> Error {
        match self {
            Error::Sql(sql) => classify(sql, path),
            other => other,
        }
    }

    /// The same error about what a line of a note was to become, with the line.
    #[must_use]
    pub(super) fn of_line(self, words: &str) -> Error {
        let line = quoted(words);
        match self {
            Error::Refused(why) => Error::Refused(format!("{line}: {why}")),
            Error::Gone { what } => Error::Gone {
                what: format!("{what} ({line})"),
            },
            Error::Outdated { what } => Error::Outdated {
                what: format!("{what} ({line})"),
            },
            other => other,
        }
    }

    /// A change that makes no sense, refused with a sentence.
    pub(super) fn refused(why: impl Into<String>) -> Error {
        Error::Refused(why.into())
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Error::Sql(error)
    }
}

/// Names what SQLite's code means for a person.
pub(super) fn classify(error: rusqlite::Error, path: &Path) -> Error {
    let path = path.to_owned();
    let Some(code) = error.sqlite_error_code() else {
        return Error::Sql(error);
    };
    let what = error.to_string();
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::Locked { path },
        ErrorCode::DiskFull => Error::Full { path },
        ErrorCode::ReadOnly => Error::ReadOnly { path },
        ErrorCode::SystemIoFailure => Error::Disk { path, what },
        ErrorCode::DatabaseCorrupt => {
            let backups = super::open::backups_of(&path);
            Error::Damaged {
                path,
                what,
                backups,
            }
        }
        ErrorCode::NotADatabase => Error::Foreign { path },
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Error::Cannot {
            path,
            what: format!("{what}; check that its folder can be written"),
        },
        _ => Error::Sql(error),
    }
}
