use super::parts::{Promised, Promises, Sales};
use super::*;
use crate::domain::moment::shift;
use crate::domain::money::Money;

fn on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn dollars(whole: i64) -> Money {
    Money {
        minor: whole * 100,
        currency: "USD".to_owned(),
    }
}

/// A report in which nothing happened.
pub fn nothing() -> Report {
    Report {
        on: on(),
        from: shift(on(), -6),
        name: String::new(),
        touches: 0,
        quiet: None,
        now: Bands::default(),
        month_ago: None,
        year_ago: None,
        history: Vec::new(),
        warmed: Vec::new(),
        cooled: Vec::new(),
        going_cold: Vec::new(),
        promises: Promises::default(),
        payable: Ages::default(),
        receivable: Ages::default(),
        referrals: Stages::default(),
        loops: Loops::default(),
        accounts: Vec::new(),
        sales: Sales::default(),
        came: Vec::new(),
        plan: Vec::new(),
    }
}

#[test]
fn promises_are_counted_as_they_stood_on_the_day() {
    let promised = |mine, due: i64, closed: Option<(i64, Option<bool>)>| Promised {
        mine,
        due: shift(on(), due),
        closed: closed.map(|(day, kept)| (shift(on(), day), kept)),
    };
    let all = [
        promised(true, -3, Some((-2, Some(true)))),
        promised(true, -3, Some((-6, Some(false)))),
        promised(true, -30, Some((-7, Some(true)))),
        promised(true, -3, Some((-2, None))),
        promised(true, -3, None),
        promised(true, 0, None),
        promised(true, -1, Some((1, Some(true)))),
        promised(false, -1, None),
        promised(false, -9, Some((0, Some(false)))),
    ];
    let counts = Promises::count(&all, shift(on(), -6), on());
    let wanted = Promises {
        kept: 1,
        broken: 1,
        their_kept: 0,
        their_broken: 1,
        open: 3,
        overdue: 2,
        their_overdue: 1,
        ever: (2, 3),
    };
    assert_eq!(counts, wanted);
}

#[test]
fn sales_fall_into_the_week_the_year_and_the_year_before() {
    let sales = [
        (0, 1),
        (-6, 2),
        (-7, 4),
        (-364, 8),
        (-365, 16),
        (-729, 32),
        (-730, 64),
        (1, 128),
    ];
    let sales: Vec<(NaiveDate, Money)> = sales
        .iter()
        .map(|(day, whole)| (shift(on(), *day), dollars(*whole)))
        .collect();
    let pairs = sales.iter().map(|(day, money)| (*day, money));
    let counted = Sales::count(pairs, shift(on(), -6), on());
    assert_eq!(counted.week, [dollars(3)]);
    assert_eq!(counted.year, [dollars(15)]);
    assert_eq!(counted.year_before, [dollars(48)]);
}

#[test]
fn two_reports_are_compared_figure_by_figure() {
    let earlier = Report {
        touches: 10,
        payable: Ages {
            total: 2.0,
            ..Ages::default()
        },
        ..nothing()
    };
    let later = Report {
        touches: 12,
        payable: Ages {
            total: 3.5,
            ..Ages::default()
        },
        sales: Sales {
            year: vec![dollars(900)],
            ..Sales::default()
        },
        ..nothing()
    };
    let differences = compare(&earlier, &later);
    let of = |name: &str| differences.iter().find(|one| one.name == name).unwrap();
    assert_eq!(of("touches in the week").better, Some(true));
    assert_eq!(of("chits I owe").better, Some(false));
    assert_eq!(of("my promises overdue").better, None, "it did not move");
    let sold = of("sales in a year, USD");
    assert!(sold.before.abs() < 1e-9 && (sold.now - 900.0).abs() < 1e-9);
    let back = compare(&later, &earlier);
    assert_eq!(
        back.len(),
        differences.len(),
        "a figure that went is compared too"
    );
}

#[test]
fn numbers_are_whole_where_they_can_be() {
    for (value, wanted) in [
        (0.0, "0"),
        (3.5, "3.5"),
        (-2.0, "−2"),
        (24_000.0, "24,000"),
        (0.04, "0"),
        (1.96, "2"),
    ] {
        assert_eq!(number(value), wanted);
    }
}
