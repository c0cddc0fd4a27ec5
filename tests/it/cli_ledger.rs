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
    assert_snapshot!(said, @r##"
    $ chitbook chits --i-owe
    id    on          giver          receiver  what                  worth  open  state  days
    #1    2025-06-01  Barney Rubble  me        got me past the desk      2     2  open    539
    $ chitbook chits --others --pending
    id    on          giver        receiver    what                 worth  open  state   days
    #2    2026-11-01  Wilma Slate  Fred Flint  an intro to finance      1     1  open !    21
    $ chitbook chits --text 'intro fred'
    id    on          giver        receiver    what                 worth  open  state   days
    #2    2026-11-01  Wilma Slate  Fred Flint  an intro to finance      1     1  open !    21
    $ chitbook chits wilma fred
    id    on          giver        receiver    what                 worth  open  state   days
    #2    2026-11-01  Wilma Slate  Fred Flint  an intro to finance      1     1  open !    21
    $ chitbook chits --ageing
    who            owes           0-30  31-90  91-365  older  open
    me             Barney Rubble     ·      ·       ·      2     2
    Wilma Slate    me                ·      1       ·      ·     1
    Fred Flint     Wilma Slate       1      ·       ·      ·     1
    Barney Rubble  Fred Flint        ½      ·       ·      ·     ½
    in all                          1½      1       ·      2    4½
    $ chitbook chits --ageing --as-of 2025-07-01
    who     owes           0-30  31-90  91-365  older  open
    me      Barney Rubble     2      ·       ·      ·     2
    in all                    2      ·       ·      ·     2
    $ chitbook chits --balances
    who            i owe  they owe  oldest days  last           favour
    Barney Rubble      2         0          539  <- 2025-06-01  got me past the desk
    Wilma Slate        0         1           82  -> 2026-09-01  a reference

    Between others
    who            owes         open  oldest days
    Fred Flint     Wilma Slate     1           21
    Barney Rubble  Fred Flint      ½           12
    $ chitbook chits --routes
    Wilma Slate could ask Fred Flint for you: Fred Flint owes Wilma Slate 1, Wilma Slate owes you 1
    In a circle: you owe Barney Rubble 2, Barney Rubble owes Fred Flint ½, Fred Flint owes Wilma Slate 1, Wilma Slate owes you 1
    $ chitbook chits --register
    ! error: the following required arguments were not provided:
    !   <WHO>
    !
    ! Usage: chitbook chits [WHO [OTHER]] [--i-owe | --they-owe | --others] [--open] [--pending] [--text <WORDS>] [--as-of <DATE>] [--register | --balances | --ageing | --routes | --story <CHIT>] [--json]
    !
    ! For more information, try '--help'.
    exit 2
    $ chitbook chits --open --i-owe --they-owe
    ! error: the argument '--i-owe' cannot be used with '--they-owe'
    !
    ! Usage: chitbook chits [WHO [OTHER]] [--i-owe | --they-owe | --others] [--open] [--pending] [--text <WORDS>] [--as-of <DATE>] [--register | --balances | --ageing | --routes | --story <CHIT>] [--json]
    !
    ! For more information, try '--help'.
    exit 2
    "##);
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
        &["settle", theirs, "--with", mine, "--on", "2026-11-20"],
        &["settle", theirs, "--by", "a bottle", "--part", "½"],
        &["settle", theirs, "--by", "another", "--part", "1"],
        &["settle", theirs],
        &["chits", "barney", "--register"],
        &["chits", "--story", theirs],
    ]);
    let said = said.replace(theirs, "THEIRS").replace(mine, "MINE");
    assert_snapshot!(said, @r##"
    $ chitbook settle THEIRS --with MINE --on 2026-11-20
    Redeemed 1 of the chit "got me past the desk" (1 left open; of the other nothing left open)
    $ chitbook settle THEIRS --by 'a bottle' --part ½
    Redeemed ½ of the chit "got me past the desk" (½ left open)
    $ chitbook settle THEIRS --by another --part 1
    ! only ½ of the chit "got me past the desk" is still open, not 1
    exit 1
    $ chitbook settle THEIRS
    ! error: the following required arguments were not provided:
    !   <--by <TEXT>|--with <CHIT>|--forgive>
    !
    ! Usage: chitbook settle <CHIT> (--by <TEXT> [--touch <ID>] | --with <CHIT> | --forgive) [--part <N>] [--on <DATE>]
    !
    ! For more information, try '--help'.
    exit 2
    $ chitbook chits barney --register
    id    on          giver          receiver       what                      event       amount  owes  is owed
    #1    2025-06-01  Barney Rubble  me             got me past the desk      * given         +2     0        2
    #2    2026-10-01  me             Barney Rubble  found his nephew a place  * given         +1     1        2
    #3    2026-11-10  Fred Flint     Barney Rubble  lent him a van            * given         +½    1½        2
    #1    2026-11-20  Barney Rubble  me             found his nephew a place  * redeemed      -1    1½        1
    #2    2026-11-20  me             Barney Rubble  got me past the desk      * redeemed      -1     ½        1
    #1    2026-11-22  Barney Rubble  me             a bottle                  * redeemed      -½     ½        ½
    $ chitbook chits --story THEIRS
    on          what
    2025-06-01  you owe Barney Rubble 2: got me past the desk
    2026-11-20  1 redeemed: found his nephew a place
    2026-11-22  ½ redeemed: a bottle
    "##);
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
        &["refer", "barney", "fred", "--stage", "won"],
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
    assert_snapshot!(said, @r##"
    $ chitbook refer barney fred --what 'cold rooms' --on 2026-10-01
    Referral from Barney Rubble to Fred Flint: asked (#1)
    $ chitbook refer barney fred --on 2026-10-05
    Referral from Barney Rubble to Fred Flint: promised (#1)
    $ chitbook refer barney fred --stage met --on 2026-11-18
    Referral from Barney Rubble to Fred Flint: met (#1: 2 days late: met)
    $ chitbook refer barney fred --stage asked
    ! the referral of Fred Flint by Barney Rubble is met already, since 2026-11-18; it goes on from there
    exit 1
    $ chitbook referrals
    id    stage  on          referrer       prospect    told              what
    #1    met    2026-11-18  Barney Rubble  Fred Flint  2 days late: met  cold rooms
    $ chitbook refer barney fred --shared-with wilma --percent 30
    Credit for Fred Flint: 30 % Wilma Slate
    $ chitbook refer barney fred --stage won --result 'no lost room' --chits theirs
    Referral from Barney Rubble to Fred Flint: won (#1: 2 days late: met)
      + Fred Flint owes Barney Rubble 1, pending: put us in touch: no lost room
      + Fred Flint owes Wilma Slate ½, pending: put us in touch: no lost room
      ? you owe Barney Rubble 1: led me to Fred Flint
      ? you owe Wilma Slate ½: led me to Fred Flint
      ? is only proposed: `--chits all|mine|theirs` with the stage, or `chitbook chit`, notes it
    $ chitbook refer barney fred --stage won
    ! the last referral of the two is won already, since 2026-11-22; --new records another one
    exit 1
    $ chitbook refer slate at:fenn --stage promised --on 2026-10-01
    Referral from Wilma Slate to Fenn: promised (#2)
    $ chitbook refer fred wilma --given --stage introduced
    Put Fred Flint and Wilma Slate in touch: introduced (#3)
      ? Fred Flint owes you 1, pending: put in touch with Wilma Slate
      ? Wilma Slate owes you 1, pending: put in touch with Fred Flint
      ? is only proposed: `--chits all|mine|theirs` with the stage, or `chitbook chit`, notes it
    $ chitbook refer fred fred
    ! a referral leads to somebody else: referrer and prospect are the same
    exit 1
    $ chitbook refer fred nobody
    ! no person or account in the book fits "nobody"; `chitbook list` shows who is there, `chitbook add` adds a person
    exit 1
    $ chitbook refer barney fred --stage wooed
    ! error: invalid value 'wooed' for '--stage <STAGE>': a stage is one of asked, promised, introduced, met, won, lost
    !
    ! For more information, try '--help'.
    exit 2
    $ chitbook referrals --untold
    id    stage  on          referrer                          prospect    told              what
    #1    won    2026-11-22  Barney Rubble + Wilma Slate 30 %  Fred Flint  2 days late: met  cold rooms
    "##);
    let rows = world.json(&["referrals", "fred", "--stage", "won", "--json"]);
    assert_eq!(rows[0]["tell_by"], "2026-11-20");
    assert_eq!(rows[0]["days_late"], 2);
    assert_eq!(rows[0]["credits"][0]["percent"], 30);
    let id = rows[0]["id"].as_str().unwrap();
    let said = world.transcript(&[&["told", id], &["told", id], &["undo"]]);
    assert_snapshot!(said.replace(id, "ID"), @r##"
    $ chitbook told ID
    Told Barney Rubble about Fred Flint
    $ chitbook told ID
    ! there is nothing to tell Barney Rubble of that they do not know
    exit 1
    $ chitbook undo
    Undone: Told Barney Rubble about Fred Flint
    "##);
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
    assert_snapshot!(said, @r##"
    $ chitbook asks
    rank  who          strength  result  asked  i owe  they owe  why now
      47  Wilma Slate         9          never      0         1  owes you 1, never asked
    $ chitbook ask wilma at the fair
    Asked Wilma Slate for a referral
    $ chitbook ask wilma --answer not-now
    Wilma Slate answered the ask: not now (again Sat 20 Feb 2027)
    $ chitbook asks
    rank  who          strength  result  asked  i owe  they owe  why now
       7  Wilma Slate         9            0 d      0         1  held back: ask again on 20 Feb 2027
    $ chitbook ask fred --answer named Dino
    Asked Fred Flint for a referral: named somebody
    $ chitbook asks wilma
    Wilma Slate: not now: ask again on 20 Feb 2027
      We have worked together for a while, Wilma Slate, and I would like more customers like you.
      Would Barney Rubble be glad of the same?
      Barney Rubble would have you to thank for it and owe you one, and so would I.
    rank 7 = result 0 + rest 0 + strength 2 + chits 5

    Asked before
    on          answer   again       note
    2026-11-22  not now  2027-02-20  at the fair
    $ chitbook ask fred --answer perhaps
    ! error: invalid value 'perhaps' for '--answer <ANSWER>': an answer is one of named, thinking, declined, not_now
    !
    ! For more information, try '--help'.
    exit 2
    $ chitbook ask fred --next yesterday
    ! the day to ask again must come after the day of the ask
    exit 1
    "##);
    let document = world.json(&["asks", "wilma", "--json"]);
    assert_eq!(document["card"].as_array().unwrap().len(), 3);
    assert_eq!(document["asks"][0]["answer"], "not_now");
}

#[test]
fn what_has_happened_is_of_a_day_that_has_been() {
    let world = world();
    world.ok(&["refer", "barney", "fred"]);
    let chit = chits(&world).remove(0);
    let referrals = world.json(&["referrals", "--json"]);
    let referral = referrals[0]["id"].as_str().unwrap().to_owned();
    let rows: [&[&str]; 6] = [
        &["settle", &chit, "--by", "lunch"],
        &["chit", "me", "fred", "a reference"],
        &["call-in", &chit],
        &["ask", "wilma"],
        &["told", &referral],
        &["refer", "barney", "fred"],
    ];
    let before = world.ok(&["export", "--as", "json"]);
    for row in rows {
        let args = [row, &["--on", "tomorrow"]].concat();
        let said = world.transcript(&[&args]);
        assert!(said.contains("name one that has been\nexit 1"), "{said}");
    }
    assert_eq!(world.ok(&["export", "--as", "json"]), before);
}

#[test]
fn a_command_that_is_refused_has_noted_nothing() {
    let world = world();
    let before = world.ok(&["export", "--as", "json"]);
    let chit = chits(&world).remove(0);
    let rows: [(&[&str], &str); 8] = [
        (
            &["refer", "wilma", "fred", "--shared-with", "wilma"],
            "with a further referrer: name somebody else\nexit 1",
        ),
        (
            &["refer", "wilma", "fred", "--shared-with", "fred"],
            "nobody leads you to themselves",
        ),
        (
            &["refer", "wilma", "fred", "--shared-with", "me"],
            "with a further referrer: name somebody else\nexit 1",
        ),
        (
            &["refer", "wilma", "fred", "--shared-with", "nobody"],
            "nobody in the book fits",
        ),
        (&["settle", &chit, "--by", " "], "say what was done for it"),
        (&["paths", "fred", "--limit", "0"], "it is 1 or more"),
        (&["today", "--limit", "0"], "it is 1 or more"),
        (&["referrals", "--untold"], "No referrals: `chitbook refer"),
    ];
    for (args, wanted) in rows {
        let said = world.transcript(&[args]);
        assert!(said.contains(wanted), "{said}");
    }
    assert_eq!(world.ok(&["export", "--as", "json"]), before);
    world.ok(&["refer", "wilma", "fred", "--shared-with", "barney"]);
    let refused = [
        "refer",
        "wilma",
        "fred",
        "--stage",
        "met",
        "--shared-with",
        "wilma",
    ];
    let said = world.transcript(&[&refused]);
    assert!(said.contains("exit 1"), "{said}");
    assert_eq!(world.json(&["referrals", "--json"])[0]["stage"], "asked");
    let said = world.ok(&["referrals", "--untold"]);
    assert_eq!(said.trim(), "Every referrer knows how it went.");
    let said = world.ok(&["referrals", "--stage", "won"]);
    assert_eq!(said.trim(), "No such referrals.");
}

#[test]
fn the_balances_in_json_have_what_stands_between_others_too() {
    let world = world();
    let rows = world.json(&["chits", "--balances", "--json"]);
    let rows: Vec<(&str, Option<&str>)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["who"].as_str().unwrap(), row["owes"].as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            ("Barney Rubble", None),
            ("Wilma Slate", None),
            ("Fred Flint", Some("Wilma Slate")),
            ("Barney Rubble", Some("Fred Flint"))
        ]
    );
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
    assert_snapshot!(said, @r##"
    $ chitbook paths fred
    no  warmth  path                                      price                          asked
     1      36  Wilma Slate (51), referred Fred Flint     owes you 1: this calls one in
     2       0  Barney Rubble (1), colleague of Wilma Slate, referred Fred Flint  you owe 2: you would owe 3
    $ chitbook link wilma friend barney
    Link: Wilma Slate friend of Barney Rubble
    $ chitbook link wilma spouse barney --drop
    ! the book has no such link of Wilma Slate
    exit 1
    $ chitbook link wilma rival barney
    ! error: invalid value 'rival' for '<KIND>': a link is one of introduced_by, manager, assistant, spouse, worked_together, friend, family
    !
    ! For more information, try '--help'.
    exit 2
    $ chitbook paths barney
    no  warmth  path                                      price                          asked
     1      41  Wilma Slate (51), friend of Barney Rubble  owes you 1: this calls one in
     2       1  Barney Rubble (1)                         you know them
    $ chitbook paths fenn
    no  warmth  path                                      price                          asked
     1      36  Wilma Slate (51), referred Fred Flint     owes you 1: this calls one in
     2       1  Barney Rubble (1), friend of Wilma Slate, referred Fred Flint  you owe 2: you would owe 3
    $ chitbook paths fred --draft 1
    Wilma Slate,

    would you put me in touch with Fred Flint (Fenn)? What follows can be forwarded as it stands.

    Thank you,
    [your name]

    ---

    Fred Flint,

    I would like you to meet [your name]. They have my trust. A short talk will show whether it is worth more of your time. May I put you in touch?
    $ chitbook paths fred --draft 7
    ! there is no path 7; `chitbook paths WHO` numbers them
    exit 1
    $ chitbook paths me
    ! you know yourself; name somebody else
    exit 1
    $ chitbook paths nobody
    ! no person or account in the book fits "nobody"; `chitbook list` shows who is there, `chitbook add` adds a person
    exit 1
    "##);
    world.ok(&["ask", "wilma"]);
    let rows = world.json(&["paths", "fred", "--json"]);
    assert_eq!(
        rows[1]["burnt_on"], "2026-11-22",
        "after those who were not asked lately"
    );
    assert_eq!(rows[1]["hops"][1]["how"], "referred");
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
    assert_snapshot!(said, @r##"
    $ chitbook tree
    who             led         stage  customers  sales below  also
    Barney Rubble                              2               in a circle from Fred Flint
    · Wilma Slate   2024-02-01  won            2
    · · Fred Flint  2026-03-01  won            1
    $ chitbook tree wilma
    who           led         stage  customers  sales below  also
    Wilma Slate   2024-02-01  won            2
    · Fred Flint  2026-03-01  won            1
    $ chitbook tree slate
    who           led         stage  customers  sales below  also
    Wilma Slate   2024-02-01  won            2
    · Fred Flint  2026-03-01  won            1
    $ chitbook yield
    New customers sent by year; the goal is one to two a year
    who            since       by year         total  a year  goal
                               2024 2025 2026
    Barney Rubble  2024-02-01  1    ·    ·         1     0.4  under
    Wilma Slate    2024-02-01  ·    ·    1         1     0.4  under
    Fred Flint     2026-03-01  ·    ·    1         1     1.0  within
    in all                     1    ·    2         3
    $ chitbook yield --origin
    origin     first talks  second  customers           share  months to first order
    referral             0       0          0  too few to say         too few to say
    cold                 0       0          0  too few to say         too few to say
    event                0       0          0  too few to say         too few to say
    inbound              0       0          0  too few to say         too few to say
    inherited            0       0          0  too few to say         too few to say
    unknown              0       0          0  too few to say         too few to say
    "##);
    let rows = world.json(&["yield", "--json"]);
    assert_eq!(rows[0]["sent"]["2024"], 1.0);
    let rows = world.json(&["tree", "--json"]);
    assert_eq!(rows[0]["also"][0]["circle"], true);
}

#[test]
fn a_journal_for_hledger_has_the_chits_and_nothing_else() {
    let world = world();
    let said = world.transcript(&[
        &["export", "contacts", "--as", "hledger"],
        &["export", "all", "--as", "hledger"],
    ]);
    assert_snapshot!(said, @r##"
    $ chitbook export contacts --as hledger
    ! an hledger journal has the chits: say `chitbook export chits --as hledger`
    exit 2
    $ chitbook export all --as hledger
    ! the whole book is exported as JSON: say `chitbook export all --as json`
    exit 2
    "##);
    let journal = world.ok(&["export", "--as", "hledger"]);
    assert!(journal.contains("\n2025-06-01 * ("), "{journal}");
    assert!(
        journal.contains("    owed:Barney Rubble:me  2.0 chit = 2.0 chit\n"),
        "{journal}"
    );
}
