//! The real program killed while somebody types: what was filed is there, of what was being typed at most the end is not.

use crate::pty::{Seen, World};
use crate::typist::{PROMISED, Probe, Script, open_call, run, three_people};
use chitbook::domain::draft::CallNote;
use chitbook::store::Store;
use rustix::process::{Pid, Signal, kill_process};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

#[test]
fn killed_at_any_moment_it_loses_at_most_the_end_of_what_was_typed() {
    let probe = Probe::start();
    let scripts = (1..=6).map(|seed| Script {
        seed,
        killed: 2_500..9_000,
        words: 2..7,
    });
    let runs: Vec<_> = scripts
        .map(|script| thread::spawn(move || run(&script)))
        .collect();
    let found: Vec<_> = runs.into_iter().map(|run| run.join().unwrap()).collect();
    // The machine may be busy and the disk slow: what one confirmed write took at worst meanwhile is not the program's.
    let allowed = PROMISED + probe.longest();
    for (at, found) in found.iter().enumerate() {
        let label = format!("run {}: {found:#?}", at + 1);
        assert!(found.faults().is_empty(), "{label}");
        assert!(found.lost.1 <= allowed, "{allowed:?} at most, {label}");
    }
    let filed: usize = found.iter().map(|found| found.acknowledged).sum();
    assert!(filed > 0, "nothing was filed in any run");
}

#[test]
fn nothing_is_lost_when_the_terminal_is_closed_and_the_next_start_offers_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.chitbook");
    three_people(&path);
    let mut world = World::on(&path);
    world.wait("the dashboard", Seen::open);
    let (_alive, killed) = mpsc::channel();
    assert_eq!(open_call(&mut world, &killed), None);
    world.keys("gateway 漢字 is bett".as_bytes());
    world.wait("the text", |seen| seen.text().contains("is bett"));
    world.keys(b"er");
    world.wait("the last of it", |seen| seen.text().contains("is better"));
    world.close();
    world.ends_with(129);
    let drafts = Store::open(&path).unwrap().drafts().unwrap();
    let texts = drafts
        .iter()
        .map(|draft| CallNote::of(draft).map(|note| note.text));
    assert_eq!(
        texts.collect::<Vec<_>>(),
        [Some("gateway 漢字 is better".to_owned())]
    );
    let next = World::on(&path);
    next.wait("the draft", |seen| seen.text().contains("Call with"));
}

/// The program on a book, killed as soon as the last of these keys has had its picture.
fn killed_after(book: &Path, steps: &[(&[u8], Vec<String>)]) {
    let (hold, ended) = mpsc::channel();
    let mut world = World::doomed(book, ended);
    world.wait("the dashboard", Seen::open);
    for (keys, shown) in steps {
        world.keys(keys);
        let what = shown.join(" and ");
        world.wait(&what, |seen| {
            let text = seen.text();
            shown.iter().all(|part| text.contains(part))
        });
    }
    let pid = Pid::from_raw(i32::try_from(world.pid()).unwrap()).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
    drop(hold);
    let _ = world.code();
}

#[test]
fn a_review_that_is_killed_goes_on_at_its_card_and_its_minutes_stay_as_they_were() {
    let made = crate::world::World::new();
    let book = crate::docs::demo(&made);
    let now = crate::typist::now();
    let path = made.path("book.chitbook");
    let deck = book.review_deck(&now).unwrap();
    let size = deck.cards.len();
    assert!(size > 40, "{size} cards");
    let card = |at: usize| format!("card {at} of {size}");
    let begun = vec![card(1), "Began a review".to_owned()];
    let offered = vec!["Enter begins".to_owned()];
    killed_after(&path, &[(b"6", offered.clone()), (b"\r", begun)]);
    let mut at = 0;
    while at < size {
        assert_eq!(book.review_deck(&now).unwrap().at(), Some(at));
        let mut steps: Vec<(&[u8], _)> = vec![(b"6", vec![card(at + 1)])];
        // Every second card is set aside, so that of two cards of one person each has words of its own.
        for row in deck.cards.iter().skip(at).take(9) {
            let (key, decided): (&[u8], _) = match at % 2 {
                0 => (b" ", "passed over"),
                _ => (b"s", "set aside"),
            };
            at += 1;
            let next = if at < size {
                card(at + 1)
            } else {
                "are decided".to_owned()
            };
            steps.push((key, vec![format!("{}: {decided}", row.card.who), next]));
        }
        killed_after(&path, &steps);
    }
    let decided = book.review_minutes(&now).unwrap().unwrap();
    assert_eq!(decided.items.len(), size);
    let ended = vec!["Ended the review".to_owned()];
    killed_after(
        &path,
        &[(b"6", vec!["are decided".to_owned()]), (b"\r", ended)],
    );
    let kept = book.minutes(1).unwrap();
    assert_eq!(kept[0], decided);
    killed_after(&path, &[(b"6", offered)]);
    assert_eq!(book.minutes(2).unwrap(), kept);
}
