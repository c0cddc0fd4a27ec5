//! Referrals: what stages, clocks and wins mean.

use super::*;
use crate::domain::chit::Chit;
use crate::domain::moment::shift;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Barney leads me to Fred; each stage with its day and the day Barney was told.
fn row(stages: &[(Stage, &str, Option<&str>)]) -> ReferralRow {
    ReferralRow {
        id: Id::from_raw(9),
        referral: Referral {
            referrer: Who::Person(Id::from_raw(2)),
            prospect: Who::Person(Id::from_raw(3)),
            account: None,
            given: false,
            what: String::new(),
            evidence: None,
        },
        referrer_name: "Barney".to_owned(),
        prospect_name: "Fred".to_owned(),
        account_name: String::new(),
        stages: stages
            .iter()
            .zip(100..)
            .map(|((stage, on, told), id)| StageRow {
                id: Id::from_raw(id),
                stage: *stage,
                on: day(on),
                told: told.map(day),
                note: String::new(),
                evidence: None,
            })
            .collect(),
        credits: Vec::new(),
        words: String::new(),
    }
}

fn credit(raw: i64, percent: u8) -> CreditRow {
    CreditRow {
        credit: Credit {
            contact: Id::from_raw(raw),
            percent,
        },
        name: format!("Person {raw}"),
    }
}

#[test]
fn working_days_leave_out_the_weekend() {
    let cases = [
        ("a Monday and one", "2026-11-16", 1, "2026-11-17"),
        ("a Thursday and two", "2026-11-19", 2, "2026-11-23"),
        ("a Friday and one", "2026-11-20", 1, "2026-11-23"),
        ("a Saturday and one", "2026-11-21", 1, "2026-11-23"),
        ("a Sunday and two", "2026-11-22", 2, "2026-11-24"),
        ("a Wednesday and five", "2026-11-18", 5, "2026-11-25"),
    ];
    for (label, from, days, expected) in cases {
        assert_eq!(
            working_days_after(day(from), days),
            day(expected),
            "{label}"
        );
    }
    assert_eq!(working_days_after(NaiveDate::MAX, 3), NaiveDate::MAX);
}

#[test]
fn the_referrer_is_told_within_two_working_days_of_met_and_one_of_won_or_lost() {
    use Stage::{Asked, Introduced, Lost, Met, Promised, Won};
    type Case = (
        &'static str,
        &'static [(Stage, &'static str, Option<&'static str>)],
        &'static str,
    );
    let friday = "2026-11-20";
    let today = day("2026-11-24");
    let cases: [Case; 11] = [
        ("nothing noted", &[], ""),
        ("asked is no news", &[(Asked, "2026-01-02", None)], ""),
        ("promised neither", &[(Promised, "2026-01-02", None)], ""),
        ("nor introduced", &[(Introduced, "2026-01-02", None)], ""),
        (
            "met on Friday is due on Tuesday",
            &[(Met, "2026-11-20", None)],
            "tell today: met",
        ),
        (
            "met on Monday",
            &[(Met, "2026-11-23", None)],
            "tell tomorrow: met",
        ),
        (
            "won on Friday was due on Monday",
            &[(Won, "2026-11-20", None)],
            "1 day late: won",
        ),
        (
            "lost is told as well",
            &[(Lost, "2026-11-12", None)],
            "11 days late: lost",
        ),
        (
            "told",
            &[(Met, "2026-11-20", Some("2026-11-23"))],
            "told 23 Nov",
        ),
        (
            "told of the win, so of the meeting too",
            &[
                (Met, "2026-10-01", None),
                (Won, "2026-11-20", Some("2026-11-23")),
            ],
            "told 23 Nov",
        ),
        (
            "what is longest due comes first",
            &[(Met, "2026-11-02", None), (Lost, "2026-11-23", None)],
            "20 days late: met",
        ),
    ];
    assert_eq!(day(friday).format("%a").to_string(), "Fri");
    for (label, stages, expected) in cases {
        assert_eq!(row(stages).told(today).words(today), expected, "{label}");
    }
    let mut given = row(&[(Won, "2026-01-02", None)]);
    given.referral.given = true;
    assert_eq!(
        given.told(today),
        Told::Nothing,
        "nobody waits to be told of a given one"
    );
}

#[test]
fn a_loop_says_how_late_it_is_or_was() {
    let late = row(&[(Stage::Met, "2026-11-16", Some("2026-11-20"))]);
    let loops = late.loops();
    assert_eq!(
        (loops[0].due, loops[0].days_late(day("2026-12-24"))),
        (day("2026-11-18"), 2)
    );
    let open = row(&[(Stage::Won, "2026-11-16", None)]);
    assert_eq!(open.loops()[0].days_late(day("2026-11-16")), -1);
}

#[test]
fn a_win_with_a_result_proposes_that_the_prospect_and_i_owe_the_referrer() {
    let fred = row(&[(Stage::Won, "2026-11-20", None)]);
    let mut win = Win {
        on: day("2026-11-20"),
        result: Some("no lost room in a year".to_owned()),
        thanked: false,
        evidence: Some(Id::from_raw(77)),
    };
    let said = |row: &ReferralRow, win: &Win, known: &[Chit]| -> Vec<String> {
        let all = chits_of(row, win, known);
        let line = |proposed: &Proposed| {
            assert!(proposed.keep && proposed.chit.evidence == win.evidence);
            let chit = &proposed.chit;
            let sign = if chit.pending { '!' } else { '*' };
            format!(
                "{} -> {} {} {sign} {}",
                chit.giver.raw(),
                chit.receiver.raw(),
                chit.worth,
                chit.what
            )
        };
        all.iter().map(line).collect()
    };
    let owe = "2 -> 1 1 * led me to Fred";
    let helped = "put us in touch: no lost room in a year";
    assert_eq!(
        said(&fred, &win, &[]),
        [&format!("2 -> 3 1 ! {helped}"), owe]
    );
    win.thanked = true;
    assert_eq!(
        said(&fred, &win, &[]),
        [&format!("2 -> 3 1 * {helped}"), owe]
    );
    let first = chits_of(&fred, &win, &[])[0].chit.clone();
    assert_eq!(
        said(&fred, &win, &[first]),
        [owe],
        "what is in the book is not proposed again"
    );
    let mut split = fred.clone();
    split.credits = vec![credit(4, 30)];
    assert_eq!(
        said(&split, &win, &[]),
        [
            &format!("2 -> 3 1 * {helped}"),
            owe,
            &format!("4 -> 3 ½ * {helped}"),
            "4 -> 1 ½ * led me to Fred"
        ]
    );
    let mut account = fred.clone();
    account.referral.referrer = Who::Account(Id::from_raw(8));
    assert_eq!(
        said(&account, &win, &[]),
        [""; 0],
        "an account is owed nothing"
    );
    let mut given = fred.clone();
    given.referral.given = true;
    assert_eq!(
        said(&given, &win, &[]),
        [
            "1 -> 2 1 * put in touch with Fred",
            "1 -> 3 1 * put in touch with Barney"
        ]
    );
    win.result = None;
    assert_eq!(said(&fred, &win, &[]), [owe], "nobody was helped yet");
}

#[test]
fn a_win_proposes_chits_and_an_introduction_that_i_gave_does() {
    let all = |given| Stage::ALL.map(|stage| proposes(given, stage));
    assert_eq!(all(false), [false, false, false, false, true, false]);
    assert_eq!(all(true), [false, false, true, false, true, false]);
}

#[test]
fn credit_is_split_into_a_hundred_whatever_was_entered() {
    type Case = (&'static str, &'static [(i64, u8)], &'static [u32]);
    let cases: [Case; 5] = [
        ("alone", &[], &[100]),
        ("two", &[(4, 30)], &[70, 30]),
        ("three", &[(4, 30), (5, 20)], &[50, 30, 20]),
        ("nothing left for the first", &[(4, 100)], &[100]),
        ("more than there is", &[(4, 80), (5, 80)], &[80, 20]),
    ];
    for (label, credits, expected) in cases {
        let mut row = row(&[]);
        row.credits = credits
            .iter()
            .map(|(raw, percent)| credit(*raw, *percent))
            .collect();
        let shares: Vec<u32> = row.shares().iter().map(|(_, share)| *share).collect();
        assert_eq!(shares, expected, "{label}");
    }
}

#[test]
fn the_board_has_a_column_a_stage_and_who_is_to_be_told_on_top() {
    let today = day("2026-11-24");
    let rows = [
        row(&[]),
        row(&[(Stage::Met, "2026-11-10", Some("2026-11-11"))]),
        row(&[(Stage::Met, "2026-11-23", None)]),
        row(&[(Stage::Met, "2026-11-02", None)]),
        row(&[(Stage::Met, "2026-11-20", Some("2026-11-20"))]),
        row(&[
            (Stage::Met, "2026-11-02", None),
            (Stage::Lost, "2026-11-05", None),
        ]),
    ];
    let columns = board(&rows, today);
    assert_eq!(columns[Stage::Asked as usize], [0]);
    assert_eq!(columns[Stage::Met as usize], [3, 2, 4, 1]);
    assert_eq!(columns[Stage::Lost as usize], [5]);
}

#[test]
fn what_stands_still_for_long_waits_for_me() {
    let today = day("2026-11-24");
    let ago = |days: i64| shift(today, -days).to_string();
    let cases = [
        (Stage::Asked, 14, None),
        (Stage::Asked, 15, Some("asked 15 days ago: ask how it goes")),
        (
            Stage::Introduced,
            8,
            Some("introduced 8 days ago: get in touch with the prospect"),
        ),
        (Stage::Met, 90, None),
        (Stage::Won, 90, None),
    ];
    for (stage, days, expected) in cases {
        let row = row(&[(stage, &ago(days), None)]);
        let words = row.waiting(today).map(Waiting::words);
        assert_eq!(words.as_deref(), expected, "{stage:?} {days}");
    }
}

#[test]
fn telling_the_referrer_tells_what_they_have_not_heard_and_nothing_else() {
    use Stage::{Introduced, Met, Promised, Won};
    const TOLD: Option<&str> = Some("2026-11-03");
    type Case = (
        &'static str,
        &'static [(Stage, &'static str, Option<&'static str>)],
        &'static [i64],
    );
    let cases: [Case; 7] = [
        ("nothing", &[], &[]),
        (
            "what has a clock",
            &[
                (Introduced, "2026-11-01", None),
                (Met, "2026-11-02", None),
                (Won, "2026-11-04", None),
            ],
            &[101, 102],
        ),
        (
            "not what they know",
            &[(Met, "2026-11-02", TOLD), (Won, "2026-11-04", None)],
            &[101],
        ),
        (
            "not what came before something they know",
            &[(Met, "2026-11-02", None), (Won, "2026-11-03", TOLD)],
            &[],
        ),
        (
            "not what is still to come",
            &[(Met, "2026-11-02", None), (Won, "2026-12-24", None)],
            &[100],
        ),
        (
            "where no clock runs, the last stage",
            &[
                (Promised, "2026-11-01", None),
                (Introduced, "2026-11-02", None),
            ],
            &[101],
        ),
        ("once", &[(Introduced, "2026-11-02", TOLD)], &[]),
    ];
    for (label, stages, expected) in cases {
        let untold: Vec<i64> = row(stages)
            .untold(day("2026-11-24"))
            .iter()
            .map(|id| id.raw())
            .collect();
        assert_eq!(untold, expected, "{label}");
    }
}
