//! A deck of meetings that calendars tell of: one at a time, one key for each.
//!
//! ```text
//! ╭ Did you meet? ─ 2 of 12 ────────────────────────────────╮
//! │ Tue 10 Nov 10:00 · meeting · 60 min                      │
//! │ Plant round                                              │
//! │ with Nils Lund, Iris Marsh                               │
//! │ A touch with them on that day is logged already.         │
//! │                                                          │
//! │ 1 confirmed · 0 set aside                                │
//! ╰──────────────────────────────────────────────────────────╯
//! ```

use super::{Cx, Flow, Modal, frame_for, middle};
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::suggestion::Suggestion;
use crate::domain::when;
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use crate::tui::memory::Memory;
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The keys of the deck.
pub const KEYS: Keys = Keys {
    place: "Meetings that calendars tell of",
    typed: false,
    rows: &[
        bind(
            &[Key::char('y'), Key::plain(Code::Enter)],
            Action::Choose,
            "It happened: file it as a touch",
            "it happened",
            1,
        ),
        bind(
            &[Key::char('n'), Key::char('x')],
            Action::ThrowAway,
            "It did not, or is nothing for the book: set it aside for good",
            "set it aside",
            2,
        ),
        bind(
            &[
                Key::char('s'),
                Key::char('j'),
                Key::plain(Code::Down),
                Key::char(' '),
            ],
            Action::Down,
            "The next one; this one waits",
            "later",
            3,
        ),
        bind(
            &[Key::char('k'), Key::plain(Code::Up)],
            Action::Up,
            "Back to the one before",
            "back",
            5,
        ),
        bind(
            &[Key::char('A')],
            Action::ConfirmAll,
            "All of them happened, but for those on whose day a touch is logged",
            "all happened",
            4,
        ),
        bind(
            &[Key::plain(Code::Esc), Key::char('q')],
            Action::Close,
            "Enough for now; the others wait",
            "enough",
            6,
        ),
    ],
};

/// The deck.
#[derive(Debug)]
pub struct Meetings {
    cards: Vec<Suggestion>,
    at: usize,
    /// The answer the book was given last, until it says that it has it.
    asked: Option<(Vec<Id>, bool)>,
    confirmed: usize,
    set_aside: usize,
}

impl Meetings {
    /// These wait.
    pub fn new(cards: Vec<Suggestion>) -> Self {
        Meetings {
            cards,
            at: 0,
            asked: None,
            confirmed: 0,
            set_aside: 0,
        }
    }

    /// Answers these; the deck goes with its last card.
    fn answer(&mut self, ids: Vec<Id>, yes: bool) -> Flow {
        if ids.is_empty() {
            let why = "A touch is logged on the day of each: answer them one by one";
            return Flow::Say(why.to_owned());
        }
        self.asked = Some((ids.clone(), yes));
        Flow::Submit(Command::AnswerSuggestions { ids, yes })
    }

    fn this(&self) -> Vec<Id> {
        self.cards
            .get(self.at)
            .map(|card| card.id)
            .into_iter()
            .collect()
    }

    /// Those that are not likely to be in the book already.
    fn sure(&self) -> Vec<Id> {
        let sure = self.cards.iter().filter(|card| !card.logged);
        sure.map(|card| card.id).collect()
    }
}

/// When it was, what, and for how long.
fn moment(card: &Suggestion, cx: &Cx<'_>) -> String {
    let mut said = when::say(card.at.date_naive(), cx.today());
    if !card.whole_day {
        said = format!("{said} {}", card.at.format("%H:%M"));
    }
    said = format!("{said} · {}", card.kind.word());
    match card.minutes {
        Some(minutes) if !card.whole_day => format!("{said} · {minutes} min"),
        _ => said,
    }
}

impl Modal for Meetings {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn answers(&self, action: Action) -> bool {
        match action {
            Action::Up => self.at > 0,
            Action::Down | Action::ConfirmAll => self.cards.len() > 1,
            _ => true,
        }
    }

    fn act(&mut self, action: Action, _cx: &Cx<'_>) -> Flow {
        match action {
            Action::Choose => return self.answer(self.this(), true),
            Action::ThrowAway => return self.answer(self.this(), false),
            Action::ConfirmAll => return self.answer(self.sure(), true),
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::Down => self.at = (self.at + 1) % self.cards.len().max(1),
            Action::Close => return Flow::Close,
            _ => {}
        }
        Flow::Stay
    }

    fn made(&mut self) -> bool {
        if let Some((ids, yes)) = self.asked.take() {
            let before = self.cards.len();
            self.cards.retain(|card| !ids.contains(&card.id));
            self.at = self.at.min(self.cards.len().saturating_sub(1));
            let count = before - self.cards.len();
            if yes {
                self.confirmed += count;
            } else {
                self.set_aside += count;
            }
        }
        !self.cards.is_empty()
    }

    fn refused(&mut self, _why: &str) {
        self.asked = None;
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let Some(card) = self.cards.get(self.at) else {
            return;
        };
        let outer = middle(area, 72.min(area.width), 8);
        let title = format!("Did you meet? ─ {} of {}", self.at + 1, self.cards.len());
        let inner = frame_for(frame, outer, &title, cx, memory);
        let names: Vec<&str> = card.people.iter().map(|(_, name)| name.as_str()).collect();
        let logged = if card.logged {
            "A touch with them on that day is logged already."
        } else {
            ""
        };
        let theme = cx.theme;
        let count = format!(
            "{} confirmed · {} set aside",
            self.confirmed, self.set_aside
        );
        let lines = [
            (moment(card, cx), theme.dim),
            (card.title.clone(), theme.text),
            (format!("with {}", names.join(", ")), theme.text),
            (logged.to_owned(), theme.warn),
            (String::new(), theme.text),
            (count, theme.dim),
        ];
        for (at, (text, style)) in lines.iter().enumerate() {
            row::pieces(frame.buffer_mut(), row::row(inner, at), &[(text, *style)]);
        }
    }
}
