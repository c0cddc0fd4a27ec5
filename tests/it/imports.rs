//! Address books in and out through the program: nothing dropped in silence, nothing twice, nothing overwritten, all of it one undo.

use crate::world::{World, dump};
use serde_json::Value;
use std::path::Path;

/// One file of every sort the program reads, with the records it holds.
const FILES: [(&str, u64); 16] = [
    ("apple.vcf", 1),
    ("bom.vcf", 1),
    ("broken.vcf", 5),
    ("cr.vcf", 1),
    ("google.csv", 2),
    ("google.vcf", 3),
    ("google_old.csv", 1),
    ("hostile.csv", 3),
    ("hostile.vcf", 2),
    ("linkedin.csv", 4),
    ("linkedin_old.csv", 1),
    ("outlook.csv", 2),
    ("outlook21.vcf", 1),
    ("outlook_semicolon.csv", 4),
    ("utf16.vcf", 1),
    ("v4.vcf", 2),
];

fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange");
    folder.join(name).to_str().unwrap().to_owned()
}

/// Imports these files and gives back the report.
fn import(world: &World, files: &[String], more: &[&str]) -> Value {
    let mut args = vec!["import", "--json"];
    args.extend(more);
    args.extend(files.iter().map(String::as_str));
    world.json(&args)
}

fn all_files() -> Vec<String> {
    FILES.iter().map(|(name, _)| fixture(name)).collect()
}

/// A book with everybody of every file.
fn full() -> World {
    let world = World::new();
    import(&world, &all_files(), &[]);
    world
}

fn steps(world: &World) -> Value {
    world.json(&["history", "--json", "--limit", "1000"])
}

fn people(world: &World) -> Value {
    world.json(&["list", "--all", "--json"])
}

fn count(report: &Value, what: &str) -> u64 {
    report[what].as_u64().unwrap()
}

const ENDS: [&str; 5] = ["new", "same", "merged", "conflicting", "skipped"];

#[test]
fn every_record_ends_one_way_and_what_is_not_taken_is_named_with_its_line() {
    for (name, records) in FILES {
        let world = World::new();
        let report = import(&world, &[fixture(name)], &[]);
        assert_eq!(count(&report, "records"), records, "{name}");
        let ends: u64 = ENDS.iter().map(|end| count(&report, end)).sum();
        assert_eq!(ends, records, "{name}: {report}");
        let details = report["files"][0]["details"].as_array().unwrap();
        let skipped = details.iter().filter(|d| d["outcome"] == "skipped").count();
        assert_eq!(
            skipped as u64,
            count(&report, "skipped"),
            "{name}: {report}"
        );
        for detail in details {
            assert!(detail["line"].as_u64().unwrap() > 0, "{name}: {detail}");
            assert!(
                !detail["text"].as_str().unwrap().is_empty(),
                "{name}: {detail}"
            );
        }
        let listed = people(&world).as_array().unwrap().len() as u64;
        assert_eq!(listed, count(&report, "new"), "{name}");
        assert!(listed > 0, "{name}");
        world.done(&["check"]);
    }
}

#[test]
fn the_report_counts_what_was_left_out() {
    let world = World::new();
    let args = ["import", &fixture("apple.vcf"), &fixture("broken.vcf")];
    assert_eq!(
        world.done(&args),
        "\
file        records  new  same  merged  conflicting  skipped
apple.vcf         1    1     0       0            0        0
broken.vcf        5    4     0       0            0        1
all               6    5     0       0            0        1
apple.vcf: left out: photo, 43 bytes
broken.vcf line 1 skipped: this is text outside of any card
broken.vcf: left out 2 times: a line that is no property
broken.vcf: left out 2 times: whatever followed
"
    );
}

#[test]
fn a_second_import_of_the_same_files_changes_nothing() {
    for (name, _) in FILES {
        let world = World::new();
        let first = import(&world, &[fixture(name)], &[]);
        let (before, steps_before) = (dump(&world.book()), steps(&world));
        let second = import(&world, &[fixture(name)], &[]);
        for end in ["new", "merged"] {
            assert_eq!(count(&second, end), 0, "{name}: {second}");
        }
        assert_eq!(
            count(&second, "records"),
            count(&first, "records"),
            "{name}"
        );
        assert_eq!(dump(&world.book()), before, "{name}");
        assert_eq!(steps(&world), steps_before, "{name}");
    }
}

#[test]
fn all_files_twice_are_one_step_and_then_none() {
    let world = full();
    let (before, steps_before) = (dump(&world.book()), steps(&world));
    assert_eq!(steps_before.as_array().unwrap().len(), 1);
    let again = import(&world, &all_files(), &[]);
    assert_eq!((count(&again, "new"), dump(&world.book())), (0, before));
    assert_eq!(steps(&world), steps_before);
}

#[test]
fn a_dry_run_tells_what_would_happen_and_changes_nothing() {
    let world = World::new();
    world.done(&["add", "Barney Rubble"]);
    let (before, steps_before) = (dump(&world.book()), steps(&world));
    let tried = import(&world, &all_files(), &["--dry-run"]);
    assert_eq!(tried["dry_run"], true);
    assert_eq!(dump(&world.book()), before);
    assert_eq!(steps(&world), steps_before);
    let real = import(&world, &all_files(), &[]);
    for what in ENDS.into_iter().chain(["records"]) {
        assert_eq!(tried[what], real[what], "{what}");
    }
    assert_ne!(dump(&world.book()), before);
}

#[test]
fn one_undo_gives_back_the_empty_book_and_redo_everybody() {
    let world = World::new();
    world.done(&["list"]);
    let empty = dump(&world.book());
    import(&world, &all_files(), &[]);
    let full = dump(&world.book());
    assert_ne!(full, empty);
    world.done(&["undo"]);
    assert_eq!(dump(&world.book()), empty);
    world.done(&["redo"]);
    assert_eq!(dump(&world.book()), full);
    world.done(&["check"]);
}

#[test]
fn an_export_imported_into_a_fresh_book_exports_as_itself() {
    let world = full();
    let forms: [(&str, &[&str]); 4] = [
        ("4.vcf", &["export", "--as", "vcard"]),
        ("3.vcf", &["export", "--as", "vcard", "--version", "3"]),
        ("people.csv", &["export", "--as", "csv"]),
        ("raw.csv", &["export", "--as", "csv", "--raw"]),
    ];
    let here = people(&world);
    let here = here.as_array().unwrap();
    for (name, args) in forms {
        let first = world.done(args);
        let fresh = World::new();
        let report = import(&fresh, &[fresh.file(name, first.as_bytes())], &[]);
        assert_eq!(
            count(&report, "records"),
            here.len() as u64,
            "{name}: {report}"
        );
        assert_eq!(count(&report, "new"), here.len() as u64, "{name}: {report}");
        assert_eq!(fresh.done(args), first, "{name}");
        // What the book came from takes it back as nothing new.
        let again = import(
            &world,
            &[fresh.path(name).to_str().unwrap().to_owned()],
            &[],
        );
        assert_eq!(count(&again, "new"), 0, "{name}: {again}");
    }
}

#[test]
fn the_json_of_everything_makes_an_equal_book() {
    let world = full();
    world.done(&[
        "log",
        "iris@lund.example",
        "js@mill.example",
        "Talked about\tthe \"mill\" – 漢字",
    ]);
    world.done(&[
        "chit",
        "me",
        "iris@lund.example",
        "Lent the drill",
        "--worth",
        "big",
    ]);
    let chits = world.json(&["chits", "--json"]);
    world.done(&[
        "settle",
        chits[0]["id"].as_str().unwrap(),
        "--by",
        "lunch",
        "--part",
        "1",
    ]);
    world.done(&["promise", "iris@lund.example", "send quote fri"]);
    world.done(&[
        "plan",
        "iris@lund.example",
        "tomorrow",
        "ask about the mill",
    ]);
    world.done(&["tag", "iris@lund.example", "vip"]);
    world.done(&["cadence", "iris@lund.example", "14"]);
    world.done(&["archive", "barnabas@oak.example"]);
    let whole = world.done(&["export", "all", "--as", "json"]);
    let fresh = World::new();
    let file = fresh.file("all.json", whole.as_bytes());
    import(&fresh, std::slice::from_ref(&file), &[]);
    assert_eq!(dump(&fresh.book()), dump(&world.book()));
    assert_eq!(fresh.done(&["export", "all", "--as", "json"]), whole);
    fresh.done(&["check"]);
    let again = import(&fresh, &[file], &[]);
    assert_eq!(again["same"], again["records"]);
}

#[test]
fn linkedin_brings_ghosts_and_the_first_touch_makes_one_a_contact() {
    let world = World::new();
    let files = [fixture("linkedin.csv"), fixture("linkedin_old.csv")];
    import(&world, &files, &[]);
    let all = people(&world);
    let all = all.as_array().unwrap();
    assert_eq!(all.len(), 3);
    assert!(all.iter().all(|row| row["ghost"] == true), "{all:?}");
    assert_eq!(world.json(&["list", "--json"]), serde_json::json!([]));
    world.done(&["log", "nils@lund.example", "met at the fair"]);
    let kept = world.json(&["list", "--json"]);
    assert_eq!(kept.as_array().unwrap().len(), 1);
    assert_eq!(
        (&kept[0]["name"], &kept[0]["ghost"]),
        (&"Nils Lund".into(), &false.into())
    );
    // The file that brought him does not make him a ghost again.
    import(&world, &files, &[]);
    assert_eq!(world.json(&["list", "--json"]), kept);
    let other = World::new();
    import(&other, &[fixture("apple.vcf")], &[]);
    assert_eq!(people(&other)[0]["ghost"], false);
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_quoted_and_comes_back_as_it_was() {
    let hostile = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)"];
    let world = World::new();
    for name in hostile {
        let [note, title, account] =
            ["note", "title", "account"].map(|field| format!("--{field}={name}"));
        world.done(&["add", &note, &title, &account, "--", name]);
    }
    let text = world.done(&["export", "--as", "csv"]);
    let mut seen = 0;
    for record in csv::Reader::from_reader(text.as_bytes()).records() {
        for cell in &record.unwrap() {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
            seen += usize::from(hostile.iter().any(|name| cell == format!("'{name}")));
        }
    }
    assert!(seen >= 4 * hostile.len(), "{seen} cells: {text}");
    let raw = world.done(&["export", "--as", "csv", "--raw"]);
    assert!(raw.contains(",@SUM(1)"), "{raw}");
    let fresh = World::new();
    import(&fresh, &[fresh.file("people.csv", text.as_bytes())], &[]);
    for name in hostile {
        let rows = people(&fresh);
        let row = rows
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["name"] == *name);
        let row = row.unwrap_or_else(|| panic!("{name} is not in {rows}"));
        assert_eq!(
            (&row["title"], &row["account"]),
            (&name.into(), &name.into())
        );
    }
}

#[test]
fn a_field_the_book_has_is_not_overwritten_and_the_conflict_is_told_with_its_line() {
    let world = World::new();
    world.done(&[
        "add",
        "Barney Rubble",
        "--title",
        "Foreman",
        "--email",
        "barney@slate.example",
    ]);
    let file = world.file(
        "other.vcf",
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Somebody Else\nEMAIL:else@slate.example\nEND:VCARD\n\
          BEGIN:VCARD\nVERSION:3.0\nFN:Barney Rubble\nTITLE:Clerk\nEMAIL:barney@slate.example\nTEL:+1 415 555 0100\nEND:VCARD\n",
    );
    let report = import(&world, std::slice::from_ref(&file), &[]);
    assert_eq!(
        (count(&report, "new"), count(&report, "conflicting")),
        (1, 1)
    );
    let detail = &report["files"][0]["details"][0];
    assert_eq!(detail["line"], 6);
    assert_eq!(
        (&detail["field"], &detail["book"], &detail["file"]),
        (&"title".into(), &"Foreman".into(), &"Clerk".into())
    );
    let barney = world.json(&["show", "Barney", "--json"]);
    assert_eq!(barney["title"], "Foreman");
    assert_eq!(
        barney["phones"][0]["number"], "+1 415 555 0100",
        "what was empty is filled"
    );
    let said = world.done(&["import", &file]);
    assert!(
        said.contains("other.vcf line 6 conflicting: Barney Rubble: title: the book says \"Foreman\", the file \"Clerk\"; the book's was kept"),
        "{said}"
    );
}

#[test]
fn a_file_that_cannot_be_read_leaves_nothing_of_the_others() {
    let world = World::new();
    world.done(&["list"]);
    let empty = dump(&world.book());
    let gone = world.path("gone.vcf").to_str().unwrap().to_owned();
    let broken = world.file(
        "broken.json",
        br#"{"chitbook": 1, "tables": {"contact": [{"id": "#,
    );
    for bad in [fixture("unknown.csv"), gone, broken] {
        let name = Path::new(&bad).file_name().unwrap().to_str().unwrap();
        let said = world
            .run(&["import", &fixture("apple.vcf"), &bad])
            .refused(1);
        assert!(said.contains(name), "{said}");
        assert_eq!(dump(&world.book()), empty, "{name}");
        assert_eq!(steps(&world), serde_json::json!([]));
    }
}

#[test]
fn a_file_comes_in_the_same_from_standard_input() {
    let (one, other) = (World::new(), World::new());
    let bytes = std::fs::read(fixture("outlook.csv")).unwrap();
    let said = one.told(&["import", "-", "--json"], &bytes).done();
    let piped: Value = serde_json::from_str(&said).unwrap();
    let named = import(&other, &[fixture("outlook.csv")], &[]);
    assert_eq!(
        (&piped["records"], &piped["new"]),
        (&named["records"], &named["new"])
    );
    let export = ["export", "--as", "csv"];
    assert_eq!(one.done(&export), other.done(&export));
}
