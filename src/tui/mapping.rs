//! The screen on which somebody says which column of a table is what: the columns at one side, at the other what stands in the one
//! under the cursor and what the first rows become.
//!
//! It is a dashboard of its own, opened by an import. Like the other it never does anything: whoever runs it hands over what the rows
//! become, and reads at the end what was chosen.

mod keys;
mod picture;

pub use keys::{FIND_KEYS, KEYS};

use super::effect::{Effect, Mouse, MouseWhat, Msg};
use super::key::Key;
use super::keymap::{ALWAYS, Action, Keys, lookup, ranked};
use super::memory::{Memory, Spot};
use super::modal::menu::best;
use super::theme::Theme;
use super::widget::editor::{self, Editor};
use crate::domain::contact::Card;
use crate::domain::text::fold;
use std::cmp::Reverse;

/// The word of what is kept on the card as it is.
pub const KEEP: &str = "keep";
/// The word of what is left out.
pub const SKIP: &str = "skip";

/// Something that a column may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its word.
    pub word: String,
    /// What it is, with other words for it.
    pub says: String,
    /// Several columns may be this.
    pub many: bool,
    /// It is enough for a record to be of somebody.
    pub names: bool,
}

impl Field {
    /// What it is called on the screen.
    fn called(&self) -> &str {
        match self.word.as_str() {
            KEEP => "kept as it is",
            SKIP => "left out",
            word => word,
        }
    }

    /// Whether a column that is this is a part of the card by itself.
    fn has_a_place(&self) -> bool {
        self.word != KEEP && self.word != SKIP
    }
}

/// A column of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What stands in it in the first rows, empty cells too.
    pub cells: Vec<String>,
    /// Which of the fields it is.
    pub field: usize,
}

/// What a row becomes.
#[derive(Clone, Debug, PartialEq)]
pub enum Becomes {
    /// A person, and what could be read in two ways.
    Person(Box<Card>, Vec<String>),
    /// Nothing, and why.
    Nothing(String),
}

/// Fields being looked for.
#[derive(Debug)]
struct Finding {
    typed: Editor,
    /// Those that fit, the best first.
    fits: Vec<usize>,
    at: usize,
}

/// The screen.
#[derive(Debug)]
pub struct Mapping {
    /// What the table is called.
    file: String,
    columns: Vec<Column>,
    fields: Vec<Field>,
    becomes: Vec<Becomes>,
    at: usize,
    finding: Option<Finding>,
    /// Whether somebody wanted to import and could not.
    refused: bool,
    /// How it ended, once it did: taken or left.
    ended: Option<bool>,
    theme: Theme,
    /// The terminal has only plain characters.
    plain: bool,
}

impl Mapping {
    /// The columns of a file and all that they may be; every column's field is one of these.
    pub fn new(file: String, columns: Vec<Column>, fields: Vec<Field>) -> Self {
        Mapping {
            file,
            columns,
            fields,
            becomes: Vec::new(),
            at: 0,
            finding: None,
            refused: false,
            ended: None,
            theme: Theme::plain(),
            plain: false,
        }
    }

    /// The same with this look.
    #[must_use]
    pub fn looking(mut self, theme: Theme, plain: bool) -> Self {
        self.theme = theme;
        self.plain = plain;
        self
    }

    /// The word of each column.
    pub fn words(&self) -> Vec<&str> {
        let word = |column: &Column| self.fields.get(column.field).map_or(KEEP, |f| &f.word);
        self.columns.iter().map(word).collect()
    }

    /// What the first rows become now.
    pub fn shows(&mut self, becomes: Vec<Becomes>) {
        self.becomes = becomes;
    }

    /// How it ended: with the columns taken over, or with nothing done; none while it goes on.
    pub fn ended(&self) -> Option<bool> {
        self.ended
    }

    /// What contradicts itself, in a sentence.
    pub fn problem(&self) -> Option<String> {
        for (at, field) in self.fields.iter().enumerate().filter(|(_, f)| !f.many) {
            let named: Vec<&str> = self
                .columns
                .iter()
                .filter(|column| column.field == at)
                .map(|column| column.name.as_str())
                .collect();
            if let [first, second, rest @ ..] = named.as_slice() {
                let more = match rest.len() {
                    0 => String::new(),
                    n => format!(" (and {n} more)"),
                };
                return Some(format!(
                    "two columns are the {}: \"{first}\" and \"{second}\"{more}",
                    field.word
                ));
            }
        }
        let names = |column: &Column| self.fields.get(column.field).is_some_and(|f| f.names);
        if self.columns.iter().any(names) {
            return None;
        }
        Some("no column says who it is: a name, an e-mail address or a telephone number".to_owned())
    }

    /// Whether another column is the same as this one, and only one may be.
    fn doubled(&self, at: usize) -> bool {
        let Some(column) = self.columns.get(at) else {
            return false;
        };
        let same = self.columns.iter().filter(|c| c.field == column.field);
        self.fields.get(column.field).is_some_and(|f| !f.many) && same.count() > 1
    }

    /// Something happened. What is to be done outside comes back.
    pub fn update(&mut self, msg: Msg, memory: &Memory) -> Vec<Effect> {
        match msg {
            Msg::Keys(keys) => {
                let effects = keys.into_iter().map(|key| self.key(key, memory));
                effects.flatten().collect()
            }
            Msg::Paste(text) => {
                if let Some(finding) = &mut self.finding {
                    finding.typed.paste(&text);
                    self.find();
                }
                Vec::new()
            }
            Msg::Mouse(mouse) => self.mouse(mouse, memory).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The keys that are live.
    fn live(&self) -> Vec<&'static Keys> {
        match self.finding {
            Some(_) => vec![&FIND_KEYS, &editor::KEYS, &ALWAYS],
            None => vec![&KEYS, &ALWAYS],
        }
    }

    fn key(&mut self, key: Key, memory: &Memory) -> Option<Effect> {
        if self.ended.is_some() {
            return None;
        }
        self.refused = false;
        if let Some(binding) = lookup(&self.live(), key) {
            return self.act(binding.action, memory.page);
        }
        let letter = key.types()?;
        if let Some(finding) = &mut self.finding {
            finding.typed.insert(letter);
            self.find();
        } else if letter.is_alphanumeric() {
            self.look_for(&letter.to_string());
        }
        None
    }

    fn act(&mut self, action: Action, page: usize) -> Option<Effect> {
        match action {
            Action::Redraw => return Some(Effect::Redraw),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Cancel => return Some(self.end(false)),
            _ => {}
        }
        if self.finding.is_some() {
            self.act_finding(action);
            return None;
        }
        let last = self.columns.len().saturating_sub(1);
        match action {
            Action::Choose if self.problem().is_some() => self.refused = true,
            Action::Choose => return Some(self.end(true)),
            Action::Close => return Some(self.end(false)),
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::Down => self.at = (self.at + 1).min(last),
            Action::PageUp => self.at = self.at.saturating_sub(page.max(1)),
            Action::PageDown => self.at = (self.at + page.max(1)).min(last),
            Action::Top => self.at = 0,
            Action::Bottom => self.at = last,
            Action::Left => self.turn(self.fields.len().saturating_sub(1)),
            Action::Right => self.turn(1),
            Action::Filter => self.look_for(""),
            Action::Delete => self.leave_out(),
            _ => {}
        }
        None
    }

    fn end(&mut self, taken: bool) -> Effect {
        self.ended = Some(taken);
        Effect::Quit
    }

    /// The column is the field so many further, round and round.
    fn turn(&mut self, by: usize) {
        if let Some(column) = self.columns.get_mut(self.at) {
            column.field = (column.field + by) % self.fields.len().max(1);
        }
    }

    fn leave_out(&mut self) {
        let place = |word| self.fields.iter().position(|field| field.word == word);
        let (keep, skip) = (place(KEEP), place(SKIP));
        if let Some(column) = self.columns.get_mut(self.at) {
            let wanted = if Some(column.field) == skip {
                keep
            } else {
                skip
            };
            column.field = wanted.unwrap_or(column.field);
        }
    }

    fn look_for(&mut self, typed: &str) {
        self.finding = Some(Finding {
            typed: Editor::line(typed),
            fits: Vec::new(),
            at: 0,
        });
        self.find();
    }

    /// Finds the fields that fit what was typed: those whose word begins so first.
    fn find(&mut self) {
        let Some(finding) = &mut self.finding else {
            return;
        };
        let typed = fold(finding.typed.text().trim());
        let texts = self.fields.iter();
        let texts = texts.map(|field| fold(&format!("{} {}", field.called(), field.says)));
        if typed.is_empty() {
            finding.fits = (0..self.fields.len()).collect();
            finding.at = self.columns.get(self.at).map_or(0, |column| column.field);
            return;
        }
        let mut fits = best(&typed, texts);
        let begins = |at: usize| {
            let field = self.fields.get(at);
            field.is_some_and(|field| field.called().starts_with(&typed))
        };
        fits.sort_by_key(|(score, at)| (!begins(*at), Reverse(*score), *at));
        finding.fits = fits.into_iter().map(|(_, at)| at).collect();
        finding.at = 0;
    }

    fn act_finding(&mut self, action: Action) {
        let Some(finding) = &mut self.finding else {
            return;
        };
        match action {
            Action::Close => self.finding = None,
            Action::Choose => self.take_found(),
            Action::Up => finding.at = finding.at.saturating_sub(1),
            Action::Down => {
                let last = finding.fits.len().saturating_sub(1);
                finding.at = (finding.at + 1).min(last);
            }
            _ => {
                let before = finding.typed.text();
                finding.typed.act(action);
                if before != finding.typed.text() {
                    self.find();
                }
            }
        }
    }

    /// The column is what the cursor is on among the fields that fit.
    fn take_found(&mut self) {
        let found = self.finding.as_ref();
        let Some(field) = found.and_then(|finding| finding.fits.get(finding.at)) else {
            return;
        };
        let field = *field;
        if let Some(column) = self.columns.get_mut(self.at) {
            column.field = field;
        }
        self.finding = None;
    }

    fn mouse(&mut self, mouse: Mouse, memory: &Memory) -> Option<Effect> {
        match mouse.what {
            MouseWhat::WheelUp => return self.act(Action::Up, memory.page),
            MouseWhat::WheelDown => return self.act(Action::Down, memory.page),
            MouseWhat::Drag => return None,
            MouseWhat::Press | MouseWhat::Double => {}
        }
        let double = mouse.what == MouseWhat::Double;
        let (spot, _, row) = memory.at(mouse.column, mouse.row)?;
        let row = usize::from(row);
        match (spot, &mut self.finding) {
            (Spot::Hint(at), _) => {
                let action = ranked(&self.live()).get(at)?.action;
                return self.act(action, memory.page);
            }
            (Spot::Choices(first), Some(finding)) if first + row < finding.fits.len() => {
                finding.at = first + row;
                if double {
                    self.take_found();
                }
            }
            (Spot::List(_, first), None) if first + row < self.columns.len() => {
                self.at = first + row;
                if double {
                    self.look_for("");
                }
            }
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests;
