use super::Decision::{Call, Plan, Promise, Snooze};
use super::came::PlanNow;
use super::*;
use crate::domain::command::Command;
use crate::domain::moment::shift;
use crate::domain::promise::PromiseState;
use crate::domain::today::Points;
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn card(kind: MatterKind) -> Card {
    Card {
        kind,
        target: Id::from_raw(5),
        contact: Some(Id::from_raw(7)),
        account: None,
        who: "Barney Rubble".to_owned(),
        why: "you promised: the quote".to_owned(),
        due: None,
    }
}

/// Whether a command is the one that is wanted.
type Check = fn(&Command) -> bool;

#[test]
fn each_choice_is_one_change_and_what_a_card_does_not_allow_is_none() {
    let day = shift(today(), 9);
    let rows: [(MatterKind, Choice, Option<Check>); 13] = [
        (
            MatterKind::Promise,
            Choice::Done,
            Some(|c| {
                matches!(
                    c,
                    Command::ClosePromise {
                        state: PromiseState::Kept,
                        ..
                    }
                )
            }),
        ),
        (
            MatterKind::TheirPromise,
            Choice::LetGo,
            Some(|c| {
                matches!(
                    c,
                    Command::ClosePromise {
                        state: PromiseState::Dropped,
                        ..
                    }
                )
            }),
        ),
        (
            MatterKind::Tell,
            Choice::Done,
            Some(|c| matches!(c, Command::TellReferrer { .. })),
        ),
        (MatterKind::Stale, Choice::Done, None),
        (
            MatterKind::Stale,
            Choice::Plan(day, None),
            Some(|c| matches!(c, Command::PlanTouch(_))),
        ),
        (
            MatterKind::Stale,
            Choice::Cadence(60),
            Some(|c| matches!(c, Command::SetCadence { days: Some(60), .. })),
        ),
        (MatterKind::Chit, Choice::Cadence(60), None),
        (
            MatterKind::Stale,
            Choice::LetGo,
            Some(|c| matches!(c, Command::LetGo { .. })),
        ),
        (MatterKind::Ask, Choice::LetGo, None),
        (
            MatterKind::Account,
            Choice::Promise("ask for Wilma".to_owned(), day),
            Some(|c| matches!(c, Command::AddPromise(p) if p.due == shift(today(), 9))),
        ),
        (
            MatterKind::Duplicate,
            Choice::LetGo,
            Some(|c| matches!(c, Command::KeepApart { .. })),
        ),
        (
            MatterKind::Mentor,
            Choice::Done,
            Some(|c| matches!(c, Command::FollowUp { .. })),
        ),
        (MatterKind::Stale, Choice::Call, None),
    ];
    for (kind, choice, wanted) in rows {
        let found = card(kind).command(&choice, "because", today());
        match wanted {
            Some(check) => assert!(
                found.as_ref().is_some_and(check),
                "{kind:?} {choice:?}: {found:?}"
            ),
            None => assert_eq!(found, None, "{kind:?} {choice:?}"),
        }
    }
    for kind in MatterKind::ALL {
        for choice in [Choice::Snooze(day), Choice::Skip, Choice::Note] {
            assert!(card(kind).allows(choice.decision()), "{kind:?} {choice:?}");
        }
    }
}

#[test]
fn what_came_of_a_resolve_is_told_by_what_happened_since() {
    let follow = |decision, plan, promise, spoke| Follow {
        card: card(MatterKind::Stale),
        decided: Decided {
            decision,
            on: shift(today(), -7),
            until: None,
            record: None,
            note: String::new(),
        },
        plan,
        promise,
        spoke,
    };
    let day = |days| shift(today(), days);
    let rows = [
        (
            "called",
            follow(Call, None, None, true),
            Some(Outcome::Done),
        ),
        (
            "not called",
            follow(Call, None, None, false),
            Some(Outcome::Missed),
        ),
        (
            "planned and kept",
            follow(Plan, Some(PlanNow::Done), None, false),
            Some(Outcome::Done),
        ),
        (
            "called otherwise",
            follow(Plan, Some(PlanNow::Open(day(3))), None, true),
            Some(Outcome::Done),
        ),
        (
            "still ahead",
            follow(Plan, Some(PlanNow::Open(day(0))), None, false),
            Some(Outcome::Ahead),
        ),
        (
            "gone by",
            follow(Plan, Some(PlanNow::Open(day(-1))), None, false),
            Some(Outcome::Missed),
        ),
        (
            "dropped",
            follow(Plan, Some(PlanNow::Dropped), None, false),
            Some(Outcome::Dropped),
        ),
        (
            "undone",
            follow(Plan, None, None, false),
            Some(Outcome::Dropped),
        ),
        (
            "kept",
            follow(Promise, None, Some((PromiseState::Kept, day(-1))), false),
            Some(Outcome::Done),
        ),
        (
            "overdue",
            follow(Promise, None, Some((PromiseState::Open, day(-1))), false),
            Some(Outcome::Missed),
        ),
        (
            "due today",
            follow(Promise, None, Some((PromiseState::Open, day(0))), false),
            Some(Outcome::Ahead),
        ),
        (
            "let off",
            follow(Promise, None, Some((PromiseState::Dropped, day(-1))), false),
            Some(Outcome::Dropped),
        ),
        (
            "set aside is no resolve",
            follow(Snooze, None, None, false),
            None,
        ),
    ];
    for (label, follow, wanted) in rows {
        let found = came::came(&[follow], today());
        assert_eq!(found.first().map(|came| came.outcome), wanted, "{label}");
    }
}

#[test]
fn a_week_with_next_to_nothing_logged_is_said_to_be_that() {
    let usual = [30; 13];
    let weeks = |last: u32| -> Vec<u32> { std::iter::once(last).chain(usual).collect() };
    assert_eq!(hardly(&weeks(4)), None);
    assert!(
        hardly(&weeks(3))
            .unwrap()
            .starts_with("3 touches were logged in the last 7 days, where 30 are usual")
    );
    assert!(hardly(&weeks(0)).unwrap().starts_with("Nothing was logged"));
    let thin: Vec<u32> = std::iter::once(0).chain([4; 13]).collect();
    assert_eq!(hardly(&thin), None, "a thin book has none to miss");
    assert_eq!(hardly(&[0]), None);
    assert_eq!(hardly(&[]), None);
}

fn any_line() -> impl Strategy<Value = (Line, Option<Id>)> {
    let kind = prop::sample::select(MatterKind::ALL.to_vec());
    (kind, 0..40_i64, 0..100_u8).prop_map(|(kind, id, base)| {
        let line = Line {
            kind,
            id: Id::from_raw(id),
            contact: Some(Id::from_raw(100 + id)),
            who: format!("P{id}"),
            why: String::new(),
            due: None,
            points: Points {
                base: f64::from(base),
                ..Points::default()
            },
            more: Vec::new(),
        };
        (line, None)
    })
}

proptest! {
    /// Whatever is loose, the deck is finite, in its order, without anything twice or set aside; and deciding or settling one card
    /// after the other reaches its end in as many steps as it has cards.
    #[test]
    fn the_deck_ends_for_any_book(matters in prop::collection::vec(any_line(), 0..300), settled in prop::collection::vec(any::<bool>(), 200)) {
        let aside: Aside = [("stale".to_owned(), Id::from_raw(3))].into_iter().collect();
        let cards = super::deck(matters, &aside);
        let at = |card: &Card| ORDER.iter().position(|kind| *kind == card.kind).unwrap();
        prop_assert!(cards.is_sorted_by_key(at));
        let mut seen = HashSet::new();
        prop_assert!(cards.iter().all(|card| seen.insert((card.kind, card.target))));
        prop_assert!(!cards.iter().any(|card| card.kind == MatterKind::Stale && card.target == Id::from_raw(3)));
        for kind in ORDER {
            prop_assert!(cards.iter().filter(|card| card.kind == kind).count() <= most(kind));
        }
        let size = cards.len();
        let mut deck = Deck {
            review: Some(Id::from_raw(1)),
            started: today(),
            cards: cards.into_iter().zip(settled).map(|(card, settled)| CardRow { id: None, card, decided: None, settled }).collect(),
            came: Vec::new(),
            quiet: None,
        };
        let mut steps = 0;
        while let Some(at) = deck.at() {
            deck.cards[at].decided = Some(Decided { decision: Decision::Skip, on: today(), until: None, record: None, note: String::new() });
            prop_assert_eq!(deck.back(), Some(at));
            steps += 1;
            prop_assert!(steps <= size);
        }
        prop_assert_eq!(deck.behind(), size);
        let minutes = Minutes::of(&deck, Vec::new(), today());
        prop_assert_eq!(minutes.items.len(), size);
        prop_assert_eq!(minutes.count(Decision::Skip) + minutes.count(Decision::Gone), size);
        let text = serde_json::to_string(&minutes).unwrap();
        prop_assert_eq!(serde_json::from_str::<Minutes>(&text).unwrap(), minutes);
    }
}

#[test]
fn a_plan_for_a_promise_says_what_was_promised_and_lets_it_wait() {
    let on = shift(today(), 7);
    let card = Card {
        kind: MatterKind::Promise,
        why: "you promised: the quote, and a sample, 15 days overdue".to_owned(),
        ..card(MatterKind::Promise)
    };
    let Some(Command::All { commands, .. }) = card.command(&Choice::Plan(on, None), "", today())
    else {
        panic!("two changes")
    };
    assert!(
        matches!(&commands[0], Command::PlanTouch(plan) if plan.why == "you promised: the quote, and a sample")
    );
    assert!(matches!(&commands[1], Command::SnoozePromise { until, .. } if *until == Some(on)));
}
