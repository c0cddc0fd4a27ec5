//! Logs of every form, the worked cases of the model as logs, and the law that the order of lines means nothing.

use super::*;
use crate::domain::people::{Trace, Trail};
use crate::domain::touch::TouchKind;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;

#[expect(
    clippy::unnecessary_wraps,
    reason = "where scratch files come from, they may fail"
)]
fn scratch() -> io::Result<Cursor<Vec<u8>>> {
    Ok(Cursor::new(Vec::new()))
}

/// The result and what was in the log, with so many touches sorted at a time.
fn judged(log: &[u8], cutoff: i64, chunk: usize) -> Result<(String, Tally), Problem> {
    let mut out = Vec::new();
    let params = Params::default();
    let tally = judge(log, cutoff, &params, Sorter::new(chunk, scratch), &mut out)?;
    Ok((String::from_utf8(out).unwrap(), tally))
}

/// The figures of each pair in the result.
fn figures(out: &str) -> Vec<(String, [f64; 3])> {
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| {
        let number = |at: usize| row[at].parse().unwrap();
        let who = format!("{}/{}", &row[0], &row[1]);
        (who, [number(2), number(3), number(4)])
    })
    .collect()
}

#[test]
fn the_worked_cases_as_logs_come_out_to_three_decimals() {
    let text = include_str!("../../../tests/fixtures/strength_vectors.json");
    let cases: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    let mut judged_cases = 0;
    for case in &cases {
        let events = case["events"].as_array().unwrap();
        let promises = events
            .iter()
            .any(|event| event[1] == "kept" || event[1] == "broken");
        if promises || events.is_empty() || !case["pin"].is_null() {
            continue;
        }
        let name = case["name"].as_str().unwrap();
        let mut log = "ego,alter,timestamp,kind,direction\n".to_owned();
        for event in events {
            let day = event[0].as_i64().unwrap();
            let way = event[1].as_str().unwrap();
            let kind = match event[2].as_f64().unwrap() {
                2.0 => "in_person",
                1.0 => "call",
                0.8 => "email",
                0.6 => "message",
                other => panic!("{name}: no kind weighs {other}"),
            };
            writeln!(log, "me,{name:?},{},{kind},{way}", day * DAY + 43_200).unwrap();
        }
        // The last second of the day: everything of that day is before it.
        let cutoff = case["now"].as_i64().unwrap() * DAY + DAY - 1;
        let mut params = Params::default();
        if let Some(prior) = case["prior"].as_f64() {
            params.house_rhythm = prior;
        }
        let mut out = Vec::new();
        score(log.as_bytes(), cutoff, &params, scratch, &mut out).unwrap();
        let [(_, [strength, chance, stale])] = figures(std::str::from_utf8(&out).unwrap())[..]
        else {
            panic!("{name}: one pair, one row");
        };
        let wanted = |field: &str| case[field].as_f64().unwrap();
        assert!(
            (strength - wanted("strength")).abs() <= 0.000_51,
            "{name}: {strength}"
        );
        assert!(
            (chance - wanted("chance30")).abs() <= 0.000_51,
            "{name}: {chance}"
        );
        assert_eq!(stale.to_bits(), (0.0 - strength).to_bits(), "{name}");
        judged_cases += 1;
    }
    assert_eq!(judged_cases, 17);
}

#[test]
fn a_log_is_read_in_every_form_a_table_can_have() {
    let plain = "ego,alter,timestamp,kind\nme,Ada,86400,call\nme,\"Hale, Bo\",172800,email\n";
    let (wanted, _) = judged(plain.as_bytes(), 259_200, 9).unwrap();
    assert!(wanted.starts_with("ego,alter,score,prob30,stale\nme,Ada,"));
    assert!(wanted.contains("\nme,\"Hale, Bo\","));
    let cases = [
        (
            "BOM and CRLF",
            "\u{feff}ego,alter,timestamp,kind\r\nme,Ada,86400,call\r\nme,\"Hale, Bo\",172800,email\r\n",
        ),
        (
            "any order of columns",
            "kind,timestamp,alter,ego\ncall,86400,Ada,me\nemail,172800,\"Hale, Bo\",me\n",
        ),
        (
            "other columns",
            "ego,alter,x,timestamp,kind,group,duration\nme,Ada,,86400,call,3,60\nme,\"Hale, Bo\",=1,172800,email\n",
        ),
        (
            "all quoted, capitals",
            "\"Ego\",\"ALTER\",\"Timestamp\",\" kind \"\n\"me\",\"Ada\",\"86400\",\"call\"\n\"me\",\"Hale, Bo\",\"172800\",\"email\"\n",
        ),
        (
            "fractions of a second, blank lines",
            "ego,alter,timestamp,kind\n\nme,Ada,86400.999,call\n\n\nme,\"Hale, Bo\",172800.0,email",
        ),
        (
            "at and after the cut-off",
            "ego,alter,timestamp,kind\nme,Zed,259200,call\nme,Ada,86400,call\nme,\"Hale, Bo\",172800,email\nme,Ada,999999,meeting\n",
        ),
        (
            "notes weigh nothing, and do not matter for those who have more",
            "ego,alter,timestamp,kind\nme,Ada,1,note\nme,\"Hale, Bo\",172800,email\nme,Ada,86400,call\n",
        ),
    ];
    for (label, log) in cases {
        assert_eq!(
            judged(log.as_bytes(), 259_200, 9).unwrap().0,
            wanted,
            "{label}"
        );
    }
    let utf16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(plain.chars())
        .flat_map(|c| (c as u16).to_le_bytes())
        .collect();
    assert_eq!(judged(&utf16, 259_200, 9).unwrap().0, wanted, "UTF-16");
}

#[test]
fn a_pair_whose_touches_weigh_nothing_is_there_with_nothing() {
    let log = "ego,alter,timestamp,kind\nme,Ada,0,note\nme,Bo,0,attempt\nme,Cy,0,call\nme,Di,9999999,call\n";
    let (out, tally) = judged(log.as_bytes(), 86_400, 9).unwrap();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "ego,alter,score,prob30,stale",
            "me,Ada,0,0,0",
            "me,Bo,0,0,0"
        ]
    );
    assert_eq!(
        lines.len(),
        4,
        "Di was not touched before the cut-off: {out}"
    );
    let expected = Tally {
        touches: 3,
        ignored: 1,
        pairs: 3,
        ..Tally::default()
    };
    assert_eq!(tally, expected);
}

#[test]
fn direction_makes_a_knock_only_of_what_can_be_one() {
    let strength = |kind: &str, way: &str| {
        let log = format!("ego,alter,timestamp,kind,direction\na,b,0,{kind},{way}\n");
        figures(&judged(log.as_bytes(), 86_400, 9).unwrap().0)[0].1[0]
    };
    let same = |a: f64, b: f64| a.to_bits() == b.to_bits();
    assert!(strength("call", "out") < strength("call", "in"));
    assert!(same(strength("call", ""), strength("call", "in")));
    assert!(same(strength("call", "MUTUAL"), strength("call", "in")));
    assert!(same(strength("meeting", "out"), strength("meeting", "in")));
    assert!(same(
        strength("carrier pigeon", "out"),
        strength("call", "")
    ));
    let log = "ego,alter,timestamp,kind\na,b,0,carrier pigeon\na,c,0,fax\na,b,9,call\n";
    let tally = judged(log.as_bytes(), 86_400, 9).unwrap().1;
    assert_eq!(
        (tally.strange, tally.strange_kind.as_str()),
        (2, "carrier pigeon")
    );
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let head = "ego,alter,timestamp,kind,direction\na,b,0,call,in\n";
    let body = |line: &str| format!("{head}{line}\n");
    let cases = [
        (String::new(), 1, "the log is empty"),
        (
            "ego,alter,when,kind\n".to_owned(),
            1,
            "there is no column \"timestamp\"",
        ),
        (
            "ego,alter,timestamp,kind,ego\n".to_owned(),
            1,
            "the column ego is there twice",
        ),
        (body("a,b"), 3, "the timestamp is missing"),
        (body("a,,5,call,in"), 3, "the alter is missing"),
        (body("a,b,5"), 3, "the kind is missing"),
        (
            body("a,b,5,call,up"),
            3,
            "the direction \"up\" is neither in nor out nor empty",
        ),
        (
            body("\"a\n\",b,5,call,in\nc,d,noon,call,in"),
            5,
            "\"noon\" is not a moment in Unix seconds",
        ),
        (body("a,b,1e9,call,in"), 3, "\"1e9\" is not a moment"),
        (
            body("a,b,1700000000000,call,in"),
            3,
            "are these milliseconds?",
        ),
        (
            body("a,Smith, Jo,5,call,in"),
            3,
            "6 cells where the first line names 5 columns",
        ),
        (
            body("a,\"b,5,call,in"),
            3,
            "a quote that opens here is never closed",
        ),
    ];
    for (log, line, what) in cases {
        let problem = judged(log.as_bytes(), 86_400, 9).unwrap_err().to_string();
        let begins = format!("line {line}: ");
        assert!(
            problem.starts_with(&begins) && problem.contains(what),
            "{problem}"
        );
    }
}

#[test]
fn seconds_are_whole_or_cut_off_downwards() {
    let cases = [
        ("0", Some(0)),
        (" 1700000000 ", Some(1_700_000_000)),
        ("1700000000.9", Some(1_700_000_000)),
        ("-5", Some(-5)),
        ("-5.0", Some(-5)),
        ("-5.25", Some(-6)),
        ("-0.5", Some(-1)),
        ("253402300799", Some(253_402_300_799)),
        ("253402300800", None),
        ("99999999999999999999", None),
        ("", None),
        (".", None),
        (".5", None),
        ("5.", None),
        ("+5", None),
        ("--5", None),
        ("1_000", None),
        ("0x10", None),
        ("2026-11-22", None),
        ("NaN", None),
    ];
    for (text, wanted) in cases {
        assert_eq!(seconds(text).ok(), wanted, "{text}");
    }
}

#[test]
fn a_touch_packed_into_a_number_comes_back() {
    for pair in [0, 1, u32::MAX] {
        for seconds in [*SECONDS.start(), -1, 0, 1, *SECONDS.end()] {
            let touch = (pair, day_of(seconds), 0xff);
            assert_eq!(unpacked(packed(touch.0, touch.1, touch.2)), touch);
        }
    }
}

/// A made-up log: who, when, what, which way.
fn log() -> impl Strategy<Value = Vec<(u8, i64, TouchKind, &'static str)>> {
    let kind = prop::sample::select(TouchKind::ALL.to_vec());
    let way = prop::sample::select(vec!["in", "out", "", "mutual"]);
    prop::collection::vec((0..4_u8, -50 * DAY..400 * DAY, kind, way), 1..60)
}

fn text(log: &[(u8, i64, TouchKind, &str)]) -> String {
    let mut text = "ego,alter,timestamp,kind,direction\n".to_owned();
    for (who, at, kind, way) in log {
        writeln!(text, "ego,alter {who},{at},{},{way}", kind.word()).unwrap();
    }
    text
}

proptest! {
    #[test]
    fn the_order_of_lines_and_the_room_to_sort_change_nothing(
        (lines, mixed) in log().prop_flat_map(|log| (Just(log.clone()), Just(log).prop_shuffle())), chunk in 1..20_usize,
    ) {
        let cutoff = 380 * DAY + 5;
        let mut sorted = lines;
        sorted.sort_by_key(|line| line.1);
        let (straight, one) = judged(text(&sorted).as_bytes(), cutoff, 1000).unwrap();
        let (shuffled, other) = judged(text(&mixed).as_bytes(), cutoff, chunk).unwrap();
        let by_name = |out: &str| -> BTreeMap<String, String> {
            let rows = out.lines().skip(1).map(|row| row.splitn(3, ',').map(str::to_owned).collect::<Vec<_>>());
            rows.map(|row| (row[1].clone(), row[2].clone())).collect()
        };
        prop_assert_eq!(by_name(&straight), by_name(&shuffled));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_score_is_what_the_model_says_of_the_same_touches_in_a_book(lines in log(), cutoff in -60 * DAY..420 * DAY) {
        let (out, _) = judged(text(&lines).as_bytes(), cutoff, 7).unwrap();
        let params = Params::default();
        let mut trails: BTreeMap<String, Trail> = BTreeMap::new();
        for (who, at, kind, way) in lines.iter().filter(|line| line.1 < cutoff) {
            let direction = Direction::parse(way).unwrap_or_default();
            let trace = Trace { day: day_of(*at), kind: *kind, direction };
            trails.entry(format!("ego/alter {who}")).or_default().traces.push(trace);
        }
        let rows = figures(&out);
        prop_assert_eq!(rows.len(), trails.len());
        for (who, [strength, chance, stale]) in rows {
            let trail = trails.get_mut(&who).unwrap();
            trail.traces.sort_by_key(|trace| trace.day);
            let today = day_of(cutoff);
            let reading = Standing::replay(&params, trail, today).read(&params, None, today);
            prop_assert!((strength - reading.strength).abs() < 1e-9, "{who}");
            prop_assert!((chance - reading.chance(&params, 30).unwrap_or(0.0)).abs() < 1e-9, "{who}");
            prop_assert!((stale + reading.strength).abs() < 1e-9, "{who}");
        }
    }
}
