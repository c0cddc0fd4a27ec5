//! An import that is interrupted leaves the book as it was, whichever way it ends.

use crate::world::{World, dump};
use std::fmt::Write as _;
use std::io::Write;
use std::process::{Command, Stdio};

/// So many records of a format, more than a pipe holds.
fn records(format: &str) -> String {
    let mut text = String::new();
    for at in 0..3_000 {
        match format {
            "vcard" => write!(text, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {at}\r\nEMAIL:p{at}@x.example\r\nEND:VCARD\r\n"),
            "mbox" => write!(text, "From a@x.example Mon Nov 02 09:15:00 2026\nDate: 2 Nov 2026 10:00:00 +0000\nFrom: nils@lund.example\nTo: rep@own.example\nMessage-ID: <{at}@x>\n\nx\n\n"),
            "ics" => write!(text, "BEGIN:VEVENT\r\nUID:{at}\r\nDTSTART:20261102T100000Z\r\nATTENDEE:mailto:nils@lund.example\r\nEND:VEVENT\r\n"),
            _ => writeln!(text, "nils@lund.example,2026-11-02 10:15:{:02},call,out,,text {at}", at % 60),
        }
        .unwrap();
    }
    if format == "touches" {
        text.insert_str(0, "who,at,kind,direction,minutes,text\n");
    }
    text
}

#[test]
fn a_killed_import_leaves_the_book_as_it_was() {
    for (format, signal) in [
        ("vcard", "KILL"),
        ("vcard", "INT"),
        ("mbox", "KILL"),
        ("ics", "INT"),
        ("touches", "KILL"),
    ] {
        let world = World::new();
        world.ok(&["add", "Nils Lund", "--email", "nils@lund.example"]);
        let before = dump(&world.book());
        let mut program =
            world.program(&["import", "-", "--as", format, "--mine", "rep@own.example"]);
        let mut child = program
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        // More than a pipe holds, so most of it is read by the time it is written; the end never comes.
        input.write_all(records(format).as_bytes()).unwrap();
        let killed = Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status()
            .unwrap();
        assert!(killed.success());
        assert!(!child.wait().unwrap().success(), "{format} {signal}");
        drop(input);
        assert_eq!(dump(&world.book()), before, "{format} {signal}");
        world.ok(&["check"]);
    }
}
