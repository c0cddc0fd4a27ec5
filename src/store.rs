//! The book on disk: the only layer that knows SQL.
//!
//! A [`Store`] is one open book. Reading is in `store/read`, one door leads to writing ([`Store::apply`], with [`Store::undo`] and
//! [`Store::redo`] beside it), and everything a person changes passes through the journal, so that no writer can forget undo.
//!
//! ```text
//! open      create, check, migrate a file          write     a command -> rows
//! journal   steps, their inverses, undo, redo      standing  what the strength model needs, kept beside the touches
//! read      rows -> what screens show              bulk      an import: many people, one step
//! dump      every row, out and back in             backup    copies, restore, check
//! news      what another program changed           draft     text not yet filed
//! suggest   what calendars tell of, until it is answered   outside   accounts, deals and touches of other programs
//! survey    the whole book looked at: its climate, and how right the model was
//! ```

mod backup;
mod bulk;
mod draft;
mod dump;
mod error;
mod join;
mod journal;
mod late;
mod news;
mod open;
mod outside;
mod read;
mod standing;
mod suggest;
mod survey;
mod vdir;
mod write;

pub use backup::Report;
pub use bulk::{Bulk, Found};
pub use dump::{Landed, Row};
pub use error::Error;
pub use join::{Clash, Counts, Joined, Other, Preferred};
pub use journal::Step;
pub use news::News;
pub use outside::Sold;
pub use read::agenda::{Planned, Promised, Remembered, Told};
pub use read::find::Match;
pub use read::register::Filter as ChitFilter;
pub use read::tag::TagCadence;
pub use read::tier::TierRow;
pub use vdir::{InStep, Paired};
pub use write::Became;

use crate::domain::command::{Changed, Command};
use crate::domain::id::{Id, Minter};
use crate::domain::moment::{DayNumber, Moment, day_number};
use crate::domain::people::Trace;
use crate::domain::strength::Params;
use journal::Recorder;
use rusqlite::Connection;
use standing::Added;
use std::path::{Path, PathBuf};

/// What every function that reads or writes the book gives back.
pub type Result<T> = std::result::Result<T, Error>;

/// The version of the engine underneath.
pub fn engine() -> &'static str {
    rusqlite::version()
}

/// One open book.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
    file: open::FileId,
    minter: Minter,
    recorder: Recorder,
    news: news::Cursor,
    drafts: draft::Known,
    /// The parameters of the strength model.
    pub params: Params,
    /// The country that telephone numbers without a prefix belong to, two letters.
    pub country: Option<String>,
    writable: bool,
    warning: Option<String>,
}

impl Store {
    /// Opens the book at `path`, making it (readable by its owner alone) when nothing is there yet.
    pub fn open(path: &Path) -> Result<Store> {
        open::open(path)
    }

    /// Where the book lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether changes can be saved: false when the file or its disk is read-only.
    pub fn writable(&self) -> bool {
        self.writable
    }

    /// Something the reader should know about where the book lies, said once.
    pub fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }

    /// Gets everything ready that the first change would otherwise wait for.
    pub fn prepare_to_write(&mut self) -> Result<()> {
        self.ready_to_write()
    }

    /// Reads in `work` see the book as it is at one moment, whatever others write meanwhile. One within another is of the same moment.
    pub fn at_one_moment<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Store) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let moment = self.moment()?;
        let outcome = work(self);
        drop(moment);
        outcome
    }

    /// Holds the book as it is at this moment for as long as the guard lives; where that is held already, nothing more is.
    pub(in crate::store) fn moment(&self) -> Result<Option<rusqlite::Transaction<'_>>> {
        let free = self.db.is_autocommit();
        Ok(free.then(|| self.db.unchecked_transaction()).transpose()?)
    }

    /// Makes a change: one transaction, one step of the journal. When this returns, the change is on the disk.
    pub fn apply(&mut self, command: &Command, now: &Moment) -> Result<Changed> {
        self.ready_to_write()?;
        let today = today(now);
        let outcome = (|| {
            let transaction = self
                .db
                .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let label = write::label(&transaction, command, now.date_naive())?;
            let steps = journal::begin(&transaction, &label, now.timestamp_millis())?;
            self.recorder.start(*steps.end());
            let mut writer = write::Writer {
                db: &transaction,
                minter: &mut self.minter,
                country: self.country.as_deref(),
                now: *now,
                params: &self.params,
            };
            if let Command::File(filing) = command
                && let Some(draft) = filing.draft
            {
                self.drafts.claim(&transaction, draft)?;
            }
            let created = writer.perform(command)?;
            let touched = self.recorder.stop();
            let added = added(command);
            standing::settle(&transaction, &self.params, today, &touched, added.as_ref())?;
            news::tell(&transaction, &touched)?;
            journal::forget_old(&transaction)?;
            let newcomer = newcomer(&transaction, command, created)?;
            transaction.commit()?;
            self.recorder.made(steps);
            Ok(Changed {
                label,
                contacts: touched.few(),
                created,
                newcomer,
                ..Changed::default()
            })
        })();
        self.after_writing(outcome)
    }

    /// Takes back the last step that is not undone yet.
    pub fn undo(&mut self, now: &Moment) -> Result<Changed> {
        self.undo_watched(now, &mut |_, _| {})
    }

    /// The same; `watch` is told now and then how many changes of how many are taken back.
    pub fn undo_watched(
        &mut self,
        now: &Moment,
        watch: &mut dyn FnMut(usize, usize),
    ) -> Result<Changed> {
        self.replay(journal::Direction::Undo, None, now, watch)
    }

    /// Takes back a decision of the review with all that it changed, where nothing was done since.
    pub fn take_back(&mut self, card: Id, now: &Moment) -> Result<Changed> {
        self.replay(journal::Direction::Undo, Some(card), now, &mut |_, _| {})
    }

    /// Makes the step that was undone last once more.
    pub fn redo(&mut self, now: &Moment) -> Result<Changed> {
        self.redo_watched(now, &mut |_, _| {})
    }

    /// The same; `watch` is told now and then how many changes of how many are made again.
    pub fn redo_watched(
        &mut self,
        now: &Moment,
        watch: &mut dyn FnMut(usize, usize),
    ) -> Result<Changed> {
        self.replay(journal::Direction::Redo, None, now, watch)
    }

    /// The journal's latest steps, newest first.
    pub fn steps(&self, limit: usize) -> Result<Vec<Step>> {
        journal::latest(&self.db, limit)
    }

    /// Replays the next step of a direction; where a card is named, only if that step decided it.
    fn replay(
        &mut self,
        direction: journal::Direction,
        decided: Option<Id>,
        now: &Moment,
        watch: &mut dyn FnMut(usize, usize),
    ) -> Result<Changed> {
        self.ready_to_write()?;
        let today = today(now);
        let outcome = (|| {
            let transaction = self
                .db
                .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let step = journal::next(&transaction, direction)?;
            if let Some(card) = decided
                && !journal::changed(&transaction, &step, "review_card", card)?
            {
                return Err(Error::refused(
                    "more was done since that decision; u takes it back step by step",
                ));
            }
            let undoing = direction == journal::Direction::Undo;
            self.recorder
                .start(if undoing { -step.id } else { step.id });
            journal::invert(&transaction, &step, watch)?;
            draft::lead_back(&transaction, step.id, undoing)?;
            let touched = self.recorder.stop();
            standing::settle(&transaction, &self.params, today, &touched, None)?;
            news::tell(&transaction, &touched)?;
            transaction.commit()?;
            Ok(Changed {
                elsewhere: self.recorder.is_elsewhere(step.id),
                label: step.label,
                contacts: touched.few(),
                ..Changed::default()
            })
        })();
        self.after_writing(outcome)
    }

    /// Brings what the write-ahead log holds into the file itself; whoever is reading older pages is waited for, but not long.
    pub fn fold_log(&self) -> Result<()> {
        if self.writable {
            self.db.busy_timeout(open::SHORT_PATIENCE)?;
            self.db
                .query_row("pragma wal_checkpoint(full)", [], |_| Ok(()))?;
        }
        Ok(())
    }

    fn ready_to_write(&mut self) -> Result<()> {
        if !self.writable {
            return Err(Error::ReadOnly {
                path: self.path.clone(),
            });
        }
        open::still_there(&self.path, &self.file)?;
        open::still_known(&self.db, &self.path)?;
        self.recorder.install(&self.db)
    }

    /// A write that failed on the disk leaves SQLite's view of the file in doubt: the book is opened afresh before it is used again.
    fn after_writing<T>(&mut self, outcome: Result<T>) -> Result<T> {
        self.recorder.stop();
        if let Err(Error::Disk { .. }) = &outcome
            && let Ok(fresh) = open::connect(&self.path)
        {
            self.db = fresh;
            self.recorder = Recorder::default();
        }
        outcome.map_err(|error| error.at(&self.path))
    }
}

/// What a command adds to the trails of those who took part, when that is all it does to them.
fn added(command: &Command) -> Option<Added<'_>> {
    let touch = match command {
        Command::LogTouch(touch) => touch.as_ref(),
        Command::File(filing) => filing.only_touch()?,
        _ => return None,
    };
    Some(Added {
        trace: Trace {
            day: day_number(touch.at.date_naive()),
            kind: touch.kind,
            direction: touch.direction,
        },
        people: &touch.people,
    })
}

/// The person a note was filed about who came into the book with it.
fn newcomer(db: &Connection, command: &Command, touch: Option<Id>) -> Result<Option<Id>> {
    let (Command::File(filing), Some(touch)) = (command, touch) else {
        return Ok(None);
    };
    let first = filing.touch.touch().people.first();
    if !first.is_some_and(|id| id.is_stand_in()) {
        return Ok(None);
    }
    let sql = "select contact_id from party where touch_id = ?1 order by id limit 1";
    let id: i64 = db
        .prepare_cached(sql)?
        .query_row([touch.raw()], |row| row.get(0))?;
    Ok(Some(Id::from_raw(id)))
}

fn today(now: &Moment) -> DayNumber {
    day_number(now.date_naive())
}
