//! The demo book against the schema it is loaded into, and its days against several todays.

use super::*;
use crate::domain::matter::MatterKind;
use chrono::{Datelike, Duration, Weekday};
use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

const SCHEMA: &str = concat!(
    include_str!("../../../assets/schema/001_book.sql"),
    include_str!("../../../assets/schema/002_call.sql"),
    include_str!("../../../assets/schema/003_ledger.sql"),
    include_str!("../../../assets/schema/004_accounts.sql")
);

/// Tables nobody writes to by hand, and text that is not filed yet.
const NOT_THE_DEMOS: [&str; 11] = [
    "draft",
    "standing",
    "rank",
    "step",
    "change",
    "news",
    "setting",
    "tier",
    "apart",
    "review",
    "review_card",
];

/// label, now
const TODAYS: [(&str, &str); 10] = [
    ("a Monday morning", "2026-11-23T08:10:00+01:00"),
    (
        "a Tuesday, everything of today past",
        "2026-11-24T18:00:00+01:00",
    ),
    ("a Wednesday, far west", "2026-11-25T14:00:00-08:00"),
    ("a Thursday, far east", "2026-11-26T09:00:00+09:30"),
    ("a Friday evening", "2026-11-27T22:00:00+00:00"),
    ("a Saturday", "2026-11-28T11:00:00+00:00"),
    ("a Sunday", "2026-11-22T14:07:00+01:00"),
    ("29 February", "2028-02-29T12:00:00+00:00"),
    (
        "the first minutes of 1 January",
        "2027-01-01T00:03:00+02:00",
    ),
    (
        "the last minutes of 31 December",
        "2026-12-31T23:58:00-05:00",
    ),
];

fn at(text: &str) -> Moment {
    Moment::parse_from_rfc3339(text).unwrap()
}

/// The demo book of each today, made once for all tests: label, now, book.
fn books() -> impl Iterator<Item = (&'static str, Moment, &'static Value)> {
    static BOOKS: LazyLock<Vec<Value>> =
        LazyLock::new(|| TODAYS.map(|(_, now)| book(at(now)).unwrap()).into());
    let days = TODAYS.into_iter().zip(BOOKS.iter());
    days.map(|((label, now), book)| (label, at(now), book))
}

fn sunday() -> &'static Value {
    static BOOK: LazyLock<Value> = LazyLock::new(|| book(at("2026-11-22T14:07:00+01:00")).unwrap());
    &BOOK
}

fn rows<'a>(book: &'a Value, table: &str) -> &'a [Value] {
    book["tables"][table].as_array().unwrap()
}

fn text<'a>(row: &'a Value, column: &str) -> &'a str {
    row[column]
        .as_str()
        .unwrap_or_else(|| panic!("{column} of {row}"))
}

fn int(row: &Value, column: &str) -> i64 {
    row[column]
        .as_i64()
        .unwrap_or_else(|| panic!("{column} of {row}"))
}

fn day(row: &Value, column: &str) -> NaiveDate {
    text(row, column).parse().unwrap()
}

fn named(book: &Value, name: &str) -> i64 {
    let found = rows(book, "contact").iter().find(|c| c["name"] == name);
    int(found.unwrap_or_else(|| panic!("no {name}")), "id")
}

/// One column of the schema, with what its line says about it.
struct Column {
    name: String,
    line: String,
}

/// The tables of the schema, read from its text.
fn schema() -> HashMap<String, Vec<Column>> {
    let mut tables: HashMap<String, Vec<Column>> = HashMap::new();
    let mut table: Option<String> = None;
    for line in SCHEMA.lines() {
        if let Some(rest) = line.strip_prefix("create table ") {
            table = rest.split_once(" (").map(|(name, _)| name.to_owned());
        } else if let Some((old, new)) = renamed(line) {
            let columns = tables.remove(old).unwrap_or_default();
            tables.insert(new.to_owned(), columns);
        } else if let Some((table, column)) = added(line) {
            let name = column
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned();
            let line = column.to_owned();
            let columns = tables.entry(table.to_owned()).or_default();
            columns.push(Column { name, line });
        } else if line.starts_with(')') {
            table = None;
        } else if let Some(table) = &table {
            let name = line.split_whitespace().next().unwrap_or_default();
            if name != "check" && !name.is_empty() {
                let (name, line) = (name.to_owned(), line.to_owned());
                let columns = tables.entry(table.clone()).or_default();
                columns.push(Column { name, line });
            }
        }
    }
    tables
}

/// A table that takes another name: the old one, the new one.
fn renamed(line: &str) -> Option<(&str, &str)> {
    let names = line.strip_prefix("alter table ")?;
    names.strip_suffix(';')?.split_once(" rename to ")
}

/// A column that a table is given later.
fn added(line: &str) -> Option<(&str, &str)> {
    let given = line.strip_prefix("alter table ")?;
    given.split_once(" add column ")
}

#[test]
fn every_table_of_the_schema_is_there_with_exactly_its_columns() {
    let book = sunday();
    let schema = schema();
    let expected: BTreeSet<&str> = schema
        .keys()
        .map(String::as_str)
        .filter(|table| !NOT_THE_DEMOS.contains(table))
        .collect();
    let there: BTreeSet<&str> = book["tables"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(there, expected);
    for table in there {
        let columns: BTreeSet<&str> = schema[table].iter().map(|c| c.name.as_str()).collect();
        assert!(!rows(book, table).is_empty(), "{table} shows nothing");
        for row in rows(book, table) {
            let row: BTreeSet<&str> = row
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .collect();
            assert_eq!(row, columns, "{table}");
        }
    }
}

#[test]
fn types_nulls_and_words_are_what_the_schema_allows() {
    let book = sunday();
    for (table, columns) in schema() {
        if NOT_THE_DEMOS.contains(&table.as_str()) {
            continue;
        }
        for column in &columns {
            let (name, line) = (&column.name, &column.line);
            let allowed: Vec<&str> = line
                .split_once(" in ('")
                .and_then(|(_, rest)| rest.split_once("')"))
                .map(|(words, _)| words.split("', '").collect())
                .unwrap_or_default();
            for row in rows(book, &table) {
                let value = &row[name.as_str()];
                let typed = match line.split_whitespace().nth(1).unwrap_or_default() {
                    "integer" | "integer," => value.is_i64(),
                    "real" => value.is_f64(),
                    _ => value.is_string(),
                };
                let nullable = !line.contains("not null") && !line.contains("primary key");
                assert!(
                    typed || (nullable && value.is_null()),
                    "{table}.{name}: {row}"
                );
                if let (Some(word), false) = (value.as_str(), allowed.is_empty()) {
                    assert!(allowed.contains(&word), "{table}.{name}: {row}");
                }
                if line.contains("in (0, 1)") {
                    assert!(
                        [Some(0), Some(1)].contains(&value.as_i64()),
                        "{table}.{name}"
                    );
                }
                if line.contains("<> ''") {
                    assert_ne!(value.as_str(), Some(""), "{table}.{name}");
                }
            }
        }
    }
}

#[test]
fn every_reference_resolves_and_no_id_is_there_twice() {
    let book = sunday();
    let mut all = HashSet::new();
    let mut ids: HashMap<&str, HashSet<i64>> = HashMap::new();
    for table in TABLES {
        for row in rows(book, table) {
            let id = int(row, "id");
            assert!(all.insert(id), "{table} {id}");
            ids.entry(table).or_default().insert(id);
        }
    }
    for (table, columns) in schema() {
        for column in &columns {
            let Some((_, rest)) = column.line.split_once("references ") else {
                continue;
            };
            let to = rest.split_whitespace().next().unwrap();
            if NOT_THE_DEMOS.contains(&table.as_str()) {
                continue;
            }
            for row in rows(book, &table) {
                let value = &row[column.name.as_str()];
                let found = value.is_null() || ids[to].contains(&value.as_i64().unwrap());
                assert!(found, "{table}.{}: {row}", column.name);
            }
        }
    }
    let snoozed = &rows(book, "snooze")[0];
    assert!(ids["contact"].contains(&int(snoozed, "target_id")));
    let kind = snoozed["kind"].as_str().unwrap();
    assert_eq!(
        MatterKind::parse(kind),
        Some(MatterKind::Stale),
        "{kind}: Today lists and brings back what it knows"
    );
}

#[test]
fn the_cast_and_the_touches_are_as_many_as_promised() {
    let book = sunday();
    let people = rows(book, "contact");
    let ghosts = people.iter().filter(|c| c["ghost"] == 1).count();
    let others = people.len() - ghosts - 1;
    assert_eq!(people.iter().filter(|c| c["id"] == ME).count(), 1);
    assert!((40..=60).contains(&others), "{others}");
    assert!((12..=20).contains(&ghosts), "{ghosts}");
    assert!((12..=16).contains(&rows(book, "account").len()));
    let touches = rows(book, "touch");
    assert!((2500..=3500).contains(&touches.len()), "{}", touches.len());
    // Routine lines repeat or are short; a note somebody sat down to write is neither.
    let mut bodies: HashMap<&str, u32> = HashMap::new();
    for touch in touches {
        *bodies.entry(text(touch, "body")).or_default() += 1;
    }
    let written = bodies
        .iter()
        .filter(|(body, times)| body.chars().count() >= 45 && **times == 1);
    assert!(written.count() >= 250);
    assert!(people.iter().any(|c| !c["archived_on"].is_null()));
    assert!(people.iter().any(|c| !c["cadence_days"].is_null()));
    assert!(people.iter().any(|c| c["mentor"] == 1));
    let size = ACCOUNTS.len() + PEOPLE.len() + TOUCHES.len() + STORIES.len();
    assert!(size < 600_000, "{size}");
}

#[test]
fn the_last_sixty_days_are_told_in_words_and_span_six_years() {
    let book = sunday();
    let since = at("2026-11-22T14:07:00+01:00") - Duration::days(60);
    for touch in rows(book, "touch") {
        if int(touch, "at") > since.timestamp_millis() {
            assert!(text(touch, "body").len() >= 25, "{touch}");
        }
    }
    let first = rows(book, "touch").iter().map(|t| int(t, "at")).min();
    let years = (since.timestamp_millis() - first.unwrap()) / 86_400_000;
    assert!((2100..=2200).contains(&years), "{years}");
}

#[test]
fn nothing_that_happened_lies_ahead_whatever_day_it_is() {
    for (label, now, book) in books() {
        let today = now.naive_local().date();
        for touch in rows(book, "touch") {
            assert!(
                int(touch, "at") < now.timestamp_millis(),
                "{label}: {touch}"
            );
        }
        for table in TABLES {
            for row in rows(book, table) {
                if let Some(changed) = row["changed_at"].as_i64() {
                    assert!(changed < now.timestamp_millis(), "{label}: {table} {row}");
                }
                for column in [
                    "made_on",
                    "closed_on",
                    "given_on",
                    "learned_on",
                    "heard_on",
                    "told_on",
                    "said_on",
                    "seen_on",
                ] {
                    if !row[column].is_null() {
                        assert!(day(row, column) <= today, "{label}: {table} {row}");
                    }
                }
            }
        }
    }
}

#[test]
fn working_touches_lie_in_the_working_week_and_in_the_order_of_the_story() {
    for (label, _, book) in books() {
        let mut last = i64::MIN;
        let mut seen = HashSet::new();
        for touch in rows(book, "touch") {
            let offset = Duration::minutes(int(touch, "offset_minutes"));
            let wall = chrono::DateTime::from_timestamp_millis(int(touch, "at")).unwrap() + offset;
            let weekend = matches!(wall.weekday(), Weekday::Sat | Weekday::Sun);
            let free = ["message", "gift", "letter"].contains(&text(touch, "kind"));
            assert!(free || !weekend, "{label}: {touch}");
            assert!(int(touch, "at") >= last, "{label}: {touch}");
            last = int(touch, "at");
        }
        for party in rows(book, "party") {
            let place = (int(party, "contact_id"), int(party, "wall"));
            assert!(seen.insert(place), "{label}: twice at once {party}");
        }
    }
}

#[test]
fn a_party_repeats_its_touch() {
    let book = sunday();
    let touches: HashMap<i64, &Value> = rows(book, "touch")
        .iter()
        .map(|t| (int(t, "id"), t))
        .collect();
    let mut with_people = HashSet::new();
    for party in rows(book, "party") {
        let touch = touches[&int(party, "touch_id")];
        let wall = int(touch, "at") + int(touch, "offset_minutes") * 60_000;
        assert_eq!(int(party, "wall"), wall);
        assert_eq!(
            (&party["kind"], &party["direction"]),
            (&touch["kind"], &touch["direction"])
        );
        assert_ne!(int(party, "contact_id"), ME);
        with_people.insert(int(touch, "id"));
    }
    assert_eq!(with_people.len(), touches.len());
}

#[test]
fn chits_are_between_two_people_and_never_settled_beyond_their_worth() {
    let book = sunday();
    let mut states = HashSet::new();
    for chit in rows(book, "chit") {
        assert_ne!(chit["giver_id"], chit["receiver_id"], "{chit}");
        let parts: Vec<&Value> = rows(book, "chit_part")
            .iter()
            .filter(|p| p["chit_id"] == chit["id"])
            .collect();
        let settled: i64 = parts.iter().map(|p| int(p, "halves")).sum();
        assert!(settled <= int(chit, "halves"), "{chit}");
        assert!(
            parts
                .iter()
                .all(|p| day(p, "on_day") >= day(chit, "given_on")),
            "{chit}"
        );
        let mine = chit["giver_id"] == ME;
        let theirs = chit["receiver_id"] == ME;
        let state = (settled == 0, settled == int(chit, "halves"));
        states.insert((
            if mine {
                'm'
            } else if theirs {
                't'
            } else {
                'o'
            },
            state,
        ));
        states.insert(if chit["pending"] == 1 {
            ('!', (false, false))
        } else {
            ('*', (false, false))
        });
    }
    // open, part and settled ones, by me, for me and between others; pending and cleared
    assert_eq!(states.len(), 11, "{states:?}");
    let forgiven = rows(book, "chit_part")
        .iter()
        .filter(|p| p["how"] == "forgiven")
        .count();
    assert!(forgiven >= 3);
}

#[test]
fn promises_of_mine_and_theirs_are_due_in_the_week_of_any_today() {
    for (label, now, book) in books() {
        let today = now.naive_local().date();
        let week = today.iso_week();
        let open = |mine: i64| {
            rows(book, "promise")
                .iter()
                .filter(move |p| p["state"] == "open" && int(p, "mine") == mine)
        };
        for mine in [0, 1] {
            let due = |p: &&Value| day(p, "due_on") >= today && day(p, "due_on").iso_week() == week;
            assert!(open(mine).any(|p| due(&p)), "{label}: due, mine {mine}");
            assert!(
                open(mine).any(|p| day(p, "due_on") < today),
                "{label}: overdue, mine {mine}"
            );
        }
        for promise in rows(book, "promise") {
            assert!(
                day(promise, "due_on") >= day(promise, "made_on"),
                "{label}: {promise}"
            );
            assert_eq!(
                promise["state"] == "open",
                promise["closed_on"].is_null(),
                "{promise}"
            );
            if !promise["closed_on"].is_null() {
                assert!(
                    day(promise, "closed_on") >= day(promise, "made_on"),
                    "{label}: {promise}"
                );
            }
        }
        let plan = rows(book, "plan")
            .iter()
            .find(|p| !p["at_time"].is_null() && day(p, "on_day") == today);
        assert!(plan.is_some(), "{label}: no plan for today at a time");
    }
}

#[test]
fn key_dates_come_up_within_a_fortnight_of_any_today() {
    for (label, now, book) in books() {
        let today = now.naive_local().date();
        let soon = rows(book, "key_date").iter().filter(|row| {
            let on = crate::domain::contact::PartialDate::parse(text(row, "on_day"));
            on.unwrap().next_from(today) <= today + Duration::days(14)
        });
        assert!(soon.count() >= 5, "{label}");
    }
}

#[test]
fn referrals_reach_three_steps_down_with_stages_in_order() {
    let book = sunday();
    let steps = [
        ("Barney Rusk", "Fred Fenn"),
        ("Fred Fenn", "Marguerite Thibodeaux"),
        ("Marguerite Thibodeaux", "Esteban Quiroga"),
        ("Esteban Quiroga", "Ned Abernathy"),
    ];
    for (from, to) in steps {
        let (from, to) = (named(book, from), named(book, to));
        assert!(
            rows(book, "referral")
                .iter()
                .any(|r| r["referrer_id"] == from && r["prospect_id"] == to)
        );
    }
    for referral in rows(book, "referral") {
        assert_ne!(
            referral["referrer_id"].is_null(),
            referral["referrer_account_id"].is_null()
        );
        assert!(!referral["prospect_id"].is_null() || !referral["prospect_account_id"].is_null());
        let events = rows(book, "referral_event")
            .iter()
            .filter(|e| e["referral_id"] == referral["id"]);
        let days: Vec<NaiveDate> = events.clone().map(|e| day(e, "on_day")).collect();
        assert!(!days.is_empty() && days.is_sorted(), "{referral}");
        for event in events.filter(|e| !e["told_on"].is_null()) {
            assert!(day(event, "told_on") >= day(event, "on_day"), "{event}");
        }
    }
    let stages: HashSet<&str> = rows(book, "referral_event")
        .iter()
        .map(|e| text(e, "stage"))
        .collect();
    assert_eq!(stages.len(), 6, "{stages:?}");
}

#[test]
fn the_committees_differ_one_full_one_on_a_single_thread() {
    let book = sunday();
    let seats = |name: &str| {
        let account = rows(book, "account")
            .iter()
            .find(|a| a["name"] == name)
            .unwrap();
        rows(book, "seat")
            .iter()
            .filter(|s| s["account_id"] == account["id"])
            .collect::<Vec<_>>()
    };
    let roles: HashSet<&str> = seats("Granite Rail Freight")
        .iter()
        .map(|s| text(s, "role"))
        .collect();
    assert_eq!(roles.len(), 6);
    assert_eq!(seats("Barrow & Quill Foods").len(), 1);
    let boss = named(book, "Harriet Voss");
    assert!(rows(book, "party").iter().all(|p| p["contact_id"] != boss));
    assert!(
        seats("Ostrander Gas & Pipeline")
            .iter()
            .any(|s| s["contact_id"].is_null())
    );
}

#[test]
fn records_point_to_the_touch_and_the_marked_line_they_came_from() {
    let book = sunday();
    let bodies: HashMap<i64, &str> = rows(book, "touch")
        .iter()
        .map(|t| (int(t, "id"), text(t, "body")))
        .collect();
    let mut caught = 0;
    for table in [
        "promise", "chit", "fact", "need", "sale", "referral", "rival", "seat", "mention",
    ] {
        for row in rows(book, table)
            .iter()
            .filter(|r| !text(r, "words").is_empty())
        {
            assert!(
                bodies[&int(row, "touch_id")].contains(text(row, "words")),
                "{row}"
            );
            caught += 1;
        }
    }
    assert!(caught >= 75, "{caught}");
    let signs: HashSet<char> = rows(book, "touch")
        .iter()
        .flat_map(|touch| text(touch, "caught").chars())
        .collect();
    assert_eq!(signs, "!?+->#=$*~%".chars().collect::<HashSet<char>>());
}

#[test]
fn names_of_other_scripts_and_lengths_and_imported_links_are_there() {
    let book = sunday();
    for name in [
        "田中 恵子",
        "ليلى حداد",
        "Aoife O'Donnell",
        "Øyvind Sæther",
        "Prof. Dr. Katharina Freifrau von Löwenstein-Mühlbauer",
    ] {
        named(book, name);
    }
    let links = rows(book, "link");
    assert!(links.iter().any(|l| l["state"] == "suggested"
        && l["to_id"].is_null()
        && !text(l, "to_name").is_empty()));
    for link in links {
        assert!(
            !link["to_id"].is_null() || !text(link, "to_name").is_empty(),
            "{link}"
        );
        assert_ne!(link["from_id"], link["to_id"]);
    }
    for email in rows(book, "email") {
        assert!(text(email, "address").ends_with(".example"), "{email}");
    }
    for phone in rows(book, "phone") {
        assert!(text(phone, "key").starts_with('+'), "{phone}");
    }
}

#[test]
fn the_same_moment_gives_the_same_book() {
    assert_eq!(book(at("2026-11-22T14:07:00+01:00")).unwrap(), *sunday());
}

#[test]
fn a_slip_in_a_file_is_named() {
    let mut builder = Builder::new(Calendar::new(at("2026-11-22T14:07:00+01:00"), None));
    let error =
        touches::read("days_ago,time,kind,direction,minutes,who,text\n1,9:99,call,out,,x,\n")
            .unwrap_err();
    assert!(error.contains("9:99"), "{error}");
    let lines =
        touches::read("days_ago,time,kind,direction,minutes,who,text\n1,09:00,call,out,,nobody,\n")
            .unwrap();
    assert!(builder.touches(&lines).unwrap_err().contains("nobody"));
    assert!(read::<files::PeopleFile>("people.toml", "persom = []").is_err());
}
