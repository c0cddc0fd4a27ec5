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
    assert_snapshot!(said, @r#"
    $ chitbook what-if barney a call next tuesday
    Barney Rubble: Tue 24 Nov call
    wins 12.7 points on Tue 24 Nov, 6.1 four weeks later

                        as it is       if so  difference
    strength today          31.4        31.4
    on Tue 24 Nov           30.5        43.2       +12.7
    four weeks later        21.2        27.3        +6.1
    is due            Fri 11 Dec  Thu 17 Dec     +6 days
    goes stale        Thu 14 Jan  Sat 16 Jan     +2 days
    goes cold         Mon 28 Dec  Sun 17 Jan    +20 days
    $ chitbook what-if barney 'lunch fri, then a call every 2 weeks for 2 months'
    Barney Rubble: Fri 27 Nov meeting · 4 calls, Fri 11 Dec to Fri 22 Jan
    wins 46.4 points on Fri 22 Jan, 23.7 four weeks later

                        as it is       if so  difference
    strength today          31.4        31.4
    on Fri 22 Jan           15.6        62.0       +46.4
    four weeks later        12.4        36.1       +23.7
    is due            Fri 11 Dec   Tue 9 Feb    +60 days
    goes stale        Thu 14 Jan   Fri 5 Mar    +50 days
    goes cold         Mon 28 Dec  Sun 11 Apr   +104 days
    $ chitbook what-if barney nothing for a month
    Barney Rubble: nothing until Tue 22 Dec
    31.4 today, 21.2 on Tue 22 Dec

                        as it is       if so  difference
    strength today          31.4        31.4
    on Tue 22 Dec           21.2        21.2
    four weeks later        16.0        16.0
    is due            Fri 11 Dec  Fri 11 Dec
    goes stale        Thu 14 Jan  Thu 14 Jan
    goes cold         Mon 28 Dec  Mon 28 Dec
    $ chitbook what-if barney break a promise
    Barney Rubble: today promise broken
    costs 4.3 points today, 3.0 four weeks later

                        as it is       if so  difference
    strength today          31.4        27.1        −4.3
    four weeks later        21.7        18.7        −3.0
    is due            Fri 11 Dec  Fri 11 Dec
    goes stale        Thu 14 Jan  Thu 14 Jan
    goes cold         Mon 28 Dec  Tue 15 Dec    −13 days
    "#);
}

#[test]
fn what_cannot_be_read_is_named_and_nothing_is_said() {
    let said = world().transcript(&[
        &["what-if", "barney", "a", "call", "someday"],
        &["what-if", "barney", "call", "yesterday"],
        &["what-if", "fred", "call", "fri"],
        &["what-if", "barney"],
    ]);
    assert_snapshot!(said, @r#"
    $ chitbook what-if barney a call someday
    ! cannot read “someday” as a date; try fri, 14 dec, in 2 weeks or 2027-03-14
    exit 1
    $ chitbook what-if barney call yesterday
    ! “yesterday” is over; suppose a day from today on
    exit 1
    $ chitbook what-if fred call fri
    ! nobody in the book fits "fred"; `chitbook list` shows who is there, `chitbook add` adds a person
    exit 1
    $ chitbook what-if barney
    ! error: the following required arguments were not provided:
    !   <WORDS>...
    !
    ! Usage: chitbook what-if --book <FILE> <WHO> <WORDS>...
    !
    ! For more information, try '--help'.
    exit 2
    "#);
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
    assert_eq!(told["events"][0]["kind"], "meeting");
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
