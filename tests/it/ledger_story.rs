//! The story of the three friends, on the command line: Barney leads me to Fred, Fred's trouble is solved, Fred thanks Barney, Barney is
//! told, and a year later Barney calls his chit in.

use crate::world::World;
use insta::assert_snapshot;

/// Runs commands on a day, and gives back what was typed and said.
fn on(world: &World, day: &str, commands: &[&[&str]]) -> String {
    let mut text = format!("-- {day}\n");
    for args in commands {
        let mut program = world.program(args);
        program.env("CHITBOOK_NOW", format!("{day}T10:00:00+00:00"));
        let ran = program.output().unwrap();
        let complaint = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(complaint, "", "{args:?}");
        text.push_str(&format!("$ {}\n", args.join(" ")));
        text.push_str(&String::from_utf8(ran.stdout).unwrap());
    }
    text
}

/// The first column of a table's only row.
fn id(world: &World, args: &[&str]) -> String {
    let rows = world.json(args);
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}");
    rows[0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn the_three_friends() {
    let world = World::new();
    world.ok(&["add", "Barney", "--account", "Slate"]);
    world.ok(&["add", "Fred", "--account", "Fenn"]);
    let mut said = on(
        &world,
        "2025-03-03",
        &[
            &[
                "ask", "barney", "Fred,", "at", "the", "cold", "store", "--answer", "named",
            ],
            &[
                "refer",
                "barney",
                "fred",
                "--what",
                "loses rooms at night",
                "--stage",
                "promised",
            ],
        ],
    );
    let referral = id(&world, &["referrals", "--json"]);
    said += &on(
        &world,
        "2025-03-14",
        &[
            &["refer", "barney", "fred"],
            &[
                "log",
                "fred",
                "walked the warehouse with him",
                "--kind",
                "meeting",
            ],
            &["refer", "barney", "fred"],
            &["told", &referral],
        ],
    );
    said += &on(
        &world,
        "2025-09-01",
        &[
            &[
                "refer",
                "barney",
                "fred",
                "--result",
                "no lost room in a summer",
                "--chits",
                "all",
            ],
            &["referrals"],
            &["told", &referral],
            &["chits", "--balances"],
        ],
    );
    let pending = id(&world, &["chits", "--pending", "--json"]);
    let mine = id(&world, &["chits", "--i-owe", "--json"]);
    said += &on(
        &world,
        "2025-09-12",
        &[
            &["log", "fred", "he rang Barney to thank him"],
            &["clear", &pending],
            &["chits", "--pending"],
        ],
    );
    let year_later = [
        &["chits", "fred", "barney"][..],
        &["call-in", &mine, "a", "reference", "for", "his", "nephew"],
        &["chits", "--i-owe"],
    ];
    said += &on(&world, "2026-09-15", &year_later);
    said += &on(
        &world,
        "2026-09-20",
        &[
            &["call-in", &mine, "--honoured"],
            &["chits", "--story", &mine],
            &["chits", "--balances"],
            &["tree"],
        ],
    );
    let said = said
        .replace(&referral, "REFERRAL")
        .replace(&pending, "THEIRS")
        .replace(&mine, "MINE");
    let said: Vec<&str> = said
        .lines()
        .filter(|line| !line.starts_with("Logged"))
        .collect();
    let said = said.join("\n");
    assert_snapshot!(said, @"");
}
