//! Stories of calls: the phone rings, somebody types with both hands, and everything is filed.

use super::*;
use crate::domain::brief::{Brief, Led, Member};
use crate::domain::draft::CallNote;
use crate::domain::filing::{Caught, Change, Filed, Filing, Item, need_told};
use crate::domain::money::Money;
use crate::domain::promise::{Plan, PlanRow, Promise};
use crate::domain::record::{
    Fact, FactKind, Need, NeedState, Outcome, Record, RecordRow, Role, Stance,
};
use crate::domain::touch::Touch;

fn barney() -> Bench {
    Bench::barney(120, 40)
}

/// What was filed last.
fn filing(bench: &Bench) -> Filing {
    match bench.applied.last() {
        Some(Command::File(filing)) => (**filing).clone(),
        other => panic!("nothing was filed but {other:?}"),
    }
}

fn touch(bench: &Bench) -> Touch {
    filing(bench).touch.touch().clone()
}

fn items(bench: &Bench) -> Vec<Item> {
    let added = filing(bench)
        .changes
        .into_iter()
        .map(|change| match change {
            Change::Add(caught) => caught.item,
            other => panic!("not added: {other:?}"),
        });
    added.collect()
}

fn row(raw: i64, record: Record) -> RecordRow {
    RecordRow {
        id: Id::from_raw(raw),
        record,
        evidence: None,
        words: String::new(),
    }
}

/// What is known of Barney besides himself.
fn briefed() -> Bench {
    let mut bench = barney();
    let contact = Id::from_raw(10);
    let wilma = bench
        .world
        .iter()
        .find(|p| p.summary.id == Id::from_raw(14))
        .unwrap();
    bench.brief = Brief {
        records: vec![
            row(
                701,
                Record::Fact(Fact {
                    contact,
                    what: "daughter Pebbles interviewing in New Orleans".to_owned(),
                    kind: FactKind::Personal,
                    learned: shift(today(), -20),
                    due: Some(shift(today(), -3)),
                    asked: None,
                }),
            ),
            row(
                702,
                Record::Need(Need {
                    contact,
                    what: "fewer firmware truck rolls".to_owned(),
                    state: NeedState::Heard,
                    heard: shift(today(), -40),
                    outcome: None,
                }),
            ),
        ],
        committee: vec![Member {
            seat: Id::from_raw(801),
            holder: Some(wilma.summary.clone()),
            role: Role::Technical,
            stance: Stance::For,
        }],
        led: Some(Led {
            by: "Betty Marsh".to_owned(),
            on: shift(today(), -400),
            what: "runs the plant".to_owned(),
            stage: "won",
        }),
        ..Brief::default()
    };
    bench
}

#[test]
fn one_key_leads_from_the_selected_person_to_typing_beside_all_there_is_to_know() {
    let mut bench = briefed();
    bench.press("c");
    let screen = bench.screen();
    for known in [
        "you: quote, due Fri 27 Nov",
        "firmware worry, wants the new gateway",
        "you owe: opened the door at Slate",
        "owes you: got the meter past customs",
        "daughter Pebbles interviewing",
        "fewer firmware truck rolls",
        "technical: Wilma Ortega, for",
        "nobody known: decision maker, finance",
        "Betty Marsh led you here",
        "How did it go: daughter Pebbles",
        "since 14:07 ─ 0:00",
    ] {
        assert!(screen.contains(known), "{known} is not on\n{screen}");
    }
    bench.press("hello");
    assert!(bench.screen().contains("hello"));
}

#[test]
fn a_call_without_marks_costs_its_text_and_three_keys() {
    let mut bench = barney();
    bench.press("cTalked about the quote<ctrl-s><enter>");
    let touch = touch(&bench);
    assert_eq!(touch.body, "Talked about the quote");
    assert_eq!(
        (touch.kind, touch.direction),
        (TouchKind::Call, Direction::Mutual)
    );
    assert_eq!((touch.at, touch.minutes), (now(), Some(1)));
    assert_eq!(touch.people, [Id::from_raw(10)]);
    assert!(filing(&bench).changes.is_empty());
    assert!(
        !bench.screen().contains("since 14:07"),
        "{}",
        bench.screen()
    );
    assert!(
        bench.last_line().ends_with("u undoes"),
        "{}",
        bench.last_line()
    );
}

#[test]
fn keys_are_counted_beside_those_of_the_nearest_rival() {
    // The nearest rival takes ten keys to log an activity with somebody on the screen, its text not counted.
    const RIVAL: usize = 10;
    let table = [
        ("the person is selected: to typing", "c", 2),
        ("anybody by six letters: to typing", "Cfrefli<enter>", 8),
        ("filing", "<ctrl-s><enter>", 2),
        ("an attempt", "N", 1),
    ];
    for (label, keys, most) in table {
        let mut bench = barney();
        if label == "filing" {
            bench.press("cx");
        }
        let count = read(keys).len();
        bench.press(keys);
        assert!(count <= most && count <= RIVAL, "{label}: {count}");
    }
    let mut bench = barney();
    bench.press("c<ctrl-s><enter>");
    assert_eq!(
        touch(&bench).body,
        "",
        "a call is three keys beyond its text"
    );
}

#[test]
fn the_line_under_the_caret_says_what_it_will_become() {
    let mut bench = barney();
    let cases = [
        (
            "! send revised quote fri",
            "promise by you · due Fri 27 Nov",
        ),
        ("? they confirm head count by 3 dec", "due Thu 3 Dec"),
        ("$ 24000 renewal", "24,000.00 USD"),
        ("* anniversary 20 nov", "every 20 Nov"),
        ("! ", ""),
        ("nothing special", ""),
    ];
    for (typed, said) in cases {
        bench.press("c").press(typed);
        let screen = bench.screen();
        assert!(screen.contains(said), "{typed}: {said} is not on\n{screen}");
        bench.press("<ctrl-u><enter><esc>");
    }
}

#[test]
fn a_day_that_is_none_is_said_below_the_note_and_on_the_sheet_and_typed_anew_at_once() {
    let mut bench = barney();
    bench.press("c! send quote 31 feb");
    let screen = bench.screen();
    assert!(
        screen.contains("February has no day 31: due in 7 days"),
        "{screen}"
    );
    bench.resize(80, 24);
    let screen = bench.screen();
    assert!(
        screen.contains("February has no day 31") && screen.contains("Sun 29 Nov"),
        "{screen}"
    );
    bench.resize(120, 40);
    bench.press("\n* likes golf<ctrl-s>");
    let screen = bench.screen();
    assert!(
        screen.contains("February has no day 31: due Sun 29 Nov unless you say when"),
        "{screen}"
    );
    // The row it stands in is open, and what is typed takes the place of the usual day.
    bench.press("28 feb<enter>");
    let Some(Item::Promise(promise)) = items(&bench).into_iter().next() else {
        panic!("{:?}", items(&bench))
    };
    assert_eq!(
        (promise.what.as_str(), promise.due.to_string().as_str()),
        ("send quote 31 feb", "2027-02-28")
    );
}

#[test]
fn a_day_that_is_none_costs_no_key_where_a_week_will_do() {
    let mut bench = barney();
    bench.press("c* likes golf\n! call 3 march 2020<ctrl-s><up>");
    let screen = bench.screen();
    assert!(
        screen.contains("3 march 2020 is past · you promised Barney Rubble: call 3 march 2020"),
        "{screen}"
    );
    bench.press("<enter>");
    assert!(
        matches!(&items(&bench)[1], Item::Promise(p) if p.due == shift(today(), 7) && p.what == "call 3 march 2020"),
        "{:?}",
        items(&bench)
    );
}

#[test]
fn a_day_put_right_on_the_sheet_stays_right_after_a_look_back_at_the_note() {
    let mut bench = barney();
    bench.press("c! send quote before the fair<ctrl-s>");
    assert!(
        bench.screen().contains("“before the fair” is no day: due"),
        "{}",
        bench.screen()
    );
    bench.press("3 dec<esc>\nmore<ctrl-s>");
    assert!(!bench.screen().contains("is no day"), "{}", bench.screen());
    bench.press("<enter>");
    assert!(
        matches!(&items(&bench)[0], Item::Promise(p) if p.due == shift(today(), 11)),
        "{:?}",
        items(&bench)
    );
}

#[test]
fn people_complete_after_an_at_sign_and_tab_takes_the_name() {
    let mut bench = barney();
    bench.press("cmet @fre");
    assert!(
        bench.screen().contains("Fred Flint  Granite Works"),
        "{}",
        bench.screen()
    );
    bench.press("<tab>today<ctrl-s><enter>");
    assert_eq!(touch(&bench).body, "met @Fred Flint today");
    let filing = filing(&bench);
    assert_eq!(
        filing.mentioned,
        [(Id::from_raw(12), "met @Fred Flint today".to_owned())]
    );
}

#[test]
fn enter_makes_a_line_even_where_names_are_offered() {
    let mut bench = barney();
    bench.press("cmet @fre\nnext<ctrl-s><enter>");
    assert_eq!(touch(&bench).body, "met @fre\nnext");
}

#[test]
fn a_whole_call_as_it_is_lived() {
    let mut bench = briefed();
    // Barney rings: the brief is read, the notes have seven kinds of marks.
    bench.press("c");
    assert!(bench.screen().contains("due Fri 27 Nov"));
    bench.press("firmware is better\n! send revised quote fri\n? they confirm head count by 3 dec\n+ got me in front of the plant board\n");
    bench.press("# wants one invoice a quarter\n= cut truck rolls by half, saves 40k\n* daughter got the job in New Orleans\n% @Wilma Ortega finance, for");
    // A second call comes in: the first stays open.
    bench.now += chrono::Duration::minutes(9);
    bench.press("<ctrl-p>fred<enter>");
    let screen = bench.screen();
    assert!(screen.contains("1 other call open (Ctrl-G)"), "{screen}");
    assert!(
        screen.contains("─ 0:00"),
        "the second call has its own clock\n{screen}"
    );
    bench.press("wants a demo\n! call back tue");
    bench.now += chrono::Duration::minutes(3);
    bench.press("<ctrl-s>");
    assert!(
        bench.screen().contains("due Tue 24 Nov"),
        "{}",
        bench.screen()
    );
    bench.press("<enter>");
    let second = touch(&bench);
    assert_eq!(
        (second.people, second.minutes),
        (vec![Id::from_raw(12)], Some(3))
    );
    // Back to the first.
    bench.press("<ctrl-g>");
    let screen = bench.screen();
    assert!(
        screen.contains("firmware is better") && screen.contains("12:00"),
        "{screen}"
    );
    bench.press("<ctrl-s>");
    assert!(bench.screen().contains("─ caught: 7"), "{}", bench.screen());
    bench.press("<enter>");
    let first = touch(&bench);
    assert_eq!(
        (first.people, first.minutes, first.at),
        (vec![Id::from_raw(10)], Some(12), now())
    );
    let items = items(&bench);
    assert_eq!(items.len(), 7);
    assert!(
        matches!(&items[0], Item::Promise(p) if p.mine && p.due == shift(today(), 5) && p.what == "send revised quote"),
        "{items:?}"
    );
    assert!(
        matches!(&items[1], Item::Promise(p) if !p.mine),
        "{items:?}"
    );
    assert!(
        matches!(&items[2], Item::Chit(c) if c.giver == Id::from_raw(10) && c.receiver == Id::ME),
        "{items:?}"
    );
    assert!(
        matches!(&items[3], Item::Record(Record::Need(_))),
        "{items:?}"
    );
    assert!(
        matches!(&items[4], Item::Result(r) if r.need == Some(Id::from_raw(702)) && r.outcome.amount == Some(Money { minor: 4_000_000, currency: "USD".to_owned() })),
        "{items:?}"
    );
    assert!(
        matches!(&items[5], Item::Record(Record::Fact(_))),
        "{items:?}"
    );
    assert!(
        matches!(&items[6], Item::Record(Record::Seat(s)) if s.contact == Id::from_raw(14) && s.role == Role::Finance && s.stance == Stance::For),
        "{items:?}"
    );
    // One of them is undone.
    bench.press("u");
    assert!(bench.effects.contains(&Effect::Undo));
}

#[test]
fn leaving_a_call_never_asks_and_one_key_comes_back_with_everything() {
    let mut bench = barney();
    bench.press("chalf a thou<esc>");
    assert!(
        bench.last_line().contains("Ctrl-G"),
        "{}",
        bench.last_line()
    );
    assert!(
        bench
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::SaveDraft(..)))
    );
    bench.press("jj");
    assert!(bench.screen().contains("1 call open (Ctrl-G)"));
    bench.press("<ctrl-g>ght<ctrl-s><enter>");
    assert_eq!(touch(&bench).body, "half a thought");
    assert_eq!(touch(&bench).people, [Id::from_raw(10)]);
    assert!(!bench.screen().contains("call open"));
}

#[test]
fn several_calls_are_gone_round_by_one_key() {
    let mut bench = barney();
    bench.press("cone<ctrl-p>fred<enter>two<ctrl-p>betty<enter>three");
    assert!(
        bench.screen().contains("2 other calls open"),
        "{}",
        bench.screen()
    );
    for text in ["one", "two", "three", "one"] {
        bench.press("<ctrl-g>");
        assert!(
            bench
                .screen()
                .lines()
                .any(|line| line.contains(&format!("│ {text}"))),
            "{text}\n{}",
            bench.screen()
        );
    }
}

#[test]
fn a_second_c_on_the_same_person_goes_back_to_their_open_call() {
    let mut bench = barney();
    bench.press("cone<esc>c two<ctrl-s><enter>");
    assert_eq!(touch(&bench).body, "one two");
}

#[test]
fn a_call_with_nothing_typed_keeps_its_clock_until_it_is_thrown_away() {
    for leave in ["<esc>", "<ctrl-p>fred<enter><esc>", "<esc>jj"] {
        let mut bench = barney();
        bench.press("c");
        bench.now += chrono::Duration::minutes(4);
        bench.press(leave);
        assert!(bench.screen().contains(" open (Ctrl-G)"), "{leave}");
        bench.press("<ctrl-g>");
        let screen = bench.screen();
        assert!(
            screen.contains("Barney Rubble") && screen.contains("4:00"),
            "{leave}\n{screen}"
        );
        let saved = |effect: &Effect| matches!(effect, Effect::SaveDraft(..));
        assert!(!bench.effects.iter().any(saved), "{leave}: no word to keep");
    }
    let mut bench = barney();
    bench.press("c<esc>Wdd");
    assert!(!bench.screen().contains("call open"), "{}", bench.screen());
    bench.press("u");
    assert!(bench.screen().contains("1 call open"), "{}", bench.screen());
}

#[test]
fn the_name_or_number_of_a_new_caller_is_kept_before_the_first_word() {
    let mut bench = barney();
    bench.press("C+1 555 0199<enter>");
    let (_, draft) = bench.app.draft().unwrap();
    assert_eq!(draft.title, "Call with +1 555 0199");
    bench.press("<esc>");
    assert!(
        bench.effects.iter().any(
            |effect| matches!(effect, Effect::SaveDraft(_, kept) if kept.title == draft.title)
        )
    );
    bench.press("<ctrl-g>asked for a quote<ctrl-s>");
    assert!(bench.screen().contains("+1 555 0199"), "{}", bench.screen());
}

#[test]
fn a_call_goes_only_with_a_second_d_and_u_brings_it_back() {
    let mut bench = barney();
    bench.press("chalf a thought<esc>Wd");
    assert!(
        bench.screen().contains("d once more throws it away"),
        "{}",
        bench.screen()
    );
    bench.press("kd<esc>");
    assert!(
        bench.screen().contains("1 call open"),
        "any other key keeps it"
    );
    bench.press("Wdd");
    assert!(!bench.screen().contains("call open"), "{}", bench.screen());
    assert!(bench.last_line().contains("u brings it back"));
    bench.effects.clear();
    bench.press("u");
    assert!(bench.screen().contains("1 call open"), "{}", bench.screen());
    assert!(
        !bench.effects.contains(&Effect::Undo),
        "nothing else is undone"
    );
    bench.press("<ctrl-g>, whole<ctrl-s><enter>");
    assert_eq!(touch(&bench).body, "half a thought, whole");
    // The change made since is what `u` means now.
    bench.press("u");
    assert!(bench.effects.contains(&Effect::Undo));
}

#[test]
fn a_draft_thrown_away_is_brought_back_in_the_box_itself_and_nothing_else_is_undone() {
    let note = |text: &str, id| {
        let call = CallNote {
            with: Some(Id::from_raw(10)),
            name: "Barney Rubble".to_owned(),
            begun: now() - chrono::Duration::hours(3),
            heard: now() - chrono::Duration::hours(3),
            text: text.to_owned(),
        };
        call.draft(Some(Id::from_raw(id)))
    };
    let drafts = vec![note("the first", 77), note("the second", 78)];
    let mut bench = Bench::start(cast(), drafts, 120, 40);
    bench.press("u");
    assert!(bench.last_line().contains("Nothing was thrown away here"));
    bench.press("dd");
    assert!(!bench.screen().contains("the first"), "{}", bench.screen());
    bench.press("u");
    let screen = bench.screen();
    assert!(
        screen.contains("the first") && screen.contains("the second"),
        "{screen}"
    );
    assert!(!bench.effects.contains(&Effect::Undo));
    assert!(bench.effects.iter().any(
        |effect| matches!(effect, Effect::SaveDraft(_, kept) if kept.id == Some(Id::from_raw(77)))
    ));
}

#[test]
fn a_note_emptied_again_leaves_no_draft() {
    for (keys, open) in [("c", true), ("t", false)] {
        let mut bench = barney();
        bench.press(keys).press("a");
        let (revision, _) = bench.app.draft().unwrap();
        bench.send(Msg::Reply(Reply::Drafted(revision, Id::from_raw(77))));
        bench.press("<backspace><esc>");
        assert!(
            bench.effects.contains(&Effect::DropDraft(Id::from_raw(77))),
            "{keys}"
        );
        let screen = bench.screen();
        assert!(!screen.contains("draft (W)"), "{keys}\n{screen}");
        assert_eq!(screen.contains("1 call open"), open, "{keys}\n{screen}");
    }
}

#[test]
fn a_draft_saved_a_moment_ago_may_be_open_in_another_window() {
    for (seconds, said) in [(3, true), (30, false)] {
        let call = CallNote {
            with: Some(Id::from_raw(10)),
            name: "Barney Rubble".to_owned(),
            begun: now() - chrono::Duration::minutes(3),
            heard: now(),
            text: "firmware".to_owned(),
        };
        let draft = Draft {
            saved: Some(now() - chrono::Duration::seconds(seconds)),
            ..call.draft(Some(Id::from_raw(77)))
        };
        let screen = Bench::start(cast(), vec![draft], 120, 40).screen();
        let shown = screen.contains("perhaps open in another window");
        assert_eq!(shown, said, "{seconds}\n{screen}");
    }
}

#[test]
fn a_refused_enter_leaves_what_is_said_of_other_lines() {
    let mut bench = barney();
    bench.press("c! send quote 31 feb\n! call 30 feb<ctrl-s>");
    bench.press("nonsense<enter>");
    let screen = bench.screen();
    assert!(
        screen.contains("February has no day 30") && screen.contains("cannot read"),
        "{screen}"
    );
}

#[test]
fn down_goes_on_from_the_last_name_offered_on_the_sheet() {
    let mut bench = barney();
    bench.press("c! send quote fri<ctrl-s>");
    while !bench.screen().lines().any(|line| line.contains("  with ")) {
        bench.press("<tab>");
    }
    bench.press("<tab><tab><tab>fred fl");
    let offered = |bench: &Bench| bench.screen().contains("│ Fred Flint");
    assert!(offered(&bench), "{}", bench.screen());
    // Fred and, last, somebody new.
    bench.press("<down>");
    assert!(offered(&bench), "{}", bench.screen());
    bench.press("<down>");
    assert!(!offered(&bench), "{}", bench.screen());
}

#[test]
fn a_next_call_on_a_day_gone_by_is_said_and_not_planned_next_year() {
    let mut bench = barney();
    bench.press("cgood talk\nnext call 20 nov<ctrl-s>");
    assert!(
        bench
            .screen()
            .contains("20 nov is past: nothing is planned"),
        "{}",
        bench.screen()
    );
    bench.press("<enter>");
    assert_eq!(filing(&bench).plan, None);
}

#[test]
fn what_was_decided_on_the_sheet_holds_after_a_look_back_at_the_note() {
    let mut bench = barney();
    bench.press("c! send quote fri\n* likes golf<ctrl-s>");
    // The promise is left out and the minutes are set; then one more word is typed.
    let minutes = read("<tab><tab><tab><tab>").len();
    assert_eq!(minutes, 4);
    bench.press("<up>"); // The end of the sheet, coming round.
    bench.press("<esc>\nmore<ctrl-s>");
    let mut bench = barney();
    bench.press("c! send quote fri\n* likes golf<ctrl-s>");
    while !bench.screen().lines().any(|line| {
        line.contains("! send quote") || line.contains("! ") && line.contains("send quote fri")
    }) {
        bench.press("<down>");
    }
    for _ in 0..5 {
        bench.press("<down>");
    }
    bench.press("<ctrl-t>");
    assert!(
        bench.screen().contains("left out: send quote fri"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>\nmore<ctrl-s>");
    assert!(
        bench.screen().contains("left out: send quote fri"),
        "{}",
        bench.screen()
    );
    bench.press("<enter>");
    assert_eq!(items(&bench).len(), 1);
    assert_eq!(touch(&bench).body, "! send quote fri\n* likes golf\nmore");
}

#[test]
fn somebody_who_is_not_in_the_book_is_added_with_the_call() {
    let mut bench = barney();
    bench.press("C+1 415 555 0199");
    assert!(
        bench.screen().contains("somebody new: +1 415 555 0199"),
        "{}",
        bench.screen()
    );
    bench.press("<enter>asks for a demo\n! call back mon<ctrl-s>");
    // The name comes first on the sheet.
    bench.press("<ctrl-u>Ann Archer<tab>Fjord 9<enter>");
    let filing = filing(&bench);
    let [(id, card)] = filing.newcomers.as_slice() else {
        panic!("{:?}", filing.newcomers)
    };
    assert_eq!(
        (card.name.as_str(), card.account.as_str()),
        ("Ann Archer", "Fjord 9")
    );
    assert_eq!(card.phones[0].number, "+1 415 555 0199");
    assert_eq!(filing.touch.touch().people, [*id]);
    assert!(
        matches!(&filing.changes[0], Change::Add(Caught { item: Item::Promise(p), .. }) if p.contact == *id)
    );
}

#[test]
fn a_new_caller_goes_by_the_name_that_is_typed_and_is_selected_once_filed() {
    let mut bench = barney();
    bench.press("C+1 415 555 0199<enter>! call back mon<ctrl-s>");
    let who = |bench: &Bench| {
        let screen = bench.screen();
        let line = screen.lines().find(|line| line.contains("│ who "));
        line.unwrap_or_default().to_owned()
    };
    assert!(who(&bench).contains("+1 415 555 0199"), "{}", who(&bench));
    bench.press("<ctrl-u>Ann Archer");
    assert!(
        who(&bench).contains("Ann Archer") && !who(&bench).contains("415"),
        "{}",
        who(&bench)
    );
    // It is kept through a look back at the note.
    bench.press("<esc> sharp<ctrl-s>");
    assert!(who(&bench).contains("Ann Archer"), "{}", bench.screen());
    bench.world.push(person(77, "Ann Archer", "", &[]));
    bench.created = Some(Id::from_raw(77));
    bench.press("<enter>");
    assert_eq!(
        filing(&bench).newcomers[0].1.phones[0].number,
        "+1 415 555 0199"
    );
    assert_eq!(bench.app.selected(), Some(Id::from_raw(77)));
}

#[test]
fn a_mark_alone_says_what_it_will_catch_and_what_to_type_next() {
    use crate::domain::capture::Mark;
    let mut bench = barney();
    bench.press("c");
    for mark in Mark::ALL {
        for typed in ["", " "] {
            bench.press(&format!("{}{typed}", mark.sign()));
            let said = format!("{} {}", mark.sign(), mark.next());
            assert!(
                bench.screen().contains(&said),
                "{said} is not on\n{}",
                bench.screen()
            );
            bench.press("<ctrl-u>");
        }
    }
    bench.press("! x");
    assert!(
        !bench.screen().contains(Mark::Mine.next()),
        "{}",
        bench.screen()
    );
}

#[test]
fn filing_another_call_and_leaving_out_are_named_in_sixty_columns() {
    let mut bench = Bench::barney(60, 15);
    bench.press("c* likes golf");
    let line = bench.last_line();
    for key in [
        "Ctrl-S file",
        "Esc leave",
        "Ctrl-P other",
        "Tab brief",
        "F1 keys",
    ] {
        assert!(line.contains(key), "{key}: {line}");
    }
    bench.press("<ctrl-p>fred<enter>x");
    assert!(bench.screen().contains("Ctrl-G"), "{}", bench.screen());
    bench.press("<ctrl-s>");
    let line = bench.last_line();
    for key in [
        "Enter file",
        "Esc note",
        "Ctrl-T leave out",
        "Tab next",
        "F1 keys",
    ] {
        assert!(line.contains(key), "{key}: {line}");
    }
}

#[test]
fn a_need_and_its_result_in_one_note_belong_together() {
    let mut bench = barney();
    bench.press("c= cut truck rolls by half\n# fewer truck rolls\n# one invoice a quarter\n= quotes come in a day<ctrl-s>");
    assert!(
        bench
            .screen()
            .contains("cut truck rolls by half · closes a need"),
        "{}",
        bench.screen()
    );
    bench.press("<enter>");
    let items = items(&bench);
    assert!(
        matches!(&items[0], Item::Result(r) if r.need == Some(need_told("# fewer truck rolls"))),
        "{items:?}"
    );
    assert!(
        matches!(&items[3], Item::Result(r) if r.need.is_none()),
        "a new need that shares no word is another one: {items:?}"
    );
}

#[test]
fn two_results_of_one_note_do_not_close_the_same_need() {
    let mut bench = briefed();
    bench.press("c= fewer truck rolls\n= no truck rolls at all<ctrl-s><enter>");
    let needs: Vec<Option<Id>> = items(&bench)
        .into_iter()
        .map(|item| match item {
            Item::Result(delivered) => delivered.need,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(needs, [Some(Id::from_raw(702)), None]);
}

#[test]
fn a_refused_sheet_goes_to_the_row_at_fault() {
    let mut bench = barney();
    bench.press("c* likes golf\n! send quote fri\n$ 24000 renewal<ctrl-s>");
    bench.refuse = Some("“$ 24000 renewal”: that is too much.".to_owned());
    bench.press("<enter>");
    let screen = bench.screen();
    assert!(screen.contains("that is too much"), "{screen}");
    assert!(
        screen.contains("24,000.00 USD") && screen.contains("  amount"),
        "{screen}"
    );
    bench.press("<ctrl-t><enter>");
    assert_eq!(items(&bench).len(), 2, "the row was left out");
}

#[test]
fn names_offered_on_the_sheet_stand_in_a_frame() {
    let mut bench = barney();
    bench.press("c! send quote fri\n* likes golf\n# less noise<ctrl-s>");
    while !bench.screen().lines().any(|line| line.contains("  with ")) {
        bench.press("<tab>");
    }
    // From the fields of the row to the one who it is with.
    bench.press("<tab><tab><tab>fre");
    let screen = bench.screen();
    let offer = screen
        .lines()
        .position(|line| line.contains("│ Fred Flint"));
    let lines: Vec<&str> = screen.lines().collect();
    let offer = offer.unwrap_or_else(|| panic!("no offer on\n{screen}"));
    assert!(lines[offer - 1].contains('╭'), "{screen}");
    assert!(
        lines[offer..]
            .iter()
            .any(|line| line.matches('╰').count() == 1 && line.contains('╯')),
        "{screen}"
    );
    bench.press("<tab><enter>");
    assert!(
        matches!(&items(&bench)[0], Item::Promise(p) if p.contact == Id::from_raw(12)),
        "{:?}",
        items(&bench)
    );
}

#[test]
fn a_promise_that_was_just_closed_stays_in_its_place_until_its_list_is_closed() {
    for list in ["i", "P"] {
        let mut bench = barney();
        bench.press(list).press("k");
        assert!(
            matches!(
                bench.applied.last(),
                Some(Command::ClosePromise {
                    state: PromiseState::Kept,
                    ..
                })
            ),
            "{list}: {:?}",
            bench.applied
        );
        let barney = &mut bench.world[0];
        let mut row = barney.promises.remove(0);
        row.state = PromiseState::Kept;
        row.closed_on = Some(today());
        let what = row.promise.what.clone();
        barney.closed.push(row);
        bench.send(Msg::Elsewhere(Some(vec![Id::from_raw(10)])));
        bench.draw();
        let screen = bench.screen();
        let line = screen
            .lines()
            .find(|line| line.contains("just kept · k takes it back"));
        assert!(
            line.is_some_and(|line| line.contains(&what)),
            "{list}:\n{screen}"
        );
        bench.press("k");
        assert!(
            matches!(
                bench.applied.last(),
                Some(Command::ClosePromise {
                    state: PromiseState::Open,
                    ..
                })
            ),
            "{list}: {:?}",
            bench.applied
        );
        bench.press("<esc>").press(list);
        assert!(
            !bench.screen().contains("just kept"),
            "{list}:\n{}",
            bench.screen()
        );
    }
}

#[test]
fn a_result_that_no_need_was_known_for_is_told_once() {
    let mut bench = briefed();
    let RecordRow {
        record: Record::Need(need),
        ..
    } = &mut bench.brief.records[1]
    else {
        panic!()
    };
    need.what = "cut truck rolls".to_owned();
    need.state = NeedState::Delivered;
    need.outcome = Some(Outcome {
        what: "cut truck rolls".to_owned(),
        on: today(),
        ..Outcome::default()
    });
    bench.press("i");
    let screen = bench.screen();
    assert_eq!(screen.matches("cut truck rolls").count(), 1, "{screen}");
}

#[test]
fn undo_says_when_it_took_back_what_another_program_did() {
    let mut bench = barney();
    let changed = |elsewhere| Changed {
        label: "Added Fred Flint".to_owned(),
        elsewhere,
        ..Changed::default()
    };
    for (elsewhere, said) in [
        (
            true,
            "Undone, what another program did: Added Fred Flint · Ctrl-R redoes",
        ),
        (false, "Undone: Added Fred Flint · Ctrl-R redoes"),
    ] {
        let changed = changed(elsewhere);
        bench.send(Msg::Reply(Reply::Applied {
            ticket: None,
            changed,
        }));
        bench.draw();
        assert!(bench.last_line().contains(said), "{}", bench.last_line());
    }
}

#[test]
fn a_name_nobody_has_becomes_a_person_when_the_note_is_filed() {
    let mut bench = barney();
    bench.press("c> @Nadia Petrov runs the port\n! send @Nadia Petrov the brochure mon<ctrl-s>");
    assert!(
        bench
            .screen()
            .contains("Barney Rubble leads you to Nadia Petrov: runs the port"),
        "{}",
        bench.screen()
    );
    bench.press("<enter>");
    let filing = filing(&bench);
    assert_eq!(
        filing.newcomers.len(),
        1,
        "one person, however often they are named"
    );
    assert_eq!(filing.newcomers[0].1.name, "Nadia Petrov");
}

#[test]
fn an_ambiguous_name_is_asked_about_and_nothing_is_filed_before() {
    let mut bench = Bench::with(
        {
            let mut world = cast();
            world.push(person(30, "Fred Smith", "Acme", &[]));
            world
        },
        120,
        40,
    );
    bench.press("<ctrl-p>barney<enter>");
    bench.press("c! @fred: send drawings fri<ctrl-s>");
    let filed = bench.applied.len();
    bench.press("<ctrl-s>");
    assert_eq!(bench.applied.len(), filed, "{}", bench.screen());
    assert!(bench.screen().contains("Fred Smith"), "{}", bench.screen());
}

#[test]
fn an_unanswered_call_is_one_key_and_says_which_try_it_was() {
    let mut bench = barney();
    bench.press("N");
    let Some(Command::LogTouch(touch)) = bench.applied.last() else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!(
        (touch.kind, touch.direction),
        (TouchKind::Attempt, Direction::Out)
    );
    let mut bench = barney();
    bench.press("cleft a message<ctrl-n>");
    let touch = self::touch(&bench);
    assert_eq!(
        (touch.kind, touch.body.as_str()),
        (TouchKind::Attempt, "left a message")
    );
    assert_eq!(touch.minutes, None);
}

#[test]
fn a_mark_that_cannot_be_read_stays_text_and_says_why() {
    let mut bench = barney();
    bench.press("c$ for the renewal<ctrl-s>");
    assert!(
        bench.screen().contains("stays text: for the renewal"),
        "{}",
        bench.screen()
    );
    bench.press("<enter>");
    assert!(filing(&bench).changes.is_empty());
    assert_eq!(touch(&bench).body, "$ for the renewal");
}

#[test]
fn a_refused_filing_keeps_the_note_and_says_why() {
    let mut bench = barney();
    bench.refuse = Some("The disk is full; make room and try again.".to_owned());
    bench.press("cTalked<ctrl-s><enter>");
    assert!(
        bench.screen().contains("The disk is full"),
        "{}",
        bench.screen()
    );
    bench.press("<enter>");
    assert_eq!(touch(&bench).body, "Talked");
}

#[test]
fn the_next_start_offers_a_call_with_its_clock_and_its_person() {
    let call = CallNote {
        with: Some(Id::from_raw(10)),
        name: "Barney Rubble".to_owned(),
        begun: now() - chrono::Duration::hours(3),
        heard: now() - chrono::Duration::hours(3) + chrono::Duration::minutes(12),
        text: "firmware is better".to_owned(),
    };
    let draft = call.draft(Some(Id::from_raw(77)));
    let mut bench = Bench::start(cast(), vec![draft], 120, 40);
    let screen = bench.screen();
    assert!(screen.contains("Call with Barney Rubble"), "{screen}");
    assert!(
        screen.contains("11:07, 12 min: firmware is better"),
        "{screen}"
    );
    bench.press("<enter>");
    assert!(
        bench.screen().contains("since 11:07 ─ 12 min"),
        "{}",
        bench.screen()
    );
    bench.press("<ctrl-s><enter>");
    assert_eq!(touch(&bench).minutes, Some(12));
    assert_eq!(filing(&bench).draft, Some(Id::from_raw(77)));
}

#[test]
fn a_draft_first_kept_under_its_sheet_ends_with_the_filing() {
    let mut bench = barney();
    bench.press("cTalked about the quote<ctrl-s>");
    let (revision, draft) = bench.app.draft().unwrap();
    assert_eq!(draft.id, None, "it was not kept before the sheet");
    bench.send(Msg::Reply(Reply::Drafted(revision, Id::from_raw(77))));
    bench.press("<enter>");
    assert_eq!(filing(&bench).draft, Some(Id::from_raw(77)));
}

#[test]
fn a_call_that_had_been_agreed_for_a_time_says_how_late_it_is() {
    let mut world = cast();
    world[0].plan = Some(PlanRow {
        id: Id::from_raw(5),
        plan: Plan {
            contact: Id::from_raw(10),
            on: today(),
            at: chrono::NaiveTime::from_hms_opt(14, 0, 0),
            why: "the audit".to_owned(),
        },
    });
    let mut bench = Bench::with(world, 120, 40);
    bench.press("<ctrl-p>barney<enter>c");
    assert!(
        bench.screen().contains("agreed 14:00, 7 min late"),
        "{}",
        bench.screen()
    );
}

#[test]
fn the_clock_ticks_by_the_second_while_the_call_is_seen_and_not_elsewhere() {
    let mut bench = barney();
    let tick = |bench: &Bench| bench.app.next_tick(bench.now).unwrap().as_millis();
    assert_eq!(tick(&bench), 60_000);
    bench.press("cx");
    assert_eq!(tick(&bench), 1_000);
    bench.press("<esc>");
    assert_eq!(tick(&bench), 60_000);
}

#[test]
fn the_next_touch_is_read_out_of_the_note() {
    let mut bench = barney();
    bench.press("cgood talk\nnext call 3 dec 10:00 about the audit<ctrl-s><enter>");
    let plan = filing(&bench).plan.unwrap();
    assert_eq!(
        (plan.contact, plan.on.to_string().as_str()),
        (Id::from_raw(10), "2026-12-03")
    );
    assert_eq!(plan.at.unwrap().to_string(), "10:00:00");
}

#[test]
fn a_touch_with_marks_is_filed_over_the_same_sheet() {
    let mut bench = barney();
    bench.press("tmet at the fair\n! send the leaflet mon<ctrl-s>");
    assert!(bench.screen().contains("─ caught: 1"), "{}", bench.screen());
    bench.press("<enter>");
    assert_eq!(items(&bench).len(), 1);
    assert!(
        !bench.screen().contains("Touch with"),
        "the form goes with its sheet\n{}",
        bench.screen()
    );
}

fn promised(words: &str, what: &str) -> CaughtRow {
    CaughtRow {
        id: Id::from_raw(950),
        item: Item::Promise(Promise {
            contact: Id::from_raw(10),
            mine: true,
            what: what.to_owned(),
            made_on: shift(today(), -9),
            due: shift(today(), -2),
            evidence: Some(Id::from_raw(10_000)),
        }),
        words: words.to_owned(),
        state: "open",
    }
}

/// Barney's last call, with a promise in it.
fn filed() -> Bench {
    let mut world = cast();
    world[0].history[0].body = "good talk\n! send quote fri".to_owned();
    let mut bench = Bench::with(world, 120, 40);
    bench.caught = vec![promised("! send quote fri", "send quote")];
    bench.press("<ctrl-p>barney<enter><tab><tab><tab>");
    bench
}

#[test]
fn the_history_shows_what_was_caught_in_a_note() {
    let mut bench = filed();
    bench.press("<enter>");
    let screen = bench.screen();
    assert!(screen.contains("─ caught: 1"), "{screen}");
    assert!(
        screen.contains("! you promised Barney Rubble: send quote") && screen.contains("· open"),
        "{screen}"
    );
}

#[test]
fn an_edited_note_offers_what_became_of_its_items_and_changes_none_unseen() {
    let mut bench = filed();
    bench.press("e revised<ctrl-s>");
    let screen = bench.screen();
    assert!(
        screen.contains("What becomes") || screen.contains("what becomes"),
        "{screen}"
    );
    assert!(screen.contains("was: you promised"), "{screen}");
    bench.press("<enter>");
    let filing = filing(&bench);
    assert!(matches!(&filing.touch, Filed::Again { .. }));
    assert!(
        matches!(&filing.changes[..], [Change::Replace { id, .. }] if *id == Id::from_raw(950)),
        "{:?}",
        filing.changes
    );
}

#[test]
fn an_item_whose_words_were_erased_stays_unless_it_is_said_to_go() {
    for (keys, goes) in [("<enter>", false), (" <enter>", true)] {
        let mut bench = filed();
        bench.press("e<ctrl-u><backspace><ctrl-s>");
        assert!(
            bench.screen().contains("its words are gone"),
            "{}",
            bench.screen()
        );
        bench.press(keys);
        let changes = filing(&bench).changes;
        assert_eq!(
            matches!(changes[..], [Change::Drop { .. }]),
            goes,
            "{changes:?}"
        );
        assert_eq!(changes.is_empty(), !goes);
    }
}

#[test]
fn an_edit_that_leaves_the_marks_alone_asks_nothing() {
    let mut bench = filed();
    bench.press("e<up><end> indeed<ctrl-s>");
    assert!(
        matches!(bench.applied.last(), Some(Command::EditTouch { .. })),
        "{:?}",
        bench.applied.last()
    );
}

#[test]
fn the_note_goes_to_an_editor_and_back_in_the_call_and_from_the_lists() {
    let mut bench = barney();
    bench.press("cfirst<ctrl-o>");
    let edit = |bench: &Bench| match bench.effects.last() {
        Some(Effect::Edit { ticket, text }) => (*ticket, text.clone()),
        other => panic!("{other:?}"),
    };
    let (ticket, text) = edit(&bench);
    assert_eq!(text, "first");
    let text = Ok("first\n! and a mark fri".to_owned());
    bench.send(Msg::Reply(Reply::Edited { ticket, text }));
    bench.draw();
    bench.press("<ctrl-s><enter>");
    assert_eq!(touch(&bench).body, "first\n! and a mark fri");
    assert_eq!(items(&bench).len(), 1);
    let mut bench = filed();
    bench.press("o");
    let (ticket, text) = edit(&bench);
    assert_eq!(text, "good talk\n! send quote fri");
    let why = Err("vi ended with an error; the note is as it was".to_owned());
    bench.send(Msg::Reply(Reply::Edited { ticket, text: why }));
    bench.draw();
    assert!(
        bench.last_line().contains("the note is as it was"),
        "{}",
        bench.last_line()
    );
    assert!(
        bench.screen().contains("send quote fri"),
        "{}",
        bench.screen()
    );
}

#[test]
fn a_call_and_its_sheet_draw_at_every_size() {
    let places = [
        "c! send quote fri\n漢字 👩\u{200d}💻 @f",
        "c! a fri\n$ nothing\n> @New One x<ctrl-s>",
        "cx<tab>",
        "i",
        "P",
    ];
    for (nth, place) in places.iter().enumerate() {
        let mut bench = briefed();
        bench.press(place);
        bench.at_every_size(nth);
    }
}

/// Ten thousand people: a hundred given names with a hundred family names each, and a number each.
fn ten_thousand() -> Vec<Person> {
    let given = [
        "Ada", "Abel", "Agnes", "Alba", "Alfred", "Amelia", "Anders", "Anton", "Arne", "Astrid",
    ];
    let more = [
        "bert", "dora", "fina", "gard", "helm", "jana", "kim", "lo", "mund", "nora",
    ];
    let family = [
        "Acker", "Baum", "Castell", "Dahl", "Eklund", "Falk", "Grieg", "Holt", "Ibsen", "Jensen",
    ];
    let ends = [
        "", "er", "mann", "sen", "stad", "vik", "berg", "dal", "lund", "ow",
    ];
    let mut people = Vec::new();
    for (one, first) in given
        .iter()
        .flat_map(|g| more.iter().map(move |m| format!("{g}{m}")))
        .enumerate()
    {
        for (two, last) in family
            .iter()
            .flat_map(|f| ends.iter().map(move |e| format!("{f}{e}")))
            .enumerate()
        {
            let at = (one * 100 + two) as i64;
            let mut person = person(10_000 + at, &format!("{first} {last}"), "", &[]);
            person.summary.reach = format!("1415{:07}", 2_100_000 + at * 37);
            people.push(person);
        }
    }
    people
}

#[test]
fn anybody_of_ten_thousand_is_found_with_six_digits_of_the_number_that_rings() {
    let world = ten_thousand();
    let sought: Vec<(i64, String)> = world
        .iter()
        .step_by(999)
        .map(|person| {
            let digits = &person.summary.reach;
            let six = digits.get(digits.len() - 6..).unwrap();
            (person.summary.id.raw(), six.to_owned())
        })
        .collect();
    let mut bench = Bench::with(world, 100, 30);
    for (id, digits) in sought {
        let keys = read(&format!("C{digits}<enter>"));
        assert_eq!(keys.len(), 8);
        for key in keys {
            bench.send(Msg::Keys(vec![key]));
        }
        assert_eq!(bench.app.selected(), Some(Id::from_raw(id)), "{digits}");
        bench.press("<esc>");
    }
}
