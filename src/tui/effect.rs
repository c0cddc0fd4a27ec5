//! What goes into the dashboard and what comes out of it: messages in, effects out, as values.
//!
//! `App::update` turns a [`Msg`] into [`Effect`]s and never performs one; `run` performs them and hands the [`Reply`] back.

use super::inquiry::{Answer, Question};
use super::key::Key;
use crate::domain::brief::Brief;
use crate::domain::command::{Changed, Command};
use crate::domain::draft::Draft;
use crate::domain::filing::CaughtRow;
use crate::domain::id::Id;
use crate::domain::moment::DayNumber;
use crate::domain::people::{Entry, Person, Sort, Summary};
use crate::domain::suggestion::Suggestion;

/// Something happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Keys were pressed, in this order; several where they came before anybody looked.
    Keys(Vec<Key>),
    /// Text was pasted; control characters are still in it.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The window has this many columns and rows now.
    Resize(u16, u16),
    /// The window got or lost the focus.
    Focus(bool),
    /// Time passed, and something on the screen shows it.
    Tick,
    /// An effect was performed.
    Reply(Reply),
    /// The book's file was written, perhaps by another program; whoever reads the book finds out what changed.
    Written,
    /// Another program changed the book: these people, or (none) many.
    Elsewhere(Option<Vec<Id>>),
}

/// What the mouse did, in cells from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// Column.
    pub column: u16,
    /// Row.
    pub row: u16,
    /// What.
    pub what: MouseWhat,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseWhat {
    /// The left button went down.
    Press,
    /// The left button went down a second time soon after, in the same cell.
    Double,
    /// The pointer moved with the left button down.
    Drag,
    /// The wheel turned up.
    WheelUp,
    /// The wheel turned down.
    WheelDown,
}

/// Something to be done outside the dashboard's own state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Change the book. `ticket` comes back with the reply, so that the form that asked knows its answer.
    Apply {
        /// Chosen by whoever asks.
        ticket: u64,
        /// The change.
        command: Command,
    },
    /// Take back the last step.
    Undo,
    /// Make the last undone step again.
    Redo,
    /// Take back a decision of the review with all that it changed, where nothing was done since.
    TakeBack(Id),
    /// Read one person in full.
    LoadPerson(Id),
    /// Read one person, and what to know for a call with them.
    LoadBrief(Id),
    /// Read what was caught in a touch's note.
    LoadCaught(Id),
    /// Read these people's rows again.
    LoadRows(Vec<Id>),
    /// Read everybody's row, in the background.
    LoadRoster,
    /// Read the first page of a list in this order as of a day (only at the start, before the roster is there).
    LoadOpening(Sort, DayNumber),
    /// Read a longer history of one person: this many entries.
    LoadHistory(Id, usize),
    /// Read the journal's latest steps.
    LoadSteps,
    /// Find something out about the whole book, behind the pictures.
    Ask(Question),
    /// Read the meetings that calendars tell of and that wait to be answered.
    LoadMeetings,
    /// Read the drafts that were left over.
    LoadDrafts,
    /// Keep a draft now. The number comes back in [`Reply::Drafted`]; `App::draft` hands out such numbers too.
    SaveDraft(u64, Box<Draft>),
    /// Throw a draft away: it was filed, or its owner said so.
    DropDraft(Id),
    /// Put text on the clipboard.
    Copy(String),
    /// Lend a text to the person's own editor. `ticket` comes back with the reply.
    Edit {
        /// Chosen by whoever asks.
        ticket: u64,
        /// The text.
        text: String,
    },
    /// Stop until the shell brings the program back.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Leave.
    Quit,
}

/// The answer to an effect.
#[derive(Clone, Debug)]
pub enum Reply {
    /// The first page of the list.
    Opening(Vec<Summary>),
    /// How many people the list holds (ghosts and archived ones not counted).
    Count(usize),
    /// Everybody.
    Roster(Vec<Summary>),
    /// These people's rows as they are now; none: no longer in the book.
    Rows(Vec<(Id, Option<Summary>)>),
    /// One person; none: no longer in the book.
    Person(Id, Option<Box<Person>>),
    /// One person, and what to know for a call with them; none: no longer in the book.
    Brief(Id, Option<Box<(Person, Brief)>>),
    /// What was caught in a touch's note.
    Caught(Id, Vec<CaughtRow>),
    /// A longer history of one person.
    History(Id, Vec<Entry>),
    /// A change was made and is on the disk.
    Applied {
        /// The asker's ticket; none for undo and redo.
        ticket: Option<u64>,
        /// What it did.
        changed: Changed,
    },
    /// A change was not made.
    Refused {
        /// The asker's ticket; none for undo and redo.
        ticket: Option<u64>,
        /// One sentence: what happened, to what, what to do.
        why: String,
    },
    /// The journal's latest steps, newest first: label, when in words, undone.
    Steps(Vec<(String, String, bool)>),
    /// Something was found out about the whole book.
    Answer(Answer),
    /// The number that chances are calibrated by from now on: the book's own past was looked at.
    Calibrated(f64),
    /// Meetings that wait to be answered, oldest first.
    Meetings(Vec<Suggestion>),
    /// Drafts left over from another time.
    Drafts(Vec<Draft>),
    /// A draft was kept: the number it was handed over with, and the id it has in the book.
    Drafted(u64, Id),
    /// Text went to the clipboard.
    Copied(String),
    /// The person's own editor is done with a text.
    Edited {
        /// The asker's ticket.
        ticket: u64,
        /// The text as it is now; or one sentence why it is as it was.
        text: Result<String, String>,
    },
    /// Something else to say in the status line.
    Said(String),
}
