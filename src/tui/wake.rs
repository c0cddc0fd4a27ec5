//! What wakes the dashboard, and when it wakes by itself: one channel, one deadline.

use super::effect::{Mouse, MouseWhat, Msg};
use super::input::Input;
use super::signals::Signal;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

/// A draft is saved when nothing was typed for so long …
const DRAFT_PAUSE: Duration = Duration::from_millis(250);
/// … and at the latest so long after the first change.
const DRAFT_LATEST: Duration = Duration::from_secs(2);
/// Two presses within this time make a double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// Why the dashboard woke.
#[derive(Debug)]
pub enum Wake {
    /// All that one read brought.
    Input(Vec<Input>),
    /// The terminal is no longer there.
    Gone,
    /// The system says something.
    Signal(Signal),
    /// A thread at work in the background has something.
    Posted(Msg),
    /// A thread panicked; the terminal is already given back.
    Broken,
}

/// Sends to the dashboard, from any thread.
#[derive(Clone, Debug)]
pub struct Post(Sender<Wake>);

impl Post {
    /// Hands over a message; wakes the dashboard.
    pub fn msg(&self, msg: Msg) {
        self.send(Wake::Posted(msg));
    }

    pub(super) fn send(&self, wake: Wake) {
        // A dashboard that is closed has no use for it.
        let _ = self.0.send(wake);
    }
}

/// Where everything arrives.
#[derive(Debug)]
pub struct Inbox {
    receiver: Receiver<Wake>,
    post: Post,
}

impl Default for Inbox {
    fn default() -> Self {
        let (sender, receiver) = mpsc::channel();
        Inbox {
            receiver,
            post: Post(sender),
        }
    }
}

impl Inbox {
    /// An empty one.
    pub fn new() -> Self {
        Inbox::default()
    }

    /// A way to send to it.
    pub fn post(&self) -> Post {
        self.post.clone()
    }

    /// Sleeps until something comes, or the deadline (none: for ever).
    pub fn wait(&self, deadline: Option<Instant>) -> Option<Wake> {
        match deadline {
            // The inbox holds a sender itself, so the channel is never closed.
            None => self.receiver.recv().ok(),
            Some(at) => self
                .receiver
                .recv_timeout(at.saturating_duration_since(Instant::now()))
                .ok(),
        }
    }

    /// What is already there.
    pub fn next(&self) -> Option<Wake> {
        self.receiver.try_recv().ok()
    }
}

/// When a draft is to be saved.
#[derive(Debug, Default)]
pub struct Drafts {
    /// The revision last saved or, with no draft, none.
    saved: Option<u64>,
    /// The revision last seen.
    seen: Option<u64>,
    /// When the first and the last change since the last saving were seen.
    changed: Option<(Instant, Instant)>,
}

impl Drafts {
    /// Takes note of the draft's revision; none: nothing is being typed.
    pub fn see(&mut self, revision: Option<u64>, now: Instant) {
        if revision == self.seen {
            return;
        }
        self.seen = revision;
        self.changed = match revision {
            None => None,
            Some(_) => Some((self.changed.map_or(now, |(first, _)| first), now)),
        };
    }

    /// Whether something is not yet saved.
    pub fn unsaved(&self) -> bool {
        self.seen.is_some() && self.seen != self.saved
    }

    /// When it is to be saved.
    pub fn due(&self) -> Option<Instant> {
        let (first, last) = self.changed?;
        Some((last + DRAFT_PAUSE).min(first + DRAFT_LATEST))
    }

    /// It was saved.
    pub fn saved(&mut self) {
        self.saved = self.seen;
        self.changed = None;
    }
}

/// Tells double clicks from clicks.
#[derive(Debug, Default)]
pub struct Clicks {
    last: Option<(u16, u16, Instant)>,
}

impl Clicks {
    /// The mouse event as it is meant.
    pub fn see(&mut self, mouse: Mouse, now: Instant) -> Mouse {
        if mouse.what != MouseWhat::Press {
            return mouse;
        }
        let (column, row) = (mouse.column, mouse.row);
        let double = self.last.take().is_some_and(|(c, r, at)| {
            (c, r) == (column, row) && now.saturating_duration_since(at) <= DOUBLE
        });
        if double {
            return Mouse {
                what: MouseWhat::Double,
                ..mouse
            };
        }
        self.last = Some((column, row, now));
        mouse
    }
}
