//! The loop: sleeps, takes all that happened, updates for each of it, performs the effects, draws once.
//!
//! It owns the terminal from the first picture to the last and gives it back however it ends. Nothing that comes from the terminal can
//! keep it from saving drafts, from noticing a new size or from ending.

mod outside;

use super::effect::{Effect, Msg, Reply};
use super::input::{Input, Reader};
#[cfg(debug_assertions)]
use super::key::Code;
use super::key::Key;
use super::signals::{self, Signal, Signals};
use super::terminal::tty::Tty;
use super::terminal::{Guard, Report, Screen, on_panic};
use super::wake::{Clicks, Drafts, Inbox, Wake};
use crate::domain::moment::Moment;
pub use ratatui::Frame;
use std::collections::VecDeque;
use std::io;
use std::mem;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// As long as input comes faster than it is drawn, this long goes by between two pictures.
const FLOOD: Duration = Duration::from_millis(50);
/// Whatever is asked for, a tick is not sooner than this: a clock that stands still must not make the loop spin.
const TICK_SOONEST: Duration = Duration::from_millis(20);
/// The wall clock went by so much more or less than time did: it was set, or the machine slept.
const JUMP: i64 = 2_000;

/// Ctrl+Alt+F12 panics in a debug build: how else would a test see that the terminal is given back then?
#[cfg(debug_assertions)]
const PANIC: Key = Key {
    code: Code::F(12),
    ctrl: true,
    alt: true,
    shift: false,
};

/// What the loop runs: the application together with all it needs from outside.
pub trait Host {
    /// Something happened.
    fn update(&mut self, now: Moment, msg: Msg) -> Vec<Effect>;
    /// Does what [`Host::update`] asked for, except suspending, redrawing, copying, editing outside and quitting; says what came of it.
    fn perform(&mut self, now: Moment, effect: Effect) -> Vec<Msg>;
    /// Draws the picture.
    fn draw(&mut self, frame: &mut Frame<'_>);
    /// How long the picture stays right if nothing happens; none: for ever.
    fn next_tick(&self, now: Moment) -> Option<Duration>;
    /// A number that changes with each change of the text being typed; none while nothing is.
    fn draft_revision(&self) -> Option<u64>;
    /// Puts the text being typed where it survives; says what came of it.
    fn save_draft(&mut self, now: Moment) -> Vec<Msg>;
    /// Waits until everything that is to be kept is where it survives.
    fn settle(&mut self, now: Moment);
}

/// How the dashboard ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It was asked to.
    Quit,
    /// By a signal.
    Signal(i32),
    /// The terminal vanished.
    Gone,
    /// A thread in the background panicked.
    Broken,
}

impl Exit {
    /// What the shell is told.
    pub fn code(self) -> u8 {
        match self {
            Exit::Quit => 0,
            Exit::Signal(number) => u8::try_from(128 + number).unwrap_or(u8::MAX),
            Exit::Gone => 129,
            Exit::Broken => 101,
        }
    }
}

/// What the loop is given beside its host.
pub struct Start {
    /// Where everything arrives; threads of the host's may already have a [`super::wake::Post`] of it.
    pub inbox: Inbox,
    /// Reads the wall clock.
    pub clock: fn() -> Moment,
    /// Writes the report of a panic.
    pub report: Report,
    /// What is to be done before the first picture.
    pub effects: Vec<Effect>,
}

/// Takes the terminal and runs the host until it ends.
///
/// An error is one of the terminal at the start: standard output is none, or it cannot be set up.
pub fn run(host: &mut dyn Host, start: Start) -> io::Result<Exit> {
    let guard = Arc::new(Guard::new(Arc::new(Tty::open()?)));
    let post = start.inbox.post();
    let signals = Signals::start(Arc::clone(&guard), post.clone())?;
    on_panic(Arc::clone(&guard), start.report, move || {
        post.send(Wake::Broken);
    });
    guard.enter()?;
    let reader = Reader::start(Arc::clone(guard.tty()), start.inbox.post())?;
    let mut looping = Loop {
        host,
        screen: Screen::new(Arc::clone(guard.tty()))?,
        inbox: start.inbox,
        clock: start.clock,
        now: (start.clock)(),
        watch: Watch::new((start.clock)()),
        guard: Arc::clone(&guard),
        reader,
        signals,
        drafts: Drafts::default(),
        clicks: Clicks::default(),
        stale: true,
        resumed: false,
    };
    let ended = panic::catch_unwind(AssertUnwindSafe(|| looping.run(start.effects)));
    // The hook has spoken and the terminal is given back; what was typed is saved before the panic goes on.
    let saved = panic::catch_unwind(AssertUnwindSafe(|| looping.keep_draft()));
    drop(looping);
    guard.leave();
    match (ended, saved) {
        (Err(panic), _) | (_, Err(panic)) => panic::resume_unwind(panic),
        (Ok(exit), Ok(())) => Ok(exit),
    }
}

/// Goes on, or ends like this.
type Flow = ControlFlow<Exit>;

struct Loop<'a> {
    host: &'a mut dyn Host,
    screen: Screen,
    inbox: Inbox,
    clock: fn() -> Moment,
    /// What the clock said when this turn began: all that came with one read happened then.
    now: Moment,
    watch: Watch,
    guard: Arc<Guard>,
    reader: Reader,
    signals: Signals,
    drafts: Drafts,
    clicks: Clicks,
    /// The picture may no longer be right.
    stale: bool,
    /// The terminal was set up after a stop already; the signal that says so is still to come.
    resumed: bool,
}

impl Loop<'_> {
    fn run(&mut self, effects: Vec<Effect>) -> Exit {
        let (columns, rows) = self.screen.size();
        let mut flow = self.tell(Msg::Resize(columns, rows));
        if flow.is_continue() {
            flow = self.perform_all(effects);
        }
        loop {
            match flow {
                ControlFlow::Break(exit) => return exit,
                ControlFlow::Continue(()) => flow = self.turn(),
            }
        }
    }

    /// Draws, sleeps, and takes what woke it.
    fn turn(&mut self) -> Flow {
        if mem::take(&mut self.stale) {
            let drawn = self.screen.draw(|frame| self.host.draw(frame));
            written(drawn)?;
        }
        let tick = self.host.next_tick(self.now);
        let tick = tick.map(|wait| Instant::now() + wait.max(TICK_SOONEST));
        let deadline = [tick, self.drafts.due()].into_iter().flatten().min();
        let woken = self.inbox.wait(deadline);
        let began = Instant::now();
        self.now = (self.clock)();
        let due = tick.is_some_and(|at| at <= began);
        if self.watch.jumped(self.now, began) || due {
            self.tell(Msg::Tick)?;
        }
        let mut next = woken;
        while let Some(wake) = next {
            self.take(wake)?;
            // While input keeps coming the picture waits for it, but not for ever.
            next = if began.elapsed() < FLOOD {
                self.inbox.next()
            } else {
                None
            };
        }
        if self.drafts.due().is_some_and(|at| at <= Instant::now()) {
            self.save_draft()?;
        }
        ControlFlow::Continue(())
    }

    fn take(&mut self, wake: Wake) -> Flow {
        match wake {
            Wake::Input(inputs) => self.inputs(inputs),
            Wake::Posted(msg) => self.tell(msg),
            Wake::Gone => ControlFlow::Break(Exit::Gone),
            Wake::Broken => ControlFlow::Break(Exit::Broken),
            Wake::Signal(Signal::End(number)) => ControlFlow::Break(Exit::Signal(number)),
            Wake::Signal(Signal::Resize) => self.measure(),
            Wake::Signal(Signal::Suspend) => self.suspend(),
            Wake::Signal(Signal::Continue) => {
                if !mem::take(&mut self.resumed) {
                    written(self.guard.enter())?;
                    self.redraw()?;
                }
                self.tell(Msg::Tick)
            }
        }
    }

    /// All that one read brought; keys that follow each other are told together.
    fn inputs(&mut self, inputs: Vec<Input>) -> Flow {
        let mut keys = Vec::new();
        for input in inputs {
            if let Input::Key(key) = input {
                #[cfg(debug_assertions)]
                assert_ne!(key, PANIC, "the key for it was pressed");
                keys.push(key);
                continue;
            }
            self.keys(mem::take(&mut keys))?;
            self.input(input)?;
        }
        self.keys(keys)
    }

    fn keys(&mut self, keys: Vec<Key>) -> Flow {
        if keys.is_empty() {
            return ControlFlow::Continue(());
        }
        self.tell(Msg::Keys(keys))
    }

    fn input(&mut self, input: Input) -> Flow {
        match input {
            Input::Key(key) => self.tell(Msg::Keys(vec![key])),
            Input::Paste(text) => self.tell(Msg::Paste(text)),
            Input::Mouse(mouse) => {
                let (columns, rows) = self.screen.size();
                // A report from before the window shrank, or a made-up one.
                if mouse.column >= columns || mouse.row >= rows {
                    return ControlFlow::Continue(());
                }
                let mouse = self.clicks.see(mouse, Instant::now());
                self.tell(Msg::Mouse(mouse))
            }
            Input::Focus(here) => {
                if !here {
                    self.save_draft()?;
                }
                self.tell(Msg::Focus(here))
            }
        }
    }

    /// Updates for a message and for everything that comes of it.
    fn tell(&mut self, msg: Msg) -> Flow {
        let mut messages = VecDeque::new();
        let mut next = Some(msg);
        while let Some(msg) = next {
            for effect in self.host.update(self.now, msg) {
                messages.extend(self.perform(effect)?);
            }
            next = messages.pop_front();
        }
        self.stale = true;
        self.drafts.see(self.host.draft_revision(), Instant::now());
        ControlFlow::Continue(())
    }

    fn perform_all(&mut self, effects: Vec<Effect>) -> Flow {
        for effect in effects {
            for msg in self.perform(effect)? {
                self.tell(msg)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn perform(&mut self, effect: Effect) -> ControlFlow<Exit, Vec<Msg>> {
        let messages = match effect {
            Effect::Quit => return ControlFlow::Break(Exit::Quit),
            Effect::Redraw => {
                self.redraw()?;
                Vec::new()
            }
            Effect::Suspend => ask_to_stop().into_iter().collect(),
            Effect::Copy(text) => {
                written(self.screen.copy(&text))?;
                vec![Msg::Reply(Reply::Copied(text))]
            }
            Effect::Edit { ticket, text } => vec![self.edit(ticket, &text)?],
            other => self.host.perform(self.now, other),
        };
        ControlFlow::Continue(messages)
    }

    fn measure(&mut self) -> Flow {
        if written(self.screen.measure())? == Some(true) {
            let (columns, rows) = self.screen.size();
            self.tell(Msg::Resize(columns, rows))?;
        }
        ControlFlow::Continue(())
    }

    fn redraw(&mut self) -> Flow {
        written(self.screen.redraw())?;
        self.stale = true;
        self.measure()
    }

    fn suspend(&mut self) -> Flow {
        if !signals::can_stop() {
            return ControlFlow::Continue(());
        }
        self.save_draft()?;
        self.lend(signals::stop)?;
        self.resumed = true;
        ControlFlow::Continue(())
    }

    /// Lends a text to the person's editor, and the terminal with it.
    fn edit(&mut self, ticket: u64, text: &str) -> ControlFlow<Exit, Msg> {
        self.drafts.see(self.host.draft_revision(), Instant::now());
        self.save_draft()?;
        let mut edited = Err(String::new());
        let lent = self.lend(|| edited = outside::edit(text));
        let back = Msg::Reply(Reply::Edited {
            ticket,
            text: edited,
        });
        if let ControlFlow::Break(exit) = lent {
            // The terminal is gone; what was written is kept as a draft all the same.
            self.host.update(self.now, back);
            return ControlFlow::Break(exit);
        }
        ControlFlow::Continue(back)
    }

    /// Gives the terminal away for as long as `use_it` runs.
    fn lend(&mut self, use_it: impl FnOnce()) -> Flow {
        // Whoever has the terminal may stop us, or end us.
        self.host.settle(self.now);
        self.reader.pause();
        self.guard.leave();
        self.signals.lend(true);
        use_it();
        self.signals.lend(false);
        self.now = (self.clock)();
        written(self.guard.enter())?;
        self.reader.resume();
        self.redraw()
    }

    fn save_draft(&mut self) -> Flow {
        if !self.drafts.unsaved() {
            return ControlFlow::Continue(());
        }
        let messages = self.host.save_draft(self.now);
        self.drafts.saved();
        messages.into_iter().try_for_each(|msg| self.tell(msg))
    }

    /// The last chance: also when the loop was left in the middle of something.
    fn keep_draft(&mut self) {
        self.drafts.see(self.host.draft_revision(), Instant::now());
        if self.drafts.unsaved() {
            self.host.save_draft(self.now);
            self.drafts.saved();
        }
    }
}

/// What became of a write: a terminal that takes no more is gone, one that is too slow for a program that ends is not waited for.
fn written<T>(result: io::Result<T>) -> ControlFlow<Exit, Option<T>> {
    match result {
        Ok(value) => ControlFlow::Continue(Some(value)),
        Err(e) if e.kind() == io::ErrorKind::TimedOut => ControlFlow::Continue(None),
        Err(_) => ControlFlow::Break(Exit::Gone),
    }
}

/// Tells the whole job to stop; the signal that comes back does the rest. Where nobody could continue it, says so.
fn ask_to_stop() -> Option<Msg> {
    if signals::can_stop() && signals::ask_to_stop().is_ok() {
        return None;
    }
    let why = "No shell here could bring Chitbook back, so it was not suspended.";
    Some(Msg::Reply(Reply::Said(why.to_owned())))
}

/// Compares the wall clock with the time that went by.
struct Watch {
    wall: i64,
    seen: Instant,
}

impl Watch {
    fn new(wall: Moment) -> Self {
        Watch {
            wall: wall.timestamp_millis(),
            seen: Instant::now(),
        }
    }

    /// Whether the clock was set, or the machine slept, since the last call.
    fn jumped(&mut self, wall: Moment, now: Instant) -> bool {
        let wall = wall.timestamp_millis();
        let passed = now.saturating_duration_since(self.seen).as_millis();
        let expected = i64::try_from(passed).unwrap_or(i64::MAX);
        let off = wall.saturating_sub(self.wall).saturating_sub(expected);
        *self = Watch { wall, seen: now };
        off.saturating_abs() > JUMP
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Zone;

    #[test]
    fn the_shell_is_told_how_it_ended() {
        let table = [
            (Exit::Quit, 0),
            (Exit::Signal(15), 143),
            (Exit::Signal(2), 130),
            (Exit::Gone, 129),
            (Exit::Broken, 101),
        ];
        for (exit, code) in table {
            assert_eq!(exit.code(), code, "{exit:?}");
        }
    }

    #[test]
    fn a_clock_that_was_set_is_told_from_time_that_passed() {
        let start = Instant::now();
        let table = [
            ("a minute", 60_000, 60_000, false),
            ("a slow second", 1_000, 2_500, false),
            ("a night asleep", 1_000, 8 * 3_600_000, true),
            ("back a year", 1_000, -365 * 86_400_000, true),
            ("back before 1970", 1_000, -100 * 365 * 86_400_000, true),
        ];
        for (label, passed, went, expected) in table {
            let zone = Zone::utc();
            let mut watch = Watch {
                wall: 1_000_000,
                seen: start,
            };
            let now = start + Duration::from_millis(passed);
            let jumped = watch.jumped(zone.moment(1_000_000 + went), now);
            assert_eq!(jumped, expected, "{label}");
            assert!(!watch.jumped(zone.moment(1_000_000 + went), now), "{label}");
        }
    }

    #[test]
    fn a_write_that_fails_ends_the_dashboard_and_a_slow_one_does_not() {
        let failed = |kind| written::<()>(Err(io::Error::from(kind)));
        assert_eq!(written(Ok(1)), ControlFlow::Continue(Some(1)));
        assert_eq!(failed(io::ErrorKind::TimedOut), ControlFlow::Continue(None));
        assert_eq!(
            failed(io::ErrorKind::BrokenPipe),
            ControlFlow::Break(Exit::Gone)
        );
    }
}
