//! What lines become, line by line.

use super::*;
use crate::domain::text::fold;
use proptest::prelude::*;

/// The people of the book, from id 2 on.
const PEOPLE: [&str; 15] = [
    "Barney Rubble",
    "Fred Flint",
    "Wilma Slate",
    "Ann Marsh",
    "Ann Lee",
    "Ann Kowalski",
    "Anja Wójcik",
    "山田太郎",
    "鈴木 一郎",
    "鈴木 花子",
    "김철수",
    "Mary-Jane O’Brien",
    "Kai Müller-Weiß",
    "Madonna",
    "Łukasz van der Berg",
];

/// Sunday.
pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// Everybody with a word that begins so, as the book finds them.
pub(super) fn people(word: &str) -> Vec<(Id, String)> {
    let begins = |name: &str| {
        fold(name)
            .split([' ', '-'])
            .any(|part| part.starts_with(word))
    };
    let found = PEOPLE.iter().enumerate().filter(|(_, name)| begins(name));
    found
        .map(|(at, name)| (Id::from_raw(at as i64 + 2), (*name).to_owned()))
        .collect()
}

pub(super) fn name_of(id: Id) -> String {
    if id == Id::ME {
        return "Me".to_owned();
    }
    PEOPLE[usize::try_from(id.raw()).unwrap() - 2].to_owned()
}

pub(super) fn reader() -> Reader<'static> {
    Reader {
        today: today(),
        order: DateOrder::Mdy,
        currency: "USD",
        people: &people,
    }
}

/// Somebody in a few letters.
pub(super) fn whom(who: &Who) -> String {
    match who {
        Who::Caller => "caller".to_owned(),
        Who::Me => "me".to_owned(),
        Who::Known(id) => name_of(*id),
        Who::Several { typed, fitting } => format!("{typed}? {}", fitting.len()),
        Who::New(typed) => format!("new {typed}"),
    }
}

/// What a line becomes, in one line.
pub(super) fn told(text: &str) -> String {
    let Some(line) = reader().line(text) else {
        return "text".to_owned();
    };
    assert_eq!(line.words, text.trim());
    match line.found {
        Err(reason) => format!("({reason})"),
        Ok(found) => told_of(&found),
    }
}

fn told_of(found: &Found) -> String {
    match found {
        Found::Promise {
            mine,
            with,
            what,
            due,
            said,
            unread,
        } => {
            let side = if *mine { "mine" } else { "theirs" };
            let due = if *said {
                due.to_string()
            } else {
                format!("({due})")
            };
            let why = unread.as_ref();
            let why = why.map_or(String::new(), |why| format!(" | {why}"));
            format!("{side} {} | {what} | {due}{why}", whom(with))
        }
        Found::Favour {
            giver,
            receiver,
            what,
            worth,
        } => format!("{} > {} | {what} | {worth}", whom(giver), whom(receiver)),
        Found::Referral { prospect, what } => format!("{} | {what}", whom(prospect)),
        Found::Need { with, what } => format!("need {} | {what}", whom(with)),
        Found::Result {
            with,
            what,
            kind,
            amount,
            on,
        } => {
            let amount = amount.as_ref().map_or(String::new(), ToString::to_string);
            format!(
                "{} | {what} | {} | {amount} | {on}",
                whom(with),
                kind.word()
            )
        }
        Found::Sale {
            with,
            amount,
            what,
            on,
        } => format!("{} | {amount} | {what} | {on}", whom(with)),
        Found::Fact { with, what } => format!("fact {} | {what}", whom(with)),
        Found::Date { with, date } => {
            let often = if date.yearly { "yearly" } else { "once" };
            format!("date {} | {} | {} {often}", whom(with), date.label, date.on)
        }
        Found::Rival { with, name, what } => format!("{} | {name} | {what}", whom(with)),
        Found::Seat { who, roles, stance } => {
            let roles: Vec<&str> = roles.iter().map(|role| role.word()).collect();
            format!("{} | {} | {}", whom(who), roles.join(" "), stance.word())
        }
    }
}

/// Each row: the line, and what it becomes.
pub(super) fn check(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, wanted)| {
            let read = told(text);
            (read != *wanted).then(|| format!("{text}\n   read {read}\n   not  {wanted}"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_lines_that_explain_the_marks_are_caught_as_they_say() {
    check(&[
        (
            "! send revised quote fri",
            "mine caller | send revised quote | 2026-11-27",
        ),
        (
            "? they confirm head count by 3 dec",
            "theirs caller | they confirm head count | 2026-12-03",
        ),
        (
            "+ got me in front of the plant board",
            "caller > me | got me in front of the plant board | 1",
        ),
        (
            "- sent her nephew's CV to HR",
            "me > caller | sent her nephew's CV to HR | 1",
        ),
        (
            "+ @Fred Flint > @Barney Rubble: intro to finance",
            "Fred Flint > Barney Rubble | intro to finance | 1",
        ),
        (
            "> @Dino Vance runs Granite's plant",
            "new Dino Vance | runs Granite's plant",
        ),
        (
            "# wants fewer firmware truck rolls",
            "need caller | wants fewer firmware truck rolls",
        ),
        (
            "= cut truck rolls by half, saves 40k",
            "caller | cut truck rolls by half, saves 40k | cost_cut | 40,000.00 USD | 2026-11-22",
        ),
        (
            "$ 24000 renewal",
            "caller | 24,000.00 USD | renewal | 2026-11-22",
        ),
        (
            "* daughter Pebbles interviewing in New Orleans",
            "fact caller | daughter Pebbles interviewing in New Orleans",
        ),
        (
            "* anniversary 20 nov",
            "date caller | anniversary | --11-20 yearly",
        ),
        (
            "~ Rockland is pitching ideas to her boss",
            "caller | Rockland | is pitching ideas to her boss",
        ),
        ("% @Wilma Slate finance, for", "Wilma Slate | finance | for"),
    ]);
}

#[test]
fn a_mark_needs_a_blank_behind_it_and_something_to_mark() {
    let plain = [
        "",
        "   ",
        "plain text",
        "---",
        "-5%",
        ">>",
        "**bold**",
        "#hashtag",
        "- ",
        "-",
        "!",
        "!important",
        "?!",
        "* * *",
        "- - -",
        "= = =",
        "> > >",
        "+1 555 0100",
        "~/notes",
        "$HOME",
        "%d",
        "a ! b",
        "@Wilma",
        "1. first",
        "$$5",
    ];
    for text in plain {
        assert_eq!(told(text), "text", "{text:?}");
    }
    for mark in Mark::ALL {
        let empty = format!("{} ", mark.sign());
        let read = reader().line(&empty).map(|line| line.found);
        let wanted = (mark != Mark::FavourByMe).then(|| Err(mark.missing().to_owned()));
        assert_eq!(read, wanted, "{empty:?}");
    }
    check(&[
        ("$24000", "caller | 24,000.00 USD |  | 2026-11-22"),
        (
            "$€24k renewal",
            "caller | 24,000.00 EUR | renewal | 2026-11-22",
        ),
        ("! @me: buy cake", "(this is about you: name somebody else)"),
        (
            "* @myself likes cake",
            "(this is about you: name somebody else)",
        ),
        ("% @me coach", "(this is about you: name somebody else)"),
        ("! fri", "(say what you promised)"),
        ("! @Wilma", "(say what you promised)"),
        ("? tomorrow", "(say what they promised)"),
        ("* @Wilma:", "(say what is worth remembering)"),
        ("* 20 nov", "(say what day that is)"),
        ("+ @Wilma (big)", "(say what they did for you)"),
        ("- big:", "(say what you did for them)"),
        ("$ soon", "(say how much: 24000, 24k or 24k EUR)"),
        ("> the plant manager", "(say whom they lead you to: @Name)"),
        ("> me", "(say whom they lead you to: @Name)"),
        ("~ @Wilma", "(name the rival)"),
        (
            "% likes golf",
            "(say the seat: decision, finance, technical, user, gatekeeper, coach)",
        ),
    ]);
}

#[test]
fn a_line_too_long_to_be_read_at_every_key_stays_text() {
    let long = |words| format!("! {}", "word ".repeat(words));
    assert!(reader().line(&long(1900)).unwrap().found.is_ok());
    let read = reader().line(&long(3000)).unwrap();
    assert_eq!(
        read.found,
        Err("too long to be caught: break the line".to_owned())
    );
}

#[test]
fn the_marks_of_an_eastern_keyboard_are_marks_too() {
    let marks = "！？＋－＞＃＝＄＊～％";
    let read: String = marks
        .chars()
        .filter_map(|c| Mark::of(c).map(Mark::sign))
        .collect();
    assert_eq!(read, "!?+->#=$*~%");
    check(&[
        (
            "！　send quote fri",
            "mine caller | send quote | 2026-11-27",
        ),
        (
            "＄ ２４０００ renewal",
            "caller | 24,000.00 USD | renewal | 2026-11-22",
        ),
        ("＄２４０００", "caller | 24,000.00 USD |  | 2026-11-22"),
        (
            "＋　＠山田太郎　＞　＠Barney： 紹介",
            "山田太郎 > Barney Rubble | 紹介 | 1",
        ),
        (
            "！　＠山田太郎さん：見積もり",
            "mine 山田太郎 | 見積もり | (2026-11-29)",
        ),
        ("％ finance、for", "caller | finance | for"),
    ]);
}

/// What lines are made of, in any order: names, dates, amounts, marks, and what may break them.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        " ",
        " ",
        " ",
        " ",
        "\u{3000}",
        "\t",
        "\r",
        "send",
        "it",
        "@",
        "＠",
        "@Barney",
        "@Ann",
        "@Ann Lee",
        "@Dino Vance",
        "@山田太郎さん",
        "@wojcik",
        "@me",
        "me",
        "Fred Flint",
        "Rockland",
        "'s",
        "’s",
        ":",
        ",",
        "(big)",
        "½:",
        "fri",
        "by",
        "on",
        "3 dec",
        "20 nov",
        "29 feb",
        "tomorrow",
        "in 2 weeks",
        "every",
        "at 3pm",
        "24k",
        "24,000",
        "€",
        "$",
        "2026",
        "birthday",
        "finance",
        "for",
        "not",
        ">",
        "->",
        "!",
        "é",
        "e\u{301}",
        "\u{301}",
        "ß",
        "İ",
        "한국",
        "🦀",
        "\u{200d}",
        "x@y.com",
        "…",
        "\u{2028}",
        "\u{85}",
        "(",
        ")",
    ];
    let piece = prop::sample::select(pieces.to_vec());
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// Notes of a few lines, most of them marked.
fn note() -> impl Strategy<Value = String> {
    let marks = [
        "! ", "? ", "+ ", "- ", "> ", "# ", "= ", "$ ", "* ", "~ ", "% ", " ! ", "！　", "＋ ",
        "$", "", "", "-",
    ];
    let line = (prop::sample::select(marks.to_vec()), pieces());
    let line = line.prop_map(|(mark, pieces)| format!("{mark}{pieces}"));
    prop::collection::vec(line, 0..5).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_note_is_read_in_its_place_and_in_order(note in prop_oneof![3 => note(), 1 => any::<String>()]) {
        let reading = reader().read(&note);
        let mut end = 0;
        for line in &reading.lines {
            prop_assert!(line.span.start >= end && line.span.end <= note.len());
            prop_assert_eq!(note.get(line.span.clone()), Some(line.words.as_str()));
            prop_assert_eq!(line.words.trim(), &line.words);
            end = line.span.end;
        }
        let mut end = 0;
        for named in &reading.named {
            prop_assert!(named.span.start >= end);
            let typed = note.get(named.span.clone());
            prop_assert!(typed.is_some_and(|typed| typed.starts_with(['@', '＠']) && !typed.contains('\n')), "{typed:?}");
            prop_assert!(typed.is_some_and(|typed| named.line.contains(typed)));
            prop_assert!(named.who != Who::Caller);
            end = named.span.end;
        }
    }

    #[test]
    fn a_note_read_line_by_line_is_the_note_read_whole(note in note()) {
        let mut lines = Vec::new();
        let mut named = Vec::new();
        let mut start = 0;
        for text in note.split('\n') {
            let alone = reader().line(text);
            let read = reader().read(text);
            prop_assert_eq!(alone.as_ref(), read.lines.first());
            lines.extend(alone.map(|mut line| {
                line.span = line.span.start + start..line.span.end + start;
                line
            }));
            named.extend(read.named.into_iter().map(|mut named| {
                named.span = named.span.start + start..named.span.end + start;
                named
            }));
            start += text.len() + 1;
        }
        prop_assert_eq!(reader().read(&note), Reading { lines, named });
    }

    #[test]
    fn what_is_caught_is_in_the_line_word_for_word(note in note()) {
        for line in reader().read(&note).lines {
            let Ok(found) = &line.found else { continue };
            let (what, may_be_empty) = what_of(found);
            prop_assert!(may_be_empty || !what.is_empty(), "{}", line.words);
            prop_assert_eq!(what.trim(), what);
            let mut typed = line.words.chars();
            let kept = what.chars().filter(|c| !c.is_whitespace()).all(|c| typed.any(|other| other == c));
            prop_assert!(kept, "{what:?} is not within {:?}", line.words);
        }
    }

    #[test]
    fn the_book_is_asked_once_for_a_name(note in note()) {
        let asked = std::cell::Cell::new(0);
        let counted = |word: &str| {
            asked.set(asked.get() + 1);
            people(word)
        };
        let reading = Reader { people: &counted, ..reader() }.read(&note);
        let signs = note.chars().filter(|c| matches!(c, '@' | '＠')).count();
        // A line may name two people without the sign: the giver and the receiver.
        prop_assert!(asked.get() <= signs + 2 * reading.lines.len());
        prop_assert!(reading.named.len() <= signs);
    }

    #[test]
    fn what_a_line_becomes_is_always_said_on_one_line(note in note()) {
        for line in reader().read(&note).lines {
            let said = say(&line, &whom, today());
            prop_assert!(!said.trim().is_empty() && !said.contains('\n'), "{said:?}");
        }
    }

    #[test]
    fn the_name_under_the_caret_ends_at_the_caret(line in note(), caret in 0usize..40) {
        if let Some(partial) = at_caret(&line, caret) {
            let caret = caret.min(line.chars().count());
            let typed: String = line.chars().take(caret).skip(partial.start).collect();
            prop_assert_eq!(&typed, &partial.typed);
            let sign = line.chars().nth(partial.start - 1);
            prop_assert!(matches!(sign, Some('@' | '＠')));
            prop_assert!(complete(&typed, &people, 3).len() <= 3);
        }
    }
}

/// The words something is known by, and whether there may be none.
fn what_of(found: &Found) -> (&str, bool) {
    match found {
        Found::Referral { what, .. } | Found::Sale { what, .. } => (what, true),
        Found::Rival { name, .. } => (name, false),
        Found::Date { date, .. } => (&date.label, false),
        Found::Seat { .. } => ("", true),
        Found::Promise { what, .. }
        | Found::Favour { what, .. }
        | Found::Need { what, .. }
        | Found::Result { what, .. }
        | Found::Fact { what, .. } => (what, false),
    }
}
