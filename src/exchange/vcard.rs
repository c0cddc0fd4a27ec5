//! vCards of all three versions: read as they come, written as others read them best.
//!
//! # Why a reader of our own?
//! Properties without a place in the book go back out as they came, and every line of a card is accounted for: taken in, kept, or
//! named in the report. That needs each line as written, with its group and its parameters, which a parser into types has lost.

mod cards;
mod data;
mod label;
pub(super) mod line;
mod losses;
mod rare;
mod take;
mod write;

pub use data::{is_v4, stays, with_data};
pub use write::{Version, write};

use super::decode::Decoded;
use super::draft::Record;
use cards::{Cards, Piece};
use std::io::{self, Read};

/// The cards of a file, one by one. Whatever the file holds, this ends; only the source's own errors are errors.
pub fn read<R: Read>(source: R) -> impl Iterator<Item = io::Result<Record>> {
    Cards::new(Decoded::new(source)).map(|piece| {
        piece.map(|piece| match piece {
            Piece::Card { line, lines, ended } => take::card(line, &lines, ended),
            Piece::Bad { line, reason } => Record::Skipped { line, reason },
        })
    })
}

#[cfg(test)]
mod tests;
