//! The weekly review: begun, walked with one key a card, gone back in, ended, and read again.

use super::*;
use crate::domain::matter::MatterKind;
use crate::domain::review::{Came, Card, CardRow, Change, Decided, Decision, Outcome};
use insta::assert_snapshot;

fn card(kind: MatterKind, target: i64, contact: i64, who: &str, why: &str) -> CardRow {
    CardRow {
        id: None,
        card: Card {
            kind,
            target: Id::from_raw(target),
            contact: Some(Id::from_raw(contact)),
            account: None,
            who: who.to_owned(),
            why: why.to_owned(),
            due: None,
        },
        decided: None,
        settled: false,
    }
}

fn deck() -> Deck {
    use MatterKind as K;
    let mut promise = card(
        K::Promise,
        601,
        10,
        "Barney Rubble",
        "quote, 2 days overdue",
    );
    promise.card.due = Some(shift(today(), -2));
    Deck {
        review: None,
        started: today(),
        cards: vec![
            promise,
            card(
                K::Tell,
                801,
                12,
                "Fred Flint",
                "won with Dino Vance: tell him",
            ),
            card(K::Stale, 13, 13, "Dino Vance", "last spoke 300 days ago"),
            card(K::Stale, 11, 11, "Betty Marsh", "last spoke 70 days ago"),
            card(K::Chit, 502, 10, "Barney Rubble", "you owe 1 for 120 days"),
        ],
        came: vec![
            Came {
                who: "Wilma Ortega".to_owned(),
                decision: Decision::Plan,
                until: Some(shift(today(), -3)),
                note: String::new(),
                outcome: Outcome::Missed,
            },
            Came {
                who: "Fred Flint".to_owned(),
                decision: Decision::Call,
                until: None,
                note: String::new(),
                outcome: Outcome::Done,
            },
        ],
        quiet: None,
    }
}

/// The deck under way, its first cards decided.
fn begun(decided: usize) -> Deck {
    let mut deck = deck();
    deck.review = Some(Id::from_raw(1));
    for (nth, row) in deck.cards.iter_mut().enumerate() {
        row.id = Some(Id::from_raw(50 + nth as i64));
        row.decided = (nth < decided).then(|| Decided {
            decision: Decision::Skip,
            on: today(),
            until: None,
            record: None,
            note: String::new(),
        });
    }
    deck
}

fn show(bench: &mut Bench, deck: Deck) {
    let minutes = Minutes::of(&deck, Vec::new(), today());
    let open = deck.review.is_some().then(|| Box::new(minutes.clone()));
    bench.review = Some((Box::new(deck), open, Vec::new()));
}

fn bench(deck: Deck, columns: u16, rows: u16) -> Bench {
    let mut bench = Bench::new(columns, rows);
    show(&mut bench, deck);
    bench.press("6");
    bench
}

fn change(bench: &Bench) -> Change {
    match bench.applied.last() {
        Some(Command::Review(change)) => change.as_ref().clone(),
        other => panic!("{other:?}\n{}", bench.screen()),
    }
}

#[test]
fn before_it_begins_its_size_and_what_came_of_the_last_one_at_80_by_24() {
    let bench = bench(deck(), 80, 24);
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Review ──────────────────────────────────────────────────────────────────────╮
    │ 5 cards. Enter begins; it can be left and taken up at any card.              │
    │                                                                              │
    │ promise            ██████████           1                                    │
    │ tell the referrer  ██████████           1                                    │
    │ cooling            ████████████████████ 2                                    │
    │ chit               ██████████           1                                    │
    │                                                                              │
    │ What came of the last one: 1 done, 0 dropped, 1 missed, 0 ahead              │
    │ ✗ missed  Wilma Ortega, planned on Thu 19 Nov                                │
    │ ✓ done    Fred Flint, call now                                               │
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
     Enter go on  R report  C call anybody  2 today  u undo  ? keys  q quit
    "#);
}

#[test]
fn a_card_at_80_by_24() {
    let bench = bench(begun(2), 80, 24);
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Review ─ begun today ─ card 3 of 5 ──────────────────────────────────────────╮
    │ ████████████████████████████▍░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 40 % │
    │                                                                              │
    │ cooling · Dino Vance                                                         │
    │ last spoke 300 days ago                                                      │
    │ p plans a touch for 30 Nov, s sets it aside until then                       │
    ├ Dino Vance ──────────────────────────────────────────────────────────────────┤
    │ Granite Works                                                                │
    │ ◌ strength 3, dormant · cold since 7 Feb · last: e-mail, 9 months ago        │
    │ rhythm 34 d                                                                  │
    │ nothing owed either way                                                      │
    │  26 Jan e-mail   no answer                                                   │
    │  Dec’25 e-mail   tried again                                                 │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter go on  c call now  p plan  s set aside  Space skip  ? keys  q quit
    "#);
}

#[test]
fn a_card_at_60_by_15() {
    let bench = bench(begun(0), 60, 15);
    assert_snapshot!(bench.screen(), @r#"
     1  2  3  4  5  6 Review                   Sun 22 Nov 14:07
    ╭ Review ─ begun today ─ card 1 of 5 ──────────────────────╮
    │ ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0 % │
    │                                                          │
    │ promise · Barney Rubble · Fri 20 Nov                     │
    │ quote, 2 days overdue                                    │
    │ p plans a touch for 30 Nov, s sets it aside until then   │
    ├ Barney Rubble ───────────────────────────────────────────┤
    │ Plant manager · Slate & Co · #coach #golf                │
    │  13 Nov call     firmware worry, wants the new gateway b…│
    │   2 Nov e-mail   sent tariff table                       │
    │  21 Oct call     asked about the fishing trip            │
    │   8 Oct meeting  lunch at the quarry; met the new buyer  │
    ╰──────────────────────────────────────────────────────────╯
     Enter go on  c call now  d done  p plan  ? keys  q quit
    "#);
}

#[test]
fn its_end_at_80_by_24() {
    let bench = bench(begun(5), 80, 24);
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Review ─ all 5 cards are decided ────────────────────────────────────────────╮
    │ Enter ends the review and keeps these minutes; Backspace goes back to the    │
    │ last card.                                                                   │
    │                                                                              │
    │ 5 cards: 5 passed over                                                       │
    │ promise · Barney Rubble: passed over                                         │
    │ tell the referrer · Fred Flint: passed over                                  │
    │ cooling · Dino Vance: passed over                                            │
    │ cooling · Betty Marsh: passed over                                           │
    │ chit · Barney Rubble: passed over                                            │
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
     Enter go on  Backspace back  R report  C call anybody  ? keys  q quit
    "#);
}

#[test]
fn enter_begins_it_with_the_cards_that_are_shown() {
    let mut bench = bench(deck(), 80, 24);
    bench.press("<enter>");
    let Change::Begin { cards, on } = change(&bench) else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!((cards.len(), on), (5, today()));
}

#[test]
fn each_decision_is_one_key_and_the_next_card_is_there_at_once() {
    // The book answers late: the next key is for the next card nevertheless.
    let mut bench = bench(begun(0), 100, 30);
    bench.slow = true;
    let until = shift(today(), 8);
    for (key, at, decision, day) in [
        ("d", 0, Decision::Done, None),
        ("<space>", 1, Decision::Skip, None),
        ("p", 2, Decision::Plan, Some(until)),
        ("s", 3, Decision::Snooze, Some(until)),
        ("s", 4, Decision::Snooze, Some(until)),
    ] {
        bench.press(key);
        let Some(Effect::Apply {
            command: Command::Review(change),
            ..
        }) = bench
            .effects
            .iter()
            .rev()
            .find(|effect| matches!(effect, Effect::Apply { .. }))
        else {
            panic!("{key}\n{}", bench.screen())
        };
        let Change::Decide {
            card,
            decided,
            also,
        } = change.as_ref()
        else {
            panic!("{change:?}")
        };
        assert_eq!(*card, Id::from_raw(50 + at), "{key}");
        assert_eq!((decided.decision, decided.until), (decision, day), "{key}");
        assert_eq!(also.is_some(), decision != Decision::Skip, "{key}");
    }
    assert!(
        bench.screen().contains("all 5 cards are decided"),
        "{}",
        bench.screen()
    );
    // A picture of the book that is older than the last decisions does not bring their cards back.
    show(&mut bench, begun(2));
    bench.send(Msg::Elsewhere(None));
    bench.draw();
    assert!(
        bench.screen().contains("all 5 cards are decided"),
        "{}",
        bench.screen()
    );
}

#[test]
fn a_refused_decision_brings_its_card_back() {
    let mut bench = bench(begun(0), 100, 30);
    bench.refuse = Some("The card was decided meanwhile".to_owned());
    bench.press("d");
    assert!(bench.screen().contains("card 1 of 5"), "{}", bench.screen());
    assert!(
        bench.last_line().contains("decided meanwhile"),
        "{}",
        bench.last_line()
    );
}

#[test]
fn a_question_that_is_refused_is_said_and_not_asked_again() {
    let mut bench = bench(begun(0), 100, 30);
    let asked = bench.effects.len();
    bench.send(Msg::Reply(Reply::Refused {
        ticket: None,
        why: "The disk is full".to_owned(),
    }));
    bench.draw();
    let again = bench.effects.get(asked..).unwrap();
    assert!(again.is_empty(), "{again:?}");
    assert!(
        bench.last_line().contains("disk is full"),
        "{}",
        bench.last_line()
    );
}

#[test]
fn a_page_past_the_end_of_what_is_read_stays_there_so_that_a_page_back_is_seen() {
    let mut long = deck();
    let one = long.came[0].clone();
    long.came = (0..40)
        .map(|nth| Came {
            who: format!("Person {nth}"),
            ..one.clone()
        })
        .collect();
    let mut bench = bench(long, 80, 24);
    bench.press("G");
    let end = bench.screen();
    assert!(end.contains("Person 39"), "{end}");
    bench.press("<pagedown><pagedown>");
    assert_eq!(bench.screen(), end);
    bench.press("<pageup>");
    assert!(!bench.screen().contains("Person 39"), "{}", bench.screen());
    let (column, row) = bench.find("Person");
    let seen = bench.screen();
    bench.mouse(MouseWhat::WheelUp, column, row);
    assert_ne!(bench.screen(), seen);
}

#[test]
fn what_a_card_does_not_allow_is_said_and_decides_nothing() {
    for (decided, key, says) in [
        (2, "d", "ticked off"),
        (0, "a", "a relationship that cools"),
        (4, "l", "not let go"),
    ] {
        let mut bench = bench(begun(decided), 100, 30);
        bench.press(key);
        assert!(bench.applied.is_empty(), "{key}");
        assert!(
            bench.last_line().contains(says),
            "{key}: {}",
            bench.last_line()
        );
    }
}

#[test]
fn decisions_with_words_or_a_day_are_asked_for() {
    let cases = [
        (
            2,
            "lsold the business<ctrl-s>",
            Decision::LetGo,
            None,
            "sold the business",
        ),
        (2, "a21<ctrl-s>", Decision::Cadence, None, "every 21 days"),
        (
            0,
            "!call the plant<ctrl-s>",
            Decision::Promise,
            Some(7),
            "call the plant",
        ),
        (
            0,
            "nthink about it<ctrl-s>",
            Decision::Note,
            None,
            "think about it",
        ),
        (0, "o10<tab>fair<ctrl-s>", Decision::Plan, Some(10), "fair"),
        (
            0,
            "S30<tab>on leave<ctrl-s>",
            Decision::Snooze,
            Some(30),
            "on leave",
        ),
    ];
    for (decided, keys, decision, days, note) in cases {
        let mut bench = bench(begun(decided), 100, 30);
        bench.press(keys);
        let Change::Decide { decided, .. } = change(&bench) else {
            panic!("{keys}")
        };
        assert_eq!(decided.decision, decision, "{keys}");
        assert_eq!(
            decided.until,
            days.map(|days| shift(today(), days)),
            "{keys}"
        );
        assert_eq!(decided.note, note, "{keys}");
    }
}

#[test]
fn c_decides_to_call_and_the_call_begins() {
    let mut bench = bench(begun(0), 100, 30);
    bench.press("c");
    let Change::Decide { decided, .. } = change(&bench) else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!(decided.decision, Decision::Call);
    assert!(bench.screen().contains("since 14:07"), "{}", bench.screen());
    assert!(!bench.screen().contains("of 5"), "{}", bench.screen());
    bench.press("<esc>");
    assert!(bench.screen().contains("card 2 of 5"), "{}", bench.screen());
}

#[test]
fn backspace_has_the_card_before_decided_again_and_takes_back_what_it_changed() {
    let mut back = bench(begun(2), 100, 30);
    back.press("<backspace>");
    assert_eq!(change(&back), Change::Reopen(Id::from_raw(51)));
    let mut first = bench(begun(0), 100, 30);
    first.press("<backspace>");
    assert!(
        first.last_line().contains("first card"),
        "{}",
        first.last_line()
    );
    for decision in [
        Decision::Done,
        Decision::Plan,
        Decision::Snooze,
        Decision::LetGo,
    ] {
        let mut deck = begun(2);
        deck.cards[1].decided.as_mut().unwrap().decision = decision;
        let mut bench = bench(deck, 100, 30);
        bench.press("<backspace>");
        let taken = Effect::TakeBack(Id::from_raw(51));
        assert!(bench.effects.contains(&taken), "{decision:?}");
        assert!(bench.applied.is_empty(), "{decision:?}");
    }
}

#[test]
fn a_plan_that_was_agreed_on_is_shown_before_it_is_replaced_and_keeps_its_hour() {
    use crate::domain::promise::{Plan, PlanRow};
    let mut bench = Bench::new(100, 30);
    let at = chrono::NaiveTime::from_hms_opt(13, 0, 0);
    bench.world[0].plan = Some(PlanRow {
        id: Id::from_raw(70),
        plan: Plan {
            contact: Id::from_raw(10),
            on: shift(today(), 19),
            at,
            why: "fuel gauges".to_owned(),
        },
    });
    show(&mut bench, begun(0));
    bench.press("6p");
    assert!(bench.applied.is_empty());
    assert!(bench.screen().contains("fuel gauges"), "{}", bench.screen());
    bench.press("<ctrl-s>");
    let Change::Decide { decided, also, .. } = change(&bench) else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!(decided.until, Some(shift(today(), 19)));
    let Some(Command::All { commands, .. }) = also.as_deref() else {
        panic!("{also:?}")
    };
    assert!(
        matches!(&commands[0], Command::PlanTouch(plan) if plan.at == at),
        "{also:?}"
    );
}

#[test]
fn a_day_to_remember_is_never_planned_past() {
    let mut deck = begun(0);
    deck.cards[0].card.kind = MatterKind::Date;
    deck.cards[0].card.due = Some(shift(today(), 3));
    let mut bench = bench(deck, 100, 30);
    bench.press("s");
    let Change::Decide { decided, .. } = change(&bench) else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!(decided.until, Some(shift(today(), 3)));
}

#[test]
fn a_key_meant_for_a_card_that_was_settled_elsewhere_decides_nothing() {
    let mut bench = bench(begun(0), 100, 30);
    let mut other = begun(0);
    other.cards[0].settled = true;
    show(&mut bench, other);
    bench.send(Msg::Elsewhere(None));
    bench.draw();
    assert!(
        bench.screen().contains("settled elsewhere"),
        "{}",
        bench.screen()
    );
    bench.press("d");
    assert!(bench.applied.is_empty(), "{:?}", bench.applied);
    bench.press("d");
    assert!(matches!(change(&bench), Change::Decide { card, .. } if card == Id::from_raw(51)));
}

#[test]
fn enter_looks_closer_and_esc_stays_in_the_review() {
    let mut bench = bench(begun(0), 100, 30);
    bench.press("<enter>");
    assert!(
        bench.screen().contains("Kept about Barney Rubble"),
        "{}",
        bench.screen()
    );
    bench.press("<esc><esc>");
    assert!(bench.screen().contains("card 1 of 5"), "{}", bench.screen());
}

#[test]
fn what_was_settled_meanwhile_is_passed_over() {
    let mut deck = begun(1);
    deck.cards[1].settled = true;
    let bench = bench(deck, 100, 30);
    assert!(bench.screen().contains("card 3 of 5"), "{}", bench.screen());
    assert_eq!(bench.app.selected(), Some(Id::from_raw(13)));
}

#[test]
fn its_end_freezes_the_minutes_that_were_shown() {
    let mut bench = bench(begun(5), 100, 30);
    bench.press("<enter>");
    let Change::Finish { review, minutes } = change(&bench) else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!(review, Id::from_raw(1));
    assert_eq!(minutes.count(Decision::Skip), 5);
}

#[test]
fn sixty_cards_take_sixty_keys() {
    let mut deck = begun(0);
    let one = deck.cards[2].clone();
    deck.cards = (0..60)
        .map(|nth| {
            let mut row = one.clone();
            row.id = Some(Id::from_raw(1_000 + nth));
            row
        })
        .collect();
    let mut bench = bench(deck, 80, 24);
    bench.press(&"p".repeat(60));
    assert_eq!(bench.applied.len(), 60);
    assert!(
        bench.screen().contains("all 60 cards are decided"),
        "{}",
        bench.screen()
    );
}

/// Two cards of somebody who may be one person, on the card of the review that proposes it.
fn alike(columns: u16, rows: u16) -> Bench {
    let mut deck = begun(0);
    deck.cards.truncate(1);
    deck.cards[0].card.kind = MatterKind::Duplicate;
    deck.cards[0].card.target = Id::from_raw(11);
    let mut bench = bench(deck, columns, rows);
    bench.world[1].card.title = "Buyer".to_owned();
    bench.press("<enter>");
    bench
}

#[test]
fn two_who_look_like_one_stand_side_by_side_at_80_by_24() {
    let bench = alike(80, 24);
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Review ─ begun today ─ card 1 of 1 ──────────────────────────────────────────╮
    │ ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0 % │
    │                                                                              │
    │ duplicate · Barney Rubble · Fri 20 Nov                                       │
    ╭ Two people, or one? ─────────────────────────────────────────────────────────╮
    │               goes: Betty Marsh               stays: Barney Rubble           │
    │ name          Betty Marsh                   ▸ Barney Rubble                  │
    │ account       Acme                          ▸ Slate & Co                     │
    │ title         Buyer                         ▸ Plant manager                  │
    │                                                                              │
    │ Numbers, addresses, tags, notes, touches, chits and all else of both are ke… │
    ╰──────────────────────────────────────────────────────────────────────────────╯
    │  21 Oct call     asked about the fishing trip                                │
    │   8 Oct meeting  lunch at the quarry; met the new buyer                      │
    │  23 Sep message  thanks for the intro                                        │
    │   9 Sep call                                                                 │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter merge  ← left  → right  x swap  2 two people  Esc leave
    "#);
}

#[test]
fn they_are_merged_field_by_field_as_chosen() {
    let mut bench = alike(100, 30);
    bench.press("<left>j<right>j<left><enter>");
    let Some(Command::MergeContacts(merge)) = bench.applied.last() else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!(
        (merge.from, merge.into),
        (Id::from_raw(11), Id::from_raw(10))
    );
    assert_eq!(merge.after.name, "Betty Marsh");
    assert_eq!(merge.after.account, "Slate & Co");
    assert_eq!(merge.after.title, "Buyer");
    assert_eq!(merge.after.phones.len(), 1);
}

#[test]
fn the_cards_of_another_two_that_were_asked_for_earlier_are_not_shown() {
    let mut bench = alike(100, 30);
    let cards = |one: usize, other: usize| {
        let card = |at: usize| cast()[at].card.clone();
        Some(Box::new((card(one), card(other))))
    };
    let id = Id::from_raw;
    bench.tell(Answer::Two(id(12), id(13), cards(2, 3)));
    let screen = bench.screen();
    assert!(screen.contains("goes: Betty Marsh"), "{screen}");
    assert!(screen.contains("stays: Barney Rubble"), "{screen}");
    // Asked for before the two changed places.
    bench.press("x");
    bench.tell(Answer::Two(id(11), id(10), cards(1, 0)));
    let screen = bench.screen();
    assert!(screen.contains("goes: Barney Rubble"), "{screen}");
    assert!(screen.contains("stays: Betty Marsh"), "{screen}");
}

#[test]
fn the_other_one_can_stay_and_two_can_stay_two() {
    let mut bench = alike(100, 30);
    bench.press("x<enter>");
    assert!(
        matches!(bench.applied.last(), Some(Command::MergeContacts(merge)) if merge.into == Id::from_raw(11)),
        "{:?}",
        bench.applied
    );
    let mut bench = alike(100, 30);
    bench.press("2");
    assert!(
        matches!(bench.applied.last(), Some(Command::KeepApart { .. })),
        "{:?}",
        bench.applied
    );
}

#[test]
fn from_the_list_somebody_is_merged_with_whoever_is_found() {
    let mut bench = Bench::barney(100, 30);
    bench.press("Mbarney<enter>");
    assert!(
        bench.last_line().contains("the same person"),
        "{}",
        bench.last_line()
    );
    bench.press("<ctrl-u>betty<enter>");
    assert!(
        bench.screen().contains("goes: Barney Rubble"),
        "{}",
        bench.screen()
    );
    assert!(
        bench.screen().contains("stays: Betty Marsh"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>");
    assert!(
        bench.screen().contains("coldest first"),
        "{}",
        bench.screen()
    );
}

#[test]
fn r_has_the_weekly_report_read() {
    let mut bench = bench(deck(), 80, 24);
    bench.press("R");
    let asked = bench
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::Ask(Question::Report(_))));
    assert!(asked);
    bench.tell(Answer::Report("# The week of 16 Nov".to_owned()));
    assert!(
        bench.screen().contains("The week of 16 Nov"),
        "{}",
        bench.screen()
    );
    bench.press("o");
    let edited = bench.effects.iter().any(
        |effect| matches!(effect, Effect::Edit { text, .. } if text == "# The week of 16 Nov"),
    );
    assert!(edited, "{:?}", bench.effects);
}
