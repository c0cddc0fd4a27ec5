//! The dashboard and its terminal: taken, given back however it ends, and never let down by either.

use crate::pty::{Seen, World};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::time::Duration;

/// Ctrl+Alt+F12, which panics in a debug build.
const PANIC_KEY: &[u8] = b"\x1b[24;7~";

fn opened() -> World {
    let world = World::chitbook();
    world.wait("the dashboard", Seen::open);
    world
}

fn send(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

#[test]
fn q_ends_it_and_gives_the_terminal_back() {
    let mut world = opened();
    world.keys(b"q");
    world.ends_with(0);
    world.wait("the terminal back", Seen::restored);
}

#[test]
fn a_signal_ends_it_in_order() {
    let table = [
        (Signal::TERM, 143),
        (Signal::INT, 130),
        (Signal::HUP, 129),
        (Signal::QUIT, 131),
    ];
    for (signal, code) in table {
        let world = opened();
        send(world.pid(), signal);
        assert_eq!(world.code(), Some(code), "{signal:?}");
        world.wait("the terminal back", Seen::restored);
    }
}

#[test]
fn the_line_gets_its_modes_back() {
    let mut world = World::shell();
    world.wait("the prompt", |seen| seen.text().contains("ready>"));
    let before = world.modes();
    world.keys(b"$chitbook; echo ended $?\r");
    world.wait("the dashboard", Seen::open);
    assert_ne!(world.modes(), before);
    world.keys(b"q");
    world.wait("the shell", |seen| seen.text().contains("ended 0"));
    assert_eq!(world.modes(), before);
}

#[test]
#[cfg(debug_assertions)]
fn a_panic_gives_the_terminal_back_before_it_says_what_happened() {
    let mut world = opened();
    world.keys(PANIC_KEY);
    world.ends_with(101);
    world.wait("the terminal back and the message on it", |seen| {
        seen.restored() && seen.text().contains("a fault of its own")
    });
}

/// The screen but its first line, which tells the time.
fn below_the_clock(seen: &Seen) -> String {
    let text = seen.text();
    let lines = text.lines().skip(1).map(str::trim_end);
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_brings_the_dashboard_back() {
    let mut world = World::shell();
    world.wait("the prompt", |seen| seen.text().contains("ready>"));
    world.keys(b"$chitbook; echo ended $?\r");
    world.wait("the dashboard", Seen::open);
    while world.stirs(Duration::from_millis(200)) {}
    let picture = below_the_clock(&world.seen());
    world.keys(b"\x1a");
    world.wait("the shell", |seen| {
        seen.restored() && seen.text().contains("Stopped")
    });
    world.keys(b"fg\r");
    world.wait("the same picture", |seen| {
        seen.open() && below_the_clock(seen) == picture
    });
    world.keys(b"q");
    world.wait("the shell again", Seen::restored);
}

#[test]
fn a_stop_from_outside_is_the_same() {
    let mut world = World::shell();
    world.wait("the prompt", |seen| seen.text().contains("ready>"));
    world.keys(b"sh -c 'echo $$ >pid; exec $chitbook'\r");
    world.wait("the dashboard", Seen::open);
    let pid = fs::read_to_string(world.home().join("pid")).unwrap();
    send(pid.trim().parse().unwrap(), Signal::TSTP);
    world.wait("the shell", |seen| {
        seen.restored() && seen.text().contains("Stopped")
    });
    world.resize(70, 20);
    world.keys(b"fg\r");
    world.wait("the dashboard again", Seen::open);
    world.keys(b"q");
    world.wait("the shell again", Seen::restored);
}

#[test]
fn ctrl_z_without_a_shell_does_not_stop_it_for_ever() {
    let mut world = opened();
    world.keys(b"\x1a");
    world.keys(b"q");
    world.ends_with(0);
}

#[test]
fn keys_come_from_the_terminal_also_when_standard_input_is_none() {
    let mut world = World::shell();
    world.wait("the prompt", |seen| seen.text().contains("ready>"));
    world.keys(b"echo no keys | $chitbook; echo ended $?\r");
    world.wait("the dashboard", Seen::open);
    world.keys(b"q");
    world.wait("the shell", |seen| seen.text().contains("ended 0"));
}

#[test]
fn a_closed_terminal_ends_it() {
    let mut world = opened();
    world.close();
    world.ends_with(129);
}

#[test]
fn a_closed_terminal_ends_it_also_when_nobody_says_so() {
    let mut world = World::untold();
    world.wait("the dashboard", Seen::open);
    world.close();
    world.ends_with(129);
}

#[test]
fn half_a_sequence_does_not_stop_it_from_noticing_a_new_size() {
    for begun in [
        b"\x1b".as_slice(),
        b"\x1b[",
        b"\x1b[12;",
        b"\x1b[<0;5",
        b"\x1b]11;rgb:",
        b"\x1bP",
        b"\xe5\xa5",
        b"\x1b[200~q",
    ] {
        let mut world = opened();
        world.keys(begun);
        let before = world.seen().bytes.len();
        world.resize(90, 28);
        world.wait("a picture of the new size", |seen| {
            let new = seen.bytes.get(before..).unwrap_or_default();
            new.windows(4).any(|bytes| bytes == b"\x1b[2J")
        });
    }
}

#[test]
fn a_terminal_of_any_size_is_drawn_on() {
    let world = opened();
    for (columns, rows) in [(1, 1), (300, 1), (1, 100), (500, 200), (80, 24)] {
        let before = world.seen().bytes.len();
        world.squeeze(columns, rows);
        world.wait("a picture of the new size", |seen| {
            let new = seen.bytes.get(before..).unwrap_or_default();
            new.windows(4).any(|bytes| bytes == b"\x1b[2J")
        });
    }
}

#[test]
fn an_idle_dashboard_does_not_wake() {
    let world = opened();
    // What is done once behind the first picture comes to its end.
    loop {
        let before = switches(world.pid());
        if !world.stirs(Duration::from_millis(300)) && switches(world.pid()) == before {
            break;
        }
    }
    // The clock's minute, or what a slow machine still had to do, may fall into some of the spans, not into all that follow each other.
    let quiet = (0..6).any(|_| {
        let before = switches(world.pid());
        let stirred = world.stirs(Duration::from_millis(1500));
        !stirred && switches(world.pid()) == before
    });
    assert!(quiet);
}

/// How often the threads of a process went to sleep.
fn switches(pid: u32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let switches = threads.map(|thread| {
        let status = fs::read_to_string(thread.unwrap().path().join("status")).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        line.unwrap().trim().parse::<u64>().unwrap()
    });
    switches.sum()
}

#[test]
fn where_there_is_no_terminal_no_escape_is_written() {
    let output = std::process::Command::new(crate::pty::CHITBOOK)
        .env("HOME", "/nonexistent")
        .output()
        .unwrap();
    assert!(!output.stdout.contains(&0x1b));
    assert_eq!(output.status.code(), Some(2));
}
