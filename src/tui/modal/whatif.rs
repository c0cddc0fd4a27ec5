//! What if: a supposition is typed, and with each letter its outcome is drawn beside the present one. Enter makes a plan of it,
//! or sets the cadence where that is all.

mod draw;

use super::{Cx, Flow, Input, Modal};
use crate::domain::command::Command;
use crate::domain::people::Person;
use crate::domain::promise::Plan;
use crate::domain::text::clean_line;
use crate::domain::whatif::{EXAMPLES, Outcome, Supposed, outcome, read};
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Binding, Keys, bind};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::editor::Editor;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The keys besides those for typing.
pub const KEYS: Keys = Keys {
    place: "What if",
    typed: true,
    rows: &rows("plans it"),
};

/// The same keys where Enter sets a cadence.
const SETTING: Keys = Keys {
    rows: &rows("sets it"),
    ..KEYS
};

const ENTER: &[Key] = &[Key::plain(Code::Enter)];
const NEXT: &[Key] = &[Key::plain(Code::Down), Key::ctrl('n')];
const BEFORE: &[Key] = &[Key::plain(Code::Up), Key::ctrl('p')];
const ESC: &[Key] = &[Key::plain(Code::Esc)];

/// The rows of the list, with what the footer says of Enter.
const fn rows(enter: &'static str) -> [Binding; 4] {
    [
        bind(
            ENTER,
            Action::Plan,
            "Plan the touch that is supposed, or set the cadence",
            enter,
            1,
        ),
        bind(
            NEXT,
            Action::Down,
            "The next ready-made supposition",
            "examples",
            2,
        ),
        bind(BEFORE, Action::Up, "The one before", "example before", 0),
        bind(
            ESC,
            Action::Close,
            "Close; what was typed is there again the next time",
            "close",
            4,
        ),
    ]
}

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
    /// What Enter can do.
    enter: Option<Enter>,
    plain: bool,
}

/// What Enter does with what is supposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Enter {
    Plans,
    Sets,
}

/// What the field says, and what comes of it.
struct Answer {
    /// What is supposed, or why it is not understood.
    supposed: Result<Supposed, String>,
    /// Where it is not understood, that of nothing.
    outcome: Outcome,
}

impl WhatIf {
    /// Opened with what was supposed last; nothing is answered for a call, as `usual` says.
    pub fn new(last: &str, plain: bool, cx: &Cx<'_>) -> Self {
        let at = EXAMPLES.iter().position(|example| *example == last);
        let mut new = WhatIf {
            typed: Editor::line(last),
            marked: !last.is_empty(),
            own: if at.is_some() { "" } else { last }.to_owned(),
            at,
            fault: None,
            enter: None,
            plain,
        };
        new.changed(cx);
        new
    }

    /// What is supposed; with nothing typed, a call.
    fn supposed(&self, person: &Person, cx: &Cx<'_>) -> Result<Supposed, String> {
        let text = self.typed.text();
        let text = if text.trim().is_empty() {
            usual(person, cx)
        } else {
            text
        };
        read(&text, &person.summary.name, cx.today(), cx.order)
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
        let told = self.entered(cx);
        self.enter = told.ok().map(|command| match command {
            Command::SetCadence { .. } => Enter::Sets,
            _ => Enter::Plans,
        });
    }

    /// The text was typed: it is the rep's own now.
    fn own(&mut self, cx: &Cx<'_>) {
        self.marked = false;
        self.at = None;
        self.own = self.typed.text();
        self.changed(cx);
    }

    /// What Enter asks for, or why it asks for nothing: a plan of the first touch, or the cadence where no touch is supposed.
    fn entered(&self, cx: &Cx<'_>) -> Result<Command, String> {
        let person = cx.person.ok_or("nobody is selected any more")?;
        if self.typed.is_blank() {
            return Err("type what you suppose first; then Enter plans it".to_owned());
        }
        let supposed = self.supposed(person, cx)?;
        let id = person.summary.id;
        if let (Some(days), []) = (supposed.cadence, supposed.events.as_slice()) {
            let days = Some(days);
            return Ok(Command::SetCadence { id, days });
        }
        let none = "nothing in that can be planned; suppose a touch that you would make";
        let intent = supposed.intent.ok_or(none)?;
        Ok(Command::PlanTouch(Box::new(Plan {
            contact: id,
            on: intent.on,
            at: intent.at,
            why: clean_line(&intent.why),
        })))
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

/// What is supposed where nothing is typed: a call today, or on the day a call is due where one today would change nothing.
fn usual(person: &Person, cx: &Cx<'_>) -> String {
    let today = EXAMPLES[0].to_owned();
    let touched = person
        .trail
        .traces
        .iter()
        .any(|trace| trace.day == cx.day());
    let name = &person.summary.name;
    let Some(call) = read(&today, name, cx.today(), cx.order)
        .ok()
        .filter(|_| touched)
    else {
        return today;
    };
    let cadence = person.summary.cadence;
    let told = outcome(cx.params, &person.trail, cadence, cx.day(), &call);
    let due = told.present.reading.due.filter(|day| *day > cx.day());
    match due {
        Some(due) if told.gained().abs() < 0.05 => {
            let days = due - cx.day();
            let word = if days == 1 { "day" } else { "days" };
            format!("a call in {days} {word}")
        }
        _ => today,
    }
}

impl Modal for WhatIf {
    fn keys(&self) -> &'static Keys {
        match self.enter {
            Some(Enter::Sets) => &SETTING,
            _ => &KEYS,
        }
    }

    fn answers(&self, action: Action) -> bool {
        action != Action::Plan || self.enter.is_some()
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        let last = EXAMPLES.len() - 1;
        match action {
            Action::Close => return Flow::Close,
            Action::Plan => match self.entered(cx) {
                Ok(command) => return Flow::Submit(command),
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

    fn selected(&self) -> Option<String> {
        self.typed.selected()
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
