//! The whole picture where the terminal has only plain characters.

use super::*;
use crate::domain::people::Summary;

/// A bench with signs, bars, frames and notes of every kind, and letters that are somebody's own.
fn bench(columns: u16, rows: u16) -> Bench {
    let mut world = cast();
    world.push(person(
        90,
        "Zoë 佐藤",
        "Å & Söhne",
        &[(9, TouchKind::Call, "said “yes” – more or less…")],
    ));
    world[0].chits[0].chit.worth = Halves(3);
    let setup = Setup {
        plain: true,
        ..setup()
    };
    let mut bench = Bench::set_up(setup, world, Vec::new(), columns, rows);
    bench.leads = super::referrals::world_of_leads();
    bench
}

fn symbols(bench: &Bench) -> String {
    let screen = bench.screen();
    let theirs = "👩\u{200d}💻";
    let strange = |c: &char| !c.is_ascii() && !c.is_alphabetic() && !theirs.contains(*c);
    screen.chars().filter(strange).collect()
}

#[test]
fn nothing_but_letters_is_beyond_what_every_terminal_has() {
    let places = [
        "",
        "<tab>",
        "<tab><tab>",
        "t",
        "f",
        "p",
        "n",
        "a",
        "e",
        "#",
        "?",
        ":",
        "x",
        "xc",
        "w",
        "wlunch 14 dec",
        "b",
        "/zo",
        "<ctrl-p>",
        "v",
        ".",
        "sss",
        "3",
        "3<tab>",
        "3<tab><tab>",
        "4",
        "4<tab>",
        "4<tab><tab>",
        "4<tab><tab><tab>",
        "4<shift-tab><shift-tab>",
        "4<shift-tab>/dino<enter>",
        "4lll>",
    ];
    for (columns, rows) in [(60, 15), (100, 30), (160, 45)] {
        for keys in places {
            let mut bench = bench(columns, rows);
            bench.press("<ctrl-p>barney<enter>").press(keys);
            let screen = bench.screen();
            assert_eq!(symbols(&bench), "", "{keys:?} {columns}:\n{screen}");
        }
    }
}

#[test]
fn names_keep_their_letters_and_halves_are_figures() {
    let mut bench = bench(100, 30);
    let screen = bench.screen();
    assert!(screen.contains("Zoë 佐藤"), "{screen}");
    bench.press("<ctrl-p>barney<enter>");
    let screen = bench.screen();
    assert!(screen.contains("1.5"), "{screen}");
}

#[test]
fn every_state_has_a_sign_of_its_own() {
    let bench = bench(100, 30);
    let screen = bench.screen();
    let sign = |name: &str| {
        let mut rows = screen.lines().filter(|line| {
            let row: String = line.chars().skip(4).collect();
            row.starts_with(name)
        });
        let row = rows.next().unwrap_or_else(|| panic!("{name}\n{screen}"));
        row.chars().nth(2).unwrap()
    };
    let world = &bench.world;
    for one in world {
        for other in world {
            let state = |person: &Person| {
                let params = Params::default();
                person.summary.read(&params, day_number(today())).state
            };
            let (a, b) = (&one.summary, &other.summary);
            if a.archived || b.archived || a.ghost || b.ghost {
                continue;
            }
            let name = |row: &Summary| row.name.chars().take(8).collect::<String>();
            assert_eq!(
                sign(&name(a)) == sign(&name(b)),
                state(one) == state(other),
                "{} {}:\n{screen}",
                a.name,
                b.name
            );
        }
    }
}
