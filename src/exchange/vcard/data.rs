//! What stays in a card's file although the book does not take it: photos, sounds, keys.

use super::cards::{Cards, Piece};
use super::line::{Line, fold};
use crate::exchange::decode::Decoded;

/// Properties that hold data.
const DATA: [&str; 7] = [
    "PHOTO",
    "LOGO",
    "SOUND",
    "KEY",
    "X-MS-CARDPICTURE",
    "X-ABADR",
    "X-ABCROP-RECTANGLE",
];

/// Whether a card may be written into its file anew although this, in the words of a report, was left out of it: data stays in the file,
/// and of parameters nothing is lost but shades of how a value is meant.
pub fn stays(left_out: &str) -> bool {
    let what = left_out
        .split([' ', ':'])
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    DATA.contains(&what.as_str())
        || ["PICTURE", "PARAMETER", "DIVISION", "TIME"].contains(&what.as_str())
}

/// Whether a card says that it is of version 4.0.
pub fn is_v4(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096)).unwrap_or_default())
        .to_ascii_uppercase();
    head.lines().any(|line| line.trim() == "VERSION:4.0")
}

/// A card as it was written, with the data of its file put back into it.
pub fn with_data(written: &str, file: &[u8]) -> String {
    let mut data = String::new();
    let piece = Cards::new(Decoded::new(file)).next();
    if let Some(Ok(Piece::Card { lines, .. })) = piece {
        for text in &lines {
            let Some(line) = Line::parse(text, false) else {
                continue;
            };
            if DATA.contains(&line.name.as_str()) {
                fold(text, &mut data);
            }
        }
    }
    match written.rsplit_once("END:VCARD") {
        Some((before, after)) if !data.is_empty() => [before, &data, "END:VCARD", after].concat(),
        _ => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_stays_in_its_file() {
        let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\n BBBB\r\nEND:VCARD\r\n";
        let written = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:B\r\nEND:VCARD\r\n";
        let whole = with_data(written, file.as_bytes());
        assert_eq!(
            whole,
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:B\r\nPHOTO;ENCODING=b;TYPE=JPEG:AAAABBBB\r\nEND:VCARD\r\n"
        );
        assert!(stays("photo (225 kB)") && !stays("a line that is no property: \"x\""));
    }
}
