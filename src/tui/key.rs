//! A key as the dashboard names it, whatever the terminal sent for it.

/// What was pressed, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, with shift already in it.
    Char(char),
    /// Return; a line feed counts as one.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F1 and on.
    F(u8),
}

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// With control.
    pub ctrl: bool,
    /// With alt.
    pub alt: bool,
    /// With shift; never set for characters.
    pub shift: bool,
}

impl Key {
    /// The key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Key {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// The key of a character.
    pub const fn char(c: char) -> Self {
        Key::plain(Code::Char(c))
    }

    /// A character with control.
    pub const fn ctrl(c: char) -> Self {
        Key {
            code: Code::Char(c),
            ctrl: true,
            alt: false,
            shift: false,
        }
    }

    /// The key with shift (for keys that are not characters).
    pub const fn shift(code: Code) -> Self {
        Key {
            code,
            ctrl: false,
            alt: false,
            shift: true,
        }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if self.shift {
            f.write_str("Shift-")?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) if self.ctrl => write!(f, "{}", c.to_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            other => {
                let named = NAMES.iter().find(|(_, code)| *code == other);
                f.write_str(named.map_or("", |(name, _)| name))
            }
        }
    }
}

/// The keys that have a name instead of a character; the first name of a key is the one shown.
const NAMES: [(&str, Code); 22] = [
    ("Enter", Code::Enter),
    ("Return", Code::Enter),
    ("Esc", Code::Esc),
    ("Escape", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Del", Code::Delete),
    ("Insert", Code::Insert),
    ("←", Code::Left),
    ("Left", Code::Left),
    ("→", Code::Right),
    ("Right", Code::Right),
    ("↑", Code::Up),
    ("Up", Code::Up),
    ("↓", Code::Down),
    ("Down", Code::Down),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
    ("Space", Code::Char(' ')),
];

impl Key {
    /// The key with alt.
    pub const fn alt(code: Code) -> Self {
        Key {
            code,
            ctrl: false,
            alt: true,
            shift: false,
        }
    }

    /// A key that is not a character, with control.
    pub const fn with_ctrl(code: Code) -> Self {
        Key {
            code,
            ctrl: true,
            alt: false,
            shift: false,
        }
    }

    /// The same key with shift as well.
    #[must_use]
    pub const fn and_shift(self) -> Self {
        Key {
            shift: true,
            ..self
        }
    }

    /// The character this key types, when it types one.
    pub fn types(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Reads a key as it is written in help and settings: `q`, `Ctrl-K`, `ctrl-k`, `Shift-Tab`, `F1`, `Down`.
    ///
    /// ```
    /// use chitbook::tui::key::{Code, Key};
    /// assert_eq!(Key::parse("ctrl-k"), Some(Key::ctrl('k')));
    /// assert_eq!(Key::parse("Shift-Tab"), Some(Key::shift(Code::Tab)));
    /// assert_eq!(Key::parse("-"), Some(Key::char('-')));
    /// assert_eq!(Key::parse("nonsense"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut key = Key::char(' ');
        let mut rest = text;
        while let Some((modifier, after)) = rest.split_once('-').filter(|(_, a)| !a.is_empty()) {
            match modifier.to_lowercase().as_str() {
                "ctrl" => key.ctrl = true,
                "alt" => key.alt = true,
                "shift" => key.shift = true,
                _ => return None,
            }
            rest = after;
        }
        let mut chars = rest.chars();
        key.code = match (chars.next()?, chars.next()) {
            (c, None) if !NAMES.iter().any(|(name, _)| *name == rest) => {
                Code::Char(if key.ctrl { c.to_ascii_lowercase() } else { c })
            }
            ('F' | 'f', Some('0'..='9')) => Code::F(rest.get(1..)?.parse().ok()?),
            _ => {
                let lower = rest.to_lowercase();
                let named = NAMES.iter().find(|(name, _)| name.to_lowercase() == lower);
                named?.1
            }
        };
        let typed_with_shift = key.shift && matches!(key.code, Code::Char(_));
        (!typed_with_shift).then_some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read_back_from_what_help_shows() {
        let mut keys: Vec<Key> = NAMES.iter().map(|(_, code)| Key::plain(*code)).collect();
        keys.extend(NAMES.iter().map(|(_, code)| Key::with_ctrl(*code)));
        keys.extend("qQ?:/-#!.[é".chars().map(Key::char));
        keys.extend("kz_".chars().map(Key::ctrl));
        keys.extend([
            Key::plain(Code::F(1)),
            Key::shift(Code::Tab),
            Key::alt(Code::Char('z')),
        ]);
        for key in keys {
            assert_eq!(Key::parse(&key.to_string()), Some(key), "{key}");
        }
    }
}
