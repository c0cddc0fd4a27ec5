//! Mail: who wrote to whom and when, from the headers of an mbox or of single messages.
//!
//! # Why a reader of our own?
//! A mailbox is gigabytes of attachments with a few kilobytes of headers between them. Here the attachments only pass by: what is
//! searched in them is the line that begins the next message, and no message is ever held as a whole.

mod address;
mod date;
mod header;
mod mbox;
mod rules;
mod words;

pub use address::Address;
pub use rules::{Sorted, Way, sort};

use std::io::{self, Read};

/// A message, as far as its headers tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Who wrote it.
    pub from: Option<Address>,
    /// To whom, open copies among them.
    pub to: Vec<Address>,
    /// When, in milliseconds since 1970 UTC and with the writer's minutes east of it; none where nothing in it says so readably.
    pub at: Option<(i64, i32)>,
    /// Whether its own date was broken and another of its marks was taken.
    pub dated_otherwise: bool,
    /// What it is about.
    pub subject: String,
    /// Its identity.
    pub id: u64,
    /// The messages it answers, the first of all first, each by its identity.
    pub answers: Vec<u64>,
    /// What shows that it is nothing between two people.
    mark: Option<header::Mark>,
}

/// One record of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A message.
    Message(Box<Message>),
    /// Something that is none.
    Skipped(&'static str),
}

/// The messages of an mbox, or the one message that a file is. Whatever the file holds, this ends; only the source's own errors are
/// errors.
pub fn read<R: Read>(source: R) -> impl Iterator<Item = io::Result<Entry>> {
    mbox::Mbox::new(source).map(|piece| {
        piece.map(|piece| match piece {
            mbox::Piece::Head { separator, head } => {
                Entry::Message(Box::new(header::message(&head, &separator)))
            }
            mbox::Piece::Stray => Entry::Skipped("this is text before the first message"),
        })
    })
}

/// Bytes in which a message by itself is recognised.
const LOOKED_AT: usize = 4 << 10;

/// Whether the beginning of a file looks like mail: an mbox, or a message by itself.
pub fn looks_like(first: &[u8]) -> bool {
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    if first.starts_with(b"From ") {
        return mbox::begins(first);
    }
    let text = String::from_utf8_lossy(first.get(..first.len().min(LOOKED_AT)).unwrap_or_default());
    let lines = text.lines().take_while(|line| !line.trim().is_empty());
    let known = [
        "from",
        "to",
        "date",
        "subject",
        "message-id",
        "received",
        "return-path",
        "mime-version",
        "delivered-to",
    ];
    let mut fields = 0;
    for line in lines {
        match line.split_once(':') {
            _ if line.starts_with([' ', '\t']) => {}
            Some((name, _)) if known.contains(&name.to_ascii_lowercase().as_str()) => fields += 1,
            Some((name, _)) if header::is_name(name.as_bytes()) => {}
            _ => return false,
        }
    }
    fields >= 3
}

#[cfg(test)]
mod tests;
