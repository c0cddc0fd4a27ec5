//! Lists to choose from: the keys, the commands by name, what can be copied, the latest changes.
//!
//! Help and the palette are one thing seen from two sides: both are made from the key table, both are typed into at once to
//! find something, and in both Enter does it.

use super::{Cx, Flow, Input, Modal, frame_for, middle};
use crate::domain::draft::Draft;
use crate::domain::text::{fit, fold, width};
use crate::tui::effect::Effect;
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Binding, Keys, bind, spelled};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::{editor::Editor, row};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::Frame;
use ratatui::layout::Rect;

/// The keys of a list that is not typed into.
pub const KEYS: Keys = Keys {
    place: "In a list to choose from",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter), Key::char('l')],
            Action::Choose,
            "Choose",
            "choose",
            1,
        ),
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "Down",
            "down",
            2,
        ),
        bind(
            &[Key::plain(Code::Up), Key::char('k')],
            Action::Up,
            "Up",
            "up",
            3,
        ),
        bind(
            &[Key::plain(Code::Esc), Key::char('q')],
            Action::Close,
            "Close",
            "close",
            4,
        ),
    ],
};

/// The keys of a list that is typed into.
pub const TYPED_KEYS: Keys = Keys {
    place: "In a list that is typed into",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "Do it, or go there",
            "choose",
            1,
        ),
        bind(
            &[Key::plain(Code::Down), Key::ctrl('n')],
            Action::Down,
            "Down",
            "down",
            2,
        ),
        bind(
            &[Key::plain(Code::Up), Key::ctrl('p')],
            Action::Up,
            "Up",
            "up",
            3,
        ),
        bind(
            &[Key::plain(Code::PageDown)],
            Action::PageDown,
            "A page down",
            "page",
            0,
        ),
        bind(
            &[Key::plain(Code::PageUp)],
            Action::PageUp,
            "A page up",
            "page",
            0,
        ),
        bind(&[Key::plain(Code::Esc)], Action::Close, "Close", "close", 4),
    ],
};

/// What choosing a row does.
#[derive(Clone, Debug)]
pub enum Does {
    /// A command.
    Run(Action),
    /// Copies a text.
    Copy(String),
    /// Takes up a draft.
    TakeUp(Box<Draft>),
    /// Nothing; it is there to be read.
    Nothing,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// The heading it stands under.
    pub group: &'static str,
    /// What it says.
    pub text: String,
    /// What stands beside it: its key, its label.
    pub beside: String,
    /// Other words it is found by.
    pub also: &'static str,
    /// What choosing it does.
    pub does: Does,
}

/// A list to choose from.
#[derive(Debug)]
pub struct Menu {
    title: &'static str,
    rows: Vec<Row>,
    /// What was typed, where it can be.
    typed: Option<Editor>,
    shown: Vec<usize>,
    at: usize,
}

impl Menu {
    /// A list that is typed into where `typed`.
    pub fn new(title: &'static str, rows: Vec<Row>, typed: bool) -> Self {
        Menu {
            title,
            shown: (0..rows.len()).collect(),
            rows,
            typed: typed.then(|| Editor::line("")),
            at: 0,
        }
    }

    /// Every key of every place; those that are live now first, and only they can be run.
    pub fn help(
        live: &[&'static Keys],
        table: &[&'static Keys],
        can: &dyn Fn(Action) -> bool,
    ) -> Self {
        let lives = |keys: &Keys| live.iter().any(|other| other.place == keys.place);
        let (here, elsewhere): (Vec<&Keys>, Vec<&Keys>) =
            table.iter().copied().partition(|keys| lives(keys));
        let mut rows = Vec::new();
        for keys in here.into_iter().chain(elsewhere) {
            let runs = lives(keys);
            rows.extend(keys.rows.iter().map(|binding| Row {
                group: keys.place,
                text: binding.label.to_owned(),
                beside: spelled(binding),
                also: binding.short,
                does: if runs && can(binding.action) {
                    Does::Run(binding.action)
                } else {
                    Does::Nothing
                },
            }));
        }
        Menu::new("Keys ─ type to find, Enter does it", rows, true)
    }

    /// Every command that can be run now, by name.
    pub fn palette(rows: &[&'static Binding]) -> Self {
        let rows = rows.iter().map(|binding| Row {
            group: "",
            text: binding.label.to_owned(),
            beside: spelled(binding),
            also: binding.short,
            does: Does::Run(binding.action),
        });
        Menu::new("Commands", rows.collect(), true)
    }

    fn step(&mut self, by: isize) {
        let last = self.shown.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    fn find(&mut self) {
        let typed = self
            .typed
            .as_ref()
            .map_or(String::new(), |editor| fold(&editor.text()));
        self.at = 0;
        if typed.trim().is_empty() {
            self.shown = (0..self.rows.len()).collect();
            return;
        }
        let mut scores = best(
            &typed,
            self.rows
                .iter()
                .map(|row| fold(&format!("{} {} {}", row.text, row.beside, row.also))),
        );
        scores.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        self.shown = scores.into_iter().map(|(_, at)| at).collect();
    }

    /// Whether there is nothing to choose, only to read.
    fn is_read(&self) -> bool {
        let nothing = |row: &Row| matches!(row.does, Does::Nothing);
        self.rows.iter().all(nothing)
    }

    fn choose(&self) -> Flow {
        if self.typed.is_none() && self.is_read() {
            return Flow::Close;
        }
        let row = self.shown.get(self.at).map(|at| &self.rows[*at]);
        match row.map(|row| row.does.clone()) {
            Some(Does::Run(action)) => Flow::Run(action),
            Some(Does::Copy(text)) => Flow::Emit(Effect::Copy(text)),
            Some(Does::TakeUp(draft)) => Flow::TakeUp(draft),
            Some(Does::Nothing) | None => Flow::Stay,
        }
    }
}

/// The texts that fit what was typed, each with how well.
pub fn best(typed: &str, texts: impl Iterator<Item = impl AsRef<str>>) -> Vec<(u32, usize)> {
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let scores = texts.enumerate().filter_map(|(at, text)| {
        let text = Utf32Str::new(text.as_ref(), &mut buffer);
        pattern.score(text, &mut matcher).map(|score| (score, at))
    });
    scores.collect()
}

impl Modal for Menu {
    fn keys(&self) -> &'static Keys {
        if self.typed.is_some() {
            &TYPED_KEYS
        } else {
            &KEYS
        }
    }

    fn answers(&self, action: Action) -> bool {
        action != Action::Choose || !self.is_read()
    }

    fn act(&mut self, action: Action, _cx: &Cx<'_>) -> Flow {
        match action {
            Action::Close => return Flow::Close,
            Action::Choose => return self.choose(),
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::PageUp => self.step(-10),
            Action::PageDown => self.step(10),
            _ => {
                let before = self.typed.as_ref().map(Editor::text);
                if let Some(editor) = &mut self.typed {
                    editor.act(action);
                }
                if before != self.typed.as_ref().map(Editor::text) {
                    self.find();
                }
            }
        }
        Flow::Stay
    }

    fn type_in(&mut self, input: &Input, _cx: &Cx<'_>) -> Flow {
        if let Some(editor) = &mut self.typed {
            match input {
                Input::Char(c) => editor.insert(*c),
                Input::Paste(text) => editor.paste(text),
            }
            self.find();
        }
        Flow::Stay
    }

    fn selected(&self) -> Option<String> {
        self.typed.as_ref()?.selected()
    }

    fn point(&mut self, spot: Spot, row: usize, double: bool, _cx: &Cx<'_>) -> Flow {
        if let Spot::Choices(first) = spot
            && let Some((_, Some(at))) = self.lines().get(first + row)
        {
            self.at = *at;
            if double {
                return self.choose();
            }
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let lines = self.lines();
        let typed = u16::from(self.typed.is_some());
        let rows = (lines.len() as u16).max(1) + 2 + typed * 2;
        let columns = if self.typed.is_some() { 72 } else { 50 };
        let tall = if self.typed.is_some() {
            area.height.saturating_sub(2)
        } else {
            rows
        };
        let outer = middle(
            area,
            columns.min(area.width.saturating_sub(2).max(20)),
            rows.max(tall.min(24)).min(area.height),
        );
        let inner = frame_for(frame, outer, self.title, cx, memory);
        let mut list = inner;
        if let Some(editor) = &self.typed {
            let line = row::row(inner, 0);
            let used = row::pieces(frame.buffer_mut(), line, &[("› ", cx.theme.accent)]);
            editor.draw(
                frame,
                Rect {
                    x: line.x + used,
                    width: line.width - used,
                    ..line
                },
                true,
            );
            list.y += inner.height.min(2);
            list.height = inner.height.saturating_sub(2);
        }
        let at = lines
            .iter()
            .position(|(_, at)| *at == Some(self.at))
            .unwrap_or(0);
        // The first row is scrolled to together with the heading over it.
        let wanted = if self.at == 0 { 0 } else { at };
        let first = memory.scroll(self.title, wanted, lines.len(), usize::from(list.height));
        memory.note(list, Spot::Choices(first));
        for (place, (text, at)) in lines
            .iter()
            .skip(first)
            .take(usize::from(list.height))
            .enumerate()
        {
            self.draw_line(frame, row::row(list, place), text, *at, cx);
        }
        if lines.is_empty() {
            row::pieces(
                frame.buffer_mut(),
                row::row(list, 0),
                &[("nothing fits", cx.theme.dim)],
            );
        }
    }
}

impl Menu {
    /// What is drawn: headings, and rows with their places among those shown.
    fn lines(&self) -> Vec<(&'static str, Option<usize>)> {
        let grouped = self.typed.as_ref().is_none_or(Editor::is_blank);
        let mut lines = Vec::new();
        let mut group = "";
        for (at, shown) in self.shown.iter().enumerate() {
            let row = &self.rows[*shown];
            if grouped && row.group != group {
                group = row.group;
                if at > 0 {
                    lines.push(("", None));
                }
                lines.push((group, None));
            }
            lines.push(("", Some(at)));
        }
        lines
    }

    fn draw_line(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        heading: &str,
        at: Option<usize>,
        cx: &Cx<'_>,
    ) {
        let buffer = frame.buffer_mut();
        let Some(at) = at else {
            row::pieces(buffer, area, &[(heading, cx.theme.title)]);
            return;
        };
        let Some(shown) = self.shown.get(at).and_then(|place| self.rows.get(*place)) else {
            return;
        };
        let runs = !matches!(shown.does, Does::Nothing);
        let plain = if runs { cx.theme.text } else { cx.theme.dim };
        let style = if at == self.at {
            cx.theme.selected
        } else {
            plain
        };
        let columns = usize::from(area.width);
        let beside = fit(&shown.beside, columns / 2);
        let left = columns.saturating_sub(width(&beside) + 2);
        let text = crate::domain::text::pad(&format!(" {}", shown.text), left);
        let beside_style = if at == self.at {
            style
        } else {
            cx.theme.accent
        };
        row::pieces(
            buffer,
            area,
            &[
                (&text, style),
                (" ", style),
                (&beside, beside_style),
                (" ", style),
            ],
        );
    }
}
