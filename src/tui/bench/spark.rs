//! Stories of the last year in the list: asked for once the list is there, shown when it comes, never waited for.

use super::*;
use crate::domain::strength::curve::samples;
use crate::tui::inquiry::{Answer, Question};
use crate::tui::sparks::POINTS;

/// A window in which the list has room for the last year.
const WIDE: (u16, u16) = (200, 40);

/// The questions about the last year that were asked since this was called last: whose, and as of which day.
fn asked(bench: &mut Bench) -> Vec<(Vec<i64>, i32)> {
    let questions = bench.effects.drain(..).filter_map(|effect| match effect {
        Effect::Ask(Question::Sparks {
            people,
            day,
            points,
        }) => {
            assert_eq!(points, POINTS);
            Some((people.into_iter().map(Id::raw).collect(), day))
        }
        _ => None,
    });
    questions.collect()
}

/// Answers a question about these people.
fn answer(bench: &mut Bench, people: &[i64], day: i32) {
    let params = Params::default();
    let lines = people.iter().filter_map(|raw| {
        let id = Id::from_raw(*raw);
        let person = bench.world.iter().find(|p| p.summary.id == id)?;
        let line = samples(&params, &person.trail, None, (day - 364, day), POINTS);
        Some((id, line))
    });
    let lines = lines.collect();
    bench.tell(Answer::Sparks(lines));
}

/// Answers until nothing is asked any more; gives back how many questions there were.
fn settle(bench: &mut Bench) -> usize {
    let mut questions = 0;
    loop {
        let open = asked(bench);
        if open.is_empty() {
            return questions;
        }
        for (people, day) in open {
            questions += 1;
            answer(bench, &people, day);
        }
    }
}

/// The list's row of somebody.
fn row_of(bench: &Bench, name: &str) -> String {
    let screen = bench.screen();
    let mut rows = screen
        .lines()
        .filter_map(|line| line.split(['│', '|']).nth(1));
    let row = rows.find(|row| row.contains(name));
    row.unwrap_or_else(|| panic!("{name} is not on\n{screen}"))
        .to_owned()
}

#[test]
fn the_last_year_is_asked_for_once_the_first_picture_is_there_and_shown_when_it_comes() {
    let mut bench = Bench::new(WIDE.0, WIDE.1);
    assert_eq!(asked(&mut bench), [], "nothing holds up the first picture");
    bench.send(Msg::Tick);
    let questions = asked(&mut bench);
    let [(people, day)] = questions.as_slice() else {
        panic!("{questions:?}")
    };
    assert_eq!((people.len(), *day), (7, day_number(today())));
    bench.press("j");
    assert_eq!(asked(&mut bench), [], "one question at a time");
    assert!(!row_of(&bench, "Betty Marsh").contains('▁'));
    answer(&mut bench, people, *day);
    let betty = row_of(&bench, "Betty Marsh");
    assert!(betty.ends_with("         ▁▂▃▂▂ 17  "), "{betty}");
    let wilma = row_of(&bench, "Wilma Ortega");
    assert!(
        !wilma.contains(['▁', '▂', '▃']),
        "nobody spoke yet: {wilma}"
    );
    assert_eq!(settle(&mut bench), 0, "all is known");
    bench.press("jkGg");
    bench.send(Msg::Tick);
    assert_eq!(asked(&mut bench), [], "idle stays idle");
}

#[test]
fn nothing_is_asked_where_the_list_has_no_room_and_widening_the_window_asks_at_once() {
    let mut bench = Bench::new(120, 40);
    bench.press("jGg");
    assert_eq!(asked(&mut bench), []);
    bench.resize(WIDE.0, WIDE.1);
    assert_eq!(settle(&mut bench), 1);
    assert!(row_of(&bench, "Betty Marsh").contains('▂'));
    assert!(bench.screen().contains(" last year "));
    bench.resize(120, 40);
    assert!(!bench.screen().contains("last year"));
    // One thing at a time: the list alone is wide enough, a person's page has none.
    bench.resize(69, 20);
    assert!(row_of(&bench, "Betty Marsh").contains('▂'));
}

#[test]
fn who_changed_is_asked_for_again_and_a_new_day_asks_for_everybody() {
    let mut bench = Bench::new(WIDE.0, WIDE.1);
    bench.press("j");
    settle(&mut bench);
    let before = row_of(&bench, "Fred Flint");
    bench.send(Msg::Elsewhere(Some(vec![Id::from_raw(12)])));
    bench.draw();
    assert_eq!(
        row_of(&bench, "Fred Flint"),
        before,
        "shown as it was meanwhile"
    );
    assert_eq!(asked(&mut bench), [(vec![12], day_number(today()))]);
    answer(&mut bench, &[12], day_number(today()));
    bench.press("<ctrl-p>barney\ntA call<ctrl-s>");
    assert_eq!(asked(&mut bench), [(vec![10], day_number(today()))]);
    answer(&mut bench, &[10], day_number(today()));
    bench.now += chrono::Duration::days(1);
    bench.send(Msg::Tick);
    let questions = asked(&mut bench);
    assert_eq!(questions.len(), 1);
    assert_eq!(
        (questions[0].0.len(), questions[0].1),
        (7, day_number(today()) + 1)
    );
}

#[test]
fn scrolling_asks_for_the_rows_it_comes_to_and_a_page_around_them() {
    let crowd = (0..2_000).map(|n| {
        let touches = [(i64::from(n % 300), TouchKind::Call, "")];
        person(i64::from(n) + 100, &format!("Person {n:04}"), "", &touches)
    });
    let mut bench = Bench::with(crowd.collect(), WIDE.0, WIDE.1);
    bench.press("ss");
    let rows = 36;
    let first = asked(&mut bench);
    assert_eq!(first[0].0.len(), rows, "those on the screen first");
    // By name by now: the rows on the screen are not those that were asked for.
    let shown = |bench: &Bench| {
        let screen = bench.screen();
        let list = screen
            .lines()
            .filter_map(|line| line.split(['│', '|']).nth(1));
        let rows = list.filter(|row| row.contains("Person "));
        rows.filter(|row| !row.contains(['▁', '▂', '▃'])).count()
    };
    assert_eq!(shown(&bench), rows);
    answer(&mut bench, &first[0].0, first[0].1);
    settle(&mut bench);
    assert_eq!(shown(&bench), 0);
    bench.press("<pagedown><pagedown>");
    assert_eq!(shown(&bench), 0, "the page around was known");
    assert_eq!(settle(&mut bench), 1);
    bench.press("G");
    assert!(shown(&bench) > rows / 2, "far from everybody known");
    assert_eq!(settle(&mut bench), 2);
    assert_eq!(shown(&bench), 0);
}

#[test]
fn the_part_under_the_cold_line_is_told_apart_and_plain_letters_say_the_same() {
    let mut bench = Bench::new(WIDE.0, WIDE.1);
    bench.press("<ctrl-p>wilma\n");
    settle(&mut bench);
    let colours = |name: &str| {
        let screen = bench.screen();
        let at = screen.lines().position(|line| line.contains(name)).unwrap();
        let cells = (0..60).filter(|column| "▁▂▃▄".contains(bench.cell(*column, at as u16)));
        let styles = bench.styles();
        let mut colours: Vec<Color> = cells
            .map(|column| styles[at * usize::from(WIDE.0) + usize::from(column)].0)
            .collect();
        colours.dedup();
        colours
    };
    let (warm, cold) = (Theme::colour().accent.fg, Theme::colour().bad.fg);
    assert_eq!(colours("Fred Flint"), [warm.unwrap()]);
    assert_eq!(
        colours("Betty Marsh"),
        [cold, warm, cold].map(Option::unwrap)
    );
    let setup = Setup {
        plain: true,
        ..setup()
    };
    let mut plain = Bench::set_up(setup, cast(), Vec::new(), WIDE.0, WIDE.1);
    plain.press("<ctrl-p>wilma\n");
    settle(&mut plain);
    let signs = "▁▂▃▄▅▆▇█●◐○◌·".chars().zip(".:-=+*%#*+ox-".chars());
    let in_letters = |text: String| -> String {
        signs.clone().fold(text, |text, (block, letter)| {
            text.replace(block, &letter.to_string())
        })
    };
    for name in ["Betty Marsh", "Fred Flint", "Dino Vance"] {
        let blocks = row_of(&bench, name);
        assert_eq!(row_of(&plain, name), in_letters(blocks), "{name}");
    }
}
