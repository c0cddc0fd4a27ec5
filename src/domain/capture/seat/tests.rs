//! Seats as people write them.

use super::super::tests::check;

#[test]
fn roles_and_a_stance_stand_in_any_order() {
    check(&[
        ("% @Wilma Slate finance, for", "Wilma Slate | finance | for"),
        ("% @Wilma Slate: finance for", "Wilma Slate | finance | for"),
        ("% @Wilma for, finance", "Wilma Slate | finance | for"),
        ("% Wilma Slate finance, for", "Wilma Slate | finance | for"),
        ("% Wilma: finance, for", "Wilma Slate | finance | for"),
        ("% finance, for", "caller | finance | for"),
        ("% finance", "caller | finance | unknown"),
        ("% finance, unknown", "caller | finance | unknown"),
        ("% decides", "caller | decision | unknown"),
        ("% decision maker, against", "caller | decision | against"),
        ("% Decision-Maker", "caller | decision | unknown"),
        ("% signs and pays", "caller | decision finance | unknown"),
        ("% her boss, neutral", "caller | decision | neutral"),
        ("% CFO, undecided", "caller | finance | neutral"),
        ("% IT, pro", "caller | technical | for"),
        ("% it", "caller | technical | unknown"),
        ("% head of IT", "caller | technical | unknown"),
        ("% engineer/user", "caller | technical user | unknown"),
        ("% uses it", "caller | user technical | unknown"),
        ("% user, user", "caller | user | unknown"),
        (
            "% assistant, blocks, opposes us",
            "caller | gatekeeper | against",
        ),
        ("% champion and mentor, supports us", "caller | coach | for"),
        ("% coach, is for us", "caller | coach | for"),
        ("% works for finance", "caller | finance | unknown"),
        ("% pays for it all", "caller | finance | unknown"),
        ("% finance、for", "caller | finance | for"),
        ("% @Dino Vance CFO, for", "new Dino Vance | finance | for"),
        ("% @Ann coach", "Ann? 3 | coach | unknown"),
        ("% @wojcik coach", "Anja Wójcik | coach | unknown"),
        ("% @山田太郎さん coach", "山田太郎 | coach | unknown"),
        ("% @Wilma's boss", "Wilma Slate | decision | unknown"),
        ("% Head of finance", "caller | finance | unknown"),
    ]);
}

#[test]
fn whoever_is_named_behind_the_seat_has_it() {
    check(&[
        ("% finance @Wilma Slate for", "Wilma Slate | finance | for"),
        ("% for finance @Wilma", "Wilma Slate | finance | for"),
        ("% finance: @Wilma, for", "Wilma Slate | finance | for"),
        ("% finance Wilma Slate", "Wilma Slate | finance | unknown"),
        ("% talks to @Wilma, finance", "caller | finance | unknown"),
        (
            "% finance, hired by Wilma Slate",
            "caller | finance | unknown",
        ),
    ]);
}

#[test]
fn the_words_of_the_questions_are_answers() {
    check(&[
        (
            "% @Wilma signs for the money",
            "Wilma Slate | finance | unknown",
        ),
        ("% @Wilma signs", "Wilma Slate | decision | unknown"),
        ("% judges whether it works, for", "caller | technical | for"),
        ("% @Wilma will work with it", "Wilma Slate | user | unknown"),
        ("% keeps the door, against", "caller | gatekeeper | against"),
        (
            "% finance, listens to @Wilma",
            "(who listens to whom is set on the account's page)",
        ),
    ]);
}

#[test]
fn what_names_no_seat_or_two_stances_stays_text() {
    let seat = "(say the seat: decision, finance, technical, user, gatekeeper, coach)";
    let no = "(say what they are, not what they are not)";
    check(&[
        ("% for", seat),
        ("% @Wilma", seat),
        ("% @Wilma, against", seat),
        ("% likes golf", seat),
        ("% not the boss", no),
        ("% coach, no budget", no),
        ("% isn’t the boss", no),
        (
            "% coach, for, against",
            "(say one of: for, neutral, against)",
        ),
    ]);
}
