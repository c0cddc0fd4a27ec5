//! Strengths corrected by hand: as wished, with the reason, taken back, carried to another book; and the explanation that shows it.

use crate::world::{World, add, dump, now};
use chitbook::domain::command::{Amend, Command};
use chitbook::domain::id::Id;
use chitbook::domain::moment::{day_number, shift};
use chitbook::domain::strength::Wish;
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use chitbook::store::Store;
use insta::assert_snapshot;

fn met(book: &mut Store, who: Id, days_ago: i64) {
    let touch = Touch {
        at: now() - chrono::Duration::days(days_ago),
        kind: TouchKind::Meeting,
        direction: Direction::Mutual,
        minutes: None,
        body: String::new(),
        people: vec![who],
    };
    book.apply(&Command::LogTouch(Box::new(touch)), &now())
        .unwrap();
}

fn amend(contact: Id, days_ago: i64, wish: Wish, reason: &str) -> Command {
    Command::CorrectStrength(Box::new(Amend {
        contact,
        on: shift(now().date_naive(), -days_ago),
        wish,
        reason: reason.to_owned(),
    }))
}

fn strength(book: &Store, who: Id) -> f64 {
    let today = day_number(now().date_naive());
    let summary = book.summary(who).unwrap().unwrap();
    summary.read(&book.params, today).strength
}

#[test]
fn a_strength_is_as_corrected_until_it_fades_and_undo_gives_the_old_one_back() {
    let world = World::new();
    let mut book = world.book();
    let who = add(&mut book, "Barney Rubble");
    met(&mut book, who, 12);
    book.turn_to(day_number(now().date_naive())).unwrap();
    let (before, start) = (strength(&book, who), dump(&book));
    let done = book
        .apply(&amend(who, 0, Wish::To(60.0), "school friends"), &now())
        .unwrap();
    assert_eq!(done.label, "Corrected Barney Rubble's strength to 60");
    assert!((strength(&book, who) - 60.0).abs() < 1e-3);
    book.apply(&amend(who, 0, Wish::By(-10.0), "not quite"), &now())
        .unwrap();
    assert!((strength(&book, who) - 50.0).abs() < 1e-3);
    assert!(book.check(&now()).unwrap().is_clean());
    let person = book.person(who).unwrap().unwrap();
    let reasons: Vec<&str> = person
        .trail
        .corrections
        .iter()
        .map(|c| c.reason.as_str())
        .collect();
    assert_eq!(reasons, ["school friends", "not quite"]);
    let latest = *person.corrections.last().unwrap();
    let dropped = book
        .apply(&Command::DropCorrection(latest), &now())
        .unwrap();
    assert_eq!(
        dropped.label,
        "Took back a correction of Barney Rubble's strength"
    );
    assert!((strength(&book, who) - 60.0).abs() < 1e-3);
    let end = dump(&book);
    for _ in 0..3 {
        book.undo(&now()).unwrap();
    }
    assert_eq!(strength(&book, who).to_bits(), before.to_bits());
    assert_eq!(dump(&book), start);
    for _ in 0..3 {
        book.redo(&now()).unwrap();
    }
    assert_eq!(dump(&book), end);
    assert!(book.check(&now()).unwrap().is_clean());
}

#[test]
fn a_correction_dated_back_counts_from_its_day() {
    let world = World::new();
    let mut book = world.book();
    let who = add(&mut book, "Barney Rubble");
    met(&mut book, who, 60);
    met(&mut book, who, 5);
    book.apply(&amend(who, 30, Wish::To(50.0), "a long dinner"), &now())
        .unwrap();
    let person = book.person(who).unwrap().unwrap();
    let then = day_number(now().date_naive()) - 30;
    let standing = chitbook::domain::strength::Standing::replay(&book.params, &person.trail, then);
    assert!((standing.strength(&book.params, None, then) - 50.0).abs() < 1e-3);
    let refused = book.apply(&amend(who, 61, Wish::To(50.0), "before we met"), &now());
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("log a touch first"), "{refused}");
    assert!(book.check(&now()).unwrap().is_clean());
}

#[test]
fn the_store_refuses_what_makes_no_sense_and_changes_nothing() {
    let world = World::new();
    let mut book = world.book();
    let who = add(&mut book, "Barney Rubble");
    let stranger = add(&mut book, "Wilma Slate");
    met(&mut book, who, 12);
    let start = dump(&book);
    let cases = [
        (amend(Id::ME, 0, Wish::To(50.0), "why"), "somebody else"),
        (amend(who, 0, Wish::To(50.0), " \n"), "needs its reason"),
        (amend(who, -1, Wish::To(50.0), "why"), "has not come yet"),
        (
            amend(stranger, 0, Wish::To(50.0), "why"),
            "log a touch first",
        ),
        (
            amend(who, 0, Wish::To(99.0), "why"),
            "of silence; a touch makes more possible",
        ),
        (amend(who, 0, Wish::To(f64::NAN), "why"), "is no strength"),
        (
            amend(Id::from_raw(77), 0, Wish::To(50.0), "why"),
            "not in the book",
        ),
        (Command::DropCorrection(Id::from_raw(77)), "not in the book"),
    ];
    for (command, wanted) in cases {
        let said = book.apply(&command, &now()).unwrap_err().to_string();
        assert!(said.contains(wanted), "{command:?}: {said}");
    }
    assert_eq!(dump(&book), start);
}

#[test]
fn corrections_travel_as_json_to_the_last_bit() {
    let world = World::new();
    let mut book = world.book();
    let who = add(&mut book, "Barney Rubble");
    met(&mut book, who, 12);
    for tenth in 0..40 {
        let wish = Wish::To(20.0 + f64::from(tenth) * 1.1);
        book.apply(&amend(who, 0, wish, "a little more"), &now())
            .unwrap();
    }
    book.turn_to(day_number(now().date_naive())).unwrap();
    let file = world.path("all.json").display().to_string();
    world.ok(&["export", "all", "--as", "json", "-o", &file]);
    let other = World::new();
    other.ok(&["import", &file]);
    let mut copy = other.book();
    copy.turn_to(day_number(now().date_naive())).unwrap();
    assert_eq!(dump(&copy), dump(&book));
}

#[test]
fn a_strength_is_corrected_explained_and_taken_back_on_the_command_line() {
    let world = World::new();
    world.ok(&["add", "Barney Rubble"]);
    for (kind, at) in [
        ("meeting", "1 sep"),
        ("email", "20 sep"),
        ("email", "1 oct"),
        ("call", "2 nov"),
    ] {
        world.ok(&[
            "log",
            "barney",
            "--kind",
            kind,
            "--out",
            "--at",
            at,
            "--minutes",
            "14",
        ]);
    }
    let said = world.transcript(&[
        &[
            "correct", "barney", "+10", "we", "were", "at", "school", "together",
        ],
        &["show", "barney"],
        &["correct", "barney", "-200", "gone"],
        &["correct", "barney", "100", "best friends"],
        &["correct", "barney", "lots", "why not"],
        &["correct", "barney", "60"],
        &[
            "correct", "barney", "30", "--on", "10 nov", "he", "was", "distant",
        ],
        &["correct", "barney", "--off"],
        &["undo"],
        &["correct", "barney", "--off"],
        &["correct", "barney", "--off"],
        &["correct", "barney", "--off"],
        &["check"],
    ]);
    assert_snapshot!(said, @r"
    $ chitbook correct barney +10 we were at school together
    Corrected Barney Rubble's strength by +10 (strength 39.9)
    $ chitbook show barney
    Barney Rubble
    strength 40, on rhythm · goes cold Thu 28 Jan · last touch 2 weeks ago · rhythm 24 days

    Touches
    on          kind     min  text
    2026-11-02  call      14
    2026-10-01  email     14
    2026-09-20  email     14
    2026-09-01  meeting   14

    What makes up the strength
    points  on          what
     +23.0  2026-11-22  corrected by hand, 29.9 → 39.9: we were at school together
      +5.4  2026-11-02  call, 14 min, 3rd in a row not returned
      +4.8  2026-10-01  e-mail sent, 14 min, 2nd in a row unanswered
      +5.5  2026-09-20  e-mail sent, 14 min
     +15.6  2026-09-01  meeting, 14 min
      54.3              bond: what has been built
     −14.4              20 days silent, usual gap 24.2
      39.9              strength today

    How it stands
      on rhythm: silent no longer than the usual gap
      due Fri 27 Nov · stale Mon 28 Dec · cold Thu 28 Jan
      the silence is 0.8 times the usual gap
      58 % chance of being in touch within 30 days
      a call today would win 18.2 points

    How often
      usual gap: 24.2 days
      learned from 3 gaps
      begins at 30 days, as with everybody
    from        to          gap      usual gap then
    2026-10-01  2026-11-02  32 days            24.2
    2026-09-20  2026-10-01  11 days            21.0
    2026-09-01  2026-09-20  19 days            25.8
    $ chitbook correct barney -200 gone
    ! the strength is 39.9, so it can fall by 39.9 at most
    exit 1
    $ chitbook correct barney 100 'best friends'
    ! at most 72.7 after 20 days of silence; a touch makes more possible
    exit 1
    $ chitbook correct barney lots 'why not'
    ! a correction is written 60, or +10, or -10, in points of strength
    exit 2
    $ chitbook correct barney 60
    ! error: the following required arguments were not provided:
    !   <REASON>...
    !
    ! Usage: chitbook correct <WHO> (<60|+10|-10> <REASON>… [--on <DATE>] | --off)
    !
    ! For more information, try '--help'.
    exit 2
    $ chitbook correct barney 30 --on '10 nov' he was distant
    Corrected Barney Rubble's strength to 30 (30 on Tue 10 Nov, 37 today)
    $ chitbook correct barney --off
    Took back a correction of Barney Rubble's strength
    $ chitbook undo
    Undone: Took back a correction of Barney Rubble's strength
    $ chitbook correct barney --off
    Took back a correction of Barney Rubble's strength
    $ chitbook correct barney --off
    Took back a correction of Barney Rubble's strength
    $ chitbook correct barney --off
    ! the strength of Barney Rubble was not corrected by hand
    exit 1
    $ chitbook check
    The book is whole: 1 person, every reference and every derived value is as it should be.
    ");
    let person = world.json(&["show", "barney", "--json"]);
    for field in [
        "why",
        "bond",
        "rhythm",
        "gaps",
        "state",
        "due_on",
        "stale_on",
        "cold_on",
        "chance_30",
        "staleness",
        "lost",
    ] {
        assert!(person.get(field).is_some(), "{field}");
    }
    let thousandths =
        |points: &serde_json::Value| (points.as_f64().unwrap() * 1000.0).round() as i64;
    let sum: i64 = person["why"]
        .as_array()
        .unwrap()
        .iter()
        .map(|share| thousandths(&share["points"]))
        .sum();
    assert_eq!(sum, thousandths(&person["strength"]));
    assert_eq!(person["gaps"][0]["to"], "2026-11-02");
}
