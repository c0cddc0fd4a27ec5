//! Bytes from the terminal become keys, pastes, mouse and focus events, however they are cut and however broken they are.
//!
//! What is kept here is where in a sequence we are: the bytes that decide it are few, and knowing it is what lets a lone escape
//! be told from a sequence that is still on its way. The `vte` machine reads the control sequences.
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
///
/// Terminals write a sequence at once, and whoever presses escape and then a letter is soon taken to have meant alt.
const ESCAPE_WAIT: Duration = Duration::from_millis(20);
/// How long a sequence may stop where it may still have been a key with alt.
const ALT_WAIT: Duration = Duration::from_millis(40);
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
    /// The beginning of a character whose end is still to come.
    cut: Vec<u8>,
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
            State::Escape => Some(ESCAPE_WAIT),
            State::Control { len: 0, .. }
            | State::Single { modifiers: None }
            | State::Text {
                opener: Some(_), ..
            } => Some(ALT_WAIT),
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
    ///
    /// Not left to the machine: of two characters it is given in pieces it loses the second.
    fn ground(&mut self, bytes: &[u8], out: &mut Vec<Input>) -> usize {
        let end = memchr::memchr(ESC, bytes).unwrap_or(bytes.len());
        if end == 0 {
            // A character cut off by the escape is dropped, and an escape before it with it.
            self.cut.clear();
            self.alt = false;
            self.state = State::Escape;
            return 1;
        }
        let new = bytes.get(..end).unwrap_or_default();
        let joined = (!self.cut.is_empty()).then(|| [&mem::take(&mut self.cut), new].concat());
        let mut chunks = joined.as_deref().unwrap_or(new).utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            for c in chunk.valid().chars() {
                push_key(out, &mut self.alt, keys::character(c));
            }
            let broken = chunk.invalid();
            let unfinished = str::from_utf8(broken).is_err_and(|e| e.error_len().is_none());
            if unfinished && chunks.peek().is_none() {
                self.cut = broken.to_vec();
            } else if !broken.is_empty() {
                self.alt = false;
            }
        }
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
            (_, ESC) => *escaped = true,
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
}

/// Appends a key, with alt if an escape preceded it. An escape before something that is no key belongs to nothing.
fn push_key(out: &mut Vec<Input>, alt: &mut bool, key: Option<Key>) {
    let alt = mem::take(alt);
    let key = key.map(|key| if alt { with_alt(key) } else { key });
    out.extend(key.map(Input::Key));
}

impl vte::Perform for Sink<'_> {
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
            ([], _) => push_key(self.out, self.alt, keys::sequence(params, action)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::effect::{Mouse, MouseWhat};
    use proptest::prelude::*;

    fn parsed(bytes: &[u8]) -> Vec<Input> {
        let (mut parser, mut out) = (Parser::new(), Vec::new());
        parser.feed(bytes, &mut out);
        out
    }

    /// What comes when nothing follows for a long time.
    fn settled(bytes: &[u8]) -> Vec<Input> {
        let (mut parser, mut out) = (Parser::new(), Vec::new());
        parser.feed(bytes, &mut out);
        while parser.pending().is_some() {
            parser.expire(&mut out);
        }
        out
    }

    fn named(input: &Input) -> String {
        match input {
            Input::Key(key) => {
                let code = match key.code {
                    Code::Char(c) => c.to_string(),
                    code => format!("{code:?}"),
                };
                let held = [(key.ctrl, "C-"), (key.alt, "A-"), (key.shift, "S-")];
                let held = held.iter().filter(|(on, _)| *on).map(|(_, name)| *name);
                held.collect::<String>() + &code
            }
            Input::Paste(text) => format!("paste:{text}"),
            Input::Mouse(mouse) => format!("{:?}@{},{}", mouse.what, mouse.column, mouse.row),
            Input::Focus(here) => format!("focus:{here}"),
        }
    }

    fn names(inputs: &[Input]) -> String {
        inputs.iter().map(named).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn keys_of_every_kind_of_terminal_are_known() {
        let table: &[(&str, &[u8], &str)] = &[
            ("letters", b"aZ", "a Z"),
            ("other letters", "é好🙂".as_bytes(), "é 好 🙂"),
            ("return and line feed", b"\r\n", "Enter Enter"),
            ("control letters", b"\x01\x1a\x00\x1f", "C-a C-z C-  C-_"),
            (
                "tab and both backspaces",
                b"\t\x7f\x08",
                "Tab Backspace Backspace",
            ),
            ("alt", b"\x1bx\x1b\r\x1b\x7f", "A-x A-Enter A-Backspace"),
            ("alt and a long letter", "\x1bé!".as_bytes(), "A-é !"),
            ("arrows", b"\x1b[A\x1bOB\x1b[1;5C", "Up Down C-Right"),
            ("arrows with more held", b"\x1b[1;4D", "A-S-Left"),
            ("rxvt arrows", b"\x1b[a\x1bOa\x1b\x1b[A", "S-Up C-Up A-Up"),
            (
                "rxvt home and end",
                b"\x1b[7~\x1b[8$\x1b[7^\x1b[7@",
                "Home S-End C-Home C-S-Home",
            ),
            (
                "home and end",
                b"\x1b[H\x1bOF\x1b[1~\x1b[4~",
                "Home End Home End",
            ),
            ("pages", b"\x1b[5~\x1b[6;5~", "PageUp C-PageDown"),
            (
                "insert and delete",
                b"\x1b[2~\x1b[3~\x1b[3;5~",
                "Insert Delete C-Delete",
            ),
            (
                "F keys of xterm",
                b"\x1bOP\x1b[15~\x1b[24~\x1b[1;2S",
                "F(1) F(5) F(12) S-F(4)",
            ),
            ("F keys of the console", b"\x1b[[A\x1b[[E", "F(1) F(5)"),
            ("back tab", b"\x1b[Z", "S-Tab"),
            ("keypad", b"\x1bOM\x1bOp\x1bOj\x1bOy", "Enter 0 * 9"),
        ];
        for (label, bytes, expected) in table {
            assert_eq!(names(&parsed(bytes)), *expected, "{label}");
        }
    }

    #[test]
    fn keys_given_by_the_code_of_their_character_are_known() {
        let table: &[(&str, &[u8], &str)] = &[
            ("kitty", b"\x1b[97;5u\x1b[27u\x1b[13;2u", "C-a Esc S-Enter"),
            ("kitty and shift", b"\x1b[97:65;2u\x1b[97;2u", "A A"),
            (
                "kitty repeats and releases",
                b"\x1b[97;1:2u\x1b[97;1:3u\x1b[1;1:3A",
                "a",
            ),
            ("kitty's text", b"\x1b[97;2;65u", "A"),
            ("kitty's lone modifiers", b"\x1b[57441;2u", ""),
            ("kitty's keypad", b"\x1b[57400u\x1b[57414u", "1 Enter"),
            ("keys of the desktop", b"\x1b[99;9u", ""),
            (
                "modifyOtherKeys",
                b"\x1b[27;5;13~\x1b[27;6;65~",
                "C-Enter C-A",
            ),
            ("focus", b"\x1b[I\x1b[O", "focus:true focus:false"),
        ];
        for (label, bytes, expected) in table {
            assert_eq!(names(&parsed(bytes)), *expected, "{label}");
        }
    }

    #[test]
    fn mouse_reports_are_read_and_held_in_reason() {
        let table: &[(&str, &[u8], &str)] = &[
            ("press", b"\x1b[<0;3;5M\x1b[<0;3;5m", "Press@2,4"),
            ("drag", b"\x1b[<32;1;1M", "Drag@0,0"),
            (
                "wheel",
                b"\x1b[<64;9;9M\x1b[<65;9;9M",
                "WheelUp@8,8 WheelDown@8,8",
            ),
            ("with control", b"\x1b[<16;2;2M", "Press@1,1"),
            (
                "other buttons",
                b"\x1b[<1;2;2M\x1b[<2;2;2M\x1b[<35;2;2M",
                "",
            ),
            ("absurd", b"\x1b[<0;99999999;0M", "Press@16383,0"),
            ("too few numbers", b"\x1b[<0;1M", ""),
            ("the old form", b"\x1b[M !!x", "x"),
        ];
        for (label, bytes, expected) in table {
            assert_eq!(names(&parsed(bytes)), *expected, "{label}");
        }
    }

    #[test]
    fn what_terminals_answer_is_never_typed() {
        let answers: &[&[u8]] = &[
            b"\x1b[?62;22c",
            b"\x1b[>41;354;0c",
            b"\x1b[24;80R",
            b"\x1b[1;5R",
            b"\x1b[?2026;2$y",
            b"\x1b[4;2$y",
            b"\x1b[?1u",
            b"\x1b[8;24;80t",
            b"\x1b[0n",
            b"\x1b]11;rgb:0000/0000/0000\x07",
            b"\x1b]52;c;aGFsbG8=\x1b\\",
            b"\x1bP>|XTerm(388)\x1b\\",
            b"\x1bP1+r544e=787465726d\x1b\\",
            b"\x1b_Gi=1;OK\x1b\\",
            b"\x1b^x\x1b\\\x1bXy\x1b\\",
        ];
        for answer in answers {
            assert_eq!(
                names(&parsed(answer)),
                "",
                "{:?}",
                answer.escape_ascii().to_string()
            );
            let then = [answer, b"z".as_slice()].concat();
            assert_eq!(names(&parsed(&then)), "z");
        }
    }

    #[test]
    fn a_begun_sequence_that_is_never_ended_is_a_key_or_nothing() {
        let table: &[(&str, &[u8], &str)] = &[
            ("escape", b"\x1b", "Esc"),
            ("escape twice", b"\x1b\x1b", "Esc Esc"),
            ("alt and bracket", b"\x1b[", "A-["),
            ("alt and O", b"\x1bO", "A-O"),
            ("alt and closing bracket", b"\x1b]", "A-]"),
            ("half an arrow", b"\x1b[1;5", ""),
            ("half an answer", b"\x1b]11;rgb:00", ""),
            ("half a mouse report", b"\x1b[M !", ""),
            ("half a letter", b"\xe5\xa5", ""),
        ];
        for (label, bytes, expected) in table {
            assert_eq!(names(&settled(bytes)), *expected, "{label}");
        }
    }

    #[test]
    fn a_broken_sequence_does_not_eat_what_follows() {
        let table: &[(&str, &[u8], &str)] = &[
            ("escape in a sequence", b"\x1b[1;\x1b[Ax", "Up x"),
            ("return in a sequence", b"\x1b[12\rx", "Enter x"),
            ("cancel", b"\x1b[12\x18x", "x"),
            ("a letter in a sequence", "\x1b[1éx".as_bytes(), "é x"),
            ("escape in a string", b"\x1b]0;t\x1b[Ax", "Up x"),
            ("bytes that are no letters", b"a\xff\xc3(b\xf0\x9f", "a ( b"),
            ("a letter cut by an escape", b"\xe5\xa5\x1b[Ax", "Up x"),
            (
                "many numbers",
                &[b"\x1b[".as_slice(), &b"1;".repeat(500), b"Ax"].concat(),
                "x",
            ),
        ];
        for (label, bytes, expected) in table {
            assert_eq!(names(&parsed(bytes)), *expected, "{label}");
        }
    }

    #[test]
    fn a_paste_is_one_text_whatever_is_in_it() {
        let table: &[(&str, &[u8], &str)] = &[
            ("text", b"\x1b[200~q:?\x1b[201~x", "paste:q:? x"),
            ("escapes", b"\x1b[200~a\x1b[Ab\x1b[201~", "paste:a\x1b[Ab"),
            ("nothing", b"\x1b[200~\x1b[201~", "paste:"),
            (
                "broken letters",
                b"\x1b[200~a\xff\x1b[201~",
                "paste:a\u{fffd}",
            ),
            ("an end without a beginning", b"\x1b[201~x", "x"),
        ];
        for (label, bytes, expected) in table {
            assert_eq!(names(&parsed(bytes)), *expected, "{label}");
        }
        assert_eq!(
            names(&settled(b"\x1b[200~never ended")),
            "paste:never ended"
        );
        assert_eq!(names(&settled(b"\x1b[200~ended by\x1b")), "paste:ended by");
        assert_eq!(names(&settled(b"\x1b[200~half\x1b[20")), "paste:half");
    }

    #[test]
    fn a_huge_paste_comes_in_pieces_and_nothing_is_lost() {
        let text = "aé好".repeat(PASTE_PIECE / 4);
        let bytes = [b"\x1b[200~", text.as_bytes(), PASTE_END].concat();
        let (mut parser, mut out) = (Parser::new(), Vec::new());
        for chunk in bytes.chunks(4095) {
            parser.feed(chunk, &mut out);
        }
        let pieces = out.iter().map(|input| match input {
            Input::Paste(piece) => piece.as_str(),
            other => panic!("{other:?}"),
        });
        assert!(out.len() > 1);
        assert!(pieces.collect::<String>() == text);
        assert!(parser.pending().is_none());
    }

    #[test]
    fn an_endless_string_is_not_stored() {
        let mut parser = Parser::new();
        let mut out = Vec::new();
        parser.feed(b"\x1b]0;", &mut out);
        for _ in 0..1000 {
            parser.feed(&[b'a'; 4096], &mut out);
        }
        assert!(matches!(parser.state, State::Text { .. }));
        parser.expire(&mut out);
        parser.feed(b"x", &mut out);
        assert_eq!(names(&out), "x");
    }

    #[test]
    fn nothing_is_waited_for_while_nothing_is_begun() {
        for bytes in [
            b"abc".as_slice(),
            b"\x1b[A",
            b"\x1b[200~x\x1b[201~",
            b"\x1b]0;x\x07",
        ] {
            let mut parser = Parser::new();
            parser.feed(bytes, &mut Vec::new());
            assert_eq!(parser.pending(), None, "{bytes:?}");
        }
    }

    #[test]
    fn only_the_left_button_presses() {
        let press = Input::Mouse(Mouse {
            column: 0,
            row: 0,
            what: MouseWhat::Press,
        });
        assert_eq!(parsed(b"\x1b[<0;1;1M\x1b[<128;1;1M"), vec![press]);
    }

    /// Bytes as terminals send them, and as they never should.
    fn stream() -> impl Strategy<Value = Vec<u8>> {
        let pieces: Vec<&'static [u8]> = vec![
            b"\x1b",
            b"\x1b[",
            b"\x1bO",
            b"[",
            b"O",
            b"A",
            b"~",
            b"$",
            b"1",
            b"7",
            b";",
            b":",
            b"<",
            b"?",
            b"M",
            b"u",
            b"200~",
            b"\x1b[200~",
            b"\x1b[201~",
            b"\x1b[20",
            b"\x1b]",
            b"\x1bP",
            b"\x07",
            b"\x1b\\",
            b"\r",
            b"\x18",
            "é".as_bytes(),
            "🙂".as_bytes(),
            b"\xf0",
            b"\x9f",
            b"\xff",
            b"\xc3",
            b"\x80",
            b"\x1b[<0;5;5M",
            b"x",
        ];
        let piece = prop_oneof![
            4 => prop::sample::select(pieces).prop_map(<[u8]>::to_vec),
            1 => prop::collection::vec(any::<u8>(), 0..4),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_sequence_may_be_cut_anywhere(bytes in stream(), cuts in prop::collection::vec(1usize..5, 1..20)) {
            let (mut parser, mut out) = (Parser::new(), Vec::new());
            let mut rest = bytes.as_slice();
            for size in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (chunk, later) = rest.split_at((*size).min(rest.len()));
                parser.feed(chunk, &mut out);
                rest = later;
            }
            let (mut whole, mut at_once) = (Parser::new(), Vec::new());
            whole.feed(&bytes, &mut at_once);
            prop_assert_eq!(&out, &at_once);
            prop_assert_eq!(parser.pending(), whole.pending());
            parser.expire(&mut out);
            whole.expire(&mut at_once);
            prop_assert_eq!(out, at_once);
        }

        #[test]
        fn arbitrary_bytes_never_panic_and_always_settle(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let (mut parser, mut out) = (Parser::new(), Vec::new());
            parser.feed(&bytes, &mut out);
            parser.expire(&mut out);
            prop_assert_eq!(parser.pending(), None);
            out.clear();
            parser.feed(b"x", &mut out);
            let last = out.pop().map(|input| named(&input));
            prop_assert_eq!(last.as_deref(), Some("x"));
        }
    }
}
