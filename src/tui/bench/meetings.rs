//! Stories of the deck of meetings that calendars tell of: one key a card.

use super::*;
use insta::assert_snapshot;

/// Three that wait; on the day of the second a touch is logged.
fn waiting() -> Bench {
    let mut bench = Bench::barney(80, 24);
    let who = bench.world[0].summary.clone();
    let card = |id: i64, days: i64, title: &str| Suggestion {
        id: Id::from_raw(id),
        at: now() - chrono::Duration::days(days),
        whole_day: false,
        kind: TouchKind::Meeting,
        minutes: Some(60),
        title: title.to_owned(),
        people: vec![(who.id, who.name.clone())],
        logged: id == 72,
    };
    bench.meetings = vec![
        card(71, 12, "Plant round"),
        card(72, 5, "Budget"),
        card(73, 1, "Firmware, once more"),
    ];
    bench.press("H");
    bench
}

/// The answers so far: ids and whether they happened.
fn answers(bench: &Bench) -> Vec<(Vec<i64>, bool)> {
    let answer = |command: &Command| match command {
        Command::AnswerSuggestions { ids, yes } => {
            Some((ids.iter().map(|id| id.raw()).collect(), *yes))
        }
        _ => None,
    };
    bench.applied.iter().filter_map(answer).collect()
}

#[test]
fn a_meeting_takes_one_key_and_the_deck_goes_with_the_last_one() {
    let mut bench = waiting();
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ 7 ─ coldest first ─────────╮╭ Barney Rubble ─────────────────────────────────╮
    │ ○ Betty Marsh          17  ││ Plant manager · Slate & Co · #coach #golf      │
    │ ◌ Dino Vance            3  ││ +1 415 555 0100 · barney@slate.com             │
    │▌● Barney Rubble        44  ││ ● strength 44 ▼1, on rhythm · goes cold 13 Jan │
    │ ● ╭ Did you meet? ─ 1 of 3 ──────────────────────────────────────────────╮   │
    │ ● │ Tue 10 Nov 14:07 · meeting · 60 min                                  │   │
    │ ● │ Plant round                                                          │ ──┤
    │ · │ with Barney Rubble                                                   │   │
    │   │                                                                      │   │
    │   │                                                                      │   │
    │   │ 0 confirmed · 0 set aside                                            │◌┄┄│
    │   ╰──────────────────────────────────────────────────────────────────────╯ ⠉ │
    │                            ││  0┤                            c mMc ec        │
    │                            ││                     <               *>p?       │
    │                            ││        2026     Apr     Jul      Oct today 2027│
    │                            │├ History ─ 6 ───────────────────────────────────┤
    │                            ││ 13 Nov → call     14m firmware worry, wants th…│
    │                            ││  2 Nov → email        sent tariff table        │
    │                            ││ 21 Oct → call     14m asked about the fishing …│
    │                            ││  8 Oct → meeting      lunch at the quarry; met…│
    │                            ││ 23 Sep → message      thanks for the intro     │
    ╰────────────────────────────╯╰────────────────────────────────────────────────╯
     y it happened  n set it aside  s later  A all happened  Esc enough
    "#);
    bench.press("y");
    assert!(bench.screen().contains("Did you meet? ─ 1 of 2"));
    assert!(bench.screen().contains("is logged already"));
    bench.press("n");
    assert!(bench.screen().contains("1 confirmed · 1 set aside"));
    bench.press("y");
    assert!(!bench.screen().contains("Did you meet?"));
    assert_eq!(
        answers(&bench),
        [(vec![71], true), (vec![72], false), (vec![73], true)]
    );
}

#[test]
fn all_at_once_leaves_those_that_are_likely_logged() {
    let mut bench = waiting();
    bench.press("A");
    assert_eq!(answers(&bench), [(vec![71, 73], true)]);
    assert!(bench.screen().contains("Budget"));
    bench.press("A");
    assert_eq!(answers(&bench).len(), 1, "it is answered by itself");
    bench.press("<esc>");
    assert!(!bench.screen().contains("Did you meet?"));
}

#[test]
fn what_waits_is_passed_over_and_come_back_to() {
    let mut bench = waiting();
    bench.press("ss");
    assert!(bench.screen().contains("Firmware, once more"));
    bench.press("k");
    assert!(bench.screen().contains("Budget"));
    bench.press("jj");
    assert!(
        bench.screen().contains("Plant round"),
        "after the last comes the first"
    );
    assert!(answers(&bench).is_empty());
}

#[test]
fn a_last_answer_that_is_not_saved_keeps_its_card() {
    let mut bench = waiting();
    bench.press("yy");
    bench.refuse = Some("The disk is full".to_owned());
    bench.press("y");
    assert!(bench.screen().contains("Firmware, once more"));
    assert!(bench.screen().contains("The disk is full"));
    bench.press("y");
    assert_eq!(answers(&bench).len(), 3);
}

#[test]
fn an_answer_that_is_not_saved_counts_for_nothing_and_its_card_stays() {
    let mut bench = waiting();
    bench.refuse = Some("The disk is full".to_owned());
    bench.press("y");
    let screen = bench.screen();
    assert!(screen.contains("Did you meet? ─ 1 of 3"), "{screen}");
    assert!(screen.contains("Plant round"), "{screen}");
    assert!(screen.contains("0 confirmed · 0 set aside"), "{screen}");
    bench.press("y");
    assert!(
        bench.screen().contains("1 confirmed · 0 set aside"),
        "{}",
        bench.screen()
    );
    // A slow book: the next key waits for the answer to this one.
    bench.slow = true;
    bench.press("nn");
    assert!(
        bench.screen().contains("1 confirmed · 0 set aside"),
        "{}",
        bench.screen()
    );
    bench.arrive();
    assert_eq!(
        answers(&bench),
        [(vec![71], true), (vec![72], false), (vec![73], false)]
    );
}

#[test]
fn without_any_a_sentence_says_where_they_come_from() {
    let mut bench = Bench::barney(80, 24);
    bench.press("H");
    assert!(bench.screen().contains("No meeting waits"));
}

#[test]
fn the_deck_is_drawn_at_every_size() {
    let mut bench = waiting();
    bench.at_every_size(7);
}
