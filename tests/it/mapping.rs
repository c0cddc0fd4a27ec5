//! A table whose columns nobody knows, imported on a real terminal: a screen asks once, and what was said is remembered.

use crate::pty::{CHITBOOK, Seen, World};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Headers in another language, a name in two columns with a title before it, two numbers under one name, a control character.
const TABLE: &str = "Titel;Vorname;Nachname;Firma;Telefon;Telefon;Merkmal\n\
    Dr.;Ada;Lovelace;Engines \x1b[31mLtd;0171 5550100;0172 5550101;Stammkunde\n\
    ;Jürgen;Groß;Groß & Söhne;0173 5550102;;Messe\n";

/// A folder with the table, and where the book will be.
fn folder() -> (TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (table, book) = (folder.path().join("kunden.csv"), folder.path().join("book"));
    fs::write(&table, TABLE).unwrap();
    (folder, table, book)
}

fn importing(book: &Path, words: &[&str]) -> World {
    let words = [&["--book", book.to_str().unwrap(), "import"], words].concat();
    World::told(&words)
}

/// Everybody in the book in full.
fn everybody(book: &Path) -> Vec<Value> {
    let run = |args: &[&str]| -> Value {
        let home = book.parent().unwrap();
        let mut program = Command::new(CHITBOOK);
        program
            .env_clear()
            .env("HOME", home)
            .arg("--book")
            .arg(book);
        let ran = program.args(args).output().unwrap();
        assert!(ran.status.success(), "{args:?}: {ran:?}");
        serde_json::from_slice(&ran.stdout).unwrap()
    };
    let list = run(&["export", "contacts", "--as", "json"]);
    list.as_array().unwrap().clone()
}

fn asked(seen: &Seen) -> bool {
    seen.open() && seen.text().contains("Esc cancel")
}

#[test]
fn a_strange_table_is_asked_about_once_and_comes_in_as_it_was_said() {
    let (folder, table, book) = folder();
    let mut world = importing(&book, &[table.to_str().unwrap()]);
    world.wait("the screen", asked);
    let shown = world.seen().text();
    for part in ["Dr. Ada Lovelace", "Telefon (2)", "kept as it is"] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
    // The mark of a customer is a tag; the second number is one of the office.
    world.keys(b"\x1b[Ftag\r");
    world.wait("the tag", |seen| {
        seen.text().contains("Stammkunde") && !seen.text().contains("What is \"")
    });
    world.keys(b"kphone work\r");
    world.wait("the number", |seen| seen.text().contains("phone work"));
    world.keys(b"\r");
    let said = world.ends_saying(0);
    assert!(said.contains("kunden.csv        2    2 "), "{said}");
    assert!(said.contains("remembered"), "{said}");
    assert!(world.seen().restored());
    let people = everybody(&book);
    assert_eq!(people.len(), 2);
    let ada = &people[0];
    assert_eq!(ada["name"], "Dr. Ada Lovelace");
    assert_eq!(ada["account"], "Engines [31mLtd");
    assert_eq!(ada["tags"], serde_json::json!(["Stammkunde"]));
    assert_eq!(ada["phones"][1]["label"], "work");
    // The next table with these columns is not asked about.
    let next = folder.path().join("next.csv");
    fs::write(
        &next,
        TABLE
            .replace("Ada;Lovelace", "Mary;Somerville")
            .replace("555", "556"),
    )
    .unwrap();
    let mut world = importing(&book, &[next.to_str().unwrap()]);
    world.ends_saying(0);
    assert!(!world.seen().bytes.windows(8).any(|w| w == b"\x1b[?1049h"));
    let people = everybody(&book);
    let mary = people
        .iter()
        .find(|one| one["name"] == "Dr. Mary Somerville");
    assert_eq!(mary.unwrap()["tags"], serde_json::json!(["Stammkunde"]));
}

#[test]
fn whoever_leaves_the_screen_imports_nothing_and_is_asked_again() {
    let (_folder, table, book) = folder();
    let table = table.to_str().unwrap();
    for _ in 0..2 {
        let mut world = importing(&book, &[table]);
        world.wait("the screen", asked);
        world.keys(b"\x1b");
        let said = world.ends_saying(1);
        assert!(said.contains("nothing was imported"), "{said}");
        assert!(world.seen().restored());
        assert_eq!(everybody(&book).len(), 0);
    }
}

#[test]
fn ask_opens_the_screen_for_columns_that_are_known_too() {
    let (_folder, table, book) = folder();
    let table = table.to_str().unwrap();
    let mut world = importing(&book, &[table]);
    world.wait("the screen", asked);
    world.keys(b"\r");
    world.ends_with(0);
    let mut world = importing(&book, &[table, "--map", "ask"]);
    world.wait("the screen", asked);
    // What does not go together is not taken over.
    world.keys(b"\x1b[Flast name\r\r");
    world.wait("the refusal", |seen| {
        seen.text()
            .contains("Not yet: two columns are the last name")
    });
    world.keys(b"note\r\r");
    world.ends_saying(0);
    let people = everybody(&book);
    assert_eq!(people.len(), 2);
    assert_eq!(people[0]["note"], "Stammkunde");
}

#[test]
fn a_signal_ends_the_screen_and_gives_the_terminal_back() {
    let (_folder, table, book) = folder();
    let mut world = importing(&book, &[table.to_str().unwrap()]);
    world.wait("the screen", asked);
    let pid = Pid::from_raw(i32::try_from(world.pid()).unwrap()).unwrap();
    kill_process(pid, Signal::TERM).unwrap();
    world.ends_saying(143);
    assert!(world.seen().restored());
    assert_eq!(everybody(&book).len(), 0);
}

#[test]
fn without_a_terminal_ask_is_wrong_usage() {
    let (_folder, table, book) = folder();
    let mut program = Command::new(CHITBOOK);
    program
        .env_clear()
        .env("HOME", book.parent().unwrap())
        .arg("--book")
        .arg(&book);
    let ran = program
        .arg("import")
        .arg(&table)
        .args(["--map", "ask"])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(said.contains("needs a terminal"), "{said}");
}
