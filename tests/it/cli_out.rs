//! What leaves the book: calendars, tables, JSON and pages, readable by others.

use crate::docs::demo;
use crate::world::{World, dump};
use insta::assert_snapshot;
use serde_json::Value;
use std::fs;

#[test]
fn promises_plans_and_days_to_remember_go_into_a_calendar_with_alarms() {
    let world = World::new();
    fs::write(
        world.path("a.vcf"),
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Barney Rubble\r\nBDAY:1984-02-29\r\nEND:VCARD\r\n",
    )
    .unwrap();
    world.ok(&["import", "a.vcf"]);
    world.ok(&[
        "promise",
        "barney",
        "send the quote, soon; really",
        "--by",
        "27 nov",
    ]);
    world.ok(&[
        "promise",
        "barney",
        "head count",
        "--by",
        "1 dec",
        "--theirs",
    ]);
    world.ok(&["plan", "barney", "26 nov 14:30", "demo"]);
    let text = world.ok(&["export", "--as", "ics"]);
    let stable: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("UID:"))
        .collect();
    assert_snapshot!(stable.join("\n"), @r##"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//Chitbook//Chitbook//EN
    CALSCALE:GREGORIAN
    X-WR-CALNAME:Chitbook
    BEGIN:VEVENT
    DTSTAMP:20261122T140700Z
    DTSTART;VALUE=DATE:20261127
    DTEND;VALUE=DATE:20261128
    SUMMARY:Promised Barney Rubble: send the quote\, soon\; really
    DESCRIPTION:promised on 2026-11-22
    TRANSP:TRANSPARENT
    BEGIN:VALARM
    ACTION:DISPLAY
    DESCRIPTION:Promised Barney Rubble: send the quote\, soon\; really
    TRIGGER:PT9H
    END:VALARM
    END:VEVENT
    BEGIN:VEVENT
    DTSTAMP:20261122T140700Z
    DTSTART;VALUE=DATE:20261201
    DTEND;VALUE=DATE:20261202
    SUMMARY:Barney Rubble promised: head count
    DESCRIPTION:promised on 2026-11-22
    TRANSP:TRANSPARENT
    BEGIN:VALARM
    ACTION:DISPLAY
    DESCRIPTION:Barney Rubble promised: head count
    TRIGGER:PT9H
    END:VALARM
    END:VEVENT
    BEGIN:VEVENT
    DTSTAMP:20261122T140700Z
    DTSTART:20261126T143000Z
    DURATION:PT30M
    SUMMARY:Barney Rubble: demo
    TRANSP:OPAQUE
    BEGIN:VALARM
    ACTION:DISPLAY
    DESCRIPTION:Barney Rubble: demo
    TRIGGER:-PT15M
    END:VALARM
    END:VEVENT
    BEGIN:VEVENT
    DTSTAMP:20261122T140700Z
    DTSTART;VALUE=DATE:19840229
    DTEND;VALUE=DATE:19840301
    RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1
    SUMMARY:Barney Rubble: birthday
    DESCRIPTION:since 1984
    TRANSP:TRANSPARENT
    BEGIN:VALARM
    ACTION:DISPLAY
    DESCRIPTION:Barney Rubble: birthday
    TRIGGER:-PT15H
    END:VALARM
    END:VEVENT
    END:VCALENDAR
    "##);
    assert_eq!(
        world.ok(&["export", "agenda", "--as", "ics"]),
        text,
        "the same book gives the same bytes"
    );
    let calcard::Entry::ICalendar(calendar) = calcard::Parser::new(&text).entry() else {
        panic!("{text}");
    };
    assert!(
        calendar
            .expand_dates(calcard::common::timezone::Tz::UTC, 100)
            .errors
            .is_empty()
    );
    let wrong = world
        .program(&["export", "touches", "--as", "ics"])
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn every_list_of_the_demo_book_is_a_table_and_json_of_as_many_rows() {
    let world = World::new();
    drop(demo(&world));
    for what in ["touches", "chits", "referrals", "promises"] {
        let table = world.ok(&["export", what, "--as", "csv"]);
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let columns = reader.headers().unwrap().len();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let list: Value = world.json(&["export", what, "--as", "json"]);
        assert_eq!(list.as_array().unwrap().len(), rows.len(), "{what}");
        assert!(!rows.is_empty() && columns > 4, "{what}");
        let live = rows
            .iter()
            .flatten()
            .filter(|cell| cell.starts_with(['=', '+', '@']));
        assert_eq!(live.count(), 0, "{what}: no cell runs in a spreadsheet");
    }
    let db = rusqlite::Connection::open(world.path("book.chitbook")).unwrap();
    let touches: i64 = db
        .query_row("select count(*) from touch", [], |row| row.get(0))
        .unwrap();
    assert_eq!(
        world
            .json(&["export", "touches", "--as", "json"])
            .as_array()
            .unwrap()
            .len() as i64,
        touches
    );
}

#[test]
fn a_folder_of_pages_holds_everybody_and_nothing_of_others_is_touched() {
    let world = World::new();
    drop(demo(&world));
    world.ok(&["export", "--as", "markdown", "-o", "pages"]);
    let count = |world: &World| fs::read_dir(world.path("pages")).unwrap().count();
    let people = world
        .json(&["list", "--all", "--json"])
        .as_array()
        .unwrap()
        .len();
    assert_eq!(count(&world), people);
    let text: String = fs::read_dir(world.path("pages"))
        .unwrap()
        .map(|page| fs::read_to_string(page.unwrap().path()).unwrap())
        .collect();
    assert!(text.contains("## History") && text.contains("## Promises"));
    // Again: nothing is written that says the same; a page of somebody who went goes, other files stay.
    let page = fs::read_dir(world.path("pages"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let was = fs::metadata(&page).unwrap().modified().unwrap();
    fs::write(world.path("pages/mine.md"), "# my own page\n").unwrap();
    world.ok(&["add", "Zoe Zinn"]);
    world.ok(&["export", "--as", "markdown", "-o", "pages"]);
    assert_eq!(fs::metadata(&page).unwrap().modified().unwrap(), was);
    assert!(world.path("pages/Zoe Zinn.md").exists());
    world.ok(&["undo"]);
    world.ok(&["export", "--as", "markdown", "-o", "pages"]);
    assert!(!world.path("pages/Zoe Zinn.md").exists());
    assert_eq!(
        fs::read_to_string(world.path("pages/mine.md")).unwrap(),
        "# my own page\n"
    );
    // A page of the same name that somebody else wrote is left alone.
    fs::write(world.path("pages/Zoe Zinn.md"), "# another Zoe\n").unwrap();
    world.ok(&["add", "Zoe Zinn"]);
    let refused = world
        .program(&["export", "--as", "markdown", "-o", "pages"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(
        fs::read_to_string(world.path("pages/Zoe Zinn.md")).unwrap(),
        "# another Zoe\n"
    );
}

#[test]
fn json_of_a_book_that_took_everything_in_makes_an_equal_book() {
    let world = World::new();
    let fixture = |name: &str| {
        let root = env!("CARGO_MANIFEST_DIR");
        format!("{root}/tests/fixtures/exchange/{name}")
    };
    for name in [
        "hubspot_companies.csv",
        "hubspot_contacts.csv",
        "hubspot_deals.csv",
        "google.ics",
        "gmail.mbox",
        "monica.json",
    ] {
        world.ok(&["import", &fixture(name), "--mine", "rep@own.example"]);
    }
    world.ok(&["suggestions", "confirm", "all"]);
    fs::create_dir(world.path("cards")).unwrap();
    world.ok(&["sync", "cards"]);
    let db = rusqlite::Connection::open(world.path("book.chitbook")).unwrap();
    for table in [
        "suggestion",
        "suggested",
        "mail",
        "account_identity",
        "vdir_card",
        "sale",
    ] {
        let sql = format!("select count(*) from {table}");
        let count: i64 = db.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert!(count > 0, "{table} has rows to be told of");
    }
    world.ok(&["export", "all", "--as", "json", "-o", "all.json"]);
    let other = World::new();
    let path = world.path("all.json");
    other.ok(&["import", path.to_str().unwrap()]);
    assert_eq!(dump(&other.book()), dump(&world.book()));
    other.ok(&["check"]);
}
