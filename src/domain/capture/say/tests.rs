//! What the line below the note says.

use super::super::tests::{reader, today, whom};
use super::*;

#[test]
fn each_line_says_what_it_will_become() {
    let name = |who: &Who| match who {
        Who::Caller => "Barney".to_owned(),
        other => whom(other),
    };
    let rows = [
        (
            "! send revised quote fri",
            "promise by you · due Fri 27 Nov",
        ),
        (
            "! send revised quote",
            "promise by you · due in 7 days, Sun 29 Nov",
        ),
        (
            "! send revised quote tomorrow",
            "promise by you · due tomorrow",
        ),
        (
            "! send revised quote 31 feb",
            "February has no day 31: due in 7 days, Sun 29 Nov · promise by you",
        ),
        (
            "! @Wilma: quote fri",
            "promise by you to Wilma Slate · due Fri 27 Nov",
        ),
        (
            "! @Dino Vance: quote fri",
            "promise by you to Dino Vance · due Fri 27 Nov · new person: Dino Vance",
        ),
        ("? the plans fri", "promise by Barney · due Fri 27 Nov"),
        (
            "? @Wilma the plans fri",
            "promise by Wilma Slate · due Fri 27 Nov",
        ),
        (
            "+ got me in",
            "Barney did you a favour · you owe Barney one",
        ),
        (
            "+ big: got me in",
            "Barney did you a favour · you owe Barney 2",
        ),
        (
            "- the CV (small)",
            "you did Barney a favour · Barney owes you ½",
        ),
        (
            "+ @Fred > @Wilma: intro",
            "Fred Flint did Wilma Slate a favour · Wilma Slate owes Fred Flint one",
        ),
        ("> @Dino Vance runs it", "referral · new person: Dino Vance"),
        ("> @dino runs it", "referral · new person: Dino"),
        ("> @Wilma runs it", "referral to Wilma Slate"),
        ("> @Ann runs it", "which Ann? 3 fit"),
        (
            "> @Fred Astaire danced",
            "Fred Astaire: is that Fred Flint, or somebody new?",
        ),
        ("# less noise", "need heard"),
        ("# @Wilma less noise", "need heard from Wilma Slate"),
        ("= saves 40k", "result · cost cut · 40,000.00 USD"),
        (
            "= @Wilma: it runs since fri",
            "result for Wilma Slate · problem removed · Fri 20 Nov",
        ),
        ("$ 24000 renewal", "sale · 24,000.00 USD"),
        (
            "$ @Wilma 24000 renewal yesterday",
            "sale to Wilma Slate · 24,000.00 USD · yesterday",
        ),
        ("* plays golf", "fact"),
        ("* @Wilma plays golf", "fact about Wilma Slate"),
        (
            "* anniversary 20 nov",
            "key date · anniversary, every 20 Nov",
        ),
        (
            "* anniversary 20 nov 1998",
            "key date · anniversary, every 20 Nov, since 1998",
        ),
        ("* birthday 29 feb", "key date · birthday, every 29 Feb"),
        ("* interview fri", "key date · interview, Fri 27 Nov"),
        (
            "* @Wilma: birthday 3 may",
            "key date of Wilma Slate · birthday, every 3 May",
        ),
        ("~ Rockland called", "rival · Rockland"),
        ("% decides, for", "seat · decision maker, for"),
        ("% @Wilma finance", "seat of Wilma Slate · finance"),
        ("! ", "say what you promised"),
    ];
    for (text, wanted) in rows {
        let line = reader().line(text).unwrap();
        assert_eq!(say(&line, &name, today()), wanted, "{text}");
    }
}
