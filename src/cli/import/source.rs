//! Where an import reads from: a file, a pipe or standard input, what it looks like, and how far the reading is.

use super::super::args::ImportAs;
use super::super::desk::Failure;
use crate::exchange::format::{Format, sniff};
use crate::exchange::monica;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes looked at to tell the format.
const HEAD: u64 = 64 << 10;
/// The bytes from which on a file is large.
const LARGE: u64 = 1 << 20;
/// Bytes read at a time.
const BUFFER: usize = 256 << 10;

/// What is being read.
pub struct Source {
    /// What to call it.
    pub name: String,
    /// All of it, from the start.
    pub reader: Box<dyn Read + Send>,
    head: Vec<u8>,
    read: Arc<AtomicU64>,
    total: Option<u64>,
}

/// How far the reading is.
pub struct Far {
    read: Arc<AtomicU64>,
    total: Option<u64>,
}

impl fmt::Display for Far {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        write!(f, "{:.1}", megabytes(self.read.load(Ordering::Relaxed)))?;
        match self.total {
            Some(total) => write!(f, " of {:.1} MB", megabytes(total)),
            None => f.write_str(" MB"),
        }
    }
}

/// Counts what passes through.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Source {
    /// Opens what was named; `-` is standard input.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let read = Arc::new(AtomicU64::new(0));
        let (name, inner, total): (String, Box<dyn Read + Send>, Option<u64>) =
            if path == Path::new("-") {
                ("standard input".to_owned(), Box::new(io::stdin()), None)
            } else {
                let unread = |error: io::Error| {
                    Failure::could(format!(
                        "{} could not be read: {error}; nothing was imported",
                        path.display()
                    ))
                };
                let file = File::open(path).map_err(unread)?;
                let about = file.metadata().map_err(unread)?;
                let name = path.file_name().unwrap_or(path.as_os_str());
                let total = about.is_file().then_some(about.len());
                (name.to_string_lossy().into_owned(), Box::new(file), total)
            };
        let mut inner = Counted {
            inner,
            read: Arc::clone(&read),
        };
        let mut head = Vec::new();
        let begun = inner.by_ref().take(HEAD).read_to_end(&mut head);
        begun.map_err(|error| {
            Failure::could(format!(
                "{name} could not be read: {error}; nothing was imported"
            ))
        })?;
        let reader = Cursor::new(head.clone()).chain(inner);
        Ok(Source {
            name,
            reader: Box::new(BufReader::with_capacity(BUFFER, reader)),
            head,
            read,
            total,
        })
    }

    /// These bytes, as if a file had them.
    #[cfg(test)]
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        Source {
            name: name.to_owned(),
            reader: Box::new(Cursor::new(bytes.to_vec())),
            head: bytes
                .get(..bytes.len().min(HEAD as usize))
                .unwrap_or_default()
                .to_vec(),
            read: Arc::default(),
            total: None,
        }
    }

    /// Whether there is so much of it, or may be, that reading it is worth a thread.
    pub fn is_large(&self) -> bool {
        self.total.is_none_or(|total| total >= LARGE)
    }

    /// How far the reading is, also later.
    pub fn far(&self) -> Far {
        Far {
            read: Arc::clone(&self.read),
            total: self.total,
        }
    }

    /// What it is: what was said, or else what it looks like.
    pub fn format(&self, said: Option<ImportAs>) -> Result<ImportAs, Failure> {
        let text = self
            .head
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&self.head);
        let mut marks = text.iter().filter(|byte| !byte.is_ascii_whitespace());
        let (first, second) = (marks.next(), marks.next());
        let list = first == Some(&b'[') && matches!(second, Some(b'{' | b']'));
        if list && matches!(said, None | Some(ImportAs::Json)) {
            return Err(Failure::could(format!(
                "{} is a list of people written by `export contacts`; `export all --as json` makes a file that comes back",
                self.name
            )));
        }
        if let Some(said) = said {
            return Ok(said);
        }
        if first == Some(&b'{') {
            let other = monica::looks_like(&String::from_utf8_lossy(text));
            return Ok(if other {
                ImportAs::Monica
            } else {
                ImportAs::Json
            });
        }
        match sniff(&self.head, Some(&self.name)) {
            Some(Format::Vcard) => Ok(ImportAs::Vcard),
            Some(Format::Csv) => Ok(ImportAs::Csv),
            Some(Format::Ics) => Ok(ImportAs::Ics),
            Some(Format::Mbox) => Ok(ImportAs::Mbox),
            Some(Format::Abook) => Ok(ImportAs::Abook),
            None => Err(Failure::could(format!(
                "{} looks like nothing that can be imported; if it is, say what with --as",
                self.name
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(head: &str, said: Option<ImportAs>) -> Result<ImportAs, String> {
        let source = Source {
            name: "it".to_owned(),
            reader: Box::new(io::empty()),
            head: head.as_bytes().to_vec(),
            read: Arc::default(),
            total: None,
        };
        source
            .format(said)
            .map_err(|failure| format!("{failure:?}"))
    }

    #[test]
    fn a_list_of_people_is_told_from_a_book() {
        let list = "\u{feff} [\n{\"id\": 1}]";
        for said in [None, Some(ImportAs::Json)] {
            let sentence = told(list, said).unwrap_err();
            assert!(sentence.contains("export all --as json"), "{sentence}");
        }
        assert_eq!(told(" {\"chitbook\": 1", None), Ok(ImportAs::Json));
        assert_eq!(told(list, Some(ImportAs::Csv)), Ok(ImportAs::Csv));
    }
}
