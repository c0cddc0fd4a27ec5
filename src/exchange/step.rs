//! Two copies of a card kept in step: what changed on one side since they were last so moves to the other; what changed on both stays
//! on both and is told.
//!
//! Each side has its own card of that time. A format may say a thing in its own way, and what neither side touched is let be.

use super::merge::Conflict;
use crate::domain::contact::{
    Address, Card, Email, Extra, KeyDate, Phone, Relation, Web, email_key,
};
use crate::domain::phone;
use crate::domain::text::fold;

/// Both cards as they should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The book's.
    pub book: Card,
    /// The file's.
    pub file: Card,
    /// Fields that changed on both sides, to different things: each side keeps its own.
    pub conflicts: Vec<Conflict>,
}

/// A card as it was and as it is.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// When both were last in step.
    pub was: &'a Card,
    /// Now.
    pub is: &'a Card,
}

/// Brings both cards into step. Doing it again with what comes out changes nothing.
pub fn step(book: Side<'_>, file: Side<'_>) -> Step {
    let mut step = Step {
        book: book.is.clone(),
        file: file.is.clone(),
        conflicts: Vec::new(),
    };
    step.texts(book, file);
    step.parts(book, file);
    step.numbers(book, file);
    step.reach(book, file);
    step.lists(book, file);
    // An identity that one side has and the other lacks is no contradiction.
    if step.book.uid.is_none() {
        step.book.uid.clone_from(&step.file.uid);
    }
    step
}

type Text = (
    &'static str,
    fn(&Card) -> &String,
    fn(&mut Card) -> &mut String,
);

const TEXTS: [Text; 7] = [
    ("name", |card| &card.name, |card| &mut card.name),
    ("nickname", |card| &card.nick, |card| &mut card.nick),
    ("account", |card| &card.account, |card| &mut card.account),
    (
        "department",
        |card| &card.department,
        |card| &mut card.department,
    ),
    ("title", |card| &card.title, |card| &mut card.title),
    ("note", |card| &card.note, |card| &mut card.note),
    ("origin", |card| &card.origin, |card| &mut card.origin),
];

/// What becomes of one value that both sides have.
enum Moves {
    Nothing,
    ToFile,
    ToBook,
    Conflict,
}

fn moves<T: PartialEq>(book: (&T, &T), file: (&T, &T)) -> Moves {
    match (book.0 != book.1, file.0 != file.1) {
        (false, false) => Moves::Nothing,
        (true, false) => Moves::ToFile,
        (false, true) => Moves::ToBook,
        (true, true) if book.1 == file.1 => Moves::Nothing,
        (true, true) => Moves::Conflict,
    }
}

impl Step {
    fn conflict(&mut self, field: &str, book: String, file: String) {
        self.conflicts.push(Conflict {
            field: field.to_owned(),
            kept: book,
            offered: file,
        });
    }

    fn texts(&mut self, book: Side<'_>, file: Side<'_>) {
        for (field, get, get_mut) in TEXTS {
            let (ours, theirs) = (get(book.is), get(file.is));
            match moves((get(book.was), ours), (get(file.was), theirs)) {
                Moves::Nothing => {}
                Moves::ToFile => get_mut(&mut self.file).clone_from(ours),
                Moves::ToBook => get_mut(&mut self.book).clone_from(theirs),
                Moves::Conflict => self.conflict(field, ours.clone(), theirs.clone()),
            }
        }
    }

    fn parts(&mut self, book: Side<'_>, file: Side<'_>) {
        let (ours, theirs) = (&book.is.parts, &file.is.parts);
        match moves((&book.was.parts, ours), (&file.was.parts, theirs)) {
            Moves::Nothing => {}
            Moves::ToFile => self.file.parts.clone_from(ours),
            Moves::ToBook => self.book.parts.clone_from(theirs),
            Moves::Conflict => self.conflict("name parts", ours.joined(), theirs.joined()),
        }
    }

    fn numbers(&mut self, book: Side<'_>, file: Side<'_>) {
        let days = |days: Option<u16>| days.map_or(String::new(), |days| days.to_string());
        match moves(
            (&book.was.cadence, &book.is.cadence),
            (&file.was.cadence, &file.is.cadence),
        ) {
            Moves::Nothing => {}
            Moves::ToFile => self.file.cadence = book.is.cadence,
            Moves::ToBook => self.book.cadence = file.is.cadence,
            Moves::Conflict => {
                self.conflict("cadence", days(book.is.cadence), days(file.is.cadence));
            }
        }
        let day = |day: Option<chrono::NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        match moves(
            (&book.was.met_on, &book.is.met_on),
            (&file.was.met_on, &file.is.met_on),
        ) {
            Moves::Nothing => {}
            Moves::ToFile => self.file.met_on = book.is.met_on,
            Moves::ToBook => self.book.met_on = file.is.met_on,
            Moves::Conflict => self.conflict("met on", day(book.is.met_on), day(file.is.met_on)),
        }
    }

    /// How somebody is reached.
    fn reach(&mut self, book: Side<'_>, file: Side<'_>) {
        list(
            self,
            book,
            file,
            |card| &card.phones,
            |card| &mut card.phones,
            Phone::key,
        );
        list(
            self,
            book,
            file,
            |card| &card.emails,
            |card| &mut card.emails,
            Email::key,
        );
        list(
            self,
            book,
            file,
            |card| &card.webs,
            |card| &mut card.webs,
            Web::key,
        );
        list(
            self,
            book,
            file,
            |card| &card.addresses,
            |card| &mut card.addresses,
            Address::key,
        );
    }

    fn lists(&mut self, book: Side<'_>, file: Side<'_>) {
        list(
            self,
            book,
            file,
            |card| &card.tags,
            |card| &mut card.tags,
            |tag| fold(tag),
        );
        list(
            self,
            book,
            file,
            |card| &card.dates,
            |card| &mut card.dates,
            KeyDate::key,
        );
        list(
            self,
            book,
            file,
            |card| &card.relations,
            |card| &mut card.relations,
            Relation::key,
        );
        list(
            self,
            book,
            file,
            |card| &card.extra,
            |card| &mut card.extra,
            Extra::key,
        );
    }
}

/// What an entry of a list is known by, on either side.
impl Phone {
    fn key(&self) -> String {
        format!("{} {}", fold(&self.label), phone::digits(&self.number))
    }
}

impl Email {
    fn key(&self) -> String {
        format!("{} {}", fold(&self.label), email_key(&self.address))
    }
}

impl Web {
    fn key(&self) -> String {
        format!("{} {}", fold(&self.label), self.url)
    }
}

impl Address {
    fn key(&self) -> String {
        format!("{} {}", fold(&self.label), fold(&self.one_line()))
    }
}

impl KeyDate {
    fn key(&self) -> String {
        format!("{} {} {}", fold(&self.label), self.on, self.yearly)
    }
}

impl Relation {
    fn key(&self) -> String {
        format!(
            "{} {} {}",
            self.kind.word(),
            fold(&self.label),
            fold(&self.name)
        )
    }
}

impl Extra {
    fn key(&self) -> String {
        // When and by what a card was written differs each time and says nothing about the person.
        if matches!(self.name.as_str(), "REV" | "PRODID") {
            return self.name.clone();
        }
        format!("{} {} {}", self.source, self.name, self.value)
    }
}

/// Entries that came to one side come to the other, and those that went go.
fn list<T: Clone>(
    step: &mut Step,
    book: Side<'_>,
    file: Side<'_>,
    get: fn(&Card) -> &Vec<T>,
    get_mut: fn(&mut Card) -> &mut Vec<T>,
    key: fn(&T) -> String,
) {
    let moved = |from: Side<'_>, to: &mut Vec<T>| {
        let (was, is) = (get(from.was), get(from.is));
        let has = |list: &[T], entry: &T| list.iter().any(|other| key(other) == key(entry));
        to.retain(|entry| has(is, entry) || !has(was, entry));
        for entry in is {
            if !has(was, entry) && !has(to, entry) {
                to.push(entry.clone());
            }
        }
    };
    moved(book, get_mut(&mut step.file));
    moved(file, get_mut(&mut step.book));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::samples;
    use proptest::prelude::*;

    fn phone(number: &str) -> Phone {
        Phone {
            label: String::new(),
            number: number.to_owned(),
        }
    }

    #[test]
    fn what_changed_on_one_side_moves_and_what_changed_on_both_stays() {
        let was = Card {
            title: "Buyer".into(),
            account: "Lund AB".into(),
            nick: "Nisse".into(),
            phones: vec![phone("1111111"), phone("2222222")],
            ..Card::named("Nils Lund")
        };
        let mut book = was.clone();
        book.title = "Chief buyer".into();
        book.nick = "N".into();
        book.phones = vec![phone("1111111"), phone("2222222"), phone("3333333")];
        let mut file = was.clone();
        file.account = "Lund & Co".into();
        file.nick = "Nils".into();
        file.phones = vec![phone("2222222"), phone("4444444")];
        let step = step(
            Side {
                was: &was,
                is: &book,
            },
            Side {
                was: &was,
                is: &file,
            },
        );
        for card in [&step.book, &step.file] {
            assert_eq!(
                (card.title.as_str(), card.account.as_str()),
                ("Chief buyer", "Lund & Co")
            );
            let mut numbers: Vec<&str> = card
                .phones
                .iter()
                .map(|phone| phone.number.as_str())
                .collect();
            numbers.sort_unstable();
            assert_eq!(numbers, ["2222222", "3333333", "4444444"]);
        }
        assert_eq!(
            (step.book.nick.as_str(), step.file.nick.as_str()),
            ("N", "Nils")
        );
        assert_eq!(step.conflicts.len(), 1);
        assert_eq!(step.conflicts[0].field, "nickname");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn nothing_changed_moves_nothing(book in samples::card(), file in samples::card()) {
            let stepped = step(Side { was: &book, is: &book }, Side { was: &file, is: &file });
            prop_assert!(stepped.conflicts.is_empty());
            prop_assert_eq!(&stepped.file, &file);
            let uid = book.uid.clone().or(file.uid.clone());
            prop_assert_eq!(stepped.book, Card { uid, ..book });
        }

        #[test]
        fn after_one_step_both_stand_still(was in samples::card(), book in samples::card(), file in samples::card()) {
            let first = step(Side { was: &was, is: &book }, Side { was: &was, is: &file });
            let second = step(Side { was: &first.book, is: &first.book }, Side { was: &first.file, is: &first.file });
            prop_assert_eq!(&second.book, &first.book);
            prop_assert_eq!(&second.file, &first.file);
        }

        #[test]
        fn nothing_that_came_to_either_side_is_lost(was in samples::card(), book in samples::card(), file in samples::card()) {
            let stepped = step(Side { was: &was, is: &book }, Side { was: &was, is: &file });
            for email in book.emails.iter().filter(|e| !was.emails.iter().any(|w| w.key() == e.key())) {
                prop_assert!(stepped.file.emails.iter().any(|e| e.key() == email.key()));
            }
            for email in file.emails.iter().filter(|e| !was.emails.iter().any(|w| w.key() == e.key())) {
                prop_assert!(stepped.book.emails.iter().any(|e| e.key() == email.key()));
            }
            // Each side keeps what it says where both changed a text.
            if book.title != was.title && file.title != was.title {
                prop_assert_eq!(&stepped.book.title, &book.title);
                prop_assert_eq!(&stepped.file.title, &file.title);
            }
        }
    }
}
