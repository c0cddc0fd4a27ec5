//! What becomes of a card in the book when a file offers another of the same person. Pure, and the same answer twice.
//!
//! What the book says stays. Empty fields are filled, lists are united, and where both say something else it is told.

use crate::domain::contact::{Address, Card, KeyDate, Web, email_key};
use crate::domain::phone;
use crate::domain::text::fold;

/// A field that both fill, with different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The field's name on screen.
    pub field: String,
    /// What the book says and keeps.
    pub kept: String,
    /// What the file says.
    pub offered: String,
}

/// How two cards fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The book knows all of it.
    Same,
    /// Something was added, nothing contradicted.
    Merged,
    /// Something contradicts the book; whatever does not is added.
    Conflicting,
}

/// The card after a file's card was laid over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The card as it would be in the book.
    pub after: Card,
    /// Names of the fields that were filled or grew.
    pub added: Vec<String>,
    /// Fields that differ.
    pub conflicts: Vec<Conflict>,
}

impl Merge {
    /// How the cards fit.
    pub fn outcome(&self) -> Outcome {
        match (self.conflicts.is_empty(), self.added.is_empty()) {
            (false, _) => Outcome::Conflicting,
            (true, false) => Outcome::Merged,
            (true, true) => Outcome::Same,
        }
    }

    fn add(&mut self, field: &str) {
        if !self.added.iter().any(|added| added == field) {
            self.added.push(field.to_owned());
        }
    }

    fn conflict(&mut self, field: &str, kept: &str, offered: &str) {
        self.conflicts.push(Conflict {
            field: field.to_owned(),
            kept: kept.to_owned(),
            offered: offered.to_owned(),
        });
    }

    /// Fills a text field. Says whether both now agree.
    fn fill(&mut self, field: &str, pick: fn(&mut Card) -> &mut String, offered: &str) -> bool {
        if offered.is_empty() {
            return true;
        }
        let kept = pick(&mut self.after);
        if kept.is_empty() {
            offered.clone_into(kept);
            self.add(field);
            return true;
        }
        let same = plain(kept) == plain(offered);
        if !same {
            let kept = kept.clone();
            self.conflict(field, &kept, offered);
        }
        same
    }

    /// Adds what a list lacks.
    fn unite<T: Clone>(
        &mut self,
        field: &str,
        pick: fn(&mut Card) -> &mut Vec<T>,
        offered: &[T],
        same: impl Fn(&T, &T) -> bool,
    ) {
        let list = pick(&mut self.after);
        let had = list.len();
        for item in offered {
            if !list.iter().any(|known| same(known, item)) {
                list.push(item.clone());
            }
        }
        if list.len() > had {
            self.add(field);
        }
    }
}

/// What a text says, without its capitals, accents and blanks.
fn plain(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lays `offered` over `book`.
pub fn merge(book: &Card, offered: &Card) -> Merge {
    let mut merge = Merge {
        after: book.clone(),
        added: Vec::new(),
        conflicts: Vec::new(),
    };
    merge_person(&mut merge, offered);
    merge_reach(&mut merge, offered);
    merge_dates(&mut merge, offered);
    merge.unite(
        "tags",
        |card| &mut card.tags,
        &offered.tags,
        |a, b| fold(a) == fold(b),
    );
    merge.unite(
        "people",
        |card| &mut card.relations,
        &offered.relations,
        |a, b| a.kind == b.kind && plain(&a.name) == plain(&b.name),
    );
    merge.unite(
        "further properties",
        |card| &mut card.extra,
        &offered.extra,
        |a, b| {
            // When and by what a card was written differs each time and says nothing about the person.
            let of_the_file = matches!(a.name.as_str(), "REV" | "PRODID");
            a.source == b.source && a.name == b.name && (a.value == b.value || of_the_file)
        },
    );
    merge
}

fn merge_person(merge: &mut Merge, offered: &Card) {
    // What the other of two who were united is called says nothing against the name of both.
    let one_name = !merge.after.was_called(&offered.name)
        && merge.fill("name", |card| &mut card.name, &offered.name);
    if one_name && merge.after.parts.is_empty() && !offered.parts.is_empty() {
        merge.after.parts = offered.parts.clone();
        merge.add("name parts");
    }
    merge.fill("nickname", |card| &mut card.nick, &offered.nick);
    // Title and department belong to the account: those of another account are not put beside this one.
    if merge.fill("account", |card| &mut card.account, &offered.account) {
        merge.fill(
            "department",
            |card| &mut card.department,
            &offered.department,
        );
        merge.fill("title", |card| &mut card.title, &offered.title);
    } else {
        for (field, kept, text) in [
            (
                "department",
                merge.after.department.clone(),
                &offered.department,
            ),
            ("title", merge.after.title.clone(), &offered.title),
        ] {
            if !text.is_empty() && plain(&kept) != plain(text) {
                merge.conflict(field, &kept, text);
            }
        }
    }
    merge.fill("origin", |card| &mut card.origin, &offered.origin);
    let known = plain(&merge.after.note).contains(&plain(&offered.note));
    if !known || merge.after.note.is_empty() {
        merge.fill("note", |card| &mut card.note, &offered.note);
    }
    // Another book's identity of the same person contradicts nothing.
    if merge.after.uid.is_none() && offered.uid.is_some() {
        merge.after.uid.clone_from(&offered.uid);
        merge.add("identity");
    }
    merge_own(merge, offered);
}

/// What only this program's own files say.
fn merge_own(merge: &mut Merge, offered: &Card) {
    match (merge.after.cadence, offered.cadence) {
        (None, Some(days)) => {
            merge.after.cadence = Some(days);
            merge.add("cadence");
        }
        (Some(kept), Some(days)) if kept != days => {
            merge.conflict("cadence", &kept.to_string(), &days.to_string());
        }
        _ => {}
    }
    match (merge.after.met_on, offered.met_on) {
        (None, Some(day)) => {
            merge.after.met_on = Some(day);
            merge.add("met on");
        }
        (Some(kept), Some(day)) if kept != day => {
            merge.conflict("met on", &kept.to_string(), &day.to_string());
        }
        _ => {}
    }
}

fn merge_reach(merge: &mut Merge, offered: &Card) {
    merge.unite(
        "phones",
        |card| &mut card.phones,
        &offered.phones,
        |a, b| same_number(&a.number, &b.number),
    );
    merge.unite(
        "e-mails",
        |card| &mut card.emails,
        &offered.emails,
        |a, b| email_key(&a.address) == email_key(&b.address),
    );
    merge.unite(
        "web addresses",
        |card| &mut card.webs,
        &offered.webs,
        |a, b| web_key(a) == web_key(b),
    );
    merge.unite(
        "addresses",
        |card| &mut card.addresses,
        &offered.addresses,
        |a, b| place_key(a) == place_key(b),
    );
}

/// Whether two spellings are one number: the same in E.164, the same digits, or the one with the country's prefix before the other.
fn same_number(a: &str, b: &str) -> bool {
    let (digits_a, digits_b) = (phone::digits(a), phone::digits(b));
    if digits_a.is_empty() || digits_b.is_empty() {
        return plain(a) == plain(b);
    }
    if digits_a == digits_b {
        return true;
    }
    let international = |number: &str| number.trim_start().starts_with('+');
    match (international(a), international(b)) {
        (true, true) => phone::key(a, None).is_some_and(|key| Some(key) == phone::key(b, None)),
        (true, false) => ends_in(&digits_a, &digits_b),
        (false, true) => ends_in(&digits_b, &digits_a),
        (false, false) => false,
    }
}

fn ends_in(international: &str, national: &str) -> bool {
    let national = national.trim_start_matches('0');
    national.len() >= 7 && international.ends_with(national)
}

fn web_key(web: &Web) -> String {
    let url = web.url.trim().to_lowercase();
    let bare = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .unwrap_or(&url);
    bare.trim_start_matches("www.")
        .trim_end_matches('/')
        .to_owned()
}

fn place_key(place: &Address) -> String {
    let letters = place.one_line();
    fold(&letters)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

fn merge_dates(merge: &mut Merge, offered: &Card) {
    // Years first, so that a contradiction names the day as it stands in the end.
    for date in &offered.dates {
        learn_year(merge, date);
    }
    // A day without its year says less than the same day with it, wherever in the card it stands.
    let (full, bare): (Vec<&KeyDate>, Vec<&KeyDate>) = offered
        .dates
        .iter()
        .partition(|date| date.on.year.is_some());
    for date in full.into_iter().chain(bare) {
        let known = merge
            .after
            .dates
            .iter()
            .filter(|known| same_label(known, date));
        let known: Vec<&KeyDate> = known.collect();
        let agrees = |known: &&KeyDate| {
            same_day(known, date) && (date.on.year.is_none() || known.on.year == date.on.year)
        };
        if known.iter().any(agrees) {
            continue;
        }
        // Nobody is born twice, so another birthday contradicts; another renewal is one more.
        let once = matches!(fold(&date.label).as_str(), "birthday" | "anniversary");
        let kept = known.first().filter(|_| once);
        if let Some(kept) = kept.map(|kept| kept.on.to_string()) {
            merge.conflict(field(date), &kept, &date.on.to_string());
        } else {
            merge.after.dates.push(date.clone());
            merge.add(field(date));
        }
    }
}

/// Gives a day that is known without its year the year, unless that day is known with it already.
fn learn_year(merge: &mut Merge, date: &KeyDate) {
    let mut known = merge
        .after
        .dates
        .iter()
        .filter(|known| same_label(known, date));
    if date.on.year.is_none() || known.any(|known| known.on == date.on) {
        return;
    }
    let yearless =
        merge.after.dates.iter_mut().find(|known| {
            same_label(known, date) && same_day(known, date) && known.on.year.is_none()
        });
    if let Some(yearless) = yearless {
        yearless.on = date.on;
        merge.add(field(date));
    }
}

fn same_label(known: &KeyDate, date: &KeyDate) -> bool {
    fold(&known.label) == fold(&date.label)
}

fn same_day(known: &KeyDate, date: &KeyDate) -> bool {
    (known.on.month, known.on.day) == (date.on.month, date.on.day)
}

fn field(date: &KeyDate) -> &str {
    if date.label.is_empty() {
        "dates"
    } else {
        &date.label
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::{Email, NameParts, PartialDate, Phone};
    use crate::exchange::samples;
    use proptest::prelude::*;

    fn barney() -> Card {
        Card {
            account: "Slate Quarry".to_owned(),
            phones: vec![Phone {
                label: "work".into(),
                number: "+1 415 555 0100".into(),
            }],
            emails: vec![Email {
                label: String::new(),
                address: "Barney@Slate.example".into(),
            }],
            tags: vec!["Buyers".to_owned()],
            ..Card::named("Barney Rubble")
        }
    }

    fn birthday(text: &str) -> KeyDate {
        KeyDate {
            label: "birthday".into(),
            on: PartialDate::parse(text).unwrap(),
            yearly: true,
        }
    }

    #[test]
    fn a_filled_field_stays_and_is_told() {
        let offered = Card {
            account: "Rock & Co".into(),
            title: "Chief".into(),
            ..Card::named("barney  rubble")
        };
        let merged = merge(&barney(), &offered);
        assert_eq!(merged.after, barney());
        assert_eq!(merged.outcome(), Outcome::Conflicting);
        let fields: Vec<&str> = merged.conflicts.iter().map(|c| c.field.as_str()).collect();
        assert_eq!(fields, ["account", "title"]);
        assert_eq!(
            (
                merged.conflicts[0].kept.as_str(),
                merged.conflicts[0].offered.as_str()
            ),
            ("Slate Quarry", "Rock & Co")
        );
    }

    #[test]
    fn empty_fields_are_filled_and_lists_united() {
        let offered = Card {
            title: "Foreman".into(),
            parts: NameParts {
                given: "Barney".into(),
                family: "Rubble".into(),
                ..NameParts::default()
            },
            phones: vec![
                Phone {
                    label: String::new(),
                    number: "(415) 555-0100".into(),
                },
                Phone {
                    label: String::new(),
                    number: "+1 415 555 0199".into(),
                },
            ],
            emails: vec![Email {
                label: String::new(),
                address: "barney@slate.example".into(),
            }],
            tags: vec!["buyers".into(), "Bowling".into()],
            ..Card::named("Barney Rubble")
        };
        let merged = merge(&barney(), &offered);
        assert_eq!(merged.outcome(), Outcome::Merged);
        assert_eq!(merged.added, ["name parts", "title", "phones", "tags"]);
        assert_eq!(merged.after.phones.len(), 2);
        assert_eq!(merged.after.tags, ["Buyers", "Bowling"]);
        assert_eq!(merge(&barney(), &barney()).outcome(), Outcome::Same);
    }

    #[test]
    fn birthdays_agree_gain_a_year_or_contradict() {
        let cases = [
            ("--11-20", "--11-20", Outcome::Same, "--11-20"),
            ("--11-20", "1984-11-20", Outcome::Merged, "1984-11-20"),
            ("1984-11-20", "--11-20", Outcome::Same, "1984-11-20"),
            (
                "1984-11-20",
                "1984-11-21",
                Outcome::Conflicting,
                "1984-11-20",
            ),
            (
                "1984-11-20",
                "1985-11-20",
                Outcome::Conflicting,
                "1984-11-20",
            ),
        ];
        for (book, offered, outcome, after) in cases {
            let book = Card {
                dates: vec![birthday(book)],
                ..Card::named("A")
            };
            let offered = Card {
                dates: vec![birthday(offered)],
                ..Card::named("A")
            };
            let merged = merge(&book, &offered);
            assert_eq!(merged.outcome(), outcome);
            assert_eq!(merged.after.dates, [birthday(after)]);
        }
    }

    #[test]
    fn numbers_are_one_in_every_spelling() {
        let cases = [
            ("+1 415 555 0100", "+1 (415) 555-0100", true),
            ("+49 171 5550100", "0171 5550100", true),
            ("+1 415 555 0100", "415.555.0100", true),
            ("555 0100", "555 0101", false),
            ("+1 415 555 0100", "0100", false),
            ("reception", "Reception", true),
        ];
        for (a, b, same) in cases {
            assert_eq!(same_number(a, b), same, "{a} {b}");
            assert_eq!(same_number(b, a), same, "{b} {a}");
        }
    }

    #[test]
    fn a_contradiction_names_the_day_with_the_year_that_was_learned() {
        let anniversary = |text: &str| KeyDate {
            label: "anniversary".into(),
            on: PartialDate::parse(text).unwrap(),
            yearly: true,
        };
        let book = Card {
            dates: vec![anniversary("--07-20")],
            ..barney()
        };
        let offered = Card {
            dates: vec![anniversary("--01-01"), anniversary("1998-07-20")],
            ..barney()
        };
        let once = merge(&book, &offered);
        assert_eq!(once.after.dates, [anniversary("1998-07-20")]);
        assert_eq!(once.conflicts[0].kept, "1998-07-20");
        assert_eq!(merge(&once.after, &offered).conflicts, once.conflicts);
    }

    proptest! {
        // A card has some twenty strategies in it: a hundred pairs of them go a long way.
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn merging_again_adds_nothing(book in samples::card(), offered in samples::card()) {
            let once = merge(&book, &offered);
            let twice = merge(&once.after, &offered);
            prop_assert!(twice.added.is_empty(), "{:?}", twice.added);
            prop_assert_eq!(&twice.after, &once.after);
            prop_assert_eq!(twice.conflicts, once.conflicts);
        }

        #[test]
        fn nothing_the_book_says_is_lost(book in samples::card(), offered in samples::card()) {
            let after = merge(&book, &offered).after;
            for (kept, was) in [(&after.name, &book.name), (&after.account, &book.account), (&after.title, &book.title), (&after.note, &book.note)] {
                prop_assert!(was.is_empty() || kept == was);
            }
            prop_assert!(after.phones.starts_with(&book.phones));
            prop_assert!(after.emails.starts_with(&book.emails));
            prop_assert!(after.extra.starts_with(&book.extra));
            prop_assert_eq!(after.ghost, book.ghost);
        }

        #[test]
        fn a_card_merged_with_itself_is_the_same(card in samples::card()) {
            let merged = merge(&card, &card);
            prop_assert!(merged.added.is_empty());
            prop_assert_eq!(merged.after, card);
        }
    }
}
