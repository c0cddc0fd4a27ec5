//! The tests that look at Chitbook from outside: the store on a real file, the program as a process, the project as a whole.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::many_single_char_names, reason = "dice have no better names")]

mod brief;
mod cli_book;
mod cli_books;
mod cli_calendar;
mod cli_crm;
mod cli_exchange;
mod cli_interrupt;
mod cli_ledger;
mod cli_mail;
mod cli_notes;
mod cli_out;
mod cli_sync;
mod cli_verbs;
mod cli_whatif;
mod correction;
mod crash;
mod docs;
mod editor;
mod filing;
mod join;
mod journal;
mod layers;
mod ledger;
mod ledger_hledger;
mod ledger_leads;
mod ledger_story;
mod lives;
mod migrate;
mod model;
mod notes;
mod open;
mod pictures;
mod pty;
mod records;
mod score;
mod standing;
mod terminal;
mod together;
mod typist;
mod who;
mod world;
