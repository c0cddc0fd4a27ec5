//! Today: what is listed is done, set aside, planned, called, and the person gone to.

use super::*;
use crate::domain::matter::MatterKind;
use crate::domain::today::{Line, Points, SetAside, Week};
use insta::assert_snapshot;

fn line(kind: MatterKind, id: i64, contact: i64, who: &str, why: &str, points: f64) -> Line {
    Line {
        kind,
        id: Id::from_raw(id),
        contact: Some(Id::from_raw(contact)),
        who: who.to_owned(),
        why: why.to_owned(),
        due: None,
        points: Points {
            base: points - 6.0,
            more: 6.0,
            because: "days overdue",
            count: 2.0,
        },
        more: Vec::new(),
    }
}

fn aside() -> Vec<SetAside> {
    let rest = |kind, id: i64, contact: i64, who: &str, what: &str, days, why: &str| SetAside {
        kind,
        id: Id::from_raw(id),
        contact: Some(Id::from_raw(contact)),
        who: who.to_owned(),
        what: what.to_owned(),
        until: shift(today(), days),
        why: why.to_owned(),
    };
    vec![
        rest(
            MatterKind::Promise,
            605,
            12,
            "Fred Flint",
            "the tariff table",
            3,
            "waits for legal",
        ),
        rest(
            MatterKind::Stale,
            13,
            13,
            "Dino Vance",
            "",
            30,
            "on leave until Christmas",
        ),
    ]
}

fn list() -> Today {
    use MatterKind as K;
    let mut promise = line(K::Promise, 601, 10, "Barney Rubble", "quote", 86.0);
    promise.due = Some(shift(today(), -2));
    promise.more = vec![Id::from_raw(602)];
    let mut date = line(K::Date, 701, 11, "Betty Marsh", "birthday", 51.0);
    date.due = Some(shift(today(), 2));
    let lines = vec![
        promise,
        line(
            K::Tell,
            801,
            12,
            "Fred Flint",
            "won with Dino Vance: tell him",
            64.0,
        ),
        date,
        line(
            K::Stale,
            13,
            13,
            "Dino Vance",
            "last spoke 300 days ago",
            40.0,
        ),
        line(
            K::Chit,
            502,
            10,
            "Barney Rubble",
            "you owe 1: opened the door at Slate",
            26.0,
        ),
        line(
            K::Ask,
            14,
            14,
            "Wilma Ortega",
            "cut truck rolls by half, 9 days ago",
            24.0,
        ),
    ];
    let week = |nth: i64, count| Week {
        from: shift(today(), 1 + 7 * nth),
        count,
        people: Vec::new(),
    };
    let counts = [3, 0, 7, 1, 2, 12, 0, 4];
    Today {
        day: today(),
        lines,
        aside: aside(),
        weeks: (0..)
            .zip(counts)
            .map(|(nth, count)| week(nth, count))
            .collect(),
    }
}

fn bench(columns: u16, rows: u16) -> Bench {
    let mut bench = Bench::new(columns, rows);
    bench.today = Some(Box::new(list()));
    bench.press("2");
    bench
}

#[test]
fn today_at_80_by_24() {
    let bench = bench(80, 24);
    assert_snapshot!(bench.screen(), @r"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Today ─ Sun 22 Nov ─ 6 to do · 1 late · 2 set aside ─────────────────────────╮
    │ what      who                  why                              due      pts │
    │ promise   Barney Rubble        quote (and 1 more)               20 Nov    86 │
    │ tell them Fred Flint           won with Dino Vance: tell him              64 │
    │ date      Betty Marsh          birthday                         24 Nov    51 │
    │ cooling   Dino Vance           last spoke 300 days ago                    40 │
    │ chit      Barney Rubble        you owe 1: opened the door at S…           26 │
    │ ask       Wilma Ortega         cut truck rolls by half, 9 days…           24 │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ├ 86 = 80 for promise + 6 for 2 days overdue ──────────────────────────────────┤
    │ Barney Rubble: quote                                                         │
    │ go cold  23 Nov  30 Nov  7 Dec   14 Dec  21 Dec  28 Dec  4 Jan   11 Jan      │
    │          ██ 3    0       ███ 7   █ 1     █ 2     ████ 12 0       ██ 4        │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter go there  c call  d done  s set aside  p plan  Tab view  ? keys  q quit
    ");
}

#[test]
fn today_at_60_by_15() {
    let bench = bench(60, 15);
    assert_snapshot!(bench.screen(), @r#"
     1  2 Today  3  4  5  6                    Sun 22 Nov 14:07
    ╭ Today ─ Sun 22 Nov ─ 6 to do · 1 late · 2 set aside ─────╮
    │ what      who                  why          due      pts │
    │ promise   Barney Rubble        quote (and … 20 Nov    86 │
    │ tell them Fred Flint           won with Di…           64 │
    │ date      Betty Marsh          birthday     24 Nov    51 │
    │ cooling   Dino Vance           last spoke …           40 │
    │ chit      Barney Rubble        you owe 1: …           26 │
    │ ask       Wilma Ortega         cut truck r…           24 │
    │                                                          │
    │                                                          │
    ├ 86 = 80 for promise + 6 for 2 days overdue ──────────────┤
    │ Barney Rubble: quote                                     │
    ╰──────────────────────────────────────────────────────────╯
     Enter go there  c call  d done  ? keys  q quit
    "#);
}

#[test]
fn what_is_set_aside_at_80_by_24() {
    let mut bench = bench(80, 24);
    bench.press("<tab>");
    assert_snapshot!(bench.screen(), @r"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Today ─ Sun 22 Nov ─ 2 set aside ────────────────────────────────────────────╮
    │ what      who                  matter             why                until   │
    │ promise   Fred Flint           the tariff table   waits for legal    25 Nov  │
    │ cooling   Dino Vance                              on leave until Ch… 22 Dec  │
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
    ├ promise, set aside until Wed 25 Nov ─────────────────────────────────────────┤
    │ Fred Flint: the tariff table · waits for legal                               │
    │ go cold  23 Nov  30 Nov  7 Dec   14 Dec  21 Dec  28 Dec  4 Jan   11 Jan      │
    │          ██ 3    0       ███ 7   █ 1     █ 2     ████ 12 0       ██ 4        │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     r bring back  c call  s another day  Enter go there  Tab view  ? keys  q quit
    ");
}

#[test]
fn what_is_set_aside_at_60_by_15() {
    let mut bench = bench(60, 15);
    bench.press("<tab>j");
    assert_snapshot!(bench.screen(), @r"
     1  2 Today  3  4  5  6                    Sun 22 Nov 14:07
    ╭ Today ─ Sun 22 Nov ─ 2 set aside ────────────────────────╮
    │ what      who                  why               until   │
    │ promise   Fred Flint           waits for legal   25 Nov  │
    │ cooling   Dino Vance           on leave until C… 22 Dec  │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    ├ cooling, set aside until Tue 22 Dec ─────────────────────┤
    │ Dino Vance: on leave until Christmas                     │
    ╰──────────────────────────────────────────────────────────╯
     r bring back  c call  s another day  ? keys  q quit
    ");
}

#[test]
fn one_key_brings_back_what_is_set_aside_and_one_sets_it_aside_until_another_day() {
    let mut bench = bench(100, 30);
    bench.press("<tab>j");
    assert_eq!(bench.app.selected(), Some(Id::from_raw(13)));
    bench.press("r");
    let Some(Command::Snooze(back)) = bench.applied.last() else {
        panic!("{:?}", bench.applied)
    };
    let wanted = (MatterKind::Stale, Id::from_raw(13), None);
    assert_eq!((back.kind, back.target, back.until), wanted);
    let mut less = list();
    less.aside.remove(1);
    bench.today = Some(Box::new(less));
    bench.send(Msg::Elsewhere(None));
    bench.press("s10<tab>still<ctrl-s>");
    let Some(Command::Snooze(later)) = bench.applied.last() else {
        panic!("{:?}", bench.applied)
    };
    let wanted = (
        MatterKind::Promise,
        Id::from_raw(605),
        Some(shift(today(), 10)),
    );
    assert_eq!((later.kind, later.target, later.until), wanted);
    let applied = bench.applied.len();
    bench.press("dx");
    assert_eq!(bench.applied.len(), applied, "keys of the other list");
    bench.press("<tab>");
    assert!(bench.screen().contains("6 to do"), "{}", bench.screen());
    assert_eq!(bench.app.selected(), Some(Id::from_raw(10)));
}

#[test]
fn with_nothing_set_aside_tab_says_so_and_leads_back() {
    let mut bench = Bench::new(80, 24);
    bench.today = Some(Box::new(Today {
        aside: Vec::new(),
        ..list()
    }));
    bench.press("2<tab>");
    assert!(
        bench.screen().contains("Nothing is set aside"),
        "{}",
        bench.screen()
    );
    bench.press("r<enter>s<tab>");
    assert!(bench.screen().contains("6 to do"), "{}", bench.screen());
    assert!(bench.applied.is_empty());
}

#[test]
fn with_nothing_to_do_it_says_that_nothing_is_owed() {
    let mut bench = Bench::new(80, 24);
    bench.today = Some(Box::new(Today {
        lines: Vec::new(),
        ..list()
    }));
    bench.press("2");
    assert!(
        bench.screen().contains("Nothing is owed today."),
        "{}",
        bench.screen()
    );
    for key in ["d", "s", "p", "c", "x", "<enter>"] {
        let applied = bench.applied.len();
        bench.press(key);
        assert_eq!(bench.applied.len(), applied, "{key}");
        assert!(bench.screen().contains("Nothing is owed today."), "{key}");
    }
}

#[test]
fn d_does_what_a_word_does_and_opens_the_form_for_the_rest() {
    let mut bench = bench(100, 30);
    bench.press("d");
    let kept = bench.applied.last().cloned();
    assert!(
        matches!(kept, Some(Command::ClosePromise { id, state: PromiseState::Kept, .. }) if id == Id::from_raw(601)),
        "{kept:?}"
    );
    bench.press("jd");
    let told = bench.applied.last().cloned();
    assert!(
        matches!(told, Some(Command::TellReferrer { id, .. }) if id == Id::from_raw(801)),
        "{told:?}"
    );
    bench.press("jd");
    let thought_of = bench.applied.last().cloned();
    assert!(
        matches!(thought_of, Some(Command::Snooze(_))),
        "{thought_of:?}"
    );
    let applied = bench.applied.len();
    bench.press("jd");
    assert!(
        bench.screen().contains("Touch with Dino Vance"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>jd");
    assert!(
        bench.screen().contains("Redeem: opened the door"),
        "{}",
        bench.screen()
    );
    assert_eq!(bench.applied.len(), applied);
}

#[test]
fn s_sets_aside_for_days_or_until_a_day_with_the_reason() {
    for (typed, days) in [("3", 3), ("fri", 5), ("in 2 weeks", 14)] {
        let mut bench = bench(100, 30);
        bench
            .press("s")
            .press(typed)
            .press("<tab>waits for legal<ctrl-s>");
        let Some(Command::Snooze(snooze)) = bench.applied.last() else {
            panic!("{typed}\n{}", bench.screen())
        };
        assert_eq!(snooze.until, Some(shift(today(), days)), "{typed}");
        assert_eq!(snooze.why, "waits for legal");
        assert_eq!(
            (snooze.kind, snooze.target),
            (MatterKind::Promise, Id::from_raw(601))
        );
    }
    for (typed, says) in [
        ("0", "1 to 3650"),
        ("", "until when"),
        ("yesterday", "over or today"),
        ("blorp", "blorp"),
    ] {
        let mut bench = bench(100, 30);
        bench.press("s").press(typed).press("<ctrl-s>");
        assert!(bench.applied.is_empty(), "{typed}");
        assert!(bench.screen().contains(says), "{typed}\n{}", bench.screen());
    }
}

#[test]
fn c_calls_p_plans_and_enter_goes_to_whom_the_line_is_about() {
    let mut bench = bench(100, 30);
    bench.press("jp");
    assert!(
        bench.screen().contains("Next touch with Fred Flint"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>!");
    assert!(
        bench.screen().contains("Promise with Fred Flint"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>c");
    assert!(bench.screen().contains("since 14:07"), "{}", bench.screen());
    bench.press("<esc>");
    assert!(
        bench.screen().contains("to do"),
        "back on Today\n{}",
        bench.screen()
    );
    bench.press("<enter>");
    assert_eq!(bench.app.selected(), Some(Id::from_raw(12)));
    assert!(
        bench.screen().contains("coldest first"),
        "{}",
        bench.screen()
    );
}

#[test]
fn x_says_where_the_rank_comes_from() {
    let mut bench = bench(100, 30);
    bench.press("x");
    assert!(
        bench.last_line().starts_with("86 = 80 for promise"),
        "{}",
        bench.last_line()
    );
}

#[test]
fn a_matter_that_is_gone_leaves_the_cursor_on_the_next_one() {
    let mut bench = bench(100, 30);
    bench.press("j");
    let mut less = list();
    less.lines.remove(1);
    bench.today = Some(Box::new(less));
    bench.send(Msg::Elsewhere(None));
    bench.press("x");
    assert!(bench.last_line().contains("date"), "{}", bench.last_line());
    assert_eq!(bench.app.selected(), Some(Id::from_raw(11)));
}

#[test]
fn on_a_new_day_the_list_is_read_anew() {
    let mut bench = bench(100, 30);
    let asked = |bench: &Bench| {
        let of_today = |effect: &&Effect| matches!(effect, Effect::Ask(Question::Today(_)));
        bench.effects.iter().filter(of_today).count()
    };
    let before = asked(&bench);
    bench.now += chrono::TimeDelta::hours(12);
    bench.send(Msg::Tick);
    assert_eq!(asked(&bench), before + 1);
}

#[test]
fn a_tier_is_chosen_from_the_list_of_people() {
    use crate::domain::tier::Tier;
    for (keys, expected) in [
        ("<enter>", Some(Tier::A)),
        ("jj<enter>", Some(Tier::C)),
        ("jjjj<enter>", None),
    ] {
        let mut bench = Bench::barney(100, 30);
        bench.press("K").press(keys);
        let Some(Command::SetTier { people, tier }) = bench.applied.last() else {
            panic!("{keys}\n{}", bench.screen())
        };
        assert_eq!(
            (people.as_slice(), *tier),
            (&[Id::from_raw(10)][..], expected),
            "{keys}"
        );
        assert!(
            bench.screen().contains("coldest first"),
            "{keys}\n{}",
            bench.screen()
        );
    }
}

#[test]
fn a_draft_among_the_matters_is_taken_up_itself() {
    let mut bench = Bench::new(100, 30);
    let mut list = list();
    list.lines[0] = line(
        MatterKind::Draft,
        900,
        10,
        "Next touch",
        "typed and not filed",
        100.0,
    );
    bench.today = Some(Box::new(list));
    bench.press("tone draft<esc>tanother draft<esc>2");
    bench.press("<enter>");
    // The list of drafts, which would show both, is passed by.
    let screen = bench.screen();
    assert!(screen.contains("one draft"), "{screen}");
    assert!(!screen.contains("another draft"), "{screen}");
    assert!(screen.contains("Touch with Betty Marsh"), "{screen}");
}
