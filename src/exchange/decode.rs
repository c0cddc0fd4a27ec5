//! Bytes to text, as a stream: which encoding a file is in is decided by its first bytes, and nothing it holds can stop the reading.
//!
//! Address books come as UTF-8 with and without a mark, as UTF-16 from Outlook and in Windows code pages. What comes out here is
//! always valid UTF-8 without NULs. A byte that is no UTF-8 in a UTF-8 file is read as Windows-1252, since files are glued together
//! from parts.

use encoding_rs::{CoderResult, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, BufRead, Read};

/// Bytes looked at before the encoding is decided; also the size of one step.
const WINDOW: usize = 64 * 1024;

enum Mode {
    Undecided,
    Utf8,
    Other(Box<encoding_rs::Decoder>),
}

/// The text of `source` as UTF-8 bytes. Each filled buffer ends at a character's end.
pub struct Decoded<R> {
    source: R,
    mode: Mode,
    /// Bytes as they came, `filled` of them.
    raw: Vec<u8>,
    filled: usize,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// Reads `source` from its start.
    pub fn new(source: R) -> Self {
        Decoded {
            source,
            mode: Mode::Undecided,
            raw: vec![0; WINDOW],
            filled: 0,
            text: Vec::new(),
            at: 0,
            ended: false,
        }
    }

    /// Fills the raw window as far as the source gives, so that a slow source is judged like a fast one.
    fn fill_raw(&mut self) -> io::Result<()> {
        while !self.ended && self.filled < WINDOW {
            match self.source.read(&mut self.raw[self.filled..]) {
                Ok(0) => self.ended = true,
                Ok(got) => self.filled += got,
                Err(problem) if problem.kind() == io::ErrorKind::Interrupted => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(())
    }

    /// Forgets the first `used` raw bytes.
    fn use_up(&mut self, used: usize) {
        self.raw.copy_within(used..self.filled, 0);
        self.filled -= used;
    }

    fn decide(&mut self) {
        let (encoding, mark) = sniff(&self.raw[..self.filled]);
        self.use_up(mark);
        self.mode = match encoding {
            None => Mode::Utf8,
            Some(encoding) => Mode::Other(Box::new(encoding.new_decoder_without_bom_handling())),
        };
    }

    fn step(&mut self) -> io::Result<()> {
        self.fill_raw()?;
        if matches!(self.mode, Mode::Undecided) {
            self.decide();
        }
        self.text.clear();
        self.at = 0;
        let raw = &self.raw[..self.filled];
        let used = if let Mode::Other(decoder) = &mut self.mode {
            let mut text = String::with_capacity(3 * raw.len() + 16);
            let (_, used, _) = decoder.decode_to_string(raw, &mut text, self.ended);
            self.text = text.into_bytes();
            used
        } else {
            repair(raw, self.ended, &mut self.text)
        };
        self.use_up(used);
        if self.text.contains(&0) {
            self.text.retain(|b| *b != 0);
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(into.len());
        into[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.text.len() && !(self.ended && self.filled == 0) {
            self.step()?;
        }
        Ok(&self.text[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.text.len());
    }
}

/// The encoding the first bytes speak for, where it is not UTF-8, and the length of the mark before the text.
pub(super) fn sniff(window: &[u8]) -> (Option<&'static Encoding>, usize) {
    if let Some((encoding, mark)) = Encoding::for_bom(window) {
        let utf8 = encoding == encoding_rs::UTF_8;
        return ((!utf8).then_some(encoding), mark);
    }
    let head = &window[..window.len().min(4096)];
    let nuls_at = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (nuls_at(0), nuls_at(1));
    // Text in the Latin alphabet has a NUL in three of four of its 16-bit units; a damaged file has them here and there.
    if odd * 4 > head.len() && even * 8 < head.len() {
        return (Some(UTF_16LE), 0);
    }
    if even * 4 > head.len() && odd * 8 < head.len() {
        return (Some(UTF_16BE), 0);
    }
    let utf8 = window.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    let broken = match std::str::from_utf8(window) {
        Ok(_) => false,
        Err(problem) => problem.error_len().is_some() || window.len() < WINDOW,
    };
    ((broken && !utf8).then_some(WINDOWS_1252), 0)
}

/// The text of the first bytes of a file, for looking at.
pub(super) fn preview(first: &[u8]) -> String {
    let mut text = Vec::new();
    // Reading from memory does not fail.
    let _ = Decoded::new(first).read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// Copies UTF-8, reading each byte that is none as Windows-1252. Says how many bytes were used; a character cut at the end waits.
fn repair(raw: &[u8], last: bool, text: &mut Vec<u8>) -> usize {
    let mut at = 0;
    while at < raw.len() {
        match std::str::from_utf8(&raw[at..]) {
            Ok(_) => {
                text.extend_from_slice(&raw[at..]);
                at = raw.len();
            }
            Err(problem) => {
                let valid = at + problem.valid_up_to();
                text.extend_from_slice(&raw[at..valid]);
                at = valid;
                match problem.error_len() {
                    None if !last => return at,
                    broken => {
                        let end = broken.map_or(raw.len(), |len| at + len);
                        text.extend_from_slice(single_bytes(&raw[at..end]).as_bytes());
                        at = end;
                    }
                }
            }
        }
    }
    at
}

/// Bytes read as Windows-1252.
pub(super) fn single_bytes(bytes: &[u8]) -> String {
    let mut decoder = WINDOWS_1252.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(3 * bytes.len() + 8);
    let (result, _, _) = decoder.decode_to_string(bytes, &mut text, true);
    debug_assert_eq!(result, CoderResult::InputEmpty);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A source that gives one byte at a time.
    struct Drops<'a>(&'a [u8]);
    impl Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else {
                return Ok(0);
            };
            into[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|u| {
                if little {
                    u.to_le_bytes()
                } else {
                    u.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn each_encoding_gives_the_same_text() {
        let text = "BEGIN:VCARD\r\nFN:J\u{fc}rgen Sch\u{e4}fer\r\nEND:VCARD\r\n";
        let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
        let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
        let cases = [
            ("UTF-8", text.as_bytes().to_vec()),
            (
                "UTF-8 with mark",
                marked(b"\xef\xbb\xbf", text.as_bytes().to_vec()),
            ),
            ("Windows-1252", latin),
            ("UTF-16LE with mark", marked(b"\xff\xfe", utf16(text, true))),
            (
                "UTF-16BE with mark",
                marked(b"\xfe\xff", utf16(text, false)),
            ),
            ("UTF-16LE", utf16(text, true)),
            ("UTF-16BE", utf16(text, false)),
        ];
        for (label, bytes) in cases {
            assert_eq!(preview(&bytes), text, "{label}");
        }
    }

    #[test]
    fn a_foreign_byte_in_a_utf8_file_costs_only_itself_and_nuls_go() {
        assert_eq!(
            preview(
                "Zo\u{eb}"
                    .as_bytes()
                    .iter()
                    .copied()
                    .chain(*b" \xe9l\0an")
                    .collect::<Vec<_>>()
                    .as_slice()
            ),
            "Zo\u{eb} \u{e9}lan"
        );
    }

    #[test]
    fn characters_on_the_edge_of_a_step_stay_whole() {
        let text = format!("x{}", "\u{20ac}".repeat(WINDOW));
        assert_eq!(preview(text.as_bytes()), text);
        let wide: Vec<u8> = [b"\xff\xfe".to_vec(), utf16(&text, true)].concat();
        assert_eq!(preview(&wide), text);
    }

    proptest! {
        #[test]
        fn any_bytes_become_text_and_the_size_of_the_reads_does_not_matter(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut slow = Vec::new();
            Decoded::new(Drops(&bytes)).read_to_end(&mut slow).unwrap();
            let text = String::from_utf8(slow).unwrap();
            prop_assert!(!text.contains('\0'));
            prop_assert_eq!(text, preview(&bytes));
        }

        #[test]
        fn utf8_comes_through_unchanged(text in "[^\0\u{feff}]{0,80}") {
            prop_assert_eq!(preview(text.as_bytes()), text);
        }
    }
}
