//! Somebody who types calls into the real program until it is killed, and what the book must hold afterwards.
//!
//! The typist types eight to ten characters a second, and now and then files and begins anew. The killer strikes at a moment of its own,
//! whatever the typist is at. The bench `kills` does the same many times over.

use super::pty::{PATIENCE, Seen, World};
use chitbook::domain::command::Command;
use chitbook::domain::contact::Card;
use chitbook::domain::draft::CallNote;
use chitbook::domain::id::Id;
use chitbook::domain::moment::Moment;
use chitbook::store::Store;
use rustix::process::{Pid, Signal, kill_process};
use std::fs::File;
use std::io::{Seek, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// What the book promises: of the text being typed at most this much is lost.
pub const PROMISED: Duration = Duration::from_secs(2);

/// Words that mean nothing to the reader of notes, some of them long to store and wide to draw.
const WORDS: [&str; 12] = [
    "meter",
    "quote",
    "ångström",
    "gateway",
    "漢字",
    "truck",
    "rolls",
    "naïve",
    "plant",
    "board",
    "firmware",
    "e\u{301}tude",
];

/// Dice that fall the same way in every run.
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn within(&mut self, range: Range<u64>) -> u64 {
        // Two rounds of mixing, so that neighbouring seeds have nothing in common.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        range.start + (z ^ (z >> 31)) % (range.end - range.start)
    }

    fn millis(&mut self, range: Range<u64>) -> Duration {
        Duration::from_millis(self.within(range))
    }

    /// A note of so many words or a few more, one space or line between them.
    fn note(&mut self, words: Range<u64>) -> String {
        let count = self.within(words);
        let mut note = String::new();
        for at in 0..count {
            if at > 0 {
                note.push(if self.within(0..6) == 0 { '\n' } else { ' ' });
            }
            note.push_str(WORDS[self.within(0..WORDS.len() as u64) as usize]);
        }
        note
    }
}

/// How one run goes.
#[derive(Clone, Debug)]
pub struct Script {
    pub seed: u64,
    /// When it is killed, in milliseconds from the first call.
    pub killed: Range<u64>,
    /// Words of a note before it is filed.
    pub words: Range<u64>,
}

/// What the typist did.
#[derive(Debug, Default)]
struct Done {
    /// Notes whose filing the screen acknowledged.
    filed: Vec<String>,
    /// The note being typed, each character with the moment before it was sent.
    typed: Vec<(char, Instant)>,
    /// It was asked to file that note; nothing was said yet.
    filing: bool,
}

impl Done {
    fn text(&self) -> String {
        self.typed.iter().map(|(c, _)| c).collect()
    }

    fn acknowledged(&mut self) {
        self.filed.push(self.text());
        self.typed.clear();
        self.filing = false;
    }
}

/// What was found in the book afterwards.
#[derive(Debug, Default)]
pub struct Found {
    /// Faults, each in words: a damaged book, wrong text, a filing that is missing, one that is there twice or also a draft.
    pub damaged: Vec<String>,
    pub wrong: Vec<String>,
    pub missing: Vec<String>,
    pub doubled: Vec<String>,
    pub acknowledged: usize,
    /// Characters lost, and how long before the end the first of them was typed.
    pub lost: (usize, Duration),
}

impl Found {
    /// Everything that must not be.
    pub fn faults(&self) -> Vec<&String> {
        let faults = self.damaged.iter().chain(&self.wrong);
        faults.chain(&self.missing).chain(&self.doubled).collect()
    }
}

/// A book with three people, made at `path`.
pub fn three_people(path: &Path) -> Vec<Id> {
    let mut book = Store::open(path).unwrap();
    let add = |name: &&str| {
        let card = Box::new(Card::named(name));
        let added = book.apply(&Command::AddContact(card), &now());
        added.unwrap().created.unwrap()
    };
    ["Ada Dahl", "Ivo Gallo", "Zoë Ito"]
        .iter()
        .map(add)
        .collect()
}

/// Types, kills, looks.
pub fn run(script: &Script) -> Found {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.chitbook");
    let people = three_people(&path);
    let mut dice = Dice(script.seed);
    let (keep, held) = mpsc::channel();
    let mut world = World::doomed(&path, held);
    // Many are started at once in the bench.
    let open = world.comes(PATIENCE * 6, Seen::open);
    let after = dice.millis(script.killed.clone());
    let (strike, killed) = kill_in(world.pid(), keep, after);
    assert!(open, "it did not start");
    let mut done = Done::default();
    let at = loop {
        if let Some(at) = call(&mut world, &killed, &mut dice, &mut done, script) {
            break at;
        }
    };
    strike.join().unwrap();
    if acknowledges(&world.last_words()) && done.filing {
        done.acknowledged();
    }
    done.typed.retain(|(_, sent)| *sent < at);
    look(&path, &people, &done, at)
}

/// Opens a call for typing.
pub fn open_call(world: &mut World, killed: &Receiver<Instant>) -> Option<Instant> {
    world.tries(b"c");
    until(world, killed, |seen| calls(&seen.text()))
}

/// Types text, a character every tenth of a second or so; each is noted with its moment.
fn type_in(
    world: &mut World,
    killed: &Receiver<Instant>,
    dice: &mut Dice,
    text: &str,
    typed: &mut Vec<(char, Instant)>,
) -> Option<Instant> {
    for c in text.chars() {
        if let Ok(at) = killed.recv_timeout(dice.millis(95..126)) {
            return Some(at);
        }
        typed.push((c, Instant::now()));
        let key = if c == '\n' { '\r' } else { c };
        world.tries(key.encode_utf8(&mut [0; 4]).as_bytes());
    }
    None
}

/// One call from its first key to the acknowledgement, or until the program is killed: then when.
fn call(
    world: &mut World,
    killed: &Receiver<Instant>,
    dice: &mut Dice,
    done: &mut Done,
    script: &Script,
) -> Option<Instant> {
    if let Some(at) = open_call(world, killed) {
        return Some(at);
    }
    let note = dice.note(script.words.clone());
    if let Some(at) = type_in(world, killed, dice, &note, &mut done.typed) {
        return Some(at);
    }
    // Some read the sheet before they file it; the draft is kept meanwhile.
    let reads = [20, 120, 270, 700][dice.within(0..4) as usize];
    world.tries(b"\x13");
    if let Ok(at) = killed.recv_timeout(Duration::from_millis(reads)) {
        return Some(at);
    }
    done.filing = true;
    world.tries(b"\r");
    let gone = until(world, killed, |seen| acknowledges(&seen.text()));
    if gone.is_none() {
        done.acknowledged();
    }
    gone
}

/// The call is no longer there, and the last line says that it was filed.
fn acknowledges(screen: &str) -> bool {
    let last = screen.lines().last().unwrap_or_default();
    last.contains("u undoes") && !calls(screen)
}

/// A call is open: over its note stands its clock.
fn calls(screen: &str) -> bool {
    screen.contains("since ") && screen.contains(" ─ 0:")
}

/// Waits for a condition on the screen, or for the end: then when that was.
fn until(
    world: &World,
    killed: &Receiver<Instant>,
    done: impl Fn(&Seen) -> bool,
) -> Option<Instant> {
    let begun = Instant::now();
    while !world.comes(Duration::from_millis(50), &done) {
        if let Ok(at) = killed.try_recv() {
            return Some(at);
        }
        let text = || world.seen().text();
        assert!(
            begun.elapsed() < PATIENCE * 6,
            "waited in vain:\n{}",
            text()
        );
    }
    None
}

/// Kills a process after this time and lets go of it; says when, right before it does.
fn kill_in(pid: u32, hold: Sender<()>, after: Duration) -> (JoinHandle<()>, Receiver<Instant>) {
    let (tell, killed) = mpsc::channel();
    let strike = move || {
        let (_never, clock) = mpsc::channel::<()>();
        let _ = clock.recv_timeout(after);
        let pid = Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
        let at = Instant::now();
        let struck = kill_process(pid, Signal::KILL);
        drop(hold);
        struck.unwrap();
        // A typist who gave up does not listen.
        let _ = tell.send(at);
    };
    (thread::spawn(strike), killed)
}

/// Compares the book with what was done.
fn look(path: &Path, people: &[Id], done: &Done, killed: Instant) -> Found {
    let mut found = Found {
        acknowledged: done.filed.len(),
        ..Found::default()
    };
    let book = match Store::open(path) {
        Ok(book) => book,
        Err(error) => {
            found.damaged.push(error.to_string());
            return found;
        }
    };
    let report = book.check(&now()).unwrap();
    if !report.is_clean() {
        found.damaged.push(format!("{report:?}"));
    }
    let history = |id: &Id| book.history(*id, 1_000).unwrap();
    let mut touches: Vec<String> = people.iter().flat_map(history).map(|t| t.body).collect();
    for note in &done.filed {
        match touches.iter().position(|body| body == note) {
            Some(at) => drop(touches.swap_remove(at)),
            None => found.missing.push(note.clone()),
        }
    }
    let text = done.text();
    let unsaid = touches
        .iter()
        .position(|body| done.filing && *body == text)
        .map(|at| touches.swap_remove(at));
    found.wrong.extend(touches);
    let drafts = book.drafts().unwrap();
    let mut kept = Vec::new();
    for draft in &drafts {
        match CallNote::of(draft) {
            Some(note) if unsaid.is_none() && text.starts_with(&note.text) => kept.push(note.text),
            Some(note) if done.filed.contains(&note.text) || unsaid.is_some() => {
                found.doubled.push(note.text);
            }
            _ => found.wrong.push(draft.body.clone()),
        }
    }
    found.doubled.extend(kept.iter().skip(1).cloned());
    if unsaid.is_none() {
        let count = kept.first().map_or(0, |kept| kept.chars().count());
        let missing = done.typed.get(count..).unwrap_or_default();
        let ago = |(_, sent): &(char, Instant)| killed.saturating_duration_since(*sent);
        let first = missing.first().map_or(Duration::ZERO, ago);
        found.lost = (missing.len(), first);
    }
    found
}

/// The wall clock: the dashboard has no other.
#[expect(
    clippy::disallowed_methods,
    reason = "what the dashboard wrote is checked as of its own today"
)]
pub fn now() -> Moment {
    chrono::Utc::now().fixed_offset()
}

/// Measures how long this machine takes at worst to wake up, write a page and have the disk confirm it.
pub struct Probe {
    stop: Sender<()>,
    thread: JoinHandle<Duration>,
}

impl Probe {
    /// Begins to measure, where the books of these runs lie too.
    pub fn start() -> Self {
        let (stop, stopped) = mpsc::channel();
        Probe {
            stop,
            thread: thread::spawn(move || probe(&stopped)),
        }
    }

    /// The longest it took.
    pub fn longest(self) -> Duration {
        drop(self.stop);
        self.thread.join().unwrap()
    }
}

fn probe(stopped: &Receiver<()>) -> Duration {
    const PAUSE: Duration = Duration::from_millis(50);
    let mut file: File = tempfile::tempfile().unwrap();
    let mut longest = Duration::ZERO;
    loop {
        let begun = Instant::now();
        if stopped.recv_timeout(PAUSE) == Err(RecvTimeoutError::Disconnected) {
            return longest;
        }
        file.rewind().unwrap();
        file.write_all(&[1; 4_096]).unwrap();
        file.sync_data().unwrap();
        longest = longest.max(begun.elapsed().saturating_sub(PAUSE));
    }
}
