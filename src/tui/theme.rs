//! The looks: one accent, the terminal's own 16 colours, and a sign for everything that a colour says.

use crate::domain::strength::State;
use ratatui::style::{Color, Modifier, Style};

/// Styles by what they mean. No background is ever painted and nothing is yellow or white, so that light and dark terminals both
/// stay readable.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// What has focus, and what may be acted upon.
    pub accent: Style,
    /// Frames, labels, what is beside the point.
    pub dim: Style,
    /// What lies behind the lines of a chart.
    pub shade: Style,
    /// Warm, kept, in balance.
    pub good: Style,
    /// Due.
    pub warn: Style,
    /// Cold, broken, refused.
    pub bad: Style,
    /// Plain text.
    pub text: Style,
    /// A person's name at the head of their page; the title of what has focus.
    pub title: Style,
    /// The row the keys act on, where its list has focus.
    pub selected: Style,
    /// The row the keys would act on, if its list had focus.
    pub marked: Style,
}

impl Theme {
    /// The look with colours.
    pub fn colour() -> Self {
        let plain = Style::new();
        Theme {
            accent: plain.fg(Color::Cyan),
            dim: plain.fg(Color::DarkGray),
            shade: plain.fg(Color::DarkGray),
            good: plain.fg(Color::Green),
            warn: plain.fg(Color::Magenta),
            bad: plain.fg(Color::Red),
            text: plain,
            title: plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
            selected: plain.add_modifier(Modifier::REVERSED),
            marked: plain.add_modifier(Modifier::BOLD),
        }
    }

    /// The look without any colour.
    pub fn plain() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        Theme {
            accent: bold,
            dim: plain,
            shade: plain.add_modifier(Modifier::DIM),
            good: plain,
            warn: plain,
            bad: bold,
            text: plain,
            title: bold,
            selected: plain.add_modifier(Modifier::REVERSED),
            marked: bold,
        }
    }

    /// The colour of a relationship's state; its sign and word say the same.
    pub fn state(&self, state: State) -> Style {
        match state {
            State::New => self.dim,
            State::OnRhythm => self.good,
            State::Due => self.accent,
            State::Stale => self.warn,
            State::Dormant => self.bad,
        }
    }
}
