//! The screen of a table's columns on a terminal: shows what the rows become after every key, until somebody takes the columns over or
//! leaves.

use crate::domain::moment::Moment;
use crate::tui::effect::{Effect, Msg};
use crate::tui::mapping::{Becomes, Mapping};
use crate::tui::memory::Memory;
use crate::tui::run::{self, Exit, Frame, Host, Start};
use crate::tui::signals;
use crate::tui::terminal::Report;
use crate::tui::wake::Inbox;
use std::io;
use std::time::Duration;

/// What the first rows become where each column is what its word says.
pub type Preview<'a> = &'a dyn Fn(&[&str]) -> Vec<Becomes>;

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The columns are these: a word for each.
    Taken(Vec<String>),
    /// Nothing is to be done.
    Left,
    /// Otherwise than by being asked to.
    Ended(Exit),
}

/// Shows the screen until somebody takes the columns over or leaves.
///
/// An error is one of the terminal at the start.
pub fn choose(
    mapping: Mapping,
    preview: Preview<'_>,
    clock: fn() -> Moment,
    report: Report,
) -> io::Result<Chosen> {
    let mut showing = Showing {
        mapping,
        preview,
        memory: Memory::default(),
    };
    showing.look();
    let start = Start {
        inbox: Inbox::new(),
        clock,
        report,
        effects: Vec::new(),
    };
    let exit = run::run(&mut showing, start)?;
    // What comes after this is no dashboard: a signal ends it at once.
    signals::as_usual()?;
    Ok(match (exit, showing.mapping.ended()) {
        (Exit::Quit, Some(true)) => {
            let words = showing.mapping.words().into_iter();
            Chosen::Taken(words.map(str::to_owned).collect())
        }
        (Exit::Quit, _) => Chosen::Left,
        (exit, _) => Chosen::Ended(exit),
    })
}

struct Showing<'a> {
    mapping: Mapping,
    preview: Preview<'a>,
    memory: Memory,
}

impl Showing<'_> {
    fn look(&mut self) {
        let becomes = (self.preview)(&self.mapping.words());
        self.mapping.shows(becomes);
    }
}

impl Host for Showing<'_> {
    fn update(&mut self, _now: Moment, msg: Msg) -> Vec<Effect> {
        let before: Vec<String> = self
            .mapping
            .words()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let effects = self.mapping.update(msg, &self.memory);
        if self.mapping.words() != before {
            self.look();
        }
        effects
    }

    fn perform(&mut self, _now: Moment, _effect: Effect) -> Vec<Msg> {
        Vec::new()
    }

    fn draw(&mut self, frame: &mut Frame<'_>) {
        self.mapping.draw(frame, &mut self.memory);
    }

    fn next_tick(&self, _now: Moment) -> Option<Duration> {
        None
    }

    fn draft_revision(&self) -> Option<u64> {
        None
    }

    fn save_draft(&mut self, _now: Moment) -> Vec<Msg> {
        Vec::new()
    }

    fn settle(&mut self, _now: Moment) {}
}
