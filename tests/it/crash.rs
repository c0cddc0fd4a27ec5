//! The program killed in the middle of its work, and several at once: what was said to be saved is there, and nothing is half done.
//!
//! The moments are those of a fixed row of numbers, so that a failure can be looked for again; how far the program is at each is the
//! machine's affair, and every outcome that is allowed is allowed at every moment.

use crate::world::{CHITBOOK, Said, World};
use chitbook::store::Store;
use rustix::process::{Pid, Signal, kill_process_group};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Knuth's numbers: the same row in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Starts a process of this world, on the real clock, with a group of its own that can be killed as one.
fn start(world: &World, mut process: Command) -> Child {
    world.dress(&mut process);
    process
        .env_remove("CHITBOOK_NOW")
        .process_group(0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    process.spawn().unwrap()
}

/// kill -9, for the process and all it started.
fn kill(child: &Child) {
    let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    // Where it ended by itself there is nobody left to kill.
    let _ = kill_process_group(pid, Signal::KILL);
}

/// The file is whole, for the engine and for the program.
#[track_caller]
fn whole(world: &World) {
    let db = rusqlite::Connection::open(world.path("book.chitbook")).unwrap();
    let said: String = db
        .query_row("pragma integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(said, "ok");
    drop(db);
    world.done(&["check"]);
}

/// How often each note is in the book.
fn notes(world: &World) -> HashMap<String, usize> {
    let shown = world.json(&["show", "Barney", "--json"]);
    let mut notes = HashMap::new();
    for touch in shown["touches"].as_array().unwrap() {
        let text = touch["text"].as_str().unwrap().to_owned();
        *notes.entry(text).or_default() += 1;
    }
    notes
}

fn book_with_barney() -> World {
    let world = World::new();
    world.done(&["add", "Barney Rubble"]);
    world
}

#[test]
fn what_was_said_to_be_logged_outlives_a_kill() {
    const ROUNDS: u64 = 12;
    let world = book_with_barney();
    let mut dice = Dice(2026);
    let mut logged = Vec::new();
    let mut killed = 0;
    for round in 0..ROUNDS {
        let mut shell = Command::new("sh");
        let lines = format!(
            "i=0; while [ $i -lt 40 ]; do \"$1\" log Barney --text \"round {round} note $i\" || exit 9; i=$((i+1)); done"
        );
        shell.args(["-c", &lines, "sh", CHITBOOK]);
        let mut child = start(&world, shell);
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut count = 0;
        for _ in 0..4 + dice.below(20) {
            assert!(said.next().unwrap().unwrap().starts_with("Logged a call"));
            count += 1;
        }
        thread::sleep(Duration::from_micros(dice.below(25_000)));
        kill(&child);
        // What was printed before the end counts too.
        count += said
            .filter(|line| line.as_ref().unwrap().starts_with("Logged a call"))
            .count();
        killed += usize::from(child.wait().unwrap().code().is_none());
        logged.extend((0..count).map(|note| format!("round {round} note {note}")));
        whole(&world);
        let notes = notes(&world);
        for note in &logged {
            assert_eq!(notes.get(note), Some(&1), "{note}");
        }
        let unsaid = notes.values().sum::<usize>() - logged.len();
        assert!(
            unsaid as u64 <= round + 1,
            "at most the one that was under way in each round: {unsaid}"
        );
    }
    assert!(logged.len() > 100, "{}", logged.len());
    assert!(killed > 0, "nothing was killed");
}

/// An address book of so many people.
fn cards(count: usize) -> String {
    let mut text = String::new();
    for n in 0..count {
        let _ = write!(
            text,
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {n}\r\nN:{n};Person;;;\r\nORG:Firm {}\r\nEMAIL:p{n}@many.example\r\nTEL:+1 415 555 {n:04}\r\nEND:VCARD\r\n",
            n % 50
        );
    }
    text
}

#[test]
fn a_killed_import_leaves_all_or_nothing() {
    const PEOPLE: usize = 2_000;
    const MOMENTS: u32 = 10;
    let text = cards(PEOPLE);
    let import = |world: &World, file: &str| {
        let mut process = Command::new(CHITBOOK);
        process.args(["import", file]);
        start(world, process)
    };
    let calm = World::new();
    let file = calm.file("people.vcf", text.as_bytes());
    calm.done(&["list"]);
    let begun = Instant::now();
    assert!(import(&calm, &file).wait().unwrap().success());
    let span = begun.elapsed();
    let mut dice = Dice(7);
    let mut cut = 0;
    let world = World::new();
    world.done(&["list"]);
    for moment in 0..MOMENTS {
        let mut child = import(&world, &file);
        // One moment in each part of the import, somewhere in that part.
        let part = span / MOMENTS;
        thread::sleep(part * moment + part.mul_f64(dice.below(1000) as f64 / 1000.0));
        kill(&child);
        let killed = child.wait().unwrap().code().is_none();
        cut += usize::from(killed);
        whole(&world);
        let book = Store::open(&world.path("book.chitbook")).unwrap();
        let found = book.contact_ids().unwrap().len();
        drop(book);
        let steps = world.json(&["history", "--json"]);
        let undone = steps[0]["undone"] == true;
        if found == 0 {
            assert!(killed, "an import that ended by itself has everybody");
            assert!(steps.as_array().unwrap().is_empty() || undone, "{steps}");
        } else {
            assert_eq!(found, PEOPLE, "half an import");
            world.done(&["undo"]);
        }
    }
    assert!(cut > 0, "no import was cut off");
    assert!(import(&world, &file).wait().unwrap().success());
    whole(&world);
    let book = Store::open(&world.path("book.chitbook")).unwrap();
    assert_eq!(book.contact_ids().unwrap().len(), PEOPLE);
}

#[test]
fn two_programs_writing_at_once_lose_nothing() {
    const NOTES: usize = 40;
    let world = book_with_barney();
    thread::scope(|scope| {
        for writer in ["one", "other"] {
            let world = &world;
            scope.spawn(move || {
                for n in 0..NOTES {
                    let note = format!("{writer} {n}");
                    let mut process = world.process(&["log", "Barney", "--text", &note]);
                    process.env_remove("CHITBOOK_NOW");
                    Said::of(&process.output().unwrap()).done();
                }
            });
        }
    });
    let notes = notes(&world);
    for writer in ["one", "other"] {
        for n in 0..NOTES {
            assert_eq!(
                notes.get(&format!("{writer} {n}")),
                Some(&1),
                "{writer} {n}"
            );
        }
    }
    assert_eq!(notes.len(), 2 * NOTES);
    let steps = world.json(&["history", "--json", "--limit", "1000"]);
    assert_eq!(steps.as_array().unwrap().len(), 2 * NOTES + 1);
    whole(&world);
}
