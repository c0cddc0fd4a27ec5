//! The book under the command line: killed in the middle, shared, backed up, damaged.

use crate::world::{World, now};
use std::collections::HashSet;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::process::Stdio;
use std::time::Duration;

fn bodies(world: &World) -> HashSet<String> {
    let person = world.json(&["show", "barney", "--json"]);
    let touches = person["touches"].as_array().unwrap();
    let bodies: HashSet<String> = touches
        .iter()
        .map(|t| t["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(bodies.len(), touches.len(), "nothing is there twice");
    bodies
}

fn world() -> World {
    let world = World::new();
    world.ok(&["add", "Barney Rubble"]);
    world
}

#[test]
fn killed_at_random_moments_of_200_writes_everything_reported_is_there() {
    let world = world();
    let dice = RandomState::new();
    let (mut reported, mut killed) = (Vec::new(), 0);
    for number in 0..200u32 {
        let note = format!("note {number}");
        let mut child = world
            .program(&["log", "barney", "--text", &note])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Looking at the child costs about a microsecond: it is killed somewhere between its start and its end.
        let patience = dice.hash_one(number) % 20_000;
        let ended = (0..patience).any(|_| child.try_wait().unwrap().is_some());
        if !ended && number % 4 != 0 {
            child.kill().unwrap();
            killed += 1;
        }
        let out = child.wait_with_output().unwrap().stdout;
        if String::from_utf8(out).unwrap().starts_with("Logged a call") {
            reported.push(note);
        }
    }
    assert!(
        killed > 0 && reported.len() >= 50,
        "{killed} killed, {} reported",
        reported.len()
    );
    let there = bodies(&world);
    for note in &reported {
        assert!(there.contains(note), "{note} was reported and is not there");
    }
    world.ok(&["check"]);
}

#[test]
fn two_programs_that_write_in_a_loop_lose_nothing() {
    let world = world();
    std::thread::scope(|scope| {
        for writer in ["left", "right"] {
            let world = &world;
            scope.spawn(move || {
                for number in 0..40 {
                    world.ok(&["log", "barney", "--text", &format!("{writer} {number}")]);
                }
            });
        }
    });
    assert_eq!(bodies(&world).len(), 80);
    world.ok(&["check"]);
    assert_eq!(
        world
            .json(&["history", "--limit", "500", "--json"])
            .as_array()
            .unwrap()
            .len(),
        81
    );
}

#[test]
fn a_backup_is_restored_and_the_present_book_is_kept() {
    let world = world();
    world.ok(&["backup", "copy.chitbook"]);
    world.ok(&["add", "Betty Marsh"]);
    let said = world.ok(&["restore", "copy.chitbook"]);
    let kept = said.trim_end().rsplit(' ').next().unwrap();
    assert_eq!(world.json(&["list", "--json"]).as_array().unwrap().len(), 1);
    assert_eq!(
        world
            .json(&["--book", kept, "list", "--json"])
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let ran = world
        .program(&["restore", "nothing.chitbook"])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(1));
    assert!(!world.path("nothing.chitbook").exists());
    assert_eq!(world.json(&["list", "--json"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_damaged_book_is_put_aside_by_a_restore_and_is_never_written() {
    let world = world();
    world.ok(&["backup", "copy.chitbook"]);
    let path = world.path("book.chitbook");
    let mut bytes = fs::read(&path).unwrap();
    for byte in bytes.iter_mut().skip(100).take(8_000) {
        *byte = 0xff;
    }
    fs::write(&path, &bytes).unwrap();
    let ran = world.program(&["list"]).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(1));
    assert!(
        said.contains("is damaged") && said.contains("chitbook restore"),
        "{said}"
    );
    assert_eq!(fs::read(&path).unwrap(), bytes);
    let said = world.ok(&["restore", "copy.chitbook"]);
    let kept = said.trim_end().rsplit(' ').next().unwrap();
    assert_eq!(fs::read(kept).unwrap(), bytes);
    assert_eq!(world.json(&["list", "--json"]).as_array().unwrap().len(), 1);
    world.ok(&["check"]);
}

#[test]
fn the_default_book_is_made_on_first_use_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    let ran = world
        .program(&["add", "Barney Rubble"])
        .env_remove("CHITBOOK_BOOK")
        .output()
        .unwrap();
    assert!(ran.status.success());
    let mode = fs::metadata(world.path("data/chitbook/book.chitbook"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    world.ok(&["add", "Barney Rubble"]);
    world.ok(&["export", "all", "--as", "json", "-o", "all.json"]);
    assert_eq!(
        fs::metadata(world.path("all.json"))
            .unwrap()
            .permissions()
            .mode()
            & 0o777,
        0o600
    );
}

/// An address book of so many people.
fn cards(people: usize) -> String {
    let card = |n| {
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {n}\r\nORG:Firm {}\r\nEMAIL:p{n}@many.example\r\nEND:VCARD\r\n",
            n % 50
        )
    };
    (0..people).map(card).collect()
}

#[test]
fn an_import_killed_at_any_moment_leaves_everybody_or_nobody() {
    const PEOPLE: usize = 1_500;
    let world = World::new();
    std::fs::write(world.path("people.vcf"), cards(PEOPLE)).unwrap();
    let mut cut = 0;
    let mut wait = Duration::from_millis(4);
    loop {
        let mut import = world.program(&["import", "people.vcf"]).spawn().unwrap();
        std::thread::sleep(wait);
        import.kill().unwrap();
        let finished = import.wait().unwrap().success();
        let book = world.book();
        assert!(book.check(&now()).unwrap().is_clean());
        let found = book.contact_ids().unwrap().len();
        assert!(found == 0 || found == PEOPLE, "half an import: {found}");
        if found == PEOPLE || finished {
            break;
        }
        cut += 1;
        // Later and later, until one gets through.
        wait = wait * 3 / 2;
    }
    assert!(cut > 3, "{cut} imports were cut off");
}
