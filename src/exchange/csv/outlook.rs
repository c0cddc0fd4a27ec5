//! Outlook's contact tables: the classic one, the new one, and the one Google writes for it. They share their columns' names.

use super::take::{Cell, Take, is_no_date};
use crate::domain::contact::{Address, Email, KeyDate, Phone, Web};
use crate::exchange::words;

/// Columns with a number, the label it gets, and whether it is one to call somebody on.
const PHONES: [(&str, &str, bool); 22] = [
    ("primary phone", "primary", true),
    ("mobile phone", "mobile", true),
    ("business phone", "work", true),
    ("business phone 2", "work", true),
    ("company main phone", "main", true),
    ("home phone", "home", true),
    ("home phone 2", "home", true),
    ("other phone", "other", true),
    ("car phone", "car", true),
    ("radio phone", "radio", true),
    ("work phone", "work", true),
    ("mobile number", "mobile", true),
    ("assistant's phone", "assistant", false),
    ("callback", "callback", false),
    ("isdn", "isdn", false),
    ("pager", "pager", false),
    ("pager number", "pager", false),
    ("business fax", "work fax", false),
    ("home fax", "home fax", false),
    ("other fax", "other fax", false),
    ("tty/tdd phone", "tty", false),
    ("telex", "telex", false),
];

/// Columns with somebody's name, and what they are to the person.
const RELATIONS: [(&str, &str); 6] = [
    ("manager's name", "Manager"),
    ("assistant's name", "Assistant"),
    ("referred by", "Referred By"),
    ("spouse", "Spouse"),
    ("spouse/partner", "Spouse"),
    ("children", "child"),
];

/// What the program writes where nobody wrote anything.
const DEFAULTS: [(&str, &str); 7] = [
    ("e-mail type", "SMTP"),
    ("e-mail 2 type", "SMTP"),
    ("e-mail 3 type", "SMTP"),
    ("priority", "Normal"),
    ("sensitivity", "Normal"),
    ("private", "False"),
    ("gender", "Unspecified"),
];

/// Whether these columns, in lower case, are Outlook's.
pub(super) fn knows(columns: &[String]) -> bool {
    let has = |names: &[&str]| {
        columns
            .iter()
            .any(|column| names.contains(&column.as_str()))
    };
    has(&["first name", "last name"])
        && has(&[
            "e-mail address",
            "e-mail 2 address",
            "business phone",
            "home phone",
            "mobile phone",
            "company",
            "job title",
            "business street",
        ])
}

/// Reads one row.
pub(super) fn take(cells: &[Cell<'_>], to: &mut Take) {
    let mut places = ["business", "home", "other"].map(|kind| (kind, Address::default()));
    let mut phones = Vec::new();
    for cell in cells {
        let done = take_name(cell, to)
            || take_place(cell, &mut places)
            || take_phone(cell, &mut phones)
            || take_reach(cell, to)
            || take_people(cell, to)
            || DEFAULTS.iter().any(|(key, value)| {
                *key == cell.key && value.eq_ignore_ascii_case(cell.value.trim())
            });
        if !done {
            to.keep("outlook", cell.name, cell.value);
        }
    }
    phones.sort_by_key(|(called, _)| !called);
    to.card
        .phones
        .extend(phones.into_iter().map(|(_, phone)| phone));
    take_whole_places(cells, &mut places, to);
    for (kind, mut place) in places {
        if !place.is_empty() {
            (if kind == "business" { "work" } else { kind }).clone_into(&mut place.label);
            to.card.addresses.push(place);
        }
    }
}

/// Fills a field that holds nothing yet; says no when it does.
fn fill(field: &mut String, value: &str) -> bool {
    let free = field.is_empty();
    if free {
        value.clone_into(field);
    }
    free || field == value
}

fn take_name(cell: &Cell<'_>, to: &mut Take) -> bool {
    let card = &mut to.card;
    let field = match cell.key {
        "title" => &mut card.parts.prefix,
        "first name" => &mut card.parts.given,
        "middle name" => &mut card.parts.additional,
        "last name" => &mut card.parts.family,
        "suffix" => &mut card.parts.suffix,
        "nickname" => &mut card.nick,
        "display name" => &mut card.name,
        "company" | "organization" => &mut card.account,
        "department" => &mut card.department,
        "job title" => &mut card.title,
        "notes" => &mut card.note,
        _ => return false,
    };
    fill(field, cell.value)
}

fn take_place(cell: &Cell<'_>, places: &mut [(&str, Address); 3]) -> bool {
    let Some((kind, part)) = cell.key.split_once(' ') else {
        return false;
    };
    let Some((_, place)) = places.iter_mut().find(|(name, _)| *name == kind) else {
        return false;
    };
    let field = match part {
        "street" => &mut place.street,
        "street 2" | "street 3" => {
            if !place.street.is_empty() {
                place.street.push('\n');
            }
            place.street.push_str(cell.value);
            return true;
        }
        "city" => &mut place.city,
        "state" => &mut place.region,
        "postal code" | "zipcode" => &mut place.postcode,
        "country" | "country/region" => &mut place.country,
        "address po box" => &mut place.po_box,
        // The whole address in one cell, used where its parts are not told.
        "address" => return true,
        _ => return false,
    };
    fill(field, cell.value)
}

fn take_whole_places(cells: &[Cell<'_>], places: &mut [(&str, Address); 3], to: &mut Take) {
    for cell in cells {
        let Some(kind) = cell.key.strip_suffix(" address") else {
            continue;
        };
        let Some((_, place)) = places.iter_mut().find(|(name, _)| *name == kind) else {
            continue;
        };
        if place.is_empty() {
            cell.value.clone_into(&mut place.street);
        } else if !cell.value.contains(place.street.as_str()) {
            to.keep("outlook", cell.name, cell.value);
        }
    }
}

fn take_phone(cell: &Cell<'_>, phones: &mut Vec<(bool, Phone)>) -> bool {
    let Some((_, label, called)) = PHONES.iter().find(|(key, _, _)| *key == cell.key) else {
        return false;
    };
    phones.push((
        *called,
        Phone {
            label: (*label).to_owned(),
            number: cell.value.to_owned(),
        },
    ));
    true
}

fn take_reach(cell: &Cell<'_>, to: &mut Take) -> bool {
    let web = match cell.key {
        "e-mail address" | "e-mail 2 address" | "e-mail 3 address" | "primary email"
        | "secondary email" => {
            to.card.emails.push(Email {
                label: String::new(),
                address: cell.value.to_owned(),
            });
            return true;
        }
        "web page" | "business web page" => "",
        "personal web page" => "personal",
        "imaddress" => "im",
        _ => return false,
    };
    to.card.webs.push(Web {
        label: web.to_owned(),
        url: cell.value.to_owned(),
    });
    true
}

fn take_people(cell: &Cell<'_>, to: &mut Take) -> bool {
    if let Some((_, label)) = RELATIONS.iter().find(|(key, _)| *key == cell.key) {
        // Several children share a cell; a manager's name may hold a comma.
        let names: Vec<&str> = match cell.key {
            "children" => cell.value.split([',', ';']).collect(),
            _ => vec![cell.value],
        };
        to.card.relations.extend(
            names
                .iter()
                .filter_map(|name| words::relation(label, name.trim())),
        );
        return true;
    }
    match cell.key {
        "birthday" | "anniversary" => {
            if is_no_date(cell.value) {
                return true;
            }
            let Some(on) = to.local_date(cell.name, cell.value) else {
                return false;
            };
            to.card.dates.push(KeyDate {
                label: cell.key.to_owned(),
                on,
                yearly: true,
            });
            true
        }
        "categories" => {
            to.card
                .tags
                .extend(cell.value.split(';').map(str::to_owned));
            true
        }
        _ => false,
    }
}
