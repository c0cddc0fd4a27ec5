//! `score` and the cadences of tags, as typed: files whole or not at all, errors with their line, no book touched.

use crate::world::World;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::Stdio;

const DAY: i64 = 86_400;

/// A log of one pair: a call so many days before day 100.
fn log(world: &World, name: &str, calls: &[i64]) {
    let mut text = "ego,alter,timestamp,kind\n".to_owned();
    for ago in calls {
        writeln!(text, "me,Ada,{},call", (100 - ago) * DAY).unwrap();
    }
    fs::write(world.path(name), text).unwrap();
}

const CUTOFF: &str = "8640001";

#[test]
fn a_log_is_scored_without_a_book_and_the_result_is_there_whole() {
    let world = World::new();
    log(&world, "log.csv", &[60, 30, 0]);
    let said = world.ok(&["score", "log.csv", CUTOFF, "out.csv"]);
    assert_eq!(said, "Scored 1 pair from 3 touches, as of 1970-04-11 UTC\n");
    let out = fs::read_to_string(world.path("out.csv")).unwrap();
    let rows: Vec<&str> = out.lines().collect();
    assert_eq!(rows[0], "ego,alter,score,prob30,stale");
    let cells: Vec<&str> = rows[1].split(',').collect();
    assert_eq!(cells[..2], ["me", "Ada"]);
    let strength: f64 = cells[2].parse().unwrap();
    let mass = 1.0 + 0.5_f64.powf(30.0 / 365.0) + 0.5_f64.powf(60.0 / 365.0);
    assert!(
        (strength - 100.0 * mass / (mass + 5.0)).abs() < 1e-9,
        "{strength}"
    );
    assert_eq!(cells[4], format!("-{strength}"));
    assert_eq!((rows.len(), out.ends_with('\n')), (2, true));
    assert!(!world.path("book.chitbook").exists(), "no book was made");
    let names: Vec<String> = fs::read_dir(world.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 2, "nothing is left beside it: {names:?}");
}

#[test]
fn standard_input_and_output_stand_for_files() {
    let world = World::new();
    log(&world, "log.csv", &[30]);
    world.ok(&["score", "log.csv", CUTOFF, "out.csv"]);
    let mut run = world
        .program(&["score", "-", CUTOFF, "-"])
        .env_remove("HOME")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_DATA_HOME")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text = fs::read(world.path("log.csv")).unwrap();
    run.stdin.take().unwrap().write_all(&text).unwrap();
    let ran = run.wait_with_output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(said, "Scored 1 pair from 1 touch, as of 1970-04-11 UTC\n");
    assert_eq!(ran.stdout, fs::read(world.path("out.csv")).unwrap());
}

#[test]
fn the_settings_numbers_are_the_models() {
    let world = World::new();
    log(&world, "log.csv", &[30]);
    let folder = world.path("config/chitbook");
    fs::create_dir_all(&folder).unwrap();
    let scored = |settings: &str| {
        fs::write(folder.join("config.toml"), settings).unwrap();
        let said = world.ok(&["score", "log.csv", CUTOFF, "out.csv"]);
        let ran = world.program(&["score", "log.csv", CUTOFF, "-"]).output();
        let ran = ran.unwrap();
        assert_eq!(String::from_utf8(ran.stderr).unwrap(), said);
        let scores = fs::read(world.path("out.csv")).unwrap();
        assert_eq!(ran.stdout, scores);
        (said, scores)
    };
    let done = "Scored 1 pair from 1 touch, as of 1970-04-11 UTC";
    let (said, usual) = scored("");
    assert_eq!(said, format!("{done}\n"));
    // Numbers that are the usual ones, or change no score, are none of their own.
    let same = scored("cold_line = 30\n[strength]\ngrace = 7\n");
    assert_eq!(same, (said, usual.clone()));
    let (said, other) =
        scored("house_rhythm = 14\n[strength]\ngrace = 30\n[strength.weights]\ncall = 1.25\n");
    assert_ne!(other, usual);
    let own = "by config.toml's own numbers, not the usual ones: house_rhythm 14.0, grace 30.0, weights.call 1.25";
    assert_eq!(said, format!("{done}; {own}\n"));
}

#[test]
fn what_cannot_be_is_said_in_a_sentence_and_nothing_is_left() {
    let world = World::new();
    log(&world, "log.csv", &[30]);
    fs::write(world.path("old.csv"), "kept").unwrap();
    fs::write(
        world.path("bad.csv"),
        "ego,alter,timestamp,kind\nme,Ada,0,call\nme,Ada,noon,call\n",
    )
    .unwrap();
    let ask = |args: &[&str]| {
        let ran = world.program(args).output().unwrap();
        assert_eq!(ran.stdout, b"", "{args:?}");
        (ran.status.code(), String::from_utf8(ran.stderr).unwrap())
    };
    let cases = [
        (
            ["score", "bad.csv", CUTOFF, "old.csv"],
            1,
            "bad.csv, line 3: \"noon\" is not a moment in Unix seconds, such as 1700000000\n",
        ),
        (
            ["score", "bad.csv", CUTOFF, "-"],
            1,
            "bad.csv, line 3: \"noon\" is not a moment",
        ),
        (
            ["score", "none.csv", CUTOFF, "old.csv"],
            1,
            "none.csv could not be read: ",
        ),
        (
            ["score", ".", CUTOFF, "old.csv"],
            1,
            "the log could not be read: ",
        ),
        (
            ["score", "log.csv", CUTOFF, "no/such/folder.csv"],
            1,
            "no/such/folder.csv could not be written: ",
        ),
        (
            ["score", "log.csv", CUTOFF, "log.csv"],
            1,
            "log.csv is the log itself",
        ),
        (
            ["score", "log.csv", "today", "old.csv"],
            2,
            "CUTOFF: \"today\" is not a moment in Unix seconds",
        ),
        (
            ["score", "log.csv", "1700000000000", "old.csv"],
            2,
            "are these milliseconds?",
        ),
    ];
    for (args, code, said) in cases {
        let (ended, complaint) = ask(&args);
        assert!(
            ended == Some(code) && complaint.contains(said),
            "{args:?}: {ended:?} {complaint}"
        );
    }
    assert_eq!(fs::read_to_string(world.path("old.csv")).unwrap(), "kept");
    assert_eq!(fs::read_dir(world.folder.path()).unwrap().count(), 3);
}

#[test]
fn a_tags_cadence_is_set_listed_taken_along_and_lifted() {
    let world = World::new();
    world.ok(&["add", "Ada Lovell", "--tag", "key"]);
    assert_eq!(
        world.ok(&["cadence"]),
        "No tag has a cadence; `chitbook cadence '#key' 14` sets one.\n"
    );
    world.ok(&["add", "Bo Hale", "--tag", "local"]);
    assert_eq!(
        world.ok(&["cadence", "#KEY", "14"]),
        "Set the cadence of #key to 14 days\n"
    );
    world.ok(&["cadence", "#local", "90"]);
    world.ok(&["cadence", "bo", "7"]);
    assert_eq!(
        world.ok(&["cadence"]),
        "tag     days  people\n#key      14       1\n#local    90       1\n"
    );
    world.ok(&["export", "all", "--as", "json", "-o", "all.json"]);
    let there = World::new();
    fs::copy(world.path("all.json"), there.path("all.json")).unwrap();
    there.ok(&["import", "all.json"]);
    let listed = there.json(&["cadence", "--json"]);
    assert_eq!(listed, world.json(&["cadence", "--json"]));
    assert_eq!(listed[0]["days"], 14);
    there.ok(&["log", "ada", "--at", "2026-11-20", "hello"]);
    there.ok(&["check"]);
    assert_eq!(
        there.ok(&["cadence", "#key", "learned"]),
        "Took the cadence off #key\n"
    );
    there.ok(&["check"]);
    let text = there.transcript(&[
        &["undo"],
        &["cadence", "#nobody", "3"],
        &["cadence", "#key", "often"],
        &["cadence", "#key", "9999"],
    ]);
    let wanted = "$ chitbook undo\nUndone: Took the cadence off #key\n\
                  $ chitbook cadence #nobody 3\n! there is no tag \"nobody\"; put it on somebody first\nexit 1\n\
                  $ chitbook cadence #key often\n! \"often\" is not a number of days; say 14, or learned\nexit 2\n\
                  $ chitbook cadence #key 9999\n! a cadence is between 1 and 3650 days\nexit 1\n";
    assert_eq!(text, wanted);
    let half = there.program(&["cadence", "ada"]).output().unwrap();
    assert_eq!(half.status.code(), Some(2));
}
