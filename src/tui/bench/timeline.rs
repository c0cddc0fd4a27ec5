//! Stories of the timeline: walking it, laying something over it, what it shows besides the curve.

use super::*;
use crate::domain::moment::DayNumber;
use crate::domain::quiet::monday;
use crate::tui::inquiry::{Answer, Question};

/// Barney and everybody else, the timeline in focus.
fn walking(columns: u16, rows: u16) -> Bench {
    let mut bench = Bench::barney(columns, rows);
    bench.press("<tab>");
    bench
}

/// The line that names the event under the cursor.
fn named(bench: &Bench) -> String {
    let screen = bench.screen();
    let line = screen.lines().find(|line| line.contains('▸'));
    let line = line.unwrap_or_else(|| panic!("no event is named on\n{screen}"));
    let from = line.find('▸').unwrap();
    let said = line.get(from..).unwrap();
    said.trim_start_matches("▸ ")
        .trim_end_matches(['│', ' '])
        .to_owned()
}

/// The row of the history that is marked.
fn marked(bench: &Bench) -> String {
    let screen = bench.screen();
    let rows = screen.lines().filter_map(|line| line.split_once("│▌"));
    let rows: Vec<&str> = rows
        .map(|(_, row)| row.trim_end_matches(['│', ' ']))
        .collect();
    rows.last()
        .map_or(String::new(), |row| row.trim().to_owned())
}

#[test]
fn the_cursor_names_every_event_with_its_points_and_the_history_follows() {
    let mut bench = walking(160, 40);
    let barney = &mut bench.world[0];
    let mut kept = barney.promises[0].clone();
    kept.state = PromiseState::Kept;
    kept.closed_on = Some(shift(today(), -50));
    kept.promise.made_on = shift(today(), -55);
    kept.promise.what = "the wiring plan".to_owned();
    barney.closed.push(kept);
    barney.trail.verdicts.push(crate::domain::people::Verdict {
        day: day_number(shift(today(), -50)),
        kept: true,
    });
    bench.send(Msg::Elsewhere(Some(vec![Id::from_raw(10)])));
    bench.draw();
    let steps = [
        (
            "13 Nov  call, 14 min, +12.1 · you promised: quote  firmware worry",
            "13 Nov",
        ),
        ("3 Nov  favour had: opened the door at Slate", "2 Nov"),
        ("2 Nov  e-mail sent, +", "2 Nov"),
        (
            "23 Oct  favour for Fred Flint: the introduction to me",
            "21 Oct",
        ),
        ("21 Oct  call, 14 min, +", "21 Oct"),
        ("8 Oct  meeting, +", "8 Oct"),
        ("3 Oct  promise kept, +", "23 Sep"),
        ("28 Sep  you promised: the wiring plan", "23 Sep"),
        ("23 Sep  message sent, +", "23 Sep"),
    ];
    for (wanted, row) in steps {
        let said = named(&bench);
        let wanted_start = wanted.split(", +12.1").next().unwrap();
        assert!(said.starts_with(wanted_start), "{said:?} for {wanted:?}");
        if wanted != steps[0].0 {
            assert!(
                marked(&bench).starts_with(row),
                "{wanted}: {}",
                bench.screen()
            );
        }
        bench.press("<left>");
    }
    bench.press("<enter>");
    assert!(marked(&bench).starts_with("9 Sep"), "{}", bench.screen());
}

#[test]
fn every_kind_of_event_has_its_sign_under_the_curve() {
    let mut bench = walking(120, 40);
    bench.world[0].chits[0].parts = vec![crate::domain::chit::ChitPart {
        on: shift(today(), -150),
        halves: Halves::PLAIN,
        how: crate::domain::chit::Settlement::Redeemed,
        by: String::new(),
        counter: None,
        touch: None,
    }];
    bench.send(Msg::Elsewhere(Some(vec![Id::from_raw(10)])));
    bench.draw();
    let screen = bench.screen();
    let rows: Vec<&str> = screen.lines().collect();
    let at = rows.iter().position(|row| row.contains("  0┤")).unwrap();
    let after = |row: &str| row.chars().skip(43).collect::<String>();
    let signs = |row: &str| {
        let mut signs: Vec<char> = after(row).chars().filter(|c| !" │".contains(*c)).collect();
        signs.dedup();
        String::from_iter(signs)
    };
    assert_eq!(
        signs(rows[at]).trim_start_matches('┤'),
        "cmMcec",
        "{screen}"
    );
    // Done, settled, between others, had, promised, due.
    assert_eq!(signs(rows[at + 1]), "<=*>p?", "{screen}");
}

#[test]
fn older_history_is_read_when_the_cursor_comes_to_it() {
    let days: Vec<(i64, TouchKind, &str)> = (1..80)
        .map(|nth| (nth * 6, TouchKind::Call, "about the pump"))
        .collect();
    let whole = person(10, "Barney Rubble", "Slate & Co", &days);
    let mut short = whole.clone();
    short.history.truncate(3);
    let mut bench = Bench::with(vec![short], 120, 40);
    bench.press("<tab><left><left>");
    let asks = |bench: &Bench| {
        let effects = bench.effects.iter();
        let loads = effects.filter(|effect| matches!(effect, Effect::LoadHistory(..)));
        loads.cloned().collect::<Vec<_>>()
    };
    assert_eq!(asks(&bench), [], "what is there needs no reading");
    bench.press("<left>");
    assert_eq!(asks(&bench), [Effect::LoadHistory(Id::from_raw(10), 204)]);
    let reply = Reply::History(Id::from_raw(10), whole.history.clone());
    bench.send(Msg::Reply(reply));
    bench.draw();
    assert!(marked(&bench).starts_with("29 Oct"), "{}", bench.screen());
    assert!(named(&bench).starts_with("29 Oct  call, 14 min, +"));
}

#[test]
fn zoom_and_size_keep_the_event_under_the_cursor_in_sight() {
    let days: Vec<(i64, TouchKind, &str)> = (1..80)
        .map(|nth| (nth * 9, TouchKind::Meeting, ""))
        .collect();
    let old = person(10, "Barney Rubble", "Slate & Co", &days);
    let mut bench = Bench::with(vec![old], 120, 40);
    bench.press("<tab>");
    for _ in 0..60 {
        bench.press("<left>");
    }
    let said = named(&bench);
    for step in ["[", "[", "]", "]", "]"] {
        bench.press(step);
        let screen = bench.screen();
        assert_eq!(named(&bench), said, "{screen}");
        assert!(screen.contains('│'), "{screen}");
    }
    bench.press("[[[");
    assert!(
        bench.screen().contains("Strength ─ 90 days to "),
        "{}",
        bench.screen()
    );
    assert!(
        !bench.screen().contains("if nobody calls"),
        "today is out of sight"
    );
    for (columns, rows) in [(80, 24), (200, 60), (60, 20), (120, 40)] {
        bench.resize(columns, rows);
        let start = said.chars().take(20).collect::<String>();
        assert!(named(&bench).starts_with(&start), "{columns}x{rows}");
    }
}

#[test]
fn weeks_in_which_little_was_logged_are_shaded_and_the_legend_says_so() {
    let mut bench = walking(160, 40);
    let weeks_asked: Vec<&Question> = bench.asked().collect();
    assert_eq!(weeks_asked, [&Question::Weeks], "once everybody is there");
    assert!(!bench.screen().contains('░'));
    let present = monday(day_number(today()));
    let weeks: Vec<(DayNumber, u32)> = (0..52)
        .map(|nth| {
            (
                present - 7 * nth,
                if (9..11).contains(&nth) { 1 } else { 20 },
            )
        })
        .rev()
        .collect();
    bench.tell(Answer::Weeks(weeks));
    let screen = bench.screen();
    assert!(screen.contains("░ little was logged"), "{screen}");
    let shaded = screen.lines().filter(|line| line.contains("░░")).count();
    assert!(shaded > 8, "from top to bottom:\n{screen}");
    bench.resize(100, 30).press("vbetty<enter>");
    let screen = bench.screen();
    assert!(
        screen.contains("∘∘ Betty Marsh  ░ quiet"),
        "in a word where there is no room for three:\n{screen}"
    );
    bench.press("v").resize(160, 40);
    bench.now += chrono::Duration::days(1);
    bench.send(Msg::Tick);
    assert_eq!(bench.asked().count(), 2, "asked again on a new day");
    bench.send(Msg::Elsewhere(None));
    assert_eq!(bench.asked().count(), 3, "and after news of many changes");
}

#[test]
fn the_median_of_a_tag_is_laid_over_asked_again_for_other_days_and_taken_off() {
    let mut world = cast();
    for person in world.iter_mut().take(3) {
        person.summary.tags = vec!["key accounts".to_owned()];
    }
    let mut bench = Bench::with(world, 160, 40);
    bench.press("<ctrl-p>barney<enter>v#");
    let screen = bench.screen();
    assert!(screen.contains("#key accounts, median of 3"), "{screen}");
    bench.press("zo");
    assert!(bench.screen().contains("nobody fits"), "only tags after #");
    bench.press("<esc>vacc<enter>");
    let last = |bench: &Bench| match bench.asked().last() {
        Some(Question::Median { tag, days }) => (tag.clone(), days.clone()),
        other => panic!("{other:?}"),
    };
    let (tag, days) = last(&bench);
    let today = day_number(today());
    assert_eq!(tag, "key accounts");
    assert_eq!(
        (days.len(), days.first(), days.last()),
        (200, Some(&(today - 365)), Some(&today))
    );
    let answer = |days: &[DayNumber], height: f64| Answer::Median {
        tag: "key accounts".to_owned(),
        people: 3,
        points: days.iter().map(|day| (f64::from(*day), height)).collect(),
    };
    bench.press("]");
    assert_eq!(last(&bench).1, days, "not before the answer is there");
    bench.tell(answer(&days, 77.0));
    let screen = bench.screen();
    assert!(screen.contains("∘∘ #key accounts, median of 3"), "{screen}");
    assert!(screen.contains("∘ ∘ ∘"), "{screen}");
    assert_eq!(
        last(&bench).1.first(),
        Some(&(today - 1096)),
        "then for the other days"
    );
    bench.press("v");
    assert!(!bench.screen().contains("∘"), "{}", bench.screen());
}
