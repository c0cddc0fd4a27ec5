//! The ledger: gone to, filtered, settled, called in, and left again.

use super::*;
use crate::domain::chit::{CallOutcome, ChitCall, ChitPart, Settlement};
use insta::assert_snapshot;

/// A ledger with a favour of every kind: open, in part, pending, redeemed, forgiven, and between others.
fn ledger(columns: u16, rows: u16) -> Bench {
    let mut world = cast();
    let part = |ago: i64, halves: u32, how, by: &str| ChitPart {
        on: shift(today(), -ago),
        halves: Halves(halves),
        how,
        by: by.to_owned(),
        counter: None,
        touch: None,
    };
    let barney = &mut world[0];
    barney.chits[0].parts = vec![part(90, 1, Settlement::Redeemed, "drove me to the plant")];
    barney.chits[0].chit.evidence = Some(Id::from_raw(1_000));
    let (fred, betty) = (
        (Id::from_raw(12), "Fred Flint"),
        (Id::from_raw(11), "Betty Marsh"),
    );
    let row = |id, giver: (Id, &str), receiver: (Id, &str), what: &str, ago: i64| {
        let mut row = barney.chits[0].clone();
        row.id = Id::from_raw(id);
        (row.chit.giver, row.chit.receiver) = (giver.0, receiver.0);
        (row.giver_name, row.receiver_name) = (giver.1.to_owned(), receiver.1.to_owned());
        row.chit.what = what.to_owned();
        row.chit.on = shift(today(), -ago);
        row.chit.evidence = None;
        row.parts = Vec::new();
        row
    };
    let me = (Id::ME, "me");
    let mut old = row(505, betty, me, "a word with her boss", 420);
    old.parts = vec![part(300, 2, Settlement::Forgiven, "")];
    let mut others = row(506, betty, fred, "lent the truck", 50);
    others.chit.worth = Halves::BIG;
    let lent = row(507, me, betty, "the fair's booth plan", 12);
    world[1].chits = vec![old, others, lent];
    Bench::with(world, columns, rows)
}

#[test]
fn the_register_at_80_by_24() {
    let mut bench = ledger(80, 24);
    bench.counts = Counts {
        chits: 2,
        ..Counts::default()
    };
    bench.send(Msg::Elsewhere(None));
    bench.press("3");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits 2  4 Referrals  5 Accounts  6 Review          14:07
    ╭ Chits ─ you owe 1 · owed 1½ · between others 3 ──────────────────────────────╮
    │ ▸ Register   Balances   Ageing   Routes                                      │
    │ date    favour                     what              worth state         age │
    │ Sep’25  Betty Marsh → you          a word with her …     1 * forgiven        │
    │ 26 Jan    you ⇢ Betty Marsh        a word with her …    −1 let go            │
    │ 12 May  you → Barney Rubble        got the meter pa…     1 * part        194 │
    │ 24 Aug    Barney Rubble ⇢ you      drove me to the …    −½ came back         │
    │ 3 Oct   Betty Marsh → Fred Flint   lent the truck        2 * open         50 │
    │ 23 Oct  Barney Rubble → Fred Flint the introduction…     1 * open         30 │
    │ 3 Nov   Barney Rubble → you        opened the door …     1 ! open         19 │
    │ 10 Nov  you → Betty Marsh          the fair's booth…     1 * open         12 │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ├ the fair's booth plan ───────────────────────────────────────────────────────┤
    │  10 Nov  Betty Marsh owes you 1: the fair's booth plan                       │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter go there  r redeem  I call in  F forgive  s side  ? keys  q quit
    "#);
}

#[test]
fn the_balances_at_80_by_24() {
    let mut bench = ledger(80, 24);
    bench.press("3<tab>");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Chits ─ you owe 1 · owed 1½ · between others 3 ──────────────────────────────╮
    │   Register ▸ Balances   Ageing   Routes                                      │
    │ who                  I owe they owe  oldest              last favour         │
    │ Barney Rubble            1        ½   194 d █████│███    they: opened the d… │
    │ Betty Marsh                       1    12 d      │█████  you: the fair's bo… │
    │Between others                                                                │
    │ Fred Flint owes Be…               2    50 d                                  │
    │ Fred Flint owes Ba…               1    30 d                                  │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter go there  s side  o open  . only them  Tab view  c call  ? keys  q quit
    "#);
}

#[test]
fn the_ages_at_60_by_15() {
    let mut bench = ledger(60, 15);
    bench.press("3<tab><tab>");
    assert_snapshot!(bench.screen(), @r#"
     1  2  3 Chits  4  5  6                    Sun 22 Nov 14:07
    ╭ Chits ─ you owe 1 · owed 1½ · between others 3 ──────────╮
    │   Register   Balances ▸ Ageing   Routes                  │
    │ who owes whom           0-30  31-90 91-365  older  total │
    │ Fred Flint owes Bett…             2                    2 │
    │ Fred Flint owes Barn…      1                           1 │
    │ you owe Barney Rubbl…      1                           1 │
    │ Betty Marsh owes you…      1                           1 │
    │ Barney Rubble owes y…                    ½             ½ │
    │                                                          │
    │                                                          │
    │                                                          │
    │ in all                     3      2      ½      0     5½ │
    ╰──────────────────────────────────────────────────────────╯
     Enter go there  s side  o open  ? keys  q quit
    "#);
}

#[test]
fn who_could_be_asked_for_whom_at_100_by_20() {
    let mut bench = ledger(100, 20);
    bench.press("3<tab><tab><tab>");
    assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review           Sun 22 Nov 14:07
    ╭ Chits ─ you owe 1 · owed 1½ · between others 3 ──────────────────────────────────────────────────╮
    │   Register   Balances   Ageing ▸ Routes                                                          │
    │                                                                                                  │
    │Who could be asked for you, by somebody who owes you one                                          │
    │ Betty Marsh could ask Fred Flint for you: Fred Flint owes Betty Marsh 2, Betty Marsh owes you 1  │
    │ Barney Rubble could ask Fred Flint for you: Fred Flint owes Barney Rubble 1, Barney Rubble owes… │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────╯
     Enter go there  s side  o open  . only them  Tab view  c call  t touch  f favour  ? keys  q quit
    "#);
}

#[test]
fn one_persons_register_carries_a_running_balance() {
    let mut bench = ledger(100, 20);
    bench.press("3g.");
    assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review           Sun 22 Nov 14:07
    ╭ Chits ─ you owe 1 · owed 1½ · between others 3 ──────────────────────────────────────────────────╮
    │ ▸ Register   Balances   Ageing   Routes                                         only Betty Marsh │
    │ date    favour                     what                            worth state        owes  owed │
    │ Sep’25  Betty Marsh → you          a word with her boss                1 * forgiven      0     1 │
    │ 26 Jan    you ⇢ Betty Marsh        a word with her boss               −1 let go          0     0 │
    │ 3 Oct   Betty Marsh → Fred Flint   lent the truck                      2 * open          0     2 │
    │ 10 Nov  you → Betty Marsh          the fair's booth plan               1 * open          1     2 │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    ├ a word with her boss ────────────────────────────────────────────────────────────────────────────┤
    │  Sep’25  you owe Betty Marsh 1: a word with her boss                                             │
    │  26 Jan  1 forgiven                                                                              │
    │                                                                                                  │
    │                                                                                                  │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────╯
     Enter go there  s side  o open  . only them  Tab view  c call  t touch  f favour  ? keys  q quit
    "#);
}

#[test]
fn each_filter_lets_through_what_it_says_and_esc_takes_all_away() {
    let cases = [
        ("", vec!["truck", "customs", "door", "booth", "boss"]),
        ("s", vec!["door", "boss"]),
        ("ss", vec!["customs", "booth"]),
        ("sss", vec!["truck", "introduction"]),
        ("so", vec!["door"]),
        (
            "o",
            vec!["truck", "customs", "door", "booth", "introduction"],
        ),
        ("z", vec!["door"]),
        ("/truck<enter>", vec!["truck"]),
        ("/betty bo<enter>", vec!["booth", "boss"]),
        ("A100 days ago<enter>", vec!["customs", "boss"]),
    ];
    let all = ["truck", "customs", "door", "booth", "boss", "introduction"];
    for (keys, expected) in cases {
        let mut bench = ledger(100, 30);
        bench.press("3").press(keys);
        let screen = bench.screen();
        // The story below the list tells of one favour again.
        let list: Vec<&str> = screen
            .lines()
            .take_while(|line| !line.starts_with('├'))
            .collect();
        let list = list.join("\n");
        for word in all {
            let there = list.contains(word);
            let wanted = expected.contains(&word) || keys.is_empty();
            assert_eq!(there, wanted, "{word} after {keys:?}\n{screen}");
        }
        bench.press("<esc>");
        if !keys.is_empty() {
            assert!(
                bench.screen().contains("truck"),
                "{keys}\n{}",
                bench.screen()
            );
            assert!(bench.screen().contains("Register"), "{keys}");
        }
    }
}

#[test]
fn keys_for_a_person_act_on_whom_the_row_is_about_and_people_is_as_it_was() {
    let mut bench = ledger(100, 30);
    bench.press("<ctrl-p>zo<enter>");
    assert_eq!(bench.app.selected(), Some(Id::from_raw(16)));
    bench.press("3");
    // The newest favour is mine to Betty.
    assert_eq!(bench.app.selected(), Some(Id::from_raw(11)));
    bench.press("p");
    assert!(bench.screen().contains("Promise with Betty Marsh"));
    bench.press("<esc>1");
    assert_eq!(bench.app.selected(), Some(Id::from_raw(16)));
}

#[test]
fn enter_goes_to_the_touch_a_favour_came_from_else_to_the_person() {
    let mut bench = ledger(100, 30);
    let touch = bench.world[0].history[2].id;
    bench.world[0].chits[0].chit.evidence = Some(touch);
    bench.press("3/customs<enter><enter>");
    assert_eq!(bench.app.selected(), Some(Id::from_raw(10)));
    bench.press("<enter>");
    assert!(
        bench.screen().contains("fishing trip"),
        "{}",
        bench.screen()
    );
    bench.press("<esc><esc>3<esc>/booth<enter><enter>");
    assert_eq!(bench.app.selected(), Some(Id::from_raw(11)));
    assert!(
        bench.screen().contains("coldest first"),
        "{}",
        bench.screen()
    );
}

#[test]
fn a_chit_of_mine_called_in_begins_the_call_and_what_came_of_it_is_filed_later() {
    let mut bench = ledger(100, 30);
    bench.press("3/customs<enter>I");
    let called = |bench: &Bench| match bench.applied.last() {
        Some(Command::CallChit { id, call }) => (*id, call.as_ref().clone()),
        other => panic!("{other:?}"),
    };
    let (id, call) = called(&bench);
    assert_eq!((id, call.outcome), (Id::from_raw(501), None));
    assert!(
        bench.screen().contains("Barney Rubble"),
        "{}",
        bench.screen()
    );
    assert!(
        bench.screen().contains("since 14:07"),
        "a call is open\n{}",
        bench.screen()
    );
    bench.world[0].chits[0].calls = vec![call];
    bench.send(Msg::Elsewhere(None));
    bench.draw();
    assert!(
        bench.screen().contains("called in"),
        "the brief tells of it\n{}",
        bench.screen()
    );
    bench.press("<esc>I");
    assert!(
        bench.screen().contains("What came of it"),
        "{}",
        bench.screen()
    );
    bench.press("<ctrl-s>");
    assert_eq!(called(&bench).1.outcome, Some(CallOutcome::Honoured));
}

#[test]
fn a_part_that_is_all_of_it_or_nothing_is_refused_at_its_field() {
    for (typed, fine) in [("", false), ("1", false), ("½", true)] {
        let mut bench = ledger(100, 30);
        bench.world[0].chits[1].calls = vec![ChitCall {
            on: today(),
            outcome: None,
            answered: None,
            note: String::new(),
        }];
        bench
            .press("3/door<enter>I<right><tab>")
            .press(typed)
            .press("<ctrl-s>");
        let wrong = bench.screen().contains("Say how much");
        assert_eq!(!wrong, fine, "{typed:?}\n{}", bench.screen());
    }
}

#[test]
fn favours_are_settled_marked_edited_and_deleted_from_the_register() {
    let mut bench = ledger(100, 30);
    bench.press("3/door<enter>r");
    assert!(
        bench.screen().contains("Redeem: opened the door"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>F");
    assert!(
        bench.screen().contains("Forgive: opened the door"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>e");
    assert!(bench.screen().contains("Edit favour"), "{}", bench.screen());
    bench.press("<esc>!");
    let id = Id::from_raw(502);
    assert!(
        matches!(bench.applied.last(), Some(Command::ClearChit { id: of, pending: false }) if *of == id)
    );
    bench.press("d");
    assert!(matches!(bench.applied.last(), Some(Command::DeleteChit(of)) if *of == id));
}

#[test]
fn in_a_view_without_favours_the_keys_for_them_say_what_to_do() {
    let mut bench = ledger(100, 30);
    bench.press("3<tab>");
    assert!(
        !bench.last_line().contains("redeem"),
        "{}",
        bench.last_line()
    );
    bench.press("r");
    assert!(
        bench.last_line().contains("Go to a favour"),
        "{}",
        bench.last_line()
    );
}

#[test]
fn an_empty_ledger_says_how_to_begin_and_has_nobody_to_act_on() {
    let mut bench = Bench::with(vec![person(20, "Ada", "", &[])], 80, 24);
    bench.press("3");
    assert!(
        bench.screen().contains("No favours yet"),
        "{}",
        bench.screen()
    );
    bench.press("p");
    assert!(
        !bench.screen().contains("Promise with"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>");
    assert!(
        bench.screen().contains("No favours yet"),
        "{}",
        bench.screen()
    );
    bench.press("1");
    assert!(bench.screen().contains("Ada"), "{}", bench.screen());
}

#[test]
fn the_mouse_goes_from_screen_to_screen_and_from_view_to_view() {
    let mut bench = ledger(100, 30);
    bench.click("3 Chits", MouseWhat::Press);
    assert!(bench.screen().contains("you owe"), "{}", bench.screen());
    bench.click("Balances", MouseWhat::Press);
    assert!(bench.screen().contains("last favour"), "{}", bench.screen());
    bench.click("Register", MouseWhat::Press);
    bench.click("opened the door", MouseWhat::Press);
    assert_eq!(bench.app.selected(), Some(Id::from_raw(10)));
    bench.click("1 People", MouseWhat::Press);
    assert!(
        bench.screen().contains("coldest first"),
        "{}",
        bench.screen()
    );
}

#[test]
fn what_is_let_through_narrows_balances_and_ages_too() {
    for view in ["<tab>", "<tab><tab>"] {
        for (keys, there, gone) in [
            ("/truck<enter>", "Fred Flint owes B", "booth"),
            ("/booth<enter>", "Betty Marsh", "Barney Rubble"),
            ("z", "Barney Rubble", "Betty Marsh"),
        ] {
            let mut bench = ledger(120, 30);
            bench.press("3").press(view).press(keys);
            let screen = bench.screen();
            assert!(screen.contains(there), "{view} {keys}\n{screen}");
            let list: Vec<&str> = screen.lines().skip(3).collect();
            assert!(!list.join("\n").contains(gone), "{view} {keys}\n{screen}");
        }
    }
}
