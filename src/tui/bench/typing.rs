//! Stories of typing: a note written with both hands, with the mouse, in the forms and lists where text is typed.

use super::*;
use proptest::prelude::*;

/// What went to the clipboard, in order.
fn copied(bench: &Bench) -> Vec<&str> {
    let effects = bench.effects.iter().filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    effects.collect()
}

/// A touch form for Barney with a note of three lines.
fn noting() -> Bench {
    let mut bench = Bench::barney(100, 30);
    bench.press("tfirst line of it\nsecond\nthird");
    bench
}

#[test]
fn what_is_selected_in_a_note_goes_to_the_clipboard_and_back_into_the_note() {
    let mut bench = noting();
    bench.press("<shift-up><alt-w>");
    assert_eq!(copied(&bench), ["d\nthird"]);
    assert!(bench.last_line().contains("Sent to the clipboard: d third"));
    bench.press("<ctrl-x><end> <ctrl-v><ctrl-y>");
    assert_eq!(copied(&bench).len(), 2);
    assert!(bench.screen().contains("secon d"), "{}", bench.screen());
    assert!(bench.screen().contains("thirdd"), "{}", bench.screen());
    bench.press("<alt-a><delete>");
    assert!(
        bench.screen().contains("what was said"),
        "{}",
        bench.screen()
    );
    bench.press("<ctrl-_><ctrl-s>");
    assert!(
        matches!(&bench.applied[..], [Command::LogTouch(touch)] if touch.body == "first line of it\nsecon d\nthirdd\nthird"),
        "{:?}",
        bench.applied
    );
}

#[test]
fn a_key_that_copies_nothing_sends_nothing() {
    let mut bench = noting();
    bench.press("<alt-w><ctrl-x>");
    assert!(copied(&bench).is_empty());
    assert!(bench.screen().contains("third"));
}

#[test]
fn text_is_copied_from_every_place_it_is_typed_in() {
    let table = [
        ("the filter", "/wil<alt-a><alt-w>", "wil"),
        ("the finder", "<ctrl-p>bet<shift-left><alt-w>", "t"),
        ("the palette", "<ctrl-k>tou<shift-home><ctrl-x>", "tou"),
        ("what if", "wa call<shift-left><alt-w>", "l"),
        ("a form's line", "p<tab>fri<alt-a><alt-w>", "fri"),
    ];
    for (label, keys, expected) in table {
        let mut bench = Bench::barney(100, 30);
        bench.press(keys);
        assert_eq!(copied(&bench), [expected], "{label}\n{}", bench.screen());
    }
}

#[test]
fn the_mouse_points_into_a_note_draws_over_it_and_turns_its_wheel() {
    let mut bench = noting();
    bench.click("second", MouseWhat::Press).press("X");
    assert!(bench.screen().contains("Xsecond"), "{}", bench.screen());
    let (column, row) = bench.find("line of it");
    bench.mouse(MouseWhat::Press, column, row);
    bench.mouse(MouseWhat::Drag, column + 4, row);
    bench
        .mouse(MouseWhat::Drag, column + 3, row + 1)
        .press("<alt-w>");
    assert_eq!(copied(&bench), ["line of it\nXsecond"]);
    bench.click("third", MouseWhat::Double).press("<alt-w>");
    assert_eq!(copied(&bench)[1..], ["third"]);
    // The wheel moves a note that has more rows than are seen, and the caret stays in sight.
    bench.press("<ctrl-end>").press(&"\nmore".repeat(20));
    assert!(!bench.screen().contains("Xsecond"));
    for _ in 0..9 {
        bench.click("more", MouseWhat::WheelUp);
    }
    assert!(bench.screen().contains("Xsecond"), "{}", bench.screen());
    bench.press("<pageup><pageup><pageup><pageup><home>here ");
    assert!(bench.screen().contains("here first"), "{}", bench.screen());
    bench.press("<pagedown><pagedown><pagedown><pagedown>there");
    assert!(bench.screen().contains("there"), "{}", bench.screen());
    // A press in another field goes to it.
    bench
        .click("how long it took", MouseWhat::Press)
        .press("25");
    assert!(bench.screen().contains("25"), "{}", bench.screen());
}

#[test]
fn a_wide_note_is_drawn_and_typed_into_at_every_size() {
    let mut bench = Bench::barney(100, 30);
    bench.press("t漢字 👩\u{200d}👧 and\tso on\n");
    bench.send(Msg::Paste("very long words\t".repeat(30)));
    bench.press("<shift-up><shift-up>").at_every_size(0);
    bench.press("<ctrl-home><ctrl-shift-end>").at_every_size(1);
}

/// The text that was given to the person's own editor last, and its ticket.
fn given(bench: &Bench) -> (u64, String) {
    let mut effects = bench.effects.iter().rev();
    let given = effects.find_map(|effect| match effect {
        Effect::Edit { ticket, text } => Some((*ticket, text.clone())),
        _ => None,
    });
    given.unwrap()
}

fn comes_back(bench: &mut Bench, ticket: u64, text: Result<&str, &str>) {
    let text = text.map(str::to_owned).map_err(str::to_owned);
    bench.send(Msg::Reply(Reply::Edited { ticket, text }));
    bench.draw();
}

#[test]
fn a_note_goes_to_the_editor_and_comes_back_as_one_step() {
    let mut bench = noting();
    bench.press("<ctrl-o>");
    let (ticket, text) = given(&bench);
    assert_eq!(text, "first line of it\nsecond\nthird");
    let before = bench.app.draft_revision();
    comes_back(&mut bench, ticket, Ok("quite another\u{1b}[31m\r\nnote"));
    assert!(
        bench.screen().contains("quite another[31m"),
        "{}",
        bench.screen()
    );
    assert_ne!(bench.app.draft_revision(), before, "it is to be saved");
    bench.press(" typed<ctrl-_><ctrl-_><ctrl-_>");
    assert!(
        bench.screen().contains("first line of it"),
        "{}",
        bench.screen()
    );
}

#[test]
fn a_note_that_did_not_come_back_is_as_it_was_and_the_reason_is_said() {
    let mut bench = noting();
    bench.press("<ctrl-o>");
    let (ticket, text) = given(&bench);
    let before = bench.app.draft_revision();
    comes_back(
        &mut bench,
        ticket,
        Err("The editor ended with code 3, so the text is as it was"),
    );
    assert_eq!(
        bench
            .screen()
            .matches("code 3, so the text is as it was")
            .count(),
        2
    );
    assert_eq!(bench.app.draft_revision(), before);
    bench.press("<ctrl-o>");
    let (ticket, _) = given(&bench);
    comes_back(&mut bench, ticket, Ok(&text));
    assert_eq!(bench.app.draft_revision(), before);
    assert!(!bench.screen().contains("code 3"));
    bench.press("!<ctrl-s>");
    assert!(
        matches!(&bench.applied[..], [Command::LogTouch(touch)] if touch.body == "first line of it\nsecond\nthird!"),
        "{:?}",
        bench.applied
    );
}

#[test]
fn from_any_field_it_is_the_note_that_goes_to_the_editor() {
    let mut bench = noting();
    bench.press("<shift-tab><shift-tab><ctrl-o>");
    let (ticket, _) = given(&bench);
    comes_back(&mut bench, ticket, Ok("another"));
    bench.press("!");
    assert!(bench.screen().contains("another!"), "{}", bench.screen());
    assert!(
        bench.last_line().contains("Ctrl-O editor"),
        "{}",
        bench.last_line()
    );
    let mut bench = Bench::barney(100, 30);
    bench.press("p<ctrl-o>");
    assert!(
        !bench
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Edit { .. }))
    );
    assert!(
        bench.last_line().contains("no note"),
        "{}",
        bench.last_line()
    );
}

#[test]
fn a_note_that_comes_back_to_nobody_is_not_lost() {
    let mut bench = Bench::barney(100, 30);
    comes_back(&mut bench, 77, Ok("written outside"));
    assert!(
        bench.screen().contains("written outside"),
        "{}",
        bench.screen()
    );
    bench.press("<esc>");
    assert!(bench.last_line().contains("Kept as a draft"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_draft_that_became_another_is_to_be_saved_again(
        form in prop::sample::select(vec!["t", "f", "p", "n", "e"]),
        keys in prop::collection::vec(prop::sample::select(vec![
            "a", " ", "b", "<tab>", "<shift-tab>", "<left>", "<right>", "<backspace>", "<ctrl-u>", "<ctrl-v>", "<enter>", "<down>",
            "<ctrl-_>", "<alt-r>", "<alt-a>", "<ctrl-x>", "<ctrl-t>",
        ]), 0..40),
    ) {
        let mut bench = Bench::barney(100, 30);
        bench.press(form);
        for key in keys {
            let before = bench.app.draft();
            bench.press(key);
            let Some((revision, draft)) = bench.app.draft() else { continue };
            let same = before.as_ref().is_some_and(|(_, before)| before.body == draft.body);
            let grown = before.is_none_or(|(before, _)| before < revision);
            prop_assert!(same || grown, "{}", draft.body);
        }
    }
}

#[test]
fn a_draft_is_not_saved_again_for_moving_about_in_it() {
    let mut bench = noting();
    let before = bench.app.draft_revision();
    assert!(before.is_some());
    bench.press(
        "<left><up><home><ctrl-end><shift-left><alt-w><tab><shift-tab><pageup><alt-a><down>",
    );
    bench.click("second", MouseWhat::Double);
    assert_eq!(bench.app.draft_revision(), before);
    bench.press("x");
    assert_ne!(bench.app.draft_revision(), before);
    // As it was when it was opened there is nothing to keep.
    bench.press("<alt-a><delete>");
    assert_eq!(bench.app.draft(), None);
}
