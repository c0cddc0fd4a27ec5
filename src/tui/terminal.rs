//! The terminal taken and given back, and the picture on it.
//!
//! Nothing here asks the terminal a question: what is never asked can neither be late nor be typed into a field. Mouse reports
//! are asked for only while a button is down, so that a moving pointer does not wake an idle dashboard.

pub mod tty;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::termios::Termios;
use std::backtrace::Backtrace;
use std::io::{self, Write};
use std::mem;
use std::panic;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tty::Tty;

/// Alternate screen, bracketed paste, focus reports, mouse buttons and drags in the form that has no limits, cursor hidden.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?1004h\x1b[?1000h\x1b[?1002h\x1b[?1006h\x1b[?25l";
/// All of that taken back, and a picture cut off in its middle ended.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[?1049l\x1b[?25h";
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// What the library writes where no cell changed; the cursor follows.
const NO_CELLS: &[u8] = b"\x1b[39m\x1b[49m\x1b[59m\x1b[0m";

/// Keeps the terminal's own modes while it is ours. Dropped, it gives the terminal back.
pub struct Guard {
    tty: Arc<Tty>,
    /// As we found them; none while the terminal is not ours.
    found: Mutex<Option<Termios>>,
}

impl Guard {
    /// A guard of a terminal not yet taken.
    pub fn new(tty: Arc<Tty>) -> Self {
        Guard {
            tty,
            found: Mutex::new(None),
        }
    }

    /// Takes the terminal. Taken twice, it is set up again: another program may have changed it in between.
    pub fn enter(&self) -> io::Result<()> {
        let mut found = self.found();
        let before = match found.take() {
            Some(modes) => modes,
            None => self.tty.modes()?,
        };
        let mut raw = before.clone();
        raw.make_raw();
        *found = Some(before);
        self.tty.set_modes(&raw)?;
        self.tty.send(ENTER)
    }

    /// Gives the terminal back as it was; nothing when it is not ours.
    pub fn leave(&self) {
        let Some(modes) = self.found().take() else {
            return;
        };
        // A terminal that is gone needs nothing back.
        let _ = self.tty.send(LEAVE);
        self.tty.forget_input();
        let _ = self.tty.set_modes(&modes);
    }

    /// The terminal.
    pub fn tty(&self) -> &Arc<Tty> {
        &self.tty
    }

    fn found(&self) -> MutexGuard<'_, Option<Termios>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Writes the text of a report somewhere and says where, if it could.
pub type Report = Box<dyn Fn(&str) -> Option<PathBuf> + Send + Sync>;

/// From now on a panic anywhere gives the terminal back first, then says what happened, then calls `then`.
pub fn on_panic(guard: Arc<Guard>, report: Report, then: impl Fn() + Send + Sync + 'static) {
    panic::set_hook(Box::new(move |info| {
        guard.leave();
        let text = format!("{info}\n\n{}\n", Backtrace::force_capture());
        let mut err = io::stderr().lock();
        // Nobody reads a closed standard error.
        let _ = writeln!(
            err,
            "Chitbook stopped because of a fault of its own.\n{info}"
        );
        if let Some(path) = report(&text) {
            let _ = writeln!(err, "A report was written to {}.", path.display());
        }
        then();
    }));
}

/// The bytes of the picture being drawn.
#[derive(Clone, Default)]
struct Pot(Arc<Mutex<Vec<u8>>>);

impl Pot {
    fn held(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Pot {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// The picture goes out whole, by [`Screen::draw`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The picture on the terminal. Each goes out in one write that the terminal shows at once, and one that changes nothing not at all.
pub struct Screen {
    tty: Arc<Tty>,
    size: (u16, u16),
    terminal: Terminal<CrosstermBackend<Pot>>,
    pot: Pot,
    last: Vec<u8>,
    /// What the terminal shows is not known.
    fresh: bool,
}

impl Screen {
    /// A screen of the terminal's present size, on which nothing is known to stand.
    pub fn new(tty: Arc<Tty>) -> io::Result<Self> {
        let size = tty.size();
        let pot = Pot::default();
        Ok(Screen {
            tty,
            size,
            terminal: blank(&pot, size)?,
            pot,
            last: Vec::new(),
            fresh: true,
        })
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Asks for the window's size again; says whether it changed.
    pub fn measure(&mut self) -> io::Result<bool> {
        let size = self.tty.size();
        let changed = size != self.size;
        if changed {
            self.size = size;
            self.redraw()?;
        }
        Ok(changed)
    }

    /// The next picture is drawn from nothing. (The library's own way to do this asks the terminal where the cursor is.)
    pub fn redraw(&mut self) -> io::Result<()> {
        self.terminal = blank(&self.pot, self.size)?;
        self.fresh = true;
        Ok(())
    }

    /// Draws one picture.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.pot.held().clear();
        self.terminal.draw(paint)?;
        let body = mem::take(&mut *self.pot.held());
        let fresh = mem::take(&mut self.fresh);
        // The same bytes a second time put the same things in the same places; and no cell with the cursor left as it was is nothing.
        let unchanged = body.strip_prefix(NO_CELLS);
        if !fresh
            && (body == self.last || unchanged.is_some_and(|cursor| self.last.ends_with(cursor)))
        {
            return Ok(());
        }
        let clear = if fresh { CLEAR } else { &[] };
        let sent = self.tty.send(&[BEGIN, clear, &body, END].concat());
        self.last = body;
        sent
    }

    /// Puts text on the clipboard of whoever sits before the terminal.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let mut bytes = Vec::new();
        crossterm::execute!(
            bytes,
            crossterm::clipboard::CopyToClipboard::to_clipboard_from(text)
        )?;
        self.tty.send(&bytes)
    }
}

fn blank(pot: &Pot, (columns, rows): (u16, u16)) -> io::Result<Terminal<CrosstermBackend<Pot>>> {
    // A fixed area: the library then never asks for the size, which it would do by starting another program.
    let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
    Terminal::with_options(
        CrosstermBackend::new(pot.clone()),
        TerminalOptions { viewport },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::widgets::Paragraph;
    use rustix::pipe::{PipeFlags, pipe_with};
    use std::os::fd::OwnedFd;

    /// A screen that draws into a pipe, and the pipe's other side.
    fn drawing() -> (Screen, Arc<Tty>, OwnedFd) {
        let (shown, output) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK).unwrap();
        let input = std::fs::File::open("/dev/null").unwrap().into();
        let tty = Arc::new(Tty::of(input, output).unwrap());
        (Screen::new(Arc::clone(&tty)).unwrap(), tty, shown)
    }

    fn draw(screen: &mut Screen, text: &str) {
        screen
            .draw(|frame| frame.render_widget(Paragraph::new(text), frame.area()))
            .unwrap();
    }

    fn shown(pipe: &OwnedFd) -> String {
        let mut bytes = [0; 4096];
        let n = rustix::io::read(pipe, &mut bytes).unwrap_or(0);
        String::from_utf8(bytes[..n].to_vec()).unwrap()
    }

    #[test]
    fn a_terminal_without_a_size_is_drawn_on_as_usual() {
        let (screen, ..) = drawing();
        assert_eq!(screen.size(), (80, 24));
    }

    #[test]
    fn a_picture_comes_whole_between_its_marks() {
        let (mut screen, _tty, pipe) = drawing();
        draw(&mut screen, "hello");
        let first = shown(&pipe);
        assert!(first.starts_with("\x1b[?2026h\x1b[0m\x1b[2J"), "{first:?}");
        assert!(first.contains("hello") && first.ends_with("\x1b[?2026l"));
    }

    #[test]
    fn a_picture_that_changes_nothing_is_not_sent() {
        let (mut screen, _tty, pipe) = drawing();
        draw(&mut screen, "hello");
        shown(&pipe);
        draw(&mut screen, "hello");
        assert_eq!(shown(&pipe), "");
        draw(&mut screen, "hallo");
        assert!(shown(&pipe).contains('a'));
    }

    #[test]
    fn drawing_anew_sends_everything_and_asks_nothing() {
        let (mut screen, _tty, pipe) = drawing();
        for _ in 0..3 {
            draw(&mut screen, "hello");
        }
        shown(&pipe);
        screen.redraw().unwrap();
        draw(&mut screen, "hello");
        let again = shown(&pipe);
        assert!(again.contains("\x1b[2J") && again.contains("hello"));
        assert!(!again.contains("\x1b[6n"), "asks where the cursor is");
    }

    #[test]
    fn a_terminal_that_takes_nothing_does_not_hold_a_program_that_ends() {
        let (_screen, tty, _pipe) = drawing();
        tty.hurry();
        let failed = tty.send(&vec![b'x'; 1 << 20]).unwrap_err();
        assert_eq!(failed.kind(), io::ErrorKind::TimedOut);
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error_not_a_wait() {
        let (mut screen, _tty, pipe) = drawing();
        drop(pipe);
        assert!(screen.draw(|_| {}).is_err());
    }
}
