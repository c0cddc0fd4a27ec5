//! A world of its own for each test: a folder that goes away, a fixed moment, a few people.

use chitbook::domain::command::Command;
use chitbook::domain::contact::Card;
use chitbook::domain::id::Id;
use chitbook::domain::moment::Moment;
use chitbook::store::Store;
use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command as Process, Output, Stdio};
use tempfile::TempDir;

/// The program under test.
pub const CHITBOOK: &str = env!("CARGO_BIN_EXE_chitbook");

/// A folder for one test.
pub struct World {
    pub folder: TempDir,
}

impl World {
    pub fn new() -> Self {
        World {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn book(&self) -> Store {
        Store::open(&self.path("book.chitbook")).unwrap()
    }
}

/// What a command printed, and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

impl Said {
    pub fn of(output: &Output) -> Self {
        Said {
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
            code: output.status.code(),
        }
    }

    /// What was printed, of a command that did what it was asked and complained about nothing.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!((self.err.as_str(), self.code), ("", Some(0)), "{self:?}");
        self.out
    }

    /// What was complained about, of a command that ended with this code and printed nothing.
    #[track_caller]
    pub fn refused(self, code: i32) -> String {
        assert_eq!((self.out.as_str(), self.code), ("", Some(code)), "{self:?}");
        self.err
    }
}

/// The program as a process on this world's own book: an empty home, no environment but what is named here.
impl World {
    /// The program with these arguments, not started yet.
    pub fn process(&self, args: &[&str]) -> Process {
        let mut process = Process::new(CHITBOOK);
        process.args(args);
        self.dress(&mut process);
        process
    }

    /// Gives a process this world's environment.
    pub fn dress(&self, process: &mut Process) {
        let home = self.folder.path();
        process
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("TZ", "UTC")
            .env("CHITBOOK_NOW", "2026-11-22T14:07:00+00:00")
            .env("CHITBOOK_BOOK", self.path("book.chitbook"))
            .current_dir(home)
            .stdin(Stdio::null());
    }

    /// Runs the program to its end.
    pub fn run(&self, args: &[&str]) -> Said {
        Said::of(&self.process(args).output().unwrap())
    }

    /// What the program prints when it does what it is asked.
    #[track_caller]
    pub fn done(&self, args: &[&str]) -> String {
        self.run(args).done()
    }

    /// The one JSON document the program prints.
    #[track_caller]
    pub fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.done(args)).unwrap()
    }

    /// Runs the program with this text as its standard input.
    pub fn told(&self, args: &[&str], input: &[u8]) -> Said {
        let mut process = self.process(args);
        process
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = process.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Said::of(&child.wait_with_output().unwrap())
    }

    /// A file of this world.
    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.into_os_string().into_string().unwrap()
    }
}

/// The text with `####` for each id, which is four letters or digits in brackets or at the beginning of a line.
pub fn masked(text: &str) -> String {
    let is_id = |word: &str| {
        word.chars().count() == 4
            && word
                .chars()
                .all(|c| c.is_ascii_digit() || c.is_ascii_lowercase())
    };
    let line = |line: &str| {
        let bare = line.trim_start();
        let indent = " ".repeat(line.len() - bare.len());
        let mut line = match bare.split_once("  ") {
            Some((id, rest)) if is_id(id) && !rest.starts_with(' ') => {
                format!("{indent}####  {rest}")
            }
            _ => line.to_owned(),
        };
        if let Some((before, after)) = line.split_once('(')
            && let Some(end) = after.find([')', ':'])
            && let (id, rest) = after.split_at(end)
            && is_id(id)
        {
            line = format!("{before}(####{rest}");
        }
        line + "\n"
    };
    text.lines().map(line).collect()
}

/// Sunday 22 November 2026, two in the afternoon, one hour east.
pub fn now() -> Moment {
    "2026-11-22T14:07:00+01:00".parse().unwrap()
}

/// A new person of this name.
pub fn add(book: &mut Store, name: &str) -> Id {
    let command = Command::AddContact(Box::new(Card::named(name)));
    book.apply(&command, &now()).unwrap().created.unwrap()
}

/// Every row a person entered, and what is derived of it, as text: two books with equal dumps are equal.
pub fn dump(book: &Store) -> String {
    let db = rusqlite::Connection::open(book.path()).unwrap();
    let mut text = String::new();
    for table in Store::tables().chain(["standing", "rank"]) {
        let mut statement = db
            .prepare(&format!("select * from {table} order by 1"))
            .unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<String> = (0..columns)
                .map(|at| format!("{:?}", row.get_ref(at).unwrap()))
                .collect();
            text.push_str(&[table, ": ", &values.join(" | "), "\n"].concat());
        }
    }
    text
}
