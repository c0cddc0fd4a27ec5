//! Columns that mean one thing each: what a column can be, and how its cells go into a card. Tables of other programs and tables whose
//! columns somebody named with `--map` are read with this.

use super::keys;
use super::take::{Cell, Take, is_no_date};
use crate::domain::contact::{Address, Email, KeyDate, Phone, Web};
use crate::domain::text::clean_line;
use crate::exchange::words;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// What a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The whole name.
    Name,
    /// A part of the name.
    Given,
    /// A part of the name.
    Middle,
    /// A part of the name.
    Family,
    /// A part of the name.
    Prefix,
    /// A part of the name.
    Suffix,
    /// What friends say.
    Nick,
    /// An e-mail address, or several.
    Email,
    /// A telephone number, or several.
    Phone,
    /// A web address.
    Web,
    /// The account's name.
    Account,
    /// The account's identity there.
    AccountUid,
    /// The department.
    Department,
    /// The job title.
    Title,
    /// Tags, separated by commas or semicolons.
    Tags,
    /// The standing note.
    Note,
    /// A part of the address.
    Street,
    /// A part of the address.
    City,
    /// A part of the address.
    Region,
    /// A part of the address.
    Postcode,
    /// A part of the address.
    Country,
    /// A day of the year.
    Birthday,
    /// A day of the year.
    Anniversary,
    /// The day they met.
    MetOn,
    /// How it began.
    Origin,
    /// Somebody's name.
    ReferredBy,
    /// Somebody's name.
    Manager,
    /// The manager's identity there.
    ManagerUid,
    /// Somebody's name.
    Assistant,
    /// Somebody's name.
    Spouse,
    /// The person's identity there.
    Uid,
    /// Days between touches.
    Cadence,
    /// Whether the record is thrown away there.
    Deleted,
    /// What has no place of its own and is kept on the card under the column's name.
    Keep,
    /// What is another with every export, or nobody wants.
    Skip,
}

/// The names that fields are given by, for `--map`.
const NAMES: [(&str, Field); 32] = [
    ("name", Field::Name),
    ("first name", Field::Given),
    ("middle name", Field::Middle),
    ("last name", Field::Family),
    ("prefix", Field::Prefix),
    ("suffix", Field::Suffix),
    ("nickname", Field::Nick),
    ("email", Field::Email),
    ("phone", Field::Phone),
    ("web", Field::Web),
    ("account", Field::Account),
    ("department", Field::Department),
    ("title", Field::Title),
    ("tags", Field::Tags),
    ("note", Field::Note),
    ("street", Field::Street),
    ("city", Field::City),
    ("region", Field::Region),
    ("postcode", Field::Postcode),
    ("country", Field::Country),
    ("birthday", Field::Birthday),
    ("anniversary", Field::Anniversary),
    ("met on", Field::MetOn),
    ("origin", Field::Origin),
    ("referred by", Field::ReferredBy),
    ("manager", Field::Manager),
    ("assistant", Field::Assistant),
    ("spouse", Field::Spouse),
    ("id", Field::Uid),
    ("cadence", Field::Cadence),
    ("keep", Field::Keep),
    ("skip", Field::Skip),
];

/// The columns of a table in lower case so that no two are the same, and as they would be called if others were: the second
/// "Telefon" is "telefon (2)" and like "telefon", a third column without a name is "column 3".
pub(super) fn unlike(cells: &[String]) -> Vec<(String, String)> {
    let likes: Vec<String> = keys(cells);
    let mut known: HashSet<String> = likes.iter().cloned().collect();
    // The last number of each name, so that a table of many equal names does not count up from the first each time.
    let mut last: HashMap<&str, usize> = HashMap::new();
    let columns = likes.iter().enumerate().map(|(at, like)| {
        let number = last.entry(like).and_modify(|last| *last += 1).or_insert(1);
        let mut key = match (like.is_empty(), *number) {
            (true, _) => format!("column {}", at + 1),
            (false, 1) => return (like.clone(), like.clone()),
            (false, _) => format!("{like} ({number})"),
        };
        let base = if like.is_empty() {
            key.clone()
        } else {
            like.clone()
        };
        while !known.insert(key.clone()) {
            *number += 1;
            key = format!("{base} ({number})");
        }
        (key, like.clone())
    });
    columns.collect()
}

/// The names of columns as they are shown, so that no two are the same.
pub(super) fn numbered(cells: &[String]) -> Vec<String> {
    let names = cells.iter().zip(unlike(cells)).map(|(cell, (key, like))| {
        let name = clean_line(cell);
        if key == like {
            return name;
        }
        match key.strip_prefix(&like) {
            Some(number) if !like.is_empty() => format!("{name}{number}"),
            _ => {
                let mut letters = key.chars();
                let first = letters.next().map(|c| c.to_ascii_uppercase());
                first.into_iter().chain(letters).collect()
            }
        }
    });
    names.collect()
}

impl Field {
    /// The field of a name, and the label that may follow an e-mail, a telephone or a web address: `phone mobile`.
    pub fn parse(text: &str) -> Option<(Field, String)> {
        let text = clean_line(text).to_lowercase();
        if let Some((_, field)) = NAMES.iter().find(|(name, _)| *name == text) {
            return Some((*field, String::new()));
        }
        let (name, label) = text.split_once(' ')?;
        let labelled = [
            ("email", Field::Email),
            ("phone", Field::Phone),
            ("web", Field::Web),
        ];
        let (_, field) = labelled.iter().find(|(known, _)| *known == name)?;
        Some((*field, label.trim().to_owned()))
    }

    /// Every name a field can be given by.
    pub fn names() -> String {
        let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }
}

/// What a column of a table is: the field, and the label of what is in it.
pub(super) type Meaning = (Field, String);

/// Takes the cells of a row in; `meaning` says what each column is. `source` is what the rest is kept under.
pub(super) fn take(
    cells: &[Cell<'_>],
    source: &str,
    meaning: impl Fn(&str) -> Option<Meaning>,
    to: &mut Take,
) {
    let mut place = Address::default();
    for cell in cells {
        let taken = match meaning(cell.key) {
            Some((field, label)) => take_cell(cell, field, label, source, &mut place, to),
            None => false,
        };
        if !taken {
            to.keep(source, cell.name, cell.value);
        }
    }
    if !place.is_empty() {
        to.card.addresses.push(place);
    }
}

/// Fills a field that holds nothing yet; says no when it holds something else.
fn fill(field: &mut String, value: &str) -> bool {
    let value = value.trim();
    if field.is_empty() {
        value.clone_into(field);
    }
    field == value
}

/// The values of a cell that may hold several.
fn several(value: &str) -> impl Iterator<Item = &str> {
    value
        .split([';', ',', '\n'])
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

fn take_cell(
    cell: &Cell<'_>,
    field: Field,
    label: String,
    source: &str,
    place: &mut Address,
    to: &mut Take,
) -> bool {
    let card = &mut to.card;
    let text = match field {
        Field::Name => &mut card.name,
        Field::Given => &mut card.parts.given,
        Field::Middle => &mut card.parts.additional,
        Field::Family => &mut card.parts.family,
        Field::Prefix => &mut card.parts.prefix,
        Field::Suffix => &mut card.parts.suffix,
        Field::Nick => &mut card.nick,
        Field::Account => &mut card.account,
        Field::Department => &mut card.department,
        Field::Title => &mut card.title,
        Field::Note => &mut card.note,
        Field::Street => &mut place.street,
        Field::City => &mut place.city,
        Field::Region => &mut place.region,
        Field::Postcode => &mut place.postcode,
        Field::Country => &mut place.country,
        Field::Origin => return take_origin(cell.value, to),
        Field::AccountUid => {
            // Several are joined; the first is the one they work at.
            let first = several(cell.value).next().unwrap_or_default();
            to.account = identity(source, "account", first);
            return true;
        }
        Field::ManagerUid => {
            to.manager = identity(source, "contact", cell.value.trim());
            return true;
        }
        Field::Uid => {
            card.uid = Some(identity(source, "contact", cell.value.trim()));
            return true;
        }
        Field::Deleted => {
            to.deleted = ["true", "1", "yes"].contains(&cell.value.trim().to_lowercase().as_str());
            return true;
        }
        Field::Keep => return false,
        Field::Skip => {
            to.left_out.push(format!("a \"{}\"", clean_line(cell.name)));
            return true;
        }
        other => return take_listed(cell, other, label, to),
    };
    fill(text, cell.value)
}

/// An identity another program gave: whose, of what, and what it is.
pub(super) fn identity(source: &str, what: &str, given: &str) -> String {
    if given.is_empty() {
        String::new()
    } else {
        format!("{source}:{what}:{given}")
    }
}

fn take_origin(value: &str, to: &mut Take) -> bool {
    let word = value.trim().to_lowercase();
    let known = [
        ("referral", "referral"),
        ("partner referral", "referral"),
        ("employee referral", "referral"),
        ("external referral", "referral"),
        ("customer referral", "referral"),
        ("word of mouth", "referral"),
        ("cold call", "cold"),
        ("cold", "cold"),
        ("trade show", "event"),
        ("event", "event"),
        ("conference", "event"),
        ("web", "inbound"),
        ("website", "inbound"),
        ("inbound", "inbound"),
        ("inherited", "inherited"),
    ];
    let Some((_, origin)) = known.iter().find(|(said, _)| *said == word) else {
        return false;
    };
    fill(&mut to.card.origin, origin)
}

/// The numbers of a cell. One may have commas for pauses; several are told apart by semicolons and lines, and by commas where each part
/// is long enough.
fn numbers(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split([';', '\n']).map(str::trim);
    let numbers = parts.flat_map(|part| {
        let all = part.split(',').map(str::trim);
        let whole = all
            .clone()
            .all(|piece| piece.chars().filter(char::is_ascii_digit).count() >= 5);
        let pieces: Vec<&str> = if whole { all.collect() } else { vec![part] };
        pieces
    });
    numbers.filter(|number| !number.is_empty())
}

fn take_listed(cell: &Cell<'_>, field: Field, label: String, to: &mut Take) -> bool {
    let card = &mut to.card;
    match field {
        Field::Email => {
            let entries = several(cell.value).map(|address| Email {
                label: label.clone(),
                address: address.to_owned(),
            });
            card.emails.extend(entries);
        }
        Field::Phone => {
            let entries = numbers(cell.value).map(|number| Phone {
                label: label.clone(),
                number: number.to_owned(),
            });
            card.phones.extend(entries);
        }
        Field::Web => {
            card.webs.push(Web {
                label,
                url: cell.value.trim().to_owned(),
            });
        }
        Field::Tags => card.tags.extend(several(cell.value).map(str::to_owned)),
        Field::Birthday => return take_day(cell, "birthday", to),
        Field::Anniversary => return take_day(cell, "anniversary", to),
        Field::MetOn => {
            if is_no_date(cell.value) {
                return true;
            }
            let day = to.local_date(cell.name, cell.value);
            let day = day.and_then(|day| NaiveDate::from_ymd_opt(day.year?, day.month, day.day));
            to.card.met_on = to.card.met_on.or(day);
            return day.is_some();
        }
        Field::Cadence => {
            let days = cell
                .value
                .trim()
                .parse()
                .ok()
                .filter(|days| (1..=3650).contains(days));
            card.cadence = card.cadence.or(days);
            return days.is_some();
        }
        Field::ReferredBy => return take_relation(cell, "Referred By", to),
        Field::Manager => return take_relation(cell, "Manager", to),
        Field::Assistant => return take_relation(cell, "Assistant", to),
        Field::Spouse => return take_relation(cell, "Spouse", to),
        _ => return false,
    }
    true
}

fn take_day(cell: &Cell<'_>, label: &str, to: &mut Take) -> bool {
    if is_no_date(cell.value) {
        return true;
    }
    let Some(on) = to.local_date(cell.name, cell.value) else {
        return false;
    };
    to.card.dates.push(KeyDate {
        label: label.to_owned(),
        on,
        yearly: true,
    });
    true
}

fn take_relation(cell: &Cell<'_>, label: &str, to: &mut Take) -> bool {
    let relation = words::relation(label, cell.value.trim());
    to.card.relations.extend(relation);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_one_name_are_told_apart() {
        let cases: [(&str, &[&str], &[&str]); 5] = [
            (
                "no name, and its number is taken",
                &["Column 2", ""],
                &["Column 2", "Column 2 (2)"],
            ),
            ("all unlike", &["Name", "Tel"], &["Name", "Tel"]),
            (
                "twice and thrice",
                &["Tel", "tel", "TEL"],
                &["Tel", "tel (2)", "TEL (3)"],
            ),
            (
                "a number that is taken",
                &["Tel (2)", "Tel", "Tel"],
                &["Tel (2)", "Tel", "Tel (3)"],
            ),
            (
                "no name",
                &["Name", "", " "],
                &["Name", "Column 2", "Column 3"],
            ),
        ];
        for (label, cells, expected) in cases {
            let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
            assert_eq!(numbered(&cells), expected, "{label}");
            let lower: Vec<String> = expected.iter().map(|name| name.to_lowercase()).collect();
            let keys: Vec<String> = unlike(&cells).into_iter().map(|(key, _)| key).collect();
            assert_eq!(keys, lower, "{label}");
        }
    }
}
