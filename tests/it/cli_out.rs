//! What leaves the book: calendars, tables, JSON and pages, readable by others.

use crate::docs::demo;
use crate::world::{World, dump};
use chitbook::cli::args::LISTS;
use insta::assert_snapshot;
use serde_json::Value;
use std::collections::HashSet;
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

/// The rows of a file of a folder, its header first.
fn table_in(world: &World, name: &str) -> (csv::StringRecord, Vec<csv::StringRecord>) {
    let text = fs::read_to_string(world.path(&format!("all/{name}.csv"))).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    (header, reader.records().map(Result::unwrap).collect())
}

#[test]
fn every_row_of_every_table_of_the_book_is_in_one_file_of_the_folder() {
    let world = World::new();
    drop(demo(&world));
    world.ok(&["archive", "barney"]);
    let said = world.ok(&["export", "all", "--as", "csv", "-o", "all"]);
    assert_eq!(said, "42 tables written into all\n");
    let files = fs::read_dir(world.path("all")).unwrap().count();
    assert_eq!(files, LISTS.len());
    let db = rusqlite::Connection::open(world.path("book.chitbook")).unwrap();
    for list in &LISTS {
        let (header, rows) = table_in(&world, list.word);
        let sql = format!("select count(*) from {}", list.table);
        let count: i64 = db.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(rows.len() as i64, count, "{}", list.word);
        let ids: HashSet<&str> = rows.iter().filter_map(|row| row.get(0)).collect();
        assert_eq!(
            (header.get(0), ids.len()),
            (Some("id"), rows.len()),
            "{}",
            list.word
        );
        let live = rows
            .iter()
            .flatten()
            .filter(|cell| cell.starts_with(['=', '+', '@', '-']));
        assert_eq!(
            live.count(),
            0,
            "{}: no cell runs in a spreadsheet",
            list.word
        );
    }
    // Ids that rows refer to each other by are found in the file of those they refer to.
    let (_, people) = table_in(&world, "people");
    let people: HashSet<&str> = people.iter().filter_map(|row| row.get(0)).collect();
    for list in &LISTS {
        let (header, rows) = table_in(&world, list.word);
        let Some(who) = header.iter().position(|name| name == "who_id") else {
            continue;
        };
        for row in &rows {
            assert!(
                row[who].is_empty() || people.contains(&row[who]),
                "{}: {row:?}",
                list.word
            );
            assert_eq!(
                row[who].is_empty(),
                row[who - 1].is_empty(),
                "{}: {row:?}",
                list.word
            );
        }
    }
    let wrong = world
        .program(&["export", "all", "--as", "csv"])
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("-o FOLDER"));
}

#[test]
fn the_columns_of_every_list_are_words_that_people_understand() {
    let world = World::new();
    drop(demo(&world));
    world.ok(&["export", "all", "--as", "csv", "-o", "all"]);
    let heads = LISTS.iter().map(|list| {
        let (header, _) = table_in(&world, list.word);
        let names: Vec<&str> = header.iter().collect();
        let unlike: HashSet<&&str> = names.iter().collect();
        assert_eq!(unlike.len(), names.len(), "{}", list.word);
        format!("{}: {}", list.word, names.join(" "))
    });
    let heads: Vec<String> = heads.collect();
    assert_snapshot!(heads.join("\n"), @r#"
    people: id name family given additional prefix suffix nick account account_id department title note uid cadence_days ghost mentor origin met_on archived_on archived_why changed_at tier
    phones: id who who_id position label number
    emails: id who who_id position label address
    webs: id who who_id position label url
    addresses: id who who_id position label po_box extended street city region postcode country
    extras: id who who_id position source name value
    tags: id name cadence_days changed_at
    taggings: id who who_id tag tag_id
    links: id from from_id to to_id to_name kind state note on changed_at
    dates: id who who_id label on yearly touch_id line changed_at
    facts: id who who_id what kind learned_on due_on asked_on touch_id line changed_at
    touches: id at kind direction minutes agreed_at source source_key changed_at body caught
    parties: id who who_id touch_id
    mentions: id who who_id touch_id line
    promises: id who who_id by what made_on due_on state closed_on snoozed_until touch_id line changed_at
    plans: id who who_id on at_time why state touch_id changed_at
    chits: id giver giver_id receiver receiver_id what given_on worth pending touch_id referral_id line changed_at cleared_on
    settlements: id chit_id on worth how by_what touch_id changed_at counter_id
    calls-in: id chit_id on outcome worth answered_on note changed_at
    referrals: id referrer referrer_id referrer_account referrer_account_id prospect prospect_id prospect_account prospect_account_id given what touch_id line changed_at
    stages: id referral_id stage on told_on note touch_id changed_at line
    credits: id referral_id who who_id percent
    asks: id who who_id on answer next_on note changed_at
    accounts: id name kind standing wanted note changed_at
    seats: id account account_id who who_id role stance listens_to listens_to_id note touch_id changed_at line
    needs: id who who_id account account_id what state heard_on proposed_on delivered_on result result_kind amount currency touch_id line changed_at result_touch_id result_line
    sales: id who who_id account account_id on amount currency what touch_id line changed_at
    rivals: id account account_id who who_id name what line seen_on touch_id changed_at
    coaching: id account account_id who who_id said said_on did did_on told_on touch_id changed_at
    stories: id who who_id account account_id need_id about rest_until changed_at
    story-asks: id story_id on for_whom changed_at
    corrections: id who who_id on mass why changed_at
    tiers: id name days changed_at
    snoozes: id kind target_id until why changed_at
    apart: id who who_id other other_id changed_at
    reviews: id started_on finished_on minutes changed_at
    review-cards: id review_id position kind target_id contact contact_id account account_id who why due_on decision decided_on until record_id note changed_at
    meetings: id source source_key revision own at whole_day kind minutes title state touch_id changed_at
    meeting-people: id suggestion_id who who_id plan_id
    mails: id touch_id
    identities: id account account_id uid
    cards: id folder file who who_id
    "#);
    // A few rows as a spreadsheet shows them.
    let rows = ["sales", "stages", "settlements", "seats", "meetings"].map(|word| {
        let (_, rows) = table_in(&world, word);
        rows.first().map(|row| {
            let cells: Vec<&str> = row.iter().skip(1).filter(|cell| cell.len() != 13).collect();
            format!("{word}: {}", cells.join(" | "))
        })
    });
    let rows: Vec<String> = rows.into_iter().flatten().collect();
    assert_snapshot!(rows.join("\n"), @r#"
    sales: Frank Delacroix | Ostrander Gas & Pipeline | 2020-12-11 | 3800.00 | USD | trial on one pump | $ 3800 trial on one pump | 2020-12-11T08:40:00Z
    stages: asked | 2021-07-12 |  |  | 2021-07-12T06:20:00Z | 
    settlements: 2022-08-26 | 1 | redeemed | a reference to the owner, in writing | 2022-08-26T08:00:00Z | 
    seats: Granite Rail Freight | Gwendolyn Achebe | decision | neutral | Sunil Raghunathan | and to Lucille about people | 2026-10-27T09:00:00Z |
    "#);
}

#[test]
fn every_list_of_the_demo_book_is_a_table_and_json_of_as_many_rows() {
    let world = World::new();
    drop(demo(&world));
    let special = ["touches", "chits", "referrals", "promises"];
    let others = LISTS.iter().map(|list| list.word);
    let others = others.filter(|word| !special.contains(word));
    for what in special.into_iter().chain(others) {
        let table = world.ok(&["export", what, "--as", "csv"]);
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let columns = reader.headers().unwrap().len();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let list: Value = world.json(&["export", what, "--as", "json"]);
        assert_eq!(list.as_array().unwrap().len(), rows.len(), "{what}");
        assert!(columns > 1, "{what}");
        assert!(!rows.is_empty() || !special.contains(&what), "{what}");
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
