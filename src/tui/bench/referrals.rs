//! Referrals: the board, the ask queue, the tree, the tables and the paths, as they look and as they are used.

use super::*;
use crate::domain::ask::{
    Answer as Said, Ask, AskLine, AskRow, Askable, LastResult, Overdue, queue,
};
use crate::domain::chit::Chit;
use crate::domain::link::LinkKind;
use crate::domain::money::Money;
use crate::domain::paths::{How, Known, Network, Path, Tie, find};
use crate::domain::record::{Record, ResultKind};
use crate::domain::referral::{Credit, CreditRow, Referral, ReferralRow, Stage, StageRow, Who};
use crate::domain::text::fold;
use crate::domain::tree::{Lead, Lineage, OriginRow, Sold, grid, origins, tree};
use crate::domain::tree::{Origin, Start};
use crate::tui::inquiry::{Board, House, Letter, Lines};
use insta::assert_snapshot;

/// What the world knows of referrals.
#[derive(Default)]
pub struct Leads {
    pub board: Board,
    pub queue: Vec<AskLine>,
    pub lines: Lines,
    pub origins: Vec<OriginRow>,
    pub paths: Vec<Path>,
}

impl Leads {
    pub fn answer(&self, question: Question) -> Answer {
        match question {
            Question::Asking(_) => Answer::Asking(self.queue.clone()),
            Question::Lineage(_) => Answer::Lineage(Box::new(self.lines.clone())),
            Question::Origins => Answer::Origins(self.origins.clone()),
            Question::Paths { wanted, .. } => Answer::Paths(wanted, self.paths.clone()),
            Question::Letter(of) => {
                let text = match &of {
                    Letter::Card { .. } => "You know somebody who has this.",
                    Letter::Ask { .. } => "Barney,\n\nwould you put me in touch?",
                };
                Answer::Letter {
                    of,
                    text: text.to_owned(),
                    beside: "Why now: never asked".to_owned(),
                }
            }
            _ => Answer::Referrals(Box::new(self.board.clone())),
        }
    }
}

fn id(raw: i64) -> Id {
    Id::from_raw(raw)
}

fn ago(days: i64) -> NaiveDate {
    shift(today(), -days)
}

const HOUSE: i64 = 70;

fn name(who: Who) -> String {
    if who == Who::Account(id(HOUSE)) {
        return "Granite Works".to_owned();
    }
    let world = cast();
    let found = world
        .into_iter()
        .find(|one| Some(one.summary.id) == who.person());
    found.unwrap().summary.name
}

/// A referral with stages so many days ago, each told so many days ago.
fn row(raw: i64, from: i64, to: Who, stages: &[(Stage, i64, Option<i64>)]) -> ReferralRow {
    let referrer = Who::Person(id(from));
    let stage = |(at, (stage, on, told)): (i64, &(Stage, i64, Option<i64>))| StageRow {
        id: id(raw * 10 + at),
        stage: *stage,
        on: ago(*on),
        told: told.map(ago),
        note: String::new(),
        evidence: None,
    };
    ReferralRow {
        id: id(raw),
        referral: Referral {
            referrer,
            prospect: to,
            account: None,
            given: false,
            what: String::new(),
            evidence: None,
        },
        referrer_name: name(referrer),
        prospect_name: name(to),
        account_name: String::new(),
        stages: (0..).zip(stages).map(stage).collect(),
        credits: Vec::new(),
        words: String::new(),
    }
}

fn rows() -> Vec<ReferralRow> {
    use Stage::{Asked, Introduced, Lost, Met, Promised, Won};
    let person = |raw| Who::Person(id(raw));
    let mut late = row(
        801,
        10,
        person(12),
        &[(Asked, 200, None), (Introduced, 180, None), (Met, 6, None)],
    );
    late.referral.what = "needs new meters".to_owned();
    late.account_name = "Granite Works".to_owned();
    let waits = row(802, 11, person(13), &[(Promised, 38, None)]);
    let mut fresh = row(803, 16, person(14), &[(Asked, 3, None)]);
    fresh.referral.what = "runs the Fjord plant".to_owned();
    let mut given = row(804, 12, person(11), &[(Promised, 5, None)]);
    given.referral.given = true;
    let won = row(
        805,
        12,
        person(15),
        &[(Introduced, 90, None), (Met, 60, Some(59)), (Won, 2, None)],
    );
    let lost = row(
        806,
        11,
        person(16),
        &[(Asked, 90, None), (Lost, 60, Some(59))],
    );
    let mut house = row(807, 10, Who::Account(id(HOUSE)), &[(Introduced, 2, None)]);
    house.credits = vec![CreditRow {
        credit: Credit {
            contact: id(11),
            percent: 30,
        },
        name: "Betty Marsh".to_owned(),
    }];
    vec![late, waits, fresh, given, won, lost, house]
}

fn askable(raw: i64, result: Option<(&str, i64)>, last: Option<(i64, Option<Said>)>) -> Askable {
    let world = cast();
    let one = world.iter().find(|one| one.summary.id == id(raw)).unwrap();
    Askable {
        who: id(raw),
        name: one.summary.name.clone(),
        account: one.summary.account.clone(),
        strength: 40.0 + raw as f64,
        result: result.map(|(what, days)| LastResult {
            what: what.to_owned(),
            kind: ResultKind::CostCut,
            on: ago(days),
            need: "too many truck rolls".to_owned(),
        }),
        last: last.map(|(days, answer)| AskRow {
            id: id(raw * 100),
            ask: Ask {
                contact: id(raw),
                on: ago(days),
                answer,
                next: None,
                note: String::new(),
            },
        }),
        i_owe: Halves(0),
        they_owe: Halves(0),
        overdue: None,
    }
}

fn asking() -> Vec<AskLine> {
    let mut held = askable(13, None, None);
    held.overdue = Some(Overdue {
        what: "the quote".to_owned(),
        due: ago(3),
    });
    let mut owes = askable(16, None, Some((400, Some(Said::NotNow))));
    owes.they_owe = Halves(3);
    let people = vec![
        askable(10, Some(("cut truck rolls by half", 12)), None),
        askable(12, Some(("no more outages", 100)), Some((20, None))),
        owes,
        held,
    ];
    queue(people, today())
}

fn lineage() -> Lineage {
    let mut lineage = Lineage {
        leads: rows().iter().filter_map(Lead::of).collect(),
        ..Lineage::default()
    };
    // Fred led to Barney later: a circle.
    lineage.leads.push(Lead {
        by: vec![(Who::Person(id(12)), 100)],
        to: Who::Person(id(10)),
        account: None,
        on: Some(ago(1)),
        stage: None,
        won_on: None,
    });
    for (raw, days, minor) in [(15, 1, 2_400_000), (12, 400, 150_000), (10, 900, 990_000)] {
        lineage.sales.push(Sold {
            contact: Some(id(raw)),
            account: None,
            on: ago(days),
            amount: Money {
                minor,
                currency: "USD".to_owned(),
            },
        });
    }
    for raw in 10..=16 {
        let who = Who::Person(id(raw));
        lineage.names.insert(who, name(who));
    }
    let house = Who::Account(id(HOUSE));
    lineage.names.insert(house, name(house));
    lineage
}

fn ways() -> Vec<Path> {
    let known = |raw: i64, strength: f64, asked: Option<i64>| Known {
        id: id(raw),
        name: name(Who::Person(id(raw))),
        account: None,
        strength,
        asked: asked.map(ago),
    };
    let tie = |from, to, kind| Tie {
        from: id(from),
        to: id(to),
        how: How::Link(kind),
        suggested: false,
    };
    let network = Network {
        people: vec![
            known(10, 72.0, None),
            known(11, 41.0, Some(10)),
            known(12, 30.0, None),
            known(13, 0.0, None),
            known(14, 0.0, None),
        ],
        ties: vec![
            tie(10, 14, LinkKind::Friend),
            tie(14, 13, LinkKind::Manager),
            tie(11, 13, LinkKind::WorkedTogether),
            tie(12, 13, LinkKind::Spouse),
        ],
        owed: [((id(10), Id::ME), Halves(3))].into(),
    };
    find(&network, &[id(13)], today(), 10)
}

pub fn world_of_leads() -> Leads {
    let lineage = lineage();
    let start = |origin, order: Option<i64>| Start {
        origin,
        first: Some(ago(400)),
        second: true,
        order: order.map(ago),
    };
    let mut came: Vec<Start> = (0..6)
        .map(|at| start(Origin::Referral, Some(300 - at * 20)))
        .collect();
    came.extend([start(Origin::Cold, None), start(Origin::Cold, None)]);
    Leads {
        board: Board {
            rows: rows(),
            delivered: [(id(801), "halved their outages".to_owned())].into(),
            houses: [(HOUSE, "Granite Works"), (71, "Slate & Co")]
                .map(|(raw, name)| House {
                    id: id(raw),
                    name: name.to_owned(),
                    folded: fold(name),
                })
                .into(),
            ..Board::default()
        },
        queue: asking(),
        lines: Lines {
            tree: tree(&lineage),
            grid: grid(&lineage, today()),
        },
        origins: origins(&came),
        paths: ways(),
    }
}

/// A bench with referrals of every kind; the screen is gone to.
pub fn leading(world: Vec<Person>, columns: u16, rows: u16) -> Bench {
    let mut bench = Bench::with(world, columns, rows);
    bench.leads = world_of_leads();
    bench
}

fn there(columns: u16, rows: u16) -> Bench {
    let mut bench = leading(cast(), columns, rows);
    bench.counts = Counts {
        referrals: 2,
        ..Counts::default()
    };
    bench.send(Msg::Elsewhere(None));
    bench.press("4");
    bench
}

/// To the card of somebody, in the list of stages.
fn to_card(bench: &mut Bench, name: &str) {
    let wanted = format!("keys act on {name}");
    bench.press("g");
    for _ in 0..20 {
        let told = bench.screen().lines().any(|line| line.contains(&wanted));
        if told {
            return;
        }
        bench.press("j");
    }
    panic!("{name} is not on\n{}", bench.screen());
}

/// Presses `<`, which a story cannot write.
fn back(bench: &mut Bench) {
    bench.send(Msg::Keys(vec![Key::char('<')]));
    bench.draw();
}

fn last(bench: &Bench) -> &Command {
    bench.applied.last().expect("a change was asked for")
}

#[test]
fn the_board_at_80_by_24() {
    let mut bench = there(80, 24);
    bench.press("jjj");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals 2  5 Accounts  6 Review          14:07
    ╭ Referrals ─ 5 under way · 2 over ────────────────────────────────────────────╮
    │ ▸ Board   Ask   Tree   Yield   Origins   Paths                               │
    │ prospect            by                  since   told, or what it is about    │
    │Asked 1                                                                       │
    │ Wilma Ortega        Zoë Åström-Nguyễn   19 Nov  runs the Fjord plant         │
    │Promised 2                                                                    │
    │ Betty Marsh         with Fred Flint     17 Nov                               │
    │ Dino Vance          Betty Marsh         15 Oct  promised 38 days ago: ask h… │
    │Introduced 1                                                                  │
    │ Granite Works       Barney Rubble +     20 Nov                               │
    │Met 1                                                                         │
    │ Fred Flint          Barney Rubble       16 Nov  4 days late: met             │
    │Won 1                                                                         │
    │ 漢字 太郎           Fred Flint          20 Nov  tell tomorrow: won           │
    │Lost 1                                                                        │
    │ Zoë Åström-Nguyễn   Betty Marsh         23 Sep  ✓ told 24 Sep                │
    ├ keys act on Barney Rubble: Granite Works is an account ──────────────────────┤
    │ Barney Rubble 70 %, Betty Marsh 30 % lead you to Granite Works               │
    │ 20 Nov introduced                                                            │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     > on  m told  + add  X lost  r referrer  Tab view  c call  ? keys  q quit
    "#);
}

#[test]
fn the_board_at_60_by_15() {
    let bench = there(60, 15);
    assert_snapshot!(bench.screen(), @r#"
     1  2  3  4 Referrals 2  5  6              Sun 22 Nov 14:07
    ╭ Referrals ─ 5 under way · 2 over ────────────────────────╮
    │ ▸ Board   Ask   Tree   Yield   Origins   Paths           │
    │ prospect      by            told, or what it is about    │
    │Asked 1                                                   │
    │ Wilma Ortega  Zoë Åström-N… runs the Fjord plant         │
    │Promised 2                                                │
    │ Betty Marsh   with Fred Fl…                              │
    │ Dino Vance    Betty Marsh   promised 38 days ago: ask h… │
    │Introduced 1                                              │
    │ Granite Works Barney Rubbl…                              │
    │Met 1                                                     │
    │ Fred Flint    Barney Rubble 4 days late: met             │
    ╰──────────────────────────────────────────────────────────╯
     > on  m told  + add  X lost  r referrer  ? keys  q quit
    "#);
}

#[test]
fn the_board_at_120_by_40() {
    let mut bench = there(120, 40);
    bench.press("ll");
    assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals 2  5 Accounts  6 Review                             Sun 22 Nov 14:07
    ╭ Referrals ─ 5 under way · 2 over ────────────────────────────────────────────────────────────────────────────────────╮
    │ ▸ Board   Ask   Tree   Yield   Origins   Paths                                                                       │
    │ Asked 1             Promised 2          Introduced 1        Met 1               Won 1              Lost 1            │
    │ Wilma Ortega        Betty Marsh         Granite Works       Fred Flint          漢字 太郎          Zoë Åström-Nguyễn │
    │ by Zoë Åström-Ngu…  with Fred Flint     by Barney Rubble +  by Barney Rubble    by Fred Flint      by Betty Marsh    │
    │ since 19 Nov        since 17 Nov        since 20 Nov        4 days late: met    tell tomorrow: w…  ✓ told 24 Sep     │
    │                                                                                                                      │
    │                     Dino Vance                                                                                       │
    │                     by Betty Marsh                                                                                   │
    │                     waits 38 days                                                                                    │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    ├ keys act on Barney Rubble: Granite Works is an account ──────────────────────────────────────────────────────────────┤
    │ Barney Rubble 70 %, Betty Marsh 30 % lead you to Granite Works                                                       │
    │ 20 Nov introduced                                                                                                    │
    │                                                                                                                      │
    │                                                                                                                      │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
     > on  m told  + add  X lost  r referrer  Tab view  c call  Enter go there  t touch  f favour  ? keys  q quit
    "#);
}

#[test]
fn whom_to_ask_at_80_by_24() {
    let mut bench = there(80, 24);
    bench.press("<tab>");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals 2  5 Accounts  6 Review          14:07
    ╭ Referrals ─ 2 to ask · 2 held back ──────────────────────────────────────────╮
    │   Board ▸ Ask   Tree   Yield   Origins   Paths                               │
    │ who                why now                              their result     str │
    │ Barney Rubble      cost cut 12 days ago, never asked    cut truck rolls…  50 │
    │ Zoë Åström-Nguyễn  owes you 1½, asked 13 months ago                       56 │
    │Held back                                                                     │
    │ Dino Vance         your promise is 3 days overdue: the…                   53 │
    │ Fred Flint         asked 20 days ago                    no more outages   52 │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ├ Barney Rubble · Slate & Co ──────────────────────────────────────────────────┤
    │ cost cut 12 days ago, never asked                                            │
    │ “cut truck rolls by half” ─ cost cut, fresh, 12 days ago                     │
    │ rank 94 = result 44 + rest 40 + strength 10 + chits 0                        │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter what to say  a asked  Tab view  c call  + add referral  ? keys  q quit
    "#);
}

#[test]
fn whom_to_ask_at_120_by_40() {
    let mut bench = there(120, 40);
    bench.press("<tab>j");
    assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals 2  5 Accounts  6 Review                             Sun 22 Nov 14:07
    ╭ Referrals ─ 2 to ask · 2 held back ──────────────────────────────────────────────────────────────────────────────────╮
    │   Board ▸ Ask   Tree   Yield   Origins   Paths                                                                       │
    │ who                  why now                                  their result     str I owe owe me last asked           │
    │ Barney Rubble        cost cut 12 days ago, never asked        cut truck rolls…  50              never                │
    │ Zoë Åström-Nguyễn    owes you 1½, asked 13 months ago                           56           1½ 400 d, not now       │
    │Held back                                                                                                             │
    │ Dino Vance           your promise is 3 days overdue: the quo…                   53              never                │
    │ Fred Flint           asked 20 days ago                        no more outages   52              20 d, no answer      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    ├ Zoë Åström-Nguyễn · Fjord 9 ─────────────────────────────────────────────────────────────────────────────────────────┤
    │ owes you 1½, asked 13 months ago                                                                                     │
    │ asked Oct’25, not now                                                                                                │
    │ rank 49 = result 0 + rest 30 + strength 11 + chits 8                                                                 │
    │                                                                                                                      │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
     Enter what to say  a asked  Tab view  c call  + add referral  t touch  f favour  p promise  n next  ? keys  q quit
    "#);
}

#[test]
fn who_led_to_whom_at_80_by_24() {
    let mut bench = there(80, 24);
    bench.press("<tab><tab>");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals 2  5 Accounts  6 Review          14:07
    ╭ Referrals ─ 1 led to 3 others ───────────────────────────────────────────────╮
    │   Board   Ask ▸ Tree   Yield   Origins   Paths                               │
    │ who led to whom   customers     sold below stage      since, and how else    │
    │ Barney Rubble             3  35,400.00 USD            in a circle from Fred… │
    │ ├─ Fred Flint             2  25,500.00 USD met        26 May                 │
    │ │  └─ 漢字 太郎           1  24,000.00 USD won        24 Aug                 │
    │ └─ Granite Works                           introduced 20 Nov, also by Betty… │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ├ Barney Rubble ───────────────────────────────────────────────────────────────┤
    │ in a circle from Fred Flint, 21 Nov                                          │
    │ bought 9,900.00 USD; led to 3 others over 2 steps, with all of them          │
    │ 35,400.00 USD                                                                │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter go there  Space fold  Tab view  c call  + add referral  ? keys  q quit
    "#);
}

#[test]
fn who_led_to_whom_folded_at_60_by_15() {
    let mut bench = there(60, 15);
    bench.press("<tab><tab>j ");
    assert_snapshot!(bench.screen(), @r#"
     1  2  3  4 Referrals 2  5  6              Sun 22 Nov 14:07
    ╭ Referrals ─ 1 led to 3 others ───────────────────────────╮
    │   Board   Ask ▸ Tree   Yield   Origins   Paths           │
    │ who led to whom      customers     sold below stage      │
    │ Barney Rubble                3  35,400.00 USD            │
    │ ├─ Fred Flint (+1)           2  25,500.00 USD met        │
    │ └─ Granite Works                              introduced │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    ╰──────────────────────────────────────────────────────────╯
     Enter go there  Space fold  Tab view  ? keys  q quit
    "#);
}

#[test]
fn customers_by_years_at_80_by_24() {
    let mut bench = there(80, 24);
    bench.press("<tab><tab><tab>");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals 2  5 Accounts  6 Review          14:07
    ╭ Referrals ─ 3 customers · 0 send one a year or more ─────────────────────────╮
    │   Board   Ask   Tree ▸ Yield   Origins   Paths                               │
    │ customer                         since   2024 2025 2026    all a year goal   │
    │ Fred Flint                       Oct’25  ·    ·    1         1    0.9 under  │
    │ Barney Rubble                    Jun’24  ·    ·    ·         0    0.0 dry    │
    │ 漢字 太郎                        20 Nov  ·    ·    ·         0    0.0 under  │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │ sent in all; the goal is 1–2 a year      0    0    1                         │
    ├ Fred Flint ──────────────────────────────────────────────────────────────────┤
    │ a customer since Oct’25; sent 1 in all, 0.9 a year                           │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter go there  Tab view  c call  + add referral  t touch  ? keys  q quit
    "#);
}

#[test]
fn origins_at_80_by_24() {
    let mut bench = there(80, 24);
    bench.press("<shift-tab><shift-tab>");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals 2  5 Accounts  6 Review          14:07
    ╭ Referrals ─ how far people came, by how they came ───────────────────────────╮
    │   Board   Ask   Tree   Yield ▸ Origins   Paths                               │
    │ origin     first talks second customers          share months to order       │
    │ referral             6      6         6          100 %             4.9       │
    │ cold                 2      2         0 too few to say  too few to say       │
    │ event                0      0         0 too few to say  too few to say       │
    │ inbound              0      0         0 too few to say  too few to say       │
    │ inherited            0      0         0 too few to say  too few to say       │
    │ unknown              0      0         0 too few to say  too few to say       │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Tab view  + add referral  C call anybody  2 today  u undo  ? keys  q quit
    "#);
}

#[test]
fn ways_to_somebody_at_80_by_24() {
    let mut bench = there(80, 24);
    bench.press("<shift-tab>/dino<enter>");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals 2  5 Accounts  6 Review          14:07
    ╭ Referrals ─ 3 ways ──────────────────────────────────────────────────────────╮
    │   Board   Ask   Tree   Yield   Origins ▸ Paths                 to Dino Vance │
    │ warm way                                                                     │
    │   35 Barney Rubble (72), friend of Wilma Ortega, report…                     │
    │   27 Fred Flint (30), married to Dino Vance                                  │
    │   25 Betty Marsh (41), worked with Dino Vance            burnt: asked 12 Nov │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ├ Enter writes the ask, to be forwarded as it is ──────────────────────────────┤
    │ Barney Rubble (72): owes you 1½: this calls one in                           │
    │ └ friend of Wilma Ortega (0)                                                 │
    │   └ reports to Dino Vance (0)                                                │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     / whom  Enter write the ask  Tab view  c call  t touch  ? keys  q quit
    "#);
}

#[test]
fn ways_to_somebody_at_120_by_40() {
    let mut bench = there(120, 40);
    bench.press("<shift-tab>/dino<enter>j");
    assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals 2  5 Accounts  6 Review                             Sun 22 Nov 14:07
    ╭ Referrals ─ 3 ways ──────────────────────────────────────────────────────────────────────────────────────────────────╮
    │   Board   Ask   Tree   Yield   Origins ▸ Paths                                                         to Dino Vance │
    │ warm way                                                                            price                            │
    │   35 Barney Rubble (72), friend of Wilma Ortega, reports to Di…                     owes you 1½: this calls one in   │
    │   27 Fred Flint (30), married to Dino Vance                                         nothing is owed: you would owe 1 │
    │   25 Betty Marsh (41), worked with Dino Vance                   burnt: asked 12 Nov nothing is owed: you would owe 1 │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    ├ Enter writes the ask, to be forwarded as it is ──────────────────────────────────────────────────────────────────────┤
    │ Fred Flint (30): nothing is owed: you would owe 1                                                                    │
    │ └ married to Dino Vance (0)                                                                                          │
    │                                                                                                                      │
    │                                                                                                                      │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
     / whom  Enter write the ask  Tab view  c call  t touch  f favour  p promise  n next  x why  i records  ? keys  q quit
    "#);
}

#[test]
fn one_who_is_wanted_is_named_among_people_and_accounts_at_60_by_15() {
    let mut bench = there(60, 15);
    bench.press("<shift-tab>/gran");
    assert_snapshot!(bench.screen(), @r#"
     1  2  3  4 Referrals 2  5  6              Sun 22 Nov 14:07
    ╭ Referrals ─ who could lead you to whom you want ─────────╮
    │ whom: gran                                               │
    │ whom                                                     │
    │ Granite Works                account                     │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    ╰──────────────────────────────────────────────────────────╯
     Enter choose  Esc leave
    "#);
}

#[test]
fn a_referral_that_is_won_proposes_its_chits_at_80_by_24() {
    let mut bench = there(80, 24);
    to_card(&mut bench, "Fred Flint");
    bench.press(">");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals 2  5 Accounts  6 Review          14:07
    ╭ Referrals ─ 5 under way · 2 over ────────────────────────────────────────────╮
    │ ▸ Board   Ask   Tree   Yield   Origins   Paths                               │
    │ prospect            by                  since   told, or what it is about    │
    │Asked 1                                                                       │
    │ ╭ Won: Fred Flint, by Barney Rubble ───────────────────────────────────────╮ │
    │P│ result        halved their outages                                       │ │
    │ │ amount        24000, 24k: notes a sale                                   │ │
    │ │ their thanks  not known yet                                              │ │
    │I│ when          today                                                today │ │
    │ │ note          what else there is to say                                  │ │
    │M│ chit          noted    ! Fred Flint owes Barney Rubble 1: put us in tou… │ │
    │ │ chit          noted    you owe Barney Rubble 1: led me to Fred Flint     │ │
    │W╰──────────────────────────────────────────────────────────────────────────╯ │
    │ 漢字 太郎           Fred Flint          20 Nov  tell tomorrow: won           │
    │Lost 1                                                                        │
    │ Zoë Åström-Nguyễn   Betty Marsh         23 Sep  ✓ told 24 Sep                │
    ├ keys act on Fred Flint ─ r: the referrer, Barney Rubble ─────────────────────┤
    │ Barney Rubble leads you to Fred Flint (Granite Works): needs new meters      │
    │ 6 May asked · 26 May introduced · 16 Nov met                                 │
    │ 4 days late: met                                                             │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Ctrl-S save  Tab next  Shift-Tab before  Esc close, kept as a draft  F1 keys
    "#);
}

#[test]
fn an_ask_is_logged_with_whom_they_named_at_80_by_24() {
    let mut bench = there(80, 24);
    bench.press("<tab>a<right><tab>pebbles slate");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals 2  5 Accounts  6 Review          14:07
    ╭ Referrals ─ 2 to ask · 2 held back ──────────────────────────────────────────╮
    │   Board ▸ Ask   Tree   Yield   Origins   Paths                               │
    │ who                why now                              their result     str │
    │ Barney Rubble      cost cut 12 days ago, never asked    cut truck rolls…  50 │
    │ Zoë Åström-Nguyễn  owes you 1½, asked 13 months ago                       56 │
    │H╭ Asked Barney Rubble ─────────────────────────────────────────────────────╮ │
    │ │ answer     named somebody                                                │ │
    │ │ named      pebbles slate                                                 │ │
    │ │ note       ╭─────────────────────────────╮                               │ │
    │ │ asked on   │ pebbles slate  somebody new │                         today │ │
    │ │ ask again  ╰─────────────────────────────╯             after ninety days │ │
    │ ╰──────────────────────────────────────────────────────────────────────────╯ │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ├ Barney Rubble · Slate & Co ──────────────────────────────────────────────────┤
    │ cost cut 12 days ago, never asked                                            │
    │ “cut truck rolls by half” ─ cost cut, fresh, 12 days ago                     │
    │ rank 94 = result 44 + rest 40 + strength 10 + chits 0                        │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Ctrl-S save  Tab next  Shift-Tab before  Esc close, kept as a draft  F1 keys
    "#);
}

#[test]
fn one_key_takes_a_referral_on_and_one_takes_it_back() {
    let mut bench = there(80, 24);
    let cases = [
        ("Wilma Ortega", ">", Some(Stage::Promised)),
        ("Dino Vance", ">", Some(Stage::Introduced)),
    ];
    for (who, key, to) in cases {
        to_card(&mut bench, who);
        bench.press(key);
        let moved = match last(&bench) {
            Command::MoveReferral { step, .. } => Some((step.stage, step.on, step.chits.len())),
            _ => None,
        };
        assert_eq!(moved, to.map(|to| (to, today(), 0)), "{who}");
    }
    to_card(&mut bench, "Fred Flint");
    back(&mut bench);
    assert_eq!(last(&bench), &Command::DropStage(id(8012)));
    to_card(&mut bench, "Wilma Ortega");
    back(&mut bench);
    assert!(
        bench.last_line().contains("It began here"),
        "{}",
        bench.last_line()
    );
    to_card(&mut bench, "Zoë");
    bench.press(">");
    assert!(
        bench.last_line().contains("It is over"),
        "{}",
        bench.last_line()
    );
}

/// The chits of the last step: who owes whom.
fn noted(bench: &Bench) -> Vec<(i64, i64)> {
    let of = |command: &Command| match command {
        Command::MoveReferral { step, .. } | Command::AddReferral { step, .. } => {
            let owes = |chit: &Chit| (chit.receiver.raw(), chit.giver.raw());
            step.chits.iter().map(owes).collect()
        }
        _ => Vec::new(),
    };
    match last(bench) {
        Command::All { commands, .. } => commands.iter().flat_map(of).collect(),
        one => of(one),
    }
}

#[test]
fn won_files_the_chits_of_the_story_that_were_not_struck_out_and_the_sale() {
    // With the result that was delivered: Fred owes Barney, and so do I.
    let both = vec![(12, 10), (1, 10)];
    let cases: [(&str, Vec<(i64, i64)>); 4] = [
        ("<ctrl-s>", both.clone()),
        (
            "<tab><tab><tab><tab><tab><tab><right><ctrl-s>",
            vec![(12, 10)],
        ),
        (
            "<tab><tab><tab><tab><tab><right><tab><right><ctrl-s>",
            vec![],
        ),
        ("<ctrl-u><ctrl-s>", vec![(1, 10)]),
    ];
    for (keys, expected) in cases {
        let mut bench = there(80, 24);
        to_card(&mut bench, "Fred Flint");
        bench.press(">").press(keys);
        assert_eq!(noted(&bench), expected, "{keys}\n{}", bench.screen());
    }
    let mut bench = there(80, 24);
    to_card(&mut bench, "Fred Flint");
    bench.press("><tab>24k<ctrl-s>");
    let Command::All { commands, .. } = last(&bench) else {
        panic!("{:?}", last(&bench))
    };
    let sale = match commands.last() {
        Some(Command::AddRecord(record)) => record.as_ref().clone(),
        other => panic!("{other:?}"),
    };
    let Record::Sale(sale) = sale else {
        panic!("{sale:?}")
    };
    assert_eq!((sale.contact, sale.amount.minor), (id(12), 2_400_000));
    assert_eq!(noted(&bench), both);
}

#[test]
fn two_who_are_put_in_touch_both_owe_me_unless_struck_out() {
    let mut bench = there(80, 24);
    to_card(&mut bench, "Betty Marsh");
    bench.press("><ctrl-s>");
    assert_eq!(noted(&bench), [(12, 1), (11, 1)]);
}

#[test]
fn a_loss_asks_why_and_the_referrer_is_told_of_it() {
    let mut bench = there(80, 24);
    to_card(&mut bench, "Fred Flint");
    bench.press("Xwent to Rockland<ctrl-s>");
    let Command::MoveReferral { step, .. } = last(&bench) else {
        panic!("{:?}", last(&bench))
    };
    assert_eq!(
        (step.stage, step.note.as_str()),
        (Stage::Lost, "went to Rockland")
    );
    bench.press("m");
    let told = Command::TellReferrer {
        id: id(801),
        on: today(),
    };
    assert_eq!(last(&bench), &told);
}

#[test]
fn a_referrer_who_knows_everything_is_not_told_again() {
    let mut bench = there(80, 24);
    to_card(&mut bench, "Zoë");
    let before = bench.applied.len();
    bench.press("m");
    assert_eq!(bench.applied.len(), before);
    assert!(
        bench.last_line().contains("knows all there is"),
        "{}",
        bench.last_line()
    );
}

#[test]
fn keys_for_a_person_act_on_the_prospect_and_after_r_on_the_referrer() {
    let mut bench = there(80, 24);
    to_card(&mut bench, "Fred Flint");
    assert_eq!(bench.app.selected(), Some(id(12)));
    bench.press("r");
    assert_eq!(bench.app.selected(), Some(id(10)));
    assert!(
        bench.screen().contains("keys act on Barney Rubble"),
        "{}",
        bench.screen()
    );
    bench.press("p");
    assert!(
        bench.screen().contains("Promise with Barney"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>r<enter>");
    assert_eq!(bench.app.selected(), Some(id(12)));
    assert!(
        bench.screen().contains("coldest first"),
        "{}",
        bench.screen()
    );
}

#[test]
fn a_referral_is_added_with_somebody_who_is_not_in_the_book_yet_or_with_an_account() {
    let mut bench = there(80, 24);
    bench.press("+barney<tab><tab>pebbles slate<tab><tab>runs the mill<ctrl-s>");
    let Command::All { commands, .. } = last(&bench) else {
        panic!("{:?}\n{}", bench.applied, bench.screen())
    };
    let [
        Command::AddContact(card),
        Command::AddReferral { referral, step },
    ] = commands.as_slice()
    else {
        panic!("{commands:?}")
    };
    assert_eq!(card.name, "Pebbles Slate");
    assert_eq!(
        referral.prospect,
        Who::Person(Id::stand_in_for("pebbles slate"))
    );
    assert_eq!(
        (referral.referrer, step.stage),
        (Who::Person(id(10)), Stage::Promised)
    );
    assert_eq!(referral.what, "runs the mill");
    bench.press("+barney<tab><tab>granite wor<down><up><tab><ctrl-s>");
    let Command::AddReferral { referral, .. } = last(&bench) else {
        panic!("{:?}\n{}", last(&bench), bench.screen())
    };
    assert_eq!(referral.prospect, Who::Account(id(HOUSE)));
}

#[test]
fn the_keys_act_on_a_referral_as_soon_as_it_was_added() {
    let mut bench = there(120, 40);
    to_card(&mut bench, "Wilma Ortega");
    bench.press("+barney<tab><tab>pebbles slate<ctrl-s>");
    let mut added = bench.leads.board.rows[0].clone();
    added.id = id(899);
    added.prospect_name = "Pebbles Slate".to_owned();
    bench.leads.board.rows.push(added);
    bench.send(Msg::Elsewhere(None));
    bench.draw();
    assert!(
        bench.screen().contains("keys act on Pebbles Slate"),
        "{}",
        bench.screen()
    );
}

#[test]
fn a_referral_that_was_not_added_after_all_leaves_the_cursor_where_the_rep_puts_it() {
    let mut bench = there(120, 40);
    bench.press("+<esc>");
    to_card(&mut bench, "Wilma Ortega");
    let mut added = bench.leads.board.rows[0].clone();
    added.id = id(899);
    added.prospect_name = "Pebbles Slate".to_owned();
    bench.leads.board.rows.push(added);
    bench.send(Msg::Elsewhere(None));
    bench.draw();
    assert!(
        bench.screen().contains("keys act on Wilma Ortega"),
        "{}",
        bench.screen()
    );
}

#[test]
fn whose_name_begins_as_typed_is_offered_first_however_many_others_there_are() {
    let mut world: Vec<Person> = (0..80)
        .map(|nth| person(100 + nth, &format!("Ann{nth} Zorro"), "", &[]))
        .collect();
    // Nobody spoke to them: they stand in the order of their names.
    world.push(person(99, "Zorro Last", "", &[]));
    let mut bench = leading(world, 80, 24);
    bench.press("4<shift-tab>/zorro");
    let screen = bench.screen();
    let offered: Vec<&str> = screen.lines().skip(4).take(2).collect();
    assert!(offered[0].contains("Zorro Last"), "{screen}");
    assert!(offered[1].contains("Ann"), "{screen}");
}

#[test]
fn a_referral_is_edited_split_and_deleted() {
    let mut bench = there(80, 24);
    to_card(&mut bench, "Wilma Ortega");
    bench.press("e in Bergen<ctrl-s>");
    let Command::EditReferral {
        id: of,
        after,
        before,
    } = last(&bench)
    else {
        panic!("{:?}\n{}", bench.applied, bench.screen())
    };
    assert_eq!(
        (*of, after.what.as_str()),
        (id(803), "runs the Fjord plant in Bergen")
    );
    assert_eq!(
        (after.referrer, after.prospect),
        (before.referrer, before.prospect)
    );
    bench.press("Sbetty<tab><tab><ctrl-u>40<ctrl-s>");
    let split = Command::SplitCredit {
        id: id(803),
        credit: Credit {
            contact: id(11),
            percent: 40,
        },
    };
    assert_eq!(last(&bench), &split, "{}", bench.screen());
    bench.press("d");
    assert_eq!(last(&bench), &Command::DeleteReferral(id(803)));
}

#[test]
fn an_ask_is_logged_and_one_that_waits_gets_its_answer() {
    let mut bench = there(80, 24);
    bench.press("<tab>a<right><right><ctrl-s>");
    let Command::AddAsk(ask) = last(&bench) else {
        panic!("{:?}\n{}", bench.applied, bench.screen())
    };
    assert_eq!((ask.contact, ask.answer), (id(10), Some(Said::Thinking)));
    assert_eq!(ask.next, Some(shift(today(), 14)));
    // Fred was asked and has not answered; he stands among those held back.
    for _ in 0..4 {
        if bench.app.selected() != Some(id(12)) {
            bench.press("j");
        }
    }
    bench.press("a");
    assert!(
        bench.screen().contains("What came of asking Fred"),
        "{}",
        bench.screen()
    );
    bench.press("<tab>pebbles<tab><tab><ctrl-s>");
    let Command::All { commands, .. } = last(&bench) else {
        panic!("{:?}\n{}", last(&bench), bench.screen())
    };
    let [
        Command::EditAsk { after, .. },
        Command::AddContact(_),
        Command::AddReferral { referral, .. },
    ] = commands.as_slice()
    else {
        panic!("{commands:?}")
    };
    assert_eq!((after.contact, after.answer), (id(12), Some(Said::Named)));
    assert_eq!(referral.referrer, Who::Person(id(12)));
}

#[test]
fn a_day_to_ask_again_before_the_ask_is_refused_at_its_field() {
    let mut bench = there(80, 24);
    let before = bench.applied.len();
    bench.press("<tab>a<tab><tab><tab><tab>2026-11-01<ctrl-s>");
    assert_eq!(bench.applied.len(), before);
    assert!(
        bench.screen().contains("must come after"),
        "{}",
        bench.screen()
    );
}

#[test]
fn the_ask_card_is_read_copied_and_changed_outside() {
    let mut bench = there(80, 24);
    bench.press("<tab><enter>");
    assert!(
        bench.screen().contains("What to say to Barney Rubble"),
        "{}",
        bench.screen()
    );
    assert!(
        bench.screen().contains("Why now: never asked"),
        "{}",
        bench.screen()
    );
    bench.press("y");
    let copied = Effect::Copy("You know somebody who has this.".to_owned());
    assert!(bench.effects.contains(&copied));
    bench.press("o");
    let lent = bench.effects.iter().rev().find_map(|effect| match effect {
        Effect::Edit { ticket, .. } => Some(*ticket),
        _ => None,
    });
    bench.send(Msg::Reply(Reply::Edited {
        ticket: lent.unwrap(),
        text: Ok("Mine.\n".to_owned()),
    }));
    bench.press("y");
    assert!(bench.effects.contains(&Effect::Copy("Mine.".to_owned())));
}

#[test]
fn the_ask_for_a_path_is_written_and_somebody_i_know_myself_needs_none() {
    let mut bench = there(80, 24);
    bench.press("<shift-tab>/dino<enter><enter>");
    assert!(
        bench.screen().contains("would you put me in touch?"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>");
    let direct = bench.leads.paths[0].hops[..1].to_vec();
    bench.leads.paths[0].hops = direct;
    bench.send(Msg::Elsewhere(None));
    bench.press("<enter>");
    assert!(
        bench.last_line().contains("nobody needs to be asked"),
        "{}",
        bench.last_line()
    );
}

#[test]
fn esc_leaves_the_naming_as_it_was_and_no_screen() {
    let mut bench = there(80, 24);
    bench.press("<shift-tab>/dino<enter>/zzz<esc>");
    assert!(
        bench.screen().contains("to Dino Vance"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>");
    assert!(
        bench.screen().contains("to Dino Vance"),
        "{}",
        bench.screen()
    );
    assert!(bench.last_line().contains("1 goes to People"));
}

#[test]
fn a_folded_stage_keeps_its_heading_in_both_pictures_and_has_nobody_to_act_on() {
    for columns in [80, 120] {
        let mut bench = there(columns, 30);
        bench.press("lll");
        let open = bench.screen();
        assert!(open.contains("4 days late: met"), "{open}");
        assert!(
            open.contains("Met 1 ") && !open.contains("Met 1 …"),
            "{open}"
        );
        bench.press(" ");
        let folded = bench.screen();
        assert!(folded.contains("Met 1 …"), "{folded}");
        assert!(!folded.contains("4 days late: met"), "{folded}");
        bench.press("m");
        assert!(
            bench.last_line().contains("Go to a referral"),
            "{}",
            bench.last_line()
        );
        bench.press(" ");
        assert_eq!(bench.screen(), open);
    }
}

#[test]
fn the_cursor_stays_on_a_referral_that_moved() {
    let mut bench = there(80, 24);
    to_card(&mut bench, "Wilma Ortega");
    bench.leads.board.rows[2].stages.push(StageRow {
        stage: Stage::Introduced,
        id: id(9_000),
        on: today(),
        told: None,
        note: String::new(),
        evidence: None,
    });
    bench.send(Msg::Elsewhere(None));
    bench.draw();
    assert_eq!(bench.app.selected(), Some(id(14)));
    assert!(
        bench.screen().contains("keys act on Wilma"),
        "{}",
        bench.screen()
    );
}

#[test]
fn the_mouse_points_at_cards_rows_and_views() {
    let mut bench = there(120, 40);
    bench.click("Dino Vance", MouseWhat::Press);
    assert_eq!(bench.app.selected(), Some(id(13)));
    bench.click("Tree", MouseWhat::Press);
    bench.click("Fred Flint", MouseWhat::Press);
    assert_eq!(bench.app.selected(), Some(id(12)));
    bench.click("Board", MouseWhat::Press);
    bench.resize(80, 24);
    bench.click("漢字", MouseWhat::Double);
    assert_eq!(bench.app.selected(), Some(id(15)));
    assert!(
        bench.screen().contains("coldest first"),
        "{}",
        bench.screen()
    );
}

#[test]
fn a_book_without_referrals_says_in_every_view_how_to_begin() {
    let cases = [
        ("", "No referrals yet"),
        ("<tab>", "Nobody to ask yet"),
        ("<tab><tab>", "Nobody led to anybody yet"),
        ("<tab><tab><tab>", "No customers yet"),
        ("<shift-tab>", "/ names whom"),
    ];
    for (keys, says) in cases {
        let mut bench = Bench::with(vec![person(20, "Ada", "", &[])], 80, 24);
        bench.press("4").press(keys);
        assert!(bench.screen().contains(says), "{keys}\n{}", bench.screen());
        bench.press("m<enter>X> ");
        back(&mut bench);
        assert_eq!(bench.applied.len(), 0, "{keys}");
    }
}
