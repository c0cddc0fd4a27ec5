//! Pictures of the timeline, and every size it may be given.

use super::*;
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::moment::{Zone, day_number};
use crate::domain::people::{Correction, Entry, Summary, Trace, Trail, Verdict};
use crate::domain::touch::{Direction, TouchKind};
use chrono::NaiveDate;
use proptest::prelude::*;

/// Sunday, 22 November 2026.
fn today() -> DayNumber {
    day_number(NaiveDate::from_ymd_opt(2026, 11, 22).unwrap())
}

fn person(name: &str, trail: Trail) -> Person {
    let params = Params::default();
    Person {
        summary: Summary {
            id: Id::from_raw(7),
            name: name.to_owned(),
            account: String::new(),
            title: String::new(),
            tags: vec![],
            standing: Standing::replay(&params, &trail, today()),
            cadence: None,
            ghost: false,
            archived: false,
        },
        card: Card::default(),
        archived_on: None,
        touches: trail.traces.len(),
        trail,
        history: vec![],
        chits: vec![],
        promises: vec![],
        kept: [0; 4],
        plan: None,
        dates: vec![],
        facts: vec![],
        needs: vec![],
        seats: vec![],
        links: vec![],
    }
}

fn trace(ago: DayNumber, kind: TouchKind, direction: Direction) -> Trace {
    Trace {
        day: today() - ago,
        kind,
        direction,
    }
}

/// Two years of an uneven friendship: a warm spring, a silent summer, picked up again in autumn.
fn ada() -> Person {
    use Direction::{In, Mutual, Out};
    use TouchKind::{Attempt, Call, Email, Favour, Meeting, Message, Note, Referral, Video};
    let traces = [
        (700, Meeting, Mutual),
        (655, Call, Out),
        (610, Email, In),
        (560, Call, Mutual),
        (352, Email, Out),
        (340, Call, In),
        (331, Meeting, Mutual),
        (310, Call, In),
        (288, Message, Out),
        (286, Message, In),
        (262, Video, Mutual),
        (240, Favour, Out),
        (219, Call, In),
        (195, Meeting, Mutual),
        (194, Email, Out),
        (94, Attempt, Out),
        (70, Email, Out),
        (56, Email, Out),
        (41, Call, In),
        (40, Note, Out),
        (24, Referral, In),
        (9, Call, In),
        (9, Email, Out),
    ];
    let mut ada = person(
        "Ada Quill",
        Trail {
            traces: traces
                .into_iter()
                .map(|(ago, kind, direction)| trace(ago, kind, direction))
                .collect(),
            verdicts: vec![
                Verdict {
                    day: today() - 120,
                    kept: false,
                },
                Verdict {
                    day: today() - 33,
                    kept: true,
                },
            ],
            corrections: vec![],
        },
    );
    let entry = |ago: DayNumber, kind, minutes, body: &str| Entry {
        id: Id::from_raw(i64::from(100 + ago)),
        at: Zone::utc().at(date(today() - ago).and_hms_opt(10, 30, 0).unwrap()),
        kind,
        direction: Direction::In,
        minutes,
        body: body.to_owned(),
        others: vec![],
    };
    ada.history = vec![
        entry(9, Call, Some(14), "firmware worry,\nwants the tariff table"),
        entry(41, Call, None, ""),
    ];
    ada
}

fn show<'a>(person: &'a Person, params: &'a Params, theme: &'a Theme) -> Show<'a> {
    Show {
        person,
        other: None,
        params,
        today: today(),
        theme,
        focused: false,
        plain: false,
    }
}

/// The screen as text, lines trimmed at their ends.
fn picture(width: u16, height: u16, timeline: &Timeline, show: &Show<'_>) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    timeline.draw(area, &mut buf, show);
    let row = |y: u16| {
        let line: String = (0..width).map(|x| buf[(x, y)].symbol()).collect();
        line.trim_end().to_owned()
    };
    (0..height).map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_year() {
    let (ada, params, theme) = (ada(), Params::default(), Theme::plain());
    let show = show(&ada, &params, &theme);
    insta::assert_snapshot!(picture(76, 12, &Timeline::default(), &show), @"");
}

#[test]
fn ninety_days_with_focus() {
    let (ada, params, theme) = (ada(), Params::default(), Theme::plain());
    let show = Show {
        focused: true,
        ..show(&ada, &params, &theme)
    };
    let mut timeline = Timeline::default();
    timeline.narrow();
    insta::assert_snapshot!(picture(76, 14, &timeline, &show), @"");
    timeline.step(&ada, today(), -1);
    timeline.step(&ada, today(), -1);
    let picture = picture(60, 9, &timeline, &show);
    assert!(picture.ends_with("▸ 20 Oct  promise kept"), "{picture}");
}

#[test]
fn everything_since_the_beginning() {
    let (ada, params, theme) = (ada(), Params::default(), Theme::plain());
    let show = show(&ada, &params, &theme);
    let mut timeline = Timeline::default();
    timeline.widen();
    timeline.widen();
    timeline.widen();
    insta::assert_snapshot!(picture(100, 16, &timeline, &show), @"");
}

#[test]
fn another_person_laid_over() {
    let (ada, params, theme) = (ada(), Params::default(), Theme::plain());
    let monthly = (1..20)
        .rev()
        .map(|nth| trace(nth * 30, TouchKind::Call, Direction::In));
    let ben = person(
        "Ben Tallow",
        Trail {
            traces: monthly.collect(),
            ..Trail::default()
        },
    );
    let show = Show {
        other: Some(&ben),
        ..show(&ada, &params, &theme)
    };
    insta::assert_snapshot!(picture(76, 12, &Timeline::default(), &show), @"");
}

#[test]
fn plain_characters() {
    let (ada, params, theme) = (ada(), Params::default(), Theme::plain());
    let show = Show {
        plain: true,
        focused: true,
        ..show(&ada, &params, &theme)
    };
    let picture = picture(76, 12, &Timeline::default(), &show);
    insta::assert_snapshot!(picture, @"");
}

#[test]
fn one_touch_and_none() {
    let (params, theme) = (Params::default(), Theme::plain());
    let one = person(
        "Cy Moss",
        Trail {
            traces: vec![trace(12, TouchKind::Meeting, Direction::Mutual)],
            ..Trail::default()
        },
    );
    let mut timeline = Timeline::default();
    timeline.narrow();
    insta::assert_snapshot!(picture(60, 8, &timeline, &show(&one, &params, &theme)), @"");
    let none = person("Di Fenn", Trail::default());
    insta::assert_snapshot!(picture(40, 4, &timeline, &show(&none, &params, &theme)), @"");
}
