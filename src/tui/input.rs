//! Reading the terminal: a thread that sleeps until bytes come, and hands on what they mean.
//!
//! Why not the terminal library's own reader: after a broken sequence it blocks in a read that nothing else can wake, when the terminal
//! vanishes it spins, and it cannot tell a lone escape. Here one `poll` waits for bytes and for being told to pause; it has a
//! time-out only while a sequence is begun, so an idle dashboard does not wake.

mod keys;
pub mod parser;

use super::effect::Mouse;
use super::key::Key;
use super::terminal::tty::{Tty, timespec};
use super::wake::{Post, Wake};
use parser::Parser;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::pipe::{PipeFlags, pipe_with};
use std::io;
use std::mem;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// What somebody did at the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; control characters are still in it.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The window got or lost the focus.
    Focus(bool),
}

/// What the thread is to do, and whether it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    Read,
    /// Asked to pause; still reading.
    Pause,
    Paused,
    Stop,
    /// The thread ended.
    Ended,
}

struct Shared {
    task: Mutex<Task>,
    changed: Condvar,
}

impl Shared {
    fn task(&self) -> MutexGuard<'_, Task> {
        self.task.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, task: Task) {
        *self.task() = task;
        self.changed.notify_all();
    }

    /// Waits as long as the task is one of these.
    fn wait_while(&self, unwanted: &[Task]) -> Task {
        *self
            .changed
            .wait_while(self.task(), |task| unwanted.contains(task))
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The thread that reads. It ends with this value.
pub struct Reader {
    shared: Arc<Shared>,
    wake: OwnedFd,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    /// Begins to read; what comes goes to `post`, all that one read brought in one message.
    pub fn start(tty: Arc<Tty>, post: Post) -> io::Result<Self> {
        let (woken, wake) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        let shared = Arc::new(Shared {
            task: Mutex::new(Task::Read),
            changed: Condvar::new(),
        });
        let reading = Reading {
            tty,
            post,
            woken,
            shared: Arc::clone(&shared),
            parser: Parser::new(),
        };
        let thread = thread::Builder::new()
            .name("terminal".to_owned())
            .spawn(move || reading.run())?;
        Ok(Reader {
            shared,
            wake,
            thread: Some(thread),
        })
    }

    /// Stops reading; when this returns, whatever is typed is somebody else's.
    pub fn pause(&self) {
        self.ask(Task::Pause);
        self.shared.wait_while(&[Task::Pause]);
    }

    /// Reads again.
    pub fn resume(&self) {
        let mut task = self.shared.task();
        if *task == Task::Paused {
            *task = Task::Read;
        }
        self.shared.changed.notify_all();
    }

    fn ask(&self, wanted: Task) {
        let mut task = self.shared.task();
        if !matches!(*task, Task::Ended) {
            *task = wanted;
        }
        drop(task);
        self.shared.changed.notify_all();
        // A full pipe wakes as well.
        let _ = rustix::io::write(&self.wake, &[0]);
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.ask(Task::Stop);
        if let Some(thread) = self.thread.take() {
            // A panic in it was reported by the hook.
            let _ = thread.join();
        }
    }
}

/// What a wait ended with.
enum Ready {
    Bytes,
    Asked,
    /// It took too long.
    Nothing,
    Again,
}

/// The thread's own side.
struct Reading {
    tty: Arc<Tty>,
    post: Post,
    woken: OwnedFd,
    shared: Arc<Shared>,
    parser: Parser,
}

impl Reading {
    fn run(mut self) {
        let ending = Ending(Arc::clone(&self.shared));
        if self.read_until_told().is_err() {
            self.post.send(Wake::Gone);
        }
        drop(ending);
    }

    /// Ends well when told to stop, and with an error when the terminal is gone.
    fn read_until_told(&mut self) -> io::Result<()> {
        let mut buffer = vec![0; 64 * 1024];
        let mut found = Vec::new();
        loop {
            match self.wait()? {
                Ready::Asked => {
                    if self.obey() == Task::Stop {
                        return Ok(());
                    }
                }
                Ready::Again => {}
                Ready::Nothing => self.parser.expire(&mut found),
                Ready::Bytes => match rustix::io::read(self.tty.input(), &mut buffer) {
                    Ok(0) => return Err(Errno::IO.into()),
                    Ok(n) => self
                        .parser
                        .feed(buffer.get(..n).unwrap_or_default(), &mut found),
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    Err(e) => return Err(e.into()),
                },
            }
            if !found.is_empty() {
                self.post.send(Wake::Input(mem::take(&mut found)));
            }
        }
    }

    fn wait(&self) -> io::Result<Ready> {
        let mut fds = [
            PollFd::from_borrowed_fd(self.tty.input(), PollFlags::IN),
            PollFd::new(&self.woken, PollFlags::IN),
        ];
        let timeout = self.parser.pending().map(timespec);
        match poll(&mut fds, timeout.as_ref()) {
            Ok(0) => return Ok(Ready::Nothing),
            Ok(_) => {}
            // A signal's handler ran on this thread: nothing of ours.
            Err(Errno::INTR) => return Ok(Ready::Again),
            Err(e) => return Err(e.into()),
        }
        let [terminal, asked] = fds.map(|fd| fd.revents());
        if !asked.is_empty() {
            return Ok(Ready::Asked);
        }
        if terminal.contains(PollFlags::IN) {
            return Ok(Ready::Bytes);
        }
        // No bytes and yet not silent: hung up.
        Err(Errno::IO.into())
    }

    /// Does what it was told; comes back when there is to be read again, or no more.
    fn obey(&mut self) -> Task {
        let mut drained = [0; 64];
        while rustix::io::read(&self.woken, &mut drained).is_ok_and(|n| n > 0) {}
        if *self.shared.task() == Task::Pause {
            // What was begun belongs to the time before.
            self.parser = Parser::new();
            self.shared.set(Task::Paused);
        }
        self.shared.wait_while(&[Task::Pause, Task::Paused])
    }
}

/// Says that the thread ended, also when it panicked, so that nobody waits for it.
struct Ending(Arc<Shared>);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.set(Task::Ended);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::key::Code;
    use crate::tui::wake::Inbox;

    struct Typing {
        reader: Reader,
        inbox: Inbox,
        typed: OwnedFd,
        /// The same terminal as another program sees it.
        theirs: OwnedFd,
    }

    /// A reader of a pipe, and the side to type into.
    fn typing() -> Typing {
        let (input, typed) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK).unwrap();
        let theirs = input.try_clone().unwrap();
        let output = std::fs::File::create("/dev/null").unwrap().into();
        let inbox = Inbox::new();
        let tty = Arc::new(Tty::of(input, output).unwrap());
        Typing {
            reader: Reader::start(tty, inbox.post()).unwrap(),
            inbox,
            typed,
            theirs,
        }
    }

    fn next(inbox: &Inbox) -> Vec<Input> {
        match inbox.wait(None) {
            Some(Wake::Input(inputs)) => inputs,
            other => panic!("{other:?}"),
        }
    }

    fn key(c: char) -> Input {
        Input::Key(Key::char(c))
    }

    #[test]
    fn all_that_one_read_brings_comes_in_one_message() {
        let at = typing();
        rustix::io::write(&at.typed, b"abc\x1b[A").unwrap();
        let up = Input::Key(Key::plain(Code::Up));
        assert_eq!(next(&at.inbox), [key('a'), key('b'), key('c'), up]);
    }

    #[test]
    fn a_lone_escape_becomes_a_key_by_itself() {
        let at = typing();
        rustix::io::write(&at.typed, b"\x1b").unwrap();
        assert_eq!(next(&at.inbox), [Input::Key(Key::plain(Code::Esc))]);
    }

    #[test]
    fn a_paste_that_is_never_ended_comes_by_itself() {
        let at = typing();
        rustix::io::write(&at.typed, b"\x1b[200~text").unwrap();
        assert_eq!(next(&at.inbox), [Input::Paste("text".to_owned())]);
    }

    #[test]
    fn a_paused_reader_leaves_what_is_typed_to_others() {
        let at = typing();
        at.reader.pause();
        rustix::io::write(&at.typed, b"abc").unwrap();
        let mut theirs = [0; 2];
        assert_eq!(rustix::io::read(&at.theirs, &mut theirs), Ok(2));
        assert_eq!(&theirs, b"ab");
        at.reader.resume();
        assert_eq!(next(&at.inbox), [key('c')]);
    }

    #[test]
    fn the_end_of_the_terminal_is_said() {
        let at = typing();
        drop(at.typed);
        assert!(matches!(at.inbox.wait(None), Some(Wake::Gone)));
    }

    #[test]
    fn pausing_a_reader_that_ended_does_not_wait() {
        let at = typing();
        drop(at.typed);
        assert!(matches!(at.inbox.wait(None), Some(Wake::Gone)));
        at.reader.pause();
        at.reader.resume();
    }
}
