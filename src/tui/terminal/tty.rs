//! The terminal as a file: found, opened, measured, written to without ever waiting for longer than the program may live.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::pipe::{PipeFlags, pipe_with};
use rustix::termios::{self, OptionalActions, QueueSelector, Termios};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

/// How long a terminal that takes nothing is waited for once the program has been told to end.
const GRACE: Duration = Duration::from_millis(200);
/// What is drawn on when the terminal does not know its size.
const USUAL: (u16, u16) = (80, 24);
/// No real window is larger; a picture of what some report would not fit into memory.
const LARGEST: (u16, u16) = (1000, 500);

/// The terminal.
pub struct Tty {
    input: OwnedFd,
    output: OwnedFd,
    /// Readable from the moment the program is told to end.
    hurried: OwnedFd,
    hurry: OwnedFd,
}

impl Tty {
    /// The terminal that standard output goes to; an error where that is none.
    ///
    /// It is opened a second time where possible, so that reads and writes that do not block are our own affair: the flag for it
    /// would otherwise be shared with every program that has the same terminal.
    pub fn open() -> io::Result<Self> {
        let out = rustix::stdio::stdout();
        if !termios::isatty(out) {
            return Err(io::Error::other(
                "the dashboard needs a terminal, and standard output is none",
            ));
        }
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let own = rustix::fs::open("/dev/stdout", flags, Mode::empty());
        match own.ok().filter(|fd| termios::isatty(fd)) {
            Some(own) => Tty::of(own.try_clone()?, own),
            None => Tty::of(Tty::inherited()?, out.try_clone_to_owned()?),
        }
    }

    fn inherited() -> io::Result<OwnedFd> {
        let stdin = rustix::stdio::stdin();
        if termios::isatty(stdin) {
            return stdin.try_clone_to_owned();
        }
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        Ok(rustix::fs::open("/dev/tty", flags, Mode::empty())?)
    }

    /// A terminal of these two files.
    pub(in crate::tui) fn of(input: OwnedFd, output: OwnedFd) -> io::Result<Self> {
        let (hurried, hurry) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        Ok(Tty {
            input,
            output,
            hurried,
            hurry,
        })
    }

    /// The side to read from.
    pub fn input(&self) -> BorrowedFd<'_> {
        self.input.as_fd()
    }

    /// Columns and rows; the usual ones where the terminal says none, and never absurdly many.
    pub fn size(&self) -> (u16, u16) {
        match termios::tcgetwinsize(&self.output) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => {
                (size.ws_col.min(LARGEST.0), size.ws_row.min(LARGEST.1))
            }
            _ => USUAL,
        }
    }

    /// Writes everything. A terminal that takes nothing is waited for, until the program is told to end.
    pub fn send(&self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            match rustix::io::write(&self.output, rest) {
                Ok(n) => rest = rest.get(n..).unwrap_or_default(),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => self.wait_for_room()?,
                Err(e) => return Err(e.into()),
            }
        }
        Ok(())
    }

    fn wait_for_room(&self) -> io::Result<()> {
        let mut fds = [
            PollFd::new(&self.output, PollFlags::OUT),
            PollFd::new(&self.hurried, PollFlags::IN),
        ];
        match poll(&mut fds, None) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(e) => return Err(e.into()),
        }
        let [room, hurried] = &mut fds;
        if !room.revents().is_empty() || hurried.revents().is_empty() {
            return Ok(());
        }
        match poll(std::slice::from_mut(room), Some(&timespec(GRACE))) {
            Ok(0) => Err(io::ErrorKind::TimedOut.into()),
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    /// The program is to end: nothing waits for the terminal any more.
    pub fn hurry(&self) {
        // A full pipe says it as well.
        let _ = rustix::io::write(&self.hurry, &[0]);
    }

    pub(super) fn modes(&self) -> io::Result<Termios> {
        Ok(termios::tcgetattr(&self.input)?)
    }

    pub(super) fn set_modes(&self, modes: &Termios) -> io::Result<()> {
        loop {
            match termios::tcsetattr(&self.input, OptionalActions::Now, modes) {
                Err(Errno::INTR) => {}
                done => return Ok(done?),
            }
        }
    }

    /// Throws away what was typed and not read: half a paste must not become a command of the shell.
    pub(super) fn forget_input(&self) {
        // Where it cannot be thrown away there is nobody to read it.
        let _ = termios::tcflush(&self.input, QueueSelector::IFlush);
    }
}

/// A duration as the system calls want it.
pub(in crate::tui) fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(duration.subsec_nanos()),
    }
}
