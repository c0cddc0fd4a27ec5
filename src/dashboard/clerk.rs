//! The clerk: the one thread that writes to the book while the dashboard is open.
//!
//! The disk may take its time; a hand on the keyboard does not. What is to be written is handed over, done in order, and answered
//! with a message. When the dashboard closes, the clerk finishes what lies on the desk first.

use crate::domain::command::Command;
use crate::domain::draft::Draft;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::store::{Error, Store};
use crate::tui::effect::{Msg, Reply};
use crate::tui::wake::Post;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Something to be written.
pub(super) enum Work {
    /// Nothing yet: the book is opened, so that the first change need not wait for it.
    Ready,
    Apply {
        ticket: u64,
        command: Box<Command>,
    },
    Undo,
    Redo,
    TakeBack(Id),
    SaveDraft(Draft),
    DropDraft(Id),
    /// Nothing; whoever waits is told that all before it is done.
    Tell(Sender<()>),
}

/// How long somebody waits for the clerk: a disk that never answers must not keep the dashboard.
const PATIENCE: Duration = Duration::from_secs(5);

/// Hands work to the thread, and waits for it in the end.
pub(super) struct Clerk {
    desk: Option<Sender<(Moment, Work)>>,
    thread: Option<JoinHandle<()>>,
}

impl Clerk {
    /// Begins work on the book at `path`; `prepare` sets up its connection as the dashboard's own is.
    pub fn start(
        path: PathBuf,
        prepare: impl FnOnce(&mut Store) + Send + 'static,
        post: Post,
    ) -> Self {
        let (desk, work) = mpsc::channel();
        let thread = thread::spawn(move || write(&path, prepare, &work, &post));
        Clerk {
            desk: Some(desk),
            thread: Some(thread),
        }
    }

    /// Puts work on the desk.
    pub fn hand(&self, now: Moment, work: Work) {
        if let Some(desk) = &self.desk {
            // A clerk that is gone has panicked, which ends the dashboard.
            let _ = desk.send((now, work));
        }
    }

    /// Waits until everything on the desk is done.
    pub fn settle(&self, now: Moment) {
        let (tell, told) = mpsc::channel();
        self.hand(now, Work::Tell(tell));
        // An error is a clerk that is late or gone: nothing more can be waited for.
        let _ = told.recv_timeout(PATIENCE);
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        self.desk = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn write(
    path: &std::path::Path,
    prepare: impl FnOnce(&mut Store),
    work: &Receiver<(Moment, Work)>,
    post: &Post,
) {
    // Opened when the first work comes: the first picture does not wait for it.
    let mut prepare = Some(prepare);
    let mut book: Option<Store> = None;
    for (now, task) in work {
        if book.is_none() {
            match Store::open(path) {
                Ok(mut opened) => {
                    if let Some(prepare) = prepare.take() {
                        prepare(&mut opened);
                    }
                    book = Some(opened);
                }
                Err(error) => {
                    post.msg(Msg::Reply(refusal(&task, &error)));
                    continue;
                }
            }
        }
        if let Some(book) = &mut book
            && let Some(reply) = perform(book, &now, &task)
        {
            post.msg(Msg::Reply(reply));
        }
    }
    // Whoever copies the file after the dashboard was closed has everything; where it fails, the log keeps it as before.
    if let Some(book) = &book {
        let _ = book.fold_log();
    }
}

fn perform(book: &mut Store, now: &Moment, task: &Work) -> Option<Reply> {
    let outcome = match task {
        // A book that cannot be written says so when there is something to write.
        Work::Ready => book.prepare_to_write().map(|()| None).or(Ok(None)),
        Work::Apply { command, .. } => book.apply(command, now).map(Some),
        Work::Undo => book.undo(now).map(Some),
        Work::Redo => book.redo(now).map(Some),
        Work::TakeBack(card) => book.take_back(*card, now).map(Some),
        Work::SaveDraft(draft) => book.save_draft(draft, now).map(|_| None),
        Work::DropDraft(id) => book.drop_draft(*id).map(|()| None),
        Work::Tell(waiting) => {
            // Nobody may be waiting any more.
            let _ = waiting.send(());
            Ok(None)
        }
    };
    match outcome {
        Ok(Some(changed)) => Some(Reply::Applied {
            ticket: ticket(task),
            changed,
        }),
        Ok(None) => None,
        Err(error) => Some(refusal(task, &error)),
    }
}

fn ticket(task: &Work) -> Option<u64> {
    match task {
        Work::Apply { ticket, .. } => Some(*ticket),
        _ => None,
    }
}

fn refusal(task: &Work, error: &Error) -> Reply {
    match task {
        Work::Ready | Work::Tell(_) => Reply::Said(error.to_string()),
        Work::SaveDraft(_) | Work::DropDraft(_) => {
            Reply::Said(format!("The text being typed is not saved yet: {error}"))
        }
        _ => Reply::Refused {
            ticket: ticket(task),
            why: error.to_string(),
        },
    }
}
