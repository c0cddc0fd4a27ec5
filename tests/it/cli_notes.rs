//! Notes on the command line: marks read and filed, and what was typed in the dashboard and not filed.

use crate::world::{World, now};
use chitbook::domain::draft::{CallNote, Draft};
use chitbook::domain::id::Id;
use insta::assert_snapshot;
use std::io::Write;
use std::process::Stdio;

fn world() -> World {
    let world = World::new();
    world.ok(&["add", "Barney Rubble", "--account", "Slate & Co"]);
    world.ok(&["add", "Fred Flint", "--account", "Slate & Co"]);
    world.ok(&["add", "Fred Smith"]);
    world
}

#[test]
fn log_reads_the_marks_of_its_text_and_says_what_was_caught() {
    let world = world();
    let note = "good talk\n! send revised quote fri\n+ got me in front of the board\n# fewer truck rolls\n= cut truck rolls by half, saves 40k\n$ 24000 renewal\n* anniversary 20 nov\n% finance, for\n> @Dino Vance runs the plant\n! @fred: send drawings\n$ for nothing";
    let said = world.transcript(&[&["log", "barney", "--text", note], &["undo"]]);
    assert_snapshot!(said, @r"
    $ chitbook log barney --text 'good talk
    ! send revised quote fri
    + got me in front of the board
    # fewer truck rolls
    = cut truck rolls by half, saves 40k
    $ 24000 renewal
    * anniversary 20 nov
    % finance, for
    > @Dino Vance runs the plant
    ! @fred: send drawings
    $ for nothing'
    Logged a call with Barney Rubble and 8 items (#1: Sun 22 Nov 14:07)
    ! you promised Barney Rubble: send revised quote · due Fri 27 Nov
    + Barney Rubble did you a favour: got me in front of the board
    # Barney Rubble needs: fewer truck rolls
    = cost cut for Barney Rubble: cut truck rolls by half, saves 40k, 40,000.00 USD · closes a need
    $ sale to Barney Rubble: 24,000.00 USD: renewal
    * Barney Rubble: anniversary · every 20 Nov
    % Barney Rubble: finance, for
    > Barney Rubble leads you to Dino Vance: runs the plant
    + new: Dino Vance
    stays text: ! @fred: send drawings (which fred? 2 fit)
    stays text: $ for nothing (say how much: 24000, 24k or 24k EUR)
    $ chitbook undo
    Undone: Logged a call with Barney Rubble and 8 items
    ");
}

#[test]
fn log_says_where_a_day_could_not_be_read() {
    let world = world();
    let note = "! send quote 31 feb\n! call fri 15:00\n? the drawings before the holidays";
    let said = world.transcript(&[&["log", "barney", "--text", note]]);
    assert_snapshot!(said, @r"
    $ chitbook log barney --text '! send quote 31 feb
    ! call fri 15:00
    ? the drawings before the holidays'
    Logged a call with Barney Rubble and 3 items (#1: Sun 22 Nov 14:07)
    ! you promised Barney Rubble: send quote 31 feb · due Sun 29 Nov (February has no day 31)
    ! you promised Barney Rubble: call 15:00 · due Fri 27 Nov
    ? Barney Rubble promised: the drawings before the holidays · due Sun 29 Nov (“before the holidays” is no day)
    ");
}

#[test]
fn log_reads_marks_from_standard_input_and_keeps_the_text_as_it_came() {
    let world = world();
    let note = "one\n\n  ! send the leaflet mon\ttoo\nlast";
    let mut running = world
        .program(&["log", "barney", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    running
        .stdin
        .take()
        .unwrap()
        .write_all(note.as_bytes())
        .unwrap();
    let said = running.wait_with_output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(
        said.contains("! you promised Barney Rubble: send the leaflet"),
        "{said}"
    );
    let shown = world.json(&["show", "barney", "--json"]);
    assert_eq!(shown["touches"][0]["text"], note);
    assert_eq!(shown["promises"].as_array().unwrap().len(), 1);
}

/// A call with Barney that was left unfinished.
fn unfinished(world: &World) -> Id {
    let mut book = world.book();
    let barney = book.who("barney").unwrap()[0].id;
    let call = CallNote {
        with: Some(barney),
        name: "Barney Rubble".to_owned(),
        begun: now() - chrono::Duration::minutes(40),
        heard: now() - chrono::Duration::minutes(28),
        text: "half a thought\n! call back tue".to_owned(),
    };
    book.save_draft(&call.draft(None), &now()).unwrap()
}

#[test]
fn a_long_draft_keeps_its_line_of_the_list_within_the_terminal_and_a_pipe_gets_it_whole() {
    let world = world();
    let mut book = world.book();
    let long = "the meeting about the plant ".repeat(20);
    let call = CallNote {
        with: None,
        name: "Somebody with quite a long name of their own".to_owned(),
        begun: now(),
        heard: now(),
        text: long.trim().to_owned(),
    };
    book.save_draft(&call.draft(None), &now()).unwrap();
    assert!(world.ok(&["drafts"]).contains(long.trim()));
    for columns in ["60", "100"] {
        let mut narrow = world.program(&["drafts"]);
        let told = narrow.env("COLUMNS", columns).output().unwrap().stdout;
        let told = String::from_utf8(told).unwrap();
        let most: usize = columns.parse().unwrap();
        assert!(
            told.lines().all(|line| line.chars().count() <= most),
            "{told}"
        );
        assert!(told.contains("the mee"), "{told}");
    }
}

#[test]
fn drafts_are_listed_shown_filed_and_thrown_away() {
    let world = world();
    let id = unfinished(&world).text();
    let listed = world.json(&["drafts", "--json"]);
    assert_eq!(listed[0]["title"], "Call with Barney Rubble");
    assert_eq!(listed[0]["kind"], "call");
    assert_eq!(listed[0]["started"], "2026-11-22T12:27:00+00:00");
    let table = world.ok(&["drafts"]);
    assert!(
        table.contains("half a thought") && table.contains("12:27"),
        "{table}"
    );
    let shown = world.ok(&["drafts", "show", &id]);
    assert_eq!(shown.trim_end(), "half a thought\n! call back tue");
    let filed = world.ok(&["drafts", "file", &id]);
    assert!(
        filed.contains("! you promised Barney Rubble: call back"),
        "{filed}"
    );
    let touch = &world.json(&["show", "barney", "--json"])["touches"][0];
    assert_eq!(touch["minutes"], 12);
    assert_eq!(touch["at"], "2026-11-22T13:27:00+01:00");
    assert_eq!(world.ok(&["drafts"]).trim(), "Nothing is unfinished.");
    let other = unfinished(&world).text();
    world.ok(&["drafts", "drop", &other]);
    assert_eq!(world.ok(&["drafts"]).trim(), "Nothing is unfinished.");
}

#[test]
fn a_draft_that_cannot_be_filed_here_stays_and_says_where_it_can() {
    let world = world();
    let draft = Draft {
        id: None,
        contact: None,
        kind: "chit".to_owned(),
        title: "Favour with Barney Rubble".to_owned(),
        body: "{\"fields\":[{\"name\":\"what\",\"text\":\"the door\"}]}".to_owned(),
        started: None,
        saved: None,
    };
    let id = world.book().save_draft(&draft, &now()).unwrap().text();
    let said = world.transcript(&[
        &["drafts", "show", &id],
        &["drafts", "file", &id],
        &["drafts", "show", "zzzz"],
    ]);
    assert!(said.contains("what: the door"), "{said}");
    assert!(
        said.contains("can be finished in the dashboard only"),
        "{said}"
    );
    assert!(said.contains("no draft has the id"), "{said}");
    assert_eq!(world.book().drafts().unwrap().len(), 1);
}

#[test]
fn a_text_that_begins_with_a_hyphen_is_a_text_and_an_unknown_option_is_none() {
    let world = world();
    for args in [
        &["log", "barney", "- sent her CV"][..],
        &["log", "barney", "--text", "- sent her CV"],
        &["log", "barney", "--", "- sent her CV"],
        &["log", "barney", "- sent her CV", "--kind", "email"],
    ] {
        let said = world.ok(args);
        assert!(
            said.contains("did Barney Rubble a favour: sent her CV"),
            "{args:?}: {said}"
        );
    }
    let out = world
        .program(&["log", "barney", "good", "--knid", "call"])
        .output()
        .unwrap();
    let said = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(2), "{said}");
    assert!(said.contains("--knid"), "{said}");
}

#[test]
fn a_text_that_is_empty_is_not_logged() {
    let world = world();
    for (args, input) in [
        (&["log", "barney", "-"][..], ""),
        (&["log", "barney", "-"], "\n  \n"),
        (&["log", "barney", "--text", " "], ""),
    ] {
        let mut program = world.program(args);
        let mut child = program
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let out = child.wait_with_output().unwrap();
        let said = String::from_utf8(out.stderr).unwrap();
        assert!(
            !out.status.success() && said.contains("the text is empty"),
            "{args:?}: {said}"
        );
    }
    world.ok(&["log", "barney"]);
    let touches = world.json(&["show", "barney", "--json"])["touches"].clone();
    assert_eq!(touches.as_array().unwrap().len(), 1);
}

#[test]
fn a_next_call_on_a_day_gone_by_stays_text() {
    let world = world();
    let said = world.ok(&["log", "barney", "good talk\nnext call 20 nov"]);
    assert!(
        said.contains("stays text: next call 20 nov (20 nov is past)"),
        "{said}"
    );
}
