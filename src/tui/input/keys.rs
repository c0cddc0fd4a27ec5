//! The tables: which bytes and numbers terminals send for which keys, in the forms of xterm, rxvt, the Linux console and kitty.

use super::Input;
use crate::tui::effect::{Mouse, MouseWhat};
use crate::tui::key::{Code, Key};

/// Columns and rows beyond this are nobody's; held there, sums with them stay numbers.
const FAR: u16 = 0x3fff;

/// The modifiers of a sequence, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Modifiers(u16);

impl Modifiers {
    pub(super) const SHIFT: Self = Modifiers(1);
    const ALT: Self = Modifiers(2 | 32);
    const CTRL: Self = Modifiers(4);
    /// Super and hyper: such a key is the desktop's, not ours.
    const FOREIGN: Self = Modifiers(8 | 16);

    /// From the number terminals send: one more than the bits.
    pub(super) fn of(number: u16) -> Self {
        Modifiers(number.saturating_sub(1))
    }

    fn and(self, more: Self) -> Self {
        Modifiers(self.0 | more.0)
    }

    fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    fn on(self, code: Code) -> Option<Key> {
        (!self.any(Modifiers::FOREIGN)).then_some(Key {
            code,
            ctrl: self.any(Modifiers::CTRL),
            alt: self.any(Modifiers::ALT),
            shift: self.any(Modifiers::SHIFT) && !matches!(code, Code::Char(_)),
        })
    }
}

/// A character as it stands in the input.
pub(super) fn character(c: char) -> Option<Key> {
    match c {
        '\0'..='\u{9f}' if c.is_control() => control(c as u8),
        // What others put in the place of bytes they could not read.
        char::REPLACEMENT_CHARACTER => None,
        c => Some(Key::char(c)),
    }
}

fn control(byte: u8) -> Option<Key> {
    Some(match byte {
        0x00 => Key::ctrl(' '),
        0x08 | 0x7f => Key::plain(Code::Backspace),
        b'\t' => Key::plain(Code::Tab),
        // A line feed is what Ctrl+J, some keypads and some pastes send; it must never be an editing command.
        b'\r' | b'\n' => Key::plain(Code::Enter),
        0x1b => Key::plain(Code::Esc),
        0x01..=0x1a => Key::ctrl(char::from(byte - 1 + b'a')),
        0x1c..=0x1f => Key::ctrl(char::from(byte + b'@')),
        _ => return None,
    })
}

/// A key given by the number before `~`, and by rxvt before `$`, `^` and `@`.
pub(super) fn numbered(number: u16, modifiers: Modifiers) -> Option<Key> {
    let code = match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number as u8 - 10),
        17..=21 => Code::F(number as u8 - 11),
        23..=26 => Code::F(number as u8 - 12),
        28 | 29 => Code::F(number as u8 - 13),
        31..=34 => Code::F(number as u8 - 14),
        _ => return None,
    };
    modifiers.on(code)
}

/// The last byte of `ESC O …`: arrows, F1 to F4 and the keypad.
pub(super) fn single(last: u8, mut modifiers: Modifiers) -> Option<Key> {
    let code = match last {
        b'a'..=b'd' => {
            modifiers = modifiers.and(Modifiers::CTRL);
            lettered(char::from(last.to_ascii_uppercase()))?
        }
        b'M' => Code::Enter,
        b'I' => Code::Tab,
        b' ' => Code::Char(' '),
        b'X' => Code::Char('='),
        b'j'..=b'y' => Code::Char(char::from(last - b'j' + b'*')),
        _ => lettered(char::from(last))?,
    };
    modifiers.on(code)
}

fn lettered(last: char) -> Option<Code> {
    Some(match last {
        'A' => Code::Up,
        'B' => Code::Down,
        'C' => Code::Right,
        'D' => Code::Left,
        'F' => Code::End,
        'H' => Code::Home,
        'P' => Code::F(1),
        'Q' => Code::F(2),
        'R' => Code::F(3),
        'S' => Code::F(4),
        _ => return None,
    })
}

/// A control sequence without a private mark.
pub(super) fn sequence(params: &vte::Params, last: char) -> Option<Key> {
    let at = |n: usize| params.iter().nth(n).unwrap_or(&[]);
    let number = |n: usize| at(n).first().copied().unwrap_or(0);
    let released = at(1).get(1) == Some(&3);
    if released {
        return None;
    }
    let modifiers = Modifiers::of(number(1));
    match last {
        'u' => coded(at(0), modifiers, at(2)),
        '~' if number(0) == 27 => coded(at(2), modifiers, &[]),
        '~' => numbered(number(0), modifiers),
        '^' => numbered(number(0), Modifiers::CTRL),
        '@' => numbered(number(0), Modifiers::CTRL.and(Modifiers::SHIFT)),
        'Z' => modifiers.and(Modifiers::SHIFT).on(Code::Tab),
        'a'..='d' if number(0) == 0 => Modifiers::SHIFT.on(lettered(last.to_ascii_uppercase())?),
        // With numbers it is where the cursor is, which nobody asked for.
        'R' if number(0) != 0 => None,
        // With other numbers it is an answer.
        _ if number(0) <= 1 => modifiers.on(lettered(last)?),
        _ => None,
    }
}

/// A key given by the code of its character, as kitty and xterm's `modifyOtherKeys` do.
fn coded(code: &[u16], modifiers: Modifiers, text: &[u16]) -> Option<Key> {
    let number = *code.first()?;
    if let Some(named) = named(number) {
        return modifiers.on(named);
    }
    let shifted = code
        .get(1)
        .copied()
        .filter(|&c| c != 0 && modifiers.any(Modifiers::SHIFT));
    let typed = text.first().copied().filter(|&c| c >= 0x20);
    let plain = !modifiers.any(Modifiers::CTRL.and(Modifiers::ALT));
    let base = of_code(number)?;
    let c = match (
        typed.filter(|_| plain).or(shifted),
        modifiers.any(Modifiers::SHIFT),
    ) {
        (Some(better), _) => of_code(better)?,
        (None, true) => upper(base),
        (None, false) => base,
    };
    modifiers.on(Code::Char(c))
}

fn of_code(code: u16) -> Option<char> {
    let c = char::from_u32(u32::from(code))?;
    let private = ('\u{e000}'..='\u{f8ff}').contains(&c);
    (!c.is_control() && !private && c < '\u{fff0}').then_some(c)
}

fn upper(c: char) -> char {
    let mut all = c.to_uppercase();
    match (all.next(), all.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Keys that are no characters, and the keypad, by kitty's numbers.
fn named(code: u16) -> Option<Code> {
    Some(match code {
        8 | 127 => Code::Backspace,
        9 => Code::Tab,
        10 | 13 | 57414 => Code::Enter,
        27 => Code::Esc,
        57376..=57398 => Code::F((code - 57376 + 13) as u8),
        57399..=57408 => Code::Char(char::from(b'0' + (code - 57399) as u8)),
        57409 => Code::Char('.'),
        57410 => Code::Char('/'),
        57411 => Code::Char('*'),
        57412 => Code::Char('-'),
        57413 => Code::Char('+'),
        57415 => Code::Char('='),
        57416 => Code::Char(','),
        57417 => Code::Left,
        57418 => Code::Right,
        57419 => Code::Up,
        57420 => Code::Down,
        57421 => Code::PageUp,
        57422 => Code::PageDown,
        57423 => Code::Home,
        57424 => Code::End,
        57425 => Code::Insert,
        57426 => Code::Delete,
        _ => return None,
    })
}

/// A mouse report: the left button and the wheel; the rest is nobody's.
pub(super) fn mouse(params: &vte::Params, pressed: bool) -> Option<Input> {
    let mut numbers = params.iter().filter_map(|p| p.first().copied());
    let (buttons, column, row) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let modifiers = 4 | 8 | 16;
    let what = match buttons & !modifiers {
        0 => MouseWhat::Press,
        32 => MouseWhat::Drag,
        64 => MouseWhat::WheelUp,
        65 => MouseWhat::WheelDown,
        _ => return None,
    };
    let cell = |n: u16| n.saturating_sub(1).min(FAR);
    pressed.then_some(Input::Mouse(Mouse {
        column: cell(column),
        row: cell(row),
        what,
    }))
}
