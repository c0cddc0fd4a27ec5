//! Exports of programs that keep customers, logs, call lists and notes, through the real program.

use crate::world::{World, dump};
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

fn fixture(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange");
    folder.join(name).to_str().unwrap().to_owned()
}

fn import(world: &World, args: &[&str]) -> Value {
    let mut all = vec!["import", "--json"];
    all.extend(args);
    world.json(&all)
}

/// The counts add up, each skipped record has a reason, and the second time nothing changes.
fn holds(world: &World, args: &[&str], records: u64) -> Value {
    let report = import(world, args);
    let ends = ["new", "same", "merged", "conflicting", "skipped"];
    let sum: u64 = ends.iter().map(|end| report[end].as_u64().unwrap()).sum();
    assert_eq!(
        (sum, &report["records"]),
        (records, &json!(records)),
        "{args:?} {report:#}"
    );
    world.ok(&["check"]);
    let before = dump(&world.book());
    let again = import(world, args);
    assert_eq!(
        (&again["new"], &again["merged"]),
        (&json!(0), &json!(0)),
        "{args:?} {again:#}"
    );
    assert_eq!(dump(&world.book()), before, "{args:?}");
    report
}

fn names(world: &World) -> Vec<String> {
    let people = world.json(&["list", "--all", "--sort", "name", "--json"]);
    let names = people.as_array().unwrap().iter();
    names
        .map(|p| p["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn hubspot_people_companies_and_deals_find_each_other() {
    let world = World::new();
    let report = holds(&world, &[&fixture("hubspot_companies.csv")], 3);
    assert_eq!((&report["new"], &report["skipped"]), (&json!(2), &json!(1)));
    let report = holds(&world, &[&fixture("hubspot_contacts.csv")], 3);
    assert_eq!(
        (&report["new"], &report["skipped"]),
        (&json!(2), &json!(1)),
        "{report:#}"
    );
    let report = holds(&world, &[&fixture("hubspot_deals.csv")], 6);
    assert_eq!(
        (&report["new"], &report["skipped"]),
        (&json!(2), &json!(4)),
        "{report:#}"
    );
    let reasons = report["files"][0]["skipped_for"].to_string();
    for reason in [
        "not closed",
        "was lost",
        "no amount",
        "neither the deal's people",
    ] {
        assert!(reasons.contains(reason), "{reason}: {reasons}");
    }
    let nils = world.json(&["show", "nils", "--json"]);
    assert_eq!(nils["account"], "Lund AB");
    assert_eq!(
        world.json(&["show", "iris", "--json"])["emails"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let db = rusqlite::Connection::open(world.path("book.chitbook")).unwrap();
    let sales: Vec<(i64, String)> = db
        .prepare("select amount, currency from sale order by amount")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(
        sales,
        [(25_050, "USD".to_owned()), (1_200_000, "EUR".to_owned())]
    );
    let note: String = db
        .query_row(
            "select note from account where name = 'Lund AB'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(
        note.contains("Website URL: https://lund.example") && !note.contains("Modified"),
        "{note}"
    );
}

#[test]
fn salesforce_reports_lose_their_footer_and_the_loader_tells_who_reports_to_whom() {
    let world = World::new();
    let report = holds(&world, &[&fixture("salesforce_report.csv")], 6);
    assert_eq!(
        (&report["new"], &report["skipped"]),
        (&json!(2), &json!(4)),
        "{report:#}"
    );
    assert_eq!(names(&world), ["Mr. Nils Lund", "Ms. Iris Marsh"]);
    let world = World::new();
    holds(&world, &[&fixture("salesforce_accounts.csv")], 1);
    let report = holds(&world, &[&fixture("salesforce_loader.csv")], 3);
    assert_eq!(
        (&report["new"], &report["skipped"]),
        (&json!(2), &json!(1)),
        "{report:#}"
    );
    assert_eq!(
        world.json(&["show", "nils", "--json"])["account"],
        "Lund AB"
    );
    let db = rusqlite::Connection::open(world.path("book.chitbook")).unwrap();
    let sql = "select f.name || ' ' || k.kind || ' ' || t.name || ' ' || k.state from link k join contact f on f.id = k.from_id join contact t on t.id = k.to_id";
    let link: String = db.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(link, "Mr. Nils Lund manager Iris Marsh suggested");
}

#[test]
fn pipedrive_and_abook_and_monica_are_known_by_themselves() {
    let world = World::new();
    holds(&world, &[&fixture("pipedrive.csv")], 2);
    let nils = world.json(&["show", "nils", "--json"]);
    assert_eq!(nils["phones"].as_array().unwrap().len(), 2);
    assert_eq!(nils["tags"], json!(["Hot lead"]));
    let world = World::new();
    holds(&world, &[&fixture("addressbook.abook")], 3);
    let world = World::new();
    let report = holds(&world, &[&fixture("monica.json")], 12);
    assert_eq!(
        (&report["new"], &report["skipped"]),
        (&json!(8), &json!(4)),
        "{report:#}"
    );
    let nils = world.json(&["show", "nils lund", "--json"]);
    assert_eq!(nils["touches"].as_array().unwrap().len(), 4);
}

#[test]
fn any_table_is_read_by_what_was_said_of_its_columns_and_that_is_remembered() {
    let world = World::new();
    let path = fixture("whatever.csv");
    let refused = world.program(&["import", &path]).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        said.contains("--map") && said.contains("\"Full name\""),
        "{said}"
    );
    let shown = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert_snapshot!(shown, @r##"
    column        first rows                              taken as
    Full name     Nils Lund | Iris Marsh                  name
    Mail          nils@lund.example | iris@marsh.example  email
    Mobile no.    +46 70 555 0101                         phone mobile
    Employer      Lund AB | Marsh Works                   account
    Bucket        A, nordic | B                           tags
    Last contact  2026-10-01                              kept as it is
    "##);
    let proposed =
        "--map 'Full name=name,Mail=email,Mobile no.=phone mobile,Employer=account,Bucket=tags'";
    assert!(said.contains(proposed), "{said}");
    let map = "Full name=name,Mail=email,\"Mobile no.\"=phone mobile,Employer=account,Bucket=tags,Last contact=skip";
    let report = import(&world, &[&path, "--map", map]);
    assert_eq!(report["new"], 2, "{report:#}");
    assert!(
        report["files"][0]["left_out"]
            .to_string()
            .contains("Last contact"),
        "{report:#}"
    );
    let nils = world.json(&["show", "nils", "--json"]);
    assert_eq!(nils["tags"], json!(["A", "nordic"]));
    assert_eq!(nils["account"], "Lund AB");
    // The next one with the same columns needs no word.
    fs::write(world.path("next.csv"), "Full name;Mail;Mobile no.;Employer;Bucket;Last contact\nFred Flint;fred@slate.example;;Slate;C;\n").unwrap();
    assert_eq!(import(&world, &["next.csv"])["new"], 1);
    for (map, part) in [
        ("Full name=shoe", "is no field"),
        ("Nom=name", "no column \"nom\""),
        ("Mail", "no column=field"),
        ("Employer=account", "must say which column"),
    ] {
        let ran = world
            .program(&["import", &path, "--map", map])
            .output()
            .unwrap();
        assert_ne!(ran.status.code(), Some(0), "{map}");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(said.contains(part), "{map}: {said}");
    }
}

#[test]
fn a_log_of_touches_comes_in_once_and_goes_out_as_it_came() {
    let world = World::new();
    world.ok(&[
        "add",
        "Nils Lund",
        "--email",
        "nils@lund.example",
        "--phone",
        "+49 171 5550100",
    ]);
    world.ok(&["add", "Iris Marsh"]);
    let report = holds(&world, &[&fixture("touches.csv"), "--as", "touches"], 9);
    assert_eq!(
        (&report["new"], &report["skipped"]),
        (&json!(5), &json!(4)),
        "{report:#}"
    );
    assert_eq!(names(&world), ["Iris Marsh", "Nils Lund", "Nobody Known"]);
    let before = dump(&world.book());
    world.ok(&["export", "touches", "--as", "csv", "-o", "out.csv"]);
    let again = import(&world, &["out.csv", "--as", "touches"]);
    assert_eq!(
        (&again["same"], &again["records"]),
        (&json!(5), &json!(5)),
        "{again:#}"
    );
    assert_eq!(dump(&world.book()), before);
    let other = World::new();
    let path = world.path("out.csv");
    let report = import(&other, &[path.to_str().unwrap(), "--as", "touches"]);
    assert_eq!(report["new"], 5, "{report:#}");
    other.ok(&["check"]);
    world.ok(&["undo"]);
    assert_eq!(names(&world), ["Iris Marsh", "Nils Lund"]);
}

#[test]
fn a_call_list_finds_people_by_their_numbers_and_leaves_strangers_out_unless_asked() {
    let world = World::new();
    fs::create_dir_all(world.path("config/chitbook")).unwrap();
    fs::write(
        world.path("config/chitbook/config.toml"),
        "country = \"DE\"\ndate_order = \"dmy\"\n",
    )
    .unwrap();
    world.ok(&["add", "Nils Lund", "--phone", "+49 171 5550100"]);
    let report = holds(&world, &[&fixture("calls.csv"), "--as", "touches"], 4);
    assert_eq!(
        (&report["new"], &report["skipped"]),
        (&json!(2), &json!(2)),
        "{report:#}"
    );
    let report = holds(&world, &[&fixture("calls_bare.csv"), "--as", "touches"], 3);
    assert_eq!(
        (&report["new"], &report["skipped"]),
        (&json!(2), &json!(1)),
        "{report:#}"
    );
    let nils = world.json(&["show", "nils", "--json"]);
    let kinds: Vec<&str> = nils["touches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| t["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["attempt", "call", "call", "call"]);
}

#[test]
fn a_block_of_notes_becomes_touches_of_its_days() {
    let world = World::new();
    for name in [
        "Barney Rubble",
        "Wilma Slate",
        "Fred Flint",
        "Iris Marsh",
        "Nils Lund",
    ] {
        world.ok(&["add", name]);
    }
    let report = holds(&world, &[&fixture("notes.txt"), "--as", "notes"], 7);
    assert_eq!(
        (&report["new"], &report["skipped"]),
        (&json!(6), &json!(1)),
        "{report:#}"
    );
    let said = world.ok(&["show", "wilma"]);
    assert!(said.contains("tour of the plant"), "{said}");
    // The same through a pipe.
    let piped = World::new();
    piped.ok(&["add", "Nils Lund"]);
    piped.ok(&["add", "Iris Marsh"]);
    let mut program = piped.program(&["import", "-", "--as", "notes", "--json"]);
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(&fs::read(fixture("notes.md")).unwrap())
        .unwrap();
    let ran = child.wait_with_output().unwrap();
    let report: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(report["new"], 3, "{report:#}");
}

#[test]
fn what_names_nobody_or_too_many_is_told_with_its_line() {
    let world = World::new();
    for name in ["Nils Lund", "Nils Holm"] {
        world.ok(&["add", name]);
    }
    fs::write(
        world.path("n.txt"),
        "12 May call Nils: which one\n13 May call Nobody: who\n14 May call Nils Holm: he\n",
    )
    .unwrap();
    let said = world.transcript(&[
        &["import", "n.txt", "--as", "notes"],
        &["history", "--limit", "1"],
    ]);
    assert_snapshot!(said, @r##"
    $ chitbook import n.txt --as notes
    file   records  new  same  merged  conflicting  skipped
    n.txt        3    1     0       0            1        1
    n.txt line 1 conflicting: which one: "Nils" fits 2 people in the book; nothing was changed
    n.txt: 1 skipped: it names nobody in the book (line 2)
    $ chitbook history --limit 1
    when              what
    2026-11-22 14:07  Imported 1 note from n.txt
    "##);
}
