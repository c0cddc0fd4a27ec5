//! Import and export through the real program: nothing lost, nothing twice, one undo.

use crate::world::{World, dump, now};
use chitbook::domain::moment::day_number;
use insta::assert_snapshot;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

fn fixture(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange");
    folder.join(name).to_str().unwrap().to_owned()
}

const READABLE: [&str; 17] = [
    "apple.vcf",
    "bom.vcf",
    "broken.vcf",
    "cr.vcf",
    "google.csv",
    "google.vcf",
    "google_old.csv",
    "hostile.csv",
    "hostile.vcf",
    "linkedin.csv",
    "linkedin_old.csv",
    "outlook.csv",
    "outlook21.vcf",
    "outlook_semicolon.csv",
    "outlook_tab.csv",
    "utf16.vcf",
    "v4.vcf",
];

fn count(report: &Value, what: &str) -> u64 {
    report[what].as_u64().unwrap()
}

#[test]
fn the_counts_add_up_in_every_file_and_the_second_time_nothing_is_new() {
    for name in READABLE {
        let world = World::new();
        let path = fixture(name);
        let first = world.json(&["import", &path, "--json"]);
        let ends = ["new", "same", "merged", "conflicting", "skipped"];
        let sum: u64 = ends.iter().map(|end| count(&first, end)).sum();
        assert_eq!(sum, count(&first, "records"), "{name}");
        assert!(sum > 0, "{name}");
        let before = dump(&world.book());
        let second = world.json(&["import", &path, "--json"]);
        assert_eq!(count(&second, "new"), 0, "{name}: {second:#}");
        assert_eq!(count(&second, "records"), sum, "{name}");
        assert_eq!(dump(&world.book()), before, "{name}");
        assert_eq!(
            world.json(&["history", "--json"]).as_array().unwrap().len(),
            1,
            "{name}: no step for nothing"
        );
        world.ok(&["check"]);
        world.ok(&["undo"]);
        assert_eq!(
            world.json(&["list", "--all", "--json"]),
            serde_json::json!([]),
            "{name}"
        );
        world.ok(&["check"]);
    }
}

#[test]
fn a_report_names_what_is_new_merged_conflicting_and_skipped() {
    let world = World::new();
    fs::write(world.path("a.vcf"), "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Barney Rubble\r\nEMAIL:barney@slate.example\r\nTITLE:Janitor\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Betty Marsh\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:nobody\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dino Vance\r\nTEL:+14155550111\r\nEND:VCARD\r\n").unwrap();
    for args in [
        &[
            "add",
            "Barney Rubble",
            "--email",
            "barney@slate.example",
            "--title",
            "Plant manager",
        ][..],
        &["add", "Betty Marsh", "--email", "one@x.example"],
        &["add", "Betty Marsh", "--email", "two@x.example"],
        &["add", "Dino Vance"],
    ] {
        world.ok(args);
    }
    let said = world.transcript(&[
        &["import", "a.vcf", "--dry-run"],
        &["history", "--limit", "1"],
        &["import", "a.vcf"],
        &["history", "--limit", "1"],
    ]);
    assert_snapshot!(said, @r##"
    $ chitbook import a.vcf --dry-run
    file   records  new  same  merged  conflicting  skipped
    a.vcf        4    0     0       1            2        1
    a.vcf line 1 conflicting: Barney Rubble: title: the book says "Plant manager", the file "Janitor"; the book's was kept
    a.vcf line 7 conflicting: Betty Marsh: fits 2 people in the book by name and account; nothing was changed
    a.vcf line 11 skipped: there is no name, e-mail address or telephone number
    This was a dry run: the book is as it was.
    $ chitbook history --limit 1
    when              what
    2026-11-22 14:07  Added Dino Vance
    $ chitbook import a.vcf
    file   records  new  same  merged  conflicting  skipped
    a.vcf        4    0     0       1            2        1
    a.vcf line 1 conflicting: Barney Rubble: title: the book says "Plant manager", the file "Janitor"; the book's was kept
    a.vcf line 7 conflicting: Betty Marsh: fits 2 people in the book by name and account; nothing was changed
    a.vcf line 11 skipped: there is no name, e-mail address or telephone number
    $ chitbook history --limit 1
    when              what
    2026-11-22 14:07  Updated 1 person from a.vcf
    "##);
    assert_eq!(
        world.json(&["show", "barney", "--json"])["title"],
        "Plant manager"
    );
}

#[test]
fn connections_come_in_as_ghosts_and_nobody_becomes_one_by_an_import() {
    let world = World::new();
    world.ok(&["add", "Nils Lund", "--email", "nils@lund.example"]);
    let report = world.json(&["import", &fixture("linkedin.csv"), "--json"]);
    assert_eq!((count(&report, "new"), count(&report, "merged")), (1, 1));
    let names = |args: &[&str]| -> Vec<String> {
        world
            .json(args)
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&["list", "--json"]), ["Nils Lund"]);
    assert_eq!(names(&["list", "--ghosts", "--json"]).len(), 2);
    world.ok(&["log", "iris", "she rang", "--in"]);
    assert_eq!(names(&["list", "--json"]).len(), 2);
}

#[test]
fn an_import_that_fails_half_way_leaves_the_book_as_it_was() {
    let world = World::new();
    let before = dump(&world.book());
    for bad in [
        fixture("unknown.csv"),
        world.path("nothing.vcf").to_str().unwrap().to_owned(),
    ] {
        let ran = world
            .program(&["import", &fixture("apple.vcf"), &bad])
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(1), "{bad}");
        // Of a table that nobody knows the columns are shown, and what they are taken for.
        let shown = String::from_utf8(ran.stdout).unwrap();
        let table = bad.contains(".csv");
        assert_eq!(shown.contains("taken as"), table, "{bad}");
        assert_eq!(shown.is_empty(), !table, "{bad}");
        assert_eq!(dump(&world.book()), before, "{bad}");
    }
    assert_eq!(world.json(&["history", "--json"]), serde_json::json!([]));
}

#[test]
fn a_pipe_is_read_like_a_file() {
    let world = World::new();
    let input = fs::File::open(fixture("v4.vcf")).unwrap();
    let ran = world
        .program(&["import", "-", "--json"])
        .stdin(input)
        .output()
        .unwrap();
    let piped: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let file = World::new().json(&["import", &fixture("v4.vcf"), "--json"]);
    assert_eq!(count(&piped, "new"), count(&file, "new"));
}

#[test]
fn a_formula_reaches_a_spreadsheet_quoted_unless_asked_for() {
    let world = World::new();
    for name in ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)"] {
        world.ok(&["add", name, "--account=-1+1"]);
    }
    let live = |args: &[&str]| {
        let table = world.ok(args);
        let cells = table.lines().skip(1).flat_map(|line| line.split(','));
        cells
            .filter(|cell| {
                cell.trim_start_matches('"')
                    .starts_with(['=', '+', '@', '-'])
            })
            .count()
    };
    assert_eq!(live(&["export", "--as", "csv"]), 0);
    assert!(live(&["export", "--as", "csv", "--raw"]) >= 6);
}

#[test]
fn what_was_exported_comes_back_as_the_same_people() {
    for (format, version) in [("vcard", "4"), ("vcard", "3"), ("csv", "4")] {
        let world = World::new();
        world.ok(&["import", &fixture("v4.vcf"), &fixture("google.csv")]);
        world.ok(&["export", "--as", format, "--version", version, "-o", "out"]);
        let other = World::new();
        let report = other.json(&["import", world.path("out").to_str().unwrap(), "--json"]);
        assert_eq!(
            count(&report, "new"),
            count(&report, "records"),
            "{format} {version}: {report:#}"
        );
        let names = |world: &World| -> Vec<Value> {
            world
                .json(&["list", "--all", "--sort", "name", "--json"])
                .as_array()
                .unwrap()
                .iter()
                .map(|p| p["name"].clone())
                .collect()
        };
        assert_eq!(names(&other), names(&world), "{format} {version}");
        let again = world.json(&["import", "out", "--json"]);
        assert_eq!(
            (count(&again, "new"), count(&again, "same")),
            (0, count(&again, "records")),
            "{format} {version}: {again:#}"
        );
    }
}

/// The made-up book, which has something in almost every table.
fn demo() -> World {
    let world = World::new();
    let mut book = world.book();
    let document = chitbook::exchange::demo::book(now()).unwrap();
    let mut bulk = book.bulk("demo", &now()).unwrap();
    bulk.any_order().unwrap();
    for (table, rows) in document["tables"].as_object().unwrap() {
        for row in rows.as_array().unwrap() {
            bulk.bring(table, row.as_object().unwrap()).unwrap();
        }
    }
    bulk.finish().unwrap();
    book.turn_to(day_number(now().date_naive())).unwrap();
    world
}

#[test]
fn json_of_everything_makes_an_equal_book_and_the_same_bytes_again() {
    let world = demo();
    world.ok(&["export", "all", "--as", "json", "-o", "all.json"]);
    let text = fs::read(world.path("all.json")).unwrap();
    let other = World::new();
    let path = world.path("all.json");
    let report = other.json(&["import", path.to_str().unwrap(), "--json"]);
    // Every book begins with the four tiers.
    assert_eq!(
        count(&report, "new") + 4,
        count(&report, "records"),
        "{report:#}"
    );
    assert_eq!(count(&report, "same"), 4);
    assert_eq!(dump(&other.book()), dump(&world.book()));
    other.ok(&["check"]);
    other.ok(&["export", "all", "--as", "json", "-o", "all.json"]);
    assert_eq!(fs::read(other.path("all.json")).unwrap(), text);
    let again = other.json(&["import", path.to_str().unwrap(), "--json"]);
    assert_eq!(count(&again, "same"), count(&again, "records"));
    assert_eq!(
        serde_json::from_slice::<Value>(&text).unwrap()["chitbook"],
        1
    );
    other.ok(&["undo"]);
    assert_eq!(
        other.json(&["list", "--all", "--json"]),
        serde_json::json!([])
    );
}

#[test]
fn reading_commands_write_nothing() {
    let world = demo();
    let state = || {
        (
            fs::read(world.path("book.chitbook")).unwrap(),
            fs::metadata(world.path("book.chitbook"))
                .unwrap()
                .modified()
                .unwrap(),
        )
    };
    let before = state();
    for args in [
        &["list", "--all"][..],
        &["list", "--json"],
        &["chits"],
        &["chits", "--balances", "--json"],
        &["history"],
        &["export", "--as", "csv"],
        &["export", "--as", "vcard"],
        &["export", "all", "--as", "json"],
        &["check"],
        &["settings"],
    ] {
        let later = world
            .program(args)
            .env("CHITBOOK_NOW", "2027-02-01T10:00:00+00:00")
            .output()
            .unwrap();
        assert_eq!(
            later.status.code(),
            Some(0),
            "{args:?}: {}",
            String::from_utf8_lossy(&later.stderr)
        );
    }
    assert_eq!(state(), before);
}
