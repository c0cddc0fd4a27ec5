//! Trees: any depth, circles and all; what is sold under them; grids and origins.

use super::*;
use crate::domain::moment::shift;
use proptest::prelude::*;
use std::collections::HashSet;

fn day(offset: i64) -> NaiveDate {
    shift(NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(), offset)
}

fn person(raw: i64) -> Who {
    Who::Person(Id::from_raw(raw))
}

fn lead(by: i64, to: i64, on: i64, won: bool) -> Lead {
    Lead {
        by: vec![(person(by), 100)],
        to: person(to),
        account: None,
        on: Some(day(on)),
        stage: Some(if won { Stage::Won } else { Stage::Met }),
        won_on: won.then(|| day(on + 10)),
    }
}

fn sold(contact: Option<i64>, account: Option<i64>, on: i64, minor: i64, currency: &str) -> Sold {
    Sold {
        contact: contact.map(Id::from_raw),
        account: account.map(Id::from_raw),
        on: day(on),
        amount: Money {
            minor,
            currency: currency.to_owned(),
        },
    }
}

fn lineage(leads: Vec<Lead>, sales: Vec<Sold>) -> Lineage {
    let people = (2..2000).map(|raw| (person(raw), format!("P{raw}")));
    let accounts = (2..50).map(|raw| (Who::Account(Id::from_raw(raw)), format!("A{raw}")));
    Lineage {
        leads,
        sales,
        names: people.chain(accounts).collect(),
        account_of: HashMap::new(),
    }
}

/// The tree as an indented text: name, what was sold here and below, customers.
fn drawn(lineage: &Lineage) -> Vec<String> {
    let line = |branch: &Branch| {
        let indent = "  ".repeat(branch.depth);
        let word = |also: &Also| if also.circle { "circle" } else { "also" };
        let also: Vec<String> = branch
            .also
            .iter()
            .map(|also| format!(" {} {}", word(also), also.by))
            .collect();
        let also = also.concat();
        format!(
            "{indent}{} {} [{}]{also}",
            branch.name, branch.customers, branch.sales
        )
    };
    tree(lineage).iter().map(line).collect()
}

#[test]
fn everybody_stands_below_whoever_led_to_them_with_the_sales_of_all_below() {
    let book = lineage(
        vec![
            lead(2, 3, 0, true),
            lead(3, 4, 100, true),
            lead(2, 5, 50, false),
            lead(8, 9, 0, false),
        ],
        vec![
            sold(Some(2), None, 0, 10_000, "USD"),
            sold(Some(4), None, 200, 5_000, "USD"),
            sold(Some(4), None, 300, 700, "EUR"),
            sold(Some(77), None, 300, 1, "USD"),
        ],
    );
    assert_eq!(
        drawn(&book),
        [
            "P2 3 [7.00 EUR + 150.00 USD]",
            "  P3 2 [7.00 EUR + 50.00 USD]",
            "    P4 1 [7.00 EUR + 50.00 USD]",
            "  P5 0 []",
            "P8 0 []",
            "  P9 0 []",
        ]
    );
    let root = &tree(&book)[0];
    assert_eq!((root.below, root.deepest), (3, 2));
}

#[test]
fn a_way_that_leads_back_is_a_note_and_the_tree_stays_a_tree() {
    let book = lineage(
        vec![
            lead(2, 3, 0, false),
            lead(3, 4, 10, false),
            lead(4, 2, 20, false),
            lead(3, 3, 30, false),
        ],
        Vec::new(),
    );
    assert_eq!(
        drawn(&book),
        ["P2 0 [] circle P4", "  P3 0 []", "    P4 0 []"]
    );
}

#[test]
fn two_who_led_to_the_same_person_are_both_told_of_and_the_first_one_holds_the_place() {
    let mut split = lead(2, 4, 5, true);
    split.by = vec![(person(2), 70), (person(3), 30)];
    let book = lineage(
        vec![split, lead(5, 4, 0, false), lead(5, 4, 40, true)],
        Vec::new(),
    );
    assert_eq!(drawn(&book), ["P5 1 []", "  P4 1 [] also P2 also P3"]);
}

#[test]
fn what_an_account_bought_stands_with_the_person_who_was_led_to_for_it_once() {
    let mut first = lead(2, 3, 0, true);
    first.account = Some(Id::from_raw(30));
    let mut book = lineage(
        vec![first, lead(3, 4, 9, false)],
        vec![
            sold(Some(60), Some(30), 100, 100, "USD"),
            sold(None, Some(30), 110, 200, "USD"),
            sold(Some(61), None, 120, 400, "USD"),
            sold(None, Some(31), 130, 800, "USD"),
        ],
    );
    book.account_of = [(61, 30), (3, 30), (4, 31)]
        .map(|(who, account)| (Id::from_raw(who), Id::from_raw(account)))
        .into();
    assert_eq!(
        drawn(&book),
        [
            "P2 2 [15.00 USD]",
            "  P3 2 [15.00 USD]",
            "    P4 1 [8.00 USD]"
        ]
    );
    book.leads.push(Lead {
        by: vec![(Who::Account(Id::from_raw(30)), 100)],
        ..lead(2, 5, 40, false)
    });
    assert_eq!(
        drawn(&book)[3],
        "    P5 0 []",
        "an account leads from where its person stands"
    );
}

#[test]
fn a_chain_of_two_thousand_handshakes_is_drawn() {
    let chain = (2..1999).map(|raw| lead(raw, raw + 1, raw, true)).collect();
    let lines = tree(&lineage(chain, Vec::new()));
    assert_eq!((lines[0].deepest, lines[0].customers), (1997, 1997));
    assert_eq!(lines.last().map(|line| line.depth), Some(1997));
}

proptest! {
    /// Whoever led to whomever, in circles too: everybody who was led to has one place, whoever led stands above or beside them, every line stands right below the one above it, and all
    /// that was sold to anybody in the trees is in the roots, once.
    #[test]
    fn everybody_has_one_place_and_every_sale_is_counted_once(
        led in prop::collection::vec((2i64..14, 2i64..14, 0i64..900, any::<bool>()), 0..40),
        sales in prop::collection::vec((2i64..18, 1i64..1000), 0..20),
    ) {
        let leads: Vec<Lead> = led.iter().map(|(by, to, on, won)| lead(*by, *to, *on, *won)).collect();
        let sales: Vec<Sold> = sales.iter().map(|(who, minor)| sold(Some(*who), None, 0, *minor, "USD")).collect();
        let book = lineage(leads, sales);
        let lines = tree(&book);
        let places: HashSet<Who> = lines.iter().map(|line| line.who).collect();
        prop_assert_eq!(places.len(), lines.len());
        let mut told: HashSet<String> = lines.iter().map(|line| line.name.clone()).collect();
        told.extend(lines.iter().flat_map(|line| &line.also).map(|also| also.by.clone()));
        for (by, to, ..) in led.iter().filter(|(by, to, ..)| by != to) {
            prop_assert!(places.contains(&person(*to)), "who was led to has a place");
            prop_assert!(told.contains(book.name(person(*by))), "who led stands above or beside");
        }
        prop_assert!(lines.first().is_none_or(|line| line.depth == 0));
        for pair in lines.windows(2) {
            prop_assert!(pair[1].depth <= pair[0].depth + 1);
        }
        let in_tree = book.sales.iter().filter(|sale| places.contains(&Who::Person(sale.contact.unwrap())));
        let expected: i64 = in_tree.map(|sale| sale.amount.minor).sum();
        let roots = lines.iter().filter(|line| line.depth == 0);
        let counted: i64 = roots.flat_map(|line| line.sales.all()).map(|money| money.minor).sum();
        prop_assert_eq!(counted, expected);
    }
}

#[test]
fn the_grid_counts_the_new_customers_each_one_sent_by_year() {
    let today = day(1500);
    let mut split = lead(2, 5, 400, true);
    split.by = vec![(person(2), 70), (person(3), 30)];
    let book = lineage(
        vec![
            lead(2, 3, 0, true),
            lead(2, 4, 20, true),
            split,
            lead(9, 3, 800, true),
            lead(2, 6, 900, false),
        ],
        vec![
            sold(Some(2), None, -700, 100, "USD"),
            sold(None, Some(7), 1400, 100, "USD"),
        ],
    );
    let grid = grid(&book, today);
    assert_eq!(grid.years, [2018, 2019, 2020, 2021, 2022, 2023, 2024]);
    assert_eq!(grid.totals, [0, 0, 200, 100, 0, 0, 0]);
    let rows: Vec<String> = grid
        .rows
        .iter()
        .map(|row| {
            let dry = if row.dry { " dry" } else { "" };
            format!(
                "{} {:?} {:.2} {}{dry}",
                row.name,
                row.sent,
                row.per_year,
                row.goal.word()
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "P2 [0, 0, 200, 70, 0, 0, 0] 0.45 under dry",
            "P3 [0, 0, 0, 30, 0, 0, 0] 0.07 under dry",
            "P4 [0, 0, 0, 0, 0, 0, 0] 0.00 under dry",
            "P5 [0, 0, 0, 0, 0, 0, 0] 0.00 under dry",
            "A7 [0, 0, 0, 0, 0, 0, 0] 0.00 under",
        ],
        "whoever won P3 a second time sent nobody new"
    );
}

#[test]
fn the_goal_is_one_to_two_a_year() {
    let cases = [
        (0.0, "under"),
        (0.99, "under"),
        (1.0, "within"),
        (2.0, "within"),
        (2.01, "over"),
    ];
    for (per_year, word) in cases {
        assert_eq!(Goal::of(per_year).word(), word, "{per_year}");
    }
}

#[test]
fn a_grid_shows_ten_years_at_most_and_counts_the_others_in_the_total() {
    let book = lineage(vec![lead(2, 3, -6000, true)], Vec::new());
    let grid = grid(&book, day(0));
    assert_eq!((grid.years.len(), grid.rows[0].total), (10, 100));
    assert_eq!(grid.totals.iter().sum::<u32>(), 0);
}

#[test]
fn origins_are_compared_and_fewer_than_five_are_too_few_to_say() {
    let start = |origin, order: Option<i64>, second| Start {
        origin,
        first: Some(day(0)),
        second,
        order: order.map(day),
    };
    let mut starts: Vec<Start> = [30, 60, 90, 120, 300]
        .map(|days| start(Origin::Referral, Some(days), true))
        .into();
    starts.push(start(Origin::Referral, None, false));
    starts.extend((0..4).map(|_| start(Origin::Cold, Some(10), true)));
    starts.push(Start {
        first: None,
        ..start(Origin::Cold, Some(10), true)
    });
    let table = origins(&starts);
    assert_eq!(table.len(), 6);
    let referral = table[0];
    assert_eq!(
        (referral.first, referral.second, referral.customers),
        (6, 5, 5)
    );
    assert_eq!(
        referral
            .months
            .map(|months| format!("{months:.1}"))
            .as_deref(),
        Some("3.0")
    );
    assert_eq!(
        referral
            .share()
            .map(|share| format!("{share:.2}"))
            .as_deref(),
        Some("0.83")
    );
    let cold = table[1];
    assert_eq!(
        (cold.first, cold.customers),
        (4, 4),
        "who was never spoken to is not counted"
    );
    assert_eq!((cold.months, cold.share()), (None, None));
}

#[test]
fn an_origin_is_known_by_its_word() {
    for origin in Origin::ALL {
        assert_eq!(Origin::parse(&origin.word().to_uppercase()), origin);
    }
    assert_eq!(Origin::parse("carrier pigeon"), Origin::Unknown);
}

#[test]
fn an_order_is_its_persons_and_an_accounts_of_whoever_was_spoken_to_there_first() {
    let spoken = |raw: i64, account: i64, first: Option<i64>| Spoken {
        who: Id::from_raw(raw),
        account: Some(Id::from_raw(account)),
        origin: Origin::Cold,
        first: first.map(day),
        second: false,
    };
    let people = [
        spoken(2, 30, Some(9)),
        spoken(3, 30, Some(4)),
        spoken(4, 31, None),
        spoken(5, 32, Some(1)),
    ];
    let sales = [
        sold(None, Some(30), 50, 1, "USD"),
        sold(Some(2), Some(30), 70, 1, "USD"),
        sold(Some(2), Some(30), 60, 1, "USD"),
        sold(None, Some(31), 80, 1, "USD"),
    ];
    let orders: Vec<Option<NaiveDate>> = starts(&people, &sales)
        .iter()
        .map(|start| start.order)
        .collect();
    assert_eq!(orders, [Some(day(60)), Some(day(50)), None, None]);
}
