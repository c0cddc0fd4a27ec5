//! Calendars through the real program: meetings become suggestions and plans, are answered, move, and are called off.

use crate::world::{World, dump};
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

fn fixture(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange");
    folder.join(name).to_str().unwrap().to_owned()
}

/// A world in which two people of the sample calendars are known.
fn known() -> World {
    let world = World::new();
    world.ok(&["add", "Nils Lund", "--email", "nils@lund.example"]);
    world.ok(&["add", "Iris Marsh", "--email", "Iris@marsh.example"]);
    world
}

/// A calendar with one event, with these lines.
fn calendar(world: &World, lines: &str) -> String {
    let path = world.path("one.ics");
    let text = format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:one\nORGANIZER:mailto:rep@own.example\n{lines}\nATTENDEE:mailto:nils@lund.example\nEND:VEVENT\nEND:VCALENDAR\n"
    );
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn import(world: &World, path: &str) -> Value {
    world.json(&["import", path, "--mine", "rep@own.example", "--json"])
}

/// The plan with Nils: its day, its time and why.
fn plan(world: &World) -> Value {
    let shown = world.json(&["show", "nils", "--json"]);
    shown["plan"].clone()
}

#[test]
fn a_calendar_becomes_suggestions_and_plans_and_the_second_time_nothing_is_new() {
    let world = known();
    let google = fixture("google.ics");
    let said = world.transcript(&[
        &["import", &google, "--mine", "rep@own.example"],
        &["suggestions"],
        &["history", "--limit", "1"],
    ]);
    let said = said.replace(&google, "google.ics");
    assert_snapshot!(said, @r#"
    $ chitbook import google.ics --mine rep@own.example
    file        records  new  same  merged  conflicting  skipped
    google.ics        9    4     0       2            0        3
    google.ics: 12 meetings that were
    google.ics: 3 meetings to come
    google.ics: 11 wait to be answered in all: `chitbook suggestions` shows them
    google.ics: 2 planned, the next one with each person
    google.ics: 1 skipped: nobody else takes part (line 91)
    google.ics: 1 skipped: you declined it (line 96)
    google.ics: 1 skipped: you have not accepted it (line 103)
    $ chitbook suggestions
    id    when              kind     minutes  with        what                       note
    #1    Mon 7 Sep 08:00   meeting       30  Iris Marsh  Plant round
    #2    Mon 14 Sep 08:00  meeting       30  Iris Marsh  Plant round
    #3    Mon 28 Sep 08:00  meeting       30  Iris Marsh  Plant round
    #4    Mon 5 Oct 08:00   meeting       30  Iris Marsh  Plant round
    #5    Mon 12 Oct 08:00  meeting       30  Iris Marsh  Plant round
    #6    Wed 14 Oct        meeting           Nils Lund   Fair in Lund
    #7    Mon 19 Oct 08:00  meeting       30  Iris Marsh  Plant round
    #8    Tue 27 Oct 13:00  meeting       60  Iris Marsh  Plant round, moved
    #9    Tue 3 Nov 09:00   video         45  Nils Lund   Tariff table, second look
    #10   Mon 9 Nov 09:00   meeting       30  Iris Marsh  Plant round
    #11   Mon 16 Nov 09:00  meeting       30  Iris Marsh  Plant round
    `chitbook suggestions confirm ID…` files them as touches, `refuse ID…` sets them aside; `all` for ID means every one.
    $ chitbook history --limit 1
    when              what
    2026-11-22 14:07  Imported 4 events from google.ics
    "#);
    let before = dump(&world.book());
    let again = import(&world, &google);
    assert_eq!(
        (again["new"].clone(), again["merged"].clone()),
        (json!(0), json!(0)),
        "{again:#}"
    );
    assert_eq!(dump(&world.book()), before);
    world.ok(&["check"]);
    world.ok(&["undo"]);
    assert_eq!(world.json(&["suggestions", "--json"]), json!([]));
    assert_eq!(plan(&world), Value::Null);
    world.ok(&["check"]);
}

#[test]
fn the_counts_add_up_in_every_calendar() {
    for name in ["google.ics", "outlook.ics", "apple.ics", "broken.ics"] {
        let world = known();
        let report = import(&world, &fixture(name));
        let ends = ["new", "same", "merged", "conflicting", "skipped"];
        let sum: u64 = ends.iter().map(|end| report[end].as_u64().unwrap()).sum();
        let text = String::from_utf8_lossy(&fs::read(fixture(name)).unwrap()).into_owned();
        let begun = ["VEVENT", "VTODO", "VFREEBUSY"]
            .map(|what| text.matches(&format!("BEGIN:{what}")).count());
        let stray = usize::from(name == "broken.ics");
        assert_eq!(
            sum as usize,
            begun.iter().sum::<usize>() + stray,
            "{name}: {report:#}"
        );
        assert!(report["new"].as_u64().unwrap() > 0, "{name}");
        let reasons: u64 = report["files"][0]["skipped_for"]
            .as_array()
            .unwrap()
            .iter()
            .map(|why| why["count"].as_u64().unwrap())
            .sum();
        assert_eq!(
            json!(reasons),
            report["skipped"],
            "{name}: every skipped record has its reason"
        );
        let before = dump(&world.book());
        assert_eq!(import(&world, &fixture(name))["new"], json!(0), "{name}");
        assert_eq!(dump(&world.book()), before, "{name}");
    }
}

#[test]
fn a_confirmed_suggestion_is_a_touch_and_a_refused_one_never_comes_back() {
    let world = known();
    let google = fixture("google.ics");
    import(&world, &google);
    let waiting = world.json(&["suggestions", "--json"]);
    let find = |title: &str| {
        let rows = waiting.as_array().unwrap();
        let row = rows.iter().find(|row| row["title"] == title).unwrap();
        row["id"].as_str().unwrap().to_owned()
    };
    let (tariff, fair) = (find("Tariff table, second look"), find("Fair in Lund"));
    world.ok(&["suggestions", "confirm", &tariff]);
    world.ok(&["suggestions", "refuse", &fair]);
    let touches = world.json(&["show", "nils", "--json"])["touches"].clone();
    let touches = touches.as_array().unwrap();
    assert_eq!(touches.len(), 1);
    assert_eq!(touches[0]["kind"], "video");
    assert_eq!(touches[0]["minutes"], 45);
    let left = world.json(&["suggestions", "--json"]);
    assert_eq!(
        left.as_array().unwrap().len(),
        waiting.as_array().unwrap().len() - 2
    );
    let before = dump(&world.book());
    import(&world, &google);
    assert_eq!(dump(&world.book()), before);
    // One of the day of a touch that is logged is likely the same: it waits when all are confirmed.
    world.ok(&[
        "log",
        "iris",
        "plant round",
        "--kind",
        "meeting",
        "--at",
        "2026-10-19 8:00",
    ]);
    let said = world.ok(&["suggestions", "confirm", "all"]);
    assert!(said.contains("1 suggestion still waits"), "{said}");
    assert_eq!(
        world
            .json(&["suggestions", "--json"])
            .as_array()
            .unwrap()
            .len(),
        1
    );
    world.ok(&["suggestions", "refuse", "all"]);
    assert_eq!(
        world.ok(&["suggestions", "confirm", "all"]),
        "Nothing waits to be answered.\n"
    );
    world.ok(&["undo"]);
    world.ok(&["undo"]);
    world.ok(&["undo"]);
    world.ok(&["undo"]);
    assert_eq!(dump(&world.book()), {
        world.ok(&["redo"]);
        world.ok(&["undo"]);
        dump(&world.book())
    });
    world.ok(&["check"]);
}

#[test]
fn a_meeting_to_come_is_a_plan_that_moves_and_goes_with_it() {
    let world = known();
    let coming = |revision: u32, start: &str, more: &str| {
        let lines = format!("SUMMARY:Demo\nSEQUENCE:{revision}\nDTSTART:{start}{more}");
        import(&world, &calendar(&world, &lines))
    };
    coming(0, "20261126T143000Z", "");
    assert_eq!(plan(&world)["on"], "2026-11-26");
    assert_eq!(plan(&world)["at"], "14:30");
    assert_eq!(plan(&world)["why"], "Demo");
    let moved = coming(1, "20261127T090000Z", "");
    assert_eq!(moved["merged"], 1, "{moved:#}");
    assert_eq!(
        (plan(&world)["on"].clone(), plan(&world)["at"].clone()),
        (json!("2026-11-27"), json!("09:00"))
    );
    // An older copy of the calendar says nothing new.
    assert_eq!(coming(0, "20261126T143000Z", "")["same"], 1);
    assert_eq!(plan(&world)["on"], "2026-11-27");
    let off = coming(2, "20261127T090000Z", "\nSTATUS:CANCELLED");
    assert_eq!(off["merged"], 1, "{off:#}");
    assert_eq!(plan(&world), Value::Null);
    assert_eq!(
        coming(2, "20261127T090000Z", "\nSTATUS:CANCELLED")["skipped"],
        1
    );
    world.ok(&["undo"]);
    assert_eq!(plan(&world)["on"], "2026-11-27");
    world.ok(&["check"]);
}

#[test]
fn the_reps_own_plan_stays_and_takes_only_the_time_of_its_day() {
    let world = known();
    world.ok(&["plan", "nils", "26 nov", "ask about Malmö"]);
    let report = import(
        &world,
        &calendar(&world, "SUMMARY:Demo\nDTSTART:20261124T143000Z"),
    );
    assert_eq!(plan(&world)["on"], "2026-11-26");
    let came = report["files"][0]["came"].to_string();
    assert!(came.contains("your own plan was kept"), "{came}");
    import(
        &world,
        &calendar(&world, "SUMMARY:Demo\nSEQUENCE:1\nDTSTART:20261126T143000Z"),
    );
    assert_eq!(plan(&world)["at"], "14:30");
    assert_eq!(plan(&world)["why"], "ask about Malmö");
}

#[test]
fn a_coming_meeting_waits_to_be_answered_once_it_has_begun() {
    let world = known();
    import(
        &world,
        &calendar(&world, "SUMMARY:Demo\nDTSTART:20261126T143000Z"),
    );
    assert_eq!(world.json(&["suggestions", "--json"]), json!([]));
    let later = world
        .program(&["suggestions", "--json"])
        .env("CHITBOOK_NOW", "2026-11-26T15:00:00+00:00")
        .output()
        .unwrap();
    let waiting: Value = serde_json::from_slice(&later.stdout).unwrap();
    assert_eq!(waiting[0]["title"], "Demo");
    let confirmed = world
        .program(&["suggestions", "confirm", "all"])
        .env("CHITBOOK_NOW", "2026-11-26T15:00:00+00:00")
        .status()
        .unwrap();
    assert!(confirmed.success());
    assert_eq!(plan(&world), Value::Null, "the touch keeps the plan");
}

#[test]
fn a_series_that_ends_earlier_takes_back_what_it_no_longer_has() {
    let world = known();
    let series = |until: &str| {
        import(
            &world,
            &calendar(
                &world,
                &format!(
                    "SUMMARY:Round\nDTSTART:20261102T090000Z\nRRULE:FREQ=WEEKLY;UNTIL={until}T235959Z"
                ),
            ),
        )
    };
    let titles = || {
        world
            .json(&["suggestions", "--json"])
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(series("20261231")["new"], 1);
    assert_eq!(
        (titles(), plan(&world)["on"].clone()),
        (3, json!("2026-11-23"))
    );
    assert_eq!(series("20261110")["merged"], 1);
    assert_eq!((titles(), plan(&world)), (2, Value::Null));
    assert_eq!(series("20261110")["same"], 1);
}

#[test]
fn unknown_guests_become_ghosts_when_asked_for_and_the_rep_never_does() {
    let world = World::new();
    let google = fixture("google.ics");
    let nothing = import(&world, &google);
    assert_eq!(nothing["new"], 0);
    let refused = world
        .program(&["import", &google, "--ghosts"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("addresses = ["));
    world.ok(&["import", &google, "--ghosts", "--mine", "rep@own.example"]);
    let people = world.json(&["list", "--all", "--sort", "name", "--json"]);
    let names: Vec<&str> = people
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Iris Marsh", "Nils Lund"]);
    assert_eq!(
        world.json(&["list", "--json"]),
        json!([]),
        "nobody is kept warm by a calendar"
    );
    world.ok(&["suggestions", "confirm", "all"]);
    assert_eq!(world.json(&["list", "--json"]).as_array().unwrap().len(), 2);
}

#[test]
fn the_settings_know_the_reps_addresses_and_a_folder_is_read_as_a_whole() {
    let world = known();
    fs::create_dir_all(world.path("config/chitbook")).unwrap();
    fs::write(
        world.path("config/chitbook/config.toml"),
        "addresses = [\"rep@own.example\"]\n",
    )
    .unwrap();
    let folder = world.path("calendars");
    fs::create_dir_all(folder.join("old/.hidden")).unwrap();
    for (from, to) in [
        ("google.ics", "a.ics"),
        ("outlook.ics", "old/b.ics"),
        ("apple.vcf", "people.vcf"),
        ("unknown.csv", "z.csv"),
    ] {
        fs::copy(fixture(from), folder.join(to)).unwrap();
    }
    fs::write(folder.join("photo.jpg"), [0xff, 0xd8, 0xff]).unwrap();
    let report = world.json(&["import", "calendars", "--json"]);
    let file = &report["files"][0];
    assert_eq!(file["file"], "calendars/");
    let why = file["skipped_for"].to_string();
    assert!(why.contains("you declined it"), "{why}");
    assert!(why.contains("photo.jpg"), "{why}");
    assert!(file["left_out"].to_string().contains("hidden"), "{file:#}");
    assert!(
        world
            .json(&["suggestions", "--json"])
            .as_array()
            .unwrap()
            .len()
            > 10
    );
    assert!(world.json(&["list", "--json"]).as_array().unwrap().len() > 2);
}

#[test]
fn deleting_somebody_takes_what_was_suggested_of_them_alone() {
    let world = known();
    import(&world, &fixture("google.ics"));
    let book = world.book();
    let rows = |table: &str| {
        dump(&book)
            .lines()
            .filter(|line| line.starts_with(&format!("{table}: ")))
            .count()
    };
    assert!(rows("suggestion") > 10);
    let mut other = world.book();
    for name in ["nils", "iris"] {
        let id = other.who(name).unwrap()[0].id;
        other
            .apply(
                &chitbook::domain::command::Command::DeleteContact(id),
                &crate::world::now(),
            )
            .unwrap();
    }
    // What was called off before anybody knew of it names nobody.
    assert!(rows("suggestion") <= 1 && rows("suggested") == 0);
}
