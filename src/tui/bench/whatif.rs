//! Stories of what-if: what is typed letter by letter, what is drawn beside it, and what Enter makes of it.

use super::*;
use crate::domain::promise::{Plan, PlanRow};
use crate::domain::whatif::EXAMPLES;
use insta::assert_snapshot;

fn plan(bench: &Bench) -> Plan {
    match bench.applied.last() {
        Some(Command::PlanTouch(plan)) => (**plan).clone(),
        other => panic!("no plan was made but {other:?}"),
    }
}

/// The rows of the screen that begin with these words, inside the frame.
fn line(bench: &Bench, begins: &str) -> String {
    let screen = bench.screen();
    let lines = screen.lines().map(|line| line.trim_matches(['│', ' ']));
    let mut found = lines.filter(|line| line.starts_with(begins));
    found
        .next()
        .unwrap_or_else(|| panic!("{begins:?} is not on\n{screen}"))
        .to_owned()
}

#[test]
fn w_asks_what_if_and_answers_before_anything_is_typed() {
    let mut bench = Bench::barney(80, 24);
    bench.press("w");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ What if ─ Barney Rubble ─────────────────────────────────────────────────────╮
    │ › a call today? type another: lunch fri, nothing for a month …               │
    │   today call                                                                 │
    │   wins 14.2 points today, 4.7 four weeks later                               │
    │ Strength                                               ━━ if so  ┈┈ as it is │
    │ 100┤                          ┊                                              │
    │    │                          58.1                                           │
    │    │⣀⡀     ⣠⠤⣄⣀⣀⣀ ⣰⠦⠤⢤⣀⣀⣠⠖⠒⠦⠤⠤●⠙⣒⠲⠤⠤⣄⣀⣀⣀⡀                                    │
    │  20┤┄⠉⠉⠉⠉⠉⠓⠃┄┄┄┄⠈⠉⠁┄┄┄┄┄┄┄┄┄┄┄┊┄┄┄⠉┄⠉┄⠓┄⠛⠉⠛⠉⠷⠒⠶⠒⠶⠲⠤⠤⣤⠤⣤⠤⣤⠤⣄⣀⣀◌⣀⣀⣀⣀◌⣀⣀⣀⣀⡀┄┄┄┄ │
    │    │                          ┊                                   ⠉ ⠉ ⠉⠉⠉⠉⠉⠉ │
    │   0┤M      c      e      c    c                                              │
    │                   Nov       today  Dec                2027              Feb  │
    │                                                                              │
    │                     as it is       if so  difference     a call today        │
    │ strength today          43.9        58.1       +14.2     a call next tuesday │
    │ four weeks later        26.8        31.5        +4.7     lunch in 2 weeks    │
    │ is due            Sun 29 Nov   Sun 6 Dec     +7 days     nothing for a month │
    │ goes stale        Mon 21 Dec  Sun 27 Dec     +6 days     a call every 2 wee… │
    │ goes cold         Wed 13 Jan  Sat 23 Jan    +10 days     call tomorrow, lun… │
    │                                                          email sent today    │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     ↓ examples  Esc close
    "#);
}

#[test]
fn a_supposition_is_drawn_beside_what_is() {
    let mut bench = Bench::barney(80, 24);
    bench.press("wlunch 14 dec, call 4 jan");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ What if ─ Barney Rubble ─────────────────────────────────────────────────────╮
    │ › lunch 14 dec, call 4 jan                                                   │
    │   Mon 14 Dec meeting · Mon 4 Jan call                                        │
    │   wins 40.7 points on Mon 4 Jan, 21.8 four weeks later                       │
    │ Strength                                               ━━ if so  ┈┈ as it is │
    │ 100┤                        ┊           62.7                                 │
    │    │                        ┊     ⡀     ●⡀                                   │
    │    │           ⣀  ⢠⣄⣀⡀⡶⢤⣀⡖⠦⢤⣀⣀    ⡏⠙⠲⠤⢤⣀⡇⠉⠓⠲⠤⢤⣀⣀                  cold 4 Apr │
    │  20┤┄┄┄┄┄┄⢠⣄⣀⣀⣰⠋⠉⠉⠛┄┄⠉⠁┄┄┄┄┄┊⠈⠉⠙⠒⠒⠳┄⠤┄⢤┄⣀┄⣀◌⣀┄┄⠈⠉⠉⠙⠒⠒⠒⠒⠦⠤⠤⠤⠤⢤⣀⣀⣀⣀⣀◌⣀⣀┄┄┄┄┄┄┄ │
    │    │  ⢸⠉⠉⠉⠉                 ┊                 ⠉ ⠉ ⠉ ⠉ ⠉ ⠒ ⠒ ⠒ ⠒ ⠒ ⠒ ⠚⠉⠛⠉⠛⠉⠛⠉ │
    │   0┤  c   m    M  c   e  c        M     c                                    │
    │     Sep      Oct      Nov today        2027     Feb     Mar      Apr         │
    │                                                                              │
    │                     as it is       if so  difference     a call today        │
    │ strength today          43.9        43.9                 a call next tuesday │
    │ on Mon 4 Jan            22.0        62.7       +40.7     lunch in 2 weeks    │
    │ four weeks later        16.4        38.2       +21.8     nothing for a month │
    │ is due            Sun 29 Nov  Sun 24 Jan    +56 days     a call every 2 wee… │
    │ goes stale        Mon 21 Dec  Sat 20 Feb    +61 days     call tomorrow, lun… │
    │ goes cold         Wed 13 Jan   Sun 4 Apr    +81 days     email sent today    │
    │ Enter plans it: Mon 14 Dec, lunch                                            │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter plans it  ↓ examples  Esc close
    "#);
}

#[test]
fn a_large_window_has_room_for_the_curve() {
    let mut bench = Bench::barney(120, 40);
    bench.press("wa call every 2 weeks for 3 months");
    assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review                               Sun 22 Nov 14:07
    ╭ What if ─ Barney Rubble ─────────────────────────────────────────────────────────────────────────────────────────────╮
    │ › a call every 2 weeks for 3 months                                                                                  │
    │   6 calls, Sun 6 Dec to Sun 14 Feb                                                                                   │
    │   wins 53.5 points on Sun 14 Feb, 26.4 four weeks later                                                              │
    │ Strength                                                                                       ━━ if so  ┈┈ as it is │
    │ 100┤                                     ┊                                                                           │
    │    │                                     ┊                                                                           │
    │    │                                     ┊                                                                           │
    │    │                                     ┊                                                                           │
    │    │                                     ┊                                                                           │
    │    │                                     ┊                                                                           │
    │    │                                     ┊                             ● 68.1                                        │
    │    │                                     ┊              ⡀    ⣦⡀   ⡷⣄   ⡟⢦                                            │
    │    │                                     ┊    ⡀    ⣦⡀   ⡟⣆   ⡇⢳⡀  ⡇⠸⣄  ⡇⠘⢦                                           │
    │    │                                  ⣤  ┊    ⡟⣆   ⡇⠳⣄  ⡇⠘⢦  ⡇ ⠹⣄ ⡇ ⠘⢦⡀⡇ ⠈⠳⡄                                         │
    │  50┤                              ⣶⡀  ⡏⢧ ┊    ⡇⠈⢳⡀ ⡇ ⠘⢦ ⡇ ⠈⠓⣆⡇  ⠈⢧⡇   ⠳⠇   ⠙⣆                                        │
    │    │                         ⢸⠳⡄ ⢠⠇⠙⣆⢸⠁⠈⠙⣆    ⡇  ⠙⢦⡇  ⠈⠙⠇   ⠈⠁              ⠈⠹⢤                                      │
    │    │                     ⡶⣄  ⢸ ⠉⢧⣸  ⠈⠻   ⠈⠳⣄  ⡇                               ⠈⠙⢦⡀                                   │
    │    │                     ⡇⠈⠓⢦⣸   ⠈       ┊ ⠈⠹⢤⡇                                  ⠉⠳⢤⣀                                │
    │    │                    ⢠⠇   ⠉           ┊    ⠉ ⢦                                   ⠈⠙⠲⢤⣀                            │
    │    │               ⢀⡀   ⢸                ┊        ⠉ ⠦ ⣀                                 ⠈⠉⠓⠲⠤⣄⣀⡀     cold 8 May      │
    │  20┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⢸⠉⠓⠦⢤⣸┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┊┄┄┄┄┄┄┄┄┄┄┄┄⠈┄⠓┄⠦┄◌┄⡀┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⠉⠙⠒⠲⠤⠤◌⣀⣀┄┄┄┄┄┄┄┄┄┄┄┄ │
    │    │          ⢰⠦⠤⣄⣀⣸                     ┊                    ⠉ ⠓ ⠒ ⠤ ⣄ ⣀                              ⠈⠉⠉⠓⠒⠒⠲⠤⠤⠤⢤⣀⣀ │
    │    │          ⢸    ⠉                     ┊                                ⠉ ⠉ ⠒ ⠒ ⠲ ⠤ ⠤ ⣄ ⣀ ⣀ ⣀                      │
    │    │          ⢸                          ┊                                                      ⠉ ⠉ ⠉ ⠉ ⠒ ⠒ ⠒ ⠒ ⠒ ⠒  │
    │    │          ⢸                          ┊                                                                           │
    │   0┤          c    m     M   c    e   c       c    c    c    c    c    c                                             │
    │             Sep       Oct        Nov   today           2027       Feb       Mar        Apr        May        Jun     │
    │                                                                                                                      │
    │                     as it is       if so  difference     a call today                                                │
    │ strength today          43.9        43.9                 a call next tuesday                                         │
    │ on Sun 14 Feb           14.6        68.1       +53.5     lunch in 2 weeks                                            │
    │ four weeks later        11.7        38.1       +26.4     nothing for a month                                         │
    │ is due            Sun 29 Nov   Mon 1 Mar    +92 days     a call every 2 weeks                                        │
    │ goes stale        Mon 21 Dec  Tue 23 Mar    +92 days     call tomorrow, lunch in 3 weeks                             │
    │ goes cold         Wed 13 Jan   Sat 8 May   +115 days     email sent today                                            │
    │ Enter plans it: Sun 6 Dec, a call                                                                                    │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
     Enter plans it  ↓ examples  Esc close
    "#);
}

#[test]
fn the_least_window_has_the_table() {
    let mut bench = Bench::barney(60, 15);
    bench.press("wnothing until 3 jan");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2  3  4  5  6                   Sun 22 Nov 14:07
    ╭ What if ─ Barney Rubble ─────────────────────────────────╮
    │ › nothing until 3 jan                                    │
    │   nothing until Sun 3 Jan                                │
    │   43.9 today, 22.3 on Sun 3 Jan                          │
    │                     as it is       if so  difference     │
    │ strength today          43.9        43.9                 │
    │ on Sun 3 Jan            22.3        22.3                 │
    │ four weeks later        16.5        16.5                 │
    │ is due            Sun 29 Nov  Sun 29 Nov                 │
    │ goes stale        Mon 21 Dec  Mon 21 Dec                 │
    │ goes cold         Wed 13 Jan  Wed 13 Jan                 │
    │                                                          │
    ╰──────────────────────────────────────────────────────────╯
     ↓ examples  Esc close
    "#);
}

#[test]
fn every_letter_is_answered_and_none_is_a_command() {
    let mut bench = Bench::barney(80, 24);
    bench.press("w");
    let mut before = bench.screen();
    for letter in "quit?u:call,tue".chars() {
        bench.send(Msg::Keys(vec![Key::char(letter)]));
        bench.draw();
        let now = bench.screen();
        assert_ne!(now, before, "{letter}");
        before = now;
    }
    assert!(!bench.effects.contains(&Effect::Quit));
    assert!(
        before.contains("“quit?u:call” is not understood"),
        "{before}"
    );
    bench.press("<ctrl-u>they call tue");
    assert_eq!(line(&bench, "Tue 24 Nov"), "Tue 24 Nov call from them");
    assert!(line(&bench, "on Tue 24 Nov").contains('+'));
}

#[test]
fn enter_plans_the_touch_on_its_day_with_its_words() {
    let mut bench = Bench::barney(80, 24);
    bench.press("wa call about the quote tue 14:30, lunch fri");
    assert_eq!(
        line(&bench, "Enter plans it"),
        "Enter plans it: Tue 24 Nov 14:30, a call about the quote"
    );
    assert!(bench.last_line().starts_with("Enter plans it"));
    bench.press("<enter>");
    let plan = plan(&bench);
    assert_eq!(
        (plan.contact, plan.on),
        (Id::from_raw(10), shift(today(), 2))
    );
    assert_eq!(
        plan.at.map(|at| at.to_string()).as_deref(),
        Some("14:30:00")
    );
    assert_eq!(plan.why, "a call about the quote");
    assert!(
        !bench.screen().contains("What if"),
        "it closes once the plan is made"
    );
}

#[test]
fn a_plan_that_was_there_is_named_before_it_is_replaced() {
    let mut world = cast();
    world[0].plan = Some(PlanRow {
        id: Id::from_raw(800),
        plan: Plan {
            contact: Id::from_raw(10),
            on: shift(today(), 5),
            at: None,
            why: "the audit".to_owned(),
        },
    });
    let mut bench = Bench::with(world, 80, 24);
    bench.press("<ctrl-p>barney<enter>wcall tue");
    assert_eq!(
        line(&bench, "Enter plans it"),
        "Enter plans it: Tue 24 Nov, call; it takes the place of Fri 27 Nov"
    );
}

#[test]
fn a_refused_plan_keeps_every_word() {
    let mut bench = Bench::barney(80, 24);
    bench.refuse = Some("The book is locked by another program; try again.".to_owned());
    bench.press("wcall tue<enter>");
    let screen = bench.screen();
    assert!(screen.contains("› call tue"), "{screen}");
    assert_eq!(
        line(&bench, "The book is locked"),
        "The book is locked by another program; try again."
    );
    bench.press("<enter>");
    assert_eq!(plan(&bench).why, "call");
}

#[test]
fn what_cannot_be_planned_or_read_says_so_and_stays() {
    let rows = [
        ("w<enter>", "type what you suppose first"),
        (
            "wnothing for a month<enter>",
            "nothing in that can be planned",
        ),
        ("wthey call fri<enter>", "nothing in that can be planned"),
        ("wa call someday<enter>", "cannot read “someday” as a date"),
        ("wcall tue, blorp<enter>", "“blorp” is not understood"),
    ];
    for (keys, says) in rows {
        let mut bench = Bench::barney(80, 24);
        bench.press(keys);
        let screen = bench.screen();
        assert!(screen.contains(says), "{keys}\n{screen}");
        assert!(bench.applied.is_empty(), "{keys}");
        assert!(!bench.last_line().contains("plans it"), "{keys}");
        let typed = keys.trim_start_matches('w').trim_end_matches("<enter>");
        assert!(screen.contains(typed), "{keys}\n{screen}");
    }
}

#[test]
fn an_unreadable_text_leaves_the_side_of_the_supposed_empty() {
    let mut bench = Bench::barney(80, 24);
    bench.press("wcall blorp");
    let row = line(&bench, "strength today");
    let figures = row
        .split("  ")
        .filter(|cell| cell.trim().parse::<f64>().is_ok());
    assert_eq!(figures.count(), 1, "{row}");
}

#[test]
fn what_was_typed_is_there_again_and_the_next_letter_takes_its_place() {
    let mut bench = Bench::barney(80, 24);
    bench.press("wcall tue<esc>jw");
    assert!(
        bench.screen().contains("› call tue"),
        "also for the next person"
    );
    bench.press("<end>, lunch fri");
    assert!(
        bench.screen().contains("› call tue, lunch fri"),
        "an arrow goes into it"
    );
    bench.press("<esc>wl");
    assert!(bench.screen().contains("› l "), "{}", bench.screen());
    bench.press("<esc>w<backspace>");
    assert!(bench.screen().contains("a call today? type another"));
}

#[test]
fn the_arrows_walk_the_examples_and_come_back_to_the_own_words() {
    let mut bench = Bench::barney(80, 24);
    bench.press("wcall tue");
    for example in EXAMPLES {
        bench.press("<down>");
        assert!(
            bench.screen().contains(&format!("› {example}")),
            "{example}"
        );
    }
    bench.press("<down>");
    assert!(bench.screen().contains("› call tue "));
    bench.press("<up>");
    assert!(
        bench
            .screen()
            .contains(&format!("› {}", EXAMPLES[EXAMPLES.len() - 1]))
    );
    bench.click("lunch in 2 weeks", MouseWhat::Press);
    assert!(bench.screen().contains("› lunch in 2 weeks"));
}

#[test]
fn the_two_sides_are_told_apart_without_colour_and_without_braille() {
    let setup = Setup {
        theme: Theme::plain(),
        plain: true,
        ..setup()
    };
    let mut bench = Bench::set_up(setup, cast(), Vec::new(), 80, 24);
    bench.press("<ctrl-p>barney<enter>wlunch 14 dec");
    let screen = bench.screen();
    let chart = screen.lines().skip(6).take(6);
    let chart: Vec<&str> = chart.map(|line| line.trim_matches('│')).collect();
    assert!(chart.concat().is_ascii(), "{screen}");
    let parts = ["''", ". .", "cold 8 Mar", "* 60.6", "M"];
    for part in parts {
        assert!(
            chart.iter().any(|line| line.contains(part)),
            "{part}\n{screen}"
        );
    }
    assert!(screen.contains("-- if so  .. as it is"), "{screen}");
    assert!(
        bench
            .styles()
            .iter()
            .all(|(front, _)| *front == Color::Reset)
    );
}

#[test]
fn somebody_new_can_be_asked_about_too() {
    let mut bench = Bench::barney(80, 24);
    bench.press("<ctrl-p>wilma<enter>wcall tue");
    let row = line(&bench, "on Tue 24 Nov");
    assert!(
        row.contains("0.0") && row.contains("16.7") && row.contains("+16.7"),
        "{row}"
    );
    assert!(line(&bench, "goes cold").contains("not warm yet"));
}

#[test]
fn a_cadence_that_is_all_that_is_supposed_is_set() {
    let mut bench = Bench::barney(80, 24);
    bench.press("wset cadence 14");
    assert_eq!(
        line(&bench, "Enter sets it"),
        "Enter sets it: a cadence of 14 days"
    );
    assert!(bench.last_line().starts_with("Enter sets it"));
    bench.press("<enter>");
    let id = Id::from_raw(10);
    let days = Some(14);
    assert_eq!(
        bench.applied.last(),
        Some(&Command::SetCadence { id, days })
    );
    bench.press("w<end>, call fri");
    assert!(bench.last_line().starts_with("Enter plans it"));
    bench.press("<enter>");
    assert_eq!(plan(&bench).on, shift(today(), 5));
}

#[test]
fn whoever_was_never_warm_goes_cold_on_no_day_of_the_picture() {
    let mut bench = Bench::barney(120, 40);
    bench.press("<ctrl-p>wilma<enter>wcall tue");
    assert!(line(&bench, "goes cold").contains("not warm yet"));
    assert!(
        !bench.screen().contains("cold 24 Nov"),
        "{}",
        bench.screen()
    );
    assert!(!bench.screen().contains('◌'), "{}", bench.screen());
    bench.press("<ctrl-u>call tue, lunch fri, call 4 dec");
    assert!(bench.screen().contains("cold "), "{}", bench.screen());
}

#[test]
fn what_is_wrong_is_said_to_its_end() {
    let mut bench = Bench::barney(80, 24);
    bench.press("wcall on a day that nobody knows yet");
    let screen = bench.screen();
    assert!(screen.contains("in 2 weeks or 2027-03-14"), "{screen}");
    bench.press("<enter>");
    let screen = bench.screen();
    assert!(screen.contains("in 2 weeks or 2027-03-14"), "{screen}");
}

#[test]
fn right_after_a_call_the_next_one_is_supposed_when_it_is_due() {
    let mut world = cast();
    world[0] = person(
        10,
        "Barney Rubble",
        "",
        &[(0, TouchKind::Call, ""), (30, TouchKind::Call, "")],
    );
    let mut bench = Bench::with(world, 80, 24);
    bench.press("<ctrl-p>barney<enter>w");
    let screen = bench.screen();
    assert!(
        screen.contains("a call in 31 days? type another"),
        "{screen}"
    );
    assert!(!screen.contains("changes nothing on"), "{screen}");
    assert!(line(&bench, "wins ").contains("wins "), "{screen}");
}
