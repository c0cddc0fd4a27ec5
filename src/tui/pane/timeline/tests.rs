//! Pictures of the timeline, and every size it may be given.

use super::*;
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::moment::{Zone, day_number};
use crate::domain::people::{Correction, Entry, Summary, Trace, Trail, Verdict};
use crate::domain::strength::Standing;
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
            reach: String::new(),
            standing: Standing::replay(&params, &trail, today()),
            cadence: None,
            ghost: false,
            archived: false,
        },
        card: Card::default(),
        archived_on: None,
        touches: trail.traces.len(),
        trail,
        corrections: vec![],
        history: vec![],
        chits: vec![],
        promises: vec![],
        closed: vec![],
        kept: [0; 4],
        plan: None,
        dates: vec![],
        facts: vec![],
        needs: vec![],
        tier: None,
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
            start: None,
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
        people: vec![],
        caught: String::new(),
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
        over: Over::Nothing,
        quiet: &[],
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
    insta::assert_snapshot!(picture(76, 12, &Timeline::default(), &show), @r#"
    Strength ─ 1 year                                         ╌╌ if nobody calls
    100┤                                               ┊
       │                                               ┊
       │             ⢀  ⢠⡀ ⣤  ⡶⣄              ⢀ ⢀ ⢀ ⢰⣄⢰⢤
       │    ⢠⣄⡀⡶⣄⣀⡞⢦⣀⢸⠳⢤⡞⠙⢦⡏⠹⢤⡇⠘⢦⡀            ⢸⠙⠾⠹⠏⠙⠾⠈⠛⠈⠳
     50┤ ⢀⣀⡴⠺ ⠉⠃ ⠈⠁ ⠈⠛  ⠁     ⠁  ⠙⠲⢤⡀         ⢸        ┊  ⠙ ⣄   stale 12 Jan
       │ ⢸                          ⠉⠙⠲⠤⣄⡀    ⢸        ┊      ○ ⠦ ⣄ ⣀
     20┤┄⢸┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⠉⠉⠙⠒⠒⠚┄┄┄┄┄┄┄┄┊┄┄┄┄┄┄┄┄┄┄┄┄⠈┄⠉┄◌┄⠒┄⠤┄⠤┄
       │⠉⠉                                             ┊     cold 30 Mar
      0┤ e cM  c  m  V  F  c  M            a  e e c R c
                                        !          +
             2026    Mar     May     Jul     Sep     today   2027   Mar     May
    "#);
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
    insta::assert_snapshot!(picture(76, 14, &timeline, &show), @r"
    Strength ─ 90 days             ╌╌ if nobody calls: stale 12 Jan, cold 30 Mar
    100┤                                           │   ┊
       │                                           │   ┊
       │                                   ⣄⣀      ⣤⣀⡀ ┊
       │          ⢰⠒⠦⠤⢤⣀⣀⣠⠖⠲⠤⢤⣀⣀⡀⢠⠏⠓⠲⠤⠤⣄⣀⣀⢰⠃⠈⠉⠓⠲⠤⠤⣼⠁ ⠉⠓⠒⠤ ⣄
     50┤          ⢸      ⠉      ⠉⠉       ⠈⠉        │   ┊    ⠉ ⠒ ⠤ ⢤ ⣀
       │          ⡞                                │   ┊              ⠉ ⠙ ⠒ ⠲ ⠤
       │          ⡇                                │   ┊
     20┤⠉⠉⠉⠉⠉⠉⠙⠒⠒⠒⠃┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄│┄┄┄┊┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
       │                                           │   ┊
      0┤          e       e       c        R       c
                                      +
            Sep             Oct             Nov      today  Dec
    ▸ 13 Nov  call, 14 min · e-mail sent, +5.7  firmware worry, wants the tarif…
    ");
    timeline.step(&ada, today(), -1);
    timeline.step(&ada, today(), -1);
    let picture = picture(60, 9, &timeline, &show);
    assert!(picture.contains("▸ 20 Oct  promise kept, +"), "{picture}");
}

#[test]
fn everything_since_the_beginning() {
    let (ada, params, theme) = (ada(), Params::default(), Theme::plain());
    let show = show(&ada, &params, &theme);
    let mut timeline = Timeline::default();
    timeline.widen();
    timeline.widen();
    timeline.widen();
    insta::assert_snapshot!(picture(100, 16, &timeline, &show), @r#"
    Strength ─ all                                                                    ╌╌ if nobody calls
    100┤                                                                           ┊
       │                                                                           ┊
       │                                                                           ┊
       │                                                    ⢀  ⡆                 ⣄⢰⡀
       │                                             ⣠  ⣆ ⡿⡄⣸⡆⢀⡿⡄           ⣦⢰⡆⡷⣤⠿⣼⠳
       │                                        ⢰⢦⢠⢷⡀⡟⢦⣰⠋⢧⡇⠹⡇⠙⣾ ⢹⡀          ⡏⠛⠙⠇⠙ ⠉┊⢳
     50┤                ⢠⡀                     ⢰⢾⠈⠛ ⠉⠃ ⠹ ⠈⠁   ⠈  ⠙⢦         ⡇      ┊  ⣄ stale 12 Jan
       │      ⢀⡀   ⡗⣆⡀  ⢸⠙⠦⡄                  ⢸⠚                  ⠈⠳⢤       ⡇      ┊  ⠈ ○
       │  ⣤   ⢸⠙⢦⣀⡀⡇ ⠙⠦⣄⣸  ⠉⠓⠦⣄⡀              ⣸                     ⠈⠙⢲⣀    ⡇      ┊      ⠓ ⣄
     20┤┄┄⡏⠙⠲⢤⣸┄┄┄⠙⠃┄┄┄┄⠉┄┄┄┄┄┄⠉⠙⠒⠦⢤⣀⣀⡀┄┄┄┄┄┄┄⡇┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⠈⠙⠒⠦⠤⡇┄┄┄┄┄┄┊┄┄┄┄┄┄┄┄┄┄⠉┄⠲◌⢤┄⣀┄┄┄
       │ ⢸⠁                           ⠉⠉⠙⠒⠒⠒⠦⠤⠇                                    ┊  cold 30 Mar     ⠉
       │ ⢸                                                                         ┊
      0┤  M   c    e    c                     ecM  c m  V F c  M         a  ee c Rc
                                                                      !         +
           2025     Apr       Jul      Oct       2026     Apr       Jul          today 2027      Apr
    "#);
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
        over: Over::Person(&ben),
        ..show(&ada, &params, &theme)
    };
    insta::assert_snapshot!(picture(76, 12, &Timeline::default(), &show), @r#"
    Strength ─ 1 year            ━━ Ada Quill  ∘∘ Ben Tallow  ╌╌ if nobody calls
    100┤                                               ┊
       │                                               ┊
       │             ⢀  ⢠⡀ ⣤  ⡶⣄              ⢀ ∘ ⢀ ∘⣄⢰⢤
       │    ⢠⣄⡀⡶∘⣀⡞⢦∘⢸⠳⢤∘⠙⢦⡏∘⢤∘⠘∘⡀∘ ∘ ∘ ∘ ∘ ∘ ∘⠙⠾⠹∘⠙⠾⠈∘⠈⠳
     50┤∘⢀∘⡴∘ ∘⠃ ⠈∘ ⠈⠛∘ ⠁ ∘   ⠁  ⠙⠲⢤⡀         ⢸        ┊∘ ∘ ⣄   stale 12 Jan
       │ ⢸                          ⠉⠙⠲⠤⣄⡀    ⢸        ┊    ∘ ○ ∘ ∘ ⣀
     20┤┄⢸┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⠉⠉⠙⠒⠒⠚┄┄┄┄┄┄┄┄┊┄┄┄┄┄┄┄┄┄┄┄┄∘┄∘┄◌┄∘┄∘┄∘┄
       │⠉⠉                                             ┊     cold 30 Mar
      0┤ e cM  c  m  V  F  c  M            a  e e c R c
                                        !          +
             2026    Mar     May     Jul     Sep     today   2027   Mar     May
    "#);
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
    insta::assert_snapshot!(picture, @r"
    Strength ─ 1 year                                        . . if nobody calls
    100+                                              ||
       |                                              ||
       |       _  __ __ __ -_ |-_             ______/-|-.
     50+   _/'-''--'-|''-'''''- '-_           |'''' ' ||. .   stale 12 Jan
       | |''                      ''--___     |       ||    . o . .
     20+-|- - - - - - - - - - - - - - - ''----- - - - ||- - - - - . . . x . . .
       |''                                            ||     cold 30 Mar
      0+ e cM  c  m  V  F  c  M            a  e e c R c
                                        !          +
             2026    Mar     May     Jul     Sep     today   2027   Mar     May
    > 13 Nov  call, 14 min · e-mail sent, +5.7  firmware worry, wants the tarif…
    ");
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
    insta::assert_snapshot!(picture(60, 8, &timeline, &show(&one, &params, &theme)), @r#"
    Strength ─ 90 days          ╌╌ if nobody calls: stale 17 Jan
    100┤                                     ┊
       │                                     ┊
       │                                     ┊     cold 6 Dec
     20┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⡤⠤⠤⠤⠤⠄⣀┄⣀┄⣀◌⣀┄┄┄┄┄┄┄┄┄┄┄
       │                               ⢸⠁    ┊        ⠉ ⠉ ⠉ ⠉ ⠉
      0┤                                M
           Sep         Oct          Nov    today
    "#);
    let none = person("Di Fenn", Trail::default());
    insta::assert_snapshot!(picture(40, 4, &timeline, &show(&none, &params, &theme)), @r#"
    Strength ─ 90 days

                never spoken yet
    "#);
}

#[test]
fn every_size_is_drawn() {
    let (ada, params, theme) = (ada(), Params::default(), Theme::colour());
    let none = person("Di Fenn", Trail::default());
    for width in 0..=100 {
        for height in 0..=30 {
            let odd = (width + height) % 2 == 1;
            let show = Show {
                over: if odd {
                    Over::Person(&none)
                } else {
                    Over::Nothing
                },
                focused: width % 3 == 0,
                plain: height % 3 == 0,
                ..show(&ada, &params, &theme)
            };
            let timeline = Timeline {
                zoom: Zoom::ALL[usize::from(width + height) % 4],
                cursor: None,
            };
            let text = picture(width, height, &timeline, &show);
            if width > 30 && height > 6 {
                assert!(text.contains(['┤', '+']), "{width}x{height}");
            }
        }
    }
}

#[test]
fn the_strongest_letter_is_shown_where_several_fall_on_one_column() {
    let (params, theme) = (Params::default(), Theme::plain());
    let busy = person(
        "Ed Rowan",
        Trail {
            traces: [
                TouchKind::Email,
                TouchKind::Meeting,
                TouchKind::Message,
                TouchKind::Note,
            ]
            .map(|kind| trace(5, kind, Direction::In))
            .to_vec(),
            corrections: vec![Correction {
                day: today() - 5,
                mass: 1.0,
                reason: "old\nfriends".to_owned(),
            }],
            ..Trail::default()
        },
    );
    let show = Show {
        focused: true,
        ..show(&busy, &params, &theme)
    };
    let text = picture(90, 10, &Timeline::default(), &show);
    let letters = text.lines().find(|line| line.starts_with("  0┤")).unwrap();
    assert_eq!(letters.trim_start_matches("  0┤").trim(), "M");
    assert_eq!(
        text.lines().last(),
        Some(
            "▸ 17 Nov  e-mail received · meeting · message received · note, +24.9 · corrected by hand,…"
        )
    );
}

#[test]
fn the_cursor_walks_through_all_events_and_stays_in_sight() {
    let ada = ada();
    let mut timeline = Timeline::default();
    assert_eq!(timeline.cursor(&ada, today()), Some(today() - 9));
    timeline.step(&ada, today(), 1);
    assert_eq!(timeline.cursor(&ada, today()), Some(today() - 9));
    for _ in 0..50 {
        timeline.step(&ada, today(), -1);
    }
    let (first, year) = (today() - 700, timeline.past(&ada, today()));
    assert_eq!(timeline.cursor(&ada, today()), Some(first));
    assert!(
        (year.0..=year.1).contains(&first),
        "the walk goes on out of sight, and sight follows"
    );
    timeline.narrow();
    timeline.narrow();
    assert_eq!(timeline.zoom(), Zoom::Quarter);
    let quarter = timeline.past(&ada, today());
    assert_eq!(timeline.cursor(&ada, today()), Some(first));
    assert!(
        (quarter.0..=quarter.1).contains(&first),
        "the zoom keeps it in sight"
    );
    timeline.reset();
    assert_eq!(timeline.cursor(&ada, today()), Some(today() - 9));
    let none = person("Di Fenn", Trail::default());
    timeline.step(&none, today(), -1);
    assert_eq!(timeline.cursor(&none, today()), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_history_panics(
        days in prop::collection::vec((prop_oneof![-90_000..400_i32, any::<i32>()], 0..12_usize), 0..60),
        (x, y, width, height) in (0..9_u16, 0..9_u16, 0..120_u16, 0..30_u16),
        zoom in 0..4_usize,
        cold_line in 0.0..100.0_f64,
    ) {
        let params = Params { cold_line, ..Params::default() };
        let theme = Theme::colour();
        let mut traces: Vec<Trace> = days
            .iter()
            .map(|&(day, kind)| Trace {
                day: today().saturating_add(day),
                kind: TouchKind::ALL[kind],
                direction: Direction::Out,
            })
            .collect();
        traces.sort_by_key(|trace| trace.day);
        let who = person("Flo", Trail { traces, ..Trail::default() });
        let mut buf = Buffer::empty(Rect::new(3, 3, 100, 20));
        let timeline = Timeline { zoom: Zoom::ALL[zoom], cursor: Some(today() - 30) };
        let show = Show { focused: true, over: Over::Person(&who), ..show(&who, &params, &theme) };
        timeline.draw(Rect::new(x, y, width, height), &mut buf, &show);
    }
}

#[test]
fn notes_alone_are_no_relationship_and_nothing_to_come_is_under_the_cursor() {
    let (params, theme) = (Params::default(), Theme::plain());
    let noted = person(
        "Gil Reed",
        Trail {
            traces: vec![
                trace(20, TouchKind::Note, Direction::Out),
                trace(-4, TouchKind::Meeting, Direction::Mutual),
            ],
            ..Trail::default()
        },
    );
    let mut timeline = Timeline::default();
    timeline.narrow();
    timeline.step(&noted, today(), 1);
    assert_eq!(timeline.cursor(&noted, today()), Some(today() - 20));
    insta::assert_snapshot!(picture(60, 7, &timeline, &show(&noted, &params, &theme)), @r#"
    Strength ─ 90 days                          never spoken yet
    100┤                                                 ┊
       │                                                 ┊
       │                                                 ┊
     20┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┊┄┄┄┄┄┄
      0┤                                      n            M
            Sep              Oct              Nov      today
    "#);
}
