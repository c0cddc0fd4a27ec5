//! Facts and days as people write them.

use super::super::tests::check;

#[test]
fn a_line_without_a_date_is_a_fact() {
    check(&[
        (
            "* daughter Pebbles interviewing in New Orleans",
            "fact caller | daughter Pebbles interviewing in New Orleans",
        ),
        ("* @Wilma: plays golf", "fact Wilma Slate | plays golf"),
        (
            "* @Dino Vance plays golf",
            "fact new Dino Vance | plays golf",
        ),
        ("* @Ann plays golf", "fact Ann? 3 | plays golf"),
        (
            "* @wojcik's son plays golf",
            "fact Anja Wójcik | wojcik's son plays golf",
        ),
        ("* @山田太郎さん　ゴルフ", "fact 山田太郎 | ゴルフ"),
        (
            "* plays golf every Saturday",
            "fact caller | plays golf every Saturday",
        ),
        (
            "* plays golf every sat",
            "fact caller | plays golf every sat",
        ),
        ("* now lives in Rome", "fact caller | now lives in Rome"),
        ("* lives in Rome now", "fact caller | lives in Rome now"),
        (
            "* moved here last year",
            "fact caller | moved here last year",
        ),
        (
            "* moved here on 3 march 2020",
            "fact caller | moved here on 3 march 2020",
        ),
        ("* started yesterday", "fact caller | started yesterday"),
        ("* born in 1984", "fact caller | born in 1984"),
        ("* shoe size 11.5", "fact caller | shoe size 11.5"),
        (
            "* worked with @Barney at Slate",
            "fact caller | worked with Barney at Slate",
        ),
    ]);
}

#[test]
fn what_comes_back_is_remembered_every_year() {
    check(&[
        (
            "* anniversary 20 nov",
            "date caller | anniversary | --11-20 yearly",
        ),
        (
            "* anniversary on 20 nov",
            "date caller | anniversary | --11-20 yearly",
        ),
        (
            "* anniversary: 20 nov",
            "date caller | anniversary | --11-20 yearly",
        ),
        (
            "* anniversary is on the 20th of nov",
            "date caller | anniversary | --11-20 yearly",
        ),
        (
            "* anniversary Nov 20th",
            "date caller | anniversary | --11-20 yearly",
        ),
        (
            "* anniversary 11/20",
            "date caller | anniversary | --11-20 yearly",
        ),
        (
            "* 20 nov anniversary",
            "date caller | anniversary | --11-20 yearly",
        ),
        (
            "* 11/20: anniversary",
            "date caller | anniversary | --11-20 yearly",
        ),
        (
            "* 28th anniversary 20 nov",
            "date caller | 28th anniversary | --11-20 yearly",
        ),
        (
            "* anniversary 20 nov 1998",
            "date caller | anniversary | 1998-11-20 yearly",
        ),
        (
            "* wife's birthday 3 may",
            "date caller | wife's birthday | --05-03 yearly",
        ),
        (
            "* birthday 3/14/1984",
            "date caller | birthday | 1984-03-14 yearly",
        ),
        ("* bday 14.3.84", "date caller | bday | 1984-03-14 yearly"),
        (
            "* born 14 march 1984",
            "date caller | born | 1984-03-14 yearly",
        ),
        (
            "* born 14 march 1984 in Rome",
            "date caller | born in Rome | 1984-03-14 yearly",
        ),
        (
            "* birthday 14 march, likes cake",
            "date caller | birthday, likes cake | --03-14 yearly",
        ),
        (
            "* birthday tomorrow",
            "date caller | birthday | --11-23 yearly",
        ),
        (
            "* birthday 29 feb",
            "date caller | birthday | --02-29 yearly",
        ),
        (
            "* birthday 29 feb 1984",
            "date caller | birthday | 1984-02-29 yearly",
        ),
        (
            "* contract renews 1 jan",
            "date caller | contract renews | --01-01 yearly",
        ),
        (
            "* renewal 2027-01-01",
            "date caller | renewal | 2027-01-01 yearly",
        ),
        (
            "* name day 6 dec",
            "date caller | name day | --12-06 yearly",
        ),
        (
            "* jubilee of the plant 1 june",
            "date caller | jubilee of the plant | --06-01 yearly",
        ),
        (
            "* golf cup every 3 june",
            "date caller | golf cup | --06-03 yearly",
        ),
        (
            "* @Wilma's birthday 3 may",
            "date Wilma Slate | Wilma's birthday | --05-03 yearly",
        ),
        (
            "* @Wilma: birthday 3 may",
            "date Wilma Slate | birthday | --05-03 yearly",
        ),
        (
            "* @Dino Vance birthday 3 may",
            "date new Dino Vance | birthday | --05-03 yearly",
        ),
        (
            "* Geburtstag, birthday am 3.5.",
            "fact caller | Geburtstag, birthday am 3.5.",
        ),
        ("* their renewal March", "fact caller | their renewal March"),
        ("* birthday 30 feb", "(February has no day 30)"),
        ("* wife's birthday: 31 apr", "(April has no day 31)"),
        (
            "* the renewal is 29 feb 2027",
            "(2027 is no leap year: February has 28 days)",
        ),
        (
            "* birthday Christmas Eve",
            "date caller | birthday | --12-24 yearly",
        ),
    ]);
}

#[test]
fn what_happens_once_is_remembered_once() {
    check(&[
        (
            "* interview fri",
            "date caller | interview | 2026-11-27 once",
        ),
        (
            "* interview on fri 9am",
            "date caller | interview 9am | 2026-11-27 once",
        ),
        (
            "* interview in New Orleans 3 dec",
            "date caller | interview in New Orleans | 2026-12-03 once",
        ),
        (
            "* 3 dec: interview",
            "date caller | interview | 2026-12-03 once",
        ),
        (
            "* interview 14 mar",
            "date caller | interview | 2027-03-14 once",
        ),
        (
            "* interview 14 mar 2028",
            "date caller | interview | 2028-03-14 once",
        ),
        (
            "* interview 29 feb",
            "date caller | interview | 2028-02-29 once",
        ),
        (
            "* interview in 2 weeks",
            "date caller | interview | 2026-12-06 once",
        ),
        (
            "* on leave next week",
            "date caller | on leave | 2026-11-29 once",
        ),
        ("* surgery today", "date caller | surgery | 2026-11-22 once"),
        (
            "* @Fred: surgery (fri)",
            "date Fred Flint | surgery | 2026-11-27 once",
        ),
        ("* fri", "(say what day that is)"),
    ]);
}
