//! Stories of the view of the book as a whole: what is asked, what is shown meanwhile, and where one goes from there.

use super::*;
use crate::domain::climate::Survey;
use crate::domain::judgement::{Judge, WITHIN};
use crate::domain::moment::DayNumber;
use crate::domain::people::Life;
use crate::tui::inquiry::{Answer, Question};
use crate::tui::modal::book;
use proptest::prelude::*;

/// The cast, and people who are in touch every so often, some of whom have fallen silent.
fn world() -> Vec<Person> {
    const NAMES: [&str; 14] = [
        "Ada Quill",
        "Bram Osei",
        "Cora Lindt",
        "Dev Marlow",
        "Elif Baran",
        "Finn Carver",
        "Greta Holm",
        "Hugo Pryce",
        "Ines Duarte",
        "Jonas Weld",
        "Kaja Lund",
        "Liam Forth",
        "Mina Sorel",
        "Nils Abbot",
    ];
    let mut world = cast();
    for (n, name) in (0..).zip(NAMES) {
        let kind = [TouchKind::Call, TouchKind::Meeting][n as usize % 2];
        let touches: Vec<_> = (0..400 / (9 + 3 * n))
            .map(|at| ((n * n * 37) % 61 + at * (9 + 3 * n), kind, ""))
            .collect();
        world.push(person(200 + n, name, "", &touches));
    }
    world
}

fn life(person: &Person) -> Life {
    let first = person.trail.traces.first().map(|trace| trace.day);
    Life {
        id: person.summary.id,
        name: person.summary.name.clone(),
        cadence: None,
        ghost: false,
        archived: None,
        added: first.unwrap_or(day_number(today())),
        trail: person.trail.clone(),
    }
}

/// What was asked, in order; the weeks are what the timeline asks by itself.
fn asked(bench: &Bench) -> Vec<Question> {
    let asked = bench
        .asked()
        .filter(|question| **question != Question::Weeks);
    asked.cloned().collect()
}

/// The true answer to a question; none where none is waited for.
fn find_out(world: &[Person], question: &Question) -> Option<Answer> {
    let params = Params::default();
    match *question {
        Question::Climate { day, period } => {
            let mut survey = Survey::new(&params, day, period);
            for person in world {
                survey.add(&life(person));
            }
            Some(Answer::Climate(Box::new(survey.finish())))
        }
        Question::Judgement { day } => {
            let mut judge = Judge::new(&params, day, WITHIN);
            for person in world {
                judge.add(&life(person));
            }
            let judgement = Box::new(judge.finish());
            Some(Answer::Judgement { day, judgement })
        }
        _ => None,
    }
}

/// Answers the last question, and those that come of it.
fn settle(bench: &mut Bench) {
    let mut answered = 0;
    while let Some(question) = asked(bench).last().cloned().filter(|_| answered < 3) {
        let before = asked(bench).len();
        if let Some(answer) = find_out(&bench.world, &question) {
            bench.tell(answer);
        }
        answered += 1;
        if asked(bench).len() == before {
            break;
        }
    }
}

/// The book opened and everything read.
fn opened(columns: u16, rows: u16) -> Bench {
    let mut bench = Bench::with(world(), columns, rows);
    bench.press("b");
    settle(&mut bench);
    bench
}

fn day() -> DayNumber {
    day_number(today())
}

#[test]
fn while_the_book_is_read_one_sees_how_far_it_is() {
    let mut bench = Bench::with(world(), 80, 24);
    bench.press("b");
    let screen = bench.screen();
    assert!(
        screen.contains("Going through everybody's history"),
        "{screen}"
    );
    let (done, of) = (4_000, 10_000);
    bench.tell(Answer::Progress { done, of });
    let screen = bench.screen();
    assert!(screen.contains("4,000 of 10,000 people"), "{screen}");
    assert!(screen.contains(&"█".repeat(16)), "{screen}");
    settle(&mut bench);
    let screen = bench.screen();
    assert!(screen.contains("Climate ─ 21 people"), "{screen}");
    assert!(!screen.contains("reading"), "{screen}");
    let questions = asked(&bench);
    let expected = [
        Question::Climate {
            day: day(),
            period: 30,
        },
        Question::Judgement { day: day() },
    ];
    assert_eq!(questions, expected);
}

#[test]
fn esc_closes_it_while_it_is_read_and_nobody_waits_any_longer() {
    let mut bench = Bench::with(world(), 80, 24);
    bench.press("b<esc>");
    assert_eq!(asked(&bench).last(), Some(&Question::Nothing));
    let home = bench.screen();
    let late = find_out(
        &bench.world,
        &Question::Climate {
            day: day(),
            period: 30,
        },
    );
    bench.tell(late.unwrap());
    assert_eq!(bench.screen(), home);
    assert_eq!(asked(&bench).len(), 2, "nothing more is asked");
    let mut bench = opened(80, 24);
    bench.press("q");
    assert_ne!(asked(&bench).last(), Some(&Question::Nothing));
    assert!(bench.last_line().contains("? keys"), "{}", bench.screen());
}

#[test]
fn the_palette_opens_it_by_name() {
    let mut bench = Bench::with(world(), 80, 24);
    bench.press(":climate<enter>");
    assert!(!asked(&bench).is_empty());
    assert!(
        bench.screen().contains("1 Climate  2 Ahead"),
        "{}",
        bench.screen()
    );
}

#[test]
fn a_week_back_asks_again_and_the_old_picture_stays_until_the_answer_is_there() {
    let mut bench = opened(80, 24);
    let today = find_out(&bench.world, &asked(&bench)[0]);
    bench.press("[");
    let week_ago = Question::Climate {
        day: day() - 7,
        period: 30,
    };
    assert_eq!(asked(&bench).last(), Some(&week_ago));
    let screen = bench.screen();
    assert!(screen.contains("reading Sun 15 Nov …"), "{screen}");
    assert!(
        screen.contains("The book today, against 30 days before"),
        "{screen}"
    );
    // The answer to what was asked before comes late.
    bench.tell(today.unwrap());
    assert!(bench.screen().contains("reading Sun 15 Nov …"));
    settle(&mut bench);
    let screen = bench.screen();
    assert!(
        screen.contains("The book on Sun 15 Nov, against 30 days before"),
        "{screen}"
    );
    assert!(!screen.contains("reading"), "{screen}");
    bench.press("{]");
    assert!(
        matches!(asked(&bench).last(), Some(Question::Climate { day: back, .. }) if *back == day() - 30)
    );
    bench.press("0");
    assert!(
        matches!(asked(&bench).last(), Some(Question::Climate { day: back, .. }) if *back == day())
    );
    settle(&mut bench);
    let before = asked(&bench).len();
    bench.press("]}0");
    assert_eq!(
        asked(&bench).len(),
        before,
        "nothing is asked of days to come"
    );
}

#[test]
fn another_period_asks_for_the_climate_alone() {
    let mut bench = opened(80, 24);
    let before = asked(&bench).len();
    bench.press("p");
    settle(&mut bench);
    let expected = [Question::Climate {
        day: day(),
        period: 90,
    }];
    assert_eq!(asked(&bench)[before..], expected);
    assert!(bench.screen().contains("against 90 days before"));
}

#[test]
fn on_the_judgement_the_judgement_is_read_first() {
    let mut bench = opened(80, 24);
    bench.press("4[");
    assert_eq!(
        asked(&bench).last(),
        Some(&Question::Judgement { day: day() - 7 })
    );
}

#[test]
fn a_day_is_typed_as_people_say_it() {
    let mut bench = opened(80, 24);
    bench.press("d1 sep");
    assert!(bench.screen().contains("Tue 1 Sep"), "{}", bench.screen());
    bench.press("<enter>");
    settle(&mut bench);
    assert!(
        bench.screen().contains("The book on Tue 1 Sep"),
        "{}",
        bench.screen()
    );
    for (typed, says) in [("in 2 weeks", "still to come"), ("qp", "cannot read")] {
        let before = asked(&bench).len();
        bench.press("/").press(typed).press("<enter>");
        assert!(bench.screen().contains(says), "{typed}: {}", bench.screen());
        bench.press("<esc>");
        assert_eq!(asked(&bench).len(), before, "{typed}");
        assert!(bench.screen().contains("The book on Tue 1 Sep"));
    }
}

#[test]
fn enter_goes_to_the_person() {
    let mut bench = opened(80, 24);
    bench.press("3jK");
    let screen = bench.screen();
    let foot = screen.lines().rev().nth(2).unwrap().to_owned();
    bench.press("<enter>");
    let id = bench.app.selected().unwrap();
    let chosen = bench.world.iter().find(|person| person.summary.id == id);
    let name = &chosen.unwrap().summary.name;
    assert!(foot.contains(&format!("{name}: ")), "{name}: {screen}");
    assert!(!bench.screen().contains("The book"), "{}", bench.screen());
}

#[test]
fn the_mouse_chooses_pages_weeks_and_people() {
    let mut bench = opened(120, 40);
    bench.click("4 Judgement", MouseWhat::Press);
    assert!(bench.screen().contains("The model's judgement"));
    bench.click("2 Ahead", MouseWhat::Press);
    bench.click("21–27 Dec", MouseWhat::Press);
    assert!(bench.screen().contains("▸ 21–27 Dec"), "{}", bench.screen());
    let screen = bench.screen();
    let warmed = screen
        .lines()
        .skip_while(|line| !line.contains("Warmed most"))
        .nth(1)
        .unwrap();
    let chosen = bench
        .world
        .iter()
        .find(|person| warmed.starts_with(&format!("│  {}", person.summary.name)));
    let (id, name) = chosen
        .map(|p| (p.summary.id, p.summary.name.clone()))
        .unwrap();
    bench.click(&name, MouseWhat::Double);
    assert_eq!(bench.app.selected(), Some(id));
}

#[test]
fn judged_as_of_another_day_the_sentence_names_the_day() {
    let mut bench = opened(80, 24);
    bench.press("4");
    assert!(bench.screen().contains("│ A month ago I expected "));
    bench.press("[");
    settle(&mut bench);
    let screen = bench.screen();
    assert!(screen.contains("as of Sun 15 Nov"), "{screen}");
    assert!(screen.contains("│ On 16 Oct I expected "), "{screen}");
}

#[test]
fn with_little_history_it_says_what_is_missing() {
    let mut bench = Bench::new(80, 24);
    bench.press("b4");
    settle(&mut bench);
    let screen = bench.screen();
    assert!(
        screen.contains("Too little history to judge by"),
        "{screen}"
    );
    assert!(!screen.contains("expected"), "{screen}");
}

#[test]
fn what_cannot_be_read_is_said_and_can_be_tried_again() {
    let mut bench = Bench::with(world(), 80, 24);
    bench.press("b");
    bench.tell(Answer::Failed("The disk is gone.".to_owned()));
    let screen = bench.screen();
    assert!(screen.contains("The disk is gone."), "{screen}");
    assert!(screen.contains("r tries again"), "{screen}");
    bench.press("r");
    settle(&mut bench);
    assert!(
        bench.screen().contains("Climate ─ 21 people"),
        "{}",
        bench.screen()
    );
}

#[test]
fn the_climate_on_a_small_window() {
    insta::assert_snapshot!(opened(80, 24).screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  6 Review   Sun 22 Nov 14:07
    ╭ The book today, against 30 days before ──────────────────────────────────────╮
    │ 1 Climate  2 Ahead  3 Movers  4 Judgement                                    │
    │ Climate ─ 21 people, 3 more than Fri 23 Oct ──────────────────────────────── │
    │ ● on rhythm 10 ████████████████████████████████████████     −6               │
    │ ◐ due        7 ████████████████████████████                 +6               │
    │ ○ stale      2 ████████                                     +1               │
    │ ◌ dormant    1 ████                                         +1               │
    │ · new        1 ████                                         +1               │
    │                                                                              │
    │ Strength, week by week ───────────────────────────────────────────────────── │
    │ ██ 80+ 1  ▓▓ 60+ 2  ▒▒ 40+ 8  ░░ 20+ 5  ·· <20 4                             │
    │ 20┤                                                                      ··· │
    │   │                                                            ········░░··· │
    │   │               ·········································░░░·░░░░░░░░░░▒░░ │
    │   │           ···░·····░░░░░░░░░░░░░░░░░░░░░░░░░░▒▒▒▒▒░░▒▒▒▒▒░▒▒▒▒▒▒▒▒▒▒▒▒▒░ │
    │   │          ░░░░░░░░░░░░░░░░▒▒▒▒░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ │
    │   │      ···░░░░░░░░░▒▒░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▒▒▓▓▓▒▒▓▓▓▒▓▒▒▒▒▒▒▒▒▒ │
    │   │    ····░░░░░░░▒▒░▒▒▒░▒▒▒▒▒▒▒▒▒▒▒▒▓▒▒▒▒▒▓▒▒▒▒▒▓▓▒▒▒▓▒▒▓▓▓▒▒▓▓▓▓▓▓▓▓▓▓▓▒▒▒ │
    │   │   ·░░░░░░░▒░░▒▒▒▒▒▒▒▒▒▒▓▓▒▒▒▓▒▒▒▒▓▓▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▒▓▒ │
    │  0┤░░░▒░▒▓▓▒▓▒▓▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓█▓▓▓▓▓█▓▓█▓▓▓▓▓█▓█▓▓▓███▓▓▓█▓█▓███▓█▓███▓▓▓█ │
    │          Nov       2026      Mar        May       Jul        Sep       Nov   │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Tab pages  Esc close  [ a week back  ] a week on  d as of a day  p period
    "#);
}

#[test]
fn what_is_ahead_on_a_small_window() {
    let mut bench = opened(80, 24);
    bench.press("2");
    insta::assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  6 Review   Sun 22 Nov 14:07
    ╭ The book today, against 30 days before ──────────────────────────────────────╮
    │ 1 Climate  2 Ahead  3 Movers  4 Judgement                                    │
    │ Ahead ─ 12 go stale if nobody calls ──────────────────────────────────────── │
    │ ▸ 23–29 Nov    1 █████████████▍                                              │
    │   30 Nov–6 Dec 2 ██████████████████████████▋                                 │
    │   7–13 Dec     1 █████████████▍                                              │
    │   14–20 Dec    3 ████████████████████████████████████████                    │
    │   21–27 Dec    1 █████████████▍                                              │
    │   28 Dec–3 Jan 0                                                             │
    │   4–10 Jan     2 ██████████████████████████▋                                 │
    │   11–17 Jan    2 ██████████████████████████▋                                 │
    │                                                                              │
    │ 23–29 Nov: the strongest first                                               │
    │  Elif Baran                                                  38  Sun 29 Nov  │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter go there  Tab pages  Esc close  [ a week back  ] a week on
    "#);
}

#[test]
fn the_judgement_on_a_small_window() {
    let mut bench = opened(80, 24);
    bench.press("4");
    insta::assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  6 Review   Sun 22 Nov 14:07
    ╭ The model's judgement as of today ───────────────────────────────────────────╮
    │ 1 Climate  2 Ahead  3 Movers  4 Judgement                                    │
    │ A month ago I expected 11 of your 18 people to be in touch; 9 were.          │
    │                                                                              │
    │ Who is in touch next ─────────────────────────────────────────────────────── │
    │ Of two people, one who was in touch next and one who was not, strength names │
    │ the right one 77 times in 100: it ranks better than by last contact, worse   │
    │ than by how often (a coin: 50).                                              │
    │   by strength      77 of 100 ████████████████                                │
    │   by last contact  50 of 100 ▏                                               │
    │   by how often     85 of 100 █████████████████████                           │
    │ Calibration 0.92: people here are in touch less than expected, so chances    │
    │ are lowered. It never changes the order of a list.                           │
    │                                                                              │
    │ Expected in the 30 days after, and who was in touch ──────────────────────── │
    │ 23 Oct      expected 11 ██████████████▏      were  9 ███████████▍            │
    │ 23 Sep      expected 11 █████████████▌       were 13 ████████████████▌       │
    │ 24 Aug      expected 10 ████████████▍        were 15 ███████████████████     │
    │ 25 Jul      expected 10 ████████████▏        were 14 █████████████████▊      │
    │ 25 Jun      expected 10 ████████████▎        were 10 ████████████▋           │
    │ 26 May      expected  9 ████████████         were 13 ████████████████▌       │
    ╰─────────────────────────────────────────────────────────────── j shows more ─╯
     Tab pages  Esc close  [ a week back  ] a week on  d as of a day  p period
    "#);
}

#[test]
fn everything_at_once_on_a_larger_window() {
    let mut bench = opened(120, 40);
    bench.press("3");
    insta::assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  6 Review                                           Sun 22 Nov 14:07
    ╭ The book today, against 30 days before ──────────────────────────────────────────────────────────────────────────────╮
    │ 1 Climate · 2 Ahead · 3 Movers (all here)  4 Judgement                                                               │
    │ Climate ─ 21 people, 3 more than Fri 23 Oct ───────────────────  Ahead ─ 12 go stale if nobody calls ─────────────── │
    │ ● on rhythm 10 ████████████████████████████████████████     −6   ▸ 23–29 Nov    1 ███████████                        │
    │ ◐ due        7 ████████████████████████████                 +6     30 Nov–6 Dec 2 ██████████████████████             │
    │ ○ stale      2 ████████                                     +1     7–13 Dec     1 ███████████                        │
    │ ◌ dormant    1 ████                                         +1     14–20 Dec    3 █████████████████████████████████  │
    │ · new        1 ████                                         +1     21–27 Dec    1 ███████████                        │
    │                                                                    28 Dec–3 Jan 0                                    │
    │ Strength, week by week ────────────────────────────────────────    4–10 Jan     2 ██████████████████████             │
    │ ██ 80+ 1  ▓▓ 60+ 2  ▒▒ 40+ 8  ░░ 20+ 5  ·· <20 4                   11–17 Jan    2 ██████████████████████             │
    │ 20┤                                                          ··                                                      │
    │   │                                                  ······░░··  23–29 Nov: the strongest first                      │
    │   │            ··································░░░·░░░░░░░░▒░   Elif Baran                         38  Sun 29 Nov  │
    │   │         ··░····░░░░░░░░░░░░░░░░░░░░░░▒▒▒▒░░▒▒▒▒░▒▒▒▒▒▒▒▒▒▒░                                                      │
    │   │        ░░░░░░·░░░░░░░░▒░░░▒▒░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒                                                      │
    │   │     ···░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▒▒▒▒▒▒▒▒▒▒                                                      │
    │   │   ····░░░░░░░░▒▒░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▒▒▒▒▒▓▒▒▓▒▒▓▓▒▒▓▓▓▓▓▓▓▓▒▒▒                                                      │
    │   │   ··░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▓▒▒▒▓▓▓▓▓▓▓▓▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▒▒                                                      │
    │   │ ··░░░░░░▒▒▒▒▒▒▒▒▒▓▒▓▓▓▓▓▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓                                                      │
    │  0┤░░▒░▒▓▒▓▒▓▒▓▓▓▓▓▓▓▓▓▓▓▓▓█▓▓▓▓█▓█▓▓▓▓█▓█▓▓███▓▓█▓█▓██▓█▓██▓▓█                                                      │
    │         Nov     2026     Mar     May      Jul     Sep      Nov                                                       │
    │                                                                                                                      │
    │ ▸ Warmed most in 30 days ────────────────────────────────  Cooled most in 30 days ────────────────────────────────── │
    │  Ada Quill         69 →  86 ▲17  4 calls                    Bram Osei         74 →  41 ▼33  37 days silent, usual g… │
    │  漢字 太郎          0 →  14 ▲14  a call                     Elif Baran        57 →  38 ▼19  43 days silent, usual g… │
    │  Zoë Åström-Nguy…   0 →   9 ▲9   a message                  Hugo Pryce        65 →  47 ▼18  44 days silent, usual g… │
    │  Mina Sorel        37 →  44 ▲7   a call                     Nils Abbot        70 →  53 ▼17  31 days silent, usual g… │
    │  Liam Forth        50 →  57 ▲7   a meeting                  Cora Lindt        60 →  46 ▼14  a call, then 26 days si… │
    │  Fred Flint        29 →  34 ▲5   a call                     Greta Holm        49 →  35 ▼14  51 days silent, usual g… │
    │  Jonas Weld        63 →  69 ▲6   a meeting                  Kaja Lund         53 →  39 ▼14  40 days silent, usual g… │
    │                                                             Ines Duarte       49 →  36 ▼13  50 days silent, usual g… │
    │                                                             Dev Marlow        62 →  52 ▼10  a meeting, then 28 days… │
    │                                                             Finn Carver       76 →  69 ▼7   a meeting, then 10 days… │
    │                                                             Betty Marsh       23 →  17 ▼6   70 days silent, usual g… │
    │                                                             Barney Rubble     45 →  44 ▼1   a call, an e-mail, then… │
    │ Ada Quill: 4 calls                                                                                                   │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
     Enter go there  Tab pages  Esc close  [ a week back  ] a week on  d as of a day  p period  0 today  r read again
    "#);
}

#[test]
fn a_legend_of_big_numbers_is_never_cut() {
    let question = Question::Climate {
        day: day(),
        period: 30,
    };
    for columns in 60..140 {
        let mut bench = Bench::with(world(), columns, 40);
        bench.press("b");
        let Some(Answer::Climate(mut climate)) = find_out(&bench.world, &question) else {
            panic!("no climate");
        };
        climate.now.bands = [3_462, 20_418, 41_330, 22_007, 7_767];
        bench.tell(Answer::Climate(climate));
        let screen = bench.screen();
        let legend = screen.lines().find(|line| line.contains("80+")).unwrap();
        let numbers = legend.contains("80+ 7,767  ");
        let whole = legend.contains(if numbers { "<20 3,462 " } else { "<20 " });
        assert!(whole && !legend.contains('…'), "{columns}: {screen}");
        assert!(columns != 80 || legend.contains("<20 3,462 "), "{screen}");
    }
}

#[test]
fn where_all_is_in_sight_the_numbers_go_from_part_to_part() {
    let mut bench = opened(120, 40);
    for (key, heading) in [
        ("2", "▸ Ahead ─"),
        ("3", "▸ Warmed most"),
        ("1", "▸ Climate ─"),
        ("3J", "▸ Cooled most"),
    ] {
        bench.press(key);
        let screen = bench.screen();
        assert!(screen.contains(heading), "{key}: {screen}");
        assert!(
            screen.contains("3 Movers (all here)  4 Judgement"),
            "{screen}"
        );
        let headings = ["▸ Ahead", "▸ Warmed", "▸ Climate", "▸ Cooled"];
        let marked = headings.iter().filter(|heading| screen.contains(**heading));
        assert_eq!(marked.count(), 1, "{key}: {screen}");
    }
    bench.press("4");
    assert!(!bench.screen().contains("all here"), "{}", bench.screen());
    bench.resize(80, 24);
    bench.press("1");
    assert!(!bench.screen().contains("all here"), "{}", bench.screen());
    assert!(!bench.screen().contains("▸ Climate"), "{}", bench.screen());
}

#[test]
fn charts_and_bars_are_drawn_with_plain_letters_where_the_terminal_has_no_others() {
    let plain = Setup {
        plain: true,
        ..setup()
    };
    let mut bench = Bench::set_up(plain, world(), Vec::new(), 80, 24);
    bench.press("b");
    settle(&mut bench);
    for page in ["1", "2", "3", "4"] {
        bench.press(page);
        let screen = bench.screen();
        let strange = screen
            .chars()
            .filter(|c| !c.is_ascii() && !c.is_alphabetic());
        assert_eq!(strange.count(), 0, "{page}: {screen}");
    }
    bench.press("1");
    insta::assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  6 Review   Sun 22 Nov 14:07
    + The book today, against 30 days before --------------------------------------+
    | 1 Climate  2 Ahead  3 Movers  4 Judgement                                    |
    | Climate - 21 people, 3 more than Fri 23 Oct -------------------------------- |
    | * on rhythm 10 ########################################     -6               |
    | + due        7 ############################                 +6               |
    | o stale      2 ########                                     +1               |
    | x dormant    1 ####                                         +1               |
    | - new        1 ####                                         +1               |
    |                                                                              |
    | Strength, week by week ----------------------------------------------------- |
    | ## 80+ 1  %% 60+ 2  ++ 40+ 8  -- 20+ 5  .. <20 4                             |
    | 20+                                                                      ... |
    |   |                                                            ........--... |
    |   |               .........................................---.----------+-- |
    |   |           ...-.....--------------------------+++++--+++++-+++++++++++++- |
    |   |          ----------------++++--+++++++++++++++++++++++++++++++++++++++++ |
    |   |      ...---------++--+++++++++++++++++++++++++++++%++%%%++%%%+%+++++++++ |
    |   |    ....-------++-+++-++++++++++++%+++++%+++++%%+++%++%%%++%%%%%%%%%%%+++ |
    |   |   .-------+--++++++++++%%+++%++++%%++%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%+%+ |
    |  0+---+-+%%+%+%++%%%%%%%%%%%%%%%#%%%%%#%%#%%%%%#%#%%%###%%%#%#%###%#%###%%%# |
    |          Nov       2026      Mar        May       Jul        Sep       Nov   |
    +------------------------------------------------------------------------------+
     Tab pages  Esc close  [ a week back  ] a week on  d as of a day  p period
    "#);
}

#[test]
fn every_page_draws_at_every_size() {
    let pages = ["", "2jj", "3jj", "4jjj", "d14 may", "["];
    for (nth, keys) in pages.into_iter().enumerate() {
        let mut bench = opened(100, 30);
        bench.press(keys).at_every_size(nth);
    }
}

#[test]
fn a_book_with_nobody_in_it_has_its_pages_too() {
    for page in ["1", "2", "3", "4"] {
        let mut bench = Bench::with(Vec::new(), 80, 24);
        bench.press("b");
        settle(&mut bench);
        bench.press(page).press("jJ<enter>");
        for (columns, rows) in [(24, 6), (60, 15), (120, 40), (80, 24)] {
            bench.resize(columns, rows);
        }
        assert!(bench.screen().contains("4 Judgement"), "{}", bench.screen());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pressed_in_it_it_goes_on(
        keys in proptest::collection::vec(proptest::sample::select(
            book::KEYS.rows.iter().flat_map(|row| row.keys).copied().filter(|key| key.types() != Some('q')).collect::<Vec<_>>()
        ), 0..60),
        clicks in proptest::collection::vec((0u16..90, 0u16..26), 0..8),
    ) {
        let mut bench = opened(90, 26);
        for (at, key) in keys.into_iter().enumerate() {
            bench.send(Msg::Keys(vec![key]));
            if at % 3 == 0 {
                settle(&mut bench);
            }
            if let Some((column, row)) = clicks.get(at / 7) {
                bench.mouse(MouseWhat::Double, *column, *row);
            }
        }
    }
}
