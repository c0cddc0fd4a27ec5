//! Any person by some letters of their name, wherever one is; to be laid over the timeline, a tag too; for a call, also somebody new.

use super::call::Party;
use super::menu::{TYPED_KEYS, best};
use super::merge::Two;
use super::{Cx, Flow, Input, Modal, frame_for, middle};
use crate::domain::id::Id;
use crate::domain::people::Summary;
use crate::domain::text::{clean_line, fold, grouped, pad, width};
use crate::tui::keymap::{Action, Keys};
use crate::tui::memory::{Memory, Spot};
use crate::tui::pane::list::ARCHIVED;
use crate::tui::roster::digits_sought;
use crate::tui::widget::{editor::Editor, row};
use ratatui::Frame;
use ratatui::layout::Rect;
use std::collections::BTreeMap;

/// People offered at most.
const OFFERED: usize = 50;

/// The finder.
#[derive(Debug)]
pub struct Find {
    purpose: Purpose,
    typed: Editor,
    found: Vec<Found>,
    at: usize,
}

/// What becomes of whoever is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// They are selected.
    Select,
    /// They are laid over the timeline.
    Compare,
    /// A call with them begins.
    Call,
    /// Somebody may be them.
    Merge(Id),
}

/// What may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    Person(Id),
    /// A tag, and how many people in the list have it.
    Tag(String, usize),
    /// Somebody who is not in the book, as typed.
    New(String),
}

impl Find {
    /// Opened with nothing typed: the first people of the list are offered.
    pub fn new(cx: &Cx<'_>) -> Self {
        Find::start(Purpose::Select, cx)
    }

    /// To lay whoever is found over the timeline.
    pub fn to_compare(cx: &Cx<'_>) -> Self {
        Find::start(Purpose::Compare, cx)
    }

    /// To begin a call with whoever is found, or with somebody new.
    pub fn to_call(cx: &Cx<'_>) -> Self {
        Find::start(Purpose::Call, cx)
    }

    /// To merge somebody with whoever is found.
    pub fn to_merge(who: Id, cx: &Cx<'_>) -> Self {
        Find::start(Purpose::Merge(who), cx)
    }

    fn start(purpose: Purpose, cx: &Cx<'_>) -> Self {
        let mut find = Find {
            purpose,
            typed: Editor::line(""),
            found: Vec::new(),
            at: 0,
        };
        find.search(cx);
        find
    }

    fn search(&mut self, cx: &Cx<'_>) {
        let typed = fold(&self.typed.text());
        let typed = typed.trim_start();
        self.at = 0;
        let compare = self.purpose == Purpose::Compare;
        let tag = typed.strip_prefix('#').filter(|_| compare);
        if let Some(tag) = tag {
            self.found = tags(tag.trim(), cx);
            return;
        }
        let mut found: Vec<Found> = Vec::new();
        if compare && !typed.trim().is_empty() {
            found = tags(typed.trim(), cx);
        }
        found.extend(people(typed, cx).into_iter().map(Found::Person));
        if compare && typed.trim().is_empty() {
            found.extend(tags("", cx));
        }
        let name = clean_line(&self.typed.text());
        if self.purpose == Purpose::Call && !name.is_empty() {
            found.push(Found::New(name));
        }
        self.found = found;
    }

    fn choose(&self) -> Flow {
        match self.found.get(self.at) {
            Some(Found::Tag(tag, _)) => Flow::CompareTag(tag.clone()),
            Some(Found::New(name)) => Flow::Call(Party::New(name.clone())),
            Some(Found::Person(id)) => match self.purpose {
                Purpose::Select => Flow::Select(*id),
                Purpose::Compare => Flow::Compare(*id),
                Purpose::Call => Flow::Call(Party::Known(*id)),
                Purpose::Merge(who) if who == *id => {
                    Flow::Say("That is the same person; choose another".to_owned())
                }
                Purpose::Merge(who) => Flow::Instead(Box::new(Two::new(who, *id))),
            },
            None => Flow::Stay,
        }
    }

    fn step(&mut self, by: isize) {
        self.at = self
            .at
            .saturating_add_signed(by)
            .min(self.found.len().saturating_sub(1));
    }
}

impl Modal for Find {
    fn keys(&self) -> &'static Keys {
        &TYPED_KEYS
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        match action {
            Action::Close => return Flow::Close,
            Action::Choose => return self.choose(),
            // Somebody new stands last, one key away.
            Action::Up if self.at == 0 && self.purpose == Purpose::Call => {
                self.at = self.found.len().saturating_sub(1);
            }
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::PageUp => self.step(-10),
            Action::PageDown => self.step(10),
            _ => {
                if self.typed.act(action) {
                    self.search(cx);
                }
            }
        }
        Flow::Stay
    }

    fn type_in(&mut self, input: &Input, cx: &Cx<'_>) -> Flow {
        match input {
            Input::Char(c) => self.typed.insert(*c),
            Input::Paste(text) => self.typed.paste(text),
        }
        self.search(cx);
        Flow::Stay
    }

    fn selected(&self) -> Option<String> {
        self.typed.selected()
    }

    fn point(&mut self, spot: Spot, row: usize, double: bool, _cx: &Cx<'_>) -> Flow {
        if let Spot::Choices(first) = spot
            && first + row < self.found.len()
        {
            self.at = first + row;
            if double {
                return self.choose();
            }
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let outer = middle(area, 64.min(area.width.saturating_sub(2).max(20)), 20);
        let title = match self.purpose {
            Purpose::Compare => "Lay over the timeline: a person, or a #tag",
            Purpose::Select => "Find a person",
            Purpose::Merge(_) => "The same person as …",
            Purpose::Call => "Call: a name or a number; ↑ for somebody new",
        };
        let inner = frame_for(frame, outer, title, cx, memory);
        let line = row::row(inner, 0);
        let used = row::pieces(frame.buffer_mut(), line, &[("› ", cx.theme.accent)]);
        self.typed.draw(
            frame,
            Rect {
                x: line.x + used,
                width: line.width - used,
                ..line
            },
            true,
        );
        let list = Rect {
            y: inner.y + inner.height.min(2),
            height: inner.height.saturating_sub(2),
            ..inner
        };
        let first = memory.scroll("find", self.at, self.found.len(), usize::from(list.height));
        memory.note(list, Spot::Choices(first));
        let rows = self
            .found
            .iter()
            .enumerate()
            .skip(first)
            .take(usize::from(list.height));
        for (at, found) in rows {
            let area = row::row(list, at - first);
            match found {
                Found::New(name) => draw_new(frame, area, name, at == self.at, cx),
                Found::Tag(tag, people) => draw_tag(frame, area, (tag, *people), at == self.at, cx),
                Found::Person(id) => {
                    if let Some(person) = cx.roster.get(*id) {
                        draw_row(frame, area, person, at == self.at, cx);
                    }
                }
            }
        }
        if self.found.is_empty() {
            row::pieces(
                frame.buffer_mut(),
                row::row(list, 0),
                &[("nobody fits", cx.theme.dim)],
            );
        }
    }
}

/// The people who fit what was typed, the best first; with nothing typed the first of the list.
fn people(typed: &str, cx: &Cx<'_>) -> Vec<Id> {
    let everybody = cx.roster.everybody();
    if typed.trim().is_empty() {
        return everybody.take(OFFERED).map(|row| row.id).collect();
    }
    let ids: Vec<Id> = everybody.map(|row| row.id).collect();
    // Name and account stand on the first two lines of what a row is found by.
    let texts = ids.iter().map(|id| {
        let text = cx.roster.folded(*id);
        let end = text
            .match_indices('\n')
            .nth(1)
            .map_or(text.len(), |(at, _)| at);
        text.get(..end).unwrap_or(text)
    });
    let mut scores = best(typed, texts);
    scores.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
    let fuzzy = scores.into_iter().map(|(_, at)| ids[at]);
    let mut found = reached(typed, cx);
    let first = found.clone();
    found.extend(fuzzy.filter(|id| !first.contains(id)).take(OFFERED));
    found.truncate(OFFERED);
    found
}

/// The tags of people in the list in which some word begins with what was typed, those of the most people first.
fn tags(typed: &str, cx: &Cx<'_>) -> Vec<Found> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let listed = cx.roster.everybody();
    for person in listed.filter(|person| !person.ghost && !person.archived) {
        for tag in &person.tags {
            *counts.entry(tag.as_str()).or_default() += 1;
        }
    }
    let fits = |tag: &str| {
        let tag = fold(tag);
        let mut words = tag.split(|c: char| !c.is_alphanumeric());
        tag.starts_with(typed) || words.any(|word| word.starts_with(typed))
    };
    let mut found: Vec<(&str, usize)> = counts.into_iter().filter(|row| fits(row.0)).collect();
    found.sort_by_key(|row| std::cmp::Reverse(row.1));
    let found = found.into_iter().take(OFFERED);
    found
        .map(|(tag, people)| Found::Tag(tag.to_owned(), people))
        .collect()
}

/// Those whose telephone number or e-mail address was typed, or a part of it.
fn reached(typed: &str, cx: &Cx<'_>) -> Vec<Id> {
    let address = || {
        let typed = typed.trim();
        let whole = typed.contains(['@', '.']) && !typed.contains(' ');
        whole.then(|| typed.to_owned())
    };
    let Some(sought) = digits_sought(typed).or_else(address) else {
        return Vec::new();
    };
    let rows = cx.roster.everybody();
    let mut found: Vec<&Summary> = rows.filter(|row| row.reach.contains(&sought)).collect();
    // Whoever reads a number off the telephone types its end.
    let ends = |row: &Summary| row.reach.split(' ').any(|way| way.ends_with(&sought));
    found.sort_by_key(|row| !ends(row));
    found.into_iter().take(OFFERED).map(|row| row.id).collect()
}

fn draw_new(frame: &mut Frame<'_>, area: Rect, name: &str, marked: bool, cx: &Cx<'_>) {
    let style = if marked {
        cx.theme.selected
    } else {
        cx.theme.accent
    };
    let text = pad(&format!(" + somebody new: {name}"), usize::from(area.width));
    row::pieces(frame.buffer_mut(), area, &[(&text, style)]);
}

fn draw_tag(
    frame: &mut Frame<'_>,
    area: Rect,
    (tag, people): (&str, usize),
    marked: bool,
    cx: &Cx<'_>,
) {
    let (style, beside) = if marked {
        (cx.theme.selected, cx.theme.selected)
    } else {
        (cx.theme.text, cx.theme.dim)
    };
    let columns = usize::from(area.width.saturating_sub(3));
    let name = format!("   #{tag}");
    let rest = format!(", median of {}", grouped(people));
    let rest = pad(&rest, (columns + 3).saturating_sub(width(&name)));
    row::pieces(frame.buffer_mut(), area, &[(&name, style), (&rest, beside)]);
}

fn draw_row(frame: &mut Frame<'_>, area: Rect, person: &Summary, marked: bool, cx: &Cx<'_>) {
    let reading = person.read(cx.params, cx.day());
    let (style, beside) = if marked {
        (cx.theme.selected, cx.theme.selected)
    } else {
        (cx.theme.text, cx.theme.dim)
    };
    let columns = usize::from(area.width.saturating_sub(3));
    let name = pad(&person.name, columns / 2);
    let account = pad(&person.account, columns - columns / 2);
    let sign = if person.archived {
        ARCHIVED
    } else {
        reading.state.sign()
    };
    let sign = format!(" {sign} ");
    let pieces = [(sign.as_str(), style), (&name, style), (&account, beside)];
    row::pieces(frame.buffer_mut(), area, &pieces);
}
