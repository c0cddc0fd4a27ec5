//! Chitbook: the terminal relationship dashboard that a sales rep keeps open all day.
//!
//! One file, the *book*, holds the people, what was last said to each, what was promised, and who did whom a favour. The dashboard and
//! the command line are two ways to the same book.
//!
//! # Where is what?
//!
//! ```text
//! main ── cli ─┬─ dashboard ──┬── tui ────────┐
//!              │              └── store ──────┤
//!              ├─ exchange ───────────────────┼── domain
//!              └─ store ──────────────────────┘
//! ```
//!
//! | module | owns | never names |
//! | --- | --- | --- |
//! | [`domain`] | the words and the rules: contacts, touches, chits, the strength model, dates as people type them | SQL, terminal, files, the clock |
//! | [`exchange`] | other programs' formats: vCard, CSV, JSON; the demo book | SQL, terminal, files |
//! | [`store`] | the book on disk: schema, one write door, undo, queries | the terminal |
//! | [`tui`] | the dashboard: keys in, a picture out, effects as values | the book, files, the clock |
//! | [`dashboard`] | performs those effects on the book | drawing |
//! | [`cli`] | the command line, and everything printed | SQL, drawing |
//! | [`settings`], [`places`] | what `config.toml` may say, and where things lie | the book, the terminal |
//!
//! A test reads the source and keeps these rules. The one place that reads the clock is `main.rs`; everybody else is told the moment.
//!
//! # Where does a change happen?
//!
//! Every change a person can make is a [`domain::command::Command`]. [`store::Store::apply`] carries it out in one transaction and one
//! step of the journal, so that undo works for it without anybody having to think of it; `store/write` turns it into rows. A new kind
//! of change is a new variant there, a few lines in `store/write`, and whatever asks for it: a form in `tui/modal` or a verb in `cli`.
//!
//! # Why is the tree like this?
//!
//! The dashboard's pure half ([`tui`]) and its hands ([`dashboard`]) are apart, so that every story of keys and pictures can be told in
//! a test without a terminal or a disk, and so that drawing cannot change anything. Writing has a thread of its own (the clerk): a slow
//! disk never holds up a key. Keys stand in one table ([`tui::keymap`]) that dispatches them and writes the hint line, the help, the
//! palette and README's table.

pub mod cli;
pub mod dashboard;
pub mod domain;
pub mod exchange;
pub mod places;
pub mod settings;
pub mod store;
pub mod tui;
