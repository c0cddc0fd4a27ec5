//! How far something is that takes its time, on one line of standard error.

use super::USUAL;
use crate::domain::text::{clean_line, fit};
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// What is done sooner needs no word about how far it is.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line on standard error that says how far something is, over and over in one place; nothing when nobody watches.
#[derive(Debug)]
pub struct Progress {
    watched: bool,
    shown: bool,
    begun: Instant,
}

impl Progress {
    /// For this process.
    pub fn new() -> Self {
        Progress {
            watched: io::stderr().is_terminal(),
            shown: false,
            begun: Instant::now(),
        }
    }

    /// Says how far it is, once it has taken long enough for anybody to ask.
    pub fn say(&mut self, text: &str) {
        if self.watched && self.begun.elapsed() >= PATIENCE {
            self.shown = true;
            let _ = write!(
                io::stderr(),
                "\r{}\u{1b}[K",
                fit(&clean_line(text), USUAL - 1)
            );
        }
    }

    /// Wipes the line.
    pub fn end(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

impl Default for Progress {
    fn default() -> Self {
        Progress::new()
    }
}
