//! What if: a supposition is typed, and with each letter its outcome is drawn beside the present one. Enter makes a plan of it.

mod draw;

use super::{Cx, Flow, Input, Modal};
use crate::domain::command::Command;
use crate::domain::people::Person;
use crate::domain::promise::Plan;
use crate::domain::text::clean_line;
use crate::domain::whatif::{EXAMPLES, Outcome, Supposed, outcome, read};
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::editor::Editor;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The keys besides those for typing.
pub const KEYS: Keys = Keys {
    place: "What if",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Plan,
            "Plan the touch that is supposed",
            "plans it",
            1,
        ),
        bind(
            &[Key::plain(Code::Down), Key::ctrl('n')],
            Action::Down,
            "The next ready-made supposition",
            "examples",
            2,
        ),
        bind(
            &[Key::plain(Code::Up), Key::ctrl('p')],
            Action::Up,
            "The one before",
            "example before",
            0,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Close; what was typed is there again the next time",
            "close",
            4,
        ),
    ],
};

/// The question being typed.
#[derive(Debug)]
pub struct WhatIf {
    typed: Editor,
    /// What stands in the field is marked as a whole: the first letter takes its place.
    marked: bool,
    /// What was typed last: nothing of it is lost by looking at the ready-made ones.
    own: String,
    /// Which one is in the field: the one typed, or a ready-made one.
    at: Option<usize>,
    /// Why Enter did nothing.
    fault: Option<String>,
    /// Enter can make a plan.
    plans: bool,
    plain: bool,
}

/// What the field says, and what comes of it.
struct Answer {
    /// What is supposed, or why it is not understood.
    supposed: Result<Supposed, String>,
    /// Where it is not understood, that of nothing.
    outcome: Outcome,
}

impl WhatIf {
    /// Opened with what was supposed last; nothing is answered for a call today.
    pub fn new(last: &str, plain: bool, cx: &Cx<'_>) -> Self {
        let at = EXAMPLES.iter().position(|example| *example == last);
        let mut new = WhatIf {
            typed: Editor::line(last),
            marked: !last.is_empty(),
            own: if at.is_some() { "" } else { last }.to_owned(),
            at,
            fault: None,
            plans: false,
            plain,
        };
        new.changed(cx);
        new
    }

    /// What is supposed; with nothing typed, a call today.
    fn supposed(&self, person: &Person, cx: &Cx<'_>) -> Result<Supposed, String> {
        let text = self.typed.text();
        let text = if text.trim().is_empty() {
            EXAMPLES[0]
        } else {
            text.as_str()
        };
        read(text, &person.summary.name, cx.today(), cx.order)
    }

    fn answer(&self, person: &Person, cx: &Cx<'_>) -> Answer {
        let supposed = self.supposed(person, cx);
        let nothing = Supposed::nothing(cx.day());
        let told = supposed.as_ref().unwrap_or(&nothing);
        Answer {
            outcome: outcome(
                cx.params,
                &person.trail,
                person.summary.cadence,
                cx.day(),
                told,
            ),
            supposed,
        }
    }

    /// The text is another one.
    fn changed(&mut self, cx: &Cx<'_>) {
        self.fault = None;
        self.plans = !self.typed.is_blank() && self.plan(cx).is_ok();
    }

    /// The text was typed: it is the rep's own now.
    fn own(&mut self, cx: &Cx<'_>) {
        self.marked = false;
        self.at = None;
        self.own = self.typed.text();
        self.changed(cx);
    }

    /// The plan that Enter makes, or why it makes none.
    fn plan(&self, cx: &Cx<'_>) -> Result<Plan, String> {
        let person = cx.person.ok_or("nobody is selected any more")?;
        if self.typed.is_blank() {
            return Err("type what you suppose first; then Enter plans it".to_owned());
        }
        let intent = self.supposed(person, cx)?.intent;
        let intent =
            intent.ok_or("nothing in that can be planned; suppose a touch that you would make")?;
        Ok(Plan {
            contact: person.summary.id,
            on: intent.on,
            at: intent.at,
            why: clean_line(&intent.why),
        })
    }

    /// Puts another ready-made supposition into the field, or the one that was typed.
    fn choose(&mut self, at: Option<usize>, cx: &Cx<'_>) {
        self.at = at;
        let text = at.and_then(|at| EXAMPLES.get(at)).copied();
        self.typed = Editor::line(text.unwrap_or(&self.own));
        self.marked = !self.typed.is_blank();
        self.changed(cx);
    }

    /// Before something is typed: what is marked goes.
    fn replace(&mut self) {
        if std::mem::take(&mut self.marked) {
            self.typed.act(Action::LineEnd);
            self.typed.act(Action::EraseToStart);
        }
    }
}

impl Modal for WhatIf {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn answers(&self, action: Action) -> bool {
        action != Action::Plan || self.plans
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        let last = EXAMPLES.len() - 1;
        match action {
            Action::Close => return Flow::Close,
            Action::Plan => match self.plan(cx) {
                Ok(plan) => return Flow::Submit(Command::PlanTouch(Box::new(plan))),
                Err(why) => self.fault = Some(why),
            },
            Action::Down => {
                let next = self.at.map_or(Some(0), |at| (at < last).then_some(at + 1));
                self.choose(next, cx);
            }
            Action::Up => {
                let before = self.at.map_or(Some(last), |at| at.checked_sub(1));
                self.choose(before, cx);
            }
            Action::EraseLeft | Action::EraseRight | Action::EraseWord if self.marked => {
                self.replace();
                self.own(cx);
            }
            _ => {
                self.marked = false;
                let before = self.typed.text();
                if self.typed.act(action) && self.typed.text() != before {
                    self.own(cx);
                }
            }
        }
        Flow::Stay
    }

    fn type_in(&mut self, input: &Input, cx: &Cx<'_>) -> Flow {
        self.replace();
        match input {
            Input::Char(c) => self.typed.insert(*c),
            Input::Paste(text) => self.typed.paste(text),
        }
        self.own(cx);
        Flow::Stay
    }

    fn point(&mut self, spot: Spot, row: usize, _double: bool, cx: &Cx<'_>) -> Flow {
        if let Spot::Choices(first) = spot
            && first + row < EXAMPLES.len()
        {
            self.choose(Some(first + row), cx);
        }
        Flow::Stay
    }

    fn refused(&mut self, why: &str) {
        self.fault = Some(why.to_owned());
    }

    fn remembers(&self) -> Option<String> {
        Some(self.typed.text())
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        self.draw_all(frame, area, cx, memory);
    }
}
