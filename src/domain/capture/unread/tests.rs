//! Days that are tried to be named and are none, as people write them.

use super::super::tests::{check, reader};

/// What is wrong with the day of a promise; empty where nothing is.
fn why(line: &str) -> String {
    let line = reader().line(line).unwrap();
    line.doubt().unwrap_or_default().to_owned()
}

#[test]
fn a_day_that_is_none_is_said_and_the_words_stay_whole() {
    let none = "mine caller | ";
    check(
        &[
            ("! send quote 31 feb", "send quote 31 feb | (2026-11-29) | February has no day 31"),
            ("! send quote by 31 feb.", "send quote by 31 feb. | (2026-11-29) | February has no day 31"),
            ("! send quote (31 feb)", "send quote (31 feb) | (2026-11-29) | February has no day 31"),
            ("! 31 feb: send quote", "31 feb: send quote | (2026-11-29) | February has no day 31"),
            ("! send by 31 feb the drawings", "send by 31 feb the drawings | (2026-11-29) | February has no day 31"),
            ("! send quote 31 feb 15:00", "send quote 31 feb 15:00 | (2026-11-29) | February has no day 31"),
            ("! send quote 2027-04-31", "send quote 2027-04-31 | (2026-11-29) | April has no day 31"),
            ("! send quote by 13/14", "send quote by 13/14 | (2026-11-29) | there is no month 14"),
            ("! send quote by the 32nd", "send quote by the 32nd | (2026-11-29) | no month has a day 32"),
            ("! call mon 27 nov", "call mon 27 nov | 2026-11-27 | 27 November 2026 is a Friday, not a Monday"),
            ("! call 3 march 2020", "call 3 march 2020 | (2026-11-29) | 3 march 2020 is past"),
            ("! call by 3 march 2020", "call by 3 march 2020 | (2026-11-29) | 3 march 2020 is past"),
            ("! 2026-10-01: call", "2026-10-01: call | (2026-11-29) | 2026-10-01 is past"),
            ("! send it by yesterday", "send it by yesterday | (2026-11-29) | yesterday is past"),
            ("! send it before the holidays", "send it before the holidays | (2026-11-29) | “before the holidays” is no day"),
            ("! send it by spring", "send it by spring | (2026-11-29) | “by spring” is no day"),
            ("! hold the price until further notice", "hold the price until further notice | (2026-11-29) | “until further notice” is no day"),
            ("! send it before we launch!", "send it before we launch! | (2026-11-29) | “before we launch” is no day"),
            ("! send it in december", "send it in december | (2026-11-29) | “in december” is no day"),
            ("! send it yesterday", "send it yesterday | (2026-11-29) | yesterday is past"),
            ("! call last friday", "call last friday | (2026-11-29) | last friday is past"),
            ("! call her 20 nov", "call her 20 nov | (2026-11-29) | 20 nov is past"),
            ("! send it by 20 nov", "send it by 20 nov | (2026-11-29) | 20 nov is past"),
            ("! 20 nov: send it", "20 nov: send it | (2026-11-29) | 20 nov is past"),
            ("! send it by halloween", "send it by halloween | (2026-11-29) | halloween is past"),
            ("! call 29 feb 2027", "call 29 feb 2027 | (2026-11-29) | 2027 is no leap year: February has 28 days"),
            ("! call after Easter", "call after Easter | (2026-11-29) | “after Easter” is no day"),
            ("! call after the new year", "call after the new year | (2026-11-29) | “after the new year” is no day"),
            ("! call 13/13", "call 13/13 | (2026-11-29) | “13/13” is no day"),
            ("! call 25:00", "call 25:00 | (2026-11-29) | “25:00” is no time of day"),
            ("! call in 99999999999 days", "call in 99999999999 days | (2026-11-29) | “in 99999999999 days” is too far away"),
            ("! call early next spring", "call early next spring | (2026-11-29) | “next spring” is no day"),
        ]
        .map(|(line, told)| (line, format!("{none}{told}")))
        .each_ref()
        .map(|(line, told)| (*line, told.as_str())),
    );
}

#[test]
fn words_that_only_look_as_if_a_day_followed_are_let_be() {
    for line in [
        "! send it by email",
        "! send it by DHL express",
        "! get it signed by legal",
        "! get the plan from @Wilma by hand",
        "! get it approved by Fred",
        "! an intro by @Wilma",
        "! bring the price down by 10%",
        "! cut waste by half",
        "! stand by",
        "! earn it by helping",
        "! pay what is due to Slate",
        "! do the due diligence",
        "! send the minutes of 31 feb",
        "! send the report of 3 march 2020",
        "! send the figures for dec 2025",
        "! send what we discussed yesterday",
        "! send the list from 3 days ago",
        "! call about may",
        "! call asap",
        "! look after May",
        "! call after lunch",
        "! send the notes of our meeting yesterday",
        "! renew it 1 oct",
        "! split it 50/50",
        "! celebrate the 50th",
        "! ask for the spring catalogue",
        "! write to May",
        "! send quote",
        "! send quote by fri",
    ] {
        assert_eq!(why(line), "", "{line}");
    }
}

#[test]
fn feasts_and_middles_and_months_are_days_where_something_points_at_them() {
    let told = [
        ("! send it before Christmas", "send it | 2026-12-24"),
        ("! send it before 5 dec", "send it | 2026-12-04"),
        ("! send it before 5 dec 15:00", "send it 15:00 | 2026-12-05"),
        (
            "! send it before the end of the month",
            "send it | 2026-11-30",
        ),
        ("! send it friday next week", "send it | 2026-11-27"),
        ("! call her monday week", "call her | 2026-11-30"),
        ("! send it by xmas", "send it | 2026-12-25"),
        ("! send it by Christmas Eve", "send it | 2026-12-24"),
        ("! send it before the new year", "send it | 2026-12-31"),
        ("! call by New Year's Eve", "call | 2026-12-31"),
        (
            "! send by christmas the drawings",
            "send the drawings | 2026-12-25",
        ),
        ("! send it by Easter", "send it | 2027-03-28"),
        ("! send it before thanksgiving", "send it | 2026-11-25"),
        ("! send it by the end of the week", "send it | 2026-11-27"),
        ("! send it by the end of the month", "send it | 2026-11-30"),
        (
            "! send it by the end of the quarter",
            "send it | 2026-12-31",
        ),
        ("! send it by the end of the year", "send it | 2026-12-31"),
        ("! send it next month", "send it | 2026-12-22"),
        ("! send it mid December", "send it | 2026-12-15"),
        ("! send it by mid-december", "send it | 2026-12-15"),
        ("! send it mid next week", "send it | 2026-11-25"),
        ("! send it middle of january", "send it | 2027-01-15"),
        ("! send it by mid month", "send it | 2026-12-15"),
        ("! send it by december", "send it | 2026-12-01"),
        ("! send it before March", "send it | 2027-02-28"),
        (
            "! send it two weeks before Christmas",
            "send it | 2026-12-11",
        ),
    ];
    let told = told.map(|(line, told)| (line, format!("mine caller | {told}")));
    check(&told.each_ref().map(|(line, told)| (*line, told.as_str())));
    for line in [
        "! send Christmas cards",
        "! wish her a merry Christmas",
        "! order gifts for Christmas",
        "! ask about the new year",
        "! get a quote signed by April Jones",
    ] {
        let said = reader().line(line).unwrap().found.unwrap();
        assert!(
            matches!(&said, super::super::Found::Promise { said: false, what, .. } if format!("! {what}") == line),
            "{line}: {said:?}"
        );
    }
}

#[test]
fn a_time_of_day_stays_with_the_words() {
    let told = [
        (
            "! call her back fri 15:00",
            "call her back 15:00 | 2026-11-27",
        ),
        (
            "! call her back fri at 3pm",
            "call her back at 3pm | 2026-11-27",
        ),
        (
            "! call her back at 3pm fri",
            "call her back at 3pm | 2026-11-27",
        ),
        (
            "! call her back tomorrow at 14:30.",
            "call her back at 14:30 | 2026-11-23",
        ),
        (
            "! call her back by fri 9am",
            "call her back 9am | 2026-11-27",
        ),
        (
            "! fri 15:00: call her back",
            "call her back 15:00 | 2026-11-27",
        ),
        (
            "! tomorrow at 9 call her back",
            "call her back at 9 | 2026-11-23",
        ),
        (
            "! call her back fri morning",
            "call her back, morning | 2026-11-27",
        ),
        (
            "! call her back fri in the morning",
            "call her back in the morning | 2026-11-27",
        ),
        (
            "! call her back tonight",
            "call her back tonight | 2026-11-22",
        ),
        ("! send it by fri eod", "send it | 2026-11-27"),
        (
            "! send it by 3 dec 17:00 at the latest",
            "send it 17:00 | 2026-12-03",
        ),
    ];
    let told = told.map(|(line, told)| (line, format!("mine caller | {told}")));
    check(&told.each_ref().map(|(line, told)| (*line, told.as_str())));
}
