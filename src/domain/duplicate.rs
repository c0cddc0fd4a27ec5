//! Two people who look like one: why they are proposed, their cards side by side, and the merge.
//!
//! Proposed are people with an e-mail address or a telephone number in common, and people of one account whose names are [`near`].
//! Nothing is merged by itself. Of two cards every field can be chosen; lists are joined. Everything else that is known of the one who
//! goes is carried over to the one who stays: no touch, chit, promise or referral is lost.

use super::contact::{Card, Extra, MERGED, ONCE_CALLED};
use super::id::Id;
use super::text::fold;

/// Why two people look like one; the surest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// They share an e-mail address.
    Email(String),
    /// They share a telephone number.
    Phone(String),
    /// Their names are near, at one account.
    Name,
}

impl Alike {
    /// In a few words.
    pub fn words(&self) -> String {
        match self {
            Alike::Email(address) => format!("both have {address}"),
            Alike::Phone(number) => format!("both have {number}"),
            Alike::Name => "nearly the same name, at the same account".to_owned(),
        }
    }
}

/// Two people who look like one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Who was longer in the book: the one to stay.
    pub older: Id,
    /// Their name.
    pub older_name: String,
    /// Who came later: the one to go.
    pub newer: Id,
    /// Their name.
    pub newer_name: String,
    /// Why.
    pub alike: Alike,
}

/// Whether two names can be one person's: the same words in any order, one letter apart in a name of six letters or more, or the same
/// family name with an initial for the other.
///
/// ```
/// use chitbook::domain::duplicate::near;
/// assert!(near("Barney Rubble", "Rubble, Barney"));
/// assert!(near("Barney Rubble", "Barny Rubble"));
/// assert!(near("B. Rubble", "Barney Rubble"));
/// assert!(!near("Betty Rubble", "Barney Rubble"));
/// assert!(!near("Ann Li", "Anna Lo"));
/// ```
pub fn near(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let folded = fold(name);
        let parts = folded.split(|c: char| !c.is_alphanumeric());
        let mut parts: Vec<String> = parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        parts.sort();
        parts
    };
    let (one, other) = (words(one), words(other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    if one == other {
        return true;
    }
    if one.len() != other.len() {
        return false;
    }
    let letters = |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>();
    if letters(&one) >= 6 && letters(&other) >= 6 && one_apart(&one.concat(), &other.concat()) {
        return true;
    }
    one.len() > 1 && initials(&one, &other)
}

/// Whether two texts differ in one letter at most: another one, or one more.
fn one_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let skip = usize::from(short.len() == long.len());
    let rest = short.get(same + skip..).unwrap_or_default();
    let long_rest = long.get(same + 1..).unwrap_or_default();
    rest == long_rest
}

/// Whether the words of two names pair up, each equal to its partner or one of the two its initial, and at least one of them equal.
fn initials(one: &[String], other: &[String]) -> bool {
    let mut left: Vec<&String> = other.iter().collect();
    let mut equal = 0;
    let mut short: Vec<&String> = Vec::new();
    for word in one {
        if let Some(at) = left.iter().position(|other| *other == word) {
            left.remove(at);
            equal += usize::from(word.chars().count() > 1);
        } else {
            short.push(word);
        }
    }
    let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
    equal > 0
        && short.iter().all(|word| {
            let at = left
                .iter()
                .position(|other| initial(word, other) || initial(other, word));
            at.map(|at| left.remove(at)).is_some()
        })
}

/// Which of two cards a field is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Of the one who goes.
    Goes,
    /// Of the one who stays.
    Stays,
}

/// A field of two cards, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name on screen.
    pub name: &'static str,
    /// What the card of the one who goes says.
    pub goes: String,
    /// What the card of the one who stays says.
    pub stays: String,
    /// Which is taken: what stays, unless that is empty.
    pub chosen: Side,
}

impl Field {
    /// Whether there is something to choose: both say something, and not the same.
    pub fn differs(&self) -> bool {
        !self.goes.is_empty() && !self.stays.is_empty() && self.goes != self.stays
    }
}

/// The fields of which one is chosen, in the order they are shown.
const FIELDS: [&str; 9] = [
    "name",
    "nick",
    "account",
    "department",
    "title",
    "origin",
    "met on",
    "cadence",
    "identity",
];

fn said(card: &Card, field: &str) -> String {
    match field {
        "name" => card.name.clone(),
        "nick" => card.nick.clone(),
        "account" => card.account.clone(),
        "department" => card.department.clone(),
        "title" => card.title.clone(),
        "origin" => card.origin.clone(),
        "met on" => card.met_on.map_or(String::new(), |day| day.to_string()),
        "cadence" => card
            .cadence
            .map_or(String::new(), |days| format!("{days} days")),
        _ => card.uid.clone().unwrap_or_default(),
    }
}

/// Two cards side by side; what both leave empty is left out.
pub fn fields(goes: &Card, stays: &Card) -> Vec<Field> {
    let fields = FIELDS.iter().map(|name| {
        let (goes, stays) = (said(goes, name), said(stays, name));
        Field {
            name,
            chosen: if stays.is_empty() {
                Side::Goes
            } else {
                Side::Stays
            },
            goes,
            stays,
        }
    });
    fields
        .filter(|field| !(field.goes.is_empty() && field.stays.is_empty()))
        .collect()
}

/// The card of the two as one: each field as chosen, lists joined without saying anything twice, both notes.
pub fn combined(goes: &Card, stays: &Card, chosen: &[Field]) -> Card {
    let mut card = stays.clone();
    for field in chosen.iter().filter(|field| field.chosen == Side::Goes) {
        match field.name {
            "name" => {
                card.name.clone_from(&goes.name);
                card.parts.clone_from(&goes.parts);
            }
            "nick" => card.nick.clone_from(&goes.nick),
            "account" => card.account.clone_from(&goes.account),
            "department" => card.department.clone_from(&goes.department),
            "title" => card.title.clone_from(&goes.title),
            "origin" => card.origin.clone_from(&goes.origin),
            "met on" => card.met_on = goes.met_on,
            "cadence" => card.cadence = goes.cadence,
            _ => card.uid.clone_from(&goes.uid),
        }
    }
    let digits = |number: &str| super::phone::digits(number);
    join(&mut card.phones, &goes.phones, |a, b| {
        digits(&a.number) == digits(&b.number)
    });
    join(&mut card.emails, &goes.emails, |a, b| {
        a.address.eq_ignore_ascii_case(&b.address)
    });
    join(&mut card.webs, &goes.webs, |a, b| {
        a.url.eq_ignore_ascii_case(&b.url)
    });
    join(&mut card.addresses, &goes.addresses, |a, b| a == b);
    join(&mut card.tags, &goes.tags, |a, b| a.eq_ignore_ascii_case(b));
    join(&mut card.dates, &goes.dates, |a, b| a == b);
    join(&mut card.relations, &goes.relations, |a, b| a == b);
    // Neither is anything to themselves.
    let own = [fold(&goes.name), fold(&stays.name)];
    card.relations
        .retain(|relation| !own.contains(&fold(&relation.name)));
    join(&mut card.extra, &goes.extra, |a, b| a == b);
    for name in [&goes.name, &stays.name] {
        let known = name.is_empty() || fold(name) == fold(&card.name);
        if !known && !card.was_called(name) {
            card.extra.push(Extra {
                source: MERGED.to_owned(),
                name: ONCE_CALLED.to_owned(),
                value: name.clone(),
            });
        }
    }
    if card.note.is_empty() {
        card.note.clone_from(&goes.note);
    } else if !goes.note.is_empty() && !card.note.contains(&goes.note) {
        card.note = format!("{}\n\n{}", card.note, goes.note);
    }
    card.ghost = stays.ghost && goes.ghost;
    card
}

/// Adds what a list does not have yet.
fn join<T: Clone>(list: &mut Vec<T>, more: &[T], same: impl Fn(&T, &T) -> bool) {
    for entry in more {
        if !list.iter().any(|known| same(known, entry)) {
            list.push(entry.clone());
        }
    }
}

/// Two people are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Who goes.
    pub from: Id,
    /// Who stays.
    pub into: Id,
    /// Their cards as they were shown: who goes, who stays.
    pub before: (Card, Card),
    /// The card of the one who stays, as it should be.
    pub after: Card,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::{Email, Phone};
    use proptest::prelude::*;

    #[test]
    fn near_names_are_those_a_person_would_take_for_one() {
        let rows = [
            ("Barney Rubble", "barney rubble", true),
            ("Jürgen Müller", "Muller Jurgen", true),
            ("Barney Rubble", "Barney Rubbel", false),
            ("Barney Rubble", "Barney Ruble", true),
            ("B Rubble", "Barney Rubble", true),
            ("B Rubble", "Wilma Rubble", false),
            ("Barney Rubble", "Barney", false),
            ("A B", "Ann Bo", false),
            ("", "", false),
            ("漢 太郎", "漢 太郎", true),
        ];
        for (one, other, wanted) in rows {
            assert_eq!(near(one, other), wanted, "{one} {other}");
            assert_eq!(near(other, one), wanted, "{other} {one}");
        }
    }

    #[test]
    fn the_card_of_two_has_the_chosen_fields_and_every_way_to_reach_them_once() {
        let email = |address: &str| Email {
            label: String::new(),
            address: address.to_owned(),
        };
        let phone = |number: &str| Phone {
            label: String::new(),
            number: number.to_owned(),
        };
        let goes = Card {
            title: "Plant manager".to_owned(),
            note: "likes bowling".to_owned(),
            emails: vec![email("B@x.example"), email("b@home.example")],
            phones: vec![phone("+1 415 555-0100")],
            ..Card::named("B. Rubble")
        };
        let stays = Card {
            title: "Manager".to_owned(),
            note: "met at the fair".to_owned(),
            emails: vec![email("b@x.example")],
            phones: vec![phone("+14155550100")],
            ..Card::named("Barney Rubble")
        };
        let mut chosen = fields(&goes, &stays);
        let names: Vec<&str> = chosen.iter().map(|field| field.name).collect();
        assert_eq!(names, ["name", "title"]);
        assert!(
            chosen
                .iter()
                .all(|field| field.differs() && field.chosen == Side::Stays)
        );
        chosen[1].chosen = Side::Goes;
        let card = combined(&goes, &stays, &chosen);
        assert_eq!(
            (card.name.as_str(), card.title.as_str()),
            ("Barney Rubble", "Plant manager")
        );
        assert_eq!(card.note, "met at the fair\n\nlikes bowling");
        assert_eq!((card.emails.len(), card.phones.len()), (2, 1));
        let again = combined(&goes, &card, &[]);
        assert_eq!(again, card, "a second merge adds nothing");
    }

    proptest! {
        #[test]
        fn a_name_is_near_to_itself_and_nearness_goes_both_ways(one in "[A-Ca-c ]{0,9}", other in "[A-Ca-c ]{0,9}") {
            prop_assert_eq!(near(&one, &other), near(&other, &one));
            prop_assert!(one.trim().is_empty() || near(&one, &one));
        }
    }
}
