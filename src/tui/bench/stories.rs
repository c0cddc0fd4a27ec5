//! Stories: what somebody does at the keyboard, and what they see.

use super::*;
use crate::domain::chit::Settlement;
use crate::domain::promise::{Plan, PlanRow, PromiseState};
use crate::domain::touch::Touch;

/// A bench with Barney selected.
fn barney() -> Bench {
    let bench = Bench::barney(100, 30);
    assert_eq!(bench.app.selected(), Some(Id::from_raw(10)));
    bench
}

fn touch(bench: &Bench) -> Touch {
    match bench.applied.last() {
        Some(Command::LogTouch(touch)) => (**touch).clone(),
        other => panic!("no touch was logged but {other:?}"),
    }
}

#[test]
fn a_call_is_logged_with_one_key_some_words_and_another_key() {
    let mut bench = barney();
    bench.press("tTalked about the quote<ctrl-s>");
    let touch = touch(&bench);
    assert_eq!(touch.body, "Talked about the quote");
    assert_eq!(touch.kind, TouchKind::Call);
    assert_eq!(touch.at, now());
    assert_eq!(touch.people, [Id::from_raw(10)]);
    assert_eq!(
        bench.last_line(),
        "Logged a call with Barney Rubble · u undoes"
    );
    bench.press("j");
    assert!(
        bench.last_line().contains("? keys"),
        "the keys come back with the next key"
    );
}

#[test]
fn letters_that_are_commands_elsewhere_stay_text_in_a_note() {
    let mut bench = barney();
    bench.press("tq?:/u<ctrl-s>");
    assert_eq!(touch(&bench).body, "q?:/u");
    assert!(!bench.effects.contains(&Effect::Quit));
    assert!(!bench.effects.contains(&Effect::Undo));
}

#[test]
fn letters_that_are_commands_elsewhere_stay_text_in_every_form_and_list() {
    for place in ["t", "f", "p", "n", "a", "e", "T", "?", ":", "<ctrl-p>", "/"] {
        let mut bench = barney();
        bench.press(place).press("q?:uD");
        assert!(!bench.effects.contains(&Effect::Quit), "{place}");
        assert!(bench.applied.is_empty(), "{place}");
    }
}

#[test]
fn a_refused_save_keeps_every_word_and_says_why() {
    let mut bench = barney();
    bench.refuse = Some("The book is locked by another program; try again.".to_owned());
    bench.press("tTalked about the quote<ctrl-s>");
    let screen = bench.screen();
    assert!(screen.contains("Talked about the quote"), "{screen}");
    assert!(
        screen.contains("The book is locked by another program"),
        "{screen}"
    );
    assert!(bench.applied.is_empty());
    bench.press("!<ctrl-s>");
    assert_eq!(touch(&bench).body, "Talked about the quote!");
    assert!(!bench.screen().contains("Touch with"));
}

#[test]
fn a_wrong_field_says_so_beside_itself_and_has_the_caret() {
    let mut bench = barney();
    bench.press("pthe quote<tab>nonsense<ctrl-s>");
    assert!(bench.applied.is_empty());
    let screen = bench.screen();
    let at = screen
        .lines()
        .position(|line| line.contains("due   ") && line.contains("nonsense"))
        .unwrap();
    let below = screen.lines().nth(at + 1).unwrap();
    assert!(
        below.contains("nonsense") || below.contains("date"),
        "{screen}"
    );
    bench.press("<ctrl-u>in 3 days<ctrl-s>");
    let Some(Command::AddPromise(promise)) = bench.applied.last() else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!((promise.due, promise.mine), (shift(today(), 3), true));
}

#[test]
fn a_day_typed_as_people_say_it_is_echoed_at_once() {
    let mut bench = barney();
    bench.press("nfri");
    assert!(bench.screen().contains("Fri 27 Nov"), "{}", bench.screen());
}

#[test]
fn typing_narrows_the_list_and_esc_brings_everybody_back() {
    let mut bench = Bench::new(100, 30);
    bench.press("/gran");
    let screen = bench.screen();
    assert!(
        screen.contains("Fred Flint") && screen.contains("Dino Vance"),
        "{screen}"
    );
    assert!(!screen.contains("Wilma"), "{screen}");
    assert!(screen.contains("2 of 7"), "{screen}");
    bench.press(" fred<enter>");
    assert_eq!(bench.app.selected(), Some(Id::from_raw(12)));
    bench.press("<esc>");
    assert!(bench.screen().contains("Wilma"));
    assert_eq!(
        bench.app.selected(),
        Some(Id::from_raw(12)),
        "whoever was found stays selected"
    );
}

#[test]
fn the_selection_stays_with_the_person_when_the_order_changes() {
    let mut bench = barney();
    let row = |bench: &Bench| {
        bench
            .screen()
            .lines()
            .position(|line| line.starts_with("│▌● Barney"))
    };
    let before = row(&bench);
    bench.press("sss");
    assert_eq!(bench.app.selected(), Some(Id::from_raw(10)));
    assert!(
        row(&bench).is_some() && row(&bench) != before,
        "{}",
        bench.screen()
    );
}

#[test]
fn the_selection_stays_with_the_person_when_another_program_changes_the_list() {
    let mut bench = barney();
    bench.world.push(person(
        99,
        "Aaron Newcomer",
        "Zenith",
        &[(500, TouchKind::Call, "")],
    ));
    bench.send(Msg::Elsewhere(Some(vec![Id::from_raw(99)])));
    bench.draw();
    assert!(bench.screen().contains("Aaron Newcomer"));
    assert_eq!(bench.app.selected(), Some(Id::from_raw(10)));
    bench
        .world
        .retain(|person| person.summary.id != Id::from_raw(10));
    bench.send(Msg::Elsewhere(None));
    bench.draw();
    assert!(
        bench
            .app
            .selected()
            .is_some_and(|id| id != Id::from_raw(10))
    );
}

#[test]
fn esc_in_a_form_keeps_a_draft_that_one_key_takes_up_again() {
    let mut bench = barney();
    bench.press("tHalf a thou<esc>");
    assert!(
        bench
            .last_line()
            .starts_with("Kept as a draft: Touch with Barney Rubble")
    );
    bench.press("W\n");
    bench.press("ght<ctrl-s>");
    assert_eq!(touch(&bench).body, "Half a thought");
    assert!(
        bench
            .effects
            .contains(&Effect::DropDraft(Id::from_raw(900))),
        "filing drops the draft"
    );
    assert!(!bench.screen().contains("draft (W)"));
}

#[test]
fn a_form_that_was_not_typed_into_leaves_no_draft() {
    for keys in ["t<esc>", "f<esc>", "e<esc>", "a<esc>", "n<esc>"] {
        let mut bench = barney();
        bench.press(keys);
        assert!(
            !bench
                .effects
                .iter()
                .any(|effect| matches!(effect, Effect::SaveDraft(..))),
            "{keys}"
        );
    }
}

#[test]
fn drafts_of_another_time_are_offered_at_the_start_and_come_back_whole() {
    let mut first = barney();
    first.press("tcaf\u{e9} at the quarry<tab><right>");
    let (_, draft) = first.app.draft().unwrap();
    assert_eq!(draft.title, "Touch with Barney Rubble");
    let kept = Draft {
        id: Some(Id::from_raw(901)),
        ..draft
    };
    let mut bench = Bench::start(cast(), vec![kept], 100, 30);
    assert!(
        bench.screen().contains("Touch with Barney Rubble"),
        "{}",
        bench.screen()
    );
    bench.press("\n<ctrl-s>");
    assert_eq!(touch(&bench).body, "café at the quarry");
    assert_eq!(touch(&bench).people, [Id::from_raw(10)]);
    assert!(
        bench
            .effects
            .contains(&Effect::DropDraft(Id::from_raw(901)))
    );
}

#[test]
fn the_draft_has_a_new_number_only_when_it_changed() {
    let mut bench = barney();
    bench.press("tab");
    let (first, _) = bench.app.draft().unwrap();
    bench.send(Msg::Tick);
    assert_eq!(bench.app.draft().unwrap().0, first);
    bench.press("c");
    let (second, draft) = bench.app.draft().unwrap();
    assert!(second > first && draft.id.is_none());
    bench.send(Msg::Reply(Reply::Drafted(second, Id::from_raw(77))));
    assert_eq!(bench.app.draft().unwrap().1.id, Some(Id::from_raw(77)));
}

#[test]
fn a_paste_outside_of_a_field_is_a_note_and_never_commands() {
    let mut bench = barney();
    bench.send(Msg::Paste("Dear all,\r\nquit D u \u{1b}[31m".to_owned()));
    bench.draw();
    assert!(bench.screen().contains("Dear all,"), "{}", bench.screen());
    assert!(bench.applied.is_empty() && !bench.effects.contains(&Effect::Quit));
    bench.press("<ctrl-s>");
    assert_eq!(touch(&bench).body, "Dear all,\nquit D u [31m");
}

#[test]
fn people_are_completed_by_name_and_several_may_take_part() {
    let mut bench = barney();
    bench.press("t<shift-tab><shift-tab><shift-tab><shift-tab><shift-tab>fre");
    assert!(
        bench.screen().contains("Fred Flint  Granite"),
        "{}",
        bench.screen()
    );
    bench.press("<tab><ctrl-s>");
    assert_eq!(touch(&bench).people, [Id::from_raw(10), Id::from_raw(12)]);
}

#[test]
fn a_favour_between_two_others_is_noted() {
    let mut bench = barney();
    bench.press("f<shift-tab><backspace>fred\n");
    bench.press("<tab>lent a ladder<ctrl-s>");
    let Some(Command::GiveChit(chit)) = bench.applied.last() else {
        panic!("{:?}\n{}", bench.applied, bench.screen())
    };
    assert_eq!(
        (chit.giver, chit.receiver),
        (Id::from_raw(10), Id::from_raw(12))
    );
    assert_eq!(chit.what, "lent a ladder");
}

#[test]
fn one_key_turns_a_favour_round() {
    let mut bench = barney();
    bench.press("flent a ladder<ctrl-t><ctrl-s>");
    let Some(Command::GiveChit(chit)) = bench.applied.last() else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!((chit.giver, chit.receiver), (Id::ME, Id::from_raw(10)));
}

#[test]
fn more_of_a_chit_than_is_open_cannot_be_redeemed() {
    let mut bench = barney();
    bench.press("<tab><tab>r<shift-tab><shift-tab><ctrl-u>2<ctrl-s>");
    assert!(
        bench.screen().contains("Only 1 of it is still open"),
        "{}",
        bench.screen()
    );
    bench.press("<ctrl-u>½<ctrl-s>");
    assert!(
        bench.screen().contains("Say what was done for it"),
        "{}",
        bench.screen()
    );
    bench.press("lunch<ctrl-s>");
    let Some(Command::SettleChit { id, part }) = bench.applied.last() else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!(
        (*id, part.halves, part.how),
        (Id::from_raw(501), Halves(1), Settlement::Redeemed)
    );
}

#[test]
fn a_promise_is_closed_as_kept() {
    let mut bench = barney();
    bench.press("Pk");
    assert_eq!(
        bench.applied,
        [Command::ClosePromise {
            id: Id::from_raw(601),
            state: PromiseState::Kept,
            on: today()
        }]
    );
}

#[test]
fn editing_a_person_keeps_what_the_form_does_not_show() {
    let mut bench = barney();
    bench.world[0].card.department = "Metering".to_owned();
    bench.send(Msg::Elsewhere(Some(vec![Id::from_raw(10)])));
    bench.press("e Sr<ctrl-s>");
    let Some(Command::EditContact { before, after, .. }) = bench.applied.last() else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!(after.name, "Barney Rubble Sr");
    let back = Card {
        name: before.name.clone(),
        ..(**after).clone()
    };
    assert_eq!(back, **before, "nothing else is different");
}

#[test]
fn a_person_with_two_numbers_is_added() {
    let mut bench = Bench::new(100, 30);
    bench.press("aPearl Slag<tab>Slate & Co<tab>Buyer<tab>work: 0171 55<down>+49 30 1<tab>");
    bench.press("pearl@slag.example<ctrl-s>");
    let Some(Command::AddContact(card)) = bench.applied.last() else {
        panic!("{:?}\n{}", bench.applied, bench.screen())
    };
    let phones: Vec<(&str, &str)> = card
        .phones
        .iter()
        .map(|p| (p.label.as_str(), p.number.as_str()))
        .collect();
    assert_eq!(phones, [("work", "0171 55"), ("", "+49 30 1")]);
    assert_eq!(card.emails[0].address, "pearl@slag.example");
    assert_eq!(
        (card.account.as_str(), card.title.as_str()),
        ("Slate & Co", "Buyer")
    );
}

#[test]
fn a_tag_put_on_and_one_taken_off_are_one_change() {
    let mut bench = barney();
    bench.press("T<ctrl-u>coach vip<ctrl-s>");
    assert_eq!(
        bench.applied,
        [Command::Tag {
            people: vec![Id::from_raw(10)],
            add: vec!["vip".to_owned()],
            remove: vec!["golf".to_owned()]
        }]
    );
}

#[test]
fn help_is_typed_into_and_does_what_is_chosen() {
    let mut bench = barney();
    bench.press("?zoom");
    assert!(
        bench.screen().contains("Show more time"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>:note a promise\n");
    assert!(
        bench.screen().contains("Promise with Barney"),
        "{}",
        bench.screen()
    );
}

#[test]
fn never_spoken_is_not_cold() {
    let mut bench = Bench::new(100, 30);
    bench.press("<ctrl-p>wilma\n");
    let screen = bench.screen();
    assert!(
        screen.contains("never spoken") && !screen.contains("cold since"),
        "{screen}"
    );
}

#[test]
fn nothing_that_can_be_undone_asks_first() {
    let mut bench = barney();
    bench.press("d");
    assert_eq!(
        bench.applied,
        [Command::Archive {
            id: Id::from_raw(10),
            on: Some(today())
        }]
    );
    bench.press("u");
    assert_eq!(
        bench.last_line(),
        "Undone: Logged a call with Barney Rubble · Ctrl-R redoes"
    );
}

#[test]
fn ghosts_are_hidden_until_asked_for() {
    let mut world = cast();
    world[5].summary.ghost = true;
    let mut bench = Bench::with(world, 100, 30);
    assert!(!bench.screen().contains("漢字"));
    bench.press("/gran");
    let screen = bench.screen();
    assert!(screen.contains("2 of 6"), "of those it can show: {screen}");
    bench.press("<esc>.");
    assert!(bench.screen().contains("漢字"));
    bench.press("/gran");
    assert!(bench.screen().contains("2 of 7"), "{}", bench.screen());
}

#[test]
fn midnight_makes_everybody_a_day_older() {
    let mut bench = barney();
    assert!(bench.screen().contains("9 days ago"));
    bench.now = now() + chrono::Duration::hours(12);
    bench.send(Msg::Tick);
    bench.draw();
    assert!(bench.screen().contains("10 days ago"), "{}", bench.screen());
    assert!(bench.screen().contains("Mon 23 Nov 02:07"));
}

#[test]
fn the_mouse_selects_opens_and_presses_what_the_footer_names() {
    let mut bench = Bench::new(100, 30);
    bench.click("Barney Rubble", MouseWhat::Press);
    assert_eq!(bench.app.selected(), Some(Id::from_raw(10)));
    bench.click("firmware worry", MouseWhat::Double);
    assert!(bench.screen().contains("second line"), "{}", bench.screen());
    bench.press("<esc>").click("? keys", MouseWhat::Press);
    assert!(
        bench.screen().contains("type to find"),
        "{}",
        bench.screen()
    );
    bench.press("<esc><esc>").mouse(MouseWhat::WheelDown, 5, 5);
    assert_ne!(bench.app.selected(), Some(Id::from_raw(10)));
}

#[test]
fn a_small_window_says_that_it_needs_more_room() {
    let bench = Bench::new(23, 5);
    assert!(
        bench.screen().contains("needs more room"),
        "{}",
        bench.screen()
    );
}

#[test]
fn somebody_just_added_is_selected_even_when_the_list_was_narrowed() {
    let mut bench = Bench::new(100, 30);
    bench.press("/dino<enter>");
    bench.world.push(person(77, "Pearl Slag", "Slate", &[]));
    bench.created = Some(Id::from_raw(77));
    bench.press("aPearl Slag<ctrl-s>");
    assert_eq!(
        bench.app.selected(),
        Some(Id::from_raw(77)),
        "{}",
        bench.screen()
    );
    assert!(bench.screen().contains("Betty"), "the filter gave way");
}

#[test]
fn the_keys_of_a_form_are_shown_over_it_and_nothing_typed_is_lost() {
    let mut bench = barney();
    bench.press("tabc<f1>untype");
    assert!(
        bench.screen().contains("Take back what was typed last"),
        "{}",
        bench.screen()
    );
    bench.press("<enter><esc>d<ctrl-s>");
    assert_eq!(touch(&bench).body, "abcd");
}

#[test]
fn another_person_is_laid_over_the_timeline_and_taken_off_again() {
    let mut bench = barney();
    bench.press("vfred\n");
    assert!(
        bench.screen().contains("━━ Barney Rubble  ∘∘ Fred Flint"),
        "{}",
        bench.screen()
    );
    assert_eq!(bench.app.selected(), Some(Id::from_raw(10)));
    bench.press("v");
    assert!(!bench.screen().contains("∘∘ Fred Flint"));
}

#[test]
fn the_program_can_be_suspended_and_a_form_left_whatever_is_open() {
    for place in ["", "t", "/b", "?", "y", "P"] {
        let mut bench = barney();
        bench.press(place).press("<ctrl-z>");
        assert!(bench.effects.contains(&Effect::Suspend), "{place}");
    }
    let mut bench = barney();
    bench.press("tabc<ctrl-c>");
    assert!(
        bench.last_line().starts_with("Kept as a draft"),
        "{}",
        bench.screen()
    );
    bench.press("<ctrl-c>");
    assert_eq!(bench.last_line(), "Nothing is open; q quits");
}

#[test]
fn a_promise_is_corrected_from_the_list_of_open_ones() {
    let mut bench = barney();
    bench.press("Pe in two copies<ctrl-s>");
    let Some(Command::EditPromise { before, after, .. }) = bench.applied.last() else {
        panic!("{:?}", bench.applied)
    };
    assert_eq!(after.what, "quote in two copies");
    assert_eq!((after.due, after.made_on), (before.due, before.made_on));
    assert!(
        bench.screen().contains("Promises ─ Barney Rubble"),
        "the list is still there"
    );
}

#[test]
fn a_plan_is_dropped_by_taking_its_day_out() {
    let mut world = cast();
    world[0].plan = Some(PlanRow {
        id: Id::from_raw(801),
        plan: Plan {
            contact: Id::from_raw(10),
            on: shift(today(), 3),
            at: None,
            why: "the quote".to_owned(),
        },
    });
    let mut bench = Bench::with(world, 100, 30);
    bench.press("<ctrl-p>barney\n");
    assert!(
        bench.screen().contains("next touch Wed 25 Nov: the quote"),
        "{}",
        bench.screen()
    );
    bench.press("n<ctrl-u><ctrl-s>");
    assert_eq!(bench.applied, [Command::DropPlan(Id::from_raw(801))]);
}

#[test]
fn what_changed_while_everybody_was_being_read_is_read_again() {
    let bench = barney();
    let mut app = App::new(setup());
    app.start();
    let memory = Memory::default();
    let changed = vec![Id::from_raw(12)];
    app.update(now(), Msg::Elsewhere(Some(changed.clone())), &memory);
    let rows = bench
        .world
        .iter()
        .map(|person| person.summary.clone())
        .collect();
    let effects = app.update(now(), Msg::Reply(Reply::Roster(rows)), &memory);
    assert!(effects.contains(&Effect::LoadRows(changed)), "{effects:?}");
}

#[test]
fn a_new_account_that_begins_like_an_old_one_stays_what_was_typed() {
    for (keys, expected) in [("Slat<tab>", "Slat"), ("Slat<down><enter>", "Slate & Co")] {
        let mut bench = Bench::new(100, 30);
        bench.press("aPearl<tab>").press(keys).press("<ctrl-s>");
        let Some(Command::AddContact(card)) = bench.applied.last() else {
            panic!("{:?}", bench.applied)
        };
        assert_eq!(card.account, expected, "{keys}");
    }
}

#[test]
fn a_long_note_is_read_to_its_end_in_a_narrow_window() {
    let mut world = cast();
    let words: Vec<String> = (0..200).map(|n| format!("word{n}")).collect();
    world[0].history[0].body = words.join(" ");
    let mut bench = Bench::with(world, 40, 12);
    bench.press("<ctrl-p>barney<enter><enter><enter>G");
    assert!(bench.screen().contains("word199"), "{}", bench.screen());
    bench.press("g");
    assert!(bench.screen().contains("word0 word1"), "{}", bench.screen());
}

#[test]
fn the_draft_of_every_form_comes_back_as_it_was_left() {
    for form in [
        "tnote\nsecond line<shift-tab>12",
        "flent a ladder<tab>big<tab>yesterday<tab><right>",
        "pthe quote<tab>fri<shift-tab><shift-tab><right>",
        "nin 2 weeks<tab>14:30<tab>the quote",
        "aPearl<tab>Slate<tab>Buyer<tab>1<down>2<down>3<tab>p@x.example",
        "e Sr<tab><tab><tab><down>+49 30 1",
        "Tvip",
        "<tab><tab>rby tea",
        "<tab><tab>eer",
        "<tab><tab><tab>e more",
    ] {
        let mut bench = barney();
        bench.press(form);
        let before = bench.app.draft().map(|(_, draft)| draft).unwrap();
        let kept = Draft {
            id: Some(Id::from_raw(901)),
            ..before.clone()
        };
        let mut again = Bench::start(cast(), vec![kept], 100, 30);
        again.press("<enter>");
        let after = again.app.draft().map(|(_, draft)| draft).unwrap();
        assert_eq!(after.body, before.body, "{form}");
        assert_eq!(after.title, before.title, "{form}");
    }
}

#[test]
fn keys_pressed_while_a_save_is_on_its_way_come_after_it() {
    let mut bench = barney();
    bench.slow = true;
    bench.press("tfirst<ctrl-s>jt");
    assert!(
        bench.screen().contains("first"),
        "the form is there until the save is"
    );
    bench.arrive();
    assert_eq!(touch(&bench).body, "first");
    assert!(
        bench.screen().contains("Touch with 漢字"),
        "{}",
        bench.screen()
    );
    bench.slow = true;
    bench.refuse = Some("The disk is full.".to_owned());
    bench.press("second<ctrl-s>q");
    bench.arrive();
    assert!(bench.screen().contains("The disk is full."));
    bench.press("<ctrl-s>");
    assert_eq!(
        touch(&bench).body,
        "second",
        "what was typed ahead is not in the note"
    );
}

#[test]
fn a_history_read_further_back_stays_so_when_the_person_is_read_again() {
    let mut bench = barney();
    let short = bench.world[0].clone();
    bench.world[0].history.truncate(3);
    bench.send(Msg::Elsewhere(Some(vec![Id::from_raw(10)])));
    bench.press("<tab><tab><tab>G");
    assert!(
        bench
            .effects
            .contains(&Effect::LoadHistory(Id::from_raw(10), 203))
    );
    bench.send(Msg::Reply(Reply::History(
        Id::from_raw(10),
        short.history.clone(),
    )));
    bench.press("G");
    let asked = bench.effects.len();
    bench.send(Msg::Elsewhere(Some(vec![Id::from_raw(10)])));
    let again = Effect::LoadHistory(Id::from_raw(10), 6);
    assert!(
        bench.effects[asked..].contains(&again),
        "{:?}",
        &bench.effects[asked..]
    );
}

#[test]
fn midnight_asks_for_everybody_anew_and_turns_the_clock() {
    let mut bench = Bench::new(100, 30);
    bench.effects.clear();
    bench.now += chrono::Duration::hours(9);
    bench.send(Msg::Tick);
    bench.draw();
    assert!(bench.screen().contains("Sun 22 Nov 23:07"));
    assert!(!bench.effects.contains(&Effect::LoadRoster));
    bench.now += chrono::Duration::hours(1);
    bench.send(Msg::Tick);
    bench.draw();
    assert!(bench.screen().contains("Mon 23 Nov 00:07"));
    assert!(bench.effects.contains(&Effect::LoadRoster));
}

#[test]
fn the_home_screen_at_100_by_30() {
    let mut bench = barney();
    bench.press("<tab><tab><tab>");
    insta::assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review           Sun 22 Nov 14:07
    ╭ People ─ 7 ─ coldest first ──╮╭ Barney Rubble ───────────────────────────────────────────────────╮
    │ ○ Betty Marsh            17  ││ Plant manager · Slate & Co · #coach #golf                        │
    │ ◌ Dino Vance              3  ││ +1 415 555 0100 · barney@slate.com                               │
    │▌● Barney Rubble          44  ││ ● strength 44 ▼1, on rhythm · goes cold 13 Jan                   │
    │ ● 漢字 太郎              14  ││ last: call, 9 days ago · rhythm 15 d                             │
    │ ● Fred Flint             34  ││ you promised: quote, due Fri 27 Nov · → you owe 1 chit           │
    │ ● Zoë Åström-Nguyễn       9  ││ ← owes you 1 chit                                                │
    │ · Wilma Ortega            –  │├ Strength ─ 1 year ──────────── ╌╌ if nobody calls: cold 13 Jan ──┤
    │                              ││100┤                                                  ┊           │
    │                              ││   │                                                  ┊           │
    │                              ││   │                                                  ┊           │
    │                              ││   │                                                ⡀⢠⡀           │
    │                              ││ 50┤                                            ⢠⣀⡷⢤⡷⠼⠹ ⡀         │
    │                              ││   │                                            ⢸⠘⠃   ┊ ⠙ ○       │
    │                              ││ 20┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⢠⢤⡞⠓⠚┄┄┄┄┄┊┄┄┄┄┄⠉┄◌┄⠤┄│
    │                              ││   │                                        ⢸ stale 21 Dec        │
    │                              ││  0┤                                        c m M c ec            │
    │                              ││                           <                      * >p ?          │
    │                              ││         2026    Mar      May     Jul      Sep      today   2027  │
    │                              │├ Chits ─ 3 ───────────────────┬ History ─ 6 ──────────────────────┤
    │                              ││ ← owes you  got the…  12 May │▌13 Nov call    firmware worry, wa…│
    │                              ││ → you owe   opened … ! 3 Nov │  2 Nov email   sent tariff table  │
    │                              ││ ← Fred Fli… the int…  23 Oct │ 21 Oct call    asked about the fi…│
    │                              ││                              │  8 Oct meeting lunch at the quarr…│
    │                              ││                              │ 23 Sep message thanks for the int…│
    │                              ││                              │  9 Sep call                       │
    │                              ││                              │                                   │
    ╰──────────────────────────────╯╰──────────────────────────────┴───────────────────────────────────╯
     Enter read  e edit  d delete  c call  t touch  f favour  p promise  n next  x why  ? keys  q quit
    "#);
}

#[test]
fn the_home_screen_at_80_by_24() {
    let mut bench = barney();
    bench.resize(80, 24);
    insta::assert_snapshot!(bench.screen(), @r#"
     1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review            14:07
    ╭ 7 ─ coldest first ─────────╮╭ Barney Rubble ─────────────────────────────────╮
    │ ○ Betty Marsh          17  ││ Plant manager · Slate & Co · #coach #golf      │
    │ ◌ Dino Vance            3  ││ +1 415 555 0100 · barney@slate.com             │
    │▌● Barney Rubble        44  ││ ● strength 44 ▼1, on rhythm · goes cold 13 Jan │
    │ ● 漢字 太郎            14  ││ last: call, 9 days ago · rhythm 15 d           │
    │ ● Fred Flint           34  ││ you promised: quote, due Fri 27 Nov            │
    │ ● Zoë Åström-Nguyễn     9  │├ Strength ─ 1 year ─────────── ╌╌ cold 13 Jan ──┤
    │ · Wilma Ortega          –  ││100┤                                    ┊       │
    │                            ││   │                                    ┊       │
    │                            ││   │                               ⢀⢠⣄⣦⡶⣄       │
    │                            ││ 20┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⣄⣸⠙⠈⠁┄⠈┄○┄⣀◌┄┄│
    │                            ││   │                            ⢸⠉⠁     ┊     ⠉ │
    │                            ││  0┤                            c mMc ec        │
    │                            ││                     <               *>p?       │
    │                            ││        2026     Apr     Jul      Oct today 2027│
    │                            │├ History ─ 6 ───────────────────────────────────┤
    │                            ││ 13 Nov → call     14m firmware worry, wants th…│
    │                            ││  2 Nov → email        sent tariff table        │
    │                            ││ 21 Oct → call     14m asked about the fishing …│
    │                            ││  8 Oct → meeting      lunch at the quarry; met…│
    │                            ││ 23 Sep → message      thanks for the intro     │
    ╰────────────────────────────╯╰────────────────────────────────────────────────╯
     c call  t touch  f favour  p promise  n next  x why  ? keys  q quit
    "#);
}

#[test]
fn a_touch_being_written() {
    let mut bench = barney();
    bench.press("tWe spoke of the quote.<enter>He wants it by Friday.");
    insta::assert_snapshot!(bench.screen(), @r#"
     chitbook  1 People  2 Today  3 Chits  4 Referrals  5 Accounts  6 Review           Sun 22 Nov 14:07
    ╭ People ─ 7 ─ coldest first ──╮╭ Barney Rubble ───────────────────────────────────────────────────╮
    │ ○ Betty Marsh            17  ││ Plant manager · Slate & Co · #coach #golf                        │
    │ ◌ Dino Vance              3  ││ +1 415 555 0100 · barney@slate.com                               │
    │▌● Barney Rubble          44  ││ ● strength 44 ▼1, on rhythm · goes cold 13 Jan                   │
    │ ● 漢字 太郎              14  ││ last: call, 9 days ago · rhythm 15 d                             │
    │ ● Fred Flint             34  ││ you promised: quote, due Fri 27 Nov · → you owe 1 chit           │
    │ ● Zoë Åstr╭ Touch with Barney Rubble ────────────────────────────────────────────────╮           │
    │ · Wilma Or│ who        Barney Rubble                                                 │d 13 Jan ──┤
    │           │ kind       call                                                          │           │
    │           │ when       now                                               today 14:07 │           │
    │           │ direction  out                                                           │           │
    │           │ minutes    how long it took                                              │           │
    │           │ note       We spoke of the quote.                                        │ ⡀         │
    │           │            He wants it by Friday.                                        │ ⠙ ○       │
    │           │                                                                          │┄┄┄┄┄⠉┄◌┄⠤┄│
    │           ╰──────────────────────────────────────────────────────────────────────────╯Dec        │
    │                              ││  0┤                                        c m M c ec            │
    │                              ││                           <                      * >p ?          │
    │                              ││         2026    Mar      May     Jul      Sep      today   2027  │
    │                              │├ Chits ─ 3 ───────────────────┬ History ─ 6 ──────────────────────┤
    │                              ││ ← owes you  got the…  12 May │ 13 Nov call    firmware worry, wa…│
    │                              ││ → you owe   opened … ! 3 Nov │  2 Nov email   sent tariff table  │
    │                              ││ ← Fred Fli… the int…  23 Oct │ 21 Oct call    asked about the fi…│
    │                              ││                              │  8 Oct meeting lunch at the quarr…│
    │                              ││                              │ 23 Sep message thanks for the int…│
    │                              ││                              │  9 Sep call                       │
    │                              ││                              │                                   │
    ╰──────────────────────────────╯╰──────────────────────────────┴───────────────────────────────────╯
     Ctrl-S save  Tab next  Shift-Tab before  Esc close, kept as a draft  Ctrl-O editor  F1 keys
    "#);
}

#[test]
fn somebody_is_found_by_a_telephone_number_or_an_address() {
    for typed in ["+1 (415) 555", "0415 555", "barney@sla"] {
        let mut world = cast();
        world[0].summary.reach = "14155550100 barney@slate.com".to_owned();
        let mut bench = Bench::with(world, 100, 30);
        bench.press("/").press(typed);
        assert_eq!(bench.app.selected(), Some(Id::from_raw(10)), "{typed}");
        assert!(bench.screen().contains("1 of 7"), "{}", bench.screen());
        bench.press("<esc>G<ctrl-p>").press(typed).press("<enter>");
        assert_eq!(bench.app.selected(), Some(Id::from_raw(10)), "{typed}");
    }
}

#[test]
fn a_time_said_with_the_day_of_a_plan_is_its_time() {
    for (keys, hour) in [
        ("nfri 14:30<ctrl-s>", Some((14, 30))),
        ("nsat 9:00<ctrl-s>", Some((9, 0))),
        ("nfri<tab>10:15<ctrl-s>", Some((10, 15))),
        ("nfri<ctrl-s>", None),
    ] {
        let mut bench = barney();
        bench.press(keys);
        let Some(Command::PlanTouch(plan)) = bench.applied.last() else {
            panic!("{keys}: {}", bench.screen())
        };
        let at = hour.and_then(|(hour, minute)| chrono::NaiveTime::from_hms_opt(hour, minute, 0));
        assert_eq!(plan.at, at, "{keys}");
    }
    let mut bench = barney();
    bench.press("nfri 14:30<tab>15:00<ctrl-s>");
    assert!(bench.applied.is_empty());
    let screen = bench.screen();
    assert!(screen.contains("The day says another time"), "{screen}");
    assert!(screen.contains("Fri 27 Nov 14:30"), "{screen}");
}

#[test]
fn now_in_a_draft_is_the_moment_the_form_was_begun() {
    let mut bench = barney();
    bench.press("tHalf a thou<esc>");
    bench.now = now() + chrono::Duration::days(3);
    bench.press("W<enter>ght<ctrl-s>");
    let touch = touch(&bench);
    assert_eq!((touch.at, touch.body.as_str()), (now(), "Half a thought"));
}

#[test]
fn yesterday_in_a_draft_stays_the_day_it_was() {
    let mut bench = barney();
    bench.press("thello<shift-tab><shift-tab><shift-tab><ctrl-u>yesterday 9:00<esc>");
    bench.now = now() + chrono::Duration::days(3);
    bench.press("W<enter><ctrl-s>");
    assert_eq!(touch(&bench).at.date_naive(), shift(today(), -1));
}

#[test]
fn a_promise_takes_its_day_from_the_end_of_its_words() {
    for (keys, what, days) in [
        ("psend quote fri<ctrl-s>", "send quote", 5),
        ("psend quote<ctrl-s>", "send quote", 7),
        (
            "psend quote fri<tab>in 2 weeks<ctrl-s>",
            "send quote fri",
            14,
        ),
    ] {
        let mut bench = barney();
        bench.press(keys);
        let Some(Command::AddPromise(promise)) = bench.applied.last() else {
            panic!("{keys}: {}", bench.screen())
        };
        let due = shift(today(), days);
        assert_eq!((promise.what.as_str(), promise.due), (what, due), "{keys}");
    }
    let mut bench = barney();
    bench.press("psend quote fri");
    let screen = bench.screen();
    let mut lines = screen.lines();
    let echoed = lines.any(|line| line.contains("due   ") && line.contains("Fri 27 Nov"));
    assert!(echoed, "{screen}");
}

#[test]
fn a_key_that_can_do_nothing_says_so() {
    let mut empty = Bench::with(Vec::new(), 100, 30);
    for key in "tfpnwedTyvPs.SA".chars() {
        empty.press("<esc>").press(&key.to_string());
        assert_eq!(
            empty.last_line(),
            "Nobody is here yet; a adds a person",
            "{key}"
        );
    }
    let mut bench = Bench::new(100, 30);
    bench.press("<ctrl-p>wilma<enter>");
    for (keys, says) in [
        ("y", "No telephone number or e-mail of Wilma Ortega"),
        ("W", "No unfinished drafts"),
        ("<tab><tab>e", "No chits with Wilma Ortega"),
        ("F", "No chits with Wilma Ortega"),
        ("r", "No chits with Wilma Ortega"),
        ("!", "No chits with Wilma Ortega"),
        ("<tab>e", "No touches with Wilma Ortega"),
    ] {
        bench.press(keys);
        assert!(
            bench.last_line().starts_with(says),
            "{keys}: {}",
            bench.last_line()
        );
    }
}

#[test]
fn the_latest_changes_are_read_and_offer_nothing_to_choose() {
    let mut bench = barney();
    let step = ("Logged a call".to_owned(), "14:07".to_owned(), false);
    bench.send(Msg::Reply(Reply::Steps(vec![step])));
    bench.draw();
    assert!(bench.screen().contains("Logged a call"));
    assert!(
        !bench.last_line().contains("choose"),
        "{}",
        bench.last_line()
    );
    bench.press("<enter>");
    assert!(!bench.screen().contains("Latest changes"));
}

#[test]
fn drafts_of_one_title_are_told_apart_by_their_words() {
    let drafts = ["About the meter", "Her daughter's school"].map(|text| {
        let mut bench = barney();
        bench.press("t").press(text);
        bench.app.draft().map(|(_, draft)| draft).unwrap()
    });
    let bench = Bench::start(cast(), drafts.to_vec(), 80, 24);
    let screen = bench.screen();
    for text in ["About the meter", "Her daughter's school"] {
        assert!(screen.contains(text), "{screen}");
    }
}

#[test]
fn one_tab_leaves_a_field_that_may_be_there_several_times() {
    let mut bench = Bench::new(100, 30);
    bench.press("aPearl<tab><tab><tab>+49 30 1<tab>p@x.example<tab>vip<ctrl-s>");
    let Some(Command::AddContact(card)) = bench.applied.last() else {
        panic!("{}", bench.screen())
    };
    assert_eq!(card.phones.len(), 1);
    assert_eq!(card.emails[0].address, "p@x.example");
    assert_eq!(card.tags, ["vip"]);
}

#[test]
fn what_is_no_address_is_refused_at_its_own_row() {
    let mut bench = Bench::new(100, 30);
    bench.press("aPearl<tab><tab><tab><tab>p@x.example<down>pearl slag<ctrl-s>");
    assert!(bench.applied.is_empty());
    let screen = bench.screen();
    let at = screen.lines().position(|line| line.contains("pearl slag"));
    let below = screen.lines().nth(at.unwrap() + 1).unwrap();
    assert!(below.contains("An e-mail address is written"), "{screen}");
    bench.press("<ctrl-u>pearl@slag.example<ctrl-s>");
    assert_eq!(bench.applied.len(), 1);
}

#[test]
fn a_form_in_a_narrow_window_still_says_how_to_leave_it() {
    let mut bench = Bench::new(60, 15);
    bench.press("a");
    let foot = bench.last_line();
    for words in ["Esc close", "F1 keys", "Ctrl-S save"] {
        assert!(foot.contains(words), "{foot}");
    }
}

#[test]
fn nobody_left_in_the_list_names_a_filter_only_when_there_is_one() {
    let mut world = cast();
    world.truncate(1);
    world[0].summary.archived = true;
    let mut bench = Bench::with(world, 100, 30);
    let screen = bench.screen();
    assert!(screen.contains("A shows archived people"), "{screen}");
    assert!(!screen.contains("clears the filter"), "{screen}");
    bench.press("/zz");
    assert!(bench.screen().contains("Esc clears the filter"));
}

#[test]
fn a_line_feed_in_a_note_takes_nothing_away() {
    let mut bench = barney();
    bench.press("tfirst line<ctrl-j>second<ctrl-s>");
    let body = touch(&bench).body;
    assert!(body.starts_with("first line"), "{body:?}");
    assert!(body.ends_with("second"), "{body:?}");
}

#[test]
fn somebody_archived_is_told_as_they_stood_then_and_nothing_is_expected_of_them() {
    let mut world = cast();
    world.truncate(1);
    let out = shift(today(), -30);
    world[0].summary.archived = true;
    world[0].archived_on = Some(out);
    let alive = {
        let mut before = world[0].clone();
        before.archived_on = None;
        before.summary.archived = false;
        before
    };
    // As the model stood on that day: a call of nine days ago was not known, 32 days ago was the last.
    let then = Standing::replay(&Params::default(), &alive.trail, day_number(out));
    let then = then
        .read(&Params::default(), None, day_number(out))
        .strength;
    let words = [
        "stale",
        "cold",
        "on rhythm",
        "chance",
        "nobody calls",
        "would win",
    ];
    let mut bench = Bench::with(vec![alive], 120, 40);
    let home = bench.screen();
    assert!(home.contains("if nobody calls") && home.contains("goes cold"));
    bench.press("x");
    let why = bench.screen();
    for word in &words[..4] {
        assert!(home.contains(word) || why.contains(word), "{word}: {why}");
    }
    for (columns, rows) in [(120, 40), (80, 24)] {
        let mut bench = Bench::with(world.clone(), columns, rows);
        bench.press("A");
        let home = bench.screen();
        let strength = format!("▪ strength {then:.0} when archived");
        assert!(home.contains(&strength), "{home}");
        assert!(home.contains("archived since 23 Oct"), "{home}");
        bench.press("x");
        let why = bench.screen();
        let since = format!(
            "archived since Fri 23 Oct, strength {}",
            crate::domain::strength::words::number(then)
        );
        assert!(why.contains("strength when archived"), "{why}");
        assert!(why.contains(&since), "{why}");
        let told = [
            home.replace("coldest first", ""),
            why.replace("coldest first", ""),
        ];
        for (screen, word) in told
            .iter()
            .zip([words; 2])
            .flat_map(|(s, w)| w.map(|w| (s, w)))
        {
            assert!(!screen.contains(word), "{word:?} in\n{screen}");
        }
    }
    // Put away before anything is in sight, they are drawn all the same.
    world[0].archived_on = Some(shift(today(), -400));
    let mut bench = Bench::with(world, 120, 40);
    bench.press("A").at_every_size(1);
    bench.press("x").at_every_size(2);
}

#[test]
fn of_many_steps_pressed_at_once_only_the_last_one_reads_a_person() {
    let mut bench = Bench::new(100, 30);
    let before = bench.effects.len();
    let down = Key::char('j');
    bench.send(Msg::Keys(vec![down, down, down, Key::char('k'), down]));
    bench.draw();
    let read: Vec<&Effect> = bench.effects[before..]
        .iter()
        .filter(|effect| matches!(effect, Effect::LoadPerson(_)))
        .collect();
    let there = bench.app.selected().unwrap();
    assert_eq!(read, [&Effect::LoadPerson(there)]);
    let mut slowly = Bench::new(100, 30);
    slowly.press("jjjkj");
    assert_eq!(slowly.screen(), bench.screen());
    // What is done to a person waits until the person is there.
    bench.send(Msg::Keys(vec![down, Key::char('x')]));
    bench.draw();
    slowly.press("jx");
    assert_eq!(slowly.screen(), bench.screen());
}
