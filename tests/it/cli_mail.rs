//! Mailboxes through the real program: touches by who wrote to whom and when, none twice, and everything else counted.

use crate::world::{World, dump};
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

fn fixture(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange");
    folder.join(name).to_str().unwrap().to_owned()
}

fn known() -> World {
    let world = World::new();
    world.ok(&["add", "Nils Lund", "--email", "nils@lund.example"]);
    world.ok(&["add", "Iris Marsh", "--email", "Iris@marsh.example"]);
    world
}

fn import(world: &World, path: &str) -> Value {
    world.json(&["import", path, "--mine", "rep@own.example", "--json"])
}

/// Day, direction and text of every touch with somebody, newest first.
fn touches(world: &World, who: &str) -> Vec<String> {
    let shown = world.json(&["show", who, "--json"]);
    let row = |touch: &Value| {
        let day: String = touch["at"].as_str().unwrap().chars().take(10).collect();
        format!(
            "{day} {} {}",
            touch["direction"].as_str().unwrap(),
            touch["text"].as_str().unwrap()
        )
    };
    shown["touches"]
        .as_array()
        .unwrap()
        .iter()
        .map(row)
        .collect()
}

/// A mailbox of messages: day, from, to, id, answered id.
fn mailbox(world: &World, name: &str, messages: &[(&str, &str, &str, &str, &str)]) -> String {
    let mut text = String::new();
    for (at, from, to, id, answers) in messages {
        let answers = if answers.is_empty() {
            String::new()
        } else {
            format!("In-Reply-To: <{answers}>\n")
        };
        let mail = format!(
            "From {from} Mon Nov 02 09:15:00 2026\nDate: {at} Nov 2026 10:00:00 +0000\nFrom: {from}\nTo: {to}\nMessage-ID: <{id}>\n{answers}Subject: {id}\n\nx\n\n"
        );
        text.push_str(&mail);
    }
    let path = world.path(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

const ME: &str = "rep@own.example";
const NILS: &str = "nils@lund.example";
const IRIS: &str = "iris@marsh.example";

#[test]
fn a_mailbox_becomes_touches_and_the_second_time_nothing_is_new() {
    let world = known();
    let gmail = fixture("gmail.mbox");
    let said = world.transcript(&[
        &["import", &gmail, "--mine", "rep@own.example"],
        &["history", "--limit", "1"],
    ]);
    let said = said.replace(&gmail, "gmail.mbox");
    assert_snapshot!(said, @r##"
    $ chitbook import gmail.mbox --mine rep@own.example
    file        records  new  same  merged  conflicting  skipped
    gmail.mbox        9    3     0       0            0        6
    gmail.mbox: 2 touches made: what is of one thread and one day is one touch
    gmail.mbox: 1 dated by their envelope, their own date being broken
    gmail.mbox: 1 skipped: a program wrote it (message 8)
    gmail.mbox: 1 skipped: it came through a mailing list or a newsletter (message 3)
    gmail.mbox: 1 skipped: it is a draft (message 6)
    gmail.mbox: 1 skipped: it is from an address that nobody reads (message 4)
    gmail.mbox: 1 skipped: it is neither from you nor to you (--mine names further addresses of yours) (message 9)
    gmail.mbox: 1 skipped: it is to five people or more (message 5)
    $ chitbook history --limit 1
    when              what
    2026-11-22 14:07  Imported 3 e-mails from gmail.mbox
    "##);
    assert_eq!(
        touches(&world, "nils"),
        [
            "2026-11-04 in Broken clock",
            "2026-11-02 mutual Angebot für München"
        ]
    );
    assert_eq!(
        touches(&world, "iris"),
        ["2026-11-02 mutual Angebot für München"]
    );
    let before = dump(&world.book());
    let again = import(&world, &gmail);
    assert_eq!(
        (again["new"].clone(), again["same"].clone()),
        (json!(0), json!(3)),
        "{again:#}"
    );
    assert_eq!(dump(&world.book()), before);
    world.ok(&["check"]);
    world.ok(&["undo"]);
    assert_eq!(touches(&world, "nils"), Vec::<String>::new());
    world.ok(&["redo"]);
    assert_eq!(dump(&world.book()), before);
    world.ok(&["check"]);
}

#[test]
fn the_counts_add_up_in_every_mailbox() {
    for (name, records) in [
        ("gmail.mbox", 9),
        ("thunderbird.mbox", 3),
        ("lengths.mbox", 3),
        ("single.eml", 1),
    ] {
        let world = known();
        let report = import(&world, &fixture(name));
        let ends = ["new", "same", "merged", "conflicting", "skipped"];
        let sum: u64 = ends.iter().map(|end| report[end].as_u64().unwrap()).sum();
        assert_eq!(
            (sum, report["records"].clone()),
            (records, json!(records)),
            "{name}: {report:#}"
        );
        let reasons = report["files"][0]["skipped_for"].as_array().unwrap();
        let reasons: u64 = reasons
            .iter()
            .map(|why| why["count"].as_u64().unwrap())
            .sum();
        assert_eq!(json!(reasons), report["skipped"], "{name}");
        let before = dump(&world.book());
        assert_eq!(import(&world, &fixture(name))["new"], json!(0), "{name}");
        assert_eq!(dump(&world.book()), before, "{name}");
    }
}

#[test]
fn a_thread_is_one_touch_a_day_in_whatever_order_its_mails_come() {
    let messages = [
        ("2", ME, NILS, "a", ""),
        ("2", NILS, ME, "b", "a"),
        ("2", ME, NILS, "c", "b"),
        ("3", NILS, ME, "d", "c"),
        ("3", NILS, ME, "other", ""),
    ];
    let mut told = Vec::new();
    for turned in [false, true] {
        let world = known();
        let mut messages = messages.to_vec();
        if turned {
            messages[..4].rotate_left(1);
        }
        import(&world, &mailbox(&world, "a.mbox", &messages));
        let mut days: Vec<String> = touches(&world, "nils")
            .iter()
            .map(|t| t.chars().take(10).collect())
            .collect();
        days.sort();
        told.push(days);
    }
    assert_eq!(told[0], ["2026-11-02", "2026-11-03", "2026-11-03"]);
    // In another order a reply may come before what it answers, and be a touch by itself; none is lost.
    assert!(told[1].len() >= 3);
}

#[test]
fn a_later_mailbox_adds_what_it_has_more_of() {
    let world = known();
    let first = [("2", ME, NILS, "a", "")];
    import(&world, &mailbox(&world, "first.mbox", &first));
    assert_eq!(touches(&world, "nils"), ["2026-11-02 out a"]);
    let more = [
        ("2", ME, NILS, "a", ""),
        ("2", NILS, ME, "b", "a"),
        ("9", IRIS, ME, "c", ""),
    ];
    let report = import(&world, &mailbox(&world, "more.mbox", &more));
    assert_eq!(
        (report["new"].clone(), report["same"].clone()),
        (json!(2), json!(1)),
        "{report:#}"
    );
    assert_eq!(touches(&world, "nils"), ["2026-11-02 mutual a"]);
    assert_eq!(touches(&world, "iris"), ["2026-11-09 in c"]);
    world.ok(&["check"]);
}

#[test]
fn somebody_added_later_joins_the_mails_they_were_in() {
    let world = World::new();
    world.ok(&["add", "Nils Lund", "--email", NILS]);
    let both = format!("{NILS}, {IRIS}");
    let path = mailbox(&world, "a.mbox", &[("2", ME, &both, "a", "")]);
    import(&world, &path);
    world.ok(&["add", "Iris Marsh", "--email", IRIS]);
    assert_eq!(import(&world, &path)["merged"], 1);
    assert_eq!(touches(&world, "iris"), ["2026-11-02 out a"]);
    assert_eq!(import(&world, &path)["same"], 1);
    world.ok(&["check"]);
}

#[test]
fn whose_mail_it_is_is_asked_for_in_a_sentence() {
    let world = known();
    let ran = world
        .program(&["import", &fixture("gmail.mbox")])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(1));
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(
        said.contains("addresses = [\"you@example.org\"]") && said.contains("config.toml"),
        "{said}"
    );
}

#[test]
fn unknown_people_come_in_as_ghosts_when_asked_for_and_stay_so() {
    let world = World::new();
    let path = fixture("gmail.mbox");
    world.ok(&["import", &path, "--mine", ME, "--ghosts"]);
    let people = world.json(&["list", "--all", "--sort", "name", "--json"]);
    let names: Vec<&str> = people
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Iris Marsh", "Nils Lund"]);
    assert_eq!(world.json(&["list", "--json"]), json!([]));
    assert_eq!(touches(&world, "nils").len(), 2);
    // A touch that comes in later wakes them.
    import(
        &world,
        &mailbox(&world, "b.mbox", &[("20", NILS, ME, "z", "")]),
    );
    assert_eq!(world.json(&["list", "--json"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_maildir_is_a_folder_of_messages_with_flags() {
    let world = known();
    let single = fs::read(fixture("single.eml")).unwrap();
    let other = |id: &str| {
        String::from_utf8_lossy(&single)
            .replace("single@", &format!("{id}@"))
            .into_bytes()
    };
    for (place, bytes) in [
        ("cur/1.a:2,S", single.clone()),
        ("cur/2.b:2,RS", other("two")),
        ("cur/3.c:2,ST", other("three")),
        ("new/4.d", other("four")),
        ("dovecot.index", vec![0, 1, 2]),
    ] {
        let file = world.path("mail").join(place);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    let report = import(&world, "mail");
    assert_eq!(
        (report["new"].clone(), report["skipped"].clone()),
        (json!(3), json!(2)),
        "{report:#}"
    );
    // Four messages of a day that answer nothing are as many threads.
    assert_eq!(touches(&world, "nils").len(), 3);
    assert_eq!(import(&world, "mail")["same"], 3);
}

#[test]
fn what_was_deleted_stays_deleted() {
    let world = known();
    let path = mailbox(&world, "a.mbox", &[("2", ME, NILS, "a", "")]);
    import(&world, &path);
    let mut book = world.book();
    let id = book.who("nils").unwrap()[0].id;
    let touch = book.person(id).unwrap().unwrap().history[0].id;
    book.apply(
        &chitbook::domain::command::Command::DeleteTouch(touch),
        &crate::world::now(),
    )
    .unwrap();
    assert_eq!(import(&world, &path)["same"], 1);
    assert_eq!(touches(&world, "nils"), Vec::<String>::new());
}

#[test]
fn mail_from_before_a_day_can_be_left_out() {
    let world = known();
    let path = mailbox(
        &world,
        "a.mbox",
        &[("2", ME, NILS, "a", ""), ("9", ME, NILS, "b", "")],
    );
    let report = world.json(&[
        "import",
        &path,
        "--mine",
        ME,
        "--since",
        "2026-11-05",
        "--json",
    ]);
    assert_eq!(
        (report["new"].clone(), report["skipped"].clone()),
        (json!(1), json!(1))
    );
}
