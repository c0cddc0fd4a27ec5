//! Bytes from the terminal become keys, pastes, mouse and focus events, however they are cut and however broken they are.
//!
//! What is kept here is where in a sequence we are: the bytes that decide it are few, and knowing it is what lets a lone escape
//! be told from a sequence that is still on its way. The `vte` machine reads characters and the parameters of control sequences.
//!
//! Nothing a terminal answers is ever typed: strings and unknown sequences are swallowed, and nothing swallowed is stored.

use super::Input;
use super::keys::{self, Modifiers};
use crate::tui::key::{Code, Key};
use std::mem;
use std::time::Duration;

const ESC: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";

/// How long an escape may stand alone before it is the key of that name.
const ESCAPE_WAIT: Duration = Duration::from_millis(40);
/// How long a sequence that can no longer be a key may stop in its middle.
const SEQUENCE_WAIT: Duration = Duration::from_millis(250);
/// How long a paste may be silent before it counts as ended.
const PASTE_WAIT: Duration = Duration::from_secs(1);
/// How long an escape may stand at the end of what was pasted so far; its end mark may be cut there on a slow line.
const PASTE_ESCAPE_WAIT: Duration = Duration::from_millis(300);
/// A paste larger than this is handed on in pieces.
const PASTE_PIECE: usize = 16 << 20;

/// Where in a sequence the next byte stands.
#[derive(Debug, Default)]
enum State {
    /// Outside of any.
    #[default]
    Ground,
    /// After an escape.
    Escape,
    /// After `ESC [`: how many bytes followed, and the number they make as long as they are digits only.
    Control { len: usize, number: Option<u16> },
    /// After `ESC O` and perhaps the number of its modifiers.
    Single { modifiers: Option<u16> },
    /// After `ESC [ [`, which is how the Linux console begins F1 to F5.
    Console,
    /// In a string of which only the end matters: its opener while it is empty, and whether its last byte was an escape.
    Text { opener: Option<u8>, escaped: bool },
    /// In the three bytes of an old mouse report.
    Skip(u8),
    /// In a bracketed paste.
    Paste(Vec<u8>),
}

/// The state between two reads.
#[derive(Default)]
pub struct Parser {
    machine: vte::Parser,
    state: State,
    /// An escape preceded the character, or the sequence.
    alt: bool,
}

impl Parser {
    /// A parser that has seen nothing.
    pub fn new() -> Self {
        Parser::default()
    }

    /// Takes the next bytes and appends what they mean.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        let mut rest = bytes;
        while let Some(&byte) = rest.first() {
            let used = match &mut self.state {
                State::Ground => self.ground(rest, out),
                State::Paste(_) => self.paste(rest, out),
                State::Escape => self.escape(byte, out),
                State::Control { .. } => self.control(byte, out),
                State::Single { .. } => self.single(byte, out),
                State::Console => self.console(byte, out),
                State::Text { .. } => self.text(byte),
                State::Skip(left) => {
                    let part_of_it = byte >= 0x20;
                    self.state = if part_of_it && *left > 1 {
                        State::Skip(*left - 1)
                    } else {
                        State::Ground
                    };
                    usize::from(part_of_it)
                }
            };
            rest = rest.get(used..).unwrap_or_default();
        }
    }

    /// How long to wait for the next byte before [`Parser::expire`] is to be called; none while nothing is begun.
    pub fn pending(&self) -> Option<Duration> {
        match &self.state {
            State::Ground => None,
            State::Paste(held) if held.last() == Some(&ESC) => Some(PASTE_ESCAPE_WAIT),
            State::Paste(_) => Some(PASTE_WAIT),
            State::Escape
            | State::Control { len: 0, .. }
            | State::Single { modifiers: None }
            | State::Text {
                opener: Some(_), ..
            } => Some(ESCAPE_WAIT),
            _ => Some(SEQUENCE_WAIT),
        }
    }

    /// The rest did not come: what was begun is a key, or a paste, or nothing.
    pub fn expire(&mut self, out: &mut Vec<Input>) {
        let alt = mem::take(&mut self.alt);
        let opener = match mem::take(&mut self.state) {
            State::Escape => {
                out.extend((0..=usize::from(alt)).map(|_| Input::Key(Key::plain(Code::Esc))));
                None
            }
            State::Paste(held) => {
                out.push(pasted(held));
                None
            }
            State::Control { len: 0, .. } => Some('['),
            State::Single { modifiers: None } => Some('O'),
            State::Text { opener, .. } => opener.map(char::from),
            _ => None,
        };
        out.extend(opener.map(|c| Input::Key(with_alt(Key::char(c)))));
    }

    /// Characters and control keys up to the next escape.
    fn ground(&mut self, bytes: &[u8], out: &mut Vec<Input>) -> usize {
        let end = memchr::memchr(ESC, bytes).unwrap_or(bytes.len());
        if end == 0 {
            // A character cut off by the escape is dropped with the machine that holds its beginning.
            self.machine = vte::Parser::new();
            self.alt = false;
            self.state = State::Escape;
            return 1;
        }
        let mut sink = Sink::new(out, &mut self.alt);
        self.machine
            .advance(&mut sink, bytes.get(..end).unwrap_or_default());
        end
    }

    fn escape(&mut self, byte: u8, out: &mut Vec<Input>) -> usize {
        match byte {
            b'[' => {
                self.machine = vte::Parser::new();
                self.machine
                    .advance(&mut Sink::new(out, &mut self.alt), b"\x1b[");
                self.state = State::Control {
                    len: 0,
                    number: None,
                };
            }
            b'O' => self.state = State::Single { modifiers: None },
            b']' | b'P' | b'X' | b'^' | b'_' => {
                self.esc_before(out);
                self.state = State::Text {
                    opener: Some(byte),
                    escaped: false,
                };
            }
            ESC => {
                self.esc_before(out);
                self.alt = true;
            }
            _ => {
                self.esc_before(out);
                self.alt = true;
                self.state = State::Ground;
                return 0;
            }
        }
        1
    }

    /// Two escapes before something that one escape belongs to: the first was the key.
    fn esc_before(&mut self, out: &mut Vec<Input>) {
        if mem::take(&mut self.alt) {
            out.push(Input::Key(Key::plain(Code::Esc)));
        }
    }

    fn control(&mut self, byte: u8, out: &mut Vec<Input>) -> usize {
        let State::Control { len, number } = &mut self.state else {
            return 0;
        };
        if let (b'$', Some(shifted)) = (byte, *number) {
            let key = keys::numbered(shifted, Modifiers::SHIFT);
            out.extend(key.map(|key| Input::Key(self.finished(key))));
            return 1;
        }
        match byte {
            0x20..=0x3f => {
                let digit = byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
                *number = match (*len, *number, digit) {
                    (0, _, digit) => digit,
                    (_, Some(n), Some(digit)) => Some(n.saturating_mul(10).saturating_add(digit)),
                    _ => None,
                };
                *len += 1;
                self.machine
                    .advance(&mut Sink::new(out, &mut self.alt), &[byte]);
                1
            }
            0x40..=0x7e => {
                let mut sink = Sink::new(out, &mut self.alt);
                self.machine.advance(&mut sink, &[byte]);
                self.state = sink.next;
                self.alt = false;
                self.machine = vte::Parser::new();
                1
            }
            _ => self.abandon(byte),
        }
    }

    /// A sequence ends in the middle; its bytes mean nothing, the byte that broke it does.
    fn abandon(&mut self, byte: u8) -> usize {
        self.machine = vte::Parser::new();
        self.alt = false;
        self.state = State::Ground;
        usize::from(matches!(byte, 0x18 | 0x1a))
    }

    /// A key that ends its sequence.
    fn finished(&mut self, key: Key) -> Key {
        self.machine = vte::Parser::new();
        self.state = State::Ground;
        if mem::take(&mut self.alt) {
            with_alt(key)
        } else {
            key
        }
    }

    fn single(&mut self, byte: u8, out: &mut Vec<Input>) -> usize {
        let State::Single { modifiers } = &mut self.state else {
            return 0;
        };
        match byte {
            b'0'..=b'9' => *modifiers = Some(u16::from(byte - b'0')),
            b';' => *modifiers = Some(1),
            0x20..=0x7e => {
                let key = keys::single(byte, Modifiers::of(modifiers.unwrap_or(1)));
                match key {
                    Some(key) => out.push(Input::Key(self.finished(key))),
                    None => return self.abandon(0x18),
                }
            }
            _ => return self.abandon(byte),
        }
        1
    }

    fn console(&mut self, byte: u8, out: &mut Vec<Input>) -> usize {
        match byte {
            b'A'..=b'E' => {
                let key = self.finished(Key::plain(Code::F(byte - b'A' + 1)));
                out.push(Input::Key(key));
                1
            }
            0x20..=0x7e => self.abandon(0x18),
            _ => self.abandon(byte),
        }
    }

    fn text(&mut self, byte: u8) -> usize {
        let State::Text { opener, escaped } = &mut self.state else {
            return 0;
        };
        *opener = None;
        match (mem::take(escaped), byte) {
            (true, b'\\') | (_, 0x07 | 0x18 | 0x1a) => self.state = State::Ground,
            (true, ESC) | (false, ESC) => *escaped = true,
            (true, _) => {
                self.state = State::Escape;
                return 0;
            }
            (false, _) => {}
        }
        1
    }

    fn paste(&mut self, bytes: &[u8], out: &mut Vec<Input>) -> usize {
        let State::Paste(held) = &mut self.state else {
            return 0;
        };
        let before = held.len();
        let from = before.saturating_sub(PASTE_END.len() - 1);
        held.extend_from_slice(bytes);
        let found = held
            .get(from..)
            .and_then(|new| memchr::memmem::find(new, PASTE_END));
        if let Some(at) = found {
            let end = from + at;
            held.truncate(end);
            let held = mem::take(held);
            self.state = State::Ground;
            out.push(pasted(held));
            return (end + PASTE_END.len()).saturating_sub(before);
        }
        if held.len() > PASTE_PIECE {
            let tail = held.split_off(piece_end(held));
            out.push(pasted(mem::replace(held, tail)));
        }
        bytes.len()
    }
}

/// Where a large paste may be cut: not in a character, and not in what may be its end mark.
fn piece_end(held: &[u8]) -> usize {
    let mut end = held.len() - PASTE_END.len();
    let lowest = end - 3;
    while end > lowest && held.get(end).is_some_and(|b| (0x80..0xc0).contains(b)) {
        end -= 1;
    }
    end
}

/// The text of a paste, without the beginning of an end mark that never came.
fn pasted(mut held: Vec<u8>) -> Input {
    let cut = (1..PASTE_END.len())
        .rev()
        .find(|&n| PASTE_END.get(..n).is_some_and(|mark| held.ends_with(mark)));
    held.truncate(held.len() - cut.unwrap_or(0));
    let text =
        String::from_utf8(held).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into());
    Input::Paste(text)
}

fn with_alt(key: Key) -> Key {
    Key { alt: true, ..key }
}

/// What the machine found.
struct Sink<'a> {
    out: &'a mut Vec<Input>,
    alt: &'a mut bool,
    next: State,
}

impl<'a> Sink<'a> {
    fn new(out: &'a mut Vec<Input>, alt: &'a mut bool) -> Self {
        Sink {
            out,
            alt,
            next: State::Ground,
        }
    }

    fn key(&mut self, key: Option<Key>) {
        // An escape before a character that is none belongs to nothing.
        let alt = mem::take(self.alt);
        let key = key.map(|key| if alt { with_alt(key) } else { key });
        self.out.extend(key.map(Input::Key));
    }
}

impl vte::Perform for Sink<'_> {
    fn print(&mut self, c: char) {
        let key = match c {
            '\u{7f}' => Some(Key::plain(Code::Backspace)),
            char::REPLACEMENT_CHARACTER => None,
            c if c.is_control() => None,
            c => Some(Key::char(c)),
        };
        self.key(key);
    }

    fn execute(&mut self, byte: u8) {
        self.key(keys::control(byte));
    }

    fn csi_dispatch(
        &mut self,
        params: &vte::Params,
        intermediates: &[u8],
        ignored: bool,
        action: char,
    ) {
        if ignored {
            return;
        }
        let first = params.iter().next().and_then(|p| p.first()).copied();
        match (intermediates, action) {
            (b"<", 'M' | 'm') => self.out.extend(keys::mouse(params, action == 'M')),
            ([], 'I' | 'O') if first == Some(0) => self.out.push(Input::Focus(action == 'I')),
            ([], 'M') if first == Some(0) => self.next = State::Skip(3),
            ([], '[') if first == Some(0) => self.next = State::Console,
            ([], '~') if first == Some(200) => self.next = State::Paste(Vec::new()),
            ([], _) => self.key(keys::sequence(params, action)),
            _ => {}
        }
    }
}
