//! Transcripts of the ledger's verbs: chits, settle, call-in, refer, referrals, told, ask, asks, paths, tree, yield.

use crate::world::World;
use insta::assert_snapshot;

/// Barney, Wilma and Fred, and some favours between them and me.
fn world() -> World {
    let world = World::new();
    world.ok(&["add", "Barney Rubble", "--account", "Slate"]);
    world.ok(&["add", "Wilma Slate", "--account", "Slate"]);
    world.ok(&["add", "Fred Flint", "--account", "Fenn"]);
    let chit = |from: &str, to: &str, what: &str, on: &str, more: &[&str]| {
        let mut args = vec!["chit", from, to, what, "--on", on];
        args.extend(more);
        world.ok(&args);
    };
    chit(
        "barney",
        "me",
        "got me past the desk",
        "2025-06-01",
        &["--worth", "big"],
    );
    chit("me", "wilma", "a reference", "2026-09-01", &[]);
    chit(
        "wilma",
        "fred",
        "an intro to finance",
        "2026-11-01",
        &["--pending"],
    );
    chit(
        "fred",
        "barney",
        "lent him a van",
        "2026-11-10",
        &["--worth", "small"],
    );
    world
}

/// The ids of the chits, oldest first.
fn chits(world: &World) -> Vec<String> {
    let rows = world.json(&["chits", "--json"]);
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_ledger_is_filtered_aged_and_looked_at_in_the_past() {
    let world = world();
    let said = world.transcript(&[
        &["chits", "--i-owe"],
        &["chits", "--others", "--pending"],
        &["chits", "--text", "intro fred"],
        &["chits", "wilma", "fred"],
        &["chits", "--ageing"],
        &["chits", "--ageing", "--as-of", "2025-07-01"],
        &["chits", "--balances"],
        &["chits", "--routes"],
        &["chits", "--register"],
        &["chits", "--open", "--i-owe", "--they-owe"],
    ]);
    assert_snapshot!(said, @"");
}

#[test]
fn a_settlement_names_the_favour_that_came_back_and_the_register_runs_on() {
    let world = world();
    world.ok(&[
        "chit",
        "me",
        "barney",
        "found his nephew a place",
        "--on",
        "2026-10-01",
    ]);
    let ids = chits(&world);
    let (theirs, mine) = (&ids[0], &ids[2]);
    let said = world.transcript(&[
        &["settle", theirs, "--with", mine],
        &["settle", theirs, "--by", "a bottle", "--part", "½"],
        &["settle", theirs, "--by", "another", "--part", "1"],
        &["settle", theirs],
        &["chits", "barney", "--register"],
        &["chits", "--story", theirs],
    ]);
    let said = said.replace(theirs, "THEIRS").replace(mine, "MINE");
    assert_snapshot!(said, @"");
}

#[test]
fn a_referral_is_won_by_steps_and_its_chits_are_proposed() {
    let world = world();
    let said = world.transcript(&[
        &[
            "refer",
            "barney",
            "fred",
            "--what",
            "cold rooms",
            "--on",
            "2026-10-01",
        ],
        &["refer", "barney", "fred", "--on", "2026-10-05"],
        &[
            "refer",
            "barney",
            "fred",
            "--stage",
            "met",
            "--on",
            "2026-11-18",
        ],
        &["refer", "barney", "fred", "--stage", "asked"],
        &["referrals"],
        &[
            "refer",
            "barney",
            "fred",
            "--shared-with",
            "wilma",
            "--percent",
            "30",
        ],
        &[
            "refer",
            "barney",
            "fred",
            "--stage",
            "won",
            "--result",
            "no lost room",
            "--chits",
            "theirs",
        ],
        &[
            "refer",
            "slate",
            "at:fenn",
            "--stage",
            "promised",
            "--on",
            "2026-10-01",
        ],
        &["refer", "fred", "wilma", "--given", "--stage", "introduced"],
        &["refer", "fred", "fred"],
        &["refer", "fred", "nobody"],
        &["refer", "barney", "fred", "--stage", "wooed"],
        &["referrals", "--untold"],
    ]);
    assert_snapshot!(said, @"");
    let rows = world.json(&["referrals", "fred", "--stage", "won", "--json"]);
    assert_eq!(rows[0]["tell_by"], "2026-11-20");
    assert_eq!(rows[0]["days_late"], 2);
    assert_eq!(rows[0]["credits"][0]["percent"], 30);
    let id = rows[0]["id"].as_str().unwrap();
    let said = world.transcript(&[&["told", id], &["told", id], &["undo"]]);
    assert_snapshot!(said.replace(id, "ID"), @"");
}

#[test]
fn an_ask_is_logged_and_answered_and_the_card_says_what_to_say() {
    let world = world();
    let said = world.transcript(&[
        &["asks"],
        &["ask", "wilma", "at", "the", "fair"],
        &["ask", "wilma", "--answer", "not-now"],
        &["asks"],
        &["ask", "fred", "--answer", "named", "Dino"],
        &["asks", "wilma"],
        &["ask", "fred", "--answer", "perhaps"],
        &["ask", "fred", "--next", "yesterday"],
    ]);
    assert_snapshot!(said, @"");
    let document = world.json(&["asks", "wilma", "--json"]);
    assert_eq!(document["card"].as_array().unwrap().len(), 3);
    assert_eq!(document["asks"][0]["answer"], "not_now");
}

#[test]
fn a_rep_writes_the_lines_of_the_ask_card_anew() {
    let world = world();
    std::fs::create_dir_all(world.path("config/chitbook")).unwrap();
    std::fs::write(
        world.path("config/chitbook/ask_card.txt"),
        "[gets] {name} gets a cake.\n",
    )
    .unwrap();
    let said = world.ok(&["asks", "wilma"]);
    assert!(said.contains("  Wilma Slate gets a cake.\n"), "{said}");
}

#[test]
fn a_path_is_priced_and_its_ask_is_drafted() {
    let world = world();
    world.ok(&[
        "log",
        "wilma",
        "lunch",
        "--kind",
        "meeting",
        "--at",
        "yesterday",
    ]);
    world.ok(&["refer", "wilma", "fred", "--stage", "introduced"]);
    let said = world.transcript(&[
        &["paths", "fred"],
        &["link", "wilma", "friend", "barney"],
        &["link", "wilma", "spouse", "barney", "--drop"],
        &["link", "wilma", "rival", "barney"],
        &["paths", "barney"],
        &["paths", "fenn"],
        &["paths", "fred", "--draft", "1"],
        &["paths", "fred", "--draft", "7"],
        &["paths", "me"],
        &["paths", "nobody"],
    ]);
    assert_snapshot!(said, @"");
    world.ok(&["ask", "wilma"]);
    let rows = world.json(&["paths", "fred", "--json"]);
    assert_eq!(rows[0]["burnt_on"], "2026-11-22");
    assert_eq!(rows[0]["hops"][1]["how"], "referred");
}

#[test]
fn the_tree_the_yield_and_the_origins() {
    let world = world();
    for (from, to, on) in [
        ("barney", "wilma", "2024-02-01"),
        ("wilma", "fred", "2026-03-01"),
        ("fred", "barney", "2026-06-01"),
    ] {
        world.ok(&["refer", from, to, "--stage", "won", "--on", on]);
    }
    let said = world.transcript(&[
        &["tree"],
        &["tree", "wilma"],
        &["tree", "slate"],
        &["yield"],
        &["yield", "--origin"],
    ]);
    assert_snapshot!(said, @"");
    let rows = world.json(&["yield", "--json"]);
    assert_eq!(rows[0]["sent"]["2024"], 1.0);
    let rows = world.json(&["tree", "--json"]);
    assert_eq!(rows[0]["also"][0]["circle"], true);
}

#[test]
fn the_ledger_is_exported_for_hledger_and_for_nothing_else() {
    let world = world();
    let said = world.transcript(&[
        &["export", "chits", "--as", "csv"],
        &["export", "all", "--as", "hledger"],
    ]);
    assert_snapshot!(said, @"");
    let journal = world.ok(&["export", "--as", "hledger"]);
    assert!(journal.contains("\n2025-06-01 * ("), "{journal}");
    assert!(
        journal.contains("    owed:Barney Rubble:me  2.0 chit = 2.0 chit\n"),
        "{journal}"
    );
}
