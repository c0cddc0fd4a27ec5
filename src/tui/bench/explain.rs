//! Stories of the explanation: why a strength is what it is, and a strength corrected by hand.

use super::*;
use crate::domain::command::Amend;
use crate::domain::people::{Correction, Verdict};
use crate::domain::strength::Wish;
use crate::tui::inquiry::Question;

/// Somebody with two years behind them: calls, knocks nobody answered, a promise broken, a correction.
fn barney() -> Person {
    use TouchKind::{Call, Email as Mail, Meeting, Message};
    let old = (0..30).map(|n| (200 + n * 17, Message, ""));
    let mut touches = vec![
        (20, Meeting, "lunch"),
        (36, Mail, "the table again"),
        (43, Mail, "the table"),
        (50, Call, "asked for a table"),
        (80, Meeting, "lunch"),
        (120, Call, ""),
    ];
    touches.extend(old);
    let mut barney = person(10, "Barney Rubble", "Slate & Co", &touches);
    let day = |ago: i32| day_number(today()) - ago;
    for trace in &mut barney.trail.traces {
        if trace.kind == Mail {
            trace.direction = Direction::Out;
        }
    }
    barney.trail.verdicts = vec![Verdict {
        day: day(15),
        kept: false,
    }];
    barney.trail.corrections = vec![Correction {
        day: day(90),
        mass: 1.5,
        reason: "we were at school together".to_owned(),
    }];
    barney.corrections = vec![Id::from_raw(701)];
    let params = Params::default();
    barney.summary.standing = Standing::replay(&params, &barney.trail, day(0));
    barney
}

fn bench(columns: u16, rows: u16) -> Bench {
    let mut bench = Bench::with(vec![barney()], columns, rows);
    bench.press("x");
    bench
}

/// Every figure with a decimal at the end of a row, bars left out, in the order of the rows: text, tenths.
fn figures(screen: &str) -> Vec<(String, i64)> {
    let mut found = Vec::new();
    for text in screen.lines().flat_map(|line| line.split('│')) {
        let bare = text.trim_end_matches(|c: char| "▏▎▍▌▋▊▉█ ".contains(c));
        let Some((text, figure)) = bare.rsplit_once(' ') else {
            continue;
        };
        let plain = figure.replace('−', "-").replace(['+', '.'], "");
        if let (true, false, Ok(tenths)) =
            (figure.contains('.'), text.contains("days →"), plain.parse())
        {
            found.push((text.trim().to_owned(), tenths));
        }
    }
    found
}

#[test]
fn a_number_fitted_meanwhile_changes_the_chance_that_stands_open_and_nothing_else() {
    let mut bench = bench(80, 24);
    let before = bench.screen();
    assert!(before.contains("70 % chance"), "{before}");
    // 1 − (1 + 30/θ)^(−q · strength / 20) with half the exponent: 1 − √0.30.
    bench.send(Msg::Reply(Reply::Calibrated(0.5)));
    bench.draw();
    assert_eq!(bench.screen(), before.replace("70 % chance", "45 % chance"));
}

#[test]
fn why_at_80_by_24() {
    insta::assert_snapshot!(bench(80, 24).screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Why 51.0 ─ Barney Rubble ────────────────────────────────────────────────────╮
    │  7 Nov  promise broken                                      −17.9 ████████▊  │
    │  2 Nov  meeting                                             +10.9 █████▎     │
    │  3 Sep  meeting                                              +9.7 ████▊      │
    │ 24 Aug  corrected by hand, 46.6 → 48.5: we were at school    +7.2 ███▌       │
    │         together                                                             │
    │         34 other days                                       +61.7            │
    │ ──────────────────────────────────────────────────────────────────────────── │
    │         bond: what has been built                            71.6            │
    │         20 days silent, usual gap 21.3                      −20.6 ██████████ │
    │         strength today                                       51.0            │
    │                                                                              │
    │ ● on rhythm: silent no longer than the usual gap                             │
    │ due Tue 24 Nov · stale Tue 22 Dec · cold Mon 1 Mar                           │
    │ the silence is 0.9 times the usual gap                                       │
    │ 70 % chance of being in touch within 30 days                                 │
    │ a call today would win 22.2 points                                           │
    │ usual gap: 21.3 days · learned from 35 gaps, the last five most              │
    │ begins at 30 days, as with everybody                                         │
    │ last gaps, and the usual gap after: 16 days (21.3), 7 days (22.6), 7 days    │
    │ (26.5), 30 days (31.4), 40 days (31.7)                                       │
    ╰──────────────────────────────────────────────────────────────────more below ─╯
     c correct  d take back  ↓ down  End end  Esc close  w what if  b book
    "#);
}

#[test]
fn why_at_120_by_40() {
    insta::assert_snapshot!(bench(120, 40).screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review                               Sun 22 Nov 14:07
    ╭ Why 51.0 ─ Barney Rubble ────────────────────────────────────────────────────────────────────────────────────────────╮
    │  7 Nov  promise broken                           −17.9 ████████▊  │ ● on rhythm: silent no longer than the usual gap │
    │  2 Nov  meeting                                  +10.9 █████▎     │ due Tue 24 Nov                                   │
    │ 17 Oct  e-mail sent, 2nd in a row unanswered      +3.1 █▌         │ stale Tue 22 Dec                                 │
    │ 10 Oct  e-mail sent                               +3.6 █▊         │ cold Mon 1 Mar                                   │
    │  3 Oct  call, 14 min                              +5.2 ██▌        │                                                  │
    │  3 Sep  meeting                                   +9.7 ████▊      │ the silence is 0.9 times the usual gap           │
    │ 24 Aug  corrected by hand, 46.6 → 48.5: we were   +7.2 ███▌       │ 70 % chance of being in touch within 30 days     │
    │         at school together                                        │ a call today would win 22.2 points               │
    │ 25 Jul  call, 14 min                              +4.5 ██▏        │                                                  │
    │  6 May  message                                   +2.3 █▏         │ usual gap: 21.3 days                             │
    │ 19 Apr  message                                   +2.3 █▏         │ learned from 35 gaps, the last five most         │
    │  2 Apr  message                                   +2.2 █▏         │ begins at 30 days, as with everybody             │
    │ 16 Mar  message                                   +2.1 █          │                                                  │
    │ 27 Feb  message                                   +2.0 █          │ last gaps, and the usual gap after               │
    │ 10 Feb  message                                   +2.0 █          │  2 Nov  16 days → 21.3                           │
    │ 24 Jan  message                                   +1.9 ▉          │ 17 Oct  7 days → 22.6                            │
    │  7 Jan  message                                   +1.9 ▉          │ 10 Oct  7 days → 26.5                            │
    │ Dec’25  message                                   +1.8 ▉          │  3 Oct  30 days → 31.4                           │
    │ Dec’25  message                                   +1.7 ▉          │  3 Sep  40 days → 31.7                           │
    │ Nov’25  message                                   +1.7 ▉          │                                                  │
    │ Oct’25  message                                   +1.6 ▊          │                                                  │
    │ Oct’25  message                                   +1.6 ▊          │                                                  │
    │ Sep’25  message                                   +1.5 ▊          │                                                  │
    │ Sep’25  message                                   +1.5 ▊          │                                                  │
    │ Aug’25  message                                   +1.4 ▋          │                                                  │
    │ Aug’25  message                                   +1.4 ▋          │                                                  │
    │ Jul’25  message                                   +1.3 ▋          │                                                  │
    │ Jul’25  message                                   +1.3 ▋          │                                                  │
    │ Jun’25  message                                   +1.3 ▋          │                                                  │
    │ May’25  message                                   +1.2 ▋          │                                                  │
    │ May’25  message                                   +1.2 ▋          │                                                  │
    │         8 earlier days                            +8.1            │                                                  │
    │ ───────────────────────────────────────────────────────────────── │                                                  │
    │         bond: what has been built                 71.6            │                                                  │
    │         20 days silent, usual gap 21.3           −20.6 ██████████ │                                                  │
    │         strength today                            51.0            │                                                  │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────more below ─╯
     c correct  d take back  ↓ down  End end  Esc close  w what if  b book
    "#);
}

#[test]
fn why_at_60_by_15() {
    insta::assert_snapshot!(bench(60, 15).screen(), @r#"
     1 People  2  3  4  5  6                   Sun 22 Nov 14:07
    ╭ Why 51.0 ─ Barney Rubble ────────────────────────────────╮
    │  7 Nov  promise broken                        −17.9 ███▌ │
    │  2 Nov  meeting                               +10.9 ██▏  │
    │  3 Sep  meeting                                +9.7 █▉   │
    │ 24 Aug  corrected by hand, 46.6 → 48.5: we     +7.2 █▍   │
    │         were at school together                          │
    │         34 other days                         +61.7      │
    │ ──────────────────────────────────────────────────────── │
    │         bond: what has been built              71.6      │
    │         20 days silent, usual gap 21.3        −20.6 ████ │
    │         strength today                         51.0      │
    │                                                          │
    ╰──────────────────────────────────────────────more below ─╯
     c correct  d take back  ↓ down  End end  Esc close
    "#);
}

#[test]
fn why_somebody_never_spoken_to_has_no_strength() {
    let mut bench = Bench::with(vec![person(14, "Wilma Ortega", "", &[])], 80, 24);
    bench.press("x");
    insta::assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ 1 ─ coldest first ─────────╮╭ Wilma Ortega ──────────────────────────────────╮
    │▌· Wilma Ortega          –  ││ no title or account yet; e edits               │
    │                            ││ never spoken · t logs the first touch          │
    │                            ││ nothing owed either way                        │
    │                            ││ no next touch planned; n plans one             │
    │                            ││                                                │
    ╭ Why no strength ─ Wilma Ortega ──────────────────────────────────────────────╮
    │ · new: nobody spoke with them yet                                            │
    │ usual gap: 30 days · begins at 30 days, as with everybody                    │
    ╰──────────────────────────────────────────────────────────────────────────────╯
    │                            ││                never spoken yet                │
    │                            ││                                                │
    │                            ││                                                │
    │                            ││                                                │
    │                            ││                                                │
    │                            │├ History ───────────────────────────────────────┤
    │                            ││ Nothing yet; t logs a touch.                   │
    │                            ││                                                │
    │                            ││                                                │
    │                            ││                                                │
    │                            ││                                                │
    ╰────────────────────────────╯╰────────────────────────────────────────────────╯
     Esc close  w what if  b book
    "#);
}

#[test]
fn what_is_on_the_screen_adds_up_as_it_is_read_in_every_window() {
    for (columns, rows) in [(80, 24), (100, 30), (120, 40), (200, 60)] {
        let screen = bench(columns, rows).screen();
        let figures = figures(&screen);
        let at = |what: &str| {
            let found = figures.iter().position(|row| row.0.contains(what));
            found.unwrap_or_else(|| panic!("{what} is not on\n{screen}"))
        };
        let (bond, silence, strength) = (at("bond"), at("days silent"), at("strength today"));
        let lines: i64 = figures[..bond].iter().map(|row| row.1).sum();
        assert_eq!(lines, figures[bond].1, "{screen}");
        assert_eq!(figures[bond].1 + figures[silence].1, figures[strength].1);
        assert!(screen.contains(&format!(
            "Why {}.{}",
            figures[strength].1 / 10,
            figures[strength].1 % 10
        )));
    }
}

#[test]
fn scrolling_unfolds_the_smaller_lines_and_g_folds_them_again() {
    let mut bench = bench(80, 24);
    assert!(bench.screen().contains("other days") || bench.screen().contains("earlier days"));
    let mut seen = String::new();
    for _ in 0..60 {
        bench.press("j");
        seen.push_str(&bench.screen());
    }
    assert!(!seen.contains("earlier days") && !seen.contains("other days"));
    for line in [
        "corrected by hand, 46.6 → 48.5: we were",
        "Jul’25  message",
        "usual gap:",
    ] {
        assert!(seen.contains(line), "{line} in\n{seen}");
    }
    let end = bench.screen();
    bench.press("j");
    assert_eq!(bench.screen(), end, "the end is the end");
    bench.press("<pageup>");
    assert_ne!(bench.screen(), end);
    bench.press("G");
    assert_eq!(bench.screen(), end);
    bench.press("g");
    assert!(bench.screen().contains(" days  "));
    assert!(bench.screen().contains("more below"));
    bench.press("<esc>");
    assert!(!bench.screen().contains("bond"));
}

#[test]
fn why_is_asked_in_every_pane_and_by_the_command_of_its_name() {
    for keys in [
        "x",
        "<tab>x",
        "<tab><tab>x",
        "<tab><tab><tab>x",
        ":explain<enter>",
    ] {
        let mut bench = Bench::with(vec![barney()], 100, 30);
        bench.press(keys);
        assert!(
            bench.screen().contains("bond: what has been built"),
            "{keys}"
        );
        bench.press("x");
        assert!(!bench.screen().contains("bond"), "{keys}");
    }
    let mut bench = Bench::with(Vec::new(), 100, 30);
    bench.press("x");
    assert_eq!(bench.last_line(), "Nobody is here yet; a adds a person");
}

#[test]
fn a_strength_is_corrected_with_its_reason_and_the_form_says_what_that_does() {
    let mut bench = bench(100, 30);
    let now = bench.world[0]
        .summary
        .read(&Params::default(), day_number(today()));
    bench.press("c");
    assert!(
        bench.screen().contains(&format!("now {:.1}", now.strength)),
        "{}",
        bench.screen()
    );
    bench.press("+10");
    let becomes = format!(
        "{:.1} today becomes {:.1}",
        now.strength,
        now.strength + 10.0
    );
    assert!(bench.screen().contains(&becomes), "{}", bench.screen());
    bench.press("<ctrl-s>");
    assert!(bench.applied.is_empty(), "not without a reason");
    assert!(bench.screen().contains("Say why"), "{}", bench.screen());
    bench.press(" he asked for us by name <ctrl-s>");
    let wanted = Command::CorrectStrength(Box::new(Amend {
        contact: Id::from_raw(10),
        on: today(),
        wish: Wish::By(10.0),
        reason: "he asked for us by name".to_owned(),
    }));
    assert_eq!(bench.applied, [wanted]);
    assert!(
        bench.screen().contains("bond"),
        "the explanation is still there"
    );
}

#[test]
fn what_cannot_be_is_refused_at_its_field_with_what_can_and_stays_typed() {
    let mut bench = bench(100, 30);
    bench.press("c98<tab>best friends");
    assert!(
        bench.screen().contains("not possible"),
        "{}",
        bench.screen()
    );
    bench.press("<ctrl-s>");
    assert!(bench.applied.is_empty());
    let screen = bench.screen();
    assert!(screen.contains("after 20 days of silence"), "{screen}");
    assert!(
        screen.contains("98") && screen.contains("best friends"),
        "{screen}"
    );
    bench.press("<ctrl-u>rather more<ctrl-s>");
    assert!(
        bench
            .screen()
            .contains("A correction is written 60, or +10, or -10")
    );
    bench.refuse = Some("the disk is full".to_owned());
    bench.press("<ctrl-u>40<ctrl-s>");
    assert!(
        bench.screen().contains("the disk is full"),
        "{}",
        bench.screen()
    );
    bench.press("<ctrl-s>");
    assert_eq!(bench.applied.len(), 1);
}

#[test]
fn the_latest_correction_is_taken_back_with_one_key() {
    let mut bench = bench(100, 30);
    assert!(
        bench.last_line().contains("d take back"),
        "{}",
        bench.last_line()
    );
    bench.press("d");
    assert_eq!(bench.applied, [Command::DropCorrection(Id::from_raw(701))]);
    let mut none = Bench::new(100, 30);
    none.press("xd");
    assert_eq!(none.last_line(), "Nothing was corrected by hand");
    none.press("j");
    assert!(
        !none.last_line().contains("take back"),
        "{}",
        none.last_line()
    );
    assert!(none.applied.is_empty());
}

#[test]
fn a_strength_that_nobody_made_yet_is_not_corrected() {
    let mut bench = Bench::new(100, 30);
    bench.press("<ctrl-p>wilma<enter>x");
    assert!(
        !bench.last_line().contains("correct"),
        "{}",
        bench.last_line()
    );
    bench.press("c");
    assert!(
        bench
            .last_line()
            .starts_with("Nobody had spoken with them by that day"),
        "{}",
        bench.last_line()
    );
    assert!(!bench.screen().contains("because"), "no form is open");
}

#[test]
fn the_form_says_what_silence_leaves_possible_and_its_error_is_whole_in_every_window() {
    for (columns, rows) in [(60, 15), (80, 24), (100, 30)] {
        let mut bench = bench(columns, rows);
        bench.press("c");
        let screen = bench.screen();
        let hint = screen.split("60, or +10, or -10; ").nth(1);
        let hint = hint.unwrap_or_else(|| panic!("{screen}"));
        let (most, rest) = hint.split_once(' ').unwrap();
        assert!(rest.starts_with("at most"), "{screen}");
        bench.press("98<ctrl-s>");
        let screen = bench.screen();
        let wide = 76.min(columns - 2);
        let inside = |line: &str| {
            let from = usize::from(columns - wide) / 2 + 1;
            let row = line.chars().skip(from).take(usize::from(wide) - 2);
            row.chain([' ']).collect::<String>()
        };
        let text: String = screen.lines().map(inside).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = format!("At most {most} after 20 days of silence; a touch makes more possible");
        assert!(text.contains(&whole), "{whole}\n{screen}");
    }
}

#[test]
fn what_if_and_the_book_are_opened_from_there() {
    let mut bench = bench(100, 30);
    bench.press("w");
    assert!(bench.screen().contains("if so"), "{}", bench.screen());
    bench.press("<esc>xb");
    assert!(
        bench.effects.iter().any(|effect| matches!(
            effect,
            Effect::Ask(Question::Climate { .. } | Question::Judgement { .. })
        )),
        "{}",
        bench.screen()
    );
    bench.press("<esc>");
    assert!(!bench.screen().contains("bond"), "{}", bench.screen());
}

#[test]
fn a_correction_left_unfinished_is_a_draft() {
    let mut bench = bench(100, 30);
    bench.press("c+10<tab>old friends<esc>");
    assert!(
        bench.last_line().contains("Kept as a draft"),
        "{}",
        bench.last_line()
    );
    bench.press("<esc>W");
    assert!(
        bench.screen().contains("  old friends"),
        "{}",
        bench.screen()
    );
    bench.press("<enter><ctrl-s>");
    assert!(
        matches!(bench.applied.as_slice(), [Command::CorrectStrength(amend)] if amend.wish == Wish::By(10.0))
    );
}

#[test]
fn the_head_names_the_last_touch_that_counts_and_says_that_x_explains_where_there_is_room() {
    use TouchKind::{Attempt, Email as Mail, Meeting, Note};
    let touches = [
        (1, Attempt, "no answer"),
        (2, Note, "think of the audit"),
        (9, Mail, "the table"),
        (9, Meeting, "lunch"),
        (40, Mail, ""),
    ];
    let world = vec![person(10, "Barney Rubble", "Slate & Co", &touches)];
    let mut bench = Bench::with(world, 100, 30);
    let screen = bench.screen();
    assert!(screen.contains("last: meeting, 9 days ago"), "{screen}");
    assert!(screen.contains("● strength 31"), "{screen}");
    assert!(!screen.contains("x explains"), "{screen}");
    bench.resize(200, 50);
    assert!(
        bench.screen().contains(" · x explains"),
        "{}",
        bench.screen()
    );
}
