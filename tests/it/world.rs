//! A world of its own for each test: a folder that goes away, a fixed moment, a few people.

use chitbook::domain::command::Command;
use chitbook::domain::contact::Card;
use chitbook::domain::id::Id;
use chitbook::domain::moment::Moment;
use chitbook::store::Store;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command as Process, Stdio};
use tempfile::TempDir;

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

    /// The real program in a world of its own: nothing of this machine's environment, home and settings in the folder, Sunday
    /// 22 November 2026, `book.chitbook` as the book.
    pub fn program(&self, args: &[&str]) -> Process {
        let mut program = Process::new(env!("CARGO_BIN_EXE_chitbook"));
        program.env_clear().current_dir(self.folder.path());
        for (name, value) in [
            ("HOME", self.path("")),
            ("XDG_DATA_HOME", self.path("data")),
            ("XDG_CONFIG_HOME", self.path("config")),
            ("CHITBOOK_BOOK", self.path("book.chitbook")),
        ] {
            program.env(name, value);
        }
        program
            .env("TZ", "UTC")
            .env("CHITBOOK_NOW", "2026-11-22T14:07:00+00:00");
        program.args(args).stdin(Stdio::null());
        program
    }

    /// What a command says on standard output; it must have been done.
    pub fn ok(&self, args: &[&str]) -> String {
        let ran = self.program(args).output().unwrap();
        let complaint = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(
            (ran.status.code(), complaint.as_str()),
            (Some(0), ""),
            "{args:?}"
        );
        String::from_utf8(ran.stdout).unwrap()
    }

    /// What a command says as JSON.
    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.ok(args)).unwrap()
    }

    /// A transcript of commands: what was typed, what came on standard output, what on standard error (after `!`), and the exit
    /// code where it is not 0. Ids are minted at random: each is written `#1`, `#2`, … in the order they appear.
    pub fn transcript(&self, commands: &[&[&str]]) -> String {
        let mut text = String::new();
        for args in commands {
            let ran = self.program(args).output().unwrap();
            let typed: Vec<String> = args
                .iter()
                .map(|arg| {
                    if arg.is_empty() || arg.contains(' ') {
                        format!("'{arg}'")
                    } else {
                        (*arg).to_owned()
                    }
                })
                .collect();
            writeln!(text, "$ chitbook {}", typed.join(" ")).unwrap();
            text.push_str(&String::from_utf8(ran.stdout).unwrap());
            for line in String::from_utf8(ran.stderr).unwrap().lines() {
                writeln!(text, "{}", format!("! {line}").trim_end()).unwrap();
            }
            match ran.status.code() {
                Some(0) => {}
                code => writeln!(text, "exit {}", code.unwrap()).unwrap(),
            }
        }
        let folder = self.folder.path().display().to_string();
        without_ids(&text.replace(&folder, "WORLD"))
    }
}

/// The text with each id replaced by its number.
fn without_ids(text: &str) -> String {
    let is_id = |word: &str| {
        word.len() == 4
            && !["when", "file", "what", "name", "rank"].contains(&word)
            && word
                .chars()
                .all(|c| c.is_ascii_digit() || c.is_ascii_lowercase() && !"ilou".contains(c))
    };
    let mut ids: Vec<String> = Vec::new();
    let mut number = |word: &str| {
        let at = ids.iter().position(|id| id == word).unwrap_or_else(|| {
            ids.push(word.to_owned());
            ids.len() - 1
        });
        format!("#{:<3}", at + 1)
    };
    let mut out = String::new();
    for line in text.lines() {
        let begins = line.trim_start_matches("! ").trim_start();
        let first = begins.split("  ").next().unwrap();
        let bracketed = line
            .rsplit_once(" (")
            .map(|(_, rest)| rest.split([')', ':']).next().unwrap());
        let line = if is_id(first) && begins.contains("  ") {
            line.replacen(first, &number(first), 1)
        } else if let Some(id) = bracketed.filter(|id| is_id(id)) {
            line.replacen(&format!("({id}"), &format!("({}", number(id).trim_end()), 1)
        } else {
            line.to_owned()
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
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
