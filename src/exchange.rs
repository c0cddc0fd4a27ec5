//! Files of other programs: readers and writers between their formats and the book's [`Card`](crate::domain::contact::Card), and
//! the book the demo opens.
//!
//! Readers are streams: memory does not grow with the file, and every record of the file ends as a [`draft::Record`], either a
//! draft or a skipped one with its line and the reason. What is done with a draft is decided by [`merge`]; nothing here knows
//! the book, the terminal or a path. [`json`] is the book's own form, of every row; [`demo`] is a made-up book in that form; [`score`]
//! judges the strength model on a log of touches that is in no book; [`hledger`] writes the chit ledger as a journal, [`report`] the weekly report as a page.

pub mod abook;
pub mod csv;
pub mod decode;
pub mod demo;
pub mod draft;
pub mod format;
pub mod hledger;
pub mod ical;
pub mod json;
mod lines;
pub mod mail;
pub mod markdown;
pub mod merge;
pub mod monica;
pub mod notes;
pub mod report;
#[cfg(test)]
pub(crate) mod samples;
pub mod score;
pub mod step;
pub mod touches;
pub mod vcard;
mod words;
