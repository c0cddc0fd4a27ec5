//! Transcripts of the command line: what is typed, what it says, how it ends.

use crate::world::{World, now};
use chitbook::domain::command::Command;
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use insta::assert_snapshot;
use std::fs;

/// A book with Barney and Betty in it.
fn world() -> World {
    let world = World::new();
    world.ok(&[
        "add",
        "Barney Rubble",
        "--account",
        "Slate & Co",
        "--title",
        "Plant manager",
        "--phone",
        "+1 415 555 0100",
        "--email",
        "barney@slate.example",
    ]);
    world.ok(&["add", "Betty Marsh", "--account", "Acme", "--tag", "vip"]);
    world
}

#[test]
fn the_first_five_minutes() {
    let world = World::new();
    let said = world.transcript(&[
        &["list"],
        &[
            "add",
            "Barney Rubble",
            "--account",
            "Slate & Co",
            "--email",
            "barney@slate.example",
        ],
        &[
            "log",
            "barney",
            "firmware worry",
            "--at",
            "13 nov 14:00",
            "--minutes",
            "14",
        ],
        &["list"],
        &["undo"],
        &["redo"],
        &["check"],
        &["history"],
    ]);
    assert_snapshot!(said, @r##"
    $ chitbook list
    ! there is no book at WORLD/book.chitbook; name another with --book, or make this one with `chitbook add` or `chitbook import`
    exit 1
    $ chitbook add 'Barney Rubble' --account 'Slate & Co' --email barney@slate.example
    Added Barney Rubble (#1)
    $ chitbook log barney 'firmware worry' --at '13 nov 14:00' --minutes 14
    Logged a call with Barney Rubble (#2: Fri 13 Nov 14:00)
    $ chitbook list
    id    name           account     strength  state      last touch  cold on     i owe  they owe
    #1    Barney Rubble  Slate & Co        14  on rhythm  2026-11-13  2026-11-13
    $ chitbook undo
    Undone: Logged a call with Barney Rubble
    $ chitbook redo
    Redone: Logged a call with Barney Rubble
    $ chitbook check
    The book is whole: 1 person, every reference and every derived value is as it should be.
    $ chitbook history
    when              what
    2026-11-22 14:07  Logged a call with Barney Rubble
    2026-11-22 14:07  Added Barney Rubble
    "##);
}

#[test]
fn a_person_in_full() {
    let world = world();
    world.ok(&[
        "log",
        "barney",
        "betty",
        "lunch together",
        "--kind",
        "meeting",
        "--at",
        "yesterday",
    ]);
    world.ok(&[
        "log",
        "barney",
        "--kind",
        "call",
        "--out",
        "--at",
        "2026-11-02T09:30:00+01:00",
    ]);
    world.ok(&[
        "chit",
        "barney",
        "me",
        "got me past the desk",
        "--on",
        "3 nov",
    ]);
    world.ok(&["plan", "barney", "fri", "ask", "about", "the", "audit"]);
    let said = world.transcript(&[
        &["promise", "barney", "send revised quote fri"],
        &[
            "promise",
            "barney",
            "confirm head count",
            "--by",
            "3 dec",
            "--theirs",
        ],
        &["promise", "barney", "call the plant"],
        &["show", "barney@slate.example"],
    ]);
    assert_snapshot!(said, @r"
    $ chitbook promise barney 'send revised quote fri'
    Promised Barney Rubble: send revised quote (#1: due Fri 27 Nov)
    $ chitbook promise barney 'confirm head count' --by '3 dec' --theirs
    Barney Rubble promised: confirm head count (#2: due Thu 3 Dec)
    $ chitbook promise barney 'call the plant'
    Promised Barney Rubble: call the plant (#3: due Sun 29 Nov)
    $ chitbook show barney@slate.example
    Barney Rubble
    Plant manager · Slate & Co
    +1 415 555 0100 · barney@slate.example
    strength 45, on rhythm · goes cold Wed 13 Jan · last touch yesterday · rhythm 19 days
    you owe 1 · next: Fri 27 Nov ask about the audit

    Promises
    id    by    due         what
    #1    you   Fri 27 Nov  send revised quote
    #3    you   Sun 29 Nov  call the plant
    #2    them  Thu 3 Dec   confirm head count

    Open chits
    id    on          giver          receiver  open  what
    #4    2026-11-03  Barney Rubble  me           1  got me past the desk

    Touches
    on          kind     min  text
    2026-11-21  meeting       (with Betty Marsh) lunch together
    2026-11-02  call

    What makes up the strength
    points  on          what
     +21.6  2026-11-21  meeting
     +15.6  2026-11-03  favour
      +8.8  2026-11-02  call
      46.0              bond: what has been built
      −1.0              1 day silent, usual gap 18.6
      45.0              strength today

    How it stands
      on rhythm: silent no longer than the usual gap
      due Thu 10 Dec · stale Tue 5 Jan · cold Wed 13 Jan
      the silence is 0.1 times the usual gap
      69 % chance of being in touch within 30 days
      a call today would win 6.3 points

    How often
      usual gap: 18.6 days
      learned from 2 gaps
      begins at 30 days, as with everybody
    from        to          gap      usual gap then
    2026-11-03  2026-11-21  18 days            18.6
    2026-11-02  2026-11-03  1 day              18.8
    ");
}

#[test]
fn the_ledger_of_favours() {
    let world = world();
    world.ok(&[
        "chit",
        "barney",
        "me",
        "got me past the desk",
        "--on",
        "3 nov",
    ]);
    world.ok(&[
        "chit",
        "me",
        "betty",
        "sent her nephew's CV to HR",
        "--on",
        "yesterday",
        "--worth",
        "big",
        "--pending",
    ]);
    world.ok(&[
        "chit",
        "Barney Rubble",
        "Betty Marsh",
        "intro to finance",
        "--on",
        "2026-01-15",
        "--worth",
        "small",
    ]);
    let rows = world.json(&["chits", "--json"]);
    let id = |at: usize| rows[at]["id"].as_str().unwrap().to_owned();
    let (small, big) = (id(0), id(2));
    let said = world.transcript(&[
        &["chits"],
        &["chits", "--balances"],
        &["settle", &big, "--by", "lunch at her place", "--part", "1½"],
        &["settle", &small, "--forgive"],
        &["settle", &small, "--forgive"],
        &["chits", "--open"],
        &["chits", "betty", "--as-of", "2026-06-01"],
        &["chit", "barney", "barney", "thanked himself"],
        &["chit", "barney", "me", "a thing", "--worth", "0.3"],
    ]);
    let said = said.replace(&big, "BIG").replace(&small, "SMALL");
    assert_snapshot!(said, @r##"
    $ chitbook chits
    id    on          giver          receiver     what                        worth  open  state   days
    #1    2026-01-15  Barney Rubble  Betty Marsh  intro to finance                ½     ½  open     311
    #2    2026-11-03  Barney Rubble  me           got me past the desk            1     1  open      19
    #3    2026-11-21  me             Betty Marsh  sent her nephew's CV to HR      2     2  open !     1
    $ chitbook chits --balances
    who            i owe  they owe  oldest days  last           favour
    Betty Marsh        0         2            1  -> 2026-11-21  sent her nephew's CV to HR
    Barney Rubble      1         0           19  <- 2026-11-03  got me past the desk

    Between others
    who          owes           open  oldest days
    Betty Marsh  Barney Rubble     ½          311
    $ chitbook settle BIG --by 'lunch at her place' --part 1½
    Redeemed 1½ of the chit "sent her nephew's CV to HR" (½ left open)
    $ chitbook settle SMALL --forgive
    Forgave ½ of the chit "intro to finance" (nothing left open)
    $ chitbook settle SMALL --forgive
    ! the chit "intro to finance" is forgiven already
    exit 1
    $ chitbook chits --open
    id    on          giver          receiver     what                        worth  open  state   days
    #2    2026-11-03  Barney Rubble  me           got me past the desk            1     1  open      19
    #3    2026-11-21  me             Betty Marsh  sent her nephew's CV to HR      2     ½  part !     1
    $ chitbook chits betty --as-of 2026-06-01
    id    on          giver          receiver     what              worth  open  state  days
    #1    2026-01-15  Barney Rubble  Betty Marsh  intro to finance      ½     ½  open    137
    $ chitbook chit barney barney 'thanked himself'
    ! a chit is between two people: giver and receiver are the same
    exit 1
    $ chitbook chit barney me 'a thing' --worth 0.3
    ! "0.3" is not a worth; say small, plain, big, or a number in halves up to 200
    exit 2
    "##);
}

#[test]
fn several_people_who_fit_are_listed_and_nothing_is_done() {
    let world = world();
    let said = world.transcript(&[
        &["log", "b", "which one"],
        &["show", "zelda"],
        &["log", "barney", "bet", "ok"],
        &["log", "barney", "be brief"],
        &["log", "barney", "--", "betty", "was", "not", "there"],
        &["history", "--limit", "3"],
    ]);
    assert_snapshot!(said, @r##"
    $ chitbook log b 'which one'
    ! "b" fits 2 people; nothing was done, say which by more of the name, an e-mail address or the id:
    !   #1    Barney Rubble, Slate & Co
    !   #2    Betty Marsh, Acme
    exit 1
    $ chitbook show zelda
    ! nobody in the book fits "zelda"; `chitbook list` shows who is there, `chitbook add` adds a person
    exit 1
    $ chitbook log barney bet ok
    Logged a call with Barney Rubble and Betty Marsh (#3: Sun 22 Nov 14:07)
    $ chitbook log barney 'be brief'
    Logged a call with Barney Rubble (#4: Sun 22 Nov 14:07)
    $ chitbook log barney -- betty was not there
    Logged a call with Barney Rubble (#5: Sun 22 Nov 14:07)
    $ chitbook history --limit 3
    when              what
    2026-11-22 14:07  Logged a call with Barney Rubble
    2026-11-22 14:07  Logged a call with Barney Rubble
    2026-11-22 14:07  Logged a call with Barney Rubble and Betty Marsh
    "##);
}

#[test]
fn a_cadence_that_no_book_can_hold_is_refused_in_a_sentence() {
    let world = world();
    for days in ["-5", "0", "3651", "70000"] {
        let ran = world
            .program(&["cadence", "barney", days])
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(1), "{days}");
        assert_eq!(
            String::from_utf8(ran.stderr).unwrap(),
            "a cadence is between 1 and 3650 days\n",
            "{days}"
        );
    }
}

#[test]
fn a_touch_that_is_still_to_come_is_not_called_nothing() {
    let world = world();
    let said = world.ok(&["show", "barney"]);
    assert!(said.contains("new: nothing was logged yet"), "{said}");
    world.ok(&["log", "barney", "the audit"]);
    world.ok(&["export", "all", "--as", "json", "-o", "all.json"]);
    let text = fs::read(world.path("all.json")).unwrap();
    let mut document: serde_json::Value = serde_json::from_slice(&text).unwrap();
    for (table, column) in [("touch", "at"), ("party", "wall")] {
        for row in document["tables"][table].as_array_mut().unwrap() {
            if let Some(at) = row[column].as_i64() {
                row[column] = (at + 60 * 86_400_000).into();
            }
        }
    }
    let other = World::new();
    fs::write(other.path("all.json"), document.to_string()).unwrap();
    other.ok(&["import", "all.json"]);
    let said = other.ok(&["show", "barney"]);
    assert!(said.contains("new: nothing up to today"), "{said}");
    assert!(said.contains("2027-01-21"), "{said}");
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_type() {
    let world = world();
    let table: [&[&str]; 9] = [
        &["lst"],
        &["show"],
        &["settle", "abcd"],
        &["settle", "abcd", "--forgive", "--by", "x"],
        &["log", "barney", "--kind", "telegram"],
        &["log", "barney", "--at", "31 feb"],
        &["plan", "barney", "someday"],
        &["export", "all", "--as", "csv"],
        &["cadence", "barney", "often"],
    ];
    for args in table {
        let ran = world.program(args).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{args:?}");
        assert!(ran.stdout.is_empty(), "{args:?}");
        assert!(!ran.stderr.is_empty(), "{args:?}");
    }
    assert_eq!(
        world.json(&["history", "--json"]).as_array().unwrap().len(),
        2
    );
}

#[test]
fn a_setting_that_is_not_known_is_an_error_with_its_line() {
    let world = world();
    fs::create_dir_all(world.path("config/chitbook")).unwrap();
    let write = |text: &str| fs::write(world.path("config/chitbook/config.toml"), text).unwrap();
    write("cold_line = 25\n\ncolour = true\n");
    let said = world.transcript(&[&["list"]]);
    assert!(
        said.contains("config.toml, line 3: unknown field `colour`"),
        "{said}"
    );
    assert!(said.ends_with("exit 1\n"), "{said}");
    write("cold_line = 25\ndate_order = \"dmy\"\n");
    let rows = world.json(&["settings", "--json"]);
    let row = |name: &str| {
        rows.as_array()
            .unwrap()
            .iter()
            .find(|row| row["name"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(row("cold_line")["value"], 25.0);
    assert!(
        row("cold_line")["source"]
            .as_str()
            .unwrap()
            .ends_with("config.toml")
    );
    assert_eq!(row("country")["source"], "default");
    world.ok(&["log", "barney", "--at", "3/4/2026"]);
    let at = world.json(&["show", "barney", "--json"])["touches"][0]["at"].clone();
    assert_eq!(at, "2026-04-03T12:00:00+00:00");
}

#[test]
fn other_numbers_of_the_model_are_derived_anew_by_the_next_change_and_read_at_once() {
    let world = world();
    world.ok(&["log", "barney", "--at", "1 nov"]);
    world.ok(&["log", "barney", "--at", "10 nov"]);
    world.ok(&["check"]);
    let strength = || {
        world.json(&["list", "barney", "--json"])[0]["strength"]
            .as_f64()
            .unwrap()
    };
    let shown = || {
        world.json(&["show", "barney", "--json"])["strength"]
            .as_f64()
            .unwrap()
    };
    let before = strength();
    fs::create_dir_all(world.path("config/chitbook")).unwrap();
    fs::write(
        world.path("config/chitbook/config.toml"),
        "house_rhythm = 200\n",
    )
    .unwrap();
    let after = strength();
    assert!(after > before + 1.0, "{before} {after}");
    assert!((shown() - after).abs() < 1e-9);
    world.ok(&["tag", "barney", "slow"]);
    assert!((strength() - after).abs() < 1e-9);
    world.ok(&["check"]);
}

#[test]
fn the_json_of_a_list_and_of_a_person_has_the_promised_fields() {
    let world = world();
    world.ok(&["log", "barney", "hello", "--at", "yesterday 9am"]);
    let list = world.json(&["list", "--json", "--sort", "name"]);
    let fields = [
        "name",
        "account",
        "title",
        "strength",
        "state",
        "staleness",
        "last_touch",
        "cold_on",
        "chits_owed_by_me",
        "chits_owed_to_me",
        "tags",
    ];
    let more = [
        "emails",
        "phones",
        "promises",
        "chits",
        "facts",
        "dates",
        "needs",
        "touches",
        "referrals",
        "seat",
        "why",
    ];
    for field in fields {
        assert!(list[0].get(field).is_some(), "list: {field}");
    }
    let person = world.json(&["show", "barney", "--json"]);
    for field in fields.iter().chain(&more) {
        assert!(person.get(field).is_some(), "show: {field}");
    }
    assert_eq!(list[0]["last_touch"], "2026-11-21");
    assert_eq!(list[1]["staleness"], serde_json::Value::Null);
    assert_eq!(person["touches"][0]["at"], "2026-11-21T09:00:00+00:00");
    let points: f64 = person["why"]
        .as_array()
        .unwrap()
        .iter()
        .map(|share| share["points"].as_f64().unwrap())
        .sum();
    assert!((points - person["strength"].as_f64().unwrap()).abs() < 0.01);
    assert!(person["id"].is_string());
}

#[test]
fn a_touch_dated_ahead_counts_in_a_list_from_its_day_on_though_nothing_was_written_since() {
    let world = world();
    world
        .book()
        .turn_to(chitbook::domain::moment::day_number(
            "2026-11-22".parse().unwrap(),
        ))
        .unwrap();
    // Only an import or another calendar can bring one in; the command line refuses what has not happened yet.
    let mut book = world.book();
    let touch = Touch {
        at: "2026-11-24T09:00:00+00:00".parse().unwrap(),
        kind: TouchKind::Meeting,
        direction: Direction::Mutual,
        minutes: None,
        body: String::new(),
        people: vec![book.who("barney").unwrap()[0].id],
    };
    book.apply(&Command::LogTouch(Box::new(touch)), &now())
        .unwrap();
    drop(book);
    let strength = |now: &str| {
        let ran = world
            .program(&["list", "barney", "--json"])
            .env("CHITBOOK_NOW", now)
            .output()
            .unwrap();
        let list: serde_json::Value = serde_json::from_slice(&ran.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&ran.stderr)));
        list[0]["strength"].as_f64().unwrap()
    };
    assert!(strength("2026-11-23T09:00:00+00:00") < 0.001);
    assert!(strength("2026-11-24T09:00:00+00:00") > 1.0);
}

#[test]
fn a_list_is_filtered_by_every_word_and_cut_to_the_width() {
    let world = world();
    for (words, count) in [
        (&["vip"][..], 1),
        (&["slate", "plant"], 1),
        (&["slate", "vip"], 0),
        (&["BARNEY"], 1),
        (&[], 2),
    ] {
        let args: Vec<&str> = ["list", "--json"].iter().chain(words).copied().collect();
        assert_eq!(
            world.json(&args).as_array().unwrap().len(),
            count,
            "{words:?}"
        );
    }
    world.ok(&["archive", "betty"]);
    assert_eq!(world.json(&["list", "--json"]).as_array().unwrap().len(), 1);
    assert_eq!(
        world
            .json(&["list", "--all", "--json"])
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let narrow = world
        .program(&["list"])
        .env("COLUMNS", "78")
        .output()
        .unwrap();
    let narrow = String::from_utf8(narrow.stdout).unwrap();
    assert!(
        narrow
            .lines()
            .all(|line| chitbook::domain::text::width(line) <= 78),
        "{narrow}"
    );
}

#[test]
fn hostile_names_reach_neither_the_terminal_nor_break_the_json() {
    let world = world();
    let outside = rusqlite::Connection::open(world.path("book.chitbook")).unwrap();
    let evil = "Eve\u{1b}]0;pwned\u{7}\u{9b}31m\u{202E}\r\nroot";
    outside
        .execute(
            "update contact set name = ?1, note = ?1 where name = 'Barney Rubble'",
            [evil],
        )
        .unwrap();
    drop(outside);
    for args in [
        &["list"][..],
        &["show", "eve"],
        &["list", "--json"],
        &["show", "eve", "--json"],
        &["tag", "eve", "x"],
        &["history"],
        &["log", "e"],
    ] {
        let ran = world.program(args).output().unwrap();
        for stream in [ran.stdout, ran.stderr] {
            let text = String::from_utf8(stream).unwrap();
            assert!(
                !text
                    .chars()
                    .any(|c| c.is_control() && c != '\n' || c == '\u{202E}'),
                "{args:?}: {text:?}"
            );
        }
    }
    assert_eq!(world.json(&["show", "eve", "--json"])["name"], evil);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let world = world();
    for args in [&["export", "all", "--as", "json"][..], &["man"], &["list"]] {
        let mut child = world
            .program(args)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "", "{args:?}");
        assert_eq!(ended.status.code(), Some(0), "{args:?}");
    }
}

#[test]
fn without_a_terminal_the_dashboard_is_a_sentence() {
    let world = world();
    for args in [&[][..], &["demo"]] {
        let ran = world.program(args).env("TERM", "xterm").output().unwrap();
        assert_eq!(ran.status.code(), Some(2));
        assert!(
            String::from_utf8(ran.stderr)
                .unwrap()
                .contains("needs a terminal")
        );
    }
}

#[test]
fn every_command_is_in_the_manual_and_in_the_completions() {
    let world = World::new();
    let (man, bash) = (world.ok(&["man"]), world.ok(&["completions", "bash"]));
    for verb in [
        "demo",
        "import",
        "export",
        "list",
        "show",
        "add",
        "log",
        "chit",
        "settle",
        "chits",
        "tag",
        "archive",
        "plan",
        "cadence",
        "promise",
        "done",
        "undo",
        "redo",
        "history",
        "backup",
        "restore",
        "check",
        "settings",
        "completions",
        "man",
    ] {
        assert!(man.contains(&format!(".SS {verb}\n")), "{verb}");
        assert!(bash.contains(&format!("chitbook,{verb})")), "{verb}");
    }
    assert!(world.ok(&["--version"]).contains("SQLite 3."));
    assert!(!world.path("book.chitbook").exists());
}

#[test]
fn a_note_comes_from_standard_input() {
    use std::io::Write as _;
    let world = world();
    let mut child = world
        .program(&["log", "barney", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("first line\n\u{1b}[2Jsecond\n".as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success());
    let touch = &world.json(&["show", "barney", "--json"])["touches"][0];
    assert!(
        touch["text"]
            .as_str()
            .unwrap()
            .starts_with("first line\n[2Jsecond")
    );
}

#[test]
fn a_promise_is_closed_by_the_beginning_of_its_id() {
    let world = world();
    world.ok(&["promise", "barney", "send quote fri"]);
    let promise = world.json(&["show", "barney", "--json"])["promises"][0].clone();
    assert_eq!(
        (promise["what"].as_str(), promise["due"].as_str()),
        (Some("send quote"), Some("2026-11-27"))
    );
    world.ok(&["done", promise["id"].as_str().unwrap()]);
    assert_eq!(
        world.json(&["show", "barney", "--json"])["promises"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    let ran = world.program(&["done", "zzzz"]).output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
}

#[test]
fn somebody_archived_stays_as_they_were_that_day_without_state_dates_or_chance() {
    let world = World::new();
    world.ok(&["add", "Wilma Flint"]);
    for day in ["2026-06-02", "2026-07-01", "2026-08-03"] {
        world.ok(&["log", "wilma", "--at", day, "a talk"]);
    }
    let on_that_day = |args: &[&str]| {
        let mut program = world.program(args);
        program.env("CHITBOOK_NOW", "2026-09-02T10:00:00+00:00");
        let ran = program.output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
        String::from_utf8(ran.stdout).unwrap()
    };
    let then = on_that_day(&["show", "wilma", "--json"]);
    let then: serde_json::Value = serde_json::from_str(&then).unwrap();
    on_that_day(&["archive", "wilma"]);
    let now = world.json(&["show", "wilma", "--json"]);
    assert_eq!(now["state"], "archived");
    assert_eq!(now["archived_on"], "2026-09-02");
    for same in ["strength", "bond", "last_touch", "rhythm", "silence"] {
        assert_eq!(now[same], then[same], "{same}");
    }
    for none in [
        "due_on",
        "stale_on",
        "cold_on",
        "chance_30",
        "lost",
        "staleness",
    ] {
        assert!(
            !then[none].is_null() && now[none].is_null(),
            "{none}: {now}"
        );
    }
    let shares = now["why"].as_array().unwrap().iter();
    let sum: f64 = shares.map(|share| share["points"].as_f64().unwrap()).sum();
    assert!((sum - now["strength"].as_f64().unwrap()).abs() < 1e-9);
    let listed = &world.json(&["list", "--archived", "--json"])[0];
    for same in ["state", "strength", "cold_on", "staleness", "last_touch"] {
        assert_eq!(listed[same], now[same], "{same}");
    }
    let page = world.ok(&["show", "wilma"]);
    let points = then["strength"].as_f64().unwrap();
    let said = format!("strength {points:.0} when archived");
    assert!(page.contains(&said), "{page}");
    assert!(page.contains("archived since Wed 2 Sep"), "{page}");
    for word in [" due", "stale", "cold", "rhythm", "% chance", "would win"] {
        assert!(!page.contains(word), "{word:?} in\n{page}");
    }
    let table = world.ok(&["list", "--archived"]);
    assert!(
        table.contains("archived") && !table.contains("2027"),
        "{table}"
    );
    // Back in the lists they are followed again.
    world.ok(&["archive", "wilma", "--back"]);
    let back = world.json(&["show", "wilma", "--json"]);
    assert!(back["strength"].as_f64() < then["strength"].as_f64());
    assert!(back["archived_on"].is_null() && !back["cold_on"].is_null());
}
