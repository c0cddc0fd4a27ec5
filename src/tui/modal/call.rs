//! The call: at the left what to know, at the right the note, over it the clock. Nothing typed here can be lost: the dashboard keeps the
//! note as a draft while it is typed, and a call that is left stays open until it is filed.
//!
//! ```text
//! ╭ Barney Rubble ───────────╮╭ Call since 14:07 ── 3:25 ─────────────────╮
//! │ the brief                ││ the note                                  │
//! │                          ││                                           │
//! │                          ││ what the line under the caret will become │
//! │                          ││ the marks                                 │
//! ╰──────────────────────────╯╰───────────────────────────────────────────╯
//! ```

mod draw;
mod keys;
mod side;

pub use keys::{BRIEF_KEYS, KEYS};

use super::menu::Menu;
use super::sheet::Sheet;
use super::{Cx, Flow, Input, Modal, pointed};
use crate::domain::brief::Brief;
use crate::domain::capture::{Line, at_caret, complete};
use crate::domain::draft::{CallNote, Draft};
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::people::Person;
use crate::domain::phone::digits;
use crate::tui::effect::MouseWhat;
use crate::tui::keymap::{Action, Keys, TABLE};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::find::Find;
use crate::tui::modal::sheet::Decisions;
use crate::tui::widget::editor::{self, Editor};
use chrono::NaiveTime;
use ratatui::Frame;
use ratatui::layout::Rect;
use side::Side;

/// Names offered at once.
const OFFERED: usize = 6;

/// Who is on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// Somebody in the book.
    Known(Id),
    /// Somebody who is not: a name, or the number they call from.
    New(String),
}

/// An open call.
#[derive(Debug)]
pub struct Call {
    note: CallNote,
    editor: Editor,
    side: Side,
    /// What was decided on a sheet that was left again.
    decisions: Decisions,
    draft: Option<Id>,
    /// Names are offered for the `@` under the caret; none: they were waved away.
    offering: bool,
    pick: usize,
    /// What the book said when it refused.
    refused: Option<String>,
    /// The draft's number grows with every change that is not the editor's.
    changes: u64,
}

impl Call {
    /// A call that begins now.
    pub fn new(party: &Party, cx: &Cx<'_>) -> Self {
        let (with, name) = match party {
            Party::Known(id) => (Some(*id), cx.name(*id)),
            Party::New(name) => (None, name.clone()),
        };
        let note = CallNote {
            with,
            name,
            begun: cx.now,
            heard: cx.now,
            text: String::new(),
        };
        Call::with(note, None)
    }

    /// The call a draft was made of.
    pub fn from_draft(draft: &Draft) -> Option<Self> {
        CallNote::of(draft).map(|note| Call::with(note, draft.id))
    }

    fn with(mut note: CallNote, draft: Option<Id>) -> Self {
        let editor = Editor::note(&note.text);
        note.text = String::new();
        Call {
            note,
            editor,
            side: Side::default(),
            decisions: Decisions::default(),
            draft,
            offering: false,
            pick: 0,
            refused: None,
            changes: 0,
        }
    }

    /// There is something to keep: words, or the name or number of somebody new. A call with somebody of the book has nothing but
    /// its clock before the first word.
    fn is_kept(&self) -> bool {
        !self.editor.is_blank() || self.draft.is_some() || self.note.with.is_none()
    }

    /// The note as it is now.
    fn note(&self) -> CallNote {
        CallNote {
            text: self.editor.text(),
            ..self.note.clone()
        }
    }

    /// The time agreed for this call, where one was agreed for today.
    fn agreed(&self) -> Option<NaiveTime> {
        let plan = &self.side.person()?.plan.as_ref()?.plan;
        plan.at.filter(|_| plan.on == self.note.begun.date_naive())
    }

    /// People who fit the name typed after the `@` under the caret.
    fn offers(&self, cx: &Cx<'_>) -> Vec<(Id, String)> {
        if !self.offering {
            return Vec::new();
        }
        let (line, caret) = self.editor.line_at_caret();
        let people = |word: &str| cx.named(word);
        at_caret(line, caret).map_or(Vec::new(), |partial| {
            complete(&partial.typed, &people, OFFERED)
        })
    }

    /// What the line under the caret will become.
    fn line(&self, cx: &Cx<'_>) -> Option<Line> {
        let (line, _) = self.editor.line_at_caret();
        let people = |word: &str| cx.named(word);
        cx.reader(self.note.begun.date_naive(), &people).line(line)
    }

    /// Takes a name that is offered; false where there is none.
    fn complete(&mut self, cx: &Cx<'_>) -> bool {
        let offers = self.offers(cx);
        let Some((_, name)) = offers.get(self.pick.min(offers.len().saturating_sub(1))) else {
            return false;
        };
        let (line, caret) = self.editor.line_at_caret();
        let typed = at_caret(line, caret).map_or(0, |partial| partial.typed.chars().count());
        // A blank follows, so that the next word does not join the name.
        self.editor.replace_before(typed, name);
        self.editor.insert(' ');
        self.typed(cx.now);
        self.offering = false;
        true
    }

    fn typed(&mut self, now: Moment) {
        self.note.heard = now;
        self.pick = 0;
        self.refused = None;
    }

    fn sheet(&self, cx: &Cx<'_>) -> Flow {
        Flow::Push(Box::new(Sheet::of_call(
            &self.note(),
            self.draft,
            &self.decisions,
            cx,
        )))
    }

    /// An attempt is filed at once; only what was caught is shown first.
    fn no_answer(&self, cx: &Cx<'_>) -> Flow {
        let mut decisions = self.decisions.clone();
        decisions.no_answer();
        let sheet = Sheet::of_call(&self.note(), self.draft, &decisions, cx);
        match sheet.command(cx) {
            Ok(command) if sheet.is_plain() => Flow::Submit(command),
            _ => Flow::Push(Box::new(sheet)),
        }
    }

    fn up_or_down(&mut self, action: Action, cx: &Cx<'_>) {
        let offers = self.offers(cx).len();
        if offers > 0 {
            let step = if action == Action::Up { offers - 1 } else { 1 };
            self.pick = (self.pick + step) % offers;
        } else {
            self.editor.act(action);
        }
    }

    fn edit(&mut self, action: Action, cx: &Cx<'_>) {
        let before = self.editor.revision();
        self.editor.act(action);
        if self.editor.revision() == before {
            self.offering = false;
        } else {
            self.typed(cx.now);
        }
    }
}

impl Modal for Call {
    fn keys(&self) -> &'static Keys {
        if self.side.focused {
            &BRIEF_KEYS
        } else {
            &KEYS
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        if self.side.focused && self.side.act(action) {
            return Flow::Stay;
        }
        match action {
            Action::Save => return self.sheet(cx),
            Action::Close if self.offering && !self.offers(cx).is_empty() => self.offering = false,
            Action::Close => return Flow::Close,
            Action::NextField if self.complete(cx) => {}
            Action::NextField => self.side.focused = true,
            Action::NoAnswer => return self.no_answer(cx),
            Action::OtherCall => return Flow::Push(Box::new(Find::to_call(cx))),
            Action::NextCall => return Flow::NextCall,
            Action::Editor => return Flow::Edit(self.editor.text()),
            Action::BriefDown => {
                self.side.act(Action::Down);
            }
            Action::BriefUp => {
                self.side.act(Action::Up);
            }
            Action::Help => {
                let help = Menu::help(&[&KEYS, &editor::KEYS], TABLE, &|_| false);
                return Flow::Push(Box::new(help));
            }
            Action::Choose => {
                self.editor.insert('\n');
                self.typed(cx.now);
                self.offering = false;
            }
            Action::Up | Action::Down => self.up_or_down(action, cx),
            _ => self.edit(action, cx),
        }
        Flow::Stay
    }

    fn type_in(&mut self, input: &Input, cx: &Cx<'_>) -> Flow {
        if self.side.focused {
            self.side.focused = false;
        }
        match input {
            Input::Char(c) => {
                self.editor.insert(*c);
                self.offering = true;
            }
            Input::Paste(text) => {
                self.editor.paste(text);
                self.offering = false;
            }
        }
        self.typed(cx.now);
        Flow::Stay
    }

    fn mouse(&mut self, spot: Spot, at: (i32, i32), what: MouseWhat, cx: &Cx<'_>) -> Flow {
        match (spot, what) {
            (Spot::Text(_), _) => {
                self.side.focused = false;
                self.editor.mouse(at, what);
                self.offering = false;
            }
            (Spot::List(draw::BRIEF, _), MouseWhat::WheelUp) => {
                self.side.act(Action::Up);
            }
            (Spot::List(draw::BRIEF, _), MouseWhat::WheelDown) => {
                self.side.act(Action::Down);
            }
            _ => return pointed(self, spot, at, what, cx),
        }
        Flow::Stay
    }

    fn selected(&self) -> Option<String> {
        self.editor.selected()
    }

    fn point(&mut self, spot: Spot, row: usize, _double: bool, cx: &Cx<'_>) -> Flow {
        match spot {
            Spot::Choices(_) => {
                self.pick = row;
                self.complete(cx);
            }
            Spot::List(draw::BRIEF, _) => self.side.focused = true,
            Spot::List(draw::NOTE, _) => self.side.focused = false,
            _ => {}
        }
        Flow::Stay
    }

    fn parked(&self) -> Option<Draft> {
        Some(self.note().draft(self.draft))
    }

    fn ticks(&self, now: Moment) -> bool {
        draw::shows_seconds(&self.note, now)
    }

    fn about(&self) -> Option<Id> {
        self.note.with
    }

    fn briefed(&mut self, person: &Person, brief: &Brief) {
        self.note.name.clone_from(&person.summary.name);
        self.side.tell(person, brief);
    }

    fn takes_back(&mut self, decisions: Decisions) {
        self.decisions = decisions;
        self.changes += 1;
    }

    fn edited(&mut self, text: &str) {
        if !self.editor.is(text) {
            self.editor.set(text);
        }
    }

    fn refused(&mut self, why: &str) {
        self.refused = Some(why.to_owned());
    }

    fn draft(&self, _cx: &Cx<'_>) -> Option<Draft> {
        if !self.is_kept() {
            return None;
        }
        Some(self.note().draft(self.draft))
    }

    fn stamp(&self, _cx: &Cx<'_>) -> Option<u64> {
        self.is_kept()
            .then(|| self.editor.revision() + self.changes)
    }

    fn emptied(&mut self) -> Option<Id> {
        let empty = self.editor.is_blank() && self.note.with.is_some();
        self.draft.take_if(|_| empty)
    }

    fn drafted(&mut self, id: Id) {
        self.draft = Some(id);
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.draw_in(frame, area, cx, memory);
    }
}

/// Whether what was typed is rather a telephone number than a name.
pub fn is_number(typed: &str) -> bool {
    let plain = |c: char| c.is_ascii_digit() || " +-./()\u{a0}".contains(c);
    typed.chars().all(plain) && digits(typed).len() >= 3
}
