//! A world of its own for the real program: an empty home, a cleared environment, a terminal that answers nothing.
//!
//! Every wait is for a condition on what the terminal shows; the time named is only when to give up.

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtyPair, PtySize, native_pty_system};
use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tempfile::TempDir;

/// When a wait is given up.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The program under test.
pub const CHITBOOK: &str = env!("CARGO_BIN_EXE_chitbook");

/// What the terminal was sent so far.
pub struct Seen {
    pub emulator: vt100::Parser,
    pub bytes: Vec<u8>,
}

impl Seen {
    pub fn text(&self) -> String {
        self.emulator.screen().contents()
    }

    /// The dashboard has the terminal and shows something.
    pub fn open(&self) -> bool {
        self.emulator.screen().alternate_screen() && !self.text().trim().is_empty()
    }

    /// Nothing the dashboard set up is left.
    pub fn restored(&self) -> bool {
        let screen = self.emulator.screen();
        let focus = last_of(&self.bytes, b"\x1b[?1004h") < last_of(&self.bytes, b"\x1b[?1004l");
        !screen.alternate_screen()
            && !screen.bracketed_paste()
            && !screen.hide_cursor()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
            && focus
    }
}

fn last_of(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|w| w == wanted)
}

struct Shown {
    seen: Mutex<Seen>,
    changed: Condvar,
    /// The terminal is to be closed: the next bytes are the last that are read.
    closing: AtomicBool,
}

/// A program on a terminal.
pub struct World {
    shown: Arc<Shown>,
    reader: Option<JoinHandle<()>>,
    // Dropping the writer types a line feed and an end of file, unless the terminal has no character for that.
    writer: Option<Box<dyn Write + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
    ended: Receiver<Option<i32>>,
    pid: u32,
    home: TempDir,
}

impl World {
    /// The program on a terminal, as the leader of its session.
    pub fn chitbook() -> Self {
        World::led_by(&[CHITBOOK], &[])
    }

    /// The program on this book.
    pub fn on(book: &Path) -> Self {
        World::led_by(&[CHITBOOK, "--book", book.to_str().unwrap()], &[])
    }

    /// The program with these words behind it.
    pub fn told(words: &[&str]) -> Self {
        World::led_by(&[&[CHITBOOK], words].concat(), &[])
    }

    /// The program on this book, with a shell script as the person's own editor.
    pub fn editing(book: &Path, script: &str) -> Self {
        let editor = [("VISUAL", script), ("EDITOR", "exit 99; :")];
        World::led_by(&[CHITBOOK, "--book", book.to_str().unwrap()], &editor)
    }

    /// The program on this book, for somebody who will kill it: as long as they keep the other end of `held`, its number is nobody
    /// else's, also when it ended before.
    pub fn doomed(book: &Path, held: Receiver<()>) -> Self {
        World::held(&[CHITBOOK, "--book", book.to_str().unwrap()], &[], held)
    }

    /// A shell that knows jobs; the program's path is in `$chitbook`, its prompt is `ready>`.
    pub fn shell() -> Self {
        World::led_by(&["bash", "--norc", "--noediting", "-i"], &[])
    }

    fn led_by(command: &[&str], variables: &[(&str, &str)]) -> Self {
        let (_, nobody) = mpsc::channel();
        World::held(command, variables, nobody)
    }

    fn held(command: &[&str], variables: &[(&str, &str)], held: Receiver<()>) -> Self {
        World::start(|pty, home| {
            let mut builder = CommandBuilder::new(command[0]);
            builder.args(&command[1..]);
            builder.cwd(home);
            builder.env_clear();
            for (name, value) in environment(home) {
                builder.env(name, value);
            }
            for (name, value) in variables {
                builder.env(name, value);
            }
            let mut child = pty.slave.spawn_command(builder).unwrap();
            let pid = child.process_id().unwrap();
            let ended = move || {
                // Nobody sends: it comes back when the other end is let go.
                let _ = held.recv();
                child.wait().ok().map(|status| code(&status))
            };
            (pid, Box::new(ended))
        })
    }

    /// The program on a terminal that is not its session's: nobody tells it when that is closed.
    pub fn untold() -> Self {
        World::start(|pty, home| {
            let file = File::options()
                .read(true)
                .write(true)
                .open(pty.master.tty_name().unwrap())
                .unwrap();
            let mut child = Command::new(CHITBOOK)
                .env_clear()
                .envs(environment(home))
                .current_dir(home)
                .stdin(file.try_clone().unwrap())
                .stdout(file)
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let pid = child.id();
            let ended = move || child.wait().ok().and_then(|status| status.code());
            (pid, Box::new(ended))
        })
    }

    fn start(
        spawn: impl FnOnce(&PtyPair, &Path) -> (u32, Box<dyn FnOnce() -> Option<i32> + Send>),
    ) -> Self {
        let home = tempfile::tempdir().unwrap();
        let pty = native_pty_system().openpty(size(100, 30)).unwrap();
        let (pid, wait) = spawn(&pty, home.path());
        let (tell, ended) = mpsc::channel();
        thread::spawn(move || tell.send(wait()));
        let shown = Arc::new(Shown {
            seen: Mutex::new(Seen {
                emulator: vt100::Parser::new(30, 100, 0),
                bytes: Vec::new(),
            }),
            changed: Condvar::new(),
            closing: AtomicBool::new(false),
        });
        let reader = pty.master.try_clone_reader().unwrap();
        let watched = Arc::clone(&shown);
        World {
            reader: Some(thread::spawn(move || watch(reader, &watched))),
            shown,
            writer: Some(pty.master.take_writer().unwrap()),
            master: Some(pty.master),
            ended,
            pid,
            home,
        }
    }

    /// Its home folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The process started first.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Types bytes.
    pub fn keys(&mut self, bytes: &[u8]) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
    }

    /// Types bytes, unless the program is gone.
    pub fn tries(&mut self, bytes: &[u8]) -> bool {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(bytes).is_ok() && writer.flush().is_ok()
    }

    /// Waits for the end of the process started first and reads the last it was heard to say.
    pub fn last_words(&mut self) -> String {
        self.code();
        if let Some(reader) = self.reader.take() {
            // With the process, the other end of the terminal is gone.
            reader.join().unwrap();
        }
        self.seen().text()
    }

    /// The same where it is to end with this code.
    pub fn ends_saying(&mut self, code: i32) -> String {
        self.ends_with(code);
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        self.seen().text()
    }

    /// Gives the window another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        let mut seen = self.seen();
        seen.emulator.screen_mut().set_size(rows, columns);
        drop(seen);
        let master = self.master.as_ref().unwrap();
        master.resize(size(columns, rows)).unwrap();
    }

    /// Gives the window a size that the emulator cannot follow (it counts below nothing in a window of one column); only the
    /// bytes sent from here on tell what was drawn.
    pub fn squeeze(&self, columns: u16, rows: u16) {
        let master = self.master.as_ref().unwrap();
        master.resize(size(columns, rows)).unwrap();
    }

    /// The modes of the terminal's line.
    pub fn modes(&self) -> String {
        let modes = self.master.as_ref().and_then(|master| master.get_termios());
        format!("{:?}", modes.unwrap())
    }

    /// What the terminal was sent so far.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shown.seen.lock().unwrap()
    }

    /// Waits for a condition on what is seen.
    pub fn wait(&self, what: &str, done: impl Fn(&Seen) -> bool) {
        let (seen, late) = self
            .shown
            .changed
            .wait_timeout_while(self.seen(), PATIENCE, |seen| !done(seen))
            .unwrap();
        if late.timed_out() {
            let text = seen.text();
            drop(seen);
            panic!("waited in vain: {what}. The screen:\n{text}");
        }
    }

    /// Whether a condition on what is seen comes true within this time.
    pub fn comes(&self, within: Duration, done: impl Fn(&Seen) -> bool) -> bool {
        let (_seen, late) = self
            .shown
            .changed
            .wait_timeout_while(self.seen(), within, |seen| !done(seen))
            .unwrap();
        !late.timed_out()
    }

    /// Whether the terminal is sent anything within this time.
    pub fn stirs(&self, within: Duration) -> bool {
        let seen = self.seen();
        let before = seen.bytes.len();
        let (seen, _) = self
            .shown
            .changed
            .wait_timeout_while(seen, within, |seen| seen.bytes.len() == before)
            .unwrap();
        seen.bytes.len() > before
    }

    /// Closes the terminal, as a window is closed.
    pub fn close(&mut self) {
        // The reader looks up when something comes.
        self.close_when(|world| world.resize(90, 25));
    }

    /// Closes a terminal that echoes what is typed.
    pub fn hang_up(&mut self) {
        self.close_when(|world| world.keys(b"x"));
    }

    fn close_when(&mut self, stir: impl FnOnce(&mut Self)) {
        self.shown.closing.store(true, Ordering::SeqCst);
        stir(self);
        self.reader.take().unwrap().join().unwrap();
        self.end_nothing();
        self.writer = None;
        self.master = None;
    }

    /// From here on no character ends the input, so that the writer types nothing when it is dropped: a window that is closed does not.
    fn end_nothing(&self) {
        let master = self.master.as_ref().unwrap();
        let terminal = File::open(master.tty_name().unwrap()).unwrap();
        let mut modes = tcgetattr(&terminal).unwrap();
        modes.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&terminal, OptionalActions::Now, &modes).unwrap();
    }

    /// Waits for the end of the process started first, which is to be with this code.
    pub fn ends_with(&self, code: i32) {
        let ended = self.code();
        assert_eq!(ended, Some(code), "The screen:\n{}", self.seen().text());
    }

    /// Waits for the end of the process started first: its exit code.
    pub fn code(&self) -> Option<i32> {
        match self.ended.recv_timeout(PATIENCE) {
            Ok(code) => code,
            Err(late) => panic!("{late}. The screen:\n{}", self.seen().text()),
        }
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn code(status: &ExitStatus) -> i32 {
    i32::try_from(status.exit_code()).unwrap()
}

/// The variables every program in this world gets.
fn environment(home: &Path) -> Vec<(&'static str, String)> {
    let at = |name: &str| home.join(name).display().to_string();
    vec![
        ("PATH", std::env::var("PATH").unwrap_or_default()),
        ("HOME", home.display().to_string()),
        ("XDG_DATA_HOME", at("data")),
        ("XDG_CONFIG_HOME", at("config")),
        ("XDG_STATE_HOME", at("state")),
        ("XDG_CACHE_HOME", at("cache")),
        ("TERM", "xterm-256color".to_owned()),
        ("LANG", "C.UTF-8".to_owned()),
        ("TZ", "UTC".to_owned()),
        ("PS1", "ready> ".to_owned()),
        ("chitbook", CHITBOOK.to_owned()),
    ]
}

/// Reads what the terminal is sent, until it is closed.
fn watch(mut reader: Box<dyn Read + Send>, shown: &Shown) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(n @ 1..) = reader.read(&mut buffer) {
        let mut seen = shown.seen.lock().unwrap();
        seen.emulator.process(&buffer[..n]);
        seen.bytes.extend_from_slice(&buffer[..n]);
        drop(seen);
        shown.changed.notify_all();
        if shown.closing.load(Ordering::SeqCst) {
            return;
        }
    }
}
