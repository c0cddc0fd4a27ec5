//! Transcripts of `what-if`: what is supposed, what it says, how it ends; and that it says what logging would.

use crate::world::World;
use insta::assert_snapshot;

/// A book with Barney, called three times this autumn.
fn world() -> World {
    let world = World::new();
    world.ok(&["add", "Barney Rubble", "--account", "Slate & Co"]);
    for day in ["2026-09-23", "2026-10-21", "2026-11-13"] {
        world.ok(&["log", "barney", "--text", "call", "--at", day]);
    }
    world
}

#[test]
fn a_call_supposed_stands_beside_the_forecast() {
    let said = world().transcript(&[
        &["what-if", "barney", "a", "call", "next", "tuesday"],
        &[
            "what-if",
            "barney",
            "lunch fri, then a call every 2 weeks for 2 months",
        ],
        &["what-if", "barney", "nothing", "for", "a", "month"],
        &["what-if", "barney", "break", "a", "promise"],
    ]);
    assert_snapshot!(said, @"");
}

#[test]
fn what_cannot_be_read_is_named_and_nothing_is_said() {
    let said = world().transcript(&[
        &["what-if", "barney", "a", "call", "someday"],
        &["what-if", "barney", "call", "yesterday"],
        &["what-if", "fred", "call", "fri"],
        &["what-if", "barney"],
    ]);
    assert_snapshot!(said, @"");
}

#[test]
fn the_document_says_what_the_book_says_once_it_is_logged() {
    let world = world();
    let told = world.json(&["what-if", "barney", "lunch today", "--json"]);
    world.ok(&["log", "barney", "--kind", "meeting", "--text", "lunch"]);
    let person = world.json(&["show", "barney", "--json"]);
    assert_eq!(told["supposed"], person["strength"]);
    assert_eq!(told["supposed_cold_on"], person["cold_on"]);
    assert_eq!(told["supposed_state"], person["state"]);
    let gained = told["supposed"].as_f64().unwrap() - told["strength"].as_f64().unwrap();
    assert!((told["gained"].as_f64().unwrap() - gained).abs() < 0.0011);
    assert_eq!(told["on"], "2026-11-22");
    assert_eq!(told["events"][0]["what"], "meeting");
    for name in [
        "stale_on",
        "supposed_stale_on",
        "cold_on",
        "due_on",
        "supposed_due_on",
        "later_on",
    ] {
        assert!(told[name].is_string(), "{name}");
    }
    // Supposing changes nothing.
    let again = world.json(&["what-if", "barney", "break a promise", "--json"]);
    assert_eq!(again["strength"], told["supposed"]);
}
