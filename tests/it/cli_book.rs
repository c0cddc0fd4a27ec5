//! Stories of `climate` and `backtest`: the whole book at a glance, and the model judged by the book's own past.

use crate::world::{World, now};
use chitbook::domain::moment::day_number;
use insta::assert_snapshot;
use serde_json::Value;

/// Three people: one called often, one gone quiet, one never spoken to.
fn world() -> World {
    let world = World::new();
    for name in ["Barney Rubble", "Betty Marsh", "Fred Flint"] {
        world.ok(&["add", name]);
    }
    for day in ["1 oct", "15 oct", "29 oct", "12 nov"] {
        world.ok(&["log", "barney", "a word", "--at", day]);
    }
    world.ok(&[
        "log", "betty", "lunch", "--kind", "meeting", "--at", "1 sep",
    ]);
    world.ok(&[
        "log", "betty", "lunch", "--kind", "meeting", "--at", "25 sep",
    ]);
    world
}

/// The demo book in a world's place for the book.
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
fn the_climate_of_a_small_book() {
    let said = world().transcript(&[
        &["climate"],
        &["climate", "--on", "1 jan 2026"],
        &["climate", "--days", "0"],
        &["climate", "--on", "someday"],
        &["climate", "--on", "next year"],
        &["climate", "--on", "tomorrow"],
    ]);
    assert_snapshot!(said, @r"
    $ chitbook climate
    Sun 22 Nov: 3 people; before: Fri 23 Oct, 2 people

    state        now  before
    ● on rhythm    1       1  █████████████
    ◐ due          1       1  █████████████
    ○ stale        0       0
    ◌ dormant      0       0
    · new          1       0  █████████████

    strength   now  before
    80 to 100    0       0
    60 to 80     0       0
    40 to 60     0       0
    20 to 40     2       2  ███████████████████████████
    0 to 20      0       0

    The weeks to come: who goes stale if nobody calls
    from        people  the strongest of them
    2026-11-23       1  Betty Marsh
    2026-11-30       0
    2026-12-07       0
    2026-12-14       0
    2026-12-21       1  Barney Rubble
    2026-12-28       0
    2027-01-04       0
    2027-01-11       0

    Warmed most since Fri 23 Oct
    name           before  now  why
    Barney Rubble      24   35  2 calls

    Cooled most since Fri 23 Oct
    name         before  now  why
    Betty Marsh      29   21  58 days silent, usual gap 28 days

    The past: people by state, and by strength from so many points on
    day         on rhythm  due  stale  dormant  new  0+  20+  40+  60+  80+
    2026-09-06          1    0      0        0    0   0    1    0    0    0
    2026-09-13          1    0      0        0    0   0    1    0    0    0
    2026-09-20          1    0      0        0    0   0    1    0    0    0
    2026-09-27          1    0      0        0    0   0    0    1    0    0
    2026-10-04          2    0      0        0    0   1    1    0    0    0
    2026-10-11          2    0      0        0    0   1    1    0    0    0
    2026-10-18          2    0      0        0    0   0    2    0    0    0
    2026-10-25          1    1      0        0    0   0    2    0    0    0
    2026-11-01          1    1      0        0    0   0    2    0    0    0
    2026-11-08          1    1      0        0    0   0    2    0    0    0
    2026-11-15          1    1      0        0    0   0    1    1    0    0
    2026-11-22          1    1      0        0    1   0    2    0    0    0
    $ chitbook climate --on '1 jan 2026'
    Nobody was in the lists on that day; `chitbook list --all` shows who is in the book.
    $ chitbook climate --days 0
    ! error: invalid value '0' for '--days <N>': 0 is not in 1..=3650
    !
    ! For more information, try '--help'.
    exit 2
    $ chitbook climate --on someday
    ! cannot read “someday” as a date; try fri, 14 dec, in 2 weeks or 2027-03-14
    exit 2
    $ chitbook climate --on 'next year'
    ! that day is still to come
    exit 2
    $ chitbook climate --on tomorrow
    ! that day is still to come
    exit 2
    ");
}

#[test]
fn a_young_book_says_that_there_is_too_little_history() {
    let world = world();
    let said = world.transcript(&[&["backtest"], &["backtest", "--within", "7"]]);
    assert_snapshot!(said, @r"
    $ chitbook backtest
    Too little history to judge by: on 23 October 2026 2 people had been in touch (10 are needed), and the first contact was 52 days before (90 are needed).
    $ chitbook backtest --within 7
    Too little history to judge by: on 15 November 2026 2 people had been in touch (10 are needed), and the first contact was 75 days before (90 are needed).
    ");
    let judged = world.json(&["backtest", "--json"]);
    assert_eq!(judged["checks"], serde_json::json!([]));
    assert_eq!(judged["known"]["people"], 2);
    assert_eq!(judged["calibration"], 1.0);
}

#[test]
fn the_demo_book_judges_itself() {
    let world = demo();
    let said = world.ok(&["backtest"]);
    let first = said.lines().next().unwrap();
    assert!(
        first.starts_with("A month ago I expected ") && first.ends_with(" were."),
        "{first}"
    );
    let judged = world.json(&["backtest", "--json"]);
    assert_eq!(judged["sentence"], first);
    let checks = judged["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 12);
    assert_eq!(checks[0]["on"], "2026-10-23");
    for check in checks {
        let expected = check["expected"].as_f64().unwrap();
        assert!(expected > 0.0 && expected < check["people"].as_f64().unwrap());
        assert!(
            check["ranking"]["strength"].as_f64().unwrap() > 0.5,
            "{check}"
        );
        let shown = format!("{expected:.1}");
        let day = check["on"].as_str().unwrap();
        let line = said.lines().find(|line| line.starts_with(day)).unwrap();
        assert!(line.split_whitespace().any(|word| word == shown), "{line}");
    }
    let people = |bands: &Value| -> u64 {
        let bands = bands.as_array().unwrap().iter();
        bands.map(|band| band["people"].as_u64().unwrap()).sum()
    };
    let seen: u64 = checks.iter().map(|c| c["people"].as_u64().unwrap()).sum();
    assert_eq!(people(&judged["bands"]), seen);
    let weekly = world.json(&["backtest", "--within", "7", "--json"]);
    assert_eq!(weekly["checks"][0]["on"], "2026-11-15");
    let other = weekly["sentence"].as_str().unwrap();
    assert!(other.starts_with("A week ago"), "{other}");
}

#[test]
fn the_climate_of_the_demo_book_counts_everybody_once() {
    let world = demo();
    let listed = world.json(&["list", "--json"]);
    let listed = listed.as_array().unwrap();
    let found = world.json(&["climate", "--json"]);
    let states = ["on_rhythm", "due", "stale", "dormant", "new"];
    for state in states {
        let said = state.replace('_', " ");
        let these = listed.iter().filter(|p| p["state"] == said.as_str());
        assert_eq!(found["now"][state], these.count(), "{state}");
    }
    let history = found["history"].as_array().unwrap();
    assert_eq!(history.last().unwrap(), &found["now"]);
    for sample in history {
        let sum: u64 = states.iter().map(|s| sample[s].as_u64().unwrap()).sum();
        assert_eq!(sample["people"], sum);
    }
    assert_eq!(found["before"]["on"], "2026-10-23");
    assert_eq!(found["ahead"].as_array().unwrap().len(), 8);
    assert_eq!(found["ahead"][0]["from"], "2026-11-23");
    let strength = |name: &Value| {
        let person = listed.iter().find(|p| p["name"] == *name).unwrap();
        person["strength"].clone()
    };
    for mover in found["warmed"].as_array().unwrap() {
        assert_eq!(strength(&mover["name"]), mover["now"]);
        assert!(mover["now"].as_f64() > mover["before"].as_f64());
    }
    // What was true on a past day is what the history says of it.
    let past = world.json(&["climate", "--on", "2026-11-15", "--json"]);
    assert_eq!(past["now"], history[history.len() - 2]);
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let world = demo();
    for columns in [40, 60, 80, 120] {
        for verb in ["climate", "backtest"] {
            let mut program = world.program(&[verb]);
            let ran = program
                .env("COLUMNS", columns.to_string())
                .output()
                .unwrap();
            let said = String::from_utf8(ran.stdout).unwrap();
            let tables = said.lines().filter(|line| line.contains("  "));
            for line in tables {
                let width = chitbook::domain::text::width(line);
                assert!(width <= columns, "{verb} at {columns}: {line}");
            }
        }
    }
}

#[test]
fn letters_do_where_the_font_has_no_blocks() {
    let world = world();
    std::fs::create_dir_all(world.path("config/chitbook")).unwrap();
    std::fs::write(
        world.path("config/chitbook/config.toml"),
        "glyphs = \"ascii\"\n",
    )
    .unwrap();
    let said = world.ok(&["climate"]);
    assert!(said.contains('#') && said.is_ascii(), "{said}");
    world.ok(&["add", "Zoë", "--account", "– “Å” …", "--tag", "A"]);
    world.ok(&["log", "zoe", "it’s → done", "--at", "1 sep 14:00"]);
    world.ok(&["chit", "zoe", "me", "the door", "--worth", "1.5"]);
    for verb in [
        &["list"][..],
        &["show", "zoe"],
        &["backtest"],
        &["what-if", "zoe", "lunch in 2 weeks"],
        &["chits"],
        &["history"],
    ] {
        let said = world.ok(verb);
        let strange: String = said
            .chars()
            .filter(|c| !c.is_ascii() && !c.is_alphabetic())
            .collect();
        assert_eq!(strange, "", "{verb:?}: {said}");
    }
    let said = world.ok(&["show", "zoe"]);
    assert!(said.starts_with("Zoë\n- \"Å\" ."), "{said}");
    assert!(said.contains("you owe 1.5"), "{said}");
    assert!(
        world.ok(&["show", "zoe", "--json"]).contains("it’s → done"),
        "documents stay as they are"
    );
}
