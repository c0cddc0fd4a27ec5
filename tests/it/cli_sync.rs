//! A folder of vCards and the book kept in step, both ways.

use crate::world::{World, dump};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/exchange")
        .join(name)
}

fn sync(world: &World) -> Value {
    world.json(&["sync", "cards", "--json"])
}

fn world() -> World {
    let world = World::new();
    fs::create_dir(world.path("cards")).unwrap();
    world
}

fn put(world: &World, file: &str, lines: &str) {
    let text = format!("BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n").replace('\n', "\r\n");
    fs::write(world.path("cards").join(file), text).unwrap();
}

fn get(world: &World, file: &str) -> String {
    fs::read_to_string(world.path("cards").join(file)).unwrap()
}

/// The one file of the folder.
fn only(world: &World) -> String {
    let mut files = fs::read_dir(world.path("cards")).unwrap();
    let file = files
        .next()
        .unwrap()
        .unwrap()
        .file_name()
        .into_string()
        .unwrap();
    assert!(files.next().is_none());
    file
}

/// A second sync finds nothing to do.
fn settled(world: &World) {
    let (before, files) = (dump(&world.book()), listing(world));
    let again = sync(world);
    for what in [
        "people_new",
        "people_changed",
        "files_new",
        "files_changed",
        "files_deleted",
    ] {
        assert_eq!(again[what], 0, "{again:#}");
    }
    assert_eq!(dump(&world.book()), before);
    assert_eq!(listing(world), files);
}

fn listing(world: &World) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(world.path("cards"))
        .unwrap()
        .map(Result::unwrap);
    let mut files: Vec<_> = files
        .map(|file| {
            (
                file.file_name().into_string().unwrap(),
                fs::read(file.path()).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

#[test]
fn what_is_new_on_either_side_comes_to_the_other_and_then_it_is_settled() {
    let world = world();
    put(
        &world,
        "nils.vcf",
        "FN:Nils Lund\nEMAIL:nils@lund.example\nX-OWN:kept",
    );
    world.ok(&["add", "Iris Marsh", "--email", "iris@marsh.example"]);
    let first = sync(&world);
    assert_eq!(
        (&first["people_new"], &first["files_new"]),
        (&json!(1), &json!(1)),
        "{first:#}"
    );
    assert_eq!(listing(&world).len(), 2);
    settled(&world);
    world.ok(&["check"]);
    world.ok(&["undo"]);
    assert_eq!(world.json(&["list", "--json"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_card_that_changed_on_one_side_moves_and_keeps_what_only_it_has() {
    let world = world();
    put(
        &world,
        "nils.vcf",
        "UID:u1\nFN:Nils Lund\nTITLE:Buyer\nTEL:+46465550100\nX-OWN:kept\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA",
    );
    sync(&world);
    settled(&world);
    put(
        &world,
        "nils.vcf",
        "UID:u1\nFN:Nils Lund\nTITLE:Chief buyer\nTEL:+46465550100\nTEL:+46705550101\nX-OWN:kept\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA",
    );
    let there = sync(&world);
    assert_eq!(
        (&there["people_changed"], &there["files_changed"]),
        (&json!(1), &json!(0)),
        "{there:#}"
    );
    let shown = world.json(&["show", "nils", "--json"]);
    assert_eq!(
        (&shown["title"], shown["phones"].as_array().unwrap().len()),
        (&json!("Chief buyer"), 2)
    );
    world.ok(&["tag", "nils", "plant"]);
    let here = sync(&world);
    assert_eq!(
        (&here["people_changed"], &here["files_changed"]),
        (&json!(0), &json!(1)),
        "{here:#}"
    );
    let card = get(&world, "nils.vcf");
    for part in [
        "CATEGORIES:plant",
        "X-OWN:kept",
        "PHOTO;ENCODING=b;TYPE=JPEG:AAAA",
        "UID:u1",
        "TITLE:Chief buyer",
    ] {
        assert!(card.contains(part), "{part}: {card}");
    }
    settled(&world);
}

#[test]
fn what_changed_on_both_sides_stays_on_both_and_is_told_until_it_is_settled() {
    let world = world();
    put(&world, "nils.vcf", "UID:u1\nFN:Nils Lund\nTITLE:Buyer");
    sync(&world);
    let mut book = world.book();
    let id = book.who("nils").unwrap()[0].id;
    let mut edit = |title: &str| {
        let before = book.card(id).unwrap().unwrap();
        let after = chitbook::domain::contact::Card {
            title: title.to_owned(),
            ..before.clone()
        };
        let edit = chitbook::domain::command::Command::EditContact {
            id,
            before: Box::new(before),
            after: Box::new(after),
        };
        book.apply(&edit, &crate::world::now()).unwrap();
    };
    edit("Boss");
    put(
        &world,
        "nils.vcf",
        "UID:u1\nFN:Nils Lund\nTITLE:Chief\nNICKNAME:Nisse",
    );
    for _ in 0..2 {
        let both = sync(&world);
        assert_eq!(both["conflicts"], 1, "{both:#}");
        assert!(
            both["said"].to_string().contains("Boss") && both["said"].to_string().contains("Chief"),
            "{both:#}"
        );
        assert_eq!(world.json(&["show", "nils", "--json"])["title"], "Boss");
        assert!(get(&world, "nils.vcf").contains("TITLE:Chief"));
    }
    edit("Chief");
    assert_eq!(sync(&world)["conflicts"], 0);
    settled(&world);
}

#[test]
fn a_card_deleted_there_leaves_the_person_and_a_person_deleted_here_takes_the_card() {
    let world = world();
    put(&world, "nils.vcf", "UID:u1\nFN:Nils Lund");
    put(&world, "iris.vcf", "UID:u2\nFN:Iris Marsh");
    sync(&world);
    fs::remove_file(world.path("cards/nils.vcf")).unwrap();
    let gone = sync(&world);
    assert!(
        gone["said"].to_string().contains("stays in the book"),
        "{gone:#}"
    );
    settled(&world);
    assert_eq!(world.json(&["list", "--json"]).as_array().unwrap().len(), 2);
    assert_eq!(only(&world), "iris.vcf");
    let mut book = world.book();
    let id = book.who("iris").unwrap()[0].id;
    book.apply(
        &chitbook::domain::command::Command::DeleteContact(id),
        &crate::world::now(),
    )
    .unwrap();
    assert_eq!(sync(&world)["files_deleted"], 1);
    assert!(listing(&world).is_empty());
    settled(&world);
}

#[test]
fn a_dry_run_changes_neither_side_and_odd_files_are_told() {
    let world = world();
    put(&world, "nils.vcf", "FN:Nils Lund");
    fs::write(
        world.path("cards/two.vcf"),
        "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
    )
    .unwrap();
    fs::write(world.path("cards/none.vcf"), "").unwrap();
    fs::write(world.path("cards/notes.txt"), "not a card").unwrap();
    world.ok(&["add", "Iris Marsh"]);
    let (before, files) = (dump(&world.book()), listing(&world));
    let dry = world.json(&["sync", "cards", "--dry-run", "--json"]);
    assert_eq!(
        (&dry["people_new"], &dry["files_new"], &dry["skipped"]),
        (&json!(1), &json!(1), &json!(2)),
        "{dry:#}"
    );
    assert_eq!((dump(&world.book()), listing(&world)), (before, files));
    let missing = world.program(&["sync", "nowhere"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn the_samples_of_every_program_settle_after_one_sync() {
    for (file, begin) in [
        ("apple.vcf", "BEGIN:VCARD"),
        ("google.vcf", "BEGIN:VCARD"),
        ("v4.vcf", "BEGIN:VCARD"),
    ] {
        let world = world();
        let text = String::from_utf8_lossy(&fs::read(fixture(file)).unwrap()).into_owned();
        for (at, card) in text.split(begin).skip(1).enumerate() {
            fs::write(
                world.path("cards").join(format!("{at}.vcf")),
                format!("{begin}{card}"),
            )
            .unwrap();
        }
        sync(&world);
        settled(&world);
        world.ok(&["check"]);
    }
}
