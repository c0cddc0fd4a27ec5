//! The story of the three friends, on the command line: Barney leads me to Fred, Fred's trouble is solved, Fred thanks Barney, Barney is
//! told, and a year later Barney calls his chit in.

use crate::world::World;
use insta::assert_snapshot;
use std::fmt::Write as _;

/// Runs commands on a day, and gives back what was typed and said.
fn on(world: &World, day: &str, commands: &[&[&str]]) -> String {
    let mut text = format!("-- {day}\n");
    for args in commands {
        let mut program = world.program(args);
        program.env("CHITBOOK_NOW", format!("{day}T10:00:00+00:00"));
        let ran = program.output().unwrap();
        let complaint = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(complaint, "", "{args:?}");
        writeln!(text, "$ {}", args.join(" ")).unwrap();
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
    assert_snapshot!(said, @r##"
    -- 2025-03-03
    $ ask barney Fred, at the cold store --answer named
    Asked Barney for a referral: named somebody
    $ refer barney fred --what loses rooms at night --stage promised
    Referral from Barney to Fred: promised (REFERRAL)
    -- 2025-03-14
    $ refer barney fred
    Referral from Barney to Fred: introduced (REFERRAL)
    $ log fred walked the warehouse with him --kind meeting
    $ refer barney fred
    Referral from Barney to Fred: met (REFERRAL: tell in 4 days: met)
    $ told REFERRAL
    Told Barney about Fred
    -- 2025-09-01
    $ refer barney fred --result no lost room in a summer --chits all
    Referral from Barney to Fred: won (REFERRAL: tell tomorrow: won)
      + Fred owes Barney 1, pending: put us in touch: no lost room in a summer
      + you owe Barney 1: led me to Fred
    $ referrals
    id    stage  on          referrer  prospect  told                what
    REFERRAL  won    2025-09-01  Barney    Fred      tell tomorrow: won  loses rooms at night
    $ told REFERRAL
    Told Barney about Fred
    $ chits --balances
    who     i owe  they owe  oldest days  last           favour
    Barney      1         0            0  <- 2025-09-01  led me to Fred

    Between others
    who   owes    open  oldest days
    Fred  Barney     1            0
    -- 2025-09-12
    $ log fred he rang Barney to thank him
    $ clear THEIRS
    Marked the chit "put us in touch: no lost room in a summ…" cleared
    $ chits --pending
    No such chits.
    -- 2026-09-15
    $ chits fred barney
    id    on          giver   receiver  what                                      worth  open  state  days
    THEIRS  2025-09-01  Barney  Fred      put us in touch: no lost room in a summer      1     1  open    379
    $ call-in MINE a reference for his nephew
    Called in the chit "led me to Fred" (1 left open)
    $ chits --i-owe
    id    on          giver   receiver  what            worth  open  state            days
    MINE  2025-09-01  Barney  me        led me to Fred      1     1  open, called in   379
    -- 2026-09-20
    $ call-in MINE --honoured
    Called in the chit "led me to Fred": honoured (nothing left open)
    $ chits --story MINE
    on          what
    2025-09-01  you owe Barney 1: led me to Fred
    2026-09-15  called in
    2026-09-20  called in, honoured: a reference for his nephew
    2026-09-20  1 redeemed: a reference for his nephew
    $ chits --balances
    Between others
    who   owes    open  oldest days
    Fred  Barney     1          384
    $ tree
    who     led         stage  customers  sales below  also
    Barney                             1
    · Fred  2025-03-14  won            1
    "##);
}
