//! The accounts: gone to, filtered, sorted, walked, and everything on a page changed by a key.

use super::*;
use crate::domain::account::view::{Facts, Insider, SeatFact, Sighting, grid, others, row};
use crate::domain::account::{
    Change, Coaching, CoachingRow, Profile, RECENT, Regard, Story, StoryAsk, StoryRow,
};
use crate::domain::money::Money;
use crate::domain::promise::{Promise, PromiseRow};
use crate::domain::record::{
    Need, NeedState, Outcome, Record, RecordKind, RecordRow, ResultKind, Role, Sale, Seat, Stance,
};
use insta::assert_snapshot;

fn insider(person: &Person) -> Insider {
    let counts = |ago: i64| ago <= RECENT;
    let recent = person.history.iter().filter(|entry| {
        let ago = (today() - entry.at.date_naive()).num_days();
        counts(ago)
    });
    Insider {
        id: person.summary.id,
        name: person.summary.name.clone(),
        title: person.card.title.clone(),
        standing: person.summary.standing,
        cadence: None,
        recent: recent.count() as u32,
    }
}

fn seat(raw: i64, role: Role, holder: Option<i64>, stance: Stance) -> SeatFact {
    SeatFact {
        id: Id::from_raw(raw),
        role,
        holder: holder.map(Id::from_raw),
        stance,
        listens_to: None,
    }
}

fn usd(whole: i64) -> Money {
    Money {
        minor: whole * 100,
        currency: "USD".to_owned(),
    }
}

fn kept(raw: i64, record: Record) -> RecordRow {
    RecordRow {
        id: Id::from_raw(raw),
        record,
        evidence: None,
        words: String::new(),
    }
}

/// An account's page made of what is known, with nothing kept yet.
fn page(facts: Facts) -> Account {
    let params = Params::default();
    Account {
        row: row(&facts, &params, today()),
        grid: grid(&facts, &params, today()),
        others: others(&facts, &params, today()),
        promises: facts.promises,
        needs: Vec::new(),
        sales: Vec::new(),
        rivals: facts.rivals,
        coaching: Vec::new(),
        stories: Vec::new(),
    }
}

/// Slate & Co: all rests on Barney, who coaches; Wilma decides and was never spoken to; a rival is near.
fn slate(world: &[Person]) -> Facts {
    let who = |raw: i64| {
        let mut people = world.iter();
        insider(
            people
                .find(|person| person.summary.id == Id::from_raw(raw))
                .unwrap(),
        )
    };
    let mut facts = Facts::named(Id::from_raw(1_000), "Slate & Co");
    facts.profile.regard = Some(Regard::Vendor);
    facts.profile.wanted = Some(Regard::Adviser);
    facts.profile.note = "Everything goes through the quarry board.".to_owned();
    facts.people = vec![who(10), who(14), who(16)];
    facts.seats = vec![
        seat(700, Role::Decision, Some(14), Stance::Unknown),
        seat(701, Role::Coach, Some(10), Stance::For),
        seat(702, Role::User, Some(10), Stance::For),
        seat(703, Role::Finance, None, Stance::Unknown),
    ];
    facts.seats[0].listens_to = Some(Id::from_raw(10));
    facts.rivals = vec![Sighting {
        id: Id::from_raw(710),
        name: "Rockland".to_owned(),
        what: "pitching ideas to her boss".to_owned(),
        on: shift(today(), -12),
        by: "Barney Rubble".to_owned(),
        contact: Some(Id::from_raw(10)),
    }];
    facts.promises = vec![PromiseRow {
        id: Id::from_raw(720),
        promise: Promise {
            contact: Id::from_raw(10),
            mine: true,
            what: "the tariff table".to_owned(),
            made_on: shift(today(), -9),
            due: shift(today(), 5),
            evidence: None,
        },
        state: PromiseState::Open,
        closed_on: None,
        snoozed: None,
        words: String::new(),
    }];
    facts.traded = true;
    facts.sold.add(&usd(24_000));
    facts
}

/// What is kept at Slate & Co.
fn fill(page: &mut Account) {
    let barney = Id::from_raw(10);
    let need = |what: &str, state, outcome| {
        Record::Need(Need {
            contact: barney,
            what: what.to_owned(),
            state,
            heard: shift(today(), -40),
            outcome,
        })
    };
    let outcome = Outcome {
        what: "half as many truck rolls".to_owned(),
        kind: ResultKind::CostCut,
        amount: Some(usd(40_000)),
        on: shift(today(), -20),
    };
    page.needs = vec![
        kept(
            730,
            need("a gateway before the audit", NeedState::Heard, None),
        ),
        kept(
            731,
            need("fewer truck rolls", NeedState::Delivered, Some(outcome)),
        ),
    ];
    let sale = |whole, ago: i64, what: &str| {
        Record::Sale(Sale {
            contact: barney,
            amount: usd(whole),
            what: what.to_owned(),
            on: shift(today(), -ago),
        })
    };
    page.sales = vec![
        kept(740, sale(24_000, 90, "renewal")),
        kept(741, sale(60_000, 430, "meters")),
    ];
    let coaching = |said: &str, did: &str, ago: i64| Coaching {
        contact: barney,
        said: said.to_owned(),
        said_on: shift(today(), -ago),
        did: did.to_owned(),
        did_on: (!did.is_empty()).then(|| shift(today(), -2)),
        told_on: None,
        evidence: None,
    };
    let warned = |raw, coaching| CoachingRow {
        id: Id::from_raw(raw),
        coaching,
        who: "Barney Rubble".to_owned(),
    };
    page.coaching = vec![
        warned(750, coaching("they want a second bid", "", 9)),
        warned(
            751,
            coaching("the board reads prices only", "sent a one-page offer", 20),
        ),
    ];
    page.stories = vec![StoryRow {
        id: Id::from_raw(760),
        story: Story {
            contact: barney,
            need: Some(Id::from_raw(731)),
            about: "half as many truck rolls".to_owned(),
            rest_until: None,
        },
        who: "Barney Rubble".to_owned(),
        asks: vec![StoryAsk {
            on: shift(today(), -9),
            for_whom: "Granite Works".to_owned(),
        }],
    }];
}

/// Three accounts: Slate & Co, a smaller one, and a household.
pub fn accounts(world: &[Person]) -> Vec<Account> {
    let mut first = page(slate(world));
    fill(&mut first);
    let mut granite = Facts::named(Id::from_raw(1_001), "Granite Works");
    granite.people = vec![insider(&world[2]), insider(&world[3])];
    granite.traded = true;
    let mut home = Facts::named(Id::from_raw(1_002), "The Marshes");
    home.profile.household = true;
    home.people = vec![insider(&world[1])];
    vec![first, page(granite), page(home)]
}

fn bench(columns: u16, rows: u16) -> Bench {
    let world = cast();
    let accounts = accounts(&world);
    let mut bench = Bench::with(world, columns, rows);
    bench.accounts = accounts;
    bench.press("5");
    bench
}

fn has(bench: &Bench, text: &str) -> bool {
    let flat: String = bench.screen().replace(['│', '\n'], " ");
    let words: Vec<&str> = flat.split_whitespace().collect();
    words.join(" ").contains(text)
}

#[test]
fn the_list_at_80_by_24() {
    let bench = bench(80, 24);
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Accounts ─ 3 ─ alarms first ─────────────────────────────────────────────────╮
    │     account                 strength    seats   last you·they sold in a year │
    │ !3  Slate & Co              ◐ █▌     30   2/4 13 Nov      1·0     24,000 USD │
    │ !2  Granite Works           ◐ █▏     22     - 18 Nov                         │
    │     The Marshes             ○ ▌      10     - 13 Sep                         │
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
    ├ Slate & Co ──────────────────────────────────────────────────────────────────┤
    │ ! Rival seen: Rockland was seen Tue 10 Nov: "pitching ideas to her boss" (Ba…│
    │ ! Single-threaded: 6 of 7 touches of 90 days were with Barney Rubble         │
    │ ! Decision maker never touched: Wilma Ortega decides, and you never spoke    │
    │ Closest to you: Barney Rubble                                                │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter open  Tab view  ! ask for it  e edit  % seat  a warning  ? keys  q quit
    "#);
}

#[test]
fn the_committee_at_80_by_24() {
    let mut bench = bench(80, 24);
    bench.press("<enter>");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Slate & Co ──────────────────────────────────────────────────────────────────╮
    │ ● vendor ▸ preferred ▸ ○ adviser · trusted                                   │
    │ ◐ 30 █▌    · 2 of 4 seats warm · last touch 9 days ago                       │
    │ open promises: 1 yours, 0 theirs · sold in a year: 24,000 USD                │
    │ Everything goes through the quarry board.                                    │
    │ ▸ Committee   Alarms   Kept                                         3 alarms │
    │ seat           person          stance                 silent listens to      │
    │ decision maker Wilma Ortega    ? unknown · 0           never Barney Rubble   │
    │ finance        Who signs for the money?                                      │
    │ technical      Who judges whether it works?                                  │
    │ user           Barney Rubble   + for     ● 44 ██▎     9/15 d                 │
    │ gatekeeper     Who keeps the door?                                           │
    │ coach          Barney Rubble   + for     ● 44 ██▎     9/15 d                 │
    │ On no seat                                                                   │
    │                Zoë Åström-Ngu…           ● 9  ▍      15/30 d                 │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ├──────────────────────────────────────────────────────────────────────────────┤
    │ Wilma Ortega · decision maker                                                │
    │ new · never spoken to · listens to Barney Rubble                             │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter open  Tab view  ! ask for it  e edit  % seat  a warning  ? keys  q quit
    "#);
}

#[test]
fn the_alarms_at_80_by_24() {
    let mut bench = bench(80, 24);
    bench.press("<enter><tab>");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Slate & Co ──────────────────────────────────────────────────────────────────╮
    │ ● vendor ▸ preferred ▸ ○ adviser · trusted                                   │
    │ ◐ 30 █▌    · 2 of 4 seats warm · last touch 9 days ago                       │
    │ open promises: 1 yours, 0 theirs · sold in a year: 24,000 USD                │
    │ Everything goes through the quarry board.                                    │
    │   Committee ▸ Alarms   Kept                                         3 alarms │
    │ ! Rival seen: Rockland was seen Tue 10 Nov: "pitching ideas to her boss"     │
    │   (Barney Rubble)                                                            │
    │   ▸ Ask Barney Rubble what they were told, and by whom                       │
    │ ! Single-threaded: 6 of 7 touches of 90 days were with Barney Rubble         │
    │     ○ Ask Barney Rubble (Wilma Ortega listens to them) to introduce you to   │
    │       Wilma Ortega, decision maker (warmth 39)                               │
    │     ○ Ask Barney Rubble who signs for the money (warmth 31)                  │
    │     ○ Ask Barney Rubble who judges whether it works (warmth 31)              │
    │     ○ Ask Barney Rubble who keeps the door (warmth 31)                       │
    │ ! Decision maker never touched: Wilma Ortega decides, and you never spoke    │
    │     ○ Ask Barney Rubble (Wilma Ortega listens to them) to introduce you to   │
    │       Wilma Ortega, decision maker (warmth 39)                               │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter open  Tab view  e edit  % seat  a warning  c call  ? keys  q quit
    "#);
}

#[test]
fn what_is_kept_at_80_by_24() {
    let mut bench = bench(80, 24);
    bench.press("<enter><tab><tab>");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Slate & Co ──────────────────────────────────────────────────────────────────╮
    │ ● vendor ▸ preferred ▸ ○ adviser · trusted                                   │
    │ ◐ 30 █▌    · 2 of 4 seats warm · last touch 9 days ago                       │
    │ open promises: 1 yours, 0 theirs · sold in a year: 24,000 USD                │
    │ Everything goes through the quarry board.                                    │
    │   Committee   Alarms ▸ Kept                                         3 alarms │
    │ Open promises                                                                │
    │   → 27 Nov you promised Barney Rubble: the tariff table                      │
    │ Coaching                                                                     │
    │   ○ 13 Nov Barney Rubble: they want a second bid                             │
    │            Do something about it                                             │
    │   ◐ 2 Nov  Barney Rubble: the board reads prices only                        │
    │            you did on Fri 20 Nov: sent a one-page offer                      │
    │            Tell them what came of it                                         │
    │ Needs and results                                                            │
    │   ○ 13 Oct a gateway before the audit · heard                                │
    │   ● 13 Oct fewer truck rolls · delivered                                     │
    │            half as many truck rolls (cost cut, 40,000 USD)                   │
    │ Rivals seen                                                                  │
    │   ~ 10 Nov Rockland: pitching ideas to her boss (told by Barney Rubble)      │
    │ Who speaks for you                                                           │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Enter open  Tab view  ! ask for it  d next step  e edit  ? keys  q quit
    "#);
}

#[test]
fn the_list_and_a_committee_at_60_by_15() {
    let mut bench = bench(60, 15);
    assert_snapshot!(bench.screen(), @r#"
     1  2  3  4  5 Accounts  6                 Sun 22 Nov 14:07
    ╭ Accounts ─ 3 ─ alarms first ─────────────────────────────╮
    │     account            strength    seats   last you·they │
    │ !3  Slate & Co         ◐ █▌     30   2/4 13 Nov      1·0 │
    │ !2  Granite Works      ◐ █▏     22     - 18 Nov          │
    │     The Marshes        ○ ▌      10     - 13 Sep          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    ╰──────────────────────────────────────────────────────────╯
     Enter open  Tab view  ! ask for it  ? keys  q quit
    "#);
    bench.press("<tab>");
    assert_snapshot!(bench.screen(), @r#"
     1  2  3  4  5 Accounts  6                 Sun 22 Nov 14:07
    ╭ Slate & Co ──────────────────────────────────────────────╮
    │ ● vendor ▸ preferred ▸ ○ adviser · trusted               │
    │ ◐ 30 █▌    · 2 of 4 seats warm · last touch 9 days ago   │
    │ promises: 1 yours, 0 theirs · sold in a year: 24,000 USD │
    │ ▸ Committee   Alarms   Kept                     3 alarms │
    │ seat           person           stance           silent  │
    │ decision maker Wilma Ortega     ? unknown · 0     never  │
    │ finance        Who signs for the money?                  │
    │ technical      Who judges whether it works?              │
    │ user           Barney Rubble    + for     ● 44   9/15 d  │
    │ gatekeeper     Who keeps the door?                       │
    │ coach          Barney Rubble    + for     ● 44   9/15 d  │
    ╰──────────────────────────────────────────────────────────╯
     Enter open  Tab view  ! ask for it  ? keys  q quit
    "#);
}

#[test]
fn list_and_page_stand_side_by_side_at_120_by_40() {
    let mut bench = bench(120, 40);
    assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review                               Sun 22 Nov 14:07
    ╭ Accounts ─ 3 ─ alarms first ─────────────────╮╭ Slate & Co ──────────────────────────────────────────────────────────╮
    │     account         strength    seats   last ││ ● vendor ▸ preferred ▸ ○ adviser · trusted                           │
    │ !3  Slate & Co      ◐ █▌     30   2/4 13 Nov ││ ◐ 30 █▌    · 2 of 4 seats warm · last touch 9 days ago               │
    │ !2  Granite Works   ◐ █▏     22     - 18 Nov ││ open promises: 1 yours, 0 theirs · sold in a year: 24,000 USD        │
    │     The Marshes     ○ ▌      10     - 13 Sep ││ Everything goes through the quarry board.                            │
    │                                              ││ ▸ Committee   Alarms   Kept                                 3 alarms │
    │                                              ││ seat           person         stance           silent listens to     │
    │                                              ││ decision maker Wilma Ortega   ? unknown · 0     never Barney Rubble  │
    │                                              ││ finance        Who signs for the money?                              │
    │                                              ││ technical      Who judges whether it works?                          │
    │                                              ││ user           Barney Rubble  + for     ● 44   9/15 d                │
    │                                              ││ gatekeeper     Who keeps the door?                                   │
    │                                              ││ coach          Barney Rubble  + for     ● 44   9/15 d                │
    │                                              ││ On no seat                                                           │
    │                                              ││                Zoë Åström-Ng…           ● 9   15/30 d                │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              │├──────────────────────────────────────────────────────────────────────┤
    │                                              ││ Wilma Ortega · decision maker                                        │
    │                                              ││ new · never spoken to · listens to Barney Rubble                     │
    ╰──────────────────────────────────────────────╯╰──────────────────────────────────────────────────────────────────────╯
     Enter open  Tab view  ! ask for it  e edit  % seat  a warning  c call  S story  t touch  f favour  ? keys  q quit
    "#);
    bench.press("<tab><tab><tab>");
    assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review                               Sun 22 Nov 14:07
    ╭ Accounts ─ 3 ─ alarms first ─────────────────╮╭ Slate & Co ──────────────────────────────────────────────────────────╮
    │     account         strength    seats   last ││ ● vendor ▸ preferred ▸ ○ adviser · trusted                           │
    │ !3  Slate & Co      ◐ █▌     30   2/4 13 Nov ││ ◐ 30 █▌    · 2 of 4 seats warm · last touch 9 days ago               │
    │ !2  Granite Works   ◐ █▏     22     - 18 Nov ││ open promises: 1 yours, 0 theirs · sold in a year: 24,000 USD        │
    │     The Marshes     ○ ▌      10     - 13 Sep ││ Everything goes through the quarry board.                            │
    │                                              ││   Committee   Alarms ▸ Kept                                 3 alarms │
    │                                              ││ Open promises                                                        │
    │                                              ││   → 27 Nov you promised Barney Rubble: the tariff table              │
    │                                              ││ Coaching                                                             │
    │                                              ││   ○ 13 Nov Barney Rubble: they want a second bid                     │
    │                                              ││            Do something about it                                     │
    │                                              ││   ◐ 2 Nov  Barney Rubble: the board reads prices only                │
    │                                              ││            you did on Fri 20 Nov: sent a one-page offer              │
    │                                              ││            Tell them what came of it                                 │
    │                                              ││ Needs and results                                                    │
    │                                              ││   ○ 13 Oct a gateway before the audit · heard                        │
    │                                              ││   ● 13 Oct fewer truck rolls · delivered                             │
    │                                              ││            half as many truck rolls (cost cut, 40,000 USD)           │
    │                                              ││ Rivals seen                                                          │
    │                                              ││   ~ 10 Nov Rockland: pitching ideas to her boss (told by Barney      │
    │                                              ││            Rubble)                                                   │
    │                                              ││ Who speaks for you                                                   │
    │                                              ││   ○ Barney Rubble about half as many truck rolls · asked once in a   │
    │                                              ││     year · tired until Sun 13 Dec: asked 9 days ago                  │
    │                                              ││ Sales                                                                │
    │                                              ││   2026 ████████             24,000 USD                               │
    │                                              ││   2025 ████████████████████ 60,000 USD                               │
    │                                              ││   $ 24 Aug 24,000 USD renewal                                        │
    │                                              ││   $ Sep’25 60,000 USD meters                                         │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    │                                              ││                                                                      │
    ╰──────────────────────────────────────────────╯╰──────────────────────────────────────────────────────────────────────╯
     Enter open  Tab view  ! ask for it  d next step  e edit  % seat  a warning  c call  S story  t touch  ? keys  q quit
    "#);
}

#[test]
fn the_forms_of_an_account_at_80_by_24() {
    let mut bench = bench(80, 24);
    bench.press("E");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Accounts ─ 3 ─ alarms first ─────────────────────────────────────────────────╮
    │     account                 strength    seats   last you·they sold in a year │
    │ !3  Slate & Co              ◐ █▌     30   2/4 13 Nov      1·0     24,000 USD │
    │ !2  Granite Works           ◐ █▏     22     - 18 Nov                         │
    │ ╭ Edit Slate & Co ─────────────────────────────────────────────────────────╮ │
    │ │ name           Slate & Co                                                │ │
    │ │ is a           company                                                   │ │
    │ │ takes you for  vendor  ← → not said preferred adviser trusted            │ │
    │ │ should take    adviser                                                   │ │
    │ │ note           Everything goes through the quarry board.                 │ │
    │ │                                                                          │ │
    │ │                                                                          │ │
    │ ╰──────────────────────────────────────────────────────────────────────────╯ │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ├ Slate & Co ──────────────────────────────────────────────────────────────────┤
    │ ! Rival seen: Rockland was seen Tue 10 Nov: "pitching ideas to her boss" (Ba…│
    │ ! Single-threaded: 6 of 7 touches of 90 days were with Barney Rubble         │
    │ ! Decision maker never touched: Wilma Ortega decides, and you never spoke    │
    │ Closest to you: Barney Rubble                                                │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Ctrl-S save  Tab next  Shift-Tab before  Esc close, kept as a draft  F1 keys
    "#);
    bench.press("<esc><enter>e");
    assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ Slate & Co ──────────────────────────────────────────────────────────────────╮
    │ ● vendor ▸ preferred ▸ ○ adviser · trusted                                   │
    │ ◐ 30 █▌    · 2 of 4 seats warm · last touch 9 days ago                       │
    │ open promises: 1 yours, 0 theirs · sold in a year: 24,000 USD                │
    │ Everything goes through the quarry board.                                    │
    │ ╭ Edit seat at Slate & Co ─────────────────────────────────────────────────╮ │
    │ │ who         Wilma Ortega                                                 │ │
    │ │ sits as     decision maker                                               │ │
    │ │ is          unknown  ← → for neutral against                             │ │
    │ │ listens to  Barney Rubble                                                │ │
    │ ╰──────────────────────────────────────────────────────────────────────────╯ │
    │ gatekeeper     Who keeps the door?                                           │
    │ coach          Barney Rubble   + for     ● 44 ██▎     9/15 d                 │
    │ On no seat                                                                   │
    │                Zoë Åström-Ngu…           ● 9  ▍      15/30 d                 │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ├──────────────────────────────────────────────────────────────────────────────┤
    │ Wilma Ortega · decision maker                                                │
    │ new · never spoken to · listens to Barney Rubble                             │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Ctrl-S save  Tab next  Shift-Tab before  Esc close, kept as a draft  F1 keys
    "#);
}

#[test]
fn a_filter_narrows_as_it_is_typed_by_name_alarm_or_standing_and_esc_takes_it_away() {
    let cases = [
        (
            "",
            ["Slate & Co", "Granite Works", "The Marshes"].as_slice(),
        ),
        ("/gran", &["Granite Works"]),
        ("/rival", &["Slate & Co"]),
        ("/no coach", &["Granite Works"]),
        ("/adviser<enter>", &["Slate & Co"]),
        ("/marsh<enter>", &["The Marshes"]),
        ("/zzz", &[]),
    ];
    for (keys, expected) in cases {
        let mut bench = bench(80, 24);
        bench.press(keys);
        for name in ["Slate & Co", "Granite Works", "The Marshes"] {
            let wanted = expected.contains(&name);
            assert_eq!(
                has(&bench, name),
                wanted,
                "{name} {keys}\n{}",
                bench.screen()
            );
        }
        bench.press("<esc>");
        for name in ["Slate & Co", "Granite Works", "The Marshes"] {
            assert!(has(&bench, name), "{name} {keys}\n{}", bench.screen());
        }
    }
}

#[test]
fn each_order_puts_its_account_first() {
    let mut bench = bench(80, 24);
    bench.accounts[1].row.strength = 80.0;
    bench.send(Msg::Elsewhere(None));
    bench.draw();
    let orders = [
        ("alarms first", "Slate & Co"),
        ("strongest first", "Granite Works"),
        ("longest silence first", "The Marshes"),
        ("most sold first", "Slate & Co"),
        ("by name", "Granite Works"),
        ("alarms first", "Slate & Co"),
    ];
    for (words, first) in orders {
        let screen = bench.screen();
        assert!(screen.contains(words), "{words}\n{screen}");
        let row = screen.lines().nth(3).unwrap();
        assert!(row.contains(first), "{words}\n{screen}");
        bench.press("s");
    }
}

#[test]
fn the_keys_for_a_person_act_on_the_row_and_in_the_list_on_who_is_closest() {
    let mut bench = bench(120, 40);
    let cases = [
        ("p", "Promise with Barney Rubble"),
        ("<enter>p", "Promise with Wilma Ortega"),
        // Nobody signs for the money: whoever is closest could tell.
        ("jp", "Promise with Barney Rubble"),
        ("Gp", "Promise with Zoë"),
    ];
    for (keys, says) in cases {
        bench.press(keys);
        assert!(has(&bench, says), "{keys}\n{}", bench.screen());
        bench.press("<esc>");
    }
    bench.press("<enter>");
    assert_eq!(bench.app.selected(), Some(Id::from_raw(16)));
    assert!(has(&bench, "coldest first"), "{}", bench.screen());
}

#[test]
fn an_introduction_is_promised_with_one_key_and_not_twice() {
    // In the list, on the committee's row, on the alarm, on the way itself.
    let cases = ["!", "<tab>!", "<tab><tab>j!", "<tab><tab>jj!"];
    for keys in cases {
        let mut bench = bench(100, 30);
        bench.press(keys);
        let Some(Command::AddPromise(promise)) = bench.applied.last().cloned() else {
            panic!("{keys}: {:?}\n{}", bench.applied, bench.screen())
        };
        assert!(promise.mine, "{keys}");
        assert_eq!(promise.contact, Id::from_raw(10), "{keys}");
        assert_eq!(promise.due, shift(today(), 7), "{keys}");
        assert_eq!(
            promise.what,
            "ask for an introduction to Wilma Ortega (decision maker)"
        );
        let mut facts = slate(&bench.world);
        facts.promises.push(PromiseRow {
            id: Id::from_raw(721),
            promise: *promise,
            ..facts.promises[0].clone()
        });
        bench.accounts[0] = page(facts);
        bench.send(Msg::Elsewhere(None));
        bench.press("!");
        assert_eq!(bench.applied.len(), 1, "{keys}");
        assert!(
            bench.last_line().contains("Promised already"),
            "{keys}\n{}",
            bench.screen()
        );
    }
}

#[test]
fn a_seat_is_filled_changed_emptied_and_deleted() {
    let raw = Id::from_raw;
    let seat = |contact, at, role, stance| {
        Record::Seat(Seat {
            contact: raw(contact),
            at: raw(at),
            role,
            stance,
        })
    };
    // Wilma decides: for us, from now on.
    let mut bench = bench(100, 30);
    bench.press("<tab>ef<ctrl-s>");
    let Some(Command::EditRecord { id, before, after }) = bench.applied.pop() else {
        panic!("{}", bench.screen())
    };
    assert_eq!(id, raw(700));
    assert_eq!(*before, seat(14, 14, Role::Decision, Stance::Unknown));
    assert_eq!(*after, seat(14, 10, Role::Decision, Stance::For));
    // She listens to Zoë, and that is one step with the rest.
    bench.press("e<shift-tab><shift-tab><shift-tab>zo<ctrl-s>");
    let Some(Command::All { commands, .. }) = bench.applied.pop() else {
        panic!("{:?}\n{}", bench.applied, bench.screen())
    };
    let listens = Change::Listens {
        seat: raw(700),
        to: Some(raw(16)),
    };
    assert_eq!(commands.last(), Some(&Command::Account(Box::new(listens))));
    // The seat that signs is known; now Zoë, who belongs to another account, is refused at the field, and Wilma is not.
    bench.press("jezo<enter><ctrl-s>");
    assert!(
        bench.screen().contains("belongs to Fjord 9"),
        "{}",
        bench.screen()
    );
    bench.press("wilma<ctrl-s>");
    let Some(Command::All { commands, .. }) = bench.applied.pop() else {
        panic!("{}", bench.screen())
    };
    let gone = Command::DeleteRecord {
        kind: RecordKind::Seat,
        id: raw(703),
    };
    let taken = seat(14, 10, Role::Finance, Stance::Unknown);
    assert_eq!(
        commands,
        [gone.clone(), Command::AddRecord(Box::new(taken))]
    );
    bench.press("D");
    assert_eq!(bench.applied.pop(), Some(gone));
    // A question: the seat is known, and nobody sits there yet.
    bench.press("j%<ctrl-s>");
    let known = Change::KnowSeat {
        account: raw(1_000),
        role: Role::Technical,
    };
    assert_eq!(bench.applied.pop(), Some(Command::Account(Box::new(known))));
}

#[test]
fn a_warning_is_noted_acted_on_and_told() {
    let mut bench = bench(100, 40);
    let last = |bench: &mut Bench| match bench.applied.pop() {
        Some(Command::Account(change)) => *change,
        other => panic!("{other:?}\n{}", bench.screen()),
    };
    bench.press("athe buyer leaves in spring<ctrl-s>");
    let Change::AddCoaching(coaching) = last(&mut bench) else {
        panic!("{}", bench.screen())
    };
    assert_eq!(coaching.contact, Id::from_raw(10));
    assert_eq!(coaching.said, "the buyer leaves in spring");
    // Promise first, then the two warnings.
    bench.press("<tab><tab><tab>jdsaw the buyer<ctrl-s>");
    let Change::EditCoaching { id, after, .. } = last(&mut bench) else {
        panic!("{}", bench.screen())
    };
    assert_eq!(
        (id, after.did.as_str()),
        (Id::from_raw(750), "saw the buyer")
    );
    assert_eq!((after.did_on, after.told_on), (Some(today()), None));
    bench.press("jd");
    let Change::EditCoaching { id, after, .. } = last(&mut bench) else {
        panic!("{}", bench.screen())
    };
    assert_eq!((id, after.told_on), (Id::from_raw(751), Some(today())));
}

#[test]
fn a_story_is_noted_and_asked_for_and_a_promise_is_kept() {
    let mut bench = bench(100, 40);
    bench.press("Sthe audit<ctrl-s>");
    let Some(Command::Account(change)) = bench.applied.pop() else {
        panic!("{}", bench.screen())
    };
    assert!(
        matches!(*change, Change::AddStory(story) if story.about == "the audit" && story.contact == Id::from_raw(10))
    );
    bench.press("<tab><tab><tab>d");
    let kept = Command::ClosePromise {
        id: Id::from_raw(720),
        state: PromiseState::Kept,
        on: today(),
    };
    assert_eq!(bench.applied.pop(), Some(kept));
    // Promise, two warnings, two needs, a rival, then the story.
    bench.press("jjjjjjdthe fair<ctrl-s>");
    let Some(Command::Account(change)) = bench.applied.pop() else {
        panic!("{}", bench.screen())
    };
    let ask = StoryAsk {
        on: today(),
        for_whom: "the fair".to_owned(),
    };
    let id = Id::from_raw(760);
    assert_eq!(*change, Change::AskStory { id, ask });
}

#[test]
fn the_page_of_an_account_is_edited_from_what_it_says() {
    let mut bench = bench(100, 30);
    bench.press("Et<ctrl-s>");
    let Some(Command::Account(change)) = bench.applied.pop() else {
        panic!("{}", bench.screen())
    };
    let before = bench.accounts[0].row.profile.clone();
    let after = Profile {
        regard: Some(Regard::Trusted),
        ..before.clone()
    };
    let id = Id::from_raw(1_000);
    assert_eq!(*change, Change::Edit { id, before, after });
}

#[test]
fn esc_goes_from_the_page_to_the_list_and_leaves_no_screen() {
    let mut bench = bench(80, 24);
    bench.press("<enter>");
    assert!(has(&bench, "Wilma Ortega"), "{}", bench.screen());
    assert!(!has(&bench, "alarms first"), "{}", bench.screen());
    bench.press("<esc>");
    assert!(has(&bench, "alarms first"), "{}", bench.screen());
    bench.press("<esc>");
    assert!(has(&bench, "alarms first"), "{}", bench.screen());
}

#[test]
fn the_cursor_stays_on_its_row_when_the_book_changes() {
    let mut bench = bench(100, 40);
    bench.press("<tab><tab><tab>jj");
    let mut more = bench.accounts[0].coaching[1].clone();
    more.id = Id::from_raw(752);
    bench.accounts[0].coaching.insert(0, more);
    bench.send(Msg::Elsewhere(None));
    bench.press("D");
    let gone = Change::DeleteCoaching(Id::from_raw(751));
    assert_eq!(bench.applied.pop(), Some(Command::Account(Box::new(gone))));
}

#[test]
fn an_empty_book_and_an_account_that_is_gone_say_so() {
    let mut bench = Bench::new(80, 24);
    bench.press("5");
    assert!(has(&bench, "No accounts yet"), "{}", bench.screen());
    bench.press("<tab>e!%d<enter>");
    assert!(bench.applied.is_empty());
    let world = cast();
    let mut bench = Bench::with(world, 100, 30);
    bench.accounts = accounts(&bench.world);
    bench.press("5<tab>");
    bench.accounts.clear();
    bench.send(Msg::Elsewhere(None));
    bench.draw();
    assert!(has(&bench, "╭ No account ─"), "{}", bench.screen());
    bench.press("e!%d<enter>");
    assert!(bench.applied.is_empty());
}

#[test]
fn the_mouse_chooses_accounts_rows_and_views() {
    let mut bench = bench(120, 40);
    assert!(!has(&bench, "Rival seen"), "{}", bench.screen());
    bench.click("Alarms", MouseWhat::Press);
    assert!(has(&bench, "Rival seen"), "{}", bench.screen());
    assert!(!has(&bench, "╭ Granite Works ─"), "{}", bench.screen());
    bench.click("Granite Works", MouseWhat::Press);
    assert!(has(&bench, "╭ Granite Works ─"), "{}", bench.screen());
    assert!(!has(&bench, "Rival seen"), "{}", bench.screen());
    bench.click("Committee", MouseWhat::Press);
    bench.click("Dino Vance", MouseWhat::Press);
    assert_eq!(bench.app.selected(), Some(Id::from_raw(13)));
}
