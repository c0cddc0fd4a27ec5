//! A note in the person's own editor, on a real terminal: the terminal is the editor's meanwhile, and the note is safe.

use crate::pty::{Seen, World};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

const CTRL_O: &[u8] = b"\x0f";

/// The dashboard with a note begun in a new touch.
fn noting(book: &Path, editor: &str) -> World {
    let mut world = World::editing(book, editor);
    world.wait("the dashboard", Seen::open);
    note(&mut world);
    world
}

/// What is pasted outside of any field becomes the note of a touch.
fn note(world: &mut World) {
    world.keys(b"\x1b[200~spoke about the quote\x1b[201~");
    world.wait("the note", |seen| {
        seen.text().contains("spoke about the quote")
    });
}

fn waits_for(world: &World, words: &str) {
    world.wait(words, |seen| seen.open() && seen.text().contains(words));
}

#[test]
fn the_editor_has_the_terminal_and_what_it_wrote_is_in_the_note() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    // It asks on the terminal, as an editor does.
    let script = "f() { cat \"$1\"; echo 'what else?'; read -r more; echo \"$more\" >>\"$1\"; }; f";
    let mut world = noting(&book, script);
    let raw = world.modes();
    world.keys(CTRL_O);
    world.wait("the editor", |seen| {
        seen.restored() && seen.text().contains("what else?")
    });
    assert_ne!(world.modes(), raw);
    world.keys(b"qqq and the price\r");
    waits_for(&world, "qqq and the price");
    assert_eq!(world.modes(), raw);
    // The keys are ours again, and one step takes it all back.
    world.keys(b"\x1f");
    world.wait("the note as it was", |seen| {
        let text = seen.text();
        text.contains("spoke about the quote") && !text.contains("and the price")
    });
    world.keys(b"\x1bz\x1b");
    // What was pasted is taken back too, so that nothing is left.
    world.wait("the form gone", |seen| {
        seen.text().contains("so nothing is kept")
    });
    world.keys(b"q");
    world.ends_with(0);
}

#[test]
fn an_editor_that_fails_leaves_the_note_and_says_so() {
    let table = [
        ("f() { exit 3; }; f", "The editor ended with code 3"),
        ("no-such-editor", "There is no editor called no-such-editor"),
        ("f() { rm \"$1\"; }; f", "The editor left no file behind"),
        ("f() { kill -9 $$; }; f", "The editor was ended by signal 9"),
    ];
    for (editor, why) in table {
        let folder = tempfile::tempdir().unwrap();
        let mut world = noting(&folder.path().join("book"), editor);
        world.keys(CTRL_O);
        // The picture may come in pieces.
        world.wait("the note, and why", |seen| {
            let text = seen.text();
            text.contains(why) && text.contains("spoke about the quote")
        });
        world.keys(b"!");
        waits_for(&world, "spoke about the quote!");
    }
}

#[test]
fn ctrl_z_in_the_editor_stops_both_and_fg_brings_the_editor_back() {
    let mut world = World::shell();
    world.wait("the prompt", |seen| seen.text().contains("ready>"));
    // What vim does when Ctrl-Z is pressed in it.
    let script = "f() { echo editing; kill -TSTP 0; echo edited >>\"$1\"; }; f";
    fs::write(world.home().join("editor"), script).unwrap();
    world.keys(b"VISUAL=\"$(cat editor)\" $chitbook; echo ended $?\r");
    world.wait("the dashboard", Seen::open);
    note(&mut world);
    world.keys(CTRL_O);
    world.wait("the shell", |seen| {
        let text = seen.text();
        seen.restored() && text.contains("editing") && text.contains("Stopped")
    });
    world.keys(b"echo between\r");
    world.wait("the shell's answer", |seen| {
        seen.text().matches("between").count() > 1
    });
    world.keys(b"fg\r");
    waits_for(&world, "edited");
    world.keys(b"\x1b");
    waits_for(&world, "Kept as a draft");
    world.keys(b"q");
    world.wait("the shell again", Seen::restored);
}

#[test]
fn what_was_typed_is_saved_before_the_editor_gets_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let (book, pipe) = (folder.path().join("book"), folder.path().join("pipe"));
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    // It waits until somebody opens the pipe.
    let script = format!("f() {{ echo editing; cat '{}'; }}; f", pipe.display());
    let mut world = noting(&book, &script);
    world.keys(b" and the price");
    world.keys(CTRL_O);
    world.wait("the editor", |seen| {
        seen.restored() && seen.text().contains("editing")
    });
    let pid = Pid::from_raw(i32::try_from(world.pid()).unwrap()).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
    assert_ne!(world.code(), Some(0));
    drop(File::options().read(true).write(true).open(&pipe).unwrap());
    let world = World::on(&book);
    world.wait("the draft", |seen| seen.text().contains("and the price"));
}

#[test]
fn a_terminal_that_goes_while_the_editor_has_it_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (book, pipe) = (folder.path().join("book"), folder.path().join("pipe"));
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let script = format!(
        "f() {{ trap '' HUP; echo editing; echo written >>\"$1\"; cat '{}'; }}; f",
        pipe.display()
    );
    let mut world = noting(&book, &script);
    world.keys(CTRL_O);
    world.wait("the editor", |seen| {
        seen.restored() && seen.text().contains("editing")
    });
    world.hang_up();
    // It opens once the editor reads.
    drop(File::options().write(true).open(&pipe).unwrap());
    world.ends_with(129);
    let mut world = World::on(&book);
    world.wait("the draft", |seen| {
        seen.text().contains("spoke about the quote")
    });
    world.keys(b"\r");
    waits_for(&world, "written");
}
