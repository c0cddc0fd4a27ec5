//! What people type, day by day.

use super::*;
use proptest::prelude::*;

/// Wednesday.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 11).unwrap()
}

fn ahead(text: &str) -> Result<NaiveDate, String> {
    day(text, today(), Look::Ahead, DateOrder::Mdy)
}

fn back(text: &str) -> Result<NaiveDate, String> {
    day(text, today(), Look::Back, DateOrder::Mdy)
}

#[test]
fn days_to_come() {
    let rows = [
        ("today", "2026-03-11"),
        ("  Today ", "2026-03-11"),
        ("tomorrow", "2026-03-12"),
        ("tmrw", "2026-03-12"),
        ("yesterday", "2026-03-10"),
        ("day after tomorrow", "2026-03-13"),
        ("the day after tomorrow", "2026-03-13"),
        ("day before yesterday", "2026-03-09"),
        ("fri", "2026-03-13"),
        ("Friday", "2026-03-13"),
        ("on friday", "2026-03-13"),
        ("by fri", "2026-03-13"),
        ("mon", "2026-03-16"),
        ("wed", "2026-03-18"),
        ("this wed", "2026-03-11"),
        ("this fri", "2026-03-13"),
        ("next fri", "2026-03-20"),
        ("next mon", "2026-03-16"),
        ("last tue", "2026-03-10"),
        ("last wed", "2026-03-04"),
        ("in 2 weeks", "2026-03-25"),
        ("in two weeks", "2026-03-25"),
        ("in a week", "2026-03-18"),
        ("in a fortnight", "2026-03-25"),
        ("+3d", "2026-03-14"),
        ("+ 3 days", "2026-03-14"),
        ("-2w", "2026-02-25"),
        ("2w", "2026-03-25"),
        ("2 weeks", "2026-03-25"),
        ("3m", "2026-06-11"),
        ("1 year", "2027-03-11"),
        ("2 quarters", "2026-09-11"),
        ("3 days ago", "2026-03-08"),
        ("2 weeks from now", "2026-03-25"),
        ("2 weeks from today", "2026-03-25"),
        ("a week from friday", "2026-03-20"),
        ("a week from tomorrow", "2026-03-19"),
        ("two days before 14 dec", "2026-12-12"),
        ("3 days after next monday", "2026-03-19"),
        ("next week", "2026-03-18"),
        ("last week", "2026-03-04"),
        ("next month", "2026-04-11"),
        ("next quarter", "2026-04-01"),
        ("next year", "2027-03-11"),
        ("end of month", "2026-03-31"),
        ("end of the month", "2026-03-31"),
        ("end of next month", "2026-04-30"),
        ("end of april", "2026-04-30"),
        ("start of next month", "2026-04-01"),
        ("beginning of february", "2027-02-01"),
        ("eom", "2026-03-31"),
        ("eod", "2026-03-11"),
        ("end of day", "2026-03-11"),
        ("fri eod", "2026-03-13"),
        ("eow", "2026-03-13"),
        ("end of week", "2026-03-13"),
        ("eoq", "2026-03-31"),
        ("end of next quarter", "2026-06-30"),
        ("eoy", "2026-12-31"),
        ("weekend", "2026-03-14"),
        ("next weekend", "2026-03-21"),
        ("14 dec", "2026-12-14"),
        ("dec 14", "2026-12-14"),
        ("Dec. 14", "2026-12-14"),
        ("14. dec", "2026-12-14"),
        ("14-dec-2027", "2027-12-14"),
        ("march 14th", "2026-03-14"),
        ("the 14th of march", "2026-03-14"),
        ("1 march", "2027-03-01"),
        ("11 mar", "2026-03-11"),
        ("14 dec 2027", "2027-12-14"),
        ("dec 14, 2027", "2027-12-14"),
        ("14 dec 27", "2027-12-14"),
        ("14 dec '27", "2027-12-14"),
        ("dec 2027", "2027-12-01"),
        ("3/14", "2026-03-14"),
        ("3/1", "2027-03-01"),
        ("14/3", "2026-03-14"),
        ("3/14/27", "2027-03-14"),
        ("3/14/2027", "2027-03-14"),
        ("14.12.", "2026-12-14"),
        ("14.12", "2026-12-14"),
        ("4.3.", "2027-03-04"),
        ("14.12.2027", "2027-12-14"),
        ("14.12.27", "2027-12-14"),
        ("2027-03-14", "2027-03-14"),
        ("2027/03/14", "2027-03-14"),
        ("fri 13 mar", "2026-03-13"),
        ("Friday, March 13, 2026", "2026-03-13"),
        ("the 14th", "2026-03-14"),
        ("fri the 13th", "2026-03-13"),
        ("fri 13th", "2026-03-13"),
        ("10th", "2026-04-10"),
        ("31st", "2026-03-31"),
        ("first monday of april", "2026-04-06"),
        ("1st monday in april 2027", "2027-04-05"),
        ("last friday of the month", "2026-03-27"),
        ("second tue of next month", "2026-04-14"),
        ("first monday of march", "2027-03-01"),
        ("monday morning", "2026-03-16"),
        ("fri at 9", "2026-03-13"),
        ("9am tomorrow", "2026-03-12"),
    ];
    for (text, wanted) in rows {
        assert_eq!(
            ahead(text).map(|d| d.to_string()),
            Ok(wanted.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn days_gone_by() {
    let rows = [
        ("today", "2026-03-11"),
        ("fri", "2026-03-06"),
        ("wed", "2026-03-04"),
        ("this wed", "2026-03-11"),
        ("tue", "2026-03-10"),
        ("last fri", "2026-03-06"),
        ("2w", "2026-02-25"),
        ("3 months", "2025-12-11"),
        ("14 dec", "2025-12-14"),
        ("3/1", "2026-03-01"),
        ("3/14", "2025-03-14"),
        ("11 mar", "2026-03-11"),
        ("the 14th", "2026-02-14"),
        ("31st", "2026-01-31"),
        ("last night", "2026-03-10"),
        ("last month", "2026-02-11"),
        ("last quarter", "2025-10-01"),
        ("last friday of october", "2025-10-31"),
        ("end of last month", "2026-02-28"),
    ];
    for (text, wanted) in rows {
        assert_eq!(
            back(text).map(|d| d.to_string()),
            Ok(wanted.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn the_day_first_where_the_settings_say_so() {
    let read = |text| day(text, today(), Look::Ahead, DateOrder::Dmy).map(|d| d.to_string());
    assert_eq!(read("4/3"), Ok("2027-03-04".to_owned()));
    assert_eq!(read("4/3/2026"), Ok("2026-03-04".to_owned()));
    assert_eq!(read("3/14"), Ok("2026-03-14".to_owned()));
}

#[test]
fn months_are_clamped_and_impossible_days_refused_in_a_sentence() {
    let last = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
    let read = |text| day(text, last, Look::Ahead, DateOrder::Mdy).map(|d| d.to_string());
    assert_eq!(read("in a month"), Ok("2026-02-28".to_owned()));
    assert_eq!(read("next month"), Ok("2026-02-28".to_owned()));
    for (text, wanted) in [
        ("2/29", "2027 is no leap year: February has 28 days"),
        ("31 feb", "February has no day 31"),
        ("2027-04-31", "April has no day 31"),
        ("13/14", "there is no month 14"),
        (
            "monday 13 march 2026",
            "13 March 2026 is a Friday, not a Monday",
        ),
        ("in 99999999 years", "that is too far away"),
        ("32nd", "no month has a day 32"),
    ] {
        assert_eq!(ahead(text), Err(wanted.to_owned()), "{text}");
    }
    for text in [
        "",
        "   ",
        "soon",
        "14",
        "fri fri",
        "dec",
        "at",
        "of",
        "next",
        "in",
        "-",
        "1/2/3/4",
        "14:99",
        "end of",
        "25:00 fri",
    ] {
        assert!(ahead(text).is_err(), "{text}");
    }
    let said = ahead("soonish").unwrap_err();
    assert_eq!(
        said,
        "cannot read “soonish” as a date; try fri, 14 dec, in 2 weeks or 2027-03-14"
    );
}

#[test]
fn moments() {
    let now = today().and_hms_opt(10, 20, 0).unwrap();
    let rows = [
        ("yesterday 14:30", Look::Back, "2026-03-10T14:30:00"),
        ("yesterday at 2:30pm", Look::Back, "2026-03-10T14:30:00"),
        ("fri 9", Look::Ahead, "2026-03-13T09:00:00"),
        ("fri 2", Look::Ahead, "2026-03-13T14:00:00"),
        ("fri 14", Look::Ahead, "2026-03-13T14:00:00"),
        ("fri 1430", Look::Ahead, "2026-03-13T14:30:00"),
        ("fri", Look::Back, "2026-03-06T12:00:00"),
        ("fri", Look::Ahead, "2026-03-13T09:00:00"),
        ("today", Look::Back, "2026-03-11T10:20:00"),
        ("now", Look::Back, "2026-03-11T10:20:00"),
        ("2 hours ago", Look::Back, "2026-03-11T08:20:00"),
        ("an hour ago", Look::Back, "2026-03-11T09:20:00"),
        ("30 min ago", Look::Back, "2026-03-11T09:50:00"),
        ("30m ago", Look::Back, "2026-03-11T09:50:00"),
        ("in 90 minutes", Look::Ahead, "2026-03-11T11:50:00"),
        ("noon", Look::Ahead, "2026-03-11T12:00:00"),
        ("noon", Look::Back, "2026-03-10T12:00:00"),
        ("9am", Look::Back, "2026-03-11T09:00:00"),
        ("9am", Look::Ahead, "2026-03-12T09:00:00"),
        ("at 9", Look::Back, "2026-03-11T09:00:00"),
        ("12am", Look::Back, "2026-03-11T00:00:00"),
        ("12pm", Look::Ahead, "2026-03-11T12:00:00"),
        ("14 nov 10:15", Look::Back, "2025-11-14T10:15:00"),
        ("14 nov 2024 10:15", Look::Back, "2024-11-14T10:15:00"),
        ("nov 14 9am", Look::Back, "2025-11-14T09:00:00"),
        ("14.11.2024 9:05", Look::Back, "2024-11-14T09:05:00"),
        ("2026-02-03 16:45", Look::Back, "2026-02-03T16:45:00"),
        ("2026-02-03T16:45", Look::Back, "2026-02-03T16:45:00"),
        ("3/3 4 p.m.", Look::Back, "2026-03-03T16:00:00"),
        ("monday morning", Look::Ahead, "2026-03-16T09:00:00"),
        ("this morning", Look::Back, "2026-03-11T09:00:00"),
        ("last night", Look::Back, "2026-03-10T20:00:00"),
        ("tonight", Look::Ahead, "2026-03-11T20:00:00"),
        ("eod", Look::Ahead, "2026-03-11T17:00:00"),
        ("tomorrow cob", Look::Ahead, "2026-03-12T17:00:00"),
        ("yesterday evening", Look::Back, "2026-03-10T18:00:00"),
        ("3 days ago", Look::Back, "2026-03-08T12:00:00"),
        ("9am tomorrow", Look::Ahead, "2026-03-12T09:00:00"),
        ("14:30 on friday", Look::Ahead, "2026-03-13T14:30:00"),
        ("tomorrow, 8:15", Look::Ahead, "2026-03-12T08:15:00"),
        (
            "2 weeks from friday at 3",
            Look::Ahead,
            "2026-03-27T15:00:00",
        ),
    ];
    for (text, look, wanted) in rows {
        let read = moment(text, now, look, DateOrder::Mdy);
        let read = read.map(|m| m.format("%Y-%m-%dT%H:%M:%S").to_string());
        assert_eq!(read, Ok(wanted.to_owned()), "{text}");
    }
}

#[test]
fn dates_at_the_end_of_a_text() {
    let rows = [
        ("send revised quote fri", "send revised quote", "2026-03-13"),
        ("send quote by friday.", "send quote", "2026-03-13"),
        (
            "call Ana in 2 weeks re pumps",
            "call Ana in 2 weeks re pumps",
            "",
        ),
        ("call Ana back in 2 weeks", "call Ana back", "2026-03-25"),
        ("send tariff tomorrow 9am", "send tariff", "2026-03-12"),
        ("ask where she sat", "ask where she sat", ""),
        ("visit plant by sat", "visit plant", "2026-03-14"),
        ("visit plant Sat", "visit plant", "2026-03-14"),
        ("pay 3.5", "pay 3.5", ""),
        ("pay by 14.12.", "pay", "2026-12-14"),
        ("order cable 30 m", "order cable 30 m", ""),
        ("wait for 3 days", "wait for 3 days", ""),
        ("follow up +2w", "follow up", "2026-03-25"),
        ("follow up 3d", "follow up", "2026-03-14"),
        (
            "Grüße schicken am 14.12.2027",
            "Grüße schicken am",
            "2027-12-14",
        ),
        ("review a week from friday", "review", "2026-03-20"),
        ("write to May", "write to May", ""),
        ("get them support 24/7", "get them support 24/7", ""),
        ("send it by eod", "send it", "2026-03-11"),
        ("send it by end of day", "send it", "2026-03-11"),
        ("her 3rd", "her 3rd", ""),
        ("renew on the 1st", "renew", "2026-04-01"),
        ("send it tomorrow!", "send it", "2026-03-12"),
        ("", "", ""),
    ];
    for (text, what, wanted) in rows {
        let found = span(text, today(), Look::Ahead, DateOrder::Mdy);
        let date = found.as_ref().map_or(String::new(), |f| f.date.to_string());
        let left = found.map_or(text, |f| text.get(..f.span.start).unwrap().trim_end());
        assert_eq!((left, date.as_str()), (what, wanted), "{text}");
    }
}

#[test]
fn dates_at_the_front_of_a_text() {
    let rows = [
        ("fri: send quote", "fri", "2026-03-13"),
        ("tomorrow send quote", "tomorrow", "2026-03-12"),
        ("in 2 weeks call Ana", "in 2 weeks", "2026-03-25"),
        ("by 14 dec send quote", "by 14 dec", "2026-12-14"),
        ("tomorrow at 9 send quote", "tomorrow at 9", "2026-03-12"),
        ("2027-03-14 send quote", "2027-03-14", "2027-03-14"),
        ("3/14: send quote", "3/14", "2026-03-14"),
        ("on the 14th, send quote", "on the 14th", "2026-03-14"),
        ("fri", "fri", "2026-03-13"),
        ("3/4 inch pipe", "", ""),
        ("second thoughts", "", ""),
        ("on second thought", "", ""),
        ("the 14th floor", "", ""),
        ("friday's deck", "", ""),
        ("fri 9 bottles", "fri", "2026-03-13"),
        ("sat in the meeting", "", ""),
        ("now that it works", "", ""),
        ("may send it", "", ""),
        ("send quote fri", "", ""),
        ("", "", ""),
    ];
    for (text, phrase, wanted) in rows {
        let found = front(text, today(), Look::Ahead, DateOrder::Mdy);
        let said = found
            .as_ref()
            .map_or("", |f| text.get(f.span.clone()).unwrap());
        let date = found.as_ref().map_or(String::new(), |f| f.date.to_string());
        assert_eq!((said, date.as_str()), (phrase, wanted), "{text}");
    }
}

#[test]
fn dates_that_a_word_points_at() {
    let rows = [
        ("send by fri the drawings", "fri", "2026-03-13"),
        ("send by the 14th the drawings", "the 14th", "2026-03-14"),
        (
            "send by 14 dec 2027 at 9am the drawings",
            "14 dec 2027 at 9am",
            "2027-12-14",
        ),
        ("visit by sat the plant", "sat", "2026-03-14"),
        ("send by 3/14, then call", "3/14", "2026-03-14"),
        ("side by side by fri or so", "fri", "2026-03-13"),
        ("by 5 people by fri's end", "", ""),
        ("stand by the second pump", "", ""),
        ("send fri the drawings", "", ""),
        ("", "", ""),
    ];
    for (text, phrase, wanted) in rows {
        let found = pointed(text, &["by"], today(), Look::Ahead, DateOrder::Mdy);
        let said = found
            .as_ref()
            .map_or("", |f| text.get(f.span.clone()).unwrap());
        let date = found.as_ref().map_or(String::new(), |f| f.date.to_string());
        assert_eq!((said, date.as_str()), (phrase, wanted), "{text}");
    }
}

#[test]
fn days_are_said_as_people_say_them() {
    let rows = [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "Fri 13 Mar"),
        (-30, "Mon 9 Feb"),
        (400, "Thu 15 Apr 2027"),
    ];
    for (days, wanted) in rows {
        assert_eq!(say(shift(today(), days), today()), wanted);
    }
    let rows = [
        (0, "today"),
        (1, "yesterday"),
        (9, "9 days ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (36, "5 weeks ago"),
        (63, "2 months ago"),
        (214, "7 months ago"),
        (729, "23 months ago"),
        (730, "2 years ago"),
        (1100, "3 years ago"),
        (-1, "tomorrow"),
        (-9, "in 9 days"),
    ];
    for (days, wanted) in rows {
        assert_eq!(ago(days), wanted);
    }
}

/// The words of the grammar, in any order, and some that are not of it.
fn phrase() -> impl Strategy<Value = String> {
    let words = [
        "in",
        "next",
        "last",
        "this",
        "the",
        "of",
        "from",
        "after",
        "before",
        "ago",
        "end",
        "week",
        "month",
        "day",
        "fri",
        "sat",
        "dec",
        "may",
        "feb",
        "14",
        "31",
        "29",
        "0",
        "99999999",
        "2027",
        "1st",
        "31st",
        "2w",
        "+",
        "-",
        "/",
        ".",
        ":",
        "'",
        "at",
        "9am",
        "noon",
        "a",
        "first",
        "tomorrow",
        "yesterday",
        "eom",
        "9:30",
        "12",
        "years",
        "30 min",
        "é",
        "\u{130}",
        "",
    ];
    let word = prop::sample::select(words.to_vec());
    let gap = prop::sample::select(vec!["", " ", " "]);
    prop::collection::vec((word, gap), 0..8)
        .prop_map(|parts| parts.into_iter().flat_map(|(w, g)| [w, g]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_panics(text in prop_oneof![phrase(), any::<String>()], day_of in -700_000..2_000_000_i32) {
        let today = super::super::moment::date(day_of);
        let now = today.and_hms_opt(10, 0, 0).unwrap();
        for look in [Look::Back, Look::Ahead] {
            for order in [DateOrder::Mdy, DateOrder::Dmy] {
                let _ = day(&text, today, look, order);
                let _ = moment(&text, now, look, order);
                let found = [span(&text, today, look, order), front(&text, today, look, order), pointed(&text, &["in", "a", "14"], today, look, order)];
                for found in found.into_iter().flatten() {
                    prop_assert!(text.get(found.span).is_some());
                }
            }
        }
    }

    #[test]
    fn what_is_said_can_be_typed(day_of in 15_000..30_000_i32, away in -3000..3000_i64) {
        let today = super::super::moment::date(day_of);
        let date = shift(today, away);
        let look = if away < 0 { Look::Back } else { Look::Ahead };
        prop_assert_eq!(day(&say(date, today), today, look, DateOrder::Mdy), Ok(date));
    }

    #[test]
    fn dates_written_out_are_read_as_themselves(day_of in 0..40_000_i32) {
        let date = super::super::moment::date(day_of);
        for shape in ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%-d %b %Y", "%B %-d, %Y", "%a %-d %B %Y"] {
            let text = date.format(shape).to_string();
            prop_assert_eq!(day(&text, today(), Look::Ahead, DateOrder::Mdy), Ok(date));
        }
    }
}

#[test]
fn interim_agrees_where_it_understands() {
    let base =
        chrono::TimeZone::from_utc_datetime(&chrono::Utc, &today().and_hms_opt(10, 0, 0).unwrap());
    let texts = [
        "today",
        "tomorrow",
        "yesterday",
        "friday",
        "fri",
        "mon",
        "2 days",
        "3 days ago",
        "2 weeks ago",
        "1 month",
        "2 months ago",
        "14 december 2027",
        "2027-03-14",
        "3/14/2027",
        "14 dec",
        "20 march",
        "1 year ago",
    ];
    let mut agreed = 0;
    for text in texts {
        if let Ok(theirs) = interim::parse_date_string(text, base, interim::Dialect::Us) {
            assert_eq!(ahead(text), Ok(theirs.date_naive()), "{text}");
            agreed += 1;
        }
    }
    assert!(agreed >= 12, "only {agreed} were understood by both");
}
