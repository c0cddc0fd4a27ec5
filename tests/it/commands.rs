//! The command line as a script or a person at the shell meets it: what is printed, where, and with which exit code.

use crate::world::{World, masked};
use serde_json::Value;
use std::fs;
use std::process::{Command, Stdio};

/// A book with three people, two of whom begin alike.
fn world() -> World {
    let world = World::new();
    world.done(&[
        "add",
        "Barney Rubble",
        "--account",
        "Slate & Co",
        "--title",
        "Foreman",
        "--email",
        "barney@slate.example",
        "--phone",
        "+1 415 555 0100",
        "--tag",
        "vip",
    ]);
    world.done(&["add", "Wilma Flint"]);
    world.done(&["add", "Wilbur Stone", "--account", "Acme"]);
    world
}

/// The labels of the steps, newest first, and whether they are undone.
fn steps(world: &World) -> Vec<(String, bool)> {
    let steps = world.json(&["history", "--json"]);
    let step = |step: &Value| {
        let label = step["label"].as_str().unwrap().to_owned();
        (label, step["undone"].as_bool().unwrap())
    };
    steps.as_array().unwrap().iter().map(step).collect()
}

fn labels(world: &World) -> Vec<String> {
    steps(world).into_iter().map(|(label, _)| label).collect()
}

/// The ids of the rows in a JSON list.
fn ids(rows: &Value) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

fn names(rows: &Value) -> Vec<&str> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["name"].as_str().unwrap()).collect()
}

#[test]
fn people_are_added_listed_and_tagged() {
    let world = world();
    assert_eq!(
        masked(&world.done(&["add", "Pia Bed"])),
        "Added Pia Bed (####)\n"
    );
    assert_eq!(
        world.done(&["tag", "Pia", "sailing", "buyer"]),
        "Tagged Pia Bed +sailing +buyer\n"
    );
    assert_eq!(
        world.json(&["list", "pia", "--json"])[0]["tags"],
        serde_json::json!(["sailing", "buyer"])
    );
    world.done(&["tag", "Pia", "buyer", "--off"]);
    assert_eq!(
        names(&world.json(&["list", "sailing", "--json"])),
        ["Pia Bed"]
    );
    assert_eq!(world.done(&["list", "buyer"]), "Nobody fits.\n");
    assert_eq!(
        masked(&world.done(&["list", "--sort", "name"])),
        "\
id    name           account     strength  state  last touch  cold on  i owe  they owe
####  Barney Rubble  Slate & Co            new
####  Pia Bed                              new
####  Wilbur Stone   Acme                  new
####  Wilma Flint                          new
"
    );
}

#[test]
fn a_touch_has_several_people_and_its_text_may_come_from_standard_input() {
    let world = world();
    assert_eq!(
        masked(&world.done(&["log", "Barney", "Wilma", "Talked", "about", "the quarry"])),
        "Logged a call with Barney Rubble and Wilma Flint (####)\n"
    );
    let said = world.told(
        &[
            "log",
            "barney@slate.example",
            "--kind",
            "email",
            "--in",
            "--at",
            "fri 9am",
            "-",
        ],
        "First line\nsecond – line\n".as_bytes(),
    );
    assert_eq!(
        masked(&said.done()),
        "Logged an email with Barney Rubble (####)\n"
    );
    let barney = world.json(&["show", "Barney", "--json"]);
    let [call, email] = barney["touches"].as_array().unwrap().as_slice() else {
        panic!("{barney}")
    };
    assert_eq!(call["text"], "Talked about the quarry");
    assert_eq!(call["at"], "2026-11-22T14:07:00+00:00");
    assert_eq!(call["others"], serde_json::json!(["Wilma Flint"]));
    assert_eq!(
        email["text"].as_str().unwrap().trim_end(),
        "First line\nsecond – line"
    );
    assert_eq!(email["at"], "2026-11-20T09:00:00+00:00");
    assert_eq!(
        (&email["kind"], &email["direction"]),
        (&"email".into(), &"in".into())
    );
    let wilma = world.json(&["show", "Wilma", "--json"]);
    assert_eq!(wilma["touches"].as_array().unwrap().len(), 1);
}

#[test]
fn a_chit_is_given_settled_in_part_and_balanced() {
    let world = world();
    assert_eq!(
        masked(&world.done(&[
            "chit",
            "me",
            "Barney",
            "Lent the drill",
            "--on",
            "2026-11-01",
            "--worth",
            "big"
        ])),
        "Chit: you did Barney Rubble a favour (####: Barney Rubble owes you 2)\n"
    );
    assert_eq!(
        masked(&world.done(&["chit", "Wilma", "Barney", "Held the ladder"])),
        "Chit: Wilma Flint did Barney Rubble a favour (####: Barney Rubble owes Wilma Flint 1)\n"
    );
    assert_eq!(
        masked(&world.done(&["chits", "Barney"])),
        "\
id    on          giver        receiver       what             worth  open  state  days
####  2026-11-01  me           Barney Rubble  Lent the drill       2     2  open     21
####  2026-11-22  Wilma Flint  Barney Rubble  Held the ladder      1     1  open      0
"
    );
    let mine = world.json(&["chits", "me", "--json"]);
    let id = mine[0]["id"].as_str().unwrap().to_owned();
    let said = world.done(&["settle", &id, "--by", "Brought lunch", "--part", "small"]);
    assert!(said.ends_with("(1½ left open)\n"), "{said}");
    assert_eq!(
        world.json(&["chits", "--balances", "--json"]),
        serde_json::json!([{"who": "Barney Rubble", "i_owe": 0, "they_owe": 1.5, "oldest_days": 21}])
    );
    let fields: Vec<String> = mine[0].as_object().unwrap().keys().cloned().collect();
    for field in [
        "id", "on", "giver", "receiver", "what", "worth", "open", "state", "age_days", "evidence",
    ] {
        assert!(fields.iter().any(|name| name == field), "{field}");
    }
    let said = world.done(&["settle", &id, "--forgive"]);
    assert!(said.ends_with("(nothing left open)\n"), "{said}");
    assert_eq!(
        world.json(&["chits", "me", "--open", "--json"]),
        serde_json::json!([])
    );
    let then = world.json(&["chits", "me", "--as-of", "2026-11-10", "--json"]);
    assert_eq!(
        (&then[0]["open"], &then[0]["age_days"]),
        (&2.into(), &9.into())
    );
    let refused = world.run(&["settle", &id, "--forgive"]).refused(1);
    assert!(!refused.is_empty());
}

#[test]
fn a_promise_takes_the_date_at_the_end_of_its_text_and_is_done() {
    let world = world();
    assert_eq!(
        masked(&world.done(&["promise", "Barney", "send quote fri"])),
        "Promised Barney Rubble: send quote (####: due Fri 27 Nov)\n"
    );
    world.done(&[
        "promise",
        "Barney",
        "call back",
        "--by",
        "2026-12-01",
        "--theirs",
    ]);
    world.done(&["promise", "Barney", "think it over"]);
    let shown = world.json(&["show", "Barney", "--json"]);
    let row = |what: &str| {
        let rows = shown["promises"].as_array().unwrap().iter();
        rows.clone().find(|row| row["what"] == what).unwrap()
    };
    assert_eq!(row("send quote")["due"], "2026-11-27");
    assert_eq!(
        row("think it over")["due"],
        "2026-11-29",
        "seven days where no date is said"
    );
    assert_eq!(
        (&row("call back")["due"], &row("call back")["mine"]),
        (&"2026-12-01".into(), &false.into())
    );
    let id = row("send quote")["id"].as_str().unwrap();
    assert_eq!(world.done(&["done", id]), "Promise kept: \"send quote\"\n");
    let shown = world.json(&["show", "Barney", "--json"]);
    let open: Vec<&Value> = shown["promises"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["state"] == "open")
        .collect();
    assert_eq!(open.len(), 2, "{shown}");
}

#[test]
fn the_json_of_people_has_the_fields_it_is_documented_with_and_the_shares_add_up() {
    let world = world();
    world.done(&["log", "Barney", "--at", "2026-09-01 10:00", "one"]);
    world.done(&[
        "log",
        "Barney",
        "--kind",
        "meeting",
        "--at",
        "2026-10-20 10:00",
        "two",
    ]);
    world.done(&[
        "log",
        "Barney",
        "--kind",
        "attempt",
        "--at",
        "2026-11-02 10:00",
        "three",
    ]);
    world.done(&["chit", "Barney", "me", "Opened a door"]);
    let listed = world.json(&["list", "--json"]);
    let shown = world.json(&["show", "Barney", "--json"]);
    let row = listed.as_array().unwrap().iter();
    let row = row
        .clone()
        .find(|row| row["name"] == "Barney Rubble")
        .unwrap();
    for field in [
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
    ] {
        assert!(row.get(field).is_some(), "list has no {field}");
        assert_eq!(row[field], shown[field], "{field}");
    }
    for field in [
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
    ] {
        assert!(shown.get(field).is_some(), "show has no {field}");
    }
    assert_eq!(row["chits_owed_by_me"], 1);
    assert_eq!(row["title"], "Foreman");
    assert_eq!(shown["emails"][0]["address"], "barney@slate.example");
    let shares = shown["why"].as_array().unwrap();
    assert!(shares.len() >= 4, "{shares:?}");
    let sum: f64 = shares.iter().map(|s| s["points"].as_f64().unwrap()).sum();
    let strength = shown["strength"].as_f64().unwrap();
    assert!(strength > 1.0);
    // Each share and the strength are printed to a thousandth.
    let slack = 0.0005 * (shares.len() + 1) as f64;
    assert!((sum - strength).abs() <= slack, "{sum} is not {strength}");
    for share in shares {
        assert!(
            !share.to_string().contains("-0.0}"),
            "minus nothing: {share}"
        );
    }
    let page = world.done(&["show", "Barney"]);
    assert!(page.contains("+0.0") && !page.contains("-0.0"), "{page}");
}

#[test]
fn undo_and_redo_go_on_where_the_process_before_left_off() {
    let world = world();
    world.done(&["log", "Barney", "one"]);
    world.done(&["tag", "Barney", "gold"]);
    let all = steps(&world);
    assert_eq!(
        labels(&world),
        [
            "Tagged Barney Rubble +gold",
            "Logged a call with Barney Rubble",
            "Added Wilbur Stone",
            "Added Wilma Flint",
            "Added Barney Rubble"
        ]
    );
    assert_eq!(
        world.done(&["history", "--limit", "2"]),
        "\
when              what
2026-11-22 14:07  Tagged Barney Rubble +gold
2026-11-22 14:07  Logged a call with Barney Rubble
"
    );
    for (label, _) in &all {
        assert_eq!(world.done(&["undo"]), format!("Undone: {label}\n"));
    }
    assert_eq!(world.run(&["undo"]).code, Some(1));
    assert!(steps(&world).iter().all(|(_, undone)| *undone));
    assert_eq!(
        world.json(&["list", "--all", "--json"]),
        serde_json::json!([])
    );
    for (label, _) in all.iter().rev() {
        assert_eq!(world.done(&["redo"]), format!("Redone: {label}\n"));
    }
    assert_eq!(world.run(&["redo"]).code, Some(1));
    assert_eq!(steps(&world), all);
    let barney = world.json(&["show", "Barney", "--json"]);
    assert_eq!(barney["touches"][0]["text"], "one");
    let tags = barney["tags"].as_array().unwrap();
    assert!(tags.len() == 2 && tags.contains(&"gold".into()), "{tags:?}");
}

#[test]
fn where_several_people_fit_they_are_listed_and_nothing_is_done() {
    let world = world();
    let before = steps(&world);
    for args in [
        vec!["log", "Wil", "a note"],
        vec!["tag", "Wil", "gold"],
        vec!["chit", "me", "Wil", "a favour"],
        vec!["promise", "Wil", "a thing fri"],
        vec!["archive", "Wil"],
        vec!["show", "Wil"],
    ] {
        let said = world.run(&args).refused(1);
        assert_eq!(
            masked(&said),
            "\
\"Wil\" fits 2 people; nothing was done, say which by more of the name, an e-mail address or the id:
  ####  Wilbur Stone, Acme
  ####  Wilma Flint
",
            "{args:?}"
        );
    }
    assert_eq!(steps(&world), before);
    for id in ids(&world.json(&["list", "wil", "--json"])) {
        world.done(&["show", &id]);
    }
    let nobody = world.run(&["log", "Zeno", "a note"]).refused(1);
    assert!(nobody.contains("Zeno"), "{nobody}");
}

#[test]
fn wrong_usage_ends_with_two_and_says_what_was_wrong() {
    let world = world();
    let before = steps(&world);
    let table: [(&[&str], &str); 9] = [
        (&["frobnicate"], "frobnicate"),
        (&["list", "--sideways"], "--sideways"),
        (&["log"], "WHO"),
        (
            &["log", "Barney", "--at", "someday maybe", "hi"],
            "someday maybe",
        ),
        (&["log", "Barney", "--kind", "dance", "hi"], "dance"),
        (&["promise", "Barney", "x", "--by", "smarch"], "smarch"),
        (
            &["chit", "me", "Barney", "x", "--on", "31 feb 2026"],
            "February has no day 31",
        ),
        (&["chits", "--as-of", "2026-13-01"], "month 13"),
        (&["chit", "me", "Barney", "x", "--worth", "huge"], "huge"),
    ];
    for (args, named) in table {
        let said = world.run(args).refused(2);
        assert!(said.contains(named), "{args:?}: {said}");
    }
    assert_eq!(steps(&world), before);
}

#[test]
fn a_setting_nobody_knows_is_named_with_file_and_line() {
    let world = World::new();
    let folder = world.path("config/chitbook");
    fs::create_dir_all(&folder).unwrap();
    let config = folder.join("config.toml");
    fs::write(&config, "theme = \"plain\"\nshoe_size = 4\n").unwrap();
    let said = world.run(&["list"]).refused(1);
    let place = format!("{}, line 2: ", config.display());
    assert!(
        said.starts_with(&place) && said.contains("shoe_size"),
        "{said}"
    );
    assert!(!world.path("book.chitbook").exists());
    fs::write(&config, "theme = \"plain\"\n").unwrap();
    world.done(&["list"]);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let world = world();
    let lists: [&[&str]; 5] = [
        &["list"],
        &["list", "--json"],
        &["--help"],
        &["man"],
        &["export", "--as", "vcard"],
    ];
    for args in lists {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut process = world.process(args);
        process.stdout(writer).stderr(Stdio::piped());
        let output = process.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {output:?}");
        assert!(output.stderr.is_empty(), "{args:?}: {output:?}");
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", "\"$1\" man | head -1", "sh", crate::world::CHITBOOK]);
    world.dress(&mut shell);
    let output = shell.output().unwrap();
    assert!(
        output.stderr.is_empty() && !output.stdout.is_empty(),
        "{output:?}"
    );
}

/// Whether a text could steer a terminal or reorder a line.
fn steers(text: &str) -> Option<char> {
    text.chars().find(|c| {
        c.is_control() && *c != '\n'
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    })
}

const EVIL: &str = "\u{1b}[31mEve\u{1b}]0;owned\u{7} \u{9b}2J\u{202E}txt.exe\u{2066}\u{200F}\u{1b}Pq\u{1b}\\ Mallory";

#[test]
fn no_escape_is_ever_written_to_a_pipe_whatever_names_and_words_hold() {
    let world = world();
    let card = format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{EVIL}\r\nORG:{EVIL}\r\nTITLE:{EVIL}\r\nNOTE:{EVIL}\r\nX-{EVIL}:{EVIL}\r\nTEL:{EVIL}\r\nEMAIL:{EVIL}\r\nCATEGORIES:{EVIL}\r\nEND:VCARD\r\n"
    );
    let file = world.file("evil\u{1b}[31m\u{202E}.vcf", card.as_bytes());
    let table =
        format!("First Name,Last Name,Company,{EVIL}\n{EVIL},{EVIL} 2,{EVIL},{EVIL}\n\"{EVIL}");
    let table = world.file("evil\u{9b}31m.csv", table.as_bytes());
    let copy = world.path("evil\u{1b}[31m.copy");
    let copy = copy.to_str().unwrap();
    let cases: [&[&str]; 27] = [
        &["import", &file],
        &["import", &file, "--json"],
        &["import", &table, "--as", "csv"],
        &["log", "Mallory txt.exe", EVIL],
        &["promise", "Mallory txt.exe", EVIL],
        &["chit", "me", "Mallory txt.exe", EVIL],
        &["tag", "Mallory txt.exe", EVIL],
        &["list"],
        &["list", "--json"],
        &["show", "Mallory txt.exe"],
        &["show", "Mallory txt.exe", "--json"],
        &["chits"],
        &["chits", "--json"],
        &["chits", "--balances"],
        &["history"],
        &["history", "--json"],
        &["backup", copy],
        &["settings"],
        &["show", EVIL],
        &["log", "Barney", "--at", EVIL, "x"],
        &["log", "Barney", "--kind", EVIL, "x"],
        &["done", EVIL],
        &[EVIL],
        &["list", "--sort", EVIL],
        &["import", EVIL],
        &["--book", EVIL, "list"],
        &["restore", EVIL],
    ];
    let mut names = 0;
    for args in cases {
        let mut process = world.process(args);
        process
            .env("TERM", "xterm-256color")
            .env("CLICOLOR_FORCE", "1")
            .env("COLORTERM", "truecolor");
        let output = process.output().unwrap();
        for bytes in [output.stdout, output.stderr] {
            let text = String::from_utf8(bytes).unwrap();
            assert_eq!(steers(&text), None, "{args:?}: {text}");
            names += text.matches("Mallory").count();
        }
    }
    assert!(
        names > 20,
        "the hostile name is hardly ever printed: {names}"
    );
}

#[test]
fn the_version_names_sqlite() {
    let world = World::new();
    let said = world.done(&["--version"]);
    let version = format!(
        "chitbook {} (SQLite {})\n",
        env!("CARGO_PKG_VERSION"),
        chitbook::store::engine()
    );
    assert_eq!(said, version);
}

#[test]
fn completions_and_the_manual_know_every_command_and_need_no_book() {
    let world = World::new();
    let help = world.done(&["--help"]);
    let verbs: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(verbs.len() > 20, "{verbs:?}");
    let texts = [
        (vec!["completions", "bash"], "complete -F _chitbook"),
        (vec!["completions", "zsh"], "#compdef chitbook"),
        (vec!["completions", "fish"], "complete -c chitbook"),
        (vec!["man"], ".TH CHITBOOK 1"),
    ];
    for (args, mark) in texts {
        let text = world.done(&args);
        assert!(text.contains(mark), "{args:?} without {mark}");
        for verb in verbs.iter().filter(|verb| **verb != "help") {
            assert!(text.contains(verb), "{args:?} without {verb}");
        }
    }
    let mut shell = Command::new("bash");
    shell.args([
        "-c",
        "source <(\"$1\" completions bash) && complete -p chitbook",
        "bash",
        crate::world::CHITBOOK,
    ]);
    world.dress(&mut shell);
    if let Ok(output) = shell.output() {
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{output:?}"
        );
    }
    assert!(!world.path("book.chitbook").exists());
}
