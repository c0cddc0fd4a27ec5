//! An import that is interrupted leaves the book as it was, whichever way it ends.

use crate::world::{World, dump};
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

/// So many records are imported, of every format more than a pipe holds.
const RECORDS: u32 = 2_500;

/// Every format with one way to end an import of it.
const FORMATS: [(&str, &str); 9] = [
    ("vcard", "INT"),
    ("csv", "KILL"),
    ("abook", "INT"),
    ("touches", "KILL"),
    ("notes", "INT"),
    ("monica", "KILL"),
    ("ics", "INT"),
    ("mbox", "KILL"),
    ("json", "INT"),
];

fn card(at: u32) -> String {
    format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {at}\r\nEMAIL:p{at}@x.example\r\nEND:VCARD\r\n"
    )
}

/// What stands before the records of a format, and one record.
fn part(format: &str, at: u32) -> String {
    let second = at % 60;
    match format {
        "vcard" => card(at),
        "mbox" => format!(
            "From a@x.example Mon Nov 02 09:15:00 2026\nDate: 2 Nov 2026 10:00:00 +0000\nFrom: nils@lund.example\nTo: rep@own.example\nMessage-ID: <{at}@x>\n\nx\n\n"
        ),
        "ics" => format!(
            "BEGIN:VEVENT\r\nUID:{at}\r\nDTSTART:20261102T100000Z\r\nATTENDEE:mailto:nils@lund.example\r\nEND:VEVENT\r\n"
        ),
        "csv" => format!("{at},Person,{at},p{at}@x.example,Firm {at}\n"),
        "abook" => format!("[{at}]\nname=Person {at}\nemail=p{at}@x.example\n\n"),
        "notes" => format!("2026-11-02 10:15 call Nils Lund: number {at}\n"),
        "monica" => format!(
            "{}{{\"uuid\":\"c{at}\",\"properties\":{{\"first_name\":\"Person {at}\"}}}}",
            comma(at)
        ),
        "json" => format!(
            "{}{{\"id\":\"5{at:011}0\",\"name\":\"Person {at}\",\"changed_at\":0}}",
            comma(at)
        ),
        _ => format!("nils@lund.example,2026-11-02 10:15:{second:02},call,out,,text {at}\n"),
    }
}

fn comma(at: u32) -> &'static str {
    if at == 0 { "" } else { "," }
}

/// What stands before the records of a format, and what behind them.
fn frame(format: &str) -> (&'static str, &'static str) {
    match format {
        "csv" => ("Record ID,First Name,Last Name,Email,Company\n", ""),
        "touches" => ("who,at,kind,direction,minutes,text\n", ""),
        "monica" => (
            "{\"account\":{\"uuid\":\"a\",\"data\":[{\"type\":\"contact\",\"values\":[",
            "]}]}}",
        ),
        "json" => ("{\"chitbook\":1,\"tables\":{\"contact\":[", "]}}"),
        _ => ("", ""),
    }
}

fn world() -> World {
    let world = World::new();
    world.ok(&["add", "Nils Lund", "--email", "nils@lund.example"]);
    world
}

/// Begins an import that reads `text` and then waits for more, and ends it with a signal. The book must be as it was.
fn interrupted(world: &World, paths: &[&str], format: &str, text: &str, signal: &str) {
    let before = dump(&world.book());
    let mut program = world.program(&["import"]);
    program
        .args(paths)
        .args(["--as", format, "--mine", "rep@own.example"]);
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // More than a pipe holds, so most of it is read by the time it is written; the end never comes.
    input.write_all(text.as_bytes()).unwrap();
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

#[test]
fn an_interrupted_import_leaves_the_book_as_it_was() {
    let world = world();
    for (format, signal) in FORMATS {
        let (before, after) = frame(format);
        let records: String = (0..RECORDS).map(|at| part(format, at)).collect();
        interrupted(&world, &["-"], format, &[before, &records].concat(), signal);
        // It is the signal that ended it: records like these come in.
        let few: String = (0..3).map(|at| part(format, at)).collect();
        fs::write(world.path("few"), [before, &few, after].concat()).unwrap();
        let mut args = vec!["import", "few", "--as", format, "--mine", "rep@own.example"];
        args.extend(["--dry-run", "--json"]);
        assert_eq!(world.json(&args)["new"], 3, "{format}");
    }
}

#[test]
fn an_import_of_a_folder_that_is_interrupted_leaves_the_book_as_it_was() {
    let world = world();
    let folder = world.path("cards");
    fs::create_dir(&folder).unwrap();
    for at in 0..100 {
        fs::write(folder.join(format!("{at}.vcf")), card(at)).unwrap();
    }
    let text: String = (100..RECORDS).map(card).collect();
    for signal in ["KILL", "INT"] {
        let paths = [folder.to_str().unwrap(), "-"];
        interrupted(&world, &paths, "vcard", &text, signal);
    }
}
