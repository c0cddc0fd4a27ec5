//! Every size, every key, every kind of text.

use super::referrals::{leading, world_of_leads};
use super::*;
use crate::tui::keymap::TABLE;
use crate::tui::screen::people::Pane;
use crate::tui::screen::people::live;
use proptest::prelude::*;
use ratatui::style::Color;

/// Ways to everything that can be drawn.
const PLACES: [&str; 51] = [
    "",
    "<tab>",
    "<tab><tab>",
    "<tab><tab><tab>",
    "/b",
    "/zzzz<enter>",
    "t",
    "tquite a long note that goes on <esc>W",
    "f",
    "p",
    "n",
    "a",
    "e",
    "T",
    "?",
    "?zoom",
    ":",
    "<ctrl-p>b",
    "y",
    "P",
    "<tab><tab>r",
    "<tab><tab><tab><enter>",
    "w",
    "wcall every 2 weeks, lunch 14 dec, break a promise in a month",
    "wblorp",
    "3",
    "3<tab>",
    "3<tab><tab>",
    "3<tab><tab><tab>",
    "3.",
    "3/a",
    "3Axx<enter>",
    "2",
    "2s",
    "6",
    "6n",
    "6S",
    "4",
    "4 ",
    "4>",
    "4X",
    "4+b",
    "4S",
    "4<tab>",
    "4<tab>a<right>",
    "4<tab>s",
    "4<tab><tab>",
    "4<tab><tab><tab>",
    "4<shift-tab><shift-tab>",
    "4<shift-tab>/b",
    "4<shift-tab>/b<enter>",
];

fn unusual() -> Vec<Person> {
    let mut world = cast();
    let names = [
        "محمد عبد الرحمن",
        "👨\u{200d}👩\u{200d}👧 Family",
        "e\u{301}\u{301}\u{301}le\u{300}ve",
        "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
        "x",
        "ไทย ภาษา",
        "한국어 이름",
        "A very long name indeed that will never fit into any column of any list whatever",
    ];
    for (raw, name) in (100..).zip(names) {
        world.push(person(
            raw,
            name,
            name,
            &[(3, TouchKind::Call, name), (900, TouchKind::Gift, name)],
        ));
    }
    world
}

fn at_sizes(places: &[&str]) {
    for (nth, place) in places.iter().enumerate() {
        let mut bench = leading(unusual(), 100, 30);
        bench.press("j").press(place);
        bench.at_every_size(nth);
    }
}

#[test]
fn every_pane_draws_at_every_size() {
    at_sizes(&PLACES[..8]);
}

#[test]
fn every_form_draws_at_every_size() {
    at_sizes(&PLACES[8..14]);
}

#[test]
fn every_list_to_choose_from_draws_at_every_size() {
    at_sizes(&PLACES[14..22]);
}

#[test]
fn every_what_if_draws_at_every_size() {
    at_sizes(&PLACES[22..32]);
}

#[test]
fn every_view_of_referrals_draws_at_every_size() {
    at_sizes(&PLACES[32..]);
}

#[test]
fn a_book_with_nobody_in_it_draws_at_every_size() {
    let mut bench = Bench::with(Vec::new(), 80, 24);
    for columns in 1..=120 {
        for rows in [1, 3, 6, 10, 24] {
            bench.resize(columns, rows);
        }
    }
    bench.resize(80, 24);
    assert!(bench.screen().contains("chitbook import contacts.vcf"));
}

#[test]
fn wide_and_joined_letters_leave_the_frame_where_it_is() {
    for (columns, rows) in [(120, 40), (100, 30), (80, 24), (71, 20)] {
        let mut bench = Bench::with(unusual(), columns, rows);
        for _ in 0..unusual().len() {
            bench.press("j");
            let list = (0..columns)
                .find(|column| bench.cell(*column, 1) == "╮")
                .unwrap();
            for row in 2..rows - 2 {
                for column in [0, list] {
                    assert_eq!(
                        bench.cell(column, row),
                        "│",
                        "{column},{row}\n{}",
                        bench.screen()
                    );
                }
                let right = bench.cell(columns - 1, row);
                assert!(["│", "┤"].contains(&right), "{row}\n{}", bench.screen());
            }
        }
    }
}

#[test]
fn a_form_over_wide_letters_keeps_its_edge() {
    let mut world = vec![person(20, &"漢".repeat(40), "", &[])];
    world.extend((0..20).map(|at| {
        person(
            30 + at,
            &format!("{}{}", "x".repeat(at as usize % 2), "漢".repeat(30)),
            "",
            &[],
        )
    }));
    let mut bench = Bench::with(world, 100, 30);
    bench.press("t");
    let screen = bench.screen();
    assert!(screen.contains("╭ Touch with"), "{screen}");
    assert!(
        screen
            .lines()
            .filter(|line| line.contains("│ kind"))
            .count()
            == 1,
        "{screen}"
    );
}

fn any_key() -> impl Strategy<Value = Key> {
    let bound: Vec<Key> = TABLE
        .iter()
        .flat_map(|keys| keys.rows)
        .flat_map(|row| row.keys)
        .copied()
        .collect();
    prop_oneof![
        6 => proptest::sample::select(bound),
        2 => proptest::sample::select("abz19 漢é#!/".chars().map(Key::char).collect::<Vec<_>>()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pressed_it_goes_on_and_the_selection_stays_inside(
        keys in proptest::collection::vec(any_key(), 0..120),
        clicks in proptest::collection::vec((0u16..90, 0u16..26), 0..8),
    ) {
        let mut bench = leading(unusual(), 90, 26);
        for (at, key) in keys.into_iter().enumerate() {
            bench.send(Msg::Keys(vec![key]));
            if at % 5 == 0 {
                bench.draw();
            }
            if let Some((column, row)) = clicks.get(at / 9) {
                bench.mouse(MouseWhat::Double, *column, *row);
            }
            if let Some(id) = bench.app.selected() {
                prop_assert!(bench.world.iter().any(|person| person.summary.id == id));
            }
        }
    }
}

#[test]
fn every_pane_has_its_moves() {
    for pane in Pane::ALL {
        assert!(
            live(pane).iter().any(|keys| keys.place == "Moving about"),
            "{pane:?}"
        );
    }
}

#[test]
fn no_background_is_painted_and_without_colour_there_is_none() {
    for (theme, colours) in [(Theme::colour(), true), (Theme::plain(), false)] {
        for place in PLACES {
            let mut bench = Bench::looking(theme, unusual(), 100, 30);
            bench.leads = world_of_leads();
            bench.press("<ctrl-p>barney<enter>").press(place);
            let cells = bench.styles();
            assert!(
                cells.iter().all(|(_, back)| *back == Color::Reset),
                "{place}"
            );
            let coloured = cells.iter().any(|(front, _)| *front != Color::Reset);
            assert_eq!(coloured, colours, "{place}");
            let rgb = |colour: &Color| matches!(colour, Color::Rgb(..) | Color::Indexed(_));
            assert!(!cells.iter().any(|(front, _)| rgb(front)), "{place}");
        }
    }
}
