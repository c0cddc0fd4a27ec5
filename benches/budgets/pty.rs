//! A program in a terminal of its own, with honest clocks: taken right before each write and right after each read.

use anyhow::{Context, Result, bail};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Columns and rows of the terminal.
pub const COLUMNS: u16 = 120;
pub const ROWS: u16 = 40;
/// A frame ends when nothing came for this long; the silence is not counted.
pub const SILENCE: Duration = Duration::from_millis(30);
/// A key that draws nothing is given up after this.
const PATIENCE: Duration = Duration::from_millis(150);

type Chunk = (Instant, Vec<u8>);

/// A running program and the screen it drew.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    chunks: Receiver<Chunk>,
    screen: vt100::Parser,
    begun: Instant,
    pid: u32,
    /// Everything said so far, for a program that ends at once.
    last_words: Vec<u8>,
    _master: Box<dyn MasterPty + Send>,
}

/// What a key brought about.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// From the write to the last byte of the frame.
    pub latency: Duration,
    /// Bytes drawn.
    pub bytes: usize,
}

impl Session {
    /// Starts `program`; everything it could find outside `home` is hidden from it.
    pub fn start(program: &Path, arguments: &[&str], home: &Path) -> Result<Self> {
        let size = PtySize {
            rows: ROWS,
            cols: COLUMNS,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(home);
        command.env("TERM", "xterm-256color");
        for name in [
            "HOME",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
            "XDG_RUNTIME_DIR",
        ] {
            command.env(name, home);
        }
        for name in ["NO_COLOR", "COLORTERM", "CHITBOOK_BOOK", "TERM_PROGRAM"] {
            command.env_remove(name);
        }
        let mut reader = pair.master.try_clone_reader()?;
        let (send, chunks) = channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if send
                    .send((Instant::now(), buffer[..count].to_vec()))
                    .is_err()
                {
                    break;
                }
            }
        });
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        Ok(Session {
            pid: child.process_id().context("the program has a process id")?,
            child,
            writer: pair.master.take_writer()?,
            chunks,
            screen: vt100::Parser::new(ROWS, COLUMNS, 0),
            begun,
            last_words: Vec::new(),
            _master: pair.master,
        })
    }

    fn take(&mut self, chunk: &Chunk) {
        self.screen.process(&chunk.1);
        self.last_words.extend_from_slice(&chunk.1);
        let surplus = self.last_words.len().saturating_sub(4_000);
        self.last_words.drain(..surplus);
    }

    /// Whether the screen shows this text.
    pub fn shows(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// The screen.
    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Reads until the screen shows one of these texts; gives back when the bytes came that made it so.
    pub fn until(&mut self, any: &[String], patience: Duration) -> Result<Instant> {
        let end = Instant::now() + patience;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.chunks.recv_timeout(left) {
                Ok(chunk) => {
                    self.take(&chunk);
                    if any.iter().any(|text| self.shows(text)) {
                        return Ok(chunk.0);
                    }
                }
                Err(RecvTimeoutError::Timeout) => bail!(
                    "none of {any:?} within {patience:?} on this screen:\n{}",
                    self.text()
                ),
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("it ended: {}", String::from_utf8_lossy(&self.last_words))
                }
            }
        }
    }

    /// Reads until nothing came for `silence`; gives back when the last byte came and how many there were.
    pub fn quiet(&mut self, silence: Duration) -> Option<(Instant, usize)> {
        let first = self.chunks.recv_timeout(PATIENCE.max(silence)).ok()?;
        let mut seen = vec![first];
        while let Ok(chunk) = self.chunks.recv_timeout(silence) {
            seen.push(chunk);
        }
        // Parsed only now: the processor was the program's while it drew.
        for chunk in &seen {
            self.take(chunk);
        }
        let bytes = seen.iter().map(|chunk| chunk.1.len()).sum();
        seen.last().map(|chunk| (chunk.0, bytes))
    }

    /// Writes without waiting; gives back when.
    pub fn write(&mut self, keys: &str) -> Result<Instant> {
        while let Ok(chunk) = self.chunks.try_recv() {
            self.take(&chunk);
        }
        let begun = Instant::now();
        self.writer.write_all(keys.as_bytes())?;
        self.writer.flush()?;
        Ok(begun)
    }

    /// Presses a key and waits for the frame that follows; none when nothing was drawn.
    pub fn press(&mut self, keys: &str) -> Result<Option<Answer>> {
        self.press_until(keys, SILENCE)
    }

    /// The same with another silence.
    pub fn press_until(&mut self, keys: &str, silence: Duration) -> Result<Option<Answer>> {
        let begun = self.write(keys)?;
        Ok(self.quiet(silence).map(|(end, bytes)| Answer {
            latency: end - begun,
            bytes,
        }))
    }

    /// Since the program was started.
    pub fn since_start(&self, moment: Instant) -> Duration {
        moment - self.begun
    }

    /// Times any thread of the program went to sleep of its own accord so far: each wake-up ends in one.
    pub fn sleeps(&self) -> Result<u64> {
        let mut sum = 0;
        for task in fs::read_dir(format!("/proc/{}/task", self.pid))? {
            let status = fs::read_to_string(task?.path().join("status"))?;
            sum += field(&status, "voluntary_ctxt_switches:").unwrap_or(0);
        }
        Ok(sum)
    }

    /// The most memory the program had so far, in bytes.
    pub fn peak(&self) -> Result<u64> {
        peak(self.pid)
    }

    /// Presses the keys that end the program; gives back how long it took to be gone.
    pub fn end(mut self, keys: &str) -> Result<Duration> {
        let begun = self.write(keys)?;
        let end = begun + Duration::from_secs(5);
        loop {
            if self.child.try_wait()?.is_some() {
                return Ok(begun.elapsed());
            }
            if Instant::now() > end {
                bail!("it did not end:\n{}", self.text());
            }
            thread::sleep(Duration::from_micros(100));
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// A line of `/proc/PID/status`.
fn field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The most memory a process had so far, in bytes.
pub fn peak(pid: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let kib = field(&status, "VmHWM:").context("the process is still there")?;
    Ok(kib * 1024)
}
