//! The tests that look at Chitbook from outside: the store on a real file, the program as a process, the project as a whole.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::many_single_char_names, reason = "dice have no better names")]

mod commands;
mod crash;
mod docs;
mod imports;
mod journal;
mod layers;
mod open;
mod pty;
mod standing;
mod terminal;
mod together;
mod world;
