//! Finding the one who is meant.

use crate::world::{World, now};
use chitbook::domain::command::Command;
use chitbook::domain::contact::{Card, Phone};

#[test]
fn an_id_as_lists_show_it_means_nobody_else() {
    let world = World::new();
    let mut book = world.book();
    let card = Card {
        name: "Tilda Rahimi".to_owned(),
        phones: vec![Phone {
            number: "+1 415 001 1000".to_owned(),
            ..Phone::default()
        }],
        ..Card::default()
    };
    book.apply(&Command::AddContact(Box::new(card)), &now())
        .unwrap();
    // An id that is all digits: 1100000000000.
    let outside = rusqlite::Connection::open(book.path()).unwrap();
    let sql = "insert into contact (id, name, changed_at) values (33, 'Ines Gruenwald', 0)";
    outside.execute(sql, []).unwrap();
    let found = |typed: &str| -> Vec<String> {
        let fitting = book.who(typed).unwrap();
        fitting.into_iter().map(|person| person.name).collect()
    };
    assert_eq!(found("11000"), ["Ines Gruenwald"]);
    assert_eq!(
        found("01 1000"),
        ["Tilda Rahimi"],
        "a number as it is written"
    );
    assert_eq!(found("001 1000"), ["Tilda Rahimi"]);
}

#[test]
fn a_whole_word_of_a_name_is_meant_before_a_part_of_another() {
    let world = World::new();
    let mut book = world.book();
    for name in [
        "Åse Lund",
        "Oluwaseun Ade",
        "Ann Lee",
        "Ann Ray",
        "Annette Roy",
    ] {
        crate::world::add(&mut book, name);
    }
    let rows: [(&str, &[&str]); 6] = [
        ("Åse", &["Åse Lund"]),
        ("ase", &["Åse Lund"]),
        ("seu", &["Oluwaseun Ade"]),
        ("ann", &["Ann Lee", "Ann Ray"]),
        ("ann l", &["Ann Lee"]),
        ("annet", &["Annette Roy"]),
    ];
    for (typed, wanted) in rows {
        let fitting = book.who(typed).unwrap();
        let mut names: Vec<&str> = fitting.iter().map(|person| person.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, wanted, "{typed}");
    }
}
