//! Whom a note names, and where the name ends.

use super::super::tests::{check, people, reader, whom};
use super::super::{Partial, at_caret, complete};
use super::*;

/// Every name in a text: who it is, and how it was typed.
fn named(text: &str) -> Vec<(String, String)> {
    let read = reader().read(text);
    let typed = |span: Range<usize>| text.get(span).unwrap().to_owned();
    read.named
        .into_iter()
        .map(|named| {
            assert_eq!(named.line, text.trim());
            (whom(&named.who), typed(named.span))
        })
        .collect()
}

#[test]
fn a_name_is_cut_where_it_ends_and_told_whose_it_is() {
    let rows = [
        ("a first name", "@Barney came", "Barney Rubble", "@Barney"),
        ("a family name", "@Rubble came", "Barney Rubble", "@Rubble"),
        (
            "both",
            "with @Barney Rubble today",
            "Barney Rubble",
            "@Barney Rubble",
        ),
        (
            "in small letters",
            "with @barney rubble today",
            "Barney Rubble",
            "@barney rubble",
        ),
        (
            "the beginning of one",
            "@Barn came",
            "Barney Rubble",
            "@Barn",
        ),
        (
            "the beginnings of both",
            "@Barn Rub came",
            "Barney Rubble",
            "@Barn Rub",
        ),
        ("an initial", "@Barney R came", "Barney Rubble", "@Barney R"),
        (
            "an initial with its stop",
            "@Barney R. came",
            "Barney Rubble",
            "@Barney R",
        ),
        (
            "a small letter is no initial",
            "@Barney r",
            "Barney Rubble",
            "@Barney",
        ),
        (
            "the other way round",
            "@Rubble Barney came",
            "Barney Rubble",
            "@Rubble Barney",
        ),
        (
            "a possessive",
            "@Barney's plant",
            "Barney Rubble",
            "@Barney",
        ),
        (
            "a curly possessive",
            "@Barney Rubble’s plant",
            "Barney Rubble",
            "@Barney Rubble",
        ),
        (
            "a capital behind a possessive",
            "@Barney's Porsche",
            "Barney Rubble",
            "@Barney",
        ),
        ("a full stop", "Met @Barney.", "Barney Rubble", "@Barney"),
        (
            "a sentence behind it",
            "Met @Barney. Rubble came too",
            "Barney Rubble",
            "@Barney",
        ),
        (
            "a question mark",
            "Is it @Barney?",
            "Barney Rubble",
            "@Barney",
        ),
        (
            "an exclamation mark",
            "@Barney! Come",
            "Barney Rubble",
            "@Barney",
        ),
        ("a comma", "@Barney, Fred", "Barney Rubble", "@Barney"),
        ("a colon", "@Barney: Monday", "Barney Rubble", "@Barney"),
        (
            "brackets around it",
            "(@Barney) Monday",
            "Barney Rubble",
            "@Barney",
        ),
        (
            "a closing bracket",
            "(with @Barney) Monday",
            "Barney Rubble",
            "@Barney",
        ),
        (
            "a quote around it",
            "\"@Barney\" Monday",
            "Barney Rubble",
            "@Barney",
        ),
        ("a dash", "@Barney — Monday", "Barney Rubble", "@Barney"),
        ("a stroke", "@Barney/Wilma", "Barney Rubble", "@Barney"),
        (
            "a weekday behind it",
            "@Barney Monday",
            "Barney Rubble",
            "@Barney",
        ),
        (
            "the rep behind it",
            "@Barney I will send",
            "Barney Rubble",
            "@Barney",
        ),
        (
            "a title behind it",
            "@Barney CFO",
            "Barney Rubble",
            "@Barney",
        ),
        (
            "a whole name and a capital",
            "@Barney Rubble Send",
            "Barney Rubble",
            "@Barney Rubble",
        ),
        ("one name only", "@Madonna Ciccone", "Madonna", "@Madonna"),
        ("accents left out", "@wojcik came", "Anja Wójcik", "@wojcik"),
        (
            "accents apart",
            "@Wo\u{301}jcik came",
            "Anja Wójcik",
            "@Wo\u{301}jcik",
        ),
        ("accents put in", "@Bárney came", "Barney Rubble", "@Bárney"),
        (
            "a letter that does not decompose",
            "@lukasz came",
            "Łukasz van der Berg",
            "@lukasz",
        ),
        (
            "small words of a name",
            "@Łukasz van der Berg came",
            "Łukasz van der Berg",
            "@Łukasz van der Berg",
        ),
        (
            "a part behind a hyphen",
            "@Weiss came",
            "Kai Müller-Weiß",
            "@Weiss",
        ),
        (
            "all with a hyphen",
            "@Kai Müller-Weiß came",
            "Kai Müller-Weiß",
            "@Kai Müller-Weiß",
        ),
        (
            "a hyphen to begin with",
            "@mary-jane came",
            "Mary-Jane O’Brien",
            "@mary-jane",
        ),
        (
            "another apostrophe",
            "@Mary O'Brien came",
            "Mary-Jane O’Brien",
            "@Mary O'Brien",
        ),
        ("the rep", "@me too", "me", "@me"),
        ("the rep in a longer word", "@myself too", "me", "@myself"),
        ("a wide sign", "＠Barney came", "Barney Rubble", "＠Barney"),
    ];
    for (label, text, who, typed) in rows {
        assert_eq!(
            named(text),
            [(who.to_owned(), typed.to_owned())],
            "{label}: {text}"
        );
    }
}

#[test]
fn what_may_be_several_people_is_nobody_yet() {
    let rows = [
        ("three of a name", "@Ann sent it", "Ann? 3", "@Ann"),
        (
            "one by the second word",
            "@Ann Lee sent it",
            "Ann Lee",
            "@Ann Lee",
        ),
        (
            "in small letters",
            "@ann lee sent it",
            "Ann Lee",
            "@ann lee",
        ),
        (
            "one by an initial",
            "@Ann K sent it",
            "Ann Kowalski",
            "@Ann K",
        ),
        ("the beginning of four", "@an sent it", "an? 4", "@an"),
        (
            "three, and none of that family",
            "@Ann Zeller sent it",
            "Ann Zeller? 3",
            "@Ann Zeller",
        ),
        (
            "one by the first name, not by the second",
            "@Fred Astaire danced",
            "Fred Astaire? 1",
            "@Fred Astaire",
        ),
        (
            "a longer name than anybody's",
            "@Fred Lee Astaire danced",
            "Fred Lee Astaire? 1",
            "@Fred Lee Astaire",
        ),
        ("family of two", "@鈴木さんに送る", "鈴木? 2", "@鈴木"),
        (
            "family of two, and none of that given name",
            "@鈴木次郎に送る",
            "鈴木次郎? 2",
            "@鈴木次郎",
        ),
    ];
    for (label, text, who, typed) in rows {
        assert_eq!(
            named(text),
            [(who.to_owned(), typed.to_owned())],
            "{label}: {text}"
        );
    }
}

#[test]
fn a_name_nobody_has_is_somebody_new() {
    let rows = [
        ("one word", "@Dino came", "new Dino", "@Dino"),
        (
            "two words",
            "@Dino Vance came",
            "new Dino Vance",
            "@Dino Vance",
        ),
        (
            "in small letters only the first",
            "@dino vance came",
            "new dino",
            "@dino",
        ),
        (
            "an initial within",
            "@Dino F. Vance came",
            "new Dino F. Vance",
            "@Dino F. Vance",
        ),
        (
            "a title",
            "@Dr. Dino Vance came",
            "new Dr. Dino Vance",
            "@Dr. Dino Vance",
        ),
        (
            "at most four words",
            "@Uno Due Tre Quattro Cinque",
            "new Uno Due Tre Quattro",
            "@Uno Due Tre Quattro",
        ),
        (
            "a small word within",
            "@Ludwig van Beethoven came",
            "new Ludwig van Beethoven",
            "@Ludwig van Beethoven",
        ),
        (
            "a small word at the end is none",
            "@Dino van hire",
            "new Dino",
            "@Dino",
        ),
        (
            "a possessive",
            "@Dino Vance's plant",
            "new Dino Vance",
            "@Dino Vance",
        ),
        (
            "a plural possessive",
            "@Reeves' plant",
            "new Reeves",
            "@Reeves",
        ),
        (
            "a full stop",
            "Met @Dino Vance. Barney came",
            "new Dino Vance",
            "@Dino Vance",
        ),
        (
            "an apostrophe",
            "@Sean O’Casey came",
            "new Sean O’Casey",
            "@Sean O’Casey",
        ),
        (
            "a hyphen",
            "@Karl-Heinz Urban came",
            "new Karl-Heinz Urban",
            "@Karl-Heinz Urban",
        ),
        (
            "accents",
            "@Zoë Ångström came",
            "new Zoë Ångström",
            "@Zoë Ångström",
        ),
        (
            "Greek",
            "@Νίκος Παπαδόπουλος ήρθε",
            "new Νίκος Παπαδόπουλος",
            "@Νίκος Παπαδόπουλος",
        ),
        (
            "Cyrillic",
            "@Иван Петров пришёл",
            "new Иван Петров",
            "@Иван Петров",
        ),
        ("Arabic", "@محمد علي", "new محمد علي", "@محمد علي"),
        ("a weekday behind it", "@Dino Friday", "new Dino", "@Dino"),
        (
            "a title behind it",
            "@Dino Vance CFO",
            "new Dino Vance",
            "@Dino Vance",
        ),
        ("a number behind it", "@Dino 3 pumps", "new Dino", "@Dino"),
        ("an ampersand", "@Dino & Co", "new Dino", "@Dino"),
    ];
    for (label, text, who, typed) in rows {
        assert_eq!(
            named(text),
            [(who.to_owned(), typed.to_owned())],
            "{label}: {text}"
        );
    }
}

#[test]
fn names_without_blanks_end_where_they_end() {
    let rows = [
        (
            "known, with an address",
            "@山田太郎さんと会った",
            "山田太郎",
            "@山田太郎",
        ),
        (
            "known, with a word behind",
            "@山田太郎と会った",
            "山田太郎",
            "@山田太郎",
        ),
        (
            "known, by the family name",
            "@山田さんと会った",
            "山田太郎",
            "@山田",
        ),
        (
            "known with a blank, typed without",
            "@鈴木一郎さん",
            "鈴木 一郎",
            "@鈴木一郎",
        ),
        (
            "known with a blank, typed with one",
            "@鈴木 一郎さん",
            "鈴木 一郎",
            "@鈴木 一郎",
        ),
        (
            "known with a blank, typed with a wide one",
            "@鈴木　花子",
            "鈴木 花子",
            "@鈴木　花子",
        ),
        (
            "in the middle of a sentence",
            "昨日@山田太郎さんと会った",
            "山田太郎",
            "@山田太郎",
        ),
        ("Korean", "@김철수씨와 통화", "김철수", "@김철수"),
        (
            "unknown, with an address",
            "@佐藤健さんと会った",
            "new 佐藤健",
            "@佐藤健",
        ),
        (
            "unknown, with a word behind",
            "@佐藤健と会った",
            "new 佐藤健",
            "@佐藤健",
        ),
        (
            "unknown, a given name in another script",
            "@高橋みなみさん",
            "new 高橋みなみ",
            "@高橋みなみ",
        ),
        (
            "unknown, with a blank",
            "@佐藤 健さん",
            "new 佐藤 健",
            "@佐藤 健",
        ),
        (
            "unknown, a foreign name",
            "@ジョン・スミスと会った",
            "new ジョン・スミス",
            "@ジョン・スミス",
        ),
        (
            "unknown, a comma of the script",
            "@王小明、李雷",
            "new 王小明",
            "@王小明",
        ),
        ("unknown Korean", "@박영희님 통화", "new 박영희", "@박영희"),
    ];
    for (label, text, who, typed) in rows {
        assert_eq!(
            named(text),
            [(who.to_owned(), typed.to_owned())],
            "{label}: {text}"
        );
    }
}

#[test]
fn an_address_is_no_name() {
    let rows = [
        "write to fred@slate.com",
        "write to fred.flint+x@slate.com",
        "fred@Barney",
        "@ Barney",
        "@",
        "at @9am",
        "@@Barney",
        "@slate.com",
        "@fred_flint",
        "https://example.com/@fred/post",
        "@fred.flint wrote",
        "@-",
    ];
    for text in rows {
        assert_eq!(named(text), [], "{text}");
    }
}

#[test]
fn a_line_of_more_names_than_anybody_types_costs_no_more_than_a_few() {
    let asked = std::cell::Cell::new(0);
    let counted = |word: &str| {
        asked.set(asked.get() + 1);
        people(word)
    };
    let reader = Reader {
        people: &counted,
        ..reader()
    };
    let names: Vec<String> = (0..2000).map(|n| format!("@Barney{n}")).collect();
    let read = reader.read(&names.join(", "));
    assert_eq!((read.named.len(), asked.get()), (MOST_NAMES, MOST_NAMES));
    // However often a note names somebody, everybody is looked through once.
    asked.set(0);
    let read = reader.read(&"! send @Barney a quote\n".repeat(2000));
    assert_eq!((read.named.len(), asked.get()), (2000, 1));
}

#[test]
fn everybody_a_note_names_is_found_in_order() {
    let note =
        "Met @Barney and @Dino Vance.\n! @Wilma: send @Fred's quote fri\nno name here\n\n@me";
    let read = reader().read(note);
    let named: Vec<(String, &str, &str)> = read
        .named
        .iter()
        .map(|named| {
            (
                whom(&named.who),
                note.get(named.span.clone()).unwrap(),
                named.line.as_str(),
            )
        })
        .collect();
    let first = "Met @Barney and @Dino Vance.";
    let second = "! @Wilma: send @Fred's quote fri";
    let wanted = [
        ("Barney Rubble", "@Barney", first),
        ("new Dino Vance", "@Dino Vance", first),
        ("Wilma Slate", "@Wilma", second),
        ("Fred Flint", "@Fred", second),
        ("me", "@me", "@me"),
    ];
    let wanted: Vec<(String, &str, &str)> = wanted
        .into_iter()
        .map(|(who, typed, line)| (who.to_owned(), typed, line))
        .collect();
    assert_eq!(named, wanted);
    assert_eq!(read.lines.len(), 1);
}

#[test]
fn a_line_that_begins_with_a_name_is_about_that_person() {
    check(&[
        (
            "! @Wilma: send drawings fri",
            "mine Wilma Slate | send drawings | 2026-11-27",
        ),
        (
            "! @Wilma send drawings fri",
            "mine Wilma Slate | send drawings | 2026-11-27",
        ),
        (
            "! @Wilma, send drawings fri",
            "mine Wilma Slate | send drawings | 2026-11-27",
        ),
        (
            "! @Wilma - send drawings fri",
            "mine Wilma Slate | send drawings | 2026-11-27",
        ),
        (
            "! @Wilma fri: send drawings",
            "mine Wilma Slate | send drawings | 2026-11-27",
        ),
        (
            "! @Wilma's drawings fri",
            "mine Wilma Slate | Wilma's drawings | 2026-11-27",
        ),
        (
            "! send @Wilma drawings fri",
            "mine caller | send Wilma drawings | 2026-11-27",
        ),
        (
            "! send x@y.com drawings fri",
            "mine caller | send x@y.com drawings | 2026-11-27",
        ),
        (
            "! @Ann: send drawings fri",
            "mine Ann? 3 | send drawings | 2026-11-27",
        ),
        (
            "! @Dino Vance: send drawings fri",
            "mine new Dino Vance | send drawings | 2026-11-27",
        ),
        (
            "# @Wilma wants less noise",
            "need Wilma Slate | wants less noise",
        ),
        ("* @Wilma: two sons", "fact Wilma Slate | two sons"),
        (
            "= @Wilma line 3 is up",
            "Wilma Slate | line 3 is up | problem_removed |  | 2026-11-22",
        ),
        (
            "$ @Wilma 24k spare parts",
            "Wilma Slate | 24,000.00 USD | spare parts | 2026-11-22",
        ),
        (
            "~ @Wilma: Rockland offered",
            "Wilma Slate | Rockland | offered",
        ),
    ]);
}

#[test]
fn newcomers_are_called_as_they_were_typed_with_capitals_where_there_were_none() {
    let rows = [
        ("Dino Vance", "Dino Vance"),
        ("dino", "Dino"),
        ("karl-heinz urban", "Karl-Heinz Urban"),
        ("élodie", "Élodie"),
        ("Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("山田太郎", "山田太郎"),
        (" dino\u{1b} ", "Dino"),
    ];
    for (typed, name) in rows {
        assert_eq!(newcomer(typed), name);
    }
}

#[test]
fn the_name_under_the_caret_is_the_one_being_typed() {
    let rows = [
        ("+ @Barn|", Some((3, "Barn"))),
        ("+ @|", Some((3, ""))),
        ("+ @Barney Ru| got me in", Some((3, "Barney Ru"))),
        ("+ @Ba|rney", Some((3, "Ba"))),
        ("+ @Fred > @Bar|", Some((11, "Bar"))),
        ("ä ＠山|", Some((3, "山"))),
        ("+ |@Barney", None),
        ("+ @Barney: s|", None),
        ("+ @Barney, s|", None),
        ("x@y|", None),
        ("+ @ x|", None),
        ("+ @9|", None),
        ("|", None),
    ];
    for (text, wanted) in rows {
        let caret = text.chars().position(|c| c == '|').unwrap();
        let wanted = wanted.map(|(start, typed)| Partial {
            start,
            typed: typed.to_owned(),
        });
        assert_eq!(at_caret(&text.replace('|', ""), caret), wanted, "{text}");
    }
    assert_eq!(
        at_caret("+ @Barn", 99).map(|partial| partial.start),
        Some(3)
    );
}

#[test]
fn a_name_is_completed_to_people_with_those_words_in_the_books_order() {
    let names = |typed: &str, most: usize| {
        let found = complete(typed, &people, most);
        found
            .into_iter()
            .map(|(_, name)| name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let rows = [
        ("bar", "Barney Rubble"),
        ("Rub", "Barney Rubble"),
        ("rub bar", "Barney Rubble"),
        ("an", "Ann Marsh, Ann Lee, Ann Kowalski"),
        ("anj", "Anja Wójcik"),
        ("ann k", "Ann Kowalski"),
        ("ann m", "Ann Marsh"),
        ("woj", "Anja Wójcik"),
        ("weis", "Kai Müller-Weiß"),
        ("mary-j", "Mary-Jane O’Brien"),
        ("鈴木", "鈴木 一郎, 鈴木 花子"),
        ("鈴木花", "鈴木 花子"),
        ("山", "山田太郎"),
        ("dino", ""),
        ("barney rubble", ""),
        ("barney send", ""),
        ("...", ""),
    ];
    for (typed, wanted) in rows {
        assert_eq!(names(typed, 3), wanted, "{typed}");
    }
    assert_eq!(names("", 2), "Barney Rubble, Fred Flint");
}
