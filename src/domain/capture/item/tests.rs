//! Promises, referrals, needs, results, sales and rivals, as people write them.

use super::super::tests::{check, reader, told};
use super::*;
use crate::domain::when::DateOrder;

#[test]
fn promises_fall_due_on_the_day_they_say() {
    check(&[
        ("! send quote", "mine caller | send quote | (2026-11-29)"),
        (
            "! send quote today",
            "mine caller | send quote | 2026-11-22",
        ),
        (
            "! send quote tomorrow",
            "mine caller | send quote | 2026-11-23",
        ),
        (
            "! send quote by fri",
            "mine caller | send quote | 2026-11-27",
        ),
        ("! send quote, fri", "mine caller | send quote | 2026-11-27"),
        (
            "! send quote on Friday.",
            "mine caller | send quote | 2026-11-27",
        ),
        ("! send quote fri!", "mine caller | send quote | 2026-11-27"),
        (
            "! send quote (fri)",
            "mine caller | send quote | 2026-11-27",
        ),
        (
            "! send quote (by 3 dec)",
            "mine caller | send quote | 2026-12-03",
        ),
        (
            "! send quote - fri",
            "mine caller | send quote | 2026-11-27",
        ),
        ("! send quote: fri", "mine caller | send quote | 2026-11-27"),
        (
            "! send quote by fri at the latest",
            "mine caller | send quote | 2026-11-27",
        ),
        (
            "! send the latest by fri",
            "mine caller | send the latest | 2026-11-27",
        ),
        (
            "! proposal, deadline fri",
            "mine caller | proposal, deadline | 2026-11-27",
        ),
        (
            "! send quote before fri",
            "mine caller | send quote | 2026-11-26",
        ),
        (
            "! send quote no later than fri",
            "mine caller | send quote | 2026-11-27",
        ),
        (
            "! send quote fri 9am",
            "mine caller | send quote 9am | 2026-11-27",
        ),
        (
            "! send quote tomorrow at 14:30",
            "mine caller | send quote at 14:30 | 2026-11-23",
        ),
        (
            "! send quote by eod",
            "mine caller | send quote | 2026-11-22",
        ),
        (
            "! send quote fri eod",
            "mine caller | send quote | 2026-11-27",
        ),
        (
            "! send quote by end of month",
            "mine caller | send quote | 2026-11-30",
        ),
        (
            "! send quote in 2 weeks",
            "mine caller | send quote | 2026-12-06",
        ),
        (
            "! send quote next week",
            "mine caller | send quote | 2026-11-29",
        ),
        ("! send quote 3d", "mine caller | send quote | 2026-11-25"),
        ("! send quote +2w", "mine caller | send quote | 2026-12-06"),
        ("! send quote 12/3", "mine caller | send quote | 2026-12-03"),
        (
            "! send quote by 3.12.",
            "mine caller | send quote | 2026-12-03",
        ),
        (
            "! send quote 2027-03-14",
            "mine caller | send quote | 2027-03-14",
        ),
        (
            "! send quote 14 mar",
            "mine caller | send quote | 2027-03-14",
        ),
        (
            "! send quote due the 3rd",
            "mine caller | send quote | 2026-12-03",
        ),
        ("! fri: send quote", "mine caller | send quote | 2026-11-27"),
        (
            "! by fri: send quote",
            "mine caller | send quote | 2026-11-27",
        ),
        (
            "! 12/3: send quote",
            "mine caller | send quote | 2026-12-03",
        ),
        (
            "! tomorrow send quote",
            "mine caller | send quote | 2026-11-23",
        ),
        (
            "! on Monday send quote",
            "mine caller | send quote | 2026-11-23",
        ),
        (
            "! in 2 weeks send quote",
            "mine caller | send quote | 2026-12-06",
        ),
        (
            "! send by fri the drawings",
            "mine caller | send the drawings | 2026-11-27",
        ),
        (
            "! send, by fri, the drawings",
            "mine caller | send, the drawings | 2026-11-27",
        ),
        (
            "! send before 3 dec the drawings",
            "mine caller | send the drawings | 2026-12-02",
        ),
        (
            "! send on Friday the drawings",
            "mine caller | send the drawings | 2026-11-27",
        ),
        (
            "! send by tomorrow 9am the drawings",
            "mine caller | send the drawings 9am | 2026-11-23",
        ),
        (
            "! call back after 14 dec",
            "mine caller | call back after 14 dec | 2026-12-14",
        ),
        (
            "! send report every fri",
            "mine caller | send report every fri | 2026-11-27",
        ),
        (
            "! call back at 3pm",
            "mine caller | call back at 3pm | 2026-11-22",
        ),
        (
            "! call back 15:30",
            "mine caller | call back 15:30 | 2026-11-22",
        ),
        (
            "! call back in 2 hours",
            "mine caller | call back in 2 hours | 2026-11-22",
        ),
        (
            "! send it by 5pm",
            "mine caller | send it by 5pm | 2026-11-22",
        ),
    ]);
}

#[test]
fn of_several_dates_the_one_that_is_pointed_at_counts() {
    check(&[
        (
            "! send by fri the drawings from monday",
            "mine caller | send the drawings from monday | 2026-11-27",
        ),
        (
            "! send Monday's deck by fri",
            "mine caller | send Monday's deck | 2026-11-27",
        ),
        (
            "! fri: send the minutes of monday",
            "mine caller | send the minutes of monday | 2026-11-27",
        ),
        (
            "! tomorrow confirm the call on 3 dec",
            "mine caller | tomorrow confirm the call | 2026-12-03",
        ),
        (
            "! tomorrow send the agenda for monday",
            "mine caller | send the agenda for monday | 2026-11-23",
        ),
        (
            "! send the agenda for monday",
            "mine caller | send the agenda | 2026-11-23",
        ),
        (
            "! tomorrow tell Ann about friday",
            "mine caller | tell Ann about friday | 2026-11-23",
        ),
        (
            "! by tomorrow confirm the call of 3 dec",
            "mine caller | confirm the call of 3 dec | 2026-11-23",
        ),
    ]);
}

#[test]
fn what_is_a_date_by_chance_or_gone_by_is_not_when_a_promise_falls_due() {
    check(&[
        (
            "! send the minutes of monday",
            "mine caller | send the minutes of monday | (2026-11-29)",
        ),
        (
            "! write about 3 dec",
            "mine caller | write about 3 dec | (2026-11-29)",
        ),
        (
            "! send what we discussed last week",
            "mine caller | send what we discussed last week | (2026-11-29)",
        ),
        (
            "! send the list from yesterday",
            "mine caller | send the list from yesterday | (2026-11-29)",
        ),
        (
            "! ask where she sat",
            "mine caller | ask where she sat | (2026-11-29)",
        ),
        (
            "! order 3/4 inch pipe",
            "mine caller | order 3/4 inch pipe | (2026-11-29)",
        ),
        (
            "! 3/4 inch pipe samples",
            "mine caller | 3/4 inch pipe samples | (2026-11-29)",
        ),
        (
            "! offer support 24/7",
            "mine caller | offer support 24/7 | (2026-11-29)",
        ),
        (
            "! second opinion on the pump",
            "mine caller | second opinion on the pump | (2026-11-29)",
        ),
        (
            "! stand by the second pump",
            "mine caller | stand by the second pump | (2026-11-29)",
        ),
        (
            "! write to May",
            "mine caller | write to May | (2026-11-29)",
        ),
        (
            "! friday's deck",
            "mine caller | friday's deck | (2026-11-29)",
        ),
        (
            "! order cable 30 m",
            "mine caller | order cable 30 m | (2026-11-29)",
        ),
        (
            "! wait for 3 days",
            "mine caller | wait for 3 days | (2026-11-29)",
        ),
        (
            "! send 31 feb",
            "mine caller | send 31 feb | (2026-11-29) | February has no day 31",
        ),
        ("! ...", "(say what you promised)"),
        (
            "! send quote at 1200",
            "mine caller | send quote at 1200 | (2026-11-29)",
        ),
        (
            "! look at 3 offers",
            "mine caller | look at 3 offers | (2026-11-29)",
        ),
    ]);
}

#[test]
fn a_promise_by_them_is_read_like_one_by_me() {
    check(&[
        (
            "? they confirm head count by 3 dec",
            "theirs caller | they confirm head count | 2026-12-03",
        ),
        (
            "? @Wilma sends the plans fri",
            "theirs Wilma Slate | sends the plans | 2026-11-27",
        ),
        (
            "? tomorrow: call back",
            "theirs caller | call back | 2026-11-23",
        ),
        (
            "? a reference",
            "theirs caller | a reference | (2026-11-29)",
        ),
        (
            "? @Dino Vance's budget by eoy",
            "theirs new Dino Vance | Dino Vance's budget | 2026-12-31",
        ),
    ]);
}

#[test]
fn the_day_comes_first_where_the_settings_say_so() {
    let reader = Reader {
        order: DateOrder::Dmy,
        ..reader()
    };
    let line = reader.line("! send quote 3/12").unwrap();
    let Ok(Found::Promise { due, .. }) = line.found else {
        panic!()
    };
    assert_eq!(due.to_string(), "2026-12-03");
}

#[test]
fn a_referral_needs_somebody_to_be_led_to() {
    check(&[
        (
            "> @Dino Vance runs Granite's plant",
            "new Dino Vance | runs Granite's plant",
        ),
        (
            "> @Dino Vance: runs Granite's plant",
            "new Dino Vance | runs Granite's plant",
        ),
        ("> @Dino Vance", "new Dino Vance | "),
        (
            "> @dino runs Granite's plant",
            "new dino | runs Granite's plant",
        ),
        (
            "> Dino Vance runs Granite's plant",
            "new Dino Vance | runs Granite's plant",
        ),
        (
            "> Dino Vance, who runs Granite's plant",
            "new Dino Vance | who runs Granite's plant",
        ),
        ("> Barney at Slate", "Barney Rubble | at Slate"),
        ("> @Barney at Slate", "Barney Rubble | at Slate"),
        ("> @Ann at Slate", "Ann? 3 | at Slate"),
        ("> @Ann Zeller at Slate", "Ann Zeller? 3 | at Slate"),
        ("> @wojcik at Slate", "Anja Wójcik | at Slate"),
        ("> @山田太郎さん　工場長", "山田太郎 | 工場長"),
        ("> @佐藤健さん　工場長", "new 佐藤健 | 工場長"),
        ("> @Dino's brother", "new Dino | Dino's brother"),
        (
            "> the plant manager at Granite",
            "(say whom they lead you to: @Name)",
        ),
        (
            "> The plant manager at Granite",
            "(say whom they lead you to: @Name)",
        ),
        (
            "> somebody at Granite",
            "(say whom they lead you to: @Name)",
        ),
        ("> @me", "(say whom they lead you to: @Name)"),
    ]);
}

#[test]
fn needs_are_kept_in_their_words() {
    check(&[
        (
            "# wants fewer firmware truck rolls",
            "need caller | wants fewer firmware truck rolls",
        ),
        ("# needs it by fri", "need caller | needs it by fri"),
        ("# @Wilma: less noise", "need Wilma Slate | less noise"),
        (
            "# asked @Barney for   help",
            "need caller | asked Barney for help",
        ),
    ]);
}

#[test]
fn results_say_what_they_did_and_how_much_it_was() {
    check(&[
        (
            "= line 3 is up",
            "caller | line 3 is up | problem_removed |  | 2026-11-22",
        ),
        (
            "= line 3 is up since yesterday",
            "caller | line 3 is up since yesterday | problem_removed |  | 2026-11-21",
        ),
        (
            "= line 3 is up, fri",
            "caller | line 3 is up | problem_removed |  | 2026-11-20",
        ),
        (
            "= on 3 nov line 3 came up",
            "caller | line 3 came up | problem_removed |  | 2026-11-03",
        ),
        (
            "= rolls halved, saves 40k",
            "caller | rolls halved, saves 40k | cost_cut | 40,000.00 USD | 2026-11-22",
        ),
        (
            "= saved € 3.500,00",
            "caller | saved € 3.500,00 | cost_cut | 3,500.00 EUR | 2026-11-22",
        ),
        (
            "= 12 % cheaper",
            "caller | 12 % cheaper | cost_cut |  | 2026-11-22",
        ),
        (
            "= costs cut by 1,5 mio",
            "caller | costs cut by 1,5 mio | cost_cut | 1,500,000.00 USD | 2026-11-22",
        ),
        (
            "= lower bills, 2m a year",
            "caller | lower bills, 2m a year | cost_cut | 2,000,000.00 USD | 2026-11-22",
        ),
        (
            "= revenue up £2k a month",
            "caller | revenue up £2k a month | revenue_raised | 2,000.00 GBP | 2026-11-22",
        ),
        (
            "= sales grew 20% since 2024",
            "caller | sales grew 20% since 2024 | revenue_raised |  | 2026-11-22",
        ),
        (
            "= 30 more orders a week",
            "caller | 30 more orders a week | revenue_raised |  | 2026-11-22",
        ),
        (
            "= raised output by 24000 EUR",
            "caller | raised output by 24000 EUR | revenue_raised | 24,000.00 EUR | 2026-11-22",
        ),
        (
            "= pumps run at 4000 rpm",
            "caller | pumps run at 4000 rpm | problem_removed |  | 2026-11-22",
        ),
        (
            "= laid 500m of cable",
            "caller | laid 500m of cable | problem_removed |  | 2026-11-22",
        ),
        (
            "= 3 trucks less, ¥ 500000",
            "caller | 3 trucks less, ¥ 500000 | problem_removed | 500,000 JPY | 2026-11-22",
        ),
        (
            "= @Wilma: no more alarms",
            "Wilma Slate | no more alarms | problem_removed |  | 2026-11-22",
        ),
    ]);
}

#[test]
fn a_sale_is_an_amount_with_a_day_and_words() {
    check(&[
        ("$ 24000", "caller | 24,000.00 USD |  | 2026-11-22"),
        (
            "$ 24000 renewal",
            "caller | 24,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ 24,000 renewal",
            "caller | 24,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ 24.000 renewal",
            "caller | 24,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ 24 000 renewal",
            "caller | 24,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ 24k renewal",
            "caller | 24,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ 1.5m renewal",
            "caller | 1,500,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ $24,000.50 renewal",
            "caller | 24,000.50 USD | renewal | 2026-11-22",
        ),
        (
            "$ 24000 EUR renewal",
            "caller | 24,000.00 EUR | renewal | 2026-11-22",
        ),
        (
            "$ € 3.500,00 renewal",
            "caller | 3,500.00 EUR | renewal | 2026-11-22",
        ),
        (
            "$ £2k renewal",
            "caller | 2,000.00 GBP | renewal | 2026-11-22",
        ),
        (
            "$ ¥ 500000 renewal",
            "caller | 500,000 JPY | renewal | 2026-11-22",
        ),
        (
            "$ CHF 12’000 renewal",
            "caller | 12,000.00 CHF | renewal | 2026-11-22",
        ),
        (
            "$ 1,5 mio renewal",
            "caller | 1,500,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ USD 24k renewal",
            "caller | 24,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ renewal 24k",
            "caller | 24,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ renewal for 24k",
            "caller | 24,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ renewal: 24k, two years",
            "caller | 24,000.00 USD | renewal, two years | 2026-11-22",
        ),
        (
            "$ 24k for the renewal",
            "caller | 24,000.00 USD | the renewal | 2026-11-22",
        ),
        (
            "$ 24k - renewal",
            "caller | 24,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ 2 pumps 24000",
            "caller | 24,000.00 USD | 2 pumps | 2026-11-22",
        ),
        (
            "$ 500 deposit",
            "caller | 500.00 USD | deposit | 2026-11-22",
        ),
        (
            "$ 2000 deposit",
            "caller | 2,000.00 USD | deposit | 2026-11-22",
        ),
        (
            "$ 24000 renewal yesterday",
            "caller | 24,000.00 USD | renewal | 2026-11-21",
        ),
        (
            "$ 24000 renewal fri",
            "caller | 24,000.00 USD | renewal | 2026-11-20",
        ),
        (
            "$ 24000 renewal 14 nov",
            "caller | 24,000.00 USD | renewal | 2026-11-14",
        ),
        (
            "$ 24000 renewal on 14 dec",
            "caller | 24,000.00 USD | renewal | 2025-12-14",
        ),
        (
            "$ 24000 on 11/14 for the renewal",
            "caller | 24,000.00 USD | for the renewal | 2026-11-14",
        ),
        (
            "$ yesterday: 24000 renewal",
            "caller | 24,000.00 USD | renewal | 2026-11-21",
        ),
        (
            "$ 14 nov: 500 deposit",
            "caller | 500.00 USD | deposit | 2026-11-14",
        ),
        (
            "$ 500 deposit 14 nov 2025",
            "caller | 500.00 USD | deposit | 2025-11-14",
        ),
        (
            "$ 500 deposit 3 days ago",
            "caller | 500.00 USD | deposit | 2026-11-19",
        ),
        (
            "$ 24000 renewal next month",
            "caller | 24,000.00 USD | renewal next month | 2026-11-22",
        ),
        (
            "$ @Wilma: 24000 renewal",
            "Wilma Slate | 24,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "$ 24000 renewal with @Barney",
            "caller | 24,000.00 USD | renewal with Barney | 2026-11-22",
        ),
        ("$ a lot", "(say how much: 24000, 24k or 24k EUR)"),
        ("$ 20-30k", "(say how much: 24000, 24k or 24k EUR)"),
        (
            "$ 99999999999999999999999 renewal",
            "(say how much: 24000, 24k or 24k EUR)",
        ),
    ]);
    let reader = Reader {
        currency: "EUR",
        ..reader()
    };
    let line = reader.line("$ 24k").unwrap();
    let Ok(Found::Sale { amount, .. }) = line.found else {
        panic!()
    };
    assert_eq!(amount.to_string(), "24,000.00 EUR");
}

#[test]
fn a_rival_is_its_name_and_what_was_said() {
    check(&[
        (
            "~ Rockland is pitching ideas to her boss",
            "caller | Rockland | is pitching ideas to her boss",
        ),
        ("~ rockland is pitching", "caller | rockland | is pitching"),
        ("~ Rockland", "caller | Rockland | "),
        ("~ Rockland: 20% cheaper", "caller | Rockland | 20% cheaper"),
        ("~ Rockland, 20% cheaper", "caller | Rockland | 20% cheaper"),
        (
            "~ Rockland Pumps Ltd. offered",
            "caller | Rockland Pumps Ltd | offered",
        ),
        ("~ Slate & Co are in", "caller | Slate & Co | are in"),
        (
            "~ Rockland's price is lower",
            "caller | Rockland | price is lower",
        ),
        (
            "~ the Rockland people called",
            "caller | Rockland | people called",
        ),
        ("~ 3M is in", "caller | 3M | is in"),
        ("~ eBay is in", "caller | eBay | is in"),
        ("~ Rockland Monday demo", "caller | Rockland | Monday demo"),
        ("~ Ångström AB är med", "caller | Ångström AB | är med"),
        ("~ 三菱 が提案中", "caller | 三菱 | が提案中"),
        (
            "~ @Wilma Rockland called her",
            "Wilma Rockland? 1 | called | her",
        ),
        (
            "~ @Wilma: Rockland called her",
            "Wilma Slate | Rockland | called her",
        ),
    ]);
}

#[test]
fn every_result_has_a_kind() {
    let rows = [
        ("saving a lot", ResultKind::CostCut),
        ("prices reduced", ResultKind::CostCut),
        ("costs are known", ResultKind::ProblemRemoved),
        ("turnover doubled", ResultKind::RevenueRaised),
        ("savior of the day", ResultKind::ProblemRemoved),
    ];
    for (words, kind) in rows {
        assert_eq!(result_kind(words), kind, "{words}");
    }
    assert_eq!(
        told("= 山田"),
        "caller | 山田 | problem_removed |  | 2026-11-22"
    );
}
