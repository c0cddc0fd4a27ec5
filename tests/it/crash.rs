//! The real program killed while somebody types: what was filed is there, of what was being typed at most the end is not.

use crate::pty::{Seen, World};
use crate::typist::{PROMISED, Probe, Script, open_call, run, three_people};
use chitbook::domain::draft::CallNote;
use chitbook::store::Store;
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
