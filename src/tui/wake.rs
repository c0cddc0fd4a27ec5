//! What wakes the dashboard, and when it wakes by itself: one channel, one deadline.

use super::effect::{Mouse, MouseWhat, Msg};
use super::input::Input;
use super::signals::Signal;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

/// A draft is saved when nothing was typed for so long …
const DRAFT_PAUSE: Duration = Duration::from_millis(250);
/// … and at the latest so long after the first change: at most the last two seconds may be lost, and the rest of them is for the disk.
const DRAFT_LATEST: Duration = Duration::from_millis(1_500);
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
        let first = self.changed.map_or(now, |(first, _)| first);
        // Nothing is typed, or what was being filed is back as it was saved: then nothing is due.
        self.changed = self.unsaved().then_some((first, now));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Its name, columns and times of presses, and what the last of them is.
    type Case<'a> = (&'a str, &'a [(u16, u64)], MouseWhat);

    fn ms(start: Instant, millis: u64) -> Instant {
        start + Duration::from_millis(millis)
    }

    #[test]
    fn a_draft_is_due_a_pause_after_the_last_change() {
        let start = Instant::now();
        let mut drafts = Drafts::default();
        assert_eq!(drafts.due(), None);
        drafts.see(Some(1), start);
        assert_eq!(drafts.due(), Some(ms(start, 250)));
        drafts.see(Some(1), ms(start, 200));
        assert_eq!(drafts.due(), Some(ms(start, 250)), "nothing changed");
        drafts.see(Some(2), ms(start, 240));
        assert_eq!(drafts.due(), Some(ms(start, 490)));
    }

    #[test]
    fn a_draft_is_due_in_the_end_however_fast_somebody_types() {
        let start = Instant::now();
        let mut drafts = Drafts::default();
        for step in 0..100 {
            drafts.see(Some(step), ms(start, step * 100));
        }
        // Two seconds are promised: the last half is the disk's.
        assert_eq!(drafts.due(), Some(ms(start, 1_500)));
    }

    #[test]
    fn a_saved_draft_is_due_again_only_after_a_change() {
        let start = Instant::now();
        let mut drafts = Drafts::default();
        drafts.see(Some(1), start);
        drafts.saved();
        assert_eq!((drafts.due(), drafts.unsaved()), (None, false));
        drafts.see(Some(2), ms(start, 5_000));
        assert_eq!(drafts.due(), Some(ms(start, 5_250)));
        assert!(drafts.unsaved());
    }

    #[test]
    fn a_saved_draft_whose_filing_was_refused_is_not_due_for_ever() {
        let start = Instant::now();
        let mut drafts = Drafts::default();
        drafts.see(Some(1), start);
        drafts.saved();
        drafts.see(None, ms(start, 300));
        drafts.see(Some(1), ms(start, 310));
        assert_eq!((drafts.due(), drafts.unsaved()), (None, false));
    }

    #[test]
    fn a_draft_that_was_filed_is_no_longer_due() {
        let start = Instant::now();
        let mut drafts = Drafts::default();
        drafts.see(Some(1), start);
        drafts.see(None, ms(start, 10));
        assert_eq!((drafts.due(), drafts.unsaved()), (None, false));
    }

    #[test]
    fn a_double_click_is_two_presses_in_one_cell_soon_after_each_other() {
        let start = Instant::now();
        let press = |column| Mouse {
            column,
            row: 1,
            what: MouseWhat::Press,
        };
        let table: &[Case<'_>] = &[
            ("one", &[(1, 0)], MouseWhat::Press),
            ("two", &[(1, 0), (1, 300)], MouseWhat::Double),
            ("too late", &[(1, 0), (1, 500)], MouseWhat::Press),
            ("elsewhere", &[(1, 0), (2, 100)], MouseWhat::Press),
            ("three", &[(1, 0), (1, 100), (1, 200)], MouseWhat::Press),
        ];
        for (label, presses, last) in table {
            let mut clicks = Clicks::default();
            let seen = presses
                .iter()
                .map(|(column, at)| clicks.see(press(*column), ms(start, *at)).what);
            assert_eq!(seen.last(), Some(*last), "{label}");
        }
    }

    #[test]
    fn the_inbox_gives_what_was_sent_in_its_order() {
        let inbox = Inbox::new();
        inbox.post().send(Wake::Gone);
        inbox.post().msg(Msg::Tick);
        assert!(matches!(inbox.wait(None), Some(Wake::Gone)));
        assert!(matches!(inbox.next(), Some(Wake::Posted(Msg::Tick))));
        assert!(inbox.next().is_none());
        assert!(inbox.wait(Some(Instant::now())).is_none());
    }
}
