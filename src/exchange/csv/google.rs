//! Google's contact table, in its current and its older columns, and our own, which is the current one with a few more.

use super::guard::unguard;
use super::take::{Cell, Take};
use crate::domain::contact::{Address, Email, KeyDate, NameParts, PartialDate, Phone, Web};
use crate::domain::text::clean_line;
use crate::exchange::draft::{ENTRY_LIMIT, extra};
use crate::exchange::words;
use chrono::NaiveDate;

/// What stands between several values in one cell.
pub(super) const SEVERAL: &str = " ::: ";

/// Labels that the table writes with a capital and the book without.
pub(super) const LABELS: [(&str, &str); 10] = [
    ("Mobile", "mobile"),
    ("Work", "work"),
    ("Home", "home"),
    ("Other", "other"),
    ("Main", "main"),
    ("Pager", "pager"),
    ("Work Fax", "work fax"),
    ("Home Fax", "home fax"),
    ("Anniversary", "anniversary"),
    ("Birthday", "birthday"),
];

/// Whether these columns, in lower case, are Google's.
pub(super) fn knows(columns: &[String]) -> bool {
    let has = |name: &str| columns.iter().any(|column| column == name);
    has("e-mail 1 - value")
        || has("phone 1 - value")
        || has("group membership")
        || (has("organization name") && has("labels"))
        || (has("given name") && has("family name"))
        || has("chitbook name")
}

fn label(text: &str, own: bool) -> String {
    if own {
        let known = LABELS.iter().find(|(theirs, _)| *theirs == text);
        return known.map_or(text, |(_, ours)| ours).to_owned();
    }
    let text = text.strip_prefix("* ").unwrap_or(text).trim();
    let known = LABELS
        .iter()
        .find(|(theirs, _)| theirs.eq_ignore_ascii_case(text));
    known.map_or_else(|| text.to_owned(), |(_, ours)| (*ours).to_owned())
}

/// One numbered entry: `Phone 2 - Label`, `Phone 2 - Value`.
#[derive(Default)]
struct Item {
    number: usize,
    label: String,
    /// The parts by their names in lower case.
    parts: Vec<(String, String)>,
}

impl Item {
    fn part(&self, name: &str) -> &str {
        self.parts
            .iter()
            .find(|(part, _)| part == name)
            .map_or("", |(_, value)| value.as_str())
    }
}

/// `E-mail 2 - Value` told apart into its list, its number and its part.
fn numbered(column: &str) -> Option<(&str, usize, &str)> {
    let (list, part) = column.split_once(" - ")?;
    let (list, number) = list.rsplit_once(' ')?;
    Some((list, number.parse().ok()?, part))
}

#[derive(Default)]
struct Lists {
    items: Vec<(String, Item)>,
}

impl Lists {
    fn item(&mut self, list: &str, number: usize) -> &mut Item {
        let found = self
            .items
            .iter()
            .position(|(name, item)| name == list && item.number == number);
        let at = found.unwrap_or_else(|| {
            let item = Item {
                number,
                ..Item::default()
            };
            self.items.push((list.to_owned(), item));
            self.items.len() - 1
        });
        &mut self.items[at].1
    }
}

/// Reads one row.
pub(super) fn take(cells: &[Cell<'_>], own: bool, to: &mut Take) {
    let mut lists = Lists::default();
    let mut whole = String::new();
    let mut once = String::new();
    let mut birthday = None;
    for cell in cells {
        let value = if own { unguard(cell.value) } else { cell.value };
        match cell.key {
            "chitbook name" => value.clone_into(&mut whole),
            "chitbook once" => value.clone_into(&mut once),
            "birthday" => match words::iso_date(value) {
                Some(on) => birthday = Some(on),
                None => to.keep("google", cell.name, value),
            },
            key => match numbered(key) {
                Some((list, number, part)) if has_list(list, part) => {
                    let item = lists.item(list, number);
                    match part {
                        "label" | "type" => value.clone_into(&mut item.label),
                        _ => item.parts.push((part.to_owned(), value.to_owned())),
                    }
                }
                _ => take_single(cell, value, own, to),
            },
        }
    }
    take_dates(&lists, birthday, own.then_some(once.as_str()), to);
    for (list, item) in &lists.items {
        take_item(list, item, own, to);
    }
    take_name(&whole, to);
}

fn has_list(list: &str, part: &str) -> bool {
    match list {
        "e-mail" | "phone" | "website" | "relation" | "event" | "custom field" => {
            matches!(part, "label" | "type" | "value")
        }
        "address" => [
            "label",
            "type",
            "formatted",
            "street",
            "city",
            "po box",
            "region",
            "postal code",
            "country",
            "extended address",
        ]
        .contains(&part),
        _ => false,
    }
}

/// Our own table says the whole name only where the parts do not make it; with nothing but a first name that is the whole name there
/// were no parts.
fn take_name(whole: &str, to: &mut Take) {
    let card = &mut to.card;
    if whole.is_empty() {
        return;
    }
    let parts = card.parts.joined();
    if parts == whole {
        card.parts = NameParts::default();
    }
    whole.clone_into(&mut card.name);
}

fn take_single(cell: &Cell<'_>, value: &str, own: bool, to: &mut Take) {
    let card = &mut to.card;
    let field = match cell.key {
        "first name" | "given name" => &mut card.parts.given,
        "middle name" | "additional name" => &mut card.parts.additional,
        "last name" | "family name" => &mut card.parts.family,
        "name prefix" => &mut card.parts.prefix,
        "name suffix" => &mut card.parts.suffix,
        "name" => &mut card.name,
        "nickname" => &mut card.nick,
        "organization name" | "organization 1 - name" => &mut card.account,
        "organization title" | "organization 1 - title" => &mut card.title,
        "organization department" | "organization 1 - department" => &mut card.department,
        "notes" => &mut card.note,
        "chitbook origin" => &mut card.origin,
        "labels" | "group membership" => return take_labels(cell, value, own, to),
        "chitbook uid" => {
            card.uid = Some(value.to_owned());
            return;
        }
        "chitbook ghost" => {
            card.ghost = value.eq_ignore_ascii_case("yes");
            return;
        }
        "chitbook cadence" if value.parse::<u16>().is_ok() => {
            card.cadence = value.parse().ok();
            return;
        }
        "chitbook met on" if words::iso_date(value).is_some() => {
            card.met_on = NaiveDate::parse_from_str(value, "%Y-%m-%d").ok();
            return;
        }
        _ => return to.keep("google", cell.name, value),
    };
    if field.is_empty() {
        value.clone_into(field);
    } else if *field != value {
        to.keep("google", cell.name, value);
    }
}

fn take_labels(cell: &Cell<'_>, value: &str, own: bool, to: &mut Take) {
    let mut system = Vec::new();
    for tag in value.split(SEVERAL) {
        if !own && tag.starts_with("* ") {
            system.push(tag);
        } else {
            to.card.tags.push(tag.to_owned());
        }
    }
    if !system.is_empty() {
        to.keep("google", cell.name, &system.join(SEVERAL));
    }
}

fn take_dates(lists: &Lists, birthday: Option<PartialDate>, once: Option<&str>, to: &mut Take) {
    let own = once.is_some();
    let once: Vec<usize> = once
        .unwrap_or_default()
        .split(' ')
        .filter_map(|number| number.parse().ok())
        .collect();
    let mut dates = Vec::new();
    for (_, item) in lists.items.iter().filter(|(list, _)| list == "event") {
        for value in item.part("value").split(SEVERAL) {
            match words::iso_date(value) {
                Some(on) => {
                    let date = KeyDate {
                        label: label(&item.label, own),
                        on,
                        yearly: !once.contains(&item.number),
                    };
                    dates.push((item.number, date));
                }
                None => to.keep("google", &format!("Event: {}", item.label), value),
            }
        }
    }
    if let Some(on) = birthday {
        // The birthday has a column of its own; in our table its number among the events stays free.
        let free =
            (1..=dates.len() + 1).find(|number| !dates.iter().any(|(taken, _)| taken == number));
        let date = KeyDate {
            label: "birthday".to_owned(),
            on,
            yearly: true,
        };
        dates.push((free.unwrap_or(usize::MAX), date));
    }
    dates.sort_by_key(|(number, _)| *number);
    to.card
        .dates
        .extend(dates.into_iter().map(|(_, date)| date));
}

fn take_item(list: &str, item: &Item, own: bool, to: &mut Take) {
    if list == "address" {
        return take_address(item, own, to);
    }
    let value = item.part("value");
    let several: Vec<&str> = if own {
        vec![value]
    } else {
        value.split(SEVERAL).collect()
    };
    for value in several
        .into_iter()
        .filter(|value| !clean_line(value).is_empty() || list == "custom field")
    {
        let (label, value) = (label(&item.label, own), value.to_owned());
        match list {
            "e-mail" => to.card.emails.push(Email {
                label,
                address: value,
            }),
            "phone" => to.card.phones.push(Phone {
                label,
                number: value,
            }),
            "website" => to.card.webs.push(Web { label, url: value }),
            "relation" => match words::relation(
                item.label
                    .strip_prefix("* ")
                    .filter(|_| !own)
                    .unwrap_or(&item.label),
                &value,
            ) {
                Some(relation) => to.card.relations.push(relation),
                None => to.keep("google", &format!("Relation: {}", item.label), &value),
            },
            "custom field" => take_custom(&item.label, value, own, to),
            _ => {}
        }
    }
}

fn take_custom(label: &str, value: String, own: bool, to: &mut Take) {
    let (source, name) = match label.split_once(": ").filter(|_| own) {
        Some(told) => told,
        None if own => (label.strip_suffix(':').unwrap_or("google"), ""),
        None => ("google", label),
    };
    to.card.extra.push(extra(source, name, value));
}

fn take_address(item: &Item, own: bool, to: &mut Take) {
    let split = |value: &'_ String| -> Vec<String> {
        if own {
            return vec![value.clone()];
        }
        value.split(SEVERAL).map(str::to_owned).collect()
    };
    let parts: Vec<(&str, Vec<String>)> = item
        .parts
        .iter()
        .map(|(name, value)| (name.as_str(), split(value)))
        .collect();
    let count = parts.iter().map(|(_, values)| values.len()).max();
    for at in 0..count.unwrap_or(0).min(ENTRY_LIMIT + 1) {
        let part = |name: &str| {
            let found = parts.iter().find(|(part, _)| *part == name);
            let value = found.and_then(|(_, values)| values.get(at));
            value.cloned().unwrap_or_default()
        };
        let mut place = Address {
            label: label(&item.label, own),
            po_box: part("po box"),
            extended: part("extended address"),
            street: part("street"),
            city: part("city"),
            region: part("region"),
            postcode: part("postal code"),
            country: part("country"),
        };
        // The whole address again in one cell: used where its parts are not told, kept where it says more than they do.
        let whole = part("formatted");
        if place.is_empty() {
            place.street = whole;
        } else if !own && !says_all(&place.one_line(), &whole) {
            to.keep(
                "google",
                &format!("Address {} - Formatted", item.number),
                &whole,
            );
        }
        to.card.addresses.push(place);
    }
}

/// Whether every word of `whole` is among the words of `parts`.
fn says_all(parts: &str, whole: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.map(str::to_lowercase).collect()
    };
    let known = words(parts);
    words(whole)
        .iter()
        .all(|word| word.is_empty() || known.contains(word))
}
