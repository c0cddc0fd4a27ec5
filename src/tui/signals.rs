//! Signals become messages: a thread sleeps until one comes.

use super::terminal::Guard;
use super::wake::{Post, Wake};
use nix::unistd::{Pid, getpgrp, getppid, getsid};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::flag::register_conditional_default;
use signal_hook::iterator::{self, Handle};
use signal_hook::low_level::emulate_default_handler;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A program told to end that did not end for so long is ended by the next signal.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the system tells the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// To end, by the signal of this number.
    End(i32),
    /// To stop until it is continued.
    Suspend,
    /// It was continued.
    Continue,
    /// The window's size changed.
    Resize,
}

/// The thread that waits for signals. It ends with this value.
pub struct Signals {
    handle: Handle,
    lent: Arc<AtomicBool>,
}

impl Signals {
    /// Begins to wait.
    pub fn start(guard: Arc<Guard>, post: Post) -> io::Result<Self> {
        let mut signals =
            iterator::Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
        let handle = signals.handle();
        let lent = Arc::new(AtomicBool::new(false));
        let mut waiting = Waiting {
            guard,
            post,
            lent: Arc::clone(&lent),
            told: None,
        };
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || signals.forever().for_each(|signal| waiting.take(signal)))?;
        Ok(Signals { handle, lent })
    }

    /// Says whether another program has the terminal: Ctrl-C is then that program's, and Ctrl-Z stops both.
    pub fn lend(&self, lent: bool) {
        self.lent.store(lent, Ordering::SeqCst);
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.handle.close();
    }
}

struct Waiting {
    guard: Arc<Guard>,
    post: Post,
    lent: Arc<AtomicBool>,
    /// When the program was told to end.
    told: Option<Instant>,
}

impl Waiting {
    fn take(&mut self, signal: i32) {
        let lent = self.lent.load(Ordering::SeqCst);
        let message = match signal {
            SIGTSTP if lent => return stop(),
            SIGINT | SIGQUIT if lent => return,
            SIGTSTP => Signal::Suspend,
            SIGCONT => Signal::Continue,
            SIGWINCH => Signal::Resize,
            _ => {
                self.end(signal);
                Signal::End(signal)
            }
        };
        self.post.send(Wake::Signal(message));
    }

    fn end(&mut self, signal: i32) {
        self.guard.tty().hurry();
        let told = *self.told.get_or_insert_with(Instant::now);
        if told.elapsed() > PATIENCE {
            self.guard.leave();
            // If it does not end the program, nothing could.
            let _ = emulate_default_handler(signal);
        }
    }
}

/// From now on the signals that end or stop a program do so again: the thread that took them is gone.
pub fn as_usual() -> io::Result<()> {
    for signal in [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP] {
        register_conditional_default(signal, Arc::new(AtomicBool::new(true)))?;
    }
    Ok(())
}

/// Stops the program until somebody continues it.
pub fn stop() {
    // Fails for unknown signals only.
    let _ = emulate_default_handler(SIGTSTP);
}

/// Whether a shell is there to continue the program once it is stopped.
///
/// The system itself ignores the wish to stop where nobody is: in a group of processes without a parent in its session.
pub fn can_stop() -> bool {
    let Ok(session) = getsid(None) else {
        return false;
    };
    let parent = getppid();
    // A parent outside of the container is numbered 0, which would ask for our own session.
    let outside = parent == Pid::from_raw(0);
    !outside && getpgrp() != session && getsid(Some(parent)) == Ok(session)
}

/// Asks for what Ctrl-Z means where the terminal itself handles it: every program of this job is told to stop.
pub fn ask_to_stop() -> io::Result<()> {
    Ok(rustix::process::kill_current_process_group(
        rustix::process::Signal::TSTP,
    )?)
}
