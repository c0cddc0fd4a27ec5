//! Where the caret can go: letters as a reader sees them, and words as Unicode knows them. Each looks no further than it has to.

use super::buffer::{Buffer, Place, cut};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// The place one letter back; a line's end counts as one.
pub fn back(text: &Buffer, at: Place) -> Option<Place> {
    if at.byte == 0 {
        return before_line(text, at);
    }
    let line = text.line(at.row);
    let mut cursor = GraphemeCursor::new(at.byte, line.len(), true);
    let byte = cursor.prev_boundary(line, 0).ok().flatten();
    Some(Place {
        byte: byte.unwrap_or(0),
        ..at
    })
}

/// The place one letter on.
pub fn on(text: &Buffer, at: Place) -> Option<Place> {
    let line = text.line(at.row);
    if at.byte >= line.len() {
        return after_line(text, at);
    }
    let mut cursor = GraphemeCursor::new(at.byte, line.len(), true);
    let byte = cursor.next_boundary(line, 0).ok().flatten();
    Some(Place {
        byte: byte.unwrap_or(line.len()),
        ..at
    })
}

/// The end of the line before.
fn before_line(text: &Buffer, at: Place) -> Option<Place> {
    let row = at.row.checked_sub(1)?;
    let byte = text.line(row).len();
    Some(Place { row, byte })
}

/// The start of the line after.
fn after_line(text: &Buffer, at: Place) -> Option<Place> {
    let row = at.row + 1;
    (row < text.lines().len()).then_some(Place { row, byte: 0 })
}

/// The start of the word before, or of the line; from there the end of the line before.
pub fn word_back(text: &Buffer, at: Place) -> Option<Place> {
    if at.byte == 0 {
        return before_line(text, at);
    }
    let pieces = cut(text.line(at.row), 0, at.byte).split_word_bound_indices();
    let word = pieces.rev().find(|(_, piece)| is_word(piece));
    Some(Place {
        byte: word.map_or(0, |(byte, _)| byte),
        ..at
    })
}

/// The start of the word after, or the end of the line; from there the start of the next line.
pub fn word_on(text: &Buffer, at: Place) -> Option<Place> {
    beyond(text, at, |mut pieces| {
        // The first one is the rest of the word the caret is in, or what stands before the next.
        pieces.next();
        let word = pieces.find(|(_, piece)| is_word(piece));
        word.map(|(byte, _)| byte)
    })
}

/// The end of the word the caret is in or before, or of the line; from there the start of the next line.
pub fn word_end(text: &Buffer, at: Place) -> Option<Place> {
    beyond(text, at, |mut pieces| {
        let word = pieces.find(|(_, piece)| is_word(piece));
        word.map(|(byte, piece)| byte + piece.len())
    })
}

fn beyond<'t>(
    text: &'t Buffer,
    at: Place,
    find: impl FnOnce(unicode_segmentation::UWordBoundIndices<'t>) -> Option<usize>,
) -> Option<Place> {
    let line = text.line(at.row);
    if at.byte >= line.len() {
        return after_line(text, at);
    }
    let rest = cut(line, at.byte, line.len());
    let byte = find(rest.split_word_bound_indices()).map_or(line.len(), |found| at.byte + found);
    Some(Place { byte, ..at })
}

/// The word at a place, or the blanks, or the sign: from where to where.
pub fn word_at(text: &Buffer, at: Place) -> (Place, Place) {
    let line = text.line(at.row);
    // A word never reaches over a blank.
    let blank = cut(line, 0, at.byte).char_indices().rev();
    let blank = blank.into_iter().find(|(_, c)| c.is_whitespace());
    let from = blank.map_or(0, |(byte, _)| byte);
    let mut found = (from, from);
    for (byte, piece) in cut(line, from, line.len()).split_word_bound_indices() {
        found = (from + byte, from + byte + piece.len());
        if found.1 > at.byte {
            break;
        }
    }
    let place = |byte| Place { byte, ..at };
    (place(found.0), place(found.1))
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}
