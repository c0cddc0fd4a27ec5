//! Where things lie when nobody says otherwise: the book under the data directory, `config.toml` under the config directory.
//!
//! The XDG directories are used on every Unix, macOS included, because people who live in a terminal look there.

use etcetera::base_strategy::{BaseStrategy, choose_base_strategy};
use std::path::PathBuf;

/// The book's file name.
const BOOK: &str = "book.chitbook";

/// The two places the program knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The book that is opened when none is named.
    pub book: PathBuf,
    /// The settings.
    pub config: PathBuf,
}

impl Places {
    /// This user's places; an error says why there are none.
    pub fn find() -> Result<Places, String> {
        let base = choose_base_strategy().map_err(|_| {
            "no home directory is known; set HOME, or name the book with --book FILE".to_owned()
        })?;
        Ok(Places {
            book: base.data_dir().join("chitbook").join(BOOK),
            config: base.config_dir().join("chitbook").join("config.toml"),
        })
    }
}
